"""A blank page that shows a real widget without Jupyter.

The page gets the widget's own script and a stand-in for the front end's model. What the page sends
goes straight to the widget; what the widget's traits become goes straight back, as one message.
"""

from __future__ import annotations

import base64
import json
from typing import Any

TRAITS = ("atlas", "book", "card", "state", "stage", "error", "seq")

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body { margin: 0; background: Canvas } .out { margin: 0 auto }</style></head>
<body data-jp-theme-light="true"></body></html>"""

# `window.slow`: how many milliseconds a message is under way before the widget hears it
START = """
async ({ script, styles, traits, width, views, name }) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: styles }));
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  const decoded = (value) => value?.__bytes !== undefined ? bytes(value.__bytes)
    : value?.__json !== undefined ? JSON.parse(value.__json) : value;
  const state = {};
  const listeners = new Map();
  window.slow ??= 0;
  window.sent ??= [];
  const late = () => new Promise((done) => (window.slow ? setTimeout(done, window.slow) : done()));
  const model = {
    get: (one) => state[one],
    set: (one, value) => { state[one] = value; },
    save_changes: () => {},
    on: (event, callback) => {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(callback);
    },
    off: (event, callback) => listeners.get(event)?.delete(callback),
    send: (content) => {
      window.sent.push(content);
      return late().then(() => window[`toPython${name}`](content)).then(receive);
    },
  };
  window.classroom?.watch(model); // classroom_page.js knows every listener
  const receive = (changes) => {
    for (const [one, value] of Object.entries(changes)) state[one] = decoded(value);
    for (const one of Object.keys(changes))
      for (const callback of [...(listeners.get(`change:${one}`) ?? [])]) callback();
  };
  window[`receive${name}`] = receive;
  window.listening = () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
  for (const [one, value] of Object.entries(traits)) state[one] = decoded(value);
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const { default: widget } = await import(url);
  window.cleanups ??= [];
  for (let view = 0; view < views; view += 1) {
    const el = Object.assign(document.createElement('div'), { className: 'out' });
    el.style.width = width;
    document.body.append(el);
    window.cleanups.push(await widget.render({ model, el }));
  }
}
"""


def encoded(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"__bytes": base64.b64encode(value).decode()}
    # a large map goes over as one text: piece by piece it takes seconds
    return {"__json": json.dumps(value)} if isinstance(value, dict) else value


def show(
    page: Any,
    widget: Any,
    *,
    width: int | str = 940,
    views: int = 1,
    names: tuple[str, ...] = TRAITS,
    beside: str = "",
) -> None:
    """Render the widget in the page and keep the two in touch.

    Parameters
    ----------
    page
        A page of the browser; it is emptied first.
    widget
        What is shown; messages of the page go straight to it.
    width
        Of the output: pixels, or a length of CSS.
    views
        How often the one widget is displayed.
    names
        The traits of the widget that the page reads.
    beside
        A name for this widget, to be shown below those that are on the page already.
    """

    def current() -> dict[str, Any]:
        return {name: getattr(widget, name) for name in names}

    last = current()

    def to_python(message: dict[str, Any]) -> dict[str, Any]:
        widget._heard(message)
        return catch_up()

    def catch_up() -> dict[str, Any]:
        nonlocal last
        now = current()
        changed = {name: encoded(now[name]) for name in names if now[name] != last[name]}
        last = now
        return changed

    if not beside:
        page.set_content(PAGE)
    page.expose_function(f"toPython{beside}", to_python)
    page.evaluate(
        START,
        {
            "script": str(widget._esm),
            "styles": str(widget._css),
            "traits": {name: encoded(value) for name, value in last.items()},
            "width": f"{width}px" if isinstance(width, int) else width,
            "views": views,
            "name": beside,
        },
    )
    page.catch_up = lambda: page.evaluate(
        "([name, changes]) => window[`receive${name}`](changes)", [beside, catch_up()]
    )
    page.wait_for_selector(".mgm[data-seq]", state="attached")

"""A blank page that shows a real widget without Jupyter.

The page gets the widget's own script and a stand-in for the front end's model. What the page sends
goes straight to the widget; what the widget's traits become goes straight back.
"""

from __future__ import annotations

import base64
from typing import Any

TRAITS = ("map", "looks", "drawing", "node_state", "edge_state", "shown", "error", "seq")

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body { margin: 0; background: Canvas } .out { margin: 0 auto }</style></head>
<body data-jp-theme-light="true"></body></html>"""

START = """
async ({ script, styles, traits, width, views }) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: styles }));
  const decoded = (value) => value && value.__bytes !== undefined
    ? new DataView(Uint8Array.from(atob(value.__bytes), (c) => c.charCodeAt(0)).buffer) : value;
  const state = {};
  const listeners = new Map();
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => {},
    on: (event, callback) => {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(callback);
    },
    off: (event, callback) => listeners.get(event)?.delete(callback),
    send: (content) => window.toPython(content).then(window.receive),
  };
  window.receive = (changes) => {
    for (const [name, value] of Object.entries(changes)) state[name] = decoded(value);
    for (const name of Object.keys(changes))
      for (const callback of listeners.get(`change:${name}`) ?? []) callback();
  };
  window.listening = () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
  for (const [name, value] of Object.entries(traits)) state[name] = decoded(value);
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const { default: widget } = await import(url);
  window.cleanups = [];
  for (let view = 0; view < views; view += 1) {
    const el = Object.assign(document.createElement('div'), { className: 'out' });
    el.style.width = `${width}px`;
    document.body.append(el);
    window.cleanups.push(await widget.render({ model, el }));
  }
  window.globals = Object.keys(window);
}
"""


def encoded(value: Any) -> Any:
    return {"__bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def show(
    page: Any,
    widget: Any,
    *,
    width: int = 940,
    views: int = 1,
    names: tuple[str, ...] = TRAITS,
) -> None:
    """Render the widget in the page and keep the two in touch; `names` are its traits."""

    def current() -> dict[str, Any]:
        return {name: getattr(widget, name) for name in names}

    last = current()

    def to_python(message: dict[str, Any]) -> dict[str, Any]:
        nonlocal last
        widget._heard(message)
        return catch_up()

    def catch_up() -> dict[str, Any]:
        nonlocal last
        now = current()
        changed = {name: encoded(now[name]) for name in names if now[name] != last[name]}
        last = now
        return changed

    page.set_content(PAGE)
    page.expose_function("toPython", to_python)
    page.evaluate(
        START,
        {
            "script": str(widget._esm),
            "styles": str(widget._css),
            "traits": {name: encoded(value) for name, value in last.items()},
            "width": width,
            "views": views,
        },
    )
    page.catch_up = lambda: page.evaluate("(changes) => window.receive(changes)", catch_up())
    page.wait_for_selector(".mgm[data-seq]", state="attached")

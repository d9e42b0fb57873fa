"""Between ipywidgets and the page: the kernel as a host, joined to a page that only listens."""

from __future__ import annotations

from typing import Any

import pytest

from mgmodel.explore import explore_map
from mgmodel.explore.pages import static
from mgmodel.model import Model

START = """
async ({ script, state }) => {
  const listeners = new Map();
  window.traits = { state };
  window.fire = (event) => { for (const one of [...(listeners.get(event) ?? [])]) one(); };
  window.listening = () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
  window.sent = [];
  const model = {
    get: (name) => window.traits[name],
    on: (event, one) => listeners.set(event, (listeners.get(event) ?? new Set()).add(one)),
    off: (event, one) => listeners.get(event)?.delete(one),
    send: (message) => {
      if (window.broken) throw new Error("the kernel is gone");
      window.sent.push(message);
    },
  };
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  window.cleanUp = widget.render({ model, el: document.body });
}
"""
PAGE = """
function openPage(host) {
  window.host = host;
  window.told = [];
  const tell = () => window.told.push(host.get("connected"));
  host.on("change:connected", tell);
  host.on("change:state", tell);
  return () => host.off("change:state", tell);
}
"""


@pytest.fixture
def page(blank_page: Any, chain: Model) -> Any:
    widget = explore_map(chain, source="a", target="d")
    widget.switch_off("b")
    blank_page.set_content("<!DOCTYPE html><html><body></body></html>")
    script = PAGE + static("widget.js")
    blank_page.evaluate(START, {"script": script, "state": dict(widget.state)})
    blank_page.codes = [code.replace("-", "") for code in widget._codes.values()]
    return blank_page


def test_the_codes_of_the_steps_are_unpacked_once_for_each_answer(page: Any) -> None:
    assert page.evaluate("host.get('state').codes") == page.codes
    assert page.evaluate("host.get('state').at") == 1
    assert page.evaluate("host.get('state') === host.get('state')")
    page.evaluate("traits.state = { ...traits.state, at: 0 }")
    assert page.evaluate("host.get('state').at") == 0


def test_a_kernel_that_is_gone_is_told_until_it_answers_again(page: Any) -> None:
    assert page.evaluate("host.get('connected')") is True
    page.evaluate("fire('comm_live_update'); fire('comm_live_update')")
    assert page.evaluate("told") == [False]
    page.evaluate("fire('change:seq')")
    assert page.evaluate("told") == [False, True]


def test_a_message_that_cannot_be_sent_breaks_nothing(page: Any) -> None:
    page.evaluate("host.send({ do: 'undo' })")
    page.evaluate("window.broken = true; host.send({ do: 'redo' })")
    assert page.evaluate("sent") == [{"do": "undo"}]
    assert page.evaluate("told") == [False]


def test_cleaning_up_listens_to_nothing_any_more(page: Any) -> None:
    before = page.evaluate("listening()")
    page.evaluate("cleanUp()")
    assert (before > 0, page.evaluate("listening()")) == (True, 0)

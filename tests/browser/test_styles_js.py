"""Explorers of several kinds on one page: the styles of one change nothing in another."""

from __future__ import annotations

from typing import Any

import classroom_page as hand
import pytest

from mgmodel.explore import MapWidget, PanelWidget
from mgmodel.explore.worksheet_widget import WorksheetWidget
from mgmodel.model import Model

KINDS = (MapWidget, PanelWidget, WorksheetWidget)
ADD = "(styles) => styles.forEach((text) => document.head.append(css(text)))"
PUT_FIRST = "(styles) => styles.forEach((text) => document.head.prepend(css(text)))"
STYLE_TAG = """
window.css = (textContent) => Object.assign(document.createElement('style'), { textContent })
"""
NAMES = (
    *("display", "position", "visibility", "opacity", "z-index", "float", "cursor", "clip-path"),
    *("flex-direction", "flex-wrap", "flex-grow", "flex-shrink", "flex-basis", "order"),
    *("align-items", "align-self", "justify-content", "row-gap", "column-gap", "overflow"),
    *("margin", "padding", "border", "border-radius", "outline", "box-shadow", "appearance"),
    *("min-width", "max-width", "min-height", "max-height", "list-style", "container-type"),
    *("font", "color", "background-color", "text-align", "text-decoration", "white-space"),
    *("overflow-wrap", "text-overflow", "accent-color", "color-scheme", "scroll-margin"),
)
"""Everything that our styles set; where it takes room, the place of the element shows it too."""
LOOK = """
async (names) => {
  await new Promise((done) => setTimeout(done, 300)); // whatever moves has come to rest
  const { top, left } = document.querySelector('.mgm').getBoundingClientRect();
  return [...document.querySelectorAll('.mgm, .mgm *')].map((element) => {
    const box = element.getBoundingClientRect();
    const place = [box.left - left, box.top - top, box.width, box.height].map(Math.round);
    const style = getComputedStyle(element);
    const said = names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
    return [`${element.tagName} ${element.getAttribute('class')}`, `at ${place}`, ...said];
  });
}
"""
"""Name, place and computed properties of each element of an explorer."""


def differences(one: list[list[str]], other: list[list[str]]) -> list[str]:
    assert len(one) == len(other)
    return [
        f"{before[0]}: {said} became {now}"
        for before, after in zip(one, other, strict=True)
        for said, now in zip(before, after, strict=True)
        if said != now
    ]


@pytest.mark.parametrize("name", hand.PAGES)
def test_an_explorer_looks_the_same_whatever_else_is_on_the_page(
    chromium: Any, real_model: Model, name: str
) -> None:
    widget = hand.PAGES[name](real_model)
    others = [kind._css for kind in KINDS if not isinstance(widget, kind)]
    with hand.opened(chromium, widget, 1) as page:
        page.evaluate(STYLE_TAG)
        alone = page.evaluate(LOOK, NAMES)
        page.evaluate(PUT_FIRST, others)  # as if they had been opened before it
        assert differences(alone, page.evaluate(LOOK, NAMES))[:9] == []
        page.evaluate(ADD, others)  # and after it
        assert differences(alone, page.evaluate(LOOK, NAMES))[:9] == []
    assert len(alone) > 30

"""Every lesson as a student meets it: opened in JupyterLab, run, and each explorer on it moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lab_window import OpenNotebook

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OF_EVERY_KIND = {"00", "07", "13", "14"}
"""Together they show every kind of explorer; the others are opened where there is time."""
EACH = [
    pytest.param(
        path,
        id=path.stem[:2],
        marks=() if path.stem[:2] in OF_EVERY_KIND else pytest.mark.thorough,
    )
    for path in LESSONS
]
IN_VIEW = """
(root) => (root.querySelector('.mgm-scroll') ?? root)
  .scrollIntoView({ block: 'start', behavior: 'instant' })
"""
A_NODE = """
(root) => {
  // a node that is drawn in the visible part of the map, and what a click on it would hit
  const box = root.querySelector('.mgm-scroll').getBoundingClientRect();
  const { network, now, pixelOf } = root.mgm;
  const drawn = network().getPositions();
  for (const [id, number] of now().numbers.nodes) {
    if (!(number in drawn)) continue;
    const { x, y } = pixelOf(id);
    const across = x > box.left + 40 && x < box.right - 40;
    const down = y > box.top + 20 && y < Math.min(box.bottom - 20, innerHeight - 30);
    if (!across || !down) continue;
    if (document.elementFromPoint(x, y)?.closest('.mgm') === root) return { x, y };
  }
  return null;
}
"""
ANSWERED = "([number, before]) => document.querySelectorAll('.mgm')[number].dataset.seq > before"

Opener = Callable[..., OpenNotebook]


class Shown:
    """One explorer on the page of a lesson."""

    def __init__(self, page: Any, number: int) -> None:
        self.page = page
        self.number = number
        self.root = page.locator(".mgm").nth(number)
        self.root.wait_for(state="attached")
        self.root.evaluate(IN_VIEW)
        self.root.locator(".mgm-asked, .mgm-answer, canvas").first.wait_for(state="visible")

    def node_at_rest(self) -> dict[str, float]:
        """Where a node can be clicked, once the cells above have taken the room they need."""
        last = None
        for _ in range(40):
            self.root.evaluate(IN_VIEW)
            self.page.wait_for_timeout(150)
            place = self.root.evaluate(A_NODE)
            if place and place == last:
                return dict(place)
            last = place
        msg = "no node of the map can be clicked"
        raise AssertionError(msg)

    @property
    def kind(self) -> str:
        """What is on the page: a map, a panel of controls, or a worksheet."""
        names = (self.root.get_attribute("class") or "").split()
        known = {"mgm-sheet": "sheet", "mgm-panelled": "panel"}
        return next((known[name] for name in names if name in known), "map")

    def answers(self, act: Callable[[], object]) -> None:
        """One act, after which a new answer has to be on the page, and no complaint."""
        before = int(self.root.get_attribute("data-seq") or -1)
        act()
        self.page.wait_for_function(ANSWERED, arg=[self.number, before])
        complaints = self.root.locator(".mgm-error:visible").all_inner_texts()
        assert [text for text in complaints if text.strip()] == []


def drive_map(shown: Shown) -> None:
    place = shown.node_at_rest()
    shown.answers(lambda: shown.page.mouse.click(place["x"], place["y"]))
    undo = shown.root.get_by_role("button", name="Undo").first
    undo.focus()
    shown.answers(lambda: shown.page.keyboard.press("Enter"))


def drive_panel(shown: Shown) -> None:
    slider = shown.root.locator("input[type=range]")
    if slider.count():
        shown.answers(lambda: slider.first.click(position={"x": 5, "y": 8}))
        slider.first.focus()
        shown.answers(lambda: shown.page.keyboard.press("ArrowRight"))
    else:
        shown.answers(shown.root.locator(".mgm-controls button").first.click)


def drive_sheet(shown: Shown) -> None:
    radio = shown.root.locator("input[type=radio]")
    if radio.count():
        shown.answers(radio.nth(1).click)
        radio.nth(1).focus()
        shown.answers(lambda: shown.page.keyboard.press("ArrowDown"))
        assert radio.nth(2).is_checked()
    else:
        area = shown.root.locator("textarea, select").first
        area.focus()
        shown.answers(lambda: shown.page.keyboard.press("ArrowDown"))


@pytest.mark.slow
@pytest.mark.parametrize("path", EACH)
def test_a_lesson_runs_and_all_its_explorers_answer_mouse_and_keyboard(
    open_notebook: Opener, path: Path
) -> None:
    window = open_notebook(path)
    wrong: list[str] = []
    window.page.on("pageerror", lambda error: wrong.append(str(error)))
    count = window.page.locator(".mgm").count()
    assert count
    for number in range(count):
        shown = Shown(window.page, number)
        {"map": drive_map, "panel": drive_panel, "sheet": drive_sheet}[shown.kind](shown)
    assert (wrong, window.outside) == ([], [])

"""The page of an explorer pressed all over by lot: every control, every key, the pointer itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import blank_page as blank
from explorer_page import NOREPINEPHRINE, SERUM
from playwright.sync_api import Error as PageError

from mgmodel import explore
from mgmodel.explore import MapWidget, PanelWidget, explore_map
from mgmodel.explore.codes import as_file, encode
from mgmodel.explore.pages import SCRIPTS, static
from mgmodel.interventions import Press
from mgmodel.model import Model

HAND = (Path(__file__).parent / "classroom_page.js").read_text(encoding="utf-8")
SHIFTS = ("margin", "node", "board")
PANEL_TRAITS = (
    *("panel", "values", "reading", "picture", "progress", "screen"),
    *("error", "seq"),
)
PAGES: Mapping[str, Callable[[Model], Any]] = {
    "a map": lambda model: explore_map(model, source=SERUM, target=NOREPINEPHRINE),
    "a talk": lambda model: explore.present(model, "the_vicious_circle"),
    "a panel": explore.explore_release,
    "a panel of a day": explore.explore_intake,
    "a panel that takes seconds": lambda model: explore.explore_simulation(model, days=2),
    "a prediction": lambda model: explore.explore_prediction(
        model, Press("psychological_stressor"), nodes=("cortisol", "crh"), view="hpa_axis"
    ),
    "a quiz": explore.explore_quiz,
    "a bug hunt": explore.explore_hunt,
    "a map of one's own": explore.explore_draft,
}
"""One page of every kind that a lesson can show."""
SIZE = {"width": 1500, "height": 900}
"""Wide enough for the panel to stand beside the drawing."""


@dataclass
class Step:
    """One press in the page, what was wrong after it, and which listeners it woke."""

    name: str
    wrong: list[str]
    fired: list[str]
    planted: str = ""


@dataclass
class Walk:
    """What one walk over a page found."""

    steps: list[Step] = field(default_factory=list)
    listeners: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, group, and whether it was ever called."""

    @property
    def wrong(self) -> list[str]:
        """Everything that was wrong without anything being planted."""
        clean = (one for one in self.steps if not one.planted)
        return [f"{one.name}: {what}" for one in clean for what in one.wrong]

    def wakes(self) -> dict[str, list[str]]:
        """By name of a press, the listeners that it woke at any time."""
        found: dict[str, list[str]] = {}
        for step in self.steps:
            found.setdefault(step.name, []).extend(step.fired)
        return found


@contextmanager
def opened(chromium: Any, widget: Any, seed: int, broken: str = "") -> Iterator[Any]:
    """A page that shows a widget, with the hand in it, and one listener broken if it is named."""
    page = chromium.new_page(viewport=SIZE)
    page.add_init_script(HAND)
    page.goto("about:blank")
    page.evaluate("([text, seed]) => classroom.start(text, seed)", [_scripts(widget), seed])
    if broken:
        page.set_default_timeout(3000)
        page.evaluate("(name) => classroom.breaks(name)", broken)
    blank.show(page, widget, width="100%", names=_traits(widget))
    page.evaluate("([file, texts]) => Object.assign(classroom, { file, texts })", _inputs(widget))
    page.evaluate("() => classroom.settled()")
    try:
        yield page
    finally:
        page.close()


def _scripts(widget: Any) -> str:
    """Our own scripts of a widget, without the library."""
    return static(*SCRIPTS, "widget.js") if isinstance(widget, MapWidget) else str(widget._esm)


def _traits(widget: Any) -> tuple[str, ...]:
    if isinstance(widget, MapWidget):
        return blank.TRAITS
    if isinstance(widget, PanelWidget):
        return PANEL_TRAITS
    return ("sheet", "picture", "error", "seq")


def _inputs(widget: Any) -> list[Any]:
    """What is put into a field for a file, and into fields for texts."""
    if not isinstance(widget, MapWidget):
        return ["", ["serum_magnesium raises bone", ""]]
    code = encode(widget.model, widget.view)
    return [as_file(widget.model, widget.view), [code, "", code.lower()]]


def walked(page: Any, rounds: int = 1, most: int = 900) -> Iterator[Step]:
    """Press until everything that can be reached was pressed so many times."""
    for _ in range(most):
        found = page.evaluate("() => classroom.next()")
        if found["least"] >= rounds:
            return
        yield press(page, found)
    msg = f"after {most} presses there is still something that was not pressed"
    raise AssertionError(msg)


def press(page: Any, found: dict[str, Any], planted: str = "") -> Step:
    """One press, with a listener broken where one is named."""
    if planted:
        page.evaluate("(name) => classroom.breaks(name)", planted)
    page.evaluate("(name) => classroom.pressed(name)", found["name"])
    if found["point"]:
        x, y = found["point"]["x"], found["point"]["y"]
        page.mouse.move(x, y)
        page.mouse.down()
        if found["drag"]:
            page.mouse.move(x + 30, y + 20, steps=3)
        page.mouse.up()
    came = page.evaluate("() => classroom.outcome()")
    return Step(found["name"], came["wrong"], came["fired"], planted)


def walk(chromium: Any, widget: Any, seed: int, rounds: int = 1) -> Walk:
    """One walk in which nothing is planted."""
    with opened(chromium, widget, seed) as page:
        found = Walk(list(walked(page, rounds)))
        found.listeners = [tuple(one) for one in page.evaluate("() => classroom.listeners()")]
    return found


def plant_listeners(
    chromium: Any, make: Callable[[], Any], clean: Walk, names: Iterable[str], seeds: Iterable[int]
) -> dict[str, bool]:
    """Break one listener after the other; gives for each whether the page went red.

    Each press of a walk is made with one listener broken that it woke in the clean walk. What no
    walk wakes again is broken before the page opens.
    """
    found: dict[str, bool] = {}
    for seed in seeds:
        left = [name for name in names if not found.get(name)]
        if left:
            found |= _planted_walk(chromium, make(), seed, clean, left)
    for name in names:
        if not found.get(name):
            found[name] = _red_at_opening(chromium, make(), name)
    return found


def _planted_walk(
    chromium: Any, widget: Any, seed: int, clean: Walk, names: Iterable[str]
) -> dict[str, bool]:
    wakes, left, red = clean.wakes(), set(names), dict[str, bool]()
    with opened(chromium, widget, seed) as page:
        for _ in range(2500):
            found = page.evaluate("() => classroom.next()")
            if found["least"] >= 3 or not left:
                break
            due = [one for one in dict.fromkeys(wakes.get(found["name"], ())) if one in left]
            step = press(page, found, due[0] if due else "")
            if due and (step.wrong or due[0] in step.fired):
                red[due[0]] = bool(step.wrong)
                left.discard(due[0])
            page.evaluate("() => classroom.healed()")
    return red


def _red_at_opening(chromium: Any, widget: Any, name: str) -> bool:
    """Whether a page that opens with a broken listener is red soon after."""
    try:
        with opened(chromium, widget, 1, name) as page:
            page.evaluate("() => classroom.pressed('a long wait is over')")
            return bool(page.evaluate("() => classroom.outcome()")["wrong"])
    except PageError:
        return True  # it did not even open


def shifted_walk(chromium: Any, widget: Any, seed: int, number: int) -> dict[str, bool]:
    """A walk in which something is moved now and then; gives for each shift whether it was seen."""
    chance, found = random.Random(seed), dict[str, bool]()
    kinds = SHIFTS if isinstance(widget, MapWidget) else ("margin", "board")
    with opened(chromium, widget, seed) as page:
        for place, step in enumerate(walked(page, 9)):
            if step.wrong:
                page.evaluate("() => classroom.healed()")
            if place < 12 or chance.random() < 0.5:
                continue
            kind = chance.choice(kinds)
            shift = page.evaluate("(kind) => classroom.shifted(kind)", kind)
            found[f"{shift['name']}, after {place} presses"] = bool(shift["wrong"])
            page.evaluate("() => classroom.shiftedBack()")
            if len(found) >= number:
                break
    return found

"""Every control of the page pressed by lot: nothing breaks, nothing moves, and a fault is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import classroom_page as hand
import classroom_published as published
import pytest

from mgmodel.model import Model

SEED, QUICK = 3, 12
SLOW_ONES = {"a panel that takes seconds"}
PAGES = [
    pytest.param(name, marks=pytest.mark.thorough if name in SLOW_ONES else ())
    for name in hand.PAGES
]
each_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture
def make(real_model: Model) -> Callable[[str], Any]:
    return lambda name: hand.PAGES[name](real_model)


def names_published() -> set[str]:
    text = published.published("listeners")
    found = re.findall(r"^- (?:`` (.+) ``|`([^`]+)`)$", text, flags=re.MULTILINE)
    return {one or other for one, other in found}


@pytest.mark.slow
@each_page
def test_every_control_of_the_page_answers_and_nothing_moves(
    chromium: Any, make: Callable[[str], Any], name: str
) -> None:
    found = hand.walk(chromium, make(name), SEED)
    assert found.wrong == []
    assert len(found.steps) > 20
    assert {listener for listener, _, _ in found.listeners} - names_published() == set()


@pytest.mark.thorough
@each_page
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_every_control_of_the_page_answers_in_more_orders(
    chromium: Any, make: Callable[[str], Any], name: str, seed: int
) -> None:
    assert hand.walk(chromium, make(name), seed, rounds=2).wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a map", "a panel", "a prediction"])
def test_shifts_planted_by_lot_are_seen(
    chromium: Any, make: Callable[[str], Any], name: str
) -> None:
    found = hand.shifted_walk(chromium, make(name), SEED, QUICK)
    assert len(found) == QUICK
    assert [shift for shift, seen in found.items() if not seen] == []


@pytest.mark.slow
def test_listeners_broken_by_lot_turn_the_page_red(
    chromium: Any, make: Callable[[str], Any]
) -> None:
    name = "a map of one's own"
    clean = hand.walk(chromium, make(name), SEED)
    woken = [listener for listener, _, fired in clean.listeners if fired]
    red = hand.plant_listeners(chromium, lambda: make(name), clean, woken[:QUICK], (SEED, 4))
    assert len(red) == QUICK
    assert [listener for listener, seen in red.items() if not seen] == []


@pytest.mark.thorough
@each_page
def test_every_listener_that_is_woken_turns_the_page_red(
    chromium: Any, make: Callable[[str], Any], name: str
) -> None:
    clean = hand.walk(chromium, make(name), 1, 2)
    woken = [listener for listener, _, fired in clean.listeners if fired]
    red = hand.plant_listeners(chromium, lambda: make(name), clean, woken, (1, 2, 3, 4, 5))
    assert [listener for listener, seen in red.items() if not seen] == []


@pytest.mark.slow
def test_an_error_of_the_page_and_one_of_python_are_seen(
    chromium: Any, make: Callable[[str], Any]
) -> None:
    with hand.opened(chromium, make("a quiz"), SEED) as page:
        assert page.evaluate("() => classroom.outcome()")["wrong"] == []
        page.evaluate("() => { setTimeout(() => { throw new Error('mine') }) }")
        assert page.evaluate("() => classroom.outcome()")["wrong"] != []
        page.evaluate("() => classroom.healed()")
        assert page.evaluate("() => classroom.outcome()")["wrong"] == []
        page.evaluate("() => { window.toPython({ do: 'no such act', value: null }) }")
        page.wait_for_function("() => classroom.outcome().then(({ wrong }) => wrong.length)")


@pytest.mark.slow
def test_controls_that_lie_over_each_other_or_stick_out_are_seen(
    chromium: Any, make: Callable[[str], Any]
) -> None:
    with hand.opened(chromium, make("a map"), SEED) as page:
        assert page.evaluate("() => classroom.overlaps()") == []
        page.add_style_tag(content=".mgm-undo { position: relative; left: 30px }")
        assert "over" in str(page.evaluate("() => classroom.overlaps()"))
        page.add_style_tag(content=".mgm-undo { left: -3000px }")
        assert "sticks out" in str(page.evaluate("() => classroom.overlaps()"))


@pytest.mark.slow
def test_the_same_seed_presses_the_same(chromium: Any, make: Callable[[str], Any]) -> None:
    orders = []
    for seed in (1, 1, 2):
        with hand.opened(chromium, make("a quiz"), seed) as page:
            orders.append([step.name for _, step in zip(range(8), hand.walked(page), strict=False)])
    assert orders[0] == orders[1] != orders[2]

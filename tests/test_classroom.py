"""The classroom without people finds what is broken and what moves, and all lessons are well."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import classroom_driver as driver
import classroom_faults as faults
import classroom_planting as planting
import classroom_published as published
import pytest

from mgmodel import explore
from mgmodel.explore import (
    MapWidget,
    PanelWidget,
    WorksheetWidget,
    explore_map,
    explore_nmda,
    state,
)
from mgmodel.explore.bindings import Box, ViewBox
from mgmodel.explore.closeups import speaker
from mgmodel.model import Model

SAMPLE, TRIED = 14, 4
START = driver.LESSONS / "00_start_here.ipynb"
EACH_LESSON = pytest.mark.parametrize("path", driver.lessons(), ids=lambda path: path.stem)


def outcomes(explorer: Any, seed: int = 1) -> list[driver.Outcome]:
    return list(driver.drive(explorer, seed, {}))


def wrong(explorer: Any, seed: int = 1) -> str:
    return "; ".join(one.error for one in outcomes(explorer, seed) if one.error)


@pytest.fixture
def explorer(chain: Model) -> MapWidget:
    return explore_map(chain, source="a", target="d")


# What it sees


@pytest.mark.parametrize("seed", range(TRIED))
def test_an_explorer_in_which_nothing_is_broken_is_well(explorer: MapWidget, seed: int) -> None:
    explorer.hold("c")
    before = explorer.standing
    assert wrong(explorer, seed) == ""
    assert before == explorer.standing


def test_every_act_and_every_public_name_is_pressed(vicious_circle: Model) -> None:
    explorer = explore_map(vicious_circle, source="stress", target="magnesium")
    controls = {one.control for one in outcomes(explorer)}
    assert set(faults.acts_of(explorer)) <= controls
    assert {f".{name}" for name in driver.public(MapWidget)} <= controls


def test_a_panel_is_pressed_as_a_map_is(real_model: Model) -> None:
    found = outcomes(explore_nmda(real_model))
    assert [one for one in found if one.error] == []
    assert {"voltage_mv", ".move", ".refine"} <= {one.control for one in found}


def test_a_broken_act_is_named_with_its_value(
    explorer: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        message = "planted"
        raise RuntimeError(message)

    acts = MappingProxyType({**state.ACTIONS, "cut": broken})
    monkeypatch.setattr(state, "ACTIONS", acts)
    (found,) = (one for one in outcomes(explorer) if one.error and one.control == "cut")
    assert found.value == "a.b"
    assert "RuntimeError: planted" in found.error


@pytest.mark.slow
def test_an_act_without_an_answer_is_seen(
    explorer: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(self: MapWidget, message: Any) -> None:
        if message["do"] != "steps":
            own(self, message)

    own = MapWidget._heard
    monkeypatch.setattr(MapWidget, "_heard", silent)
    assert "no answer came" in wrong(explorer)


def test_a_language_that_changes_what_is_chosen_is_seen(
    explorer: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(self: ViewBox, standing: Any, action: str, value: Any) -> Any:
        found = own(self, standing, action, value)
        if action == "language" and value == "sv":
            views = tuple(replace(view, push=-view.push) for view in found.views)
            return replace(found, views=views)
        return found

    own = ViewBox._after
    monkeypatch.setattr(ViewBox, "_after", after)
    assert "in 'sv' something else is chosen" in wrong(explorer)


def test_what_should_be_refused_and_is_not_is_seen(
    explorer: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(self: ViewBox, standing: Any, action: str, value: Any) -> Any:
        return standing if (action, value) == ("step", 999) else own(self, standing, action, value)

    own = ViewBox._after
    monkeypatch.setattr(ViewBox, "_after", after)
    assert "not refused as it must be: it was done" in wrong(explorer)


def test_what_is_not_put_back_is_seen(explorer: MapWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(self: Box, step: Callable[[Any], Any]) -> None:
        own(self, lambda now: replace(step(now), at=0))

    explorer.switch_off("b")
    own = Box.change
    monkeypatch.setattr(Box, "change", change)
    assert re.search("not as it was: .*what is chosen", wrong(explorer))


def test_the_wrong_code_is_wrong_by_one_sign() -> None:
    assert driver.wrong_code("MYVB") == "AYVB"
    assert driver.wrong_code("AYVB") == "BYVB"


# Lessons without a kernel


def notebook(folder: Path, *cells: str) -> Path:
    path = folder / "lesson.ipynb"
    made = [{"cell_type": "code", "source": source} for source in cells]
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


IMPORTED = "import mgmodel as mg\nfrom mgmodel.explore import explore_map\n"
MADE = "explore_map(mg.Model.from_edges([('a', 'b', 1)]))"


def test_explorers_without_a_name_are_found_and_shown(tmp_path: Path) -> None:
    lesson = driver.opened(notebook(tmp_path, IMPORTED, f"[{MADE} for _ in range(2)][0]", MADE))
    assert lesson.error == ""
    assert len(lesson.explorers) == 3


def test_a_cell_that_fails_is_a_fault_of_the_lesson(tmp_path: Path) -> None:
    (found,) = driver.visited(notebook(tmp_path, IMPORTED, "1 / 0"), (1,)).faults
    assert str(found) == "lesson, cells: run: ZeroDivisionError: division by zero"


@pytest.mark.slow
def test_the_command_names_every_fault_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import classroom

    assert classroom.main([str(notebook(tmp_path, "1 / 0"))]) == 1
    assert classroom.main([str(notebook(tmp_path, "1 + 1"))]) == 0
    assert "ZeroDivisionError" in capsys.readouterr().out


@pytest.mark.slow
@EACH_LESSON
def test_everything_in_a_lesson_can_be_pressed_in_random_order(path: Path) -> None:
    turn = driver.lessons().index(path)
    found = driver.visited(path, driver.SEEDS[turn % 2 :][:1])  # the other seed with --deep
    assert found.explorers
    assert found.faults == ()


@pytest.mark.thorough
@EACH_LESSON
def test_everything_in_a_lesson_can_be_pressed_in_more_orders(path: Path) -> None:
    turn = driver.lessons().index(path)
    assert driver.visited(path, (*driver.SEEDS, 100 + turn, 200 + turn)).faults == ()


# Planted


@pytest.fixture(scope="module")
def known() -> planting.Survey:
    """A map and a worksheet, with what is called in them."""
    return planting.survey([START], shelf=False)


def of_the_start(known: planting.Survey) -> Iterator[faults.Callback]:
    (stage,) = known.stages
    called = stage.opening.union(*stage.pressing)
    acts = {act for one in stage.lesson.explorers for act in faults.callbacks_of(one)}
    return (one for one in known.callbacks if one.code in called or one in acts)


@pytest.mark.slow
def test_exceptions_planted_by_lot_are_found(known: planting.Survey) -> None:
    chosen = random.Random(11).sample(list(of_the_start(known)), SAMPLE)
    missed = [one for one in planting.plant_callbacks(known, chosen) if one.missed]
    assert missed == []


@pytest.mark.slow
def test_shifts_planted_by_lot_are_found(known: planting.Survey) -> None:
    found = list(planting.plant_shifts(known, 1, seed=11))
    assert len(found) == 9
    assert [one for one in found if one.missed] == []


@pytest.mark.slow
def test_after_all_planting_nothing_is_broken(known: planting.Survey) -> None:
    (stage,) = known.stages
    assert [wrong(one) for one in stage.lesson.explorers] == ["", ""]


@pytest.mark.thorough
def test_every_exception_is_found() -> None:
    everything = planting.survey()
    found = planting.plant_callbacks(everything, everything.callbacks)
    assert [one.name for one in found if one.missed] == []


@pytest.mark.thorough
def test_every_shift_is_found() -> None:
    everything = planting.survey()
    assert [one for one in planting.plant_shifts(everything, 2, seed=5) if one.missed] == []


def test_a_function_inside_another_is_broken_and_mended() -> None:
    name = "closeups.speaker.<locals>.<lambda>"
    (one,) = (each for each in faults.functions() if each.name == name)
    with faults.planted(one), pytest.raises(faults.Planted, match="speaker"):
        speaker("en")("voltage")
    assert speaker("en")("voltage")


# The page that is published


@cache
def every_kind() -> list[Any]:
    return planting.one_of_each()


@pytest.mark.slow
def test_the_list_of_callbacks_is_the_one_that_is_published() -> None:
    listed = published.callbacks(planting.listed(every_kind()))
    assert listed.strip() == published.published("callbacks"), (
        "say `python tools/classroom.py --publish lists`, or --publish to plant all anew"
    )


@pytest.mark.slow
def test_there_is_an_explorer_of_every_class_and_opener() -> None:
    # a widget is of a class made for it alone, below the one that it is known by
    for kind in (MapWidget, PanelWidget, WorksheetWidget):
        assert any(isinstance(one, kind) for one in every_kind())
    shown = {planting.opener_of(one) for one in every_kind()}
    assert {name for name in explore.__all__ if name.startswith("explore_")} == shown


def test_the_numbers_that_are_published_add_up() -> None:
    text = published.published("numbers")
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", text, flags=re.MULTILINE)
    counts = {name: tuple(map(int, numbers)) for name, *numbers in rows}
    assert all(planted == found + missed for planted, found, missed in counts.values())
    listed = len(re.findall(r"^- `+.+`+: .+\.$", text, flags=re.MULTILINE))
    assert counts["**all exceptions**"][2] + counts["**all shifts**"][2] == listed


def test_a_row_counts_what_was_planted_found_and_missed() -> None:
    found = [
        planting.Found("acts", "a", "here"),
        planting.Found("acts", "b", missed="never called"),
        planting.Found("shifts in a", "c", "here"),
    ]
    text = published.numbers(found, "2026-01-01")
    assert "Planted on 2026-01-01." in text
    assert "| acts | 2 | 1 | 1 |" in text
    assert "| **all shifts** | 1 | 1 | 0 |" in text
    assert "- `b`: never called." in text

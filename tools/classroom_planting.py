"""Plants one fault after the other and drives until it is found: the proof of the classroom.

A callback that is called while controls are pressed is broken only once its explorer stands open;
one that is called while the cells of a lesson run is broken before. So that not every fault asks
for all lessons anew, a lesson stays open from fault to fault, and each fault is looked for in one
explorer that calls the callback. Where that finds nothing, the lesson is opened anew with the fault
in place. What is found in one explorer is found by the whole run.
"""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from classroom_driver import SEEDS, Lesson, collecting, drive, in_words, lessons, opened
from classroom_faults import (
    Callback,
    acts_of,
    callbacks_of,
    called,
    forget,
    functions,
    kind_of,
    planted,
)
from classroom_shifts import Shift, shifted, shifts_of

import mgmodel
from mgmodel import explore

__all__ = ["Found", "Survey", "plant_callbacks", "plant_shifts", "survey"]

SEED = 1
SHELF = "every opener"
"""What no lesson shows is opened here, so that its callbacks are looked for as well."""
NEVER = "no lesson and no control calls it"
NOT_RED = "it is called, and nothing shows it"


@dataclass(frozen=True)
class Found:
    """One planted fault: where it was found, or why it was not."""

    group: str
    name: str
    where: str = ""
    missed: str = ""


@dataclass
class Stage:
    """A lesson that stands open, with what was called in it and when."""

    path: Path | None
    lesson: Lesson
    opening: set[CodeType]
    pressing: list[set[CodeType]] = field(default_factory=list)
    """For each explorer."""


@dataclass
class Survey:
    """All lessons open, and every callback there is."""

    stages: list[Stage]
    callbacks: tuple[Callback, ...]


def covering(paths: Iterable[Path]) -> list[Path]:
    """Lessons, in order, of which each shows a kind of explorer that those before it do not."""
    known: set[str] = set()
    found = []
    for path in paths:
        shows = set(re.findall(r"\b(explore_\w+|present)\(", path.read_text(encoding="utf-8")))
        if shows - known:
            found.append(path)
        known |= shows
    return found


def survey(paths: Iterable[Path] | None = None, *, shelf: bool = True) -> Survey:
    """Open lessons and press all controls once, and note which callbacks are called.

    Parameters
    ----------
    paths
        The lessons; as few as show every kind of explorer where they are not given.
    shelf
        Whether explorers that none of these lessons shows are opened as well.

    Raises
    ------
    RuntimeError
        Something is wrong already, without any fault being planted.
    """
    stages = [_stage(path) for path in (covering(lessons()) if paths is None else paths)]
    if shelf:
        shown = {opener_of(one) for each in stages for one in each.lesson.explorers}
        stages.append(_stage(None, frozenset(shown)))
    return Survey(stages, listed(one for each in stages for one in each.lesson.explorers))


def listed(explorers: Iterable[Any]) -> tuple[Callback, ...]:
    """Every callback there is: the acts of these explorers, and all functions."""
    acts = {act for one in explorers for act in callbacks_of(one)}
    return (*sorted(acts), *sorted(functions()))


def one_of_each() -> list[Any]:
    """An explorer of every kind: all that need only the map, and those of a lesson for the rest."""
    found = list(_lesson(None).explorers)
    need = {name for name in explore.__all__ if name.startswith("explore_")}
    need -= {one.__name__ for one in openers()}
    for path in lessons():
        shows = {name for name in need if f"{name}(" in path.read_text(encoding="utf-8")}
        if shows:
            found += opened(path).explorers
            need -= shows
    return found


def _stage(path: Path | None, without: frozenset[str] = frozenset()) -> Stage:
    forget()
    with called() as opening:
        lesson = _lesson(path, without)
    stage = Stage(path, lesson, opening)
    for number, explorer in enumerate(lesson.explorers):
        with called() as pressing:
            wrong = [one for one in drive(explorer, SEED, _places(lesson, number)) if one.error]
        if wrong:
            msg = f"{lesson.name}: {wrong[0]}"
            raise RuntimeError(msg)
        stage.pressing.append(pressing)
    if lesson.error:
        msg = f"{lesson.name}: {lesson.error}"
        raise RuntimeError(msg)
    return stage


def _places(lesson: Lesson, number: int) -> dict[Any, Any]:
    return lesson.places.setdefault(number, {})


def _lesson(path: Path | None, without: frozenset[str] = frozenset()) -> Lesson:
    if path is not None:
        return opened(path)
    lesson = Lesson(Path(SHELF))
    with collecting(lesson.explorers):
        for open_it in openers():
            if open_it.__name__ not in without:
                try:
                    open_it(mgmodel.load_model())
                except Exception as problem:  # noqa: BLE001 - a fault like any other
                    lesson.error = in_words(problem)
    return lesson


@cache
def openers() -> tuple[Any, ...]:
    """Every `explore_*` that needs nothing but the map; the others are shown by lessons."""
    found = [getattr(explore, name) for name in explore.__all__ if name.startswith("explore_")]
    return tuple(one for one in found if len(_needed(one)) == 1)


def _needed(function: Any) -> list[str]:
    """Names of the parameters that must be given."""
    kinds = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    parameters = inspect.signature(function).parameters.values()
    return [one.name for one in parameters if one.default is one.empty and one.kind not in kinds]


def opener_of(explorer: Any) -> str:
    kind = kind_of(explorer)
    return "explore_map" if kind == "map" else kind


# Callbacks


def plant_callbacks(known: Survey, callbacks: Sequence[Callback]) -> Iterator[Found]:
    """Break one callback after the other, and look for each."""
    for callback in callbacks:
        yield _looked_for(known, callback)


def _looked_for(known: Survey, callback: Callback) -> Found:
    found = partial(Found, callback.group, callback.name)
    reached = False
    for stage in known.stages:
        for number, explorer in enumerate(stage.lesson.explorers):
            if _presses(stage, number, explorer, callback):
                reached = True
                if _red(callback, explorer, _places(stage.lesson, number)):
                    return found(f"{stage.lesson.name}, pressed")
    for stage in known.stages:
        if callback.code in stage.opening or (reached and _has(stage, callback)):
            reached = True
            if _red_anew(callback, stage):
                return found(f"{stage.lesson.name}, opened")
    return found(missed=NOT_RED if reached else NEVER)


def _presses(stage: Stage, number: int, explorer: Any, callback: Callback) -> bool:
    if callback.code is not None:
        return callback.code in stage.pressing[number]
    return callback in set(callbacks_of(explorer)) and bool(acts_of(explorer))


def _has(stage: Stage, callback: Callback) -> bool:
    return any(
        _presses(stage, number, explorer, callback)
        for number, explorer in enumerate(stage.lesson.explorers)
    )


def _red(callback: Callback, explorer: Any, places: dict[Any, Any]) -> bool:
    """Whether the driver finds it in this explorer, which is then as it was."""
    standing = explorer.standing
    steps = drive(explorer, SEED, places)
    with planted(callback):
        error = next((one.error for one in steps if one.error), "")
        steps.close()
    explorer.stand(standing)
    return bool(error)  # without the fault there is none, or there would be no survey


def _red_anew(callback: Callback, stage: Stage) -> bool:
    """Whether a lesson that opens with the fault in place fails, or its explorers do."""
    with planted(callback):
        lesson = _lesson(stage.path)
        if lesson.error:
            return True
        return any(
            outcome.error
            for number, explorer in enumerate(lesson.explorers)
            for outcome in drive(explorer, SEED, dict(_places(stage.lesson, number)))
        )


# Shifts


def plant_shifts(known: Survey, each: int, seed: int = SEED) -> Iterator[Found]:
    """Shift something that must stay in every explorer, `each` times, and look for it."""
    chance = random.Random(seed)
    for stage in known.stages:
        for explorer in stage.lesson.explorers:
            for shift in shifts_of(explorer, chance, each):
                found = partial(Found, shift.group, f"{stage.lesson.name}: {shift}")
                wrong = _moved(shift, explorer)
                yield found("pressed") if wrong else found(missed="nothing shows it")


def _moved(shift: Shift, explorer: Any) -> bool:
    """Whether a run that knows nothing of where things stood before finds the shift."""
    standing, places = explorer.standing, {}
    with shifted(explorer, shift):
        for turn, seed in enumerate(SEEDS):
            steps = drive(explorer, seed, places, calls=turn == 0)
            error = next((one.error for one in steps if one.error), "")
            steps.close()
            if error:
                break
    explorer.stand(standing)
    return " was " in error and " is " in error

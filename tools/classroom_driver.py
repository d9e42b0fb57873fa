"""A classroom without people: every control of every explorer of every lesson, in random order.

The code of a lesson runs in one process, without a kernel, in strict mode. Then every explorer that
any cell has made is pressed all over, twice, each time in the order of a seed. After each press it
is asked whether an error is said, whether an answer came, whether anything moved that must stay
where it is, and whether a change of language would change what was chosen. At the end everything
must be as it was.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from classroom_calls import calls_of, public
from classroom_layout import Places, moved

from mgmodel.explore import MapWidget
from mgmodel.explore.codes import as_file
from mgmodel.explore.rehearsal import Press, order, press_one, presses
from mgmodel.explore.views import Refused, View
from mgmodel.explore.widget_base import Explorer
from mgmodel.vocabulary import Language

os.environ["MGMODEL_STRICT"] = "1"
__all__ = [
    "LESSONS",
    "SEEDS",
    "Lesson",
    "Outcome",
    "drive",
    "lessons",
    "opened",
    "public",
    "report",
]
LESSONS = Path(__file__).resolve().parent.parent / "notebooks"
SEEDS = (1, 2)
WITHIN_S, WORKERS = 120.0, 2


@dataclass(frozen=True)
class Outcome:
    """What came of one press; `error` is empty where all was well."""

    control: str
    value: Any
    error: str = ""


@dataclass(frozen=True)
class Fault:
    """One fault, with everything that is needed to make it happen again."""

    lesson: str
    explorer: str
    seed: int | None
    outcome: Outcome

    def __str__(self) -> str:
        one = self.outcome
        value = f" with {one.value!r}" if one.value is not None else ""
        seed = "" if self.seed is None else f", seed {self.seed}"
        return f"{self.lesson}, {self.explorer}{seed}: {one.control}{value}: {one.error}"


@dataclass
class Lesson:
    """A lesson that was run, and every explorer that it made."""

    path: Path
    explorers: list[Explorer] = field(default_factory=list)
    error: str = ""
    places: dict[int, Places] = field(default_factory=dict)
    """By number of the explorer, where everything stood first."""

    @property
    def name(self) -> str:
        """As it is called in a report."""
        return self.path.stem


def lessons(folder: Path = LESSONS) -> list[Path]:
    """Every notebook of the course, and every talk."""
    hidden = (path for path in folder.rglob("*.ipynb"))
    return sorted(path for path in hidden if not any(part[0] == "." for part in path.parts))


# A lesson without a kernel


def opened(path: Path) -> Lesson:
    """Run all code cells of a lesson, also the folded answers, and keep its explorers."""
    path = path.resolve()
    lesson = Lesson(path)
    with collecting(lesson.explorers), _quiet(path.parent):
        try:
            _run(path)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is a fault of the lesson
            lesson.error = in_words(problem)
    return lesson


def _run(path: Path) -> None:
    space: dict[str, Any] = {"__name__": "__main__"}
    try:
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            if cell["cell_type"] == "code":
                _run_cell("".join(cell["source"]), f"{path.name}, cell {number}", space)
    finally:  # as when a notebook is closed, also one that broke off
        for left in space.values():
            if isinstance(left, tempfile.TemporaryDirectory):
                left.cleanup()


def _run_cell(source: str, place: str, space: dict[str, Any]) -> None:
    parts = ast.parse(source, place)
    last = parts.body.pop() if parts.body and isinstance(parts.body[-1], ast.Expr) else None
    exec(compile(parts, place, "exec"), space)
    if last is not None:
        _display(eval(compile(ast.Expression(last.value), place, "eval"), space))


def _display(shown: Any) -> None:
    """What a notebook would ask of the last line of a cell."""
    repr(shown)
    for name in ("_repr_mimebundle_", "_repr_html_"):
        method = getattr(shown, name, None)
        if callable(method):
            method()


@contextlib.contextmanager
def collecting(found: list[Explorer]) -> Iterator[None]:
    """Every explorer that is made meanwhile, also one that has no name."""
    own = Explorer.__init__

    def init(self: Explorer, *args: Any, **options: Any) -> None:
        own(self, *args, **options)
        found.append(self)

    Explorer.__init__ = init  # type: ignore[method-assign]
    try:
        yield
    finally:
        Explorer.__init__ = own  # type: ignore[method-assign]


@contextlib.contextmanager
def _quiet(folder: Path) -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.chdir(folder):
        yield


def in_words(problem: BaseException) -> str:
    """An error in one line, with what was done when it came."""
    notes = getattr(problem, "__notes__", [])
    return " ".join((f"{type(problem).__name__}: {problem}", *notes))


# All controls of one explorer


def todo_of(explorer: Any) -> tuple[Press, ...]:
    """Every press of its rehearsal, and those that only a page or a second meaning needs."""
    return (*presses(explorer), *_more(explorer))


def _more(explorer: Explorer) -> Iterator[Press]:
    if isinstance(explorer, MapWidget):
        arrow = next(iter(explorer.model.reasoning_edges))
        yield "target", None
        for meaning, node in (("source", arrow.source), ("target", arrow.target)):
            yield "click_means", meaning
            yield "click", node
        lit = View(source=arrow.source, target=arrow.target, route=0)
        yield "file", as_file(explorer.model, lit)


def drive(explorer: Any, seed: int, places: Places, *, calls: bool = True) -> Iterator[Outcome]:
    """Press everything of one explorer in the order of a seed, and put all back.

    Parameters
    ----------
    explorer
        Any explorer.
    seed
        Of the order of presses, and of calls.
    places
        Where everything stood first; empty at the beginning.
    calls
        Whether everything is called as well that a line of code can call; pictures take their time.
    """
    try:
        with explorer.hold_sync(), contextlib.redirect_stdout(io.StringIO()):
            opening, before = explorer.standing, _told(explorer)
            yield Outcome("opened", None, "; ".join(moved(explorer, places)))
            yield from _presses(explorer, seed, places)
            yield from _refusals(explorer)
            if calls:
                yield from _calls(explorer, seed, places)
            explorer.stand(opening)
            after = _told(explorer)
            changed = sorted(name for name in before if before[name] != after.get(name))
            changed += [] if explorer.standing == opening else ["what is chosen"]
            wrong = f"not as it was: {', '.join(changed)}" if changed else ""
            yield Outcome("put back", None, wrong)
    except Exception as problem:  # noqa: BLE001 - reported like any other
        yield Outcome("before or after all presses", None, in_words(problem))


def _presses(explorer: Any, seed: int, places: Places) -> Iterator[Outcome]:
    todo, opening = todo_of(explorer), explorer.standing
    for place in order(todo, seed):
        action, value = todo[place]
        seq = explorer.seq
        try:
            press_one(explorer, todo, place, opening)
            wrong = _wrong(explorer, seq, places)
        except Exception as problem:  # noqa: BLE001 - reported like any other
            wrong = in_words(problem)
        yield Outcome(action, value, wrong)


def _refusals(explorer: Any) -> Iterator[Outcome]:
    """What no state allows is refused with a sentence in every language, and changes nothing."""
    opening = explorer.standing
    for language in map(str, Language) if isinstance(explorer, MapWidget) else ():
        explorer.press("language", language)
        for action, value in (
            ("code", wrong_code(explorer.short_code)),
            ("code", "!"),
            ("step", 999),
            ("highlight", 999),
        ):
            before, problem = explorer.standing, None
            try:
                explorer.press(action, value)
            except Refused as refusal:
                problem = refusal
            same = explorer.standing == before
            well = problem is not None and same and bool(explorer.error)
            wrong = "" if well else f"not refused as it must be: {explorer.error or 'it was done'}"
            yield Outcome(action, value, wrong)
    explorer.stand(opening)


def wrong_code(code: str) -> str:
    """A code with one wrong sign, for which the message names those that were perhaps meant."""
    other = "A" if code[0] != "A" else "B"
    return other + code[1:]


def _calls(explorer: Any, seed: int, places: Places) -> Iterator[Outcome]:
    """Everything that a line of code can ask of it, from where it opened."""
    todo, opening = presses(explorer), explorer.standing
    with tempfile.TemporaryDirectory() as folder:
        for name, call in calls_of(explorer, seed, todo, Path(folder)):
            seq = explorer.seq - 1
            try:
                call()
                wrong = _wrong(explorer, seq, places)
            except Exception as problem:  # noqa: BLE001 - reported like any other
                wrong = in_words(problem)
            yield Outcome(f".{name}", None, wrong)
    explorer.stand(opening)


def _wrong(explorer: Any, seq: int, places: Places) -> str:
    """What is not as it must be after any act; empty where all is well."""
    found = [explorer.error] if explorer.error else []
    if explorer.seq <= seq:
        found.append("no answer came")
    found += moved(explorer, places)
    found += _changed_by_language(explorer)
    return "; ".join(found)


def _changed_by_language(explorer: Any) -> list[str]:
    """In which language something else would be chosen; nothing is shown for it."""
    box, now = explorer._box, explorer.standing
    back = box._after(now, "language", box.language)
    found = []
    for language in map(str, Language):
        there = box._after(now, "language", language)
        if box._after(there, "language", box.language) != back:
            found.append(f"in {language!r} something else is chosen")
    return found


def _told(explorer: Any) -> dict[str, Any]:
    """All that the page is sent, without what counts its acts."""
    return {**explorer._page(), "text": explorer._texts()}


# The whole course


def visit(lesson: Lesson, seeds: Iterable[int]) -> Iterator[tuple[Fault | None, str]]:
    """Press everything of a lesson; gives for each press its fault, if any, and its explorer."""
    if lesson.error:
        yield Fault(lesson.name, "cells", None, Outcome("run", None, lesson.error)), ""
    for number, explorer in enumerate(lesson.explorers):
        name = f"{number + 1}. {repr(explorer).partition('(')[0]}"
        places = lesson.places.setdefault(number, {})
        for turn, seed in enumerate(seeds):
            for outcome in drive(explorer, seed, places, calls=turn == 0):
                found = Fault(lesson.name, name, seed, outcome) if outcome.error else None
                yield found, name


@dataclass(frozen=True)
class Visit:
    """What came of one lesson."""

    name: str
    explorers: int
    presses: int
    seconds: float
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        said = f"{len(self.faults)} faults" if self.faults else "well"
        counts = f"{self.explorers:3} explorers{self.presses:6} presses{self.seconds:7.1f} s"
        return f"{self.name:44}{counts}  {said}"


def visited(path: Path, seeds: Sequence[int]) -> Visit:
    """Run one lesson and press everything in it."""
    start = time.monotonic()
    lesson = opened(path)
    found = [fault for fault, _ in visit(lesson, seeds)]
    faults = tuple(fault for fault in found if fault)
    seconds = time.monotonic() - start
    return Visit(lesson.name, len(lesson.explorers), len(found), seconds, faults)


def report(paths: Sequence[Path], seeds: Sequence[int], workers: int = WORKERS) -> list[Fault]:
    """Visit all lessons, two at a time, and print a line for each; gives the faults."""
    faults: list[Fault] = []
    begun, total = time.monotonic(), 0
    with ProcessPoolExecutor(min(workers, len(paths)), get_context("spawn")) as pool:
        for one in pool.map(partial(visited, seeds=tuple(seeds)), paths):
            print(one, flush=True)
            faults += one.faults
            total += one.presses
    seconds = time.monotonic() - begun
    print(f"{len(paths)} lessons, {total} presses, seeds {tuple(seeds)}, {seconds:.1f} s")
    return faults

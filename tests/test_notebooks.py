"""The lessons keep the rules of the house, cover the course, and notice a broken explorer.

That the lessons run, and give what is stored in them, is checked by nbval itself. What each rule
finds is shown on planted faults in test_lesson_tools.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import lesson_rules
import lesson_tables
import lessons
import pytest
from lesson_files import (
    FOLDER,
    Lesson,
    calls,
    lesson_paths,
    loaded,
    read_course,
    read_lesson,
    stored,
    tags_of,
)

from mgmodel.explore import history, state

ROOT = Path(__file__).resolve().parent.parent
LESSONS = lesson_paths()
COPIED = 8  # words in a row that stand in a text of ours and in another one

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@cache
def lesson(path: Path) -> Lesson:
    """A lesson, read once."""
    return read_lesson(path)


def all_lessons() -> list[Lesson]:
    return [lesson(path) for path in LESSONS]


# Each lesson


@pytest.mark.parametrize("rule", lesson_rules.RULES, ids=lambda rule: rule.__name__)
@each_lesson
def test_a_lesson_keeps_the_rules(path: Path, rule: Callable[[Lesson], Iterator[str]]) -> None:
    assert list(rule(lesson(path))) == []


# All of them together


def test_no_two_cells_of_the_lessons_share_an_id() -> None:
    ids = Counter(cell.id for each in all_lessons() for cell in each.cells)
    assert [name for name, count in ids.items() if count > 1] == []


def test_lessons_are_counted_from_zero_without_a_gap_that_repeats() -> None:
    numbers = [each.number for each in all_lessons()]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == "00"


def test_what_a_lesson_needs_takes_as_long_as_it_says_itself() -> None:
    minutes = {each.path.name: each.minutes for each in all_lessons()}
    needed = re.compile(r"\]\((\d\d_\w+\.ipynb)\) \| [^|]+ \| (\d+) \|")
    told = [
        (each.number, name, int(said))
        for each in all_lessons()
        for name, said in needed.findall(each.cells[0].source)
    ]
    assert len(told) > 20
    assert [one for one in told if minutes[one[1]] != one[2]] == []


def test_the_first_lesson_alone_holds_the_index_and_it_is_up_to_date() -> None:
    tagged = [(each.path.name, tags_of(cell)) for each in all_lessons() for cell in each.cells]
    holding = [name for name, tags in tagged if "index" in tags]
    assert holding == [LESSONS[0].name]
    stored_now = LESSONS[0].read_text(encoding="utf-8")
    assert lessons.with_index(LESSONS[0]) == stored_now, "run `python3 run.py refresh`"


def test_the_page_of_what_the_lessons_cover_is_up_to_date() -> None:
    page = lesson_tables.PAGE.read_text(encoding="utf-8")
    assert lessons.covered() == page, "run `python3 run.py refresh`"


def test_the_course_has_its_objectives_misconceptions_and_exercises() -> None:
    course = read_course()
    for kind, count in (("objective", 12), ("misconception", 10), ("exercise", 16)):
        assert list(course.of(kind)) == list(range(1, count + 1))
    texts = [*course.objectives.values(), *course.exercises.values()]
    texts += [text for pair in course.misconceptions.values() for text in pair]
    assert [text for text in texts if len(text.split()) < 6 or text[-1] not in ".?"] == []


def test_the_lessons_miss_nothing_of_the_course(real_model: Any) -> None:
    gaps = lesson_tables.missing(all_lessons(), read_course(), real_model.library.claims)
    assert {kind: absent for kind, absent in gaps.items() if absent} == {}


def test_no_sentence_is_copied(shared: Path) -> None:
    def runs(*texts: str) -> set[str]:
        words = re.findall(r"[\w'-]+", " | ".join(texts).lower())
        return {" ".join(words[n : n + COPIED]) for n in range(len(words) - COPIED + 1)}

    theirs = runs(*(path.read_text(encoding="utf-8") for path in (shared / "seeds").glob("*.txt")))
    copied = {each.path.name: runs(each.prose) & theirs for each in all_lessons()}
    teaching = (shared / "domain" / "teaching.md").read_text(encoding="utf-8")
    course = (FOLDER / "course.toml").read_text(encoding="utf-8")
    copied["course.toml"] = runs(course) & (theirs | runs(teaching))
    assert {name: found for name, found in copied.items() if found} == {}


# A lesson notices when its explorer breaks

CONTROLS = (*state.ACTIONS, "reset")
WITH_A_MAP = [p for p in LESSONS if "explore_map" in calls(lesson(p).of_kind("code"), "explore_")]
BROKEN = [
    # each control in one lesson, the lessons in turn; in all of them where there is time
    pytest.param(
        path,
        control,
        id=f"{path.stem}-{control}",
        marks=() if turn % len(WITH_A_MAP) == place else pytest.mark.thorough,
    )
    for turn, control in enumerate(CONTROLS)
    for place, path in enumerate(WITH_A_MAP)
]


def explorer_cells(path: Path) -> list[str]:
    """The code that the maps of a lesson need: each cell that names one, and what it builds on."""
    code = lesson(path).of_kind("code")
    named = [pair for cell in code for pair in lesson_rules.explorers_named(cell).items()]
    maps = {name for name, maker in named if maker == "explore_map"}
    needed: set[str] = set()
    kept: list[str] = []
    for cell in reversed(code):
        given, taken = stored(cell.source), loaded(cell.source)
        if given & needed or (given | taken) & maps:
            needed = (needed - given) | taken
            kept.insert(0, cell.source)
    return kept


def run(path: Path) -> None:
    """Run the cells of the maps of a lesson in a fresh namespace."""
    space: dict[str, Any] = {}
    for source in explorer_cells(path):
        exec(compile(source, path.name, "exec"), space)


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_A_MAP, ids=lambda path: path.stem)
def test_the_maps_of_a_lesson_run_when_nothing_is_broken(path: Path) -> None:
    run(path)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "control"), BROKEN)
def test_a_broken_control_breaks_the_lesson(
    path: Path, control: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(control)

    if control == "reset":
        monkeypatch.setattr(history, "reset", broken)
    else:
        monkeypatch.setattr(state, "ACTIONS", MappingProxyType({**state.ACTIONS, control: broken}))
    with pytest.raises(RuntimeError, match=control):
        run(path)


@pytest.mark.slow
def test_nbval_goes_red_on_a_broken_control(tmp_path: Path) -> None:
    plant = (
        "import sys\n"
        "import mgmodel.explore.state as state\n"
        "def broken(view, value):\n"
        "    raise RuntimeError('planted')\n"
        "state.ACTIONS = {**state.ACTIONS, 'highlight': broken}\n"
    )
    (tmp_path / "sitecustomize.py").write_text(plant, encoding="utf-8")
    run_nbval = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*run_nbval, str(WITH_A_MAP[0])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "planted" in result.stdout

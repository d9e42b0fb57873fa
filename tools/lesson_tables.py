"""The page that says what the lessons cover, and how they are built; committed in docs/."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lesson_files import WORKSHEETS, Course, Lesson, calls, code_lines

from mgmodel.markup import as_markdown
from mgmodel.records import Claim

PAGE = Path(__file__).resolve().parent.parent / "docs" / "lessons.md"
KINDS = {"objective": "taught", "misconception": "corrected", "exercise": "asked"}
_INTRODUCTION = """\
# What the lessons cover

Made from the tags of the lessons by `python3 run.py refresh`; a test holds it equal. A column is a
lesson, by its number. What the tags mean stands in [CONTRIBUTING.md](../CONTRIBUTING.md), the texts
of objectives, misconceptions and exercises in `notebooks/course.toml`.
"""
_ANCHORS = (
    ("ModSimPy, 27 notebooks", "2", "17", "23", "72 %"),
    ("Pythia foundations, 17 notebooks", "2", "56", "24", "84 %"),
)
"""Two courses that we learnt from, measured in the same way at commits fd52a3c and bebc0439."""


@dataclass(frozen=True)
class Measures:
    """How a lesson, or all of them together, are built."""

    lengths: tuple[int, ...]
    """Lines of code in each code cell."""
    words: int
    after_prose: int
    """How many of the code cells come right after prose."""
    explorers: int
    worksheets: int
    minutes: int
    size: int
    """Bytes of the file."""

    @property
    def words_per_line(self) -> float:
        """Words of prose for a line of code; 0 where there is no code."""
        return self.words / sum(self.lengths) if sum(self.lengths) else 0.0

    def __add__(self, other: Measures) -> Measures:
        """Both together."""
        return Measures(
            self.lengths + other.lengths,
            *(
                getattr(self, name) + getattr(other, name)
                for name in ("words", "after_prose", "explorers", "worksheets", "minutes", "size")
            ),
        )


def measures(lesson: Lesson) -> Measures:
    """Measure a lesson; all code cells count, answers of exercises too."""
    code = lesson.of_kind("code")
    pairs = itertools.pairwise(cell.cell_type for cell in lesson.cells)
    shown = Counter(calls(code, "explore_"))
    worksheets = sum(shown[name] for name in WORKSHEETS)
    return Measures(
        tuple(len(code_lines(cell)) for cell in code),
        len(lesson.prose.split()),
        sum(pair == ("markdown", "code") for pair in pairs),
        shown.total() - worksheets,
        worksheets,
        lesson.minutes or 0,
        lesson.path.stat().st_size,
    )


def missing(
    lessons: Sequence[Lesson], course: Course, claims: Iterable[str]
) -> dict[str, tuple[int | str, ...]]:
    """Give what no lesson teaches, corrects, asks or lists, by kind; kinds without a gap too."""
    gaps: dict[str, tuple[int | str, ...]] = {}
    for kind in KINDS:
        met = set().union(*(lesson.tagged(kind) for lesson in lessons))
        gaps[kind] = tuple(number for number in course.of(kind) if number not in met)
    listed = set().union(*(lesson.claims() for lesson in lessons))
    gaps["claim"] = tuple(claim for claim in claims if claim not in listed)
    return gaps


def page(lessons: Sequence[Lesson], course: Course, claims: Sequence[Claim]) -> str:
    """Give the whole page, in Markdown."""
    gaps = missing(lessons, course, [claim.id for claim in claims])
    lines = [_INTRODUCTION, "## Missing", ""]
    lines += [*_gaps(gaps), ""]
    for kind, done in KINDS.items():
        lines += [f"## {kind.capitalize()}s", "", *_coverage(lessons, course, kind, done), ""]
    lines += ["## Claims", "", *_claims(lessons, claims), "", "## Measures", ""]
    return "\n".join([*lines, *_measures(lessons)]) + "\n"


def _gaps(gaps: dict[str, tuple[int | str, ...]]) -> Iterator[str]:
    if not any(gaps.values()):
        yield "Nothing: every objective, misconception, exercise and claim is met in some lesson."
    for kind, absent in gaps.items():
        if absent:
            yield f"- {kind}s that no lesson meets ({len(absent)}): {', '.join(_spans(absent))}"


def _spans(ids: Iterable[int | str]) -> Iterator[str]:
    """Numbers or claims, those in a row told by the first and the last of them."""
    order = [(int(str(each)[-3:]), str(each)) for each in ids]
    pairs = ((number - turn, name[:-3], name) for turn, (number, name) in enumerate(order))
    for _, run in itertools.groupby(pairs, lambda pair: pair[:2]):
        names = [name for *_, name in run]
        yield names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _coverage(lessons: Sequence[Lesson], course: Course, kind: str, done: str) -> Iterator[str]:
    yield _row("", kind, *(lesson.number for lesson in lessons))
    yield "|---|---|" + "---|" * len(lessons)
    for number, text in course.of(kind).items():
        met = (done if number in lesson.tagged(kind) else "" for lesson in lessons)
        yield _row(str(number), as_markdown(text), *met)


def _claims(lessons: Sequence[Lesson], claims: Sequence[Claim]) -> Iterator[str]:
    every = {claim.id for claim in claims}
    listed = {lesson.number: lesson.claims() & every for lesson in lessons}
    whole = [number for number, held in listed.items() if held == every]
    others = [number for number in listed if number not in whole]
    elsewhere = f"{' and '.join(whole)} only" if whole else "none"
    by_document: dict[str, list[str]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim.id)
    if whole:
        yield f"Lesson {' and '.join(whole)} lists all {len(every)}. The tables count the others."
        yield ""
    yield "How many claims of each document a lesson lists:"
    yield ""
    yield _row("document", "claims", *others, "in any of these")
    yield "|---|---|" + "---|" * (len(others) + 1)
    for document, ids in by_document.items():
        told = [len(listed[number] & set(ids)) for number in others]
        together = set(ids) & set().union(*(listed[number] for number in others))
        cells = (str(count or "") for count in told)
        yield _row(f"`{document}`", str(len(ids)), *cells, str(len(together)))
    yield ""
    yield "Which lessons list which claim:"
    yield ""
    yield from ("| claims | lessons |", "|---|---|")
    for ids in by_document.values():
        where = {c: tuple(number for number in others if c in listed[number]) for c in ids}
        for numbers, run in itertools.groupby(ids, where.__getitem__):
            yield _row(*_spans(run), ", ".join(numbers) or elsewhere)


def _measures(lessons: Sequence[Lesson]) -> Iterator[str]:
    yield "Length is in lines of code; *after prose* is the share of code cells right after prose."
    yield "Answers of exercises count. The last two rows are courses that we learnt from, measured"
    yield "in the same way."
    yield ""
    heads = ("lesson", "code cells", "median length", "longest", "words per line of code")
    yield _row(*heads, "after prose", "minutes", "kB", "explorers", "worksheets")
    yield "|---|" + "---|" * 9
    each = [measures(lesson) for lesson in lessons]
    for lesson, measured in zip(lessons, each, strict=True):
        yield _measured(lesson.number, measured)
    if each:
        yield _measured("all", sum(each[1:], each[0]))
    for name, median, longest, words, after in _ANCHORS:
        yield _row(name, "", median, longest, words, after, "", "", "", "")


def _measured(name: str, held: Measures) -> str:
    count = len(held.lengths)
    median = statistics.median(held.lengths) if held.lengths else 0
    return _row(
        *(name, str(count), f"{median:g}", str(max(held.lengths, default=0))),
        f"{held.words_per_line:.0f}",
        f"{held.after_prose / count:.0%}".replace("%", " %") if count else "",
        *(str(held.minutes or ""), f"{held.size / 1000:.0f}"),
        *(str(held.explorers), str(held.worksheets)),
    )


def _row(*cells: str) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"

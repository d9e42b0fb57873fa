"""The lessons as they are stored, and the course that their tags point to; nothing is run here."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

import notebooks

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
TAG = re.compile(r"(objective|misconception|exercise)-(\d+)")
CLAIM = re.compile(r"\bc\d{3}_\d{3}\b")
ASKED = re.compile(r"^\*\*(\d+)\.\*\*", re.MULTILINE)
HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
WORKSHEETS = ("explore_prediction", "explore_quiz", "explore_hunt", "explore_draft")


@dataclass(frozen=True)
class Lesson:
    """A notebook of the course: its file, and its cells as they are stored."""

    path: Path
    cells: tuple[NotebookNode, ...]

    @property
    def number(self) -> str:
        """The two digits that its name begins with; of a talk nothing."""
        found = re.match(r"\d+", self.path.name)
        return found[0] if found else ""

    @property
    def title(self) -> str:
        """Its first heading."""
        return next((text for _, _, text in self.headings), "")

    @property
    def minutes(self) -> int | None:
        """How long it says that it takes."""
        found = re.search(r"^\*\*Minutes:\*\* (\d+)$", self.prose, re.MULTILINE)
        return int(found[1]) if found else None

    @cached_property
    def prose(self) -> str:
        """All of its Markdown."""
        return "\n\n".join(cell.source for cell in self.of_kind("markdown"))

    @cached_property
    def headings(self) -> tuple[tuple[int, int, str], ...]:
        """Number of the cell, level and text of each heading."""
        return tuple(
            (place, len(found[1]), found[2])
            for place, cell in enumerate(self.cells)
            if cell.cell_type == "markdown"
            for found in HEADING.finditer(FENCE.sub("", cell.source))
        )

    def of_kind(self, kind: str) -> tuple[NotebookNode, ...]:
        """Its cells of prose ("markdown") or of code ("code")."""
        return tuple(cell for cell in self.cells if cell.cell_type == kind)

    def section(self, heading: str) -> tuple[int, ...]:
        """The numbers of the cells of every section whose heading begins so, in order."""
        found: list[int] = []
        starts = [(place, level, text) for place, level, text in self.headings]
        for turn, (place, level, text) in enumerate(starts):
            if level > 1 and text.startswith(heading):
                ends = (later for later, deep, _ in starts[turn + 1 :] if deep <= level)
                found += range(place, next(ends, len(self.cells)))
        return tuple(found)

    def tagged(self, kind: str) -> set[int]:
        """The numbers that tags of one kind point to: "objective", "misconception", "exercise"."""
        tags = (TAG.fullmatch(tag) for cell in self.cells for tag in tags_of(cell))
        return {int(tag[2]) for tag in tags if tag and tag[1] == kind}

    def claims(self) -> set[str]:
        """The claims that its cells tagged `claims` list in their stored output."""
        listing = (cell for cell in self.cells if "claims" in tags_of(cell))
        return {claim for cell in listing for claim in CLAIM.findall(told_by(cell))}


@dataclass(frozen=True)
class Course:
    """What is to be taught, put right and asked, each by its number."""

    objectives: dict[int, str]
    misconceptions: dict[int, tuple[str, str]]
    """What is believed, and what is right."""
    exercises: dict[int, str]

    def of(self, kind: str) -> dict[int, str]:
        """The texts of one kind: "objective", "misconception" (what is believed), "exercise"."""
        believed = {number: said for number, (said, _) in self.misconceptions.items()}
        return {
            "objective": self.objectives,
            "misconception": believed,
            "exercise": self.exercises,
        }[kind]


def read_course(path: Path = FOLDER / "course.toml") -> Course:
    """Give the course that a file holds."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return Course(
        {row["number"]: row["text"] for row in held["objective"]},
        {row["number"]: (row["believed"], row["right"]) for row in held["misconception"]},
        {row["number"]: row["text"] for row in held["exercise"]},
    )


def read_lesson(path: Path) -> Lesson:
    """Give the lesson of a file."""
    return Lesson(path, tuple(notebooks.read(path).cells))


def lesson_paths(folder: Path = FOLDER) -> list[Path]:
    """Give the files of the lessons, in their order."""
    return sorted(folder.glob("*.ipynb"))


def talk_paths(folder: Path = FOLDER) -> list[Path]:
    """Give the files of the talks."""
    return sorted((folder / "presenting").glob("*.ipynb"))


def tags_of(cell: NotebookNode) -> tuple[str, ...]:
    """Give the tags of a cell."""
    return tuple(cell.metadata.get("tags", ()))


def told_by(cell: NotebookNode) -> str:
    """Give everything that the stored outputs of a cell say in text."""
    said: list[str] = []
    for output in cell.get("outputs", ()):
        said.append(output.get("text", ""))
        data = output.get("data", {})
        said += [text for kind, text in data.items() if kind.startswith("text/")]
    return "\n".join(said)


def code_lines(cell: NotebookNode) -> list[str]:
    """Give the lines of code of a cell that are not blank."""
    return [line for line in cell.source.splitlines() if line.strip()]


def parsed(source: str) -> ast.Module:
    """Give the syntax tree of a piece of code; an empty one where it is no Python."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


def calls(cells: Iterable[NotebookNode], prefix: str) -> Iterator[str]:
    """Give the name of every function called whose name begins so, once for each call."""
    for cell in cells:
        for node in ast.walk(parsed(cell.source)):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                if name.startswith(prefix):
                    yield name


def loaded(source: str) -> set[str]:
    """Give the names that a piece of code reads."""
    return _names(source, ast.Load)


def stored(source: str) -> set[str]:
    """Give the names that a piece of code gives a value to, imported ones too."""
    imports = (
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )
    return _names(source, ast.Store) | set(imports)


def _names(source: str, context: type[ast.expr_context]) -> set[str]:
    nodes = ast.walk(parsed(source))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, context)}

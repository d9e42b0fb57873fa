"""Two copies of the lessons from the one source: for those who teach, and for those who learn.

A teacher's copy is the file as it is stored. In a student's copy the answers of exercises are taken
out, and a stub stands in their place; so are the folded answers under *Predict first*, for the
cells that follow show them. All other outputs stay, so that the pictures can be seen at once.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from lesson_files import ASKED, FOLDER, Lesson, loaded, parsed, read_lesson, stored, tags_of

import notebooks

TEACHER, STUDENT = "teacher", "student"
WITHOUT_FOLDS = ("Predict first", "Exercises")
FOLD = re.compile(r"\n*<details>.*?</details>[ \t]*(?=\n|\Z)", re.DOTALL)
BUILT_IN = {name for kind in (str, list, tuple, set, dict, int, float) for name in dir(kind)}


def copies(source: Path = FOLDER) -> dict[str, bytes]:
    """Give the file of every copy by its name: all of the folder twice, lessons changed in one."""
    made: dict[str, bytes] = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        if any(part.startswith(".") for part in name.parts):
            continue
        made[f"{TEACHER}/{name.as_posix()}"] = path.read_bytes()
        lesson = path.suffix == ".ipynb"
        for_students = students_copy(path).encode() if lesson else path.read_bytes()
        made[f"{STUDENT}/{name.as_posix()}"] = for_students
    return made


def write_copies(folder: Path, source: Path = FOLDER) -> list[str]:
    """Write both copies into a folder and give a line for each.

    Raises
    ------
    ValueError
        The folder lies in that of the lessons, or a file in it would be overwritten that is not
        as it was handed out. Then nothing is written.
    """
    if folder.resolve().is_relative_to(source.resolve()):
        message = f"{folder} lies in the folder of the lessons; name one outside of it."
        raise ValueError(message)
    made = copies(source)
    changed = [name for name in made if _holds_something_else(folder / name, made[name])]
    if changed:
        message = (
            f"{folder} holds files that are not as this would write them, and nothing was written: "
            f"{', '.join(changed)}. Name a new folder, or put them away."
        )
        raise ValueError(message)
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [
        f"{folder / kind}: {sum(name.startswith(f'{kind}/') for name in made)} files, {what}"
        for kind, what in ((TEACHER, "as stored"), (STUDENT, "answers taken out"))
    ]


def _holds_something_else(path: Path, content: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == content)


def students_copy(path: Path) -> str:
    """Give the text of the student's copy of a lesson.

    Raises
    ------
    ValueError
        A cell needs a name that only the answer of an exercise gives; the copy would not run.
    """
    lesson = read_lesson(path)
    needed = list(names_only_answers_give(lesson))
    if needed:
        raise ValueError(f"{path.name}: " + " ".join(needed))
    folded = {place for heading in WITHOUT_FOLDS for place in lesson.section(heading)}
    library = names_of_the_library(lesson)
    book = notebooks.normal_form(notebooks.read(path))
    kept, asked, there = [], "", set[str]()
    for place, cell in enumerate(copy.deepcopy(book.cells)):
        if cell.cell_type == "markdown":
            asked = next(iter(ASKED.findall(cell.source)), asked)
            if place in folded:
                cell.source = FOLD.sub("", cell.source)
            if not cell.source.strip():
                continue
        elif "solution" in tags_of(cell):
            cell.source = stub(asked, cell.source, library=library, there=there)
            tags = [tag for tag in tags_of(cell) if tag != "solution"]
            cell.outputs, cell.metadata = [], nbformat.from_dict({"tags": [*tags, "stub"]})
        else:
            there |= stored(cell.source)
        kept.append(cell)
    book.cells = kept
    return notebooks.write(book)


def stub(exercise: str, answer: str, *, library: set[str], there: set[str]) -> str:
    """Give the cell in which a student writes an answer: which exercise, and what is useful.

    `library` are the names under which the lesson imports ours, `there` all that it has given a
    value to. What the answer does with them is not told.
    """
    made = (loaded(answer) & there) - library - stored(answer)
    lines = [f"# Exercise {exercise}: write your answer below." if exercise else "# Your answer:"]
    useful = sorted(set(_useful(answer, library)))
    lines += [f"# Useful: {', '.join(useful)}"] if useful else []
    lines += [f"# Already there: {', '.join(sorted(made))}"] if made else []
    return "\n".join([*lines, ""])


def _useful(answer: str, library: set[str]) -> Iterator[str]:
    """What an answer takes from the library: mg.respond, figures.bars, .sentence, rehearse."""
    nodes = list(ast.walk(parsed(answer)))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    for node in attributes:
        whole = ast.unparse(node)
        if re.fullmatch(r"\w+\.\w+", whole) and whole.partition(".")[0] in library:
            yield whole
        elif node.attr not in BUILT_IN and not _is_inside_the_library(node, library):
            yield f".{node.attr}"
    alone = library - {ast.unparse(node.value) for node in attributes}
    yield from (node.id for node in nodes if isinstance(node, ast.Name) and node.id in alone)


def _is_inside_the_library(node: ast.Attribute, library: set[str]) -> bool:
    """Whether it is a longer name of the library, such as a.b.c, of which the start is told."""
    root: ast.expr = node.value
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in library


def names_of_the_library(lesson: Lesson) -> set[str]:
    """Give the names under which a lesson imports the library and parts of it."""
    found: set[str] = set()
    for cell in lesson.of_kind("code"):
        for node in ast.walk(parsed(cell.source)):
            if isinstance(node, ast.Import):
                ours = (alias for alias in node.names if alias.name.startswith("mgmodel"))
                found |= {alias.asname or alias.name for alias in ours}
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mgmodel"):
                found |= {alias.asname or alias.name for alias in node.names}
    return found


def names_only_answers_give(lesson: Lesson) -> Iterator[str]:
    """Say which cells read a name whose last value comes from the answer of an exercise."""
    by_answers: set[str] = set()
    for cell in lesson.of_kind("code"):
        if "solution" in tags_of(cell):
            by_answers |= stored(cell.source)
        else:
            own = stored(cell.source)
            for name in sorted((loaded(cell.source) - own) & by_answers):
                yield f"Cell {cell.id} needs {name}, which the answer of an exercise gives."
            by_answers -= own

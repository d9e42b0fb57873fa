"""What is made from the lessons: their index, the page of what they cover, copies to hand out.

    lessons.py renew               index in 00, then docs/lessons.md
    lessons.py index               the index alone
    lessons.py tables              docs/lessons.md alone
    lessons.py check [FILE ...]    what is wrong with the lessons, by the rules of the house
    lessons.py copies FOLDER       a copy for teachers and one for students

Called by `run.py refresh` and `run.py copies` inside the environment; not part of the library.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import lesson_copies
import lesson_rules
import lesson_tables
from lesson_files import FOLDER, Lesson, lesson_paths, read_course, read_lesson, tags_of, talk_paths

import notebooks
from mgmodel.datafiles import load_model

TABLE = re.compile(r"(^\|.*\n?)+", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Do one of the jobs; 0 when all is well."""
    name, *rest = arguments or [""]
    jobs = {"renew": renew, "index": index, "tables": tables, "check": check, "copies": copies}
    if name not in jobs:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return jobs[name](*rest)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1


def renew() -> int:
    """Write the index, and then the page, which counts the index too."""
    return max(index(), tables())


def index() -> int:
    """Write the index into the first lesson."""
    path = lesson_paths()[0]
    return _write(path, with_index(path))


def tables() -> int:
    """Write the page of what the lessons cover."""
    return _write(lesson_tables.PAGE, covered())


def check(*files: str) -> int:
    """Print what is wrong with lessons; with all of them where none is named."""
    paths = [Path(name) for name in files] or lesson_paths()
    found = [
        f"{path.name}: {complaint}"
        for path in paths
        for complaint in lesson_rules.complaints(read_lesson(path))
    ]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} problems in {len(paths)} lessons")
    return int(bool(found))


def copies(folder: str) -> int:
    """Write a copy of the lessons for teachers and one for students."""
    print(*lesson_copies.write_copies(Path(folder)), sep="\n")
    return 0


def covered() -> str:
    """Give the text of the page of what the lessons cover."""
    lessons = [read_lesson(path) for path in lesson_paths()]
    claims = tuple(load_model().library.claims.values())
    return lesson_tables.page(lessons, read_course(), claims)


def with_index(path: Path) -> str:
    """Give the text of the first lesson with the index as it should be.

    The table in the cell tagged `index` is written; what stands before and after it stays.

    Raises
    ------
    ValueError
        The lesson has no such cell, or more than one.
    """
    book = notebooks.read(path)
    cells = [cell for cell in book.cells if "index" in tags_of(cell)]
    if len(cells) != 1 or cells[0].cell_type != "markdown":
        message = f"{path.name} needs one cell of prose tagged index; it has {len(cells)}."
        raise ValueError(message)
    table = index_table(path.parent)
    before = TABLE.search(cells[0].source)
    if before:
        start, end = before.span()
        ending = "\n" if before[0].endswith("\n") else ""
        cells[0].source = cells[0].source[:start] + table + ending + cells[0].source[end:]
    else:
        cells[0].source = f"{cells[0].source.rstrip()}\n\n{table}".lstrip()
    return notebooks.write(book)


def index_table(folder: Path = FOLDER) -> str:
    """Give the table of all lessons but the first, and of the talks."""
    lessons = [read_lesson(path) for path in lesson_paths(folder)[1:]]
    talks = [read_lesson(path) for path in talk_paths(folder)]
    rows = ["| lesson | question | minutes |", "|---|---|---|"]
    rows += [_row(lesson, folder, lesson.number) for lesson in lessons]
    rows += [_row(talk, folder, "talk") for talk in talks]
    return "\n".join(rows)


def _row(lesson: Lesson, folder: Path, name: str) -> str:
    target = lesson.path.relative_to(folder).as_posix()
    return f"| {name} | [{lesson.title}]({target}) | {lesson.minutes or ''} |"


def _write(path: Path, text: str) -> int:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {'unchanged' if old == text else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

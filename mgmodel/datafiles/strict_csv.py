"""Bytes of a CSV file to cells with line numbers, with nothing mended in silence.

The csv module of the standard library reads a stray quotation mark, a lost line end or a line
break in a cell without a word; a map is kept by hand, so all of these are reported here. This
module knows nothing of columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Fault", "Line", "read_lines", "split_cells", "write_lines"]

LONGEST_CELL = 2000
_BOM = "\ufeff"
# control characters, line separators, a byte order mark, and the mark of a lost character
_BAD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a line, before the columns are looked at."""

    line: int
    what: str
    mend: str
    tidy_mends: bool = False
    """Whether the canonical form can be written without guessing what was meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line. A damaged line may have its cells in the wrong places."""

    number: int
    cells: tuple[str, ...]
    damaged: bool = False


def read_lines(data: bytes) -> tuple[list[Line], list[Fault]]:
    r"""Lines with their cells, and everything that is wrong with the bytes.

    Line ends of any system are accepted; a blank line is a fault that tidy mends.

    Examples
    --------
    >>> read_lines(b'id,note\na,"x, y"\n')[0][1].cells
    ('a', 'x, y')
    >>> read_lines(b'id,note\na,5" pipe\n')[1][0].what
    'a quotation mark stands inside a cell that is not quoted'
    """
    faults: list[Fault] = []
    if not data.strip():
        return [], [Fault(1, "the file is empty", "Write its header line, or remove the file.")]
    texts = list(_decoded(data, faults))
    lines: list[Line] = []
    at = 0
    while at < len(texts):
        number, text, damaged = texts[at]
        at += 1
        if not text.strip():
            faults.append(Fault(number, "the line is blank", "Remove it.", tidy_mends=True))
            continue
        cells, fault = split_cells(text)
        if cells is None and fault == _OPEN:
            span = _lines_of_open_cell([text for _, text, _ in texts[at - 1 :]])
            if span:
                fault = "a cell holds a line break"
                at += span - 1
        if fault:
            faults.append(Fault(number, fault, _MEND[fault]))
        lines.append(Line(number, cells or _as_far_as(text), damaged or cells is None))
    faults += [fault for line in lines for fault in _bad_characters(line)]
    return lines, faults


def _decoded(data: bytes, faults: list[Fault]) -> Iterator[tuple[int, str, bool]]:
    rows = data.split(b"\n")
    if not rows[-1]:
        rows.pop()
    for number, row in enumerate(rows, start=1):
        damaged = False
        try:
            text = row.decode("utf-8")
        except UnicodeDecodeError as error:
            where = f"byte {error.start + 1} of the line is not UTF-8"
            faults.append(Fault(number, where, 'Save the file as "UTF-8".'))
            if number == 1:
                return  # another encoding altogether; its lines would only repeat this
            text, damaged = row.decode("utf-8", errors="ignore"), True
        if number == 1 and text.startswith(_BOM):
            what = "the file starts with a byte order mark"
            faults.append(Fault(1, what, 'Save it as "UTF-8" without BOM, or run tidy.', True))
            text = text.removeprefix(_BOM)
        yield number, text.removesuffix("\r"), damaged


_OPEN = "a quotation mark is opened and not closed on the line"
_STRAY = "a quotation mark stands inside a cell that is not quoted"
_AFTER = "text follows the closing quotation mark of a cell"
_MEND = {
    _OPEN: "Close it, or remove it.",
    _STRAY: "Remove it, or quote the whole cell and double the mark.",
    _AFTER: "Double the marks inside the cell, or put a comma after it.",
    "a cell holds a line break": "Write the cell on one line.",
}


def split_cells(text: str) -> tuple[tuple[str, ...] | None, str]:
    """The cells of one line; None and the reason where quotation marks are out of order.

    Examples
    --------
    >>> split_cells('a,"b ""c"", d",')
    (('a', 'b "c", d', ''), '')
    """
    cells: list[str] = []
    at = 0
    while True:
        if text.startswith('"', at):
            cell, at, fault = _quoted(text, at + 1)
            if fault:
                return None, fault
        else:
            end = text.find(",", at)
            end = len(text) if end < 0 else end
            cell, at = text[at:end], end
            if '"' in cell:
                return None, _STRAY
        cells.append(cell)
        if at == len(text):
            return tuple(cells), ""
        at += 1


def _quoted(text: str, start: int) -> tuple[str, int, str]:
    """The cell whose opening mark stands before `start`, where it ends, and what is wrong."""
    at = start
    while True:
        at = text.find('"', at)
        if at < 0:
            return "", 0, _OPEN
        if text.startswith('""', at):
            at += 2
            continue
        end = at + 1
        if end < len(text) and text[end] != ",":
            return "", 0, _AFTER
        return text[start:at].replace('""', '"'), end, ""


def _lines_of_open_cell(texts: list[str]) -> int:
    """Over how many lines a cell with line breaks goes; 0 where its mark is never closed."""
    longest = 20  # further away it is more likely the opening mark of another cell
    for count in range(2, min(longest, len(texts)) + 1):
        cells, fault = split_cells("\n".join(texts[:count]))
        if cells is not None:
            return count
        if fault != _OPEN:
            return 0
    return 0


def _as_far_as(text: str) -> tuple[str, ...]:
    """The cells before the first mark, so that the id of a damaged row is still known."""
    return tuple(text.split('"', maxsplit=1)[0].split(",")[:-1])


def _bad_characters(line: Line) -> Iterator[Fault]:
    for cell in line.cells:
        for mark in dict.fromkeys(_BAD.findall(cell)):
            name = unicodedata.name(mark, "control character")
            yield Fault(
                line.number, f"a cell holds U+{ord(mark):04X} ({name.lower()})", "Remove it."
            )
        if len(cell) > LONGEST_CELL:
            what = f"a cell has {len(cell)} characters, more than {LONGEST_CELL}"
            yield Fault(line.number, what, "Say it shorter, or in several rows.")


def write_lines(rows: Iterable[Iterable[str]]) -> bytes:
    r"""The canonical bytes: UTF-8, one line feed a row, quoted only where the text asks for it.

    Examples
    --------
    >>> write_lines([["id", "note"], ["a", "x, y"]])
    b'id,note\na,"x, y"\n'
    """
    return "".join(",".join(map(_as_cell, row)) + "\n" for row in rows).encode()


def _as_cell(text: str) -> str:
    if "," in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text

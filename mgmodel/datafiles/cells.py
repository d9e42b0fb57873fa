"""What may stand in one cell of a table, and how its text becomes a value. It opens no file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from mgmodel.errors import did_you_mean

__all__ = [
    "TEXT",
    "TEXTS",
    "YES_NO",
    "CellFault",
    "Kind",
    "items",
    "number",
    "optional_word",
    "whole",
    "word",
]

_Number = TypeVar("_Number", int, float)

SEPARATOR = ";"
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,12}")


class CellFault(ValueError):
    """A cell does not hold what its column asks for.

    Parameters
    ----------
    what
        What is wrong, to be read after the name of the column.
    mend
        What to do, as a sentence.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Kind:
    """How the text of a column's cells becomes values.

    Examples
    --------
    >>> YES_NO.parse("yes"), TEXTS.parse("a; b"), TEXTS.empty
    (True, ('a', 'b'), ())
    """

    says: str
    """The expected content in words, such as "a number"."""
    parse: Callable[[str], Any]
    """From the text of a cell that is not blank; raises `CellFault`."""
    empty: Any = ""
    """The value of a blank cell where the record has no default of its own."""
    many: bool = False
    """Whether a cell holds a list."""


def items(cell: str) -> tuple[str, ...]:
    """The items of a list cell, in order, without the spaces around them.

    Examples
    --------
    >>> items("serum; bone ;")
    ('serum', 'bone')
    """
    return tuple(item.strip() for item in cell.split(SEPARATOR) if item.strip())


def word(words: Iterable[str]) -> Kind:
    """A kind for one word of a closed list; the members of a `StrEnum` become themselves.

    Examples
    --------
    >>> word(["left", "right"]).parse("left")
    'left'
    """
    known = {str(member): member for member in words}

    def parse(text: str) -> str:
        if text in known:
            return known[text]
        what = f"{text!r} is not one of {', '.join(known)}"
        raise CellFault(what, f"Use one of these words.{did_you_mean(text, known)}")

    return Kind(f"one of {', '.join(known)}", parse)


def optional_word(words: Iterable[str]) -> Kind:
    """A kind for one word of a closed list, or None where the cell is blank."""
    return Kind(word(words).says, word(words).parse, None)


def number(low: float = -math.inf, high: float = math.inf) -> Kind:
    """A kind for a finite number with a decimal point, from `low` to `high`.

    Examples
    --------
    >>> number(0, 1).parse("0.25")
    0.25
    """

    def parse(text: str) -> float:
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            msg = f"{text!r} is not a number"
            raise CellFault(msg, "Write digits with a decimal point.")
        return _within(float(text), text, low, high)

    return Kind("a number", parse, None)


def whole(low: int = 0, high: int = 10**9) -> Kind:
    """A kind for a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            msg = f"{text!r} is not a whole number"
            raise CellFault(msg, "Write digits only.")
        return _within(int(text), text, low, high)

    return Kind("a whole number", parse, None)


def _within(value: _Number, text: str, low: float, high: float) -> _Number:
    if low <= value <= high:
        return value
    bounds = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
    msg = f"{text} is out of range"
    raise CellFault(msg, f"Give a value {bounds}.")


def _yes_no(text: str) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    msg = f"{text!r} is neither yes nor no"
    raise CellFault(msg, "Write yes or no.")


TEXT = Kind("text", str)
TEXTS = Kind("items parted by ';'", items, (), many=True)
YES_NO = Kind("yes or no", _yes_no, None)

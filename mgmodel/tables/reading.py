"""Some columns of a table to be read in a lesson: text flush left, wrapped, and nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mgmodel.markup import markdown_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ReadingTable", "reading_table"]


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """A small table; at the end of a cell it shows itself, and `str` gives one row a paragraph."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return "\n\n".join(
            "\n".join(
                f"{name}: {cell}" for name, cell in zip(self.header, row, strict=True) if cell
            )
            for row in self.rows
        )

    def __repr__(self) -> str:
        count = len(self.rows)
        return f"ReadingTable({count} row{'s' * (count != 1)}: {', '.join(self.header)})"

    def _repr_markdown_(self) -> str:
        return markdown_table(self.header, self.rows)


def reading_table(frame: pd.DataFrame, columns: Iterable[str] | Mapping[str, str]) -> ReadingTable:
    """A frame as a table to be read, with few columns.

    A frame at the end of a cell cuts its texts after fifty signs and sets them flush right.

    Parameters
    ----------
    frame
        One of `mgmodel.tables`, or any other; its index is left out.
    columns
        Names of columns in the order to be shown, or a mapping from them to headings.

    Returns
    -------
    ReadingTable
        Rows in the order of the frame; numbers as short as they can be written.

    Raises
    ------
    KeyError
        The frame has no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> found = reading_table(pd.DataFrame({"dose_mg": [300.0], "n": [46]}), {"dose_mg": "dose"})
    >>> found
    ReadingTable(1 row: dose)
    >>> print(found)
    dose: 300
    """
    names = list(columns)
    header = columns.values() if isinstance(columns, Mapping) else (_readable(n) for n in names)
    rows = frame[names].itertuples(index=False)
    return ReadingTable(tuple(header), tuple(tuple(map(_written, row)) for row in rows))


def _readable(name: str) -> str:
    return name.replace("_", " ")


def _written(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)

"""What a column and a table are; which there are stands in `mgmodel.datafiles.columns`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mgmodel.datafiles.cells import TEXT, Kind

__all__ = ["Column", "Table"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Examples
    --------
    >>> Column("source", TEXT, filled=True, refers="nodes.csv").present
    True
    """

    name: str
    kind: Kind = TEXT
    filled: bool = False
    """Whether every row must fill it."""
    needed: bool = False
    """Whether the header must have it even though cells may be blank."""
    refers: str = ""
    """The file whose ids it names."""
    field: str = ""
    """The field of the record, where its name differs from the column's."""
    language: str = ""
    """The language of a translated field."""

    @property
    def present(self) -> bool:
        """Whether the header must have it."""
        return self.filled or self.needed


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its columns in canonical order, and where its records go."""

    file: str
    record: type[Any]
    shelf: str
    """The field of `Library` that holds the records; "nodes" and "edges" go into the map itself."""
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    """No two rows agree in all of these columns; empty where rows may share everything but text."""
    order: tuple[str, ...] = ()
    """Rows are sorted by these columns, then by the rest."""
    keyed: bool = False
    """Whether the library maps ids to the records."""
    required: bool = False
    """Whether a map must have the file."""

    def column(self, name: str) -> Column | None:
        """The column of this name, if the table has one."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in canonical order."""
        return tuple(column.name for column in self.columns)

"""Lines of a file to rows of a table: header, widths and every cell, with all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mgmodel.datafiles.cells import CellFault
from mgmodel.datafiles.columns import Column, Table
from mgmodel.datafiles.strict_csv import Fault, Line, read_lines
from mgmodel.errors import did_you_mean
from mgmodel.vocabulary import Effect, EvidenceLayer

__all__ = ["Row", "Sheet", "parse_cell", "propagates", "read_sheet", "row_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the text of its cells and their values, by column name.

    A blank cell has the empty value of its kind; so has a cell at fault, which is reported once
    and then no longer asked about.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def says(self, column: str) -> str:
        """The text of a cell; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in its file."""

    table: Table
    header: tuple[str, ...] = ()
    """Columns of the file that the table knows, in the file's order."""
    rows: tuple[Row, ...] = ()
    """Rows with the right number of cells, in the file's order."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the bytes, the header or the width of a row."""
    cell_faults: tuple[Fault, ...] = ()
    """What is wrong within single cells."""
    there: bool = True
    """Whether the folder has the file."""
    last_line: int = 0
    """Number of the last line where no line end follows it, as in a file cut off; else 0."""
    damaged_ids: frozenset[str] = frozenset()
    """Ids of rows that could not be read; naming them elsewhere is no second mistake."""

    @property
    def is_whole(self) -> bool:
        """Whether every row could be read, so that what is not there is missing indeed."""
        gone = self.table.required and not self.there
        return not gone and all(fault.tidy_mends for fault in self.faults)

    @property
    def ids(self) -> frozenset[str] | None:
        """Every id of the table; None where they cannot be known, which is reported already."""
        unread = "id" not in self.header if self.there else self.table.required
        if unread:
            return None
        return self.damaged_ids | {row["id"] for row in self.rows}


def read_sheet(data: bytes, table: Table) -> Sheet:
    r"""Bytes of a file read as this table.

    Examples
    --------
    >>> from mgmodel.datafiles.columns import TABLES
    >>> read_sheet(b"id,label_en\nstress,stress\n", TABLES["nodes.csv"]).rows[0]["label_en"]
    'stress'
    """
    lines, byte_faults = read_lines(data)
    faults = list(byte_faults)
    if not lines or lines[0].number > 1 + _blank_lines_before(faults) or lines[0].damaged:
        return Sheet(table, faults=tuple(faults))
    header = tuple(name.strip() for name in lines[0].cells)
    faults += _header_faults(lines[0].cells, header, table)
    known = tuple(dict.fromkeys(name for name in header if table.column(name)))
    rows: list[Row] = []
    damaged: set[str] = set()
    cell_faults: list[Fault] = []
    for line in lines[1:]:
        if not line.damaged and len(line.cells) == len(header):
            # from the back, so that of a column that stands twice the first one counts
            found = dict(zip(reversed(header), reversed(line.cells), strict=True))
            cells = {name: found[name] for name in known}
            rows.append(row_of(cells, table, line.number, cell_faults))
            faults += _spaces(cells, line.number)
            continue
        if not line.damaged:
            faults.append(_width_fault(line, header))
        damaged |= {cell for name, cell in zip(header, line.cells, strict=False) if name == "id"}
    return Sheet(
        table,
        known,
        tuple(rows),
        tuple(faults),
        tuple(cell_faults),
        last_line=0 if data.endswith(b"\n") else lines[-1].number,
        damaged_ids=frozenset(damaged),
    )


def _spaces(cells: Mapping[str, str], line: int) -> Iterator[Fault]:
    for name, cell in cells.items():
        if cell != cell.strip():
            yield Fault(line, f"{name} has spaces around it", "Run tidy.", tidy_mends=True)


def _blank_lines_before(faults: Iterable[Fault]) -> int:
    return sum(fault.what == "the line is blank" for fault in faults)


def _header_faults(written: Sequence[str], header: Sequence[str], table: Table) -> Iterator[Fault]:
    for name in dict.fromkeys(header):
        if not table.column(name):
            what = f"the header has the unknown column {name!r}"
            mend = f"Remove it or mend its name.{did_you_mean(name, table.names)}"
            yield Fault(1, what, mend)
        elif header.count(name) > 1:
            yield Fault(1, f"the header has the column {name!r} twice", "Remove one of them.")
    missing = [column.name for column in table.columns if column.present]
    for name in missing:
        if name not in header:
            yield Fault(1, f"the header lacks the column {name!r}", "Add it.")
    right = [name for name in table.names if name in header]
    known = [name for name in header if table.column(name)]
    if list(written) != list(header) or (sorted(known) == sorted(right) and known != right):
        what = "the header is not in canonical form"
        mend = f"Run tidy, or write it as: {','.join(right)}"
        yield Fault(1, what, mend, tidy_mends=True)


def _width_fault(line: Line, header: Sequence[str]) -> Fault:
    found, asked = len(line.cells), len(header)
    if found > asked:
        mend = "Remove the surplus, or quote a cell that holds a comma."
        return Fault(line.number, f"the row has {found} cells, the header {asked}", mend)
    mend = "Add what is missing; a blank cell still needs its comma."
    return Fault(line.number, f"the row has {found} cells, the header {asked}", mend)


def row_of(cells: Mapping[str, str], table: Table, line: int, faults: list[Fault]) -> Row:
    """A row of these cells; what is wrong with them is added to `faults`."""
    values: dict[str, Any] = {}
    for column in table.columns:
        try:
            values[column.name] = parse_cell(cells.get(column.name), column)
        except CellFault as fault:
            values[column.name] = column.kind.empty
            faults.append(Fault(line, f"{column.name} {fault.what}", fault.mend))
    return Row(table.file, line, cells, values)


def parse_cell(cell: str | None, column: Column) -> Any:
    """The value of a cell; None stands for a column that the file does not have.

    Raises
    ------
    CellFault
        The cell is blank and may not be, or holds something else than its column asks for.
    """
    if cell is None:
        return column.kind.empty
    text = cell.strip()
    if text:
        return column.kind.parse(text)
    if column.filled:
        what = "is blank"
        raise CellFault(what, f"Fill it in; expected is {column.kind.says}.")
    return column.kind.empty


def propagates(row: Row) -> bool:
    """Whether questions reason over this row of edges.csv.

    Where nobody says, a mechanism does, unless it is known to have no effect.
    """
    if row["propagate"] is not None:
        return bool(row["propagate"])
    is_mechanism = row.says("layer") in ("", EvidenceLayer.MECHANISM)
    return is_mechanism and row.says("effect") != Effect.NO_EFFECT

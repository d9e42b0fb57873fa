"""Rules about rows that name each other."""

from __future__ import annotations

from collections.abc import Iterator

from mgmodel.cells import items
from mgmodel.errors import Problem, did_you_mean
from mgmodel.folders import Folder

__all__ = ["unknown_ids"]


def unknown_ids(folder: Folder) -> Iterator[Problem]:
    """A row names an id that the table of that kind does not have."""
    for sheet in folder.sheets.values():
        for column in sheet.table.columns:
            if not column.refers:
                continue
            known = folder.sheets[column.refers].ids
            if known is None:
                continue  # the table itself cannot be read, which is reported there
            for row in sheet.rows:
                for name in items(row.says(column.name)):
                    if name not in known:
                        what = f"{column.name} {name!r} is not in {column.refers}"
                        mend = f"Add its row or mend the spelling.{did_you_mean(name, known)}"
                        yield Problem(row.file, row.line, what, mend)

"""The door to `data/` and to maps of one's own: files to a Model, all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from mgmodel.datafiles.cells import SEPARATOR, items
from mgmodel.datafiles.columns import TABLES, Table
from mgmodel.datafiles.folders import Folder, read_tables
from mgmodel.datafiles.rules import RULES, WARNINGS
from mgmodel.datafiles.sheets import Row, Sheet, propagates
from mgmodel.datafiles.strict_csv import write_lines
from mgmodel.errors import DataFileError, Problem
from mgmodel.model import Model
from mgmodel.records import Edge, Library, MapInfo, Translated

__all__ = ["Reading", "data_folder", "load_model", "read_folder", "tidy_folder"]


class Reading(NamedTuple):
    """What a folder gives: a model, or the problems that keep it from being one."""

    model: Model | None
    problems: tuple[Problem, ...]
    """Sorted by file and line; the model is None unless there are none."""
    warnings: tuple[Problem, ...]
    """What a maintainer should look at; no reason to refuse the map."""


def load_model(path: str | Path | None = None) -> Model:
    """The map in a folder of tables; the shipped one where no folder is named.

    Parameters
    ----------
    path
        A folder with at least nodes.csv (id, label_en) and edges.csv (id, source, target, effect).

    Raises
    ------
    DataFileError
        The folder is not there, or its tables hold mistakes; all of them are listed.

    Examples
    --------
    >>> model = load_model()
    >>> model.node("cortisol").label.en
    'Cortisol'
    """
    model, problems, _ = read_folder(path)
    if model is None:
        raise DataFileError(problems)
    return model


def data_folder() -> Path:
    """Where the shipped map lies: `data/` of a checkout, else the copy inside the package."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent
    # A site-packages folder may hold somebody else's `data`; only a checkout has the project file.
    if (checkout / "pyproject.toml").is_file() and (checkout / "data").is_dir():
        return checkout / "data"
    return package / "data"


def read_folder(path: str | Path | None = None) -> Reading:
    """Read and check a folder without raising for anything that stands in it.

    Examples
    --------
    >>> read_folder("no/such/folder").problems[0].what
    'there is no folder of this name'
    """
    folder = read_tables(data_folder() if path is None else Path(path))
    problems = {*folder.problems, *(p for rule in RULES.values() for p in rule(folder))}
    warnings = {*folder.warnings, *(p for rule in WARNINGS.values() for p in rule(folder))}
    model = None if problems else _model(folder)
    return Reading(model, tuple(sorted(problems)), tuple(sorted(warnings)))


def _model(folder: Folder) -> Model:
    shelves: dict[str, Any] = {"info": folder.info or MapInfo()}
    for sheet in folder.sheets.values():
        has_default = _with_default(sheet.table.record)
        found = [_record(row, sheet.table, has_default) for row in _in_order(sheet)]
        if sheet.table.keyed:
            shelves[sheet.table.shelf] = MappingProxyType({record.id: record for record in found})
        else:
            shelves[sheet.table.shelf] = tuple(found)
    nodes = {node.id: node for node in shelves.pop("nodes")}
    edges = [
        replace(edge, ends=(nodes[edge.source].label, nodes[edge.target].label))
        for edge in shelves.pop("edges")
    ]
    return Model(nodes.values(), edges, Library(**shelves))


def _record(row: Row, table: Table, has_default: frozenset[str]) -> Any:
    """The record of a row; where a cell is blank the record's own default holds."""
    given: dict[str, Any] = {}
    translated: dict[str, dict[str, Any]] = {}
    for column in table.columns:
        if column.language:
            words = translated.setdefault(column.field, {})
            if row.says(column.name):
                words[column.language] = row[column.name]
        elif row.says(column.name) or column.name not in has_default:
            given[column.name] = row[column.name]
    for name, words in translated.items():
        if not words and name in has_default:
            continue
        lists = any(isinstance(text, tuple) for text in words.values())
        given[name] = MappingProxyType(words) if lists else Translated(**({"en": ""} | words))
    if table.record is Edge and not row.says("propagate"):
        given["propagate"] = propagates(row)
    return table.record(**given)


def _with_default(record: type[Any]) -> frozenset[str]:
    """Fields of a record that need not be given."""
    return frozenset(
        field.name
        for field in fields(record)
        if field.default is not MISSING or field.default_factory is not MISSING
    )


def _in_order(sheet: Sheet) -> list[Row]:
    """Rows in canonical order, so that a map does not depend on how its file is sorted."""
    return sorted(sheet.rows, key=lambda row: _sort_key(_canonical(row, sheet.table), sheet.table))


def _canonical(row: Row, table: Table) -> dict[str, str]:
    """The cells of a row as they are written: no spaces around text or items of a list."""
    cells: dict[str, str] = {}
    for column in table.columns:
        text = row.says(column.name).strip()
        cells[column.name] = SEPARATOR.join(items(text)) if column.kind.many else text
    return cells


def _sort_key(cells: Mapping[str, str], table: Table) -> list[str]:
    return [cells[name] for name in (*table.unique, *table.order, *table.names)]


def tidy_folder(path: str | Path | None = None) -> list[str]:
    """Write the tables of a folder in canonical form; names of the files that changed.

    Header and rows come in order, cells lose the spaces around them, quotation marks stand only
    where they must. TOML files, with their comments, stay as they are.

    Raises
    ------
    DataFileError
        A file cannot be read without guessing what was meant. Nothing is written then.
    """
    folder = data_folder() if path is None else Path(path)
    tables = read_tables(folder)
    sheets = [tables.sheets[file] for file in TABLES if tables.has(file)]
    broken = [
        Problem(sheet.table.file, fault.line, fault.what, fault.mend)
        for sheet in sheets
        for fault in sheet.faults
        if not fault.tidy_mends
    ]
    broken += tables.unreadable
    if broken:
        raise DataFileError(broken)
    written = {folder / sheet.table.file: canonical_bytes(sheet) for sheet in sheets}
    changed = [file for file, data in written.items() if file.read_bytes() != data]
    for file in changed:
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_bytes(written[file])
        fresh.replace(file)  # at once, so that a full disk or a power cut leaves the old file whole
    return [file.name for file in changed]


def canonical_bytes(sheet: Sheet) -> bytes:
    """A table as tidy writes it."""
    header = [name for name in sheet.table.names if name in sheet.header]
    rows = (_canonical(row, sheet.table) for row in _in_order(sheet))
    return write_lines([header, *([cells[name] for name in header] for cells in rows)])

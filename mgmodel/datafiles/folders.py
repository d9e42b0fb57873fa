"""A folder of tables, read but not yet judged: every sheet, the TOML files, and their faults."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mgmodel.datafiles.columns import ASSUMPTIONS, MODEL_TOML, TABLES
from mgmodel.datafiles.sheets import Row, Sheet, read_sheet, row_of
from mgmodel.datafiles.strict_csv import Fault
from mgmodel.errors import Problem, did_you_mean
from mgmodel.records import MapInfo, Translated
from mgmodel.vocabulary import Language

__all__ = ["Folder", "read_tables"]

_FAMILIES = ("systems", "pathways", "loops")
_INFO_TEXTS = ("title_en", "title_nl", "title_sv", "version", "licence")


@dataclass(frozen=True)
class Folder:
    """Everything that the files of a map say, as far as they could be read.

    Rules look at this: rows with their file and line, before they become records.
    """

    sheets: Mapping[str, Sheet]
    """Every table by file name, those that the folder lacks as well."""
    info: MapInfo | None = None
    """What model.toml says; None where there is no such file or it cannot be read."""
    info_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Line of each table of model.toml, such as "loops.R1"."""
    problems: tuple[Problem, ...] = ()
    """What reading found."""
    unreadable: tuple[Problem, ...] = ()
    """Those of them that concern a whole file or the folder."""
    warnings: tuple[Problem, ...] = ()

    def rows(self, file: str) -> tuple[Row, ...]:
        """Rows of a table; none where the folder lacks it."""
        return self.sheets[file].rows

    def has(self, file: str) -> bool:
        """Whether the folder has a table."""
        return self.sheets[file].there

    @property
    def is_curated(self) -> bool:
        """Whether the folder is held to the standard of the shipped map.

        That is one that says what it is (model.toml) and why (evidence.csv). A sketch of a few
        arrows need not have evidence, nor ids in snake_case.
        """
        return self.info is not None and self.has("evidence.csv")


def read_tables(path: Path) -> Folder:
    """Read every table of a folder; nothing is raised for what stands in the files."""
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    try:
        names = frozenset(os.listdir(path))
    except (OSError, ValueError) as error:
        return _no_folder(path, error)
    for file, table in TABLES.items():
        data = _bytes(path / file, problems) if file in names else None
        sheets[file] = (
            Sheet(table, there=file in names) if data is None else read_sheet(data, table)
        )
        if table.required and file not in names:
            what = f"the file is missing from {path}"
            problems.append(Problem(file, 1, what, "Every map needs nodes.csv and edges.csv."))
    unreadable = tuple(problems)
    sheets[ASSUMPTIONS.file] = _assumptions(path / ASSUMPTIONS.file, problems)
    info, lines = _info(path / MODEL_TOML, problems)
    for file, sheet in sheets.items():
        problems += [
            Problem(file, fault.line, fault.what, fault.mend)
            for fault in (*sheet.faults, *sheet.cell_faults)
        ]
    warnings = tuple(_unknown_files(names))
    return Folder(sheets, info, lines, tuple(problems), unreadable, warnings)


def _no_folder(path: Path, error: Exception) -> Folder:
    is_absent = isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError))
    reason = getattr(error, "strerror", None) or type(error).__name__
    what = "there is no folder of this name" if is_absent else f"it cannot be read: {reason}"
    problem = Problem(str(path), 1, what, "Give a folder that holds nodes.csv and edges.csv.")
    tables = {**TABLES, ASSUMPTIONS.file: ASSUMPTIONS}
    sheets = {file: Sheet(table, there=False) for file, table in tables.items()}
    return Folder(sheets, problems=(problem,), unreadable=(problem,))


def _bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """What a file holds; None where it is not there, or where its problem has been noted."""
    try:
        if path.is_dir() or path.is_file():
            return path.read_bytes()
        reason = "it is no file"  # a pipe, say, which would be waited for without end
    except OSError as error:
        reason = error.strerror or type(error).__name__
    problems.append(Problem(path.name, 1, f"the file cannot be read: {reason}", "Mend that."))
    return None


def _unknown_files(names: Iterable[str]) -> Iterator[Problem]:
    known = (*TABLES, ASSUMPTIONS.file, MODEL_TOML)
    for found in sorted(names):
        if found.endswith((".csv", ".toml")) and found not in known:
            what = "this is no table of a map and was not read"
            mend = f"Rename or remove it.{did_you_mean(found, known)}"
            yield Problem(found, 1, what, mend)


def _toml(path: Path, problems: list[Problem]) -> tuple[dict[str, Any], str] | None:
    """What a TOML file holds, and its text; None where there is none or it cannot be read."""
    import tomllib  # only here, so that `import mgmodel` stays light

    data = _bytes(path, problems) if os.path.lexists(path) else None
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path.name, line, "a byte is not UTF-8", 'Save it as "UTF-8".'))
    except (ValueError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        what = re.sub(r"\s*\(at .*\)$", "", str(error)) or "nested too deeply"
        mend = "Mend the TOML; text stands in quotation marks."
        problems.append(Problem(path.name, line, f"not readable as TOML: {what}", mend))
    return None


def _lines_of(text: str) -> dict[str, int]:
    """The line of each `[table]` and of each `key =`, as "table" and "table.key"."""
    lines: dict[str, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        table = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        key = re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line)
        if table:
            inside = re.sub(r"[\"'\s]", "", table[1])
            lines.setdefault(inside, number)
        elif key:
            lines.setdefault(f"{inside}.{key[1]}".removeprefix("."), number)
    return lines


def _assumptions(path: Path, problems: list[Problem]) -> Sheet:
    read = _toml(path, problems)
    if read is None:
        return Sheet(ASSUMPTIONS, there=path.exists())
    content, lines = read[0], _lines_of(read[1])
    rows: list[Row] = []
    faults: list[Fault] = []
    for name, fields in content.items():
        line = lines.get(name, 1)
        if not isinstance(fields, dict):
            faults.append(Fault(line, f"{name!r} is not a table", f"Write it as [{name}]."))
            continue
        cells = {"id": name} | dict.fromkeys(ASSUMPTIONS.names[1:], "")
        for key, value in fields.items():
            fault = _fault_of_entry(key, value, lines.get(f"{name}.{key}", line))
            if fault:
                faults.append(fault)
                cells.pop(key, None)  # said once; a cell that is not there is not asked about
            else:
                cells[key] = value if isinstance(value, str) else repr(value)
        rows.append(row_of(cells, ASSUMPTIONS, line, faults))
    return Sheet(ASSUMPTIONS, ASSUMPTIONS.names, tuple(rows), cell_faults=tuple(faults))


def _fault_of_entry(key: str, value: object, line: int) -> Fault | None:
    column = ASSUMPTIONS.column(key)
    if column is None or key == "id":
        mend = f"Remove it or mend its name.{did_you_mean(key, ASSUMPTIONS.names[1:])}"
        return Fault(line, f"unknown key {key!r}", mend)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number != (column.kind.empty is None) or not (is_number or isinstance(value, str)):
        return Fault(
            line, f"{key} is not {column.kind.says}", "Text in quotation marks, numbers without."
        )
    return None


def _info(path: Path, problems: list[Problem]) -> tuple[MapInfo | None, dict[str, int]]:
    read = _toml(path, problems)
    if read is None:
        return None, {}
    content, lines = read[0], _lines_of(read[1])
    for line, what, mend in _info_faults(content, lines):
        problems.append(Problem(path.name, line, what, mend))
    texts = {key: content[key] for key in _INFO_TEXTS if isinstance(content.get(key), str)}
    schema = content.get("schema")
    families = {family: _family(content.get(family)) for family in _FAMILIES}
    info = MapInfo(
        Translated(*(texts.get(f"title_{code}", "") for code in Language)),
        texts.get("version", ""),
        schema if isinstance(schema, int) else 1,
        texts.get("licence", ""),
        **families,
    )
    return info, lines


def _info_faults(
    content: Mapping[str, Any], lines: Mapping[str, int]
) -> Iterator[tuple[int, str, str]]:
    known = (*_INFO_TEXTS, "schema", *_FAMILIES)
    for key, value in content.items():
        line = lines.get(key, 1)
        if key not in known:
            yield line, f"unknown key {key!r}", f"Remove or mend it.{did_you_mean(key, known)}"
        elif key in _INFO_TEXTS and not (isinstance(value, str) and value.strip()):
            yield line, f"{key} is not text", "Write some in quotation marks."
        elif key == "schema" and value not in (1,):
            yield line, f"schema {value!r} is not known", "This version of mgmodel reads schema 1."
        elif key in _FAMILIES:
            yield from _family_faults(key, value, lines)
    for key in ("title_en", "version", "schema"):
        if key not in content:
            yield 1, f"{key} is missing", f"Add a line `{key} = ...`."


def _family_faults(
    family: str, names: object, lines: Mapping[str, int]
) -> Iterator[tuple[int, str, str]]:
    if not isinstance(names, dict):
        yield lines.get(family, 1), f"{family} is not a table", f"Write [{family}.<id>] tables."
        return
    for name, words in names.items():
        line = lines.get(f"{family}.{name}", 1)
        good = isinstance(words, dict) and all(
            code in tuple(Language) and isinstance(text, str) and text.strip()
            for code, text in words.items()
        )
        if not good or "en" not in words:
            what = f"{family}.{name} does not hold text under en (and nl, sv)"
            yield line, what, f'Write [{family}.{name}] and under it en = "..."'


def _family(names: object) -> Mapping[str, Translated]:
    if not isinstance(names, dict):
        return MappingProxyType({})
    return MappingProxyType(
        {
            name: Translated(*(str(words.get(code, "")) for code in Language))
            for name, words in names.items()
            if isinstance(words, dict)
        }
    )

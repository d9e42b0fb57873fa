"""Every table of the shipped map, broken in every way that fits, at seeded places.

The reader never fails, and says something at the broken file: at the broken line where there is
one. Changes that leave a map in order are not mutations; they belong to `test_datafiles`.
"""

from __future__ import annotations

import random
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from mgmodel.datafiles import data_folder, read_folder
from mgmodel.datafiles.columns import ASSUMPTIONS, TABLES, Column, Table
from mgmodel.datafiles.folders import read_tables
from mgmodel.datafiles.rules import RULES, WARNINGS
from mgmodel.datafiles.strict_csv import read_lines, write_lines

HERE = [name for name in TABLES if (data_folder() / name).exists()]
SEED = 2026
CONTROLS = "\x00\x07\x0b\x1b\x7f\x85\u2028"


@dataclass(frozen=True)
class Mutant:
    """A broken file, and the line that must be complained of; 0 where any line will do."""

    data: bytes
    line: int = 0


Grid = list[list[str]]


@dataclass(frozen=True)
class Case:
    """A table in order, its schema, and the dice that say where it breaks."""

    rows: Grid
    table: Table
    chance: random.Random

    def columns(self) -> Iterator[tuple[int, Column]]:
        """The columns of the file with their places."""
        for at, name in enumerate(self.rows[0]):
            column = self.table.column(name)
            assert column is not None
            yield at, column


BreakLine = Callable[[list[str], random.Random], bytes]


def grid(name: str) -> Grid:
    return [list(line.cells) for line in read_lines((data_folder() / name).read_bytes())[0]]


# -- ways to break one line: from its cells to its bytes


def drop_cell(cells: list[str], chance: random.Random) -> bytes:
    del cells[chance.randrange(len(cells))]
    return write_lines([cells])


def surplus_cell(cells: list[str], chance: random.Random) -> bytes:
    cells.insert(chance.randrange(len(cells)), "surplus")
    return write_lines([cells])


def _replaced(cells: list[str], at: int, text: str) -> bytes:
    return write_lines([[*cells[:at], text, *cells[at + 1 :]]])


def control_character(cells: list[str], chance: random.Random) -> bytes:
    return _replaced(cells, chance.randrange(len(cells)), f"x{chance.choice(CONTROLS)}x")


def huge_cell(cells: list[str], chance: random.Random) -> bytes:
    return _replaced(cells, chance.randrange(len(cells)), "x" * 100_000)


def spaces(cells: list[str], chance: random.Random) -> bytes:
    at = chance.randrange(len(cells))
    return _replaced(cells, at, f" {cells[at]}")


def wrong_encoding(cells: list[str], chance: random.Random) -> bytes:
    at = chance.randrange(len(cells))
    return _replaced(cells, at, "\N{SECTION SIGN}").replace("\N{SECTION SIGN}".encode(), b"\xe5")


def stray_quotation_mark(cells: list[str], chance: random.Random) -> bytes:
    cells[chance.randrange(len(cells))] = "STRAY"
    return write_lines([cells]).replace(b"STRAY", b'x"x')


def text_after_quotation_mark(cells: list[str], chance: random.Random) -> bytes:
    cells[chance.randrange(len(cells))] = "AFTER"
    return write_lines([cells]).replace(b"AFTER", b'"x"x')


def open_quotation_mark(cells: list[str], chance: random.Random) -> bytes:
    cells[chance.randrange(len(cells))] = "OPEN"
    return write_lines([cells]).replace(b"OPEN", b'"x')


def line_break_in_cell(cells: list[str], chance: random.Random) -> bytes:
    cells[chance.randrange(len(cells))] = "BREAK"
    return write_lines([cells]).replace(b"BREAK", b'"x\nx"')


def blank_line(cells: list[str], chance: random.Random) -> bytes:
    return chance.choice([b"", b" "]) + b"\n" + write_lines([cells])


LINES = (
    drop_cell,
    surplus_cell,
    control_character,
    huge_cell,
    spaces,
    wrong_encoding,
    stray_quotation_mark,
    text_after_quotation_mark,
    open_quotation_mark,
    line_break_in_cell,
    blank_line,
)


# -- ways to break a whole file: the bytes, and the line that must be complained of


def repeat_row(case: Case) -> Mutant:
    row = case.rows[case.chance.randrange(1, len(case.rows))]
    return Mutant(write_lines([*case.rows, row]), len(case.rows) + 1)


def utf_16(case: Case) -> Mutant:
    return Mutant(write_lines(case.rows).decode().encode("utf-16"), 1)


def byte_order_mark(case: Case) -> Mutant:
    return Mutant(b"\xef\xbb\xbf" + write_lines(case.rows), 1)


def empty_file(_: Case) -> Mutant:
    return Mutant(b"", 1)


def cut_off(case: Case) -> Mutant:
    data = write_lines(case.rows)
    return Mutant(data[: case.chance.randrange(1, len(data) - 1)].rstrip(b"\n"))


def random_bytes(case: Case) -> Mutant:
    return Mutant(case.chance.randbytes(300))


def rename_header(case: Case) -> Mutant:
    header = list(case.rows[0])
    header[case.chance.randrange(len(header))] = "renamed"
    return Mutant(write_lines([header, *case.rows[1:]]), 1)


def swap_columns(case: Case) -> Mutant:
    one, other = case.chance.sample(range(len(case.rows[0])), 2)
    rows = [list(row) for row in case.rows]
    for row in rows:
        row[one], row[other] = row[other], row[one]
    return Mutant(write_lines(rows), 1)


def repeat_column(case: Case) -> Mutant:
    return Mutant(write_lines([[*row, row[0]] for row in case.rows]), 1)


def drop_needed_column(case: Case) -> Mutant:
    at = case.chance.choice([at for at, column in case.columns() if column.present])
    return Mutant(write_lines([row[:at] + row[at + 1 :] for row in case.rows]), 1)


WHOLE = (
    repeat_row,
    utf_16,
    byte_order_mark,
    empty_file,
    cut_off,
    random_bytes,
    rename_header,
    swap_columns,
    repeat_column,
    drop_needed_column,
)


# -- ways to break a cell that its column does not allow


def texts_refused(column: Column) -> dict[str, str]:
    """Texts that a cell of this column may not hold, each with a name for the breach."""
    texts = {}
    if column.filled:
        texts["blank"] = ""
    if column.refers:
        texts["unknown id"] = "nowhere_to_be_found"
    if column.kind.says.startswith(("one of", "yes or no")):
        texts |= {"not a word": "maybe", "in capitals": "YES", "two words": "yes;no"}
    if "number" in column.kind.says or column.kind.says == "a year":
        texts |= {"a comma": "12,5", "no number": "nan", "too far": "-1e999"}
    return texts


def cells_broken(case: Case) -> Iterator[tuple[str, BreakLine]]:
    """Every column with every text that it refuses."""
    for at, column in case.columns():
        for what, text in texts_refused(column).items():
            yield f"{column.name}: {what}", partial(_with_text, at, text)


def _with_text(at: int, text: str, cells: list[str], _: random.Random) -> bytes:
    return _replaced(cells, at, text)


def unseen(case: Case, folder: Path, breaches: list[tuple[str, BreakLine]]) -> list[str]:
    """Breaches of single lines that nothing is said about at their line.

    As many as the table has rows go into one file; it takes as many files as it takes.
    """
    found = []
    waiting = list(breaches)
    while waiting:
        size = min(len(waiting), len(case.rows) - 1)
        chosen = sorted(case.chance.sample(range(1, len(case.rows)), size))
        batch, waiting = dict(zip(chosen, waiting, strict=False)), waiting[size:]
        lines, data, shift = {}, [], 0
        for at, cells in enumerate(case.rows):
            if at in batch:
                lines[batch[at][0]] = at + 1 + shift
                data.append(batch[at][1](list(cells), case.chance))
                shift += data[-1].count(b"\n") - 1
            else:
                data.append(write_lines([cells]))
        said = complaints(folder, case.table.file, Mutant(b"".join(data)))
        found += [what for what, line in lines.items() if line not in said]
    return found


def complaints(folder: Path, file: str, mutant: Mutant) -> list[int]:
    """Lines of the broken file that something is said about; the file is put back."""
    path = folder / file
    before = path.read_bytes()
    path.write_bytes(mutant.data)
    _, problems, warnings = read_folder(folder)
    path.write_bytes(before)
    return [found.line for found in (*problems, *warnings) if found.file == file]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped map."""
    return Path(shutil.copytree(data_folder(), tmp_path_factory.mktemp("mutants") / "data"))


def case_of(file: str) -> Case:
    return Case(grid(file), TABLES[file], random.Random(f"{SEED} {file}"))


@pytest.mark.slow
@pytest.mark.parametrize("file", HERE)
def test_every_way_to_break_a_file_is_seen_where_it_is(folder: Path, file: str) -> None:
    case, missed = case_of(file), []
    for mutation in WHOLE:
        mutant = mutation(case)
        lines = complaints(folder, file, mutant)
        if not lines or (mutant.line and mutant.line not in lines):
            missed.append((mutation.__name__, mutant.line, lines[:5]))
    assert missed == []


@pytest.mark.parametrize("file", HERE)
def test_every_way_to_break_a_line_is_seen_where_it_is(folder: Path, file: str) -> None:
    breaches = [(change.__name__, change) for change in LINES]
    assert unseen(case_of(file), folder, breaches) == []


@pytest.mark.parametrize("file", HERE)
def test_every_way_to_break_a_cell_is_seen_where_it_is(folder: Path, file: str) -> None:
    case = case_of(file)
    assert unseen(case, folder, list(cells_broken(case))) == []


@pytest.mark.slow
@pytest.mark.parametrize("file", ["model.toml", ASSUMPTIONS.file])
def test_every_way_to_break_a_document_is_seen(folder: Path, file: str) -> None:
    whole, chance = (data_folder() / file).read_bytes(), random.Random(f"{SEED} {file}")
    mutants = [whole[: chance.randrange(len(whole))] + b"= [" for _ in range(10)]
    mutants += [whole + b"\xe5", whole + b"\n[x", b"\x00" + whole, chance.randbytes(99)]
    mutants += [whole + b"\nodd = 1\n", whole.replace(b"=", b":", 1)]
    assert [data for data in mutants if not complaints(folder, file, Mutant(data))] == []


@pytest.mark.slow
def test_every_rule_is_broken_by_some_mutant(tmp_path: Path) -> None:
    """Each entry of RULES and WARNINGS meets a small change of the shipped map that breaks it."""
    broken = {}
    for name in RULES | WARNINGS:
        changes = BREAKS[name]
        target = Path(shutil.copytree(data_folder(), tmp_path / name))
        for file, change in changes.items():
            text = (target / file).read_text("utf-8") if (target / file).exists() else ""
            (target / file).write_text(change(text), encoding="utf-8")
        broken[name] = bool(list((RULES | WARNINGS)[name](read_tables(target))))
    assert broken == dict.fromkeys(RULES | WARNINGS, True)


def _cell(column: str, text: str, where: Callable[[dict[str, str]], bool] = lambda _: True):
    """A change of one column in the first row that fits."""

    def change(content: str) -> str:
        header, *rows = [list(line.cells) for line in read_lines(content.encode())[0]]
        row = next(row for row in rows if where(dict(zip(header, row, strict=True))))
        row[header.index(column)] = text
        return write_lines([header, *rows]).decode()

    return change


def _rival(content: str) -> str:
    """The first propagating arrow twice, the second time with the other sign."""
    header, *rows = [list(line.cells) for line in read_lines(content.encode())[0]]
    at = {name: header.index(name) for name in ("id", "effect", "propagate")}
    row = next(row for row in rows if row[at["propagate"]] == "yes")
    other = list(row)
    other[at["id"]] += ".otherwise"
    other[at["effect"]] = "decreases" if row[at["effect"]] == "increases" else "increases"
    return write_lines([header, *rows, other]).decode()


def _gated(content: str) -> str:
    """A column of gates, with one arrow in a group of its own."""
    header, *rows = [list(line.cells) for line in read_lines(content.encode())[0]]
    place = header.index("contested") + 1
    gated = [[*row[:place], "alone" if n == 0 else "", *row[place:]] for n, row in enumerate(rows)]
    return write_lines([[*header[:place], "gate", *header[place:]], *gated]).decode()


def _add(text: str) -> Callable[[str], str]:
    return lambda content: content + text


def _without(edge: str) -> Callable[[str], str]:
    return lambda content: "".join(
        line for line in content.splitlines(keepends=True) if not line.startswith(f"{edge},")
    )


def _first_id(file: str, column: str = "id", **equal: str) -> str:
    header, *rows = grid(file)
    found = (dict(zip(header, row, strict=True)) for row in rows)
    return next(row[column] for row in found if equal.items() <= row.items())


def _expectation(**cells: str) -> Callable[[str], str]:
    """A table of one expectation, which is in order but for these cells."""
    row = dict.fromkeys(TABLES["expectations.csv"].names, "")
    row |= {"id": "one", "kind": "measured", "manoeuvre": "a change", "node": "cortisol"}
    row |= {"interventions": f"press {NODE}", "expected": "rises", "reference": REFERENCE}
    return lambda _: write_lines([list(row), list((row | cells).values())]).decode()


PROPAGATING = _first_id("edges.csv", propagate="yes")
NODE = _first_id("nodes.csv")
LABEL = _first_id("nodes.csv", "label_en")
REFERENCE = _first_id("references.csv")
FIRST_DOI = next(filter(None, (row[5] for row in grid("references.csv")[1:])))
PATHWAY = next(iter(tomllib.loads((data_folder() / "model.toml").read_text("utf-8"))["pathways"]))
PLACES = "view,node,x,y\n"

BREAKS: dict[str, dict[str, Callable[[str], str]]] = {
    "repeated_rows": {"evidence.csv": lambda text: text + text.splitlines()[1] + "\n"},
    "bad_ids": {"nodes.csv": _cell("id", "Not Snake")},
    "arrow_ids": {"edges.csv": _cell("id", "somewhere.else")},
    "label_length": {"nodes.csv": _cell("label_sv", "x" * 29)},
    "repeated_labels": {"nodes.csv": _cell("label_en", LABEL, lambda row: row["id"] != NODE)},
    "ontology_ids": {"nodes.csv": _cell("ontology_ids", "18420")},
    "arrow_effects": {"edges.csv": _cell("effect", "no_effect", lambda r: r["propagate"] == "yes")},
    "evidence_stance": {"evidence.csv": _cell("reference", "", lambda r: r["stance"] == "cited")},
    "finding_length": {"evidence.csv": _cell("finding", "x" * 201)},
    "reference_year": {"references.csv": _cell("year", "3000")},
    "reference_identifiers": {"references.csv": _cell("doi", "10.1/x")},
    "shared_identifiers": {
        "references.csv": _cell("doi", FIRST_DOI, lambda row: row["doi"] not in ("", FIRST_DOI))
    },
    "verification": {
        "references.csv": _cell("verified", "yes", lambda r: r["verification"] == "seed")
    },
    "mass_fraction": {"compounds.csv": _cell("elemental_fraction", "0.999")},
    "assumption_range": {ASSUMPTIONS.file: lambda text: text.replace("low = ", "low = 9", 1)},
    "parameter_range": {"parameters.csv": _cell("value", "1e9")},
    "parameter_grounds": {"parameters.csv": _cell("note", "", lambda r: r["status"] == "derived")},
    "shared_places": {
        "places.csv": lambda _: PLACES + f"whole,{NODE},0,0\nwhole,cortisol,0,0\n",
    },
    "unknown_ids": {"forms.csv": _cell("node", "nowhere")},
    "unlisted_families": {"nodes.csv": _cell("system", "nowhere")},
    "arrows_without_evidence": {"evidence.csv": _without(PROPAGATING)},
    "unplaced_claims": {
        "claims.csv": _cell("reason", "", lambda row: not row["edges"] and not row["nodes"])
    },
    "claim_routes": {"claims.csv": _cell("source", "nowhere", lambda row: bool(row["edges"]))},
    "groundless_overclaims": {"overclaims.csv": _cell("documents", "")},
    "pathway_members": {"model.toml": _add('\n[pathways.nowhere]\nen = "Nowhere"\n')},
    "unknown_views": {"places.csv": lambda _: PLACES + "nowhere,cortisol,0,0\n"},
    "view_places": {"places.csv": lambda _: PLACES + "core,cortisol,0,0\n"},
    "curved_arrows": {
        "curves.csv": lambda _: f"view,edge,bend,roundness\n{PATHWAY},{PROPAGATING},curvedCW,0.2\n",
        "pathways.csv": lambda _: f"pathway,node\n{PATHWAY},cortisol\n",
    },
    "expectation_references": {"expectations.csv": _expectation(reference="")},
    "expectation_interventions": {"expectations.csv": _expectation(interventions="push stress")},
    "expectation_nodes": {"expectations.csv": _expectation(interventions="block cortisol")},
    "cut_off_files": {"foods.csv": lambda text: text[:-1]},
    "self_loops": {"edges.csv": _cell("target", NODE, lambda row: row["source"] == NODE)},
    "rival_arrows": {"edges.csv": _rival},
    "lonely_gates": {"edges.csv": _gated},
    "sketched_arrows": {"model.toml": lambda _: "= ", "evidence.csv": _without(PROPAGATING)},
    "ambiguous_names": {"nodes.csv": _cell("synonyms_en", LABEL, lambda row: row["id"] != NODE)},
    "undisputed_contests": {
        "edges.csv": _cell("contested", "yes", lambda r: not r["note"] and r["propagate"] == "yes")
    },
}


def test_the_breaks_are_those_of_the_rules() -> None:
    assert sorted(RULES | WARNINGS) == sorted(BREAKS)

"""Files become the map that they say, whatever order they are in; tidy never changes that map."""

from __future__ import annotations

import csv
import os
import random
import shutil
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.datafiles import data_folder, load_model, read_folder, tidy_folder
from mgmodel.datafiles.columns import TABLES, Column, Table
from mgmodel.datafiles.strict_csv import read_lines, write_lines
from mgmodel.errors import DataFileError
from mgmodel.model import Model
from mgmodel.records import Translated
from mgmodel.vocabulary import Effect, EvidenceLayer, NodeKind

GOOD = Path(__file__).resolve().parent / "broken_data" / "good"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small map that the broken ones are made from."""
    return Path(shutil.copytree(GOOD, tmp_path / "good"))


@pytest.fixture
def sketch(tmp_path: Path) -> Path:
    """A map of one's own with the required columns only."""
    (tmp_path / "nodes.csv").write_text("id,label_en\nb,B\na,A\n", encoding="utf-8")
    edges = "id,source,target,effect\na.b,a,b,increases\nb.a,b,a,no_effect\n"
    (tmp_path / "edges.csv").write_text(edges, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# -- what is loaded


def test_a_map_needs_only_ids_labels_ends_and_effects(sketch: Path) -> None:
    model = load_model(sketch)
    assert list(model.nodes) == ["a", "b"]
    assert [e.effect for e in model.edges.values()] == [Effect.INCREASES, Effect.NO_EFFECT]


def test_a_column_that_is_not_there_leaves_the_default(sketch: Path) -> None:
    model = load_model(sketch)
    assert (model.node("a").kind, dict(model.node("a").synonyms)) == (NodeKind.PROCESS, {})
    assert EvidenceLayer.MECHANISM is model.edge("a.b").layer


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("definition", Translated("One.")),
        ("definition_nl", Translated("", nl="One.")),
        ("definition_sv", Translated("", sv="One.")),
    ],
)
def test_a_definition_may_stand_in_one_language_alone(
    sketch: Path, header: str, expected: Translated
) -> None:
    rows = f"id,label_en,{header}\na,A,One.\nb,B,\n"
    (sketch / "nodes.csv").write_text(rows, encoding="utf-8")
    model = load_model(sketch)
    assert (model.node("a").definition, model.node("b").definition) == (expected, Translated(""))
    assert tidy_folder(sketch) == []


def test_a_definition_for_english_by_the_name_of_the_others_is_pointed_out(sketch: Path) -> None:
    rows = "id,label_en,definition_en\na,A,One.\nb,B,\n"
    (sketch / "nodes.csv").write_text(rows, encoding="utf-8")
    (problem,) = read_folder(sketch).problems
    assert "unknown column 'definition_en'" in problem.what
    assert "'definition'" in problem.mend


def test_an_arrow_without_effect_does_not_propagate_unless_somebody_says_so(sketch: Path) -> None:
    edges = load_model(sketch).edges
    assert (edges["a.b"].propagate, edges["b.a"].propagate) == (True, False)


def test_an_arrow_knows_the_labels_of_its_ends(sketch: Path) -> None:
    assert (Translated("A"), Translated("B")) == load_model(sketch).edge("a.b").ends


def test_the_folder_may_be_named_by_text_or_path(sketch: Path) -> None:
    assert load_model(sketch) == load_model(str(sketch))


def test_the_shipped_map_is_that_of_the_checkout(real_model: Model) -> None:
    assert Path(__file__).resolve().parent.parent / "data" == data_folder()
    assert real_model == load_model(data_folder())


def test_the_shipped_map_has_no_problems() -> None:
    assert read_folder().problems == ()


def _as_text(record: Any, column: Column) -> str:
    """The cell that a record was read from, made without the code that reads."""
    value = getattr(record, column.field or column.name)
    if column.language and isinstance(value, Translated):
        value = getattr(value, column.language)
    elif column.language:
        value = value.get(column.language, ())
    if value is None or isinstance(value, tuple):
        return ";".join(value or ())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Enum) else str(value)


def _records(model: Model, table: Table) -> list[Any]:
    shelf = {"nodes": model.nodes, "edges": model.edges}.get(table.shelf)
    found: Any = getattr(model.library, table.shelf) if shelf is None else shelf
    return list(found.values() if hasattr(found, "values") else found)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
@pytest.mark.parametrize("folder", [GOOD, data_folder()], ids=["good", "data"])
def test_every_cell_arrives_in_its_field(folder: Path, table: Table) -> None:
    if not (folder / table.file).exists():
        pytest.skip("this map has no such table")
    records = _records(load_model(folder), table)
    with (folder / table.file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        for name, cell in row.items():
            column = table.column(name)
            assert column is not None
            text = _as_text(record, column)
            same = float(cell) == float(text) if "number" in column.kind.says else cell == text
            assert cell == "" or same, (table.file, record, name)


def test_the_good_map_fills_every_table() -> None:
    assert {*TABLES, "assumptions.toml", "model.toml"} == set(files(GOOD))


def test_toml_documents_arrive() -> None:
    library = load_model(GOOD).library
    assert library.info.title.en == "A made-up map"
    assert list(library.info.systems) == ["hormones", "minerals"]
    assert Translated("Depletion", nl="Uitputting") == library.info.loops["R1"]
    assert (
        library.assumptions["press_alpha"].value,
        library.assumptions["press_alpha"].low,
        library.assumptions["press_alpha"].high,
    ) == (0.9, 0.1, 0.99)


# -- what is refused


def test_all_problems_come_at_once_as_file_and_line(good: Path) -> None:
    (good / "nodes.csv").write_text("id,label_en\nstress,Stress\nstress,\n", encoding="utf-8")
    (good / "edges.csv").unlink()
    with pytest.raises(DataFileError) as caught:
        load_model(good)
    lines = str(caught.value).splitlines()
    assert "nodes.csv:3: label_en is blank. Fill it in; expected is text." in lines
    assert any(line.startswith("edges.csv:1: the file is missing from ") for line in lines)
    assert sorted(caught.value.problems) == list(caught.value.problems)


def test_a_folder_that_is_not_there_says_where_was_looked(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="nowhere:1: there is no folder of this name"):
        load_model(tmp_path / "nowhere")


def test_a_folder_in_place_of_a_table_is_a_problem(good: Path) -> None:
    (good / "foods.csv").unlink()
    (good / "foods.csv").mkdir()
    assert [f"{p.file}:{p.line}" for p in read_folder(good).problems] == ["foods.csv:1"]


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="the owner may read anything")
def test_a_table_without_permission_is_a_problem(good: Path) -> None:
    (good / "foods.csv").chmod(0)
    assert "foods.csv" in {problem.file for problem in read_folder(good).problems}


def test_a_file_in_place_of_the_folder_is_a_problem(good: Path) -> None:
    assert [problem.what for problem in read_folder(good / "foods.csv").problems] == [
        "there is no folder of this name"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_table_is_not_waited_for(good: Path) -> None:
    (good / "foods.csv").unlink()
    os.mkfifo(good / "foods.csv")
    assert [p.what for p in read_folder(good).problems] == [
        "the file cannot be read: it is no file"
    ]


def test_a_link_to_nowhere_is_a_problem(good: Path) -> None:
    (good / "foods.csv").unlink()
    try:
        (good / "foods.csv").symlink_to(good / "nowhere.csv")
    except OSError:
        pytest.skip("this system makes no links")
    assert [f"{p.file}:{p.line}" for p in read_folder(good).problems] == ["foods.csv:1"]


def test_a_damaged_row_still_has_its_id(good: Path) -> None:
    text = (good / "nodes.csv").read_text(encoding="utf-8")
    (good / "nodes.csv").write_text(text.replace("stress,Stress,", "stress,"), encoding="utf-8")
    assert [f"{p.file}:{p.line}" for p in read_folder(good).problems] == ["nodes.csv:5"]


@pytest.mark.parametrize("text", ["1,5", "nan", "inf", "1_000", "٣", "0x10", "1e999", "--1", "1 0"])
def test_a_number_is_digits_and_a_decimal_point(good: Path, text: str) -> None:
    foods = (good / "foods.csv").read_text(encoding="utf-8")
    (good / "foods.csv").write_text(foods.replace(",100,", f',"{text}",'), encoding="utf-8")
    assert [f"{p.file}:{p.line}" for p in read_folder(good).problems] == ["foods.csv:2"]


@pytest.mark.parametrize(
    "text", ["x = [" * 5000, "a = " + "9" * 5000, "\x00", '"', "a = 1979-99-99"]
)
def test_no_toml_ends_in_a_traceback(good: Path, text: str) -> None:
    (good / "model.toml").write_text(text, encoding="utf-8")
    assert "model.toml" in {problem.file for problem in read_folder(good).problems}


# -- order and manner of writing do not matter


def _line_ends(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _quoted(data: bytes) -> bytes:
    rows = [line.cells for line in read_lines(data)[0]]
    return "".join(",".join(f'"{c}"' for c in row) + "\n" for row in rows).encode()


def _spaced_lists(data: bytes) -> bytes:
    return data.replace(b";", b" ; ")


def _shuffled(data: bytes) -> bytes:
    header, *rows = data.splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    return b"".join([header, *rows])


HARMLESS = [_line_ends, _quoted, _spaced_lists, _shuffled]


@pytest.mark.parametrize("change", HARMLESS)
def test_the_manner_of_writing_does_not_change_the_map(good: Path, change) -> None:
    for name in TABLES:
        if not (change is _quoted and name == "edges.csv"):
            (good / name).write_bytes(change((good / name).read_bytes()))
    assert load_model(GOOD) == load_model(good)
    assert load_model(GOOD).library.evidence == load_model(good).library.evidence


# -- tidy


def test_the_shipped_tables_are_tidy(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    assert tidy_folder(folder) == []
    assert files(data_folder()) == files(folder)


def test_tidy_leaves_documents_alone(good: Path) -> None:
    before = (good / "model.toml").read_bytes()
    tidy_folder(good)
    assert before == (good / "model.toml").read_bytes()


def test_tidy_refuses_what_it_would_have_to_guess_and_writes_nothing(good: Path) -> None:
    (good / "foods.csv").write_bytes(_shuffled(_spaced_lists((good / "foods.csv").read_bytes())))
    with (good / "edges.csv").open("a", encoding="utf-8") as edges:
        edges.write('x,"y\n')
    before = files(good)
    with pytest.raises(DataFileError, match=r"edges\.csv:7: a quotation mark is opened"):
        tidy_folder(good)
    assert before == files(good)


def test_tidy_of_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="there is no folder of this name"):
        tidy_folder(tmp_path / "nowhere")


def test_tidy_keeps_what_only_rules_find_wrong(good: Path) -> None:
    text = "id,label_en\nstress,\nSTRESS,Strain\n"
    (good / "nodes.csv").write_text(text, encoding="utf-8")
    tidy_folder(good)
    assert (good / "nodes.csv").read_text("utf-8") == "id,label_en\nSTRESS,Strain\nstress,\n"


def untidied(folder: Path, seed: int, *, loadable: bool) -> Path:
    """Some tables in disorder that tidy can mend; `loadable`: that load_model does not mind."""
    chance = random.Random(seed)
    for name in chance.sample(list(TABLES), 4):
        header, *rows = [list(line.cells) for line in read_lines((GOOD / name).read_bytes())[0]]
        columns = range(len(header))
        order = columns if loadable else chance.sample(columns, len(header))
        chance.shuffle(rows)
        padding = [""] if loadable else ["", " "]
        texts = [
            ",".join(_untidy_cell(row[at], padding, chance) for at in order)
            for row in [header, *rows]
        ]
        if not loadable and chance.random() < 0.3:
            texts.insert(chance.randrange(1, len(texts) + 1), "")
        end = chance.choice(["\n", "\r\n"])
        mark = "" if loadable else chance.choice(["", "\ufeff"])
        text = mark + end.join(texts) + chance.choice(["", end])
        (folder / name).write_bytes(text.encode())
    return folder


def _untidy_cell(cell: str, padding: list[str], chance: random.Random) -> str:
    if ";" in cell:
        cell = cell.replace(";", chance.choice([";", " ;", "; ", ";;"]))
    cell = chance.choice(padding) + cell + chance.choice(padding)
    if "," in cell or '"' in cell or chance.random() < 0.2:
        return '"' + cell.replace('"', '""') + '"'
    return cell


@given(st.integers(0, 2**32))
def test_tidy_mends_disorder_and_nothing_else(tmp_path_factory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("untidy")
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    tidy_folder(untidied(folder, seed, loadable=False))
    assert files(GOOD) == files(folder)
    assert tidy_folder(folder) == []


@given(st.integers(0, 2**32))
def test_tidy_never_changes_what_is_loaded(tmp_path_factory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("untidy")
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    before = load_model(untidied(folder, seed, loadable=True))
    tidy_folder(folder)
    assert before == load_model(folder)


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=5))
def test_any_text_is_read_back_as_it_was_written(rows: list[list[str]]) -> None:
    kept = [row for row in rows if "".join(row).strip()]
    lines, _ = read_lines(write_lines([["id", "note"], *kept]))
    written = [tuple(cell for cell in row) for row in kept if ",".join(row).strip()]
    assert [("id", "note"), *written] == [line.cells for line in lines]


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(tmp_path_factory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("nodes.csv", "edges.csv", "model.toml"):
        (folder / name).write_bytes(data)
    assert read_folder(folder).model is None

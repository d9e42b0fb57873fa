"""Tables have stated columns of stated types, in every language and for every map."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest

from mgmodel import tables
from mgmodel.model import Model
from mgmodel.records import Edge, Evidence, Library, Node, Reference, Translated
from mgmodel.vocabulary import Effect, Grade, Language, Stance

Table = Callable[..., pd.DataFrame]

ALL = [getattr(tables, name) for name in tables.__all__]
every_table = pytest.mark.parametrize("table", ALL, ids=lambda table: table.__name__)
every_language = pytest.mark.parametrize("language", [language.value for language in Language])

NO_TEXT = {"Int64", "int64", "float64", "bool"}


@pytest.fixture
def small() -> Model:
    """One arrow with evidence for and against, graded B by hand, and one without any."""
    nodes = [Node(name, Translated(name.title(), nl=f"{name} nl")) for name in ("mg", "ne")]
    edges = [
        Edge("mg.ne", "mg", "ne", Effect.DECREASES, confidence=Grade.B),
        Edge("ne.mg", "ne", "mg", Effect.UNCLEAR),
    ]
    rows = (
        Evidence("mg.ne", "yes2000", Stance.SUPPORTS, finding="Less."),
        Evidence("mg.ne", "gone2001", Stance.CONTRADICTS, finding="Not less."),
    )
    references = {"yes2000": Reference("yes2000", "Yes A, No B", None, "Title")}
    return Model(nodes, edges, Library(evidence=rows, references=references))


@every_table
def test_the_docstring_names_every_column_in_order(table: Table) -> None:
    stated = re.search(r"Columns[^:]*: (.*?)\n\n", f"{table.__doc__}", re.DOTALL)
    assert stated is not None
    without_remarks = re.sub(r"\(.*?\)", "", stated[1], flags=re.DOTALL)
    names = [name.strip(" .\n") for name in without_remarks.split(",")]
    assert names == list(table(Model([], [])).columns)


@every_table
def test_an_empty_map_gives_the_same_columns_and_types(table: Table, real_model: Model) -> None:
    empty, full = table(Model([], [])), table(real_model)
    assert len(empty) == 0 < len(full)
    assert dict(full.dtypes) == dict(empty.dtypes)


@every_table
@every_language
def test_the_language_changes_texts_only(table: Table, language: str, real_model: Model) -> None:
    english, other = table(real_model), table(real_model, language)
    assert dict(english.dtypes) == dict(other.dtypes)
    assert list(english.iloc[:, 0]) == list(other.iloc[:, 0])


@every_table
@every_language
def test_text_columns_hold_text_and_nothing_is_missing(
    table: Table, language: str, real_model: Model
) -> None:
    frame = table(real_model, language)
    for column in frame.columns:
        if str(frame[column].dtype) not in NO_TEXT:
            assert str(frame[column].dtype) == "str", column
            assert all(type(cell) is str for cell in frame[column]), column
        if column != "year":
            assert not frame[column].isna().any(), column


@every_table
def test_the_index_counts_rows_from_nought(table: Table, real_model: Model) -> None:
    frame = table(real_model)
    assert frame.index.equals(pd.RangeIndex(len(frame)))


@every_table
def test_a_table_is_the_same_each_time_and_changes_nothing(table: Table, small: Model) -> None:
    fingerprint, library = small.fingerprint, small.library
    first = table(small)
    first.iloc[:, :] = first.iloc[::-1].to_numpy()  # a reader's own changes stay in their copy
    pd.testing.assert_frame_equal(table(small), table(small))
    assert (small.fingerprint, small.library) == (fingerprint, library)


def test_each_table_has_a_row_for_each_record(real_model: Model) -> None:
    library = real_model.library
    expected = {
        "nodes_table": real_model.nodes,
        "edges_table": real_model.edges,
        "grades_table": real_model.edges,
        "evidence_table": library.evidence,
        "references_table": library.references,
        "claims_table": library.claims,
        "foods_table": library.foods,
        "forms_table": library.forms,
        "studies_table": library.studies,
        "overclaims_table": library.overclaims,
        "expectations_table": library.expectations,
        "parameters_table": library.parameters,
    }
    assert {name: len(rows) for name, rows in expected.items()} == {
        table.__name__: len(table(real_model)) for table in ALL
    }


def test_arrows_are_counted_at_both_ends(small: Model) -> None:
    frame = tables.nodes_table(small)
    assert frame[["arrows_in", "arrows_out"]].to_numpy().tolist() == [[1, 1], [1, 1]]


def test_a_label_is_in_the_language_that_was_asked_for(small: Model) -> None:
    assert list(tables.nodes_table(small, "nl")["label"]) == ["mg nl", "ne nl"]


def test_an_arrow_shows_its_sign_and_both_grades(small: Model) -> None:
    frame = tables.edges_table(small).set_index("id")
    assert list(frame["sign"]) == [-1, 0]
    assert list(frame["curated_grade"]) == ["B", ""]
    assert set(frame["grade"]) <= {"A", "B", "C", "D"}


def test_evidence_cites_references_and_keeps_the_id_of_one_that_is_gone(small: Model) -> None:
    assert list(tables.evidence_table(small)["citation"]) == ["Yes and No n.d.", "gone2001"]


def test_a_year_that_is_not_known_is_absent_and_not_a_number(small: Model) -> None:
    assert tables.references_table(small)["year"].isna().tolist() == [True]


def test_evidence_of_arrows_that_a_smaller_map_lacks_is_left_out(small: Model) -> None:
    part = small.without("mg.ne")
    assert len(tables.evidence_table(part)) == 0
    assert list(tables.references_table(part)["arrows"]) == [0]


def test_a_reason_stands_exactly_where_the_grades_differ(real_model: Model) -> None:
    frame = tables.grades_table(real_model)
    differ = (frame["curated"] != "") & (frame["curated"] != frame["computed"])
    assert differ.equals(frame["reason"] != "")
    assert differ.equals(~frame["agree"])


def test_rows_of_evidence_are_counted_by_stance(small: Model) -> None:
    frame = tables.grades_table(small)
    counts = ["supporting", "contradicting", "mixed", "cited", "assumed"]
    assert frame[counts].to_numpy().tolist() == [[1, 1, 0, 0, 0], [0, 0, 0, 0, 0]]


def test_a_serving_holds_its_share_of_a_hundred_grams(real_model: Model) -> None:
    frame = tables.foods_table(real_model)
    share = frame["magnesium_mg_100g"] * frame["serving_g"] / 100
    assert (share - frame["serving_magnesium_mg"]).abs().max() <= 0.05 + 1e-9

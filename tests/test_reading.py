"""A table to be read keeps every text whole and in its place."""

from __future__ import annotations

import pandas as pd
import pytest

from mgmodel.markup import markdown_table
from mgmodel.tables.reading import reading_table

FRAME = pd.DataFrame({"id": ["a", "b"], "dose_mg": [300.0, 0.5], "note": ["x | y\nz", ""]})


def test_long_texts_are_not_cut() -> None:
    text = "word " * 60
    shown = reading_table(pd.DataFrame({"text": [text]}), ["text"])
    assert text.strip() in shown._repr_markdown_()


def test_columns_come_in_the_order_asked_under_their_headings() -> None:
    table = reading_table(FRAME, {"dose_mg": "dose (mg)", "id": "who"})
    assert table.header == ("dose (mg)", "who")
    assert table.rows == (("300", "a"), ("0.5", "b"))


def test_a_heading_that_is_not_given_is_the_name_in_words() -> None:
    assert reading_table(FRAME, ["dose_mg"]).header == ("dose mg",)


def test_text_leaves_out_empty_cells() -> None:
    assert str(reading_table(FRAME, ["id", "note"])) == "id: a\nnote: x | y\nz\n\nid: b"


def test_a_cell_cannot_break_the_table() -> None:
    lines = reading_table(FRAME, ["note"])._repr_markdown_().splitlines()
    assert lines == ["| note |", "|---|", r"| x \| y z |", "|  |"]


def test_a_table_without_rows_is_its_heading() -> None:
    assert markdown_table(["a", "b"], []) == "| a | b |\n|---|---|"


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        reading_table(FRAME, ["nothing"])

"""The reading list of a lesson."""

from __future__ import annotations

import pytest

from mgmodel.bibliography import ReadingList, reading_list
from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.records import Reference


def test_each_reference_comes_once_sorted_by_author_and_year(real_model: Model) -> None:
    references = reading_list(real_model).references
    keys = [(one.authors.casefold(), one.year or 0, one.id) for one in references]
    assert sorted(set(keys)) == keys


def test_only_the_arrows_asked_for_are_read(real_model: Model) -> None:
    edge = "norepinephrine.urinary_magnesium_excretion"
    cited = {row.reference for row in real_model.evidence_for(edge)}
    assert cited == {one.id for one in reading_list(real_model, edge).references}


def test_a_map_without_evidence_gives_an_empty_list(chain: Model) -> None:
    assert ReadingList(()) == reading_list(chain)


def test_an_unknown_arrow_is_named_with_near_ones(real_model: Model) -> None:
    with pytest.raises(UnknownId, match=r"no arrow 'acth.cortizol'.*'acth.cortisol'"):
        reading_list(real_model, "acth.cortizol")


def test_a_title_cannot_become_markup() -> None:
    title = "[exact title] <b>not</b> *seen*"
    shown = ReadingList((Reference("x", "X Y", 2000, title),))._repr_markdown_()
    assert r"\[exact title\] \<b\>not\</b\> \*seen\*" in shown

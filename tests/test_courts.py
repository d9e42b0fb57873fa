"""The cards of a court are the rows of the data, and more asked of them never leaves more."""

from __future__ import annotations

import itertools

import pytest

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.records import Edge, Evidence, Library, Node, Reference, Study, Translated
from mgmodel.teaching import court
from mgmodel.vocabulary import Effect, EvidenceBar, Population, Stance, StudyDesign
from mgmodel.wording.catalogues import words


@pytest.fixture
def small() -> Model:
    """One arrow with a trial for it, one open study both ways, a mouse against, and a citation."""
    nodes = [Node(name, Translated(name)) for name in ("magnesium", "mood")]
    human, animal = Population.HUMAN, Population.ANIMAL
    rows = (
        Evidence("m.m", "trial2000", Stance.SUPPORTS, human, "Better."),
        Evidence("m.m", "open2001", Stance.MIXED, human, "Better in some."),
        Evidence("m.m", "mouse2002", Stance.CONTRADICTS, animal, "No change."),
        Evidence("m.m", "cited2003", Stance.CITED),
    )
    references = {
        "trial2000": Reference(
            *("trial2000", "Trial A", 2000, "A trial"),
            design=StudyDesign.RCT,
            sample="40",
            verified=True,
        ),
        "open2001": Reference("open2001", "Open A", 2001, "B", design=StudyDesign.OPEN_LABEL),
        "mouse2002": Reference(
            "mouse2002", "Mouse A", 2002, "C", design=StudyDesign.ANIMAL, verified=True
        ),
        "cited2003": Reference("cited2003", "Cited A", 2003, "D"),
    }
    study = Study("trial2000", (), "", "40 (38 analysed)", "", "", "placebo", "", "Small.", "")
    library = Library(evidence=rows, references=references, studies=(study,))
    return Model(nodes, [Edge("m.m", "magnesium", "mood", Effect.INCREASES)], library)


def test_a_row_that_holds_both_stands_on_both_sides(small: Model) -> None:
    found = court(small, "m.m")
    assert [card.reference for card in found.supporting] == ["trial2000", "open2001"]
    assert [card.reference for card in found.opposing] == ["open2001", "mouse2002"]
    assert found.uncalled == 1


def test_a_card_says_what_the_table_of_studies_says(small: Model) -> None:
    card = court(small, "m.m").cards[0]
    assert str(card) == (
        "Trial 2000 (randomised controlled trial; participants: 40 (38 analysed); "
        "compared with: placebo): Better. Mind: Small."
    )
    assert card.title == "A trial"


def test_a_card_against_is_weighed_as_if_it_spoke_for_the_arrow(small: Model) -> None:
    bars = [card.bar for card in court(small, "m.m").cards]
    assert bars == [EvidenceBar.HUMAN, EvidenceBar.SUPPORTED, EvidenceBar.VERIFIED]


def test_each_step_asks_for_more(small: Model) -> None:
    counts = [(one.supporting, one.opposing) for one in court(small, "m.m").counts]
    assert counts == [(2, 2), (1, 1), (1, 0), (1, 0)]


def test_no_arrow_of_the_map_gains_cards_when_more_is_asked(real_model: Model) -> None:
    for edge in real_model.edges:
        counts = court(real_model, edge).counts
        for less, more in itertools.pairwise(counts):
            assert more.supporting <= less.supporting
            assert more.opposing <= less.opposing


def test_every_row_of_the_map_is_called_or_counted_as_uncalled(real_model: Model) -> None:
    found = court(real_model, *real_model.edges)
    assert len(found.cards) + found.uncalled == len(real_model.library.evidence)


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_a_side_without_a_card_says_so(small: Model, language: str) -> None:
    one_sided = Model.from_edges([("a", "b", 1)])
    said = words(language)["teaching.court.no_card"]
    assert str(court(one_sided, "a.b", language=language)).count(said) == 2
    assert court(one_sided, "a.b", language=language)._repr_markdown_().count(said) == 2
    assert said not in str(court(small, "m.m", language=language))


def test_the_text_and_the_table_hold_every_card(small: Model) -> None:
    found = court(small, "m.m")
    for text in (str(found), found._repr_markdown_()):
        assert all(card.finding in text for card in found.cards)
    assert "Better in some" in found._repr_markdown_().splitlines()[4]


def test_nothing_and_the_unknown_are_refused(small: Model) -> None:
    with pytest.raises(ValueError, match="at least one arrow"):
        court(small)
    with pytest.raises(UnknownId, match=r"m\.m"):
        court(small, "m.n")


def test_each_statement_has_its_own_cards(real_model: Model) -> None:
    edges = ("serum_magnesium.renin", "serum_magnesium.aldosterone")
    found = court(real_model, *edges)
    renin, aldosterone = str(found).split("\n\n")[:2]
    assert "Nowson and Morgan 1989" in renin.partition("Evidence against:")[2]
    assert "Nowson and Morgan 1989" not in aldosterone
    assert "Aldosterone rose" in aldosterone.partition("Evidence against:")[2]


def test_the_caveat_of_a_study_is_told_once(real_model: Model) -> None:
    found = court(real_model, "oral_magnesium_supplementation.migraine")
    assert str(found).count("pfaffenrath1996 was null") == 1
    assert all("pfaffenrath1996 was null" in str(card) for card in found.cards[:2])

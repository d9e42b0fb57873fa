"""How rows become a grade: one law a test, on one arrow with hand-made rows."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel.errors import UnknownId
from mgmodel.evidence import (
    LARGE_TRIAL,
    Agreement,
    GradeDifference,
    agreement,
    bar_of,
    below,
    grade,
    grade_differences,
    grade_with_reason,
    is_described,
    is_verified,
    with_evidence,
)
from mgmodel.model import Model
from mgmodel.records import Claim, Edge, Evidence, Library, Node, Reference, Translated
from mgmodel.vocabulary import Effect, EvidenceBar, Grade, Population, Stance, StudyDesign

HUMAN, RAT, DISH, UNSAID = (
    Population.HUMAN,
    Population.ANIMAL,
    Population.IN_VITRO,
    Population.NOT_STATED,
)
SUPPORTS, AGAINST, MIXED, CITED = (
    Stance.SUPPORTS,
    Stance.CONTRADICTS,
    Stance.MIXED,
    Stance.CITED,
)

REFERENCES = {
    "meta": Reference("meta", "M", 2020, "T", design=StudyDesign.META_ANALYSIS, verified=True),
    "guideline": Reference(
        "guideline", "G", 1997, "T", design=StudyDesign.GUIDELINE, verified=True
    ),
    "textbook": Reference("textbook", "B", 2012, "T", design=StudyDesign.REVIEW, verified=True),
    "large": Reference(
        "large", "L", 2015, "T", design=StudyDesign.RCT, sample="1700", verified=True
    ),
    "small": Reference("small", "S", 2002, "T", design=StudyDesign.RCT, sample="12", verified=True),
    "unsized": Reference("unsized", "U", 2002, "T", design=StudyDesign.RCT, verified=True),
    "open": Reference("open", "O", 1991, "T", design=StudyDesign.OPEN_LABEL, verified=True),
    "sheet": Reference("sheet", "W", 2022, "T", design=StudyDesign.WEBSITE, verified=True),
    "rats": Reference("rats", "R", 2010, "T", design=StudyDesign.ANIMAL, verified=True),
    "cells": Reference("cells", "C", 1984, "T", design=StudyDesign.IN_VITRO, verified=True),
    "hearsay": Reference("hearsay", "H", 2019, "T", design=StudyDesign.META_ANALYSIS),
}

Row = tuple[str, Stance, Population]


def arrow(*rows: Row, confidence: Grade | None = None, species: tuple[str, ...] = ()) -> Model:
    """A map of one arrow with these rows of evidence."""
    edge = Edge("a.b", "a", "b", Effect.INCREASES, confidence=confidence, species=species)
    evidence = tuple(Evidence("a.b", name, stance, group) for name, stance, group in rows)
    library = Library(evidence=evidence, references=REFERENCES)
    return Model([Node(end, Translated(end)) for end in "ab"], [edge], library)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("meta", SUPPORTS, HUMAN), "A"),
        (("guideline", SUPPORTS, HUMAN), "A"),
        (("textbook", SUPPORTS, HUMAN), "A"),
        (("large", SUPPORTS, HUMAN), "A"),
        (("small", SUPPORTS, HUMAN), "B"),
        (("unsized", SUPPORTS, HUMAN), "B"),
        (("open", SUPPORTS, HUMAN), "B"),
        (("sheet", SUPPORTS, HUMAN), "B"),
        (("meta", SUPPORTS, UNSAID), "A"),
        (("textbook", SUPPORTS, UNSAID), "B"),
        (("textbook", SUPPORTS, RAT), "C"),
        (("rats", SUPPORTS, HUMAN), "C"),
        (("rats", SUPPORTS, RAT), "C"),
        (("cells", SUPPORTS, DISH), "C"),
        (("small", SUPPORTS, DISH), "C"),
        (("meta", MIXED, HUMAN), "B"),
        (("open", MIXED, HUMAN), "C"),
        (("rats", MIXED, RAT), "D"),
        (("meta", CITED, HUMAN), "B"),
        (("open", CITED, HUMAN), "C"),
        (("rats", CITED, RAT), "C"),
        (("hearsay", SUPPORTS, HUMAN), "C"),
        (("hearsay", MIXED, HUMAN), "D"),
        (("hearsay", CITED, HUMAN), "D"),
        (("lost", SUPPORTS, HUMAN), "D"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_single_row_is_graded_by_what_it_is(row: Row, expected: str) -> None:
    assert grade(arrow(row), "a.b") == expected


@pytest.mark.parametrize("species", ["human", "textbook"])
def test_where_a_row_does_not_say_in_whom_the_species_of_the_arrow_does(species: str) -> None:
    assert grade(arrow(("textbook", SUPPORTS, UNSAID), species=("rat", species)), "a.b") is Grade.A


def test_the_species_of_the_arrow_makes_no_rat_human() -> None:
    assert grade(arrow(("textbook", SUPPORTS, RAT), species=("human",)), "a.b") is Grade.C


def test_a_trial_counts_as_large_from_a_stated_size() -> None:
    sizes = {str(LARGE_TRIAL): "A", str(LARGE_TRIAL - 1): "B", f"{LARGE_TRIAL} studies": "B"}
    for sample, expected in sizes.items():
        trial = Reference("t", "T", 2020, "T", design=StudyDesign.RCT, sample=sample, verified=True)
        row = Evidence("a.b", "t", SUPPORTS, HUMAN)
        nodes = [Node(end, Translated(end)) for end in "ab"]
        library = Library(evidence=(row,), references={"t": trial})
        model = Model(nodes, [Edge("a.b", "a", "b", Effect.INCREASES)], library)
        assert (sample, grade(model, "a.b").value) == (sample, expected)


def test_the_best_row_decides() -> None:
    model = arrow(("rats", SUPPORTS, RAT), ("small", SUPPORTS, HUMAN), ("cells", CITED, DISH))
    assert grade(model, "a.b") is Grade.B


@pytest.mark.parametrize(
    ("against", "expected"),
    [("meta", "B"), ("large", "B"), ("small", "A"), ("rats", "A"), ("hearsay", "A")],
)
def test_a_contradiction_of_an_equal_or_better_kind_costs_a_step(
    against: str, expected: str
) -> None:
    model = arrow(("meta", SUPPORTS, HUMAN), (against, AGAINST, HUMAN))
    assert grade(model, "a.b") == expected


def test_many_contradictions_cost_one_step_only() -> None:
    model = arrow(("open", SUPPORTS, HUMAN), ("small", AGAINST, HUMAN), ("meta", AGAINST, HUMAN))
    assert grade(model, "a.b") is Grade.C


def test_a_contradiction_lifts_nothing() -> None:
    assert grade_with_reason(arrow(("meta", AGAINST, HUMAN)), "a.b") == (
        Grade.D,
        "Nothing recorded supports it, and something contradicts it.",
    )


def test_an_assumption_is_graded_as_one() -> None:
    assert grade_with_reason(arrow(("", Stance.ASSUMPTION, UNSAID)), "a.b") == (
        Grade.D,
        "It is a stated assumption, without a reference.",
    )


def test_the_grade_does_not_follow_what_the_curators_typed() -> None:
    assert grade(arrow(("rats", SUPPORTS, RAT), confidence=Grade.A), "a.b") is Grade.C


def test_the_reason_names_the_row_that_decides_and_what_cost_a_step() -> None:
    model = arrow(("meta", SUPPORTS, HUMAN), ("rats", CITED, RAT), ("large", AGAINST, HUMAN))
    assert grade_with_reason(model, "a.b")[1] == (
        "The best of 2 rows that can lift it, meta [meta analysis, human], supports it. "
        "One step lower, because large of an equal or better kind contradicts it."
    )


def test_an_unknown_arrow_is_refused() -> None:
    with pytest.raises(UnknownId, match=r"There is no arrow 'a\.c'"):
        grade(arrow(), "a.c")


def test_agreement_counts_each_stance() -> None:
    model = arrow(
        ("meta", SUPPORTS, HUMAN),
        ("open", SUPPORTS, HUMAN),
        ("small", AGAINST, HUMAN),
        ("rats", MIXED, RAT),
        ("cells", CITED, DISH),
        ("", Stance.ASSUMPTION, UNSAID),
    )
    assert agreement(model, "a.b") == Agreement(
        supporting=2, contradicting=1, mixed=1, cited=1, assumed=1
    )


@pytest.mark.parametrize(("bar", "arrows"), [("A", 0), ("B", 1), ("C", 1), ("D", 1)])
def test_a_bar_leaves_the_arrows_that_reach_it(bar: str, arrows: int) -> None:
    left = with_evidence(arrow(("open", SUPPORTS, HUMAN)), at_least=Grade(bar))
    assert (len(left.edges), len(left.nodes)) == (arrows, 2)


def test_the_bar_stands_at_b_unless_said_otherwise() -> None:
    assert len(with_evidence(arrow(("rats", SUPPORTS, RAT))).edges) == 0


def test_differences_are_told_with_the_reason() -> None:
    model = arrow(("rats", SUPPORTS, RAT), confidence=Grade.A)
    assert grade_differences(model) == (
        GradeDifference("a.b", Grade.A, Grade.C, grade_with_reason(model, "a.b")[1]),
    )


def test_where_nothing_was_typed_nothing_differs() -> None:
    assert grade_differences(arrow(("rats", SUPPORTS, RAT))) == ()


# Bars


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", Stance.ASSUMPTION, UNSAID), "documents"),
        (("meta", AGAINST, HUMAN), "documents"),
        (("lost", SUPPORTS, HUMAN), "documents"),
        (("meta", CITED, HUMAN), "sourced"),
        (("hearsay", CITED, HUMAN), "sourced"),
        (("hearsay", SUPPORTS, HUMAN), "supported"),
        (("hearsay", MIXED, HUMAN), "supported"),
        (("rats", SUPPORTS, RAT), "verified"),
        (("rats", SUPPORTS, HUMAN), "verified"),
        (("textbook", SUPPORTS, DISH), "verified"),
        (("textbook", SUPPORTS, UNSAID), "verified"),
        (("guideline", SUPPORTS, UNSAID), "verified"),
        (("meta", MIXED, HUMAN), "human"),
        (("meta", SUPPORTS, UNSAID), "not_contradicted"),
        (("open", SUPPORTS, UNSAID), "not_contradicted"),
        (("textbook", SUPPORTS, HUMAN), "not_contradicted"),
        (("small", SUPPORTS, HUMAN), "not_contradicted"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_single_row_takes_its_arrow_over_the_bars_it_meets(row: Row, expected: str) -> None:
    assert bar_of(arrow(row), "a.b") == expected


def test_an_arrow_without_rows_passes_the_first_bar_alone() -> None:
    assert bar_of(arrow(), "a.b") is EvidenceBar.DOCUMENTS


@pytest.mark.parametrize("species", ["human", "textbook"])
def test_the_species_says_it_for_a_bar_as_for_a_grade(species: str) -> None:
    row = ("textbook", SUPPORTS, UNSAID)
    assert bar_of(arrow(row, species=(species,)), "a.b") is EvidenceBar.NOT_CONTRADICTED


def test_two_rows_do_not_pass_a_bar_that_neither_passes_alone() -> None:
    rows = ("hearsay", SUPPORTS, HUMAN), ("rats", SUPPORTS, RAT), ("meta", CITED, HUMAN)
    assert bar_of(arrow(*rows), "a.b") is EvidenceBar.VERIFIED


@pytest.mark.parametrize("against", [("rats", AGAINST, RAT), ("hearsay", MIXED, UNSAID)])
def test_whatever_speaks_against_an_arrow_keeps_it_from_the_last_bar(against: Row) -> None:
    assert bar_of(arrow(("meta", SUPPORTS, HUMAN), against), "a.b") is EvidenceBar.HUMAN


ROWS = st.lists(
    st.tuples(
        st.sampled_from([*REFERENCES, "", "lost"]),
        st.sampled_from(Stance),
        st.sampled_from(Population),
    ),
    max_size=5,
)


@given(ROWS, st.sampled_from([(), ("human",), ("rat",)]))
def test_each_bar_leaves_no_arrow_that_the_one_before_takes_away(
    rows: list[Row], species: tuple[str, ...]
) -> None:
    model = arrow(*rows, species=species)
    taken = [len(below(model, bar)) for bar in EvidenceBar]
    assert (taken[0], taken) == (0, sorted(taken))


@given(ROWS, st.sampled_from(list(REFERENCES)), st.sampled_from(Population))
def test_another_supporting_row_never_lowers_what_an_arrow_passes(
    rows: list[Row], reference: str, population: Population
) -> None:
    more = bar_of(arrow(*rows, (reference, SUPPORTS, population)), "a.b")
    assert more.reaches(bar_of(arrow(*rows), "a.b"))


def test_described_and_verified_are_two_facts() -> None:
    claim = Claim("C1", "d", "1", "a", "raises", "b", None, "k", "p", edges=("a.b",))
    nodes = [Node(end, Translated(end)) for end in "ab"]
    rows = (Evidence("a.b", "meta", SUPPORTS, HUMAN),)
    found = {}
    for said in (False, True):
        for seen in (False, True):
            library = Library(
                evidence=rows if seen else (),
                references=REFERENCES,
                claims={"C1": claim} if said else {},
            )
            model = Model(nodes, [Edge("a.b", "a", "b", Effect.INCREASES)], library)
            found[said, seen] = is_described(model, "a.b"), is_verified(model, "a.b")
    assert all(facts == marks for facts, marks in found.items())


def test_a_document_that_an_arrow_names_describes_it() -> None:
    nodes = [Node(end, Translated(end)) for end in "ab"]
    model = Model(nodes, [Edge("a.b", "a", "b", Effect.INCREASES, documents=("d",))])
    assert (is_described(model, "a.b"), is_verified(model, "a.b")) == (True, False)


def test_a_bar_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="'probable' is not a valid EvidenceBar"):
        below(arrow(), "probable")  # type: ignore[arg-type]


class TestShippedMap:
    def test_a_higher_bar_never_gives_an_arrow_back(self, real_model: Model) -> None:
        taken = [set(below(real_model, bar)) for bar in EvidenceBar]
        assert all(fewer < more for fewer, more in pairwise(taken))
        assert (taken[0], len(taken[-1]) < len(real_model.edges)) == (set(), True)

    def test_what_an_arrow_passes_is_what_its_rows_say(self, real_model: Model) -> None:
        """Told once more, the long way round, from the rows as they stand in the tables."""
        known = real_model.library.references
        for edge in real_model.edges:
            rows = real_model.evidence_for(edge)
            found = [row for row in rows if row.stance in (SUPPORTS, MIXED)]
            checked = [row for row in found if known[row.reference].verified]
            assert bar_of(real_model, edge).reaches(EvidenceBar.SUPPORTED) == bool(found)
            assert is_verified(real_model, edge) == bool(checked)
            if bar_of(real_model, edge) is EvidenceBar.NOT_CONTRADICTED:
                assert {row.stance for row in rows}.isdisjoint({AGAINST, MIXED})

    def test_every_arrow_has_a_grade_and_a_reason(self, real_model: Model) -> None:
        for edge in real_model.edges:
            level, reason = grade_with_reason(real_model, edge)
            assert (level in Grade, reason.endswith(".")) == (True, True)

    def test_a_higher_bar_leaves_fewer_arrows(self, real_model: Model) -> None:
        left = [len(with_evidence(real_model, at_least=bar).edges) for bar in Grade]
        assert left == sorted(left)
        assert left[-1] == len(real_model.edges)

    def test_arrows_above_the_bar_are_all_kept(self, real_model: Model) -> None:
        strong = with_evidence(real_model, at_least=Grade.A)
        assert set(strong.edges) == {
            edge for edge in real_model.edges if grade(real_model, edge) is Grade.A
        }

    def test_grades_differ_from_the_curated_ones_where_the_table_says(
        self, real_model: Model
    ) -> None:
        listed = {difference.edge for difference in grade_differences(real_model)}
        assert listed == {
            edge.id
            for edge in real_model.edges.values()
            if edge.confidence and edge.confidence is not grade(real_model, edge.id)
        }

"""How the evidence rows of an arrow become one grade or pass a bar, and what a bar leaves.

Grades and bars are computed from the rows and their references, never typed; what the curators
gave stands beside them in `Edge.confidence`, and `grade_differences` lists where the two part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mgmodel.model import Model
from mgmodel.records import Evidence, Reference
from mgmodel.vocabulary import EvidenceBar, Grade, Population, Stance, StudyDesign

__all__ = [
    "LARGE_TRIAL",
    "Agreement",
    "GradeDifference",
    "agreement",
    "bar_of",
    "bar_of_row",
    "below",
    "grade",
    "grade_differences",
    "grade_with_reason",
    "is_described",
    "is_verified",
    "with_evidence",
]

LARGE_TRIAL = 500
"""Assumption: from this many participants a single randomised trial is strong evidence."""

_SETTLED = frozenset({StudyDesign.META_ANALYSIS, StudyDesign.GUIDELINE, StudyDesign.REVIEW})
_ANIMAL_OR_DISH = frozenset({StudyDesign.ANIMAL, StudyDesign.IN_VITRO})
_NOT_HUMAN = frozenset({Population.ANIMAL, Population.IN_VITRO})
_IN_PEOPLE = frozenset({StudyDesign.META_ANALYSIS, StudyDesign.RCT, StudyDesign.OPEN_LABEL})
_LIFTING = (Stance.SUPPORTS, Stance.MIXED, Stance.CITED)
_AGAINST = (Stance.CONTRADICTS, Stance.MIXED)
_ABOUT_PEOPLE = frozenset({"human", "textbook"})
_STANCE_WORDS = {
    Stance.SUPPORTS: "supports it",
    Stance.MIXED: "speaks for and against it, which costs a step",
    Stance.CITED: "is attached without a stated finding, which costs a step",
}


def grade(model: Model, edge_id: str) -> Grade:
    """How well an arrow is supported, computed from its evidence rows.

    First each row is graded on what kind of knowledge it is:

    * A: a meta-analysis, a guideline or a review (textbooks included) about people, or a
      randomised trial with at least `LARGE_TRIAL` participants;
    * B: other observations in people, fact sheets, and reviews that do not say in whom;
    * C: animals or in vitro, whatever the design;
    * D: a stated assumption, or a reference that the map does not have.

    Where a row does not say in whom, the species of the arrow says it: human physiology and
    textbook knowledge are about people.

    Then the row is marked down:

    * a reference that is not verified counts C at most;
    * a row that is mixed, or only cited, counts one step lower. A verified reference that is only
      cited still counts C: that it was found is more than an assertion.

    The grade of the arrow is that of its best supporting, mixed or cited row; D where it has none.
    It falls by one step, once, if any contradicting row is of an equal or better kind. Where the
    best that can be said for it is that it is cited, any contradicting row makes it D.

    Raises
    ------
    UnknownId
        The map has no such arrow.

    Examples
    --------
    >>> grade(Model.from_edges([("a", "b", 1)]), "a.b")
    <Grade.D: 'D'>
    """
    return grade_with_reason(model, edge_id)[0]


def grade_with_reason(model: Model, edge_id: str) -> tuple[Grade, str]:
    """The grade of an arrow, and in one plain sentence why it is that one.

    Examples
    --------
    >>> grade_with_reason(Model.from_edges([("a", "b", 1)]), "a.b")
    (<Grade.D: 'D'>, 'No evidence is recorded.')
    """
    rows = model.evidence_for(edge_id)
    lifting = [row for row in rows if row.stance in _LIFTING]
    if not lifting:
        return Grade.D, _reason_for_nothing(rows)
    best = min(lifting, key=lambda row: (_grade_of_row(model, row), _LIFTING.index(row.stance)))
    level = _grade_of_row(model, best)
    against = [
        row
        for row in rows
        if row.stance is Stance.CONTRADICTS and _grade_of_row(model, row).reaches(level)
    ]
    reason = f"The best of {_counted(lifting)}, {_described(model, best)}."
    if all(row.stance is Stance.CITED for row in lifting) and len(lifting) < len(rows):
        return Grade.D, f"{reason} No finding is recorded for it, and one is against it."
    if not against:
        return level, reason
    return _lower(level), f"{reason} One step lower, because {_contradicted(model, against)}."


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many evidence rows of an arrow take which stance."""

    supporting: int
    contradicting: int
    mixed: int
    cited: int
    """References that are attached without a stated finding."""
    assumed: int
    """Stated assumptions, which have no reference."""


def agreement(model: Model, edge_id: str) -> Agreement:
    """How many evidence rows speak for an arrow, against it, or both ways.

    Raises
    ------
    UnknownId
        The map has no such arrow.

    Examples
    --------
    >>> agreement(Model.from_edges([("a", "b", 1)]), "a.b").contradicting
    0
    """
    stances = [row.stance for row in model.evidence_for(edge_id)]
    return Agreement(*map(stances.count, Stance.__members__.values()))


def with_evidence(model: Model, *, at_least: Grade = Grade.B) -> Model:
    """The map without the arrows that are graded below a bar; all its nodes stay.

    Parameters
    ----------
    model
        Arrows of every layer are held to the bar.
    at_least
        The lowest grade to keep. Grade "D" keeps everything.

    Examples
    --------
    >>> with_evidence(Model.from_edges([("a", "b", 1)]))
    Model(2 nodes, 0 arrows, 0 of them propagate)
    """
    bar = Grade(at_least)
    return model.without(*(edge for edge in model.edges if not grade(model, edge).reaches(bar)))


def bar_of(model: Model, edge_id: str) -> EvidenceBar:
    """The highest bar that an arrow passes.

    One and the same row has to bring all that a bar asks for, so that the bars are nested:

    * documents: nothing is asked; an arrow without any row, or with contradicting rows and
      assumptions alone, passes no more than this;
    * sourced: a supporting, mixed or cited row, whose reference the map has;
    * supported: a supporting or mixed row of such a reference;
    * verified: such a row, of a reference that is verified;
    * human: such a row, from people. The reference is neither an animal nor an in vitro study, and
      the row says that it is about people. Where the row does not say in whom, the rule is that of
      `grade`: the species of the arrow says it (human and textbook knowledge are about people),
      and else the design does, where meta-analyses, randomised trials and open studies are about
      people and all other designs are not taken to be;
    * not_contradicted: an arrow that passes human and has no contradicting and no mixed row, of
      whatever reference.

    Raises
    ------
    UnknownId
        The map has no such arrow.

    Examples
    --------
    >>> bar_of(Model.from_edges([("a", "b", 1)]), "a.b")
    <EvidenceBar.DOCUMENTS: 'documents'>
    """
    rows = model.evidence_for(edge_id)
    bars = [bar_of_row(model, row) for row in rows]
    best = max(bars, key=list(EvidenceBar).index, default=EvidenceBar.DOCUMENTS)
    if best is EvidenceBar.HUMAN and not any(row.stance in _AGAINST for row in rows):
        return EvidenceBar.NOT_CONTRADICTED
    return best


def bar_of_row(model: Model, row: Evidence) -> EvidenceBar:
    """The highest bar that one row alone takes its arrow over, at most `EvidenceBar.HUMAN`.

    A row that speaks against the arrow takes it nowhere. What it would be worth as support is asked
    with its stance replaced.

    Examples
    --------
    >>> bar_of_row(Model.from_edges([("a", "b", 1)]), Evidence("a.b", "gone", Stance.SUPPORTS))
    <EvidenceBar.DOCUMENTS: 'documents'>
    """
    reference = model.library.references.get(row.reference)
    if reference is None or row.stance not in _LIFTING:
        return EvidenceBar.DOCUMENTS
    if row.stance is Stance.CITED:
        return EvidenceBar.SOURCED
    if not reference.verified:
        return EvidenceBar.SUPPORTED
    population = _population(model, row)
    unsaid = population is Population.NOT_STATED and reference.design not in _IN_PEOPLE
    if unsaid or population in _NOT_HUMAN or reference.design in _ANIMAL_OR_DISH:
        return EvidenceBar.VERIFIED
    return EvidenceBar.HUMAN


def below(model: Model, bar: EvidenceBar) -> tuple[str, ...]:
    """Ids of the arrows, of every layer, that do not pass a bar, in the map's order.

    Examples
    --------
    >>> below(Model.from_edges([("a", "b", 1)]), EvidenceBar.SOURCED)
    ('a.b',)
    """
    bar = EvidenceBar(bar)
    return tuple(edge for edge in model.edges if not bar_of(model, edge).reaches(bar))


def is_described(model: Model, edge_id: str) -> bool:
    """Whether a document states the arrow or makes a claim that it carries; verifies nothing.

    Examples
    --------
    >>> is_described(Model.from_edges([("a", "b", 1)]), "a.b")
    False
    """
    return bool(model.edge(edge_id).documents or model.claims_for(edge_id))


def is_verified(model: Model, edge_id: str) -> bool:
    """Whether a verified reference found what the arrow says, whoever states it besides.

    A reference that holds findings for and against counts, as it does on both sides of a claim
    card. Whether anything else contradicts the arrow is another matter.

    Examples
    --------
    >>> is_verified(Model.from_edges([("a", "b", 1)]), "a.b")
    False
    """
    return bar_of(model, edge_id).reaches(EvidenceBar.VERIFIED)


@dataclass(frozen=True, slots=True)
class GradeDifference:
    """An arrow whose computed grade is not the one that the curators gave."""

    edge: str
    curated: Grade
    computed: Grade
    reason: str
    """Why the computed grade is what it is."""


def grade_differences(model: Model) -> tuple[GradeDifference, ...]:
    """Where the computed grade differs from the curated confidence, in the map's order.

    Arrows without a curated confidence are left out.

    Examples
    --------
    >>> grade_differences(Model.from_edges([("a", "b", 1)]))
    ()
    """
    found = []
    for edge in model.edges.values():
        computed, reason = grade_with_reason(model, edge.id)
        if edge.confidence is not None and edge.confidence is not computed:
            found.append(GradeDifference(edge.id, edge.confidence, computed, reason))
    return tuple(found)


def _grade_of_row(model: Model, row: Evidence) -> Grade:
    """What this row alone is worth, or would be worth if it spoke for the arrow."""
    reference = model.library.references.get(row.reference)
    if reference is None:
        return Grade.D
    level = _grade_of_kind(reference, _population(model, row))
    if not reference.verified:
        level = max(level, Grade.C)
    if row.stance in (Stance.MIXED, Stance.CITED):
        level = _lower(level)
        if row.stance is Stance.CITED and reference.verified:
            level = min(level, Grade.C)
    return level


def _population(model: Model, row: Evidence) -> Population:
    """In whom the row saw it; where the row does not say, the species of the arrow does."""
    unsaid = row.population is Population.NOT_STATED
    if unsaid and _ABOUT_PEOPLE & set(model.edge(row.edge).species):
        return Population.HUMAN
    return row.population


def _grade_of_kind(reference: Reference, population: Population) -> Grade:
    if reference.design in _ANIMAL_OR_DISH or population in _NOT_HUMAN:
        return Grade.C
    if population is Population.NOT_STATED and reference.design not in _IN_PEOPLE:
        return Grade.B
    if reference.design in _SETTLED:
        return Grade.A
    if reference.design is StudyDesign.RCT and _participants(reference) >= LARGE_TRIAL:
        return Grade.A
    return Grade.B


def _participants(reference: Reference) -> int:
    """The number that the sample begins with when it counts people; 0 where it says none."""
    number = re.match(r"\d+(?!\d| stud)", reference.sample)
    return int(number.group()) if number else 0


def _lower(level: Grade) -> Grade:
    grades = list(Grade)
    return grades[min(grades.index(level) + 1, len(grades) - 1)]


def _reason_for_nothing(rows: Iterable[Evidence]) -> str:
    stances = {row.stance for row in rows}
    if Stance.CONTRADICTS in stances:
        return "Nothing recorded supports it, and something contradicts it."
    if Stance.ASSUMPTION in stances:
        return "It is a stated assumption, without a reference."
    return "No evidence is recorded."


def _counted(rows: list[Evidence]) -> str:
    return f"{len(rows)} row{'s' * (len(rows) != 1)} that can lift it"


def _described(model: Model, row: Evidence) -> str:
    reference = model.library.references.get(row.reference)
    if reference is None:
        return f"{row.reference}, is not among the references"
    design = {StudyDesign.RCT: "randomised trial", StudyDesign.OPEN_LABEL: "open study"}.get(
        reference.design, reference.design.value.replace("_", " ")
    )
    sample = f" ({reference.sample})" if reference.sample else ""
    where = ", in whom not stated"
    if row.population is not Population.NOT_STATED:
        where = f", {row.population.value.replace('_', ' ')}"
    checked = "" if reference.verified else ", not verified and so C at most"
    return f"{row.reference} [{design}{sample}{where}{checked}], {_STANCE_WORDS[row.stance]}"


def _contradicted(model: Model, rows: list[Evidence]) -> str:
    best = min(rows, key=lambda row: _grade_of_row(model, row))
    others = f" and {len(rows) - 1} more" if rows[1:] else ""
    return f"{best.reference}{others} of an equal or better kind contradicts it"

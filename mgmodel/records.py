"""Frozen records, one kind for each table of a map; they hold what a row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from mgmodel.supply_records import Compound, Food, Form, ReferenceIntake, Study
from mgmodel.vocabulary import (
    Effect,
    EvidenceLayer,
    ExpectationKind,
    Grade,
    Language,
    NodeKind,
    Onset,
    ParameterStatus,
    Population,
    Stance,
    StudyDesign,
    Verdict,
    VerificationLevel,
)

# fmt: off
__all__ = [
    "Assumption", "Claim", "Compound", "Curve", "Document", "Edge", "Evidence", "Expectation",
    "Food", "Form", "Library", "MapInfo", "Node", "Overclaim", "Parameter", "PathwayMember",
    "Place", "Reference", "ReferenceIntake", "Study", "Translated",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Translated:
    """The same words in three languages; a language that lacks them falls back to English.

    Examples
    --------
    >>> Translated("stress", nl="spanning").in_language("sv")
    'stress'
    """

    en: str
    nl: str = ""
    sv: str = ""

    def in_language(self, language: str = "en") -> str:
        """The words in `language`: "en", "nl" or "sv"; `ValueError` for another."""
        return str(getattr(self, Language(language).value)) or self.en


@dataclass(frozen=True, slots=True)
class Node:
    """A quantity that can rise and fall."""

    id: str
    label: Translated
    """Short name for a drawing, at most 28 characters."""
    kind: NodeKind = NodeKind.PROCESS
    term: Translated = Translated("")
    """Full term; empty means that the label says it all."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Other names by language: {"en": (...), "nl": (...), "sv": (...)}."""
    system: str = ""
    """The body system or theme that it belongs to; one of `MapInfo.systems`."""
    layer: str = ""
    """Where it stands from input to outcome, such as "4_synapse"."""
    definition: Translated = Translated("")
    """What it is, in one sentence."""
    ontology_ids: tuple[str, ...] = ()
    """Identifiers as prefix:accession, such as "CHEBI:18420"."""
    ontology_labels: tuple[str, ...] = ()
    """What the ontologies themselves call them."""
    documents: tuple[str, ...] = ()
    """Documents that speak of it."""

    def full_term(self, language: str = "en") -> str:
        """The full term in `language`, or the label where there is no longer form."""
        return self.term.in_language(language) or self.label.in_language(language)

    def names(self) -> tuple[str, ...]:
        """Every name in every language, id first, each once; what a search looks through."""
        words: list[str] = [self.id]
        for language in Language:
            words += [self.label.in_language(language), self.full_term(language)]
            words += self.synonyms.get(language, ())
        return tuple(dict.fromkeys(filter(None, words)))


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow: what a rise of `source` does to `target`."""

    id: str
    source: str
    target: str
    effect: Effect
    mechanism: str = ""
    layer: EvidenceLayer = EvidenceLayer.MECHANISM
    propagate: bool = True
    """Whether questions reason over it; the others are shown only."""
    core: bool = False
    contested: bool = False
    permissive: bool = False
    """Whether the source only permits what the target does: a lack of it limits the target, and
    more than enough adds nothing."""
    gate: str = ""
    """Name of a group of arrows into one target that act only together (AND); empty where the
    arrow acts by itself."""
    confidence: Grade | None = None
    """The grade that the curators gave; `mgmodel.evidence` computes its own from the rows."""
    onset: Onset | None = None
    timescale: str = ""
    species: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Documents that state it; empty where none of them does."""
    loops: tuple[str, ...] = ()
    """Loop families that it belongs to, such as "R1" or "B2"."""
    note: str = ""
    curated_id: str = ""
    """Number of the arrow in the curated list, such as "E039"."""
    ends: tuple[Translated, Translated] | None = field(default=None, compare=False, repr=False)
    """Labels of source and target, filled in by whoever makes the map, so that an arrow can say
    itself in words; not a column."""

    @property
    def sign(self) -> int:
        """+1, -1, or 0 where the effect has no direction."""
        return self.effect.sign

    @property
    def reasons(self) -> bool:
        """Whether questions go along it: `propagate`, and not an effect known to be absent."""
        return self.propagate and self.effect is not Effect.NO_EFFECT


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one reference, or one stated assumption, says about one arrow."""

    edge: str
    reference: str
    """Empty only for `Stance.ASSUMPTION`."""
    stance: Stance
    population: Population = Population.NOT_STATED
    finding: str = ""
    """At most 200 characters, in our words; empty where the notes are silent."""
    locator: str = ""
    """Where in the reference, as far as it was seen: "abstract", "Table 4", ..."""
    basis: str = ""
    """Which curated text the stance was taken from: "edge_note", "study", "overclaim 16", ..."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, and how far its identity was checked."""

    id: str
    authors: str
    year: int | None
    title: str
    container: str = ""
    doi: str = ""
    pmid: str = ""
    design: StudyDesign = StudyDesign.REVIEW
    sample: str = ""
    """Size as curated, such as "46" or "18 studies"."""
    documents: str = ""
    """Which documents name it, and whether they do so openly."""
    verified: bool = False
    verification: VerificationLevel = VerificationLevel.NONE
    verification_note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One of the texts whose claims are charted."""

    id: str
    title: str
    language: Language
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a document says, in our words, and what became of it on the map."""

    id: str
    document: str
    section: str
    source: str
    relation: str
    target: str
    effect: Effect | None
    """Direction as stated, for more of the source; None where no direction is stated."""
    kind: str
    paraphrase: str
    stated_evidence: str = ""
    detail: str = ""
    cited: str = ""
    edges: tuple[str, ...] = ()
    """One arrow, or the arrows of a route in order."""
    nodes: tuple[str, ...] = ()
    """Nodes that it speaks of, where no arrow carries it."""
    reason: str = ""
    """Why it is not modelled, or why arrows other than a direct one carry it."""

    @property
    def is_modelled(self) -> bool:
        """Whether an arrow or a node carries it."""
        return bool(self.edges or self.nodes)


@dataclass(frozen=True, slots=True)
class Overclaim:
    """A place where the documents say more than the evidence, err, or disagree."""

    id: str
    documents: tuple[str, ...]
    kind: str
    """overclaim, error, disagreement or omission."""
    statement: str
    problem: str
    references: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathwayMember:
    """A node's place in a named pathway, and why it is there."""

    pathway: str
    node: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands in the committed drawing of one view."""

    view: str
    node: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """How an arrow bends in the committed drawing of one view, where the default would not do."""

    view: str
    edge: str
    bend: str
    roundness: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """A direction that the map should give, known from elsewhere than from the arrows asked."""

    id: str
    kind: ExpectationKind
    manoeuvre: str
    """What was done, in words, such as "yohimbine by mouth"."""
    interventions: tuple[str, ...]
    """The same for the map, each as `mgmodel.interventions.parse` reads it."""
    before: tuple[str, ...]
    """What it is compared with; where empty, the deviation from baseline is meant."""
    node: str
    """The node that was watched."""
    expected: Verdict
    reference: str = ""
    """Who measured it; empty for a reasoned one."""
    population: Population = Population.NOT_STATED
    finding: str = ""
    """At most 200 characters, in our words."""
    locator: str = ""
    basis: str = ""
    """Which text it was taken from: "study table", "textbook", "exercise 7", ..."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that nobody measured, and why it has this value."""

    id: str
    value: float
    unit: str
    low: float
    high: float
    why: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the physiology: how large it is, how far it may range, and who says so."""

    id: str
    value: float
    unit: str
    low: float
    """Least value worth trying; equal to the value where it is fixed."""
    high: float
    """Greatest value worth trying."""
    status: ParameterStatus
    reference: str = ""
    locator: str = ""
    """Where in the reference, as far as it was seen."""
    note: str = ""
    """What it is and, unless it was seen, why it has this value."""

    @property
    def is_uncertain(self) -> bool:
        """Whether bands range over it: nobody has read it in its source, and it has a range."""
        read = (ParameterStatus.SEEN, ParameterStatus.SEEN_IN_COPIES)
        return self.status not in read and self.low < self.high


@dataclass(frozen=True, slots=True)
class MapInfo:
    """What the map says of itself."""

    title: Translated = Translated("")
    version: str = ""
    schema: int = 1
    licence: str = ""
    systems: Mapping[str, Translated] = field(default_factory=lambda: MappingProxyType({}))
    """Systems in reading order."""
    pathways: Mapping[str, Translated] = field(default_factory=lambda: MappingProxyType({}))
    """Pathways in reading order."""
    loops: Mapping[str, Translated] = field(default_factory=lambda: MappingProxyType({}))
    """Loop families in reading order."""


@dataclass(frozen=True)
class Library:
    """Everything a map holds beside its nodes and arrows. Sub-models share one library."""

    info: MapInfo = field(default_factory=MapInfo)
    evidence: tuple[Evidence, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    claims: Mapping[str, Claim] = field(default_factory=lambda: MappingProxyType({}))
    overclaims: tuple[Overclaim, ...] = ()
    pathways: tuple[PathwayMember, ...] = ()
    places: tuple[Place, ...] = ()
    curves: tuple[Curve, ...] = ()
    forms: tuple[Form, ...] = ()
    compounds: tuple[Compound, ...] = ()
    foods: tuple[Food, ...] = ()
    intakes: tuple[ReferenceIntake, ...] = ()
    studies: tuple[Study, ...] = ()
    assumptions: Mapping[str, Assumption] = field(default_factory=lambda: MappingProxyType({}))
    expectations: tuple[Expectation, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    """Numbers of the physiology; bear on no answer of the map."""

    @cached_property
    def evidence_by_edge(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Evidence rows of each arrow that has any, in file order."""
        return _grouped((row.edge, row) for row in self.evidence)

    @cached_property
    def claims_by_edge(self) -> Mapping[str, tuple[Claim, ...]]:
        """Claims that each arrow carries, alone or as a step of a route, by claim id."""
        return _grouped((edge, claim) for claim in self.claims.values() for edge in claim.edges)


def _grouped(pairs: Any) -> Mapping[str, tuple[Any, ...]]:
    groups: dict[str, list[Any]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return MappingProxyType({key: tuple(items) for key, items in groups.items()})

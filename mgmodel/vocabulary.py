"""The closed word lists that the code branches on, each word with its meaning.

Words that only people read (a mechanism, a species, a time scale) are free text in the data and are
not listed here.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Effect",
    "EvidenceBar",
    "EvidenceLayer",
    "ExpectationKind",
    "Grade",
    "Language",
    "NodeKind",
    "Onset",
    "Outcome",
    "ParameterStatus",
    "Placement",
    "Population",
    "Stance",
    "Strength",
    "StudyDesign",
    "Verdict",
    "VerificationLevel",
]


class Language(StrEnum):
    """The languages in which everything for people is written."""

    EN = "en"
    NL = "nl"
    SV = "sv"


class Effect(StrEnum):
    """What a rise of the source does to the target, as far as this one arrow goes."""

    INCREASES = "increases"
    DECREASES = "decreases"
    UNCLEAR = "unclear"
    """Something may happen, in a direction that nobody has settled; sampled both ways."""
    NO_EFFECT = "no_effect"
    """Looked for and not found; never propagates."""

    @property
    def sign(self) -> int:
        """+1, -1, or 0 where the effect has no direction."""
        return {Effect.INCREASES: 1, Effect.DECREASES: -1}.get(self, 0)


class EvidenceLayer(StrEnum):
    """What kind of statement an arrow is, which decides whether questions may reason over it."""

    MECHANISM = "mechanism"
    """A step that one quantity takes on another."""
    CLINICAL_EVIDENCE = "clinical_evidence"
    """A result of a study in people; shown, not propagated, so that no effect counts twice."""
    ASSOCIATION_OR_CLAIM = "association_or_claim"
    """Two things that go together, or a statement that only a document makes."""


class EvidenceBar(StrEnum):
    """How much an arrow needs behind it to count, from nothing at all to the most.

    Each bar asks for all that the one before it asks for. `mgmodel.evidence.bar_of` finds the
    highest that an arrow passes.
    """

    DOCUMENTS = "documents"
    """Nothing: every arrow passes, whether a document or only the map itself states it."""
    SOURCED = "sourced"
    """A reference that does not contradict it is attached."""
    SUPPORTED = "supported"
    """A reference found what the arrow says."""
    VERIFIED = "verified"
    """That reference is verified."""
    HUMAN = "human"
    """It saw it in people."""
    NOT_CONTRADICTED = "not_contradicted"
    """No row speaks against the arrow, wholly or in part."""

    def reaches(self, bar: EvidenceBar) -> bool:
        """Whether what passes this bar passes `bar` as well.

        Examples
        --------
        >>> EvidenceBar.HUMAN.reaches(EvidenceBar.SOURCED)
        True
        >>> EvidenceBar.SOURCED.reaches(EvidenceBar.HUMAN)
        False
        """
        bars = list(EvidenceBar)
        return bars.index(self) >= bars.index(bar)


class Placement(StrEnum):
    """What became of a claim of a document on the map."""

    ONE_ARROW = "one_arrow"
    ROUTE = "route"
    """Several arrows, one after the other, carry it."""
    NODES = "nodes"
    """It speaks of nodes of the map, and of no arrow between them."""
    LEFT_OUT = "left_out"
    """The map has nothing for it; the claim's reason says why."""


class Stance(StrEnum):
    """How one reference speaks to one arrow."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    """Includes null results: the effect was looked for and not seen."""
    MIXED = "mixed"
    """The same reference holds findings both for and against."""
    CITED = "cited"
    """The reference is attached to the arrow, and the curated notes do not say what it found."""
    ASSUMPTION = "assumption"
    """No reference: the reason why the arrow is kept is stated instead."""


class StudyDesign(StrEnum):
    """How a reference knows what it says."""

    META_ANALYSIS = "meta_analysis"
    RCT = "rct"
    OPEN_LABEL = "open_label"
    """People, without random or blind comparison: open trials, infusions, cohorts, surveys."""
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    REVIEW = "review"
    """Narrative or systematic review, and textbooks."""
    GUIDELINE = "guideline"
    WEBSITE = "website"
    """Public data sets and fact sheets."""


class Population(StrEnum):
    """In whom or what an evidence row saw what it reports."""

    HUMAN = "human"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    NOT_STATED = "not_stated"


class VerificationLevel(StrEnum):
    """How the identity and content of a reference were checked."""

    PRIMARY = "primary"
    """The abstract or record was seen at a publisher, an index or a repository."""
    SECONDARY = "secondary"
    """Identifiers agree in independent public lists."""
    SEED = "seed"
    """Known only from one of the five documents."""
    NONE = "none"
    """From memory."""


class Grade(StrEnum):
    """How well an arrow is supported: A strong to D asserted. `mgmodel.evidence` computes it."""

    A = "A"
    """Strong human evidence, settled physiology included."""
    B = "B"
    """Human, but small, mixed or indirect."""
    C = "C"
    """Animal or in vitro; or human, but unverified or contradicted."""
    D = "D"
    """Asserted or assumed; or weak, and contradicted."""

    def reaches(self, bar: Grade) -> bool:
        """Whether this grade is at least as strong as `bar`.

        Examples
        --------
        >>> Grade.A.reaches(Grade.B), Grade.C.reaches(Grade.B)
        (True, False)
        """
        return self.value <= bar.value


class NodeKind(StrEnum):
    """What sort of quantity a node is; it decides the shape that the node is drawn with."""

    STRESSOR = "stressor"
    NUTRIENT = "nutrient"
    INTAKE = "intake"
    FORM = "form"
    ION = "ion"
    CHANNEL_RECEPTOR = "channel_receptor"
    TRANSMITTER = "transmitter"
    HORMONE = "hormone"
    PROCESS = "process"
    SYSTEM = "system"
    OUTCOME = "outcome"
    CONDITION = "condition"


class Onset(StrEnum):
    """Whether an arrow acts at once, builds up, or does both."""

    ACUTE = "acute"
    CHRONIC = "chronic"
    BOTH = "both"


class Verdict(StrEnum):
    """What a question says of one node."""

    RISES = "rises"
    FALLS = "falls"
    DEPENDS = "depends"
    """Some weightings of the arrows say up, some down."""
    UNCHANGED = "unchanged"
    """Reachable, and exactly at baseline in every weighting."""
    NO_ROUTE = "no_route"
    """No route leads here; not the same as no net effect."""
    FIXED = "fixed"
    """Held by the question itself: clamped, blocked or knocked out."""


class Strength(StrEnum):
    """In how many weightings the direction of a `Verdict` holds."""

    ALWAYS = "always"
    """All of them."""
    ROBUST = "robust"
    """At least 0.95."""
    LIKELY = "likely"
    """At least 0.80."""
    DEPENDS = "depends"
    """Fewer; the question has no one answer."""


class ExpectationKind(StrEnum):
    """Where the direction that an expectation asks for comes from."""

    MEASURED = "measured"
    """Somebody did it and saw which way the quantity went; a reference says who."""
    REASONED = "reasoned"
    """The answer of an exercise: it follows from an argument, and nobody measured it."""


class Outcome(StrEnum):
    """What comes of holding an expectation against the map."""

    AGREE = "agree"
    """The map says what is expected."""
    DISAGREE = "disagree"
    """The map says something else."""
    CANNOT_SAY = "cannot_say"
    """The map has no one direction, or no route; neither bears an expectation out."""


class ParameterStatus(StrEnum):
    """Where the value of a physiological parameter comes from."""

    SEEN = "seen"
    """Read in the text of the source."""
    SEEN_IN_COPIES = "seen_in_copies"
    """Read in secondary copies that agree; the source itself was not seen."""
    REMEMBERED = "remembered"
    """Standard teaching, from memory; no text of it was seen."""
    DERIVED = "derived"
    """Computed by us from other numbers; the note says how."""
    ASSUMPTION = "assumption"
    """Measured by nobody, or of a size that no source gives; the note says why this value."""

"""The short word of each coded value, and what it means."""

from __future__ import annotations

from enum import StrEnum

from mgmodel.vocabulary import (
    Effect,
    EvidenceBar,
    EvidenceLayer,
    ExpectationKind,
    Grade,
    Language,
    NodeKind,
    Onset,
    Outcome,
    ParameterStatus,
    Placement,
    Population,
    Stance,
    Strength,
    StudyDesign,
    Verdict,
    VerificationLevel,
)
from mgmodel.wording.catalogues import say

__all__ = ["CODED", "meaning_of", "word"]

_TOPICS: dict[type[StrEnum], tuple[str, str]] = {
    Effect: ("effect.word", "effect.meaning"),
    EvidenceLayer: ("layer.word", "layer.meaning"),
    Stance: ("stance.word", "stance.meaning"),
    EvidenceBar: ("evidence_bar.word", "evidence_bar.meaning"),
    Placement: ("placement.word", "placement.meaning"),
    Verdict: ("verdict.word", "verdict.meaning"),
    Strength: ("strength.word", "strength.meaning"),
    ExpectationKind: ("expectation.kind", "expectation.kind_meaning"),
    Outcome: ("expectation.outcome", "expectation.outcome_meaning"),
    ParameterStatus: ("parameter.status", "parameter.status_meaning"),
    NodeKind: ("kind", "glossary.kind"),
    StudyDesign: ("design", "glossary.design"),
    Population: ("population", "glossary.population"),
    VerificationLevel: ("verification", "glossary.verification"),
    Onset: ("onset", "glossary.onset"),
    Language: ("language", "glossary.language"),
}
"""Where the catalogues keep the short word of a coded value, and what it means."""

CODED = tuple(_TOPICS)
"""The closed lists that have words of their own; a `Grade` goes by its letter."""

_BARS = {Strength.ROBUST: "95", Strength.LIKELY: "80"}
"""Percentages of weightings at which a direction has its name."""


def word(coded: StrEnum, language: str = "en") -> str:
    """The short word for a coded value, as it stands on a node, in a table or on a button.

    Examples
    --------
    >>> word(Verdict.FALLS, "nl"), word(Stance.CONTRADICTS), word(Grade.A)
    ('daalt', 'contradicts', 'A')
    """
    topic, _ = _TOPICS.get(type(coded), ("", ""))
    return say(f"{topic}.{coded.value}", language) if topic else coded.value


def meaning_of(coded: StrEnum, language: str = "en") -> str:
    """What a coded value means, as a part of a sentence.

    Nothing for a list that has no words here.

    Examples
    --------
    >>> meaning_of(Strength.ROBUST), meaning_of(Grade.B, "sv")
    ('in at least 95% of weightings', 'hos människor, men liten, blandad eller indirekt')
    """
    topic = "grade.meaning" if isinstance(coded, Grade) else _TOPICS.get(type(coded), ("", ""))[1]
    if not topic:
        return ""
    bar = _BARS[Strength.ROBUST if coded is Strength.ROBUST else Strength.LIKELY]
    share = say("number.percent", language, number=bar)
    return say(f"{topic}.{coded.value}", language, bar=share)

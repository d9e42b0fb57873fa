"""The evidence for and against some arrows as cards to hand out, and what is left of both sides
when more is asked of a card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from mgmodel.evidence import bar_of_row, grade_with_reason
from mgmodel.markup import as_markdown, markdown_table
from mgmodel.model import Model
from mgmodel.records import Evidence
from mgmodel.vocabulary import EvidenceBar, Stance, StudyDesign
from mgmodel.wording import cite, edge_sentence, in_words, word
from mgmodel.wording.catalogues import say, say_count
from mgmodel.wording.sentences import cite_id, full_stop

__all__ = ["Card", "Count", "Court", "court"]

_FOR = (Stance.SUPPORTS, Stance.MIXED)
_AGAINST = (Stance.CONTRADICTS, Stance.MIXED)
_SIDES = ("card.for", "card.against")
_COMPARED = (StudyDesign.RCT, StudyDesign.META_ANALYSIS)


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, with what a judge would ask about it."""

    edge: str
    reference: str
    citation: str
    title: str
    """Of the paper; a title may say what it was compared with, or promise more than it found."""
    stance: Stance
    design: StudyDesign | None
    """None where the map does not have the reference."""
    participants: str
    """As curated, such as "126 (112 analysed)"; empty where the data do not say."""
    comparator: str
    """What the treated were compared with; empty where the table of studies does not say."""
    finding: str
    caveat: str
    """What a reader of the documents would miss; empty where the table of studies does not say."""
    bar: EvidenceBar
    """The bar that the card would take the arrow over if it spoke for it."""
    language: str = "en"

    @property
    def line(self) -> str:
        """Who found what, in how many, compared with what; without the caveat."""
        about = [word(self.design, self.language)] if self.design else []
        for key, value in (("people", self.participants), ("compared", self.comparator)):
            if value:
                about.append(say(f"teaching.court.{key}", self.language, value=value))
        head = f"{self.citation} ({'; '.join(about)})" if about else self.citation
        return full_stop(f"{head}: {self.finding}")

    def __str__(self) -> str:
        if not self.caveat:
            return self.line
        caveat = say("teaching.court.caveat", self.language, value=self.caveat)
        return f"{self.line} {full_stop(caveat)}"


@dataclass(frozen=True, slots=True)
class Count:
    """How many cards of each side are left when this much is asked of a card."""

    asked: str
    supporting: int
    opposing: int


@dataclass(frozen=True, slots=True)
class Court:
    """Both sides of what some arrows say; at the end of a cell they stand side by side.

    `str` tells the statements, the cards of each side and the counts, to be printed and cut up.
    """

    edges: tuple[str, ...]
    statements: tuple[str, ...]
    """What each arrow says, in its own direction: for and against are meant of this."""
    cards: tuple[Card, ...]
    """Every finding, in the order of the data. One that holds both counts on both sides."""
    uncalled: int
    """Rows without a finding: references that are only cited, and assumptions."""
    grades: tuple[str, ...]
    """The grade of each arrow, and in English why it is that one."""
    language: str = "en"

    @property
    def supporting(self) -> tuple[Card, ...]:
        """The cards for what the arrows say."""
        return tuple(card for card in self.cards if card.stance in _FOR)

    @property
    def opposing(self) -> tuple[Card, ...]:
        """The cards against it."""
        return tuple(card for card in self.cards if card.stance in _AGAINST)

    @property
    def counts(self) -> tuple[Count, ...]:
        """What is left of both sides, from nothing asked to most; each asks for all before it."""
        asked: tuple[tuple[str, Callable[[Card], bool]], ...] = (
            ("finding", lambda card: card.bar.reaches(EvidenceBar.DOCUMENTS)),
            ("verified", lambda card: card.bar.reaches(EvidenceBar.VERIFIED)),
            ("human", lambda card: card.bar.reaches(EvidenceBar.HUMAN)),
            ("randomised", _is_compared),
        )
        return tuple(
            Count(
                say(f"teaching.court.{key}", self.language),
                sum(map(passes, self.supporting)),
                sum(map(passes, self.opposing)),
            )
            for key, passes in asked
        )

    @property
    def summary(self) -> str:
        """The statements, and how many cards stand on each side."""
        sides = say(
            "card.counts",
            self.language,
            supporting=len(self.supporting),
            opposing=len(self.opposing),
        )
        return f"{' '.join(self.statements)} {full_stop(sides)}"

    def __str__(self) -> str:
        blocks = []
        for statement, sides in self._told():
            lines = [statement]
            for key, cards in zip(_SIDES, sides, strict=True):
                lines.append(f"{say(key, self.language)}:")
                lines += [f"{n}. {card}" for n, card in enumerate(cards, 1)]
            blocks.append(lines)
        blocks.append([f"{one.asked}: {self._sides(one)}" for one in self.counts])
        blocks.append([*self.grades, *self._rest()])
        return "\n\n".join("\n".join(block) for block in blocks)

    def __repr__(self) -> str:
        return f"Court({self.summary})"

    def _repr_markdown_(self) -> str:
        header = [say(key, self.language) for key in _SIDES]
        blocks = []
        for statement, sides in self._told():
            pairs = zip_longest(*sides, fillvalue="")
            blocks.append(markdown_table(header, pairs, caption=statement))
        counts = ((one.asked, one.supporting, one.opposing) for one in self.counts)
        blocks.append(markdown_table((say("teaching.court.asked", self.language), *header), counts))
        blocks.append("\n".join(f"- {as_markdown(one)}" for one in (*self.grades, *self._rest())))
        return "\n\n".join(blocks)

    def _told(self) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
        """Each statement with the cards of its two sides; the caveat of a study is told once."""
        told: set[str] = set()
        nobody = [say("teaching.court.no_card", self.language)]
        for edge, statement in zip(self.edges, self.statements, strict=True):
            sides: tuple[list[str], list[str]] = ([], [])
            for side, cards in zip(sides, (self.supporting, self.opposing), strict=True):
                for card in cards:
                    if card.edge == edge:
                        side.append(card.line if card.reference in told else str(card))
                        told.add(card.reference)
            yield statement, (sides[0] or nobody, sides[1] or nobody)

    def _sides(self, one: Count) -> str:
        return say("card.counts", self.language, supporting=one.supporting, opposing=one.opposing)

    def _rest(self) -> tuple[str, ...]:
        if not self.uncalled:
            return ()
        return (say_count("teaching.court.uncalled", self.uncalled, self.language),)


def _is_compared(card: Card) -> bool:
    return card.bar.reaches(EvidenceBar.HUMAN) and card.design in _COMPARED


def court(model: Model, *edges: str, language: str = "en") -> Court:
    """The findings for and against what some arrows say, as cards for two sides of a class.

    Nothing is added to the data: a finding is a row of evidence, and what it was compared with and
    what a reader would miss come from the table of studies.

    Parameters
    ----------
    edges
        Ids of one arrow or of several that speak of one matter, such as all into one outcome.
    language
        Of the words around the findings, which are in English.

    Raises
    ------
    UnknownId
        The map has no such arrow.
    ValueError
        No arrow is named.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> migraine = court(load_model(), "oral_magnesium_supplementation.migraine")
    >>> [card.citation for card in migraine.opposing]
    ['Peikert et al. 1996', 'Pfaffenrath et al. 1996']
    >>> migraine.counts[-1].supporting, migraine.counts[-1].opposing
    (1, 2)
    """
    if not edges:
        msg = "Name at least one arrow to bring before the court."
        raise ValueError(msg)
    rows = [row for edge in edges for row in model.evidence_for(edge)]
    heard = [row for row in rows if row.stance in (*_FOR, *_AGAINST)]
    return Court(
        edges,
        tuple(edge_sentence(model.edge(edge), language) for edge in edges),
        tuple(_card(model, row, language) for row in heard),
        len(rows) - len(heard),
        tuple(_graded(model, edge, language) for edge in edges),
        language,
    )


def _card(model: Model, row: Evidence, language: str) -> Card:
    reference = model.library.references.get(row.reference)
    study = next((one for one in model.library.studies if one.reference == row.reference), None)
    return Card(
        edge=row.edge,
        reference=row.reference,
        citation=cite(reference, language) if reference else cite_id(row.reference),
        title=reference.title if reference else "",
        stance=row.stance,
        design=reference.design if reference else None,
        participants=study.participants if study else reference.sample if reference else "",
        comparator=study.comparator if study else "",
        finding=row.finding,
        caveat=study.caveat if study else "",
        bar=bar_of_row(model, replace(row, stance=Stance.SUPPORTS)),
        language=language,
    )


def _graded(model: Model, edge: str, language: str) -> str:
    found, reason = grade_with_reason(model, edge)
    return f"{in_words(found, language)} {reason}"

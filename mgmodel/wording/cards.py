"""The claim card of an arrow: what it says, how sure that is, who says so and who does not."""

from __future__ import annotations

from dataclasses import dataclass

from mgmodel.evidence import grade_with_reason
from mgmodel.markup import as_markdown
from mgmodel.model import Model
from mgmodel.records import Claim, Edge, Evidence
from mgmodel.vocabulary import Effect, EvidenceLayer, Grade, Language, Population, Stance
from mgmodel.wording.catalogues import join, number, say
from mgmodel.wording.row_sentences import section_name
from mgmodel.wording.sentences import cite, cite_id, full_stop, in_words, readable, word

__all__ = [
    "SIGN_MARKS",
    "ClaimCard",
    "DocumentLine",
    "EvidenceLine",
    "best_citations",
    "claim_card",
]

SIGN_MARKS = {
    Effect.INCREASES: "+",
    Effect.DECREASES: "\N{MINUS SIGN}",
    Effect.UNCLEAR: "?",
    Effect.NO_EFFECT: "0",
}
"""One sign for each effect, for tables and cards."""

_ORDER = (Stance.SUPPORTS, Stance.MIXED, Stance.CONTRADICTS, Stance.CITED, Stance.ASSUMPTION)
_FOR = (Stance.SUPPORTS, Stance.MIXED, Stance.CITED)
_HEADINGS = {
    Stance.SUPPORTS: "card.for",
    Stance.MIXED: "card.mixed",
    Stance.CONTRADICTS: "card.against",
    Stance.CITED: "card.cited",
    Stance.ASSUMPTION: "card.assumption",
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What one reference, or one stated assumption, says about the arrow."""

    stance: Stance
    stance_word: str
    citation: str
    """Author and year; empty for an assumption."""
    finding: str
    """In English, the language of the data; empty where the notes are silent."""
    population: str
    verification: str
    """How the reference was checked, in words; empty for an assumption."""

    def __str__(self) -> str:
        about = "; ".join(filter(None, (self.population, self.verification)))
        head = " ".join(filter(None, (self.citation, f"({about})" if about else "")))
        return full_stop(": ".join(filter(None, (head, self.finding))))


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """Where one of the documents speaks of the arrow: a description, which verifies nothing."""

    claim: str
    title: str
    section: str
    paraphrase: str
    """In English, the language of the data."""
    described: str
    """The words "described in a document"."""

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.title, self.section)))
        return full_stop(f"{place} ({self.described}): {self.paraphrase}")


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """Everything that is known of one arrow, in the words of one language."""

    edge: str
    language: str
    sentence: str
    """What a rise of the source does, whether that is contested, and what kind of claim it is."""
    sign_word: str
    sign_mark: str
    mechanism: str
    layer: str
    grade: Grade
    grade_meaning: str
    grade_reason: str
    """In English: it names rows of the data."""
    curated_grade: Grade | None
    contested: bool
    supporting: int
    """Rows that support; rows that hold both count on both sides."""
    opposing: int
    evidence: tuple[EvidenceLine, ...]
    """For, both, against, cited, assumed; within each, in the order of the file."""
    references: tuple[str, ...]
    """Full lines with how each was checked, each once."""
    documents: tuple[DocumentLine, ...]
    named_in: tuple[str, ...]
    """Titles of further documents that state it without a claim of its own."""
    note: str

    @property
    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Headings with their lines, in reading order; sections without lines are left out."""
        found = [
            ("card.sentence", (self.sentence,)),
            ("heading.effect", (f"{self.sign_mark} {self.sign_word}",)),
            ("heading.mechanism", (self.mechanism,)),
            ("heading.layer", (self.layer,)),
            ("card.grade_computed", (self.grade_meaning, self.grade_reason)),
            ("card.grade_curated", self._curated()),
            ("heading.evidence", (self._counts(),)),
            *((_HEADINGS[stance], self._evidence_of(stance)) for stance in _ORDER),
            ("card.references", self.references),
            ("card.documents", self._documents()),
            ("heading.note", (self.note, self._said_in_english())),
        ]
        kept = ((heading, tuple(filter(None, lines))) for heading, lines in found)
        return tuple((say(heading, self.language), lines) for heading, lines in kept if lines)

    def __str__(self) -> str:
        return "\n".join(f"{heading}: {' '.join(lines)}" for heading, lines in self.sections)

    def _repr_markdown_(self) -> str:
        blocks = []
        for heading, lines in self.sections:
            items = [as_markdown(line) for line in lines]
            told = f" {items[0]}" if len(items) == 1 else "".join(f"\n- {item}" for item in items)
            blocks.append(f"**{as_markdown(heading)}:**{told}")
        return "\n\n".join(blocks)

    def _curated(self) -> tuple[str, ...]:
        grade = self.curated_grade
        return (in_words(grade, self.language),) if grade is not None else ()

    def _counts(self) -> str:
        if not self.evidence:
            return say("card.no_evidence", self.language)
        return say(
            "card.counts",
            self.language,
            supporting=number(self.supporting, self.language),
            opposing=number(self.opposing, self.language),
        )

    def _evidence_of(self, stance: Stance) -> tuple[str, ...]:
        return tuple(str(line) for line in self.evidence if line.stance is stance)

    def _documents(self) -> tuple[str, ...]:
        lines = [str(line) for line in self.documents]
        if self.named_in:
            titles = join([f"“{title}”" for title in self.named_in], self.language)
            lines.append(say("card.named_in", self.language, titles=titles))
        return tuple(lines) or (say("card.no_document", self.language),)

    def _said_in_english(self) -> str:
        return "" if self.language == Language.EN else say("card.english", self.language)


def claim_card(model: Model, edge_id: str, language: str = "en") -> ClaimCard:
    """The claim card of one arrow, in words; how it looks is for others to say.

    Raises
    ------
    UnknownId
        The map has no such arrow.

    Examples
    --------
    >>> card = claim_card(Model.from_edges([("magnesium", "stress", -1)]), "magnesium.stress")
    >>> card.sign_word, card.grade, card.supporting
    ('lowers', <Grade.D: 'D'>, 0)
    >>> card.sections[0]
    ('What the arrow says', ('A rise in magnesium lowers stress.',))
    """
    edge = model.edge(edge_id)
    rows = model.evidence_for(edge_id)
    stances = [row.stance for row in rows]
    grade, reason = grade_with_reason(model, edge_id)
    claims = model.claims_for(edge_id)
    heard = {claim.document for claim in claims}
    known = model.library.documents
    return ClaimCard(
        edge=edge.id,
        language=language,
        sentence=in_words(edge, language),
        sign_word=word(edge.effect, language),
        sign_mark=SIGN_MARKS[edge.effect],
        mechanism=readable(edge.mechanism),
        layer=_layer(edge, language),
        grade=grade,
        grade_meaning=in_words(grade, language),
        grade_reason=reason,
        curated_grade=edge.confidence,
        contested=edge.contested,
        supporting=stances.count(Stance.SUPPORTS) + stances.count(Stance.MIXED),
        opposing=stances.count(Stance.CONTRADICTS) + stances.count(Stance.MIXED),
        evidence=tuple(
            _evidence_line(model, row, language)
            for row in sorted(rows, key=lambda row: _ORDER.index(row.stance))
        ),
        references=_references(model, rows, language),
        documents=tuple(_document_line(model, claim, language) for claim in claims),
        named_in=tuple(
            known[one].title for one in edge.documents if one in known and one not in heard
        ),
        note=edge.note,
    )


def best_citations(
    model: Model, edge_id: str, language: str = "en", *, most: int = 2
) -> tuple[str, ...]:
    """Author and year of the references that speak best for an arrow, each once.

    Those that found it come before those that found both, and those before mere citations; within
    each, verified ones first, then in the order of the file.

    Raises
    ------
    UnknownId
        The map has no such arrow.

    Examples
    --------
    >>> best_citations(Model.from_edges([("magnesium", "stress", -1)]), "magnesium.stress")
    ()
    """
    model.edge(edge_id)
    known = model.library.references
    rows = [row for row in model.evidence_for(edge_id) if row.stance in _FOR and row.reference]

    def rank(row: Evidence) -> tuple[int, bool]:
        checked = row.reference in known and known[row.reference].verified
        return _FOR.index(row.stance), not checked

    best = dict.fromkeys(row.reference for row in sorted(rows, key=rank))
    return tuple(
        cite(known[each], language) if each in known else cite_id(each)
        for each in list(best)[:most]
    )


def _layer(edge: Edge, language: str) -> str:
    if edge.layer is EvidenceLayer.MECHANISM and not edge.reasons:
        return f"{in_words(edge.layer, language)} {say('edge.shown_only', language)}"
    return in_words(edge.layer, language)


def _evidence_line(model: Model, row: Evidence, language: str) -> EvidenceLine:
    reference = model.library.references.get(row.reference)
    known = row.population is not Population.NOT_STATED
    checked = ""
    if reference is not None:
        checked = word(reference.verification, language)
        if reference.verified:
            checked = f"{say('card.verified', language)}: {checked}"
    return EvidenceLine(
        stance=row.stance,
        stance_word=word(row.stance, language),
        citation=cite(reference, language) if reference else cite_id(row.reference),
        finding=row.finding,
        population=word(row.population, language) if known else "",
        verification=checked,
    )


def _references(model: Model, rows: tuple[Evidence, ...], language: str) -> tuple[str, ...]:
    known = model.library.references
    ids = dict.fromkeys(row.reference for row in rows if row.reference)
    return tuple(
        in_words(known[each], language) if each in known else full_stop(cite_id(each))
        for each in ids
    )


def _document_line(model: Model, claim: Claim, language: str) -> DocumentLine:
    document = model.library.documents.get(claim.document)
    return DocumentLine(
        claim=claim.id,
        title=(document.title if document else readable(claim.document)).rstrip(". "),
        section=section_name(claim.section, language),
        paraphrase=claim.paraphrase,
        described=say("card.described", language),
    )

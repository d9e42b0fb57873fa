"""The tables of a map: every column, what it holds and what it refers to, in this one place.

Reading, checking, tidying and the records all follow from `TABLES`; no other module lists columns.
"""

from __future__ import annotations

from mgmodel import records
from mgmodel.datafiles.cells import TEXT, TEXTS, YES_NO, Kind, number, optional_word, whole, word
from mgmodel.datafiles.shapes import Column, Table
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

__all__ = ["ASSUMPTIONS", "MODEL_TOML", "TABLES", "Column", "Table"]

MODEL_TOML = "model.toml"
OVERCLAIM_KINDS = ("overclaim", "error", "disagreement", "omission", "not_found")
EXPECTED = tuple(verdict for verdict in Verdict if verdict is not Verdict.FIXED)
"""What can be expected of a node; a node that the question itself holds tells nothing."""


def _translated(field: str, kind: Kind = TEXT, *, filled: bool = False) -> tuple[Column, ...]:
    return tuple(
        Column(f"{field}_{code}", kind, filled and code == "en", field=field, language=code.value)
        for code in Language
    )


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _needed(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, needed=True) for name in names)


_ID = Column("id", filled=True)
_DOCUMENTS = Column("documents", TEXTS, refers="documents.csv")
_REFERENCES = Column("references", TEXTS, refers="references.csv")
_REFERENCE = Column("reference", refers="references.csv")
_VIEW = Column("view", filled=True)


def _node(*, filled: bool) -> Column:
    return Column("node", filled=filled, refers="nodes.csv")


NODES = Table(
    "nodes.csv",
    records.Node,
    "nodes",
    (
        _ID,
        *_translated("label", filled=True),
        Column("kind", word(NodeKind)),
        *_translated("term"),
        *_translated("synonyms", TEXTS),
        *_texts("system", "layer"),
        Column("ontology_ids", TEXTS),
        Column("ontology_labels", TEXTS),
        _DOCUMENTS,
        Column("definition", field="definition", language=Language.EN.value),
        *_translated("definition")[1:],
    ),
    unique=("id",),
    required=True,
)
EDGES = Table(
    "edges.csv",
    records.Edge,
    "edges",
    (
        _ID,
        Column("source", filled=True, refers="nodes.csv"),
        Column("target", filled=True, refers="nodes.csv"),
        Column("effect", word(Effect), filled=True),
        Column("mechanism"),
        Column("layer", word(EvidenceLayer)),
        Column("propagate", YES_NO),
        Column("core", YES_NO),
        Column("contested", YES_NO),
        Column("permissive", YES_NO),
        Column("gate"),
        Column("confidence", optional_word(Grade)),
        Column("onset", optional_word(Onset)),
        Column("timescale"),
        Column("species", TEXTS),
        _DOCUMENTS,
        Column("loops", TEXTS),
        *_texts("note", "curated_id"),
    ),
    unique=("id",),
    required=True,
)
EVIDENCE = Table(
    "evidence.csv",
    records.Evidence,
    "evidence",
    (
        Column("edge", filled=True, refers="edges.csv"),
        Column("reference", needed=True, refers="references.csv"),
        Column("stance", word(Stance), filled=True),
        Column("population", word(Population)),
        *_texts("finding", "locator", "basis"),
    ),
    order=("edge", "reference", "stance", "finding"),
)
REFERENCES = Table(
    "references.csv",
    records.Reference,
    "references",
    (
        _ID,
        Column("authors", needed=True),
        Column("year", Kind("a year", whole().parse, None), needed=True),
        Column("title", filled=True),
        *_texts("container", "doi", "pmid"),
        Column("design", word(StudyDesign)),
        *_texts("sample", "documents"),
        Column("verified", YES_NO),
        Column("verification", word(VerificationLevel)),
        Column("verification_note"),
    ),
    unique=("id",),
    keyed=True,
)
DOCUMENTS = Table(
    "documents.csv",
    records.Document,
    "documents",
    (
        _ID,
        Column("title", filled=True),
        Column("language", word(Language), filled=True),
        Column("kind", filled=True),
        Column("note"),
    ),
    unique=("id",),
    keyed=True,
)
CLAIMS = Table(
    "claims.csv",
    records.Claim,
    "claims",
    (
        _ID,
        Column("document", filled=True, refers="documents.csv"),
        Column("section", needed=True),
        Column("source", filled=True),
        Column("relation", filled=True),
        Column("target", filled=True),
        Column("effect", optional_word(Effect), needed=True),
        Column("kind", filled=True),
        Column("paraphrase", filled=True),
        *_texts("stated_evidence", "detail", "cited"),
        Column("edges", TEXTS, refers="edges.csv"),
        Column("nodes", TEXTS, refers="nodes.csv"),
        Column("reason"),
    ),
    unique=("id",),
    keyed=True,
)
OVERCLAIMS = Table(
    "overclaims.csv",
    records.Overclaim,
    "overclaims",
    (
        _ID,
        Column("documents", TEXTS, needed=True, refers="documents.csv"),
        Column("kind", word(OVERCLAIM_KINDS), filled=True),
        Column("statement", filled=True),
        Column("problem", filled=True),
        _REFERENCES,
        Column("claims", TEXTS, refers="claims.csv"),
        Column("edges", TEXTS, refers="edges.csv"),
    ),
    unique=("id",),
)
EXPECTATIONS = Table(
    "expectations.csv",
    records.Expectation,
    "expectations",
    (
        _ID,
        Column("kind", word(ExpectationKind), filled=True),
        Column("manoeuvre", filled=True),
        Column("interventions", TEXTS, needed=True),
        Column("before", TEXTS, needed=True),
        _node(filled=True),
        Column("expected", word(EXPECTED), filled=True),
        Column("reference", needed=True, refers="references.csv"),
        Column("population", word(Population)),
        *_texts("finding", "locator", "basis", "note"),
    ),
    unique=("id",),
)
PATHWAYS = Table(
    "pathways.csv",
    records.PathwayMember,
    "pathways",
    (Column("pathway", filled=True), _node(filled=True), Column("reason")),
    unique=("pathway", "node"),
)
FORMS = Table(
    "forms.csv",
    records.Form,
    "forms",
    (
        _node(filled=True),
        *_needed("stated_benefit", "stated_bioavailability", "stated_best_for"),
        *_needed("stated_downside", "evidence"),
        _REFERENCES,
        _DOCUMENTS,
    ),
    unique=("node",),
)
COMPOUNDS = Table(
    "compounds.csv",
    records.Compound,
    "compounds",
    (
        _ID,
        Column("name", filled=True),
        Column("node", needed=True, refers="nodes.csv"),
        Column("formula", filled=True),
        Column("magnesium_atoms", whole(1, 100), filled=True),
        Column("molar_mass_g_mol", number(1, 100_000), filled=True),
        Column("elemental_fraction", number(0, 1), filled=True),
        _DOCUMENTS,
    ),
    unique=("id",),
)
FOODS = Table(
    "foods.csv",
    records.Food,
    "foods",
    (
        _ID,
        Column("name", filled=True),
        Column("ndb_number", needed=True),
        Column("magnesium_mg_100g", number(0, 100_000), filled=True),
        Column("serving", needed=True),
        Column("serving_g", number(0, 10_000), filled=True),
        _DOCUMENTS,
        Column("verified", YES_NO),
        _REFERENCE,
        Column("note"),
    ),
    unique=("id",),
)
INTAKES = Table(
    "intakes.csv",
    records.ReferenceIntake,
    "intakes",
    (
        _ID,
        Column("body", filled=True),
        Column("quantity", filled=True),
        Column("group", filled=True),
        Column("magnesium_mg_day", number(0, 100_000), filled=True),
        Column("covers", word(("all_sources", "supplements_only")), filled=True),
        Column("verification", needed=True),
        _REFERENCE,
    ),
    unique=("id",),
)
STUDIES = Table(
    "studies.csv",
    records.Study,
    "studies",
    (
        Column("reference", filled=True, refers="references.csv"),
        Column("documents", TEXTS, needed=True, refers="documents.csv"),
        Column("design", filled=True),
        *_needed("participants", "dose", "duration", "comparator"),
        *_needed("outcome", "caveat", "verification"),
    ),
    order=("reference",),
)
PARAMETERS = Table(
    "parameters.csv",
    records.Parameter,
    "parameters",
    (
        _ID,
        Column("value", number(), filled=True),
        Column("unit", filled=True),
        Column("low", number(), filled=True),
        Column("high", number(), filled=True),
        Column("status", word(ParameterStatus), filled=True),
        _REFERENCE,
        *_texts("locator", "note"),
    ),
    unique=("id",),
    keyed=True,
)
PLACES = Table(
    "places.csv",
    records.Place,
    "places",
    (
        _VIEW,
        _node(filled=True),
        Column("x", number(), filled=True),
        Column("y", number(), filled=True),
    ),
    unique=("view", "node"),
)
CURVES = Table(
    "curves.csv",
    records.Curve,
    "curves",
    (
        _VIEW,
        Column("edge", filled=True, refers="edges.csv"),
        Column("bend", filled=True),
        Column("roundness", number(0, 1), filled=True),
    ),
    unique=("view", "edge"),
)

ASSUMPTIONS = Table(
    "assumptions.toml",
    records.Assumption,
    "assumptions",
    (
        _ID,
        Column("value", number(), filled=True),
        Column("unit", filled=True),
        Column("low", number(), filled=True),
        Column("high", number(), filled=True),
        Column("why", filled=True),
        _REFERENCE,
    ),
    unique=("id",),
    keyed=True,
)
"""Written as TOML, one `[id]` a number; checked by the same columns."""

TABLES: dict[str, Table] = {
    table.file: table
    for table in (
        NODES,
        EDGES,
        EVIDENCE,
        REFERENCES,
        DOCUMENTS,
        CLAIMS,
        OVERCLAIMS,
        EXPECTATIONS,
        PATHWAYS,
        FORMS,
        COMPOUNDS,
        FOODS,
        INTAKES,
        STUDIES,
        PARAMETERS,
        PLACES,
        CURVES,
    )
}
"""The CSV tables by file name, in reading order."""

"""What stands in each table of a map: column types and rows, as plain values.

`mgmodel.tables.frames` makes data frames of them and says what the columns mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mgmodel.evidence import grade, grade_with_reason
from mgmodel.model import Model
from mgmodel.records import Edge, Reference
from mgmodel.vocabulary import Stance
from mgmodel.wording import cite, in_words, word

__all__ = [
    "Content",
    "claims",
    "edges",
    "evidence",
    "expectations",
    "foods",
    "forms",
    "grades",
    "nodes",
    "overclaims",
    "parameters",
    "references",
    "studies",
]

Content = tuple[Mapping[str, str], Iterable[Sequence[Any]]]
"""The type of each column by its name, and the rows."""

_TEXT, _WHOLE, _MAYBE_WHOLE, _REAL, _YES_NO = "str", "int64", "Int64", "float64", "bool"


def _text_columns(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, _TEXT)


def _listed(items: Iterable[str]) -> str:
    return "; ".join(items)


def _label(model: Model, node_id: str, language: str) -> str:
    node = model.nodes.get(node_id)
    return node.label.in_language(language) if node else node_id


def _cited(model: Model, reference_id: str, language: str) -> str:
    reference = model.library.references.get(reference_id)
    return cite(reference, language) if reference else reference_id


def nodes(model: Model, language: str = "en") -> Content:
    """Every node, in the map's order."""
    types = _text_columns(
        "id", "label", "term", "kind", "kind_word", "system", "layer", "definition"
    )
    types |= _text_columns("synonyms", "ontology_ids", "documents")
    types |= {"arrows_in": _WHOLE, "arrows_out": _WHOLE}
    sources = [edge.source for edge in model.edges.values()]
    targets = [edge.target for edge in model.edges.values()]
    rows = (
        (
            node.id,
            node.label.in_language(language),
            node.full_term(language),
            node.kind.value,
            word(node.kind, language),
            node.system,
            node.layer,
            node.definition.in_language(language),
            _listed(node.synonyms.get(language, ())),
            _listed(node.ontology_ids),
            _listed(node.documents),
            targets.count(node.id),
            sources.count(node.id),
        )
        for node in model.nodes.values()
    )
    return types, rows


def edges(model: Model, language: str = "en") -> Content:
    """Every arrow of all layers, in the map's order."""
    types = _text_columns("id", "source", "target", "source_label", "target_label", "effect")
    types |= {"sign": _WHOLE} | _text_columns("sentence", "mechanism", "layer")
    types |= dict.fromkeys(("propagate", "core", "contested"), _YES_NO)
    types |= _text_columns(
        "grade", "curated_grade", "onset", "timescale", "species", "documents", "loops"
    )
    types |= {"evidence_rows": _WHOLE, "claims": _WHOLE} | _text_columns("note", "curated_id")
    return types, (_edge_row(model, edge, language) for edge in model.edges.values())


def _edge_row(model: Model, edge: Edge, language: str) -> tuple[object, ...]:
    return (
        edge.id,
        edge.source,
        edge.target,
        _label(model, edge.source, language),
        _label(model, edge.target, language),
        edge.effect.value,
        edge.sign,
        in_words(edge, language),
        edge.mechanism,
        edge.layer.value,
        edge.propagate,
        edge.core,
        edge.contested,
        grade(model, edge.id).value,
        edge.confidence.value if edge.confidence else "",
        edge.onset.value if edge.onset else "",
        edge.timescale,
        _listed(edge.species),
        _listed(edge.documents),
        _listed(edge.loops),
        len(model.evidence_for(edge.id)),
        len(model.claims_for(edge.id)),
        edge.note,
        edge.curated_id,
    )


def evidence(model: Model, language: str = "en") -> Content:
    """Every evidence row of the map's arrows, arrows in the map's order, rows in file order."""
    types = _text_columns("edge", "source_label", "target_label", "reference", "citation")
    types |= _text_columns("stance", "stance_word", "population", "finding", "locator", "basis")
    types |= _text_columns("verification")
    references = model.library.references
    rows = (
        (
            edge.id,
            _label(model, edge.source, language),
            _label(model, edge.target, language),
            row.reference,
            _cited(model, row.reference, language),
            row.stance.value,
            word(row.stance, language),
            row.population.value,
            row.finding,
            row.locator,
            row.basis,
            references[row.reference].verification.value if row.reference in references else "",
        )
        for edge in model.edges.values()
        for row in model.evidence_for(edge.id)
    )
    return types, rows


def references(model: Model, language: str = "en") -> Content:
    """Every reference of the library, in file order."""
    types = _text_columns("id", "citation", "authors") | {"year": _MAYBE_WHOLE}
    types |= _text_columns("title", "container", "doi", "pmid", "design", "design_word")
    types |= _text_columns("sample", "documents") | {"verified": _YES_NO}
    types |= _text_columns("verification", "verification_word", "verification_note")
    types |= {"arrows": _WHOLE}
    used: dict[str, set[str]] = {}
    for edge_id in model.edges:
        for row in model.evidence_for(edge_id):
            used.setdefault(row.reference, set()).add(edge_id)
    rows = (
        (*_reference_row(reference, language), len(used.get(reference.id, ())))
        for reference in model.library.references.values()
    )
    return types, rows


def _reference_row(reference: Reference, language: str) -> tuple[object, ...]:
    return (
        reference.id,
        cite(reference, language),
        reference.authors,
        reference.year,
        reference.title,
        reference.container,
        reference.doi,
        reference.pmid,
        reference.design.value,
        word(reference.design, language),
        reference.sample,
        reference.documents,
        reference.verified,
        reference.verification.value,
        word(reference.verification, language),
        reference.verification_note,
    )


def claims(model: Model, language: str = "en") -> Content:
    """Everything that the documents say, in file order; described, which is not verified."""
    types = _text_columns("id", "document", "document_title", "section", "source", "relation")
    types |= _text_columns("target", "effect", "kind", "paraphrase", "stated_evidence", "detail")
    types |= _text_columns("cited", "edges", "nodes") | {"modelled": _YES_NO}
    types |= _text_columns("reason", "sentence")
    documents = model.library.documents
    rows = (
        (
            claim.id,
            claim.document,
            documents[claim.document].title if claim.document in documents else "",
            claim.section,
            claim.source,
            claim.relation,
            claim.target,
            claim.effect.value if claim.effect else "",
            claim.kind,
            claim.paraphrase,
            claim.stated_evidence,
            claim.detail,
            claim.cited,
            _listed(claim.edges),
            _listed(claim.nodes),
            claim.is_modelled,
            claim.reason,
            in_words(claim, language),
        )
        for claim in model.library.claims.values()
    )
    return types, rows


def grades(model: Model, language: str = "en") -> Content:
    """The computed grade of every arrow beside the curated one, in the map's order."""
    types = _text_columns("edge", "source_label", "target_label", "computed", "curated")
    types |= {"agree": _YES_NO} | _text_columns("reason")
    types |= dict.fromkeys(("supporting", "contradicting", "mixed", "cited", "assumed"), _WHOLE)
    types |= _text_columns("meaning")
    return types, (_grade_row(model, edge, language) for edge in model.edges.values())


def _grade_row(model: Model, edge: Edge, language: str) -> tuple[object, ...]:
    computed, reason = grade_with_reason(model, edge.id)
    agree = edge.confidence in {None, computed}
    stances = [row.stance for row in model.evidence_for(edge.id)]
    return (
        edge.id,
        _label(model, edge.source, language),
        _label(model, edge.target, language),
        computed.value,
        edge.confidence.value if edge.confidence else "",
        agree,
        "" if agree else reason,
        stances.count(Stance.SUPPORTS),
        stances.count(Stance.CONTRADICTS),
        stances.count(Stance.MIXED),
        stances.count(Stance.CITED),
        stances.count(Stance.ASSUMPTION),
        in_words(computed, language),
    )


def foods(model: Model, language: str = "en") -> Content:
    """Magnesium in foods, in file order."""
    types = _text_columns("id", "name") | {"magnesium_mg_100g": _REAL} | _text_columns("serving")
    types |= {"serving_g": _REAL, "serving_magnesium_mg": _REAL} | _text_columns("documents")
    types |= {"verified": _YES_NO} | _text_columns("reference", "citation", "note")
    rows = (
        (
            food.id,
            food.name,
            food.magnesium_mg_100g,
            food.serving,
            food.serving_g,
            round(food.magnesium_mg_100g * food.serving_g / 100, 1),
            _listed(food.documents),
            food.verified,
            food.reference,
            _cited(model, food.reference, language),
            food.note,
        )
        for food in model.library.foods
    )
    return types, rows


def forms(model: Model, language: str = "en") -> Content:
    """Forms of magnesium: what the documents state, beside the evidence, in file order."""
    types = _text_columns("node", "label", "stated_benefit", "stated_bioavailability")
    types |= _text_columns("stated_best_for", "stated_downside", "evidence", "references")
    types |= _text_columns("citations", "documents")
    rows = (
        (
            form.node,
            _label(model, form.node, language),
            form.stated_benefit,
            form.stated_bioavailability,
            form.stated_best_for,
            form.stated_downside,
            form.evidence,
            _listed(form.references),
            _listed(_cited(model, each, language) for each in form.references),
            _listed(form.documents),
        )
        for form in model.library.forms
    )
    return types, rows


def studies(model: Model, language: str = "en") -> Content:
    """Clinical studies that the documents name or describe, in file order."""
    types = _text_columns("reference", "citation", "documents", "design", "participants", "dose")
    types |= _text_columns("duration", "comparator", "outcome", "caveat", "verification")
    rows = (
        (
            study.reference,
            _cited(model, study.reference, language),
            _listed(study.documents),
            study.design,
            study.participants,
            study.dose,
            study.duration,
            study.comparator,
            study.outcome,
            study.caveat,
            study.verification,
        )
        for study in model.library.studies
    )
    return types, rows


def overclaims(model: Model, language: str = "en") -> Content:
    """Where the documents say more than the evidence, err or disagree, in file order."""
    types = _text_columns("id", "documents", "kind", "statement", "problem", "references")
    types |= _text_columns("citations", "claims", "edges")
    rows = (
        (
            overclaim.id,
            _listed(overclaim.documents),
            overclaim.kind,
            overclaim.statement,
            overclaim.problem,
            _listed(overclaim.references),
            _listed(_cited(model, each, language) for each in overclaim.references),
            _listed(overclaim.claims),
            _listed(overclaim.edges),
        )
        for overclaim in model.library.overclaims
    )
    return types, rows


def expectations(model: Model, language: str = "en") -> Content:
    """What the map should say of a manoeuvre, known from elsewhere, in file order."""
    types = _text_columns("id", "kind", "kind_word", "manoeuvre", "interventions", "before")
    types |= _text_columns("node", "label", "expected", "expected_word", "reference", "citation")
    types |= _text_columns("population", "finding", "locator", "basis", "note")
    rows = (
        (
            *(row.id, row.kind.value, word(row.kind, language), row.manoeuvre),
            *(_listed(row.interventions), _listed(row.before)),
            *(row.node, _label(model, row.node, language)),
            *(row.expected.value, word(row.expected, language)),
            *(row.reference, _cited(model, row.reference, language) if row.reference else ""),
            *(row.population.value, row.finding, row.locator, row.basis, row.note),
        )
        for row in model.library.expectations
    )
    return types, rows


def parameters(model: Model, language: str = "en") -> Content:
    """Numbers of the physiology, in the order of their ids."""
    types = _text_columns("id") | {"value": _REAL} | _text_columns("unit")
    types |= {"low": _REAL, "high": _REAL} | _text_columns("status", "status_word", "reference")
    types |= _text_columns("citation", "locator", "note")
    rows = (
        (
            *(one.id, one.value, one.unit, one.low, one.high),
            *(one.status.value, word(one.status, language), one.reference),
            *(_cited(model, one.reference, language), one.locator, one.note),
        )
        for one in model.library.parameters.values()
    )
    return types, rows

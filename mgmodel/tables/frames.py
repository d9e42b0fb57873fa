"""Tables of a map as pandas DataFrames; the columns are the same in every language.

The language decides the labels and sentences in the cells. Ids and coded words (kind, effect,
layer, stance, ...) stay as they are in the data, so that a filter works in every language. Lists
are joined by "; ". Every text column is text and nothing else: what is absent is "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mgmodel.model import Model
from mgmodel.tables import table_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "claims_table",
    "edges_table",
    "evidence_table",
    "expectations_table",
    "foods_table",
    "forms_table",
    "grades_table",
    "nodes_table",
    "overclaims_table",
    "parameters_table",
    "references_table",
    "studies_table",
]


def _frame(content: table_rows.Content) -> pd.DataFrame:
    """A frame with just these columns, of these types also when there is no row."""
    import pandas as pd

    types, rows = content
    return pd.DataFrame(list(rows), columns=list(types)).astype(dict(types))


def nodes_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Every node, in the map's order.

    Returns
    -------
    pandas.DataFrame
        Columns: id, label, term, kind, kind_word, system, layer, definition (English
        where it lacks a translation), synonyms, ontology_ids, documents, arrows_in, arrows_out
        (whole numbers, arrows of all layers).

    Examples
    --------
    >>> table = nodes_table(Model.from_edges([("magnesium", "stress", -1)]))
    >>> table[["id", "arrows_in", "arrows_out"]].values.tolist()
    [['magnesium', 0, 1], ['stress', 1, 0]]
    """
    return _frame(table_rows.nodes(model, language))


def edges_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Every arrow of all layers, in the map's order.

    Returns
    -------
    pandas.DataFrame
        Columns: id, source, target, source_label, target_label, effect, sign (+1, -1, 0),
        sentence, mechanism, layer, propagate, core, contested (yes or no), grade (computed),
        curated_grade, onset, timescale, species, documents, loops, evidence_rows, claims (whole
        numbers), note, curated_id.

    Examples
    --------
    >>> table = edges_table(Model.from_edges([("magnesium", "stress", -1)]), "nl")
    >>> table.loc[0, "sentence"]
    'Een toename van magnesium doet stress afnemen.'
    """
    return _frame(table_rows.edges(model, language))


def evidence_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Every evidence row of the map's arrows, arrows in the map's order, rows in file order.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: edge, source_label, target_label, reference, citation, stance,
        stance_word, population, finding (English), locator, basis, verification.

    Examples
    --------
    >>> len(evidence_table(Model.from_edges([("magnesium", "stress", -1)])))
    0
    """
    return _frame(table_rows.evidence(model, language))


def references_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Every reference of the library, in file order.

    Returns
    -------
    pandas.DataFrame
        Columns: id, citation, authors, year (whole number or absent), title, container, doi, pmid,
        design, design_word, sample, documents, verified (yes or no), verification,
        verification_word, verification_note, arrows (whole number: arrows of this map that have a
        row of it).

    Examples
    --------
    >>> references_table(Model.from_edges([])).columns[:3].tolist()
    ['id', 'citation', 'authors']
    """
    return _frame(table_rows.references(model, language))


def claims_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Everything that the documents say, in file order; described, which is not verified.

    Returns
    -------
    pandas.DataFrame
        Columns: id, document, document_title, section, source, relation, target, effect ("" where
        no direction is stated), kind, paraphrase (English), stated_evidence, detail, cited, edges,
        nodes, modelled (yes or no), reason, sentence.

    Examples
    --------
    >>> claims_table(Model.from_edges([]))["modelled"].dtype
    dtype('bool')
    """
    return _frame(table_rows.claims(model, language))


def grades_table(model: Model, language: str = "en") -> pd.DataFrame:
    """The computed grade of every arrow beside the curated one, in the map's order.

    Returns
    -------
    pandas.DataFrame
        Columns: edge, source_label, target_label, computed, curated ("" where none was given),
        agree (yes or no; yes where none was given), reason (English; "" where they agree),
        supporting, contradicting, mixed, cited, assumed (whole numbers of rows), meaning (of the
        computed grade).

    Examples
    --------
    >>> grades_table(Model.from_edges([("magnesium", "stress", -1)])).loc[0, "computed"]
    'D'
    """
    return _frame(table_rows.grades(model, language))


def foods_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Magnesium in foods, in file order.

    Returns
    -------
    pandas.DataFrame
        Columns: id, name (English), magnesium_mg_100g, serving, serving_g, serving_magnesium_mg,
        documents, verified (yes or no), reference, citation, note.

    Examples
    --------
    >>> foods_table(Model.from_edges([]))["serving_magnesium_mg"].dtype
    dtype('float64')
    """
    return _frame(table_rows.foods(model, language))


def forms_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Forms of magnesium: what the documents state, beside the evidence, in file order.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: node, label, stated_benefit, stated_bioavailability, stated_best_for,
        stated_downside, evidence (these five in English), references, citations, documents.

    Examples
    --------
    >>> forms_table(Model.from_edges([])).columns[:2].tolist()
    ['node', 'label']
    """
    return _frame(table_rows.forms(model, language))


def studies_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Clinical studies that the documents name or describe, in file order.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: reference, citation, documents, design, participants, dose, duration,
        comparator, outcome, caveat, verification (from design on in English).

    Examples
    --------
    >>> studies_table(Model.from_edges([])).columns[:2].tolist()
    ['reference', 'citation']
    """
    return _frame(table_rows.studies(model, language))


def overclaims_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Where the documents say more than the evidence, err or disagree, in file order.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: id, documents, kind, statement, problem (both in English), references,
        citations, claims, edges.

    Examples
    --------
    >>> overclaims_table(Model.from_edges([])).columns[:3].tolist()
    ['id', 'documents', 'kind']
    """
    return _frame(table_rows.overclaims(model, language))


def expectations_table(model: Model, language: str = "en") -> pd.DataFrame:
    """What the map should say of a manoeuvre, known from elsewhere, in file order.

    What it does say stands in `mgmodel.examine(model).to_frame()`.

    Returns
    -------
    pandas.DataFrame
        Columns, all text: id, kind, kind_word, manoeuvre (English), interventions, before, node,
        label, expected, expected_word, reference, citation, population, finding (English),
        locator, basis, note.

    Examples
    --------
    >>> expectations_table(Model.from_edges([])).columns[:3].tolist()
    ['id', 'kind', 'kind_word']
    """
    return _frame(table_rows.expectations(model, language))


def parameters_table(model: Model, language: str = "en") -> pd.DataFrame:
    """Numbers of the physiology with their ranges and where they come from, by id.

    Returns
    -------
    pandas.DataFrame
        Columns: id, value, unit, low, high (numbers in that unit), status, status_word, reference,
        citation, locator, note (English).

    Examples
    --------
    >>> parameters_table(Model.from_edges([])).columns[:3].tolist()
    ['id', 'value', 'unit']
    """
    return _frame(table_rows.parameters(model, language))

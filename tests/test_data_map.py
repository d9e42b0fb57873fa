"""Laws over the shipped nodes and arrows, and no curated fact about them lost."""

from __future__ import annotations

import csv
import itertools
import math
import re
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from mgmodel.model import Model
from mgmodel.records import Edge, Node
from mgmodel.vocabulary import Effect, Language

DOCUMENTS = {
    "000": "norepinephrine_article",
    "001": "supplement_trade_summary",
    "002": "retailer_brain_article",
    "003": "brain_health_page",
    "004": "sleep_anxiety_article",
}
EFFECT_WITHOUT_DIRECTION = {
    "E075": Effect.UNCLEAR,
    "E144": Effect.UNCLEAR,
    "E164": Effect.UNCLEAR,
    "E165": Effect.NO_EFFECT,
    "E172": Effect.NO_EFFECT,
}
# What was mended against the curated tables; data/CHANGELOG.md gives the reasons.
LOOPS_ADDED = {"E029": {"B6"}, "E072": {"B6"}, "E073": {"B6"}}
NOTES_ADDED = {"E129": "Marked contested by the curators, without a stated reason."}
DOCUMENTS_ADDED = {
    "atp_energy_metabolism": {"norepinephrine_article"},
    "brain_magnesium": {"sleep_anxiety_article"},
    "crh": {"norepinephrine_article", "supplement_trade_summary"},
    "dietary_magnesium_intake": {"brain_health_page"},
    "gaba_a_receptor": {"sleep_anxiety_article"},
    "intestinal_magnesium_absorption": {"sleep_anxiety_article"},
    "neuronal_excitability": {"brain_health_page"},
    "perceived_stress": {"sleep_anxiety_article"},
    "quality_of_life": {"sleep_anxiety_article"},
    "serum_magnesium": {"sleep_anxiety_article"},
}


def curated(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "domain" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def documents(text: str) -> set[str]:
    return {DOCUMENTS[item.split()[0]] for item in cells(text)}


@pytest.fixture(scope="module")
def by_number(real_model: Model) -> dict[str, Edge]:
    return {edge.curated_id: edge for edge in real_model.edges.values()}


# --- the whole


def test_the_map_has_its_counts(real_model: Model) -> None:
    core = [edge for edge in real_model.edges.values() if edge.core]
    counts = {
        "nodes": len(real_model.nodes),
        "arrows": len(real_model.edges),
        "propagating": len(real_model.reasoning_edges),
        "core arrows": len(core),
        "core nodes": len({end for edge in core for end in (edge.source, edge.target)}),
        "references": len(real_model.library.references),
    }
    assert counts == {
        "nodes": 90,
        "arrows": 182,
        "propagating": 123,
        "core arrows": 51,
        "core nodes": 32,
        "references": 244,
    }


def test_one_component_of_24_nodes_holds_all_49_loops(real_model: Model) -> None:
    graph = propagating(real_model.reasoning_edges)
    signs = Counter(sign(graph, loop) for loop in nx.simple_cycles(graph))
    largest = max(nx.strongly_connected_components(graph), key=len)
    assert (len(largest), signs) == (24, {1: 44, -1: 5})


def test_every_reinforcing_loop_needs_a_disputed_arrow_or_the_exchange_of_serum_and_stores(
    real_model: Model, by_number: dict[str, Edge]
) -> None:
    needed = {by_number[number].id for number in ("E055", "E056", "E057", "E059")}
    graph = propagating(e for e in real_model.reasoning_edges if e.id not in needed)
    reinforcing = [set(loop) for loop in nx.simple_cycles(graph) if sign(graph, loop) > 0]
    assert reinforcing == [{"serum_magnesium", "body_magnesium_stores"}]


@pytest.mark.parametrize("family", ["R1", "R2", "R3", "B1", "B2", "B3", "B4", "B6", "X1", "L1"])
def test_a_loop_family_closes_with_its_sign(real_model: Model, family: str) -> None:
    graph = propagating(e for e in real_model.edges.values() if family in e.loops)
    loops = list(nx.simple_cycles(graph))
    on_a_loop = {pair for loop in loops for pair in pairs(loop)}
    assert set(graph.edges) == on_a_loop
    assert {sign(graph, loop) for loop in loops} == {-1 if family.startswith("B") else 1}


def propagating(edges: object) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_edges_from((e.source, e.target, {"sign": e.sign}) for e in edges)  # type: ignore[attr-defined]
    return graph


def pairs(loop: list[str]) -> list[tuple[str, str]]:
    return list(itertools.pairwise([*loop, loop[0]]))


def sign(graph: nx.DiGraph, loop: list[str]) -> int:
    return math.prod(graph.edges[pair]["sign"] for pair in pairs(loop))


# --- nodes


@pytest.mark.parametrize("code", list(Language))
def test_a_label_fits_a_drawing_and_starts_with_a_capital(real_model: Model, code: str) -> None:
    labels = [node.label.in_language(code) for node in real_model.nodes.values()]
    assert [x for x in labels if not 0 < len(x) <= 28 or x[0] != x[0].upper()] == []


def test_a_full_term_stands_in_all_languages_or_not_in_english(real_model: Model) -> None:
    # a blank Dutch or Swedish term falls back to the English one
    terms = [node.term for node in real_model.nodes.values()]
    assert [term for term in terms if term.en and not (term.nl and term.sv)] == []


def test_a_definition_stands_in_all_languages_and_says_the_same(real_model: Model) -> None:
    """The glossary holds them to the same directions and numbers; here none may be left out."""
    said = [node.definition for node in real_model.nodes.values()]
    assert [each for each in said if len({each.en, each.nl, each.sv} - {""}) < 3] == []
    assert [each for each in said for text in (each.nl, each.sv) if text[-1:] != "."] == []


def test_no_curated_name_of_a_node_is_lost(real_model: Model, shared: Path) -> None:
    lost = []
    for row in curated(shared, "nodes.csv"):
        found = {name.casefold() for name in real_model.nodes[row["id"]].names()}
        for code in Language:
            named = [row[f"label_{code}"], *cells(row[f"synonyms_{code}"])]
            lost += [(row["id"], name) for name in named if name.casefold() not in found]
    assert lost == []


def test_the_full_term_is_the_curated_label(real_model: Model, shared: Path) -> None:
    for row in curated(shared, "nodes.csv"):
        node = real_model.nodes[row["id"]]
        for code in Language:
            assert node.full_term(code).casefold() == row[f"label_{code}"].casefold()


def test_every_curated_fact_of_a_node_is_carried(real_model: Model, shared: Path) -> None:
    rows = curated(shared, "nodes.csv")
    assert {row["id"] for row in rows} == set(real_model.nodes)
    assert [row["id"] for row in rows if node_facts(row) != facts(real_model, row["id"])] == []


def node_facts(row: dict[str, str]) -> tuple[object, ...]:
    return (
        row["category"],
        row["subsystem"],
        row["layer"],
        row["definition"],
        cells(row["ontology_xref"]),
        cells(row["ontology_label_check"]),
        documents(row["seed_files"]) | DOCUMENTS_ADDED.get(row["id"], set()),
    )


def facts(model: Model, node_id: str) -> tuple[object, ...]:
    node: Node = model.nodes[node_id]
    return (
        node.kind,
        node.system,
        node.layer,
        node.definition.en,
        list(node.ontology_ids),
        list(node.ontology_labels),
        set(node.documents),
    )


def test_a_document_whose_claim_names_a_node_speaks_of_it(real_model: Model) -> None:
    missing = [
        (claim.id, end)
        for claim in real_model.library.claims.values()
        for end in (claim.source, claim.target)
        if end in real_model.nodes and claim.document not in real_model.nodes[end].documents
    ]
    assert missing == []


# --- arrows


def test_the_curated_number_of_an_arrow_is_that_of_its_ends(
    by_number: dict[str, Edge], shared: Path
) -> None:
    rows = {row["edge_id"]: (row["source"], row["target"]) for row in curated(shared, "edges.csv")}
    assert rows == {number: (edge.source, edge.target) for number, edge in by_number.items()}


def test_every_curated_fact_of_an_arrow_is_carried(
    by_number: dict[str, Edge], shared: Path
) -> None:
    rows = curated(shared, "edges.csv")
    assert [r["edge_id"] for r in rows if edge_facts(r) != arrow(by_number[r["edge_id"]])] == []


def edge_facts(row: dict[str, str]) -> tuple[object, ...]:
    directed = {"1": Effect.INCREASES, "-1": Effect.DECREASES}
    return (
        directed.get(row["sign"]) or EFFECT_WITHOUT_DIRECTION[row["edge_id"]],
        row["mechanism"],
        row["edge_layer"],
        (row["propagate"] == "yes", row["core"] == "yes", row["contested"] == "yes"),
        row["confidence"],
        (row["acute_or_chronic"], row["timescale"]),
        cells(row["species"]),
        documents(row["seed_files"]),
        row["not_in_seed"] == "yes",
        set(cells(row["loop_ids"])) | LOOPS_ADDED.get(row["edge_id"], set()),
    )


def arrow(edge: Edge) -> tuple[object, ...]:
    return (
        edge.effect,
        edge.mechanism,
        edge.layer,
        (edge.propagate, edge.core, edge.contested),
        edge.confidence,
        (edge.onset, edge.timescale),
        list(edge.species),
        set(edge.documents),
        not edge.documents,
        set(edge.loops),
    )


def test_a_curated_note_is_carried_with_readable_names(
    by_number: dict[str, Edge], shared: Path
) -> None:
    changed = []
    for row in curated(shared, "edges.csv"):
        note = by_number[row["edge_id"]].note
        words = re.sub(r"\bE\d{3}\b", lambda m: by_number[m[0]].id, row["note"])
        if re.search(r"\bseeds?\b", words, re.IGNORECASE):  # a curator's word for the documents
            same = bool(re.search(r"\bdocument|brain-health page", note))
            same &= len(set(note.split()) ^ set(words.split())) <= 12
        else:
            same = note == (words or NOTES_ADDED.get(row["edge_id"], ""))
        changed += [] if same else [row["edge_id"]]
    assert changed == []


def test_a_note_that_names_an_arrow_names_one_that_exists(real_model: Model) -> None:
    ids = set(real_model.edges)
    named = [
        word
        for edge in real_model.edges.values()
        for word in re.findall(r"\b[a-z0-9_]+_[a-z0-9_]+\.[a-z0-9_]+\b", edge.note)
    ]
    assert named
    assert set(named) - ids == set()


def test_a_document_that_states_an_arrow_is_among_its_documents(real_model: Model) -> None:
    missing = []
    for claim in real_model.library.claims.values():
        edge = real_model.edges.get(f"{claim.source}.{claim.target}")
        if edge is not None and claim.document not in edge.documents:
            missing.append((claim.id, edge.id))
    assert missing == []

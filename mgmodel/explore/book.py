"""The book: every word that a page needs, in one language, by the numbers of the atlas."""

from __future__ import annotations

from typing import Any

from mgmodel.explore.atlas import NODE_STATES
from mgmodel.explore.views import drawings
from mgmodel.figures.captions import view_label
from mgmodel.layout import view_model, wrap_label
from mgmodel.model import Model
from mgmodel.network_view import tooltip
from mgmodel.portrayal import ROLE_MARKS, state_in_words
from mgmodel.records import Edge, Node
from mgmodel.vocabulary import EvidenceBar, EvidenceLayer, Language, NodeKind
from mgmodel.wording import arrow_name, edge_sentence, in_words, node_name, word
from mgmodel.wording.cards import best_citations
from mgmodel.wording.catalogues import say, say_count, words
from mgmodel.wording.sentences import readable

__all__ = ["TOPICS", "book"]

TOPICS = (
    *("number.", "list.", "text.", "edge.", "route.", "loop.", "path.", "node."),
    *("verdict.", "strength.", "intervention.", "effect.word.", "layer.word.", "grade.meaning."),
    *("heading.", "card.", "explore.", "legend.", "count.nodes.", "count.arrows."),
    *("history.", "code.", "evidence_bar.", "answer.", "why.", "deciding.", "look.", "walk."),
    *("page.", "stage.", "handout."),
)
"""Topics of the catalogues that the page speaks from; all their words are in every book."""


def book(model: Model, language: str = "en") -> dict[str, Any]:
    """All words of this map and of the page in one language.

    Parameters
    ----------
    model
        The whole map.
    language
        "en", "nl" or "sv".

    Returns
    -------
    dict
        Texts, numbers, lists and dictionaries only; nodes and arrows in the map's order.

    Raises
    ------
    ValueError
        There are no words in that language.

    Examples
    --------
    >>> found = book(Model.from_edges([("magnesium", "stress", -1)]))
    >>> found["edges"][0]["sentence"], found["words"]["look.rises.robust"]
    ('A rise in magnesium lowers stress.', 'rises, robust')
    """
    drawn = drawings(model)
    return {
        "language": language,
        "words": _words(language),
        "nodes": [_node(node, language) for node in model.nodes.values()],
        "edges": [_edge(model, edge, language) for edge in model.edges.values()],
        "drawings": {name: view_label(model, name, language) for name in drawn},
        "alts": {name: _alt(model, name, language) for name in drawn},
        "systems": _systems(model, language),
        "layers": {layer.value: word(layer, language) for layer in EvidenceLayer},
        "bars": {
            bar.value: [word(bar, language), say(f"evidence_bar.meaning.{bar}", language)]
            for bar in EvidenceBar
        },
        "kinds": {kind.value: word(kind, language) for kind in NodeKind},
        "languages": [[str(one), say(f"language.{one}", str(one))] for one in Language],
    }


def _words(language: str) -> dict[str, str]:
    said = {key: text for key, text in words(language).items() if key.startswith(TOPICS)}
    boxes = (*(state for state in NODE_STATES if state != "plain"), *ROLE_MARKS)
    return said | {f"look.{state}": state_in_words(state, language) for state in boxes}


def _node(node: Node, language: str) -> dict[str, Any]:
    label = node.label.in_language(language)
    return {
        "label": label,
        "name": node_name(node, language),
        "lines": list(wrap_label(label)),
        "term": node.full_term(language),
        "names": list(node.names()),
        "title": tooltip(node, language),
    }


def _edge(model: Model, edge: Edge, language: str) -> dict[str, Any]:
    sentence, whole = edge_sentence(edge, language), in_words(edge, language)
    said: dict[str, Any] = {
        "arrow": arrow_name(edge, language),
        "sentence": sentence,
        "cites": list(best_citations(model, edge.id, language)),
    }
    return said if whole == sentence else {**said, "title": whole}


def _alt(model: Model, name: str, language: str) -> str:
    part = view_model(model, name)
    signs = [edge.sign for edge in part.edges.values()]
    return say(
        "figure.alt",
        language,
        view=view_label(model, name, language),
        nodes=say_count("count.nodes", len(part.nodes), language),
        arrows=say_count("count.arrows", len(signs), language),
        raising=signs.count(1),
        lowering=signs.count(-1),
        undirected=signs.count(0),
    )


def _systems(model: Model, language: str) -> list[list[Any]]:
    """Systems in reading order, each with its label and the numbers of its nodes."""
    named = {
        name: label.in_language(language) for name, label in model.library.info.systems.items()
    }
    members: dict[str, list[int]] = {name: [] for name in named}
    for number, node in enumerate(model.nodes.values()):
        members.setdefault(node.system, []).append(number)
    nameless = say("explore.nodes", language)
    return [
        [name, named.get(name) or readable(name) or nameless, numbers]
        for name, numbers in members.items()
        if numbers
    ]

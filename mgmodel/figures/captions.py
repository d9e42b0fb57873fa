"""What a picture of the map shows, in sentences: the text alternative of every figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from mgmodel.figures.scene import Look, drawn_part
from mgmodel.interventions import ArrowIntervention, CutEdge
from mgmodel.model import Model
from mgmodel.records import Edge
from mgmodel.vocabulary import Effect, Verdict
from mgmodel.wording import arrow_name, arrows_in_words, intervention_in_words
from mgmodel.wording.catalogues import join, say, say_count
from mgmodel.wording.sentences import edge_sentence, node_name, readable

__all__ = ["caption", "view_label"]


def view_label(model: Model, view: str, language: str = "en") -> str:
    """What a view is called.

    Examples
    --------
    >>> view_label(Model.from_edges([]), "whole")
    'Whole map'
    """
    if view in ("core", "whole"):
        return say(f"explore.view.{view}", language)
    label = model.library.info.pathways.get(view)
    return label.in_language(language) if label else readable(view)


def caption(model: Model, look: Look, route: Sequence[Edge] = ()) -> tuple[str, str]:
    """The title of a picture, and the sentences that follow it.

    Parameters
    ----------
    model
        The whole map.
    look
        What is drawn, and in which state.
    route
        The highlighted arrows in order.

    Examples
    --------
    >>> caption(Model.from_edges([("a", "b", 1)]), Look())[0]
    'Drawing Core map: 2 nodes and 1 arrow.'
    """
    part, language = drawn_part(model, look), look.language
    effects = [edge.effect for edge in part.edges.values()]
    values = {
        "view": view_label(model, look.view, language),
        "nodes": say_count("count.nodes", len(part.nodes), language),
        "arrows": say_count("count.arrows", len(effects), language),
    }
    title = say("figure.title", language, **values)
    raising, lowering = effects.count(Effect.INCREASES), effects.count(Effect.DECREASES)
    undirected = len(effects) - raising - lowering
    signs = {"raising": raising, "lowering": lowering, "undirected": undirected}
    sentences = [say("figure.alt", language, **values, **signs).removeprefix(title).strip()]
    everything = look.response.interventions if look.response else ()
    asked = [one for one in everything if not isinstance(one, CutEdge)]  # those are faded
    if asked:
        question = " ".join(intervention_in_words(model, one, language) for one in asked)
        sentences.append(say("figure.alt_question", language, question=question))
    said = {one.node for one in asked if not isinstance(one, ArrowIntervention)}
    for key, ids in (("removed", look.removed - said), ("held", look.held - said)):
        sentences += _node_list(f"figure.alt_{key}", part, ids, language)
    faded = [arrow_name(edge, language) for edge in part.edges.values() if edge.id in look.faded]
    if faded:
        sentences.append(say("figure.alt_faded", language, arrows=join(faded, language)))
    sentences += _verdict_sentences(part, look)
    sentences += _node_list("figure.alt_dimmed", part, look.dimmed, language)
    if route:
        sentences.append(say("figure.alt_path", language, path=_aloud(route, language)))
    return title, " ".join(sentences)


def _node_list(
    key: str, part: Model, ids: Collection[str], language: str, **more: str
) -> list[str]:
    names = [node_name(node, language) for node in part.nodes.values() if node.id in ids]
    return [say(key, language, nodes=join(names, language), **more)] if names else []


def _verdict_sentences(part: Model, look: Look) -> list[str]:
    found: list[str] = []
    for verdict in Verdict:
        if look.response is None or verdict is Verdict.FIXED:
            continue
        ids = [node for node, one in look.response.direction.items() if one is verdict]
        word = say(f"verdict.word.{verdict}", look.language)
        name = word[0].upper() + word[1:]
        found += _node_list("figure.alt_verdict", part, ids, look.language, verdict=name)
    return found


def _aloud(route: Sequence[Edge], language: str) -> str:
    if all(before.target == after.source for before, after in pairwise(route)):
        return arrows_in_words(route, language)
    return " ".join(edge_sentence(edge, language) for edge in route)

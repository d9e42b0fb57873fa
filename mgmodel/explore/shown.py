"""What the screen says for a View: every verdict, sentence, path and card, as one record.

This is the whole reasoning of the explorer. It is a pure function of a map, its stored weightings
and a View; it always asks the whole map, whatever part is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mgmodel.explore.state import View, as_code, checked
from mgmodel.interventions import Block, Intervention, KnockOut, Press
from mgmodel.layout import view_model
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.routes import Route, Routes
from mgmodel.reasoning.tracing import reach, signed_paths
from mgmodel.vocabulary import Grade, Verdict
from mgmodel.wording import (
    arrows_in_words,
    intervention_in_words,
    node_name,
    path_count_in_words,
)
from mgmodel.wording.cards import claim_card
from mgmodel.wording.catalogues import join, number, say, say_count

__all__ = ["LISTED_PATHS", "LONGEST_PATH", "PathRow", "Shown", "question", "shown"]

LONGEST_PATH = 8
"""Arrows in a listed path: the longest that a reader follows."""
LISTED_PATHS = 60
"""Paths in the list; the sentence above it counts all of them."""

_SIGN_MARKS = {1: "+", -1: "\N{MINUS SIGN}", 0: "?"}
_STEP_MARKS = {1: "→", -1: "⊣", 0: "⇢"}


@dataclass(frozen=True, slots=True)
class PathRow:
    """One path, as a line of the list and as a row of the table."""

    sentence: str
    """What a push of the source does at each step."""
    short: str
    """Labels joined by an arrow (raises), a T-bar (lowers) or a broken arrow (not settled)."""
    sign: str
    length: int
    weakest: Grade
    outside: bool
    """Whether part of it is not drawn just now."""
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """Everything that the explorer shows for one View."""

    view: View
    response: Response
    routes: Routes
    """All paths from source to target of the whole map that meet no fixed node."""
    verdicts: Mapping[str, Verdict]
    dim_nodes: frozenset[str]
    """Nodes that the push does not reach; none while nothing is pushed."""
    dim_edges: frozenset[str]
    lit_nodes: frozenset[str]
    """On the highlighted path."""
    lit_edges: frozenset[str]
    """On the highlighted path, and the arrow whose card is open."""
    question: str
    """What is done to the map, in sentences."""
    answer: str
    """What that does to the target, and whether a path is left; empty without a target."""
    status: str
    """How far the push carries, and what is switched off or held."""
    count: str
    """How many paths there are, by sign; empty without a source and a target."""
    note: str
    """What the list of paths leaves out."""
    paths: tuple[PathRow, ...]
    card: tuple[tuple[str, tuple[str, ...]], ...]
    """Claim card of the chosen arrow: headings with their lines."""
    code: str
    """The line of Python that opens this View again."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in the order in which a person reads them."""
        paths = (row.sentence for row in self.paths)
        texts = (self.answer, self.status, self.question, self.count, *paths, self.note)
        return tuple(filter(None, texts))


def question(view: View) -> tuple[Intervention, ...]:
    """What a View does to the map; a source that is itself fixed is not pushed.

    Examples
    --------
    >>> question(View(source="serum", push=-1, switched_off=("channel",), held=("stress",)))
    (Press(node='serum', amount=-1.0), KnockOut(node='channel'), Block(node='stress'))
    """
    pushed = view.source is not None and view.source not in view.fixed
    press = (Press(view.source, float(view.push)),) if pushed and view.source else ()
    return (*press, *map(KnockOut, view.switched_off), *map(Block, view.held))


def shown(model: Model, ensemble: Ensemble, view: View) -> Shown:
    """Everything that the explorer shows for this View.

    Parameters
    ----------
    model
        The whole map.
    ensemble
        The stored weightings of the same map.
    view
        What a person has chosen.

    Raises
    ------
    UnknownId, ValueError
        The View cannot be had on this map, see `checked`; or its `route` is not in the list.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> shown(chain, Ensemble(chain), View(source="a", target="c")).answer
    'c: falls in all weightings. 1 path leads from a to c.'
    """
    checked(model, view)
    interventions = question(view)
    response = ensemble.respond(*interventions)
    reached = _reached(model, view)
    routes = _routes(model, view)
    route = _chosen(routes, view)
    asked = " ".join(intervention_in_words(model, one, view.language) for one in interventions)
    return Shown(
        view=view,
        response=response,
        routes=routes,
        verdicts=response.direction if interventions else {},
        dim_nodes=_dim_nodes(model, view, reached),
        dim_edges=_dim_edges(model, view, reached),
        lit_nodes=frozenset(route.nodes if route else ()),
        lit_edges=frozenset((*(route.edges if route else ()), *filter(None, (view.arrow,)))),
        question=asked,
        answer=_answer(model, view, response, reached, routes),
        status=_status(model, view, reached),
        count=_count(model, view, reached, routes),
        note=_note(view, routes),
        paths=_rows(model, view, routes),
        card=_card(model, view),
        code=as_code(view),
    )


def _reached(model: Model, view: View) -> frozenset[str]:
    if view.source is None:
        return frozenset()
    return frozenset(reach(model, view.source, removed=view.fixed).reached)


def _dim_nodes(model: Model, view: View, reached: frozenset[str]) -> frozenset[str]:
    if view.source is None:
        return frozenset()
    return frozenset(model.nodes) - reached - set(view.fixed)


def _dim_edges(model: Model, view: View, reached: frozenset[str]) -> frozenset[str]:
    if view.source is None:
        return frozenset()
    carrying = (
        edge.id
        for edge in model.reasoning_edges
        if edge.source in reached and edge.target in reached
    )
    return frozenset(model.edges) - frozenset(carrying)


def _routes(model: Model, view: View) -> Routes:
    ends_free = not {view.source, view.target} & set(view.fixed)
    if view.source is None or view.target is None or not ends_free:
        any_node = next(iter(model.nodes))
        return signed_paths(model, any_node, any_node)  # the empty sequence of routes
    rest = model.without(*view.fixed)
    return signed_paths(rest, view.source, view.target, max_length=LONGEST_PATH)


def _chosen(routes: Routes, view: View) -> Route | None:
    if view.route is None:
        return None
    listed = min(len(routes), LISTED_PATHS)
    if view.route >= listed:
        msg = f"There is no path number {view.route}: {listed} are listed, counted from 0."
        raise ValueError(msg)
    return routes[view.route]


def _answer(
    model: Model, view: View, response: Response, reached: frozenset[str], routes: Routes
) -> str:
    if view.target is None:
        return ""
    told = response.sentence(view.target, view.language)
    way = _way(model, view, response.direction[view.target], reached, routes)
    return " ".join(filter(None, (told, way)))


def _way(
    model: Model, view: View, verdict: Verdict, reached: frozenset[str], routes: Routes
) -> str:
    """Whether a path is left, and where the change comes from when none is."""
    if view.source is None or view.target is None:
        return ""
    source, target = model.node(view.source), model.node(view.target)
    if routes:
        ends = {"source": source, "target": target}
        names = {end: node_name(node, view.language) for end, node in ends.items()}
        return say_count("path.count", len(routes), view.language, **names)
    if view.target in reached:  # by routes longer than any that is listed
        return path_count_in_words(source, target, [], view.language, max_length=LONGEST_PATH)
    told = path_count_in_words(source, target, [], view.language, removed=bool(view.fixed))
    if verdict in {Verdict.RISES, Verdict.FALLS, Verdict.DEPENDS} and view.switched_off:
        told += " " + say("explore.from_switching_off", view.language)
    return told


def _status(model: Model, view: View, reached: frozenset[str]) -> str:
    language = view.language
    told = []
    if view.source in view.fixed:
        told.append(
            say("explore.source_fixed", language, source=_inside(model, view.source, language))
        )
    elif view.source is not None:
        told.append(
            say(
                "explore.status_carrying",
                language,
                carrying=number(len(reached), language),
                total=number(len(model.nodes), language),
                source=_inside(model, view.source, language),
            )
        )
    for key, nodes in (("now_off", view.switched_off), ("now_held", view.held)):
        if nodes:
            names = join(_labels(model, nodes, language), language)
            told.append(say(f"explore.{key}", language, label=names))
    return " ".join(told) or say("explore.nothing_asked", language)


def _inside(model: Model, node: str | None, language: str) -> str:
    return "" if node is None else node_name(model.node(node), language)


def _labels(model: Model, nodes: Iterable[str], language: str) -> list[str]:
    return [model.node(node).label.in_language(language) for node in nodes]


def _count(model: Model, view: View, reached: frozenset[str], routes: Routes) -> str:
    if view.source is None or view.target is None:
        return say("explore.choose_ends", view.language)
    signs = [sign for sign, count in routes.by_sign.items() for _ in range(count)]
    return path_count_in_words(
        model.node(view.source),
        model.node(view.target),
        signs,
        view.language,
        max_length=LONGEST_PATH if view.target in reached else None,
        removed=bool(view.fixed),
    )


def _note(view: View, routes: Routes) -> str:
    more = routes.truncated or len(routes) > LISTED_PATHS
    return say("path.truncated", view.language) if more else ""


def _rows(model: Model, view: View, routes: Routes) -> tuple[PathRow, ...]:
    drawn = view_model(model, view.drawing).edges
    rows = []
    for route in routes[:LISTED_PATHS]:
        arrows = [model.edge(edge) for edge in route.edges]
        first, *others = _labels(model, route.nodes, view.language)
        steps = zip((_STEP_MARKS[arrow.sign] for arrow in arrows), others, strict=True)
        rows.append(
            PathRow(
                sentence=arrows_in_words(arrows, view.language, rise=view.push > 0),
                short=" ".join((first, *(f"{mark} {label}" for mark, label in steps))),
                sign=_SIGN_MARKS[route.sign],
                length=len(route.edges),
                weakest=route.weakest_grade,
                outside=any(edge not in drawn for edge in route.edges),
                nodes=route.nodes,
                edges=route.edges,
            )
        )
    return tuple(rows)


def _card(model: Model, view: View) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if view.arrow is None:
        return (("", (say("card.none", view.language),)),)
    return claim_card(model, view.arrow, view.language).sections

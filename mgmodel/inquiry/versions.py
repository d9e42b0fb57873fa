"""What a change of the map changes: its arrows, and every conclusion that hangs on them.

Both versions are asked under shared weights, drawn once for the arrows of both. So a conclusion
that differs is the work of the change and not of other random numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mgmodel.inquiry.changes import (
    Changes,
    ConclusionChange,
    EdgeChange,
    ExpectationChange,
    LoopChange,
)
from mgmodel.inquiry.expectations import examine
from mgmodel.interventions import Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, feedback_loops
from mgmodel.reasoning.adjacency import adjacency, reachable
from mgmodel.records import Edge
from mgmodel.vocabulary import Stance, Strength, Verdict

__all__ = ["diff"]

_FIELDS = (
    *("source", "target", "effect", "propagate", "core", "contested", "permissive", "gate"),
    *("layer", "confidence"),
)
"""What of an arrow is compared."""
_COUNTED = {"evidence_for": Stance.SUPPORTS, "evidence_against": Stance.CONTRADICTS}
"""Rows of evidence that are counted beside them; a mixed row counts on both sides."""


def diff(
    old: Model,
    new: Model,
    *,
    pressed: Iterable[str] | None = None,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
    max_length: int = 6,
) -> Changes:
    """What the new version of a map says that the old one did not, and the other way round.

    Conclusions are those of a lasting push on each node that both versions have. Only pushes that
    arrive at a changed arrow are asked, since no other one can tell the difference.

    Parameters
    ----------
    old, new
        Arrows and nodes are the same where their ids are; labels do not count.
    pressed
        Nodes of both versions to push; by default all. On a map of thousands of nodes, name some.
    alpha, weightings, seed
        As in `respond`. The weights are drawn for the arrows of both versions together.
    max_length
        The largest number of arrows of the loops that are compared.

    Raises
    ------
    UnknownId
        A node to push that one of the versions does not have.
    ValueError
        `alpha`, `weightings` or `max_length` out of range, or an expectation that cannot be read.

    Examples
    --------
    >>> old = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> new = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> changes = diff(old, new)
    >>> changes
    Changes(edges changed 1, conclusions 2)
    >>> [str(each) for each in changes.conclusions][0]
    'a, pushed up. c: before, rises (always); now, falls (always).'
    """
    union = _union(old, new)
    before, after = (
        Ensemble(model, alpha, weightings, seed, drawn_as=union) for model in (old, new)
    )
    shared = [node for node in new.nodes if node in old.nodes]
    asked = shared if pressed is None else [old.node(new.node(node).id).id for node in pressed]
    loops, truncated = _loop_changes(old, new, max_length)
    outcomes = [
        {f.expectation.id: f.outcome for f in examine(each.model, ensemble=each)}
        for each in (before, after)
    ]
    rows = [{each.id: None for each in model.library.expectations} for model in (old, new)]
    return Changes(
        nodes_added=_without(new.nodes, old.nodes),
        nodes_removed=_without(old.nodes, new.nodes),
        edges_added=_without(new.edges, old.edges),
        edges_removed=_without(old.edges, new.edges),
        edges_changed=tuple(_edge_changes(old, new)),
        conclusions=tuple(_conclusion_changes(before, after, asked, shared)),
        loops=loops,
        loops_truncated=truncated,
        expectations=tuple(
            ExpectationChange(name, outcomes[0][name], outcome)
            for name, outcome in outcomes[1].items()
            if outcomes[0].get(name, outcome) is not outcome
        ),
        expectations_added=_without(rows[1], rows[0]),
        expectations_removed=_without(rows[0], rows[1]),
    )


def _without(ids: Iterable[str], others: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each not in others)


def _union(old: Model, new: Model) -> Model:
    """A map with every arrow that either version reasons over, to draw the weights for."""
    reasoning = {edge.id: edge for model in (old, new) for edge in model.reasoning_edges}
    # in the order of ids, so that weights do not hang on how a file is sorted
    nodes = {**old.nodes, **new.nodes}
    return Model(nodes.values(), (reasoning[name] for name in sorted(reasoning)))


def _edge_changes(old: Model, new: Model) -> Iterator[EdgeChange]:
    for edge in new.edges:
        if edge in old.edges:
            before, after = _spoken(old, old.edges[edge]), _spoken(new, new.edges[edge])
            for what, was in before.items():
                if was != after[what]:
                    yield EdgeChange(edge, what, was, after[what])


def _spoken(model: Model, edge: Edge) -> dict[str, str]:
    """What is compared of an arrow, as text."""
    stances = [row.stance for row in model.evidence_for(edge.id)]
    found = {name: _text(getattr(edge, name)) for name in _FIELDS}
    for what, stance in _COUNTED.items():
        found[what] = str(stances.count(stance) + stances.count(Stance.MIXED))
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _conclusion_changes(
    old: Ensemble, new: Ensemble, asked: Iterable[str], shared: Iterable[str]
) -> Iterator[ConclusionChange]:
    """Pushes that arrive where an arrow changed, asked of both versions."""
    touched = _touched(old.model, new.model)
    telling = _upstream(old.model, touched) | _upstream(new.model, touched)
    for pressed in asked:
        if pressed in telling:
            before, after = old.respond(Press(pressed)), new.respond(Press(pressed))
            for node in shared:
                was, now = _told(before, node), _told(after, node)
                if was != now:
                    yield ConclusionChange(pressed, node, *was, *now, new.model)


def _touched(old: Model, new: Model) -> set[str]:
    """Targets of the arrows that the two versions do not reason over alike."""
    before, after = (
        {(edge.id, *_reasoned(edge)) for edge in model.reasoning_edges} for model in (old, new)
    )
    return {edge[2] for edge in before ^ after}


def _reasoned(edge: Edge) -> tuple[str, str, int, bool, str]:
    return edge.source, edge.target, edge.sign, edge.permissive, edge.gate


def _upstream(model: Model, ends: Iterable[str]) -> set[str]:
    here = adjacency(model)
    start = [here.number[end] for end in ends if end in here.number]
    return {here.nodes[number] for number in reachable(start, here.predecessors.__getitem__)}


def _told(response: Response, node: str) -> tuple[Verdict, Strength]:
    return response.direction[node], response.strength[node]


def _loop_changes(old: Model, new: Model, longest: int) -> tuple[tuple[LoopChange, ...], bool]:
    found = [feedback_loops(model, max_length=longest) for model in (old, new)]
    if not _touched(old, new):
        return (), False  # the same loops, listed or not
    before, after = ({loop.edges: loop for loop in each} for each in found)
    changes = []
    for edges in sorted(before.keys() | after.keys(), key=lambda edges: (len(edges), edges)):
        was, now = before.get(edges), after.get(edges)
        signs = was.sign if was else None, now.sign if now else None
        if signs[0] != signs[1]:
            nodes = (now or was or after[edges]).nodes
            changes.append(LoopChange(nodes, edges, *signs, new if now else old))
    return tuple(changes), any(each.truncated for each in found)

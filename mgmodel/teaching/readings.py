"""What somebody who follows the arrows by eye makes of a question: shortest ways and feedback.

A reading explains an answer, right or wrong; what the map says is for the ensemble to tell.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mgmodel.inquiry.comparison import Comparison
from mgmodel.interventions import Plan
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, signed_paths
from mgmodel.records import Edge
from mgmodel.vocabulary import Verdict

__all__ = [
    "Reading",
    "live",
    "loop_closing",
    "readings_up_to",
    "shortest_readings",
    "starts_of",
    "steps_from",
]

_SIGN_OF = {Verdict.RISES: 1, Verdict.FALLS: -1}
_STILL = {Verdict.UNCHANGED, Verdict.NO_ROUTE}
_MOST_PATHS = 1000


@dataclass(frozen=True)
class Reading:
    """A shortest way from what a question changes to a node, read arrow by arrow."""

    start: str
    edges: tuple[str, ...]
    """None where the question changes the node itself."""
    directions: tuple[int, ...]
    """Of the change at the start and after each arrow: +1, -1, or 0 from the first step on whose
    direction the map leaves open."""

    @property
    def end(self) -> int:
        """What the whole way says of its last node."""
        return self.directions[-1]

    @property
    def first(self) -> int:
        """What its first arrow alone would suggest; 0 where there is no arrow."""
        return self.directions[1] if self.edges else 0


def live(model: Model, plan: Plan) -> tuple[Edge, ...]:
    """Arrows that carry something in a question, in the map's order: neither cut nor into a held
    node.

    Examples
    --------
    >>> from mgmodel.interventions import Block, check
    >>> model = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> [edge.id for edge in live(model, check(model, [Block("b")]))]
    ['b.c']
    """
    cut = set(plan.cut)
    return tuple(
        edge
        for edge in model.reasoning_edges
        if edge.id not in cut and edge.target not in plan.fixed
    )


def starts_of(
    ensemble: Ensemble, told: Response | Comparison, plan: Plan, before: Plan | None
) -> dict[str, int]:
    """Where a question changes something, in the map's order, with the direction; 0 if open.

    Without a `before` these are the pressed nodes, and the held ones that are held away from
    baseline. With one, they are the sources of the difference: the difference of two linear answers
    is itself the answer of the map as it is after, pushed where the two questions differ. A press
    counts by what was added to it; a node that one side holds, by how its level differs; an arrow
    that one side cuts or turns round, at its target, by what it no longer brings.

    Examples
    --------
    >>> from mgmodel.interventions import CutEdge, Press, check
    >>> from mgmodel.inquiry.comparison import compare_in
    >>> ensemble = Ensemble(Model.from_edges([("a", "b", 1), ("b", "a", -1)]), weightings=5)
    >>> sides = (Press("a"),), (Press("a"), CutEdge("b.a"))
    >>> plans = [check(ensemble.model, side) for side in sides]
    >>> starts_of(ensemble, compare_in(ensemble, *sides), plans[1], plans[0])
    {'a': 1}
    """
    if before is None or isinstance(told, Response):
        sizes = plan.pressed | plan.fixed
        return {
            node: 1 if sizes[node] > 0 else -1 for node in ensemble.model.nodes if sizes.get(node)
        }
    found: dict[str, int] = {}

    def meets(node: str, direction: int) -> None:
        found[node] = direction if found.get(node, direction) == direction else 0

    for node in plan.fixed | before.fixed:
        if plan.fixed.get(node) != before.fixed.get(node) and told.direction[node] not in _STILL:
            meets(node, _SIGN_OF.get(told.direction[node], 0))
    for node in plan.pressed | before.pressed:
        more = plan.pressed.get(node, 0.0) - before.pressed.get(node, 0.0)
        if more and node not in plan.fixed | before.fixed:
            meets(node, 1 if more > 0 else -1)
    for edge, more in _changed_arrows(ensemble.model, plan, before):
        source = _way_of(told.before, edge.source)
        if source is not None and edge.target not in plan.fixed:
            meets(edge.target, source * edge.sign * (1 if more > 0 else -1))
    return {node: found[node] for node in ensemble.model.nodes if node in found}


def _changed_arrows(model: Model, plan: Plan, before: Plan) -> Iterable[tuple[Edge, int]]:
    """Arrows that carry another part of their source after than before, with the difference."""
    for edge in model.reasoning_edges:
        more = _factor(edge, plan) - _factor(edge, before)
        if more:
            yield edge, more


def _factor(edge: Edge, plan: Plan) -> int:
    if edge.id in plan.cut:
        return 0
    return -1 if edge.id in plan.flipped else 1


def _way_of(response: Response, node: str) -> int | None:
    """The direction of a node in an answer; 0 where it depends, None where it does not move."""
    verdict = response.direction[node]
    if verdict is Verdict.FIXED:
        level = response.levels(node)[0]
        return (1 if level > 0 else -1) if level else None
    return None if verdict in _STILL else _SIGN_OF.get(verdict, 0)


def shortest_readings(
    model: Model,
    plan: Plan,
    starts: Mapping[str, int],
    node: str,
    *,
    permissive: Collection[str] = frozenset(),
) -> tuple[Reading, ...]:
    """The shortest ways to a node: one for each way it can end and each way it can set out.

    All have the same number of arrows. They take no cut arrow and meet no held node but at their
    start; a permissive arrow is taken by a fall only, unless no way is left without that. Of ways
    that end and set out alike, the one that comes first in the map's order.

    Examples
    --------
    >>> from mgmodel.interventions import Press, check
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "z", 1), ("z", "t", -1)])
    >>> plan = check(fork, [Press("s")])
    >>> [(way.edges, way.end) for way in shortest_readings(fork, plan, {"s": 1}, "t")]
    [(('s.y', 'y.t'), 1), (('s.z', 'z.t'), -1)]
    """
    ahead: dict[str, list[Edge]] = {}
    for edge in live(model, plan):
        ahead.setdefault(edge.source, []).append(edge)
    layer = {start: {(way, 0): Reading(start, (), (way,))} for start, way in starts.items()}
    met = set(layer)
    while layer and node not in layer:
        beyond: dict[str, dict[tuple[int, int], Reading]] = {}
        for here, readings in layer.items():
            for edge in ahead.get(here, ()):
                if edge.target in met:
                    continue
                for reading in readings.values():
                    if not (edge.id in permissive and reading.end > 0):
                        longer = _longer(reading, edge, plan)
                        ways = longer.end, longer.first
                        beyond.setdefault(edge.target, {}).setdefault(ways, longer)
        met |= set(beyond)
        layer = beyond
    if node not in layer and permissive:
        return shortest_readings(model, plan, starts, node)
    return tuple(layer.get(node, {}).values())


def _longer(reading: Reading, edge: Edge, plan: Plan) -> Reading:
    sign = -edge.sign if edge.id in plan.flipped else edge.sign
    directions = (*reading.directions, reading.end * sign)
    return Reading(reading.start, (*reading.edges, edge.id), directions)


def readings_up_to(
    model: Model, plan: Plan, starts: Mapping[str, int], node: str, longest: int
) -> tuple[Reading, ...]:
    """All simple paths to a node of at most so many arrows, shortest first, as they are read.

    Permissive arrows count as plain ones. Of very many paths from one start, the first thousand.

    Examples
    --------
    >>> from mgmodel.interventions import Press, check
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    >>> found = readings_up_to(fork, check(fork, [Press("s")]), {"s": 1}, "t", 2)
    >>> [way.end for way in found]
    [-1, 1]
    """
    found = []
    for start, direction in starts.items():
        closed = [*(held for held in plan.fixed if held != start), *plan.cut]
        paths = signed_paths(
            model.without(*closed), start, node, max_length=longest, limit=_MOST_PATHS
        )
        for path in paths:
            reading = Reading(start, (), (direction,))
            for edge in path.edges:
                reading = _longer(reading, model.edge(edge), plan)
            found.append(reading)
    return tuple(sorted(found, key=lambda way: len(way.edges)))


def loop_closing(model: Model, node: str, starts: Collection[str], *plans: Plan) -> tuple[str, ...]:
    """The arrows on which a change comes back: without them no loop acts on the answer.

    Parameters
    ----------
    model
        The map.
    node
        The node that is asked about.
    starts
        Where the question changes something; a change sets out from there.
    plans
        What is done to the map; where a question is compared with another, on both sides. An arrow
        counts that is live on one of them.

    Returns
    -------
    tuple of str
        First, arrows out of the node itself from which it can be reached again: a change that has
        arrived there is no longer on its way. Then, of each loop that is left on the way, the
        arrow into the node of it that the change reaches first; of several reached alike, the one
        that lies farthest from the node asked about, then the first in the map's order. In the
        map's order. What remains has no loop, and keeps all paths to the node but those that enter
        a loop behind the node where the change enters it first.

    Examples
    --------
    >>> from mgmodel.interventions import Press, check
    >>> model = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "b", -1), ("c", "a", 1)])
    >>> plan = check(model, [Press("a")])
    >>> loop_closing(model, "c", ["a"], plan), loop_closing(model, "b", ["a"], plan)
    (('c.b', 'c.a'), ('b.c',))
    """
    alive = {edge for plan in plans for edge in live(model, plan)}
    arrows = [edge for edge in model.reasoning_edges if edge in alive]
    steps = steps_from(arrows, starts)
    back = steps_from(arrows, [node], against=True)
    returning = [edge for edge in arrows if edge.source == node and edge.target in back]
    rest = [
        edge
        for edge in arrows
        if edge.source != node and edge.source in steps and edge.target in back
    ]
    places = {each: place for place, each in enumerate(model.nodes)}
    order = {each: (steps[each], -back[each], places[each]) for each in steps if each in back}
    closing = {edge.id for edge in returning if node in steps}
    for entry in {edge.target for edge in rest if order[edge.target] <= order[edge.source]}:
        within = [edge for edge in rest if order[edge.target] >= order[entry]]
        round_it = steps_from(within, [entry])
        closing |= {edge.id for edge in rest if edge.target == entry and edge.source in round_it}
    return tuple(edge.id for edge in arrows if edge.id in closing)


def steps_from(
    arrows: Iterable[Edge], sources: Iterable[str], *, against: bool = False
) -> dict[str, int]:
    """How few arrows lead from the nearest source to each node that any reaches.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> steps_from(chain.edges.values(), ["b"], against=True)
    {'b': 0, 'a': 1}
    """
    ahead: dict[str, list[str]] = {}
    for edge in arrows:
        start, end = (edge.target, edge.source) if against else (edge.source, edge.target)
        ahead.setdefault(start, []).append(end)
    steps = dict.fromkeys(sources, 0)
    front = deque(steps)
    while front:
        here = front.popleft()
        for after in ahead.get(here, ()):
            if after not in steps:
                steps[after] = steps[here] + 1
                front.append(after)
    return steps

"""Along which paths a change arrives at a node, and what stops the paths on which none arrives.

Paths explain and do not judge: a way is a path whose signs lead from what is forced to a rise or a
fall, and whether the node does rise or fall is for `respond` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from mgmodel.evidence import agreement, grade, is_described, is_verified
from mgmodel.interventions import Plan
from mgmodel.model import Model
from mgmodel.reasoning import Route, reach, signed_paths
from mgmodel.vocabulary import Grade, Verdict

__all__ = ["LONGEST", "Obstacle", "Step", "Way", "forced", "obstacles_to", "ways_to"]

LONGEST = 8
"""Arrows in a way: the longest that a reader follows."""
_LIMIT = 10_000
"""Paths looked at from each start."""


@dataclass(frozen=True)
class Step:
    """One arrow of a way: what comes to it, what it makes of that, and how sure that is."""

    edge: str
    source_rises: bool
    """Whether its source rises on this way; otherwise it falls."""
    target_rises: bool
    grade: Grade
    counts: tuple[int, int] | None
    """Evidence rows for and against a contested arrow; None where it is not contested."""
    described: bool
    """Whether a document states it."""
    verified: bool
    """Whether a verified reference found it."""
    turned: bool
    """Whether the question turns it round."""
    weakest: bool
    """Whether it has the lowest grade of its way; of several, it is the first."""
    _model: Model = field(repr=False, compare=False)


@dataclass(frozen=True)
class Way:
    """A path on which a change arrives, from what is forced."""

    kind: str
    """`for` or `against` the direction that is told of the node; where that depends, `raises` or
    `lowers`."""
    steps: tuple[Step, ...]

    @property
    def edges(self) -> tuple[str, ...]:
        """Arrow ids in order."""
        return tuple(step.edge for step in self.steps)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Node ids in order, from what is forced to the node that was asked about."""
        arrows = [step._model.edge(step.edge) for step in self.steps]
        return (arrows[0].source, *(arrow.target for arrow in arrows))

    def __repr__(self) -> str:
        return f"Way({self.kind}: {', '.join(self.nodes)})"


@dataclass(frozen=True)
class Obstacle:
    """A fixed node or a cut arrow on paths that there would otherwise be."""

    source: str
    """Where these paths start: something that is forced."""
    id: str
    """A fixed node or a cut arrow; empty where all these paths have more than eight arrows."""
    stopped: int
    """How many of the paths run through it."""
    total: int
    """How many paths of at most eight arrows there would be."""
    truncated: bool = False
    """Whether there would be more than were looked at."""


def ways_to(
    model: Model,
    node: str,
    plan: Plan,
    verdict: Verdict,
    *,
    permissive: Collection[str] = frozenset(),
) -> tuple[Way, ...]:
    """The shortest simple paths on which a rise or a fall arrives at a node.

    Parameters
    ----------
    model, plan
        The map, and what is done to it. A way starts at what is forced, meets no other fixed node
        and takes no cut arrow; an arrow that is turned round counts as turned round.
    node
        Where the ways end; there are none to a fixed node.
    verdict
        What is said of it. For rises and falls: up to two ways that agree, and one that does not.
        For depends: one that raises and one that lowers. Otherwise none.
    permissive
        Ids of arrows along which a lack travels, and no surplus.

    Returns
    -------
    tuple of Way
        At most eight arrows each; none along an unclear arrow, whose direction nobody knows.

    Examples
    --------
    >>> from mgmodel.interventions import Press, check
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    >>> ways_to(fork, "t", check(fork, [Press("s")]), Verdict.DEPENDS)
    (Way(raises: s, y, t), Way(lowers: s, t))
    """
    wanted = {
        Verdict.RISES: (("for", 1, 2), ("against", -1, 1)),
        Verdict.FALLS: (("for", -1, 2), ("against", 1, 1)),
        Verdict.DEPENDS: (("raises", 1, 1), ("lowers", -1, 1)),
    }.get(verdict, ())
    if not wanted:
        return ()
    arriving = sorted(
        _arriving(model, node, plan, permissive),
        key=lambda found: (found[0].length, found[0].nodes, found[0].edges),
    )
    return tuple(
        _way(model, kind, route, plan)
        for kind, direction, most in wanted
        for route in [route for route, end in arriving if end == direction][:most]
    )


def forced(model: Model, plan: Plan) -> dict[str, float]:
    """What is forced away from baseline, in the map's order, each with its push or deviation.

    Examples
    --------
    >>> from mgmodel.interventions import Block, Press, check
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> forced(chain, check(chain, [Block("a"), Press("b", -2)]))
    {'b': -2.0}
    """
    sizes = plan.pressed | plan.fixed
    return {node: sizes[node] for node in model.nodes if sizes.get(node)}


def _arriving(
    model: Model, node: str, plan: Plan, permissive: Collection[str]
) -> Iterator[tuple[Route, int]]:
    """Paths on which a change of a known direction arrives, each with that direction."""
    for source, size in forced(model, plan).items():
        rest = model.without(*_closed(plan, source))
        if source == node or node not in rest.nodes:
            continue
        for route in signed_paths(rest, source, node, max_length=LONGEST, limit=_LIMIT):
            *_, end = _directions(model, route.edges, size, plan, permissive)
            if end:
                yield route, end


def _closed(plan: Plan, source: str) -> list[str]:
    """What a way from this start must not meet."""
    return [*(node for node in plan.fixed if node != source), *plan.cut]


def _directions(
    model: Model,
    edges: Iterable[str],
    size: float,
    plan: Plan,
    permissive: Collection[str] = frozenset(),
) -> Iterator[int]:
    """The direction of the change at the start and after each arrow; 0 where it gets lost."""
    direction = 1 if size > 0 else -1
    yield direction
    for edge in edges:
        surplus = edge in permissive and direction > 0
        sign = 0 if surplus else model.edge(edge).sign
        direction *= -sign if edge in plan.flipped else sign
        yield direction


def _way(model: Model, kind: str, route: Route, plan: Plan) -> Way:
    size = (plan.pressed | plan.fixed)[route.nodes[0]]
    directions = list(_directions(model, route.edges, size, plan))
    steps = tuple(
        _step(model, edge, (before, after), plan, weakest=edge == route.weakest)
        for edge, before, after in zip(route.edges, directions, directions[1:], strict=False)
    )
    return Way(kind, steps)


def _step(model: Model, edge_id: str, ways: tuple[int, int], plan: Plan, *, weakest: bool) -> Step:
    edge = model.edge(edge_id)
    rows = agreement(model, edge_id)
    counts = (rows.supporting + rows.mixed, rows.contradicting + rows.mixed)
    return Step(
        edge=edge_id,
        source_rises=ways[0] > 0,
        target_rises=ways[1] > 0,
        grade=grade(model, edge_id),
        counts=counts if edge.contested else None,
        described=is_described(model, edge_id),
        verified=is_verified(model, edge_id),
        turned=edge_id in plan.flipped,
        weakest=weakest,
        _model=model,
    )


def obstacles_to(
    model: Model, node: str, plan: Plan, sources: Iterable[str]
) -> tuple[Obstacle, ...]:
    """What lies on the paths from each of these sources, where none of the paths is left.

    Parameters
    ----------
    model, plan
        The map, and what is done to it.
    node
        Where the paths would end.
    sources
        What is forced. One from which some route still leads to the node is passed over.

    Returns
    -------
    tuple of Obstacle
        For each source, what lies on all its paths; where nothing does, all that lies on some,
        the one on most paths first. Fixed nodes come before cut arrows, each in the map's order.

    Examples
    --------
    >>> from mgmodel.interventions import Block, Press, check
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> obstacles_to(chain, "c", check(chain, [Press("a"), Block("b")]), ["a"])
    (Obstacle(source='a', id='b', stopped=1, total=1, truncated=False),)
    """
    found: list[Obstacle] = []
    for source in sources:
        left = reach(model, source, removed=_closed(plan, source))
        if node != source and node not in left.reached:
            found += _obstacles_from(model, source, node, plan)
    return tuple(found)


def _obstacles_from(model: Model, source: str, node: str, plan: Plan) -> list[Obstacle]:
    routes = signed_paths(model, source, node, max_length=LONGEST, limit=_LIMIT)
    if not routes:
        far = node in reach(model, source).reached
        return [Obstacle(source, "", 0, 0)] if far else []
    met = [{*route.nodes[1:-1], *route.edges} for route in routes]
    closed = {*plan.fixed, *plan.cut}
    on_some = [
        Obstacle(source, one, stopped, len(routes), routes.truncated)
        for one in filter(closed.__contains__, (*model.nodes, *model.edges))
        if (stopped := sum(one in each for each in met))
    ]
    on_all = [each for each in on_some if each.stopped == each.total]
    return on_all or sorted(on_some, key=lambda each: -each.stopped)

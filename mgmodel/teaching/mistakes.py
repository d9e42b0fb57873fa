"""Which one mistake a wrong answer is: rules that compute it, the most specific first.

Each rule is a way of reading the map. It holds where that reading gives the wrong answer, and then
it names what it went by: a way, an arrow, a loop, or what stops the push.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mgmodel.inquiry.ways import obstacles_to, ways_to
from mgmodel.interventions import CutEdge, FlipEdge, Plan
from mgmodel.teaching.cases import Answer, Case, answer_for
from mgmodel.teaching.readings import Reading, readings_up_to, shortest_readings, steps_from
from mgmodel.vocabulary import Verdict

__all__ = ["RULES", "Ground", "Mistake", "Stop", "diagnose", "one_for_each_end", "ways_told"]


class Mistake(StrEnum):
    """How a wrong answer can be come by. In this order, the first whose rule holds is told."""

    ROUTE_IMAGINED = "route_imagined"
    """Something is said to move although nothing that is changed arrives there."""
    LOOP_IGNORED = "loop_ignored"
    """The answer is right once no loop acts on the way."""
    DEPENDS_AS_NOTHING = "depends_as_nothing"
    """Effects that oppose each other are taken for no effect."""
    SETTLED_AS_DEPENDS = "settled_as_depends"
    """Effects oppose each other, or could, and yet one direction holds in nearly all weightings."""
    SHORTEST_PATH = "shortest_path"
    """The answer is that of a shortest path, and other paths outweigh it or tie with it."""
    UNCLEAR_AS_SETTLED = "unclear_as_settled"
    """A shortest path takes a step whose direction is open, and a direction was read into it."""
    FIRST_STEP = "first_step"
    """The answer is what the first arrow of a shortest path alone would suggest."""
    ROUTE_OVERLOOKED = "route_overlooked"
    """The answer is right once an arrow of the shortest path is left out, or it is that of a path
    nearly as short; or nothing was seen to lead there at all."""
    SIGN_SLIP = "sign_slip"
    """The path is there and its signs were not multiplied rightly."""


class Stop(StrEnum):
    """Why no change arrives, where none does."""

    NOTHING_FORCED = "nothing_forced"
    """The question changes nothing, or changes nothing on both sides alike."""
    PERMITTED = "permitted"
    """Ways lead there, and an arrow on each only permits, or acts only together with others."""
    HELD = "held"
    CUT = "cut"
    SHOWN_ONLY = "shown_only"
    """Only with arrows that questions do not reason over is there a way."""
    BACKWARDS = "backwards"
    """A way leads the other way round, from the node to what is changed."""
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Ground:
    """What a mistake was told by."""

    ways: tuple[Reading, ...] = ()
    """The shortest way that the explanation goes along, and where it needs one, the way that goes
    against it."""
    arrow: str = ""
    """`first_step`: the first arrow. `route_overlooked`: the arrow without which the answer is
    right. `sign_slip`: the arrow that makes the answer right when it is turned round.
    `loop_ignored`: the arrow that brings the change back. `unclear_as_settled`: the open one.
    Empty where no single arrow does so."""
    loop: tuple[str, ...] = ()
    """`loop_ignored`: the arrows of a shortest loop through that arrow, which stands last."""
    stop: Stop | None = None
    """`route_imagined`: why nothing arrives."""
    by: str = ""
    """The held node, the cut arrow or the arrow that is only shown."""


def diagnose(case: Case) -> tuple[Mistake, Ground] | None:
    """The first mistake whose rule holds; None where the answer is right.

    Raises
    ------
    ValueError
        The question itself holds the node.

    Examples
    --------
    >>> from mgmodel import Ensemble, Model, Press
    >>> fork = Ensemble(Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)]))
    >>> case = Case(fork, (Press("s"),), None, "t", Answer.FALLS)
    >>> diagnose(case)[0]
    <Mistake.SHORTEST_PATH: 'shortest_path'>
    """
    if answer_for(case.truth) is case.answer:
        return None
    found = ((mistake, rule(case)) for mistake, rule in RULES)
    return next((mistake, ground) for mistake, ground in found if ground is not None)


# The rules. Each holds only for a wrong answer, and is asked after those above it.


def _route_imagined(case: Case) -> Ground | None:
    """Nothing that is changed arrives at the node: no route, or no weighting moves it."""
    if answer_for(case.truth) is not Answer.NO_ROUTE:
        return None
    return _stopped(case)


def _loop_ignored(case: Case) -> Ground | None:
    """The verdict is the answer once all arrows on which a change comes back are cut.

    Told is, of these arrows, one that is enough to cut by itself; of several, or where there is
    none, the one whose loop meets the node, and then the one with the shortest loop.
    """
    if not case.closing or not case.right_with(*map(CutEdge, case.closing)):
        return None
    loops = {edge: _loop_through(case, edge) for edge in case.closing}
    through = {edge for edge in case.closing if _meets(case, loops[edge])}
    nearest = sorted(case.closing, key=lambda edge: (edge not in through, len(loops[edge])))
    alone = (edge for edge in nearest if case.right_with(CutEdge(edge)))
    arrow = next(alone, nearest[0])
    return Ground(case.ways[:1], arrow, loop=loops[arrow])


def _depends_as_nothing(case: Case) -> Ground | None:
    """It depends on the weighting, and the answer is that nothing happens."""
    if (case.truth, case.answer) != (Verdict.DEPENDS, Answer.NO_ROUTE):
        return None
    return Ground(ways_told(case))


def _settled_as_depends(case: Case) -> Ground | None:
    """The answer is that it depends, and the map has one direction."""
    if case.answer is not Answer.DEPENDS:
        return None
    return Ground(one_for_each_end(case.ways))


def _shortest_path(case: Case) -> Ground | None:
    """The answer is the direction that a shortest path says."""
    if not case.answer.sign:
        return None
    agreeing = [way for way in case.ways if way.end == case.answer.sign]
    if not agreeing:
        return None
    others = [way for way in ways_told(case) if way.end != case.answer.sign]
    return Ground((agreeing[0], *others))


def _unclear_as_settled(case: Case) -> Ground | None:
    """The answer is a direction, and a shortest path leaves it open."""
    open_ways = [way for way in case.ways if way.end == 0]
    if not case.answer.sign or not open_ways:
        return None
    way = open_ways[0]
    step = way.directions.index(0)
    return Ground((way,), arrow=way.edges[step - 1] if step else "")


def _first_step(case: Case) -> Ground | None:
    """The answer is the direction that a node has after the first arrow of a shortest path.

    The path has more arrows than that one, and says the opposite: else it were the rule above.
    """
    for way in case.ways:
        if case.answer.sign and way.first == case.answer.sign:
            return Ground((way,), arrow=way.edges[0])
    return None


def _route_overlooked(case: Case) -> Ground | None:
    """Nothing was said to lead there; or the shortest path was left out for another.

    It was, if the answer is right with one of its arrows cut, or if it is the direction of a path
    that has no more than one arrow more.
    """
    if case.answer is Answer.NO_ROUTE or not case.ways:
        return Ground(case.ways[:1]) if case.answer is Answer.NO_ROUTE else None
    for edge in case.ways[0].edges:
        if case.right_with(CutEdge(edge)):
            return Ground(case.ways[:1], arrow=edge)
    longer = len(case.ways[0].edges) + 1
    taken = readings_up_to(case.model, case.plan, case.starts, case.node, longer)
    agreeing = [way for way in taken if way.end == case.answer.sign]
    return Ground((case.ways[0], agreeing[0])) if agreeing else None


def _sign_slip(case: Case) -> Ground:
    """What is left: every shortest path says the opposite of the answer.

    Told is the first arrow of the path that makes the answer right when it is turned round.
    """
    way = case.ways[:1]
    arrows = (edge for reading in way for edge in reading.edges)
    turned = (edge for edge in arrows if case.right_with(FlipEdge(edge)))
    return Ground(way, arrow=next(turned, ""))


RULES: tuple[tuple[Mistake, Callable[[Case], Ground | None]], ...] = (
    (Mistake.ROUTE_IMAGINED, _route_imagined),
    (Mistake.LOOP_IGNORED, _loop_ignored),
    (Mistake.DEPENDS_AS_NOTHING, _depends_as_nothing),
    (Mistake.SETTLED_AS_DEPENDS, _settled_as_depends),
    (Mistake.SHORTEST_PATH, _shortest_path),
    (Mistake.UNCLEAR_AS_SETTLED, _unclear_as_settled),
    (Mistake.FIRST_STEP, _first_step),
    (Mistake.ROUTE_OVERLOOKED, _route_overlooked),
    (Mistake.SIGN_SLIP, _sign_slip),
)
"""In the order in which they are asked; the last holds for whatever is left."""


# What the rules tell


def one_for_each_end(ways: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The first of the ways for each direction in which they end.

    Examples
    --------
    >>> ways = [Reading("a", ("e",), (1, 1)), Reading("a", ("f",), (1, 1))]
    >>> [way.edges for way in one_for_each_end(tuple(ways))]
    [('e',)]
    """
    ends: dict[int, Reading] = {}
    for way in ways:
        ends.setdefault(way.end, way)
    return tuple(ends.values())


def ways_told(case: Case) -> tuple[Reading, ...]:
    """The first shortest way for each end, and where none ends as the map says, a longer one.

    Where it depends, each of the two directions is looked for. A longer one is looked for only
    where the question is not compared with another, and among paths of at most eight arrows.

    Examples
    --------
    >>> from mgmodel import Ensemble, Model, Press
    >>> fork = Ensemble(Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)]))
    >>> [way.edges for way in ways_told(Case(fork, (Press("s"),), None, "t", Answer.RISES))]
    [('s.t',), ('s.y', 'y.t')]
    """
    told = list(one_for_each_end(case.ways))
    wanted = {Verdict.RISES: {1}, Verdict.FALLS: {-1}, Verdict.DEPENDS: {1, -1}}
    missing = wanted.get(case.truth, set()) - {way.end for way in told}
    if case.before is None and missing:
        permissive = case.ensemble.permissive
        for way in ways_to(case.model, case.node, case.plan, case.truth, permissive=permissive):
            rises = [way.steps[0].source_rises, *(step.target_rises for step in way.steps)]
            directions = tuple(1 if up else -1 for up in rises)
            if directions[-1] in missing:
                missing.remove(directions[-1])
                told.append(Reading(way.nodes[0], way.edges, directions))
    return tuple(told)


def _loop_through(case: Case, closing: str) -> tuple[str, ...]:
    """A shortest loop along an arrow, which stands last; without it, the arrow alone."""
    last = case.model.edge(closing)
    plan = min((p for p in (case.plan, case.earlier) if p), key=lambda p: closing in p.cut)
    start = {last.target: 1}
    found = shortest_readings(case.model, plan, start, last.source)
    return (*(found[0].edges if found else ()), closing)


def _meets(case: Case, loop: tuple[str, ...]) -> bool:
    return any(case.model.edge(edge).target == case.node for edge in loop)


def _stopped(case: Case) -> Ground:
    """Why nothing arrives: what is told is the first of these that is so."""
    if not case.starts:
        return Ground(stop=Stop.NOTHING_FORCED)
    if case.ways:
        return Ground(case.ways[:1], stop=Stop.PERMITTED)
    obstacles = obstacles_to(case.model, case.node, case.plan, case.starts)
    if any(each.id for each in obstacles):
        by = next(each.id for each in obstacles if each.id)
        return Ground(stop=Stop.CUT if by in case.plan.cut else Stop.HELD, by=by)
    shown = _shown_only(case)
    if shown:
        return Ground(stop=Stop.SHOWN_ONLY, by=shown)
    back = _backwards(case)
    if back:
        return Ground((back,), stop=Stop.BACKWARDS)
    return Ground(stop=Stop.NOWHERE)


def _backwards(case: Case) -> Reading | None:
    """The shortest way from the node to something that is changed, on the map as it is drawn."""
    steps = steps_from(case.model.reasoning_edges, [case.node])
    ends = sorted((start for start in case.starts if start in steps), key=steps.__getitem__)
    untouched = Plan({}, {}, ())
    ways = (shortest_readings(case.model, untouched, {case.node: 1}, end) for end in ends[:1])
    return next((found[0] for found in ways), None)


def _shown_only(case: Case) -> str:
    """The first arrow on a shortest way that is only shown, where such arrows make a way."""
    drawn = [
        edge
        for edge in case.model.edges.values()
        if edge.id not in case.plan.cut and edge.target not in case.plan.fixed and edge.sign
    ]
    steps = steps_from(drawn, case.starts)
    if case.node not in steps:
        return ""
    here, found = case.node, ""
    while steps[here]:
        nearer = [each for each in drawn if steps.get(each.source) == steps[here] - 1]
        edge = next(each for each in nearer if each.target == here)
        found, here = (found if edge.reasons else edge.id), edge.source
    return found

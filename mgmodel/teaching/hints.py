"""Three hints for one question: where to look, at which arrow, and then the path itself.

The first two go by which arrows there are and not by their signs, so that they cannot give the
direction away; what they say is the same whether a change arrives or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mgmodel.interventions import Intervention, Plan
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble
from mgmodel.teaching.cases import Answer, Case, answer_for
from mgmodel.teaching.mistakes import ways_told
from mgmodel.teaching.predictions import Prediction, mark, way_in_words
from mgmodel.teaching.readings import shortest_readings
from mgmodel.wording import arrow_name, node_name
from mgmodel.wording.catalogues import join, say

__all__ = ["answer_in_words", "hints_for"]


def hints_for(
    ensemble: Ensemble,
    interventions: Iterable[Intervention],
    node: str,
    *,
    before: Iterable[Intervention] | None = None,
    language: str = "en",
) -> tuple[str, str, str]:
    """A nudge, an arrow to look at, and the path with the answer.

    Parameters
    ----------
    ensemble, interventions, before
        As in `mgmodel.teaching.predictions.mark`.
    node
        The node that the question is about.

    Returns
    -------
    tuple of three str
        The first two say nothing of the answer, and are the same for all signs of the arrows. The
        third reads the shortest path aloud, or says what stops the push, and then tells the answer.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        Interventions that contradict each other, or a node that the question itself holds.

    Examples
    --------
    >>> from mgmodel import Model, Press
    >>> chain = Ensemble(Model.from_edges([("serum", "channel", -1), ("channel", "release", 1)]))
    >>> for hint in hints_for(chain, [Press("serum")], "release"):
    ...     print(hint)
    Start at serum and follow the arrows towards release. Does one path lead there, or do several?
    Each minus sign turns a change round, and a loop can bring it back.
    Look at the arrow from channel to release: does a change reach its start, and what does the
    arrow make of it?
    A rise in serum leads to a fall in channel, hence to a fall in release. release: falls in all
    weightings.
    """
    asked = tuple(interventions)
    earlier = None if before is None else tuple(before)
    node = ensemble.model.node(node).id
    case = Case(ensemble, asked, earlier, node, Answer.DEPENDS)
    answer_for(case.truth)  # refuses a node that the question holds
    return _nudge(case, language), _arrow(case, language), answer_in_words(case, language)


def _nudge(case: Case, language: str) -> str:
    changed = _changed(case.model, case.plan, case.earlier)
    if not changed:
        return say("teaching.hint.nothing", language)
    names = [node_name(case.model.node(each), language) for each in changed]
    node = node_name(case.model.node(case.node), language)
    said = [say("teaching.hint.nudge", language, starts=join(names, language), node=node)]
    if case.plan.fixed or case.plan.cut:
        said.append(say("teaching.hint.stopped", language))
    if case.earlier is not None:
        said.append(say("teaching.hint.compared", language))
    return " ".join(said)


def _arrow(case: Case, language: str) -> str:
    arrow = next(_arrows(case), None)
    if arrow is None:
        node = node_name(case.model.node(case.node), language)
        return say("teaching.hint.arrows", language, node=node)
    name = arrow_name(case.model.edge(arrow), language)
    return say("teaching.hint.arrow", language, arrow=name)


def _arrows(case: Case) -> Iterator[str]:
    """Arrows to look at, the best first: the last of a shortest path, as the question leaves the
    map or as it is drawn; one that leads to the node; one that leaves what is changed.
    """
    changed = dict.fromkeys(_changed(case.model, case.plan, case.earlier), 1)
    for plan in (case.plan, Plan({}, {}, ())):
        # the first of these is the same whatever the signs are
        ways = shortest_readings(case.model, plan, changed, case.node)
        yield from (way.edges[-1] for way in ways[:1] if way.edges)
    yield from (edge.id for edge in case.model.reasoning_edges if edge.target == case.node)
    yield from (edge.id for edge in case.model.reasoning_edges if edge.source in changed)


def _changed(model: Model, plan: Plan, before: Plan | None) -> list[str]:
    """Nodes at which the question does something, in the map's order, whatever the signs are."""
    before = before or Plan({}, {}, ())
    found = {n for n in plan.pressed if plan.pressed[n] != before.pressed.get(n, 0.0)}
    found |= {n for n in before.pressed if before.pressed[n] != plan.pressed.get(n, 0.0)}
    found |= {n for n in plan.fixed if plan.fixed[n] != before.fixed.get(n, 0.0)}
    found |= {n for n in before.fixed if before.fixed[n] != plan.fixed.get(n, 0.0)}
    arrows = {*plan.cut} ^ {*before.cut} | {*plan.flipped} ^ {*before.flipped}
    if before.pressed or before.fixed:
        found |= {model.edge(arrow).target for arrow in arrows}
    return [node for node in model.nodes if node in found]


def answer_in_words(case: Case, language: str = "en") -> str:
    """The shortest paths read aloud, or what stops the push, and what the map says.

    Examples
    --------
    >>> from mgmodel import Block, Model, Press
    >>> chain = Ensemble(Model.from_edges([("a", "b", 1), ("b", "c", 1)]))
    >>> print(answer_in_words(Case(chain, (Press("a"), Block("b")), None, "c", Answer.RISES)))
    The paths that would lead there are stopped at a node that the question holds: b. c: no route
    leads there.
    """
    told = case.told.sentence(case.node, language)
    if answer_for(case.truth) is Answer.NO_ROUTE:
        wrong = Prediction(case.node, Answer.DEPENDS)
        found = mark(case.ensemble, case.asked, wrong, before=case.before)
        return f"{found.explanation(language)} {told}"
    ways = [way_in_words(case.model, case.plan, way, language) for way in ways_told(case)]
    return " ".join([*filter(None, ways), told])

"""What a feedback loop does to an answer: its gain, and the answer without its return arrow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from mgmodel.inquiry.comparison import ensemble_for
from mgmodel.inquiry.deciding import NodeAnswer, node_answer_in_words
from mgmodel.interventions import CutEdge, Intervention, Plan, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Route, Routes, feedback_loops
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.records import Edge
from mgmodel.wording import arrow_name, in_words
from mgmodel.wording.catalogues import number, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LoopEffect", "LoopEffects", "loop_effects", "loop_gain"]

_KINDS = {1: "reinforcing", -1: "balancing", 0: "undecided"}
_TOLD = 3
"""How many loops are told of in words; the table holds them all."""


@dataclass(frozen=True)
class LoopEffect:
    """One feedback loop, and what becomes of one node with and without its return arrow."""

    loop: Route
    gain: float
    """Product of the entries of A along the loop, with equal weights; see `loop_gain`. Like the
    loop's sign it is that of the map, whatever the question cuts or turns round."""
    return_edge: str | None
    """The arrow of the loop that leads back into the node of it that the forcing reaches first, of
    several the first in the map's order. None where the loop does not act: see `obstacle`."""
    target: str
    with_loop: NodeAnswer
    without_loop: NodeAnswer
    """The same as with the loop where there is no return arrow to cut."""
    obstacle: str
    """Why the loop does not act on this question: `held` (a node of it is fixed), `cut` (an arrow
    of it is cut) or `not_reached` (nothing that is forced arrives); empty where it acts."""
    _model: Model = field(repr=False, compare=False)

    @property
    def kind(self) -> str:
        """`reinforcing`, `balancing` or `undecided`, by the product of its signs."""
        return _KINDS[self.loop.sign]

    def __repr__(self) -> str:
        closing = f"closed by {self.return_edge}" if self.return_edge else self.obstacle
        return (
            f"LoopEffect({self.kind} loop {', '.join(self.loop.nodes)}: gain {self.gain:.3g}, "
            f"{closing.replace('_', ' ')}; {self.target} {self.with_loop.median:+.4g}, "
            f"without it {self.without_loop.median:+.4g})"
        )

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class LoopEffects(Sequence[LoopEffect]):
    """Feedback loops with their effect: the largest gain in size first, then as they came."""

    interventions: tuple[Intervention, ...]
    effects: tuple[LoopEffect, ...]
    truncated: bool
    """Whether the search for loops left some out."""

    def to_frame(self) -> pd.DataFrame:
        """A table with one loop a row, in the same order."""
        import pandas as pd  # frames are made on demand only

        columns = ["kind", "gain", "nodes", "return_edge", "obstacle", "target"]
        columns += ["with_loop", "with_median", "without_loop", "without_median"]
        rows = [
            (
                *(each.kind, each.gain, " ".join(each.loop.nodes)),
                *(each.return_edge or "", each.obstacle, each.target),
                *(each.with_loop.direction.value, each.with_loop.median),
                *(each.without_loop.direction.value, each.without_loop.median),
            )
            for each in self.effects
        ]
        return pd.DataFrame(rows, columns=columns)

    def __len__(self) -> int:
        return len(self.effects)

    @overload
    def __getitem__(self, place: int) -> LoopEffect: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[LoopEffect, ...]: ...
    def __getitem__(self, place: int | slice) -> LoopEffect | tuple[LoopEffect, ...]:
        return self.effects[place]

    def __repr__(self) -> str:
        kinds = [each.kind for each in self.effects]
        counts = [f"{kinds.count(kind)} {kind}" for kind in _KINDS.values() if kind in kinds]
        acting = sum(not each.obstacle for each in self.effects)
        listed = f": {', '.join(counts)}; {acting} acting" if counts else ""
        return f"LoopEffects({len(kinds)} loop{'s' * (len(kinds) != 1)}{listed})"

    def _repr_html_(self) -> str:
        header = ("loop", "kind", "gain", "closed by", "node", "with it", "without it")
        rows = [
            (
                ", ".join(each.loop.nodes),
                each.kind,
                f"{each.gain:.3g}",
                each.return_edge or each.obstacle.replace("_", " "),
                each.target,
                f"{each.with_loop.direction.replace('_', ' ')} {each.with_loop.median:+.4g}",
                f"{each.without_loop.direction.replace('_', ' ')} {each.without_loop.median:+.4g}",
            )
            for each in self.effects
        ]
        return table(f"{self!r}; deviations are medians over weightings", header, rows)


def loop_effects(
    model: Model,
    *interventions: Intervention,
    target: str | None = None,
    loops: Route | Iterable[Route] | None = None,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
) -> LoopEffects:
    """What each feedback loop does to an answer: the answer with and without its return arrow.

    The return arrow leads back into the node of the loop that the forcing reaches first. Cutting
    it opens the loop; it also opens every other loop that runs along it, and takes away what
    reaches the arrow from elsewhere.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    interventions
        The question, as in `respond`.
    target
        The node whose answer is told; by default, for each loop, the node in which it closes.
    loops
        One loop or several; by default all of at most six arrows, as `feedback_loops` finds them.
    alpha, weightings, seed
        As in `respond`; both answers are under the same weightings.

    Returns
    -------
    LoopEffects
        Largest gain in size first.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        A path among the loops, `alpha` or `weightings` out of range, or interventions that
        contradict each other.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> damped = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
    >>> loop_effects(damped, Press("x"))[0]
    LoopEffect(balancing loop x, y: gain -0.81, closed by y.x; x +0.5525, without it +1)
    """
    if target is not None:
        model.node(target)
    given = feedback_loops(model) if loops is None else loops
    chosen = [given] if isinstance(given, Route) else list(given)
    gains = [loop_gain(model, loop, alpha=alpha) for loop in chosen]
    ensemble = ensemble_for(model, alpha=alpha, weightings=weightings, seed=seed)
    plan = check(model, interventions)
    whole, steps = ensemble.respond(*interventions), _arrivals(model, plan)
    opened: dict[str, NodeAnswer] = {}  # loops often share their return arrow
    found = []
    for loop, gain in zip(chosen, gains, strict=True):
        closing, obstacle = _return_edge(model, loop, plan, steps)
        node = target or (closing.target if closing else loop.nodes[0])
        outcome = without = NodeAnswer.of(whole, node)
        if closing:
            if closing.id not in opened:
                response = ensemble.respond(*interventions, CutEdge(closing.id))
                opened[closing.id] = NodeAnswer.of(response, node)
            without = opened[closing.id]
        name = closing.id if closing else None
        found.append(LoopEffect(loop, gain, name, node, outcome, without, obstacle, model))
    ranked = sorted(found, key=lambda each: -abs(each.gain))  # sorting keeps the order of ties
    truncated = isinstance(given, Routes) and given.truncated
    return LoopEffects(interventions, tuple(ranked), truncated)


def loop_gain(model: Model, loop: Route, *, alpha: float = 0.9) -> float:
    """How much of a change comes back after one turn: the product of A along the loop.

    With equal weights, an arrow into a node that k arrows enter has the entry alpha times its
    sign divided by k; an AND group counts as one of them, and a permissive arrow as if its source
    lay below baseline. Above 0 the loop reinforces, below 0 it balances.

    Parameters
    ----------
    model
        The map that the loop lies in.
    loop
        One of `feedback_loops`. Parallel arrows make loops of their own.
    alpha
        How much the arrows into a node pass on together; above 0. From 1 on, a gain can exceed 1.

    Returns
    -------
    float
        0 where an arrow of the loop is unclear, since either sign of it is as good as the other,
        or where one is only shown and carries nothing.

    Raises
    ------
    UnknownId
        The map does not have an arrow of the loop.
    ValueError
        A path, or an `alpha` that is not a number above 0.

    Examples
    --------
    >>> damped = Model.from_edges([("x", "y", 1), ("y", "x", -1), ("z", "x", 1)])
    >>> round(loop_gain(damped, feedback_loops(damped)[0]), 4)
    -0.405
    """
    if not (math.isfinite(alpha) and alpha > 0):
        msg = f"alpha is {alpha!r}; give a finite number above 0."
        raise ValueError(msg)
    if not loop.is_loop:
        msg = f"{loop!r} is a path, and only a loop has a gain; feedback_loops finds loops."
        raise ValueError(msg)
    here = adjacency(model)
    gain = 1.0
    for edge in map(model.edge, loop.edges):
        entering = here.incoming[here.number[edge.target]]
        sharing = {here.leaders[arrow] for arrow in entering}
        gain *= alpha * edge.sign / len(sharing) if edge.reasons else 0.0
    return gain or 0.0  # a product with 0 in it may come out as -0.0


def _arrivals(model: Model, plan: Plan) -> dict[str, int]:
    """How many arrows lie between what is forced and each node that the forcing reaches."""
    ahead: dict[str, list[str]] = {}
    for edge in model.reasoning_edges:
        if edge.id not in plan.cut and edge.target not in plan.fixed:
            ahead.setdefault(edge.source, []).append(edge.target)
    forced = (*plan.pressed.items(), *plan.fixed.items())
    steps = {node: 0 for node, amount in forced if amount}
    front = list(steps)
    while front:
        reached = dict.fromkeys(after for node in front for after in ahead.get(node, ()))
        front = [node for node in reached if node not in steps]
        steps |= {node: 1 + max(steps.values()) for node in front}
    return steps


def _return_edge(
    model: Model, loop: Route, plan: Plan, steps: Mapping[str, int]
) -> tuple[Edge | None, str]:
    """The arrow that closes the loop for this question, or why there is none."""
    if not plan.fixed.keys().isdisjoint(loop.nodes):
        return None, "held"
    if not set(plan.cut).isdisjoint(loop.edges):
        return None, "cut"
    reached = [node for node in model.nodes if node in steps and node in loop.nodes]
    if not reached:
        return None, "not_reached"
    first = min(reached, key=steps.__getitem__)
    return next(edge for edge in map(model.edge, loop.edges) if edge.target == first), ""


@in_words.register
def _loop_effect_in_words(effect: LoopEffect, language: str = "en") -> str:
    """The loop read once round, its gain, and the node with and without the return arrow."""
    model = effect._model
    said = [in_words(effect.loop, language)]
    said.append(say("loop_effect.gain", language, gain=_short(effect.gain, language)))
    if effect.return_edge is None:
        said.append(say(f"loop_effect.{effect.obstacle}", language))
        return " ".join(said)
    said.append(
        say(
            "loop_effect.answer",
            language,
            arrow=arrow_name(model.edge(effect.return_edge), language),
            label=model.node(effect.target).label.in_language(language),
            with_loop=_told(effect.with_loop, language),
            without_loop=_told(effect.without_loop, language),
        )
    )
    return " ".join(said)


@in_words.register
def _loop_effects_in_words(effects: LoopEffects, language: str = "en") -> str:
    """How many loops there are, how many of them act, and the first of them."""
    acting = [each for each in effects if not each.obstacle]
    said = [
        say_count("loop_effect.found", len(effects), language),
        say_count("loop_effect.acting", len(acting), language) if effects else "",
        say("loop_effect.truncated", language) if effects.truncated else "",
    ]
    return " ".join(filter(None, [*said, *(in_words(each, language) for each in acting[:_TOLD])]))


def _told(outcome: NodeAnswer, language: str) -> str:
    return say(
        "loop_effect.outcome",
        language,
        verdict=node_answer_in_words(outcome, language),
        median=_short(outcome.median, language),
    )


def _short(value: float, language: str) -> str:
    """Three digits that count are more than any of these numbers deserves."""
    return number(float(f"{value:.3g}"), language)

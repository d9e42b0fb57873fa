"""The lasting states that levels end in, from whatever start.

This is the second opinion, beside `respond`: one set of weights instead of many, and levels that
cannot grow without bound. Where alpha is 1 or more, a map may have two lasting states; a
reinforcing loop is necessary for that, and a balancing loop for a lasting swing (Thomas 1981;
Soule 2003).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.dynamics.logistic import Array, Equations
from mgmodel.dynamics.resting import SAME, Rest, attractors, rest
from mgmodel.interventions import Intervention, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.response import NEGLIGIBLE
from mgmodel.reasoning.weightings import Question, question
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words, intervention_in_words, node_name, word
from mgmodel.wording.catalogues import join, number, say

if TYPE_CHECKING:
    import pandas as pd

# fmt: off
__all__ = [
    "SteadyState", "check_alpha", "in_columns", "put", "raised_and_lowered", "signed",
    "steady_state", "steady_states", "within_range",
]
# fmt: on


@dataclass(frozen=True)
class SteadyState:
    """Where the levels come to rest, as deviations from baseline, in the map's order."""

    interventions: tuple[Intervention, ...]
    alpha: float
    attractors: tuple[Mapping[str, float], ...]
    """Every lasting state found, by node, that reached from baseline first."""
    settled: bool
    """False where some state keeps swinging; its level is then the middle of the swing."""
    swing: Mapping[str, float]
    """Half the distance from lowest to highest in the first state; 0 where it settles."""
    _model: Model = field(repr=False, compare=False)

    @property
    def level(self) -> Mapping[str, float]:
        """The lasting state that is reached from baseline."""
        return self.attractors[0]

    @property
    def other(self) -> Mapping[str, float] | None:
        """Another lasting state of the same question, or None where only one was found."""
        return self.attractors[1] if len(self.attractors) > 1 else None

    @property
    def is_unique(self) -> bool:
        """Whether every start led to the same state."""
        return len(self.attractors) == 1

    def sentence(self, node: str, language: str = "en") -> str:
        """Where one node comes to rest, with the second state where there is one.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel.interventions import Press
        >>> pair = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
        >>> steady_state(pair, Press("a", 0.1)).sentence("b")
        'b: comes to rest at -0.23 from baseline.'
        """
        label = self._model.node(node).label.in_language(language)
        here = signed(self.level[node], language)
        if self.swing[node] >= SAME:
            swing = number(self.swing[node], language, digits=2)
            return say("dynamics.swings", language, label=label, level=here, swing=swing)
        if self.other is None or abs(self.other[node] - self.level[node]) < SAME:
            return say("dynamics.rests", language, label=label, level=here)
        there = signed(self.other[node], language)
        return say("dynamics.rests_either", language, label=label, level=here, other=there)

    def to_frame(self) -> pd.DataFrame:
        """A table with one node a row: level, other (empty where the state is unique), swing."""
        import pandas as pd

        other = self.other or dict.fromkeys(self.level, math.nan)
        columns = {"level": self.level, "other": other, "swing": self.swing}
        rows = {name: list(column.values()) for name, column in columns.items()}
        return pd.DataFrame(rows, index=pd.Index(self.level, name="node"), dtype=float)

    def __repr__(self) -> str:
        states = len(self.attractors)
        told = "1 lasting state" if states == 1 else f"{states} lasting states"
        swings = "" if self.settled else "; it keeps swinging"
        return f"SteadyState({told} of {len(self.level)} nodes, alpha {self.alpha:g}{swings})"

    def _repr_html_(self) -> str:
        states = [f"state {place + 1}" for place in range(len(self.attractors))]
        rows = [
            (node, *(f"{state[node]:+.4f}" for state in self.attractors)) for node in self.level
        ]
        return table(f"{self!r}; deviations from baseline", ("node", *states), rows)


def steady_state(model: Model, *interventions: Intervention, alpha: float = 0.9) -> SteadyState:
    """Where the levels come to rest under lasting interventions.

    Parameters
    ----------
    model, interventions, alpha
        As in `simulate`; the equations are the same, and time constants do not matter.

    Returns
    -------
    SteadyState
        Reached from baseline and from the levels 0.1 and 0.9 of all nodes; where these differ, all
        states are told. A balance that the slightest change would tip is no lasting state. Where
        baseline itself is one, `level` is the side on which the node that moves most rises (the
        first of those in string order). On maps of more than 300 nodes such a balance is not
        looked for.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` below 0 or not finite, a fixed value outside [-0.5, 0.5], or interventions that
        contradict each other.

    Notes
    -----
    With alpha below 1, and neither permissive arrows nor AND groups, all starts lead to one state
    (any two states come closer by the factor alpha), and damped Picard iteration from baseline
    finds it. Otherwise the equations are integrated from each start, all time constants alike.
    Where nothing comes to rest, the middle of the swing is told and `settled` is False.

    Examples
    --------
    >>> pair = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
    >>> steady_state(pair, alpha=0.9).is_unique
    True
    >>> both = steady_state(pair, alpha=1.5)
    >>> both, round(both.level["a"], 2), round(both.other["a"], 2)
    (SteadyState(2 lasting states of 2 nodes, alpha 1.5), 0.43, -0.43)
    """
    return steady_states(model, [interventions], alpha=alpha)[0]


def steady_states(
    model: Model,
    questions: Iterable[Intervention | Iterable[Intervention]],
    *,
    alpha: float = 0.9,
) -> tuple[SteadyState, ...]:
    """The answers of `steady_state` to many questions at once, in their order, and much sooner.

    Parameters
    ----------
    questions
        Each a list of interventions, or one alone.

    Examples
    --------
    >>> from mgmodel.interventions import KnockOut
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> states = steady_states(chain, [KnockOut(node) for node in chain.nodes])
    >>> [round(state.level["c"], 2) for state in states]
    [0.28, 0.36, -0.5]
    """
    import numpy as np

    check_alpha(alpha)
    given = [tuple(one) if isinstance(one, Iterable) else (one,) for one in questions]
    asked = [put(model, interventions) for interventions in given]
    groups: dict[frozenset[tuple[int, float]], list[int]] = {}
    for place, one in enumerate(asked):
        groups.setdefault(frozenset(one.factors.items()), []).append(place)
    found: dict[int, Rest] = {}
    for places in groups.values():
        equations = Equations(adjacency(model), alpha, asked[places[0]].factors)
        columns = [in_columns(asked[place]) for place in places]
        if equations.contracts:  # any start leads to the one state, so that one start is enough
            ends = rest(equations, *(np.hstack(part) for part in zip(*columns, strict=True)))
            found |= {place: ends.column(number) for number, place in enumerate(places)}
        else:
            found |= {
                place: attractors(equations, *column)
                for place, column in zip(places, columns, strict=True)
            }
    return tuple(
        _state(model, interventions, alpha, found[place])
        for place, interventions in enumerate(given)
    )


def _state(
    model: Model, interventions: tuple[Intervention, ...], alpha: float, ends: Rest
) -> SteadyState:
    order = adjacency(model).in_map_order
    states, swing = ends.levels.T.tolist(), ends.swings[:, 0].tolist()
    return SteadyState(
        interventions,
        alpha,
        tuple(MappingProxyType({node: state[at] for node, at in order}) for state in states),
        bool(ends.settled.all()),
        MappingProxyType({node: swing[at] for node, at in order}),
        _model=model,
    )


def check_alpha(alpha: float) -> None:
    """Refuse an alpha that is negative or not a finite number."""
    if not (math.isfinite(alpha) and alpha >= 0):
        msg = f"alpha is {alpha!r}; give a finite number, 0 or more."
        raise ValueError(msg)


def put(model: Model, interventions: Iterable[Intervention]) -> Question:
    """The interventions in numbers, once they are known to make sense for levels from 0 to 1."""
    plan = check(model, interventions)
    for node, value in plan.fixed.items():
        within_range(value, f"{node!r} is held at")
    return question(adjacency(model), plan)


def in_columns(asked: Question, start: Mapping[int, float] | None = None) -> tuple[Array, ...]:
    """Presses, which nodes are free, and where to start: one column each, (nodes, 1)."""
    import numpy as np

    pushes = np.zeros((len(asked.adjacency.nodes), 1))
    free, levels = np.ones_like(pushes), np.zeros_like(pushes)
    for node, value in (start or {}).items():
        levels[node] = value
    for node, amount in asked.pressed.items():
        pushes[node] = amount
    for node, value in asked.fixed.items():
        free[node], levels[node] = 0.0, value
    return pushes, free, levels


def within_range(value: float, what: str) -> float:
    """The deviation itself, refused where no level can be; `what` begins the complaint."""
    if not -0.5 <= value <= 0.5:
        msg = (
            f"{what} {value!r}; levels run from 0 to 1 around baselines of 0.5, so give a "
            "deviation from -0.5 to 0.5."
        )
        raise ValueError(msg)
    return value


def signed(level: float, language: str) -> str:
    """A deviation with its sign and two decimals."""
    text = number(level, language, digits=2)
    return "+" * (level > 0 and text.strip("0.,") != "") + text


def raised_and_lowered(
    model: Model, level: Mapping[str, float], largest: float, language: str
) -> list[str]:
    """Which nodes lie above and which below baseline, one sentence each.

    `largest` is the largest forcing; what lies nearer to baseline than a millionth of it is at
    baseline.
    """
    bar = NEGLIGIBLE * (largest or 1.0)
    found = []
    for verdict, sign in ((Verdict.RISES, 1), (Verdict.FALLS, -1)):
        names = [
            node_name(model.node(node), language) for node in level if sign * level[node] > bar
        ]
        if names:
            called = word(verdict, language).capitalize()
            nodes = join(names, language)
            found.append(say("figure.alt_verdict", language, verdict=called, nodes=nodes))
    return found or [say("dynamics.at_baseline", language)]


@in_words.register
def _steady_state_in_words(state: SteadyState, language: str = "en") -> str:
    """What was done, where each node comes to rest, and the second lasting state."""
    model, largest = state._model, check(state._model, state.interventions).largest
    said = [intervention_in_words(model, one, language) for one in state.interventions]
    for place, level in enumerate(state.attractors):
        if place:
            said.append(say("dynamics.other", language))
        said += raised_and_lowered(model, level, largest, language)
    if not state.settled:
        said.append(say("dynamics.unsettled", language))
    return " ".join(said)

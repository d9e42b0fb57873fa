"""Where a map tips over: a press swept up and down again, and the jumps on the way.

A map with a reinforcing loop that is strong enough (alpha above 1) can rest in either of two states
under the same press. Then the way up and the way down differ, which is called hysteresis: the press
that tips the map over must be taken back much further before it returns. Without a reinforcing loop
there is only one state (Thomas 1981; Soule 2003), and no jump.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mgmodel.dynamics.logistic import Array, Equations
from mgmodel.dynamics.resting import Rest, attractors, follow
from mgmodel.dynamics.steady import check_alpha, in_columns, put, signed
from mgmodel.interventions import Intervention, Press, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.weightings import Question
from mgmodel.wording import in_words, intervention_in_words, node_name
from mgmodel.wording.catalogues import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AMOUNTS", "Hysteresis", "tipping_point"]

AMOUNTS = tuple(step / 50 for step in range(-50, 51))
"""Presses from -1 to 1, which is a full push down to a full push up."""
_TOLERANCE = 1e-4
"""How closely the press of a jump is bisected."""
_JUMP = 0.01
"""A change of some node by more than this, between presses one tolerance apart, is a jump, unless
going back by as little undoes it."""
_SEEN = 1e-3
"""A jump that moves the watched node by less than this is none of its own."""


@dataclass(frozen=True)
class Hysteresis:
    """One node's level while a press is swept up and then down again."""

    pressed: str
    watched: str
    interventions: tuple[Intervention, ...]
    """What holds all along, beside the press."""
    alpha: float
    amounts: tuple[float, ...]
    """The presses, from lowest to highest."""
    up: tuple[float, ...]
    """Deviation of the watched node at each press on the way up."""
    down: tuple[float, ...]
    """The same on the way down, in the order of `amounts`."""
    jump_up: float | None
    """The press at which the watched node jumps on the way up (its largest jump, where there are
    several), bisected to 1e-4; None where it never does."""
    jump_down: float | None
    """The same on the way down."""
    settled: bool
    """False where the map keeps swinging at some press; its level is then the middle."""
    _model: Model = field(repr=False, compare=False)

    @property
    def is_switch(self) -> bool:
        """Whether there is a fold: the watched node jumps on the way up, or on the way down."""
        return self.jump_up is not None or self.jump_down is not None

    @property
    def width(self) -> float | None:
        """How much further a press must be taken back than it took to tip; None without both."""
        if self.jump_up is None or self.jump_down is None:
            return None
        return self.jump_up - self.jump_down

    def sentence(self, language: str = "en") -> str:
        """Where the watched node jumps, going up and coming back, or that it never does.

        Examples
        --------
        >>> pair = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
        >>> print(tipping_point(pair, "a", "b", alpha=0.9).sentence())
        Pushing a from -1.00 to +1.00 and back moves b without a jump.
        """
        values = {
            "pressed": node_name(self._model.node(self.pressed), language),
            "watched": node_name(self._model.node(self.watched), language),
            "low": signed(self.amounts[0], language),
            "high": signed(self.amounts[-1], language),
        }
        if self.jump_up is not None:
            values["jump_up"] = signed(self.jump_up, language)
        if self.jump_down is not None:
            values["jump_down"] = signed(self.jump_down, language)
        if self.jump_up is not None and self.jump_down is not None:
            said = say("dynamics.switch", language, **values)
        elif self.jump_up is not None:
            said = say("dynamics.no_way_back", language, **values)
        elif self.jump_down is not None:
            said = say("dynamics.no_way_up", language, **values)
        else:
            said = say("dynamics.no_switch", language, **values)
        return said if self.settled else f"{said} {say('dynamics.unsettled', language)}"

    def to_frame(self) -> pd.DataFrame:
        """A table with one press a row, in rising order: the level on the way up, and down."""
        import pandas as pd

        index = pd.Index(self.amounts, name="amount", dtype=float)
        return pd.DataFrame({"up": list(self.up), "down": list(self.down)}, index=index)

    def __repr__(self) -> str:
        if not self.is_switch:
            told = "no jump"
        else:
            ways = (("up", self.jump_up), ("down", self.jump_down))
            told = ", ".join(f"jumps {way} at {at:+.4f}" for way, at in ways if at is not None)
        return f"Hysteresis({self.watched} under {self.pressed}: {told}; alpha {self.alpha:g})"

    def _repr_html_(self) -> str:
        rows = [
            (f"{amount:+.3f}", f"{up:+.4f}", f"{down:+.4f}")
            for amount, up, down in zip(self.amounts, self.up, self.down, strict=True)
        ]
        return table(f"{self!r}; deviations from baseline", ("press", "up", "down"), rows)


def tipping_point(
    model: Model,
    pressed: str,
    watched: str,
    *interventions: Intervention,
    alpha: float,
    amounts: Iterable[float] = AMOUNTS,
) -> Hysteresis:
    """How one node answers a press that is swept up, and then down again.

    Parameters
    ----------
    model
        Only its reasoning arrows carry anything, as in `steady_state`.
    pressed, watched
        Ids of the node to press and of the node to look at.
    interventions
        What holds all along, such as a loop's arrow cut.
    alpha
        What the arrows into a node pass on together, 0 or more. Below 1 there is never a jump.
    amounts
        Presses to tell of, in any order; at least two that differ. The sweep starts at the lowest,
        from the state that is reached from baseline there.

    Returns
    -------
    Hysteresis
        Both branches and the press at which each jumps. A jump is a change of some node by more
        than 0.01 that remains when the press is bisected to 1e-4, that going back by as little does
        not undo, and that moves the watched node.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` below 0 or not finite, fewer than two amounts, one that is not finite, or
        interventions that contradict each other or fix the pressed node.

    Examples
    --------
    >>> pair = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
    >>> tipping_point(pair, "a", "a", alpha=1.5)
    Hysteresis(a under a: jumps up at +0.2017, jumps down at -0.2017; alpha 1.5)
    """
    check_alpha(alpha)
    row = adjacency(model).number[model.node(watched).id]
    presses = _checked(amounts)
    check(model, (*interventions, Press(pressed)))
    asked = put(model, interventions)
    after = _Follower(Equations(asked.adjacency, alpha, asked.factors), asked, pressed)
    up, jump_up = _swept(after, presses, after.from_baseline(presses[0]), row)
    down, jump_down = _swept(after, presses[::-1], up[-1], row)
    return Hysteresis(
        pressed,
        watched,
        tuple(interventions),
        alpha,
        tuple(presses),
        tuple(float(end.levels[row, 0]) for end in up),
        tuple(float(end.levels[row, 0]) for end in reversed(down)),
        jump_up,
        jump_down,
        all(end.settled[0] for end in (*up, *down)),
        _model=model,
    )


def _checked(amounts: Iterable[float]) -> list[float]:
    presses = sorted({float(amount) for amount in amounts})
    for amount in presses:
        if not math.isfinite(amount):
            msg = f"An amount is {amount!r}; give finite numbers."
            raise ValueError(msg)
    if len(presses) < 2:
        msg = f"amounts holds {presses!r}; give at least two that differ, to sweep between."
        raise ValueError(msg)
    return presses


class _Follower:
    """The state that follows from another when the press on one node becomes another one."""

    def __init__(self, equations: Equations, asked: Question, pressed: str) -> None:
        self._equations = equations
        self._pushes, self._free, self._start = in_columns(asked)
        self._pressed = asked.adjacency.number[pressed]

    def from_baseline(self, press: float) -> Rest:
        return attractors(self._equations, self._pushed(press), self._free, self._start).column(0)

    def __call__(self, press: float, state: Rest) -> Rest:
        return follow(self._equations, self._pushed(press), self._free, state.levels)

    def _pushed(self, press: float) -> Array:
        pushes = self._pushes.copy()
        pushes[self._pressed] += press
        return pushes


def _swept(
    after: _Follower, presses: Sequence[float], start: Rest, row: int
) -> tuple[list[Rest], float | None]:
    """The state at each press, and where the watched node makes its largest jump."""
    states, largest, where = [start], _SEEN, None
    for here, there in pairwise(presses):
        states.append(after(there, states[-1]))
        jump = _jump(after, (here, states[-2]), (there, states[-1]), row)
        if jump is not None and jump[0] > largest:
            largest, where = jump
    return states, where


def _jump(
    after: _Follower, here: tuple[float, Rest], there: tuple[float, Rest], row: int
) -> tuple[float, float] | None:
    """How far the watched node jumps between two presses, and at which press, if there is a jump.

    The stretch in which the state changes most is halved until it is short or the change is small.
    """
    while _apart(here[1], there[1]) > _JUMP:
        if abs(there[0] - here[0]) <= _TOLERANCE:
            if _apart(after(here[0], there[1]), here[1]) < _JUMP:
                return None  # steep, but the way back is the same
            moved = there[1].levels[row, 0] - here[1].levels[row, 0]
            return abs(float(moved)), (here[0] + there[0]) / 2
        press = (here[0] + there[0]) / 2
        middle = (press, after(press, here[1]))
        if _apart(here[1], middle[1]) < _apart(middle[1], there[1]):
            here = middle
        else:
            there = middle
    return None


def _apart(one: Rest, other: Rest) -> float:
    return float(abs(one.levels - other.levels).max())


@in_words.register
def _hysteresis_in_words(swept: Hysteresis, language: str = "en") -> str:
    """What holds all along, and then where the watched node jumps."""
    held = [intervention_in_words(swept._model, one, language) for one in swept.interventions]
    return " ".join([*held, swept.sentence(language)])

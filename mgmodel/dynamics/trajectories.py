"""The course of every level over time.

No time constant of any node is measured on the map, so curves show order and shape, and no clock
time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.dynamics.logistic import Array, Equations
from mgmodel.dynamics.resting import SAME
from mgmodel.dynamics.steady import (
    check_alpha,
    in_columns,
    put,
    raised_and_lowered,
    signed,
    within_range,
)
from mgmodel.interventions import Intervention, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.wording import in_words, intervention_in_words
from mgmodel.wording.catalogues import number, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TIME_CONSTANT_HOURS", "Trajectory", "simulate"]

TIME_CONSTANT_HOURS = 1.0
"""Time constant of every node that the question does not give another one: an assumption."""
_UNEVEN = 10.0
"""Time constants that differ by more than this factor make the equations stiff."""
_LONG = 300.0
"""Through more time constants than this, long after all has settled, an explicit method dawdles."""


@dataclass(frozen=True)
class Trajectory:
    """The course of every level, as deviations from baseline, in the map's order."""

    interventions: tuple[Intervention, ...]
    alpha: float
    hours: tuple[float, ...]
    level: Mapping[str, tuple[float, ...]]
    """For each node its deviation at each of the `hours`."""
    time_constants_hours: Mapping[str, float]
    """For each node; one hour wherever the question did not say otherwise, an assumption."""
    _model: Model = field(repr=False, compare=False)

    @property
    def final(self) -> Mapping[str, float]:
        """The deviation of each node at the last of the `hours`."""
        return MappingProxyType({node: course[-1] for node, course in self.level.items()})

    def peak(self, node: str) -> tuple[float, float]:
        """The largest deviation of a node in size, and the hour when it is first reached."""
        course = self.level[self._model.node(node).id]
        place = max(range(len(course)), key=lambda at: abs(course[at]))
        return course[place], self.hours[place]

    def sentence(self, node: str, language: str = "en") -> str:
        """Where the course of one node leads, and its peak where it turned back on the way.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel.interventions import Press
        >>> chain = Model.from_edges([("a", "b", 1)])
        >>> simulate(chain, Press("a", 0.1), hours=20).sentence("b")
        'b: +0.09 from baseline after 20 hours.'
        """
        label = self._model.node(node).label.in_language(language)
        end, (top, when) = self.final[node], self.peak(node)
        values = {
            "label": label,
            "level": signed(end, language),
            "hours": number(self.hours[-1], language),
        }
        if abs(top - end) < max(SAME, 0.02 * abs(top)):
            return say("dynamics.stands", language, **values)
        peak, at = signed(top, language), number(when, language, digits=1)
        return say("dynamics.turned_back", language, **values, peak=peak, when=at)

    def to_frame(self) -> pd.DataFrame:
        """A table with one time a row, in hours, and one node a column."""
        import pandas as pd

        index = pd.Index(self.hours, name="hours", dtype=float)
        return pd.DataFrame({node: list(row) for node, row in self.level.items()}, index=index)

    def __repr__(self) -> str:
        return (
            f"Trajectory({len(self.level)} nodes over {self.hours[-1]:g} hours, "
            f"alpha {self.alpha:g})"
        )

    def _repr_html_(self) -> str:
        rows = []
        for node, course in self.level.items():
            top, when = self.peak(node)
            rows.append((node, f"{top:+.4f}", f"{when:.2f}", f"{course[-1]:+.4f}"))
        caption = f"{self!r}; deviations from baseline; {say('dynamics.assumed')}"
        return table(caption, ("node", "largest", "at hour", "at the end"), rows)


def simulate(
    model: Model,
    *interventions: Intervention,
    hours: float,
    alpha: float = 0.9,
    points: int = 101,
    start: Mapping[str, float] | None = None,
    time_constants_hours: Mapping[str, float] | None = None,
) -> Trajectory:
    """The course of every level over time, after the interventions begin at hour 0.

    Parameters
    ----------
    model
        Only its reasoning arrows carry anything; arrows into a node share alpha equally, and an
        unclear arrow carries nothing, the average of its two signs.
    interventions
        What is pressed, held, taken away, cut or flipped, and stays so.
    hours
        How long, above 0.
    alpha
        What the arrows into a node pass on together, 0 or more. From 1 on the map may have two
        lasting states, and which one is reached depends on the start.
    points
        How many times to tell, evenly spread from 0 to `hours`; 2 or more.
    start
        Deviations at hour 0, between -0.5 and 0.5; baseline for nodes not named. What an
        intervention fixes is at its value from the beginning.
    time_constants_hours
        Hours that a node takes for 63% of a lone step, above 0. None is measured on this map, so
        every node not named has one hour. That is an assumption: curves show order and shape, and
        no clock time.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        A number out of its range, a fixed value outside [-0.5, 0.5], or interventions that
        contradict each other.

    Notes
    -----
    Integrated by the explicit method of Dormand and Prince of order 8 (`DOP853` of scipy). Where
    time constants differ more than tenfold, or more than 300 of them are asked for, it is `LSODA`,
    which turns implicit where that pays. Relative tolerance 1e-8, absolute 1e-10; the same question
    gives the same curve.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> simulate(chain, Press("a", 0.1), hours=20)
    Trajectory(2 nodes over 20 hours, alpha 0.9)
    """
    import numpy as np

    check_alpha(alpha)
    _above_zero(hours, "hours is")
    if points < 2:
        msg = f"points is {points!r}; give 2 or more: the first and the last time are told."
        raise ValueError(msg)
    asked = put(model, interventions)
    constants = dict.fromkeys(model.nodes, TIME_CONSTANT_HOURS)
    for node, constant in (time_constants_hours or {}).items():
        constants[model.node(node).id] = _above_zero(constant, f"The time constant of {node!r} is")
    begun = _begun(model, start or {})
    times = np.linspace(0.0, hours, points)
    course = _curves(
        Equations(asked.adjacency, alpha, asked.factors),
        in_columns(asked, begun),
        times,
        np.array([constants[node] for node in asked.adjacency.nodes]),
    )
    levels = course.tolist()
    return Trajectory(
        tuple(interventions),
        alpha,
        tuple(times.tolist()),
        MappingProxyType({node: tuple(levels[at]) for node, at in asked.adjacency.in_map_order}),
        MappingProxyType(constants),
        _model=model,
    )


def _begun(model: Model, start: Mapping[str, float]) -> dict[int, float]:
    number_of = adjacency(model).number
    return {
        number_of[model.node(node).id]: within_range(value, f"{node!r} starts at")
        for node, value in start.items()
    }


def _above_zero(hours: float, what: str) -> float:
    if not (math.isfinite(hours) and hours > 0):
        msg = f"{what} {hours!r}; give a finite number of hours above 0."
        raise ValueError(msg)
    return hours


def _curves(
    equations: Equations, columns: tuple[Array, ...], times: Array, constants: Array
) -> Array:
    """Deviations at the times: (nodes, times)."""
    import numpy as np
    from scipy.integrate import solve_ivp

    pushes, free, start = columns
    if not start.size:
        return np.zeros((0, len(times)))
    rates = free / constants[:, None]

    def speed(_: float, levels: Array) -> Array:
        now = levels[:, None]
        moved: Array = ((equations.heading(now, pushes) - now) * rates)[:, 0]
        return moved

    slow = max(constants.max() / _UNEVEN, times[-1] / _LONG)
    done = solve_ivp(
        speed,
        (0.0, times[-1]),
        start[:, 0],
        method="LSODA" if slow > constants.min() else "DOP853",
        t_eval=times,
        rtol=1e-8,
        atol=1e-10,
    )
    course: Array = done.y
    return course


@in_words.register
def _trajectory_in_words(course: Trajectory, language: str = "en") -> str:
    """What was done, where each node stands at the end, and what the hours do not mean."""
    model, largest = course._model, check(course._model, course.interventions).largest
    said = [intervention_in_words(model, one, language) for one in course.interventions]
    said.append(say("dynamics.after", language, hours=number(course.hours[-1], language)))
    said += raised_and_lowered(model, course.final, largest, language)
    return " ".join([*said, say("dynamics.assumed", language)])

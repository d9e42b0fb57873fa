"""The equations solved: from event to event, stiff, the slow system first.

The method is LSODA of ODEPACK as scipy has it: it turns from Adams to backward differentiation
where the equations are stiff, as the axis is, with minutes beside days. It is called through
`odeint`, whose steps stay in compiled code; `solve_ivp(method="LSODA")` takes the same steps from
Python, in about three times the time (`benchmarks/year_of_meals.py`). Two splits make it quick and
exact. The solver starts anew at every event and meal, and never steps over a jump. And the slow
system, which feels nothing of the axis, goes first, so that the axis, which feels nothing of a meal
within the hour, needs no new start there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from mgmodel.physiology.compartments import (
    AXIS,
    MAGNESIUM,
    REST,
    Inputs,
    Speed,
    axis_speed,
    brain_heading,
    magnesium_speed,
    susceptibility_heading,
)
from mgmodel.physiology.constants import Constants
from mgmodel.physiology.quantities import Array

__all__ = [
    "Plan",
    "Served",
    "left_after_a_day",
    "rest_rhythm",
    "solve_axis",
    "solve_magnesium",
    "times_of",
]

HOURS_A_DAY = 24.0
_KNOT_HOURS = 1.0
"""So far apart, at most, the slow system is told to the axis, by its values and slopes."""
_DECIMALS = 9
"""Hours are compared to so many decimals: four microseconds."""
_MOST_STEPS = 100_000
_ROUNDS = 40
_STEADY = 1e-7
"""A day that ends so close to where it began, in mg or relative to rest, is steady."""
_SETTLING_DAYS = 3
"""The axis forgets its start within hours; after so many days nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Served:
    """What arrives in the gut at one moment."""

    hours: float
    magnesium_mg: float
    absorbed_mg: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to a body, in order: meals as jumps, everything else as stretches."""

    hours: float
    """How long."""
    meals: tuple[Served, ...]
    """From hour 0 on, before the end; no two at one time."""
    stretches: tuple[tuple[float, Inputs], ...]
    """Since when which inputs hold; the first since hour 0."""


def knots_of(plan: Plan) -> Array:
    """Evenly spread times at which the slow system is told to the axis, both ends included."""
    import numpy as np

    parts = math.ceil(plan.hours / _KNOT_HOURS)
    knots: Array = np.linspace(0.0, plan.hours, parts + 1)
    return knots


def times_of(plan: Plan, told: Array) -> Array:
    """All times, in order, at which the solution is written down: told, knots, events, meals."""
    import numpy as np

    events = [since for since, _ in plan.stretches]
    meals = [meal.hours for meal in plan.meals]
    every = np.concatenate([told, knots_of(plan), events, meals])
    each: Array = np.unique(every.round(_DECIMALS))
    return each


def solve_magnesium(
    constants: Constants, plan: Plan, times: Array, start: Array, relative: float
) -> Array:
    """The slow system at the times, each after what happens at it: (times, states)."""
    import numpy as np

    found = np.empty((len(times), len(MAGNESIUM)))
    meals = {round(meal.hours, _DECIMALS): meal.absorbed_mg for meal in plan.meals}
    inputs = {round(since, _DECIMALS): each for since, each in plan.stretches}
    places = np.searchsorted(times, sorted({*meals, *inputs})).tolist()
    state, speed = start.copy(), magnesium_speed(constants, REST)
    for this, following in pairwise([*places, len(times) - 1]):
        hour = float(times[this])
        if hour in inputs:
            speed = magnesium_speed(constants, inputs[hour])
        state[0] += meals.get(hour, 0.0)
        part = slice(this, following + 1)
        found[part] = _solved(speed, state, times[part], relative)
        state = found[following].copy()
    return found


def solve_axis(
    constants: Constants, plan: Plan, slow: tuple[Array, Array], start: Array, relative: float
) -> Array:
    """The axis at the times, under what the slow system does to it: (times, states).

    Parameters
    ----------
    slow
        The times, and the slow system at them.
    """
    import numpy as np

    times, magnesium = slow
    sensitivity = _sensitivity(constants, plan, times, magnesium)
    found = np.empty((len(times), len(AXIS)))
    begun: list[tuple[int, Inputs]] = []
    for since, each in plan.stretches:
        acts = Inputs(stress=each.stress, cut=each.cut)
        if not begun or begun[-1][1] != acts:
            begun.append((int(np.searchsorted(times, round(since, _DECIMALS))), acts))
    state = start
    for (this, acts), (following, _) in pairwise([*begun, (len(times) - 1, REST)]):
        part = slice(this, following + 1)
        speed = axis_speed(constants, acts, sensitivity)
        found[part] = _solved(speed, state, times[part], relative)
        state = found[following].copy()
    return found


def rest_rhythm(
    constants: Constants, meals: tuple[Served, ...], relative: float
) -> tuple[Array, Array]:
    """Both systems at midnight of a day that ends as it began, under the meals of rest.

    The slow system by Newton's method on what a day makes of a state, with the matrix exponential
    of the Jacobian at rest as its slope; a few days do, although bone takes a year. The axis by
    letting it run.

    Raises
    ------
    ValueError
        No steady day was found, which the parameters of the data do not let happen.
    """
    import numpy as np

    day = Plan(HOURS_A_DAY, meals, ((0.0, REST),))
    times = np.unique([0.0, *(meal.hours for meal in meals), HOURS_A_DAY])
    state, kept = (
        _rest_state(constants),
        np.arange(len(MAGNESIUM)) != MAGNESIUM.index("urine_total"),
    )
    slope = left_after_a_day(constants, state)[np.ix_(kept, kept)]
    for _ in range(_ROUNDS):
        moved = (solve_magnesium(constants, day, times, state, relative)[-1] - state)[kept]
        if np.abs(moved).max() < _STEADY:
            break
        state[kept] += np.linalg.solve(np.eye(len(slope)) - slope, moved)
    else:
        msg = "No steady daily rhythm was found to start from; change fewer parameters at once."
        raise ValueError(msg)
    daily = times_of(day, np.empty(0))
    found = solve_magnesium(constants, day, daily, state, relative)
    axis = np.ones(len(AXIS))
    for _ in range(_SETTLING_DAYS):
        axis = solve_axis(constants, day, (daily, found), axis, relative)[-1]
    return state, axis


def _rest_state(constants: Constants) -> Array:
    import numpy as np

    absorbed = constants.absorbed_mg_hour
    amounts = (constants.extracellular_rest, constants.exchangeable_rest, constants.bone_rest)
    return np.array([absorbed * constants.gut_time, *amounts, 0.0, absorbed, 0.0, 1.0, 1.0])


def left_after_a_day(constants: Constants, rest: Array) -> Array:
    """What is left after a day of each small deviation from rest: (states, states)."""
    import numpy as np
    from scipy.linalg import expm

    speed = magnesium_speed(constants, REST)
    steps = np.diag(1e-5 * np.maximum(np.abs(rest), 1.0))
    columns = [
        (np.array(speed(0.0, rest + step)) - np.array(speed(0.0, rest - step))) / (2 * step.sum())
        for step in steps
    ]
    left: Array = expm(HOURS_A_DAY * np.column_stack(columns))
    return left


def _solved(speed: Speed, start: Array, times: Array, relative: float) -> Array:
    """The state at the times, the first of which is the start: (times, states)."""
    from scipy.integrate import odeint

    if len(times) == 1:
        return start[None, :]
    found, told = odeint(
        speed,
        start,
        times,
        tfirst=True,
        rtol=relative,
        atol=relative,
        mxstep=_MOST_STEPS,
        full_output=True,
    )
    if told["message"] != "Integration successful.":
        msg = f"The solver stopped after hour {times[0]:g}: {told['message']}"
        raise ArithmeticError(msg)
    course: Array = found
    return course


def _sensitivity(
    c: Constants, plan: Plan, times: Array, magnesium: Array
) -> Callable[[float], float]:
    """Susceptibility times what magnesium leaves of the drive of CRH, by hours: a smooth curve.

    Cubic from knot to knot, with the slopes that the equations give.
    """
    import numpy as np

    knots = knots_of(plan)
    state = magnesium[np.searchsorted(times, knots.round(_DECIMALS))].T
    brain, sigma = state[MAGNESIUM.index("brain")], state[MAGNESIUM.index("susceptibility")]
    brain_speed = (brain_heading(c, state[1] / c.litres_mg) - brain) / c.brain_time
    heading = susceptibility_heading(c, state[2] + state[3] + state[4])
    sigma_speed = (heading - sigma) / c.susceptibility_time
    apart = float(knots[1])
    value = sigma * np.exp(-c.brain_crh * (brain - 1))
    slope = apart * value * (sigma_speed / sigma - c.brain_crh * brain_speed)
    rise = np.diff(value)
    square = 3 * rise - 2 * slope[:-1] - slope[1:]
    cubic = rise - slope[:-1] - square
    pieces = np.column_stack([value[:-1], slope[:-1], square, cubic]).tolist()
    last = len(pieces) - 1

    def sensitivity(hours: float) -> float:
        along = hours / apart
        piece = min(int(along), last)
        along -= piece
        level, first, second, third = pieces[piece]
        return float(level + along * (first + along * (second + along * third)))

    return sensitivity

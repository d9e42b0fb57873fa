"""A body over days: what is eaten, infused and suffered goes in, every quantity comes out.

A teaching device, not a clinical predictor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.physiology.compartments import (
    AXIS,
    MAGNESIUM,
    Inputs,
    released_relative,
    urine_now_mg_hour,
)
from mgmodel.physiology.constants import Constants, constants_of
from mgmodel.physiology.course import QUANTITIES, BodyCourse
from mgmodel.physiology.events import Event
from mgmodel.physiology.quantities import Array, checked
from mgmodel.physiology.schedule import plan_of, rest_meals
from mgmodel.physiology.solving import (
    HOURS_A_DAY,
    Plan,
    rest_rhythm,
    solve_axis,
    solve_magnesium,
    times_of,
)

__all__ = ["LONGEST_DAYS", "STARTS", "simulate_body"]

LONGEST_DAYS = 3650.0
"""Ten years; nothing in the equations ages, so that more would say nothing."""
SHORTEST_DAYS = 0.01
MOST_POINTS = 100_001
_FINEST, _COARSEST = 241, 20_001
RELATIVE_TOLERANCE = 1e-6
"""Half of it changes no curve by more than a hundred thousandth of its size."""
STARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gut_magnesium_mg": ("gut",),
        "serum_magnesium_mmol_l": ("extracellular",),
        "stores_magnesium_mg": ("exchangeable", "bone"),
        "exchangeable_magnesium_mg": ("exchangeable",),
        "bone_magnesium_mg": ("bone",),
        "urine_mg_day": ("urine_regulated",),
        "brain_magnesium_relative": ("brain",),
        "susceptibility_relative": ("susceptibility",),
        "crh_relative": ("crh",),
        "acth_relative": ("acth", "delay_1", "delay_2", "delay_3"),
        "cortisol_relative": ("cortisol",),
    }
)
"""Quantities that a body may start with a multiple of, and the states that this multiplies."""
_LEAST_START, _MOST_START = 0.1, 3.0
_NEGATIVE_MG, _NEGATIVE_TOLERANCES = 1e-5, 10.0
"""Nothing in the equations can empty a pool; below zero by more than this, or than so many times
the tolerance that was allowed, the solver failed."""


def simulate_body(
    parameters: Mapping[str, float],
    events: Iterable[Event] = (),
    *,
    days: float,
    points: int | None = None,
    law: str = "cooperative",
    start: Mapping[str, float] | None = None,
    relative_tolerance: float = RELATIVE_TOLERANCE,
) -> BodyCourse:
    """Every quantity of a body over some days, from the steady daily rhythm of rest at midnight.

    Rest means the intake of the parameters in three meals a day, and nothing else; the rhythm that
    goes with it is computed, so that without events every day is like the first. That intake goes
    on unless the events hold `DailyMeals`, which takes its place from the beginning.

    Parameters
    ----------
    parameters
        Values by id, as `parameters_of(model)` gives them; anything else that maps ids to numbers
        will do.
    events
        What happens, in any order; two at once add up, and meals at one moment are one meal.
    days
        0.01 to 3650.
    points
        How many times to tell, evenly spread, 2 to 100001; about one an hour, at least 241.
    law
        How release goes with ionised magnesium: "cooperative", or "one_site", which says less.
    start
        Multiples of rest to start with instead, 0.1 to 3, by quantity: one of `STARTS`.
    relative_tolerance
        Of each step of the solver, 1e-12 to 1e-3; the absolute one has the same number, in mg and
        in multiples of rest.

    Raises
    ------
    UnknownId
        A parameter is missing, or there is no such law or start.
    ValueError
        A number out of its range, an event after the end, or parameters without a state of rest.

    Notes
    -----
    The equations stand in `compartments`, the method in `solving`: LSODA, from event to event.

    References
    ----------
    fine1991, schutten2021, ryzen1990, james1989, brewer2001, keller_wood_dallman1984, for what the
    parameters were set by; each names its own.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> rest = simulate_body(physiology.parameters_of(load_model()), days=2)
    >>> round(rest.mean("serum_magnesium_mmol_l"), 2), round(rest.mean("urine_mg_day"))
    (0.85, 119)
    """
    import numpy as np

    happens = tuple(events)
    lasts = checked(days, "days", SHORTEST_DAYS, LONGEST_DAYS, "days") * HOURS_A_DAY
    relative = checked(relative_tolerance, "relative_tolerance", 1e-12, 1e-3)
    constants = constants_of(parameters, law)
    plan = plan_of(parameters, happens, lasts)
    told = np.linspace(0.0, lasts, _points(points, lasts))
    slow, fast = rest_rhythm(constants, rest_meals(parameters), relative)
    constants = _begun(constants, slow, fast, start or {})
    times = times_of(plan, told)
    magnesium = solve_magnesium(constants, plan, times, slow, relative)
    axis = solve_axis(constants, plan, (times, magnesium), fast, relative)
    places = np.searchsorted(times, told.round(9))
    found = _series(constants, plan, told, (magnesium[places].T, axis[places].T))
    below = max(_NEGATIVE_MG, _NEGATIVE_TOLERANCES * relative)
    series = {name: _fixed(_above_zero(found[name], name, below)) for name in QUANTITIES}
    return BodyCourse(_fixed(told), MappingProxyType(series), parameters, happens, law)


def _points(points: int | None, hours: float) -> int:
    if points is None:
        return min(max(_FINEST, round(hours) + 1), _COARSEST)
    if isinstance(points, bool) or points != int(checked(points, "points", 2, MOST_POINTS)):
        msg = f"points is {points!r}; give a whole number from 2 to {MOST_POINTS:,}."
        raise ValueError(msg)
    return int(points)


def _begun(constants: Constants, slow: Array, fast: Array, start: Mapping[str, float]) -> Constants:
    """Puts the multiples into both states; what is bound goes with the stores."""
    for quantity, multiple in start.items():
        if quantity not in STARTS:
            raise UnknownId(quantity, STARTS, kind="quantity to start with")
        times = checked(multiple, f"The start of {quantity}", _LEAST_START, _MOST_START)
        for state in STARTS[quantity]:
            whole, names = (slow, MAGNESIUM) if state in MAGNESIUM else (fast, AXIS)
            whole[names.index(state)] *= times
        if quantity == "stores_magnesium_mg":
            constants = replace(constants, bound=constants.bound * times)
    return constants


def _series(c: Constants, plan: Plan, told: Array, states: tuple[Array, Array]) -> dict[str, Array]:
    """Every quantity at the times told, from the states then and what acts then."""
    import numpy as np

    gut, extra, cells, bone, shifted, regulated, urine_total, brain, sigma = states[0]
    crh, acth, _, _, _, cortisol = states[1]
    acting = _acting(plan, told)
    stress = np.array([each.stress for each in acting])
    adrenaline = np.array([each.adrenaline for each in acting])
    serum = extra / c.litres_mg
    release = released_relative(c, serum)
    sympathetic = sigma * (1 + c.norepinephrine_gain * stress)
    now = (serum, regulated, sigma * release)
    rows = zip(acting, *(each.tolist() for each in now), strict=True)
    return {
        "serum_magnesium_mmol_l": serum,
        "gut_magnesium_mg": gut,
        "extracellular_magnesium_mg": extra,
        "cell_shift_mg": shifted,
        "exchangeable_magnesium_mg": cells,
        "bone_magnesium_mg": bone,
        "stores_magnesium_mg": cells + bone + shifted + c.bound,
        "urine_mg_day": np.array([HOURS_A_DAY * urine_now_mg_hour(c, *row) for row in rows]),
        "brain_magnesium_relative": brain,
        "susceptibility_relative": sigma,
        "perceived_stress_relative": sigma * (1 + stress),
        "release_relative": release,
        "sympathetic_relative": sympathetic,
        "norepinephrine_relative": release * sympathetic,
        "epinephrine_relative": release * sigma * (1 + c.epinephrine_gain * stress)
        + c.infusion_gain * adrenaline,
        "crh_relative": crh,
        "acth_relative": acth,
        "cortisol_relative": cortisol,
        "urine_total_mg": urine_total,
        **_totals(plan, told, gut),
    }


def _acting(plan: Plan, told: Array) -> list[Inputs]:
    """What acts at each time told; at a change, what comes after it."""
    import numpy as np

    since = np.array([each for each, _ in plan.stretches])
    which = np.searchsorted(since, told, side="right") - 1
    inputs = [each for _, each in plan.stretches]
    return [inputs[place] for place in which.tolist()]


def _totals(plan: Plan, told: Array, gut: Array) -> dict[str, Array]:
    """What came in and what went past, since the beginning."""
    import numpy as np

    served = np.searchsorted([meal.hours for meal in plan.meals], told, side="right")
    eaten = np.cumsum([0.0, *(meal.magnesium_mg for meal in plan.meals)])[served]
    taken = np.cumsum([0.0, *(meal.absorbed_mg for meal in plan.meals)])[served]
    arrived_first = taken[0]
    since = np.array([*(each for each, _ in plan.stretches), plan.hours])
    rates = np.array([each.infusion_mg_hour for _, each in plan.stretches])
    infused = np.concatenate([[0.0], np.cumsum(rates * np.diff(since))])
    return {
        "intake_total_mg": eaten,
        "infused_total_mg": np.interp(told, since, infused),
        "absorbed_total_mg": taken - (gut - (gut[0] - arrived_first)),
        "faeces_total_mg": eaten - taken,
    }


def _above_zero(values: Array, name: str, below: float) -> Array:
    """The values at zero where rounding, or what the solver was allowed, left them below it."""
    import numpy as np

    lowest = float(values.min())
    if lowest < -below:
        msg = f"The solver let {name} fall to {lowest:g}; lower relative_tolerance."
        raise ArithmeticError(msg)
    risen: Array = np.maximum(values, 0.0)
    return risen


def _fixed(values: Any) -> Array:
    """The same array, which nobody can write to."""
    values.flags.writeable = False
    array: Array = values
    return array

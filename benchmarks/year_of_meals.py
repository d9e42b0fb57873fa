"""How long does a simulated year of meals take, and what do the two splits of the solver bring?

    .venv/bin/python benchmarks/year_of_meals.py           a month and a year
    .venv/bin/python benchmarks/year_of_meals.py --quick   a month alone; the tests run --smallest

Beside `simulate_body` stand the same equations, all at once and in one call of scipy's solve_ivp
from beginning to end: its steps are kept to an hour, so that it steps over no meal, and it finds
out about each meal by itself. Times of one run can be compared, those of two machines cannot.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from report import duration, times
from stopwatch import timed

import mgmodel as mg
from mgmodel.physiology import Parameters, parameters_of, simulate_body, solving
from mgmodel.physiology.bands import band
from mgmodel.physiology.body import RELATIVE_TOLERANCE
from mgmodel.physiology.compartments import REST, axis_speed, magnesium_speed
from mgmodel.physiology.constants import constants_of
from mgmodel.physiology.schedule import plan_of, rest_meals

SERUM, URINE, CORTISOL = 1, 6, -1
LONGEST_STEP_HOURS = 1.0
BUDGET_SECONDS = 3.0


class Plain:
    """All equations at once, with what is in the gut written out as a sum over the meals."""

    def __init__(self, parameters: Parameters, days: float) -> None:
        self.constants = c = constants_of(parameters)
        self.hours = 24 * days
        meals = plan_of(parameters, (), self.hours).meals
        slow, fast = solving.rest_rhythm(c, rest_meals(parameters), RELATIVE_TOLERANCE)
        self.start = np.concatenate([slow, fast])
        self.begun, self.amounts = [0.0], [float(slow[0])]
        for meal in meals:
            self.amounts.append(self.gut(meal.hours) + meal.absorbed_mg)
            self.begun.append(meal.hours)
        self.slow = magnesium_speed(c, REST)

    def gut(self, hours: float) -> float:
        """Magnesium in the gut, in mg."""
        last = bisect_right(self.begun, hours) - 1
        since = hours - self.begun[last]
        return self.amounts[last] * math.exp(-since / self.constants.gut_time)

    def speed(self, hours: float, state: np.ndarray) -> tuple[float, ...]:
        """How fast every state changes."""
        magnesium = state[:9].copy()
        magnesium[0] = self.gut(hours)
        felt = state[8] * math.exp(-self.constants.brain_crh * (state[7] - 1))
        axis = axis_speed(self.constants, REST, lambda _: felt)
        return (*self.slow(hours, magnesium), *axis(hours, state[9:]))

    def solved(self, method: str) -> np.ndarray:
        """Serum in mg, urine so far in mg, and cortisol, every hour."""
        from scipy.integrate import solve_ivp

        with np.errstate(over="ignore"):  # BDF and Radau try absurd steps for their Jacobian
            done = solve_ivp(
                self.speed,
                (0.0, self.hours),
                self.start,
                method=method,
                t_eval=np.linspace(0.0, self.hours, round(self.hours) + 1),
                rtol=RELATIVE_TOLERANCE,
                atol=RELATIVE_TOLERANCE,
                max_step=LONGEST_STEP_HOURS,
            )
        found: np.ndarray = done.y[[SERUM, URINE, CORTISOL]]
        return found


def ours(parameters: Parameters, days: float) -> np.ndarray:
    course = simulate_body(parameters, days=days, points=round(24 * days) + 1)
    names = ("extracellular_magnesium_mg", "urine_total_mg", "cortisol_relative")
    return np.array([course.of(name) for name in names])


@contextmanager
def stepping_in_python() -> Iterator[None]:
    """Lets our splits be solved by solve_ivp, whose steps are taken from Python."""
    from scipy.integrate import solve_ivp

    def solved(speed: Any, start: np.ndarray, hours: np.ndarray, relative: float) -> np.ndarray:
        if len(hours) == 1:
            return start[None, :]
        span = (hours[0], hours[-1])
        done = solve_ivp(
            speed, span, start, method="LSODA", t_eval=hours, rtol=relative, atol=relative
        )
        return np.array(done.y.T)

    compiled = solving._solved
    solving._solved = solved
    try:
        yield
    finally:
        solving._solved = compiled


def compare(parameters: Parameters, days: int, methods: tuple[str, ...]) -> None:
    """Print the rows of one length."""
    answer = timed(partial(ours, parameters, days), BUDGET_SECONDS)
    reference = answer.answer
    print(f"\n{days} days, three meals a day")
    print(f"  {'':44}{'time':>10}{'ratio':>9}  apart")
    print(f"  {'simulate_body':44}{duration(answer.seconds):>10}")
    with stepping_in_python():
        found = timed(partial(ours, parameters, days), BUDGET_SECONDS)
    row("the same splits, solve_ivp(LSODA)", found, answer.seconds, reference)
    for method in methods:
        found = timed(partial(Plain(parameters, days).solved, method), 0.0)
        row(f"one call of solve_ivp({method})", found, answer.seconds, reference)


def row(name: str, found: Any, our_seconds: float, reference: np.ndarray) -> None:
    apart = np.abs(found.answer - reference).max(axis=1) / np.abs(reference).max(axis=1)
    ratio = times(found.seconds / our_seconds)
    print(f"  {name:44}{duration(found.seconds):>10}{ratio:>9}  {apart.max():.1e}")


def main() -> None:
    """Print the table."""
    parameters = parameters_of(mg.load_model())
    if "--smallest" in sys.argv:
        compare(parameters, 2, ("LSODA",))
        return
    compare(parameters, 30, ("LSODA", "BDF", "Radau"))
    members = timed(partial(band, parameters, (), days=30, members=100), BUDGET_SECONDS)
    print(f"\nband of 100 members over 30 days: {duration(members.seconds)}")
    if "--quick" not in sys.argv:
        compare(parameters, 365, ("LSODA", "BDF"))


if __name__ == "__main__":
    main()

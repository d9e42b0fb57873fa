"""No magnesium comes from nowhere, none is lost, and no pool runs dry, whatever happens."""

from __future__ import annotations

import math
import os
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mgmodel import load_model
from mgmodel.physiology import (
    AdrenalineInfusion,
    BodyCourse,
    CutFeedback,
    DailyMeals,
    DailySupplement,
    Event,
    ExamWeek,
    Infusion,
    Meal,
    Parameters,
    RenalFunction,
    Stressor,
    WithoutUrinaryConservation,
    parameters_of,
    simulate_body,
)
from mgmodel.physiology.body import RELATIVE_TOLERANCE

DEEP = os.environ.get("MGMODEL_HYPOTHESIS") == "deep"
FEW = settings(max_examples=200 if DEEP else 6)
"""For laws over weeks."""
FEWEST = settings(max_examples=50 if DEEP else 4)
"""For laws over a year."""
FORMS = ("food", "citrate", "oxide", "magnesium_chloride")


@cache
def parameters() -> Parameters:
    return parameters_of(load_model())


def events(hours: int) -> st.SearchStrategy[list[Event]]:
    """Anything that may happen before the end, in any order and however much at once."""
    hour = st.floats(0, hours - 1)
    lasting = st.floats(0.1, 100)
    strength = st.floats(0, 10)
    eaten = st.floats(0, 600)  # eight of them at one moment are still a meal

    def spans(kind: Any, *more: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
        made: st.SearchStrategy[Event] = st.builds(
            lambda start, long, *rest: kind(start, start + long, *rest), hour, lasting, *more
        )
        return made

    of_any_kind = st.one_of(
        st.builds(Meal, hour, eaten, st.sampled_from(FORMS)),
        st.builds(DailyMeals, eaten, st.integers(1, 8), hour),
        st.builds(
            DailySupplement,
            eaten,
            st.sampled_from(FORMS),
            st.integers(1, 4),
            st.booleans(),
            hour,
        ),
        spans(Infusion, st.floats(0, 1000)),
        spans(Stressor, strength),
        spans(AdrenalineInfusion, strength),
        st.builds(ExamWeek, hour, strength),
        st.builds(RenalFunction, hour, st.floats(0, 1)),
        st.builds(CutFeedback, hour, st.sampled_from(("crh", "acth", "both"))),
        st.builds(WithoutUrinaryConservation, hour),
    )
    return st.lists(of_any_kind, max_size=8)


def assert_balanced(course: BodyCourse) -> None:
    last = {name: float(values[-1]) for name, values in course.series.items()}
    came = last["intake_total_mg"] + last["infused_total_mg"]
    assert abs(course.unaccounted_mg) <= 1e-6 * max(came, 1.0)
    for name, values in course.series.items():
        assert np.isfinite(values).all(), name
        assert values.min() >= 0, name
    for name in ("intake_total_mg", "infused_total_mg", "urine_total_mg", "faeces_total_mg"):
        assert np.diff(course.of(name)).min() >= -1e-6, name


@FEW
@given(events(7 * 24))
def test_what_came_in_left_or_is_stored_over_a_week(happens: list[Event]) -> None:
    assert_balanced(simulate_body(parameters(), happens, days=7))


@pytest.mark.slow
@FEWEST
@given(events(365 * 24))
def test_what_came_in_left_or_is_stored_over_a_year(happens: list[Event]) -> None:
    assert_balanced(simulate_body(parameters(), happens, days=365))


def test_the_totals_are_those_of_the_events() -> None:
    happens = [DailyMeals(240, 2), Meal(30, 100, "oxide"), Infusion(10, 14, 50)]
    course = simulate_body(parameters(), happens, days=2)
    assert_balanced(course)
    assert course.at(48)["intake_total_mg"] == pytest.approx(2 * 240 + 100)
    assert course.at(12)["infused_total_mg"] == pytest.approx(2 * 50)
    assert course.at(48)["infused_total_mg"] == pytest.approx(4 * 50)
    eaten = 4 * (40 * 120 / (33 + 120) + 0.07 * 120)
    oxide = 0.5 * (40 * 100 / (33 + 100) + 0.07 * 100)
    faeces = course.at(48)["faeces_total_mg"]
    assert faeces == pytest.approx(2 * 240 + 100 - eaten - oxide)
    gut = course.of("gut_magnesium_mg")
    absorbed = course.at(48)["absorbed_total_mg"]
    assert absorbed == pytest.approx(eaten + oxide - (gut[-1] - gut[0]))


def test_what_adrenaline_takes_from_serum_is_in_the_cells() -> None:
    """With kidneys that do nothing and a gut that is empty, all there is stays where it is."""
    calm: list[Event] = [DailyMeals(0), RenalFunction(0, 0)]
    course = simulate_body(parameters(), [*calm, AdrenalineInfusion(2, 4, 3)], days=2)
    pools = ("gut_magnesium_mg", "extracellular_magnesium_mg", "stores_magnesium_mg")
    whole = sum(course.of(pool) for pool in pools)
    assert np.ptp(whole) < 1e-6
    usual = simulate_body(parameters(), calm, days=2)
    gone = usual.at(4)["extracellular_magnesium_mg"] - course.at(4)["extracellular_magnesium_mg"]
    gained = course.at(4)["stores_magnesium_mg"] - usual.at(4)["stores_magnesium_mg"]
    assert gained == pytest.approx(gone)
    assert gone > 50


def test_a_serum_that_is_nearly_empty_is_not_overdrawn() -> None:
    hard = parameters().with_values(
        exchange_time_hours=1e4, urine_minimum_mg_day=60, beyond_range=True
    )
    happens: list[Event] = [DailyMeals(0), AdrenalineInfusion(0, 200, 10)]
    course = simulate_body(hard, happens, days=30)
    assert_balanced(course)
    assert course.trough("serum_magnesium_mmol_l")[0] < 0.1


BUSY: tuple[Event, ...] = (
    DailySupplement(350, "citrate", start_hours=30),
    Infusion(50, 62, 200),
    Stressor(80, 81, 2),
    AdrenalineInfusion(100, 102),
    ExamWeek(129),
    RenalFunction(200, 0.3),
    CutFeedback(150, "crh", 170),
    DailyMeals(100, start_hours=250),
)


@pytest.mark.parametrize("law", ["cooperative", "one_site"])
def test_half_the_tolerance_changes_no_curve(law: str) -> None:
    def run(tolerance: float) -> BodyCourse:
        return simulate_body(parameters(), BUSY, days=14, law=law, relative_tolerance=tolerance)

    usual, half = run(RELATIVE_TOLERANCE), run(RELATIVE_TOLERANCE / 2)
    for name, values in usual.series.items():
        apart = float(np.abs(values - half.of(name)).max())
        assert apart <= 0.0005 * max(float(np.ptp(values)), 1e-6 * float(values.max())), name


def test_the_curves_are_those_of_a_solver_of_another_kind() -> None:
    """Radau, implicit Runge-Kutta, all equations at once, over a stretch without any event."""
    from scipy.integrate import solve_ivp

    from mgmodel.physiology.compartments import REST, axis_speed, magnesium_speed
    from mgmodel.physiology.constants import constants_of

    course = simulate_body(parameters(), days=1, start={"cortisol_relative": 1.5}, points=481)
    c = constants_of(parameters())
    slow = magnesium_speed(c, REST)
    names = ("gut_magnesium_mg", "extracellular_magnesium_mg", "exchangeable_magnesium_mg")
    more = ("bone_magnesium_mg", "cell_shift_mg")
    begun = course.at(0)
    regulated = (
        begun["urine_mg_day"]
        / 24
        / (1 + c.urine_gain * (begun["norepinephrine_relative"] - 1) / c.norepinephrine_gain)
    )
    state = [*(begun[name] for name in (*names, *more)), regulated, 0.0]
    state += [begun["brain_magnesium_relative"], begun["susceptibility_relative"]]
    state += [begun["crh_relative"], *[begun["acth_relative"]] * 4, begun["cortisol_relative"]]

    def speed(hours: float, now: np.ndarray) -> list[float]:
        left = now[8] * math.exp(-c.brain_crh * (now[7] - 1))
        return [*slow(hours, now[:9]), *axis_speed(c, REST, lambda _: left)(hours, now[9:])]

    done = solve_ivp(speed, (0, 6.9), state, method="Radau", rtol=1e-8, atol=1e-10)
    serum = done.y[1, -1] / c.litres_mg
    assert course.at(6.9)["serum_magnesium_mmol_l"] == pytest.approx(serum, rel=1e-5)
    assert course.at(6.9)["bone_magnesium_mg"] == pytest.approx(done.y[3, -1], rel=1e-8)
    assert course.at(6.9)["cortisol_relative"] == pytest.approx(done.y[-1, -1], rel=1e-4)

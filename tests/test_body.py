"""The simulated body by hand: its equations at one state, its rest, its events, its errors."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import asdict
from typing import Any, ClassVar

import numpy as np
import pytest
from conftest import ROOT

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.physiology import (
    AdrenalineInfusion,
    BodyCourse,
    CutFeedback,
    DailyMeals,
    DailySupplement,
    ExamWeek,
    Infusion,
    Meal,
    Parameters,
    RenalFunction,
    Stressor,
    WithoutUrinaryConservation,
    parameters_of,
    release,
    simulate_body,
)
from mgmodel.physiology.body import STARTS
from mgmodel.physiology.compartments import (
    REST,
    Inputs,
    axis_speed,
    magnesium_speed,
    released_relative,
    urine_now_mg_hour,
)
from mgmodel.physiology.constants import Constants, absorbed_of_a_meal_mg, constants_of
from mgmodel.physiology.course import QUANTITIES, quantity_in_words
from mgmodel.physiology.schedule import plan_of, rest_meals
from mgmodel.physiology.solving import rest_rhythm
from mgmodel.wording import in_words

SERUM, GUT, STORES = "serum_magnesium_mmol_l", "gut_magnesium_mg", "stores_magnesium_mg"
CORTISOL, URINE = "cortisol_relative", "urine_mg_day"
A_MEAL = 40 * 120 / (33 + 120) + 0.07 * 120
"""Absorbed of 120 mg, in mg: 31.37 + 8.4."""


@pytest.fixture(scope="module")
def numbers(real_model: Model) -> Parameters:
    return parameters_of(real_model)


@pytest.fixture(scope="module")
def body(numbers: Parameters) -> Constants:
    return constants_of(numbers)


@pytest.fixture(scope="module")
def resting(numbers: Parameters) -> BodyCourse:
    return simulate_body(numbers, days=3)


@pytest.mark.slow
def test_the_benchmark_finds_the_same_curves_by_one_plain_call() -> None:
    program = ROOT / "benchmarks" / "year_of_meals.py"
    done = subprocess.run(
        [sys.executable, str(program), "--smallest"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    apart = [float(line.split()[-1]) for line in done.stdout.splitlines() if "solve_ivp" in line]
    assert len(apart) == 2
    assert max(apart) < 1e-4


class TestConstants:
    def test_serum_at_rest_lets_out_what_comes_in(self, body: Constants) -> None:
        assert body.absorbed_mg_hour == pytest.approx(3 * A_MEAL / 24)
        assert body.serum_rest == pytest.approx(0.795 + 3 * A_MEAL / 2000)
        assert body.litres_mg == pytest.approx(16 * 24.305)

    def test_the_pools_make_the_whole_body(self, body: Constants) -> None:
        pools = (body.extracellular_rest, body.exchangeable_rest, body.bone_rest, body.bound)
        assert sum(pools) == pytest.approx(24_500)
        assert body.stores_rest == pytest.approx(24_500 - body.extracellular_rest)

    def test_cells_and_serum_even_out_with_the_time_constant_of_the_parameters(
        self, body: Constants
    ) -> None:
        rate = body.exchange * (1 / body.extracellular_rest + 1 / body.exchangeable_rest)
        assert 1 / rate == pytest.approx(12)

    @pytest.mark.parametrize("law", ["cooperative", "one_site"])
    @pytest.mark.parametrize("serum", [0.3, 0.85, 2.2])
    def test_release_is_that_of_the_close_up(
        self, numbers: Parameters, law: str, serum: float
    ) -> None:
        c = constants_of(numbers, law)
        alone = {"calcium_mmol_l": 1.2} if law == "cooperative" else {}
        function: Any = release.LAWS[law]
        expected = function(0.68 * serum, **alone) / function(0.68 * c.serum_rest, **alone)
        assert released_relative(c, serum) == pytest.approx(expected)

    def test_forms_eaten_together_saturate_the_gut_together(self, numbers: Parameters) -> None:
        both = absorbed_of_a_meal_mg(numbers, {"food": 60, "oxide": 60})
        assert both == pytest.approx(A_MEAL * (0.5 + 0.5 * 0.5))

    def test_no_more_is_absorbed_than_was_eaten(self, numbers: Parameters) -> None:
        eager = numbers.with_values(salt_factor_citrate=1.2)
        assert absorbed_of_a_meal_mg(eager, {"citrate": 1}) == pytest.approx(1.0)


class TestEquations:
    """At one state, with every term by hand."""

    C: ClassVar[dict[str, float]] = {
        "litres_mg": 400.0,
        "gut_time": 4.0,
        "absorbed_mg_hour": 5.0,
        "urine_minimum": 0.5,
        "urine_slope": 80.0,
        "filtered_slope": 128.0,
        "urine_threshold": 0.8,
        "urine_highest": 12.0,
        "urine_lag": 20.0,
        "urine_gain": 0.1,
        "serum_high": 0.95,
        "shift_rate": 20.0,
        "shift_time": 4.0,
        "exchange": 25.0,
        "bone_time": 1000.0,
        "serum_rest": 0.8,
        "extracellular_rest": 320.0,
        "exchangeable_rest": 4000.0,
        "bone_rest": 10_000.0,
        "bound": 1000.0,
        "stores_rest": 15_000.0,
        "brain_follows": 0.2,
        "brain_time": 50.0,
        "susceptibility": 2.0,
        "susceptibility_time": 100.0,
        "law_mmol_l": 3.2,
        "law_power": 1.0,
        "norepinephrine_gain": 2.0,
        "epinephrine_gain": 1.5,
        "infusion_gain": 30.0,
        "crh_time": 0.2,
        "acth_time": 0.4,
        "cortisol_time": 2.0,
        "delay_stage": 0.05,
        "feedback_half": 1.0,
        "feedback_power": 2.0,
        "crh_gain": 3.0,
        "brain_crh": 0.2,
        "circadian_amplitude": 0.5,
        "circadian_peak": 7.0,
    }

    def test_magnesium(self) -> None:
        c = Constants(**self.C)
        state = np.array([40.0, 480.0, 3600.0, 10_000.0, 8.0, 6.0, 0.0, 1.1, 1.05])
        acts = Inputs(stress=1.0, adrenaline=0.5, infusion_mg_hour=7.0, kidney_fraction=0.5)
        released = (3.2 + 0.8) / (3.2 + 1.2)
        nerves = 1.05 * released * (1 + 2.0)
        urine = 0.5 * (6.0 + 80 * (1.2 - 0.95)) * (1 + 0.1 * (nerves - 1) / 2)
        shift = 20 * (0.5 + 1.05 * released * 1.5 / 30) * 1.2 - 8 / 4
        to_cells = 25 * (480 / 320 - 3600 / 4000)
        to_bone = (10_000 * 3600 / 4000 - 10_000) / 1000
        stores = 3600 + 10_000 + 8 + 1000
        expected = [
            -10.0,
            10 + 7 - to_cells - shift - urine,
            to_cells - to_bone,
            to_bone,
            shift,
            (12.0 - 6) / 20,
            urine,
            (1 + 0.2 * (1.2 / 0.8 - 1) - 1.1) / 50,
            (math.exp(2 * (1 - stores / 15_000)) - 1.05) / 100,
        ]
        assert magnesium_speed(c, acts)(0.0, state) == pytest.approx(expected)

    def test_the_axis(self) -> None:
        c = Constants(**self.C)
        state = np.array([1.2, 0.9, 1.0, 1.1, 1.3, 2.0])
        brake = (1 / (1 + 4)) / (1 / 2)
        drive = 0.9 * (1 + 3 * 0.5 + 0.5 * math.cos(2 * math.pi * 6 / 24))
        expected = [
            (drive * brake - 1.2) / 0.2,
            (1.2 * brake - 0.9) / 0.4,
            (0.9 - 1.0) / 0.05,
            (1.0 - 1.1) / 0.05,
            (1.1 - 1.3) / 0.05,
            (1.3 - 2.0) / 2,
        ]
        speed = axis_speed(c, Inputs(stress=0.5), lambda _: 0.9)
        assert speed(13.0, state) == pytest.approx(expected)
        cut = axis_speed(c, Inputs(stress=0.5, cut=frozenset({"crh"})), lambda _: 0.9)
        expected[0] = (drive - 1.2) / 0.2
        assert cut(13.0, state) == pytest.approx(expected)
        cut = axis_speed(c, Inputs(stress=0.5, cut=frozenset({"acth"})), lambda _: 0.9)
        assert cut(13.0, state)[1] == pytest.approx((1.2 - 0.9) / 0.4)

    def test_urine_is_never_more_than_is_filtered(self) -> None:
        c = Constants(**self.C)
        assert urine_now_mg_hour(c, REST, 0.01, 6.0, 1.0) == pytest.approx(1.28)

    def test_kidneys_that_conserve_nothing_lose_a_fixed_share(self) -> None:
        c = Constants(**self.C)
        state = np.array([0.0, 200.0, 4000.0, 10_000.0, 0.0, 2.0, 0.0, 1.0, 1.0])
        speed = magnesium_speed(c, Inputs(conserves=False))(0.0, state)
        assert speed[5] == pytest.approx((5.0 * 0.5 / 0.8 - 2.0) / 20)

    def test_the_delay_is_that_of_the_parameters(self, body: Constants) -> None:
        assert 3 * body.delay_stage * 60 == pytest.approx(10)


class TestRest:
    def test_every_day_is_like_the_first(self, numbers: Parameters) -> None:
        course = simulate_body(numbers, days=8, points=193)
        for name in QUANTITIES[:-5]:
            values = course.of(name)
            assert np.abs(values[-25:] - values[:25]).max() <= 1e-5 * values.max(), name

    def test_what_is_absorbed_in_a_day_leaves_by_urine(self, resting: BodyCourse) -> None:
        assert resting.at(48)["urine_total_mg"] == pytest.approx(2 * 3 * A_MEAL, rel=1e-6)
        assert resting.mean(URINE) == pytest.approx(3 * A_MEAL, rel=1e-3)

    def test_the_stores_are_those_of_the_parameters(self, resting: BodyCourse) -> None:
        whole = resting.at(0)["extracellular_magnesium_mg"] + resting.at(0)[STORES]
        assert whole == pytest.approx(24_500, rel=1e-3)

    def test_rest_is_one_for_what_is_relative_to_it(self, resting: BodyCourse) -> None:
        for name in QUANTITIES:
            if name.endswith("_relative"):
                assert resting.mean(name, 24, 48) == pytest.approx(1, abs=0.02), name

    def test_cortisol_has_its_day(self, resting: BodyCourse) -> None:
        top, at = resting.peak(CORTISOL)
        low, bottom = resting.trough(CORTISOL)
        assert 6 <= at % 24 <= 10
        assert 18 <= bottom % 24 <= 23
        assert top > 1.05
        assert low < 0.9

    def test_other_parameters_have_their_own_rest(self, numbers: Parameters) -> None:
        other = numbers.with_values(
            urine_slope_mg_day_per_mmol_l=5400, exchangeable_fraction=0.05, urine_lag_hours=72
        )
        course = simulate_body(other, days=10)
        assert course.at(240)[SERUM] == pytest.approx(course.at(0)[SERUM], abs=1e-6)
        assert course.mean(SERUM) == pytest.approx(0.795 + 3 * A_MEAL / 5400, abs=3e-3)

    @pytest.mark.slow
    def test_every_corner_of_the_ranges_has_a_rest(self, numbers: Parameters) -> None:
        draws = np.random.default_rng(0)
        for _ in range(60):
            values = {
                one.id: float(draws.choice([one.low, one.value, one.high]))
                for one in numbers.uncertain
            }
            corner = numbers.with_values(**values)
            slow, _ = rest_rhythm(constants_of(corner), rest_meals(corner), 1e-6)
            assert slow.min() > -1e-12

    def test_a_start_beside_rest_multiplies_it(self, numbers: Parameters) -> None:
        usual = simulate_body(numbers, days=1).at(0)
        for quantity in STARTS:
            begun = simulate_body(numbers, days=1, start={quantity: 1.2}).at(0)
            assert begun[quantity] == pytest.approx(1.2 * usual[quantity], rel=1e-3), quantity


class TestEvents:
    def test_a_meal_is_in_the_gut_at_once_and_leaves_it_with_the_time_constant(
        self, numbers: Parameters, resting: BodyCourse
    ) -> None:
        course = simulate_body(numbers, [Meal(24, 120)], days=3)
        more = course.of(GUT) - resting.of(GUT)
        hours = course.hours
        assert more[hours == 24] == pytest.approx(A_MEAL)
        assert more[hours == 28] == pytest.approx(A_MEAL / math.e, rel=1e-5)
        assert np.abs(more[hours < 24]).max() < 1e-9

    def test_a_meal_without_magnesium_is_no_meal(self, numbers: Parameters) -> None:
        assert len(plan_of(numbers, [Meal(1, 0), DailyMeals(0)], 24).meals) == 0

    def test_what_is_eaten_at_one_moment_is_one_meal(self, numbers: Parameters) -> None:
        plan = plan_of(numbers, [DailyMeals(120, 1), Meal(12, 60), Meal(12, 60, "oxide")], 24)
        (meal,) = plan.meals
        assert (meal.hours, meal.magnesium_mg) == (12, 240)
        share = 40 / (33 + 240) + 0.07
        assert meal.absorbed_mg == pytest.approx(share * (180 + 0.5 * 60))

    def test_the_latest_diet_counts(self, numbers: Parameters) -> None:
        plan = plan_of(numbers, [DailyMeals(200, 1, 24), DailyMeals(100, 2, 48)], 72)
        eaten = [(meal.hours, meal.magnesium_mg) for meal in plan.meals]
        assert eaten[:3] == [(7, 120), (13, 120), (19, 120)]
        assert eaten[3:] == [(36, 200), (55, 50), (67, 50)]

    def test_a_supplement_stops(self, numbers: Parameters) -> None:
        taken = DailySupplement(100, "citrate", 1, start_hours=24, end_hours=60)
        plan = plan_of(numbers, [DailyMeals(0), taken], 96)
        assert [meal.hours for meal in plan.meals] == [36]

    def test_events_act_while_they_last_and_add_up(self, numbers: Parameters) -> None:
        happens = [
            *(Stressor(2, 6, 0.5), Stressor(4, 8, 2), AdrenalineInfusion(5, 7, 3)),
            *(Infusion(1, 3, 10), Infusion(2, 4, 20), CutFeedback(3, "crh", 5)),
            *(CutFeedback(4, "both"), WithoutUrinaryConservation(6, 7)),
            *(RenalFunction(1, 0.5), RenalFunction(3, 0.2, 4)),
        ]
        plan = plan_of(numbers, happens, 24)
        acts = {since: asdict(inputs) for since, inputs in plan.stretches}
        assert list(acts) == [0, 1, 2, 3, 4, 5, 6, 7, 8]
        assert [each["stress"] for each in acts.values()] == [0, 0, 0.5, 0.5, 2.5, 2.5, 2, 2, 0]
        assert [each["infusion_mg_hour"] for each in acts.values()] == [0, 10, 30, 20, *[0] * 5]
        assert [each["adrenaline"] for each in acts.values()] == [0, 0, 0, 0, 0, 3, 3, 0, 0]
        kidneys = [each["kidney_fraction"] for each in acts.values()]
        assert kidneys == [1, 0.5, 0.5, 0.2, *[0.5] * 5]
        assert [each["conserves"] for each in acts.values()].index(False) == 6
        cut = [len(each["cut"]) for each in acts.values()]
        assert cut == [0, 0, 0, 1, 2, 2, 2, 2, 2]

    def test_an_exam_week_is_its_stressors(self, numbers: Parameters) -> None:
        week = ExamWeek(9, days=2)
        as_week = simulate_body(numbers, [week], days=3)
        as_days = simulate_body(numbers, week.stressors, days=3)
        assert np.array_equal(as_week.of(CORTISOL), as_days.of(CORTISOL))

    def test_noradrenaline_follows_stress_at_once(
        self, numbers: Parameters, resting: BodyCourse
    ) -> None:
        course = simulate_body(numbers, [Stressor(30, 31)], days=3, points=73)
        now, usual = course.at(30), resting.at(30)
        for name, gain in (("norepinephrine_relative", 2.46), ("epinephrine_relative", 1.45)):
            assert now[name] == pytest.approx(usual[name] * (1 + gain)), name
        assert now["perceived_stress_relative"] == pytest.approx(2, rel=1e-3)
        assert course.at(31)["norepinephrine_relative"] < 1.1

    def test_cortisol_without_feedback_rises_to_what_drives_it(self, numbers: Parameters) -> None:
        even = numbers.with_values(circadian_amplitude=0, magnesium_crh_gain=0)
        course = simulate_body(even, [Stressor(0, 48), CutFeedback(0, "both")], days=2)
        assert course.at(48)[CORTISOL] == pytest.approx(1 + 3, rel=1e-3)
        held = simulate_body(even, [Stressor(0, 48)], days=2).at(48)[CORTISOL]
        assert held == pytest.approx(4 * (2 / (1 + held**3)) ** 2, rel=1e-3)

    def test_both_feedbacks_are_worth_more_than_one(self, numbers: Parameters) -> None:
        tops = [
            simulate_body(numbers, [Stressor(30, 31), *cut], days=2).peak(CORTISOL)[0]
            for cut in ([], [CutFeedback(30, "acth")], [CutFeedback(30, "both")])
        ]
        assert tops == sorted(tops)
        assert tops[2] > tops[1] > 1.05 * tops[0]

    def test_kidneys_that_conserve_nothing_empty_the_body(self, numbers: Parameters) -> None:
        saving, wasting = (
            simulate_body(numbers, [DailyMeals(0), *more], days=30).at(720)[STORES]
            for more in ([], [WithoutUrinaryConservation()])
        )
        assert wasting < saving - 200

    def test_less_in_the_stores_means_more_stress_from_the_same_stressor(
        self, numbers: Parameters
    ) -> None:
        weak = numbers.with_values(susceptibility_strength=3)
        happens = [Stressor(0, 24 * 60)]
        low = simulate_body(weak, happens, days=60, start={STORES: 0.8})
        usual = simulate_body(weak, happens, days=60)
        stress = "perceived_stress_relative"
        assert low.at(700)[stress] > 1.2 * usual.at(700)[stress]
        assert low.at(700)[CORTISOL] > usual.at(700)[CORTISOL]


class TestRefusals:
    @pytest.mark.parametrize(
        ("asked", "complaint"),
        [
            ({"days": 0}, "days is 0; give a number from 0.01 to 3,650 days"),
            ({"days": -1}, "from 0.01 to 3,650 days"),
            ({"days": 1e9 / 24}, "from 0.01 to 3,650 days"),
            ({"days": math.nan}, "from 0.01 to 3,650 days"),
            ({"days": "a week"}, "from 0.01 to 3,650 days"),
            ({"days": 1, "points": 1}, "points is 1; give a number from 2 to 100,001"),
            ({"days": 1, "points": 10.5}, "points is 10.5; give a whole number from 2 to 100,001"),
            ({"days": 1, "relative_tolerance": 0}, "relative_tolerance is 0; give a number from"),
            ({"days": 1, "start": {SERUM: 9}}, "The start of serum_magnesium_mmol_l is 9; give"),
            ({"days": 1, "events": [Stressor(25, 26)]}, "ends at hour 24; give an hour before"),
        ],
        ids=lambda value: re.sub(r"\W+", "_", str(value))[:40],
    )
    def test_a_number_out_of_range_is_refused_with_the_range(
        self, numbers: Parameters, asked: dict[str, Any], complaint: str
    ) -> None:
        with pytest.raises(ValueError, match=re.escape(complaint)):
            simulate_body(numbers, **asked)

    def test_an_unknown_name_is_refused_with_near_ones(self, numbers: Parameters) -> None:
        with pytest.raises(UnknownId, match="Did you mean 'serum_magnesium_mmol_l'"):
            simulate_body(numbers, days=1, start={"serum_magnesium": 1.1})
        with pytest.raises(UnknownId, match="no law of release 'one_sit'"):
            simulate_body(numbers, days=1, law="one_sit")
        with pytest.raises(UnknownId, match="no parameter 'urine_lag_hours'"):
            simulate_body({k: v for k, v in numbers.items() if k != "urine_lag_hours"}, days=1)

    def test_a_meal_that_many_events_make_too_large_is_refused(self, numbers: Parameters) -> None:
        feast = [Meal(12, 3000), Meal(12, 2500)]
        with pytest.raises(ValueError, match=r"At hour 12 5,500 mg .* give at most 5,000 mg"):
            simulate_body(numbers, feast, days=1)

    def test_what_is_no_event_is_refused(self, numbers: Parameters) -> None:
        with pytest.raises(TypeError, match="is no event"):
            simulate_body(numbers, ["a meal"], days=1)  # type: ignore[list-item]

    @pytest.mark.parametrize(
        ("changed", "complaint"),
        [
            ({"urine_lag_hours": -1.0}, "urine_lag_hours is -1; give a finite number above 0"),
            ({"body_magnesium_mg": 0.0}, "body_magnesium_mg is 0; give"),
            ({"intake_mg_day": 5.0}, "no steady daily rhythm.*raise intake_mg_day"),
            ({"serum_high_mmol_l": 0.7}, "more than the threshold of the kidney"),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
    )
    def test_parameters_without_rest_are_refused(
        self, numbers: Parameters, changed: dict[str, float], complaint: str
    ) -> None:
        beyond = numbers.with_values(beyond_range=True, **changed)
        with pytest.raises(ValueError, match=complaint):
            simulate_body(beyond, days=1)


class TestCourse:
    def test_times_are_evenly_spread_and_as_many_as_asked(self, numbers: Parameters) -> None:
        assert simulate_body(numbers, days=2, points=5).hours.tolist() == [0, 12, 24, 36, 48]
        assert len(simulate_body(numbers, days=1).hours) == 241
        assert len(simulate_body(numbers, days=20).hours) == 481

    def test_few_times_tell_the_same_as_many(self, numbers: Parameters) -> None:
        few = simulate_body(numbers, [Stressor(9, 10)], days=1, points=3)
        many = simulate_body(numbers, [Stressor(9, 10)], days=1, points=481)
        for name in QUANTITIES:
            assert few.at(12)[name] == pytest.approx(many.at(12)[name], rel=1e-4), name

    def test_a_part_of_an_hour_is_a_course(self, numbers: Parameters) -> None:
        course = simulate_body(numbers, [Infusion(0.1, 0.2, 10)], days=0.01)
        assert course.hours[-1] == pytest.approx(0.24)
        assert course.at(0.24)["infused_total_mg"] == pytest.approx(1)

    def test_between_two_times_lies_a_straight_line(self, resting: BodyCourse) -> None:
        first, second = resting.hours[10:12]
        middle = resting.at((first + second) / 2)[SERUM]
        assert middle == pytest.approx(resting.of(SERUM)[10:12].mean())

    def test_a_mean_by_hand(self, resting: BodyCourse) -> None:
        assert resting.mean("intake_total_mg", 8, 12) == pytest.approx(120)
        assert resting.mean(SERUM, 5, 5) == pytest.approx(resting.at(5)[SERUM])

    def test_outside_the_course_is_refused(self, resting: BodyCourse) -> None:
        with pytest.raises(ValueError, match="hours is 73; give a number from 0 to 72 hours"):
            resting.at(73)
        with pytest.raises(ValueError, match="end_hours is 3; give a number from 5 to 72"):
            resting.mean(SERUM, 5, 3)
        with pytest.raises(UnknownId, match="no quantity 'serum'"):
            resting.of("serum")
        with pytest.raises(UnknownId, match=r"no quantity 'cortisol'.*'cortisol_relative'"):
            quantity_in_words("cortisol")

    def test_nothing_of_it_can_be_changed(self, resting: BodyCourse) -> None:
        with pytest.raises(ValueError, match="read-only"):
            resting.of(SERUM)[0] = 1
        with pytest.raises(TypeError):
            resting.series[SERUM] = resting.hours  # type: ignore[index]

    def test_a_frame_has_a_time_a_row_and_a_quantity_a_column(self, resting: BodyCourse) -> None:
        frame = resting.to_frame()
        assert list(frame.columns) == list(QUANTITIES)
        assert frame.index.name == "hours"
        assert frame.loc[24.0, SERUM] == resting.at(24)[SERUM]

    def test_a_sentence_by_hand(self, numbers: Parameters) -> None:
        course = simulate_body(numbers, [Infusion(2, 4, 50)], days=1)
        assert course.sentence("infused_total_mg") == (
            "Magnesium infused so far (mg): 0 at the start and 100 after 24 hours; at most 100 "
            "(hour 4), at least 0 (hour 0)."
        )
        assert course.sentence("bone_magnesium_mg", "nl") == (
            "Magnesium in het bot (mg): blijft 24 uur lang op 13.475."
        )

    @pytest.mark.parametrize(
        ("language", "device", "unmeasured", "lever"),
        [
            ("en", "not a clinical predictor", "has not been measured; 0.1", "8% of release"),
            ("nl", "geen klinisch", "is niet gemeten; hier is 0,1", "8% van de afgifte"),
            ("sv", "inget kliniskt", "har inte mätts; här antas 0,1", "8 % av frisättningen"),
        ],
    )
    def test_in_words_it_is_a_teaching_device(
        self, numbers: Parameters, language: str, device: str, unmeasured: str, lever: str
    ) -> None:
        said = in_words(simulate_body(numbers, [Stressor(9, 10)], days=1), language)
        for part in (device, unmeasured, lever, in_words(Stressor(9, 10), language)):
            assert part in said.replace("\u00a0", " "), said
        assert "{" not in said

    def test_without_events_it_says_so(self, resting: BodyCourse) -> None:
        assert "Nothing happens but the usual meals." in in_words(resting)

    def test_at_the_end_of_a_cell(self, numbers: Parameters) -> None:
        course = simulate_body(numbers, [Stressor(9, 10)], days=1.5)
        assert repr(course) == "BodyCourse(1.5 days, 1 event, 241 times)"
        shown = course._repr_html_()
        assert "not a clinical predictor" in shown
        assert shown.count("<tr>") == len(QUANTITIES) + 1

"""What can happen to a simulated body: events check themselves and say what they are."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from mgmodel import Model, UnknownId, in_words, physiology
from mgmodel.physiology.events import (
    LIMITS,
    MAGNESIUM_SULFATE_FRACTION,
    AdrenalineInfusion,
    CutFeedback,
    DailyMeals,
    DailySupplement,
    Event,
    ExamWeek,
    Infusion,
    Meal,
    RenalFunction,
    Stressor,
    WithoutUrinaryConservation,
    check_events,
    daily_hours,
)
from mgmodel.vocabulary import Language

LANGUAGES = [language.value for language in Language]
EXAMPLES: list[Event] = [
    Meal(12, 120),
    Meal(12, 400, "magnesium_oxide"),
    DailyMeals(360),
    DailySupplement(350, start_hours=24),
    DailySupplement(350, "oxide", doses=2, with_meals=False, end_hours=240),
    Infusion(0, 0.5, magnesium_sulfate_g=4),
    Infusion(0, 24, magnesium_mg_per_hour=50),
    Stressor(9, 10),
    AdrenalineInfusion(9, 11),
    ExamWeek(33),
    RenalFunction(0, 0.1),
    RenalFunction(0, 0.1, end_hours=48),
    CutFeedback(0, "crh"),
    CutFeedback(0, "acth"),
    CutFeedback(0, "both", end_hours=5),
    WithoutUrinaryConservation(),
]


def test_there_is_an_example_of_every_kind_of_event() -> None:
    assert set(get_args(Event)) == {type(event) for event in EXAMPLES}


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Meal(12, -1), r"Meal: magnesium_mg is -1; give a number from 0 to 5,000 mg"),
        (lambda: Meal(12, 6.03e6, "oxide"), r"magnesium_mg is 6030000.*0 to 5,000 mg"),
        (lambda: Meal(-1, 100), r"Meal: at_hours is -1; give a number from 0 to 87,600 hours"),
        (lambda: Meal(1e9, 100), r"at_hours is 1000000000.*0 to 87,600 hours"),
        (lambda: Meal(float("nan"), 100), r"at_hours is nan.*0 to 87,600 hours"),
        (lambda: Meal(12, True), r"magnesium_mg is True; give a number"),
        (lambda: Meal(12, "100"), r"magnesium_mg is '100'; give a number"),
        (lambda: DailyMeals(-5), r"DailyMeals: magnesium_mg_day is -5.*0 to 5,000 mg/day"),
        (lambda: DailyMeals(360, meals=0), r"DailyMeals: meals is 0; give a number from 1 to 24"),
        (lambda: DailyMeals(360, meals=2.5), r"meals is 2\.5; give a whole number"),
        (lambda: DailySupplement(350, start_hours=5, end_hours=5), r"end_hours is 5.*more than"),
        (lambda: DailySupplement(1e6), r"DailySupplement: magnesium_mg_day is 1000000"),
        (lambda: Infusion(0, 1), r"Infusion: give either magnesium_mg_per_hour or magnesium_sulf"),
        (lambda: Infusion(0, 1, 50, 4), r"Infusion: give either"),
        (lambda: Infusion(0, 1, magnesium_mg_per_hour=-1), r"magnesium_mg_per_hour is -1"),
        (lambda: Infusion(0, 1, magnesium_sulfate_g=51), r"magnesium_sulfate_g is 51.*0 to 50 g"),
        (lambda: Infusion(0, 0.1, magnesium_sulfate_g=20), r"the rate of magnesium is 19720"),
        (lambda: Infusion(2, 1, 50), r"end_hours is 1; give more than start_hours, which is 2"),
        (lambda: Stressor(9, 1e9), r"Stressor: end_hours is 1000000000.*0 to 87,600 hours"),
        (lambda: Stressor(9, 10, strength=11), r"Stressor: strength is 11; .*from 0 to 10"),
        (lambda: Stressor(9, None), r"Stressor: end_hours is None; give a number"),
        (lambda: AdrenalineInfusion(9, 10, -1), r"AdrenalineInfusion: strength is -1"),
        (lambda: ExamWeek(0, hours_day=25), r"ExamWeek: hours_day is 25.*0 to 24 hours"),
        (lambda: ExamWeek(0, hours_day=0), r"hours_day is 0; give more than 0 and at most 24"),
        (lambda: ExamWeek(0, days=400), r"ExamWeek: days is 400; give a number from 1 to 365"),
        (lambda: RenalFunction(0, 1.1), r"RenalFunction: fraction is 1\.1; .*from 0 to 1"),
        (lambda: RenalFunction(0, 10), r"fraction is 10; give a number from 0 to 1"),
        (lambda: CutFeedback(0, "crf"), r"feedback is 'crf'; give one of crh, acth, both"),
        (lambda: WithoutUrinaryConservation(-1), r"start_hours is -1.*0 to 87,600 hours"),
    ],
)
def test_nonsense_is_refused_with_the_allowed_range(make: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make()  # type: ignore[operator]


@pytest.mark.parametrize("make", [lambda form: Meal(0, 1, form), lambda f: DailySupplement(1, f)])
def test_an_unknown_form_gets_near_names(make: object) -> None:
    with pytest.raises(UnknownId, match=r"'oxid'.*'oxide'"):
        make("oxid")  # type: ignore[operator]


def test_an_event_may_sit_on_either_end_of_its_range() -> None:
    assert Meal(0, 0) != Meal(87_600, 5000)
    assert RenalFunction(0, 0).fraction == 0
    assert Stressor(0, 1, strength=0).strength == 0


def test_sulfate_is_turned_into_magnesium() -> None:
    # 4 g of the heptahydrate hold 4000 x 24.305 / 246.466 = 394.5 mg; over two hours half an hour
    assert Infusion(1, 3, magnesium_sulfate_g=4).mg_hour == pytest.approx(394.5 / 2, abs=0.1)
    assert Infusion(1, 3, magnesium_mg_per_hour=50).mg_hour == 50


def test_defaults_are_those_of_the_data(real_model: Model) -> None:
    parameters = physiology.parameters_of(real_model)
    week = ExamWeek(0)
    assert parameters["exam_strength"] == week.strength
    assert parameters["exam_hours_day"] == week.hours_day
    assert parameters["magnesium_sulfate_fraction"] == MAGNESIUM_SULFATE_FRACTION
    by_formula = physiology.elemental.fraction("MgSO4.7H2O")
    assert parameters["magnesium_sulfate_fraction"] == pytest.approx(by_formula, abs=5e-5)


@pytest.mark.parametrize("times", range(1, 25))
def test_meals_lie_between_seven_and_nineteen_hours(times: int) -> None:
    hours = daily_hours(times)
    assert times == len(set(hours))
    assert list(hours) == sorted(hours)
    assert 7 <= hours[0] <= hours[-1] <= 19


def test_doses_between_meals_are_not_taken_with_one() -> None:
    meals = set(DailyMeals(360).hours_of_day)
    assert meals == set(DailySupplement(350).hours_of_day)
    assert not meals & set(DailySupplement(350, with_meals=False).hours_of_day)


def test_an_exam_week_is_seven_stressors_with_nights_between_them() -> None:
    stressors = ExamWeek(33).stressors
    expected = [(33 + 24 * day, 43 + 24 * day, 0.5) for day in range(7)]
    assert expected == [(one.start_hours, one.end_hours, one.strength) for one in stressors]


def test_events_can_be_compared_and_kept_in_a_set() -> None:
    assert len(set(EXAMPLES)) == len(EXAMPLES)
    assert Stressor(9, 10) == Stressor(9, 10, 1.0)


def test_events_of_a_simulation_are_events_and_begin_before_its_end() -> None:
    assert tuple(EXAMPLES) == check_events(EXAMPLES, days=10)
    with pytest.raises(ValueError, match=r"Meal begins at hour 49.*ends at hour 48; .*more days"):
        check_events([Meal(49, 100)], days=2)
    with pytest.raises(TypeError, match=r"'lunch' is no event; make one, such as Stressor"):
        check_events(["lunch"], days=2)  # type: ignore[list-item]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EXAMPLES, ids=repr)
def test_every_event_says_when_and_what_in_every_language(event: Event, language: str) -> None:
    said = in_words(event, language)
    assert re.fullmatch(r"[A-Z][^{}]+: .+\.", said)
    if language != "en":
        assert said != in_words(event)


def test_events_in_english() -> None:
    said = [in_words(event) for event in (Meal(12, 120), Infusion(0, 0.5, None, 4), EXAMPLES[-2])]
    assert said == [
        "Hour 12: a meal with 120 mg of magnesium (food).",
        "Hours 0 to 0.5: 789 mg of magnesium an hour into a vein.",
        "Hours 0 to 5: both feedbacks of cortisol are cut.",
    ]


def test_a_limit_says_its_unit() -> None:
    assert LIMITS["magnesium_mg"] == (0.0, 5000.0, "mg")
    assert all(low < high for low, high, _ in LIMITS.values())

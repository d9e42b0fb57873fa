"""Each event in a sentence, in three languages: when, and what."""

from __future__ import annotations

from typing import get_args

from mgmodel.physiology.events import (
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
)
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import number, say
from mgmodel.wording.sentences import readable

__all__ = ["event_name"]


def event_name(event: Event, language: str = "en") -> str:
    """What happens, as a name beside a time line; `in_words` says when as well.

    Examples
    --------
    >>> event_name(Stressor(9, 10)), in_words(Stressor(9, 10))
    ('stress of strength 1', 'Hours 9 to 10: stress of strength 1.')
    """
    if isinstance(event, Meal | DailyMeals | DailySupplement):
        return _eaten(event, language)
    if isinstance(event, Infusion):
        return say("event.infusion", language, rate=number(event.mg_hour, language, digits=0))
    if isinstance(event, Stressor | AdrenalineInfusion | ExamWeek):
        return _stressful(event, language)
    if isinstance(event, RenalFunction):
        share = number(100 * event.fraction, language, digits=0)
        return say("event.renal", language, percent=say("number.percent", language, number=share))
    if isinstance(event, CutFeedback):
        return say(f"event.cut.{event.feedback}", language)
    return say("event.no_conservation", language)


def _eaten(event: Meal | DailyMeals | DailySupplement, language: str) -> str:
    if isinstance(event, DailyMeals):
        amount, meals = number(event.magnesium_mg_day, language), number(event.meals, language)
        return say("event.daily_meals", language, amount=amount, meals=meals)
    is_food = event.form == "food"
    form = say("event.food", language) if is_food else readable(event.form)
    form = form.removeprefix("magnesium ")
    if isinstance(event, Meal):
        amount = number(event.magnesium_mg, language)
        return say("event.meal", language, amount=amount, form=form)
    return say(
        "event.supplement_with_meals" if event.with_meals else "event.supplement_between",
        language,
        amount=number(event.magnesium_mg_day, language),
        doses=number(event.doses, language),
        form=form,
    )


def _stressful(event: Stressor | AdrenalineInfusion | ExamWeek, language: str) -> str:
    strength = number(event.strength, language)
    if isinstance(event, ExamWeek):
        hours, days = number(event.hours_day, language), number(event.days, language)
        return say("event.exam_week", language, strength=strength, hours=hours, days=days)
    key = "stressor" if isinstance(event, Stressor) else "adrenaline"
    return say(f"event.{key}", language, strength=strength)


def _when(event: Event, language: str) -> str:
    if isinstance(event, Meal):
        return say("event.moment", language, at=number(event.at_hours, language))
    start = number(event.start_hours, language)
    end_hours = None if isinstance(event, DailyMeals | ExamWeek) else event.end_hours
    if end_hours is None:
        return say("event.onwards", language, start=start)
    return say("event.span", language, start=start, end=number(end_hours, language))


def _event(event: Event, language: str = "en") -> str:
    return f"{_when(event, language)}: {event_name(event, language)}."


for _kind in get_args(Event):
    in_words.register(_kind, _event)

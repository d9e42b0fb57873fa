"""Events in the order in which a body meets them: meals as jumps, all else as stretches of time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mgmodel.physiology.compartments import REST, Inputs
from mgmodel.physiology.constants import MEALS_A_DAY, absorbed_of_a_meal_mg
from mgmodel.physiology.events import (
    LIMITS,
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
)
from mgmodel.physiology.solving import HOURS_A_DAY, Plan, Served

__all__ = ["plan_of", "rest_meals"]

_DECIMALS = 9
"""Hours that agree to so many decimals are one moment."""


def plan_of(parameters: Mapping[str, float], events: Sequence[Event], hours: float) -> Plan:
    """What happens to a body until the end, in order.

    Parameters
    ----------
    parameters
        Values by id.
    events
        In any order; what overlaps adds up, but of diets and of kidneys the latest that began
        counts. What is eaten at one moment is one meal.
    hours
        The end.

    Raises
    ------
    TypeError, ValueError
        Something is no event, or begins after the end.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> plan = plan_of(physiology.parameters_of(load_model()), [Stressor(9, 10)], 24)
    >>> [since for since, _ in plan.stretches], [meal.hours for meal in plan.meals]
    ([0.0, 9.0, 10.0], [7.0, 13.0, 19.0])
    """
    happens = _singly(check_events(events, hours / HOURS_A_DAY))
    eaten = (Meal, DailyMeals, DailySupplement)
    lasting = [(*_span(event), event) for event in happens if not isinstance(event, eaten)]
    ends = {edge for begun, ended, _ in lasting for edge in (begun, ended) if 0.0 < edge < hours}
    stretches = tuple((edge, _acting(lasting, edge)) for edge in sorted({0.0, *ends}))
    return Plan(hours, _served(parameters, happens, hours), stretches)


def rest_meals(parameters: Mapping[str, float]) -> tuple[Served, ...]:
    """The meals of a day at rest."""
    return _served(parameters, (), HOURS_A_DAY)


def _singly(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with each week of exams as its stressors."""
    found: list[Event] = []
    for event in events:
        found += event.stressors if isinstance(event, ExamWeek) else [event]
    return tuple(found)


def _span(event: Event) -> tuple[float, float]:
    """When an event begins and ends, to the moment."""
    begins = event.at_hours if isinstance(event, Meal) else event.start_hours
    ends = getattr(event, "end_hours", None)
    until = float("inf") if ends is None else float(ends)
    return round(float(begins), _DECIMALS), round(until, _DECIMALS)


def _acting(events: Sequence[tuple[float, float, Event]], hour: float) -> Inputs:
    """What acts from this hour until the next edge, of events with their begins and ends."""
    stress = adrenaline = infused = 0.0
    kidneys: list[tuple[float, float]] = [(-1.0, REST.kidney_fraction)]
    cut: set[str] = set()
    conserves = True
    for begins, ends, event in events:
        if not begins <= hour < ends:
            continue
        if isinstance(event, Stressor):
            stress += event.strength
        elif isinstance(event, AdrenalineInfusion):
            adrenaline += event.strength
        elif isinstance(event, Infusion):
            infused += event.mg_hour
        elif isinstance(event, RenalFunction):
            kidneys.append((begins, event.fraction))
        elif isinstance(event, CutFeedback):
            cut.update(("crh", "acth") if event.feedback == "both" else (event.feedback,))
        elif isinstance(event, WithoutUrinaryConservation):
            conserves = False
    latest = max(reversed(kidneys), key=lambda each: each[0])
    return Inputs(stress, adrenaline, infused, latest[1], conserves, frozenset(cut))


def _served(
    parameters: Mapping[str, float], events: Sequence[Event], hours: float
) -> tuple[Served, ...]:
    """All meals in order; what is eaten at one moment, of whatever form, is one meal."""
    plates: dict[float, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for hour, magnesium_mg, form in _eaten(parameters, events, hours):
        if magnesium_mg > 0 and hour < hours:
            plates[round(hour, _DECIMALS)][form.removeprefix("magnesium_")] += magnesium_mg
    known: dict[tuple[tuple[str, float], ...], float] = {}
    meals = []
    for hour, plate in sorted(plates.items()):
        dish = tuple(sorted(plate.items()))
        if dish not in known:
            _refuse_a_feast(sum(plate.values()), hour)
            known[dish] = absorbed_of_a_meal_mg(parameters, plate)
        meals.append(Served(hour, sum(plate.values()), known[dish]))
    return tuple(meals)


def _refuse_a_feast(magnesium_mg: float, hour: float) -> None:
    most = LIMITS["magnesium_mg"][1]
    if magnesium_mg > most:
        msg = (
            f"At hour {hour:g} {magnesium_mg:,.0f} mg of magnesium is eaten at one moment, by all "
            f"events together; give at most {most:,.0f} mg, or spread it over the day."
        )
        raise ValueError(msg)


def _eaten(
    parameters: Mapping[str, float], events: Sequence[Event], hours: float
) -> Iterator[tuple[float, float, str]]:
    """Hour, magnesium in mg, and form of all that is eaten, in no order."""
    usual = DailyMeals(parameters["intake_mg_day"], MEALS_A_DAY)
    diets = [usual, *(event for event in events if isinstance(event, DailyMeals))]
    diets.sort(key=lambda diet: diet.start_hours)  # stable: of two at once, the one given last
    begun = [diet.start_hours for diet in diets]
    days = range(int(-(-hours // HOURS_A_DAY)))
    for diet in diets:
        for hour in _every_day(diet.hours_of_day, days):
            if diets[bisect_right(begun, hour) - 1] is diet:
                yield hour, diet.magnesium_mg_day / diet.meals, "food"
    for event in events:
        if isinstance(event, Meal):
            yield event.at_hours, event.magnesium_mg, event.form
        elif isinstance(event, DailySupplement):
            begins, ends = _span(event)
            for hour in _every_day(event.hours_of_day, days):
                if begins <= hour < ends:
                    yield hour, event.magnesium_mg_day / event.doses, event.form


def _every_day(hours_of_day: Sequence[float], days: range) -> Iterator[float]:
    return (HOURS_A_DAY * day + hour for day in days for hour in hours_of_day)

"""What happens to a body: meals, infusions, stress, and what is taken from it, as frozen records.

Each checks itself when it is made and says the allowed range. Hours count from the start of the
simulation, at midnight. What an event does is a matter of `mgmodel.physiology.body`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from mgmodel.physiology.absorption import salt_factor
from mgmodel.physiology.quantities import checked

# fmt: off
__all__ = [
    "LIMITS", "AdrenalineInfusion", "CutFeedback", "DailyMeals", "DailySupplement", "Event",
    "ExamWeek", "Infusion", "Meal", "RenalFunction", "Stressor",
    "WithoutUrinaryConservation", "check_events", "daily_hours",
]
# fmt: on

LIMITS: Mapping[str, tuple[float, float, str]] = MappingProxyType(
    {
        "hours": (0.0, 87_600.0, "hours"),  # ten years
        "magnesium_mg": (0.0, 5000.0, "mg"),  # five times the largest meal that was studied
        "magnesium_mg_day": (0.0, 5000.0, "mg/day"),
        "magnesium_mg_per_hour": (0.0, 5000.0, "mg/hour"),
        "magnesium_sulfate_g": (0.0, 50.0, "g"),
        "strength": (0.0, 10.0, ""),
        "meals": (1.0, 24.0, ""),
        "days": (1.0, 365.0, ""),
        "hours_day": (0.0, 24.0, "hours"),
        "fraction": (0.0, 1.0, ""),
    }
)
"""Least, greatest, and unit of what an event may hold: beyond them a number is a slip."""
MAGNESIUM_SULFATE_FRACTION = 0.0986
"""Magnesium in the mass of the heptahydrate; parameter `magnesium_sulfate_fraction`."""
FIRST_MEAL_HOUR, LAST_MEAL_HOUR, LONE_MEAL_HOUR = 7.0, 19.0, 12.0
FEEDBACKS = ("crh", "acth", "both")


@dataclass(frozen=True, slots=True)
class Meal:
    """Magnesium eaten at one moment, beside the usual meals of the day.

    Examples
    --------
    >>> Meal(12, 6_000_000, "oxide")
    Traceback (most recent call last):
    ValueError: Meal: magnesium_mg is 6000000; give a number from 0 to 5,000 mg.
    """

    at_hours: float
    magnesium_mg: float
    """Magnesium itself, not the compound."""
    form: str = "food"
    """A form that `absorption.salt_factor` knows, such as "oxide"."""

    def __post_init__(self) -> None:
        _within(self, at_hours="hours", magnesium_mg="magnesium_mg")
        salt_factor(self.form)


@dataclass(frozen=True, slots=True)
class DailyMeals:
    """The diet from `start_hours` on, in place of the usual one; the latest that began counts.

    Examples
    --------
    >>> DailyMeals(360).hours_of_day
    (7.0, 13.0, 19.0)
    """

    magnesium_mg_day: float
    """Over all meals of a day, in equal parts."""
    meals: int = 3
    start_hours: float = 0.0

    def __post_init__(self) -> None:
        _within(self, magnesium_mg_day="magnesium_mg_day", start_hours="hours", meals="meals")
        _whole(self, "meals")

    @property
    def hours_of_day(self) -> tuple[float, ...]:
        """When each meal is eaten, in hours after midnight."""
        return daily_hours(self.meals)


@dataclass(frozen=True, slots=True)
class DailySupplement:
    """Magnesium every day beside the diet, in equal doses, with the meals or between them.

    Examples
    --------
    >>> DailySupplement(350, "citrate", with_meals=False, start_hours=24).doses
    3
    """

    magnesium_mg_day: float
    """Magnesium itself, not the compound, over all doses of a day."""
    form: str = "citrate"
    doses: int = 3
    with_meals: bool = True
    """With meals a dose meets a gut that is partly saturated, and less of it is absorbed."""
    start_hours: float = 0.0
    end_hours: float | None = None
    """None for as long as the simulation lasts."""

    def __post_init__(self) -> None:
        _within(self, magnesium_mg_day="magnesium_mg_day", start_hours="hours", doses="meals")
        _whole(self, "doses")
        _span(self, endless=True)
        salt_factor(self.form)

    @property
    def hours_of_day(self) -> tuple[float, ...]:
        """When each dose is taken, in hours after midnight; two hours after a meal if between."""
        return tuple(hour + 2 * (not self.with_meals) for hour in daily_hours(self.doses))


@dataclass(frozen=True, slots=True)
class Infusion:
    """Magnesium into a vein at an even rate, given as magnesium or as the sulfate.

    Examples
    --------
    >>> round(Infusion(0, 0.5, magnesium_sulfate_g=4).mg_hour, 1)
    788.8
    """

    start_hours: float
    end_hours: float
    magnesium_mg_per_hour: float | None = None
    magnesium_sulfate_g: float | None = None
    """Of the heptahydrate, over the whole infusion."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours")
        _span(self)
        if (self.magnesium_mg_per_hour is None) == (self.magnesium_sulfate_g is None):
            msg = "Infusion: give either magnesium_mg_per_hour or magnesium_sulfate_g."
            raise ValueError(msg)
        if self.magnesium_mg_per_hour is not None:
            _within(self, magnesium_mg_per_hour="magnesium_mg_per_hour")
        else:
            _within(self, magnesium_sulfate_g="magnesium_sulfate_g")
            low, high, unit = LIMITS["magnesium_mg_per_hour"]
            checked(round(self.mg_hour, 6), "Infusion: the rate of magnesium", low, high, unit)

    @property
    def mg_hour(self) -> float:
        """Magnesium in mg/hour."""
        if self.magnesium_mg_per_hour is not None:
            return self.magnesium_mg_per_hour
        magnesium_mg = (self.magnesium_sulfate_g or 0.0) * 1000 * MAGNESIUM_SULFATE_FRACTION
        return magnesium_mg / (self.end_hours - self.start_hours)


@dataclass(frozen=True, slots=True)
class Stressor:
    """Stress over a time; strengths of stressors that overlap add up."""

    start_hours: float
    end_hours: float
    strength: float = 1.0
    """1 is as in people who were intubated without magnesium (james1989)."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours", strength="strength")
        _span(self)


@dataclass(frozen=True, slots=True)
class AdrenalineInfusion:
    """Adrenaline into a vein."""

    start_hours: float
    end_hours: float
    strength: float = 1.0
    """1 is 0.1 microgram for each kilogram of body in a minute (ryzen1990)."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours", strength="strength")
        _span(self)


@dataclass(frozen=True, slots=True)
class ExamWeek:
    """Stress through the hours of each of some days, with nights of rest.

    Examples
    --------
    >>> ExamWeek(9).stressors[1]
    Stressor(start_hours=33, end_hours=43, strength=0.5)
    """

    start_hours: float
    """When the first day of exams begins."""
    strength: float = 0.5
    """Parameter `exam_strength`, an assumption."""
    hours_day: float = 10
    """Parameter `exam_hours_day`, an assumption."""
    days: int = 7

    def __post_init__(self) -> None:
        _within(self, start_hours="hours", strength="strength", hours_day="hours_day", days="days")
        _whole(self, "days")
        if not self.hours_day:
            msg = "ExamWeek: hours_day is 0; give more than 0 and at most 24 hours."
            raise ValueError(msg)

    @property
    def stressors(self) -> tuple[Stressor, ...]:
        """The same as one stressor for each day."""
        begun = (self.start_hours + 24 * day for day in range(self.days))
        return tuple(Stressor(hour, hour + self.hours_day, self.strength) for hour in begun)


@dataclass(frozen=True, slots=True)
class RenalFunction:
    """How much of the function of the kidneys is left; the latest that began counts."""

    start_hours: float
    fraction: float
    """0 to 1 of what it was."""
    end_hours: float | None = None
    """None for as long as the simulation lasts."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours", fraction="fraction")
        _span(self, endless=True)


@dataclass(frozen=True, slots=True)
class CutFeedback:
    """A feedback of cortisol that no longer acts, and leaves what it acted on as it is at rest."""

    start_hours: float
    feedback: str
    """ "crh", "acth" or "both"."""
    end_hours: float | None = None
    """None for as long as the simulation lasts."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours")
        _span(self, endless=True)
        if self.feedback not in FEEDBACKS:
            msg = f"CutFeedback: feedback is {self.feedback!r}; give one of {', '.join(FEEDBACKS)}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class WithoutUrinaryConservation:
    """Kidneys that lose a fixed share of what is in serum, and save nothing."""

    start_hours: float = 0.0
    end_hours: float | None = None
    """None for as long as the simulation lasts."""

    def __post_init__(self) -> None:
        _within(self, start_hours="hours")
        _span(self, endless=True)


_Lasting: TypeAlias = (
    DailySupplement
    | Infusion
    | Stressor
    | AdrenalineInfusion
    | RenalFunction
    | CutFeedback
    | WithoutUrinaryConservation
)
"""What has a start and an end, or lasts."""
Event: TypeAlias = (
    Meal
    | DailyMeals
    | DailySupplement
    | Infusion
    | Stressor
    | AdrenalineInfusion
    | ExamWeek
    | RenalFunction
    | CutFeedback
    | WithoutUrinaryConservation
)


def daily_hours(times_a_day: int) -> tuple[float, ...]:
    """When one eats that often a day: from 7 to 19 hours, evenly spread; once, at noon.

    Examples
    --------
    >>> daily_hours(3), daily_hours(1)
    ((7.0, 13.0, 19.0), (12.0,))
    """
    if times_a_day == 1:
        return (LONE_MEAL_HOUR,)
    step = (LAST_MEAL_HOUR - FIRST_MEAL_HOUR) / (times_a_day - 1)
    return tuple(FIRST_MEAL_HOUR + step * each for each in range(times_a_day))


def check_events(events: Iterable[Event], days: float) -> tuple[Event, ...]:
    """The events of a simulation, if they are events and begin before it ends.

    Raises
    ------
    TypeError
        One of them is no event.
    ValueError
        An event begins after the end.

    Examples
    --------
    >>> check_events([Stressor(72, 73)], days=2)
    Traceback (most recent call last):
    ValueError: Stressor begins at hour 72 and the simulation ends at hour 48; give an hour before \
that, or more days.
    """
    found = tuple(events)
    for event in found:
        if not isinstance(event, Event):
            msg = f"{event!r} is no event; make one, such as Stressor(start_hours=9, end_hours=10)."
            raise TypeError(msg)
        begins = event.at_hours if isinstance(event, Meal) else event.start_hours
        if begins > 24 * days:
            msg = (
                f"{type(event).__name__} begins at hour {begins:g} and the simulation ends at hour "
                f"{24 * days:g}; give an hour before that, or more days."
            )
            raise ValueError(msg)
    return found


def _within(event: object, **limits: str) -> None:
    """Whether each field lies within its limit."""
    for name, limit in limits.items():
        low, high, unit = LIMITS[limit]
        checked(getattr(event, name), f"{type(event).__name__}: {name}", low, high, unit)


def _span(event: _Lasting, *, endless: bool = False) -> None:
    """Whether an event ends, if it must, after it began and within the limit."""
    if endless and event.end_hours is None:
        return
    _within(event, end_hours="hours")
    if event.end_hours is not None and event.end_hours <= event.start_hours:
        msg = (
            f"{type(event).__name__}: end_hours is {event.end_hours:g}; give more than "
            f"start_hours, which is {event.start_hours:g}, and at most "
            f"{LIMITS['hours'][1]:,.0f} hours."
        )
        raise ValueError(msg)


def _whole(event: object, name: str) -> None:
    value = getattr(event, name)
    if value != int(value):
        msg = f"{type(event).__name__}: {name} is {value!r}; give a whole number."
        raise ValueError(msg)

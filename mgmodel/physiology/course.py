"""What a simulated body went through: every quantity over time, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.physiology.compartments import released_relative
from mgmodel.physiology.constants import constants_of
from mgmodel.physiology.quantities import Array, checked
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import number, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["QUANTITIES", "TOLD", "BodyCourse", "quantity_in_words", "significant"]

QUANTITIES = (
    *("serum_magnesium_mmol_l", "gut_magnesium_mg", "extracellular_magnesium_mg"),
    *("cell_shift_mg", "exchangeable_magnesium_mg", "bone_magnesium_mg", "stores_magnesium_mg"),
    *("urine_mg_day", "brain_magnesium_relative", "susceptibility_relative"),
    *("perceived_stress_relative", "release_relative", "sympathetic_relative"),
    *("norepinephrine_relative", "epinephrine_relative"),
    *("crh_relative", "acth_relative", "cortisol_relative"),
    *("intake_total_mg", "infused_total_mg", "absorbed_total_mg", "urine_total_mg"),
    "faeces_total_mg",
)
"""Ids of all that a course tells, each with its unit; `relative` is to the body at rest."""
TOLD = (
    *("serum_magnesium_mmol_l", "stores_magnesium_mg", "urine_mg_day"),
    *("brain_magnesium_relative", "perceived_stress_relative", "norepinephrine_relative"),
    *("acth_relative", "cortisol_relative"),
)
"""What the text form says; all others are a `sentence` away."""
_POOLS = ("gut_magnesium_mg", "extracellular_magnesium_mg", "stores_magnesium_mg")
_FLAT = 1e-3
"""A curve that moves by less than this part of its size is said to stay where it is."""
_DIGITS = 3
_NOTHING = 1e-6
"""Smaller than this a number of any unit here is written as 0."""
_HOURS_A_DAY = 24.0


def quantity_in_words(quantity: str, language: str = "en") -> str:
    """What a quantity is called, with its unit.

    Raises
    ------
    UnknownId
        There is no such quantity.

    Examples
    --------
    >>> quantity_in_words("serum_magnesium_mmol_l")
    'magnesium in serum (mmol/L)'
    """
    if quantity not in QUANTITIES:
        raise UnknownId(quantity, QUANTITIES, kind="quantity")
    return say(f"body.quantity.{quantity}", language)


@dataclass(frozen=True, eq=False, repr=False)
class BodyCourse:
    """Every quantity of a simulated body over time: a teaching device, not a clinical predictor."""

    hours: Array
    """Times told, from 0; midnight is every 24 hours."""
    series: Mapping[str, Array]
    """By id of `QUANTITIES` its value at each of the `hours`, after what happens at that hour."""
    parameters: Mapping[str, float]
    events: tuple[object, ...]
    law: str
    """How release goes with magnesium: "cooperative" or "one_site"."""

    @property
    def days(self) -> float:
        """How long."""
        return float(self.hours[-1]) / _HOURS_A_DAY

    @property
    def unaccounted_mg(self) -> float:
        """Magnesium that came in, less what left and what is stored: nothing but rounding."""
        gained = {name: float(self.series[name][-1] - self.series[name][0]) for name in QUANTITIES}
        came = gained["intake_total_mg"] + gained["infused_total_mg"]
        left = gained["urine_total_mg"] + gained["faeces_total_mg"]
        return came - left - sum(gained[pool] for pool in _POOLS)

    def of(self, quantity: str) -> Array:
        """The course of one quantity.

        Raises
        ------
        UnknownId
            There is no such quantity; near ones are named.
        """
        if quantity not in self.series:
            raise UnknownId(quantity, self.series, kind="quantity")
        return self.series[quantity]

    def at(self, hours: float) -> Mapping[str, float]:
        """Every quantity at one moment, on a straight line between the two times told beside it.

        Raises
        ------
        ValueError
            The moment is not within the course.
        """
        import numpy as np

        now = checked(hours, "hours", 0.0, float(self.hours[-1]), "hours")
        found = {name: float(np.interp(now, self.hours, row)) for name, row in self.series.items()}
        return MappingProxyType(found)

    def mean(
        self, quantity: str, start_hours: float = 0.0, end_hours: float | None = None
    ) -> float:
        """The mean of a quantity from one hour to another, or to the end.

        Raises
        ------
        UnknownId
            There is no such quantity.
        ValueError
            The hours are not within the course, or not in their order.
        """
        import numpy as np

        last = float(self.hours[-1])
        begin = checked(start_hours, "start_hours", 0.0, last, "hours")
        end = checked(last if end_hours is None else end_hours, "end_hours", begin, last, "hours")
        inside = self.hours[(self.hours > begin) & (self.hours < end)]
        times = np.concatenate([[begin], inside, [end]])
        values = np.interp(times, self.hours, self.of(quantity))
        return (
            float(np.trapezoid(values, times) / (end - begin)) if end > begin else float(values[0])
        )

    def peak(self, quantity: str) -> tuple[float, float]:
        """The highest value of a quantity, and the hour at which it is first reached."""
        course = self.of(quantity)
        return float(course.max()), float(self.hours[course.argmax()])

    def trough(self, quantity: str) -> tuple[float, float]:
        """The lowest value of a quantity, and the hour at which it is first reached."""
        course = self.of(quantity)
        return float(course.min()), float(self.hours[course.argmin()])

    def sentence(self, quantity: str, language: str = "en") -> str:
        """Where a quantity began and ended, and how high and low it went on the way.

        Raises
        ------
        UnknownId
            There is no such quantity.
        """
        course = self.of(quantity)
        (top, top_at), (low, low_at) = self.peak(quantity), self.trough(quantity)
        label = quantity_in_words(quantity, language)
        values = {
            "label": label[0].upper() + label[1:],
            "first": significant(float(course[0]), language),
            "last": significant(float(course[-1]), language),
            "hours": _hour(float(self.hours[-1]), language),
        }
        if top - low <= _FLAT * max(abs(top), abs(low)):
            return say("body.stays", language, **values)
        return say(
            "body.moves",
            language,
            **values,
            top=significant(top, language),
            top_at=_hour(top_at, language),
            low=significant(low, language),
            low_at=_hour(low_at, language),
        )

    def to_frame(self) -> pd.DataFrame:
        """A table with one time a row, in hours, and one quantity a column, its unit in its id."""
        import pandas as pd

        index = pd.Index(self.hours, name="hours", dtype=float)
        return pd.DataFrame({name: list(row) for name, row in self.series.items()}, index=index)

    def __repr__(self) -> str:
        said = len(self.events)
        events = f"{said} event{'' if said == 1 else 's'}"
        return f"BodyCourse({self.days:g} days, {events}, {len(self.hours)} times)"

    def _repr_html_(self) -> str:
        rows = []
        for name in QUANTITIES:
            (low, low_at), (top, top_at) = self.trough(name), self.peak(name)
            ends = (significant(float(self.series[name][place])) for place in (0, -1))
            extremes = (
                f"{significant(low)} ({low_at:.0f} h)",
                f"{significant(top)} ({top_at:.0f} h)",
            )
            rows.append((quantity_in_words(name), *ends, *extremes))
        header = ("quantity", "at the start", "at the end", "lowest", "highest")
        return table(f"{self!r}. {say('parameter.device')}", header, rows)


def significant(value: float, language: str = "en") -> str:
    """A number to three significant digits, so that mg and shares read alike.

    Examples
    --------
    >>> significant(0.9996), significant(24168.6), significant(0.0), significant(-0.0658)
    ('1.00', '24,169', '0', '-0.0658')
    """
    if abs(value) < _NOTHING:
        return number(0, language)
    size = math.floor(math.log10(abs(float(f"{value:.{_DIGITS}g}"))))
    return number(value, language, digits=max(0, _DIGITS - 1 - size))


def _hour(hours: float, language: str) -> str:
    return number(round(hours, 1), language)


@in_words.register
def _course_in_words(course: BodyCourse, language: str = "en") -> str:
    """What happened, where the main quantities went, and what the numbers do not mean."""
    gain = number(course.parameters["stress_urine_gain"], language)
    less = number(100 * _leverage(course), language, digits=0)
    happened = [in_words(event, language) for event in course.events]
    return " ".join(
        [
            say("body.course", language, days=number(course.days, language)),
            *(happened or [say("body.nothing", language)]),
            *(course.sentence(quantity, language) for quantity in TOLD),
            say("body.leverage", language, percent=say("number.percent", language, number=less)),
            say("body.not_measured", language, gain=gain),
            say("parameter.device", language),
        ]
    )


def _leverage(course: BodyCourse) -> float:
    """What release loses from the lower to the upper end of the normal range of serum."""
    constants = constants_of(course.parameters, course.law)
    low, high = (course.parameters[f"serum_{end}_mmol_l"] for end in ("low", "high"))
    return 1 - released_relative(constants, high) / released_relative(constants, low)

"""Many bodies instead of one: bands over what nobody measured, and which of it matters most.

A teaching device, not a clinical predictor: a band shows what the stated ranges allow, and says
nothing about how people differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.markup import table
from mgmodel.physiology.body import LONGEST_DAYS, SHORTEST_DAYS, simulate_body
from mgmodel.physiology.course import QUANTITIES, TOLD, BodyCourse, quantity_in_words, significant
from mgmodel.physiology.events import Event
from mgmodel.physiology.parameters import Parameters
from mgmodel.physiology.quantities import Array, checked
from mgmodel.physiology.samples import Progress, Watched, latin_hypercube, ranged, whole, within
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import number, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_MEMBERS", "Band", "FailedMember", "band"]

MOST_MEMBERS = 1000
PERCENTILES = (5.0, 50.0, 95.0)
HOURLY_DAYS, THREE_HOURLY_DAYS = 60.0, 730.0
"""Up to here a band is told every hour, every three hours; beyond, at every midnight."""
FEWEST_TIMES = 241


@dataclass(frozen=True, slots=True)
class FailedMember:
    """A member of an ensemble that could not be simulated, and why."""

    member: int
    """Its place in the ensemble, from 0."""
    values: Mapping[str, float]
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class Band:
    """The middle nine tenths of an ensemble at every time, for every quantity."""

    hours: Array
    low: Mapping[str, Array]
    """By quantity, what 5 percent of the members lie below."""
    middle: Mapping[str, Array]
    """By quantity, the median of the members: at each time it may be another member's."""
    high: Mapping[str, Array]
    """By quantity, what 5 percent of the members lie above."""
    usual: BodyCourse
    """The body with the values as given."""
    over: tuple[str, ...]
    """Ids of the parameters that differ between members."""
    members: int
    """How many were asked for."""
    failed: tuple[FailedMember, ...]
    """Those that could not be simulated; they are in no percentile."""
    seed: int

    def width(self, quantity: str) -> float:
        """How far apart the ends of the band are at most, in the unit of the quantity.

        Raises
        ------
        UnknownId
            There is no such quantity.
        """
        self.usual.of(quantity)
        return float((self.high[quantity] - self.low[quantity]).max())

    def sentence(self, quantity: str, language: str = "en") -> str:
        """Where the band of one quantity ends, beside the body with the values as given.

        Raises
        ------
        UnknownId
            There is no such quantity.
        """
        usual = float(self.usual.of(quantity)[-1])
        return say(
            "band.ends",
            language,
            label=quantity_in_words(quantity, language),
            hours=number(float(self.hours[-1]), language, digits=0),
            low=significant(self.low[quantity][-1], language),
            high=significant(self.high[quantity][-1], language),
            usual=significant(usual, language),
        )

    def to_frame(self) -> pd.DataFrame:
        """A table with one quantity and time a row.

        Returns
        -------
        pandas.DataFrame
            Columns: quantity, hours, low, middle, high, usual.
        """
        import pandas as pd

        parts = [
            pd.DataFrame(
                {
                    "quantity": quantity,
                    "hours": self.hours,
                    "low": self.low[quantity],
                    "middle": self.middle[quantity],
                    "high": self.high[quantity],
                    "usual": self.usual.series[quantity],
                }
            )
            for quantity in QUANTITIES
        ]
        return pd.concat(parts, ignore_index=True)

    def __repr__(self) -> str:
        return (
            f"Band({self.usual.days:g} days, {self.members} members over {len(self.over)} "
            f"parameters, {len(self.failed)} failed, seed {self.seed})"
        )

    def _repr_html_(self) -> str:
        rows = (
            (
                quantity_in_words(quantity),
                *(significant(row[quantity][-1]) for row in (self.low, self.middle, self.high)),
                significant(self.usual.series[quantity][-1]),
            )
            for quantity in QUANTITIES
        )
        header = ("quantity, at the end", "5 percent", "median", "95 percent", "values as given")
        return table(" ".join((f"{self!r}.", say("parameter.device"))), header, rows)


def band(
    parameters: Parameters,
    events: Iterable[Event] = (),
    *,
    days: float,
    members: int = 100,
    seed: int = 0,
    progress: Progress | None = None,
    over: Collection[str] | None = None,
    law: str = "cooperative",
) -> Band:
    """What an ensemble of bodies does, whose parameters lie anywhere in their ranges.

    Parameters
    ----------
    parameters
        What has been changed by hand stays as it is in every member.
    events
        The same for every member.
    days
        0.01 to 3650. Up to 60 days are told every hour, up to two years every three hours, more at
        every midnight.
    members
        2 to 1000.
    seed
        Of the sample; the same seed gives the same band.
    progress
        Is told how many members are done and how many there are.
    over
        Ids of the parameters to vary; where it is None, all that this body asks for, that nobody
        has read in a source, and that have a range.
    law
        How release goes with magnesium: "cooperative" or "one_site".

    Raises
    ------
    UnknownId
        There is no such parameter or law.
    ValueError
        A number out of its range, or no member could be simulated.

    Notes
    -----
    A Latin hypercube: the range of each parameter is cut into as many slices of equal chance as
    there are members, each slice is used once, and the slices of different parameters are combined
    at random. Half of the chance lies evenly between the low end and the value given, half between
    that and the high end. Parameters vary independently, though some (such as slope and threshold
    of the kidney) were fitted together: a band is wider than the data would have it.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> parameters = physiology.parameters_of(load_model())
    >>> few = band(parameters, days=1, members=4, over=["stress_urine_gain"])
    >>> few
    Band(1 days, 4 members over 1 parameters, 0 failed, seed 0)
    """
    import numpy as np

    count = whole(members, "members", 2, MOST_MEMBERS)
    asked, watched = _Asked(tuple(events), days, _points(days), law), Watched(parameters)
    usual, done, failed = replace(asked.of(watched), parameters=parameters), [], []
    records = ranged(parameters, over, watched.asked)
    sample = latin_hypercube(count, len(records), whole(seed, "seed", 0, 2**32 - 1))
    for member, row in enumerate(sample.tolist()):
        values = {r.id: within(r, parameters[r.id], u) for r, u in zip(records, row, strict=True)}
        try:
            course = asked.of(parameters.with_values(beyond_range=True, **values))
            done.append([course.series[quantity] for quantity in QUANTITIES])
        except (ValueError, ArithmeticError) as error:
            failed.append(FailedMember(member, MappingProxyType(values), str(error)))
        if progress:
            progress(member + 1, count)
    if not done:
        msg = f"None of the {count} members could be simulated; the first: {failed[0].why}"
        raise ValueError(msg)
    ends: list[dict[str, Array]] = [{}, {}, {}]
    for place, quantity in enumerate(QUANTITIES):
        courses = np.array([series[place] for series in done])
        for end, course in zip(ends, np.percentile(courses, PERCENTILES, axis=0), strict=True):
            end[quantity] = course
    low, middle, high = map(MappingProxyType, ends)
    over_ids = tuple(record.id for record in records)
    return Band(usual.hours, low, middle, high, usual, over_ids, count, tuple(failed), seed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The same question to every body."""

    events: tuple[Event, ...]
    days: float
    points: int
    law: str

    def of(self, parameters: Mapping[str, float]) -> BodyCourse:
        return simulate_body(
            parameters, self.events, days=self.days, points=self.points, law=self.law
        )


def _points(days: float) -> int:
    """How many times are told: whole steps of one hour, three hours, or a day."""
    lasts = checked(days, "days", SHORTEST_DAYS, LONGEST_DAYS, "days")
    step_hours = 1 if lasts <= HOURLY_DAYS else 3 if lasts <= THREE_HOURLY_DAYS else 24
    return max(FEWEST_TIMES, round(24 * lasts / step_hours) + 1)


@in_words.register
def _band_in_words(found: Band, language: str = "en") -> str:
    """What was varied, how many failed, where the bands end, and what that does not mean."""
    said = [
        say(
            "band.ensemble",
            language,
            members=number(found.members - len(found.failed), language),
            parameters=number(len(found.over), language),
        )
    ]
    if found.failed:
        failed = number(len(found.failed), language)
        said.append(say("band.failed", language, failed=failed, why=found.failed[0].why))
    said += [found.sentence(quantity, language) for quantity in TOLD]
    return " ".join([*said, say("band.meaning", language), say("parameter.device", language)])

"""Which number moves an outcome most: one parameter at a time to both ends of its range.

A teaching device, not a clinical predictor. What matters only together with something else is not
seen here; `band` varies all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.physiology.body import simulate_body
from mgmodel.physiology.course import QUANTITIES, BodyCourse, quantity_in_words, significant
from mgmodel.physiology.events import Event
from mgmodel.physiology.parameters import Parameters
from mgmodel.physiology.samples import Progress, Watched, ranged
from mgmodel.records import Parameter
from mgmodel.vocabulary import ParameterStatus
from mgmodel.wording import in_words, word
from mgmodel.wording.catalogues import join, number, say
from mgmodel.wording.sentences import readable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["READINGS", "Swing", "Tornado", "outcome_in_words", "reading", "tornado"]

READINGS: Mapping[str, Callable[[BodyCourse, str], float]] = MappingProxyType(
    {
        "final": lambda course, quantity: float(course.of(quantity)[-1]),
        "mean": lambda course, quantity: course.mean(quantity),
        "peak": lambda course, quantity: course.peak(quantity)[0],
        "lowest": lambda course, quantity: course.trough(quantity)[0],
        "change": lambda course, quantity: float(course.of(quantity)[-1] - course.of(quantity)[0]),
    }
)
"""What can be read off the course of one quantity, by name; a change is from start to end."""
_NOTHING = 1e-5
"""A swing by less than this part of the outcome is what the solver leaves; it is no swing."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Swing:
    """What one parameter does to an outcome at both ends of its range."""

    parameter: Parameter
    low: float | None
    """The outcome with the parameter at its low end; None where that could not be simulated."""
    high: float | None
    """The outcome with the parameter at its high end."""
    size: float
    """How far apart the outcomes lie, that with the values as given among them."""
    why: str = ""
    """Why an end could not be simulated."""


@dataclass(frozen=True, eq=False, repr=False)
class Tornado:
    """An outcome, and every parameter by how far it swings it, the largest swing first."""

    outcome: str
    """Such as "final serum_magnesium_mmol_l"."""
    usual: float
    """The outcome with the values as given."""
    swings: tuple[Swing, ...]
    days: float

    @property
    def moving(self) -> tuple[Swing, ...]:
        """The swings that are more than what the solver leaves."""
        least = _NOTHING * abs(self.usual)
        return tuple(swing for swing in self.swings if swing.size > least)

    @property
    def largest_assumption(self) -> Swing | None:
        """Of the parameters that nobody measured, the one that swings the outcome most."""
        assumed = ParameterStatus.ASSUMPTION
        found = (swing for swing in self.moving if swing.parameter.status is assumed)
        return next(found, None)

    @property
    def failed(self) -> tuple[Swing, ...]:
        """Those with an end that could not be simulated."""
        return tuple(swing for swing in self.swings if swing.why)

    def to_frame(self) -> pd.DataFrame:
        """A table with one parameter a row, the largest swing first.

        Returns
        -------
        pandas.DataFrame
            Columns: parameter, status, unit, value_low, value_high, outcome_low, outcome_high,
            size. Beside a value that could not be simulated stands an outcome that is missing.
        """
        import pandas as pd

        rows = [
            (
                *(s.parameter.id, s.parameter.status.value, s.parameter.unit),
                *(s.parameter.low, s.parameter.high, s.low, s.high, s.size),
            )
            for s in self.swings
        ]
        columns = ["parameter", "status", "unit", "value_low", "value_high"]
        columns += ["outcome_low", "outcome_high", "size"]
        numbers = dict.fromkeys(columns[3:], float)
        return pd.DataFrame(rows, columns=columns).astype(numbers)

    def __repr__(self) -> str:
        return (
            f"Tornado({self.outcome!r} after {self.days:g} days, {len(self.moving)} of "
            f"{len(self.swings)} parameters move it, {len(self.failed)} failed)"
        )

    def _repr_html_(self) -> str:
        rows = (
            (
                readable(swing.parameter.id),
                f"{swing.parameter.low:g} to {swing.parameter.high:g} {swing.parameter.unit}",
                word(swing.parameter.status),
                *("" if end is None else significant(end) for end in (swing.low, swing.high)),
                significant(swing.size),
            )
            for swing in self.moving
        )
        header = ("parameter", "range", "status", "outcome at low", "at high", "swing")
        return table(" ".join((f"{self!r}.", say("parameter.device"))), header, rows)


def reading(outcome: str) -> Callable[[BodyCourse], float]:
    """The function that reads an outcome off a course.

    Parameters
    ----------
    outcome
        One of `READINGS` and a quantity, such as "final serum_magnesium_mmol_l", "mean
        urine_mg_day", or "peak cortisol_relative".

    Raises
    ------
    UnknownId
        There is no such reading or quantity.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> rest = simulate_body(physiology.parameters_of(load_model()), days=1)
    >>> round(reading("mean urine_mg_day")(rest))
    119
    """
    name, quantity = _parts(outcome)
    read = READINGS[name]
    return lambda course: read(course, quantity)


def outcome_in_words(outcome: str, language: str = "en") -> str:
    """What an outcome is called.

    Examples
    --------
    >>> outcome_in_words("peak cortisol_relative")
    'highest: cortisol (multiple of rest)'
    """
    name, quantity = _parts(outcome)
    said = say(f"tornado.reading.{name}", language)
    return f"{said}: {quantity_in_words(quantity, language)}"


def tornado(
    parameters: Parameters,
    events: Iterable[Event] = (),
    outcome: str = "final serum_magnesium_mmol_l",
    *,
    days: float,
    over: Collection[str] | None = None,
    progress: Progress | None = None,
    law: str = "cooperative",
) -> Tornado:
    """How far each parameter alone swings an outcome, from the low to the high end of its range.

    Parameters
    ----------
    parameters
        The values given; what was changed by hand stays as it is.
    events
        The same for every simulation.
    outcome
        What is read off, as `reading` takes it.
    days
        0.01 to 3650.
    over
        Ids of the parameters to move; where it is None, all that this body asks for, that nobody
        has read in a source, and that have a range.
    progress
        Is told how many parameters are done and how many there are.
    law
        How release goes with magnesium: "cooperative" or "one_site".

    Raises
    ------
    UnknownId
        There is no such outcome, parameter or law.
    ValueError
        A number out of its range.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> from mgmodel.physiology import Stressor
    >>> month = [Stressor(0, 720)]
    >>> over = ["stress_urine_gain", "brain_time_hours"]
    >>> parameters = physiology.parameters_of(load_model())
    >>> found = tornado(parameters, month, "change stores_magnesium_mg", days=30, over=over)
    >>> found.largest_assumption.parameter.id
    'stress_urine_gain'
    """
    read, happens, watched = reading(outcome), tuple(events), Watched(parameters)

    def outcome_of(body: Mapping[str, float]) -> float:
        return read(simulate_body(body, happens, days=days, law=law))

    usual = outcome_of(watched)
    records = ranged(parameters, over, watched.asked)
    swings = []
    for done, record in enumerate(records, start=1):
        ends: list[float | None] = []
        why = ""
        for value in (record.low, record.high):
            try:
                body = parameters.with_values(beyond_range=True, **{record.id: value})
                ends.append(usual if value == parameters[record.id] else outcome_of(body))
            except (ValueError, ArithmeticError) as error:
                ends.append(None)
                why = str(error)
        known = [usual, *(end for end in ends if end is not None)]
        swings.append(Swing(record, ends[0], ends[1], max(known) - min(known), why))
        if progress:
            progress(done, len(records))
    swings.sort(key=lambda swing: (-swing.size, swing.parameter.id))
    return Tornado(outcome, usual, tuple(swings), days)


def _parts(outcome: str) -> tuple[str, str]:
    name, _, quantity = str(outcome).strip().partition(" ")
    if name not in READINGS:
        raise UnknownId(name, READINGS, kind="reading")
    if quantity not in QUANTITIES:
        raise UnknownId(quantity, QUANTITIES, kind="quantity")
    return name, quantity


def _swing(swing: Swing, language: str) -> str:
    none = say("tornado.nothing", language)
    low, high = (
        none if end is None else significant(end, language) for end in (swing.low, swing.high)
    )
    return say(
        "tornado.swing",
        language,
        name=readable(swing.parameter.id),
        status=word(swing.parameter.status, language),
        low=low,
        high=high,
    )


@in_words.register
def _tornado_in_words(found: Tornado, language: str = "en") -> str:
    """What the outcome is, what moves it most, which assumption does, and what failed."""
    said = [
        say(
            "tornado.outcome",
            language,
            outcome=outcome_in_words(found.outcome, language),
            usual=significant(found.usual, language),
            days=number(found.days, language),
            moving=number(len(found.moving), language),
            parameters=number(len(found.swings), language),
        )
    ]
    said += [_swing(swing, language) for swing in found.moving[:_NAMED]]
    if found.largest_assumption:
        name = readable(found.largest_assumption.parameter.id)
        said.append(say("tornado.assumption", language, name=name))
    if found.failed:
        names = join([readable(swing.parameter.id) for swing in found.failed], language)
        said.append(say("tornado.failed", language, names=names, why=found.failed[0].why))
    return " ".join([*said, say("parameter.device", language)])

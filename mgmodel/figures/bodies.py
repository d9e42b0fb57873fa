"""Figures of simulated bodies: courses with their bands, and which number moves an outcome most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, log10
from types import MappingProxyType
from typing import Any, TypeAlias

from mgmodel.figures.curves import PAGE, CurveFigure, Screen, curve_figure
from mgmodel.figures.plots import Bars, Curve, Limit, Piece, Plot, Row, Sheet, Zone, rounded
from mgmodel.physiology import Band, BodyCourse, Tornado
from mgmodel.physiology.course import quantity_in_words
from mgmodel.physiology.sensitivity import outcome_in_words
from mgmodel.wording import word
from mgmodel.wording.catalogues import say
from mgmodel.wording.sentences import readable

__all__ = ["body_figure", "body_plots", "tornado_figure"]

Bodies: TypeAlias = Mapping[str, BodyCourse | Band]
"""Courses or bands by the name that stands at the end of their lines."""

_STORES = "stores_magnesium_mg"
_HEIGHTS: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "serum_magnesium_mmol_l": ((0.6, 1.1), (0.4, 1.6), (0.4, 2.4), (0, 4), (0, 12)),
        _STORES: tuple((-size, size) for size in (100, 300, 1000, 3000, 10_000, 30_000)),
        "brain_magnesium_relative": ((0.8, 1.2), (0.5, 1.5), (0, 3), (0, 10)),
        "susceptibility_relative": ((0.8, 1.2), (0.5, 1.5), (0, 3), (0, 10)),
        "release_relative": ((0.8, 1.2), (0, 2), (0, 5)),
    }
)
"""Axes to choose the first from that holds everything, so that none jumps under the hand."""
_USUAL_HEIGHTS = tuple((0.0, size * 10.0**power) for power in range(6) for size in (2, 5, 10))
_HOURS_A_DAY = 24.0
_NAMED_SWINGS = 10


def body_plots(bodies: Bodies, quantities: Sequence[str], language: str = "en") -> tuple[Plot, ...]:
    """One plot a quantity, all bodies in each, over days; the normal range of serum is shaded.

    Stores are told as what they gained since the start, for they hardly move beside their size.

    Raises
    ------
    UnknownId
        There is no such quantity.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> rest = physiology.simulate_body(physiology.parameters_of(load_model()), days=2)
    >>> (plot,) = body_plots({"rest": rest}, ["serum_magnesium_mmol_l"])
    >>> plot.title, plot.y, plot.zones[0].low
    ('Magnesium in serum (mmol/L)', (0.6, 1.1), 0.75)
    """
    last = quantities[-1] if quantities else ""
    return tuple(
        _plot(bodies, quantity, language, say("curves.days", language) if quantity == last else "")
        for quantity in quantities
    )


def _plot(bodies: Bodies, quantity: str, language: str, x_label: str) -> Plot:
    curves = tuple(
        _curve(name, body, quantity, look) for look, (name, body) in enumerate(bodies.items())
    )
    courses = [_usual(body) for body in bodies.values()]
    zones: tuple[Zone, ...] = ()
    if quantity == "serum_magnesium_mmol_l":
        low, high = (courses[0].parameters[f"serum_{end}_mmol_l"] for end in ("low", "high"))
        zones = (Zone(say("curves.normal", language), low, high),)
    label = quantity_in_words(quantity, language)
    if quantity == _STORES:
        label = say("curves.stores_change", language)
    return Plot(
        label[0].upper() + label[1:],
        x_label,
        (0.0, max(course.days for course in courses)),
        _height(curves, quantity),
        curves,
        zones,
    )


def _usual(body: BodyCourse | Band) -> BodyCourse:
    return body.usual if isinstance(body, Band) else body


def _curve(name: str, body: BodyCourse | Band, quantity: str, look: int) -> Curve:
    course = _usual(body)
    start = float(course.of(quantity)[0]) if quantity == _STORES else 0.0

    def told(values: Any) -> tuple[float, ...]:
        return tuple((values - start).tolist())

    days = tuple((course.hours / _HOURS_A_DAY).tolist())
    if isinstance(body, BodyCourse):
        return Curve(name, days, told(course.of(quantity)), look)
    low, high = told(body.low[quantity]), told(body.high[quantity])
    return Curve(name, days, told(course.of(quantity)), look, low, high)


def _height(curves: Iterable[Curve], quantity: str) -> tuple[float, float]:
    """The first of the heights that holds all curves and bands."""
    values = [
        value for curve in curves for row in (curve.y, curve.low, curve.high) for value in row
    ]
    lowest, highest = min(values), max(values)
    for low, high in _HEIGHTS.get(quantity, _USUAL_HEIGHTS):
        if low <= lowest and highest <= high:
            return low, high
    size = 10.0 ** ceil(log10(max(abs(lowest), abs(highest))))
    return (-size if lowest < 0 else 0.0), size


def body_figure(
    bodies: Bodies,
    quantities: Sequence[str],
    *,
    language: str = "en",
    screen: Screen = PAGE,
) -> CurveFigure:
    """Simulated bodies to leave at the end of a cell, one plot a quantity.

    Parameters
    ----------
    bodies
        By a short name, what `simulate_body` or `band` gave, over the same days.
    quantities
        Ids of `BodyCourse.series`, top plot first.

    Raises
    ------
    UnknownId
        There is no such quantity.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> rest = physiology.simulate_body(physiology.parameters_of(load_model()), days=2)
    >>> body_figure({"rest": rest}, ["serum_magnesium_mmol_l", "urine_mg_day"])
    Magnesium in serum (mmol/L), Magnesium into urine (mg/day)
    """
    plots = body_plots(bodies, quantities, language)
    return curve_figure(Sheet(plots, 1, 60 + 150 * len(plots), language), screen)


def tornado_figure(found: Tornado, *, language: str = "en", screen: Screen = PAGE) -> CurveFigure:
    """Which number moves an outcome most, as bars from its low end to its high end.

    Each bar is told with the status of its number, so that an assumption is seen to be one.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> parameters = physiology.parameters_of(load_model())
    >>> stress, over = [physiology.Stressor(0, 24)], ["stress_urine_gain"]
    >>> outcome = "change stores_magnesium_mg"
    >>> found = physiology.tornado(parameters, stress, outcome, days=1, over=over)
    >>> "stress urine gain (assumed, not measured)" in tornado_figure(found).alt
    True
    """
    rows = tuple(_swing_row(found, swing, language) for swing in found.moving[:_NAMED_SWINGS])
    ends = [end for row in rows for piece in row.pieces for end in (piece.start, piece.end)]
    low, high = min((found.usual, *ends)), max((found.usual, *ends))
    room = 0.05 * (high - low) or 0.05 * abs(found.usual) or 1.0
    label = outcome_in_words(found.outcome, language)
    usual = say("curves.as_given", language, value=rounded(found.usual, language))
    bars = Bars(
        label[0].upper() + label[1:],
        say("curves.tornado_axis", language),
        (low - room, high + room),
        rows,
        (Limit(usual, found.usual),),
    )
    return curve_figure(Sheet((bars,), 1, 110 + 30 * len(rows), language), screen)


def _swing_row(found: Tornado, swing: Any, language: str) -> Row:
    pieces = tuple(
        Piece(
            min(found.usual, end), max(found.usual, end), look, say(f"curves.{key}", language), look
        )
        for look, (key, end) in enumerate((("low_end", swing.low), ("high_end", swing.high)))
        if end is not None
    )
    name = f"{readable(swing.parameter.id)} ({word(swing.parameter.status, language)})"
    return Row(name, pieces, lanes=2)

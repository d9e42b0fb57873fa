"""What a figure of curves or bars shows, as records, and the same in sentences; nothing is drawn.

Every label and title is in the reader's language already: this room knows shapes and ranges only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import floor, isfinite, log10

from mgmodel.wording.catalogues import number, say

__all__ = [
    "Bars",
    "Curve",
    "Dots",
    "Limit",
    "Mark",
    "Piece",
    "Plot",
    "Row",
    "Sheet",
    "Zone",
    "rounded",
    "sheet_in_words",
    "without_curves",
]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line; with `low` and `high` also the band around it."""

    label: str
    """Stands at the right end of the line."""
    x: tuple[float, ...]
    y: tuple[float, ...]
    look: int = 0
    """Number of its colour and dash, counted from 0; see `mgmodel.figures.curves.DASHES`."""
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """A shaded range, such as the normal one."""

    label: str
    low: float
    high: float
    along: str = "y"
    """"y": a range of heights; "x": a range of the horizontal axis."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Points that were measured or printed, drawn as open diamonds."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The point that is looked at, with a line down to the axis."""

    x: float
    y: float
    text: str
    look: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves over one horizontal axis; ranges are fixed, so that nothing jumps."""

    title: str
    """What goes upward, with its unit; stands above the plot."""
    x_label: str
    x: tuple[float, float]
    y: tuple[float, float]
    curves: tuple[Curve, ...] = ()
    zones: tuple[Zone, ...] = ()
    dots: tuple[Dots, ...] = ()
    marks: tuple[Mark, ...] = ()
    letters: int = 0
    """How long the names of its curves may become; nothing moves as long as they are shorter."""
    height: float = 1.0
    """Share of the height beside the other plots of its column."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, from `start` to `end`."""

    start: float
    end: float
    look: int = 0
    text: str = ""
    """Stands inside, where it fits."""
    lane: int = 0
    """Which of the lanes of its row, from above."""


@dataclass(frozen=True, slots=True)
class Row:
    """One horizontal bar; `value` is said at its right end."""

    label: str
    pieces: tuple[Piece, ...]
    value: str = ""
    lanes: int = 1
    """How many bars stand above each other in the row."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A vertical line with a name, such as a recommended intake."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, top row first."""

    title: str
    x_label: str
    x: tuple[float, float]
    rows: tuple[Row, ...]
    limits: tuple[Limit, ...] = ()
    bare: bool = False
    """Whether it leaves the numbers of its axis to the plot below."""
    height: float = 1.0
    lines: int = 0
    """How many limits there may be; nothing moves as long as there are no more."""
    letters: int = 0
    """How long the values at the ends of the bars may become; nothing moves up to there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture: plots from left to right, then down."""

    plots: tuple[Plot | Bars, ...]
    columns: int = 1
    height_px: int = 430
    language: str = "en"


def without_curves(plot: Plot | Bars) -> Plot | Bars:
    """The plot without what moves with a slider: axes, names, ranges, limits, printed points."""
    if isinstance(plot, Plot):
        return replace(plot, curves=(), marks=())
    return replace(plot, rows=tuple(replace(row, pieces=(), value="") for row in plot.rows))


def rounded(value: float, language: str = "en") -> str:
    """A number in three significant figures, as the language writes it.

    Examples
    --------
    >>> rounded(0.27163), rounded(0.27163, "nl"), rounded(117.4), rounded(2.0), rounded(0.0)
    ('0.272', '0,272', '117', '2', '0')
    """
    if not value or not isfinite(value):
        return number(value, language)
    return number(round(value, 2 - floor(log10(abs(value)))), language)


def sheet_in_words(sheet: Sheet) -> str:
    """Everything that a picture of this sheet shows, in sentences: its text alternative.

    Examples
    --------
    >>> line = Curve("at rest", (0.0, 1.0, 2.0), (1.0, 3.0, 2.0))
    >>> print(sheet_in_words(Sheet((Plot("Level", "Hours", (0, 2), (0, 4), (line,)),))))
    Level; horizontal: Hours, from 0 to 2. at rest: 1 at 0, 2 at 2, highest 3 at 1.
    """
    return " ".join(part for plot in sheet.plots for part in _told(plot, sheet.language))


def _told(plot: Plot | Bars, language: str) -> Iterator[str]:
    first, last = (rounded(value, language) for value in plot.x)
    ends = {"title": plot.title, "first": first, "last": last}
    if plot.x_label:
        yield say("curves.axes", language, x_label=plot.x_label, **ends)
    else:
        yield say("curves.axes_without_label", language, **ends)
    if isinstance(plot, Bars):
        for row in plot.rows:
            yield _bar(row, language)
        for limit in plot.limits:
            at = rounded(limit.at, language)
            yield say("curves.limit", language, label=limit.label, at=at)
        return
    for zone in plot.zones:
        low, high = rounded(zone.low, language), rounded(zone.high, language)
        yield say("curves.zone", language, label=zone.label, low=low, high=high)
    for curve in plot.curves:
        yield _course(curve, language)
    for dots in plot.dots:
        yield say("curves.dots", language, label=dots.label)
    for mark in plot.marks:
        x = rounded(mark.x, language)
        yield say("curves.mark", language, text=mark.text, x=x)


def _course(curve: Curve, language: str) -> str:
    """Where a curve begins and ends, its turning points, and how wide its band is at the end."""
    points = list(zip(curve.x, curve.y, strict=True))
    ends = (points[0], points[-1])
    said = [f"{rounded(y, language)} {_at(x, language)}" for x, y in ends]
    wide = max(curve.y) - min(curve.y)
    extremes = (("highest", max), ("lowest", min))
    for key, pick in extremes:
        x, y = pick(points, key=lambda point: point[1])
        if wide and min(abs(y - end[1]) for end in ends) > 0.02 * wide:
            said.append(say(f"curves.{key}", language, y=rounded(y, language), x=_at(x, language)))
    text = f"{curve.label}: {', '.join(said)}."
    if not curve.low:
        return text
    low, high = rounded(curve.low[-1], language), rounded(curve.high[-1], language)
    return f"{text} " + say("curves.band", language, low=low, high=high)


def _at(x: float, language: str) -> str:
    return say("curves.at", language, x=rounded(x, language))


def _bar(row: Row, language: str) -> str:
    pieces = [
        say(
            "curves.piece",
            language,
            text=piece.text,
            start=rounded(piece.start, language),
            end=rounded(piece.end, language),
        )
        for piece in row.pieces
        if piece.text
    ]
    told = "; ".join(filter(None, (row.value, *pieces))) or say("curves.nothing", language)
    return f"{row.label}: {told}."

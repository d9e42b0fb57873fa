"""Where the plots of a sheet stand, in pixels of the page, and how names keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from mgmodel.figures.plots import Bars, Plot, Sheet

__all__ = [
    "LINE_PX",
    "SMALL_PX",
    "TEXT_PX",
    "Frame",
    "above_px",
    "apart",
    "frames",
    "sides_px",
    "text_px",
]

TEXT_PX, SMALL_PX = 15.0, 13.0
"""Sizes of names and of the numbers on the axes, in pixels of the page."""
LINE_PX = 18.0
_LETTER = 0.58
"""Width of an average letter of DejaVu Sans, as a share of its size."""


class Frame(NamedTuple):
    """The inside of a plot in pixels of the page, counted from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float
    title: tuple[float, float]
    """Where its title begins, at the left side of its cell."""
    cell: tuple[int, int, int, int]
    """All that belongs to the plot: left, bottom, width, height; cells meet without overlap."""

    @property
    def top(self) -> float:
        """The height of its upper side."""
        return self.bottom + self.height


def text_px(text: str, size_px: float) -> float:
    """About how wide a line of text is."""
    return len(text) * size_px * _LETTER


def sides_px(plot: Plot | Bars) -> tuple[float, float]:
    """The room that names take left and right of a plot."""
    if isinstance(plot, Bars):
        left = max((text_px(row.label, SMALL_PX) for row in plot.rows), default=0.0)
        letters = max((plot.letters, *(len(row.value) for row in plot.rows)))
        return left + 18, text_px("m" * letters, SMALL_PX) + 22
    longest = max((plot.letters, *(len(curve.label) for curve in plot.curves)))
    return 56.0, text_px("m" * longest, TEXT_PX) + 22 if longest else 18.0


def above_px(plot: Plot | Bars) -> float:
    """Room for the title, a line for the shaded ranges, and one for the name of each limit."""
    if isinstance(plot, Bars):
        return 32.0 + LINE_PX * max(plot.lines, len(plot.limits))
    lines = min(1, len(plot.zones))
    return 32.0 + LINE_PX * lines


def frames(sheet: Sheet, width_px: int, sides: Sequence[tuple[float, float]]) -> list[Frame]:
    """The inside of every plot; all plots of a column share their left and right side."""
    edges = [round(width_px * at / sheet.columns) for at in range(sheet.columns + 1)]
    found: dict[int, Frame] = {}
    for column, (begin, end) in enumerate(pairwise(edges)):
        members = range(column, len(sheet.plots), sheet.columns)
        left, right = (max(sides[at][side] for at in members) for side in (0, 1))
        shares = list(accumulate((sheet.plots[at].height for at in members), initial=0.0))
        steps = [round(sheet.height_px * (1 - share / shares[-1])) for share in shares]
        for at, (top, bottom) in zip(members, pairwise(steps), strict=True):
            below = _below_px(sheet.plots[at])
            inside = end - begin - left - right, top - bottom - _above_row(sheet, at) - below
            cell = begin, bottom, end - begin, top - bottom
            found[at] = Frame(begin + left, bottom + below, *inside, (begin + 8, top - 21), cell)
    return [found[at] for at in range(len(sheet.plots))]


def _below_px(plot: Plot | Bars) -> float:
    if isinstance(plot, Bars) and plot.bare:
        return 8.0
    return 46.0 if plot.x_label else 26.0


def _above_row(sheet: Sheet, at: int) -> float:
    """Plots that stand side by side begin at one height."""
    row = at - at % sheet.columns
    return max(map(above_px, sheet.plots[row : row + sheet.columns]))


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights as near to the wanted ones as can be, each a `gap` from the next, inside the range.

    Examples
    --------
    >>> apart([10.0, 12.0, 50.0], 20, 0, 100)
    [1.0, 21.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    groups: list[tuple[float, list[int]]] = []  # middle of a block of names, and whose they are
    for at in order:
        middle, members = wanted[at], [at]
        while groups and middle - groups[-1][0] < gap * (len(members) + len(groups[-1][1])) / 2:
            other, before = groups.pop()
            both = len(members) + len(before)
            middle = (middle * len(members) + other * len(before)) / both
            members = [*before, *members]
        half = gap * (len(members) - 1) / 2
        groups.append((min(max(middle, low + half), max(high - half, low + half)), members))
    found = [0.0] * len(wanted)
    for middle, members in groups:
        for step, at in enumerate(members):
            found[at] = middle + gap * (step - (len(members) - 1) / 2)
    return found

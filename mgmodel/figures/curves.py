"""Figures of curves and bars as PNG bytes: the same bytes each time, and quick enough for a slider.

Axes, shaded ranges and printed points are drawn once and kept; a new answer draws its lines on top.
No meaning rests on colour alone: a line has a dash of its own and its name at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mgmodel.figures.plot_places import (
    LINE_PX,
    SMALL_PX,
    TEXT_PX,
    Frame,
    apart,
    frames,
    sides_px,
    text_px,
)
from mgmodel.figures.plots import Bars, Plot, Sheet, sheet_in_words, without_curves
from mgmodel.portrayal import PALETTES
from mgmodel.wording.catalogues import number, say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

__all__ = ["DASHES", "LINE_COLOURS", "CurveFigure", "Screen", "curve_figure", "sheet_png"]

LINE_COLOURS = {
    "light": ("#005A8C", "#B34700", "#00664D", "#7A3B8F", "#4A4A4A", "#8C6300"),
    "dark": ("#7CC7F2", "#FF9A4D", "#5FD3AE", "#E0A3F0", "#D0D0D0", "#E6C34D"),
}
"""Colours of lines and of their names, by theme: contrast 4.5 and more on the ground."""
DASHES = ("solid", (0, (6, 2.5)), (0, (2, 2)), (0, (8, 2.5, 2, 2.5)), (0, (1, 1.5)), (0, (12, 3)))
"""The dash that goes with each colour."""
_COLOURS = 48
_BAR = 0.66
"""How much of its row a bar fills."""


class Screen(NamedTuple):
    """Where the picture will stand: its width in pixels of the page, their density, the theme."""

    width_px: int = 960
    density: int = 1
    theme: str = "light"


PAGE = Screen()
"""A lesson in the light theme."""


@dataclass(frozen=True, slots=True)
class CurveFigure:
    """A picture that a notebook shows and stores: PNG for the eye, words for everyone."""

    png: bytes
    alt: str
    title: str

    def __repr__(self) -> str:
        return self.title

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str | bytes]:
        return {"image/png": self.png, "text/plain": self.alt}


def curve_figure(sheet: Sheet, screen: Screen = PAGE) -> CurveFigure:
    """A sheet of plots to leave at the end of a cell.

    Examples
    --------
    >>> from mgmodel.figures.plots import Curve
    >>> line = Curve("a", (0.0, 1.0), (0.0, 2.0))
    >>> curve_figure(Sheet((Plot("Level of a", "Hours", (0, 1), (0, 2), (line,)),)))
    Level of a
    """
    titles = ", ".join(plot.title for plot in sheet.plots)
    return CurveFigure(sheet_png(sheet, screen), sheet_in_words(sheet), titles)


def sheet_png(sheet: Sheet, screen: Screen = PAGE) -> bytes:
    r"""A sheet of plots as PNG bytes of few colours.

    Parameters
    ----------
    sheet
        What is shown.
    screen
        Width, density and theme of the place where it will stand.

    Raises
    ------
    ValueError
        The theme is neither "light" nor "dark", or the width is outside 320 to 2400.

    Examples
    --------
    >>> from mgmodel.figures.plots import Curve
    >>> line = Curve("a", (0.0, 1.0), (0.0, 2.0))
    >>> sheet_png(Sheet((Plot("Level", "Hours", (0, 1), (0, 2), (line,)),)))[:4]
    b'\x89PNG'
    """
    import numpy as np

    _check(screen)
    sides = tuple(sides_px(plot) for plot in sheet.plots)
    places = frames(sheet, screen.width_px, sides)
    figure, canvas = _canvas((screen.width_px, sheet.height_px), screen)
    renderer = canvas.get_renderer()
    pixels = np.asarray(renderer.buffer_rgba())
    for plot, frame in zip(sheet.plots, places, strict=True):
        left, bottom, width, height = (screen.density * side for side in frame.cell)
        top = len(pixels) - bottom - height
        ground = _ground(without_curves(plot), frame, screen, sheet.language)
        pixels[top : top + height, left : left + width] = ground
        for artist in _moving(plot, frame, screen.theme):
            artist.set_figure(figure)
            artist.draw(renderer)
    return _png(pixels, PALETTES[screen.theme].surface)


def _check(screen: Screen) -> None:
    if screen.theme not in LINE_COLOURS:
        msg = f"There is no theme {screen.theme!r}; choose one of {', '.join(LINE_COLOURS)}."
        raise ValueError(msg)
    if not 320 <= screen.width_px <= 2400 or screen.density not in (1, 2):
        msg = (
            f"A picture of {screen.width_px} pixels at density {screen.density} is not drawn; give "
            "a width of 320 to 2400 and a density of 1 or 2."
        )
        raise ValueError(msg)


# What stays -----------------------------------------------------------------------------------


def _canvas(size_px: tuple[int, int], screen: Screen) -> tuple[Figure, Any]:
    """An empty figure in which one point is one pixel of the page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = size_px[0] / 72, size_px[1] / 72
    figure = Figure(figsize=size, dpi=72 * screen.density)
    return figure, FigureCanvasAgg(figure)


@lru_cache(maxsize=64)
def _ground(plot: Plot | Bars, frame: Frame, screen: Screen, language: str) -> Any:
    """Pixels of everything in a cell that a slider does not move: (rows, columns, 4)."""
    import numpy as np

    figure, canvas = _canvas(frame.cell[2:], screen)
    figure.set_facecolor(PALETTES[screen.theme].surface)
    axes = _axes(figure, plot, frame, language, screen.theme)
    if isinstance(plot, Bars):
        _draw_rows(axes, plot, frame, screen.theme)
    else:
        _draw_still(axes, plot, screen.theme)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba()).copy()
    pixels.setflags(write=False)  # it is kept and shown again
    return pixels


def _axes(figure: Figure, plot: Plot | Bars, frame: Frame, language: str, theme: str) -> Any:
    """Axes with a title above, numbers as the language writes them, and a quiet grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    text, soft = PALETTES[theme].text, LINE_COLOURS[theme][4]
    start, floor, wide, high = frame.cell
    corner = (frame.left - start) / wide, (frame.bottom - floor) / high
    box = *corner, frame.width / wide, frame.height / high
    axes = figure.add_axes(box, facecolor="none")
    axes.set(xlim=plot.x, ylim=_upward(plot))
    written = FuncFormatter(lambda value, _: number(value, language))
    steps = max(2, min(8, int(frame.width / 60))), max(2, min(6, int(frame.height / 32)))
    for axis, count in zip((axes.xaxis, axes.yaxis), steps, strict=True):
        axis.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(written)
    axes.tick_params(labelsize=SMALL_PX, labelcolor=text, color=soft, length=4)
    axes.grid(visible=True, color=soft, alpha=0.2, linewidth=1)
    axes.set_axisbelow(True)
    for side, spine in axes.spines.items():
        spine.set(visible=side in {"left", "bottom"}, color=soft)
    axes.set_xlabel(plot.x_label, size=SMALL_PX, color=text, labelpad=3)
    left, up = (frame.title[0] - start) / wide, (frame.title[1] - floor) / high
    figure.text(left, up, plot.title, size=TEXT_PX, weight="bold", color=text)
    if isinstance(plot, Plot):
        names = ", ".join(dict.fromkeys(zone.label for zone in plot.zones))
        shaded = say("curves.shaded", language, label=names) if names else ""
        figure.text(left, up - LINE_PX / high, shaded, size=SMALL_PX, color=text)
    return axes


def _upward(plot: Plot | Bars) -> tuple[float, float]:
    return (max(1, len(plot.rows)) - 0.5, -0.5) if isinstance(plot, Bars) else plot.y


def _draw_still(axes: Any, plot: Plot, theme: str) -> None:
    """Shaded ranges with their names, and printed points."""
    text, tint = PALETTES[theme].text, LINE_COLOURS[theme][2]
    for zone in plot.zones:
        span = axes.axhspan if zone.along == "y" else axes.axvspan
        span(zone.low, zone.high, color=tint, alpha=0.15, lw=0)
    for dots in plot.dots:
        look: dict[str, Any] = {
            "ls": "",
            "marker": "D",
            "ms": 6,
            "mfc": "none",
            "mec": text,
            "mew": 1.2,
        }
        axes.plot(dots.x, dots.y, **look, clip_on=False, zorder=3)


def _draw_rows(axes: Any, plot: Bars, frame: Frame, theme: str) -> None:
    """The names of the rows on the left, and the limits."""
    axes.grid(visible=False, axis="y")
    axes.set_yticks(range(len(plot.rows)), [row.label for row in plot.rows])
    axes.tick_params(axis="y", length=0)
    if plot.bare:
        axes.tick_params(axis="x", length=0, labelbottom=False)
    _draw_limits(axes, plot, frame, theme)


def _draw_limits(axes: Any, plot: Bars, frame: Frame, theme: str) -> None:
    """A line through all bars for each limit, each name on a line of its own above them."""
    palette = PALETTES[theme]
    for up, limit in enumerate(plot.limits):
        dash = DASHES[(up + 1) % len(DASHES)]
        high = 1 + LINE_PX * (len(plot.limits) - up) / frame.height
        axes.plot((limit.at, limit.at), (0, high), transform=axes.get_xaxis_transform(), lw=2,
                  color=palette.text, ls=dash, clip_on=False)  # fmt: skip
        side = (-6, "right") if limit.at > sum(plot.x) / 2 else (6, "left")
        away: dict[str, Any] = {
            "xytext": (side[0], 0),
            "textcoords": "offset points",
            "ha": side[1],
        }
        where: dict[str, Any] = {
            "xycoords": axes.get_xaxis_transform(),
            "va": "top",
            "size": SMALL_PX,
        }
        axes.annotate(limit.label, (limit.at, high), color=palette.text, **away, **where)


# What moves -----------------------------------------------------------------------------------


def _moving(plot: Plot | Bars, frame: Frame, theme: str) -> Iterator[Artist]:
    """What a slider moves, in pixels of the page."""
    return _bars(plot, frame, theme) if isinstance(plot, Bars) else _curves(plot, frame, theme)


def _curves(plot: Plot, frame: Frame, theme: str) -> Iterator[Artist]:
    """Bands, lines, their names and the marked points, in pixels of the page."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon

    colours = LINE_COLOURS[theme]
    for curve in plot.curves:
        if curve.low:
            low, high = (_points(frame, plot, curve.x, each) for each in (curve.low, curve.high))
            colour = colours[curve.look]
            yield Polygon([*low, *high[::-1]], closed=True, fc=colour, ec="none", alpha=0.2)
            for edge in (low, high):
                style: dict[str, Any] = {"color": colour, "lw": 0.7, "ls": DASHES[curve.look]}
                yield Line2D(*zip(*edge, strict=True), **style)
    for curve in plot.curves:
        points = _points(frame, plot, curve.x, curve.y)
        style = {"color": colours[curve.look], "lw": 2.6, "ls": DASHES[curve.look]}
        yield Line2D(*zip(*points, strict=True), **style, solid_capstyle="round")
    yield from _names(plot, frame, theme)
    yield from _marks(plot, frame, theme)


def _bars(plot: Bars, frame: Frame, theme: str) -> Iterator[Artist]:
    """Bars with what stands in them, and their values on the right, in pixels of the page."""
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    palette, colours = PALETTES[theme], LINE_COLOURS[theme]
    pixels, row_px = frame.width / (plot.x[1] - plot.x[0]), frame.height / max(1, len(plot.rows))
    middle: dict[str, Any] = {"ha": "center", "va": "center_baseline"}
    for number_of_row, row in enumerate(plot.rows):
        up = frame.top - row_px * (number_of_row + 0.5)
        high = row_px * _BAR / row.lanes
        for piece in row.pieces:
            left, wide = frame.left + (piece.start - plot.x[0]) * pixels, piece.end - piece.start
            floor = up + row_px * _BAR / 2 - high * (piece.lane + 1)
            look: dict[str, Any] = {"fc": colours[piece.look % len(colours)], "lw": 1.5}
            yield Rectangle((left, floor), wide * pixels, high, ec=palette.surface, **look)
            if row.lanes == 1 and wide * pixels > text_px(piece.text, SMALL_PX) + 8:
                place = left + wide * pixels / 2, floor + high / 2
                yield Text(*place, piece.text, color=palette.surface, size=SMALL_PX, **middle)
        if row.value:
            end = max((piece.end for piece in row.pieces), default=plot.x[0])
            place = frame.left + (end - plot.x[0]) * pixels + 9, up
            patch = {"fc": palette.surface, "ec": "none", "pad": 2}  # limits do not cross it
            yield Text(*place, row.value, color=palette.text, size=TEXT_PX, bbox=patch,
                       va="center_baseline")  # fmt: skip


def _points(frame: Frame, plot: Plot, x: Sequence[float], y: Sequence[float]) -> Any:
    """Where points of the axes lie, in pixels of the page, kept inside: (points, 2)."""
    import numpy as np

    across = (np.asarray(x) - plot.x[0]) / (plot.x[1] - plot.x[0])
    upward = (np.asarray(y) - plot.y[0]) / (plot.y[1] - plot.y[0])
    inside = np.clip(np.stack([across, upward], axis=1), 0.0, 1.0)
    return inside * (frame.width, frame.height) + (frame.left, frame.bottom)


def _names(plot: Plot, frame: Frame, theme: str) -> Iterator[Artist]:
    """The name of each line at its right end; names that would touch are moved apart."""
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    named = [curve for curve in plot.curves if curve.label]
    ends = [_points(frame, plot, curve.x[-1:], curve.y[-1:])[0] for curve in named]
    heights = apart([end[1] for end in ends], TEXT_PX * 1.25, frame.bottom, frame.top)
    for curve, (x, y), height in zip(named, ends, heights, strict=True):
        colour = LINE_COLOURS[theme][curve.look]
        if abs(height - y) > 2:
            yield Line2D((x + 1, x + 11), (y, height), color=colour, lw=1)
        yield Text(x + 14, height, curve.label, color=colour, size=TEXT_PX, va="center_baseline")


def _marks(plot: Plot, frame: Frame, theme: str) -> Iterator[Artist]:
    """The marked points: a line down to the axis, a ring, and words on a patch of the ground."""
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    palette = PALETTES[theme]
    highest_first = sorted(plot.marks, key=lambda mark: -mark.y)
    for order, mark in enumerate(highest_first):
        (x, y) = _points(frame, plot, (mark.x,), (mark.y,))[0]
        colour = LINE_COLOURS[theme][mark.look]
        yield Line2D((x, x), (frame.bottom, y), color=palette.text, lw=1.2, ls=DASHES[2])
        ring: dict[str, Any] = {"marker": "o", "ms": 11, "mfc": "none", "mec": colour, "mew": 3}
        yield Line2D((x,), (y,), ls="", **ring)
        if not mark.text:
            continue
        right = x < frame.left + frame.width * 0.62
        above = (order == 0 and y < frame.top - 30) or y < frame.bottom + 30
        side, stand = ("left" if right else "right"), ("bottom" if above else "top")
        patch: dict[str, Any] = {
            "fc": palette.surface,
            "ec": colour,
            "pad": 3.5,
            "lw": 1,
            "alpha": 0.93,
        }
        place = x + (11 if right else -11), y + (9 if above else -9)
        yield Text(*place, mark.text, color=palette.text, size=TEXT_PX, ha=side, va=stand,
                   bbox=patch)  # fmt: skip


def _png(pixels: Any, surface: str) -> bytes:
    """The pixels in few colours; that of the surface stays exact, or a frame would be seen."""
    from io import BytesIO

    from PIL import Image

    image = Image.fromarray(pixels, "RGBA").convert("RGB")
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette, corner = few.getpalette() or [], few.getpixel((0, 0))
    if isinstance(corner, int):
        palette[3 * corner : 3 * corner + 3] = bytes.fromhex(surface[1:])
    few.putpalette(palette)
    file = BytesIO()
    few.save(file, format="PNG", compress_level=5)
    return file.getvalue()

"""One scene in each format: SVG text, PNG and PDF bytes, the same each time they are made."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from mgmodel.figures.scene import Box, Disc, Patch, Scene, Shape, Stroke, Words
from mgmodel.layout import FONT_FAMILY, Place

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

__all__ = ["Said", "scene_pdf", "scene_png", "scene_svg"]

PNG_WIDTH = 1000
"""Pixels: labels of 14 and more on every pathway, and lessons of less than 150 kB."""
_COLOURS = 32
_NARROW = 0.9
"""matplotlib ships DejaVu Sans, whose condensed face is this much narrower."""


@dataclass(frozen=True, slots=True)
class Said:
    """A picture in words, for those who do not see it."""

    title: str
    rest: str
    language: str


def scene_svg(drawn: Scene, said: Said) -> str:
    """Shapes as an SVG document; readable text stays text."""
    frame = drawn.frame
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{said.language}" '
            f'width="{_n(frame.width)}" height="{_n(frame.height)}" '
            f'viewBox="{" ".join(map(_n, frame))}" font-family={quoteattr(FONT_FAMILY)}>',
            f"<title>{escape(said.title)}</title>",
            f"<desc>{escape(said.rest)}</desc>",
            f'<rect x="{_n(frame.left)}" y="{_n(frame.top)}" width="{_n(frame.width)}" '
            f'height="{_n(frame.height)}" fill="{drawn.surface}"/>',
            *map(_svg_shape, drawn.shapes),
            "</svg>\n",
        ]
    )


def scene_png(drawn: Scene, *, width: int = PNG_WIDTH) -> bytes:
    """Shapes as a PNG of at least this many pixels across, and at least one for a layout unit."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(_figure(drawn, max(1.0, width / drawn.frame.width)))
    canvas.draw()  # type: ignore[no-untyped-call]
    return _few_colours(canvas.buffer_rgba(), _png_palette(drawn))  # type: ignore[no-untyped-call]


def scene_pdf(drawn: Scene) -> bytes:
    """Shapes as one page of PDF, a layout unit to a pixel of 1/100 inch; it names no date."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    file = BytesIO()
    undated = {"CreationDate": None, "Creator": None, "Producer": None}
    FigureCanvasPdf(_figure(drawn, 1.0)).print_pdf(file, metadata=undated)  # type: ignore[no-untyped-call]
    return file.getvalue()


def _figure(drawn: Scene, scale: float) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    frame = drawn.frame
    inches = frame.width * scale / 100, frame.height * scale / 100
    figure = Figure(figsize=inches, dpi=100, facecolor=drawn.surface)
    place = Affine2D().translate(-frame.left, -frame.top - frame.height).scale(scale, -scale)
    for shape in drawn.shapes:
        patch = _patch(shape, 0.72 * scale)  # points in a layout unit, at 100 pixels an inch
        patch.set_transform(place)
        figure.add_artist(patch)
    return figure


# SVG ------------------------------------------------------------------------------------------


def _n(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _at(place: Place) -> str:
    return f"{_n(place[0])} {_n(place[1])}"


def _dash(dash: tuple[int, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""


def _svg_shape(shape: Shape) -> str:
    match shape:
        case Stroke(start, control, end, colour, width, dash):
            return (
                f'<path d="M{_at(start)}Q{_at(control)} {_at(end)}" fill="none" '
                f'stroke="{colour}" stroke-width="{_n(width)}"{_dash(dash)}/>'
            )
        case Patch(corners, fill):
            return f'<path d="M{"L".join(map(_at, corners))}Z" fill="{fill}"/>'
        case Disc((x, y), radius, fill, border):
            where = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
            return f'<circle {where} fill="{fill}" stroke="{border}" stroke-width="1.2"/>'
        case Box((x, y), width, height, radius, style):
            return (
                f'<rect x="{_n(x - width / 2)}" y="{_n(y - height / 2)}" width="{_n(width)}" '
                f'height="{_n(height)}" rx="{_n(radius)}" fill="{style.fill}" '
                f'stroke="{style.border}" stroke-width="{_n(style.border_width)}"'
                f"{_dash(style.dash)}/>"
            )
        case Words((x, y), text, size, colour, centred, bold):
            anchor = ' text-anchor="middle"' if centred else ""
            weight = ' font-weight="bold"' if bold else ""
            return (
                f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}"'
                f"{anchor}{weight}>{escape(text)}</text>"
            )


# PNG ------------------------------------------------------------------------------------------


def _png_palette(drawn: Scene) -> list[str]:
    """The colours of the picture itself, then steps from each towards the surface.

    Chosen here and not by counting pixels, so that no sign loses its colour to a crowd of greys.
    """
    used = dict.fromkeys((drawn.surface, *(c for shape in drawn.shapes for c in _colours(shape))))
    mixed = [_mix(colour, drawn.surface, share) for share in (0.5, 0.25, 0.75) for colour in used]
    return list(dict.fromkeys([*used, *mixed]))[:_COLOURS]


def _few_colours(pixels: Any, colours: list[str]) -> bytes:
    """The picture as PNG with each pixel in the nearest of these colours."""
    import numpy as np
    from PIL import Image

    values = [tuple(bytes.fromhex(colour[1:])) for colour in colours]
    picture = np.asarray(pixels)[:, :, :3].astype(np.int64)  # (rows, columns, 3)
    height, width, _ = picture.shape
    packed = picture @ np.array([65536, 256, 1])
    found, place = np.unique(packed, return_inverse=True)
    seen = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    away = ((seen[:, None, :] - np.array(values)[None, :, :]) ** 2).sum(axis=2)
    nearest = away.argmin(axis=1).astype(np.uint8)
    image = Image.frombytes("P", (width, height), nearest[place].tobytes())
    image.putpalette([channel for value in values for channel in value])
    file = BytesIO()
    image.save(file, format="PNG", optimize=True)
    return file.getvalue()


def _colours(shape: Shape) -> tuple[str, ...]:
    match shape:
        case Box(style=style):
            return style.fill, style.border
        case Disc(fill=fill, border=border):
            return fill, border
        case Patch(fill=colour) | Stroke(colour=colour) | Words(colour=colour):
            return (colour,)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _patch(shape: Shape, points: float) -> Artist:
    """One shape for matplotlib, in layout units; lines in points."""
    from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon
    from matplotlib.path import Path as Outline

    match shape:
        case Stroke(start, control, end, colour, width, dash):
            curve = Outline([start, control, end], [Outline.MOVETO, *[Outline.CURVE3] * 2])
            style = _line_style(dash, points)
            return PathPatch(curve, fill=False, ec=colour, lw=width * points, ls=style)
        case Patch(corners, fill):
            return Polygon(corners, closed=True, fc=fill, ec="none")
        case Disc(centre, radius, fill, border):
            return Circle(centre, radius, fc=fill, ec=border, lw=1.2 * points)
        case Box((x, y), width, height, radius, look):
            style = _line_style(look.dash, points)
            corner = x - width / 2, y - height / 2
            frame = FancyBboxPatch(corner, width, height, ls=style, lw=look.border_width * points)
            frame.set_boxstyle("round", pad=0, rounding_size=radius)
            frame.set(facecolor=look.fill, edgecolor=look.border)
            return frame
        case Words():
            return PathPatch(_glyphs(shape), fc=shape.colour, ec="none")


def _line_style(dash: tuple[int, ...], points: float) -> Any:
    return (0, [length * points for length in dash]) if dash else "solid"


def _glyphs(words: Words) -> Any:
    """The outline of a line of text, narrowed to the width that the layout counts on."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    face = FontProperties(family="DejaVu Sans", weight="bold" if words.bold else "normal")
    outline = TextPath((0, 0), words.text, size=words.size, prop=face)
    across = outline.vertices[:, 0]
    start = -(across.min() + across.max()) / 2 if words.centred and len(across) else 0.0
    narrow = Affine2D().translate(start, 0).scale(_NARROW, -1).translate(*words.base)
    return narrow.transform_path(outline)

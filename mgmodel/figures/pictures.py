"""Pictures of the map for pages, slides and saved notebooks: SVG text, PNG bytes and their words.

Same places, bends and looks as on the screen, and the same bytes each time they are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from xml.sax.saxutils import escape, quoteattr

from mgmodel.figures.captions import caption
from mgmodel.figures.scene import Box, Disc, Look, Patch, Scene, Shape, Stroke, Words, scene
from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, KnockOut, Press
from mgmodel.layout import FONT_FAMILY, Extent, Place
from mgmodel.model import Model
from mgmodel.portrayal import PALETTES
from mgmodel.reasoning.response import Response
from mgmodel.records import Edge
from mgmodel.vocabulary import Language

if TYPE_CHECKING:
    from matplotlib.artist import Artist

__all__ = [
    "FigureOptions",
    "MapFigure",
    "alt_text",
    "map_figure",
    "map_png",
    "map_svg",
    "write_readme_picture",
]

PNG_WIDTH = 1120
"""Pixels; about one for a layout unit of the core map."""
_COLOURS = 32
_NARROW = 0.9
"""matplotlib ships DejaVu Sans, whose condensed face is this much narrower."""


class FigureOptions(TypedDict, total=False):
    """What every picture can be asked for; all of it by keyword, all of it optional.

    Marks and roles are taken from `response` where they are not given: pushed nodes are sources,
    switched-off, held and clamped ones are drawn as such.
    """

    view: str
    """"core" (the default), "whole" or a pathway."""
    language: str
    theme: str
    """"light" (the default) or "dark"."""
    response: Response | None
    source: str | None
    target: str | None
    removed: Iterable[str]
    """Nodes that are switched off."""
    held: Iterable[str]
    """Nodes that are held at baseline."""
    dimmed: Iterable[str]
    """Nodes and arrows that no longer carry the effect."""
    highlight: Iterable[str]
    """Arrows of a route, in order; their nodes are marked too."""
    hidden: Iterable[str]
    """Nodes and arrows that are left out, while all others keep their places."""
    faded: Iterable[str]
    """Arrows that are taken out of the question; those that `response` cuts are as well."""
    flipped: Iterable[str]
    """Arrows whose sign is turned round; those that `response` turns are as well."""
    frame: tuple[float, float, float, float] | None
    """Left, top, width and height of what is to be seen, in layout units, legend not counted."""


def map_svg(model: Model, **options: Unpack[FigureOptions]) -> str:
    """One view of the map as an SVG document with its text alternative inside.

    No font, style sheet or address from elsewhere; readable text stays text.

    Parameters
    ----------
    model
        The whole map; `view` says what part of it is drawn.
    **options
        See `FigureOptions`.

    Raises
    ------
    UnknownId
        An id or the view is not in the model.
    ValueError
        There is no such language or theme.

    Examples
    --------
    >>> svg = map_svg(Model.from_edges([("magnesium", "stress", -1)]))
    >>> svg.startswith("<svg"), "<desc>" in svg, ">magnesium<" in svg
    (True, True, True)
    """
    look = look_of(model, options)
    drawn = scene(model, look)
    frame = drawn.frame
    title, rest = caption(model, look, _route(model, options))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{look.language}" '
            f'width="{_n(frame.width)}" height="{_n(frame.height)}" '
            f'viewBox="{" ".join(map(_n, frame))}" font-family={quoteattr(FONT_FAMILY)}>',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(rest)}</desc>",
            f'<rect x="{_n(frame.left)}" y="{_n(frame.top)}" width="{_n(frame.width)}" '
            f'height="{_n(frame.height)}" fill="{drawn.surface}"/>',
            *map(_svg_shape, drawn.shapes),
            "</svg>\n",
        ]
    )


def map_png(model: Model, **options: Unpack[FigureOptions]) -> bytes:
    r"""One view of the map as a PNG of at most 32 colours, for notebooks opened without a kernel.

    Takes the same arguments as `map_svg` and shows the same picture.

    Examples
    --------
    >>> map_png(Model.from_edges([("a", "b", 1)]))[:4]
    b'\x89PNG'
    """
    return scene_png(scene(model, look_of(model, options)))


def scene_png(drawn: Scene, *, width: int = PNG_WIDTH) -> bytes:
    """Shapes as a PNG of at least this many pixels across, and at least one for a layout unit."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    frame = drawn.frame
    scale = max(1.0, width / frame.width)
    inches = frame.width * scale / 100, frame.height * scale / 100
    figure = Figure(figsize=inches, dpi=100, facecolor=drawn.surface)
    canvas = FigureCanvasAgg(figure)
    place = Affine2D().translate(-frame.left, -frame.top - frame.height).scale(scale, -scale)
    for shape in drawn.shapes:
        patch = _patch(shape, 0.72 * scale)  # points in a layout unit, at 100 pixels an inch
        patch.set_transform(place)
        figure.add_artist(patch)
    canvas.draw()  # type: ignore[no-untyped-call]
    return _few_colours(canvas.buffer_rgba(), _png_palette(drawn))  # type: ignore[no-untyped-call]


def alt_text(model: Model, **options: Unpack[FigureOptions]) -> str:
    """What a picture shows, in sentences: its title first, then counts, question and verdicts.

    Takes the same arguments as `map_svg`.

    Examples
    --------
    >>> alt_text(Model.from_edges([("a", "b", 1)]))
    'Drawing Core map: 2 nodes and 1 arrow. Raising: 1, lowering: 0, without a settled
    direction: 0.'
    """
    return " ".join(filter(None, caption(model, look_of(model, options), _route(model, options))))


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A picture that a notebook shows and stores: PNG for the eye, words for everyone."""

    png: bytes
    alt: str
    title: str

    def __repr__(self) -> str:
        return self.title

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str | bytes]:
        # No image/svg+xml: JupyterLab does not show it in a notebook that is not trusted yet.
        return {"image/png": self.png, "text/plain": self.alt}


def map_figure(model: Model, **options: Unpack[FigureOptions]) -> MapFigure:
    """One view of the map to leave at the end of a cell. Takes the same arguments as `map_svg`.

    Examples
    --------
    >>> map_figure(Model.from_edges([("a", "b", 1)]))
    Drawing Core map: 2 nodes and 1 arrow.
    """
    title, rest = caption(model, look_of(model, options), _route(model, options))
    alt = " ".join(filter(None, (title, rest)))
    return MapFigure(map_png(model, **options), alt, title)


def write_readme_picture(folder: str | Path) -> tuple[Path, Path]:
    """Writes the picture of the README, map.svg and map.png, into a folder that exists."""
    from mgmodel.datafiles import load_model

    model = load_model()
    svg, png = Path(folder) / "map.svg", Path(folder) / "map.png"
    svg.write_bytes(map_svg(model).encode())
    png.write_bytes(map_png(model))
    return svg, png


def _route(model: Model, options: FigureOptions) -> list[Edge]:
    return [model.edge(edge) for edge in options.get("highlight", ())]


def look_of(model: Model, options: FigureOptions) -> Look:
    """The options with what the response itself says put in; unknown ids and words are refused."""
    response = options.get("response")
    asked = response.interventions if response else ()
    removed = {*options.get("removed", ()), *(a.node for a in asked if isinstance(a, KnockOut))}
    held = {*options.get("held", ()), *(a.node for a in asked if isinstance(a, Block | Clamp))}
    cut = {a.edge for a in asked if isinstance(a, CutEdge)}
    turned = {a.edge for a in asked if isinstance(a, FlipEdge)}
    frame = options.get("frame")
    roles: dict[str, Any] = {a.node: "source" for a in asked if isinstance(a, Press)}
    for role in ("source", "target"):
        node = options.get(role)
        if isinstance(node, str):
            roles[model.node(node).id] = role
    route = _route(model, options)
    look = Look(
        view=options.get("view", "core"),
        language=Language(options.get("language", "en")).value,
        theme=options.get("theme", "light"),
        response=response,
        roles=tuple(roles.items()),
        removed=frozenset(model.node(node).id for node in removed),
        held=frozenset(model.node(node).id for node in held),
        dimmed=frozenset(options.get("dimmed", ())),
        highlight=frozenset(end for e in route for end in (e.id, e.source, e.target)),
        hidden=frozenset(options.get("hidden", ())),
        faded=frozenset(options.get("faded", ())) | cut,
        flipped=frozenset(options.get("flipped", ())) | turned,
        frame=None if frame is None else Extent(*frame),
    )
    model.without(*look.dimmed, *look.hidden, *look.faded, *look.flipped)  # refuses unknown ids
    if look.theme not in PALETTES:
        msg = f"There is no theme {look.theme!r}; choose one of {', '.join(PALETTES)}."
        raise ValueError(msg)
    return look


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
    from io import BytesIO

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

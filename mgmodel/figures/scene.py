"""A view of the map as plain shapes: boxes, curves, heads, marks, words and a legend.

Every static picture is made of these few shapes, so that SVG and PNG cannot drift apart.
Coordinates are layout units; y grows downward.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from mgmodel.evidence import agreement
from mgmodel.geometry import Line, drawn_lines
from mgmodel.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    FONT_SIZE,
    LINE_HEIGHT,
    MARK_SIZE,
    Extent,
    Place,
    bends,
    extent,
    places,
    text_width,
    view_model,
    wrap_label,
)
from mgmodel.model import Model
from mgmodel.portrayal import (
    PALETTES,
    EdgeStyle,
    NodeStyle,
    Palette,
    Role,
    dispute_mark,
    edge_style,
    last_line,
    node_shape,
    node_state,
    node_style,
)
from mgmodel.reasoning.response import Told
from mgmodel.records import Edge
from mgmodel.vocabulary import Effect, Strength, Verdict
from mgmodel.wording.catalogues import say

__all__ = [
    "Box",
    "Disc",
    "Look",
    "Patch",
    "Scene",
    "Shape",
    "Stroke",
    "Words",
    "drawn_part",
    "scene",
]

_HEAD = 11.0
_MARK_RADIUS = 7.5
_LEGEND_SIZE = 12.5
_LEGEND_ROW = 24.0
_SAMPLE_WIDTH = 38.0
_TURNED = {
    **dict(zip(Effect, Effect, strict=True)),
    Effect.INCREASES: Effect.DECREASES,
    Effect.DECREASES: Effect.INCREASES,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners."""

    centre: Place
    width: float
    height: float
    radius: float
    style: NodeStyle


@dataclass(frozen=True, slots=True)
class Stroke:
    """A quadratic curve."""

    start: Place
    control: Place
    end: Place
    colour: str
    width: float
    dash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled polygon."""

    corners: tuple[Place, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle with a border."""

    centre: Place
    radius: float
    fill: str
    border: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text."""

    base: Place
    """Middle of the base line; its left end where not centred."""
    text: str
    size: float
    colour: str
    centred: bool = True
    bold: bool = False


Shape: TypeAlias = Box | Stroke | Patch | Disc | Words


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn, and in which state; ids that the view does not draw are passed over."""

    view: str = "core"
    language: str = "en"
    theme: str = "light"
    response: Told | None = None
    roles: tuple[tuple[str, Role], ...] = ()
    removed: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    dimmed: frozenset[str] = frozenset()
    highlight: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Nodes and arrows that are left out; their places stay free."""
    faded: frozenset[str] = frozenset()
    """Arrows taken out of the question."""
    flipped: frozenset[str] = frozenset()
    """Arrows whose sign is turned round."""
    frame: Extent | None = None
    """What is to be seen, without the legend; all boxes of the view where it is not given."""

    @property
    def palette(self) -> Palette:
        """The palette of the theme."""
        return PALETTES[self.theme]


@dataclass(frozen=True, slots=True)
class Scene:
    """All shapes of a picture, from back to front, and the rectangle that holds them."""

    frame: Extent
    surface: str
    shapes: tuple[Shape, ...] = field(repr=False)


def scene(model: Model, look: Look) -> Scene:
    """The shapes of one view, with a legend of what it shows underneath.

    Raises
    ------
    UnknownId
        The model has no such view.

    Examples
    --------
    >>> drawn = scene(Model.from_edges([("a", "b", -1)]), Look())
    >>> [shape.text for shape in drawn.shapes if isinstance(shape, Words)][:2]
    ['a', 'b']
    """
    frame = look.frame or extent(places(model, look.view))
    legend, height = legend_shapes(model, look, frame)
    shapes = (*picture_shapes(model, look), *legend)
    return Scene(frame._replace(height=frame.height + height), look.palette.surface, shapes)


def picture_shapes(model: Model, look: Look) -> tuple[Shape, ...]:
    """The shapes of one view, from back to front, without its legend."""
    part = drawn_part(model, look)
    centres, curves = places(model, look.view), bends(model, look.view)
    lines = drawn_lines(view_model(model, look.view), centres, curves)  # hidden ones as well
    shapes: list[Shape] = []
    # Faint arrows first and highlighted ones last, so that what matters lies on top.
    for edge in sorted(part.edges.values(), key=lambda e: (e.id in look.highlight, e.reasons)):
        shapes += _arrow(lines[edge.id], _edge_look(model, edge, look), look.palette.surface)
    for node in part.nodes.values():
        style = _node_look(node.id, look)
        radius = node_shape(node.kind).radius
        shapes.append(Box(centres[node.id], BOX_WIDTH, BOX_HEIGHT, radius, style))
        label = wrap_label(node.label.in_language(look.language))
        shapes += _box_words(centres[node.id], label, style, _last_line(node.id, style, look))
    return tuple(shapes)


def legend_shapes(model: Model, look: Look, frame: Extent) -> tuple[tuple[Shape, ...], float]:
    """A legend of what the picture shows, under a frame, and how high it is."""
    legend = list(_legend(drawn_part(model, look), look))
    rows, height = _flow(legend, frame)
    shapes: list[Shape] = []
    for entry, corner in zip(legend, rows, strict=True):
        shapes += _legend_shapes(entry, corner, look.palette)
    return tuple(shapes), height


def drawn_part(model: Model, look: Look) -> Model:
    """The nodes and arrows that are painted, arrows with the sign that they have now.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> list(drawn_part(chain, Look(hidden=frozenset({"a"}))).edges)
    ['b.c']
    """
    part = view_model(model, look.view)
    if not look.hidden and not look.flipped:
        return part
    nodes = [node for node in part.nodes.values() if node.id not in look.hidden]
    edges = [
        replace(edge, effect=_TURNED[edge.effect]) if edge.id in look.flipped else edge
        for edge in part.edges.values()
        if not look.hidden & {edge.id, edge.source, edge.target}
    ]
    return Model(nodes, edges, model.library)


def _edge_look(model: Model, edge: Edge, look: Look) -> EdgeStyle:
    gone = {edge.id, edge.source, edge.target} & look.removed
    turned = edge.id in look.flipped
    style = edge_style(
        look.palette,
        edge.effect,
        contested=edge.contested,
        shown_only=not edge.reasons,
        dimmed=bool(gone) or edge.id in look.dimmed,
        highlighted=edge.id in look.highlight,
        faded=edge.id in look.faded,
        turned=turned,
    )
    if turned:
        return style
    rows = agreement(model, edge.id)
    both = rows.supporting + rows.mixed, rows.contradicting + rows.mixed
    return replace(style, mark=dispute_mark(edge.contested, *both))


def _node_look(node: str, look: Look) -> NodeStyle:
    verdict, strength = _verdict(node, look)
    return node_style(
        look.palette,
        verdict=verdict,
        strength=strength,
        off=node in look.removed,
        held=node in look.held,
        dimmed=node in look.dimmed,
        selected=node in look.highlight,
        role=dict(look.roles).get(node),
    )


def _last_line(node: str, style: NodeStyle, look: Look) -> str:
    """What stands under the label: the same line as on the screen."""
    verdict, strength = _verdict(node, look)
    state = node_state(verdict, strength, off=node in look.removed, held=node in look.held)
    return last_line(style, state, dict(look.roles).get(node), look.language)


def _verdict(node: str, look: Look) -> tuple[Verdict | None, Strength | None]:
    if look.response is None:
        return None, None
    return look.response.direction.get(node), look.response.strength.get(node)


def _box_words(
    centre: Place, label: tuple[str, ...], style: NodeStyle, last: str
) -> Iterator[Words]:
    x, y = centre
    top = y - (len(label) * LINE_HEIGHT + (LINE_HEIGHT - 1 if last else 0)) / 2
    for number, text in enumerate(label):
        base = top + (number + 0.76) * LINE_HEIGHT
        yield Words((x, base), text, FONT_SIZE, style.text)
    if last:
        base = top + (len(label) + 0.72) * LINE_HEIGHT
        yield Words((x, base), last, MARK_SIZE, style.text, bold=True)


def _arrow(line: Line, style: EdgeStyle, surface: str) -> Iterator[Shape]:
    size = _HEAD + 1.5 * (style.width - 1)
    ahead, aside = math.cos(line.angle), math.sin(line.angle)

    def at(along: float, across: float) -> Place:
        x, y = line.tip
        return x + along * ahead - across * aside, y + along * aside + across * ahead

    back = {"arrow": 0.85 * size, "bar": 1.0, "circle": 0.4 * size, "box": 0.4 * size}[style.head]
    # From the head backward, so that a dashed line has its first dash at the head.
    yield Stroke(at(-back, 0), line.control, line.start, style.colour, style.width, style.dash)
    if style.head == "circle":
        yield Disc(at(-0.4 * size, 0), 0.4 * size, style.colour, style.colour)
    else:
        outline = {
            "arrow": ((0, 0), (-size, 0.42 * size), (-size, -0.42 * size)),
            "bar": _oblong(2.4 + 1.4 * style.width, 0.62 * size),
            "box": _oblong(0.8 * size, 0.4 * size),
        }[style.head]
        yield Patch(tuple(at(*corner) for corner in outline), style.colour)
    if style.mark:
        x, y = line.middle
        across = max(2 * _MARK_RADIUS, text_width(style.mark, 12) + 8)
        pill = NodeStyle(surface, style.colour, style.mark_colour, 1.2)
        yield Box((x, y), across, 2 * _MARK_RADIUS, _MARK_RADIUS, pill)
        yield Words((x, y + 4.3), style.mark, 12, style.mark_colour, bold=True)


def _oblong(depth: float, half: float) -> tuple[Place, ...]:
    return ((0, -half), (0, half), (-depth, half), (-depth, -half))


# A line of the legend: its words, and what stands before them.
_Entry: TypeAlias = tuple[str, EdgeStyle | NodeStyle, float]


def _legend(part: Model, look: Look) -> Iterator[_Entry]:
    """What this picture shows, and nothing else."""
    palette, edges = look.palette, part.edges.values()

    def told(key: str, style: EdgeStyle | NodeStyle, radius: float = 4) -> _Entry:
        return say(f"legend.{key}", look.language), style, radius

    for effect in Effect:
        if any(edge.effect is effect for edge in edges):
            yield told(effect, edge_style(palette, effect))
    if any(edge.contested for edge in edges):
        yield told("contested", edge_style(palette, Effect.INCREASES, contested=True))
    if not all(edge.reasons for edge in edges):
        yield told("shown_only", edge_style(palette, Effect.INCREASES, shown_only=True))
    if look.faded & set(part.edges):
        yield told("faded", edge_style(palette, Effect.INCREASES, faded=True))
    if look.flipped & set(part.edges):
        yield told("turned", edge_style(palette, Effect.INCREASES, turned=True))
    if look.highlight & set(part.edges):
        yield told("highlighted", edge_style(palette, Effect.INCREASES, highlighted=True))
    shapes = {node_shape(node.kind) for node in part.nodes.values()}
    if len(shapes) > 1:
        for shape in sorted(shapes, key=lambda shape: -shape.radius):
            yield told(shape.name, node_style(palette), shape.radius * 0.6)
    if look.dimmed & set(part.nodes):
        yield told("dimmed", node_style(palette, dimmed=True))
    # Marks, roles and verdicts need no line here: each box says its own in words.


def _flow(legend: list[_Entry], frame: Extent) -> tuple[list[Place], float]:
    """A place for each line of the legend, left to right, and the height of them all."""
    found: list[Place] = []
    left, right = frame.left + 16, frame.left + frame.width - 12
    x, y = left, frame.top + frame.height + 12
    for text, _, _ in legend:
        width = _SAMPLE_WIDTH + 8 + text_width(text, _LEGEND_SIZE) + 22
        if x + width > right and x > left:
            x, y = left, y + _LEGEND_ROW
        found.append((x, y))
        x += width
    return found, (y + _LEGEND_ROW - frame.top - frame.height if found else 0.0)


def _legend_shapes(entry: _Entry, corner: Place, palette: Palette) -> Iterator[Shape]:
    text, style, radius = entry
    x, y = corner
    if isinstance(style, EdgeStyle):
        end = (x + _SAMPLE_WIDTH, y)
        middle = (x + _SAMPLE_WIDTH / 2 - 4, y)
        yield from _arrow(Line((x, y), middle, end, 0.0, middle), style, palette.surface)
    else:
        yield Box((x + _SAMPLE_WIDTH / 2, y), _SAMPLE_WIDTH - 4, 16, radius, style)
    base = (x + _SAMPLE_WIDTH + 8, y + 4.4)
    yield Words(base, text, _LEGEND_SIZE, palette.text, centred=False)

"""Where things stand: the size of a box, the part a view draws, and a place for each node.

The shipped map carries committed places and bends for each of its views. Any other map gets a plain
layered drawing from here: the same one each time, and no two boxes overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.records import Edge

__all__ = [
    "BOX_HEIGHT",
    "BOX_WIDTH",
    "FONT_FAMILY",
    "FONT_SIZE",
    "LINE_HEIGHT",
    "MARK_SIZE",
    "TEXT_WIDTH",
    "Bend",
    "Extent",
    "bends",
    "extent",
    "places",
    "text_width",
    "view_model",
    "view_nodes",
    "views",
    "wrap_label",
]

BOX_WIDTH = 136
BOX_HEIGHT = 52
"""Room for two label lines and one verdict line."""
TEXT_WIDTH = 134
"""Room for a line of a label; the rest is border."""
FONT_SIZE = 14
MARK_SIZE = 12.5
"""Size of the verdict line."""
LINE_HEIGHT = 15.5
FONT_FAMILY = 'Arial, "Liberation Sans", "DejaVu Sans Condensed", sans-serif'
"""Faces of nearly one width, so that a label which fits in one fits in all."""
MARGIN = 12
"""Free space around the outermost boxes."""

_EASY_WIDTH = 124  # a longer line than this looks squeezed where it could be two
_COLUMN = 176
_ROW = 96
_ROW_LIMIT = 8

Place = tuple[float, float]

# Width of a character in thousandths of the font size: the wider of Helvetica (whose widths Arial
# and Liberation Sans share) and DejaVu Sans Condensed, rounded up.
_WIDTHS = {
    character: width
    for width, characters in {
        250: "'",
        260: "ijl",
        280: "Iïí",
        290: " ,.",
        310: "/:;",
        320: "f",
        340: "-",
        360: "()t",
        370: "²",
        380: "r",
        450: "°",
        480: "⁺",
        500: "Jcszç",
        530: "k",
        540: "vxy",
        560: "Laeoáäåèéëóö\N{EN DASH}",
        580: "0123456789bdghnpquµüβ",
        600: "\N{GREEK SMALL LETTER ALPHA}",
        620: "FTZ",
        670: "ABEKPSVXYÄÅÉ",
        710: "&",
        730: "CDHNRU",
        740: "w",
        760: "+",
        780: "GOQÖ",
        840: "M",
        880: "m",
        890: "%",
        950: "W",
    }.items()
    for character in characters
}
_WIDEST = 950


class Extent(NamedTuple):
    """The rectangle that holds every box, with a margin."""

    left: float
    top: float
    width: float
    height: float


class Bend(NamedTuple):
    """How an arrow bends: a smoothing of vis-network, and how strongly."""

    kind: str = "straight"
    """"straight", or the vis-network `smooth.type` of a quadratic curve."""
    roundness: float = 0.0


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Width of a line of text in layout units; never less than any of our faces needs.

    Examples
    --------
    >>> text_width("il") < text_width("mm")
    True
    """
    return sum(_WIDTHS.get(character, _WIDEST) for character in text) * size / 1000


def wrap_label(label: str) -> tuple[str, ...]:
    """A label on one line where it fits well, else on two, broken at a space or after a hyphen.

    A word is never cut; one that is wider than the box stays whole.

    Examples
    --------
    >>> wrap_label("Cortisol")
    ('Cortisol',)
    >>> wrap_label("Sympathetic nerve activity")
    ('Sympathetic', 'nerve activity')
    """
    if text_width(label) <= _EASY_WIDTH:
        return (label,)
    splits: list[tuple[str, ...]] = [
        (label[: match.end()].rstrip(), label[match.end() :])
        for match in re.finditer(r"\s+|(?<=\w)-(?=\w)", label)
    ]
    return min(splits, key=_awkwardness) if splits else (label,)


def _awkwardness(lines: tuple[str, ...]) -> tuple[float, bool, float]:
    widest = max(map(text_width, lines))
    return max(0.0, widest - TEXT_WIDTH), lines[0].endswith("-"), widest


def views(model: Model) -> tuple[str, ...]:
    """The parts that can be drawn: "core", "whole", then the pathways in reading order.

    Examples
    --------
    >>> views(Model.from_edges([("a", "b", 1)]))
    ('core', 'whole')
    """
    pathways = dict.fromkeys(
        [*model.library.info.pathways, *(row.pathway for row in model.library.pathways)]
    )
    return ("core", "whole", *pathways)


def view_model(model: Model, view: str) -> Model:
    """The nodes and arrows that a view draws.

    "core" draws the core map, and the whole of a map that marks no arrow as core. "whole" draws
    every arrow, also those that questions do not reason over. A pathway draws its nodes, as far
    as the map has them, and the reasoning arrows between them.

    Raises
    ------
    UnknownId
        The model has no view of this name.
    """
    if view == "whole":
        return model
    if view == "core":
        part = model.core()
        return part if part.edges else model
    members = [row.node for row in model.library.pathways if row.pathway == view]
    if not members:
        raise UnknownId(view, views(model), kind="view")
    part = model.only(*(member for member in members if member in model.nodes))
    return part.without(*(edge.id for edge in part.edges.values() if not edge.reasons))


def view_nodes(model: Model, view: str = "core") -> tuple[str, ...]:
    """Ids of the nodes that a view draws, in the map's order.

    Examples
    --------
    >>> view_nodes(Model.from_edges([("a", "b", 1)]))
    ('a', 'b')
    """
    return tuple(view_model(model, view).nodes)


def places(model: Model, view: str = "core") -> dict[str, Place]:
    """Centre of each box of a view, in layout units; x grows rightward and y downward.

    Committed places are taken where they cover every node of the view; a node without one makes
    the whole view fall back to a layered drawing.

    Examples
    --------
    >>> places(Model.from_edges([("a", "b", 1)]))
    {'a': (0.0, 0.0), 'b': (0.0, 96.0)}
    """
    part = view_model(model, view)
    committed = {row.node: (row.x, row.y) for row in model.library.places if row.view == view}
    if all(node in committed for node in part.nodes):
        return {node: committed[node] for node in part.nodes}
    return _layered(part)


def bends(model: Model, view: str = "core") -> dict[str, Bend]:
    """How each arrow of a view bends.

    Arrows that share both ends, in either direction, are bowed apart where no bend is committed.

    Examples
    --------
    >>> bends(Model.from_edges([("a", "b", 1)]))
    {'a.b': Bend(kind='straight', roundness=0.0)}
    """
    edges = view_model(model, view).edges.values()
    committed = {row.edge: row for row in model.library.curves if row.view == view}
    found = _bowed_apart(edges)
    for edge in edges:
        if edge.id in committed:
            row = committed[edge.id]
            found[edge.id] = Bend(row.bend, row.roundness)
    return found


def extent(centres: Mapping[str, Place]) -> Extent:
    """The rectangle around all boxes, with a margin; one empty box for no places at all.

    Examples
    --------
    >>> extent({"a": (0.0, 0.0)})
    Extent(left=-80.0, top=-38.0, width=160.0, height=76.0)
    """
    xs = [x for x, _ in centres.values()] or [0.0]
    ys = [y for _, y in centres.values()] or [0.0]
    width, height = BOX_WIDTH + 2 * MARGIN, BOX_HEIGHT + 2 * MARGIN
    return Extent(
        min(xs) - width / 2,
        min(ys) - height / 2,
        max(xs) - min(xs) + width,
        max(ys) - min(ys) + height,
    )


def _bowed_apart(edges: Iterable[Edge]) -> dict[str, Bend]:
    groups: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        groups.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    found: dict[str, Bend] = {}
    for group in groups.values():
        nth: dict[str, int] = {}
        for edge in group:
            nth[edge.source] = nth.get(edge.source, 0) + 1
            # Clockwise as seen from its own source: opposite arrows fall on opposite sides.
            bow = Bend("curvedCW", round(0.15 + 0.15 * nth[edge.source], 2))
            found[edge.id] = Bend() if len(group) == 1 else bow
    return found


def _layered(part: Model) -> dict[str, Place]:
    """Rows by distance from the inputs, each row ordered by the middle of its neighbours."""
    links = sorted({(e.source, e.target) for e in part.edges.values() if e.source != e.target})
    depths = _depths(tuple(part.nodes), links)
    rows = [
        [node for node in part.nodes if depths[node] == depth]
        for depth in sorted(set(depths.values()))
    ]
    neighbours: dict[str, set[str]] = {node: set() for node in part.nodes}
    for source, target in links:
        neighbours[source].add(target)
        neighbours[target].add(source)
    middle: dict[str, float] = {}
    for row in rows:
        _note_order(row, middle)
    for sweep in range(8):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _order_by_neighbours(row, middle, neighbours)
    found: dict[str, Place] = {}
    slices = [row[i : i + _ROW_LIMIT] for row in rows for i in range(0, len(row), _ROW_LIMIT)]
    for level, row in enumerate(slices):
        for column, node in enumerate(row):
            found[node] = ((column - (len(row) - 1) / 2) * _COLUMN, float(level * _ROW))
    return {node: found[node] for node in part.nodes}


def _note_order(row: list[str], middle: dict[str, float]) -> None:
    middle.update((node, index - (len(row) - 1) / 2) for index, node in enumerate(row))


def _order_by_neighbours(
    row: list[str], middle: dict[str, float], neighbours: Mapping[str, set[str]]
) -> None:
    own = set(row)

    def wanted(node: str) -> tuple[float, float]:
        near = sorted(middle[other] for other in neighbours[node] if other not in own)
        return (sum(near) / len(near) if near else middle[node], middle[node])

    row.sort(key=wanted)
    _note_order(row, middle)


def _depths(nodes: tuple[str, ...], links: list[tuple[str, str]]) -> dict[str, int]:
    """Longest way from an input, over the links that close no circle."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    heads = {target for _, target in links}
    for source, target in links:
        after[source].append(target)
    forward = _forward_links(sorted(nodes, key=lambda node: node in heads), after)
    depths: dict[str, int] = {}
    for node in reversed(forward):  # sources first
        depths.setdefault(node, 0)
        for target in forward[node]:
            depths[target] = max(depths.get(target, 0), depths[node] + 1)
    return depths


def _forward_links(starts: list[str], after: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The links of each node without those that go back; nodes in the order they were left."""
    forward: dict[str, list[str]] = {}
    open_nodes: dict[str, list[str]] = {}  # on the way from the start to here
    for start in starts:
        stack = [] if start in forward else [(start, iter(after[start]))]
        if stack:
            open_nodes[start] = []
        while stack:  # not recursive: a chain may be longer than Python's stack
            node, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                forward[node] = open_nodes.pop(node)
                stack.pop()
            elif target not in open_nodes:
                open_nodes[node].append(target)
                if target not in forward:
                    open_nodes[target] = []
                    stack.append((target, iter(after[target])))
    return forward

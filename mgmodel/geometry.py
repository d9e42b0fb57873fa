"""The lines of arrows: the curves that vis-network 9.1.2 draws, as plain numbers.

The browser, the SVG and the PNG show the same curve, and a test can ask whether it runs through a
box. Coordinates are layout units; y grows downward. Nothing is drawn here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from mgmodel.layout import BOX_HEIGHT, BOX_WIDTH, Bend, Place
from mgmodel.model import Model

__all__ = [
    "BEND_KINDS",
    "Line",
    "arrow_line",
    "control_point",
    "drawn_lines",
    "marks_apart",
    "points_on",
    "runs_through",
]

BEND_KINDS = ("straight", "curvedCW", "curvedCCW", "horizontal", "vertical")
"""The smoothings that this module can draw; each is a straight line or a quadratic curve."""

_GAP = 2.0  # between the border of a box and what points at it
_HEAD = 14.0
"""Length of an arrow's head: a mark stands in the middle of what is left of the arrow."""
_STEPS = 32
_MARK_SIZE = (38.0, 24.0)
"""Of the largest mark that stands on an arrow, with some air around it."""
_ELSEWHERE = (0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
"""Where else on its arrow a mark may stand: parts of the way, the nearest to the middle first."""


@dataclass(frozen=True, slots=True)
class Line:
    """The visible part of an arrow: from border to border, bent towards `control`."""

    start: Place
    control: Place
    tip: Place
    """Where the head touches the target."""
    angle: float
    """Direction in which the head points, in radians; 0 is rightward, a quarter turn is down."""
    middle: Place
    """Where a mark stands: in the middle of what the head leaves free."""


def control_point(start: Place, end: Place, bend: Bend) -> Place:
    """The control point of the quadratic curve between two centres.

    Written after `_getViaCoordinates` of vis-network 9.1.2; a straight arrow has the mid-point.

    Raises
    ------
    ValueError
        The bend is none of `BEND_KINDS`.

    Examples
    --------
    >>> control_point((0, 0), (100, 0), Bend())
    (50.0, 0.0)
    >>> x, y = control_point((0, 0), (100, 0), Bend("curvedCW", 0.4))
    >>> round(x), round(y)
    (57, -41)
    """
    (x0, y0), (x1, y1) = start, end
    roundness = bend.roundness
    if bend.kind == "straight":
        return (x0 + x1) / 2, (y0 + y1) / 2
    if bend.kind == "horizontal":
        return x1 + (1 - roundness) * (x0 - x1), y0
    if bend.kind == "vertical":
        return x0, y1 + (1 - roundness) * (y0 - y1)
    if bend.kind not in BEND_KINDS:
        msg = f"An arrow bends as one of {', '.join(BEND_KINDS)}, not as {bend.kind!r}."
        raise ValueError(msg)
    turn = 0.5 * roundness if bend.kind == "curvedCW" else -0.5 * roundness
    reach = (0.5 * roundness + 0.5) * math.hypot(x1 - x0, y0 - y1)
    angle = math.atan2(y0 - y1, x1 - x0) + (turn + 0.5) * math.pi
    return x0 + reach * math.sin(angle), y0 + reach * math.cos(angle)


def points_on(start: Place, control: Place, end: Place, steps: int = _STEPS) -> list[Place]:
    """Points along a quadratic curve, both ends included.

    Examples
    --------
    >>> points_on((0, 0), (1, 1), (2, 0), steps=2)
    [(0.0, 0.0), (1.0, 0.5), (2.0, 0.0)]
    """
    return [_point(start, control, end, step / steps) for step in range(steps + 1)]


def runs_through(points: list[Place], centre: Place, margin: float = 0.0) -> bool:
    """Whether a line through these points enters the box around `centre`, widened by a margin.

    Examples
    --------
    >>> runs_through([(-200.0, 0.0), (200.0, 0.0)], (0, 0))
    True
    >>> runs_through([(-200.0, 0.0), (200.0, 0.0)], (0, 60))
    False
    """
    half_width, half_height = BOX_WIDTH / 2 + margin, BOX_HEIGHT / 2 + margin
    shifted = [(x - centre[0], y - centre[1]) for x, y in points]
    for axis, half in ((0, half_width), (1, half_height)):
        if min(p[axis] for p in shifted) > half or max(p[axis] for p in shifted) < -half:
            return False  # most boxes are nowhere near
    return any(_meets_box(a, b, half_width, half_height) for a, b in itertools.pairwise(shifted))


@lru_cache(maxsize=4096)
def arrow_line(start: Place, end: Place, bend: Bend) -> Line:
    """The visible part of an arrow between the boxes around two centres.

    Two equal centres give a small bow over the upper right corner: an arrow of a node to itself.

    Examples
    --------
    >>> line = arrow_line((0, 0), (300, 0), Bend())
    >>> round(line.start[0]), round(line.tip[0]), line.angle
    (70, 230, 0.0)
    """
    if start == end:
        return _self_line(start)
    control = control_point(start, end, bend)
    leave = _border(start, control, end, start)
    arrive = _border(start, control, end, end)
    first, tip = _point(start, control, end, leave), _point(start, control, end, arrive)
    # The part of a quadratic curve between two parameters is again one, with this control point.
    inner = (
        _blend(start, control, end, leave, arrive, 0),
        _blend(start, control, end, leave, arrive, 1),
    )
    angle = math.atan2(tip[1] - inner[1], tip[0] - inner[0])
    length = math.dist(first, tip)
    shaft = max(0.3, (length - _HEAD) / (2 * length)) if length else 0.5
    return Line(
        first, inner, tip, angle, _point(start, control, end, leave + shaft * (arrive - leave))
    )


def _point(start: Place, control: Place, end: Place, t: float) -> Place:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return (
        a * start[0] + b * control[0] + c * end[0],
        a * start[1] + b * control[1] + c * end[1],
    )


def _blend(start: Place, control: Place, end: Place, s: float, t: float, axis: int) -> float:
    """One coordinate of the blossom at (s, t): the control point of the part from s to t."""
    return (
        (1 - s) * (1 - t) * start[axis]
        + (s * (1 - t) + t * (1 - s)) * control[axis]
        + s * t * end[axis]
    )


def _border(start: Place, control: Place, end: Place, centre: Place) -> float:
    """Parameter at which the curve leaves, or reaches, the box around one of its ends."""
    inside, outside = (0.0, 0.5) if centre == start else (1.0, 0.5)
    for _ in range(40):
        t = (inside + outside) / 2
        x, y = _point(start, control, end, t)
        in_x = abs(x - centre[0]) <= BOX_WIDTH / 2 + _GAP
        if in_x and abs(y - centre[1]) <= BOX_HEIGHT / 2 + _GAP:
            inside = t
        else:
            outside = t
    return round(outside, 9)


def _meets_box(a: Place, b: Place, half_width: float, half_height: float) -> bool:
    """Whether a segment meets a box around the origin (Liang and Barsky's clipping)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, a[0] + half_width),
        (dx, half_width - a[0]),
        (-dy, a[1] + half_height),
        (dy, half_height - a[1]),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter <= leave


def _self_line(centre: Place) -> Line:
    x, y = centre[0] + BOX_WIDTH / 2, centre[1] - BOX_HEIGHT / 2
    start, control, tip = (x - 26, y - _GAP), (x + 22, y - 44), (x + _GAP, y + 16)
    angle = math.atan2(tip[1] - control[1], tip[0] - control[0])
    return Line(start, control, tip, angle, _point(start, control, tip, 0.5))


def marks_apart(lines: Mapping[str, Line], centres: Iterable[Place]) -> dict[str, Place]:
    """Where the marks of these arrows stand, so that none covers a box or another mark.

    A mark stands where its arrow says, or as near to it as there is room on the arrow; on an arrow
    with no room at all it stays.

    Examples
    --------
    >>> crossing = {"a": arrow_line((0, 0), (400, 0), Bend())}
    >>> crossing["b"] = arrow_line((200, -200), (200, 200), Bend())
    >>> apart = marks_apart(crossing, [])
    >>> apart["a"] == crossing["a"].middle, apart["b"] == crossing["b"].middle
    (True, False)
    """
    width, height = _MARK_SIZE
    taken = [(x, y, (width + BOX_WIDTH) / 2, (height + BOX_HEIGHT) / 2) for x, y in centres]
    found = {}
    for name, line in lines.items():
        others = (_point(line.start, line.control, line.tip, way) for way in _ELSEWHERE)
        spots = (
            (x, y)
            for x, y in (line.middle, *others)
            if all(abs(x - a) >= wide or abs(y - b) >= high for a, b, wide, high in taken)
        )
        found[name] = next(spots, line.middle)
        taken.append((*found[name], width, height))
    return found


def drawn_lines(
    part: Model, centres: Mapping[str, Place], curves: Mapping[str, Bend]
) -> dict[str, Line]:
    """The line of every arrow of a drawing, the marks of disputed ones apart from one another.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> lines = drawn_lines(chain, {"a": (0, 0), "b": (300, 0)}, {"a.b": Bend()})
    >>> [round(along) for along in lines["a.b"].tip]
    [230, 0]
    """
    lines = {
        edge.id: arrow_line(centres[edge.source], centres[edge.target], curves[edge.id])
        for edge in part.edges.values()
    }
    disputed = {edge: line for edge, line in lines.items() if part.edge(edge).contested}
    marks = marks_apart(disputed, centres.values())
    return {
        edge: replace(line, middle=marks.get(edge, line.middle)) for edge, line in lines.items()
    }

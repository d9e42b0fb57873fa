"""What may not move in an explorer: places of nodes and arrows, sizes of boxes and pictures.

Read from what the explorer hands to its page and from the still picture that it draws; the page
itself is measured by `tests/browser/classroom_page.py`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from mgmodel.explore import MapWidget, PanelWidget
from mgmodel.explore.widget_base import Explorer
from mgmodel.figures.pictures import FigureOptions, look_of
from mgmodel.figures.plot_places import frames, sides_px
from mgmodel.figures.scene import Box, Stroke, drawn_part, legend_shapes, scene

__all__ = ["Layout", "Places", "moved"]

Layout: TypeAlias = Mapping[Any, Any]
"""What each part is called, with where it stands and how large it is."""
Places: TypeAlias = dict[Any, Any]
"""Where each part stood when it was seen first."""
PNG = b"\x89PNG\r\n\x1a\n"


def moved(explorer: Explorer, places: Places) -> list[str]:
    """Each part that stands elsewhere than where it was first, or has another size.

    Parameters
    ----------
    explorer
        Any explorer, after an act.
    places
        Filled with what is seen for the first time; with all drawings, where it is empty.
    """
    found = []
    for name, now in [*([] if places else everywhere(explorer)), *layout(explorer)]:
        if name not in places:
            places[name] = deepcopy(now)  # what is sent may be changed where it lies
        elif places[name] != now:
            found += [f"{name}: {change}" for change in _changes(places[name], now)][:3]
    return found


def _changes(first: Any, now: Any) -> Iterator[str]:
    """What differs, as far down as both have the same shape."""
    if isinstance(first, Mapping) and isinstance(now, Mapping) and first.keys() == now.keys():
        for name in first:
            if first[name] != now[name]:
                yield from (f"{name} {change}" for change in _changes(first[name], now[name]))
    elif isinstance(first, list) and isinstance(now, list) and len(first) == len(now):
        for one, other in zip(first, now, strict=True):
            if one != other:
                yield from _changes(one, other)
    else:
        yield f"was {first} and is {now}"


def everywhere(explorer: Explorer) -> Iterator[tuple[Any, Any]]:
    """The still pictures of all drawings, before anything was pressed."""
    if isinstance(explorer, MapWidget):
        asked = explorer._picture_asked()
        for drawing in explorer.atlas["drawings"]:
            yield from _drawn(explorer, FigureOptions(view=drawing, frame=asked.get("frame")))


def layout(explorer: Explorer) -> Iterator[tuple[Any, Any]]:
    """Each part that must not move, by a name that holds all that it may depend on."""
    yield from _pictures(explorer)
    if isinstance(explorer, MapWidget):
        for drawing, plan in explorer.atlas["plans"].items():
            yield ("plan", drawing), plan
        yield from _drawn(explorer, explorer._picture_asked())
    elif isinstance(explorer, PanelWidget):
        yield from _sheet(explorer)


def _drawn(explorer: MapWidget, asked: FigureOptions) -> Iterator[tuple[Any, Any]]:
    """The still picture, without its legend."""
    look = look_of(explorer.model, asked)
    drawn, part = scene(explorer.model, look), drawn_part(explorer.model, look)
    name = ("picture", look.view, look.frame)
    first = len(drawn.shapes) - _legend_length(explorer, look, drawn)
    shapes = drawn.shapes[:first]
    boxes = [each for each in shapes if isinstance(each, Box)][-len(part.nodes) :]
    for node, box in zip(part.nodes, boxes, strict=False):
        yield (*name, "node", node), (box.centre, box.width, box.height)
    edges = sorted(part.edges.values(), key=lambda e: (e.id in look.highlight, e.reasons))
    strokes = [each for each in shapes if isinstance(each, Stroke)]
    for edge, stroke in zip(edges, strokes, strict=False):
        yield (*name, "arrow", edge.id), (stroke.control, stroke.end)
    left, top, width, _ = drawn.frame
    yield (*name, "frame"), (left, top, width)
    _, height = legend_shapes(explorer.model, look, drawn.frame)
    yield (*name, "height"), round(drawn.frame.height - height, 6)


def _legend_length(explorer: MapWidget, look: Any, drawn: Any) -> int:
    shapes, _ = legend_shapes(explorer.model, look, drawn.frame)
    return len(shapes)


def _sheet(explorer: PanelWidget) -> Iterator[tuple[Any, Any]]:
    """The inside of every plot, and the size of the picture."""
    sheet, screen = explorer._read.sheet, explorer._box.view.screen
    name = (screen, sheet.language, *(plot.title for plot in sheet.plots))
    sides = [sides_px(plot) for plot in sheet.plots]
    yield ("height", screen), sheet.height_px
    yield ("sheet", *name), repr((sheet.height_px, frames(sheet, screen.width_px, sides)))
    wanted = explorer.screen["width_px"], explorer.screen["height_px"]
    yield ("screen", *name), wanted
    if _size(explorer.png) != tuple(screen.density * side for side in wanted):
        yield ("picture", *name), "as large as the page is told"
        yield ("picture", *name), _size(explorer.png)


def _pictures(explorer: Explorer) -> Iterator[tuple[Any, Any]]:
    """Every picture among the traits that the page is sent, however deep it lies."""
    if isinstance(explorer, MapWidget | PanelWidget):
        return
    language = explorer._box.language
    for trait in sorted(explorer.traits(sync=True)):
        if not trait.startswith("_"):
            for where, data in _bytes(getattr(explorer, trait), (trait,)):
                yield ("picture", language, *where), _size(data)


def _bytes(value: Any, where: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    if isinstance(value, bytes) and value.startswith(PNG):
        yield where, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _bytes(part, (*where, name))
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            yield from _bytes(part, (*where, place))


def _size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height

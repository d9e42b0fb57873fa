"""What part of a drawing a talk needs, so that its boxes are as large as can be and never move."""

from __future__ import annotations

from collections.abc import Iterable

from mgmodel.explore.views import View
from mgmodel.geometry import arrow_line
from mgmodel.layout import bends, extent, places, view_model
from mgmodel.model import Model

__all__ = ["frame_of"]

_AIR = 8.0


def frame_of(model: Model, views: Iterable[View]) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of everything that any of these Views shows, in layout units.

    Boxes and arrows count. None where they do not all draw the same part of the map, or where
    they show nothing.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> frame_of(chain, [View(hidden=("b", "c")), View(hidden=("c",))])
    (-80.0, -38.0, 160.0, 172.0)
    """
    shown = list(views)
    drawn = {view.drawing for view in shown}
    if len(drawn) != 1:
        return None
    (drawing,) = drawn
    part, centres = view_model(model, drawing), places(model, drawing)
    seen = {node for view in shown for node in part.nodes if node not in view.hidden}
    if not seen:
        return None
    left, top, width, height = extent({node: centres[node] for node in seen})
    xs, ys = [left, left + width], [top, top + height]
    curves = bends(model, drawing)
    for edge in part.edges.values():
        ends = {edge.id, edge.source, edge.target}
        if any(not ends & set(view.hidden) for view in shown):
            line = arrow_line(centres[edge.source], centres[edge.target], curves[edge.id])
            for x, y in (line.start, line.middle, line.tip):
                xs += [x - _AIR, x + _AIR]
                ys += [y - _AIR, y + _AIR]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

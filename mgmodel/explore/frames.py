"""The still picture of what is on the screen, and the part of a drawing that a talk needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from mgmodel.explore.asked import listed_loops
from mgmodel.explore.shown import Shown
from mgmodel.explore.views import View
from mgmodel.figures import FigureOptions, map_pdf, map_png, map_svg
from mgmodel.geometry import arrow_line
from mgmodel.layout import bends, extent, places, view_model
from mgmodel.model import Model

__all__ = ["Frame", "frame_of", "picture_of", "write_picture"]

_AIR = 8.0
Frame: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height in layout units."""


def frame_of(model: Model, views: Iterable[View]) -> Frame | None:
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


def picture_of(model: Model, now: Shown, frame: Frame | None = None) -> FigureOptions:
    """What `mgmodel.figures` needs to draw what the screen shows.

    Parameters
    ----------
    model
        The whole map.
    now
        What is shown.
    frame
        What is to be seen; the whole drawing where it is not given.

    Examples
    --------
    >>> from mgmodel.explore.shown import explorer_ensemble, shown
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> picture_of(chain, shown(chain, explorer_ensemble(chain), View(hidden=("b",))))["hidden"]
    ('b',)
    """
    view = now.view
    path = () if view.route is None else now.routes[view.route].edges
    loop = () if view.loop is None else listed_loops(model)[view.loop].edges
    return FigureOptions(
        view=view.drawing,
        language=view.language,
        response=now.response if now.is_asked else None,
        source=view.source,
        target=view.target,
        removed=view.switched_off,
        held=view.held,
        dimmed=now.dim_nodes | now.dim_edges,
        highlight=(*path, *loop),
        hidden=view.hidden,
        faded=now.faded_edges,
        flipped=view.flipped,
        frame=frame,
    )


def write_picture(file: Path, model: Model, asked: FigureOptions) -> None:
    """Write a picture in the format that the name of the file ends in: .png, .svg or .pdf.

    Raises
    ------
    ValueError
        The name has another ending.
    """
    match file.suffix.lower():
        case ".png":
            file.write_bytes(map_png(model, **asked))
        case ".svg":
            file.write_bytes(map_svg(model, **asked).encode())
        case ".pdf":
            file.write_bytes(map_pdf(model, **asked))
        case _:
            msg = f"{file.name!r} ends in none of .png, .svg and .pdf; give one of these."
            raise ValueError(msg)

"""Static pictures of the map: SVG text, PNG bytes and their words."""

from mgmodel.figures.pictures import (
    FigureOptions,
    MapFigure,
    alt_text,
    map_figure,
    map_png,
    map_svg,
    write_readme_picture,
)

__all__ = [
    "FigureOptions",
    "MapFigure",
    "alt_text",
    "map_figure",
    "map_png",
    "map_svg",
    "write_readme_picture",
]

"""Static pictures of the map, of curves and of bars: SVG text, PNG bytes and their words."""

from mgmodel.figures.bodies import body_figure, body_plots, tornado_figure
from mgmodel.figures.curves import CurveFigure, Screen, curve_figure, sheet_png
from mgmodel.figures.pictures import (
    FigureOptions,
    MapFigure,
    alt_text,
    map_figure,
    map_pdf,
    map_png,
    map_svg,
    write_readme_picture,
)
from mgmodel.figures.plots import (
    Bars,
    Curve,
    Dots,
    Limit,
    Mark,
    Piece,
    Plot,
    Row,
    Sheet,
    Zone,
    sheet_in_words,
)

__all__ = [
    "Bars",
    "Curve",
    "CurveFigure",
    "Dots",
    "FigureOptions",
    "Limit",
    "MapFigure",
    "Mark",
    "Piece",
    "Plot",
    "Row",
    "Screen",
    "Sheet",
    "Zone",
    "alt_text",
    "body_figure",
    "body_plots",
    "curve_figure",
    "map_figure",
    "map_pdf",
    "map_png",
    "map_svg",
    "sheet_in_words",
    "sheet_png",
    "tornado_figure",
    "write_readme_picture",
]

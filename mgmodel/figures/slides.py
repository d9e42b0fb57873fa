"""A slide: a picture of the map under a title, with a few sentences beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

from mgmodel.figures.pictures import FigureOptions, look_of
from mgmodel.figures.printing import scene_png
from mgmodel.figures.scene import Scene, Words, legend_shapes, picture_shapes
from mgmodel.layout import Extent, extent, places, text_width
from mgmodel.model import Model

__all__ = ["SLIDE_HEIGHT", "SLIDE_WIDTH", "SlideText", "slide_png"]

SLIDE_WIDTH, SLIDE_HEIGHT = 1920, 1080
"""Pixels: what most projectors show."""
_MARGIN = 48
_TITLE, _NOTE, _ASK, _SMALL = 50, 32, 34, 24  # sizes of type in pixels
_HEAD = 132
_COLUMN = 600
_LEGEND = 92  # layout units: three lines
_BOLD = 1.13
"""How much wider bold letters are."""


@dataclass(frozen=True, slots=True)
class SlideText:
    """What stands on a slide around its picture."""

    title: str
    note: str
    """Its paragraphs are parted by line breaks."""
    answer: str = ""
    """What the map says."""
    ask: str = ""
    number: str = ""
    """Such as "3 of 10"."""


def slide_png(model: Model, text: SlideText, **options: Unpack[FigureOptions]) -> bytes:
    r"""A slide of 1920 by 1080 pixels as PNG, in the same bytes each time.

    Parameters
    ----------
    model
        The whole map.
    text
        What stands around the picture.
    **options
        What is drawn, see `FigureOptions`.

    Examples
    --------
    >>> chain = Model.from_edges([("magnesium", "stress", -1)])
    >>> slide_png(chain, SlideText("One arrow", "Magnesium lowers stress."))[:4]
    b'\x89PNG'
    """
    look = look_of(model, options)
    part = look.frame or extent(places(model, look.view))
    wide = SLIDE_WIDTH - _COLUMN - 3 * _MARGIN
    high = SLIDE_HEIGHT - _HEAD - _MARGIN
    # room for any legend is kept, so that boxes keep their places from slide to slide
    scale = min(wide / part.width, high / (part.height + _LEGEND))
    left = part.left - (_MARGIN + (wide - part.width * scale) / 2) / scale
    top = part.top - _HEAD / scale
    frame = Extent(left, top, SLIDE_WIDTH / scale, SLIDE_HEIGHT / scale)
    below = Extent(left + 32 / scale, part.top + part.height, frame.width - 64 / scale, 0)
    legend, _ = legend_shapes(model, look, below)
    colour = look.palette.text

    def at(x: float, y: float, words: Words) -> Words:
        place = left + x / scale, top + y / scale
        return Words(place, words.text, words.size / scale, colour, words.centred, words.bold)

    shapes = [at(*words.base, words) for words in _texts(text)]
    drawn = (*picture_shapes(model, look), *legend, *shapes)
    return scene_png(Scene(frame, look.palette.surface, drawn), width=SLIDE_WIDTH)


def _texts(text: SlideText) -> Iterator[Words]:
    """Every line in pixels from the upper left corner."""
    yield Words((_MARGIN, 84), text.title, _TITLE, "", centred=False, bold=True)
    x, y = SLIDE_WIDTH - _COLUMN - _MARGIN, float(_HEAD)
    for said, size, bold, gap in (
        (text.note, _NOTE, False, 20),
        (text.answer, _SMALL, True, 20),
        (text.ask, _ASK, True, 0),
    ):
        for paragraph in filter(None, said.split("\n")):
            for line in _wrapped(paragraph, size * (_BOLD if bold else 1)):
                y += 1.32 * size
                yield Words((x, y), line, size, "", centred=False, bold=bold)
            y += 0.5 * size
        y += gap if said else 0
    base = SLIDE_WIDTH - _MARGIN - text_width(text.number, _SMALL), SLIDE_HEIGHT - _MARGIN
    if text.number:
        yield Words(base, text.number, _SMALL, "", centred=False)


def _wrapped(text: str, size: float) -> Iterator[str]:
    """The lines of a paragraph in the column; a word is never cut."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > _COLUMN:
            yield line
            line = word
        else:
            line = longer
    yield line

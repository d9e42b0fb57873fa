"""Shifts to be found: a place, a size, a bend or a picture that is another after some act."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from mgmodel.explore import MapWidget, PanelWidget, panel_widget
from mgmodel.explore.rehearsal import presses
from mgmodel.figures import scene
from mgmodel.layout import Extent

__all__ = ["Shift", "shifted", "shifts_of"]


@dataclass(frozen=True)
class Shift:
    """What is moved, by how much, and after how many acts."""

    what: str
    by: float
    after: int
    which: int = 0
    """Number of the node, arrow or plot, among those that there are."""

    @property
    def group(self) -> str:
        """For the report."""
        return "shifts of the layout"

    def __str__(self) -> str:
        return f"{self.what} {self.which}, by {self.by:g}, after {self.after} acts"


KINDS = {
    MapWidget: (
        *("place of a node in the page", "bend of an arrow in the page", "box in the page"),
        *("size of the drawing in the page", "place of a node in the picture"),
        *("bend of an arrow in the picture", "box in the picture", "size of the picture"),
    ),
    PanelWidget: ("height of the picture", "share of a plot", "room for names", "size of the PNG"),
}


def shifts_of(explorer: Any, chance: random.Random, each: int) -> Iterator[Shift]:
    """So many shifts of every kind that an explorer can have."""
    kinds = next((KINDS[one] for one in KINDS if isinstance(explorer, one)), ("size of the PNG",))
    latest = min(25, len(presses(explorer)) // 2)
    for what in kinds:
        if not _can_be(explorer, what):
            continue
        for _ in range(each):
            by, after = chance.choice((1, 2, 5)), chance.randint(1, latest)
            yield Shift(what, by, after, chance.randrange(99))


def _can_be(explorer: Any, what: str) -> bool:
    """Whether such a shift would change anything: a plot alone in its column has all of it."""
    if what == "size of the picture":
        return explorer._picture_asked().get("frame") is None  # a talk has a frame of its own
    if what == "share of a plot":
        sheet = explorer._read.sheet
        return len(sheet.plots) > sheet.columns
    return what != "size of the PNG" or explorer.png is not None


@contextmanager
def shifted(explorer: Any, shift: Shift) -> Iterator[None]:
    """Let the shift happen after so many answers of the explorer, for as long as this lasts."""
    undo: list[Callable[[], None]] = []
    own, number = explorer._show, 0

    def show() -> None:
        nonlocal number
        own()
        number += 1
        if number == shift.after:
            undo.append(_shift(explorer, shift))
            own()

    explorer._show = show
    try:
        yield
    finally:
        del explorer._show
        for back in undo:
            back()


def _shift(explorer: Any, shift: Shift) -> Callable[[], None]:
    """Do it; gives how it is taken back."""
    if isinstance(explorer, MapWidget):
        page = shift.what.endswith("in the page")
        return _in_page(explorer, shift) if page else _in_picture(shift)
    if isinstance(explorer, PanelWidget) and shift.what != "size of the PNG":
        return _in_sheet(shift)
    return _in_png(explorer, shift)


def _in_page(explorer: MapWidget, shift: Shift) -> Callable[[], None]:
    own, moved = explorer.atlas, deepcopy(explorer.atlas)
    plan = moved["plans"][explorer.view.drawing]
    if shift.what.startswith("place"):
        plan["nodes"][shift.which % len(plan["nodes"])][1] += shift.by
    elif shift.what.startswith("bend"):
        edge = plan["edges"][shift.which % len(plan["edges"])]
        edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.01 * shift.by}
    elif shift.what.startswith("box"):
        plan["box"] = [plan["box"][0] + shift.by, plan["box"][1]]
    else:
        plan["width"] += shift.by
    explorer.atlas = moved
    return lambda: setattr(explorer, "atlas", own)


def _in_picture(shift: Shift) -> Callable[[], None]:
    names = {"place": "places", "bend": "bends", "box": "BOX_WIDTH", "size": "extent"}
    name = names[shift.what.split()[0]]
    own = getattr(scene, name)

    def places(model: Any, view: str) -> Any:
        found = dict(own(model, view))
        node = list(found)[shift.which % len(found)]
        found[node] = found[node][0] + shift.by, found[node][1]
        return found

    def bends(model: Any, view: str) -> Any:
        found = dict(own(model, view))
        edge = list(found)[shift.which % len(found)]
        bent = found[edge].roundness + 0.02 * shift.by
        found[edge] = found[edge]._replace(kind="curvedCW", roundness=bent)
        return found

    def extent(centres: Any) -> Extent:
        found = own(centres)
        return found._replace(width=found.width + shift.by)

    new = {"places": places, "bends": bends, "extent": extent}
    setattr(scene, name, new.get(name) or own + shift.by)
    return lambda: setattr(scene, name, own)


def _in_sheet(shift: Shift) -> Callable[[], None]:
    own = panel_widget._shown

    def shown(*args: Any) -> Any:
        now = own(*args)
        sheet = now.reading.sheet
        place = shift.which % len(sheet.plots)
        plot = sheet.plots[place]
        if shift.what.startswith("height"):
            sheet = replace(sheet, height_px=sheet.height_px + int(shift.by))
        elif shift.what.startswith("share"):
            sheet = _with_plot(sheet, place, replace(plot, height=plot.height + shift.by / 10))
        else:
            longer = "letters" if hasattr(plot, "letters") else "lines"
            plot = replace(plot, **{longer: 40 + int(shift.by)})
            sheet = _with_plot(sheet, place, plot)
        return replace(now, reading=replace(now.reading, sheet=sheet))

    panel_widget._shown = shown
    return lambda: setattr(panel_widget, "_shown", own)


def _with_plot(sheet: Any, place: int, plot: Any) -> Any:
    return replace(sheet, plots=(*sheet.plots[:place], plot, *sheet.plots[place + 1 :]))


def _in_png(explorer: Any, shift: Shift) -> Callable[[], None]:
    own_page, own_png = explorer._page, type(explorer).png

    def wider(png: bytes) -> bytes:
        width = int.from_bytes(png[16:20], "big") + int(shift.by)
        return png[:16] + width.to_bytes(4, "big") + png[20:]

    def page() -> dict[str, Any]:
        found = own_page()
        return {**found, "picture": wider(found["picture"])} if found.get("picture") else found

    explorer._page = page
    type(explorer).png = property(lambda self: wider(own_png.fget(self)))

    def back() -> None:
        del explorer._page
        type(explorer).png = own_png

    return back

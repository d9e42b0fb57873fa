"""Every control of an explorer pressed once, so that a page proves that its widgets work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mgmodel.errors import MgModelError
from mgmodel.explore.asked import listed_loops
from mgmodel.explore.codes import as_file, encode
from mgmodel.explore.controls import Tick
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.explore.views import BARS, CLICKS, WAYS, drawings
from mgmodel.explore.worksheet_widget import WorksheetWidget
from mgmodel.model import Model
from mgmodel.records import Edge
from mgmodel.vocabulary import Language

__all__ = ["rehearse"]


def rehearse(explorer: MapWidget | PanelWidget | WorksheetWidget) -> str:
    """Press every control once, by the way that the page itself takes, and put all back.

    A lesson ends with it: a control that no longer works then fails the page, where a reader
    would find it days later. A page that shows the explorer sees only the end, not the flicker.

    Returns
    -------
    str
        How many presses were answered.

    Raises
    ------
    MgModelError
        A control was refused or broke; the text is what the error line says.

    Examples
    --------
    >>> from mgmodel.explore import explore_map
    >>> rehearse(explore_map(Model.from_edges([("magnesium", "stress", -1)])))
    '59 controls pressed, and each of them answered.'
    """
    presses = list(_all_presses(explorer))
    standing = explorer.standing
    with explorer.hold_sync():
        for action, value in presses:
            explorer.press(action, value)
            if explorer.error:
                msg = f"The control {action!r} with {value!r} failed. {explorer.error}"
                raise MgModelError(msg)
        explorer.stand(standing)
    return f"{len(presses)} controls pressed, and each of them answered."


def _all_presses(explorer: MapWidget | PanelWidget | WorksheetWidget) -> Iterator[tuple[str, Any]]:
    if isinstance(explorer, MapWidget):
        return _presses(explorer)
    return _moves(explorer) if isinstance(explorer, PanelWidget) else _answers(explorer)


def _answers(sheet: WorksheetWidget) -> Iterator[tuple[str, Any]]:
    """Every control of a worksheet, from its opening and back to it."""
    yield "reset", None
    for language in (*Language, sheet.state.language):
        yield "language", str(language)
    yield from sheet.presses
    yield "reset", None


def _moves(explorer: PanelWidget) -> Iterator[tuple[str, Any]]:
    """Every control of a panel to both its ends, or to each of its options, and back."""
    opening = explorer.state
    yield "reset", None
    for language in (*Language, opening.language):
        yield "language", str(language)
    for control in explorer.controls:
        now = getattr(opening, control.name)
        for value in control.trials(now):
            yield control.name, value
        if isinstance(control, Tick):
            yield control.name, True
            yield "refine", None  # a tick may ask for what takes seconds
        yield control.name, now
    yield "reset", None


def _presses(explorer: MapWidget) -> Iterator[tuple[str, Any]]:
    """One press for every control, each from a state in which it can be pressed."""
    model, opening = explorer.model, explorer.view
    arrow = next(iter(model.reasoning_edges))
    yield "reset", None
    for drawing in (*drawings(model), opening.drawing):
        yield "draw", drawing
    for language in (*Language, opening.language):
        yield "language", str(language)
    yield "target", None
    yield "source", arrow.source
    yield "target", arrow.target
    yield "highlight", 0
    yield "highlight", None
    yield "push", -1
    yield "push", 1
    yield from _asking(arrow)
    yield from _looking(model, arrow)
    yield from _stepping(explorer)
    yield "reset", None


def _asking(arrow: Edge) -> Iterator[tuple[str, Any]]:
    """What changes the question at a node and at an arrow."""
    for action in ("switch_off", "hold"):
        yield action, arrow.source
        yield "restore", arrow.source
    for meaning in CLICKS[:2]:
        yield "click_means", meaning
        yield "click", arrow.target
        yield "click", arrow.target
    for action in ("cut", "flip"):
        yield action, arrow.id
        yield "mend", arrow.id
    for bar in (*reversed(BARS), BARS[0]):
        yield "evidence", bar


def _looking(model: Model, arrow: Edge) -> Iterator[tuple[str, Any]]:
    """What is looked at while the question stays."""
    for action, value in (("card", arrow.id), ("why", arrow.target), ("focus", arrow.source)):
        yield action, value
    yield "steps", 2
    for way in WAYS:
        yield "way", way
    for action in ("card", "why", "focus"):
        yield action, None
    yield "layer_off", str(arrow.layer)
    yield "layer_on", str(arrow.layer)
    yield "hide", arrow.target
    yield "show", None
    if listed_loops(model):
        yield "loop", 0
        yield "loop", None
    yield "beside", True
    yield "beside", False


def _stepping(explorer: MapWidget) -> Iterator[tuple[str, Any]]:
    """Steps, codes, files, and the scenes of a talk where there is one."""
    model, view = explorer.model, explorer.view
    yield "code", encode(model, view)
    yield "file", as_file(model, view)
    for action in ("undo", "undo", "redo"):
        yield action, None
    yield "step", 0
    stage = explorer.stage or {}
    for scene in range(len(stage.get("scenes", {}).get(view.language, []))):
        yield "scene", scene
    yield "scene", None

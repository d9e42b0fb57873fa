"""Every control of an explorer pressed once, so that a page proves that its widgets work."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from mgmodel.errors import MgModelError
from mgmodel.explore.controls import Tick
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.explore.state import CLICKS, View, drawings
from mgmodel.model import Model
from mgmodel.vocabulary import Language

__all__ = ["rehearse"]


def rehearse(explorer: MapWidget | PanelWidget) -> str:
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
    '27 controls pressed, and each of them answered.'
    """
    if isinstance(explorer, MapWidget):
        view = explorer.view
        presses, put_back = list(_presses(explorer.model, view)), partial(explorer.show_view, view)
    else:
        presses, put_back = list(_moves(explorer)), partial(explorer.show_state, explorer.state)
    with explorer.hold_sync():
        for action, value in presses:
            explorer.press(action, value)
            if explorer.error:
                msg = f"The control {action!r} with {value!r} failed. {explorer.error}"
                raise MgModelError(msg)
        put_back()
    return f"{len(presses)} controls pressed, and each of them answered."


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


def _presses(model: Model, opening: View) -> Iterator[tuple[str, Any]]:
    """One press for every control, each from a state in which it can be pressed."""
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
    yield "card", arrow.id
    yield "card", None
    for action in ("switch_off", "hold"):
        yield action, arrow.source
        yield "restore", arrow.source
    for meaning in CLICKS[:2]:
        yield "click_means", meaning
        yield "click", arrow.target
        yield "click", arrow.target
    yield "reset", None

"""Every control of an explorer pressed once, so that a page proves that its widgets work."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, NoReturn, TypeAlias

from mgmodel.errors import MgModelError
from mgmodel.explore.asked import listed_loops
from mgmodel.explore.codes import as_file, encode
from mgmodel.explore.controls import Tick
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.explore.views import BARS, CLICKS, WAYS, Refused, drawings
from mgmodel.explore.worksheet_widget import WorksheetWidget
from mgmodel.model import Model
from mgmodel.records import Edge
from mgmodel.vocabulary import Language

__all__ = ["Press", "order", "press_one", "pressed", "presses", "rehearse"]

AnyExplorer: TypeAlias = MapWidget | PanelWidget | WorksheetWidget
Press: TypeAlias = tuple[str, Any]
"""An action and its value, as the page sends them."""
_SLOW = frozenset({"refine"})
"""Acts that take seconds: a seed does not send them to where they would take a minute."""


def rehearse(explorer: AnyExplorer, seed: int | None = None) -> str:
    """Press every control once, by the way that the page itself takes, and put all back.

    A lesson ends with it: a control that no longer works then fails the page, where a reader
    would find it days later. A page that shows the explorer sees only the end, not the flicker.

    Parameters
    ----------
    explorer
        Any explorer.
    seed
        None presses in the order of the page. A number presses the same in an order of its own,
        each from the state that the last one left.

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
    standing = explorer.standing
    with explorer.hold_sync():
        number = sum(1 for _ in pressed(explorer, presses(explorer), seed))
        explorer.stand(standing)
    return f"{number} controls pressed, and each of them answered."


def presses(explorer: AnyExplorer) -> tuple[Press, ...]:
    """Every press of a rehearsal as (action, value), each possible where the last one leads."""
    return tuple(_all_presses(explorer))


def _all_presses(explorer: AnyExplorer) -> Iterator[Press]:
    if isinstance(explorer, MapWidget):
        return _presses(explorer)
    return _moves(explorer) if isinstance(explorer, PanelWidget) else _answers(explorer)


def pressed(
    explorer: AnyExplorer, todo: Sequence[Press], seed: int | None = None
) -> Iterator[Press]:
    """Press one after the other, and give each once it was answered; nothing is put back.

    In the order of a seed, an act that makes no sense in the state at hand is refused with a
    sentence (`Refused`), which is an answer as well. It is then pressed again from the state that
    it meets in the order of the page, where it has to be done.

    Raises
    ------
    MgModelError
        As in `rehearse`.
    """
    opening = explorer.standing
    for place in order(todo, seed):
        press_one(explorer, todo, place, None if seed is None else opening)
        yield todo[place]


def order(todo: Sequence[Press], seed: int | None) -> list[int]:
    """Places in `todo` in the order of a seed; as they stand without one."""
    places = list(range(len(todo)))
    if seed is not None:
        random.Random(seed).shuffle(places)
    return places


def press_one(
    explorer: AnyExplorer, todo: Sequence[Press], place: int, opening: Any = None
) -> None:
    """Press what stands at a place of `todo`, whatever was pressed before.

    Parameters
    ----------
    opening
        What was chosen before any of them was pressed; None where they are pressed in order.

    Raises
    ------
    MgModelError
        As in `rehearse`.
    """
    action, value = todo[place]
    done = not (opening and action in _SLOW) and _press(explorer, action, value)
    if not done and opening:
        after = explorer._box._after  # what is chosen once all before it are pressed
        explorer.stand(reduce(lambda state, press: after(state, *press), todo[:place], opening))
        done = _press(explorer, action, value)
    if not done:
        _fail(explorer, action, value)


def _press(explorer: AnyExplorer, action: str, value: Any) -> bool:
    """Whether it was done, and not refused because it makes no sense in this state."""
    try:
        explorer.press(action, value)
    except Refused:
        return False
    except Exception as problem:
        problem.add_note(f"The control {action!r} with {value!r} failed.")
        raise
    if explorer.error and not isinstance(explorer._box.problem, Refused):
        _fail(explorer, action, value)
    return not explorer.error


def _fail(explorer: AnyExplorer, action: str, value: Any) -> NoReturn:
    msg = f"The control {action!r} with {value!r} failed. {explorer.error}"
    raise MgModelError(msg)


def _answers(sheet: WorksheetWidget) -> Iterator[Press]:
    """Every control of a worksheet, from its opening and back to it."""
    yield "reset", None
    for language in (*Language, sheet.state.language):
        yield "language", str(language)
    yield from sheet.presses
    yield "reset", None


def _moves(explorer: PanelWidget) -> Iterator[Press]:
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


def _presses(explorer: MapWidget) -> Iterator[Press]:
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


def _asking(arrow: Edge) -> Iterator[Press]:
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


def _looking(model: Model, arrow: Edge) -> Iterator[Press]:
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


def _stepping(explorer: MapWidget) -> Iterator[Press]:
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

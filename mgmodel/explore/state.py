"""What a person can do in an explorer: every act is a function from a View to a View.

So an act can be tested, repeated, undone and written down. Nothing here knows a widget, and nothing
here answers a question. `static/state.js` does the same in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.explore.views import (
    BARS,
    CLICKS,
    WAYS,
    Refused,
    View,
    as_code,
    bare,
    checked,
    drawings,
    with_preferences,
)

__all__ = [
    "ACTIONS",
    "BARS",
    "CLICKS",
    "WAYS",
    "Refused",
    "View",
    "acted",
    "as_code",
    "bare",
    "checked",
    "clicked",
    "drawings",
    "held_set",
    "off_set",
    "reset",
    "toggled_held",
    "toggled_off",
    "with_preferences",
    "with_source",
    "with_target",
]


def off_set(view: View, node: str, on: bool) -> View:
    """The View with a node switched off (`on` true) or no longer so; it is then not held."""
    off, held = view.switched_off, view.held
    return replace(
        view,
        switched_off=_with(off, node) if on else _without(off, node),
        held=_without(held, node) if on else held,
        route=None,
    )


def held_set(view: View, node: str, on: bool) -> View:
    """The View with a node held at baseline (`on` true) or not; it is then not switched off."""
    off, held = view.switched_off, view.held
    return replace(
        view,
        held=_with(held, node) if on else _without(held, node),
        switched_off=_without(off, node) if on else off,
        route=None,
    )


def _with(parts: tuple[str, ...], *more: str) -> tuple[str, ...]:
    # what is chosen already keeps its place, so that choosing it again changes nothing
    return tuple(dict.fromkeys((*parts, *more)))


def _without(parts: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in gone)


def toggled_off(view: View, node: str) -> View:
    """The View with a node switched off, or back where it was switched off already.

    Examples
    --------
    >>> toggled_off(toggled_off(View(), "channel"), "channel") == View()
    True
    """
    return off_set(view, node, node not in view.switched_off)


def toggled_held(view: View, node: str) -> View:
    """The View with a node held at baseline, or let go where it was held already.

    Examples
    --------
    >>> toggled_held(View(switched_off=("a",)), "a")  # doctest: +ELLIPSIS
    View(... switched_off=(), held=('a',), ...)
    """
    return held_set(view, node, node not in view.held)


def with_source(view: View, node: str | None) -> View:
    """The View that asks from this node; None pushes nothing."""
    return replace(view, source=node or None, route=None)


def with_target(view: View, node: str | None) -> View:
    """The View that asks about this node; None asks about none in particular."""
    return replace(view, target=node or None, route=None)


def clicked(view: View, node: str) -> View:
    """The View after a click on a node, whatever a click means just now."""
    meaning = {
        "switch_off": toggled_off,
        "hold": toggled_held,
        "source": with_source,
        "target": with_target,
    }
    return meaning[view.click](view, node)


def reset(view: View, opening: View) -> View:
    """The opening question again, in the drawing and language chosen since.

    Examples
    --------
    >>> reset(View("core", switched_off=("a",), language="sv"), View(source="b"))
    ... # doctest: +ELLIPSIS
    View(drawing='core', source='b', ... switched_off=(), ... language='sv', ...)
    """
    again = with_preferences(opening, click=view.click, language=view.language)
    return replace(again, drawing=view.drawing)


def _cut(view: View, arrow: str) -> View:
    cut, flipped = _with(view.cut, arrow), _without(view.flipped, arrow)
    return replace(view, cut=cut, flipped=flipped, route=None)


def _flipped(view: View, arrow: str) -> View:
    cut, flipped = _without(view.cut, arrow), _with(view.flipped, arrow)
    return replace(view, cut=cut, flipped=flipped, route=None)


def _mended(view: View, arrow: str) -> View:
    cut, flipped = (_without(arrows, arrow) for arrows in (view.cut, view.flipped))
    return replace(view, cut=cut, flipped=flipped, route=None)


def _hidden(view: View, parts: str | Iterable[str]) -> View:
    return replace(view, hidden=_with(view.hidden, *_each(parts)))


def _painted(view: View, parts: str | Iterable[str] | None) -> View:
    return replace(view, hidden=() if parts is None else _without(view.hidden, *_each(parts)))


def _each(parts: str | Iterable[str]) -> Iterable[str]:
    return [parts] if isinstance(parts, str) else parts


def _highlighted(view: View, route: int | None) -> View:
    return replace(view, route=route, loop=view.loop if route is None else None)


def _looped(view: View, loop: int | None) -> View:
    return replace(view, loop=loop, route=view.route if loop is None else None)


def _beside(view: View, on: bool) -> View:
    return replace(view, beside=replace(view, beside=None) if on else None)


ACTIONS: Mapping[str, Callable[[View, Any], View]] = MappingProxyType(
    {
        "draw": lambda view, value: replace(view, drawing=value),
        "source": with_source,
        "target": with_target,
        "push": lambda view, value: replace(view, push=value, route=None),
        "click": clicked,
        "click_means": lambda view, value: with_preferences(
            view, click=value, language=view.language
        ),
        "switch_off": lambda view, value: off_set(view, value, on=True),
        "hold": lambda view, value: held_set(view, value, on=True),
        "restore": lambda view, value: held_set(off_set(view, value, on=False), value, on=False),
        "cut": _cut,
        "flip": _flipped,
        "mend": _mended,
        "evidence": lambda view, value: replace(view, evidence=value, route=None),
        "focus": lambda view, value: replace(view, focus=value or None),
        "steps": lambda view, value: replace(view, steps=value),
        "way": lambda view, value: replace(view, way=value),
        "layer_off": lambda view, value: replace(
            view, without_layers=_with(view.without_layers, value)
        ),
        "layer_on": lambda view, value: replace(
            view, without_layers=_without(view.without_layers, value)
        ),
        "hide": _hidden,
        "show": _painted,
        "highlight": _highlighted,
        "loop": _looped,
        "card": lambda view, value: replace(view, arrow=value),
        "why": lambda view, value: replace(view, why=value or None),
        "beside": _beside,
        "language": lambda view, value: with_preferences(view, click=view.click, language=value),
    }
)
"""What a person can do in the explorer, by name: each takes the View and one value.

Acts on the history of Views (reset, undo, redo, step, code, scene) are those of
`mgmodel.explore.history`.
"""


def acted(view: View, action: str, value: Any = None) -> View:
    """The View after one action, by its name in `ACTIONS`.

    Examples
    --------
    >>> acted(View(), "hold", "serum").held
    ('serum',)
    """
    if action not in ACTIONS:
        raise UnknownId(action, ACTIONS, kind="action")
    return ACTIONS[action](view, value)

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
    others = tuple(other for other in view.switched_off if other != node)
    return replace(
        view,
        switched_off=(*others, node) if on else others,
        held=tuple(other for other in view.held if not on or other != node),
        route=None,
    )


def held_set(view: View, node: str, on: bool) -> View:
    """The View with a node held at baseline (`on` true) or not; it is then not switched off."""
    others = tuple(other for other in view.held if other != node)
    return replace(
        view,
        held=(*others, node) if on else others,
        switched_off=tuple(other for other in view.switched_off if not on or other != node),
        route=None,
    )


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


def _without(parts: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in gone)


def _cut(view: View, arrow: str) -> View:
    cut, flipped = (_without(arrows, arrow) for arrows in (view.cut, view.flipped))
    return replace(view, cut=(*cut, arrow), flipped=flipped, route=None)


def _flipped(view: View, arrow: str) -> View:
    cut, flipped = (_without(arrows, arrow) for arrows in (view.cut, view.flipped))
    return replace(view, cut=cut, flipped=(*flipped, arrow), route=None)


def _mended(view: View, arrow: str) -> View:
    cut, flipped = (_without(arrows, arrow) for arrows in (view.cut, view.flipped))
    return replace(view, cut=cut, flipped=flipped, route=None)


def _layer_off(view: View, layer: str) -> View:
    return replace(view, without_layers=(*_without(view.without_layers, layer), layer))


def _hidden(view: View, parts: str | Iterable[str]) -> View:
    more = [parts] if isinstance(parts, str) else parts
    return replace(view, hidden=tuple(dict.fromkeys((*view.hidden, *more))))


def _painted(view: View, parts: str | Iterable[str] | None) -> View:
    if parts is None:
        return replace(view, hidden=())
    return replace(
        view, hidden=_without(view.hidden, *([parts] if isinstance(parts, str) else parts))
    )


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
        "layer_off": _layer_off,
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

"""The View: everything that a person has chosen in an explorer, as one frozen record.

A choice is a function from a View to a View, so that it can be tested, repeated, undone and written
down. Nothing here knows a widget, and nothing here answers a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.vocabulary import Language

__all__ = [
    "ACTIONS",
    "CLICKS",
    "View",
    "acted",
    "as_code",
    "checked",
    "clicked",
    "drawings",
    "held_set",
    "off_set",
    "reset",
    "toggled_held",
    "toggled_off",
    "with_source",
    "with_target",
]

CLICKS = ("switch_off", "hold", "source", "target")
"""What a click on a node may mean."""


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, what is asked, and what is looked at.

    Examples
    --------
    >>> view = View(source="serum", target="stress")
    >>> toggled_off(view, "channel").switched_off
    ('channel',)
    >>> toggled_off(toggled_off(view, "channel"), "channel") == view
    True
    """

    drawing: str = "whole"
    """"core", "whole" or the id of a pathway. Answers always come from the whole map."""
    source: str | None = None
    target: str | None = None
    push: int = 1
    """+1: the source is raised; -1: it is lowered."""
    switched_off: tuple[str, ...] = ()
    """Nodes taken to be absent, in the order of choice."""
    held: tuple[str, ...] = ()
    """Nodes held at baseline, in the order of choice."""
    route: int | None = None
    """Number of the highlighted path in the list, counted from 0."""
    arrow: str | None = None
    """The arrow whose claim card is open."""
    click: str = "switch_off"
    """What a click on a node does; one of `CLICKS`."""
    language: str = "en"

    @property
    def fixed(self) -> tuple[str, ...]:
        """All nodes that pass nothing on: the switched off ones, then the held ones."""
        return (*self.switched_off, *self.held)


def drawings(model: Model) -> tuple[str, ...]:
    """The drawings that a map offers, in reading order; every map has "whole".

    Examples
    --------
    >>> drawings(Model.from_edges([("a", "b", 1)]))
    ('whole',)
    """
    core = ("core",) if any(edge.core for edge in model.edges.values()) else ()
    drawn = {row.pathway for row in model.library.pathways if row.node in model.nodes}
    named = [name for name in model.library.info.pathways if name in drawn]
    return (*core, *named, *sorted(drawn - set(named)), "whole")


def checked(model: Model, view: View) -> View:
    """The same View, when every choice in it can be made on this map.

    Raises
    ------
    UnknownId
        A drawing, node or arrow that the map does not have.
    ValueError
        A choice outside its stated range, or two that exclude each other.

    Examples
    --------
    >>> checked(Model.from_edges([("serum", "stress", -1)]), View(source="serun"))
    Traceback (most recent call last):
    mgmodel.errors.UnknownId: There is no node 'serun'. Did you mean 'serum'?
    """
    if view.drawing not in drawings(model):
        raise UnknownId(view.drawing, drawings(model), kind="drawing")
    for node in (view.source, view.target, *view.fixed):
        if node is not None:
            model.node(node)
    if view.arrow is not None:
        model.edge(view.arrow)
    _check_ranges(view)
    return view


def _check_ranges(view: View) -> None:
    if view.source is not None and view.source == view.target:
        msg = f"Source and target are both {view.source!r}; choose two different nodes."
        raise ValueError(msg)
    both = sorted(set(view.switched_off) & set(view.held))
    if both:
        msg = f"{both[0]!r} cannot be switched off and held at baseline at once; choose one."
        raise ValueError(msg)
    for name, value, allowed in (
        ("push", view.push, (1, -1)),
        ("click", view.click, CLICKS),
        ("language", view.language, tuple(str(language) for language in Language)),
    ):
        if value not in allowed:
            msg = f"{name} is {value!r}; it must be one of {', '.join(map(repr, allowed))}."
            raise ValueError(msg)
    if view.route is not None and (isinstance(view.route, bool) or view.route < 0):
        msg = f"route is {view.route!r}; paths are counted from 0."
        raise ValueError(msg)


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
    """The View with a node switched off, or back where it was switched off already."""
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
    View(drawing='core', source='b', ... switched_off=(), ... language='sv')
    """
    return replace(opening, drawing=view.drawing, language=view.language, click=view.click)


ACTIONS: Mapping[str, Callable[[View, Any], View]] = MappingProxyType(
    {
        "draw": lambda view, value: replace(view, drawing=value),
        "source": with_source,
        "target": with_target,
        "push": lambda view, value: replace(view, push=value, route=None),
        "click": clicked,
        "click_means": lambda view, value: replace(view, click=value),
        "switch_off": lambda view, value: off_set(view, value, on=True),
        "hold": lambda view, value: held_set(view, value, on=True),
        "restore": lambda view, value: held_set(off_set(view, value, on=False), value, on=False),
        "highlight": lambda view, value: replace(view, route=value),
        "card": lambda view, value: replace(view, arrow=value),
        "language": lambda view, value: replace(view, language=value),
    }
)
"""What a person can do in the explorer, by name: each takes the View and one value."""


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


_NAMES_IN_CODE = {"drawing": "view"}
_NOT_IN_CODE = {"route", "arrow", "click"}


def as_code(view: View) -> str:
    """The line of Python that opens the explorer on this View, for a notebook or an e-mail.

    Examples
    --------
    >>> print(as_code(View("core", source="serum", switched_off=("channel",))))
    explore_map(model, view='core', source='serum', switched_off=('channel',))
    """
    arguments = ["model"]
    for item in fields(View):
        value = getattr(view, item.name)
        wanted = item.name == "drawing" or value != item.default
        if wanted and item.name not in _NOT_IN_CODE:
            arguments.append(f"{_NAMES_IN_CODE.get(item.name, item.name)}={value!r}")
    return f"explore_map({', '.join(arguments)})"

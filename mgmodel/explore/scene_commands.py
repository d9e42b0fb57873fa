"""What a line of a storyboard does: each command as the acts of the explorer that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from mgmodel.errors import did_you_mean
from mgmodel.explore.views import BARS, View, drawings
from mgmodel.layout import view_model
from mgmodel.model import Model

__all__ = ["VERBS", "Acts", "Mistake", "acts_of", "command_in", "refuse", "refuse_a_near_command"]

_LONGEST_WAY = 3

Acts: TypeAlias = list[tuple[str, Any]]


class Mistake(Exception):
    """What is wrong with one line, and how to mend it.

    Parameters
    ----------
    what
        What is wrong, without a full stop.
    mend
        What to do, as a sentence.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def refuse(what: str, mend: str) -> NoReturn:
    """Raises a `Mistake`."""
    raise Mistake(what, mend)


def _ids(value: str, known: Collection[str], kind: str) -> list[str]:
    """The ids of a list; all that are not known are one mistake."""
    found = [item.strip() for item in value.split(",") if item.strip()]
    if not found:
        refuse(f"no {kind} is named", "Write its id behind the command.")
    strange = [item for item in found if item not in known]
    if strange:
        what = " and ".join(f"no {kind} {item!r}" for item in strange)
        near = "".join(did_you_mean(item, known) for item in strange).strip()
        refuse(f"there is {what}", near or "Use an id of the map.")
    return found


def _each(action: str, kind: str = "node") -> Callable[[Model, View, str], Acts]:
    """A command that does one thing to each node, or each arrow, of a list."""

    def acts(model: Model, _view: View, value: str) -> Acts:
        known = model.nodes if kind == "node" else model.edges
        return [(action, item) for item in _ids(value, known, kind)]

    return acts


def _one(action: str) -> Callable[[Model, View, str], Acts]:
    """A command about one node, or about none."""

    def acts(model: Model, _view: View, value: str) -> Acts:
        return [(action, _node_or_none(model, value))]

    return acts


def _node_or_none(model: Model, value: str) -> str | None:
    if value == "none":
        return None
    item, *more = _ids(value, model.nodes, "node")
    if more:
        refuse("more than one node is named", "Name one, or write `none`.")
    return item


def _draw(model: Model, _view: View, value: str) -> Acts:
    return [("draw", _ids(value, drawings(model), "drawing")[0])]


def _hide(model: Model, view: View, value: str) -> Acts:
    drawn = view_model(model, view.drawing)
    if value == "all":
        return [("hide", tuple(drawn.nodes))]
    return [("hide", _drawn_ids(model, view, value))]


def _show(model: Model, view: View, value: str) -> Acts:
    if value == "all":
        return [("show", None)]
    wanted: list[str] = []
    for item in _drawn_ids(model, view, value):
        edge = model.edges.get(item)
        wanted += [item, edge.source, edge.target] if edge else [item]
    return [("show", wanted)]


def _drawn_ids(model: Model, view: View, value: str) -> list[str]:
    found = _ids(value, {**model.nodes, **model.edges}, "node or arrow")
    part = view_model(model, view.drawing)
    for item in found:
        if item not in part.nodes and item not in part.edges:
            mend = f"It can be neither shown nor hidden in {view.drawing}; draw another part."
            refuse(f"{item!r} is not drawn", mend)
    return found


def _press(model: Model, _view: View, value: str) -> Acts:
    node, _, way = value.rpartition(" ")
    if not node or way not in ("up", "down"):
        node, way = value, "up"
    return [("source", _node_or_none(model, node)), ("push", -1 if way == "down" else 1)]


def _highlight(_model: Model, _view: View, value: str) -> Acts:
    if value == "none":
        return [("highlight", None)]
    if not re.fullmatch(r"[1-9]\d{0,3}", value):
        mend = "Count from 1 as the list on the screen does, or write `none`."
        refuse(f"{value!r} is no number of a path", mend)
    return [("highlight", int(value) - 1)]


def _evidence(_model: Model, _view: View, value: str) -> Acts:
    return [("evidence", _ids(value, BARS, "evidence bar")[0])]


def _focus(model: Model, _view: View, value: str) -> Acts:
    found = re.fullmatch(r"(.*?)(?:\s+(\d+))?(?:\s+(up|down|both))?", value)
    node, steps, way = found.groups() if found else (value, None, None)
    if steps and not 1 <= int(steps) <= _LONGEST_WAY:
        refuse(f"{steps} steps cannot be shown", f"Give 1 to {_LONGEST_WAY}.")
    acts: Acts = [("focus", _node_or_none(model, node))]
    return [*acts, ("steps", int(steps or 1)), ("way", way or "both")] if node != "none" else acts


VERBS: Mapping[str, Callable[[Model, View, str], Acts]] = MappingProxyType(
    {
        "draw": _draw,
        "show": _show,
        "hide": _hide,
        "press": _press,
        "ask-about": _one("target"),
        "switch off": _each("switch_off"),
        "hold": _each("hold"),
        "restore": _each("restore"),
        "cut": _each("cut", "arrow"),
        "flip": _each("flip", "arrow"),
        "mend": _each("mend", "arrow"),
        "highlight": _highlight,
        "why": _one("why"),
        "evidence": _evidence,
        "focus": _focus,
    }
)
"""The commands of a storyboard, each with the acts of the explorer that it stands for."""

_COMMAND = re.compile(rf"(?:[-*] )?({'|'.join(VERBS)})(?::\s*|\s+|$)(.*)")


def command_in(line: str) -> tuple[str, str] | None:
    """The command of a line and what stands behind it; None where the line is none.

    Examples
    --------
    >>> command_in("- switch off serum, bone"), command_in("Switch off the light.")
    (('switch off', 'serum, bone'), None)
    """
    found = _COMMAND.match(line)
    return (found[1], found[2].strip()) if found else None


def acts_of(model: Model, view: View, verb: str, value: str) -> Acts:
    """The acts that a command stands for.

    Raises
    ------
    Mistake
        What stands behind the command cannot be understood.

    Examples
    --------
    >>> acts_of(Model.from_edges([("serum", "bone", 1)]), View(), "press", "serum down")
    [('source', 'serum'), ('push', -1)]
    """
    return VERBS[verb](model, view, value)


def refuse_a_near_command(model: Model, line: str) -> None:
    """Refuses a line of the note that looks like a command: a word or two, then only ids.

    Raises
    ------
    Mistake
        It looks like one.
    """
    known = {*model.nodes, *model.edges, *drawings(model)}
    found = re.match(r"(?:[-*] )?(?P<verb>\w+:?(?: (?:off|of|on|about))?) (?P<ids>.+)", line)
    items = [item.strip() for item in found["ids"].split(",")] if found else []
    if found and items and all(item in known for item in items):
        near = did_you_mean(found["verb"], VERBS) or f" The commands are {', '.join(VERBS)}."
        mend = f"To say it, write `note: {line}`.{near}"
        refuse(f"{found['verb']!r} is no command", mend)

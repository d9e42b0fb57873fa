"""Faults to be found: an exception in each callback of Python, and shifts of what must stay.

The list of callbacks is found by looking at the code, and never written by hand: the acts of each
kind of explorer by their names, and every function of the room `mgmodel.explore`, also those inside
other functions. A function is broken by exchanging its code, so that whoever holds it calls the
broken one.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import mgmodel.explore
from mgmodel.explore import MapWidget, PanelWidget, bindings, controls, history, state
from mgmodel.explore.widget_base import Explorer

__all__ = ["LEFT_OUT", "Callback", "called", "callbacks_of", "forget", "functions", "planted"]

LEFT_OUT = {
    "handouts": "writes a file from an explorer and belongs to none; tests/browser/test_handout.py",
    "slides": "writes pictures of a talk and belongs to no explorer; tests/test_slides.py",
    "pages": "read once, when the room is imported",
    "rehearsal": "the hand that presses, not what is pressed; tests/test_explore.py",
    "scene_commands": "reads the text of a talk before it opens; tests/test_storyboards.py",
    "storyboards": "reads the text of a talk before it opens; tests/test_storyboards.py",
    "why_told": "tells the page's half what it must say, for a test; tests/browser/test_why_js.py",
}
"""Modules of the room whose functions are no callbacks, with the reason and who holds them."""
_BARE = 40
"""Bytes of a function that says only that it is still to be written."""
COMPREHENSIONS = {"<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>"}


class Planted(Exception):
    """What a planted callback raises."""


@dataclass(frozen=True, order=True)
class Callback:
    """One callback by its name; `code` where it is a function, else it is an act."""

    group: str
    name: str
    code: CodeType | None = field(default=None, compare=False, repr=False)
    owner: FunctionType | None = field(default=None, compare=False, repr=False)
    """The function of a module or a class that holds the code, itself or deep inside."""


# Acts, by name


def kind_of(explorer: Any) -> str:
    """What acts of this explorer are told from those of others by."""
    if isinstance(explorer, MapWidget):
        return "map"
    inner = explorer._panel if isinstance(explorer, PanelWidget) else explorer._sheet
    return f"explore_{inner.name}"


def acts_of(explorer: Any) -> tuple[str, ...]:
    """Every act that an explorer knows, by name."""
    if isinstance(explorer, MapWidget):
        return (*state.ACTIONS, *history._MOVES, *_compared(history.acted))
    if isinstance(explorer, PanelWidget):
        return (*(one.name for one in explorer.controls), *_compared(controls.acted))
    return (*explorer._sheet.acts, *_compared(_sheets().acted))


def _sheets() -> ModuleType:
    return importlib.import_module("mgmodel.explore.worksheets")


def _compared(function: Callable[..., Any]) -> tuple[str, ...]:
    """The texts that a function compares its `action` with."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    found = (
        text.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and getattr(node.left, "id", "") == "action"
        for text in ast.walk(node)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    )
    return tuple(dict.fromkeys(found))


def callbacks_of(explorer: Any) -> Iterator[Callback]:
    """The acts of one explorer."""
    kind = kind_of(explorer)
    group = {"map": "acts of the map"}.get(kind) or (
        "acts of panels" if isinstance(explorer, PanelWidget) else "acts of worksheets"
    )
    for act in acts_of(explorer):
        yield Callback(group, act if kind == "map" else f"{kind}: {act}")


# Functions, by code


def functions() -> tuple[Callback, ...]:
    """Every function that an explorer may call, by module and name, those inside others as well."""
    found: dict[str, Callback] = {}
    for module in _modules():
        room = module.__name__.removeprefix("mgmodel.explore.")
        for group, owner in _owners(module):
            for code in _codes(owner.__code__):
                if "NotImplementedError" in code.co_names and len(code.co_code) < _BARE:
                    continue  # each class has its own
                name = f"{room}.{code.co_qualname}"
                number = sum(1 for one in found if one.partition(" #")[0] == name)
                unique = f"{name} #{number + 1}" if number else name
                found[unique] = Callback(group, unique, code, owner)
    return tuple(found.values())


def _modules() -> Iterator[ModuleType]:
    for info in sorted(pkgutil.iter_modules(mgmodel.explore.__path__), key=lambda one: one.name):
        if info.name not in LEFT_OUT:
            yield importlib.import_module(f"mgmodel.explore.{info.name}")


def _owners(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """Every function that stands in a module or in a class of it, with the group it is of."""
    seen: set[int] = set()
    acts = {id(act.__code__) for act in state.ACTIONS.values() if isinstance(act, FunctionType)}
    for name, member in _members(module):
        inner = _function(member)
        if inner is None or inner.__code__.co_filename != module.__file__:
            continue
        if id(inner) in seen or id(inner.__code__) in acts:
            continue  # an act of the map, which is planted by its name
        seen.add(id(inner))
        yield _group(name), inner


def _members(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, member in vars(module).items():
        yield name, member
        if inspect.isclass(member) and member.__module__ == module.__name__:
            for inside, part in vars(member).items():
                public = issubclass(member, Explorer) and not inside.startswith("_")
                yield f"method {inside}" if public else inside, part
        elif isinstance(member, Mapping) and member is not state.ACTIONS:
            yield from ((f"{name} {key}", part) for key, part in member.items())


def _group(name: str) -> str:
    return "methods" if name.startswith("method ") else "functions"


def _function(member: Any) -> FunctionType | None:
    """The function in a property, a class method, a partial or a cache."""
    if isinstance(member, property):
        member = member.fget
    elif isinstance(member, cached_property):
        member = member.func
    elif isinstance(member, classmethod | staticmethod):
        member = member.__func__
    elif isinstance(member, partial):
        member = member.func
    with suppress(ValueError):
        member = inspect.unwrap(member) if callable(member) else member
    return member if isinstance(member, FunctionType) else None


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A code and every function inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            inner = list(_codes(part))
            is_class = not part.co_flags & inspect.CO_NEWLOCALS
            yield from inner[1 if part.co_name in COMPREHENSIONS or is_class else 0 :]


# Which are called


@contextmanager
def called() -> Iterator[set[CodeType]]:
    """The codes of all functions that are called meanwhile."""
    found: set[CodeType] = set()

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            found.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


# Planting


@contextmanager
def planted(callback: Callback) -> Iterator[None]:
    """Let a callback raise `Planted` while this lasts."""
    with _broken_act(callback) if callback.code is None else _broken_code(callback):
        yield


@contextmanager
def _broken_act(callback: Callback) -> Iterator[None]:
    kind, _, act = callback.name.rpartition(": ")
    kinds = {
        box: box.__dict__["_after"]
        for box in vars(bindings).values()
        if inspect.isclass(box) and issubclass(box, bindings.Box) and box is not bindings.Box
    }

    def breaking(own: Any) -> Any:
        def after(self: Any, standing: Any, action: str, value: Any) -> Any:
            if action == act and _kind_of_box(self) == (kind or "map"):
                raise Planted(callback.name)
            return own(self, standing, action, value)

        return after

    for box, own in kinds.items():
        box._after = breaking(own)
    try:
        yield
    finally:
        for box, own in kinds.items():
            box._after = own


def _kind_of_box(box: Any) -> str:
    inner = getattr(box, "_panel", None) or getattr(box, "_sheet", None)
    return f"explore_{inner.name}" if inner else "map"


@contextmanager
def _broken_code(callback: Callback) -> Iterator[None]:
    code, owner = callback.code, callback.owner
    own = owner.__code__
    owner.__code__ = _exchanged(own, code, _raising(code, callback.name))
    forget()
    try:
        yield
    finally:
        owner.__code__ = own
        forget()


def forget() -> None:
    """Empty every cache of a module of ours, so that what it keeps is asked for anew."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "mgmodel":
            for member in list(vars(module).values()):
                if hasattr(member, "cache_clear"):
                    member.cache_clear()


def _raising(code: CodeType, name: str) -> CodeType:
    """The code of a function that takes anything and raises, with the same free names."""
    source = (
        "def broken(*args, **options):\n"
        f"    raise __import__('classroom_faults').Planted({name!r})\n"
    )
    space: dict[str, Any] = {}
    exec(source, space)
    made: CodeType = space["broken"].__code__
    return made.replace(co_freevars=code.co_freevars)


def _exchanged(whole: CodeType, part: CodeType, new: CodeType) -> CodeType:
    if whole is part:
        return new
    consts = tuple(
        _exchanged(each, part, new) if isinstance(each, CodeType) else each
        for each in whole.co_consts
    )
    changed = any(one is not other for one, other in zip(consts, whole.co_consts, strict=True))
    return whole.replace(co_consts=consts) if changed else whole

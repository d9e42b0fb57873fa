"""What a line of code can ask of an explorer: every public method and property of its class.

They are found by looking at the class. What a method is given follows from the names of its
parameters, so that a new one is called as well; where a name is not known here, it is reported.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial, reduce
from pathlib import Path
from typing import Any

from mgmodel.explore import MapWidget, PanelWidget, WorksheetWidget
from mgmodel.explore.asked import listed_loops
from mgmodel.explore.codes import as_file
from mgmodel.explore.rehearsal import Press
from mgmodel.explore.views import BARS, CLICKS, Refused
from mgmodel.explore.widget_base import Explorer
from mgmodel.figures.curves import Screen

__all__ = ["calls_of", "public"]

Made = Callable[[Any, Path], list[tuple[tuple[Any, ...], dict[str, Any]]]]
"""Arguments of one or more calls, for an explorer and a folder to write into."""


def public(kind: type[Explorer]) -> dict[str, Any]:
    """Every public method and property that we wrote for a class of explorers, by name."""
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("mgmodel."):
            for name, member in vars(one).items():
                is_ours = inspect.isfunction(member) or isinstance(
                    member, property | cached_property
                )
                if is_ours and not name.startswith("_"):
                    found[name] = member
    return found


def calls_of(
    explorer: Any, seed: int, todo: Sequence[Press], folder: Path
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every call once, in the order of a seed; what is refused is called where it makes sense."""
    members = list(public(type(explorer)).items())
    random.Random(seed).shuffle(members)
    opening = explorer.standing
    for name, member in members:
        if not inspect.isfunction(member):
            yield name, lambda name=name: getattr(explorer, name)
            continue
        try:
            each = arguments(explorer, name, member, folder)
        except LookupError as problem:
            yield name, partial(_raise, problem)
            continue
        for args, options in each:
            method = getattr(explorer, name)

            def call(method: Any = method, args: Any = args, options: Any = options) -> None:
                _done_somewhere(explorer, opening, todo, lambda: method(*args, **options))

            yield name, call
    for name in ("__repr__", "_repr_mimebundle_"):
        yield name, getattr(explorer, name)
    # one after the other: where things stand is known for the theme and screen one begins with
    if isinstance(explorer, WorksheetWidget):
        for theme in ("dark", "light"):
            yield f"press theme {theme}", partial(explorer.press, "theme", theme)
    if isinstance(explorer, PanelWidget):
        for screen in (Screen(640, 2, "dark"), explorer._box.view.screen):
            yield "press screen", partial(explorer.press, "screen", screen._asdict())
    if getattr(explorer, "stage", None):
        yield "stage", partial(_restaged, explorer, explorer.stage)
    yield "message", partial(_messaged, explorer)


def _restaged(explorer: Any, stage: Any) -> None:
    explorer.stage = None
    explorer.stage = stage


def _messaged(explorer: Any) -> None:
    """An act by the way that a page sends it; what breaks on the way is only logged there."""
    before = explorer.seq
    explorer._handle_custom_msg({"do": "reset", "value": None}, [])
    if explorer.seq == before:
        msg = "no answer came to a message of the page"
        raise RuntimeError(msg)


def _raise(problem: Exception) -> None:
    raise problem


def _done_somewhere(
    explorer: Any, opening: Any, todo: Sequence[Press], call: Callable[[], Any]
) -> None:
    """Call it here; where it is refused with a sentence, after so many presses as it needs."""
    try:
        call()
        return
    except Refused:
        pass
    after = explorer._box._after
    for place in range(len(todo) + 1):
        explorer.stand(reduce(lambda state, press: after(state, *press), todo[:place], opening))
        try:
            call()
            return
        except Refused:
            continue
    msg = "refused wherever it was called"
    raise RuntimeError(msg)


def arguments(
    explorer: Any, name: str, method: Any, folder: Path
) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    """What to call a method with: by its own name, else by the names of its parameters."""
    if name in BY_METHOD:
        return BY_METHOD[name](explorer, folder)
    args: list[Any] = []
    options: dict[str, Any] = {}
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        if parameter.name not in BY_PARAMETER:
            if parameter.default is parameter.empty and parameter.kind not in _ANY:
                msg = f"no value is known for the parameter {parameter.name!r} of {name}"
                raise LookupError(msg)
            continue
        value = BY_PARAMETER[parameter.name](explorer)
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = value
        else:
            args.append(value)
    return [(tuple(args), options)]


_ANY = (inspect.Parameter.VAR_POSITIONAL,)


def _arrow(explorer: Any) -> Any:
    return next(iter(explorer.model.reasoning_edges))


def _node(explorer: Any) -> str:
    if isinstance(explorer, MapWidget):
        return str(_arrow(explorer).target)
    return str(_first(explorer, "predict", "hint")[0])


def _first(explorer: Any, *acts: str) -> tuple[Any, ...]:
    """The value of the first press of a worksheet that does one of these acts."""
    for act in acts:
        for name, value in explorer.presses:
            if name == act:
                return value if isinstance(value, tuple) else (value,)
    msg = f"the worksheet presses none of {acts}"
    raise LookupError(msg)


BY_PARAMETER: Mapping[str, Callable[[Any], Any]] = {
    "node": _node,
    "nodes": _node,
    "arrows": lambda explorer: _arrow(explorer).id,
    "edge": lambda explorer: _arrow(explorer).id,
    "bar": lambda _: BARS[1],
    "what": lambda _: CLICKS[1],
    "language": lambda explorer: explorer._box.language,
    "code": lambda explorer: explorer.short_code,
    "standing": lambda explorer: explorer.standing,
    "state": lambda explorer: explorer.state,
    "action": lambda _: "reset",
    "layers": lambda explorer: str(_arrow(explorer).layer),
    "parts": lambda explorer: _arrow(explorer).target,
    "answer": lambda explorer: _first(explorer, "predict")[1],
    "text": lambda explorer: _first(explorer, "write")[0],
}


def _asked(explorer: Any, _: Path) -> list[Any]:
    arrow = _arrow(explorer)
    ends = {"source": arrow.source, "target": arrow.target}
    return [((), {"source": None, "target": None}), ((), {**ends, "push": -1})]


def _written(explorer: Any, folder: Path) -> list[Any]:
    view = folder / "view.json"
    view.write_text(as_file(explorer.model, explorer.view), encoding="utf-8")
    return [((view,), {})]


BY_METHOD: Mapping[str, Made] = {
    "choose": lambda e, f: (
        _asked(e, f) if isinstance(e, MapWidget) else [(_first(e, "choose"), {})]
    ),
    "draw": lambda e, _: [((e.view.drawing,), {})],
    "why": lambda e, _: [((_node(e),), {}), ((None,), {})],
    "focus": lambda e, _: [((_node(e),), {"steps": 2, "way": "up"}), ((None,), {})],
    "open_card": lambda e, _: [((_arrow(e).id,), {}), ((None,), {})],
    "compare": lambda e, _: (
        [((replace(e.view, beside=None),), {}), ((None,), {})]
        if isinstance(e, MapWidget)
        else [((), {})]
    ),
    "highlight": lambda _, __: [((0,), {}), ((None,), {})],
    "highlight_loop": lambda e, _: [
        ((at,), {}) for at in ((0, None) if listed_loops(e.model) else (None,))
    ],
    "show_view": lambda e, _: [((e.view,), {})],
    "save_view": lambda _, folder: [((folder / "saved.json",), {})],
    "load_view": _written,
    "save_picture": lambda _, folder: [((folder / "a.svg",), {})],
    "save_answers": lambda _, folder: [((folder / "answers.json",), {})],
    "press": lambda _, __: [(("reset",), {})],
    "move": lambda e, _: [
        ((), {one.name: next(iter(one.trials(getattr(e.state, one.name))))})
        for one in e.controls[:1]
    ],
    "guess": lambda e, _: [(_first(e, "guess"), {})],
}

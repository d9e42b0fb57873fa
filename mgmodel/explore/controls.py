"""The controls of a panel and what a person has chosen with them; no widget and no answer here.

A panel is a frozen state, whose fields are named like its controls, and two functions of it: which
controls it has, and what is read there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from mgmodel.errors import UnknownId
from mgmodel.figures.curves import PAGE, Screen
from mgmodel.figures.plots import Sheet, rounded
from mgmodel.vocabulary import Language

__all__ = [
    "Choice",
    "Control",
    "Panel",
    "PanelView",
    "Picks",
    "Progress",
    "Reading",
    "Slider",
    "Tick",
    "acted",
    "as_code",
]


@dataclass(frozen=True, slots=True)
class Slider:
    """A number from `low` to `high`."""

    name: str
    label: str
    low: float
    high: float
    step: float
    unit: str = ""
    note: str = ""
    """Stands under the slider, such as "not measured"."""
    section: str = ""

    def checked(self, value: Any) -> float:
        """The value as a number, when the slider can stand there."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not self.low <= value <= self.high:
            wanted = f"from {self.low:g} to {self.high:g} {self.unit}".rstrip()
            msg = f"{self.name} is {value!r}; give a number {wanted}."
            raise ValueError(msg)
        return float(value)

    def said(self, value: Any, language: str) -> str:
        """The value as it stands beside the slider."""
        return f"{rounded(value, language)} {self.unit}".rstrip()

    def trials(self, _: Any) -> Iterator[Any]:
        """Values that press the control to both its ends."""
        yield from (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, by id."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    """Ids with their words."""
    note: str = ""
    section: str = ""

    def checked(self, value: Any) -> str:
        """The id, when it is one of the options."""
        ids = [option for option, _ in self.options]
        if value not in ids:
            raise UnknownId(str(value), ids, kind=self.name)
        return str(value)

    def said(self, value: Any, _: str) -> str:
        """The words of the option."""
        return dict(self.options)[value]

    def trials(self, _: Any) -> Iterator[Any]:
        """Every option once."""
        yield from (option for option, _ in self.options)


@dataclass(frozen=True, slots=True)
class Tick:
    """Yes or no."""

    name: str
    label: str
    note: str = ""
    section: str = ""

    def checked(self, value: Any) -> bool:
        """The value, when it is True or False."""
        if not isinstance(value, bool):
            msg = f"{self.name} is {value!r}; give True or False."
            raise ValueError(msg)
        return value

    def said(self, _: Any, __: str) -> str:
        """Nothing: the box itself says it."""
        return ""

    def trials(self, value: bool) -> Iterator[Any]:
        """The other of the two, and back."""
        yield from (not value, value)


@dataclass(frozen=True, slots=True)
class Picks:
    """Some of many, each so and so often: pairs of id and count, in the order of picking."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    most: int = 20
    """How often one may be picked."""
    rows: tuple[tuple[str, str], ...] = ()
    """What is said of each that is picked."""
    note: str = ""
    section: str = ""

    def checked(self, value: Any) -> tuple[tuple[str, int], ...]:
        """The picks without those that are picked no times."""
        picked = dict(value)
        known = [option for option, _ in self.options]
        for one, count in picked.items():
            if one not in known:
                raise UnknownId(str(one), known, kind=self.name)
            if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= self.most:
                msg = f"{one} is picked {count!r} times; give a whole number from 0 to {self.most}."
                raise ValueError(msg)
        return tuple((one, count) for one, count in picked.items() if count)

    def said(self, _: Any, __: str) -> str:
        """Nothing: the rows say it."""
        return ""

    def trials(self, value: tuple[tuple[str, int], ...]) -> Iterator[Any]:
        """The first option once more, and none of anything."""
        yield {**dict(value), self.options[0][0]: 1}
        yield {}


Progress: TypeAlias = Callable[[int, int], object]
Control: TypeAlias = Slider | Choice | Tick | Picks


@dataclass(frozen=True)
class Reading:
    """What a panel says and shows for one state."""

    title: str
    answer: str
    """The line that is read aloud when it changes."""
    sheet: Sheet
    notes: tuple[str, ...] = ()
    """What the picture does not show, and how far it may be trusted."""
    numbers: tuple[Any, ...] = ()
    """Every record that the picture rests on: parameters, or rows of the tables."""
    unfinished: str = ""
    """What is still to come, where `Panel.refine` has more to show."""


@dataclass(frozen=True)
class Panel:
    """One explorer: how it opens, what can be moved, and what is then read."""

    name: str
    """As in `explore_NAME`."""
    opening: Any
    """A frozen dataclass with a field for each control, and `language`."""
    controls: Callable[[Any], tuple[Control, ...]]
    read: Callable[[Any], Reading]
    beside: bool = False
    """Whether the controls stand beside the picture, for there are many; else above it."""
    refine: Callable[[Any, Progress], Reading] | None = None
    """What takes seconds, once the hand rests; it tells how much is done, and of how much."""


@dataclass(frozen=True)
class PanelView:
    """What a person has chosen, and where the picture stands."""

    state: Any
    screen: Screen = PAGE
    refined: bool = False
    """Whether what takes seconds is shown too."""

    @property
    def language(self) -> str:
        """The language of everything that is said."""
        return str(self.state.language)


def acted(panel: Panel, view: PanelView, action: str, value: Any = None) -> PanelView:
    """The view after one act: a control by its name, "language", "screen", "refine" or "reset".

    Raises
    ------
    UnknownId
        There is no such control, or a choice has no such option.
    ValueError
        The value is out of range for the control.
    """
    state = view.state
    if action == "screen":
        return replace(view, screen=Screen(**value))
    if action == "refine":
        return replace(view, refined=panel.refine is not None)
    view = replace(view, refined=False)
    if action == "reset":
        return replace(view, state=replace(panel.opening, language=state.language))
    if action == "language":
        known = tuple(str(language) for language in Language)
        if value not in known:
            raise UnknownId(str(value), known, kind="language")
        return replace(view, state=replace(state, language=value))
    controls = {control.name: control for control in panel.controls(state)}
    if action not in controls:
        raise UnknownId(action, (*controls, "language", "refine", "reset"), kind="control")
    return replace(view, state=replace(state, **{action: controls[action].checked(value)}))


def as_code(panel: Panel, state: Any) -> str:
    """The line of Python that opens the panel on this state, for a notebook or an e-mail."""
    values = ((one.name, getattr(state, one.name), one.default) for one in fields(state))
    changed = (
        f"{name}={dict(value) if isinstance(value, tuple) else value!r}"
        for name, value, default in values
        if value != default
    )
    return f"explore_{panel.name}({', '.join(('model', *changed))})"

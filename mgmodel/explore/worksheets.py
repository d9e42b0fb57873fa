"""A worksheet as data: blocks to read and to press, and the acts that lead from state to state.

A worksheet is a frozen state, pure acts on it by name, and a page of blocks for each state. Nothing
here knows a widget, and nothing here knows what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from mgmodel.errors import UnknownId
from mgmodel.explore.sheet_drawing import Picture
from mgmodel.vocabulary import Language
from mgmodel.wording.catalogues import say

__all__ = [
    "Block",
    "Button",
    "Download",
    "Feedback",
    "Group",
    "Lines",
    "Menu",
    "Page",
    "Question",
    "SheetView",
    "Table",
    "Text",
    "Worksheet",
    "acted",
    "described",
    "right",
    "said_by",
    "wrong",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or more to read."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to what was answered; its mark and its word say how it is meant."""

    tone: str
    """"right", "wrong" or "hint"."""
    mark: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One of several answers, as radio buttons; choosing one is the act."""

    act: str
    about: Any
    """What the answer is about, where the same act is there more than once."""
    prompt: str
    options: tuple[tuple[Any, str], ...]
    """Values with their words."""
    chosen: Any = None
    locked: str = ""
    """Why nothing can be chosen now."""
    below: bool = False
    """Whether the answers stand below each other, for they are long."""


@dataclass(frozen=True, slots=True)
class Menu:
    """One of many, as a list that opens."""

    act: str
    label: str
    options: tuple[tuple[Any, str], ...]
    chosen: Any = None
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Several lines of text to write."""

    act: str
    label: str
    text: str
    example: str = ""
    """Shown where nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Button:
    """What is pressed; where it cannot be, the reason stands beside it."""

    act: str
    label: str
    about: Any = ""
    refused: str = ""
    main: bool = False
    """Whether it is what the page leads up to."""
    quiet: bool = False
    """Whether the reason is said to the ear alone, for the eye reads it elsewhere."""


@dataclass(frozen=True, slots=True)
class Download:
    """A text that the page saves as a file by itself."""

    name: str
    label: str
    filename: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first cell of a row names it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together."""

    name: str
    blocks: tuple[Block, ...]
    heading: str = ""
    row: bool = False
    """Side by side, where there is room; else below each other, in a frame."""


Block: TypeAlias = Text | Feedback | Question | Menu | Lines | Button | Download | Table | Group


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a worksheet shows in one state."""

    title: str
    question: str
    """What is asked, in words."""
    status: str
    """How far one has come, in one line."""
    blocks: tuple[Block, ...]
    picture: Picture | None = None
    beside: bool = True
    """Whether the drawing may stand beside the blocks; else it stands below them."""


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: how it opens, what can be done, and what is then to be read."""

    name: str
    """As in `explore_NAME`."""
    about: str
    """What tells it from others of its kind, in ids."""
    opening: Any
    """A frozen dataclass with a field `language`."""
    acts: Mapping[str, Callable[[Any, Any], Any]]
    page: Callable[[Any, str], Page]
    """For a state, and the theme "light" or "dark"."""
    presses: tuple[tuple[str, Any], ...] = ()
    """Acts, one after the other from the opening, that press every control."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What a person has answered, and in which theme the page stands."""

    state: Any
    theme: str = "light"

    @property
    def language(self) -> str:
        """The language of everything that is said."""
        return str(self.state.language)


def acted(sheet: Worksheet, view: SheetView, action: str, value: Any = None) -> SheetView:
    """The view after one act: one of the worksheet, "language", "theme" or "reset".

    Raises
    ------
    UnknownId
        There is no such act, language or theme.
    ValueError
        The act refuses the value, or cannot be done now.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Count:
    ...     n: int = 0
    ...     language: str = "en"
    >>> more = lambda state, by: replace(state, n=state.n + by)
    >>> sheet = Worksheet("count", "", Count(), {"more": more}, lambda *_: None)
    >>> view = acted(sheet, SheetView(Count()), "more", 2)
    >>> view.state.n, acted(sheet, view, "reset").state.n
    (2, 0)
    """
    state = view.state
    if action == "reset":
        return replace(view, state=replace(sheet.opening, language=state.language))
    if action == "theme":
        return replace(view, theme=_one_of(value, ("light", "dark"), "theme"))
    if action == "language":
        known = tuple(str(language) for language in Language)
        return replace(view, state=replace(state, language=_one_of(value, known, "language")))
    if action not in sheet.acts:
        raise UnknownId(action, (*sheet.acts, "language", "theme", "reset"), kind="act")
    return replace(view, state=sheet.acts[action](state, value))


def _one_of(value: Any, known: tuple[str, ...], kind: str) -> str:
    if value not in known:
        raise UnknownId(str(value), known, kind=kind)
    return str(value)


# What a page says


def right(text: str, language: str = "en") -> Feedback:
    """What is said to a right answer.

    Examples
    --------
    >>> right("It falls.").mark, right("It falls.").word
    ('✓', 'Right.')
    """
    return Feedback("right", "✓", say("teaching.right", language), text)


def wrong(text: str, language: str = "en") -> Feedback:
    """What is said to a wrong answer.

    Examples
    --------
    >>> wrong("It falls.").mark, wrong("It falls.").word
    ('✗', 'Not so.')
    """
    return Feedback("wrong", "✗", say("teaching.wrong", language), text)


def said_by(block: Block) -> Iterator[str]:
    """What a block says, in reading order.

    Examples
    --------
    >>> list(said_by(Group("a", (Text("It rises."), wrong("It falls.")), "Cortisol")))
    ['Cortisol', 'It rises.', '✗ Not so. It falls.']
    """
    match block:
        case Text(text=text):
            yield text
        case Feedback(mark=mark, word=word, text=text):
            yield f"{mark} {word} {text}".strip()
        case Question(prompt=prompt, options=options, chosen=chosen):
            words = (("(x) " if value == chosen else "( ) ") + text for value, text in options)
            yield " ".join((prompt, *words))
        case Button(label=label, refused=refused):
            yield f"[{label}] {refused}".strip()
        case Menu(label=label, options=options, chosen=chosen):
            yield f"{label}: {dict(options).get(chosen, '')}"
        case Lines(label=label, text=text):
            yield f"{label}: {text}"
        case Download(label=label):
            yield f"[{label}]"
        case Table(caption=title, header=header, rows=rows):
            yield title
            yield from (" | ".join(row) for row in (header, *rows))
        case Group(heading=heading, blocks=blocks):
            yield from filter(None, (heading,))
            for one in blocks:
                yield from said_by(one)


def described(block: Block) -> dict[str, Any]:
    """What the page needs to draw a block.

    Examples
    --------
    >>> described(Text("It rises."))
    {'kind': 'text', 'text': 'It rises.', 'strong': False}
    """
    found: dict[str, Any] = {"kind": type(block).__name__.lower()}
    found |= {one.name: getattr(block, one.name) for one in fields(block)}
    if isinstance(block, Group):
        found["blocks"] = [described(one) for one in block.blocks]
    return found

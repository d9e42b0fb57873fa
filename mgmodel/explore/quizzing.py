"""A quiz as a worksheet: one question at a time, checked, explained and counted.

The questions, their options and what is said to each are computed in `mgmodel.teaching.quiz`.
Before a question is checked, nothing on the page tells which of its options is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias

from mgmodel.explore.views import Refused
from mgmodel.explore.worksheets import (
    Block,
    Button,
    Feedback,
    Group,
    Page,
    Question,
    Worksheet,
    right,
    wrong,
)
from mgmodel.model import Model
from mgmodel.teaching import Item, Kind, items
from mgmodel.wording.catalogues import number, say

__all__ = ["QuizState", "quiz_sheet"]

Items: TypeAlias = Callable[[str], tuple[Item, ...]]
"""The same questions in a language."""


@dataclass(frozen=True, slots=True)
class QuizState:
    """What was chosen so far, for each question, and which of them is on the page."""

    chosen: tuple[int | None, ...]
    """The place of the option, from 0."""
    checked: tuple[bool, ...]
    at: int = 0
    language: str = "en"


def quiz_sheet(
    model: Model,
    seed: int = 1,
    count: int = 5,
    *,
    kinds: Iterable[Kind | str] | None = None,
    language: str = "en",
) -> Worksheet:
    """The worksheet for questions by lot; parameters as in `mgmodel.teaching.items`.

    Raises
    ------
    ValueError
        There is no such kind, or the map has no question of these kinds.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", -1), ("b", "c", -1)])
    >>> sheet = quiz_sheet(chain, kinds=["path_sign"])
    >>> state = sheet.acts["choose"](sheet.opening, (0, 1))
    >>> sheet.page(sheet.acts["check"](state, None), "light").status
    'Checked: 1 of 1. Right: 0.'
    """
    wanted = tuple(Kind) if kinds is None else tuple(map(Kind, kinds))

    @cache
    def told(language: str) -> tuple[Item, ...]:
        return items(model, seed, count, language, kinds=wanted)

    found = told(language)
    if not found:
        msg = f"The map has none of these questions (count {count}, kinds {', '.join(wanted)})."
        raise ValueError(msg)
    opening = QuizState((None,) * len(found), (False,) * len(found), language=language)
    acts = {
        "choose": lambda state, value: _choose(found, state, value),
        "check": _check,
        "previous": lambda state, _: _turned(state, -1),
        "next": lambda state, _: _turned(state, 1),
        "again": lambda state, _: replace(opening, language=state.language),
    }

    def page(state: QuizState, _theme: str) -> Page:
        return _page(told(state.language), state)

    return Worksheet("quiz", f"seed {seed}", opening, acts, page, tuple(_presses(found)))


# What can be done


def _choose(found: tuple[Item, ...], state: QuizState, value: Any) -> QuizState:
    """An option of a question, which comes on the page; places from 0."""
    item, option = value
    if type(item) is not int or not 0 <= item < len(found):
        msg = f"There is no question {item!r}; there are {len(found)}, counted from 0."
        raise ValueError(msg)
    if type(option) is not int or not 0 <= option < len(found[item].options):
        many = len(found[item].options)
        msg = f"Question {item} has no option {option!r}; there are {many}, counted from 0."
        raise ValueError(msg)
    if state.checked[item]:
        key = "worksheet.quiz.locked"
        raise Refused(key)
    chosen = (*state.chosen[:item], option, *state.chosen[item + 1 :])
    return replace(state, chosen=chosen, at=item)


def _check(state: QuizState, _: Any) -> QuizState:
    """Everything checked for which an option is chosen."""
    checked = tuple(option is not None for option in state.chosen)
    if checked == state.checked:
        key = "worksheet.quiz.choose_first"
        raise Refused(key)
    return replace(state, checked=checked)


def _turned(state: QuizState, by: int) -> QuizState:
    """Another question on the page; after the last comes the first."""
    return replace(state, at=(state.at + by) % len(state.chosen))


def _presses(found: tuple[Item, ...]) -> Iterator[tuple[str, Any]]:
    """Every option of every question chosen and checked."""
    most = max(len(item.options) for item in found)
    for option in range(most):
        for place, item in enumerate(found):
            yield "choose", (place, min(option, len(item.options) - 1))
        yield "check", None
        yield "previous", None
        yield "next", None
        yield "again", None


# What is shown


def _page(found: tuple[Item, ...], state: QuizState) -> Page:
    language, total = state.language, number(len(found), state.language)
    rights = sum(
        done and item.right == option
        for item, option, done in zip(found, state.chosen, state.checked, strict=True)
    )
    counts = {"checked": number(sum(state.checked), language), "right": number(rights, language)}
    blocks: list[Block] = [Group(f"item-{state.at}", tuple(_item(found, state)))]
    if all(state.checked):
        again = Button("again", say("worksheet.again", language))
        blocks.append(Group("closing", (again,), row=True))
    return Page(
        say("worksheet.quiz.title", language),
        say("worksheet.quiz.intro", language),
        say("worksheet.quiz.status", language, total=total, **counts),
        tuple(blocks),
    )


def _item(found: tuple[Item, ...], state: QuizState) -> Iterator[Block]:
    """The question on the page, its buttons, and what is said to the answer."""
    at, language = state.at, state.language
    item, option, done = found[at], state.chosen[at], state.checked[at]
    places = {"n": number(at + 1, language), "total": number(len(found), language)}
    yield Question(
        "choose",
        at,
        say("worksheet.quiz.item", language, question=item.question, **places),
        tuple((place, one.text) for place, one in enumerate(item.options)),
        option,
        say("worksheet.quiz.locked", language) if done else "",
        below=True,
    )
    yield Group("turning", tuple(_buttons(state)), row=True)
    if done and option is not None:
        yield _said(item, option, language)


def _buttons(state: QuizState) -> Iterator[Button]:
    language = state.language
    open_ = any(
        option is not None and not done
        for option, done in zip(state.chosen, state.checked, strict=True)
    )
    why_not = "checked" if state.checked[state.at] else "choose_first"
    refused = "" if open_ else say(f"worksheet.quiz.{why_not}", language)
    yield Button("check", say("worksheet.quiz.check", language), refused=refused, main=True)
    yield Button("previous", say("worksheet.quiz.previous", language))
    yield Button("next", say("worksheet.quiz.next", language))


def _said(item: Item, option: int, language: str) -> Feedback:
    if option == item.right:
        return right(item.reason, language)
    answer = say("worksheet.quiz.right_is", language, option=item.options[item.right].text)
    # what is said to a wrong direction tells the right path already
    reason = "" if item.kind is Kind.WHICH_WAY else item.reason
    said = " ".join(filter(None, (item.options[option].why, answer, reason)))
    return wrong(said, language)

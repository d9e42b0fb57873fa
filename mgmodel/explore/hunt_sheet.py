"""A bug hunt as a worksheet: experiments beside what the copy says, and a form for the guess.

The hunt, its hints and the check of a guess are computed in `mgmodel.teaching.hunts`. Until it is
solved or given up, nothing on the page hangs on which arrow is wrong, but for the hints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.explore.sheet_drawing import Picture, Sight, drawn, question_look
from mgmodel.explore.views import Refused, drawings
from mgmodel.explore.worksheets import (
    Block,
    Button,
    Feedback,
    Group,
    Menu,
    Page,
    Table,
    Worksheet,
    right,
    wrong,
)
from mgmodel.figures.scene import Look
from mgmodel.teaching import Checked, Fault, FaultKind, Hunt
from mgmodel.teaching import check as checked
from mgmodel.teaching.hunts import HINTS, task_in_words
from mgmodel.wording import in_words, intervention_in_words, node_name, word
from mgmodel.wording.catalogues import number, say

__all__ = ["HuntState", "hunt_sheet"]

_SIGNS = {"": "any_sign", "1": "raises", "-1": "lowers"}


@dataclass(frozen=True, slots=True)
class HuntState:
    """What stands in the form, the last guess, and what was taken on the way."""

    kind: str = FaultKind.TURNED.value
    source: str = ""
    target: str = ""
    sign: str = ""
    """"1", "-1", or nothing."""
    checked: Checked | None = None
    """The last guess."""
    guesses: int = 0
    hints: int = 0
    given_up: bool = False
    language: str = "en"


def hunt_sheet(hunt: Hunt, language: str = "en") -> Worksheet:
    """The worksheet for a hunt.

    Examples
    --------
    >>> from mgmodel import Model
    >>> from mgmodel.teaching import hunt
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
    >>> sheet = hunt_sheet(hunt(chain, 3, kinds=["turned"]))
    >>> state = sheet.acts["guess"](sheet.opening, ("turned", "a", "d", 0))
    >>> sheet.page(state, "light").status
    'Guesses: 1. Hints taken: 0 of 3.'
    """

    @cache
    def picture(solved: bool, language: str, theme: str) -> Picture:
        return drawn(hunt.map, _look(hunt, solved, Sight(_drawing(hunt), language, theme)))

    def page(state: HuntState, theme: str) -> Page:
        return _page(hunt, state, picture(_is_over(state), state.language, theme))

    acts: dict[str, Callable[[HuntState, Any], HuntState]] = {
        **{name: partial(_chosen, hunt, name) for name in ("kind", "source", "target", "sign")},
        "check": lambda state, _: _check(hunt, state),
        "guess": lambda state, value: _check(hunt, _filled_in(hunt, state, value)),
        "hint": _hint,
        "give_up": lambda state, _: replace(_open(state), given_up=True),
        "again": lambda state, _: HuntState(hints=state.hints, language=state.language),
    }
    opening = HuntState(kind=next(iter(hunt.proof.candidates)).value, language=language)
    about = f"seed {hunt.seed}, {hunt.part}"
    return Worksheet("hunt", about, opening, acts, page, tuple(_presses(hunt)))


def _is_over(state: HuntState) -> bool:
    return state.given_up or (state.checked is not None and state.checked.right)


# What can be done


def _open(state: HuntState) -> HuntState:
    """The state, while there is something left to find."""
    if _is_over(state):
        key = "worksheet.hunt.solved"
        raise Refused(key)
    return state


def _chosen(hunt: Hunt, name: str, state: HuntState, value: Any) -> HuntState:
    known = {
        "kind": [kind.value for kind in hunt.proof.candidates],
        "source": ["", *hunt.map.nodes],
        "target": ["", *hunt.map.nodes],
        "sign": list(_SIGNS),
    }[name]
    if value not in known:
        raise UnknownId(str(value), known, kind="node" if name in {"source", "target"} else name)
    return replace(_open(state), **{name: value})


def _filled_in(hunt: Hunt, state: HuntState, value: Any) -> HuntState:
    kind, source, target, sign = value
    written = {"kind": kind, "source": source, "target": target, "sign": str(sign or "")}
    for name, one in written.items():
        state = _chosen(hunt, name, state, one)
    return state


def _check(hunt: Hunt, state: HuntState) -> HuntState:
    problem = _problem(hunt, _open(state))
    if problem is not None:
        raise problem
    guess = Fault(FaultKind(state.kind), state.source, state.target, int(state.sign or 0))
    return replace(state, checked=checked(hunt, guess), guesses=state.guesses + 1)


def _problem(hunt: Hunt, state: HuntState) -> Refused | None:
    """Why what stands in the form can be no guess."""
    if not (state.source and state.target):
        return Refused("worksheet.hunt.needs_ends")
    ends = {"source": hunt.map.node(state.source), "target": hunt.map.node(state.target)}
    signs = [
        edge.sign
        for edge in hunt.map.edges.values()
        if (edge.source, edge.target) == (state.source, state.target)
    ]
    if state.kind != FaultKind.MISSING:
        there = [sign for sign in signs if state.sign in ("", str(sign))]
        return None if there else Refused("worksheet.hunt.no_arrow", **ends)
    if signs:
        return Refused("worksheet.hunt.has_arrow", **ends)
    return None if state.sign else Refused("worksheet.hunt.needs_sign")


def _hint(state: HuntState, _: Any) -> HuntState:
    if _open(state).hints >= HINTS:
        key = "worksheet.all_hints"
        raise Refused(key)
    return replace(state, hints=state.hints + 1)


def _presses(hunt: Hunt) -> Iterator[tuple[str, Any]]:
    """Every kind and every end, all hints, a wrong guess, the right one, and giving up."""
    fault = hunt.fault
    yield from (("kind", kind.value) for kind in hunt.proof.candidates)
    for name in ("source", "target"):
        yield from ((name, node) for node in ("", *hunt.map.nodes))
    yield from (("sign", sign) for sign in _SIGNS)
    yield from (("hint", None) for _ in range(HINTS))
    wrong_one = next(
        (edge for edge in hunt.map.edges.values() if edge.id != fault.edge and edge.sign), None
    )
    kinds = [kind for kind in hunt.proof.candidates if kind is not FaultKind.MISSING]
    if wrong_one is not None and kinds:
        yield "guess", (kinds[0].value, wrong_one.source, wrong_one.target, wrong_one.sign)
        yield "check", None
    yield "guess", (fault.kind.value, fault.source, fault.target, fault.sign)
    yield "again", None
    yield "give_up", None
    yield "again", None


# What is shown


def _page(hunt: Hunt, state: HuntState, picture: Picture) -> Page:
    language, over = state.language, _is_over(state)
    status = say("worksheet.hunt.solved", language)
    if not over:
        counts = {"n": state.guesses, "hints": state.hints, "all": HINTS}
        said = {name: number(value, language) for name, value in counts.items()}
        status = say("worksheet.hunt.searching", language, **said)
    blocks: list[Block] = [
        _experiments(hunt, language),
        Group("form", tuple(_form(hunt, state, over)), row=True),
        Group("closing", tuple(_closing(hunt, state, over)), row=True),
        *_told(hunt, state),
    ]
    title, task = say("worksheet.hunt.title", language), task_in_words(hunt, language)
    return Page(title, task, status, tuple(blocks), picture, beside=False)


def _experiments(hunt: Hunt, language: str) -> Table:
    """A row for each reading: what was done, what the original says, and what the copy says."""
    rows = []
    for place, (each, said) in enumerate(zip(hunt.experiments, hunt.answers, strict=True), 1):
        done = [intervention_in_words(hunt.map, one, language) for one in each.interventions]
        for nth, (reading, copy) in enumerate(zip(each.readings, said, strict=True)):
            alike = "same" if copy is reading.told else "differs"
            rows.append(
                (
                    number(place, language),
                    "" if nth else " ".join(done),
                    hunt.map.node(reading.node).label.in_language(language),
                    word(reading.told, language),
                    word(copy, language),
                    say(f"worksheet.hunt.{alike}", language),
                )
            )
    keys = ("number", "done", "node", "original", "copy", "compared")
    header = tuple(say(f"worksheet.hunt.{key}", language) for key in keys)
    return Table(say("worksheet.hunt.experiments", language), header, tuple(rows))


def _form(hunt: Hunt, state: HuntState, over: bool) -> Iterator[Menu]:
    language = state.language
    locked = say("worksheet.hunt.solved", language) if over else ""
    kinds = tuple(
        (kind.value, say(f"teaching.hunt.kind.{kind.value}", language))
        for kind in hunt.proof.candidates
    )
    named = sorted(
        ((node.id, node_name(node, language)) for node in hunt.map.nodes.values()),
        key=lambda one: one[1].casefold(),
    )
    nodes = (("", say("worksheet.hunt.not_chosen", language)), *named)
    signs = tuple((sign, say(f"worksheet.hunt.{key}", language)) for sign, key in _SIGNS.items())
    for name, options in (("kind", kinds), ("source", nodes), ("target", nodes), ("sign", signs)):
        key = "what" if name == "kind" else name
        label = say(f"worksheet.hunt.{key}", language)
        yield Menu(name, label, options, getattr(state, name), locked)


def _closing(hunt: Hunt, state: HuntState, over: bool) -> Iterator[Block]:
    language = state.language
    problem = None if over else _problem(hunt, state)
    done = say("worksheet.hunt.solved", language) if over else ""
    refused = problem.in_language(language) if problem else done
    yield Button("check", say("worksheet.hunt.check", language), refused=refused, main=True)
    yield Button("hint", _hint_label(state), refused=_no_hint(state) or done, quiet=True)
    yield Button("give_up", say("worksheet.hunt.show_solution", language), refused=done, quiet=True)
    if over:
        yield Button("again", say("worksheet.again", language))


def _hint_label(state: HuntState) -> str:
    step, language = min(state.hints + 1, HINTS), state.language
    places = {"n": number(step, language), "all": number(HINTS, language)}
    return say("worksheet.hint", language, **places)


def _no_hint(state: HuntState) -> str:
    return say("worksheet.all_hints", state.language) if state.hints == HINTS else ""


def _told(hunt: Hunt, state: HuntState) -> Iterator[Feedback]:
    """What is said to the last guess, or the solution; then the hints."""
    language, found = state.language, state.checked
    if found is not None:
        yield (right if found.right else wrong)(in_words(found, language), language)
    if state.given_up:
        named = say("worksheet.hunt.solution", language)
        yield Feedback("hint", "→", named, hunt.solution(language))
    for step in range(1, state.hints + 1):
        named = say("worksheet.hint_word", language, n=number(step, language))
        yield Feedback("hint", "?", named, hunt.hint(step, language))


def _drawing(hunt: Hunt) -> str:
    return hunt.part if hunt.part in drawings(hunt.map) else "whole"


def _look(hunt: Hunt, solved: bool, sight: Sight) -> Look:
    """The copy; the wrong arrow is marked only when it is known."""
    plain = question_look(hunt.map, (), (), sight)
    if not solved:
        return plain
    fault = hunt.fault
    marked = frozenset(filter(None, (fault.edge, fault.source, fault.target)))
    return replace(plain, highlight=marked)

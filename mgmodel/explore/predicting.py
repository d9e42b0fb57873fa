"""Predict, observe, explain: the worksheet on which a student commits before the map answers.

What is asked, marked and hinted is computed in `mgmodel.teaching`; here stands what is shown of it,
and when. Before the answers are committed, nothing on the page hangs on what the map says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.explore.prediction_question import (
    Asked,
    picture_of_question,
    question_in_words,
)
from mgmodel.explore.sheet_drawing import Picture
from mgmodel.explore.views import Refused
from mgmodel.explore.worksheets import (
    Block,
    Button,
    Download,
    Feedback,
    Group,
    Page,
    Question,
    Text,
    Worksheet,
    right,
    wrong,
)
from mgmodel.teaching import Answer, Marked, Prediction, hints_for, mark, pool
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import join, number, say

__all__ = [
    "Guess",
    "PredictingState",
    "hints_told",
    "predicting_sheet",
    "results_of",
    "results_to_save",
]

HINTS = 3
_SURE = {1: "guess", 2: "rather", 3: "sure"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What is answered of one node so far."""

    node: str
    answer: Answer | None = None
    confidence: int = 2
    hints: int = 0
    """How many hints were taken, 0 to 3."""


@dataclass(frozen=True, slots=True)
class PredictingState:
    """Everything that was answered so far, a guess for each node."""

    guesses: tuple[Guess, ...]
    committed: bool = False
    language: str = "en"


def predicting_sheet(asked: Asked, language: str = "en") -> Worksheet:
    """The worksheet for a question.

    Examples
    --------
    >>> from mgmodel.explore.prediction_question import asked_of
    >>> from mgmodel import Model, Press
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> sheet = predicting_sheet(asked_of(chain, [Press("a")], ["c"]))
    >>> state = sheet.acts["answer"](sheet.opening, ("c", "falls"))
    >>> sheet.page(sheet.acts["commit"](state, None), "light").status
    'Right: 1 of 1.'
    """
    opening = PredictingState(tuple(map(Guess, asked.nodes)), language=language)

    @cache
    def picture(answered: bool, language: str, theme: str) -> Picture:
        return picture_of_question(asked, language, theme, answered=answered)

    def page(state: PredictingState, theme: str) -> Page:
        return _page(asked, state, picture(state.committed, state.language, theme))

    about = ", ".join(asked.nodes)
    return Worksheet("prediction", about, opening, _acts(asked), page, tuple(_presses(asked)))


# What can be done


def _guess(state: PredictingState, node: str) -> Guess:
    found = next((one for one in state.guesses if one.node == node), None)
    if found is None:
        raise UnknownId(str(node), [one.node for one in state.guesses], kind="node to be answered")
    return found


def _with(state: PredictingState, node: str, **changes: Any) -> PredictingState:
    if state.committed:
        key = "worksheet.predict.locked"
        raise Refused(key)
    changed = replace(_guess(state, node), **changes)
    guesses = tuple(changed if one.node == node else one for one in state.guesses)
    return replace(state, guesses=guesses)


def _answer(state: PredictingState, value: Any) -> PredictingState:
    node, answer = value
    checked = Prediction(node, answer)
    return _with(state, node, answer=checked.answer)


def _confidence(state: PredictingState, value: Any) -> PredictingState:
    node, sure = value
    Prediction(node, Answer.DEPENDS, sure)
    return _with(state, node, confidence=sure)


def _predict(state: PredictingState, value: Any) -> PredictingState:
    node, answer, sure = value
    given = Prediction(node, answer, sure)
    return _with(state, node, answer=given.answer, confidence=given.confidence)


def _hint(state: PredictingState, node: Any) -> PredictingState:
    hints = _guess(state, node).hints
    if hints >= HINTS:
        key = "worksheet.all_hints"
        raise Refused(key)
    return _with(state, node, hints=hints + 1)


def _commit(asked: Asked, state: PredictingState, _: Any) -> PredictingState:
    if state.committed:
        key = "worksheet.predict.locked"
        raise Refused(key)
    nodes = tuple(asked.model.node(one.node) for one in state.guesses if one.answer is None)
    if nodes:
        key = "worksheet.predict.unanswered"
        raise Refused(key, nodes=nodes)
    return replace(state, committed=True)


def _again(state: PredictingState, _: Any) -> PredictingState:
    """The answers taken back; that hints were taken stays known."""
    guesses = tuple(replace(one, answer=None, confidence=2) for one in state.guesses)
    return replace(state, guesses=guesses, committed=False)


def _acts(asked: Asked) -> Mapping[str, Callable[[PredictingState, Any], PredictingState]]:
    return {
        "answer": _answer,
        "confidence": _confidence,
        "predict": _predict,
        "hint": _hint,
        "commit": partial(_commit, asked),
        "again": _again,
    }


def _presses(asked: Asked) -> Iterator[tuple[str, Any]]:
    """Every option and every hint, then all committed with each of the four answers."""
    for node in asked.nodes:
        yield from (("answer", (node, answer.value)) for answer in Answer)
        yield from (("confidence", (node, sure)) for sure in _SURE)
        yield from (("hint", node) for _ in range(HINTS))
    for answer in Answer:
        yield from (("predict", (node, answer.value, 2)) for node in asked.nodes)
        yield "commit", None
        yield "again", None


# What is shown


def results_of(asked: Asked, state: PredictingState) -> tuple[Marked, ...]:
    """The answers marked; none before they are committed.

    Examples
    --------
    >>> from mgmodel.explore.prediction_question import asked_of
    >>> from mgmodel import Model, Press
    >>> asked = asked_of(Model.from_edges([("a", "b", 1)]), [Press("a")], ["b"])
    >>> results_of(asked, PredictingState((Guess("b", Answer.FALLS),)))
    ()
    >>> results_of(asked, PredictingState((Guess("b", Answer.FALLS),), committed=True))
    (Marked(b falls; the map says rises: sign slip),)
    """
    if not state.committed:
        return ()
    given = [
        Prediction(one.node, one.answer, one.confidence) for one in state.guesses if one.answer
    ]
    question = asked.interventions
    return tuple(mark(asked.ensemble, question, each, before=asked.before) for each in given)


def results_to_save(asked: Asked, state: PredictingState) -> str:
    """The text of a file with the answers, as `mgmodel.teaching.Pool.from_file` reads it.

    Raises
    ------
    Refused
        Nothing is committed yet.

    Examples
    --------
    >>> from mgmodel.explore.prediction_question import asked_of
    >>> from mgmodel import Model, Press
    >>> asked = asked_of(Model.from_edges([("a", "b", 1)]), [Press("a")], ["b"])
    >>> results_to_save(asked, PredictingState((Guess("b", Answer.FALLS),)))
    Traceback (most recent call last):
    mgmodel.explore.views.Refused: Nothing is committed yet, so there are no answers to save.
    """
    if not state.committed:
        key = "worksheet.predict.not_committed"
        raise Refused(key)
    return f"{pool(results_of(asked, state)).as_file()}\n"


def hints_told(asked: Asked, state: PredictingState, node: str) -> tuple[str, ...]:
    """The hints that were taken for a node, in their order.

    Examples
    --------
    >>> from mgmodel.explore.prediction_question import asked_of
    >>> from mgmodel import Model, Press
    >>> asked = asked_of(Model.from_edges([("a", "b", 1)]), [Press("a")], ["b"])
    >>> len(hints_told(asked, PredictingState((Guess("b", hints=2),)), "b"))
    2
    """
    taken = _guess(state, node).hints
    if not taken:
        return ()
    question, before = asked.interventions, asked.before
    told = hints_for(asked.ensemble, question, node, before=before, language=state.language)
    return told[:taken]


def _page(asked: Asked, state: PredictingState, picture: Picture) -> Page:
    language, results = state.language, results_of(asked, state)
    marked = {each.prediction.node: each for each in results}
    groups = [_about(asked, state, one, marked.get(one.node)) for one in state.guesses]
    open_ = [asked.name(one.node, language) for one in state.guesses if one.answer is None]
    counts = {"total": number(len(state.guesses), language)}
    if results:
        found = number(sum(each.right for each in results), language)
        status = say("teaching.pool.right", language, right=found, **counts)
    else:
        done = number(len(state.guesses) - len(open_), language)
        status = say("worksheet.answered", language, n=done, **counts)
    closing = Group("closing", tuple(_closing(asked, state, open_, bool(results))), row=True)
    return Page(
        say("worksheet.predict.title", language),
        question_in_words(asked, language),
        status,
        (*groups, closing),
        picture,
    )


def _about(asked: Asked, state: PredictingState, guess: Guess, marked: Marked | None) -> Group:
    """All that is asked and said of one node."""
    language, node = state.language, guess.node
    locked = say("worksheet.predict.locked", language) if state.committed else ""
    named = asked.name(node, language)
    answers = tuple((one.value, in_words(one, language)) for one in Answer)
    sure = tuple((n, say(f"worksheet.predict.sure.{how}", language)) for n, how in _SURE.items())
    chosen = guess.answer.value if guess.answer else None
    prompt = say("worksheet.predict.what_becomes", language, node=named)
    blocks: list[Block] = [
        Question("answer", node, prompt, answers, chosen, locked),
        Question(
            "confidence",
            node,
            say("worksheet.predict.how_sure", language),
            sure,
            guess.confidence,
            locked,
        ),
    ]
    if marked is None:
        blocks += _hints(asked, state, guess)
    else:
        said = " ".join(filter(None, (marked.sentence(language), marked.explanation(language))))
        blocks.append((right if marked.right else wrong)(said, language))
        if guess.hints:
            taken = number(guess.hints, language), number(HINTS, language)
            blocks.append(Text(say("worksheet.hints_taken", language, n=taken[0], all=taken[1])))
    return Group(node, tuple(blocks))


def _hints(asked: Asked, state: PredictingState, guess: Guess) -> Iterator[Block]:
    language = state.language
    step = min(guess.hints + 1, HINTS)
    label = say("worksheet.hint", language, n=number(step, language), all=number(HINTS, language))
    gone = say("worksheet.all_hints", language) if guess.hints == HINTS else ""
    yield Button("hint", label, guess.node, gone)
    for step, text in enumerate(hints_told(asked, state, guess.node), 1):
        word = say("worksheet.hint_word", language, n=number(step, language))
        yield Feedback("hint", "?", word, text)


def _closing(
    asked: Asked, state: PredictingState, open_: list[str], committed: bool
) -> Iterator[Block]:
    """To commit, and what can be done after that."""
    language = state.language
    refused = ""
    if committed:
        refused = say("worksheet.predict.committed", language)
    elif open_:
        refused = say("worksheet.predict.still_open", language, nodes=join(open_, language))
    yield Button("commit", say("worksheet.predict.commit", language), refused=refused, main=True)
    if committed:
        label = say("worksheet.predict.save", language)
        yield Download("answers", label, "answers.json", results_to_save(asked, state))
        yield Button("again", say("worksheet.again", language))

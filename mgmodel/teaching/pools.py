"""The answers of many students counted, without a name of anybody, and as a small file.

A file holds what was asked in short form and how often each answer was given with each confidence.
Whether an answer is right is never stored: it is asked of the map again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from mgmodel.errors import MgModelError
from mgmodel.interventions import Intervention, check, parse, written
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble
from mgmodel.teaching.cases import Answer
from mgmodel.teaching.mistakes import Mistake
from mgmodel.teaching.predictions import SUREST, Marked, Prediction, mark
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words, intervention_in_words, node_name
from mgmodel.wording.catalogues import join, number, say

__all__ = ["Pool", "PoolFileError", "Pooled", "Question", "pool", "told_of"]

FORMAT = 1


class PoolFileError(MgModelError):
    """A file of answers that cannot be read; `problems` lists all that is wrong with it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, order=True, slots=True)
class Question:
    """What was asked, in short form."""

    node: str
    asked: tuple[str, ...]
    before: tuple[str, ...] | None = None
    """What it was compared with; None for the map left alone."""


@dataclass(frozen=True)
class Pool:
    """How often each answer was given to each question of one map."""

    fingerprint: str
    """Of the map that was asked; empty where nothing was answered."""
    counts: Mapping[Question, Mapping[tuple[Answer, int], int]]
    """By question, how often each answer was given with each confidence, none of them 0; in the
    order in which they were first answered."""

    @property
    def total(self) -> int:
        """The number of answers."""
        return sum(sum(each.values()) for each in self.counts.values())

    def __add__(self, other: Pool) -> Pool:
        """Both together; `ValueError` where they are of two maps."""
        if not isinstance(other, Pool):
            return NotImplemented
        prints = {each.fingerprint for each in (self, other) if each.fingerprint}
        if len(prints) > 1:
            msg = f"The answers are of two maps, {' and '.join(sorted(prints))}; pool one map."
            raise ValueError(msg)
        counts: dict[Question, Counter[tuple[Answer, int]]] = {}
        for question, answers in (*self.counts.items(), *other.counts.items()):
            counts.setdefault(question, Counter()).update(answers)
        return _frozen(next(iter(prints), ""), counts)

    def as_file(self) -> str:
        """The text of a file that `Pool.from_file` reads back.

        Examples
        --------
        >>> print(pool([]).as_file())
        {
          "mgmodel_answers": 1,
          "map": "",
          "questions": []
        }
        """
        questions = [
            {
                "node": question.node,
                "asked": list(question.asked),
                "before": None if question.before is None else list(question.before),
                "answers": _by_answer(answers),
            }
            for question, answers in self.counts.items()
        ]
        held = {"mgmodel_answers": FORMAT, "map": self.fingerprint, "questions": questions}
        return json.dumps(held, indent=2, ensure_ascii=False)

    @classmethod
    def from_file(cls, text: str, model: Model) -> Pool:
        """The answers that a file holds.

        Parameters
        ----------
        text
            As `Pool.as_file` writes it.
        model
            The map; its fingerprint has to be that of the file.

        Raises
        ------
        PoolFileError
            With all that is wrong, one line each.

        Examples
        --------
        >>> Pool.from_file('{"mgmodel_answers": 1}', Model.from_edges([("a", "b", -1)]))
        Traceback (most recent call last):
        mgmodel.teaching.pools.PoolFileError: "questions" is no list.
        """
        return _held_in(text, model)

    def __repr__(self) -> str:
        return f"Pool({self.total} answers to {len(self.counts)} questions)"


def pool(results: Iterable[Marked]) -> Pool:
    """Marked answers, counted; who gave them is not asked.

    Raises
    ------
    ValueError
        Answers about two maps.

    Examples
    --------
    >>> from mgmodel import Ensemble, Model, Press
    >>> chain = Ensemble(Model.from_edges([("a", "b", -1)]), weightings=5)
    >>> given = [Prediction("b", "falls", 3), Prediction("b", "falls", 3), Prediction("b", "rises")]
    >>> pool(mark(chain, [Press("a")], each) for each in given)
    Pool(3 answers to 1 questions)
    """
    found = Pool("", MappingProxyType({}))
    for each in results:
        before = None if each.before is None else tuple(map(written, each.before))
        question = Question(each.prediction.node, each.asked, before)
        one = {(each.prediction.answer, each.prediction.confidence): 1}
        found += Pool(each.fingerprint, {question: one})
    return found


def _held_in(text: str, model: Model) -> Pool:
    try:
        held = json.loads(text)
    except ValueError as error:
        raise PoolFileError([f"This is no file of answers: {error}."]) from None
    if not isinstance(held, dict):
        raise PoolFileError(["This is no file of answers: it holds no {...}."])
    problems: list[str] = []
    version, fingerprint = held.get("mgmodel_answers"), held.get("map")
    if version != FORMAT:
        problems.append(
            f"The format is {version!r}; this version of mgmodel reads format {FORMAT}."
        )
    rows = held.get("questions")
    if fingerprint != model.fingerprint and (rows or fingerprint):
        problems.append(
            f"The answers are of the map {fingerprint!r}, and this is the map "
            f"{model.fingerprint!r}; load the map that was asked."
        )
    if not isinstance(rows, list):
        raise PoolFileError([*problems, '"questions" is no list.'])
    counts: dict[Question, Counter[tuple[Answer, int]]] = {}
    for place, row in enumerate(rows, 1):
        wrong = _read(row, model, counts)
        problems += [f"Question {place}: {each}" for each in wrong]
    if problems:
        raise PoolFileError(problems)
    return _frozen(model.fingerprint if rows else "", counts)


def _read(row: Any, model: Model, counts: dict[Question, Counter[tuple[Answer, int]]]) -> list[str]:
    """Puts one question of a file among the counts; what is wrong with it, if anything is."""
    if not isinstance(row, dict):
        return ["it is no {...}."]
    node, answers = row.get("node"), row.get("answers")
    wrong = [] if node in model.nodes else [f"the map has no node {node!r}."]
    asked, before = row.get("asked"), row.get("before")
    for side in (asked, before) if before is not None else (asked,):
        wrong += _wrong_side(side, model)
    if not isinstance(answers, dict):
        return [*wrong, '"answers" is no {...}.']
    found: Counter[tuple[Answer, int]] = Counter()
    for word, numbers in answers.items():
        if word not in list(Answer):
            wrong.append(f"{word!r} is no answer; there are {', '.join(Answer)}.")
        elif not _are_counts(numbers):
            wrong.append(f"{word!r} needs {SUREST} counts, from a guess to sure, none below 0.")
        else:
            found.update({(Answer(word), sure): n for sure, n in enumerate(numbers, 1) if n})
    if not wrong:
        sides = [None if side is None else tuple(map(str, side)) for side in (asked, before)]
        question = Question(str(node), sides[0] or (), sides[1])
        counts.setdefault(question, Counter()).update(found)
    return wrong


def _wrong_side(side: Any, model: Model) -> list[str]:
    if not (isinstance(side, list) and all(isinstance(each, str) for each in side)):
        return [f"{side!r} is no list of interventions in short form."]
    wrong, read = [], []
    for text in side:
        try:
            read.append(parse(text))
            check(model, read[-1:])
        except (ValueError, MgModelError) as error:
            wrong.append(str(error))
    if not wrong:
        try:
            check(model, read)
        except ValueError as error:
            wrong.append(str(error))
    return wrong


def _are_counts(numbers: Any) -> bool:
    if not isinstance(numbers, list) or len(numbers) != SUREST:
        return False
    return all(type(number) is int and number >= 0 for number in numbers)


def _by_answer(answers: Mapping[tuple[Answer, int], int]) -> dict[str, list[int]]:
    """For each answer that was given, how often with each confidence."""
    given = {answer for answer, _ in answers}
    sure = range(1, SUREST + 1)
    return {
        answer.value: [answers.get((answer, level), 0) for level in sure]
        for answer in Answer
        if answer in given
    }


def _frozen(fingerprint: str, counts: Mapping[Question, Mapping[tuple[Answer, int], int]]) -> Pool:
    kept = {
        question: MappingProxyType({key: n for key, n in answers.items() if n})
        for question, answers in counts.items()
    }
    return Pool(fingerprint, MappingProxyType({q: each for q, each in kept.items() if each}))


@dataclass(frozen=True)
class Pooled:
    """All answers to one question, beside what the map says."""

    question: Question
    truth: Verdict
    answers: Mapping[tuple[Answer, int], int]
    mistakes: Mapping[Mistake, int]
    """How often each mistake was made, the most frequent first."""
    sure_and_wrong: int
    """How many are wrong and were given with the highest confidence: what is most worth telling."""
    _model: Model = field(repr=False, compare=False)

    @property
    def total(self) -> int:
        """The number of answers."""
        return sum(self.answers.values())

    @property
    def right(self) -> int:
        """How many of them are right."""
        return self.total - sum(self.mistakes.values())


def told_of(ensemble: Ensemble, pooled: Pool) -> tuple[Pooled, ...]:
    """Each question of a pool with what the map says and the mistakes that were made.

    Raises
    ------
    ValueError
        The answers are of another map.

    Examples
    --------
    >>> from mgmodel import Press
    >>> chain = Ensemble(Model.from_edges([("a", "b", -1)]), weightings=5)
    >>> given = [Prediction("b", "falls"), Prediction("b", "rises", 3)]
    >>> found = told_of(chain, pool(mark(chain, [Press("a")], each) for each in given))
    >>> print(in_words(found[0]))
    Push a up by 1. What became of b? Answers “Rises”: 1. Answers “Falls”: 1. Right: 1 of 2.
    Sure and not right: 1. Mistakes: slip of sign (1).
    """
    model = ensemble.model
    if pooled.fingerprint not in {"", model.fingerprint}:
        msg = (
            f"The answers are of the map {pooled.fingerprint}, and this ensemble is of "
            f"{model.fingerprint}; give one of the map that was asked."
        )
        raise ValueError(msg)
    return tuple(_told(ensemble, each, pooled.counts[each]) for each in pooled.counts)


def _told(
    ensemble: Ensemble, question: Question, answers: Mapping[tuple[Answer, int], int]
) -> Pooled:
    sides = [None if side is None else _parsed(side) for side in (question.asked, question.before)]
    marks = {
        answer: mark(ensemble, sides[0] or (), Prediction(question.node, answer), before=sides[1])
        for answer in dict.fromkeys(answer for answer, _ in answers)
    }
    made: Counter[Mistake] = Counter()
    sure = 0
    for (answer, confidence), n in answers.items():
        mistake = marks[answer].mistake
        if mistake is not None:
            made[mistake] += n
            sure += n * (confidence == SUREST)
    truth = next(iter(marks.values())).truth
    ranked = MappingProxyType(dict(made.most_common()))
    return Pooled(question, truth, answers, ranked, sure, ensemble.model)


def _parsed(side: Sequence[str]) -> tuple[Intervention, ...]:
    return tuple(map(parse, side))


# In words


@in_words.register
def _pooled_in_words(found: Pooled, language: str = "en") -> str:
    """What was asked, how often each answer was given, how many were right, and the mistakes."""
    model, question = found._model, found.question
    node = node_name(model.node(question.node), language)
    asked = _side_in_words(model, question.asked, language)
    said = [say("teaching.pool.asked", language, asked=asked, node=node)]
    if question.before is not None:
        before = _side_in_words(model, question.before, language)
        said.append(say("teaching.pool.compared", language, before=before))
    for answer in Answer:
        n = sum(count for (given, _), count in found.answers.items() if given is answer)
        if n:
            told, counted = in_words(answer, language), number(n, language)
            said.append(say("teaching.pool.answer", language, answer=told, n=counted))
    right, total = number(found.right, language), number(found.total, language)
    said.append(say("teaching.pool.right", language, right=right, total=total))
    if found.sure_and_wrong:
        n_sure = number(found.sure_and_wrong, language)
        said.append(say("teaching.pool.sure_and_wrong", language, n=n_sure))
    if found.mistakes:
        named = [
            f"{say(f'teaching.mistake_word.{mistake}', language)} ({number(n, language)})"
            for mistake, n in found.mistakes.items()
        ]
        said.append(say("teaching.pool.mistakes", language, mistakes=join(named, language)))
    return " ".join(said)


@in_words.register
def _pool_in_words(found: Pool, language: str = "en") -> str:
    """How many answers there are to how many questions."""
    if not found.total:
        return say("teaching.pool.empty", language)
    totals = number(found.total, language), number(len(found.counts), language)
    return say("teaching.pool.held", language, answers=totals[0], questions=totals[1])


def _side_in_words(model: Model, side: Sequence[str], language: str) -> str:
    said = [intervention_in_words(model, each, language) for each in _parsed(side)]
    return " ".join(said) or say("teaching.pool.baseline", language)

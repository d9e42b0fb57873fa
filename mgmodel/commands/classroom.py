"""Commands for a classroom: the anonymous answers of many, counted and held against the map."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mgmodel.commands.answers import Answer
from mgmodel.datafiles import load_model
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble
from mgmodel.teaching import Pool, Pooled, pool, told_of
from mgmodel.teaching.pools import PoolFileError
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import number, say

__all__ = ["answers"]


def answers(options: argparse.Namespace) -> Answer:
    """What the answers in many files say, pooled; files that cannot be read are complained of."""
    model = load_model(options.data)
    language = options.language
    pools, problems = _read(options.file, model)
    pooled = sum(pools, pool([]))
    told = told_of(Ensemble(model), pooled)
    counted = number(len(pools), language), number(len(options.file), language)
    read = say("teaching.pool.files", language, n=counted[0], total=counted[1])
    lines = (
        f"{read} {in_words(pooled, language)}",
        *(f"- {in_words(each, language)}" for each in told),
    )
    data = {
        "files": len(options.file),
        "files_read": len(pools),
        "problems": problems,
        "answers": pooled.total,
        "questions": [_plain(each, language) for each in told],
    }
    return Answer(lines if pools else (), data, tuple(problems), int(bool(problems)))


def _read(names: Sequence[str], model: Model) -> tuple[list[Pool], list[str]]:
    """The pool of each file that can be read, and all that is wrong with the others."""
    pools, problems, seen = [], [], set()
    for name in names:
        path = Path(name).resolve()
        found = ["it is named twice, and was counted once."] if path in seen else []
        seen.add(path)
        if not found:
            try:
                pools.append(Pool.from_file(path.read_text(encoding="utf-8"), model))
            except PoolFileError as error:
                found = list(error.problems)
            except (OSError, UnicodeDecodeError) as error:
                found = [f"it cannot be read: {getattr(error, 'strerror', '') or error}."]
        problems += [f"{name}: {what}" for what in found]
    return pools, problems


def _plain(told: Pooled, language: str) -> dict[str, Any]:
    """A question and its answers for machines: each answer with its counts by confidence."""
    question = told.question
    return {
        "node": question.node,
        "asked": question.asked,
        "before": question.before,
        "truth": str(told.truth),
        "answers": dict(_counts(told)),
        "total": told.total,
        "right": told.right,
        "sure_and_wrong": told.sure_and_wrong,
        "mistakes": {str(mistake): n for mistake, n in told.mistakes.items()},
        "sentence": in_words(told, language),
    }


def _counts(told: Pooled) -> Iterator[tuple[str, dict[str, int]]]:
    given = dict.fromkeys(answer for answer, _ in told.answers)
    for answer in given:
        held = sorted((sure, n) for (each, sure), n in told.answers.items() if each is answer)
        yield str(answer), {str(sure): n for sure, n in held}

"""Is `respond` right more often than the sign of the shortest paths, on what somebody measured?

    .venv/bin/python benchmarks/verdicts.py

Every measured expectation that expects a rise or a fall, and asks for nothing but presses and
knock-outs, is put to both. The sign of the shortest paths is what most tools show: of all shortest
paths from what is pushed, or missing, to the watched node, if they agree.
"""

from __future__ import annotations

from collections import Counter

import mgmodel as mg
from mgmodel.inquiry.expectations import Question, questions
from mgmodel.vocabulary import ExpectationKind, Outcome, Verdict

LONGEST = 20
DIRECTIONS = {Verdict.RISES: 1, Verdict.FALLS: -1}


def pushes(question: Question) -> dict[str, int]:
    """What is pushed, and which way; empty where a path cannot be asked the question."""
    asked = [each for each in question.after if each not in (question.before or ())]
    both = (*asked, *(question.before or ()))
    if not all(isinstance(each, mg.Press | mg.KnockOut) for each in both):
        return {}
    return {
        each.node: 1 if isinstance(each, mg.Press) and each.amount > 0 else -1 for each in asked
    }


def path_signs(model: mg.Model, source: str, target: str) -> set[int]:
    """Signs of all shortest paths."""
    if source == target:
        return {1}
    for length in range(1, LONGEST + 1):
        found = mg.signed_paths(model, source, target, max_length=length)
        if found:
            return {route.sign for route in found}
    return set()


def told_by_paths(model: mg.Model, question: Question) -> str:
    """What the sign of the shortest paths makes of one expectation."""
    expected = DIRECTIONS[question.expectation.expected]
    signs = {
        way * sign
        for source, way in pushes(question).items()
        for sign in path_signs(model, source, question.expectation.node)
    }
    if signs == {expected}:
        return "right"
    return "wrong" if signs == {-expected} else "undecided"


def main() -> None:
    """Print the table."""
    model = mg.load_model()
    words = {Outcome.AGREE: "right", Outcome.DISAGREE: "wrong", Outcome.CANNOT_SAY: "undecided"}
    told = {each.expectation.id: words[each.outcome] for each in mg.examine(model)}
    asked = [
        each
        for each in questions(model, [ExpectationKind.MEASURED])[0]
        if each.expectation.expected in DIRECTIONS and pushes(each)
    ]
    rows = {
        "respond": Counter(told[each.expectation.id] for each in asked),
        "sign of the shortest paths": Counter(told_by_paths(model, each) for each in asked),
    }
    print(f"{len(asked)} measured expectations of a rise or a fall")
    print(f"{'':28}{'right':>10}{'wrong':>10}{'undecided':>12}")
    for name, counts in rows.items():
        print(f"{name:28}{counts['right']:>10}{counts['wrong']:>10}{counts['undecided']:>12}")


if __name__ == "__main__":
    main()

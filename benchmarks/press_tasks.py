"""Questions about levels, beside the same answers worked out afresh with numpy and scipy.

Run in a process of its own, `python press_tasks.py TASK SECONDS`: prints one line of JSON for
each tool. The other side gets the very same weights, and answers must agree to 1e-6 before a time
is told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from networks import network
from stopwatch import timed

from mgmodel import Ensemble, KnockOut, Model, Press, load_model, respond
from mgmodel.reasoning import weighting_arrays
from mgmodel.reasoning import weightings as in_lists
from mgmodel.reasoning.adjacency import adjacency

ALPHA, NEGLIGIBLE = 0.9, 1e-6
PRESS = "press with a knock-out, 1,000 weightings"
QUESTIONS = 5
Side = tuple[str, Callable[[], Any], Callable[[Any], np.ndarray]]
"""A tool, its work, and the numbers in its answer that the others must have too."""


def main() -> int:
    """Time every side of one task."""
    task, budget = sys.argv[1], float(sys.argv[2])
    expected, questions = None, QUESTIONS if task == PRESS else 1
    try:
        for tool, work, numbers in SIDES[task]():
            done = timed(work, budget)
            found = numbers(done.answer)
            expected = found if expected is None else expected
            line = {"tool": tool, "seconds": done.seconds / questions, "runs": done.runs}
            line["answer"] = "the same" if np.allclose(found, expected, atol=1e-6) else "another"
            print(json.dumps(line), flush=True)
    except ImportError as error:
        print(json.dumps({"tool": "mgmodel", "missing": f"not built yet ({error})"}))
    return 0


def entries(model: Model, weightings: int) -> np.ndarray:
    """What each arrow passes on in each weighting: (arrows, weightings)."""
    here = adjacency(model)
    drawn = in_lists.lottery(here)
    return weighting_arrays.draw(here, drawn, alpha=ALPHA, weightings=weightings, seed=0)


def matrices(model: Model, passed_on: np.ndarray) -> np.ndarray:
    """A of every weighting: (weightings, nodes, nodes)."""
    here = adjacency(model)
    size = len(here.nodes)
    found = np.zeros((passed_on.shape[1], size, size))
    for arrow, (source, target) in enumerate(zip(here.sources, here.targets, strict=True)):
        found[:, target, source] += passed_on[arrow]
    return found


def press_and_knock_out() -> Iterator[Side]:
    """One node pressed and another out, on the shipped map; the time is that of one question."""
    model = load_model()
    source, hubs = network("shipped").hubs(QUESTIONS)
    ensemble = Ensemble(model, alpha=ALPHA, weightings=1000)
    nodes = list(adjacency(model).nodes)
    a_of = matrices(model, entries(model, 1000))

    def ours() -> list[Any]:
        answers = [ensemble.respond(Press(source), KnockOut(hub)) for hub in hubs]
        for answer in answers:
            answer.direction  # noqa: B018  # verdicts are made when they are asked for
        return answers

    def afresh() -> list[np.ndarray]:
        return [solved(hub) for hub in hubs]

    def solved(hub: str) -> np.ndarray:
        pressed, out = nodes.index(source), nodes.index(hub)
        left = np.eye(len(nodes)) - a_of
        left[:, out] = 0.0
        left[:, out, out] = 1.0
        right = np.zeros((len(a_of), len(nodes), 1))
        right[:, pressed] = 1.0
        right[:, out] = -0.5
        levels = np.linalg.solve(left, right)[:, :, 0]
        free = np.arange(len(nodes)) != out
        return np.array([(s * levels > NEGLIGIBLE).mean(0) * free for s in (1, -1)])

    def fractions(answers: list[Any]) -> np.ndarray:
        return np.array([[[way[n] for n in nodes] for way in (a.rises, a.falls)] for a in answers])

    yield "mgmodel", ours, fractions
    yield "numpy", afresh, np.array


def knock_outs() -> Iterator[Side]:
    """The lasting state under each single knock-out of the shipped map; peers go one by one."""
    from mgmodel.dynamics import steady_states

    model = load_model()
    here = adjacency(model)
    size = len(here.nodes)
    entering = np.bincount(here.targets, minlength=size)
    a_of = np.zeros((size, size))
    for source, target, sign in zip(here.sources, here.targets, here.signs, strict=True):
        a_of[target, source] += ALPHA * sign / entering[target]
    questions = [KnockOut(node) for node in here.nodes]

    def slope(out: int, deviation: np.ndarray) -> np.ndarray:
        change = 1.0 / (1.0 + np.exp(-4.0 * (a_of @ deviation))) - 0.5 - deviation
        change[out] = 0.0
        return change

    def start(out: int) -> np.ndarray:
        deviation = np.zeros(size)
        deviation[out] = -0.5
        return deviation

    def stepped() -> list[np.ndarray]:
        found = []
        for out in range(size):
            deviation = start(out)
            while np.abs(change := slope(out, deviation)).max() > 1e-9:
                deviation = deviation + change
            found.append(deviation)
        return found

    def integrated() -> list[np.ndarray]:
        from scipy.integrate import solve_ivp

        return [
            solve_ivp(
                lambda _, deviation, out=out: slope(out, deviation),
                (0.0, 400.0),
                start(out),
                method="LSODA",
                rtol=1e-8,
                atol=1e-10,
            ).y[:, -1]
            for out in range(size)
        ]

    def levels(states: Any) -> np.ndarray:
        return np.array([[state.level[node] for node in here.nodes] for state in states])

    yield "mgmodel", lambda: steady_states(model, questions, alpha=ALPHA), levels
    yield "numpy", stepped, np.array
    yield "scipy", integrated, np.array


def press_at_large(name: str) -> Iterator[Side]:
    """One node pressed, one weighting: numpy sums I + A + A^2 + ..., scipy factors I - A."""
    from scipy.sparse import csr_array, identity
    from scipy.sparse.linalg import spsolve

    asked = network(name)
    model = Model.from_edges(asked.triples)
    here = adjacency(model)
    size, (source, _) = len(here.nodes), asked.hubs(1)
    passed_on = entries(model, 1)[:, 0]
    sources, targets = np.array(here.sources), np.array(here.targets)
    right = np.zeros(size)
    right[here.number[source]] = 1.0

    def summed() -> np.ndarray:
        levels = term = right
        while np.abs(term).max() > 1e-9:
            term = np.bincount(targets, weights=passed_on * term[sources], minlength=size)
            levels = levels + term
        return levels

    def factored() -> np.ndarray:
        a_of = csr_array((passed_on, (targets, sources)), shape=(size, size))
        return spsolve((identity(size) - a_of).tocsc(), right)

    def levels(answer: Any) -> np.ndarray:
        return np.array([answer.levels(node)[0] for node in here.nodes])

    yield "mgmodel", lambda: respond(model, Press(source), alpha=ALPHA, weightings=1), levels
    yield "numpy", summed, np.asarray
    if size <= 5000:  # the factors of a larger one fill the memory
        yield "scipy", factored, np.asarray


SIDES: dict[str, Callable[[], Iterator[Side]]] = {
    PRESS: press_and_knock_out,
    "all single knock-outs, lasting states": knock_outs,
    "one press on 1e4 arrows, 1 weighting": lambda: press_at_large("1e4"),
    "one press on 1e5 arrows, 1 weighting": lambda: press_at_large("1e5"),
}

if __name__ == "__main__":
    sys.exit(main())

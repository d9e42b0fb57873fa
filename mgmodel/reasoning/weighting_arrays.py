"""The press perturbation in numpy: the twin of `weightings`, fast enough to drag a slider.

Random numbers come from the same generator in the same order, so that both forms hold the same
weightings. numpy is imported on the first question, never with mgmodel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mgmodel.reasoning.adjacency import Adjacency, strong_components
from mgmodel.reasoning.iteration import Array, arrow_ends, arrow_signs, iterated, solve_at_large
from mgmodel.reasoning.weightings import Conditions, Lottery, Question

# fmt: off
__all__ = [
    "Array", "answer", "conditional_inputs", "draw", "give_up", "inverses", "largest_change",
    "medians", "moved", "solve", "tally", "without",
]
# fmt: on

_DENSE = 200
"""Loops through more nodes than this are solved by iteration: elimination would cost more."""
_WIDE = 3_000
"""Maps with more arrows than this are iterated as a whole: finding their loops would cost more."""


def draw(here: Adjacency, drawn: Lottery, *, alpha: float, weightings: int, seed: int) -> Array:
    """Entries of A for each arrow in each weighting: (arrows, weightings)."""
    import random

    import numpy as np

    _, state, _ = random.Random(seed).getstate()
    stream = np.random.RandomState(0)  # the same generator as that of the standard library
    stream.set_state(("MT19937", np.array(state[:-1], dtype=np.uint32), state[-1], 0, 0.0))
    numbers = stream.random_sample((weightings, drawn.size)).T
    picked = drawn.weights
    weights = 1.0 - numbers[slice(len(picked)) if isinstance(picked, range) else list(picked)]
    signs = np.repeat(arrow_signs(here)[:, None], weightings, axis=1)
    places = np.array(list(drawn.signs.values()), dtype=int)
    signs[list(drawn.signs)] = np.where(numbers[places] < 0.5, 1.0, -1.0)
    targets = leading_to = arrow_ends(here)[1]
    own = weights
    if here.gates:
        leaders = np.array(here.leaders, dtype=int)
        leading = np.flatnonzero(leaders == np.arange(len(leaders)))
        own, leading_to, weights = weights[leading], targets[leading], weights[leaders]
    sums = np.zeros((len(here.nodes), weightings))
    np.add.at(sums, leading_to, own)
    return np.ascontiguousarray(alpha * signs * weights / sums[targets])


def solve(asked: Question, entries: Array, pushed: Mapping[int, Array] | None = None) -> Array:
    """Deviation of every node in every weighting: (nodes, weightings).

    Nothing is stored and nothing but what answers is solved, so that it serves maps of any size.
    `pushed` holds further input to some nodes: (weightings,) each.
    """
    import numpy as np

    turned = [arrow for arrow, factor in asked.factors.items() if factor]
    if turned:
        entries = entries.copy()
        entries[turned] *= np.array([asked.factors[arrow] for arrow in turned])[:, None]
    inputs: dict[int, Array | float] = dict(asked.pressed)
    for node, further in (pushed or {}).items():
        inputs[node] = inputs.get(node, 0.0) + further
    if len(asked.adjacency.edges) > _WIDE:
        return solve_at_large(asked, entries, inputs)
    return _solve_by_groups(asked, entries, inputs)


def _solve_by_groups(asked: Question, entries: Array, inputs: Mapping[int, Array | float]) -> Array:
    """Causes before effects; nodes on common loops together."""
    import numpy as np

    levels = np.zeros((len(asked.adjacency.nodes), entries.shape[1]))
    for node, value in asked.fixed.items():
        levels[node] = value
    for group in asked.groups:
        place = {node: row for row, node in enumerate(group)}
        known = np.zeros((len(group), entries.shape[1]))
        inside: list[tuple[int, int, int]] = []
        for row, node in enumerate(group):
            known[row] = inputs.get(node, 0.0)
            for arrow, source in asked.inputs(node):
                if source in place:
                    inside.append((row, place[source], arrow))
                else:
                    known[row] += entries[arrow] * levels[source]
        if not inside:
            levels[group] = known
        elif len(group) <= _DENSE:
            matrix = _one_minus(len(group), inside, entries)
            levels[group] = np.linalg.solve(matrix, known.T[:, :, None])[:, :, 0].T
        else:
            levels[group] = iterated(known, tuple(zip(*sorted(inside), strict=True)), entries)
    return levels


def inverses(here: Adjacency, entries: Array) -> Array:
    """What a unit press on u does to v in every weighting: (u, v, weightings).

    Solved group by group, causes first, so that what cannot be reached is exactly 0.
    """
    import numpy as np

    size, weightings = len(here.nodes), entries.shape[1]
    found = np.zeros((size, size, weightings))
    upstream: list[set[int]] = [set() for _ in range(size)]
    for group in reversed(strong_components(here.successors)):
        inside: list[tuple[int, int, int]] = []
        causes = set(group)
        for row, node in enumerate(group):
            for arrow in here.incoming[node]:
                source = here.sources[arrow]
                causes |= upstream[source]
                if source in group:
                    inside.append((row, group.index(source), arrow))
                else:
                    above = sorted(upstream[source])
                    found[above, node] += entries[arrow] * found[above, source]
            found[node, node] += 1.0
        for node in group:
            upstream[node] = causes
        if inside:
            above = sorted(causes)
            inverse = np.linalg.inv(_one_minus(len(group), inside, entries))
            known = found[np.ix_(above, group)].transpose(2, 1, 0)
            found[np.ix_(above, group)] = (inverse @ known).transpose(2, 1, 0)
    return found


def answer(
    asked: Question, entries: Array, found: Array, pushed: Mapping[int, Array] | None = None
) -> Array:
    """Deviation of every node in every weighting, from stored inverses: (nodes, weightings).

    A fixed node is held by whatever extra input brings it to its value, and what a cut or turned
    arrow no longer carries is taken away as an input too; these inputs solve a small system. With
    fixed nodes K alone it is x' = x + G[:, K] G[K, K]^-1 (c - x[K]).
    """
    import numpy as np

    here = asked.adjacency
    levels = np.zeros(found.shape[1:])
    for node, amount in (*asked.pressed.items(), *(pushed or {}).items()):
        levels += amount * found[node]
    targets = {here.targets[arrow] for arrow in asked.factors} - asked.fixed.keys()
    held = [*asked.fixed, *sorted(targets)]
    if held:
        matrix = np.empty((len(held), len(held), entries.shape[1]))
        wanted = np.empty((len(held), entries.shape[1]))
        for row, node in enumerate(held):
            if node in asked.fixed:
                matrix[row] = found[held, node]
                wanted[row] = asked.fixed[node] - levels[node]
            else:
                matrix[row] = 0.0
                matrix[row, row] = 1.0
                wanted[row] = 0.0
                for arrow in asked.factors.keys() & here.incoming[node]:
                    source = here.sources[arrow]
                    missing = (1.0 - asked.factors[arrow]) * entries[arrow]
                    matrix[row] += missing * found[held, source]
                    wanted[row] -= missing * levels[source]
        for node, extra in zip(held, _solved(matrix, wanted), strict=True):
            levels += extra * found[node]
    for node, value in asked.fixed.items():
        levels[node] = value
    untouched = _others(len(here.nodes), asked.arrived | asked.fixed.keys())
    levels[untouched] = 0.0
    return levels


def _others(size: int, some: Iterable[int]) -> list[int]:
    return sorted(set(range(size)).difference(some))


def _solved(matrix: Array, wanted: Array) -> Array:
    """Solve one small system for each weighting: (k, k, weightings), (k, weightings)."""
    import numpy as np

    if len(matrix) == 1:
        only: Array = wanted / matrix[0]
        return only
    stacked = np.ascontiguousarray(matrix.transpose(2, 0, 1))
    return np.asarray(np.linalg.solve(stacked, wanted.T[:, :, None])[:, :, 0].T, dtype=float)


def _one_minus(size: int, inside: list[tuple[int, int, int]], entries: Array) -> Array:
    """I - A among the nodes of one group: (weightings, size, size)."""
    import numpy as np

    matrix = np.zeros((entries.shape[1], size, size))
    for row, column, arrow in inside:
        matrix[:, row, column] -= entries[arrow]
    matrix[:, range(size), range(size)] += 1.0
    return matrix


def without(entries: Array, arrows: Sequence[int]) -> Array:
    """The entries with nothing on these arrows."""
    left = entries.copy()
    left[list(arrows)] = 0.0
    return left


def conditional_inputs(
    asked: Question, conditions: Conditions, entries: Array, levels: Array
) -> dict[int, Array]:
    """What permissive arrows and AND groups bring to each target at these levels."""
    import numpy as np

    here, factors = asked.adjacency, asked.factors
    found: dict[int, Array] = {}
    for arrow in conditions.permissive:
        lack = np.minimum(levels[here.sources[arrow]], 0.0)
        brought = factors.get(arrow, 1.0) * entries[arrow] * lack
        found[here.targets[arrow]] = found.get(here.targets[arrow], 0.0) + brought
    for group in conditions.gates:
        first = group[0]
        activity = np.ones(levels.shape[1])
        for arrow in group:
            signs = factors.get(arrow, 1.0) * np.sign(entries[arrow])
            activity *= np.clip(1.0 + 2.0 * signs * levels[here.sources[arrow]], 0.0, 2.0)
        brought = abs(entries[first]) * (activity - 1.0) / 2.0
        found[here.targets[first]] = found.get(here.targets[first], 0.0) + brought
    return found


def largest_change(before: Mapping[int, Array], after: Mapping[int, Array]) -> float:
    """How far any of the inputs moved, in any weighting."""
    return max((float(abs(after[node] - row).max()) for node, row in before.items()), default=0.0)


def moved(
    before: Mapping[int, Array], after: Mapping[int, Array], share: float
) -> dict[int, Array]:
    """Inputs a share of the way from what they were to what they would become."""
    return {node: row + share * (after[node] - row) for node, row in before.items()}


def give_up(before: Array, after: Array, bar: float) -> set[int]:
    """Set to 0 what still moves by more than `bar`, and say which nodes that concerns."""
    import numpy as np

    moving = abs(after - before) > bar
    after[moving] = 0.0
    return set(np.flatnonzero(moving.any(axis=1)).tolist())


def tally(levels: Array, bar: float) -> list[tuple[int, int]]:
    """In how many weightings each node lies above, and below, baseline by more than `bar`."""
    above, below = (levels > bar).sum(axis=1), (levels < -bar).sum(axis=1)
    return list(zip(above.tolist(), below.tolist(), strict=True))


def medians(levels: Array) -> list[float]:
    """Median deviation of each node."""
    import numpy as np

    return [float(middle) for middle in np.median(levels, axis=1)]

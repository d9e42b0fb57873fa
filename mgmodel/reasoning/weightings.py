"""The press perturbation in plain Python: weightings of the arrows, and what answers in each.

Every arrow e: u -> v draws r_e ~ U(0, 1), and A[v, u] = alpha * s_e * r_e / (sum of r over the
arrows into v). The arrows into a node share alpha < 1 among them, so I - A is diagonally dominant
and x = (I - A)^-1 p exists for every weighting: no draw is ever rejected.
`mgmodel.reasoning.weighting_arrays` holds the same algorithm in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mgmodel.interventions import Plan
from mgmodel.reasoning.adjacency import Adjacency, reachable, strong_components

__all__ = ["Question", "Weighting", "draw", "medians", "question", "solve", "tally"]

Weighting = list[float]
"""For each reasoning arrow, its entry of A, sign and alpha included."""


@dataclass(frozen=True)
class Question:
    """What is forced, held and cut, by number, and where the forcing can arrive."""

    adjacency: Adjacency
    pressed: dict[int, float]
    fixed: dict[int, float]
    cut: frozenset[int]
    """Arrows that carry nothing, by their place among the reasoning arrows."""
    arrived: frozenset[int]
    """Forced nodes, and every node that some route leads to from one of them."""

    @cached_property
    def groups(self) -> list[list[int]]:
        """The free nodes that answer, causes before effects; nodes on common loops together."""
        free = self.arrived - self.fixed.keys()
        ahead = [
            [after for after in row if after in free] if node in free else []
            for node, row in enumerate(_successors(self.adjacency, self.cut))
        ]
        return [group for group in reversed(strong_components(ahead)) if group[0] in free]

    def inputs(self, node: int) -> list[tuple[int, int]]:
        """The arrows that bring something to a free node, each with the node it comes from."""
        sources = self.adjacency.sources
        return [
            (arrow, sources[arrow])
            for arrow in self.adjacency.incoming[node]
            if arrow not in self.cut and sources[arrow] in self.arrived
        ]


def question(here: Adjacency, plan: Plan) -> Question:
    """A checked plan put into numbers."""
    pressed = {here.number[node]: amount for node, amount in plan.pressed.items() if amount}
    fixed = {here.number[node]: value for node, value in plan.fixed.items()}
    wanted = set(plan.cut)
    cut = frozenset(n for n, edge in enumerate(here.edges) if edge.id in wanted) if wanted else ()
    forced = [*pressed, *(node for node, value in fixed.items() if value)]
    ahead = _successors(here, frozenset(cut))
    arrived = reachable(forced, ahead.__getitem__, closed=fixed)
    return Question(here, pressed, fixed, frozenset(cut), frozenset(arrived))


def _successors(here: Adjacency, cut: frozenset[int]) -> Sequence[Sequence[int]]:
    if not cut:
        return here.successors
    rows: list[list[int]] = [list(row) for row in here.successors]
    for (source, target), arrows in here.between.items():
        if cut.issuperset(arrows):
            rows[source].remove(target)
    return rows


def draw(here: Adjacency, *, alpha: float, weightings: int, seed: int) -> list[Weighting]:
    """Weightings of the reasoning arrows, the same for the same seed.

    For each weighting first every arrow draws its weight, in the map's order, and then every
    unclear arrow its sign.
    """
    import random  # costs milliseconds, which importing mgmodel is to be spared

    chance = random.Random(seed).random
    targets, signs = here.targets, here.signs
    unclear = [arrow for arrow, sign in enumerate(signs) if not sign]
    found = []
    for _ in range(weightings):
        # 1 - U is U(0, 1) as well, and never 0, so that no share of a sum of 0 is ever asked for
        weights = [1.0 - chance() for _ in signs]
        sums = [0.0] * len(here.nodes)
        for target, weight in zip(targets, weights, strict=True):
            sums[target] += weight
        drawn = list(signs)
        for arrow in unclear:
            drawn[arrow] = 1 if chance() < 0.5 else -1
        found.append(
            [
                alpha * sign * weight / sums[target]
                for sign, weight, target in zip(drawn, weights, targets, strict=True)
            ]
        )
    return found


def solve(asked: Question, weightings: Sequence[Weighting]) -> list[list[float]]:
    """Deviation of every node in every weighting; levels[node][weighting].

    Groups of nodes on common loops are solved one after the other, causes first.
    """
    steps = [_Step(asked, group) for group in asked.groups]
    base = [0.0] * len(asked.adjacency.nodes)
    for node, value in asked.fixed.items():
        base[node] = value
    levels = []
    for weighting in weightings:
        x = base.copy()
        for step in steps:
            step.take(weighting, x)
        levels.append(x)
    return [list(row) for row in zip(*levels, strict=True)] if base else []


def tally(levels: Sequence[Sequence[float]], bar: float) -> list[tuple[int, int]]:
    """In how many weightings each node lies above, and below, baseline by more than `bar`."""
    return [
        (sum(level > bar for level in row), sum(level < -bar for level in row)) for row in levels
    ]


def medians(levels: Sequence[Sequence[float]]) -> list[float]:
    """Median deviation of each node."""
    return [_median(sorted(row)) for row in levels]


def _median(ordered: list[float]) -> float:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


class _Step:
    """The equations of one group: inputs from outside it, and elimination within it."""

    def __init__(self, asked: Question, group: list[int]) -> None:
        self._group = group
        place = {node: row for row, node in enumerate(group)}
        self._outside: list[tuple[float, list[tuple[int, int]]]] = []
        self._inside: list[tuple[int, int, int]] = []
        for node in group:
            inputs = asked.inputs(node)
            outside = [(arrow, source) for arrow, source in inputs if source not in place]
            self._outside.append((asked.pressed.get(node, 0.0), outside))
            self._inside += [
                (place[node], place[source], arrow) for arrow, source in inputs if source in place
            ]
        pattern = {(row, column) for row, column, _ in self._inside}
        self._pivots = _pivots(len(group), pattern)

    def take(self, weighting: Weighting, x: list[float]) -> None:
        """Write the deviations of the group into `x`, which holds those of its causes."""
        known = []
        for pressed, outside in self._outside:
            total = pressed
            for arrow, source in outside:
                total += weighting[arrow] * x[source]
            known.append(total)
        if self._inside:
            self._eliminate(weighting, known)
        for node, value in zip(self._group, known, strict=True):
            x[node] = value

    def _eliminate(self, weighting: Weighting, known: list[float]) -> None:
        """Solve (I - A) x = known in place; diagonal dominance makes every pivot safe."""
        size = len(known)
        matrix = [[0.0] * size for _ in range(size)]
        for row, column, arrow in self._inside:
            matrix[row][column] -= weighting[arrow]
        for row in range(size):
            matrix[row][row] += 1.0
        for pivot, rows, columns in self._pivots:
            pivot_row = matrix[pivot]
            for row in rows:
                this_row = matrix[row]
                factor = this_row[pivot] / pivot_row[pivot]
                for column in columns:
                    this_row[column] -= factor * pivot_row[column]
                known[row] -= factor * known[pivot]
        for pivot, _, columns in reversed(self._pivots):
            pivot_row = matrix[pivot]
            total = known[pivot]
            for column in columns:
                total -= pivot_row[column] * known[column]
            known[pivot] = total / pivot_row[pivot]


def _pivots(size: int, pattern: set[tuple[int, int]]) -> list[tuple[int, list[int], list[int]]]:
    """In which order to eliminate, and which entries each pivot touches, zeros left alone.

    The least busy node goes first (Markowitz 1957), which keeps sparse maps sparse.
    """
    rows: list[set[int]] = [set() for _ in range(size)]
    columns: list[set[int]] = [set() for _ in range(size)]
    for row, column in pattern:
        if row != column:
            rows[row].add(column)
            columns[column].add(row)
    left = set(range(size))
    plan = []
    while left:
        pivot = min(left, key=lambda node: (len(rows[node]) * len(columns[node]), node))
        left.remove(pivot)
        below, across = sorted(columns[pivot]), sorted(rows[pivot])
        plan.append((pivot, below, across))
        for row in below:
            rows[row] |= rows[pivot] - {row}
            rows[row].discard(pivot)
        for column in across:
            columns[column] |= columns[pivot] - {column}
            columns[column].discard(pivot)
    return plan

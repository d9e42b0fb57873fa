"""The press perturbation in plain Python: weightings of the arrows, and what answers in each.

Every arrow e: u -> v draws r_e ~ U(0, 1), and A[v, u] = alpha * s_e * r_e / (sum of r over the
arrows into v). The arrows into a node share alpha < 1 among them, so I - A is diagonally dominant
and x = (I - A)^-1 p exists for every weighting: no draw is ever rejected.
`mgmodel.reasoning.weighting_arrays` holds the same algorithm in numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mgmodel.interventions import Plan
from mgmodel.reasoning.adjacency import Adjacency, reachable, strong_components

# fmt: off
__all__ = [
    "Conditions", "Lottery", "Question", "Weighting", "conditional_inputs", "conditions", "draw",
    "give_up", "largest_change", "lottery", "medians", "moved", "question", "solve", "tally",
    "without",
]
# fmt: on

Weighting = list[float]
"""For each reasoning arrow, its entry of A, sign and alpha included."""


@dataclass(frozen=True)
class Lottery:
    """Which of the numbers drawn for one weighting is whose."""

    size: int
    """How many numbers each weighting draws."""
    weights: Sequence[int]
    """For each arrow, the place of the number that its weight comes from."""
    signs: Mapping[int, int]
    """For each unclear arrow, the place of the number that decides its sign."""


@dataclass(frozen=True)
class Conditions:
    """The arrows whose effect is not in proportion to their source."""

    permissive: tuple[int, ...]
    """Those that carry a lack of their source, and no surplus."""
    gates: tuple[list[int], ...]
    """Groups that act only together."""

    @property
    def arrows(self) -> list[int]:
        """All of them; the rest of the map is linear."""
        return [*self.permissive, *(arrow for group in self.gates for arrow in group)]


@dataclass(frozen=True)
class Question:
    """What is forced, held, cut and turned round, by number, and where the forcing can arrive."""

    adjacency: Adjacency
    pressed: dict[int, float]
    fixed: dict[int, float]
    factors: dict[int, float]
    """What an arrow carries of its entry, by its place among the reasoning arrows, where that is
    not the whole: 0 when it is cut, -1 when its sign is turned round."""
    arrived: frozenset[int]
    """Forced nodes, and every node that some route leads to from one of them."""

    @cached_property
    def cut(self) -> frozenset[int]:
        """Arrows that carry nothing."""
        return frozenset(arrow for arrow, factor in self.factors.items() if not factor)

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
    asked = dict.fromkeys(plan.flipped, -1.0) | dict.fromkeys(plan.cut, 0.0)
    # an arrow that is only shown has no number here, and carries nothing that could be changed
    factors = {here.arrow_number[e]: f for e, f in asked.items() if e in here.arrow_number}
    cut = frozenset(arrow for arrow, factor in factors.items() if not factor)
    forced = [*pressed, *(node for node, value in fixed.items() if value)]
    ahead = _successors(here, cut)
    arrived = reachable(forced, ahead.__getitem__, closed=fixed)
    return Question(here, pressed, fixed, factors, frozenset(arrived))


def _successors(here: Adjacency, cut: frozenset[int]) -> Sequence[Sequence[int]]:
    if not cut:
        return here.successors
    rows: list[list[int]] = [list(row) for row in here.successors]
    for (source, target), arrows in here.between.items():
        if cut.issuperset(arrows):
            rows[source].remove(target)
    return rows


def lottery(here: Adjacency, frame: Sequence[str] | None = None) -> Lottery:
    """Which number goes to which arrow: one for each weight, then one for each unclear sign.

    Parameters
    ----------
    here
        The arrows of one map.
    frame
        Ids of the arrows to draw for, in order, so that several maps can share one draw: then
        each arrow has a number for its weight and one for its sign, whether it needs it or not.
    """
    if frame is None:
        many = len(here.edges)
        signs = {arrow: many + place for place, arrow in enumerate(here.unclear)}
        return Lottery(many + len(signs), range(many), signs)
    place = {edge: number for number, edge in enumerate(frame)}
    weights = [place[edge.id] for edge in here.edges]
    return Lottery(2 * len(place), weights, {a: len(place) + weights[a] for a in here.unclear})


def draw(
    here: Adjacency, drawn: Lottery, *, alpha: float, weightings: int, seed: int
) -> list[Weighting]:
    """Weightings of the reasoning arrows, the same for the same seed.

    An arrow of an AND group has the weight of the group, which counts once in its target's sum.
    """
    import random  # costs milliseconds, which importing mgmodel is to be spared

    chance = random.Random(seed).random
    targets, leaders = here.targets, here.leaders
    leading = [(arrow, targets[arrow]) for arrow, first in enumerate(leaders) if arrow == first]
    found = []
    for _ in range(weightings):
        numbers = [chance() for _ in range(drawn.size)]
        # 1 - U is U(0, 1) as well, and never 0, so that no share of a sum of 0 is ever asked for
        weights = [1.0 - numbers[place] for place in drawn.weights]
        sums = [0.0] * len(here.nodes)
        for arrow, target in leading:
            sums[target] += weights[arrow]
        signs = list(here.signs)
        for arrow, place in drawn.signs.items():
            signs[arrow] = 1 if numbers[place] < 0.5 else -1
        found.append(
            [
                alpha * sign * weights[first] / sums[target]
                for sign, first, target in zip(signs, leaders, targets, strict=True)
            ]
        )
    return found


def solve(
    asked: Question,
    weightings: Sequence[Weighting],
    pushed: Mapping[int, Sequence[float]] | None = None,
) -> list[list[float]]:
    """Deviation of every node in every weighting; levels[node][weighting].

    Groups of nodes on common loops are solved one after the other, causes first. `pushed` holds
    further input to some nodes, one number for each weighting.
    """
    extra = list((pushed or {}).items())
    turned = [(arrow, factor) for arrow, factor in asked.factors.items() if factor]
    steps = [_Step(asked, group) for group in asked.groups]
    base = [0.0] * len(asked.adjacency.nodes)
    for node, value in asked.fixed.items():
        base[node] = value
    levels = []
    for number, entries in enumerate(weightings):
        weighting = entries
        if turned:
            weighting = entries.copy()
            for arrow, factor in turned:
                weighting[arrow] *= factor
        x = base.copy()
        inputs = asked.pressed | {
            node: asked.pressed.get(node, 0.0) + row[number] for node, row in extra
        }
        for step in steps:
            step.take(weighting, inputs, x)
        levels.append(x)
    return [list(row) for row in zip(*levels, strict=True)] if base else []


def conditions(here: Adjacency, *, limits: bool) -> Conditions:
    """The conditional arrows of a map; permissive ones count among them where they `limits`."""
    return Conditions(here.permissive if limits else (), tuple(here.gates.values()))


def without(weightings: Sequence[Weighting], arrows: Sequence[int]) -> list[Weighting]:
    """The weightings with nothing on these arrows."""
    gone = set(arrows)
    return [[0.0 if n in gone else entry for n, entry in enumerate(each)] for each in weightings]


def conditional_inputs(
    asked: Question,
    conditions: Conditions,
    weightings: Sequence[Weighting],
    levels: Sequence[Sequence[float]],
) -> dict[int, list[float]]:
    """What permissive arrows and AND groups bring to each target at these levels.

    A permissive arrow brings what a plain one would while its source lies below baseline, and
    nothing above. An AND group brings its weight times (a - 1) / 2, where a is the product of
    1 + 2 s x over its arrows, each factor kept between 0 (absent) and 2 (twice the baseline): to
    first order the sum of what its arrows carry, and -1/2 as soon as one of them is shut.
    """
    here, factors = asked.adjacency, asked.factors
    found: dict[int, list[float]] = {}
    for arrow in conditions.permissive:
        row = found.setdefault(here.targets[arrow], [0.0] * len(weightings))
        factor, source = factors.get(arrow, 1.0), levels[here.sources[arrow]]
        for number, weighting in enumerate(weightings):
            row[number] += factor * weighting[arrow] * min(source[number], 0.0)
    for group in conditions.gates:
        first = group[0]
        row = found.setdefault(here.targets[first], [0.0] * len(weightings))
        members = [(arrow, factors.get(arrow, 1.0), levels[here.sources[arrow]]) for arrow in group]
        for number, weighting in enumerate(weightings):
            activity = 1.0
            for arrow, factor, source in members:
                sign = factor * (1.0 if weighting[arrow] > 0 else -1.0 if weighting[arrow] else 0.0)
                activity *= min(max(1.0 + 2.0 * sign * source[number], 0.0), 2.0)
            row[number] += abs(weighting[first]) * (activity - 1.0) / 2.0
    return found


def largest_change(
    before: Mapping[int, Sequence[float]], after: Mapping[int, Sequence[float]]
) -> float:
    """How far any of the inputs moved, in any weighting."""
    return max(
        (
            abs(new - old)
            for node, row in before.items()
            for old, new in zip(row, after[node], strict=True)
        ),
        default=0.0,
    )


def moved(
    before: Mapping[int, Sequence[float]], after: Mapping[int, Sequence[float]], share: float
) -> dict[int, list[float]]:
    """Inputs a share of the way from what they were to what they would become."""
    return {
        node: [old + share * (new - old) for old, new in zip(row, after[node], strict=True)]
        for node, row in before.items()
    }


def give_up(
    before: Sequence[Sequence[float]], after: Sequence[list[float]], bar: float
) -> set[int]:
    """Set to 0 what still moves by more than `bar`, and say which nodes that concerns."""
    moving: set[int] = set()
    for node, (old, new) in enumerate(zip(before, after, strict=True)):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            if abs(other - one) > bar:
                new[number] = 0.0
                moving.add(node)
    return moving


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
        self._outside: list[tuple[int, list[tuple[int, int]]]] = []
        self._inside: list[tuple[int, int, int]] = []
        for node in group:
            inputs = asked.inputs(node)
            outside = [(arrow, source) for arrow, source in inputs if source not in place]
            self._outside.append((node, outside))
            self._inside += [
                (place[node], place[source], arrow) for arrow, source in inputs if source in place
            ]
        pattern = {(row, column) for row, column, _ in self._inside}
        self._pivots = _pivots(len(group), pattern)

    def take(self, weighting: Weighting, inputs: Mapping[int, float], x: list[float]) -> None:
        """Write the deviations of the group into `x`, which holds those of its causes."""
        known = []
        for node, outside in self._outside:
            total = inputs.get(node, 0.0)
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

"""The reasoning arrows of a map as plain integers, which is what all searching is done on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from mgmodel.model import Model
from mgmodel.records import Edge

__all__ = [
    "SIGN_AFTER",
    "Adjacency",
    "adjacency",
    "reachable",
    "signed_distances",
    "strong_components",
]

SIGN_AFTER = {1: (0, 1, 2), -1: (1, 0, 2), 0: (2, 2, 2)}
"""What an arrow of each sign makes of a net rise (0), a net fall (1) and an unclear sign (2)."""


@dataclass(frozen=True)
class Adjacency:
    """Who acts on whom, by number: nodes in the order of their ids, arrows in the map's order.

    Numbers that follow the ids make every sorted list of numbers a list in the order of ids.
    """

    nodes: tuple[str, ...]
    """Ids in Python string order."""
    edges: tuple[Edge, ...]
    """The arrows that questions reason over, in the map's order."""
    map_order: tuple[str, ...]
    """Ids in the map's own order, which answers keep."""

    @cached_property
    def number(self) -> dict[str, int]:
        """Number of each node id."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def in_map_order(self) -> list[tuple[str, int]]:
        """Each id with its number, in the map's own order."""
        return [(node, self.number[node]) for node in self.map_order]

    @cached_property
    def arrow_number(self) -> dict[str, int]:
        """Number of each reasoning arrow by its id."""
        return {edge.id: number for number, edge in enumerate(self.edges)}

    @cached_property
    def sources(self) -> list[int]:
        """Number of the source of each arrow."""
        return [self.number[edge.source] for edge in self.edges]

    @cached_property
    def targets(self) -> list[int]:
        """Number of the target of each arrow."""
        return [self.number[edge.target] for edge in self.edges]

    @cached_property
    def signs(self) -> list[int]:
        """Sign of each arrow: +1, -1, or 0 where nobody knows."""
        return [edge.sign for edge in self.edges]

    @cached_property
    def unclear(self) -> tuple[int, ...]:
        """Arrows whose sign nobody knows."""
        return tuple(arrow for arrow, sign in enumerate(self.signs) if not sign)

    @cached_property
    def gates(self) -> dict[int, list[int]]:
        """The arrows of each AND group, by the first of them; a group of one is a plain arrow."""
        groups: dict[tuple[int, str], list[int]] = {}
        for arrow, edge in enumerate(self.edges):
            if edge.gate:
                groups.setdefault((self.targets[arrow], edge.gate), []).append(arrow)
        return {group[0]: group for group in groups.values() if len(group) > 1}

    @cached_property
    def leaders(self) -> list[int]:
        """For each arrow the one whose weight it has: itself, or the first of its AND group."""
        leaders = list(range(len(self.edges)))
        for first, group in self.gates.items():
            for arrow in group:
                leaders[arrow] = first
        return leaders

    @cached_property
    def permissive(self) -> tuple[int, ...]:
        """Arrows that limit their target only while their source lies below baseline."""
        grouped = {arrow for group in self.gates.values() for arrow in group}
        return tuple(n for n, e in enumerate(self.edges) if e.permissive and n not in grouped)

    @cached_property
    def incoming(self) -> list[list[int]]:
        """For each node, the numbers of the arrows that enter it."""
        arrows: list[list[int]] = [[] for _ in self.nodes]
        for arrow, target in enumerate(self.targets):
            arrows[target].append(arrow)
        return arrows

    @cached_property
    def successors(self) -> list[list[int]]:
        """For each node, the nodes that it acts on, each once, in order."""
        return self._neighbours(self.sources, self.targets)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """For each node, the nodes that act on it, each once, in order."""
        return self._neighbours(self.targets, self.sources)

    @cached_property
    def on_loops(self) -> tuple[list[list[int]], list[list[int]]]:
        """`successors` and `predecessors` along those arrows alone that lie on some loop."""
        group = [0] * len(self.nodes)
        for number, members in enumerate(strong_components(self.successors)):
            for node in members:
                group[node] = number
        ahead, behind = (
            [
                [other for other in row if group[other] == group[node]]
                for node, row in enumerate(rows)
            ]
            for rows in (self.successors, self.predecessors)
        )
        return ahead, behind

    @cached_property
    def between(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """The arrows of each pair (source, target), in the order of their ids."""
        pairs: dict[tuple[int, int], list[int]] = {}
        for arrow, pair in enumerate(zip(self.sources, self.targets, strict=True)):
            pairs.setdefault(pair, []).append(arrow)
        return {
            pair: tuple(sorted(arrows, key=lambda arrow: self.edges[arrow].id))
            for pair, arrows in pairs.items()
        }

    @cached_property
    def forks(self) -> frozenset[int]:
        """Nodes that act on some other node by more than one arrow."""
        return frozenset(source for (source, _), arrows in self.between.items() if arrows[1:])

    @cached_property
    def signed_steps(self) -> list[list[int]]:
        """Where one more arrow leads from each state; the state 3 * node + k knows the net sign.

        k is 0 for a net rise, 1 for a net fall, and 2 where an unclear arrow lies behind, which
        nothing after it can make clear.
        """
        return self.signed_steps_without(())

    def signed_steps_without(self, closed: Container[int]) -> list[list[int]]:
        """`signed_steps` where these arrows, by number, lead nowhere."""
        steps: list[list[int]] = [[] for _ in range(3 * len(self.nodes))]
        arrows = zip(self.sources, self.targets, self.signs, strict=True)
        for arrow, (source, target, sign) in enumerate(arrows):
            if arrow not in closed:
                for state, end in enumerate(SIGN_AFTER[sign]):
                    steps[3 * source + state].append(3 * target + end)
        return steps

    def _neighbours(self, here: Sequence[int], there: Sequence[int]) -> list[list[int]]:
        found: list[set[int]] = [set() for _ in self.nodes]
        for one, other in zip(here, there, strict=True):
            found[one].add(other)
        return [sorted(others) for others in found]


def adjacency(model: Model) -> Adjacency:
    """The reasoning arrows of a map by number, made once for each map.

    Examples
    --------
    >>> adjacency(Model.from_edges([("a", "b", 1), ("b", "c", -1)])).successors
    [[1], [2], []]
    """
    # Kept with the map as its own cached properties are: a map never changes, so neither does this.
    kept = vars(model).get("_adjacency")
    if isinstance(kept, Adjacency):
        return kept
    made = Adjacency(tuple(sorted(model.nodes)), model.reasoning_edges, tuple(model.nodes))
    vars(model)["_adjacency"] = made
    return made


def reachable(
    start: Iterable[int], successors: Callable[[int], Iterable[int]], *, closed: Iterable[int] = ()
) -> set[int]:
    """Everything that can be walked to from `start`, itself included, never entering `closed`.

    A start may itself be closed: walks leave it, and none enters it.

    Examples
    --------
    >>> sorted(reachable([0], [[1], [2], []].__getitem__, closed=[2]))
    [0, 1]
    """
    seen = set(start)
    shut = set(closed)
    front = seen
    while front:
        front = set().union(*map(successors, front)) - shut - seen
        seen |= front
    return seen


def signed_distances(
    here: Adjacency, source: int, removed: Iterable[int] = (), closed: Collection[int] = ()
) -> list[int]:
    """Arrows from a source to each state of `Adjacency.signed_steps`; -1 where none lead.

    Parameters
    ----------
    here
        The arrows, by number.
    source
        The number of the node to start from.
    removed, closed
        Numbers of the nodes that no walk may meet, and of the arrows that none may take.

    Examples
    --------
    >>> here = adjacency(Model.from_edges([("a", "b", 1), ("b", "a", -1)]))
    >>> signed_distances(here, 0)
    [0, 2, -1, 1, 3, -1]
    """
    steps = [-1] * (3 * len(here.nodes))
    seen = bytearray(len(steps))
    for node in removed:
        seen[3 * node : 3 * node + 3] = b"\1\1\1"
    onward = here.signed_steps_without(closed) if closed else here.signed_steps
    front = [] if seen[3 * source] else [3 * source]
    seen[3 * source] = 1
    length = 0
    while front:
        following: list[int] = []
        for state in front:
            steps[state] = length
            for after in onward[state]:
                if not seen[after]:
                    seen[after] = 1
                    following.append(after)
        front = following
        length += 1
    return steps


def strong_components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of nodes that all act on one another, each group after those that it acts on.

    Tarjan's algorithm (1972) without recursion, so that a long chain does no harm. A node on no
    loop is a group of its own.

    Examples
    --------
    >>> strong_components([[1], [0, 2], []])
    [[2], [0, 1]]
    """
    count = len(successors)
    order, low = [-1] * count, [0] * count
    groups: list[list[int]] = []
    pile: list[int] = []
    on_pile = bytearray(count)
    met = 0
    for root in range(count):
        path = [] if order[root] >= 0 else [(root, iter(successors[root]))]
        while path:
            node, ahead = path[-1]
            if order[node] < 0:
                order[node] = low[node] = met
                met += 1
                pile.append(node)
                on_pile[node] = 1
            for following in ahead:
                if order[following] < 0:
                    path.append((following, iter(successors[following])))
                    break
                if on_pile[following]:
                    low[node] = min(low[node], low[following])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == order[node]:
                    groups.append(_taken_off(pile, on_pile, node))
    return groups


def _taken_off(pile: list[int], on_pile: bytearray, first: int) -> list[int]:
    """The finished group that began at `first`, taken off the pile."""
    group: list[int] = []
    while not group or group[-1] != first:
        group.append(pile.pop())
        on_pile[group[-1]] = 0
    return sorted(group)

"""Finding simple paths and loops by number, shortest first, never longer than asked, never stuck.

A depth-first search that only steps where the end is still near enough (after Rizzi, Sacomoto and
Sagot 2014). Loops are looked for from the busiest node first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["loops_by_number", "paths_by_number"]

Neighbours: TypeAlias = Sequence[Sequence[int]]
Walk: TypeAlias = tuple[int, ...]
Found: TypeAlias = list[list[Walk]]
"""Walks by their number of arrows."""

_FAR = 8
"""Up to this length a search is made at once; each further one goes twice as far."""
_PATIENCE = 512
"""Steps without a find after which the search proves that it is not in a dead end."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a search may go."""

    successors: Neighbours
    predecessors: Neighbours
    is_open: bytearray
    """1 for each node that a walk may pass through; searches for loops close roots as they go."""


@dataclass(slots=True)
class _Wanted:
    """How long walks may be, and when a search has found enough."""

    longest: int
    most: int | None = None
    """Stop once there are more than this many, of any length."""
    most_of_longest: int | None = None
    """Stop once there are this many of the longest length."""

    def is_met_by(self, found: Found) -> bool:
        if self.most is not None:
            return sum(map(len, found)) > self.most
        return self.most_of_longest is not None and len(found[-1]) >= self.most_of_longest


def paths_by_number(
    successors: Neighbours,
    predecessors: Neighbours,
    ends: tuple[int, int],
    *,
    longest: int,
    limit: int,
) -> tuple[list[Walk], bool]:
    """Simple paths between two different nodes, shortest first, then by node numbers.

    Returns
    -------
    list of tuples, bool
        At most `limit` paths as node numbers, and whether there are more.

    Examples
    --------
    >>> paths_by_number([[1, 2], [2], []], [[], [0], [0, 1]], (0, 2), longest=2, limit=9)
    ([(0, 2), (0, 1, 2)], False)
    """
    start, end = ends
    ground = _Ground(successors, predecessors, bytearray(b"\1") * len(successors))
    ground.is_open[start] = 0

    def search(wanted: _Wanted) -> Found:
        found = _nothing(wanted)
        _grow(start, end, ground, wanted, found)
        return found

    return _shortest_first(search, search, min(longest, len(successors) - 1), limit)


def loops_by_number(
    ahead: Neighbours, behind: Neighbours, *, longest: int, limit: int
) -> tuple[list[Walk], bool]:
    """Simple loops, shortest first, then by node numbers; each begins at its smallest number.

    Parameters
    ----------
    ahead, behind
        Successors and predecessors of each node. Those along arrows that lie on no loop may be
        left out, and should be: the search is the shorter for it.
    longest, limit
        The largest number of arrows, and of loops.

    Returns
    -------
    list of tuples, bool
        At most `limit` loops as node numbers, the first not repeated at the end, and whether
        there are more.

    Examples
    --------
    >>> loops_by_number([[1], [1, 0]], [[1], [0, 1]], longest=2, limit=9)
    ([(1,), (0, 1)], False)
    """
    on_loops = [node for node, row in enumerate(ahead) if row]
    busiest = sorted(on_loops, key=lambda node: -len(ahead[node]) * len(behind[node]))

    def search_from(roots: Sequence[int]) -> Callable[[_Wanted], Found]:
        def search(wanted: _Wanted) -> Found:
            found = _nothing(wanted)
            ground = _Ground(ahead, behind, bytearray(len(ahead)))
            for node in on_loops:
                ground.is_open[node] = 1
            is_open = ground.is_open.__getitem__
            for root in roots:
                # of the loops left, most nodes lie on none: nothing open leads in, or nothing out
                on_some = any(map(is_open, ahead[root])) and any(map(is_open, behind[root]))
                ground.is_open[root] = 0
                if on_some:
                    _grow(root, root, ground, wanted, found)
                    if wanted.is_met_by(found):
                        break
            return [sorted(map(_from_smallest, loops)) for loops in found]

        return search

    longest = min(longest, len(on_loops))
    return _shortest_first(search_from(busiest), search_from(on_loops), longest, limit)


def _nothing(wanted: _Wanted) -> Found:
    return [[] for _ in range(wanted.longest + 1)]


def _shortest_first(
    search: Callable[[_Wanted], Found],
    search_in_order: Callable[[_Wanted], Found],
    longest: int,
    limit: int,
) -> tuple[list[Walk], bool]:
    """Search so often, and so far, that the first `limit` finds are known to be the first ones."""
    known: list[Walk] = []
    complete, most = 0, 0  # of which lengths all walks are known, and where there were too many
    for most in _farther_and_farther(longest):
        found = search(_Wanted(most, most=limit))
        if sum(map(len, found)) > limit:
            break
        known, complete = [walk for walks in found for walk in walks], most
    else:
        return known, False
    for length in range(complete + 1, most):
        found = search(_Wanted(length, most=limit))
        if sum(map(len, found)) > limit:
            break
        known = [walk for walks in found for walk in walks]
    else:
        length = most
    room = limit - len(known)
    if room:  # of the first length that overflows, only the first few are wanted
        known += search_in_order(_Wanted(length, most_of_longest=room))[length][:room]
    return known, True


def _farther_and_farther(longest: int) -> Iterator[int]:
    """Lengths to search up to: where short walks are too many already, long ones are not tried."""
    bound = _FAR
    while bound < longest:
        yield bound
        bound *= 2
    if longest > 0:
        yield longest


def _grow(start: int, end: int, ground: _Ground, wanted: _Wanted, found: Found) -> None:
    """Add to `found` every simple walk over open nodes from `start` to `end`, in order.

    `start` is not open. It may be `end`: then the walks are loops, and end where they began.
    """
    is_loop = start == end
    longest = wanted.longest
    steps = _Steps(ground, end, longest)
    path, on_path = [start], {start}
    branches = [iter(steps.of(start, longest))]
    idle = 0
    while branches:
        length = len(path)
        for node in branches[-1]:
            if node == end:
                found[length].append(tuple(path) if is_loop else (*path, end))
            elif node in on_path:
                continue
            elif length == longest - 1:  # one more arrow is left, and it leads to the end
                found[longest].append((*path, node) if is_loop else (*path, node, end))
            else:
                path.append(node)
                on_path.add(node)
                branches.append(iter(steps.of(node, longest - length)))
                idle += 1
                break
            idle = 0
        else:
            branches.pop()
            on_path.discard(path.pop())
            if not idle and wanted.is_met_by(found):
                return
        if idle > _PATIENCE:
            idle = 0
            _leave_dead_end(path, on_path, branches, end, ground, longest)


class _Steps:
    """Where a walk may go next so that the end stays within reach; kept, since asked so often."""

    def __init__(self, ground: _Ground, end: int, longest: int) -> None:
        self._successors = ground.successors
        self._distance = _distances(ground.predecessors, end, ground.is_open, longest - 1)
        self._kept: list[dict[int, list[int]]] = [{} for _ in range(longest + 1)]

    def of(self, node: int, left: int) -> list[int]:
        """The nodes to try from `node`, with `left` arrows left to reach the end."""
        kept = self._kept[left].get(node)
        if kept is None:
            distance = self._distance
            kept = [w for w in self._successors[node] if distance.get(w, left) < left]
            self._kept[left][node] = kept
        return kept


def _distances(predecessors: Neighbours, end: int, is_open: bytearray, most: int) -> dict[int, int]:
    """Arrows from each open node to the end, where these are not more than `most`."""
    distance = {end: 0}
    edge = [end]
    for steps in range(1, most + 1):
        edge = [node for after in edge for node in predecessors[after] if is_open[node]]
        edge = [node for node in dict.fromkeys(edge) if node not in distance]
        if not edge:
            break
        for node in edge:
            distance[node] = steps
    return distance


def _leave_dead_end(
    path: list[int],
    on_path: set[int],
    branches: list[Iterator[int]],
    end: int,
    ground: _Ground,
    longest: int,
) -> None:
    """Step back until the end can be reached without crossing the walk itself.

    The kept distances do not know the walk so far; without this, a walk that has cut itself off
    from the end would try every way through what lies before it.
    """
    while len(path) > 1:
        is_open = ground.is_open[:]
        for node in path[:-1]:
            is_open[node] = 0
        left = longest + 1 - len(path)
        if path[-1] in _distances(ground.predecessors, end, is_open, left):
            return
        branches.pop()
        on_path.discard(path.pop())


def _from_smallest(loop: Walk) -> Walk:
    first = loop.index(min(loop))
    return loop[first:] + loop[:first]

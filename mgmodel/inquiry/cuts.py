"""The smallest sets of nodes that meet every route, or every loop; numbers in, numbers out.

A set that leaves something open is carried on by one node of a shortest route (or loop) that is
still open, of which any set that does it must hold one; so all sets are met, and no list of all
subsets is ever gone through. A branch is given up as soon as more routes without a common node
remain than nodes may still be held (Menger 1927), so that large maps do no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, Protocol, TypeAlias

from mgmodel.model import Model
from mgmodel.reasoning.adjacency import Adjacency, adjacency, reachable

__all__ = ["Cut", "Hindrance", "LoopBreak", "Task", "dominators", "smallest_sets"]

Hindrance: TypeAlias = Literal[
    "", "same_node", "no_route", "no_loop", "direct_arrow", "kept", "too_large", "broken_off"
]
"""Why there is no lever: source and target are one node, no route leads, no loop is there, an arrow
leads straight from source to target, what remains must not be held, every set is larger than was
asked for, or the search was broken off before it found any."""

_MOST_STEPS = 10_000_000
"""Arrows (or loops) that one search looks at before it is broken off: seconds, not minutes."""
_Nodes: TypeAlias = frozenset[int]


def dominators(model: Model, source: str, target: str) -> tuple[str, ...]:
    """Nodes between two others that every route from the one to the other passes, in that order.

    Each of them, held at baseline, cuts all influence by itself: they are the levers of one node.
    One search along the arrows finds them, so that the largest maps cost little.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    source, target
        Node ids; neither counts as a dominator. None at all where an arrow leads straight from one
        to the other, where no route leads, and from a node to itself.

    Raises
    ------
    UnknownId
        An end that the map does not have.

    Examples
    --------
    >>> funnel = [("a", "b", 1), ("a", "c", -1), ("b", "d", 1), ("c", "d", 1), ("d", "e", 1)]
    >>> dominators(Model.from_edges(funnel), "a", "e")
    ('d',)
    """
    here = adjacency(model)
    start, end = (here.number[model.node(one).id] for one in (source, target))
    found = () if start == end else _bottlenecks(here.successors, start, end) or ()
    return tuple(here.nodes[node] for node in found)


def _bottlenecks(
    successors: Sequence[Sequence[int]], start: int, end: int, held: Iterable[int] = ()
) -> list[int] | None:
    """Nodes that every route which meets no held node passes; None where there is no such route."""
    path = _shortest(successors, start, end, held)
    if not path:
        return None
    place = {node: step for step, node in enumerate(path)}
    seen = {start, *held}
    found: list[int] = []
    furthest = 0
    for step, node in enumerate(path[:-1]):
        # all before this step is explored; where no bypass leads past it, every route passes it
        if 0 < step == furthest:
            found.append(node)
        waiting = [node]
        while waiting:
            for after in successors[waiting.pop()]:
                if after in place:
                    furthest = max(furthest, place[after])
                elif after not in seen:
                    seen.add(after)
                    waiting.append(after)
    return found


def _shortest(
    successors: Sequence[Sequence[int]], start: int, end: int, held: Iterable[int]
) -> list[int]:
    """The nodes of a shortest path that meets no held node, or none where there is none."""
    came = dict.fromkeys(held, start)
    came[start] = start
    waiting = [start]
    for node in waiting:
        for after in successors[node]:
            if after not in came:
                came[after] = node
                waiting.append(after)
        if end in came:
            break
    else:
        return []
    path = [end]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


class Task(Protocol):
    """What is to be cut or broken; nodes are numbers of `adjacency(model)`."""

    steps: int
    """Arrows, or loops, looked at so far."""

    def hindrance(self) -> Hindrance:
        """Why no set of nodes whatever can do it; empty where some set can."""

    def branches(self, held: _Nodes, barred: _Nodes, left: int) -> Sequence[int] | None:
        """Nodes one of which must be held as well; None where nothing is left to do.

        Empty where `left` more nodes, none of them barred, cannot do it.
        """

    def needs_all(self, held: _Nodes) -> bool:
        """Whether each node that is held does something that the others do not do."""


def smallest_sets(task: Task, max_size: int, limit: int) -> tuple[list[tuple[int, ...]], bool]:
    """The sets of nodes that do it and have no node to spare.

    A node that an earlier branch holds is barred from the later ones, so no set comes up twice.

    Parameters
    ----------
    task
        Something that can be done at all: its `hindrance` is empty.
    max_size, limit
        The largest number of nodes in a set, and the largest number of sets.

    Returns
    -------
    tuple
        The sets, smaller ones first, and whether any may have been left out.

    Examples
    --------
    >>> here = adjacency(Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)]))
    >>> smallest_sets(Cut(here, 0, 3, frozenset()), 2, 100)
    ([(1,), (2,)], False)
    """
    found: list[tuple[int, ...]] = []
    for size in range(1, max_size + 1):
        for held in _sets_of(size, task, frozenset(), frozenset()):
            if len(found) == limit:
                return found, True
            found.append(tuple(sorted(held)))
        if task.steps > _MOST_STEPS:
            return found, True
    return found, False


def _sets_of(size: int, task: Task, held: _Nodes, barred: _Nodes) -> Iterator[_Nodes]:
    """The sets of exactly this size that hold what is held and nothing that is barred."""
    if task.steps > _MOST_STEPS or not task.needs_all(held):
        return
    branches = task.branches(held, barred, size - len(held))
    if branches is None and len(held) == size:
        yield held
    for node in branches or ():
        yield from _sets_of(size, task, held | {node}, barred)
        barred |= {node}


class Cut:
    """Every route from one node to another, as something to be cut.

    Parameters
    ----------
    here
        The arrows, by number.
    source, target
        Numbers of the ends, which are never held themselves.
    keep
        Numbers of the nodes that must not be held.

    Examples
    --------
    >>> here = adjacency(Model.from_edges([("a", "b", 1)]))
    >>> Cut(here, 0, 1, frozenset()).hindrance(), Cut(here, 1, 0, frozenset()).hindrance()
    ('direct_arrow', 'no_route')
    """

    def __init__(self, here: Adjacency, source: int, target: int, keep: _Nodes) -> None:
        self.steps = 0
        self._ends = source, target
        self._keep = keep
        ahead = reachable([source], here.successors.__getitem__)
        between = reachable([target], here.predecessors.__getitem__) & ahead
        arrows = [
            (node, after)
            for node in sorted(between - {target})
            for after in here.successors[node]
            if after in between and after not in {node, source}
        ]
        self._successors: list[list[int]] = [[] for _ in here.nodes]
        self._predecessors: list[list[int]] = [[] for _ in here.nodes]
        for node, after in arrows:
            self._successors[node].append(after)
            self._predecessors[after].append(node)
        self._inner = between - {source, target}
        self._size = len(arrows)

    def hindrance(self) -> Hindrance:
        """Why no set of nodes whatever can do it."""
        source, target = self._ends
        if source == target:
            return "same_node"
        if not self._predecessors[target]:
            return "no_route"
        if source in self._predecessors[target]:
            return "direct_arrow"
        open_still = self._reached(source, self._successors, self._inner - self._keep)
        return "kept" if target in open_still else ""

    def needs_all(self, held: _Nodes) -> bool:
        """Whether each held node lies on a route that the others leave open."""
        before = self._reached(self._ends[0], self._successors, held)
        behind = self._reached(self._ends[1], self._predecessors, held)
        return all(
            not before.isdisjoint(self._predecessors[node])
            and not behind.isdisjoint(self._successors[node])
            for node in held
        )

    def _reached(self, start: int, arrows: list[list[int]], closed: Iterable[int]) -> set[int]:
        self.steps += self._size
        return reachable([start], arrows.__getitem__, closed=closed)

    def branches(self, held: _Nodes, barred: _Nodes, left: int) -> Sequence[int] | None:
        """The nodes to choose from on a shortest open route."""
        flow = _Flow(self._keep | barred)
        if left == 1:
            self.steps += 2 * self._size
            all_pass = _bottlenecks(self._successors, *self._ends, held)
            return None if all_pass is None else [n for n in all_pass if n not in flow.firm]
        shortest: list[int] | None = None
        for _ in range(left + 1):
            path = self._another(flow, held)
            if path is None:
                return shortest
            if shortest is None:
                shortest = [node for node in path[1:-1] if node not in flow.firm]
        return []

    def _another(self, flow: _Flow, held: _Nodes) -> list[int] | None:
        """One more route that shares no holdable node with those before it, or None.

        The search may turn earlier routes aside, as in Ford and Fulkerson (1956). Only at the
        nodes of earlier routes are there two states, arriving (node) and leaving (~node).
        """
        start, end = ~self._ends[0], self._ends[1]
        came = dict.fromkeys(held, start)
        came[start] = start
        waiting = [start]
        for state in waiting:
            onward = flow.onward(state, self._successors)
            self.steps += len(onward)
            for after in onward:
                if after not in came:
                    came[after] = state
                    waiting.append(after)
            if end in came:
                break
        else:
            return None
        states = [end]
        while states[-1] != start:
            states.append(came[states[-1]])
        states.reverse()
        flow.add(states)
        return [state if state >= 0 else ~state for state in states]


class _Flow:
    """Routes laid so far, by the nodes that they pass and the arrows that they take."""

    def __init__(self, firm: _Nodes) -> None:
        self.firm = firm
        """Nodes that are not to be held, so that any number of routes may pass."""
        self._into: dict[int, Counter[int]] = {}
        """For each node on a route, the nodes before it, and how many routes come from each."""

    def onward(self, state: int, successors: Sequence[Sequence[int]]) -> Sequence[int]:
        """Where a further route may go: ahead, or back along one that is laid already."""
        if state < 0:
            return [*successors[~state], ~state] if ~state in self._into else successors[~state]
        if state not in self._into:
            return successors[state]
        back = [~before for before, routes in self._into[state].items() if routes]
        return [*back, ~state] if state in self.firm else back

    def add(self, states: Sequence[int]) -> None:
        """Lay the route through these states."""
        for state, after in pairwise(states):
            node = state if state >= 0 else ~state
            if after >= 0 and after != node:
                self._into.setdefault(after, Counter())[node] += 1
            elif after < 0 and ~after != node:
                self._into[node][~after] -= 1
        for node in [node for node, routes in self._into.items() if not +routes]:
            del self._into[node]


class LoopBreak:
    """Some loops, as something to be broken: each must have a node that is held.

    Parameters
    ----------
    loops
        The numbers of the nodes of each loop.
    keep
        Numbers of the nodes that must not be held.

    Examples
    --------
    >>> smallest_sets(LoopBreak([{0, 1}, {1, 2}], frozenset()), 2, 100)
    ([(1,), (0, 2)], False)
    """

    def __init__(self, loops: Iterable[Iterable[int]], keep: _Nodes) -> None:
        self.steps = 0
        nodes = set(map(frozenset, loops))
        self._loops = sorted(nodes, key=lambda loop: (len(loop), sorted(loop)))
        self._keep = keep

    def hindrance(self) -> Hindrance:
        """Why no set of nodes whatever can do it."""
        if not self._loops:
            return "no_loop"
        return "kept" if any(loop <= self._keep for loop in self._loops) else ""

    def needs_all(self, held: _Nodes) -> bool:
        """Whether each held node breaks a loop that the others leave whole."""
        return all(any(loop & held == {node} for loop in self._loops) for node in held)

    def branches(self, held: _Nodes, barred: _Nodes, left: int) -> Sequence[int] | None:
        """The nodes to choose from on the shortest whole loop."""
        self.steps += len(self._loops) * (1 + len(held))
        firm = self._keep | barred
        whole = [loop - firm for loop in self._loops if loop.isdisjoint(held)]
        apart: set[int] = set()
        needed = 0
        for choice in whole:  # loops without a common node need a node each
            if apart.isdisjoint(choice):
                needed += 1
                apart |= choice
        if not whole:
            return None
        fewest = min(whole, key=len)
        return sorted(fewest) if needed <= left else []

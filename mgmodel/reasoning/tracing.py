"""How an effect can travel: signed paths, feedback loops, and what lies within reach.

Routes explain; they do not judge. In a map with feedback almost every node can be reached with
both signs, so the verdict on a node is what `mgmodel.reasoning.response` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import reach_arrays
from mgmodel.reasoning.adjacency import Adjacency, adjacency, signed_distances
from mgmodel.reasoning.routes import Route, Routes, routes_along
from mgmodel.reasoning.walks import loops_by_number, paths_by_number

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Reach", "Route", "Routes", "feedback_loops", "reach", "signed_paths"]


def signed_paths(
    model: Model, source: str, target: str, *, max_length: int = 8, limit: int = 10_000
) -> Routes:
    """Simple paths from one node to another, each with the product of its signs.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    source, target
        Node ids. A path meets no node twice, so there is none from a node to itself; the routes
        from a node back to itself are loops, see `feedback_loops`.
    max_length
        The largest number of arrows.
    limit
        The largest number of paths; `truncated` says whether there were more.

    Returns
    -------
    Routes
        Shortest first, then by the ids of the nodes, then of the arrows. Parallel arrows give
        paths of their own. A path along an unclear arrow has sign 0.

    Raises
    ------
    UnknownId
        An end that the map does not have.
    ValueError
        A negative `max_length` or `limit`.

    Examples
    --------
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    >>> signed_paths(fork, "s", "t")
    Routes(2 paths: 1 raises, 1 lowers)
    >>> [(path.nodes, path.sign) for path in signed_paths(fork, "s", "t")]
    [(('s', 't'), -1), (('s', 'y', 't'), 1)]
    """
    _check_bounds(max_length, limit)
    ends = (model.node(source).id, model.node(target).id)
    here = adjacency(model)
    walks, truncated = (
        ([], False)
        if source == target
        else paths_by_number(
            here.successors,
            here.predecessors,
            (here.number[ends[0]], here.number[ends[1]]),
            longest=max_length,
            limit=limit,
        )
    )
    return routes_along(model, walks, is_loops=False, truncated=truncated, limit=limit)


def feedback_loops(model: Model, *, max_length: int = 6, limit: int = 10_000) -> Routes:
    """Simple feedback loops: reinforcing (+1), balancing (-1) or undecided (0).

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    max_length
        The largest number of arrows. Loops grow in number without measure with their length, so
        the bound is finite; the search never takes a step from which no loop can be closed.
    limit
        The largest number of loops; `truncated` says whether there were more.

    Returns
    -------
    Routes
        Shortest first, then by the ids of the nodes, then of the arrows. Each begins at its
        smallest id. An arrow from a node to itself is a loop of one arrow.

    Raises
    ------
    ValueError
        A negative `max_length` or `limit`.

    Examples
    --------
    >>> circle = Model.from_edges(
    ...     [("stress", "cortisol", 1), ("cortisol", "magnesium", -1), ("magnesium", "stress", -1)]
    ... )
    >>> feedback_loops(circle)
    Routes(1 loop: 1 reinforcing)
    >>> feedback_loops(circle)[0].nodes
    ('cortisol', 'magnesium', 'stress')
    """
    _check_bounds(max_length, limit)
    ahead, behind = adjacency(model).on_loops
    walks, truncated = loops_by_number(ahead, behind, longest=max_length, limit=limit)
    return routes_along(model, walks, is_loops=True, truncated=truncated, limit=limit)


@dataclass(frozen=True)
class Reach:
    """How few arrows lead from a source to each node, by the net sign of the walk.

    A walk may meet a node twice, so a balancing loop on the way lets both signs arrive: this
    answers "can it matter at all", not "which way". Mappings hold every node that was not
    removed, in the map's order; None where there is no such walk.
    """

    source: str
    removed: frozenset[str]
    _adjacency: Adjacency = field(repr=False, compare=False)
    _steps: Sequence[int] = field(repr=False, compare=False)
    """Length of the shortest walk to each state of `Adjacency.signed_steps`, or -1."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reach):
            return NotImplemented
        mine, theirs = (
            (one.source, one.removed, one.plus, one.minus, one.unclear) for one in (self, other)
        )
        return mine == theirs

    def __hash__(self) -> int:
        return hash((self.source, self.removed))

    @cached_property
    def plus(self) -> Mapping[str, int | None]:
        """Arrows in the shortest walk with net sign +; 0 at the source itself."""
        return self._by_sign(0)

    @cached_property
    def minus(self) -> Mapping[str, int | None]:
        """Arrows in the shortest walk with net sign -."""
        return self._by_sign(1)

    @cached_property
    def unclear(self) -> Mapping[str, int | None]:
        """Arrows in the shortest walk along an unclear arrow, whose net sign nobody knows."""
        return self._by_sign(2)

    @cached_property
    def reached(self) -> tuple[str, ...]:
        """Nodes that any walk reaches, the source included, in the map's order."""
        walks = (self.plus, self.minus, self.unclear)
        return tuple(node for node in self.plus if any(walk[node] is not None for walk in walks))

    def to_frame(self) -> pd.DataFrame:
        """A table with one node a row, and the columns plus, minus and unclear."""
        import pandas as pd  # the one use of pandas below `tables`: frames are made on demand only

        columns = {"plus": self.plus, "minus": self.minus, "unclear": self.unclear}
        return pd.DataFrame(
            {name: list(steps.values()) for name, steps in columns.items()},
            index=pd.Index(list(self.plus), name="node"),
            dtype="Int64",
        )

    def __repr__(self) -> str:
        gone = f" without {', '.join(sorted(self.removed))}" if self.removed else ""
        others = len(set(self.reached) - {self.source})
        return (
            f"Reach({others} of {len(self.plus) - (self.source in self.plus)} other nodes "
            f"can be reached from {self.source}{gone})"
        )

    def _repr_html_(self) -> str:
        rows = [
            (node, *("" if step is None else step for step in (plus, self.minus[node])))
            for node, plus in self.plus.items()
        ]
        return table(repr(self), ("node", "arrows, net +", "arrows, net -"), rows)

    def _by_sign(self, state: int) -> Mapping[str, int | None]:
        lengths = [None if step < 0 else step for step in self._steps[state::3]]
        found = {node: lengths[number] for node, number in self._adjacency.in_map_order}
        for gone in self.removed:
            found.pop(gone, None)
        return MappingProxyType(found)


def reach(model: Model, source: str, *, removed: Iterable[str] = ()) -> Reach:
    """The shortest walks from a node to every other, one for each net sign.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    source
        Node id. Where it is itself removed, nothing is reached.
    removed
        Ids of nodes that no walk may meet, or of arrows that none may take.

    Returns
    -------
    Reach
        Lengths with net + (`plus`), with net - (`minus`), and over an unclear arrow (`unclear`).

    Raises
    ------
    UnknownId
        An id that the map does not have.

    Examples
    --------
    >>> found = reach(Model.from_edges([("a", "b", 1), ("b", "c", -1)]), "a")
    >>> dict(found.plus), dict(found.minus)
    ({'a': 0, 'b': 1, 'c': None}, {'a': None, 'b': None, 'c': 2})
    """
    model.node(source)
    gone = {removed} if isinstance(removed, str) else set(removed)
    for one in sorted(gone):
        if one not in model.nodes and one not in model.edges:
            raise UnknownId(one, (*model.nodes, *model.edges), kind="node or arrow")
    here = adjacency(model)
    nodes = [here.number[one] for one in gone if one in here.number]
    # arrows that do not propagate carry nothing anyhow, and have no number
    arrows = {here.arrow_number[one] for one in gone if one in here.arrow_number}
    find = reach_arrays.signed_distances if reach_arrays.pays(here) else signed_distances
    return Reach(source, frozenset(gone), here, find(here, here.number[source], nodes, arrows))


def _check_bounds(max_length: int, limit: int) -> None:
    for name, bound in (("max_length", max_length), ("limit", limit)):
        if bound < 0:
            msg = f"{name} is {bound}; give 0 or more."
            raise ValueError(msg)

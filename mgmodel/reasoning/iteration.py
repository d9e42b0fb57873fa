"""Levels by iteration, for loops and maps too large to be solved by elimination.

The Neumann series x = p + A p + A A p + ... is summed until nothing moves. As the arrows into a
node share alpha < 1, each term is at most alpha times the one before, so it always converges; no
factors of a sparse matrix are kept, which on real networks fill up and take minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from mgmodel.reasoning.adjacency import Adjacency
from mgmodel.reasoning.weightings import Question

if TYPE_CHECKING:
    import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

T = TypeVar("T")

__all__ = ["Array", "Numbers", "arrow_ends", "arrow_signs", "iterated", "solve_at_large"]

_BLOCK = 50
"""Weightings that are iterated together: large enough for numpy, small enough for its cache."""
_SETTLED = 1e-12
"""Iteration stops when nothing moves by more than this part of the largest forcing."""


def arrow_ends(here: Adjacency) -> tuple[Numbers, Numbers]:
    """Sources and targets of the arrows as arrays, made once for each map."""
    import numpy as np

    def made() -> tuple[Numbers, Numbers]:
        return np.array(here.sources, dtype=np.int64), np.array(here.targets, dtype=np.int64)

    return _kept(here, "_arrow_ends", made)


def arrow_signs(here: Adjacency) -> Array:
    """Signs of the arrows as an array, made once for each map."""
    import numpy as np

    return _kept(here, "_arrow_signs", lambda: np.array(here.signs, dtype=float))


def _kept(here: Adjacency, name: str, make: Callable[[], T]) -> T:
    # Kept as the adjacency's own cached properties are: it never changes, so neither does this.
    held = vars(here)
    if name not in held:
        held[name] = make()
    found: T = held[name]
    return found


def solve_at_large(asked: Question, entries: Array, inputs: Mapping[int, Array | float]) -> Array:
    """Deviation of every node in every weighting: (nodes, weightings)."""
    import numpy as np

    sources, targets = arrow_ends(asked.adjacency)
    size = len(asked.adjacency.nodes)
    carries, free = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    arrived = np.fromiter(asked.arrived, dtype=np.int64, count=len(asked.arrived))
    carries[arrived] = free[arrived] = True
    free[list(asked.fixed)] = False
    used = carries[sources] & free[targets]
    used[list(asked.cut)] = False
    arrows = np.flatnonzero(used)
    arrows = arrows[np.argsort(targets[arrows], kind="stable")]
    known = np.zeros((size, entries.shape[1]))
    for node, value in {**inputs, **asked.fixed}.items():
        known[node] = value
    return iterated(known, (targets[arrows], sources[arrows], arrows), entries)


def iterated(known: Array, inside: Sequence[Sequence[int] | Numbers], entries: Array) -> Array:
    """The sum of the Neumann series that begins with what is `known`: (nodes, weightings).

    Parameters
    ----------
    known
        Input to each node, (nodes, weightings); a node that nothing acts on keeps it.
    inside
        Target, source and number of each arrow, in the order of the targets.
    entries
        Entries of A for each arrow of the map: (arrows, weightings).
    """
    import numpy as np

    rows, columns, arrows = (np.asarray(part, dtype=np.int64) for part in inside)
    total = known.copy()
    for first in range(0, known.shape[1] if len(rows) else 0, _BLOCK):
        block = slice(first, first + _BLOCK)
        carried = entries[arrows, block]
        term = known[:, block].copy()
        bar = _SETTLED * abs(term).max()
        while abs(term).max() > bar:
            term = _passed_on(carried, term, rows, columns)
            total[:, block] += term
    return total


def _passed_on(carried: Array, term: Array, rows: Numbers, columns: Numbers) -> Array:
    """What the arrows make of one term: its image under A."""
    import numpy as np

    if term.shape[1] == 1:
        flat = np.bincount(rows, carried[:, 0] * term[columns, 0], minlength=len(term))
        return np.asarray(flat[:, None], dtype=float)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    following = np.zeros_like(term)
    following[rows[starts]] = np.add.reduceat(carried * term[columns], starts)
    return following

"""Where the level equations come to rest: iteration, exact ends, and every lasting state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mgmodel.dynamics.logistic import Array, Equations

__all__ = ["SAME", "Rest", "attractors", "follow", "rest"]

SAME = 1e-4
"""States that differ by no more than this in any node are one state."""
_DAMPING = 0.5
_STILL = 1e-7
"""Iteration stops when no node moves by more than this; Newton's method does the rest."""
_STILL_LARGE = 1e-10
"""The same where no matrix is at hand for Newton's method."""
_LOOK = 8
"""Only after so many steps is it looked which columns stand still."""
_STRETCH = 256
_CIRCLING = 0.01
"""Steps that are still larger than this after a stretch, and not growing smaller, circle."""
_MOST_STEPS = 4000
"""Steps after which iteration is given up and the equations are integrated instead; and at most as
many of the integration, which are smaller where alpha is large."""
_LONGEST = 400.0
"""How many time constants are integrated; the last quarter shows whether anything swings."""
_MOST_NEWTON = 5
_NEAR = 0.01
"""How far Newton's method may move a state: not into the reach of another one."""
_NOTHING = 1e-14
_PRODUCT = 2**18
"""Columns are iterated in groups whose matrix product takes no more multiplications than this: a
larger one is spread over threads, which wait for each other when the machine has other work."""


@dataclass(frozen=True)
class Rest:
    """Where each column comes to rest, or around what it keeps swinging."""

    levels: Array
    """Deviations: (nodes, columns); the middle of the swing where a column does not settle."""
    swings: Array
    """Half the distance from lowest to highest, 0 where it settles: (nodes, columns)."""
    settled: Array
    """Whether it settles: (columns,)."""

    def column(self, number: int) -> Rest:
        """One column alone, as arrays of one column."""
        one = slice(number, number + 1)
        return Rest(self.levels[:, one], self.swings[:, one], self.settled[one])


def rest(equations: Equations, pushes: Array, free: Array, starts: Array) -> Rest:
    """Where each start comes to rest, by damped Picard iteration.

    Columns that do not settle in 4,000 steps are integrated through 400 time constants (fewer from
    alpha 4 on), all time constants alike; what still moves then is told as a swing. Nothing ever
    hangs.

    Parameters
    ----------
    equations
        Of `nodes` nodes.
    pushes
        Presses: (nodes, columns).
    free
        1 where a node may move, 0 where it is held at its start: (nodes, columns).
    starts
        Deviations to start from: (nodes, columns).
    """
    import numpy as np

    levels, swings = starts.copy(), np.zeros_like(starts)
    settled = np.ones(starts.shape[1], dtype=bool)
    left = np.full(starts.shape[1], np.inf)
    for chunk in _chunks(starts):
        push, may = pushes[:, chunk], free[:, chunk]
        levels[:, chunk], settled[chunk] = _iterated(equations, push, may, starts[:, chunk])
        if equations.matrix is not None:
            levels[:, chunk], left[chunk] = _exact(equations, push, may, levels[:, chunk])
    for column in np.flatnonzero(~settled):
        one = slice(column, column + 1)
        push, may = pushes[:, one], free[:, one]
        if left[column] < 100 * _NOTHING and _way_out(equations, push, may, levels[:, one]) is None:
            settled[column] = True  # it was only slow
            continue
        levels[:, one], swings[:, one] = _integrated(equations, push, may, levels[:, one])
        settled[column] = swings[:, one].max() <= _STILL
        if settled[column] and equations.matrix is not None:
            levels[:, one], _ = _exact(equations, push, may, levels[:, one])
    swings[:, settled] = 0.0
    return Rest(levels, swings, settled)


def _chunks(starts: Array) -> Iterator[slice]:
    nodes, columns = starts.shape
    width = max(4, _PRODUCT // max(nodes, 1) ** 2)
    for first in range(0, columns, width):
        yield slice(first, first + width)


def _iterated(
    equations: Equations, pushes: Array, free: Array, starts: Array
) -> tuple[Array, Array]:
    """Damped Picard, x <- x + (f(x) - x) / 2; columns leave when they stand still, or circle."""
    import numpy as np

    still = _STILL if equations.matrix is not None else _STILL_LARGE
    levels = starts.copy()
    left = np.arange(starts.shape[1])
    settled, earlier = np.zeros(len(left), dtype=bool), np.full(len(left), np.inf)
    for taken in range(1, _MOST_STEPS + 1):
        if taken % _LOOK == 1:
            now, push, may = levels[:, left], pushes[:, left], free[:, left]
        step = (equations.heading(now, push) - now) * may
        now += _DAMPING * step
        if taken % _LOOK:
            continue
        levels[:, left] = now
        size = abs(step).max(axis=0, initial=0)
        going = size > still
        settled[left[~going]] = True
        if taken % _STRETCH == 0:  # steps this large for so long lead round and round
            going &= (size < _CIRCLING) | (size < 0.9 * earlier[left])
            earlier[left] = size
        left = left[going]
        if not left.size:
            break
    return levels, settled


def _integrated(
    equations: Equations, pushes: Array, free: Array, start: Array
) -> tuple[Array, Array]:
    """Middle and half width of what one column does late on, by Runge and Kutta's fourth order."""
    import numpy as np

    def speed(levels: Array) -> Array:
        moved: Array = (equations.heading(levels, pushes) - levels) * free
        return moved

    step = max(0.5 / (1 + equations.alpha), 0.02)
    steps = min(int(_LONGEST / step), _MOST_STEPS)
    now = start.copy()
    low, high = np.full_like(now, np.inf), np.full_like(now, -np.inf)
    for taken in range(steps):
        first = speed(now)
        if taken % _LOOK == 0 and abs(first).max(initial=0) < _STILL:
            return now, np.zeros_like(now)
        second = speed(now + step / 2 * first)
        third = speed(now + step / 2 * second)
        now = now + step / 6 * (first + 2 * (second + third) + speed(now + step * third))
        if taken > 0.75 * steps:
            np.minimum(low, now, out=low)
            np.maximum(high, now, out=high)
    return (low + high) / 2, (high - low) / 2


def _exact(equations: Equations, pushes: Array, free: Array, levels: Array) -> tuple[Array, Array]:
    """Newton's method for what little is missing, and what is missing then: (columns,).

    A step is kept only where it is small and brings the end nearer.
    """
    import numpy as np

    found = levels.copy()
    left = np.full(levels.shape[1], np.inf)
    going = np.arange(levels.shape[1])
    for _ in range(_MOST_NEWTON):
        now, push, may = found[:, going], pushes[:, going], free[:, going]
        missing = (equations.heading(now, push) - now) * may
        left[going] = size = abs(missing).max(axis=0, initial=0)
        if size.max(initial=0) <= _NOTHING:
            break
        matrix = -equations.slopes(now, push) * may.T[:, :, None]
        matrix[:, range(equations.nodes), range(equations.nodes)] += 1.0
        try:
            step = np.linalg.solve(matrix, missing.T[:, :, None])[:, :, 0].T
        except np.linalg.LinAlgError:  # exactly on a fold
            break
        tried = now + step
        missing = (equations.heading(tried, push) - tried) * may
        better = abs(missing).max(axis=0) < size
        better &= abs(step).max(axis=0) < _NEAR
        going = going[better]
        found[:, going] = tried[:, better]
    return found, left


def attractors(equations: Equations, pushes: Array, free: Array, start: Array) -> Rest:
    """Every lasting state found for one question: (nodes, states), that from `start` first.

    Starts are `start` itself and the levels 0.1 and 0.9 in all free nodes. On a small map a fixed
    point that the slightest change would leave is no attractor: both sides of it are followed.

    Parameters
    ----------
    equations
        Of `nodes` nodes.
    pushes, free, start
        One column each: (nodes, 1). Held nodes have their value in `start`.
    """
    import numpy as np

    starts = np.hstack([np.where(free > 0, level, start) for level in (start, -0.4, 0.4)])
    found: list[Rest] = []
    for end in _followed(equations, pushes, free, starts):
        if not any(_alike(end, other) for other in found):
            found.append(end)
    return Rest(
        np.hstack([end.levels for end in found]),
        np.hstack([end.swings for end in found]),
        np.hstack([end.settled for end in found]),
    )


def follow(equations: Equations, pushes: Array, free: Array, start: Array) -> Rest:
    """Where one start ends, as (nodes, 1); never on a balance that the slightest change tips.

    On the way from a stable state a fixed point becomes such a balance when det(I - J) turns
    negative, which is looked at because it costs next to nothing.
    """
    import numpy as np

    end = rest(equations, pushes, free, start)
    if equations.contracts or equations.matrix is None or not end.settled[0]:
        return end
    slopes = equations.slopes(end.levels, pushes)[0] * free
    if np.linalg.slogdet(np.eye(equations.nodes) - slopes)[0] >= 0:
        return end
    return _followed(equations, pushes, free, start)[0]


def _followed(
    equations: Equations, pushes: Array, free: Array, starts: Array, more: int = 2
) -> list[Rest]:
    """Where the starts end; both sides of an unstable end in its place, at most `more` times."""
    import numpy as np

    wide = np.ones((1, starts.shape[1]))
    ends = rest(equations, pushes * wide, free * wide, starts)
    found: list[Rest] = []
    left: list[Rest] = []
    for end in map(ends.column, range(starts.shape[1])):
        if any(_alike(end, other) for other in (*found, *left)):
            continue
        seeks = more and end.settled[0]
        leaving = _way_out(equations, pushes, free, end.levels) if seeks else None
        if leaving is None:
            found.append(end)
        else:
            left.append(end)
            sides = np.clip(np.hstack([end.levels + leaving, end.levels - leaving]), -0.5, 0.5)
            found += _followed(equations, pushes, free, sides, more - 1)
    return found


def _alike(one: Rest, other: Rest) -> bool:
    bar = SAME if one.settled[0] and other.settled[0] else 100 * SAME
    apart = abs(one.levels - other.levels) + abs(one.swings - other.swings)
    return bool(apart.max(initial=0) <= bar)


def _way_out(equations: Equations, pushes: Array, free: Array, levels: Array) -> Array | None:
    """A small move off a fixed point along which it is left, or None where it is stable."""
    import numpy as np

    if equations.contracts or equations.matrix is None or not free.any():
        return None
    slopes = equations.slopes(levels, pushes)[0] * free
    if abs(slopes).sum(axis=1).max() < 1:
        return None
    values, vectors = np.linalg.eig(slopes)
    most = int(np.argmax(values.real))
    if values[most].real <= 1 + 1e-9:
        return None
    way = vectors[:, most].real
    first = int(np.argmax(abs(way) > 0.999 * abs(way).max()))
    move: Array = (_NEAR * way / way[first])[:, None]
    return move

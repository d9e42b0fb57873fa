"""Where the level equations come to rest: iteration, exact ends, and every lasting state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from mgmodel.dynamics.logistic import Array, Equations

__all__ = ["SAME", "Rest", "attractors", "follow", "rest"]

SAME = 1e-4
"""States that differ by no more than this in any node are one state."""
_STILL = 1e-7
"""Levels that move by no more than this are near enough for Newton's method to do the rest."""
_STILL_LARGE = 1e-10
"""The same where no matrix is at hand for Newton's method."""
_DAMPING = 0.5
_SHORTEST = 0.02
"""Steps of the integration are 1 / (1 + alpha) time constants long, but no shorter than this."""
_MOST_STEPS = 4096
"""Steps of iteration or of integration after which a question is given up."""
_LOOK = 8
"""Only after so many steps is it looked which columns stand still."""
_STRETCH = 512
"""Steps of which lowest and highest level are compared with those of the stretch before."""
_SWINGS = 1e-3
"""A swing that is this wide, and as wide as one stretch before, will not die out."""
_MOST_NEWTON = 20
_NEAR = 0.01
"""How far a step of Newton's method may lead: not into the reach of another state."""
_NOTHING = 1e-14
_PRODUCT = 2**18
"""Columns are taken in groups whose matrix product takes no more multiplications than this: a
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
    """Where each start comes to rest, with all time constants alike.

    Where there is one attractor for certain, damped Picard iteration finds it soonest. Elsewhere
    the equations are integrated: iteration leaves states that time would stay in, since its steps
    are too large for what swings, and so it may end in another state than time does. What still
    swings as widely as before, or has not settled in 4,096 steps, is told as a swing. Nothing ever
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
    settled = np.zeros(starts.shape[1], dtype=bool)
    find = _iterated if equations.contracts else _integrated
    for chunk in _chunks(starts):
        push, may = pushes[:, chunk], free[:, chunk]
        found, wide = find(equations, push, may, starts[:, chunk])
        still = wide.max(axis=0, initial=0) <= _STILL
        if equations.matrix is not None:
            exact, left = _exact(equations, push, may, found)
            slow = ~still & (wide.max(axis=0, initial=0) < _NEAR) & (left < 100 * _NOTHING)
            for column in np.flatnonzero(slow):
                one = slice(column, column + 1)
                still[column] = (
                    _way_out(equations, push[:, one], may[:, one], exact[:, one]) is None
                )
            found = np.where(still, exact, found)
        levels[:, chunk], swings[:, chunk] = found, np.where(still, 0.0, wide)
        settled[chunk] = still
    return Rest(levels, swings, settled)


def _chunks(starts: Array) -> Iterator[slice]:
    nodes, columns = starts.shape
    width = max(4, _PRODUCT // max(nodes, 1) ** 2)
    for first in range(0, columns, width):
        yield slice(first, first + width)


def _iterated(
    equations: Equations, pushes: Array, free: Array, starts: Array
) -> tuple[Array, Array]:
    """Damped Picard, x <- x + (f(x) - x) / 2: levels, and how far the last step still led."""
    import numpy as np

    still = _STILL if equations.matrix is not None else _STILL_LARGE
    levels, moving = starts.copy(), np.zeros_like(starts)
    left = np.arange(starts.shape[1])
    for taken in range(1, _MOST_STEPS + 1):
        if taken % _LOOK == 1:
            now, push, may = levels[:, left], pushes[:, left], free[:, left]
        step = (equations.heading(now, push) - now) * may
        now += _DAMPING * step
        if taken % _LOOK == 0:
            levels[:, left] = now
            going = abs(step).max(axis=0, initial=0) > still
            left, step = left[going], step[:, going]
            if not left.size:
                break
    moving[:, left] = abs(step)
    return levels, moving


def _integrated(
    equations: Equations, pushes: Array, free: Array, starts: Array
) -> tuple[Array, Array]:
    """Middle and half width of what each column does in the end, by Runge-Kutta of order 4."""
    import numpy as np

    still = _STILL if equations.matrix is not None else _STILL_LARGE
    levels, swings = starts.copy(), np.zeros_like(starts)
    left = np.arange(starts.shape[1])
    now, low, high = starts, starts.copy(), starts.copy()
    earlier = np.full((2, *starts.shape), np.inf)
    for taken in range(1, _MOST_STEPS + 1):
        now, speed = _stepped(equations, pushes[:, left], free[:, left], now)
        np.minimum(low, now, out=low)
        np.maximum(high, now, out=high)
        if taken % _LOOK:
            continue
        ends = abs(speed).max(axis=0, initial=0) <= still
        levels[:, left[ends]] = now[:, ends]
        if taken % _STRETCH == 0:
            half, reached = (high - low) / 2, np.array((low, high))
            change = abs(reached - earlier).max(axis=(0, 1), initial=0)
            circles = ~ends & (half.max(axis=0, initial=0) > _SWINGS)
            circles &= change < _SWINGS + 0.01 * half.max(axis=0, initial=0)
            circles |= ~ends & (taken == _MOST_STEPS)
            levels[:, left[circles]] = ((low + high) / 2)[:, circles]
            swings[:, left[circles]] = half[:, circles]
            ends |= circles
            earlier, low, high = reached, now.copy(), now.copy()
        if ends.any():
            left, now, low, high = left[~ends], now[:, ~ends], low[:, ~ends], high[:, ~ends]
            earlier = earlier[:, :, ~ends]
        if not left.size:
            break
    return levels, swings


def _stepped(equations: Equations, pushes: Array, free: Array, now: Array) -> tuple[Array, Array]:
    """The levels one step later, and the speed at its beginning."""
    step = max(1 / (1 + equations.alpha), _SHORTEST)

    def speed(levels: Array) -> Array:
        moved: Array = (equations.heading(levels, pushes) - levels) * free
        return moved

    first = speed(now)
    second = speed(now + step / 2 * first)
    third = speed(now + step / 2 * second)
    last = speed(now + step * third)
    return now + step / 6 * (first + 2 * (second + third) + last), first


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
        better &= equations.contracts | (abs(step).max(axis=0) < _NEAR)
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

    A fixed point close by, as where the start was one for nearly the same pushes, is found at once.
    """
    import numpy as np

    if equations.matrix is not None:
        near, left = _exact(equations, pushes, free, start)
        if left[0] < 100 * _NOTHING and _way_out(equations, pushes, free, near) is None:
            return Rest(near, np.zeros_like(near), np.ones(1, dtype=bool))
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
            continue
        left.append(end)
        sides = np.clip(np.hstack([end.levels + leaving, end.levels - leaving]), -0.5, 0.5)
        beyond = _followed(equations, pushes, free, sides, more - 1)
        # beside a kink one side may lead back; if both do, nothing was left after all
        found += [one for one in beyond if not _alike(one, end)] or [end]
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
    for sides in _beside_kinks(equations, levels):
        slopes = equations.slopes(sides, pushes)[0] * free
        if abs(slopes).sum(axis=1).max() < 1:
            continue
        if np.linalg.eigvals(slopes).real.max() > 1 + 1e-9:
            values, vectors = np.linalg.eig(slopes)
            way = vectors[:, np.argmax(values.real)].real
            first = int(np.argmax(abs(way) > 0.999 * abs(way).max()))
            move: Array = (_NEAR * way / way[first])[:, None]
            return move
    return None


def _beside_kinks(equations: Equations, levels: Array) -> Iterator[Array]:
    """The levels; or, where permissive arrows begin to limit, a hair above and below each.

    With more than four such kinks at once, only above and below all of them.
    """
    import numpy as np

    sources = sorted({source for _, source, _ in equations.permissive})
    kinks = [source for source in sources if abs(levels[source, 0]) <= _STILL]
    sides: Iterable[tuple[int, ...]] = ((1,), (-1,))
    if len(kinks) <= 4:
        sides = product((1, -1), repeat=len(kinks))
    for side in sides:
        beside = levels.copy()
        beside[kinks, 0] += 2 * _STILL * np.array(side)
        yield beside

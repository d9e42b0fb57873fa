"""Arrows whose effect depends on levels: the permissive ones, and groups that act only together.

What such arrows bring is put in as a further input, the rest of the map is solved, and that is
repeated until nothing moves. With permissive arrows alone it always comes to rest, and in one
place: all arrows into a node share alpha < 1, min(x, 0) never stretches a difference, and so each
round leaves at most alpha of the error. AND groups multiply levels and give no such promise; a node
that finds no level in some weighting counts there as neither risen nor fallen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, TypeAlias

__all__ = ["settled"]

Inputs: TypeAlias = Mapping[int, Any]

_SHARES = (1.0, 0.5, 0.1)
"""How far the inputs go towards what is brought. A group that swings to and fro when they go all
the way comes to rest when they go less far."""
_ROUNDS = 300
"""Tried with each share; at alpha 0.9, 262 full rounds leave less than 1e-12 of the error."""
_SETTLED = 1e-12
"""Part of the largest forcing by which the inputs may still move."""
_MOVING = 1e-7
"""Part of the largest forcing by which a level must still move to be given up."""


def settled(
    solve: Callable[[Inputs], Any],
    inputs: Callable[[Any], Inputs],
    form: ModuleType,
    largest: float,
) -> tuple[Any, set[int]]:
    """Levels at which the inputs are what the levels bring about, and the nodes that found none.

    Parameters
    ----------
    solve
        Levels of all nodes for given further inputs.
    inputs
        What conditional arrows bring at given levels.
    form
        `weightings` or `weighting_arrays`, whichever the levels are in.
    largest
        The largest forcing, in size.
    """
    pushed = inputs(solve({}))
    levels = before = solve(pushed)
    for share in _SHARES:
        for _ in range(_ROUNDS):
            brought = inputs(levels)
            if form.largest_change(pushed, brought) <= _SETTLED * largest:
                return levels, set()
            pushed = form.moved(pushed, brought, share)
            before, levels = levels, solve(pushed)
    return levels, form.give_up(before, levels, _MOVING * largest)

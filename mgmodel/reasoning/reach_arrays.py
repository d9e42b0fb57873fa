"""Signed distances of large maps, in numpy; the plain form stands in `adjacency`."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from mgmodel.reasoning.adjacency import SIGN_AFTER, Adjacency

__all__ = ["pays", "signed_distances"]

Array: TypeAlias = Any

_MANY_ARROWS = 2000
"""From this size on this form is the faster one."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of `Adjacency.signed_steps`, those out of one state side by side."""

    first: Array
    """Place of the first step out of each state: (states,)."""
    count: Array
    """How many steps lead out of each state: (states,)."""
    after: Array
    """The state that each step leads to: (steps,)."""
    place: Array
    """Where the three steps of each arrow stand: (arrows, 3)."""


def pays(here: Adjacency) -> bool:
    """Whether this form serves a map better than the plain one: it is large, and numpy is there.

    Examples
    --------
    >>> from mgmodel.model import Model
    >>> from mgmodel.reasoning.adjacency import adjacency
    >>> pays(adjacency(Model.from_edges([("a", "b", 1)])))
    False
    """
    if len(here.edges) < _MANY_ARROWS:
        return False
    try:
        return importlib.util.find_spec("numpy") is not None
    except ImportError:  # from an import hook that refuses it
        return False


def signed_distances(
    here: Adjacency, source: int, removed: Iterable[int] = (), closed: Iterable[int] = ()
) -> Sequence[int]:
    """Arrows from a source to each state of `Adjacency.signed_steps`; -1 where none lead.

    All steps out of one front are taken at once, so the cost is a few passes over the arrows and
    a few calls for each length.

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
    >>> from mgmodel.model import Model
    >>> from mgmodel.reasoning.adjacency import adjacency
    >>> here = adjacency(Model.from_edges([("a", "b", 1), ("b", "a", -1)]))
    >>> list(signed_distances(here, 0))
    [0, 2, -1, 1, 3, -1]
    """
    import numpy as np

    steps = _steps(here)
    nowhere = len(steps.count)
    after = steps.after
    shut = list(closed)
    if shut:
        after = after.copy()
        after[steps.place[shut]] = nowhere
    lengths = np.full(nowhere + 1, -1, dtype=np.int32)
    for node in removed:
        lengths[3 * node : 3 * node + 3] = nowhere
    lengths[nowhere] = nowhere  # any number that is no length: walks never enter
    scratch = np.empty(nowhere, dtype=int)
    length = 0
    front = np.array([3 * source])[lengths[[3 * source]] < 0]
    while front.size:
        lengths[front] = length
        reached = after[_spans(steps.first[front], steps.count[front])]
        front = _each_once(reached.compress(lengths[reached] < 0), scratch)
        length += 1
    lengths[lengths == nowhere] = -1
    return lengths[:nowhere].data  # a view that makes plain numbers, and only those asked for


def _spans(first: Array, count: Array) -> Array:
    """The places first, first + 1, ... of each span, one span after the other."""
    import numpy as np

    ends = count.cumsum()
    places = np.repeat(first - ends + count, count)
    places += np.arange(len(places))
    return places


def _each_once(states: Array, scratch: Array) -> Array:
    """The states without repeats: of equal ones, that is kept which wrote its place last."""
    import numpy as np

    places = np.arange(len(states))
    scratch[states] = places
    return states.compress(scratch[states] == places)


def _steps(here: Adjacency) -> _Steps:
    """The steps of a map, made once for each map."""
    kept = vars(here).get("_steps_in_arrays")  # as cached properties are: it never changes
    if isinstance(kept, _Steps):
        return kept
    vars(here)["_steps_in_arrays"] = made = _made_steps(here)
    return made


def _made_steps(here: Adjacency) -> _Steps:
    import numpy as np

    arrows, states = len(here.edges), 3 * len(here.nodes)
    signs_after = np.array([SIGN_AFTER[sign] for sign in (0, 1, -1)])
    before = 3 * np.array(here.sources, int)[:, None] + np.arange(3)
    after = 3 * np.array(here.targets, int)[:, None] + signs_after[np.array(here.signs, int)]
    order = np.argsort(before, axis=None, kind="stable")
    place = np.empty(3 * arrows, int)
    place[order] = np.arange(3 * arrows)
    count = np.bincount(before.ravel(), minlength=states)
    return _Steps(count.cumsum() - count, count, after.ravel()[order], place.reshape(arrows, 3))

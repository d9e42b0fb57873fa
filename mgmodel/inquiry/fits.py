"""How well pushes on one node or two fit an observed pattern, counted over all weightings.

Responses to single pushes are asked once. Two pushes on a map of plain arrows do what each does,
added up, so that all pairs are had by adding; each observation is then looked at in each weighting.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from mgmodel.interventions import Press
from mgmodel.reasoning import Ensemble
from mgmodel.reasoning.adjacency import adjacency, reachable
from mgmodel.reasoning.response import LIKELY, NEGLIGIBLE
from mgmodel.reasoning.weighting_arrays import Array
from mgmodel.vocabulary import Verdict

__all__ = ["OBSERVABLE", "Fit", "fits_of", "tied_fits"]

OBSERVABLE = {Verdict.RISES: 1, Verdict.FALLS: -1, Verdict.UNCHANGED: 0}
"""What can be observed, and as what sign."""
_PAIRED = 300
"""The most nodes from which pairs are made."""
_ASKED = 100
"""The most pairs that are asked one by one where responses do not add up."""


class Fit(NamedTuple):
    """Some pushes, and in how many weightings they bring the whole pattern about."""

    presses: tuple[Press, ...]
    whole: int
    """Number of weightings in which every observation holds."""
    matched: int
    """Number of observations that hold, each by itself, in at least 0.80 of weightings."""

    def rank(self) -> tuple[object, ...]:
        """Smallest for the best: whole pattern, then fewer pushes, then matched, then ids."""
        ids = [(press.node, -press.amount) for press in self.presses]
        return -self.whole, len(self.presses), -self.matched, ids


def fits_of(
    ensemble: Ensemble, suspects: list[str], pattern: Mapping[str, Verdict]
) -> tuple[list[Fit], bool]:
    """Every push, and every pair that beats its two pushes, that fits anything at all.

    Parameters
    ----------
    ensemble
        The weightings.
    suspects
        Ids of the nodes that may be pushed, in order; those that reach no observed node fit
        nothing.
    pattern
        What was observed: `rises`, `falls` or `unchanged` by node id.

    Returns
    -------
    tuple
        The fits, best first, and whether every pair was tried.

    Examples
    --------
    >>> from mgmodel.model import Model
    >>> chain = Ensemble(Model.from_edges([("a", "b", 1), ("b", "c", -1)]), weightings=9)
    >>> found, _ = fits_of(chain, ["a", "b"], {"c": Verdict.FALLS})
    >>> [(fit.presses[0].node, fit.presses[0].amount, fit.whole) for fit in found]
    [('a', 1.0, 9), ('b', 1.0, 9)]
    """
    here = adjacency(ensemble.model)
    behind = reachable([here.number[node] for node in pattern], here.predecessors.__getitem__)
    pushes = [
        Press(node, way) for node in suspects if here.number[node] in behind for way in (1.0, -1.0)
    ]
    adds_up = not (here.permissive or here.gates)
    levels = _levels(ensemble, pushes, pattern, mirrored=adds_up)
    wanted = [OBSERVABLE[seen] for seen in pattern.values()]
    whole, matched, each = (counts.tolist() for counts in _counts(levels, wanted))
    singles = map(Fit, ((push,) for push in pushes), whole, matched)
    alone = dict(zip(pushes, whole, strict=True))
    places = _paired([whole, *each])
    pairs = _pairs([pushes[place] for place in places], levels[:, places], wanted)
    complete = len(places) == len(pushes)
    if not adds_up:
        complete = complete and len(pairs) <= _ASKED
        best = [fit.presses for fit in sorted(pairs, key=Fit.rank)[:_ASKED]]
        pairs = [_asked(ensemble, presses, pattern) for presses in best]
    found = [fit for fit in singles if fit.whole or fit.matched]
    found += [fit for fit in pairs if fit.whole > 1 + max(alone[push] for push in fit.presses)]
    return sorted(found, key=Fit.rank), complete


def tied_fits(fits: list[Fit]) -> set[Fit]:
    """Those with a neighbour of as many pushes whose count differs by one weighting at most.

    Examples
    --------
    >>> found = [Fit((Press(node),), whole, 1) for node, whole in [("a", 9), ("b", 8), ("c", 4)]]
    >>> sorted(fit.presses[0].node for fit in tied_fits(found))
    ['a', 'b']
    """
    tied: set[Fit] = set()
    for size in (1, 2):
        group = [fit for fit in fits if len(fit.presses) == size]
        for fit, following in pairwise(group):
            if fit.whole - following.whole <= 1:
                tied |= {fit, following}
    return tied


def _levels(
    ensemble: Ensemble, pushes: list[Press], pattern: Mapping[str, Verdict], *, mirrored: bool
) -> Array:
    """What each push does to each observed node: (observations, pushes, weightings).

    Where a push down is the mirror of the push up before it, only the latter is asked.
    """
    import numpy as np

    levels = np.empty((len(pattern), len(pushes), ensemble.weightings))
    for place, push in enumerate(pushes):
        if mirrored and place % 2:
            levels[:, place] = -levels[:, place - 1]
        else:
            response = ensemble.respond(push)
            levels[:, place] = [response.levels(node) for node in pattern]
    return levels


def _counts(levels: Array, wanted: list[int]) -> tuple[Array, Array, Array]:
    """For each hypothesis: whole pattern, matched, and each observation over the weightings."""
    import numpy as np

    held = np.empty(levels.shape, dtype=bool)
    for place, sign in enumerate(wanted):
        if sign:
            np.greater(sign * levels[place], NEGLIGIBLE, out=held[place])
        else:
            np.less_equal(abs(levels[place]), NEGLIGIBLE, out=held[place])
    each = np.count_nonzero(held, axis=2)
    matched = (each / levels.shape[2] >= LIKELY).sum(axis=0)
    return np.count_nonzero(held.all(axis=0), axis=1), matched, each


def _paired(counts: list[list[int]]) -> list[int]:
    """The pushes from which pairs are made, by place; up and down of a node stay together.

    Of too many nodes the best of each count are taken by turns, so that one that explains what no
    other explains is among them.
    """
    by_turns = zip(
        *(sorted(range(len(row)), key=lambda place: -row[place]) for row in counts), strict=True
    )
    nodes = dict.fromkeys(place // 2 for places in by_turns for place in places)
    return [2 * node + way for node in sorted(list(nodes)[:_PAIRED]) for way in (0, 1)]


def _pairs(pushes: list[Press], levels: Array, wanted: list[int]) -> list[Fit]:
    """Every pair of pushes on two nodes, as if what they do added up."""
    found: list[Fit] = []
    for place, push in enumerate(pushes):
        following = place - place % 2 + 2  # past the push on the same node the other way
        sums = levels[:, place, None] + levels[:, following:]
        whole, matched, _ = _counts(sums, wanted)
        found += map(
            Fit,
            ((push, other) for other in pushes[following:]),
            whole.tolist(),
            matched.tolist(),
        )
    return found


def _asked(ensemble: Ensemble, presses: tuple[Press, ...], pattern: Mapping[str, Verdict]) -> Fit:
    """How well some pushes fit when they are asked together."""
    import numpy as np

    response = ensemble.respond(*presses)
    levels = np.array([[response.levels(node)] for node in pattern])
    whole, matched, _ = _counts(levels, [OBSERVABLE[seen] for seen in pattern.values()])
    return Fit(presses, int(whole[0]), int(matched[0]))

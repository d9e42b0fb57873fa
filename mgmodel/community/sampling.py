"""How often each node rises and falls, over random strengths of the arrows that are stable.

References
----------
Melbourne-Thomas et al. (2012), Ecological Monographs 82:505.
"""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from mgmodel.community.matrices import Matrix, exact_rows, sign
from mgmodel.markup import table

if TYPE_CHECKING:
    import numpy as np

__all__ = ["SignFractions", "sign_fractions"]

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_NO_CHANGE = 1e-5
"""A response smaller than this counts as none, as in QPress."""
_STABLE = -1e-9
"""Real part below which an eigenvalue decays: one that is 0 exactly is computed as a bit less."""
_PATIENCE = 10_240
"""Weightings drawn before it is said that none is stable."""
_MOST_DRAWN = 100
"""Weightings drawn at most, for each one wanted."""
_NUMBERS_AT_ONCE = 500_000


class SignFractions(NamedTuple):
    """How often each node rises and falls, over weightings of the arrows that are stable.

    In both tables row i, column j is for node i when node j is pressed. Fractions are fractions of
    weightings: a statement about the system as drawn, and about how it was sampled.
    """

    rises: list[list[float]]
    falls: list[list[float]]
    accepted: int
    """Weightings that were stable and kept."""
    drawn: int
    """Weightings that were tried."""

    def __repr__(self) -> str:
        nodes = len(self.rises)
        return (
            f"SignFractions({nodes} node{'s' * (nodes != 1)}; "
            f"{self.accepted} of {self.drawn} weightings were stable)"
        )

    def _repr_html_(self) -> str:
        numbers = range(len(self.rises))
        rows = [
            (i, *(f"{self.rises[i][j]:.0%} rise, {self.falls[i][j]:.0%} fall" for j in numbers))
            for i in numbers
        ]
        return table(repr(self), ("node", *(f"{j} pressed" for j in numbers)), rows)


def sign_fractions(matrix: Matrix, draws: int = 10_000, seed: int = 0) -> SignFractions:
    """In what fraction of stable weightings i rises, and falls, when j is pressed.

    Each entry of A keeps its sign and draws its size from 0 to 1, all alike; a weighting is kept
    when every eigenvalue has a negative real part (rejection sampling, as QPress does it). The more
    nodes and loops, the fewer are stable; `mgmodel.respond` needs no rejection.

    Parameters
    ----------
    matrix
        Rows of A; only the signs count. Without self-damping hardly any system is stable.
    draws
        Stable weightings wanted. Fewer come back (see `accepted`) when a hundred times as many
        were drawn and did not bring them.
    seed
        The same seed gives the same weightings.

    Raises
    ------
    ValueError
        As for `adjoint`; `draws` or `seed` out of range; or none of the first 10,240 weightings
        is stable.

    Examples
    --------
    >>> found = sign_fractions([[-1, -1], [1, 0]], draws=100)
    >>> found
    SignFractions(2 nodes; 100 of 100 weightings were stable)
    >>> found.rises
    [[0.0, 0.0], [1.0, 1.0]]
    """
    signs = [[sign(entry) for entry in row] for row in exact_rows(matrix)]
    for name, value, least in (("draws", draws, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
            msg = f"{name} is {value!r}; give a whole number, {least} or more."
            raise ValueError(msg)
    import numpy as np

    pattern = np.array(signs, dtype=float)
    generator = np.random.default_rng(int(seed))
    largest_batch = max(1, _NUMBERS_AT_ONCE // pattern.size)
    enough = max(_PATIENCE, _MOST_DRAWN * draws)
    rises, falls = (np.zeros(pattern.shape, dtype=int) for _ in range(2))
    accepted = drawn = 0
    while accepted < draws and drawn < enough:
        still = draws - accepted if accepted else _PATIENCE - drawn
        batch = min(largest_batch, max(1_024, still))
        weightings = _weightings(pattern, batch, generator)
        kept = np.flatnonzero(_are_stable(weightings))[: draws - accepted]
        accepted += len(kept)
        drawn += int(kept[-1]) + 1 if accepted == draws else batch
        responses = -np.linalg.inv(weightings[kept])
        rises += (responses > _NO_CHANGE).sum(axis=0)
        falls += (responses < -_NO_CHANGE).sum(axis=0)
        if not accepted and drawn >= _PATIENCE:
            raise ValueError(_none_is_stable(drawn))
    return SignFractions((rises / accepted).tolist(), (falls / accepted).tolist(), accepted, drawn)


def _weightings(pattern: Array, batch: int, generator: np.random.Generator) -> Array:
    """Random sizes for the signs of the pattern: (weightings, nodes, nodes)."""
    import numpy as np

    rows, columns = np.nonzero(pattern)
    found: Array = np.zeros((batch, *pattern.shape))
    found[:, rows, columns] = pattern[rows, columns] * generator.random((batch, len(rows)))
    return found


def _are_stable(weightings: Array) -> Array:
    """Which matrices have eigenvalues with negative real parts only: (weightings,) of booleans.

    Most of those that fail do so by the first two coefficients of the characteristic polynomial,
    which must be positive and cost next to nothing.
    """
    import numpy as np

    traces = np.trace(weightings, axis1=1, axis2=2)
    hopeful: Array = traces < 0
    if weightings.shape[1] > 1:
        of_squares = (weightings * weightings.transpose(0, 2, 1)).sum(axis=(1, 2))
        hopeful &= traces**2 > of_squares
    left = np.flatnonzero(hopeful)
    slowest = np.linalg.eigvals(weightings[left]).real.max(axis=1)
    hopeful[left] = slowest < _STABLE
    return hopeful


def _none_is_stable(drawn: int) -> str:
    return (
        f"None of {drawn:,} weightings is stable, so there is nothing to count. Give nodes that "
        "damp themselves a negative number on the diagonal, take fewer nodes, or ask "
        "mgmodel.respond, which is stable by construction."
    )

"""The equations of the level dynamics, term by term.

Every node has a level x between 0 and 1 and a baseline b of one half, and heads for

    tau_v dx_v/dt = S(logit(b) + (sum_u A[v, u] (x_u - b) + p_v) / (b (1 - b))) - x_v

with S the logistic function, p the presses and tau the time constants. A is the matrix of the
press perturbation with equal weights: the arrows into a node share alpha equally, so that
A[v, u] = alpha * sign / (number of arrows into v). An unclear arrow has its share and carries
nothing, which is the average of its two signs. Baseline is a fixed point, and the Jacobian there
is (A - I) / tau: small presses give the answer of the press perturbation. The form is the
connectionist model of Mjolsness, Sharp and Reinitz (1991), with its bias chosen so that baseline
stays put.

Everything here is in deviations d = x - 1/2, where the right-hand side reads tanh(2 z) / 2 - d. An
AND group acts as one arrow with the activity (prod(1 + 2 s_i d_i) - 1) / 2; a permissive arrow
multiplies what its target heads for by min(1, x_c / b), or, where its sign is minus, what is left
above that by the same. `resting` solves them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from mgmodel.reasoning.adjacency import Adjacency

if TYPE_CHECKING:
    import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

__all__ = ["Array", "Equations"]

_DENSE = 300
"""Maps of more nodes than this are kept as lists of arrows instead of a matrix."""


class Equations:
    """What each node heads for, on one map with one alpha and one set of altered arrows.

    Parameters
    ----------
    here
        The reasoning arrows by number.
    alpha
        What the arrows into a node pass on together; may be 1 or more.
    factors
        What an arrow carries of its entry where that is not the whole: 0 cut, -1 turned round. The
        other arrows into its target keep their share.

    Examples
    --------
    >>> import numpy as np
    >>> from mgmodel.model import Model
    >>> from mgmodel.reasoning.adjacency import adjacency
    >>> chain = Equations(adjacency(Model.from_edges([("a", "b", -1)])), 0.9)
    >>> chain.heading(np.array([[0.5], [0.0]]), np.zeros((2, 1))).round(3).tolist()
    [[0.0], [-0.358]]
    """

    def __init__(
        self, here: Adjacency, alpha: float, factors: Mapping[int, float] | None = None
    ) -> None:
        import numpy as np

        altered = factors or {}
        signs = [sign * altered.get(arrow, 1.0) for arrow, sign in enumerate(here.signs)]
        parts = Counter(here.targets[a] for a, first in enumerate(here.leaders) if a == first)
        self.nodes = len(here.nodes)
        self.alpha = alpha
        self.gates = [
            (
                here.targets[first],
                alpha / parts[here.targets[first]],
                [(here.sources[arrow], signs[arrow]) for arrow in group],
            )
            for first, group in here.gates.items()
        ]
        """Of each AND group its target, its share, and its members: source and sign."""
        self.permissive = [
            (here.targets[arrow], here.sources[arrow], signs[arrow])
            for arrow in here.permissive
            if signs[arrow]
        ]
        """Target, source and sign of each permissive arrow that carries something."""
        conditional = {arrow for group in here.gates.values() for arrow in group}
        conditional.update(here.permissive)
        plain = [arrow for arrow in range(len(signs)) if signs[arrow] and arrow not in conditional]
        plain.sort(key=here.targets.__getitem__)
        self._sources = np.array([here.sources[arrow] for arrow in plain], dtype=int)
        targets = np.array([here.targets[arrow] for arrow in plain], dtype=int)
        self._entries = np.array([alpha * signs[a] / parts[here.targets[a]] for a in plain])
        self._firsts = np.flatnonzero(np.diff(targets, prepend=-1))
        self._receivers = targets[self._firsts]
        self.matrix: Array | None = None
        """The plain arrows as A: (nodes, nodes); None on a large map."""
        if self.nodes <= _DENSE:
            self.matrix = np.zeros((self.nodes, self.nodes))
            np.add.at(self.matrix, (targets, self._sources), self._entries)

    @property
    def contracts(self) -> bool:
        """Whether there is one attractor for certain.

        S is nowhere steeper than at baseline, so with alpha < 1 and plain arrows alone any two
        states come closer to each other by the factor alpha (Banach's fixed-point theorem).
        """
        return self.alpha < 1 and not self.gates and not self.permissive

    def heading(self, levels: Array, pushes: Array) -> Array:
        """The deviation that each node heads for: (nodes, columns), like `levels`."""
        import numpy as np

        headed = self._carried(levels)
        headed += pushes
        for target, share, members in self.gates:
            headed[target] += share * (np.prod(_parts(members, levels), axis=0) - 1) / 2
        headed *= 2.0
        np.tanh(headed, out=headed)
        headed *= 0.5
        for target, source, sign in self.permissive:
            permitted = np.clip(1 + 2 * levels[source], 0, 1)
            headed[target] = sign * ((0.5 + sign * headed[target]) * permitted - 0.5)
        return headed

    def slopes(self, levels: Array, pushes: Array) -> Array:
        """The derivative of `heading` by the levels: (columns, nodes, nodes); small maps only.

        At a kink, as baseline is for a permissive arrow, it is the derivative on the flat side.
        """
        import numpy as np

        matrix = np.zeros((self.nodes, self.nodes)) if self.matrix is None else self.matrix
        found = np.repeat(matrix[None], levels.shape[1], axis=0)
        drive = self._carried(levels) + pushes
        for target, share, members in self.gates:
            parts = _parts(members, levels)
            drive[target] += share * (np.prod(parts, axis=0) - 1) / 2
            for place, (source, sign) in enumerate(members):
                others = np.prod(np.delete(parts, place, axis=0), axis=0)
                inside = abs(2 * sign * levels[source]) < 1
                found[:, target, source] += share * sign * others * inside
        headed = np.tanh(2 * drive) / 2
        found *= (1 - 4 * headed**2).T[:, :, None]
        for target, source, sign in self.permissive:
            permitted = np.clip(1 + 2 * levels[source], 0, 1)
            limits = (permitted < 1) & (permitted > 0)
            found[:, target] *= permitted[:, None]
            found[:, target, source] += 2 * sign * (0.5 + sign * headed[target]) * limits
            headed[target] = sign * ((0.5 + sign * headed[target]) * permitted - 0.5)
        return found

    def _carried(self, levels: Array) -> Array:
        """What the plain arrows bring to each node: (nodes, columns)."""
        import numpy as np

        if self.matrix is not None:
            product: Array = self.matrix @ levels
            return product
        total = np.zeros_like(levels)
        if self._receivers.size:
            brought = self._entries[:, None] * levels[self._sources]
            total[self._receivers] = np.add.reduceat(brought, self._firsts)
        return total


def _parts(members: list[tuple[int, float]], levels: Array) -> Array:
    """The factor of each member of an AND group: (members, columns)."""
    import numpy as np

    parts: Array = np.clip([1 + 2 * sign * levels[source] for source, sign in members], 0, 2)
    return parts

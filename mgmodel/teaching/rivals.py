"""What every single mend of a copy would make the copy answer, quick enough to try them all.

A mend that turns an arrow is asked of the copy's own ensemble, and one that takes an arrow away or
reverses it of an ensemble of its own. New arrows are many: one for each pair of nodes and each
sign. So for each node v one ensemble is asked in which an idle cause d acts on v by a new arrow. An
arrow from u to v of sign s is that cause led by u, so d = s * x[u]; with x0 the answer while d is
idle and h the answer to d alone, d = s * x0[u] / (1 - s * h[u]) and x = x0 + d * h, in every
weighting and without an approximation. The divisor is above 0, since a loop is damped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from mgmodel.interventions import Block, FlipEdge, Intervention, Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.reasoning.response import LIKELY, NEGLIGIBLE
from mgmodel.records import Edge, Node
from mgmodel.teaching.faults import Fault, FaultKind, mended
from mgmodel.vocabulary import Effect

__all__ = ["GAP", "Rivals", "Shares", "told_apart"]

Shares: TypeAlias = Any
"""Fractions of weightings that rise, and that fall: (2, ..., nodes) in numpy."""

GAP = 0.25
"""How far the fractions of two answers lie apart at least, for one to be held against the other.
With 60 weightings a fraction near one half is uncertain by 0.065."""


class Rivals:
    """All single mends of a copy, beside the copy itself, and what each of them answers.

    Parameters
    ----------
    copy
        The map that is asked.
    faults
        The mends. The copy as it stands is the last rival, after all of them.
    weightings, seed
        Of every ensemble that is asked.

    Examples
    --------
    >>> from mgmodel.teaching.faults import faults_of
    >>> copy = Model.from_edges([("a", "b", 1)])
    >>> rivals = Rivals(copy, faults_of(copy))
    >>> rivals.shares([0, 5], (Press("a"),))[0].tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """

    def __init__(
        self, copy: Model, faults: Sequence[Fault], *, weightings: int = 60, seed: int = 0
    ) -> None:
        self.copy = copy
        self.faults = tuple(faults)
        self.weightings = weightings
        self.seed = seed
        self._ensembles: dict[Any, Ensemble] = {}
        self._linear = not any(edge.permissive or edge.gate for edge in copy.reasoning_edges)

    def shares(self, which: Sequence[int], asked: tuple[Intervention, ...]) -> Shares:
        """What these rivals answer: (2, rivals, nodes), nodes in the map's order."""
        import numpy as np

        found = np.zeros((2, len(which), len(self.copy.nodes)))
        led: dict[str, list[int]] = {}
        for row, rival in enumerate(which):
            fault = self.faults[rival] if rival < len(self.faults) else None
            if fault and fault.kind is FaultKind.MISSING and self._linear:
                led.setdefault(fault.target, []).append(row)
            else:
                found[:, row] = shares_of(self._answer(fault, asked))
        for target, rows in led.items():
            arrows = [self.faults[which[row]] for row in rows]
            found[:, rows] = self._of_new_arrows(target, arrows, asked)
        return found

    def _answer(self, fault: Fault | None, asked: tuple[Intervention, ...]) -> Response:
        if fault is None:
            return self._ensemble(None).respond(*asked)
        if fault.kind is FaultKind.TURNED:
            return self._ensemble(None).respond(*asked, FlipEdge(fault.edge))
        return self._ensemble(fault).respond(*asked)

    def _ensemble(self, key: Fault | str | None) -> Ensemble:
        if key not in self._ensembles:
            if isinstance(key, str):
                model = _with_idle_cause(self.copy, key)
            else:
                model = self.copy if key is None else mended(self.copy, key)
            self._ensembles[key] = Ensemble(
                model, weightings=self.weightings, seed=self.seed, keep=key is None
            )
        return self._ensembles[key]

    def _of_new_arrows(
        self, target: str, arrows: Iterable[Fault], asked: tuple[Intervention, ...]
    ) -> Shares:
        """Answers with one further arrow into a target, for each of these: (2, arrows, nodes)."""
        import numpy as np

        ensemble, idle = self._ensemble(target), _idle_name(self.copy)
        held = tuple(each for each in asked if isinstance(each, Block))
        place = {node: number for number, node in enumerate(self.copy.nodes)}
        idle_levels = _levels(ensemble.respond(*asked), place)
        led_levels = _levels(ensemble.respond(Press(idle), *held), place)
        sources = [place[arrow.source] for arrow in arrows]
        signs = np.array([[float(arrow.sign)] for arrow in arrows])
        cause = signs * idle_levels[sources] / (1.0 - signs * led_levels[sources])
        levels = idle_levels + cause[:, None, :] * led_levels  # (arrows, nodes, weightings)
        return np.stack([(levels > NEGLIGIBLE).mean(axis=2), (levels < -NEGLIGIBLE).mean(axis=2)])


def _levels(response: Response, nodes: Iterable[str]) -> Any:
    """Deviations as (nodes, weightings)."""
    import numpy as np

    return np.array([response.levels(node) for node in nodes])


def _idle_name(copy: Model) -> str:
    name = "cause"
    while name in copy.nodes:
        name += "'"
    return name


def _with_idle_cause(copy: Model, target: str) -> Model:
    from_nothing = Node(_idle_name(copy), copy.node(target).label)
    arrow_id = "new"
    while arrow_id in copy.edges:
        arrow_id += "'"
    arrow = Edge(arrow_id, from_nothing.id, target, Effect.INCREASES)
    return Model([*copy.nodes.values(), from_nothing], [*copy.edges.values(), arrow])


def shares_of(response: Response) -> Shares:
    """What one response tells of each node: (2, nodes)."""
    import numpy as np

    return np.array([list(response.rises.values()), list(response.falls.values())])


def told_apart(shares: Shares, told: Shares) -> Any:
    """Where answers contradict what is told: True or False, (..., nodes).

    Both must differ: the verdict, where standing still for want of a route counts as one, and a
    fraction of weightings by at least `GAP`. So it does not hang on which weightings were drawn.
    """
    import numpy as np

    apart = np.abs(shares - told).max(axis=0) >= GAP - 1e-9
    verdicts: Any = _verdicts(shares) != _verdicts(told)
    return verdicts & apart


def _verdicts(shares: Shares) -> Any:
    """1 rises, -1 falls, 0 stands still, 2 depends."""
    import numpy as np

    rises, falls = shares
    still = (rises == 0) & (falls == 0)
    return np.select([still, rises >= LIKELY, falls >= LIKELY], [0, 1, -1], 2)

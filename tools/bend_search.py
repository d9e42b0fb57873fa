"""Searches the arrows of one view for bends: off other boxes and off each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from mgmodel.geometry import control_point, points_on, runs_through
from mgmodel.layout import Bend, Place, extent
from mgmodel.model import Model
from mgmodel.records import Edge

__all__ = ["Bending"]

Points: TypeAlias = "np.ndarray[Any, Any]"

CROSS, CLEARANCE = 6.0, 7.0
BENDS = (
    Bend(),
    *(
        Bend(kind, roundness)
        for roundness in (0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.44, 0.52, 0.6)
        for kind in ("curvedCW", "curvedCCW")
    ),
    *(Bend(kind, r) for kind in ("horizontal", "vertical") for r in (0.2, 0.35, 0.5, 0.65, 0.8)),
)
_KEPT = 14  # of the bends of one arrow, the best by themselves


class Bending:
    """Chooses a bend for each arrow, one after the other, until nothing improves."""

    def __init__(self, part: Model, centres: Mapping[str, Place]) -> None:
        self.edges = [e for e in part.edges.values() if e.source != e.target]
        self.centres = centres
        self.options: list[list[tuple[Bend, list[Place], float]]] = []
        for edge in self.edges:
            start, end = centres[edge.source], centres[edge.target]
            found = []
            for bend in BENDS:
                line = points_on(start, control_point(start, end, bend), end, steps=48)
                found.append((bend, line, self._alone(edge, bend, line)))
            found.sort(key=lambda option: option[2])
            self.options.append(found[:_KEPT])
        self.seen = [
            [self._visible(edge, line) for _, line, _ in found]
            for edge, found in zip(self.edges, self.options, strict=True)
        ]
        self.meets: dict[tuple[int, int, int, int], float] = {}

    def _visible(self, edge: Edge, line: list[Place]) -> Points:
        ends = self.centres[edge.source], self.centres[edge.target]
        shown = [p for p in line if not any(runs_through([p, p], end) for end in ends)]
        return np.array(shown, dtype=float).reshape(-1, 2)

    def _alone(self, edge: Edge, bend: Bend, line: list[Place]) -> float:
        """Boxes in the way, the bow itself, and a question mark that would stand on a box."""
        foreign = [p for n, p in self.centres.items() if n not in (edge.source, edge.target)]
        cost = 300.0 * sum(runs_through(line, p, 2.0) for p in foreign)
        cost += 30.0 * sum(runs_through(line, p, CLEARANCE) for p in foreign)
        cost += 12.0 * bend.roundness + (3.0 if bend.kind in ("horizontal", "vertical") else 0.0)
        middle = line[len(line) // 2]
        if edge.contested:
            cost += 25.0 * sum(
                runs_through([middle, middle], p, 10.0) for p in self.centres.values()
            )
        left, top, width, height = extent(self.centres)
        cost += 12.0 * sum(
            not (left < x < left + width and top < y < top + height) for x, y in line
        )
        ends = self.centres[edge.source], self.centres[edge.target]
        inside = sum(any(runs_through([p, p], end) for end in ends) for p in line)
        return cost + 0.2 * inside

    def _together(self, i: int, a: int, j: int, b: int) -> float:
        if i > j:
            i, a, j, b = j, b, i, a
        key = (i, a, j, b)
        if key not in self.meets:
            self.meets[key] = self._pair(i, a, j, b)
        return self.meets[key]

    def _pair(self, i: int, a: int, j: int, b: int) -> float:
        """Crossings, long stretches side by side, and lines through a question mark."""
        p, q = self.seen[i][a], self.seen[j][b]
        if not len(p) or not len(q):
            return 0.0
        if (p.min(0) - 14 > q.max(0)).any() or (q.min(0) - 14 > p.max(0)).any():
            return 0.0
        cost = CROSS * _crossings(p, q)
        near = np.abs(p[:, None, :] - q[None, :, :]).sum(2) < 10
        share = {self.edges[i].source, self.edges[i].target} & {
            self.edges[j].source,
            self.edges[j].target,
        }
        cost += (0.4 if share else 0.8) * float(near.any(1).sum())
        for k, one, other in ((i, self.options[i][a], q), (j, self.options[j][b], p)):
            if self.edges[k].contested:
                middle = np.array(one[1][len(one[1]) // 2])
                cost += 12.0 * bool((np.hypot(*(other - middle).T) < 13).any())
        return cost

    def run(self) -> tuple[float, dict[str, Bend]]:
        """What the chosen bends cost together, and the bend of each arrow."""
        chosen = [0] * len(self.edges)
        everyone = range(len(self.edges))
        changed = True
        for _ in range(12):
            if not changed:
                break
            changed = False
            for i in everyone:
                prices = [self._price(i, a, chosen) for a in range(len(self.options[i]))]
                best = min(range(len(prices)), key=lambda a: (round(prices[a], 6), a))
                if prices[best] < prices[chosen[i]] - 1e-6:
                    chosen[i], changed = best, True
        total = sum(self._price(i, chosen[i], chosen) for i in everyone)
        return total, {e.id: self.options[i][chosen[i]][0] for i, e in enumerate(self.edges)}

    def _price(self, i: int, a: int, chosen: list[int]) -> float:
        others = (j for j in range(len(self.edges)) if j != i)
        return self.options[i][a][2] + sum(self._together(i, a, j, chosen[j]) for j in others)


def _crossings(p: Points, q: Points) -> int:
    """How often two lines cross, each given by its points."""
    a, b = p[:-1, None, :], p[1:, None, :]
    c, d = q[None, :-1, :], q[None, 1:, :]

    def side(u: Points, v: Points, w: Points) -> Any:
        return (v[..., 0] - u[..., 0]) * (w[..., 1] - u[..., 1]) - (v[..., 1] - u[..., 1]) * (
            w[..., 0] - u[..., 0]
        )

    return int(((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)).sum())

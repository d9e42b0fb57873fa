"""Searches the boxes of one view for places on a grid: few crossings, nothing in the way."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mgmodel.geometry import control_point, points_on, runs_through
from mgmodel.layout import BOX_HEIGHT, BOX_WIDTH, Bend, Place
from mgmodel.model import Model

__all__ = ["Cell", "Grid", "Search"]

Cell = tuple[int, int]  # column slot, row

# What a drawing is charged for: a foreign box in the way of an arrow, two arrows that cross or
# that leave a box side by side, an arrow up or leftward (by row and slot), its length (by layout
# unit), an input below the top or an end above the bottom (by row), a node out of reading order.
PASS, CROSS, NARROW, CLIMB, BACKWARD, LENGTH = 60.0, 6.0, 7.0, 1.6, 0.25, 0.012
EDGE_ROW, READING = 1.5, 4.0
CLEARANCE = 7.0
_OUTER_X, _OUTER_Y = BOX_WIDTH / 2 + 8, BOX_HEIGHT / 2 + 8  # from an outer centre to the frame
SKETCHES = (Bend(), *(Bend(k, r) for r in (0.12, 0.24, 0.4) for k in ("curvedCW", "curvedCCW")))
"""Bends that the search reckons with; what is left of them is chosen afterwards."""


@dataclass(frozen=True)
class Grid:
    """Where boxes may stand: rows, and slots closer together than boxes are wide."""

    slots: int
    slot_width: float
    rows: int
    row_height: float
    span: int = 2
    """So many slots apart, two boxes of a row do not touch."""
    fenced: bool = False
    """Whether a bend that leaves the drawing is charged for; only a crowded one needs it."""

    def place(self, cell: Cell) -> Place:
        """Centre of a cell in layout units."""
        return cell[0] * self.slot_width, cell[1] * self.row_height


class Sketch(NamedTuple):
    """What one bend of an arrow asks for, relative to the cell of its source."""

    price: float
    blocked: int
    """Cells, as bits, at which a box would be in the way."""
    left: int
    """So many slots, or rows, there must be on this side for the curve to stay inside."""
    right: int
    above: int
    below: int


class Search:
    """Simulated annealing over the cells of one view."""

    def __init__(self, part: Model, grid: Grid, seed: int) -> None:
        self.grid = grid
        self.random = random.Random(seed)
        self.nodes = list(part.nodes)
        number = {node: index for index, node in enumerate(self.nodes)}
        drawn = {(number[e.source], number[e.target]): e.reasons for e in part.edges.values()}
        self.links = sorted(pair for pair in drawn if pair[0] != pair[1])
        self.weight = np.array([1.0 if drawn[pair] else 0.4 for pair in self.links])
        self.pass_weight = [1.0 if drawn[pair] else 0.7 for pair in self.links]
        ends = [set(pair) for pair in self.links]
        self.touching = [
            [j for j, other in enumerate(ends) if j != i and pair & other]
            for i, pair in enumerate(ends)
        ]
        self.apart = np.array([[not pair & other for other in ends] for pair in ends])
        self.ends = np.zeros((len(ends), 4))  # x, y of the source, x, y of the target
        self.at: list[list[int]] = [[] for _ in self.nodes]
        for index, (a, b) in enumerate(self.links):
            self.at[a].append(index)
            self.at[b].append(index)
        self.is_input = [all(self.links[i][0] == n for i in self.at[n]) for n in range(len(number))]
        self.is_end = [all(self.links[i][1] == n for i in self.at[n]) for n in range(len(number))]
        layers = sorted({node.layer for node in part.nodes.values()})
        last = max(1, len(layers) - 1)
        self.rank = [layers.index(node.layer) / last for node in part.nodes.values()]
        self.width = 3 * grid.slots
        self.origin = (grid.rows + 3) * self.width + 2 * grid.slots
        # A cell is one bit; rows are three times as wide as needed, so that steps never wrap round.
        self.masks: dict[Cell, list[Sketch]] = {}
        self.cells: list[Cell] = []

    # -- what a drawing costs ----------------------------------------------------------------

    def mask(self, a: Cell, b: Cell) -> list[Sketch]:
        """For each sketched bend what it asks for."""
        step = b[0] - a[0], b[1] - a[1]
        if step not in self.masks:
            self.masks[step] = [self._sketch(step, bend) for bend in SKETCHES]
        return self.masks[step]

    def _sketch(self, step: Cell, bend: Bend) -> Sketch:
        start, end = (0.0, 0.0), self.grid.place(step)
        line = points_on(start, control_point(start, end, bend), end)
        bits = 0
        reach_rows = range(min(0, step[1]) - 2, max(0, step[1]) + 3)
        reach_slots = range(min(0, step[0]) - 4, max(0, step[0]) + 5)
        for row, slot in itertools.product(reach_rows, reach_slots):
            if (slot, row) in ((0, 0), step):
                continue
            if runs_through(line, self.grid.place((slot, row)), CLEARANCE):
                bits |= 1 << (self.origin + row * self.width + slot)
        across, down = zip(*line, strict=True)
        return Sketch(
            price=bend.roundness * 8,
            blocked=bits,
            left=math.ceil((-min(across) - _OUTER_X) / self.grid.slot_width),
            right=math.ceil((max(across) - _OUTER_X) / self.grid.slot_width),
            above=math.ceil((-min(down) - _OUTER_Y) / self.grid.row_height),
            below=math.ceil((max(down) - _OUTER_Y) / self.grid.row_height),
        )

    def occupied(self) -> int:
        """The cells in which boxes stand, as bits."""
        bits = 0
        for slot, row in self.cells:
            bits |= 1 << (self.origin + row * self.width + slot)
        return bits

    def passes(self) -> float:
        """What boxes in the way of arrows cost, each arrow bent as well as it can be."""
        taken = self.occupied()
        cost = 0.0
        last_slot, last_row = self.grid.slots - 1, self.grid.rows - 1
        for (a, b), weight in zip(self.links, self.pass_weight, strict=True):
            slot, row = self.cells[a]
            here = taken >> (row * self.width + slot)
            best = PASS * 9
            for sketch in self.mask(self.cells[a], self.cells[b]):
                hits = (sketch.blocked & here).bit_count()
                if self.grid.fenced:
                    hits += sketch.left > slot or sketch.right > last_slot - slot
                    hits += sketch.above > row or sketch.below > last_row - row
                best = min(best, sketch.price + PASS * hits)
                if not hits:
                    break
            cost += best * weight
        return cost

    def local(self, links: Iterable[int]) -> float:
        """Crossings, narrow angles, lengths and climbs of these links; each pair counts once."""
        cost = 0.0
        left = self.weight.copy()
        for i in sorted(set(links)):
            left[i] = 0.0
            ax, ay, bx, by = map(float, self.ends[i])
            cx, cy, dx, dy = self.ends.T
            one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
            two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
            three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
            four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
            in_line = (one == 0) & (two == 0)  # one behind the other, which `passes` prices
            crossed = (one * two <= 0) & (three * four <= 0) & ~in_line & self.apart[i]
            price = CROSS * float(crossed @ left)
            price += sum(left[j] * self._narrow(i, j) for j in self.touching[i] if left[j])
            price += LENGTH * math.hypot(
                max(0.0, abs(ax - bx) - BOX_WIDTH), max(0.0, abs(ay - by) - BOX_HEIGHT)
            )
            price += CLIMB * max(0.0, ay - by) / self.grid.row_height
            price += BACKWARD * max(0.0, ax - bx) / self.grid.slot_width
            cost += price * self.weight[i]
        return cost

    def _narrow(self, i: int, j: int) -> float:
        """Two links that leave a box in almost the same direction look like one."""
        (a, b), (c, d) = self.links[i], self.links[j]
        shared = a if a in (c, d) else b
        p, q = b if shared == a else a, d if shared == c else c
        if p == q:
            return 0.0  # there and back: bent apart later
        (ox, oy), (px, py), (qx, qy) = (self.grid.place(self.cells[n]) for n in (shared, p, q))
        cross = (px - ox) * (qy - oy) - (py - oy) * (qx - ox)
        dot = (px - ox) * (qx - ox) + (py - oy) * (qy - oy)
        return NARROW * max(0.0, 1 - abs(math.atan2(cross, dot)) / 0.21)

    def standing(self, nodes: Iterable[int]) -> float:
        """Inputs belong at the top, ends of the story at the bottom."""
        last = self.grid.rows - 1
        cost = 0.0
        for n in nodes:
            slot, row = self.cells[n]
            read = (slot / (self.grid.slots - 1) + row / last) / 2
            cost += READING * abs(read - self.rank[n])
            if self.is_input[n]:
                cost += EDGE_ROW * row
            elif self.is_end[n]:
                cost += EDGE_ROW * (last - row)
        return cost

    # -- the search ----------------------------------------------------------------------------

    def free(self, cell: Cell, moving: int) -> bool:
        """Whether a box has room here once another has left its own place."""
        span = self.grid.span
        return all(
            n == moving or other[1] != cell[1] or abs(other[0] - cell[0]) >= span
            for n, other in enumerate(self.cells)
        )

    def move(self, moved: Mapping[int, Cell]) -> None:
        """Puts boxes into cells, and the ends of their arrows with them."""
        for n, cell in moved.items():
            self.cells[n] = cell
            for i in self.at[n]:
                side = 0 if self.links[i][0] == n else 2
                self.ends[i, side : side + 2] = self.grid.place(cell)

    def run(self, start: Mapping[str, Cell], rounds: int) -> tuple[float, dict[str, Cell]]:
        """The cheapest drawing met on the way, and its price."""
        self.cells = [start[node] for node in self.nodes]
        self.move(dict(enumerate(self.cells)))
        passes = self.passes()
        cost = passes + self.local(range(len(self.links))) + self.standing(range(len(self.nodes)))
        best, best_cells = cost, list(self.cells)
        for step in range(rounds):
            heat = 14.0 * (1 - step / rounds) ** 2 + 0.05
            moved = self._proposal(1 - step / rounds)
            if moved is None:
                continue
            touched = [i for n in moved for i in self.at[n]]
            before = self.local(touched) + self.standing(moved)
            old = {n: self.cells[n] for n in moved}
            self.move(moved)
            change = self.local(touched) + self.standing(moved) - before
            limit = -heat * math.log(self.random.random() + 1e-12)
            if change - passes <= limit:  # else even without passes it would be refused
                now = self.passes()
                if change + now - passes <= limit:
                    cost, passes = cost + change + now - passes, now
                    if cost < best - 1e-9:
                        best, best_cells = cost, list(self.cells)
                    continue
            self.move(old)
        return best, dict(zip(self.nodes, best_cells, strict=True))

    def _proposal(self, share: float) -> dict[int, Cell] | None:
        pick = self.random.randrange
        a = pick(len(self.nodes))
        if self.random.random() < 0.35:
            b = pick(len(self.nodes))
            return None if a == b else {a: self.cells[b], b: self.cells[a]}
        reach = max(2, round(self.grid.slots * share))
        slot = self.cells[a][0] + pick(-reach, reach + 1)
        row = self.cells[a][1] + pick(-max(1, reach // 2), max(1, reach // 2) + 1)
        if not (0 <= slot < self.grid.slots and 0 <= row < self.grid.rows):
            return None
        return {a: (slot, row)} if self.free((slot, row), a) else None

"""Works out the committed drawing: data/places.csv and data/curves.csv.

    python tools/lay_out.py            all views, written to data/
    python tools/lay_out.py gaba core  these views anew, the other views kept

Graphviz `dot` gives the first order. A seeded search on a grid then moves and swaps boxes until few
arrows cross and none runs through a box that is not its own, and a second search bends what is
still in the way. The same tables and the same `dot` give the same bytes.

Run it when nodes, arrows or pathways of a view have changed, and look at the drawing afterwards.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import math
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mgmodel.datafiles import load_model
from mgmodel.drawing import control_point, points_on, runs_through
from mgmodel.layout import BOX_HEIGHT, BOX_WIDTH, Bend, Place, view_model, views
from mgmodel.model import Model
from mgmodel.records import Edge

DATA = Path(__file__).resolve().parent.parent / "data"
NO_DOT = "Graphviz is not installed: no `dot` on the PATH. Install the package graphviz."

Cell = tuple[int, int]  # column slot, row

PASS, CROSS, NARROW, CLIMB, LENGTH, EDGE_ROW = 60.0, 6.0, 7.0, 1.6, 0.012, 1.5
BACKWARD, READING = 0.25, 4.0
CLEARANCE = 7.0


@dataclass(frozen=True)
class Grid:
    """Where boxes may stand: rows, and slots closer together than boxes are wide."""

    slots: int
    slot_width: float
    rows: int
    row_height: float
    span: int = 2
    """So many slots apart, two boxes of a row do not touch."""

    def place(self, cell: Cell) -> Place:
        return cell[0] * self.slot_width, cell[1] * self.row_height


GRIDS = {
    "core": Grid(11, 93.0, 8, 92.0),
    "whole": Grid(25, 93.0, 13, 100.0),
}
PATHWAY_GRID = Grid(9, 94.0, 6, 100.0)
ROUNDS = {"core": 600_000, "whole": 500_000}
PATHWAY_ROUNDS = 200_000
SKETCHES = (Bend(), *(Bend(k, r) for r in (0.12, 0.24, 0.4) for k in ("curvedCW", "curvedCCW")))
BENDS = (
    Bend(),
    *(
        Bend(kind, roundness)
        for roundness in (0.06, 0.12, 0.18, 0.24, 0.3, 0.4, 0.5)
        for kind in ("curvedCW", "curvedCCW")
    ),
    *(Bend(kind, r) for kind in ("horizontal", "vertical") for r in (0.2, 0.4, 0.6, 0.8)),
)


class Search:
    """Simulated annealing over the cells of one view."""

    def __init__(self, part: Model, grid: Grid, seed: int) -> None:
        self.grid = grid
        self.random = random.Random(seed)
        self.nodes = list(part.nodes)
        number = {node: index for index, node in enumerate(self.nodes)}
        drawn = {(number[e.source], number[e.target]): e.reasons for e in part.edges.values()}
        self.links = sorted(pair for pair in drawn if pair[0] != pair[1])
        self.weight = [1.0 if drawn[pair] else 0.4 for pair in self.links]
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
        self.masks: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self.cells: list[Cell] = []

    # -- what a drawing costs ----------------------------------------------------------------

    def mask(self, a: Cell, b: Cell) -> list[tuple[float, int]]:
        step = b[0] - a[0], b[1] - a[1]
        if step not in self.masks:
            self.masks[step] = [self._sketch(step, bend) for bend in SKETCHES]
        return self.masks[step]

    def _sketch(self, step: Cell, bend: Bend) -> tuple[float, int]:
        """Cells, relative to the source, at which a box would be in the way of this curve."""
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
        return bend.roundness * 8, bits

    def occupied(self) -> int:
        bits = 0
        for slot, row in self.cells:
            bits |= 1 << (self.origin + row * self.width + slot)
        return bits

    def passes(self) -> float:
        taken = self.occupied()
        cost = 0.0
        for (a, b), weight in zip(self.links, self.weight, strict=True):
            slot, row = self.cells[a]
            here = taken >> (row * self.width + slot)
            best = PASS * 9
            for bow, bits in self.mask(self.cells[a], self.cells[b]):
                hits = bits & here
                price = bow + (PASS * hits.bit_count() if hits else 0.0)
                if price < best:
                    best = price
                if not hits:
                    break
            cost += best * weight
        return cost

    def local(self, links: Iterable[int]) -> float:
        """Crossings, narrow angles, lengths and climbs of these links."""
        chosen = sorted(set(links))
        among = set(chosen)
        cost = 0.0
        cells = self.cells
        for i in chosen:
            a, b = self.links[i]
            pa, pb = cells[a], cells[b]
            w = self.weight[i]
            dx = max(0.0, abs(pa[0] - pb[0]) * self.grid.slot_width - BOX_WIDTH)
            dy = max(0.0, abs(pa[1] - pb[1]) * self.grid.row_height - BOX_HEIGHT)
            cost += w * (LENGTH * math.hypot(dx, dy) + CLIMB * max(0, pa[1] - pb[1]))
            cost += w * BACKWARD * max(0, pa[0] - pb[0])
            for j, (c, d) in enumerate(self.links):
                if j == i or (j in among and j < i):
                    continue
                if a == c or b == d or a == d or b == c:
                    cost += w * self.weight[j] * self._narrow(a, b, c, d)
                elif _cross(pa, pb, cells[c], cells[d]):
                    cost += CROSS * w * self.weight[j]
        return cost

    def _narrow(self, a: int, b: int, c: int, d: int) -> float:
        shared = a if a in (c, d) else b
        p, q, o = self.cells[b if shared == a else a], self.cells[c if shared == d else d], None
        o = self.cells[shared]
        if {a, b} == {c, d}:
            return 0.0
        ux, uy = (p[0] - o[0]) * self.grid.slot_width, (p[1] - o[1]) * self.grid.row_height
        vx, vy = (q[0] - o[0]) * self.grid.slot_width, (q[1] - o[1]) * self.grid.row_height
        cross, dot = ux * vy - uy * vx, ux * vx + uy * vy
        if dot <= 0:
            return 0.0
        angle = abs(math.atan2(cross, dot))
        return NARROW * max(0.0, 1 - angle / 0.21)

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

    def free(self, cell: Cell, moving: tuple[int, ...]) -> bool:
        span = self.grid.span
        return all(
            n in moving or other[1] != cell[1] or abs(other[0] - cell[0]) >= span
            for n, other in enumerate(self.cells)
        )

    def run(self, start: Mapping[str, Cell], rounds: int) -> dict[str, Cell]:
        self.cells = [start[node] for node in self.nodes]
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
            for n, cell in moved.items():
                self.cells[n] = cell
            change = self.local(touched) + self.standing(moved) - before
            limit = -heat * math.log(self.random.random() + 1e-12)
            if change - passes <= limit:  # else even without passes it would be refused
                now = self.passes()
                if change + now - passes <= limit:
                    cost, passes = cost + change + now - passes, now
                    if cost < best - 1e-9:
                        best, best_cells = cost, list(self.cells)
                    continue
            for n, cell in old.items():
                self.cells[n] = cell
        print(f"  cost {best:.1f}", file=sys.stderr)
        self.cells = best_cells
        return dict(zip(self.nodes, best_cells, strict=True))

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
        return {a: (slot, row)} if self.free((slot, row), (a,)) else None


def _cross(a: Cell, b: Cell, c: Cell, d: Cell) -> bool:
    ax, ay = a
    bx, by = b
    cx, cy = c
    dx, dy = d
    one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if one * two > 0:
        return False
    three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return three * four <= 0 and (one, two) != (0, 0)


# -- bends: what the grid search left in the way ------------------------------------------------


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
                line = points_on(start, control_point(start, end, bend), end)
                found.append((bend, line, self._alone(edge, bend, line)))
            found.sort(key=lambda option: option[2])
            self.options.append(found[:9])
        self.meets: dict[tuple[int, int, int, int], float] = {}

    def _alone(self, edge: Edge, bend: Bend, line: list[Place]) -> float:
        """Boxes in the way, the bow itself, and a question mark that would stand on a box."""
        foreign = [p for n, p in self.centres.items() if n not in (edge.source, edge.target)]
        cost = 100.0 * sum(runs_through(line, p, 2.0) for p in foreign)
        cost += 30.0 * sum(runs_through(line, p, CLEARANCE) for p in foreign)
        cost += 12.0 * bend.roundness + (3.0 if bend.kind in ("horizontal", "vertical") else 0.0)
        middle = line[len(line) // 2]
        if edge.contested:
            cost += 25.0 * sum(runs_through([middle, middle], p, 10.0) for p in self.centres.values())
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
        first, second = self.options[i][a][1], self.options[j][b][1]
        if not _boxes_meet(first, second):
            return 0.0
        own = {self.edges[k].source for k in (i, j)} & {self.edges[k].target for k in (i, j)}
        ends = [self.centres[n] for k in (i, j) for n in (self.edges[k].source, self.edges[k].target)]
        cost = 0.0
        for p, q in itertools.pairwise(first):
            for r, s in itertools.pairwise(second):
                if _cross(p, q, r, s) and not any(runs_through([p, q], end) for end in ends):
                    cost += CROSS
        del own
        for p in first[2:-2:2]:
            if any(runs_through([p, p], end, 4.0) for end in ends):
                continue
            if any(abs(p[0] - r[0]) + abs(p[1] - r[1]) < 9 for r in second[2:-2]):
                cost += 1.2
        for k, o, other in ((i, a, second), (j, b, first)):
            line = self.options[k][o][1]
            middle = line[len(line) // 2]
            if self.edges[k].contested and any(
                math.dist(middle, point) < 14 for point in other[1:-1]
            ):
                cost += 5.0
        return cost

    def run(self) -> dict[str, Bend]:
        chosen = [0] * len(self.edges)
        everyone = range(len(self.edges))
        for _ in range(12):
            changed = False
            for i in everyone:
                prices = [
                    option[2] + sum(self._together(i, a, j, chosen[j]) for j in everyone if j != i)
                    for a, option in enumerate(self.options[i])
                ]
                best = min(range(len(prices)), key=lambda a: (round(prices[a], 6), a))
                if prices[best] < prices[chosen[i]] - 1e-6:
                    chosen[i], changed = best, True
            if not changed:
                break
        return {e.id: self.options[i][chosen[i]][0] for i, e in enumerate(self.edges)}


def _boxes_meet(first: list[Place], second: list[Place]) -> bool:
    return all(
        min(p[axis] for p in first) - 14 < max(p[axis] for p in second)
        and min(p[axis] for p in second) - 14 < max(p[axis] for p in first)
        for axis in (0, 1)
    )


# -- dot, and the files ------------------------------------------------------------------------


def dot_places(part: Model, dot: str) -> dict[str, Place]:
    """Centres as graphviz sees them, y downward."""
    lines = ["digraph {", "rankdir=TB; nodesep=0.5; ranksep=0.7;"]
    lines.append(f"node [shape=box fixedsize=true width={BOX_WIDTH / 72} height={BOX_HEIGHT / 72}];")
    lines += [f'"{node}";' for node in part.nodes]
    lines += [f'"{e.source}" -> "{e.target}";' for e in part.edges.values() if e.reasons]
    answer = subprocess.run(
        [dot, "-Tjson"], input="\n".join([*lines, "}"]), capture_output=True, text=True, check=True
    )
    drawn = json.loads(answer.stdout)
    found = {}
    for item in drawn["objects"]:
        x, y = map(float, item["pos"].split(","))
        found[item["name"]] = (x, -y)
    return found


def on_grid(rough: Mapping[str, Place], grid: Grid) -> dict[str, Cell]:
    """The rough order, spread over the rows of the grid."""
    per_row = (grid.slots + grid.span - 1) // grid.span
    reading = sorted(rough, key=lambda n: (rough[n][1], rough[n][0]))
    rows = math.ceil(len(reading) / per_row)
    size = math.ceil(len(reading) / max(rows, min(grid.rows, len(reading))))
    cells = {}
    for row in range(grid.rows):
        members = sorted(reading[row * size : (row + 1) * size], key=lambda n: rough[n][0])
        for column, node in enumerate(members):
            cells[node] = (column * grid.span, row)
    return cells


def lay_out(model: Model, view: str, dot: str, seeds: int) -> tuple[dict[str, Place], dict[str, Bend]]:
    """Places and bends of one view."""
    part = view_model(model, view)
    grid = GRIDS.get(view, PATHWAY_GRID)
    start = on_grid(dot_places(part, dot), grid)
    best = None
    for seed in range(seeds):
        search = Search(part, grid, seed)
        cells = search.run(start, ROUNDS.get(view, PATHWAY_ROUNDS))
        cost = search.passes() + search.local(range(len(search.links)))
        cost += search.standing(range(len(search.nodes)))
        if best is None or cost < best[0]:
            best = cost, cells
    assert best is not None
    left = min(slot for slot, _ in best[1].values())
    top = min(row for _, row in best[1].values())
    centres = {n: grid.place((slot - left, row - top)) for n, (slot, row) in best[1].items()}
    return centres, Bending(part, centres).run()


def main() -> int:
    """Runs the search and writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("views", nargs="*", help="views to lay out anew; all when none is named")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args()
    dot = shutil.which("dot")
    if dot is None:
        print(NO_DOT, file=sys.stderr)
        return 1
    model = load_model(chosen.data)
    kept = chosen.views and [v for v in views(model) if v not in chosen.views]
    rows = {
        name: [r for r in _read(chosen.data / name) if r[0] in (kept or ())]
        for name in ("places.csv", "curves.csv")
    }
    for view in chosen.views or views(model):
        print(view, file=sys.stderr)
        centres, bends = lay_out(model, view, dot, chosen.seeds)
        rows["places.csv"] += [[view, n, f"{x:g}", f"{y:g}"] for n, (x, y) in centres.items()]
        rows["curves.csv"] += [
            [view, e, b.kind, f"{b.roundness:g}"] for e, b in bends.items() if b.kind != "straight"
        ]
    _write(chosen.data / "places.csv", ["view", "node", "x", "y"], rows["places.csv"])
    _write(chosen.data / "curves.csv", ["view", "edge", "bend", "roundness"], rows["curves.csv"])
    return 0


def _read(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted(rows)])


if __name__ == "__main__":
    sys.exit(main())

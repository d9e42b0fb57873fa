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
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bend_search import Bending
from box_search import Cell, Grid, Search

from mgmodel.datafiles import load_model
from mgmodel.layout import BOX_HEIGHT, BOX_WIDTH, Bend, Place, view_model, views
from mgmodel.model import Model

DATA = Path(__file__).resolve().parent.parent / "data"
NO_DOT = "Graphviz is not installed: no `dot` on the PATH. Install the package graphviz."

# Sized for the explorer: at 1366 by 768 every label of core and pathways has 12 pixels or more.
GRIDS = {
    "core": Grid(11, 93.0, 8, 92.0),
    "whole": Grid(25, 93.0, 13, 100.0, fenced=True),
}
PATHWAY_GRID = Grid(9, 94.0, 6, 100.0)
ROUNDS = {"core": 600_000, "whole": 800_000}
PATHWAY_ROUNDS = 200_000
# The seed of each view whose drawing was judged the best; a view that is not named tries several.
SEEDS = {
    "core": (0,),
    "whole": (0,),
    "n_type_and_norepinephrine": (1,),
    "nmda_and_glutamate": (1,),
    "gaba": (1,),
    "hpa_axis": (0,),
    "stress_depletion_circle": (2,),
}
OTHER_SEEDS = (0, 1, 2)


def dot_places(part: Model, dot: str) -> dict[str, Place]:
    """Centres as graphviz sees them, y downward."""
    lines = ["digraph {", "rankdir=TB; nodesep=0.5; ranksep=0.7;"]
    lines.append(
        f"node [shape=box fixedsize=true width={BOX_WIDTH / 72} height={BOX_HEIGHT / 72}];"
    )
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


def lay_out(model: Model, view: str, dot: str) -> tuple[dict[str, Place], dict[str, Bend]]:
    """Places and bends of one view."""
    part = view_model(model, view)
    grid = GRIDS.get(view, PATHWAY_GRID)
    start = on_grid(dot_places(part, dot), grid)
    found = []
    for seed in SEEDS.get(view, OTHER_SEEDS):
        search = Search(part, grid, seed)
        cost, cells = search.run(start, ROUNDS.get(view, PATHWAY_ROUNDS))
        left, top = (min(cell[axis] for cell in cells.values()) for axis in (0, 1))
        centres = {n: grid.place((slot - left, row - top)) for n, (slot, row) in cells.items()}
        bent, bends = Bending(part, centres).run()
        print(f"  seed {seed}: places {cost:.1f}, bends {bent:.1f}", file=sys.stderr)
        found.append((round(cost + bent, 3), seed, centres, bends))
    _, _, centres, bends = min(found, key=lambda one: one[:2])
    return centres, bends


def main() -> int:
    """Runs the search and writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("views", nargs="*", help="views to lay out anew; all when none is named")
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
        centres, bends = lay_out(model, view, dot)
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

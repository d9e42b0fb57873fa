"""mgmodel beside networkx, rustworkx, igraph, INDRA, numpy and scipy, on the same work.

`python benchmarks/against_peers.py` prints one table in about four minutes, `--quick` a shorter
one in less than one. See README.md beside it for the environment and for what the columns mean.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import start_up
from children import Cell, cell, listen, traced
from goals import GOALS
from networks import SIGNOR, available, network
from report import OURS, Table, agreed
from tracing_tasks import task_names

TRACERS = (OURS, "plain Python", "networkx", "rustworkx", "igraph", "INDRA")
PRESSES = (
    "press with a knock-out, 1,000 weightings",
    "all single knock-outs, lasting states",
    "one press on 1e4 arrows, 1 weighting",
    "one press on 1e5 arrows, 1 weighting",
)
"""The tasks of press_tasks.py."""
SOON = 0.2
"""Work of fewer seconds is measured twice."""

Row = tuple[str, str, dict[str, Cell]]
"""The block it stands in, the work, and the cell of each tool."""


@dataclass(frozen=True)
class Size:
    """How much is measured, and for how long at most."""

    networks: tuple[str, ...]
    presses: tuple[str, ...]
    budget: float
    """Seconds to repeat a piece of work in."""
    cap: float
    """Seconds after which a piece of work is given up."""
    starts: int
    """How often each process is started."""


FULL = Size(("shipped", "1e3", "1e4", "SIGNOR", "1e5"), PRESSES, 1.0, 20.0, 9)
QUICK = Size(("shipped", "1e3", "SIGNOR"), PRESSES[:2], 0.2, 2.5, 3)
SMALLEST = Size(("shipped",), PRESSES[:1], 0.01, 20.0, 1)


def main() -> int:
    """Print the table; exit 1 where an answer of ours is not the one that most tools give."""
    parser = argparse.ArgumentParser(description=__doc__)
    short = parser.add_mutually_exclusive_group()
    short.add_argument("--quick", action="store_true", help="three networks, in under a minute")
    short.add_argument("--smallest", action="store_true", help="the shipped map, in seconds")
    given = parser.parse_args()
    size = QUICK if given.quick else SMALLEST if given.smallest else FULL
    began = time.perf_counter()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print("Medians, the shorter of two rounds; 12x: twelve times as long as mgmodel in this run.")
    measured = [*tracing(size), *presses(size), *starts(size)]
    found = {(block, work): cells for block, work, cells in measured}
    print("\nGoals")
    for goal in GOALS:
        print(f"  {goal.verdict(found)}")
    print(f"\n{time.perf_counter() - began:.0f} s in all")
    return int(any(disputed(cells) for _, _, cells in measured))


def tracing(size: Size) -> Iterator[Row]:
    """Load, toggle, paths and loops on every network."""
    for name in size.networks:
        if not available(name):
            print(f"\n{name}: left out, {SIGNOR.name} does not lie beside the checkout")
            continue
        asked = network(name)
        names = task_names(asked)
        columns = in_two_rounds(name, names, size)
        title = f"{name}: {len(asked.ids):,} nodes, {len(asked.triples):,} arrows"
        with Table(title, TRACERS) as table:
            for work in names:
                cells = {tool: cells[work] for tool, cells in columns.items() if work in cells}
                table.row(work + number_found(cells), cells)
                yield name, work, cells


def in_two_rounds(name: str, names: list[str], size: Size) -> dict[str, dict[str, Cell]]:
    """Cells by tool and task; what is soon done is done again after the others had their turn.

    The shorter of the two medians counts, for every tool alike: a machine that was busy for a
    second then spoils neither column.
    """
    options = ("--budget", str(size.budget))
    columns: dict[str, dict[str, Cell]] = {tool: {} for tool in TRACERS}
    for tool in TRACERS:
        asked = ["toggle"] if tool == "plain Python" else names
        columns[tool] = traced(tool, name, asked, size.cap, options)
    for tool, cells in columns.items():
        again = [task for task, cell in cells.items() if (cell.seconds or size.cap) < SOON]
        if again:
            for task, cell in traced(tool, name, again, size.cap, options).items():
                cells[task] = min(cells[task], cell, key=lambda one: one.seconds or size.cap)
    return columns


def number_found(cells: dict[str, Cell]) -> str:
    """How many paths or loops there are, for the row's name."""
    count, _, rest = agreed(cells).partition(":")
    return f" ({int(count):,})" if rest else ""


def presses(size: Size) -> Iterator[Row]:
    """Levels under presses and knock-outs; the shipped map where no size is told."""
    with Table("levels", (OURS, "numpy", "scipy")) as table:
        for work in size.presses:
            said = listen("press_tasks.py", [work, str(size.budget)], 3 * size.cap)
            cells = {line["tool"]: cell(line) for line in said.lines}
            if said.failed:
                cells.setdefault(OURS, Cell(instead=f"failed: {said.last_words}"))
            table.row(work, cells)
            yield "levels", work, cells


def starts(size: Size) -> Iterator[Row]:
    """Imports, and a cold interpreter until it has loaded the map and answered."""
    with Table("start", (OURS, "numpy", *TRACERS[2:])) as table:
        took = start_up.imports(size.starts)
        cells = {
            tool: Cell(instead="absent") if seconds is None else Cell(seconds)
            for tool, seconds in zip(table.tools, took.values(), strict=True)
        }
        table.row("import, over bare Python", cells)
        yield "start", "import, over bare Python", cells
        first = {OURS: Cell(start_up.seconds(start_up.FIRST_ANSWER, size.starts))}
        table.row("cold start to the first answer", first)
        yield "start", "cold start to the first answer", first


def disputed(cells: dict[str, Cell]) -> bool:
    """Whether most tools gave another answer than we did."""
    ours = cells.get(OURS, Cell())
    return ours.seconds is not None and ours.answer != agreed(cells)


if __name__ == "__main__":
    sys.exit(main())

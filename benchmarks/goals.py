"""What the project promises of its speed, and whether a run kept it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from children import Cell
from report import OURS, duration, times

Found = Mapping[tuple[str, str], Mapping[str, Cell]]
"""Cells by tool, for each block and work."""


@dataclass(frozen=True)
class Goal:
    """A peer takes at least so many times as long, or we take at most so many seconds."""

    block: str
    work: str
    peer: str = ""
    ratio: float = 0.0
    seconds: float = 0.0

    def verdict(self, found: Found) -> str:
        """One line: met, missed or not measured, the goal, and the figure."""
        cells = found.get((self.block, self.work), {})
        ours = cells.get(OURS, Cell()).seconds
        theirs = cells.get(self.peer, Cell()) if self.peer else None
        what = f"{self.block}, {self.work}"
        if self.peer:
            what += f": {self.peer} at least {times(self.ratio)}"
        else:
            what += f": at most {duration(self.seconds)}"
        if ours is None or (theirs is not None and theirs.at_least is None):
            return f"not measured  {what}"
        if theirs is None or theirs.at_least is None:
            return f"{_met(ours <= self.seconds)}  {what}; it is {duration(ours)}"
        ratio = theirs.at_least / ours
        if theirs.seconds is None and ratio < self.ratio:
            return f"not measured  {what}; it is more than {times(ratio)}"
        more = "more than " if theirs.seconds is None else ""
        return f"{_met(ratio >= self.ratio)}  {what}; it is {more}{times(ratio)}"


def _met(reached: bool) -> str:
    return "met         " if reached else "MISSED      "


GOALS = (
    Goal("SIGNOR", "toggle", "networkx", ratio=60),
    Goal("SIGNOR", "paths to 6", "networkx", ratio=100),
    Goal("SIGNOR", "loops to 4", "networkx", ratio=25),
    Goal("SIGNOR", "loops to 4", "igraph", ratio=1),
    Goal("levels", "press with a knock-out, 1,000 weightings", "numpy", ratio=60),
    Goal("levels", "all single knock-outs, lasting states", seconds=0.060),
    Goal("levels", "one press on 1e5 arrows, 1 weighting", seconds=0.050),
    Goal("start", "import, over bare Python", seconds=0.025),
    Goal("start", "cold start to the first answer", seconds=0.300),
)

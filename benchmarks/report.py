"""The table as text: times, how many times as long a peer takes, and answers that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from children import Cell

OURS = "mgmodel"
WORK_WIDTH, CELL_WIDTH = 42, 19


@dataclass
class Table:
    """A block of rows under the names of its tools; remarks stand under the block."""

    title: str
    tools: Sequence[str]
    _remarks: list[str] = field(default_factory=list)

    def __enter__(self) -> Table:
        names = "".join(f"{tool:>{CELL_WIDTH}}" for tool in self.tools)
        print(f"\n{self.title:{WORK_WIDTH}}{names}", flush=True)
        return self

    def __exit__(self, *_: object) -> None:
        for remark in self._remarks:
            print(f"    {remark}")

    def row(self, work: str, cells: Mapping[str, Cell]) -> None:
        """Print one line; a time whose answer is not that of most tools is marked with `!`."""
        accepted, ours = agreed(cells), cells.get(OURS, Cell()).seconds
        shown = ""
        for tool in self.tools:
            cell = cells.get(tool, Cell())
            text = cell.instead
            if cell.seconds is not None:
                text = duration(cell.seconds)
                if tool != OURS and ours:
                    text += f" {times(cell.seconds / ours):>6}"
                if cell.answer != accepted:
                    text = f"! {text}"
                    mine, theirs = difference(cell.answer, accepted)
                    self._remarks.append(f"! {tool}, {work}: found {mine}; others found {theirs}")
            elif len(text) > CELL_WIDTH - 2:
                self._remarks.append(f"* {tool}, {work}: {text}")
                text = "*"
            shown += f"{text:>{CELL_WIDTH}}"
        print(f"  {work:{WORK_WIDTH - 2}}{shown}", flush=True)


def difference(one: str, other: str) -> tuple[str, str]:
    """What stands in one answer and not in the other, and the other way round.

    >>> difference("48: 3 of 2, 1 of 5", "49: 3 of 2, 2 of 5")
    ('48, 1 of 5', '49, 2 of 5')
    """
    mine, theirs = (answer.replace(":", ",").split(", ") for answer in (one, other))
    return (
        ", ".join(part for part in mine if part not in theirs),
        ", ".join(part for part in theirs if part not in mine),
    )


def agreed(cells: Mapping[str, Cell]) -> str:
    """The answer that most tools gave; ours where there is no majority."""
    counts = Counter(cell.answer for cell in cells.values() if cell.seconds is not None)
    if not counts:
        return ""
    most = max(counts.values())
    ours = cells.get(OURS, Cell()).answer
    return ours if counts[ours] == most else counts.most_common(1)[0][0]


def duration(seconds: float) -> str:
    """Three digits and a unit.

    >>> duration(0.000279), duration(0.0241), duration(8.91)
    ('0.279 ms', '24.1 ms', '8.91 s')
    """
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def times(ratio: float) -> str:
    """How many times as long, to two digits.

    >>> times(69.4), times(0.2154), times(404.1)
    ('69x', '0.22x', '400x')
    """
    return f"{float(f'{ratio:.2g}'):g}x"

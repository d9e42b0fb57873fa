"""Work done in child processes, each line of their answers waited for no longer than a cap."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Cell:
    """What one tool made of one task."""

    seconds: float | None = None
    """The median, or None where there is none."""
    answer: str = ""
    instead: str = ""
    """What is to be said instead of a time."""
    given_up: float | None = None
    """The seconds after which nobody waited any longer."""

    @property
    def at_least(self) -> float | None:
        """The time, or what it is more than."""
        return self.given_up if self.seconds is None else self.seconds


@dataclass(frozen=True)
class Said:
    """What a child printed, and how it ended."""

    lines: list[dict[str, Any]]
    was_slow: bool
    last_words: str
    """The last line that was no answer: where it failed, the error."""
    failed: bool


def listen(program: str, arguments: Sequence[str], cap: float) -> Said:
    """Run one of our programs, and end it once a line takes longer than `cap` seconds."""
    command = [sys.executable, "-W", "ignore", str(HERE / program), *arguments]
    lines: queue.Queue[str | None] = queue.Queue()
    found: list[dict[str, Any]] = []
    last_words, was_slow = "", False
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as child:
        threading.Thread(target=_read, args=(child, lines), daemon=True).start()
        try:
            while (line := lines.get(timeout=cap)) is not None:
                if line.startswith('{"'):
                    found.append(json.loads(line))
                elif line.strip():
                    last_words = line.strip()
        except queue.Empty:
            was_slow = True
            child.kill()
    return Said(found, was_slow, last_words, failed=not was_slow and child.returncode != 0)


def _read(child: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        lines.put(line)
    lines.put(None)


def cell(line: dict[str, Any]) -> Cell:
    """A printed line as a cell."""
    return Cell(line.get("seconds"), line.get("answer", ""), line.get("missing", ""))


def traced(
    tool: str, network: str, names: Sequence[str], cap: float, options: Sequence[str]
) -> dict[str, Cell]:
    """A tool's cells for these tasks; after one that is too slow, the rest begins anew."""
    cells: dict[str, Cell] = {}
    waiting = list(names)
    while waiting:
        said = listen("tracing_tasks.py", [tool, network, *waiting, *options], cap)
        cells |= {line["task"]: cell(line) for line in said.lines}
        waiting = [name for name in waiting if name not in cells]
        if not waiting or not (said.was_slow or said.failed):
            break
        stuck = Cell(instead=f"failed: {said.last_words}")
        if said.was_slow:
            stuck = Cell(instead=f"> {cap:g} s", given_up=cap)
        hopeless = waiting if waiting[0] == "load" else waiting[:1]
        cells |= dict.fromkeys(hopeless, stuck)
        waiting = [name for name in waiting if name not in cells]
    if "not installed" in " ".join(one.instead for one in cells.values()):
        return {name: Cell(instead="absent") for name in names}
    return cells

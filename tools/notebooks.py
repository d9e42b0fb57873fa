"""Run lessons, and store their outputs in the one form in which they are committed.

Called by `run.py check` and `run.py refresh` inside the environment; not part of the library.
The form: outputs, execution counts and cell ids are kept; of the metadata only the kernel, the
language and the tags; no widget state and no widget views, for they are different in each run
and a reader without a kernel would see "model not found" in place of the picture.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEPT = ("jupyter", "slideshow", "tags")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 150_000  # bytes of a stored lesson, so that a diff can still be read
SILENT = 5.0  # seconds after which a reader believes that nothing happens any more


@dataclass(frozen=True)
class Pace:
    """How a code cell ran: its number among all cells, and seconds."""

    place: int
    took: float
    silent: float
    """The longest time between two messages of the kernel."""
    worked: float
    """Processor time of the kernel. On a busy machine a cell takes long and works little."""

    @property
    def too_silent(self) -> bool:
        """Whether a reader waits too long for a sign of life, and the cell itself is to blame."""
        return min(self.silent, self.worked) >= SILENT


class WatchedClient(NotebookClient):
    """Runs a notebook, and keeps when each cell gave a sign of life."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.beats: dict[int, list[datetime]] = {}
        self.work: dict[int, float] = {}
        self.on_cell_execute = self.on_cell_executed = self._note_work

    def _note_work(self, cell_index: int, **_: Any) -> None:
        times = psutil.Process(self.km.provisioner.pid).cpu_times()
        used = times.user + times.system
        self.work[cell_index] = used - self.work.get(cell_index, 0.0)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take a message of the kernel, by whose own clock it is noted."""
        self.beats.setdefault(cell_index, []).append(msg["header"]["date"])
        return super().process_message(msg, cell, cell_index)

    def paces(self) -> list[Pace]:
        """Give how each code cell ran."""
        return [
            Pace(place, _seconds(beats[0], beats[-1]), longest_silence(beats), self.work[place])
            for place, beats in self.beats.items()
        ]


def longest_silence(beats: Iterable[datetime]) -> float:
    """Give the longest time between two signs of life, in seconds; 0 where there are not two."""
    return max((_seconds(*pair) for pair in itertools.pairwise(beats)), default=0.0)


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


def read(path: Path) -> NotebookNode:
    """Give the notebook of a file; cells without an id get their number as id."""
    book = nbformat.reads(path.read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)
    if (book.nbformat, book.get("nbformat_minor", 0)) < (4, 5):
        book = nbformat.convert(book, 4)
        book.nbformat_minor = 5
        for number, cell in enumerate(book.cells):
            cell["id"] = f"cell-{number}"
    return book


def write(book: NotebookNode) -> str:
    """Give the text of a notebook as it is committed."""
    nbformat.validate(book)
    return nbformat.writes(book).rstrip("\n") + "\n"


def execute(book: NotebookNode, folder: Path) -> tuple[NotebookNode, list[Pace]]:
    """Run all cells in a new kernel that stands in the folder, and give how each of them ran.

    The first error is raised.
    """
    client = WatchedClient(
        book,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,
    )
    # a kernel says on stderr that it listens on this machine; an error comes back as an error
    return client.execute(stderr=subprocess.DEVNULL), client.paces()


def normal_form(book: NotebookNode) -> NotebookNode:
    """Give a notebook with nothing in it that differs from run to run or reader to reader."""
    book = nbformat.from_dict(book)
    book.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for cell in book.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT if key in cell.metadata}
        for output in cell.get("outputs", ()):
            if "metadata" in output:
                output.metadata = {}
            output.get("data", {}).pop(WIDGET_VIEW, None)
    return book


def refresh(path: Path) -> str:
    """Run a lesson and store it; give a line that says how long it took and how large it is."""
    start = time.monotonic()
    book, paces = execute(read(path), path.parent)
    refuse_silence(path, paces)
    text = write(normal_form(book))
    size = len(text.encode())
    if size > LARGEST:
        message = f"{path.name} would be {size:,} bytes, and {LARGEST:,} is the limit"
        raise ValueError(message)
    old = path.read_bytes().decode("utf-8")
    path.write_text(text, encoding="utf-8", newline="\n")
    news = "unchanged" if old == text else "stored"
    return f"{path.name}: {news}, {size:,} bytes, {time.monotonic() - start:.1f} s{told(paces)}"


def run(path: Path) -> str:
    """Run a lesson and store nothing."""
    start = time.monotonic()
    _, paces = execute(read(path), path.parent)
    refuse_silence(path, paces)
    return f"{path.name}: runs, {time.monotonic() - start:.1f} s{told(paces)}"


def told(paces: list[Pace]) -> str:
    """Give the slowest cell, and the one in which longest nothing was to be seen."""
    if not paces:
        return ""
    slow = max(paces, key=lambda pace: pace.took)
    still = max(paces, key=lambda pace: pace.silent)
    return (
        f"; slowest is cell {slow.place} with {slow.took:.1f} s, "
        f"longest silent cell {still.place} with {still.silent:.1f} s"
    )


def refuse_silence(path: Path, paces: list[Pace]) -> None:
    """Raise a ValueError that names every cell in which nothing is to be seen for too long."""
    waits = [f"cell {pace.place} for {pace.silent:.1f} s" for pace in paces if pace.too_silent]
    if waits:
        message = f"{path.name} is silent too long, {SILENT:g} s at most: {', '.join(waits)}"
        raise ValueError(message)


def main(arguments: list[str]) -> int:
    """Do one of the two jobs with each file, and go on after a failure."""
    job = {"refresh": refresh, "run": run}[arguments[0]]
    failed = 0
    for name in arguments[1:]:
        try:
            print(job(Path(name)), flush=True)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, ValueError) as error:
            failed += 1
            print(f"{Path(name).name}: {error}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

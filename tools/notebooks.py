"""Run lessons, and store their outputs in the one form in which they are committed.

Called by `run.py check` and `run.py refresh` inside the environment; not part of the library.
The form: outputs, execution counts and cell ids are kept; of the metadata only the kernel, the
language and the tags; no widget state and no widget views, for they are different in each run
and a reader without a kernel would see "model not found" in place of the picture.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEPT = ("jupyter", "slideshow", "tags")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 150_000  # bytes of a stored lesson, so that a diff can still be read


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


def execute(book: NotebookNode, folder: Path) -> NotebookNode:
    """Run all cells in a new kernel that stands in the folder; the first error is raised."""
    client = NotebookClient(
        book,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,
    )
    # a kernel says on stderr that it listens on this machine; an error comes back as an error
    return client.execute(stderr=subprocess.DEVNULL)


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
    text = write(normal_form(execute(read(path), path.parent)))
    size = len(text.encode())
    if size > LARGEST:
        message = f"{path.name} would be {size:,} bytes, and {LARGEST:,} is the limit"
        raise ValueError(message)
    old = path.read_bytes().decode("utf-8")
    path.write_text(text, encoding="utf-8", newline="\n")
    news = "unchanged" if old == text else "stored"
    return f"{path.name}: {news}, {size:,} bytes, {time.monotonic() - start:.1f} s"


def run(path: Path) -> str:
    """Run a lesson and store nothing."""
    start = time.monotonic()
    execute(read(path), path.parent)
    return f"{path.name}: runs, {time.monotonic() - start:.1f} s"


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

"""tools/notebooks.py: how lessons are run, and in which form they are stored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import pytest

import notebooks

ROOT = Path(__file__).resolve().parent.parent


def book(*sources: str, **metadata: object) -> nbformat.NotebookNode:
    """Give a notebook of code cells."""
    cells = [
        nbformat.v4.new_code_cell(source, id=f"c{n}", metadata={"tags": ["t"], "collapsed": True})
        for n, source in enumerate(sources)
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def test_the_normal_form_keeps_outputs_counts_ids_and_tags() -> None:
    made = book("1")
    made.cells[0].execution_count = 7
    made.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text="one\n")]
    (cell,) = notebooks.normal_form(made).cells
    assert (cell.id, cell.execution_count, cell.outputs[0].text) == ("c0", 7, "one\n")
    assert dict(cell.metadata) == {"tags": ["t"]}


def test_the_normal_form_holds_no_widget_and_no_timing() -> None:
    made = book("1", widgets={"state": 1}, language_info={"name": "python", "version": "3.11.7"})
    made.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-01-01"}
    data = {notebooks.WIDGET_VIEW: {"model_id": "random"}, "image/png": "AAAA", "text/plain": "map"}
    shown = nbformat.v4.new_output("display_data", data=data, metadata={"image/png": {"width": 1}})
    made.cells[0].outputs = [shown]
    normal = notebooks.normal_form(made)
    assert set(normal.metadata) == {"kernelspec", "language_info"}
    assert dict(normal.metadata["language_info"]) == {"name": "python"}
    assert set(normal.cells[0].outputs[0].data) == {"image/png", "text/plain"}
    assert dict(normal.cells[0].outputs[0].metadata) == {}
    assert "execution" not in normal.cells[0].metadata


def test_the_normal_form_of_the_normal_form_is_itself() -> None:
    once = notebooks.normal_form(book("1", "2", widgets={}))
    assert notebooks.write(once) == notebooks.write(notebooks.normal_form(once))


def test_cells_of_an_old_notebook_get_their_number_as_id(tmp_path: Path) -> None:
    old = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    old["cells"] = [{"cell_type": "markdown", "metadata": {}, "source": "x"}] * 2
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old), encoding="utf-8")
    assert [cell.id for cell in notebooks.read(path).cells] == ["cell-0", "cell-1"]


@pytest.mark.slow
def test_two_runs_store_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "lesson.ipynb"
    source = "import ipywidgets, sys\nprint('a'); print('b', flush=True)\nipywidgets.IntSlider()"
    path.write_text(notebooks.write(book(source)), encoding="utf-8")
    assert "stored" in notebooks.refresh(path)
    once = path.read_bytes()
    assert "unchanged" in notebooks.refresh(path)
    assert once == path.read_bytes()
    assert b"model_id" not in once


@pytest.mark.slow
def test_a_lesson_that_fails_is_said_and_left_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_text(notebooks.write(book("1 / 0")), encoding="utf-8")
    before = path.read_bytes()
    assert notebooks.main(["refresh", str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert before == path.read_bytes()


def test_silence_is_the_longest_time_between_two_messages() -> None:
    start = datetime(2026, 1, 1)
    beats = [start + timedelta(seconds=second) for second in (0, 0.5, 3.25, 4)]
    assert notebooks.longest_silence(beats) == 2.75
    assert notebooks.longest_silence(beats[:1]) == notebooks.longest_silence([]) == 0.0


@pytest.mark.parametrize(
    ("silent", "worked", "too_silent"),
    [(5.0, 5.0, True), (4.9, 9.0, False), (30.0, 2.0, False), (6.0, 7.0, True)],
)
def test_a_cell_is_to_blame_for_its_silence_only_where_it_worked(
    silent: float, worked: float, *, too_silent: bool
) -> None:
    assert notebooks.Pace(3, silent, silent, worked).too_silent == too_silent


def test_a_run_says_which_cell_was_slowest_and_which_was_silent_longest(tmp_path: Path) -> None:
    paces = [notebooks.Pace(1, 4.0, 0.5, 4.0), notebooks.Pace(3, 2.0, 1.5, 0.1)]
    said = "; slowest is cell 1 with 4.0 s, longest silent cell 3 with 1.5 s"
    assert notebooks.told(paces) == said
    assert notebooks.told([]) == ""
    notebooks.refuse_silence(tmp_path / "lesson.ipynb", paces)


BUSY = "import time\nend = time.process_time() + 1\nwhile time.process_time() < end: pass"


@pytest.mark.slow
def test_a_lesson_that_is_silent_too_long_fails_and_is_left_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_text(notebooks.write(book("1", BUSY, "print(2)")), encoding="utf-8")
    before = path.read_bytes()
    assert notebooks.main(["run", str(path)]) == 0
    assert "longest silent cell 1 with" in capsys.readouterr().out
    monkeypatch.setattr(notebooks, "SILENT", 0.9)
    assert notebooks.main(["run", str(path)]) == notebooks.main(["refresh", str(path)]) == 1
    assert "is silent too long, 0.9 s at most: cell 1 for" in capsys.readouterr().err
    assert before == path.read_bytes()


@pytest.mark.slow
def test_nbval_is_told_of_a_silent_cell_too(tmp_path: Path) -> None:
    made = book("1", BUSY)
    for count, cell in enumerate(made.cells, 1):
        cell.execution_count = count
    made.cells[0].outputs = [
        nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=1)
    ]
    made.metadata = {"kernelspec": notebooks.KERNEL}
    path = tmp_path / "lesson.ipynb"
    path.write_text(notebooks.write(made), encoding="utf-8")
    start = "import notebooks, pytest, sys; notebooks.SILENT = {bound}; import lesson_pace; "
    start += "sys.exit(pytest.main(sys.argv[1:], plugins=[lesson_pace]))"
    for bound, failed in ((60, 0), (0.9, 1)):
        command = [sys.executable, "-c", start.format(bound=bound), "--nbval", "-q", str(path)]
        done = subprocess.run(
            [*command, "--nbval-current-env", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tools")))},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == failed, done.stdout
        assert "lessons: 2 cells run, the longest silence" in done.stdout
        assert ("Cell 1 gave no sign of life for" in done.stdout) == bool(failed)

"""tools/notebooks.py: how lessons are run, and in which form they are stored."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

import notebooks


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

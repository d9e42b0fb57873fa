"""The anatomy of a lesson, and the proof that a lesson notices when its explorer breaks.

That the lessons run, and give what is stored in them, is checked by nbval itself.
"""

from __future__ import annotations

import ast
import itertools
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat
import pytest

from mgmodel.explore import history, state

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CLOSING = ("What this does not show", "Exercises", "In one breath", "Next", "References")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
CONTROLS = (*state.ACTIONS, "reset")
BROKEN = [
    # each control in one lesson, the lessons in turn; in all of them where there is time
    pytest.param(
        path,
        control,
        id=f"{path.stem}-{control}",
        marks=() if turn % len(LESSONS) == place else pytest.mark.thorough,
    )
    for turn, control in enumerate(CONTROLS)
    for place, path in enumerate(LESSONS)
]

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def cells(path: Path, kind: str | None = None) -> list[Any]:
    """The cells of a lesson, all or those of one kind."""
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind is None or cell.cell_type == kind]


def headings(path: Path) -> list[tuple[int, str]]:
    """Level and text of each heading."""
    prose = "\n".join(cell.source for cell in cells(path, "markdown"))
    return [(len(m[1]), m[2]) for m in re.finditer(r"^(#+) (.+)$", prose, flags=re.MULTILINE)]


def code_lines(cell: Any) -> list[str]:
    """The lines of code in a cell that are not blank."""
    return [line for line in cell.source.splitlines() if line.strip()]


@each_lesson
def test_the_title_is_a_question_and_the_first_cell_says_what_it_takes(path: Path) -> None:
    first = cells(path)[0].source
    assert re.match(r"# [^\n]+\?\n", first)
    for promise in ("**You will**", "**You need**", "**Minutes:**"):
        assert promise in first


@each_lesson
def test_headings_rise_by_one_and_end_with_the_closing_sections(path: Path) -> None:
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert tuple(text for _, text in headings(path))[-len(CLOSING) :] == CLOSING


@each_lesson
def test_a_reader_predicts_before_the_answer_and_finds_it_folded(path: Path) -> None:
    asks = [c for c in cells(path, "markdown") if c.source.startswith("## Predict first")]
    assert asks
    assert all("<details><summary>" in cell.source for cell in asks)


@each_lesson
def test_every_exercise_is_followed_by_a_folded_answer_that_runs(path: Path) -> None:
    after_title = cells(path)
    for number, cell in enumerate(after_title):
        if re.search(r"^\*\*\d+\.\*\*", cell.source, flags=re.MULTILINE):
            answer = after_title[number + 1]
            assert answer.cell_type == "code"
            assert "solution" in answer.metadata.tags
            assert answer.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}


@each_lesson
def test_code_cells_are_short_and_define_nothing(path: Path) -> None:
    sizes = [len(code_lines(cell)) for cell in cells(path, "code")]
    assert max(sizes) <= 12
    assert statistics.median(sizes) <= 6
    for cell in cells(path, "code"):
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
        assert max(map(len, cell.source.splitlines())) <= 100
        assert not re.search(r"sys\.path|^[!%]", cell.source, flags=re.MULTILINE)


@each_lesson
def test_prose_outweighs_code(path: Path) -> None:
    words = sum(len(cell.source.split()) for cell in cells(path, "markdown"))
    lines = sum(len(code_lines(cell)) for cell in cells(path, "code"))
    assert words >= 8 * lines


@each_lesson
def test_stored_form_is_small_clean_and_complete(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata == {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    assert path.stat().st_size < 150_000
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert list(range(1, len(counts) + 1)) == counts
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@each_lesson
def test_pictures_are_stored_so_that_a_reader_without_a_kernel_sees_them(path: Path) -> None:
    for cell in cells(path, "code"):
        last = cell.source.splitlines()[-1]
        if last == "explorer" or last.startswith("figures."):
            (output,) = cell.outputs
            assert "image/png" in output.data
            assert len(output.data["text/plain"]) > 40


@each_lesson
def test_links_lead_to_lessons_that_exist(path: Path) -> None:
    prose = "\n".join(cell.source for cell in cells(path, "markdown"))
    for target in re.findall(r"\]\(([^)]+)\)", prose):
        assert (path.parent / target).is_file(), target


def test_the_first_lesson_lists_all_the_others() -> None:
    listed = "\n".join(cell.source for cell in cells(LESSONS[0], "markdown"))
    assert [path.name for path in LESSONS[1:] if path.name not in listed] == []


@each_lesson
def test_every_explorer_shown_is_also_driven(path: Path) -> None:
    code = "\n".join(cell.source for cell in cells(path, "code"))
    assert code.count("explore_map(") == code.count("rehearse(explorer)") > 0


def explorer_cells(path: Path) -> Iterator[str]:
    """The code that a lesson's explorer needs: imports, the map, and every cell that names it."""
    for cell in cells(path, "code"):
        if re.search(r"^import|load_model\(|explorer", cell.source, flags=re.MULTILINE):
            yield cell.source


def run(path: Path) -> None:
    """Run the explorer's cells of a lesson in a fresh namespace."""
    space: dict[str, Any] = {}
    for source in explorer_cells(path):
        exec(compile(source, path.name, "exec"), space)


@each_lesson
def test_the_explorer_of_a_lesson_runs_when_nothing_is_broken(path: Path) -> None:
    run(path)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "control"), BROKEN)
def test_a_broken_control_breaks_the_lesson(
    path: Path, control: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(control)

    if control == "reset":
        monkeypatch.setattr(history, "reset", broken)
    else:
        monkeypatch.setattr(state, "ACTIONS", MappingProxyType({**state.ACTIONS, control: broken}))
    with pytest.raises(RuntimeError, match=control):
        run(path)


@pytest.mark.slow
def test_nbval_goes_red_on_a_broken_control(tmp_path: Path) -> None:
    plant = (
        "import sys\n"
        "import mgmodel.explore.state as state\n"
        "def broken(view, value):\n"
        "    raise RuntimeError('planted')\n"
        "state.ACTIONS = {**state.ACTIONS, 'highlight': broken}\n"
    )
    (tmp_path / "sitecustomize.py").write_text(plant, encoding="utf-8")
    run_nbval = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*run_nbval, str(LESSONS[0])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "planted" in result.stdout

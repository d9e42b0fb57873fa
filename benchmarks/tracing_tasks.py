"""One tool on one network in a process of its own: `python tracing_tasks.py TOOL NETWORK ...`.

Each task prints one line of JSON when it is done, so that whoever waits can give up on a task and
knows which one it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from networks import Network, network
from stopwatch import Timed, timed
from tracing_tools import TOOLS, Tool

Task = tuple[str, Callable[[], Timed[Any]], Callable[[Any], str]]
"""Its name, the work, and what identifies an answer."""


def task_names(asked: Network) -> list[str]:
    """The tasks for a network, in their order."""
    return [
        "load",
        "toggle",
        *(f"paths to {longest}" for longest in asked.path_lengths),
        *(f"loops to {longest}" for longest in asked.loop_lengths),
    ]


def tasks(kind: type[Tool], asked: Network, budget: float, toggles: int) -> Iterator[Task]:
    """What the tool is put to; the graphs for the tasks after the first are made in between."""

    def load() -> Tool:
        return kind(asked.triples)

    yield (
        "load",
        lambda: timed(load, budget),
        lambda made: "{} nodes, {} arrows".format(*made.size()),
    )
    tool = load()
    tool.prepare()
    source, *hubs = (tool.number[node] for node in flat(asked.hubs(toggles)))

    def toggle() -> list[Any]:
        return [tool.toggle(source, hub) for hub in hubs]

    yield "toggle", lambda: timed(toggle, budget), lambda found: digest(map(tool.lengths, found))
    start, end = (tool.number[node] for node in asked.path_ends)
    for longest in asked.path_lengths:
        yield (
            f"paths to {longest}",
            lambda k=longest: timed(lambda: tool.paths(start, end, k), budget),
            lambda found: counted(tool.by_length(found, is_loops=False)),
        )
    for longest in asked.loop_lengths:
        yield (
            f"loops to {longest}",
            lambda k=longest: timed(lambda: tool.loops(k), budget),
            lambda found: counted(tool.by_length(found, is_loops=True)),
        )


def flat(hubs: tuple[str, list[str]]) -> list[str]:
    return [hubs[0], *hubs[1]]


def digest(answers: Iterator[list[int]]) -> str:
    """The first digits of a checksum over all distances, and how many states were reached."""
    hashed, reached = hashlib.sha256(), 0
    for lengths in answers:
        hashed.update(",".join(map(str, lengths)).encode())
        reached += sum(length >= 0 for length in lengths)
    return f"{reached} distances, {hashed.hexdigest()[:8]}"


def counted(by_length: dict[int, int]) -> str:
    listed = ", ".join(f"{count} of {length}" for length, count in by_length.items())
    return f"{sum(by_length.values())}: {listed}"


def main() -> None:
    """Do the tasks that are named, and print what each took and answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("network")
    parser.add_argument("tasks", nargs="+")
    parser.add_argument("--budget", type=float, default=1.0)
    parser.add_argument("--toggles", type=int, default=5)
    given = parser.parse_args()
    asked = network(given.network)
    for name, work, identify in tasks(TOOLS[given.tool], asked, given.budget, given.toggles):
        if name not in given.tasks:
            continue
        try:
            done = work()
        except NotImplementedError as error:
            line = {"task": name, "missing": str(error)}
        except ImportError as error:
            line = {"task": name, "missing": f"not installed ({error})"}
        else:
            seconds = done.seconds / (given.toggles if name == "toggle" else 1)
            line = {"task": name, "seconds": seconds, "runs": done.runs}
            line["answer"] = identify(done.answer)
        print(json.dumps(line), flush=True)
        if str(line.get("missing", "")).startswith("not installed"):
            break


if __name__ == "__main__":
    sys.exit(main())

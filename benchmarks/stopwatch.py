"""How long something takes: the median of several runs within a budget of seconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

MOST_RUNS = 25
SLOW = 1.0
"""A first run of so many seconds is not repeated to warm up, where the budget is no larger."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Timed(Generic[Answer]):
    """What was answered, and how long it took."""

    answer: Answer
    seconds: float
    """The median."""
    runs: int


def timed(work: Callable[[], Answer], budget: float) -> Timed[Answer]:
    """Run something until the budget is used, and tell the median time.

    The first run warms up, imports too, and is left out unless it takes so long by itself.
    """
    answer, first = _clocked(work)
    if first >= max(budget, SLOW):
        return Timed(answer, first, 1)
    times: list[float] = []
    while len(times) < MOST_RUNS and (len(times) < 3 or sum(times) < budget):
        times.append(_clocked(work)[1])
    return Timed(answer, statistics.median(times), len(times))


def _clocked(work: Callable[[], Answer]) -> tuple[Answer, float]:
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start

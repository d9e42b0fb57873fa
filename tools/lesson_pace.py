"""The lessons that nbval runs: for how long each cell gave no sign of life, told at the end.

A plugin of pytest, which `tests/conftest.py` registers. nbval itself only looks whether the answer
comes at last; a reader who sees nothing for five seconds believes that it is broken.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import psutil
import pytest

import notebooks


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Keep the pace of a cell of a lesson, and fail where it is silent too long."""
    if not hasattr(item, "cell_num"):
        return (yield)
    messages: list[dict[str, Any]] = []
    book: Any = item.parent
    take, kernel = book.get_kernel_message, psutil.Process(book.kernel.km.provisioner.pid)

    def noted(*given: Any, **options: Any) -> dict[str, Any]:
        messages.append(take(*given, **options))
        return messages[-1]

    book.get_kernel_message = noted
    before = sum(kernel.cpu_times()[:2])
    try:
        answer = yield
    finally:
        book.get_kernel_message = take
    own = messages[-1]["parent_header"].get("msg_id") if messages else None
    beats = [m["header"]["date"] for m in messages if m["parent_header"].get("msg_id") == own]
    silent = notebooks.longest_silence(beats)
    pace = notebooks.Pace(item.cell_num, 0.0, silent, sum(kernel.cpu_times()[:2]) - before)
    item.user_properties.append(("silent", (round(silent, 1), f"{item.path.name}, {item.name}")))
    if pace.too_silent:
        pytest.fail(f"{item.name} gave no sign of life for {silent:.1f} s", pytrace=False)
    return answer


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which cell of all lessons was silent longest."""
    kept = [
        value
        for report in (report for found in terminalreporter.stats.values() for report in found)
        if getattr(report, "when", "") == "call"
        for name, value in getattr(report, "user_properties", ())
        if name == "silent"
    ]
    if kept:
        seconds, where = max(kept)
        terminalreporter.write_line(
            f"lessons: {len(kept)} cells run, the longest silence {seconds} s ({where})"
        )

"""The classroom without people: every control of every lesson answers, in an order drawn by lot."""

from __future__ import annotations

from pathlib import Path

import classroom_driver as driver
import pytest


@pytest.mark.slow
@pytest.mark.parametrize("path", driver.lessons(), ids=lambda path: path.stem)
def test_everything_in_a_lesson_can_be_pressed_in_random_order(path: Path) -> None:
    found = driver.visited(path, driver.SEEDS)
    assert found.explorers
    assert found.faults == ()

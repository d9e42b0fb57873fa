"""Hand-made maps that one can check by eye, and the shipped one."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import lesson_pace
import pytest

from mgmodel.model import Model

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ["MGMODEL_STRICT"] = "1"  # a callback error fails the run instead of only being shown

hypothesis.settings.register_profile("quick", derandomize=True, deadline=None, max_examples=20)
hypothesis.settings.register_profile("tests", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.register_profile("deep", derandomize=True, deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("MGMODEL_HYPOTHESIS", "tests"))


def pytest_configure(config: pytest.Config) -> None:
    """Watch the cells of lessons too, which lie outside of this folder."""
    config.pluginmanager.register(lesson_pace, "lesson_pace")


@pytest.fixture
def chain() -> Model:
    """Four nodes in a row: a raises b, b lowers c, c raises d."""
    return Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 1)])


@pytest.fixture
def vicious_circle() -> Model:
    """Stress raises cortisol, cortisol lowers magnesium, magnesium lowers stress: reinforcing."""
    return Model.from_edges(
        [("stress", "cortisol", 1), ("cortisol", "magnesium", -1), ("magnesium", "stress", -1)]
    )


@pytest.fixture
def incoherent_fork() -> Model:
    """S raises T by way of Y and lowers T directly."""
    return Model.from_edges([("S", "Y", 1), ("Y", "T", 1), ("S", "T", -1)])


@pytest.fixture
def parallel_arrows() -> Model:
    """Two rival arrows of opposite sign between the same pair."""
    return Model.from_edges([("a", "b", 1), ("a", "b", -1)])


@pytest.fixture(scope="session")
def real_model() -> Model:
    """The map that the project ships."""
    from mgmodel.datafiles import load_model

    return load_model()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The curated facts beside the checkout; without them a test that reads them is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the curated facts lie beside the checkout only where the map is maintained")
    return SHARED

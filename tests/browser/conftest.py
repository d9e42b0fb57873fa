"""A real browser, one JupyterLab for the whole run, and notebooks opened in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lab_window
import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with lab_window.browser() as found:
        yield found


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab_window.Lab]:
    with lab_window.jupyterlab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def open_notebook(
    lab: lab_window.Lab, chromium: Any
) -> Iterator[Callable[..., lab_window.OpenNotebook]]:
    """`open_in_lab` with the browser and the server of this run; closes its windows."""
    opened = []

    def open_it(notebook: Path, **options: Any) -> lab_window.OpenNotebook:
        opened.append(lab_window.open_in_lab(chromium, lab, notebook, **options))
        return opened[-1]

    yield open_it
    for window in opened:
        window.close()


@pytest.fixture
def blank_page(chromium: Any) -> Iterator[Any]:
    """An empty page; its errors fail the test."""
    page = chromium.new_page(viewport={"width": 960, "height": 768})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert wrong == []

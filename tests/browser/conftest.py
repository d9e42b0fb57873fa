"""A real browser, one JupyterLab for the whole run, and notebooks opened in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lab_window
import pytest
from blank_page import show

from mgmodel import Model
from mgmodel.explore import MapWidget, explore_map
from mgmodel.explore.pages import SCRIPTS, static


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


@pytest.fixture(scope="session")
def twin_page(chromium: Any) -> Iterator[Any]:
    """A page that shows nothing and knows every function of ours, to be held against Python."""
    page = chromium.new_page()
    page.add_script_tag(content=static(*SCRIPTS))
    yield page
    page.close()


@pytest.fixture
def chain_page(blank_page: Any, chain: Model) -> tuple[Any, MapWidget]:
    """A chain of four nodes, asked from end to end."""
    widget = explore_map(chain, source="a", target="d")
    show(blank_page, widget)
    return blank_page, widget


@pytest.fixture
def core_page(blank_page: Any, real_model: Model) -> tuple[Any, MapWidget]:
    """The core of the shipped map, asked from serum magnesium to norepinephrine."""
    widget = explore_map(real_model, source="serum_magnesium", target="norepinephrine")
    show(blank_page, widget)
    return blank_page, widget


@pytest.fixture
def blank_page(chromium: Any) -> Iterator[Any]:
    """An empty page; its errors fail the test."""
    page = chromium.new_page(viewport={"width": 960, "height": 768})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert wrong == []

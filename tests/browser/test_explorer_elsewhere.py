"""The explorer in Notebook 7 and in Voila, where no other machine can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import servers
from explorer_page import CHANNEL, key_of, press_node
from test_explorer_in_lab import NO_PATH, OPEN_MAP, notebook

pytestmark = pytest.mark.slow

CELLS = """() => {
  const all = [...window.jupyterapp.shell.widgets('main')];
  const { content } = all.find((one) => one.content?.widgets);
  return content.widgets.map((one) => [one.model.type, one.model.sharedModel.getSource()]);
}"""
FOCUSED = (
    ".mgm-undo-redo button",
    ".mgm-tools input",
    "[role=listbox]",
    "[role=tab]",
    "[role=tabpanel]:not([hidden])",
)
NETWORKS = pytest.mark.parametrize("network", ["refused", "unanswered"])


@pytest.fixture(scope="module")
def in_notebook_7(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.notebook7(tmp_path_factory.mktemp("notebook7")) as server:
        made = notebook(server.folder, "map", OPEN_MAP)
        yield f"{server.url}/notebooks/{made.name}"


@pytest.fixture(scope="module")
def in_voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("voila")
    made = notebook(tmp_path_factory.mktemp("source"), "map", OPEN_MAP)
    with servers.voila(folder, made) as address:
        yield address


def assert_it_is_drawn_and_answers(window: servers.Window) -> None:
    page = window.page
    painted = window.explorer.locator("canvas").evaluate(
        "(canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, 600, 300).data).size"
    )
    assert painted > 20
    page.get_by_role("button", name="Why? Norepinephrine").click()
    reasons = page.get_by_role("tabpanel", name="Why")
    assert "weakest step" in reasons.inner_text()
    before = reasons.inner_text()
    press_node(page, CHANNEL)  # until Python, too, has heard of it
    assert key_of(page, CHANNEL) == "off||"
    assert NO_PATH in page.locator(".mgm-answer").inner_text()
    assert reasons.inner_text() != before
    assert not window.explorer.get_by_role("alert").first.is_visible()
    assert window.outside == []


@NETWORKS
def test_in_notebook_7_a_toggle_is_answered(
    chromium: Any, in_notebook_7: str, network: str
) -> None:
    with servers.window_on(chromium, in_notebook_7, network=network, run=True) as window:
        assert_it_is_drawn_and_answers(window)
        before = window.page.evaluate(CELLS)
        for place in FOCUSED:
            window.explorer.locator(place).first.focus()
            for key in ("b", "m", "d", "d", "a", "ArrowDown"):
                window.page.keyboard.press(key)
            assert (place, window.page.evaluate(CELLS)) == (place, before)


@NETWORKS
def test_in_voila_a_toggle_is_answered(chromium: Any, in_voila: str, network: str) -> None:
    with servers.window_on(chromium, in_voila, network=network) as window:
        assert_it_is_drawn_and_answers(window)
        assert window.explorer.get_attribute("data-theme") == "light"

"""The explorer as people meet it: a notebook in JupyterLab, a real browser, no network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lab_window import OpenNotebook

from mgmodel.explore.state import drawings
from mgmodel.model import Model

ROOT = Path(__file__).resolve().parents[2]
LESSON = ROOT / "notebooks" / "01_norepinephrine_and_the_n_type_channel.ipynb"
CHANNEL = "n_type_calcium_channel"
TICK = "Switch off: N-type calcium channel"
NO_PATH = "No path is left from serum magnesium to norepinephrine."
SIZES = [(1366, 768), (1920, 1080)]
SMALLEST_LABEL = 12.0  # CSS pixels

Opener = Callable[..., OpenNotebook]


def notebook(folder: Path, name: str, *cells: str) -> Path:
    """A notebook of code cells, without outputs."""
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    code: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(cells)
    ]
    path = folder / f"{name}.ipynb"
    content = {"cells": code, "metadata": {"kernelspec": kernel}, "nbformat": 4}
    path.write_text(json.dumps({**content, "nbformat_minor": 5}), encoding="utf-8")
    return path


OPEN_MAP = """from mgmodel import load_model
from mgmodel.explore import explore_map
explorer = explore_map(load_model(), view="core", source="serum_magnesium", target="norepinephrine")
explorer"""


@pytest.fixture
def map_notebook(tmp_path: Path) -> Path:
    return notebook(tmp_path, "map", OPEN_MAP)


def assert_the_shown_case(window: OpenNotebook) -> None:
    said = window.status()
    assert NO_PATH in said
    assert "Norepinephrine: falls" in said


@pytest.mark.slow
def test_in_the_lesson_a_click_on_the_channel_leaves_no_path_and_norepinephrine_falls(
    open_notebook: Opener,
) -> None:
    window = open_notebook(LESSON)
    window.click_node(CHANNEL)
    assert_the_shown_case(window)


@pytest.mark.slow
def test_in_the_lesson_the_same_by_keyboard_alone(open_notebook: Opener) -> None:
    window = open_notebook(LESSON)
    before = window.seq()
    window.explorer.get_by_label("Drawing", exact=True).focus()  # where Tab from the cell leads
    for _ in range(150):
        window.page.keyboard.press("Tab")
        name = window.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
        if name == TICK:
            break
    assert name == TICK
    window.page.keyboard.press("Space")
    window.until_painted(before)
    assert_the_shown_case(window)


@pytest.mark.slow
def test_in_the_drawing_the_arrow_keys_lead_to_the_channel(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    before = window.seq()
    window.explorer.get_by_role("listbox").focus()
    for key in ("ArrowDown", "ArrowLeft", "Space"):  # the source first, then its left neighbour
        window.page.keyboard.press(key)
    window.until_painted(before)
    assert_the_shown_case(window)


@pytest.mark.parametrize("network", ["refused", "unanswered"])
def test_the_map_works_without_a_network(
    open_notebook: Opener, map_notebook: Path, network: str
) -> None:
    window = open_notebook(map_notebook, network=network)
    window.click_node(CHANNEL)
    assert_the_shown_case(window)
    assert window.outside == []


def test_letters_typed_in_the_explorer_leave_the_notebook_alone(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    window.explorer.get_by_label(TICK).focus()
    for key in ("b", "m", "d", "d", "a", "Enter"):
        window.page.keyboard.press(key)
    cells = window.page.locator(".jp-Notebook .jp-Cell")
    assert (cells.count(), window.page.locator(".mgm").count()) == (1, 1)


def test_an_error_in_a_callback_is_seen_by_the_reader(
    open_notebook: Opener, tmp_path: Path
) -> None:
    planted = (
        "from mgmodel.explore import picture\n"
        "def broken(*_):\n    raise RuntimeError('planted')\n"
        "picture.node_numbers = broken"
    )
    window = open_notebook(notebook(tmp_path, "planted", OPEN_MAP, planted))
    window.page.mouse.click(*window.pixel_of(CHANNEL))
    alert = window.explorer.get_by_role("alert")
    alert.wait_for(state="visible")
    assert "RuntimeError: planted" in alert.inner_text()


def test_two_displays_of_one_explorer_stay_in_step(open_notebook: Opener, tmp_path: Path) -> None:
    window = open_notebook(notebook(tmp_path, "twice", OPEN_MAP, "explorer"))
    window.page.locator(".mgm").nth(1).locator("canvas").wait_for(state="attached")
    window.click_node(CHANNEL)
    ticks = window.page.get_by_label(TICK)
    window.page.wait_for_function(
        "(name) => [...document.querySelectorAll(`[aria-label='${name}']`)]"
        ".every((one) => one.checked)",
        arg=TICK,
    )
    assert ticks.count() == 2


def test_code_in_another_cell_moves_the_map(open_notebook: Opener, tmp_path: Path) -> None:
    window = open_notebook(
        notebook(tmp_path, "driven", OPEN_MAP, f"explorer.switch_off({CHANNEL!r})")
    )
    window.until_painted(0)
    assert_the_shown_case(window)


MEASURE = """
(root) => {
  const network = root.mgm.network();
  const scale = root.mgm.scale();
  const frame = root.querySelector('.mgm-scroll');
  const inner = frame.getBoundingClientRect();
  const context = document.createElement('canvas').getContext('2d');
  const items = root.mgm.drawing();
  const boxes = items.nodes.map((node) => {
    const { x, y } = root.mgm.pixelOf(node.id);
    const [width, height] = items.box.map((side) => side * scale);
    context.font = `bold ${items.font}px ${items.face}`;
    const verdict = context.measureText(root.mgm.lineOf(node.id)).width;
    context.font = `${items.font}px ${items.face}`;
    const texts = [verdict, ...node.lines.map((line) => context.measureText(line).width)];
    return {
      id: node.id,
      left: x - width / 2 + frame.scrollLeft - inner.left - frame.clientLeft,
      top: y - height / 2 + frame.scrollTop - inner.top - frame.clientTop,
      width,
      height,
      text: Math.max(...texts) * scale,
    };
  });
  return {
    label: items.font * scale,
    boxes,
    room: [frame.scrollWidth, frame.scrollHeight],
    seen: [frame.clientWidth, frame.clientHeight],
  };
}
"""


def overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["id"], other["id"])
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if abs(one["left"] - other["left"]) < one["width"]
        and abs(one["top"] - other["top"]) < one["height"]
    ]


def clipped(found: dict[str, Any]) -> list[str]:
    wide, high = found["room"]
    return [
        box["id"]
        for box in found["boxes"]
        if box["left"] < 0
        or box["top"] < 0
        or box["left"] + box["width"] > wide
        or box["top"] + box["height"] > high
        or box["text"] > box["width"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["1366x768", "1920x1080"])
def test_labels_are_large_whole_and_apart_in_every_drawing(
    open_notebook: Opener,
    map_notebook: Path,
    real_model: Model,
    size: tuple[int, int],
    dark: bool,
) -> None:
    window = open_notebook(map_notebook, size=size, dark=dark)
    for drawing in drawings(real_model):
        before = window.seq()
        window.explorer.get_by_label("Drawing", exact=True).select_option(drawing)
        if drawing != "core":
            window.until_painted(before)
        found = window.explorer.evaluate(MEASURE)
        assert found["label"] >= SMALLEST_LABEL
        assert overlapping(found["boxes"]) == []
        assert clipped(found) == []
        if drawing != "whole":  # the whole map scrolls inside its own box
            assert found["seen"] == found["room"]


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_labels_fit_their_boxes_in_the_other_languages(
    open_notebook: Opener, map_notebook: Path, language: str
) -> None:
    window = open_notebook(map_notebook)
    before = window.seq()
    window.explorer.locator("select[id$=language]").select_option(language)
    window.until_painted(before)
    assert clipped(window.explorer.evaluate(MEASURE)) == []


def test_the_core_map_and_its_answer_fit_a_small_projector(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook, size=(1366, 768))
    height = window.explorer.evaluate(
        """(root) => root.querySelector('.mgm-scroll').getBoundingClientRect().bottom
             - root.querySelector('.mgm-answer').getBoundingClientRect().top"""
    )
    assert height <= 665

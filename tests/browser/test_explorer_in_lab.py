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
CHANNEL, NOREPINEPHRINE = "n_type_calcium_channel", "norepinephrine"
NO_PATH = "No path is left from serum magnesium to norepinephrine."
SMALLEST_LABEL = 12.0  # CSS pixels

Opener = Callable[..., OpenNotebook]

pytestmark = pytest.mark.slow


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
model = load_model()
explorer = explore_map(model, view="core", source="serum_magnesium", target="norepinephrine")
explorer"""
ASK = "print(explorer.short_code, explorer.status, sep='|')"


@pytest.fixture
def map_notebook(tmp_path: Path) -> Path:
    return notebook(tmp_path, "map", OPEN_MAP, ASK)


def shown(window: OpenNotebook, view: int = 0) -> str:
    """The short code and the language of what an explorer shows."""
    return str(window.page.locator(".mgm").nth(view).get_attribute("data-shown"))


def key_of(window: OpenNotebook, node: str, view: int = 0) -> str:
    """What the box of a node stands for: its state, its role and its flags."""
    root = window.page.locator(".mgm").nth(view)
    return str(root.evaluate("(root, id) => root.mgm.keyOf(id)", node))


def heard(window: OpenNotebook, view: int = 0) -> None:
    """Until the page has told all its acts, and Python has confirmed them."""
    window.page.wait_for_function(
        """(view) => {
          const root = document.querySelectorAll('.mgm')[view];
          return Number(root.dataset.seq) === root.mgm.seq()
            && root.dataset.seq === root.dataset.heard;
        }""",
        arg=view,
    )


# Clicks


def map_of(window: OpenNotebook) -> OpenNotebook:
    """The same window, asked for its map: a sheet stands before it in the lesson."""
    window.shown = ".mgm:not(.mgm-sheet)"
    return window


def test_in_the_lesson_a_click_leaves_no_path_and_norepinephrine_falls(
    open_notebook: Opener,
) -> None:
    window = map_of(open_notebook(LESSON))
    window.click_node(CHANNEL)
    assert NO_PATH in window.status()
    assert "Norepinephrine: falls" in window.status()
    assert window.outside == []


@pytest.mark.parametrize("network", ["refused", "unanswered"])
def test_a_click_changes_drawing_answer_and_why_without_a_network(
    open_notebook: Opener, map_notebook: Path, network: str
) -> None:
    window = open_notebook(map_notebook, network=network)
    page, before = window.page, window.status()
    page.get_by_role("button", name="Why? Norepinephrine").click()
    panel = page.get_by_role("tabpanel", name="Why")
    reasons = panel.inner_text()
    assert "weakest step" in reasons
    window.click_node(CHANNEL)
    assert (key_of(window, CHANNEL), NO_PATH in before) == ("off||", False)
    assert NO_PATH in window.status()
    assert panel.inner_text() != reasons
    assert window.outside == []


def test_after_many_quick_clicks_python_has_what_the_page_shows(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    nodes = window.explorer.evaluate(
        """(root) => {
          const { atlas, plan } = root.mgm.now();
          return plan.nodes.slice(0, 20).map(([number]) => atlas.nodes[number]);
        }"""
    )
    for node in (*nodes, *nodes[::3]):
        window.explorer.evaluate("(root, id) => root.mgm.act('click', id)", node)
    places = [window.pixel_of(node) for node in (CHANNEL, "cortisol")]
    for place in (*places, *places, places[0]):
        window.page.mouse.click(*place)
    heard(window)
    code, status = window.run_cell(1).split("|")
    assert shown(window) == f"{code} en"
    assert window.explorer.locator(".mgm-answer").inner_text() in status
    off = window.explorer.evaluate("(root) => root.mgm.view().switched_off")
    assert len(off) in {12, 13, 14}


def test_code_in_another_cell_moves_the_map(open_notebook: Opener, tmp_path: Path) -> None:
    window = open_notebook(
        notebook(tmp_path, "driven", OPEN_MAP, f"explorer.switch_off({CHANNEL!r})", ASK)
    )
    window.page.wait_for_function(
        "(text) => document.querySelector('.mgm-answer').textContent.includes(text)", arg=NO_PATH
    )
    heard(window)
    assert shown(window) == f"{window.run_cell(2).split('|')[0]} en"


# What cannot be done, and what goes wrong


def alert(window: OpenNotebook, text: str) -> Any:
    line = window.explorer.get_by_role("alert").filter(has_text=text)
    line.wait_for(state="visible")
    return line


def test_a_refused_act_is_said_and_changes_nothing(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    before = shown(window)
    window.explorer.evaluate("(root) => root.mgm.act('code', 'ZZZZ-ZZZZ')")
    line = alert(window, "One character of the code ZZZZ-ZZZZ is wrong")
    assert shown(window) == before
    line.get_by_role("button", name="Close").click()
    line.wait_for(state="hidden")
    window.click_node(CHANNEL)  # and the page goes on
    assert NO_PATH in window.status()


def test_an_error_in_a_callback_is_seen_by_the_reader(
    open_notebook: Opener, tmp_path: Path
) -> None:
    planted = (
        "from mgmodel.explore import bindings\n"
        "def broken(*_):\n    raise RuntimeError('planted')\n"
        "bindings.told = broken"
    )
    window = open_notebook(notebook(tmp_path, "planted", OPEN_MAP, planted))
    window.page.mouse.click(*window.pixel_of(CHANNEL))
    alert(window, "RuntimeError: planted")


def test_a_fault_of_the_page_is_seen_by_the_reader_and_raised_in_python(
    open_notebook: Opener, tmp_path: Path
) -> None:
    listen = """
import traceback
heard, faults = explorer._heard, []
def listening(message):
    try:
        heard(message)
    except Exception as problem:
        faults.append(type(problem).__name__)
explorer._heard = listening"""
    ask = "print(explorer.error, faults, sep='|')"
    window = open_notebook(notebook(tmp_path, "fault", OPEN_MAP, listen, ask))
    window.page.evaluate(
        "() => { CanvasRenderingContext2D.prototype.fillText = () => "
        "{ throw new TypeError('planted') } }"
    )
    window.page.mouse.click(*window.pixel_of(CHANNEL))
    alert(window, "TypeError: planted")
    window.page.wait_for_timeout(300)
    said, faults = window.run_cell(2).split("|")
    assert "TypeError: planted" in said
    assert "MgModelError" in faults  # the kernel of the tests runs with MGMODEL_STRICT=1


# Several at once


def test_two_displays_of_one_explorer_stay_in_step(open_notebook: Opener, tmp_path: Path) -> None:
    window = open_notebook(notebook(tmp_path, "twice", OPEN_MAP, "explorer"))
    window.page.locator(".mgm[data-seq]").nth(1).wait_for()
    window.click_node(CHANNEL)
    window.page.wait_for_function(
        "() => new Set([...document.querySelectorAll('.mgm')].map((one) => one.dataset.shown))"
        ".size === 1"
    )
    assert [key_of(window, CHANNEL, view) for view in (0, 1)] == ["off||", "off||"]
    second = window.page.locator(".mgm").nth(1)
    second.scroll_into_view_if_needed()
    second.get_by_role("button", name="Undo", exact=False).click()
    window.page.wait_for_function(
        "(id) => document.querySelector('.mgm').mgm.keyOf(id) !== 'off||'", arg=CHANNEL
    )


def test_two_explorers_in_one_notebook_do_not_touch_each_other(
    open_notebook: Opener, tmp_path: Path
) -> None:
    other = "other = explore_map(model, source='cortisol', target='norepinephrine')\nother"
    ask = "print(len(explorer.view.switched_off), len(other.view.switched_off))"
    window = open_notebook(notebook(tmp_path, "two", OPEN_MAP, other, ask))
    window.page.locator(".mgm[data-seq]").nth(1).wait_for()
    before = shown(window, 1)
    window.click_node(CHANNEL)
    heard(window)
    assert shown(window, 1) == before
    assert window.run_cell(2) == "1 0"
    ids = window.page.evaluate("() => [...document.querySelectorAll('.mgm [id]')].map((x) => x.id)")
    assert len(ids) == len(set(ids))


# A kernel that is gone

RESTART = """async (name) => {
  const panel = [...window.jupyterapp.shell.widgets('main')].find(
    (one) => one.context?.path === name);
  await panel.sessionContext.restartKernel();
}"""


def test_the_map_answers_on_when_the_kernel_is_gone_and_comes_back_with_it(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    window.page.evaluate(RESTART, window.name)
    window.click_node(CHANNEL)
    assert NO_PATH in window.status()
    note = window.page.get_by_text("The kernel of this notebook is gone.")
    note.wait_for()
    assert not window.explorer.get_by_role("alert").filter(has_text="wrong").is_visible()
    window.run_cell(0)
    note.wait_for(state="hidden")
    window.page.locator(".mgm[data-seq]").first.wait_for()
    window.click_node(CHANNEL)
    heard(window)
    assert shown(window) == f"{window.run_cell(1).split('|')[0]} en"


# Keys

NOTEBOOK = """(name) => {
  const { content } = [...window.jupyterapp.shell.widgets('main')].find(
    (one) => one.context?.path === name);
  const cells = content.widgets.map((one) => [one.model.type, one.model.sharedModel.getSource(),
    one.model.sharedModel.getOutputs?.().length ?? 0]);
  return [cells, content.activeCellIndex];
}"""
TARGETS = {
    "a button": ".mgm-asks .mgm-why",
    "a radio button": ".mgm-tools input[type=radio]",
    "the drawing": ".mgm-scroll[role=listbox]",
    "a tab": "[role=tab][aria-selected=true]",
    "the search": ".mgm-asks input[type=search]",
    "the slider": ".mgm-evidence",
    "a column head": ".mgm-grid:not([hidden]) thead button",
    "a tick of the table": ".mgm-grid:not([hidden]) tbody input",
    "a panel": "[role=tabpanel]:not([hidden])",
    "a list to choose from": ".mgm-bar select",
}
LETTERS = ("b", "m", "d", "d", "a", "x", "0", "0")
ARROWS = ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Enter")


def test_keys_pressed_in_the_explorer_leave_the_notebook_alone(
    open_notebook: Opener, map_notebook: Path
) -> None:
    window = open_notebook(map_notebook)
    page = window.page
    window.click_node(CHANNEL)  # its cell is then the one that commands of JupyterLab would act on
    before = page.evaluate(NOTEBOOK, window.name)
    assert before[1] == 0
    changed = []
    for target, place in TARGETS.items():
        page.get_by_role("tab", name="Table", exact=True).click()
        found = window.explorer.locator(place).first
        for keys in (LETTERS, ARROWS if "select" not in place else ()):
            found.focus()
            for key in keys:
                page.keyboard.press(key)
        if page.evaluate(NOTEBOOK, window.name) != before:
            changed.append(target)
    assert changed == []
    page.keyboard.press("Escape")  # leaves to JupyterLab, whose keys then are its own again
    assert page.evaluate(NOTEBOOK, window.name)[0] == before[0]


def test_in_the_lesson_the_channel_is_switched_off_by_keys_alone(open_notebook: Opener) -> None:
    window = map_of(open_notebook(LESSON))
    page, before = window.page, window.seq()
    window.explorer.get_by_label("Drawing", exact=True).focus()  # where Tab from the cell leads
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.mgm-scroll')"):
            break
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    told = window.explorer.locator(".mgm-told")
    for _ in range(8):
        if "N-type calcium channel:" in told.inner_text():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    window.until_painted(before)
    assert NO_PATH in window.status()
    assert "N-type calcium channel: switched off" in told.inner_text()


# Sizes

MEASURE = """
(root) => {
  const { plan, book, lineOf } = root.mgm.now();
  const scale = root.mgm.scale();
  const frame = root.querySelector('.mgm-scroll');
  const context = document.createElement('canvas').getContext('2d');
  const [width, height] = plan.box.map((side) => side * scale);
  const boxes = [...plan.places.values()].map(({ number, x, y }) => {
    context.font = `bold ${plan.font}px ${plan.face}`;
    const verdict = context.measureText(lineOf(number)).width;
    context.font = `${plan.font}px ${plan.face}`;
    const texts = book.nodes[number].lines.map((line) => context.measureText(line).width);
    return {
      id: number,
      left: (x - plan.left) * scale - width / 2,
      top: (y - plan.top) * scale - height / 2,
      width,
      height,
      text: Math.max(verdict, ...texts) * scale,
    };
  });
  return { label: plan.font * scale, boxes, room: [frame.scrollWidth, frame.scrollHeight] };
}
"""

ANSWER_AND_MAP = """
(root) => root.querySelector('.mgm-scroll').getBoundingClientRect().bottom
  - root.querySelector('.mgm-answer').getBoundingClientRect().top
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


@pytest.mark.parametrize(("size", "dark"), [((1366, 768), False), ((1920, 1080), True)])
def test_labels_are_large_whole_and_apart_in_every_drawing_and_language(
    open_notebook: Opener,
    map_notebook: Path,
    real_model: Model,
    size: tuple[int, int],
    dark: bool,
) -> None:
    window = open_notebook(map_notebook, size=size, dark=dark)
    assert window.explorer.get_attribute("data-theme") == ("dark" if dark else "light")
    assert window.explorer.evaluate(ANSWER_AND_MAP) <= size[1] - 103  # seen without scrolling
    for language in ("en", "nl", "sv"):
        window.explorer.evaluate("(root, code) => root.mgm.act('language', code)", language)
        window.page.wait_for_selector(f".mgm[lang={language}]")
        for drawing in drawings(real_model):
            window.explorer.evaluate("(root, id) => root.mgm.act('draw', id)", drawing)
            found = window.explorer.evaluate(MEASURE)
            assert found["label"] >= SMALLEST_LABEL
            assert overlapping(found["boxes"]) == []
            assert (drawing, language, clipped(found)) == (drawing, language, [])

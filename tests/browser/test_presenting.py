"""A talk on the stage, as an audience meets it: Voila, a real browser, keys alone, no network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import blank_page
import pytest
import servers

from mgmodel.explore import explore_map, present, read_storyboard
from mgmodel.explore.codes import encode
from mgmodel.explore.storyboards import Storyboard
from mgmodel.layout import FONT_SIZE, view_model
from mgmodel.model import Model

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "notebooks" / "presenting" / "the_vicious_circle.ipynb"
TALK = "the_vicious_circle"
SIZES = [(1366, 768), (1920, 1080)]
SMALLEST_LABEL, SMALLEST_NOTE = 18.0, 27.0  # CSS pixels
SCENE = "() => document.querySelector('.mgm-stage').dataset.scene"
PLACES = """
(root, ids) => {
  const nodes = ids.map((id) => root.mgm.pixelOf(id)).flatMap(({ x, y }) => [x, y]);
  const parts = ['.mgm-scroll', '.mgm-stage', '.mgm-stage-bar', '.mgm-answer'];
  const boxes = parts.map((one) => root.querySelector(one).getBoundingClientRect());
  return [root.mgm.scale(), ...nodes, ...boxes.flatMap((one) => Object.values(one.toJSON()))];
}
"""
UNCUT = """
(root) => [...root.querySelectorAll('.mgm-stage-text, .mgm-answer')]
  .filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.className)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def talk(real_model: Model) -> Storyboard:
    return read_storyboard(real_model, TALK)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.voila(tmp_path_factory.mktemp("voila"), PAGE) as url:
        yield url


def scene_is(page: Any, number: int) -> None:
    """Wait until a scene, counted from 0, stands on the stage."""
    page.wait_for_function(f"({SCENE})() === '{number}'", timeout=15_000)


@pytest.fixture
def on_stage(chromium: Any, real_model: Model) -> Iterator[Any]:
    """`on_stage(size, **options)` shows the talk in a bare page; its errors fail the test."""
    pages, wrong = [], []

    def show(size: tuple[int, int] = SIZES[0], **options: Any) -> Any:
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.widget = present(real_model, TALK, **options)
        blank_page.show(page, page.widget, width="100vw")
        page.add_style_tag(content=":root { --mgm-stage-height: 100vh }")
        page.root = page.locator(".mgm").first
        scene_is(page, options.get("scene", 0))
        page.wait_for_timeout(300)  # the new height is painted
        return page

    yield show
    for page in pages:
        page.close()
    assert wrong == []


# Voila


@pytest.mark.parametrize(("size", "network"), [(SIZES[0], "unanswered"), (SIZES[1], "refused")])
def test_the_talk_is_stepped_by_keys_and_asks_no_other_machine(
    chromium: Any, address: str, real_model: Model, talk: Storyboard, size: Any, network: str
) -> None:
    drawn = list(view_model(real_model, talk.scenes[0].view.drawing).nodes)
    with servers.window_on(chromium, address, size=size, network=network) as window:
        page, root = window.page, window.explorer
        scene_is(page, 0)
        page.wait_for_timeout(500)
        places = []
        for number, scene in enumerate(talk.scenes):
            scene_is(page, number)
            assert root.get_by_role("heading", name=scene.title).is_visible()
            assert root.evaluate("(root) => root.mgm.told().code") == encode(real_model, scene.view)
            places.append(root.evaluate(PLACES, drawn))
            page.keyboard.press("PageDown")
        assert all(before == after for before, after in pairwise(places))  # 0 px
        assert root.evaluate("(root) => root.mgm.scale()") * FONT_SIZE >= SMALLEST_LABEL
        last = len(talk.scenes) - 1
        for key, number in (("Home", 0), ("ArrowRight", 1), ("End", last), ("PageUp", last - 1)):
            page.keyboard.press(key)
            scene_is(page, number)
        assert window.outside == []
        assert window.errors == []


def test_the_stage_takes_the_whole_window_and_what_it_is_stands_below(
    chromium: Any, address: str
) -> None:
    with servers.window_on(chromium, address) as window:
        scene_is(window.page, 0)
        box = window.explorer.bounding_box()
        assert (box["y"], box["height"]) == (0, 768)
        assert box["width"] > 1340
        window.page.get_by_role("heading", name="as a talk").scroll_into_view_if_needed()


# The page alone


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    "language",
    ["nl", *(pytest.param(other, marks=pytest.mark.thorough) for other in ("en", "sv"))],
)
def test_every_scene_is_large_whole_and_still(
    on_stage: Any, real_model: Model, language: str, size: tuple[int, int]
) -> None:
    page = on_stage(size, language=language)
    board = read_storyboard(real_model, TALK, language=language)
    drawn = list(view_model(real_model, board.scenes[0].view.drawing).nodes)
    scroll = page.locator(".mgm-scroll").bounding_box()
    places = []
    for number, scene in enumerate(board.scenes):
        scene_is(page, number)
        assert page.root.evaluate(UNCUT) == [], scene.title
        for node in set(drawn) - set(scene.view.hidden):
            point = page.root.evaluate("(root, id) => root.mgm.pixelOf(id)", node)
            assert scroll["x"] + 80 < point["x"] < scroll["x"] + scroll["width"] - 80, node
            assert scroll["y"] + 30 < point["y"] < scroll["y"] + scroll["height"] - 30, node
        places.append(page.root.evaluate(PLACES, drawn))
        page.keyboard.press("ArrowRight")
    assert all(before == after for before, after in pairwise(places))
    assert page.root.evaluate("(root) => root.mgm.scale()") * FONT_SIZE >= SMALLEST_LABEL
    size_of = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator(".mgm-stage-note").evaluate(size_of) >= SMALLEST_NOTE


def test_the_scene_is_said_aloud_and_python_is_told(on_stage: Any, talk: Storyboard) -> None:
    page = on_stage()
    page.keyboard.press("End")
    scene_is(page, len(talk.scenes) - 1)
    said = page.locator(".mgm-stage [role=status]").inner_text()
    assert said.startswith(f"Scene 12 of 12: {talk.scenes[-1].title}.")
    assert talk.scenes[-1].ask in said
    assert page.widget.view == talk.scenes[-1].view
    assert page.widget.error == ""


def test_buttons_and_the_list_lead_to_scenes(on_stage: Any) -> None:
    page = on_stage()
    page.get_by_role("button", name="Next scene").click()
    scene_is(page, 1)
    page.get_by_role("button", name="Previous scene").click()
    scene_is(page, 0)
    page.get_by_label("All scenes").select_option(index=6)
    scene_is(page, 6)
    page.keyboard.press("ArrowRight")  # the list no longer has the focus
    scene_is(page, 7)


def test_what_a_person_does_meanwhile_is_taken_back_by_the_scene(
    on_stage: Any, talk: Storyboard
) -> None:
    page = on_stage(scene=3)
    back = page.get_by_role("button", name="Back to the scene")
    assert back.get_attribute("aria-disabled") == "true"
    page.root.evaluate("(root) => root.mgm.act('switch_off', 'cortisol')")
    page.wait_for_function(
        "document.querySelector('.mgm-stage-tools button').ariaDisabled !== 'true'"
    )
    assert page.evaluate(SCENE) == "3"
    back.click()
    assert page.widget.view == talk.scenes[3].view


def test_what_is_hidden_cannot_be_clicked(on_stage: Any, talk: Storyboard) -> None:
    page = on_stage()
    point = page.root.evaluate("(root) => root.mgm.pixelOf('cortisol')")
    page.mouse.click(point["x"], point["y"])
    page.wait_for_timeout(300)
    assert page.widget.view == talk.scenes[0].view


def test_keys_are_left_to_lists_and_fields(on_stage: Any) -> None:
    page = on_stage()
    page.get_by_role("button", name="Show controls").click()
    page.get_by_label("All scenes").focus()
    page.keyboard.press("Control+ArrowRight")
    search = page.locator(".mgm input[type=search]").first
    search.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.evaluate(SCENE) == "0"


def test_controls_unfold_and_fold_away(on_stage: Any) -> None:
    page = on_stage()
    assert not page.locator(".mgm-bar").is_visible()
    page.get_by_role("button", name="Show controls").click()
    assert page.locator(".mgm-bar").is_visible()
    assert page.locator(".mgm-panel").is_visible()
    page.get_by_role("button", name="Hide controls").click()
    assert not page.locator(".mgm-panel").is_visible()


def test_the_language_changes_in_the_middle_of_the_talk(on_stage: Any, real_model: Model) -> None:
    page = on_stage(scene=6)
    page.root.evaluate("(root) => root.mgm.act('language', 'sv')")
    title = read_storyboard(real_model, TALK, language="sv").scenes[6].title
    page.get_by_role("heading", name=title).wait_for()
    assert page.evaluate(SCENE) == "6"


def test_the_screen_is_filled_and_nothing_is_cut(on_stage: Any) -> None:
    page = on_stage()
    page.get_by_role("button", name="Full screen").click()
    page.get_by_role("button", name="Leave full screen").wait_for()
    page.get_by_role("button", name="Leave full screen").click()
    page.get_by_role("button", name="Full screen", exact=True).wait_for()


def test_a_map_without_a_talk_has_no_stage(chromium: Any) -> None:
    page = chromium.new_page()
    blank_page.show(page, explore_map(Model.from_edges([("magnesium", "stress", -1)])))
    assert not page.locator(".mgm-stage").is_visible()
    page.keyboard.press("PageDown")
    assert page.locator(".mgm").first.get_attribute("data-fault") is None
    page.close()


# The same notebook elsewhere


def test_in_jupyterlab_keys_step_and_the_stage_fills_the_screen(
    open_notebook: Any, talk: Storyboard
) -> None:
    window = open_notebook(PAGE)
    page = window.page
    page.get_by_role("button", name="Next scene").click()
    scene_is(page, 1)
    page.keyboard.press("ArrowRight")  # JupyterLab keeps a notebook in a tab panel
    scene_is(page, 2)
    page.get_by_role("button", name="Full screen").click()
    page.get_by_role("button", name="Leave full screen").wait_for()
    page.keyboard.press("PageDown")
    scene_is(page, 3)
    page.wait_for_function(
        "(least) => document.querySelector('.mgm').mgm.scale() >= least",
        arg=SMALLEST_LABEL / FONT_SIZE,
    )
    assert page.get_by_role("heading", name=talk.scenes[3].title).is_visible()
    assert window.outside == []


def test_in_notebook_7_the_talk_is_stepped_without_any_other_machine(
    chromium: Any, tmp_path: Path
) -> None:
    with servers.notebook7(tmp_path) as server:
        (server.folder / PAGE.name).write_bytes(PAGE.read_bytes())
        address = f"{server.url}/notebooks/{PAGE.name}"
        with servers.window_on(chromium, address, network="unanswered", run=True) as window:
            window.page.get_by_role("button", name="Next scene").click()
            scene_is(window.page, 1)
            assert window.outside == []

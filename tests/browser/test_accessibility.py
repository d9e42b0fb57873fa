"""The whole page as assistive tools, weak eyes and unsteady hands meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import blank_page as blank
import pytest
from explorer_page import NOREPINEPHRINE, SERUM, act, theme
from page_reading import read, read_aloud
from panels import TABS, opened

from mgmodel.explore import MapWidget, explore_map, present
from mgmodel.model import Model

pytestmark = pytest.mark.slow

THEMES = pytest.mark.parametrize("name", ["light", "dark"])
ZOOMED = {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2}  # 1366 x 768, 200 %
NARROW = {"viewport": {"width": 700, "height": 768}}
CONTESTED = "brain_magnesium.nmda_receptor"

Window = Callable[..., Any]


@pytest.fixture
def window(chromium: Any, real_model: Model) -> Any:
    """Opens the explorer of the shipped map, or its talk, in a window of its own."""
    contexts = []
    faults: list[str] = []

    def open_it(*, talk: bool = False, **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if talk:
            widget: MapWidget = present(real_model, "the_vicious_circle", scene=3)
        else:
            widget = explore_map(real_model, source=SERUM, target=NOREPINEPHRINE)
        blank.show(page, widget, width="100%")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def each_state(page: Any) -> Any:
    """Every tab with something in it, then two views side by side; gives the name of each."""
    act(page, "card", CONTESTED)
    act(page, "why", NOREPINEPHRINE)
    for tab in TABS:
        panel = opened(page, tab)
        few(panel)
        page.wait_for_timeout(50)
        yield tab
    act(page, "beside", True)
    act(page, "switch_off", "nmda_receptor")
    act(page, "flip", CONTESTED)
    opened(page, "Compare")
    yield "two views"
    page.evaluate("() => window.receive({ error: 'The reason why not.' })")
    page.get_by_text("The reason why not.").wait_for()
    yield "an error"


def few(panel: Any) -> None:
    """Some rows of a long table or list are enough."""
    for field in panel.get_by_label("Only ").all():
        if field.get_attribute("type") == "search":
            field.fill("NMDA")


def all_wrong(page: Any, look: Callable[[Any], Any]) -> dict[str, Any]:
    """What is found wrong in which state."""
    found = {state: look(page) for state in each_state(page)}
    assert len(found) == len(TABS) + 2
    return {state: wrong for state, wrong in found.items() if wrong}


# As a program reads it


def violations(page: Any) -> list[str]:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe comes with axe-playwright-python"
    )
    found = axe.Axe().run(page, ".mgm").response
    assert len(found["passes"]) > 10
    told = [(one["id"], one["nodes"][0]["html"][:100]) for one in found["violations"]]
    # what axe cannot decide on: of a colour it is measured below, from the computed styles
    told += [(one["id"], "?") for one in found["incomplete"] if one["id"] != "color-contrast"]
    return [" ".join(one) for one in told]


@THEMES
def test_axe_finds_nothing_wrong_in_any_tab(window: Window, name: str) -> None:
    page = window()
    theme(page, name)
    assert all_wrong(page, violations) == {}


@THEMES
def test_axe_finds_nothing_wrong_on_the_stage(window: Window, name: str) -> None:
    page = window(talk=True)
    theme(page, name)
    folded = violations(page)
    page.get_by_role("button", name="Show controls").click()
    assert (folded, violations(page)) == ([], [])


def poorly_named(page: Any) -> list[str]:
    """What can have the focus and has no name or no role, or cannot be told from its neighbour."""
    told = [one for one in read_aloud(page) if one["role"] != "option"]
    assert len(told) > 20
    bad = [f"no name: {one}" for one in told if not one["name"].strip()]
    bad += [f"no role: {one}" for one in told if one["role"] in {"", "generic", "none"}]
    # radio buttons are told apart by the name of their group; the search stands in two places
    grouped = {"radio", "searchbox", "combobox"}
    alone = [(one["role"], one["name"]) for one in told if one["role"] not in grouped]
    # two ways of a Why may share a step, and then the card of it
    counts = Counter(one for one in alone if not one[1].startswith("Claim card: "))
    return bad + [f"{count} times: {one}" for one, count in counts.items() if count > 1]


def test_all_that_can_have_the_focus_has_a_role_and_a_name_of_its_own(window: Window) -> None:
    assert all_wrong(window(), poorly_named) == {}


def test_the_list_of_the_drawing_says_what_the_picture_shows(window: Window) -> None:
    page = window()
    drawing = page.get_by_role("listbox", name="Nodes of the drawing")
    described = page.locator(f"#{drawing.get_attribute('aria-describedby')}").text_content()
    assert "Core map" in described
    options = drawing.get_by_role("option").all_text_contents()
    drawn = page.evaluate("() => document.querySelector('.mgm').mgm.now().plan.nodes.length")
    assert len(options) == len(set(options)) == drawn
    assert "NMDA receptor: ▼ falls, always" in options
    assert "Norepinephrine: ◎ ▼ falls, always" in options
    assert "Psychological stressor: ∅ no route" in options


def test_answers_are_said_politely_and_faults_at_once(window: Window) -> None:
    page = window()
    live = page.evaluate(
        """() => Object.fromEntries(['.mgm-answer', '.mgm-told', '.mgm-error'].map((one) =>
             [one, document.querySelector(one).getAttribute('role')]))"""
    )
    assert live == {".mgm-answer": "status", ".mgm-told": "status", ".mgm-error": "alert"}
    act(page, "switch_off", "n_type_calcium_channel")
    assert "No path is left" in page.locator(".mgm-answer").inner_text()


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_a_screen_reader_is_told_which_language_to_speak(window: Window, language: str) -> None:
    page = window()
    act(page, "language", language)
    assert page.locator(".mgm").get_attribute("lang") == language
    assert page.locator(".mgm").get_attribute("aria-label")


# As weak eyes see it


def weak(page: Any) -> list[str]:
    found = read(page, "weakTexts")
    assert found["looked"] > 40
    return list(found["weak"])


@THEMES
def test_every_text_has_a_contrast_of_four_and_a_half(window: Window, name: str) -> None:
    page = window()
    theme(page, name)
    assert all_wrong(page, weak) == {}


@THEMES
def test_every_text_on_the_stage_has_a_contrast_of_four_and_a_half(
    window: Window, name: str
) -> None:
    page = window(talk=True)
    theme(page, name)
    page.get_by_role("button", name="Show controls").click()
    assert weak(page) == []


def misplaced(page: Any) -> list[str]:
    return [*read(page, "cutOff"), *read(page, "overlapping")]


@pytest.mark.parametrize("options", [ZOOMED, NARROW], ids=["200 %", "700 px"])
def test_nothing_is_cut_off_or_covered(window: Window, options: dict[str, Any]) -> None:
    assert all_wrong(window(**options), misplaced) == {}


def test_the_reader_of_boxes_finds_what_is_cut_off_or_covered(window: Window) -> None:
    page = window()
    page.add_style_tag(
        content=".mgm-answer { transform: translateY(-60px) } .mgm-legend-box { width: 1500px }"
    )
    found = misplaced(page)
    assert any(" over " in one for one in found)
    assert any("wide in" in one for one in found)


STAGE_ROOM = """() => {
  const height = (name) => document.querySelector(name).getBoundingClientRect().height;
  const text = document.querySelector('.mgm-stage-text');
  return {
    drawing: height('.mgm-scroll'),
    hidden: text.scrollHeight - text.clientHeight,
    label: 14 * document.querySelector('.mgm').mgm.scale(),
  };
}"""


def test_a_talk_can_be_read_at_two_hundred_per_cent(window: Window) -> None:
    page = window(talk=True, **ZOOMED)
    assert misplaced(page) == []
    found = page.evaluate(STAGE_ROOM)
    assert found["hidden"] <= 1  # the page is scrolled, not a slit of it
    assert found["drawing"] >= 200


# With unsteady hands


def too_small(page: Any) -> list[str]:
    return [f"{name} {w:.0f} x {h:.0f}" for name, w, h in read(page, "targets") if min(w, h) < 24]


def test_every_target_is_at_least_24_pixels_wide_and_high(window: Window) -> None:
    assert all_wrong(window(), too_small) == {}


def test_nearly_every_target_is_at_least_32_pixels_high(window: Window) -> None:
    page = window()
    low = {name for name, _, height in read(page, "targets") if height < 31.5}
    assert low == {'input "Push up"', 'input "Push down"'}  # one above the other, 25 each


# For who is made unwell by motion


MOVING = """() => {
  const root = document.querySelector('.mgm');
  const moving = [root, ...root.querySelectorAll('*')].filter((one) => {
    const style = getComputedStyle(one);
    const times = `${style.transitionDuration}, ${style.animationDuration}`.split(', ');
    const runs = style.animationName !== 'none' || style.transitionProperty !== 'all';
    return style.scrollBehavior === 'smooth' || (runs && times.some((one) => parseFloat(one) > 0));
  });
  return [moving.map((one) => one.className), document.getAnimations().length];
}"""


def test_nothing_moves_by_itself(window: Window) -> None:
    page = window(reduced_motion="reduce")
    for action in ("switch_off", "focus", "why"):
        act(page, action, "n_type_calcium_channel")
        assert page.evaluate(MOVING) == [[], 0]
    page.get_by_role("button", name="Fit to window").click()
    at_once = page.evaluate("() => document.querySelector('.mgm').mgm.pixelOf('cortisol')")
    page.wait_for_timeout(400)
    assert page.evaluate("() => document.querySelector('.mgm').mgm.pixelOf('cortisol')") == at_once


def test_forced_colours_leave_the_drawing_and_every_pressed_button_to_be_seen(
    window: Window,
) -> None:
    page = window(forced_colors="active", color_scheme="dark")
    assert page.locator(".mgm").get_attribute("data-theme") == "dark"
    act(page, "beside", True)
    pressed = page.get_by_role("button", name="Compare", exact=True)
    assert pressed.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    painted = page.evaluate(
        """() => new Set(document.querySelector('.mgm canvas').getContext('2d')
             .getImageData(0, 0, 400, 400).data).size"""
    )
    assert painted > 10

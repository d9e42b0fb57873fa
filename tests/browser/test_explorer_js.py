"""The explorer in a blank page, joined to a real widget without Jupyter: drawing, choices, keys."""

from __future__ import annotations

from typing import Any

import blank_page as blank
import pytest
from explorer_page import (
    CHANNEL,
    NOREPINEPHRINE,
    SERUM,
    act,
    acts,
    answer,
    colour_at,
    key_of,
    painted,
    pixel,
    places,
    press_key,
    press_node,
    shows,
    theme,
)

from mgmodel.explore import MapWidget, explore_map
from mgmodel.model import Model

WIDE_ENOUGH_FOR_TWO_COLUMNS = 1400


def arrow_looks(page: Any) -> dict[str, int]:
    """How many arrows are painted in each mode: f(aded), d(immed), l(it), or plain."""
    return page.evaluate(
        """() => {
          const { now } = document.querySelector('.mgm').mgm;
          const count = {};
          for (const { id } of now().plan.edges) {
            const mode = now().keys.mode(id) || 'plain';
            count[mode] = (count[mode] ?? 0) + 1;
          }
          return count;
        }"""
    )


# The drawing


def test_a_click_on_a_node_switches_it_off_and_the_answer_is_read(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, CHANNEL)
    said = answer(page)
    assert widget.view.switched_off == (CHANNEL,)
    assert "No path is left from serum magnesium to norepinephrine." in said
    assert "Norepinephrine: falls" in said


def test_what_the_page_says_is_what_python_says(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, CHANNEL)
    assert answer(page) == widget.shown.answer


def test_a_second_click_brings_the_node_back(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, CHANNEL)
    press_node(page, CHANNEL)
    assert widget.view.switched_off == ()


def test_each_box_has_the_size_that_the_layout_planned(core_page: Any) -> None:
    page, widget = core_page
    sizes = page.evaluate(
        """() => {
          const nodes = document.querySelector('.mgm').mgm.network().body.nodes;
          return Object.values(nodes).map(({ shape }) => [shape.width, shape.height]);
        }"""
    )
    assert {tuple(size) for size in sizes} == {tuple(widget.atlas["plans"]["core"]["box"])}


def test_arrows_end_at_the_borders_of_their_boxes(core_page: Any) -> None:
    page, _ = core_page
    gaps = page.evaluate(
        """() => {
          const { boards, now } = document.querySelector('.mgm').mgm;
          const { plan } = now();
          const ctx = document.createElement('canvas').getContext('2d');
          const inside = (id, { x, y, box: [width, height] }, air) => {
            const { head } = boards.main.pathOf(id);
            ctx.lineWidth = 1;
            for (let along = 0; along <= 1; along += 0.01) {
              const [right, low] = [width / 2 + air, height / 2 + air];
              const [dx, dy] = [(2 * along - 1) * right, (2 * along - 1) * low];
              const level = [[x + dx, y - low], [x + dx, y + low]];
              const points = [...level, [x - right, y + dy], [x + right, y + dy]];
              if (points.some((point) => ctx.isPointInPath(head, ...point))) return true;
            }
            return false;
          };
          const bad = [];
          for (const { id } of plan.edges) {
            const { target } = now().atlas.edges[id];
            const place = { ...plan.places.get(target), box: plan.box };
            if (![1, 2, 3, 4].some((air) => inside(id, place, air)) || inside(id, place, -9))
              bad.push(now().atlas.edges[id].id);
          }
          return bad;
        }"""
    )
    assert gaps == []


def test_a_verdict_fills_its_box_and_dimming_takes_the_fill_away(chain_page: Any) -> None:
    page, widget = chain_page
    rises = colour_at(page, "b")
    widget.hold("a")
    page.catch_up()
    shows(page, widget)
    assert (rises, colour_at(page, "b")) == ("#AED6F1", "#F4F4F4")


def test_what_is_hidden_is_neither_painted_nor_clicked(chain_page: Any) -> None:
    page, widget = chain_page
    act(page, "hide", ["b"])
    x, y = pixel(page, "b")
    page.mouse.click(x, y)
    assert colour_at(page, "b") == "#000000"  # nothing there: the canvas is clear
    assert (widget.view.hidden, widget.view.switched_off) == (("b",), ())
    assert "d: falls" in answer(page)  # the whole map answers all the same


def test_a_click_on_an_arrow_opens_its_card(chain_page: Any) -> None:
    page, widget = chain_page
    (x1, y1), (x2, y2) = pixel(page, "a"), pixel(page, "b")
    page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    painted(page, 1)
    card = page.get_by_role("tabpanel")
    page.wait_for_function(
        "() => document.querySelector('.mgm-panel').innerText.includes('A rise in a raises b.')"
    )
    assert widget.view.arrow == "a.b"
    assert "A rise in a raises b." in card.inner_text()


def test_a_drag_moves_the_map_and_clicks_nothing(blank_page: Any, real_model: Model) -> None:
    widget = explore_map(real_model, view="whole", source=SERUM)
    blank.show(blank_page, widget)
    scroll = blank_page.locator(".mgm-scroll")
    before = scroll.evaluate("(one) => [one.scrollLeft, one.scrollTop]")
    x, y = pixel(blank_page, SERUM)
    blank_page.mouse.move(x, y)
    blank_page.mouse.down()
    blank_page.mouse.move(x - 120, y - 80, steps=4)
    blank_page.mouse.up()
    after = scroll.evaluate("(one) => [one.scrollLeft, one.scrollTop]")
    assert (after[0] > before[0], after[1] > before[1]) == (True, True)
    assert widget.view.switched_off == ()


def test_the_wheel_does_not_zoom_and_buttons_do(core_page: Any) -> None:
    page, _ = core_page
    scale = "() => document.querySelector('.mgm').mgm.scale()"
    first = page.evaluate(scale)
    page.mouse.move(*pixel(page, CHANNEL))
    page.mouse.wheel(0, 200)
    unmoved = page.evaluate(scale)
    page.get_by_role("button", name="Zoom in").click()
    larger = page.evaluate(scale)
    page.get_by_role("button", name="Fit to window").click()
    assert (unmoved == first, larger > first, page.evaluate(scale) <= first * 1.01) == (True,) * 3


def test_a_click_sends_the_tooltip_away_until_the_pointer_moves_on(chain_page: Any) -> None:
    page, _ = chain_page
    page.mouse.move(*pixel(page, "b"))
    tooltip = page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    press_node(page, "b")
    assert not tooltip.is_visible()


def test_boxes_and_labels_of_each_drawing_are_large_enough_and_apart(
    blank_page: Any, real_model: Model
) -> None:
    widget = explore_map(real_model, source=SERUM)
    blank.show(blank_page, widget)
    found = blank_page.evaluate(
        """() => {
          const { mgm } = document.querySelector('.mgm');
          const ctx = document.createElement('canvas').getContext('2d');
          const bad = [];
          for (const drawing of mgm.now().atlas.drawings) {
            mgm.act('draw', drawing);
            const { plan, book, lineOf, atlas } = mgm.now();
            if (plan.font * mgm.scale() < 12) bad.push([drawing, plan.font * mgm.scale()]);
            const all = [...plan.places.values()];
            for (const one of all) for (const other of all)
              if (one.number < other.number && Math.abs(one.x - other.x) < plan.box[0]
                  && Math.abs(one.y - other.y) < plan.box[1]) bad.push([drawing, one, other]);
            for (const { number } of all) {
              ctx.font = `${plan.font}px ${plan.face}`;
              const lines = book.nodes[number].lines.map((line) => [line, plan.box[0] - 4]);
              for (const [line, room] of lines)
                if (ctx.measureText(line).width > room * 1.15) bad.push([drawing, line]);
              ctx.font = `bold ${plan.font}px ${plan.face}`;
              const last = lineOf(atlas.nodes[number]);
              if (ctx.measureText(last).width > (plan.box[0] - 8) * 1.15) bad.push([drawing, last]);
            }
          }
          return bad;
        }""".replace("lineOf(atlas.nodes[number])", "lineOf(number)")
    )
    assert found == []


# The question


def test_the_evidence_slider_changes_arrows_and_conclusions_at_once(core_page: Any) -> None:
    page, widget = core_page
    before, faded = answer(page), arrow_looks(page).get("f", 0)
    slider = page.get_by_role("slider", name="Evidence")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    painted(page, 3)
    assert widget.view.evidence == "verified"
    assert slider.get_attribute("aria-valuetext").startswith("supported and verified: ")
    assert (faded, arrow_looks(page)["f"] > 10) == (0, True)
    assert before != answer(page) == widget.shown.answer


def test_every_control_reaches_python(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_label("Target", exact=True).select_option("cortisol")
    page.get_by_label("Source", exact=True).select_option("perceived_stress")
    page.get_by_label("Push down").check()
    page.get_by_label("Hold at baseline", exact=True).check()
    page.get_by_label("Drawing", exact=True).select_option("hpa_axis")
    painted(page, 5)
    view = widget.view
    assert (view.source, view.target, view.push) == ("perceived_stress", "cortisol", -1)
    assert (view.click, view.drawing) == ("hold", "hpa_axis")


def test_undo_and_redo_by_key_and_by_button_name_the_step(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, CHANNEL)
    undo = page.get_by_role("button", name="Undo: Switched off: N-type calcium channel")
    page.get_by_role("listbox").first.focus()
    press_key(page, "Control+z")
    undone = widget.view.switched_off
    press_key(page, "Control+Shift+z")
    redone = widget.view.switched_off
    undo.click()
    painted(page, 4)
    page.get_by_role("button", name="Redo: Switched off: N-type calcium channel").wait_for()
    press_key(page, "Control+y")
    assert (undone, redone) == ((), (CHANNEL,))
    assert widget.view.switched_off == (CHANNEL,)


def test_two_views_stand_side_by_side_at_one_scale_and_scroll_together(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("button", name="Compare").click()
    painted(page, 1)
    press_node(page, CHANNEL)
    page.evaluate("document.querySelector('.mgm-scroll').scrollLeft = 60")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.mgm-scroll')].every((one) => one.scrollLeft === 60)"
    )
    captions = page.locator(".mgm-caption").all_inner_texts()
    assert widget.view.beside is not None
    assert (len(captions), "No path is left" in captions[0]) == (2, True)
    assert "2 paths lead" in captions[1]
    assert key_of(page, CHANNEL) == "off||x"
    assert colour_at(page, CHANNEL, 0) != colour_at(page, CHANNEL, 1)
    page.get_by_role("button", name="Compare").click()
    painted(page, 3)
    assert page.locator("canvas").count() == 1


def test_why_asks_about_the_target(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("button", name="Why? Norepinephrine").click()
    painted(page, 1)
    assert widget.view.why == NOREPINEPHRINE
    assert page.get_by_role("tab", name="Why", exact=True).get_attribute("aria-selected") == "true"


def test_what_an_answer_hangs_on_is_told_once_all_else_is_on_the_screen(
    blank_page: Any, incoherent_fork: Model
) -> None:
    blank.show(blank_page, explore_map(incoherent_fork, source="S", target="T"))
    act(blank_page, "why", "T")
    blank_page.wait_for_function(
        "() => document.querySelector('.mgm').mgm.now().why.deciding.length > 0"
    )
    told = blank_page.evaluate("() => document.querySelector('.mgm').mgm.now().why.deciding[0]")
    blank_page.wait_for_function(
        "(told) => document.querySelector('.mgm-panel').innerText.includes(told)", arg=told
    )


def test_another_language_keeps_every_choice(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, CHANNEL)
    page.get_by_label("Language").select_option("nl")
    painted(page, 2)
    shows(page, widget)
    assert page.locator(".mgm").get_attribute("lang") == "nl"
    assert "Noradrenaline: daalt" in answer(page)
    assert page.get_by_role("button", name="Alles herstellen").count() == 1
    assert (widget.view.switched_off, key_of(page, CHANNEL)) == ((CHANNEL,), "off||")


# Keyboard and assistive technology


def test_arrow_keys_walk_along_arrows_and_back(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("listbox").first.focus()
    stood = []
    for key in ("Home", "ArrowRight", "ArrowDown", "ArrowLeft", "End"):
        page.keyboard.press(key)
        stood.append(page.evaluate("() => document.querySelector('.mgm').mgm.now().standing"))
    drawn = {widget.model.edge(e).target for e in widget.model.edges if e.startswith(f"{SERUM}.")}
    assert (stood[0], stood[3], stood[4]) == (SERUM, SERUM, NOREPINEPHRINE)
    assert stood[1] != stood[2]
    assert {stood[1], stood[2]} <= drawn


def test_each_step_of_a_walk_is_told(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("listbox").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    told = page.locator(".mgm-told")
    walked = told.inner_text()
    page.keyboard.press("ArrowLeft")
    back = told.inner_text()
    here = page.evaluate("() => document.querySelector('.mgm').mgm.told().nodes.length > 0")
    assert told.get_attribute("role") == "status"
    assert here
    assert "serum magnesium" in walked.lower()
    assert back.startswith("Back against an arrow: ")
    assert len(walked) > len(back.removeprefix("Back against an arrow: ").split(". ")[0])
    assert widget.view.switched_off == ()


def test_space_acts_where_the_walk_stands_and_w_asks_why(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("listbox").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    at = page.get_by_role("listbox").first.get_attribute("aria-activedescendant")
    name = page.locator(f"#{at}").inner_text()
    press_key(page, "Space")
    (off,) = widget.view.switched_off
    press_key(page, "w")
    assert name.startswith(widget.model.node(off).label.en)
    assert widget.view.why == off


def test_every_drawn_node_is_an_option_with_its_verdict(core_page: Any) -> None:
    page, widget = core_page
    options = page.get_by_role("listbox").first.get_by_role("option").all_inner_texts()
    assert len(options) == len(widget.atlas["plans"]["core"]["nodes"])
    assert "N-type calcium channel: ▼ falls, always" in options


WATCH_KEYS = """() => { window.leaked = []; document.body.addEventListener('keydown', (event) =>
  window.leaked.push(event.key)); }"""


@pytest.mark.parametrize("key", ["b", "m", "Enter", "d", "Control+z", "/", "ArrowRight", "w"])
def test_keys_typed_in_the_explorer_do_not_reach_jupyterlab(chain_page: Any, key: str) -> None:
    page, _ = chain_page
    page.evaluate(WATCH_KEYS)
    for place in (page.get_by_role("listbox").first, page.get_by_label("Push up")):
        place.focus()
        page.keyboard.press(key)
    assert [one for one in page.evaluate("window.leaked") if one != "Control"] == []


def test_escape_leaves_only_when_there_is_nothing_to_close(chain_page: Any) -> None:
    page, _ = chain_page
    page.evaluate(WATCH_KEYS)
    page.get_by_role("listbox").first.focus()
    page.mouse.move(*pixel(page, "b"))
    page.locator(".vis-tooltip").wait_for(state="visible")
    page.keyboard.press("Escape")
    inside = page.evaluate("window.leaked")
    hidden = not page.locator(".vis-tooltip").is_visible()
    page.keyboard.press("Escape")
    assert (inside, hidden, page.evaluate("window.leaked")) == ([], True, ["Escape"])


def test_a_slash_goes_to_the_search_and_is_then_a_letter(chain_page: Any) -> None:
    page, _ = chain_page
    page.get_by_role("listbox").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("b/")
    page.keyboard.press("Control+z")
    assert page.evaluate("document.activeElement.type") == "search"
    assert acts(page) == 0  # undoing what was typed is the field's own affair


def test_every_control_has_a_name(core_page: Any) -> None:
    page, _ = core_page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.mgm :is(select, input, button, summary)')]
             .filter((one) => one.offsetParent)
             .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() ||
                [...(one.labels ?? [])].some((label) => label.textContent.trim())))
             .map((one) => one.outerHTML)"""
    )
    assert nameless == []


def test_buttons_are_large_and_texts_are_readable(core_page: Any) -> None:
    page, _ = core_page
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.mgm :is(button, select)')]"
        ".map((one) => one.getBoundingClientRect().height).filter(Boolean)"
    )
    sizes = page.evaluate(
        "() => ['.mgm-answer', '.mgm-status', '.mgm-tools label span']"
        ".map((one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"
    )
    assert min(heights) >= 32
    assert min(sizes) >= 16


@pytest.mark.parametrize("name", ["light", "dark"])
def test_texts_reach_a_contrast_of_four_and_a_half(core_page: Any, name: str) -> None:
    page, _ = core_page
    theme(page, name)
    pairs = page.evaluate(
        """() => {
          const root = document.querySelector('.mgm');
          const ground = getComputedStyle(root).backgroundColor;
          const texts = 'p, span, label, output, legend, th, td, h3, button, select';
          return [...root.querySelectorAll(texts)]
            .filter((one) => one.textContent.trim() && one.offsetParent)
            .map((one) => {
              const style = getComputedStyle(one);
              const own = style.backgroundColor;
              return [style.color, own === 'rgba(0, 0, 0, 0)' ? ground : own, one.className];
            });
        }"""
    )
    poor = {pair for pair in map(tuple, pairs) if contrast(*pair[:2]) < 4.5}
    assert poor == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["light", "dark"])
def test_axe_finds_nothing_wrong(core_page: Any, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = core_page
    theme(page, name)
    found = []
    for action, value in (("push", -1), ("beside", True), ("card", f"{SERUM}.{CHANNEL}")):
        act(page, action, value)
        found += Axe().run(page, ".mgm").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:90]) for one in found] == []


def contrast(one: str, other: str) -> float:
    """Contrast of two CSS colours by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Theme and size


def test_the_drawing_follows_the_theme(chain_page: Any) -> None:
    page, _ = chain_page
    theme(page, "dark")
    assert colour_at(page, "b") == "#14557F"


def test_the_panel_stands_beside_a_wide_drawing_and_below_a_narrow_one(
    blank_page: Any, chain: Model
) -> None:
    def beside() -> bool:
        return blank_page.evaluate(
            """() => document.querySelector('.mgm-panel').getBoundingClientRect().left
                 > document.querySelector('.mgm-map').getBoundingClientRect().right - 1"""
        )

    blank_page.set_viewport_size({"width": 1920, "height": 1080})
    blank.show(blank_page, explore_map(chain), width=WIDE_ENOUGH_FOR_TWO_COLUMNS)
    wide = beside()
    blank_page.evaluate("() => { document.querySelector('.out').style.width = '900px' }")
    blank_page.wait_for_selector(".mgm:not(.mgm-wide)")
    assert (wide, beside()) == (True, False)


@pytest.mark.parametrize("width", [683, 940, 1366])
def test_nothing_is_wider_than_the_window(blank_page: Any, real_model: Model, width: int) -> None:
    """683 pixels are a window of 1366 at a zoom of 200 %."""
    blank_page.set_viewport_size({"width": width, "height": 768})
    blank.show(
        blank_page, explore_map(real_model, source=SERUM, target=NOREPINEPHRINE), width="100%"
    )
    wide = blank_page.evaluate(
        """() => [...document.querySelectorAll('.mgm *')]
             .filter((one) => one.offsetParent && !one.closest('.mgm-scroll, .mgm-tabs, .mgm-sr')
               && getComputedStyle(one).position !== 'absolute'
               && one.getBoundingClientRect().right > innerWidth + 1)
             .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert wide == []


def test_a_widget_that_was_hidden_at_first_is_drawn_when_it_is_shown(
    blank_page: Any, chain: Model
) -> None:
    widget = explore_map(chain, source="a", target="d")
    blank.show(blank_page, widget, width=0)
    blank_page.evaluate("() => { document.querySelector('.out').style.width = '900px' }")
    blank_page.wait_for_function(
        "() => document.querySelector('.mgm canvas').getBoundingClientRect().width > 800"
    )
    press_node(blank_page, "b")
    assert widget.view.switched_off == ("b",)


def test_on_paper_the_whole_drawing_is_shown(blank_page: Any, real_model: Model) -> None:
    blank.show(blank_page, explore_map(real_model, view="whole", source=SERUM))
    before = places(blank_page)
    blank_page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    shown = blank_page.evaluate(
        """() => {
          const { mgm } = document.querySelector('.mgm');
          const { plan } = mgm.now();
          const { view } = mgm.boards.main;
          return [view.width / plan.width / mgm.scale(), view.height / plan.height / mgm.scale()];
        }"""
    )
    blank_page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert [round(one, 1) for one in shown] == [1.0, 1.0]
    assert places(blank_page)[3] == before[3]


def test_while_presenting_labels_are_read_from_the_back_row(blank_page: Any, chain: Model) -> None:
    scene = {"title": "One", "note": "", "ask": "", "code": explore_map(chain).short_code}
    languages = ("en", "nl", "sv")
    stage = {
        "title": dict.fromkeys(languages, "A talk"),
        "scenes": {language: [scene] for language in languages},
        "frame": None,
    }
    widget = MapWidget(chain, explore_map(chain).view, stage=stage)
    blank.show(blank_page, widget, width="100%")
    size = blank_page.evaluate(
        "() => { const { mgm } = document.querySelector('.mgm');"
        " return mgm.now().plan.font * mgm.scale(); }"
    )
    assert size >= 18

"""The explorer's own script in a blank page, joined to a real widget without Jupyter: fast."""

from __future__ import annotations

from typing import Any

import blank_page as blank
import pytest

from mgmodel.explore import MapWidget, explore_map, picture
from mgmodel.model import Model

CHANNEL, SERUM, NOREPINEPHRINE = "n_type_calcium_channel", "serum_magnesium", "norepinephrine"
WIDE_ENOUGH_FOR_TWO_COLUMNS = 1400


@pytest.fixture
def chain_page(blank_page: Any, chain: Model) -> tuple[Any, MapWidget]:
    widget = explore_map(chain, source="a", target="d")
    blank.show(blank_page, widget)
    return blank_page, widget


@pytest.fixture
def core_page(blank_page: Any, real_model: Model) -> tuple[Any, MapWidget]:
    widget = explore_map(real_model, source=SERUM, target=NOREPINEPHRINE)
    blank.show(blank_page, widget)
    return blank_page, widget


def pixel(page: Any, node: str, view: int = 0) -> tuple[float, float]:
    point = page.evaluate(
        "([id, view]) => document.querySelectorAll('.mgm')[view].mgm.pixelOf(id)", [node, view]
    )
    return point["x"], point["y"]


def painted(page: Any, widget: MapWidget) -> None:
    page.wait_for_function(
        "(seq) => [...document.querySelectorAll('.mgm')].every((one) => one.dataset.seq == seq)",
        arg=widget.seq,
    )


def press_node(page: Any, widget: MapWidget, node: str) -> None:
    before = widget.seq
    page.mouse.click(*pixel(page, node))
    page.wait_for_function(
        "(seq) => Number(document.querySelector('.mgm').dataset.seq) > seq", arg=before
    )


def colour_at(page: Any, node: str) -> str:
    """Colour of the box a little left of its middle and near its lower edge, where no text is."""
    return page.evaluate(
        """(id) => {
          const root = document.querySelector('.mgm');
          const canvas = root.querySelector('canvas');
          const { x, y } = root.mgm.pixelOf(id);
          const box = canvas.getBoundingClientRect();
          const ratio = canvas.width / box.width;
          const scale = root.mgm.scale();
          const at = [(x - box.left - 60 * scale) * ratio, (y - box.top + 8 * scale) * ratio];
          const [r, g, b] = canvas.getContext('2d').getImageData(...at, 1, 1).data;
          return '#' + [r, g, b].map((c) => c.toString(16).padStart(2, '0')).join('').toUpperCase();
        }""",
        node,
    )


# The drawing


def test_a_click_on_a_node_switches_it_off_and_the_answer_is_read(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, widget, CHANNEL)
    said = page.get_by_role("status").first.inner_text()
    assert widget.view.switched_off == (CHANNEL,)
    assert "No path is left from serum magnesium to norepinephrine." in said
    assert "Norepinephrine: falls" in said


def test_a_second_click_brings_the_node_back(core_page: Any) -> None:
    page, widget = core_page
    press_node(page, widget, CHANNEL)
    page.wait_for_timeout(340)
    press_node(page, widget, CHANNEL)
    assert widget.view.switched_off == ()


def test_nothing_moves_on_a_click(core_page: Any) -> None:
    page, widget = core_page

    def places() -> Any:
        return page.evaluate(
            """() => {
              const root = document.querySelector('.mgm');
              const top = root.querySelector('.mgm-scroll').getBoundingClientRect().top;
              const ids = root.mgm.network().body.nodeIndices;
              const hundredth = ({ x, y }) => [x.toFixed(2), y.toFixed(2)];
              return [top, root.mgm.scale(), ids.map((id) => hundredth(root.mgm.pixelOf(id)))];
            }"""
        )

    before = places()
    press_node(page, widget, CHANNEL)
    assert places() == before


def test_each_box_has_the_size_that_the_layout_planned(core_page: Any) -> None:
    page, widget = core_page
    sizes = page.evaluate(
        """() => {
          const nodes = document.querySelector('.mgm').mgm.network().body.nodes;
          return Object.values(nodes).map(({ shape }) => [shape.width, shape.height]);
        }"""
    )
    assert {tuple(size) for size in sizes} == {tuple(widget.drawing["box"])}


def test_a_verdict_fills_its_box_and_dimming_takes_the_fill_away(chain_page: Any) -> None:
    page, widget = chain_page
    light = picture.looks("en")["light"]["nodes"]
    rises = colour_at(page, "b")
    widget.hold("a")
    page.catch_up()
    painted(page, widget)
    number = widget.node_state[1]
    assert rises == "#AED6F1"
    assert colour_at(page, "b") == light[number]["fill"] == "#F4F4F4"


def test_a_click_on_an_arrow_opens_its_card(chain_page: Any) -> None:
    page, widget = chain_page
    (x1, y1), (x2, y2) = pixel(page, "a"), pixel(page, "b")
    page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    page.wait_for_function("() => document.querySelector('.mgm-card h4')")
    assert widget.view.arrow == "a.b"
    assert "A rise in a raises b." in page.locator(".mgm-card").inner_text()


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


def test_the_wheel_does_not_zoom(core_page: Any) -> None:
    page, _ = core_page
    scale = page.evaluate("() => document.querySelector('.mgm').mgm.scale()")
    page.mouse.move(*pixel(page, CHANNEL))
    page.mouse.wheel(0, 200)
    assert page.evaluate("() => document.querySelector('.mgm').mgm.scale()") == scale


def test_buttons_zoom_and_fit(core_page: Any) -> None:
    page, _ = core_page
    scale = "() => document.querySelector('.mgm').mgm.scale()"
    first = page.evaluate(scale)
    page.get_by_role("button", name="Zoom in").click()
    larger = page.evaluate(scale)
    page.get_by_role("button", name="Fit to window").click()
    assert (larger > first, page.evaluate(scale) <= first * 1.01) == (True, True)


def test_the_tooltip_gives_the_full_term_as_text(blank_page: Any) -> None:
    nasty = "<b>bold</b>"
    blank.show(blank_page, explore_map(Model.from_edges([(nasty, "t", 1)])))
    blank_page.mouse.move(*pixel(blank_page, nasty))
    tooltip = blank_page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    assert tooltip.inner_text() == nasty
    assert blank_page.locator(".mgm b").count() == 0


def test_a_click_sends_the_tooltip_away_until_the_pointer_moves_on(chain_page: Any) -> None:
    page, widget = chain_page
    x, y = pixel(page, "b")
    page.mouse.move(x, y)
    tooltip = page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    press_node(page, widget, "b")
    assert not tooltip.is_visible()


# The panel


def test_a_tick_switches_off_and_the_other_holds(chain_page: Any) -> None:
    page, widget = chain_page
    page.get_by_role("checkbox", name="Switch off: b").check()
    page.get_by_role("checkbox", name="Hold at baseline: c").check()
    painted(page, widget)
    assert (widget.view.switched_off, widget.view.held) == (("b",), ("c",))


def test_holding_a_node_unticks_that_it_is_switched_off(chain_page: Any) -> None:
    page, widget = chain_page
    page.get_by_role("checkbox", name="Switch off: b").check()
    page.get_by_role("checkbox", name="Hold at baseline: b").check()
    painted(page, widget)
    assert not page.get_by_role("checkbox", name="Switch off: b").is_checked()


def test_every_control_reaches_python(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_label("Target", exact=True).select_option("cortisol")
    page.get_by_label("Source", exact=True).select_option("perceived_stress")
    page.get_by_label("Push down").check()
    page.get_by_label("Hold at baseline", exact=True).check()
    page.get_by_label("Drawing", exact=True).select_option("hpa_axis")
    page.get_by_label("Arrow", exact=True).select_option(index=2)
    page.wait_for_function("() => document.querySelector('.mgm-card h4')")
    view = widget.view
    assert (view.source, view.target, view.push) == ("perceived_stress", "cortisol", -1)
    assert (view.click, view.drawing, view.arrow is None) == ("hold", "hpa_axis", False)


def test_a_burst_of_ticks_is_not_lost(core_page: Any) -> None:
    page, widget = core_page
    page.evaluate(
        """() => document.querySelectorAll('.mgm-groups tr:not([hidden]) td:first-child input')
             .forEach((one) => one.click())"""
    )
    page.wait_for_function(
        "(seq) => Number(document.querySelector('.mgm').dataset.seq) >= seq", arg=32
    )
    assert len(widget.view.switched_off) == 32


def test_paths_are_sentences_that_highlight_and_rows_of_a_table(core_page: Any) -> None:
    page, widget = core_page
    first = page.locator(".mgm-paths button").first
    first.click()
    painted(page, widget)
    assert (first.get_attribute("aria-pressed"), widget.view.route) == ("true", 0)
    page.get_by_text("The paths as a table").click()
    rows = page.locator(".mgm details[open] tbody tr").all_inner_texts()
    assert len(rows) == len(widget.paths)
    assert "Serum magnesium ⊣ N-type calcium channel" in rows[0]


def test_a_node_is_found_by_a_synonym_in_any_language(core_page: Any) -> None:
    page, _ = core_page
    page.get_by_label("Find a node").fill("noradrenaline")
    visible = page.locator(".mgm-groups tbody tr:visible th").all_inner_texts()
    assert "Norepinephrine" in visible


def test_nodes_that_are_not_drawn_are_listed_on_demand(core_page: Any) -> None:
    page, widget = core_page
    rows = page.locator(".mgm-groups tbody tr:visible")
    drawn = rows.count()
    page.get_by_label("List all nodes").check()
    assert (drawn, rows.count()) == (32, len(widget.model.nodes))


def test_another_language_says_everything_anew(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_label("Language").select_option("nl")
    painted(page, widget)
    assert page.locator(".mgm").get_attribute("lang") == "nl"
    assert "Noradrenaline: daalt" in page.get_by_role("status").first.inner_text()
    assert page.get_by_role("button", name="Alles herstellen").count() == 1


def test_an_error_is_seen_and_the_control_goes_back(
    chain_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    page, _ = chain_page
    page.get_by_label("Target", exact=True).select_option("a")
    alert = page.get_by_role("alert")
    alert.wait_for(state="visible")
    assert "Source and target are both 'a'" in alert.inner_text()
    page.wait_for_function("() => document.querySelector('.mgm select[id$=target]').value === 'd'")


def test_the_error_line_goes_with_the_next_success(
    chain_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    page, _ = chain_page
    page.get_by_label("Target", exact=True).select_option("a")
    page.get_by_role("alert").wait_for(state="visible")
    page.get_by_label("Target", exact=True).select_option("c")
    page.get_by_role("alert").wait_for(state="hidden")


# Keyboard and assistive technology


def test_the_shown_case_by_keyboard_alone(core_page: Any) -> None:
    page, widget = core_page
    tick = f"Switch off: {widget.model.node(CHANNEL).label.en}"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == tick:
            break
    page.keyboard.press("Space")
    page.wait_for_function("() => Number(document.querySelector('.mgm').dataset.seq) > 0")
    assert "No path is left" in page.get_by_role("status").first.inner_text()


def test_arrow_keys_walk_over_the_drawing_and_space_acts_like_a_click(core_page: Any) -> None:
    page, widget = core_page
    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")  # stands on the source first
    page.keyboard.press("ArrowLeft")
    active = page.get_by_role("listbox").get_attribute("aria-activedescendant")
    name = page.locator(f"#{active}").inner_text()
    page.keyboard.press("Space")
    page.wait_for_function("() => Number(document.querySelector('.mgm').dataset.seq) > 0")
    (off,) = widget.view.switched_off
    assert name.startswith(widget.model.node(off).label.en)


@pytest.mark.parametrize("key", ["b", "m", "Enter", "d"])
def test_keys_typed_in_the_explorer_do_not_reach_jupyterlab(chain_page: Any, key: str) -> None:
    page, _ = chain_page
    page.evaluate(
        "() => { window.leaked = []; document.body.addEventListener('keydown', (event) => "
        "window.leaked.push(event.key)); }"
    )
    page.get_by_role("checkbox", name="Switch off: b").focus()
    page.keyboard.press(key)
    assert page.evaluate("() => window.leaked") == []


def test_escape_still_reaches_jupyterlab(chain_page: Any) -> None:
    page, _ = chain_page
    page.evaluate(
        "() => { window.leaked = []; document.body.addEventListener('keydown', (event) => "
        "window.leaked.push(event.key)); }"
    )
    page.get_by_role("checkbox", name="Switch off: b").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("() => window.leaked") == ["Escape"]


def test_every_control_has_a_name(core_page: Any) -> None:
    page, _ = core_page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.mgm :is(select, input, button, summary)')]
             .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim()
               || [...(one.labels ?? [])].some((label) => label.textContent.trim())))
             .map((one) => one.outerHTML)"""
    )
    assert nameless == []


def test_every_drawn_node_is_an_option_with_its_verdict(core_page: Any) -> None:
    page, widget = core_page
    options = page.get_by_role("listbox").get_by_role("option").all_inner_texts()
    assert len(options) == len(widget.drawing["nodes"])
    assert "N-type calcium channel: ▼ falls" in options


def test_buttons_are_large_and_the_panel_is_readable(core_page: Any) -> None:
    page, _ = core_page
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.mgm :is(button, select)')]"
        ".map((one) => one.getBoundingClientRect().height).filter(Boolean)"
    )
    sizes = page.evaluate(
        "() => ['.mgm-paths button', '.mgm-status', '.mgm-groups th[scope=row]', '.mgm label']"
        ".map((one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"
    )
    assert min(heights) >= 32
    assert min(sizes[:3]) >= 16


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_reach_a_contrast_of_four_and_a_half(core_page: Any, theme: str) -> None:
    page, _ = core_page
    page.evaluate("(light) => { document.body.dataset.jpThemeLight = light }", theme == "light")
    page.wait_for_selector(f".mgm[data-theme={theme}]")
    pairs = page.evaluate(
        """() => {
          const root = document.querySelector('.mgm');
          const ground = getComputedStyle(root).backgroundColor;
          return [...root.querySelectorAll('p, span, label, legend, th, td, h3, button, select')]
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


def contrast(one: str, other: str) -> float:
    """Contrast of two CSS colours by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Theme, size and life


def test_the_drawing_follows_the_theme(chain_page: Any) -> None:
    page, _ = chain_page
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
    page.wait_for_selector(".mgm[data-theme=dark]")
    assert colour_at(page, "b") == "#14557F"


def test_two_displays_of_one_widget_stay_in_step(blank_page: Any, chain: Model) -> None:
    widget = explore_map(chain, source="a", target="d")
    blank.show(blank_page, widget, views=2)
    blank_page.get_by_role("checkbox", name="Switch off: b").first.check()
    painted(blank_page, widget)
    assert blank_page.get_by_role("checkbox", name="Switch off: b").last.is_checked()


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


def test_a_widget_that_was_hidden_at_first_is_drawn_when_it_is_shown(
    blank_page: Any, chain: Model
) -> None:
    widget = explore_map(chain, source="a", target="d")
    blank.show(blank_page, widget, width=0)
    blank_page.evaluate("() => { document.querySelector('.out').style.width = '900px' }")
    blank_page.wait_for_function(
        "() => document.querySelector('.mgm canvas').getBoundingClientRect().width > 800"
    )
    press_node(blank_page, widget, "b")
    assert widget.view.switched_off == ("b",)


def test_cleaning_up_leaves_nothing_behind(chain_page: Any) -> None:
    page, _ = chain_page
    page.evaluate("() => window.cleanups.forEach((clean) => clean())")
    left = page.evaluate("() => window.listening() + document.querySelectorAll('.mgm').length")
    assert left == 0


def test_the_script_leaves_no_library_in_the_window(chain_page: Any) -> None:
    page, _ = chain_page
    assert page.evaluate("() => ['vis', 'Network', 'DataSet'].filter((one) => one in window)") == []

"""The panels of the page, on a small map made by hand: roles, keys, acts, changes in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import panels
import pytest
from panels import TABS, has_focus, opened


@pytest.fixture
def page(blank_page: Any) -> Any:
    return panels.show(blank_page)


def acts(page: Any) -> list[list[Any]]:
    """What the panels have asked for since the last time."""
    return page.evaluate("window.acts.splice(0)")


def repaint(page: Any, **changes: Any) -> None:
    page.evaluate("(changes) => window.repaint(changes)", changes)


def column(page: Any, number: int) -> list[str]:
    """The cells of one column of the table on show."""
    cells = page.get_by_role("tabpanel").locator(f"tbody tr > :nth-child({number})")
    return [text for text in cells.all_inner_texts() if text]


# Tabs


def test_one_panel_is_shown_under_its_tab_and_named_by_it(page: Any) -> None:
    assert page.get_by_role("tablist", name="Panels").count() == 1
    assert tuple(page.get_by_role("tab").all_inner_texts()) == TABS
    for name in TABS:
        panel = opened(page, name)
        assert panel.count() == 1
        assert page.get_by_role("tabpanel", name=name, exact=True).is_visible()
        assert page.get_by_role("tab", selected=True).inner_text() == name


def test_arrow_keys_move_between_tabs_and_round_the_ends(page: Any) -> None:
    page.get_by_role("tab", name="Paths").focus()
    seen = []
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        seen.append(page.get_by_role("tab", selected=True).inner_text())
        assert has_focus(page.get_by_role("tab", selected=True))
    assert seen == ["Why", "Paths", "Help", "Paths", "Help"]


def test_all_panels_are_equally_high_so_that_nothing_below_or_above_moves(page: Any) -> None:
    heights = {opened(page, name).bounding_box()["height"] for name in TABS}
    places = {opened(page, name).bounding_box()["y"] for name in TABS}
    assert (len(heights), len(places)) == (1, 1)


def test_a_card_asked_for_in_the_drawing_opens_its_tab_and_moves_no_focus(page: Any) -> None:
    field = page.get_by_role("combobox", name="Find a node").first
    field.focus()
    repaint(page, view={"arrow": "n0.n1"})
    assert page.get_by_role("tab", selected=True).inner_text() == "Claim card"
    repaint(page, view={"why": "n3"}, why=panels.made_why())
    assert page.get_by_role("tab", selected=True).inner_text() == "Why"
    assert has_focus(field)


def test_a_step_of_the_history_takes_nobody_away_from_the_list_of_steps(page: Any) -> None:
    panel = opened(page, "Steps and code")
    panel.get_by_role("button", name="Start").click()
    repaint(page, view={"arrow": "n0.n1"}, history={"at": 0})
    assert page.get_by_role("tab", selected=True).inner_text() == "Steps and code"
    assert has_focus(panel.get_by_role("button", name="Start"))


def test_a_panel_that_opens_another_one_takes_the_focus_along(page: Any) -> None:
    opened(page, "Table").get_by_role("button", name="Why: Stress").click()
    assert acts(page) == [["why", "n3"]]
    repaint(page, view={"why": "n3"}, why=panels.made_why())
    assert has_focus(page.get_by_role("tab", name="Why"))


# Paths and loops


def test_a_path_is_a_button_that_lights_it_and_puts_it_out(page: Any) -> None:
    first = page.get_by_role("button", name="A way round.")
    first.click()
    repaint(page, view={"route": 1})
    first.click()
    assert acts(page) == [["highlight", 1], ["highlight", None]]
    assert first.get_attribute("aria-pressed") == "true"
    assert "Part of this path is outside the drawing." in page.get_by_role("tabpanel").inner_text()


def test_the_paths_can_be_read_as_a_table(page: Any) -> None:
    page.get_by_text("The paths as a table").click()
    table = page.get_by_role("table", name="Paths")
    row = table.get_by_role("row").all_inner_texts()[1]
    assert row.split("\t") == ["1", panels.MINUS, "3", "C", "Serum magnesium ⊣ Stress"]


def test_a_repaint_keeps_the_rows_and_the_focus(page: Any) -> None:
    first = page.get_by_role("tabpanel").get_by_role("button").first
    first.focus()
    first.evaluate("(element) => { element.mine = true }")
    told = panels.made_told()
    repaint(page, told={"paths": [{**told["paths"][0], "sentence": "Another."}]})
    assert has_focus(first)
    assert first.evaluate("(element) => element.mine")
    assert "Another." in first.inner_text()


def test_a_loop_says_in_words_what_its_letter_means_and_when_it_is_broken(page: Any) -> None:
    panel = opened(page, "Loops")
    rows = panel.get_by_role("listitem").all_inner_texts()
    panel.get_by_role("button", name="B balancing").click()
    assert "R reinforcing" in rows[0]
    assert "B balancing" in rows[1]
    assert "broken" in rows[1]
    assert "broken" not in rows[0]
    assert acts(page) == [["loop", 1]]


# Why and card


def test_why_tells_each_step_with_its_evidence_and_marks_the_weakest(page: Any) -> None:
    repaint(page, view={"why": "n3"}, why=panels.made_why())
    first, second = page.get_by_role("tabpanel").locator(".mgm-step").all_inner_texts()
    assert "Grade A" in first
    assert "Murck 2002" in first
    assert "■ described in a document" in first
    assert "◆ verified" in first
    assert "▼ weakest step" in second
    assert "Contested: 3 for, 1 against" in second
    assert "□ not described in a document" in second
    assert "◇ not verified" in second
    assert "No reference." in second


def test_a_step_opens_its_card_and_why_is_closed_with_a_button(page: Any) -> None:
    repaint(page, view={"why": "n3"}, why=panels.made_why())
    panel = page.get_by_role("tabpanel")
    panel.get_by_role("button", name="Claim card: from Serum magnesium to NMDA receptor").click()
    panel.get_by_role("button", name="Close").click()
    assert acts(page) == [["card", "n0.n1"], ["why", None]]
    assert has_focus(panel.get_by_role("combobox"))


def test_what_decides_comes_later_and_changes_nothing_else(page: Any) -> None:
    repaint(page, view={"why": "n3"}, why=panels.made_why())
    button = page.get_by_role("tabpanel").get_by_role("button", name="Claim card").first
    button.focus()
    repaint(page, why={"deciding": ["It hangs on the first arrow."]})
    assert has_focus(button)
    assert page.get_by_role("tabpanel").get_by_text("It hangs on the first arrow.").is_visible()


def test_the_card_is_waited_for_and_then_read(page: Any) -> None:
    repaint(page, view={"arrow": "n1.n2"})
    body = page.locator(".mgm-card")
    assert body.get_attribute("aria-busy") == "true"
    sections = [{"heading": "Evidence for", "lines": ["Murck 2002", panels.HOSTILE]}]
    repaint(page, card={"edge": "n1.n2", "language": "en", "sections": sections})
    assert body.get_attribute("aria-busy") is None
    assert body.get_by_role("listitem").all_inner_texts() == ["Murck 2002", panels.HOSTILE]


def test_an_arrow_is_taken_out_turned_round_and_mended_in_its_card(page: Any) -> None:
    repaint(page, view={"arrow": "n1.n2"})
    switch = page.get_by_role("group", name="from NMDA receptor to Norepinephrine")
    switch.get_by_label("Without it").check()
    repaint(page, view={"cut": ["n1.n2"]})
    switch.get_by_label("Turned round").check()
    switch.get_by_label("As drawn").check()
    assert acts(page) == [["cut", "n1.n2"], ["flip", "n1.n2"], ["mend", "n1.n2"]]


def test_an_arrow_without_a_direction_cannot_be_turned_round(page: Any) -> None:
    repaint(page, view={"arrow": "n4.n5"})
    assert page.get_by_role("tabpanel").get_by_label("Turned round").is_disabled()


# Tables


def test_every_column_sorts_both_ways_and_says_so(page: Any) -> None:
    panel = opened(page, "Table")
    for sheet in ("Nodes", "Arrows"):
        panel.get_by_label(sheet, exact=True).check()
        heads = panel.get_by_role("columnheader")
        for place in range(heads.count() - 1):
            said = []
            for _ in range(2):
                heads.nth(place).get_by_role("button").click()
                said.append(heads.nth(place).get_attribute("aria-sort"))
            assert said == ["ascending", "descending"]
            assert panel.locator("th[aria-sort=descending]:visible").count() == 1


def test_the_table_of_nodes_sorts_by_label_and_by_number(page: Any) -> None:
    panel = opened(page, "Table")
    panel.get_by_role("button", name="Node ").click()
    assert column(page, 1)[1:3] == ["Förmakstoppar", "NMDA receptor"]
    panel.get_by_role("button", name="Arrows out").click()
    panel.get_by_role("button", name="Arrows out").click()
    assert column(page, 8) == ["2", "1", "1", "1", "1", "0"]


def test_a_node_is_told_with_verdict_share_and_neighbours(page: Any) -> None:
    row = opened(page, "Table").get_by_role("row", name="Norepinephrine falls")
    cells = row.get_by_role("cell").all_inner_texts()
    assert cells[0] == "falls, likely"
    assert cells[3:8] == ["10%", "90%", "2", "1", "NMDA receptor, Stress, Serum magnesium"]


def test_ticks_switch_off_and_hold_and_follow_the_view(page: Any) -> None:
    panel = opened(page, "Table")
    off = panel.get_by_role("checkbox", name="Switch off: NMDA receptor")
    off.check()
    repaint(page, view={"switched_off": ["n1"]})
    off.uncheck()
    panel.get_by_role("checkbox", name="Hold at baseline: Stress").check()
    assert acts(page) == [["switch_off", "n1"], ["restore", "n1"], ["hold", "n3"]]
    repaint(page, view={"switched_off": ["n4"]})
    assert not off.is_checked()


def test_cells_change_in_place_and_a_broken_order_is_said(page: Any) -> None:
    panel = opened(page, "Table")
    panel.get_by_role("button", name="Rises").click()
    head = panel.get_by_role("columnheader", name="Rises")
    rows = panel.locator("tbody tr")
    before = column(page, 1)
    rows.first.evaluate("(element) => { element.mine = true }")
    changed = [["rises", "always", 1 - place / 10, 0] for place in range(6)]
    repaint(page, told={"nodes": changed})
    assert column(page, 1) == before
    assert rows.first.evaluate("(element) => element.mine")
    assert head.get_attribute("aria-sort") == "none"
    panel.get_by_role("button", name="Rises").click()
    assert head.get_attribute("aria-sort") == "ascending"


def test_what_is_in_the_middle_or_highlighted_is_marked_in_words(page: Any) -> None:
    panel = opened(page, "Table")
    repaint(page, view={"focus": "n2"}, told={"lit_nodes": [0], "lit_edges": [1]})
    heads = panel.get_by_role("rowheader")
    assert "Source, highlighted" in heads.nth(0).inner_text()
    assert "in the middle" in heads.nth(2).inner_text()
    assert heads.nth(2).get_attribute("aria-current") == "true"
    panel.get_by_label("Arrows", exact=True).check()
    assert "highlighted" in panel.get_by_role("row").nth(2).inner_text()


def test_arrows_are_cut_turned_and_opened_in_their_table(page: Any) -> None:
    panel = opened(page, "Table")
    panel.get_by_label("Arrows", exact=True).check()
    name = "from Serum magnesium to NMDA receptor"
    panel.get_by_role("checkbox", name=f"Without it: {name}").check()
    panel.get_by_role("checkbox", name=f"Turned round: {name}").check()
    panel.get_by_role("button", name=f"Claim card: {name}").click()
    assert acts(page) == [["cut", "n0.n1"], ["flip", "n0.n1"], ["card", "n0.n1"]]
    assert panel.get_by_role("row").nth(2).get_by_role("cell").all_inner_texts()[:5] == [
        "raises (? contested)",
        "Norepinephrine",
        "B",
        "2",
        "1",
    ]


def test_the_filter_looks_in_all_names_and_the_drawing_bounds_the_rows(page: Any) -> None:
    panel = opened(page, "Table")
    panel.get_by_label("Only rows with this word").fill("NORADRENALIN")
    assert column(page, 1) == ["Norepinephrine"]
    panel.get_by_label("Only rows with this word").fill("")
    repaint(page, view={"drawing": "core"})
    panel.get_by_label("Only what this drawing holds").check()
    assert len(column(page, 1)) == 4
    assert "Shown: 4 of 4." in panel.inner_text()


def test_what_a_scene_still_hides_is_not_given_away(page: Any) -> None:
    panel = opened(page, "Table")
    repaint(page, view={"hidden": ["n2", "n3.n0"]})
    assert "Norepinephrine" not in column(page, 1)
    panel.get_by_label("Arrows", exact=True).check()
    assert panel.locator("tbody tr:visible").count() == 2


# Search


def test_a_node_is_found_by_a_name_in_any_language_and_says_by_which(page: Any) -> None:
    field = page.get_by_role("combobox", name="Find a node")
    field.fill("noradrenaline")
    option = page.get_by_role("option")
    assert option.all_inner_texts() == ["Norepinephrine also called noradrenaline"]
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Enter")
    assert acts(page) == [["focus", "n2"]]
    assert field.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("typed", ["formak", "FÖRMAK", "atrium"])
def test_accents_and_capitals_do_not_matter(page: Any, typed: str) -> None:
    page.get_by_role("combobox", name="Find a node").fill(typed)
    assert "Förmakstoppar" in page.get_by_role("option").inner_text()


def test_arrow_keys_choose_and_escape_closes(page: Any) -> None:
    field = page.get_by_role("combobox", name="Find a node")
    field.fill("n")
    field.press("ArrowDown")
    field.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert active.inner_text() == "Norepinephrine"
    field.press("ArrowUp")
    field.press("Enter")
    field.fill("s")
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert acts(page) == [["focus", "n1"]]


def test_a_name_that_no_node_has_is_said(page: Any) -> None:
    page.get_by_role("combobox", name="Find a node").fill("zzz")
    assert page.get_by_text("No node has this name.").is_visible()
    assert "0 nodes found." in page.get_by_role("status").all_inner_texts()


# Focus, evidence, comparison


def test_the_neighbourhood_has_steps_ways_and_kinds_of_statement(page: Any) -> None:
    panel = opened(page, "Neighbourhood")
    panel.get_by_role("group", name="How many arrows away").get_by_label("2").check()
    panel.get_by_role("group", name="Which way").get_by_label("what it acts on").check()
    panel.get_by_label("mechanism").uncheck()
    repaint(page, view={"focus": "n2", "without_layers": ["mechanism"]})
    panel.get_by_label("mechanism").check()
    assert "Around Norepinephrine; the rest is dimmed." in panel.inner_text()
    panel.get_by_role("button", name="Show everything brightly again").click()
    assert acts(page) == [
        ["steps", 2],
        ["way", "down"],
        ["layer_off", "mechanism"],
        ["layer_on", "mechanism"],
        ["focus", None],
    ]


def test_the_evidence_panel_says_what_a_bar_means_and_what_it_changed(page: Any) -> None:
    panel = opened(page, "Evidence")
    assert "At the lowest bar every arrow counts" in panel.inner_text()
    panel.get_by_label("human and verified").check()
    repaint(page, view={"evidence": "human"}, told={"changed": ["Stress: it differs."]})
    assert acts(page) == [["evidence", "human"]]
    assert "a verified reference found in people what the arrow says" in panel.inner_text()
    assert panel.get_by_text("Stress: it differs.").is_visible()
    assert "At the lowest bar" not in panel.inner_text()
    repaint(page, told={"changed": []})
    assert "No conclusion differs" in panel.inner_text()


def test_disputed_arrows_have_their_counts_and_three_switches(page: Any) -> None:
    panel = opened(page, "Evidence")
    row = panel.get_by_role("listitem").filter(has_text="from NMDA receptor")
    assert "2 for, 1 against" in row.inner_text()
    row.get_by_label("Turned round").check()
    repaint(page, view={"flipped": ["n1.n2"], "cut": ["n2.n3"]})
    assert row.get_by_label("Turned round").is_checked()
    assert panel.get_by_text("Shown: 3 of 3.").is_visible()
    assert acts(page) == [["flip", "n1.n2"]]


def test_two_views_are_compared_swapped_and_put_away(page: Any) -> None:
    panel = opened(page, "Compare")
    panel.get_by_role("button", name="Keep this view beside").click()
    told = {"code": "AAAA-B/CCCC-D", "differences": [[2, "Norepinephrine: it differs."]]}
    repaint(page, view={"beside": panels.VIEW}, told=told)
    assert panel.get_by_text("1 node differs between the two.").is_visible()
    panel.get_by_role("button", name="Neighbourhood: Norepinephrine").click()
    panel.get_by_role("button", name="Swap the two").click()
    panel.get_by_role("button", name="Put the other one away").click()
    assert acts(page) == [
        ["beside", True],
        ["focus", "n2"],
        ["code", "CCCC-D/AAAA-B"],
        ["beside", False],
    ]


# Steps, codes and files


def test_each_step_is_a_button_and_the_present_one_is_marked(page: Any) -> None:
    panel = opened(page, "Steps and code")
    here = panel.get_by_role("button", name="Source: Serum magnesium")
    undone = panel.get_by_role("button", name="Target: Stress")
    assert here.get_attribute("aria-current") == "step"
    assert "here" in here.inner_text()
    assert "undone" in undone.inner_text()
    undone.click()
    assert acts(page) == [["step", 2]]


def test_the_code_is_large_and_can_be_copied_and_entered(page: Any) -> None:
    page.evaluate("navigator.clipboard = undefined")
    panel = opened(page, "Steps and code")
    code = panel.get_by_text("7KQ2-M9XD-4", exact=True)
    size = code.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 36
    panel.get_by_role("button", name="Copy").first.click()
    panel.get_by_text("Copied.").first.wait_for()
    field = panel.get_by_label("Enter a code")
    field.fill(" 7kq2 m9xd 4 ")
    field.press("Enter")
    assert field.input_value() == ""
    field.fill("AAAA")
    panel.get_by_role("button", name="Open", exact=True).click()
    assert acts(page) == [["code", "7kq2 m9xd 4"], ["code", "AAAA"]]


def test_what_is_wrong_with_a_code_is_said_beside_its_field(page: Any) -> None:
    panel = opened(page, "Steps and code")
    field = panel.get_by_label("Enter a code")
    field.fill("AB!")
    field.press("Enter")
    assert panel.get_by_role("alert").all_inner_texts() == ["! is no character of a code.", ""]
    assert field.get_attribute("aria-invalid") == "true"
    assert acts(page) == []


def test_a_file_of_something_else_is_refused_beside_its_field(page: Any) -> None:
    panel = opened(page, "Steps and code")
    other = {"name": "a.json", "mimeType": "application/json", "buffer": b"no file of ours"}
    panel.get_by_label("Open a saved view").set_input_files(other)
    page.wait_for_function("document.querySelectorAll('.mgm-problem:not(:empty)').length")
    assert acts(page) == []


def test_a_view_is_saved_as_a_file_and_opened_from_one(page: Any, tmp_path: Path) -> None:
    panel = opened(page, "Steps and code")
    with page.expect_download() as saved:
        panel.get_by_role("button", name="Save this view as a file").click()
    assert saved.value.suggested_filename == "mgmodel-view-7KQ2-M9XD-4.json"
    file = tmp_path / "view.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["view"]["source"] == "n0"
    panel.get_by_label("Open a saved view").set_input_files(file)
    page.wait_for_function("window.acts.length")
    assert acts(page) == [["file", file.read_text()]]


def test_a_file_that_is_far_too_large_is_refused_at_once(page: Any) -> None:
    panel = opened(page, "Steps and code")
    large = {"name": "film.json", "mimeType": "application/json", "buffer": b" " * 1_000_001}
    panel.get_by_label("Open a saved view").set_input_files(large)
    assert "The file film.json was not read" in panel.inner_text()
    assert acts(page) == []


# All panels


def test_texts_enter_as_text(page: Any) -> None:
    repaint(page, view={"why": "n3", "arrow": "n4.n5", "focus": "n4"}, why=panels.made_why())
    for name in TABS:
        opened(page, name)
    page.get_by_role("combobox", name="Find a node").fill("img")
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_every_panel_speaks_the_language_of_its_book(page: Any, language: str) -> None:
    before = [opened(page, name).inner_text() for name in TABS]
    page.evaluate("(data) => window.refill(data)", panels.made_now(language))
    after = []
    for tab in page.get_by_role("tab").all():
        tab.click()
        after.append(page.get_by_role("tabpanel").inner_text())
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert not set(page.get_by_role("tab").all_inner_texts()) & set(TABS)


LAID_OUT = """(panel) => {
  const inner = panel.getBoundingClientRect();
  const wrong = [];
  const all = "button, select, input, summary, p, li, td, th, legend, label";
  for (const element of panel.querySelectorAll(all)) {
    const box = element.getBoundingClientRect();
    if (!box.width || element.closest(".mgm-sr")) continue;
    const name = `${element.tagName} ${element.textContent || element.id}`;
    const ticked = element.matches("input[type=radio], input[type=checkbox]");
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (!ticked && size < 16) wrong.push(`small text: ${name}`);
    const target = ticked
      ? (element.closest("label, td") ?? element).getBoundingClientRect() : box;
    if (element.matches("button, select, input, summary") && target.height < 31.9)
      wrong.push(`small target: ${name} ${target.height}`);
    if (element.matches("button") && element.scrollWidth > element.clientWidth + 1)
      wrong.push(`text cut off: ${name}`);
    const inTable = element.closest(".mgm-grid, .mgm-wide-table");
    if (!inTable && box.right > inner.right + 1) wrong.push(`cut off: ${name}`);
  }
  return wrong;
}"""


@pytest.mark.parametrize(("width", "theme"), [(700, "light"), (420, "dark")])
def test_texts_and_targets_are_large_enough_and_nothing_is_cut_off(
    blank_page: Any, width: int, theme: str
) -> None:
    page = panels.show(blank_page, width=width, theme=theme)
    beside = {"beside": panels.VIEW, "why": "n3", "arrow": "n1.n2"}
    told = {"code": "7KQ2-M9XD-4FFF/7KQ2-AAAA-B", "differences": [[4, panels.HOSTILE * 2]]}
    repaint(page, view=beside, told=told, why=panels.made_why())
    wrong = {name: opened(page, name).evaluate(LAID_OUT) for name in TABS}
    assert {name: found for name, found in wrong.items() if found} == {}


CONTRAST = """(panel) => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of panel.querySelectorAll("*")) {
    const own = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || !element.getClientRects().length) continue;
    const pair = [channels(getComputedStyle(element).color), ground(element)].map(light);
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) weak.push(`${element.textContent} ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half(blank_page: Any, theme: str) -> None:
    page = panels.show(blank_page, theme=theme)
    repaint(page, view={"why": "n3", "arrow": "n4.n5", "focus": None}, why=panels.made_why())
    weak = {name: opened(page, name).evaluate(CONTRAST) for name in TABS}
    assert {name: found for name, found in weak.items() if found} == {}


# Two thousand nodes


@pytest.fixture
def large(blank_page: Any) -> Any:
    count = 2000
    labels = tuple(f"Node {place:04d}" for place in range(count))
    arrows = tuple((place, (place * 7 + 1) % count, "increases") for place in range(count))
    atlas = panels.made_map(labels, arrows + tuple((0, k, "decreases") for k in range(99)))
    data = panels.made_now()
    data |= {
        "atlas": atlas,
        "book": panels.made_book(atlas, labels, labels),
        "told": panels.made_told(labels),
    }
    return panels.show(blank_page, data)


def test_a_large_map_shows_some_hundred_rows_and_how_to_find_the_others(large: Any) -> None:
    panel = opened(large, "Table")
    assert panel.locator("tbody tr:visible").count() == 300
    assert "Shown: 300 of 2,000. The filter finds the others." in panel.inner_text()
    panel.get_by_label("Only rows with this word").fill("1999")
    assert column(large, 1) == ["Node 1999"]


def test_rows_are_built_only_when_their_tab_is_opened(large: Any) -> None:
    assert large.locator("tbody tr").count() < 10
    opened(large, "Table")
    assert large.locator(".mgm-grid tbody tr").count() == 300


def test_a_repaint_of_a_large_table_is_quick_and_rebuilds_nothing(large: Any) -> None:
    opened(large, "Table")
    changes = large.evaluate(
        """async () => {
          let changed = 0;
          const watch = new MutationObserver((all) => { changed += all.filter(({ type, target }) =>
            type === "childList" && target.tagName === "TBODY").length; });
          watch.observe(document.querySelector(".mgm-tabs"), { childList: true, subtree: true });
          const before = performance.now();
          for (let turn = 0; turn < 10; turn += 1)
            window.repaint({ view: { switched_off: [`n${turn}`] } });
          const each = (performance.now() - before) / 10;
          await new Promise((done) => setTimeout(done));
          return [changed, each];
        }"""
    )
    assert changes[0] == 0
    assert changes[1] < 50

"""The panels on the whole page, with a widget behind it: both sides do and tell the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import blank_page as blank
import pytest
from panels import TABS, has_focus, opened

from mgmodel.explore import MapWidget, explore_map
from mgmodel.model import Model
from mgmodel.wording.catalogues import say

pytestmark = pytest.mark.slow

TRAITS = ("atlas", "book", "card", "state", "stage", "error", "seq")


@pytest.fixture
def whole(blank_page: Any, real_model: Model) -> tuple[Any, MapWidget]:
    widget = explore_map(real_model, source="serum_magnesium", target="norepinephrine")
    blank.show(blank_page, widget, names=TRAITS)
    return blank_page, widget


def settled(page: Any) -> None:
    """Until the page has told all its own acts, and the widget has confirmed them."""
    page.wait_for_function(
        """() => {
          const { seq, heard } = document.querySelector(".mgm").dataset;
          return Number(seq) > 0 && seq === heard;
        }"""
    )


def test_a_node_found_by_a_synonym_is_in_the_middle_for_the_widget_too(whole: Any) -> None:
    page, widget = whole
    field = page.get_by_role("combobox", name="Find a node").first
    field.fill("noradrenaline")
    field.press("Enter")
    settled(page)
    opened(page, "Neighbourhood").get_by_role("group", name="Which way").get_by_label(
        "both"
    ).check()
    assert widget.view.focus == "norepinephrine"


def test_the_table_switches_off_cuts_and_tells_the_same_as_the_widget(whole: Any) -> None:
    page, widget = whole
    panel = opened(page, "Table")
    panel.get_by_role("checkbox", name="Switch off: NMDA receptor").check()
    settled(page)
    assert widget.view.switched_off == ("nmda_receptor",)
    verdicts = widget.shown.response.direction
    rows = {row.split("\t")[0]: row.split("\t")[1] for row in rows_of(panel)}
    for node in list(widget.model.nodes.values())[:20]:
        word = say(f"verdict.word.{verdicts[node.id]}")
        assert rows[node.label.in_language("en")].startswith(word), node.id


def rows_of(panel: Any) -> list[str]:
    return panel.evaluate(
        """(panel) => [...panel.querySelectorAll("tbody tr")].map((row) =>
          [row.querySelector("th span").textContent, row.cells[1].textContent].join("\\t"))"""
    )


def test_a_step_is_gone_back_to_and_a_code_opens_it_again(whole: Any) -> None:
    page, widget = whole
    opened(page, "Evidence").get_by_label("human and verified").check()
    settled(page)
    panel = opened(page, "Steps and code")
    code = panel.locator(".mgm-short-code").inner_text()
    panel.get_by_role("listitem").first.get_by_role("button").click()
    settled(page)
    assert widget.view.evidence == "documents"
    panel.get_by_label("Enter a code").fill(code.lower())
    panel.get_by_role("button", name="Open", exact=True).click()
    settled(page)
    assert widget.view.evidence == "human"
    assert panel.locator(".mgm-short-code").inner_text() == code


def test_a_code_with_a_wrong_character_is_explained(whole: Any) -> None:
    page, widget = whole
    before = widget.seq
    panel = opened(page, "Steps and code")
    panel.get_by_label("Enter a code").fill("ZZZZ-ZZZZ")
    panel.get_by_role("button", name="Open", exact=True).click()
    problem = panel.get_by_role("alert").first.inner_text()
    assert "One character of the code ZZZZ-ZZZZ is wrong" in problem
    assert widget.seq == before


def test_a_saved_view_comes_back(whole: Any, tmp_path: Path) -> None:
    page, widget = whole
    panel = opened(page, "Table")
    panel.get_by_role("checkbox", name="Hold at baseline: Cortisol").check()
    settled(page)
    panel = opened(page, "Steps and code")
    with page.expect_download() as saved:
        panel.get_by_role("button", name="Save this view as a file").click()
    file = tmp_path / "view.json"
    saved.value.save_as(file)
    page.get_by_role("button", name="Reset all").click()
    settled(page)
    assert widget.view.held == ()
    panel.get_by_label("Open a saved view").set_input_files(file)
    page.wait_for_function("document.querySelector('.mgm').mgm.view().held.length === 1")
    settled(page)
    assert widget.view.held == ("cortisol",)


def test_why_of_the_page_has_its_steps_and_leads_to_a_card(whole: Any) -> None:
    page, widget = whole
    field = opened(page, "Why").get_by_role("combobox", name="Explain a node")
    field.fill("norepinephrine")
    field.press("Enter")
    settled(page)
    panel = page.get_by_role("tabpanel")
    assert widget.view.why == "norepinephrine"
    assert panel.get_by_text("weakest step").count() >= 1
    panel.get_by_role("button", name="Claim card").first.click()
    page.wait_for_function("document.querySelector('.mgm-card h4')")
    assert page.get_by_role("tab", selected=True).inner_text() == "Claim card"
    assert has_focus(page.get_by_role("tab", name="Claim card"))


def test_no_panel_moves_the_drawing(whole: Any) -> None:
    page, _ = whole
    place = "document.querySelector('.mgm-canvas').getBoundingClientRect().top"
    page.get_by_role("tab", name="Help").scroll_into_view_if_needed()
    before = page.evaluate(place)
    assert {(opened(page, name), page.evaluate(place))[1] for name in TABS} == {before}


def test_two_views_change_places(whole: Any) -> None:
    page, widget = whole
    panel = opened(page, "Compare")
    panel.get_by_role("button", name="Keep this view beside").click()
    settled(page)
    kept = widget.view.beside
    page.get_by_label("Push down").check()
    settled(page)
    assert "nodes differ between the two" in panel.inner_text()
    panel.get_by_role("button", name="Swap the two").click()
    settled(page)
    assert (widget.view.push, widget.view.beside.push) == (1, -1)
    assert widget.view.source == kept.source

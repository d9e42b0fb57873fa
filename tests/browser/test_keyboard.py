"""The three main tasks with the keyboard alone, and what a person sees and hears on the way."""

from __future__ import annotations

from typing import Any

import blank_page as blank
import pytest
from explorer_page import NOREPINEPHRINE, SERUM
from page_reading import read
from panels import TABS, opened

from mgmodel.explore import MapWidget, explore_map, present
from mgmodel.model import Model

pytestmark = pytest.mark.slow

AROUND = """() => {
  const button = (text) => Object.assign(document.createElement('button'), { textContent: text });
  document.body.prepend(button('before'));
  document.body.append(button('after'));
  document.querySelector('button').focus();
}"""
MOST_STOPS = 60


@pytest.fixture
def keys(blank_page: Any, real_model: Model) -> tuple[Any, MapWidget]:
    """An explorer between two buttons, the focus on the first; nothing here moves a pointer."""
    widget = explore_map(real_model, source=SERUM, target=NOREPINEPHRINE)
    blank.show(blank_page, widget, width="100%")
    blank_page.evaluate(AROUND)
    return blank_page, widget


def focus(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = read(page, "focused")
    return found


def settled(page: Any) -> None:
    """Until the page has told all its own acts and the widget has heard of them."""
    page.wait_for_function(
        """() => {
          const { dataset: { seq, heard }, mgm } = document.querySelector('.mgm');
          return Number(seq) === mgm.seq() && seq === heard;
        }"""
    )
    page.wait_for_timeout(60)  # a frame, for what is told after the paint
    page.wait_for_function(
        "() => document.querySelector('.mgm').dataset.seq === document.querySelector('.mgm')"
        ".dataset.heard"
    )


def press(page: Any, *names: str) -> dict[str, Any]:
    """Keys, one after the other; the focus is then in the explorer still, and to be seen."""
    for name in names:
        page.keyboard.press(name)
        settled(page)
        found = focus(page)
        assert found["inside"], f"after {name} the focus is on {found['called']}"
        assert found["outlined"], f"after {name} no focus is to be seen on {found['called']}"
    return found


def tab_to(page: Any, called: str, key: str = "Tab") -> None:
    """Tab on until something of this name has the focus; every stop can be seen."""
    for _ in range(MOST_STOPS):
        found = press(page, key)
        assert found["seen"], found
        assert found["onTop"], found
        if called in found["called"]:
            return
    raise AssertionError(called)


def told(page: Any) -> str:
    return str(page.locator(".mgm-told").inner_text())


def walk_to(page: Any, label: str, key: str) -> None:
    """Press a key in the drawing until the live region tells of a node."""
    for _ in range(8):
        if f" {label}:" in told(page):
            return
        press(page, key)
    raise AssertionError(told(page))


# The three tasks


def test_a_node_is_switched_off_and_what_follows_is_heard(keys: Any) -> None:
    page, widget = keys
    tab_to(page, "Nodes of the drawing")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "listbox"
    press(page, "Home")
    assert told(page) == "Serum magnesium: rises, always; pushed up by the question."
    press(page, "ArrowRight")
    walk_to(page, "Brain magnesium", "ArrowDown")
    press(page, "ArrowRight")
    walk_to(page, "NMDA receptor", "ArrowDown")
    assert told(page) == (
        "A rise in brain magnesium lowers NMDA receptor. "
        "NMDA receptor: falls, always; because of a rise in brain magnesium."
    )
    press(page, "Space")
    assert widget.view.switched_off == ("nmda_receptor",)
    assert told(page).endswith("NMDA receptor: switched off by the question.")
    assert page.locator(".mgm-answer").inner_text() in widget.status
    option = page.evaluate(
        """() => {
          const list = document.activeElement;
          const one = document.getElementById(list.getAttribute('aria-activedescendant'));
          return [one.getAttribute('role'), one.getAttribute('aria-selected'), one.textContent];
        }"""
    )
    assert option[:2] == ["option", "true"]
    assert "off" in option[2]
    press(page, "Control+z")
    assert widget.view.switched_off == ()
    assert "NMDA receptor: falls, always; because" in told(page)


def test_why_is_asked_in_the_drawing_and_read_step_by_step(keys: Any) -> None:
    page, widget = keys
    tab_to(page, "Nodes of the drawing")
    press(page, "End", "w")
    assert widget.view.why == NOREPINEPHRINE
    assert "Nodes of the drawing" in focus(page)["called"]  # the walk goes on where it was
    assert page.get_by_role("tab", selected=True).inner_text() == "Why"
    tab_to(page, 'button "Why"')
    tab_to(page, "Explain a node")
    said = page.get_by_role("tabpanel").inner_text()
    assert "falls in all weightings" in said
    assert "N-type calcium channel" in said
    assert "weakest step" in said
    tab_to(page, "Claim card: ")
    press(page, "Enter")
    assert 'button "Claim card"' in focus(page)["called"]  # its tab: the card is the next stop
    assert widget.view.arrow is not None
    page.wait_for_function("document.querySelector('.mgm-card h4')")
    headings = page.get_by_role("tabpanel").get_by_role("heading").all_inner_texts()
    assert {heading for heading, _ in widget.shown.card} <= set(headings)


def test_two_views_are_compared(keys: Any) -> None:
    page, widget = keys
    tab_to(page, 'button "Compare"')
    press(page, "Enter")
    assert widget.view.beside is not None
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab_to(page, "Nodes of the drawing")
    press(page, "Home", "ArrowRight")
    walk_to(page, "N-type calcium channel", "ArrowDown")
    press(page, "Space")
    tab_to(page, 'button "Paths"')
    while page.get_by_role("tab", selected=True).inner_text() != "Compare":
        press(page, "ArrowRight")
    panel = page.get_by_role("tabpanel")
    differing = panel.get_by_role("listitem").all_inner_texts()
    of_widget = [said for _, said in widget.shown.differences]
    assert [one.split("\n")[0] for one in differing] == of_widget
    assert any(one.startswith("N-type calcium channel: switched off here") for one in of_widget)
    tab_to(page, "Put the other one away")
    press(page, "Space")
    assert widget.view.beside is None
    assert "Keep this view beside" in focus(page)["called"]


# No trap, no loss


def test_tab_goes_through_and_out_and_back_again(keys: Any) -> None:
    page, _ = keys
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stops.append(focus(page))
        if stops[-1]["called"] == 'button "after"':
            break
    assert not stops[-1]["inside"]
    inner = stops[:-1]
    assert all(one["inside"] and one["outlined"] and one["onTop"] for one in inner)
    assert [one["called"] for one in inner if one["called"].endswith('""')] == []
    assert len(inner) < 35
    back = []
    for _ in inner:
        page.keyboard.press("Shift+Tab")
        back.append(focus(page)["called"])
    assert back == [one["called"] for one in reversed(inner)]
    page.keyboard.press("Shift+Tab")
    assert focus(page)["called"] == 'button "before"'


ON_THE_PAGE = (
    ("switch_off", "gaba"),
    ("beside", True),
    ("cut", "brain_magnesium.nmda_receptor"),
    ("restore", "gaba"),
    ("focus", SERUM),
    ("why", NOREPINEPHRINE),
    ("card", "brain_magnesium.nmda_receptor"),
)


def test_no_control_takes_the_focus_away(keys: Any) -> None:
    """One control of each kind in each tab is pressed; the focus stays, or moves on with sense."""
    page, widget = keys
    for action, value in ON_THE_PAGE:
        widget.press(action, value)
    start = widget.standing
    lost, pressed = [], 0
    for tab in TABS:
        widget.stand(start)
        page.catch_up()
        panel = opened(page, tab)
        for control in read(page, "numberControls"):
            one = panel.locator(f"[data-nth='{control}']")
            if not one.count() or not one.is_visible() or not one.is_enabled():
                continue  # a press before has taken it away
            one.focus()
            called = focus(page)["called"]
            page.keyboard.press("Space")
            settled(page)
            pressed += 1
            if not focus(page)["inside"]:
                lost.append(f"{tab}: {called}")
            if page.get_by_role("tab", selected=True).inner_text() != tab:
                opened(page, tab)
    assert lost == []
    assert pressed > 40


def test_the_error_line_is_closed_by_key_and_the_place_is_kept(keys: Any) -> None:
    page, _ = keys
    tab_to(page, "Nodes of the drawing")
    page.evaluate("() => window.receive({ error: 'The reason why not.' })")
    alert = page.get_by_role("alert").filter(has_text="The reason why not.")
    alert.wait_for()
    tab_to(page, "Close", "Shift+Tab")
    page.keyboard.press("Enter")
    alert.wait_for(state="hidden")
    assert "Nodes of the drawing" in focus(page)["called"]


def test_a_talk_is_stepped_and_its_controls_are_unfolded(
    blank_page: Any, real_model: Model
) -> None:
    widget = present(real_model, "the_vicious_circle")
    blank.show(blank_page, widget, width="100%")
    blank_page.evaluate(AROUND)
    tab_to(blank_page, "Next")
    before = blank_page.locator(".mgm-stage-title").inner_text()
    press(blank_page, "Enter", "ArrowRight")
    assert blank_page.locator(".mgm-stage-title").inner_text() != before
    assert blank_page.locator(".mgm-stage").get_attribute("data-scene") == "2"
    aloud = blank_page.locator(".mgm-stage [role=status]").text_content()
    assert blank_page.locator(".mgm-stage-title").inner_text() in aloud
    tab_to(blank_page, "Show controls")
    press(blank_page, "Enter")
    tab_to(blank_page, 'select "Drawing"', "Shift+Tab")

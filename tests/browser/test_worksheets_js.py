"""Worksheets as people meet them: answered by key, read aloud, saved, and calm under the hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import blank_page as blank
import pytest
from lab_window import OpenNotebook
from page_reading import read, read_aloud
from panels import HOSTILE
from test_accessibility import violations
from test_explorer_in_lab import notebook

import mgmodel as mg
from mgmodel.explore import (
    WorksheetWidget,
    explore_draft,
    explore_hunt,
    explore_prediction,
    explore_quiz,
)
from mgmodel.model import Model
from mgmodel.records import Edge, Node, Translated
from mgmodel.teaching import Pool
from mgmodel.vocabulary import Effect

TRAITS = ("sheet", "picture", "error", "seq")
KINDS = ("prediction", "quiz", "hunt", "draft")
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
OPEN = """import mgmodel as mg
from mgmodel.explore import explore_prediction
model = mg.load_model()
push = mg.Press("psychological_stressor")
sheet = explore_prediction(model, push, nodes=["crh", "cortisol"], view="hpa_axis")
sheet"""

Opener = Callable[..., OpenNotebook]


@pytest.fixture
def circle() -> Model:
    arrows = [("a", "b", 1), ("b", "c", 1), ("c", "a", -1), ("a", "d", -1), ("d", "e", -1)]
    return Model.from_edges(arrows)


def opened(model: Model, kind: str) -> WorksheetWidget:
    match kind:
        case "prediction":
            return explore_prediction(model, mg.Press("a"), nodes=("c", "e"))
        case "quiz":
            return explore_quiz(model, seed=2, count=3)
        case "hunt":
            return explore_hunt(model, seed=3)
        case _:
            return explore_draft(model, text="a -> b\nb -| c\nwhat\nc -> b")


def show(page: Any, widget: WorksheetWidget, **options: Any) -> Any:
    blank.show(page, widget, names=TRAITS, **{"width": 933, **options})
    return page


def in_theme(page: Any, theme: str) -> None:
    page.evaluate(
        """(light) => {
          document.body.dataset.jpThemeLight = light;
          document.body.style.background = light === 'true' ? '#ffffff' : '#111111';
        }""",
        str(theme == "light").lower(),
    )
    page.wait_for_selector(f".mgm[data-theme={theme}]")


def finished(widget: WorksheetWidget, page: Any) -> None:
    """Everything answered and judged, as far as the kind goes."""
    for action, value in widget.presses:
        if action not in {"again", "compare"} or isinstance(widget.sheet, type(None)):
            try:
                widget.press(action, value)
            except ValueError:
                continue  # what was judged is locked
    if widget.sheet["title"] == "My map":
        widget.press("write", "a -> b\nb -| c\nwhat\nc -> b")
        widget.press("compare")
    page.catch_up()
    page.wait_for_selector(".mgm-feedback")


def said(page: Any, text: str) -> None:
    """Wait until a screen reader is told this."""
    page.wait_for_function(
        "(text) => document.querySelector('.mgm [role=status]').textContent.includes(text)",
        arg=text,
    )


# --- by key alone -----------------------------------------------------------------------------


def test_two_nodes_are_answered_committed_read_and_saved_by_key_alone(
    blank_page: Any, circle: Model, tmp_path: Path
) -> None:
    widget = explore_prediction(circle, mg.Press("a"), nodes=("c", "e"))
    page = show(blank_page, widget)
    key = page.keyboard.press
    page.get_by_role("button", name="Reset all").focus()
    key("Tab")
    key("ArrowRight")  # from the first answer to the second, which chooses it
    page.wait_for_function("document.activeElement.value === 'falls'")
    said(page, "Answered: 1 of 2.")
    key("Tab")
    key("ArrowRight")
    key("Tab")
    key("Enter")
    said(page, "Hint 1.")
    assert page.evaluate("document.activeElement.textContent") == "Hint 2 of 3"
    key("Tab")
    key(" ")
    said(page, "Answered: 2 of 2.")
    key("Tab")
    key("Tab")
    key("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Commit"
    key("Enter")
    page.wait_for_selector(".mgm-feedback[data-tone]")
    said(page, f"Right: {sum(each.right for each in widget.results)} of 2.")
    told = page.locator(".mgm [role=status]").text_content()
    for each in widget.results:
        assert each.sentence() in told
    assert page.evaluate("document.activeElement.textContent") == "Commit"
    assert [guess.confidence for guess in widget.state.guesses] == [3, 2]
    key("Tab")
    with page.expect_download() as saving:
        key("Enter")
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert Pool.from_file(file.read_text(encoding="utf-8"), circle).total == 2
    key("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Try again"
    key("Enter")
    said(page, "Answered: 0 of 2.")
    assert widget.results == ()
    assert page.evaluate("document.activeElement.closest('.mgm-blocks') !== null")


def test_commit_says_why_it_cannot_be_pressed_and_sends_nothing(
    blank_page: Any, circle: Model
) -> None:
    page = show(blank_page, opened(circle, "prediction"))
    commit = page.get_by_role("button", name="Commit")
    assert commit.get_attribute("aria-disabled") == "true"
    reason = page.locator(f"#{commit.get_attribute('aria-describedby')}")
    assert reason.is_visible()
    assert reason.text_content() == "Still open: c and e."
    commit.press("Enter")
    said(page, "Still open: c and e.")
    assert page.evaluate("window.sent") == []


def test_what_is_pressed_stays_under_the_pointer_though_feedback_appears_above(
    blank_page: Any, circle: Model
) -> None:
    widget = explore_prediction(circle, mg.Press("a"), nodes=("c", "e", "d"))
    blank_page.set_viewport_size({"width": 700, "height": 500})
    page = show(blank_page, widget, width=680)
    for node in ("c", "e", "d"):
        widget.predict(node, "no_route")
    page.catch_up()
    commit = page.get_by_role("button", name="Commit")
    commit.scroll_into_view_if_needed()
    before = commit.bounding_box()["y"]
    commit.click()
    page.wait_for_selector(".mgm-feedback")
    page.wait_for_timeout(100)
    assert abs(commit.bounding_box()["y"] - before) < 2
    height = page.evaluate("document.querySelector('.mgm-feedback').offsetHeight")
    assert height > 20


def test_a_press_that_is_under_way_is_not_lost(blank_page: Any, circle: Model) -> None:
    widget = explore_prediction(circle, mg.Press("a"), nodes=("c",))
    page = show(blank_page, widget)
    page.evaluate("window.slow = 60")
    hint = page.get_by_role("button", name="Hint")
    for _ in range(3):
        hint.click()
    page.wait_for_function("document.querySelectorAll('.mgm-feedback').length === 3")
    assert widget.state.guesses[0].hints == 3


# --- writing ----------------------------------------------------------------------------------


def test_half_written_text_survives_an_answer_and_goes_into_comparison_and_file(
    blank_page: Any, circle: Model, tmp_path: Path
) -> None:
    widget = explore_draft(circle)
    page = show(blank_page, widget)
    page.evaluate("window.slow = 150")
    area = page.get_by_label("My arrows")
    area.focus()
    page.keyboard.type("a -> b")
    page.wait_for_function("window.sent.length === 1")
    page.keyboard.type("\nb -> ")  # while the first answer is on its way
    page.wait_for_timeout(400)
    assert area.input_value() == "a -> b\nb -> "
    assert page.evaluate("document.activeElement.selectionStart") == len("a -> b\nb -> ")
    page.keyboard.type("c")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector(".mgm-feedback")
    assert widget.state.compared == "a -> b\nb -> c"
    assert page.locator(".mgm-feedback[data-tone=right]").count() == 2
    area.press("End")
    page.keyboard.type("\nc")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save my map").click()
    saving.value.save_as(tmp_path / "map.txt")
    assert (tmp_path / "map.txt").read_text(encoding="utf-8").rstrip().endswith("c")
    assert widget.state.text in (tmp_path / "map.txt").read_text(encoding="utf-8")


def test_code_writes_into_the_text_area(blank_page: Any, circle: Model) -> None:
    widget = explore_draft(circle)
    page = show(blank_page, widget)
    widget.write("c -> a")
    page.catch_up()
    assert page.get_by_label("My arrows").input_value() == "c -> a"


# --- calm and safe ----------------------------------------------------------------------------


def test_labels_are_shown_as_text_whatever_is_in_them(blank_page: Any) -> None:
    nodes = [Node("a", Translated(HOSTILE)), Node("b", Translated(f"b {HOSTILE}"))]
    model = Model(nodes, [Edge("a.b", "a", "b", Effect.INCREASES)])
    page = show(blank_page, explore_prediction(model, mg.Press("a"), nodes=["b"]))
    widget = explore_draft(model, text=f"{HOSTILE}\na -> b")
    show(page, widget, beside="second")
    widget.compare()
    page.catch_up()
    page.wait_for_selector(".mgm-feedback")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".mgm img[onerror]").count() == 0
    assert HOSTILE.casefold() in page.locator(".mgm").first.inner_text().casefold()


def test_two_sheets_on_one_page_have_nothing_to_do_with_each_other(
    blank_page: Any, circle: Model
) -> None:
    one, other = opened(circle, "prediction"), opened(circle, "prediction")
    page = show(blank_page, one)
    show(page, other, beside="second")
    page.locator(".mgm").nth(1).get_by_role("radio", name="Falls").first.click()
    page.wait_for_function(
        "document.querySelectorAll('.mgm')[1].textContent.includes('Answered: 1 of 2.')"
    )
    first = page.locator(".mgm").nth(0)
    first.get_by_role("radio", name="Rises").first.click()
    first.locator(".mgm-status").get_by_text("Answered: 1 of 2.").wait_for()
    assert page.locator(".mgm").nth(1).get_by_role("radio", name="Falls").first.is_checked()
    assert one.state.guesses[0].answer == "rises"
    assert other.state.guesses[0].answer == "falls"
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_two_views_of_one_sheet_show_the_same(blank_page: Any, circle: Model) -> None:
    widget = opened(circle, "prediction")
    page = show(blank_page, widget, views=2)
    page.locator(".mgm").nth(1).get_by_role("radio", name="Falls").first.click()
    first = page.locator(".mgm").nth(0)
    first.locator(".mgm-status").get_by_text("Answered: 1 of 2.").wait_for()
    assert first.get_by_role("radio", name="Falls").first.is_checked()


def test_a_sheet_that_is_taken_away_listens_no_more(blank_page: Any, circle: Model) -> None:
    page = show(blank_page, opened(circle, "prediction"))
    assert page.evaluate("window.listening()") > 0
    page.evaluate("() => window.cleanups.forEach((one) => one())")
    assert page.evaluate("window.listening()") == 0
    assert page.locator(".mgm").count() == 0


def test_an_error_is_said_in_the_error_line_and_the_sheet_goes_on(
    blank_page: Any, circle: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    widget = opened(circle, "prediction")
    page = show(blank_page, widget)
    acts = widget._sheet.acts

    def broken(*_: Any) -> Any:
        msg = "planted"
        raise RuntimeError(msg)

    object.__setattr__(widget._sheet, "acts", {**acts, "hint": broken})
    page.get_by_role("button", name="Hint").first.click()
    alert = page.get_by_role("alert")
    alert.wait_for(state="visible")
    assert "RuntimeError: planted" in alert.inner_text()
    object.__setattr__(widget._sheet, "acts", acts)
    page.get_by_role("button", name="Hint").first.click()
    page.wait_for_selector(".mgm-feedback")
    alert.wait_for(state="hidden")


@EVERY_KIND
def test_the_language_changes_every_word_and_keeps_the_focus(
    blank_page: Any, circle: Model, kind: str
) -> None:
    page = show(blank_page, opened(circle, kind))
    page.get_by_label("Language").focus()
    page.get_by_label("Language").select_option("sv")
    page.wait_for_selector(".mgm[lang=sv]")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    english = page.locator(".mgm").inner_text()
    for word in ("Reset all", "Teaching material", "Check\n", "Commit", "Hint"):
        assert word not in english


# --- as eyes, hands and assistive tools meet it -----------------------------------------------


@EVERY_KIND
@THEMES
@pytest.mark.slow
def test_axe_finds_nothing_wrong_before_and_after(
    blank_page: Any, circle: Model, kind: str, theme: str
) -> None:
    widget = opened(circle, kind)
    page = show(blank_page, widget)
    in_theme(page, theme)
    assert violations(page) == []
    finished(widget, page)
    assert violations(page) == []


@EVERY_KIND
@pytest.mark.parametrize("width", [933, 640, 380])
@pytest.mark.slow
def test_nothing_is_cut_off_covered_faint_or_too_small(
    blank_page: Any, real_model: Model, circle: Model, kind: str, width: int
) -> None:
    blank_page.set_viewport_size({"width": width + 20, "height": 768})
    model = circle if kind != "hunt" else real_model
    widget = opened(model, kind)
    page = show(blank_page, widget, width=width)
    for theme in ("light", "dark"):
        in_theme(page, theme)
        finished(widget, page)
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.wait_for_timeout(150)
        assert [*read(page, "cutOff"), *read(page, "overlapping")] == []
        faint = read(page, "weakTexts")
        assert faint["weak"] == []
        assert faint["looked"] > 10
        small = [name for name, w, h in read(page, "targets") if min(w, h) < 24]
        assert small == []
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('.mgm *')]
                 .filter((one) => one.getClientRects().length && !one.closest('.mgm-sr')
                   && [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()))
                 .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
        )
        assert min(sizes) >= 14  # the label of the language, as in every explorer


@EVERY_KIND
def test_all_that_can_have_the_focus_has_a_role_and_a_name(
    blank_page: Any, circle: Model, kind: str
) -> None:
    page = show(blank_page, opened(circle, kind))
    told = [one for one in read_aloud(page) if one["role"] != "option"]
    assert len(told) > 4
    assert [one for one in told if not one["name"].strip()] == []
    assert [one for one in told if one["role"] in {"", "generic", "none"}] == []


def test_a_drawing_stands_beside_the_questions_where_both_can_be_read(
    blank_page: Any, real_model: Model
) -> None:
    blank_page.set_viewport_size({"width": 1366, "height": 768})
    push = mg.Press("psychological_stressor")
    sheet = explore_prediction(real_model, push, nodes=["crh", "cortisol"], view="hpa_axis")
    page = show(blank_page, sheet)
    page.wait_for_function("document.querySelector('.mgm-picture').naturalWidth > 0")
    picture = page.locator(".mgm-picture").bounding_box()
    blocks = page.locator(".mgm-blocks").bounding_box()
    assert picture["x"] >= blocks["x"] + blocks["width"]
    # letters of 14 units in a drawing of 724 are at least 11.8 pixels high
    assert picture["width"] / sheet.sheet["width_px"] * 14 >= 11.8
    assert picture["y"] + picture["height"] < 768
    narrow = blank_page
    narrow.locator(".out").evaluate("(one) => { one.style.width = '640px'; }")
    narrow.wait_for_function("!document.querySelector('.mgm-two-columns')")
    below = page.locator(".mgm-picture").bounding_box()
    assert below["y"] > page.locator(".mgm-blocks").bounding_box()["y"] + 100


# --- in JupyterLab ----------------------------------------------------------------------------


@pytest.mark.slow
def test_in_jupyterlab_keys_stay_in_the_sheet_and_no_other_machine_is_asked(
    open_notebook: Opener, tmp_path: Path
) -> None:
    window = open_notebook(notebook(tmp_path, "sheet", OPEN, "print(len(sheet.results))"))
    explorer, page = window.explorer, window.page
    explorer.get_by_role("radio", name="Rises").first.focus()
    for key in ("b", "m", "d", "d", "ArrowRight"):
        page.keyboard.press(key)
    explorer.get_by_text("Answered: 1 of 2.").first.wait_for()
    assert page.locator(".jp-Notebook .jp-Cell").count() == 2
    explorer.get_by_role("radio", name="Rises").nth(1).click()
    explorer.get_by_text("Answered: 2 of 2.").first.wait_for()
    explorer.get_by_role("button", name="Commit").click()
    explorer.locator(".mgm-feedback").first.wait_for()
    with page.expect_download() as saving:
        explorer.get_by_role("button", name="Save my answers").click()
    assert saving.value.suggested_filename == "answers.json"
    assert window.outside == []

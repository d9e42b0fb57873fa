"""The hand-out: one file from a disk, no kernel, no network, and it computes as Python does."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import CHANNEL, NOREPINEPHRINE, SERUM, act, answer, pixel, press_node
from view_walks import random_act

from mgmodel import Model
from mgmodel.explore import MapWidget, explore_map, export_html, present
from mgmodel.explore.asked import explorer_ensemble
from mgmodel.explore.codes import decode
from mgmodel.explore.shown import shown, told
from mgmodel.explore.views import with_preferences

ADDRESS = re.compile(r"(?:https?:)?//[\w-]+\.[\w.-]+")
LARGEST = 1_500_000  # bytes


@pytest.fixture(scope="module")
def widget(real_model: Model) -> MapWidget:
    return explore_map(real_model, source=SERUM, target=NOREPINEPHRINE)


@pytest.fixture(scope="module")
def file(widget: MapWidget, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_html(widget, tmp_path_factory.mktemp("usb stick") / "stress and magnesium.html")


@pytest.fixture
def opened(chromium: Any, file: Path) -> Iterator[Callable[..., Any]]:
    """Opens the file from the disk; asks for nothing else, and nothing goes wrong in it."""
    contexts, asked, wrong = [], [], []

    def open_it(address: str = "", *, network: str = "refused", **options: Any) -> Any:
        size = {"width": 1366, "height": 768}
        context = chromium.new_context(**{"viewport": size, **options})
        contexts.append(context)

        def keep_in(route: Any) -> None:
            asked.append(route.request.url)
            if network == "refused":
                route.abort("connectionrefused")

        context.route(re.compile(r"^(?!file:|data:|blob:)"), keep_in)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(file.as_uri() + address)
        if options.get("java_script_enabled", True):
            page.wait_for_selector(".mgm[data-seq]")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert asked == []
    assert wrong == []


def now(page: Any, what: str) -> Any:
    return page.evaluate(f"() => document.querySelector('.mgm').mgm.{what}")


# The file


def test_it_is_small_and_names_no_address(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    assert ADDRESS.findall(text) == []
    assert not re.search(r"<(?:link|iframe|object|embed)\b|@import|\bsrc=\"(?!data:)", text)


def test_what_is_packed_in_it_loads_nothing_either(file: Path) -> None:
    packed = re.search(r'id="mgmodel-packed">([^<]+)<', file.read_text(encoding="utf-8"))
    assert packed
    script = json.loads(gzip.decompress(base64.b64decode(packed[1])))["script"]
    ours = script[script.index("openPage") :]
    assert not re.search(r"\bfetch\(|XMLHttpRequest|importScripts|\bimport\(|WebSocket", ours)


def test_the_same_state_gives_the_same_bytes(widget: MapWidget, file: Path, tmp_path: Path) -> None:
    assert export_html(widget, tmp_path / "again.html").read_bytes() == file.read_bytes()


def test_another_ending_is_refused_with_the_reason(widget: MapWidget, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"does not end in \.html"):
        export_html(widget, tmp_path / "map.pdf")


def test_labels_in_a_hand_out_are_text_and_nothing_else(chromium: Any, tmp_path: Path) -> None:
    hostile = "</script><script>document.title='broken'</script>"
    found = explore_map(Model.from_edges([(hostile, "b", 1)]), source=hostile)
    page = chromium.new_page()
    page.goto(export_html(found, tmp_path / "hostile.html").as_uri())
    page.wait_for_selector(".mgm[data-seq]")
    assert page.title() != "broken"
    assert now(page, "view().source") == hostile
    page.close()


# On a disk, without a kernel


@pytest.mark.parametrize("network", ["refused", "unanswered"])
def test_it_opens_from_a_disk_and_a_click_is_answered(
    opened: Callable[..., Any], network: str
) -> None:
    page = opened(network=network)
    assert not page.locator("#mgmodel-still").count()
    press_node(page, CHANNEL)
    assert "No path is left from serum magnesium to norepinephrine." in answer(page)


def compare(page: Any, model: Model) -> None:
    """What the page tells is what Python tells of the View that it shows."""
    view = now(page, "view()")
    code = now(page, "told().code")
    mine = with_preferences(decode(model, code), click=view["click"], language=view["language"])
    there = now(page, "told()")
    here = json.loads(json.dumps(told(shown(model, explorer_ensemble(model), mine))))
    assert {key: there[key] for key in here} == here


@pytest.mark.slow
def test_every_toggle_computes_what_python_computes(
    opened: Callable[..., Any], real_model: Model
) -> None:
    page, chance = opened(), random.Random(5)
    for _ in range(60):
        act(page, *random_act(real_model, chance, now(page, "now().history.at") + 1))
        compare(page, real_model)


def test_claim_card_table_and_keyboard_work(opened: Callable[..., Any]) -> None:
    page = opened()
    act(page, "card", f"{SERUM}.{CHANNEL}")
    card = page.get_by_role("tabpanel").filter(visible=True)
    assert "N-type calcium channel" in card.inner_text()
    page.get_by_role("tab", name="Table").click()
    assert page.get_by_role("tabpanel").filter(visible=True).get_by_role("row").count() > 20
    page.locator(".mgm-scroll").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.mgm').mgm.view().switched_off.length")


def test_the_language_changes_and_the_state_stays(opened: Callable[..., Any]) -> None:
    page = opened()
    press_node(page, CHANNEL)
    act(page, "language", "nl")
    assert "Er is geen pad meer over van serummagnesium naar noradrenaline." in answer(page)
    act(page, "language", "sv")
    assert "noradrenalin" in answer(page).lower()
    assert now(page, "view().switched_off") == [CHANNEL]


def test_the_address_carries_the_code_and_opens_it_again(opened: Callable[..., Any]) -> None:
    page = opened()
    press_node(page, CHANNEL)
    page.wait_for_function("() => location.hash.startsWith('#mgview=')")
    again = opened(page.evaluate("() => location.hash"))
    again.wait_for_function("() => document.querySelector('.mgm').mgm.view().switched_off.length")
    assert now(again, "told().code") == now(page, "told().code")


def test_a_wrong_code_in_the_address_is_explained(opened: Callable[..., Any]) -> None:
    page = opened("#mgview=0000-0000")
    page.wait_for_selector(".mgm-error:not([hidden])")
    assert "code" in page.locator(".mgm-error").inner_text().lower()


def test_undo_comes_back_to_the_start(opened: Callable[..., Any]) -> None:
    page = opened()
    start = now(page, "told().code")
    for node in (CHANNEL, "nmda_receptor", "cortisol"):
        press_node(page, node)
    for _ in range(3):
        act(page, "undo")
    assert now(page, "told().code") == start


def test_it_prints_on_paper_with_the_drawing_and_the_answer(opened: Callable[..., Any]) -> None:
    page = opened()
    press_node(page, CHANNEL)
    paper = page.pdf(format="A4", landscape=True, print_background=True)
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000
    page.emulate_media(media="print")
    assert page.locator(".mgm-answer").is_visible()
    assert not page.get_by_role("button", name="Reset").first.is_visible()


def test_without_scripts_the_picture_and_the_sentences_are_there(
    opened: Callable[..., Any],
) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#mgmodel-still img").is_visible()
    assert "Norepinephrine: falls in all weightings." in page.locator("#mgmodel-still").inner_text()


def test_it_follows_the_theme_of_the_reader(opened: Callable[..., Any]) -> None:
    assert opened(color_scheme="dark").locator(".mgm").get_attribute("data-theme") == "dark"


def test_a_talk_can_be_handed_out(chromium: Any, real_model: Model, tmp_path: Path) -> None:
    talk = present(real_model, "the_vicious_circle")
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.goto(export_html(talk, tmp_path / "talk.html").as_uri())
    page.wait_for_selector(".mgm.mgm-presenting")
    first = now(page, "view().hidden.length")
    page.keyboard.press("PageDown")
    page.wait_for_function(
        "(first) => document.querySelector('.mgm').mgm.view().hidden.length !== first", arg=first
    )
    page.close()


def test_nodes_stay_where_they_are(opened: Callable[..., Any]) -> None:
    page = opened()
    before = pixel(page, CHANNEL)
    press_node(page, CHANNEL)
    assert pixel(page, CHANNEL) == before

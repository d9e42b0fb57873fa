"""Every named screen, measured in the page: nothing too small, cut off, squeezed or covered."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import blank_page as blank
import pytest
from explorer_page import act, theme
from page_reading import read

from mgmodel.explore import MapWidget, explore_map, export_html, present
from mgmodel.model import Model

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from screen_list import NARROW, SCENES, SCREENS, SIZES, SOURCE, TARGET, Screen  # noqa: E402

SCRIPT = (Path(__file__).parent / "screen_reading.js").read_text(encoding="utf-8")
SMALLEST, PRESENTED = 12.0, 18.0  # pixels
OUTPUTS = (933, 1488)  # an output of JupyterLab in windows of 1366 and 1920 pixels

pytestmark = pytest.mark.slow


def judge(page: Any, label: float = SMALLEST) -> list[str]:
    """All that is wrong with what the page shows."""
    page.wait_for_timeout(150)  # the texts have followed the drawing
    found = page.evaluate(f"() => {{ {SCRIPT} }}")
    small = [name for name, limit in (("label", label), ("text", SMALLEST)) if found[name] < limit]
    return [*found["wrong"], *small, *read(page, "cutOff"), *read(page, "overlapping")]


@pytest.fixture(scope="module")
def shown(chromium: Any, real_model: Model) -> Iterator[dict[int, tuple[Any, MapWidget]]]:
    """One explorer for each width of an output."""
    pages = {}
    for width in OUTPUTS:
        page = chromium.new_page(viewport={"width": width + 20, "height": 900})
        widget = explore_map(real_model, source=SOURCE, target=TARGET)
        blank.show(page, widget, width=width)
        pages[width] = (page, widget)
    yield pages
    for page, _ in pages.values():
        page.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
@pytest.mark.parametrize("width", OUTPUTS)
def test_a_screen_can_be_read(shown: Any, width: int, screen: Screen) -> None:
    page, _ = shown[width]
    theme(page, "dark" if screen.dark else "light")
    for action, value in (("step", 0), ("language", screen.language), *screen.acts):
        act(page, action, value)
    page.locator(f"[role=tab][id$='-tab-{screen.tab or 'paths'}']").click()
    assert judge(page) == []


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", SIZES)
def test_a_scene_can_be_read_from_the_back_row(
    blank_page: Any, real_model: Model, size: tuple[int, int], scene: str
) -> None:
    blank_page.set_viewport_size({"width": size[0], "height": size[1]})
    talk = present(real_model, "the_vicious_circle", scene=SCENES[scene])
    blank.show(blank_page, talk, width="100vw")
    blank_page.add_style_tag(content=":root { --mgm-stage-height: 100vh }")
    blank_page.wait_for_timeout(400)
    assert judge(blank_page, PRESENTED) == []


@pytest.mark.parametrize("size", [*SIZES, *NARROW])
def test_a_hand_out_can_be_read(
    blank_page: Any, real_model: Model, tmp_path: Path, size: tuple[int, int]
) -> None:
    blank_page.set_viewport_size({"width": size[0], "height": size[1]})
    explorer = explore_map(real_model, source=SOURCE, target=TARGET)
    blank_page.goto(export_html(explorer, tmp_path / "hand-out.html").as_uri())
    blank_page.wait_for_selector(".mgm[data-seq]")
    assert judge(blank_page) == []


def test_the_whole_core_map_stands_beside_the_panel_in_a_common_window(
    blank_page: Any, real_model: Model, tmp_path: Path
) -> None:
    blank_page.set_viewport_size({"width": 1366, "height": 768})
    explorer = explore_map(real_model, source=SOURCE, target=TARGET)
    blank_page.goto(export_html(explorer, tmp_path / "hand-out.html").as_uri())
    blank_page.wait_for_selector(".mgm-wide[data-seq]")
    seen = blank_page.evaluate(
        "() => { const { clientWidth, scrollWidth } = document.querySelector('.mgm-scroll');"
        " return [clientWidth, scrollWidth]; }"
    )
    assert seen[0] == seen[1]


def test_the_reader_of_screens_finds_what_is_wrong(blank_page: Any, real_model: Model) -> None:
    blank.show(blank_page, explore_map(real_model, view="hpa_axis", source=SOURCE), width=933)
    assert judge(blank_page) == []
    blank_page.evaluate("""() => {
      const { plan, book } = document.querySelector('.mgm').mgm.now();
      const [first, second] = plan.edges.filter(({ mark }) => mark);
      first.mark_at = second.mark_at;
      book.nodes[plan.nodes[0][0]].lines = ['a label that is much too long'];
    }""")
    blank_page.add_style_tag(
        content=".mgm-answer { height: 9px !important } .mgm { width: 2000px }"
    )
    found = " / ".join(judge(blank_page))
    for one in (" over ", "much too long", "the page is ", "Choose a source"):
        assert one in found

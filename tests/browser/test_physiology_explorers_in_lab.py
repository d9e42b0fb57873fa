"""Panels of controls as people meet them: moved by key, calm, readable, silent about nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import blank_page as blank
import pytest
from lab_window import OpenNotebook
from test_explorer_in_lab import notebook

from mgmodel.explore import explore_nmda, explore_simulation
from mgmodel.model import Model

SIZES = [(1366, 768), (1920, 1080)]
TRAITS = ("panel", "values", "reading", "picture", "progress", "screen", "error", "seq")
PANELS = ("nmda", "release", "absorption", "intake", "simulation")
OPEN = """from mgmodel import explore, load_model
model = load_model()
panel = explore.explore_{}(model)
panel"""

Opener = Callable[..., OpenNotebook]

WATCH = """
() => {
  window.bare = 0;
  window.seen = new Set();
  const look = () => {
    const image = document.querySelector('.mgm-picture');
    if (!image || !image.complete || !image.naturalWidth) window.bare += 1;
    window.seen.add(image.src);
    requestAnimationFrame(look);
  };
  look();
}
"""
"""At every frame: whether a picture stands there, and which."""

FITS = """
(number) => {
  const root = document.querySelectorAll('.mgm')[number];
  const left = root.querySelector('.mgm-frame').clientWidth;
  const image = root.querySelector('.mgm-picture');
  return image.naturalWidth && left - image.width >= 0 && left - image.width < 11;
}
"""
"""Whether the picture of a panel is as wide as its place."""
LAID_OUT = """
(root) => {
  const image = root.querySelector('.mgm-picture');
  const box = image.getBoundingClientRect();
  const corner = document.createElement('canvas').getContext('2d');
  corner.drawImage(image, 0, 0);
  return {
    natural: image.naturalWidth,
    shown: box.width,
    alt: image.alt.length,
    corner: [...corner.getImageData(1, 1, 1, 1).data].slice(0, 3),
    wide: root.scrollWidth - root.clientWidth,
    device: root.querySelector('.mgm-device').getBoundingClientRect().height,
    overlaps: [...root.querySelectorAll('.mgm-slider')].filter((slider) => {
      const [name, value] = slider.children;
      const [a, b] = [name.getBoundingClientRect(), value.getBoundingClientRect()];
      return a.right > b.left + 1 && a.bottom > b.top + 1;
    }).length,
  };
}
"""


def answered(page: Any, text: str) -> None:
    page.wait_for_function(
        "(text) => document.querySelector('.mgm-answer').textContent.includes(text)", arg=text
    )


def test_the_arrow_keys_move_a_slider_and_the_picture_is_never_bare(
    blank_page: Any, real_model: Model
) -> None:
    widget = explore_nmda(real_model)
    blank.show(blank_page, widget, names=TRAITS)
    blank_page.evaluate(WATCH)
    slider = blank_page.get_by_label("Voltage of the membrane")
    slider.focus()
    for _ in range(10):
        blank_page.keyboard.press("ArrowRight")
    answered(blank_page, "At -30 mV")
    assert widget.state.voltage_mv == -30
    assert slider.get_attribute("aria-valuetext") == "-30 mV"
    assert blank_page.evaluate("document.activeElement.type") == "range"
    blank_page.wait_for_function("window.seen.size > 1")
    assert blank_page.evaluate("window.bare") == 0


@pytest.mark.slow
def test_bands_follow_once_the_hand_rests(blank_page: Any, real_model: Model) -> None:
    widget = explore_simulation(real_model, days=2, stress_b=0)
    blank.show(blank_page, widget, names=TRAITS)
    blank_page.get_by_label("Bands of 24 bodies").check()
    waiting = blank_page.locator(".mgm-coming")
    waiting.wait_for(state="visible")
    assert "follow as soon as nothing is moved" in waiting.inner_text()
    waiting.wait_for(state="hidden", timeout=30_000)
    assert "The band shows what the stated ranges allow" in " ".join(widget.reading["notes"])


@pytest.mark.slow
def test_an_error_in_a_callback_is_seen_by_the_reader_and_typing_leaves_the_notebook_alone(
    open_notebook: Opener, tmp_path: Path
) -> None:
    planted = (
        "from mgmodel.explore import panel_widget\n"
        "def broken(*_):\n    raise RuntimeError('planted')\n"
        "panel_widget.sheet_png = broken"
    )
    window = open_notebook(notebook(tmp_path, "panel", OPEN.format("release"), planted))
    slider = window.explorer.get_by_label("Magnesium at the nerve ending")
    slider.focus()
    for key in ("b", "m", "d", "d", "ArrowLeft"):
        window.page.keyboard.press(key)
    alert = window.explorer.get_by_role("alert")
    alert.wait_for(state="visible")
    assert "RuntimeError: planted" in alert.inner_text()
    assert window.page.locator(".jp-Notebook .jp-Cell").count() == 2
    assert window.outside == []


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["1366x768", "1920x1080"])
def test_every_panel_is_drawn_for_its_window_and_theme(
    open_notebook: Opener, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    cells = [OPEN.format(name) for name in PANELS]
    window = open_notebook(notebook(tmp_path, "panels", *cells), size=size, dark=dark)
    for number in range(len(PANELS)):
        root = window.page.locator(".mgm").nth(number)
        root.scroll_into_view_if_needed()
        window.page.wait_for_function(FITS, arg=number)
        found = root.evaluate(LAID_OUT)
        # one pixel of the picture is one of the page, so that its letters keep their 13 and more
        assert found["natural"] == found["shown"]
        assert found["corner"] == ([17, 17, 17] if dark else [255, 255, 255])
        assert (found["wide"], found["overlaps"]) == (0, 0)
        assert found["device"] > 0
        assert found["alt"] > 100

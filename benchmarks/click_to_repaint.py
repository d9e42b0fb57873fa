"""From a click on a node to the repainted map, beside a pyvis page made anew for each click.

Both are measured inside the page, in one JupyterLab, on the whole map: from the pointer going down
to the frame that shows the answer. Run it with `python benchmarks/click_to_repaint.py`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import lab_window  # noqa: E402

CLICKS, RERENDERS = 40, 12
DOUBLE_CLICK_MS = 340  # two clicks nearer than this on one spot would be a double click

CELLS = (
    """import html
import ipywidgets
from IPython.display import HTML, display
from mgmodel import load_model
from mgmodel.explore import explore_map
from mgmodel.network_view import network_spec, to_pyvis
model = load_model()
widget = explore_map(model, view="whole", source="serum_magnesium", target="norepinephrine")
widget""",
    """import warnings
warnings.simplefilter("ignore")
out, button = ipywidgets.Output(), ipywidgets.Button(description="again")
spec, turn = network_spec(model, view="whole"), 0

def again(_):
    global turn
    turn += 1
    for node in spec["nodes"]:
        node["color"] = {"background": ["#AED6F1", "#F5B183"][turn % 2], "border": "#4A4A4A"}
    page = html.escape(to_pyvis(spec).generate_html())
    with out:
        out.clear_output(wait=True)
        display(HTML(f'<iframe srcdoc="{page}" width="940" height="560"></iframe>'))

button.on_click(again)
button.add_class("again")
again(None)
display(button, out)""",
)

CLOCK = """
() => {
  window.times = [];
  let start = null;
  document.addEventListener('pointerdown', () => { start = performance.now(); }, true);
  const root = document.querySelector('.mgm');
  new MutationObserver(() => {
    if (start !== null && root.contains(document.activeElement?.closest?.('.mgm') ?? root))
      window.times.push(performance.now() - start);
    start = null;
  }).observe(root, { attributes: true, attributeFilter: ['data-seq'] });
  window.rerenders = [];
  let canvas = null;
  const look = () => {
    const frames = [...document.querySelectorAll('iframe[srcdoc]')];
    const now = frames.map((one) => one.contentDocument?.querySelector('canvas')).find(Boolean);
    if (now && now !== canvas) {
      if (canvas && start !== null) window.rerenders.push(performance.now() - start);
      if (canvas) start = null;
      canvas = now;
    }
    requestAnimationFrame(look);
  };
  look();
}
"""


def measure(window: lab_window.OpenNotebook) -> tuple[list[float], list[float]]:
    """Milliseconds of each click on the explorer, and of each pyvis page."""
    page = window.page
    page.wait_for_function(
        "() => document.querySelector('iframe[srcdoc]')?.contentDocument?.querySelector('canvas')"
    )
    window.explorer.locator(".mgm-scroll").scroll_into_view_if_needed()
    page.evaluate(CLOCK)
    for number in range(CLICKS):
        node = nodes_in_sight(window)[number // 2 % 6]
        before = window.seq()
        page.mouse.click(
            *window.explorer.evaluate("(root, id) => Object.values(root.mgm.pixelOf(id))", node)
        )
        window.until_painted(before)
        page.wait_for_timeout(DOUBLE_CLICK_MS)
    button = page.locator(".again").first
    button.scroll_into_view_if_needed()
    for _ in range(RERENDERS):
        before = page.evaluate("() => window.rerenders.length")
        button.click()
        page.wait_for_function("(before) => window.rerenders.length > before", arg=before)
        page.wait_for_timeout(DOUBLE_CLICK_MS)
    return page.evaluate("() => window.times"), page.evaluate("() => window.rerenders")


def nodes_in_sight(window: lab_window.OpenNotebook) -> list[str]:
    """Ids of nodes whose middle is inside the visible part of the drawing."""
    found: list[str] = window.explorer.evaluate("""root => {
      const box = root.querySelector('.mgm-scroll').getBoundingClientRect();
      return root.mgm.network().body.nodeIndices.filter((id) => {
        const { x, y } = root.mgm.pixelOf(id);
        return x > box.left + 9 && x < box.right - 30 && y > Math.max(box.top, 110) + 9
          && y < Math.min(box.bottom, window.innerHeight - 40) - 9;
      });
    }""")
    return found


def notebook(folder: Path) -> Path:
    """The two cells as a notebook."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "click_to_repaint.ipynb"
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def row(name: str, times: list[float]) -> str:
    """One line of the table."""
    ordered = sorted(times)
    middle, high = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:34}{len(times):>4}{middle:>9.1f}{high:>9.1f}{ordered[-1]:>9.1f}"


def main() -> int:
    """Print the table; exit 1 where the explorer takes more than a tenth of a pyvis page."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with lab_window.browser() as chromium, lab_window.jupyterlab(folder) as lab:
            window = lab_window.open_in_lab(chromium, lab, notebook(folder))
            clicks, pages = measure(window)
            window.close()
    print(f"{'milliseconds':34}{'n':>4}{'median':>9}{'p95':>9}{'max':>9}")
    print(row("click on a node of the explorer", clicks))
    print(row("pyvis page made anew", pages))
    ratio = statistics.median(clicks) / statistics.median(pages)
    print(f"ratio of the medians: {ratio:.3f} (goal: at most 0.1)")
    return 0 if ratio <= 0.1 else 1


if __name__ == "__main__":
    sys.exit(main())

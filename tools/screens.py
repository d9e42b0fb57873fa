"""Make every named screenshot of the explorer and the lessons; called by `run.py screens FOLDER`.

Each is taken of a whole JupyterLab window, in two sizes, light and dark, as a reader sees it:
`explorer-VIEW-SIZE-THEME.png` for every view of the map, `switched-off-...` for the core map
without the N-type calcium channel, `panel-NAME-...` for the explorers of the physiology, and
`lesson-NN-...` for each lesson at its first explorer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import lab_window

from mgmodel.datafiles import load_model

SIZES = ((1366, 768), (1920, 1080))
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SETTLED = 700  # milliseconds after which a new size or theme has been painted
EXPLORER = """from mgmodel import load_model
from mgmodel.explore import explore_map

explore_map(load_model(), view="{view}"{more})"""
PANEL = """from mgmodel import explore, load_model

panel = explore.{call}
panel.refine()
panel"""
PANELS = {
    "nmda": "explore_nmda(load_model())",
    "release": "explore_release(load_model())",
    "absorption": 'explore_absorption(load_model(), day_mg=300, meals=1, form="oxide")',
    "intake": "explore_intake(load_model())",
    "simulation": "explore_simulation(load_model(), days=7, infusion_a_g=20, stress_b=2, "
    "lasting_hours=24, bands=True)",
    "simulation-stress": "explore_simulation(load_model(), days=2, stress_a=1, stress_b=1, "
    'lasting_hours=6, feedback_b="both", curves="stress")',
}
"""Each explorer of the physiology on a state that shows something."""


def explorer(view: str, more: str = "") -> nbformat.NotebookNode:
    """Give a notebook that shows one explorer and nothing else."""
    return one_cell(EXPLORER.format(view=view, more=more))


def one_cell(source: str) -> nbformat.NotebookNode:
    """Give a notebook of one code cell."""
    cell = nbformat.v4.new_code_cell(source, id="explorer")
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})


def made_for_it(folder: Path) -> Iterator[Path]:
    """Write a notebook for each view, one with a node switched off, and one for each panel."""
    books = {
        f"explorer-{view}": explorer(view)
        for view in ("core", "whole", *load_model().library.info.pathways)
    }
    off = ', source="serum_magnesium", target="norepinephrine", '
    off += 'switched_off=["n_type_calcium_channel"]'
    books["switched-off"] = explorer("core", off)
    books |= {f"panel-{name}": one_cell(PANEL.format(call=call)) for name, call in PANELS.items()}
    for name, book in books.items():
        path = folder / f"{name}.ipynb"
        path.write_text(nbformat.writes(book), encoding="utf-8")
        yield path


def lessons(folder: Path) -> Iterator[Path]:
    """Copy each lesson that shows an explorer, under the name of its screenshots."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        if "explore_map(" in text:
            copy = folder / f"lesson-{path.name[:2]}.ipynb"
            copy.write_text(text, encoding="utf-8")
            yield copy


def take(window: Any, name: str, folder: Path) -> None:
    """Take the screenshots of one window, in all sizes and themes."""
    for theme, title in THEMES.items():
        window.page.evaluate(lab_window.CHANGE_THEME, title)
        for width, height in SIZES:
            window.page.set_viewport_size({"width": width, "height": height})
            window.page.wait_for_timeout(SETTLED)
            window.explorer.evaluate("root => root.scrollIntoView({block: 'start'})")
            window.page.wait_for_timeout(SETTLED)
            path = folder / f"{name}-{width}x{height}-{theme}.png"
            window.page.screenshot(path=path)
            print(path.name, flush=True)


def main(folder: Path) -> int:
    """Take all screenshots."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="mgmodel-") as home,
        lab_window.jupyterlab(Path(home)) as lab,
        lab_window.browser() as chromium,
    ):
        sources = Path(home, "sources")
        sources.mkdir()
        for notebook in (*made_for_it(sources), *lessons(sources)):
            window = lab_window.open_in_lab(chromium, lab, notebook)
            take(window, notebook.stem, folder)
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

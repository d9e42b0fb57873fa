"""Make every named screenshot of the explorer and the lessons; called by `run.py screens FOLDER`.

Each is taken as a reader sees it, in two sizes of the window. Those of the explorer are named in
`screen_list.py`: `NAME-SIZE.png`, in JupyterLab, as a talk in Voila, and as a hand-out from the
disk. `panel-NAME-...` are the explorers of the physiology and `sheet-NAME-...` the worksheets, in
light and dark. `lesson-NN-K-...` is the explorer number K of a lesson, and `reader-NN.png` the
whole lesson as it is read where no kernel runs.
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
import servers
from nbconvert import HTMLExporter
from screen_list import NARROW, SCENES, SCREENS, SIZES, SOURCE, TARGET, Screen

from mgmodel.datafiles import load_model
from mgmodel.explore import explore_map, export_html

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SETTLED = 700  # milliseconds after which a new size or theme has been painted
EXPLORER = f"""from mgmodel import load_model
from mgmodel.explore import explore_map

explore_map(load_model(), source="{SOURCE}", target="{TARGET}")"""
TALK = ROOT / "notebooks" / "presenting" / "the_vicious_circle.ipynb"
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
SHEET = """import mgmodel as mg
from mgmodel import explore, load_model

sheet = explore.{call}
{done}
sheet"""
PREDICT = (
    'explore_prediction(load_model(), mg.KnockOut("acth"), mg.Press("psychological_stressor"), '
    'nodes=("cortisol", "crh"), view="hpa_axis")'
)
PREDICT_CORE = (
    'explore_prediction(load_model(), mg.Press("serum_magnesium"), '
    'nodes=("norepinephrine", "cortisol", "nmda_receptor"))'
)
DRAFT = (
    'explore_draft(load_model(), text="CRH -> ACTH\\nACTH -> cortisol\\ncortisol -| CRH\\n'
    'serum magnesium lowers norepinephrine\\nmagnesium -> stress\\ncortisol -> sleep")'
)
GUESS = 'sheet.hint(); sheet.guess("turned", "crh", "acth"); sheet.give_up()'
SHEETS = {
    "predict": (PREDICT, ""),
    "predict-hint": (PREDICT, 'sheet.predict("cortisol", "falls"); sheet.hint("crh")'),
    "predict-committed": (
        PREDICT,
        'sheet.predict("cortisol", "falls"); sheet.predict("crh", "falls", 3); sheet.commit()',
    ),
    "predict-core": (PREDICT_CORE, ""),
    "predict-core-committed": (
        PREDICT_CORE,
        '[sheet.predict(each.node, "falls") for each in sheet.state.guesses]; sheet.commit()',
    ),
    "quiz": ("explore_quiz(load_model(), seed=3)", ""),
    "quiz-checked": ("explore_quiz(load_model(), seed=3)", "sheet.choose(0, 1); sheet.check()"),
    "hunt": ("explore_hunt(load_model())", ""),
    "hunt-given-up": ("explore_hunt(load_model())", GUESS),
    "draft": ("explore_draft(load_model())", ""),
    "draft-compared": (DRAFT, "sheet.compare()"),
}
"""Each worksheet: how it is opened, and what was done on it."""

ACT = """
async (root, [action, value]) => {
  const before = Number(root.dataset.seq);
  root.mgm.act(action, value);
  while (Number(root.dataset.seq) <= before) await new Promise(requestAnimationFrame);
}
"""
OPEN_TAB = "(root, name) => root.querySelector(`[role=tab][id$='-tab-${name}']`).click()"


def one_cell(source: str) -> nbformat.NotebookNode:
    """Give a notebook of one code cell."""
    cell = nbformat.v4.new_code_cell(source, id="explorer")
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})


def written(folder: Path, name: str, source: str) -> Path:
    """Write a notebook of one cell."""
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(one_cell(source)), encoding="utf-8")
    return path


def panels_and_sheets(folder: Path) -> Iterator[Path]:
    """Write a notebook for each panel and sheet."""
    for name, call in PANELS.items():
        yield written(folder, f"panel-{name}", PANEL.format(call=call))
    for name, (call, done) in SHEETS.items():
        yield written(folder, f"sheet-{name}", SHEET.format(call=call, done=done))


def save(page: Any, folder: Path, name: str) -> None:
    """Take one picture of the window as it stands."""
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=folder / f"{name}.png")
    print(f"{name}.png", flush=True)


def in_sizes(page: Any, folder: Path, name: str, sizes: Any = SIZES, show: Any = None) -> None:
    """Take a picture in every size; `show` brings what it is about into sight."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(SETTLED)
        if show:
            show()
        save(page, folder, f"{name}-{width}x{height}")


def prepare(page: Any, explorer: Any, screen: Screen) -> None:
    """Bring an explorer to what a screen shows, from wherever it was."""
    theme = THEMES["dark" if screen.dark else "light"]
    if page.evaluate("() => 'jupyterapp' in window"):
        page.evaluate(lab_window.CHANGE_THEME, theme)
    for act in (("step", 0), ("language", screen.language), *screen.acts):
        explorer.evaluate(ACT, act)
    explorer.evaluate(OPEN_TAB, screen.tab or "paths")


def in_lab(window: Any, folder: Path) -> None:
    """The screens of the explorer in JupyterLab."""
    page, explorer = window.page, window.explorer
    for screen in SCREENS:
        prepare(page, explorer, screen)
        # where the panel stands below the drawing, it is the panel that the picture is of
        part = ".mgm-tabs" if screen.of_panel else ".mgm-bar"
        shown = f"root => root.querySelector('{part}')?.scrollIntoView({{block: 'nearest'}})"

        def show(shown: str = shown) -> None:
            explorer.evaluate("root => root.scrollIntoView({block: 'start'})")
            explorer.evaluate(shown)

        in_sizes(page, folder, screen.name, show=show)


def on_stage(chromium: Any, address: str, folder: Path) -> None:
    """The talk, as `run.py present` shows it."""
    for width, height in SIZES:
        with servers.window_on(chromium, address, size=(width, height)) as window:
            for name, scene in SCENES.items():
                window.explorer.evaluate(ACT, ["scene", scene])
                save(window.page, folder, f"projector-{name}-{width}x{height}")


def of_the_file(chromium: Any, source: Path, folder: Path) -> None:
    """A hand-out: in a large window, in a narrow one, and on paper."""
    explorer = explore_map(load_model(), source=SOURCE, target=TARGET)
    explorer.switch_off("n_type_calcium_channel")
    file = export_html(explorer, source / "stress_and_magnesium.html")
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".mgm[data-seq]")
    in_sizes(page, folder, "hand-out")
    in_sizes(page, folder, "narrow", NARROW)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.pdf(path=folder / "print.pdf", prefer_css_page_size=True)
    page.set_viewport_size({"width": 1010, "height": 1300})  # one page, upright
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    save(page, folder, "print")
    page.close()


def take_in_themes(window: Any, name: str, folder: Path) -> None:
    """Take the screenshots of one window, in all sizes and themes."""
    for theme, title in THEMES.items():
        window.page.evaluate(lab_window.CHANGE_THEME, title)
        for width, height in SIZES:
            window.page.set_viewport_size({"width": width, "height": height})
            window.page.wait_for_timeout(SETTLED)
            window.explorer.evaluate("root => root.scrollIntoView({block: 'start'})")
            save(window.page, folder, f"{name}-{width}x{height}-{theme}")


def in_a_lesson(chromium: Any, lab: Any, path: Path, folder: Path) -> None:
    """All explorers of one lesson that was run."""
    window = lab_window.open_in_lab(chromium, lab, path)
    explorers = window.page.locator(window.shown)
    for number in range(explorers.count()):
        one = explorers.nth(number)

        def show(one: Any = one) -> None:
            one.evaluate("root => root.scrollIntoView({block: 'start'})")

        in_sizes(window.page, folder, f"lesson-{path.name[:2]}-{number}", show=show)
    window.close()


def unrun(chromium: Any, path: Path, folder: Path) -> None:
    """A lesson on paper: its texts, its code and what it stores, in one long picture."""
    text, _ = HTMLExporter().from_filename(str(path))
    context = chromium.new_context(viewport={"width": 1000, "height": 900}, offline=True)
    page = context.new_page()
    page.set_content(text)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=folder / f"reader-{path.name[:2]}.png", full_page=True)
    print(f"reader-{path.name[:2]}.png", flush=True)
    context.close()


def main(folder: Path) -> int:
    """Take all screenshots."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="mgmodel-") as home,
        lab_window.browser() as chromium,
    ):
        sources = Path(home, "sources")
        sources.mkdir()
        of_the_file(chromium, sources, folder)
        stage = Path(home, "stage")
        stage.mkdir()
        with servers.voila(stage, TALK) as address:
            on_stage(chromium, address, folder)
        with lab_window.jupyterlab(Path(home)) as lab:
            explorer = written(sources, "explorer", EXPLORER)
            window = lab_window.open_in_lab(chromium, lab, explorer)
            in_lab(window, folder)
            window.close()
            for notebook in panels_and_sheets(sources):
                window = lab_window.open_in_lab(chromium, lab, notebook)
                take_in_themes(window, notebook.stem, folder)
                window.close()
            for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
                unrun(chromium, lesson, folder)
                in_a_lesson(chromium, lab, lesson, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""The scripts and styles of our pages, whoever their host is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

__all__ = [
    "SCRIPTS",
    "STYLES",
    "VIS_NETWORK",
    "page_script",
    "page_styles",
    "static",
    "vis_network_file",
]

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
"""The browser library inside the pyvis package; it is read from there, not copied."""

SCRIPTS = (
    *("dom.js", "equations.js", "engine.js"),
    *("state.js", "codes.js", "history.js"),
    *("words.js", "answers.js", "deciding.js", "why.js"),
    *("arrows.js", "canvas.js", "boards.js", "portrait.js", "legend.js", "bar.js", "walk.js"),
    *("grid.js", "finder.js", "lists.js", "dossier.js", "chronicle.js", "tables.js", "tabs.js"),
    *("stage.js", "memory.js", "reasoner.js", "screen.js", "page.js"),
)
"""Our own scripts. They only define names, so their order matters to readers alone."""
STYLES = ("explorer.css", "panels.css", "stage.css")


def static(*names: str) -> str:
    """Our own scripts or styles by name, one after the other."""
    folder = files("mgmodel.explore") / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def vis_network_file() -> Path:
    """Where the installed pyvis keeps its vis-network; pyvis itself is not imported for it."""
    found = find_spec("pyvis")
    if found is None or found.origin is None:
        msg = "pyvis is not installed; the explorer draws with the vis-network that it brings."
        raise ModuleNotFoundError(msg)
    return Path(found.origin).parent / VIS_NETWORK


@cache
def page_script() -> str:
    """One script: vis-network kept to itself, then ours; it ends by defining `openPage`."""
    library = vis_network_file().read_text(encoding="utf-8").split("\n//# sourceMappingURL")[0]
    # called with a module object of its own, the library neither sees AMD nor touches the window
    wrapped = (
        "const __vis = { exports: {} };\n(function (exports, module, define) {\n"
        f"{library}\n}}).call(globalThis, __vis.exports, __vis, undefined);\n"
        "const { Network, DataSet } = __vis.exports;\n"
    )
    return wrapped + static(*SCRIPTS)


@cache
def page_styles() -> str:
    """The styles of the page."""
    return static(*STYLES)

"""The explorer as one widget: pyvis's own vis-network and our panel, in one piece of page.

Each method here does what a click or a key does, by the same way, so that a notebook can drive
every control and its test sees every error.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from mgmodel.explore import picture
from mgmodel.explore.bindings import ViewBox
from mgmodel.explore.shown import Shown, shown
from mgmodel.explore.state import View
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import ensemble_of
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.routes import Routes

__all__ = ["VIS_NETWORK", "MapWidget"]

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
"""The browser library inside the pyvis package; it is read from there, not copied."""

_KEEP: Any = object()


def vis_network_file() -> Path:
    """Where the installed pyvis keeps its vis-network; pyvis itself is not imported for it."""
    found = find_spec("pyvis")
    if found is None or found.origin is None:
        msg = "pyvis is not installed; the explorer draws with the vis-network that it brings."
        raise ModuleNotFoundError(msg)
    return Path(found.origin).parent / VIS_NETWORK


@cache
def _script() -> str:
    """One ECMAScript module: vis-network kept to itself, then our own files."""
    library = vis_network_file().read_text(encoding="utf-8").split("\n//# sourceMappingURL")[0]
    # called with a module object of its own, the library neither sees AMD nor touches the window
    wrapped = (
        "const __vis = { exports: {} };\n(function (exports, module, define) {\n"
        f"{library}\n}}).call(globalThis, __vis.exports, __vis, undefined);\n"
        "const { Network, DataSet } = __vis.exports;\n"
    )
    return wrapped + "\n".join(map(_static, ("picture.js", "panel.js", "explorer.js")))


def _static(name: str) -> str:
    return (files("mgmodel.explore") / "static" / name).read_text(encoding="utf-8")


class MapWidget(anywidget.AnyWidget):
    """The drawn map: switch nodes off, follow paths, read why.

    `mgmodel.explore.explore_map` makes one. Show the same widget again rather than making another:
    each carries the browser library, about half a megabyte.

    Parameters
    ----------
    model
        The whole map; every answer comes from all of it.
    view
        What is chosen at the start.

    Raises
    ------
    UnknownId, ValueError
        The View cannot be had on this map.
    """

    _esm = _script()
    _css = _static("explorer.css")
    map = traitlets.Dict().tag(sync=True)
    looks = traitlets.Dict().tag(sync=True)
    drawing = traitlets.Dict().tag(sync=True)
    node_state = traitlets.Bytes().tag(sync=True)
    edge_state = traitlets.Bytes().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    seq = traitlets.Int().tag(sync=True)

    def __init__(self, model: Model, view: View) -> None:
        self._model = model
        self._box = ViewBox(lambda view: shown(model, ensemble_of(model), view), view)
        self._png: tuple[View, bytes] | None = None
        super().__init__(**self._page(self._box.shown, whole=True))
        self._box.observe(self._show, "shown")
        self._box.observe(self._show_error, "error")
        self.on_msg(lambda _widget, message, _buffers: self._heard(message))

    # What a person can do

    def click(self, node: str) -> None:
        """A click on a node in the drawing; what it does is the choice of `click_means`."""
        self._act("click", node)

    def click_means(self, what: str) -> None:
        """What a click on a node does from now on: switch_off, hold, source or target."""
        self._act("click_means", what)

    def switch_off(self, *nodes: str) -> None:
        """Take nodes to be absent, as their ticks "Switch off" do."""
        for node in nodes:
            self._act("switch_off", node)

    def hold(self, *nodes: str) -> None:
        """Hold nodes at baseline: nothing passes through them, and nothing else happens."""
        for node in nodes:
            self._act("hold", node)

    def restore(self, *nodes: str) -> None:
        """Let nodes be, whether they were switched off or held."""
        for node in nodes:
            self._act("restore", node)

    def choose(
        self, *, source: str | None = _KEEP, target: str | None = _KEEP, push: int = _KEEP
    ) -> None:
        """Ask another question; what is not named stays. None takes a choice back.

        Parameters
        ----------
        source
            The node that is pushed.
        target
            The node asked about.
        push
            +1 raises the source, -1 lowers it.
        """
        wanted: dict[str, Any] = {"source": source, "target": target, "push": push}
        changes = {name: value for name, value in wanted.items() if value is not _KEEP}
        self._box.change(lambda view: replace(view, **changes, route=None))

    def draw(self, view: str) -> None:
        """Draw another part of the map: "core", "whole" or the id of a pathway."""
        self._act("draw", view)

    def highlight(self, path: int | None) -> None:
        """Highlight a path of the list, counted from 0; None takes the highlight away."""
        self._act("highlight", path)

    def card(self, edge: str | None) -> None:
        """Open the claim card of an arrow; None closes it."""
        self._act("card", edge)

    def speak(self, language: str) -> None:
        """Say everything in "en", "nl" or "sv"."""
        self._act("language", language)

    def reset(self) -> None:
        """The question of the start again; drawing and language stay."""
        self._act("reset")

    def press(self, action: str, value: Any = None) -> None:
        """One act by its name in `mgmodel.explore.state.ACTIONS`, by the way that the page takes.

        What goes wrong is said in the error line, as for a reader; with MGMODEL_STRICT=1 it is
        raised too.
        """
        self._heard({"do": action, "value": value})

    def show_view(self, view: View) -> None:
        """Show another View as a whole, for instance one that was kept."""
        self._box.change(lambda _now: view)

    # What is shown

    @property
    def model(self) -> Model:
        """The whole map."""
        return self._model

    @property
    def view(self) -> View:
        """Everything that is chosen."""
        return self._box.view

    @property
    def status(self) -> str:
        """What the status line says: the answer, how far the push carries, what is off or held."""
        said = self._box.shown
        return " ".join(filter(None, (said.answer, said.status)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences on the screen, in reading order."""
        return self._box.shown.sentences

    @property
    def paths(self) -> Routes:
        """All paths from source to target that meet no fixed node."""
        return self._box.shown.routes

    @property
    def response(self) -> Response:
        """What the question does to every node."""
        return self._box.shown.response

    def __repr__(self) -> str:
        view = self.view
        return (
            f"MapWidget({len(self._model.nodes)} nodes, {len(self._model.edges)} arrows, "
            f"{len(view.switched_off)} switched off, {len(view.held)} held at baseline)"
        )

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        # a reader without a kernel sees the picture; one who sees no picture reads the text
        data["text/plain"] = "\n".join((repr(self), *filter(None, (self.status,))))
        data["image/png"] = self._picture()
        return data, metadata

    # The same, for the page

    def _act(self, action: str, value: Any = None) -> None:
        self._box.act(action, value)

    def _heard(self, message: dict[str, Any]) -> None:
        try:
            self._box.act_from_page(message)
        finally:
            if self.error:
                self.seq += 1  # the page shows the true state of its controls again

    def _show(self, change: Any) -> None:
        page = self._page(change.new, before=change.old)
        with self.hold_sync():
            for name, value in page.items():
                setattr(self, name, value)
            self.seq += 1

    def _show_error(self, change: Any) -> None:
        self.error = change.new

    def _page(self, now: Shown, *, before: Shown | None = None, whole: bool = False) -> Any:
        """The traits for what is shown now; large ones only where they differ from before."""
        view, model = now.view, self._model
        old = before.view if before and not whole else None
        page: dict[str, Any] = {
            "node_state": picture.node_numbers(model, now),
            "edge_state": picture.edge_numbers(model, now),
            "shown": picture.texts(now),
        }
        if old is None or old.language != view.language:
            page["map"] = picture.map_words(model, view.language)
            page["looks"] = picture.looks(view.language)
        if old is None or (old.drawing, old.language) != (view.drawing, view.language):
            page["drawing"] = picture.drawing(model, view.drawing, view.language)
        return page

    def _picture(self) -> bytes:
        from mgmodel.figures import map_png

        if self._png is None or self._png[0] != self.view:
            view = self.view
            png = map_png(
                self._model,
                view=view.drawing,
                language=view.language,
                response=self.response,
                removed=view.fixed,
            )
            self._png = (view, png)
        return self._png[1]

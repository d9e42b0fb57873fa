"""The explorer as one widget: pyvis's own vis-network and our page, in one piece of script.

Each method here does what a click or a key does, by the same way, so that a notebook can drive
every control and its test sees every error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import traitlets

from mgmodel.explore.atlas import atlas
from mgmodel.explore.bindings import ViewBox
from mgmodel.explore.book import book
from mgmodel.explore.codes import MAP_SIGNS, as_file
from mgmodel.explore.frames import picture_of, write_picture
from mgmodel.explore.history import History, as_state, begun, step_labels, stepped
from mgmodel.explore.pages import page_script, page_styles, static
from mgmodel.explore.shown import Shown, explorer_ensemble
from mgmodel.explore.views import View
from mgmodel.explore.widget_base import Explorer
from mgmodel.figures import FigureOptions
from mgmodel.inquiry.reasons import why
from mgmodel.model import Model
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.routes import Routes
from mgmodel.wording import in_words

__all__ = ["MapWidget"]

_KEEP: Any = object()
_PAGES = 8
"""Pages whose last act is remembered; one that was closed is never asked about again."""


class MapWidget(Explorer):
    """The drawn map: switch nodes off, follow paths, read why.

    `mgmodel.explore.explore_map` makes one. Show the same widget again rather than making another:
    each carries the browser library, about half a megabyte.

    Parameters
    ----------
    model
        The whole map; every answer comes from all of it.
    view
        What is chosen at the start.
    stage
        The scenes of a talk, as `mgmodel.explore.present` writes them; None for no talk.
    scene
        The scene that the view belongs to, counted from 0.

    Raises
    ------
    UnknownId, ValueError
        The View cannot be had on this map.
    """

    _esm = page_script() + static("widget.js")
    _css = page_styles()
    _box: ViewBox
    atlas = traitlets.Dict().tag(sync=True)
    book = traitlets.Dict().tag(sync=True)
    card = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    stage = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        model: Model,
        view: View,
        *,
        stage: Mapping[str, Any] | None = None,
        scene: int | None = None,
    ) -> None:
        self._model = model
        self._pages: dict[str, int] = {}
        self._codes: dict[View, str] = {}
        self._png: tuple[View, bytes] | None = None
        box = ViewBox(model, replace(begun(view), scene=scene), stage)
        told = None if stage is None else dict(stage)
        super().__init__(box, atlas=atlas(model, explorer_ensemble(model)), stage=told)
        self.observe(lambda change: setattr(self._box, "stage", change.new), "stage")

    # What a person can ask

    def click(self, node: str) -> None:
        """A click on a node in the drawing; what it does is the choice of `click_means`."""
        self._act("click", node)

    def click_means(self, what: str) -> None:
        """What a click on a node does from now on: switch_off, hold, source or target."""
        self._act("click_means", what)

    def switch_off(self, *nodes: str) -> None:
        """Take nodes to be absent."""
        self._each("switch_off", nodes)

    def hold(self, *nodes: str) -> None:
        """Hold nodes at baseline: nothing passes through them, and nothing else happens."""
        self._each("hold", nodes)

    def restore(self, *nodes: str) -> None:
        """Let nodes be, whether they were switched off or held."""
        self._each("restore", nodes)

    def cut(self, *arrows: str) -> None:
        """Leave arrows out of the question."""
        self._each("cut", arrows)

    def flip(self, *arrows: str) -> None:
        """Turn the sign of arrows round, to see what hangs on it."""
        self._each("flip", arrows)

    def mend(self, *arrows: str) -> None:
        """Take arrows as they are drawn, whether they were cut or turned round."""
        self._each("mend", arrows)

    def raise_bar(self, bar: str) -> None:
        """Reason only over arrows that pass this bar on evidence.

        Parameters
        ----------
        bar
            A word of `mgmodel.vocabulary.EvidenceBar`: "documents" lets every arrow pass,
            "not_contradicted" the fewest.
        """
        self._act("evidence", bar)

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
        self._step(lambda view: replace(view, **changes, route=None))

    # What a person can look at

    def draw(self, view: str) -> None:
        """Draw another part of the map: "core", "whole" or the id of a pathway."""
        self._act("draw", view)

    def focus(self, node: str | None, *, steps: int = 1, way: str = "both") -> None:
        """Dim all but the neighbours of a node; None brings everything back.

        Parameters
        ----------
        node
            The middle of what stays bright.
        steps
            How many arrows away is still near: 1, 2 or 3.
        way
            "up" for its causes, "down" for its effects, or "both".
        """
        self._step(lambda view: replace(view, focus=node, steps=steps, way=way))

    def filter_layers(self, *layers: str) -> None:
        """Dim the arrows of these kinds of statement, and of no others."""
        self._step(lambda view: replace(view, without_layers=tuple(dict.fromkeys(layers))))

    def hide(self, *parts: str) -> None:
        """Do not paint these nodes and arrows; answers still come from the whole map."""
        self._act("hide", parts)

    def show(self, *parts: str) -> None:
        """Paint hidden nodes and arrows again; all of them, where none is named."""
        self._act("show", parts or None)

    def highlight(self, path: int | None) -> None:
        """Highlight a path of the list, counted from 0; None takes the highlight away."""
        self._act("highlight", path)

    def highlight_loop(self, loop: int | None) -> None:
        """Highlight a loop of the list, counted from 0; None takes the highlight away."""
        self._act("loop", loop)

    def open_card(self, edge: str | None) -> None:
        """Open the claim card of an arrow; None closes it."""
        self._act("card", edge)

    def why(self, node: str | None) -> str:
        """Open the reasons for what a node does, and say them; None closes them."""
        self._act("why", node)
        if node is None:
            return ""
        asked = self.response.interventions
        ensemble = explorer_ensemble(self._model)
        found = why(self._model, node, *asked, ensemble=ensemble)
        return in_words(found, self.view.language)

    def keep(self) -> None:
        """Keep the present View beside the one that is worked on, to compare the two."""
        self._act("beside", True)

    def compare(self, view: View | None) -> None:
        """Show another View beside this one; None takes it away."""
        self._step(lambda now: replace(now, beside=view))

    # Steps, codes and files

    def undo(self) -> None:
        """One step back; at the first one, nothing."""
        self._act("undo")

    def redo(self) -> None:
        """One step on; at the last one, nothing."""
        self._act("redo")

    def show_view(self, view: View) -> None:
        """Show another View as a whole, for instance one that was kept."""
        self._step(lambda _now: view)

    def open_code(self, code: str) -> None:
        """Show the View that has this short code on this map."""
        self._act("code", code)

    def save_view(self, path: str | Path) -> None:
        """Write the present View to a small file, with everything in words."""
        Path(path).write_text(as_file(self._model, self.view) + "\n", encoding="utf-8")

    def load_view(self, path: str | Path) -> tuple[str, ...]:
        """Show the View of a file, and tell in sentences what of it this map has not."""
        self._act("file", Path(path).read_text(encoding="utf-8"))
        return tuple(note.in_language(self.view.language) for note in self._history.notes)

    def save_picture(self, path: str | Path) -> None:
        """Write the drawing as it stands, as .png, .svg or .pdf, whichever the name ends in.

        Raises
        ------
        ValueError
            The name has another ending.
        """
        write_picture(Path(path), self._model, self._picture_asked())

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
    def history(self) -> tuple[str, ...]:
        """What each step did, the first being the start."""
        return step_labels(self._model, self._history)

    @property
    def short_code(self) -> str:
        """The code for the blackboard that opens this View in any copy of the map."""
        return self._now.short_code

    @property
    def status(self) -> str:
        """What the status line says: the answer, how far the push carries, what is off or held."""
        return " ".join(filter(None, (self._now.answer, self._now.status)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences on the screen, in reading order."""
        return self._now.sentences

    @property
    def paths(self) -> Routes:
        """All paths from source to target that meet no fixed node."""
        return self._now.routes

    @property
    def response(self) -> Response:
        """What the question does to every node."""
        return self._now.response

    @property
    def shown(self) -> Shown:
        """All that is shown, part by part."""
        return self._now

    def __repr__(self) -> str:
        view = self.view
        return (
            f"MapWidget({len(self._model.nodes)} nodes, {len(self._model.edges)} arrows, "
            f"{len(view.switched_off)} switched off, {len(view.held)} held at baseline)"
        )

    # The same, for the page

    @property
    def _now(self) -> Shown:
        return self._box.shown.now

    @property
    def _history(self) -> History:
        return self._box.shown.state

    def _each(self, action: str, values: Iterable[str]) -> None:
        for value in values:
            self._act(action, value)

    def _step(self, change: Callable[[View], View]) -> None:
        """Several choices as one step."""
        self._answered(lambda: self._box.change(lambda now: stepped(now, change(now.view))))

    def _heard(self, message: Mapping[str, Any]) -> None:
        page, number = message.get("page"), message.get("n")
        if page is not None and number is not None:
            others = [one for one in self._pages.items() if one[0] != page]
            # a new dict: what was sent last holds the old one, and must not change with it
            self._pages = dict([*others, (page, number)][-_PAGES:])
        super()._heard(message)

    def _answered(self, step: Callable[[], None]) -> None:
        with self.hold_sync():
            try:
                super()._answered(step)
            finally:
                self.state = {**self.state, "heard": self._pages}

    def _page(self) -> dict[str, Any]:
        view = self.view
        page: dict[str, Any] = {}
        if self.book.get("language") != view.language:
            page["book"] = book(self._model, view.language)
        if view.arrow is None:
            page["card"] = None
        elif not self.card or _of(self.card) != (view.arrow, view.language):
            page["card"] = {
                "edge": view.arrow,
                "language": view.language,
                "sections": [
                    {"heading": heading, "lines": list(said)} for heading, said in self._now.card
                ],
            }
        page["state"] = self._state()
        return page

    def _state(self) -> dict[str, Any]:
        """The history for the page; its codes as one text, for they are most of what is sent.

        The text begins with the mark of the map, which all codes share.
        """
        history = self._history
        state = as_state(self._model, history, self._codes)
        self._codes = dict(zip(history.views, state["codes"], strict=True))
        codes = [code.replace("-", "") for code in state["codes"]]
        packed = codes[0][:MAP_SIGNS] + " ".join(code[MAP_SIGNS:] for code in codes)
        return {**state, "codes": packed, "heard": self._pages}

    # What is left without a kernel

    def _texts(self) -> tuple[str, ...]:
        return repr(self), self.status

    def _still(self) -> bytes:
        return self.png

    @property
    def png(self) -> bytes:
        """The drawing as it stands, for who has no kernel."""
        from mgmodel.figures import map_png

        if self._png is None or self._png[0] != self.view:
            self._png = (self.view, map_png(self._model, **self._picture_asked()))
        return self._png[1]

    def _picture_asked(self) -> FigureOptions:
        frame = (self.stage or {}).get("frame")
        return picture_of(self._model, self._now, frame and tuple(frame))


def _of(card: Mapping[str, Any]) -> tuple[str, str]:
    return card["edge"], card["language"]

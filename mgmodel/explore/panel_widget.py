"""A panel of controls with one picture, as a widget: a change gives a new picture and new words.

The widget holds no logic: what can be moved and what is read stands in its `Panel`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import traitlets

from mgmodel.explore.bindings import PanelBox
from mgmodel.explore.controls import Control, Panel, PanelView, Picks, Progress, Reading, as_code
from mgmodel.explore.pages import static
from mgmodel.explore.widget_base import Explorer
from mgmodel.figures.curves import sheet_png
from mgmodel.figures.plots import sheet_in_words
from mgmodel.records import Parameter
from mgmodel.vocabulary import Language, ParameterStatus
from mgmodel.wording import in_words, word
from mgmodel.wording.catalogues import say, say_count

__all__ = ["PanelWidget"]

_WORDS = ("picture_in_words", "add", "more", "less", "keyboard_help")


@dataclass(frozen=True)
class _Shown:
    """Everything on the screen for one view."""

    state: PanelView
    controls: tuple[Control, ...]
    reading: Reading
    png: bytes


def _shown(panel: Panel, view: PanelView, progress: Progress) -> _Shown:
    if view.refined and panel.refine:
        reading = panel.refine(view.state, progress)
    else:
        reading = panel.read(view.state)
    return _Shown(view, panel.controls(view.state), reading, sheet_png(reading.sheet, view.screen))


class PanelWidget(Explorer):
    """Controls, a picture that is replaced once the next one is ready, and the same in words.

    `mgmodel.explore.explore_nmda` and its sisters make one.

    Parameters
    ----------
    panel
        How it opens, what can be moved, and what is then read.

    Raises
    ------
    UnknownId, ValueError
        It opens on a state that it cannot show.
    """

    _esm = static("dom.js", "host.js", "controls.js")
    _css = static("explorer.css", "controls.css")
    _box: PanelBox
    panel = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    reading = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    progress = traitlets.Float().tag(sync=True)
    screen = traitlets.Dict().tag(sync=True)

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        box = PanelBox(panel, lambda view: _shown(panel, view, self._progress))
        state = box.view.state
        for control in box.shown.controls:
            control.checked(getattr(state, control.name))
        super().__init__(box)

    # What a person can do

    def move(self, **choices: Any) -> None:
        """Move controls by name; what is not named stays.

        Raises
        ------
        UnknownId
            There is no such control or option.
        ValueError
            A value is out of range for its control.
        """
        for name, value in choices.items():
            self._act(name, value)

    def refine(self) -> None:
        """Show what takes seconds too, such as bands; nothing where there is nothing more."""
        self._act("refine")

    def show_state(self, state: Any) -> None:
        """Show another state as a whole, for instance one that was kept."""
        self._answered(lambda: self._box.change(lambda view: replace(view, state=state)))

    # What is shown

    @property
    def state(self) -> Any:
        """Everything that is chosen, as one frozen record."""
        return self._box.view.state

    @property
    def controls(self) -> tuple[Control, ...]:
        """What can be moved, in the order of the page."""
        found: tuple[Control, ...] = self._box.shown.controls
        return found

    @property
    def status(self) -> str:
        """The line that answers the last change."""
        return self._read.answer

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that the panel says, in reading order: answer, picture, notes, numbers."""
        now = self._read
        told = _told(now, self._box.view.language)
        said = (now.answer, sheet_in_words(now.sheet), *now.notes, self._device, *told)
        return tuple(filter(None, said))

    @property
    def png(self) -> bytes:
        """The picture as it is shown."""
        found: bytes = self._box.shown.png
        return found

    @property
    def _read(self) -> Reading:
        found: Reading = self._box.shown.reading
        return found

    @property
    def _device(self) -> str:
        return say("parameter.device", self._box.view.language)

    def __repr__(self) -> str:
        chosen = (f"{one.name}={getattr(self.state, one.name)!r}" for one in fields(self.state))
        return f"PanelWidget({', '.join((self._panel.name, *chosen))})"

    def _texts(self) -> tuple[str, ...]:
        return repr(self), self.status, sheet_in_words(self._read.sheet), self._device

    def _still(self) -> bytes:
        return self.png

    # The same, for the page

    def _progress(self, done: int, total: int) -> None:
        self.progress = done / total

    def _page(self) -> dict[str, Any]:
        now: _Shown = self._box.shown
        view, language = now.state, now.state.language
        words = {key: say(f"closeup.{key}", language) for key in _WORDS}
        words |= {key: say(f"explore.{key}", language) for key in ("reset", "language", "code")}
        return {
            "panel": {
                "title": now.reading.title,
                "device": self._device,
                "language": language,
                "languages": [[str(one), say(f"language.{one}", language)] for one in Language],
                "beside": self._panel.beside,
                "words": words,
                "controls": [_described(one) for one in now.controls],
            },
            "values": {one.name: _value(one, view.state, language) for one in now.controls},
            "reading": {
                "answer": now.reading.answer,
                "unfinished": now.reading.unfinished,
                "alt": sheet_in_words(now.reading.sheet),
                "notes": list(now.reading.notes),
                "counted": _counted(now.reading, language),
                "numbers": _told(now.reading, language),
                "code": as_code(self._panel, view.state),
            },
            "picture": now.png,
            "progress": 0.0,
            "screen": {**view.screen._asdict(), "height_px": now.reading.sheet.height_px},
        }


@lru_cache(maxsize=16)
def _said(records: tuple[Any, ...], language: str) -> tuple[str, ...]:
    return tuple(in_words(one, language) for one in records)


def _told(reading: Reading, language: str) -> list[str]:
    """Each number with its value, range, status and source."""
    return list(_said(reading.numbers, language))


def _counted(reading: Reading, language: str) -> str:
    """How many of the numbers are seen, derived, assumed."""
    found = Counter(one.status for one in reading.numbers if isinstance(one, Parameter))
    if not found:
        return say_count("closeup.entries", len(reading.numbers), language)
    each = (
        f"{found[status]} {word(status, language)}" for status in ParameterStatus if found[status]
    )
    return say("closeup.numbers", language, counted="; ".join(each))


def _described(control: Control) -> dict[str, Any]:
    """What the page needs to draw a control."""
    said = {one.name: getattr(control, one.name) for one in fields(control) if one.name != "rows"}
    return {"kind": type(control).__name__.lower(), **said}


def _value(control: Control, state: Any, language: str) -> dict[str, Any]:
    value = getattr(state, control.name)
    shown = {"value": value, "said": control.said(value, language)}
    if isinstance(control, Picks):
        shown |= {"value": dict(value), "rows": list(control.rows)}
    return shown

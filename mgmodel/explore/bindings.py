"""The one observable of an explorer, and the guard that every act of a person runs through.

An act either gives a new answer, or leaves everything as it was and says why in the error line. No
error is swallowed: one from code is raised to that code, and with the environment variable
`MGMODEL_STRICT=1` one from the page is raised as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import traitlets

from mgmodel.errors import MgModelError
from mgmodel.explore import history as steps
from mgmodel.explore.codes import decode
from mgmodel.explore.controls import Panel, PanelView
from mgmodel.explore.controls import acted as panel_acted
from mgmodel.explore.history import History
from mgmodel.explore.shown import Shown, explorer_ensemble, shown, told
from mgmodel.explore.views import Refused, View
from mgmodel.explore.worksheets import Page, SheetView, Worksheet
from mgmodel.explore.worksheets import acted as sheet_acted
from mgmodel.model import Model
from mgmodel.wording.catalogues import say

__all__ = ["Box", "PanelBox", "SheetBox", "ViewBox"]


class Box(traitlets.HasTraits):
    """Holds what is shown; observe `shown` to paint it and `error` to say what went wrong.

    Parameters
    ----------
    answer
        Gives everything that is shown for a state, or raises; what it gives has that `state`.
    opening
        The state to begin with.
    """

    shown = traitlets.Any()
    error = traitlets.Unicode()
    problem: Exception | None = None
    """What went wrong in the last act; a `Refused` where it made no sense in that state."""

    def __init__(self, answer: Callable[[Any], Any], opening: Any) -> None:
        super().__init__()
        self._answer = answer
        self.shown = answer(opening)

    @property
    def state(self) -> Any:
        """What a person has chosen."""
        return self.shown.state

    @property
    def language(self) -> str:
        """The language in which everything is said."""
        raise NotImplementedError

    def act(self, action: str, value: Any = None) -> None:
        """One act from code; what goes wrong is shown and raised.

        Raises
        ------
        UnknownId
            There is no such action, node, arrow, drawing or control.
        ValueError
            The value is out of range for the action.
        """
        self.change(lambda state: self._after(state, action, value))

    def change(self, step: Callable[[Any], Any]) -> None:
        """Any change from code, as one function from state to state; errors as in `act`."""
        with self._guard(raises=True):
            self.shown = self._answer(step(self.state))

    def act_from_page(self, message: Mapping[str, Any]) -> None:
        """One message from the page; what goes wrong is shown.

        It is an act, {"do": action, "value": value}, or tells of an error of the page itself,
        {"fault": text}.
        """
        with self._guard(raises=os.environ.get("MGMODEL_STRICT") == "1"):
            if "fault" in message:
                raise MgModelError(str(message["fault"]))
            action, value = message["do"], message.get("value")
            self.shown = self._answer(self._after(self.state, action, value))

    def _after(self, state: Any, action: str, value: Any) -> Any:
        raise NotImplementedError

    @contextmanager
    def _guard(self, *, raises: bool) -> Iterator[None]:
        try:
            yield
        except Exception as problem:
            self.problem = problem
            self.error = self._in_words(problem)
            if raises:
                raise
        else:
            self.problem, self.error = None, ""

    def _in_words(self, problem: Exception) -> str:
        if isinstance(problem, Refused):
            text = problem.in_language(self.language)
        else:
            # what mgmodel raises on purpose is a sentence already; the rest is found by its kind
            planned = isinstance(problem, MgModelError | ValueError)
            text = str(problem) if planned else f"{type(problem).__name__}: {problem}"
        return say("explore.error", self.language, what=text)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where an explorer stands: all its steps, and what is shown for the present one."""

    state: History
    now: Shown


class ViewBox(Box):
    """The box of the map: its state is a history of Views, its acts are those of `history`.

    Parameters
    ----------
    model
        The whole map.
    opening
        The history to begin with; its first View is what reset comes back to.
    stage
        The scenes of a talk, as the page has them; None where there is no talk.
    """

    shown: traitlets.Instance[Standing] = traitlets.Instance(Standing)

    def __init__(
        self, model: Model, opening: History, stage: Mapping[str, Any] | None = None
    ) -> None:
        self._model = model
        self._ensemble = explorer_ensemble(model)
        self.stage = stage
        super().__init__(self._stand, opening)

    @property
    def view(self) -> View:
        """What is on the screen."""
        return self.shown.state.view

    @property
    def language(self) -> str:
        """The language of the View."""
        return self.view.language

    def _stand(self, history: History) -> Standing:
        now = shown(self._model, self._ensemble, history.view)
        told(now)  # all of it, so that what goes wrong is said now and not when it is looked at
        return Standing(history, now)

    def _after(self, state: History, action: str, value: Any) -> History:
        if action == "scene" and value is not None:
            value = (value, self._scene(value))
        return steps.acted(self._model, state, action, value)

    def _scene(self, number: Any) -> View:
        scenes = (self.stage or {}).get("scenes", {}).get(self.language, [])
        if type(number) is not int or not 0 <= number < len(scenes):
            msg = f"There is no scene number {number!r}: there are {len(scenes)}, counted from 0."
            raise ValueError(msg)
        return decode(self._model, scenes[number]["code"])


class PanelBox(Box):
    """The box of a panel of controls: acts are its controls, by name.

    Parameters
    ----------
    panel
        How it opens and what can be moved.
    answer
        Gives everything that is shown for a view, or raises.
    """

    def __init__(self, panel: Panel, answer: Callable[[PanelView], Any]) -> None:
        self._panel = panel
        super().__init__(answer, PanelView(panel.opening))

    @property
    def view(self) -> PanelView:
        """What a person has chosen."""
        found: PanelView = self.shown.state
        return found

    @property
    def language(self) -> str:
        """The language of the view."""
        return self.view.language

    def _after(self, state: PanelView, action: str, value: Any) -> PanelView:
        return panel_acted(self._panel, state, action, value)


@dataclass(frozen=True, eq=False)
class OnSheet:
    """Where a worksheet stands, and the page that is shown there."""

    state: SheetView
    page: Page


class SheetBox(Box):
    """The box of a worksheet: acts are those of the sheet, by name.

    Parameters
    ----------
    sheet
        How it opens, what can be done, and what is then to be read.
    """

    shown: traitlets.Instance[OnSheet] = traitlets.Instance(OnSheet)

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        super().__init__(self._stand, SheetView(sheet.opening))

    @property
    def view(self) -> SheetView:
        """What a person has answered."""
        return self.shown.state

    @property
    def language(self) -> str:
        """The language of the view."""
        return self.view.language

    def _stand(self, view: SheetView) -> OnSheet:
        return OnSheet(view, self._sheet.page(view.state, view.theme))

    def _after(self, state: SheetView, action: str, value: Any) -> SheetView:
        return sheet_acted(self._sheet, state, action, value)

"""The one observable of an explorer, and the guard that every act of a person runs through.

An act either gives a new answer, or leaves everything as it was and says why in the error line. No
error is swallowed: one from code is raised to that code, and with the environment variable
`MGMODEL_STRICT=1` one from the page is raised as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import traitlets

from mgmodel.errors import MgModelError
from mgmodel.explore.controls import Panel, PanelView
from mgmodel.explore.controls import acted as panel_acted
from mgmodel.explore.shown import Shown
from mgmodel.explore.state import View, acted, reset
from mgmodel.wording.catalogues import say

__all__ = ["Box", "PanelBox", "ViewBox"]


class Box(traitlets.HasTraits):
    """Holds what is shown; observe `shown` to paint it and `error` to say what went wrong.

    What is shown carries the choices that led to it as its `view`, which knows its `language`.

    Parameters
    ----------
    answer
        Gives everything that is shown for a view, or raises.
    opening
        The view to begin with.
    """

    shown = traitlets.Any()
    error = traitlets.Unicode()

    def __init__(self, answer: Callable[[Any], Any], opening: Any) -> None:
        super().__init__()
        self._answer = answer
        self.shown = answer(opening)

    @property
    def view(self) -> Any:
        """What a person has chosen."""
        return self.shown.view

    def act(self, action: str, value: Any = None) -> None:
        """One act from code; what goes wrong is shown and raised.

        Raises
        ------
        UnknownId
            There is no such action, node, arrow, drawing or control.
        ValueError
            The value is out of range for the action.
        """
        self.change(lambda view: self._after(view, action, value))

    def change(self, step: Callable[[Any], Any]) -> None:
        """Any change from code, as one function from view to view; errors as in `act`."""
        with self._guard(raises=True):
            self.shown = self._answer(step(self.view))

    def act_from_page(self, message: Mapping[str, Any]) -> None:
        """One act from the page: {"do": action, "value": value}; what goes wrong is shown."""
        with self._guard(raises=os.environ.get("MGMODEL_STRICT") == "1"):
            action, value = message["do"], message.get("value")
            self.shown = self._answer(self._after(self.view, action, value))

    def _after(self, view: Any, action: str, value: Any) -> Any:
        raise NotImplementedError

    @contextmanager
    def _guard(self, *, raises: bool) -> Iterator[None]:
        try:
            yield
        except Exception as problem:
            self.error = self._in_words(problem)
            if raises:
                raise
        else:
            self.error = ""

    def _in_words(self, problem: Exception) -> str:
        # what mgmodel raises on purpose is a sentence already; the rest is found by its kind
        planned = isinstance(problem, MgModelError | ValueError)
        text = str(problem) if planned else f"{type(problem).__name__}: {problem}"
        return say("explore.error", self.view.language, what=text)


class ViewBox(Box):
    """The box of the map: choices are a `View`, acts are those of `mgmodel.explore.state`.

    Parameters
    ----------
    answer
        Gives everything that is shown for a View, or raises.
    opening
        The View to begin with, and to come back to on reset.
    """

    shown: traitlets.Instance[Shown] = traitlets.Instance(Shown)

    def __init__(self, answer: Callable[[View], Shown], opening: View) -> None:
        self._opening = opening
        super().__init__(answer, opening)

    @property
    def view(self) -> View:
        """What a person has chosen."""
        return self.shown.view

    def _after(self, view: View, action: str, value: Any) -> View:
        if action == "reset":
            return reset(view, self._opening)
        return acted(view, action, value)


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

    def _after(self, view: PanelView, action: str, value: Any) -> PanelView:
        return panel_acted(self._panel, view, action, value)

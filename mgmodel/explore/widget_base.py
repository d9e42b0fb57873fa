"""What every explorer shares: the way of an act to its box, and of the answer to the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from mgmodel.explore.bindings import Box

__all__ = ["Explorer"]


class Explorer(anywidget.AnyWidget):
    """A widget that shows what its box holds; it computes nothing itself.

    Parameters
    ----------
    box
        Holds what is chosen and what is shown for it.
    traits
        What stays the same whatever is chosen.
    """

    error = traitlets.Unicode().tag(sync=True)
    seq = traitlets.Int().tag(sync=True)
    """Number of acts that were answered, whether done or refused."""

    def __init__(self, box: Box, **traits: Any) -> None:
        self._box = box
        super().__init__(**traits, **self._page())
        box.observe(lambda _: self._show(), "shown")
        box.observe(self._show_error, "error")
        self.on_msg(lambda _widget, message, _buffers: self._heard(message))

    # What a person can do

    def press(self, action: str, value: Any = None) -> None:
        """One act by its name, by the way that the page takes.

        What goes wrong is said in the error line, as for a reader; with MGMODEL_STRICT=1 it is
        raised too.
        """
        self._heard({"do": action, "value": value})

    def speak(self, language: str) -> None:
        """Say everything in "en", "nl" or "sv"."""
        self._act("language", language)

    def reset(self) -> None:
        """All choices as they were at the start; the language stays."""
        self._act("reset")

    @property
    def standing(self) -> Any:
        """Everything that was chosen so far, as one value to come back to with `stand`."""
        return self._box.state

    def stand(self, standing: Any) -> None:
        """Stand where it stood when `standing` was taken."""
        self._answered(lambda: self._box.change(lambda _now: standing))

    # The same, for the page

    def _act(self, action: str, value: Any = None) -> None:
        self._answered(lambda: self._box.act(action, value))

    def _heard(self, message: Mapping[str, Any]) -> None:
        self._answered(lambda: self._box.act_from_page(message))

    def _answered(self, step: Callable[[], None]) -> None:
        """One act, and one message back with all that it changed."""
        with self.hold_sync():
            try:
                step()
            finally:
                self.seq += 1  # the page shows the true state of its controls, and may ask again

    def _show(self) -> None:
        with self.hold_sync():
            for name, value in self._page().items():
                setattr(self, name, value)

    def _show_error(self, change: Any) -> None:
        self.error = change.new

    def _page(self) -> dict[str, Any]:
        """The traits for what is shown now; one that is equal to what it was is not sent."""
        raise NotImplementedError

    # What is left without a kernel

    def _texts(self) -> tuple[str, ...]:
        """What one reads who sees no picture, in lines."""
        raise NotImplementedError

    def _still(self) -> bytes | None:
        """What one sees who has no kernel, as PNG; None where nothing is drawn."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        data["text/plain"] = "\n".join(filter(None, self._texts()))
        still = self._still()
        if still is not None:
            data["image/png"] = still
        return data, metadata

"""The explorers that a notebook opens: one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

from mgmodel.explore.codes import decode
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.views import BARS, View, drawings, with_preferences
from mgmodel.model import Model

__all__ = ["explore_map"]


class MapOptions(TypedDict, total=False):
    """What `explore_map` can be asked for besides the question itself."""

    evidence: str
    """The bar that an arrow passes to be reasoned over: a word of `EvidenceBar`."""
    cut: Iterable[str]
    """Arrows that are left out of the question."""
    flipped: Iterable[str]
    """Arrows whose sign is turned round."""
    code: str
    """A short code; it says all but the language, and other choices beside it are not read."""


def explore_map(
    model: Model,
    *,
    view: str = "core",
    source: str | None = None,
    target: str | None = None,
    push: int = 1,
    switched_off: Iterable[str] = (),
    held: Iterable[str] = (),
    language: str = "en",
    **more: Unpack[MapOptions],
) -> MapWidget:
    """The drawn map, to be asked by click, by key or by code.

    Whatever part is drawn, answers come from the whole `model`.

    Parameters
    ----------
    model
        The map. For a stricter one, give `with_evidence(model, at_least=Grade.B)`.
    view
        The drawing: "core", "whole" or the id of a pathway. A map without core arrows has no core
        drawing and opens whole.
    source, target
        The question: the node that is pushed, and the node asked about.
    push
        +1 raises the source, -1 lowers it.
    switched_off, held
        Nodes taken to be absent, and nodes held at baseline.
    language
        "en", "nl" or "sv".
    **more
        See `MapOptions`: what is done to arrows, and a code to open.

    Returns
    -------
    MapWidget
        Leave it at the end of a cell to see it.

    Raises
    ------
    UnknownId, ValueError
        A node, arrow or drawing that the map does not have, choices that exclude each other, or a
        code of another map.

    Examples
    --------
    >>> chain = Model.from_edges([("magnesium", "channel", -1), ("channel", "release", 1)])
    >>> widget = explore_map(chain, source="magnesium", target="release")
    >>> widget
    MapWidget(3 nodes, 2 arrows, 0 switched off, 0 held at baseline)
    >>> widget.switch_off("channel")
    >>> widget.status  # doctest: +ELLIPSIS
    'release: falls in all weightings. No path is left from magnesium to release. ...'
    """
    code = more.pop("code", "")
    if code:
        opened = decode(model, code)
        return MapWidget(model, with_preferences(opened, click=opened.click, language=language))
    drawing = "whole" if view == "core" and "core" not in drawings(model) else view
    chosen = View(
        drawing=drawing,
        source=source,
        target=target,
        push=push,
        switched_off=_several(switched_off),
        held=_several(held),
        cut=_several(more.get("cut", ())),
        flipped=_several(more.get("flipped", ())),
        evidence=more.get("evidence", BARS[0]),
        language=language,
    )
    return MapWidget(model, chosen)


def _several(ids: Iterable[str]) -> tuple[str, ...]:
    """Each id once; one that stands alone is one id, not its letters."""
    return tuple(dict.fromkeys([ids] if isinstance(ids, str) else ids))

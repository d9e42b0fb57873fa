"""The explorers that a notebook opens: one line each."""

from __future__ import annotations

from collections.abc import Iterable

from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.state import View, drawings
from mgmodel.model import Model

__all__ = ["explore_map"]


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

    Returns
    -------
    MapWidget
        Leave it at the end of a cell to see it.

    Raises
    ------
    UnknownId, ValueError
        A node or drawing that the map does not have, or choices that exclude each other.

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
    drawing = "whole" if view == "core" and "core" not in drawings(model) else view
    off, still = (
        tuple(dict.fromkeys([nodes] if isinstance(nodes, str) else nodes))
        for nodes in (switched_off, held)
    )
    return MapWidget(
        model,
        View(
            drawing=drawing,
            source=source,
            target=target,
            push=push,
            switched_off=off,
            held=still,
            language=language,
        ),
    )

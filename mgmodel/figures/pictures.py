"""Pictures of the map for pages, slides and saved notebooks: SVG text, PNG bytes and their words.

Same places, bends and looks as on the screen, and the same bytes each time they are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

from mgmodel.figures.captions import caption
from mgmodel.figures.printing import Said, scene_pdf, scene_png, scene_svg
from mgmodel.figures.scene import Look, scene
from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, KnockOut, Press
from mgmodel.layout import Extent
from mgmodel.model import Model
from mgmodel.portrayal import PALETTES
from mgmodel.reasoning.response import Response
from mgmodel.records import Edge
from mgmodel.vocabulary import Language

__all__ = [
    "FigureOptions",
    "MapFigure",
    "alt_text",
    "map_figure",
    "map_pdf",
    "map_png",
    "map_svg",
    "write_readme_picture",
]


class FigureOptions(TypedDict, total=False):
    """What every picture can be asked for; all of it by keyword, all of it optional.

    Marks and roles are taken from `response` where they are not given: pushed nodes are sources,
    switched-off, held and clamped ones are drawn as such.
    """

    view: str
    """"core" (the default), "whole" or a pathway."""
    language: str
    theme: str
    """"light" (the default) or "dark"."""
    response: Response | None
    source: str | None
    target: str | None
    removed: Iterable[str]
    """Nodes that are switched off."""
    held: Iterable[str]
    """Nodes that are held at baseline."""
    dimmed: Iterable[str]
    """Nodes and arrows that no longer carry the effect."""
    highlight: Iterable[str]
    """Arrows of a route, in order; their nodes are marked too."""
    hidden: Iterable[str]
    """Nodes and arrows that are left out, while all others keep their places."""
    faded: Iterable[str]
    """Arrows that are taken out of the question; those that `response` cuts are as well."""
    flipped: Iterable[str]
    """Arrows whose sign is turned round; those that `response` turns are as well."""
    frame: tuple[float, float, float, float] | None
    """Left, top, width and height of what is to be seen, in layout units, legend not counted."""


def map_svg(model: Model, **options: Unpack[FigureOptions]) -> str:
    """One view of the map as an SVG document with its text alternative inside.

    No font, style sheet or address from elsewhere; readable text stays text.

    Parameters
    ----------
    model
        The whole map; `view` says what part of it is drawn.
    **options
        See `FigureOptions`.

    Raises
    ------
    UnknownId
        An id or the view is not in the model.
    ValueError
        There is no such language or theme.

    Examples
    --------
    >>> svg = map_svg(Model.from_edges([("magnesium", "stress", -1)]))
    >>> svg.startswith("<svg"), "<desc>" in svg, ">magnesium<" in svg
    (True, True, True)
    """
    look = look_of(model, options)
    title, rest = caption(model, look, _route(model, options))
    return scene_svg(scene(model, look), Said(title, rest, look.language))


def map_png(model: Model, **options: Unpack[FigureOptions]) -> bytes:
    r"""One view of the map as a PNG of at most 32 colours, for notebooks opened without a kernel.

    Takes the same arguments as `map_svg` and shows the same picture.

    Examples
    --------
    >>> map_png(Model.from_edges([("a", "b", 1)]))[:4]
    b'\x89PNG'
    """
    return scene_png(scene(model, look_of(model, options)))


def map_pdf(model: Model, **options: Unpack[FigureOptions]) -> bytes:
    """One view of the map as a page of PDF, sharp at any size, to be printed.

    Takes the same arguments as `map_svg` and shows the same picture.

    Examples
    --------
    >>> map_pdf(Model.from_edges([("a", "b", 1)]))[:5]
    b'%PDF-'
    """
    return scene_pdf(scene(model, look_of(model, options)))


def alt_text(model: Model, **options: Unpack[FigureOptions]) -> str:
    """What a picture shows, in sentences: its title first, then counts, question and verdicts.

    Takes the same arguments as `map_svg`.

    Examples
    --------
    >>> alt_text(Model.from_edges([("a", "b", 1)]))
    'Drawing Core map: 2 nodes and 1 arrow. Raising: 1, lowering: 0, without a settled
    direction: 0.'
    """
    return " ".join(filter(None, caption(model, look_of(model, options), _route(model, options))))


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A picture that a notebook shows and stores: PNG for the eye, words for everyone."""

    png: bytes
    alt: str
    title: str

    def __repr__(self) -> str:
        return self.title

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str | bytes]:
        # No image/svg+xml: JupyterLab does not show it in a notebook that is not trusted yet.
        return {"image/png": self.png, "text/plain": self.alt}


def map_figure(model: Model, **options: Unpack[FigureOptions]) -> MapFigure:
    """One view of the map to leave at the end of a cell. Takes the same arguments as `map_svg`.

    Examples
    --------
    >>> map_figure(Model.from_edges([("a", "b", 1)]))
    Drawing Core map: 2 nodes and 1 arrow.
    """
    title, rest = caption(model, look_of(model, options), _route(model, options))
    alt = " ".join(filter(None, (title, rest)))
    return MapFigure(map_png(model, **options), alt, title)


def write_readme_picture(folder: str | Path) -> tuple[Path, Path]:
    """Writes the picture of the README, map.svg and map.png, into a folder that exists."""
    from mgmodel.datafiles import load_model

    model = load_model()
    svg, png = Path(folder) / "map.svg", Path(folder) / "map.png"
    svg.write_bytes(map_svg(model).encode())
    png.write_bytes(map_png(model))
    return svg, png


def _route(model: Model, options: FigureOptions) -> list[Edge]:
    return [model.edge(edge) for edge in options.get("highlight", ())]


def look_of(model: Model, options: FigureOptions) -> Look:
    """The options with what the response itself says put in; unknown ids and words are refused."""
    response = options.get("response")
    asked = response.interventions if response else ()
    removed = {*options.get("removed", ()), *(a.node for a in asked if isinstance(a, KnockOut))}
    held = {*options.get("held", ()), *(a.node for a in asked if isinstance(a, Block | Clamp))}
    cut = {a.edge for a in asked if isinstance(a, CutEdge)}
    turned = {a.edge for a in asked if isinstance(a, FlipEdge)}
    frame = options.get("frame")
    roles: dict[str, Any] = {a.node: "source" for a in asked if isinstance(a, Press)}
    for role in ("source", "target"):
        node = options.get(role)
        if isinstance(node, str):
            roles[model.node(node).id] = role
    route = _route(model, options)
    look = Look(
        view=options.get("view", "core"),
        language=Language(options.get("language", "en")).value,
        theme=options.get("theme", "light"),
        response=response,
        roles=tuple(roles.items()),
        removed=frozenset(model.node(node).id for node in removed),
        held=frozenset(model.node(node).id for node in held),
        dimmed=frozenset(options.get("dimmed", ())),
        highlight=frozenset(end for e in route for end in (e.id, e.source, e.target)),
        hidden=frozenset(options.get("hidden", ())),
        faded=frozenset(options.get("faded", ())) | cut,
        flipped=frozenset(options.get("flipped", ())) | turned,
        frame=None if frame is None else Extent(*frame),
    )
    model.without(*look.dimmed, *look.hidden, *look.faded, *look.flipped)  # refuses unknown ids
    if look.theme not in PALETTES:
        msg = f"There is no theme {look.theme!r}; choose one of {', '.join(PALETTES)}."
        raise ValueError(msg)
    return look

"""The drawing beside a worksheet: what a question does to the map, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mgmodel.explore.views import drawings
from mgmodel.figures.captions import caption
from mgmodel.figures.pictures import FigureOptions, look_of
from mgmodel.figures.printing import scene_png
from mgmodel.figures.scene import Look, scene
from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, Intervention, KnockOut, Press
from mgmodel.layout import view_model
from mgmodel.model import Model
from mgmodel.portrayal import Role
from mgmodel.reasoning.response import Told
from mgmodel.vocabulary import Strength, Verdict

__all__ = ["Picture", "Sight", "Verdicts", "drawing_with", "drawn", "question_look"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, its words, and its width where its letters are as large as on the map."""

    png: bytes
    alt: str
    width_px: float


@dataclass(frozen=True, slots=True)
class Sight:
    """Which part of the map is drawn, in which language, light or dark."""

    drawing: str
    language: str = "en"
    theme: str = "light"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the map says of each node, or of what differs there from another question."""

    interventions: tuple[Intervention, ...]
    direction: Mapping[str, Verdict]
    strength: Mapping[str, Strength]


def drawing_with(model: Model, nodes: Iterable[str]) -> str:
    """The core map where it shows all these nodes, else the whole one.

    Examples
    --------
    >>> drawing_with(Model.from_edges([("a", "b", 1)]), ["a"])
    'whole'
    """
    core = "core" in drawings(model) and set(nodes) <= set(view_model(model, "core").nodes)
    return "core" if core else "whole"


def question_look(
    model: Model,
    asked: Iterable[Intervention],
    nodes: Iterable[str],
    sight: Sight,
    told: Told | None = None,
) -> Look:
    """How a question is drawn: what it does is marked, and the nodes that it is about.

    Without `told` nothing of the drawing hangs on what the map says.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> question_look(chain, [Press("a")], ["b"], Sight("whole")).roles
    (('b', 'target'), ('a', 'source'))
    """
    done = tuple(asked)
    options = FigureOptions(
        view=sight.drawing,
        language=sight.language,
        theme=sight.theme,
        removed=[one.node for one in done if isinstance(one, KnockOut)],
        held=[one.node for one in done if isinstance(one, Clamp | Block)],
        faded=[one.edge for one in done if isinstance(one, CutEdge)],
        flipped=[one.edge for one in done if isinstance(one, FlipEdge)],
    )
    roles: dict[str, Role] = dict.fromkeys(nodes, "target")
    roles |= dict.fromkeys((one.node for one in done if isinstance(one, Press)), "source")
    return replace(look_of(model, options), roles=tuple(roles.items()), response=told)


def drawn(model: Model, look: Look) -> Picture:
    """A drawing of the map with its words.

    Examples
    --------
    >>> picture = drawn(Model.from_edges([("a", "b", 1)]), Look())
    >>> picture.alt[:27], picture.png[1:4]
    ('Drawing Core map: 2 nodes a', b'PNG')
    """
    shapes = scene(model, look)
    words = " ".join(filter(None, caption(model, look)))
    return Picture(scene_png(shapes), words, shapes.frame.width)

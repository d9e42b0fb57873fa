"""The atlas: all that a page needs of a map once, without a word of any language.

Nodes and arrows go by their numbers in the map's order. How each state looks stands here as a table
by keys, made from `portrayal`, so that the page decides nothing about looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, TypedDict

from mgmodel.evidence import agreement, grade, is_described, is_verified
from mgmodel.explore.asked import (
    LISTED_PATHS,
    LONGEST_PATH,
    PATH_LIMIT,
    bars,
    listed_loops,
)
from mgmodel.explore.views import drawings
from mgmodel.geometry import drawn_lines
from mgmodel.layout import bends, places, view_model
from mgmodel.model import Model
from mgmodel.network_view import arrow_shape, drawing_frame
from mgmodel.portrayal import (
    HELD_MARK,
    OFF_MARK,
    PALETTES,
    ROLE_MARKS,
    TURNED_MARK,
    EdgeStyle,
    NodeStyle,
    Palette,
    Role,
    dispute_mark,
    edge_style,
    node_shape,
    node_style,
)
from mgmodel.reasoning.ensemble import Ensemble
from mgmodel.records import Edge
from mgmodel.vocabulary import Effect, EvidenceBar, EvidenceLayer, Strength, Verdict

__all__ = ["NODE_STATES", "atlas"]

NODE_STATES = (
    *("plain", "off", "held"),
    *(f"{way}.{firm}" for way in ("rises", "falls") for firm in ("always", "robust", "likely")),
    *("depends", "unchanged", "no_route", "fixed"),
)
"""What a box can stand for; the first part of its key in the table of looks."""
_ROLES: tuple[Role | None, ...] = (None, "source", "target")
_BARS = tuple(EvidenceBar)
_TRIM = 7.0  # less air around a drawing: on a small screen each pixel is needed for the labels


def atlas(model: Model, ensemble: Ensemble) -> dict[str, Any]:
    """All that the page needs of this map, as numbers, ids and looks.

    Parameters
    ----------
    model
        The whole map.
    ensemble
        The weightings that every answer is drawn from.

    Returns
    -------
    dict
        Numbers, texts, lists and dictionaries only, ready to be written as JSON.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> found = atlas(chain, Ensemble(chain))
    >>> found["nodes"], [(edge["source"], edge["target"]) for edge in found["edges"]]
    (['a', 'b', 'c'], [(0, 1), (1, 2)])
    """
    numbers = {node: number for number, node in enumerate(model.nodes)}
    arrows = {edge: number for number, edge in enumerate(model.edges)}
    drawn = drawings(model)
    return {
        "fingerprint": model.fingerprint,
        "nodes": list(model.nodes),
        "sorted": [numbers[node] for node in sorted(model.nodes)],
        "edges": [_arrow(model, edge, numbers) for edge in model.edges.values()],
        "node_kinds": [
            {
                "system": node.system,
                "layer": node.layer,
                "kind": node.kind.value,
                "radius": node_shape(node.kind).radius,
            }
            for node in model.nodes.values()
        ],
        "bars": [bar.value for bar in EvidenceBar],
        "layers": [layer.value for layer in EvidenceLayer],
        "drawings": list(drawn),
        "loops": [[arrows[edge] for edge in loop.edges] for loop in listed_loops(model)],
        "alpha": ensemble.alpha,
        "weightings": ensemble.weightings,
        "seed": ensemble.seed,
        "longest_path": LONGEST_PATH,
        "listed_paths": LISTED_PATHS,
        "path_limit": PATH_LIMIT,
        "plans": {name: _plan(model, name, numbers, arrows) for name in drawn},
        "looks": _looks(),
    }


def _arrow(model: Model, edge: Edge, numbers: dict[str, int]) -> dict[str, Any]:
    supporting, opposing = _counts(model, edge)
    return {
        "id": edge.id,
        "source": numbers[edge.source],
        "target": numbers[edge.target],
        "effect": edge.effect.value,
        "reasons": edge.reasons,
        "contested": edge.contested,
        "grade": grade(model, edge.id).value,
        "layer": edge.layer.value,
        "bar": _BARS.index(bars(model)[edge.id]),
        "supporting": supporting,
        "opposing": opposing,
        "described": is_described(model, edge.id),
        "verified": is_verified(model, edge.id),
        "permissive": edge.permissive,
        "gate": edge.gate,
    }


def _counts(model: Model, edge: Edge) -> tuple[int, int]:
    """Rows for and against; a row that holds both counts on both sides, as on the claim card."""
    rows = agreement(model, edge.id)
    return rows.supporting + rows.mixed, rows.contradicting + rows.mixed


# Drawings


def _plan(
    model: Model, name: str, numbers: dict[str, int], arrows: dict[str, int]
) -> dict[str, Any]:
    part, centres, curves = view_model(model, name), places(model, name), bends(model, name)
    frame = drawing_frame(centres)
    frame |= {side: frame[side] + _TRIM for side in ("left", "top")}
    frame |= {side: frame[side] - 2 * _TRIM for side in ("width", "height")}
    lines = drawn_lines(part, centres, curves)
    drawn = [
        {
            "id": arrows[edge.id],
            "from": numbers[edge.source],
            "to": numbers[edge.target],
            **arrow_shape(edge, curves[edge.id]),
            "mark": dispute_mark(edge.contested, *_counts(model, edge)),
            "mark_at": [round(float(at), 1) for at in lines[edge.id].middle],
        }
        for edge in part.edges.values()
    ]
    return {
        "nodes": [[numbers[node], float(x), float(y)] for node, (x, y) in centres.items()],
        "edges": drawn,
        **frame,
        "legend": list(_legend(part)),
    }


def _legend(part: Model) -> Iterator[dict[str, Any]]:
    """What the marks of this drawing mean, then those of what a person can do to it."""
    edges = part.edges.values()
    effects = {edge.effect for edge in edges}
    for effect in Effect:
        if effect in effects:
            yield _edge_entry(effect.value, f"{effect.value}|")
    if any(not edge.reasons for edge in edges):
        yield _edge_entry("shown_only", "increases|s")
    if any(edge.contested for edge in edges):
        yield _edge_entry("contested", "increases|c", "3:1")
    yield _edge_entry("highlighted", "increases|l")
    yield _edge_entry("faded", "increases|f")
    yield _edge_entry("turned", "increases|t", TURNED_MARK)
    shapes = {node_shape(node.kind) for node in part.nodes.values()}
    for shape in sorted(shapes, key=lambda one: -one.radius):
        yield _node_entry(shape.name, "plain||", radius=shape.radius)
    yield _node_entry("firm", "rises.always||")
    yield _node_entry("source", "plain|source|", ROLE_MARKS["source"])
    yield _node_entry("target", "plain|target|", ROLE_MARKS["target"])
    yield _node_entry("switched_off", "off||", OFF_MARK)
    yield _node_entry("held", "held||", HELD_MARK)
    yield _node_entry("dimmed", "plain||d")
    yield _node_entry("differs", "plain||x")


def _edge_entry(key: str, look: str, mark: str = "") -> dict[str, Any]:
    return {"key": key, "kind": "edge", "mark": mark, "look": look}


def _node_entry(key: str, look: str, mark: str = "", *, radius: int = 4) -> dict[str, Any]:
    return {"key": key, "kind": "node", "mark": mark, "look": look, "radius": radius}


# Looks


@cache
def _looks() -> dict[str, Any]:
    return {
        name: {
            "surface": palette.surface,
            "text": palette.text,
            "ring": palette.differs,
            "nodes": dict(_node_looks(palette)),
            "edges": dict(_edge_looks(palette)),
        }
        for name, palette in PALETTES.items()
    }


def _node_looks(palette: Palette) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every state, role and flag; the ring of a node that differs is the same for all of them."""
    for state, role, dim, lit in product(NODE_STATES, _ROLES, ("", "d"), ("", "l")):
        if dim and state in ("off", "held"):
            continue  # what a person did is never dimmed
        style = node_style(
            palette, **_standing(state), dimmed=bool(dim), selected=bool(lit), role=role
        )
        yield f"{state}|{role or ''}|{dim}{lit}", _node_look(style)


class _Standing(TypedDict):
    verdict: Verdict | None
    strength: Strength | None
    off: bool
    held: bool


def _standing(state: str) -> _Standing:
    """A state by its name, as `node_style` takes it; the inverse of `node_state`."""
    way, _, firm = state.partition(".")
    return {
        "verdict": Verdict(way) if way in set(Verdict) else None,
        "strength": Strength(firm) if firm else None,
        "off": state == "off",
        "held": state == "held",
    }


def _edge_looks(palette: Palette) -> Iterator[tuple[str, dict[str, Any]]]:
    for effect, flags in product(
        Effect, product(("", "c"), ("", "s"), ("", "d", "l", "f"), ("", "t"))
    ):
        style = edge_style(
            palette,
            effect,
            shown_only="s" in flags,
            dimmed="d" in flags,
            highlighted="l" in flags,
            faded="f" in flags,
            turned="t" in flags,
        )
        yield f"{effect.value}|{''.join(flags)}", _edge_look(style)


def _node_look(style: NodeStyle) -> dict[str, Any]:
    return {
        "fill": style.fill,
        "border": style.border,
        "text": style.text,
        "width": style.border_width,
        "dash": list(style.dash),
        "marks": list(style.marks),
    }


def _edge_look(style: EdgeStyle) -> dict[str, Any]:
    return {
        "colour": style.colour,
        "mark_colour": style.mark_colour,
        "width": style.width,
        "dash": list(style.dash),
        "head": style.head,
        "mark": style.mark,
    }

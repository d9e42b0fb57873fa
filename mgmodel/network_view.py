"""The map as a plain dictionary that any network renderer can fill itself from, and as a web page.

`network_spec` is the description; pyvis's `Network` is the one renderer behind it, and this is the
one module that knows pyvis. Positions are fixed, physics is off.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from mgmodel.geometry import Line, drawn_lines
from mgmodel.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    FONT_FAMILY,
    FONT_SIZE,
    LINE_HEIGHT,
    Bend,
    Place,
    bends,
    extent,
    places,
    view_model,
    wrap_label,
)
from mgmodel.model import Model
from mgmodel.portrayal import PALETTES, edge_style, node_shape, node_style
from mgmodel.records import Edge, Node
from mgmodel.wording import in_words
from mgmodel.wording.sentences import definition_of

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = [
    "Spec",
    "arrow_shape",
    "drawing_frame",
    "network_spec",
    "to_html",
    "to_pyvis",
    "tooltip",
]

Spec: TypeAlias = dict[str, Any]

_HEAD_SIZE = {"arrow": 0.7, "bar": 0.85}
_OPTIONS: Mapping[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "hover": False,
        "keyboard": {"enabled": False},
        "tooltipDelay": 400,
    },
    "nodes": {"chosen": False, "labelHighlightBold": False, "shadow": False},
    "edges": {"chosen": False, "labelHighlightBold": False},
}


def network_spec(model: Model, *, view: str = "core", language: str = "en") -> Spec:
    """One view of the map as plain data: text, numbers, booleans, lists and dictionaries.

    Parameters
    ----------
    model
        The whole map; the view says what part of it is drawn.
    view
        "core", "whole" or the id of a pathway.
    language
        Of labels and tooltips: "en", "nl" or "sv".

    Returns
    -------
    dict
        `nodes` and `edges` in the words of vis-network, in the map's order; its `options`; `left`,
        `top`, `width` and `height` of the drawing, `box` (width, height of a node), `font`
        (size) and `line` (from one line of text to the next), all in layout units, and the
        `face` of all text.

    Raises
    ------
    UnknownId
        The map has no view of this name.

    Examples
    --------
    >>> spec = network_spec(Model.from_edges([("a", "b", -1)]))
    >>> [node["label"] for node in spec["nodes"]], spec["edges"][0]["arrows"]["to"]["type"]
    (['a', 'b'], 'bar')
    """
    part = view_model(model, view)
    centres, curves = places(model, view), bends(model, view)
    lines = drawn_lines(part, centres, curves)
    return {
        "view": view,
        "nodes": [_node(node, centres[node.id], language) for node in part.nodes.values()],
        "edges": [
            _edge(edge, curves[edge.id], lines[edge.id], language) for edge in part.edges.values()
        ],
        **drawing_frame(centres),
    }


def drawing_frame(centres: Mapping[str, Place]) -> Spec:
    """What a drawing of boxes at these places needs besides them: options, sizes and face.

    Examples
    --------
    >>> drawing_frame({"a": (0.0, 0.0)})["width"]
    160.0
    """
    frame = extent(centres)
    return {
        "options": json.loads(json.dumps(_OPTIONS)),
        "left": float(frame.left),
        "top": float(frame.top),
        "width": float(frame.width),
        "height": float(frame.height),
        "box": [float(BOX_WIDTH), float(BOX_HEIGHT)],
        "font": float(FONT_SIZE),
        "line": float(LINE_HEIGHT),
        "face": FONT_FAMILY,
    }


def arrow_shape(edge: Edge, bend: Bend) -> Spec:
    """The line and head of an arrow in the words of vis-network, without colour or text.

    Examples
    --------
    >>> edge = Model.from_edges([("a", "b", -1)]).edge("a.b")
    >>> arrow_shape(edge, Bend())["dashes"]
    [9, 5]
    """
    style = edge_style(PALETTES["light"], edge.effect)
    size = _HEAD_SIZE.get(style.head, 0.6)
    smooth: Spec = {"enabled": False}
    if bend.kind != "straight":
        smooth = {"enabled": True, "type": bend.kind, "roundness": float(bend.roundness)}
    return {
        "dashes": list(style.dash) or False,
        "arrows": {"to": {"enabled": True, "type": style.head, "scaleFactor": size}},
        "arrowStrikethrough": style.head != "arrow",  # a T-bar stands on its line
        "smooth": smooth,
    }


def _node(node: Node, centre: Place, language: str) -> Spec:
    style = node_style(PALETTES["light"])
    return {
        "id": node.id,
        "label": "\n".join(wrap_label(node.label.in_language(language))),
        "title": tooltip(node, language),
        "x": float(centre[0]),
        "y": float(centre[1]),
        "shape": "box",
        "shapeProperties": {"borderRadius": node_shape(node.kind).radius},
        "color": {"background": style.fill, "border": style.border},
        "borderWidth": style.border_width,
        "font": {"size": FONT_SIZE, "face": FONT_FAMILY, "color": style.text},
        "widthConstraint": {"minimum": BOX_WIDTH - 10, "maximum": BOX_WIDTH - 10},
        "heightConstraint": {"minimum": BOX_HEIGHT - 10},
        "margin": 5,
        "fixed": True,
    }


def tooltip(node: Node, language: str) -> str:
    """The full term of a node, and its definition where there is one.

    Examples
    --------
    >>> tooltip(Model.from_edges([("a", "b", 1)]).node("a"), "en")
    'a'
    """
    return "\n".join(filter(None, (node.full_term(language), definition_of(node, language))))


def _edge(edge: Edge, bend: Bend, line: Line, language: str) -> Spec:
    style = edge_style(
        PALETTES["light"], edge.effect, contested=edge.contested, shown_only=not edge.reasons
    )
    spec: Spec = {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "title": in_words(edge, language=language),
        "color": {"color": style.colour, "inherit": False},
        "width": style.width,
        **arrow_shape(edge, bend),
    }
    if style.mark:
        spec["label"] = style.mark
        spec["mark_at"] = [round(float(at), 1) for at in line.middle]
    return spec


def to_pyvis(spec: Spec) -> Network:
    """The same view as a pyvis `Network`, with fixed places and physics off.

    Examples
    --------
    >>> net = to_pyvis(network_spec(Model.from_edges([("a", "b", 1)])))
    >>> len(net.nodes), len(net.edges)
    (2, 1)
    """
    from pyvis.network import Network

    net = Network(
        height=f"{spec['height']:.0f}px", width="100%", directed=True, cdn_resources="in_line"
    )
    for node in spec["nodes"]:
        options = {key: value for key, value in node.items() if key != "id"}
        net.add_node(node["id"], **options)
    for edge in spec["edges"]:
        options = {key: value for key, value in edge.items() if key not in ("from", "to")}
        net.add_edge(edge["from"], edge["to"], **options)
    net.set_options(json.dumps(spec["options"]))  # last: it replaces the options object by a dict
    return net


_REMOTE_TAG = re.compile(
    r"<link[^>]*\bhref=\"https?:[^>]*>|<script[^>]*\bsrc=\"https?:[^>]*>\s*</script>"
)


def to_html(model: Model, *, view: str = "core", language: str = "en") -> str:
    """One view as a web page that needs no other file and no network.

    The page draws the map, can be zoomed and moved, and ends with the arrows in sentences.

    Examples
    --------
    >>> page = to_html(Model.from_edges([("a", "b", 1)]))
    >>> 'src="http' in page, "<li>" in page
    (False, True)
    """
    spec = network_spec(model, view=view, language=language)
    sentences = [edge["title"] for edge in spec["edges"]]
    spec["options"]["interaction"] |= {"dragView": True, "zoomView": True}
    spec["options"]["autoResize"] = True
    for item in (*spec["nodes"], *spec["edges"]):
        # pyvis switches to a tooltip made of raw HTML as soon as one contains this word
        item["title"] = item["title"].replace("href", "h\N{WORD JOINER}ref")
    page = to_pyvis(spec).generate_html()
    page = re.sub(r"\s*<center>\s*<h1>.*?</h1>\s*</center>", "", page, flags=re.DOTALL)
    page = _REMOTE_TAG.sub("", page)
    title = html.escape(model.library.info.title.in_language(language) or repr(model))
    rows = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    page = page.replace("<html>", f'<!DOCTYPE html>\n<html lang="{language}">', 1)
    page = page.replace("<head>", f"<head>\n<title>{title}</title>", 1)
    page = page.replace("<body>", f"<body>\n<h1>{title}</h1>", 1)
    return page.replace("</body>", f'<ol style="clear:both">{rows}</ol>\n</body>', 1)

"""What the browser receives to paint: places once, a table of looks, and one number for each item.

A click changes numbers, not drawings: each number is a row in the table of looks, which is written
here from `portrayal`, so that the browser decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from itertools import product
from typing import Any, get_args

from mgmodel.explore.shown import Shown
from mgmodel.explore.state import drawings
from mgmodel.figures.captions import view_label
from mgmodel.model import Model
from mgmodel.network_view import Spec, network_spec, to_pyvis
from mgmodel.portrayal import (
    HELD_MARK,
    OFF_MARK,
    PALETTES,
    ROLE_MARKS,
    EdgeStyle,
    NodeStyle,
    Palette,
    Role,
    edge_style,
    node_shape,
    node_style,
)
from mgmodel.records import Edge
from mgmodel.vocabulary import Effect, Language, Verdict
from mgmodel.wording import edge_sentence
from mgmodel.wording.catalogues import say, say_count
from mgmodel.wording.sentences import readable

__all__ = [
    "drawing",
    "edge_numbers",
    "looks",
    "map_words",
    "node_numbers",
    "texts",
]

# One row of the table of looks for nodes: (what was done, verdict, dimmed, role, on the route).
_NodeState = tuple[str, Verdict | None, bool, Role | None, bool]
_ROLES: tuple[Role | None, ...] = (None, *get_args(Role))
_NODE_STATES: tuple[_NodeState, ...] = (
    *product(("",), (None, *Verdict), (False, True), _ROLES, (False, True)),
    *product(("off", "held"), (None,), (False,), _ROLES, (False, True)),
)
_NODE_NUMBER = {state: number for number, state in enumerate(_NODE_STATES)}
# The same for arrows: (effect, contested, shown only, mode).
_MODES = ("plain", "dimmed", "highlighted")
_EDGE_STATES = tuple(product(Effect, (False, True), (False, True), _MODES))
_EDGE_NUMBER = {state: number for number, state in enumerate(_EDGE_STATES)}


def node_numbers(model: Model, shown: Shown) -> bytes:
    """One byte a node, in the map's order: its row in the table of looks."""
    view = shown.view
    roles: dict[str | None, Role] = {view.source: "source", view.target: "target"}
    off, held = set(view.switched_off), set(view.held)
    numbers = bytearray()
    for node in model.nodes:
        done = "off" if node in off else "held" if node in held else ""
        verdict = None if done else shown.verdicts.get(node)
        dimmed = not done and node in shown.dim_nodes
        state = (done, verdict, dimmed, roles.get(node), node in shown.lit_nodes)
        numbers.append(_NODE_NUMBER[state])
    return bytes(numbers)


def edge_numbers(model: Model, shown: Shown) -> bytes:
    """One byte an arrow, in the map's order: its row in the table of looks."""
    numbers = bytearray()
    for edge in model.edges.values():
        lit, dim = edge.id in shown.lit_edges, edge.id in shown.dim_edges
        mode = "highlighted" if lit else "dimmed" if dim else "plain"
        numbers.append(_EDGE_NUMBER[edge.effect, edge.contested, not edge.reasons, mode])
    return bytes(numbers)


def _line(state: _NodeState, language: str) -> str:
    done, verdict, _, role, _ = state
    style = _style(PALETTES["light"], state)
    if done:
        word = say("explore.switched_off" if done == "off" else "explore.held_short", language)
        return " ".join((*style.marks[:-1], style.marks[-1], word))
    word = "" if verdict is None else say(f"verdict.word.{verdict}", language)
    if verdict is None and role:
        word = say(f"explore.{role}", language).lower()
    return " ".join(filter(None, (*style.marks, word)))


def _style(palette: Palette, state: _NodeState) -> NodeStyle:
    done, verdict, dimmed, role, selected = state
    return node_style(
        palette,
        verdict=verdict,
        off=done == "off",
        held=done == "held",
        dimmed=dimmed,
        selected=selected,
        role=role,
    )


def texts(now: Shown) -> dict[str, Any]:
    """What the page says, and what its controls stand at."""
    partly = say("explore.partly_outside", now.view.language)
    return {
        "view": asdict(now.view),
        "question": now.question,
        "answer": now.answer,
        "status": now.status,
        "count": now.count,
        "note": now.note,
        "paths": [
            {
                "sentence": row.sentence,
                "short": row.short,
                "sign": row.sign,
                "length": row.length,
                "grade": row.weakest.value,
                "outside": partly if row.outside else "",
            }
            for row in now.paths
        ],
        "card": [{"heading": heading, "lines": list(said)} for heading, said in now.card],
        "code": now.code,
    }


@cache
def looks(language: str) -> dict[str, Any]:
    """The table of looks for both themes: `nodes` and `edges` by number."""
    written = [_line(state, language) for state in _NODE_STATES]
    return {
        name: {
            "surface": palette.surface,
            "text": palette.text,
            "nodes": [
                {**_node_look(_style(palette, state)), "line": line}
                for state, line in zip(_NODE_STATES, written, strict=True)
            ],
            "edges": [_edge_look(palette, *state) for state in _EDGE_STATES],
        }
        for name, palette in PALETTES.items()
    }


def _node_look(style: NodeStyle) -> dict[str, Any]:
    return {
        "fill": style.fill,
        "border": style.border,
        "text": style.text,
        "width": style.border_width,
        "dash": list(style.dash),
    }


def _edge_look(
    palette: Palette, effect: Effect, contested: bool, shown_only: bool, mode: str
) -> dict[str, Any]:
    style = edge_style(
        palette,
        effect,
        contested=contested,
        shown_only=shown_only,
        dimmed=mode == "dimmed",
        highlighted=mode == "highlighted",
    )
    return _edge_sample(style)


def _edge_sample(style: EdgeStyle) -> dict[str, Any]:
    return {
        "colour": style.colour,
        "mark_colour": style.mark_colour,
        "width": style.width,
        "dash": list(style.dash),
        "head": style.head,
    }


def drawing(model: Model, name: str, language: str) -> dict[str, Any]:
    """One drawing for the browser: what pyvis holds of it, its legend and its text alternative."""
    spec = network_spec(model, view=name, language=language)
    network = to_pyvis(spec)
    drawn = [model.edge(edge["id"]) for edge in spec["edges"]]
    return {
        "id": name,
        "nodes": [
            {
                "id": node["id"],
                "label": node["label"],
                "lines": node["label"].split("\n"),
                "title": node["title"],
                "x": node["x"],
                "y": node["y"],
                "radius": node["shapeProperties"]["borderRadius"],
            }
            for node in network.nodes
        ],
        "edges": [
            {
                **{key: value for key, value in edge.items() if key != "label"},
                "mark": edge.get("label", ""),  # painted where it always shows, short arrows too
                "name": edge_sentence(model.edge(edge["id"]), language),
            }
            for edge in network.edges
        ],
        "options": network.options,
        **_trimmed({key: spec[key] for key in _FRAME}),
        "legend": _legend(model, spec, drawn, language),
        "alt": _alt(view_label(model, name, language), len(spec["nodes"]), drawn, language),
    }


def _alt(label: str, nodes: int, drawn: list[Edge], language: str) -> str:
    signs = [edge.sign for edge in drawn]
    return say(
        "figure.alt",
        language,
        view=label,
        nodes=say_count("count.nodes", nodes, language),
        arrows=say_count("count.arrows", len(drawn), language),
        raising=signs.count(1),
        lowering=signs.count(-1),
        undirected=signs.count(0),
    )


_TRIM = 7.0
_FRAME = ("left", "top", "width", "height", "box", "font", "line", "face")


def _trimmed(frame: dict[str, Any]) -> dict[str, Any]:
    """The frame with less air around it: on a small screen each pixel is needed for the labels."""
    size = {side: frame[side] + _TRIM for side in ("left", "top")}
    size |= {side: frame[side] - 2 * _TRIM for side in ("width", "height")}
    return frame | size


def _legend(model: Model, spec: Spec, drawn: Iterable[Edge], language: str) -> list[dict[str, Any]]:
    """Entries for what this drawing holds, then for what a person can do to it."""
    edges = list(drawn)
    drawn_effects = {edge.effect for edge in edges}
    entries = [_edge_entry(effect, effect=effect) for effect in Effect if effect in drawn_effects]
    if any(not edge.reasons for edge in edges):
        entries.append(_edge_entry("shown_only", effect=Effect.INCREASES, shown_only=True))
    if any(edge.contested for edge in edges):
        entries.append(_edge_entry("contested", effect=Effect.INCREASES, contested=True))
    entries.append(_edge_entry("highlighted", effect=Effect.INCREASES, highlighted=True))
    shapes = {node_shape(model.node(node["id"]).kind) for node in spec["nodes"]}
    rounded_first = sorted(shapes, key=lambda one: -one.radius)
    entries += [_node_entry(shape.name, radius=shape.radius) for shape in rounded_first]
    entries += [
        _node_entry("source", mark=ROLE_MARKS["source"], role="source"),
        _node_entry("target", mark=ROLE_MARKS["target"], role="target"),
        _node_entry("switched_off", mark=OFF_MARK, off=True),
        _node_entry("held", mark=HELD_MARK, held=True),
        _node_entry("dimmed", dimmed=True),
    ]
    return [{**entry, "text": say(f"legend.{entry['key']}", language)} for entry in entries]


def _edge_entry(key: str, **state: Any) -> dict[str, Any]:
    styles = {name: edge_style(palette, **state) for name, palette in PALETTES.items()}
    return {
        "key": key,
        "kind": "edge",
        "mark": styles["light"].mark,
        "looks": {name: _edge_sample(style) for name, style in styles.items()},
    }


def _node_entry(key: str, *, mark: str = "", radius: int = 4, **state: Any) -> dict[str, Any]:
    styles = {name: node_style(palette, **state) for name, palette in PALETTES.items()}
    return {
        "key": key,
        "kind": "node",
        "mark": mark,
        "looks": {name: {**_node_look(style), "radius": radius} for name, style in styles.items()},
    }


def map_words(model: Model, language: str) -> dict[str, Any]:
    """What the controls need of the whole map: nodes by system, drawings, languages and words."""
    systems = dict(model.library.info.systems)
    others = dict.fromkeys(node.system for node in model.nodes.values())
    labels = {name: label.in_language(language) for name, label in systems.items()}
    nameless = say("explore.nodes", language)
    known = [*systems, *(name for name in others if name not in systems)]
    return {
        "language": language,
        "nodes": [
            {
                "id": node.id,
                "label": node.label.in_language(language),
                "term": node.full_term(language),
                "system": node.system,
                "names": "\n".join(node.names()),
            }
            for node in model.nodes.values()
        ],
        "edges": list(model.edges),
        "systems": [
            {"id": name, "label": labels.get(name) or readable(name) or nameless}
            for name in known
            if name in others
        ],
        "drawings": [[name, view_label(model, name, language)] for name in drawings(model)],
        "languages": [[str(one), say(f"language.{one}", str(one))] for one in Language],
        "words": _control_words(language),
    }


_CONTROLS = (
    "explore.title",
    "explore.drawing",
    "explore.language",
    "explore.source",
    "explore.target",
    "explore.no_source",
    "explore.no_target",
    "explore.direction",
    "explore.push_up",
    "explore.push_down",
    "explore.click",
    "explore.click_off",
    "explore.click_hold",
    "explore.click_source",
    "explore.click_target",
    "explore.reset",
    "explore.zoom_in",
    "explore.zoom_out",
    "explore.fit",
    "explore.map_label",
    "explore.paths",
    "explore.highlight",
    "explore.as_table",
    "explore.number",
    "explore.arrow",
    "explore.no_arrow",
    "explore.nodes",
    "explore.find",
    "explore.all_nodes",
    "explore.nothing_found",
    "explore.keyboard",
    "explore.keyboard_help",
    "explore.code",
    "explore.whole_map_answers",
    "explore.teaching",
    "heading.sign",
    "heading.length",
    "heading.grade",
    "heading.path",
    "heading.node",
    "heading.verdict",
)


def _control_words(language: str) -> dict[str, str]:
    short = {key.partition(".")[2]: say(key, language) for key in _CONTROLS}
    return {
        **short,
        "card_title": say("card.title", language),
        "legend": say("legend.title", language),
    }

"""Random Views and random acts of a person, by seed: many, for Python and for the page."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mgmodel.explore.codes import as_file, decode, encode, opened
from mgmodel.explore.history import History
from mgmodel.explore.state import BARS, CLICKS, WAYS, View, drawings, with_preferences
from mgmodel.model import Model
from mgmodel.vocabulary import EvidenceLayer, Language

LAYERS = tuple(layer.value for layer in EvidenceLayer)
LANGUAGES = tuple(language.value for language in Language)


def small_maps() -> list[Model]:
    """Maps without arrows, with loops and parallels, and with ids that are hard to write."""
    return [
        Model.from_edges([], nodes=["only"]),
        Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 1)]),
        Model.from_edges([("b", "a", 1), ("b", "a", -1), ("a", "a", 0), ("a", "b", 1)], nodes="z"),
        Model.from_edges([("it's", 'a "b"', 1), ("väg", "it's", -1), ("back\\slash", "väg", 0)]),
    ]


def some(chance: random.Random, ids: tuple[Any, ...], most: int = 3) -> tuple[Any, ...]:
    """A few of these, in any order."""
    return tuple(
        chance.sample(ids, min(len(ids), chance.choice([0, 0, 1, chance.randint(0, most)])))
    )


def maybe(chance: random.Random, ids: tuple[Any, ...]) -> Any:
    """One of these or None."""
    return chance.choice([None, *ids])


def random_view(model: Model, chance: random.Random, *, beside: bool = True) -> View:
    """Any View of the map, with the preferences that a code does not hold at their defaults."""
    nodes, arrows = tuple(model.nodes), tuple(model.edges)
    fixed, changed = some(chance, nodes, 6), some(chance, arrows, 6)
    cuts, offs = chance.randint(0, len(changed)), chance.randint(0, len(fixed))
    source, target = maybe(chance, nodes), maybe(chance, nodes)
    return View(
        drawing=chance.choice(drawings(model)),
        source=source,
        target=target if target != source else None,
        push=chance.choice((1, -1)),
        switched_off=fixed[:offs],
        held=fixed[offs:],
        cut=changed[:cuts],
        flipped=changed[cuts:],
        evidence=chance.choice(BARS),
        focus=maybe(chance, nodes),
        steps=chance.choice((1, 2, 3)),
        way=chance.choice(WAYS),
        without_layers=some(chance, LAYERS),
        hidden=_hidden(chance, (*nodes, *arrows)),
        route=chance.choice((None, None, 0, 1, 14, 15, 16, 59, 300)),
        loop=chance.choice((None, None, 0, 7, 199)),
        arrow=maybe(chance, arrows),
        why=maybe(chance, nodes),
        beside=random_view(model, chance, beside=False)
        if beside and chance.random() < 0.2
        else None,
    )


def _hidden(chance: random.Random, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Now and then about half of all, in the order of the map; else a few in any order."""
    if chance.random() < 0.1:
        return tuple(part for part in parts if chance.random() < 0.5)
    return some(chance, parts, 9)


def random_act(model: Model, chance: random.Random, steps: int) -> tuple[str, Any]:
    """Any act that the page can send; now and then one that cannot be done."""
    nodes, arrows = tuple(model.nodes), tuple(model.edges)
    node, layer = chance.choice(nodes), chance.choice(LAYERS)
    arrow = chance.choice(arrows) if arrows and chance.random() < 0.95 else "no.arrow"
    part = chance.choice((*nodes, *arrows))
    view = random_view(model, chance)
    code, text = encode(model, view), as_file(model, replace(view, beside=None))
    acts: list[tuple[str, Any]] = [
        *((name, node) for name in ("click", "switch_off", "hold", "restore", "why")),
        *((name, chance.choice([node, None])) for name in ("source", "target", "focus", "why")),
        *((name, arrow) for name in ("cut", "flip", "mend")),
        *((name, layer) for name in ("layer_off", "layer_on")),
        ("draw", chance.choice((*drawings(model), "whole"))),
        ("push", chance.choice((1, -1))),
        ("click_means", chance.choice(CLICKS)),
        ("language", chance.choice(LANGUAGES)),
        ("evidence", chance.choice(BARS)),
        ("steps", chance.choice((1, 2, 3, 4))),
        ("way", chance.choice((*WAYS, "sideways"))),
        ("hide", chance.choice([part, some(chance, (*nodes, *arrows), 6)])),
        ("show", chance.choice([part, some(chance, (*nodes, *arrows), 6), None])),
        ("highlight", chance.choice((None, 0, 3, -1))),
        ("loop", chance.choice((None, 0, 3))),
        ("card", chance.choice([arrow, None])),
        ("beside", chance.random() < 0.5),
        *(("undo", None), ("undo", None), ("redo", None), ("reset", None)),
        ("step", chance.randint(0, steps)),
        ("code", chance.choice([code, code.lower(), code[:-1], f"{code}/{code}", "!", "ABCD"])),
        ("file", chance.choice([text, text.replace('"map": "', '"map": "x'), "{}"])),
    ]
    return chance.choice(acts)


def from_file(model: Model, text: str, language: str = "en") -> tuple[View, tuple[str, ...]]:
    """The View of a file, and each thing that could not be kept said once, in a language."""
    view, left_out = opened(model, text)
    return view, tuple(dict.fromkeys(problem.in_language(language) for problem in left_out))


def from_state(model: Model, state: Mapping[str, Any]) -> History:
    """The history that `as_state` wrote down, without its notes."""
    taste = {"click": state["click"], "language": state["language"]}
    views = tuple(with_preferences(decode(model, code), **taste) for code in state["codes"])
    return History(views, at=state["at"], scene=state.get("scene"))

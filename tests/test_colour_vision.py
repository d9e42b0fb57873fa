"""What is painted keeps its meaning for the colour-blind and on grey paper.

Over the looks that the page itself is sent, in every state of a node and an arrow. Colour vision is
simulated as by Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0; the
differences are CIE 1976 (one that can just be seen is about 2.3).
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from test_portrayal import COLOUR_VISION, difference, lab, linear

from mgmodel.explore.atlas import atlas
from mgmodel.explore.book import book
from mgmodel.explore.shown import explorer_ensemble
from mgmodel.model import Model
from mgmodel.vocabulary import Language

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
VISIONS = pytest.mark.parametrize("vision", COLOUR_VISION)
DIRECTIONS = ("rises", "falls", "depends", "unchanged", "no_route")
SIGNS = ("increases", "decreases", "unclear")
UP_AND_DOWN_DIFFER, OTHERS_DIFFER, LINES_DIFFER = 45, 15, 30
"""The least difference that is asked for, as docs/accessibility.md says it."""

Looks = dict[str, Any]


@pytest.fixture(scope="module")
def looks(real_model: Model) -> dict[str, Looks]:
    return dict(atlas(real_model, explorer_ensemble(real_model))["looks"])


def keys_by(table: dict[str, Looks], words: tuple[str, ...]) -> dict[str, dict[str, Looks]]:
    """Looks of each word, by all that else stands in the key: strength, role, flags."""
    found: dict[str, dict[str, Looks]] = {word: {} for word in words}
    for key, look in table.items():
        state, _, rest = key.partition("|")
        word, _, strength = state.partition(".")
        if word in found:
            found[word][f"{strength}|{rest}"] = look
    assert all(found.values())
    return found


def without_colour(look: Looks) -> tuple[Any, ...]:
    return tuple(look.get("marks", [])), tuple(look["dash"]), look.get("head"), look.get("mark")


@THEMES
def test_every_direction_of_a_node_can_be_told_without_any_colour(
    looks: dict[str, Looks], theme: str
) -> None:
    found = keys_by(looks[theme]["nodes"], DIRECTIONS)
    for one, other in itertools.combinations(DIRECTIONS, 2):
        bare = {without_colour(look) for look in found[one].values()}
        assert bare.isdisjoint({without_colour(look) for look in found[other].values()})


@THEMES
def test_every_sign_of_an_arrow_can_be_told_without_any_colour(
    looks: dict[str, Looks], theme: str
) -> None:
    found = keys_by(looks[theme]["edges"], SIGNS)
    for one, other in itertools.combinations(SIGNS, 2):
        heads = [{look["head"] for look in found[sign].values()} for sign in (one, other)]
        assert heads[0].isdisjoint(heads[1])
    for rest, look in found["increases"].items():
        if (
            "f" not in rest
        ):  # an arrow that is taken out is dotted, and its head still says its sign
            assert look["dash"] != found["decreases"][rest]["dash"]


@pytest.mark.parametrize("language", Language)
def test_every_state_is_also_said_in_a_word_of_its_own(
    real_model: Model, looks: dict[str, Looks], language: str
) -> None:
    words = book(real_model, language)["words"]
    states = {key.partition("|")[0] for key in looks["light"]["nodes"]} - {"plain"}
    said = [words[f"look.{state}"] for state in states]
    assert len(said) == len(set(said)) >= 12


@THEMES
@VISIONS
def test_rising_falling_and_what_depends_differ_in_colour_for_everyone(
    looks: dict[str, Looks], theme: str, vision: str
) -> None:
    """What depends and what falls come nearest, to the red-green blind: mark and word tell them."""
    table = looks[theme]["nodes"]
    rises, falls, depends = (
        table[f"{state}||"] for state in ("rises.robust", "falls.robust", "depends")
    )
    parts = ("border", "fill")
    assert min(difference(rises[x], falls[x], vision) for x in parts) > UP_AND_DOWN_DIFFER
    for direction in (rises, falls):
        apart = max(difference(direction[x], depends[x], vision) for x in parts)
        assert apart > OTHERS_DIFFER


@THEMES
@VISIONS
def test_signs_of_arrows_differ_in_colour_for_everyone(
    looks: dict[str, Looks], theme: str, vision: str
) -> None:
    table = looks[theme]["edges"]
    for one, other in itertools.combinations(SIGNS, 2):
        colours = table[f"{one}|"]["colour"], table[f"{other}|"]["colour"]
        assert difference(*colours, vision) > LINES_DIFFER


@THEMES
def test_on_grey_paper_lines_and_letters_still_stand_out(
    looks: dict[str, Looks], theme: str
) -> None:
    """Lightness alone, from 0 to 100: all that a grey printer keeps of a colour."""

    def grey(colour: str) -> float:
        return lab(linear(colour))[0]

    surface = grey(looks[theme]["surface"])
    edges, nodes = looks[theme]["edges"].values(), looks[theme]["nodes"].values()
    assert min(abs(grey(look["colour"]) - surface) for look in edges) > 30
    assert min(abs(grey(look["border"]) - surface) for look in nodes) > 30
    assert min(abs(grey(look["text"]) - grey(look["fill"])) for look in nodes) > 40

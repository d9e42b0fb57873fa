"""The description of a drawing, the pyvis network made from it, and the page without a network."""

from __future__ import annotations

import json
import re

import pytest

from mgmodel.errors import UnknownId
from mgmodel.layout import view_model, views
from mgmodel.model import Model
from mgmodel.network_view import network_spec, to_html, to_pyvis
from mgmodel.portrayal import PALETTES

SIGN_LOOKS = {1: ("arrow", False), -1: ("bar", [9, 5]), 0: ("circle", [2, 4])}


def node(spec: dict, name: str) -> dict:
    return next(one for one in spec["nodes"] if one["id"] == name)


@pytest.mark.parametrize("sign", [1, -1, 0])
def test_a_sign_is_told_by_head_and_dash_beside_the_colour(sign: int) -> None:
    edge = network_spec(Model.from_edges([("a", "b", sign)]))["edges"][0]
    assert (edge["arrows"]["to"]["type"], edge["dashes"]) == SIGN_LOOKS[sign]


def test_every_node_is_fixed_where_the_layout_puts_it(chain: Model) -> None:
    spec = network_spec(chain)
    assert all(one["fixed"] and isinstance(one["x"], float) for one in spec["nodes"])
    assert spec["options"]["physics"] == {"enabled": False}


def test_the_description_is_plain_data(parallel_arrows: Model) -> None:
    spec = network_spec(parallel_arrows)
    assert json.loads(json.dumps(spec)) == spec


def test_the_same_map_gives_the_same_description(chain: Model) -> None:
    assert network_spec(chain) == network_spec(chain)


def test_parallel_arrows_are_both_described_and_bowed_apart(parallel_arrows: Model) -> None:
    first, second = network_spec(parallel_arrows)["edges"]
    assert first["smooth"] != second["smooth"]


def test_changing_a_description_changes_no_other(chain: Model) -> None:
    network_spec(chain)["options"]["physics"]["enabled"] = True
    assert network_spec(chain)["options"]["physics"]["enabled"] is False


def test_an_unknown_view_is_refused(chain: Model) -> None:
    with pytest.raises(UnknownId):
        network_spec(chain, view="atlantis")


def test_pyvis_holds_every_node_and_arrow_of_the_description(parallel_arrows: Model) -> None:
    net = to_pyvis(network_spec(parallel_arrows))
    assert [one["id"] for one in net.nodes] == ["a", "b"]
    assert [one["id"] for one in net.edges] == ["a.b", "a.b.2"]


def test_the_page_asks_no_other_machine_for_anything(chain: Model) -> None:
    page = to_html(chain)
    assert re.findall(r"<[^>]+\b(?:src|href)\s*=\s*[\"']?https?:[^>]*>", page) == []
    assert re.findall(r"url\(\s*[\"']?https?:[^)]*\)|@import[^;]*", page) == []


def test_the_page_says_every_arrow_in_a_sentence() -> None:
    page = to_html(Model.from_edges([("magnesium", "stress", -1)]))
    assert "<li>A rise in magnesium lowers stress.</li>" in page


def test_names_enter_the_page_as_text() -> None:
    nasty = '<img src=x onerror="alert(1)">'
    page = to_html(Model.from_edges([(nasty, "</script><b>", 1)]))
    assert nasty not in page
    assert "</script><b>" not in page


def test_a_name_that_holds_href_does_not_turn_tooltips_into_html() -> None:
    page = to_html(Model.from_edges([("href", "b", 1)]))
    assert "popup.innerHTML" not in page


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_each_view_of_the_real_map_is_described_in_full(real_model: Model, language: str) -> None:
    for view in views(real_model):
        spec = network_spec(real_model, view=view, language=language)
        part = view_model(real_model, view)
        assert [*part.nodes] == [one["id"] for one in spec["nodes"]]
        assert [*part.edges] == [one["id"] for one in spec["edges"]]


def test_labels_of_the_real_map_have_at_most_two_lines(real_model: Model) -> None:
    spec = network_spec(real_model, view="whole")
    assert [one["label"] for one in spec["nodes"] if one["label"].count("\n") > 1] == []


def test_the_tooltip_gives_the_full_term(real_model: Model) -> None:
    spec = network_spec(real_model, view="core")
    assert node(spec, "acth")["title"].startswith("ACTH (adrenocorticotropic hormone)")


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_the_tooltip_gives_the_definition_in_the_language(real_model: Model, language: str) -> None:
    spec = network_spec(real_model, view="core", language=language)
    definition = real_model.node("acth").definition.in_language(language)
    assert node(spec, "acth")["title"].endswith(f"\n{definition}")


def test_contested_arrows_of_the_real_map_carry_a_mark(real_model: Model) -> None:
    spec = network_spec(real_model, view="whole")
    marked = {edge["id"] for edge in spec["edges"] if "label" in edge}
    assert {edge.id for edge in real_model.edges.values() if edge.contested} == marked


def test_the_description_uses_the_light_palette(chain: Model) -> None:
    fills = {one["color"]["background"] for one in network_spec(chain)["nodes"]}
    assert {PALETTES["light"].plain.fill} == fills

"""What the page is given of a map: an atlas without words, and a book of words in one language."""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
from importlib.resources import files
from typing import Any

import pytest

from mgmodel.explore import pages
from mgmodel.explore.asked import explorer_ensemble, listed_loops
from mgmodel.explore.atlas import NODE_STATES, atlas
from mgmodel.explore.book import book
from mgmodel.explore.pages import page_script, page_styles, static
from mgmodel.explore.views import drawings
from mgmodel.layout import view_model
from mgmodel.model import Model
from mgmodel.network_view import network_spec, to_pyvis
from mgmodel.portrayal import PALETTES, node_state, node_style
from mgmodel.vocabulary import EvidenceBar, Language, NodeKind, Strength, Verdict
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import words

LANGUAGES = [str(language) for language in Language]
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
OURS = (*pages.SCRIPTS, "widget.js", "host.js", "controls.js", "blocks.js", "worksheet.js")
HOSTILE = ("<script>alert(1)</script>", "\u202eabc", "x" * 300, "🧠" * 9, '"', "a b", "{n}", "%s")


def size(data: Any) -> int:
    """Bytes of what the kernel sends."""
    return len(json.dumps(data, ensure_ascii=False, allow_nan=False).encode())


@pytest.fixture(scope="module")
def real_atlas(real_model: Model) -> dict[str, Any]:
    return atlas(real_model, explorer_ensemble(real_model))


# The atlas


def test_the_atlas_of_the_shipped_map_is_small(real_atlas: dict[str, Any]) -> None:
    assert size(real_atlas) < 260_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_of_the_shipped_map_is_small(real_model: Model, language: str) -> None:
    assert size(book(real_model, language)) < 130_000


def test_atlas_and_book_are_made_in_a_blink(real_model: Model) -> None:
    taken = []
    for _ in range(5):
        before = time.process_time()
        atlas(real_model, explorer_ensemble(real_model))
        book(real_model)
        taken.append(time.process_time() - before)
    assert min(taken) < 0.1  # seconds; 0.04 on a quiet machine


def test_nodes_and_arrows_go_by_their_place_in_the_map(
    real_model: Model, real_atlas: dict[str, Any]
) -> None:
    nodes = real_atlas["nodes"]
    assert nodes == list(real_model.nodes)
    ends = [(nodes[one["source"]], nodes[one["target"]]) for one in real_atlas["edges"]]
    assert ends == [(edge.source, edge.target) for edge in real_model.edges.values()]
    assert [nodes[place] for place in real_atlas["sorted"]] == sorted(nodes)
    assert {one["bar"] for one in real_atlas["edges"]} <= set(range(len(EvidenceBar)))


def test_loops_are_those_that_are_listed(real_model: Model, real_atlas: dict[str, Any]) -> None:
    ids = [one["id"] for one in real_atlas["edges"]]
    loops = [tuple(ids[place] for place in loop) for loop in real_atlas["loops"]]
    assert loops == [loop.edges for loop in listed_loops(real_model)]


def test_every_plan_draws_what_its_view_holds_as_pyvis_would(
    real_model: Model, real_atlas: dict[str, Any]
) -> None:
    ids = [one["id"] for one in real_atlas["edges"]]
    for name in drawings(real_model):
        plan = real_atlas["plans"][name]
        network = to_pyvis(network_spec(real_model, view=name))
        assert plan["options"] == network.options
        assert [real_atlas["nodes"][place] for place, _, _ in plan["nodes"]] == [
            node["id"] for node in network.nodes
        ]
        drawn = {edge["id"]: edge for edge in network.edges}
        for edge in plan["edges"]:
            theirs = drawn.pop(ids[edge["id"]])
            for key in ("arrows", "arrowStrikethrough", "dashes", "smooth"):
                assert edge[key] == theirs[key]
            assert edge["mark_at"] == theirs.get("mark_at", edge["mark_at"])
        assert drawn == {}


def test_a_disputed_arrow_is_marked_with_its_counts(real_atlas: dict[str, Any]) -> None:
    edges = real_atlas["edges"]
    for plan in real_atlas["plans"].values():
        for drawn in plan["edges"]:
            edge = edges[drawn["id"]]
            counts = f"{edge['supporting']}:{edge['opposing']}" if edge["opposing"] else "?"
            assert drawn["mark"] == (counts if edge["contested"] else "")


def test_every_state_that_a_question_can_leave_a_node_in_has_a_look(
    real_atlas: dict[str, Any],
) -> None:
    states = {"plain", "off", "held"}
    states |= {node_state(way, firm) for way in Verdict for firm in Strength}
    states -= {"rises.depends", "falls.depends"}
    assert states == set(NODE_STATES)
    for theme in real_atlas["looks"].values():
        assert {key.split("|")[0] for key in theme["nodes"]} == states


def test_looks_are_those_of_the_portrayal(real_atlas: dict[str, Any]) -> None:
    for name, palette in PALETTES.items():
        look = real_atlas["looks"][name]["nodes"]["falls.likely|target|d"]
        style = node_style(
            palette, verdict=Verdict.FALLS, strength=Strength.LIKELY, role="target", dimmed=True
        )
        assert look == {
            "fill": style.fill,
            "border": style.border,
            "text": style.text,
            "width": style.border_width,
            "dash": list(style.dash),
            "marks": list(style.marks),
        }


def test_both_themes_have_looks_under_the_same_keys(real_atlas: dict[str, Any]) -> None:
    light, dark = (real_atlas["looks"][theme] for theme in ("light", "dark"))
    for kind in ("nodes", "edges"):
        assert list(light[kind]) == list(dark[kind])


def test_the_legend_lists_only_arrows_that_are_drawn_and_looks_that_are_there(
    chain: Model, real_atlas: dict[str, Any]
) -> None:
    small = atlas(chain, explorer_ensemble(chain))["plans"]["whole"]["legend"]
    whole = real_atlas["plans"]["whole"]["legend"]
    everything = {"increases", "decreases", "unclear", "no_effect", "shown_only", "contested"}
    assert everything & {entry["key"] for entry in small} == {"increases", "decreases"}
    assert everything & {entry["key"] for entry in whole} == everything
    looks = real_atlas["looks"]["light"]
    for entry in whole:
        table = looks["nodes" if entry["kind"] == "node" else "edges"]
        assert entry["look"].removesuffix("x") in table
        assert f"legend.{entry['key']}" in words()


def test_the_map_decides_the_atlas_and_nothing_else(real_model: Model) -> None:
    one, other = (atlas(real_model, explorer_ensemble(real_model)) for _ in range(2))
    assert one == other


# The book


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_of_the_map_has_its_words(real_model: Model, language: str) -> None:
    found = book(real_model, language)
    assert [node["label"] for node in found["nodes"]] == [
        node.label.in_language(language) for node in real_model.nodes.values()
    ]
    assert [edge.get("title", edge["sentence"]) for edge in found["edges"]] == [
        in_words(edge, language) for edge in real_model.edges.values()
    ]
    assert all(len(edge["cites"]) <= 2 for edge in found["edges"])
    assert list(found["drawings"]) == list(found["alts"]) == list(drawings(real_model))
    assert list(found["bars"]) == [bar.value for bar in EvidenceBar]
    assert set(found["kinds"]) == {kind.value for kind in NodeKind}
    members = [place for _, _, places in found["systems"] for place in places]
    assert sorted(members) == list(range(len(real_model.nodes)))


def test_a_node_has_its_names_in_every_language(real_model: Model) -> None:
    place = list(real_model.nodes).index("norepinephrine")
    for language in LANGUAGES:
        names = {name.lower() for name in book(real_model, language)["nodes"][place]["names"]}
        assert {"norepinephrine", "noradrenaline", "noradrenalin"} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_box_is_said(language: str) -> None:
    said = book(Model.from_edges([("a", "b", 1)]), language)["words"]
    spoken = {f"look.{state}" for state in (*NODE_STATES, "source", "target")} - {"look.plain"}
    assert spoken <= set(said)


def keys_in_scripts() -> set[str]:
    """Texts in our scripts that look like keys of the catalogues."""
    text = "\n".join(static(name) for name in OURS)
    topics = {key.partition(".")[0] for key in words()}
    found = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', text))
    return {key for key in found if key.partition(".")[0] in topics}


def test_every_key_that_the_page_says_is_in_the_book() -> None:
    said = book(Model.from_edges([("a", "b", 1)]))["words"]
    missing = {
        key
        for key in keys_in_scripts()
        if key not in said
        and f"{key}.one" not in said
        and not any(other.startswith(f"{key}.") for other in said)
    }
    assert missing == set()


def test_every_topic_that_the_page_fills_in_is_in_the_book() -> None:
    said = book(Model.from_edges([("a", "b", 1)]))["words"]
    text = "\n".join(static(name) for name in OURS)
    topics = {key.partition(".")[0] for key in words()}
    begun = set(re.findall(r"`([a-z_]+\.[a-z_.]*)\$\{", text))
    begun = {one for one in begun if one.partition(".")[0] in topics}
    assert begun
    assert {one for one in begun if not any(key.startswith(one) for key in said)} == set()


# Maps that are not ours


def test_labels_that_look_like_something_else_stay_labels() -> None:
    model = Model.from_edges([(one, other, 1) for one in HOSTILE for other in HOSTILE])
    found, said = atlas(model, explorer_ensemble(model)), book(model)
    assert found["nodes"] == list(HOSTILE)
    assert [node["label"] for node in said["nodes"]] == list(HOSTILE)
    assert json.loads(json.dumps([found, said], allow_nan=False)) == [found, said]


def test_a_map_of_one_node_has_an_atlas() -> None:
    model = Model.from_edges([], ["a"])
    plan = atlas(model, explorer_ensemble(model))["plans"]["whole"]
    assert (len(plan["nodes"]), plan["edges"]) == (1, [])


@pytest.mark.slow
def test_a_map_of_two_thousand_nodes_is_ready_within_seconds() -> None:
    draw = random.Random(1)
    nodes = [f"n{number}" for number in range(2000)]
    rows = [(draw.choice(nodes), draw.choice(nodes), draw.choice((1, -1))) for _ in range(6000)]
    model = Model.from_edges(rows, nodes)
    before = time.process_time()
    found, said = atlas(model, explorer_ensemble(model)), book(model)
    assert time.process_time() - before < 6
    assert len(found["plans"]["whole"]["edges"]) == len(said["edges"]) == 6000
    assert len(view_model(model, "whole").nodes) == 2000


# Scripts and styles


def test_the_browser_library_is_the_one_that_was_looked_at() -> None:
    library = pages.vis_network_file().read_bytes()
    assert hashlib.sha256(library).hexdigest() == VIS_SHA256


def test_every_script_and_style_that_is_there_is_used() -> None:
    there = {path.name for path in (files("mgmodel.explore") / "static").iterdir()}
    elsewhere = {"controls.css", "worksheet.css", "handout.js", "handout.css", "unpack.js"}
    assert {*OURS, *pages.STYLES, *elsewhere} == there


def test_the_script_names_no_other_machine_to_load_from() -> None:
    ours = [*map(static, OURS), page_styles()]
    assert [text for text in ours if "http" in text.replace("http://www.w3.org/2000/svg", "")] == []


def test_texts_enter_the_page_as_text_only() -> None:
    forbidden = ("innerHTML", "insertAdjacentHTML", "outerHTML", "document.write")
    assert [name for name in OURS for word in forbidden if word in static(name)] == []


def test_no_two_scripts_take_the_same_name() -> None:
    pattern = re.compile(r"^(?:async )?(?:function\*?|const|let|class) +(\w+)", re.MULTILINE)
    names = [name for one in (*pages.SCRIPTS, "widget.js") for name in pattern.findall(static(one))]
    assert sorted(set(names)) == sorted(names)


def test_the_page_ends_by_being_able_to_open() -> None:
    assert "function openPage(" in page_script()

"""The explorer without a browser: the View, what is shown for it, and the widget driven by code."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel.errors import UnknownId
from mgmodel.explore import MapWidget, View, explore_map, map_widget, picture
from mgmodel.explore.shown import Shown, question, shown
from mgmodel.explore.state import (
    ACTIONS,
    CLICKS,
    acted,
    as_code,
    checked,
    drawings,
    reset,
    toggled_held,
    toggled_off,
)
from mgmodel.interventions import Block, KnockOut, Press
from mgmodel.layout import BOX_WIDTH, text_width
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, respond
from mgmodel.reasoning.tracing import signed_paths
from mgmodel.vocabulary import Verdict
from mgmodel.wording.catalogues import words

CHANNEL, SERUM, NOREPINEPHRINE = "n_type_calcium_channel", "serum_magnesium", "norepinephrine"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


def seen(model: Model, **chosen: Any) -> Shown:
    return shown(model, Ensemble(model), View(**chosen))


@pytest.fixture
def widget(chain: Model) -> MapWidget:
    return explore_map(chain, source="a", target="d")


@pytest.fixture
def real_widget(real_model: Model) -> MapWidget:
    return explore_map(real_model, source=SERUM, target=NOREPINEPHRINE)


# The View


@pytest.mark.parametrize("toggled", [toggled_off, toggled_held])
def test_toggling_twice_changes_nothing(toggled: Any) -> None:
    view = View(source="a", switched_off=("b",), held=("c",))
    assert view == toggled(toggled(view, "d"), "d")


def test_a_node_is_never_both_switched_off_and_held() -> None:
    view = toggled_off(toggled_held(View(), "b"), "b")
    assert (view.switched_off, view.held) == (("b",), ())


STEPS = st.lists(
    st.tuples(st.sampled_from(["switch_off", "hold", "restore", "click"]), st.sampled_from("abcd")),
    max_size=12,
)


@given(STEPS, st.sampled_from(CLICKS[:2]))
def test_no_order_of_acts_leads_to_a_view_that_cannot_be_had(
    steps: list[tuple[str, str]], click: str
) -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 1)])
    view = View(click=click)
    for action, node in steps:
        view = acted(view, action, node)
    assert checked(model, view) is view


def test_reset_keeps_drawing_language_and_meaning_of_a_click() -> None:
    opening = View(source="a", target="d")
    view = View("whole", switched_off=("b",), route=1, language="sv", click="hold")
    assert View("whole", "a", "d", language="sv", click="hold") == reset(view, opening)


def test_another_question_takes_the_highlight_away() -> None:
    view = View(source="a", target="d", route=0)
    assert all(
        acted(view, action, value).route is None
        for action, value in [("source", "b"), ("target", "c"), ("push", -1), ("hold", "b")]
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source": "bb"}, "There is no node 'bb'"),
        ({"drawing": "cores"}, "There is no drawing 'cores'"),
        ({"arrow": "a.c"}, "There is no arrow 'a.c'"),
        ({"source": "a", "target": "a"}, "choose two different nodes"),
        ({"switched_off": ("a",), "held": ("a",)}, "switched off and held at baseline at once"),
        ({"push": 2}, "push is 2; it must be one of 1, -1"),
        ({"click": "delete"}, "click is 'delete'"),
        ({"language": "fr"}, "language is 'fr'"),
        ({"route": -1}, "paths are counted from 0"),
    ],
)
def test_a_view_that_cannot_be_had_is_refused_in_words(
    chain: Model, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises((UnknownId, ValueError)) as refused:
        checked(chain, View(**wrong))
    assert said in str(refused.value)


def test_the_code_of_a_view_opens_that_view_again(chain: Model) -> None:
    view = View(
        "whole", "a", "d", push=-1, switched_off=("b",), held=("c",), language="nl", click="hold"
    )
    again = eval(as_code(view), {"explore_map": explore_map, "model": chain}).view
    assert replace(view, click="switch_off") == again


def test_a_map_without_core_arrows_opens_whole(chain: Model) -> None:
    assert (drawings(chain), explore_map(chain).view.drawing) == (("whole",), "whole")


def test_the_real_map_offers_core_five_pathways_and_the_whole(real_model: Model) -> None:
    offered = drawings(real_model)
    assert (offered[0], len(offered), offered[-1]) == ("core", 7, "whole")


# What is shown


def test_switching_off_is_a_knock_out_and_holding_is_a_block(chain: Model) -> None:
    view = View(source="a", push=-1, switched_off=("b",), held=("c",))
    assert (Press("a", -1.0), KnockOut("b"), Block("c")) == question(chain, view)


@pytest.mark.parametrize("fixing", ["switched_off", "held"])
def test_a_source_that_is_fixed_is_not_pushed(chain: Model, fixing: str) -> None:
    now = seen(chain, source="a", target="d", **{fixing: ("a",)})
    assert "Nothing is pushed" in now.status
    assert "Press" not in str(question(chain, now.view))


def test_what_no_longer_carries_the_effect_is_dimmed(chain: Model) -> None:
    now = seen(chain, source="a", held=("b",))
    assert {"c", "d"} == now.dim_nodes
    assert set(chain.edges) == now.dim_edges


def test_nothing_is_dimmed_while_nothing_is_pushed(chain: Model) -> None:
    now = seen(chain, switched_off=("b",))
    assert (frozenset(), frozenset()) == (now.dim_nodes, now.dim_edges)


def test_no_verdict_is_shown_while_nothing_is_asked(chain: Model) -> None:
    assert seen(chain).verdicts == {}


def test_the_verdicts_are_those_of_respond(real_model: Model) -> None:
    now = seen(real_model, source=SERUM, switched_off=(CHANNEL,))
    asked = respond(real_model, Press(SERUM), KnockOut(CHANNEL))
    assert dict(asked.direction) == dict(now.verdicts)


def test_switching_off_the_only_way_leaves_no_path_and_says_where_the_change_is_from(
    chain: Model,
) -> None:
    now = seen(chain, source="a", target="d", switched_off=("b",))
    assert "No path is left from a to d." in now.answer
    assert "The change comes from what is switched off" in now.answer


def test_holding_the_only_way_leaves_no_path_and_changes_nothing(chain: Model) -> None:
    now = seen(chain, source="a", target="d", held=("b",))
    assert now.answer == "d: no route leads there. No path is left from a to d."


def test_two_nodes_that_were_never_joined_have_no_path_to_lose(chain: Model) -> None:
    assert "No path leads from d to a." in seen(chain, source="d", target="a").answer


def test_paths_longer_than_those_listed_are_not_said_to_be_absent() -> None:
    names = [f"n{number}" for number in range(11)]
    long_chain = Model.from_edges([(a, b, 1) for a, b in pairwise(names)])
    answer = seen(long_chain, source="n0", target="n10").answer
    assert "n10: rises in all weightings." in answer
    assert "at most 8 arrows" in answer


def test_opposing_paths_are_counted_apart(incoherent_fork: Model) -> None:
    now = seen(incoherent_fork, source="S", target="T")
    assert "plus 1, minus 1, undecided 0" in now.count
    assert Verdict.DEPENDS is now.verdicts["T"]


def test_a_path_row_reads_in_the_direction_of_the_push(chain: Model) -> None:
    row = seen(chain, source="a", target="c", push=-1).paths[0]
    assert row.sentence == "A fall in a leads to a fall in b, hence to a rise in c."


def test_a_path_row_shows_each_sign_between_its_labels(chain: Model) -> None:
    row = seen(chain, source="a", target="d").paths[0]
    assert (row.short, row.sign, row.length) == ("a → b ⊣ c → d", "\N{MINUS SIGN}", 3)


def test_a_path_that_leaves_the_drawing_is_marked(real_model: Model) -> None:
    chosen = {"source": SERUM, "target": NOREPINEPHRINE}
    inside = seen(real_model, drawing="core", **chosen).paths
    outside = seen(real_model, drawing="gaba", **chosen).paths
    assert (
        [row.outside for row in inside],
        [row.outside for row in outside],
    ) == ([False, False], [True, True])


def test_a_highlighted_path_lights_its_nodes_and_arrows(chain: Model) -> None:
    now = seen(chain, source="a", target="d", route=0)
    assert (set(chain.nodes), set(chain.edges)) == (now.lit_nodes, now.lit_edges)


def test_a_path_that_is_not_listed_cannot_be_highlighted(chain: Model) -> None:
    with pytest.raises(ValueError, match="There is no path number 1: 1 are listed"):
        seen(chain, source="a", target="d", route=1)


def test_the_card_of_an_arrow_has_sentence_grade_evidence_references_and_documents(
    real_model: Model,
) -> None:
    now = seen(real_model, arrow=f"{SERUM}.{CHANNEL}")
    headings = [heading for heading, lines in now.card if lines]
    wanted = ("sentence", "grade_computed", "references", "documents")
    assert [key for key in wanted if words()[f"card.{key}"] not in headings] == []


@given(
    st.lists(st.tuples(*[st.sampled_from("abcde")] * 2, st.sampled_from([1, -1, 0])), max_size=10),
    st.sets(st.sampled_from("abcde"), max_size=2),
)
def test_whatever_is_dimmed_has_no_path_from_the_source(
    edges: list[tuple[str, str, int]], fixed: set[str]
) -> None:
    model = Model.from_edges(edges, nodes="abcde")
    now = seen(model, source="a", switched_off=tuple(sorted(fixed)))
    rest = model.without(*fixed)
    reached = {"a"} if "a" not in fixed else set()
    if reached:
        reached |= {node for node in rest.nodes if signed_paths(rest, "a", node, max_length=5)}
    assert set(model.nodes) - fixed - reached == now.dim_nodes


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_every_sentence_is_said_in_each_language(real_model: Model, language: str) -> None:
    chosen = {"source": SERUM, "target": NOREPINEPHRINE, "language": language}
    said = seen(real_model, **chosen, switched_off=(CHANNEL,), held=("cortisol",)).sentences
    assert words(language)["path.none_left"].split("{")[0] in " ".join(said)


# What the browser receives


def test_every_state_of_a_node_and_an_arrow_has_one_byte() -> None:
    table = picture.looks("en")["light"]
    assert all(0 < len(table[kind]) <= 256 for kind in ("nodes", "edges"))


def test_both_themes_number_their_looks_alike() -> None:
    light, dark = (picture.looks("en")[theme]["nodes"] for theme in ("light", "dark"))
    assert [look["line"] for look in light] == [look["line"] for look in dark]


def test_a_verdict_is_written_as_glyph_and_word(widget: MapWidget, chain: Model) -> None:
    table = picture.looks("en")["light"]["nodes"]
    written = {
        node: table[number]["line"]
        for node, number in zip(chain.nodes, widget.node_state, strict=True)
    }
    assert written == {"a": "▶ ▲ rises", "b": "▲ rises", "c": "▼ falls", "d": "◎ ▼ falls"}


def test_switched_off_and_held_are_written_differently(widget: MapWidget) -> None:
    table = picture.looks("en")["light"]["nodes"]
    widget.switch_off("b")
    off = table[widget.node_state[1]]["line"]
    widget.hold("b")
    assert (off, table[widget.node_state[1]]["line"]) == ("✕ switched off", "‖ held")


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_every_last_line_fits_its_box(language: str) -> None:
    written = {look["line"] for look in picture.looks(language)["light"]["nodes"]}
    assert [line for line in written if text_width(line) > BOX_WIDTH] == []


def test_the_legend_lists_only_what_is_drawn(chain: Model, real_model: Model) -> None:
    def keys(model: Model, view: str) -> set[str]:
        return {entry["key"] for entry in picture.drawing(model, view, "en")["legend"]}

    everything = {"increases", "decreases", "unclear", "no_effect", "shown_only", "contested"}
    assert {"increases", "decreases"} == everything & keys(chain, "whole")
    assert everything == everything & keys(real_model, "whole")


def test_the_browser_library_is_the_one_that_was_looked_at() -> None:
    library = map_widget.vis_network_file().read_bytes()
    assert hashlib.sha256(library).hexdigest() == VIS_SHA256


def test_the_script_names_no_other_machine_to_load_from() -> None:
    static = [map_widget._static(name) for name in ("picture.js", "panel.js", "explorer.js")]
    static.append(map_widget._static("explorer.css"))
    assert [
        text for text in static if "http" in text.replace("http://www.w3.org/2000/svg", "")
    ] == []


def test_texts_enter_the_page_as_text_only() -> None:
    static = [map_widget._static(name) for name in ("picture.js", "panel.js", "explorer.js")]
    assert [text for text in static if "innerHTML" in text or "insertAdjacentHTML" in text] == []


# The widget, driven by code


def test_the_shown_case_no_path_is_left_and_norepinephrine_falls(real_widget: MapWidget) -> None:
    real_widget.switch_off(CHANNEL)
    assert "No path is left from serum magnesium to norepinephrine." in real_widget.status
    assert Verdict.FALLS is real_widget.response.direction[NOREPINEPHRINE]
    assert len(real_widget.paths) == 0


def test_a_click_does_what_the_choice_says(widget: MapWidget) -> None:
    widget.click("b")
    widget.click_means("hold")
    widget.click("c")
    widget.click_means("source")
    widget.click("b")
    assert (
        widget.view.switched_off,
        widget.view.held,
        widget.view.source,
    ) == (("b",), ("c",), "b")


def test_every_act_is_one_answer_to_the_page(widget: MapWidget) -> None:
    before = widget.seq
    widget.switch_off("b")
    widget.restore("b")
    assert before + 2 == widget.seq


def test_only_another_drawing_or_language_sends_a_drawing(real_widget: MapWidget) -> None:
    first = real_widget.drawing
    real_widget.switch_off(CHANNEL)
    same = real_widget.drawing is first
    real_widget.draw("gaba")
    assert (same, real_widget.drawing["id"]) == (True, "gaba")


def test_answers_are_the_same_whatever_is_drawn(real_widget: MapWidget) -> None:
    said = real_widget.status
    for drawing in drawings(real_widget.model):
        real_widget.draw(drawing)
        assert said == real_widget.status


def test_choosing_both_ends_at_once_may_swap_them(widget: MapWidget) -> None:
    widget.choose(source="d", target="a", push=-1)
    assert (widget.view.source, widget.view.target, widget.view.push) == ("d", "a", -1)


def test_reset_comes_back_to_the_opening_question(widget: MapWidget) -> None:
    opening = widget.view
    widget.switch_off("b")
    widget.choose(source=None, target="c")
    widget.card("a.b")
    widget.reset()
    assert opening == widget.view


def test_a_mistake_in_code_is_raised_shown_and_changes_nothing(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    before = widget.view
    with pytest.raises(UnknownId, match="There is no node 'bb'"):
        widget.switch_off("bb")
    assert ("Something went wrong: There is no node 'bb'. Did you mean 'b'?", before) == (
        widget.error,
        widget.view,
    )


def test_the_next_success_clears_the_error_line(widget: MapWidget) -> None:
    with pytest.raises(UnknownId):
        widget.switch_off("bb")
    widget.switch_off("b")
    assert widget.error == ""


def test_a_mistake_from_the_page_is_shown_and_the_controls_are_told_the_truth(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    before = widget.seq
    widget._handle_custom_msg({"do": "target", "value": "a"}, [])
    assert "choose two different nodes" in widget.error
    assert before + 1 == widget.seq


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("reset", None),
        ("draw", "whole"),
        ("source", "b"),
        ("target", "c"),
        ("push", -1),
        ("click", "b"),
        ("click_means", "hold"),
        ("switch_off", "b"),
        ("hold", "b"),
        ("restore", "b"),
        ("highlight", 0),
        ("card", "a.b"),
        ("language", "nl"),
    ],
)
def test_a_planted_error_in_any_callback_is_seen(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch, action: str, value: Any
) -> None:
    def broken(*_: Any) -> Any:
        msg = "planted"
        raise RuntimeError(msg)

    planted = {**ACTIONS, **({action: broken} if action in ACTIONS else {})}
    monkeypatch.setattr("mgmodel.explore.state.ACTIONS", planted)
    monkeypatch.setattr("mgmodel.explore.bindings.reset", broken)
    with pytest.raises(RuntimeError, match="planted"):
        widget.press(action, value)
    assert widget.error == "Something went wrong: RuntimeError: planted"


def test_all_actions_are_planted_above() -> None:
    marks = test_a_planted_error_in_any_callback_is_seen.pytestmark
    planted = {case[0] for case in marks[0].args[1]}
    assert {*ACTIONS, "reset"} == planted


def test_an_error_while_painting_is_raised_to_code(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "node_numbers", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        widget.switch_off("b")
    assert "ZeroDivisionError" in widget.error


# What is left without a kernel


def test_the_text_of_a_widget_is_the_same_each_time(chain: Model) -> None:
    first, second = (explore_map(chain, source="a", target="d") for _ in range(2))
    assert repr(first) == repr(second)
    assert repr(first) == "MapWidget(4 nodes, 3 arrows, 0 switched off, 0 held at baseline)"


def test_a_saved_notebook_holds_widget_picture_and_text(widget: MapWidget) -> None:
    bundle = widget._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} == set(data)
    assert data["image/png"].startswith(b"\x89PNG")
    assert "d: falls in all weightings." in data["text/plain"]


def test_the_same_view_gives_the_same_picture(chain: Model) -> None:
    pictures = {
        explore_map(chain, source="a", target="d")._repr_mimebundle_()[0]["image/png"]
        for _ in range(2)
    }
    assert len(pictures) == 1

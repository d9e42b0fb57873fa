"""The explorer without a browser: the View, what is shown for it, and the widget driven by code."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel.errors import MgModelError, UnknownId
from mgmodel.explore import MapWidget, View, explore_map, rehearse
from mgmodel.explore.codes import decode, encode
from mgmodel.explore.rehearsal import pressed, presses
from mgmodel.explore.shown import Shown, question, shown
from mgmodel.explore.state import (
    ACTIONS,
    BARS,
    CLICKS,
    acted,
    as_code,
    bare,
    checked,
    drawings,
    reset,
    toggled_held,
    toggled_off,
)
from mgmodel.explore.views import Refused
from mgmodel.interventions import Block, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, respond
from mgmodel.reasoning.tracing import signed_paths
from mgmodel.vocabulary import Verdict
from mgmodel.wording.catalogues import words

CHANNEL, SERUM, NOREPINEPHRINE = "n_type_calcium_channel", "serum_magnesium", "norepinephrine"


def seen(model: Model, **chosen: Any) -> Shown:
    return shown(model, Ensemble(model), View(**chosen))


@pytest.fixture
def widget(chain: Model) -> MapWidget:
    return explore_map(chain, source="a", target="d")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Messages from widgets to their pages."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(MapWidget, "_send", lambda _, message, **__: messages.append(message))
    return messages


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


def test_every_act_is_one_answer_to_the_page(widget: MapWidget, sent: list[Any]) -> None:
    widget.switch_off("b")
    widget.press("restore", "b")
    assert [set(message["state"]) for message in sent] == [{"state", "seq"}] * 2


def test_only_another_language_sends_words_and_nothing_sends_the_map_again(
    widget: MapWidget, sent: list[Any]
) -> None:
    widget.draw("whole")
    widget.speak("nl")
    widget.open_card("a.b")
    widget.choose(push=-1)
    names = [set(message["state"]) - {"state", "seq"} for message in sent]
    assert names == [set(), {"book"}, {"card"}, set()]


def test_a_toggle_costs_at_most_three_kilobytes_both_ways(
    real_widget: MapWidget, sent: list[Any]
) -> None:
    cost = []
    for number in range(1, 121):
        message = {"do": "click", "value": CHANNEL, "page": "k3v9x0aq", "n": number}
        real_widget._handle_custom_msg(message, [])
        cost.append(sum(len(json.dumps(one, ensure_ascii=False)) for one in (message, *sent)))
        sent.clear()
    assert len(real_widget.history) == 100
    assert max(cost) <= 3000


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
    widget.open_card("a.b")
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


ACTS: list[tuple[str, Any]] = [
    ("draw", "whole"),
    ("source", "b"),
    ("target", "c"),
    ("push", -1),
    ("click", "b"),
    ("click_means", "hold"),
    ("switch_off", "b"),
    ("hold", "b"),
    ("restore", "b"),
    ("cut", "a.b"),
    ("flip", "a.b"),
    ("mend", "a.b"),
    ("evidence", "verified"),
    ("focus", "b"),
    ("steps", 2),
    ("way", "up"),
    ("layer_off", "mechanism"),
    ("layer_on", "mechanism"),
    ("hide", "b"),
    ("show", None),
    ("highlight", 0),
    ("loop", None),
    ("card", "a.b"),
    ("why", "c"),
    ("beside", True),
    ("language", "nl"),
]
STEPS_AND_CODES: list[tuple[str, Any, str]] = [
    ("reset", None, "history.reset"),
    ("undo", None, "history._place"),
    ("redo", None, "history._place"),
    ("step", 0, "history._place"),
    ("code", "WYJ2-Y", "history.decode"),
    ("file", "{}", "history.opened"),
    ("scene", 0, "bindings.decode"),
]


def planted(*_: Any, **__: Any) -> Any:
    msg = "planted"
    raise RuntimeError(msg)


@pytest.mark.parametrize(("action", "value"), ACTS)
def test_a_planted_error_in_any_act_is_seen(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch, action: str, value: Any
) -> None:
    broken = {**ACTIONS, action: planted}
    monkeypatch.setattr("mgmodel.explore.state.ACTIONS", broken)
    with pytest.raises(RuntimeError, match="planted"):
        widget.press(action, value)
    assert widget.error == "Something went wrong: RuntimeError: planted"


@pytest.mark.parametrize(("action", "value", "place"), STEPS_AND_CODES)
def test_a_planted_error_in_steps_codes_files_and_scenes_is_seen(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch, action: str, value: Any, place: str
) -> None:
    widget.stage = {"scenes": {"en": [{"code": widget.short_code}]}}
    monkeypatch.setattr(f"mgmodel.explore.{place}", planted)
    with pytest.raises(RuntimeError, match="planted"):
        widget.press(action, value)
    assert widget.error == "Something went wrong: RuntimeError: planted"


def test_all_actions_are_planted_above() -> None:
    assert {*ACTIONS} == {action for action, _ in ACTS}


def test_an_error_while_the_answer_is_worked_out_leaves_the_view_and_is_raised_to_code(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = widget.view
    monkeypatch.setattr("mgmodel.explore.bindings.told", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        widget.switch_off("b")
    assert "ZeroDivisionError" in widget.error
    assert before == widget.view


# The page and its host


def codes(widget: MapWidget) -> list[str]:
    """The codes of the state, as the page unpacks them."""
    packed = widget.state["codes"]
    return [packed[:3] + code for code in packed[3:].split(" ")]


def test_the_state_is_the_whole_history_as_a_value(widget: MapWidget) -> None:
    widget.switch_off("b")
    widget.raise_bar("documents")  # stands there already: no step
    widget.cut("b.c")
    widget.undo()
    views = [decode(widget.model, code) for code in codes(widget)]
    assert [view.switched_off for view in views] == [(), ("b",), ("b",)]
    assert (widget.state["at"], views[1]) == (1, bare(widget.view))


def test_a_message_is_confirmed_whether_it_could_be_done_or_not(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    before = widget.view
    widget._handle_custom_msg({"do": "target", "value": "a", "page": "p", "n": 7}, [])
    assert widget.state["heard"] == {"p": 7}
    assert (before, widget.error != "") == (widget.view, True)


def test_only_the_last_eight_pages_are_remembered(widget: MapWidget) -> None:
    for number in range(10):
        widget._handle_custom_msg({"do": "push", "value": 1, "page": f"p{number}", "n": 1}, [])
    widget._handle_custom_msg({"do": "push", "value": 1, "page": "p3", "n": 2}, [])
    heard = widget.state["heard"]
    assert list(heard) == ["p2", *(f"p{number}" for number in range(4, 10)), "p3"]
    assert heard["p3"] == 2


def test_an_act_that_is_answered_from_code_confirms_nothing(widget: MapWidget) -> None:
    widget.switch_off("b")
    assert widget.state["heard"] == {}


def test_a_fault_of_the_page_is_shown_and_raised_where_all_is_strict(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = {"fault": "TypeError: x is undefined", "page": "p"}
    with pytest.raises(MgModelError, match="x is undefined"):
        widget._heard(fault)
    monkeypatch.delenv("MGMODEL_STRICT")
    widget.switch_off("b")
    widget._handle_custom_msg(fault, [])
    assert widget.error == "Something went wrong: TypeError: x is undefined"


def test_an_error_is_said_in_the_language_of_the_reader(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    widget.speak("nl")
    widget.press("target", "a")
    assert "twee verschillende knopen" in widget.error


def test_the_card_holds_the_sections_of_the_open_arrow_and_goes_with_it(widget: MapWidget) -> None:
    widget.open_card("a.b")
    opened = widget.card
    widget.open_card(None)
    assert opened is not None
    assert (opened["edge"], opened["language"]) == ("a.b", "en")
    assert opened["sections"][0]["lines"] == ["A rise in a raises b."]
    assert widget.card is None


# Steps, codes, files and what stands beside


def test_each_step_has_a_name_and_can_be_undone_and_done_again(widget: MapWidget) -> None:
    opening = widget.view
    widget.switch_off("b")
    widget.cut("c.d")
    said = widget.history
    last = widget.view
    widget.undo()
    widget.undo()
    assert opening == widget.view
    widget.redo()
    widget.redo()
    assert last == widget.view
    assert said[1] == "Switched off: b"
    assert len(said) == 3


def test_a_code_opens_its_view_in_another_explorer(widget: MapWidget) -> None:
    widget.switch_off("b")
    widget.flip("c.d")
    other = explore_map(widget.model, code=widget.short_code, language="sv")
    assert bare(other.view) == bare(widget.view)
    assert other.view.language == "sv"
    widget.reset()
    widget.open_code(other.short_code)
    assert bare(other.view) == bare(widget.view)


def test_a_saved_view_is_loaded_again_and_what_a_map_has_not_is_told(
    widget: MapWidget, tmp_path: Path
) -> None:
    widget.switch_off("b", "c")
    file = tmp_path / "view.json"
    widget.save_view(file)
    smaller = explore_map(Model.from_edges([("a", "b", 1), ("b", "d", 1)]))
    told = smaller.load_view(file)
    assert smaller.view.switched_off == ("b",)
    assert [sentence for sentence in told if "'c'" in sentence]
    widget.reset()
    assert widget.load_view(file) == ()
    assert widget.view.switched_off == ("b", "c")


def test_a_view_is_kept_beside_and_the_nodes_that_differ_are_told(widget: MapWidget) -> None:
    widget.keep()
    widget.cut("b.c")
    assert [node for node, _ in widget.shown.differences] == ["c", "d"]
    widget.compare(View(source="a", cut=("c.d",)))
    assert widget.view.beside is not None
    widget.compare(None)
    assert widget.view.beside is None


def test_several_choices_by_code_are_one_step(widget: MapWidget) -> None:
    widget.choose(source="b", target="c", push=-1)
    widget.focus("b", steps=2, way="down")
    widget.filter_layers("mechanism")
    assert len(widget.history) == 4
    assert (widget.view.focus, widget.view.steps, widget.view.way) == ("b", 2, "down")
    assert widget.view.without_layers == ("mechanism",)


def test_what_is_hidden_still_answers(widget: MapWidget) -> None:
    before = widget.status
    widget.hide("b", "b.c")
    assert (widget.view.hidden, widget.status) == (("b", "b.c"), before)
    widget.show()
    assert widget.view.hidden == ()


def test_why_is_said_and_stays_open(widget: MapWidget) -> None:
    said = widget.why("d")
    assert widget.view.why == "d"
    assert said.startswith("d: falls in all weightings.")
    assert widget.why(None) == ""


def test_cut_turned_and_mended_arrows_change_the_answer(widget: MapWidget) -> None:
    widget.flip("c.d")
    turned = widget.response.direction["d"]
    widget.cut("c.d")
    away = widget.response.direction["d"]
    widget.mend("c.d")
    assert (turned, away) == (Verdict.RISES, Verdict.NO_ROUTE)
    assert widget.response.direction["d"] is Verdict.FALLS


def test_a_higher_bar_leaves_fewer_arrows(real_widget: MapWidget) -> None:
    faded = []
    for bar in BARS:
        real_widget.raise_bar(bar)
        faded.append(len(real_widget.shown.faded_edges))
    assert faded == sorted(faded)
    assert faded[0] < faded[-1]


def test_explore_map_opens_on_arrows_and_a_bar(chain: Model) -> None:
    widget = explore_map(chain, source="a", cut="a.b", flipped=["c.d"], evidence="documents")
    assert (widget.view.cut, widget.view.flipped) == (("a.b",), ("c.d",))


def test_a_scene_of_a_talk_is_shown_by_its_number(chain: Model) -> None:
    scene = {"title": "", "note": "", "ask": "", "code": encode(chain, View(source="b"))}
    stage = {"scenes": {"en": [scene]}, "frame": None}
    widget = MapWidget(chain, View(), stage=stage)
    widget.press("scene", 0)
    assert (widget.view.source, widget.state["scene"]) == ("b", 0)
    with pytest.raises(ValueError, match="There is no scene number 1"):
        widget.press("scene", 1)


# Rehearsal


def test_a_rehearsal_presses_every_act_and_leaves_no_trace(real_widget: MapWidget) -> None:
    real_widget.switch_off(CHANNEL)
    before = real_widget.standing
    pressed = set()
    heard = real_widget._heard

    def listen(message: Any) -> None:
        pressed.add(message["do"])
        heard(message)

    real_widget._heard = listen
    rehearse(real_widget)
    assert before == real_widget.standing
    assert {*ACTIONS, "reset", "undo", "redo", "step", "code", "file", "scene"} == pressed


def test_a_rehearsal_fails_where_a_control_is_broken(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    monkeypatch.setattr("mgmodel.explore.state.ACTIONS", {**ACTIONS, "flip": planted})
    with pytest.raises(MgModelError, match=r"The control 'flip' with 'a\.b' failed"):
        rehearse(widget)


@pytest.mark.parametrize("seed", range(8))
def test_a_rehearsal_in_any_order_presses_the_same_and_leaves_no_trace(
    widget: MapWidget, seed: int
) -> None:
    widget.switch_off("c")
    before = widget.standing
    assert rehearse(widget) == rehearse(widget, seed)
    assert before == widget.standing


def test_the_order_of_a_seed_is_fixed_and_another_seed_has_another(widget: MapWidget) -> None:
    todo = presses(widget)
    orders = [tuple(pressed(widget, todo, seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(map(repr, orders[0])) == sorted(map(repr, orders[2]))


def test_what_makes_no_sense_in_a_state_is_asked_again_where_it_does(widget: MapWidget) -> None:
    todo = [("source", "a"), ("target", "d"), ("highlight", 0)]
    for seed in range(6):
        widget.choose(source=None, target=None)
        for press in pressed(widget, todo, seed):
            assert press != ("highlight", 0) or widget.view.route == 0


def test_a_control_that_is_always_refused_is_no_answer(
    widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> Any:
        key = "answer.no_path"
        raise Refused(key, n="0", listed="0")

    monkeypatch.delenv("MGMODEL_STRICT")
    monkeypatch.setattr("mgmodel.explore.state.ACTIONS", {**ACTIONS, "steps": refused})
    for seed in (None, 3):
        with pytest.raises(MgModelError, match="The control 'steps' with 2 failed"):
            rehearse(widget, seed)


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

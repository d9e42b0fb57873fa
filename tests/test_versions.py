"""Versions: a change of the map is told with every conclusion that it changes, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import signed_models

from mgmodel.inquiry.changes import Changes
from mgmodel.inquiry.versions import diff
from mgmodel.interventions import FlipEdge, Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble
from mgmodel.records import Evidence, Expectation, Library
from mgmodel.vocabulary import (
    Effect,
    ExpectationKind,
    Grade,
    Outcome,
    Stance,
    Strength,
    Verdict,
)
from mgmodel.wording import in_words

LANGUAGES = ("en", "nl", "sv")
OPPOSITE = {Effect.INCREASES: Effect.DECREASES, Effect.DECREASES: Effect.INCREASES}


def changed(model: Model, edge: str, **more: Any) -> Model:
    """The same map with one arrow that says something else."""
    edges = {**model.edges, edge: replace(model.edge(edge), **more)}
    return Model(model.nodes.values(), edges.values(), model.library)


def flipped(model: Model, edge: str) -> Model:
    return changed(model, edge, effect=OPPOSITE[model.edge(edge).effect])


def concluded(changes: Changes) -> set[tuple[str, str]]:
    return {(each.pressed, each.node) for each in changes.conclusions}


# -- arrows and nodes


@given(signed_models())
def test_a_map_does_not_differ_from_itself(model: Model) -> None:
    changes = diff(model, model, weightings=5)
    assert not changes
    assert repr(changes) == "Changes(none)"


@given(signed_models(), st.randoms())
def test_the_order_of_a_file_changes_nothing(model: Model, chance: Any) -> None:
    nodes, edges = list(model.nodes.values()), list(model.edges.values())
    chance.shuffle(nodes)
    chance.shuffle(edges)
    assert not diff(model, Model(nodes, edges), weightings=5)


def test_a_node_with_a_new_id_is_one_removed_and_one_added(chain: Model) -> None:
    new = Model.from_edges([("a", "bb", 1), ("bb", "c", -1), ("c", "d", 1)])
    changes = diff(chain, new)
    assert (changes.nodes_added, changes.nodes_removed) == (("bb",), ("b",))
    assert (changes.edges_added, changes.edges_removed) == (("a.bb", "bb.c"), ("a.b", "b.c"))
    assert changes.conclusions == ()


@pytest.mark.parametrize(
    ("more", "what", "old", "new"),
    [
        ({"effect": Effect.UNCLEAR}, "effect", "increases", "unclear"),
        ({"propagate": False}, "propagate", "yes", "no"),
        ({"core": True}, "core", "no", "yes"),
        ({"contested": True}, "contested", "no", "yes"),
        ({"permissive": True}, "permissive", "no", "yes"),
        ({"gate": "both"}, "gate", "", "both"),
        ({"layer": "clinical_evidence"}, "layer", "mechanism", "clinical_evidence"),
        ({"confidence": Grade.B}, "confidence", "", "B"),
        ({"target": "c"}, "target", "b", "c"),
    ],
)
def test_a_field_of_an_arrow_is_told_with_both_values(
    chain: Model, more: dict[str, Any], what: str, old: str, new: str
) -> None:
    changes = diff(chain, changed(chain, "a.b", **more))
    told = [(each.edge, each.what, each.old, each.new) for each in changes.edges_changed]
    assert told == [("a.b", what, old, new)]
    assert changes.changed_edges == ("a.b",)


def test_rows_of_evidence_are_counted_for_and_against(chain: Model) -> None:
    rows = [Evidence("a.b", "one", stance) for stance in (Stance.MIXED, Stance.CONTRADICTS)]
    new = Model(chain.nodes.values(), chain.edges.values(), Library(evidence=tuple(rows)))
    changes = diff(chain, new)
    assert [(each.what, each.old, each.new) for each in changes.edges_changed] == [
        *(("evidence_for", "0", "1"), ("evidence_against", "0", "2")),
    ]
    assert changes.conclusions == ()


# -- conclusions


def test_a_flipped_arrow_turns_what_lies_behind_it_and_nothing_else(chain: Model) -> None:
    changes = diff(chain, flipped(chain, "b.c"))
    assert concluded(changes) == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}
    first = changes.conclusions[0]
    assert (first.old, first.new, first.is_turned) == (Verdict.FALLS, Verdict.RISES, True)


def test_an_arrow_that_is_gone_leaves_no_route(chain: Model) -> None:
    changes = diff(chain, chain.without("c.d"))
    assert changes.edges_removed == ("c.d",)
    assert {each.new for each in changes.conclusions} == {Verdict.NO_ROUTE}
    assert concluded(changes) == {("a", "d"), ("b", "d"), ("c", "d")}


def test_a_new_arrow_elsewhere_changes_no_conclusion_here(incoherent_fork: Model) -> None:
    """With so few weightings the answer at T hangs on the numbers drawn, which are shared."""
    edges = [(edge.source, edge.target, edge.sign) for edge in incoherent_fork.edges.values()]
    new = Model.from_edges([("S", "Z", 1), *edges], ["Z"])
    old = Model.from_edges(edges, ["Z"])
    told = set()
    for seed in range(20):
        changes = diff(old, new, weightings=5, seed=seed)
        assert (changes.edges_added, concluded(changes)) == (("S.Z",), {("S", "Z")})
        told.add(Ensemble(new, weightings=5, seed=seed).respond(Press("S")).direction["T"])
    assert len(told) > 1


@given(signed_models(), st.data())
def test_only_what_lies_behind_a_new_arrow_can_differ(model: Model, data: st.DataObject) -> None:
    ends = [data.draw(st.sampled_from(tuple(model.nodes))) for _ in range(2)]
    arrow = Model.from_edges([(*ends, 1)]).edges[".".join(ends)]
    new = Model(model.nodes.values(), [*model.edges.values(), replace(arrow, id="new")])
    behind = _reached(new, ends[1])
    changes = diff(model, new, weightings=9)
    assert {each.node for each in changes.conclusions} <= behind
    assert all(ends[1] in _reached(new, each.pressed) for each in changes.conclusions)


def _reached(model: Model, start: str) -> set[str]:
    found = {start}
    while True:
        further = {edge.target for edge in model.edges.values() if edge.source in found} - found
        if not further:
            return found
        found |= further


@given(signed_models(unclear=False), st.data())
def test_a_flipped_arrow_changes_what_asking_with_it_flipped_changes(
    model: Model, data: st.DataObject
) -> None:
    if not model.edges:
        return
    edge = data.draw(st.sampled_from(tuple(model.edges)))
    frame = Model(model.nodes.values(), sorted(model.edges.values(), key=lambda each: each.id))
    ensemble = Ensemble(model, weightings=9, drawn_as=frame)
    expected = set()
    for pressed in model.nodes:
        before = ensemble.respond(Press(pressed))
        after = ensemble.respond(Press(pressed), FlipEdge(edge))
        for node in model.nodes:
            told = [(each.direction[node], each.strength[node]) for each in (before, after)]
            if told[0] != told[1]:
                expected.add((pressed, node))
    assert expected == concluded(diff(model, flipped(model, edge), weightings=9))


def test_a_conclusion_can_hold_less_firmly(incoherent_fork: Model) -> None:
    old = incoherent_fork.without("S.Y")
    changes = diff(old, incoherent_fork)
    told = {(each.pressed, each.node): each for each in changes.conclusions}["S", "T"]
    assert (told.old_strength, told.new_strength) == (Strength.ALWAYS, Strength.DEPENDS)


def test_chosen_nodes_are_pushed(chain: Model) -> None:
    assert concluded(diff(chain, flipped(chain, "b.c"), pressed=["b"])) == {("b", "c"), ("b", "d")}
    with pytest.raises(KeyError, match="no node 'e'"):
        diff(chain, chain, pressed=["e"])


def test_both_ways_round_the_same_conclusions_differ(vicious_circle: Model) -> None:
    new = flipped(vicious_circle, "stress.cortisol")
    assert concluded(diff(vicious_circle, new)) == concluded(diff(new, vicious_circle))


# -- loops


def test_a_loop_is_turned_made_and_broken(vicious_circle: Model) -> None:
    turned = diff(vicious_circle, flipped(vicious_circle, "stress.cortisol")).loops
    broken = diff(vicious_circle, vicious_circle.without("stress.cortisol")).loops
    made = diff(vicious_circle.without("stress.cortisol"), vicious_circle).loops
    assert [(loop.old, loop.new) for loop in (*turned, *broken, *made)] == [
        *((1, -1), (1, None), (None, 1)),
    ]
    assert {loop.nodes for loop in (*turned, *broken, *made)} == {
        ("cortisol", "magnesium", "stress")
    }


def test_loops_are_compared_up_to_their_length(vicious_circle: Model) -> None:
    new = vicious_circle.without("stress.cortisol")
    assert diff(vicious_circle, new, max_length=2).loops == ()


# -- expectations


def test_an_expectation_with_another_outcome_is_told(chain: Model) -> None:
    def with_rows(model: Model, *names: str) -> Model:
        rows = tuple(
            Expectation(
                name, ExpectationKind.REASONED, "a push", ("press a",), (), "c", Verdict.FALLS
            )
            for name in names
        )
        return Model(model.nodes.values(), model.edges.values(), Library(expectations=rows))

    changes = diff(with_rows(chain, "one", "old"), with_rows(flipped(chain, "b.c"), "new", "one"))
    assert [(each.expectation, each.old, each.new) for each in changes.expectations] == [
        ("one", Outcome.AGREE, Outcome.DISAGREE)
    ]
    assert (changes.expectations_added, changes.expectations_removed) == (("new",), ("old",))


# -- edges of the question


@pytest.mark.parametrize("model", [Model([], []), Model.from_edges([], ["a"])], ids=["none", "one"])
def test_a_map_of_nothing_grows(model: Model, chain: Model) -> None:
    changes = diff(model, chain)
    assert changes.edges_added == tuple(chain.edges)
    assert changes.conclusions == ()


@pytest.mark.parametrize("wrong", [{"alpha": 1.0}, {"weightings": 0}, {"max_length": -1}])
def test_a_setting_out_of_range_is_refused(chain: Model, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        diff(chain, chain, **wrong)


# -- how it is told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_a_sentence(vicious_circle: Model, language: str) -> None:
    new = changed(flipped(vicious_circle, "stress.cortisol"), "magnesium.stress", gate="both")
    changes = diff(vicious_circle, new)
    records = [changes, *changes.edges_changed, *changes.conclusions, *changes.loops]
    assert [text for text in (in_words(each, language) for each in records) if "{" in text] == []
    assert all(re.fullmatch(r"\S.*\.", in_words(each, language)) for each in records)


def test_nothing_is_said_to_differ_where_nothing_does(chain: Model) -> None:
    assert in_words(diff(chain, chain)) == "Nothing differs between the two versions."


def test_changes_show_themselves(chain: Model) -> None:
    changes = diff(chain, flipped(chain, "b.c"))
    assert repr(changes) == "Changes(edges changed 1, conclusions 4)"
    assert "<td>4</td>" in changes._repr_html_()
    assert str(changes.conclusions[0]) == (
        "a, pushed up. c: before, falls (always); now, rises (always)."
    )
    assert list(changes.to_frame()["new"]) == ["rises"] * 4
    assert len(diff(chain, chain).to_frame()) == 0


# -- the shipped map


def test_the_shipped_map_does_not_differ_from_itself(real_model: Model) -> None:
    assert not diff(real_model, real_model)


@pytest.mark.slow
def test_one_arrow_of_the_shipped_map_changes_conclusions_and_expectations(
    real_model: Model,
) -> None:
    new = flipped(real_model, "serum_magnesium.n_type_calcium_channel")
    changes = diff(real_model, new)
    assert changes.changed_edges == ("serum_magnesium.n_type_calcium_channel",)
    assert ("serum_magnesium", "norepinephrine") in concluded(changes)
    assert min(len(changes.loops), len(changes.expectations)) > 0

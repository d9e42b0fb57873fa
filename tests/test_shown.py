"""What an explorer shows for bars, cut and turned arrows, focus, loops and two Views."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from strategies import signed_models

from mgmodel.explore.asked import (
    explorer_ensemble,
    faded_arrows,
    listed_loops,
    near,
    question,
    silent_arrows,
)
from mgmodel.explore.shown import Shown, shown, told
from mgmodel.explore.views import BARS, View
from mgmodel.interventions import CutEdge, FlipEdge, Press
from mgmodel.model import Model
from mgmodel.records import Edge, Evidence, Library, Node, Reference, Translated
from mgmodel.vocabulary import Effect, EvidenceLayer, Population, Stance, StudyDesign, Verdict

GOOD = Reference("good", "A", 2020, "T", design=StudyDesign.RCT, verified=True)
WAYS = [
    ("a", "b", 1, True),
    ("b", "c", 1, False),
    ("a", "d", -1, True),
    ("d", "c", 1, True),
]
"""Two ways from a to c: a rise by b, whose last step nobody has seen, and a fall by d."""


def seen(model: Model, **chosen: Any) -> Shown:
    return shown(model, explorer_ensemble(model), View(**chosen))


@pytest.fixture
def two_ways() -> Model:
    """The rise by b disappears as soon as an arrow needs a reference."""
    plain = Model.from_edges([(source, target, sign) for source, target, sign, _ in WAYS])
    rows = tuple(
        Evidence(edge, "good", Stance.SUPPORTS, Population.HUMAN)
        for edge, (*_, known) in zip(plain.edges, WAYS, strict=True)
        if known
    )
    library = Library(evidence=rows, references={"good": GOOD})
    return Model(plain.nodes.values(), plain.edges.values(), library)


# What is asked


def test_cutting_and_the_bar_cut_and_turning_flips(two_ways: Model) -> None:
    view = View(source="a", evidence="human", cut=("a.d",), flipped=("a.b",))
    assert question(two_ways, view) == (
        Press("a"),
        CutEdge("a.d"),
        CutEdge("b.c"),
        FlipEdge("a.b"),
    )


def test_an_arrow_below_the_bar_is_not_turned_round_besides(two_ways: Model) -> None:
    view = View(source="a", evidence="sourced", flipped=("b.c",))
    assert question(two_ways, view) == (Press("a"), CutEdge("b.c"))


def test_large_maps_are_asked_under_fewer_weightings_and_kept() -> None:
    model = Model.from_edges([("a", "b", 1)] * 1001)
    first = explorer_ensemble(model)
    assert (first.weightings, first is explorer_ensemble(model)) == (60, True)


# Evidence


def test_a_bar_changes_the_conclusion_and_says_so(two_ways: Model) -> None:
    low, high = (seen(two_ways, source="a", target="c", evidence=bar) for bar in BARS[::5])
    assert (low.verdicts["c"], high.verdicts["c"]) == (Verdict.DEPENDS, Verdict.FALLS)
    assert low.changed == ()
    [sentence] = high.changed
    assert sentence.startswith("c: depends on the weighting, rises in ")
    assert sentence.endswith(" if every arrow counts, falls in all weightings at this bar.")


def test_a_bar_fades_the_arrows_below_it_and_takes_their_paths(two_ways: Model) -> None:
    now = seen(two_ways, source="a", target="c", evidence="human")
    assert now.faded_edges == {"b.c"}
    assert [row.short for row in now.paths] == ["a ⊣ d → c"]
    assert "b.c" in now.dim_edges


def test_the_bar_is_told_in_the_question_and_in_the_status(two_ways: Model) -> None:
    now = seen(two_ways, source="a", evidence="not_contradicted")
    bar = "human, verified, not contradicted"
    assert now.question == f"Push a up by 1. 1 arrow below the bar “{bar}” does not count."
    assert now.status.endswith(f"Evidence: {bar}; 3 of 4 arrows count.")


def test_a_bar_fades_arrows_that_are_only_shown_and_counts_them_not() -> None:
    nodes = [Node(end, Translated(end)) for end in "ab"]
    shown_only = Edge("a.b", "a", "b", Effect.INCREASES, propagate=False)
    model = Model(nodes, [shown_only])
    view = View(evidence="sourced")
    assert (faded_arrows(model, view), silent_arrows(model, view)) == (("a.b",), ())
    assert "0 of 0 arrows count" in shown(model, explorer_ensemble(model), view).status


@given(signed_models(), st.data())
def test_without_any_evidence_every_bar_but_the_first_leaves_no_route(
    model: Model, data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from(tuple(model.nodes)))
    bar = data.draw(st.sampled_from(BARS[1:]))
    now = seen(model, source=source, evidence=bar)
    others = {verdict for node, verdict in now.verdicts.items() if node != source}
    assert others <= {Verdict.NO_ROUTE}
    assert now.dim_nodes == set(model.nodes) - {source}


def test_bars_on_the_shipped_map_tell_what_they_change(real_model: Model) -> None:
    chosen = {"source": "serum_magnesium", "target": "norepinephrine"}
    counts = [len(seen(real_model, **chosen, evidence=bar).changed) for bar in BARS]
    assert counts[0] == 0
    assert counts[-1] > 0


# Cut and turned arrows


def test_a_turned_arrow_turns_the_path_and_the_answer(chain: Model) -> None:
    now = seen(chain, source="a", target="d", flipped=("b.c",))
    assert now.verdicts["d"] is Verdict.RISES
    assert [(row.short, row.sign) for row in now.paths] == [("a → b → c → d", "+")]
    assert "Turned round: from b to c." in now.status


def test_a_cut_arrow_leaves_no_path_and_dims_what_lies_behind_it(chain: Model) -> None:
    now = seen(chain, source="a", target="d", cut=("b.c",))
    assert now.answer == "d: no route leads there. No path is left from a to d."
    assert now.dim_nodes == {"c", "d"}
    assert now.faded_edges == {"b.c"}
    assert "Cut: from b to c." in now.status


def test_nothing_is_asked_while_arrows_alone_are_cut(chain: Model) -> None:
    now = seen(chain, cut=("a.b",))
    assert (now.is_asked, now.verdicts, told(now)["nodes"]) == (False, {}, [])
    assert now.status == "Nothing is pushed, switched off or held. Cut: from a to b."


def test_a_turned_arrow_turns_its_loop(vicious_circle: Model) -> None:
    drawn, turned = (seen(vicious_circle, flipped=arrows) for arrows in ((), ("stress.cortisol",)))
    assert [(row.word, row.broken) for row in drawn.loops] == [("reinforcing", False)]
    assert [(row.word, row.broken) for row in turned.loops] == [("balancing", False)]


@pytest.mark.parametrize(
    "chosen",
    [
        {"switched_off": ("stress",)},
        {"held": ("cortisol",)},
        {"cut": ("cortisol.magnesium",)},
        {"evidence": "sourced"},
    ],
    ids=lambda chosen: next(iter(chosen)),
)
def test_what_breaks_a_loop(vicious_circle: Model, chosen: dict[str, Any]) -> None:
    assert [row.broken for row in seen(vicious_circle, **chosen).loops] == [True]


def test_a_highlighted_loop_lights_its_nodes_and_arrows(vicious_circle: Model) -> None:
    now = seen(vicious_circle, loop=0)
    assert now.lit_nodes == set(vicious_circle.nodes)
    assert now.lit_edges == set(vicious_circle.edges)


def test_a_loop_that_is_not_listed_cannot_be_highlighted(vicious_circle: Model) -> None:
    with pytest.raises(ValueError, match="There is no loop number 1: 1 are listed"):
        seen(vicious_circle, loop=1)


def test_no_more_than_two_hundred_loops_are_listed_shortest_first() -> None:
    crowd = "abcdefg"
    model = Model.from_edges([(one, other, 1) for one in crowd for other in crowd if one != other])
    lengths = [len(loop.edges) for loop in listed_loops(model)]
    assert (len(lengths), lengths) == (200, sorted(lengths))
    assert len(seen(model).loops) == 200


# Focus and layers


@pytest.mark.parametrize(
    ("way", "steps", "nodes", "arrows"),
    [
        ("down", 1, "bc", ["b.c"]),
        ("down", 2, "bcd", ["b.c", "c.d"]),
        ("up", 1, "ab", ["a.b"]),
        ("up", 3, "ab", ["a.b"]),
        ("both", 1, "abc", ["a.b", "b.c"]),
        ("both", 3, "abcd", ["a.b", "b.c", "c.d"]),
    ],
)
def test_a_focus_leaves_its_causes_and_effects_bright(
    chain: Model, way: str, steps: int, nodes: str, arrows: list[str]
) -> None:
    found = near(chain, View(focus="b", way=way, steps=steps))
    assert found == (frozenset(nodes), frozenset(arrows))
    now = seen(chain, focus="b", way=way, steps=steps)
    assert now.dim_nodes == set(chain.nodes) - set(nodes)
    assert now.dim_edges == set(chain.edges) - set(arrows)


def test_a_focus_changes_no_answer(chain: Model) -> None:
    plain, focused = (seen(chain, source="a", target="d", focus=node) for node in (None, "a"))
    assert (plain.answer, dict(plain.verdicts)) == (focused.answer, dict(focused.verdicts))


def test_what_a_person_did_is_never_dimmed(chain: Model) -> None:
    now = seen(chain, source="a", focus="a", held=("d",), switched_off=("c",))
    assert now.dim_nodes == set()


@given(signed_models(), st.data())
def test_a_wider_focus_dims_no_more(model: Model, data: st.DataObject) -> None:
    focus = data.draw(st.sampled_from(tuple(model.nodes)))
    way = data.draw(st.sampled_from(("up", "down", "both")))
    dims = [seen(model, focus=focus, way=way, steps=steps) for steps in (1, 2, 3)]
    assert dims[0].dim_nodes >= dims[1].dim_nodes >= dims[2].dim_nodes
    assert dims[0].dim_edges >= dims[1].dim_edges >= dims[2].dim_edges


def test_a_layer_left_out_dims_its_arrows_alone(real_model: Model) -> None:
    layer = EvidenceLayer.CLINICAL_EVIDENCE
    now = seen(real_model, without_layers=(layer.value,))
    assert now.dim_edges == {edge.id for edge in real_model.edges.values() if edge.layer is layer}
    assert now.dim_nodes == set()


# Two Views


def test_two_views_differ_where_their_boxes_do(chain: Model) -> None:
    beside = View(source="a", push=-1, held=("d",))
    now = seen(chain, source="a", switched_off=("d",), beside=beside)
    assert now.differences == (
        ("a", "a: rises in all weightings here, falls in all weightings in the other view."),
        ("b", "b: rises in all weightings here, falls in all weightings in the other view."),
        ("c", "c: falls in all weightings here, rises in all weightings in the other view."),
        ("d", "d: switched off here, held at baseline in the other view."),
    )


@pytest.mark.parametrize("beside", [View(), View(source="a"), None])
def test_views_that_say_the_same_or_ask_nothing_do_not_differ(
    chain: Model, beside: View | None
) -> None:
    assert seen(chain, source="a", beside=beside).differences == ()


@given(signed_models(), st.data())
def test_differences_are_the_same_nodes_from_either_side(model: Model, data: st.DataObject) -> None:
    nodes = tuple(model.nodes)
    one, other = (
        View(source=data.draw(st.sampled_from(nodes)), push=data.draw(st.sampled_from((1, -1))))
        for _ in range(2)
    )
    sides = [
        shown(model, explorer_ensemble(model), replace(here, beside=there))
        for here, there in ((one, other), (other, one))
    ]
    assert len({tuple(node for node, _ in side.differences) for side in sides}) == 1


# As plain data


def test_what_is_told_is_plain_data_by_number(two_ways: Model) -> None:
    view = View(source="a", target="c", evidence="human", arrow="d.c", route=0)
    found = told(shown(two_ways, explorer_ensemble(two_ways), view))
    assert json.loads(json.dumps(found)) == found
    assert (found["lit_nodes"], found["lit_edges"]) == ([0, 2, 3], [2, 3])
    assert found["nodes"][2] == ["falls", "always", 0.0, 1.0]
    assert (found["faded_edges"], found["asked"]) == ([1], True)


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_languages_change_words_and_no_finding(real_model: Model, language: str) -> None:
    view = View(source="serum_magnesium", target="norepinephrine", evidence="verified", loop=3)
    ensemble = explorer_ensemble(real_model)
    found = [
        told(shown(real_model, ensemble, replace(view, language=one))) for one in ("en", language)
    ]
    for part in (
        "nodes",
        "dim_nodes",
        "dim_edges",
        "faded_edges",
        "lit_nodes",
        "lit_edges",
        "code",
    ):
        assert found[0][part] == found[1][part]
    assert len(found[0]["changed"]) == len(found[1]["changed"])

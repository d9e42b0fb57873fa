"""What is decided once about the odd questions: each rule of the primary answer, with its test."""

from __future__ import annotations

import math

import pytest

from mgmodel import feedback_loops, signed_paths
from mgmodel.errors import UnknownId
from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
    check,
    parse,
    written,
)
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, respond
from mgmodel.vocabulary import Strength, Verdict


class TestParallelArrows:
    def test_both_signs_are_kept_with_their_own_weights(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("a", "b", -1)])
        found = respond(model, Press("a"))
        assert found.direction["b"] is Verdict.DEPENDS
        assert 0.4 < found.rises["b"] < 0.6

    def test_the_net_is_their_difference(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("a", "b", -1)])
        both = respond(model, Press("a")).levels("b")
        one = respond(model, Press("a"), CutEdge("a.b.2")).levels("b")
        other = respond(model, Press("a"), CutEdge("a.b")).levels("b")
        assert [x + y for x, y in zip(one, other, strict=True)] == pytest.approx(both)


class TestUnknownSigns:
    def test_an_unclear_arrow_is_sampled_both_ways(self) -> None:
        found = respond(Model.from_edges([("a", "b", 0)]), Press("a"))
        assert found.rises["b"] + found.falls["b"] == 1
        assert found.direction["b"] is Verdict.DEPENDS

    def test_a_path_along_it_has_no_sign_and_is_not_counted_with_either(self) -> None:
        paths = signed_paths(Model.from_edges([("a", "b", 0), ("b", "c", 1)]), "a", "c")
        assert dict(paths.by_sign) == {1: 0, -1: 0, 0: 1}

    def test_turning_it_round_leaves_it_as_unclear_as_it_was(self) -> None:
        found = respond(Model.from_edges([("a", "b", 0)]), Press("a"), FlipEdge("a.b"))
        assert found.direction["b"] is Verdict.DEPENDS


class TestFixedNodes:
    def test_its_own_causes_do_nothing_to_it(self, chain: Model) -> None:
        found = respond(chain, Press("a"), Clamp("b", 0.3))
        assert (found.direction["b"], found.median["b"]) == (Verdict.FIXED, 0.3)

    def test_it_is_never_a_prediction(self, chain: Model) -> None:
        found = respond(chain, Clamp("b", 0.3))
        assert found.rises["b"] == found.falls["b"] == 0

    def test_a_loop_through_it_is_broken(self) -> None:
        circle = Model.from_edges([("x", "y", 1), ("y", "x", 1)])
        assert respond(circle, Press("x"), Block("y")).median["x"] == pytest.approx(1)

    def test_a_press_on_it_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match=r"'b' is fixed at 0\.3, so a press cannot move it"):
            respond(chain, Press("b"), Clamp("b", 0.3))

    def test_a_press_elsewhere_composes_with_it(self, chain: Model) -> None:
        found = respond(chain, Clamp("b", 0.3), Press("c"))
        assert found.median["c"] == pytest.approx(1 - 0.9 * 0.3)

    def test_clamped_to_its_present_value_it_changes_nothing(self, vicious_circle: Model) -> None:
        first = next(iter(vicious_circle.nodes))
        free = respond(vicious_circle, Press(first), weightings=1)
        for node in list(vicious_circle.nodes)[1:]:
            held = respond(
                vicious_circle, Press(first), Clamp(node, free.median[node]), weightings=1
            )
            assert dict(held.median) == pytest.approx(dict(free.median), abs=1e-12)

    def test_a_block_is_a_clamp_at_no_deviation(self, vicious_circle: Model) -> None:
        first, second, *_ = vicious_circle.nodes
        blocked, clamped = (
            respond(vicious_circle, Press(first), held)
            for held in (Block(second), Clamp(second, 0))
        )
        assert blocked.median == clamped.median


class TestOutOfReach:
    def test_no_route_is_an_exact_nothing(self) -> None:
        found = respond(Model.from_edges([("a", "b", 1)], nodes=["c"]), Press("a"))
        assert (found.direction["c"], found.median["c"]) == (Verdict.NO_ROUTE, 0)
        assert set(found.levels("c")) == {0.0}

    def test_no_route_is_not_no_effect(self) -> None:
        model = Model.from_edges([("a", "b", 1)], nodes=["c"])
        held = respond(model, Clamp("a", 0))
        pushed = respond(model, Press("a"), alpha=0)
        assert held.direction["b"] is Verdict.NO_ROUTE
        assert pushed.direction["b"] is Verdict.UNCHANGED
        assert pushed.direction["c"] is Verdict.NO_ROUTE

    def test_a_node_without_causes_answers_a_press_alone(self, chain: Model) -> None:
        assert respond(chain, Press("a", 0.4)).levels("a") == (0.4,) * 500
        assert respond(chain, Press("b")).direction["a"] is Verdict.NO_ROUTE


class TestSelfLoops:
    def test_it_shares_in_the_weights_like_any_arrow(self) -> None:
        model = Model.from_edges([("x", "x", 1)])
        assert respond(model, Press("x"), alpha=0.5).median["x"] == pytest.approx(2)

    def test_a_lowering_one_damps(self) -> None:
        model = Model.from_edges([("x", "x", -1)])
        assert respond(model, Press("x"), alpha=0.5).median["x"] == pytest.approx(2 / 3)

    def test_it_is_a_loop_of_one_arrow(self) -> None:
        assert feedback_loops(Model.from_edges([("x", "x", -1)]))[0].edges == ("x.x",)


class TestSwitchedOffEnds:
    def test_without_its_source_nothing_is_forced_but_the_absence(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="'a' is fixed"):
            respond(chain, Press("a"), KnockOut("a"))
        assert respond(chain, Block("a")).direction["d"] is Verdict.NO_ROUTE

    def test_a_target_that_is_switched_off_is_fixed(self, chain: Model) -> None:
        assert respond(chain, Press("a"), KnockOut("d")).direction["d"] is Verdict.FIXED


class TestAlpha:
    @pytest.mark.parametrize("alpha", [1, 1.2, -0.1, math.nan])
    def test_outside_its_range_it_is_refused(self, chain: Model, alpha: float) -> None:
        with pytest.raises(ValueError, match="from 0 to below 1"):
            respond(chain, Press("a"), alpha=alpha)

    def test_at_nothing_arrows_carry_nothing(self, chain: Model) -> None:
        assert dict(respond(chain, Press("a"), alpha=0).median) == {"a": 1, "b": 0, "c": 0, "d": 0}


class TestSmallMaps:
    def test_an_empty_map_has_an_empty_answer(self) -> None:
        found = respond(Model.from_edges([]))
        assert (dict(found.direction), repr(found)) == ({}, "Response(no nodes; 500 weightings)")

    def test_a_map_of_one_node_answers_its_press(self) -> None:
        found = respond(Model.from_edges([], nodes=["a"]), Press("a"))
        assert (found.direction["a"], found.strength["a"]) == (Verdict.RISES, Strength.ALWAYS)

    def test_a_node_that_is_not_there_is_named(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="no node 'z'"):
            respond(chain, Clamp("z", 0.1))

    @pytest.mark.parametrize("number", [math.nan, math.inf])
    def test_what_is_no_number_is_refused(self, chain: Model, number: float) -> None:
        with pytest.raises(ValueError, match="give a finite number"):
            respond(chain, Press("a", number))

    def test_levels_of_a_node_that_is_not_there_are_refused(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="no node 'z'"):
            respond(chain, Press("a")).levels("z")


class TestThresholds:
    @pytest.mark.parametrize("amount", [1e-9, 1, 1e9])
    def test_verdicts_do_not_depend_on_the_size_of_the_press(
        self, real_model: Model, amount: float
    ) -> None:
        one, other = (
            respond(real_model, Press("psychological_stressor", size), weightings=50)
            for size in (1.0, amount)
        )
        assert one.direction == other.direction


class TestSharedWeights:
    def test_versions_drawn_alike_differ_only_where_the_map_does(self) -> None:
        old = Model.from_edges([("a", "b", 1), ("c", "b", 1), ("a", "d", 0), ("d", "e", 1)])
        new = Model.from_edges(
            [("x", "a", 1), ("a", "b", 1), ("c", "b", 1), ("a", "d", 0), ("d", "e", -1)]
        )
        before, after = (Ensemble(model, drawn_as=new).respond(Press("a")) for model in (old, new))
        assert before.levels("b") == after.levels("b")
        assert before.levels("d") == after.levels("d")
        assert before.levels("e") == tuple(-level for level in after.levels("e"))

    def test_an_arrow_that_was_not_drawn_is_named(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
        with pytest.raises(ValueError, match=r"lacks the reasoning arrows b\.c"):
            Ensemble(model, drawn_as=Model.from_edges([("a", "b", 1)]))


class TestShortForm:
    @pytest.mark.parametrize(
        "intervention",
        [
            Press("a"),
            Press("a", -0.25),
            Press("odd=name"),
            Clamp("a", 0.125),
            Block("two words"),
            KnockOut("a"),
            CutEdge("a.b"),
            FlipEdge("a.b"),
        ],
    )
    def test_it_is_read_back(self, intervention: Intervention) -> None:
        assert parse(written(intervention)) == intervention

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("", "is no intervention"),
            ("press", "is no intervention"),
            ("push a", "Write one of press, clamp"),
            ("clamp a", "needs a finite number, such as clamp a=0.5"),
            ("clamp a=high", "needs a finite number"),
            ("press a=nan", "needs a finite number"),
            ("press =2", "needs a finite number"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, text: str, complaint: str) -> None:
        with pytest.raises(ValueError, match=complaint):
            parse(text)


def test_the_same_flip_said_twice_is_one_flip(chain: Model) -> None:
    assert check(chain, [FlipEdge("a.b"), FlipEdge("a.b")]).flipped == ("a.b",)


def test_a_turned_arrow_pulls_the_other_way_with_the_same_weight(incoherent_fork: Model) -> None:
    plain = respond(incoherent_fork, Press("S"))
    turned = respond(incoherent_fork, Press("S"), FlipEdge("S.Y"))
    assert turned.levels("Y") == tuple(-level for level in plain.levels("Y"))
    assert turned.direction["T"] is Verdict.FALLS

"""Levels over time and where they come to rest: hand-made maps, laws, and the shipped map."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import models_with_questions

from mgmodel.dynamics.logistic import Equations
from mgmodel.dynamics.resting import rest
from mgmodel.dynamics.steady import SteadyState, put, steady_state, steady_states
from mgmodel.dynamics.trajectories import TIME_CONSTANT_HOURS, Trajectory, simulate
from mgmodel.errors import UnknownId
from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, Intervention, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning import respond
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import in_words

SMALL = 1e-4
FEW = settings(max_examples=500 if os.environ.get("MGMODEL_HYPOTHESIS") == "deep" else 15)
"""For laws that are slow to look at."""


@st.composite
def maps(draw: st.DrawFn, *, conditional: bool = False) -> Model:
    """Maps of up to 12 nodes; where asked, with permissive arrows and AND groups."""
    nodes = [f"n{number:02}" for number in range(draw(st.integers(1, 12)))]
    end = st.sampled_from(nodes)
    arrow = st.tuples(end, end, st.sampled_from((1, 1, -1, -1, 0)))
    model = Model.from_edges(draw(st.lists(arrow, max_size=26)), nodes)
    if not conditional or not model.edges:
        return model
    chosen = st.lists(st.sampled_from(list(model.edges)), max_size=6)
    return conditioned(model, permissive=draw(chosen), gate=draw(chosen))


def conditioned(model: Model, *, permissive: Iterable[str] = (), gate: Iterable[str] = ()) -> Model:
    permits, grouped = set(permissive), set(gate)
    edges = [
        replace(edge, permissive=edge.id in permits, gate="and" * (edge.id in grouped))
        for edge in model.edges.values()
    ]
    return Model(model.nodes.values(), edges)


def equal_weights(model: Model, alpha: float) -> np.ndarray[Any, Any]:
    """A of the press perturbation when every arrow weighs the same, made in the slow way."""
    here = adjacency(model)
    found = np.zeros((len(here.nodes), len(here.nodes)))
    for edge in here.edges:
        rivals = sum(other.target == edge.target for other in here.edges)
        found[here.number[edge.target], here.number[edge.source]] += alpha * edge.sign / rivals
    return found


def levels_of(state: SteadyState) -> np.ndarray[Any, Any]:
    return np.array([state.level[node] for node in sorted(state.level)])


def heading(level: float) -> float:
    """Where a drive of this size leads, as a deviation."""
    return 1 / (1 + math.exp(-4 * level)) - 0.5


class TestByHand:
    def test_a_chain_passes_each_level_on(self, chain: Model) -> None:
        found = steady_state(chain, Press("a", 0.3), alpha=0.9).level
        a = heading(0.3)
        b = heading(0.9 * a)
        c = heading(-0.9 * b)
        assert dict(found) == pytest.approx({"a": a, "b": b, "c": c, "d": heading(0.9 * c)})

    def test_an_incoherent_fork_shares_alpha_between_its_two_ways(
        self, incoherent_fork: Model
    ) -> None:
        found = steady_state(incoherent_fork, Press("S", 0.3), alpha=0.9).level
        s = heading(0.3)
        y = heading(0.9 * s)
        assert found["T"] == pytest.approx(heading(0.45 * y - 0.45 * s), abs=1e-12)
        assert found["T"] < 0

    def test_parallel_arrows_of_both_signs_cancel(self, parallel_arrows: Model) -> None:
        assert steady_state(parallel_arrows, Press("a", 0.3)).level["b"] == 0

    def test_an_unclear_arrow_carries_nothing_and_keeps_its_share(self) -> None:
        model = Model.from_edges([("a", "t", 1), ("u", "t", 0)])
        found = steady_state(model, Press("u", 1.0), Clamp("a", 0.2), alpha=0.9).level
        assert found["t"] == pytest.approx(heading(0.45 * 0.2), abs=1e-12)

    def test_a_cut_arrow_leaves_the_shares_of_the_others(self) -> None:
        model = Model.from_edges([("a", "t", 1), ("u", "t", 1)])
        found = steady_state(model, Clamp("a", 0.2), CutEdge("u.t"), alpha=0.9).level
        assert found["t"] == pytest.approx(heading(0.45 * 0.2), abs=1e-12)

    def test_a_flipped_arrow_carries_the_opposite(self, chain: Model) -> None:
        plain, flipped = (
            steady_state(chain, Press("a", 0.3), *more).level for more in ((), (FlipEdge("a.b"),))
        )
        assert [flipped[node] for node in "abcd"] == pytest.approx(
            [plain["a"], -plain["b"], -plain["c"], -plain["d"]]
        )

    def test_knocking_out_holds_at_minus_one_half_and_blocking_at_baseline(
        self, chain: Model
    ) -> None:
        absent, held = (steady_state(chain, Press("a"), verb("b")) for verb in (KnockOut, Block))
        assert (absent.level["b"], held.level["b"]) == (-0.5, 0.0)
        assert (held.level["c"], held.level["d"]) == (0.0, 0.0)
        assert absent.level["c"] == pytest.approx(heading(0.45))

    def test_a_lone_node_heads_for_where_its_press_leads(self) -> None:
        model = Model.from_edges([], ["a"])
        assert steady_state(model, Press("a", 0.3)).level["a"] == pytest.approx(heading(0.3))

    def test_a_lone_node_decays_with_its_time_constant(self) -> None:
        model = Model.from_edges([], ["a", "b"])
        found = simulate(
            model, hours=6, points=7, start={"a": 0.4, "b": 0.4}, time_constants_hours={"b": 3}
        )
        assert found.level["a"] == pytest.approx([0.4 * math.exp(-h) for h in found.hours])
        assert found.level["b"] == pytest.approx([0.4 * math.exp(-h / 3) for h in found.hours])

    def test_a_balancing_pair_overshoots_on_its_way(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        course = simulate(model, Press("x", 0.3), hours=30, alpha=2.0)
        top, when = course.peak("x")
        assert top > course.final["x"] + 0.02
        assert 0 < when < 3

    def test_nothing_forced_stays_at_baseline(self, vicious_circle: Model) -> None:
        assert set(steady_state(vicious_circle).level.values()) == {0.0}
        assert set(simulate(vicious_circle, hours=5).final.values()) == {0.0}

    def test_a_map_without_nodes_has_an_empty_answer(self) -> None:
        nothing = Model.from_edges([])
        course, state = simulate(nothing, hours=1, points=3), steady_state(nothing)
        assert (dict(course.level), course.hours, dict(course.final)) == ({}, (0.0, 0.5, 1.0), {})
        assert (dict(state.level), state.other, state.is_unique) == ({}, None, True)


class TestConditions:
    """Permissive arrows limit, and AND groups act only together."""

    permit = conditioned(Model.from_edges([("mg", "pump", 1)]), permissive=["mg.pump"])
    both = conditioned(Model.from_edges([("a", "t", 1), ("b", "t", 1)]), gate=["a.t", "b.t"])

    def test_a_lack_of_what_permits_takes_the_target_down_in_proportion(self) -> None:
        found = steady_state(self.permit, Clamp("mg", -0.2)).level
        assert found["pump"] == pytest.approx(0.5 * 0.6 - 0.5)

    def test_more_than_enough_of_what_permits_adds_nothing(self) -> None:
        assert steady_state(self.permit, Clamp("mg", 0.4)).level["pump"] == 0

    def test_without_what_permits_the_target_is_absent_whatever_drives_it(self) -> None:
        found = steady_state(self.permit, KnockOut("mg"), Press("pump", 1.0)).level
        assert found["pump"] == -0.5

    def test_a_lack_lets_the_target_up_where_the_sign_is_minus(self) -> None:
        found = steady_state(self.permit, Clamp("mg", -0.2), FlipEdge("mg.pump")).level
        assert found["pump"] == pytest.approx(0.5 - 0.5 * 0.6)

    def test_a_group_acts_as_one_arrow_with_the_product_of_its_members(self) -> None:
        found = steady_state(self.both, Clamp("a", 0.2), Clamp("b", 0.1), alpha=0.9).level
        assert found["t"] == pytest.approx(heading(0.9 * (1.4 * 1.2 - 1) / 2))

    def test_without_one_member_a_group_brings_nothing_of_the_others(self) -> None:
        states = steady_states(self.both, [KnockOut("a"), (KnockOut("a"), Clamp("b", 0.5))])
        assert [state.level["t"] for state in states] == pytest.approx([heading(-0.45)] * 2)

    def test_a_group_has_one_share_beside_another_arrow(self) -> None:
        model = Model.from_edges([("a", "t", 1), ("b", "t", 1), ("c", "t", 1)])
        gated = conditioned(model, gate=["a.t", "b.t"])
        found = steady_state(gated, Clamp("a", 0.2), alpha=0.9).level
        assert found["t"] == pytest.approx(heading(0.45 * (1.4 - 1) / 2))

    def test_a_balance_that_only_a_lack_tips_is_no_lasting_state(self) -> None:
        # downwards x has the slope alpha - 1 + 1 > 1 by its two arrows to itself; upwards it rests
        model = Model.from_edges([("x", "x", 1), ("x", "x", 1)])
        permits = conditioned(model, permissive=["x.x.2"])
        state = steady_state(permits, alpha=1.5)
        assert state.is_unique
        assert state.level["x"] == pytest.approx(-0.5, abs=1e-6)

    @FEW
    @given(maps(conditional=True), st.data())
    def test_slopes_are_the_derivative_of_what_nodes_head_for(
        self, model: Model, data: st.DataObject
    ) -> None:
        equations = Equations(adjacency(model), 1.3)
        size, step = len(model.nodes), 1e-6
        number = st.floats(-0.4, 0.4).map(lambda value: round(value, 2) + 0.005)
        levels = np.array(data.draw(st.lists(number, min_size=size, max_size=size)))[:, None]
        pushes = np.full((size, 1), 0.1)
        moved = np.eye(size) * step
        wide = equations.heading(levels + moved, pushes) - equations.heading(levels - moved, pushes)
        np.testing.assert_allclose(
            equations.slopes(levels, pushes)[0], wide / (2 * step), rtol=0, atol=1e-7
        )


class TestLaws:
    @FEW
    @given(maps(conditional=True), st.floats(0, 4))
    def test_baseline_is_a_fixed_point(self, model: Model, alpha: float) -> None:
        still = np.zeros((len(model.nodes), 1))
        assert not Equations(adjacency(model), alpha).heading(still, still).any()

    @FEW
    @given(maps(), st.floats(0, 3))
    def test_the_jacobian_at_baseline_is_that_of_the_press_perturbation(
        self, model: Model, alpha: float
    ) -> None:
        size, step = len(model.nodes), 1e-5
        equations, none = Equations(adjacency(model), alpha), np.zeros((size, 1))
        moved = np.eye(size) * step
        found = (equations.heading(moved, none) - equations.heading(-moved, none)) / (2 * step)
        np.testing.assert_allclose(found, equal_weights(model, alpha), rtol=0, atol=1e-8)

    @given(maps(), st.sampled_from((SMALL, -SMALL)), st.data())
    def test_a_small_press_gives_the_sign_of_the_linear_answer(
        self, model: Model, amount: float, data: st.DataObject
    ) -> None:
        node = data.draw(st.sampled_from(sorted(model.nodes)))
        place = sorted(model.nodes).index(node)
        size = len(model.nodes)
        linear = np.linalg.inv(np.eye(size) - equal_weights(model, 0.9))[:, place] * amount
        found = levels_of(steady_state(model, Press(node, amount), alpha=0.9))
        clear = abs(linear) > 1e-6 * abs(amount)
        assert np.array_equal(np.sign(found[clear]), np.sign(linear[clear]))
        np.testing.assert_allclose(found, linear, rtol=0, atol=1e-3 * SMALL)

    @FEW
    @given(maps(), st.data())
    def test_it_agrees_with_respond_where_all_weightings_do(
        self, model: Model, data: st.DataObject
    ) -> None:
        node = data.draw(st.sampled_from(sorted(model.nodes)))
        asked = respond(model, Press(node), weightings=200)
        found = steady_state(model, Press(node, SMALL)).level
        for each, strength in asked.strength.items():
            if strength is Strength.ALWAYS and abs(found[each]) > 1e-6 * SMALL:
                way = {1.0: Verdict.RISES, -1.0: Verdict.FALLS}[math.copysign(1, found[each])]
                assert asked.direction[each] is way

    @FEW
    @given(models_with_questions(), st.floats(0.1, 0.95))
    def test_clamping_at_the_present_value_changes_nothing(
        self, drawn: tuple[Model, tuple[Intervention, ...]], alpha: float
    ) -> None:
        model, asked = drawn
        assume(in_range(asked))
        before = steady_state(model, *asked, alpha=alpha).level
        fixed = {each.node for each in asked if not isinstance(each, (CutEdge, FlipEdge))}
        free = sorted(set(model.nodes) - fixed)
        assume(free)
        after = steady_state(model, *asked, Clamp(free[0], before[free[0]]), alpha=alpha).level
        assert dict(after) == pytest.approx(dict(before), abs=1e-10)

    @FEW
    @given(models_with_questions(), st.floats(0, 0.999), st.integers(0, 99))
    def test_below_one_every_start_leads_to_one_state(
        self, drawn: tuple[Model, tuple[Intervention, ...]], alpha: float, seed: int
    ) -> None:
        model, asked = drawn
        assume(in_range(asked))
        state = steady_state(model, *asked, alpha=alpha)
        question = put(model, asked)
        size = len(model.nodes)
        starts = np.random.default_rng(seed).uniform(-0.5, 0.5, (size, 8))
        starts[:, :2] = (-0.4, 0.4)
        free, pushes = np.ones((size, 8)), np.zeros((size, 8))
        for node, amount in question.pressed.items():
            pushes[node] = amount
        for node, value in question.fixed.items():
            free[node], starts[node] = 0, value
        ends = rest(Equations(adjacency(model), alpha, question.factors), pushes, free, starts)
        assert state.is_unique
        assert state.settled
        np.testing.assert_allclose(
            ends.levels, levels_of(state)[:, None] * np.ones((1, 8)), rtol=0, atol=1e-9
        )

    @FEW
    @given(models_with_questions(), st.floats(0, 0.95))
    def test_the_opposite_question_has_the_opposite_answer(
        self, drawn: tuple[Model, tuple[Intervention, ...]], alpha: float
    ) -> None:
        model, asked = drawn
        assume(in_range(asked) and not any(isinstance(each, KnockOut) for each in asked))
        there = [mirrored(each) for each in asked]
        one, other = (steady_state(model, *each, alpha=alpha) for each in (asked, there))
        np.testing.assert_allclose(levels_of(one), -levels_of(other), rtol=0, atol=1e-12)

    @FEW
    @given(models_with_questions(), st.floats(0, 0.9))
    def test_a_long_course_ends_in_the_steady_state(
        self, drawn: tuple[Model, tuple[Intervention, ...]], alpha: float
    ) -> None:
        model, asked = drawn
        assume(in_range(asked))
        state = steady_state(model, *asked, alpha=alpha)
        course = simulate(model, *asked, hours=250, alpha=alpha, points=2)
        assert dict(course.final) == pytest.approx(dict(state.level), abs=1e-5)

    @pytest.mark.slow
    @FEW
    @given(maps(conditional=True), st.floats(0, 2.5), st.data())
    def test_a_lasting_state_is_one_that_a_course_stays_in(
        self, model: Model, alpha: float, data: st.DataObject
    ) -> None:
        node = data.draw(st.sampled_from(sorted(model.nodes)))
        state = steady_state(model, Press(node, 0.2), alpha=alpha)
        assume(state.settled)
        for level in state.attractors:
            off = {each: max(-0.5, min(0.5, value + 1e-7)) for each, value in level.items()}
            course = simulate(model, Press(node, 0.2), hours=20, alpha=alpha, points=2, start=off)
            assert dict(course.final) == pytest.approx(dict(level), abs=1e-4)

    @pytest.mark.slow
    @FEW
    @given(maps(), st.floats(0, 0.95))
    def test_many_questions_at_once_are_answered_as_one_by_one(
        self, model: Model, alpha: float
    ) -> None:
        asked: list[tuple[Intervention, ...]] = [(KnockOut(node),) for node in model.nodes]
        asked += [(Press(sorted(model.nodes)[0], 0.3), CutEdge(edge)) for edge in model.edges]
        together = steady_states(model, asked, alpha=alpha)
        for question, state in zip(asked, together, strict=True):
            alone = steady_state(model, *question, alpha=alpha)
            assert state.interventions == question
            np.testing.assert_allclose(levels_of(state), levels_of(alone), rtol=0, atol=1e-12)


def in_range(asked: Iterable[Intervention]) -> bool:
    return all(abs(each.value) <= 0.5 for each in asked if isinstance(each, Clamp))


def mirrored(asked: Intervention) -> Intervention:
    match asked:
        case Press(node, amount):
            return Press(node, -amount)
        case Clamp(node, value):
            return Clamp(node, -value)
        case _:
            return asked


TOGGLE = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
RING = Model.from_edges([("a", "b", -1), ("b", "c", -1), ("c", "a", -1)])


@cache
def swinging_ring() -> SteadyState:
    return steady_state(RING, alpha=2.5)


class TestAboveOne:
    def test_a_toggle_switch_has_two_lasting_states(self) -> None:
        state = steady_state(TOGGLE, alpha=1.5)
        assert state.other is not None
        assert not state.is_unique
        high = state.level["a"]
        assert high == pytest.approx(heading(1.5 * high))
        assert high > 0.4
        assert dict(state.level) == pytest.approx({"a": high, "b": -high})
        assert dict(state.other) == pytest.approx({"a": -high, "b": high})

    def test_a_toggle_switch_has_one_lasting_state_up_to_alpha_one(self) -> None:
        assert [steady_state(TOGGLE, alpha=alpha).is_unique for alpha in (0.99, 1.01)] == [
            True,
            False,
        ]

    def test_the_start_decides_which_state_a_course_ends_in(self) -> None:
        state = steady_state(TOGGLE, alpha=1.5)
        for start in state.attractors:
            begun = {node: 0.2 * level for node, level in start.items()}
            course = simulate(TOGGLE, hours=60, alpha=1.5, start=begun)
            assert dict(course.final) == pytest.approx(dict(start), abs=1e-6)

    def test_a_ring_of_three_inhibitors_keeps_swinging_from_alpha_two_on(self) -> None:
        still, swinging = steady_state(RING, alpha=1.9), swinging_ring()
        assert (still.settled, swinging.settled) == (True, False)
        assert set(still.swing.values()) == {0.0}
        assert min(swinging.swing.values()) > 0.1
        assert dict(swinging.level) == pytest.approx({"a": 0, "b": 0, "c": 0}, abs=1e-2)

    @pytest.mark.slow
    def test_the_swing_is_that_of_the_course(self) -> None:
        swing = swinging_ring().swing
        late = simulate(RING, hours=80, alpha=2.5, points=1601, start={"a": 0.1}).to_frame()
        rows = late[late.index > 50]
        for node in "abc":
            half = (rows[node].max() - rows[node].min()) / 2
            assert swing[node] == pytest.approx(half, abs=1e-3)

    def test_what_only_iteration_cannot_settle_comes_to_rest_all_the_same(self) -> None:
        # a balancing pair: eigenvalues +-3.5i, for which damped Picard runs away and time does not
        pair = Model.from_edges([("a", "b", 1), ("b", "a", -1)])
        state = steady_state(pair, Press("a", 0.1), alpha=3.5)
        assert (state.settled, state.is_unique) == (True, True)
        a, b = state.level["a"], state.level["b"]
        assert a == pytest.approx(heading(0.1 - 3.5 * b), abs=1e-9)
        assert b == pytest.approx(heading(3.5 * a), abs=1e-9)

    def test_an_enormous_alpha_is_answered_too(self) -> None:
        assert steady_state(TOGGLE, alpha=1e6).level["a"] == pytest.approx(0.5)

    @pytest.mark.slow
    def test_an_enormous_alpha_on_a_swinging_map_is_answered_too(self) -> None:
        assert not steady_state(RING, alpha=1e3).settled

    def test_a_reinforcing_loop_is_necessary_for_two_states(self) -> None:
        for signs in ((1, -1), (-1, 1)):
            model = Model.from_edges([("a", "b", signs[0]), ("b", "a", signs[1])])
            assert steady_state(model, alpha=5).is_unique


class TestArguments:
    @pytest.mark.parametrize("alpha", [-0.1, math.nan, math.inf])
    def test_an_alpha_out_of_range_is_refused(self, chain: Model, alpha: float) -> None:
        with pytest.raises(ValueError, match=r"alpha is .*finite number, 0 or more"):
            steady_state(chain, alpha=alpha)
        with pytest.raises(ValueError, match="alpha is"):
            simulate(chain, hours=1, alpha=alpha)

    @pytest.mark.parametrize("hours", [0, -1, math.nan, math.inf])
    def test_hours_are_above_zero(self, chain: Model, hours: float) -> None:
        with pytest.raises(ValueError, match=r"hours is .*above 0"):
            simulate(chain, hours=hours)
        with pytest.raises(ValueError, match=r"time constant of 'a' is .*above 0"):
            simulate(chain, hours=1, time_constants_hours={"a": hours})

    def test_there_are_two_points_or_more(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="points is 1; give 2 or more"):
            simulate(chain, hours=1, points=1)

    @pytest.mark.parametrize("value", [0.51, -0.6])
    def test_a_clamp_outside_the_range_of_levels_is_refused(
        self, chain: Model, value: float
    ) -> None:
        with pytest.raises(ValueError, match=r"'b' is held at .*from -0\.5 to 0\.5"):
            steady_state(chain, Clamp("b", value))

    @pytest.mark.parametrize("value", [0.51, math.nan])
    def test_a_start_outside_the_range_of_levels_is_refused(
        self, chain: Model, value: float
    ) -> None:
        with pytest.raises(ValueError, match=r"'b' starts at .*from -0\.5 to 0\.5"):
            simulate(chain, hours=1, start={"b": value})

    def test_a_press_that_is_no_number_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="amount for 'a' is nan"):
            steady_state(chain, Press("a", math.nan))

    def test_unknown_ids_are_named(self, chain: Model) -> None:
        for ask in (
            lambda: steady_state(chain, Press("x")),
            lambda: simulate(chain, hours=1, start={"x": 0.1}),
            lambda: simulate(chain, hours=1, time_constants_hours={"x": 2}),
            lambda: steady_state(chain).sentence("x"),
            lambda: simulate(chain, hours=1).sentence("x"),
        ):
            with pytest.raises(UnknownId, match="'x'"):
                ask()

    def test_a_press_on_a_fixed_node_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="press cannot move it"):
            simulate(chain, Press("a"), KnockOut("a"), hours=1)

    def test_what_is_fixed_is_so_from_the_beginning(self, chain: Model) -> None:
        course = simulate(chain, KnockOut("b"), hours=1, start={"b": 0.3})
        assert set(course.level["b"]) == {-0.5}

    def test_numbers_that_nobody_measured_stand_among_the_assumptions(
        self, real_model: Model
    ) -> None:
        stated = real_model.library.assumptions
        assert stated["time_constant"].value == TIME_CONSTANT_HOURS
        for asked in (simulate, steady_state, steady_states):
            default = inspect.signature(asked).parameters["alpha"].default
            assert stated["press_alpha"].value == default


class TestRecords:
    def test_a_course_is_a_table_of_hours_and_nodes(self, chain: Model) -> None:
        table = simulate(chain, Press("a", 0.2), hours=4, points=5).to_frame()
        assert (table.index.name, list(table.index)) == ("hours", [0, 1, 2, 3, 4])
        assert list(table.columns) == ["a", "b", "c", "d"]
        assert (table.loc[0] == 0).all()

    def test_a_steady_state_is_a_table_of_nodes(self) -> None:
        one, two = (steady_state(TOGGLE, alpha=alpha).to_frame() for alpha in (0.5, 1.5))
        assert list(one.columns) == ["level", "other", "swing"]
        assert one["other"].isna().all()
        assert two["other"].tolist() == pytest.approx([-x for x in two["level"]])

    def test_the_same_question_gives_the_same_course(self, vicious_circle: Model) -> None:
        courses = [simulate(vicious_circle, Press("stress", 0.2), hours=9) for _ in range(2)]
        assert courses[0] == courses[1]

    def test_answers_keep_the_order_of_the_map(self) -> None:
        model = Model.from_edges([("z", "m", 1), ("m", "a", 1)])
        assert list(steady_state(model).level) == ["z", "m", "a"]
        assert list(simulate(model, hours=1).level) == ["z", "m", "a"]

    def test_records_show_themselves(self, chain: Model) -> None:
        course, state = simulate(chain, Press("a"), hours=1), steady_state(TOGGLE, alpha=2)
        assert repr(course) == "Trajectory(4 nodes over 1 hours, alpha 0.9)"
        assert repr(state) == "SteadyState(2 lasting states of 2 nodes, alpha 2)"
        assert repr(swinging_ring()).endswith("; it keeps swinging)")
        assert course._repr_html_().count("<tr>") == 5
        assert "an assumption" in course._repr_html_()
        assert "state 2" in state._repr_html_()

    @pytest.mark.parametrize("language", ["en", "nl", "sv"])
    def test_every_answer_has_words(self, chain: Model, language: str) -> None:
        course: Trajectory = simulate(chain, Press("a", 0.2), hours=3)
        said = in_words(course, language)
        assert {"en": "assumption", "nl": "aanname", "sv": "antagande"}[language] in said
        for state in (
            steady_state(chain, KnockOut("a")),
            steady_state(TOGGLE, alpha=1.5),
            swinging_ring(),
        ):
            assert in_words(state, language)
            assert state.sentence("a", language) != state.sentence("b", language)
        assert course.sentence("c", language).startswith("c: ")

    def test_english_words_say_what_was_found(self) -> None:
        assert in_words(steady_state(TOGGLE, Press("a", 0.1), alpha=0.9)) == (
            "Push a up by 0.1. Rises: a. Falls: b."
        )
        assert in_words(steady_state(TOGGLE, alpha=1.5)) == (
            "Rises: a. Falls: b. Another start ends in another lasting state: Rises: b. Falls: a."
        )
        assert "keeps swinging" in in_words(swinging_ring())
        assert steady_state(TOGGLE, alpha=1.5).sentence("a") == (
            "a: comes to rest at +0.43 or at -0.43 from baseline, depending on the start."
        )
        pair = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        told = simulate(pair, Press("x", 0.3), hours=30, alpha=2.0).sentence("x")
        assert "turns back" in told


class TestShippedMap:
    def test_a_small_press_agrees_with_respond_where_all_weightings_do(
        self, real_model: Model
    ) -> None:
        sources = ["psychological_stressor", "serum_magnesium", "dietary_magnesium"]
        sources = [node for node in sources if node in real_model.nodes]
        states = steady_states(real_model, [Press(node, SMALL) for node in sources])
        compared = 0
        for node, state in zip(sources, states, strict=True):
            asked = respond(real_model, Press(node))
            for each, strength in asked.strength.items():
                way = asked.direction[each]
                if strength is Strength.ALWAYS and way in (Verdict.RISES, Verdict.FALLS):
                    assert (state.level[each] > 0) is (way is Verdict.RISES), (node, each)
                    compared += 1
        assert compared > 50

    def test_two_lasting_states_begin_between_alpha_1_3_and_1_4(self, real_model: Model) -> None:
        assert steady_state(real_model, alpha=1.3).is_unique
        both = steady_state(real_model, alpha=1.4)
        assert both.other is not None
        assert levels_of(both) == pytest.approx(
            [-both.other[node] for node in sorted(both.other)], abs=1e-6
        )

    def test_a_course_with_uneven_time_constants_ends_in_the_same_state(
        self, real_model: Model
    ) -> None:
        asked = Press("psychological_stressor", 0.5)
        course = simulate(
            real_model, asked, hours=20_000, points=2, time_constants_hours={"cortisol": 200}
        )
        state = steady_state(real_model, asked)
        assert dict(course.final) == pytest.approx(dict(state.level), abs=1e-5)


def test_a_map_too_large_for_a_matrix_gives_the_same_answer(
    monkeypatch: pytest.MonkeyPatch, real_model: Model
) -> None:
    asked: list[Intervention] = [Press("psychological_stressor", 0.3), KnockOut("cortisol")]
    dense = steady_states(real_model, asked)
    monkeypatch.setattr("mgmodel.dynamics.logistic._DENSE", 10)
    sparse = steady_states(real_model, asked)
    for one, other in zip(dense, sparse, strict=True):
        np.testing.assert_allclose(levels_of(one), levels_of(other), rtol=0, atol=1e-8)

"""Where a map tips over: jumps that can be worked out by hand, and maps that have none."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import pytest

from mgmodel.dynamics.steady import steady_state
from mgmodel.dynamics.tipping import Hysteresis, tipping_point
from mgmodel.dynamics.trajectories import simulate
from mgmodel.errors import UnknownId
from mgmodel.interventions import Block, CutEdge, KnockOut, Press
from mgmodel.model import Model
from mgmodel.wording import in_words

TOGGLE = Model.from_edges([("a", "b", -1), ("b", "a", -1)])
COARSE = [step / 8 for step in range(-8, 9)]


@cache
def switch(alpha: float = 1.5) -> Hysteresis:
    """The toggle switch under a press on one of its two nodes, seen at the other."""
    return tipping_point(TOGGLE, "a", "b", alpha=alpha, amounts=[*COARSE[::-1], 0.0])


def fold_of_a_toggle(alpha: float) -> float:
    """The press on one of two mutual inhibitors at which the state with it low ceases to be.

    With d the deviations, d_b = -tanh(2 alpha d_a) / 2 and p = artanh(2 d_a) / 2 + alpha d_b. The
    fold lies where the slope around the loop is one: alpha^2 (1 - 4 d_a^2) (1 - 4 d_b^2) = 1.
    """
    low, high = 0.0, 0.5 - 1e-12
    for _ in range(200):
        a = (low + high) / 2
        b = -math.tanh(2 * alpha * a) / 2
        if alpha**2 * (1 - 4 * a * a) * (1 - 4 * b * b) > 1:
            low = a
        else:
            high = a
    # by symmetry the fold with a below baseline is the mirror image of the one above it
    return -(math.atanh(2 * low) / 2 - alpha * math.tanh(2 * alpha * low) / 2)


@pytest.mark.parametrize(
    "alpha", [1.5, *(pytest.param(other, marks=pytest.mark.slow) for other in (1.2, 2.0))]
)
def test_a_toggle_switch_jumps_at_its_folds(alpha: float) -> None:
    swept = switch() if alpha == 1.5 else switch(alpha)
    fold = fold_of_a_toggle(alpha)
    assert swept.is_switch
    assert swept.settled
    assert swept.jump_up == pytest.approx(fold, abs=2e-4)
    assert swept.jump_down == pytest.approx(-fold, abs=2e-4)
    assert swept.width == pytest.approx(2 * fold, abs=4e-4)


def test_between_its_jumps_a_switch_has_both_its_states() -> None:
    swept = switch()
    assert swept.jump_up is not None
    for amount, up, down in zip(swept.amounts, swept.up, swept.down, strict=True):
        if abs(amount) < swept.jump_up:
            assert up - down > 0.5
        else:
            assert up == pytest.approx(down, abs=1e-9)


def test_the_way_down_mirrors_the_way_up() -> None:
    swept = switch()
    assert swept.up == pytest.approx([-level for level in reversed(swept.down)], abs=1e-9)


@pytest.mark.parametrize("alpha", [0.0, 0.95])
def test_below_one_nothing_jumps(vicious_circle: Model, alpha: float) -> None:
    swept = tipping_point(vicious_circle, "stress", "magnesium", alpha=alpha, amounts=COARSE)
    assert (swept.is_switch, swept.jump_up, swept.jump_down, swept.width) == (False, *[None] * 3)
    assert swept.up == pytest.approx(swept.down, abs=1e-9)


@pytest.mark.slow
def test_a_steep_rise_is_no_jump() -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    swept = tipping_point(model, "a", "c", alpha=30.0, amounts=(-1.0, 1.0))
    assert not swept.is_switch
    assert swept.up == pytest.approx((-0.5, 0.5), abs=1e-6)


def test_a_balancing_loop_never_jumps() -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "a", -1)])
    amounts = [-1.0, -0.1, 0.2, 1.0]
    assert not tipping_point(model, "a", "b", alpha=3.0, amounts=amounts).is_switch


@pytest.mark.slow
def test_cutting_the_loop_takes_the_jump_away(vicious_circle: Model) -> None:
    asked = (vicious_circle, "stress", "magnesium")
    whole = tipping_point(*asked, alpha=1.5, amounts=(-1, 1))
    cut = tipping_point(*asked, CutEdge("magnesium.stress"), alpha=1.5, amounts=(-1, 1))
    assert (whole.is_switch, cut.is_switch) == (True, False)
    held = tipping_point(*asked, Block("cortisol"), alpha=1.5, amounts=(-1, 1))
    assert held.up == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.slow
def test_a_press_that_holds_all_along_shifts_the_jumps() -> None:
    plain = switch()
    shifted = tipping_point(TOGGLE, "a", "b", Press("a", 0.1), alpha=1.5, amounts=COARSE)
    assert plain.jump_up is not None
    assert shifted.jump_up == pytest.approx(plain.jump_up - 0.1, abs=3e-4)


@pytest.mark.slow
def test_a_switch_stays_over_when_the_press_is_not_taken_back_far_enough() -> None:
    # a heads for tanh(2 (1.5 d_a + 1.5 d_p)) / 2, which folds at d_p = +-0.0692
    model = Model.from_edges([("p", "a", 1), ("a", "a", 1)])
    swept = tipping_point(model, "p", "a", alpha=3.0, amounts=(-0.05, 0.0, 1.0))
    assert swept.jump_up == pytest.approx(math.atanh(2 * 0.0692) / 2, abs=2e-4)
    assert (swept.is_switch, swept.jump_down, swept.width) == (True, None, None)
    assert swept.up[0] < 0 < swept.down[0]


@pytest.mark.slow
def test_a_jump_of_other_nodes_is_not_the_watched_ones_own() -> None:
    model = Model.from_edges([("a", "b", -1), ("b", "a", -1), ("x", "y", 1)])
    assert not tipping_point(model, "a", "y", alpha=1.5, amounts=(-1, 1)).is_switch


def test_amounts_may_come_in_any_order_and_twice() -> None:
    assert switch().amounts == tuple(COARSE)


@pytest.mark.parametrize("amounts", [[], [0.5], [0.5, 0.5]])
def test_one_amount_is_no_sweep(amounts: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two that differ"):
        tipping_point(TOGGLE, "a", "b", alpha=1.5, amounts=amounts)


def test_numbers_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="amount is nan"):
        tipping_point(TOGGLE, "a", "b", alpha=1.5, amounts=[0, math.nan])
    with pytest.raises(ValueError, match="alpha is nan"):
        tipping_point(TOGGLE, "a", "b", alpha=math.nan)


def test_unknown_nodes_and_fixed_ones_are_refused() -> None:
    for ends in (("x", "b"), ("a", "x")):
        with pytest.raises(UnknownId, match="'x'"):
            tipping_point(TOGGLE, *ends, alpha=1.5)
    with pytest.raises(ValueError, match="press cannot move it"):
        tipping_point(TOGGLE, "a", "b", KnockOut("a"), alpha=1.5)


def test_a_lone_node_follows_its_press() -> None:
    swept = tipping_point(Model.from_edges([], ["a"]), "a", "a", alpha=3.0, amounts=(-1, 0, 0.5))
    assert not swept.is_switch
    assert swept.up == pytest.approx([math.tanh(2 * amount) / 2 for amount in (-1, 0, 0.5)])


def test_it_is_a_table_of_presses() -> None:
    table = switch().to_frame()
    assert (table.index.name, list(table.columns)) == ("amount", ["up", "down"])
    assert list(table.index) == COARSE
    assert table["up"].to_dict()[0.0] > 0 > table["down"].to_dict()[0.0]


def test_it_shows_itself() -> None:
    assert repr(switch()) == (
        "Hysteresis(b under a: jumps up at +0.2017, jumps down at -0.2017; alpha 1.5)"
    )
    assert switch()._repr_html_().count("<tr>") == len(COARSE) + 1


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_every_outcome_has_words(language: str) -> None:
    swept = switch()
    outcomes = [
        replace(swept, jump_up=up, jump_down=down) for up in (0.2, None) for down in (-0.2, None)
    ]
    outcomes.append(replace(swept, settled=False))
    said = {in_words(outcome, language) for outcome in outcomes}
    assert len(said) == 5
    assert all(" a" in sentence and " b" in sentence for sentence in said)


def test_english_words_say_where_it_jumps() -> None:
    held = replace(switch(), interventions=(Press("b", 0.0),))
    assert in_words(held) == (
        "Push b up by 0. Pushing a from -1.00 to +1.00 makes b jump at +0.20; on the way back the "
        "jump comes only at -0.20."
    )


@pytest.mark.slow
def test_the_shipped_map_is_a_switch_at_alpha_1_5_and_none_at_1_3(real_model: Model) -> None:
    amounts = [step / 20 for step in range(-20, 21)]
    asked = (real_model, "psychological_stressor", "cortisol")
    graded = tipping_point(*asked, alpha=1.3, amounts=amounts)
    switch = tipping_point(*asked, alpha=1.5, amounts=amounts)
    assert (graded.is_switch, switch.is_switch) == (False, True)
    assert switch.jump_up is not None
    assert switch.jump_down is not None
    assert switch.jump_up == pytest.approx(-switch.jump_down, abs=3e-4)
    # what a course over time does on either side of the jump, begun in the lower state
    low = steady_state(real_model, Press("psychological_stressor", -1.0), alpha=1.5).level
    for share, sign in ((0.95, -1), (1.05, 1)):
        press = Press("psychological_stressor", share * switch.jump_up)
        course = simulate(real_model, press, hours=2000, points=2, alpha=1.5, start=low)
        assert course.final["cortisol"] * sign > 0.05

"""The exact laws of the primary answer, over random gains and random maps of up to 12 nodes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
)
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, respond
from tests.strategies import models_with_questions, signed_models

Question = tuple[Model, tuple[Intervention, ...]]
gains = st.floats(0.01, 0.99)


@given(st.lists(st.sampled_from((1, -1)), min_size=1, max_size=11), gains)
def test_a_chain_passes_on_alpha_at_each_arrow(signs: list[int], alpha: float) -> None:
    arrows = [(f"n{k}", f"n{k + 1}", sign) for k, sign in enumerate(signs)]
    found = respond(Model.from_edges(arrows), Press("n0"), alpha=alpha, weightings=2)
    expected = math.prod(signs) * alpha ** len(signs)
    assert found.levels(f"n{len(signs)}") == pytest.approx([expected] * 2, rel=1e-12)


@given(st.lists(st.sampled_from((1, -1)), min_size=1, max_size=12), gains)
def test_a_lone_loop_gives_one_over_one_minus_its_gain(signs: list[int], alpha: float) -> None:
    # two arrows: 1/(1 - alpha^2) when it reinforces, 1/(1 + alpha^2) when it balances
    size = len(signs)
    arrows = [(f"n{k}", f"n{(k + 1) % size}", sign) for k, sign in enumerate(signs)]
    found = respond(Model.from_edges(arrows), Press("n0"), alpha=alpha, weightings=2)
    gain = math.prod(signs) * alpha**size
    assert found.levels("n0") == pytest.approx([1 / (1 - gain)] * 2, rel=1e-9)


@given(gains, st.integers(0, 2**32))
def test_an_incoherent_fork_rises_in_half_of_alpha(alpha: float, seed: int) -> None:
    fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    draws, exact = 2_000, alpha / 2
    found = respond(fork, Press("s"), alpha=alpha, weightings=draws, seed=seed)
    # five standard errors, since Hypothesis asks many times
    assert abs(found.rises["t"] - exact) < 5 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws


@given(models_with_questions())
def test_a_knock_out_from_stored_inverses_is_a_solution_afresh(drawn: Question) -> None:
    model, asked = drawn
    kept = Ensemble(model, weightings=5).respond(*asked)
    fresh = respond(model, *asked, weightings=5)
    for node in model.nodes:
        assert kept.levels(node) == pytest.approx(fresh.levels(node), rel=0, abs=1e-12)


@given(signed_models(most_nodes=12, most_arrows=30), st.data())
def test_a_press_is_odd(model: Model, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(tuple(model.nodes)))
    up, down = (respond(model, Press(node, amount), weightings=5) for amount in (1.0, -1.0))
    assert all(up.levels(n) == tuple(-level for level in down.levels(n)) for n in model.nodes)


@given(models_with_questions(), st.data())
def test_clamping_at_the_present_value_changes_nothing(
    drawn: Question, data: st.DataObject
) -> None:
    model, asked = drawn
    free = respond(model, *asked, weightings=1)
    forced = {one.node for one in asked if not isinstance(one, CutEdge | FlipEdge)}
    node = data.draw(st.sampled_from(tuple(model.nodes)))
    assume(node not in forced)
    held = respond(model, *asked, Clamp(node, free.levels(node)[0]), weightings=1)
    for other in model.nodes:
        assert held.levels(other) == pytest.approx(free.levels(other), rel=0, abs=1e-10)


def renamed(drawn: Question) -> tuple[Question, dict[str, str]]:
    """The same question to a map whose ids sort the other way round."""
    model, asked = drawn
    ranks = {node: rank for rank, node in enumerate(sorted(model.nodes, reverse=True))}
    names = {node: f"new{rank:02}" for node, rank in ranks.items()}
    nodes = [replace(node, id=names[node.id]) for node in model.nodes.values()]
    edges = [
        replace(edge, source=names[edge.source], target=names[edge.target])
        for edge in model.edges.values()
    ]
    return (Model(nodes, edges), tuple(_renamed(asked, names))), names


def _renamed(asked: Iterable[Intervention], names: dict[str, str]) -> Iterable[Intervention]:
    for one in asked:
        match one:
            case CutEdge() | FlipEdge():
                yield one
            case Press() | Clamp() | Block() | KnockOut():
                yield replace(one, node=names[one.node])


@given(models_with_questions())
def test_renaming_ids_changes_nothing(drawn: Question) -> None:
    (model, asked), names = renamed(drawn)
    old, new = respond(drawn[0], *drawn[1], weightings=5), respond(model, *asked, weightings=5)
    for node, name in names.items():
        assert new.direction[name] == old.direction[node]
        assert new.levels(name) == pytest.approx(old.levels(node), rel=0, abs=1e-12)

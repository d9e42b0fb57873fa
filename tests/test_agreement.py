"""The plain form, the numpy form and the stored inverses give the same answers."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_questions, signed_models

from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
    check,
)
from mgmodel.model import Model
from mgmodel.reasoning import reach_arrays, weighting_arrays, weightings
from mgmodel.reasoning.adjacency import adjacency, signed_distances
from mgmodel.reasoning.ensemble import Ensemble, respond

Question = tuple[Model, tuple[Intervention, ...]]


def in_three_forms(model: Model, asked: tuple[Intervention, ...], seed: int = 0) -> list[object]:
    here = adjacency(model)
    put = weightings.question(here, check(model, asked))
    plain = weightings.draw(here, weightings.lottery(here), alpha=0.9, weightings=7, seed=seed)
    entries = weighting_arrays.draw(
        here, weightings.lottery(here), alpha=0.9, weightings=7, seed=seed
    )
    return [
        np.array(weightings.solve(put, plain)),
        weighting_arrays.solve(put, entries),
        weighting_arrays.answer(put, entries, weighting_arrays.inverses(here, entries)),
    ]


@given(signed_models(), st.integers(0, 2**70))
def test_both_forms_draw_the_same_weightings(model: Model, seed: int) -> None:
    here = adjacency(model)
    plain = weightings.draw(here, weightings.lottery(here), alpha=0.9, weightings=5, seed=seed)
    arrays = weighting_arrays.draw(
        here, weightings.lottery(here), alpha=0.9, weightings=5, seed=seed
    )
    assert plain == arrays.T.tolist()


@given(models_with_questions())
def test_all_forms_give_the_same_levels(drawn: Question) -> None:
    plain, arrays, stored = in_three_forms(*drawn)
    np.testing.assert_allclose(arrays, plain, rtol=0, atol=1e-12)
    np.testing.assert_allclose(stored, plain, rtol=0, atol=1e-12)


@given(models_with_questions())
def test_an_ensemble_answers_as_respond_does(drawn: Question) -> None:
    model, asked = drawn
    kept = Ensemble(model, weightings=11).respond(*asked)
    fresh = respond(model, *asked, weightings=11)
    assert (kept.direction, kept.rises, kept.falls) == (fresh.direction, fresh.rises, fresh.falls)
    assert dict(kept.median) == pytest.approx(dict(fresh.median), abs=1e-12)


@given(models_with_questions())
def test_levels_satisfy_the_equation_that_they_solve(drawn: Question) -> None:
    model, asked = drawn
    here, plan = adjacency(model), check(model, asked)
    put = weightings.question(here, plan)
    entries = weighting_arrays.draw(here, weightings.lottery(here), alpha=0.9, weightings=4, seed=1)
    levels = weighting_arrays.solve(put, entries)
    for node, number in here.number.items():
        pushed = np.full(4, plan.pressed.get(node, 0.0))
        for arrow in here.incoming[number]:
            if here.edges[arrow].id not in plan.cut:
                factor = -1 if here.edges[arrow].id in plan.flipped else 1
                pushed += factor * entries[arrow] * levels[here.sources[arrow]]
        expected = plan.fixed.get(node, pushed)
        np.testing.assert_allclose(levels[number], expected, rtol=0, atol=1e-12)


@given(st.data(), signed_models())
def test_both_forms_find_the_same_signed_distances(data: st.DataObject, model: Model) -> None:
    here = adjacency(model)
    node = st.integers(0, len(here.nodes) - 1)
    arrow = st.sampled_from(range(len(here.edges))) if here.edges else st.nothing()
    asked = data.draw(node), data.draw(st.sets(node, max_size=2)), data.draw(st.sets(arrow))
    assert list(reach_arrays.signed_distances(here, *asked)) == signed_distances(here, *asked)


def ring_with_chords(size: int) -> Model:
    nodes = [f"n{k:03}" for k in range(size)]
    arrows = [(nodes[k], nodes[(k + 1) % size], -1 if k % 3 else 1) for k in range(size)]
    arrows += [(nodes[k], nodes[(7 * k + 3) % size], 1 if k % 2 else -1) for k in range(size)]
    return Model.from_edges(arrows)


QUESTION = (
    *(Press("n000"), KnockOut("n017"), Block("n040")),
    *(CutEdge("n003.n004"), FlipEdge("n001.n002")),
)


def test_a_large_loop_is_iterated_to_the_same_levels() -> None:
    plain, arrays, stored = in_three_forms(ring_with_chords(230), QUESTION)
    np.testing.assert_allclose(arrays, plain, rtol=0, atol=1e-10)
    np.testing.assert_allclose(stored, plain, rtol=0, atol=1e-10)


def test_a_map_too_large_to_keep_its_inverses_is_answered_all_the_same() -> None:
    model = ring_with_chords(500)
    kept = Ensemble(model, weightings=300).respond(*QUESTION)
    assert kept.direction == respond(model, *QUESTION, weightings=300).direction


def test_the_forms_agree_on_the_shipped_map(real_model: Model) -> None:
    asked = (
        Press("psychological_stressor"),
        KnockOut("n_type_calcium_channel"),
        Block("cortisol"),
        Clamp("gaba", 0.2),
        CutEdge("acth.cortisol"),
        FlipEdge("crh.acth"),
    )
    plain, arrays, stored = in_three_forms(real_model, asked)
    np.testing.assert_allclose(arrays, plain, rtol=0, atol=1e-12)
    np.testing.assert_allclose(stored, plain, rtol=0, atol=1e-12)


def test_without_numpy_the_answer_is_the_same() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from mgmodel import Model, Press, KnockOut, respond\n"
        "m = Model.from_edges([('s','y',1),('y','t',0),('s','t',-1),('t','y',-1),('t','u',1)])\n"
        "r = respond(m, Press('s'), KnockOut('u'))\n"
        "print({n: (r.direction[n].value, r.rises[n], round(r.median[n], 9)) for n in m.nodes})"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    model = Model.from_edges(
        [("s", "y", 1), ("y", "t", 0), ("s", "t", -1), ("t", "y", -1), ("t", "u", 1)]
    )
    found = respond(model, Press("s"), KnockOut("u"))
    assert said.strip() == str(
        {
            node: (found.direction[node].value, found.rises[node], round(found.median[node], 9))
            for node in model.nodes
        }
    )

"""Every bug hunt can be solved, in one way only, and betrays nothing but its answers."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given
from strategies import signed_models

from mgmodel.errors import UnknownId
from mgmodel.interventions import Block, Intervention, Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.teaching import Checked, Fault, FaultKind, Hunt, check, hunt
from mgmodel.teaching.faults import faults_of, mended, part_of, plain, planted
from mgmodel.teaching.hunting import MOST_EXPERIMENTS
from mgmodel.teaching.rivals import Rivals, shares_of, told_apart
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words, node_name

pytestmark = pytest.mark.slow  # pictures and searches, many of each

LANGUAGES = [each.value for each in Language]
every_language = pytest.mark.parametrize("language", LANGUAGES)
CHAIN = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
QUICK = [("gaba", seed) for seed in range(5)] + [("nmda_and_glutamate", seed) for seed in range(8)]


def contradicts(found: Hunt, fault: Fault) -> bool:
    """Whether the copy with this mended, asked anew with other weightings, contradicts the told."""
    model = mended(found.map, fault)
    ensemble = Ensemble(model, weightings=120, seed=99, keep=False)
    for each in found.experiments:
        said, told = ensemble.respond(*each.interventions), original(found, each.interventions)
        apart = told_apart(shares_of(said), told)
        places = [list(model.nodes).index(reading.node) for reading in each.readings]
        if apart[places].any():
            return True
        if any(said.direction[r.node] is not r.told for r in each.readings):
            return True
    return False


def original(found: Hunt, asked: tuple[Intervention, ...]) -> Any:
    return shares_of(ensemble_of(found.reference).respond(*asked))


# --- planting and mending ----------------------------------------------------------------------


@given(signed_models(), st.sampled_from(list(FaultKind)), st.integers(0, 99))
def test_mending_what_was_planted_gives_the_original_back(
    model: Model, kind: FaultKind, seed: int
) -> None:
    reference = plain(model)
    found = planted(reference, kind, random.Random(seed))
    assume(found is not None)
    assert found is not None
    copy, fault = found
    assert copy.fingerprint != reference.fingerprint
    assert mended(copy, fault).fingerprint == reference.fingerprint
    assert fault in faults_of(copy)


@given(signed_models())
def test_every_mend_changes_the_copy_into_another_map(model: Model) -> None:
    copy = plain(model)
    faults = faults_of(copy)
    assert len(set(faults)) == len(faults)
    for fault in faults:
        assert mended(copy, fault).fingerprint != copy.fingerprint


def test_a_part_is_the_core_the_whole_or_a_pathway(real_model: Model) -> None:
    assert list(part_of(real_model, "core").nodes) == list(real_model.core().nodes)
    assert len(part_of(real_model, "whole").edges) == len(real_model.reasoning_edges)
    assert list(part_of(real_model, "gaba").edges) == list(real_model.pathway("gaba").edges)
    with pytest.raises(UnknownId, match="pathway"):
        part_of(real_model, "gabba")


# --- what every mend answers ---------------------------------------------------------------------


@given(signed_models(most_nodes=5, most_arrows=9), st.data())
def test_a_new_arrow_answers_as_the_map_that_has_it(model: Model, data: st.DataObject) -> None:
    copy = plain(model)
    faults = faults_of(copy, [FaultKind.MISSING])
    assume(faults)
    number = data.draw(st.integers(0, len(faults) - 1))
    nodes = tuple(copy.nodes)
    pressed = data.draw(st.sampled_from(nodes))
    held = data.draw(st.sets(st.sampled_from(nodes), max_size=2)) - {pressed}
    asked: tuple[Intervention, ...] = (Press(pressed), *map(Block, sorted(held)))
    rivals = Rivals(copy, faults, weightings=300)
    led = rivals.shares([number], asked)[:, 0]
    made = Ensemble(mended(copy, faults[number]), weightings=300, seed=7).respond(*asked)
    assert np.abs(led - shares_of(made)).max() < 0.2
    still = (led == 0).all(axis=0) == (shares_of(made) == 0).all(axis=0)
    assert still.all()


@given(signed_models(most_nodes=4, most_arrows=6), st.data())
def test_every_rival_answers_as_its_mended_copy(model: Model, data: st.DataObject) -> None:
    copy = plain(model)
    faults = faults_of(copy)
    rivals = Rivals(copy, faults, weightings=40, seed=3)
    asked = (Press(data.draw(st.sampled_from(tuple(copy.nodes)))),)
    shares = rivals.shares(range(len(faults) + 1), asked)
    as_it_is = Ensemble(copy, weightings=40, seed=3).respond(*asked)
    assert (shares[:, -1] == shares_of(as_it_is)).all()
    for number, fault in enumerate(faults):
        if fault.kind is not FaultKind.MISSING:
            ensemble = Ensemble(mended(copy, fault), weightings=40, seed=3)
            said = shares_of(ensemble.respond(*asked))
            # turning keeps the draw, and unclear arrows may draw their signs at other places
            assert np.abs(shares[:, number] - said).max() < 0.5


def test_a_map_with_permissive_arrows_is_asked_arrow_by_arrow() -> None:
    edges = [("a", "b", 1), ("c", "b", 1)]
    bare = Model.from_edges(edges)
    arrows = [dataclasses.replace(edge, permissive=True) for edge in bare.edges.values()]
    copy = Model(bare.nodes.values(), arrows)
    faults = faults_of(copy, [FaultKind.MISSING])
    shares = Rivals(copy, faults).shares(range(len(faults)), (Press("b", -1.0),))
    for number, fault in enumerate(faults):
        said = Ensemble(mended(copy, fault), weightings=60).respond(Press("b", -1.0))
        assert (shares[:, number] == shares_of(said)).all()


def test_answers_are_apart_only_by_another_verdict_and_a_wide_gap() -> None:
    told = np.array([[1.0, 0.79, 0.0, 0.0], [0.0, 0.21, 1.0, 0.0]])
    said = np.array([[0.76, 0.81, 0.0, 0.3], [0.24, 0.19, 0.7, 0.7]])
    assert told_apart(said, told).tolist() == [False, False, True, True]


# --- hunts --------------------------------------------------------------------------------------


def hunts_are_sound(found: Hunt) -> None:
    assert found.differing
    assert found.proof.left[-1] == 1
    assert list(found.proof.left) == sorted(found.proof.left, reverse=True)
    assert 1 <= len(found.experiments) == len(found.proof.left) <= MOST_EXPERIMENTS
    assert found.proof.tried == len(faults_of(found.map, found.proof.candidates))
    assert mended(found.map, found.fault).fingerprint == found.reference.fingerprint
    told = ensemble_of(found.reference)
    for each in found.experiments:
        direction = told.respond(*each.interventions).direction
        assert [r.told for r in each.readings] == [direction[r.node] for r in each.readings]


@pytest.mark.parametrize(("part", "seed"), QUICK)
def test_a_hunt_on_a_pathway_is_sound(real_model: Model, part: str, seed: int) -> None:
    hunts_are_sound(hunt(real_model, seed, part))


@pytest.mark.parametrize("seed", [2, 5])
def test_a_hunt_on_the_core_is_sound(real_model: Model, seed: int) -> None:
    hunts_are_sound(hunt(real_model, seed))


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",  # a quarter of them, and all where there is time
    [pytest.param(seed, marks=pytest.mark.thorough if seed % 4 else ()) for seed in range(200)],
)
def test_each_of_200_hunts_on_the_core_is_sound(real_model: Model, seed: int) -> None:
    found = hunt(real_model, seed)
    hunts_are_sound(found)
    others = [each for each in faults_of(found.map) if each != found.fault]
    sample = random.Random(seed).sample(others, 20)
    assert all(contradicts(found, each) for each in sample)


def test_every_other_mend_is_contradicted_when_it_is_asked_one_by_one(real_model: Model) -> None:
    found = hunt(real_model, 2, "nmda_and_glutamate")
    fitting = [each for each in faults_of(found.map) if not contradicts(found, each)]
    assert [found.fault] == fitting


def test_the_same_seed_gives_the_same_hunt_and_others_give_others(real_model: Model) -> None:
    first, again = (hunt(real_model, 4, "nmda_and_glutamate") for _ in range(2))
    assert (first.fault, first.experiments, first.proof) == (
        again.fault,
        again.experiments,
        again.proof,
    )
    assert len({hunt(CHAIN, seed).fault for seed in range(6)}) > 3


@pytest.mark.parametrize("kind", list(FaultKind))
def test_a_hunt_can_be_of_one_kind(real_model: Model, kind: FaultKind) -> None:
    found = hunt(real_model, 1, "gaba", kinds=[kind.value])
    assert found.fault.kind is kind
    assert list(found.proof.candidates) == [kind]


def test_a_copy_is_marked_and_betrays_nothing(real_model: Model) -> None:
    found = hunt(real_model, 5, "nmda_and_glutamate")
    held = found.map.library
    assert "5" in held.info.title.en
    assert not held.evidence
    assert not held.claims
    assert not held.references
    for edge in found.map.edges.values():
        assert edge.id.startswith(f"{edge.source}.{edge.target}")
        assert not edge.mechanism + edge.note + edge.curated_id
        assert not edge.documents + edge.loops
    assert list(found.map.edges) == sorted(found.map.edges)
    assert found.fault.source not in repr(found) + str(found.proof)


@pytest.mark.parametrize("model", [Model.from_edges([], ["a"]), Model.from_edges([("a", "a", 0)])])
def test_a_part_too_small_for_a_hunt_is_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="Take a larger part"):
        hunt(model, 0)


def test_kinds_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="none was found"):
        hunt(CHAIN, 0, kinds=[])
    with pytest.raises(ValueError, match="wobbly"):
        hunt(CHAIN, 0, kinds=["wobbly"])


@given(signed_models(most_nodes=4, most_arrows=6), st.integers(0, 9))
def test_on_any_map_a_hunt_is_sound_or_there_is_none(model: Model, seed: int) -> None:
    try:
        found = hunt(model, seed)
    except ValueError:
        return
    hunts_are_sound(found)
    assert check(found, found.fault).right


# --- guesses and hints --------------------------------------------------------------------------


def guesses() -> Iterator[tuple[Hunt, Fault]]:
    for seed in range(4):
        found = hunt(CHAIN, seed)
        yield from ((found, each) for each in faults_of(found.map))


def test_only_the_planted_fault_is_right_and_every_other_guess_is_refuted() -> None:
    for found, guess in guesses():
        checked = check(found, guess)
        assert checked.right is (guess == found.fault)
        assert checked.right is (checked.reading is None)
        assert checked.reading is None or checked.said is not checked.reading.told


def test_a_guess_needs_neither_an_id_nor_a_sign_where_the_arrow_is_there() -> None:
    found = hunt(CHAIN, 1, kinds=["turned", "reversed", "added"])
    wrong = found.fault
    checked = check(found, Fault(wrong.kind, wrong.source, wrong.target))
    assert checked.right
    assert checked.guess == wrong


@pytest.mark.parametrize(
    ("guess", "error", "complaint"),
    [
        (Fault(FaultKind.TURNED, "a", "x"), UnknownId, "no node 'x'"),
        (Fault(FaultKind.TURNED, "d", "c"), UnknownId, "no arrow in the copy 'd.c'"),
        (Fault(FaultKind.MISSING, "d", "c"), ValueError, r"give \+1 or -1"),
        (Fault(FaultKind.MISSING, "a", "d", 1), ValueError, "none is missing"),
    ],
)
def test_a_guess_that_the_copy_cannot_have_is_refused(
    guess: Fault, error: type[Exception], complaint: str
) -> None:
    found = next(
        each
        for each in (hunt(CHAIN, seed, kinds=["turned"]) for seed in range(9))
        if each.map.edge("a.d")
    )
    with pytest.raises(error, match=complaint):
        check(found, guess)


@every_language
def test_words_say_the_task_and_not_the_fault(real_model: Model, language: str) -> None:
    found = hunt(real_model, 3, "gaba")
    text = in_words(found, language)
    assert found.solution(language) not in text
    for each in found.experiments:
        for reading in each.readings:
            label = found.map.node(reading.node).label.in_language(language)
            assert label in text


@every_language
def test_hints_say_more_at_each_step_and_never_both_ends(real_model: Model, language: str) -> None:
    found = hunt(real_model, 3, "gaba")
    hints = [found.hint(step, language) for step in (1, 2, 3)]
    assert len(set(hints)) == 3
    ends = [
        node_name(found.map.node(end), language) for end in (found.fault.source, found.fault.target)
    ]
    assert ends[1] in hints[2]
    assert ends[0] not in hints[1] + hints[2]
    for step in (0, 4):
        with pytest.raises(ValueError, match="hints 1 to 3"):
            found.hint(step, language)


@every_language
def test_a_checked_guess_says_so(language: str) -> None:
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for found, guess in guesses():
        checked: Checked = check(found, guess)
        told[checked.right].add(in_words(checked, language))
        if checked.right:
            assert found.solution(language) in in_words(checked, language)
    assert told[True].isdisjoint(told[False])


@every_language
def test_a_missing_arrow_is_told_with_its_sign(language: str) -> None:
    found = hunt(CHAIN, 1, kinds=["missing"])
    edge = mended(found.map, found.fault).edge(f"{found.fault.source}.{found.fault.target}")
    assert in_words(edge, language) in found.solution(language)

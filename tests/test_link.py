"""The simulated body beside the map: quantities are nodes, and disagreements have a reason."""

from __future__ import annotations

import pytest

from mgmodel import Model, Press, in_words, physiology, respond
from mgmodel.physiology import Agreements, Manoeuvre, Parameters, Stressor, compare_with_map
from mgmodel.physiology.course import QUANTITIES
from mgmodel.physiology.link import LEAST_CHANGE, MANOEUVRES, NODES, REASONS
from mgmodel.reasoning import signed_paths
from mgmodel.vocabulary import Language, Outcome, Verdict

LANGUAGES = [language.value for language in Language]
DIET = MANOEUVRES[:1]
URINE = "urine_mg_day"


@pytest.fixture(scope="module")
def parameters(real_model: Model) -> Parameters:
    return physiology.parameters_of(real_model)


@pytest.fixture(scope="module")
def found(real_model: Model, parameters: Parameters) -> Agreements:
    return compare_with_map(real_model, parameters)


def test_every_quantity_is_a_node_of_the_map(real_model: Model) -> None:
    assert set(NODES.values()) <= set(real_model.nodes)
    assert set(NODES) <= set(QUANTITIES)
    assert len(set(NODES.values())) == len(NODES)


def test_what_has_no_node_is_a_pool_beside_one_or_a_total() -> None:
    beside = {each for each in QUANTITIES if each not in NODES}
    pools = {"gut", "extracellular", "exchangeable", "bone"}
    totals = {"intake", "infused", "urine", "faeces"}
    assert beside == {f"{each}_magnesium_mg" for each in pools} | {
        f"{each}_total_mg" for each in totals
    }


@pytest.mark.slow
def test_every_quantity_is_compared_after_every_manoeuvre_but_what_is_pressed(
    found: Agreements,
) -> None:
    # of the nodes pressed only epinephrine is a quantity of the body
    assert len(found) == len(MANOEUVRES) * len(NODES) - 1
    for row in found:
        assert NODES[row.quantity] == row.node


@pytest.mark.slow
def test_body_and_map_agree_in_most_cases(found: Agreements) -> None:
    assert found.counts == {Outcome.AGREE: 98, Outcome.DISAGREE: 15, Outcome.CANNOT_SAY: 6}
    assert sum(found.counts.values()) == len(found)


@pytest.mark.slow
def test_every_disagreement_has_a_reason_that_was_looked_at(found: Agreements) -> None:
    assert len(found.disagreements) == found.counts[Outcome.DISAGREE]
    for row in found.disagreements:
        assert row.reason == REASONS[row.manoeuvre.id, row.quantity]
    disagreeing = {(row.manoeuvre.id, row.quantity) for row in found.disagreements}
    assert disagreeing == set(REASONS)


@pytest.mark.slow
def test_only_disagreements_have_a_reason_and_a_route(found: Agreements) -> None:
    for row in found:
        assert bool(row.reason) is bool(row.route) is (row.outcome is Outcome.DISAGREE)


@pytest.mark.slow
def test_a_route_told_goes_the_way_that_the_map_says(real_model: Model, found: Agreements) -> None:
    for row in found.disagreements:
        (press, *_) = row.manoeuvre.interventions
        assert isinstance(press, Press)
        sign = 1
        for edge in row.route:
            sign *= real_model.edge(edge).sign
        up = sign * press.amount > 0
        assert row.mapped is (Verdict.RISES if up else Verdict.FALLS)
        assert real_model.edge(row.route[0]).source == press.node
        assert real_model.edge(row.route[-1]).target == row.node


@pytest.mark.slow
def test_the_map_is_asked_as_respond_answers(real_model: Model, found: Agreements) -> None:
    for manoeuvre in MANOEUVRES:
        said = respond(real_model, *manoeuvre.interventions).direction
        rows = [row for row in found if row.manoeuvre is manoeuvre]
        assert [said[row.node] for row in rows] == [row.mapped for row in rows]


@pytest.mark.slow
def test_the_change_is_that_of_the_body_against_rest(
    found: Agreements, parameters: Parameters
) -> None:
    (row,) = (r for r in found if r.manoeuvre.id == "diet" and r.quantity == URINE)
    done = physiology.simulate_body(parameters, row.manoeuvre.events, days=28, points=673)
    rest = physiology.simulate_body(parameters, days=28, points=673)
    assert row.change == pytest.approx(done.mean(URINE) / rest.mean(URINE) - 1)
    assert row.change < -0.1


@pytest.mark.slow
def test_a_change_too_small_to_count_is_called_unchanged(found: Agreements) -> None:
    for row in found:
        assert (row.simulated is Verdict.UNCHANGED) is (abs(row.change) < LEAST_CHANGE)


def test_other_numbers_can_turn_the_body_against_the_map(
    real_model: Model, parameters: Parameters
) -> None:
    month = [each for each in MANOEUVRES if each.id == "month_of_stress"]
    quiet = parameters.with_values(stress_urine_gain=0)
    (row,) = (
        r for r in compare_with_map(real_model, quiet, manoeuvres=month) if r.quantity == URINE
    )
    # without the gain that nobody measured, urine follows serum down
    assert (row.simulated, row.mapped) == (Verdict.FALLS, Verdict.RISES)
    assert (row.outcome, row.reason) == (Outcome.DISAGREE, "numbers")


def test_what_is_not_on_the_map_is_left_out(parameters: Parameters) -> None:
    small = Model.from_edges([("dietary_magnesium_intake", "serum_magnesium", 1)])
    found = compare_with_map(small, parameters)
    assert [(row.manoeuvre.id, row.node) for row in found] == [("diet", "serum_magnesium")]
    assert found[0].outcome is Outcome.AGREE
    nothing = compare_with_map(Model.from_edges([("a", "b", 1)]), parameters)
    assert len(nothing) == 0
    assert nothing.disagreements == ()


def test_a_map_that_says_the_opposite_disagrees(parameters: Parameters) -> None:
    wrong = Model.from_edges([("dietary_magnesium_intake", "serum_magnesium", -1)])
    (row,) = compare_with_map(wrong, parameters, manoeuvres=DIET)
    assert row.outcome is Outcome.DISAGREE
    assert row.reason == "numbers"
    (route,) = signed_paths(wrong, "dietary_magnesium_intake", "serum_magnesium")
    assert row.route == route.edges


def test_a_manoeuvre_of_ones_own(real_model: Model, parameters: Parameters) -> None:
    own = Manoeuvre("day", (Stressor(0, 24),), (Press("perceived_stress"),), 1, 0, 24)
    found = compare_with_map(real_model, parameters, manoeuvres=[own])
    assert "perceived_stress_relative" not in {row.quantity for row in found}
    (cortisol,) = (row for row in found if row.node == "cortisol")
    assert cortisol.outcome is Outcome.AGREE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.slow
def test_every_row_says_itself(found: Agreements, language: str) -> None:
    for row in found:
        said = in_words(row, language)
        assert said.endswith(".")
        assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.slow
def test_the_whole_says_how_often_and_that_it_teaches(found: Agreements, language: str) -> None:
    said = in_words(found, language)
    assert "98" in said
    assert {"en": "predictor", "nl": "voorspelmodel", "sv": "prognosverktyg"}[language] in said


@pytest.mark.slow
def test_a_row_in_english(found: Agreements) -> None:
    (row,) = (r for r in found if r.manoeuvre.id == "adrenaline" and r.quantity == URINE)
    said = in_words(row)
    assert said.startswith("magnesium into urine (mg/day): body falls (-1.4")
    assert "because none was seen in people (Ryzen 1990)" in said
    assert "The way of the map: A rise in epinephrine leads to a rise in urinary" in said


@pytest.mark.slow
def test_as_a_table(found: Agreements) -> None:
    frame = found.to_frame()
    columns = ["manoeuvre", "quantity", "node", "change", "simulated", "mapped", "outcome"]
    assert list(frame.columns) == [*columns, "reason"]
    assert len(frame) == len(found)
    assert repr(found) == "Agreements(98 agree, 15 disagree, 6 cannot_say)"
    assert "not a clinical predictor" in found._repr_html_()
    assert found[0:2] == found.rows[:2]

"""Ensembles over what nobody measured: bands, what failed, and which number moves an outcome."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel import Model, UnknownId, in_words, physiology
from mgmodel.physiology import (
    DailyMeals,
    Meal,
    Parameters,
    Stressor,
    band,
    parameters_of,
    simulate_body,
    tornado,
)
from mgmodel.physiology.course import QUANTITIES
from mgmodel.physiology.samples import latin_hypercube, ranged, within
from mgmodel.physiology.sensitivity import READINGS, outcome_in_words, reading
from mgmodel.records import Parameter
from mgmodel.vocabulary import Language, ParameterStatus

LANGUAGES = [language.value for language in Language]
GAIN, SERUM, STORES = "stress_urine_gain", "serum_magnesium_mmol_l", "stores_magnesium_mg"
DAY_OF_STRESS = (Stressor(0, 24),)


@pytest.fixture(scope="module")
def parameters(real_model: Model) -> Parameters:
    return parameters_of(real_model)


@pytest.fixture(scope="module")
def few(parameters: Parameters) -> physiology.Band:
    return band(parameters, DAY_OF_STRESS, days=1, members=8, seed=3)


# --- samples -------------------------------------------------------------------------------------


@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_each_slice_of_each_parameter_is_used_once(members: int, width: int, seed: int) -> None:
    sample = latin_hypercube(members, width, seed)
    assert sample.shape == (members, width)
    assert ((sample >= 0) & (sample < 1)).all()
    slices = np.sort((members * sample).astype(int), axis=0)
    assert (slices == np.arange(members)[:, None]).all()


def test_the_same_seed_gives_the_same_sample_and_another_one_another() -> None:
    assert (latin_hypercube(9, 3, 1) == latin_hypercube(9, 3, 1)).all()
    assert (latin_hypercube(9, 3, 1) != latin_hypercube(9, 3, 2)).any()


def test_half_of_the_members_lie_below_the_value_given() -> None:
    slope = Parameter("slope", 2000, "mg", 1350, 5400, ParameterStatus.DERIVED)
    # by hand: 1350 + 2 x 0.1 x 650, the value, 2000 + (2 x 0.9 - 1) x 3400
    found = [within(slope, 2000, chance) for chance in (0.1, 0.5, 0.9)]
    assert found == pytest.approx([1480, 2000, 4720])


@given(st.floats(0, 1), st.floats(-10, 10))
def test_a_value_drawn_lies_in_its_range_even_if_the_value_given_does_not(
    chance: float, given_value: float
) -> None:
    record = Parameter("x", 1, "mg", 0, 3, ParameterStatus.ASSUMPTION)
    assert 0 <= within(record, given_value, chance) <= 3


def test_what_was_changed_by_hand_or_read_in_a_source_is_not_varied(parameters: Parameters) -> None:
    ids = {record.id for record in ranged(parameters, None, parameters)}
    assert GAIN in ids
    assert "serum_low_mmol_l" not in ids
    assert "nmda_half_block_mmol_l" not in ids
    changed = parameters.with_values(stress_urine_gain=0.3)
    assert ids - {record.id for record in ranged(changed, None, changed)} == {GAIN}


@pytest.mark.slow
def test_only_what_the_body_asks_for_is_varied(parameters: Parameters) -> None:
    plain = set(band(parameters, days=1, members=2).over)
    assert GAIN in plain
    assert not plain & {"gaba_potentiation", "salt_factor_oxide", "release_half_block_mmol_l"}
    with_oxide = band(parameters, [Meal(0, 200, "oxide")], days=1, members=2)
    assert set(with_oxide.over) - plain == {"salt_factor_oxide"}
    one_site = set(band(parameters, days=1, members=2, law="one_site").over)
    assert one_site - plain == {"release_half_block_mmol_l"}
    found = tornado(parameters, days=1)
    assert plain == {swing.parameter.id for swing in found.swings}


def test_what_to_vary_is_named_and_has_a_range(parameters: Parameters) -> None:
    assert [record.id for record in ranged(parameters, GAIN, ())] == [GAIN]
    with pytest.raises(UnknownId, match=r"no parameter 'stress_urine'.*'stress_urine_gain'"):
        ranged(parameters, ["stress_urine"], ())
    with pytest.raises(ValueError, match="nothing to vary in magnesium_molar_mass_g_mol"):
        ranged(parameters, ["magnesium_molar_mass_g_mol"], ())
    with pytest.raises(ValueError, match="nothing to vary in no parameter"):
        ranged(parameters, [], ())


# --- bands ---------------------------------------------------------------------------------------


def test_a_band_holds_its_percentiles_in_order_for_every_quantity(few: physiology.Band) -> None:
    for quantity in QUANTITIES:
        low, middle, high = (row[quantity] for row in (few.low, few.middle, few.high))
        assert low.shape == few.hours.shape
        assert (low <= middle).all()
        assert (middle <= high).all()
    assert few.width("cortisol_relative") > 0.1


def test_percentiles_are_those_of_the_members(parameters: Parameters) -> None:
    # three members: 5 percent lies a tenth of the way from the least to the middle one
    found = band(parameters, DAY_OF_STRESS, days=1, members=3, over=[GAIN])
    chances = latin_hypercube(3, 1, 0)[:, 0]
    record = parameters.record(GAIN)
    ends = sorted(
        simulate_body(
            parameters.with_values(stress_urine_gain=within(record, 0.1, chance)),
            DAY_OF_STRESS,
            days=1,
        ).of("urine_total_mg")[-1]
        for chance in chances
    )
    expected = (0.9 * ends[0] + 0.1 * ends[1], ends[1], 0.1 * ends[1] + 0.9 * ends[2])
    assert expected == pytest.approx(
        [row["urine_total_mg"][-1] for row in (found.low, found.middle, found.high)]
    )


def test_the_same_seed_gives_the_same_band(parameters: Parameters, few: physiology.Band) -> None:
    again = band(parameters, DAY_OF_STRESS, days=1, members=8, seed=3)
    assert all((again.low[each] == few.low[each]).all() for each in QUANTITIES)


def test_a_parameter_that_does_nothing_gives_a_band_without_width(parameters: Parameters) -> None:
    found = band(parameters, days=1, members=2, over=["gaba_potentiation"])
    assert {0.0} == {found.width(quantity) for quantity in QUANTITIES}
    assert all((found.low[each] == found.usual.of(each)).all() for each in QUANTITIES)


def test_progress_is_told_after_each_member(parameters: Parameters) -> None:
    told: list[tuple[int, int]] = []
    band(parameters, days=0.1, members=3, over=[GAIN], progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_members_that_fail_are_told_and_left_out(parameters: Parameters) -> None:
    # where the threshold of the kidney lies above the end of the normal range nothing can rest
    odd = parameters.with_values(beyond_range=True, serum_high_mmol_l=0.8)
    found = band(odd, days=0.1, members=20, over=["urine_threshold_mmol_l"])
    # half of the members lie between 0.795 and 0.805, and half of those above 0.8
    assert len(found.failed) == 5
    for failed in found.failed:
        assert failed.values["urine_threshold_mmol_l"] >= 0.8
        assert "give more than the threshold" in failed.why
    assert "15 bodies" in in_words(found)
    assert "Left out, because they could not be simulated: 5." in in_words(found)
    assert "5 failed" in repr(found)


def test_a_band_without_any_member_says_why(parameters: Parameters) -> None:
    odd = parameters.with_values(
        beyond_range=True, serum_high_mmol_l=0.78, urine_threshold_mmol_l=0.77
    )
    with pytest.raises(ValueError, match=r"None of the 2 members.*give more than the threshold"):
        band(odd, days=0.1, members=2, over=["urine_threshold_mmol_l"])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"members": 1}, r"members is 1; give a number from 2 to 1,000"),
        ({"members": 2.5}, r"members is 2\.5; give a whole number from 2 to 1,000"),
        ({"members": 10**6}, r"members is 1000000; .*from 2 to 1,000"),
        ({"seed": -1}, r"seed is -1; give a number from 0"),
        ({"days": 1e9}, r"days is 1000000000.*0\.01 to 3,650 days"),
        ({"days": -1}, r"days is -1"),
    ],
)
def test_a_band_refuses_nonsense_with_the_allowed_range(
    parameters: Parameters, arguments: dict[str, float], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        band(parameters, **{"days": 1, "members": 2, **arguments})  # type: ignore[arg-type]


def test_an_unknown_law_or_quantity_gets_an_answer(
    parameters: Parameters, few: physiology.Band
) -> None:
    with pytest.raises(UnknownId, match="law"):
        band(parameters, days=0.1, members=2, law="two_sites")
    with pytest.raises(UnknownId, match="serum_magnesium"):
        few.width("serum_magnesium")


@pytest.mark.slow
def test_long_bands_are_told_in_whole_steps(parameters: Parameters) -> None:
    steps = [
        band(parameters, days=days, members=2, over=[GAIN]).hours[1] for days in (1, 10, 61, 731)
    ]
    assert steps == pytest.approx([0.1, 1, 3, 24])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_band_in_words(few: physiology.Band, language: str) -> None:
    said = in_words(few, language)
    assert "8" in said
    assert {"en": "predictor", "nl": "voorspelmodel", "sv": "prognosverktyg"}[language] in said
    assert "{" not in said


def test_a_band_as_a_table(few: physiology.Band) -> None:
    frame = few.to_frame()
    assert list(frame.columns) == ["quantity", "hours", "low", "middle", "high", "usual"]
    assert len(frame) == len(QUANTITIES) * len(few.hours)
    assert "magnesium in serum" in few._repr_html_()
    assert "not a clinical predictor" in few._repr_html_()


@pytest.mark.slow
def test_a_band_of_a_month_holds_the_body_with_the_values_as_given(parameters: Parameters) -> None:
    found = band(parameters, [Stressor(0, 720)], days=30, members=60)
    assert not found.failed
    for quantity in (SERUM, STORES, "cortisol_relative", "norepinephrine_relative"):
        usual = found.usual.of(quantity)
        inside = (found.low[quantity] <= usual) & (usual <= found.high[quantity])
        assert inside.mean() > 0.95, quantity


# --- tornado -------------------------------------------------------------------------------------


def test_a_tornado_reads_both_ends_of_each_range(parameters: Parameters) -> None:
    outcome = "change stores_magnesium_mg"
    found = tornado(parameters, DAY_OF_STRESS, outcome, days=1, over=[GAIN, "brain_time_hours"])

    def change(**values: float) -> float:
        body = parameters.with_values(**values)
        stores = simulate_body(body, DAY_OF_STRESS, days=1).of(STORES)
        return float(stores[-1] - stores[0])

    gain, brain = found.swings
    low, high = change(stress_urine_gain=0), change(stress_urine_gain=0.3)
    assert (GAIN, low, high) == (gain.parameter.id, gain.low, gain.high)
    assert gain.size == pytest.approx(abs(high - low))
    assert found.usual == change()
    assert brain.size == 0
    assert found.moving == (gain,)
    assert found.largest_assumption is gain


def test_swings_come_largest_first(parameters: Parameters) -> None:
    over = [GAIN, "urine_slope_mg_day_per_mmol_l", "urine_threshold_mmol_l", "gaba_potentiation"]
    found = tornado(parameters, days=1, over=over)
    sizes = [swing.size for swing in found.swings]
    assert sizes == sorted(sizes, reverse=True)
    assert found.swings[-1].size == 0
    assert len(found.moving) < len(found.swings) == 4


def test_an_end_that_fails_is_told(parameters: Parameters) -> None:
    odd = parameters.with_values(beyond_range=True, serum_high_mmol_l=0.8)
    found = tornado(odd, days=0.1, over=["urine_threshold_mmol_l"])
    (swing,) = found.failed
    assert swing.low is not None
    assert swing.high is None
    assert "give more than the threshold" in swing.why
    assert "no result at its high end" in in_words(found)
    assert "An end could not be simulated for urine threshold mmol l." in in_words(found)
    assert np.isnan(found.to_frame()["outcome_high"][0])


def test_progress_is_told_after_each_parameter(parameters: Parameters) -> None:
    told: list[tuple[int, int]] = []
    over = [GAIN, "brain_time_hours"]
    tornado(parameters, days=0.1, over=over, progress=lambda *done: told.append(done))
    assert told == [(1, 2), (2, 2)]


def test_every_reading_of_a_course(parameters: Parameters) -> None:
    course = simulate_body(parameters, [DailyMeals(0)], days=2)
    serum = course.of(SERUM)
    expected = {
        "final": serum[-1],
        "mean": course.mean(SERUM),
        "peak": serum.max(),
        "lowest": serum.min(),
        "change": serum[-1] - serum[0],
    }
    assert expected == {name: reading(f"{name} {SERUM}")(course) for name in READINGS}


@pytest.mark.parametrize("outcome", ["final", "last serum_magnesium_mmol_l", "peak serum", ""])
def test_an_unknown_outcome_gets_near_names(parameters: Parameters, outcome: str) -> None:
    with pytest.raises(UnknownId, match=r"There is no (reading|quantity)"):
        tornado(parameters, (), outcome, days=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tornado_in_words_names_the_assumption_that_moves_most(
    parameters: Parameters, language: str
) -> None:
    outcome = "change stores_magnesium_mg"
    found = tornado(parameters, DAY_OF_STRESS, outcome, days=1, over=[GAIN, "brain_time_hours"])
    said = in_words(found, language)
    ending = {"en": "moves it most", "nl": "meest verplaatst", "sv": "flyttar mest"}[language]
    assert f"{ending}: stress urine gain." in said
    assert outcome_in_words(outcome, language) in said
    assert "{" not in said


def test_a_tornado_as_a_table(parameters: Parameters) -> None:
    found = tornado(parameters, DAY_OF_STRESS, days=1, over=[GAIN, "brain_time_hours"])
    frame = found.to_frame()
    columns = ["parameter", "status", "unit", "value_low", "value_high"]
    assert list(frame.columns) == [*columns, "outcome_low", "outcome_high", "size"]
    assert frame["parameter"][0] == GAIN
    assert "1 of 2 parameters move it" in repr(found)
    assert "not a clinical predictor" in found._repr_html_()


@pytest.mark.slow
def test_over_a_month_of_stress_the_gain_nobody_measured_is_among_what_moves_the_stores(
    parameters: Parameters,
) -> None:
    found = tornado(parameters, [Stressor(0, 720)], "change stores_magnesium_mg", days=30)
    assert not found.failed
    first = [swing.parameter.id for swing in found.moving[:3]]
    assert GAIN in first

"""The close-ups give the printed tables, and points worked out by hand that are not printed."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.errors import UnknownId
from mgmodel.physiology import absorption, gaba_a, nmda, release

NMDA_TABLE = {
    -80: (0.025, 0.048, 0.030, 0.024, 0.020, 0.012),
    -70: (0.047, 0.085, 0.055, 0.044, 0.037, 0.023),
    -60: (0.087, 0.148, 0.098, 0.080, 0.067, 0.041),
    -40: (0.299, 0.374, 0.272, 0.230, 0.199, 0.130),
    -20: (1.033, 0.674, 0.564, 0.508, 0.463, 0.341),
    0: (3.57, 0.877, 0.817, 0.781, 0.748, 0.641),
    20: (12.3, 0.961, 0.939, 0.925, 0.911, 0.860),
}
"""By voltage in mV: half-block in mmol/L, then the open fraction at 0.5, 0.8, 1.0, 1.2, 2.0."""

voltages = st.floats(-200, 200)
concentrations = st.floats(0, 100)
doses = st.floats(0, 5000)
# --- the NMDA channel -------------------------------------------------------------------------


@pytest.mark.parametrize("voltage_mv", NMDA_TABLE)
def test_the_open_fractions_are_those_of_the_printed_table(voltage_mv: int) -> None:
    found = [round(nmda.open_fraction(voltage_mv, m), 3) for m in (0.5, 0.8, 1.0, 1.2, 2.0)]
    assert list(NMDA_TABLE[voltage_mv][1:]) == found


@pytest.mark.parametrize("voltage_mv", NMDA_TABLE)
def test_the_half_block_is_that_of_the_printed_table(voltage_mv: int) -> None:
    expected = NMDA_TABLE[voltage_mv][0]
    assert expected == round(nmda.half_block_mmol_l(voltage_mv), 1 if voltage_mv == 20 else 3)


@pytest.mark.parametrize(
    ("voltage_mv", "magnesium_mmol_l", "expected"),
    [
        # exp(3.10) = 22.19795; 1.0 / 3.57 = 0.2801120; 1 / (1 + 6.217914)
        pytest.param(-50, 1.0, 0.138544, id="-50 mV"),
        # exp(1.86) = 6.423737; 0.6 / 3.57 = 0.1680672; 1 / (1 + 1.079620)
        pytest.param(-30, 0.6, 0.480857, id="-30 mV"),
        # exp(-0.62) = 0.5379445; 1.5 / 3.57 = 0.4201681; 1 / (1 + 0.2260271)
        pytest.param(10, 1.5, 0.815643, id="10 mV"),
    ],
)
def test_an_open_fraction_that_is_not_printed_is_right(
    voltage_mv: float, magnesium_mmol_l: float, expected: float
) -> None:
    assert nmda.open_fraction(voltage_mv, magnesium_mmol_l) == pytest.approx(expected, abs=1e-6)


def test_the_channel_is_shut_at_rest_and_open_in_a_depolarised_cell() -> None:
    """Number 10 of the acceptance tests: under 0.06 at -70 mV and above 0.5 at -20 mV."""
    assert nmda.open_fraction(-70, 0.8) < 0.06
    assert nmda.open_fraction(-20, 0.8) > 0.5


def test_15_percent_more_brain_magnesium_takes_a_tenth_of_the_current_at_minus_40() -> None:
    before, after = (nmda.open_fraction(-40, m) for m in (0.80, 0.92))
    assert (round(before, 3), round(after, 3)) == (0.272, 0.245)
    assert after / before - 1 == pytest.approx(-0.10, abs=0.005)
    assert [round(nmda.open_fraction(-70, m), 3) for m in (0.80, 0.92)] == [0.055, 0.048]


@given(voltages)
def test_at_the_half_block_half_of_the_channel_is_open(voltage_mv: float) -> None:
    half = nmda.half_block_mmol_l(voltage_mv)
    if half <= 100:
        assert nmda.open_fraction(voltage_mv, half) == pytest.approx(0.5, abs=1e-12)


@given(voltages, voltages, concentrations)
def test_depolarising_never_shuts_the_channel(
    one_mv: float, other_mv: float, magnesium_mmol_l: float
) -> None:
    low, high = sorted((one_mv, other_mv))
    shares = [nmda.open_fraction(mv, magnesium_mmol_l) for mv in (low, high)]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("magnesium_mmol_l", "expected"),
    [(8, 1 / 2), (0.5, 16 / 17), (2, 4 / 5), (24, 1 / 4)],  # 8 / (8 + m)
)
def test_the_internal_block_has_one_site(magnesium_mmol_l: float, expected: float) -> None:
    assert nmda.internal_open_fraction(magnesium_mmol_l) == pytest.approx(expected, rel=1e-12)


# --- release ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("magnesium_mmol_l", "expected"),
    [
        (0.525, 0.823529),  # 2.45 / 2.975
        (1.0, 0.710145),  # 2.45 / 3.45
        (3.0, 0.449541),  # 2.45 / 5.45
    ],
)
def test_one_site_release_is_right_at_points_that_are_not_printed(
    magnesium_mmol_l: float, expected: float
) -> None:
    assert release.one_site(magnesium_mmol_l) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("magnesium_mmol_l", "expected"),
    [
        # 2.5 / 1.1 = 2.272727; (2.272727 / 3.272727) ** 4 = 0.694444 ** 4 = 0.482253 ** 2
        (0.0, 0.232568),
        # (2.272727 / 4.272727) ** 4 = 0.531915 ** 4 = 0.282933 ** 2
        (3.0, 0.080051),
        # (2.272727 / 5.272727) ** 4 = 0.431034 ** 4 = 0.185791 ** 2
        (6.0, 0.034518),
    ],
)
def test_cooperative_release_is_right_at_points_that_are_not_printed(
    magnesium_mmol_l: float, expected: float
) -> None:
    assert release.cooperative(magnesium_mmol_l) == pytest.approx(expected, abs=1e-6)


@given(concentrations, st.floats(0.1, 50), st.floats(0.5, 3), st.floats(1, 5))
def test_cooperative_release_is_the_published_formula_but_for_its_factor(
    magnesium: float, calcium: float, k1: float, k2: float
) -> None:
    published = (calcium / (1 + calcium / k1 + magnesium / k2)) ** 4
    found = release.cooperative(
        magnesium, calcium_mmol_l=calcium, calcium_half_mmol_l=k1, magnesium_half_mmol_l=k2
    )
    assert found == pytest.approx(published / k1**4, rel=1e-9)


def test_release_in_rat_artery_is_halved_over_the_range_of_the_fit() -> None:
    """51 +- 2 percent of it goes from 1.2 to 4.8 mmol/L (or is left: the text reads both ways)."""
    laws = [partial(release.one_site, half_block_mmol_l=half) for half in (2.3, 2.45, 2.6)]
    assert [round(release.relative(4.8, 1.2, law), 3) for law in laws] == [0.493, 0.503, 0.514]


def test_the_cooperative_law_leaves_a_third_at_four_times_the_magnesium() -> None:
    assert round(release.relative(4.8, 1.2, "cooperative"), 2) == 0.32


def test_within_physiological_magnesium_release_hardly_changes() -> None:
    assert 1 - release.relative(0.60, 0.45) == pytest.approx(0.05, abs=0.002)
    assert round(release.elasticity(0.5), 2) == -0.17


@given(st.floats(0, 50))
def test_the_elasticity_is_the_slope_of_the_law(m: float) -> None:
    assert release.elasticity(m) == pytest.approx(-m / (2.45 + m), abs=1e-8)
    expected = -4 * (m / 3.0) / (1 + 2.5 / 1.1 + m / 3.0)
    assert release.elasticity(m, "cooperative") == pytest.approx(expected, abs=1e-8)


def test_a_law_of_release_is_asked_for_by_its_name() -> None:
    with pytest.raises(UnknownId, match=r"no law of release 'one_sit'. Did you mean 'one_site'"):
        release.relative(1, 1, "one_sit")


def test_a_law_without_release_is_refused() -> None:
    silent = partial(release.cooperative, calcium_mmol_l=0)
    for ask in (
        partial(release.relative, 1.0, 1.0, silent),
        partial(release.elasticity, 1, silent),
    ):
        with pytest.raises(ValueError, match="no release even without magnesium"):
            ask()


# --- GABA-A -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("magnesium_mmol_l", "expected"),
    [
        (0.1, 1.075),  # 1 + 0.3 * 0.1 / 0.4
        (0.6, 1.2),  # 1 + 0.3 * 0.6 / 0.9
        (0.9, 1.225),  # 1 + 0.3 * 0.9 / 1.2
    ],
)
def test_potentiation_is_right_at_points_that_are_not_printed(
    magnesium_mmol_l: float, expected: float
) -> None:
    assert gaba_a.potentiation(magnesium_mmol_l) == pytest.approx(expected, rel=1e-12)


def test_potentiation_says_that_it_is_an_assumption() -> None:
    assert gaba_a.IS_ASSUMPTION
    assert "assumption" in (gaba_a.potentiation.__doc__ or "").splitlines()[0]


@given(concentrations, concentrations, st.floats(0, 10))
def test_potentiation_rises_from_1_and_never_gains_more_than_its_most(
    one: float, other: float, gain: float
) -> None:
    low, high = (gaba_a.potentiation(m, largest_gain=gain) for m in sorted((one, other)))
    assert 1 <= low <= high <= 1 + gain


# --- absorption -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose_mg", "absorbed_mg", "percent"),
    [
        *((36, 23, 65), (60, 30, 50), (100, 37, 37), (120, 40, 33)),
        *((300, 57, 19), (500, 73, 15), (973, 107, 11)),
    ],
)
def test_the_absorbed_amounts_are_those_of_the_printed_table(
    dose_mg: float, absorbed_mg: int, percent: int
) -> None:
    assert absorbed_mg == round(absorption.absorbed_mg(dose_mg))
    assert percent == round(absorption.fraction(dose_mg) * 100)


@pytest.mark.parametrize(
    ("dose_mg", "expected"),
    [
        (20, 16.494340),  # 40 * 20 / 53 + 1.4 = 15.094340 + 1.4
        (200, 48.334764),  # 40 * 200 / 233 + 14 = 34.334764 + 14
        (750, 90.814176),  # 40 * 750 / 783 + 52.5 = 38.314176 + 52.5
    ],
)
def test_an_absorbed_amount_that_is_not_printed_is_right(dose_mg: float, expected: float) -> None:
    assert absorption.absorbed_mg(dose_mg) == pytest.approx(expected, abs=1e-6)
    assert absorption.absorbed_mg(dose_mg, form="oxide") == pytest.approx(expected / 2, abs=1e-6)


@pytest.mark.parametrize(
    ("meals", "change_mg"),
    [
        ([260 / 3] * 3, -14),
        ([(360 + 350) / 3] * 3, 36),
        ([120.0] * 3 + [350 / 3] * 3, 118),
    ],
    ids=["100 mg less", "350 mg more with meals", "350 mg more between meals"],
)
def test_saturation_buffers_a_change_of_diet(meals: list[float], change_mg: int) -> None:
    assert change_mg == round(absorption.daily_mg(meals) - absorption.daily_mg([120] * 3))


def test_three_meals_of_120_mg_give_what_urine_loses_at_balance() -> None:
    assert absorption.daily_mg([120] * 3) == pytest.approx(120, abs=1)


@given(st.lists(st.tuples(doses, st.sampled_from(sorted(absorption.SALT_FACTORS)))))
def test_a_day_absorbs_the_sum_of_its_meals(meals: list[tuple[float, str]]) -> None:
    each = [absorption.absorbed_mg(dose, form=form) for dose, form in meals]
    assert absorption.daily_mg(meals) == pytest.approx(sum(each))


@given(doses, doses, st.floats(0, 2))
def test_more_in_a_meal_gives_more_and_never_more_than_was_eaten(
    one: float, other: float, factor: float
) -> None:
    low, high = sorted((one, other))
    got = [absorption.absorbed_mg(dose, factor=factor) for dose in (low, high)]
    assert got[0] <= got[1] * (1 + 1e-12)
    assert 0 <= got[1] <= high


def test_a_form_has_its_factor_under_its_name_and_under_its_id() -> None:
    assert absorption.salt_factor("magnesium_oxide") == absorption.salt_factor("oxide") == 0.5
    with pytest.raises(UnknownId, match=r"no salt factor for 'oxid'\. Did you mean 'oxide'"):
        absorption.absorbed_mg(100, form="oxid")

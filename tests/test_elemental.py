"""Magnesium in a compound: the formula is read, and mass is neither made nor lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.model import Model
from mgmodel.physiology import elemental

PRINTED = {
    "MgO": (40.30, 60.3, 0.50),
    "Mg3(C6H5O7)2": (451.11, 16.2, 1.86),
    "Mg3(C6H5O7)2.9H2O": (613.25, 11.9, 2.52),
    "MgC6H6O7": (214.41, 11.3, 2.65),
    "Mg(C2H4NO2)2": (172.42, 14.1, 2.13),
    "Mg(C4H7O5)2": (294.50, 8.3, 3.63),
    "Mg(C4H7O5)2.H2O": (312.51, 7.8, 3.86),
    "Mg(C2H6NO3S)2": (272.57, 8.9, 3.36),
    "Mg(C4H8NO4S)2": (356.65, 6.8, 4.40),
    "MgC4H4O5": (156.38, 15.5, 1.93),
    "MgC4H4O5.3H2O": (210.42, 11.6, 2.60),
    "MgCl2": (95.21, 25.5, 1.18),
    "MgCl2.6H2O": (203.30, 12.0, 2.51),
    "MgSO4": (120.36, 20.2, 1.49),
    "MgSO4.7H2O": (246.47, 9.9, 3.04),
    "Mg(C3H5O3)2.2H2O": (238.47, 10.2, 2.94),
    "Mg(C5H3N2O4)2.2H2O": (370.51, 6.6, 4.57),
    "Mg(C4H6NO4)2": (288.50, 8.4, 3.56),
    "Mg(OH)2": (58.32, 41.7, 0.72),
}
"""By formula: molar mass in g/mol, percent magnesium, grams that hold 300 mg of it."""

counts = st.integers(1, 30)
symbols = st.sampled_from(list(elemental.ATOMIC_WEIGHTS))
plain_parts = st.lists(st.tuples(symbols, counts), min_size=1, max_size=5).map(
    lambda atoms: "".join(f"{symbol}{count}" for symbol, count in atoms)
)


# --- the printed table and points beside it ---------------------------------------------------


@pytest.mark.parametrize("formula", PRINTED)
def test_a_compound_is_that_of_the_printed_table(formula: str) -> None:
    molar_mass, percent, grams = PRINTED[formula]
    assert elemental.molar_mass_g_mol(formula) == pytest.approx(molar_mass, abs=0.0051)
    assert elemental.fraction(formula) * 100 == pytest.approx(percent, abs=0.051)
    assert elemental.compound_mass_mg(300, formula) / 1000 == pytest.approx(grams, abs=0.0051)


def test_every_compound_of_the_data_follows_from_its_formula(real_model: Model) -> None:
    compounds = real_model.library.compounds
    assert {compound.formula for compound in compounds} == set(PRINTED)
    for compound in compounds:
        assert elemental.atoms(compound.formula)["Mg"] == compound.magnesium_atoms, compound.id
        mass = elemental.molar_mass_g_mol(compound)
        assert mass == pytest.approx(compound.molar_mass_g_mol, abs=0.00051), compound.id
        expected = compound.elemental_fraction
        assert elemental.fraction(compound) == pytest.approx(expected, rel=0.001), compound.id


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # 24.305 / (24.305 + 2 * (14.007 + 3 * 15.999) + 6 * 18.015) = 24.305 / 256.403
        ("Mg(NO3)2.6H2O", 0.0947922),
        # 3 * 24.305 / (72.915 + 2 * 14.007) = 72.915 / 100.929
        ("Mg3N2", 0.7224385),
        # 24.305 / (24.305 + 32.06 + 4 * 15.999 + 18.015) = 24.305 / 138.376
        ("MgSO4.H2O", 0.1756446),
    ],
)
def test_a_fraction_that_is_not_printed_is_right(formula: str, expected: float) -> None:
    assert elemental.fraction(formula) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("compound_mg", "formula", "magnesium_mg", "within_mg"),
    [
        pytest.param(2 * 414, "MgO", 500, 1, id="oxide 414 mg twice a day, abbasi2012"),
        pytest.param(3 * 403, "MgO", 729, 1, id="oxide 403 mg three times a day, held2002"),
        pytest.param(4000, "MgSO4.7H2O", 394, 0.5, id="sulfate 4 g, mehdi2017"),
        pytest.param(2000, "Mg(C4H7O5)2", 165, 0.5, id="L-threonate 2 g, liu2016"),
        pytest.param(2500, "MgCl2", 638, 0.5, id="chloride, 50 mL of 5 percent, anhydrous"),
        pytest.param(2500, "MgCl2.6H2O", 299, 0.5, id="chloride, 50 mL of 5 percent, hydrated"),
    ],
)
def test_the_doses_of_the_trials_hold_the_magnesium_that_is_told(
    compound_mg: float, formula: str, magnesium_mg: float, within_mg: float
) -> None:
    assert elemental.magnesium_mg(compound_mg, formula) == pytest.approx(
        magnesium_mg, abs=within_mg
    )


def test_no_chloride_of_that_trial_makes_its_stated_450_mg() -> None:
    """The mismatch of barragan_rodriguez2008: its dose is a third more, or a third less."""
    stated = [450 / elemental.magnesium_mg(2500, salt) for salt in ("MgCl2", "MgCl2.6H2O")]
    assert stated == pytest.approx([0.705, 1.506], abs=0.001)


def test_doses_and_concentrations_in_other_units_are_those_that_are_told() -> None:
    assert [round(elemental.mg_of_mmol(dose)) for dose in (10, 20, 30)] == [243, 486, 729]
    assert round(elemental.mg_of_mmol(0.565)) == 14  # citrate minus oxide, kappeler2017
    assert round(elemental.mg_of_mmol(2.22)) == 54  # schutten2021
    assert elemental.mmol_l_of_mg_dl(1) == pytest.approx(0.4114, abs=5e-5)
    found = [round(elemental.mmol_l_of_mg_dl(level), 3) for level in (1.86, 1.63)]
    assert found == [0.765, 0.671]  # ryzen1990
    assert elemental.mmol_of_mg(24.305) == pytest.approx(1, rel=1e-12)


# --- laws -------------------------------------------------------------------------------------


@given(plain_parts, plain_parts)
def test_a_sum_of_formulas_has_the_sum_of_their_masses(one: str, other: str) -> None:
    whole = elemental.molar_mass_g_mol(f"{one}.{other}")
    parts = elemental.molar_mass_g_mol(one) + elemental.molar_mass_g_mol(other)
    assert whole == pytest.approx(parts, rel=1e-12)
    held = [elemental.fraction(part) * elemental.molar_mass_g_mol(part) for part in (one, other)]
    assert elemental.fraction(f"{one}.{other}") * whole == pytest.approx(sum(held), rel=1e-12)


@given(plain_parts)
def test_the_shares_of_all_elements_are_the_whole(formula: str) -> None:
    shares = [elemental.fraction(formula, element) for element in elemental.ATOMIC_WEIGHTS]
    assert sum(shares) == pytest.approx(1, rel=1e-12)
    assert all(0 <= share <= 1 for share in shares)


@given(plain_parts, counts)
def test_a_bracket_or_a_number_in_front_multiplies(part: str, times: int) -> None:
    expected = {symbol: times * count for symbol, count in elemental.atoms(part).items()}
    assert expected == dict(elemental.atoms(f"({part}){times}"))
    assert expected == dict(elemental.atoms(f"{times}{part}"))


@given(plain_parts.filter(lambda part: "Mg" in part), st.floats(0, 1000))
def test_the_mass_that_holds_some_magnesium_holds_it(formula: str, amount_mg: float) -> None:
    mass_mg = elemental.compound_mass_mg(amount_mg, formula)
    if mass_mg <= 1_000_000:
        assert mass_mg >= amount_mg
        assert elemental.magnesium_mg(mass_mg, formula) == pytest.approx(amount_mg, rel=1e-12)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_the_reason(text: str) -> None:
    try:
        counted = elemental.atoms(text)
    except ValueError as refused:
        said, counted = str(refused), {}
    else:
        said = ""
    assert bool(counted) != ("cannot be read: " in said)
    assert all(count > 0 for count in counted.values())


def test_subscripts_spaces_and_square_brackets_are_read() -> None:
    assert elemental.atoms("[Mg₃(C₆H₅O₇)₂] · 9 H₂O") == elemental.atoms("Mg3(C6H5O7)2.9H2O")


def test_arrays_of_masses_are_taken() -> None:
    masses = np.array([0.0, 414.0, 828.0])
    found = elemental.magnesium_mg(masses, "MgO")
    expected = [elemental.magnesium_mg(float(mass), "MgO") for mass in masses]
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    np.testing.assert_allclose(elemental.compound_mass_mg(found, "MgO"), masses, rtol=1e-14)
    np.testing.assert_allclose(elemental.mmol_of_mg(elemental.mg_of_mmol(masses)), masses)
    np.testing.assert_allclose(elemental.mmol_l_of_mg_dl([2.43, 0]), [1, 0], rtol=1e-3)


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        ("", "a part of it holds no atom"),
        ("MgO.", "a part of it holds no atom"),
        ("MgSO4.0.5H2O", "the number '0' is not one from 1 to 9999"),
        ("Mg(OH2", "a bracket is not closed"),
        ("MgOH)2", "a bracket closes that was not opened"),
        ("Mg()2", "a bracket holds nothing"),
        ("mgo", "'m' is neither a symbol nor a bracket"),
        ("Mg-O", "'-' is neither a symbol nor a bracket"),
        ("MgK2", "no weight is given for 'K' (only for H, C, N, O, Mg, S, Cl)"),
        ("Mg0", "the number '0' is not one from 1 to 9999"),
        ("Mg10000", "the number '10000' is not one from 1 to 9999"),
        ("(" * 150 + "Mg" + ")" * 150, "it has more than 200 signs"),
    ],
)
def test_a_formula_that_cannot_be_read_says_why(formula: str, complaint: str) -> None:
    with pytest.raises(ValueError, match="cannot be read") as refused:
        elemental.fraction(formula)
    assert complaint in str(refused.value)
    assert str(refused.value).endswith("Write it as in Mg3(C6H5O7)2.9H2O.")


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (
            lambda: elemental.magnesium_mg(1e7, "MgO"),
            "compound_mg is 10000000.0; give a num",
        ),
        (
            lambda: elemental.magnesium_mg(-1, "MgO"),
            "compound_mg is -1; give a number from 0 to",
        ),
        (lambda: elemental.compound_mass_mg(300, "H2O"), "'H2O' holds no magnesium"),
        (
            lambda: elemental.fraction("MgO", "Fe"),
            "There is no weight for 'Fe'; choose one",
        ),
        (
            lambda: elemental.mg_of_mmol(-1),
            "magnesium_mmol is -1; give a number from 0 to 1",
        ),
    ],
)
def test_nonsense_is_refused_with_the_allowed_range(ask: Callable[[], Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        ask()
    assert complaint == str(refused.value)[: len(complaint)]

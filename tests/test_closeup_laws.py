"""The laws of the close-ups' curves, arrays beside numbers, and what is refused."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.model import Model
from mgmodel.physiology import absorption, gaba_a, nmda, release
from mgmodel.vocabulary import ParameterStatus

concentrations = st.floats(0, 100)
CURVES: dict[str, Callable[..., Any]] = {
    "open fraction at -70 mV": partial(nmda.open_fraction, -70.0),
    "open fraction at 20 mV": partial(nmda.open_fraction, 20.0),
    "internal block": nmda.internal_open_fraction,
    "one site": release.one_site,
    "cooperative": release.cooperative,
    "absorbed fraction": absorption.fraction,
    "absorbed fraction of oxide": partial(absorption.fraction, factor=0.5),
}
"""Every share of the close-ups, as a function of an amount of magnesium; each only falls."""
each_curve = pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)


# --- every curve ------------------------------------------------------------------------------


@each_curve
@given(concentrations, concentrations)
def test_a_share_only_falls_with_magnesium_and_stays_between_0_and_1(
    curve: Callable[[float], float], one: float, other: float
) -> None:
    at_low, at_high = (curve(m) for m in sorted((one, other)))
    assert 1 >= at_low >= at_high >= 0


@each_curve
def test_an_array_gives_the_figures_of_its_numbers(curve: Callable[[Any], Any]) -> None:
    amounts = np.array([[0.0, 0.3, 0.8], [1.2, 7.0, 99.0]])
    expected = [[curve(float(m)) for m in row] for row in amounts]
    np.testing.assert_allclose(curve(amounts), expected, rtol=1e-14)
    np.testing.assert_allclose(curve([1, 2]), [curve(1), curve(2)], rtol=1e-14)


def test_voltages_and_concentrations_may_both_be_arrays() -> None:
    volts, magnesium = np.array([[-70.0], [-20.0], [0.0]]), np.array([0.5, 0.8])
    expected = [[nmda.open_fraction(float(v), float(m)) for m in magnesium] for v in volts[:, 0]]
    np.testing.assert_allclose(nmda.open_fraction(volts, magnesium), expected, rtol=1e-14)
    one_row = nmda.open_fraction(-20.0, magnesium)
    np.testing.assert_allclose(one_row, expected[1], rtol=1e-14)
    halves = [nmda.half_block_mmol_l(float(v)) for v in volts[:, 0]]
    np.testing.assert_allclose(nmda.half_block_mmol_l(volts[:, 0]), halves, rtol=1e-14)


def test_other_functions_take_arrays_as_well() -> None:
    amounts = np.array([0.0, 0.4, 30.0])
    functions: list[Callable[[Any], Any]] = [
        gaba_a.potentiation,
        release.elasticity,
        partial(release.relative, reference_mmol_l=0.5, law="cooperative"),
        partial(absorption.absorbed_mg, form="oxide"),
    ]
    for function in functions:
        expected = [function(float(m)) for m in amounts]
        np.testing.assert_allclose(function(amounts), expected, rtol=1e-12, atol=1e-15)


def test_an_argument_is_not_changed() -> None:
    amounts = np.array([5.0, 50.0])
    absorption.absorbed_mg(amounts)
    nmda.open_fraction(-20.0, amounts)
    assert amounts.tolist() == [5.0, 50.0]


def test_numbers_do_without_numpy() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from mgmodel.physiology import absorption, elemental, gaba_a, nmda, release\n"
        "print(round(nmda.open_fraction(-20, 0.8), 3), round(release.relative(0.6, 0.45), 3),\n"
        "      gaba_a.potentiation(0.3), round(absorption.absorbed_mg(120), 1),\n"
        "      round(elemental.fraction('MgO'), 3))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("0.564 0.951 1.15 39.8 0.603", "")


# --- the data ---------------------------------------------------------------------------------

DEFAULTS: list[tuple[Callable[..., Any], dict[str, str]]] = [
    (
        nmda.open_fraction,
        NMDA := {
            "half_block_mmol_l": "nmda_half_block_mmol_l",
            "per_mv": "nmda_voltage_per_mv",
        },
    ),
    (nmda.half_block_mmol_l, NMDA),
    (nmda.internal_open_fraction, {"half_block_mmol_l": "nmda_internal_half_block_mmol_l"}),
    (release.one_site, {"half_block_mmol_l": "release_half_block_mmol_l"}),
    (
        release.cooperative,
        {
            "calcium_mmol_l": "dodge_calcium_mmol_l",
            "calcium_half_mmol_l": "dodge_calcium_half_mmol_l",
            "magnesium_half_mmol_l": "dodge_magnesium_half_mmol_l",
            "power": "dodge_power",
        },
    ),
    (
        gaba_a.potentiation,
        {
            "largest_gain": "gaba_potentiation",
            "half_mmol_l": "gaba_half_mmol_l",
        },
    ),
    (
        absorption.fraction,
        CURVE := {
            "maximum_mg": "absorption_maximum_mg",
            "half_mg": "absorption_half_mg",
            "linear_fraction": "absorption_linear_fraction",
        },
    ),
    (absorption.absorbed_mg, CURVE),
    (absorption.daily_mg, CURVE),
]
"""For each function which parameter of the data each of its defaults repeats."""
GIVEN: dict[str, tuple[Any, ...]] = {"open_fraction": (0.0, 1.0), "daily_mg": ([1.0],)}
"""What a function is given beside, where that is not one number."""


@pytest.mark.parametrize(
    ("function", "ids"), DEFAULTS, ids=lambda one: getattr(one, "__name__", "")
)
def test_each_default_is_the_value_of_its_parameter(
    real_model: Model, function: Callable[..., Any], ids: dict[str, str]
) -> None:
    told = inspect.signature(function).parameters
    assert {name: told[name].default for name in ids} == {
        name: real_model.library.parameters[parameter].value for name, parameter in ids.items()
    }
    left = {name for name, one in told.items() if isinstance(one.default, float)} - set(ids)
    assert left <= {"factor"}  # a ratio to the curve itself, 1 by definition


def test_each_salt_factor_is_the_value_of_its_parameter(real_model: Model) -> None:
    prefix = "salt_factor_"
    assert dict(absorption.SALT_FACTORS) == {
        name.removeprefix(prefix): parameter.value
        for name, parameter in real_model.library.parameters.items()
        if name.startswith(prefix)
    }


def test_every_value_in_the_range_of_a_parameter_is_allowed(real_model: Model) -> None:
    for function, ids in DEFAULTS:
        given = GIVEN.get(function.__name__, (1.0,))
        for name, parameter in ids.items():
            record = real_model.library.parameters[parameter]
            for value in (record.low, record.high):
                assert function(*given, **{name: value}) >= 0


def test_what_is_assumed_in_the_data_is_called_so_in_the_code(real_model: Model) -> None:
    statuses = {
        real_model.library.parameters[name].status
        for name in ("gaba_potentiation", "gaba_half_mmol_l")
    }
    assert (statuses == {ParameterStatus.ASSUMPTION}) == gaba_a.IS_ASSUMPTION


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (
            lambda: nmda.open_fraction(-70, -0.8),
            "magnesium_mmol_l is -0.8; give a number from 0 to",
        ),
        (
            lambda: nmda.open_fraction(-70, float("nan")),
            "magnesium_mmol_l is nan; give a number fr",
        ),
        (lambda: nmda.open_fraction(-7000, 0.8), "voltage_mv is -7000; give a number from -200 to"),
        (
            lambda: nmda.open_fraction(True, 0.8),
            "voltage_mv is True; give a number from -200 to 200",
        ),
        (
            lambda: nmda.open_fraction(0, 1, half_block_mmol_l=0),
            "half_block_mmol_l is 0; give a num",
        ),
        (
            lambda: nmda.open_fraction(0, 1, per_mv=2),
            "per_mv is 2; give a number from 0 to 1 per mV.",
        ),
        (
            lambda: nmda.half_block_mmol_l(float("inf")),
            "voltage_mv is inf; give a number from -200",
        ),
        (lambda: nmda.internal_open_fraction(101), "magnesium_mmol_l is 101; give a number from 0"),
        (
            lambda: release.one_site("1"),
            "magnesium_mmol_l is '1'; give a number from 0 to 100 mmol/L",
        ),
        (
            lambda: release.one_site(None),
            "magnesium_mmol_l is None; give a number from 0 to 100 mm",
        ),
        (lambda: release.cooperative(1, power=0), "power is 0; give a number from 1 to 10."),
        (
            lambda: release.cooperative(1, calcium_mmol_l=-1),
            "calcium_mmol_l is -1; give a number fr",
        ),
        (
            lambda: release.relative(1, -1),
            "reference_mmol_l is -1; give a number from 0 to 100 mmol",
        ),
        (
            lambda: release.elasticity(51),
            "magnesium_mmol_l is 51; give a number from 0 to 50 mmol/L.",
        ),
        (
            lambda: gaba_a.potentiation(-1),
            "magnesium_mmol_l is -1; give a number from 0 to 100 mmol",
        ),
        (
            lambda: gaba_a.potentiation(1, largest_gain=-1),
            "largest_gain is -1; give a number from 0",
        ),
        (lambda: absorption.absorbed_mg(-1), "dose_mg is -1; give a number from 0 to 5,000 mg."),
        (
            lambda: absorption.absorbed_mg(1e7),
            "dose_mg is 10000000.0; give a number from 0 to 5,000",
        ),
        (lambda: absorption.fraction(1, factor=3), "factor is 3; give a number from 0 to 2."),
        (
            lambda: absorption.daily_mg([100, -5]),
            "dose_mg is -5; give a number from 0 to 5,000 mg.",
        ),
        (
            lambda: absorption.fraction(10**400),
            "dose_mg is 1000000000000000000000000000000000000000",
        ),
        (
            lambda: release.one_site([[1, 2], [3, -4]]),
            "magnesium_mmol_l holds -4 at place [1, 1]; gi",
        ),
        (
            lambda: release.one_site([1, float("nan")]),
            "magnesium_mmol_l holds nan at place [1]; give",
        ),
        (
            lambda: release.one_site(["1"]),
            "magnesium_mmol_l is ['1']; give numbers from 0 to 100 mmo",
        ),
        (
            lambda: release.one_site([[1], [1, 2]]),
            "magnesium_mmol_l is [[1], [1, 2]]; give numbers",
        ),
        (
            lambda: release.one_site(1j),
            "magnesium_mmol_l is 1j; give numbers from 0 to 100 mmol/L.",
        ),
    ],
)
def test_nonsense_is_refused_with_the_allowed_range(ask: Callable[[], Any], complaint: str) -> None:
    with pytest.raises(ValueError, match="give") as refused:
        ask()
    assert complaint == str(refused.value)[: len(complaint)]

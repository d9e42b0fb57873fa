"""How much magnesium of a meal the gut takes up: the more at once, the smaller the share.

One curve, fitted to net absorption from single meals of 36 to 973 mg in healthy people. Beyond that
range it is a guess; below about 10 mg it would give more than was eaten, so that it ends at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mgmodel.errors import UnknownId
from mgmodel.physiology.quantities import Numbers, at_most, checked

__all__ = [
    "MEASURED_MEALS_MG",
    "SALT_FACTORS",
    "absorbed_mg",
    "daily_mg",
    "fraction",
    "salt_factor",
]

MEASURED_MEALS_MG = (36.0, 973.0)
"""The smallest and the largest meal of the study; what lies beyond is not measured."""
HIGHEST_MEAL_MG = 5000.0
"""Five times the largest meal of the study; above it a number is a slip, such as a wrong unit."""
SALT_FACTORS: Mapping[str, float] = MappingProxyType(
    {
        "food": 1.0,
        "aspartate": 1.0,
        "chloride": 1.0,
        "citrate": 1.0,
        "glycinate": 1.0,
        "l_threonate": 1.0,
        "lactate": 1.0,
        "malate": 1.0,
        "oxide": 0.5,
        "taurate": 1.0,
    }
)
"""What of a form is absorbed, relative to food; parameters `salt_factor_*`, nearly all assumed."""


def salt_factor(form: str) -> float:
    """What of a form of magnesium is absorbed, relative to food: an assumption.

    Oxide was recovered in urine much less than chloride, lactate and aspartate, which were alike,
    and less than citrate; by how much at equal doses is not settled, so that its range is wide (0.3
    to 0.7). For the others nothing better than 1 is known.

    Parameters
    ----------
    form
        A name in `SALT_FACTORS`, or the id of a form on the map, such as "magnesium_oxide".

    Raises
    ------
    UnknownId
        There is no factor for that form.

    References
    ----------
    firoz_graber2001, kappeler2017 (the order; the factors are assumptions).

    Examples
    --------
    >>> salt_factor("magnesium_oxide"), salt_factor("citrate")
    (0.5, 1.0)
    """
    short = str(form).removeprefix("magnesium_")
    if short not in SALT_FACTORS:
        known = (*SALT_FACTORS, *(f"magnesium_{each}" for each in SALT_FACTORS))
        raise UnknownId(form, known, kind="salt factor for")
    return SALT_FACTORS[short]


def fraction(
    dose_mg: Numbers,
    *,
    factor: float = 1.0,
    maximum_mg: float = 40.0,
    half_mg: float = 33.0,
    linear_fraction: float = 0.07,
) -> Numbers:
    """The share of one meal's magnesium that is absorbed, from 0 to 1.

    ::

        A(I) / I = min(1, factor * (Amax / (K + I) + 0.07))

    Parameters
    ----------
    dose_mg
        Magnesium in the meal, in mg: 0 to 5000. At 0 it is the share of the smallest trace.
    factor
        What of this form is absorbed, relative to food, 0 to 2; see `salt_factor`.
    maximum_mg, half_mg
        Amax and K of the part that saturates, in mg a meal; parameters `absorption_maximum_mg` and
        `absorption_half_mg`. Derived from the two ends of the measured range (65% and 11%).
    linear_fraction
        The part that does not saturate; parameter `absorption_linear_fraction`. As printed.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    fine1991 (the form of the curve, its slope, and the shares at both ends).

    Examples
    --------
    >>> [round(fraction(dose), 2) for dose in (36, 120, 973)]
    [0.65, 0.33, 0.11]
    """
    dose = checked(dose_mg, "dose_mg", 0, HIGHEST_MEAL_MG, "mg")
    most = checked(maximum_mg, "maximum_mg", 0, 1000, "mg")
    half = checked(half_mg, "half_mg", 0.001, 1000, "mg")
    linear = checked(linear_fraction, "linear_fraction", 0, 1)
    return at_most(checked(factor, "factor", 0, 2) * (most / (half + dose) + linear), 1.0)


def absorbed_mg(
    dose_mg: Numbers,
    *,
    form: str = "food",
    factor: float | None = None,
    maximum_mg: float = 40.0,
    half_mg: float = 33.0,
    linear_fraction: float = 0.07,
) -> Numbers:
    """Magnesium absorbed from one meal, in mg.

    ::

        A(I) = min(I, factor * (Amax * I / (K + I) + 0.07 * I))

    Parameters
    ----------
    dose_mg
        Magnesium in the meal, in mg: 0 to 5000.
    form
        What it comes in; `salt_factor` gives its factor.
    factor
        A factor of your own, 0 to 2, instead of that of the form.
    maximum_mg, half_mg, linear_fraction
        As in `fraction`.

    Raises
    ------
    UnknownId
        There is no factor for that form.
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    fine1991; firoz_graber2001 and kappeler2017 for the factor.

    Examples
    --------
    >>> round(absorbed_mg(120)), round(absorbed_mg(500)), round(absorbed_mg(500, form="oxide"))
    (40, 73, 36)
    """
    share = fraction(
        dose_mg,
        factor=salt_factor(form) if factor is None else factor,
        maximum_mg=maximum_mg,
        half_mg=half_mg,
        linear_fraction=linear_fraction,
    )
    return checked(dose_mg, "dose_mg", 0, HIGHEST_MEAL_MG, "mg") * share


def daily_mg(
    meals: Iterable[float | tuple[float, str]],
    *,
    maximum_mg: float = 40.0,
    half_mg: float = 33.0,
    linear_fraction: float = 0.07,
) -> float:
    """Magnesium absorbed from a day's meals, each by itself, in mg.

    Meals are hours apart, so that each meets a gut that is not saturated. What is eaten together
    belongs into one meal.

    Parameters
    ----------
    meals
        For each the magnesium in mg, or that and its form; none gives 0.
    maximum_mg, half_mg, linear_fraction
        As in `fraction`.

    Raises
    ------
    UnknownId, ValueError
        As in `absorbed_mg`.

    Examples
    --------
    >>> round(daily_mg([120, 120, 120])), round(daily_mg([120, 120, 120, (250, "oxide")]))
    (119, 146)
    """
    served = (meal if isinstance(meal, tuple) else (meal, "food") for meal in meals)
    return sum(
        absorbed_mg(
            dose_mg,
            form=form,
            maximum_mg=maximum_mg,
            half_mg=half_mg,
            linear_fraction=linear_fraction,
        )
        for dose_mg, form in served
    )

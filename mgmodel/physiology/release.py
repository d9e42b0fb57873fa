"""Magnesium against calcium at the nerve ending: how much noradrenaline is still released.

Two laws stand side by side, because the data cannot tell them apart: one site that magnesium
blocks, and four calcium sites at which magnesium competes. Both come from animals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from mgmodel.errors import UnknownId
from mgmodel.physiology.quantities import Numbers, checked

__all__ = ["LAWS", "cooperative", "elasticity", "one_site", "relative"]

HIGHEST_MMOL_L = 100.0
"""Twenty times what any experiment here used; above it a number is a slip, such as a wrong unit."""
_STEP = 1e-5
"""Relative step of the slope; its error is of the order of its square."""


def one_site(magnesium_mmol_l: Numbers, *, half_block_mmol_l: float = 2.45) -> Numbers:
    """Release as a share of that without magnesium, one blocking site, from 0 to 1.

    ::

        R(m) = 1 / (1 + m / K_Mg)

    Parameters
    ----------
    magnesium_mmol_l
        Ionised magnesium outside the nerve ending, in mmol/L: 0 to 100.
    half_block_mmol_l
        The concentration that halves release; parameter `release_half_block_mmol_l`, range 2.3 to
        2.6: a fit of ours to the one pair of concentrations that was measured.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    shimosawa2004 (release in perfused rat artery at 1.2 and 4.8 mmol/L; the fit is derived).

    Examples
    --------
    >>> round(one_site(4.8) / one_site(1.2), 2)
    0.5
    """
    half = _constant(half_block_mmol_l, "half_block_mmol_l")
    return 1 / (1 + _magnesium(magnesium_mmol_l) / half)


def cooperative(
    magnesium_mmol_l: Numbers,
    *,
    calcium_mmol_l: float = 2.5,
    calcium_half_mmol_l: float = 1.1,
    magnesium_half_mmol_l: float = 3.0,
    power: float = 4.0,
) -> Numbers:
    """Release as a share of the most that calcium can give, four sites together, from 0 to 1.

    ::

        R = W * ([Ca] / (1 + [Ca] / K1 + [Mg] / K2)) ** 4

    The factor of proportionality W is free in the source; here it is `1 / K1 ** 4`, so that the
    share is 1 where calcium fills all sites. `relative` does not depend on it.

    Parameters
    ----------
    magnesium_mmol_l
        Ionised magnesium outside the nerve ending, in mmol/L: 0 to 100.
    calcium_mmol_l
        Calcium there, in mmol/L: 0 to 100; parameter `dodge_calcium_mmol_l`.
    calcium_half_mmol_l, magnesium_half_mmol_l
        K1 and K2, the dissociation constants; parameters `dodge_calcium_half_mmol_l` and
        `dodge_magnesium_half_mmol_l`, both remembered and not seen.
    power
        How many sites act together; parameter `dodge_power`. The measured slope was 3.78.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    dodge_rahamimoff1967 (frog nerve and muscle; acetylcholine, not noradrenaline).

    Examples
    --------
    >>> round(cooperative(4.8) / cooperative(1.2), 2)
    0.32
    """
    magnesium = _magnesium(magnesium_mmol_l) / _constant(
        magnesium_half_mmol_l, "magnesium_half_mmol_l"
    )
    calcium = checked(calcium_mmol_l, "calcium_mmol_l", 0, HIGHEST_MMOL_L, "mmol/L")
    calcium /= _constant(calcium_half_mmol_l, "calcium_half_mmol_l")
    together = checked(power, "power", 1, 10)
    occupied: Numbers = (calcium / (1 + calcium + magnesium)) ** together
    return occupied


Law: TypeAlias = Callable[..., Any]
"""A function of magnesium in mmol/L that gives a share of release."""
LAWS: Mapping[str, Law] = MappingProxyType({"one_site": one_site, "cooperative": cooperative})
"""The laws by name, for a menu."""


def relative(
    magnesium_mmol_l: Numbers, reference_mmol_l: float, law: Law | str = one_site
) -> Numbers:
    """Release at one magnesium concentration as a multiple of that at another.

    Parameters
    ----------
    magnesium_mmol_l, reference_mmol_l
        The concentration asked about, and the one it is compared with, in mmol/L: 0 to 100.
    law
        `one_site`, `cooperative`, the name of one of them, or a function of magnesium such as
        `functools.partial(one_site, half_block_mmol_l=2.3)`.

    Returns
    -------
    float or numpy.ndarray
        1 where both are the same; below 1 where there is more magnesium than in the reference.

    Raises
    ------
    UnknownId
        A name that is none of `LAWS`.
    ValueError
        A number that is not finite or outside its range, or a law that gives no release at all, as
        `cooperative` without calcium.

    Examples
    --------
    >>> round(relative(0.60, 0.45), 2), round(relative(4.8, 1.2, "cooperative"), 2)
    (0.95, 0.32)
    """
    share = _law(law)
    reference = checked(reference_mmol_l, "reference_mmol_l", 0, HIGHEST_MMOL_L, "mmol/L")
    compared: Numbers = share(_magnesium(magnesium_mmol_l)) / share(reference)
    return compared


def elasticity(magnesium_mmol_l: Numbers, law: Law | str = one_site) -> Numbers:
    """By how many percent release changes for one percent more magnesium: none, or a fall.

    Near the ionised 0.5 mmol/L of plasma it is about -0.17 by one site: a tenth more magnesium
    takes less than two percent of release away. The leverage is small.

    Parameters
    ----------
    magnesium_mmol_l
        Where the slope is taken, in mmol/L: 0 to 50.
    law
        As in `relative`.

    Returns
    -------
    float or numpy.ndarray
        d ln R / d ln m by a central difference, exact to about 1e-8 or better.

    Raises
    ------
    UnknownId, ValueError
        As in `relative`.

    Examples
    --------
    >>> round(elasticity(0.5), 3), round(elasticity(0.5, "cooperative"), 3)
    (-0.169, -0.194)
    """
    share = _law(law)
    magnesium = checked(magnesium_mmol_l, "magnesium_mmol_l", 0, HIGHEST_MMOL_L / 2, "mmol/L")
    more, less = share(magnesium * (1 + _STEP)), share(magnesium * (1 - _STEP))
    slope: Numbers = (more - less) / (more + less) / _STEP
    return slope


def _law(law: Law | str) -> Law:
    if isinstance(law, str):
        if law not in LAWS:
            raise UnknownId(law, LAWS, kind="law of release")
        return LAWS[law]
    if not law(0.0) > 0:
        msg = "The law gives no release even without magnesium; give it more calcium."
        raise ValueError(msg)
    return law


def _magnesium(value: Numbers) -> Numbers:
    return checked(value, "magnesium_mmol_l", 0, HIGHEST_MMOL_L, "mmol/L")


def _constant(value: float, name: str) -> float:
    return checked(value, name, 0.001, 1000, "mmol/L")

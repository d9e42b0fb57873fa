"""The NMDA receptor channel and the magnesium that plugs it: which share stays open.

Fitted to rat hippocampal neurones at room temperature (so we remember; the fit itself was seen in
copies); receptors with GluN2C or GluN2D subunits are less sensitive. No person's brain.
"""

from __future__ import annotations

from typing import overload

from mgmodel.physiology.quantities import Array, Numbers, checked, exponential

__all__ = ["half_block_mmol_l", "internal_open_fraction", "open_fraction"]

MAGNESIUM_MMOL_L = (0.0, 100.0)
"""Up to ten times what experiments use; above it a number is a slip, such as a wrong unit."""
VOLTAGES_MV = (-200.0, 200.0)
"""Membranes break down before they hold more than this to either side."""


@overload
def open_fraction(
    voltage_mv: float,
    magnesium_mmol_l: float,
    *,
    half_block_mmol_l: float = ...,
    per_mv: float = ...,
) -> float: ...
@overload
def open_fraction(
    voltage_mv: Array,
    magnesium_mmol_l: float | Array,
    *,
    half_block_mmol_l: float = ...,
    per_mv: float = ...,
) -> Array: ...
@overload
def open_fraction(
    voltage_mv: float,
    magnesium_mmol_l: Array,
    *,
    half_block_mmol_l: float = ...,
    per_mv: float = ...,
) -> Array: ...
def open_fraction(
    voltage_mv: float | Array,
    magnesium_mmol_l: float | Array,
    *,
    half_block_mmol_l: float = 3.57,
    per_mv: float = 0.062,
) -> float | Array:
    """The share of NMDA channel current that external magnesium leaves, from 0 to 1.

    ::

        B(V) = 1 / (1 + ([Mg] / 3.57) * exp(-0.062 * V))

    Parameters
    ----------
    voltage_mv
        Of the membrane, inside against outside, in mV: -200 to 200. Rest is about -70.
    magnesium_mmol_l
        Free magnesium outside the cell, in mmol/L: 0 to 100. Cerebrospinal fluid has about 0.8.
    half_block_mmol_l
        The concentration that blocks half of the current at 0 mV; parameter
        `nmda_half_block_mmol_l`.
    per_mv
        How steeply block depends on voltage, in 1/mV; parameter `nmda_voltage_per_mv`.

    Returns
    -------
    float or numpy.ndarray
        An array where either argument is one; two arrays are broadcast.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    jahr_stevens1990 (formula and constants); nowak1984, mayer1984 (the block itself).

    Examples
    --------
    >>> round(open_fraction(-70, 0.8), 3), round(open_fraction(-20, 0.8), 3)
    (0.055, 0.564)
    """
    voltage = checked(voltage_mv, "voltage_mv", *VOLTAGES_MV, "mV")
    magnesium = checked(magnesium_mmol_l, "magnesium_mmol_l", *MAGNESIUM_MMOL_L, "mmol/L")
    half = checked(half_block_mmol_l, "half_block_mmol_l", 0.001, 1000, "mmol/L")
    relief = exponential(-_steepness(per_mv) * voltage)
    return 1 / (1 + magnesium / half * relief)


def half_block_mmol_l(
    voltage_mv: Numbers, *, half_block_mmol_l: float = 3.57, per_mv: float = 0.062
) -> Numbers:
    """The magnesium that leaves half of the channel current at this voltage, in mmol/L.

    ::

        IC50(V) = 3.57 * exp(0.062 * V)

    Parameters
    ----------
    voltage_mv, half_block_mmol_l, per_mv
        As in `open_fraction`.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    jahr_stevens1990, solved for an open fraction of one half.

    Examples
    --------
    >>> half_block_mmol_l(0), round(half_block_mmol_l(-70), 3)
    (3.57, 0.047)
    """
    voltage = checked(voltage_mv, "voltage_mv", *VOLTAGES_MV, "mV")
    half = checked(half_block_mmol_l, "half_block_mmol_l", 0.001, 1000, "mmol/L")
    return half * exponential(_steepness(per_mv) * voltage)


def internal_open_fraction(magnesium_mmol_l: Numbers, *, half_block_mmol_l: float = 8.0) -> Numbers:
    """The share of channel current that magnesium inside the cell leaves, at 0 mV, from 0 to 1.

    ::

        B = 1 / (1 + [Mg] / 8)

    Parameters
    ----------
    magnesium_mmol_l
        Free magnesium in the cytosol, in mmol/L: 0 to 100. Neurones have about 0.5.
    half_block_mmol_l
        The dissociation constant at 0 mV; parameter `nmda_internal_half_block_mmol_l`. How it
        depends on voltage was not seen, so that no other voltage is told of.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    johnson_ascher1990 (the constant; one binding site is the meaning of such a constant).

    Examples
    --------
    >>> internal_open_fraction(8), round(internal_open_fraction(0.5), 3)
    (0.5, 0.941)
    """
    magnesium = checked(magnesium_mmol_l, "magnesium_mmol_l", *MAGNESIUM_MMOL_L, "mmol/L")
    half = checked(half_block_mmol_l, "half_block_mmol_l", 0.001, 1000, "mmol/L")
    return 1 / (1 + magnesium / half)


def _steepness(per_mv: float) -> float:
    return checked(per_mv, "per_mv", 0, 1, "per mV")

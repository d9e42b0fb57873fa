"""The GABA-A receptor and what magnesium adds to its current: a shape that we assume.

That magnesium of 0.1 to 1 mmol/L potentiates responses to little GABA was seen; no equation for it
is in use, and the one here, with both of its constants, is an assumption.
"""

from __future__ import annotations

from mgmodel.physiology.quantities import Numbers, checked

__all__ = ["IS_ASSUMPTION", "potentiation"]

IS_ASSUMPTION = True
"""Nobody fitted this curve to a measurement; whatever shows it says so."""


def potentiation(
    magnesium_mmol_l: Numbers, *, largest_gain: float = 0.3, half_mmol_l: float = 0.3
) -> Numbers:
    """The GABA-A response as a multiple of that without magnesium: an assumption of ours.

    ::

        G / G0 = 1 + p * m / (0.3 + m)

    Parameters
    ----------
    magnesium_mmol_l
        Free magnesium outside the cell, in mmol/L: 0 to 100.
    largest_gain
        p, what ever so much magnesium adds; parameter `gaba_potentiation`. An assumption.
    half_mmol_l
        The concentration that adds half of it; parameter `gaba_half_mmol_l`. An assumption, chosen
        inside the range 0.1 to 1 mmol/L in which potentiation was seen.

    Returns
    -------
    float or numpy.ndarray
        From 1 (no magnesium) to `1 + largest_gain`.

    Raises
    ------
    ValueError
        A number that is not finite or outside its range.

    References
    ----------
    moykkynen2001, el_beheiry_puil1990 (the direction and the range of concentrations; no formula).

    Examples
    --------
    >>> round(potentiation(0.3), 3), round(potentiation(0), 3)
    (1.15, 1.0)
    """
    magnesium = checked(magnesium_mmol_l, "magnesium_mmol_l", 0, 100, "mmol/L")
    half = checked(half_mmol_l, "half_mmol_l", 0.001, 1000, "mmol/L")
    gain = checked(largest_gain, "largest_gain", 0, 10)
    return 1 + gain * (magnesium / (half + magnesium))

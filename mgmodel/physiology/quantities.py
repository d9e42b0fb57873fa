"""Numbers with a range: a scalar, or a numpy array of them, checked before a formula takes them.

A scalar never needs numpy; the formulas of this room get the same figures from either form.
"""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Numbers = TypeVar("Numbers", float, Array)
"""Scalars or arrays; what goes in decides what comes out."""

__all__ = ["Array", "Numbers", "at_most", "checked", "exponential"]


@overload
def checked(value: float, name: str, low: float, high: float, unit: str = "") -> float: ...
@overload
def checked(value: Array, name: str, low: float, high: float, unit: str = "") -> Array: ...
def checked(
    value: float | Array, name: str, low: float, high: float, unit: str = ""
) -> float | Array:
    """The value as a float, or as an array of floats, if it lies in the allowed range.

    Parameters
    ----------
    value
        A real number, or anything that numpy reads as an array of real numbers, of any shape.
    name
        What it is called where it was given, with its unit in the name.
    low, high
        The allowed range, both ends included.
    unit
        Unit of the range for the error; empty where there is none.

    Raises
    ------
    ValueError
        It is no number, it is not finite, or it lies outside the range; the range is told.

    Examples
    --------
    >>> checked(1, "magnesium_mmol_l", 0, 100, "mmol/L")
    1.0
    >>> checked(-1, "magnesium_mmol_l", 0, 100, "mmol/L")
    Traceback (most recent call last):
    ValueError: magnesium_mmol_l is -1; give a number from 0 to 100 mmol/L.
    """
    wanted = f"from {low:,.10g} to {high:,.10g} {unit}".rstrip()
    if isinstance(value, (Real, str, bytes)) or value is None:
        if not isinstance(value, Real) or isinstance(value, bool) or not low <= value <= high:
            msg = f"{name} is {_shown(value)}; give a number {wanted}."
            raise ValueError(msg)
        return float(value)
    return _checked_array(value, name, (low, high), wanted)


def _checked_array(value: Any, name: str, ends: tuple[float, float], wanted: str) -> Array:
    import numpy as np

    try:
        given = np.asarray(value)
    except ValueError:  # rows of unequal length
        given = np.asarray(None)
    if given.dtype.kind not in "fiu":
        msg = f"{name} is {_shown(value)}; give numbers {wanted}."
        raise ValueError(msg)
    outside = np.argwhere(~((given >= ends[0]) & (given <= ends[1])))  # NaN is outside as well
    if len(outside):
        place = tuple(outside[0].tolist())
        msg = f"{name} holds {given[place]:g} at place {list(place)}; give numbers {wanted}."
        raise ValueError(msg)
    return given.astype(float)


def _shown(value: object) -> str:
    """The value as it was typed, cut where it is long."""
    said = str(value) if isinstance(value, Real) else repr(value)
    return said if len(said) <= 60 else f"{said[:57]}..."


@overload
def exponential(power: float) -> float: ...
@overload
def exponential(power: Array) -> Array: ...
def exponential(power: float | Array) -> float | Array:
    """The number e to this power, of a scalar or of each number of an array.

    Examples
    --------
    >>> exponential(0.0)
    1.0
    """
    if isinstance(power, float):
        return math.exp(power)
    import numpy as np

    raised: Array = np.exp(power)
    return raised


@overload
def at_most(value: float, limit: float) -> float: ...
@overload
def at_most(value: Array, limit: float) -> Array: ...
def at_most(value: float | Array, limit: float) -> float | Array:
    """The value, or the limit where the value is above it.

    Examples
    --------
    >>> at_most(1.2, 1.0), at_most(0.5, 1.0)
    (1.0, 0.5)
    """
    if isinstance(value, float):
        return min(value, limit)
    import numpy as np

    limited: Array = np.minimum(value, limit)
    return limited

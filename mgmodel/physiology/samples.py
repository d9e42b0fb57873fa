"""Which parameters an ensemble varies, how far, and in which combinations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

from mgmodel.errors import UnknownId
from mgmodel.physiology.parameters import Parameters
from mgmodel.physiology.quantities import Array, checked
from mgmodel.records import Parameter

__all__ = ["Progress", "Watched", "latin_hypercube", "ranged", "whole", "within"]

Progress: TypeAlias = Callable[[int, int], object]
"""Is told after each simulation how many are done, and of how many."""


class Watched(Mapping[str, float]):
    """Parameters that remember which of them were asked for.

    Examples
    --------
    >>> watched = Watched({"a": 1.0, "b": 2.0})
    >>> watched["b"], watched.asked
    (2.0, {'b'})
    """

    def __init__(self, parameters: Mapping[str, float]) -> None:
        self._parameters = parameters
        self.asked: set[str] = set()

    def __getitem__(self, parameter: str) -> float:
        self.asked.add(parameter)
        return self._parameters[parameter]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)


def ranged(
    parameters: Parameters, over: Collection[str] | None, asked: Collection[str]
) -> tuple[Parameter, ...]:
    """The parameters to vary, in the order of the data.

    Parameters
    ----------
    over
        Their ids; where it is None, all of `asked` that nobody has read in a source, that have a
        range, and that were not changed by hand.
    asked
        Ids of the parameters that bear on the question.

    Raises
    ------
    UnknownId
        There is no such parameter.
    ValueError
        None is left, or one of them has no range.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> parameters = physiology.parameters_of(load_model())
    >>> asked = ["stress_urine_gain", "urine_lag_hours", "serum_low_mmol_l"]
    >>> [record.id for record in ranged(parameters, None, asked)]
    ['stress_urine_gain', 'urine_lag_hours']
    >>> changed = parameters.with_values(stress_urine_gain=0.3)
    >>> [record.id for record in ranged(changed, None, asked)]
    ['urine_lag_hours']
    """
    if over is None:
        left_out = set(parameters.changed) | (set(parameters) - set(asked))
        found = tuple(one for one in parameters.uncertain if one.id not in left_out)
    else:
        chosen = {over} if isinstance(over, str) else set(over)
        for name in sorted(chosen - set(parameters)):
            raise UnknownId(name, parameters, kind="parameter")
        found = tuple(one for one in parameters.records.values() if one.id in chosen)
    fixed = [one.id for one in found if one.low == one.high]
    if fixed or not found:
        names = ", ".join(fixed) or "no parameter"
        msg = f"There is nothing to vary in {names}; name parameters that have a range."
        raise ValueError(msg)
    return found


def within(record: Parameter, value: float, chance: float) -> float:
    """The value below which this much of the chance lies, from the low to the high end.

    Half of it lies evenly between the low end and `value`, half between that and the high end, so
    that the value given is the median however lopsided the range is.

    Examples
    --------
    >>> from mgmodel.vocabulary import ParameterStatus
    >>> slope = Parameter("slope", 2000, "mg", 1350, 5400, ParameterStatus.DERIVED)
    >>> [within(slope, 2000, chance) for chance in (0.25, 0.5, 0.75)]
    [1675.0, 2000.0, 3700.0]
    """
    median = min(max(value, record.low), record.high)
    if chance < 0.5:
        return record.low + 2 * chance * (median - record.low)
    return median + (2 * chance - 1) * (record.high - median)


def latin_hypercube(members: int, parameters: int, seed: int) -> Array:
    """Chances between 0 and 1 for each member and parameter: (members, parameters).

    Each parameter has one member in each of as many equal slices as there are members.

    Examples
    --------
    >>> sample = latin_hypercube(4, 2, seed=0)
    >>> sorted((4 * sample[:, 0]).astype(int).tolist())
    [0, 1, 2, 3]
    """
    import numpy as np

    dice = np.random.default_rng(seed)
    slices = np.array([dice.permutation(members) for _ in range(parameters)]).T
    sample: Array = (slices + dice.random((members, parameters))) / members
    return sample


def whole(value: int, name: str, low: int, high: int) -> int:
    """The value, if it is a whole number in its range.

    Raises
    ------
    ValueError
        It is not; the range is told.
    """
    if isinstance(value, bool) or checked(value, name, low, high) != int(value):
        msg = f"{name} is {value!r}; give a whole number from {low:,} to {high:,}."
        raise ValueError(msg)
    return int(value)

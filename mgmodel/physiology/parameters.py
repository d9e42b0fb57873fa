"""The numbers of the physiology as one immutable mapping, each with its range and its status.

They come from `data/parameters.csv` and from nowhere else; a question that wants others says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.records import Parameter
from mgmodel.wording import in_words, word
from mgmodel.wording.catalogues import number, say
from mgmodel.wording.sentences import cite_id, readable

__all__ = ["Parameters", "parameters_of"]


@dataclass(frozen=True, eq=False, repr=False)
class Parameters(Mapping[str, float]):
    """The value of every parameter by its id; `.record(id)` tells range, status and source.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> parameters = parameters_of(load_model())
    >>> parameters["nmda_half_block_mmol_l"]
    3.57
    >>> parameters.with_values(urine_lag_hours=24).changed
    ('urine_lag_hours',)
    """

    records: Mapping[str, Parameter]
    """What the data say of each."""
    _own: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, parameter: str) -> float:
        if parameter in self._own:
            return self._own[parameter]
        return self.record(parameter).value

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __hash__(self) -> int:
        return hash(tuple(self.items()))

    def __repr__(self) -> str:
        return f"Parameters({len(self)} values, {len(self.changed)} changed)"

    def record(self, parameter: str) -> Parameter:
        """What the data say of one parameter: value, unit, range, status, source.

        Raises
        ------
        UnknownId
            There is none of this id; near ones are named.
        """
        if parameter not in self.records:
            raise UnknownId(parameter, self.records, kind="parameter")
        return self.records[parameter]

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids whose value is another than that of the data, in the order of the data."""
        return tuple(one for one, record in self.records.items() if self[one] != record.value)

    @property
    def uncertain(self) -> tuple[Parameter, ...]:
        """Those that nobody has read in a source and that have a range; bands range over them."""
        return tuple(record for record in self.records.values() if record.is_uncertain)

    def with_values(self, *, beyond_range: bool = False, **values: float) -> Parameters:
        """The same parameters with other values for some.

        Parameters
        ----------
        beyond_range
            Whether a value may lie outside the range that the data give it.
        values
            Values by id, in the unit of the parameter.

        Raises
        ------
        UnknownId
            There is no parameter of that id.
        ValueError
            A value is no finite number, or lies outside its range.

        Examples
        --------
        >>> from mgmodel.datafiles import load_model
        >>> parameters_of(load_model()).with_values(stress_urine_gain=0.5)
        Traceback (most recent call last):
        ValueError: stress_urine_gain is 0.5; its range is 0 to 0.3 fraction. \
Give a value inside it, or say beyond_range=True.
        """
        for parameter, value in values.items():
            _check(self.record(parameter), value, beyond_range)
        own = {**self._own, **{parameter: float(value) for parameter, value in values.items()}}
        return Parameters(self.records, MappingProxyType(own))

    def _repr_html_(self) -> str:
        rows = (
            (
                readable(one),
                f"{self[one]:g} {record.unit}",
                f"{record.low:g} to {record.high:g}",
                word(record.status),
                cite_id(record.reference) if record.reference else "",
            )
            for one, record in self.records.items()
        )
        header = ("parameter", "value", "range", "status", "source")
        return table(" ".join((f"{self!r}.", say("parameter.device"))), header, rows)


def _check(record: Parameter, value: object, beyond_range: bool) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(float(str(value))):
        found, mend = repr(value), "Give a finite number."
    elif beyond_range or record.low <= float(str(value)) <= record.high:
        return
    else:
        found, mend = f"{value:g}", "Give a value inside it, or say beyond_range=True."
    msg = (
        f"{record.id} is {found}; its range is {record.low:g} to {record.high:g} {record.unit}. "
        f"{mend}"
    )
    raise ValueError(msg)


def parameters_of(model: Model) -> Parameters:
    """The parameters that stand in the data of a map, all at the values given there.

    Raises
    ------
    ValueError
        The map has none; those of the shipped map can be used with any map.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> parameters_of(load_model()).record("stress_urine_gain").status.value
    'assumption'
    """
    records = model.library.parameters
    if not records:
        msg = "This map has no parameters.csv; take those of the shipped map, load_model()."
        raise ValueError(msg)
    return Parameters(records)


@in_words.register
def _parameters_in_words(parameters: Parameters, language: str = "en") -> str:
    counted = say(
        "parameter.counted",
        language,
        n=number(len(parameters), language),
        uncertain=number(len(parameters.uncertain), language),
        changed=number(len(parameters.changed), language),
    )
    return " ".join((counted, say("parameter.device", language)))

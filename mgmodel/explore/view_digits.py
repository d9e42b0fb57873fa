"""A View as one whole number: its place among all Views of one map, the plainest ones first.

The number has a digit for each choice, and each digit a base of its own: how many choices there
are. `codes` writes the number down. `static/codes.js` does the same in the page.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from mgmodel.explore.views import BARS, WAYS, View, drawings
from mgmodel.model import Model
from mgmodel.vocabulary import EvidenceLayer

__all__ = ["Codec", "NoView", "Part", "codec_of", "number_of", "view_of"]

_Digit: TypeAlias = tuple[int, int]
"""A number, and how many numbers it is one of."""
_Take: TypeAlias = Callable[[int], int]
"""Gives the next digit that is one of so many."""


class NoView(ValueError):
    """Digits that no View has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a View as digits: one of the choices, none or one of them, or several."""

    name: str
    kind: str
    """one, maybe, many, parts (many, or all at once as yes and no) or number."""
    choices: tuple[Any, ...]
    place: Mapping[Any, int]

    def digits(self, value: Any) -> Iterator[_Digit]:
        """The part as digits; the default is all zeros."""
        if self.kind == "one":
            yield self.place[value], len(self.choices)
        elif self.kind == "maybe":
            yield 0 if value is None else self.place[value] + 1, len(self.choices) + 1
        elif self.kind == "number":
            yield from _several(_hexadecimal(value), 16)
        else:
            places = [self.place[each] for each in value]
            if self.kind == "many":
                yield from _several(places, len(self.choices))
            else:
                yield from _parts(places, len(self.choices))

    def read(self, take: _Take) -> Any:
        """The part again, from its digits."""
        size = len(self.choices)
        if self.kind == "one":
            return self.choices[take(size)]
        if self.kind == "maybe":
            chosen = take(size + 1)
            return self.choices[chosen - 1] if chosen else None
        if self.kind == "number":
            digits = _read_several(take, 16)
            return (
                sum(digit * 16**power for power, digit in enumerate(digits)) - 1 if digits else None
            )
        places = _read_several(take, size) if self.kind == "many" else _read_parts(take, size)
        return tuple(self.choices[place] for place in places)


def _hexadecimal(value: int | None) -> list[int]:
    digits, left = [], 0 if value is None else value + 1
    while left:
        left, digit = divmod(left, 16)
        digits.append(digit)
    return digits


def _several(places: Iterable[int], size: int) -> Iterator[_Digit]:
    for place in places:
        yield 1, 2
        yield place, size
    yield 0, 2


def _read_several(take: _Take, size: int) -> list[int]:
    places = []
    while take(2):
        places.append(take(size))
    return places


def _parts(places: Sequence[int], size: int) -> Iterator[_Digit]:
    # many at once take less room as a yes or no for each, where their order is that of the map
    in_order = all(one < other for one, other in pairwise(places))
    every = in_order and len(places) * (size.bit_length() + 1) > size
    yield int(every), 2
    if every:
        chosen = set(places)
        yield from ((int(place in chosen), 2) for place in range(size))
    else:
        yield from _several(places, size)


def _read_parts(take: _Take, size: int) -> list[int]:
    if take(2):
        return [place for place in range(size) if take(2)]
    return _read_several(take, size)


@dataclass(frozen=True, slots=True)
class Codec:
    """How the Views of one map become numbers."""

    parts: tuple[Part, ...]
    """The most often used first: what is left at its default at the end takes no room."""
    mark: int
    """The first 15 bits of the fingerprint of the map."""


def codec_of(model: Model) -> Codec:
    """The codec of a map, made once and kept with it."""
    # kept as the map's own cached properties are: a map never changes, so neither does this
    kept = vars(model).get("_view_codec")
    if isinstance(kept, Codec):
        return kept
    parts = _parts_of(model)
    vars(model)["_view_codec"] = made = Codec(parts, _mark(model.fingerprint, parts))
    return made


def _mark(fingerprint: str, parts: Iterable[Part]) -> int:
    """Fifteen bits of everything that the meaning of a digit hangs on: the map, and each choice."""
    lists = ((part.name, part.kind, *map(str, part.choices)) for part in parts)
    text = "\n".join((fingerprint, *("\t".join(each) for each in lists)))
    return zlib.crc32(text.encode()) & 0x7FFF


def _parts_of(model: Model) -> tuple[Part, ...]:
    nodes, arrows = tuple(model.nodes), tuple(model.edges)
    drawn = ("whole", *(name for name in drawings(model) if name != "whole"))
    layers = tuple(layer.value for layer in EvidenceLayer)
    kinds: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
        ("drawing", "one", drawn),
        ("push", "one", (1, -1)),
        ("source", "maybe", nodes),
        ("target", "maybe", nodes),
        ("switched_off", "many", nodes),
        ("evidence", "one", BARS),
        ("held", "many", nodes),
        ("cut", "many", arrows),
        ("flipped", "many", arrows),
        ("focus", "maybe", nodes),
        ("steps", "one", (1, 2, 3)),
        ("way", "one", WAYS),
        ("route", "number", ()),
        ("arrow", "maybe", arrows),
        ("why", "maybe", nodes),
        ("loop", "number", ()),
        ("without_layers", "many", layers),
        ("hidden", "parts", (*nodes, *arrows)),
    )
    return tuple(
        # a node keeps its place even where an arrow has the same id
        Part(name, kind, choices, {each: n for n, each in reversed(list(enumerate(choices)))})
        for name, kind, choices in kinds
    )


def number_of(codec: Codec, view: View) -> int:
    """The place of a View among all Views of the map, without what stands beside it."""
    digits = [digit for part in codec.parts for digit in part.digits(getattr(view, part.name))]
    number = 0
    for digit, size in reversed(digits):
        number = number * size + digit
    return number


def view_of(codec: Codec, number: int) -> View:
    """The View at this place; it may hold choices that exclude each other.

    Raises
    ------
    NoView
        There are digits left, or one of a choice among none.
    """
    left = number

    def take(size: int) -> int:
        nonlocal left
        if not size:
            raise NoView
        left, digit = divmod(left, size)
        return digit

    parts = {part.name: part.read(take) for part in codec.parts}
    if left:
        raise NoView
    return View(**parts)

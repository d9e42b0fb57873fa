"""A View in a dozen characters to write on a board, and as a small file that outlives the map.

A code is the place of a View among all Views of one map, so it opens on that map alone. A file
names nodes and arrows by their ids, so what a changed map still has is kept. `static/codes.js` does
the same in the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from mgmodel.errors import UnknownId
from mgmodel.explore.view_digits import Codec, NoView, Part, codec_of, number_of, view_of
from mgmodel.explore.views import Refused, View, checked
from mgmodel.model import Model

__all__ = ["MAP_SIGNS", "CodeRefused", "as_file", "decode", "encode", "opened"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, which are read as 1, 1, 0, and no U."""
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_READ = {
    **_VALUES,
    **{sign.lower(): value for sign, value in _VALUES.items()},
    **dict.fromkeys("oO", 0),
    **dict.fromkeys("iIlL", 1),
}
_IGNORED = re.compile("[ \t\r\n\u00a0\u2009\u202f\u2010-\u2015\u2212-]")
_ALIKE = ("2Z", "5S", "6G", "8B", "0D", "0Q", "17", "CG", "MN", "VY")
"""Characters that a hand writes alike; tried when a code does not hold."""
MAP_SIGNS = 3
"""Characters at the beginning that tell which map a code is of."""
_GROUP, _SHORTEST = 4, 4
_SUGGESTED = 3
_NAMED_SIGNS = 8


class CodeRefused(Refused):
    """A code that opens nothing; `problems` holds every reason, each a sentence.

    Parameters
    ----------
    problems
        At least one.
    """

    def __init__(self, problems: Iterable[Refused]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems[0].key)

    def in_language(self, language: str = "en") -> str:
        """All sentences for a person."""
        return " ".join(problem.in_language(language) for problem in self.problems)


# --- short codes ------------------------------------------------------------------------------


def encode(model: Model, view: View) -> str:
    """The short code of a View: the same View of the same map always has the same code.

    The language and what a click means are left out. The code of a View that another stands beside
    is two codes with a stroke between them.

    Raises
    ------
    UnknownId, Refused, ValueError
        The View cannot be had on this map.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> encode(chain, View(source="a", target="c", switched_off=("b",)))
    'WYJ3-TC'
    """
    checked(model, view)
    both = (view,) if view.beside is None else (view, view.beside)
    return "/".join(_grouped(_one_code(codec_of(model), each)) for each in both)


def _one_code(codec: Codec, view: View) -> str:
    number = number_of(codec, view)
    signs = [codec.mark >> 10, codec.mark >> 5 & 31, codec.mark & 31]
    payload = []
    while number:
        payload.append(number & 31)
        number >>= 5
    signs += reversed(payload)
    return "".join(ALPHABET[sign] for sign in (*signs, _turned(_sum(signs))))


def _sum(signs: Iterable[int]) -> int:
    """The signs as coefficients of a polynomial over the field of 32 elements, at its generator.

    With the check character it is zero. One wrong character, or two neighbours that changed
    places, always make it differ from zero.
    """
    total = 0
    for sign in signs:
        total = _turned(total) ^ sign
    return total


def _turned(element: int) -> int:
    """An element of the field times the generator, with x^5 = x^2 + 1."""
    return (element << 1) ^ (0b100101 if element & 16 else 0)


def _grouped(code: str) -> str:
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def decode(model: Model, code: str) -> View:
    """The View that has this code.

    Lower case, blanks, dashes, and O, I and L for 0, 1 and 1 are forgiven.

    Raises
    ------
    CodeRefused
        The code has a wrong character, or is of another map; all reasons, in each language.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> decode(chain, "wyj3 tc").switched_off
    ('b',)
    >>> decode(chain, "WYJ3-TZ")
    Traceback (most recent call last):
    mgmodel.explore.codes.CodeRefused: One character of the code WYJ3-TZ is wrong, or two have \
changed places. Easily confused are 2 and Z, 5 and S, 6 and G, 8 and B.
    """
    codes = [_IGNORED.sub("", part) for part in code.split("/")]
    if len(codes) > len(("view", "beside")):
        key = "code.too_many"
        raise CodeRefused([Refused(key)])
    codec = codec_of(model)
    problems = [problem for one in codes for problem in _problems(model, codec, one)]
    if problems:
        raise CodeRefused(problems)
    view, *others = (_view(codec, _signs(one)) for one in codes)
    return replace(view, beside=others[0]) if others else view


def _problems(model: Model, codec: Codec, code: str) -> list[Refused]:
    """Why one code, without blanks and dashes, opens nothing; the first reason that there is."""
    foreign = tuple(dict.fromkeys(sign for sign in code if sign not in _READ))
    if foreign:
        named = tuple(f"'{sign}'" for sign in foreign[:_NAMED_SIGNS])
        return [Refused("code.foreign", signs=named)]
    if len(code) < _SHORTEST:
        return [Refused("code.too_short", least=str(_SHORTEST), n=str(len(code)))]
    signs = _signs(code)
    written = _written(signs)
    if _sum(signs):
        meant = tuple(_meant(model, signs))
        wrong = [Refused("code.wrong", code=written)]
        return [*wrong, Refused("code.perhaps", codes=meant)] if meant else wrong
    if _mark(signs) != codec.mark:
        ours = _written([codec.mark >> 10, codec.mark >> 5 & 31, codec.mark & 31])
        return [Refused("code.other_map", code=written, theirs=written[:MAP_SIGNS], ours=ours)]
    return [] if _is_a_view(model, codec, signs) else [Refused("code.no_view", code=written)]


def _signs(code: str) -> list[int]:
    return [_READ[sign] for sign in code]


def _written(signs: Iterable[int]) -> str:
    return _grouped("".join(ALPHABET[sign] for sign in signs))


def _mark(signs: Sequence[int]) -> int:
    return signs[0] << 10 | signs[1] << 5 | signs[2]


def _meant(model: Model, signs: Sequence[int]) -> list[str]:
    """Codes of this map with two neighbours swapped, or another character that looks alike."""
    codec = codec_of(model)
    found = (
        near
        for near in _near(list(signs))
        if not _sum(near) and _mark(near) == codec.mark and _is_a_view(model, codec, near)
    )
    return list(dict.fromkeys(map(_written, found)))[:_SUGGESTED]


def _near(signs: list[int]) -> Iterator[list[int]]:
    pairs = [(_VALUES[pair[0]], _VALUES[pair[1]]) for pair in _ALIKE]
    for at, sign in enumerate(signs):
        for one, other in pairs:
            if sign in (one, other):
                yield [*signs[:at], one + other - sign, *signs[at + 1 :]]
        if at:
            yield [*signs[: at - 1], sign, signs[at - 1], *signs[at + 1 :]]


def _is_a_view(model: Model, codec: Codec, signs: Sequence[int]) -> bool:
    try:
        view = checked(model, _view(codec, signs))
    except (NoView, UnknownId, ValueError):
        return False
    # each View has one code, so that equal codes mean equal Views and the reverse
    return _signs(_one_code(codec, view)) == list(signs)


def _view(codec: Codec, signs: Sequence[int]) -> View:
    number = 0
    for sign in signs[MAP_SIGNS:-1]:
        number = number << 5 | sign
    return view_of(codec, number)


# --- files ------------------------------------------------------------------------------------


def as_file(model: Model, view: View) -> str:
    """A View as the text of a small file, with everything in words.

    Raises
    ------
    UnknownId, Refused, ValueError
        The View cannot be had on this map.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> print(as_file(chain, View(source="a", switched_off=("b",))))
    {
      "mgmodel_view": 1,
      "map": "86682e473aa9",
      "view": {
        "source": "a",
        "switched_off": [
          "b"
        ]
      }
    }
    """
    checked(model, view)
    said = {"mgmodel_view": 1, "map": model.fingerprint, "view": _in_words(codec_of(model), view)}
    return json.dumps(said, ensure_ascii=False, indent=2)


def _in_words(codec: Codec, view: View) -> dict[str, Any]:
    default = View()
    said = {
        part.name: getattr(view, part.name)
        for part in codec.parts
        if getattr(view, part.name) != getattr(default, part.name)
    }
    return said if view.beside is None else {**said, "beside": _in_words(codec, view.beside)}


def opened(model: Model, text: str) -> tuple[View, tuple[Refused, ...]]:
    """The View of a file, and a refusal for each thing in it that could not be kept.

    Parameters
    ----------
    model
        The map that the View is to be shown on; the file may be of another version of it.
    text
        What the file says.

    Raises
    ------
    Refused
        It is no file of a View, or one of a later form.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> text = as_file(chain, View(source="a", switched_off=("b",)))
    >>> view, (left_out,) = opened(Model.from_edges([("a", "c", -1)]), text)
    >>> view == View(source="a"), left_out.in_language("en")
    (True, "The map has no 'b'; it is left out.")
    """
    said = _file(text)
    left_out: list[Refused] = []
    same = said.get("map") == model.fingerprint
    view = _kept(model, said["view"], same, left_out)
    beside = said["view"].get("beside")
    if isinstance(beside, dict):
        beside = {name: value for name, value in beside.items() if name != "beside"}
        view = replace(view, beside=_kept(model, beside, same, left_out))
    elif beside is not None:
        left_out.append(Refused("code.odd_part", part="beside"))
    return checked(model, view), tuple(left_out)


def _file(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or "mgmodel_view" not in said:
        key = "code.no_file"
        raise Refused(key)
    if said["mgmodel_view"] != 1 or not isinstance(said.get("view"), dict):
        key = "code.later_file"
        raise Refused(key)
    return said


def _kept(model: Model, said: dict[str, Any], same: bool, left_out: list[Refused]) -> View:
    """What the map has of a View in words; what it has not is added to `left_out`."""
    parts = codec_of(model).parts
    known = {"beside", *(part.name for part in parts)}
    left_out += [Refused("code.unknown_part", part=name) for name in said if name not in known]
    found: dict[str, Any] = {}
    for part in parts:
        if said.get(part.name) is not None:
            value = _value(part, said[part.name], same, left_out)
            if value is not None:
                found[part.name] = value
    return _without_conflicts(model, View(**found), left_out)


def _value(part: Part, value: Any, same: bool, left_out: list[Refused]) -> Any:
    """The value of one part, or None for its default."""
    if part.kind == "number":
        if not _is_count(value):
            left_out.append(Refused("code.odd_part", part=part.name))
        elif same:
            return int(value)
        else:  # the lists of a changed map are other lists
            left_out.append(Refused(f"code.lost_{part.name}"))
        return None
    several = part.kind in {"many", "parts"}
    values = value if several and isinstance(value, list) else [value]
    if (several and not isinstance(value, list)) or not all(_is_plain(one) for one in values):
        left_out.append(Refused("code.odd_part", part=part.name))
        return None
    gone = [one for one in values if one not in part.place]
    left_out += [Refused("code.gone", what=f"'{one}'") for one in gone]
    kept = [part.choices[part.place[one]] for one in values if one in part.place]
    return tuple(dict.fromkeys(kept)) if several else next(iter(kept), None)


def _is_plain(value: object) -> bool:
    return isinstance(value, str) or type(value) is int


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _without_conflicts(model: Model, view: View, left_out: list[Refused]) -> View:
    """The View with the second of two choices that exclude each other taken back."""
    if view.source is not None and view.source == view.target:
        left_out.append(Refused("code.same_ends", node=model.node(view.source)))
        view = replace(view, target=None)
    fixed_twice = sorted(set(view.switched_off) & set(view.held))
    changed_twice = sorted(set(view.cut) & set(view.flipped))
    left_out += [Refused("code.off_and_held", node=model.node(node)) for node in fixed_twice]
    left_out += [Refused("code.cut_and_flipped", arrow=model.edge(one)) for one in changed_twice]
    return replace(
        view,
        held=tuple(node for node in view.held if node not in view.switched_off),
        flipped=tuple(arrow for arrow in view.flipped if arrow not in view.cut),
    )

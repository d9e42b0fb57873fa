"""The words that people read, in English, Dutch and Swedish, by key; it knows nothing of a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from mgmodel.vocabulary import Language

__all__ = ["join", "number", "percent", "say", "say_count", "words"]


def words(language: str = "en") -> Mapping[str, str]:
    """Every word of one language by its dotted key, in the order of the file; read once.

    Parameters
    ----------
    language
        "en", "nl" or "sv".

    Raises
    ------
    ValueError
        There is no catalogue in that language.

    Examples
    --------
    >>> words("sv")["verdict.word.rises"]
    'ökar'
    """
    try:
        known_language = Language(language)
    except ValueError:
        known = ", ".join(repr(each.value) for each in Language)
        msg = f"There are no words in the language {language!r}; choose one of {known}."
        raise ValueError(msg) from None
    return _catalogue(known_language)


@cache
def _catalogue(language: Language) -> Mapping[str, str]:
    import tomllib  # read on the first word, so that importing mgmodel stays light
    from importlib.resources import files

    file = files("mgmodel.wording") / "words" / f"{language.value}.toml"
    text = file.read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def say(key: str, /, language: str = "en", **values: object) -> str:
    """The words under `key`, with `values` in their {named} places.

    A value is put in as it is: braces in it mean nothing.

    Raises
    ------
    KeyError
        The catalogue lacks the key, or the words have a place for which no value was given.

    Examples
    --------
    >>> say("edge.decreases", "nl", source="magnesium", target="stress")
    'Een toename van magnesium doet stress afnemen.'
    """
    catalogue = words(language)
    if key not in catalogue:
        msg = f"The {Language(language).value} words have no key {key!r}."
        raise KeyError(msg)
    try:
        return catalogue[key].format(**values)
    except KeyError as missing:
        msg = f"The {Language(language).value} words under {key!r} need a value for {missing}."
        raise KeyError(msg) from None


def say_count(key: str, n: int, /, language: str = "en", **values: object) -> str:
    """The words under `key.one` for one thing and under `key.many` for any other number.

    The number stands at {n}, written as the language writes it.

    Examples
    --------
    >>> say_count("count.nodes", 1), say_count("count.nodes", 1700), say_count("count.nodes", 0)
    ('1 node', '1,700 nodes', '0 nodes')
    """
    form = "one" if n == 1 else "many"
    return say(f"{key}.{form}", language, n=number(n, language), **values)


def number(value: float, language: str = "en", *, digits: int | None = None) -> str:
    """A number as the language writes it: "1,700.5", "1.700,5", or "1 700,5" without a break.

    Parameters
    ----------
    digits
        Decimals to round to; without it, as many as the number has, at most six.

    Examples
    --------
    >>> number(0.75), number(0.75, "nl"), number(1700, "nl"), number(2, "sv", digits=1)
    ('0.75', '0,75', '1.700', '2,0')
    """
    plain = f"{value:,.{6 if digits is None else digits}f}"
    if digits is None:
        plain = plain.rstrip("0").rstrip(".")
    if not plain.strip("-0.,"):
        plain = plain.lstrip("-")  # a small negative rounds to zero, which has no sign
    catalogue = words(language)
    marks = {",": catalogue["number.thousands_mark"], ".": catalogue["number.decimal_mark"]}
    return "".join(marks.get(sign, sign) for sign in plain)


def percent(fraction: float, language: str = "en") -> str:
    """A fraction of weightings in whole percent, rounded down; 0 and 100 mean none and all.

    Rounding down keeps words and numbers together: 0.797 is not "likely" and must not read 80%.

    Examples
    --------
    >>> percent(0.83), percent(0.797), percent(0.999), percent(0.001), percent(1, "nl")
    ('83%', '79%', '99%', '1%', '100%')
    """
    # The small term is for fractions such as 0.29, which a computer holds a hair too low.
    value = int(fraction * 100 + 1e-6)
    if 0 < fraction < 1:
        value = min(max(value, 1), 99)
    return say("number.percent", language, number=number(value, language))


def join(parts: Iterable[str], language: str = "en") -> str:
    """The parts as a list in a sentence: "a", "a and b", "a, b and c"; nothing for no parts.

    Examples
    --------
    >>> join(["crh", "acth", "cortisol"], "sv")
    'crh, acth och cortisol'
    """
    *most, last = list(parts) or [""]
    return say("list.and", language, first=", ".join(most), last=last) if most else last

"""Species and rules as records, read from what people write; every mistake is told at once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mgmodel.errors import did_you_mean

__all__ = ["Reaction", "Species", "Term", "activation", "read"]

_ARROW = re.compile(r"=>|->|⇒|→")
_AND = re.compile(r"&+|(?<!\S)AND(?!\S)", re.IGNORECASE)
_OR = re.compile(r"\||(?<!\S)OR(?!\S)", re.IGNORECASE)
_NOT = re.compile(r"(?:[!~¬]|NOT(?=\s))\s*", re.IGNORECASE)

_TERM_MISSING = "a term is missing beside an 'and'"

_OF_SPECIES = {"y0": "y0", "yinit": "y0", "ymax": "ymax", "tau": "tau"}
_OF_REACTION = {"w": "w", "weight": "w", "n": "n", "ec50": "ec50"}
"""Fields of numbers as people head them, in small letters, and what they are called here."""


@dataclass(frozen=True, slots=True)
class Species:
    """Something with a level between 0 and `ymax`."""

    id: str
    y0: float = 0.0
    """Level at time 0."""
    ymax: float = 1.0
    """Level under full activation."""
    tau: float = 1.0
    """Time constant, in the unit of the times that are asked for."""


class Term(NamedTuple):
    """One condition of a rule."""

    species: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Reaction:
    """A rule: the terms together activate the target; no terms make it an input."""

    id: str
    terms: tuple[Term, ...]
    target: str
    w: float = 1.0
    """Weight: activation at most, from 0 to 1."""
    n: float = 1.4
    """Hill coefficient: steepness."""
    ec50: float = 0.5
    """Level at which the activation is half of `w`."""

    @property
    def rule(self) -> str:
        """The rule as text, in one way of writing.

        Examples
        --------
        >>> Reaction("r1", (Term("A", False), Term("B", True)), "C").rule
        'A & !B => C'
        """
        terms = " & ".join(f"{'!' * term.negated}{term.species}" for term in self.terms)
        return f"{terms} => {self.target}".strip()


def activation(x: float, *, w: float = 1.0, n: float = 1.4, ec50: float = 0.5) -> float:
    r"""How strongly a level `x` activates what lies behind it, from 0 to `w`.

    .. math:: f(x) = w \frac{B x^n}{K^n + x^n}, \quad
        B = \frac{EC_{50}^n - 1}{2 EC_{50}^n - 1}, \quad K^n = B - 1

    so that f(0) = 0, f(EC50) = w/2 and f(1) = w. Below 0 it stays 0, above 1 it stays `w`. A
    species that inhibits does so by w - f(x).

    Examples
    --------
    >>> activation(0.0), round(activation(0.5), 6), activation(1.2, w=0.8)
    (0.0, 0.5, 0.8)
    """
    scale, half = constants(n, ec50)
    power: float = max(x, 0.0) ** n
    return w * min(1.0, scale * power / (half + power))


def constants(n: float, ec50: float) -> tuple[float, float]:
    """B and K to the power n of the Hill curve.

    Examples
    --------
    >>> constants(1.0, 0.25)
    (1.5, 0.5)
    """
    power = ec50**n
    rest = 1 - 2 * power
    return (1 - power) / rest, power / rest  # K^n = B - 1, without the loss of a subtraction


def read(
    species: Iterable[str | Mapping[str, Any]], reactions: Iterable[str | Mapping[str, Any]]
) -> tuple[tuple[Species, ...], tuple[Reaction, ...]]:
    """Records of what was written, or one error that tells every mistake.

    Raises
    ------
    ValueError
        One line for each mistake: where it stands, what it is and how to mend it.

    Examples
    --------
    >>> read(["A"], ["A & => B"])
    Traceback (most recent call last):
        ...
    ValueError: 2 mistakes in species and reactions:
    reaction 'r1', 'A & => B': a term is missing beside an 'and'. Write it, or leave out the sign.
    reaction 'r1', 'A & => B': there is no species 'B'. Add it to the species, or correct the rule.
    """
    mistakes: list[str] = []
    known: dict[str, Species] = {}
    for place, row in enumerate(_rows(species, "species"), start=1):
        found = _species(place, row, mistakes)
        if found.id in known:
            mistakes.append(f"species {found.id!r} is given twice. Leave one out.")
        known[found.id] = found
    if not known:
        mistakes.append("there are no species. Give at least one id.")
    rules: dict[str, Reaction] = {}
    for place, row in enumerate(_rows(reactions, "reactions"), start=1):
        reaction = _reaction(place, row, known, mistakes)
        if reaction.id in rules:
            mistakes.append(f"reaction {reaction.id!r} is given twice. Give each an id of its own.")
        rules[reaction.id] = reaction
    if mistakes:
        count = f"{len(mistakes)} mistake{'s' * (len(mistakes) != 1)}"
        msg = "\n".join((f"{count} in species and reactions:", *mistakes))
        raise ValueError(msg)
    return tuple(known.values()), tuple(rules.values())


def _rows(given: Any, name: str) -> Iterator[Any]:
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        msg = f"{name} is {given!r}; give a list."
        raise ValueError(msg)
    if isinstance(given, Mapping):
        msg = f"{name} is a mapping; give a list, each with its id in it."
        raise ValueError(msg)
    return iter(given)


def _species(place: int, row: Any, mistakes: list[str]) -> Species:
    fields = _fields({"id": row} if isinstance(row, str) else row, _OF_SPECIES, ("id",))
    where = f"species no. {place}"
    found = fields.pop("id", None)
    if not isinstance(found, str) or not found.strip():
        mistakes.append(f"{where}: its id is {found!r}. Give a text.")
        found = f"species no. {place}"
    else:
        found = found.strip()
        where = f"species {found!r}"
    numbers = _numbers(where, fields, _OF_SPECIES, mistakes)
    mistakes += [
        f"{where}: {name} is {numbers[name]:g}. Levels are 0 or more."
        for name in ("y0", "ymax")
        if numbers.get(name, 0.0) < 0
    ]
    if numbers.get("tau", 1.0) <= 0:
        mistakes.append(f"{where}: tau is {numbers['tau']:g}. Give a time above 0.")
    return Species(found, **numbers)


def _reaction(place: int, row: Any, known: Mapping[str, Species], mistakes: list[str]) -> Reaction:
    fields = _fields({"rule": row} if isinstance(row, str) else row, _OF_REACTION, ("id", "rule"))
    named = fields.pop("id", None)
    name = str(named).strip() if named not in (None, "") else f"r{place}"
    rule = fields.pop("rule", None)
    where = f"reaction {name!r}, {rule!r}"
    numbers = _numbers(where, fields, _OF_REACTION, mistakes)
    w, n, ec50 = numbers.get("w", 1.0), numbers.get("n", 1.4), numbers.get("ec50", 0.5)
    if not 0 <= w <= 1:
        mistakes.append(f"{where}: w is {w:g}. Give a weight from 0 to 1.")
    if n <= 0:
        mistakes.append(f"{where}: n is {n:g}. Give a Hill coefficient above 0.")
    elif not (0 < ec50 < 1 and ec50**n < 0.5):
        mistakes.append(
            f"{where}: with EC50 {ec50:g} and n {n:g} no curve runs through half at EC50. "
            "EC50 lies between 0 and 1, and EC50 to the power n below 0.5."
        )
    terms, target = _rule(where, rule, known, mistakes)
    return Reaction(name, terms, target, **numbers)


def _fields(row: Any, numbers: Mapping[str, str], texts: tuple[str, ...]) -> dict[str, Any]:
    """Fields by the name they have here; one that nobody knows keeps its own."""
    if not isinstance(row, Mapping):
        return {texts[-1]: row}
    found = {}
    for heading, value in row.items():
        plain = str(heading).replace(" ", "").replace("_", "").casefold()
        found[plain if plain in texts else numbers.get(plain, str(heading))] = value
    return found


def _numbers(
    where: str, fields: Mapping[str, Any], known: Mapping[str, str], mistakes: list[str]
) -> dict[str, float]:
    found = {}
    for name, value in fields.items():
        if name not in known.values():
            fitting = ", ".join(dict.fromkeys(known.values()))
            mistakes.append(f"{where}: nothing is called {name!r} here. Known are: {fitting}.")
            continue
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if math.isfinite(number):
            found[name] = number
        else:
            mistakes.append(f"{where}: {name} is {value!r}. Give a finite number.")
    return found


def _rule(
    where: str, rule: Any, known: Mapping[str, Species], mistakes: list[str]
) -> tuple[tuple[Term, ...], str]:
    sides = _ARROW.split(rule) if isinstance(rule, str) else ()
    if len(sides) != 2:
        mistakes.append(f"{where}: a rule has one arrow. Write it as 'A & !B => C' or '=> A'.")
        return (), ""
    left, target = sides[0].strip(), sides[1].strip()
    if _OR.search(left):
        mistakes.append(f"{where}: a rule has no 'or'. Write one reaction for each side of it.")
        return (), target
    terms = []
    for part in _AND.split(left) if left else ():
        negation = _NOT.match(part.strip())
        name = part.strip()[negation.end() if negation else 0 :]
        if name:
            terms.append(Term(name, negation is not None))
        else:
            lacking = "a species is missing behind a 'not'" if negation else _TERM_MISSING
            mistakes.append(f"{where}: {lacking}. Write it, or leave out the sign.")
    if not target:
        mistakes.append(f"{where}: nothing stands behind the arrow. Name the species it acts on.")
    elif _NOT.match(target):
        mistakes.append(f"{where}: a 'not' stands behind the arrow. Write '!A => B'.")
        return tuple(terms), target
    for name in dict.fromkeys((*(term.species for term in terms), *([target] if target else ()))):
        if name not in known:
            near = did_you_mean(name, known)
            mend = near or " Add it to the species, or correct the rule."
            mistakes.append(f"{where}: there is no species {name!r}.{mend}")
    return tuple(terms), target

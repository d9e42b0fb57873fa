"""How much of a compound's mass is magnesium, from its formula and the weights of the atoms.

Chemistry and nothing else: it says neither what is absorbed nor what a product holds. Products may
be buffered or hydrated, so that the label of a product wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from mgmodel.physiology.quantities import Numbers, checked
from mgmodel.records import Compound

__all__ = [
    "ATOMIC_WEIGHTS",
    "atoms",
    "compound_mass_mg",
    "fraction",
    "magnesium_mg",
    "mg_of_mmol",
    "mmol_l_of_mg_dl",
    "mmol_of_mg",
    "molar_mass_g_mol",
]

ATOMIC_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "Mg": 24.305, "S": 32.06, "Cl": 35.45}
)
"""Abridged standard atomic weights of IUPAC, in g/mol, of the elements in magnesium salts."""
HEAVIEST_MG = 1_000_000.0
"""One kilogram; no dose is heavier."""
_EXAMPLE = "Write it as in Mg3(C6H5O7)2.9H2O."
_LONGEST_FORMULA = 200
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉·[]", "0123456789.()", " ")
_TOKEN = re.compile(r"(?P<symbol>[A-Z][a-z]?)|(?P<open>\()|(?P<close>\))")

Substance: TypeAlias = str | Compound
"""A formula, or the record of a compound, whose formula then counts."""


def atoms(formula: str) -> Mapping[str, int]:
    """How many atoms of each element one unit of a formula holds, in the order of reading.

    Parameters
    ----------
    formula
        Symbols with their numbers, brackets with theirs, and a dot before each part that crystals
        hold besides, as water: "MgSO4.7H2O". Up to 200 signs; numbers from 1 to 9999.

    Raises
    ------
    ValueError
        The formula cannot be read, or names an element that no weight is given for.

    Examples
    --------
    >>> dict(atoms("Mg3(C6H5O7)2.9H2O"))
    {'Mg': 3, 'C': 12, 'H': 28, 'O': 23}
    """
    plain = formula.translate(_PLAIN)
    if len(plain) > _LONGEST_FORMULA:
        raise _unreadable(formula[:20] + "...", f"it has more than {_LONGEST_FORMULA} signs")
    counted: Counter[str] = Counter()
    for part in plain.split("."):
        digits = _digits(part)
        times = _number(digits, formula)
        for symbol, count in _part(part[len(digits) :], formula).items():
            counted[symbol] += times * count
    return MappingProxyType(dict(counted))


def _part(part: str, formula: str) -> Counter[str]:
    """Atoms of a part without a number before it."""
    open_groups: list[Counter[str]] = [Counter()]
    place = 0
    while place < len(part):
        token = _TOKEN.match(part, place)
        if token is None:
            raise _unreadable(formula, f"{part[place]!r} is neither a symbol nor a bracket")
        place = token.end()
        if token["open"]:
            open_groups.append(Counter())
            continue
        digits = _digits(part[place:])
        place += len(digits)
        group = _closed(open_groups, formula) if token["close"] else _atom(token[0], formula)
        for symbol, count in group.items():
            open_groups[-1][symbol] += count * _number(digits, formula)
    if len(open_groups) > 1:
        raise _unreadable(formula, "a bracket is not closed")
    if not open_groups[0]:
        raise _unreadable(formula, "a part of it holds no atom")
    return open_groups[0]


def _closed(open_groups: list[Counter[str]], formula: str) -> Counter[str]:
    if len(open_groups) == 1:
        raise _unreadable(formula, "a bracket closes that was not opened")
    group = open_groups.pop()
    if not group:
        raise _unreadable(formula, "a bracket holds nothing")
    return group


def _atom(symbol: str, formula: str) -> Counter[str]:
    if symbol not in ATOMIC_WEIGHTS:
        known = ", ".join(ATOMIC_WEIGHTS)
        raise _unreadable(formula, f"no weight is given for {symbol!r} (only for {known})")
    return Counter({symbol: 1})


def _digits(text: str) -> str:
    """The digits that a text begins with."""
    return text[: len(text) - len(text.lstrip("0123456789"))]


def _number(digits: str, formula: str) -> int:
    if not digits:
        return 1
    if digits.startswith("0") or len(digits) > 4:
        raise _unreadable(formula, f"the number {digits[:10]!r} is not one from 1 to 9999")
    return int(digits)


def _unreadable(formula: str, what: str) -> ValueError:
    return ValueError(f"The formula {formula!r} cannot be read: {what}. {_EXAMPLE}")


def molar_mass_g_mol(substance: Substance) -> float:
    """The mass of one mole of a formula, in g/mol.

    Raises
    ------
    ValueError
        The formula cannot be read.

    Examples
    --------
    >>> round(molar_mass_g_mol("MgSO4.7H2O"), 3)
    246.466
    """
    counted = atoms(_formula(substance))
    return sum(ATOMIC_WEIGHTS[symbol] * count for symbol, count in counted.items())


def fraction(substance: Substance, element: str = "Mg") -> float:
    """Which share of the mass is magnesium, or another element, from 0 to 1.

    ::

        fraction = n_Mg * 24.305 / M(compound)

    Parameters
    ----------
    substance
        A formula, or a record of `model.library.compounds`.
    element
        A symbol; an element that the formula does not hold has 0.

    Raises
    ------
    ValueError
        The formula cannot be read, or there is no weight for that element.

    Examples
    --------
    >>> round(fraction("MgO"), 4), round(fraction("MgO", "O"), 4)
    (0.603, 0.397)
    """
    if element not in ATOMIC_WEIGHTS:
        msg = f"There is no weight for {element!r}; choose one of {', '.join(ATOMIC_WEIGHTS)}."
        raise ValueError(msg)
    count = atoms(_formula(substance)).get(element, 0)
    return ATOMIC_WEIGHTS[element] * count / molar_mass_g_mol(substance)


def magnesium_mg(compound_mg: Numbers, substance: Substance) -> Numbers:
    """The magnesium in a mass of a compound, in mg.

    Parameters
    ----------
    compound_mg
        Mass of the compound, in mg: 0 to 1,000,000 (1 kg).
    substance
        A formula, or a record of `model.library.compounds`.

    Raises
    ------
    ValueError
        A mass outside that range, or a formula that cannot be read.

    Examples
    --------
    >>> round(magnesium_mg(2 * 414, "MgO")), round(magnesium_mg(4000, "MgSO4.7H2O"))
    (499, 394)
    """
    return checked(compound_mg, "compound_mg", 0, HEAVIEST_MG, "mg") * fraction(substance)


def compound_mass_mg(magnesium_mg: Numbers, substance: Substance) -> Numbers:
    """The mass of a compound that holds this much magnesium, in mg.

    Parameters
    ----------
    magnesium_mg
        In mg: 0 to 1,000,000 (1 kg).
    substance
        A formula, or a record of `model.library.compounds`.

    Raises
    ------
    ValueError
        A mass outside that range, a formula that cannot be read, or one without magnesium.

    Examples
    --------
    >>> round(compound_mass_mg(300, "Mg(C4H7O5)2"))
    3635
    """
    share = fraction(substance)
    if not share:
        msg = f"{_formula(substance)!r} holds no magnesium, so that no mass of it holds any."
        raise ValueError(msg)
    return checked(magnesium_mg, "magnesium_mg", 0, HEAVIEST_MG, "mg") / share


def mg_of_mmol(magnesium_mmol: Numbers) -> Numbers:
    """Magnesium in mg from mmol, 0 to 1,000,000; 1 mmol is 24.305 mg and 2 mEq.

    Examples
    --------
    >>> round(mg_of_mmol(30))
    729
    """
    return checked(magnesium_mmol, "magnesium_mmol", 0, HEAVIEST_MG, "mmol") * ATOMIC_WEIGHTS["Mg"]


def mmol_of_mg(magnesium_mg: Numbers) -> Numbers:
    """Magnesium in mmol from mg, 0 to 1,000,000.

    Examples
    --------
    >>> round(mmol_of_mg(300), 2)
    12.34
    """
    return checked(magnesium_mg, "magnesium_mg", 0, HEAVIEST_MG, "mg") / ATOMIC_WEIGHTS["Mg"]


def mmol_l_of_mg_dl(magnesium_mg_dl: Numbers) -> Numbers:
    """A concentration of magnesium in mmol/L from mg/dL, 0 to 1000.

    Examples
    --------
    >>> round(mmol_l_of_mg_dl(1.86), 3)
    0.765
    """
    concentration = checked(magnesium_mg_dl, "magnesium_mg_dl", 0, 1000, "mg/dL")
    return concentration * 10 / ATOMIC_WEIGHTS["Mg"]


def _formula(substance: Substance) -> str:
    return substance.formula if isinstance(substance, Compound) else substance

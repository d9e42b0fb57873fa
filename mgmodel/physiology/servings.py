"""What foods and supplements hold: household measures, weighed compounds and labels, to mg."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.physiology.elemental import magnesium_mg
from mgmodel.physiology.quantities import checked
from mgmodel.records import Compound, Food

# fmt: off
__all__ = [
    "IntakeItem", "LabelledSupplement", "Supplement", "Taken", "eaten", "food_magnesium_mg",
    "taken",
]
# fmt: on

MOST_SERVINGS = 50.0
MOST_GRAMS = 5000.0
MOST_COMPOUND_MG = 50_000.0
"""50 g at once, more than any salt is taken by mouth, as a laxative too."""
MOST_MAGNESIUM_MG = 5000.0
MOST_TIMES = 24.0


@dataclass(frozen=True, slots=True)
class Supplement:
    """A weighed dose of a compound, whose magnesium follows from its formula.

    Examples
    --------
    >>> Supplement("magnesium_oxide", 414, times_a_day=2).times_a_day
    2
    """

    compound: str
    """Id of a compound, or of a form on the map that is one compound alone."""
    compound_mg: float
    """Mass of the compound in one dose, in mg: 0 to 50,000."""
    times_a_day: float = 1.0
    """0 to 24; a dose on every other day is 0.5."""

    def __post_init__(self) -> None:
        checked(self.compound_mg, "compound_mg", 0, MOST_COMPOUND_MG, "mg")
        checked(self.times_a_day, "times_a_day", 0, MOST_TIMES)


@dataclass(frozen=True, slots=True)
class LabelledSupplement:
    """A product whose label gives the magnesium in one dose; the label wins over any formula.

    Examples
    --------
    >>> LabelledSupplement("magnesium citrate", 100).magnesium_mg
    100
    """

    name: str
    """Id of a form on the map, or any name."""
    magnesium_mg: float
    """Magnesium in one dose, not the compound, in mg: 0 to 5000."""
    times_a_day: float = 1.0
    """0 to 24."""

    def __post_init__(self) -> None:
        checked(self.magnesium_mg, "magnesium_mg", 0, MOST_MAGNESIUM_MG, "mg")
        checked(self.times_a_day, "times_a_day", 0, MOST_TIMES)


Taken: TypeAlias = Supplement | LabelledSupplement


@dataclass(frozen=True, slots=True)
class IntakeItem:
    """One food or supplement of the day."""

    id: str
    name: str
    mass_g: float | None
    """What was eaten or taken of it in the day; None where only a label is known."""
    magnesium_mg: float


def food_magnesium_mg(
    food: Food, *, servings: float | None = None, grams: float | None = None
) -> float:
    """Magnesium in some of a food, in mg; in one serving where no amount is given.

    Parameters
    ----------
    servings
        0 to 50 of the household measure that stands in the data.
    grams
        0 to 5000 g that can be eaten, instead of servings.

    Raises
    ------
    ValueError
        Both amounts are given, or one outside its range.

    Examples
    --------
    >>> almonds = Food("almonds", "Almonds", "12061", 270, "1 oz", 28.35)
    >>> round(food_magnesium_mg(almonds)), food_magnesium_mg(almonds, grams=50)
    (77, 135.0)
    """
    if grams is not None and servings is not None:
        msg = f"{food.id!r} is given in servings and in grams; give one of the two."
        raise ValueError(msg)
    if grams is None:
        eaten = 1.0 if servings is None else servings
        return food.magnesium_mg_100g * food.serving_g / 100 * _servings(eaten, food.id)
    return food.magnesium_mg_100g / 100 * _grams(grams, food.id)


def eaten(
    model: Model, servings: Mapping[str, float], grams: Mapping[str, float]
) -> Iterator[IntakeItem]:
    """Each food of a day by its id in servings or in grams, one item each; `day_intake` asks it."""
    foods = {food.id: food for food in model.library.foods}
    for amounts, in_grams in ((servings, False), (grams, True)):
        for name, amount in amounts.items():
            if name not in foods:
                raise UnknownId(name, foods, kind="food")
            food = foods[name]
            mass_g = _grams(amount, name) if in_grams else _servings(amount, name) * food.serving_g
            yield IntakeItem(name, food.name, mass_g, food.magnesium_mg_100g * mass_g / 100)


def taken(model: Model, supplement: Taken) -> IntakeItem:
    """What one supplement of a day holds; `day_intake` asks it."""
    times = float(supplement.times_a_day)
    if isinstance(supplement, LabelledSupplement):
        name, held_mg = supplement.name, supplement.magnesium_mg * times
        label = model.nodes[name].label.en if name in model.nodes else name
        item = IntakeItem(name, label, None, held_mg)
    else:
        compound = _compound(model, supplement.compound)
        mass_mg = supplement.compound_mg * times
        held_mg = magnesium_mg(mass_mg, compound)
        item = IntakeItem(compound.id, compound.name, mass_mg / 1000, held_mg)
    checked(held_mg, f"The magnesium of {item.name!r} in a day", 0, MOST_MAGNESIUM_MG, "mg")
    return item


def _servings(amount: float, food: str) -> float:
    return checked(amount, f"The number of servings of {food!r}", 0, MOST_SERVINGS)


def _grams(amount: float, food: str) -> float:
    return checked(amount, f"The mass of {food!r}", 0, MOST_GRAMS, "g")


def _compound(model: Model, name: str) -> Compound:
    compounds = {compound.id: compound for compound in model.library.compounds}
    of_form = [compound for compound in compounds.values() if name and compound.node == name]
    if name in compounds:
        return compounds[name]
    if len(of_form) == 1:
        return of_form[0]
    if of_form:
        choices = ", ".join(compound.id for compound in of_form)
        msg = f"{name!r} is the form of several compounds; name one of them: {choices}."
        raise ValueError(msg)
    raise UnknownId(name, compounds, kind="compound")

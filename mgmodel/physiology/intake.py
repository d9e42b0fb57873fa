"""A day's magnesium from foods and from supplements, beside the daily amounts that bodies have set.

Two sums are kept apart: recommended and adequate amounts count magnesium from all sources, upper
levels count what supplements and medicines add and leave food out. It is arithmetic on tables, not
a diagnosis and not advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.physiology.servings import (
    IntakeItem,
    LabelledSupplement,
    Supplement,
    Taken,
    eaten,
    food_magnesium_mg,
    taken,
)
from mgmodel.records import ReferenceIntake
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import join, number, say
from mgmodel.wording.sentences import readable

if TYPE_CHECKING:
    import pandas as pd

# fmt: off
__all__ = [
    "DayIntake", "IntakeComparison", "IntakeItem", "LabelledSupplement", "Supplement",
    "day_intake", "food_magnesium_mg", "group_in_words", "groups",
]
# fmt: on

_QUANTITIES = ("RDA", "EAR", "AI", "UL")
"""Those that a reader will look for; which of them the data lack for a group is said."""


@dataclass(frozen=True, slots=True)
class IntakeComparison:
    """The day beside one reference amount."""

    reference: ReferenceIntake
    magnesium_mg: float
    """The sum that this amount is about: of all sources, or of supplements alone."""

    @property
    def is_upper_level(self) -> bool:
        """Whether it is an upper level, which is not there to be reached."""
        return self.reference.quantity == "UL"

    @property
    def is_above(self) -> bool:
        """Whether the day holds more than the amount."""
        return self.magnesium_mg > self.reference.magnesium_mg_day

    @property
    def fraction(self) -> float:
        """The day as a share of the amount; 1 is just the amount."""
        return self.magnesium_mg / self.reference.magnesium_mg_day


@dataclass(frozen=True)
class DayIntake:
    """What a day's foods and supplements hold, and how that compares."""

    group: str
    foods: tuple[IntakeItem, ...]
    supplements: tuple[IntakeItem, ...]
    comparisons: tuple[IntakeComparison, ...]
    """In the order of the data, one for each amount that a body has set for the group."""

    @property
    def food_mg(self) -> float:
        """Magnesium from foods, in mg; no upper level counts it."""
        return sum(item.magnesium_mg for item in self.foods)

    @property
    def supplement_mg(self) -> float:
        """Magnesium from supplements and medicines, in mg; upper levels count this alone."""
        return sum(item.magnesium_mg for item in self.supplements)

    @property
    def total_mg(self) -> float:
        """Magnesium from all sources, in mg."""
        return self.food_mg + self.supplement_mg

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of RDA, EAR, AI and UL the data do not hold for the group."""
        held = {one.reference.quantity for one in self.comparisons}
        return tuple(quantity for quantity in _QUANTITIES if quantity not in held)

    def to_frame(self) -> pd.DataFrame:
        """A table with one reference amount a row, in the order of the data.

        Returns
        -------
        pandas.DataFrame
            Columns: body, quantity, group, covers, reference_mg_day, intake_mg_day, fraction,
            verification, reference; the index is the id of the amount.
        """
        import pandas as pd

        rows = [
            (
                *(one.reference.body, one.reference.quantity, one.reference.group),
                *(one.reference.covers, float(one.reference.magnesium_mg_day), one.magnesium_mg),
                *(one.fraction, one.reference.verification, one.reference.reference),
            )
            for one in self.comparisons
        ]
        columns = ["body", "quantity", "group", "covers", "reference_mg_day", "intake_mg_day"]
        columns += ["fraction", "verification", "reference"]
        index = pd.Index([one.reference.id for one in self.comparisons], name="id", dtype=object)
        return pd.DataFrame(rows, columns=columns, index=index)

    def __repr__(self) -> str:
        return (
            f"DayIntake({self.group}: food {self.food_mg:.0f} mg, supplements "
            f"{self.supplement_mg:.0f} mg, {len(self.comparisons)} amounts to compare with)"
        )

    def _repr_html_(self) -> str:
        rows = (
            (
                one.reference.body,
                one.reference.quantity,
                readable(one.reference.covers),
                f"{one.reference.magnesium_mg_day:g}",
                f"{one.magnesium_mg:.0f}",
                f"{one.fraction:.0%}",
                one.reference.verification,
            )
            for one in self.comparisons
        )
        header = ("body", "quantity", "counts", "mg a day", "this day", "share", "checked")
        return table(f"{self!r}. {say('parameter.device')}", header, rows)


def groups(model: Model) -> tuple[str, ...]:
    """The groups to choose from: those that no other group of the data narrows down further.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> groups(load_model())[:2]
    ('men_19_30', 'men_31_plus')
    """
    named = dict.fromkeys(row.group for row in model.library.intakes)
    narrowed = {wide for wide in named for group in named if group.startswith(f"{wide}_")}
    return tuple(sorted(group for group in named if group not in narrowed))


def day_intake(
    model: Model,
    group: str,
    *,
    servings: Mapping[str, float] | None = None,
    grams: Mapping[str, float] | None = None,
    supplements: Iterable[Taken] = (),
) -> DayIntake:
    """A day's magnesium, and how it compares with the amounts for a group of people.

    Parameters
    ----------
    model
        Its library holds the foods, the compounds and the reference amounts.
    group
        One of `groups(model)`, such as "women_31_plus"; a wide one such as "women" meets only the
        amounts that do not depend on age.
    servings, grams
        By food id, how many servings (0 to 50) or how many grams (0 to 5000) are eaten.
    supplements
        `Supplement` or `LabelledSupplement`, in any number.

    Raises
    ------
    UnknownId
        A group, a food or a compound that the data do not have.
    ValueError
        An amount outside its range, or a form that stands for several compounds.

    References
    ----------
    usda_sr28 (foods); iom1997, efsa2015, scf2001 (amounts, each with how it was checked).

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> day = day_intake(
    ...     load_model(),
    ...     "men_31_plus",
    ...     servings={"almonds": 1, "black_beans_boiled": 2},
    ...     supplements=[Supplement("magnesium_oxide", 414, times_a_day=2)],
    ... )
    >>> day
    DayIntake(men_31_plus: food 317 mg, supplements 499 mg, 6 amounts to compare with)
    >>> [(one.reference.id, one.is_above) for one in day.comparisons if one.is_upper_level]
    [('iom_ul_men', True), ('scf_ul_men', True)]
    """
    rows = _amounts(model, group)
    foods = tuple(eaten(model, servings or {}, grams or {}))
    added = tuple(taken(model, supplement) for supplement in supplements)
    alone = sum(item.magnesium_mg for item in added)
    total = sum(item.magnesium_mg for item in foods) + alone
    compared = tuple(
        IntakeComparison(row, alone if row.covers == "supplements_only" else total) for row in rows
    )
    return DayIntake(group, foods, added, compared)


def _amounts(model: Model, group: str) -> list[ReferenceIntake]:
    """Amounts for the group itself, and for a wider one that it belongs to."""
    known = {row.group for row in model.library.intakes}
    if group not in known:
        raise UnknownId(group, sorted(known), kind="group with reference intakes")
    return [row for row in model.library.intakes if f"{group}_".startswith(f"{row.group}_")]


# What is said of a day


def group_in_words(group: str, language: str = "en") -> str:
    """A group of people as it stands in a sentence; one that has no words of its own, as it is.

    Examples
    --------
    >>> group_in_words("women_31_plus"), group_in_words("men_19_30"), group_in_words("men", "sv")
    ('women from 31 years', 'men of 19 to 30 years', 'män')
    """
    who, *ages = group.split("_")
    if who not in ("men", "women", "pregnancy"):
        return readable(group)
    people = say(f"intake.group.{who}", language)
    match ages:
        case []:
            return people
        case [low, "plus"] if low.isdecimal():
            return say("intake.from_age", language, people=people, low=low)
        case [low, high] if low.isdecimal() and high.isdecimal():
            return say("intake.ages", language, people=people, low=low, high=high)
    return readable(group)


@in_words.register
def _comparison_in_words(compared: IntakeComparison, language: str = "en") -> str:
    row, share = compared.reference, number(compared.fraction * 100, language, digits=0)
    values = {
        "body": row.body,
        "quantity": _quantity(row.quantity, language),
        "level": number(row.magnesium_mg_day, language),
        "amount": number(compared.magnesium_mg, language, digits=0),
        "share": say("number.percent", language, number=share),
    }
    if row.covers != "supplements_only":
        said = say("intake.of_all_sources", language, **values)
    elif compared.is_above:
        said = say("intake.above_upper_level", language, **values)
    else:
        said = say("intake.within_upper_level", language, **values)
    if "not verified" in row.verification:
        said += " " + say("intake.unverified", language)
    return said


@in_words.register
def _day_in_words(day: DayIntake, language: str = "en") -> str:
    """Both sums, every comparison, what the data lack for the group, and what this is not."""
    sums = {"food": day.food_mg, "supplements": day.supplement_mg, "total": day.total_mg}
    spelled = {name: number(amount, language, digits=0) for name, amount in sums.items()}
    said = [say("intake.day", language, group=group_in_words(day.group, language), **spelled)]
    said += [in_words(one, language) for one in day.comparisons]
    if day.missing:
        said.append(say("intake.missing", language, quantities=join(day.missing, language)))
    return " ".join([*said, say("parameter.device", language)])


def _quantity(quantity: str, language: str) -> str:
    known = (*_QUANTITIES, "NRV")
    return say(f"intake.quantity.{quantity}", language) if quantity in known else quantity

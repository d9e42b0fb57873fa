"""What the panel of a day's intake shows for a state; no widget here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil

from mgmodel.explore.closeups import speaker
from mgmodel.explore.controls import Choice, Control, Panel, Picks, Reading
from mgmodel.figures.plots import Bars, Limit, Piece, Row, Sheet, rounded
from mgmodel.model import Model
from mgmodel.physiology import DayIntake, Supplement, day_intake, elemental, intake
from mgmodel.records import Compound, Food
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import number, say

__all__ = ["DOSE_MG", "IntakeState", "intake_panel"]

DOSE_MG = 50
"""Magnesium in one pick of a supplement."""
_MOST_SERVINGS, _MOST_DOSES = 10, 20
_AXES_MG = (800.0, 400.0)
"""Of all sources and of supplements; longer only where a day holds more."""


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What is chosen in the panel of a day's intake."""

    group: str = "women_31_plus"
    foods: tuple[tuple[str, int], ...] = (
        ("whole_wheat_bread", 2),
        ("spinach_boiled_drained", 1),
        ("brown_rice_long_grain_cooked", 1),
        ("banana", 1),
    )
    """Foods with their servings, in the order of picking."""
    supplements: tuple[tuple[str, int], ...] = (("magnesium_oxide", 4),)
    """Compounds with how often 50 mg of magnesium are taken as that."""
    language: str = "en"


def intake_panel(model: Model, opening: IntakeState) -> Panel:
    """The panel of a day's intake: foods and forms picked, beside what bodies have set.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> state = IntakeState(foods=(("almonds", 2),), supplements=(("magnesium_oxide", 4),))
    >>> intake_panel(load_model(), state).read(state).answer
    'In the day 353 mg: 153 mg from foods, 200 mg from supplements.'
    """
    reading = partial(_reading, model, _most_limits(model))
    return Panel("intake", opening, partial(_controls, model), reading)


def _most_limits(model: Model) -> tuple[int, int]:
    """For how many amounts of all sources, and upper levels, the picture keeps room."""
    told = [day_intake(model, group, servings={}).comparisons for group in intake.groups(model)]
    upper = [[one.is_upper_level for one in each] for each in told]
    return max(each.count(False) for each in upper), max(each.count(True) for each in upper)


def _day(model: Model, state: IntakeState) -> DayIntake:
    compounds = {compound.id: compound for compound in model.library.compounds}
    taken = [
        Supplement(one, elemental.compound_mass_mg(DOSE_MG * count, compounds[one]))
        for one, count in state.supplements
    ]
    servings = {one: float(count) for one, count in state.foods}
    return day_intake(model, state.group, servings=servings, supplements=taken)


def _controls(model: Model, state: IntakeState) -> tuple[Control, ...]:
    said, library = speaker(state.language), model.library
    groups = tuple(
        (one, intake.group_in_words(one, state.language)) for one in intake.groups(model)
    )
    foods = tuple((food.id, f"{food.name}, {food.serving}") for food in library.foods)
    compounds = tuple((compound.id, compound.name) for compound in library.compounds)
    eaten, taken = _rows(model, state)
    return (
        Choice("group", said("who"), groups),
        Picks("foods", said("foods"), foods, _MOST_SERVINGS, eaten),
        Picks("supplements", said("forms", magnesium=DOSE_MG), compounds, _MOST_DOSES, taken),
    )


def _rows(model: Model, state: IntakeState) -> Iterator[tuple[tuple[str, str], ...]]:
    """What is said of each food and each supplement that is picked."""
    said, day = speaker(state.language), _day(model, state)
    servings = {food.id: food.serving for food in model.library.foods}
    counts = dict(state.foods)
    yield tuple(
        (
            item.id,
            said(
                "food_row",
                name=item.name,
                count=counts[item.id],
                serving=servings[item.id],
                magnesium=rounded(item.magnesium_mg, state.language),
            ),
        )
        for item in day.foods
    )
    yield tuple(
        (
            item.id,
            said(
                "form_row",
                name=item.name,
                magnesium=rounded(item.magnesium_mg, state.language),
                mass=number((item.mass_g or 0) * 1000, state.language, digits=0),
            ),
        )
        for item in day.supplements
    )


def _reading(model: Model, most: tuple[int, int], state: IntakeState) -> Reading:
    said, day = speaker(state.language), _day(model, state)
    written = partial(number, language=state.language, digits=0)
    answer = said(
        "intake_answer",
        total=written(day.total_mg),
        food=written(day.food_mg),
        supplements=written(day.supplement_mg),
    )
    picked = {one for one, _ in (*state.foods, *state.supplements)}
    entries: list[Food | Compound] = [*model.library.foods, *model.library.compounds]
    amounts = [one.reference for one in day.comparisons]
    notes = [in_words(one, state.language) for one in day.comparisons]
    notes.append(say("text.english_data", state.language))
    return Reading(
        said("intake_title"),
        answer,
        Sheet(_bars(day, most, state.language), 1, 320, state.language),
        tuple(notes),
        (*(one for one in entries if one.id in picked), *amounts),
    )


def _bars(day: DayIntake, most: tuple[int, int], language: str) -> tuple[Bars, Bars]:
    """The whole day with the amounts of all sources, and supplements with their upper levels."""
    said = speaker(language)
    items = (*day.foods, *day.supplements)
    looks = {item.id: look for look, item in enumerate(items)}

    def bar(name: str, of: tuple[intake.IntakeItem, ...], total: float, upper: bool) -> Bars:
        limits = [
            Limit(f"{one.reference.body}, {one.reference.quantity} {_level(one, language)}", at)
            for one in sorted(day.comparisons, key=lambda one: one.reference.magnesium_mg_day)
            for at in (one.reference.magnesium_mg_day,)
            if one.is_upper_level is upper
        ]
        pieces, end = [], 0.0
        for item in of:
            text = f"{item.name.split(',')[0]} {rounded(item.magnesium_mg, language)}"
            pieces.append(Piece(end, end + item.magnesium_mg, looks[item.id], text))
            end += item.magnesium_mg
        row = Row(name, tuple(pieces), f"{number(total, language, digits=0)} mg")
        axis = _AXES_MG[0] * max(1, ceil(end * 1.1 / _AXES_MG[0]))
        title = said("from_supplements") if upper else said("from_all")
        height = 1.0 if upper else 1.25
        room = {"lines": most[upper], "letters": len("9,999 mg")}
        return Bars(title, "", (0, axis), (row,), tuple(limits), height=height, **room)  # type: ignore[arg-type]

    supplements = said("supplements_row")
    return (
        bar(said("all_row"), items, day.total_mg, upper=False),
        bar(supplements, day.supplements, day.supplement_mg, upper=True),
    )


def _level(compared: intake.IntakeComparison, language: str) -> str:
    return f"{rounded(compared.reference.magnesium_mg_day, language)} mg"

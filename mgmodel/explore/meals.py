"""What the close-up of absorption shows for a state; no widget here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from mgmodel.explore.closeups import HEIGHT_PX, Law, course, speaker
from mgmodel.explore.controls import Choice, Control, Panel, Reading, Slider
from mgmodel.figures.plots import Curve, Dots, Mark, Plot, Sheet, Zone, rounded
from mgmodel.physiology import Parameters, absorption
from mgmodel.wording.catalogues import say, say_count

__all__ = ["AbsorptionState", "absorption_panel"]

_DAY_MG = (0.0, 1000.0)
_MEAL_MG = (0.0, 1000.0)
_MOST_MEALS = 6
_ABSORBED_MEAL_MG, _ABSORBED_DAY_MG = (0.0, 140.0), (0.0, 350.0)
"""Hold 1000 mg in one meal and in six, at the best factor; fixed axes do not jump."""
_ENDS_MG = ((36.0, 973.0), (0.65 * 36, 0.11 * 973))
"""Absorbed of the smallest and the largest meal of the study; their masses are remembered."""
_PREFIX = "salt_factor_"


@dataclass(frozen=True, slots=True)
class AbsorptionState:
    """What is chosen in the close-up of absorption."""

    day_mg: float = 360.0
    meals: float = 3.0
    """How many equal meals the day's magnesium is spread over."""
    form: str = "food"
    language: str = "en"


def absorption_panel(parameters: Parameters, opening: AbsorptionState) -> Panel:
    """The close-up of absorption: the more at once, the smaller the share.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> from mgmodel.physiology import parameters_of
    >>> state = AbsorptionState()
    >>> absorption_panel(parameters_of(load_model()), state).read(state).answer
    'Absorbed in the day: 119 mg of 360 mg, that is 33.1%. Each of 3 meals: 39.8 mg of 120 mg.'
    """
    controls = partial(_controls, parameters)
    return Panel("absorption", opening, controls, partial(_reading, parameters))


def _forms(parameters: Parameters) -> tuple[str, ...]:
    """The forms that have a factor, food first."""
    found = [one.removeprefix(_PREFIX) for one in parameters if one.startswith(_PREFIX)]
    return tuple(sorted(found, key=lambda form: (form != "food", form)))


def _form(form: str, language: str) -> str:
    return say(f"closeup.form.{form}", language)


def _controls(parameters: Parameters, state: AbsorptionState) -> tuple[Control, ...]:
    said = speaker(state.language)
    forms = tuple((form, _form(form, state.language)) for form in _forms(parameters))
    return (
        Slider("day_mg", said("day_magnesium"), *_DAY_MG, 10, "mg"),
        Slider("meals", said("meals"), 1, _MOST_MEALS, 1),
        Choice("form", said("form_label"), forms),
    )


def _law(parameters: Parameters, factor: float) -> Law:
    return partial(
        absorption.absorbed_mg,
        factor=factor,
        maximum_mg=parameters["absorption_maximum_mg"],
        half_mg=parameters["absorption_half_mg"],
        linear_fraction=parameters["absorption_linear_fraction"],
    )


def _reading(parameters: Parameters, state: AbsorptionState) -> Reading:
    said, written = speaker(state.language), partial(rounded, language=state.language)
    meals = int(state.meals)
    factor = parameters.record(_PREFIX + state.form)
    law = _law(parameters, parameters[factor.id])
    dose = state.day_mg / meals
    day = meals * law(dose)
    answer = " ".join(
        (
            said(
                "absorbed_day",
                absorbed=written(day),
                eaten=written(state.day_mg),
                share=written(100 * day / state.day_mg if state.day_mg else 0),
            ),
            say_count(
                "closeup.absorbed_meal",
                meals,
                state.language,
                absorbed=written(law(dose)),
                eaten=written(dose),
            ),
        )
    )
    ids = ("absorption_maximum_mg", "absorption_half_mg", "absorption_linear_fraction", factor.id)
    plots = _by_meal(parameters, state, dose), _by_day(law, state, day)
    return Reading(
        said("absorption_title"),
        answer,
        Sheet(plots, 2, HEIGHT_PX, state.language),
        (said("ends_note"), said("salt_note"), said("absorption_note")),
        tuple(map(parameters.record, ids)),
    )


def _by_meal(parameters: Parameters, state: AbsorptionState, dose_mg: float) -> Plot:
    """One meal, as food and as the chosen form with the range of its factor."""
    said, written = speaker(state.language), partial(rounded, language=state.language)
    food = course(_form("food", state.language), _MEAL_MG, _law(parameters, 1.0))
    curves: tuple[Curve, ...] = (food,)
    chosen = food
    factor = parameters.record(_PREFIX + state.form)
    if state.form != "food":
        chosen = course(
            _form(state.form, state.language), _MEAL_MG, _law(parameters, parameters[factor.id]), 1
        )
        low, high = (
            course("", _MEAL_MG, _law(parameters, end)).y for end in (factor.low, factor.high)
        )
        curves = (food, replace(chosen, low=low, high=high))
    here = _law(parameters, parameters[factor.id])(dose_mg)
    measured = absorption.MEASURED_MEALS_MG
    return Plot(
        said("absorbed_axis"),
        said("meal_axis"),
        _MEAL_MG,
        _ABSORBED_MEAL_MG,
        curves,
        (Zone(said("measured_range"), *measured, "x"),),
        (Dots(said("ends"), *_ENDS_MG),),
        (Mark(dose_mg, here, f"{written(here)} mg", chosen.look),),
        max(len(_form(form, state.language)) for form in _forms(parameters)),
    )


def _by_day(law: Law, state: AbsorptionState, day_mg: float) -> Plot:
    """A whole day in one meal, three and six, beside the chosen number of meals."""
    said, written = speaker(state.language), partial(rounded, language=state.language)
    meals = int(state.meals)
    shown = sorted({1, 3, _MOST_MEALS} - {meals})

    def spread(count: int, look: int) -> Curve:
        name = say_count("closeup.meal_count", count, state.language)
        return course(name, _DAY_MG, lambda day: count * law(day / count), look)

    curves = (spread(meals, 0), *(spread(count, look + 2) for look, count in enumerate(shown)))
    return Plot(
        said("absorbed_day_axis"),
        said("day_axis"),
        _DAY_MG,
        _ABSORBED_DAY_MG,
        curves,
        marks=(Mark(state.day_mg, day_mg, f"{written(day_mg)} mg"),),
        letters=max(len(curve.label) for curve in curves) + 1,
    )

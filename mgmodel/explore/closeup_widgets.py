"""The close-ups that a notebook opens: one line each, one panel each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mgmodel.explore.closeups import NmdaState, ReleaseState, nmda_panel, release_panel
from mgmodel.explore.day import IntakeState, intake_panel
from mgmodel.explore.meals import AbsorptionState, absorption_panel
from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.model import Model
from mgmodel.physiology import parameters_of

__all__ = ["explore_absorption", "explore_intake", "explore_nmda", "explore_release"]


def explore_nmda(
    model: Model,
    *,
    voltage_mv: float = -40.0,
    magnesium_mmol_l: float = 0.8,
    language: str = "en",
) -> PanelWidget:
    """The NMDA channel and the magnesium in it: which share stays open.

    Parameters
    ----------
    model
        The map whose parameters are shown; they bear on no answer of the map itself.
    voltage_mv
        Voltage of the membrane, -80 to 40.
    magnesium_mmol_l
        Magnesium outside the cell, 0 to 3.
    language
        "en", "nl" or "sv".

    Returns
    -------
    PanelWidget
        Leave it at the end of a cell to see it.

    Raises
    ------
    ValueError
        A number out of its range, or a map without parameters.

    References
    ----------
    jahr_stevens1990.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> widget = explore_nmda(load_model(), voltage_mv=-70)
    >>> widget.status
    'At -70 mV, 0.8 mmol/L of magnesium leaves 5.5% open. Half block: 0.0465 mmol/L.'
    """
    state = NmdaState(voltage_mv, magnesium_mmol_l, language)
    return PanelWidget(nmda_panel(parameters_of(model), state))


def explore_release(
    model: Model,
    *,
    magnesium_mmol_l: float = 4.8,
    compared_with: str = "experiment",
    calcium_mmol_l: float = 2.5,
    language: str = "en",
) -> PanelWidget:
    """Release against magnesium by two laws side by side, with the range that people have.

    Parameters
    ----------
    model
        The map whose parameters are shown.
    magnesium_mmol_l
        Ionised magnesium at the nerve ending, 0 to 5.
    compared_with
        "experiment": release at 1.2 mmol/L is 1; "plasma": that at the ionised magnesium of people.
    calcium_mmol_l
        For the law of four sites, within the range of `dodge_calcium_mmol_l`.
    language
        "en", "nl" or "sv".

    Raises
    ------
    UnknownId
        `compared_with` is neither of the two.
    ValueError
        A number out of its range, or a map without parameters.

    References
    ----------
    shimosawa2004, dodge_rahamimoff1967.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> explore_release(load_model()).status
    'Release at 4.8 mmol/L, of that at 1.2 mmol/L: one site 50.3%, four sites together 32.3%.'
    """
    state = ReleaseState(magnesium_mmol_l, compared_with, calcium_mmol_l, language)
    return PanelWidget(release_panel(parameters_of(model), state))


def explore_absorption(
    model: Model,
    *,
    day_mg: float = 360.0,
    meals: int = 3,
    form: str = "food",
    language: str = "en",
) -> PanelWidget:
    """What is absorbed of a day's magnesium, by dose, by form and by the number of meals.

    Parameters
    ----------
    model
        The map whose parameters are shown.
    day_mg
        Magnesium in the day, 0 to 1000.
    meals
        Over how many equal meals it is spread, 1 to 6.
    form
        A form that has a `salt_factor_...` among the parameters, such as "oxide".
    language
        "en", "nl" or "sv".

    Raises
    ------
    UnknownId
        There is no factor for that form.
    ValueError
        A number out of its range, or a map without parameters.

    References
    ----------
    fine1991; firoz_graber2001 and kappeler2017 for the forms.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> explore_absorption(load_model(), day_mg=300, meals=1).status
    'Absorbed in the day: 57 mg of 300 mg, that is 19%. 1 meal: 57 mg of 300 mg.'
    """
    state = AbsorptionState(day_mg, float(meals), form, language)
    return PanelWidget(absorption_panel(parameters_of(model), state))


def explore_intake(
    model: Model,
    *,
    group: str = "women_31_plus",
    foods: Mapping[str, int] | None = None,
    supplements: Mapping[str, int] | None = None,
    language: str = "en",
) -> PanelWidget:
    """A day's magnesium from foods and forms, beside the amounts that bodies have set.

    Parameters
    ----------
    model
        The map in whose library the foods, compounds and amounts stand.
    group
        One of `physiology.intake.groups(model)`.
    foods
        By food id, how many servings, 0 to 10; a small day to begin with where none are given.
    supplements
        By compound id, how often 50 mg of magnesium are taken as that, 0 to 20.
    language
        "en", "nl" or "sv".

    Raises
    ------
    UnknownId
        A group, a food or a compound that the data do not have.
    ValueError
        A number out of its range.

    References
    ----------
    usda_sr28; iom1997, efsa2015, scf2001.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> explore_intake(load_model(), foods={"almonds": 1}, supplements={}).status
    'In the day 77 mg: 77 mg from foods, 0 mg from supplements.'
    """
    state = IntakeState(group, language=language)
    if foods is not None:
        state = replace(state, foods=tuple(foods.items()))
    if supplements is not None:
        state = replace(state, supplements=tuple(supplements.items()))
    return PanelWidget(intake_panel(model, state))

"""The explorer of simulated bodies that a notebook opens: one line, one panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.explore.scenarios import SimulationState, simulation_panel
from mgmodel.model import Model
from mgmodel.physiology import parameters_of

__all__ = ["explore_simulation"]


def explore_simulation(
    model: Model, *, days: int | str = 14, language: str = "en", **choices: Any
) -> PanelWidget:
    """Two scenarios of a simulated body side by side: what happens when, and what comes of it.

    Parameters
    ----------
    model
        The map whose parameters are simulated.
    days
        How long: 2, 7, 14, 30 or 90.
    language
        "en", "nl" or "sv".
    choices
        Any other field of `mgmodel.explore.scenarios.SimulationState`, such as `stress_b=2`,
        `infusion_a_g=20`, `curves="stress"` or `bands=True`. Scenario A begins at rest, B with a
        week of stress.

    Returns
    -------
    PanelWidget
        Leave it at the end of a cell to see it. Bands take seconds: they follow once the hand
        rests, or when `.refine()` is called.

    Raises
    ------
    TypeError
        There is no such choice.
    UnknownId
        There is no such option, or number of days.
    ValueError
        A number out of its range, or a map without parameters.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> widget = explore_simulation(load_model(), days=2, stress_b=0, intake_b_mg_day=0)
    >>> [row.label for row in widget.controls[:3]]
    ['Eaten', 'Mg sulfate', 'Stress, strength']
    """
    state = replace(SimulationState(), days=str(days), language=language, **choices)
    return PanelWidget(simulation_panel(parameters_of(model), state))

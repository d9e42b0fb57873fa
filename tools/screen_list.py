"""The named screenshots of the explorer: what is on each, as acts of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SIZES = ((1366, 768), (1920, 1080))
NARROW = ((700, 900),)
SOURCE, TARGET, CHANNEL = "serum_magnesium", "norepinephrine", "n_type_calcium_channel"


@dataclass(frozen=True)
class Screen:
    """One picture: acts that the page does one after the other, and the tab that is opened."""

    name: str
    acts: tuple[tuple[str, Any], ...] = ()
    tab: str = ""
    of_panel: bool = False
    """Where the panel stands below the drawing, the picture is of the panel."""
    dark: bool = False
    language: str = "en"


def pathway(name: str, drawing: str, source: str, target: str) -> Screen:
    """A pathway with a question that it is there to answer."""
    acts = (("target", None), ("source", source), ("target", target), ("draw", drawing))
    return Screen(f"pathway-{name}", acts)


SCREENS = (
    Screen("whole-map", (("draw", "whole"),)),
    Screen("core"),
    pathway("norepinephrine", "n_type_and_norepinephrine", SOURCE, TARGET),
    pathway("nmda", "nmda_and_glutamate", "brain_magnesium", "excitotoxicity"),
    pathway("gaba", "gaba", "brain_magnesium", "neuronal_excitability"),
    pathway("hpa-axis", "hpa_axis", "psychological_stressor", "cortisol"),
    pathway("circle", "stress_depletion_circle", "psychological_stressor", SOURCE),
    Screen("evidence-lowest", (("evidence", "documents"),), tab="evidence"),
    Screen("evidence-highest", (("evidence", "not_contradicted"),), tab="evidence"),
    Screen("evidence-changes", (("evidence", "human"),), tab="evidence", of_panel=True),
    Screen("compare", (("beside", True), ("switch_off", CHANNEL)), tab="compare"),
    Screen("why", (("why", TARGET),), tab="why", of_panel=True),
    Screen("card", (("card", f"{SOURCE}.{CHANNEL}"),), tab="card", of_panel=True),
    Screen("table", tab="table", of_panel=True),
    Screen("dark", (("switch_off", CHANNEL),), dark=True),
    Screen("dutch", (("switch_off", CHANNEL), ("why", TARGET)), tab="why", language="nl"),
    Screen("swedish", (("switch_off", CHANNEL), ("why", TARGET)), tab="why", language="sv"),
)
"""In JupyterLab, one after the other in one explorer."""

SCENES = {"first": 0, "middle": 5, "last": 11}
"""Of the talk in Voila, counted from 0: `projector-first` and so on."""

OF_THE_FILE = ("hand-out", "narrow", "print")
"""Of a hand-out that was opened from the disk; `print` comes as PDF as well."""


def names() -> tuple[str, ...]:
    """Every picture of the explorer, without its size."""
    named = tuple(screen.name for screen in SCREENS)
    return (*named, *(f"projector-{scene}" for scene in SCENES), *OF_THE_FILE)

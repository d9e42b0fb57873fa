"""Explorers for JupyterLab: the map to click, panels of quantities, and worksheets to answer."""

from mgmodel.explore.closeup_widgets import (
    explore_absorption,
    explore_intake,
    explore_nmda,
    explore_release,
)
from mgmodel.explore.explorers import explore_map
from mgmodel.explore.handouts import export_html
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.panel_widget import PanelWidget
from mgmodel.explore.presenting import present
from mgmodel.explore.rehearsal import rehearse
from mgmodel.explore.simulation_widget import explore_simulation
from mgmodel.explore.slides import save_slides
from mgmodel.explore.state import View
from mgmodel.explore.storyboards import Storyboard, read_storyboard, storyboards
from mgmodel.explore.worksheet_explorers import (
    explore_draft,
    explore_hunt,
    explore_prediction,
    explore_quiz,
)
from mgmodel.explore.worksheet_widget import WorksheetWidget

__all__ = [
    "MapWidget",
    "PanelWidget",
    "Storyboard",
    "View",
    "WorksheetWidget",
    "explore_absorption",
    "explore_draft",
    "explore_hunt",
    "explore_intake",
    "explore_map",
    "explore_nmda",
    "explore_prediction",
    "explore_quiz",
    "explore_release",
    "explore_simulation",
    "export_html",
    "present",
    "read_storyboard",
    "rehearse",
    "save_slides",
    "storyboards",
]

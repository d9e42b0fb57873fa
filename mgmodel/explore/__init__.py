"""Explorers for JupyterLab: the map to click, and the View that they move."""

from mgmodel.explore.explorers import explore_map
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.rehearsal import rehearse
from mgmodel.explore.state import View

__all__ = ["MapWidget", "View", "explore_map", "rehearse"]

"""The quantitative side: how much and how fast, beside the map, which says which way.

A teaching device, not a clinical predictor. Every number comes from `data/parameters.csv` with its
range, its status and its source; what nobody measured is called an assumption.
"""

from __future__ import annotations

from mgmodel.physiology.parameters import Parameters, parameters_of

__all__ = ["Parameters", "parameters_of"]

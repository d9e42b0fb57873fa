"""Levels over time, the lasting states that they end in, and where a map tips over."""

from mgmodel.dynamics.steady import SteadyState, steady_state, steady_states
from mgmodel.dynamics.tipping import Hysteresis, tipping_point
from mgmodel.dynamics.trajectories import Trajectory, simulate

__all__ = [
    "Hysteresis",
    "SteadyState",
    "Trajectory",
    "simulate",
    "steady_state",
    "steady_states",
    "tipping_point",
]

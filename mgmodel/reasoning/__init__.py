"""What follows from the arrows: routes, loops, reach, and the response of every node."""

from mgmodel.reasoning.ensemble import Ensemble, ensemble_of, respond
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.tracing import Reach, Route, Routes, feedback_loops, reach, signed_paths

__all__ = [
    "Ensemble",
    "Reach",
    "Response",
    "Route",
    "Routes",
    "ensemble_of",
    "feedback_loops",
    "reach",
    "respond",
    "signed_paths",
]

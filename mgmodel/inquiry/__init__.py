"""Questions that ask many questions: what changes, what decides, and what lies behind it."""

from mgmodel.inquiry.comparison import Comparison, compare
from mgmodel.inquiry.deciding import DecidingEdge, DecidingEdges, Outcome, deciding_edges
from mgmodel.inquiry.explanation import Cause, Explanations, Measurement, Prediction, explain
from mgmodel.inquiry.levers import Lever, Levers, dominators, leverage
from mgmodel.inquiry.loop_effects import LoopEffect, LoopEffects, loop_effects, loop_gain

__all__ = [
    "Cause",
    "Comparison",
    "DecidingEdge",
    "DecidingEdges",
    "Explanations",
    "Lever",
    "Levers",
    "LoopEffect",
    "LoopEffects",
    "Measurement",
    "Outcome",
    "Prediction",
    "compare",
    "deciding_edges",
    "dominators",
    "explain",
    "leverage",
    "loop_effects",
    "loop_gain",
]

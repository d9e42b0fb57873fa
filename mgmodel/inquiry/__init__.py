"""Questions that ask many questions: what changes, what decides, and what a loop does."""

from mgmodel.inquiry.comparison import Comparison, compare
from mgmodel.inquiry.deciding import DecidingEdge, DecidingEdges, Outcome, deciding_edges
from mgmodel.inquiry.loop_effects import LoopEffect, LoopEffects, loop_effects, loop_gain

__all__ = [
    "Comparison",
    "DecidingEdge",
    "DecidingEdges",
    "LoopEffect",
    "LoopEffects",
    "Outcome",
    "compare",
    "deciding_edges",
    "loop_effects",
    "loop_gain",
]

"""Questions that ask many questions: what changes, what decides, and what lies behind it."""

from mgmodel.inquiry.changes import Changes
from mgmodel.inquiry.comparison import Comparison, compare
from mgmodel.inquiry.deciding import DecidingEdge, DecidingEdges, NodeAnswer, deciding_edges
from mgmodel.inquiry.expectations import Finding, Findings, examine
from mgmodel.inquiry.explanation import Cause, Explanations, Measurement, Prediction, explain
from mgmodel.inquiry.levers import Lever, Levers, dominators, leverage
from mgmodel.inquiry.loop_effects import LoopEffect, LoopEffects, loop_effects, loop_gain
from mgmodel.inquiry.mutations import MutationScore, mutation_score
from mgmodel.inquiry.reasons import Why, why
from mgmodel.inquiry.versions import diff

__all__ = [
    "Cause",
    "Changes",
    "Comparison",
    "DecidingEdge",
    "DecidingEdges",
    "Explanations",
    "Finding",
    "Findings",
    "Lever",
    "Levers",
    "LoopEffect",
    "LoopEffects",
    "Measurement",
    "MutationScore",
    "NodeAnswer",
    "Prediction",
    "Why",
    "compare",
    "deciding_edges",
    "diff",
    "dominators",
    "examine",
    "explain",
    "leverage",
    "loop_effects",
    "loop_gain",
    "mutation_score",
    "why",
]

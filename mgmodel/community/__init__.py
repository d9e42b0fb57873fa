"""Exact answers for small systems of a dozen nodes, as ecologists ask them of a community.

Everything here starts from a community matrix A, in which A[i][j] says what j does to i (row = who
is acted on, column = who acts); self-damping is a negative number on the diagonal. Answers keep
that order: row i, column j tells what becomes of i when j is pressed. (A table of LoopAnalyst's
community effect matrix is the transpose: there, rows are pressed.)

Maps of any size are asked with `mgmodel.respond`, which is damped by construction. These tools show
where its answers come from, and let them be compared with what others publish.

Examples
--------
>>> from mgmodel import Model, community
>>> circle = Model.from_edges([("stress", "cortisol", 1), ("cortisol", "stress", -1)])
>>> community.adjoint(community.community_matrix(circle))
[[1, -1], [1, 1]]
"""

from mgmodel.community.feedback import (
    absolute_feedback,
    adjoint,
    agreed_signs,
    weighted_predictions,
)
from mgmodel.community.matrices import community_matrix
from mgmodel.community.sampling import SignFractions, sign_fractions

__all__ = [
    "SignFractions",
    "absolute_feedback",
    "adjoint",
    "agreed_signs",
    "community_matrix",
    "sign_fractions",
    "weighted_predictions",
]

"""Community matrices: read from any rows of numbers into exact ones, or made from a small map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from numbers import Rational, Real
from typing import Any, TypeAlias

from mgmodel.model import Model

__all__ = ["Exact", "Matrix", "community_matrix", "exact_rows", "sign"]

Matrix: TypeAlias = Sequence[Sequence[float]]
Exact: TypeAlias = list[list[Any]]
"""Rows of whole numbers, or of fractions where some number was not whole."""


def community_matrix(model: Model) -> list[list[int]]:
    """The community matrix of a small map: signs of its arrows, every node damping itself.

    Rows and columns are in the order of `model.nodes`. The diagonal is -1 by convention (levels
    return to baseline by themselves), as in `mgmodel.respond`. Whether an arrow is permissive, or
    acts only together with others, is not kept: a matrix has no place for it.

    Parameters
    ----------
    model
        Take a part of a large map with `model.only(...)` or `model.pathway(...)`.

    Raises
    ------
    ValueError
        The map is empty, or an entry would have no single sign: an arrow without a direction,
        rival arrows between one pair, or a node that raises itself. All are named.

    Examples
    --------
    >>> community_matrix(Model.from_edges([("stress", "cortisol", 1), ("cortisol", "stress", -1)]))
    [[-1, -1], [1, -1]]
    """
    if not model.nodes:
        msg = "The map has no nodes, so it has no community matrix."
        raise ValueError(msg)
    number = {node: place for place, node in enumerate(model.nodes)}
    matrix = [[-int(row == column) for column in number] for row in number]
    unfit = []
    for edge in model.reasoning_edges:
        row, column = number[edge.target], number[edge.source]
        if not edge.sign or matrix[row][column] == -edge.sign:
            unfit.append(edge.id)
        else:
            matrix[row][column] = edge.sign
    if unfit:
        msg = (
            f"These arrows give an entry no single sign: {', '.join(unfit)}. "
            "Leave them out, or their rivals, with model.without(...)."
        )
        raise ValueError(msg)
    return matrix


def exact_rows(matrix: Any) -> Exact:
    """Rows of the matrix in exact numbers, after refusing what is no square of numbers.

    Raises
    ------
    ValueError
        The matrix is empty or not square, or an entry is not a finite number.

    Examples
    --------
    >>> exact_rows([[0.5]])
    [[Fraction(1, 2)]]
    """
    if hasattr(matrix, "to_numpy"):  # a table of pandas would give its column names instead of rows
        matrix = matrix.to_numpy()
    rows = matrix.tolist() if hasattr(matrix, "tolist") else matrix
    if not _is_listed(rows) or not rows:
        msg = f"A is {'empty' if _is_listed(rows) else repr(rows)}; give its rows, one list each."
        raise ValueError(msg)
    for place, row in enumerate(rows):
        if not _is_listed(row):
            msg = f"A[{place}] is {row!r}; give a list with one number for each node."
            raise ValueError(msg)
        if len(row) != len(rows):
            msg = (
                f"A is not square: it has {len(rows)} rows, but A[{place}] has {len(row)} entries. "
                "Give one row and one column for each node."
            )
            raise ValueError(msg)
    for place, row in enumerate(rows):
        for column, entry in enumerate(row):
            if not _is_number(entry):
                msg = f"A[{place}][{column}] is {entry!r}; give a finite number."
                raise ValueError(msg)
    exact = [[Fraction(entry) for entry in row] for row in rows]
    if all(entry.denominator == 1 for row in exact for entry in row):
        return [[entry.numerator for entry in row] for row in exact]
    return exact


def _is_listed(rows: object) -> bool:
    return isinstance(rows, Sequence) and not isinstance(rows, (str, bytes))


def _is_number(entry: object) -> bool:
    return isinstance(entry, Rational) or (isinstance(entry, Real) and math.isfinite(entry))


def sign(number: Any) -> int:
    """1, 0 or -1."""
    return int(number > 0) - int(number < 0)

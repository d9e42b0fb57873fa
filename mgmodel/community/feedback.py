"""Loop analysis: the adjoint, the absolute feedback, and how far the signs alone decide.

References
----------
Levins (1974); Dambacher, Li and Rossignol (2002), Ecology 83:1372.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from mgmodel.community.matrices import Exact, Matrix, exact_rows, sign

__all__ = ["absolute_feedback", "adjoint", "agreed_signs", "weighted_predictions"]

MOST_NODES = 16
"""Terms are added up over all subsets of nodes: each node more doubles the work."""


def adjoint(matrix: Matrix) -> list[list[float]]:
    """The classical adjoint of minus A, exact: net number of ways that a press on j moves i.

    Row i, column j adds up every path from j to i times the feedback of the nodes off that path.
    Divided by det(-A) it is the response to a press; in a stable system det(-A) is positive, so
    that its sign is the direction.

    Parameters
    ----------
    matrix
        Rows of A; A[i][j] is what j does to i. Signs (-1, 0, 1) or strengths. It may be singular.

    Returns
    -------
    list of lists
        Whole numbers when A has whole numbers only; else computed exactly and rounded once.

    Raises
    ------
    ValueError
        A is empty or not square, or an entry is not a finite number.

    Examples
    --------
    Prey, and a predator that eats it; the prey alone limits itself.

    >>> adjoint([[-1, -1], [1, 0]])
    [[0, -1], [1, 1]]
    """
    return _plain(_adjugate(_negative(exact_rows(matrix))))


def absolute_feedback(matrix: Matrix) -> list[list[float]]:
    """How many ways in all a press on j moves i, whatever their sign: T of Dambacher and others.

    Row i, column j is the permanent of |A| without row j and column i, so that the adjoint lies
    between -T and T.

    Raises
    ------
    ValueError
        As for `adjoint`, or A has more than 16 rows.

    Examples
    --------
    >>> absolute_feedback([[-1, -1], [1, 0]])
    [[0, 1], [1, 1]]
    """
    return _plain(_permanents(_small(matrix)))


def weighted_predictions(matrix: Matrix) -> list[list[float]]:
    """How far the ways in which a press on j moves i agree: |adjoint| / T, from 0 to 1.

    1 where all agree in sign, and where there is no way at all (T is 0); 0 where they cancel.

    Raises
    ------
    ValueError
        As for `absolute_feedback`.

    Examples
    --------
    >>> weighted_predictions([[-1, -1, 1], [1, -1, 1], [-1, 0, -1]])[0]
    [1.0, 1.0, 0.0]
    """
    exact = _small(matrix)
    net, total = _adjugate(_negative(exact)), _permanents(exact)
    return [
        [float(Fraction(abs(way), ways)) if ways else 1.0 for way, ways in zip(*rows, strict=True)]
        for rows in zip(net, total, strict=True)
    ]


def agreed_signs(matrix: Matrix) -> list[list[int | None]]:
    """The direction of i when j is pressed, where the signs alone decide it.

    Returns
    -------
    list of lists
        1 or -1 where all ways agree, 0 where there is no way, None where ways of both signs exist.

    Raises
    ------
    ValueError
        As for `absolute_feedback`.

    Examples
    --------
    >>> agreed_signs([[-1, -1, 1], [1, -1, 1], [-1, 0, -1]])
    [[1, -1, None], [None, 1, 1], [-1, 1, 1]]
    """
    exact = _small(matrix)
    net, total = _adjugate(_negative(exact)), _permanents(exact)
    return [
        [sign(way) if abs(way) == ways else None for way, ways in zip(*rows, strict=True)]
        for rows in zip(net, total, strict=True)
    ]


def _small(matrix: object) -> Exact:
    exact = exact_rows(matrix)
    if len(exact) > MOST_NODES:
        msg = (
            f"A has {len(exact)} rows; terms are counted up to {MOST_NODES}. "
            "Take a smaller part, or ask mgmodel.respond."
        )
        raise ValueError(msg)
    return exact


def _negative(exact: Exact) -> Exact:
    return [[-entry for entry in row] for row in exact]


def _plain(exact: Exact) -> list[list[float]]:
    try:
        return [[x if isinstance(x, int) else float(x) for x in row] for row in exact]
    except OverflowError:
        msg = "The entries of A are so large that the answer does not fit; use smaller units."
        raise ValueError(msg) from None


def _adjugate(rows: Exact) -> Exact:
    """The classical adjoint by Faddeev and LeVerrier: every division is exact, zeros cost little.

    M[1] = I; c[k] = -trace(B M[k]) / k; M[k+1] = B M[k] + c[k] I; adj(B) = (-1)^(n-1) M[n].
    """
    size = len(rows)
    sparse = [[(column, entry) for column, entry in enumerate(row) if entry] for row in rows]
    power: Exact = [[int(row == column) for column in range(size)] for row in range(size)]
    for k in range(1, size):
        product = [
            [sum(entry * power[inner][column] for inner, entry in row) for column in range(size)]
            for row in sparse
        ]
        trace = sum(product[place][place] for place in range(size))
        for place in range(size):
            product[place][place] -= trace // k if isinstance(trace, int) else trace / k
        power = product
    return _negative(power) if size % 2 == 0 else power


def _permanents(rows: Exact) -> Exact:
    """For each i, j the permanent of |rows| without row j and column i.

    The rows above j and those below it are added up once for every set of columns they can take.
    """
    sizes = [[abs(entry) for entry in row] for row in rows]
    above, below = [{0: 1}], [{0: 1}]
    for row in sizes[:-1]:
        above.append(_with_row(above[-1], row))
    for row in reversed(sizes[1:]):
        below.append(_with_row(below[-1], row))
    everything = (1 << len(rows)) - 1
    found: Exact = [[0] * len(rows) for _ in rows]
    for j, (taken_above, taken_below) in enumerate(zip(above, reversed(below), strict=True)):
        for columns, ways in taken_above.items():
            for i in range(len(rows)):
                others = everything & ~columns & ~(1 << i)
                if not columns >> i & 1 and others in taken_below:
                    found[i][j] += ways * taken_below[others]
    return found


def _with_row(taken: dict[int, Any], row: Sequence[Any]) -> dict[int, Any]:
    """What the sets of taken columns come to when one more row takes a column of its own."""
    found: dict[int, Any] = {}
    for columns, ways in taken.items():
        for place, entry in enumerate(row):
            if entry and not columns >> place & 1:
                joined = columns | 1 << place
                found[joined] = found.get(joined, 0) + ways * entry
    return found

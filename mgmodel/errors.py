"""What mgmodel raises on purpose.

::

    MgModelError
    ├── DataFileError   one or more Problems in the tables of a map, all at once
    └── UnknownId       an id that is not in the model, with near names

An argument outside its stated range is a plain `ValueError`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["DataFileError", "MgModelError", "Problem", "UnknownId", "did_you_mean"]


class MgModelError(Exception):
    """Root of all errors that mgmodel raises on purpose."""


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong in a data file, and how to mend it.

    Examples
    --------
    >>> print(Problem("edges.csv", 6, "target 'magnesum' is not in nodes.csv", "Add the node."))
    edges.csv:6: target 'magnesum' is not in nodes.csv. Add the node.
    """

    file: str
    line: int
    """Line in the file, counted from 1; the header is line 1."""
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.mend}"


class DataFileError(MgModelError):
    """The tables of a map hold mistakes; `problems` lists every one of them.

    Parameters
    ----------
    problems
        At least one; reported sorted by file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownId(MgModelError, KeyError):
    """An id that the model does not have.

    Parameters
    ----------
    unknown
        The id that was asked for.
    known
        The ids that would have been right; near ones are suggested.
    kind
        What was looked for: "node", "arrow", "node or arrow", "pathway", ...

    Examples
    --------
    >>> print(UnknownId("cortizol", ["cortisol", "crh"], kind="node"))
    There is no node 'cortizol'. Did you mean 'cortisol'?
    """

    def __init__(self, unknown: object, known: Iterable[str] = (), *, kind: str = "node") -> None:
        self.unknown = unknown
        self.kind = kind
        self.message = f"There is no {kind} {unknown!r}.{did_you_mean(str(unknown), known)}"
        super().__init__(self.message)

    def __str__(self) -> str:  # KeyError would print the repr of the message
        return self.message


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests up to three near words, with a space before it; else nothing.

    Examples
    --------
    >>> did_you_mean("stres", ["stress", "serum"])
    " Did you mean 'stress'?"
    >>> did_you_mean("zzz", ["stress"])
    ''
    """
    near = difflib.get_close_matches(word.casefold(), list(known), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(map(repr, near))}?" if near else ""

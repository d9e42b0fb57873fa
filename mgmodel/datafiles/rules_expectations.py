"""Rules about expectations: what is done must make sense to the map before it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from mgmodel.datafiles.folders import Folder
from mgmodel.datafiles.rules_rows import problem
from mgmodel.datafiles.sheets import Row
from mgmodel.errors import Problem, did_you_mean
from mgmodel.interventions import ArrowIntervention, FlipEdge, Intervention, check, parse
from mgmodel.model import Model
from mgmodel.records import Edge, Node, Translated
from mgmodel.vocabulary import Effect, ExpectationKind

FILE = "expectations.csv"
_ASKED = ("interventions", "before")


def expectation_references(folder: Folder) -> Iterator[Problem]:
    """A measured expectation does not say who measured it, or a reasoned one does."""
    for row in folder.rows(FILE):
        if row["kind"] is ExpectationKind.MEASURED and not row["reference"]:
            mend = "Name it, or write kind reasoned."
            yield problem(row, "a measured expectation has no reference", mend)
        if row["kind"] is ExpectationKind.REASONED and row["reference"]:
            mend = "Leave the reference blank, or write kind measured."
            yield problem(row, "a reasoned expectation names a reference", mend)


def expectation_interventions(folder: Folder) -> Iterator[Problem]:
    """What is done cannot be read, names an id that is not there, or contradicts itself."""
    for row in folder.rows(FILE):
        if not any(row.says(column).strip() for column in _ASKED):
            mend = "Say in interventions what is done, such as: press stress."
            yield problem(row, "nothing is done and nothing compared", mend)
        for column in _ASKED:
            yield from _faults(folder, row, column)


def _faults(folder: Folder, row: Row, column: str) -> Iterator[Problem]:
    asked: list[Intervention] = []
    for text in row[column]:
        try:
            intervention = parse(text)
        except ValueError as error:
            yield _said(row, column, error)
            continue
        if isinstance(intervention, ArrowIntervention):
            name, file = intervention.edge, "edges.csv"
        else:
            name, file = intervention.node, "nodes.csv"
        known = folder.sheets[file].ids
        if known is not None and name not in known:
            what = f"{column} {name!r} is not in {file}"
            mend = f"Add it there or mend the spelling.{did_you_mean(name, known)}"
            yield problem(row, what, mend)
        if isinstance(intervention, FlipEdge):
            what = f"{column} {text!r} is nothing that can be done to a body"
            yield problem(row, what, "Write cut, or what was done to a node.")
        asked.append(intervention)
    try:
        _held(asked)
    except ValueError as error:
        yield _said(row, column, error)


def _said(row: Row, column: str, error: ValueError) -> Problem:
    what, _, mend = str(error).partition(". ")
    return problem(row, f"{column}: {what.removesuffix('.')}", mend or "Mend it.")


def expectation_nodes(folder: Folder) -> Iterator[Problem]:
    """The watched node is held by what is done, so that nothing can be expected of it."""
    for row in folder.rows(FILE):
        for column in _ASKED:
            try:
                held = _held([parse(text) for text in row[column]])
            except ValueError:
                continue  # reported as such
            if row["node"] and row["node"] in held:
                what = f"the node {row['node']!r} is held by its own {column}"
                yield problem(row, what, "Watch another node, or do not fix this one.")


def _held(asked: list[Intervention]) -> dict[str, float]:
    """The nodes that the interventions fix; `ValueError` where they contradict each other."""
    arrows = [each.edge for each in asked if isinstance(each, ArrowIntervention)]
    nodes = [each.node for each in asked if not isinstance(each, ArrowIntervention)]
    # a stand-in for the map, which cannot be made while its tables may hold mistakes
    ids = dict.fromkeys((*nodes, "any"))
    edges = (Edge(arrow, "any", "any", Effect.UNCLEAR) for arrow in dict.fromkeys(arrows))
    return check(Model((Node(each, Translated(each)) for each in ids), edges), asked).fixed

"""One arrow of a map that is wrong: what can be wrong with it, how to plant it, how to mend it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mgmodel.model import Model
from mgmodel.records import Edge, Library
from mgmodel.vocabulary import Effect

__all__ = ["Fault", "FaultKind", "faults_of", "mended", "part_of", "plain", "planted"]

_EFFECT_OF_SIGN = {1: Effect.INCREASES, -1: Effect.DECREASES, 0: Effect.UNCLEAR}


class FaultKind(StrEnum):
    """What is wrong with the one arrow of a copy."""

    TURNED = "turned"
    """Its sign is the other one."""
    MISSING = "missing"
    """The copy lacks it."""
    REVERSED = "reversed"
    """It runs from its target to its source."""
    ADDED = "added"
    """It does not belong there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One arrow that is wrong, named as it stands in the copy."""

    kind: FaultKind
    source: str
    target: str
    sign: int = 0
    """Its sign in the copy; of a missing arrow, the sign that it has in the reference."""
    edge: str = ""
    """Its id in the copy; empty for a missing one."""


def part_of(model: Model, part: str) -> Model:
    """The reasoning arrows of a part: "core", "whole" or a pathway; nodes of the part all stay.

    A map that marks no arrow as core has its whole for a core, as in the drawings.

    Raises
    ------
    UnknownId
        There is no such part.

    Examples
    --------
    >>> part_of(Model.from_edges([("a", "b", 1)]), "core")
    Model(2 nodes, 1 arrow, 1 of them propagate)
    """
    core = any(edge.core for edge in model.edges.values())
    if part == "core" and core:
        model = model.core()
    elif part not in {"core", "whole"}:
        model = model.pathway(part)
    return model.without(*(edge.id for edge in model.edges.values() if not edge.reasons))


def plain(model: Model) -> Model:
    """The map with nothing but nodes, places and arrows, in an order that betrays no change.

    Mechanisms, documents and evidence would tell which arrow was touched, and so would its id.
    """
    return _renamed(model, map(_bare, model.edges.values()))


def _bare(edge: Edge) -> Edge:
    kept = {"layer": edge.layer, "core": edge.core, "ends": edge.ends}
    return Edge(
        *(edge.id, edge.source, edge.target, edge.effect),
        **kept,  # type: ignore[arg-type]  # three fields of three types
        permissive=edge.permissive,
        gate=edge.gate,
    )


def _renamed(model: Model, edges: Iterable[Edge]) -> Model:
    """A map of these arrows, sorted, each with the id that its ends give it."""
    found: dict[str, Edge] = {}
    for edge in sorted(edges, key=lambda edge: (edge.source, edge.target, edge.effect)):
        edge_id, copy = f"{edge.source}.{edge.target}", 1
        while edge_id in found:
            copy += 1
            edge_id = f"{edge.source}.{edge.target}.{copy}"
        found[edge_id] = replace(edge, id=edge_id)
    held = model.library
    library = Library(info=held.info, pathways=held.pathways, places=held.places)
    return Model(model.nodes.values(), found.values(), library)


def faults_of(copy: Model, kinds: Iterable[FaultKind] = tuple(FaultKind)) -> list[Fault]:
    """Every fault of these kinds that a copy might have, in a stated order.

    By kind, then in the order of the arrows, or of the pairs of nodes. An arrow can be turned where
    it has a sign. It can be reversed where it is the only one between its two nodes. One can be
    missing, with either sign, from each node to each other node that it has no arrow to.

    Examples
    --------
    >>> [each.kind.value for each in faults_of(Model.from_edges([("a", "b", 1)]))]
    ['turned', 'missing', 'missing', 'reversed', 'added']
    """
    return [fault for kind in FaultKind if kind in set(kinds) for fault in _faults(copy, kind)]


def _faults(copy: Model, kind: FaultKind) -> Iterator[Fault]:
    joined = Counter((edge.source, edge.target) for edge in copy.edges.values())
    if kind is FaultKind.MISSING:
        for source in copy.nodes:
            for target in copy.nodes:
                if source != target and (source, target) not in joined:
                    yield from (Fault(kind, source, target, sign) for sign in (1, -1))
        return
    for edge in copy.edges.values():
        ends = edge.source, edge.target
        lonely = joined[ends] == 1 and ends[::-1] not in joined
        if (edge.sign or kind is not FaultKind.TURNED) and (
            lonely or kind is not FaultKind.REVERSED
        ):
            yield Fault(kind, edge.source, edge.target, edge.sign, edge.id)


def mended(copy: Model, fault: Fault) -> Model:
    """The copy with a fault mended, whether or not it was there.

    Raises
    ------
    UnknownId
        A node or an arrow that the copy does not have.

    Examples
    --------
    >>> copy = Model.from_edges([("a", "b", 1)])
    >>> mend = mended(copy, Fault(FaultKind.REVERSED, "a", "b", 1, "a.b"))
    >>> list(mend.edges)
    ['b.a']
    """
    if fault.kind is FaultKind.MISSING:
        ends = copy.node(fault.source).label, copy.node(fault.target).label
        core = all(edge.core for edge in copy.edges.values())
        effect = _EFFECT_OF_SIGN[fault.sign]
        new = Edge("new", fault.source, fault.target, effect, core=core, ends=ends)
        return _renamed(copy, [*copy.edges.values(), new])
    wrong = copy.edge(fault.edge)
    others = [edge for edge in copy.edges.values() if edge.id != wrong.id]
    if fault.kind is FaultKind.TURNED:
        others.append(replace(wrong, effect=_EFFECT_OF_SIGN[-wrong.sign]))
    if fault.kind is FaultKind.REVERSED:
        labels = (wrong.ends[1], wrong.ends[0]) if wrong.ends else None
        others.append(replace(wrong, source=wrong.target, target=wrong.source, ends=labels))
    return _renamed(copy, others)


def planted(reference: Model, kind: FaultKind, chance: random.Random) -> tuple[Model, Fault] | None:
    """A copy with one fault of this kind, and the fault; None where the map has no place for it.

    What can be done to the reference is what can be undone in a copy: an arrow is left out where a
    mend could take one away, and put in where a mend could add one.
    """
    undone = {FaultKind.MISSING: FaultKind.ADDED, FaultKind.ADDED: FaultKind.MISSING}
    changes = list(_faults(reference, undone.get(kind, kind)))
    changes = [each for each in changes if each.sign]  # what is unclear is no fair hunt
    if kind is FaultKind.MISSING:
        changes = [each for each in changes if _is_plain(reference, each)]
    if not changes:
        return None
    change = chance.choice(changes)
    copy = mended(reference, change)
    source, target, sign = change.source, change.target, change.sign
    if kind is FaultKind.MISSING:
        return copy, Fault(kind, source, target, sign)
    if kind is FaultKind.REVERSED:
        source, target = target, source
    if kind is FaultKind.TURNED:
        sign = -sign
    ids = [
        edge.id
        for edge in copy.edges.values()
        if (edge.source, edge.target, edge.sign) == (source, target, sign)
    ]
    return copy, Fault(kind, source, target, sign, ids[0])


def _is_plain(reference: Model, fault: Fault) -> bool:
    """Whether the arrow, once it is gone, is one of those that a copy is taken to lack."""
    edge = reference.edge(fault.edge)
    ends = (edge.source, edge.target)
    alike = sum((each.source, each.target) == ends for each in reference.edges.values())
    return alike == 1 and ends[0] != ends[1] and not edge.permissive and not edge.gate

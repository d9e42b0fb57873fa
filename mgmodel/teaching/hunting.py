"""Experiments that leave one single mend of a faulty copy, and the proof that they do."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mgmodel.interventions import Block, Intervention, Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.teaching.faults import Fault, FaultKind, faults_of
from mgmodel.teaching.rivals import Rivals, shares_of, told_apart
from mgmodel.vocabulary import Strength, Verdict

__all__ = ["MOST_EXPERIMENTS", "Experiment", "Proof", "Reading", "Search"]

MOST_EXPERIMENTS = 6
_LEAST_EXPERIMENTS, _READINGS = 3, 3
"""Where fewer would do, more are told, so that there is something to compare and to argue from."""
_TELLING, _PRESSES, _ISOLATING = 2, 8, 4
"""How many experiments of each kind are weighed against each other for the next place: the first
two are tried on all mends, the others on the few that are left."""
_MOVING = (Verdict.RISES, Verdict.FALLS)
_FIRM = (Strength.ALWAYS, Strength.ROBUST)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reference says of one node in an experiment."""

    node: str
    told: Verdict


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is done, and what the reference says of a few nodes."""

    interventions: tuple[Intervention, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How it is known that the experiments give away one arrow alone."""

    candidates: Mapping[FaultKind, int]
    """Single mends that were tried, by kind."""
    left: tuple[int, ...]
    """Mends that still fit all that is told, after each experiment; the last number is 1."""
    weightings: int
    """By how many weightings each mend was tried."""

    @property
    def tried(self) -> int:
        """Single mends that were tried, of all kinds."""
        return sum(self.candidates.values())


class Search:
    """The experiments that leave one mend of a copy, found one after the other."""

    def __init__(
        self,
        told_by: Ensemble,
        copy: Model,
        fault: Fault,
        kinds: Sequence[FaultKind],
        chance: random.Random,
    ) -> None:
        self._told_by = told_by
        self._copy = copy
        self._fault = fault
        self._chance = chance
        self._nodes = list(copy.nodes)
        self._rivals = Rivals(copy, faults_of(copy, kinds))
        self._left = [n for n, each in enumerate(self._rivals.faults) if each != fault]
        self._left.append(len(self._rivals.faults))  # the copy as it stands
        self._counts: list[int] = []

    def experiments(self) -> tuple[Experiment, ...]:
        """As many as are needed, and a few more where that is few; none where it is too many."""
        found: list[Experiment] = []
        while self._left and len(found) < MOST_EXPERIMENTS:
            asked = {each.interventions for each in found}
            offers = [each for each in self._offers() if each not in asked]
            tried = [(each, self._apart(each, self._left)) for each in offers]
            counts = [(_count(apart), -len(each)) for each, apart in tried]
            best = max(range(len(tried)), key=counts.__getitem__, default=-1)
            if best < 0 or not counts[best][0]:
                return ()
            interventions, apart = tried[best]
            found.append(Experiment(interventions, self._readings(interventions, apart)))
            out = apart.any(axis=1).tolist()
            self._left = [rival for rival, gone in zip(self._left, out, strict=True) if not gone]
            self._counts.append(1 + sum(each < len(self._rivals.faults) for each in self._left))
        return () if self._left else (*found, *self._further(found))

    def proof(self) -> Proof:
        """How many mends were tried, and how many were left after each experiment."""
        kinds = [each.kind for each in self._rivals.faults]
        counts = {kind: kinds.count(kind) for kind in FaultKind if kind in kinds}
        return Proof(MappingProxyType(counts), tuple(self._counts), self._rivals.weightings)

    def _apart(self, asked: tuple[Intervention, ...], rivals: Sequence[int]) -> Any:
        """Which rivals contradict what is told, at which nodes: (rivals, nodes)."""
        told = self._told_by.respond(*asked)
        firm = set(_firm(told))
        counting = [node in firm for node in self._nodes]
        shares = self._rivals.shares(rivals, asked)
        return told_apart(shares, shares_of(told)[:, None, :]) & counting

    def _readings(self, asked: tuple[Intervention, ...], apart: Any = None) -> tuple[Reading, ...]:
        """As few nodes as greed finds that put out every rival which this can, and some more."""
        told, chosen = self._told_by.respond(*asked), set()
        while apart is not None and apart.any():
            best = int(apart.sum(axis=0).argmax())
            chosen.add(self._nodes[best])
            apart = apart[~apart[:, best]]
        others = [node for node in _firm(told) if node not in chosen]
        moving = [node for node in others if told.direction[node] in _MOVING]
        self._chance.shuffle(moving)
        chosen.update(moving[: max(0, _READINGS - len(chosen))])
        return tuple(Reading(node, told.direction[node]) for node in self._nodes if node in chosen)

    def _further(self, found: Sequence[Experiment]) -> Iterator[Experiment]:
        """More pushes, where fewer than three experiments were needed."""
        lacking = _LEAST_EXPERIMENTS - len(found)
        asked = {each.interventions for each in found}
        for node in self._chance.sample(self._nodes, len(self._nodes)):
            readings = self._readings((Press(node),)) if (Press(node),) not in asked else ()
            if lacking > 0 and readings:
                lacking -= 1
                self._counts.append(1)
                yield Experiment((Press(node),), readings)

    def _offers(self) -> Iterator[tuple[Intervention, ...]]:
        """Experiments for the next place: first such as show a difference, then such as sort."""
        as_it_stands = len(self._rivals.faults)
        if as_it_stands in self._left:
            order = self._chance.sample(self._nodes, len(self._nodes))
            presses: list[tuple[Intervention, ...]] = [(Press(node),) for node in order]
            telling = [each for each in presses if self._apart(each, [as_it_stands]).any()]
            # where no push alone shows a difference, one on the wrong arrow by itself may
            yield from telling[:_TELLING] or [self._isolating(self._fault)]
            return
        faults = [self._rivals.faults[n] for n in self._left if n < as_it_stands]
        near = self._chance.sample(faults, min(len(faults), _ISOLATING))
        ends = [end for fault in near for end in (fault.source, fault.target)]
        yield from ((Press(node),) for node in dict.fromkeys(ends[:_PRESSES]))
        yield from dict.fromkeys(map(self._isolating, [*near, self._fault]))

    def _isolating(self, fault: Fault) -> tuple[Intervention, ...]:
        """A push on the source with its other direct targets held: the arrow stands alone."""
        others = {edge.target for edge in self._copy.edges.values() if edge.source == fault.source}
        held = sorted(others - {fault.source, fault.target})
        return (Press(fault.source), *map(Block, held))


def _count(apart: Any) -> int:
    """How many rivals are out."""
    return int(apart.any(axis=1).sum())


def _firm(told: Response) -> list[str]:
    """Nodes of which something firm is told, and that were not forced themselves."""
    forced = {each.node for each in told.interventions if isinstance(each, (Press, Block))}
    return [
        node
        for node, way in told.direction.items()
        if node not in forced
        and (way is Verdict.NO_ROUTE or (way in _MOVING and told.strength[node] in _FIRM))
    ]

"""What an ensemble answered: which way each node moves, in how many weightings, and how far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from mgmodel.interventions import Intervention
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import weighting_arrays as in_arrays
from mgmodel.reasoning import weightings as in_lists
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.weightings import Question
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import (
    in_words,
    intervention_in_words,
    node_name,
    verdict_in_words,
    word,
)
from mgmodel.wording.catalogues import join, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LIKELY", "NEGLIGIBLE", "ROBUST", "Levels", "Response", "Told"]

LIKELY = 0.80
ROBUST = 0.95
NEGLIGIBLE = 1e-6
"""Part of the largest forcing below which a deviation counts as none."""

Levels: TypeAlias = Any
"""Deviations as levels[node][weighting]: lists in the plain form, an array in numpy."""


class Told(Protocol):
    """What the map says, as far as a picture shows it: a `Response`, or how two differ."""

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """What was asked."""

    @property
    def direction(self) -> Mapping[str, Verdict]:
        """The verdict on each node."""

    @property
    def strength(self) -> Mapping[str, Strength]:
        """How firmly it holds."""


@dataclass(frozen=True, eq=False)
class Response:
    """What becomes of every node; mappings hold all nodes in the map's order.

    Fractions are fractions of weightings. Levels are deviations from baseline. Two responses of
    one `Ensemble` share their weightings, so that they can be compared weighting by weighting.
    """

    interventions: tuple[Intervention, ...]
    alpha: float
    weightings: int
    seed: int
    _model: Model = field(repr=False)
    _asked: Question = field(repr=False)
    _levels: Levels = field(repr=False)
    _bar: float = field(repr=False)
    """The deviation up to which a node counts as unmoved."""
    _unsettled: Collection[int] = field(repr=False, default=())
    """Nodes that in some weighting found no level; see `mgmodel.reasoning.conditions`."""

    @cached_property
    def rises(self) -> Mapping[str, float]:
        """Fraction of weightings in which the node lies above baseline."""
        return self._column(0)

    @cached_property
    def falls(self) -> Mapping[str, float]:
        """Fraction of weightings in which the node lies below baseline."""
        return self._column(1)

    @cached_property
    def direction(self) -> Mapping[str, Verdict]:
        """What is said of the node: `rises`, `falls`, `depends`, or why neither.

        `rises` or `falls` from a fraction of 0.80, else `depends`; `unchanged` where a route leads
        and no weighting moves the node; `no_route` where none leads; `fixed` where it is held.
        """
        return self._column(2)

    @cached_property
    def strength(self) -> Mapping[str, Strength]:
        """How firmly the direction holds: `always`, `robust` (0.95), `likely` (0.80) or `depends`.

        What is fixed, unchanged or without a route is so in all weightings.
        """
        return self._column(3)

    @cached_property
    def median(self) -> Mapping[str, float]:
        """Median deviation from baseline; the value itself where the node is fixed."""
        number = adjacency(self._model).number
        middle = _form_of(self._levels).medians(self._levels)
        still = (Verdict.UNCHANGED, Verdict.NO_ROUTE)
        return MappingProxyType(
            {
                node: 0.0 if verdict in still else middle[number[node]]
                for node, verdict in self.direction.items()
            }
        )

    def levels(self, node: str) -> tuple[float, ...]:
        """Deviation of one node from baseline, weighting by weighting.

        It is 0 in a weighting in which the node found no level, which only AND groups can cause.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel import Model, Press, respond
        >>> respond(Model.from_edges([("a", "b", -1)]), Press("a"), weightings=2).levels("b")
        (-0.9, -0.9)
        """
        number = adjacency(self._model).number[self._model.node(node).id]
        return tuple(map(float, self._levels[number]))

    def sentence(self, node: str, language: str = "en") -> str:
        """What becomes of one node, with the fraction of weightings that agree.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel import Model, Press, respond
        >>> pushed = respond(Model.from_edges([("magnesium", "stress", -1)]), Press("magnesium"))
        >>> pushed.sentence("stress")
        'stress: falls in all weightings.'
        """
        label = self._model.node(node).label.in_language(language)
        verdict = self.direction[node]
        share = self.falls[node] if verdict is Verdict.FALLS else self.rises[node]
        return verdict_in_words(label, verdict, share, self.strength[node], language)

    def to_frame(self) -> pd.DataFrame:
        """A table with one node a row: direction, strength, rises, falls, median."""
        import pandas as pd  # the one use of pandas below `tables`: frames are made on demand only

        rows = [
            (
                self.direction[node].value,
                self.strength[node].value,
                self.rises[node],
                self.falls[node],
                self.median[node],
            )
            for node in self.direction
        ]
        columns = ["direction", "strength", "rises", "falls", "median"]
        return pd.DataFrame(rows, columns=columns, index=pd.Index(self.direction, name="node"))

    @cached_property
    def _verdicts(self) -> list[tuple[float, float, Verdict, Strength]]:
        counts = _form_of(self._levels).tally(self._levels, self._bar)
        return [self._verdict(number, counts[number]) for number in range(len(counts))]

    def _column(self, place: int) -> Mapping[str, Any]:
        found = self._verdicts
        nodes = adjacency(self._model).in_map_order
        return MappingProxyType({node: found[number][place] for node, number in nodes})

    def _verdict(
        self, number: int, counts: tuple[int, int]
    ) -> tuple[float, float, Verdict, Strength]:
        """Fractions that rise and fall, the direction, and how firmly it holds."""
        if number in self._asked.fixed:
            return 0.0, 0.0, Verdict.FIXED, Strength.ALWAYS
        if number not in self._asked.arrived:
            return 0.0, 0.0, Verdict.NO_ROUTE, Strength.ALWAYS
        rises, falls = (count / self.weightings for count in counts)
        if not any(counts) and number not in self._unsettled:
            return rises, falls, Verdict.UNCHANGED, Strength.ALWAYS
        agreed = max(rises, falls)
        if agreed < LIKELY:
            return rises, falls, Verdict.DEPENDS, Strength.DEPENDS
        way = Verdict.RISES if rises > falls else Verdict.FALLS
        if agreed == 1:
            return rises, falls, way, Strength.ALWAYS
        return rises, falls, way, Strength.ROBUST if agreed >= ROBUST else Strength.LIKELY

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Response):
            return NotImplemented
        mine, theirs = (
            (one.interventions, one.alpha, one.weightings, one.seed, one.rises, one.falls)
            for one in (self, other)
        )
        return mine == theirs and self.direction == other.direction

    __hash__ = None  # type: ignore[assignment]  # as large as what it holds

    def __repr__(self) -> str:
        verdicts = list(self.direction.values())
        counts = [f"{verdicts.count(v)} {v.replace('_', ' ')}" for v in Verdict if v in verdicts]
        return f"Response({', '.join(counts) or 'no nodes'}; {self.weightings} weightings)"

    def _repr_html_(self) -> str:
        header = ("node", "direction", "strength", "rises", "falls", "median")
        rows = [
            (
                node,
                verdict.value.replace("_", " "),
                self.strength[node].value,
                f"{self.rises[node]:.0%}",
                f"{self.falls[node]:.0%}",
                f"{self.median[node]:+.4f}",
            )
            for node, verdict in self.direction.items()
        ]
        return table(f"{self!r}; rises and falls are fractions of weightings", header, rows)


def _form_of(levels: Levels) -> ModuleType:
    return in_lists if isinstance(levels, list) else in_arrays


@in_words.register
def _response_in_words(response: Response, language: str = "en") -> str:
    """What was done, and then for each verdict the nodes of which it is told."""
    model = response._model
    said = [intervention_in_words(model, each, language) for each in response.interventions]
    for verdict in Verdict:
        names = [
            node_name(model.node(node), language)
            for node, way in response.direction.items()
            if way is verdict
        ]
        if names:
            called = word(verdict, language).capitalize()
            nodes = join(names, language)
            said.append(say("figure.alt_verdict", language, verdict=called, nodes=nodes))
    return " ".join(said)

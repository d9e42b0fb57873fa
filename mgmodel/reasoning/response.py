"""The verdict on every node: which way it moves when something is pressed, held or taken away.

How strong each arrow is, nobody knows. So the question is asked under many weightings of the
arrows, and what is told is the fraction of weightings in which a node rises or falls. That is a
statement about the map, and no chance of anything happening in a person.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from mgmodel.interventions import Intervention, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import weighting_arrays as in_arrays
from mgmodel.reasoning import weightings as in_lists
from mgmodel.reasoning.adjacency import adjacency
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

__all__ = ["Ensemble", "Response", "ensemble_of", "respond"]

LIKELY = 0.80
ROBUST = 0.95
_NEGLIGIBLE = 1e-6
"""Part of the largest forcing below which a deviation counts as none."""
_STORED_NUMBERS = 50_000_000
"""Inverses of more numbers than this (400 MB) are not kept; such maps are solved afresh."""

Levels: TypeAlias = Any
"""Deviations as levels[node][weighting]: lists in the plain form, an array in numpy."""


@dataclass(frozen=True)
class Response:
    """What becomes of every node; mappings hold all nodes in the map's order.

    Fractions are fractions of weightings. Levels are deviations from baseline.
    """

    interventions: tuple[Intervention, ...]
    alpha: float
    weightings: int
    seed: int
    rises: Mapping[str, float]
    """Fraction of weightings in which the node lies above baseline."""
    falls: Mapping[str, float]
    """Fraction of weightings in which the node lies below baseline."""
    direction: Mapping[str, Verdict]
    """`rises` or `falls` from a fraction of 0.80, else `depends`; `unchanged` where a route leads
    and no weighting moves the node; `no_route` where none leads; `fixed` where it is held."""
    strength: Mapping[str, Strength]
    """How firmly the direction holds: `always`, `robust` (0.95), `likely` (0.80) or `depends`. What
    is fixed, unchanged or without a route is so in all weightings."""
    _model: Model = field(repr=False, compare=False)
    _levels: Levels = field(repr=False, compare=False)

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

    def sentence(self, node: str, language: str = "en") -> str:
        """What becomes of one node, with the fraction of weightings that agree.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel import Press
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


def respond(
    model: Model,
    *interventions: Intervention,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
) -> Response:
    """Which way every node moves, under many weightings of the arrows.

    Parameters
    ----------
    model
        Only its reasoning arrows carry anything; an unclear one carries either sign, by turns.
    interventions
        What is pressed, held, taken away or cut. None at all is allowed: then nothing is forced,
        and no route leads anywhere.
    alpha
        How much of a full push the arrows into a node pass on together, 0 < alpha < 1. At 1 and
        above, a reinforcing loop would run away. 0.9 predicted laboratory experiments best.
    weightings
        How many; a fraction near one half is uncertain by 0.02 with 500.
    seed
        The same seed gives the same weightings, so that two answers can be compared.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` or `weightings` out of range, or interventions that contradict each other.

    Examples
    --------
    >>> from mgmodel.interventions import Block, Press
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    >>> respond(fork, Press("s")).direction["t"]
    <Verdict.DEPENDS: 'depends'>
    >>> held = respond(fork, Press("s"), Block("y"))
    >>> held.direction["y"].value, held.direction["t"].value, held.strength["t"].value
    ('fixed', 'falls', 'always')
    """
    # a single question is answered sooner from scratch than by way of inverses
    ensemble = Ensemble(model, alpha=alpha, weightings=weightings, seed=seed, keep=False)
    return ensemble.respond(*interventions)


class Ensemble:
    """A map under many weightings, kept ready to be asked one question after another.

    The inverses are made on the first question and kept; each further one costs about a
    thousandth of a second. Without numpy, and on very large maps, every question is solved afresh.

    Parameters
    ----------
    model, alpha, weightings, seed
        As in `respond`, whose answers these are.
    keep
        Whether to keep inverses at all.

    Examples
    --------
    >>> from mgmodel.interventions import KnockOut, Press
    >>> chain = Ensemble(Model.from_edges([("a", "b", 1), ("b", "c", -1)]))
    >>> chain.respond(Press("a")).direction["c"].value
    'falls'
    >>> chain.respond(Press("a"), KnockOut("b")).direction["c"].value
    'rises'
    """

    def __init__(
        self,
        model: Model,
        alpha: float = 0.9,
        weightings: int = 500,
        seed: int = 0,
        *,
        keep: bool = True,
    ) -> None:
        if not 0 < alpha < 1:
            msg = (
                f"alpha is {alpha!r}; give a number between 0 and 1. At 1 and above a reinforcing "
                "loop grows without bound, and there is no lasting state to tell of."
            )
            raise ValueError(msg)
        if weightings < 1:
            msg = f"weightings is {weightings!r}; give 1 or more."
            raise ValueError(msg)
        self.model = model
        self.alpha = alpha
        self.weightings = weightings
        self.seed = seed
        self._adjacency = adjacency(model)
        self._in_numpy = _numpy_is_here()
        self._keeps = keep and len(model.nodes) ** 2 * weightings <= _STORED_NUMBERS

    def respond(self, *interventions: Intervention) -> Response:
        """The answer of `respond` for these interventions, under the weightings kept here."""
        plan = check(self.model, interventions)
        asked = in_lists.question(self._adjacency, plan)
        levels = self._levels(asked)
        counts = _form_of(levels).tally(levels, _NEGLIGIBLE * plan.largest)
        verdicts = {
            node: _verdict(asked, number, counts[number], self.weightings)
            for node, number in self._adjacency.in_map_order
        }
        return Response(
            interventions,
            self.alpha,
            self.weightings,
            self.seed,
            rises=MappingProxyType({node: rises for node, (rises, _, _, _) in verdicts.items()}),
            falls=MappingProxyType({node: falls for node, (_, falls, _, _) in verdicts.items()}),
            direction=MappingProxyType({node: way for node, (_, _, way, _) in verdicts.items()}),
            strength=MappingProxyType({node: firm for node, (_, _, _, firm) in verdicts.items()}),
            _model=self.model,
            _levels=levels,
        )

    def __repr__(self) -> str:
        return f"Ensemble({self.weightings} weightings of {self.model!r}, alpha {self.alpha:g})"

    def _levels(self, asked: in_lists.Question) -> Levels:
        if not self._in_numpy:
            return in_lists.solve(asked, self._weightings)
        if self._keeps:
            return in_arrays.answer(asked, self._entries, self._inverses)
        return in_arrays.solve(asked, self._entries)

    @cached_property
    def _weightings(self) -> list[in_lists.Weighting]:
        return in_lists.draw(
            self._adjacency, alpha=self.alpha, weightings=self.weightings, seed=self.seed
        )

    @cached_property
    def _entries(self) -> in_arrays.Array:
        return in_arrays.draw(
            self._adjacency, alpha=self.alpha, weightings=self.weightings, seed=self.seed
        )

    @cached_property
    def _inverses(self) -> in_arrays.Array:
        return in_arrays.inverses(self._adjacency, self._entries)


def ensemble_of(model: Model) -> Ensemble:
    """The ensemble that `respond` would use, made once and kept with the map.

    Every explorer of one map asks the same one: its inverses take tens of megabytes.

    Examples
    --------
    >>> model = Model.from_edges([("a", "b", 1)])
    >>> ensemble_of(model) is ensemble_of(model)
    True
    """
    # Kept as the map's own cached properties are: a map never changes, so neither does this.
    kept = vars(model).get("_ensemble")
    if isinstance(kept, Ensemble):
        return kept
    vars(model)["_ensemble"] = made = Ensemble(model)
    return made


def _numpy_is_here() -> bool:
    try:
        return importlib.util.find_spec("numpy") is not None
    except ImportError:  # from an import hook that refuses it
        return False


def _form_of(levels: Levels) -> ModuleType:
    return in_lists if isinstance(levels, list) else in_arrays


def _verdict(
    asked: in_lists.Question, number: int, counts: tuple[int, int], weightings: int
) -> tuple[float, float, Verdict, Strength]:
    """Fractions that rise and fall, the direction, and how firmly it holds."""
    if number in asked.fixed:
        return 0.0, 0.0, Verdict.FIXED, Strength.ALWAYS
    if number not in asked.arrived:
        return 0.0, 0.0, Verdict.NO_ROUTE, Strength.ALWAYS
    rises, falls = (count / weightings for count in counts)
    if not any(counts):
        return rises, falls, Verdict.UNCHANGED, Strength.ALWAYS
    agreed = max(rises, falls)
    if agreed < LIKELY:
        return rises, falls, Verdict.DEPENDS, Strength.DEPENDS
    way = Verdict.RISES if rises > falls else Verdict.FALLS
    if agreed == 1:
        return rises, falls, way, Strength.ALWAYS
    return rises, falls, way, Strength.ROBUST if agreed >= ROBUST else Strength.LIKELY


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

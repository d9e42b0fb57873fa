"""The verdict on every node: which way it moves when something is pressed, held or taken away.

How strong each arrow is, nobody knows. So the question is asked under many weightings of the
arrows, and what is told is the fraction of weightings in which a node rises or falls. That is a
statement about the map, and no chance of anything happening in a person.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

from mgmodel.interventions import Intervention, check
from mgmodel.model import Model
from mgmodel.reasoning import weighting_arrays as in_arrays
from mgmodel.reasoning import weightings as in_lists
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.conditions import settled
from mgmodel.reasoning.response import NEGLIGIBLE, Levels, Response

__all__ = ["Ensemble", "ensemble_of", "respond"]

Permissive: TypeAlias = Literal["limits", "as_activator"]

_STORED_NUMBERS = 50_000_000
"""Inverses of more numbers than this (400 MB) are not kept; such maps are solved afresh."""
_SOONER_IN_LISTS = 100_000
"""Weights up to which a single question is answered in plain Python before numpy is even loaded."""


def respond(
    model: Model,
    *interventions: Intervention,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
    permissive: Permissive = "limits",
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
        How much of a full push the arrows into a node pass on together, 0 <= alpha < 1. At 1 and
        above, a reinforcing loop would run away. 0.9 predicted laboratory experiments best.
    weightings
        How many; a fraction near one half is uncertain by 0.02 with 500.
    seed
        The same seed gives the same weightings, so that two answers can be compared.
    permissive
        `limits`: a permissive arrow carries a lack and no surplus, so that a push down is not the
        mirror of a push up. `as_activator`: it is taken for a plain arrow, the simple linear view.

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

    References
    ----------
    Levins (1974) and Bender, Case and Gilpin (1984) for press perturbations; Dambacher, Li and
    Rossignol (2002), Ecology 83:1372; the ensemble over unknown weights after Melbourne-Thomas and
    others (2012), Ecological Monographs 82:505, with the damping set so that no draw is rejected.
    """
    # a single question is answered sooner from scratch than by way of inverses
    ensemble = Ensemble(model, alpha, weightings, seed, keep=False, permissive=permissive)
    return ensemble.respond(*interventions)


class Ensemble:
    """A map under many weightings, kept ready to be asked one question after another.

    The inverses are made on the first question and kept; each further one costs about a
    thousandth of a second. Without numpy, and on very large maps, every question is solved afresh.

    Parameters
    ----------
    model, alpha, weightings, seed, permissive
        As in `respond`, whose answers these are.
    keep
        Whether to keep inverses at all.
    drawn_as
        Another version of the map, which has at least the same arrows: the weights are drawn for
        its arrows and picked by their ids, so that several versions share their weightings.

    Raises
    ------
    ValueError
        `alpha` or `weightings` out of range, a word that `permissive` does not know, or an arrow
        that `drawn_as` does not have.

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
        permissive: Permissive = "limits",
        drawn_as: Model | None = None,
    ) -> None:
        _check_settings(alpha, weightings, permissive)
        self.model = model
        self.alpha = alpha
        self.weightings = weightings
        self.seed = seed
        self._adjacency = adjacency(model)
        self._lottery = _lottery(model, drawn_as)
        self._conditions = in_lists.conditions(self._adjacency, limits=permissive == "limits")
        self._keeps = keep and len(model.nodes) ** 2 * weightings <= _STORED_NUMBERS
        small = not keep and len(self._adjacency.edges) * weightings <= _SOONER_IN_LISTS
        self._form = in_arrays if _numpy_pays(small=small) else in_lists

    def respond(self, *interventions: Intervention) -> Response:
        """The answer of `respond` for these interventions, under the weightings kept here."""
        plan = check(self.model, interventions)
        asked = in_lists.question(self._adjacency, plan)
        levels, unsettled = self._levels(asked, plan.largest)
        return Response(
            interventions,
            self.alpha,
            self.weightings,
            self.seed,
            _model=self.model,
            _asked=asked,
            _levels=levels,
            _bar=NEGLIGIBLE * plan.largest,
            _unsettled=unsettled,
        )

    def carried(self, response: Response, edge_id: str) -> float:
        """What an arrow brings its target, on average over the weightings of a response.

        Entry of A times level of the source: with the other sign where the question turns the arrow
        round, and 0 where it cuts it or where the arrow is only shown. Of a permissive arrow only a
        lack counts, as in the answer. An arrow of an AND group is told as if it acted by itself,
        which is so for small changes.

        Parameters
        ----------
        response
            An answer of this ensemble.
        edge_id
            The arrow.

        Raises
        ------
        UnknownId
            The map has no such arrow.

        Examples
        --------
        >>> from mgmodel.interventions import Press
        >>> chain = Ensemble(Model.from_edges([("a", "b", 1), ("b", "c", -1)]))
        >>> round(chain.carried(chain.respond(Press("a")), "b.c"), 6)
        -0.81
        """
        here, asked = self._adjacency, response._asked
        arrow = here.arrow_number.get(self.model.edge(edge_id).id)
        if arrow is None:
            return 0.0
        levels = response._levels[here.sources[arrow]]
        lists = self._form is in_lists
        entries = [one[arrow] for one in self._drawn] if lists else self._drawn[arrow].tolist()
        most = 0.0 if arrow in self._conditions.permissive else float("inf")
        brought = sum(e * min(float(x), most) for e, x in zip(entries, levels, strict=True))
        return asked.factors.get(arrow, 1.0) * brought / self.weightings or 0.0  # never -0.0

    @property
    def permissive(self) -> frozenset[str]:
        """Ids of the arrows that carry a lack of their source, and no surplus."""
        return frozenset(self._adjacency.edges[arrow].id for arrow in self._conditions.permissive)

    def __repr__(self) -> str:
        return f"Ensemble({self.weightings} weightings of {self.model!r}, alpha {self.alpha:g})"

    def _levels(self, asked: in_lists.Question, largest: float) -> tuple[Levels, set[int]]:
        if not self._conditions.arrows:
            return self._solved(asked, {}), set()
        return settled(
            lambda pushed: self._solved(asked, pushed),
            lambda levels: self._form.conditional_inputs(
                asked, self._conditions, self._drawn, levels
            ),
            self._form,
            largest,
        )

    def _solved(self, asked: in_lists.Question, pushed: Any) -> Levels:
        if self._form is in_lists:
            return in_lists.solve(asked, self._entries, pushed)
        if self._keeps:
            return in_arrays.answer(asked, self._entries, self._inverses, pushed)
        return in_arrays.solve(asked, self._entries, pushed)

    @cached_property
    def _drawn(self) -> Any:
        """Entries of A for every arrow in each weighting."""
        return self._form.draw(
            self._adjacency,
            self._lottery,
            alpha=self.alpha,
            weightings=self.weightings,
            seed=self.seed,
        )

    @cached_property
    def _entries(self) -> Any:
        """The same without the arrows that act by condition."""
        conditional = self._conditions.arrows
        return self._form.without(self._drawn, conditional) if conditional else self._drawn

    @cached_property
    def _inverses(self) -> in_arrays.Array:
        return in_arrays.inverses(self._adjacency, self._entries)


def _check_settings(alpha: float, weightings: int, permissive: str) -> None:
    if not 0 <= alpha < 1:
        msg = (
            f"alpha is {alpha!r}; give a number from 0 to below 1. At 1 and above a reinforcing "
            "loop grows without bound, and there is no lasting state to tell of."
        )
        raise ValueError(msg)
    if weightings < 1:
        msg = f"weightings is {weightings!r}; give 1 or more."
        raise ValueError(msg)
    if permissive not in get_args(Permissive):
        msg = f"permissive is {permissive!r}; give one of {', '.join(get_args(Permissive))}."
        raise ValueError(msg)


def _lottery(model: Model, drawn_as: Model | None) -> in_lists.Lottery:
    here = adjacency(model)
    if drawn_as is None:
        return in_lists.lottery(here)
    frame = [edge.id for edge in drawn_as.reasoning_edges]
    lacking = sorted({edge.id for edge in here.edges}.difference(frame))
    if lacking:
        msg = f"drawn_as lacks the reasoning arrows {', '.join(lacking)}; give a map that has them."
        raise ValueError(msg)
    return in_lists.lottery(here, frame)


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


def _numpy_pays(*, small: bool) -> bool:
    """Whether to answer in numpy: where it can be had, but not loaded for one small question."""
    if "numpy" in sys.modules:
        return sys.modules["numpy"] is not None  # None is how a missing library is imitated
    try:
        return not small and importlib.util.find_spec("numpy") is not None
    except ImportError:  # from an import hook that refuses it
        return False

"""What changes between two questions to one map, weighting by weighting.

Both sides are answered under the same weightings. So a node that rises in both, and rises further
in the second, is told as higher; comparing two verdicts would have shown nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, cast

from mgmodel.interventions import Intervention, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, ensemble_of
from mgmodel.reasoning import weighting_arrays as in_arrays
from mgmodel.reasoning import weightings as in_lists
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.response import LIKELY, NEGLIGIBLE, ROBUST, Levels
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import in_words, intervention_in_words, node_name
from mgmodel.wording.catalogues import join, number, percent, say

if TYPE_CHECKING:
    import pandas as pd

# fmt: off
__all__ = [
    "Comparison", "Interventions", "as_interventions", "compare", "compare_in", "ensemble_for",
    "verdict_key",
]
# fmt: on

Interventions: TypeAlias = Intervention | Iterable[Intervention]
"""One intervention or several; none at all is an empty tuple."""

_ALWAYS = {Verdict.RISES: "always.rises", Verdict.FALLS: "always.falls"}
_MOSTLY = {Verdict.RISES: "mostly.rises", Verdict.FALLS: "mostly.falls"}
"""Where the words of a topic tell all weightings from most of them."""


@dataclass(frozen=True)
class Comparison:
    """What becomes of every node when `after` is asked in the place of `before`.

    Mappings hold all nodes in the map's order. Fractions are fractions of weightings.
    """

    before: Response
    after: Response
    rises: Mapping[str, float]
    """Fraction of weightings in which the node lies higher after than before."""
    falls: Mapping[str, float]
    """Fraction of weightings in which the node lies lower after than before."""
    direction: Mapping[str, Verdict]
    """`rises` or `falls` from a fraction of 0.80, else `depends`; `unchanged` where no weighting
    sees a difference; `no_route` where no route leads on either side; `fixed` where both sides hold
    the node at the same value."""
    strength: Mapping[str, Strength]
    """How firmly the direction holds: `always`, `robust` (0.95), `likely` (0.80) or `depends`."""
    _model: Model = field(repr=False, compare=False)

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Ids of the nodes whose verdict differs between the two sides, in the map's order.

        A node can move and keep its verdict: then it is not among these, and `direction` tells.
        """
        before, after = self.before.direction, self.after.direction
        return tuple(node for node in before if before[node] is not after[node])

    @cached_property
    def median(self) -> Mapping[str, float]:
        """Median of the difference, after minus before; 0 where no weighting sees one."""
        still = (Verdict.UNCHANGED, Verdict.NO_ROUTE, Verdict.FIXED)
        steps = _steps(self.before, self.after)
        middle = (in_lists if isinstance(steps, list) else in_arrays).medians(steps)
        number_of = adjacency(self._model).number
        return MappingProxyType(
            {
                node: 0.0 if verdict in still else middle[number_of[node]]
                for node, verdict in self.direction.items()
            }
        )

    def sentence(self, node: str, language: str = "en") -> str:
        """What was, what is, and what changed at one node, in one sentence.

        Raises
        ------
        UnknownId
            The map has no such node.

        Examples
        --------
        >>> from mgmodel.interventions import Block, Press
        >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
        >>> compare(chain, Press("a"), [Press("a"), Block("b")]).sentence("c")
        'c: fell in all weightings before, no route after; higher after than before in all
        weightings.'
        """
        label = self._model.node(node).label.in_language(language)
        verdict = self.direction[node]
        if verdict in {Verdict.NO_ROUTE, Verdict.FIXED}:
            return say(f"comparison.both.{verdict.value}", language, label=label)
        higher, lower = self.rises[node], self.falls[node]
        places = {
            "percent": percent(lower if verdict is Verdict.FALLS else higher, language),
            "higher": percent(higher, language),
            "lower": percent(lower, language),
        }
        was, now, key = (
            verdict_key(each.direction[node], each.strength[node])
            for each in (self.before, self.after, self)
        )
        return say(
            "comparison.sentence",
            language,
            label=label,
            before=say(
                f"comparison.before.{was}", language, **_places(self.before, node, language)
            ),
            after=say(f"comparison.after.{now}", language, **_places(self.after, node, language)),
            change=say(f"comparison.change.{key}", language, **places),
        )

    def to_frame(self) -> pd.DataFrame:
        """A table with one node a row.

        Its columns are before, after, direction, strength, rises, falls and median; the last
        five are of the difference.
        """
        import pandas as pd  # frames are made on demand only

        rows = [
            (
                self.before.direction[node].value,
                self.after.direction[node].value,
                self.direction[node].value,
                self.strength[node].value,
                self.rises[node],
                self.falls[node],
                self.median[node],
            )
            for node in self.direction
        ]
        columns = ["before", "after", "direction", "strength", "rises", "falls", "median"]
        return pd.DataFrame(rows, columns=columns, index=pd.Index(self.direction, name="node"))

    def __repr__(self) -> str:
        verdicts = list(self.direction.values())
        counts = [f"{verdicts.count(v)} {v.replace('_', ' ')}" for v in Verdict if v in verdicts]
        changed = f"{len(self.changed)} verdict{'s' * (len(self.changed) != 1)} changed"
        return f"Comparison({', '.join(counts) or 'no nodes'}; {changed})"

    def _repr_html_(self) -> str:
        header = ("node", "before", "after", "difference", "strength", "higher", "lower")
        rows = [
            (
                node,
                self.before.direction[node].replace("_", " "),
                self.after.direction[node].replace("_", " "),
                verdict.replace("_", " "),
                self.strength[node].value,
                f"{self.rises[node]:.0%}",
                f"{self.falls[node]:.0%}",
            )
            for node, verdict in self.direction.items()
        ]
        return table(f"{self!r}; higher and lower are fractions of weightings", header, rows)


def compare(
    model: Model,
    before: Interventions,
    after: Interventions,
    *,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
) -> Comparison:
    """What changes at every node from one question to another, under the same weightings.

    Parameters
    ----------
    model
        The map that both questions are put to.
    before, after
        One intervention or several on each side; an empty tuple for none at all. "What does X
        still do with Y off?" has a press on X on both sides, and a knock-out of Y in `after`.
    alpha, weightings, seed
        As in `respond`, for both sides alike.

    Returns
    -------
    Comparison
        Both responses, and the direction of the difference at every node. A difference below one
        millionth of the largest forcing of the two sides counts as none.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` or `weightings` out of range, or interventions that contradict each other.
    TypeError
        Something that is not an intervention.

    Examples
    --------
    >>> from mgmodel.interventions import CutEdge, Press
    >>> damped = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
    >>> freed = compare(damped, Press("x"), [Press("x"), CutEdge("y.x")])
    >>> freed.direction["x"].value, freed.strength["x"].value, freed.changed
    ('rises', 'always', ())
    """
    ensemble = ensemble_for(model, alpha=alpha, weightings=weightings, seed=seed, keep=False)
    return compare_in(ensemble, before, after)


def compare_in(ensemble: Ensemble, before: Interventions, after: Interventions) -> Comparison:
    """The answer of `compare` under the weightings of an ensemble that is at hand.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> ensemble = Ensemble(Model.from_edges([("a", "b", 1)]), weightings=10)
    >>> compare_in(ensemble, (), Press("a")).direction["b"].value
    'rises'
    """
    model, weightings = ensemble.model, ensemble.weightings
    asked = as_interventions(before), as_interventions(after)
    answers = ensemble.respond(*asked[0]), ensemble.respond(*asked[1])
    bar = NEGLIGIBLE * max(check(model, each).largest for each in asked)
    steps = _steps(*answers)
    counts = (in_lists if isinstance(steps, list) else in_arrays).tally(steps, bar)
    verdicts = {
        node: _verdict(
            {each.direction[node] for each in answers},
            counts[number_of][0] / weightings,
            counts[number_of][1] / weightings,
        )
        for node, number_of in adjacency(model).in_map_order
    }
    return Comparison(
        *answers,
        rises=MappingProxyType({node: rises for node, (rises, _, _, _) in verdicts.items()}),
        falls=MappingProxyType({node: falls for node, (_, falls, _, _) in verdicts.items()}),
        direction=MappingProxyType({node: way for node, (_, _, way, _) in verdicts.items()}),
        strength=MappingProxyType({node: firm for node, (_, _, _, firm) in verdicts.items()}),
        _model=model,
    )


def as_interventions(given: Interventions) -> tuple[Intervention, ...]:
    """One intervention or several, as a tuple.

    Examples
    --------
    >>> from mgmodel.interventions import Block
    >>> as_interventions(Block("a")), as_interventions([])
    ((Block(node='a'),), ())
    """
    # text is left whole, so that the refusal of what is no intervention names all of it
    several = isinstance(given, Iterable) and not isinstance(given, str)
    return tuple(cast("Iterable[Intervention]", given)) if several else (cast(Intervention, given),)


def ensemble_for(
    model: Model,
    *,
    alpha: float,
    weightings: int,
    seed: int,
    keep: bool = True,
    given: Ensemble | None = None,
) -> Ensemble:
    """The ensemble for these arguments: the one kept with the map where they are the defaults.

    Parameters
    ----------
    model, alpha, weightings, seed
        As in `respond`.
    keep
        Whether an ensemble made for other arguments keeps its inverses, which pays from a
        handful of questions on.
    given
        One that is at hand and is used instead.

    Raises
    ------
    ValueError
        The ensemble at hand is of another map.

    Examples
    --------
    >>> model = Model.from_edges([("a", "b", 1)])
    >>> ensemble_for(model, alpha=0.9, weightings=500, seed=0) is ensemble_of(model)
    True
    """
    if given is not None:
        if given.model != model:
            msg = f"The ensemble is of another map, {given.model!r}; make one of this map."
            raise ValueError(msg)
        return given
    if (alpha, weightings, seed) == (0.9, 500, 0):
        return ensemble_of(model)
    return Ensemble(model, alpha=alpha, weightings=weightings, seed=seed, keep=keep)


def _steps(before: Response, after: Response) -> Levels:
    """Difference of every node in each weighting, in the form that the levels have."""
    old, new = before._levels, after._levels  # node by node, `levels` would take ten times as long
    if not isinstance(old, list):
        return new - old
    return [[b - a for a, b in zip(*rows, strict=True)] for rows in zip(old, new, strict=True)]


def _verdict(
    ways: set[Verdict], higher: float, lower: float
) -> tuple[float, float, Verdict, Strength]:
    """Fractions that lie higher and lower, the direction, and how firmly it holds.

    `ways` are the verdicts of the two sides.
    """
    agreed = max(higher, lower)
    if not agreed:
        still = ways.pop() if ways in ({Verdict.NO_ROUTE}, {Verdict.FIXED}) else Verdict.UNCHANGED
        return 0.0, 0.0, still, Strength.ALWAYS
    if agreed < LIKELY:
        return higher, lower, Verdict.DEPENDS, Strength.DEPENDS
    way = Verdict.RISES if higher > lower else Verdict.FALLS
    if agreed == 1:
        return higher, lower, way, Strength.ALWAYS
    return higher, lower, way, Strength.ROBUST if agreed >= ROBUST else Strength.LIKELY


def verdict_key(verdict: Verdict, strength: Strength) -> str:
    """The last part of the key under which a topic has its words for a verdict.

    Examples
    --------
    >>> verdict_key(Verdict.FALLS, Strength.LIKELY), verdict_key(Verdict.FIXED, Strength.ALWAYS)
    ('mostly.falls', 'fixed')
    """
    directed = _ALWAYS if strength is Strength.ALWAYS else _MOSTLY
    return directed.get(verdict, verdict.value)


def _places(response: Response, node: str, language: str) -> dict[str, str]:
    """What the words of one side need: the fraction of weightings, or the value of a fixed node."""
    verdict = response.direction[node]
    if verdict is Verdict.FIXED:
        return {"value": number(response.median[node], language)}
    share = response.falls[node] if verdict is Verdict.FALLS else response.rises[node]
    return {"percent": percent(share, language)}


@in_words.register
def _comparison_in_words(comparison: Comparison, language: str = "en") -> str:
    """What was done on each side, and then for each verdict of the difference its nodes."""
    model = comparison._model
    said = [
        say("comparison.asked_before", language, what=_done(comparison.before, model, language)),
        say("comparison.asked_after", language, what=_done(comparison.after, model, language)),
    ]
    for verdict in Verdict:
        names = [
            node_name(model.node(node), language)
            for node, way in comparison.direction.items()
            if way is verdict
        ]
        if names:
            nodes = join(names, language)
            said.append(say(f"comparison.nodes.{verdict.value}", language, nodes=nodes))
    return " ".join(said)


def _done(response: Response, model: Model, language: str) -> str:
    done = [intervention_in_words(model, each, language) for each in response.interventions]
    return " ".join(done) or say("comparison.nothing_asked", language)

"""Which arrows an answer hangs on: each is cut, and turned round, and the question asked again.

An arrow that changes little may still be well supported, and one that changes everything may be
doubtful: this ranks what the answer needs, and `mgmodel.evidence` grades what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from mgmodel.inquiry.comparison import ensemble_for, verdict_key
from mgmodel.interventions import CutEdge, FlipEdge, Intervention, Plan, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.reasoning.adjacency import adjacency, reachable
from mgmodel.reasoning.weightings import medians
from mgmodel.records import Edge
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import arrow_name, in_words, verdict_in_words
from mgmodel.wording.catalogues import percent, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DecidingEdge",
    "DecidingEdges",
    "NodeAnswer",
    "arrows_behind",
    "deciding_edges",
    "node_answer_in_words",
]

_TOLD = 3
"""How many arrows are told of in words; the table holds them all."""


@dataclass(frozen=True)
class NodeAnswer:
    """What a question says of one node."""

    rises: float
    """Fraction of weightings in which it lies above baseline."""
    falls: float
    """Fraction of weightings in which it lies below baseline."""
    direction: Verdict
    strength: Strength
    median: float
    """Median deviation from baseline."""

    @classmethod
    def of(cls, response: Response, node: str) -> NodeAnswer:
        """What a response says of one node."""
        verdict = response.direction[node]
        still = verdict in {Verdict.UNCHANGED, Verdict.NO_ROUTE}
        # the median of one node, where Response.median would take those of all
        middle = 0.0 if still else medians([response.levels(node)])[0]
        return cls(
            response.rises[node], response.falls[node], verdict, response.strength[node], middle
        )

    @property
    def tendency(self) -> float:
        """Rises minus falls: 1 where it rises in all weightings, -1 where it falls in all."""
        return self.rises - self.falls


@dataclass(frozen=True)
class DecidingEdge:
    """What becomes of the target when one arrow is cut, or its sign turned round."""

    edge: str
    change: float
    """The larger change, of the two, in rises minus falls; from 0 to 2."""
    dropped: NodeAnswer
    flipped: NodeAnswer
    """The same as without any change where nobody knows the sign of the arrow: it is drawn both
    ways, and turned round it still is."""
    is_decisive: bool
    """Whether either gives the target another verdict."""
    _target: str = field(repr=False, compare=False)
    _model: Model = field(repr=False, compare=False)

    def __repr__(self) -> str:
        cut, turned = (each.direction.replace("_", " ") for each in (self.dropped, self.flipped))
        return (
            f"DecidingEdge({self.edge}: change {self.change:.3g}; cut {cut}, turned round {turned})"
        )

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class DecidingEdges(Sequence[DecidingEdge]):
    """The arrows behind one answer, the one that it hangs on most first; ties by id."""

    target: str
    interventions: tuple[Intervention, ...]
    answer: NodeAnswer
    """What the question says of the target as the map stands."""
    edges: tuple[DecidingEdge, ...]
    """Empty where no arrow carries anything to the target."""
    _plan: Plan = field(repr=False, compare=False)
    _model: Model = field(repr=False, compare=False)

    @property
    def decisive(self) -> tuple[DecidingEdge, ...]:
        """Those that give the target another verdict when cut or turned round."""
        return tuple(each for each in self.edges if each.is_decisive)

    def to_frame(self) -> pd.DataFrame:
        """A table with one arrow a row, in the same order."""
        import pandas as pd  # frames are made on demand only

        sides = ("dropped", "flipped")
        columns = [f"{side}{part}" for side in sides for part in ("", "_rises", "_falls")]
        rows = [
            (
                *(each.change, each.is_decisive),
                *(each.dropped.direction.value, each.dropped.rises, each.dropped.falls),
                *(each.flipped.direction.value, each.flipped.rises, each.flipped.falls),
            )
            for each in self.edges
        ]
        index = pd.Index([each.edge for each in self.edges], name="edge")
        return pd.DataFrame(rows, columns=["change", "is_decisive", *columns], index=index)

    def __len__(self) -> int:
        return len(self.edges)

    @overload
    def __getitem__(self, place: int) -> DecidingEdge: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[DecidingEdge, ...]: ...
    def __getitem__(self, place: int | slice) -> DecidingEdge | tuple[DecidingEdge, ...]:
        return self.edges[place]

    def __repr__(self) -> str:
        count = len(self.edges)
        return (
            f"DecidingEdges({self.target} {self.answer.direction.value.replace('_', ' ')}: "
            f"{count} arrow{'s' * (count != 1)} behind it, {len(self.decisive)} decisive)"
        )

    def _repr_html_(self) -> str:
        header = ("arrow", "change", "without it", "turned round")
        rows = [
            (
                each.edge,
                f"{each.change:.3f}",
                node_answer_in_words(each.dropped),
                node_answer_in_words(each.flipped),
            )
            for each in self.edges
        ]
        return table(f"{self!r}; change of rises minus falls", header, rows)


def deciding_edges(
    model: Model,
    target: str,
    *interventions: Intervention,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
    ensemble: Ensemble | None = None,
) -> DecidingEdges:
    """Which arrows the answer at one node hangs on, by cutting each and turning it round.

    Parameters
    ----------
    model
        Only its reasoning arrows are tried, and of these only the ones that lie on a route from
        what is forced to the target, or on a loop with such a route: no other one matters here.
    target
        The node whose answer is asked about.
    interventions
        The question, as in `respond`.
    alpha, weightings, seed
        As in `respond`; all variants are asked under the same weightings.
    ensemble
        Weightings of the same map that are at hand, to be used instead.

    Returns
    -------
    DecidingEdges
        Ranked by the change in rises minus falls. Empty where nothing is forced, where no route
        leads to the target, and where the question itself holds the target.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` or `weightings` out of range, or interventions that contradict each other.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
    >>> found = deciding_edges(fork, "t", Press("s"))
    >>> found
    DecidingEdges(t depends: 3 arrows behind it, 3 decisive)
    >>> found[0].edge, found[0].dropped.direction.value, found[0].flipped.direction.value
    ('s.t', 'rises', 'rises')
    """
    model.node(target)
    ensemble = ensemble_for(model, alpha=alpha, weightings=weightings, seed=seed, given=ensemble)
    plan = check(model, interventions)
    answer = NodeAnswer.of(ensemble.respond(*interventions), target)
    found = [
        _tried(ensemble, edge, target, interventions, answer)
        for edge in arrows_behind(model, target, plan)
    ]
    ranked = sorted(found, key=lambda each: (-each.change, each.edge))
    return DecidingEdges(target, interventions, answer, tuple(ranked), plan, model)


def arrows_behind(model: Model, target: str, plan: Plan) -> list[Edge]:
    """The arrows that carry something from what is forced to the target, in the map's order.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> model = Model.from_edges([("a", "b", 1), ("b", "a", -1), ("b", "c", 1), ("d", "c", 1)])
    >>> [edge.id for edge in arrows_behind(model, "b", check(model, [Press("a")]))]
    ['a.b', 'b.a']
    """
    here = adjacency(model)
    fixed, cut = {here.number[node] for node in plan.fixed}, set(plan.cut)
    forced = [node for node, amount in (*plan.pressed.items(), *plan.fixed.items()) if amount]
    ahead: list[list[int]] = [[] for _ in here.nodes]
    back: list[list[int]] = [[] for _ in here.nodes]
    carrying = []
    for edge, source, end in zip(here.edges, here.sources, here.targets, strict=True):
        if edge.id not in cut and end not in fixed:
            ahead[source].append(end)
            back[end].append(source)
            carrying.append((edge, source, end))
    arrived = reachable([here.number[node] for node in forced], ahead.__getitem__)
    behind = reachable([here.number[target]], back.__getitem__)
    return [edge for edge, source, end in carrying if source in arrived and end in behind]


def _tried(
    ensemble: Ensemble,
    edge: Edge,
    target: str,
    interventions: tuple[Intervention, ...],
    answer: NodeAnswer,
) -> DecidingEdge:
    """One arrow cut, and turned round."""
    dropped = NodeAnswer.of(ensemble.respond(*interventions, CutEdge(edge.id)), target)
    flipped = answer
    if edge.sign:
        turned = FlipEdge(edge.id)
        # turned round twice, an arrow stands as the map has it
        others = tuple(each for each in interventions if each != turned)
        asked = others if len(others) < len(interventions) else (*interventions, turned)
        flipped = NodeAnswer.of(ensemble.respond(*asked), target)
    return DecidingEdge(
        edge.id,
        max(abs(each.tendency - answer.tendency) for each in (dropped, flipped)),
        dropped,
        flipped,
        any(each.direction is not answer.direction for each in (dropped, flipped)),
        target,
        ensemble.model,
    )


def node_answer_in_words(outcome: NodeAnswer, language: str = "en") -> str:
    """What a question says of a node, as a part of a sentence that has named the node.

    Examples
    --------
    >>> node_answer_in_words(NodeAnswer(0.83, 0.17, Verdict.RISES, Strength.LIKELY, 0.2))
    'rises in 83% of weightings'
    """
    verdict = outcome.direction
    share = outcome.falls if verdict is Verdict.FALLS else outcome.rises
    key = verdict_key(verdict, outcome.strength)
    return say(f"deciding.{key}", language, percent=percent(share, language))


@in_words.register
def _deciding_edge_in_words(found: DecidingEdge, language: str = "en") -> str:
    """The target without the arrow, and with the arrow turned round."""
    edge = found._model.edge(found.edge)
    return say(
        "deciding.tried" if edge.sign else "deciding.tried_unclear",
        language,
        label=found._model.node(found._target).label.in_language(language),
        arrow=arrow_name(edge, language),
        dropped=node_answer_in_words(found.dropped, language),
        flipped=node_answer_in_words(found.flipped, language),
    )


@in_words.register
def _deciding_edges_in_words(found: DecidingEdges, language: str = "en") -> str:
    """The answer, how many arrows stand behind it, and the first of them."""
    label = found._model.node(found.target).label.in_language(language)
    answer = found.answer
    share = answer.falls if answer.direction is Verdict.FALLS else answer.rises
    said = [verdict_in_words(label, answer.direction, share, answer.strength, language)]
    if answer.direction is Verdict.FIXED:
        said.append(say("deciding.none_fixed", language))
    elif not found._plan.largest:
        said.append(say("deciding.none_forced", language))
    elif not found.edges:
        said.append(say("deciding.none_behind", language))
    else:
        said.append(say_count("deciding.behind", len(found), language))
        said.append(say_count("deciding.decisive", len(found.decisive), language))
        said += [in_words(each, language) for each in found[:_TOLD]]
    return " ".join(said)

"""What a student says before asking the map, and which one mistake a wrong answer is.

A mistake is told as a reading of the map that gives the wrong answer. It says how such an answer
can be come by; what went on in a head it cannot know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mgmodel.inquiry.comparison import Comparison
from mgmodel.interventions import Intervention, Plan, written
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.records import Edge
from mgmodel.teaching.cases import Answer, Case
from mgmodel.teaching.mistakes import Ground, Mistake, diagnose
from mgmodel.teaching.readings import Reading
from mgmodel.vocabulary import Effect, Strength, Verdict
from mgmodel.wording import arrow_name, arrows_in_words, in_words, loop_in_words, node_name
from mgmodel.wording.catalogues import say

__all__ = ["Answer", "Mistake", "Marked", "Prediction", "mark", "way_in_words"]

SUREST = 3
"""Confidence runs from 1, a guess, to 3, sure."""
_TURNED = {Effect.INCREASES: Effect.DECREASES, Effect.DECREASES: Effect.INCREASES}


@dataclass(frozen=True)
class Prediction:
    """What somebody says of one node before the map is asked.

    Raises
    ------
    ValueError
        Another answer than the four, or a confidence that is not 1, 2 or 3.
    """

    node: str
    answer: Answer
    confidence: int = 2
    """1 a guess, 2 rather sure, 3 sure."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answer", Answer(self.answer))
        if self.confidence not in range(1, SUREST + 1) or isinstance(self.confidence, bool):
            msg = f"The confidence is {self.confidence!r}; give 1 (a guess), 2 or 3 (sure)."
            raise ValueError(msg)


@dataclass(frozen=True)
class Marked:
    """A prediction beside what the map says."""

    prediction: Prediction
    interventions: tuple[Intervention, ...]
    before: tuple[Intervention, ...] | None
    """The question that the answer is a difference from; None where baseline is meant."""
    truth: Verdict
    strength: Strength
    mistake: Mistake | None
    """Exactly one for a wrong answer, none for a right one."""
    ground: Ground
    """What the mistake was told by: ways, an arrow, a loop, or what stops the push."""
    _told: Response | Comparison = field(repr=False, compare=False)
    _plan: Plan = field(repr=False, compare=False)
    _model: Model = field(repr=False, compare=False)

    @property
    def right(self) -> bool:
        """Whether the answer is what the map says."""
        return self.mistake is None

    @property
    def asked(self) -> tuple[str, ...]:
        """The question in short form."""
        return tuple(map(written, self.interventions))

    @property
    def fingerprint(self) -> str:
        """That of the map which was asked."""
        return self._model.fingerprint

    def sentence(self, language: str = "en") -> str:
        """What the map says of the node."""
        return self._told.sentence(self.prediction.node, language)

    def explanation(self, language: str = "en") -> str:
        """How the wrong answer can be come by; empty for a right one."""
        if self.mistake is None:
            return ""
        return " ".join(filter(None, _explained(self, language)))

    def __repr__(self) -> str:
        answer = self.prediction.answer.replace("_", " ")
        outcome = "right" if self.mistake is None else self.mistake.replace("_", " ")
        truth = self.truth.replace("_", " ")
        return f"Marked({self.prediction.node} {answer}; the map says {truth}: {outcome})"

    def __str__(self) -> str:
        return in_words(self)


def mark(
    ensemble: Ensemble,
    interventions: Iterable[Intervention],
    prediction: Prediction,
    *,
    before: Iterable[Intervention] | None = None,
) -> Marked:
    """A prediction held against the map, with the one mistake that a wrong answer is.

    Parameters
    ----------
    ensemble
        The weightings that answer; `ensemble_of(model)` is the one that is kept with the map.
    interventions
        The question, as in `respond`.
    prediction
        The answer to it. `no_route` is right where the node stays unchanged as well.
    before
        A question that this one is compared with, as in `compare`: then the answer is about the
        difference from there. Without it, from baseline.

    Returns
    -------
    Marked
        `mistake` is the first of `Mistake`, in its order, whose rule holds.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        Interventions that contradict each other, or a node that the question itself holds: there
        is nothing to predict of it.

    Examples
    --------
    >>> from mgmodel import Model, Press
    >>> chain = Ensemble(Model.from_edges([("serum", "channel", -1), ("channel", "release", 1)]))
    >>> mark(chain, [Press("serum")], Prediction("release", Answer.RISES))
    Marked(release rises; the map says falls: sign slip)
    >>> print(mark(chain, [Press("serum")], Prediction("release", Answer.FALLS)))
    Right. release: falls in all weightings.
    """
    asked = tuple(interventions)
    earlier = None if before is None else tuple(before)
    node = ensemble.model.node(prediction.node).id
    case = Case(ensemble, asked, earlier, node, prediction.answer)
    mistake, ground = diagnose(case) or (None, Ground())
    return Marked(
        prediction,
        asked,
        earlier,
        case.truth,
        case.told.strength[node],
        mistake,
        ground,
        _told=case.told,
        _plan=case.plan,
        _model=ensemble.model,
    )


# In words


def way_in_words(model: Model, plan: Plan, way: Reading, language: str = "en") -> str:
    """A way read aloud from what is changed; empty where that is the node itself.

    Examples
    --------
    >>> from mgmodel import Press
    >>> from mgmodel.interventions import check
    >>> model = Model.from_edges([("a", "b", -1)])
    >>> way_in_words(model, check(model, [Press("a", -1)]), Reading("a", ("a.b",), (-1, 1)))
    'A fall in a leads to a rise in b.'
    """
    arrows = [_as_turned(model.edge(edge), plan) for edge in way.edges]
    if not arrows:
        return ""
    if way.directions[0]:
        return arrows_in_words(arrows, language, rise=way.directions[0] > 0)
    nodes = [model.node(node) for node in (way.start, *(edge.target for edge in arrows))]
    names = " → ".join(node_name(node, language) for node in nodes)
    return say("teaching.way_open", language, names=names)


def _as_turned(edge: Edge, plan: Plan) -> Edge:
    """An arrow as the question has it, for reading it aloud."""
    if edge.id not in plan.flipped:
        return edge
    return replace(edge, effect=_TURNED.get(edge.effect, edge.effect))


def _explained(marked: Marked, language: str) -> Iterable[str]:
    ground, mistake = marked.ground, marked.mistake
    if mistake is Mistake.ROUTE_IMAGINED:
        yield _stop_in_words(marked, language)
    else:
        yield say(f"teaching.mistake.{mistake}", language)
    for way in ground.ways:
        yield way_in_words(marked._model, marked._plan, way, language) or _itself(way, language)
    if ground.loop:
        edges = [_as_turned(marked._model.edge(edge), marked._plan) for edge in ground.loop]
        yield loop_in_words(edges, language)
    elif ground.arrow:
        arrow = arrow_name(marked._model.edge(ground.arrow), language)
        yield say(f"teaching.arrow.{mistake}", language, arrow=arrow)


def _itself(way: Reading, language: str) -> str:
    """The way where the question changes the node itself."""
    key = {1: "up", -1: "down"}.get(way.end, "open")
    return say(f"teaching.itself.{key}", language)


def _stop_in_words(marked: Marked, language: str) -> str:
    model, ground = marked._model, marked.ground
    by = ""
    if ground.by in model.nodes:
        by = node_name(model.node(ground.by), language)
    elif ground.by:
        by = arrow_name(model.edge(ground.by), language)
    return say(f"teaching.stop.{ground.stop}", language, by=by)


@in_words.register
def _answer_in_words(answer: Answer, language: str = "en") -> str:
    """The answer as a choice."""
    return say(f"teaching.answer.{answer}", language)


@in_words.register
def _mistake_in_words(mistake: Mistake, language: str = "en") -> str:
    """What the mistake is, in general."""
    return say(f"teaching.mistake.{mistake}", language)


@in_words.register
def _marked_in_words(marked: Marked, language: str = "en") -> str:
    """Right or not, what the map says, and how a wrong answer can be come by."""
    said = say("teaching.right" if marked.right else "teaching.wrong", language)
    return " ".join(filter(None, [said, marked.sentence(language), marked.explanation(language)]))

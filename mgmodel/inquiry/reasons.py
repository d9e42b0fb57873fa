"""Why a node does what it does: what brings the change, along which ways, and what stops it.

A reason is read off the map and the weightings after the verdict, and changes nothing in it. Ways
explain how a change can arrive; what it hangs on where it depends is what `deciding_edges` tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from mgmodel.inquiry.comparison import ensemble_for
from mgmodel.inquiry.deciding import DecidingEdge, NodeAnswer, arrows_behind, deciding_edges
from mgmodel.inquiry.reason_words import (
    arrow_sentence,
    blocked_in_words,
    forcing,
    forcing_in_words,
    start_in_words,
    step_cites,
    step_in_words,
    step_marks,
    way_heading,
    way_in_words,
)
from mgmodel.inquiry.ways import LONGEST, Obstacle, Way, forced, obstacles_to, ways_to
from mgmodel.interventions import Intervention, Plan, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.reasoning.response import NEGLIGIBLE
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words, node_name, word
from mgmodel.wording.catalogues import number, say

__all__ = ["Because", "Why", "because_of", "narrate", "why"]

_DECIDING = 3
"""Arrows that are told of where the answer depends."""
_MOST_BEHIND = 250
"""Arrows behind an answer up to which each is tried: more would keep a person waiting."""
_TIE = 1e-9
"""Part by which an arrow must carry more than another to be told in its place."""
_SIGN_OF = {Verdict.RISES: 1, Verdict.FALLS: -1}


@dataclass(frozen=True)
class Because:
    """The arrow into a node that brings most, on average over the weightings, in one direction."""

    edge: str
    carried: float
    """What it brings on average, as a deviation; above 0 it raises the node."""
    source: str
    """What its source does: `rise` or `fall`, or `change` where no one direction can be told."""


@dataclass(frozen=True)
class Why:
    """Why one node does what a question says of it."""

    node: str
    interventions: tuple[Intervention, ...]
    answer: NodeAnswer
    because: tuple[Because, ...]
    """The arrow that brings most in the direction of the answer; where that depends, the one that
    raises most and the one that lowers most. None where nothing moves."""
    ways: tuple[Way, ...]
    """The shortest ways that agree with the answer, and the shortest that does not."""
    blocked: tuple[Obstacle, ...]
    """What stops the push, where no route is left on which it arrives."""
    _plan: Plan = field(repr=False, compare=False)
    _response: Response = field(repr=False, compare=False)
    _ensemble: Ensemble = field(repr=False, compare=False)

    @cached_property
    def deciding(self) -> tuple[DecidingEdge, ...]:
        """The three arrows that the answer hangs on most; only where `decides`."""
        if not self.decides:
            return ()
        asked = self.interventions
        return deciding_edges(self._model, self.node, *asked, ensemble=self._ensemble)[:_DECIDING]

    @property
    def decides(self) -> bool:
        """Whether the answer depends, and few enough arrows stand behind it to try each."""
        return self.answer.direction is Verdict.DEPENDS and self._behind <= _MOST_BEHIND

    @cached_property
    def _behind(self) -> int:
        return len(arrows_behind(self._model, self.node, self._plan))

    @property
    def itself(self) -> str:
        """What the question itself does to the node: `pushed_up`, `pushed_down`, `off`, `held`,
        `held_up`, `held_down`, or nothing.
        """
        return forcing(self.node, self.interventions, self._plan)

    @property
    def _model(self) -> Model:
        return self._ensemble.model

    def sentence(self, language: str = "en") -> str:
        """The verdict on the node."""
        return self._response.sentence(self.node, language)

    def reasons(self, language: str = "en") -> list[str]:
        """The arrows that bring most, each in a sentence."""
        sided = self.answer.direction is Verdict.DEPENDS and not _swings(self.because)
        whole = "besides" if self.itself else "most"  # a push comes along no arrow
        said = []
        for each in self.because:
            rises = each.carried > 0
            key = ("raises" if rises else "lowers") if sided else whole
            step = arrow_sentence(
                self._model, each.edge, each.source, rises=rises, language=language
            )
            said.append(say(f"why.because.{key}", language, step=step))
        return said

    def start(self, way: Way, language: str = "en") -> str:
        """What is forced where a way starts."""
        first = way.nodes[0]
        key = forcing(first, self.interventions, self._plan)
        return start_in_words(self._model, first, key, language)

    def obstacles(self, language: str = "en") -> list[str]:
        """What stops the push, in sentences."""
        asked, plan = self.interventions, self._plan
        return blocked_in_words(self._model, self.node, self.blocked, asked, plan, language)

    def note(self, language: str = "en") -> str:
        """Why there is no more to tell, where there is not."""
        verdict = self.answer.direction
        if verdict is Verdict.NO_ROUTE:
            if not self._plan.largest:
                return say("deciding.none_forced", language)
            return "" if self.blocked else say("why.note.silent", language)
        depends, notes = verdict is Verdict.DEPENDS, []
        if (depends or verdict in _SIGN_OF) and not self.ways and not self.itself:
            notes.append(say("why.note.no_way", language, length=number(LONGEST, language)))
        if depends and not self.decides:
            notes.append(say("why.note.many_behind", language, n=number(self._behind, language)))
        return " ".join(notes)

    def narration(self, language: str = "en") -> str:
        """The answer and its reason in one sentence, for somebody who listens."""
        return _narrated(self._response, self.node, self.because, language)

    def __repr__(self) -> str:
        kinds = [way.kind for way in self.ways]
        counts = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
        because = " and ".join(each.edge for each in self.because)
        parts = [
            f"because of {because}" if because else "",
            f"ways: {', '.join(counts)}" if counts else "",
            f"blocked by {', '.join(each.id for each in self.blocked)}" if self.blocked else "",
        ]
        told = "; ".join(filter(None, parts))
        verdict = self.answer.direction.replace("_", " ")
        return f"Why({self.node} {verdict}{': ' if told else ''}{told})"

    def __str__(self) -> str:
        return in_words(self)

    def _repr_html_(self) -> str:
        rows = [
            (
                way_heading(way),
                place,
                step_in_words(step),
                ", ".join(step_marks(step)),
                "; ".join(step_cites(step)),
            )
            for way in self.ways
            for place, step in enumerate(way.steps, 1)
        ]
        caption = " ".join((*_told_first(self, "en"), *_told_last(self, "en")))
        return table(caption, ("way", "step", "what happens", "marks", "sources"), rows)


def why(
    model: Model,
    node: str,
    *interventions: Intervention,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
    ensemble: Ensemble | None = None,
) -> Why:
    """Why a node rises, falls, depends or stays, under a question: the ways and their evidence.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    node
        The node whose answer is asked about.
    interventions
        The question, as in `respond`.
    alpha, weightings, seed
        As in `respond`.
    ensemble
        Weightings of the same map that are at hand, to be used instead.

    Returns
    -------
    Why
        The arrow that brings most; the shortest ways on which the change arrives, with the grade
        and the references of each arrow and the weakest of them marked; and what stops the push
        where no route is left. A node that the question itself fixes has no reasons in the map.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have.
    ValueError
        `alpha` or `weightings` out of range, interventions that contradict each other, or an
        ensemble of another map.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> chain = Model.from_edges([("serum", "channel", -1), ("channel", "release", 1)])
    >>> found = why(chain, "release", Press("serum"))
    >>> found
    Why(release falls: because of channel.release; ways: 1 for)
    >>> print(found)
    release: falls in all weightings. Most comes along this arrow: A fall in channel lowers release.
    Path that agrees with the answer. Pushed up: serum. Step 1: A rise in serum lowers channel.
    (grade D, weakest step) Step 2: A fall in channel lowers release. (grade D)
    """
    model.node(node)
    ensemble = ensemble_for(model, alpha=alpha, weightings=weightings, seed=seed, given=ensemble)
    response = ensemble.respond(*interventions)
    plan = check(model, interventions)
    answer = NodeAnswer.of(response, node)
    return Why(
        node,
        interventions,
        answer,
        because=because_of(ensemble, response, node),
        ways=ways_to(model, node, plan, answer.direction, permissive=ensemble.permissive),
        blocked=_blocked(model, node, plan, answer.direction),
        _plan=plan,
        _response=response,
        _ensemble=ensemble,
    )


def because_of(ensemble: Ensemble, response: Response, node: str) -> tuple[Because, ...]:
    """The arrows into a node that bring most, one for each direction that its verdict has.

    Of arrows that bring the same, the first in the map's order.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> fork = Ensemble(Model.from_edges([("s", "t", 1), ("s", "t", -1)]))
    >>> found = because_of(fork, fork.respond(Press("s")), "t")
    >>> [(each.edge, each.source) for each in found]
    [('s.t', 'rise'), ('s.t.2', 'rise')]
    """
    model, verdict = ensemble.model, response.direction[node]
    both = (1, -1) if verdict is Verdict.DEPENDS else ()
    directions = (_SIGN_OF[verdict],) if verdict in _SIGN_OF else both
    if not directions:
        return ()
    plan = check(model, response.interventions)
    entering = [edge for edge in model.reasoning_edges if edge.target == node]
    carried = {edge.id: ensemble.carried(response, edge.id) for edge in entering}
    found = []
    for direction in directions:
        most, best = NEGLIGIBLE * plan.largest, None
        for edge in entering:
            if direction * carried[edge.id] > most * (1 + _TIE):
                most, best = direction * carried[edge.id], edge
        if best is not None:
            sign = -best.sign if best.id in plan.flipped else best.sign
            source = _source_way(response, best.source, direction * sign)
            found.append(Because(best.id, carried[best.id], source))
    return tuple(found)


def _swings(because: tuple[Because, ...]) -> bool:
    """Whether one arrow alone brings both a rise and a fall, since its source goes either way."""
    return [each.source for each in because] == ["change"]


def _source_way(response: Response, source: str, expected: int) -> str:
    """`rise` or `fall` where the source does what the arrow needs of it, else `change`."""
    verdict = response.direction[source]
    if verdict is Verdict.FIXED:
        return "rise" if response.levels(source)[0] > 0 else "fall"
    if _SIGN_OF.get(verdict) != expected:
        return "change"
    return "rise" if expected > 0 else "fall"


def _blocked(model: Model, node: str, plan: Plan, verdict: Verdict) -> tuple[Obstacle, ...]:
    """What stops all that is forced where nothing arrives, and else what stops a push."""
    if verdict is Verdict.FIXED or not (plan.fixed or plan.cut):
        return ()
    moves = verdict not in {Verdict.NO_ROUTE, Verdict.UNCHANGED}
    sources = [one for one in forced(model, plan) if not moves or one in plan.pressed]
    return obstacles_to(model, node, plan, sources)


def narrate(ensemble: Ensemble, response: Response, node: str, language: str = "en") -> str:
    """What becomes of a node and because of what, in one sentence for a live region.

    Parameters
    ----------
    ensemble, response
        An answer, and the weightings that gave it.
    node
        Where nothing is forced, its label is all that there is to say.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> chain = Ensemble(Model.from_edges([("serum", "channel", -1)]))
    >>> narrate(chain, chain.respond(Press("serum")), "channel")
    'channel: falls, always; because of a rise in serum.'
    """
    ensemble.model.node(node)
    return _narrated(response, node, because_of(ensemble, response, node), language)


def _narrated(response: Response, node: str, because: tuple[Because, ...], language: str) -> str:
    model, verdict = response._model, response.direction[node]
    plan = check(model, response.interventions)
    label = model.node(node).label.in_language(language)
    itself = forcing(node, response.interventions, plan)
    if node in plan.fixed:
        return f"{label}: {say(f'why.told.{itself}', language)}."
    if not plan.largest:
        return f"{label}."
    told = word(verdict, language)
    if verdict in _SIGN_OF:
        told = f"{told}, {word(response.strength[node], language)}"
    pushed = _SIGN_OF.get(verdict) == {"pushed_up": 1, "pushed_down": -1}.get(itself, 0)
    cause = (
        say(f"why.told.{itself}", language) if pushed else _cause(model, because, verdict, language)
    )
    return f"{label}: {told}; {cause}." if cause else f"{label}: {told}."


def _cause(model: Model, because: tuple[Because, ...], verdict: Verdict, language: str) -> str:
    """What brings the change, as the end of a sentence; empty where nothing is known to."""
    causes = {}
    for each in because:
        source = node_name(model.node(model.edge(each.edge).source), language)
        cause = say(f"why.cause.{each.source}", language, source=source)
        causes["up" if each.carried > 0 else "down"] = cause
    if not causes or len(causes) > 1:
        return say("why.told.both", language, **causes) if causes else ""
    ((way, cause),) = causes.items()
    if verdict is Verdict.DEPENDS and not _swings(because):
        return say(f"why.told.{way}", language, **causes)
    return say("why.told.because", language, cause=cause)


# In words


def _told_first(found: Why, language: str) -> list[str]:
    itself = forcing_in_words(found.itself, language)
    return [found.sentence(language), *filter(None, [itself]), *found.reasons(language)]


def _told_last(found: Why, language: str) -> list[str]:
    deciding = (in_words(each, language) for each in found.deciding)
    return [*deciding, *found.obstacles(language), *filter(None, [found.note(language)])]


@in_words.register
def _why_in_words(found: Why, language: str = "en") -> str:
    """The verdict, what brings most, each way step by step, and what decides or stops."""
    ways = [way_in_words(way, found.start(way, language), language) for way in found.ways]
    steps = (sentence for way in ways for sentence in way)
    return " ".join((*_told_first(found, language), *steps, *_told_last(found, language)))

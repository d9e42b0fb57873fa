"""Questions drawn by lot from a map, without a word: what is asked, the options, and why the wrong
ones are wrong. `mgmodel.teaching.quiz` says them in a language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import cycle
from math import prod
from random import Random

from mgmodel.evidence import bar_of
from mgmodel.interventions import Block, Intervention, Press, parse, written
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, Route, feedback_loops, reach
from mgmodel.records import Edge
from mgmodel.teaching.cases import Answer, answer_for
from mgmodel.teaching.mistakes import Mistake
from mgmodel.teaching.predictions import Prediction, mark
from mgmodel.teaching.readings import steps_from
from mgmodel.vocabulary import EvidenceBar, Verdict

__all__ = ["OPEN", "Kind", "Misreading", "Posed", "pose"]

OPEN = "open"
LOOP_KINDS = ("reinforcing", "balancing", "undecided")
_OPTIONS = 4
_FARTHEST = 4
"""Arrows from what is pushed to the node that is asked about: more are not followed by eye."""
_LONGEST_LOOP = 5
_MOST_LOOPS = 1000
_TRIES = 60
"""Lots drawn for one question before its kind is given up."""
_CLEAR = {Answer.RISES: 0.9, Answer.FALLS: 0.9, Answer.DEPENDS: 0.7}
"""From this fraction of weightings on a direction is asked about, and below it what depends: what
lies near the border of 0.80 is no fair question."""


class Kind(StrEnum):
    """What a question is about."""

    WHICH_WAY = "which_way"
    """What becomes of a node when another is pushed."""
    BREAKING_ARROW = "breaking_arrow"
    """Which arrow all paths from one node to another take."""
    PATH_SIGN = "path_sign"
    """What one path says of its end."""
    LOOP_KIND = "loop_kind"
    """Whether a loop reinforces or balances."""
    EVIDENCE_BAR = "evidence_bar"
    """How much stands behind an arrow."""


class Misreading(StrEnum):
    """Why an option is wrong that is no prediction."""

    WAY_LEFT = "way_left"
    """A path is left without this arrow."""
    OFF_THE_WAY = "off_the_way"
    """No path at all takes this arrow."""
    OPEN_IMAGINED = "open_imagined"
    """All its arrows have a settled direction."""
    EVIDENCE_OVERRATED = "evidence_overrated"
    EVIDENCE_UNDERRATED = "evidence_underrated"


@dataclass(frozen=True)
class Posed:
    """A question and its options as ids and coded words."""

    kind: Kind
    asked: tuple[str, ...]
    """Which way: interventions in short form. Breaking arrow: the source. Else ids of arrows."""
    node: str
    """The node that is asked about, where there is one."""
    codes: tuple[str, ...]
    """What each option answers: an answer, an arrow, a kind of loop or a bar; all different."""
    right: int
    """The place of the one that is right."""
    faults: tuple[Mistake | Misreading | None, ...]
    """Why each other option is wrong; None at the right one."""


def pose(ensemble: Ensemble, seed: int, count: int, kinds: Sequence[Kind]) -> tuple[Posed, ...]:
    """Questions of these kinds by turns, no two alike; fewer where the map has no more.

    Parameters
    ----------
    ensemble
        Whose answers are right.
    seed
        The same seed gives the same questions.
    count, kinds
        How many, and of what kinds; a kind of which the map has none is passed over.

    Examples
    --------
    >>> chain = Ensemble(Model.from_edges([("a", "b", -1), ("b", "c", -1)]), weightings=5)
    >>> [(each.asked, each.codes[each.right]) for each in pose(chain, 1, 1, [Kind.PATH_SIGN])]
    [(('a.b', 'b.c'), 'rises')]
    """
    hat = _Hat(ensemble, Random(seed))
    left = list(dict.fromkeys(kinds))
    hat.lot.shuffle(left)
    found: dict[tuple[Kind, tuple[str, ...], str], Posed] = {}
    turns = cycle(tuple(left))
    while left and len(found) < count:
        kind = next(turns)
        if kind not in left:
            continue
        lots = (_POSERS[kind](hat) for _ in range(_TRIES))
        new = (each for each in lots if each and (each.kind, each.asked, each.node) not in found)
        posed = next(new, None)
        if posed is None:
            left.remove(kind)
        else:
            found[posed.kind, posed.asked, posed.node] = _with_faults(ensemble, posed)
    return tuple(found.values())


@dataclass(frozen=True)
class _Hat:
    """What the lots are drawn from."""

    ensemble: Ensemble
    lot: Random

    @property
    def model(self) -> Model:
        return self.ensemble.model

    @cached_property
    def sources(self) -> list[str]:
        starting = {edge.source for edge in self.model.reasoning_edges}
        return [node for node in self.model.nodes if node in starting]

    @cached_property
    def ahead(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.model.reasoning_edges:
            found.setdefault(edge.source, []).append(edge)
        return found

    @cached_property
    def loops(self) -> list[Route]:
        found = feedback_loops(self.model, max_length=_LONGEST_LOOP, limit=_MOST_LOOPS)
        return [loop for loop in found if loop.length > 1]

    @cached_property
    def by_bar(self) -> dict[EvidenceBar, list[str]]:
        found: dict[EvidenceBar, list[str]] = {}
        for edge in self.model.edges:
            found.setdefault(bar_of(self.model, edge), []).append(edge)
        return found


# Each of these draws one question, or finds that this lot gives none.


def _which_way(hat: _Hat) -> Posed | None:
    """A push, and in one of three questions a node that is held; all answers come up alike."""
    model, lot = hat.model, hat.lot
    wanted = lot.choice(tuple(Answer))
    if not hat.sources:
        return None
    source = lot.choice(hat.sources)
    steps = steps_from(model.reasoning_edges, [source])
    asked: tuple[Intervention, ...] = (Press(source, lot.choice((1.0, -1.0))),)
    between = [node for node in model.nodes if 0 < steps.get(node, 0) < _FARTHEST]
    if between and lot.random() < 1 / 3:
        asked = (*asked, Block(lot.choice(between)))
    response = hat.ensemble.respond(*asked)
    nodes = [
        node
        for node in model.nodes
        if node != source
        and steps.get(node, 1) <= _FARTHEST
        and _clearly(response, node, wanted)
        and (wanted is not Answer.NO_ROUTE or _near(model, source, node))
    ]
    if not nodes:
        return None
    shown = tuple(map(written, asked))
    codes = tuple(answer.value for answer in Answer)
    return Posed(Kind.WHICH_WAY, shown, lot.choice(nodes), codes, codes.index(wanted), ())


def _with_faults(ensemble: Ensemble, posed: Posed) -> Posed:
    """The same question with the mistake that each answer is, which takes a while to find."""
    if posed.kind is not Kind.WHICH_WAY:
        return posed
    asked = tuple(map(parse, posed.asked))
    predictions = (Prediction(posed.node, Answer(code)) for code in posed.codes)
    return replace(posed, faults=tuple(mark(ensemble, asked, p).mistake for p in predictions))


def _near(model: Model, source: str, node: str) -> bool:
    """Whether few arrows lie between them, in whichever direction each of them runs."""
    arrows = model.reasoning_edges
    there = steps_from(arrows, [source]).get(node, _FARTHEST + 1)
    back = steps_from(arrows, [node]).get(source, _FARTHEST + 1)
    return min(there, back) <= _FARTHEST


def _clearly(response: Response, node: str, wanted: Answer) -> bool:
    verdict = response.direction[node]
    if verdict is Verdict.FIXED or answer_for(verdict) is not wanted:
        return False
    share = max(response.rises[node], response.falls[node])
    if wanted is Answer.DEPENDS:
        return share < _CLEAR[wanted]
    return share >= _CLEAR.get(wanted, 0.0)


def _breaking_arrow(hat: _Hat) -> Posed | None:
    """One arrow that all paths take, among others in its neighbourhood that they need not take."""
    model, lot = hat.model, hat.lot
    if not hat.sources:
        return None
    source = lot.choice(hat.sources)
    steps = steps_from(model.reasoning_edges, [source])
    targets = [node for node, length in steps.items() if 1 < length <= _FARTHEST]
    if not targets:
        return None
    target = lot.choice(targets)
    back = steps_from(model.reasoning_edges, [target], against=True)
    nearby = {node for node in back if steps.get(node, _FARTHEST) + back[node] <= _FARTHEST + 1}
    arrows = [edge for edge in model.reasoning_edges if {edge.source, edge.target} & nearby]
    breaking = [edge for edge in arrows if _breaks(model, edge, source, target)]
    rest = {(edge.source, edge.target): edge for edge in arrows if edge not in breaking}
    others = list(rest.values())  # of parallel arrows one, or two options would read alike
    if not breaking or not others:
        return None
    on_the_way = [edge for edge in others if edge.source in steps and edge.target in back]
    others = lot.sample(others, len(others))
    others.sort(key=lambda edge: edge not in on_the_way)  # the harder ones first
    options = [lot.choice(breaking), *others[: _OPTIONS - 1]]
    lot.shuffle(options)
    faults: dict[str, Mistake | Misreading | None] = {}
    for edge in options:
        fault = Misreading.WAY_LEFT if edge in on_the_way else Misreading.OFF_THE_WAY
        faults[edge.id] = None if edge in breaking else fault
    return _posed(Kind.BREAKING_ARROW, (source,), target, faults)


def _breaks(model: Model, edge: Edge, source: str, target: str) -> bool:
    return target not in reach(model, source, removed=[edge.id]).reached


def _path_sign(hat: _Hat) -> Posed | None:
    """A path of two to four arrows, taken step by step from a node."""
    if not hat.sources:
        return None
    here = hat.lot.choice(hat.sources)
    path: list[Edge] = []
    met = {here}
    for _ in range(hat.lot.randint(2, _FARTHEST)):
        onward = [edge for edge in hat.ahead.get(here, ()) if edge.target not in met]
        if onward:
            path.append(hat.lot.choice(onward))
            here = path[-1].target
            met.add(here)
    if len(path) < 2:
        return None
    sign, first = prod(edge.sign for edge in path), path[0].sign
    codes = {Answer.RISES.value: 1, Answer.FALLS.value: -1, OPEN: 0}
    faults = {code: _sign_fault(way, sign, first) for code, way in codes.items()}
    return _posed(Kind.PATH_SIGN, tuple(edge.id for edge in path), here, faults)


def _sign_fault(said: int, sign: int, first: int) -> Mistake | Misreading | None:
    """What it is to read one sign out of a path or a loop that has another."""
    if said == sign:
        return None
    if said == 0:
        return Misreading.OPEN_IMAGINED
    if sign == 0:
        return Mistake.UNCLEAR_AS_SETTLED
    return Mistake.FIRST_STEP if said == first else Mistake.SIGN_SLIP


def _loop_kind(hat: _Hat) -> Posed | None:
    """A loop of two to five arrows, reinforcing and balancing ones alike."""
    wanted = hat.lot.choice((1, -1, 1, -1, 0))
    loops = [loop for loop in hat.loops if loop.sign == wanted]
    if not loops:
        return None
    loop = hat.lot.choice(loops)
    signs = dict(zip(LOOP_KINDS, (1, -1, 0), strict=True))
    faults = {code: _sign_fault(sign, loop.sign, 0) for code, sign in signs.items()}
    return _posed(Kind.LOOP_KIND, loop.edges, "", faults)


def _evidence_bar(hat: _Hat) -> Posed | None:
    """An arrow with the bar that it passes and others; all bars that the map has come up alike."""
    if len(hat.by_bar) < 2:
        return None
    bars = list(EvidenceBar)
    right = hat.lot.choice([bar for bar in bars if bar in hat.by_bar])
    edge = hat.lot.choice(hat.by_bar[right])
    others = hat.lot.sample([bar for bar in bars if bar is not right], _OPTIONS - 1)
    options = [bar for bar in bars if bar is right or bar in others]
    faults: dict[str, Mistake | Misreading | None] = {}
    for bar in options:
        lower = right.reaches(bar)
        fault = Misreading.EVIDENCE_UNDERRATED if lower else Misreading.EVIDENCE_OVERRATED
        faults[bar.value] = None if bar is right else fault
    return _posed(Kind.EVIDENCE_BAR, (edge,), "", faults)


_POSERS: Mapping[Kind, Callable[[_Hat], Posed | None]] = {
    Kind.WHICH_WAY: _which_way,
    Kind.BREAKING_ARROW: _breaking_arrow,
    Kind.PATH_SIGN: _path_sign,
    Kind.LOOP_KIND: _loop_kind,
    Kind.EVIDENCE_BAR: _evidence_bar,
}


def _posed(
    kind: Kind,
    asked: tuple[str, ...],
    node: str,
    faults: Mapping[str, Mistake | Misreading | None],
) -> Posed:
    codes = tuple(faults)
    right = next(place for place, code in enumerate(codes) if faults[code] is None)
    return Posed(kind, asked, node, codes, right, tuple(faults.values()))

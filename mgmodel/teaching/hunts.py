"""Bug hunts: a copy of a part of the map with one wrong arrow, and experiments that give it away.

The reference's answers to a few experiments are told. Whoever asks the copy the same finds where it
differs, and looks for the one mend after which it no longer does. That there is one, and no other,
is computed over every single mend that the copy allows; see `hunt`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.records import MapInfo, Translated
from mgmodel.teaching.faults import Fault, FaultKind, mended, part_of, plain, planted
from mgmodel.teaching.hunting import MOST_EXPERIMENTS, Experiment, Proof, Reading, Search
from mgmodel.vocabulary import Language, Verdict
from mgmodel.wording import edge_sentence, in_words, intervention_in_words, node_name, word
from mgmodel.wording.catalogues import number, say, say_count

__all__ = ["HINTS", "Checked", "Hunt", "check", "hunt", "task_in_words"]

_TRIES = 40
"""Faults planted one after the other until one of them can be told from all others."""
HINTS = 3


@dataclass(frozen=True)
class Hunt:
    """A marked copy of a part of the map with one wrong arrow, and what gives it away."""

    map: Model
    """The copy. Its title says that it is one; it holds no evidence, which would tell."""
    experiments: tuple[Experiment, ...]
    proof: Proof
    seed: int
    part: str
    fault: Fault = field(repr=False)
    """What is wrong: the solution."""
    reference: Model = field(repr=False)
    """The same part as it is."""

    @cached_property
    def answers(self) -> tuple[tuple[Verdict, ...], ...]:
        """What the copy says, for each experiment and each of its readings."""
        return _answers(ensemble_of(self.map), self.experiments)

    @property
    def differing(self) -> tuple[tuple[int, int], ...]:
        """Places (experiment, reading), from 0, at which the copy differs from what is told."""
        return _differing(self.answers, self.experiments)

    def solution(self, language: str = "en") -> str:
        """What is wrong with the copy, in words."""
        return _fault_in_words(self.map, self.fault, language)

    def hint(self, step: int, language: str = "en") -> str:
        """A hint that says a little more at each step, and never which arrow it is.

        Parameters
        ----------
        step
            1 points at an answer that differs, 2 says what kind of fault it is, 3 where it ends.

        Raises
        ------
        ValueError
            There is no such step.

        Examples
        --------
        >>> hunt(Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)]), 3).hint(3)
        'Look among the arrows that end at c, or that could end there.'
        """
        if step not in range(1, HINTS + 1):
            msg = f"There are hints 1 to {HINTS}; {step!r} is none of them."
            raise ValueError(msg)
        if step == 2:
            kind = say(f"teaching.hunt.kind.{self.fault.kind.value}", language)
            return say("teaching.hunt.kind_is", language, kind=kind)
        if step == 3:
            name = node_name(self.map.node(self.fault.target), language)
            return say("teaching.hunt.ends_at", language, node=name)
        place, number_ = self.differing[0]
        reading, said = self.experiments[place].readings[number_], self.answers[place][number_]
        return say(
            "teaching.hunt.differs", language, **_places(self, place, reading, said, language)
        )

    def __repr__(self) -> str:
        arrows, many = len(self.map.edges), len(self.experiments)
        return (
            f"Hunt(seed {self.seed}, {self.part}: {arrows} arrows; "
            f"{many} experiment{'s' * (many != 1)}; 1 of {self.proof.tried} mends fits)"
        )

    def _repr_html_(self) -> str:
        rows = [
            (place, _done(self, each, "en"), _told(self, each, "en"))
            for place, each in enumerate(self.experiments, 1)
        ]
        return table(repr(self), ("experiment", "what is done", "the original says"), rows)


def hunt(
    model: Model,
    seed: int,
    part: str = "core",
    *,
    kinds: Iterable[FaultKind | str] = tuple(FaultKind),
) -> Hunt:
    """A copy of a part of the map with one wrong arrow, and experiments that give it away.

    Verdicts are compared, never levels: nobody knows how strong an arrow is. The experiments are
    lasting pushes, some with other nodes held at baseline. Told is what the reference answers under
    the weightings of `respond`, and only where it answers firmly: rises or falls in at least 0.95
    of the weightings, or no route. For every single mend of the copy (each arrow turned, reversed
    or taken away, and each arrow that it lacks put in, with either sign) it is computed what the
    mended copy answers under 60 weightings of its own. A mend is out when one answer has another
    verdict and its fraction lies at least 0.25 from the one told. Experiments are added, each the
    best of a few drawn by chance, until one mend is left; the copy as it stands is out then too.

    Parameters
    ----------
    model
        Only its reasoning arrows are used.
    seed
        The same seed gives the same hunt on the same map.
    part
        "core", "whole" or the name of a pathway. On a part with permissive arrows or AND groups the
        arrows that may be lacking are tried one by one, which takes long.
    kinds
        What may be wrong; also what the mends are tried of.

    Raises
    ------
    UnknownId
        There is no such part.
    ValueError
        There is no such kind, or no fault of these kinds that at most 6 experiments give away.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
    >>> found = hunt(chain, 3)
    >>> found
    Hunt(seed 3, core: 2 arrows; 2 experiments; 1 of 26 mends fits)
    >>> check(found, found.fault).right
    True
    """
    allowed = [kind for kind in FaultKind if kind in set(map(FaultKind, kinds))]
    reference = plain(part_of(model, part))
    chance = random.Random(seed)
    for _ in range(_TRIES if allowed else 0):
        found = planted(reference, chance.choice(allowed), chance)
        if found is None:
            continue
        copy, fault = found
        search = Search(ensemble_of(reference), copy, fault, allowed, chance)
        experiments = search.experiments()
        if experiments:
            copy = _marked(copy, seed)
            return Hunt(copy, experiments, search.proof(), seed, part, fault, reference)
    msg = (
        f"In the part {part!r} no fault of the kinds {', '.join(allowed) or 'none'} was found that "
        f"at most {MOST_EXPERIMENTS} experiments give away. Take a larger part, or more kinds."
    )
    raise ValueError(msg)


def _marked(copy: Model, seed: int) -> Model:
    """The copy with a title that says what it is."""
    titles = [say("teaching.hunt.title", each, seed=seed) for each in Language]
    held = copy.library
    info = MapInfo(
        Translated(*titles),
        version=f"hunt {seed}",
        systems=held.info.systems,
        pathways=held.info.pathways,
    )
    return Model(copy.nodes.values(), copy.edges.values(), replace(held, info=info))


@dataclass(frozen=True)
class Checked:
    """Whether a guess is what is wrong, and if not, what speaks against it."""

    guess: Fault
    right: bool
    right_arrow: bool
    """Whether its two nodes are those of the wrong arrow, one way or the other."""
    experiment: int | None
    """Place, from 0, of an experiment that the mended copy answers otherwise than is told."""
    reading: Reading | None
    """The node, and what is told of it."""
    said: Verdict | None
    """What the copy would say of it with this mended."""
    _hunt: Hunt = field(repr=False, compare=False)

    def __str__(self) -> str:
        return in_words(self)


def check(hunt: Hunt, guess: Fault) -> Checked:
    """Whether a guess is what is wrong with the copy, and if not, which experiment refutes it.

    Parameters
    ----------
    hunt
        What was handed out.
    guess
        Kind, source and target as they stand in the copy. A missing arrow needs its sign; of
        others the sign is asked for only where several arrows run between the same two nodes.

    Raises
    ------
    UnknownId
        A node or an arrow that the copy does not have.
    ValueError
        There is no such kind of fault, the copy has the arrow that is said to be missing, or the
        sign of a missing arrow is not given.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
    >>> found = hunt(chain, 3, kinds=["turned"])
    >>> found.solution()
    'The sign of the arrow from b to c is the other one.'
    >>> print(check(found, Fault(FaultKind.TURNED, "a", "d")))
    That is not it. With that mended, experiment 1 would give: c: rises; the original says: falls.
    """
    meant = _resolved(hunt.map, guess)
    wrong = hunt.fault
    ends = {meant.source, meant.target} == {wrong.source, wrong.target}
    if meant == wrong:
        return Checked(meant, True, ends, None, None, None, hunt)
    answers = _answers(Ensemble(mended(hunt.map, meant)), hunt.experiments)
    for place, number_ in _differing(answers, hunt.experiments):
        reading = hunt.experiments[place].readings[number_]
        return Checked(meant, False, ends, place, reading, answers[place][number_], hunt)
    return Checked(meant, False, ends, None, None, None, hunt)


def _resolved(copy: Model, guess: Fault) -> Fault:
    """The guess as the generator would write it."""
    kind = FaultKind(guess.kind)
    for end in (guess.source, guess.target):
        copy.node(end)
    between = [
        edge
        for edge in copy.edges.values()
        if (edge.source, edge.target) == (guess.source, guess.target)
    ]
    if kind is FaultKind.MISSING:
        if between:
            msg = (
                f"The copy has an arrow from {guess.source!r} to {guess.target!r}: none is missing."
            )
            raise ValueError(msg)
        if guess.sign not in (1, -1):
            msg = f"The sign of the missing arrow is {guess.sign!r}; give +1 or -1."
            raise ValueError(msg)
        return Fault(kind, guess.source, guess.target, guess.sign)
    meant = [each for each in between if each.id == guess.edge or guess.sign in (0, each.sign)]
    if not meant:
        known = [edge.id for edge in copy.edges.values()]
        wanted = f"{guess.source}.{guess.target}"
        raise UnknownId(wanted, known, kind="arrow in the copy")
    edge = next((each for each in meant if each.id == guess.edge), meant[0])
    return Fault(kind, edge.source, edge.target, edge.sign, edge.id)


def _answers(
    ensemble: Ensemble, experiments: Iterable[Experiment]
) -> tuple[tuple[Verdict, ...], ...]:
    found = []
    for each in experiments:
        direction = ensemble.respond(*each.interventions).direction
        found.append(tuple(direction[reading.node] for reading in each.readings))
    return tuple(found)


def _differing(
    answers: tuple[tuple[Verdict, ...], ...], experiments: Iterable[Experiment]
) -> tuple[tuple[int, int], ...]:
    return tuple(
        (place, number_)
        for place, (each, said) in enumerate(zip(experiments, answers, strict=True))
        for number_, reading in enumerate(each.readings)
        if said[number_] is not reading.told
    )


# In words


def _places(
    hunt: Hunt, place: int, reading: Reading, said: Verdict, language: str
) -> dict[str, object]:
    return {
        "n": number(place + 1, language),
        "label": hunt.map.node(reading.node).label.in_language(language),
        "said": word(said, language),
        "told": word(reading.told, language),
    }


def _fault_in_words(copy: Model, fault: Fault, language: str) -> str:
    ends = {
        "source": node_name(copy.node(fault.source), language),
        "target": node_name(copy.node(fault.target), language),
    }
    arrow = say("edge.arrow", language, **ends)
    said = say(f"teaching.hunt.fault.{fault.kind.value}", language, arrow=arrow)
    if fault.kind is not FaultKind.MISSING:
        return said
    with_it = mended(copy, fault)
    edge = next(
        edge
        for edge in with_it.edges.values()
        if (edge.source, edge.target) == (fault.source, fault.target)
    )
    return f"{said} {edge_sentence(edge, language)}"


def _done(hunt: Hunt, experiment: Experiment, language: str) -> str:
    asked = experiment.interventions
    return " ".join(intervention_in_words(hunt.map, each, language) for each in asked)


def _told(hunt: Hunt, experiment: Experiment, language: str) -> str:
    return "; ".join(
        f"{hunt.map.node(each.node).label.in_language(language)}: {word(each.told, language)}"
        for each in experiment.readings
    )


def task_in_words(hunt: Hunt, language: str = "en") -> str:
    """What to look for, and that there is one answer; neither the experiments nor what is wrong.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
    >>> task_in_words(hunt(chain, 3, kinds=["turned"]))[:62]
    'Bug hunt 3: in this copy (3 arrows) exactly one arrow is wrong'
    """
    kinds = [say(f"teaching.hunt.kind.{each.value}", language) for each in hunt.proof.candidates]
    arrows = say_count("count.arrows", len(hunt.map.edges), language)
    ways = "; ".join(kinds)
    said = [say("teaching.hunt.task", language, seed=hunt.seed, arrows=arrows, kinds=ways)]
    said.append(say_count("teaching.hunt.proof", hunt.proof.tried, language))
    return " ".join(said)


@in_words.register
def _hunt_in_words(hunt: Hunt, language: str = "en") -> str:
    """What to look for, and every experiment with what the reference says; not what is wrong."""
    said = [task_in_words(hunt, language)]
    for place, each in enumerate(hunt.experiments, 1):
        done, told = _done(hunt, each, language), _told(hunt, each, language)
        n = number(place, language)
        said.append(say("teaching.hunt.experiment", language, n=n, done=done, told=told))
    return " ".join(said)


@in_words.register
def _checked_in_words(checked: Checked, language: str = "en") -> str:
    hunt = checked._hunt
    if checked.right:
        return say("teaching.hunt.right", language, fault=hunt.solution(language))
    said = [say("teaching.hunt.wrong", language)]
    if checked.right_arrow:
        said.append(say("teaching.hunt.right_arrow", language))
    if checked.reading is not None and checked.experiment is not None and checked.said is not None:
        facts = (checked.experiment, checked.reading, checked.said)
        said.append(say("teaching.hunt.refuted", language, **_places(hunt, *facts, language)))
    return " ".join(said)

"""What is said to people: every record, a route, a loop, a verdict, a claim card, in sentences.

Sentences are made here and in the rooms that this one opens; the words themselves stand in the
catalogues. Rooms above register what they add with `in_words.register`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mgmodel.interventions import ArrowIntervention, Intervention
from mgmodel.model import Model
from mgmodel.records import Edge, Node
from mgmodel.vocabulary import Effect, Strength, Verdict
from mgmodel.wording.cards import ClaimCard, claim_card
from mgmodel.wording.catalogues import number, percent, say, say_count
from mgmodel.wording.row_sentences import citation
from mgmodel.wording.sentences import (
    arrow_name,
    cite,
    edge_sentence,
    ends_of,
    in_words,
    intervention_sentence,
    node_name,
    word,
)

__all__ = [
    "ClaimCard",
    "arrow_name",
    "arrows_in_words",
    "claim_card",
    "citation",
    "cite",
    "edge_sentence",
    "in_words",
    "intervention_in_words",
    "loop_in_words",
    "loop_word",
    "node_name",
    "path_count_in_words",
    "verdict_in_words",
    "word",
]


def arrows_in_words(arrows: Sequence[Edge], language: str = "en", *, rise: bool = True) -> str:
    """A route read aloud: what a change of its first node does at each step.

    Parameters
    ----------
    arrows
        At least one; each starts where the one before it ends. A loop is read once round.
    rise
        Whether the first node rises; otherwise it falls.

    Raises
    ------
    ValueError
        There is no arrow, or two neighbours do not meet.

    Examples
    --------
    >>> model = Model.from_edges([("a", "b", -1), ("b", "c", -1), ("c", "d", 0), ("d", "e", 1)])
    >>> arrows = list(model.edges.values())
    >>> arrows_in_words(arrows[:2])
    'A rise in a leads to a fall in b, hence to a rise in c.'
    >>> arrows_in_words(arrows[2:], rise=False)
    'A fall in c leads to a change in d, hence to a change in e. From the step from c to d on, the
    direction is not settled.'
    """
    _check_that_they_meet(arrows)
    direction = 1 if rise else -1
    steps, closing = [], ""
    for edge in arrows:
        _, target = ends_of(edge, language)
        if edge.effect is Effect.NO_EFFECT:
            steps.append(say("route.to_nothing", language, node=target))
            break  # nothing known travels on
        if edge.sign == 0 and direction:
            step = arrow_name(edge, language)
            closing = " " + say("route.unclear_from", language, arrow=step)
        direction *= edge.sign
        key = {1: "to_rise", -1: "to_fall", 0: "to_change"}[direction]
        steps.append(say(f"route.{key}", language, node=target))
    spoken = steps[0] + "".join(say("route.hence", language, step=step) for step in steps[1:])
    first, _ = ends_of(arrows[0], language)
    return say("route.rise" if rise else "route.fall", language, node=first, steps=spoken) + closing


def _check_that_they_meet(arrows: Sequence[Edge]) -> None:
    if not arrows:
        msg = "A route has at least one arrow; none was given."
        raise ValueError(msg)
    for before, after in pairwise(arrows):
        if before.target != after.source:
            msg = f"{after.id!r} does not start where {before.id!r} ends. Put the arrows in order."
            raise ValueError(msg)


def loop_word(sign: int, language: str = "en") -> str:
    """What a loop of this sign is called.

    Examples
    --------
    >>> [loop_word(sign) for sign in (1, -1, 0)]
    ['reinforcing', 'balancing', 'undecided']
    """
    if sign > 0:
        return say("loop.word.reinforcing", language)
    return say("loop.word.balancing" if sign < 0 else "loop.word.undecided", language)


def loop_in_words(arrows: Sequence[Edge], language: str = "en") -> str:
    """A loop read once round, and whether it reinforces or balances, and why.

    Raises
    ------
    ValueError
        There is no arrow, two neighbours do not meet, or the last does not end where the first
        starts.

    Examples
    --------
    >>> model = Model.from_edges([("crh", "cortisol", 1), ("cortisol", "crh", -1)])
    >>> loop_in_words(list(model.edges.values()))
    'A rise in crh leads to a rise in cortisol, hence to a fall in crh. Balancing: 1 minus sign
    turns the change round, so it comes back against itself.'
    """
    walk = arrows_in_words(arrows, language)
    if arrows[-1].target != arrows[0].source:
        msg = f"{arrows[-1].id!r} does not end where {arrows[0].id!r} starts: this is no loop."
        raise ValueError(msg)
    undecided = sum(edge.sign == 0 for edge in arrows)
    minus_signs = sum(edge.sign < 0 for edge in arrows)
    if undecided:
        why = say_count("loop.undecided", undecided, language)
    elif minus_signs % 2:
        why = say_count("loop.balancing", minus_signs, language)
    elif minus_signs:
        why = say("loop.reinforcing.some", language, n=number(minus_signs, language))
    else:
        why = say("loop.reinforcing.none", language)
    return f"{walk} {why}"


def path_count_in_words(
    source: Node,
    target: Node,
    signs: Sequence[int],
    language: str = "en",
    *,
    max_length: int | None = None,
    truncated: bool = False,
    removed: bool = False,
) -> str:
    """How many paths there are between two nodes, and of which sign.

    Parameters
    ----------
    signs
        The sign of each path found: +1, -1, or 0 for undecided.
    max_length
        The bound that was set on their length; None says nothing about it.
    truncated
        Whether there are more paths than were listed.
    removed
        Whether nodes are switched off or held, so that none found means none left.

    Examples
    --------
    >>> nodes = Model.from_edges([("magnesium", "stress", -1)]).nodes
    >>> path_count_in_words(nodes["magnesium"], nodes["stress"], [-1], max_length=8)
    '1 path leads from magnesium to stress. By sign: plus 0, minus 1, undecided 0. Only paths of at
    most 8 arrows are counted.'
    >>> path_count_in_words(nodes["magnesium"], nodes["stress"], [], removed=True)
    'No path is left from magnesium to stress.'
    """
    ends = {"source": node_name(source, language), "target": node_name(target, language)}
    if signs:
        sentences = [say_count("path.count", len(signs), language, **ends)]
        plus, minus = (sum(sign == wanted for sign in signs) for wanted in (1, -1))
        counts = {"plus": plus, "minus": minus, "undecided": len(signs) - plus - minus}
        spelled = {name: number(count, language) for name, count in counts.items()}
        sentences.append(say("path.signs", language, **spelled))
    else:
        sentences = [say("path.none_left" if removed else "path.none", language, **ends)]
    if max_length is not None:
        sentences.append(say("path.bound", language, length=number(max_length, language)))
    if truncated:
        sentences.append(say("path.truncated", language))
    return " ".join(sentences)


def verdict_in_words(
    label: str,
    verdict: Verdict,
    fraction: float | None = None,
    strength: Strength | None = None,
    language: str = "en",
) -> str:
    """What a question says of one node, with the fraction of weightings that agree.

    Parameters
    ----------
    label
        The node as at the start of a sentence.
    fraction
        For rises and falls, the fraction of weightings in which it does so; for depends, the
        fraction in which it rises, or None to leave that out.
    strength
        For rises and falls, in how many weightings; without it, it is told from `fraction`.

    Examples
    --------
    >>> verdict_in_words("Norepinephrine", Verdict.FALLS, 1.0)
    'Norepinephrine: falls in all weightings.'
    >>> verdict_in_words("Noradrenaline", Verdict.FALLS, 0.83, Strength.LIKELY, "nl")
    'Noradrenaline: daalt in 83% van de wegingen (meestal).'
    """
    if verdict in {Verdict.RISES, Verdict.FALLS}:
        share = 1.0 if fraction is None else fraction
        strength = strength or _strength_of(share)
        if strength is Strength.ALWAYS:
            return say(f"verdict.always.{verdict.value}", language, label=label)
        return say(
            f"verdict.mostly.{verdict.value}",
            language,
            label=label,
            percent=percent(share, language),
            strength=word(strength, language),
        )
    if verdict is Verdict.DEPENDS and fraction is not None:
        share_words = percent(fraction, language)
        return say("verdict.depends_share", language, label=label, percent=share_words)
    return say(f"verdict.{verdict.value}", language, label=label)


def _strength_of(fraction: float) -> Strength:
    if fraction >= 1:
        return Strength.ALWAYS
    if fraction >= 0.80:
        return Strength.ROBUST if fraction >= 0.95 else Strength.LIKELY
    return Strength.DEPENDS


def intervention_in_words(model: Model, intervention: Intervention, language: str = "en") -> str:
    """What an intervention does, with the labels of the map that it is for.

    Raises
    ------
    UnknownId
        The map does not have its node or arrow.

    Examples
    --------
    >>> from mgmodel.interventions import KnockOut, Press
    >>> model = Model.from_edges([("magnesium", "stress", -1)])
    >>> intervention_in_words(model, Press("magnesium", -0.5), "nl")
    'Duw magnesium met 0,5 omlaag.'
    >>> intervention_in_words(model, KnockOut("stress"))
    'Switch stress off: absent altogether.'
    """
    if isinstance(intervention, ArrowIntervention):
        name = arrow_name(model.edge(intervention.edge), language)
    else:
        name = node_name(model.node(intervention.node), language)
    return intervention_sentence(intervention, name, language)

"""Multiple choice about a map: exactly one option is right by the engine, and each other one is a
mistake that has a name. Questions come by lot; the same seed gives the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mgmodel.interventions import parse
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.teaching.cases import Answer, Case
from mgmodel.teaching.hints import answer_in_words
from mgmodel.teaching.mistakes import Mistake
from mgmodel.teaching.posing import OPEN, Kind, Misreading, Posed, pose
from mgmodel.teaching.predictions import Prediction, mark
from mgmodel.vocabulary import EvidenceBar
from mgmodel.wording import (
    arrow_name,
    arrows_in_words,
    edge_sentence,
    in_words,
    intervention_in_words,
    loop_in_words,
    loop_word,
    node_name,
    word,
)
from mgmodel.wording.catalogues import say

__all__ = ["Item", "Kind", "Misreading", "Option", "items"]


@dataclass(frozen=True)
class Option:
    """One of the answers that a question offers."""

    text: str
    code: str
    """The answer, arrow, kind of loop or bar that it stands for, in every language the same."""
    fault: Mistake | Misreading | None
    """Why it is wrong; None for the right one."""
    why: str
    """The same in words, for whoever chose it; empty for the right one."""


@dataclass(frozen=True)
class Item:
    """One question with its options."""

    kind: Kind
    question: str
    options: tuple[Option, ...]
    right: int
    """The place of the right option."""
    reason: str
    """Why it is right."""
    posed: Posed
    """The same without words."""

    def __str__(self) -> str:
        letters = (f"{chr(ord('a') + k)}) {each.text}" for k, each in enumerate(self.options))
        return "\n".join([self.question, *letters])


def items(
    model: Model,
    seed: int,
    count: int = 5,
    language: str = "en",
    *,
    kinds: Iterable[Kind | str] = tuple(Kind),
    ensemble: Ensemble | None = None,
) -> tuple[Item, ...]:
    """Questions about a map, by lot.

    Parameters
    ----------
    model
        The map.
    seed
        The same seed gives the same questions, in every language.
    count
        How many; fewer come where the map has no more, or nothing of these kinds.
    language
        "en", "nl" or "sv".
    kinds
        Of which kinds, which come up by turns.
    ensemble
        Weightings of the same map that are at hand; by default those that are kept with it.

    Raises
    ------
    ValueError
        A negative count, a kind that there is not, or an ensemble of another map.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", -1), ("b", "c", -1)])
    >>> item = items(chain, 1, 1, kinds=["path_sign"])[0]
    >>> print(item)
    Along this path alone, what becomes of c after a rise in a? A rise in a lowers b. A rise in b
    lowers c.
    a) Rises
    b) Falls
    c) Not settled
    >>> item.right, [each.fault for each in item.options]
    (0, [None, <Mistake.FIRST_STEP: 'first_step'>, <Misreading.OPEN_IMAGINED: 'open_imagined'>])
    """
    if count < 0:
        msg = f"count is {count}; give 0 or more."
        raise ValueError(msg)
    ensemble = ensemble_of(model) if ensemble is None else ensemble
    if ensemble.model != model:
        msg = "The ensemble is that of another map; give Ensemble(model) of this one."
        raise ValueError(msg)
    drawn = pose(ensemble, seed, count, [Kind(kind) for kind in kinds])
    return tuple(_item(ensemble, posed, language) for posed in drawn)


def _item(ensemble: Ensemble, posed: Posed, language: str) -> Item:
    codes = enumerate(posed.codes)
    options = tuple(_option(ensemble, posed, place, code, language) for place, code in codes)
    question, reason = _told(ensemble, posed, language)
    return Item(posed.kind, question, options, posed.right, reason, posed)


def _option(ensemble: Ensemble, posed: Posed, place: int, code: str, language: str) -> Option:
    fault = posed.faults[place]
    why = "" if fault is None else _why(ensemble, posed, code, fault, language)
    return Option(_text(ensemble.model, posed.kind, code, language), code, fault, why)


def _text(model: Model, kind: Kind, code: str, language: str) -> str:
    match kind:
        case Kind.BREAKING_ARROW:
            edge = model.edge(code)
            names = [node_name(model.node(each), language) for each in (edge.source, edge.target)]
            return " → ".join(names)
        case Kind.LOOP_KIND:
            sign = {"reinforcing": 1, "balancing": -1}.get(code, 0)
            return loop_word(sign, language).capitalize()
        case Kind.EVIDENCE_BAR:
            return word(EvidenceBar(code), language).capitalize()
    return say("teaching.quiz.open", language) if code == OPEN else in_words(Answer(code), language)


def _why(
    ensemble: Ensemble, posed: Posed, code: str, fault: Mistake | Misreading, language: str
) -> str:
    if posed.kind is Kind.WHICH_WAY:
        prediction = Prediction(posed.node, Answer(code))
        return mark(ensemble, map(parse, posed.asked), prediction).explanation(language)
    if posed.kind is Kind.LOOP_KIND and fault is Mistake.SIGN_SLIP:
        return say("teaching.quiz.loop_slip", language)
    if isinstance(fault, Mistake):
        return in_words(fault, language)
    named = {}
    if posed.kind is Kind.BREAKING_ARROW:
        named["arrow"] = arrow_name(ensemble.model.edge(code), language)
    return say(f"teaching.misreading.{fault}", language, **named)


def _told(ensemble: Ensemble, posed: Posed, language: str) -> tuple[str, str]:
    """The question, and why its right answer is right."""
    model, right = ensemble.model, posed.codes[posed.right]
    places = {}
    if posed.node:
        places["node"] = places["target"] = node_name(model.node(posed.node), language)
    if posed.kind is Kind.WHICH_WAY:
        asked = tuple(map(parse, posed.asked))
        said = " ".join(intervention_in_words(model, each, language) for each in asked)
        reason = answer_in_words(Case(ensemble, asked, None, posed.node, Answer(right)), language)
        return say("teaching.quiz.which_way", language, asked=said, **places), reason
    if posed.kind is Kind.BREAKING_ARROW:
        places["source"] = node_name(model.node(posed.asked[0]), language)
        arrow = arrow_name(model.edge(right), language)
        reason = say("teaching.quiz.all_through", language, arrow=arrow, **places)
        return say("teaching.quiz.breaking_arrow", language, **places), reason
    arrows = [model.edge(edge) for edge in posed.asked]
    places["steps"] = " ".join(edge_sentence(edge, language) for edge in arrows)
    if posed.kind is Kind.EVIDENCE_BAR:
        reason = in_words(EvidenceBar(right), language)
    elif posed.kind is Kind.LOOP_KIND:
        reason = loop_in_words(arrows, language)
    else:
        places["source"] = node_name(model.node(arrows[0].source), language)
        reason = arrows_in_words(arrows, language)
    return say(f"teaching.quiz.{posed.kind}", language, **places), reason

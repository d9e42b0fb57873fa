"""The words of a reason: what is forced, what an arrow of a way does, and what stops a push.

A label stands where no other word has to agree with it, as everywhere in `mgmodel.wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from mgmodel.inquiry.ways import LONGEST, Obstacle, Step, Way
from mgmodel.interventions import Intervention, KnockOut, Plan
from mgmodel.model import Model
from mgmodel.wording import arrow_name, node_name
from mgmodel.wording.cards import best_citations
from mgmodel.wording.catalogues import number, say, say_count
from mgmodel.wording.sentences import full_stop

__all__ = [
    "arrow_sentence",
    "blocked_in_words",
    "forcing",
    "forcing_in_words",
    "start_in_words",
    "step_cites",
    "step_in_words",
    "step_marks",
    "way_heading",
    "way_in_words",
]

_TOLD = 3
"""Obstacles that are told of for each push; the record holds them all."""


def forcing(node: str, interventions: Iterable[Intervention], plan: Plan) -> str:
    """What the question itself does to a node, as the last part of a key; empty for nothing.

    Examples
    --------
    >>> from mgmodel.interventions import Press, check
    >>> pair = Model.from_edges([("a", "b", 1)])
    >>> asked = [Press("a", -1), KnockOut("b")]
    >>> [forcing(node, asked, check(pair, asked)) for node in pair.nodes]
    ['pushed_down', 'off']
    """
    if node in plan.fixed:
        if KnockOut(node) in interventions:
            return "off"
        value = plan.fixed[node]
        return "held" if not value else "held_up" if value > 0 else "held_down"
    amount = plan.pressed.get(node, 0.0)
    return "" if not amount else "pushed_up" if amount > 0 else "pushed_down"


def forcing_in_words(key: str, language: str = "en") -> str:
    """What the question itself does to a node that was named before, as a sentence."""
    if not key:
        return ""
    told = say(f"why.told.{key}", language)
    return full_stop(told[0].upper() + told[1:])


def start_in_words(model: Model, node: str, key: str, language: str = "en") -> str:
    """What is done to a node, with its label."""
    label = model.node(node).label.in_language(language)
    return say(f"why.start.{key}", language, label=label)


def step_cites(step: Step, language: str = "en") -> list[str]:
    """Author and year of the references that speak best for a step, at most two."""
    return list(best_citations(step._model, step.edge, language))


def arrow_sentence(
    model: Model, edge_id: str, way: str, *, rises: bool, language: str = "en"
) -> str:
    """What a rise, a fall or a change (`way`) of an arrow's source does to its target."""
    edge = model.edge(edge_id)
    source, target = (node_name(model.node(end), language) for end in (edge.source, edge.target))
    end = "raises" if rises else "lowers"
    return say(f"why.step.{way}_{end}", language, source=source, target=target)


def step_in_words(step: Step, language: str = "en") -> str:
    """What the change does at one arrow of a way, with the arrow as the question has it."""
    way = "rise" if step.source_rises else "fall"
    return arrow_sentence(step._model, step.edge, way, rises=step.target_rises, language=language)


def step_marks(step: Step, language: str = "en") -> list[str]:
    """How sure a step is: its grade, whether it is the weakest, contested, described, verified."""
    marks = [say("why.mark.grade", language, grade=step.grade.value)]
    if step.weakest:
        marks.append(say("why.mark.weakest", language))
    if step.counts:
        supporting, opposing = (number(count, language) for count in step.counts)
        marks.append(say("why.mark.contested", language, supporting=supporting, opposing=opposing))
    if step.described:
        marks.append(say("why.mark.described", language))
    if step.verified:
        marks.append(say("why.mark.verified", language))
    if step.turned:
        marks.append(say("why.mark.turned", language))
    return marks


def way_heading(way: Way, language: str = "en") -> str:
    """Whether a way agrees with the answer, or which way it leads where the answer depends."""
    return say(f"why.way.{way.kind}", language)


def way_in_words(way: Way, start: str, language: str = "en") -> list[str]:
    """A way as sentences: what it is, where it starts, and each step with its marks and sources."""
    said = [full_stop(way_heading(way, language)), start]
    for place, step in enumerate(way.steps, 1):
        about = [", ".join(step_marks(step, language)), *step_cites(step, language)]
        said.append(
            say(
                "why.step.told",
                language,
                n=number(place, language),
                sentence=step_in_words(step, language),
                about="; ".join(about),
            )
        )
    return said


def blocked_in_words(
    model: Model,
    node: str,
    blocked: Sequence[Obstacle],
    interventions: Iterable[Intervention],
    plan: Plan,
    language: str = "en",
) -> list[str]:
    """What stops a push, source by source, and how many of the paths."""
    asked = tuple(interventions)
    said: list[str] = []
    for source, group in groupby(blocked, key=lambda each: each.source):
        obstacles = list(group)[:_TOLD]
        ends = {
            "source": node_name(model.node(source), language),
            "target": node_name(model.node(node), language),
            "length": number(LONGEST, language),
        }
        for each in obstacles:
            if not each.id:
                said.append(say("why.blocked.far", language, **ends))
                continue
            said.append(_closed(model, each.id, forcing(each.id, asked, plan), language))
            said.append(_stopped(each, ends, language))
        if obstacles[0].truncated:
            total = number(obstacles[0].total, language)
            said.append(say("why.blocked.truncated", language, n=total))
    return said


def _closed(model: Model, one: str, key: str, language: str) -> str:
    if one in model.nodes:
        return start_in_words(model, one, key, language)
    return say("why.start.cut", language, arrow=arrow_name(model.edge(one), language))


def _stopped(obstacle: Obstacle, ends: dict[str, str], language: str) -> str:
    if obstacle.stopped == obstacle.total:
        return say_count("why.blocked.all", obstacle.total, language, **ends)
    return say(
        "why.blocked.some",
        language,
        n=number(obstacle.total, language),
        stopped=number(obstacle.stopped, language),
        **ends,
    )

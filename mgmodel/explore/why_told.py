"""What the page says when somebody asks why, as one plain value; `static/why.js` says the same."""

from __future__ import annotations

from typing import Any

from mgmodel.inquiry.reason_words import (
    forcing_in_words,
    step_cites,
    step_in_words,
    step_marks,
    way_heading,
)
from mgmodel.inquiry.reasons import Why
from mgmodel.inquiry.ways import Step
from mgmodel.wording import in_words

__all__ = ["why_told"]


def why_told(why: Why, language: str = "en") -> dict[str, Any]:
    """The reasons of one answer in texts and numbers, ready to be written as JSON.

    Parameters
    ----------
    why
        What was found; nodes and arrows are told by their places in the map's order.
    language
        "en", "nl" or "sv".

    Examples
    --------
    >>> from mgmodel.inquiry.reasons import why
    >>> from mgmodel.interventions import Press
    >>> from mgmodel.model import Model
    >>> told = why_told(why(Model.from_edges([("a", "b", -1)]), "b", Press("a")))
    >>> told["node"], told["narration"], [way["kind"] for way in told["ways"]]
    (1, 'b: falls, always; because of a rise in a.', ['for'])
    """
    model = why._model
    arrows = {edge: number for number, edge in enumerate(model.edges)}
    return {
        "node": list(model.nodes).index(why.node),
        "sentence": why.sentence(language),
        "itself": forcing_in_words(why.itself, language),
        "because": why.reasons(language),
        "narration": why.narration(language),
        "blocked": " ".join(why.obstacles(language)),
        "ways": [
            {
                "kind": way.kind,
                "heading": way_heading(way, language),
                "start": why.start(way, language),
                "steps": [_step(step, arrows[step.edge], language) for step in way.steps],
            }
            for way in why.ways
        ],
        "note": why.note(language),
        "decides": why.decides,
        "deciding": [in_words(each, language) for each in why.deciding],
    }


def _step(step: Step, number: int, language: str) -> dict[str, Any]:
    return {
        "sentence": step_in_words(step, language),
        "edge": number,
        "grade": step.grade.value,
        "cites": step_cites(step, language),
        "contested": list(step.counts) if step.counts else None,
        "described": step.described,
        "verified": step.verified,
        "weakest": step.weakest,
        "turned": step.turned,
        "marks": step_marks(step, language),
    }

"""The question of a prediction: what is done, which nodes are asked about, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mgmodel.errors import UnknownId
from mgmodel.explore.sheet_drawing import (
    Picture,
    Sight,
    Verdicts,
    drawing_with,
    drawn,
    question_look,
)
from mgmodel.explore.views import drawings
from mgmodel.interventions import Intervention, check
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.teaching import Answer
from mgmodel.teaching.cases import Case, answer_for
from mgmodel.wording import intervention_in_words, node_name
from mgmodel.wording.catalogues import join, say

__all__ = ["Asked", "asked_of", "picture_of_question", "question_in_words"]

_MOST_NODES = 5


@dataclass(frozen=True, eq=False)
class Asked:
    """The question of a worksheet, which stays the same whatever is answered."""

    ensemble: Ensemble
    interventions: tuple[Intervention, ...]
    before: tuple[Intervention, ...] | None
    nodes: tuple[str, ...]
    drawing: str

    @property
    def model(self) -> Model:
        """The map that is asked."""
        return self.ensemble.model

    def name(self, node: str, language: str = "en") -> str:
        """The node as it is named inside a sentence."""
        return node_name(self.model.node(node), language)

    def case(self, node: str) -> Case:
        """The question about one node."""
        return Case(self.ensemble, self.interventions, self.before, node, Answer.DEPENDS)


def asked_of(
    model: Model,
    interventions: Iterable[Intervention],
    nodes: Iterable[str],
    *,
    before: Iterable[Intervention] | None = None,
    view: str | None = None,
) -> Asked:
    """A question about some nodes, once it is known that it can be asked.

    Parameters
    ----------
    model, interventions, before
        As in `mgmodel.teaching.mark`.
    nodes
        One to five nodes, all different.
    view
        The drawing beside the question; by default the core map where it shows all that is asked
        about, else the whole one.

    Raises
    ------
    UnknownId
        A node, an arrow or a drawing that the map does not have.
    ValueError
        No node or too many, one of them twice, or one that the question itself holds.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> asked_of(chain, [Press("a")], ["c"]).drawing
    'whole'
    """
    asked, chosen = tuple(interventions), tuple(nodes)
    if not 1 <= len(chosen) <= _MOST_NODES or len(set(chosen)) < len(chosen):
        msg = f"nodes is {chosen!r}; give one to {_MOST_NODES} nodes, each once."
        raise ValueError(msg)
    earlier = None if before is None else tuple(before)
    for node in chosen:
        model.node(node)
    pressed = check(model, asked).pressed
    drawing = drawing_with(model, (*chosen, *pressed)) if view is None else view
    if drawing not in drawings(model):
        raise UnknownId(drawing, drawings(model), kind="drawing")
    found = Asked(ensemble_of(model), asked, earlier, chosen, drawing)
    for node in chosen:
        answer_for(found.case(node).truth)  # refuses a node that the question holds
    return found


def question_in_words(asked: Asked, language: str = "en") -> str:
    """What is done, what that is compared with, and what is asked.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> question_in_words(asked_of(Model.from_edges([("a", "b", 1)]), [Press("a")], ["b"]))
    'Push a up by 1. What becomes of b?'
    """

    def side(question: tuple[Intervention, ...]) -> str:
        done = [intervention_in_words(asked.model, each, language) for each in question]
        return " ".join(done) or say("teaching.pool.baseline", language)

    said = [side(asked.interventions)]
    if asked.before is not None:
        said.append(say("teaching.pool.compared", language, before=side(asked.before)))
    nodes = join([asked.name(node, language) for node in asked.nodes], language)
    return " ".join((*said, say("worksheet.predict.task", language, nodes=nodes)))


def picture_of_question(
    asked: Asked, language: str = "en", theme: str = "light", *, answered: bool = False
) -> Picture:
    """The drawing of the question, with what the map says only where it was answered.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> asked = asked_of(Model.from_edges([("a", "b", 1)]), [Press("a")], ["b"])
    >>> "Rises" in picture_of_question(asked).alt
    False
    >>> "Rises" in picture_of_question(asked, answered=True).alt
    True
    """
    told = None
    if answered:
        found = asked.case(asked.nodes[0]).told
        told = Verdicts(asked.interventions, found.direction, found.strength)
    sight = Sight(asked.drawing, language, theme)
    made = drawn(
        asked.model, question_look(asked.model, asked.interventions, asked.nodes, sight, told)
    )
    if not answered or asked.before is None:
        return made
    difference = say("worksheet.predict.difference", language)
    return replace(made, alt=f"{made.alt} {difference}")

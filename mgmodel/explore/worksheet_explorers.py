"""The worksheets that a notebook opens: one line each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mgmodel.explore.predicting import (
    hints_told,
    predicting_sheet,
    results_of,
    results_to_save,
)
from mgmodel.explore.prediction_question import Asked, asked_of
from mgmodel.explore.worksheet_widget import WorksheetWidget
from mgmodel.interventions import Intervention
from mgmodel.model import Model
from mgmodel.teaching import Answer, Marked

__all__ = ["PredictionWidget", "explore_prediction"]


class PredictionWidget(WorksheetWidget):
    """Predict, observe, explain: answers that are committed before the map gives its own.

    Parameters
    ----------
    asked
        The question.
    language
        "en", "nl" or "sv".
    """

    def __init__(self, asked: Asked, language: str = "en") -> None:
        self._asked = asked
        super().__init__(predicting_sheet(asked, language))

    def predict(self, node: str, answer: Answer | str, confidence: int = 2) -> None:
        """Answer for one node; what was answered of it before is replaced.

        Parameters
        ----------
        node
            One of the nodes that are asked about.
        answer
            "rises", "falls", "depends" or "no_route".
        confidence
            1 a guess, 2 rather sure, 3 sure.

        Raises
        ------
        UnknownId
            The node is not asked about.
        ValueError
            Another answer or confidence, or the answers are committed.
        """
        self._act("predict", (node, answer, confidence))

    def hint(self, node: str) -> str:
        """The next of three hints for a node, which is shown under it as well."""
        self._act("hint", node)
        return hints_told(self._asked, self.state, node)[-1]

    def commit(self) -> None:
        """Commit to the answers: now they are marked, and the map's are drawn.

        Raises
        ------
        ValueError
            A node is unanswered, or the answers are committed already.
        """
        self._act("commit")

    def try_again(self) -> None:
        """Take all answers back; that hints were taken stays known."""
        self._act("again")

    @property
    def results(self) -> tuple[Marked, ...]:
        """The answers beside what the map says; none before they are committed."""
        return results_of(self._asked, self.state)

    def save_answers(self, path: str | Path) -> None:
        """Write the answers to a small file without a name, which `Pool.from_file` reads.

        Raises
        ------
        ValueError
            Nothing is committed yet.
        """
        text = results_to_save(self._asked, self.state)
        Path(path).write_text(text, encoding="utf-8")


def explore_prediction(
    model: Model,
    *interventions: Intervention,
    nodes: Iterable[str],
    before: Iterable[Intervention] | None = None,
    view: str | None = None,
    language: str = "en",
) -> PredictionWidget:
    """Predict, observe, explain: commit to what becomes of some nodes, then see it.

    Parameters
    ----------
    model
        The map; answers come from all of it.
    *interventions
        What is done to it, as in `respond`.
    nodes
        One to five nodes that are asked about.
    before
        A question that this one is compared with, as in `compare`: then the answers are about the
        difference from there.
    view
        The drawing beside the questions: "core", "whole" or a pathway. By default the core map
        where it shows all that is asked about, else the whole one.
    language
        "en", "nl" or "sv".

    Returns
    -------
    PredictionWidget
        A `WorksheetWidget`; leave it at the end of a cell to see it.

    Raises
    ------
    UnknownId
        A node, an arrow or a drawing that the map does not have.
    ValueError
        No node or too many, one that the question itself holds, or interventions that contradict
        each other.

    Examples
    --------
    >>> from mgmodel.interventions import Press
    >>> chain = Model.from_edges([("serum", "channel", -1), ("channel", "release", 1)])
    >>> sheet = explore_prediction(chain, Press("serum"), nodes=["release"])
    >>> sheet.predict("release", "rises", confidence=3)
    >>> sheet.results
    ()
    >>> sheet.commit()
    >>> sheet.status, sheet.results
    ('Right: 0 of 1.', (Marked(release rises; the map says falls: sign slip),))
    """
    asked = asked_of(model, interventions, nodes, before=before, view=view)
    return PredictionWidget(asked, language)

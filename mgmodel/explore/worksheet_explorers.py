"""The worksheets that a notebook opens: one line each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mgmodel.explore.drafting import draft_sheet, report_of
from mgmodel.explore.hunt_sheet import hunt_sheet
from mgmodel.explore.predicting import (
    hints_told,
    predicting_sheet,
    results_of,
    results_to_save,
)
from mgmodel.explore.prediction_question import Asked, asked_of
from mgmodel.explore.quizzing import quiz_sheet
from mgmodel.explore.worksheet_widget import WorksheetWidget
from mgmodel.interventions import Intervention
from mgmodel.model import Model
from mgmodel.teaching import Answer, Checked, DraftReport, FaultKind, Hunt, Kind, Marked, hunt

__all__ = [
    "DraftWidget",
    "HuntWidget",
    "PredictionWidget",
    "QuizWidget",
    "explore_draft",
    "explore_hunt",
    "explore_prediction",
    "explore_quiz",
]


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


class QuizWidget(WorksheetWidget):
    """Questions by lot, one at a time: chosen, checked, explained and counted."""

    def choose(self, item: int, option: int) -> None:
        """Choose an option of a question, which comes on the page; both counted from 0.

        Raises
        ------
        ValueError
            There is no such question or option, or the question is checked.
        """
        self._act("choose", (item, option))

    def check(self) -> None:
        """Check every question for which an option is chosen.

        Raises
        ------
        ValueError
            Nothing is chosen that is not checked.
        """
        self._act("check")


def explore_quiz(
    model: Model,
    *,
    seed: int = 1,
    count: int = 5,
    kinds: Iterable[Kind | str] | None = None,
    language: str = "en",
) -> QuizWidget:
    """Questions about the map by lot, with the mistake behind each wrong option.

    Parameters
    ----------
    model
        The map.
    seed
        The same seed gives the same questions, in every language.
    count
        How many; fewer come where the map has no more.
    kinds
        Words of `mgmodel.teaching.Kind`; all where none are given.
    language
        "en", "nl" or "sv".

    Returns
    -------
    QuizWidget
        A `WorksheetWidget`; leave it at the end of a cell to see it.

    Raises
    ------
    ValueError
        There is no such kind, or the map has no question of these kinds.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", -1), ("b", "c", -1)])
    >>> quiz = explore_quiz(chain, kinds=["path_sign"])
    >>> quiz.choose(0, 0)
    >>> quiz.check()
    >>> quiz.status
    'Checked: 1 of 1. Right: 1.'
    """
    return QuizWidget(quiz_sheet(model, seed, count, kinds=kinds, language=language))


class HuntWidget(WorksheetWidget):
    """A copy of the map with one wrong arrow, experiments that give it away, and a form to guess.

    Parameters
    ----------
    hunt
        The hunt; `hunt.map` is the copy, for `explore_map` beside the sheet.
    language
        "en", "nl" or "sv".
    """

    def __init__(self, hunt: Hunt, language: str = "en") -> None:
        self.hunt = hunt
        super().__init__(hunt_sheet(hunt, language))

    def guess(self, kind: FaultKind | str, source: str, target: str, sign: int = 0) -> None:
        """Guess what is wrong; `checked` then says whether it is, and what speaks against it.

        Parameters
        ----------
        kind
            "turned", "missing", "reversed" or "added".
        source, target
            Where the arrow runs in the copy, or would run.
        sign
            +1 or -1; needed for a missing arrow.

        Raises
        ------
        UnknownId
            The copy has no such node, or the hunt no such kind.
        ValueError
            There is no such arrow in the copy, or the hunt is over.
        """
        self._act("guess", (str(kind), source, target, sign))

    @property
    def checked(self) -> Checked | None:
        """What was guessed last, and whether it is what is wrong; None before the first guess."""
        found: Checked | None = self.state.checked
        return found

    def hint(self) -> str:
        """The next of three hints, which is shown as well."""
        self._act("hint")
        return self.hunt.hint(self.state.hints, self.state.language)

    def give_up(self) -> str:
        """Show the solution, and say it."""
        self._act("give_up")
        return self.hunt.solution(self.state.language)


def explore_hunt(
    model: Model, *, seed: int = 1, part: str = "core", language: str = "en"
) -> HuntWidget:
    """A bug hunt: which one arrow of a copy is wrong, by what the original says.

    Parameters
    ----------
    model
        The map that the copy is made of.
    seed
        The same seed gives the same hunt.
    part
        "core", "whole" or a pathway, as in `mgmodel.teaching.hunt`.
    language
        "en", "nl" or "sv".

    Returns
    -------
    HuntWidget
        A `WorksheetWidget`; leave it at the end of a cell to see it. Its `hunt.map` is the copy.

    Raises
    ------
    UnknownId
        There is no such part.
    ValueError
        No fault is found in it that few experiments give away.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "d", 1)])
    >>> sheet = explore_hunt(chain, seed=3)
    >>> sheet.hint()
    'See experiment 1. c: no route in the copy, falls in the original.'
    """
    return HuntWidget(hunt(model, seed, part), language)


class DraftWidget(WorksheetWidget):
    """A student's own arrows, held against the map line by line."""

    def __init__(self, model: Model, text: str = "", language: str = "en") -> None:
        self._model = model
        super().__init__(draft_sheet(model, text, language))

    def write(self, text: str) -> None:
        """Put another text in the place of what is written."""
        self._act("write", text)

    def compare(self) -> None:
        """Hold what is written against the map; `report` then says what it says.

        Raises
        ------
        ValueError
            Nothing is written.
        """
        self._act("compare")

    @property
    def report(self) -> DraftReport | None:
        """What the map says of the text that was compared last; None before that."""
        return report_of(self._model, self.state)


def explore_draft(model: Model, *, text: str = "", language: str = "en") -> DraftWidget:
    """My map: arrows written by hand, each held against the map.

    Parameters
    ----------
    model
        The map.
    text
        What is written at the beginning, as `mgmodel.teaching.read_draft` takes it.
    language
        "en", "nl" or "sv".

    Returns
    -------
    DraftWidget
        A `WorksheetWidget`; leave it at the end of a cell to see it.

    Raises
    ------
    ValueError
        `text` is no text.

    Examples
    --------
    >>> sheet = explore_draft(Model.from_edges([("crh", "acth", 1)]), text="acth -> crh")
    >>> sheet.compare()
    >>> sheet.report
    DraftReport(1 reversed)
    >>> sheet.status
    '1 arrow was drawn; borne out by the map: 0.'
    """
    return DraftWidget(model, text, language)

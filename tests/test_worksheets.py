"""Worksheets: acts lead from state to state, and nothing tells an answer before it is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import signed_models

import mgmodel as mg
from mgmodel.errors import MgModelError, UnknownId
from mgmodel.explore import (
    WorksheetWidget,
    explore_draft,
    explore_hunt,
    explore_prediction,
    explore_quiz,
    rehearse,
)
from mgmodel.explore.drafting import DraftState
from mgmodel.explore.predicting import predicting_sheet
from mgmodel.explore.prediction_question import asked_of, picture_of_question
from mgmodel.explore.views import Refused
from mgmodel.explore.worksheets import Button, Feedback, Group, Page, Question, SheetView, acted
from mgmodel.figures import alt_text
from mgmodel.interventions import Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.teaching import Answer, FaultKind, Kind, Pool, items
from mgmodel.teaching.cases import answer_for
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import say

LANGUAGES = tuple(str(language) for language in Language)
Opener = Callable[..., WorksheetWidget]
ASKED = (mg.KnockOut("b"), mg.Press("a"))


@pytest.fixture
def circle() -> Model:
    """Stress raises cortisol by way of b, which falls back on it."""
    arrows = [("a", "b", 1), ("b", "c", 1), ("c", "a", -1), ("a", "d", -1), ("d", "e", -1)]
    return Model.from_edges(arrows)


@pytest.fixture
def prediction(circle: Model) -> Any:
    return explore_prediction(circle, mg.Press("a"), nodes=("c", "e"))


def opened(model: Model, kind: str, **more: Any) -> WorksheetWidget:
    if kind == "prediction":
        return explore_prediction(model, mg.Press("a"), nodes=("c", "e"), **more)
    openers: dict[str, Opener] = {
        "quiz": explore_quiz,
        "hunt": explore_hunt,
        "draft": explore_draft,
    }
    return openers[kind](model, **more)


EVERY_KIND = pytest.mark.parametrize("kind", ["prediction", "quiz", "hunt", "draft"])


def blocks_of(page: Page) -> list[Any]:
    """Every block of a page, those of groups as well."""

    def walk(blocks: Any) -> Any:
        for block in blocks:
            yield block
            if isinstance(block, Group):
                yield from walk(block.blocks)

    return list(walk(page.blocks))


def page_of(widget: WorksheetWidget) -> Page:
    return widget._now.page


def sent(widget: WorksheetWidget) -> str:
    """All that the browser is told, but for the drawing."""
    return json.dumps(widget.sheet, sort_keys=True)


# --- every kind -------------------------------------------------------------------------------


@EVERY_KIND
def test_every_control_can_be_pressed_and_all_is_put_back(circle: Model, kind: str) -> None:
    widget = opened(circle, kind)
    before, state = sent(widget), widget.state
    assert re.fullmatch(r"\d+ controls pressed, and each of them answered\.", rehearse(widget))
    assert (sent(widget), widget.state) == (before, state)


@EVERY_KIND
def test_rehearsal_presses_every_act_of_the_sheet(circle: Model, kind: str) -> None:
    widget = opened(circle, kind)
    pressed = {action for action, _ in widget.presses}
    assert pressed | {"answer", "confidence"} >= set(widget._sheet.acts)
    for block in blocks_of(page_of(widget)):
        if isinstance(block, Question) and kind == "prediction":
            offered = {(block.about, value) for value, _ in block.options}
            assert offered <= {value for action, value in widget.presses if action == block.act}


@EVERY_KIND
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_changes_words_and_keeps_what_was_done(
    circle: Model, kind: str, language: str
) -> None:
    widget = opened(circle, kind)
    for action, value in widget.presses[:4]:
        widget.press(action, value)
    state = widget.state
    widget.speak(language)
    assert widget.state == replace(state, language=language)
    assert widget.sheet["language"] == language
    assert say("explore.teaching", language) == widget.sheet["words"]["teaching"]
    fresh = opened(circle, kind, language=language)
    assert widget.sheet["title"] == fresh.sheet["title"]
    widget.reset()
    assert widget.state == fresh.state


@EVERY_KIND
def test_an_error_in_the_page_is_shown_and_raised(circle: Model, kind: str) -> None:
    widget = opened(circle, kind)

    def broken(*_: Any) -> Page:
        msg = "planted"
        raise RuntimeError(msg)

    object.__setattr__(widget._sheet, "page", broken)
    with pytest.raises(RuntimeError, match="planted"):
        widget.press("language", "nl")
    assert widget.error == say("explore.error", "en", what="RuntimeError: planted")
    assert widget.state.language == "en"


@EVERY_KIND
def test_an_unknown_act_language_or_theme_is_refused(circle: Model, kind: str) -> None:
    widget = opened(circle, kind)
    for action, value in (("comit", None), ("language", "fr"), ("theme", "blue")):
        with pytest.raises(UnknownId):
            widget._box.act(action, value)
        assert widget.error


@EVERY_KIND
def test_what_is_stored_tells_the_question_in_words(circle: Model, kind: str) -> None:
    widget = opened(circle, kind)
    bundle = widget._repr_mimebundle_()
    assert bundle is not None
    data = bundle[0]
    assert data["text/plain"] == f"{widget!r}\n{page_of(widget).question}"
    assert ("image/png" in data) == (kind in {"prediction", "hunt"})


@EVERY_KIND
def test_the_same_state_gives_the_same_page(circle: Model, kind: str) -> None:
    one, other = opened(circle, kind), opened(circle, kind)
    for action, value in one.presses[:6]:
        one.press(action, value)
        other.press(action, value)
    assert (sent(one), one.picture, one.state) == (sent(other), other.picture, other.state)


def test_dark_and_light_are_drawn_apart_and_the_answers_stay(prediction: Any) -> None:
    prediction.predict("c", "rises")
    light, state = prediction.picture, prediction.state
    prediction.press("theme", "dark")
    assert prediction.picture != light
    assert prediction.state == state


# --- predict ----------------------------------------------------------------------------------


def test_commit_is_refused_until_each_node_is_answered_and_the_reason_names_it(
    prediction: Any,
) -> None:
    prediction.predict("c", "falls")
    (commit,) = (b for b in blocks_of(page_of(prediction)) if getattr(b, "act", "") == "commit")
    assert commit.refused == "Still open: e."
    with pytest.raises(Refused, match="still open: e"):
        prediction.commit()
    assert "still open: e" in prediction.error
    prediction.predict("e", "rises")
    prediction.commit()
    assert prediction.error == ""
    assert len(prediction.results) == 2


def test_before_commit_the_page_is_the_same_whatever_the_signs_of_the_map_are() -> None:
    """What does not hang on the signs cannot give a direction away."""
    told = []
    for signs in ((1, 1, -1), (-1, 1, -1), (1, -1, -1), (-1, -1, -1)):
        ends = (("a", "b"), ("b", "c"), ("c", "d"))
        arrows = [(*pair, sign) for pair, sign in zip(ends, signs, strict=True)]
        widget = explore_prediction(Model.from_edges(arrows), mg.Press("a"), nodes=("b", "d"))
        widget.predict("b", "rises", 3)
        widget.hint("b"), widget.hint("b")
        widget.sheet = {**widget.sheet, "alt": ""}  # the drawing shows the arrows as they are
        told.append(sent(widget))
    assert len(set(told)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_commit_neither_the_drawing_nor_any_trait_says_a_verdict(
    circle: Model, language: str
) -> None:
    widget = explore_prediction(circle, mg.Press("a"), nodes=("c", "e"), language=language)
    widget.predict("c", "rises")
    asked = asked_of(circle, [mg.Press("a")], ["c", "e"])
    bare = picture_of_question(asked, language)
    assert widget.picture == bare.png
    assert bare.alt == alt_text(circle, view="whole", language=language)
    assert not [block for block in blocks_of(page_of(widget)) if isinstance(block, Feedback)]
    for result in ("mistake", "truth", "Marked"):
        assert result not in sent(widget)


def test_after_commit_the_drawing_shows_the_answer_and_each_node_has_its_feedback(
    prediction: Any,
) -> None:
    before = prediction.picture
    prediction.predict("c", "falls")
    prediction.predict("e", "rises")
    prediction.commit()
    assert prediction.picture != before
    tones = [b.tone for b in blocks_of(page_of(prediction)) if isinstance(b, Feedback)]
    assert tones == ["right" if each.right else "wrong" for each in prediction.results]
    said = " ".join(prediction.sentences)
    for each in prediction.results:
        assert each.sentence() in said
        assert each.explanation() in said
    stored = prediction._repr_mimebundle_()[0]["image/png"]
    assert stored == before  # without a kernel the answer is not to be seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_wrong_and_hint_are_told_by_a_mark_and_a_word(circle: Model, language: str) -> None:
    widget = explore_prediction(circle, mg.Press("a"), nodes=("b", "d"), language=language)
    widget.hint("b")
    told = [b for b in blocks_of(page_of(widget)) if isinstance(b, Feedback)]
    assert [(one.mark, bool(one.word)) for one in told] == [("?", True)]
    right = {node: Answer(widget_truth(circle, node)) for node in ("b", "d")}
    widget.predict("b", right["b"])
    widget.predict("d", "no_route")
    widget.commit()
    told = [b for b in blocks_of(page_of(widget)) if isinstance(b, Feedback)]
    words = say("teaching.right", language), say("teaching.wrong", language)
    assert [(one.mark, one.word) for one in told] == [("✓", words[0]), ("✗", words[1])]


def widget_truth(model: Model, node: str) -> str:
    return answer_for(ensemble_of(model).respond(mg.Press("a")).direction[node]).value


def test_hints_come_one_by_one_for_each_node_and_are_told_in_the_results(prediction: Any) -> None:
    hints = [prediction.hint("c") for _ in range(3)]
    assert len(set(hints)) == 3
    with pytest.raises(Refused, match="All hints"):
        prediction.hint("c")
    assert [guess.hints for guess in prediction.state.guesses] == [3, 0]
    prediction.predict("c", "rises")
    prediction.predict("e", "rises")
    prediction.commit()
    assert prediction.sentences.count("Hints taken: 3 of 3.") == 1
    prediction.try_again()
    assert [guess.hints for guess in prediction.state.guesses] == [3, 0]
    assert [guess.answer for guess in prediction.state.guesses] == [None, None]
    prediction.reset()
    assert [guess.hints for guess in prediction.state.guesses] == [0, 0]


def test_committed_answers_are_locked_until_they_are_taken_back(prediction: Any) -> None:
    prediction.predict("c", "rises")
    prediction.predict("e", "rises")
    prediction.commit()
    for act in (
        lambda: prediction.predict("c", "falls"),
        lambda: prediction.hint("c"),
        prediction.commit,
    ):
        with pytest.raises(Refused, match="committed"):
            act()
    questions = [b for b in blocks_of(page_of(prediction)) if isinstance(b, Question)]
    assert all(one.locked for one in questions)
    prediction.try_again()
    prediction.predict("c", "falls")


def test_answers_are_saved_for_the_pool_and_only_once_committed(
    prediction: Any, circle: Model, tmp_path: Path
) -> None:
    file = tmp_path / "answers.json"
    with pytest.raises(Refused, match="Nothing is committed"):
        prediction.save_answers(file)
    prediction.predict("c", "rises", 3)
    prediction.predict("e", "falls", 1)
    prediction.commit()
    prediction.save_answers(file)
    text = file.read_text(encoding="utf-8")
    assert Pool.from_file(text, circle).total == 2
    (download,) = (b for b in blocks_of(page_of(prediction)) if hasattr(b, "filename"))
    assert download.text == text


def test_a_comparison_is_asked_and_drawn_as_a_difference(circle: Model) -> None:
    widget = explore_prediction(
        circle, mg.Press("a"), mg.CutEdge("a.d"), nodes=["e", "c"], before=[mg.Press("a")]
    )
    assert "Compared with: Push a up by 1." in page_of(widget).question
    widget.predict("e", "falls")
    widget.predict("c", "no_route")
    widget.commit()
    assert all(each.before == (mg.Press("a"),) for each in widget.results)
    assert say("worksheet.predict.difference") in widget.sheet["alt"]


@pytest.mark.parametrize(
    ("nodes", "complaint"),
    [
        ((), "one to 5 nodes"),
        (("a", "b", "c", "d", "e", "f"), "one to 5 nodes"),
        (("c", "c"), "each once"),
        (("cc",), "no node 'cc'. Did you mean 'c'?"),
        (("b",), "holds this node"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_once(
    circle: Model, nodes: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises((ValueError, UnknownId), match=re.escape(complaint)):
        explore_prediction(circle, *ASKED, nodes=nodes)


def test_an_unknown_drawing_is_refused(circle: Model) -> None:
    with pytest.raises(UnknownId, match="no drawing 'cor'"):
        explore_prediction(circle, mg.Press("a"), nodes=["c"], view="cor")


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (("x", "rises", 2), "x"),
        (("c", "up", 2), "up"),
        (("c", "rises", 4), "confidence is 4"),
        (("c", "rises", True), "confidence is True"),
    ],
)
def test_a_prediction_that_cannot_be_is_refused_and_nothing_changes(
    prediction: Any, value: Any, complaint: str
) -> None:
    state = prediction.state
    with pytest.raises((ValueError, UnknownId), match=complaint):
        prediction.predict(*value)
    assert prediction.state == state
    assert prediction.error


@settings(max_examples=5)
@given(signed_models(most_nodes=5, most_arrows=8))
def test_on_any_map_every_answer_gets_exactly_one_word_and_hides_before(model: Model) -> None:
    first, *rest = tuple(model.nodes)
    nodes = tuple(rest[:2]) or (first,)
    asked = asked_of(model, [Press(first)], nodes)
    sheet = predicting_sheet(asked)
    view = SheetView(sheet.opening)
    bare = picture_of_question(asked)
    for node, answer in zip(nodes, ("rises", "no_route"), strict=False):
        view = acted(sheet, view, "predict", (node, answer, 1))
        assert sheet.page(view.state, "light").picture == bare
    view = acted(sheet, view, "commit")
    told = [b for b in blocks_of(sheet.page(view.state, "light")) if isinstance(b, Feedback)]
    response = Ensemble(model).respond(Press(first))
    for feedback, node, answer in zip(told, nodes, ("rises", "no_route"), strict=False):
        is_right = answer_for(response.direction[node]).value == answer
        assert feedback.tone == ("right" if is_right else "wrong")


# --- quiz -------------------------------------------------------------------------------------


def test_a_quiz_counts_what_is_right_and_explains_each_answer(circle: Model) -> None:
    asked = items(circle, 2, 4)
    quiz = explore_quiz(circle, seed=2, count=4)
    for place, item in enumerate(asked):
        wrong = (item.right + 1) % len(item.options)
        quiz.choose(place, item.right if place % 2 else wrong)
        quiz.check()
        (said,) = (b for b in blocks_of(page_of(quiz)) if isinstance(b, Feedback))
        assert said.tone == ("right" if place % 2 else "wrong")
        assert (item.reason if place % 2 else item.options[wrong].why) in said.text
    rights = len(asked) // 2
    assert quiz.status == f"Checked: {len(asked)} of {len(asked)}. Right: {rights}."


def test_what_a_quiz_sends_hangs_on_no_answer_until_it_is_checked(circle: Model) -> None:
    quiz = explore_quiz(circle, seed=2, count=4)
    asked = items(circle, 2, 4)
    for place, item in enumerate(asked):
        for option in range(len(item.options)):
            quiz.choose(place, option)
            text = sent(quiz)
            assert not [b for b in blocks_of(page_of(quiz)) if isinstance(b, Feedback)]
            for one in item.options:
                assert not one.why or json.dumps(one.why)[1:-1] not in text
                assert one.fault is None or f'"{one.fault}"' not in text


def test_check_checks_all_that_is_chosen_and_locks_it(circle: Model) -> None:
    quiz = explore_quiz(circle, seed=2, count=4)
    with pytest.raises(Refused, match="Choose an answer first"):
        quiz.check()
    quiz.choose(2, 0)
    quiz.choose(0, 1)
    quiz.check()
    assert quiz.state.checked == (True, False, True, False)[: len(quiz.state.checked)]
    with pytest.raises(Refused, match="checked"):
        quiz.choose(0, 0)


@pytest.mark.parametrize(("item", "option"), [(9, 0), (0, 9), (-1, 0), (True, 0), ("0", 0)])
def test_a_question_or_option_that_is_not_there_is_refused(
    circle: Model, item: Any, option: Any
) -> None:
    quiz = explore_quiz(circle, seed=2, count=4)
    with pytest.raises(ValueError, match="counted from 0"):
        quiz.choose(item, option)


def test_a_quiz_of_which_the_map_has_no_question_is_refused() -> None:
    with pytest.raises(ValueError, match="none of these questions"):
        explore_quiz(Model.from_edges([("a", "b", 1)]), kinds=[Kind.LOOP_KIND])


# --- hunt -------------------------------------------------------------------------------------


@pytest.fixture
def hunting(circle: Model) -> Any:
    return explore_hunt(circle, seed=3)


def test_the_table_of_a_hunt_marks_in_words_where_the_copy_differs(hunting: Any) -> None:
    rows = hunting.sheet["blocks"][0]["rows"]
    differing = [row[-1] == say("worksheet.hunt.differs") for row in rows]
    assert sum(differing) == len(hunting.hunt.differing)
    assert all((row[3] != row[4]) == apart for row, apart in zip(rows, differing, strict=True))


def test_the_right_guess_ends_a_hunt(hunting: Any) -> None:
    fault = hunting.hunt.fault
    hunting.guess(fault.kind, fault.source, fault.target, fault.sign)
    assert hunting.checked.right
    assert hunting.status == say("worksheet.hunt.solved")
    assert hunting.hunt.solution() in " ".join(hunting.sentences)
    with pytest.raises(Refused, match="over"):
        hunting.hint()


def test_before_it_is_solved_a_hunt_tells_nothing_but_what_was_asked_for(hunting: Any) -> None:
    solution = hunting.hunt.solution()
    assert solution not in sent(hunting)
    hinted = [hunting.hint() for _ in range(3)]
    assert all(hint in " ".join(hunting.sentences) for hint in hinted)
    assert solution not in sent(hunting)
    bare = hunting.picture
    assert hunting.give_up() == solution
    assert solution in " ".join(hunting.sentences)
    assert hunting.picture != bare


def test_a_guess_that_can_be_none_is_refused_with_its_reason(hunting: Any) -> None:
    copy = hunting.hunt.map
    edge = next(iter(copy.edges.values()))
    lone = next(
        (one, other)
        for one in copy.nodes
        for other in copy.nodes
        if one != other
        and not any((e.source, e.target) == (one, other) for e in copy.edges.values())
    )
    for guess, complaint in (
        (("turned", "", "", 0), "where the arrow starts"),
        (("turned", *lone, 0), "no such arrow"),
        (("missing", edge.source, edge.target, 1), "none is missing"),
        (("missing", *lone, 0), "sign of the missing"),
    ):
        with pytest.raises(Refused, match=complaint):
            hunting.guess(*guess)
    with pytest.raises(UnknownId):
        hunting.guess("turned", "nowhere", edge.target)


def test_the_button_of_a_hunt_says_what_is_still_to_be_chosen(hunting: Any) -> None:
    def check() -> Button:
        (found,) = (b for b in blocks_of(page_of(hunting)) if getattr(b, "act", "") == "check")
        return found

    assert check().refused == say("worksheet.hunt.needs_ends")
    edge = next(iter(hunting.hunt.map.edges.values()))
    hunting.press("source", edge.source)
    hunting.press("target", edge.target)
    assert check().refused == ""
    hunting.press("kind", FaultKind.MISSING.value)
    assert "none is missing" in check().refused


# --- draft ------------------------------------------------------------------------------------


def test_a_draft_is_compared_line_by_line(circle: Model) -> None:
    sheet = explore_draft(circle, text="a -> b\nb -| c\nwhat\nc -> b")
    assert sheet.report is None
    sheet.compare()
    tones = [b.tone for b in blocks_of(page_of(sheet)) if isinstance(b, Feedback)]
    assert tones[:4] == ["right", "wrong", "hint", "wrong"]
    assert sheet.status == "3 arrows were drawn; borne out by the map: 1."


def test_before_it_is_compared_a_draft_tells_nothing_of_the_map(circle: Model) -> None:
    other = Model.from_edges([("a", "b", -1)], list(circle.nodes))
    text = "a -> b"
    assert sent(explore_draft(circle, text=text)) == sent(explore_draft(other, text=text))


def test_a_text_that_changed_since_is_said_to_have_changed(circle: Model) -> None:
    sheet = explore_draft(circle, text="a -> b")
    sheet.compare()
    sheet.write("a -> b\nb -> c")
    assert say("worksheet.draft.changed") in sheet.sentences
    assert sheet.state == DraftState("a -> b\nb -> c", "a -> b")
    sheet.compare()
    assert say("worksheet.draft.changed") not in sheet.sentences


def test_nothing_written_is_not_compared(circle: Model) -> None:
    sheet = explore_draft(circle)
    with pytest.raises(Refused, match="Write an arrow first"):
        sheet.compare()
    with pytest.raises(ValueError, match="as one text"):
        sheet.write(7)  # type: ignore[arg-type]


# --- the shipped map --------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_a_lesson_is_rehearsed_and_left_unanswered(
    real_model: Model, language: str
) -> None:
    sheet = explore_prediction(
        real_model,
        mg.KnockOut("acth"),
        mg.Press("psychological_stressor"),
        nodes=("cortisol", "crh"),
        view="hpa_axis",
        language=language,
    )
    assert rehearse(sheet).startswith("42 controls pressed")
    assert sheet.results == ()
    names = [real_model.node(node).label.in_language(language) for node in ("cortisol", "crh")]
    assert all(name.casefold() in page_of(sheet).question.casefold() for name in names)
    for answer in Answer:
        assert in_words(answer, language) in " ".join(sheet.sentences)


@pytest.mark.slow
def test_a_broken_control_fails_the_rehearsal(real_model: Model) -> None:
    sheet = explore_prediction(real_model, mg.Press("cortisol"), nodes=["crh"])

    def broken(*_: Any) -> Any:
        msg = "planted"
        raise MgModelError(msg)

    object.__setattr__(sheet._sheet, "acts", {**sheet._sheet.acts, "hint": broken})
    with pytest.raises(MgModelError, match="planted"):
        rehearse(sheet)

"""What a feedback loop does to an answer, against laws that can be worked out by hand."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_questions, signed_models

from mgmodel.errors import UnknownId
from mgmodel.inquiry.deciding import NodeAnswer
from mgmodel.inquiry.loop_effects import LoopEffect, LoopEffects, loop_effects, loop_gain
from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
)
from mgmodel.model import Model
from mgmodel.reasoning import feedback_loops, respond, signed_paths
from mgmodel.vocabulary import Effect, Verdict
from mgmodel.wording import in_words, loop_word
from tests.test_comparison import renamed

ALPHA = 0.9
Question = tuple[Intervention, ...]


def pair(sign: int) -> Model:
    """x raises y, and y acts back on x."""
    return Model.from_edges([("x", "y", 1), ("y", "x", sign)])


def only(found: LoopEffects) -> LoopEffect:
    assert len(found) == 1
    return found[0]


class TestExactLaws:
    @pytest.mark.parametrize("alpha", [0.3, 0.9])
    @pytest.mark.parametrize("sign", [1, -1])
    def test_a_pair_answers_with_its_loop_and_one_without(self, sign: int, alpha: float) -> None:
        effect = only(loop_effects(pair(sign), Press("x"), alpha=alpha))
        assert effect.with_loop.median == pytest.approx(1 / (1 - sign * alpha**2), abs=1e-12)
        assert effect.without_loop.median == pytest.approx(1.0, abs=1e-12)
        assert effect.gain == pytest.approx(sign * alpha**2, abs=1e-15)

    @pytest.mark.parametrize(("sign", "kind"), [(1, "reinforcing"), (-1, "balancing")])
    def test_the_return_arrow_enters_where_the_forcing_arrives(self, sign: int, kind: str) -> None:
        for pressed, closing in (("x", "y.x"), ("y", "x.y")):
            effect = only(loop_effects(pair(sign), Press(pressed)))
            assert (effect.kind, effect.return_edge, effect.target) == (kind, closing, pressed)

    @pytest.mark.parametrize("sign", [1, -1])
    def test_a_self_loop_is_its_own_return_arrow(self, sign: int) -> None:
        effect = only(loop_effects(Model.from_edges([("a", "a", sign)]), Press("a")))
        assert (effect.return_edge, effect.gain) == ("a.a", sign * ALPHA)
        assert effect.with_loop.median == pytest.approx(1 / (1 - sign * ALPHA), abs=1e-12)
        assert effect.without_loop.median == pytest.approx(1.0, abs=1e-12)

    def test_an_unclear_arrow_leaves_a_loop_undecided_with_gain_0(self) -> None:
        effect = only(loop_effects(pair(0), Press("x")))
        assert (effect.kind, str(effect.gain)) == ("undecided", "0.0")
        assert effect.without_loop.median == pytest.approx(1.0, abs=1e-12)

    def test_a_gain_is_shared_among_the_arrows_into_each_node(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1), ("a", "y", 1), ("b", "y", 1)])
        assert loop_gain(model, feedback_loops(model)[0]) == pytest.approx(-(ALPHA**2) / 3)

    def test_parallel_arrows_are_loops_of_their_own(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", 1), ("y", "x", -1)])
        found = loop_effects(model, Press("x"))
        assert {effect.return_edge: effect.gain for effect in found} == {
            "y.x": pytest.approx(ALPHA**2 / 2),
            "y.x.2": pytest.approx(-(ALPHA**2) / 2),
        }

    def test_an_and_group_counts_once_in_a_gain(self) -> None:
        plain = Model.from_edges([("x", "y", 1), ("y", "x", 1), ("a", "x", 1), ("b", "x", 1)])
        edges = (
            replace(edge, gate="both" if edge.source in "ya" else "")
            for edge in plain.edges.values()
        )
        model = Model(plain.nodes.values(), edges)
        assert loop_gain(model, feedback_loops(model)[0]) == pytest.approx(ALPHA**2 / 2)

    def test_the_largest_gain_comes_first(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("b", "a", -1), ("c", "c", 1), ("d", "d", -1)])
        found = loop_effects(model, Press("a"))
        assert [effect.loop.nodes for effect in found] == [("c",), ("d",), ("a", "b")]

    def test_gains_of_switches_can_exceed_1(self) -> None:
        loop = feedback_loops(pair(1))[0]
        assert loop_gain(pair(1), loop, alpha=3) == pytest.approx(9)


class TestWhereALoopCloses:
    def test_of_several_nodes_reached_at_once_the_first_of_the_map(self) -> None:
        model = Model.from_edges(
            [("s", "z", 1), ("s", "a", 1), ("z", "a", 1), ("a", "z", 1)], ["z", "a"]
        )
        assert only(loop_effects(model, Press("s"))).return_edge == "a.z"

    def test_distance_is_counted_along_arrows_that_still_carry(self) -> None:
        model = Model.from_edges([("s", "x", 1), ("s", "m", 1), ("m", "y", 1), *TRIANGLE])
        assert only(loop_effects(model, Press("s"))).return_edge == "z.x"
        assert only(loop_effects(model, Press("s"), CutEdge("s.x"))).return_edge == "x.y"
        assert only(loop_effects(model, Press("s"), CutEdge("s.x"), Block("m"))).obstacle == (
            "not_reached"
        )

    def test_a_target_can_be_any_node(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1), ("y", "t", -1)])
        effect = only(loop_effects(model, Press("x"), target="t"))
        assert effect.target == "t"
        assert effect.with_loop.median == pytest.approx(-(ALPHA**2) / (1 + ALPHA**2), abs=1e-12)
        assert effect.without_loop.median == pytest.approx(-(ALPHA**2), abs=1e-12)

    def test_one_loop_can_be_asked_about_alone(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("b", "a", -1), ("c", "c", 1)])
        loops = feedback_loops(model)
        assert only(loop_effects(model, Press("a"), loops=loops[1])).loop == loops[1]
        assert len(loop_effects(model, Press("a"), loops=iter(loops))) == 2


TRIANGLE = [("x", "y", 1), ("y", "z", 1), ("z", "x", 1)]


class TestLoopsThatDoNotAct:
    @pytest.mark.parametrize(
        ("asked", "obstacle"),
        [
            ((), "not_reached"),
            ((Press("elsewhere"),), "not_reached"),
            ((Press("x", 0.0),), "not_reached"),
            ((Press("x"), Block("y")), "held"),
            ((Clamp("y", 0.4),), "held"),
            ((KnockOut("y"),), "held"),
            ((Press("x"), CutEdge("z.x")), "cut"),
        ],
    )
    def test_why_is_stated_and_the_answer_is_the_same_without_it(
        self, asked: Question, obstacle: str
    ) -> None:
        model = Model.from_edges(TRIANGLE, ["elsewhere"])
        effect = only(loop_effects(model, *asked))
        assert (effect.obstacle, effect.return_edge) == (obstacle, None)
        assert effect.with_loop == effect.without_loop

    @pytest.mark.parametrize("language", ["en", "nl", "sv"])
    def test_why_is_told_in_words(self, language: str) -> None:
        model = Model.from_edges(TRIANGLE, ["elsewhere"])
        questions: list[Question] = [
            (Press("elsewhere"),),
            (Press("x"), Block("y")),
            (Press("x"), CutEdge("z.x")),
        ]
        said = [in_words(only(loop_effects(model, *asked)), language) for asked in questions]
        assert len(set(said)) == 3

    def test_a_map_without_loops_has_no_effects(self, chain: Model) -> None:
        found = loop_effects(chain, Press("a"))
        assert (list(found), repr(found)) == ([], "LoopEffects(0 loops)")
        assert in_words(found) == "0 feedback loops were looked at."
        assert len(found.to_frame()) == 0

    def test_a_map_of_nothing_and_one_of_one_node_have_no_effects(self) -> None:
        assert list(loop_effects(Model.from_edges([]))) == []
        assert list(loop_effects(Model.from_edges([], ["a"]), Press("a"))) == []


class TestRefusals:
    def test_a_path_has_no_gain(self, chain: Model) -> None:
        path = signed_paths(chain, "a", "c")[0]
        with pytest.raises(ValueError, match="is a path, and only a loop has a gain"):
            loop_gain(chain, path)
        with pytest.raises(ValueError, match="is a path"):
            loop_effects(chain, Press("a"), loops=[path])

    def test_a_loop_of_another_map_is_refused(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match=r"'x\.y'"):
            loop_gain(chain, feedback_loops(pair(1))[0])

    @pytest.mark.parametrize("alpha", [0.0, -1.0, math.nan, math.inf])
    def test_a_gain_needs_an_alpha_above_0(self, alpha: float) -> None:
        with pytest.raises(ValueError, match="give a finite number above 0"):
            loop_gain(pair(1), feedback_loops(pair(1))[0], alpha=alpha)

    def test_an_answer_needs_an_alpha_below_1(self) -> None:
        with pytest.raises(ValueError, match="alpha is 1"):
            loop_effects(pair(1), Press("x"), alpha=1.0)

    def test_unknown_ids_are_refused(self) -> None:
        with pytest.raises(UnknownId, match="'t'"):
            loop_effects(pair(1), Press("x"), target="t")
        with pytest.raises(UnknownId, match="'p'"):
            loop_effects(pair(1), Press("p"))

    def test_an_arrow_that_is_only_shown_closes_nothing(self) -> None:
        model, loop = pair(1), feedback_loops(pair(1))[0]
        edges = [replace(edge, effect=Effect.NO_EFFECT) for edge in model.edges.values()]
        assert loop_gain(Model(model.nodes.values(), edges), loop) == 0


class TestShowing:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "en",
                "With equal weights its gain is -0.81. It closes by the arrow from y to x. x: "
                "rises in all weightings (median 0.552); without that arrow: rises in all "
                "weightings (median 1).",
            ),
            (
                "nl",
                "Bij gelijke gewichten is de versterkingsfactor -0,81. De lus sluit met de pijl "
                "van y naar x. x: stijgt in alle wegingen (mediaan 0,552); zonder die pijl: "
                "stijgt in alle wegingen (mediaan 1).",
            ),
            (
                "sv",
                "Med lika vikter är slingans förstärkning -0,81. Slingan sluts med pilen från y "
                "till x. x: ökar i alla viktningar (medianvärde 0,552); utan den pilen: ökar i "
                "alla viktningar (medianvärde 1).",
            ),
        ],
    )
    def test_a_loop_is_told_with_its_gain_and_its_effect(
        self, language: str, expected: str
    ) -> None:
        effect = only(loop_effects(pair(-1), Press("x")))
        assert in_words(effect, language) == f"{in_words(effect.loop, language)} {expected}"

    @pytest.mark.parametrize("sign", [1, -1, 0])
    @pytest.mark.parametrize("language", ["en", "nl", "sv"])
    def test_a_loop_has_its_name_in_every_language(self, sign: int, language: str) -> None:
        said = in_words(only(loop_effects(pair(sign), Press("x"))), language)
        assert f" {loop_word(sign, language).capitalize()}: " in said

    def test_in_words_it_tells_the_counts_and_the_first_loops(self) -> None:
        found = loop_effects(pair(-1), Press("x"))
        assert in_words(found) == (
            f"1 feedback loop was looked at. 1 of them acts on this answer. {found[0]}"
        )

    def test_it_says_when_loops_were_left_out(self) -> None:
        model = Model.from_edges([("a", "a", 1), ("b", "b", 1)])
        found = loop_effects(model, Press("a"), loops=feedback_loops(model, limit=1))
        assert found.truncated
        assert "There are more loops than were looked at." in in_words(found)

    def test_it_shows_itself_in_a_line_and_as_a_table(self) -> None:
        found = loop_effects(pair(-1), Press("x"))
        assert repr(found) == "LoopEffects(1 loop: 1 balancing; 1 acting)"
        assert repr(found[0]) == (
            "LoopEffect(balancing loop x, y: gain -0.81, closed by y.x; x +0.5525, without it +1)"
        )
        assert "<td>y.x</td><td>x</td><td>rises +0.5525</td>" in found._repr_html_()

    def test_a_frame_has_one_loop_a_row_in_the_same_order(self) -> None:
        frame = loop_effects(pair(-1), Press("x")).to_frame()
        assert list(frame.iloc[0]) == [
            *("balancing", pytest.approx(-0.81), "x y", "y.x", "", "x"),
            *("rises", pytest.approx(1 / 1.81), "rises", pytest.approx(1.0)),
        ]

    def test_it_is_a_sequence(self) -> None:
        model = Model.from_edges([("a", "a", 1), ("b", "b", 1)])
        found = loop_effects(model, Press("a"))
        assert (len(found), found[-1], found[1:]) == (2, list(found)[1], tuple(found)[1:])


class TestLaws:
    @pytest.mark.slow
    @given(signed_models(unclear=False), st.floats(0.1, 3))
    def test_a_gain_has_the_sign_of_its_loop_and_never_exceeds_alpha_to_its_length(
        self, model: Model, alpha: float
    ) -> None:
        for loop in feedback_loops(model):
            gain = loop_gain(model, loop, alpha=alpha)
            assert math.copysign(1, gain) == loop.sign
            assert abs(gain) <= alpha**loop.length * (1 + 1e-12)

    @pytest.mark.slow
    @given(models_with_questions())
    def test_both_answers_are_those_of_respond(self, drawn: tuple[Model, Question]) -> None:
        model, asked = drawn
        whole = respond(model, *asked, weightings=20)
        for effect in loop_effects(model, *asked, weightings=20):
            cut = (CutEdge(effect.return_edge),) if effect.return_edge else ()
            opened = respond(model, *asked, *cut, weightings=20)
            for outcome, response in ((effect.with_loop, whole), (effect.without_loop, opened)):
                plain = NodeAnswer.of(response, effect.target)
                assert outcome.median == pytest.approx(plain.median, abs=1e-12)
                assert (outcome.direction, outcome.strength) == (plain.direction, plain.strength)

    @given(models_with_questions())
    def test_a_loop_acts_where_it_is_whole_and_reached(self, drawn: tuple[Model, Question]) -> None:
        model, asked = drawn
        answer = respond(model, *asked, weightings=1).direction
        for effect in loop_effects(model, *asked, weightings=1):
            ways = {answer[node] for node in effect.loop.nodes}
            whole = Verdict.FIXED not in ways and not any(
                isinstance(one, CutEdge) and one.edge in effect.loop.edges for one in asked
            )
            acts = whole and ways != {Verdict.NO_ROUTE}
            assert bool(effect.return_edge) is acts is (not effect.obstacle)

    @pytest.mark.slow
    @given(models_with_questions())
    def test_renaming_ids_changes_nothing_but_the_order(
        self, drawn: tuple[Model, Question]
    ) -> None:
        model, asked = drawn
        other, moved, names = renamed(model, asked)
        edges = dict(zip(model.edges, other.edges, strict=True))
        here, there = (
            loop_effects(a, *b, weightings=20) for a, b in ((model, asked), (other, moved))
        )
        seen = Counter(
            (round(each.gain, 12), edges.get(each.return_edge or ""), each.obstacle)
            for each in here
        )
        assert seen == Counter(
            (round(each.gain, 12), each.return_edge, each.obstacle) for each in there
        )
        assert {names[each.target] for each in here if each.return_edge} == {
            each.target for each in there if each.return_edge
        }

    def test_an_arrow_turned_round_by_the_question_turns_the_effect(self) -> None:
        effect = only(loop_effects(pair(-1), Press("x"), FlipEdge("y.x")))
        assert effect.with_loop.median == pytest.approx(1 / (1 - ALPHA**2), abs=1e-12)
        assert (effect.kind, effect.gain) == ("balancing", pytest.approx(-0.81))


class TestShippedMap:
    @pytest.mark.parametrize("closing", ["cortisol.crh", "cortisol.acth"])
    def test_without_its_feedback_cortisol_answers_a_stressor_more_strongly(
        self, real_model: Model, closing: str
    ) -> None:
        found = loop_effects(real_model, Press("psychological_stressor"), target="cortisol")
        effect = next(each for each in found if each.return_edge == closing)
        assert effect.kind == "balancing"
        assert effect.without_loop.median > effect.with_loop.median > 0

    def test_gains_never_reach_1(self, real_model: Model) -> None:
        gains = [loop_gain(real_model, loop) for loop in feedback_loops(real_model)]
        assert 0 < max(map(abs, gains)) < 1

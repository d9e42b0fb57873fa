"""Which arrows an answer hangs on."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import models_with_questions

from mgmodel.errors import UnknownId
from mgmodel.inquiry.deciding import DecidingEdges, NodeAnswer, deciding_edges
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
from mgmodel.reasoning import ensemble_of, respond
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import in_words
from tests.test_comparison import renamed
from tests.test_conditions import conditional_questions
from tests.test_public_api import BLOCKED, run

LANGUAGES = ("en", "nl", "sv")
Question = tuple[Intervention, ...]


def ids(found: DecidingEdges) -> list[str]:
    return [each.edge for each in found]


class TestByHand:
    def test_in_a_chain_every_arrow_decides(self, chain: Model) -> None:
        found = deciding_edges(chain, "d", Press("a"))
        assert [(each.edge, each.change) for each in found] == [
            ("a.b", 2.0),
            ("b.c", 2.0),
            ("c.d", 2.0),
        ]
        for each in found:
            assert (each.dropped.direction, each.flipped.direction) == ("no_route", "rises")

    def test_each_change_is_what_respond_says(self, incoherent_fork: Model) -> None:
        found = deciding_edges(incoherent_fork, "T", Press("S"))
        for each in found:
            dropped = respond(incoherent_fork, Press("S"), CutEdge(each.edge))
            flipped = respond(incoherent_fork, Press("S"), FlipEdge(each.edge))
            assert each.dropped == NodeAnswer.of(dropped, "T")
            assert each.flipped == NodeAnswer.of(flipped, "T")
            sizes = [abs(o.tendency - found.answer.tendency) for o in (each.dropped, each.flipped)]
            assert each.change == max(sizes)

    def test_the_arrow_with_the_largest_change_comes_first_and_ties_by_id(self) -> None:
        model = Model.from_edges([("s", "z", 1), ("z", "t", 1), ("s", "t", 1), ("s", "a", 1)])
        found = deciding_edges(model, "t", Press("s"))
        changes = [each.change for each in found]
        assert changes == sorted(changes, reverse=True)
        assert ids(found) == ["s.t", "s.z", "z.t"]

    def test_only_arrows_on_a_route_or_on_a_loop_with_it_are_listed(self) -> None:
        model = Model.from_edges(
            [
                *[("s", "m", 1), ("m", "t", 1)],  # the route
                *[("m", "loop", 1), ("loop", "m", -1)],  # a loop with it
                *[("t", "back", 1), ("back", "t", -1)],  # a loop with the target
                *[("t", "after", 1), ("m", "aside", 1), ("other", "t", 1), ("s", "dead", 1)],
            ]
        )
        found = deciding_edges(model, "t", Press("s"))
        assert sorted(ids(found)) == ["back.t", "loop.m", "m.loop", "m.t", "s.m", "t.back"]

    def test_arrows_out_of_a_fixed_node_are_listed_and_arrows_into_it_are_not(
        self, chain: Model
    ) -> None:
        assert ids(deciding_edges(chain, "d", Press("a"), Clamp("b", 0.5))) == ["b.c", "c.d"]

    def test_an_arrow_that_the_question_cuts_is_not_listed(self, incoherent_fork: Model) -> None:
        found = deciding_edges(incoherent_fork, "T", Press("S"), CutEdge("S.T"))
        assert sorted(ids(found)) == ["S.Y", "Y.T"]

    def test_an_arrow_that_the_question_turns_round_is_turned_back(self, chain: Model) -> None:
        found = deciding_edges(chain, "b", Press("a"), FlipEdge("a.b"))
        assert (found.answer.direction, found[0].flipped.direction) == ("falls", "rises")

    def test_a_knock_out_is_a_forcing_too(self, chain: Model) -> None:
        assert ids(deciding_edges(chain, "c", KnockOut("b"))) == ["b.c"]

    def test_decisive_are_those_that_give_another_verdict(self) -> None:
        model = Model.from_edges([("s", "t", 1), ("t", "u", 1), ("u", "t", -1)])
        found = deciding_edges(model, "t", Press("s"))
        assert [each.edge for each in found.decisive] == ["s.t"]
        assert [each.is_decisive for each in found] == [True, False, False]


class TestOddQuestions:
    def test_a_target_without_a_route_has_no_arrows_behind_it(self, chain: Model) -> None:
        found = deciding_edges(chain, "a", Press("c"))
        assert (list(found), found.answer.direction) == ([], Verdict.NO_ROUTE)
        assert in_words(found) == "a: no route leads there. No arrow carries anything there."

    def test_a_fixed_target_is_decided_by_the_question(self, chain: Model) -> None:
        found = deciding_edges(chain, "d", Press("a"), Clamp("d", 0.3))
        assert (list(found), found.answer.direction, found.answer.median) == ([], "fixed", 0.3)
        assert in_words(found) == (
            "d: fixed by the question. The question itself holds it, so no arrow decides."
        )

    @pytest.mark.parametrize("asked", [(), (Block("b"),), (Press("a", 0.0),), (CutEdge("a.b"),)])
    def test_where_nothing_is_forced_no_arrow_decides(self, chain: Model, asked: Question) -> None:
        found = deciding_edges(chain, "d", *asked)
        assert list(found) == []
        assert in_words(found) == (
            "d: no route leads there. The question pushes nothing away from baseline, so no arrow "
            "carries anything."
        )

    def test_turning_an_unclear_arrow_round_changes_nothing_and_is_said_so(self) -> None:
        model = Model.from_edges([("a", "b", 0), ("b", "c", 1)])
        found = deciding_edges(model, "c", Press("a"))
        unclear = next(each for each in found if each.edge == "a.b")
        assert unclear.flipped == found.answer
        assert in_words(unclear) == (
            "c without the arrow from a to b: no route; its direction is not settled, so turning "
            "it round changes nothing."
        )

    def test_of_parallel_arrows_of_both_signs_each_is_tried(self, parallel_arrows: Model) -> None:
        found = deciding_edges(parallel_arrows, "b", Press("a"))
        outcomes = {
            each.edge: (each.dropped.direction.value, each.flipped.direction.value)
            for each in found
        }
        assert outcomes == {"a.b": ("falls", "falls"), "a.b.2": ("rises", "rises")}
        assert found.answer.direction is Verdict.DEPENDS

    @pytest.mark.parametrize("sign", [1, -1])
    def test_a_self_loop_changes_the_size_of_an_answer_and_not_its_direction(
        self, sign: int
    ) -> None:
        found = deciding_edges(Model.from_edges([("a", "a", sign)]), "a", Press("a"))
        assert [(each.edge, each.change, each.is_decisive) for each in found] == [
            ("a.a", 0.0, False)
        ]
        assert found[0].dropped.median == pytest.approx(1.0, abs=1e-12)
        assert found[0].flipped.median == pytest.approx(1 / (1 + sign * 0.9), abs=1e-12)

    def test_one_node_has_no_arrows(self) -> None:
        found = deciding_edges(Model.from_edges([], ["a"]), "a", Press("a"))
        assert (list(found), found.answer) == (
            [],
            NodeAnswer(1.0, 0.0, Verdict.RISES, Strength.ALWAYS, 1.0),
        )

    def test_a_map_of_nothing_has_no_target(self) -> None:
        with pytest.raises(UnknownId, match="'a'"):
            deciding_edges(Model.from_edges([]), "a")

    def test_an_unknown_target_is_named_before_an_unknown_cause(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'e'"):
            deciding_edges(chain, "e", Press("f"))
        with pytest.raises(UnknownId, match="'f'"):
            deciding_edges(chain, "d", Press("f"))

    @pytest.mark.parametrize("arguments", [{"alpha": 1.0}, {"weightings": 0}])
    def test_settings_out_of_range_are_refused(
        self, chain: Model, arguments: dict[str, float]
    ) -> None:
        with pytest.raises(ValueError, match=f"{next(iter(arguments))} is"):
            deciding_edges(chain, "d", Press("a"), **arguments)  # type: ignore[arg-type]

    def test_arrows_that_are_only_shown_are_never_listed(self, real_model: Model) -> None:
        shown = {edge.id for edge in real_model.edges.values() if not edge.reasons}
        found = deciding_edges(real_model, "sleep_quality", Press("serum_magnesium"))
        assert shown.isdisjoint(ids(found))


class TestShowing:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "en",
                "c without the arrow from a to b: no route; with the sign of the arrow turned "
                "round: rises in all weightings.",
            ),
            (
                "nl",
                "c zonder de pijl van a naar b: geen route; met het teken van de pijl omgedraaid: "
                "stijgt in alle wegingen.",
            ),
            (
                "sv",
                "c utan pilen från a till b: ingen väg; med pilens tecken omvänt: ökar i alla "
                "viktningar.",
            ),
        ],
    )
    def test_an_arrow_is_told_in_a_sentence(
        self, chain: Model, language: str, expected: str
    ) -> None:
        found = deciding_edges(chain, "c", Press("a"))
        assert in_words(found[0], language) == expected

    def test_in_words_it_tells_the_answer_the_counts_and_the_first_arrows(
        self, chain: Model
    ) -> None:
        said = in_words(deciding_edges(chain, "b", Press("a")))
        assert said == (
            "b: rises in all weightings. 1 arrow stands behind this answer. 1 of them gives "
            "another verdict when it is cut or turned round. b without the arrow from a to b: no "
            "route; with the sign of the arrow turned round: falls in all weightings."
        )

    def test_it_shows_itself_in_a_line_and_as_a_table(self, chain: Model) -> None:
        found = deciding_edges(chain, "d", Press("a"))
        assert repr(found) == "DecidingEdges(d falls: 3 arrows behind it, 3 decisive)"
        assert repr(found[0]) == "DecidingEdge(a.b: change 2; cut no route, turned round rises)"
        assert str(found[0]) == in_words(found[0])
        assert "<td>a.b</td><td>2.000</td><td>no route</td>" in found._repr_html_()

    def test_a_frame_has_one_arrow_a_row_in_the_same_order(self, chain: Model) -> None:
        frame = deciding_edges(chain, "d", Press("a")).to_frame()
        assert list(frame.index) == ["a.b", "b.c", "c.d"]
        assert list(frame.loc["b.c"]) == [2.0, True, "no_route", 0.0, 0.0, "rises", 1.0, 0.0]

    def test_a_frame_of_no_arrows_keeps_its_columns(self, chain: Model) -> None:
        found = (deciding_edges(chain, node, Press("a")) for node in "ad")
        empty, full = (each.to_frame() for each in found)
        assert (len(empty), list(empty.columns)) == (0, list(full.columns))

    def test_it_is_a_sequence(self, chain: Model) -> None:
        found = deciding_edges(chain, "d", Press("a"))
        assert (len(found), found[-1], found[1:]) == (3, list(found)[2], tuple(found)[1:])


class TestLaws:
    @given(models_with_questions(), st.data())
    def test_an_arrow_that_is_not_listed_changes_nothing_at_the_target(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        target = data.draw(st.sampled_from(tuple(model.nodes)))
        found = deciding_edges(model, target, *asked, weightings=20)
        others = sorted(model.edges.keys() - set(ids(found)))
        assume(others)
        one = data.draw(st.sampled_from(others))
        for change in (CutEdge(one), FlipEdge(one)):
            outcome = NodeAnswer.of(respond(model, *asked, change, weightings=20), target)
            assert outcome.median == pytest.approx(found.answer.median, abs=1e-12)
            assert (outcome.rises, outcome.falls, outcome.direction) == (
                found.answer.rises,
                found.answer.falls,
                found.answer.direction,
            )

    @pytest.mark.slow
    @given(conditional_questions(), st.data())
    def test_nor_does_one_among_permissive_arrows_and_groups(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        target = data.draw(st.sampled_from(tuple(model.nodes)))
        found = deciding_edges(model, target, *asked, weightings=20)
        for one in model.edges.keys() - set(ids(found)):
            outcome = NodeAnswer.of(respond(model, *asked, CutEdge(one), weightings=20), target)
            assert outcome.median == pytest.approx(found.answer.median, abs=1e-9)

    @pytest.mark.slow
    @given(models_with_questions(), st.data())
    def test_renaming_ids_changes_nothing_but_the_order_of_ties(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        other, moved, names = renamed(model, asked)
        edges = dict(zip(model.edges, other.edges, strict=True))
        target = data.draw(st.sampled_from(tuple(model.nodes)))
        here = deciding_edges(model, target, *asked, weightings=20)
        there = deciding_edges(other, names[target], *moved, weightings=20)
        assert {edges[each.edge]: each.change for each in here} == {
            each.edge: each.change for each in there
        }


class TestShippedMap:
    def test_the_defaults_give_the_answers_of_the_kept_ensemble(self, real_model: Model) -> None:
        asked = Press("psychological_stressor")
        found = deciding_edges(real_model, "norepinephrine", asked)
        kept = ensemble_of(real_model)
        for each in found[:5]:
            cut = kept.respond(asked, CutEdge(each.edge))
            assert each.dropped == NodeAnswer.of(cut, "norepinephrine")

    def test_the_one_arrow_out_of_the_stressor_decides_everything(self, real_model: Model) -> None:
        found = deciding_edges(real_model, "cortisol", Press("psychological_stressor"))
        only = "psychological_stressor.perceived_stress"
        first = next(each for each in found if each.edge == only)
        assert (first.change, first.dropped.direction, first.flipped.direction) == (
            2.0,
            Verdict.NO_ROUTE,
            Verdict.FALLS,
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_tells_the_first_three_in_every_language(
        self, real_model: Model, language: str
    ) -> None:
        found = deciding_edges(real_model, "cortisol", Press("psychological_stressor"))
        said = in_words(found, language)
        assert all(in_words(each, language) in said for each in found[:3])
        assert in_words(found[3], language) not in said

    @pytest.mark.slow
    def test_no_other_arrow_moves_the_target(self, real_model: Model) -> None:
        asked, target = Press("serum_magnesium"), "norepinephrine"
        found = deciding_edges(real_model, target, asked)
        kept = ensemble_of(real_model)
        for edge in real_model.edges.keys() - set(ids(found)):
            for change in (CutEdge(edge), FlipEdge(edge)):
                outcome = NodeAnswer.of(kept.respond(asked, change), target)
                assert outcome.median == pytest.approx(found.answer.median, abs=1e-12)

    @pytest.mark.slow
    def test_without_numpy_it_says_the_same(self, real_model: Model) -> None:
        code = """
found = mg.deciding_edges(
    mg.load_model(), "cortisol", mg.Press("psychological_stressor"), weightings=10
)
print(found, [(each.edge, each.change) for each in found])
"""
        stress = Press("psychological_stressor")
        found = deciding_edges(real_model, "cortisol", stress, weightings=10)
        said = f"{found} {[(each.edge, each.change) for each in found]}"
        assert run(BLOCKED + code) == said

"""Why a node does what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_questions

from mgmodel.errors import UnknownId
from mgmodel.evidence import grade
from mgmodel.explore.why_told import why_told
from mgmodel.inquiry.deciding import deciding_edges
from mgmodel.inquiry.reasons import Why, narrate, why
from mgmodel.inquiry.ways import Obstacle
from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
    check,
)
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.records import Edge, Evidence, Library, Reference
from mgmodel.vocabulary import Grade, Stance, StudyDesign, Verdict
from mgmodel.wording import in_words
from tests.test_conditions import conditional_questions, marked

LANGUAGES = ("en", "nl", "sv")
Question = tuple[Intervention, ...]


def told_ways(found: Why) -> list[tuple[str, str]]:
    return [(way.kind, " ".join(way.nodes)) for way in found.ways]


def causes(found: Why) -> list[tuple[str, str]]:
    return [(each.edge, each.source) for each in found.because]


@pytest.fixture
def ladder() -> Model:
    """Three ways from s to t of two arrows or more, two that raise and one that lowers."""
    return Model.from_edges(
        [
            *[("s", "t", 1), ("s", "m", 1), ("m", "t", -1)],
            *[("s", "a", -1), ("a", "b", -1), ("b", "t", 1)],
        ]
    )


@pytest.fixture
def funnel() -> Model:
    """Two ways from s to t, which meet in the gate."""
    return Model.from_edges(
        [("s", "a", 1), ("s", "b", 1), ("a", "gate", 1), ("b", "gate", 1), ("gate", "t", 1)]
    )


class TestWays:
    def test_in_a_chain_the_one_way_is_told(self, chain: Model) -> None:
        found = why(chain, "d", Press("a"))
        assert told_ways(found) == [("for", "a b c d")]
        assert [(step.source_rises, step.target_rises) for step in found.ways[0].steps] == [
            (True, True),
            (True, False),
            (False, False),
        ]

    def test_a_push_down_starts_with_a_fall(self, chain: Model) -> None:
        (way,) = why(chain, "b", Press("a", -1)).ways
        assert (way.steps[0].source_rises, way.steps[0].target_rises) == (False, False)

    def test_what_is_switched_off_starts_with_a_fall(self, chain: Model) -> None:
        found = why(chain, "c", KnockOut("b"))
        assert (found.answer.direction, told_ways(found)) == (Verdict.RISES, [("for", "b c")])

    @pytest.mark.parametrize(("value", "verdict"), [(0.3, "falls"), (-0.3, "rises")])
    def test_what_is_clamped_starts_by_its_sign(
        self, chain: Model, value: float, verdict: str
    ) -> None:
        found = why(chain, "c", Clamp("b", value))
        assert (found.answer.direction, told_ways(found)) == (verdict, [("for", "b c")])

    def test_nothing_starts_at_a_node_held_at_baseline(self, ladder: Model) -> None:
        found = why(ladder, "t", Block("m"), Press("s"))
        assert told_ways(found) == [("for", "s t"), ("for", "s a b t")]

    def test_the_two_shortest_that_agree_come_before_one_that_does_not(self, ladder: Model) -> None:
        agreeing = [("s", "x", 1), ("x", "t", 1), ("s", "y", 1), ("y", "t", 1)]
        plain = [(edge.source, edge.target, edge.sign) for edge in ladder.edges.values()]
        found = why(Model.from_edges([*plain, *agreeing]), "t", Press("s"))
        assert found.answer.direction is Verdict.RISES
        assert told_ways(found) == [("for", "s t"), ("for", "s x t"), ("against", "s m t")]

    def test_where_it_depends_one_way_raises_and_one_lowers(self, incoherent_fork: Model) -> None:
        found = why(incoherent_fork, "T", Press("S"))
        assert told_ways(found) == [("raises", "S Y T"), ("lowers", "S T")]

    def test_no_way_meets_a_fixed_node_or_takes_a_cut_arrow(self, ladder: Model) -> None:
        asked = (Press("s"), Block("m"), CutEdge("s.t"))
        assert told_ways(why(ladder, "t", *asked)) == [("for", "s a b t")]

    def test_an_arrow_that_is_turned_round_counts_as_turned_round(self, chain: Model) -> None:
        (way,) = why(chain, "d", Press("a"), FlipEdge("b.c")).ways
        assert [(s.edge, s.source_rises, s.target_rises, s.turned) for s in way.steps][1] == (
            *("b.c", True, True, True),
        )

    def test_an_unclear_arrow_leads_no_way(self) -> None:
        found = why(Model.from_edges([("a", "b", 0)]), "b", Press("a"))
        assert (found.answer.direction, found.ways) == (Verdict.DEPENDS, ())
        assert found.note() == ("No path of at most 8 arrows with a settled direction leads there.")

    def test_a_rise_does_not_travel_along_a_permissive_arrow(self) -> None:
        plain = Model.from_edges([("s", "a", 1), ("a", "t", 1), ("s", "t", 1)])
        model = marked(plain, "a.t")
        assert told_ways(why(model, "t", Press("s"))) == [("for", "s t")]
        assert len(why(model, "t", Press("s", -1)).ways) == 2

    def test_a_way_has_at_most_eight_arrows(self) -> None:
        nodes = "abcdefghij"
        model = Model.from_edges([(a, b, 1) for a, b in pairwise(nodes)])
        assert told_ways(why(model, "i", Press("a"))) == [("for", "a b c d e f g h i")]
        far = why(model, "j", Press("a"))
        assert (far.answer.direction, far.ways) == (Verdict.RISES, ())
        assert "No path of at most 8 arrows" in far.note()

    def test_parallel_arrows_make_ways_of_their_own(self, parallel_arrows: Model) -> None:
        found = why(parallel_arrows, "b", Press("a"))
        assert [way.edges for way in found.ways] == [("a.b",), ("a.b.2",)]

    def test_ways_of_several_starts_are_in_one_order(self) -> None:
        model = Model.from_edges([("z", "m", 1), ("m", "t", 1), ("b", "t", 1), ("a", "t", 1)])
        found = why(model, "t", *map(Press, "zba"))
        assert told_ways(found) == [("for", "a t"), ("for", "b t")]


class TestSteps:
    @pytest.fixture
    def studied(self) -> Model:
        """A chain whose first arrow was seen in a trial and whose second in rats, and disputed."""
        plain = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)])
        trial = Reference("trial2020", "Ash B", 2020, "T", design=StudyDesign.RCT, verified=True)
        rats = Reference("rats2019", "Fox C, Elm D", 2019, "T", design=StudyDesign.ANIMAL)
        rows = (
            Evidence("a.b", "rats2019", Stance.SUPPORTS),
            Evidence("a.b", "trial2020", Stance.SUPPORTS),
            Evidence("b.c", "rats2019", Stance.MIXED),
            Evidence("b.c", "trial2020", Stance.CONTRADICTS),
        )
        edges = [
            replace(edge, contested=edge.id == "b.c", documents=("text",) * (edge.id != "c.d"))
            for edge in plain.edges.values()
        ]
        library = Library(evidence=rows, references={one.id: one for one in (trial, rats)})
        return Model(plain.nodes.values(), edges, library)

    def test_each_step_has_its_grade_counts_and_two_marks(self, studied: Model) -> None:
        (way,) = why(studied, "d", Press("a")).ways
        assert [
            (step.grade, step.counts, step.described, step.verified, step.weakest)
            for step in way.steps
        ] == [
            (Grade.B, None, True, True, False),
            (Grade.D, (1, 2), True, False, True),
            (Grade.D, None, False, False, False),
        ]

    def test_it_is_told_with_marks_and_sources(self, studied: Model) -> None:
        said = in_words(why(studied, "d", Press("a")))
        assert (
            "raises b. (grade B, described in a document, verified; Ash 2020; Fox and Elm" in said
        )
        assert (
            "A rise in b raises c. (grade D, weakest step, contested: 1 for, 2 against, "
            "described in a document; Fox and Elm 2019)"
        ) in said
        assert said.endswith("Step 3: A rise in c raises d. (grade D)")


class TestBecause:
    def test_it_is_the_arrow_that_brings_most(self) -> None:
        model = Model.from_edges([("s", "t", 1), ("s", "m", 1), ("m", "t", 1)])
        assert causes(why(model, "t", Press("s"))) == [("s.t", "rise")]
        held = why(model, "t", Press("s", 0.1), Clamp("m", -2))
        assert causes(held) == [("m.t", "fall")]

    def test_where_it_depends_there_is_one_each_way(self, incoherent_fork: Model) -> None:
        found = why(incoherent_fork, "T", Press("S"))
        assert causes(found) == [("Y.T", "rise"), ("S.T", "rise")]
        assert [each.carried > 0 for each in found.because] == [True, False]

    def test_a_cut_arrow_brings_nothing_and_a_turned_one_the_opposite(self, chain: Model) -> None:
        assert why(chain, "b", Press("a"), CutEdge("a.b")).because == ()
        found = why(chain, "b", Press("a"), FlipEdge("a.b"))
        assert (found.answer.direction, causes(found)) == (Verdict.FALLS, [("a.b", "rise")])

    def test_a_surplus_behind_a_permissive_arrow_brings_nothing(self) -> None:
        model = marked(Model.from_edges([("s", "t", 1), ("r", "t", 1)]), "s.t")
        assert causes(why(model, "t", Press("s"), Press("r", 0.1))) == [("r.t", "rise")]

    def test_a_source_that_goes_either_way_changes(self, incoherent_fork: Model) -> None:
        edges = [(e.source, e.target, e.sign) for e in incoherent_fork.edges.values()]
        found = why(Model.from_edges([*edges, ("T", "u", 1)]), "u", Press("S"))
        assert {way for _, way in causes(found)} == {"change"}
        assert found.reasons() == [
            "Most comes along this arrow: A change in T lowers u on balance."
        ]
        assert found.narration() == "u: depends; because of a change in T."

    def test_what_a_push_gets_back_comes_besides_the_push(self, vicious_circle: Model) -> None:
        found = why(vicious_circle, "stress", Press("stress"))
        assert found.reasons() == [
            "Besides, most comes along this arrow: A fall in magnesium raises stress."
        ]

    def test_an_unclear_arrow_has_no_direction_of_its_source(self) -> None:
        found = why(Model.from_edges([("a", "b", 0)]), "b", Press("a"))
        assert [way for _, way in causes(found)] == ["change"]


class TestBlocked:
    def test_what_lies_on_all_paths_is_named(self, funnel: Model) -> None:
        found = why(funnel, "t", Press("s"), Block("gate"))
        assert found.blocked == (Obstacle("s", "gate", 2, 2),)
        assert found.obstacles() == [
            "Held at baseline: gate.",
            "All 2 paths of at most 8 arrows from s to t run through here.",
        ]

    def test_a_switched_off_node_stops_the_push_and_moves_the_node_itself(
        self, funnel: Model
    ) -> None:
        found = why(funnel, "t", Press("s"), KnockOut("gate"))
        assert found.answer.direction is Verdict.FALLS
        assert told_ways(found) == [("for", "gate t")]
        assert found.obstacles()[0] == "Switched off: gate."

    def test_where_none_lies_on_all_it_is_counted_how_many_each_stops(self, funnel: Model) -> None:
        found = why(funnel, "t", Press("s"), Block("a"), CutEdge("b.gate"))
        assert [(each.id, each.stopped, each.total) for each in found.blocked] == [
            ("a", 1, 2),
            ("b.gate", 1, 2),
        ]
        assert found.obstacles()[2:] == [
            "Cut: the arrow from b to gate.",
            "Of the 2 paths of at most 8 arrows from s to t, this many run through here: 1.",
        ]

    def test_a_single_path_is_told_as_one(self, chain: Model) -> None:
        found = why(chain, "d", Press("a"), CutEdge("b.c"))
        assert found.obstacles() == [
            "Cut: the arrow from b to c.",
            "1 path of at most 8 arrows would lead from a to d, and that path runs through here.",
        ]

    def test_what_is_forced_elsewhere_is_stopped_too(self, chain: Model) -> None:
        found = why(chain, "d", KnockOut("a"), Block("c"))
        assert found.blocked == (Obstacle("a", "c", 1, 1),)

    def test_paths_that_are_too_long_are_said_to_be(self) -> None:
        nodes = "abcdefghij"
        model = Model.from_edges([(a, b, 1) for a, b in pairwise(nodes)])
        found = why(model, "j", Press("a"), Block("e"))
        assert found.obstacles() == ["Every path from a to j has more than 8 arrows."]

    def test_nothing_is_blocked_while_a_route_is_left(self, funnel: Model) -> None:
        assert why(funnel, "t", Press("s"), Block("a")).blocked == ()

    def test_where_the_map_is_silent_it_says_so(self, chain: Model) -> None:
        found = why(chain, "a", Press("d"))
        assert (found.blocked, found.note()) == (
            (),
            "The map has no route to this node from what the question changes; that is not the "
            "same as no effect.",
        )


class TestTheQuestionItself:
    @pytest.mark.parametrize(
        ("asked", "itself", "narration"),
        [
            (Press("b"), "Pushed up", "rises, always; pushed up"),
            (Press("b", -2), "Pushed down", "falls, always; pushed down"),
            (KnockOut("b"), "Switched off", "switched off"),
            (Block("b"), "Held at baseline", "held at baseline"),
            (Clamp("b", 1), "Held above baseline", "held above baseline"),
            (Clamp("b", -0.5), "Held below baseline", "held below baseline"),
        ],
    )
    def test_it_says_what_it_does_to_the_node(
        self, chain: Model, asked: Intervention, itself: str, narration: str
    ) -> None:
        found = why(chain, "b", asked)
        assert why_told(found)["itself"] == f"{itself} by the question."
        assert found.narration() == f"b: {narration} by the question."

    @pytest.mark.parametrize("asked", [KnockOut("d"), Block("d"), Clamp("d", 1)])
    def test_a_fixed_node_has_no_reasons_in_the_map(
        self, chain: Model, asked: Intervention
    ) -> None:
        found = why(chain, "d", Press("a"), asked)
        assert (found.because, found.ways, found.deciding, found.blocked) == ((), (), (), ())
        assert found.note() == ""

    @pytest.mark.parametrize("asked", [(), (Press("a", 0),), (CutEdge("a.b"),)])
    def test_where_nothing_is_forced_there_is_nothing_to_explain(
        self, chain: Model, asked: Question
    ) -> None:
        found = why(chain, "d", *asked)
        assert found.note().startswith("The question pushes nothing away from baseline")
        assert found.narration() == "d."


class TestDeciding:
    def test_it_is_told_only_where_it_depends(self, incoherent_fork: Model) -> None:
        found = why(incoherent_fork, "T", Press("S"))
        assert found.deciding == deciding_edges(incoherent_fork, "T", Press("S"))[:3]
        assert why(incoherent_fork, "Y", Press("S")).deciding == ()

    def test_too_many_arrows_are_counted_and_not_tried(self) -> None:
        middle = [arrow for k in range(125) for arrow in ((f"m{k}", "t", 1), ("s", f"m{k}", 1))]
        fork = Model.from_edges([("s", "t", 1), ("s", "t", -1), *middle])
        most = why(fork, "t", Clamp("s", 1), *(FlipEdge(f"m{k}.t") for k in range(62)))
        assert (most.answer.direction, most.decides, most.deciding) == ("depends", False, ())
        assert most.note() == (
            "252 arrows stand behind this answer: too many to try each of them here."
        )

    def test_it_is_found_under_the_weightings_at_hand(self, incoherent_fork: Model) -> None:
        few = Ensemble(incoherent_fork, weightings=7, seed=1)
        found = why(incoherent_fork, "T", Press("S"), ensemble=few)
        same = why(incoherent_fork, "T", Press("S"), weightings=7, seed=1)
        assert (found, found.deciding) == (same, same.deciding)

    def test_the_weightings_of_another_map_are_refused(self, chain: Model) -> None:
        other = Ensemble(Model.from_edges([("a", "b", 1)]))
        with pytest.raises(ValueError, match="another map"):
            why(chain, "b", Press("a"), ensemble=other)


class TestShowing:
    def test_an_unknown_node_is_named(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'e'"):
            why(chain, "e", Press("a"))
        with pytest.raises(UnknownId, match="'e'"):
            narrate(ensemble_of(chain), ensemble_of(chain).respond(), "e")

    def test_it_shows_itself_in_a_line_in_words_and_as_a_table(self, chain: Model) -> None:
        found = why(chain, "c", Press("a"), CutEdge("c.d"))
        assert repr(found) == "Why(c falls: because of b.c; ways: 1 for)"
        assert str(found) == in_words(found)
        assert "<td>2</td><td>A rise in b lowers c.</td>" in found._repr_html_()
        assert repr(why(chain, "d", Press("a"), Block("b"))) == "Why(d no route: blocked by b)"
        assert repr(why(chain, "a", Press("b"))) == "Why(a no route)"

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("en", "c: falls, always; because of a rise in b."),
            ("nl", "c: daalt, altijd; door een toename van b."),
            ("sv", "c: minskar, alltid; på grund av en ökning av b."),
        ],
    )
    def test_it_narrates_in_one_sentence(self, chain: Model, language: str, expected: str) -> None:
        ensemble = ensemble_of(chain)
        assert narrate(ensemble, ensemble.respond(Press("a")), "c", language) == expected

    def test_it_narrates_both_sides_of_what_depends(self, incoherent_fork: Model) -> None:
        assert why(incoherent_fork, "T", Press("S")).narration() == (
            "T: depends; upwards because of a rise in Y, downwards because of a rise in S."
        )

    def test_a_verdict_without_a_cause_is_narrated_bare(self, chain: Model) -> None:
        assert why(chain, "a", Press("b")).narration() == "a: no route."

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_rise_is_never_told_as_a_fall(self, language: str) -> None:
        for sign in (1, -1):
            model = Model.from_edges([("a", "b", sign)])
            told = [
                why_told(why(model, "b", Press("a", size)), language)["ways"][0]["steps"][0]
                for size in (1, -1)
            ]
            rise, fall = (each["sentence"] for each in told)
            other = why(Model.from_edges([("a", "b", -sign)]), "b", Press("a"))
            assert rise != fall
            assert rise != why_told(other, language)["ways"][0]["steps"][0]["sentence"]


def directions(found: Why) -> Iterator[tuple[str, int]]:
    for way in found.ways:
        yield way.kind, 1 if way.steps[-1].target_rises else -1


class TestLaws:
    @given(models_with_questions(), st.data())
    def test_ways_lead_where_they_say_and_their_steps_meet(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        check_ways(*drawn, data.draw(st.sampled_from(tuple(drawn[0].nodes))))

    @given(conditional_questions(), st.data())
    def test_so_they_do_where_arrows_act_by_condition(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        check_ways(*drawn, data.draw(st.sampled_from(tuple(drawn[0].nodes))))

    @given(models_with_questions(), st.data())
    def test_what_is_named_as_cause_pulls_in_the_direction_of_the_answer(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        node = data.draw(st.sampled_from(tuple(model.nodes)))
        found = why(model, node, *asked, weightings=10)
        plan = check(model, asked)
        pulls = [1 if each.carried > 0 else -1 for each in found.because]
        wanted = {Verdict.RISES: [1], Verdict.FALLS: [-1], Verdict.DEPENDS: [1, -1]}
        assert set(pulls) <= set(wanted.get(found.answer.direction, []))
        for each in found.because:
            edge = model.edge(each.edge)
            assert (edge.target, edge.reasons, edge.id in plan.cut) == (node, True, False)
        still = found.answer.direction in {Verdict.NO_ROUTE, Verdict.UNCHANGED, Verdict.FIXED}
        assert not (still and found.because)

    @given(models_with_questions(), st.data())
    def test_what_is_blocked_is_open_again_without_what_blocks_it(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        node = data.draw(st.sampled_from(tuple(model.nodes)))
        found = why(model, node, *asked, weightings=2)
        plan = check(model, asked)
        for each in found.blocked:
            if each.id:
                assert each.id in (*plan.fixed, *plan.cut)
                assert 1 <= each.stopped <= each.total
        sources = {each.source for each in found.blocked}
        if found.answer.direction is Verdict.NO_ROUTE:
            for source in sources:
                closed = [*(one for one in plan.fixed if one != source), *plan.cut]
                left = model.without(*closed)
                assert why(left, node, Press(source), weightings=2).answer.direction == "no_route"

    @given(models_with_questions(), st.data())
    def test_it_is_told_in_three_languages(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        found = why(model, data.draw(st.sampled_from(tuple(model.nodes))), *asked, weightings=3)
        shapes = [shape(why_told(found, language)) for language in LANGUAGES]
        assert shapes[0] == shapes[1] == shapes[2]
        assert all(in_words(found, language) for language in LANGUAGES)


def shape(told: object) -> object:
    """What is told with every text left out."""
    if isinstance(told, dict):
        return {key: shape(value) for key, value in told.items() if key not in {"kind", "grade"}}
    if isinstance(told, list):
        return [shape(each) for each in told]
    return bool(told) if isinstance(told, str) else told


def check_ways(model: Model, asked: Question, node: str) -> None:
    found = why(model, node, *asked, weightings=10)
    plan = check(model, asked)
    verdict = 1 if found.answer.direction is Verdict.RISES else -1
    ends = {"for": verdict, "against": -verdict, "raises": 1, "lowers": -1}
    for kind, end in directions(found):
        assert end == ends[kind]
    for way in found.ways:
        arrows: list[Edge] = [model.edge(edge) for edge in way.edges]
        size = plan.pressed.get(way.nodes[0], 0.0) or plan.fixed[way.nodes[0]]
        assert way.steps[0].source_rises == (size > 0)
        for one, other in pairwise(way.steps):
            assert one.target_rises == other.source_rises
        for step, arrow in zip(way.steps, arrows, strict=True):
            keeps = (arrow.sign > 0) != step.turned
            assert keeps == (step.source_rises == step.target_rises)
        assert [arrow.target for arrow in arrows[:-1]] == [arrow.source for arrow in arrows[1:]]
        assert len(set(way.nodes)) == len(way.nodes) <= 9
        assert way.nodes[-1] == node
        assert not set(way.nodes[1:]) & plan.fixed.keys()
        assert not set(way.edges) & set(plan.cut)
        weakest = [step.edge for step in way.steps if step.weakest]
        grades = [grade(model, edge) for edge in way.edges]
        assert weakest == [way.edges[grades.index(max(grades))]]


class TestShippedMap:
    def test_the_classical_example(self, real_model: Model) -> None:
        found = why(real_model, "nmda_receptor", Press("serum_magnesium"))
        assert found.narration() == (
            "NMDA receptor: falls, always; because of a rise in brain magnesium."
        )
        assert told_ways(found)[0] == ("for", "serum_magnesium brain_magnesium nmda_receptor")

    def test_all_paths_run_through_the_channel_that_is_switched_off(
        self, real_model: Model
    ) -> None:
        channel = "n_type_calcium_channel"
        found = why(real_model, "norepinephrine", Press("serum_magnesium"), KnockOut(channel))
        assert told_ways(found)[0][1].startswith(channel)
        (obstacle,) = found.blocked
        assert (obstacle.id, obstacle.stopped) == (channel, obstacle.total)
        assert found.obstacles()[0] == "Switched off: N-type calcium channel."

    @pytest.mark.parametrize("source", ["serum_magnesium", "psychological_stressor"])
    def test_all_that_moves_has_a_cause_and_a_way(self, real_model: Model, source: str) -> None:
        ensemble = ensemble_of(real_model)
        response = ensemble.respond(Press(source))
        for node, verdict in response.direction.items():
            if node != source and verdict in {Verdict.RISES, Verdict.FALLS}:
                found = why(real_model, node, Press(source), ensemble=ensemble)
                assert found.because
                assert [way for way in found.ways if way.kind == "for"] or found.note()

    def test_without_numpy_it_says_the_same(self, real_model: Model) -> None:
        from tests.test_public_api import BLOCKED, run

        code = """
asked = mg.Press("serum_magnesium"), mg.KnockOut("n_type_calcium_channel")
print(mg.why(mg.load_model(), "norepinephrine", *asked, weightings=10))
"""
        asked = Press("serum_magnesium"), KnockOut("n_type_calcium_channel")
        assert run(BLOCKED + code) == str(why(real_model, "norepinephrine", *asked, weightings=10))

"""Every wrong answer is exactly one mistake, each rule computes what it says, and pools add up."""

from __future__ import annotations

import hypothesis.strategies as st
import networkx as nx
import pytest
from hypothesis import given
from strategies import models_with_questions

from mgmodel.inquiry.comparison import compare_in
from mgmodel.inquiry.expectations import questions
from mgmodel.interventions import Block, CutEdge, FlipEdge, Intervention, KnockOut, Press, check
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.records import Edge
from mgmodel.teaching.cases import Case, answer_for
from mgmodel.teaching.mistakes import RULES, Stop, diagnose
from mgmodel.teaching.predictions import Answer, Marked, Mistake, Prediction, mark
from mgmodel.teaching.readings import live, loop_closing, shortest_readings
from mgmodel.vocabulary import Language, Verdict
from mgmodel.wording import in_words

LANGUAGES = [language.value for language in Language]
NOTHING = (Verdict.UNCHANGED, Verdict.NO_ROUTE)


def marked(model: Model, answer: str, node: str, *asked: Intervention) -> Marked:
    return mark(Ensemble(model, weightings=60), asked, Prediction(node, Answer(answer)))


def mistake(model: Model, answer: str, node: str, *asked: Intervention) -> str:
    found = marked(model, answer, node, *asked).mistake
    return found.value if found else "right"


# --- maps that one can check by eye -----------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("falls", "right"),
        ("rises", "first_step"),
        ("depends", "settled_as_depends"),
        ("no_route", "route_overlooked"),
    ],
)
def test_on_a_chain_with_one_minus_sign_the_first_arrow_misleads(
    chain: Model, answer: str, expected: str
) -> None:
    assert mistake(chain, answer, "d", Press("a")) == expected


def test_two_minus_signs_and_the_wrong_product_are_a_slip_that_names_its_arrow() -> None:
    chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", -1)])
    found = marked(chain, "falls", "d", Press("a"))
    assert (found.mistake, found.ground.arrow) == (Mistake.SIGN_SLIP, "a.b")


def test_the_shorter_of_two_paths_is_not_the_answer() -> None:
    ways = [("s", "t", -1), ("s", "x", 1), ("x", "t", 1), ("s", "y", 1), ("y", "t", 1)]
    longer = [("s", name, 1) for name in "zwvu"] + [(name, "t", 1) for name in "zwvu"]
    model = Model.from_edges(ways + longer)
    assert mistake(model, "falls", "t", Press("s")) == "shortest_path"
    assert mistake(model, "rises", "t", Press("s")) == "right"


def test_the_direct_arrow_that_was_overlooked_is_named(incoherent_fork: Model) -> None:
    found = marked(incoherent_fork, "rises", "T", Press("S"))
    assert (found.mistake, found.ground.arrow) == (Mistake.ROUTE_OVERLOOKED, "S.T")


def test_opposing_paths_are_not_the_same_as_none(incoherent_fork: Model) -> None:
    assert mistake(incoherent_fork, "no_route", "T", Press("S")) == "depends_as_nothing"


def test_what_holds_without_feedback_is_a_loop_ignored_and_the_loop_is_told() -> None:
    """By way of a, s lowers t; by way of c and b it raises t, and these reinforce each other."""
    arrows = [("a", "t", 1), ("s", "a", -1), ("c", "b", -1), ("b", "c", -1), ("b", "d", 1)]
    arrows += [("s", "c", 1), ("c", "s", -1), ("d", "t", -1)]
    model = Model.from_edges(arrows)
    found = marked(model, "falls", "t", Press("s"))
    assert (found.truth, found.mistake) == (Verdict.DEPENDS, Mistake.LOOP_IGNORED)
    assert found.ground.loop == ("c.b", "b.c")
    assert "Reinforcing" in in_words(found)


def test_a_direction_that_the_map_leaves_open_was_read_into_it() -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "c", 0)])
    found = marked(model, "rises", "c", Press("a"))
    assert (found.mistake, found.ground.arrow) == (Mistake.UNCLEAR_AS_SETTLED, "b.c")


def test_a_push_is_not_the_other_way_on_the_node_itself() -> None:
    assert mistake(Model.from_edges([], ["a"]), "falls", "a", Press("a")) == "sign_slip"


@pytest.mark.parametrize(
    ("asked", "node", "stop", "by"),
    [
        ((Press("a"), Block("b")), "d", Stop.HELD, "b"),
        ((Press("a"), CutEdge("b.c")), "d", Stop.CUT, "b.c"),
        ((Press("d"),), "a", Stop.BACKWARDS, ""),
        ((), "d", Stop.NOTHING_FORCED, ""),
        ((Press("a"),), "e", Stop.NOWHERE, ""),
    ],
)
def test_a_path_imagined_is_told_with_what_stops_it(
    asked: tuple[Intervention, ...], node: str, stop: Stop, by: str
) -> None:
    chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 1)], "abcde")
    found = marked(chain, "falls", node, *asked)
    assert (found.mistake, found.ground.stop, found.ground.by) == (
        Mistake.ROUTE_IMAGINED,
        stop,
        by,
    )


def test_an_arrow_that_is_only_shown_and_one_that_only_permits_are_told() -> None:
    from dataclasses import replace

    chain = Model.from_edges([("a", "b", 1)])
    shown = Model(chain.nodes.values(), [replace(chain.edge("a.b"), propagate=False)])
    permits = Model(chain.nodes.values(), [replace(chain.edge("a.b"), permissive=True)])
    told = [marked(each, "rises", "b", Press("a")).ground for each in (shown, permits)]
    assert [each.stop for each in told] == [Stop.SHOWN_ONLY, Stop.PERMITTED]
    assert told[0].by == "a.b"


def test_a_difference_is_read_from_where_the_two_questions_part() -> None:
    """Cutting the brake raises what it brakes; who says nothing happens forgets the loop."""
    axis = Model.from_edges([("crh", "cortisol", 1), ("cortisol", "crh", -1), ("s", "crh", 1)])
    ensemble, before = Ensemble(axis, weightings=60), [Press("s")]
    after = [Press("s"), CutEdge("cortisol.crh")]
    answers = {
        answer: mark(ensemble, after, Prediction("cortisol", answer), before=before).mistake
        for answer in Answer
    }
    assert answers == {
        Answer.RISES: None,
        Answer.FALLS: Mistake.SIGN_SLIP,
        Answer.DEPENDS: Mistake.SETTLED_AS_DEPENDS,
        Answer.NO_ROUTE: Mistake.LOOP_IGNORED,
    }


def test_of_a_node_that_the_question_holds_nothing_can_be_predicted(chain: Model) -> None:
    with pytest.raises(ValueError, match="itself holds this node"):
        marked(chain, "falls", "b", Press("a"), KnockOut("b"))


def test_nor_of_one_that_only_one_side_of_a_comparison_holds(chain: Model) -> None:
    said = Prediction("b", Answer.FALLS)
    with pytest.raises(ValueError, match="itself holds this node"):
        mark(Ensemble(chain, weightings=5), [Press("a"), KnockOut("b")], said, before=[Press("a")])


@pytest.mark.parametrize("confidence", [0, 4, True])
def test_a_confidence_that_is_none_is_refused(confidence: int) -> None:
    with pytest.raises(ValueError, match="give 1"):
        Prediction("a", Answer.RISES, confidence)


# --- any map ----------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A map, a question, sometimes what it is compared with, a node and an answer."""
    model, asked = draw(models_with_questions())
    before = None
    if draw(st.booleans()):
        before = tuple(draw(st.lists(st.sampled_from(asked), unique=True)) if asked else ())
    ensemble = Ensemble(model, weightings=12)
    plans = [check(model, each) for each in (asked, before or ())]
    free = [node for node in model.nodes if not any(node in plan.fixed for plan in plans)]
    node = draw(st.sampled_from(free or tuple(model.nodes)))
    return Case(ensemble, asked, before, node, draw(st.sampled_from(Answer)))


def verdict_of(case: Case, *more: Intervention) -> Verdict:
    """The verdict, asked without the rules' help; what one side holds is held."""
    after = (*case.asked, *more)
    if any(case.node in check(case.model, side).fixed for side in (after, case.before or ())):
        return Verdict.FIXED
    if case.before is None:
        return case.ensemble.respond(*after).direction[case.node]
    return compare_in(case.ensemble, (*case.before, *more), after).direction[case.node]


@given(cases())
def test_every_wrong_answer_is_exactly_one_mistake_and_a_right_one_none(case: Case) -> None:
    verdict = verdict_of(case)
    if verdict is Verdict.FIXED:
        with pytest.raises(ValueError, match="nothing to predict"):
            diagnose(case)
        return
    found = mark(case.ensemble, case.asked, Prediction(case.node, case.answer), before=case.before)
    says = Answer.NO_ROUTE if verdict in NOTHING else Answer(verdict.value)
    assert found.right == (case.answer is says) == (found.mistake is None)
    assert isinstance(found.mistake, Mistake) != found.right
    holding = [] if found.right else [name for name, rule in RULES if rule(case) is not None]
    assert holding[:1] == ([] if found.right else [found.mistake])


@given(cases())
def test_each_mistake_is_what_its_name_says(case: Case) -> None:
    verdict = verdict_of(case)
    if verdict is Verdict.FIXED or answer_for(verdict) is case.answer:
        return
    found = diagnose(case)
    assert found is not None
    mistaken, ground = found
    signs = {way.end for way in case.ways}
    right_with = {
        Mistake.LOOP_IGNORED: map(CutEdge, case.closing),
        Mistake.ROUTE_OVERLOOKED: [CutEdge(ground.arrow)] if ground.arrow else (),
        Mistake.SIGN_SLIP: [FlipEdge(ground.arrow)] if ground.arrow else (),
    }
    changes = tuple(right_with.get(mistaken, ()))
    assert not changes or answer_for(verdict_of(case, *changes)) is case.answer
    holds = {
        Mistake.ROUTE_IMAGINED: verdict in NOTHING and ground.stop is not None,
        Mistake.LOOP_IGNORED: ground.loop[-1:] == (ground.arrow,) != ("",),
        Mistake.DEPENDS_AS_NOTHING: (verdict, case.answer) == (Verdict.DEPENDS, Answer.NO_ROUTE),
        Mistake.SETTLED_AS_DEPENDS: (case.answer is Answer.DEPENDS) and verdict not in NOTHING,
        Mistake.SHORTEST_PATH: case.answer.sign in signs,
        Mistake.UNCLEAR_AS_SETTLED: 0 in signs and case.answer.sign not in signs,
        Mistake.FIRST_STEP: any(way.first == case.answer.sign for way in case.ways),
        Mistake.ROUTE_OVERLOOKED: case.answer is Answer.NO_ROUTE
        or len(ground.ways) == 2
        or ground.arrow != "",
        Mistake.SIGN_SLIP: signs <= {-case.answer.sign},
    }
    assert holds[mistaken]


def graph_of(arrows: tuple[Edge, ...] | list[Edge]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edges_from((edge.source, edge.target, edge.id) for edge in arrows)
    return graph


@given(models_with_questions(), st.data())
def test_without_the_closing_arrows_no_loop_acts_and_everything_is_still_reached(
    asked: tuple[Model, tuple[Intervention, ...]], data: st.DataObject
) -> None:
    model, plan = asked[0], check(*asked)
    node = data.draw(st.sampled_from(tuple(model.nodes)))
    starts = [start for start, size in (plan.pressed | plan.fixed).items() if size]
    closing = loop_closing(model, node, starts, plan)
    before = live(model, plan)
    after = [edge for edge in before if edge.id not in closing]
    old, new = graph_of(before), graph_of(after)
    for graph in (old, new):
        graph.add_nodes_from(model.nodes)
    reached = {end for start in starts for end in (start, *nx.descendants(old, start))}
    assert (node in reached) == any(
        end == node for start in starts for end in (start, *nx.descendants(new, start))
    )
    behind = reached & {node, *nx.ancestors(new, node)}
    assert nx.is_directed_acyclic_graph(new.subgraph(behind))
    assert all(nx.has_path(old, model.edge(e).target, model.edge(e).source) for e in closing)


@given(models_with_questions(), st.data())
def test_the_shortest_ways_are_those_of_networkx(
    asked: tuple[Model, tuple[Intervention, ...]], data: st.DataObject
) -> None:
    model, plan = asked[0], check(*asked)
    node = data.draw(st.sampled_from([n for n in model.nodes if n not in plan.fixed] or [""]))
    starts = {n: 1 if s > 0 else -1 for n, s in (plan.pressed | plan.fixed).items() if s}
    found = shortest_readings(model, plan, starts, node)
    graph = graph_of(live(model, plan))
    graph.add_nodes_from(model.nodes)
    lengths = [
        nx.shortest_path_length(graph, start, node)
        for start in starts
        if node and nx.has_path(graph, start, node)
    ]
    assert {len(way.edges) for way in found} == ({min(lengths)} if lengths else set())
    for way in found:
        sign = starts[way.start]
        for edge in way.edges:
            sign *= model.edge(edge).sign * (-1 if edge in plan.flipped else 1)
        assert way.end == sign


@given(cases(), st.sampled_from(LANGUAGES))
def test_a_marked_answer_is_told_in_every_language(case: Case, language: str) -> None:
    if verdict_of(case) is Verdict.FIXED:
        return
    found = mark(case.ensemble, case.asked, Prediction(case.node, case.answer), before=case.before)
    assert found.sentence(language) in in_words(found, language)
    assert bool(found.explanation(language)) != found.right


# --- the exercises that the map comes with ----------------------------------------------------

TEACHERS = [
    ("exercise_01_epinephrine", "no_route", "route_overlooked"),
    ("exercise_01_no_path_without_channel", "falls", "route_imagined"),
    ("exercise_01_norepinephrine", "no_route", "route_overlooked"),
    ("exercise_02_norepinephrine", "rises", "sign_slip"),
    ("exercise_02_blood_pressure", "rises", "route_overlooked"),
    ("exercise_03_no_path_to_excitotoxicity", "falls", "route_imagined"),
    ("exercise_03_anxiety", "no_route", "route_overlooked"),
    ("exercise_03_anxiety", "rises", "first_step"),
    ("exercise_04_crh", "falls", "first_step"),
    ("exercise_04_neuronal_excitability", "falls", "first_step"),
    ("exercise_04_potentiation_left", "no_route", "route_overlooked"),
    ("exercise_05_gaba_synthesis", "no_route", "route_overlooked"),
    ("exercise_06_cortisol", "depends", "settled_as_depends"),
    ("exercise_06_crh", "no_route", "route_overlooked"),
    ("exercise_07_cortisol", "no_route", "loop_ignored"),
    ("exercise_08_crh_now", "no_route", "route_overlooked"),
    ("exercise_08_crh_now", "depends", "settled_as_depends"),
    ("exercise_09_no_path_with_both_off", "falls", "route_imagined"),
    ("exercise_09_serum_magnesium", "no_route", "route_overlooked"),
    ("exercise_10_serum_magnesium", "rises", "first_step"),
    ("exercise_11_norepinephrine", "falls", "sign_slip"),
    ("exercise_12_cardiac_arrhythmia", "rises", "shortest_path"),
    ("exercise_12_cardiac_arrhythmia", "falls", "shortest_path"),
    ("exercise_12_cardiac_arrhythmia", "no_route", "depends_as_nothing"),
    ("exercise_12_urinary_magnesium_excretion", "rises", "route_overlooked"),
    ("exercise_13_serum_magnesium", "rises", "first_step"),
    ("exercise_14_stores_compared", "rises", "route_overlooked"),
    ("exercise_14_stores_compared", "no_route", "depends_as_nothing"),
    ("exercise_15_synaptic_plasticity", "rises", "shortest_path"),
    ("exercise_15_synaptic_plasticity", "falls", "route_overlooked"),
]
"""What a student would say wrongly, and what a teacher would call it."""


@pytest.mark.parametrize(("exercise", "answer", "expected"), TEACHERS)
def test_an_exercise_answered_wrongly_gets_the_name_that_a_teacher_gives(
    real_model: Model, exercise: str, answer: str, expected: str
) -> None:
    asked = {each.expectation.id: each for each in questions(real_model)[0]}[exercise]
    prediction = Prediction(asked.expectation.node, Answer(answer))
    found = mark(ensemble_of(real_model), asked.after, prediction, before=asked.before)
    assert (found.mistake and found.mistake.value) == expected

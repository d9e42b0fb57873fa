"""Hints hold back, questions have exactly one right option, and pools add up and are read back."""

from __future__ import annotations

import json
from itertools import combinations
from math import prod

import hypothesis.strategies as st
import pytest
from hypothesis import given
from strategies import models_with_questions, signed_models

from mgmodel.evidence import bar_of
from mgmodel.interventions import CutEdge, FlipEdge, Intervention, KnockOut, Press, check, parse
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, ensemble_of
from mgmodel.teaching.cases import answer_for
from mgmodel.teaching.hints import hints_for
from mgmodel.teaching.mistakes import Mistake
from mgmodel.teaching.pools import Pool, PoolFileError, pool, told_of
from mgmodel.teaching.posing import OPEN, Kind, Misreading
from mgmodel.teaching.predictions import Answer, Marked, Prediction, mark
from mgmodel.teaching.quiz import Item, items
from mgmodel.vocabulary import Language, Verdict
from mgmodel.wording import in_words

LANGUAGES = [language.value for language in Language]


# --- hints ------------------------------------------------------------------------------------


@given(models_with_questions(), st.data(), st.sampled_from(LANGUAGES))
def test_the_first_two_hints_are_the_same_whatever_the_signs_are(
    asked: tuple[Model, tuple[Intervention, ...]], data: st.DataObject, language: str
) -> None:
    model, question = asked
    plan = check(model, question)
    node = data.draw(st.sampled_from(tuple(model.nodes)))
    if node in plan.fixed:
        return
    signs = [data.draw(st.sampled_from((1, -1, 0))) for _ in model.edges]
    arrows = [(e.source, e.target, s) for e, s in zip(model.edges.values(), signs, strict=True)]
    other = Model.from_edges(arrows, model.nodes)
    told = [
        hints_for(Ensemble(each, weightings=5), question, node, language=language)
        for each in (model, other)
    ]
    assert told[0][:2] == told[1][:2]


@given(models_with_questions(), st.data(), st.sampled_from(LANGUAGES))
def test_the_third_hint_tells_the_answer(
    asked: tuple[Model, tuple[Intervention, ...]], data: st.DataObject, language: str
) -> None:
    ensemble = Ensemble(asked[0], weightings=5)
    node = data.draw(st.sampled_from(tuple(asked[0].nodes)))
    response = ensemble.respond(*asked[1])
    if response.direction[node] is Verdict.FIXED:
        with pytest.raises(ValueError, match="nothing to predict"):
            hints_for(ensemble, asked[1], node)
        return
    first, second, third = hints_for(ensemble, asked[1], node, language=language)
    sentence = response.sentence(node, language)
    assert third.endswith(sentence)
    assert sentence not in first + second


def test_a_hint_names_an_arrow_also_where_no_change_arrives(chain: Model) -> None:
    told = hints_for(
        Ensemble(chain, weightings=5), [Press("a"), KnockOut("c"), CutEdge("c.d")], "d"
    )
    assert "the arrow from c to d" in told[1]
    assert "stopped" in told[2]


def test_where_the_shortest_path_is_outweighed_a_path_that_agrees_is_told_as_well() -> None:
    ways = [("s", "t", -1), *((("s", name, 1)) for name in "vwxyz")]
    model = Model.from_edges([*ways, *((name, "t", 1) for name in "vwxyz")])
    told = hints_for(Ensemble(model, weightings=60), [Press("s")], "t")[2]
    assert "leads to a fall in t." in told
    assert "leads to a rise in v, hence to a rise in t." in told


def test_a_hint_about_a_difference_says_so(vicious_circle: Model) -> None:
    ensemble = Ensemble(vicious_circle, weightings=5)
    after = [Press("stress"), CutEdge("magnesium.stress")]
    told = hints_for(ensemble, after, "cortisol", before=[Press("stress")])
    assert "differs from before" in told[0]
    assert told[1].startswith("Look at the arrow from stress to cortisol")


# --- questions --------------------------------------------------------------------------------


def right_codes(model: Model, ensemble: Ensemble, item: Item) -> list[str]:
    """The options that are right, asked of the engine again and by another way where there is."""
    posed = item.posed
    match posed.kind:
        case Kind.WHICH_WAY:
            response = ensemble.respond(*map(parse, posed.asked))
            return [answer_for(response.direction[posed.node]).value]
        case Kind.BREAKING_ARROW:
            sides = {
                code: ensemble.respond(Press(posed.asked[0]), CutEdge(code)).direction[posed.node]
                for code in posed.codes
            }
            return [code for code, verdict in sides.items() if verdict is Verdict.NO_ROUTE]
        case Kind.EVIDENCE_BAR:
            return [bar_of(model, posed.asked[0]).value]
    sign = prod(model.edge(edge).sign for edge in posed.asked)
    if posed.kind is Kind.PATH_SIGN:
        return [{1: "rises", -1: "falls", 0: OPEN}[sign]]
    return [{1: "reinforcing", -1: "balancing", 0: "undecided"}[sign]]


def check_item(model: Model, ensemble: Ensemble, item: Item) -> None:
    codes, texts = ([getattr(o, name) for o in item.options] for name in ("code", "text"))
    right = [code for code in codes if code in right_codes(model, ensemble, item)]
    assert right == [codes[item.right]]
    assert len(set(codes)) == len(codes) == len(set(texts)) >= 2
    for place, option in enumerate(item.options):
        assert (option.fault is None) == (option.why == "") == (place == item.right)
        assert option.fault is None or isinstance(option.fault, (Mistake, Misreading))
    assert item.reason


def check_seeds(model: Model, seeds: range) -> None:
    ensemble = ensemble_of(model)
    found = [item for seed in seeds for item in items(model, seed, 5, ensemble=ensemble)]
    assert len(found) == 5 * len(seeds)
    assert {item.kind for item in found} == set(Kind)
    for item in found:
        check_item(model, ensemble, item)
    answers = {item.options[item.right].code for item in found if item.kind is Kind.WHICH_WAY}
    assert answers == set(Answer)


def test_exactly_one_option_is_right(real_model: Model) -> None:
    check_seeds(real_model, range(40))


@pytest.mark.slow
def test_exactly_one_option_is_right_in_500_seeds(real_model: Model) -> None:
    check_seeds(real_model, range(500))


@given(signed_models(), st.integers(0, 10))
def test_any_map_gives_questions_with_one_right_option_or_none_at_all(
    model: Model, seed: int
) -> None:
    ensemble = Ensemble(model, weightings=12)
    for item in items(model, seed, 5, ensemble=ensemble):
        check_item(model, ensemble, item)


def test_the_same_seed_gives_the_same_questions_in_every_language(real_model: Model) -> None:
    for seed in range(3):
        told = [items(real_model, seed, 6, language) for language in LANGUAGES]
        for one, other in combinations(told, 2):
            assert [item.posed for item in one] == [item.posed for item in other]
            assert all(a.question != b.question for a, b in zip(one, other, strict=True))
        assert told[0] == items(real_model, seed, 6)
    assert items(real_model, 1, 6) != items(real_model, 2, 6)


def test_no_question_comes_twice(real_model: Model) -> None:
    found = items(real_model, 0, 60, kinds=["loop_kind", "evidence_bar"])
    assert len({item.posed for item in found}) == len(found) == 60


def test_only_the_kinds_that_are_asked_for_come(real_model: Model) -> None:
    found = items(real_model, 0, 4, kinds=[Kind.PATH_SIGN, Kind.LOOP_KIND])
    assert {item.kind for item in found} == {Kind.PATH_SIGN, Kind.LOOP_KIND}
    assert items(real_model, 0, 4, kinds=[]) == ()


@pytest.mark.parametrize("model", [Model([], []), Model.from_edges([], ["a"])], ids=["none", "one"])
def test_a_map_without_arrows_gives_no_questions(model: Model) -> None:
    assert items(model, 0, 5) == ()


def test_what_cannot_be_asked_is_refused(chain: Model, vicious_circle: Model) -> None:
    with pytest.raises(ValueError, match="count is -1"):
        items(chain, 0, -1)
    with pytest.raises(ValueError, match="guessing"):
        items(chain, 0, kinds=["guessing"])
    with pytest.raises(ValueError, match="another map"):
        items(chain, 0, ensemble=Ensemble(vicious_circle, weightings=5))


# --- pools ------------------------------------------------------------------------------------


def answers(model: Model, *given: tuple[str, int]) -> list[Marked]:
    ensemble = Ensemble(model, weightings=12)
    said = [Prediction("d", Answer(answer), confidence) for answer, confidence in given]
    return [mark(ensemble, [Press("a")], each) for each in said]


@given(
    st.lists(st.tuples(st.sampled_from(list(Answer)), st.integers(1, 3))),
    st.lists(st.tuples(st.sampled_from(list(Answer)), st.integers(1, 3))),
)
def test_pools_add_up_and_a_file_is_read_back(
    first: list[tuple[str, int]], second: list[tuple[str, int]]
) -> None:
    chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 1)])
    one, other = answers(chain, *first), answers(chain, *second)
    both = pool(one) + pool(other)
    assert both == pool([*one, *other])
    assert both.total == len(first) + len(second)
    assert Pool.from_file(both.as_file(), chain) == both
    for told in told_of(Ensemble(chain, weightings=12), both):
        given = [*first, *second]
        assert told.right == sum(answer == "falls" for answer, _ in given)
        assert told.sure_and_wrong == sum(a != "falls" and sure == 3 for a, sure in given)
        assert told.right + sum(told.mistakes.values()) == told.total


def test_a_pool_holds_no_more_than_counts(chain: Model) -> None:
    held = json.loads(pool(answers(chain, ("falls", 3), ("rises", 1), ("falls", 3))).as_file())
    assert held == {
        "mgmodel_answers": 1,
        "map": chain.fingerprint,
        "questions": [
            {
                "node": "d",
                "asked": ["press a"],
                "before": None,
                "answers": {"rises": [1, 0, 0], "falls": [0, 0, 2]},
            }
        ],
    }


def test_all_that_is_wrong_with_a_file_is_told_at_once(chain: Model) -> None:
    row = {"node": "z", "asked": ["push a", "press q"], "answers": {"maybe": [], "rises": [1, -1]}}
    text = json.dumps({"mgmodel_answers": 9, "map": "other", "questions": [row, 5]})
    with pytest.raises(PoolFileError) as caught:
        Pool.from_file(text, chain)
    told = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 8
    for each in ("format is 9", "'other'", "node 'z'", "push a", "'q'", "maybe", "3 counts", "2: "):
        assert each in told


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"questions": 1}'])
def test_what_is_no_file_of_answers_is_refused(chain: Model, text: str) -> None:
    with pytest.raises(PoolFileError):
        Pool.from_file(text, chain)


def test_answers_about_two_maps_are_not_pooled(chain: Model) -> None:
    turned = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)])
    with pytest.raises(ValueError, match="two maps"):
        pool([*answers(chain, ("rises", 1)), *answers(turned, ("rises", 1))])
    with pytest.raises(ValueError, match="is of"):
        told_of(Ensemble(turned, weightings=5), pool(answers(chain, ("rises", 1))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pool_is_told_in_every_language(chain: Model, language: str) -> None:
    found = pool(answers(chain, ("rises", 3), ("falls", 2)))
    told = in_words(told_of(Ensemble(chain, weightings=12), found)[0], language)
    assert "1" in told
    assert in_words(found, language) != in_words(Pool("", {}), language)


def test_a_difference_is_pooled_with_what_it_is_compared_with(vicious_circle: Model) -> None:
    ensemble = Ensemble(vicious_circle, weightings=12)
    after = [Press("stress"), FlipEdge("magnesium.stress")]
    given = mark(ensemble, after, Prediction("cortisol", Answer.FALLS, 1), before=[Press("stress")])
    found = Pool.from_file(pool([given]).as_file(), vicious_circle)
    assert next(iter(found.counts)).before == ("press stress",)
    assert told_of(ensemble, found)[0].truth is given.truth

"""Expectations: what the map should say is asked of it, told apart by kind, and never hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_questions

from mgmodel.commands.published import expectations_page, findings_page
from mgmodel.inquiry.comparison import compare
from mgmodel.inquiry.expectations import examine, outcome_of
from mgmodel.inquiry.mutations import MutationScore, mutation_score
from mgmodel.interventions import ArrowIntervention, Press, parse, written
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, respond
from mgmodel.records import Edge, Expectation, Library
from mgmodel.vocabulary import ExpectationKind, Outcome, Verdict
from mgmodel.wording import in_words

PAGE = Path(__file__).resolve().parent.parent / "docs" / "expectations.md"
LANGUAGES = ("en", "nl", "sv")
EXPECTABLE = [verdict for verdict in Verdict if verdict is not Verdict.FIXED]
MEASURED, REASONED = ExpectationKind


def expectation(node: str, expected: str, done: str, before: str = "", **more: str) -> Expectation:
    asked = (tuple(filter(None, text.split(";"))) for text in (done, before))
    kind = ExpectationKind(more.get("kind", "reasoned"))
    name = more.get("id", f"{node}_{expected}")
    return Expectation(name, kind, "a change", *asked, node, Verdict(expected))


def telling(model: Model, *rows: Expectation) -> Model:
    """The same map with these expectations."""
    return Model(model.nodes.values(), model.edges.values(), Library(expectations=rows))


# -- what comes of an expectation


OUTCOMES = {
    "rises": {"rises": "agree", "falls": "disagree", "unchanged": "disagree"},
    "falls": {"falls": "agree", "rises": "disagree", "unchanged": "disagree"},
    "unchanged": {"unchanged": "agree", "rises": "disagree", "falls": "disagree"},
    "depends": dict.fromkeys(Verdict, "disagree") | {"depends": "agree", "no_route": "cannot_say"},
    "no_route": dict.fromkeys(Verdict, "disagree") | {"no_route": "agree"},
}
"""What is not listed cannot be said."""


@pytest.mark.parametrize("expected", EXPECTABLE)
@pytest.mark.parametrize("said", Verdict)
def test_an_outcome_is_the_one_of_the_table(expected: Verdict, said: Verdict) -> None:
    listed = "cannot_say" if said is Verdict.FIXED else OUTCOMES[expected].get(said, "cannot_say")
    assert outcome_of(expected, said) == listed


def test_a_wrong_expectation_is_told_beside_a_right_one(chain: Model) -> None:
    rows = expectation("d", "falls", "press a"), expectation("d", "rises", "press a")
    found = examine(telling(chain, *rows))
    assert [each.outcome for each in found] == [Outcome.AGREE, Outcome.DISAGREE]
    assert [each.said for each in found] == [Verdict.FALLS, Verdict.FALLS]


def test_a_direction_that_depends_leaves_the_expectation_open(incoherent_fork: Model) -> None:
    found = examine(telling(incoherent_fork, expectation("T", "rises", "press S")))[0]
    assert (found.said, found.outcome) == (Verdict.DEPENDS, Outcome.CANNOT_SAY)
    assert found.fraction == max(found.rises, found.falls)


def test_a_before_asks_for_the_difference(incoherent_fork: Model) -> None:
    """With y held, s lowers t more than without."""
    row = expectation("T", "falls", "press S;block Y", "press S")
    found = examine(telling(incoherent_fork, row))[0]
    assert (found.said, found.fraction, found.outcome) == (Verdict.FALLS, 1.0, Outcome.AGREE)


def test_nothing_done_is_compared_with_what_was_done_before(chain: Model) -> None:
    found = examine(telling(chain, expectation("d", "rises", "", "press a")))[0]
    assert (found.said, found.outcome) == (Verdict.RISES, Outcome.AGREE)


def test_kinds_are_counted_apart(chain: Model) -> None:
    rows = (
        expectation("b", "rises", "press a", kind="measured"),
        expectation("c", "rises", "press a", kind="measured"),
        expectation("a", "rises", "press b"),
    )
    found = examine(telling(chain, *rows))
    assert found.counts[MEASURED] == {"agree": 1, "disagree": 1, "cannot_say": 0}
    assert found.counts[REASONED] == {"agree": 0, "disagree": 0, "cannot_say": 1}
    assert (found.of_kind("measured").share, found.of_kind("reasoned").share) == (0.5, 0.0)
    assert found.of_kind("measured") == examine(telling(chain, *rows), kind="measured")


@pytest.mark.parametrize("model", [Model([], []), Model.from_edges([], ["a"])], ids=["none", "one"])
def test_a_map_without_expectations_says_so(model: Model) -> None:
    found, score = examine(model), mutation_score(model)
    assert (len(found), found.share, len(score.noticed_by), score.share()) == (0, None, 0, None)
    assert in_words(found) == "No expectation is written down for this map."
    assert len(found.to_frame()) == len(score.to_frame()) == 0


def test_a_part_of_a_map_leaves_out_what_it_cannot_be_asked(chain: Model) -> None:
    rows = (
        *(expectation("b", "rises", "press a"), expectation("d", "falls", "press a", id="gone")),
        *(expectation("b", "rises", "press a;cut c.d", id="cut"),),
        *(expectation("b", "rises", "press a", "press d", id="before"),),
    )
    found = examine(telling(chain, *rows).without("d"))
    assert ([each.expectation.id for each in found], found.left_out) == (
        ["b_rises"],
        ("gone", "cut", "before"),
    )


@pytest.mark.parametrize("done", ["push a", "press a=nan", "press a;block a", "clamp a"])
def test_what_cannot_be_asked_is_refused(chain: Model, done: str) -> None:
    with pytest.raises(ValueError, match="a"):
        examine(telling(chain, expectation("b", "rises", done)))


def test_a_kind_that_is_not_there_is_refused(chain: Model) -> None:
    with pytest.raises(ValueError, match="guessed"):
        examine(chain, kind="guessed")


def test_an_ensemble_of_another_map_is_refused(chain: Model, vicious_circle: Model) -> None:
    with pytest.raises(ValueError, match="another map"):
        examine(chain, ensemble=Ensemble(vicious_circle, weightings=2))


@given(models_with_questions(), st.data())
def test_an_expectation_that_repeats_the_map_agrees(
    asked: tuple[Model, tuple], data: st.DataObject
) -> None:
    model, interventions = asked
    answer = respond(model, *interventions)
    free = [node for node, way in answer.direction.items() if way is not Verdict.FIXED]
    if free:
        node = data.draw(st.sampled_from(free))
        done = ";".join(map(written, interventions))
        row = expectation(node, answer.direction[node], done)
        if row.interventions:
            found = examine(telling(model, row))[0]
            assert (found.outcome, found.rises) == (Outcome.AGREE, answer.rises[node])


@given(models_with_questions())
def test_a_before_says_what_compare_says(asked: tuple[Model, tuple]) -> None:
    model, interventions = asked
    node = next(iter(model.nodes))
    before = [f"press {node}"]
    held = {getattr(each, "node", "") for each in interventions if not isinstance(each, Press)}
    if node not in held and interventions:
        row = expectation(node, "rises", ";".join(map(written, interventions)), ";".join(before))
        expected = compare(model, Press(node), interventions)
        found = examine(telling(model, row))[0]
        assert (found.said, found.rises) == (expected.direction[node], expected.rises[node])


# -- how it is told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_says_what_was_expected_and_what_is_said(chain: Model, language: str) -> None:
    rows = (
        *(expectation("d", "rises", "press a"), expectation("d", "depends", "press a", id="two")),
        expectation("a", "rises", "press d", id="three"),
    )
    found = examine(telling(chain, *rows))
    texts = [each.sentence(language) for each in found]
    assert all(re.fullmatch(r"[^{}]+\.", text) for text in [*texts, in_words(found, language)])
    assert len(set(texts)) == len(texts)


def test_a_frame_has_one_expectation_a_row(chain: Model) -> None:
    frame = examine(telling(chain, expectation("d", "rises", "press a"))).to_frame()
    assert frame.loc["d_rises", ["said", "fraction", "outcome"]].tolist() == [
        *("falls", 1.0, "disagree"),
    ]


def test_findings_show_themselves(chain: Model) -> None:
    found = examine(telling(chain, expectation("d", "rises", "press a")))
    assert repr(found).endswith("reasoned: 0 agree, 1 disagree, 0 cannot say)")
    assert found._repr_html_().count("<tr>") == 2
    assert str(found[0]) == found[0].sentence() == in_words(found[0:1][0])


# -- which arrows are put to the test


def test_an_arrow_is_noticed_when_an_expectation_no_longer_agrees(chain: Model) -> None:
    rows = (
        expectation("c", "falls", "press a", id="one", kind="measured"),
        expectation("b", "falls", "press a", id="wrong"),
    )
    score = mutation_score(telling(chain, *rows))
    assert dict(score.noticed_by) == {"a.b": ("one",), "b.c": ("one",), "c.d": ()}
    assert (score.unnoticed, score.share("measured"), score.share("reasoned")) == (
        *(("c.d",), 2 / 3, 0.0),
    )
    assert score.to_frame().loc["a.b"].tolist() == [1, 0, "one"]


def test_two_arrows_turned_round_would_cancel_but_one_is_turned_at_a_time(chain: Model) -> None:
    score = mutation_score(telling(chain, expectation("d", "falls", "press a")))
    assert score.unnoticed == ()


def test_core_arrows_are_turned_where_some_are_marked(chain: Model) -> None:
    edges = [replace(edge, core=edge.id == "b.c") for edge in chain.edges.values()]
    score = mutation_score(Model(chain.nodes.values(), edges))
    assert list(score.noticed_by) == ["b.c"]


def test_an_arrow_without_a_sign_is_not_turned() -> None:
    model = Model.from_edges([("a", "b", 0), ("b", "c", 1)])
    assert list(mutation_score(model).noticed_by) == ["b.c"]


def test_chosen_arrows_are_turned(chain: Model) -> None:
    assert list(mutation_score(chain, ["c.d", "a.b"]).noticed_by) == ["c.d", "a.b"]
    with pytest.raises(KeyError, match=r"no arrow 'a\.c'"):
        mutation_score(chain, ["a.c"])


def test_a_difference_notices_an_arrow_too(chain: Model) -> None:
    row = expectation("c", "rises", "press a;block b", "press a")
    assert mutation_score(telling(chain, row)).unnoticed == ("c.d",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_score_names_what_nobody_notices(chain: Model, language: str) -> None:
    score = mutation_score(telling(chain, expectation("b", "rises", "press a")))
    none = mutation_score(telling(chain, expectation("d", "falls", "press a")))
    text = in_words(score, language)
    assert re.search(r"\bc\b.*\bd\b", text)
    assert "b.c" in score._repr_html_()
    assert len(in_words(none, language)) < len(text)


# -- the expectations of the shipped map


def _distances(model: Model, start: str) -> dict[str, int]:
    found, waiting = {start: 0}, [start]
    for node in waiting:
        for edge in model.reasoning_edges:
            if edge.source == node and edge.target not in found:
                found[edge.target] = found[node] + 1
                waiting.append(edge.target)
    return found


def _shortest(model: Model, start: str, end: str) -> tuple[int | None, set[str]]:
    """Length of the shortest routes, and every arrow that lies on one of them."""
    away = _distances(model, start)
    arrows: set[str] = set()
    layer = {end} if end in away else set()
    while layer:
        behind: list[Edge] = [
            edge
            for edge in model.reasoning_edges
            if edge.target in layer and away.get(edge.source) == away[edge.target] - 1
        ]
        arrows |= {edge.id for edge in behind}
        layer = {edge.source for edge in behind}
    return away.get(end), arrows


def asked_arrows(model: Model, row: Expectation) -> tuple[int | None, set[str]]:
    """How far the watched node is from what is done, and the arrows on all shortest routes.

    What is done is every node that is pressed or held and every arrow that is cut; where there is
    a before, what stands on one of the two sides only. From each such node all shortest routes
    count, and from a cut arrow itself and all shortest routes from its target.
    """
    done = set(row.interventions) ^ set(row.before)
    lengths, arrows = [], set()
    for each in map(parse, sorted(done)):
        if isinstance(each, ArrowIntervention):
            length, found = _shortest(model, model.edge(each.edge).target, row.node)
            length = None if length is None else length + 1
            found = found | {each.edge}
        else:
            length, found = _shortest(model, each.node, row.node)
        lengths.append(length)
        arrows |= found
    return min((length for length in lengths if length is not None), default=None), arrows


def measured(model: Model) -> list[Expectation]:
    return [row for row in model.library.expectations if row.kind is MEASURED]


def test_the_arrows_asked_are_those_of_all_shortest_routes() -> None:
    model = Model.from_edges(
        [("a", "b", 1), ("b", "d", 1), ("a", "c", 1), ("c", "d", 1), ("c", "e", 1), ("e", "d", 1)]
    )
    assert asked_arrows(model, expectation("d", "rises", "press a")) == (
        *(2, {"a.b", "b.d", "a.c", "c.d"}),
    )
    cut = expectation("d", "falls", "press a;cut a.c", "press a")
    assert asked_arrows(model, cut) == (2, {"a.c", "c.d"})


def test_at_least_forty_were_measured(real_model: Model) -> None:
    assert len(measured(real_model)) >= 40


def test_every_exercise_is_among_the_reasoned_ones(real_model: Model) -> None:
    bases = {row.basis for row in real_model.library.expectations if row.kind is REASONED}
    assert {f"exercise {number}" for number in range(1, 17)} <= bases


@pytest.mark.slow
def test_no_measured_one_rests_on_the_evidence_of_the_arrows_it_asks(real_model: Model) -> None:
    circular = {
        row.id: arrows
        for row in measured(real_model)
        for arrows in [_citing(real_model, row.reference, asked_arrows(real_model, row)[1])]
        if arrows
    }
    assert circular == {}


def _citing(model: Model, reference: str, arrows: Iterable[str]) -> list[str]:
    return [
        edge
        for edge in sorted(arrows)
        if reference in {evidence.reference for evidence in model.evidence_for(edge)}
    ]


@pytest.mark.slow
def test_at_most_a_quarter_of_the_measured_ones_concern_neighbours(real_model: Model) -> None:
    rows = measured(real_model)
    near = [row.id for row in rows if (asked_arrows(real_model, row)[0] or 2) <= 1]
    assert len(near) <= len(rows) / 4


def test_none_is_left_out(real_model: Model) -> None:
    assert examine(real_model).left_out == ()


MEND = "Look at what changed, then run: python -m mgmodel expect --markdown > docs/expectations.md"


def outcomes(page: str) -> dict[str, str]:
    """What the page says of each expectation."""
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE)
    return {name: " | ".join(cells.split(" | ")[2:5]) for name, cells in rows}


def test_the_published_outcomes_are_those_of_the_map(real_model: Model) -> None:
    """A change of the map that changes an outcome is seen in review, row by row."""
    page = findings_page(examine(real_model))
    assert outcomes(PAGE.read_text("utf-8")) == outcomes(page), MEND
    assert PAGE.read_text("utf-8").startswith(page), MEND
    assert len(outcomes(page)) == len(real_model.library.expectations)


@pytest.fixture(scope="module")
def score(real_model: Model) -> MutationScore:
    """Every core arrow of the shipped map, turned round."""
    return mutation_score(real_model)


@pytest.mark.slow
def test_the_published_page_is_the_one_that_the_command_makes(
    real_model: Model, score: MutationScore
) -> None:
    assert PAGE.read_text("utf-8") == expectations_page(examine(real_model), score), MEND


@pytest.mark.slow
def test_four_fifths_of_the_core_arrows_are_put_to_the_test(
    real_model: Model, score: MutationScore
) -> None:
    assert len(score.noticed_by) == sum(edge.core for edge in real_model.reasoning_edges)
    assert (score.share() or 0) >= 0.8

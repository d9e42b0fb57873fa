"""Which pushes would bring a pattern about: planted causes are found, ties shown, and parted."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings
from strategies import signed_models

from mgmodel.errors import UnknownId
from mgmodel.inquiry import Cause, Explanations, explain
from mgmodel.interventions import Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, respond
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words

LANGUAGES = ("en", "nl", "sv")
OPPOSITE = {"rises": "falls", "falls": "rises", "unchanged": "unchanged"}
FEW = 20
"""Weightings in tests on drawn maps."""


def pushes(cause: Cause) -> tuple[tuple[str, float], ...]:
    return tuple((press.node, press.amount) for press in cause.presses)


def listed(found: Explanations) -> list[tuple[tuple[tuple[str, float], ...], float, int, bool]]:
    return [(pushes(cause), cause.score, cause.matched, cause.tied) for cause in found]


@st.composite
def models_with_patterns(draw: st.DrawFn, *, unclear: bool = True) -> tuple[Model, dict[str, str]]:
    """A map, and something seen at one to three of its nodes."""
    model = draw(signed_models(unclear=unclear))
    seen = st.sampled_from(tuple(OPPOSITE))
    nodes = st.sampled_from(tuple(model.nodes))
    return model, draw(st.dictionaries(nodes, seen, min_size=1, max_size=3))


class TestHandMade:
    def test_the_push_behind_a_fork_is_found(self) -> None:
        """Only s reaches both y and t; u moves t alone."""
        model = Model.from_edges([("s", "y", 1), ("s", "t", -1), ("u", "t", 1)])
        found = explain(model, {"y": "rises", "t": "falls"})
        assert pushes(found[0]) == (("s", 1.0),)
        assert (found[0].score, found[0].matched) == (1.0, 2)

    def test_two_rivers_into_no_common_sea_need_two_pushes(self) -> None:
        model = Model.from_edges([("a", "x", 1), ("b", "y", -1)])
        found = explain(model, {"x": "rises", "y": "rises"})
        assert listed(found) == [
            ((("a", 1.0), ("b", -1.0)), 1.0, 2, False),
            ((("a", 1.0),), 0.0, 1, True),
            ((("b", -1.0),), 0.0, 1, True),
        ]

    def test_a_pair_that_adds_nothing_is_not_listed(self, chain: Model) -> None:
        found = explain(chain, {"d": "falls"})
        assert [pushes(cause) for cause in found] == [
            (("a", 1.0),),
            (("b", 1.0),),
            (("c", -1.0),),
        ]

    def test_all_links_of_a_chain_tie(self, chain: Model) -> None:
        found = explain(chain, {"d": "falls"})
        assert all(cause.tied for cause in found)
        assert (found.ties, found.total, found.truncated) == (3, 3, False)
        assert found.leaders == tuple(found)

    def test_ties_beyond_the_limit_are_counted(self, chain: Model) -> None:
        found = explain(chain, {"d": "falls"}, limit=1)
        assert (len(found), found.ties, found.total, found.truncated) == (1, 3, 3, True)
        assert found[0].tied
        assert found.measurement is None

    def test_the_measurement_parts_a_chain_where_the_causes_differ(self, chain: Model) -> None:
        """A push on a moves a, and pushes on b or c do not."""
        measured = explain(chain, {"d": "falls"}).measurement
        assert measured is not None
        assert (measured.node, measured.spread) == ("a", 1.0)
        assert [(each.direction.value, each.rises) for each in measured.predictions] == [
            ("rises", 1.0),
            ("no_route", 0.0),
            ("no_route", 0.0),
        ]

    def test_a_node_that_is_not_suspected_is_measured_first(self) -> None:
        """Both a and b move x; only a moves y, so y tells as much as a itself."""
        model = Model.from_edges([("a", "x", 1), ("b", "x", 1), ("a", "y", 1)])
        measured = explain(model, {"x": "rises"}).measurement
        assert measured is not None
        assert measured.node == "y"

    def test_without_a_tie_the_first_two_are_parted(self) -> None:
        model = Model.from_edges([("a", "x", 1), ("a", "y", 1), ("b", "x", 1), ("b", "y", 0)])
        found = explain(model, {"x": "rises", "y": "rises"})
        assert found.ties == 1
        assert found.leaders == found[:2]
        assert found.measurement is not None

    def test_unchanged_holds_where_no_route_leads(self) -> None:
        model = Model.from_edges([("a", "x", 1), ("a", "y", 1), ("b", "x", 1)])
        found = explain(model, {"x": "rises", "y": "unchanged"})
        assert listed(found)[0] == ((("b", 1.0),), 1.0, 2, False)

    def test_a_candidate_without_a_route_to_what_was_seen_explains_nothing(self) -> None:
        model = Model.from_edges([("a", "x", 1)], ["lonely"])
        assert listed(explain(model, {"x": "unchanged"}, candidates="lonely")) == []

    def test_an_observed_node_is_no_candidate_unless_it_is_named(self, chain: Model) -> None:
        found = explain(chain, {"b": "rises"})
        assert [pushes(cause) for cause in found] == [(("a", 1.0),)]
        named = explain(chain, {"b": "rises"}, candidates=["a", "b"])
        assert [pushes(cause) for cause in named] == [(("a", 1.0),), (("b", 1.0),)]

    def test_where_all_nodes_are_observed_nothing_is_left_to_suspect(self) -> None:
        found = explain(Model.from_edges([], ["a"]), {"a": "rises"})
        assert (len(found), found.total, found.measurement, found.all_pairs) == (0, 0, None, True)

    def test_verdicts_serve_as_well_as_their_words(self, chain: Model) -> None:
        assert explain(chain, {"d": Verdict.FALLS}) == explain(chain, {"d": "falls"})

    def test_a_self_loop_does_no_harm(self) -> None:
        model = Model.from_edges([("a", "a", 1), ("a", "x", -1)])
        assert listed(explain(model, {"x": "falls"})) == [((("a", 1.0),), 1.0, 1, False)]

    def test_single_causes_come_before_pairs_of_the_same_score(self) -> None:
        model = Model.from_edges(
            [("s", "x", 1), ("s", "y", 1), ("a", "x", 1), ("b", "y", 1)],
        )
        found = explain(model, {"x": "rises", "y": "rises"})
        assert [(pushes(cause), cause.score) for cause in found[:2]] == [
            ((("s", 1.0),), 1.0),
            ((("a", 1.0), ("b", 1.0)), 1.0),
        ]


class TestAgainstAskingEach:
    """Every number is what `respond` gives when it is asked for each cause."""

    @given(models_with_patterns())
    def test_scores_and_matches_are_those_of_the_responses(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        model, observed = drawn
        ensemble = Ensemble(model, weightings=FEW)
        found = explain(model, observed, limit=1000, weightings=FEW)
        for cause in found:
            held = _held(ensemble, cause.presses, observed)
            assert cause.score == held.all(axis=0).mean()
            assert cause.matched == sum(held.mean(axis=1) >= 0.8)

    @given(models_with_patterns())
    @settings(max_examples=25)
    def test_they_are_all_that_asking_every_cause_finds(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        model, observed = drawn
        ensemble = Ensemble(model, weightings=FEW)
        singles, pairs = {}, {}
        suspects = sorted(set(model.nodes) - set(observed))
        reaching = [
            node
            for node in suspects
            if any(ensemble.respond(Press(node)).direction[seen] != "no_route" for seen in observed)
        ]
        for node, way in product(reaching, (1.0, -1.0)):
            held = _held(ensemble, (Press(node, way),), observed)
            singles[((node, way),)] = held.all(axis=0).sum(), (held.mean(axis=1) >= 0.8).any()
        for one, other in combinations(singles, 2):
            if one[0][0] != other[0][0]:
                presses = tuple(Press(*push) for push in (*one, *other))
                whole = _held(ensemble, presses, observed).all(axis=0).sum()
                if whole > 1 + max(singles[one][0], singles[other][0]):
                    pairs[(*one, *other)] = whole
        expected = {push for push, (whole, any_held) in singles.items() if whole or any_held}
        found = explain(model, observed, limit=1000, weightings=FEW)
        assert {pushes(cause) for cause in found} == expected | set(pairs)
        assert (found.total, found.truncated) == (len(found), False)

    @pytest.mark.slow
    @given(models_with_patterns())
    def test_the_order_is_score_then_size_then_matched_then_ids(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        found = explain(*drawn, limit=1000, weightings=FEW)
        ranks = [
            (-c.score, len(c.presses), -c.matched, [(p.node, -p.amount) for p in c.presses])
            for c in found
        ]
        assert ranks == sorted(ranks)

    @pytest.mark.slow
    @given(models_with_patterns())
    def test_tied_are_those_of_one_size_within_one_weighting(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        found = explain(*drawn, limit=1000, weightings=FEW)
        for cause in found:
            rivals = [
                other
                for other in found
                if other is not cause
                and len(other.presses) == len(cause.presses)
                and round(abs(other.score - cause.score) * FEW) <= 1
            ]
            assert cause.tied == bool(rivals)

    @pytest.mark.slow
    @given(models_with_patterns())
    def test_no_unobserved_node_parts_the_leaders_better_than_the_measurement(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        model, observed = drawn
        found = explain(model, observed, weightings=FEW)
        answers = [respond(model, *c.presses, weightings=FEW) for c in found.leaders]
        spreads = {
            node: max(nets) - min(nets)
            for node in model.nodes
            if node not in observed and answers
            for nets in [[answer.rises[node] - answer.falls[node] for answer in answers]]
        }
        best = max(spreads.values(), default=0.0)
        if found.measurement is None:
            assert best == 0
        else:
            assert found.measurement.node not in observed
            assert found.measurement.spread == pytest.approx(best)
            assert spreads[found.measurement.node] == pytest.approx(best)
            assert [each.presses for each in found.measurement.predictions] == [
                cause.presses for cause in found.leaders
            ]


class TestPlanted:
    @pytest.mark.slow
    @given(signed_models(unclear=False), st.data())
    def test_a_planted_push_is_found_among_the_best(
        self, model: Model, data: st.DataObject
    ) -> None:
        """What a push does in all weightings is explained by it in all weightings."""
        node = data.draw(st.sampled_from(tuple(model.nodes)))
        way = data.draw(st.sampled_from((1.0, -1.0)))
        answer = respond(model, Press(node, way), weightings=FEW)
        observed = {
            other: verdict
            for other, verdict in answer.direction.items()
            if other != node and answer.strength[other] == "always" and verdict != "no_route"
        }
        assume(observed)
        found = explain(model, observed, limit=1000, weightings=FEW)
        assert found[0].score == 1.0
        assert ((node, way),) in [pushes(cause) for cause in found if cause.score == 1.0]

    @pytest.mark.slow
    @given(signed_models(unclear=False), st.data())
    def test_a_planted_pair_scores_1_unless_it_adds_nothing_to_one_of_its_pushes(
        self, model: Model, data: st.DataObject
    ) -> None:
        assume(len(model.nodes) > 2)
        pair = data.draw(st.lists(st.sampled_from(sorted(model.nodes)), min_size=2, max_size=2))
        assume(pair[0] != pair[1])
        presses = tuple(Press(node, 1.0) for node in sorted(pair))
        answer = respond(model, *presses, weightings=FEW)
        observed = {
            other: verdict
            for other, verdict in answer.direction.items()
            if other not in pair and answer.strength[other] == "always" and verdict != "no_route"
        }
        assume(observed)
        found = explain(model, observed, limit=1000, weightings=FEW)
        assert found[0].score >= 1 - 1 / FEW
        singles = {c.presses[0]: c.score for c in found if len(c.presses) == 1}
        if max(singles.get(press, 0.0) for press in presses) < 1 - 1.5 / FEW:
            assert presses in [cause.presses for cause in found if cause.score == 1.0]


class TestLaws:
    @pytest.mark.slow
    @given(models_with_patterns(), st.randoms(use_true_random=False))
    def test_the_order_of_observations_and_candidates_does_not_matter(
        self, drawn: tuple[Model, dict[str, str]], chance: st.random_module
    ) -> None:
        model, observed = drawn
        shuffled = list(observed.items())
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        found = explain(model, observed, weightings=FEW)
        assert explain(model, dict(shuffled), weightings=FEW) == found
        candidates = sorted(set(model.nodes) - set(observed), reverse=True)
        if candidates:
            assert explain(model, observed, candidates=candidates, weightings=FEW) == found

    @pytest.mark.slow
    @given(models_with_patterns())
    def test_renaming_ids_renames_the_causes(self, drawn: tuple[Model, dict[str, str]]) -> None:
        model, observed = drawn
        name = {node: f"{9 - place}x" for place, node in enumerate(model.nodes)}
        renamed = Model.from_edges(
            [(name[e.source], name[e.target], e.sign) for e in model.edges.values()], name.values()
        )
        found = explain(model, observed, limit=1000, weightings=FEW)
        again = explain(
            renamed, {name[n]: way for n, way in observed.items()}, limit=1000, weightings=FEW
        )
        assert {
            (frozenset((name[n], way) for n, way in cause), *rest) for cause, *rest in listed(found)
        } == {(frozenset(cause), *rest) for cause, *rest in listed(again)}

    @given(models_with_patterns())
    def test_the_mirrored_pattern_has_the_mirrored_causes(
        self, drawn: tuple[Model, dict[str, str]]
    ) -> None:
        model, observed = drawn
        found = explain(model, observed, limit=1000, weightings=FEW)
        mirrored = explain(
            model, {n: OPPOSITE[way] for n, way in observed.items()}, limit=1000, weightings=FEW
        )
        assert {
            (tuple((n, -way) for n, way in cause), *rest) for cause, *rest in listed(found)
        } == {tuple(each) for each in listed(mirrored)}


def _held(
    ensemble: Ensemble, presses: tuple[Press, ...], observed: dict[str, str]
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Whether each observation holds in each weighting, asked of `respond`."""
    answer = ensemble.respond(*presses)
    rows = []
    for node, seen in observed.items():
        levels = np.array(answer.levels(node))
        rises, falls = levels > 1e-6, levels < -1e-6
        rows.append({"rises": rises, "falls": falls, "unchanged": ~rises & ~falls}[seen])
    return np.array(rows)


class TestConditions:
    """Maps on which two pushes do not simply add up."""

    @staticmethod
    def with_permissive(model: Model, *edges: str) -> Model:
        return Model(
            model.nodes.values(),
            [replace(e, permissive=e.id in edges) for e in model.edges.values()],
        )

    def test_a_lack_acts_by_a_permissive_arrow_and_a_surplus_does_not(self) -> None:
        plain = Model.from_edges([("cofactor", "x", 1), ("a", "x", 1)])
        model = self.with_permissive(plain, "cofactor.x")
        found = explain(model, {"x": "falls"})
        assert [pushes(cause) for cause in found] == [(("a", -1.0),), (("cofactor", -1.0),)]
        rising = explain(model, {"x": "rises"})
        assert [pushes(cause) for cause in rising] == [(("a", 1.0),)]

    @pytest.mark.slow
    @given(signed_models(most_nodes=5, most_arrows=8, unclear=False), st.data())
    @settings(max_examples=20)
    def test_scores_are_those_of_the_responses(self, plain: Model, data: st.DataObject) -> None:
        assume(plain.edges)
        chosen = data.draw(st.sets(st.sampled_from(tuple(plain.edges)), min_size=1, max_size=2))
        model = self.with_permissive(plain, *chosen)
        observed = data.draw(
            st.dictionaries(
                st.sampled_from(tuple(model.nodes)), st.sampled_from(tuple(OPPOSITE)), min_size=1
            )
        )
        ensemble = Ensemble(model, weightings=FEW)
        for cause in explain(model, observed, weightings=FEW, limit=50):
            held = _held(ensemble, cause.presses, observed)
            assert cause.score == held.all(axis=0).mean()

    def test_an_and_group_needs_both_pushed(self) -> None:
        plain = Model.from_edges([("a", "x", 1), ("b", "x", 1)])
        model = Model(plain.nodes.values(), [replace(e, gate="both") for e in plain.edges.values()])
        found = explain(model, {"x": "rises"})
        alone = {pushes(c)[0]: c.score for c in found if len(c.presses) == 1}
        answer = respond(model, Press("a"))
        assert alone.get(("a", 1.0), 0.0) == answer.rises["x"]


class TestBadInput:
    def test_nothing_observed_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="Nothing is observed"):
            explain(chain, {})

    def test_a_list_is_no_mapping(self, chain: Model) -> None:
        with pytest.raises(TypeError, match="give a mapping"):
            explain(chain, ["d"])  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "seen", ["up", "depends", "no_route", Verdict.FIXED, float("nan"), 1, None, [], ""]
    )
    def test_what_cannot_be_observed_is_refused(self, chain: Model, seen: object) -> None:
        with pytest.raises(ValueError, match=r"'d' is observed as .*; use 'rises', 'falls'"):
            explain(chain, {"d": seen})  # type: ignore[dict-item]

    def test_unknown_ids_are_named(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'dd'"):
            explain(chain, {"dd": "rises"})
        with pytest.raises(UnknownId, match="nan"):
            explain(chain, {float("nan"): "rises"})  # type: ignore[dict-item]
        with pytest.raises(UnknownId, match="'aa'"):
            explain(chain, {"d": "rises"}, candidates=["aa"])
        with pytest.raises(UnknownId, match="'a'"):
            explain(Model([], []), {"a": "rises"})

    def test_no_candidates_are_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="no candidates"):
            explain(chain, {"d": "rises"}, candidates=[])

    def test_a_limit_below_one_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="limit is 0; give 1 or more"):
            explain(chain, {"d": "rises"}, limit=0)

    @pytest.mark.parametrize(
        "setting", [{"alpha": 1.0}, {"alpha": float("nan")}, {"weightings": 0}]
    )
    def test_numbers_out_of_range_are_refused(
        self, chain: Model, setting: dict[str, float]
    ) -> None:
        with pytest.raises(ValueError, match=next(iter(setting))):
            explain(chain, {"d": "rises"}, **setting)  # type: ignore[arg-type]


class TestLargeMaps:
    @pytest.mark.slow
    def test_pairs_are_made_of_the_nodes_that_fit_best(self) -> None:
        """Of 320 causes of x and one of y, the only cause of y must not be left out."""
        arrows = [(f"n{number}", "x", 1) for number in range(320)] + [("z", "y", 1)]
        found = explain(Model.from_edges(arrows), {"x": "rises", "y": "rises"}, weightings=2)
        assert not found.all_pairs
        assert (found[0].score, len(found[0].presses)) == (1.0, 2)
        assert ("z", 1.0) in pushes(found[0])


class TestShippedMap:
    def test_falling_magnesium_with_rising_stress_hormones_has_many_causes(
        self, real_model: Model
    ) -> None:
        observed = {"cortisol": "rises", "norepinephrine": "rises", "serum_magnesium": "falls"}
        found = explain(real_model, observed)
        assert found.ties > 10
        assert all(cause.tied and cause.score == 1.0 for cause in found)
        assert found.measurement is not None
        assert len({each.direction for each in found.measurement.predictions}) > 1

    def test_norepinephrine_falling_alone_takes_two_pushes(self, real_model: Model) -> None:
        observed = {"cortisol": "rises", "norepinephrine": "falls", "serum_magnesium": "falls"}
        found = explain(real_model, observed)
        assert len(found[0].presses) == 2
        assert found[0].matched == 3
        answer = respond(real_model, *found[0].presses)
        assert {node: answer.direction[node].value for node in observed} == observed


class TestShown:
    def test_the_table_has_a_cause_a_row(self) -> None:
        model = Model.from_edges([("a", "x", 1), ("b", "y", -1)])
        frame = explain(model, {"x": "rises", "y": "rises"}).to_frame()
        assert list(frame.columns) == ["causes", "score", "matched", "tied"]
        assert frame["causes"].tolist() == ["a up + b down", "a up", "b down"]

    def test_they_are_a_sequence_that_says_what_it_holds(self, chain: Model) -> None:
        found = explain(chain, {"d": "falls"}, limit=2)
        assert found[:1] == (found[0],)
        assert repr(found) == "Explanations(d falls: 2 of 3 causes; the first 3 are tied)"
        assert str(found[0]) == in_words(found[0])

    def test_html_escapes_ids(self) -> None:
        found = explain(Model.from_edges([("<b>", "c", 1)]), {"c": "rises"})
        assert "&lt;b&gt; up" in found._repr_html_()

    def test_an_explanation_in_words(self, chain: Model) -> None:
        said = in_words(explain(chain, {"d": "falls"}, candidates=["b", "c"]))
        assert said == (
            "Observed: d (falls). "
            "2 causes fit best and equally well: the pattern does not tell them apart. "
            "A push up on b: the whole pattern holds in 100% of weightings; observations that hold "
            "in 80% of weightings by themselves: 1. "
            "A push down on c: the whole pattern holds in 100% of weightings; observations that "
            "hold in 80% of weightings by themselves: 1. "
            "To tell the first causes apart, measure b. "
            "Verdict: rises (rises in 100%, falls in 0% of weightings) after: a push up on b. "
            "Verdict: no route (rises in 0%, falls in 0% of weightings) after: a push down on c."
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_can_be_said_in_every_language(self, chain: Model, language: str) -> None:
        found = explain(chain, {"d": "falls"}, limit=2)
        nothing = explain(chain, {"a": "falls"})
        said = [in_words(each, language) for each in (found, nothing, *found, found.measurement)]
        assert len(set(said)) == len(said)
        assert all(text and "{" not in text for text in said)

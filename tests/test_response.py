"""Which way every node moves, on maps whose answer can be worked out by hand."""

from __future__ import annotations

import dataclasses
import math

import pytest

from mgmodel.errors import UnknownId
from mgmodel.interventions import Block, Clamp, CutEdge, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, respond
from mgmodel.reasoning.response import Response
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import in_words

ALPHA = 0.9


def answer(response: Response, node: str) -> tuple[str, str]:
    return response.direction[node].value, response.strength[node].value


class TestExactAnswers:
    """Maps in which every node has one cause, so that all weightings agree."""

    @pytest.mark.parametrize("alpha", [0.1, 0.5, 0.9])
    def test_a_chain_passes_on_alpha_at_each_arrow(self, chain: Model, alpha: float) -> None:
        found = respond(chain, Press("a"), alpha=alpha)
        assert dict(found.median) == pytest.approx(
            {"a": 1, "b": alpha, "c": -(alpha**2), "d": -(alpha**3)}, abs=1e-15
        )

    def test_a_balancing_pair_damps_the_press(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        found = respond(model, Press("x"))
        assert found.median["x"] == pytest.approx(1 / (1 + ALPHA**2), abs=1e-12)
        assert round(found.median["x"], 4) == 0.5525

    def test_a_reinforcing_pair_amplifies_the_press(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", 1)])
        found = respond(model, Press("x"))
        assert found.median["x"] == pytest.approx(1 / (1 - ALPHA**2), abs=1e-12)
        assert round(found.median["x"], 3) == 5.263

    def test_presses_add_up(self, chain: Model) -> None:
        found = respond(chain, Press("a", 0.5), Press("a", 0.25), Press("c", 1.0))
        assert found.median["d"] == pytest.approx(ALPHA - 0.75 * ALPHA**3, abs=1e-12)


class TestFractions:
    """Maps in which the weightings decide; within four standard errors of the exact share."""

    @pytest.mark.parametrize("alpha", [0.3, 0.9])
    def test_an_incoherent_fork_rises_in_half_of_alpha(
        self, incoherent_fork: Model, alpha: float
    ) -> None:
        draws, exact = 20_000, alpha / 2
        found = respond(incoherent_fork, Press("S"), alpha=alpha, weightings=draws)
        assert abs(found.rises["T"] - exact) < 4 * math.sqrt(exact * (1 - exact) / draws)
        assert found.direction["T"] is Verdict.DEPENDS or alpha < 0.4

    @pytest.mark.parametrize(
        ("rivals", "way", "firm"),
        [(1, "depends", "depends"), (2, "rises", "likely"), (3, "rises", "robust")],
    )
    def test_the_strength_tells_in_how_many_weightings(
        self, rivals: int, way: str, firm: str
    ) -> None:
        # k parallel arrows outweigh a single one in 1 - 1/(k + 1)! of weightings: 0.5, 0.83, 0.96
        arrows = [("a", "b", -1), *[("a", "b", 1)] * rivals]
        found = respond(Model.from_edges(arrows), Press("a"), weightings=4000)
        assert answer(found, "b") == (way, firm)
        assert found.rises["b"] == pytest.approx(1 - 1 / math.factorial(rivals + 1), abs=0.03)

    def test_fractions_of_one_are_always(self, chain: Model) -> None:
        found = respond(chain, Press("a"))
        assert (answer(found, "b"), answer(found, "c")) == (
            ("rises", "always"),
            ("falls", "always"),
        )

    def test_the_same_seed_gives_the_same_answer(self, incoherent_fork: Model) -> None:
        first, second = (respond(incoherent_fork, Press("S"), seed=7) for _ in range(2))
        assert (first, first.median) == (second, second.median)

    def test_another_seed_draws_other_weightings(self, incoherent_fork: Model) -> None:
        first, second = (respond(incoherent_fork, Press("S"), seed=seed) for seed in (1, 2))
        assert first.median["T"] != second.median["T"]


class TestVerbs:
    def test_a_clamped_node_has_its_value_and_no_verdict(self, chain: Model) -> None:
        found = respond(chain, Clamp("b", 0.4))
        assert (answer(found, "b"), found.median["b"]) == (("fixed", "always"), 0.4)
        assert (found.rises["b"], found.falls["b"]) == (0.0, 0.0)

    def test_a_clamped_node_drives_what_it_acts_on(self, chain: Model) -> None:
        found = respond(chain, Clamp("b", 0.4))
        assert found.median["c"] == pytest.approx(-0.4 * ALPHA, abs=1e-12)

    def test_a_clamped_node_no_longer_answers_its_causes(self, chain: Model) -> None:
        found = respond(chain, Press("a"), Clamp("b", 0.4))
        assert found.median["c"] == pytest.approx(-0.4 * ALPHA, abs=1e-12)

    def test_a_blocked_node_lets_nothing_through(self, chain: Model) -> None:
        found = respond(chain, Press("a"), Block("b"))
        assert [answer(found, node)[0] for node in "abcd"] == [
            "rises",
            "fixed",
            "no_route",
            "no_route",
        ]

    def test_blocking_alone_changes_nothing(self, chain: Model) -> None:
        found = respond(chain, Block("b"))
        assert [found.direction[node].value for node in "acd"] == ["no_route"] * 3

    def test_knocking_out_is_a_change_of_its_own(self, chain: Model) -> None:
        found = respond(chain, KnockOut("b"))
        assert (found.median["b"], answer(found, "c")) == (-0.5, ("rises", "always"))
        assert found.median["c"] == pytest.approx(0.5 * ALPHA, abs=1e-12)

    def test_a_knocked_out_source_has_no_effect_left_to_press(self, chain: Model) -> None:
        with pytest.raises(ValueError, match=r"'a' is fixed at -0\.5"):
            respond(chain, Press("a"), KnockOut("a"))

    def test_a_cut_arrow_carries_nothing(self, chain: Model) -> None:
        found = respond(chain, Press("a"), CutEdge("b.c"))
        assert [found.direction[node].value for node in "abcd"] == [
            "rises",
            "rises",
            "no_route",
            "no_route",
        ]

    def test_the_arrows_beside_a_cut_one_keep_their_weight(self, incoherent_fork: Model) -> None:
        whole, cut = (
            respond(incoherent_fork, Press("S"), *asked) for asked in ((), (CutEdge("Y.T"),))
        )
        alone = respond(incoherent_fork.without("Y.T"), Press("S"))
        assert alone.median["T"] == pytest.approx(-ALPHA, abs=1e-12)
        assert alone.median["T"] < cut.median["T"] < whole.median["T"]

    def test_cutting_a_loop_open_stops_the_return(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        found = respond(model, Press("x"), CutEdge("y.x"))
        assert dict(found.median) == pytest.approx({"x": 1.0, "y": ALPHA}, abs=1e-12)

    def test_cutting_an_arrow_into_a_fixed_node_changes_nothing(self, chain: Model) -> None:
        asked = (Press("a"), Clamp("c", 0.3))
        assert respond(chain, *asked, CutEdge("b.c")).median == respond(chain, *asked).median

    def test_cutting_an_arrow_that_does_not_propagate_changes_nothing(
        self, real_model: Model
    ) -> None:
        shown = next(edge.id for edge in real_model.edges.values() if not edge.reasons)
        asked = Press("cortisol")
        plain = respond(real_model, asked, weightings=20)
        assert respond(real_model, asked, CutEdge(shown), weightings=20).median == plain.median


class TestVerdicts:
    def test_nothing_asked_leads_nowhere(self, chain: Model) -> None:
        found = respond(chain)
        assert set(found.direction.values()) == {Verdict.NO_ROUTE}
        assert set(found.median.values()) == {0.0}

    def test_a_press_of_nothing_leads_nowhere(self, chain: Model) -> None:
        assert set(respond(chain, Press("a", 0.0)).direction.values()) == {Verdict.NO_ROUTE}

    def test_effects_that_cancel_leave_a_node_unchanged(self) -> None:
        # b is held where it undoes what a does, by way of the one arrow from each
        model = Model.from_edges([("a", "b", 1), ("b", "t", 1)])
        found = respond(model, Press("a", 1.0), Press("b", -ALPHA))
        assert (answer(found, "b"), answer(found, "t")) == (
            ("unchanged", "always"),
            ("unchanged", "always"),
        )
        assert (found.median["b"], found.median["t"]) == (0.0, 0.0)

    def test_what_is_small_beside_the_push_counts_as_nothing(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("c", "b", 1)])
        assert respond(model, Press("a", 1e-9)).direction["b"] is Verdict.RISES
        both = respond(model, Press("a", 1e-9), KnockOut("c"))
        assert both.direction["b"] is Verdict.FALLS

    def test_every_mapping_holds_all_nodes_in_the_order_of_the_map(self) -> None:
        model = Model.from_edges([("z", "a", 1)], ["m"])
        found = respond(model, Press("z"))
        mappings = (found.rises, found.falls, found.median, found.direction, found.strength)
        assert [list(each) for each in mappings] == [["m", "z", "a"]] * 5


class TestRefusals:
    @pytest.mark.parametrize("alpha", [1.0, 1.5, -0.5, math.nan, math.inf])
    def test_alpha_outside_its_range_is_refused(self, chain: Model, alpha: float) -> None:
        with pytest.raises(ValueError, match="alpha is"):
            respond(chain, Press("a"), alpha=alpha)

    def test_no_weighting_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="weightings is 0"):
            respond(chain, Press("a"), weightings=0)

    def test_an_unknown_node_is_refused(self, vicious_circle: Model) -> None:
        with pytest.raises(UnknownId, match="Did you mean 'cortisol'"):
            respond(vicious_circle, Press("cortizol"))


class TestEnsemble:
    def test_it_answers_one_question_after_another(self, chain: Model) -> None:
        ensemble = Ensemble(chain)
        first = ensemble.respond(Press("a"))
        ensemble.respond(Press("a"), KnockOut("b"))
        assert ensemble.respond(Press("a")) == first

    def test_a_comparison_draws_the_same_weightings(self, incoherent_fork: Model) -> None:
        ensemble = Ensemble(incoherent_fork)
        one, double = (ensemble.respond(Press("S", amount)) for amount in (1, 2))
        assert one.rises == double.rises
        assert double.median["T"] == pytest.approx(2 * one.median["T"], abs=1e-12)

    def test_it_says_itself_in_one_line(self, chain: Model) -> None:
        assert repr(Ensemble(chain, weightings=20)) == (
            "Ensemble(20 weightings of Model(4 nodes, 3 arrows, 3 of them propagate), alpha 0.9)"
        )


class TestResponse:
    @pytest.fixture
    def found(self, chain: Model) -> Response:
        return respond(chain, Press("b"), KnockOut("d"))

    def test_it_says_itself_in_one_line(self, found: Response) -> None:
        assert repr(found) == ("Response(1 rises, 1 falls, 1 no route, 1 fixed; 500 weightings)")

    def test_it_keeps_what_was_asked(self, found: Response) -> None:
        assert found.interventions == (Press("b"), KnockOut("d"))

    def test_it_is_a_sentence_for_each_verdict(self, found: Response) -> None:
        assert in_words(found) == (
            "Push b up by 1. Switch d off: absent altogether. "
            "Rises: b. Falls: c. No route: a. Fixed: d."
        )

    @pytest.mark.parametrize("language", ["nl", "sv"])
    def test_it_speaks_other_languages(self, found: Response, language: str) -> None:
        assert in_words(found, language) != in_words(found)

    def test_its_table_has_a_row_for_every_node(self, found: Response) -> None:
        frame = found.to_frame()
        assert list(frame.columns) == ["direction", "strength", "rises", "falls", "median"]
        assert frame.loc["d"].tolist() == ["fixed", "always", 0.0, 0.0, -0.5]

    def test_its_rich_display_speaks_of_fractions_of_weightings(self, found: Response) -> None:
        html = found._repr_html_()
        assert "rises and falls are fractions of weightings" in html
        assert "<td>c</td><td>falls</td><td>always</td><td>0%</td><td>100%</td>" in html

    def test_it_cannot_be_changed(self, found: Response) -> None:
        with pytest.raises(dataclasses.FrozenInstanceError):
            found.alpha = 0.1  # type: ignore[misc]
        with pytest.raises(TypeError):
            found.rises["a"] = 1.0  # type: ignore[index]

    def test_its_numbers_are_plain_numbers(self, found: Response) -> None:
        kinds = {type(number) for each in (found.rises, found.median) for number in each.values()}
        assert kinds == {float}


class TestShippedMap:
    def test_without_the_n_type_channel_norepinephrine_falls(self, real_model: Model) -> None:
        found = respond(real_model, KnockOut("n_type_calcium_channel"))
        assert answer(found, "norepinephrine") == ("falls", "always")

    def test_magnesium_cannot_lift_it_then(self, real_model: Model) -> None:
        asked = Press("serum_magnesium"), KnockOut("n_type_calcium_channel")
        assert answer(respond(real_model, *asked), "norepinephrine") == ("falls", "always")

    def test_magnesium_lowers_norepinephrine_in_all_weightings(self, real_model: Model) -> None:
        found = respond(real_model, Press("serum_magnesium"))
        assert answer(found, "norepinephrine") == ("falls", "always")

    def test_with_the_channel_held_magnesium_has_no_route_left(self, real_model: Model) -> None:
        asked = Press("serum_magnesium"), Block("n_type_calcium_channel")
        found = respond(real_model, *asked)
        assert answer(found, "norepinephrine") == ("no_route", "always")

    def test_a_stressor_lowers_the_stores_and_raises_cortisol(self, real_model: Model) -> None:
        found = respond(real_model, Press("psychological_stressor"))
        assert answer(found, "cortisol") == ("rises", "always")
        assert answer(found, "body_magnesium_stores") == ("falls", "always")

    def test_cutting_the_feedback_on_crh_and_acth_raises_cortisol_further(
        self, real_model: Model
    ) -> None:
        ensemble = Ensemble(real_model)
        closed = ensemble.respond(Press("psychological_stressor"))
        opened = ensemble.respond(
            Press("psychological_stressor"), CutEdge("cortisol.crh"), CutEdge("cortisol.acth")
        )
        assert opened.median["cortisol"] > closed.median["cortisol"]

    def test_every_node_that_is_not_fixed_has_a_strength_that_fits(self, real_model: Model) -> None:
        found = respond(real_model, Press("psychological_stressor"))
        for node, verdict in found.direction.items():
            assert (verdict is Verdict.DEPENDS) == (found.strength[node] is Strength.DEPENDS)

"""What changes between two questions, weighting by weighting."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_questions

from mgmodel.errors import UnknownId
from mgmodel.inquiry.comparison import Comparison, Interventions, compare, ensemble_for
from mgmodel.interventions import (
    ArrowIntervention,
    Block,
    Clamp,
    CutEdge,
    Intervention,
    KnockOut,
    Press,
)
from mgmodel.model import Model
from mgmodel.reasoning import ensemble_of, respond
from mgmodel.vocabulary import Strength, Verdict
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import percent
from tests.test_public_api import BLOCKED, run

ALPHA = 0.9
STILL = {Verdict.UNCHANGED, Verdict.NO_ROUTE, Verdict.FIXED}
OPPOSITE = {Verdict.RISES: Verdict.FALLS, Verdict.FALLS: Verdict.RISES}

Question = tuple[Intervention, ...]


def directions(found: Comparison) -> list[str]:
    return [verdict.value for verdict in found.direction.values()]


def renamed(model: Model, asked: Question) -> tuple[Model, Question, dict[str, str]]:
    """The same map and question under names that sort the other way round."""
    names = {node: f"n{len(model.nodes) - place}" for place, node in enumerate(model.nodes)}
    arrows = [(names[e.source], names[e.target], e.sign) for e in model.edges.values()]
    other = Model.from_edges(arrows, names.values())
    edges = dict(zip(model.edges, other.edges, strict=True))

    def moved(one: Intervention) -> Intervention:
        if isinstance(one, ArrowIntervention):
            return type(one)(edges[one.edge])
        match one:
            case Press(node, amount):
                return Press(names[node], amount)
            case Clamp(node, value):
                return Clamp(names[node], value)
            case Block(node) | KnockOut(node):
                return type(one)(names[node])

    return other, tuple(map(moved, asked)), names


class TestByHand:
    def test_what_a_block_cuts_off_has_no_route_after(self, chain: Model) -> None:
        found = compare(chain, Press("a"), [Press("a"), Block("b")])
        assert directions(found) == ["unchanged", "falls", "rises", "rises"]
        assert found.changed == ("b", "c", "d")

    def test_a_node_can_move_and_keep_its_verdict(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        found = compare(model, Press("x"), (Press("x"), CutEdge("y.x")))
        assert (directions(found), found.changed) == (["rises", "rises"], ())
        assert found.median["x"] == pytest.approx(1 - 1 / (1 + ALPHA**2), abs=1e-12)

    def test_a_difference_can_be_sure_where_neither_verdict_is(
        self, incoherent_fork: Model
    ) -> None:
        found = compare(incoherent_fork, Press("S"), (Press("S"), Press("T", 0.1)))
        assert found.before.direction["T"] is Verdict.DEPENDS
        assert (found.direction["T"], found.strength["T"]) == (Verdict.RISES, Strength.ALWAYS)
        assert found.median["T"] == pytest.approx(0.1, abs=1e-12)

    def test_a_difference_can_depend_on_the_weighting(self, incoherent_fork: Model) -> None:
        found = compare(incoherent_fork, Press("S"), Press("S", 2.0))
        assert found.direction["T"] is Verdict.DEPENDS
        assert (found.rises["T"], found.falls["T"]) == (
            found.before.rises["T"],
            found.before.falls["T"],
        )

    @pytest.mark.parametrize(
        ("rivals", "way", "firm"),
        [(1, "depends", "depends"), (2, "rises", "likely"), (3, "rises", "robust")],
    )
    def test_strength_tells_in_how_many_weightings(self, rivals: int, way: str, firm: str) -> None:
        model = Model.from_edges([("a", "b", -1), *[("a", "b", 1)] * rivals])
        found = compare(model, (), Press("a"), weightings=4000)
        assert (found.direction["b"], found.strength["b"]) == (way, firm)

    def test_no_route_no_net_effect_and_fixed_are_three_things(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("c", "d", 1)], ["lonely"])
        found = compare(model, (Press("a"), Clamp("c", 0.2)), (Press("a"), Clamp("c", 0.2)))
        assert dict(found.direction) == {
            "lonely": "no_route",
            "a": "unchanged",
            "b": "unchanged",
            "c": "fixed",
            "d": "unchanged",
        }

    def test_a_node_fixed_at_another_value_has_moved(self, chain: Model) -> None:
        found = compare(chain, Clamp("b", 0.4), KnockOut("b"))
        assert (found.direction["b"], found.strength["b"]) == (Verdict.FALLS, Strength.ALWAYS)
        assert found.changed == ("c", "d")

    def test_a_node_held_at_baseline_has_not_moved_from_where_no_route_led(
        self, chain: Model
    ) -> None:
        found = compare(chain, (), Block("b"))
        assert directions(found) == ["no_route", "unchanged", "no_route", "no_route"]
        assert found.changed == ("b",)

    def test_two_times_nothing_leads_nowhere(self, chain: Model) -> None:
        assert set(directions(compare(chain, (), []))) == {"no_route"}

    def test_differences_are_measured_against_the_largest_forcing(self, chain: Model) -> None:
        small = compare(chain, Press("a", 1e-9), Press("a", 2e-9))
        beside = (Press("d"), Press("a", 1e-9)), (Press("d"), Press("a", 2e-9))
        assert (small.direction["b"], compare(chain, *beside).direction["b"]) == (
            Verdict.RISES,
            Verdict.UNCHANGED,
        )

    def test_sides_take_one_intervention_or_any_iterable(self, chain: Model) -> None:
        one = compare(chain, Press("a"), Block("b"))
        many = compare(chain, iter([Press("a")]), {Block("b")})
        assert one == many

    def test_a_map_of_nothing_has_nothing_to_compare(self) -> None:
        found = compare(Model.from_edges([]), (), ())
        assert (dict(found.direction), found.changed, dict(found.median)) == ({}, (), {})

    def test_one_node_alone(self) -> None:
        found = compare(Model.from_edges([], ["a"]), Press("a"), Press("a", -1.0))
        assert (directions(found), found.changed) == (["falls"], ("a",))
        assert found.median["a"] == -2.0

    def test_mappings_keep_the_order_of_the_map(self) -> None:
        found = compare(Model.from_edges([("z", "a", 1)], ["m"]), (), Press("z"))
        mappings = (found.rises, found.falls, found.direction, found.strength, found.median)
        assert [list(each) for each in mappings] == [["m", "z", "a"]] * 5


class TestRefusals:
    @pytest.mark.parametrize("sides", [(Press("x"), ()), ((), Press("x")), ((), [CutEdge("x")])])
    def test_an_unknown_id_is_refused_on_either_side(
        self, chain: Model, sides: tuple[Interventions, Interventions]
    ) -> None:
        with pytest.raises(UnknownId, match="'x'"):
            compare(chain, *sides)

    def test_a_side_that_contradicts_itself_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="'a' is fixed"):
            compare(chain, (), [Press("a"), Block("a")])

    @pytest.mark.parametrize("amount", [math.nan, math.inf])
    def test_an_amount_that_is_no_number_is_refused(self, chain: Model, amount: float) -> None:
        with pytest.raises(ValueError, match="give a finite number"):
            compare(chain, (), Press("a", amount))

    @pytest.mark.parametrize("given", ["press a", 3, None])
    def test_what_is_no_intervention_is_named_whole(self, chain: Model, given: object) -> None:
        with pytest.raises(TypeError, match=f"{given!r} is not an intervention"):
            compare(chain, (), given)  # type: ignore[arg-type]

    @pytest.mark.parametrize("arguments", [{"alpha": 1.0}, {"alpha": math.nan}, {"weightings": 0}])
    def test_settings_out_of_range_are_refused(
        self, chain: Model, arguments: dict[str, float]
    ) -> None:
        with pytest.raises(ValueError, match=f"{next(iter(arguments))} is"):
            compare(chain, (), Press("a"), **arguments)  # type: ignore[arg-type]


class TestWords:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "en",
                "c: fell in all weightings before, no route after; higher after than before in "
                "all weightings.",
            ),
            (
                "nl",
                "c: daalde eerst in alle wegingen, daarna loopt er geen route naartoe; daarna "
                "hoger dan eerst in alle wegingen.",
            ),
            (
                "sv",
                "c: minskade först i alla viktningar, därefter leder ingen väg dit; därefter "
                "högre än först i alla viktningar.",
            ),
        ],
    )
    def test_a_sentence_says_what_was_what_is_and_what_changed(
        self, chain: Model, language: str, expected: str
    ) -> None:
        found = compare(chain, Press("a"), [Press("a"), Block("b")])
        assert found.sentence("c", language) == expected

    def test_sentences_tell_no_route_no_net_effect_and_fixed_apart(self, chain: Model) -> None:
        found = compare(chain, (Press("b"), Clamp("d", -0.2)), (Press("b"), Clamp("d", -0.2)))
        assert [found.sentence(node) for node in "acd"] == [
            "a: no route leads there, neither before nor after.",
            "c: fell in all weightings before, falls in all weightings after; no net effect of the "
            "change in any weighting.",
            "d: fixed at the same value before and after.",
        ]

    def test_a_sentence_tells_the_value_of_a_fixed_node(self, incoherent_fork: Model) -> None:
        found = compare(incoherent_fork, Press("S"), Clamp("T", -1.5))
        assert found.sentence("T") == (
            "T: depended on the weighting before, fixed at -1.5 after; lower after than before in "
            "all weightings."
        )

    def test_a_sentence_tells_both_fractions_where_the_difference_depends(
        self, incoherent_fork: Model
    ) -> None:
        found = compare(incoherent_fork, Press("S"), Press("S", 2.0))
        higher, lower = percent(found.rises["T"]), percent(found.falls["T"])
        assert found.sentence("T") == (
            "T: depended on the weighting before, depends on the weighting after; "
            f"higher in {higher} and lower in {lower} of weightings."
        )

    def test_a_sentence_of_an_unknown_node_is_refused(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'e'"):
            compare(chain, (), ()).sentence("e")

    def test_in_words_it_tells_both_questions_and_then_the_nodes(self, chain: Model) -> None:
        assert in_words(compare(chain, (), [Press("b"), Block("d")])) == (
            "Before: Nothing is pressed, held or taken away. After: Push b up by 1. Hold d at "
            "baseline: nothing passes through. Higher after than before: b. Lower after than "
            "before: c. No net effect of the change: d. No route, neither before nor after: a."
        )

    @pytest.mark.parametrize("language", ["nl", "sv"])
    def test_no_sentence_is_left_in_english(self, real_model: Model, language: str) -> None:
        stress = Press("psychological_stressor")
        found = compare(real_model, stress, [stress, KnockOut("cortisol")])
        english = {found.sentence(node) for node in real_model.nodes} | {in_words(found)}
        other = {found.sentence(node, language) for node in real_model.nodes}
        assert english.isdisjoint(other | {in_words(found, language)})

    def test_it_shows_itself_in_a_line_and_as_a_table(self, chain: Model) -> None:
        found = compare(chain, Press("a"), [Press("a"), Block("b")])
        assert repr(found) == "Comparison(2 rises, 1 falls, 1 unchanged; 3 verdicts changed)"
        assert "<td>no route</td><td>rises</td><td>always</td>" in found._repr_html_()

    def test_a_frame_has_one_node_a_row(self, chain: Model) -> None:
        frame = compare(chain, Press("a"), [Press("a"), Block("b")]).to_frame()
        assert list(frame.index) == list("abcd")
        assert list(frame.loc["b"]) == [
            *("rises", "fixed", "falls", "always", 0.0, 1.0),
            pytest.approx(-ALPHA),
        ]


class TestLaws:
    @given(models_with_questions())
    def test_the_same_question_twice_changes_nothing(self, drawn: tuple[Model, Question]) -> None:
        model, asked = drawn
        found = compare(model, asked, asked, weightings=20)
        assert set(found.direction.values()) <= STILL
        assert (found.changed, set(found.median.values())) == ((), {0.0})

    @given(models_with_questions(), st.data())
    def test_the_other_way_round_rises_are_falls(
        self, drawn: tuple[Model, Question], data: st.DataObject
    ) -> None:
        model, asked = drawn
        less = tuple(data.draw(st.lists(st.sampled_from(asked), unique=True))) if asked else ()
        there, back = (
            compare(model, *pair, weightings=20) for pair in ((less, asked), (asked, less))
        )
        assert (there.rises, there.falls) == (back.falls, back.rises)
        assert there.direction == {
            node: OPPOSITE.get(way, way) for node, way in back.direction.items()
        }
        assert (there.strength, there.changed) == (back.strength, back.changed)

    @pytest.mark.slow
    @given(models_with_questions())
    def test_compared_with_nothing_a_response_is_its_own_difference(
        self, drawn: tuple[Model, Question]
    ) -> None:
        model, asked = drawn
        found, plain = (
            compare(model, (), asked, weightings=20),
            respond(model, *asked, weightings=20),
        )
        free = [node for node, way in plain.direction.items() if way is not Verdict.FIXED]
        for node in free:
            assert found.direction[node] is plain.direction[node]
            assert (found.rises[node], found.falls[node]) == (plain.rises[node], plain.falls[node])
            assert found.median[node] == pytest.approx(plain.median[node], abs=1e-12)

    @pytest.mark.slow
    @given(models_with_questions())
    def test_renaming_ids_changes_nothing(self, drawn: tuple[Model, Question]) -> None:
        model, asked = drawn
        other, moved, names = renamed(model, asked)
        here = compare(model, asked[:1], asked, weightings=20)
        there = compare(other, moved[:1], moved, weightings=20)
        assert {names[node]: way for node, way in here.direction.items()} == there.direction
        assert {names[node]: share for node, share in here.rises.items()} == there.rises


class TestSharedWeightings:
    def test_the_defaults_ask_the_ensemble_kept_with_the_map(self, chain: Model) -> None:
        assert ensemble_for(chain, alpha=0.9, weightings=500, seed=0) is ensemble_of(chain)

    @pytest.mark.parametrize("other", [{"alpha": 0.5}, {"weightings": 20}, {"seed": 1}])
    def test_other_arguments_are_heard(self, chain: Model, other: dict[str, float]) -> None:
        given = {"alpha": 0.9, "weightings": 500, "seed": 0} | other
        found = compare(chain, Press("a"), Press("b"), **given)  # type: ignore[arg-type]
        for side in (found.before, found.after):
            assert {"alpha": side.alpha, "weightings": side.weightings, "seed": side.seed} == given

    @pytest.mark.slow
    def test_without_numpy_it_says_the_same(self, real_model: Model) -> None:
        code = """
model = mg.load_model()
stress = mg.Press("psychological_stressor")
found = mg.compare(model, stress, (stress, mg.KnockOut("cortisol")), weightings=10)
print(found, found.sentence("serum_magnesium"), round(found.median["crh"], 9))
"""
        stress = Press("psychological_stressor")
        found = compare(real_model, stress, (stress, KnockOut("cortisol")), weightings=10)
        sentence, crh = found.sentence("serum_magnesium"), round(found.median["crh"], 9)
        assert run(BLOCKED + code) == f"{found} {sentence} {crh}"


class TestShippedMap:
    def test_holding_perceived_stress_cuts_the_stressor_off(self, real_model: Model) -> None:
        stress = Press("psychological_stressor")
        found = compare(real_model, stress, [stress, Block("perceived_stress")])
        assert found.sentence("norepinephrine") == (
            "Norepinephrine: rose in all weightings before, no route after; lower after than "
            "before in all weightings."
        )

    def test_cutting_the_feedback_of_cortisol_raises_its_response_in_all_weightings(
        self, real_model: Model
    ) -> None:
        stress = Press("psychological_stressor")
        freed = [stress, CutEdge("cortisol.crh"), CutEdge("cortisol.acth")]
        found = compare(real_model, stress, freed)
        assert (found.direction["cortisol"], found.strength["cortisol"]) == (
            Verdict.RISES,
            Strength.ALWAYS,
        )

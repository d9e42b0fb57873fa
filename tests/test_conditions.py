"""Permissive arrows and AND groups: what a lack does, what a surplus does not, and all or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from mgmodel.reasoning import weighting_arrays, weightings
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.reasoning.conditions import settled
from mgmodel.reasoning.ensemble import Ensemble, respond
from mgmodel.vocabulary import Verdict
from tests.strategies import models_with_questions


def marked(model: Model, *permissive: str, gates: Mapping[str, str] | None = None) -> Model:
    """The same map with some arrows permissive, and some in AND groups (arrow: name)."""
    named = gates or {}
    edges = (
        replace(edge, permissive=edge.id in permissive, gate=named.get(edge.id, ""))
        for edge in model.edges.values()
    )
    return Model(model.nodes.values(), edges, model.library)


@pytest.fixture
def cofactor() -> Model:
    """An enzyme that its substrate drives and a cofactor permits."""
    plain = Model.from_edges([("substrate", "enzyme", 1), ("cofactor", "enzyme", 1)])
    return marked(plain, "cofactor.enzyme")


@pytest.fixture
def both_needed() -> Model:
    """A response that two signals raise together, and one more by itself."""
    plain = Model.from_edges(
        [("key", "door", 1), ("hand", "door", 1), ("wind", "door", 1), ("door", "room", 1)]
    )
    return marked(plain, gates={"key.door": "opening", "hand.door": "opening"})


@st.composite
def conditional_questions(draw: st.DrawFn) -> tuple[Model, tuple[Intervention, ...]]:
    """A random map with some arrows permissive and some grouped, and a question to it."""
    model, asked = draw(models_with_questions())
    kinds = draw(
        st.lists(
            st.sampled_from(("plain", "permissive", "grouped")),
            min_size=len(model.edges),
            max_size=len(model.edges),
        )
    )
    of = dict(zip(model.edges, kinds, strict=True))
    permissive = [edge for edge, kind in of.items() if kind == "permissive"]
    grouped = {edge: "group" for edge, kind in of.items() if kind == "grouped"}
    return marked(model, *permissive, gates=grouped), asked


class TestPermissiveArrows:
    def test_a_lack_of_the_cofactor_limits_the_target(self, cofactor: Model) -> None:
        assert respond(cofactor, Press("cofactor", -1)).direction["enzyme"] is Verdict.FALLS

    def test_a_surplus_of_the_cofactor_adds_nothing(self, cofactor: Model) -> None:
        assert respond(cofactor, Press("cofactor")).direction["enzyme"] is Verdict.UNCHANGED

    def test_surplus_is_not_the_opposite_of_deficiency(self, cofactor: Model) -> None:
        more, less = (respond(cofactor, Press("cofactor", a)) for a in (1, -1))
        assert more.median["enzyme"] == 0 > less.median["enzyme"]

    def test_as_activator_a_permissive_arrow_is_a_plain_one(self, cofactor: Model) -> None:
        plain = Model.from_edges([("substrate", "enzyme", 1), ("cofactor", "enzyme", 1)])
        linear = respond(cofactor, Press("cofactor"), permissive="as_activator")
        assert linear.median == respond(plain, Press("cofactor")).median

    def test_another_word_for_permissive_is_refused(self, cofactor: Model) -> None:
        with pytest.raises(ValueError, match="limits, as_activator"):
            respond(cofactor, Press("cofactor"), permissive="sometimes")  # type: ignore[arg-type]

    def test_the_weight_of_a_permissive_arrow_counts_beside_the_others(
        self, cofactor: Model
    ) -> None:
        plain = Model.from_edges([("substrate", "enzyme", 1), ("cofactor", "enzyme", 1)])
        asked = Press("substrate")
        assert respond(cofactor, asked).median == respond(plain, asked).median

    def test_a_cut_permissive_arrow_limits_nothing(self, cofactor: Model) -> None:
        asked = (Press("cofactor", -1), CutEdge("cofactor.enzyme"))
        assert respond(cofactor, *asked).direction["enzyme"] is Verdict.NO_ROUTE

    def test_a_lack_passed_on_around_a_loop_finds_its_one_level(self) -> None:
        plain = Model.from_edges([("x", "y", 1), ("y", "x", 1)])
        found = respond(marked(plain, "y.x"), Press("x", -1), weightings=3)
        assert found.levels("x") == pytest.approx([-1 / (1 - 0.81)] * 3)
        up = respond(marked(plain, "y.x"), Press("x"), weightings=3)
        assert up.levels("x") == pytest.approx([1.0] * 3)


class TestGroups:
    def test_switching_off_one_member_makes_the_others_inert(self, both_needed: Model) -> None:
        without = respond(both_needed, KnockOut("key"))
        pushed = respond(both_needed, KnockOut("key"), Press("hand", 0.3))
        assert without.levels("door") == pytest.approx(pushed.levels("door"))

    def test_switching_off_any_member_takes_away_all_that_the_group_brings(
        self, both_needed: Model
    ) -> None:
        one = respond(both_needed, KnockOut("key"))
        all_of_it = respond(both_needed, KnockOut("key"), KnockOut("hand"))
        assert one.levels("door") == pytest.approx(all_of_it.levels("door"))

    def test_a_member_still_acts_while_the_others_are_there(self, both_needed: Model) -> None:
        assert respond(both_needed, Press("hand", 0.1)).direction["room"] is Verdict.RISES

    def test_what_lies_outside_the_group_goes_on_acting(self, both_needed: Model) -> None:
        asked = (KnockOut("key"), Press("wind"))
        held = respond(both_needed, KnockOut("key"))
        more = respond(both_needed, *asked)
        assert all(a > b for a, b in zip(more.levels("door"), held.levels("door"), strict=True))

    def test_the_group_has_one_weight(self, both_needed: Model) -> None:
        # one arrow for the group and one for the wind share alpha between them
        wind = respond(both_needed, Press("wind")).levels("door")
        group = respond(both_needed, KnockOut("key")).levels("door")
        assert [w - 2 * g for w, g in zip(wind, group, strict=True)] == pytest.approx([0.9] * 500)

    def test_small_changes_add_up_as_plain_arrows_would(self, both_needed: Model) -> None:
        key, hand, both = (
            respond(both_needed, *asked).levels("door")
            for asked in (
                (Press("key", 1e-6),),
                (Press("hand", 1e-6),),
                (Press("key", 1e-6), Press("hand", 1e-6)),
            )
        )
        assert [k + h for k, h in zip(key, hand, strict=True)] == pytest.approx(both, rel=1e-4)

    def test_a_lowering_member_shuts_the_group_when_there_is_twice_of_it(self) -> None:
        plain = Model.from_edges([("guard", "gate", -1), ("push", "gate", 1)])
        model = marked(plain, gates={"guard.gate": "g", "push.gate": "g"})
        shut, open_ = (
            respond(model, Clamp("guard", value), Press("push", 0.2)).levels("gate")
            for value in (0.5, 0.0)
        )
        assert shut == pytest.approx([-0.45] * 500)
        assert min(open_) > 0

    def test_a_group_of_one_is_a_plain_arrow(self) -> None:
        plain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
        alone = marked(plain, gates={"a.b": "lonely"})
        assert respond(alone, Press("a")).median == respond(plain, Press("a")).median

    def test_a_cut_member_leaves_the_group_to_the_others(self, both_needed: Model) -> None:
        asked = (CutEdge("key.door"), KnockOut("key"))
        assert respond(both_needed, *asked).direction["door"] is Verdict.NO_ROUTE
        pushed = respond(both_needed, *asked, Press("hand", 0.2))
        assert pushed.direction["door"] is Verdict.RISES

    def test_a_turned_member_pulls_the_other_way(self, both_needed: Model) -> None:
        asked = (FlipEdge("key.door"), Press("key", 0.2))
        assert respond(both_needed, *asked).direction["door"] is Verdict.FALLS

    def test_a_group_that_swings_comes_to_rest_all_the_same(self) -> None:
        plain = Model.from_edges([("s", "v", 1), ("v", "v", -1)])
        model = marked(plain, gates={"s.v": "g", "v.v": "g"})
        level = respond(model, Press("s"), weightings=2).levels("v")
        # v = 0.9 (2 (1 - 2 v) - 1) / 2, the first factor being at its most, 2
        assert level == pytest.approx([0.45 / 2.8] * 2)


class TestBothForms:
    @staticmethod
    def both(model: Model, asked: tuple[Intervention, ...]) -> list[tuple[object, set[int]]]:
        here, plan = adjacency(model), check(model, asked)
        put = weightings.question(here, plan)
        kinds = weightings.conditions(here, limits=True)
        found = []
        for form in (weightings, weighting_arrays):
            drawn = form.draw(here, weightings.lottery(here), alpha=0.9, weightings=4, seed=3)
            entries = form.without(drawn, kinds.arrows)
            found.append(
                settled(
                    lambda pushed, form=form, entries=entries: form.solve(put, entries, pushed),
                    lambda levels, form=form, drawn=drawn: form.conditional_inputs(
                        put, kinds, drawn, levels
                    ),
                    form,
                    plan.largest,
                )
            )
        return found

    @pytest.mark.slow
    @given(conditional_questions())
    def test_the_plain_and_the_numpy_form_agree(
        self, drawn: tuple[Model, tuple[Intervention, ...]]
    ) -> None:
        (plain, _), (arrays, _) = self.both(*drawn)
        np.testing.assert_allclose(arrays, plain, rtol=0, atol=1e-9)

    @given(conditional_questions())
    def test_stored_inverses_answer_as_solving_afresh_does(
        self, drawn: tuple[Model, tuple[Intervention, ...]]
    ) -> None:
        model, asked = drawn
        kept = Ensemble(model, weightings=5).respond(*asked)
        fresh = respond(model, *asked, weightings=5)
        assert dict(kept.median) == pytest.approx(dict(fresh.median), abs=1e-9)

    @given(models_with_questions(), st.data())
    def test_permissive_arrows_always_come_to_rest(
        self, drawn: tuple[Model, tuple[Intervention, ...]], data: st.DataObject
    ) -> None:
        model, asked = drawn
        ids = data.draw(st.sets(st.sampled_from(tuple(model.edges)))) if model.edges else ()
        conditional = marked(model, *ids)
        here, plan = adjacency(conditional), check(conditional, asked)
        put = weightings.question(here, plan)
        entries = weighting_arrays.draw(
            here, weightings.lottery(here), alpha=0.9, weightings=4, seed=5
        )
        answer = Ensemble(conditional, weightings=4, seed=5).respond(*asked)
        levels = np.array([answer.levels(node) for node in here.nodes]).reshape(-1, 4)
        for node, number in here.number.items():
            pushed = np.full(4, plan.pressed.get(node, 0.0))
            for arrow in here.incoming[number]:
                edge = here.edges[arrow]
                factor = -1 if edge.id in plan.flipped else 1
                level = levels[here.sources[arrow]]
                carried = np.minimum(level, 0.0) if edge.permissive else level
                pushed += factor * (edge.id not in plan.cut) * entries[arrow] * carried
            expected = plan.fixed.get(node, pushed)
            np.testing.assert_allclose(levels[number], expected, rtol=0, atol=1e-9)
        assert put.arrived >= {n for n, level in enumerate(levels) if level.any()} - {*put.fixed}


def test_marks_change_the_fingerprint_and_their_absence_does_not(cofactor: Model) -> None:
    plain = marked(cofactor)
    assert plain.fingerprint == Model(plain.nodes.values(), plain.edges.values()).fingerprint
    assert cofactor.fingerprint != plain.fingerprint


def test_a_block_on_the_cofactor_limits_nothing(cofactor: Model) -> None:
    found = respond(cofactor, Block("cofactor"), Press("substrate"))
    assert found.direction["enzyme"] is Verdict.RISES

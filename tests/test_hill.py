"""Networks of rules: how they are read, the shape of the curves, and what they settle to."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mgmodel import MgModelError, UnknownId, hill
from mgmodel.hill import HillSystem, Reaction, Species, Term

levels = st.floats(0, 1)
weights = st.floats(0, 1).map(lambda number: round(number, 3))
curves = st.tuples(st.floats(1.0, 6.0), st.floats(0.05, 0.48))
"""Hill coefficient and EC50 that fit together."""

NAMES = ("A", "B", "C", "D", "E")


@st.composite
def systems(draw: st.DrawFn, *, loops: bool = True) -> HillSystem:
    """Networks with inputs, gates, negations and, where wanted, loops and unlike time constants."""
    names = NAMES[: draw(st.integers(1, 5))]
    species = [
        {
            "id": name,
            "y0": draw(levels),
            "ymax": draw(st.sampled_from((1.0, 0.7, 0.0))),
            "tau": draw(st.sampled_from((1.0, 1.0, 0.3, 5.0))),
        }
        for name in names
    ]
    reactions = []
    for _ in range(draw(st.integers(0, 7))):
        target = draw(st.integers(0, len(names) - 1))
        known = names if loops else names[:target]
        terms = draw(st.lists(st.sampled_from(known), max_size=3)) if known else []
        rule = " & ".join(draw(st.sampled_from(("", "!"))) + term for term in terms)
        n, ec50 = draw(curves)
        reactions.append(
            {"rule": f"{rule} => {names[target]}", "w": draw(weights), "n": n, "EC50": ec50}
        )
    return hill.from_reactions(species, reactions)


def pulled_to(system: HillSystem, at: dict[str, float]) -> dict[str, float]:
    """Where every species is pulled to, written out from the equations, one term at a time."""
    found = dict.fromkeys(at, 0.0)
    for reaction in system.reactions:
        active = reaction.w
        if reaction.w:
            for term in reaction.terms:
                f = hill.activation(
                    at[term.species], w=reaction.w, n=reaction.n, ec50=reaction.ec50
                )
                active *= reaction.w - f if term.negated else f
            active /= reaction.w ** len(reaction.terms)
        before = found[reaction.target]
        found[reaction.target] = before + active - before * active
    return {each.id: found[each.id] * each.ymax for each in system.species}


class TestCurve:
    @given(curves, weights)
    def test_it_runs_through_nothing_half_and_all(
        self, curve: tuple[float, float], w: float
    ) -> None:
        n, ec50 = curve
        found = [hill.activation(x, w=w, n=n, ec50=ec50) for x in (0.0, ec50, 1.0)]
        assert found == pytest.approx([0.0, w / 2, w], abs=1e-9)

    @given(levels, levels, curves)
    def test_more_activates_more(self, one: float, other: float, curve: Any) -> None:
        low, high = sorted((one, other))
        assert hill.activation(low, n=curve[0], ec50=curve[1]) <= hill.activation(
            high, n=curve[0], ec50=curve[1]
        )

    @given(st.floats(-3, 3), curves, weights)
    def test_it_stays_between_nothing_and_the_weight(self, x: float, curve: Any, w: float) -> None:
        assert 0 <= hill.activation(x, w=w, n=curve[0], ec50=curve[1]) <= w

    def test_below_nothing_it_is_nothing_and_above_all_it_is_the_weight(self) -> None:
        assert hill.activation(-0.1) == 0.0
        assert hill.activation(1.7, w=0.6) == 0.6


class TestReading:
    @pytest.mark.parametrize(
        "rule",
        [
            "A & !B => C",
            "A&!B=>C",
            " A  &  ! B  ->  C ",
            "A AND !B -> C",
            "A and not B => C",
            "A && ~B → C",
        ],
    )
    def test_one_rule_in_many_hands(self, rule: str) -> None:
        system = hill.from_reactions(["A", "B", "C"], [rule])
        assert system.reactions[0].terms == (Term("A", False), Term("B", True))
        assert system.reactions[0].rule == "A & !B => C"

    def test_an_input_has_no_terms(self) -> None:
        (reaction,) = hill.from_reactions(["A"], ["=> A"]).reactions
        assert (reaction.terms, reaction.rule) == ((), "=> A")

    def test_what_is_not_said_has_its_usual_value(self) -> None:
        system = hill.from_reactions(["A"], ["=> A"])
        assert system.species == (Species("A", y0=0.0, ymax=1.0, tau=1.0),)
        assert system.reactions == (Reaction("r1", (), "A", w=1.0, n=1.4, ec50=0.5),)

    def test_headings_are_read_as_laboratories_write_them(self) -> None:
        species = [{"ID": "A", "Yinit": 0.1, "Ymax": "0.9", " tau ": 2}]
        reactions = [{"ID": "in", "Rule": "=> A", "Weight": 0.5, "n": 2, "ec50": 0.4}]
        system = hill.from_reactions(species, reactions)
        assert system.species == (Species("A", 0.1, 0.9, 2.0),)
        assert system.reactions == (Reaction("in", (), "A", 0.5, 2.0, 0.4),)

    def test_ids_that_contain_and_or_and_not_are_left_whole(self) -> None:
        names = ["sand", "order", "nothing", "NOTCH"]
        system = hill.from_reactions(names, ["sand & order & !nothing => NOTCH"])
        assert [term.species for term in system.reactions[0].terms] == names[:3]

    def test_a_written_rule_reads_as_itself(self) -> None:
        system = hill.from_reactions(["A", "B"], ["!A & B -> B", "-> A"])
        again = hill.from_reactions(["A", "B"], [each.rule for each in system.reactions])
        assert again == system

    @pytest.mark.parametrize(
        ("rule", "complaint"),
        [
            ("A & => B", "a term is missing beside an 'and'"),
            ("A & ! => B", "a species is missing behind a 'not'"),
            ("A | B => B", "a rule has no 'or'"),
            ("A OR B => B", "a rule has no 'or'"),
            ("A", "a rule has one arrow"),
            ("A => B => A", "a rule has one arrow"),
            ("", "a rule has one arrow"),
            ("A =>", "nothing stands behind the arrow"),
            ("A => !B", "a 'not' stands behind the arrow"),
            ("A => C", "there is no species 'C'. Add it"),
            ("alpa => B", "there is no species 'alpa'. Did you mean 'alpha'?"),
            (7, "a rule has one arrow"),
            ({"id": "x"}, "a rule has one arrow"),
            ({"rule": "A => B", "w": 1.2}, "w is 1.2"),
            ({"rule": "A => B", "w": "heavy"}, "w is 'heavy'. Give a finite number"),
            ({"rule": "A => B", "n": 0}, "n is 0"),
            ({"rule": "A => B", "n": 1, "EC50": 0.5}, "with EC50 0.5 and n 1 no curve"),
            ({"rule": "A => B", "EC50": 1.5}, "with EC50 1.5"),
            ({"rule": "A => B", "EC5O": 0.4}, "nothing is called 'EC5O' here"),
            ({"rule": "A => B", "w": math.nan}, "w is nan"),
        ],
        ids=str,
    )
    def test_a_mistake_in_a_rule_is_told_with_its_place(self, rule: Any, complaint: str) -> None:
        with pytest.raises(ValueError, match="1 mistake in species and reactions") as told:
            hill.from_reactions(["A", "B", "alpha"], [rule])
        assert complaint in str(told.value)
        assert str(told.value).splitlines()[1].startswith("reaction ")

    @pytest.mark.parametrize(
        ("species", "complaint"),
        [
            (["A", "A"], "species 'A' is given twice"),
            ([""], "species no. 1: its id is ''"),
            ([None], "species no. 1: its id is None"),
            ([{"y0": 1}], "species no. 1: its id is None"),
            ([{"id": "A", "y0": -1}], "species 'A': y0 is -1"),
            ([{"id": "A", "ymax": -1}], "species 'A': ymax is -1"),
            ([{"id": "A", "tau": 0}], "species 'A': tau is 0"),
            ([{"id": "A", "tau": None}], "species 'A': tau is None"),
            ([], "there are no species"),
        ],
        ids=str,
    )
    def test_a_mistake_in_a_species_is_told_with_its_place(
        self, species: Any, complaint: str
    ) -> None:
        with pytest.raises(ValueError, match="1 mistake") as told:
            hill.from_reactions(species, [])
        assert complaint in str(told.value)

    def test_all_mistakes_are_told_at_once(self) -> None:
        reactions = ["A => B => C", {"id": "up", "rule": "=> A", "w": 2}, {"id": "up", "rule": "x"}]
        with pytest.raises(ValueError, match="5 mistakes") as told:
            hill.from_reactions([{"id": "A", "tau": -1}], reactions)
        assert [line.split(":")[0] for line in str(told.value).splitlines()[1:]] == [
            "species 'A'",
            "reaction 'r1', 'A => B => C'",
            "reaction 'up', '=> A'",
            "reaction 'up', 'x'",
            "reaction 'up' is given twice. Give each an id of its own.",
        ]

    @pytest.mark.parametrize("given", ["ABC", {"A": 1}, None, 3])
    def test_what_is_no_list(self, given: Any) -> None:
        with pytest.raises(ValueError, match="give a list"):
            hill.from_reactions(given, [])
        with pytest.raises(ValueError, match="give a list"):
            hill.from_reactions(["A"], given)


class TestGates:
    """One input each, so that the level of a source is its weight."""

    def level(self, rules: list[Any], of: str = "C", **inputs: float) -> float:
        entries = [{"id": name, "rule": f"=> {name}"} for name in inputs]
        system = hill.from_reactions(["A", "B", "C"], [*entries, *rules])
        return system.steady_state(inputs=inputs)[of]

    def test_an_input_gives_its_weight(self) -> None:
        assert self.level([], "A", A=0.3) == 0.3

    def test_and_is_a_product(self) -> None:
        f = hill.activation
        assert self.level(["A & B => C"], A=0.3, B=0.6) == pytest.approx(f(0.3) * f(0.6))

    def test_and_divides_by_the_weight_once_for_each_further_term(self) -> None:
        # a well-known program divides by one power too few, which shows wherever w is not 1
        w = 0.5
        rule = {"rule": "A & B & !A => C", "w": w}
        a, b = hill.activation(0.3, w=w), hill.activation(0.6, w=w)
        assert self.level([rule], A=0.3, B=0.6) == pytest.approx(a * b * (w - a) / w**2)

    def test_rules_with_one_target_are_joined_by_or(self) -> None:
        a, b = hill.activation(0.3), hill.activation(0.6)
        found = self.level(["A => C", "B => C"], A=0.3, B=0.6)
        assert found == pytest.approx(a + b - a * b)

    def test_not_is_the_weight_less_the_activation(self) -> None:
        rule = {"rule": "!A => C", "w": 0.8}
        assert self.level([rule], A=0.3) == pytest.approx(0.8 - hill.activation(0.3, w=0.8))

    def test_a_rule_without_weight_does_nothing(self) -> None:
        assert self.level([{"rule": "A & B => C", "w": 0}], A=1.0, B=1.0) == 0.0

    def test_without_a_rule_a_species_decays_to_nothing(self) -> None:
        system = hill.from_reactions([{"id": "A", "y0": 0.8}], [])
        assert system.steady_state()["A"] == pytest.approx(0.0, abs=1e-9)
        assert system.trajectory([0, 1])["A"] == pytest.approx((0.8, 0.8 / math.e), abs=1e-7)

    @pytest.mark.parametrize("almost_nothing", [5e-324, 1e-308, 1e-300])
    def test_almost_nothing_at_the_start_is_no_trouble(self, almost_nothing: float) -> None:
        system = hill.from_reactions([{"id": "A", "y0": almost_nothing}, "B"], ["=> B"])
        assert system.trajectory([3000.0])["A"] == (0.0,)
        assert system.trajectory([3000.0])["B"] == pytest.approx((1.0,))

    def test_the_largest_level_scales_it(self) -> None:
        system = hill.from_reactions([{"id": "A", "ymax": 0.4}], ["=> A"])
        assert system.steady_state()["A"] == 0.4


class TestQuestions:
    @pytest.fixture
    def fork(self) -> HillSystem:
        return hill.from_reactions(["A", "B", "C"], ["=> A", "=> B", "A & !B => C"])

    def test_a_knock_out_takes_a_species_away(self, fork: HillSystem) -> None:
        assert dict(fork.steady_state(["B"])) == {"A": 1.0, "B": 0.0, "C": 1.0}
        assert dict(fork.steady_state("B")) == {"A": 1.0, "B": 0.0, "C": 1.0}

    @pytest.mark.parametrize("code", ["ymax (B)", "ymax(B)", " ymax ( B ) "])
    def test_a_knock_out_is_read_as_laboratories_write_it(
        self, fork: HillSystem, code: str
    ) -> None:
        assert fork.steady_state([code]) == fork.steady_state(["B"])

    def test_an_input_is_named_by_reaction_or_by_species(self, fork: HillSystem) -> None:
        assert fork.steady_state(inputs={"r2": 0.5}) == fork.steady_state(inputs={"B": 0.5})
        assert fork.steady_state(inputs={"w (r2)": 0.5}) == fork.steady_state(inputs={"B": 0.5})

    def test_a_clamp_holds_a_species_from_the_start(self, fork: HillSystem) -> None:
        held = fork.trajectory([0, 1, 9], clamps={"B": 0.25})
        assert held["B"] == (0.25, 0.25, 0.25)
        assert fork.steady_state(clamps={"B": 0.25})["C"] == pytest.approx(
            1 - hill.activation(0.25)
        )

    def test_a_question_changes_nothing(self, fork: HillSystem) -> None:
        before = fork.steady_state()
        fork.steady_state(["A"], {"r2": 0.1}, {"C": 0.5})
        assert fork.steady_state() == before

    def test_nothing_can_be_written_into_an_answer(self, fork: HillSystem) -> None:
        with pytest.raises(TypeError):
            fork.steady_state()["A"] = 0.0  # type: ignore[index]
        with pytest.raises(AttributeError):
            fork.species = ()  # type: ignore[misc]

    @pytest.mark.parametrize(
        ("asked", "complaint"),
        [
            ({"knock_outs": ["b"]}, "There is no species 'b'"),
            ({"clamps": {"X": 0.5}}, "There is no species 'X'"),
            ({"inputs": {"r9": 0.5}}, "There is no reaction 'r9'"),
            ({"inputs": {"C": 0.5}}, "There is no reaction 'C'"),
        ],
    )
    def test_an_unknown_id_is_named(
        self, fork: HillSystem, asked: dict[str, Any], complaint: str
    ) -> None:
        with pytest.raises(UnknownId, match=complaint):
            fork.steady_state(**asked)

    @pytest.mark.parametrize(
        ("asked", "complaint"),
        [
            ({"inputs": {"r1": 1.5}}, "input for 'r1' is 1.5; give a number from 0 to 1"),
            ({"inputs": {"r1": math.nan}}, "is nan"),
            ({"inputs": {"r1": "much"}}, "is 'much'"),
            ({"clamps": {"A": -0.1}}, "clamp for 'A' is -0.1; give a finite number"),
            ({"clamps": {"A": math.inf}}, "is inf"),
            ({"clamps": {"A": 0.5}, "knock_outs": ["A"]}, "both knocked out and clamped"),
        ],
    )
    def test_a_number_out_of_range_is_named(
        self, fork: HillSystem, asked: dict[str, Any], complaint: str
    ) -> None:
        with pytest.raises(ValueError, match=complaint):
            fork.trajectory([1], **asked)

    @pytest.mark.parametrize("times", [[], [1, 1], [2, 1], [-1, 0], [0, math.nan], "soon", 3, None])
    def test_times_rise_from_0_on(self, fork: HillSystem, times: Any) -> None:
        with pytest.raises(ValueError, match="give rising numbers"):
            fork.trajectory(times)

    def test_time_0_alone_is_the_start(self, fork: HillSystem) -> None:
        assert dict(fork.trajectory([0])) == {"A": (0.0,), "B": (0.0,), "C": (0.0,)}

    def test_its_text_and_table(self, fork: HillSystem) -> None:
        assert repr(fork) == "HillSystem(3 species, 3 reactions)"
        assert "<td>A &amp; !B =&gt; C</td>" in fork._repr_html_()


class TestSettling:
    @pytest.mark.parametrize("start", [0.0, 0.3, 0.7, 1.0])
    def test_of_several_steady_states_it_is_the_one_that_the_curve_leads_to(
        self, start: float
    ) -> None:
        switch = hill.from_reactions([{"id": "A", "y0": start}], [{"rule": "A => A", "n": 3}])
        assert switch.steady_state()["A"] == pytest.approx(round(start), abs=1e-9)

    def test_unlike_time_constants_decide_which_of_two_rivals_wins(self) -> None:
        def winner(tau_of_a: float, tau_of_b: float) -> str:
            species = [{"id": "A", "tau": tau_of_a}, {"id": "B", "tau": tau_of_b}]
            rules = [{"rule": "!B => A", "n": 4}, {"rule": "!A => B", "n": 4}]
            settled = hill.from_reactions(species, rules).steady_state()
            return max(settled, key=lambda name: settled[name])

        assert (winner(1, 10), winner(10, 1)) == ("A", "B")

    @pytest.mark.slow
    def test_what_oscillates_is_said_not_to_settle(self) -> None:
        rules = [{"rule": rule, "n": 10} for rule in ("!C => A", "A => B", "B => C")]
        ring = hill.from_reactions(["A", "B", "C"], rules)
        with pytest.raises(MgModelError, match="does not settle"):
            ring.steady_state()
        assert ring.steady_state(clamps={"A": 1.0})["C"] == pytest.approx(1.0)

    @settings(max_examples=15)
    @given(systems(loops=False))
    def test_without_loops_it_is_where_nothing_is_pulled(self, system: HillSystem) -> None:
        settled = dict(system.steady_state())
        assert settled == pytest.approx(pulled_to(system, settled), abs=1e-8)

    @pytest.mark.slow
    @given(systems(loops=False))
    def test_levels_stay_between_nothing_and_the_largest(self, system: HillSystem) -> None:
        settled = system.steady_state()
        for each in system.species:
            assert -1e-12 <= settled[each.id] <= each.ymax + 1e-9

    @pytest.mark.slow
    @given(systems())
    def test_a_curve_ends_in_the_steady_state(self, system: HillSystem) -> None:
        try:
            settled = dict(system.steady_state())
        except MgModelError:  # an oscillator, which has none
            return
        assert settled == pytest.approx(pulled_to(system, settled), abs=1e-8)
        end = {name: levels[-1] for name, levels in system.trajectory([3000.0]).items()}
        assert end == pytest.approx(settled, abs=1e-4)

    @pytest.mark.slow
    @given(systems())
    def test_a_curve_follows_the_pull(self, system: HillSystem) -> None:
        step = 1e-3
        curve = system.trajectory([0.5, 0.5 + step, 0.5 + 2 * step])
        middle = {name: levels[1] for name, levels in curve.items()}
        pulled = pulled_to(system, middle)
        for each in system.species:
            slope = (curve[each.id][2] - curve[each.id][0]) / (2 * step)
            expected = (pulled[each.id] - middle[each.id]) / each.tau
            assert slope == pytest.approx(expected, abs=1e-3)

    @pytest.mark.slow
    @given(systems())
    def test_times_may_be_asked_together_or_alone(self, system: HillSystem) -> None:
        together = system.trajectory([1.0, 2.0, 4.0])
        alone = system.trajectory([4.0])
        for name, levels in together.items():
            assert levels[-1] == pytest.approx(alone[name][-1], abs=1e-6)

    @settings(max_examples=15)
    @given(st.lists(levels, min_size=2, max_size=4, unique=True))
    def test_more_input_never_lowers_what_it_activates(self, inputs: list[float]) -> None:
        chain = hill.from_reactions(["A", "B", "C"], ["=> A", "A => B", "B => C"])
        found = [chain.steady_state(inputs={"A": level})["C"] for level in sorted(inputs)]
        assert all(low <= high for low, high in pairwise(found))

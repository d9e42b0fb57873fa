"""The smallest sets of nodes that cut all influence or break loops, and what else they change."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import hypothesis.strategies as st
import networkx as nx
import pytest
from hypothesis import given
from strategies import models_with_ends, signed_models

from mgmodel.errors import UnknownId
from mgmodel.inquiry import Lever, Levers, compare, dominators, leverage
from mgmodel.inquiry.cuts import Cut, LoopBreak, smallest_sets
from mgmodel.interventions import Block, Press
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, feedback_loops, respond, signed_paths
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words

LANGUAGES = ("en", "nl", "sv")


def sets_of(levers: Levers) -> list[tuple[str, ...]]:
    return [lever.nodes for lever in levers]


def arrows_of(model: Model) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(model.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in model.reasoning_edges)
    return graph


def cuts_by_trying_all(model: Model, source: str, target: str, most: int) -> set[tuple[str, ...]]:
    """Every set that cuts, tried one by one; of these, those within which no other set cuts."""
    graph = arrows_of(model)
    inner = sorted(set(model.nodes) - {source, target})
    found: list[set[str]] = []
    for size in range(1, most + 1):
        for held in map(set, combinations(inner, size)):
            open_still = nx.has_path(graph.subgraph(set(graph) - held), source, target)
            if not open_still and not any(smaller <= held for smaller in found):
                found.append(held)
    return {tuple(sorted(each)) for each in found}


class TestDominators:
    def test_a_chain_has_every_node_between_its_ends_in_order(self, chain: Model) -> None:
        assert dominators(chain, "a", "d") == ("b", "c")

    def test_a_bypass_leaves_only_what_lies_outside_it(self) -> None:
        model = Model.from_edges(
            [(*pair, 1) for pair in ("ab", "bc", "cd", "bx", "xd", "de", "eb")]
        )
        assert dominators(model, "a", "e") == ("b", "d")

    def test_a_direct_arrow_leaves_none(self, incoherent_fork: Model) -> None:
        assert dominators(incoherent_fork, "S", "T") == ()

    def test_without_a_route_and_from_a_node_to_itself_there_is_none(self, chain: Model) -> None:
        assert dominators(chain, "d", "a") == ()
        assert dominators(chain, "b", "b") == ()

    def test_an_unknown_end_is_named(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'bb'"):
            dominators(chain, "a", "bb")

    @given(models_with_ends())
    def test_they_are_the_dominators_that_networkx_finds(
        self, drawn: tuple[Model, str, str]
    ) -> None:
        model, source, target = drawn
        above = nx.immediate_dominators(arrows_of(model), source)
        expected: list[str] = []
        node = above.get(target, None)
        while source != target and node not in {source, None}:
            expected.append(str(node))
            node = above[str(node)]
        assert dominators(model, source, target) == tuple(reversed(expected))

    def test_all_that_magnesium_does_to_norepinephrine_passes_the_n_type_channel(
        self, real_model: Model
    ) -> None:
        between = dominators(real_model, "serum_magnesium", "norepinephrine")
        paths = signed_paths(real_model, "serum_magnesium", "norepinephrine", max_length=12)
        assert between == (
            "n_type_calcium_channel",
            "presynaptic_calcium_influx",
            "vesicle_exocytosis",
        )
        assert len(paths) == 7
        assert all(set(between) <= set(path.nodes) for path in paths)


class TestCuts:
    def test_two_ways_round_take_one_node_of_each(self) -> None:
        model = Model.from_edges(
            [("s", "a", 1), ("a", "b", 1), ("b", "t", 1), ("s", "x", -1), ("x", "t", 1)]
        )
        assert sets_of(leverage(model, "s", "t")) == [("b", "x"), ("a", "x")]

    def test_fewer_nodes_come_first_and_then_fewer_side_effects(self) -> None:
        """Of the two nodes of the chain, the later one leaves more as it was."""
        model = Model.from_edges([("s", "a", 1), ("a", "b", 1), ("b", "t", 1), ("a", "y", 1)])
        found = leverage(model, "s", "t")
        assert [(lever.nodes, lever.side_effects) for lever in found] == [
            (("b",), ()),
            (("a",), ("b", "y")),
        ]

    @pytest.mark.parametrize(
        ("ends", "hindrance"),
        [
            (("a", "b"), "direct_arrow"),
            (("d", "a"), "no_route"),
            (("a", "a"), "same_node"),
        ],
    )
    def test_where_nothing_can_be_cut_it_says_why(
        self, chain: Model, ends: tuple[str, str], hindrance: str
    ) -> None:
        found = leverage(chain, *ends)
        assert (len(found), found.hindrance, found.truncated) == (0, hindrance, False)
        assert hindrance.replace("_", " ") in repr(found)

    def test_a_node_that_is_kept_is_never_held(self, chain: Model) -> None:
        assert sets_of(leverage(chain, "a", "d", keep=["b"])) == [("c",)]
        assert sets_of(leverage(chain, "a", "d", keep="c")) == [("b",)]
        assert leverage(chain, "a", "d", keep=["b", "c"]).hindrance == "kept"

    def test_a_cut_larger_than_asked_for_is_not_found(self) -> None:
        model = Model.from_edges([(*ends, 1) for x in "abcd" for ends in (("s", x), (x, "t"))])
        assert leverage(model, "s", "t").hindrance == "too_large"
        assert sets_of(leverage(model, "s", "t", max_size=4)) == [("a", "b", "c", "d")]

    def test_of_more_sets_than_the_limit_the_smallest_are_kept(self) -> None:
        model = Model.from_edges([(*pair, 1) for pair in pairwise("sabt")])
        assert not leverage(model, "s", "t", limit=2).truncated
        first = leverage(model, "s", "t", limit=1)
        assert (len(first), first.truncated) == (1, True)
        assert "perhaps more" in repr(first)

    def test_an_arrow_that_is_only_shown_needs_no_cutting(self, real_model: Model) -> None:
        shown = next(edge for edge in real_model.edges.values() if not edge.reasons)
        found = leverage(real_model, shown.source, shown.target)
        assert found.hindrance != "direct_arrow"

    @given(models_with_ends(), st.integers(1, 4))
    def test_they_are_all_that_trying_every_set_finds(
        self, drawn: tuple[Model, str, str], most: int
    ) -> None:
        model, source, target = drawn
        found = leverage(model, source, target, max_size=most, ensemble=Ensemble(model, 0.9, 3))
        possible = source != target and nx.has_path(arrows_of(model), source, target)
        expected = cuts_by_trying_all(model, source, target, most) if possible else set()
        assert len(set(found)) == len(found)
        assert set(sets_of(found)) == expected
        assert not found.truncated

    @pytest.mark.slow
    @given(models_with_ends(), st.data())
    def test_keeping_nodes_keeps_the_sets_without_them(
        self, drawn: tuple[Model, str, str], data: st.DataObject
    ) -> None:
        model, source, target = drawn
        few = Ensemble(model, 0.9, 3)
        keep = data.draw(st.sets(st.sampled_from(tuple(model.nodes))))
        every = sets_of(leverage(model, source, target, max_size=6, ensemble=few))
        found = sets_of(leverage(model, source, target, max_size=6, keep=keep, ensemble=few))
        assert set(found) == {nodes for nodes in every if keep.isdisjoint(nodes)}

    @pytest.mark.slow
    @given(models_with_ends())
    def test_holding_a_lever_leaves_no_route_and_sparing_any_of_its_nodes_leaves_one(
        self, drawn: tuple[Model, str, str]
    ) -> None:
        model, source, target = drawn
        ensemble = Ensemble(model, 0.9, 3)
        for lever in leverage(model, source, target, max_size=4, ensemble=ensemble):
            held = ensemble.respond(Press(source), *lever.interventions)
            assert held.direction[target] is Verdict.NO_ROUTE
            for spared in lever.interventions:
                rest = [each for each in lever.interventions if each != spared]
                freed = ensemble.respond(Press(source), *rest)
                assert freed.direction[target] is not Verdict.NO_ROUTE

    @pytest.mark.slow
    @given(models_with_ends())
    def test_levers_of_one_node_are_the_dominators(self, drawn: tuple[Model, str, str]) -> None:
        model, source, target = drawn
        found = leverage(model, source, target, max_size=1, ensemble=Ensemble(model, 0.9, 3))
        assert {lever.nodes[0] for lever in found} == set(dominators(model, source, target))

    @pytest.mark.slow
    @given(models_with_ends())
    def test_side_effects_are_what_comparing_the_two_questions_finds(
        self, drawn: tuple[Model, str, str]
    ) -> None:
        model, source, target = drawn
        ensemble = Ensemble(model, weightings=20)
        for lever in leverage(model, source, target, ensemble=ensemble):
            before, after = [Press(source)], [Press(source), *lever.interventions]
            changed = compare(model, before, after, weightings=20).changed
            unasked = [node for node in changed if node not in {target, *lever.nodes}]
            assert lever.side_effects == tuple(unasked)

    @pytest.mark.slow
    @given(models_with_ends())
    def test_renaming_ids_renames_the_levers(self, drawn: tuple[Model, str, str]) -> None:
        model, source, target = drawn
        name = {node: f"{9 - place}x" for place, node in enumerate(model.nodes)}
        renamed = Model.from_edges(
            [(name[e.source], name[e.target], e.sign) for e in model.edges.values()], name.values()
        )
        found = leverage(model, source, target, ensemble=Ensemble(model, 0.9, 3))
        again = leverage(renamed, name[source], name[target], ensemble=Ensemble(renamed, 0.9, 3))
        assert {frozenset(name[node] for node in nodes) for nodes in sets_of(found)} == {
            frozenset(nodes) for nodes in sets_of(again)
        }

    @pytest.mark.slow
    def test_the_smallest_cut_of_the_shipped_map_is_as_small_as_networkx_says(
        self, real_model: Model
    ) -> None:
        graph = arrows_of(real_model)
        pairs = random.Random(0).sample(list(combinations(real_model.nodes, 2)), 150)
        for source, target in pairs:
            found = leverage(real_model, source, target)
            if not found.hindrance:
                least = nx.node_connectivity(graph, source, target)
                assert len(found[0].nodes) == least, (source, target)

    def test_the_shipped_map_has_three_levers_between_magnesium_and_norepinephrine(
        self, real_model: Model
    ) -> None:
        found = leverage(real_model, "serum_magnesium", "norepinephrine")
        assert [(lever.nodes, len(lever.side_effects or ())) for lever in found] == [
            (("vesicle_exocytosis",), 1),
            (("presynaptic_calcium_influx",), 2),
            (("n_type_calcium_channel",), 3),
        ]


class TestLoops:
    def test_each_node_of_a_loop_breaks_it(self, vicious_circle: Model) -> None:
        loop = feedback_loops(vicious_circle)[0]
        expected = [("cortisol",), ("magnesium",), ("stress",)]
        assert sets_of(leverage(vicious_circle, loops=loop)) == expected

    def test_without_ends_and_loops_the_reinforcing_ones_are_broken(self) -> None:
        model = Model.from_edges(
            [("a", "b", 1), ("b", "a", 1), ("b", "c", 1), ("c", "b", 1), ("d", "d", -1)]
        )
        found = leverage(model)
        assert [loop.nodes for loop in found.loops] == [("a", "b"), ("b", "c")]
        assert sets_of(found) == [("b",), ("a", "c")]

    def test_a_self_loop_is_broken_by_its_node(self) -> None:
        model = Model.from_edges([("a", "a", -1), ("a", "b", 1)])
        assert sets_of(leverage(model, loops=feedback_loops(model))) == [("a",)]

    def test_without_loops_there_is_nothing_to_break(self, chain: Model) -> None:
        assert leverage(chain).hindrance == "no_loop"
        assert leverage(chain, loops=[]).hindrance == "no_loop"

    def test_an_empty_map_and_a_map_of_one_node_have_no_loop(self) -> None:
        assert leverage(Model([], [])).hindrance == "no_loop"
        assert leverage(Model.from_edges([], ["a"])).hindrance == "no_loop"

    def test_loops_without_a_common_node_need_a_node_each(self) -> None:
        model = Model.from_edges([(x, x, 1) for x in "abcd"])
        assert leverage(model).hindrance == "too_large"
        assert sets_of(leverage(model, max_size=4)) == [("a", "b", "c", "d")]

    def test_a_loop_of_kept_nodes_cannot_be_broken(self, vicious_circle: Model) -> None:
        found = leverage(vicious_circle, keep=["stress", "cortisol", "magnesium"])
        assert found.hindrance == "kept"

    def test_a_side_effect_is_seen_under_a_press_on_any_node_of_the_loops(self) -> None:
        """Pressing a moves x only by way of b; holding a or b keeps x still."""
        model = Model.from_edges([("a", "b", 1), ("b", "a", 1), ("b", "x", 1)])
        found = leverage(model)
        assert [(lever.nodes, lever.side_effects) for lever in found] == [
            (("a",), ()),
            (("b",), ("x",)),
        ]

    def test_loops_beyond_the_list_leave_the_answer_open(self, vicious_circle: Model) -> None:
        loops = feedback_loops(vicious_circle, limit=1)
        assert not leverage(vicious_circle, loops=loops).truncated
        two = Model.from_edges([("a", "a", 1), ("b", "b", 1)])
        assert leverage(two, loops=feedback_loops(two, limit=1)).truncated

    @pytest.mark.slow
    @given(signed_models(), st.integers(1, 4))
    def test_they_are_all_that_trying_every_set_finds(self, model: Model, most: int) -> None:
        loops = feedback_loops(model)
        found = leverage(model, loops=loops, max_size=most, ensemble=Ensemble(model, 0.9, 2))
        expected: list[set[str]] = []
        for size in range(1, most + 1):
            for held in map(set, combinations(sorted(model.nodes), size)):
                breaks = loops and all(held & set(loop.nodes) for loop in loops)
                if breaks and not any(smaller <= held for smaller in expected):
                    expected.append(held)
        assert set(sets_of(found)) == {tuple(sorted(each)) for each in expected}

    def test_serum_magnesium_alone_breaks_all_reinforcing_loops_of_the_shipped_map(
        self, real_model: Model
    ) -> None:
        found = leverage(real_model)
        assert found[0].nodes == ("serum_magnesium",)
        broken = real_model.without("serum_magnesium")
        assert not [loop for loop in feedback_loops(broken) if loop.sign > 0]


class TestBadInput:
    def test_unknown_ids_are_named(self, chain: Model) -> None:
        with pytest.raises(UnknownId, match="'aa'"):
            leverage(chain, "aa", "d")
        with pytest.raises(UnknownId, match="'dd'"):
            leverage(chain, "a", "dd")
        with pytest.raises(UnknownId, match="'bb'"):
            leverage(chain, "a", "d", keep=["bb"])
        with pytest.raises(UnknownId, match="'a'"):
            leverage(Model([], []), "a", "b")

    def test_one_end_alone_is_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="target is missing"):
            leverage(chain, "a")
        with pytest.raises(ValueError, match="source is missing"):
            leverage(chain, target="a")

    def test_ends_and_loops_together_are_refused(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="one of the two"):
            leverage(chain, "a", "d", loops=[])

    def test_a_path_is_no_loop(self, chain: Model) -> None:
        with pytest.raises(ValueError, match="is no loop"):
            leverage(chain, loops=signed_paths(chain, "a", "d"))

    def test_a_loop_of_another_map_is_refused(self, chain: Model, vicious_circle: Model) -> None:
        with pytest.raises(UnknownId, match=r"cortisol\.magnesium"):
            leverage(chain, loops=feedback_loops(vicious_circle))

    def test_weightings_of_another_map_are_refused(
        self, chain: Model, vicious_circle: Model
    ) -> None:
        with pytest.raises(ValueError, match="of another map"):
            leverage(chain, "a", "d", ensemble=Ensemble(vicious_circle))

    @pytest.mark.parametrize("name", ["max_size", "limit"])
    def test_bounds_below_one_are_refused(self, chain: Model, name: str) -> None:
        with pytest.raises(ValueError, match=f"{name} is 0; give 1 or more"):
            leverage(chain, "a", "d", **{name: 0})  # type: ignore[arg-type]


class TestLargeMaps:
    def test_side_effects_are_told_on_demand_only(self) -> None:
        ids = [f"n{number}" for number in range(400)]
        model = Model.from_edges([(*pair, 1) for pair in pairwise(ids)])
        found = leverage(model, "n0", "n5", limit=2)
        assert [lever.side_effects for lever in found] == [None, None]
        assert (found.weightings, found.truncated) == (0, True)
        told = leverage(model, "n0", "n3", ensemble=Ensemble(model, 0.9, 2))
        assert all(each.side_effects for each in told)
        assert told.weightings == 2

    def test_a_search_that_has_used_up_its_steps_says_so(self, chain: Model) -> None:
        here = adjacency(chain)
        task = Cut(here, 0, 3, frozenset())
        task.steps = 10**12
        assert smallest_sets(task, 3, 100) == ([], True)
        loops = LoopBreak([{0}], frozenset())
        loops.steps = 10**12
        assert smallest_sets(loops, 3, 100) == ([], True)

    def test_long_rival_chains_end_with_the_limit(self) -> None:
        """Three chains of 60 nodes have 216,000 smallest cuts."""
        ends = [("s", f"{x}0", 1) for x in "abc"] + [(f"{x}59", "t", 1) for x in "abc"]
        links = [(f"{x}{step}", f"{x}{step + 1}", -1) for x in "abc" for step in range(59)]
        model = Model.from_edges(ends + links)
        found = leverage(model, "s", "t", limit=20, ensemble=Ensemble(model, 0.9, 1))
        assert {len(nodes) for nodes in sets_of(found)} == {3}
        assert (len(found), found.truncated) == (20, True)

    @pytest.mark.slow
    def test_a_crowded_map_ends_within_its_steps(self) -> None:
        """Layers of three in which everything acts on everything: cuts are few and far between."""
        arrows = [
            (f"{step}{x}", f"{step + 1}{y}", 1) for step in range(200) for x in "abc" for y in "abc"
        ]
        ends = [("s", f"0{x}", 1) for x in "abc"] + [(f"200{x}", "t", 1) for x in "abc"]
        model = Model.from_edges(arrows + ends)
        found = leverage(model, "s", "t")
        assert found.truncated
        assert ("0a", "0b", "0c") in sets_of(found)


class TestShown:
    def test_a_lever_gives_the_interventions_to_ask_with(self, chain: Model) -> None:
        lever = leverage(chain, "a", "d")[0]
        assert lever.interventions == tuple(map(Block, lever.nodes))
        assert respond(chain, Press("a"), *lever.interventions).direction["d"] == "no_route"

    def test_the_table_has_a_lever_a_row(self, chain: Model) -> None:
        frame = leverage(chain, "a", "d").to_frame()
        assert list(frame.columns) == ["size", "nodes", "changes", "side_effects"]
        assert frame.to_numpy().tolist() == [[1, "c", 0, ""], [1, "b", 1, "c"]]

    def test_levers_are_a_sequence_that_says_what_it_holds(self, chain: Model) -> None:
        found = leverage(chain, "a", "d")
        assert isinstance(found[0], Lever)
        assert found[:1] == (found[0],)
        assert repr(found) == "Levers(a to d: 2 of size 1)"
        assert repr(leverage(chain)) == "Levers(0 loops: none, no loop)"

    def test_html_escapes_ids(self) -> None:
        found = leverage(Model.from_edges([("a", "<b>", 1), ("<b>", "c", 1)]), "a", "c")
        assert "&lt;b&gt;" in found._repr_html_()
        assert "&lt;b&gt;" in found[0]._repr_html_()

    def test_a_lever_in_words(self, chain: Model) -> None:
        said = in_words(leverage(chain, "a", "d"))
        assert said == (
            "2 sets of nodes, each held at baseline, cut every route from a to d. "
            "Hold c at baseline. No verdict changes elsewhere. "
            "Hold b at baseline. The verdict changes on 1 other node: c."
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_can_be_said_in_every_language(
        self, chain: Model, vicious_circle: Model, language: str
    ) -> None:
        asked = [
            *(leverage(chain, *ends) for ends in ("ad", "ab", "da", "aa")),
            leverage(chain, "a", "d", keep=["b", "c"]),
            leverage(chain, "a", "d", limit=1),
            leverage(chain),
            leverage(vicious_circle),
            leverage(vicious_circle, keep=vicious_circle.nodes),
            leverage(Model.from_edges([(x, x, 1) for x in "abcd"])),
        ]
        said = [in_words(each, language) for each in asked]
        assert len(set(said)) == len(said)
        assert all(text and "{" not in text for text in said)

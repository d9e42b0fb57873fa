"""Paths, loops and reach on maps that one can check by eye, and on the shipped one."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.reasoning import reach_arrays
from mgmodel.reasoning.adjacency import adjacency, signed_distances
from mgmodel.reasoning.routes import Route, Routes
from mgmodel.reasoning.tracing import Reach, feedback_loops, reach, signed_paths
from mgmodel.records import Edge, Evidence, Library, Node, Reference, Translated
from mgmodel.vocabulary import Effect, Grade, Population, Stance, StudyDesign
from mgmodel.wording import in_words


def names(routes: Routes) -> list[str]:
    return [" ".join(route.nodes) for route in routes]


def circle_of(size: int) -> Model:
    return Model.from_edges([(f"n{k:04}", f"n{(k + 1) % size:04}", 1) for k in range(size)])


class TestSignedPaths:
    def test_the_sign_of_a_path_is_the_product_of_its_signs(self, chain: Model) -> None:
        (path,) = signed_paths(chain, "a", "d")
        assert (path.nodes, path.edges, path.sign) == (
            ("a", "b", "c", "d"),
            ("a.b", "b.c", "c.d"),
            -1,
        )

    def test_two_minus_signs_cancel(self) -> None:
        model = Model.from_edges([("a", "b", -1), ("b", "c", -1)])
        assert signed_paths(model, "a", "c")[0].sign == 1

    def test_an_unclear_arrow_makes_the_whole_path_unclear(self) -> None:
        model = Model.from_edges([("a", "b", -1), ("b", "c", 0), ("c", "d", -1)])
        assert signed_paths(model, "a", "d")[0].sign == 0

    def test_shorter_paths_come_first(self, incoherent_fork: Model) -> None:
        assert names(signed_paths(incoherent_fork, "S", "T")) == ["S T", "S Y T"]

    def test_paths_of_one_length_come_by_their_ids(self) -> None:
        model = Model.from_edges([("s", m, 1) for m in "zxy"] + [(m, "t", 1) for m in "yzx"])
        assert names(signed_paths(model, "s", "t")) == ["s x t", "s y t", "s z t"]

    def test_parallel_arrows_give_paths_of_their_own(self, parallel_arrows: Model) -> None:
        found = [(path.edges, path.sign) for path in signed_paths(parallel_arrows, "a", "b")]
        assert found == [(("a.b",), 1), (("a.b.2",), -1)]

    def test_parallel_arrows_multiply_along_a_path(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("a", "b", -1), ("b", "c", 1), ("b", "c", -1)])
        assert [path.sign for path in signed_paths(model, "a", "c")] == [1, -1, -1, 1]

    def test_a_self_loop_lies_on_no_path(self) -> None:
        model = Model.from_edges([("a", "a", -1), ("a", "b", 1), ("b", "b", -1), ("b", "c", 1)])
        assert names(signed_paths(model, "a", "c")) == ["a b c"]

    def test_no_path_leads_from_a_node_to_itself(self, vicious_circle: Model) -> None:
        assert len(signed_paths(vicious_circle, "stress", "stress")) == 0

    def test_no_path_leads_against_the_arrows(self, chain: Model) -> None:
        assert names(signed_paths(chain, "d", "a")) == []

    @pytest.mark.parametrize(("max_length", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2)])
    def test_the_bound_counts_arrows(
        self, incoherent_fork: Model, max_length: int, expected: int
    ) -> None:
        assert len(signed_paths(incoherent_fork, "S", "T", max_length=max_length)) == expected

    def test_arrows_that_do_not_propagate_carry_no_path(self) -> None:
        shown = Edge("a.b", "a", "b", Effect.INCREASES, propagate=False)
        absent = Edge("b.a", "b", "a", Effect.NO_EFFECT)
        model = Model([Node(n, Translated(n)) for n in "ab"], [shown, absent])
        assert [len(signed_paths(model, *ends)) for ends in ("ab", "ba")] == [0, 0]

    def test_a_path_may_be_very_long(self) -> None:
        (path,) = signed_paths(circle_of(1500), "n0000", "n1499", max_length=10_000)
        assert path.length == 1499

    def test_a_walk_that_cut_itself_off_does_not_try_every_way(self) -> None:
        crowd = [f"x{k:02}" for k in range(16)]
        model = Model.from_edges(
            [("s", "gate", 1), ("gate", "t", 1), ("gate", "x00", 1)]
            + [(one, other, 1) for one in crowd for other in crowd if one != other]
            + [("x15", "gate", 1)]
        )
        assert names(signed_paths(model, "s", "t", max_length=30)) == ["s gate t"]

    @pytest.mark.parametrize("end", [("sorce", "T"), ("S", "tt")])
    def test_an_unknown_end_is_refused(self, incoherent_fork: Model, end: tuple[str, str]) -> None:
        with pytest.raises(UnknownId, match="There is no node"):
            signed_paths(incoherent_fork, *end)

    @pytest.mark.parametrize("bound", ["max_length", "limit"])
    def test_a_negative_bound_is_refused(self, chain: Model, bound: str) -> None:
        with pytest.raises(ValueError, match=f"{bound} is -1"):
            signed_paths(chain, "a", "b", **{bound: -1})


class TestFeedbackLoops:
    def test_two_minus_signs_reinforce(self, vicious_circle: Model) -> None:
        (loop,) = feedback_loops(vicious_circle)
        assert (loop.sign, loop.is_loop) == (1, True)

    def test_one_minus_sign_balances(self) -> None:
        model = Model.from_edges([("x", "y", 1), ("y", "x", -1)])
        assert feedback_loops(model)[0].sign == -1

    def test_an_unclear_arrow_leaves_a_loop_undecided(self) -> None:
        model = Model.from_edges([("x", "y", 0), ("y", "x", -1)])
        assert feedback_loops(model)[0].sign == 0

    @pytest.mark.parametrize("limit", [0, 1, 6, 7, 14, 15, 18])
    def test_of_loops_long_and_short_a_limit_leaves_the_shortest(self, limit: int) -> None:
        rings = {
            size: ["hub", *(f"r{size:02}_{k:02}" for k in range(1, size))] for size in range(3, 21)
        }
        model = Model.from_edges(
            [(a, b, 1) for ring in rings.values() for a, b in pairwise([*ring, "hub"])]
        )
        found = feedback_loops(model, max_length=1000, limit=limit)
        assert [loop.length for loop in found] == list(range(3, 3 + limit))
        assert found.truncated == (limit < 18)

    def test_a_loop_starts_at_its_smallest_id_and_names_it_once(
        self, vicious_circle: Model
    ) -> None:
        loop = feedback_loops(vicious_circle)[0]
        assert (loop.nodes, loop.edges) == (
            ("cortisol", "magnesium", "stress"),
            ("cortisol.magnesium", "magnesium.stress", "stress.cortisol"),
        )

    def test_capitals_come_before_small_letters(self) -> None:
        model = Model.from_edges([("a", "B", 1), ("B", "a", 1)])
        assert feedback_loops(model)[0].nodes == ("B", "a")

    def test_an_arrow_to_itself_is_a_loop_of_one_arrow(self) -> None:
        (loop,) = feedback_loops(Model.from_edges([("a", "a", -1)]))
        assert (loop.nodes, loop.edges, loop.sign) == (("a",), ("a.a",), -1)

    def test_parallel_arrows_give_loops_of_their_own(self) -> None:
        model = Model.from_edges([("a", "b", 1), ("a", "b", -1), ("b", "a", 1)])
        assert [loop.edges for loop in feedback_loops(model)] == [("a.b", "b.a"), ("a.b.2", "b.a")]

    def test_shorter_loops_come_first_and_then_their_ids_decide(self) -> None:
        model = Model.from_edges(
            [(one, other, 1) for one, other in ("zz", "bc", "cb", "ab", "ba", "ca")]
        )
        assert names(feedback_loops(model)) == ["z", "a b", "b c", "a b c"]

    def test_a_map_without_loops_has_none(self, chain: Model) -> None:
        found = feedback_loops(chain)
        assert (len(found), found.total, found.truncated) == (0, 0, False)

    @pytest.mark.parametrize(("max_length", "expected"), [(0, 0), (2, 0), (3, 1), (99, 1)])
    def test_the_bound_counts_arrows(
        self, vicious_circle: Model, max_length: int, expected: int
    ) -> None:
        assert len(feedback_loops(vicious_circle, max_length=max_length)) == expected

    def test_a_loop_may_be_very_long(self) -> None:
        assert feedback_loops(circle_of(1500), max_length=10_000)[0].length == 1500

    def test_switching_off_a_node_removes_the_loops_through_it(self, vicious_circle: Model) -> None:
        assert len(feedback_loops(vicious_circle.without("magnesium"))) == 0

    def test_a_crowd_in_which_all_act_on_all_stops_at_the_limit(self) -> None:
        crowd = [f"x{k:02}" for k in range(40)]
        model = Model.from_edges([(a, b, 1) for a in crowd for b in crowd if a != b])
        found = feedback_loops(model, max_length=40, limit=1000)
        assert (len(found), found.truncated, found.total) == (1000, True, None)
        assert [loop.length for loop in found[779:781]] == [2, 3]
        assert found[780].nodes == ("x00", "x01", "x02")


class TestLimit:
    @pytest.fixture
    def crowd(self) -> Model:
        return Model.from_edges([(a, b, 1) for a in "abcde" for b in "abcde"])

    @pytest.mark.parametrize("limit", [0, 1, 3, 4, 5, 8, 16, 17])
    def test_a_limit_keeps_the_first_paths(self, crowd: Model, limit: int) -> None:
        everything = signed_paths(crowd, "a", "e")
        some = signed_paths(crowd, "a", "e", limit=limit)
        assert (tuple(some), some.truncated) == (everything[:limit], limit < len(everything))

    @pytest.mark.parametrize("limit", [0, 1, 5, 6, 14, 15, 34, 35, 88, 89, 90])
    def test_a_limit_keeps_the_first_loops(self, crowd: Model, limit: int) -> None:
        everything = feedback_loops(crowd)
        some = feedback_loops(crowd, limit=limit)
        assert (tuple(some), some.truncated) == (everything[:limit], limit < len(everything))

    @pytest.mark.parametrize("limit", [1, 2, 3, 4])
    def test_a_limit_counts_parallel_arrows_one_by_one(self, limit: int) -> None:
        model = Model.from_edges([("a", "b", 1), ("a", "b", -1), ("b", "c", 1), ("b", "c", 1)])
        found = signed_paths(model, "a", "c", limit=limit)
        assert (len(found), found.truncated) == (limit, limit < 4)

    def test_a_limit_equal_to_the_number_leaves_nothing_out(self, incoherent_fork: Model) -> None:
        found = signed_paths(incoherent_fork, "S", "T", limit=2)
        assert (found.total, found.truncated) == (2, False)


class TestReach:
    def test_the_source_reaches_itself_in_no_step(self, chain: Model) -> None:
        found = reach(chain, "b")
        assert (found.plus["b"], found.minus["b"]) == (0, None)

    def test_every_node_is_named_in_the_order_of_the_map(self) -> None:
        model = Model.from_edges([("z", "a", 1)], ["m"])
        assert list(reach(model, "z").plus) == ["m", "z", "a"]

    def test_each_sign_has_its_shortest_walk(self, incoherent_fork: Model) -> None:
        found = reach(incoherent_fork, "S")
        assert (found.plus["T"], found.minus["T"]) == (2, 1)

    def test_a_balancing_loop_lets_both_signs_arrive(self) -> None:
        model = Model.from_edges([("s", "a", 1), ("a", "b", 1), ("b", "a", -1), ("a", "t", 1)])
        found = reach(model, "s")
        assert (found.plus["t"], found.minus["t"]) == (2, 4)

    def test_what_cannot_be_reached_has_no_length(self, chain: Model) -> None:
        found = reach(chain, "d")
        assert (found.plus["a"], found.minus["a"], found.reached) == (None, None, ("d",))

    def test_removed_nodes_are_absent_and_carry_nothing(self, chain: Model) -> None:
        found = reach(chain, "a", removed=["c"])
        assert (dict(found.plus), dict(found.minus)) == (
            {"a": 0, "b": 1, "d": None},
            {"a": None, "b": None, "d": None},
        )

    def test_a_removed_arrow_carries_nothing(self, chain: Model) -> None:
        assert reach(chain, "a", removed=["b.c"]).reached == ("a", "b")

    def test_one_of_two_parallel_arrows_may_be_removed(self, parallel_arrows: Model) -> None:
        found = reach(parallel_arrows, "a", removed=["a.b"])
        assert (found.plus["b"], found.minus["b"]) == (None, 1)

    def test_an_arrow_that_does_not_propagate_may_be_removed(self, chain: Model) -> None:
        silent = dataclasses.replace(chain.edge("b.c"), propagate=False)
        model = Model(chain.nodes.values(), [chain.edge("a.b"), silent])
        assert reach(model, "a", removed=["b.c"]).reached == ("a", "b")

    def test_a_removed_arrow_answers_as_a_map_without_it(self, real_model: Model) -> None:
        gone = ("acth.cortisol", "cortisol")
        left = reach(real_model.without(*gone), "psychological_stressor")
        found = reach(real_model, "psychological_stressor", removed=gone)
        assert (found.plus, found.minus) == (left.plus, left.minus)

    def test_two_answers_are_equal_when_all_that_they_say_is(self, chain: Model) -> None:
        assert reach(chain, "a") == reach(chain, "a")
        assert hash(reach(chain, "a")) == hash(reach(chain, "a"))
        assert reach(chain, "a") != reach(chain, "b")
        assert reach(chain, "a") != reach(Model.from_edges([("a", "b", -1)], chain.nodes), "a")
        assert reach(chain, "a") != "a"

    def test_a_large_map_is_answered_as_a_small_one(self) -> None:
        names = [f"n{k:04}" for k in range(1500)]
        arrows = [(a, b, (-1) ** (k % 3)) for k, (a, b) in enumerate(pairwise(names))]
        arrows += [(one, names[7 * k % 1500], 1) for k, one in enumerate(names)]
        large = Model.from_edges(arrows)
        assert reach_arrays.pays(adjacency(large))
        found = reach(large, "n0003", removed=["n0400", "n0010.n0070"])
        here = adjacency(large)
        steps = signed_distances(here, 3, [400], [here.arrow_number["n0010.n0070"]])
        assert found == Reach("n0003", found.removed, here, steps)
        assert len(found.plus) == 1499
        assert all(type(step) in (int, type(None)) for step in found.plus.values())

    def test_a_source_that_is_removed_reaches_nothing(self, chain: Model) -> None:
        found = reach(chain, "a", removed=["a"])
        assert dict(found.plus) == {"b": None, "c": None, "d": None}

    def test_beyond_an_unclear_arrow_no_sign_is_known(self) -> None:
        model = Model.from_edges([("a", "b", 0), ("b", "c", -1)])
        found = reach(model, "a")
        assert (found.plus["c"], found.minus["c"], found.unclear["c"]) == (None, None, 2)
        assert found.reached == ("a", "b", "c")

    @pytest.mark.parametrize(("source", "removed"), [("q", []), ("a", ["q"])])
    def test_an_unknown_id_is_refused(self, chain: Model, source: str, removed: list[str]) -> None:
        with pytest.raises(UnknownId, match="'q'"):
            reach(chain, source, removed=removed)

    def test_it_says_itself_in_one_line(self, chain: Model) -> None:
        assert repr(reach(chain, "b", removed=["d"])) == (
            "Reach(1 of 2 other nodes can be reached from b without d)"
        )

    def test_its_table_has_a_row_for_every_node(self, incoherent_fork: Model) -> None:
        frame = reach(incoherent_fork, "S").to_frame()
        assert frame.loc["T"].dropna().to_dict() == {"plus": 2, "minus": 1}
        assert list(frame.index) == ["S", "Y", "T"]

    def test_its_rich_display_leaves_a_cell_empty_where_no_walk_leads(self, chain: Model) -> None:
        html = reach(chain, "a")._repr_html_()
        assert "<tr><td>c</td><td></td><td>2</td></tr>" in html


class TestRoutes:
    def test_they_are_a_sequence(self, incoherent_fork: Model) -> None:
        found = signed_paths(incoherent_fork, "S", "T")
        assert (found[-1], found[0] in found, found[:1]) == (found[1], True, (found[0],))
        assert list(reversed(found)) == [found[1], found[0]]

    def test_a_place_that_is_not_there_is_an_index_error(self, chain: Model) -> None:
        with pytest.raises(IndexError):
            signed_paths(chain, "a", "b")[1]

    def test_the_same_search_gives_equal_routes(self, incoherent_fork: Model) -> None:
        first, second = (signed_paths(incoherent_fork, "S", "T") for _ in range(2))
        assert (first == second, hash(first[0]) == hash(second[0])) == (True, True)

    @pytest.mark.parametrize(
        ("triples", "said"),
        [
            ([("s", "t", -1)], "Routes(1 path: 1 lowers)"),
            ([("s", "t", 1), ("s", "t", 0)], "Routes(2 paths: 1 raises, 1 unclear)"),
            ([("t", "s", 1)], "Routes(0 paths)"),
        ],
    )
    def test_they_say_themselves_in_one_line(
        self, triples: list[tuple[str, str, int]], said: str
    ) -> None:
        assert repr(signed_paths(Model.from_edges(triples), "s", "t")) == said

    def test_they_say_that_more_were_left_out(self, incoherent_fork: Model) -> None:
        assert repr(signed_paths(incoherent_fork, "S", "T", limit=1)) == (
            "Routes(1 path: 1 lowers, and more were left out)"
        )

    def test_their_table_has_a_row_for_each(self, incoherent_fork: Model) -> None:
        frame = signed_paths(incoherent_fork, "S", "T").to_frame()
        assert frame.to_dict("list") == {
            "sign": [-1, 1],
            "length": [1, 2],
            "nodes": ["S T", "S Y T"],
            "edges": ["S.T", "S.Y Y.T"],
            "weakest": ["S.T", "S.Y"],
            "grade": ["D", "D"],
        }

    def test_a_table_of_no_routes_keeps_its_columns(self, chain: Model) -> None:
        frame = feedback_loops(chain).to_frame()
        assert list(frame.columns) == ["sign", "length", "nodes", "edges", "weakest", "grade"]

    def test_their_rich_display_is_a_table_of_sentences(self, parallel_arrows: Model) -> None:
        html = signed_paths(parallel_arrows, "a", "b")._repr_html_()
        assert "<td>A rise in a leads to a fall in b.</td>" in html


class TestRoute:
    def test_it_is_a_sentence(self, chain: Model) -> None:
        path = signed_paths(chain, "a", "d")[0]
        assert str(
            path
        ) == "A rise in a leads to a rise in b, hence to a fall in c, hence to a " + ("fall in d.")

    @pytest.mark.parametrize("language", ["en", "nl", "sv"])
    def test_it_is_a_sentence_in_every_language(self, chain: Model, language: str) -> None:
        said = in_words(signed_paths(chain, "a", "c")[0], language)
        assert (said[-1], said != "") == (".", True)

    def test_a_loop_says_whether_it_reinforces(self, vicious_circle: Model) -> None:
        assert "Reinforcing" in str(feedback_loops(vicious_circle)[0])

    def test_it_can_be_read_aloud_in_one_line(self, chain: Model, vicious_circle: Model) -> None:
        assert repr(signed_paths(chain, "a", "c")[0]) == "Route(path a, b, c: lowers)"
        assert repr(feedback_loops(vicious_circle)[0]) == (
            "Route(loop cortisol, magnesium, stress: reinforcing)"
        )

    def test_it_cannot_be_changed(self, chain: Model) -> None:
        with pytest.raises(dataclasses.FrozenInstanceError):
            signed_paths(chain, "a", "b")[0].sign = 1  # type: ignore[misc]

    def test_its_rich_display_lists_its_arrows(self, chain: Model) -> None:
        html = signed_paths(chain, "a", "c")[0]._repr_html_()
        assert "<tr><td>b</td><td>decreases</td><td>c</td></tr>" in html

    def test_its_weakest_arrow_has_the_lowest_grade_and_is_the_first_of_several(self) -> None:
        plain = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)])
        review = Reference("r2020", "R", 2020, "T", design=StudyDesign.GUIDELINE, verified=True)
        strong = Evidence("a.b", "r2020", Stance.SUPPORTS, Population.HUMAN)
        library = Library(evidence=(strong,), references={"r2020": review})
        model = Model(plain.nodes.values(), plain.edges.values(), library)
        (path,) = signed_paths(model, "a", "d")
        assert (path.weakest, path.weakest_grade) == ("b.c", Grade.D)


class TestShippedMap:
    def test_every_path_from_serum_magnesium_to_norepinephrine_takes_the_n_type_channel(
        self, real_model: Model
    ) -> None:
        paths = signed_paths(
            real_model, "serum_magnesium", "norepinephrine", max_length=len(real_model.nodes)
        )
        assert {("n_type_calcium_channel" in path.nodes, path.sign) for path in paths} == {
            (True, -1)
        }

    def test_without_the_n_type_channel_no_path_is_left(self, real_model: Model) -> None:
        left = real_model.without("n_type_calcium_channel")
        assert len(signed_paths(left, "serum_magnesium", "norepinephrine", max_length=89)) == 0
        found = reach(real_model, "serum_magnesium", removed=["n_type_calcium_channel"])
        assert "norepinephrine" not in found.reached

    def test_it_has_49_loops_of_which_5_balance(self, real_model: Model) -> None:
        loops = feedback_loops(real_model, max_length=len(real_model.nodes))
        assert dict(loops.by_sign) == {1: 44, -1: 5, 0: 0}

    def test_its_loops_run_through_24_nodes(self, real_model: Model) -> None:
        loops = feedback_loops(real_model, max_length=len(real_model.nodes))
        assert len({node for loop in loops for node in loop.nodes}) == 24

    @pytest.mark.parametrize(
        ("family", "sign"), [("B1", -1), ("B2", -1), ("B3", -1), ("B4", -1), ("R1", 1), ("R2", 1)]
    )
    def test_a_loop_family_holds_a_loop_of_its_own_sign(
        self, real_model: Model, family: str, sign: int
    ) -> None:
        members = {edge.id for edge in real_model.edges.values() if family in edge.loops}
        loops = feedback_loops(real_model, max_length=len(real_model.nodes))
        signs = {loop.sign for loop in loops if members.issuperset(loop.edges)}
        assert sign in signs

    def test_every_balancing_loop_belongs_to_a_balancing_family(self, real_model: Model) -> None:
        loops = feedback_loops(real_model, max_length=len(real_model.nodes))
        balancing = [loop for loop in loops if loop.sign == -1]
        families = [
            {family for edge in loop.edges for family in real_model.edge(edge).loops}
            for loop in balancing
        ]
        assert all(any(family.startswith("B") for family in found) for found in families)


def test_a_route_is_the_record_that_the_search_names(chain: Model) -> None:
    assert isinstance(signed_paths(chain, "a", "b")[0], Route)

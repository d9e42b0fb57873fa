"""Exact small systems: what the adjoint, the permanents and the stable weightings must satisfy."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mgmodel import community, respond
from mgmodel.interventions import Press
from mgmodel.model import Model

Matrix = list[list[Any]]

PREDATOR_AND_PREY = [[-1, -1], [1, 0]]
TWO_WAYS = [[-1, 0, 0], [1, -1, 0], [-1, 1, -1]]
"""0 lowers 2 directly and raises 2 by way of 1."""


def square(entry: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Matrix]:
    return st.integers(1, most).flatmap(
        lambda n: st.lists(st.lists(entry, min_size=n, max_size=n), min_size=n, max_size=n)
    )


signs = st.sampled_from((-1, 0, 1))
whole = st.integers(-9, 9)


def without(matrix: Matrix, row: int, column: int) -> Matrix:
    return [r[:column] + r[column + 1 :] for n, r in enumerate(matrix) if n != row]


def determinant(matrix: Matrix) -> Any:
    """By expansion along the first row: slow, and plainly right."""
    if not matrix:
        return 1
    return sum(
        (-1) ** column * entry * determinant(without(matrix, 0, column))
        for column, entry in enumerate(matrix[0])
        if entry
    )


def permanent(matrix: Matrix) -> Any:
    total = 0
    for order in permutations(range(len(matrix))):
        term = 1
        for row, column in enumerate(order):
            term *= abs(matrix[row][column])
        total += term
    return total


def negative(matrix: Matrix) -> Matrix:
    return [[-entry for entry in row] for row in matrix]


def product(one: Matrix, other: Matrix) -> Matrix:
    columns = list(zip(*other, strict=True))
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in one
    ]


def diagonal(value: Any, size: int) -> Matrix:
    return [[value * (row == column) for column in range(size)] for row in range(size)]


class TestAdjoint:
    def test_a_press_on_the_prey_feeds_the_predator(self) -> None:
        # the classic result: the prey itself gains nothing, its predator takes it all
        assert community.adjoint(PREDATOR_AND_PREY) == [[0, -1], [1, 1]]

    def test_rows_answer_and_columns_are_pressed(self) -> None:
        only_0_acts_on_1 = [[-1, 0], [1, -1]]
        assert community.adjoint(only_0_acts_on_1) == [[1, 0], [1, 1]]

    def test_a_system_of_one(self) -> None:
        assert community.adjoint([[-3]]) == [[1]]

    @given(square(whole, 6))
    def test_minus_the_matrix_times_it_is_the_determinant(self, matrix: Matrix) -> None:
        size, minus = len(matrix), negative(matrix)
        found = community.adjoint(matrix)
        assert product(minus, found) == diagonal(determinant(minus), size)
        assert product(found, minus) == diagonal(determinant(minus), size)

    @settings(max_examples=20)
    @given(square(st.fractions(-3, 3, max_denominator=8), 4))
    def test_it_is_the_table_of_cofactors_in_fractions(self, matrix: Matrix) -> None:
        minus = negative(matrix)
        cofactors = [
            [
                (-1) ** (row + column) * determinant(without(minus, column, row))
                for column in range(len(matrix))
            ]
            for row in range(len(matrix))
        ]
        assert community.adjoint(matrix) == [[float(entry) for entry in row] for row in cofactors]

    @given(square(whole, 6))
    def test_whole_numbers_stay_whole(self, matrix: Matrix) -> None:
        assert {type(entry) for row in community.adjoint(matrix) for entry in row} == {int}

    def test_it_is_exact_where_floating_point_is_not(self) -> None:
        large = [[10**17, 1, 0], [1, 0, 1], [0, 1, 10**17 + 1]]
        assert community.adjoint(large)[0][0] == -1
        assert community.adjoint(large)[1][1] == 10**17 * (10**17 + 1)

    def test_twelve_nodes_are_no_burden(self) -> None:
        generator = np.random.default_rng(0)
        matrix = generator.integers(-1, 2, (12, 12))
        found = np.array(community.adjoint(matrix))
        determinant_of = -matrix @ found
        np.testing.assert_array_equal(determinant_of, determinant_of[0, 0] * np.eye(12, dtype=int))
        assert determinant_of[0, 0] == round(np.linalg.det(-matrix))

    @pytest.mark.parametrize("form", [np.array, pd.DataFrame, tuple])
    def test_rows_come_in_any_form(self, form: Any) -> None:
        assert community.adjoint(form(PREDATOR_AND_PREY)) == [[0, -1], [1, 1]]


class TestFeedback:
    def test_ways_that_cancel_have_no_weight(self) -> None:
        assert community.absolute_feedback(TWO_WAYS)[2][0] == 2
        assert community.weighted_predictions(TWO_WAYS)[2][0] == 0.0
        assert community.agreed_signs(TWO_WAYS)[2][0] is None

    def test_where_no_way_leads_the_weight_is_1_and_the_sign_0(self) -> None:
        assert community.absolute_feedback(TWO_WAYS)[0][2] == 0
        assert community.weighted_predictions(TWO_WAYS)[0][2] == 1.0
        assert community.agreed_signs(TWO_WAYS)[0][2] == 0

    @given(square(whole, 5))
    def test_it_is_the_permanent_of_what_is_left(self, matrix: Matrix) -> None:
        size = range(len(matrix))
        by_force = [[permanent(without(matrix, j, i)) for j in size] for i in size]
        assert community.absolute_feedback(matrix) == by_force

    @given(square(whole, 6))
    def test_the_adjoint_lies_within_it(self, matrix: Matrix) -> None:
        rows = zip(community.adjoint(matrix), community.absolute_feedback(matrix), strict=True)
        assert all(abs(a) <= t for net, total in rows for a, t in zip(net, total, strict=True))

    @given(square(whole, 5))
    def test_weights_are_its_share_of_the_adjoint(self, matrix: Matrix) -> None:
        net, total = community.adjoint(matrix), community.absolute_feedback(matrix)
        expected = [
            [abs(a) / t if t else 1.0 for a, t in zip(*rows, strict=True)]
            for rows in zip(net, total, strict=True)
        ]
        assert community.weighted_predictions(matrix) == expected

    @given(square(st.floats(-2, 2), 4))
    def test_numbers_with_a_fraction_are_summed_without_error(self, matrix: Matrix) -> None:
        exact = [[Fraction(entry) for entry in row] for row in matrix]
        size = range(len(matrix))
        by_force = [[float(permanent(without(exact, j, i))) for j in size] for i in size]
        assert community.absolute_feedback(matrix) == by_force


class TestSigns:
    @pytest.mark.slow
    @given(square(signs, 3), st.integers(0, 1000))
    def test_agreed_signs_hold_in_every_stable_weighting(self, matrix: Matrix, seed: int) -> None:
        damped = [[-1 if i == j else x for j, x in enumerate(r)] for i, r in enumerate(matrix)]
        found = community.sign_fractions(damped, 40, seed)
        for i, row in enumerate(community.agreed_signs(damped)):
            for j, sign in enumerate(row):
                if sign is not None:
                    assert (found.rises[i][j] == 0) or sign == 1
                    assert (found.falls[i][j] == 0) or sign == -1

    @given(square(signs, 6))
    def test_agreed_signs_are_the_verdict_of_the_map(self, matrix: Matrix) -> None:
        """A weight of 1 means that every ensemble must say the same, ours too."""
        names = [f"n{number}" for number in range(len(matrix))]
        arrows = [
            (names[j], names[i], sign)
            for i, row in enumerate(matrix)
            for j, sign in enumerate(row)
            if sign and i != j
        ]
        model = Model.from_edges(arrows, names)
        agreed = community.agreed_signs(community.community_matrix(model))
        verdicts = {1: {"rises"}, -1: {"falls"}, 0: {"no_route", "unchanged"}}
        for j, pressed in enumerate(names):
            answer = respond(model, Press(pressed), weightings=20)
            for i, node in enumerate(names):
                sign = agreed[i][j]
                if sign is not None:
                    # rounding may leave a trace where paths end in nothing, never a direction
                    assert answer.direction[node].value in verdicts[sign], (pressed, node)
                    assert sign == 0 or answer.strength[node].value == "always"


class TestSignFractions:
    def test_predator_and_prey_are_always_stable(self) -> None:
        found = community.sign_fractions(PREDATOR_AND_PREY, 500)
        assert (found.accepted, found.drawn) == (500, 500)
        assert (found.rises[0][1], found.falls[0][1]) == (0.0, 1.0)
        assert (found.rises[0][0], found.falls[0][0]) == (0.0, 0.0)

    def test_the_same_seed_gives_the_same_answer_and_another_does_not(self) -> None:
        one, same, other = (community.sign_fractions(TWO_WAYS, 200, seed) for seed in (1, 1, 2))
        assert one == same
        assert one != other

    def test_equal_rivals_win_half_the_time(self) -> None:
        # 0 raises 2 when a product of two uniform sizes beats a product of two others
        found = community.sign_fractions(TWO_WAYS, 20_000)
        assert found.rises[2][0] == pytest.approx(0.5, abs=4 * 0.5 / 20_000**0.5 + 0.005)

    def test_a_neutral_cycle_is_not_taken_for_a_stable_one(self) -> None:
        for cycle in ([[0, -1], [1, 0]], [[0, -1, 0], [1, 0, -1], [0, 1, 0]]):
            with pytest.raises(ValueError, match="None of 10,240 weightings is stable"):
                community.sign_fractions(cycle)

    def test_what_is_never_stable_is_said_soon(self) -> None:
        with pytest.raises(ValueError, match=r"None of 10,240 weightings .* damp themselves"):
            community.sign_fractions([[1]], draws=10**9)

    def test_where_few_are_stable_fewer_come_back(self) -> None:
        helpers = [[-1 if i == j else 1 for j in range(4)] for i in range(4)]
        found = community.sign_fractions(helpers, 100)
        assert 0 < found.accepted < 100
        assert found.drawn == 10_240

    def test_its_text_and_table_say_how_many_were_stable(self) -> None:
        found = community.sign_fractions(PREDATOR_AND_PREY, 50)
        assert repr(found) == "SignFractions(2 nodes; 50 of 50 weightings were stable)"
        assert "<td>100% rise, 0% fall</td>" in found._repr_html_()

    @pytest.mark.parametrize(
        ("draws", "seed", "complaint"),
        [
            (0, 0, "draws is 0"),
            (1.5, 0, "draws is 1.5"),
            (True, 0, "draws is True"),
            (10, -1, "seed is -1"),
        ],
    )
    def test_numbers_out_of_range(self, draws: Any, seed: Any, complaint: str) -> None:
        with pytest.raises(ValueError, match=complaint):
            community.sign_fractions([[-1]], draws, seed)


class TestCommunityMatrix:
    def test_the_incoherent_fork(self, incoherent_fork: Model) -> None:
        assert list(incoherent_fork.nodes) == ["S", "Y", "T"]
        assert community.community_matrix(incoherent_fork) == TWO_WAYS

    def test_a_node_that_lowers_itself_is_damped_once(self) -> None:
        assert community.community_matrix(Model.from_edges([("a", "a", -1)])) == [[-1]]

    def test_a_pathway_of_the_map_can_be_taken_there(self, real_model: Model) -> None:
        axis = real_model.pathway("hpa_axis")
        matrix = community.community_matrix(axis)
        place = {node: number for number, node in enumerate(axis.nodes)}
        assert matrix[place["acth"]][place["cortisol"]] == -1
        assert matrix[place["cortisol"]][place["acth"]] == 1
        assert community.agreed_signs(matrix)[place["cortisol"]][place["serum_magnesium"]] == -1

    @pytest.mark.parametrize(
        "arrows",
        [
            [("a", "b", 0)],
            [("a", "b", 1), ("a", "b", -1)],
            [("a", "a", 1)],
        ],
    )
    def test_an_entry_without_a_sign_is_named(self, arrows: list[tuple[str, str, int]]) -> None:
        last = list(Model.from_edges(arrows).edges)[-1]
        with pytest.raises(ValueError, match=rf"no single sign: {last}\. Leave"):
            community.community_matrix(Model.from_edges(arrows))

    def test_an_empty_map(self) -> None:
        with pytest.raises(ValueError, match="no nodes"):
            community.community_matrix(Model.from_edges([]))


ASKED = [
    community.adjoint,
    community.absolute_feedback,
    community.weighted_predictions,
    community.agreed_signs,
    community.sign_fractions,
]


@pytest.mark.parametrize("ask", ASKED, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize(
    ("matrix", "complaint"),
    [
        ([], "A is empty"),
        ([[]], "not square"),
        ([[1, 2]], r"A\[0\] has 2 entries"),
        ([[1, 2], [3]], r"2 rows, but A\[1\] has 1"),
        ([[1, float("nan")], [0, 1]], r"A\[0\]\[1\] is nan; give a finite"),
        ([[float("inf")]], r"A\[0\]\[0\] is inf"),
        ([["x"]], r"A\[0\]\[0\] is 'x'"),
        ([[None]], r"A\[0\]\[0\] is None"),
        (["ab", "cd"], r"A\[0\] is 'ab'"),
        ("text", "A is 'text'"),
        (None, "A is None"),
        ([1, 2], r"A\[0\] is 1"),
    ],
    ids=str,
)
def test_what_is_no_square_of_numbers_is_named(ask: Any, matrix: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ask(matrix)


def test_too_many_nodes_for_counting_terms() -> None:
    with pytest.raises(ValueError, match="17 rows; terms are counted up to 16"):
        community.absolute_feedback(diagonal(-1, 17))
    assert community.adjoint(diagonal(-1, 17)) == diagonal(1, 17)


def test_an_answer_that_no_float_can_hold() -> None:
    huge = [[1e300, 0, 0.5], [0, 1e300, 0], [0, 0, 1e300]]
    with pytest.raises(ValueError, match="so large that the answer does not fit"):
        community.adjoint(huge)

"""Laws of the reasoning engine on any small signed map, against the plainest way to find out."""

from __future__ import annotations

from itertools import pairwise, permutations, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import models_with_ends, models_with_questions, signed_models

from mgmodel.interventions import Block, Clamp, CutEdge, Intervention, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import respond
from mgmodel.reasoning.tracing import feedback_loops, reach, signed_paths
from mgmodel.vocabulary import Strength, Verdict

Route = tuple[tuple[str, ...], tuple[str, ...], int]


def routes_by_trying(model: Model, nodes: tuple[str, ...]) -> list[Route]:
    """One route for each choice of arrows along these nodes."""
    steps = [
        [edge for edge in model.edges.values() if (edge.source, edge.target) == (one, other)]
        for one, other in pairwise(nodes)
    ]
    return [
        (nodes, tuple(edge.id for edge in arrows), prod(edge.sign for edge in arrows))
        for arrows in product(*steps)
    ]


def paths_by_trying(model: Model, source: str, target: str, most: int) -> list[Route]:
    between = [node for node in model.nodes if node not in (source, target)]
    walks = [
        (source, *middle, target)
        for size in range(min(most, len(between) + 1))
        for middle in permutations(between, size)
    ]
    found = [route for walk in walks for route in routes_by_trying(model, walk)]
    return sorted(found, key=lambda route: (len(route[0]), route)) if source != target else []


def loops_by_trying(model: Model, most: int) -> list[Route]:
    found = [
        (nodes[:-1], edges, sign)
        for size in range(1, min(most, len(model.nodes)) + 1)
        for members in permutations(model.nodes, size)
        if members[0] == min(members)
        for nodes, edges, sign in routes_by_trying(model, (*members, members[0]))
    ]
    return sorted(found, key=lambda route: (len(route[0]), route))


def as_tuples(routes: object) -> list[Route]:
    return [(route.nodes, route.edges, route.sign) for route in routes]  # type: ignore[attr-defined]


@given(models_with_ends(), st.integers(0, 6))
def test_paths_are_those_that_trying_everything_finds(
    drawn: tuple[Model, str, str], most: int
) -> None:
    model, source, target = drawn
    found = signed_paths(model, source, target, max_length=most)
    assert as_tuples(found) == paths_by_trying(model, source, target, most)


@given(signed_models(most_nodes=5), st.integers(0, 6))
def test_loops_are_those_that_trying_everything_finds(model: Model, most: int) -> None:
    assert as_tuples(feedback_loops(model, max_length=most)) == loops_by_trying(model, most)


@given(models_with_ends(), st.integers(0, 12))
def test_a_limit_keeps_the_first_paths_and_says_so(
    drawn: tuple[Model, str, str], limit: int
) -> None:
    everything = signed_paths(*drawn)
    some = signed_paths(*drawn, limit=limit)
    assert as_tuples(some) == as_tuples(everything)[:limit]
    assert some.truncated == (limit < len(everything))


@given(signed_models(), st.integers(0, 12))
def test_a_limit_keeps_the_first_loops_and_says_so(model: Model, limit: int) -> None:
    everything = feedback_loops(model)
    some = feedback_loops(model, limit=limit)
    assert as_tuples(some) == as_tuples(everything)[:limit]
    assert some.truncated == (limit < len(everything))


@given(signed_models(), st.data())
def test_switching_off_a_node_removes_exactly_the_loops_through_it(
    model: Model, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(tuple(model.nodes)))
    left = [loop for loop in as_tuples(feedback_loops(model)) if gone not in loop[0]]
    assert as_tuples(feedback_loops(model.without(gone))) == left


@given(models_with_ends(), st.sets(st.sampled_from("abcdef"), max_size=2))
def test_reach_is_what_stepping_along_all_arrows_finds(
    drawn: tuple[Model, str, str], removed: set[str]
) -> None:
    model, source, _ = drawn
    gone = removed & model.nodes.keys()
    first: dict[tuple[str, int], int] = {}
    front = set() if source in gone else {(source, 1)}
    for length in range(3 * len(model.nodes)):
        for state in front:
            first.setdefault(state, length)
        front = {
            (edge.target, sign * edge.sign)
            for node, sign in front
            for edge in model.edges.values()
            if edge.source == node and edge.target not in gone
        }
    found = reach(model, source, removed=gone)
    for sign, walks in ((1, found.plus), (-1, found.minus), (0, found.unclear)):
        assert dict(walks) == {n: first.get((n, sign)) for n in model.nodes if n not in gone}


@given(models_with_questions())
def test_fractions_are_shares_and_the_verdict_follows_from_them(
    drawn: tuple[Model, tuple[Intervention, ...]],
) -> None:
    model, asked = drawn
    found = respond(model, *asked, weightings=20)
    for node, verdict in found.direction.items():
        rises, falls = found.rises[node], found.falls[node]
        assert 0 <= rises + falls <= 1
        assert (verdict is Verdict.RISES) == (rises >= 0.8)
        assert (verdict is Verdict.FALLS) == (falls >= 0.8)
        assert (verdict is Verdict.DEPENDS) == (rises + falls > 0 and max(rises, falls) < 0.8)
        assert (found.strength[node] is Strength.DEPENDS) == (verdict is Verdict.DEPENDS)


@given(models_with_questions())
def test_no_route_is_a_matter_of_the_arrows_alone(
    drawn: tuple[Model, tuple[Intervention, ...]],
) -> None:
    model, asked = drawn
    fixed = {one.node for one in asked if isinstance(one, Clamp | Block | KnockOut)}
    cut = {one.edge for one in asked if isinstance(one, CutEdge)}
    forced = {
        one.node
        for one in asked
        if isinstance(one, KnockOut)
        or (isinstance(one, Press) and one.amount)
        or (isinstance(one, Clamp) and one.value)
    }
    arrived = set(forced)
    for _ in model.nodes:
        arrived |= {
            edge.target
            for edge in model.edges.values()
            if edge.id not in cut and edge.source in arrived and edge.target not in fixed
        }
    found = respond(model, *asked, weightings=3)
    assert {n for n, verdict in found.direction.items() if verdict is Verdict.NO_ROUTE} == (
        model.nodes.keys() - arrived - fixed
    )
    assert all(found.median[node] == 0 for node in model.nodes.keys() - arrived - fixed)


@given(models_with_questions())
def test_turning_every_push_round_turns_every_answer_round(
    drawn: tuple[Model, tuple[Intervention, ...]],
) -> None:
    model, asked = drawn

    def turned(one: Intervention) -> Intervention:
        match one:
            case Press(node, amount):
                return Press(node, -amount)
            case Clamp(node, value):
                return Clamp(node, -value)
            case KnockOut(node):
                return Clamp(node, 0.5)
        return one

    found = respond(model, *asked, weightings=20)
    mirror = respond(model, *map(turned, asked), weightings=20)
    assert (found.rises, found.falls) == (mirror.falls, mirror.rises)


@given(models_with_questions(), st.sampled_from([1e-9, 0.1, 1e9]))
def test_the_size_of_the_push_changes_no_verdict(
    drawn: tuple[Model, tuple[Intervention, ...]], factor: float
) -> None:
    model, asked = drawn

    def sized(one: Intervention) -> Intervention:
        match one:
            case Press(node, amount):
                return Press(node, amount * factor)
            case Clamp(node, value):
                return Clamp(node, value * factor)
            case KnockOut(node):
                return Clamp(node, -0.5 * factor)
        return one

    found = respond(model, *asked, weightings=20)
    assert found.direction == respond(model, *map(sized, asked), weightings=20).direction


@given(models_with_questions(), st.randoms())
def test_the_order_of_interventions_does_not_matter(
    drawn: tuple[Model, tuple[Intervention, ...]], chance: object
) -> None:
    model, asked = drawn
    shuffled = list(asked)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (respond(model, *each, weightings=10) for each in (asked, shuffled))
    assert first.direction == second.direction
    assert dict(first.median) == pytest.approx(dict(second.median), abs=1e-12)


@given(models_with_questions())
def test_no_level_grows_beyond_what_the_damping_allows(
    drawn: tuple[Model, tuple[Intervention, ...]],
) -> None:
    model, asked = drawn
    push = sum(abs(one.amount) for one in asked if isinstance(one, Press))
    held = max((abs(one.value) for one in asked if isinstance(one, Clamp)), default=0.5)
    found = respond(model, *asked, weightings=10, alpha=0.5)
    assert max(map(abs, found.median.values())) <= (push + max(held, 0.5)) / (1 - 0.5)


@given(models_with_questions())
def test_the_order_of_nodes_in_the_map_changes_no_level(
    drawn: tuple[Model, tuple[Intervention, ...]],
) -> None:
    model, asked = drawn
    turned = Model(reversed(model.nodes.values()), model.edges.values())
    first, second = (respond(each, *asked, weightings=10) for each in (model, turned))
    assert dict(first.median) == dict(second.median)

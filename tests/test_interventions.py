"""Interventions that make no sense are refused in words; the others come to one plan."""

from __future__ import annotations

import dataclasses
import math

import pytest

from mgmodel.errors import UnknownId
from mgmodel.interventions import (
    Block,
    Clamp,
    CutEdge,
    Intervention,
    KnockOut,
    Plan,
    Press,
    check,
)
from mgmodel.model import Model


def test_no_intervention_is_a_plan_that_does_nothing(chain: Model) -> None:
    assert check(chain, []) == Plan({}, {}, ())


def test_presses_on_one_node_add_up(chain: Model) -> None:
    assert check(chain, [Press("a"), Press("a", -0.25)]).pressed == {"a": 0.75}


def test_a_press_is_one_unit_upward_unless_said_otherwise() -> None:
    assert Press("a").amount == 1.0


def test_every_fixing_has_its_deviation_from_baseline(chain: Model) -> None:
    plan = check(chain, [Clamp("a", 0.3), Block("b"), KnockOut("c")])
    assert plan.fixed == {"a": 0.3, "b": 0.0, "c": -0.5}


def test_the_same_fixing_twice_is_no_contradiction(chain: Model) -> None:
    assert check(chain, [Block("b"), Clamp("b", 0.0), Block("b")]).fixed == {"b": 0.0}


def test_an_arrow_cut_twice_is_cut_once(chain: Model) -> None:
    assert check(chain, [CutEdge("a.b"), CutEdge("a.b")]).cut == ("a.b",)


@pytest.mark.parametrize(
    ("interventions", "words"),
    [
        ([Press("a"), Block("a")], "'a' is fixed at 0, so a press cannot move it"),
        ([KnockOut("a"), Press("a")], "'a' is fixed at -0.5, so a press cannot move it"),
        ([Clamp("a", 1), Clamp("a", 2)], "'a' is fixed at 1 and at 2"),
        ([Block("a"), KnockOut("a")], "'a' is fixed at 0 and at -0.5"),
        ([Press("a", math.inf)], "The amount for 'a' is inf"),
        ([Clamp("a", math.nan)], "The value for 'a' is nan"),
        ([Press("a", 1e308), Press("a", 1e308)], "The sum of the presses for 'a' is inf"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_contradictions_are_refused_in_words(
    chain: Model, interventions: list[Intervention], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        check(chain, interventions)


@pytest.mark.parametrize(
    ("intervention", "words"),
    [
        (Press("stres"), "There is no node 'stres'. Did you mean 'stress'?"),
        (Clamp("stres", 1), "There is no node 'stres'. Did you mean 'stress'?"),
        (Block("stres"), "There is no node 'stres'. Did you mean 'stress'?"),
        (KnockOut("stres"), "There is no node 'stres'. Did you mean 'stress'?"),
        (
            CutEdge("stress.cortsol"),
            "There is no arrow 'stress.cortsol'. Did you mean 'stress.cortisol'?",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_unknown_id_names_its_neighbours(
    vicious_circle: Model, intervention: Intervention, words: str
) -> None:
    with pytest.raises(UnknownId) as caught:
        check(vicious_circle, [intervention])
    assert str(caught.value) == words


def test_what_is_no_intervention_is_refused(chain: Model) -> None:
    with pytest.raises(TypeError, match="'a' is not an intervention"):
        check(chain, ["a"])  # type: ignore[list-item]


def test_an_intervention_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Press("a").amount = 2.0  # type: ignore[misc]


def test_the_largest_forcing_counts_presses_and_fixed_values(chain: Model) -> None:
    assert check(chain, [Press("a", 0.1), KnockOut("c")]).largest == 0.5

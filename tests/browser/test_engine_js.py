"""The page reasons as Python does: the same weightings, levels, verdicts, reach and paths."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import models_with_ends, models_with_questions, signed_models

from mgmodel.explore.atlas import atlas as whole_atlas
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
from mgmodel.reasoning.ensemble import Ensemble
from mgmodel.reasoning.response import NEGLIGIBLE, Response
from mgmodel.reasoning.tracing import reach, signed_paths
from mgmodel.vocabulary import Effect

ANSWERS = """([atlas, questions]) => {
  const engine = makeEngine(JSON.parse(atlas));
  const isMany = (value) => value instanceof Set || ArrayBuffer.isView(value);
  const plain = (key, value) => (isMany(value) ? [...value] : value);
  return JSON.stringify(questions.map((question) => engine.respond(question)), plain);
}"""
WALKS = """([atlas, walks]) => {
  const engine = makeEngine(JSON.parse(atlas));
  return walks.map(({ source, target, closed, cut, flipped, longest, limit }) => {
    const without = [new Set(closed), new Set(cut)];
    const bounds = { longest, limit, flipped: new Set(flipped) };
    return [[...engine.reach(source, ...without)],
      engine.paths(source, target, ...without, bounds)];
  });
}"""
Question = tuple[Model, tuple[Intervention, ...]]


@pytest.fixture(scope="module")
def page(twin_page: Any) -> Any:
    return twin_page


def atlas(model: Model, ensemble: Ensemble) -> str:
    """As much of the page's data as the engine reads."""
    number = {node: place for place, node in enumerate(model.nodes)}
    edges = [
        {
            "id": edge.id,
            "source": number[edge.source],
            "target": number[edge.target],
            "effect": edge.effect.value,
            "reasons": edge.reasons,
            "permissive": edge.permissive,
            "gate": edge.gate,
        }
        for edge in model.edges.values()
    ]
    return json.dumps(
        {
            "nodes": list(model.nodes),
            "sorted": [number[node] for node in sorted(model.nodes)],
            "edges": edges,
            "alpha": ensemble.alpha,
            "weightings": ensemble.weightings,
            "seed": ensemble.seed,
            "longest_path": 8,
            "path_limit": 10_000,
        }
    )


def in_numbers(model: Model, asked: Iterable[Intervention]) -> dict[str, Any]:
    """A question as the page puts it."""
    node, edge = (
        {name: place for place, name in enumerate(names)} for names in (model.nodes, model.edges)
    )
    found: dict[str, Any] = {"press": [], "fixed": [], "cut": [], "flipped": []}
    for one in asked:
        match one:
            case Press(name, amount):
                found["press"].append([node[name], amount])
            case Clamp(name, value):
                found["fixed"].append([node[name], value])
            case Block(name):
                found["fixed"].append([node[name], 0])
            case KnockOut(name):
                found["fixed"].append([node[name], -0.5])
            case CutEdge(name):
                found["cut"].append(edge[name])
            case FlipEdge(name):
                found["flipped"].append(edge[name])
    return found


def answers(page: Any, ensemble: Ensemble, *asked: Collection[Intervention]) -> list[Any]:
    questions = [in_numbers(ensemble.model, each) for each in asked]
    return json.loads(page.evaluate(ANSWERS, [atlas(ensemble.model, ensemble), questions]))


def assert_same(told: dict[str, Any], expected: Response, largest: float) -> None:
    """Counts are equal, but for weightings that end within rounding of the bar."""
    names = list(expected.direction)
    levels = np.array([expected.levels(node) for node in names])
    np.testing.assert_allclose(
        np.array(told["levels"]), levels, rtol=0, atol=1e-9 * max(1, largest)
    )
    still_moving = {expected._asked.adjacency.nodes[number] for number in expected._unsettled}
    assert {names[place] for place in told["unsettled"]} == still_moving
    on_the_bar = abs(abs(levels) - NEGLIGIBLE * largest) < 1e-12
    for place, node in enumerate(names):
        counts = told["rises"][place], told["falls"][place]
        wanted = tuple(
            round(share[node] * expected.weightings) for share in (expected.rises, expected.falls)
        )
        if counts == wanted:
            said = told["verdicts"][place], told["strengths"][place]
            assert said == (expected.direction[node].value, expected.strength[node].value)
        else:
            apart = sum(abs(a - b) for a, b in zip(counts, wanted, strict=True))
            assert apart <= on_the_bar[place].sum()


def agree(page: Any, ensemble: Ensemble, *asked: Collection[Intervention]) -> None:
    for told, each in zip(answers(page, ensemble, *asked), asked, strict=True):
        assert_same(told, ensemble.respond(*each), check(ensemble.model, each).largest)


# Random maps


CONDITIONAL = (
    ("permissive",) * 4,
    ("one gate",) * 7,
    ("permissive", "one gate", "one gate", "other gate", "other gate"),
)


@st.composite
def marked_questions(draw: st.DrawFn, *, conditional: bool = True) -> Question:
    """A question to a map with arrows of every kind: conditional, shown only, without effect."""
    model, asked = draw(models_with_questions())
    kinds = draw(st.sampled_from(CONDITIONAL if conditional else [()]))
    edges = []
    for edge in model.edges.values():
        match draw(st.sampled_from(("plain", "shown", "no effect", *kinds))):
            case "shown":
                marked = replace(edge, propagate=False)
            case "no effect":
                marked = replace(edge, effect=Effect.NO_EFFECT)
            case "permissive":
                marked = replace(edge, permissive=True)
            case "plain":
                marked = edge
            case gate:
                marked = replace(edge, gate=gate, permissive=draw(st.booleans()))
        edges.append(marked)
    return Model(model.nodes.values(), edges), asked


alphas = st.sampled_from((0.9, 0.9, 0.5, 0.99, 0.0))
seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("seed", [0, 1, 12345, 2**40])
def test_the_page_draws_the_weightings_of_python(page: Any, real_model: Model, seed: int) -> None:
    plain = Model.from_edges([("s", "y", 0), ("y", "t", 1), ("s", "t", 0), ("t", "t", -1)])
    unclear = [
        replace(edge, gate="" if edge.source == "t" else "g") for edge in plain.edges.values()
    ]
    for model in (real_model, Model(plain.nodes.values(), unclear)):
        ensemble = Ensemble(model, weightings=40, seed=seed)
        script = """([atlas, count]) => {
          const engine = makeEngine(JSON.parse(atlas));
          return [...Array(count).keys()].map((edge) => [...(engine.entries(edge) ?? [])]);
        }"""
        rows = page.evaluate(script, [atlas(model, ensemble), len(model.edges)])
        assert [row for row in rows if row] == ensemble._drawn.tolist()


@given(marked_questions(conditional=False), alphas, st.sampled_from((1, 5, 20)), seeds)
def test_levels_and_verdicts_are_those_of_python(
    page: Any, drawn: Question, alpha: float, weightings: int, seed: int
) -> None:
    model, asked = drawn
    agree(page, Ensemble(model, alpha, weightings, seed), asked)


@given(marked_questions(), alphas, st.sampled_from((1, 5, 20)), seeds)
def test_conditional_arrows_bring_what_they_bring_in_python(
    page: Any, drawn: Question, alpha: float, weightings: int, seed: int
) -> None:
    model, asked = drawn
    agree(page, Ensemble(model, alpha, weightings, seed), asked)


@pytest.mark.parametrize("unsettled", [False, True])
def test_every_share_of_the_weightings_has_the_verdict_of_python(
    page: Any, unsettled: bool
) -> None:
    model = Model.from_edges([("a", "b", 1)])
    asked = Ensemble(model, weightings=1).respond(Press("a"))._asked
    pairs = [(up, down) for up in range(101) for down in (0, (100 - up) // 2, 100 - up)]
    counts = [*pairs, *((down, up) for up, down in pairs)]
    script = "([counts, unsettled]) => counts.map((one) => verdictOf(one, 100, unsettled))"
    told = page.evaluate(script, [counts, unsettled])
    for (up, down), said in zip(counts, told, strict=True):
        rows = [[1.0] * up + [-1.0] * down + [0.0] * (100 - up - down)] * 2
        still_moving = [1] if unsettled else []
        response = Response((), 0.9, 100, 0, model, asked, rows, 0.5, still_moving)
        assert said == [response.direction["b"].value, response.strength["b"].value]


RESTLESS = (
    ("n2.n0.g n1.n2.-h n0.n2.-g n1.n2.-h n2.n2.g n2.n0.g n2.n1.h", -1),
    ("n1.n0. n0.n0.h n1.n1.-g n0.n0.h n1.n1.g n0.n1.g n0.n1.g n0.n1.g n1.n0.- n0.n1.g", 10),
)
"""Arrows as source, target, sign and name of the AND group, and a push of `n0` with no rest."""


@pytest.mark.parametrize(("arrows", "amount"), RESTLESS)
def test_what_never_comes_to_rest_is_given_up_where_python_does(
    page: Any, arrows: str, amount: float
) -> None:
    parts = [arrow.split(".") for arrow in arrows.split()]
    plain = [(source, end, -1 if rest[:1] == "-" else 1) for source, end, rest in parts]
    model = Model.from_edges(plain, ["n0", "n1", "n2"])
    edges = zip(model.edges.values(), parts, strict=True)
    gated = [replace(edge, gate=rest.lstrip("-")) for edge, (*_, rest) in edges]
    ensemble = Ensemble(Model(model.nodes.values(), gated), weightings=10)
    assert answers(page, ensemble, [Press("n0", amount)])[0]["unsettled"]
    agree(page, ensemble, [Press("n0", amount)])


def test_a_large_loop_is_iterated_to_the_levels_of_python(page: Any) -> None:
    nodes = [f"n{k:03}" for k in range(230)]
    ring = [(one, other, -1 if k % 3 else 1) for k, (one, other) in enumerate(pairwise(nodes))]
    chords = [(nodes[k], nodes[(7 * k + 3) % 230], (-1) ** k) for k in range(230)]
    model = Model.from_edges([*ring, (nodes[-1], nodes[0], 1), *chords])
    arrows = CutEdge("n003.n004"), FlipEdge("n001.n002")
    agree(page, Ensemble(model, weightings=4), [Press("n000"), KnockOut("n017"), *arrows])


def test_questions_that_differ_little_are_told_apart(page: Any, chain: Model) -> None:
    press, block, clamp = Press("a"), Block("c"), Clamp("c", 0.25)
    arrows = CutEdge("a.b"), FlipEdge("a.b"), FlipEdge("b.c"), CutEdge("b.c")
    alone = [[press], [press, block], [press, clamp], [Press("a", -1)], [block], [clamp], []]
    asked = [*alone, *([press, arrow] for arrow in arrows), arrows, [press, *arrows]]
    agree(page, Ensemble(chain, weightings=3), *asked, *reversed(asked))


def test_a_press_on_a_fixed_node_is_refused(page: Any, chain: Model) -> None:
    from playwright.sync_api import Error

    with pytest.raises(Error, match="fixed"):
        answers(page, Ensemble(chain), [Press("a"), Block("a")])


TURNED = Model.from_edges([("a", "b", 1), ("b", "c", 1)]), (Press("a"), FlipEdge("a.b"))


@given(marked_questions(), seeds)
@example(drawn=TURNED, seed=0)
def test_medians_and_what_arrows_carry(page: Any, drawn: Question, seed: int) -> None:
    model, asked = drawn
    ensemble = Ensemble(model, weightings=4, seed=seed)
    script = """([atlas, question, count]) => {
      const engine = makeEngine(JSON.parse(atlas));
      const answer = engine.respond(question);
      return [answer.levels.map(engine.median),
        [...Array(count).keys()].map((edge) => engine.meanCarried(edge, answer))];
    }"""
    question = [atlas(model, ensemble), in_numbers(model, asked), len(model.edges)]
    medians, carried = page.evaluate(script, question)
    response = ensemble.respond(*asked)
    expected = [float(np.median(response.levels(node))) for node in model.nodes]
    assert medians == pytest.approx(expected, rel=0, abs=1e-8)
    brought = [ensemble.carried(response, edge) for edge in model.edges]
    assert carried == pytest.approx(brought, rel=0, abs=1e-8)


# Reach and paths


def walk(model: Model, source: str, target: str, **bounds: Any) -> dict[str, Any]:
    """A question for paths in numbers; `closed`, `cut` and `flipped` hold ids."""
    node, edge = list(model.nodes).index, list(model.edges).index
    closed, cut, flipped = (bounds.get(name, ()) for name in ("closed", "cut", "flipped"))
    return {
        "source": node(source),
        "target": node(target),
        "closed": [node(one) for one in closed],
        "cut": [edge(one) for one in cut],
        "flipped": [edge(one) for one in flipped],
        "longest": bounds.get("longest", 8),
        "limit": bounds.get("limit", 10_000),
    }


def walked(model: Model, source: str, target: str, **bounds: Any) -> list[Any]:
    """What Python says of the same question, in numbers."""
    node, edge = list(model.nodes).index, list(model.edges).index
    closed, cut, flipped = (bounds.get(name, ()) for name in ("closed", "cut", "flipped"))
    reached = reach(model, source, removed=(*closed, *cut)).reached
    paths: dict[str, Any] = {"routes": [], "truncated": False}
    if not {source, target} & set(closed):
        rest = model.without(*closed, *cut)
        most = {"max_length": bounds.get("longest", 8), "limit": bounds.get("limit", 10_000)}
        found = signed_paths(rest, source, target, **most)
        paths["truncated"] = found.truncated
        paths["routes"] = [
            {
                "nodes": [node(one) for one in route.nodes],
                "edges": [edge(one) for one in route.edges],
                "sign": route.sign * (-1) ** len(set(route.edges) & set(flipped)),
            }
            for route in found
        ]
    return [sorted(map(node, reached)), paths]


def agree_on_walks(page: Any, model: Model, *walks: dict[str, Any]) -> None:
    ensemble = Ensemble(model, weightings=1)
    told = page.evaluate(WALKS, [atlas(model, ensemble), [walk(model, **each) for each in walks]])
    said = [[sorted(reached), paths] for reached, paths in told]
    assert said == [walked(model, **each) for each in walks]


@given(st.data())
def test_reach_and_paths_are_those_of_python(page: Any, data: st.DataObject) -> None:
    model = data.draw(
        st.one_of(
            models_with_ends().map(lambda drawn: drawn[0]),
            signed_models(most_nodes=12, most_arrows=60),
            marked_questions().map(lambda drawn: drawn[0]),
        )
    )
    node = st.sampled_from(tuple(model.nodes))
    arrows = (
        st.sets(st.sampled_from(tuple(model.edges)), max_size=3) if model.edges else st.just(())
    )
    asked = {
        "closed": st.sets(node, max_size=2),
        "cut": arrows,
        "flipped": arrows,
        "longest": st.integers(0, 12),
        "limit": st.sampled_from((0, 1, 2, 7, 40, 10_000)),
    }
    walks = st.fixed_dictionaries({"source": node, "target": node, **asked})
    agree_on_walks(page, model, *data.draw(st.lists(walks, min_size=1, max_size=3)))


def test_ids_are_ordered_as_python_orders_text(page: Any) -> None:
    strange = ["\N{SLIGHTLY SMILING FACE}", "\N{FULLWIDTH LATIN CAPITAL LETTER A}", "z", "Z", "za"]
    arrows = [("s", middle, 1) for middle in strange] + [(middle, "t", -1) for middle in strange]
    model = Model.from_edges(arrows)
    renamed = zip(model.edges.values(), [*strange, *reversed(strange)], strict=True)
    parallel = [replace(edge, id=name * (k + 1)) for k, (edge, name) in enumerate(renamed)]
    rivals = [replace(edge, source="s", target="t", id=edge.id + "!") for edge in parallel]
    both = Model(model.nodes.values(), [*parallel, *rivals])
    agree_on_walks(page, both, {"source": "s", "target": "t"})


def test_a_limit_keeps_the_first_paths(page: Any) -> None:
    arrows = [("s", "y", 1), ("s", "y", -1), ("y", "t", 1), ("y", "t", 0), ("s", "t", 1)]
    ends = {"source": "s", "target": "t"}
    limits = ({**ends, "limit": limit} for limit in range(7))
    agree_on_walks(page, Model.from_edges(arrows), *limits)


def test_a_walk_that_has_cut_itself_off_is_given_up(page: Any) -> None:
    # a crowd that is entered and left by one door alone, so that nothing in it leads to the end
    crowd = [f"c{k:02}" for k in range(14)]
    inside = [(one, other, 1) for one in crowd for other in crowd if one != other]
    doors = [arrow for one in crowd for arrow in (("door", one, 1), (one, "door", 1))]
    model = Model.from_edges([("s", "door", 1), *doors, *inside, ("door", "z", -1)])
    agree_on_walks(page, model, {"source": "s", "target": "z", "longest": 15})


# The shipped map


def toggles(model: Model, seed: int, count: int) -> Iterator[tuple[Intervention, ...]]:
    """What a person might choose, one after the other."""
    chance = random.Random(seed)
    nodes, edges = list(model.nodes), list(model.edges)
    for _ in range(count):
        source, *others = chance.sample(nodes, 5)
        fixings = (KnockOut(others[0]), Block(others[1]), Clamp(others[2], chance.uniform(-1, 1)))
        arrows = (CutEdge(chance.choice(edges)), FlipEdge(chance.choice(edges)))
        done = chance.sample((*fixings, *arrows, KnockOut(others[3])), chance.randint(0, 6))
        yield (Press(source, chance.choice((1.0, -1.0))), *done)


def test_the_engine_is_tested_with_what_the_page_is_sent(real_model: Model) -> None:
    ensemble = Ensemble(real_model)
    part, whole = json.loads(atlas(real_model, ensemble)), whole_atlas(real_model, ensemble)
    shared = {key: whole[key] for key in part.keys() - {"edges"}}
    edges = [
        {key: sent[key] for key in one}
        for one, sent in zip(part["edges"], whole["edges"], strict=True)
    ]
    assert {**shared, "edges": edges} == part


def test_toggles_on_the_shipped_map_are_answered_as_in_python(page: Any, real_model: Model) -> None:
    agree(page, Ensemble(real_model), *toggles(real_model, 1, 4))


@pytest.mark.slow
def test_many_toggles_on_the_shipped_map(page: Any, real_model: Model) -> None:
    ensemble = Ensemble(real_model)
    for seed in range(5):
        agree(page, ensemble, *toggles(real_model, seed, 20))


@pytest.mark.slow
def test_toggles_where_many_arrows_are_conditional(page: Any, real_model: Model) -> None:
    chance = random.Random(5)
    edges = [
        replace(edge, permissive=chance.random() < 0.2, gate="and" if chance.random() < 0.3 else "")
        for edge in real_model.edges.values()
    ]
    ensemble = Ensemble(Model(real_model.nodes.values(), edges), weightings=60)
    agree(page, ensemble, *toggles(real_model, 3, 40))


def test_paths_of_the_shipped_map(page: Any, real_model: Model) -> None:
    chance = random.Random(2)
    nodes, edges = list(real_model.nodes), list(real_model.edges)
    walks = []
    for _ in range(150):
        source, target, *closed = chance.sample(nodes, chance.randint(2, 5))
        cut, flipped = (chance.sample(edges, chance.randint(0, 5)) for _ in range(2))
        ends = {"source": source, "target": target}
        walks.append({**ends, "closed": closed, "cut": cut, "flipped": flipped})
    agree_on_walks(page, real_model, *walks)


@pytest.mark.slow
def test_paths_to_every_node_of_the_shipped_map(page: Any, real_model: Model) -> None:
    for source in list(real_model.nodes)[::3]:
        ends = [{"source": source, "target": target} for target in real_model.nodes]
        agree_on_walks(page, real_model, *ends)

"""The page tells why as Python does: `tellWhy`, `tellDeciding` and `narrate`, word for word."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_answers_js import LANGUAGES, acts, explorable_models, light_atlas, views

from mgmodel.explore.asked import explorer_ensemble, question
from mgmodel.explore.book import book
from mgmodel.explore.views import BARS, View
from mgmodel.explore.why_told import why_told
from mgmodel.inquiry.reasons import narrate, why
from mgmodel.model import Model

TELL = """([atlas, views, books]) => {
  const chart = makeChart(JSON.parse(atlas));
  const engine = makeEngine(chart.atlas);
  return JSON.stringify(views.map((view) => {
    const book = books[view.language];
    const asked = [chart, engine, makeWords(book), book, view];
    const nodes = chart.atlas.nodes.map((_, node) => narrate(...asked, node));
    if (view.why === null) return { nodes };
    const told = tellWhy(...asked);
    return { nodes, why: { ...told, deciding: tellDeciding(...asked) } };
  }));
}"""
TIMES = """([atlas, views, books]) => {
  const chart = makeChart(JSON.parse(atlas));
  const engine = makeEngine(chart.atlas);
  const words = makeWords(books.en);
  const took = { why: [], deciding: [] };
  for (const view of views) {
    const asked = [chart, engine, words, books.en, view];
    narrate(...asked, 0);
    const start = performance.now();
    tellWhy(...asked);
    const told = performance.now();
    tellDeciding(...asked);
    took.why.push(told - start);
    took.deciding.push(performance.now() - told);
  }
  return took;
}"""


@pytest.fixture(scope="module")
def page(twin_page: Any) -> Any:
    return twin_page


def expected(model: Model, view: View) -> dict[str, Any]:
    """What Python tells of a View: each node in one sentence, and the reasons of one."""
    ensemble = explorer_ensemble(model)
    asked = question(model, view)
    response = ensemble.respond(*asked)
    found: dict[str, Any] = {
        "nodes": [narrate(ensemble, response, node, view.language) for node in model.nodes]
    }
    if view.why is not None:
        reasons = why(model, view.why, *asked, ensemble=ensemble)
        found["why"] = json.loads(json.dumps(why_told(reasons, view.language)))
    return found


def agree(page: Any, model: Model, chosen: Iterable[View]) -> list[dict[str, Any]]:
    """Both tell the same of every View; gives what they tell."""
    asked = list(chosen)
    books = {language: book(model, language) for language in {view.language for view in asked}}
    message = [light_atlas(model), [asdict(view) for view in asked], books]
    said: list[dict[str, Any]] = json.loads(page.evaluate(TELL, message))
    for view, told in zip(asked, said, strict=True):
        wanted = expected(model, view)
        assert wanted["nodes"] == told["nodes"], view
        assert wanted.get("why", {}).keys() == told.get("why", {}).keys()
        for part, value in wanted.get("why", {}).items():
            assert value == told["why"][part], (part, view)
    return said


@st.composite
def reasoned_models(draw: st.DrawFn, *, conditional: bool = True) -> Model:
    """Explorable maps, some of whose arrows are contested, permissive or in an AND group."""
    model = draw(explorable_models())
    kinds = ["plain", "plain", "contested", "contested"]
    if conditional:
        kinds += ["permissive", "gate"]
    edges = []
    for edge in model.edges.values():
        kind = draw(st.sampled_from(kinds))
        gate = "and" if kind == "gate" else ""
        permissive, contested = kind == "permissive", kind == "contested"
        edges.append(replace(edge, contested=contested, permissive=permissive, gate=gate))
    return Model(model.nodes.values(), edges, model.library)


def of_any_node(view: View, data: st.DataObject, model: Model) -> View:
    """The View with its Why open on some node, so that no example is spent on none."""
    return replace(view, why=data.draw(st.sampled_from(list(model.nodes))), beside=None)


@given(st.data())
def test_why_is_told_alike_of_random_maps(page: Any, data: st.DataObject) -> None:
    model = data.draw(reasoned_models(conditional=False))
    chosen = [of_any_node(data.draw(views(model, alone=True)), data, model) for _ in range(3)]
    agree(page, model, chosen)


@given(st.data())
def test_why_is_told_alike_where_arrows_act_by_condition(page: Any, data: st.DataObject) -> None:
    model = data.draw(reasoned_models())
    chosen = [of_any_node(data.draw(views(model, alone=True)), data, model) for _ in range(2)]
    agree(page, model, chosen)


def test_too_many_arrows_behind_an_answer_are_not_tried(page: Any) -> None:
    signs = {f"m{k}": (-1) ** k for k in range(126)}
    middle = [arrow for one, sign in signs.items() for arrow in (("s", one, 1), (one, "t", sign))]
    for arrows in (middle[:250], middle):
        model = Model.from_edges(arrows)
        (told,) = agree(page, model, [View(source="s", why="t")])
        assert told["why"]["decides"] == bool(told["why"]["deciding"]) == (arrows != middle)


def test_why_is_told_alike_in_three_languages(page: Any, real_model: Model) -> None:
    view = View(source="serum_magnesium", switched_off=("n_type_calcium_channel",))
    nodes = ("norepinephrine", "n_type_calcium_channel", "serum_magnesium", "sleep_quality")
    asked = [replace(view, why=node, language=language) for node in nodes for language in LANGUAGES]
    told = agree(page, real_model, asked)
    assert len({each["why"]["narration"] for each in told}) == len(asked)


def test_every_bar_is_explained_alike(page: Any, real_model: Model) -> None:
    view = View(source="serum_magnesium", why="norepinephrine")
    agree(page, real_model, [replace(view, evidence=bar) for bar in BARS])


def test_a_walk_through_the_shipped_map_is_explained_alike(page: Any, real_model: Model) -> None:
    chance = random.Random(3)
    nodes = list(real_model.nodes)
    steps = [replace(view, why=chance.choice(nodes)) for view in acts(real_model, 11, 12)]
    agree(page, real_model, steps)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_long_walks_are_explained_alike(page: Any, real_model: Model, seed: int) -> None:
    chance = random.Random(seed)
    nodes = list(real_model.nodes)
    steps = [replace(view, why=chance.choice(nodes)) for view in acts(real_model, 20 + seed, 60)]
    agree(page, real_model, steps)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["psychological_stressor", "body_magnesium_stores"])
def test_all_that_depends_hangs_on_the_same_arrows(
    page: Any, real_model: Model, source: str
) -> None:
    response = explorer_ensemble(real_model).respond(*question(real_model, View(source=source)))
    nodes = [node for node, verdict in response.direction.items() if verdict == "depends"]
    told = agree(page, real_model, [View(source=source, why=node) for node in nodes])
    assert all(len(each["why"]["deciding"]) == 3 for each in told)


def test_why_is_told_at_once_and_what_decides_soon(page: Any, real_model: Model) -> None:
    nodes = ("aldosterone", "cardiac_arrhythmia", "synaptic_plasticity")
    asked = [asdict(View(source="psychological_stressor", why=node)) for node in nodes]
    message = [light_atlas(real_model), asked, {"en": book(real_model)}]
    took = page.evaluate(TIMES, message)
    assert min(took["why"]) < 50, took
    assert min(took["deciding"]) < 1000, took

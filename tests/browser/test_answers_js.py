"""The page says what Python says: `tell` of answers.js is `told` of shown.py, word for word."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from math import nextafter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import signed_models

from mgmodel.explore.asked import explorer_ensemble, listed_loops, paths_asked
from mgmodel.explore.atlas import atlas
from mgmodel.explore.book import book
from mgmodel.explore.shown import LISTED_PATHS, shown, told
from mgmodel.explore.state import acted
from mgmodel.explore.views import BARS, WAYS, View, drawings
from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, Intervention, KnockOut, Press
from mgmodel.model import Model
from mgmodel.records import Edge, Evidence, Library, Node, PathwayMember, Reference, Translated
from mgmodel.vocabulary import (
    Effect,
    EvidenceLayer,
    Population,
    Stance,
    Strength,
    StudyDesign,
    Verdict,
)
from mgmodel.wording import arrows_in_words, loop_in_words, verdict_in_words
from mgmodel.wording.catalogues import join, number, percent, say_count
from mgmodel.wording.sentences import intervention_sentence

LANGUAGES = ("en", "nl", "sv")
TELL = """([atlas, views, books]) => {
  const chart = makeChart(JSON.parse(atlas));
  const engine = makeEngine(chart.atlas);
  return JSON.stringify(views.map((view) => {
    const book = books[view.language];
    return tell(chart, engine, makeWords(book), book, view);
  }));
}"""


@pytest.fixture(scope="module")
def page(twin_page: Any) -> Any:
    return twin_page


def light_atlas(model: Model) -> str:
    """The atlas without its looks, which nothing here reads."""
    whole = atlas(model, explorer_ensemble(model))
    plans = {name: {"edges": plan["edges"]} for name, plan in whole["plans"].items()}
    return json.dumps(whole | {"looks": None, "plans": plans})


def agree(page: Any, model: Model, views: Iterable[View]) -> None:
    """Both tell the same of every View."""
    asked = list(views)
    books = {language: book(model, language) for language in {view.language for view in asked}}
    page_says = json.loads(
        page.evaluate(TELL, [light_atlas(model), [asdict(view) for view in asked], books])
    )
    ensemble = explorer_ensemble(model)
    for view, said in zip(asked, page_says, strict=True):
        expected = json.loads(json.dumps(told(shown(model, ensemble, view))))
        assert expected.keys() == said.keys()
        for part, value in expected.items():
            assert value == said[part], (part, view)


# Random maps


LABELS = (
    *("Serum magnesium", "NMDA receptor", "panic attacks", "{node}", "<b>x</b>", "Ångest"),
    *("\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH}", "\N{SLIGHTLY SMILING FACE}", "x" * 60),
)
REFERENCES = {
    "good": Reference("good", "A", 2020, "T", design=StudyDesign.RCT, verified=True),
    "rats": Reference("rats", "B", 2019, "T", design=StudyDesign.ANIMAL, verified=True),
    "hearsay": Reference("hearsay", "C", 2018, "T", design=StudyDesign.META_ANALYSIS),
}


@st.composite
def explorable_models(draw: st.DrawFn) -> Model:
    """Maps with evidence, arrows that are only shown, strange labels, a core and a pathway."""
    plain = draw(signed_models(most_nodes=7, most_arrows=18))
    nodes = [
        Node(node, Translated(*(draw(st.sampled_from((node, *LABELS))) for _ in LANGUAGES)))
        for node in plain.nodes
    ]
    edges, rows = [], []
    for edge in plain.edges.values():
        kind = draw(st.sampled_from(("plain", "plain", "plain", "shown", "no effect")))
        edges.append(
            Edge(
                edge.id,
                edge.source,
                edge.target,
                Effect.NO_EFFECT if kind == "no effect" else edge.effect,
                layer=draw(st.sampled_from(EvidenceLayer)),
                propagate=kind != "shown",
                core=draw(st.booleans()),
            )
        )
        rows += [
            Evidence(edge.id, reference, stance, population)
            for reference, stance, population in draw(ROWS)
        ]
    members = tuple(PathwayMember("way", node.id) for node in nodes[:3])
    library = Library(evidence=tuple(rows), references=REFERENCES, pathways=members)
    return Model(nodes, edges, library)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(tuple(REFERENCES)), st.sampled_from(Stance), st.sampled_from(Population)
    ),
    max_size=3,
)


def some(values: Iterable[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of these, each once, in any order."""
    known = list(values)
    if not known:
        return st.just(())
    return st.lists(st.sampled_from(known), max_size=most, unique=True).map(tuple)


@st.composite
def views(draw: st.DrawFn, model: Model, *, alone: bool = False) -> View:
    """A View of this map that `checked` lets pass."""
    nodes, edges = list(model.nodes), list(model.edges)
    maybe_node = st.sampled_from((None, *nodes))
    source = draw(maybe_node)
    off, cut = draw(some(nodes, 2)), draw(some(edges))
    view = View(
        drawing=draw(st.sampled_from(drawings(model))),
        source=source,
        target=draw(st.sampled_from([None, *(node for node in nodes if node != source)])),
        push=draw(st.sampled_from((1, -1))),
        switched_off=off,
        held=draw(some((node for node in nodes if node not in off), 2)),
        cut=cut,
        flipped=draw(some(edge for edge in edges if edge not in cut)),
        evidence=draw(st.sampled_from(BARS)),
        focus=draw(maybe_node),
        steps=draw(st.sampled_from((1, 2, 3))),
        way=draw(st.sampled_from(WAYS)),
        without_layers=draw(some(layer.value for layer in EvidenceLayer)),
        hidden=draw(some((*nodes, *edges))),
        arrow=draw(st.sampled_from((None, *edges))),
        why=draw(maybe_node),
        language=draw(st.sampled_from(LANGUAGES)),
    )
    listed = min(len(paths_asked(model, view)), LISTED_PATHS)
    view = replace(
        view,
        route=draw(st.sampled_from((None, *range(listed)))),
        loop=draw(st.sampled_from((None, *range(len(listed_loops(model)))))),
    )
    if alone or draw(st.booleans()):
        return view
    return replace(view, beside=replace(draw(views(model, alone=True)), language=view.language))


@given(st.data())
def test_what_is_told_of_a_random_map_is_the_same(page: Any, data: st.DataObject) -> None:
    model = data.draw(explorable_models())
    chosen = [data.draw(views(model)) for _ in range(2)]
    agree(page, model, [replace(view, beside=view.beside) for view in chosen])


@given(st.data())
def test_what_is_told_is_the_same_in_every_language(page: Any, data: st.DataObject) -> None:
    model = data.draw(explorable_models())
    view = data.draw(views(model, alone=True))
    agree(page, model, [replace(view, language=language) for language in LANGUAGES])


def test_a_map_of_one_node_is_told(page: Any) -> None:
    model = Model.from_edges([], nodes="a")
    agree(page, model, [View(), View(source="a"), View(held=("a",), evidence="human", focus="a")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_views_that_chance_seldom_makes_are_told_alike(
    page: Any, chain: Model, language: str
) -> None:
    ends = View(source="a", target="d", language=language)
    rare = [
        *(replace(ends, cut=("b.c",)), replace(ends, flipped=("b.c",)), replace(ends, push=-1)),
        *(replace(ends, switched_off=("a",)), replace(ends, held=("d",), focus="a")),
        *(replace(ends, switched_off=("b",)), replace(ends, evidence="human", cut=("a.b",))),
        *(replace(ends, beside=View(language=language)), View(beside=ends, language=language)),
        replace(ends, held=("b",), beside=replace(ends, switched_off=("b",))),
    ]
    agree(page, chain, rare)


def test_more_paths_than_are_listed_are_told(page: Any) -> None:
    layers = [("s", *(f"{level}{k}" for k in range(4))) for level in "abc"]
    steps = [(one, other, 1) for one in "s" for other in layers[0][1:]]
    steps += [(a, b, -1) for a in layers[0][1:] for b in layers[1][1:]]
    steps += [(b, c, 1) for b in layers[1][1:] for c in layers[2][1:]]
    steps += [(c, "t", 1) for c in layers[2][1:]]
    view = View(source="s", target="t", route=LISTED_PATHS - 1)
    agree(page, Model.from_edges(steps), [view, replace(view, cut=("c0.t",), route=None)])


# The shipped map


def acts(model: Model, seed: int, count: int) -> Iterator[View]:
    """The Views of a walk of a person who tries everything, one after the other."""
    chance = random.Random(seed)
    nodes, edges = list(model.nodes), list(model.edges)
    view = View(
        source="serum_magnesium", target="norepinephrine", language=chance.choice(LANGUAGES)
    )
    choices: dict[str, Any] = {
        **dict.fromkeys(("source", "target", "click", "focus", "why"), nodes),
        **dict.fromkeys(("switch_off", "hold", "restore"), nodes),
        **dict.fromkeys(("cut", "flip", "mend", "card"), edges),
        "evidence": BARS,
        "way": WAYS,
        "steps": (1, 2, 3),
        "push": (1, -1),
        "draw": drawings(model),
        "beside": (True, False),
        "language": LANGUAGES,
        **{key: [layer.value for layer in EvidenceLayer] for key in ("layer_off", "layer_on")},
        "loop": range(len(listed_loops(model))),
        "highlight": range(2),
    }
    while count:
        action = chance.choice(list(choices))
        after = acted(view, action, chance.choice(choices[action]))
        if len(after.fixed) > 4 or after.source == after.target:
            after = replace(after, switched_off=(), held=(), target=None)
        if after.route is not None and after.route >= len(paths_asked(model, after)):
            after = replace(after, route=None)
        if after != view:
            count -= 1
            yield after
        view = after


def test_a_walk_through_the_shipped_map_is_told_alike(page: Any, real_model: Model) -> None:
    agree(page, real_model, acts(real_model, 1, 20))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_long_walks_through_the_shipped_map_are_told_alike(
    page: Any, real_model: Model, seed: int
) -> None:
    agree(page, real_model, acts(real_model, seed, 60))


@pytest.mark.parametrize("bar", BARS)
def test_every_bar_is_told_alike(page: Any, real_model: Model, bar: str) -> None:
    view = View("core", "serum_magnesium", "norepinephrine", evidence=bar)
    agree(page, real_model, [replace(view, language=language) for language in LANGUAGES])


def test_every_focus_is_told_alike(page: Any, real_model: Model) -> None:
    view = View(source="serum_magnesium", focus="norepinephrine", held=("cortisol",))
    around = [replace(view, steps=steps, way=way) for steps in (1, 2, 3) for way in WAYS]
    agree(page, real_model, [*around, replace(around[-1], source=None, focus="cortisol")])


# Words


def in_page(page: Any, language: str, script: str, *values: Any) -> Any:
    words = book(Model.from_edges([("a", "b", 1)]), language)
    return page.evaluate(
        f"([book, ...values]) => {{ const words = makeWords(book); return {script}; }}",
        [words, *values],
    )


NUMBERS = (
    *(0, 1, -1, 0.5, 1.5, 2.5, -2.5, 1e-7, -1e-9, 5e-7, 1.5e-6, 2.5e-6, 0.1, 0.29, 999.9999996),
    *(1234.5, 1e6, 123456789.0625, 0.0000005, 2**-20, 1e20, 1e21, 1e22, -1e15, 1 / 3, 1e-300),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_alike(page: Any, language: str) -> None:
    values = [*NUMBERS, *(nextafter(value, 1e30) for value in NUMBERS)]
    for digits in (None, 0, 1, 2, 3):
        said = in_page(
            page,
            language,
            "values[0].map((one) => words.number(one, values[1] ?? undefined))",
            values,
            digits,
        )
        assert said == [number(value, language, digits=digits) for value in values]


@given(st.floats(-1e6, 1e6), st.sampled_from((None, 0, 1, 2)), st.sampled_from(LANGUAGES))
def test_any_number_is_written_alike(
    page: Any, value: float, digits: int | None, language: str
) -> None:
    script = "words.number(values[0], values[1] ?? undefined)"
    assert in_page(page, language, script, value, digits) == number(value, language, digits=digits)


def test_fractions_lists_and_counts_are_written_alike(page: Any) -> None:
    fractions = [k / 500 for k in range(501)] + [k / 60 for k in range(61)] + [1e-9, 1 - 1e-9]
    said = in_page(page, "nl", "values[0].map(words.percent)", fractions)
    assert said == [percent(one, "nl") for one in fractions]
    lists: list[list[str]] = [[], ["a"], ["a", "b"], ["a", "b", "c"]]
    assert in_page(page, "sv", "values[0].map(words.join)", lists) == [
        join(one, "sv") for one in lists
    ]
    counts = [0, 1, 2, 1700]
    script = 'values[0].map((n) => words.sayCount("count.nodes", n))'
    assert in_page(page, "en", script, counts) == [say_count("count.nodes", n) for n in counts]


def test_a_word_that_is_not_there_and_a_value_that_is_missing_are_named(page: Any) -> None:
    from playwright.sync_api import Error

    with pytest.raises(Error, match=r"no key edge\.explodes"):
        in_page(page, "en", 'words.say("edge.explodes")')
    with pytest.raises(Error, match="need a value for target"):
        in_page(page, "en", 'words.say("edge.arrow", { source: "x" })')


@given(
    st.lists(st.sampled_from(list(Effect)), min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from(LANGUAGES),
)
def test_routes_and_loops_are_read_aloud_alike(
    page: Any, effects: list[Effect], rise: bool, language: str
) -> None:
    ends = [*(f"n{k}" for k in range(len(effects))), "n0"]
    labels = {end: Translated(f"{end} {{x}}") for end in ends}
    arrows = [
        Edge(f"e{k}", ends[k], ends[k + 1], effect, ends=(labels[ends[k]], labels[ends[k + 1]]))
        for k, effect in enumerate(effects)
    ]
    named = [
        {
            "source": f"{arrow.source} {{x}}",
            "target": f"{arrow.target} {{x}}",
            "effect": arrow.effect.value,
            "sign": arrow.sign,
        }
        for arrow in arrows
    ]
    script = "[arrowsInWords(words, values[0], values[1]), loopInWords(words, values[0])]"
    assert in_page(page, language, script, named, rise) == [
        arrows_in_words(arrows, language, rise=rise),
        loop_in_words(arrows, language),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_and_interventions_are_said_alike(page: Any, language: str) -> None:
    cases = [
        (verdict.value, share, strength.value)
        for verdict in Verdict
        for strength in Strength
        for share in (0.0, 0.43, 0.83, 1.0)
    ]
    script = 'values[0].map(([way, share, firm]) => verdictInWords(words, "x", way, share, firm))'
    assert in_page(page, language, script, cases) == [
        verdict_in_words("x", Verdict(way), share, Strength(firm), language)
        for way, share, firm in cases
    ]
    done: list[tuple[str, float, Intervention]] = [
        *(("press", size, Press("a", size)) for size in (1.0, -1.0, 0.5, -0.25)),
        *(("clamp", size, Clamp("a", size)) for size in (0.0, 0.5, -0.5)),
        *(("block", 0.0, Block("a")), ("knock_out", 0.0, KnockOut("a"))),
        *(("cut_edge", 0.0, CutEdge("a")), ("flip_edge", 0.0, FlipEdge("a"))),
    ]
    script = 'values[0].map(([verb, size]) => interventionInWords(words, verb, "x", size))'
    assert in_page(page, language, script, [(verb, size) for verb, size, _ in done]) == [
        intervention_sentence(one, "x", language) for _, _, one in done
    ]

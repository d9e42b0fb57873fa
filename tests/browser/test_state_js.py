"""The page moves Views as Python does: the same acts, steps, codes, files, labels and refusals."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import signed_models
from view_walks import LANGUAGES, from_state, random_act, random_view, small_maps

from mgmodel.errors import MgModelError, UnknownId
from mgmodel.explore.book import book
from mgmodel.explore.codes import as_file, decode, encode
from mgmodel.explore.history import History, acted, as_state, begun, step_labels
from mgmodel.explore.state import BARS, Refused, View, as_code, drawings, with_preferences
from mgmodel.model import Model
from mgmodel.vocabulary import EvidenceLayer

HELPERS = """() => {
  window.told = (books, error) =>
    books.map((book) => refusalInWords(makeWords(book), book, error));
  window.plainly = (value) => JSON.parse(JSON.stringify(value));
}"""
WALK = """([atlas, books, opening, acts]) => {
  const chart = makeChart(atlas);
  let history = openHistory(openView(opening));
  const steps = acts.map(([action, value]) => {
    try {
      history = historyActed(chart, history, action, value);
    } catch (error) {
      return { refused: told(books, error) };
    }
    const notes = history.notes.map((note) => told(books, note));
    return { state: stateOf(chart, history), view: history.views[history.at], notes };
  });
  const labels = books.map((book) => stepLabels(chart, makeWords(book), book, history));
  const again = historyOf(chart, stateOf(chart, history));
  return plainly({ steps, labels, again: stateOf(chart, again) });
}"""
WRITE = """([atlas, views]) => {
  const chart = makeChart(atlas);
  return views.map((parts) => {
    const given = openView({ ...parts, beside: parts.beside && openView(parts.beside) });
    const code = encode(chart, given);
    return plainly([code, decode(chart, code), viewFile(chart, given), asPython(given, code)]);
  });
}"""
READ = """([atlas, books, codes]) => {
  const chart = makeChart(atlas);
  return codes.map((code) => {
    try {
      return plainly(decode(chart, code));
    } catch (error) {
      return told(books, error);
    }
  });
}"""


@pytest.fixture(scope="module")
def page(twin_page: Any) -> Any:
    twin_page.evaluate(HELPERS)
    return twin_page


def small_atlas(model: Model) -> dict[str, Any]:
    """What these files read of an atlas."""
    return {
        "fingerprint": model.fingerprint,
        "nodes": list(model.nodes),
        "edges": [{"id": edge} for edge in model.edges],
        "bars": list(BARS),
        "layers": [layer.value for layer in EvidenceLayer],
        "drawings": list(drawings(model)),
    }


def books(model: Model) -> list[dict[str, Any]]:
    """The books of the map, once for each map: they are the costly part."""
    kept = vars(model).get("_books")
    if kept is None:
        kept = vars(model)["_books"] = [book(model, language) for language in LANGUAGES]
    return kept  # type: ignore[no-any-return]


def plainly(value: Any) -> Any:
    return json.loads(json.dumps(value))


def refused_in_words(problem: Exception) -> list[str]:
    if isinstance(problem, Refused):
        return [problem.in_language(language) for language in LANGUAGES]
    # an unknown id cannot come from a control of the page, so its near names are Python's alone
    told = (
        str(problem).split(" Did you mean")[0] if isinstance(problem, UnknownId) else str(problem)
    )
    return [told] * len(LANGUAGES)


def walk(model: Model, acts: list[tuple[str, Any]], opening: View) -> dict[str, Any]:
    """The same as WALK, in Python."""
    history, steps = begun(opening), []
    for action, value in acts:
        try:
            history = acted(model, history, action, value)
        except (MgModelError, ValueError) as problem:
            steps.append({"refused": refused_in_words(problem)})
            continue
        notes = [refused_in_words(note) for note in history.notes]
        steps.append({"state": state(model, history), "view": asdict(history.view), "notes": notes})
    labels = [step_labels(model, history, language) for language in LANGUAGES]
    again = state(model, from_state(model, as_state(model, history)))
    return plainly({"steps": steps, "labels": labels, "again": again})


def state(model: Model, history: History) -> dict[str, Any]:
    said = as_state(model, history)
    return {name: value for name, value in said.items() if name != "notes"}


def compare_walks(page: Any, model: Model, seed: int, length: int) -> None:
    chance = random.Random(seed)
    opening = with_preferences(random_view(model, chance), click="hold", language="nl")
    acts = [random_act(model, chance, 9) for _ in range(length)]
    given = plainly([small_atlas(model), books(model), asdict(opening), acts])
    here, there = walk(model, acts, opening), page.evaluate(WALK, given)
    for act, one, other in zip(acts, here["steps"], there["steps"], strict=True):
        assert one == other, act
    assert here == there


@pytest.mark.parametrize("seed", range(6))
def test_the_same_acts_lead_to_the_same_views_steps_and_labels(
    page: Any, real_model: Model, seed: int
) -> None:
    compare_walks(page, real_model, seed, 120)


@pytest.mark.parametrize("which", range(4))
def test_the_same_acts_lead_to_the_same_on_maps_with_strange_ids(page: Any, which: int) -> None:
    compare_walks(page, small_maps()[which], which, 150)


@given(signed_models(), st.integers(0, 2**32))
def test_the_same_acts_lead_to_the_same_on_any_map(page: Any, model: Model, seed: int) -> None:
    compare_walks(page, model, seed, 40)


def test_the_page_writes_the_same_codes_files_and_lines_of_python(
    page: Any, real_model: Model
) -> None:
    chance = random.Random(11)
    for model in (real_model, *small_maps()):
        views = [random_view(model, chance) for _ in range(200)]
        written = page.evaluate(WRITE, plainly([small_atlas(model), [asdict(v) for v in views]]))
        for view, (code, again, file, python) in zip(views, written, strict=True):
            assert encode(model, view) == code
            assert plainly(asdict(view)) == again
            assert as_file(model, view) == file
            assert as_code(view, code) == python


def misread(code: str, chance: random.Random) -> str:
    """A code as somebody may type it: right, with blanks, or wrong in one way or several."""
    at, sign = chance.randrange(len(code)), chance.choice("0123456789ABCDEZoil u-/!é\U0001f600")
    return chance.choice(
        [
            *(code, code.lower(), f" {code} "),
            *(code[:at] + sign + code[at + 1 :], code[:at] + sign + code[at:]),
            *(code[: at - 1] + code[at : at + 1] + code[at - 1 : at] + code[at + 1 :],),
            *(code[:at], f"{code}/{code[:at]}", f"{sign}{code}"),
        ]
    )


def test_the_page_reads_and_refuses_the_same_codes_in_the_same_words(
    page: Any, real_model: Model
) -> None:
    chance = random.Random(12)
    maps = [real_model, *small_maps()]
    for model in maps:
        others = [chance.choice([model, model, model, *maps]) for _ in range(300)]
        codes = [misread(encode(one, random_view(one, chance)), chance) for one in others]
        read = page.evaluate(READ, plainly([small_atlas(model), books(model), codes]))
        for code, told in zip(codes, read, strict=True):
            try:
                expected = plainly(asdict(decode(model, code)))
            except MgModelError as problem:
                expected = refused_in_words(problem)
            assert expected == told, code


def test_a_scene_of_a_talk_is_the_view_of_its_code(page: Any, real_model: Model) -> None:
    scenes = [View("core"), View("core", "serum_magnesium")]
    codes = [encode(real_model, view) for view in scenes]
    here = begun(View(language="sv"))
    for value in [(0, scenes[0]), (1, scenes[1]), None]:
        here = acted(real_model, here, "scene", value)
    there = page.evaluate(
        """([atlas, codes]) => {
          const chart = makeChart(atlas);
          let history = openHistory(openView({ language: "sv" }));
          for (const scene of [0, 1, null])
            history = historyActed(chart, history, "scene", scene, history.views[0], codes);
          return stateOf(chart, history);
        }""",
        [small_atlas(real_model), codes],
    )
    assert state(real_model, here) == there


def test_a_chart_of_the_whole_atlas_reads_the_codes_of_the_map(
    page: Any, real_model: Model
) -> None:
    from mgmodel.explore.asked import explorer_ensemble
    from mgmodel.explore.atlas import atlas

    view = View("core", "serum_magnesium", switched_off=("cortisol",))
    found = atlas(real_model, explorer_ensemble(real_model))
    read = page.evaluate(READ, [found, [], [encode(real_model, view)]])
    assert plainly(asdict(view)) == read[0]

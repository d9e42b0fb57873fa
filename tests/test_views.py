"""Views, their codes and files, and their history: pure Python, no page."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from strategies import signed_models
from view_walks import from_file, from_state, random_act, random_view, small_maps

from mgmodel.errors import MgModelError, UnknownId
from mgmodel.explore.codes import ALPHABET, CodeRefused, as_file, decode, encode
from mgmodel.explore.history import (
    MOST_STEPS,
    History,
    acted,
    as_state,
    begun,
    step_label,
    step_labels,
)
from mgmodel.explore.state import Refused, View, as_code, checked, with_preferences
from mgmodel.explore.state import acted as view_acted
from mgmodel.model import Model

CHANNEL, SERUM, NOREPINEPHRINE = "n_type_calcium_channel", "serum_magnesium", "norepinephrine"
CHANGEABLE = dict(zip("OoIiLl", "001111", strict=True))


def plain(code: str) -> str:
    return code.replace("-", "")


# --- Views ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cut": ("a.z",)}, "There is no arrow 'a.z'"),
        ({"flipped": ("a.z",)}, "There is no arrow 'a.z'"),
        ({"focus": "z"}, "There is no node 'z'"),
        ({"why": "z"}, "There is no node 'z'"),
        ({"hidden": ("z",)}, "There is no node or arrow 'z'"),
        ({"without_layers": ("rumour",)}, "There is no kind of statement 'rumour'"),
        ({"evidence": "gold"}, "evidence is 'gold'; it must be one of 'documents'"),
        ({"steps": 4}, "steps is 4; it must be one of 1, 2, 3."),
        ({"push": True}, "push is True; it must be one of 1, -1."),
        ({"way": "left"}, "way is 'left'; it must be one of 'both', 'up', 'down'."),
        ({"loop": -1}, "loop is -1; loops are counted from 0."),
        ({"route": True}, "route is True; paths are counted from 0."),
        ({"cut": ("a.b",), "flipped": ("a.b",)}, "No arrow is cut and turned round at once"),
        ({"beside": View(source="z")}, "There is no node 'z'"),
        ({"beside": View(beside=View())}, "only two views stand side by side"),
    ],
)
def test_a_view_that_cannot_be_had_is_refused(
    chain: Model, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises((UnknownId, ValueError)) as refused:
        checked(chain, View(**wrong))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Source and target are both a; choose two different nodes."),
        ("nl", "Begin- en eindpunt zijn allebei a; kies twee verschillende knopen."),
        ("sv", "Startpunkten och målpunkten är båda a; välj två olika noder."),
    ],
)
def test_choices_that_exclude_each_other_are_named_in_each_language(
    chain: Model, language: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked(chain, View(source="a", target="a"))
    assert said == refused.value.in_language(language)


def test_cutting_and_turning_an_arrow_exclude_each_other_and_mending_undoes_both() -> None:
    cut = view_acted(view_acted(View(), "flip", "a.b"), "cut", "a.b")
    turned = view_acted(cut, "flip", "a.b")
    assert (cut.cut, cut.flipped, turned.cut, turned.flipped) == (("a.b",), (), (), ("a.b",))
    assert View() == view_acted(turned, "mend", "a.b") == view_acted(cut, "mend", "a.b")


def test_choosing_again_what_is_chosen_changes_nothing() -> None:
    view = View(switched_off=("a", "b"), held=("c", "d"), cut=("e", "f"), hidden=("g", "h"))
    for action, value in [("switch_off", "a"), ("hold", "c"), ("cut", "e"), ("hide", "g")]:
        assert view == view_acted(view, action, value)


def test_a_view_kept_beside_is_not_moved_by_what_is_done_next() -> None:
    view = view_acted(view_acted(View(source="a"), "beside", True), "switch_off", "b")
    assert view.beside == View(source="a")
    assert view_acted(view_acted(view, "beside", True), "beside", False).beside is None


def test_both_of_two_views_speak_the_chosen_language() -> None:
    view = view_acted(View(beside=View(source="a")), "language", "sv")
    assert view.beside is not None
    assert (view.language, view.beside.language) == ("sv", "sv")


def test_highlighting_a_path_takes_the_loop_away_and_the_reverse() -> None:
    path = view_acted(View(loop=2), "highlight", 1)
    loop = view_acted(path, "loop", 3)
    assert ((path.route, path.loop), (loop.route, loop.loop)) == ((1, None), (None, 3))


def test_everything_hidden_is_shown_again_at_once() -> None:
    hidden = view_acted(View(), "hide", ["a", "a.b", "a"])
    assert hidden.hidden == ("a", "a.b")
    assert view_acted(hidden, "show", "a.b").hidden == ("a",)
    assert view_acted(hidden, "show", None).hidden == ()


def test_the_line_of_python_has_a_code_only_where_its_arguments_lose_something(
    chain: Model,
) -> None:
    asked = View(source="a", cut=("a.b",), flipped=("b.c",), evidence="human", language="nl")
    line = (
        "explore_map(model, view='whole', source='a', cut=('a.b',), flipped=('b.c',), "
        "evidence='human', language='nl'{})"
    )
    focused = replace(asked, focus="c")
    assert line.format("") == as_code(asked, encode(chain, asked))
    code = encode(chain, focused)
    assert line.format(f", code={code!r}") == as_code(focused, code)


# --- codes ------------------------------------------------------------------------------------


def test_a_typical_view_has_nine_characters(real_model: Model) -> None:
    view = View("core", SERUM, NOREPINEPHRINE, switched_off=(CHANNEL,))
    code = encode(real_model, view)
    assert (len(plain(code)), code[4], code[9]) == (9, "-", "-")
    assert len(plain(encode(real_model, View()))) == 4


@pytest.mark.slow
def test_ten_thousand_views_come_back_from_their_codes(real_model: Model) -> None:
    chance = random.Random(5)
    for model, times in [(real_model, 6000), *((small, 1000) for small in small_maps())]:
        for _ in range(times):
            view = random_view(model, chance)
            assert view == decode(model, encode(model, view))


@given(signed_models(), st.integers(0, 2**32))
def test_any_view_of_any_map_comes_back_from_its_code_and_its_file(model: Model, seed: int) -> None:
    view = random_view(model, random.Random(seed))
    assert view == decode(model, encode(model, view))
    assert (view, ()) == from_file(model, as_file(model, view))


def test_different_views_have_different_codes(real_model: Model) -> None:
    chance = random.Random(6)
    views = {random_view(real_model, chance) for _ in range(1000)}
    assert len(views) == len({encode(real_model, view) for view in views})


def test_language_and_meaning_of_a_click_are_not_in_the_code(real_model: Model) -> None:
    view = View(source=SERUM, beside=View(target=SERUM))
    mine = with_preferences(view, click="hold", language="sv")
    assert encode(real_model, view) == encode(real_model, mine)
    assert view == decode(real_model, encode(real_model, mine))


def wrong_codes(code: str) -> Iterator[str]:
    """Every change of one character, and every swap of two neighbours that differ."""
    for at, sign in enumerate(code):
        yield from (code[:at] + other + code[at + 1 :] for other in ALPHABET if other != sign)
    for at, (sign, other) in enumerate(pairwise(code)):
        if sign != other:
            yield code[:at] + other + sign + code[at + 2 :]


def test_one_wrong_character_and_two_swapped_ones_are_always_refused(real_model: Model) -> None:
    chance = random.Random(7)
    for model in (real_model, *small_maps()):
        view = replace(random_view(model, chance, beside=False), hidden=())
        for wrong in wrong_codes(plain(encode(model, view))):
            with pytest.raises(CodeRefused) as refused:
                decode(model, wrong)
            assert refused.value.key == "code.wrong"


def test_reading_forgives_case_blanks_dashes_and_look_alikes(real_model: Model) -> None:
    chance = random.Random(8)
    for _ in range(200):
        view = random_view(real_model, chance)
        code = encode(real_model, view)
        written = "".join(
            chance.choice([sign, *(like for like, read in CHANGEABLE.items() if read == sign)])
            + chance.choice(["", "", " ", "-", "\u2013", "\u00a0"])
            for sign in (code.lower() if chance.random() < 0.5 else code)
            if sign != "-"
        )
        assert view == decode(real_model, f" {written}\n")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Perhaps meant: {}."),
        ("nl", "Misschien is bedoeld: {}."),
        ("sv", "Kanske menas: {}."),
    ],
)
def test_a_code_that_was_misread_suggests_the_right_one(
    real_model: Model, language: str, said: str
) -> None:
    right = encode(real_model, View("core", SERUM, NOREPINEPHRINE))
    wrong = right[1] + right[0] + right[2:]
    with pytest.raises(CodeRefused) as refused:
        decode(real_model, wrong)
    told = refused.value.in_language(language)
    assert wrong in told
    assert said.format(right) in told


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("", ["too_short"]),
        ("A-B", ["too_short"]),
        ("UBCD", ["foreign"]),
        ("ABCD!?!", ["foreign"]),
        ("?/AB", ["foreign", "too_short"]),
        ("ABCD/ABCD/ABCD", ["too_many"]),
    ],
)
def test_every_mistake_in_a_code_is_one_sentence(chain: Model, code: str, keys: list[str]) -> None:
    with pytest.raises(CodeRefused) as refused:
        decode(chain, code)
    assert [f"code.{key}" for key in keys] == [each.key for each in refused.value.problems]
    assert isinstance(refused.value, MgModelError)
    assert all(refused.value.in_language(language).endswith(".") for language in ("en", "nl", "sv"))


def test_foreign_characters_are_named(chain: Model) -> None:
    with pytest.raises(CodeRefused, match=r"so '!' and 'U' cannot stand in it; a U may be a V"):
        decode(chain, "AB!CU!")


def test_a_code_of_another_map_names_both_maps(real_model: Model, chain: Model) -> None:
    theirs, ours = (encode(model, View()) for model in (chain, real_model))
    with pytest.raises(CodeRefused) as refused:
        decode(real_model, theirs)
    assert "of another map" in str(refused.value)
    assert f"begins with {theirs[:3]}, and codes of this map begin with {ours[:3]}" in str(
        refused.value
    )


def test_every_code_that_is_accepted_is_the_one_code_of_its_view(chain: Model) -> None:
    start, accepted = plain(encode(chain, View()))[:3], 0
    for payload, check in product(map("".join, product("01289ZX", ALPHABET)), ALPHABET):
        try:
            view = decode(chain, start + payload + check)
        except CodeRefused:
            continue
        accepted += 1
        assert start + payload + check == plain(encode(chain, view))
    assert accepted > 100


# --- files ------------------------------------------------------------------------------------


def test_a_file_says_everything_in_words(real_model: Model) -> None:
    view = View("core", SERUM, switched_off=(CHANNEL,), beside=View(held=(SERUM,)))
    said = json.loads(as_file(real_model, view))
    assert said == {
        "mgmodel_view": 1,
        "map": real_model.fingerprint,
        "view": {
            "drawing": "core",
            "source": SERUM,
            "switched_off": [CHANNEL],
            "beside": {"held": [SERUM]},
        },
    }


def test_a_file_on_a_changed_map_keeps_what_is_there_and_says_what_is_not(chain: Model) -> None:
    view = View(source="a", target="d", held=("b", "c"), cut=("c.d", "a.b"), route=0, loop=1)
    changed = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    kept, left_out = from_file(changed, as_file(chain, view), "nl")
    assert View(source="a", held=("b", "c"), cut=("a.b",)) == kept
    assert left_out == (
        "De kaart heeft geen 'd'; dat is weggelaten.",
        "De kaart heeft geen 'c.d'; dat is weggelaten.",
        "Er is geen pad uitgelicht: de kaart is veranderd, en haar paden hebben andere nummers.",
        "Er is geen lus uitgelicht: de kaart is veranderd, en haar lussen hebben andere nummers.",
    )


def test_a_file_that_was_changed_by_hand_gives_a_view_and_one_sentence_a_mistake(
    chain: Model,
) -> None:
    said = {
        "source": "a",
        "target": "a",
        "push": True,
        "switched_off": ["b", "b"],
        "held": ["b", "c"],
        "cut": "a.b",
        "steps": 9,
        "way": ["up"],
        "route": -1,
        "loop": "1",
        "colour": "red",
        "beside": 3,
    }
    text = json.dumps({"mgmodel_view": 1, "map": chain.fingerprint, "view": said})
    view, left_out = from_file(chain, text)
    assert View(source="a", switched_off=("b",), held=("c",)) == view
    assert left_out == (
        "The file has a part colour that this version does not know; it is left out.",
        "What the file says about push cannot be; it is left out.",
        "What the file says about cut cannot be; it is left out.",
        "The map has no '9'; it is left out.",
        "What the file says about way cannot be; it is left out.",
        "What the file says about route cannot be; it is left out.",
        "What the file says about loop cannot be; it is left out.",
        "Source and target are both a; choose two different nodes.",
        "No node is switched off and held at baseline at once; choose one of them for b.",
        "What the file says about beside cannot be; it is left out.",
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "no_file"),
        ("[1]", "no_file"),
        ('{"view": {}}', "no_file"),
        ("[" * 100_000, "no_file"),
        ('{"mgmodel_view": 2, "view": {}}', "later_file"),
        ('{"mgmodel_view": 1}', "later_file"),
    ],
)
def test_what_is_no_file_of_a_view_is_refused(chain: Model, text: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        from_file(chain, text)
    assert f"code.{key}" == refused.value.key


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists))
def test_whatever_a_file_says_about_a_part_gives_a_view_of_the_map(value: Any) -> None:
    model = small_maps()[1]
    for part in as_state(model, begun(View())) | dict.fromkeys(View.__slots__):
        text = json.dumps({"mgmodel_view": 1, "map": model.fingerprint, "view": {part: value}})
        view, _ = from_file(model, text)
        assert checked(model, view) is view


# --- history ----------------------------------------------------------------------------------


def walked(model: Model, seed: int, acts: int) -> History:
    """A history after random acts; those that cannot be done are passed over."""
    chance, history = random.Random(seed), begun(View(source=next(iter(model.nodes))))
    for _ in range(acts):
        action, value = random_act(model, chance, len(history.views))
        try:
            history = acted(model, history, action, value)
        except (MgModelError, ValueError):
            continue
    return history


@given(st.integers(0, 2**32), st.integers(0, 3), st.integers(0, 40))
def test_undo_after_any_walk_comes_back_to_the_start_and_redo_to_the_end(
    seed: int, which: int, acts: int
) -> None:
    model = small_maps()[which]
    history = walked(model, seed, acts)
    taste = {"click": history.view.click, "language": history.view.language}
    start, end = history, history
    for _ in history.views:
        start, end = acted(model, start, "undo"), acted(model, end, "redo")
    opening = with_preferences(View(source=next(iter(model.nodes))), **taste)
    assert (opening, 0) == (start.view, start.at)
    assert history.views[-1] == end.view
    for _ in history.views:
        start = acted(model, start, "redo")
    assert start == end


@given(st.integers(0, 2**32), st.integers(0, 3))
def test_a_history_comes_back_from_its_state(seed: int, which: int) -> None:
    model = small_maps()[which]
    history = walked(model, seed, 30)
    state = json.loads(json.dumps(as_state(model, history)))
    assert history == from_state(model, state)


def test_a_hundred_steps_are_kept_and_the_opening_always(real_model: Model) -> None:
    history = begun(View(source=SERUM))
    for number in range(3 * MOST_STEPS):
        history = acted(real_model, history, "highlight", number)
    assert (len(history.views), history.at) == (MOST_STEPS, MOST_STEPS - 1)
    assert View(source=SERUM) == history.views[0] == acted(real_model, history, "reset").view


def test_steps_with_much_in_them_are_fewer_and_still_lead_to_the_opening(real_model: Model) -> None:
    chance, history = random.Random(3), begun(View(source=SERUM))
    for _ in range(200):
        history = acted(real_model, history, "click", chance.choice(list(real_model.nodes)))
    assert len(history.view.switched_off) > 30
    assert 8 < len(history.views) < MOST_STEPS  # a toggle is to stay under 3 kB
    assert sum(map(len, as_state(real_model, history)["codes"])) < 2_000
    for _ in range(MOST_STEPS):
        history = acted(real_model, history, "undo")
    assert history.view == View(source=SERUM)


def test_what_changes_nothing_makes_no_step(chain: Model) -> None:
    history = begun(View(source="a"))
    for action, value in [("source", "a"), ("undo", None), ("redo", None), ("restore", "b")]:
        assert history == acted(chain, history, action, value)


def test_a_new_act_drops_what_was_undone(chain: Model) -> None:
    history = begun(View())
    for action, value in [("hold", "b"), ("hold", "c"), ("undo", None), ("switch_off", "d")]:
        history = acted(chain, history, action, value)
    assert [view.held for view in history.views] == [(), ("b",), ("b",)]
    assert history.view.switched_off == ("d",)


def test_the_language_is_no_step_and_stays_through_undo(chain: Model) -> None:
    history = begun(View(source="a"))
    for action, value in [("hold", "b"), ("language", "sv"), ("click_means", "hold")]:
        history = acted(chain, history, action, value)
    back = acted(chain, history, "undo").view
    assert (len(history.views), back.held, back.language, back.click) == (2, (), "sv", "hold")


def test_an_act_that_cannot_be_done_leaves_the_history_as_it_was(chain: Model) -> None:
    history = begun(View(source="a"))
    for action, value, said in [
        ("target", "a", "choose two different nodes"),
        ("hold", "z", "There is no node 'z'"),
        ("step", 1, "There is no step 1: steps are counted from 0 to 0."),
        ("step", True, "There is no step True"),
        ("code", "ABCD", "is wrong"),
        ("dance", None, "There is no action 'dance'"),
    ]:
        with pytest.raises((MgModelError, ValueError), match=said):
            acted(chain, history, action, value)
    assert begun(View(source="a")) == history


def test_a_scene_is_a_step_with_a_number_until_the_talk_is_left(chain: Model) -> None:
    talk = acted(chain, begun(View(language="nl")), "scene", (2, View(source="b")))
    on = acted(chain, talk, "hold", "c")
    left = acted(chain, on, "scene", None)
    assert (talk.scene, talk.view.source, talk.view.language) == (2, "b", "nl")
    assert (2, None, on.view) == (on.scene, left.scene, left.view)


def test_a_file_that_lost_something_leaves_notes_until_the_next_act(chain: Model) -> None:
    text = as_file(chain, View(source="d"))
    less = Model.from_edges([("a", "b", 1)])
    history = acted(less, begun(View(language="sv")), "file", text)
    assert as_state(less, history)["notes"] == ["Kartan saknar 'd'; det är utelämnat."]
    assert acted(less, history, "hold", "b").notes == ()


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        ("draw", "core", "Drawing: Core map"),
        ("source", SERUM, "Source: Serum magnesium"),
        ("push", -1, "Push: down"),
        ("switch_off", CHANNEL, "Switched off: N-type calcium channel"),
        ("evidence", "human", "Evidence: human and verified"),
        ("way", "up", "Surroundings: causes"),
        ("layer_off", "mechanism", "Dimmed: mechanism"),
        ("highlight", 0, "Path highlighted: number 1"),
        ("beside", True, "Two views side by side"),
    ],
)
def test_a_step_says_what_it_did(real_model: Model, action: str, value: Any, said: str) -> None:
    view = View()
    assert said == step_label(real_model, view, view_acted(view, action, value))


def test_every_act_that_makes_a_step_has_a_label_of_its_own(real_model: Model) -> None:
    labels = step_labels(real_model, walked(real_model, 9, 300), "en")
    assert len(labels) > 1
    assert not [label for label in labels[1:] if label in {"Start", "Another order"}]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Source: a; Target: c; Switched off: b; and 2 more"),
        ("nl", "Beginpunt: a; Eindpunt: c; Uitgeschakeld: b; en nog 2"),
        ("sv", "Startpunkt: a; Målpunkt: c; Avstängt: b; och 2 till"),
    ],
)
def test_a_step_of_many_changes_names_the_first_three(
    chain: Model, language: str, said: str
) -> None:
    after = View(source="a", target="c", switched_off=("b",), held=("d",), focus="a")
    assert said == step_label(chain, View(), after, language)

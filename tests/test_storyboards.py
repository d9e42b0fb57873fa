"""Storyboards: what a line does, what is refused, and what the shipped talk says of the map."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from mgmodel import DataFileError, respond
from mgmodel.datafiles import data_folder
from mgmodel.evidence import below
from mgmodel.explore.scene_commands import VERBS
from mgmodel.explore.storyboards import (
    Storyboard,
    parse_storyboard,
    read_storyboard,
    storyboards,
)
from mgmodel.explore.views import View
from mgmodel.interventions import Block, KnockOut, Press
from mgmodel.layout import view_model
from mgmodel.model import Model
from mgmodel.vocabulary import EvidenceBar, Language

TALK = "the_vicious_circle"
CHAIN = [("magnesium", "channel", -1), ("channel", "release", 1), ("release", "stress", 1)]


@pytest.fixture
def small() -> Model:
    return Model.from_edges(CHAIN)


def last_view(model: Model, *lines: str) -> View:
    return parse_storyboard(model, "\n".join(("# T", "## S", *lines))).scenes[-1].view


def problems(model: Model, *lines: str) -> list[str]:
    with pytest.raises(DataFileError) as caught:
        parse_storyboard(model, "\n".join(("# T", "## S", *lines)), file="t.md")
    return [str(problem) for problem in caught.value.problems]


# What a line does


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("press magnesium", {"source": "magnesium", "push": 1}),
        ("press magnesium down", {"source": "magnesium", "push": -1}),
        ("press: magnesium up", {"source": "magnesium", "push": 1}),
        ("- press magnesium", {"source": "magnesium"}),
        ("press none", {"source": None}),
        ("ask-about stress", {"target": "stress"}),
        ("switch off channel, release", {"switched_off": ("channel", "release")}),
        ("hold channel", {"held": ("channel",)}),
        ("cut channel.release", {"cut": ("channel.release",)}),
        ("flip channel.release", {"flipped": ("channel.release",)}),
        ("evidence human", {"evidence": "human"}),
        ("why stress", {"why": "stress"}),
        ("focus channel", {"focus": "channel", "steps": 1, "way": "both"}),
        ("focus channel 2 down", {"focus": "channel", "steps": 2, "way": "down"}),
        ("focus channel up", {"focus": "channel", "steps": 1, "way": "up"}),
        ("hide channel", {"hidden": ("channel",)}),
        ("hide all", {"hidden": ("magnesium", "channel", "release", "stress")}),
        ("hide channel.release", {"hidden": ("channel.release",)}),
        ("draw whole", {"drawing": "whole"}),
    ],
)
def test_a_command_makes_its_choice_and_no_other(
    small: Model, line: str, chosen: dict[str, Any]
) -> None:
    view = last_view(small, line)
    others = {f.name for f in fields(View)} - set(chosen)
    assert {name: getattr(view, name) for name in chosen} == chosen
    assert all(getattr(view, name) == getattr(View(), name) for name in others)


def test_every_command_is_tried_here_or_takes_one_back() -> None:
    tried = {"restore", "mend", "show", "highlight"}
    text = Path(__file__).read_text(encoding="utf-8")
    assert [verb for verb in VERBS if verb not in tried and f'("{verb}' not in text] == []


def test_what_is_taken_back_is_as_it_was(small: Model) -> None:
    lines = ("switch off channel", "hold release", "cut channel.release", "hide all")
    back = ("restore channel, release", "mend channel.release", "show all")
    assert last_view(small, *lines, *back) == last_view(small)


def test_a_path_is_counted_from_one(small: Model) -> None:
    asked = ("press magnesium", "ask-about stress")
    assert last_view(small, *asked, "highlight 1").route == 0
    assert last_view(small, *asked, "highlight 1", "highlight none").route is None


def test_an_arrow_is_shown_with_its_ends(small: Model) -> None:
    hidden = last_view(small, "hide all", "show channel.release").hidden
    assert hidden == ("magnesium", "stress")


def test_other_lines_are_the_note_and_a_blank_line_parts_paragraphs(small: Model) -> None:
    text = "# T\n## S\nOne line\ngoes on.\npress channel\n\nAnother.\nnote: Press on!\nask: Why?"
    (scene,) = parse_storyboard(small, text).scenes
    assert scene.note == "One line goes on.\nAnother. Press on!"
    assert scene.ask == "Why?"


def test_a_remark_of_the_author_is_read_by_nobody(small: Model) -> None:
    board = parse_storyboard(small, "<!-- who wrote it -->\n# T\n## S\n<!-- press x -->\nSaid.")
    assert board.scenes[0].note == "Said."


def test_scenes_build_on_the_one_before(small: Model) -> None:
    board = parse_storyboard(small, "# T\n## A\npress magnesium\n## B\nhold channel\n## C")
    assert [scene.view.source for scene in board.scenes] == ["magnesium"] * 3
    assert [scene.view.held for scene in board.scenes] == [(), ("channel",), ("channel",)]


def test_a_later_command_of_the_scene_mends_an_earlier_one(small: Model) -> None:
    first = "# T\n## A\npress magnesium\nask-about stress\n## B\npress stress\nask-about magnesium"
    view = parse_storyboard(small, first).scenes[-1].view
    assert (view.source, view.target) == ("stress", "magnesium")


# What is refused


def test_all_mistakes_are_told_at_once_each_with_its_line_and_what_to_do(small: Model) -> None:
    told = problems(
        small,
        "press magnesum",
        "evidence humann",
        "Hold channel",
        "highlight first",
        "switch off chanel, strss",
        "focus channel 7",
        "### too deep",
        "draw wole",
    )
    assert told == [
        "t.md:3: there is no node 'magnesum'. Did you mean 'magnesium'?",
        "t.md:4: there is no evidence bar 'humann'. Did you mean 'human'?",
        "t.md:5: 'Hold' is no command. To say it, write `note: Hold channel`. Did you mean 'hold'?",
        "t.md:6: 'first' is no number of a path. Count from 1 as the list on the screen does, or "
        "write `none`.",
        "t.md:7: there is no node 'chanel' and no node 'strss'. Did you mean 'channel'? Did you "
        "mean 'stress'?",
        "t.md:8: 7 steps cannot be shown. Give 1 to 3.",
        "t.md:9: there is a heading of level 3. A storyboard has one `# Title`, and scenes that "
        "begin with `## Heading`.",
        "t.md:10: there is no drawing 'wole'. Did you mean 'whole'?",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ["t.md:1: the title is missing", "t.md:1: there is no scene"]),
        ("# A\n# B\n## S", ["t.md:2: this is a second title"]),
        ("# A\nwords\n## S", ["t.md:2: this line stands before the first scene"]),
        ("# \n## S", ["t.md:1: the heading has no words"]),
        ("# A\n## ", ["t.md:2: the heading has no words"]),
        ("# A\n## S\nask: x\nask: y", ["t.md:4: this is a second question in one scene"]),
        ("# A\n## S\npress", ["t.md:3: no node is named"]),
        ("# A\n## S\nwhy a, b", ["t.md:3: there is no node 'a' and no node 'b'"]),
        ("# A\n## S\nwhy stress, channel", ["t.md:3: more than one node is named"]),
        ("# A\n## S\nreveal channel", ["t.md:3: 'reveal' is no command"]),
    ],
)
def test_a_mistake_is_told_at_its_line(small: Model, text: str, wanted: list[str]) -> None:
    with pytest.raises(DataFileError) as caught:
        parse_storyboard(small, text, file="t.md")
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == len(wanted)
    assert all(one.startswith(start) for one, start in zip(told, wanted, strict=True))


def test_choices_that_exclude_each_other_are_a_mistake_of_their_line(small: Model) -> None:
    (told,) = problems(small, "press stress", "ask-about stress")
    assert told.startswith("t.md:4: ")


def test_a_path_that_is_not_in_the_list_is_a_mistake_of_its_line(small: Model) -> None:
    (told,) = problems(small, "press magnesium", "ask-about stress", "highlight 2")
    assert told.startswith("t.md:5: ")


def test_what_is_not_drawn_can_be_neither_shown_nor_hidden(real_model: Model) -> None:
    (told,) = problems(real_model, "draw n_type_and_norepinephrine", "show nmda_receptor")
    assert told.startswith("t.md:4: 'nmda_receptor' is not drawn. ")


def test_a_file_that_is_not_there_is_named_with_a_near_name(real_model: Model) -> None:
    with pytest.raises(DataFileError, match=r"no storyboard of this name.*the_vicious_circle"):
        read_storyboard(real_model, "the_viscous_circle")


def test_a_file_that_is_not_utf8_is_refused_at_its_line(small: Model, tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_bytes(b"# T\n## S\n\xff")
    with pytest.raises(DataFileError, match=r"^talk\.md:3: a byte is not UTF-8"):
        read_storyboard(small, path)


def test_the_name_of_a_file_says_its_language(small: Model, tmp_path: Path) -> None:
    (tmp_path / "talk.nl.md").write_text("# T\n## S\n", encoding="utf-8")
    assert read_storyboard(small, tmp_path / "talk.nl.md").language == "nl"
    assert read_storyboard(small, tmp_path / "talk", language="nl").language == "nl"


# The shipped talk


@pytest.fixture(scope="module", params=[str(one) for one in Language])
def talk(request: Any, real_model: Model) -> Storyboard:
    return read_storyboard(real_model, TALK, language=request.param)


def test_the_shipped_map_has_its_talk_and_another_map_has_not(
    small: Model, real_model: Model
) -> None:
    assert storyboards(real_model) == (TALK,)
    assert storyboards(small) == ()


def test_a_talk_is_the_same_in_every_language(real_model: Model) -> None:
    from dataclasses import replace

    views = {
        tuple(replace(scene.view, language="en") for scene in board.scenes)
        for board in (read_storyboard(real_model, TALK, language=one) for one in Language)
    }
    assert len(views) == 1


def test_a_scene_is_short_enough_for_a_room(talk: Storyboard) -> None:
    assert 8 <= len(talk.scenes) <= 12
    assert [s.title for s in talk.scenes if len(s.note) > 315 or len(s.ask) > 120] == []
    assert all(scene.ask for scene in talk.scenes)


ALLOWED = {
    "draw": {"drawing"},
    "show": {"hidden"},
    "hide": {"hidden"},
    "press": {"source", "push", "route"},
    "ask-about": {"target", "route"},
    "switch off": {"switched_off", "held", "route"},
    "hold": {"switched_off", "held", "route"},
    "restore": {"switched_off", "held", "route"},
    "highlight": {"route", "loop"},
    "evidence": {"evidence", "route"},
}
"""What of a View a command may change."""


def test_nothing_but_what_a_scene_declares_changes(talk: Storyboard) -> None:
    folder = data_folder() / "storyboards"
    text = (folder / f"{TALK}.{talk.language}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]
    for (before, after), part in zip(pairwise(talk.scenes), parts[1:], strict=True):
        verbs = [verb for verb in VERBS for line in part.splitlines() if line.startswith(verb)]
        may = set().union(*(ALLOWED[verb] for verb in verbs))
        changed = {
            f.name
            for f in fields(View)
            if getattr(before.view, f.name) != getattr(after.view, f.name)
        }
        assert changed <= may, after.title


def test_one_drawing_serves_the_whole_talk_and_something_new_is_shown(
    talk: Storyboard, real_model: Model
) -> None:
    assert {scene.view.drawing for scene in talk.scenes} == {"stress_depletion_circle"}
    drawn = view_model(real_model, "stress_depletion_circle")
    assert set(talk.scenes[0].view.hidden) < set(drawn.nodes)
    assert all(before.view != after.view for before, after in pairwise(talk.scenes))


RISES, FALLS, NO_ROUTE = "rises", "falls", "no_route"
SAID = {
    3: {"cortisol": RISES},
    5: {"serum_magnesium": FALLS, "body_magnesium_stores": FALLS},
    6: {"stress_susceptibility": RISES},
    9: {
        "urinary_magnesium_excretion": RISES,
        "serum_magnesium": FALLS,
        "body_magnesium_stores": FALLS,
        "stress_susceptibility": RISES,
    },
    10: {"serum_magnesium": FALLS, "body_magnesium_stores": FALLS},
    11: {
        "cortisol": RISES,
        "urinary_magnesium_excretion": NO_ROUTE,
        "serum_magnesium": NO_ROUTE,
        "stress_susceptibility": NO_ROUTE,
    },
}
"""What the notes say, by the number of the scene that the audience sees."""


@pytest.mark.parametrize("number", SAID)
def test_the_map_says_what_the_notes_say(real_model: Model, number: int) -> None:
    view = read_storyboard(real_model, TALK).scenes[number - 1].view
    kept = real_model.without(*below(real_model, EvidenceBar(view.evidence)))
    press = [Press(view.source, float(view.push))] if view.source else []
    asked = [*press, *map(KnockOut, view.switched_off), *map(Block, view.held)]
    direction = respond(kept, *asked).direction
    assert {node: str(direction[node]) for node in SAID[number]} == SAID[number]


def test_the_highlighted_path_is_the_circle_that_is_drawn(real_model: Model) -> None:
    from mgmodel import signed_paths

    view = read_storyboard(real_model, TALK).scenes[6].view
    path = signed_paths(real_model, view.source, view.target)[view.route]
    assert not set(path.nodes) & set(view.hidden)
    assert "cortisol.urinary_magnesium_excretion" in path.edges


# The page that describes the form


def test_the_example_of_the_page_can_be_shown(real_model: Model) -> None:
    page = (ROOT / "docs" / "presenting.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```markdown\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    board = parse_storyboard(real_model, example)
    assert len(board.scenes) == 3
    assert board.scenes[0].view.source == "psychological_stressor"


def test_the_page_names_every_command() -> None:
    page = (ROOT / "docs" / "presenting.md").read_text(encoding="utf-8")
    assert [verb for verb in (*VERBS, "note:", "ask:") if f"`{verb}" not in page] == []

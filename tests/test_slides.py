"""Slides of a talk: numbered, in the same bytes each time, boxes in place, all of it in words."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from mgmodel import DataFileError
from mgmodel.explore.asked import explorer_ensemble
from mgmodel.explore.frames import frame_of
from mgmodel.explore.shown import shown
from mgmodel.explore.slides import save_slides
from mgmodel.explore.storyboards import Scene, Storyboard, parse_storyboard, read_storyboard
from mgmodel.explore.views import View
from mgmodel.figures import slides as page
from mgmodel.figures.slides import SLIDE_HEIGHT, SLIDE_WIDTH, SlideText
from mgmodel.layout import text_width
from mgmodel.model import Model
from mgmodel.vocabulary import Language

pytestmark = pytest.mark.slow  # pictures and searches, many of each

TALK = "the_vicious_circle"
TEXT = "# T\n## Push\npress a\nask-about d\nWatch d.\nask: Which way?\n## Less\nhide a\ncut c.d\n"


@pytest.fixture
def talk(chain: Model) -> Storyboard:
    return parse_storyboard(chain, TEXT)


def test_each_scene_is_a_numbered_picture_and_all_are_described(
    chain: Model, talk: Storyboard, tmp_path: Path
) -> None:
    from PIL import Image

    *pictures, described = save_slides(chain, talk, tmp_path / "new" / "folder")
    assert [path.name for path in pictures] == ["slide-en-01.png", "slide-en-02.png"]
    for path in pictures:
        assert Image.open(io.BytesIO(path.read_bytes())).size == (SLIDE_WIDTH, SLIDE_HEIGHT)
    text = described.read_text(encoding="utf-8")
    for said in ("slide-en-01.png", "Push", "Watch d.", "Which way?", "slide-en-02.png", "Less"):
        assert said in text
    assert "4 nodes and 3 arrows" in text
    assert "3 nodes and 2 arrows" in text
    assert "Arrows taken out of the question: from c to d." in text


def test_the_same_talk_gives_the_same_bytes(chain: Model, talk: Storyboard, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in save_slides(chain, talk, tmp_path)]
    assert first == [path.read_bytes() for path in save_slides(chain, talk, tmp_path)]


def test_nothing_moves_from_slide_to_slide(chain: Model, talk: Storyboard, tmp_path: Path) -> None:
    from PIL import Image

    board = replace(talk, scenes=(talk.scenes[0], replace(talk.scenes[0], title="Other")))
    pixels = [
        Image.open(path).convert("RGB").crop((0, 130, SLIDE_WIDTH, 1000)).tobytes()
        for path in save_slides(chain, board, tmp_path)[:-1]
    ]
    assert pixels[0] == pixels[1]


def test_a_translation_is_taken_where_there_is_one(real_model: Model, tmp_path: Path) -> None:
    scenes = read_storyboard(real_model, TALK, language="sv").scenes[:1]
    board = Storyboard("T", scenes, "sv")
    (picture, described) = save_slides(real_model, board, tmp_path)
    assert picture.name == "slide-sv-01.png"
    assert "En berättelse att pröva" in described.read_text(encoding="utf-8")


def test_a_talk_that_is_not_there_is_refused(real_model: Model, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no storyboard of this name"):
        save_slides(real_model, "nowhere", tmp_path)


@pytest.mark.parametrize("language", Language)
def test_the_shipped_talk_fits_its_slides(real_model: Model, language: str) -> None:
    board = read_storyboard(real_model, TALK, language=language)
    for scene in board.scenes:
        now = shown(real_model, explorer_ensemble(real_model), scene.view)
        text = SlideText(scene.title, scene.note, now.answer, scene.ask, "")
        title, *lines = page._texts(text)
        assert text_width(title.text, title.size) < SLIDE_WIDTH - 96
        assert max(line.base[1] for line in lines) < 910, (language, scene.title)
        assert max(text_width(line.text, line.size) for line in lines) <= page._COLUMN


def test_a_frame_holds_what_any_scene_shows_and_nothing_else(chain: Model) -> None:
    views = [View(hidden=("c", "d")), View(hidden=("a", "d"))]
    left, top, width, height = frame_of(chain, views) or (0, 0, 0, 0)
    assert (left, top, width, height) == (-80.0, -38.0, 160.0, 268.0)
    assert frame_of(chain, [View(hidden=tuple(chain.nodes))]) is None


def test_several_drawings_have_no_frame(real_model: Model) -> None:
    assert frame_of(real_model, [View("core"), View("gaba")]) is None


def test_a_word_that_is_too_long_is_not_cut() -> None:
    (line,) = page._wrapped("pneumonoultramicroscopicsilicovolcanoconiosis" * 2, 40)
    assert line.count("pneumono") == 2


def test_a_loop_can_be_highlighted_on_a_slide(vicious_circle: Model, tmp_path: Path) -> None:
    view = View(loop=0)
    board = Storyboard("T", (Scene("Round", "", "", view),))
    described = save_slides(vicious_circle, board, tmp_path)[-1].read_text(encoding="utf-8")
    assert "Highlighted: " in described

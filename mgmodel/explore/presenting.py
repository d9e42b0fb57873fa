"""A talk on the screen: the explorer with large type, one scene after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mgmodel.explore.codes import encode
from mgmodel.explore.frames import frame_of
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.storyboards import Storyboard, translations
from mgmodel.model import Model
from mgmodel.vocabulary import Language

__all__ = ["present", "stage"]


def present(
    model: Model,
    storyboard: Storyboard | str | Path,
    *,
    language: str = "en",
    scene: int = 0,
) -> MapWidget:
    r"""A talk about the map, on a stage: large type, and keys that go from scene to scene.

    The arrow keys, Page Down and Page Up, Home and End step. Nothing on the drawing moves. Every
    box can still be clicked; the next step brings the scene back.

    Parameters
    ----------
    model
        The map.
    storyboard
        The name of a shipped one (`storyboards(model)` lists them), a file, or a `Storyboard`.
    language
        "en", "nl" or "sv", to begin with.
    scene
        The scene to begin with, counted from 0.

    Returns
    -------
    MapWidget
        Leave it at the end of a cell to see it. A click or a call changes it as any explorer.

    Raises
    ------
    DataFileError
        The storyboard is not there, or it holds mistakes.
    ValueError
        There is no such language or no such scene.

    Examples
    --------
    >>> from mgmodel.explore.storyboards import parse_storyboard
    >>> chain = Model.from_edges([("magnesium", "stress", -1)])
    >>> talk = parse_storyboard(chain, "# A talk\n## One arrow\npress magnesium")
    >>> present(chain, talk).view.source
    'magnesium'
    """
    chosen = Language(language).value
    found = translations(model, storyboard)
    first = found.get(chosen) or next(iter(found.values()))
    scenes = first.scenes
    if not 0 <= scene < len(scenes):
        msg = f"There is no scene {scene}: the talk has {len(scenes)}, counted from 0."
        raise ValueError(msg)
    view = replace(scenes[scene].view, language=chosen)
    # a translation with other scenes is another talk; a language without one repeats the first
    boards = {str(one): found.get(str(one), first) for one in Language}
    same = {one: board if _alike(board, first) else first for one, board in boards.items()}
    return MapWidget(model, view, stage=stage(model, same), scene=scene)


def stage(model: Model, boards: Mapping[str, Storyboard]) -> dict[str, Any]:
    """What the page needs of a talk: in each language the words of each scene and its short code.

    Parameters
    ----------
    model
        The map.
    boards
        The talk in each language, with as many scenes in each.
    """
    views = [scene.view for board in boards.values() for scene in board.scenes]
    frame = frame_of(model, views)
    return {
        "title": {language: board.title for language, board in boards.items()},
        "scenes": {
            language: [
                {
                    "title": scene.title,
                    "note": scene.note,
                    "ask": scene.ask,
                    "code": encode(model, scene.view),
                }
                for scene in board.scenes
            ]
            for language, board in boards.items()
        },
        "frame": None if frame is None else list(frame),
    }


def _alike(one: Storyboard, other: Storyboard) -> bool:
    return len(one.scenes) == len(other.scenes)

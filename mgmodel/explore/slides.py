"""The scenes of a talk as numbered pictures for slides, and in words for who cannot see them."""

from __future__ import annotations

from pathlib import Path

from mgmodel.explore.asked import explorer_ensemble
from mgmodel.explore.frames import frame_of, picture_of
from mgmodel.explore.shown import Shown, shown
from mgmodel.explore.storyboards import Scene, Storyboard, translations
from mgmodel.figures import FigureOptions, alt_text
from mgmodel.figures.slides import SlideText, slide_png
from mgmodel.model import Model
from mgmodel.wording.catalogues import number, say

__all__ = ["save_slides"]


def save_slides(
    model: Model,
    storyboard: Storyboard | str | Path,
    folder: str | Path,
    *,
    language: str | None = None,
) -> tuple[Path, ...]:
    r"""Write a picture of 1920 by 1080 pixels for each scene, and a text file that describes them.

    The same talk about the same map gives the same bytes. Files of these names that are there
    already are written over; the folder is made where it is not there.

    Parameters
    ----------
    model
        The map.
    storyboard
        The name of a shipped one, a file, or a `Storyboard`.
    folder
        Where the files go.
    language
        "en", "nl" or "sv"; without it, or without that translation, as the talk is written.

    Returns
    -------
    tuple of Path
        The pictures in their order, then the text file.

    Raises
    ------
    DataFileError
        The storyboard is not there, or it holds mistakes.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mgmodel.explore.storyboards import parse_storyboard
    >>> chain = Model.from_edges([("magnesium", "stress", -1)])
    >>> board = parse_storyboard(chain, "# A talk\n## One arrow\npress magnesium")
    >>> with TemporaryDirectory() as place:
    ...     [path.name for path in save_slides(chain, board, place)]
    ['slide-en-01.png', 'slides-en.txt']
    """
    boards = translations(model, storyboard)
    board = boards.get(language or "") or next(iter(boards.values()))
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    frame = frame_of(model, [scene.view for scene in board.scenes])
    paths, texts = [], [board.title]
    for count, scene in enumerate(board.scenes, start=1):
        now = shown(model, explorer_ensemble(model), scene.view)
        options = picture_of(model, now, frame)
        which = _which(count, len(board.scenes), board.language)
        path = place / f"slide-{board.language}-{count:02d}.png"
        text = SlideText(scene.title, scene.note, now.answer, scene.ask, which)
        path.write_bytes(slide_png(model, text, **options))
        paths.append(path)
        texts.append(_in_words(model, scene, now, path.name, options))
    described = place / f"slides-{board.language}.txt"
    described.write_text("\n\n".join(texts) + "\n", encoding="utf-8", newline="\n")
    return (*paths, described)


def _which(count: int, total: int, language: str) -> str:
    return say(
        "stage.which", language, scene=number(count, language), total=number(total, language)
    )


def _in_words(model: Model, scene: Scene, now: Shown, name: str, options: FigureOptions) -> str:
    parts = (scene.title, scene.note, now.answer, scene.ask, alt_text(model, **options))
    return "\n".join((name, *filter(None, parts)))

"""Storyboards: a talk about the map as a small text file, read into one View for each scene.

The form is described in docs/presenting.md. Nothing is painted here, and no question is answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mgmodel.datafiles import data_folder
from mgmodel.errors import DataFileError, Problem, did_you_mean
from mgmodel.explore.asked import LISTED_PATHS, paths_asked
from mgmodel.explore.scene_commands import (
    Mistake,
    acts_of,
    command_in,
    refuse,
    refuse_a_near_command,
)
from mgmodel.explore.state import acted
from mgmodel.explore.views import View, checked, drawings
from mgmodel.model import Model
from mgmodel.vocabulary import Language

__all__ = [
    "Scene",
    "Storyboard",
    "parse_storyboard",
    "read_storyboard",
    "storyboards",
    "translations",
]

_SAID = re.compile(r"(?:[-*] )?(ask|note|say):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of a talk: what is said, what is asked, and what is on the screen."""

    title: str
    note: str
    """What the audience reads; its paragraphs are parted by a line break."""
    ask: str
    """A question to the audience; often empty."""
    view: View


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A talk about the map; each scene builds on the one before."""

    title: str
    scenes: tuple[Scene, ...]
    language: str = "en"


def storyboards(model: Model) -> tuple[str, ...]:
    """Names of the shipped storyboards that can be shown on this map, in the order of the alphabet.

    Examples
    --------
    >>> storyboards(Model.from_edges([("a", "b", 1)]))
    ()
    """
    names = sorted({path.name.split(".")[0] for path in _shelf().glob("*.md")})
    return tuple(name for name in names if _can_be_shown(model, name))


def read_storyboard(
    model: Model, storyboard: str | Path, *, language: str | None = None
) -> Storyboard:
    """A storyboard from its file, all its mistakes at once.

    Parameters
    ----------
    model
        The map that it is about.
    storyboard
        The name of a shipped one, see `storyboards`; or a file of one's own.
    language
        "en", "nl" or "sv": that translation, `talk.nl.md` beside `talk.en.md`. Without it, the file
        as it is named; one whose name says no language is taken to be English.

    Raises
    ------
    DataFileError
        The file is not there, or it holds mistakes; all of them are listed.
    ValueError
        There is no such language.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> read_storyboard(load_model(), "the_vicious_circle", language="sv").language
    'sv'
    """
    path = _file(storyboard, None if language is None else Language(language).value)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(path.name, line, "a byte is not UTF-8", 'Save it as "UTF-8".')
        raise DataFileError([problem]) from None
    except OSError:
        known = {other.name for folder in (path.parent, _shelf()) for other in folder.glob("*.md")}
        mend = f"Give the name of a storyboard or a file.{did_you_mean(path.name, known)}"
        problem = Problem(path.name, 1, "there is no storyboard of this name", mend)
        raise DataFileError([problem]) from None
    said = _language_of(path) or language or Language.EN.value
    return parse_storyboard(model, text, file=path.name, language=said)


def translations(model: Model, storyboard: Storyboard | str | Path) -> dict[str, Storyboard]:
    """A talk in every language in which there is a file, the file that was named first.

    Parameters
    ----------
    model
        The map that it is about.
    storyboard
        The name of a shipped one, a file, or a `Storyboard`, which has no translations.

    Raises
    ------
    DataFileError
        There is no such file, or any of the files holds mistakes; all of them are listed.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> list(translations(load_model(), "the_vicious_circle"))
    ['en', 'nl', 'sv']
    """
    if isinstance(storyboard, Storyboard):
        return {storyboard.language: storyboard}
    named = _file(storyboard, None)
    others = [_file(storyboard, str(one)) for one in Language]
    found, problems = dict[str, Storyboard](), list[Problem]()
    for path in dict.fromkeys((named, *others)):
        if path is named or path.is_file():
            try:
                board = read_storyboard(model, path)
                found.setdefault(board.language, board)
            except DataFileError as wrong:
                problems += wrong.problems
    if problems:
        raise DataFileError(problems)
    return found


def _shelf() -> Path:
    return data_folder() / "storyboards"


def _file(storyboard: str | Path, language: str | None) -> Path:
    """The file of a name or a path; of a path that names its language, the translation."""
    path = Path(storyboard)
    if path.suffix == ".md":
        own = _language_of(path)
        if not own or not language:
            return path
        return path.with_name(f"{path.name.removesuffix(f'.{own}.md')}.{language}.md")
    folder = path.parent if len(path.parts) > 1 else _shelf()
    return folder / f"{path.name}.{language or 'en'}.md"


def _language_of(path: Path) -> str | None:
    last = path.stem.rpartition(".")[2]
    return last if last in tuple(Language) and last != path.stem else None


def _can_be_shown(model: Model, name: str) -> bool:
    try:
        translations(model, name)
    except DataFileError:
        return False
    return True


# Reading lines


def parse_storyboard(
    model: Model, text: str, *, file: str = "storyboard.md", language: str = "en"
) -> Storyboard:
    r"""A storyboard from its text.

    Parameters
    ----------
    model
        The map that it is about.
    text
        A `# Title`, then scenes: a `## heading`, commands, and the note that the audience reads.
    file
        What mistakes call it.
    language
        The language of its words, and of each View.

    Raises
    ------
    DataFileError
        The text holds mistakes; all of them are listed.

    Examples
    --------
    >>> chain = Model.from_edges([("magnesium", "stress", -1)])
    >>> board = parse_storyboard(chain, "# One arrow\n## Push\npress magnesium\nWatch stress.")
    >>> board.scenes[0].note, board.scenes[0].view.source
    ('Watch stress.', 'magnesium')
    >>> parse_storyboard(chain, "# One arrow\n## Push\npress magnesum")
    Traceback (most recent call last):
    mgmodel.errors.DataFileError: storyboard.md:3: there is no node 'magnesum'. Did you mean
    'magnesium'?
    """
    reader = _Reader(model, file, Language(language).value)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.read(number, line.strip())
    return reader.storyboard()


class _Reader:
    """Goes through the lines and keeps what was said, the View so far, and every mistake."""

    def __init__(self, model: Model, file: str, language: str) -> None:
        self._model, self._file, self._language = model, file, language
        self._view = View(drawing=drawings(model)[0], language=language)
        self._title = ""
        self._scenes: list[Scene] = []
        self._problems: list[Problem] = []
        self._begin(None)

    def _begin(self, heading: str | None) -> None:
        self._heading = heading  # of the open scene; None before the first one
        self._note: list[str] = [""]  # its paragraphs
        self._ask = ""
        self._refused: tuple[int, Mistake, View] | None = None

    def read(self, number: int, line: str) -> None:
        """One line, without the spaces around it."""
        try:
            self._read(number, line)
        except Mistake as mistake:
            self._wrong(number, mistake)

    def storyboard(self) -> Storyboard:
        """All that was read."""
        self._close()
        if not self._title:
            self._wrong(1, Mistake("the title is missing", "Begin with a line `# Title`."))
        if not self._scenes:
            self._wrong(1, Mistake("there is no scene", "Begin one with a line `## Heading`."))
        if self._problems:
            raise DataFileError(self._problems)
        return Storyboard(self._title, tuple(self._scenes), self._language)

    def _wrong(self, number: int, mistake: Mistake) -> None:
        self._problems.append(Problem(self._file, number, mistake.what, mistake.mend))

    def _read(self, number: int, line: str) -> None:
        sign, said = re.match(r"#+", line), _SAID.match(line)
        if line.startswith("<!--") and line.endswith("-->"):
            return  # a remark of the author
        if sign:
            self._head(len(sign[0]), line[len(sign[0]) :].strip())
        elif not line:
            self._note.append("")
        elif self._heading is None:
            what = "this line stands before the first scene"
            refuse(what, "Begin a scene with a line `## Heading`.")
        elif said:
            self._say(said[1], said[2].strip())
        else:
            self._do(number, line)

    def _head(self, level: int, text: str) -> None:
        if level == 2:
            self._close()
            self._begin(text)
        elif level > 2:
            mend = "A storyboard has one `# Title`, and scenes that begin with `## Heading`."
            refuse(f"there is a heading of level {level}", mend)
        elif self._title or self._heading is not None:
            refuse("this is a second title", "A scene begins with `## Heading`.")
        else:
            self._title = text or "?"
        if not text:
            refuse("the heading has no words", "Write them behind the sign.")

    def _close(self) -> None:
        """The end of a scene: what was refused, and not mended by a later command, is a mistake."""
        if self._refused:
            number, mistake, self._view = self._refused
            self._wrong(number, mistake)
        if self._heading is not None:
            note = "\n".join(filter(None, self._note))
            self._scenes.append(Scene(self._heading, note, self._ask, self._view))

    def _say(self, how: str, text: str) -> None:
        if how != "ask":
            self._tell(text)
        elif self._ask:
            refuse("this is a second question in one scene", "Give it a scene of its own.")
        else:
            self._ask = text

    def _tell(self, line: str) -> None:
        self._note[-1] = f"{self._note[-1]} {line}".strip()

    def _do(self, number: int, line: str) -> None:
        command = command_in(line)
        if command is None:
            refuse_a_near_command(self._model, line)
            self._tell(line)
            return
        view = self._view
        for action, value in acts_of(self._model, view, *command):
            view = acted(view, action, value)
        try:
            checked(self._model, view)
            _check_path(self._model, view)
        except ValueError as problem:
            # a later command of the scene may mend it: it may ask about another node, say
            mistake = Mistake(str(problem).rstrip("."), "Change or remove this command.")
            self._refused = self._refused or (number, mistake, self._view)
        else:
            self._refused = None
        self._view = view


def _check_path(model: Model, view: View) -> None:
    if view.route is None:
        return
    listed = min(len(paths_asked(model, view)), LISTED_PATHS)
    if view.route >= listed:
        msg = f"there is no path number {view.route + 1}: {listed} are listed"
        raise ValueError(msg)

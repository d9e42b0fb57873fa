"""A map as somebody wrote it down, read line by line so that nothing is lost.

Every line is read, skipped because nothing is in it, or explained. A name that could mean several
nodes is taken for the one that an arrow of the map joins to the other end, and that is told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mgmodel.model import Model
from mgmodel.teaching import draft_words as words
from mgmodel.teaching.draft_names import Meant, Names

__all__ = ["Draft", "DraftArrow", "Reason", "Unread", "read_draft"]


_QUOTES = " \t\"'“”\u2018\u2019„`.,:!"


class Reason(StrEnum):
    """Why a line, or a part of it, was not read."""

    NO_ARROW = "no_arrow"
    """Neither an arrow nor a verb that says one."""
    NO_NAME = "no_name"
    """Nothing stands at one end."""
    UNKNOWN = "unknown"
    """A name is none of a node of the map."""
    SEVERAL = "several"
    """A name could mean several nodes, and the arrow does not tell which."""
    CONFLICT = "conflict"
    """The arrow says one direction and the words beside it the other."""


@dataclass(frozen=True, slots=True)
class DraftArrow:
    """One arrow that somebody drew."""

    line: int
    """Line of the text, from 1."""
    text: str
    source: str
    target: str
    sign: int
    """+1, -1, or 0 where no direction was said."""
    taken: tuple[tuple[str, str], ...] = ()
    """Names that are no whole name of a node, each with the node that it was taken for."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line, or a part of one, that was not read, and why."""

    line: int
    text: str
    reason: Reason
    name: str = ""
    """The name that it fails at."""
    nodes: tuple[str, ...] = ()
    """Nodes that it may mean: nearly written so, or several of which it is a part."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of a text, what was not, and which lines say nothing."""

    arrows: tuple[DraftArrow, ...]
    unread: tuple[Unread, ...]
    skipped: tuple[int, ...]
    """Lines, from 1, that are empty, a comment, or the heading of a table."""


def read_draft(model: Model, text: str) -> Draft:
    r"""The arrows of a text, one or more a line, and what could not be read of it.

    A line holds arrows (`a -> b -| c`, `a => b`, `a ← b`, `a -[+]-> b`, `a down -> b up`), a verb
    in English, Dutch or Swedish (`a lowers b`, `a doet b stijgen`, `b hämmas av a`), or the cells
    of a table (`source, target, effect`, with commas, semicolons or tabs). Semicolons divide
    statements. Nodes go by any name in any language, whatever its case, dashes and accents. What
    begins with # or // is a comment.

    Examples
    --------
    >>> model = Model.from_edges([("brain_magnesium", "nmda_receptor", -1)])
    >>> draft = read_draft(model, "magnesium -| NMDA\nstress")
    >>> [(each.source, each.target, each.sign) for each in draft.arrows]
    [('brain_magnesium', 'nmda_receptor', -1)]
    >>> draft.unread[0].line, draft.unread[0].reason.value
    (2, 'no_arrow')
    """
    reader = _Reader(model)
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(number, line)
    return Draft(tuple(reader.arrows), tuple(reader.unread), tuple(reader.skipped))


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an arrow as it was written."""

    meant: Meant
    way: int = 0
    """1 where it is said to rise, -1 to fall, 0 where neither is said."""
    verb: int | None = None
    """Sign of a verb that stands before the name, as in "-> lowers stress"."""


@dataclass(frozen=True, slots=True)
class _Shaft:
    """An arrow as it was written: its sign, whether that is written out, and its way."""

    sign: int
    firm: bool
    ways: tuple[int, ...]


class _Reader:
    def __init__(self, model: Model) -> None:
        self.arrows: list[DraftArrow] = []
        self.unread: list[Unread] = []
        self.skipped: list[int] = []
        self._names = Names(model)
        self._columns: tuple[int, int, int] | None = None
        self._joined: dict[tuple[str, str], bool] = {}
        for edge in model.edges.values():
            ends = edge.source, edge.target
            self._joined[ends] = self._joined.get(ends, False) or edge.core

    def read(self, line: int, raw: str) -> None:
        text = re.sub(r"^\s*(?:[*•·]|-(?=\s+\w)|\d+[.)](?=\s))\s*", "", raw).strip()
        # a line of marks alone says nothing where it holds no arrow, as under a heading
        empty = not re.search(r"\w", text) and not _cut_up(text)[1]
        if empty or text.startswith(words.COMMENT):
            self.skipped.append(line)
            return
        if self._read_cells(line, text):
            return
        for part in filter(None, map(str.strip, text.split(";"))):
            self._statement(line, part)

    def _statement(self, line: int, text: str) -> None:
        pieces, shafts = _cut_up(text)
        if shafts:
            self._chain(line, text, pieces, shafts)
            return
        splits = list(self._by_verb(text))
        if not splits:
            self.unread.append(Unread(line, text, Reason.NO_ARROW))
            return
        best = max(splits, key=lambda ends: sum(map(_certainty, ends[:2])))
        self._arrow(line, text, *best)

    def _chain(self, line: int, text: str, pieces: list[str], shafts: list[_Shaft]) -> None:
        ends = [self._end(piece) for piece in pieces]
        for number, shaft in enumerate(shafts):
            said = text if len(shafts) == 1 else f"{pieces[number]} … {pieces[number + 1]}"
            for way in shaft.ways:
                first, second = ends[number], ends[number + 1]
                source, target = (first, second) if way > 0 else (second, first)
                self._arrow(line, said, source, target, shaft)

    def _arrow(self, line: int, text: str, source: _End, target: _End, shaft: _Shaft) -> None:
        for end in (source, target):
            if not end.meant.nodes:
                missing = Reason.UNKNOWN if end.meant.said else Reason.NO_NAME
                near = end.meant.near
                self.unread.append(Unread(line, text, missing, end.meant.said, near))
        if not (source.meant.nodes and target.meant.nodes):
            return
        sign = _sign(source, target, shaft)
        pair = self._pair(source.meant, target.meant)
        if sign is None:
            self.unread.append(Unread(line, text, Reason.CONFLICT))
        elif pair is None:
            unsure = source.meant if len(source.meant.nodes) > 1 else target.meant
            self.unread.append(Unread(line, text, Reason.SEVERAL, unsure.said, unsure.nodes))
        else:
            ends = zip((source.meant, target.meant), pair, strict=True)
            taken = tuple((meant.said, node) for meant, node in ends if not meant.exact)
            self.arrows.append(DraftArrow(line, text, *pair, sign, taken))

    def _pair(self, source: Meant, target: Meant) -> tuple[str, str] | None:
        """The two nodes: sure, or the only ones of those meant that an arrow joins."""
        pairs = [(one, other) for one in source.nodes for other in target.nodes]
        if len(pairs) == 1:
            return pairs[0]
        joined = [pair for pair in pairs if pair in self._joined]
        core = [pair for pair in joined if self._joined[pair]]
        found = core if len(core) == 1 else joined
        return found[0] if len(found) == 1 else None

    # One end of an arrow

    def _end(self, text: str) -> _End:
        said = text.strip(_QUOTES)
        whole = self._exactly(said)
        if whole:
            return _End(whole)
        verb, rest = _verb_around(said)
        for name, way in _stripped(rest):
            found = self._exactly(name)
            if found:
                return _End(found, way, verb)
        *_, (name, way) = _stripped(rest)
        return _End(self._names.meant(name), way, verb)

    def _exactly(self, name: str) -> Meant | None:
        """The node of this name, unless a mark beside the name says something by itself."""
        if words.MARKED.search(name) and not self._names.is_written_so(name):
            return None
        return self._names.exactly(name)

    # Verbs and tables

    def _by_verb(self, text: str) -> Iterator[tuple[_End, _End, _Shaft]]:
        """Every way to take the text for two names with a verb between them."""
        for pattern, sign in words.FRAMES:
            frame = re.fullmatch(rf"(.+?)\s+{pattern}\W*", text, re.IGNORECASE)
            if frame:
                shaft = _Shaft(sign, True, (1,))
                yield self._end(frame[1]), self._end(frame[2]), shaft
        for verbs, way in ((words.VERBS, 1), (words.PASSIVE, -1)):
            for verb, sign in verbs.items():
                for found in words.phrase(verb).finditer(text):
                    ends = self._end(text[: found.start()]), self._end(text[found.end() :])
                    shaft = _Shaft(sign, sign < 0, (1,))
                    yield (*(ends if way > 0 else ends[::-1]), shaft)

    def _read_cells(self, line: int, text: str) -> bool:
        """Whether the line is a row of a table; then it is read as such."""
        for mark in "\t;,":
            cells = _cells(text, mark) if mark in text else []
            named = [words.COLUMNS.get(cell.casefold()) for cell in cells]
            if {0, 1} <= set(named):
                effect = named.index(2) if 2 in named else -1
                self._columns = named.index(0), named.index(1), effect
                self.skipped.append(line)
                return True
            for source, target, effect in filter(None, (self._columns, (0, 1, 2), (0, 2, 1))):
                if len(cells) <= max(source, target, effect, 1):
                    continue
                sign = words.EFFECTS.get(cells[effect].casefold()) if effect >= 0 else 0
                if sign is not None:
                    ends = self._end(cells[source]), self._end(cells[target])
                    self._arrow(line, text, *ends, _Shaft(sign, True, (1,)))
                    return True
        return False


def _cells(text: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=mark))]
    except (csv.Error, StopIteration):
        return []


def _certainty(part: _End | _Shaft) -> int:
    """How well an end was understood: 2 for a name, 1 for a part of one."""
    if isinstance(part, _Shaft) or not part.meant.nodes:
        return 0
    return 2 if part.meant.exact else 1


def _sign(source: _End, target: _End, shaft: _Shaft) -> int | None:
    """What the arrow says for a rise of its source; None where it contradicts itself.

    What is said of the target goes before the look of the arrow, and with a source that falls both
    turn round: "less a -> b" says that a rise of a lowers b.
    """
    first = source.way or source.verb or 1
    sign, firm = shaft.sign, shaft.firm
    if target.verb == 0:
        return 0
    if target.verb:
        if firm and target.verb != sign:
            return None
        sign, firm = target.verb, True
    if not target.way:
        return first * sign
    said = first * target.way
    agrees = not firm or sign in (0, target.way, said)
    return said if agrees else None


def _cut_up(text: str) -> tuple[list[str], list[_Shaft]]:
    """The text between the arrows, and the arrows."""
    pieces: list[str] = []
    shafts: list[_Shaft] = []
    rest = text
    while True:
        found = _first_arrow(rest)
        if found is None:
            return [*pieces, rest.strip()], shafts
        start, end, shaft = found
        pieces.append(rest[:start].strip())
        shafts.append(shaft)
        rest = rest[end:]


def _first_arrow(text: str) -> tuple[int, int, _Shaft] | None:
    found: list[tuple[int, int, _Shaft]] = []
    labelled = words.LABELLED.search(text)
    if labelled and labelled[1].casefold() in words.VERBS:
        shaft = _Shaft(words.VERBS[labelled[1].casefold()], True, (1,))
        found.append((*labelled.span(), shaft))
    both = words.BOTH.search(text)
    if both:
        found.append((*both.span(), _Shaft(1, False, (1, -1))))
    for pattern, sign, way in words.ARROWS:
        match = pattern.search(text)
        if match:
            firm = sign != 1
            found.append((*match.span(), _Shaft(min(sign, 1), firm, (way,))))
    return min(found, key=lambda each: each[0], default=None)


def _verb_around(text: str) -> tuple[int | None, str]:
    """A verb before a name, in brackets or not, or a question mark after it; and the rest."""
    doubted = re.search(r"\s*[\[(]?\?[\])]?$", text)
    if doubted:
        return 0, text[: doubted.start()]
    for verb, sign in words.VERBS.items():
        found = re.match(rf"[\[(]?\s*{re.escape(verb)}\s*[\])]?\s+(?=\S)", text, re.IGNORECASE)
        if found:
            return sign, text[found.end() :]
    return None, text


def _stripped(text: str) -> list[tuple[str, int]]:
    """The name with less and less of the words around it, and the direction that these say."""
    found, way, name = [(text, 0)], 0, text
    while True:
        shorter, said = _without_words(name)
        if shorter == name:
            return found
        name, way = shorter, way or said
        found.append((name, way))


def _without_words(text: str) -> tuple[str, int]:
    for way, before, after in (
        (1, words.UP_BEFORE, words.UP_AFTER),
        (-1, words.DOWN_BEFORE, words.DOWN_AFTER),
    ):
        for said in sorted(before, key=len, reverse=True):
            if text.casefold().startswith(f"{said} "):
                return text[len(said) :].strip(), way
        for said in sorted(after, key=len, reverse=True):
            marks = not said[-1].isalnum()
            if text.casefold().endswith(said if marks else f" {said}") and text.casefold() != said:
                return text[: -len(said)].rstrip(" ,:"), way
    for sign in "↑⬆▲":
        if text.startswith(sign):
            return text[1:].strip(), 1
    for sign in "↓⬇▼":
        if text.startswith(sign):
            return text[1:].strip(), -1
    for little in words.LITTLE_WORDS:
        if text.casefold().startswith(f"{little} "):
            return text[len(little) :].strip(), 0
    return text, 0

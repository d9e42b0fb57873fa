"""My map, as a worksheet: arrows written down by hand, held against the map line by line.

What is read of the text and what the map says of it is computed in `mgmodel.teaching.drafts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mgmodel.explore.views import Refused
from mgmodel.explore.worksheets import (
    Block,
    Button,
    Download,
    Feedback,
    Group,
    Lines,
    Page,
    Text,
    Worksheet,
)
from mgmodel.model import Model
from mgmodel.teaching import DraftReport, Judgement, compare_draft
from mgmodel.teaching.drafts import missing_in_words, told_by_line
from mgmodel.wording.catalogues import number, say, say_count

__all__ = ["DraftState", "draft_sheet", "report_of"]

_TONES = {
    Judgement.RIGHT: "right",
    Judgement.RIVAL: "right",
    Judgement.UNSIGNED: "hint",
    Judgement.SHORTCUT: "hint",
}
"""All others are wrong; what was not read is a hint."""
_MARKS = {"right": "✓", "hint": "?", "wrong": "✗"}
_TRIAL = "{0} -> {1}\n{1} -| {0}\n{0}\n# {1}"


@dataclass(frozen=True, slots=True)
class DraftState:
    """What is written, and the text that was compared last."""

    text: str = ""
    compared: str | None = None
    language: str = "en"


def draft_sheet(model: Model, text: str = "", language: str = "en") -> Worksheet:
    """The worksheet for arrows that are written down.

    Examples
    --------
    >>> sheet = draft_sheet(Model.from_edges([("crh", "acth", 1)]), "crh -> acth")
    >>> sheet.page(sheet.acts["compare"](sheet.opening, None), "light").status
    '1 arrow was drawn; borne out by the map: 1.'
    """

    @lru_cache(maxsize=8)
    def report(text: str) -> DraftReport:
        return compare_draft(model, text)

    def page(state: DraftState, _theme: str) -> Page:
        compared = state.compared
        return _page(state, None if compared is None else report(compared))

    opening = DraftState(_checked(text), language=language)
    acts = {"write": _write, "compare": _compare}
    presses = tuple(_presses(model))
    return Worksheet("draft", f"{len(model.nodes)} nodes", opening, acts, page, presses)


def report_of(model: Model, state: DraftState) -> DraftReport | None:
    """The text that was compared last, held against the map; None before that.

    Examples
    --------
    >>> model = Model.from_edges([("crh", "acth", 1)])
    >>> report_of(model, DraftState(compared="acth -> crh"))
    DraftReport(1 reversed)
    """
    return None if state.compared is None else compare_draft(model, state.compared)


def _checked(text: Any) -> str:
    if not isinstance(text, str):
        msg = f"The arrows are {text!r}; give them as one text, an arrow a line."
        raise ValueError(msg)
    return text


def _write(state: DraftState, text: Any) -> DraftState:
    return replace(state, text=_checked(text))


def _compare(state: DraftState, _: Any) -> DraftState:
    if not state.text.strip():
        key = "worksheet.draft.nothing_written"
        raise Refused(key)
    return replace(state, compared=state.text)


def _presses(model: Model) -> Iterator[tuple[str, Any]]:
    """Arrows the right way and the wrong way, and lines that say nothing."""
    names = (*model.nodes, "?", "?")[:2]
    for text in (_TRIAL.format(*names), "\n", _TRIAL.format("?", names[0])):
        yield "write", text
        if text.strip():
            yield "compare", None


def _page(state: DraftState, report: DraftReport | None) -> Page:
    language = state.language
    empty = "" if state.text.strip() else say("worksheet.draft.nothing_written", language)
    compare = say("worksheet.draft.compare", language)
    save = say("worksheet.draft.save", language)
    example = "CRH -> ACTH\ncortisol -| CRH"
    blocks: list[Block] = [
        Lines("write", say("worksheet.draft.label", language), state.text, example),
        Group(
            "closing",
            (
                Button("compare", compare, refused=empty, main=True),
                Download("draft", save, "my_map.txt", f"{state.text}\n"),
            ),
            row=True,
        ),
    ]
    status = say("worksheet.draft.nothing_yet", language)
    if report is not None:
        agreed = len(report.of(Judgement.RIGHT)) + len(report.of(Judgement.RIVAL))
        drawn, has = len(report.judged), number(agreed, language)
        status = say_count("teaching.draft.drawn", drawn, language, agreed=has)
        if state.compared != state.text:
            blocks.append(Text(say("worksheet.draft.changed", language)))
        blocks.append(Group("report", tuple(_told(report, language))))
    title, intro = (say(f"worksheet.draft.{key}", language) for key in ("title", "intro"))
    return Page(title, intro, status, tuple(blocks))


def _told(report: DraftReport, language: str) -> Iterator[Block]:
    """What is said of each line, then of what is missing; the map itself where nothing is read."""
    for _line, judgement, sentence in told_by_line(report, language):
        tone = _TONES.get(judgement, "wrong") if judgement else "hint"
        key = f"worksheet.draft.tone.{judgement}" if judgement else "worksheet.draft.tone.unread"
        word = say(key, language)
        yield Feedback(tone, _MARKS[tone], word, sentence)
    missing = missing_in_words(report, language)
    if missing:
        word = say("worksheet.draft.tone.missing", language)
        yield Feedback("hint", _MARKS["hint"], word, missing)

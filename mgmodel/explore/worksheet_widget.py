"""A worksheet as a widget: what is answered goes to the sheet, and its page comes back.

The widget holds no logic: what can be done and what is then to be read stands in its `Worksheet`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import traitlets

from mgmodel.explore.bindings import OnSheet, SheetBox
from mgmodel.explore.pages import static
from mgmodel.explore.widget_base import Explorer
from mgmodel.explore.worksheets import Page, Worksheet, described, said_by
from mgmodel.vocabulary import Language
from mgmodel.wording.catalogues import say

__all__ = ["WorksheetWidget"]


class WorksheetWidget(Explorer):
    """Questions to answer before the map does, with what is said to each answer.

    `mgmodel.explore.explore_prediction` and its sisters make one.

    Parameters
    ----------
    sheet
        How it opens, what can be done, and what is then to be read.
    """

    _esm = static("dom.js", "host.js", "blocks.js", "worksheet.js")
    _css = static("explorer.css", "controls.css", "worksheet.css")
    _box: SheetBox
    sheet = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        super().__init__(SheetBox(sheet))

    @property
    def presses(self) -> tuple[tuple[str, Any], ...]:
        """Acts, one after the other from the opening, that press every control."""
        return self._sheet.presses

    @property
    def state(self) -> Any:
        """Everything that is answered, as one frozen record."""
        return self._box.view.state

    @property
    def status(self) -> str:
        """How far one has come, in one line."""
        return self._now.page.status

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that the worksheet says, in reading order: question, status, blocks, drawing."""
        page = self._now.page
        blocks = (text for block in page.blocks for text in said_by(block))
        drawing = page.picture.alt if page.picture else ""
        return tuple(filter(None, (page.title, page.question, page.status, *blocks, drawing)))

    @property
    def png(self) -> bytes | None:
        """The drawing as it is shown; None where the worksheet has none."""
        picture = self._now.page.picture
        return picture.png if picture else None

    def __repr__(self) -> str:
        return f"WorksheetWidget({self._sheet.name}: {self._sheet.about})"

    # The same, for the page

    @property
    def _now(self) -> OnSheet:
        return self._box.shown

    def _page(self) -> dict[str, Any]:
        view, page = self._now.state, self._now.page
        language = view.language
        words = {key: say(f"explore.{key}", language) for key in ("reset", "language", "teaching")}
        words["keyboard_help"] = say("worksheet.keyboard_help", language)
        words["picture_in_words"] = say("closeup.picture_in_words", language)
        return {
            "sheet": {
                "title": page.title,
                "question": page.question,
                "status": page.status,
                "language": language,
                "languages": [[str(one), say(f"language.{one}", language)] for one in Language],
                "theme": view.theme,
                "words": words,
                "blocks": [described(block) for block in page.blocks],
                "alt": page.picture.alt if page.picture else "",
                "beside": page.beside,
                "width_px": page.picture.width_px if page.picture else 0.0,
            },
            "picture": page.picture.png if page.picture else b"",
        }

    # What is left without a kernel

    def _opening(self) -> Page:
        """The page before anything was answered: what is stored gives no answer away."""
        opening = replace(self._sheet.opening, language=self._box.language)
        return self._sheet.page(opening, "light")

    def _texts(self) -> tuple[str, ...]:
        return repr(self), self._opening().question

    def _still(self) -> bytes | None:
        picture = self._opening().picture
        return picture.png if picture else None

"""The hand-out: one explorer as one file that needs no kernel, no install and no network.

It is the page of the explorer itself, with all its languages and claim cards, and with a host that
answers in the page. What it shows is computed there, by the same rules as here.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mgmodel.explore.book import book
from mgmodel.explore.history import History, as_state
from mgmodel.explore.map_widget import MapWidget
from mgmodel.explore.pages import page_script, page_styles, static
from mgmodel.model import Model
from mgmodel.vocabulary import Language
from mgmodel.wording.cards import claim_card
from mgmodel.wording.catalogues import say

__all__ = ["export_html"]

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
"""Said to the browser: whatever this page tries, nothing is fetched from anywhere."""


def export_html(explorer: MapWidget, path: str | Path) -> Path:
    """Write what an explorer shows as one file, to be opened from a disk by any browser.

    Every toggle still computes paths, signs and robustness; claim cards, the tables, the keyboard,
    the three languages and printing work. Without JavaScript, or in a browser from before 2023,
    it shows the picture and the sentences of the moment it was written.

    Parameters
    ----------
    explorer
        From `explore_map` or `present`, as it is just now.
    path
        Where to write; a file that is there is replaced.

    Returns
    -------
    Path
        The file: under 1.5 MB for the map of this project, and the same bytes for the same state.

    Raises
    ------
    ValueError
        The path does not end in .html.

    Examples
    --------
    >>> import tempfile
    >>> from mgmodel.explore import explore_map
    >>> chain = Model.from_edges([("magnesium", "stress", -1)])
    >>> widget = explore_map(chain, source="magnesium", target="stress")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export_html(widget, f"{folder}/stress.html").name
    'stress.html'
    """
    file = Path(path)
    if file.suffix.lower() not in {".html", ".htm"}:
        msg = f"{file.name!r} does not end in .html; browsers open no other ending from a disk."
        raise ValueError(msg)
    file.write_text(_page(explorer), encoding="utf-8", newline="\n")
    return file


def _page(explorer: MapWidget) -> str:
    language = explorer.view.language
    title = html.escape(explorer.model.library.info.title.in_language(language) or "mgmodel")
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{language}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{_styles()}</style></head>",
            '<body data-jp-theme-light="true">',
            f"<main><h1>{title}</h1>",
            f'<p id="mgmodel-sorry" role="alert" hidden>{_said("no_script", language)}</p>',
            _still(explorer),
            '<div id="mgmodel"></div></main>',
            f'<script type="text/plain" id="mgmodel-packed">{_packed(explorer)}</script>',
            f"<script>{static('unpack.js')}</script>",
            "</body></html>\n",
        )
    )


def _said(key: str, language: str) -> str:
    return html.escape(say(f"handout.{key}", language))


def _styles() -> str:
    return page_styles() + static("handout.css")


def _still(explorer: MapWidget) -> str:
    """The picture and the sentences of this moment, for where no script runs."""
    picture = base64.b64encode(explorer.png).decode()
    told = [f"<p>{html.escape(sentence)}</p>" for sentence in explorer.sentences]
    language = explorer.view.language
    return "\n".join(
        (
            '<div id="mgmodel-still">',
            f"<noscript><p>{_said('no_script', language)}</p></noscript>",
            f'<img alt="{_said("still", language)}" src="data:image/png;base64,{picture}">',
            *told,
            "</div>",
        )
    )


def _packed(explorer: MapWidget) -> str:
    """The program and all its data: texts pack to a fifth, and hold no address in the clear."""
    data = {
        "atlas": explorer.atlas,
        "books": {str(one): book(explorer.model, str(one)) for one in Language},
        "cards": {str(one): _cards(explorer.model, str(one)) for one in Language},
        # it opens on the View of this moment, with no steps behind it
        "state": as_state(explorer.model, History((explorer.view,), scene=explorer.state["scene"])),
        "stage": explorer.stage,
    }
    script = f"(() => {{\n{page_script()}\n{static('handout.js')}\n}})();"
    text = json.dumps({"script": script, "data": data}, ensure_ascii=False, separators=(",", ":"))
    # no time and no name in the head, so that the same state gives the same bytes
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _cards(model: Model, language: str) -> dict[str, list[dict[str, Any]]]:
    return {edge: _sections(claim_card(model, edge, language).sections) for edge in model.edges}


def _sections(sections: Iterable[tuple[str, tuple[str, ...]]]) -> list[dict[str, Any]]:
    return [{"heading": heading, "lines": list(lines)} for heading, lines in sections]

"""Small pieces of HTML and Markdown for rich display; all text is escaped, nothing is styled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["as_markdown", "markdown_table", "table"]

_MARKS = re.compile(r"[\\`*\[\]<>#|]|(?<![^\W_])_|_(?![^\W_])")


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """An HTML table with a caption and column headings that a screen reader announces.

    Examples
    --------
    >>> table("Signs", ["node"], [["<b>"]])  # doctest: +ELLIPSIS
    '<table><caption>Signs</caption>...<tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def markdown_table(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = ""
) -> str:
    r"""A table in Markdown, which JupyterLab sets flush left and wraps, unlike one in HTML.

    A caption stands above it in bold.

    Examples
    --------
    >>> print(markdown_table(["node", "sign"], [["a|b", -1]]))
    | node | sign |
    |---|---|
    | a\|b | -1 |
    """
    head, *body = (_markdown_row(cells) for cells in (header, *rows))
    above = (f"**{as_markdown(caption)}**", "") if caption else ()
    return "\n".join((*above, head, "|---" * len(header) + "|", *body))


def _markdown_row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(as_markdown(' '.join(str(cell).split())) for cell in cells)} |"


def as_markdown(text: str) -> str:
    r"""Text that Markdown shows as it is; titles hold brackets, underscores and asterisks.

    An underscore inside a word, as of an id, is none of its marks and stays.

    Examples
    --------
    >>> print(as_markdown("[title] of *note* c000_001"))
    \[title\] of \*note\* c000_001
    """
    return _MARKS.sub(r"\\\g<0>", text)

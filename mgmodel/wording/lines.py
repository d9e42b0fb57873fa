"""Sentences on the screen, in lines that end between two words."""

from __future__ import annotations

import sys
import textwrap

__all__ = ["in_lines", "tell"]

COLUMNS = 92
"""What a notebook shows beside its list of files in a window of 1366 pixels, and on paper."""


def tell(*said: object, sep: str = " ", end: str = "\n") -> None:
    """Print sentences so that no display has to break them inside a word.

    What `print` writes in one long line, a notebook breaks wherever its window ends.

    Parameters
    ----------
    said
        Anything that `print` takes; a line break in it begins a line.
    sep, end
        As those of `print`.

    Examples
    --------
    >>> tell("- A rise in serum magnesium leads to a fall in the N-type calcium channel, hence to a"
    ...      " fall in presynaptic calcium influx.")
    - A rise in serum magnesium leads to a fall in the N-type calcium channel, hence to a fall
      in presynaptic calcium influx.
    """
    sys.stdout.write(in_lines(sep.join(map(str, said))) + end)


def in_lines(text: str, columns: int = COLUMNS) -> str:
    r"""Break long lines between words; what goes on stands two columns in where a dash began it.

    Parameters
    ----------
    text
        Lines that are short enough stay as they are, with all their spaces.
    columns
        Most characters of a line; a single word that is longer is left whole.

    Examples
    --------
    >>> print(in_lines("- one two three\nfour", columns=9))
    - one two
      three
    four
    """
    return "\n".join(_broken(line, columns) for line in text.split("\n"))


def _broken(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    bare = line.lstrip()
    margin = " " * (len(line) - len(bare))
    return textwrap.fill(
        bare,
        columns,
        initial_indent=margin,
        subsequent_indent=margin + "  " * bare.startswith("- "),
        break_long_words=False,
        break_on_hyphens=False,
    )

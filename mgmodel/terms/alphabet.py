"""How names are sorted and compared; it knows nothing of terms."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["alphabetical", "folded", "parts"]

_AFTER_Z = {"sv": "åäö"}
"""Letters that are no accented ones in a language, in the order in which they end its alphabet."""


def alphabetical(text: str, language: str = "en") -> str:
    """What a text is sorted by, so that it stands where a dictionary of the language has it.

    Word by word, whatever the case; a dash parts words, and other marks and accents do not count.
    In Swedish, å, ä and ö are letters of their own and come after z.

    Examples
    --------
    >>> sorted(["öra", "zink", "ångest", "apa"], key=lambda text: alphabetical(text, "sv"))
    ['apa', 'zink', 'ångest', 'öra']
    >>> sorted(["NMDA", "N-type", "één", "eel"], key=lambda text: alphabetical(text, "nl"))
    ['eel', 'één', 'N-type', 'NMDA']
    """
    last = _AFTER_Z.get(language, "")
    signs = []
    for sign in unicodedata.normalize("NFC", text.casefold()):
        if sign in last:
            signs.append(chr(ord("z") + 1 + last.index(sign)))
        else:
            plain = unicodedata.normalize("NFKD", sign)
            signs += [each if each.isalnum() else " " for each in plain if not _is_accent(each)]
    return " ".join("".join(signs).split())


def _is_accent(sign: str) -> bool:
    return bool(unicodedata.combining(sign))


def folded(name: str) -> str:
    """A name as it is compared with others: in one case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def parts(name: str) -> list[str]:
    """The words of a name."""
    return re.findall(r"[^\W_]+", name)

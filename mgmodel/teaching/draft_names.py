"""Which node of a map a name that somebody wrote down means, and which it might mean."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from mgmodel.model import Model

__all__ = ["Meant", "Names"]

_CLOSE = 0.6
_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """Nodes that a name means: one where it is a name of that node, else all that it is part of."""

    said: str
    nodes: tuple[str, ...] = ()
    exact: bool = False
    near: tuple[str, ...] = ()
    """Nodes with a name that is written nearly alike, where it means none."""


class Names:
    """Every name of every node, in every language, found whatever its case, dashes or accents.

    Examples
    --------
    >>> names = Names(Model.from_edges([("brain_magnesium", "nmda_receptor", -1)]))
    >>> names.meant("Brain-Magnesium").nodes, names.meant("nmda").nodes
    (('brain_magnesium',), ('nmda_receptor',))
    >>> names.meant("brain magnesum").near
    ('brain_magnesium',)
    """

    def __init__(self, model: Model) -> None:
        self._named: dict[str, dict[str, None]] = {}
        for node in model.nodes.values():
            for name in node.names():
                self._named.setdefault(_folded(name), {})[node.id] = None
        self._literally = {n.casefold() for node in model.nodes.values() for n in node.names()}
        self._words = {name: frozenset(name.split()) for name in self._named}

    def exactly(self, said: str) -> Meant | None:
        """The node, or nodes, of which this is a name."""
        nodes = self._named.get(_folded(said))
        return Meant(said, tuple(nodes), exact=True) if nodes else None

    def is_written_so(self, said: str) -> bool:
        """Whether a node has this very name, marks and all."""
        return said.casefold() in self._literally

    def meant(self, said: str) -> Meant:
        """The node of which it is a name, else those with all its words in one name, else near."""
        found = self.exactly(said)
        words = frozenset(_folded(said).split())
        if found or not words:
            return found or Meant(said)
        parts = [name for name, each in self._words.items() if words <= each]
        if parts:
            return Meant(said, self._of(parts))
        near = difflib.get_close_matches(_folded(said), self._named, n=6, cutoff=_CLOSE)
        return Meant(said, near=self._of(near)[:_PROPOSED])

    def _of(self, names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(node for name in names for node in self._named[name]))


def _folded(name: str) -> str:
    """The name without case, accents, dashes and other marks between its words.

    A name made of marks alone is kept as it is.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain)) or name.strip()

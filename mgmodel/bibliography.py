"""The references that stand behind some arrows, as a list to print at the end of a lesson."""

from __future__ import annotations

from dataclasses import dataclass

from mgmodel.markup import as_markdown
from mgmodel.model import Model
from mgmodel.records import Reference
from mgmodel.wording import in_words

__all__ = ["ReadingList", "reading_list"]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """References in reading order; at the end of a cell it shows itself as a list.

    `str` gives one reference a line.
    """

    references: tuple[Reference, ...]
    language: str = "en"

    def __str__(self) -> str:
        return "\n".join(in_words(reference, self.language) for reference in self.references)

    def __repr__(self) -> str:
        count = len(self.references)
        return f"ReadingList({count} reference{'s' * (count != 1)})"

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {as_markdown(line)}" for line in str(self).splitlines())


def reading_list(model: Model, *edges: str, language: str = "en") -> ReadingList:
    """What the evidence of these arrows cites, by author and year, each once.

    An arrow that rests on a stated assumption adds nothing.

    Parameters
    ----------
    edges
        Ids of arrows. None at all: every reference that the map's evidence cites.
    language
        Of the words around the titles: "en", "nl" or "sv".

    Raises
    ------
    UnknownId
        An arrow that the map does not have.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> found = reading_list(load_model(), "serum_magnesium.n_type_calcium_channel")
    >>> [reference.id for reference in found.references]
    ['shimosawa2004']
    """
    wanted = edges or tuple(model.edges)
    rows = [row for edge in wanted for row in model.evidence_for(edge)]
    cited = {row.reference for row in rows if row.reference}
    found = sorted(
        (model.library.references[reference] for reference in cited),
        key=lambda reference: (reference.authors.casefold(), reference.year or 0, reference.id),
    )
    return ReadingList(tuple(found), language)

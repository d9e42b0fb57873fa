"""The overclaims of the documents as cases: what is said in sight, what is wrong with it folded."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.wording import cite
from mgmodel.wording.catalogues import say
from mgmodel.wording.sentences import cite_id, full_stop, readable

__all__ = ["OverclaimCase", "OverclaimCases", "overclaim_cases"]


@dataclass(frozen=True, slots=True)
class OverclaimCase:
    """One case; its texts are in English, the language of the data."""

    id: str
    kind: str
    documents: tuple[str, ...]
    statement: str
    problem: str
    citations: tuple[str, ...]
    """Author and year of what the problem rests on; none where it follows from the texts."""
    edges: tuple[str, ...]
    """The arrows that it is about; none where the map has no arrow for it."""
    language: str = "en"

    @property
    def question(self) -> str:
        """What is said, and by whom, without a word of what is wrong with it."""
        said_by = "; ".join(map(readable, self.documents))
        return f"{self.id}. {full_stop(self.statement)}" + (f" ({said_by})" if said_by else "")

    @property
    def answer(self) -> tuple[str, ...]:
        """What is wrong with it, on what that rests, and the arrows of the map."""
        lines = [full_stop(self.problem)]
        for key, found in (("references", self.citations), ("arrows", self.edges)):
            if found:
                head = say(f"teaching.overclaim.{key}", self.language)
                lines.append(full_stop(f"{head}: {'; '.join(found)}"))
        return tuple(lines)

    def __str__(self) -> str:
        return "\n".join((self.question, *self.answer))


@dataclass(frozen=True, slots=True)
class OverclaimCases:
    """Cases to be guessed: at the end of a cell each is a fold, and `str` tells them all open."""

    cases: tuple[OverclaimCase, ...]

    def __len__(self) -> int:
        return len(self.cases)

    def __getitem__(self, case: str) -> OverclaimCase:
        known = {each.id: each for each in self.cases}
        if case not in known:
            raise UnknownId(case, known, kind="case")
        return known[case]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.cases))

    def __repr__(self) -> str:
        return "\n".join(each.question for each in self.cases) or "OverclaimCases(none)"

    def _repr_html_(self) -> str:
        return "\n".join(
            f"<details><summary>{escape(each.question)}</summary>"
            + "".join(f"<p>{escape(line)}</p>" for line in each.answer)
            + "</details>"
            for each in self.cases
        )


def overclaim_cases(model: Model, *kinds: str, language: str = "en") -> OverclaimCases:
    """Where the documents say more than the evidence, err or disagree, as cases to be guessed.

    Parameters
    ----------
    kinds
        "overclaim", "error", "disagreement", "omission" or "not_found"; none at all gives all.
    language
        Of the two headings in a fold.

    Returns
    -------
    OverclaimCases
        In the order of the data; `cases["o10"]` is one of them.

    Raises
    ------
    UnknownId
        A kind that no overclaim of the map has.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> cases = overclaim_cases(load_model(), "disagreement")
    >>> len(cases), cases["o19"].citations
    (5, ('Slutsky et al. 2010', 'Liu et al. 2016', 'Zhang et al. 2022'))
    """
    rows = model.library.overclaims
    known = sorted({row.kind for row in rows})
    for kind in kinds:
        if kind not in known:
            raise UnknownId(kind, known, kind="kind of overclaim")
    references = model.library.references
    return OverclaimCases(
        tuple(
            OverclaimCase(
                *(row.id, row.kind, row.documents, row.statement, row.problem),
                tuple(
                    cite(references[each], language) if each in references else cite_id(each)
                    for each in row.references
                ),
                row.edges,
                language,
            )
            for row in rows
            if not kinds or row.kind in kinds
        )
    )

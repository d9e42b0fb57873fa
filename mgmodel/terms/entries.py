"""A term with its meaning, and many of them as a glossary that can be searched and shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.records import Translated
from mgmodel.terms.alphabet import folded, parts
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import say, say_count
from mgmodel.wording.sentences import full_stop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Glossary", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary; `str` says it in English."""

    key: str
    """The id of a node; else a name such as "signed_path" or "verdict.rises"."""
    kind: str
    """One of `KINDS`."""
    names: Translated
    """What it is called, as in the middle of a sentence."""
    meaning: Translated
    """What it means, as a sentence; empty for a node of which the map says nothing."""
    synonyms: Mapping[str, tuple[str, ...]]
    """Other names by language."""
    where: Translated
    """The system of a node, the field of a term of method, the list of a coded word."""

    def every_name(self) -> tuple[str, ...]:
        """Every name in every language, and the key, each once; what `find` looks through."""
        said = [self.key]
        for language in Language:
            said += [self.names.in_language(language), *self.synonyms.get(language, ())]
        return tuple(dict.fromkeys(filter(None, said)))

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Glossary:
    """Terms in the alphabetical order of one language; at the end of a cell it is a table.

    `str` gives one term a line.
    """

    terms: tuple[Term, ...]
    language: str = "en"

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, position: int) -> Term:
        return self.terms[position]

    def of_kind(self, kind: str) -> Glossary:
        """The terms of one of `KINDS`; none for any other word."""
        return replace(self, terms=tuple(term for term in self if term.kind == kind))

    def find(self, name: str) -> Glossary:
        """The terms with this name in any language, whatever its case.

        Where it is nobody's name, the terms with all its words in one of their names.

        Raises
        ------
        UnknownId
            There is no such term; names that are written nearly alike are suggested.

        Examples
        --------
        >>> from mgmodel.datafiles import load_model
        >>> from mgmodel.terms import glossary
        >>> terms = glossary(load_model())
        >>> [term.key for term in terms.find("Noradrenaline")]
        ['norepinephrine']
        >>> [term.key for term in terms.find("lus")]
        ['feedback_loop']
        """
        said = self._said
        wanted = set(parts(folded(name)))
        found = [term for term, names in said if folded(name) in names]
        if wanted and not found:
            found = [term for term, names in said if any(wanted <= set(parts(n)) for n in names)]
        if not found:
            known = sorted({each for _, names in said for each in names})
            raise UnknownId(name, known, kind="term")
        return replace(self, terms=tuple(found))

    @cached_property
    def _said(self) -> tuple[tuple[Term, tuple[str, ...]], ...]:
        """Every term with its names as `find` compares them."""
        return tuple((term, tuple(map(folded, term.every_name()))) for term in self)

    def to_frame(self) -> pd.DataFrame:
        """One row a term.

        Returns
        -------
        pandas.DataFrame
            Columns: key, kind, term, meaning, synonyms, where, in the language of the glossary;
            then term_en, term_nl, term_sv.
        """
        import pandas as pd

        columns = ["key", "kind", "term", "meaning", "synonyms", "where"]
        columns += [f"term_{language}" for language in Language]
        rows = [
            (
                *(term.key, term.kind, *self._cells(term)),
                *(term.names.in_language(language) for language in Language),
            )
            for term in self
        ]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    def _cells(self, term: Term) -> tuple[str, str, str, str]:
        return (
            term.names.in_language(self.language),
            term.meaning.in_language(self.language),
            "; ".join(term.synonyms.get(self.language, ())),
            term.where.in_language(self.language),
        )

    def __str__(self) -> str:
        return "\n".join(in_words(term, self.language) for term in self)

    def __repr__(self) -> str:
        return f"Glossary({len(self)} term{'s' * (len(self) != 1)}, {self.language!r})"

    def _repr_html_(self) -> str:
        others = [language for language in Language if language != self.language]
        header = [
            *(
                say(f"glossary.{name}_heading", self.language)
                for name in ("term", "meaning", "also", "where")
            ),
            *(say(f"language.{other}", self.language) for other in others),
        ]
        rows = [
            (*self._cells(term), *(term.names.in_language(other) for other in others))
            for term in self
        ]
        return table(in_words(self, self.language), header, rows)


@in_words.register
def _term(term: Term, language: str = "en") -> str:
    name, meaning = term.names.in_language(language), term.meaning.in_language(language)
    if term.kind == "code":
        name = f"{name} ({term.where.in_language(language)})"
    return f"{name}: {meaning}" if meaning else full_stop(name)


@in_words.register
def _glossary(found: Glossary, language: str = "en") -> str:
    return say_count("glossary.counted", len(found), language)

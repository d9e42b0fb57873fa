"""The page that holds the glossary in three languages; committed in notebooks/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from mgmodel.markup import as_markdown
from mgmodel.terms import KINDS, Glossary, Term, alphabetical
from mgmodel.vocabulary import Language
from mgmodel.wording.catalogues import say

__all__ = ["COMMAND", "glossary_page"]

COMMAND = "python -m mgmodel glossary --markdown"


def glossary_page(terms: Glossary) -> str:
    """The page in Markdown: a table for each kind, then an index for each other language.

    The language of the glossary comes first and decides the order of the tables.
    """
    languages = sorted(Language, key=lambda language: language != terms.language)
    lines = [f"# {_beside('glossary.title', languages)}", ""]
    for language in languages:
        said = (
            say("glossary.introduction", language),
            say("glossary.unread", language),
            say("glossary.made", language, command=f"`{COMMAND}`"),
        )
        lines += [f"- {_marked(' '.join(said), language, terms.language)}"]
    for kind in KINDS:
        if found := terms.of_kind(kind):
            lines += ["", f"## {_beside(f'glossary.sort.{kind}', languages)}", ""]
            lines += _table(found, languages)
    for language in languages[1:]:
        heading = _marked(say("glossary.index", language), language, terms.language)
        lines += ["", f"## {heading}", "", *_index(replace(terms, language=language), terms)]
    return "\n".join(lines) + "\n"


def _beside(key: str, languages: Iterable[str]) -> str:
    return " · ".join(say(key, language) for language in languages)


def _marked(text: str, language: str, own: str) -> str:
    """A text as one in another language than that of the page, so that it is read aloud as such."""
    return text if language == own else f'<span lang="{language}">{text}</span>'


def _table(terms: Glossary, languages: list[Language]) -> Iterator[str]:
    names = [say(f"language.{language}", language) for language in languages]
    yield f"| {' | '.join(name[:1].upper() + name[1:] for name in names)} |"
    yield "|---|---|---|"
    for term in terms:
        cells = [_marked(_entry(term, one), one, terms.language) for one in languages]
        yield f'| <a id="{_anchor(term)}"></a>{" | ".join(cells)} |'


def _entry(term: Term, language: str) -> str:
    name = f"**{as_markdown(term.names.in_language(language))}**"
    if term.kind == "code":
        name += f" ({as_markdown(term.where.in_language(language))})"
    also = ", ".join(map(as_markdown, term.synonyms.get(language, ())))
    parts = (
        name,
        as_markdown(term.meaning.in_language(language)),
        f"*{say('glossary.also', language, names=also)}*" if also else "",
    )
    return "<br>".join(filter(None, parts))


def _anchor(term: Term) -> str:
    return f"term-{term.key.replace('.', '-')}"


def _index(terms: Glossary, main: Glossary) -> Iterator[str]:
    """The names in another language, a line for each first letter, with the entry of each."""

    def place(term: Term) -> str:
        return alphabetical(term.names.in_language(terms.language), terms.language)

    for _, listed in groupby(sorted(terms, key=place), key=lambda term: place(term)[:1]):
        group = list(listed)
        first = group[0].names.in_language(terms.language)[0].upper()
        yield f"- **{first}**: {'; '.join(_pointer(term, terms, main) for term in group)}"


def _pointer(term: Term, terms: Glossary, main: Glossary) -> str:
    name = as_markdown(term.names.in_language(terms.language))
    entry = as_markdown(term.names.in_language(main.language))
    said = _marked(name, terms.language, main.language)
    return f"{said}: [{entry}](#{_anchor(term)})"

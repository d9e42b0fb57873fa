"""The glossary of a map: its nodes, the terms of the method, and the coded words, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from mgmodel.model import Model
from mgmodel.records import Node, Translated
from mgmodel.terms.alphabet import alphabetical, folded
from mgmodel.terms.entries import Glossary, Term
from mgmodel.terms.lists import CODES, METHOD
from mgmodel.vocabulary import Grade, Language
from mgmodel.wording import word
from mgmodel.wording.catalogues import say, words
from mgmodel.wording.coded import meaning_of
from mgmodel.wording.sentences import definition_of, full_stop, inside, readable

__all__ = ["glossary"]


def glossary(model: Model, language: str = "en") -> Glossary:
    """Every node of a map, every term of the method and every coded word, with its meaning.

    Parameters
    ----------
    model
        Its nodes are among the terms.
    language
        "en", "nl" or "sv": decides the order, and what the glossary shows first; every term
        holds all three.

    Returns
    -------
    Glossary
        Sorted as `alphabetical` says; of terms that are written alike, by key.

    Raises
    ------
    ValueError
        There are no words in that language.

    Examples
    --------
    >>> terms = glossary(Model.from_edges([("magnesium", "stress", -1)]), "nl")
    >>> print(terms.find("loop"))
    terugkoppellus: Een pad dat terugkomt bij de knoop waar het begon.
    """
    words(language)  # refuses a language that there is not, before anything is looked up
    terms = [
        *(_of_node(model, node) for node in model.nodes.values()),
        *(_of_method(key, field) for field, keys in METHOD.items() for key in keys),
        *(_of_code(each, name) for name, listed in CODES.items() for each in listed),
    ]

    def place(term: Term) -> tuple[str, str]:
        return alphabetical(term.names.in_language(language), language), term.key

    return Glossary(tuple(sorted(terms, key=place)), language)


# The three kinds


def _of_node(model: Model, node: Node) -> Term:
    system = model.library.info.systems.get(node.system, Translated(readable(node.system)))
    labels = {one: _headword(node, node.label.in_language(one)) for one in Language}
    names = {one: _headword(node, node.full_term(one)) for one in Language}
    return Term(
        node.id,
        "node",
        Translated(*names.values()),
        Translated(*(definition_of(node, one) for one in Language)),
        _synonyms({one: (labels[one], *node.synonyms.get(one, ())) for one in Language}, names),
        Translated(*(_small(system.in_language(one)) for one in Language)),
    )


def _headword(node: Node, text: str) -> str:
    # a map made from bare ids has them for labels; those are names, and stay as they were given
    return text if text == node.id else inside(text)


def _small(text: str) -> str:
    return inside(text) if text else ""


def _of_method(key: str, field: str) -> Term:
    said = {one: say(f"glossary.term.{key}", one).split("; ") for one in Language}
    names = {one: first for one, (first, *_) in said.items()}
    return Term(
        key,
        "method",
        Translated(*names.values()),
        Translated(*(_sentence(say(f"glossary.meaning.{key}", one)) for one in Language)),
        _synonyms(said, names),
        Translated(*(say(f"glossary.where.{field}", one) for one in Language)),
    )


def _of_code(value: StrEnum, listed: str) -> Term:
    return Term(
        f"{listed}.{value.value}",
        "code",
        Translated(*(_code_name(value, one) for one in Language)),
        Translated(*(_sentence(meaning_of(value, one)) for one in Language)),
        MappingProxyType({}),
        Translated(*(say(f"glossary.where.{listed}", one) for one in Language)),
    )


def _code_name(value: StrEnum, language: str) -> str:
    said = word(value, language)
    return say("glossary.grade", language, grade=said) if isinstance(value, Grade) else said


def _sentence(text: str) -> str:
    return full_stop(text[:1].upper() + text[1:])


def _synonyms(
    said: Mapping[Language, Iterable[str]], names: Mapping[Language, str]
) -> Mapping[str, tuple[str, ...]]:
    """Other names by language: each once, and none that is the first name in another case."""
    found = {}
    for one, each in said.items():
        others = {folded(name): name for name in each}
        others.pop(folded(names[one]), None)
        found[one.value] = tuple(others.values())
    return MappingProxyType(found)

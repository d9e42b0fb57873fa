"""The glossary holds every term once, in three languages and in their order, and advises nobody."""

from __future__ import annotations

import inspect
import re
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given
from test_catalogues import ADDRESSED
from test_directions import heard

import mgmodel as mg
from mgmodel import vocabulary
from mgmodel.commands.glossary_page import glossary_page
from mgmodel.datafiles import load_model
from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.records import Node, Translated
from mgmodel.terms import CODES, KINDS, METHOD, Glossary, Term, alphabetical, glossary
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import words

LANGUAGES = [language.value for language in Language]
PAGE = Path(__file__).resolve().parent.parent / "notebooks" / "glossary.md"
MEND = "Look at what changed, then: python -m mgmodel glossary --markdown > notebooks/glossary.md"
ENGLISH = glossary(load_model())


@pytest.fixture(params=LANGUAGES)
def terms(request: pytest.FixtureRequest, real_model: Model) -> Glossary:
    return glossary(real_model, request.param)


def by_key(terms: Glossary) -> dict[str, Term]:
    return {term.key: term for term in terms}


# What is in it


def test_every_node_is_in_it(real_model: Model) -> None:
    assert {term.key for term in ENGLISH.of_kind("node")} == set(real_model.nodes)


def test_every_coded_word_is_in_it() -> None:
    lists = {
        each
        for _, each in inspect.getmembers(vocabulary, inspect.isclass)
        if issubclass(each, StrEnum) and each.__module__ == vocabulary.__name__
    }
    assert set(CODES.values()) == lists
    expected = {f"{name}.{value}" for name, listed in CODES.items() for value in listed}
    assert {term.key for term in ENGLISH.of_kind("code")} == expected


def test_every_term_of_method_is_in_it_and_has_its_words() -> None:
    listed = [key for keys in METHOD.values() for key in keys]
    assert sorted(term.key for term in ENGLISH.of_kind("method")) == sorted(listed)
    for topic in ("term", "meaning"):
        start = f"glossary.{topic}."
        assert [key.removeprefix(start) for key in words() if key.startswith(start)] == listed


def test_there_are_these_kinds_and_no_others() -> None:
    assert [len(ENGLISH.of_kind(kind)) > 0 for kind in KINDS] == [True] * 3
    assert sum(len(ENGLISH.of_kind(kind)) for kind in KINDS) == len(ENGLISH)
    assert len(ENGLISH.of_kind("verb")) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_complete_in_every_language(language: str) -> None:
    lacking = [
        term.key
        for term in ENGLISH
        for text in (term.names, term.meaning, term.where)
        if not getattr(text, language)
    ]
    assert lacking == []


def test_a_meaning_is_a_sentence_that_differs_between_languages() -> None:
    for term in ENGLISH:
        said = [term.meaning.in_language(language) for language in LANGUAGES]
        assert all(re.fullmatch(r"[A-ZÅÄÖÉ0-9].*\.", text) for text in said), term.key
        assert len(set(said)) == 3, term.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_stands_twice(language: str) -> None:
    """Only coded words of two lists may be written alike; their list parts them."""
    seen: dict[str, Term] = {}
    for term in ENGLISH:
        name = term.names.in_language(language).casefold()
        other = seen.setdefault(name, term)
        alike = other is not term
        assert not alike or {term.kind, other.kind} == {"code"}, (term.key, other.key)
        assert not alike or term.where != other.where, (term.key, other.key)
    assert len({term.key for term in ENGLISH}) == len(ENGLISH)


def test_no_other_name_is_the_first_name_or_stands_twice() -> None:
    for term in ENGLISH:
        for language in LANGUAGES:
            names = [term.names.in_language(language), *term.synonyms.get(language, ())]
            assert len({name.casefold() for name in names}) == len(names), term.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_meaning_advises_anybody(language: str) -> None:
    pattern = re.compile(rf"\b({ADDRESSED[language]})\b", re.IGNORECASE)
    found = [term.key for term in ENGLISH if pattern.search(term.meaning.in_language(language))]
    assert found == []


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_every_meaning_speaks_of_the_directions_of_its_english(language: str) -> None:
    wrong = {
        term.key: (term.meaning.en, term.meaning.in_language(language))
        for term in ENGLISH
        if heard(term.meaning.en, "en") != heard(term.meaning.in_language(language), language)
    }
    assert wrong == {}


NUMBER = r"\d+(?:[.,]\d+)?"


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_every_meaning_holds_the_numbers_of_its_english(language: str) -> None:
    def numbers(text: str) -> list[str]:
        plain = re.sub(r"[A-Za-z]+\d[\w.]*|\w+-\d+", "", text)  # names such as CaV2.2 and SF-36
        return sorted(number.replace(",", ".") for number in re.findall(NUMBER, plain))

    wrong = {
        term.key: (term.meaning.en, term.meaning.in_language(language))
        for term in ENGLISH
        if numbers(term.meaning.en) != numbers(term.meaning.in_language(language))
    }
    assert wrong == {}


# Order


def test_a_glossary_is_in_the_order_of_its_language(terms: Glossary) -> None:
    names = [term.names.in_language(terms.language) for term in terms]
    places = [alphabetical(name, terms.language) for name in names]
    assert places == sorted(places)


def test_the_order_changes_nothing_else(terms: Glossary) -> None:
    assert by_key(terms) == by_key(ENGLISH)


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["ACTH", "acute", "N-type", "NMDA", "zinc", "Zürich"]),
        ("nl", ["één", "eiwit", "GABA-A", "GABA A", "gamma", "ziekte"]),
        ("sv", ["anda", "andel", "vinst", "väg", "zink", "ånga", "äpple", "öga"]),
    ],
)
def test_names_stand_as_in_a_dictionary(language: str, ordered: list[str]) -> None:
    places = [alphabetical(name, language) for name in ordered]
    assert places == sorted(places)


def test_a_swedish_letter_is_an_accented_one_elsewhere() -> None:
    assert alphabetical("Ångest", "nl") == "angest"
    assert alphabetical("Ångest", "sv") > alphabetical("zzz", "sv")
    assert alphabetical("A\u030angest", "sv") == alphabetical("Ångest", "sv")  # in two signs


@given(st.text(), st.sampled_from(LANGUAGES))
def test_case_and_marks_do_not_change_a_place(text: str, language: str) -> None:
    place = alphabetical(text, language)
    assert place == alphabetical(f" {text}!", language)
    assert place == " ".join(place.split())


# Finding


@given(st.sampled_from(list(ENGLISH)), st.data())
def test_a_term_is_found_by_every_name_in_any_case(term: Term, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(term.every_name()))
    turned = data.draw(st.sampled_from([str, str.upper, str.lower, str.title]))(name)
    assert term in ENGLISH.find(f" {turned} ")


def test_every_name_of_every_term_finds_it() -> None:
    lost = [
        (term.key, name)
        for term in ENGLISH
        for name in term.every_name()
        if term not in ENGLISH.find(name)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("noradrenaline", ["norepinephrine"]),
        ("NORADRENALIN", ["norepinephrine"]),
        ("versterkende lus", ["reinforcing_loop"]),
        ("återkopplingsslinga", ["feedback_loop"]),
        ("KnockOut", ["knock_out"]),
        ("assumption", ["stance.assumption"]),
        ("ökar", ["effect.increases", "verdict.rises"]),
        ("verdict.rises", ["verdict.rises"]),
    ],
)
def test_a_name_finds_these(name: str, keys: list[str]) -> None:
    assert [term.key for term in ENGLISH.find(name)] == keys


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    found = {term.key for term in ENGLISH.find("calcium channel")}
    assert found == {"n_type_calcium_channel", "l_type_calcium_channel"}


def test_what_is_found_keeps_language_and_order(real_model: Model) -> None:
    found = glossary(real_model, "sv").find("magnesium")
    assert found.language == "sv"
    names = [alphabetical(term.names.sv, "sv") for term in found]
    assert len(names) > 10
    assert all(one <= other for one, other in pairwise(names))


def test_an_unknown_name_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownId, match=r"no term 'cortizol'\. Did you mean 'cortisol'"):
        ENGLISH.find("cortizol")
    with pytest.raises(UnknownId, match="There is no term ''"):
        ENGLISH.find("")


def test_an_unknown_language_is_refused(real_model: Model) -> None:
    with pytest.raises(ValueError, match="choose one of 'en', 'nl', 'sv'"):
        glossary(real_model, "de")


# A map of one's own


def test_a_node_without_a_definition_is_a_term_without_a_meaning(chain: Model) -> None:
    term = glossary(chain).find("a").terms[0]
    assert (term.kind, term.meaning) == ("node", Translated(""))
    assert in_words(term) == "a."


def test_a_definition_in_english_alone_is_marked_as_such() -> None:
    node = Node("x", Translated("Strain"), definition=Translated("A load"))
    term = glossary(Model([node], []), "nl").find("strain")[0]
    assert (term.meaning.en, term.meaning.nl) == ("A load.", "(in het Engels) A load.")


def test_names_that_are_ids_stay_as_they_were_given() -> None:
    model = Model.from_edges([("Stress", "Cortisol", 1)])
    assert {term.names.en for term in glossary(model).of_kind("node")} == {"Stress", "Cortisol"}


# How it shows itself


def test_the_public_name_is_this_one() -> None:
    assert mg.glossary is glossary


def test_as_text_a_term_has_a_line(terms: Glossary) -> None:
    assert len(str(terms).splitlines()) == len(terms)
    assert str(terms).splitlines()[0] == in_words(terms[0], terms.language)
    assert str(ENGLISH[0]) == in_words(ENGLISH[0], "en")


def test_a_coded_word_says_its_list() -> None:
    said = in_words(by_key(ENGLISH)["strength.robust"], "nl")
    assert said == "robuust (hoe vast een richting staat): In ten minste 95% van de wegingen."


def test_a_glossary_counts_itself(terms: Glossary) -> None:
    assert str(len(terms)) in in_words(terms, terms.language)
    assert repr(ENGLISH.find("crh")) == "Glossary(1 term, 'en')"


def test_the_frame_holds_one_row_a_term(terms: Glossary) -> None:
    frame = terms.to_frame()
    assert list(frame["key"]) == [term.key for term in terms]
    assert list(frame["term"]) == list(frame[f"term_{terms.language}"])
    assert frame.notna().all(axis=None)


def test_the_table_holds_every_meaning(terms: Glossary) -> None:
    shown = terms._repr_html_()
    assert shown.count("<tr>") == len(terms) + 1
    assert "<td>cortisol</td>" in ENGLISH._repr_html_()


# The page


def test_the_page_is_the_one_that_the_command_makes(real_model: Model) -> None:
    assert PAGE.read_text("utf-8") == glossary_page(glossary(real_model)), MEND


def test_every_link_of_the_page_leads_to_an_entry(terms: Glossary) -> None:
    page = glossary_page(terms)
    anchors = re.findall(r'<a id="([^"]+)"></a>', page)
    assert len(set(anchors)) == len(anchors) == len(terms)
    links = re.findall(r"\]\(#([^)]+)\)", page)
    assert sorted(links) == sorted(anchors * 2)  # one from each of the two indexes


def test_every_row_of_the_page_has_three_cells(terms: Glossary) -> None:
    rows = [line for line in glossary_page(terms).splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}
    assert len(rows) == len(terms) + len(KINDS)


def test_the_swedish_index_ends_with_its_own_letters(real_model: Model) -> None:
    *_, index = glossary_page(glossary(real_model)).split("\n## ")
    letters = re.findall(r"^- \*\*(.)\*\*:", index, re.MULTILINE)
    assert letters[-3:] == ["Z", "Å", "Ö"]
    assert len(letters) == len(set(letters))

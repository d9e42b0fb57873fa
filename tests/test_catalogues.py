"""The three catalogues say the same things, and the package says only what they hold."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

import mgmodel
from mgmodel.vocabulary import Language
from mgmodel.wording.catalogues import join, number, percent, say, say_count, words

PACKAGE = Path(mgmodel.__file__).parent
LANGUAGES = [language.value for language in Language]
TRANSLATIONS = ["nl", "sv"]

SPELLED_ALIKE = {
    "nl": {
        "number.percent",
        "kind.stressor",
        "kind.ion",
        "heading.effect",
        "heading.document",
        "node.sentence",
        "figure.alt_verdict",
        "look.directed",
        "stage.aloud",
        "glossary.term.document",
        "glossary.term.ensemble",
    },
    "sv": {
        "kind.stressor",
        "kind.process",
        "kind.system",
        "strength.word.robust",
        "heading.problem",
        "heading.definition",
        "map.info",
        "node.sentence",
        "figure.alt_verdict",
        "look.directed",
        "stage.aloud",
        "glossary.term.ensemble",
        "glossary.term.parameter",
    },
}
"""Words that are the same as in English, looked at one by one."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(words("en")) == list(words(language))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_language_has_the_same_places_for_values(language: str) -> None:
    expected = {key: places(text) for key, text in words("en").items()}
    assert expected == {key: places(text) for key, text in words(language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_loose_spaces(language: str) -> None:
    spoiled = {
        key
        for key, text in words(language).items()
        if not text or re.search(r"^ | $| {2}|\n", text)
    }
    assert set() == spoiled


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_only_listed_words_are_the_same_as_in_english(language: str) -> None:
    english = words("en")
    alike = {key for key, text in words(language).items() if text == english[key]}
    assert SPELLED_ALIKE[language] == alike


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_has_both_of_its_words_and_a_place_for_the_number(language: str) -> None:
    catalogue = words(language)
    counts = {key.rpartition(".")[0] for key in catalogue if key.endswith(".one")}
    for key in counts:
        assert {"n"} <= places(catalogue[f"{key}.one"]) & places(catalogue[f"{key}.many"]), key


ADDRESSED = {
    "en": "you|your|should|must",
    "nl": "u|uw|je|jij|jouw|moet",
    "sv": "du|din|ditt|bör|ska",
}
PROBABLE = {"en": r"probab\w*", "nl": r"waarschijnlijk\w*|kans\w*", "sv": r"sannolik\w*|chans\w*"}


@pytest.mark.parametrize("banned", [ADDRESSED, PROBABLE], ids=["no advice", "no probability"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_advises_anybody_or_calls_a_fraction_of_weightings_a_probability(
    language: str, banned: dict[str, str]
) -> None:
    pattern = re.compile(rf"\b({banned[language]})\b", re.IGNORECASE)
    assert not {key: text for key, text in words(language).items() if pattern.search(text)}


# --- what the code says -----------------------------------------------------------------------


def _pattern(node: ast.expr) -> str | None:
    """The keys that an expression may stand for; what is filled in at run time is a group."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return "".join(_pattern(part) or r"([a-zA-Z_.]+)" for part in node.values)
    return None


def _expressions() -> list[tuple[str, ast.expr]]:
    """Every expression of the package, and where it stands."""
    return [
        (f"{path.name}:{node.lineno}", node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.expr)
    ]


def test_every_key_that_the_code_says_is_in_the_catalogue() -> None:
    missing = []
    for where, node in _expressions():
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in {"say", "say_count"} and node.args:
            key = _pattern(node.args[0])
            end = r"\.(one|many)" if name == "say_count" else ""
            if key is not None and not any(re.fullmatch(key + end, each) for each in words()):
                missing.append((where, key))
    assert not missing


def test_no_word_is_left_that_nothing_says() -> None:
    """A key is said whole, or in two parts: f"kind.{...}" here, and "hormone" somewhere."""
    spoken = [_pattern(node) for _, node in _expressions() if isinstance(node, ast.JoinedStr)]
    patterns = [re.compile(each) for each in dict.fromkeys(filter(None, spoken)) if "." in each]
    files = [path for kind in ("*.py", "*.js") for path in sorted(PACKAGE.rglob(kind))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)

    def said(key: str) -> bool:
        key = key.removesuffix(".one").removesuffix(".many")
        topic, _, last = key.rpartition(".")
        found = [match.groups() for match in (each.fullmatch(key) for each in patterns) if match]
        if f'"{topic}"' in text:
            found.append((last,))
        return f'"{key}"' in text or any(
            all(f'"{part}"' in text for part in parts) for parts in found
        )

    assert not [key for key in words() if not said(key)]


# --- saying ----------------------------------------------------------------------------------


def test_a_key_that_is_not_there_is_named_together_with_the_language() -> None:
    with pytest.raises(KeyError, match=r"The sv words have no key 'edge\.explodes'"):
        say("edge.explodes", "sv")


def test_a_value_that_was_not_given_is_named() -> None:
    with pytest.raises(KeyError, match="need a value for 'target'"):
        say("edge.increases", "nl", source="x")


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'de'; choose one of 'en', 'nl', 'sv'"):
        words("de")


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        words()["edge.increases"] = ""  # type: ignore[index]


@given(st.text(min_size=1))
def test_a_value_is_put_in_as_it_stands(label: str) -> None:
    assert f"A rise in {label} raises x." == say("edge.increases", source=label, target="x")


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 noder"), (1, "1 nod"), (2, "2 noder"), (1700, "1\u00a0700 noder")]
)
def test_a_count_takes_the_word_of_its_number(n: int, expected: str) -> None:
    assert expected == say_count("count.nodes", n, "sv")


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (1234.5, "en", "1,234.5"),
        (1234.5, "nl", "1.234,5"),
        (1234.5, "sv", "1\u00a0234,5"),
        (-0.5, "nl", "-0,5"),
        (100, "en", "100"),
        (0.0, "en", "0"),
        (-1e-9, "en", "0"),
    ],
)
def test_numbers_follow_the_language(value: float, language: str, expected: str) -> None:
    assert expected == number(value, language)


@given(st.floats(min_value=-1e6, max_value=1e6), st.sampled_from(LANGUAGES))
def test_a_written_number_reads_back_as_the_same_number(value: float, language: str) -> None:
    text = number(value, language)
    marks = words(language)
    plain = text.replace(marks["number.thousands_mark"], "")
    plain = plain.replace(marks["number.decimal_mark"], ".")
    assert float(plain) == pytest.approx(value, abs=1e-6)


@given(st.floats(min_value=0, max_value=1))
def test_a_percentage_never_overstates_and_keeps_all_and_none_apart(fraction: float) -> None:
    written = int(percent(fraction).removesuffix("%"))
    assert (written == 100) == (fraction == 1)
    assert (written == 0) == (fraction == 0)
    assert written <= max(1, fraction * 100 + 1e-6)


def test_every_whole_percentage_is_written_as_itself() -> None:
    assert [f"{n}%" for n in range(101)] == [percent(n / 100) for n in range(101)]


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), ("abc", "a, b en c")]
)
def test_a_list_is_joined_as_in_a_sentence(parts: list[str], expected: str) -> None:
    assert expected == join(parts, "nl")

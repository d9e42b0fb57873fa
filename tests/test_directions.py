"""No sentence turns an increase into a decrease: in each language the words for up and down stand
where the name of the text, its places for values and the other languages say."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import mul

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel.interventions import Press
from mgmodel.model import Model
from mgmodel.vocabulary import Effect, Language, Strength, Verdict
from mgmodel.wording import (
    arrows_in_words,
    edge_sentence,
    intervention_in_words,
    verdict_in_words,
    word,
)
from mgmodel.wording.catalogues import words

LANGUAGES = [language.value for language in Language]

UP = {
    "en": r"ris(?:e|es|en|ing)|rose|rais\w*|increas\w*|(?<!builds )up(?! to)|upwards?|higher",
    "nl": r"stijg\w*|steeg|gestegen|toen[ae]m\w*|neemt toe|omhoog\w*|hoger|verho\w+",
    "sv": r"ök\w*|stig(?:a|er|it|ande)|(?:för)?höj\w*|uppåt|högre",
}
DOWN = {
    "en": r"fall(?:s|en|ing)?|fell|lower\w*|decreas\w*|reduc\w*|(?<!written )down|downwards?",
    "nl": r"da(?:al|l)\w*|gedaald|afn[ae]m\w*|neemt af|omlaag\w*|lager|verla(?:ag|g)\w*",
    "sv": r"minsk\w*|fall(?:er|et)|sjunk\w*|sjönk|sänk\w*|nedåt|lägre",
}
"""Every form of the words that say which way something goes."""
ABOVE = {"en": "above", "nl": "boven", "sv": "över"}
BELOW = {"en": "below", "nl": "onder", "sv": "under"}
"""The same, where a text is named for a direction; elsewhere these words have other uses."""

NAMED_UP = {"rise", "rises", "raises", "raising", "increases", "up", "higher"}
NAMED_DOWN = {"fall", "falls", "lowers", "lowering", "decreases", "down", "lower"}
"""Parts of names of texts, and of places for values, that mean a direction."""

TOLD_OTHERWISE = {"body.leverage", "curves.tornado_axis"}
"""Texts whose English names a lower end or bar, and no fall."""
NO_DIRECTION = {
    *("history.way.up", "history.way.down", "page.way_up", "page.way_down"),  # along arrows
    "page.help_up_down",  # keys
    "dynamics.no_way_up",  # which of two jumps there is; the push goes both ways
}
"""Names in which up and down are no change of a quantity."""


def heard(text: str, language: str, *, places_too: bool = False) -> list[int]:
    """The directions that a text speaks of, in order: +1 for up, -1 for down.

    Parameters
    ----------
    places_too
        Whether above and below count as well.
    """
    up, down = UP[language], DOWN[language]
    if places_too:
        up, down = f"{up}|{ABOVE[language]}", f"{down}|{BELOW[language]}"
    plain = re.sub(r"\{\w+\}", "#", text)
    found = re.finditer(rf"\b(?:(?P<up>{up})|(?P<down>{down}))\b", plain, re.IGNORECASE)
    return [1 if match["up"] else -1 for match in found]


def named(name: str) -> list[int]:
    """The directions that the last part of a name means, in order."""
    parts = re.split("[_.]", name)
    return [1 if part in NAMED_UP else -1 for part in parts if part in NAMED_UP | NAMED_DOWN]


DIRECTED = [key for key in words() if named(key.rpartition(".")[2]) and key not in NO_DIRECTION]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_named_for_a_direction_says_that_direction(language: str) -> None:
    """Before it, only the rise of a source may be told: every arrow is read for a rise."""
    wrong = {}
    for key in DIRECTED:
        said = heard(words(language)[key], language, places_too=True)
        wanted = named(key.rpartition(".")[2])
        if said not in (wanted, [1, *wanted]):
            wrong[key] = words(language)[key]
    assert wrong == {}


def test_the_texts_that_must_say_a_direction_are_found_by_their_names() -> None:
    known = {
        *("edge.increases", "route.to_fall", "verdict.mostly.rises", "intervention.press_down"),
        *("legend.decreases", "comparison.change.always.falls", "why.step.fall_raises"),
    }
    assert known <= set(DIRECTED)
    assert set(words()) >= NO_DIRECTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_that_is_named_for_a_direction_stands_behind_its_word(language: str) -> None:
    wrong = {}
    for key, text in words(language).items():
        for place in re.finditer(r"\{(\w+)\}", text):
            wanted = named(place[1]) if place[1] in NAMED_UP | NAMED_DOWN else []
            if wanted and heard(text[: place.start()], language)[-1:] != wanted:
                wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_every_text_speaks_of_the_directions_of_its_english(language: str) -> None:
    wrong = {
        key: (english, words(language)[key])
        for key, english in words("en").items()
        if heard(english, "en") != heard(words(language)[key], language)
        and key not in TOLD_OTHERWISE
    }
    assert wrong == {}


# Sentences as they are put together


@given(
    st.lists(st.sampled_from([1, -1]), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from(LANGUAGES),
)
def test_a_route_read_aloud_turns_with_each_minus_sign(
    signs: list[int], rise: bool, language: str
) -> None:
    model = Model.from_edges([(f"n{k}", f"n{k + 1}", sign) for k, sign in enumerate(signs)])
    text = arrows_in_words(list(model.edges.values()), language, rise=rise)
    assert heard(text, language) == list(accumulate([1 if rise else -1, *signs], mul))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", [1, -1])
def test_arrows_verdicts_and_pushes_go_their_own_way(language: str, sign: int) -> None:
    model = Model.from_edges([("a", "b", sign)])
    verdict, effect = (
        (Verdict.RISES, Effect.INCREASES) if sign > 0 else (Verdict.FALLS, Effect.DECREASES)
    )
    said = [
        edge_sentence(model.edge("a.b"), language),
        word(effect, language),
        word(verdict, language),
        *(verdict_in_words("x", verdict, 0.9, firm, language) for firm in Strength),
        intervention_in_words(model, Press("a", 0.5 * sign), language),
    ]
    assert [heard(text, language)[-1:] for text in said] == [[sign]] * len(said)

"""Printed sentences end their lines between words, and lose none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.wording.lines import COLUMNS, in_lines, tell

TEXTS = st.text(st.sampled_from("ab -\n\u2192\u00e5"), max_size=400)


@given(TEXTS, st.integers(5, 60))
def test_no_word_is_lost_or_broken_and_no_line_with_a_gap_is_too_long(text: str, n: int) -> None:
    found = in_lines(text, n)
    assert found.split() == text.split()
    for line in found.split("\n"):
        assert len(line) <= n or " " not in line.strip().removeprefix("- ")


@given(st.lists(st.text("ab ", max_size=9), max_size=9).map("\n".join))
def test_short_lines_stay_as_they_are(text: str) -> None:
    assert in_lines(text, 9) == text


def test_what_goes_on_stands_under_the_words_that_a_dash_began() -> None:
    assert in_lines("  - one two three", 10) == "  - one\n    two\n    three"
    assert in_lines("    one two three", 12) == "    one two\n    three"


def test_it_prints_as_print_does(capsys: pytest.CaptureFixture[str]) -> None:
    tell("a", 1, None, sep="|", end="!")
    tell("-", "word " * 40)
    first, *rest = capsys.readouterr().out.split("\n")
    assert first == "a|1|None!- " + " ".join(["word"] * 18)
    assert all(len(line) <= COLUMNS for line in rest)

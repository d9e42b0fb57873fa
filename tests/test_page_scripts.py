"""The scripts of the page keep house as the Python modules do."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from mgmodel.explore.pages import SCRIPTS, STYLES

STATIC = Path(__file__).resolve().parent.parent / "mgmodel" / "explore" / "static"
HOSTS = (
    "widget.js",
    "handout.js",
    "unpack.js",
    "host.js",
    "controls.js",
    "blocks.js",
    "worksheet.js",
)
"""Where the page begins; panels of the physiology and worksheets are pages of their own."""
ALL = sorted(path.name for path in STATIC.glob("*.js"))
LONGEST_SCRIPT, LONGEST_LINE = 400, 125
TOP = re.compile(
    r"^(?:export default|(?:async )?function\*? (?P<function>\w+)|class (?P<class>\w+)"
    r"|(?:const|let) (?P<value>\w+)|(?:const|let) \[(?P<values>[\w, ]+)\])",
    re.MULTILINE,
)
FORBIDDEN = {
    r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write": "texts enter as text",
    r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\bimport\(": "the page asks nothing of anybody",
    r"\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b": "the page keeps nothing",
    r"\beval\(|new Function\b": "what is read is never run",
    r"^\s*var\b|[^=!]==[^=]|[^=!]!=[^=]": "const and let, === and !==",
}


def text_of(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def without_comments(script: str) -> str:
    return re.sub(r"^\s*//.*$|\s//\s.*$", "", script, flags=re.MULTILINE)


def test_every_script_and_style_is_part_of_a_page() -> None:
    assert sorted((*SCRIPTS, *HOSTS)) == ALL
    styles = {path.name for path in STATIC.glob("*.css")}
    assert styles == {*STYLES, "controls.css", "worksheet.css", "handout.css"}


def test_no_name_is_given_twice() -> None:
    # they are joined into one script, where the later of two functions would win silently
    named: Counter[str] = Counter()
    for name in (*SCRIPTS, "widget.js"):
        for found in TOP.finditer(text_of(name)):
            one = found["function"] or found["class"] or found["value"] or found["values"] or ""
            named.update(filter(None, re.split(r"[, ]+", one)))
    assert [name for name, count in named.items() if count > 1] == []
    assert len(named) > 100


@pytest.mark.parametrize("name", ALL)
def test_a_script_is_short_and_says_what_it_is_for(name: str) -> None:
    lines = text_of(name).splitlines()
    assert len(lines) <= LONGEST_SCRIPT
    assert lines[0].startswith("// "), "the first line says what the script is for"
    assert [n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []
    assert [n for n, line in enumerate(lines, 1) if line != line.rstrip() or "\t" in line] == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("pattern", FORBIDDEN, ids=FORBIDDEN.values())
def test_a_script_does_nothing_that_a_page_of_ours_may_not(name: str, pattern: str) -> None:
    assert re.findall(pattern, without_comments(text_of(name)), re.MULTILINE) == []

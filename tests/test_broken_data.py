"""Each way to break a map gives exactly its message: no more, no less, and no traceback.

`tests/broken_data/good` is a small map in order. Every other folder holds the files of that map
that are broken, `<file>.absent` for one that is gone, and in expected.txt what is said of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mgmodel.datafiles import read_folder
from mgmodel.datafiles.folders import read_tables
from mgmodel.datafiles.rules import RULES, WARNINGS

BROKEN = Path(__file__).resolve().parent / "broken_data"
KINDS = sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and path.name != "good")


def broken_map(kind: str, folder: Path) -> Path:
    """The good map with the files of one kind laid over it."""
    shutil.copytree(BROKEN / "good", folder)
    for path in (BROKEN / kind).iterdir():
        if path.suffix == ".absent":
            (folder / path.stem).unlink()
        elif path.name != "expected.txt":
            shutil.copyfile(path, folder / path.name)
    return folder


def said_of(folder: Path) -> str:
    """Everything that reading a folder says, as the command line would."""
    _, problems, warnings = read_folder(folder)
    lines = [*map(str, problems), *(f"warning: {warning}" for warning in warnings)]
    return "".join(f"{line}\n" for line in lines).replace(str(folder), "FOLDER")


def test_the_good_map_has_no_problem_and_no_warning() -> None:
    assert said_of(BROKEN / "good") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_map_gives_exactly_its_message(kind: str, tmp_path: Path) -> None:
    expected = (BROKEN / kind / "expected.txt").read_text(encoding="utf-8")
    assert expected == said_of(broken_map(kind, tmp_path / "map"))


def test_every_rule_is_broken_by_some_folder(tmp_path: Path) -> None:
    rules = RULES | WARNINGS
    broken = set()
    for kind in KINDS:
        tables = read_tables(broken_map(kind, tmp_path / kind))
        broken |= {name for name, rule in rules.items() if any(rule(tables))}
    assert set(rules) == broken


def test_every_message_says_what_to_do() -> None:
    texts = [(BROKEN / kind / "expected.txt").read_text(encoding="utf-8") for kind in KINDS]
    lines = [line for text in texts for line in text.splitlines()]
    assert [
        line for line in lines if not line.endswith((".", "?", '"')) and "write it as:" not in line
    ] == []

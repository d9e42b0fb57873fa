"""The rules draw their lines where they say, and keep silent where they cannot know."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from mgmodel.datafiles import data_folder, load_model, read_folder
from mgmodel.datafiles.folders import read_tables
from mgmodel.datafiles.rules import RULES, WARNINGS

GOOD = Path(__file__).resolve().parent / "broken_data" / "good"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small map that the broken ones are made from."""
    return Path(shutil.copytree(GOOD, tmp_path / "good"))


def change(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What is said of the map once `old` reads `new` in one file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    _, problems, warnings = read_folder(folder)
    return [*map(str, problems), *(f"warning: {warning}" for warning in warnings)]


@pytest.mark.parametrize("name", [*RULES, *WARNINGS])
def test_every_rule_says_what_it_looks_for(name: str) -> None:
    rule = (RULES | WARNINGS)[name]
    assert (rule.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize("name", RULES)
def test_the_shipped_map_keeps_the_rule(name: str) -> None:
    assert list(RULES[name](read_tables(data_folder()))) == []


@pytest.mark.parametrize("name", [*RULES, *WARNINGS])
def test_a_folder_that_is_not_there_breaks_no_rule(name: str, tmp_path: Path) -> None:
    tables = read_tables(tmp_path / "nowhere")
    assert list((RULES | WARNINGS)[name](tables)) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("nodes.csv", "Magnesiumcitraat", "M" * 28),
        ("nodes.csv", "Magnesiumcitraat", "m" + "\N{LATIN SMALL LETTER O WITH DIAERESIS}" * 27),
        ("nodes.csv", "CHEBI:18420", "CHEBI:18420;MESH:D008274;HGNC:1388"),
        ("evidence.csv", "The level rose.", "r" * 200),
        ("references.csv", ",2001,", ",,"),
        ("references.csv", ",2001,", f",{date.today().year + 1},"),
        ("references.csv", ",10.1000/1,", ",10.1016/S0140-6736(01)00001-2,"),
        ("compounds.csv", "0.6030", "0.6039"),
        ("assumptions.toml", "value = 0.9", "value = 0.99"),
        ("edges.csv", "stress,cortisol,increases", "stress,cortisol,unclear"),
        ("places.csv", "core,stress,0,0", "core,stress,-0.5,1e3"),
        ("overclaims.csv", "o1,letter,overclaim", "o1,,not_found"),
        (
            "claims.csv",
            "stress.cortisol;cortisol.magnesium",
            "stress.cortisol ; cortisol.magnesium",
        ),
    ],
)
def test_what_is_just_allowed_is_allowed(good: Path, file: str, old: str, new: str) -> None:
    assert change(good, file, old, new) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("nodes.csv", "Magnesiumcitraat", "M" * 29, "nodes.csv:4: label_nl has 29 characters"),
        ("evidence.csv", "The level rose.", "r" * 201, "evidence.csv:5: finding has 201"),
        ("references.csv", ",2001,", f",{date.today().year + 2},", "references.csv:2: year"),
        ("references.csv", ",10.1000/2,", ",10.1000/1,", "references.csv:3: doi 10.1000/1 stands"),
        ("compounds.csv", "0.6030", "0.6041", "compounds.csv:2: elemental_fraction 0.6041"),
        ("assumptions.toml", "value = 0.9", "value = 0.995", "assumptions.toml:3: press_alpha"),
    ],
)
def test_what_is_just_too_much_is_reported(
    good: Path, file: str, old: str, new: str, complaint: str
) -> None:
    assert [complaint] == [line[: len(complaint)] for line in change(good, file, old, new)]


def test_a_doi_is_the_same_in_capitals(good: Path) -> None:
    text = (good / "references.csv").read_text(encoding="utf-8").replace("10.1000/1", "10.1000/x")
    (good / "references.csv").write_text(text, encoding="utf-8")
    said = change(good, "references.csv", "10.1000/2", "10.1000/X")
    assert [line.split(". ")[0] for line in said] == [
        "references.csv:3: doi 10.1000/X stands with two titles, here and in line 2"
    ]


def test_a_map_of_ones_own_may_lack_evidence(good: Path) -> None:
    (good / "evidence.csv").unlink()
    model, problems, warnings = read_folder(good)
    assert model is not None
    assert problems == ()
    assert {"edges.csv"} == {warning.file for warning in warnings}
    assert len(model.reasoning_edges) == sum("no evidence" in w.what for w in warnings)


def test_a_map_that_does_not_say_what_it_is_may_have_any_ids(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("id,label_en\nNF-kB,NF\nTNF ß,TNF\n", encoding="utf-8")
    edges = "id,source,target,effect\n1,NF-kB,TNF ß,increases\n"
    (tmp_path / "edges.csv").write_text(edges, encoding="utf-8")
    assert list(load_model(tmp_path).nodes) == ["NF-kB", "TNF ß"]


def test_an_unreadable_table_of_ids_is_reported_once(good: Path) -> None:
    (good / "nodes.csv").write_bytes(b"\xff\xfe")
    assert [problem.file for problem in read_folder(good).problems] == ["nodes.csv"]


def test_near_names_are_suggested_at_the_row_that_uses_them(good: Path) -> None:
    said = change(good, "forms.csv", "magnesium_citrate", "magnesium_citrat")
    assert said == [
        "forms.csv:2: node 'magnesium_citrat' is not in nodes.csv. Add it there or mend the "
        "spelling. Did you mean 'magnesium_citrate' or 'magnesium'?"
    ]

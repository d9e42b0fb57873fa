"""The plan for whoever stands in front: its minutes, its lines, its codes and what it quotes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import mgmodel as mg
from mgmodel.explore import explore_map, explore_nmda, present
from mgmodel.model import Model

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "notebooks" / "PRESENTING.md"
TEXT = PLAN.read_text(encoding="utf-8")
TALK = "the_vicious_circle"
BLOCK = re.compile(r"^```python\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{1,4})+\b")
BLOCKS = BLOCK.findall(TEXT)
CODES = sorted(set(CODE.findall(TEXT)))


class Row(NamedTuple):
    """One row of a plan: from when to when, what is on the screen, and how it gets there."""

    start: int
    end: int
    screen: str
    line: str
    told: str


def plan(heading: str) -> list[Row]:
    """The rows of the plan under a heading."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = []
    for text in section.splitlines():
        if found := re.match(r"\| (\d+)\u2013(\d+) \|(.*)\|$", text):
            cells = [cell.strip() for cell in found[3].split(" | ")]
            rows.append(Row(int(found[1]), int(found[2]), cells[0], cells[1], " ".join(cells[2:])))
    return rows


LONG, SHORT = plan("The plan of 45 minutes"), plan("The plan of 15 minutes")
LINES = [row.line.strip("`") for row in (*LONG, *SHORT) if row.line != "stays"]


def scenes_of(row: Row) -> list[int]:
    """The scenes of the talk that a row names, counted from 1."""
    named = re.search(r"^Talk, scenes? (\d+)(?: and (\d+))?", row.screen)
    return [int(one) for one in named.groups() if one] if named else []


@pytest.mark.parametrize(("rows", "minutes"), [(LONG, 45), (SHORT, 15)])
def test_the_minutes_follow_one_another_and_add_up(rows: list[Row], minutes: int) -> None:
    assert sum(row.end - row.start for row in rows) == minutes
    assert (rows[0].start, rows[-1].end) == (0, minutes)
    assert all(before.end == after.start for before, after in pairwise(rows))
    assert all(0 < row.end - row.start <= 4 for row in rows)


@pytest.mark.parametrize("code", CODES)
def test_every_code_opens_on_the_shipped_map_and_is_the_code_of_what_it_opens(
    real_model: Model, code: str
) -> None:
    assert explore_map(real_model, code=code).short_code == code


def test_every_row_has_a_line_and_every_scene_is_opened_where_it_is_named() -> None:
    assert len(CODES) >= 6
    for row in (*LONG, *SHORT):
        assert row.line == "stays" or re.fullmatch(r"`[^`]+\)`", row.line), row
        scenes = scenes_of(row)
        if row.line != "stays" and scenes:
            opened = re.search(r"scene=(\d+)", row.line)
            assert opened, row
            assert int(opened[1]) == scenes[0] - 1, row
    shown = {scene for row in LONG for scene in scenes_of(row)}
    assert shown == set(range(1, 13)) == {scene for row in SHORT for scene in scenes_of(row)}


@pytest.fixture(scope="module")
def space() -> dict[str, Any]:
    """What the first block of the plan leaves behind."""
    made: dict[str, Any] = {}
    exec(compile(BLOCKS[0], PLAN.name, "exec"), made)
    return made


@pytest.mark.parametrize("row", [row for row in (*LONG, *SHORT) if "“" in row.told], ids=str)
def test_what_a_row_quotes_is_what_the_map_says(space: dict[str, Any], row: Row) -> None:
    shown = [eval(row.line.strip("`"), dict(space))]
    shown += [present(space["model"], TALK, scene=scene - 1) for scene in scenes_of(row)]
    said = " ".join(one.status for one in shown)
    for quoted in re.findall("“([^”]+)”", row.told):
        assert quoted in said


def test_the_title_of_a_scene_is_that_of_the_talk(real_model: Model) -> None:
    titles = [scene["title"] for scene in present(real_model, TALK).stage["scenes"]["en"]]
    for row in (*LONG, *SHORT):
        for title in re.findall(r"\*([^*]+)\*", row.screen if "Talk" in row.screen else ""):
            assert title == titles[scenes_of(row)[0] - 1]


@pytest.mark.parametrize(
    ("voltage", "magnesium", "open_share"),
    [(-70, 0.8, "5.5%"), (-70, 1.2, "3.7"), (-20, 0.8, "56.4%"), (-20, 1.2, "46.3%")],
)
def test_the_numbers_told_of_the_receptor_are_those_of_its_panel(
    real_model: Model, voltage: float, magnesium: float, open_share: str
) -> None:
    panel = explore_nmda(real_model, voltage_mv=voltage, magnesium_mmol_l=magnesium)
    assert f"leaves {open_share}" in panel.status
    assert open_share.strip("%") in TEXT


def test_the_weights_of_the_evidence_court_are_those_of_the_card(real_model: Model) -> None:
    card = mg.claim_card(real_model, "oral_magnesium_supplementation.depressive_symptoms")
    stances = [line.stance_word for line in card.evidence]
    assert (stances.count("supports"), stances.count("contradicts")) == (4, 2)


@pytest.mark.slow
def test_every_line_of_python_runs_in_the_order_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made: dict[str, Any] = {}
    for source in (BLOCKS[0], *LINES, *BLOCKS[1:]):
        ast.parse(source)
        exec(compile(source, PLAN.name, "exec"), made)
    for name in ("talk.html", "map.html", "circle.pdf", "slides/slide-en-12.png"):
        assert (tmp_path / "fallback" / name).stat().st_size > 1000, name
    assert "What became of CRH?" in capsys.readouterr().out


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_every_file_that_is_linked_is_there(target: str) -> None:
    assert (PLAN.parent / target).is_file()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python3 run\.py (\w+)", TEXT))))
def test_every_command_of_run_py_exists(command: str) -> None:
    call = [sys.executable, str(ROOT / "run.py"), command, "--help"]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("command", sorted(set(re.findall(r"-m mgmodel (\w+)", TEXT))))
def test_every_command_of_the_library_exists(command: str) -> None:
    call = [sys.executable, "-m", "mgmodel", command, "--help"]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0

"""The data dictionary and the columns that the program reads cannot part."""

from __future__ import annotations

import inspect
import re

import pytest

from mgmodel.datafiles import data_folder
from mgmodel.datafiles.columns import ASSUMPTIONS, MODEL_TOML, TABLES, Table
from mgmodel.evidence import LARGE_TRIAL
from mgmodel.interventions import KnockOut
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import respond
from mgmodel.reasoning.response import LIKELY, ROBUST

EVERY_TABLE = [*TABLES.values(), ASSUMPTIONS]


def dictionary() -> dict[str, str]:
    """Sections of the dictionary by heading."""
    text = (data_folder() / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_file_that_may_stand_in_the_folder_has_its_section() -> None:
    files = {heading for heading in dictionary() if re.search(r"\.(csv|toml)$", heading)}
    assert {MODEL_TOML, *(table.file for table in EVERY_TABLE)} == files


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.file)
def test_a_section_lists_the_columns_in_order_and_what_is_required(table: Table) -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\w*) ?\|", dictionary()[table.file], re.MULTILINE)
    required = {True: "filled", False: ""}
    expected = [
        (column.name, required[column.filled] or ("present" if column.needed else ""))
        for column in table.columns
    ]
    assert expected == listed


def test_assumptions_hold_the_numbers_that_the_program_uses(real_model: Model) -> None:
    defaults = inspect.signature(respond).parameters
    used = {
        "large_trial": LARGE_TRIAL,
        "likely": LIKELY,
        "press_alpha": defaults["alpha"].default,
        "robust": ROBUST,
        "weightings": defaults["weightings"].default,
    }
    stated = {name: real_model.library.assumptions[name].value for name in used}
    assert used == stated


def test_a_knock_out_falls_by_the_assumed_baseline(chain: Model, real_model: Model) -> None:
    fall = respond(chain, KnockOut("a")).median["a"]
    assert -real_model.library.assumptions["baseline"].value == fall

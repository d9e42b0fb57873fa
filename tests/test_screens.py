"""The list of named screenshots: what it must hold, and that each can be made on the map."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from mgmodel.explore.history import acted, begun
from mgmodel.explore.views import View, drawings
from mgmodel.model import Model

TOOLS = Path(__file__).resolve().parent.parent / "tools"
NAMES = {
    *("whole-map", "core"),
    *("pathway-norepinephrine", "pathway-nmda", "pathway-gaba", "pathway-hpa-axis"),
    *("pathway-circle", "evidence-lowest", "evidence-highest", "evidence-changes"),
    *("compare", "why", "card", "table", "dark", "dutch", "swedish"),
    *("projector-first", "projector-middle", "projector-last"),
    *("hand-out", "narrow", "print"),
}


@pytest.fixture
def screen_list(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("screen_list")


def test_every_screen_has_a_name_of_its_own(screen_list: ModuleType) -> None:
    names = screen_list.names()
    assert len(names) == len(set(names))
    assert set(names) == NAMES


def test_every_drawing_is_on_some_screen(screen_list: ModuleType, real_model: Model) -> None:
    drawn = {value for one in screen_list.SCREENS for act, value in one.acts if act == "draw"}
    assert drawn | {"core"} == set(drawings(real_model))


def test_every_act_of_a_screen_can_be_done(screen_list: ModuleType, real_model: Model) -> None:
    for screen in screen_list.SCREENS:
        history = begun(View("core", screen_list.SOURCE, screen_list.TARGET))
        for action, value in screen.acts:
            history = acted(real_model, history, action, value)
        if screen.name not in {"core", "table", "evidence-lowest"}:
            assert history.at > 0, screen.name

"""The cases hide what is wrong until it is asked for, and none is lost."""

from __future__ import annotations

import re

import pytest

from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.teaching import overclaim_cases


def test_all_kinds_together_hold_every_overclaim_of_the_data(real_model: Model) -> None:
    rows = real_model.library.overclaims
    assert [case.id for case in overclaim_cases(real_model).cases] == [row.id for row in rows]
    kinds = {row.kind for row in rows}
    assert sum(len(overclaim_cases(real_model, kind)) for kind in kinds) == len(rows)


def test_what_is_wrong_stands_only_inside_the_fold(real_model: Model) -> None:
    cases = overclaim_cases(real_model)
    html = cases._repr_html_()
    sights = re.findall(r"<summary>(.*?)</summary>", html)
    assert len(sights) == len(cases) == html.count("<details>")
    for case in cases.cases:
        assert case.problem not in case.question
        assert case.problem not in repr(cases)
        assert case.problem in str(cases)


def test_a_case_names_its_references_and_its_arrows(real_model: Model) -> None:
    case = overclaim_cases(real_model)["o10"]
    assert case.answer[1:] == (
        "It rests on: Held et al. 2002; Murck and Steiger 1998.",
        "On the map: oral_magnesium_supplementation.slow_wave_sleep.",
    )
    assert str(case).startswith("o10. Deep sleep")


def test_a_case_without_references_says_none(real_model: Model) -> None:
    assert len(overclaim_cases(real_model)["o25"].answer) == 1


def test_an_unknown_kind_or_case_is_refused(real_model: Model) -> None:
    with pytest.raises(UnknownId, match="kind of overclaim"):
        overclaim_cases(real_model, "overclaims")
    with pytest.raises(UnknownId, match="case"):
        overclaim_cases(real_model)["o99"]


def test_a_map_without_overclaims_has_no_case() -> None:
    assert repr(overclaim_cases(Model.from_edges([]))) == "OverclaimCases(none)"

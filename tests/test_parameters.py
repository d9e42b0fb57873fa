"""Numbers of the physiology: where they stand, what keeps them in range, what changes them."""

from __future__ import annotations

import re

import pytest

from mgmodel import Model, UnknownId, in_words, physiology
from mgmodel.physiology import Parameters
from mgmodel.records import Parameter
from mgmodel.vocabulary import Language, ParameterStatus

LANGUAGES = [language.value for language in Language]


@pytest.fixture(scope="module")
def parameters(real_model: Model) -> Parameters:
    return physiology.parameters_of(real_model)


def test_every_parameter_has_its_value_by_its_id(real_model: Model, parameters: Parameters) -> None:
    expected = {one: record.value for one, record in real_model.library.parameters.items()}
    assert expected == dict(parameters)
    assert sorted(expected) == list(parameters)
    assert len(parameters) >= 60


def test_a_unit_stands_in_the_id_where_there_is_one(parameters: Parameters) -> None:
    endings = {
        "mmol/L": "_mmol_l",
        "mg": "_mg",
        "h": "_hours",
        "d": "_days",
        "min": "_minutes",
        "L": "_l",
        "L/d": "_l_day",
        "mg/d": "_mg_day",
        "h/d": "_hours_day",
        "g/mol": "_g_mol",
        "1/mV": "_per_mv",
        "mg/d per mmol/L": "_mg_day_per_mmol_l",
        "mg/h per mmol/L": "_mg_hour_per_mmol_l",
    }
    for record in parameters.records.values():
        assert record.id.endswith(endings.get(record.unit, "")), record.id
        assert record.unit in {*endings, "fraction", "dimensionless"}, record.id


def test_what_was_not_seen_says_why(parameters: Parameters) -> None:
    for record in parameters.records.values():
        if record.status is ParameterStatus.SEEN:
            assert record.reference, record.id
        else:
            assert record.note, record.id


def test_the_gain_that_nobody_measured_says_so(parameters: Parameters) -> None:
    gain = parameters.record("stress_urine_gain")
    assert (gain.value, gain.low, gain.high) == (0.1, 0.0, 0.3)
    assert gain.status is ParameterStatus.ASSUMPTION
    assert gain.note.startswith("Not measured")


def test_bands_range_over_what_nobody_read(parameters: Parameters) -> None:
    ids = {record.id for record in parameters.uncertain}
    assert {"stress_urine_gain", "urine_slope_mg_day_per_mmol_l", "acth_time_minutes"} <= ids
    read = (ParameterStatus.SEEN, ParameterStatus.SEEN_IN_COPIES)
    assert not {one for one in ids if parameters.record(one).status in read}
    assert "magnesium_molar_mass_g_mol" not in ids  # remembered, and without a range


def test_another_value_leaves_the_first_parameters_as_they_were(parameters: Parameters) -> None:
    other = parameters.with_values(urine_lag_hours=24, stress_urine_gain=0.2)
    assert (other["urine_lag_hours"], other["stress_urine_gain"]) == (24.0, 0.2)
    assert (parameters["urine_lag_hours"], parameters.changed) == (28.0, ())
    assert other.changed == ("stress_urine_gain", "urine_lag_hours")
    assert parameters == other.with_values(urine_lag_hours=28, stress_urine_gain=0.1)
    assert other != parameters
    assert hash(parameters) == hash(other.with_values(urine_lag_hours=28, stress_urine_gain=0.1))


@pytest.mark.parametrize("value", [-0.1, 0.31, 1e9])
def test_a_value_outside_its_range_names_the_range(parameters: Parameters, value: float) -> None:
    with pytest.raises(ValueError, match=r"its range is 0 to 0\.3 fraction\. Give a value inside"):
        parameters.with_values(stress_urine_gain=value)
    assert (
        value
        == parameters.with_values(beyond_range=True, stress_urine_gain=value)["stress_urine_gain"]
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.1", None, True])
def test_what_is_no_number_is_refused_even_beyond_the_range(
    parameters: Parameters, value: object
) -> None:
    with pytest.raises(ValueError, match=r"stress_urine_gain is .*Give a finite number"):
        parameters.with_values(beyond_range=True, stress_urine_gain=value)  # type: ignore[arg-type]


def test_an_unknown_parameter_gets_near_names(parameters: Parameters) -> None:
    with pytest.raises(UnknownId, match=r"no parameter 'urine_lag_hour'.*'urine_lag_hours'"):
        parameters.with_values(urine_lag_hour=24)
    with pytest.raises(UnknownId):
        parameters["nothing"]
    assert parameters.get("nothing") is None


def test_a_map_without_parameters_says_where_there_are_some() -> None:
    with pytest.raises(ValueError, match=r"no parameters\.csv.*load_model"):
        physiology.parameters_of(Model.from_edges([("a", "b", 1)]))


def test_parts_of_the_map_keep_its_parameters(real_model: Model, parameters: Parameters) -> None:
    assert parameters == physiology.parameters_of(real_model.without("cortisol"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parameter_says_its_value_range_status_and_source(
    parameters: Parameters, language: str
) -> None:
    for record in parameters.records.values():
        said = in_words(record, language)
        assert re.match(r"[a-z]", said), said
        assert "{" not in said
    lag = in_words(parameters.record("urine_lag_hours"), language)
    assert "28 h" in lag
    assert "24" in lag
    assert "72" in lag
    assert "Iom 1997" in lag


def test_a_parameter_in_english() -> None:
    parameter = Parameter(
        "lag_hours", 48, "h", 24, 72, ParameterStatus.ASSUMPTION, "iom1997", note="Made up."
    )
    said = "lag hours: 48 h, range 24 to 72; assumed, not measured."
    assert f"{said} Note: Made up. Reference: Iom 1997." == in_words(parameter)


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_say_that_they_teach_and_do_not_predict(
    parameters: Parameters, language: str
) -> None:
    device = {"en": "not a clinical predictor", "nl": "geen klinisch", "sv": "inget kliniskt"}
    assert device[language] in in_words(parameters, language)


def test_parameters_at_the_end_of_a_cell(parameters: Parameters) -> None:
    changed = parameters.with_values(urine_lag_hours=24)
    assert re.fullmatch(r"Parameters\(\d+ values, 1 changed\)", repr(changed))
    assert "<td>24 h</td><td>24 to 72</td>" in changed._repr_html_()
    assert "not a clinical predictor" in changed._repr_html_()

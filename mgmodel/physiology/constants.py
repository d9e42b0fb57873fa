"""The numbers that the equations need, out of the parameters, and the body that they imply at rest.

Each is a value of `data/parameters.csv` in hours, or follows from some of them. Whoever solves the
equations takes them from here, so that no number stands in an equation.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mgmodel.errors import UnknownId
from mgmodel.physiology import absorption, release

__all__ = ["Constants", "absorbed_of_a_meal_mg", "constants_of", "hill"]

MEALS_A_DAY = 3
_HOURS_A_DAY = 24.0
_MINUTES_AN_HOUR = 60.0
_MAY_BE_ZERO = frozenset(
    {
        *("absorption_linear_fraction", "absorption_maximum_mg", "brain_follow_fraction"),
        *("circadian_amplitude", "circadian_peak_hours", "epinephrine_stress_gain"),
        *("intake_mg_day", "magnesium_crh_gain", "shift_rate_mg_hour_per_mmol_l"),
        *("stress_crh_gain", "stress_urine_gain", "susceptibility_strength"),
        "urine_minimum_mg_day",
    }
)
"""Parameters that may switch off what they belong to; no other may be 0, and none negative."""


@dataclass(frozen=True, slots=True)
class Constants:
    """Numbers for the equations, in hours, mg, mmol/L, and shares."""

    litres_mg: float
    """Milligrams that make 1 mmol/L of the extracellular water."""
    gut_time: float
    absorbed_mg_hour: float
    """What comes in at rest, averaged over the day; as much leaves by urine."""
    urine_minimum: float
    urine_slope: float
    """In mg/hour per mmol/L, as the next."""
    filtered_slope: float
    urine_threshold: float
    urine_highest: float
    """The most that is regulated: what the law gives at the upper end of the normal range."""
    urine_lag: float
    urine_gain: float
    serum_high: float
    shift_rate: float
    shift_time: float
    exchange: float
    """Flux in mg/hour between serum and cells when one of them is empty."""
    bone_time: float
    serum_rest: float
    extracellular_rest: float
    exchangeable_rest: float
    bone_rest: float
    bound: float
    """Magnesium in mg that takes no part; the rest of the body."""
    stores_rest: float
    brain_follows: float
    brain_time: float
    susceptibility: float
    susceptibility_time: float
    law_mmol_l: float
    """Release goes with (this + serum) to the power of minus `law_power`."""
    law_power: float
    norepinephrine_gain: float
    epinephrine_gain: float
    infusion_gain: float
    crh_time: float
    acth_time: float
    cortisol_time: float
    delay_stage: float
    feedback_half: float
    feedback_power: float
    crh_gain: float
    brain_crh: float
    circadian_amplitude: float
    circadian_peak: float


def constants_of(parameters: Mapping[str, float], law: str = "cooperative") -> Constants:
    """The constants of one body: its parameters in hours, and the rest that follows from them.

    Parameters
    ----------
    parameters
        Values by id, as `physiology.parameters_of(model)` gives them.
    law
        How release goes with magnesium: "cooperative" or "one_site".

    Raises
    ------
    UnknownId
        A parameter is missing, or there is no such law.
    ValueError
        Parameters with which no daily rhythm is steady: less is absorbed than the least that the
        kidney loses, or the normal range ends below the threshold of the kidney.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> body = constants_of(physiology.parameters_of(load_model()))
    >>> round(body.serum_rest, 3), round(24 * body.absorbed_mg_hour)
    (0.855, 119)
    """
    p = _Given(parameters)
    absorbed = MEALS_A_DAY * absorbed_of_a_meal_mg(p, {"food": p["intake_mg_day"] / MEALS_A_DAY})
    slope = p["urine_slope_mg_day_per_mmol_l"]
    threshold, high = p["urine_threshold_mmol_l"], p["serum_high_mmol_l"]
    _refuse_without_rest(p, absorbed)
    serum = threshold + absorbed / slope
    litres_mg = p["extracellular_volume_l"] * p["magnesium_molar_mass_g_mol"]
    extracellular, body = litres_mg * serum, p["body_magnesium_mg"]
    exchangeable = p["exchangeable_fraction"] * body
    bone = p["body_magnesium_in_bone_fraction"] * body
    start, power = _law(p, law)
    return Constants(
        litres_mg=litres_mg,
        gut_time=p["absorption_time_hours"],
        absorbed_mg_hour=absorbed / _HOURS_A_DAY,
        urine_minimum=p["urine_minimum_mg_day"] / _HOURS_A_DAY,
        urine_slope=slope / _HOURS_A_DAY,
        filtered_slope=p["filtration_l_day"]
        * p["ultrafilterable_fraction"]
        * p["magnesium_molar_mass_g_mol"]
        / _HOURS_A_DAY,
        urine_threshold=threshold,
        urine_highest=slope * (high - threshold) / _HOURS_A_DAY,
        serum_high=high,
        exchange=_flux(extracellular, exchangeable, p["exchange_time_hours"]),
        bone_time=p["bone_exchange_time_days"] * _HOURS_A_DAY,
        serum_rest=serum,
        extracellular_rest=extracellular,
        exchangeable_rest=exchangeable,
        bone_rest=bone,
        bound=body - extracellular - exchangeable - bone,
        stores_rest=body - extracellular,
        law_mmol_l=start,
        law_power=power,
        **_plain(p),
    )


def _plain(p: Mapping[str, float]) -> dict[str, float]:
    """Constants that are parameters as they stand, or in hours."""
    minutes = {
        "crh_time": "crh_time_minutes",
        "acth_time": "acth_time_minutes",
        "cortisol_time": "cortisol_time_minutes",
    }
    same = {
        "urine_lag": "urine_lag_hours",
        "urine_gain": "stress_urine_gain",
        "shift_rate": "shift_rate_mg_hour_per_mmol_l",
        "shift_time": "shift_time_hours",
        "brain_follows": "brain_follow_fraction",
        "brain_time": "brain_time_hours",
        "susceptibility": "susceptibility_strength",
        "susceptibility_time": "susceptibility_time_hours",
        "norepinephrine_gain": "norepinephrine_stress_gain",
        "epinephrine_gain": "epinephrine_stress_gain",
        "infusion_gain": "epinephrine_infusion_gain",
        "feedback_half": "feedback_half_relative",
        "feedback_power": "feedback_power",
        "crh_gain": "stress_crh_gain",
        "brain_crh": "magnesium_crh_gain",
        "circadian_amplitude": "circadian_amplitude",
        "circadian_peak": "circadian_peak_hours",
    }
    stages = p["adrenal_delay_stages"]
    return {
        **{name: p[key] for name, key in same.items()},
        **{name: p[key] / _MINUTES_AN_HOUR for name, key in minutes.items()},
        "delay_stage": p["adrenal_delay_minutes"] / stages / _MINUTES_AN_HOUR,
    }


def absorbed_of_a_meal_mg(parameters: Mapping[str, float], doses_mg: Mapping[str, float]) -> float:
    """What is absorbed of what is eaten at one moment, by form, in mg; never more than that.

    The forms saturate the gut together.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> numbers = physiology.parameters_of(load_model())
    >>> round(absorbed_of_a_meal_mg(numbers, {"food": 120}), 1)
    39.8
    >>> round(absorbed_of_a_meal_mg(numbers, {"food": 120, "citrate": 117}), 1)
    51.7
    """
    share = absorption.fraction(
        sum(doses_mg.values()),
        maximum_mg=parameters["absorption_maximum_mg"],
        half_mg=parameters["absorption_half_mg"],
        linear_fraction=parameters["absorption_linear_fraction"],
    )
    return sum(
        dose_mg * min(1.0, share * parameters[f"salt_factor_{form}"])
        for form, dose_mg in doses_mg.items()
    )


def hill(cortisol: float, c: Constants) -> float:
    """What feedback leaves of a drive when cortisol is at this level, relative to rest."""
    left: float = 1 / (1 + (cortisol / c.feedback_half) ** c.feedback_power)
    return left


def _flux(one_mg: float, other_mg: float, hours: float) -> float:
    """Flux in mg/hour when one pool is empty, if both even out with this time constant."""
    return one_mg * other_mg / (one_mg + other_mg) / hours


def _law(p: Mapping[str, float], law: str) -> tuple[float, float]:
    """Both laws of `release` as (start + serum) to a negative power: start in mmol/L, and power."""
    if law == "one_site":
        return p["release_half_block_mmol_l"] / p["ionised_fraction"], 1.0
    if law == "cooperative":
        calcium = 1 + p["ionised_calcium_mmol_l"] / p["dodge_calcium_half_mmol_l"]
        return calcium * p["dodge_magnesium_half_mmol_l"] / p["ionised_fraction"], p["dodge_power"]
    raise UnknownId(law, release.LAWS, kind="law of release")


def _refuse_without_rest(p: Mapping[str, float], absorbed_mg_day: float) -> None:
    least, threshold = p["urine_minimum_mg_day"], p["urine_threshold_mmol_l"]
    if absorbed_mg_day <= least:
        msg = (
            f"At rest {absorbed_mg_day:.3g} mg of magnesium is absorbed a day and at least "
            f"{least:.3g} mg leaves by urine, so that there is no steady daily rhythm to start "
            "from; raise intake_mg_day (300 to 400 mg/day), or lower urine_minimum_mg_day."
        )
        raise ValueError(msg)
    if p["serum_high_mmol_l"] <= threshold:
        msg = (
            f"serum_high_mmol_l is {p['serum_high_mmol_l']:g}; give more than the threshold of the "
            f"kidney, urine_threshold_mmol_l, which is {threshold:g} mmol/L."
        )
        raise ValueError(msg)


class _Given(Mapping[str, float]):
    """The parameters, that name what is missing or makes no sense."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> float:
        try:
            value = float(self._values[name])
        except KeyError:
            raise UnknownId(name, self._values, kind="parameter") from None
        if math.isfinite(value) and (value > 0 or (value == 0 and name in _MAY_BE_ZERO)):
            return value
        msg = f"The parameter {name} is {value:g}; give a finite number above 0."
        raise ValueError(msg)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

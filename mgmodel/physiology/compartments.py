"""The equations of the body, term by term: magnesium in its pools, nerves, and the stress axis.

A teaching device, not a clinical predictor: most of its numbers come from single experiments, and
some from nobody; `data/parameters.csv` says which.

Time is in hours, magnesium in mg. Nothing of the axis acts back on magnesium (cortisol given to
normal adults left urinary magnesium unchanged, lemann_cortisol_mg1970), so that the equations fall
into two systems, the slow one upstream::

    magnesium   gut, extracellular, exchangeable, bone, shifted, regulated urine, urine so far,
                brain, susceptibility
    axis        CRH, ACTH, three stages of delay in the adrenal gland, cortisol

With S the serum concentration (extracellular amount / volume), `_0` what is found at rest and s the
stress put on from outside::

    d gut/dt    = meals - gut / tau_g
    d extra/dt  = gut / tau_g + infusion - to cells - shift - urine
    to cells    = q (extra / extra_0 - cells / cells_0)          a conserved exchange, both ways
    d cells/dt  = to cells - to bone
    to bone     = (bone_0 cells / cells_0 - bone) / tau_b        likewise
    d shift/dt  = k_s Adr S - shift / tau_M                      in cells, never lost
    U_reg heads for  min(max(U_min, g (S - S_th)), g (S_high - S_th))    with the lag of the kidney
    urine       = kidney * min(filtered, (U_reg + g max(0, S - S_high)) (1 + alpha x))
    d brain/dt  = (1 + f (S / S_0 - 1) - brain) / tau_B
    sigma heads for  exp(w (1 - stores / stores_0))              slowly: susceptibility, R3
    NE          = R(S) / R(S_0) * sigma (1 + n s)                algebraic: seconds
    x           = (NE - 1) / n                                   stress as the kidney meets it, R1

    d CRH/dt    = k_c sigma (day(t) + c s) exp(-b (brain - 1)) h(F) - CRH / tau_C
    d ACTH/dt   = k_a CRH h(F) - ACTH / tau_A
    dF/dt       = delayed ACTH / tau_F - F / tau_F
    h(F)        = 1 / (1 + (F / F_half)^n)

What differs from the plainest forms, and why. The lag is of what the kidney regulates: what comes
in above the normal range overflows at once, or an infusion would be followed by days of loss. Urine
never exceeds what is filtered, so that no pool runs dry. Two exponentials stand where a plain
`1 - b (brain - 1)` or `1 + w (...)` would turn negative far from rest; near rest they are the same.
The kinks of the urine law are left as they are: the solver steps over them within its tolerance.
The delay is a chain of three equal stages, whose mean is the delay.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from mgmodel.physiology.constants import Constants, hill
from mgmodel.physiology.quantities import Numbers, exponential

__all__ = ["AXIS", "MAGNESIUM", "REST", "Inputs", "Speed", "axis_speed", "magnesium_speed"]

MAGNESIUM = (
    *("gut", "extracellular", "exchangeable", "bone", "shifted"),
    *("urine_regulated", "urine_total", "brain", "susceptibility"),
)
"""States of the upstream system: five amounts in mg, mg/hour, mg, and two relative to rest."""
AXIS = ("crh", "acth", "delay_1", "delay_2", "delay_3", "cortisol")
"""States of the downstream system, all relative to rest without a daily rhythm."""
Speed: TypeAlias = Callable[[float, Any], tuple[float, ...]]
"""Time in hours and a state, as an array; how fast each part of it changes, per hour."""
_DAY = 2 * math.pi / 24


@dataclass(frozen=True, slots=True)
class Inputs:
    """What acts on the body from outside and stays the same over a stretch of time."""

    stress: float = 0.0
    """Sum of the strengths of all stressors; 1 is as in controls at intubation (james1989)."""
    adrenaline: float = 0.0
    """Infused; 1 is 0.1 ug/kg/min (ryzen1990)."""
    infusion_mg_hour: float = 0.0
    """Magnesium into a vein."""
    kidney_fraction: float = 1.0
    """What is left of the function of the kidneys."""
    conserves: bool = True
    """Whether the kidney answers to serum; otherwise it loses a fixed share of it."""
    cut: frozenset[str] = frozenset()
    """Which feedbacks of cortisol are cut and held at rest: "crh", "acth"."""


REST = Inputs()
"""Nothing but the daily meals."""


def released_relative(c: Constants, serum_mmol_l: Numbers) -> Numbers:
    """Release of noradrenaline per impulse, relative to rest; both laws have this form."""
    share: Numbers = ((c.law_mmol_l + c.serum_rest) / (c.law_mmol_l + serum_mmol_l)) ** c.law_power
    return share


def urine_now_mg_hour(
    c: Constants, inputs: Inputs, serum_mmol_l: float, regulated_mg_hour: float, sensitivity: float
) -> float:
    """Magnesium into urine: what is regulated, what overflows, never more than is filtered.

    Parameters
    ----------
    sensitivity
        Susceptibility times release, both relative to rest: what noradrenaline would be unstressed.
    """
    flow = regulated_mg_hour
    if inputs.conserves and serum_mmol_l > c.serum_high:
        flow += c.urine_slope * (serum_mmol_l - c.serum_high)
    nerves = sensitivity * (1 + c.norepinephrine_gain * inputs.stress)
    flow *= 1 + c.urine_gain * (nerves - 1) / c.norepinephrine_gain
    return inputs.kidney_fraction * min(flow, c.filtered_slope * serum_mmol_l)


def regulated_target_mg_hour(c: Constants, inputs: Inputs, serum_mmol_l: float) -> float:
    """What the kidney heads for with its lag, in mg/hour."""
    if not inputs.conserves:
        return c.absorbed_mg_hour * serum_mmol_l / c.serum_rest
    wanted = c.urine_slope * (serum_mmol_l - c.urine_threshold)
    return min(max(c.urine_minimum, wanted), c.urine_highest)


def brain_heading(c: Constants, serum_mmol_l: Numbers) -> Numbers:
    """Where magnesium in the brain heads for, relative to rest."""
    return 1 + c.brain_follows * (serum_mmol_l / c.serum_rest - 1)


def susceptibility_heading(c: Constants, moving_mg: Numbers) -> Numbers:
    """Where susceptibility heads for, by the stores that can move: R3, with its one weight."""
    return exponential(c.susceptibility * (1 - (moving_mg + c.bound) / c.stores_rest))


def magnesium_speed(c: Constants, inputs: Inputs) -> Speed:
    """The upstream equations over one stretch, as a function for the solver, in plain numbers."""
    own = c.epinephrine_gain * inputs.stress / c.infusion_gain

    def speed(_: float, state: Any) -> tuple[float, ...]:
        gut, extra, cells, bone, shifted, regulated, _so_far, brain, sigma = state.tolist()
        serum = extra / c.litres_mg
        sensitivity = sigma * released_relative(c, serum)
        urine = urine_now_mg_hour(c, inputs, serum, regulated, sensitivity)
        absorbed = gut / c.gut_time
        adrenaline = inputs.adrenaline + own * sensitivity
        shift = c.shift_rate * adrenaline * serum - shifted / c.shift_time
        to_cells = c.exchange * (extra / c.extracellular_rest - cells / c.exchangeable_rest)
        to_bone = (c.bone_rest * cells / c.exchangeable_rest - bone) / c.bone_time
        return (
            -absorbed,
            absorbed + inputs.infusion_mg_hour - to_cells - shift - urine,
            to_cells - to_bone,
            to_bone,
            shift,
            (regulated_target_mg_hour(c, inputs, serum) - regulated) / c.urine_lag,
            urine,
            (brain_heading(c, serum) - brain) / c.brain_time,
            (susceptibility_heading(c, cells + bone + shifted) - sigma) / c.susceptibility_time,
        )

    return speed


def axis_speed(c: Constants, inputs: Inputs, sensitivity: Callable[[float], float]) -> Speed:
    """The downstream equations over one stretch, as a function for the solver.

    Parameters
    ----------
    sensitivity
        By hours: susceptibility, and what magnesium in the brain takes from the drive of CRH.
    """
    half, power, rest = c.feedback_half, c.feedback_power, hill(1.0, c)
    pushed = 1 + c.crh_gain * inputs.stress
    swing, peak = c.circadian_amplitude, c.circadian_peak
    crh_cut, acth_cut = "crh" in inputs.cut, "acth" in inputs.cut
    stage = 1 / c.delay_stage

    def speed(hours: float, state: Any) -> tuple[float, ...]:
        crh, acth, first, second, third, cortisol = state.tolist()
        brake = 1 / (1 + (max(cortisol, 0.0) / half) ** power) / rest
        drive = sensitivity(hours) * (pushed + swing * math.cos(_DAY * (hours - peak)))
        return (
            (drive * (1.0 if crh_cut else brake) - crh) / c.crh_time,
            (crh * (1.0 if acth_cut else brake) - acth) / c.acth_time,
            (acth - first) * stage,
            (first - second) * stage,
            (second - third) * stage,
            (third - cortisol) / c.cortisol_time,
        )

    return speed

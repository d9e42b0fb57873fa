"""What the close-ups of block and release show for a state; no widget here.

Every curve is a function of `mgmodel.physiology` asked again and again; nothing is computed here
that is not a question to one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from mgmodel.explore.controls import Choice, Control, Panel, Reading, Slider
from mgmodel.figures.plots import Curve, Dots, Mark, Plot, Sheet, Zone, rounded
from mgmodel.physiology import Parameters, nmda, release
from mgmodel.wording import word
from mgmodel.wording.catalogues import say

__all__ = [
    "NmdaState",
    "ReleaseState",
    "course",
    "nmda_panel",
    "release_panel",
    "speaker",
]

Law: TypeAlias = Callable[[float], float]
Range: TypeAlias = tuple[float, float]
_POINTS = 121
HEIGHT_PX = 370


def speaker(language: str) -> Callable[..., str]:
    """The words of the close-ups in one language, by key."""
    return lambda key, **values: say(f"closeup.{key}", language, **values)


def course(label: str, ends: Range, law: Law, look: int = 0) -> Curve:
    """A law as a curve between two ends."""
    first, last = ends
    x = tuple(first + (last - first) * at / (_POINTS - 1) for at in range(_POINTS))
    return Curve(label, x, tuple(map(law, x)), look)


# Block of the NMDA channel --------------------------------------------------------------------

_VOLTAGES_MV = (-80.0, 40.0)
_BLOCKERS_MMOL_L = (0.0, 3.0)
_PRINTED_MMOL_L = 0.8
_PRINTED = Dots(
    "",
    (-80.0, -70.0, -60.0, -40.0, -20.0, 0.0, 20.0),
    (0.030, 0.055, 0.098, 0.272, 0.564, 0.817, 0.939),
)
"""Open fractions of the printed table at 0.8 mmol/L, by voltage in mV."""
_NMDA_NUMBERS = (
    "nmda_half_block_mmol_l",
    "nmda_voltage_per_mv",
    "csf_ionised_magnesium_mmol_l",
)


@dataclass(frozen=True, slots=True)
class NmdaState:
    """What is chosen in the close-up of the NMDA channel."""

    voltage_mv: float = -40.0
    magnesium_mmol_l: float = 0.8
    language: str = "en"


def nmda_panel(parameters: Parameters, opening: NmdaState) -> Panel:
    """The close-up of the NMDA channel: which share magnesium leaves open.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> from mgmodel.physiology import parameters_of
    >>> state = NmdaState(voltage_mv=-70)
    >>> nmda_panel(parameters_of(load_model()), state).read(state).answer
    'At -70 mV, 0.8 mmol/L of magnesium leaves 5.5% open. Half block: 0.0465 mmol/L.'
    """
    return Panel("nmda", opening, _nmda_controls, partial(_nmda_reading, parameters))


def _nmda_controls(state: NmdaState) -> tuple[Control, ...]:
    said = speaker(state.language)
    return (
        Slider("voltage_mv", said("voltage"), *_VOLTAGES_MV, 1, "mV"),
        Slider("magnesium_mmol_l", said("magnesium_outside"), *_BLOCKERS_MMOL_L, 0.05, "mmol/L"),
    )


def _nmda_reading(parameters: Parameters, state: NmdaState) -> Reading:
    said, written = speaker(state.language), partial(rounded, language=state.language)
    given = {
        "half_block_mmol_l": parameters["nmda_half_block_mmol_l"],
        "per_mv": parameters["nmda_voltage_per_mv"],
    }
    law = partial(nmda.open_fraction, **given)
    here = law(state.voltage_mv, state.magnesium_mmol_l)
    answer = said(
        "nmda_answer",
        voltage=written(state.voltage_mv),
        magnesium=written(state.magnesium_mmol_l),
        open=written(100 * here),
        half=written(nmda.half_block_mmol_l(state.voltage_mv, **given)),
    )
    csf = parameters.record("csf_ionised_magnesium_mmol_l")
    mark = f"{written(100 * here)}%"
    at_voltage = partial(law, state.voltage_mv)
    by_magnesium = Plot(
        said("open_by_magnesium"),
        said("magnesium_axis"),
        _BLOCKERS_MMOL_L,
        (0, 1),
        (course(f"{written(state.voltage_mv)} mV", _BLOCKERS_MMOL_L, at_voltage),),
        (Zone(said("csf"), csf.low, csf.high, "x"),),
        marks=(Mark(state.magnesium_mmol_l, here, mark),),
        letters=len("-80 mV"),
    )
    by_voltage = _block_by_voltage(law, state, mark)
    return Reading(
        said("nmda_title"),
        answer,
        Sheet((by_voltage, by_magnesium), 2, HEIGHT_PX, state.language),
        (said("printed_note", magnesium=written(_PRINTED_MMOL_L)), said("nmda_note")),
        tuple(map(parameters.record, _NMDA_NUMBERS)),
    )


def _block_by_voltage(law: Callable[..., float], state: NmdaState, mark: str) -> Plot:
    said, written = speaker(state.language), partial(rounded, language=state.language)
    curves = tuple(
        course(
            f"{written(magnesium)} mmol/L",
            _VOLTAGES_MV,
            partial(law, magnesium_mmol_l=magnesium),
            look,
        )
        for look, magnesium in enumerate(dict.fromkeys((state.magnesium_mmol_l, _PRINTED_MMOL_L)))
    )
    printed = Dots(said("printed", magnesium=written(_PRINTED_MMOL_L)), _PRINTED.x, _PRINTED.y)
    return Plot(
        said("open_fraction"),
        said("voltage_axis"),
        _VOLTAGES_MV,
        (0, 1),
        curves,
        dots=(printed,),
        marks=(Mark(state.voltage_mv, law(state.voltage_mv, state.magnesium_mmol_l), mark),),
        letters=len("0.05 mmol/L"),
    )


# Release of noradrenaline ---------------------------------------------------------------------

_RELEASERS_MMOL_L = (0.0, 5.0)
_NEAR_MMOL_L = (0.4, 0.8)
_EXPERIMENT_MMOL_L = 1.2
_MEASURED = ((4.8, 4.8), (0.49, 0.51))
"""Release at 4.8 against 1.2 mmol/L in rat artery: less by 51%, or 51% of it: both are said."""
_RELEASE_HEIGHTS = {
    "experiment": ((0.0, 2.2), (0.9, 1.7)),
    "plasma": ((0.0, 1.6), (0.8, 1.2)),
}
"""Axes that hold both laws at every calcium; fixed ones do not jump under the hand."""
_RELEASE_NUMBERS = (
    "release_half_block_mmol_l",
    "dodge_calcium_mmol_l",
    "dodge_calcium_half_mmol_l",
    "dodge_magnesium_half_mmol_l",
    "dodge_power",
    "ionised_fraction",
    "serum_low_mmol_l",
    "serum_high_mmol_l",
    "plasma_ionised_magnesium_mmol_l",
)


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """What is chosen in the close-up of release."""

    magnesium_mmol_l: float = 4.8
    compared_with: str = "experiment"
    """"experiment" (1.2 mmol/L) or "plasma" (the ionised magnesium of people)."""
    calcium_mmol_l: float = 2.5
    language: str = "en"


def release_panel(parameters: Parameters, opening: ReleaseState) -> Panel:
    """The close-up of release: one site and four sites side by side.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> from mgmodel.physiology import parameters_of
    >>> state = ReleaseState()
    >>> release_panel(parameters_of(load_model()), state).read(state).answer
    'Release at 4.8 mmol/L, of that at 1.2 mmol/L: one site 50.3%, four sites together 32.3%.'
    """
    controls = partial(_release_controls, parameters)
    return Panel("release", opening, controls, partial(_release_reading, parameters))


def _release_controls(parameters: Parameters, state: ReleaseState) -> tuple[Control, ...]:
    said, calcium = speaker(state.language), parameters.record("dodge_calcium_mmol_l")
    plasma = rounded(parameters["plasma_ionised_magnesium_mmol_l"], state.language)
    experiment = rounded(_EXPERIMENT_MMOL_L, state.language)
    references = (
        ("experiment", said("reference_experiment", magnesium=experiment)),
        ("plasma", said("reference_plasma", magnesium=plasma)),
    )
    ends = calcium.low, calcium.high
    return (
        Slider("magnesium_mmol_l", said("magnesium_ending"), *_RELEASERS_MMOL_L, 0.05, "mmol/L"),
        Choice("compared_with", said("compared_with"), references),
        Slider(
            "calcium_mmol_l",
            said("calcium"),
            *ends,
            0.05,
            "mmol/L",
            word(calcium.status, state.language),
        ),
    )


def _release_reading(parameters: Parameters, state: ReleaseState) -> Reading:
    said, written = speaker(state.language), partial(rounded, language=state.language)
    plasma = parameters["plasma_ionised_magnesium_mmol_l"]
    reference = _EXPERIMENT_MMOL_L if state.compared_with == "experiment" else plasma
    laws = _release_laws(parameters, reference, state.calcium_mmol_l)
    low, high = (
        parameters["ionised_fraction"] * parameters[f"serum_{end}_mmol_l"]
        for end in ("low", "high")
    )
    usual = Zone(said("usual"), low, high, "x")
    one, four = (law(state.magnesium_mmol_l) for law in laws)
    answer = said(
        "release_answer",
        magnesium=written(state.magnesium_mmol_l),
        reference=written(reference),
        one=written(100 * one),
        four=written(100 * four),
    )
    lost_one, lost_four = (100 * (1 - law(high) / law(low)) for law in laws)
    small = said(
        "release_small",
        low=written(low),
        high=written(high),
        one=written(lost_one),
        four=written(lost_four),
    )
    diamonds = [said("release_diamonds")] if state.compared_with == "experiment" else []
    plots = _release_plots(laws, state, usual, said("release_axis", reference=written(reference)))
    return Reading(
        said("release_title"),
        answer,
        Sheet(plots, 2, HEIGHT_PX, state.language),
        (small, *diamonds, said("release_note")),
        tuple(map(parameters.record, _RELEASE_NUMBERS)),
    )


def _release_laws(
    parameters: Parameters, reference_mmol_l: float, calcium_mmol_l: float
) -> tuple[Law, Law]:
    """Release as a multiple of that at the reference, by each law."""
    one = partial(release.one_site, half_block_mmol_l=parameters["release_half_block_mmol_l"])
    four = partial(
        release.cooperative,
        calcium_mmol_l=calcium_mmol_l,
        calcium_half_mmol_l=parameters["dodge_calcium_half_mmol_l"],
        magnesium_half_mmol_l=parameters["dodge_magnesium_half_mmol_l"],
        power=parameters["dodge_power"],
    )
    return (
        lambda mmol_l: release.relative(mmol_l, reference_mmol_l, one),
        lambda mmol_l: release.relative(mmol_l, reference_mmol_l, four),
    )


def _release_plots(
    laws: tuple[Law, Law], state: ReleaseState, usual: Zone, title: str
) -> tuple[Plot, Plot]:
    """The whole range that experiments use, and the range that people have."""
    said, written = speaker(state.language), partial(rounded, language=state.language)
    names = said("law_one_site"), said("law_cooperative")
    here = state.magnesium_mmol_l
    marks = tuple(
        Mark(here, law(here), f"{written(100 * law(here))}%", look) for look, law in enumerate(laws)
    )
    measured = Dots(said("measured"), *_MEASURED)

    def curves(ends: Range) -> tuple[Curve, ...]:
        named = enumerate(zip(names, laws, strict=True))
        return tuple(course(name, ends, law, look) for look, (name, law) in named)

    high, high_near = _RELEASE_HEIGHTS[state.compared_with]
    axis = said("magnesium_axis")
    return (
        Plot(
            title,
            axis,
            _RELEASERS_MMOL_L,
            high,
            curves(_RELEASERS_MMOL_L),
            (usual,),
            (measured,) if state.compared_with == "experiment" else (),
            marks,
        ),
        Plot(
            said("release_near"),
            axis,
            _NEAR_MMOL_L,
            high_near,
            curves(_NEAR_MMOL_L),
            (usual,),
            marks=marks if _NEAR_MMOL_L[0] <= here <= _NEAR_MMOL_L[1] else (),
        ),
    )

"""What the explorer of simulated bodies shows for a state: two scenarios side by side; no widget.

Curves follow at once; bands take seconds and are drawn once the hand rests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

from mgmodel.explore.controls import Choice, Control, Panel, Progress, Reading, Slider, Tick
from mgmodel.figures.bodies import body_plots
from mgmodel.figures.plots import Bars, Piece, Plot, Row, Sheet, rounded
from mgmodel.physiology import (
    AdrenalineInfusion,
    Band,
    BodyCourse,
    CutFeedback,
    DailyMeals,
    Event,
    Infusion,
    Parameters,
    RenalFunction,
    Stressor,
    band,
    simulate_body,
)
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import say

__all__ = ["CURVES", "DAYS", "SimulationState", "simulation_panel"]

DAYS = ("2", "7", "14", "30", "90")
CURVES = {
    "magnesium": ("serum_magnesium_mmol_l", "urine_mg_day", "stores_magnesium_mg"),
    "brain": ("brain_magnesium_relative", "norepinephrine_relative", "epinephrine_relative"),
    "stress": ("perceived_stress_relative", "acth_relative", "cortisol_relative"),
    "circle": ("stores_magnesium_mg", "susceptibility_relative", "perceived_stress_relative"),
}
"""What can be drawn together, by name."""
MEMBERS = 24
"""Bodies in a band: few, for a reader waits for them."""
DRAWN_TOLERANCE, LONG_TOLERANCE = 1e-4, 1e-3
"""Of the solver, for a drawn curve, and beyond 30 days: less than a pixel beside the default."""
_KEPT = 8
_FEEDBACKS = ("none", "crh", "acth", "both")
_ADRENALINE_HOURS = 2.0
_HOURS_A_DAY = 24.0
_HEIGHT_PX = 545
_KINDS = ("infusion", "stress", "adrenaline", "kidney", "feedback")
_GAIN = "stress_urine_gain"


@dataclass(frozen=True, slots=True)
class SimulationState:
    """What is chosen in the explorer of simulated bodies; a field of A and one of B for each."""

    intake_a_mg_day: float = 360.0
    infusion_a_g: float = 0.0
    stress_a: float = 0.0
    adrenaline_a: float = 0.0
    kidney_a_percent: float = 100.0
    feedback_a: str = "none"
    intake_b_mg_day: float = 360.0
    infusion_b_g: float = 0.0
    stress_b: float = 1.0
    adrenaline_b: float = 0.0
    kidney_b_percent: float = 100.0
    feedback_b: str = "none"
    days: str = "14"
    curves: str = "magnesium"
    start_hours: float = 24.0
    lasting_hours: float = 168.0
    stress_urine_gain: float = 0.1
    bands: bool = False
    language: str = "en"

    def chosen(self, scenario: str, control: str) -> Any:
        """What is chosen for scenario "a" or "b"."""
        return getattr(self, control.format(scenario))

    def events(self, scenario: str) -> tuple[Event, ...]:
        """What happens in scenario "a" or "b".

        Examples
        --------
        >>> SimulationState().events("a")
        (DailyMeals(magnesium_mg_day=360.0, meals=3, start_hours=0.0),)
        >>> SimulationState(stress_b=2, lasting_hours=5).events("b")[1]
        Stressor(start_hours=24.0, end_hours=29.0, strength=2)
        """
        begins, ends = self.start_hours, self.start_hours + self.lasting_hours
        chosen = partial(self.chosen, scenario)
        happens: list[Event] = [DailyMeals(chosen("intake_{}_mg_day"))]
        if chosen("infusion_{}_g"):
            happens.append(Infusion(begins, ends, magnesium_sulfate_g=chosen("infusion_{}_g")))
        if chosen("stress_{}"):
            happens.append(Stressor(begins, ends, chosen("stress_{}")))
        if chosen("adrenaline_{}"):
            stop = begins + _ADRENALINE_HOURS
            happens.append(AdrenalineInfusion(begins, stop, chosen("adrenaline_{}")))
        if chosen("kidney_{}_percent") < 100:
            happens.append(RenalFunction(begins, chosen("kidney_{}_percent") / 100))
        if chosen("feedback_{}") != "none":
            happens.append(CutFeedback(begins, chosen("feedback_{}")))
        return tuple(happens)


def simulation_panel(parameters: Parameters, opening: SimulationState) -> Panel:
    """Two scenarios of one body side by side, over hours to months.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> state = SimulationState(days="2", stress_b=0)
    >>> panel = simulation_panel(physiology.parameters_of(load_model()), state)
    >>> print(panel.read(state).answer)
    Magnesium in serum (mmol/L), at the end: A 0.878, B 0.878; lowest: A 0.818, B 0.818; \
highest: A 0.884, B 0.884.
    """
    # one scenario stays as it is while the other is moved
    read = partial(_reading, parameters, lru_cache(maxsize=16)(partial(_course, parameters)))
    bands = _Bands(parameters)

    def refine(state: SimulationState, progress: Progress) -> Reading:
        return _refined(parameters, bands, state, progress) if state.bands else read(state)

    controls = partial(_controls, parameters)
    return Panel("simulation", opening, controls, read, beside=True, refine=refine)


Asked: TypeAlias = tuple[tuple[Event, ...], float, float]
"""Events, days, and the gain that nobody measured."""


def _asked(parameters: Parameters, state: SimulationState, scenario: str) -> Asked:
    events = state.events(scenario)
    stressed = any(isinstance(event, Stressor) for event in events)
    # the gain is that of stress: where there is none, it is not asked again
    return events, float(state.days), state.stress_urine_gain if stressed else parameters[_GAIN]


def _course(parameters: Parameters, asked: Asked) -> BodyCourse:
    events, days, gain = asked
    chosen = parameters.with_values(stress_urine_gain=gain)
    tolerance = DRAWN_TOLERANCE if days <= float(DAYS[3]) else LONG_TOLERANCE
    return simulate_body(chosen, events, days=days, relative_tolerance=tolerance)


class _Bands:
    """Bands that were made, so that none is made twice; the latest few are kept."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._made: dict[Asked, Band] = {}

    def of(self, asked: Asked, progress: Progress) -> Band:
        """The band of a scenario."""
        if asked not in self._made:
            events, days, gain = asked
            chosen = self._parameters.with_values(stress_urine_gain=gain)
            made = band(chosen, events, days=days, members=MEMBERS, progress=progress)
            while len(self._made) >= _KEPT:
                del self._made[next(iter(self._made))]
            self._made[asked] = made
        return self._made[asked]


# What can be moved ----------------------------------------------------------------------------


def _controls(parameters: Parameters, state: SimulationState) -> tuple[Control, ...]:
    both = [control for one in ("a", "b") for control in _of_scenario(one, state.language)]
    return (*both, *_of_both(parameters, state.language))


def _of_scenario(one: str, language: str) -> tuple[Control, ...]:
    said = _speaker(language)
    section = said("scenario", name=one.upper())
    feedbacks = tuple((which, say(f"simulation.cut.{which}", language)) for which in _FEEDBACKS)
    return (
        Slider(f"intake_{one}_mg_day", said("intake"), 0, 800, 10, said("mg_day"), "", section),
        Slider(f"infusion_{one}_g", said("infusion"), 0, 40, 1, "g", "", section),
        Slider(f"stress_{one}", said("stress"), 0, 3, 0.1, "", "", section),
        Slider(f"adrenaline_{one}", said("adrenaline"), 0, 1, 0.1, "", "", section),
        Slider(f"kidney_{one}_percent", said("kidney"), 10, 100, 5, "%", "", section),
        Choice(f"feedback_{one}", said("feedback"), feedbacks, "", section),
    )


def _of_both(parameters: Parameters, language: str) -> tuple[Control, ...]:
    said, gain = _speaker(language), parameters.record(_GAIN)
    section = said("both")
    days = tuple((count, said("days", days=count)) for count in DAYS)
    curves = tuple((name, say(f"simulation.drawn.{name}", language)) for name in CURVES)
    return (
        Choice("curves", said("curves"), curves, "", section),
        Choice("days", said("length"), days, "", section),
        Tick("bands", said("bands", members=MEMBERS), "", section),
        Slider("start_hours", said("start"), 0, 36, 1, "h", "", section),
        Slider("lasting_hours", said("lasting"), 1, 336, 1, "h", "", section),
        Slider(_GAIN, said("gain"), gain.low, gain.high, 0.01, "", said("not_measured"), section),
    )


def _speaker(language: str) -> Callable[..., str]:
    return lambda key, **values: say(f"simulation.{key}", language, **values)


# What is read ---------------------------------------------------------------------------------


def _reading(
    parameters: Parameters, course: Callable[[Asked], BodyCourse], state: SimulationState
) -> Reading:
    bodies = {one.upper(): course(_asked(parameters, state, one)) for one in ("a", "b")}
    waits = _speaker(state.language)("bands_wait") if state.bands else ""
    return _told(parameters, bodies, state, waits)


def _refined(
    parameters: Parameters, bands: _Bands, state: SimulationState, progress: Progress
) -> Reading:
    """The same with bands; `progress` is told of both scenarios as of one."""
    all_of_them = 2 * MEMBERS
    bodies = {
        "A": bands.of(_asked(parameters, state, "a"), lambda done, _: progress(done, all_of_them)),
        "B": bands.of(
            _asked(parameters, state, "b"), lambda done, _: progress(MEMBERS + done, all_of_them)
        ),
    }
    return _told(parameters, bodies, state, "")


def _told(
    parameters: Parameters,
    bodies: Mapping[str, BodyCourse | Band],
    state: SimulationState,
    unfinished: str,
) -> Reading:
    said, language = _speaker(state.language), state.language
    plots = body_plots(bodies, CURVES[state.curves], language)
    notes = [_happens(name, state, language) for name in ("a", "b")]
    if any(isinstance(body, Band) for body in bodies.values()):
        notes.append(say("band.meaning", language))
    gain = rounded(state.stress_urine_gain, language)
    notes.append(say("body.not_measured", language, gain=gain))
    return Reading(
        said("title"),
        _answer(plots[0], language),
        Sheet((_time_line(state), *plots), 1, _HEIGHT_PX, language),
        tuple(notes),
        tuple(parameters.records.values()),
        unfinished,
    )


def _happens(one: str, state: SimulationState, language: str) -> str:
    events = " ".join(in_words(event, language) for event in state.events(one))
    return f"{one.upper()}: {events}"


def _answer(plot: Plot, language: str) -> str:
    """Where the first quantity ends, and how low and how high it went, in both scenarios."""
    said = _speaker(language)
    read: tuple[Callable[[tuple[float, ...]], float], ...] = (lambda y: y[-1], min, max)
    told = []
    for take in read:
        each = (f"{curve.label} {rounded(take(curve.y), language)}" for curve in plot.curves)
        told.append(", ".join(each))
    return said("answer", quantity=plot.title, last=told[0], lowest=told[1], highest=told[2])


def _time_line(state: SimulationState) -> Bars:
    """When what happens, A above B in each row; rows stay where they are while nothing happens."""
    said, last = _speaker(state.language), float(state.days)
    kinds = dict(zip(_KINDS, _EVENTS, strict=True))
    happens = {one: state.events(one) for one in ("a", "b")}
    rows = []
    for kind, event_class in kinds.items():
        pieces = [
            Piece(*_span(event, last), lane, name.upper(), lane)
            for lane, (name, events) in enumerate(happens.items())
            for event in events
            if isinstance(event, event_class)
        ]
        rows.append(Row(say(f"simulation.row.{kind}", state.language), tuple(pieces), lanes=2))
    return Bars(said("time_line"), "", (0.0, last), tuple(rows), bare=True, height=0.85)


_EVENTS = (Infusion, Stressor, AdrenalineInfusion, RenalFunction, CutFeedback)


def _span(event: Any, last_day: float) -> tuple[float, float]:
    """When an event begins and ends within the picture, in days."""
    ends = event.end_hours
    end = last_day if ends is None else min(last_day, ends / _HOURS_A_DAY)
    return event.start_hours / _HOURS_A_DAY, end

"""The way back to the map: what the simulated body does, beside what `respond` says of the nodes.

The map gives directions and no sizes, the body sizes and times. Where the two go different ways,
one of them leaves something out, and the reason is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from mgmodel.errors import UnknownId
from mgmodel.interventions import CutEdge, Intervention, Press, check
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.physiology.body import simulate_body
from mgmodel.physiology.course import BodyCourse, quantity_in_words
from mgmodel.physiology.events import (
    AdrenalineInfusion,
    CutFeedback,
    DailyMeals,
    DailySupplement,
    Event,
    Infusion,
    RenalFunction,
    Stressor,
)
from mgmodel.reasoning import respond, signed_paths
from mgmodel.vocabulary import Outcome, Verdict
from mgmodel.wording import arrows_in_words, in_words, word
from mgmodel.wording.catalogues import number, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MANOEUVRES", "NODES", "Agreement", "Agreements", "Manoeuvre", "compare_with_map"]

NODES: Mapping[str, str] = MappingProxyType(
    {
        "serum_magnesium_mmol_l": "serum_magnesium",
        "stores_magnesium_mg": "body_magnesium_stores",
        "cell_shift_mg": "magnesium_cellular_shift",
        "absorbed_total_mg": "intestinal_magnesium_absorption",
        "urine_mg_day": "urinary_magnesium_excretion",
        "brain_magnesium_relative": "brain_magnesium",
        "release_relative": "vesicle_exocytosis",
        "sympathetic_relative": "sympathetic_activity",
        "norepinephrine_relative": "norepinephrine",
        "epinephrine_relative": "epinephrine",
        "crh_relative": "crh",
        "acth_relative": "acth",
        "cortisol_relative": "cortisol",
        "susceptibility_relative": "stress_susceptibility",
        "perceived_stress_relative": "perceived_stress",
    }
)
"""The node of the map that each quantity of the body is; totals and pools beside them have none."""
LEAST_CHANGE = 1e-4
"""A change by less than this part of what is there at rest counts as none."""
_FARTHEST = 10
"""So many arrows a route of the map may have that is told as a reason."""


@dataclass(frozen=True)
class Manoeuvre:
    """One thing done twice: to the body as events, to the map as interventions."""

    id: str
    events: tuple[Event, ...]
    interventions: tuple[Intervention, ...]
    days: float
    start_hours: float
    """From here on the body is compared with the body at rest."""
    end_hours: float


_MONTH = (28.0, 0.0, 672.0)
_MORNING = 33.0
MANOEUVRES: tuple[Manoeuvre, ...] = (
    Manoeuvre("diet", (DailyMeals(180),), (Press("dietary_magnesium_intake", -1),), *_MONTH),
    Manoeuvre(
        "supplement", (DailySupplement(350),), (Press("oral_magnesium_supplementation"),), *_MONTH
    ),
    Manoeuvre(
        "infusion",
        (Infusion(_MORNING, _MORNING + 24, magnesium_sulfate_g=40),),
        (Press("parenteral_magnesium_sulfate"),),
        *(4.0, _MORNING, _MORNING + 24),
    ),
    Manoeuvre("month_of_stress", (Stressor(0, 672),), (Press("psychological_stressor"),), *_MONTH),
    Manoeuvre(
        "hour_of_stress",
        (Stressor(_MORNING, _MORNING + 1),),
        (Press("psychological_stressor"),),
        *(3.0, _MORNING, _MORNING + 3),
    ),
    Manoeuvre(
        "stress_without_feedback",
        (CutFeedback(0, "both"), Stressor(0, 672)),
        (Press("psychological_stressor"), CutEdge("cortisol.crh"), CutEdge("cortisol.acth")),
        *_MONTH,
    ),
    Manoeuvre(
        "adrenaline",
        (AdrenalineInfusion(_MORNING, _MORNING + 2),),
        (Press("epinephrine"),),
        *(3.0, _MORNING, _MORNING + 2),
    ),
    Manoeuvre("kidneys", (RenalFunction(0, 0.1),), (Press("kidney_function", -1),), *_MONTH),
)
"""What is done to both; strengths are those of the measurements that the body was set by."""
_SHIFT = "cell_shift_mg"
REASONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **dict.fromkeys(
            ((each, _SHIFT) for each in ("diet", "supplement", "infusion", "kidneys")),
            "shift_at_rest",
        ),
        ("hour_of_stress", "stores_magnesium_mg"): "too_short",
        ("hour_of_stress", "brain_magnesium_relative"): "too_short",
        ("hour_of_stress", "susceptibility_relative"): "too_short",
        ("adrenaline", "stores_magnesium_mg"): "shift_into_stores",
        ("adrenaline", "urine_mg_day"): "adrenaline_urine",
        **dict.fromkeys(
            (("adrenaline", f"{each}_relative") for each in ("crh", "acth", "cortisol")),
            "too_short",
        ),
        **dict.fromkeys(
            (
                ("adrenaline", f"{each}_relative")
                for each in ("susceptibility", "perceived_stress", "sympathetic")
            ),
            "shift_is_no_loss",
        ),
    }
)
"""Why body and map part, with the parameters of the data: a key of the words."""


@dataclass(frozen=True)
class Agreement:
    """One quantity after one manoeuvre, in the body and on the map."""

    manoeuvre: Manoeuvre
    quantity: str
    node: str
    change: float
    """Mean change against rest, as a part of what is there at rest."""
    simulated: Verdict
    """`rises`, `falls`, or `unchanged` by less than `LEAST_CHANGE`."""
    mapped: Verdict
    """What `respond` says of the node."""
    outcome: Outcome
    """`agree`, `disagree`, or `cannot_say` where the map has no one direction, or no route."""
    reason: str = ""
    """Why they disagree: a key of the words."""
    route: tuple[str, ...] = ()
    """Where they disagree: arrows of the shortest route of the map that goes its way."""
    _model: Model = field(repr=False, compare=False, kw_only=True)


@dataclass(frozen=True, repr=False)
class Agreements(Sequence[Agreement]):
    """Every quantity after every manoeuvre, in their order."""

    rows: tuple[Agreement, ...]

    @property
    def disagreements(self) -> tuple[Agreement, ...]:
        """Where body and map go different ways."""
        return tuple(row for row in self.rows if row.outcome is Outcome.DISAGREE)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many agree, disagree, and cannot be said."""
        found = Counter(row.outcome for row in self.rows)
        return MappingProxyType({outcome: found[outcome] for outcome in Outcome})

    @overload
    def __getitem__(self, place: int) -> Agreement: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Agreement, ...]: ...
    def __getitem__(self, place: int | slice) -> Agreement | tuple[Agreement, ...]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def to_frame(self) -> pd.DataFrame:
        """A table with one quantity and manoeuvre a row.

        Returns
        -------
        pandas.DataFrame
            Columns: manoeuvre, quantity, node, change, simulated, mapped, outcome, reason.
        """
        import pandas as pd

        columns = ["manoeuvre", "quantity", "node", "change"]
        columns += ["simulated", "mapped", "outcome", "reason"]
        rows = [
            (
                *(row.manoeuvre.id, row.quantity, row.node, row.change),
                *(row.simulated.value, row.mapped.value, row.outcome.value, row.reason),
            )
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=columns).astype({"change": float})

    def __repr__(self) -> str:
        said = ", ".join(f"{count} {outcome.value}" for outcome, count in self.counts.items())
        return f"Agreements({said})"

    def _repr_html_(self) -> str:
        rows = (
            (
                row.manoeuvre.id.replace("_", " "),
                quantity_in_words(row.quantity),
                f"{100 * row.change:+.3g} %",
                word(row.simulated),
                word(row.mapped),
                word(row.outcome),
                _reason(row, "en"),
            )
            for row in self.rows
        )
        header = ("manoeuvre", "quantity", "change", "body", "map", "outcome", "reason")
        return table(" ".join((f"{self!r}.", say("parameter.device"))), header, rows)


def compare_with_map(
    model: Model,
    parameters: Mapping[str, float],
    *,
    manoeuvres: Sequence[Manoeuvre] = MANOEUVRES,
) -> Agreements:
    """Whether the simulated body goes the way that the map says, quantity by quantity.

    A quantity whose node is pressed, or is not on the map, is left out, and so is a manoeuvre whose
    nodes or arrows are not.

    Parameters
    ----------
    model
        The map, or a part of it.
    parameters
        Of the body.
    manoeuvres
        What is done to both.

    Raises
    ------
    UnknownId
        A parameter is missing.
    ValueError
        A body cannot be simulated with these parameters.

    Examples
    --------
    >>> from mgmodel import load_model, physiology
    >>> model = load_model()
    >>> diet = MANOEUVRES[:1]
    >>> compare_with_map(model, physiology.parameters_of(model), manoeuvres=diet)
    Agreements(14 agree, 1 disagree, 0 cannot_say)
    """
    rows: list[Agreement] = []
    for manoeuvre in manoeuvres:
        if _fits(model, manoeuvre):
            rows += _compared(model, parameters, manoeuvre)
    return Agreements(tuple(rows))


def _fits(model: Model, manoeuvre: Manoeuvre) -> bool:
    try:
        check(model, manoeuvre.interventions)
    except UnknownId:
        return False
    return True


def _compared(
    model: Model, parameters: Mapping[str, float], manoeuvre: Manoeuvre
) -> Iterator[Agreement]:
    days, events = manoeuvre.days, manoeuvre.events
    points = round(days * (24 if days > 7 else 96)) + 1
    done = simulate_body(parameters, events, days=days, points=points)
    rest = simulate_body(parameters, days=days, points=points)
    said = respond(model, *manoeuvre.interventions).direction
    pressed = {one.node for one in manoeuvre.interventions if isinstance(one, Press)}
    for quantity, node in NODES.items():
        if node in pressed or node not in model.nodes:
            continue
        change = _change(done, rest, manoeuvre, quantity)
        simulated, mapped = _direction(change), said[node]
        outcome = _outcome(simulated, mapped)
        differs = outcome is Outcome.DISAGREE
        yield Agreement(
            *(manoeuvre, quantity, node, change, simulated, mapped, outcome),
            reason=REASONS.get((manoeuvre.id, quantity), "numbers") if differs else "",
            route=_route(model, manoeuvre, node, mapped) if differs else (),
            _model=model,
        )


def _change(done: BodyCourse, rest: BodyCourse, manoeuvre: Manoeuvre, quantity: str) -> float:
    """Mean change while it lasts; what is shifted, of which rest has none, of the extracellular."""
    start, end = manoeuvre.start_hours, manoeuvre.end_hours
    against = "extracellular_magnesium_mg" if quantity == _SHIFT else quantity
    moved = done.mean(quantity, start, end) - rest.mean(quantity, start, end)
    return moved / rest.mean(against, start, end)


def _direction(change: float) -> Verdict:
    if abs(change) < LEAST_CHANGE:
        return Verdict.UNCHANGED
    return Verdict.RISES if change > 0 else Verdict.FALLS


def _outcome(simulated: Verdict, mapped: Verdict) -> Outcome:
    if mapped not in (Verdict.RISES, Verdict.FALLS, Verdict.UNCHANGED):
        return Outcome.CANNOT_SAY
    return Outcome.AGREE if simulated is mapped else Outcome.DISAGREE


def _route(model: Model, manoeuvre: Manoeuvre, node: str, mapped: Verdict) -> tuple[str, ...]:
    """The shortest route from what is pressed that goes the way of the map."""
    wanted = {Verdict.RISES: 1, Verdict.FALLS: -1}.get(mapped, 0)
    for one in manoeuvre.interventions:
        if isinstance(one, Press):
            sign = wanted if one.amount > 0 else -wanted
            routes = signed_paths(model, one.node, node, max_length=_FARTHEST, limit=50)
            found = next((route for route in routes if route.sign == sign), None)
            if found:
                return found.edges
    return ()


def _reason(row: Agreement, language: str) -> str:
    return say(f"physiology_link.reason.{row.reason}", language) if row.reason else ""


def _row(row: Agreement, language: str) -> str:
    percent = "+" * (row.change > 0) + number(100 * row.change, language, digits=2)
    said = say(
        f"physiology_link.{row.outcome.value}",
        language,
        quantity=quantity_in_words(row.quantity, language),
        simulated=word(row.simulated, language),
        percent=say("number.percent", language, number=percent),
        mapped=word(row.mapped, language),
    )
    return f"{said} {_reason(row, language)}".rstrip()


@in_words.register
def _agreement_in_words(row: Agreement, language: str = "en") -> str:
    """How far the body went, what the map says, and why and by which way they part if they do."""
    if not row.route:
        return _row(row, language)
    press = next(one for one in row.manoeuvre.interventions if isinstance(one, Press))
    arrows = [row._model.edge(edge) for edge in row.route]
    route = arrows_in_words(arrows, language, rise=press.amount > 0)
    return " ".join([_row(row, language), say("physiology_link.route", language, route=route)])


@in_words.register
def _agreements_in_words(found: Agreements, language: str = "en") -> str:
    """How often body and map agree, and every disagreement with its reason."""
    counts = {outcome.value: number(count, language) for outcome, count in found.counts.items()}
    said = [say("physiology_link.counts", language, **counts)]
    told = ""
    for row in found.disagreements:
        if row.manoeuvre.id != told:
            told = row.manoeuvre.id
            said += [in_words(event, language) for event in row.manoeuvre.events]
        said.append(_row(row, language))
    return " ".join([*said, say("parameter.device", language)])

"""What can be done to a map before it is asked: frozen records, their check and short form.

The five verbs differ, and so do their answers: a pressed node still responds to its own causes, a
fixed one (clamped, blocked, knocked out) does not. A sixth record, `FlipEdge`, doubts an arrow of
the map instead of acting on a body. Nothing is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from mgmodel.model import Model

__all__ = [
    "KNOCKED_OUT",
    "ArrowIntervention",
    "Block",
    "Clamp",
    "CutEdge",
    "FlipEdge",
    "Intervention",
    "KnockOut",
    "Plan",
    "Press",
    "check",
    "parse",
    "written",
]

KNOCKED_OUT = -0.5
"""Deviation of an absent node: baselines are taken at the middle of a range from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Press:
    """A lasting push on a node, which goes on responding to its own causes.

    Several presses on one node add up.
    """

    node: str
    amount: float = 1.0
    """Input, as a deviation from baseline; negative pushes down."""


@dataclass(frozen=True, slots=True)
class Clamp:
    """A node set to a value and held there, whatever its causes do."""

    node: str
    value: float
    """Deviation from baseline."""


@dataclass(frozen=True, slots=True)
class Block:
    """A node held at baseline: nothing passes through it, and nothing starts at it."""

    node: str


@dataclass(frozen=True, slots=True)
class KnockOut:
    """A node taken away: nothing passes through it, and its absence is itself a change."""

    node: str


@dataclass(frozen=True, slots=True)
class CutEdge:
    """One arrow taken away; the other arrows into its target keep the weight that they had."""

    edge: str


@dataclass(frozen=True, slots=True)
class FlipEdge:
    """One arrow with its sign turned round, all weights kept, as if the map had it wrong.

    It asks what hangs on an arrow; nothing of the kind can be done to a body.
    """

    edge: str


ArrowIntervention: TypeAlias = CutEdge | FlipEdge
"""What is done to an arrow; all others are done to a node."""
Intervention: TypeAlias = Press | Clamp | Block | KnockOut | ArrowIntervention


@dataclass(frozen=True, slots=True)
class Plan:
    """What a set of interventions comes to, once it is known to make sense."""

    pressed: dict[str, float]
    """Sum of the presses on each pressed node."""
    fixed: dict[str, float]
    """Deviation at which each fixed node is held."""
    cut: tuple[str, ...]
    """Ids of the arrows cut, each once."""
    flipped: tuple[str, ...] = ()
    """Ids of the arrows whose sign is turned round, each once."""

    @property
    def largest(self) -> float:
        """The largest push or fixed deviation, in size; 0 where nothing is forced."""
        return max(map(abs, (*self.pressed.values(), *self.fixed.values())), default=0.0)


def check(model: Model, interventions: Iterable[Intervention]) -> Plan:
    """What the interventions come to on this map, after refusing what makes no sense.

    Parameters
    ----------
    model
        The map that they name nodes and arrows of.
    interventions
        In any order; order never matters. None at all is allowed.

    Returns
    -------
    Plan
        Presses added up, fixed nodes with their value, arrows cut and flipped. An arrow flipped
        twice is flipped once; one that is cut as well carries nothing.

    Raises
    ------
    UnknownId
        A node or an arrow that the map does not have; near names are suggested.
    ValueError
        An amount or a value that is not a finite number, a press on a fixed node, or one node
        fixed at two values. The same fixing said twice is no contradiction.
    TypeError
        Something that is not an intervention.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> check(chain, [Press("a"), Press("a", 0.5), KnockOut("b")])
    Plan(pressed={'a': 1.5}, fixed={'b': -0.5}, cut=(), flipped=())
    """
    pressed: dict[str, float] = {}
    fixed: dict[str, float] = {}
    cut: dict[str, None] = {}
    flipped: dict[str, None] = {}
    for intervention in interventions:
        match intervention:
            case Press(node, amount):
                model.node(node)
                pressed[node] = pressed.get(node, 0.0) + _finite(amount, "amount", node)
            case Clamp(node, value):
                _fix(model, fixed, node, _finite(value, "value", node))
            case Block(node):
                _fix(model, fixed, node, 0.0)
            case KnockOut(node):
                _fix(model, fixed, node, KNOCKED_OUT)
            case CutEdge(edge):
                cut[model.edge(edge).id] = None
            case FlipEdge(edge):
                flipped[model.edge(edge).id] = None
            case _:
                msg = (
                    f"{intervention!r} is not an intervention. "
                    "Use Press, Clamp, Block, KnockOut, CutEdge or FlipEdge."
                )
                raise TypeError(msg)
    for node, amount in pressed.items():
        _finite(amount, "sum of the presses", node)
        if node in fixed:
            msg = (
                f"{node!r} is fixed at {fixed[node]:g}, so a press cannot move it. "
                "Leave out the press, or what fixes the node."
            )
            raise ValueError(msg)
    return Plan(pressed, fixed, tuple(cut), tuple(flipped))


_VERBS: dict[str, type[Intervention]] = {
    "press": Press,
    "clamp": Clamp,
    "block": Block,
    "knock_out": KnockOut,
    "cut": CutEdge,
    "flip": FlipEdge,
}


def written(intervention: Intervention) -> str:
    """An intervention in the short form that tables hold; `parse` reads it back.

    Examples
    --------
    >>> [written(each) for each in (Press("stress"), Clamp("cortisol", 0.2), CutEdge("a.b"))]
    ['press stress', 'clamp cortisol=0.2', 'cut a.b']
    """
    verb = next(verb for verb, kind in _VERBS.items() if isinstance(intervention, kind))
    match intervention:
        case Press(node, amount) if amount == 1 and "=" not in node:
            return f"{verb} {node}"
        case Press(node, number) | Clamp(node, number):
            return f"{verb} {node}={number!r}"
        case CutEdge(name) | FlipEdge(name) | Block(name) | KnockOut(name):
            return f"{verb} {name}"


def parse(text: str) -> Intervention:
    """The intervention that a short form such as `press stress=-1` means.

    Parameters
    ----------
    text
        `press ID`, `press ID=X`, `clamp ID=X`, `block ID`, `knock_out ID`, `cut EDGE` or
        `flip EDGE`. Whether the map has such a node or arrow is for `check` to say.

    Raises
    ------
    ValueError
        Another verb, nothing after it, or a number that is none; the text says which.

    Examples
    --------
    >>> parse("press stress=-1"), parse("knock_out alpha2_autoreceptor")
    (Press(node='stress', amount=-1.0), KnockOut(node='alpha2_autoreceptor'))
    """
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    kind = _VERBS.get(verb)
    if kind is None or not rest:
        msg = f"{text!r} is no intervention. Write one of {', '.join(_VERBS)} and then an id."
        raise ValueError(msg)
    if kind is not Press and kind is not Clamp:
        return kind(rest)  # type: ignore[call-arg]  # the four that take a name alone
    node, sign, number = rest.rpartition("=")
    if not sign and kind is Press:
        return Press(rest)
    try:
        amount = float(number)
    except ValueError:
        amount = math.nan
    if not node or not math.isfinite(amount):
        msg = f"{text!r} needs a finite number, such as {verb} {node or rest}=0.5."
        raise ValueError(msg)
    return kind(node, amount)


def _finite(number: float, name: str, node: str) -> float:
    if not math.isfinite(number):
        msg = f"The {name} for {node!r} is {number!r}; give a finite number."
        raise ValueError(msg)
    return float(number)


def _fix(model: Model, fixed: dict[str, float], node: str, value: float) -> None:
    model.node(node)
    if fixed.setdefault(node, value) != value:
        msg = (
            f"{node!r} is fixed at {fixed[node]:g} and at {value:g}. "
            "Leave one of the two out: a node has one value."
        )
        raise ValueError(msg)

"""How things look: what a node or an arrow is, turned into colours, dashes, heads and marks.

Nothing is drawn here. The browser, the SVG and the PNG all read the same small records, so that a
picture on paper and the map on the projector say the same. No meaning rests on colour alone: a sign
has a dash and a head of its own, and a verdict has a glyph and a fill that also differs in grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from mgmodel.palettes import PALETTES, Paint, Palette
from mgmodel.vocabulary import Effect, NodeKind, Strength, Verdict
from mgmodel.wording.catalogues import say

__all__ = [
    "CONTESTED_MARK",
    "EDGE_HEADS",
    "HELD_MARK",
    "OFF_MARK",
    "PALETTES",
    "ROLE_MARKS",
    "TURNED_MARK",
    "VERDICT_MARKS",
    "EdgeStyle",
    "NodeShape",
    "NodeStyle",
    "Paint",
    "Palette",
    "dispute_mark",
    "edge_style",
    "last_line",
    "node_shape",
    "node_state",
    "node_style",
    "state_in_words",
]

Role = Literal["source", "target"]
Head = Literal["arrow", "bar", "circle", "box"]

VERDICT_MARKS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.RISES: "▲",
        Verdict.FALLS: "▼",
        Verdict.DEPENDS: "◆",
        Verdict.UNCHANGED: "=",
        Verdict.NO_ROUTE: "∅",
        Verdict.FIXED: "■",
    }
)
"""A glyph for each verdict; all of them are in DejaVu Sans, which matplotlib ships."""

OFF_MARK = "✕"
HELD_MARK = "‖"
ROLE_MARKS: Mapping[str, str] = MappingProxyType({"source": "▶", "target": "◎"})
CONTESTED_MARK = "?"
"""Stands on the middle of a disputed arrow that no recorded reference speaks against."""
TURNED_MARK = "↻"
"""Stands on the middle of an arrow whose sign a person turned round."""

EDGE_HEADS: Mapping[Effect, Head] = MappingProxyType(
    {
        Effect.INCREASES: "arrow",
        Effect.DECREASES: "bar",
        Effect.UNCLEAR: "circle",
        Effect.NO_EFFECT: "box",
    }
)
_DASHES: Mapping[Effect, tuple[int, ...]] = MappingProxyType(
    {
        Effect.INCREASES: (),
        Effect.DECREASES: (9, 5),
        Effect.UNCLEAR: (2, 4),
        Effect.NO_EFFECT: (2, 4),
    }
)
_FADED_DASHES: Mapping[Effect, tuple[int, ...]] = MappingProxyType(
    {
        Effect.INCREASES: (3, 7),
        Effect.DECREASES: (9, 9),
        Effect.UNCLEAR: (1, 7),
        Effect.NO_EFFECT: (1, 7),
    }
)
_FIRMNESS: Mapping[Strength, float] = MappingProxyType(
    {Strength.ALWAYS: 2.8, Strength.ROBUST: 2.2, Strength.LIKELY: 1.2, Strength.DEPENDS: 1.4}
)
"""Width of a border by how firmly a direction holds."""
_DIRECTED = (Verdict.RISES, Verdict.FALLS)
_DONE_OR_ROLE = ("off", "held", "source", "target")


@dataclass(frozen=True, slots=True)
class NodeShape:
    """Outline of a kind of node; the box has the same size for all kinds."""

    name: str
    """"substance", "protein" or "process": what the legend calls it."""
    radius: int
    """Corner radius in layout units."""


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """How one box is drawn just now."""

    fill: str
    border: str
    text: str
    border_width: float
    dash: tuple[int, ...] = ()
    """Lengths of stroke and gap of the border; empty for a solid one."""
    marks: tuple[str, ...] = ()
    """Glyphs that stand before the verdict's word on the box's last line, in order."""


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """How one arrow is drawn just now."""

    colour: str
    width: float
    dash: tuple[int, ...]
    head: Head
    """At the target: an arrow head (raises), a T-bar (lowers), a circle (not settled) or a box (no
    effect found); the words are those of vis-network."""
    mark: str = ""
    """Glyph on the middle of the line, on a small patch of the surface's colour."""
    mark_colour: str = ""
    """Of the glyph: on a dimmed line it stays dark enough to be read."""


_SUBSTANCE = NodeShape("substance", 18)
_PROTEIN = NodeShape("protein", 0)
_PROCESS = NodeShape("process", 8)
_SHAPES: Mapping[NodeKind, NodeShape] = MappingProxyType(
    {
        **dict.fromkeys(NodeKind, _PROCESS),
        NodeKind.NUTRIENT: _SUBSTANCE,
        NodeKind.FORM: _SUBSTANCE,
        NodeKind.ION: _SUBSTANCE,
        NodeKind.TRANSMITTER: _SUBSTANCE,
        NodeKind.HORMONE: _SUBSTANCE,
        NodeKind.CHANNEL_RECEPTOR: _PROTEIN,
    }
)


def node_shape(kind: NodeKind) -> NodeShape:
    """The outline of a kind of node: round, square-cut, or between.

    Examples
    --------
    >>> node_shape(NodeKind.HORMONE).name, node_shape(NodeKind.CHANNEL_RECEPTOR).radius
    ('substance', 0)
    """
    return _SHAPES[kind]


def node_style(
    palette: Palette,
    *,
    verdict: Verdict | None = None,
    strength: Strength | None = None,
    off: bool = False,
    held: bool = False,
    dimmed: bool = False,
    selected: bool = False,
    role: Role | None = None,
) -> NodeStyle:
    """How a box looks in one state of the map.

    Parameters
    ----------
    palette
        One of `PALETTES`.
    verdict
        What the question says of the node; None while no question is asked.
    strength
        How firmly a rise or fall holds: the firmer, the thicker its border.
    off, held
        Switched off (dashed border, ✕) or held at baseline (thick border, ‖); they win over
        the verdict and over dimming, because a person did them.
    dimmed
        No longer carries the effect. The verdict's glyph stays, its fill goes.
    selected
        Clicked last; a border of its own colour and width.
    role
        The question's "source" or "target", marked ▶ or ◎.

    Examples
    --------
    >>> style = node_style(PALETTES["light"], verdict=Verdict.FALLS, role="target")
    >>> style.marks, style.fill
    (('◎', '▼'), '#F5B183')
    >>> node_style(PALETTES["light"], off=True).dash
    (6, 4)
    """
    if off:
        paint, state = palette.off, OFF_MARK
    elif held:
        paint, state = palette.verdicts[Verdict.FIXED], HELD_MARK
    else:
        paint = palette.plain if verdict is None else palette.verdicts[verdict]
        paint = palette.dimmed if dimmed else paint
        state = "" if verdict is None else VERDICT_MARKS[verdict]
    firmness = _FIRMNESS[strength] if strength and verdict in _DIRECTED and not dimmed else 1.4
    width = 4.0 if selected or (held and not off) else 3.0 if role else 2.0 if off else firmness
    marks = (ROLE_MARKS[role] if role else "", state)
    return NodeStyle(
        fill=paint.fill,
        border=palette.selected if selected else paint.border,
        text=paint.text,
        border_width=width,
        dash=(6, 4) if off else (),
        marks=tuple(filter(None, marks)),
    )


def node_state(
    verdict: Verdict | None = None,
    strength: Strength | None = None,
    *,
    off: bool = False,
    held: bool = False,
) -> str:
    """The name of a box's state; what a person did wins over what the question says.

    Examples
    --------
    >>> node_state(Verdict.RISES, Strength.ROBUST), node_state(Verdict.NO_ROUTE), node_state()
    ('rises.robust', 'no_route', 'plain')
    """
    if off or held:
        return "off" if off else "held"
    if verdict in _DIRECTED and verdict and strength:
        return f"{verdict.value}.{strength.value}"
    return verdict.value if verdict else "plain"


def state_in_words(state: str, language: str = "en") -> str:
    """A state of `node_state`, or a role, as it stands in a box: direction, then strength.

    Examples
    --------
    >>> state_in_words("falls.always", "nl"), state_in_words("depends"), state_in_words("off")
    ('daalt, altijd', 'depends', 'switched off')
    """
    if state in _DONE_OR_ROLE:
        return say(f"look.{state}", language)
    verdict, _, strength = state.partition(".")
    direction = say(f"verdict.word.{verdict}", language)
    if not strength:
        return direction
    firmly = say(f"strength.word.{strength}", language)
    return say("look.directed", language, verdict=direction, strength=firmly)


def last_line(style: NodeStyle, state: str, role: Role | None = None, language: str = "en") -> str:
    """What a box says under its label: glyphs, then direction and strength in words.

    Examples
    --------
    >>> style = node_style(PALETTES["light"], verdict=Verdict.FALLS, role="target")
    >>> last_line(style, "falls.robust", "target")
    '◎ ▼ falls, robust'
    """
    spoken = (role or "") if state == "plain" else state
    word = state_in_words(spoken, language) if spoken else ""
    return " ".join(filter(None, (*style.marks, word)))


def dispute_mark(contested: bool, supporting: int, opposing: int) -> str:
    """What stands on an arrow that is disputed: how many references are for it and against it.

    Examples
    --------
    >>> dispute_mark(True, 3, 1), dispute_mark(True, 2, 0), dispute_mark(False, 2, 0)
    ('3:1', '?', '')
    """
    if not contested:
        return ""
    return f"{supporting}:{opposing}" if opposing else CONTESTED_MARK


def edge_style(
    palette: Palette,
    effect: Effect,
    *,
    contested: bool = False,
    shown_only: bool = False,
    dimmed: bool = False,
    highlighted: bool = False,
    faded: bool = False,
    turned: bool = False,
) -> EdgeStyle:
    """How an arrow looks in one state of the map.

    Parameters
    ----------
    palette
        One of `PALETTES`.
    effect
        Decides dash and head; the colour only repeats it.
    contested
        The references disagree: a mark stands on the line, see `dispute_mark`.
    shown_only
        Questions do not reason over it; thinner and lighter than those they do.
    dimmed
        No longer carries the effect; thinner and lighter, dash and head stay.
    highlighted
        On the route that a person looks at; wins over dimming.
    faded
        Taken out of the question, by the bar on evidence or by a person: a broken grey line that
        keeps its head. Wins over all the rest.
    turned
        A person turned its sign round; `effect` is the one that it has now.

    Examples
    --------
    >>> style = edge_style(PALETTES["dark"], Effect.DECREASES, contested=True)
    >>> style.colour, style.dash, style.head, style.mark
    ('#FF9A4D', (9, 5), 'bar', '?')
    """
    faint = (dimmed or shown_only) and not highlighted
    colours = palette.dimmed_edges if faint else palette.edges
    return EdgeStyle(
        colour=palette.dimmed.border if faded else colours[effect],
        width=1.0 if faded or faint else 4.0 if highlighted else 2.0,
        dash=(_FADED_DASHES if faded else _DASHES)[effect],
        head=EDGE_HEADS[effect],
        mark=TURNED_MARK if turned else CONTESTED_MARK if contested else "",
        mark_colour=palette.dimmed.text if faded or faint else palette.edges[effect],
    )

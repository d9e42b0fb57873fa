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

from mgmodel.vocabulary import Effect, NodeKind, Verdict

__all__ = [
    "CONTESTED_MARK",
    "EDGE_HEADS",
    "HELD_MARK",
    "OFF_MARK",
    "PALETTES",
    "ROLE_MARKS",
    "VERDICT_MARKS",
    "EdgeStyle",
    "NodeShape",
    "NodeStyle",
    "Paint",
    "Palette",
    "edge_style",
    "node_shape",
    "node_style",
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
"""Stands on the middle of an arrow over which the references disagree."""

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


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one box."""

    fill: str
    border: str
    text: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme, as #RRGGBB.

    Text reaches a contrast of 4.5 on its own fill and lines reach 3 on the surface, dimmed ones
    too (WCAG 2.2, 1.4.3 and 1.4.11); a test computes every one of them.
    """

    name: str
    surface: str
    """What the map is drawn on: the output area of JupyterLab in this theme."""
    text: str
    plain: Paint
    dimmed: Paint
    off: Paint
    verdicts: Mapping[Verdict, Paint]
    edges: Mapping[Effect, str]
    dimmed_edges: Mapping[Effect, str]
    selected: str
    """Border of a selected node; no other border has this colour."""


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


def _verdict_paints(**paints: Paint) -> Mapping[Verdict, Paint]:
    return MappingProxyType({Verdict(name): paint for name, paint in paints.items()})


def _line_colours(increases: str, decreases: str, other: str) -> Mapping[Effect, str]:
    return MappingProxyType(
        {
            Effect.INCREASES: increases,
            Effect.DECREASES: decreases,
            Effect.UNCLEAR: other,
            Effect.NO_EFFECT: other,
        }
    )


PALETTES: Mapping[str, Palette] = MappingProxyType(
    {
        "light": Palette(
            name="light",
            surface="#FFFFFF",
            text="#111111",
            plain=Paint("#FFFFFF", "#4A4A4A", "#111111"),
            dimmed=Paint("#F4F4F4", "#8F8F8F", "#666666"),
            off=Paint("#FFFFFF", "#4A4A4A", "#4A4A4A"),
            verdicts=_verdict_paints(
                rises=Paint("#AED6F1", "#0072B2", "#111111"),
                falls=Paint("#F5B183", "#C04A00", "#111111"),
                depends=Paint("#F6EDC0", "#7A6A00", "#111111"),
                unchanged=Paint("#DEDEDE", "#6A6A6A", "#111111"),
                no_route=Paint("#FAFAFA", "#8A8A8A", "#555555"),
                fixed=Paint("#5A5F6B", "#2E323A", "#FFFFFF"),
            ),
            edges=_line_colours("#0072B2", "#C04A00", "#595959"),
            dimmed_edges=_line_colours("#5896C2", "#CC7A48", "#8F8F8F"),
            selected="#8A2BA8",
        ),
        "dark": Palette(
            name="dark",
            surface="#111111",
            text="#F5F5F5",
            plain=Paint("#262626", "#B8B8B8", "#F5F5F5"),
            dimmed=Paint("#1C1C1C", "#6A6A6A", "#9A9A9A"),
            off=Paint("#111111", "#B8B8B8", "#C4C4C4"),
            verdicts=_verdict_paints(
                rises=Paint("#14557F", "#56B4E9", "#F5F5F5"),
                falls=Paint("#8A4A1C", "#FF9A4D", "#F5F5F5"),
                depends=Paint("#4A4312", "#D9C640", "#F5F5F5"),
                unchanged=Paint("#3A3A3A", "#A8A8A8", "#F5F5F5"),
                no_route=Paint("#181818", "#7A7A7A", "#B8B8B8"),
                fixed=Paint("#C9CCD6", "#FFFFFF", "#111111"),
            ),
            edges=_line_colours("#56B4E9", "#FF9A4D", "#B0B0B0"),
            dimmed_edges=_line_colours("#3B7599", "#A3622F", "#6A6A6A"),
            selected="#E39BFA",
        ),
    }
)
"""The themes by name: "light" and "dark"."""

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
    width = 4.0 if selected or (held and not off) else 3.0 if role else 2.0 if off else 1.4
    marks = (ROLE_MARKS[role] if role else "", state)
    return NodeStyle(
        fill=paint.fill,
        border=palette.selected if selected else paint.border,
        text=paint.text,
        border_width=width,
        dash=(6, 4) if off else (),
        marks=tuple(filter(None, marks)),
    )


def edge_style(
    palette: Palette,
    effect: Effect,
    *,
    contested: bool = False,
    shown_only: bool = False,
    dimmed: bool = False,
    highlighted: bool = False,
) -> EdgeStyle:
    """How an arrow looks in one state of the map.

    Parameters
    ----------
    palette
        One of `PALETTES`.
    effect
        Decides dash and head; the colour only repeats it.
    contested
        The references disagree: a question mark stands on the line.
    shown_only
        Questions do not reason over it; thinner and lighter than those they do.
    dimmed
        No longer carries the effect; thinner and lighter, dash and head stay.
    highlighted
        On the route that a person looks at; wins over dimming.

    Examples
    --------
    >>> style = edge_style(PALETTES["dark"], Effect.DECREASES, contested=True)
    >>> style.colour, style.dash, style.head, style.mark
    ('#FF9A4D', (9, 5), 'bar', '?')
    """
    faint = (dimmed or shown_only) and not highlighted
    colours = palette.dimmed_edges if faint else palette.edges
    return EdgeStyle(
        colour=colours[effect],
        width=4.0 if highlighted else 1.0 if faint else 2.0,
        dash=_DASHES[effect],
        head=EDGE_HEADS[effect],
        mark=CONTESTED_MARK if contested else "",
        mark_colour=palette.dimmed.text if faint else palette.edges[effect],
    )

"""The colours of the two themes, each pair of them with enough contrast to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mgmodel.vocabulary import Effect, Verdict

__all__ = ["PALETTES", "Paint", "Palette"]


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
    differs: str
    """Second ring around a node that moves otherwise in the view beside this one."""


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
            differs="#111111",
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
            differs="#F5F5F5",
        ),
    }
)
"""The themes by name: "light" and "dark"."""

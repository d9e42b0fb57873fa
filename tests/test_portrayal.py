"""What a picture means can be read without colour, and its words can be read at all."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from mgmodel.layout import BOX_WIDTH, text_width
from mgmodel.portrayal import (
    EDGE_HEADS,
    HELD_MARK,
    OFF_MARK,
    PALETTES,
    ROLE_MARKS,
    TURNED_MARK,
    VERDICT_MARKS,
    Palette,
    edge_style,
    last_line,
    node_shape,
    node_state,
    node_style,
    state_in_words,
)
from mgmodel.vocabulary import Effect, Language, NodeKind, Strength, Verdict
from mgmodel.wording import word

THEMES = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)

NODE_STATES = [
    {
        "verdict": verdict,
        "strength": strength,
        "off": off,
        "held": held,
        "dimmed": dimmed,
        "selected": lit,
        "role": role,
    }
    for verdict, strength, off, held, dimmed, lit, role in itertools.product(
        (None, *Verdict),
        (None, *Strength),
        (False, True),
        (False, True),
        (False, True),
        (False, True),
        (None, "source", "target"),
    )
]
EDGE_WORDS = ("effect", "contested", "shown_only", "dimmed", "highlighted", "faded", "turned")
EDGE_STATES = [
    dict(zip(EDGE_WORDS, (effect, *flags), strict=True))
    for effect, flags in itertools.product(Effect, itertools.product((False, True), repeat=6))
]


def linear(colour: str) -> list[float]:
    """Red, green and blue as light, 0 to 1 (IEC 61966-2-1)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(light: list[float]) -> float:
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    dark, light = sorted(luminance(linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(light: list[float]) -> list[float]:
    """CIE L*a*b* under D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        sum(m * c for m, c in zip(row, light, strict=True)) / w
        for row, w in zip(matrix, white, strict=True)
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]


# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear light.
COLOUR_VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def difference(one: str, other: str, vision: str) -> float:
    """CIE 1976 colour difference as a person with this colour vision sees it."""
    seen = []
    for colour in (one, other):
        light = linear(colour)
        row_sums = [
            sum(m * c for m, c in zip(row, light, strict=True)) for row in COLOUR_VISION[vision]
        ]
        seen.append(lab([min(1.0, max(0.0, c)) for c in row_sums]))
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert pytest.approx(21.0) == contrast("#000000", "#FFFFFF")


@THEMES
def test_text_stands_out_from_its_own_fill_in_every_state(palette: Palette) -> None:
    styles = {node_style(palette, **state) for state in NODE_STATES}
    assert [style for style in styles if contrast(style.text, style.fill) < 4.5] == []


@THEMES
def test_borders_and_lines_stand_out_from_the_surface_in_every_state(palette: Palette) -> None:
    lines = {node_style(palette, **state).border for state in NODE_STATES}
    lines |= {edge_style(palette, **state).colour for state in EDGE_STATES}
    assert [line for line in lines if contrast(line, palette.surface) < 3.0] == []


@THEMES
def test_the_question_mark_and_the_legend_can_be_read_on_the_surface(palette: Palette) -> None:
    marks = {edge_style(palette, **state).mark_colour for state in EDGE_STATES}
    assert [c for c in (*marks, palette.text) if contrast(c, palette.surface) < 4.5] == []


@THEMES
@pytest.mark.parametrize("vision", COLOUR_VISION)
@pytest.mark.parametrize("faint", [False, True], ids=["plain", "dimmed"])
def test_raising_and_lowering_differ_in_colour_for_everyone(
    palette: Palette, vision: str, faint: bool
) -> None:
    up, down = (
        edge_style(palette, effect, dimmed=faint).colour
        for effect in (Effect.INCREASES, Effect.DECREASES)
    )
    assert difference(up, down, vision) > 40


@pytest.mark.parametrize("state", EDGE_STATES[:64], ids=str)
def test_each_sign_has_a_dash_and_head_of_its_own(state: dict[str, bool]) -> None:
    rest = {key: value for key, value in state.items() if key != "effect"}
    shapes = [edge_style(PALETTES["light"], effect, **rest) for effect in Effect]
    assert len(Effect) == len({(style.dash, style.head) for style in shapes})


@THEMES
def test_fills_of_verdicts_differ_in_grey(palette: Palette) -> None:
    tones = sorted(lab(linear(paint.fill))[0] for paint in palette.verdicts.values())
    assert min(b - a for a, b in itertools.pairwise(tones)) > 3.5


def test_every_mark_is_one_glyph_and_no_two_are_alike() -> None:
    marks = [*VERDICT_MARKS.values(), *ROLE_MARKS.values(), OFF_MARK, HELD_MARK, TURNED_MARK]
    assert len(marks) == len(set(marks)) == sum(map(len, marks))


def test_every_verdict_effect_and_kind_has_a_look() -> None:
    assert set(Verdict) == set(VERDICT_MARKS)
    assert set(Effect) == set(EDGE_HEADS)
    assert {"substance", "protein", "process"} == {node_shape(kind).name for kind in NodeKind}
    for palette in PALETTES.values():
        assert set(Verdict) == set(palette.verdicts)
        assert set(Effect) == set(palette.edges) == set(palette.dimmed_edges)


def test_a_disputed_arrow_carries_a_question_mark_and_a_settled_one_does_not() -> None:
    disputed = edge_style(PALETTES["light"], Effect.INCREASES, contested=True, dimmed=True)
    assert disputed.mark == "?"
    assert edge_style(PALETTES["light"], Effect.INCREASES).mark == ""


@THEMES
def test_off_and_held_can_be_told_from_all_else_without_colour(palette: Palette) -> None:
    off, held = node_style(palette, off=True), node_style(palette, held=True)
    plain = node_style(palette)
    assert off.dash
    assert not held.dash
    assert held.border_width > 2 * plain.border_width
    assert (off.marks, held.marks, plain.marks) == ((OFF_MARK,), (HELD_MARK,), ())


@THEMES
def test_what_a_person_did_wins_over_verdict_and_dimming(palette: Palette) -> None:
    done = node_style(palette, off=True, verdict=Verdict.RISES, dimmed=True)
    assert node_style(palette, off=True) == done


@THEMES
def test_a_dimmed_node_keeps_the_glyph_of_its_verdict(palette: Palette) -> None:
    dimmed = node_style(palette, verdict=Verdict.FALLS, dimmed=True)
    assert (VERDICT_MARKS[Verdict.FALLS],) == dimmed.marks
    assert palette.dimmed.fill == dimmed.fill


@THEMES
def test_a_dimmed_arrow_keeps_its_dash_head_and_mark(palette: Palette) -> None:
    for effect in Effect:
        plain = edge_style(palette, effect, contested=True)
        dimmed = edge_style(palette, effect, contested=True, dimmed=True)
        assert (plain.dash, plain.head, plain.mark) == (dimmed.dash, dimmed.head, dimmed.mark)
        assert dimmed.width < plain.width


@THEMES
def test_only_a_selected_node_has_the_border_of_selection(palette: Palette) -> None:
    for state in NODE_STATES:
        style = node_style(palette, **state)
        assert state["selected"] == (style.border == palette.selected)


@THEMES
def test_colours_are_written_as_six_hexadecimal_digits(palette: Palette) -> None:
    paints = (palette.plain, palette.dimmed, palette.off, *palette.verdicts.values())
    colours = [c for paint in paints for c in (paint.fill, paint.border, paint.text)]
    colours += [*palette.edges.values(), *palette.dimmed_edges.values()]
    colours += [palette.surface, palette.text, palette.selected]
    assert [c for c in colours if not (len(c) == 7 and int(c[1:], 16) >= 0)] == []


# Direction and strength


@THEMES
def test_the_firmer_a_direction_the_firmer_its_border(palette: Palette) -> None:
    for verdict in (Verdict.RISES, Verdict.FALLS):
        widths = [
            node_style(palette, verdict=verdict, strength=strength).border_width
            for strength in (Strength.ALWAYS, Strength.ROBUST, Strength.LIKELY)
        ]
        assert widths == sorted(set(widths), reverse=True)


@THEMES
def test_what_depends_looks_the_same_whatever_is_said_of_its_strength(palette: Palette) -> None:
    plain = node_style(palette, verdict=Verdict.DEPENDS)
    assert plain == node_style(palette, verdict=Verdict.DEPENDS, strength=Strength.DEPENDS)


@THEMES
def test_the_second_ring_of_a_node_that_differs_is_seen_on_the_surface(palette: Palette) -> None:
    assert contrast(palette.differs, palette.surface) >= 4.5


@pytest.mark.parametrize("language", Language)
def test_every_last_line_fits_its_box_in_bold(language: Language) -> None:
    asked = [(verdict, strength) for verdict in Verdict for strength in Strength]
    lines = set()
    for (verdict, strength), role in itertools.product(asked, (None, "source", "target")):
        style = node_style(PALETTES["light"], verdict=verdict, strength=strength, role=role)
        state = node_state(verdict, strength)
        if not state.endswith(".depends"):
            lines.add(last_line(style, state, role, language))
    for done, role in itertools.product(("off", "held"), (None, "source", "target")):
        style = node_style(PALETTES["light"], **{done: True}, role=role)
        lines.add(last_line(style, done, role, language))
    assert [line for line in lines if text_width(line) > BOX_WIDTH] == []


@pytest.mark.parametrize("language", Language)
def test_a_box_says_direction_and_strength_in_the_words_of_both(language: Language) -> None:
    said = state_in_words("falls.likely", language)
    assert word(Verdict.FALLS, language) in said
    assert word(Strength.LIKELY, language) in said


@THEMES
def test_an_arrow_that_is_taken_out_keeps_its_head_and_loses_its_colour(palette: Palette) -> None:
    for effect in Effect:
        plain, faded = edge_style(palette, effect), edge_style(palette, effect, faded=True)
        assert plain.head == faded.head
        assert plain.dash != faded.dash
        assert faded.colour == palette.dimmed.border


@THEMES
def test_an_arrow_that_is_turned_round_carries_a_mark_of_its_own(palette: Palette) -> None:
    turned = edge_style(palette, Effect.DECREASES, turned=True)
    assert turned.mark == TURNED_MARK
    assert replace(turned, mark="") == edge_style(palette, Effect.DECREASES)

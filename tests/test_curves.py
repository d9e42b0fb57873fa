"""Figures of curves and bars: the same bytes each time, words for all, nothing by colour alone."""

from __future__ import annotations

import dataclasses
from io import BytesIO
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel.figures import (
    Bars,
    Curve,
    Dots,
    Limit,
    Mark,
    Piece,
    Plot,
    Row,
    Screen,
    Sheet,
    Zone,
    curve_figure,
    sheet_in_words,
    sheet_png,
)
from mgmodel.figures.curves import DASHES, LINE_COLOURS
from mgmodel.figures.plot_places import SMALL_PX, TEXT_PX, apart, frames, sides_px
from mgmodel.figures.plots import rounded, without_curves
from mgmodel.portrayal import PALETTES

LINE = Curve("rising", (0.0, 1.0, 2.0), (1.0, 3.0, 2.0))
PLOT = Plot(
    "Level",
    "Hours",
    (0, 2),
    (0, 4),
    (LINE,),
    (Zone("usual", 1, 2),),
    (Dots("printed", (1.0,), (2.9,)),),
    (Mark(1.0, 3.0, "3 in the middle"),),
)
SHEET = Sheet((PLOT,), height_px=300)
BARS = Bars(
    "Day",
    "mg",
    (0, 400),
    (Row("spinach", (Piece(0, 157, 0, "boiled"),), "157 mg"), Row("none", ())),
    (Limit("aim", 310),),
)


def pixels(png: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(BytesIO(png)) as image:
        return image.size


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


# Pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [SHEET, Sheet((BARS,))], ids=["curves", "bars"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_same_sheet_gives_the_same_bytes(sheet: Sheet, theme: str) -> None:
    screen = Screen(500, 1, theme)
    assert sheet_png(sheet, screen) == sheet_png(dataclasses.replace(sheet), screen)


def test_what_was_kept_of_one_answer_does_not_shine_through_the_next() -> None:
    moved = dataclasses.replace(PLOT, marks=(Mark(0.5, 2.0, "elsewhere"),))
    before = sheet_png(SHEET, Screen(500))
    sheet_png(Sheet((moved,), height_px=300), Screen(500))
    assert before == sheet_png(SHEET, Screen(500))


def test_a_picture_is_as_wide_as_its_place_and_as_dense_as_its_screen() -> None:
    assert pixels(sheet_png(SHEET, Screen(500, 2))) == (1000, 600)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ground_of_a_picture_is_that_of_the_page(theme: str) -> None:
    from PIL import Image

    with Image.open(BytesIO(sheet_png(SHEET, Screen(500, 1, theme)))) as image:
        corner = image.convert("RGB").getpixel((0, 0))
    assert corner == tuple(bytes.fromhex(PALETTES[theme].surface[1:]))


@pytest.mark.parametrize(
    ("screen", "complaint"),
    [
        (Screen(500, 1, "sepia"), "no theme 'sepia'; choose one of light, dark"),
        (Screen(100), "a width of 320 to 2400"),
        (Screen(500, 3), "a density of 1 or 2"),
    ],
    ids=["theme", "width", "density"],
)
def test_a_screen_that_cannot_be_is_refused_in_words(screen: Screen, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        sheet_png(SHEET, screen)


def test_names_and_numbers_are_large_enough_for_the_back_row() -> None:
    assert min(TEXT_PX, SMALL_PX) >= 12


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_a_line_can_be_read_as_text(theme: str) -> None:
    surface = PALETTES[theme].surface
    assert min(contrast(colour, surface) for colour in LINE_COLOURS[theme]) >= 4.5


def test_every_colour_has_a_dash_of_its_own() -> None:
    assert len(set(map(str, DASHES))) == len(LINE_COLOURS["light"]) == len(LINE_COLOURS["dark"])


def test_plots_of_one_sheet_do_not_overlap() -> None:
    sheet = Sheet((PLOT, BARS, PLOT, PLOT), columns=2, height_px=600)
    found = frames(sheet, 900, [sides_px(plot) for plot in sheet.plots])
    boxes = [(f.left, f.left + f.width, f.bottom, f.top) for f in found]
    for number, (left, right, bottom, top) in enumerate(boxes):
        assert (left >= 0, right <= 900, bottom >= 0, top <= 600) == (True,) * 4
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[1] <= left or top <= other[2] or other[3] <= bottom


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5))
def test_names_of_lines_keep_apart_in_order_and_inside(wanted: list[float]) -> None:
    found = apart(wanted, 20, 0, 100)
    ordered = [found[at] for at in sorted(range(len(wanted)), key=lambda at: (wanted[at], at))]
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(ordered))
    assert (min(found) >= -1e-9, max(found) <= 100 + 1e-9) == (True, True)


def test_names_that_are_far_apart_stay_where_they_are() -> None:
    assert apart([10.0, 80.0, 40.0], 20, 0, 100) == [10.0, 80.0, 40.0]


# Words ----------------------------------------------------------------------------------------


def test_the_words_say_ranges_courses_points_and_marks() -> None:
    assert sheet_in_words(SHEET) == (
        "Level; horizontal: Hours, from 0 to 2. Shaded from 1 to 2: usual. rising: 1 at 0, 2 at 2, "
        "highest 3 at 1. Diamonds: printed. Marked at 1: 3 in the middle."
    )


def test_a_band_is_said_by_its_width_at_the_end() -> None:
    banded = dataclasses.replace(LINE, low=(0.5, 2.5, 1.5), high=(1.5, 3.5, 2.5))
    text = sheet_in_words(Sheet((Plot("Level", "Hours", (0, 2), (0, 4), (banded,)),)))
    assert text.endswith("Its band at the end: 1.5 to 2.5.")


def test_a_level_that_never_moves_has_no_turning_point() -> None:
    flat = Curve("flat", (0.0, 1.0), (0.85, 0.85))
    text = sheet_in_words(Sheet((Plot("Level", "Hours", (0, 1), (0, 1), (flat,)),)))
    assert text.endswith("flat: 0.85 at 0, 0.85 at 1.")


def test_bars_are_said_with_their_values_and_limits() -> None:
    assert sheet_in_words(Sheet((BARS,), language="en")) == (
        "Day; horizontal: mg, from 0 to 400. spinach: 157 mg; boiled from 0 to 157. "
        "none: no bar. Vertical line at 310: aim."
    )


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_numbers_in_the_words_follow_the_language(language: str) -> None:
    assert "2,9" in sheet_in_words(
        Sheet((Plot("x", "y", (0, 1), (0, 3), (Curve("a", (0, 1), (0, 2.9)),)),), language=language)
    )


@given(st.floats(1e-5, 1e5))
def test_a_rounded_number_is_within_half_a_percent(value: float) -> None:
    assert float(rounded(value).replace(",", "")) == pytest.approx(value, rel=0.0051, abs=1e-6)


def test_a_figure_shows_a_png_and_words() -> None:
    bundle = curve_figure(SHEET)._repr_mimebundle_()
    assert {"image/png": sheet_png(SHEET), "text/plain": sheet_in_words(SHEET)} == bundle
    assert repr(curve_figure(SHEET)) == "Level"


def test_what_moves_with_a_slider_is_left_out_of_what_is_kept() -> None:
    still = without_curves(PLOT)
    assert isinstance(still, Plot)
    assert (still.curves, still.marks, still.zones) == ((), (), PLOT.zones)

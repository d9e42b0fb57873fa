"""A picture on paper says what the map on the screen says, in the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mgmodel import figures
from mgmodel.errors import UnknownId
from mgmodel.evidence import agreement
from mgmodel.figures import (
    alt_text,
    map_figure,
    map_pdf,
    map_png,
    map_svg,
    write_readme_picture,
)
from mgmodel.figures.captions import caption, view_label
from mgmodel.figures.scene import Box, Look, Stroke, Words, scene
from mgmodel.interventions import Block, CutEdge, KnockOut, Press
from mgmodel.layout import view_model, views
from mgmodel.model import Model
from mgmodel.portrayal import (
    HELD_MARK,
    OFF_MARK,
    PALETTES,
    ROLE_MARKS,
    TURNED_MARK,
    VERDICT_MARKS,
    edge_style,
)
from mgmodel.reasoning.ensemble import respond
from mgmodel.reasoning.response import Response
from mgmodel.vocabulary import Effect, Language, Verdict

DOCS = Path(__file__).resolve().parent.parent / "docs"
SVG = "{http://www.w3.org/2000/svg}"
MEMBERS = ("core", "whole", "gaba", "hpa_axis")


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def signs() -> Model:
    """One arrow of each sign, the unclear one too."""
    return Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "d", 0)])


@pytest.fixture
def pushed(chain: Model) -> Response:
    """A push on a, with c switched off."""
    return respond(chain, Press("a"), KnockOut("c"), weightings=20)


# SVG ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("view", MEMBERS)
def test_the_svg_is_well_formed_and_the_same_each_time(
    real_model: Model, view: str, language: Language
) -> None:
    first = map_svg(real_model, view=view, language=language)
    ElementTree.fromstring(first)
    assert first == map_svg(real_model, view=view, language=language)


def test_every_view_of_the_map_can_be_drawn(real_model: Model) -> None:
    for view in views(real_model):
        boxes = map_svg(real_model, view=view).count("<rect")
        assert boxes > len(view_model(real_model, view).nodes)


def test_the_svg_is_an_image_with_a_title_and_a_description(chain: Model) -> None:
    root = ElementTree.fromstring(map_svg(chain, language="sv"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), root.get("lang")) == ("img", "sv")
    assert title is not None
    assert description is not None
    assert f"{title.text} {description.text}" == alt_text(chain, language="sv")


def test_the_svg_asks_for_nothing_from_elsewhere(real_model: Model) -> None:
    svg = map_svg(real_model).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|url\(|<style|<script|@import", svg)


@pytest.mark.parametrize("label", ["<b>", "a & b", '"quoted"', "]]>"])
def test_a_label_with_markup_in_it_stays_a_label(label: str) -> None:
    assert label in texts(map_svg(Model.from_edges([(label, "x", 1)])))


def test_labels_are_text_in_the_language_asked_for(real_model: Model) -> None:
    words = texts(map_svg(real_model, language="nl"))
    assert "Ervaren stress" in words
    assert "Perceived stress" not in words


def test_every_arrow_is_drawn_once_and_with_the_head_of_its_sign(signs: Model) -> None:
    plain = {
        "increases": 'stroke="#0072B2" stroke-width="2"/>',
        "decreases": 'stroke="#C04A00" stroke-width="2" stroke-dasharray="9 5"/>',
        "unclear": 'stroke="#595959" stroke-width="2" stroke-dasharray="2 4"/>',
    }
    svg = map_svg(signs)
    # each twice: on the map, and in the legend
    assert {effect: svg.count(look) for effect, look in plain.items()} == {
        "increases": 2,
        "decreases": 2,
        "unclear": 2,
    }


def test_the_legend_names_what_is_drawn_and_nothing_else(chain: Model, signs: Model) -> None:
    circle = "Circle, dotted: the direction is not settled"
    assert circle in texts(map_svg(signs))
    assert circle not in texts(map_svg(chain))
    assert not any("contested" in text for text in texts(map_svg(signs)))


def test_a_disputed_arrow_carries_its_count_for_and_against_or_a_question_mark(
    real_model: Model,
) -> None:
    disputed = [edge.id for edge in view_model(real_model, "core").edges.values() if edge.contested]
    marks = [text for text in texts(map_svg(real_model)) if re.fullmatch(r"\?|\d+:\d+", text)]
    assert len(disputed) + 1 == len(marks)  # and one in the legend
    rows = agreement(real_model, "oral_magnesium_supplementation.cortisol")
    whole = texts(map_svg(real_model, view="whole"))
    assert f"{rows.supporting + rows.mixed}:{rows.contradicting + rows.mixed}" in whole


def test_nothing_is_drawn_outside_the_frame(real_model: Model) -> None:
    for view in views(real_model):
        for language in Language:
            drawn = scene(real_model, Look(view=view, language=language))
            left, top, width, height = drawn.frame
            for shape in drawn.shapes:
                if isinstance(shape, Words):
                    x, y = shape.base
                    assert left < x < left + width
                    assert top < y < top + height
                elif isinstance(shape, Stroke):
                    assert left < shape.end[0] < left + width
                    assert top < shape.end[1] < top + height


# States ---------------------------------------------------------------------------------------


def test_each_box_says_its_verdict_in_a_mark_and_a_word(chain: Model, pushed: Response) -> None:
    words = texts(map_svg(chain, response=pushed))
    assert f"{ROLE_MARKS['source']} {VERDICT_MARKS[Verdict.RISES]} rises, always" in words
    assert f"{VERDICT_MARKS[Verdict.RISES]} rises, always" in words
    assert f"{OFF_MARK} switched off" in words


def test_what_a_response_holds_is_drawn_as_held(chain: Model) -> None:
    words = texts(map_svg(chain, response=respond(chain, Press("a"), Block("b"), weightings=5)))
    assert f"{HELD_MARK} held" in words


def test_source_and_target_are_marked_without_a_question(chain: Model) -> None:
    words = texts(map_svg(chain, source="a", target="d"))
    assert {f"{ROLE_MARKS['source']} source", f"{ROLE_MARKS['target']} target"} <= set(words)


def test_arrows_at_a_node_that_is_switched_off_are_dimmed(chain: Model) -> None:
    drawn = scene(chain, Look(removed=frozenset({"c"})))
    faint = {
        shape.colour for shape in drawn.shapes if isinstance(shape, Stroke) and shape.width == 1.0
    }
    dimmed = PALETTES["light"].dimmed_edges
    assert {dimmed[Effect.INCREASES], dimmed[Effect.DECREASES]} == faint


def test_a_cut_arrow_is_a_broken_grey_line_and_is_named_once(chain: Model) -> None:
    cut = respond(chain, Press("a"), CutEdge("c.d"), weightings=5)
    look = edge_style(PALETTES["light"], Effect.INCREASES, faded=True)
    assert f'stroke="{look.colour}"' in map_svg(chain, response=cut)
    assert alt_text(chain, response=cut).count("from c to d") == 1
    assert map_svg(chain, faded=["c.d"]) == map_svg(chain, faded=["c.d", "c.d"])


def test_a_turned_arrow_has_the_head_of_its_new_sign_and_a_mark(chain: Model) -> None:
    turned = map_svg(chain, flipped=["c.d"])
    assert f">{TURNED_MARK}<" in turned
    raising = [edge.id for edge in chain.edges.values() if edge.sign > 0]
    assert f"Raising: {len(raising) - 1}," in alt_text(chain, flipped=["c.d"])


def test_what_is_hidden_is_left_out_and_nothing_else_moves(chain: Model) -> None:
    def boxes(**options: Any) -> set[str]:
        return set(re.findall(r'<rect x="[^"]+" y="[^"]+" width="136"', map_svg(chain, **options)))

    less = boxes(hidden=["b", "c.d"])
    assert less < boxes()
    assert len(less) == len(chain.nodes) - 1
    assert "3 nodes and 0 arrows" in alt_text(chain, hidden=["b", "c.d"])


def test_a_frame_is_what_is_seen(chain: Model) -> None:
    assert 'viewBox="-100 -50 200 ' in map_svg(chain, frame=(-100, -50, 200, 100))


def test_a_highlighted_route_is_thick_and_lies_on_top(chain: Model) -> None:
    look = Look(highlight=frozenset({"a.b"}))
    strokes = [s for s in scene(chain, look).shapes if isinstance(s, Stroke)]
    assert [stroke.width for stroke in strokes[:3]] == [2.0, 2.0, 4.0]


def test_nodes_outside_the_view_are_passed_over(real_model: Model) -> None:
    outside = next(n for n in real_model.nodes if n not in view_model(real_model, "gaba").nodes)
    assert OFF_MARK not in map_svg(real_model, view="gaba", removed=[outside])


def test_an_arrow_to_itself_is_drawn() -> None:
    model = Model.from_edges([("a", "a", -1)])
    assert map_svg(model).count("stroke-dasharray") == 2  # and one in the legend


def test_a_map_of_nothing_is_drawn() -> None:
    ElementTree.fromstring(map_svg(Model.from_edges([])))


def test_dark_pictures_stand_on_the_dark_surface(chain: Model) -> None:
    assert f'fill="{PALETTES["dark"].surface}"' in map_svg(chain, theme="dark")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"view": "cores"}, UnknownId),
        ({"source": "z"}, UnknownId),
        ({"removed": ["z"]}, UnknownId),
        ({"held": ["z"]}, UnknownId),
        ({"dimmed": ["z"]}, UnknownId),
        ({"highlight": ["a"]}, UnknownId),
        ({"language": "de"}, ValueError),
        ({"theme": "sepia"}, ValueError),
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(
    chain: Model, options: figures.FigureOptions, error: type[Exception]
) -> None:
    for draw in (map_svg, map_png, alt_text):
        with pytest.raises(error):
            draw(chain, **options)


# PNG ------------------------------------------------------------------------------------------


def test_the_png_is_the_same_each_time_and_light_enough_to_store(real_model: Model) -> None:
    first = map_png(real_model)
    assert first == map_png(real_model)
    assert len(first) < 90_000


def test_the_png_has_few_colours_and_the_size_of_a_page(real_model: Model) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(map_png(real_model))) as image:
        assert image.mode == "P"
        assert len(image.getcolors() or ()) <= 32
        assert image.width == pytest.approx(1090, abs=1)  # a pixel for each layout unit


def test_the_png_shows_every_label_where_the_svg_does(chain: Model) -> None:
    from PIL import Image

    drawn = scene(chain, Look())
    with Image.open(io.BytesIO(map_png(chain))) as image:
        picture = image.convert("L")
    scale = picture.width / drawn.frame.width
    for shape in drawn.shapes:
        if isinstance(shape, Words) and shape.centred:
            x, y = shape.base[0] - drawn.frame.left, shape.base[1] - drawn.frame.top
            around = (x - 8, y - 12, x + 8, y + 4)
            ink = picture.crop(tuple(round(edge * scale) for edge in around)).getextrema()
            assert ink[0] < 120, shape.text


def test_every_glyph_that_the_png_needs_is_in_the_font_that_matplotlib_ships() -> None:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight="bold")))
    marks = [*VERDICT_MARKS.values(), *ROLE_MARKS.values(), OFF_MARK, HELD_MARK, "?"]
    assert [mark for mark in marks if not font.get_char_index(ord(mark))] == []


# Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_title_is_the_beginning_of_the_whole_alternative(
    real_model: Model, language: Language
) -> None:
    title, rest = caption(real_model, Look(language=language))
    assert rest
    assert title not in rest


def test_the_text_says_view_counts_and_signs(signs: Model) -> None:
    assert alt_text(signs) == (
        "Drawing Core map: 4 nodes and 3 arrows. "
        "Raising: 1, lowering: 1, without a settled direction: 1."
    )


def test_the_text_says_question_and_verdicts(chain: Model, pushed: Response) -> None:
    text = alt_text(chain, response=pushed)
    assert "Question: Push a up by 1. Switch c off: absent altogether." in text
    assert "Rises: b." not in text  # the source itself rises too
    assert "Rises: a and b." in text
    assert "Switched off:" not in text  # said by the question already


def test_the_text_says_what_a_person_did(chain: Model) -> None:
    text = alt_text(chain, removed=["b"], held=["c"], dimmed=["d", "c.d"])
    assert "Switched off: b." in text
    assert "Held at baseline: c." in text
    assert "No longer carrying the effect: d." in text


def test_the_text_reads_a_highlighted_route_aloud(chain: Model) -> None:
    text = alt_text(chain, highlight=["a.b", "b.c"])
    assert text.endswith("Highlighted: A rise in a leads to a rise in b, hence to a fall in c.")


def test_highlighted_arrows_that_do_not_meet_are_said_one_by_one(chain: Model) -> None:
    text = alt_text(chain, highlight=["c.d", "a.b"])
    assert text.endswith("A rise in c raises d. A rise in a raises b.")


def test_every_view_has_a_label_of_its_own(real_model: Model) -> None:
    labels = [view_label(real_model, view) for view in views(real_model)]
    assert len(labels) == len(set(labels))
    assert view_label(real_model, "gaba") == "GABA"


# In a notebook --------------------------------------------------------------------------------


def test_a_figure_shows_a_png_and_words_but_no_svg(chain: Model) -> None:
    figure = map_figure(chain)
    bundle = figure._repr_mimebundle_()
    assert {"image/png": map_png(chain), "text/plain": alt_text(chain)} == bundle


def test_a_figure_reads_as_its_title(chain: Model) -> None:
    assert repr(map_figure(chain)) == "Drawing Core map: 4 nodes and 3 arrows."


def test_boxes_of_kinds_differ_in_their_corners(real_model: Model) -> None:
    drawn = scene(real_model, Look())
    assert len({shape.radius for shape in drawn.shapes if isinstance(shape, Box)}) >= 3


# The README -----------------------------------------------------------------------------------


def test_the_picture_of_the_readme_is_up_to_date(tmp_path: Path) -> None:
    svg, _ = write_readme_picture(tmp_path)
    assert svg.read_bytes() == (DOCS / "map.svg").read_bytes(), (
        "Run python -c \"from mgmodel import figures; figures.write_readme_picture('docs')\"."
    )


def test_the_png_of_the_readme_shows_the_same_picture() -> None:
    from PIL import Image

    with Image.open(DOCS / "map.png") as committed:
        width, height = committed.size
    frame = re.search(r'width="([\d.]+)" height="([\d.]+)"', (DOCS / "map.svg").read_text("utf-8"))
    assert frame is not None
    assert width / height == pytest.approx(float(frame[1]) / float(frame[2]), rel=0.01)


def test_the_page_of_pdf_is_the_same_each_time_and_names_no_date() -> None:
    paper = map_pdf(Model.from_edges([("a", "b", -1)]))
    assert paper.startswith(b"%PDF-")
    assert paper == map_pdf(Model.from_edges([("a", "b", -1)]))
    assert b"Date" not in paper

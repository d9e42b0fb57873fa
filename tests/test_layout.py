"""Every box has its own place, and its label fits in it."""

from __future__ import annotations

import itertools
import math
import re
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel import layout
from mgmodel.errors import UnknownId
from mgmodel.geometry import BEND_KINDS, arrow_line, control_point, points_on, runs_through
from mgmodel.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    FONT_SIZE,
    TEXT_WIDTH,
    Bend,
    bends,
    extent,
    places,
    text_width,
    view_model,
    view_nodes,
    views,
    wrap_label,
)
from mgmodel.model import Model
from mgmodel.records import Curve, Library, PathwayMember, Place
from mgmodel.vocabulary import Language

PATHWAYS = (
    "n_type_and_norepinephrine",
    "nmda_and_glutamate",
    "gaba",
    "hpa_axis",
    "stress_depletion_circle",
)
VIEWS = ("core", "whole", *PATHWAYS)
ROOT = Path(__file__).resolve().parent.parent

arrows = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij"), st.just(1)),
    min_size=1,
    max_size=40,
)


def overlaps(centres: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in itertools.combinations(centres, 2)
        if abs(centres[a][0] - centres[b][0]) < BOX_WIDTH + 8
        and abs(centres[a][1] - centres[b][1]) < BOX_HEIGHT + 8
    ]


def foreign_boxes_on(model: Model, view: str) -> list[tuple[str, str]]:
    """Arrows and the boxes that they run through without ending there."""
    centres, curves = places(model, view), bends(model, view)
    found = []
    for edge in view_model(model, view).edges.values():
        start, end = centres[edge.source], centres[edge.target]
        line = points_on(start, control_point(start, end, curves[edge.id]), end, steps=64)
        found += [
            (edge.id, node)
            for node, centre in centres.items()
            if node not in (edge.source, edge.target) and runs_through(line, centre)
        ]
    return found


# Labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_every_label_of_the_map_fits_its_box(real_model: Model, language: Language) -> None:
    labels = [node.label.in_language(language) for node in real_model.nodes.values()]
    too_wide = [
        label
        for label in labels
        if len(wrap_label(label)) > 2 or max(map(text_width, wrap_label(label))) > TEXT_WIDTH
    ]
    assert not too_wide, "Shorten these labels, or let them break at a space."


@given(st.text(alphabet="abcdefghi -", min_size=1, max_size=28))
def test_wrapping_loses_no_letter_and_cuts_no_word(label: str) -> None:
    lines = wrap_label(label)
    assert re.sub(r"\s", "", label) == re.sub(r"\s", "", "".join(lines))
    if len(lines) == 2:
        first, _ = lines
        assert first.endswith("-") or label[len(first)].isspace()


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Cortisol", ("Cortisol",)),
        ("Sympathetic nerve activity", ("Sympathetic", "nerve activity")),
        ("Alpha-2 autoreceptor", ("Alpha-2", "autoreceptor")),
        ("presynaptische-instroomkanalen", ("presynaptische-", "instroomkanalen")),
        ("Pneumonoultramicroscopic", ("Pneumonoultramicroscopic",)),
        ("", ("",)),
    ],
)
def test_a_label_breaks_at_a_space_before_a_hyphen(label: str, expected: tuple[str, ...]) -> None:
    assert expected == wrap_label(label)


@pytest.mark.parametrize("language", Language)
def test_dejavu_sans_narrowed_as_in_the_png_needs_no_more_than_we_count(
    real_model: Model, language: Language
) -> None:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font, LoadFlags

    font = FT2Font(findfont(FontProperties(family="DejaVu Sans")))
    font.set_size(FONT_SIZE * 64, 72)  # 64 times as large: widths come in whole pixels
    for node in real_model.nodes.values():
        for line in wrap_label(node.label.in_language(language)):
            font.set_text(line, 0.0, flags=LoadFlags.NO_HINTING)
            assert font.get_width_height()[0] / 64 / 64 * 0.9 <= text_width(line) + 0.5


# Views ----------------------------------------------------------------------------------------


def test_core_draws_the_core_arrows_and_whole_draws_all(real_model: Model) -> None:
    core = view_model(real_model, "core")
    assert {e.id for e in real_model.edges.values() if e.core} <= set(core.edges)
    assert tuple(real_model.nodes) == view_nodes(real_model, "whole")
    assert set(real_model.edges) == set(view_model(real_model, "whole").edges)


def test_the_views_are_core_whole_and_the_pathways(real_model: Model) -> None:
    assert views(real_model) == VIEWS


def test_a_pathway_draws_its_members_and_reasoning_arrows_only(real_model: Model) -> None:
    for pathway in PATHWAYS:
        assert real_model.pathway(pathway) == view_model(real_model, pathway)


def test_a_map_without_core_arrows_is_drawn_whole(chain: Model) -> None:
    assert chain == view_model(chain, "core")


def test_a_pathway_of_a_smaller_map_draws_what_is_left(chain: Model) -> None:
    library = Library(pathways=(PathwayMember("way", "a"), PathwayMember("way", "gone")))
    model = Model(chain.nodes.values(), chain.edges.values(), library)
    assert view_nodes(model, "way") == ("a",)


def test_an_unknown_view_is_refused_with_near_names(real_model: Model) -> None:
    with pytest.raises(UnknownId, match=r"There is no view 'gabba'\. Did you mean 'gaba'"):
        view_model(real_model, "gabba")


# Committed places -----------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_every_node_of_every_view_has_a_committed_place(real_model: Model, view: str) -> None:
    committed = {row.node for row in real_model.library.places if row.view == view}
    assert set(view_nodes(real_model, view)) == committed, "Run tools/lay_out.py."


def test_every_committed_bend_is_of_an_arrow_that_its_view_draws(real_model: Model) -> None:
    for row in real_model.library.curves:
        assert row.edge in view_model(real_model, row.view).edges
        assert row.bend in BEND_KINDS
        assert 0 <= row.roundness <= 1


@pytest.mark.parametrize("view", VIEWS)
def test_no_two_boxes_of_a_view_touch(real_model: Model, view: str) -> None:
    assert overlaps(places(real_model, view)) == []


@pytest.mark.parametrize("view", ["core", *PATHWAYS])
def test_no_arrow_runs_through_a_foreign_box(real_model: Model, view: str) -> None:
    assert foreign_boxes_on(real_model, view) == []


def test_hardly_any_arrow_of_the_whole_map_runs_through_a_foreign_box(real_model: Model) -> None:
    assert len(foreign_boxes_on(real_model, "whole")) <= 6


@pytest.mark.parametrize("view", ["core", *PATHWAYS])
def test_labels_are_at_least_12_pixels_on_a_small_projector(real_model: Model, view: str) -> None:
    frame = extent(places(real_model, view))
    scale = min(940 / frame.width, 620 / frame.height)  # the drawing at 1366 by 768
    assert FONT_SIZE * scale >= 12


@pytest.mark.parametrize("view", VIEWS)
def test_every_arrow_stays_inside_the_drawing(real_model: Model, view: str) -> None:
    centres, curves = places(real_model, view), bends(real_model, view)
    left, top, width, height = extent(centres)
    outside = [
        edge.id
        for edge in view_model(real_model, view).edges.values()
        for x, y in points_on(
            centres[edge.source],
            control_point(centres[edge.source], centres[edge.target], curves[edge.id]),
            centres[edge.target],
        )
        if not (left <= x <= left + width and top <= y <= top + height)
    ]
    assert outside == []


@pytest.mark.parametrize("view", VIEWS)
def test_opposite_arrows_do_not_lie_on_each_other(real_model: Model, view: str) -> None:
    centres, curves = places(real_model, view), bends(real_model, view)
    edges = view_model(real_model, view).edges
    for one in edges.values():
        for other in edges.values():
            if (one.source, one.target) == (other.target, other.source):
                middles = [
                    arrow_line(centres[e.source], centres[e.target], curves[e.id]).middle
                    for e in (one, other)
                ]
                assert math.dist(*middles) > 6, (view, one.id)


def test_committed_places_are_taken_only_where_they_cover_the_view(chain: Model) -> None:
    rows = [Place("whole", node, 200.0 * n, 0.0) for n, node in enumerate(chain.nodes)]
    curve = Curve("whole", "a.b", "curvedCCW", 0.2)
    full = Library(places=tuple(rows), curves=(curve,))
    drawn = Model(chain.nodes.values(), chain.edges.values(), full)
    assert places(drawn, "whole") == {"a": (0, 0), "b": (200, 0), "c": (400, 0), "d": (600, 0)}
    assert Bend("curvedCCW", 0.2) == bends(drawn, "whole")["a.b"]
    short = Model(chain.nodes.values(), chain.edges.values(), Library(places=tuple(rows[1:])))
    assert places(chain, "whole") == places(short, "whole")


# Maps without committed places ----------------------------------------------------------------


def test_a_chain_is_drawn_downward(chain: Model) -> None:
    heights = [y for _, y in places(chain).values()]
    assert sorted(set(heights)) == heights


@given(arrows)
def test_no_boxes_overlap_in_any_map(triples: list[tuple[str, str, int]]) -> None:
    model = Model.from_edges(triples)
    assert set(model.nodes) == set(places(model))
    assert overlaps(places(model)) == []


@given(arrows)
def test_an_arrow_that_closes_no_circle_points_down(triples: list[tuple[str, str, int]]) -> None:
    forward = [(a, b, sign) for a, b, sign in triples if a < b]
    model = Model.from_edges(forward, nodes="abcdefghij")
    centres = places(model)
    assert all(centres[a][1] < centres[b][1] for a, b, _ in forward)


@given(arrows)
def test_a_drawing_is_the_same_each_time(triples: list[tuple[str, str, int]]) -> None:
    assert places(Model.from_edges(triples)) == places(Model.from_edges(triples))


def test_a_chain_of_thousands_is_drawn() -> None:
    model = Model.from_edges([(str(n), str(n + 1), 1) for n in range(1500)])
    assert len(set(places(model).values())) == 1501


def test_a_map_of_nothing_has_an_extent() -> None:
    empty = Model.from_edges([])
    assert places(empty) == {}
    assert extent({}).width > 0


def test_parallel_and_opposite_arrows_are_bowed_apart(parallel_arrows: Model) -> None:
    both = Model.from_edges([("a", "b", 1), ("b", "a", -1)])
    assert len(set(bends(parallel_arrows).values())) == 2
    assert {"curvedCW"} == {bend.kind for bend in bends(both).values()}


# Curves ---------------------------------------------------------------------------------------


def test_an_unknown_bend_is_refused() -> None:
    with pytest.raises(ValueError, match="not as 'wavy'"):
        control_point((0, 0), (1, 1), Bend("wavy", 0.1))


@pytest.mark.parametrize("kind", BEND_KINDS)
def test_an_arrow_starts_and_ends_at_the_borders_of_its_boxes(kind: str) -> None:
    line = arrow_line((0, 0), (400, 300), Bend(kind, 0.3))
    for centre, point in (((0, 0), line.start), ((400, 300), line.tip)):
        x, y = abs(point[0] - centre[0]), abs(point[1] - centre[1])
        assert max(x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2) == pytest.approx(2.0, abs=0.01)


def test_an_arrow_to_itself_stays_at_its_box() -> None:
    line = arrow_line((10, 10), (10, 10), Bend())
    assert math.dist(line.start, (10, 10)) < BOX_WIDTH
    assert math.dist(line.tip, (10, 10)) < BOX_WIDTH


# The maintainer's script ----------------------------------------------------------------------


def test_the_script_says_what_is_missing_where_graphviz_is_not_installed(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, ROOT / "tools" / "lay_out.py"],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Graphviz is not installed")
    assert shutil.which("dot", path=str(tmp_path)) is None


def test_constants_leave_room_for_two_label_lines_and_a_verdict() -> None:
    assert 2 * layout.LINE_HEIGHT + layout.MARK_SIZE < BOX_HEIGHT

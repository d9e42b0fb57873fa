"""Maps written down by hand: nothing of a text is lost, and each arrow is judged by the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from strategies import signed_models

from mgmodel.model import Model
from mgmodel.reasoning import signed_paths
from mgmodel.records import Edge, Evidence, Library, Node, Translated
from mgmodel.teaching import (
    Draft,
    DraftReport,
    Judged,
    Judgement,
    Reason,
    compare_draft,
    read_draft,
)
from mgmodel.vocabulary import Effect, Language, Stance
from mgmodel.wording import edge_sentence, in_words

pytestmark = pytest.mark.slow  # pictures and searches, many of each

LANGUAGES = [each.value for each in Language]
every_language = pytest.mark.parametrize("language", LANGUAGES)


def triples(draft: Draft) -> list[tuple[str, str, int]]:
    return [(each.source, each.target, each.sign) for each in draft.arrows]


def lines_of(draft: Draft) -> set[int]:
    told = {each.line for each in draft.arrows} | {each.line for each in draft.unread}
    assert told.isdisjoint(draft.skipped)
    return told | set(draft.skipped)


# --- reading ------------------------------------------------------------------------------------

NE, BP, MG, NMDA = "norepinephrine", "blood_pressure", "brain_magnesium", "nmda_receptor"

WRITTEN = [
    ("magnesium -| NMDA", MG, NMDA, -1),
    ("Brain magnesium --| NMDA receptor", MG, NMDA, -1),
    ("hersenmagnesium ⊣ nmda-receptor", MG, NMDA, -1),
    ("NMDA |- brain magnesium", MG, NMDA, -1),
    ("hjarnmagnesium -[-]-> NMDAR", MG, NMDA, -1),
    ("brain_magnesium -(-)-> NMDA", MG, NMDA, -1),
    ("brain magnesium -- blocks --> NMDA", MG, NMDA, -1),
    ("brain magnesium -[remt]-> NMDA", MG, NMDA, -1),
    ("brain magnesium -> (hämmar) NMDA", MG, NMDA, -1),
    ("brain magnesium -> NMDA (-)", MG, NMDA, -1),
    ("brain magnesium -> NMDA: \N{MINUS SIGN}", MG, NMDA, -1),
    ("brain magnesium => NMDA ↓", MG, NMDA, -1),
    ("less brain magnesium -> NMDA", MG, NMDA, -1),
    ("lower brain magnesium -> more NMDA", MG, NMDA, -1),
    ("↓ brain magnesium → ↑ NMDA", MG, NMDA, -1),
    ("brain magnesium -| NMDA down", MG, NMDA, -1),
    ("brain magnesium down -| NMDA up", MG, NMDA, -1),
    ("magnesium remt NMDA.", MG, NMDA, -1),
    ("magnesium minskar NMDA", MG, NMDA, -1),
    ("The brain magnesium inhibits the NMDA receptor", MG, NMDA, -1),
    ("NMDA wordt geremd door hersenmagnesium", MG, NMDA, -1),
    ("NMDA is lowered by brain magnesium", MG, NMDA, -1),
    ("minder hersenmagnesium doet NMDA stijgen", MG, NMDA, -1),
    ("brist på hjärnmagnesium får NMDA att öka", MG, NMDA, -1),
    ("brain magnesium makes NMDA fall", MG, NMDA, -1),
    ("brain magnesium,NMDA,-", MG, NMDA, -1),
    ("brain magnesium;NMDA;remt", MG, NMDA, -1),
    ("brain magnesium\tNMDA\t-1", MG, NMDA, -1),
    ("brain magnesium, inhibits, NMDA", MG, NMDA, -1),
    ('"brain magnesium","NMDA","minskar"', MG, NMDA, -1),
    ("noradrenaline up -> blood pressure", NE, BP, 1),
    ("noradrenaline -> blood pressure", NE, BP, 1),
    ("noradrenalin + → blodtryck +", NE, BP, 1),
    ("noradrenaline +-> blood pressure", NE, BP, 1),
    ("noradrenaline -[+]-> blood pressure", NE, BP, 1),
    ("noradrenaline ==> bloeddruk omhoog", NE, BP, 1),
    ("noradrenaline > blood pressure", NE, BP, 1),
    ("blodtryck ← noradrenalin", NE, BP, 1),
    ("blood pressure <- NE", NE, BP, 1),
    ("- noradrenaline ➜ blood pressure", NE, BP, 1),
    ("* noradrenaline leads to higher blood pressure", NE, BP, 1),
    ("2. minder noradrenaline verlaagt bloeddruk", NE, BP, 1),
    ("noradrenalin ökar blodtryck", NE, BP, 1),
    ("noradrenaline ~> blood pressure", NE, BP, 0),
    ("noradrenaline affects blood pressure", NE, BP, 0),
    ("noradrenaline -> blood pressure ?", NE, BP, 0),
    ("noradrenaline beïnvloedt bloeddruk", NE, BP, 0),
]


@pytest.mark.parametrize(("text", "source", "target", "sign"), WRITTEN)
def test_a_line_is_read_however_it_is_written(
    real_model: Model, text: str, source: str, target: str, sign: int
) -> None:
    draft = read_draft(real_model, text)
    assert [(source, target, sign)] == triples(draft)
    assert not draft.unread


def test_a_chain_and_several_statements_give_several_arrows(real_model: Model) -> None:
    draft = read_draft(real_model, "CRH -> ACTH -> cortisol -| CRH; ACTH <-> CRH")
    assert triples(draft) == [
        ("crh", "acth", 1),
        ("acth", "cortisol", 1),
        ("cortisol", "crh", -1),
        ("acth", "crh", 1),
        ("crh", "acth", 1),
    ]


def test_a_table_goes_by_its_headings(real_model: Model) -> None:
    draft = read_draft(real_model, "teken;doel;bron\n-;CRH;cortisol\n\nomhoog;ACTH;CRH")
    assert triples(draft) == [("cortisol", "crh", -1), ("crh", "acth", 1)]
    assert draft.skipped == (1, 3)
    bare = read_draft(real_model, "from,to\nCRH,ACTH")
    assert triples(bare) == [("crh", "acth", 0)]


@pytest.mark.parametrize(
    ("text", "reason", "name", "near"),
    [
        ("stress", Reason.NO_ARROW, "", ()),
        ("-> cortisol", Reason.NO_NAME, "", ()),
        ("ACTH -> cortizol", Reason.UNKNOWN, "cortizol", ("cortisol",)),
        ("noradrenaline up -> heart rate", Reason.UNKNOWN, "heart rate", ()),
        ("magnesium -> ACTH -> magnesium", Reason.SEVERAL, "magnesium", ("serum_magnesium",)),
        ("brain magnesium -| NMDA up", Reason.CONFLICT, "", ()),
        ("ACTH -| (raises) cortisol", Reason.CONFLICT, "", ()),
    ],
)
def test_what_cannot_be_read_is_explained(
    real_model: Model, text: str, reason: Reason, name: str, near: tuple[str, ...]
) -> None:
    unread = read_draft(real_model, text).unread[-1]
    assert (unread.reason, unread.name) == (reason, name)
    assert set(near) <= set(unread.nodes)


def test_comments_and_empty_lines_are_skipped_and_counted(real_model: Model) -> None:
    draft = read_draft(real_model, "# mine\n\n  \n// too\n-----\n*\n")
    assert draft == Draft((), (), (1, 2, 3, 4, 5, 6))


def test_a_name_that_is_part_of_several_is_told_as_taken(real_model: Model) -> None:
    arrow = read_draft(real_model, "magnesium -| NMDA").arrows[0]
    assert arrow.taken == (("magnesium", MG), ("NMDA", NMDA))


@every_language
def test_every_arrow_of_the_map_is_read_from_its_own_sentence(
    real_model: Model, language: str
) -> None:
    for edge in real_model.edges.values():
        if edge.effect is not Effect.NO_EFFECT:
            draft = read_draft(real_model, edge_sentence(edge, language))
            assert [(edge.source, edge.target, edge.sign)] == triples(draft), edge.id


@every_language
def test_every_arrow_is_read_from_every_form_with_labels(real_model: Model, language: str) -> None:
    marks = {1: ("->", "+", "→"), -1: ("-|", "-", "⊣"), 0: ("~>", "?", "-?->")}
    for edge in real_model.reasoning_edges:
        ends = [
            real_model.node(end).label.in_language(language) for end in (edge.source, edge.target)
        ]
        arrow, sign, other = marks[edge.sign]
        text = "\n".join(
            [f"{ends[0]} {arrow} {ends[1]}", f"{ends[0]}\t{ends[1]}\t{sign}", other.join(ends)]
        )
        assert [(edge.source, edge.target, edge.sign)] * 3 == triples(read_draft(real_model, text))


MARKS = 'a b c zz up lowers remt -> -| <- |- ↓ + - ? # ( ] , ; > ~> <-> _ * 1. "'
pieces = st.lists(
    st.sampled_from(MARKS.split()) | st.sampled_from((" ", "\t", "\n", " -> ", " -| ")),
    max_size=14,
).map("".join)


@given(st.text(max_size=40) | pieces)
@example(";")
@example("->")
@example('"')
@example("a;b;")
@example("-\n-|\n|")
@example("a\x0bb\x85c")
def test_no_line_of_any_text_is_lost(text: str) -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    draft = read_draft(model, text)
    assert lines_of(draft) == set(range(1, len(text.splitlines()) + 1))
    report = compare_draft(model, draft)
    assert report.unread == draft.unread
    for language in LANGUAGES:
        assert in_words(report, language)


# --- judging ------------------------------------------------------------------------------------


def judgement_of(model: Model, text: str) -> Judged:
    (judged,) = compare_draft(model, text).judged
    return judged


def with_rows(edges: Iterable[Edge], *stances: Stance) -> Model:
    arrows = list(edges)
    rows = tuple(Evidence(arrows[0].id, "someone2000", stance) for stance in stances)
    ends = dict.fromkeys(end for edge in arrows for end in (edge.source, edge.target))
    nodes = [Node(end, Translated(end)) for end in ends]
    return Model(nodes, arrows, Library(evidence=rows))


PLAIN = Edge("a.b", "a", "b", Effect.INCREASES)


@pytest.mark.parametrize(
    ("edge", "stances", "text", "judgement", "disputed"),
    [
        (PLAIN, [], "a -> b", Judgement.RIGHT, False),
        (PLAIN, [], "a -| b", Judgement.WRONG_SIGN, False),
        (PLAIN, [Stance.SUPPORTS], "a -| b", Judgement.WRONG_SIGN, False),
        (PLAIN, [Stance.CONTRADICTS], "a -| b", Judgement.RIVAL, True),
        (PLAIN, [Stance.CONTRADICTS], "a -> b", Judgement.RIGHT, True),
        (PLAIN, [Stance.MIXED], "a -| b", Judgement.RIVAL, True),
        (PLAIN, [], "a ~> b", Judgement.UNSIGNED, False),
        (PLAIN, [], "b -> a", Judgement.REVERSED, False),
        (PLAIN, [], "b -| a", Judgement.EXTRA, False),
        (PLAIN, [], "b ~> a", Judgement.REVERSED, False),
        (PLAIN, [], "a -> a", Judgement.EXTRA, False),
        (dataclasses.replace(PLAIN, contested=True), [], "a -| b", Judgement.RIVAL, True),
        (
            dataclasses.replace(PLAIN, effect=Effect.UNCLEAR),
            [],
            "a -> b",
            Judgement.RIVAL,
            False,
        ),
        (dataclasses.replace(PLAIN, effect=Effect.UNCLEAR), [], "a ~> b", Judgement.RIGHT, False),
        (
            dataclasses.replace(PLAIN, effect=Effect.NO_EFFECT),
            [],
            "a -> b",
            Judgement.NOT_FOUND,
            False,
        ),
    ],
)
def test_an_arrow_is_judged_by_what_the_map_has(
    edge: Edge, stances: list[Stance], text: str, judgement: Judgement, disputed: bool
) -> None:
    judged = judgement_of(with_rows([edge], *stances), text)
    assert (judged.judgement, judged.disputed) == (judgement, disputed)


def test_a_path_with_the_drawn_sign_makes_a_shortcut_and_another_sign_does_not() -> None:
    chain = Model.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "a", -1)])
    shortcut = judgement_of(chain, "a -| c")
    assert shortcut.judgement is Judgement.SHORTCUT
    assert shortcut.path == ("a.b", "b.c")
    assert judgement_of(chain, "a -> c").judgement is Judgement.EXTRA
    around = judgement_of(chain, "b -> a")  # by way of c, though a -> b runs the other way
    assert around.judgement is Judgement.SHORTCUT


def test_missing_are_core_arrows_between_the_nodes_that_were_used(real_model: Model) -> None:
    report = compare_draft(real_model, "CRH -> ACTH\nACTH -| cortisol\nCRH -> cortisol")
    assert set(report.missing) == {"cortisol.acth", "cortisol.crh"}
    assert all(real_model.edge(each).core for each in report.missing)


def test_an_arrow_drawn_the_wrong_way_is_not_missing_as_well() -> None:
    model = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    report = compare_draft(model, "b -> a\nc ~> b")
    assert [each.judgement for each in report.judged] == [Judgement.REVERSED] * 2
    assert report.missing == ()


def test_an_arrow_drawn_twice_is_judged_once_and_both_signs_twice() -> None:
    model = Model.from_edges([("a", "b", 1)])
    report = compare_draft(model, "a -> b\na => b\na -| b")
    assert [(each.arrow.line, each.judgement.value) for each in report.judged] == [
        (1, "right"),
        (3, "wrong_sign"),
    ]


def written_down(model: Model) -> str:
    marks = {1: "->", -1: "-|", 0: "~>"}
    return "\n".join(f"{e.source} {marks[e.sign]} {e.target}" for e in model.edges.values())


@given(signed_models())
def test_the_map_itself_written_down_is_right_and_lacks_nothing(model: Model) -> None:
    report = compare_draft(model, written_down(model))
    assert {each.judgement for each in report.judged} <= {Judgement.RIGHT, Judgement.UNSIGNED}
    assert not report.missing
    assert not report.unread


@given(signed_models(), signed_models())
def test_every_judgement_says_what_is_so(model: Model, other: Model) -> None:
    nodes = [*model.nodes.values(), *(n for n in other.nodes.values() if n.id not in model.nodes)]
    model = Model(nodes, model.edges.values())
    pairs = {(edge.source, edge.target) for edge in model.edges.values()}
    report = compare_draft(model, written_down(other))
    for each in report.judged:
        ends = each.arrow.source, each.arrow.target
        has = each.judgement in {
            Judgement.RIGHT,
            Judgement.RIVAL,
            Judgement.UNSIGNED,
            Judgement.WRONG_SIGN,
        }
        assert has is (ends in pairs)
        if each.judgement is Judgement.REVERSED:
            assert ends[::-1] in pairs
        routes = signed_paths(model, *ends, max_length=6)
        signs = {route.sign for route in routes} - {0}
        carried = bool(signs & {each.arrow.sign}) if each.arrow.sign else bool(signs)
        if each.judgement is Judgement.SHORTCUT:
            assert each.path in {route.edges for route in routes}
        if each.judgement is Judgement.EXTRA:
            assert not carried
    used = {end for each in report.judged for end in (each.arrow.source, each.arrow.target)}
    for edge in map(model.edge, report.missing):
        assert {edge.source, edge.target} <= used


# --- words --------------------------------------------------------------------------------------


@every_language
def test_the_report_tells_every_line_and_what_is_missing(real_model: Model, language: str) -> None:
    text = "magnesium -| NMDA\nb -> c\nACTH -| cortisol\nCRH -> cortisol\nB6 -| stress"
    report: DraftReport = compare_draft(real_model, text)
    said = in_words(report, language)
    for number in range(1, 6):
        assert f" {number}" in said
    for edge in report.missing:
        for end in (real_model.edge(edge).source, real_model.edge(edge).target):
            label = real_model.node(end).label.in_language(language)
            assert label[1:] in said
    assert "{" not in said


def test_a_report_shows_its_counts_and_a_table(real_model: Model) -> None:
    report = compare_draft(real_model, "ACTH -> cortisol\n<b>")
    assert repr(report) == "DraftReport(1 right, 1 missing, 1 unread)"
    assert r"\<b\>" in report._repr_markdown_()
    assert repr(compare_draft(real_model, "")) == "DraftReport(nothing drawn)"

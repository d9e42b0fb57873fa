"""Sentences keep the direction of what they say, in every language and for any label."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import mul
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from mgmodel import records, vocabulary
from mgmodel.interventions import Block, Clamp, CutEdge, KnockOut, Press
from mgmodel.model import Model
from mgmodel.records import (
    Claim,
    Document,
    Edge,
    Evidence,
    Library,
    Node,
    Reference,
    Translated,
)
from mgmodel.vocabulary import (
    Effect,
    EvidenceLayer,
    Grade,
    Language,
    Population,
    Stance,
    Strength,
    Verdict,
    VerificationLevel,
)
from mgmodel.wording import (
    arrow_name,
    arrows_in_words,
    cite,
    claim_card,
    in_words,
    intervention_in_words,
    loop_in_words,
    loop_word,
    node_name,
    path_count_in_words,
    verdict_in_words,
    word,
)
from mgmodel.wording.sentences import cite_id, inside

LANGUAGES = [language.value for language in Language]
every_language = pytest.mark.parametrize("language", LANGUAGES)

UP = {
    "en": "rise|rises|rising|raise|raises|raised|increase|increases|more|higher|up",
    "nl": "toename|toenemen|toeneemt|stijgt|stijgen|stijging|verhoogt|hoger|omhoog",
    "sv": "ökning|ökar|ökat|ökad|stiger|höjer|höjning|högre|uppåt",
}
DOWN = {
    "en": "fall|falls|falling|lower|lowers|lowered|decrease|decreases|less|down",
    "nl": "afname|afnemen|afneemt|daalt|dalen|daling|verlaagt|lager|minder|omlaag",
    "sv": "minskning|minskar|minskat|minskad|sjunker|sänker|sänkning|lägre|nedåt",
}
"""Every word that says a direction; a template that uses another one fails the laws below."""

labels = st.text("bcdfgkpqvxz", min_size=3, max_size=9)
"""Labels that hold no word of any language."""


def directions(text: str, language: str) -> list[int]:
    """+1 and -1 for each word of direction, in reading order."""
    found = re.finditer(rf"\b(?:({UP[language]})|({DOWN[language]}))\b", text.lower())
    return [1 if match[1] else -1 for match in found]


def arrow(sign: int, **more: Any) -> Edge:
    effect = {1: Effect.INCREASES, -1: Effect.DECREASES, 0: Effect.UNCLEAR}[sign]
    ends = (Translated("Qqq"), Translated("Vvv"))
    return Edge("q.v", "q", "v", **{"effect": effect, "ends": ends, **more})


def chain(signs: list[int]) -> list[Edge]:
    triples = [(f"q{i}", f"q{i + 1}", sign) for i, sign in enumerate(signs)]
    return list(Model.from_edges(triples).edges.values())


def ring(signs: list[int]) -> list[Edge]:
    last = len(signs) - 1
    triples = [(f"q{i}", f"q{i + 1 if i < last else 0}", sign) for i, sign in enumerate(signs)]
    return list(Model.from_edges(triples).edges.values())


# --- direction --------------------------------------------------------------------------------


@every_language
@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("layer", list(EvidenceLayer))
@pytest.mark.parametrize("contested", [True, False])
def test_an_arrow_says_its_own_direction_for_a_rise_of_its_source(
    effect: Effect, layer: EvidenceLayer, contested: bool, language: str
) -> None:
    edge = arrow(1, effect=effect, layer=layer, propagate=False, contested=contested)
    expected = [1, effect.sign] if effect.sign else [1]
    assert expected == directions(in_words(edge, language), language)


@given(labels, labels, st.sampled_from([1, -1, 0]), st.sampled_from(LANGUAGES))
def test_an_arrow_names_its_source_before_its_target(
    source: str, target: str, sign: int, language: str
) -> None:
    edge = arrow(sign, ends=(Translated(source + "s"), Translated(target + "t")))
    text = in_words(edge, language)
    assert text.index(inside(source + "s")) < text.rindex(inside(target + "t"))


@every_language
def test_every_arrow_of_the_map_keeps_its_sign(real_model: Model, language: str) -> None:
    plain = (Translated("Qqq"), Translated("Vvv"))  # labels may hold words of direction
    spoken = {
        edge.id: directions(in_words(dataclasses.replace(edge, ends=plain), language), language)
        for edge in real_model.edges.values()
    }
    assert {
        edge.id: [1, edge.sign] if edge.sign else [1] for edge in real_model.edges.values()
    } == spoken


@given(
    st.lists(st.sampled_from([1, -1]), min_size=1, max_size=8),
    st.booleans(),
    st.sampled_from(LANGUAGES),
)
def test_a_route_says_the_product_of_the_signs_at_each_step(
    signs: list[int], rise: bool, language: str
) -> None:
    start = 1 if rise else -1
    spoken = directions(arrows_in_words(chain(signs), language, rise=rise), language)
    assert list(accumulate(signs, mul, initial=start)) == spoken


@given(
    st.lists(st.sampled_from([1, -1]), max_size=4),
    st.lists(st.sampled_from([1, -1, 0]), max_size=4),
    st.sampled_from(LANGUAGES),
)
def test_no_direction_is_said_after_an_unclear_step(
    before: list[int], after: list[int], language: str
) -> None:
    text = arrows_in_words(chain([*before, 0, *after]), language)
    assert list(accumulate(before, mul, initial=1)) == directions(text, language)


@every_language
def test_a_route_says_from_which_step_on_it_is_unclear(language: str) -> None:
    edges = chain([1, 0, -1, 0])
    assert arrow_name(edges[1], language) in arrows_in_words(edges, language)


@every_language
def test_nothing_travels_past_an_arrow_without_an_effect(language: str) -> None:
    first, second = chain([1, 1])
    silent = dataclasses.replace(first, effect=Effect.NO_EFFECT)
    text = arrows_in_words([silent, second], language)
    assert (directions(text, language), "q2" in text) == ([1], False)


def test_a_route_reads_as_one_sentence() -> None:
    model = Model.from_edges(
        [("magnesium", "channel", -1), ("channel", "calcium", 1), ("calcium", "release", 1)]
    )
    assert arrows_in_words(list(model.edges.values())) == (
        "A rise in magnesium leads to a fall in channel, hence to a fall in calcium, "
        "hence to a fall in release."
    )


def test_a_route_without_arrows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one arrow"):
        arrows_in_words([])


def test_arrows_that_do_not_meet_are_refused() -> None:
    first, _, third = chain([1, 1, 1])
    with pytest.raises(ValueError, match=r"'q2\.q3' does not start where 'q0\.q1' ends"):
        arrows_in_words([first, third])


@given(st.lists(st.sampled_from([1, -1, 0]), min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_a_loop_is_called_by_its_sign_and_counts_its_minus_signs(
    signs: list[int], language: str
) -> None:
    sign = list(accumulate(signs, mul))[-1]
    why = loop_in_words(ring(signs), language).rsplit(". ", 1)[1]
    assert why.lower().startswith(loop_word(sign, language))
    count = signs.count(-1) if sign else signs.count(0)
    assert (str(count) in why) == (count > 0)


def test_arrows_that_do_not_close_are_no_loop() -> None:
    with pytest.raises(ValueError, match="this is no loop"):
        loop_in_words(chain([1, 1]))


@every_language
@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("fraction", [None, 0.8, 0.83, 0.97, 1.0])
def test_a_verdict_says_its_own_direction(
    verdict: Verdict, fraction: float | None, language: str
) -> None:
    expected = {Verdict.RISES: [1], Verdict.FALLS: [-1]}.get(verdict, [])
    if verdict is Verdict.DEPENDS and fraction is not None:
        expected = [1]  # the fraction is that of the weightings in which it rises
    text = verdict_in_words("Qqq", verdict, fraction, None, language)
    assert expected == directions(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_node_says_its_definition_in_the_language(real_model: Model, language: str) -> None:
    said = [(node, in_words(node, language)) for node in real_model.nodes.values()]
    assert [n.id for n, text in said if not text.endswith(getattr(n.definition, language))] == []


def test_a_definition_in_english_alone_is_said_and_marked() -> None:
    node = Node("x", Translated("Strain"), definition=Translated("A load"))
    assert in_words(node) == "Strain: process. A load."
    assert in_words(node, "sv") == "Strain: process. (på engelska) A load."


@every_language
@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_word_on_a_node_says_the_direction_of_its_verdict(
    verdict: Verdict, language: str
) -> None:
    expected = {Verdict.RISES: [1], Verdict.FALLS: [-1]}.get(verdict, [])
    assert expected == directions(word(verdict, language), language)


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (1.0, "Qqq: falls in all weightings."),
        (0.999, "Qqq: falls in 99% of weightings (robust)."),
        (0.95, "Qqq: falls in 95% of weightings (robust)."),
        (0.949, "Qqq: falls in 94% of weightings (likely)."),
        (0.80, "Qqq: falls in 80% of weightings (likely)."),
    ],
)
def test_a_verdict_gives_its_fraction_and_the_name_for_it(fraction: float, expected: str) -> None:
    assert expected == verdict_in_words("Qqq", Verdict.FALLS, fraction)


def test_a_given_strength_is_the_one_that_is_said() -> None:
    text = verdict_in_words("Qqq", Verdict.RISES, 1.0, Strength.ALWAYS, "sv")
    assert text == "Qqq: ökar i alla viktningar."


@every_language
@pytest.mark.parametrize("amount", [1.0, 0.25, -0.25, -2.0])
def test_a_press_says_which_way_it_pushes(amount: float, language: str) -> None:
    expected = [1] if amount > 0 else [-1]
    assert expected == directions(in_words(Press("q", amount), language), language)


@every_language
def test_switching_off_and_holding_at_baseline_are_said_with_different_words(
    language: str,
) -> None:
    assert in_words(KnockOut("q"), language) != in_words(Block("q"), language)


@pytest.mark.parametrize(
    ("intervention", "expected"),
    [
        (Press("serum_mg", -0.5), "Duw serummagnesium met 0,5 omlaag."),
        (
            Clamp("serum_mg", 0.25),
            "Zet serummagnesium vast op een afwijking van +0,25 van de uitgangswaarde.",
        ),
        (
            Block("serum_mg"),
            "Houd serummagnesium op de uitgangswaarde: niets gaat erdoorheen.",
        ),
        (KnockOut("serum_mg"), "Schakel serummagnesium uit: geheel afwezig."),
        (CutEdge("serum_mg.crh"), "Knip de pijl van serummagnesium naar CRH door."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_intervention_is_said_with_the_labels_of_the_map(
    intervention: Any, expected: str
) -> None:
    ends = Translated("Serum magnesium", nl="Serummagnesium"), Translated("CRH")
    nodes = [Node("serum_mg", ends[0]), Node("crh", ends[1])]
    edge = Edge("serum_mg.crh", "serum_mg", "crh", Effect.DECREASES, ends=ends)
    assert expected == intervention_in_words(Model(nodes, [edge]), intervention, "nl")


# --- paths ------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([1, -1, 0]), min_size=1, max_size=20))
def test_a_count_of_paths_adds_up(signs: list[int]) -> None:
    source, target = Model.from_edges([("a", "b", 1)]).nodes.values()
    numbers = [int(n) for n in re.findall(r"\d+", path_count_in_words(source, target, signs))]
    assert [len(signs), signs.count(1), signs.count(-1), signs.count(0)] == numbers


@every_language
def test_no_path_and_no_path_left_are_told_apart(language: str) -> None:
    source, target = Model.from_edges([("a", "b", 1)]).nodes.values()
    never = path_count_in_words(source, target, [], language)
    left = path_count_in_words(source, target, [], language, removed=True)
    assert never != left


# --- every record -----------------------------------------------------------------------------


def _everything(model: Model) -> Iterator[tuple[str, list[Any]]]:
    library = model.library
    yield "nodes", list(model.nodes.values())
    yield "edges", list(model.edges.values())
    for name in ("references", "documents", "claims", "assumptions"):
        yield name, list(getattr(library, name).values())
    for name in ("evidence", "overclaims", "expectations", "pathways", "places", "curves"):
        yield name, list(getattr(library, name))
    for name in ("forms", "compounds", "foods", "intakes", "studies"):
        yield name, list(getattr(library, name))
    yield "whole", [model, library, library.info]


@every_language
def test_every_record_of_the_map_is_a_clean_sentence(real_model: Model, language: str) -> None:
    spoiled = []
    for name, rows in _everything(real_model):
        for row in rows:
            text = in_words(row, language)
            loose = re.search(r"[{}\n]| {2}|^\s|\s$|\(\)|\s[.,;:]|\.\.(?!\.)", text)
            if loose or not text.endswith((".", "!", "?", "…")):
                spoiled.append((name, text))
    assert not spoiled


@pytest.mark.parametrize("kind", [each for each in records.__all__ if each != "Library"])
def test_every_kind_of_record_has_words(kind: str) -> None:
    assert getattr(records, kind) in in_words.registry


@every_language
@pytest.mark.parametrize(
    "coded",
    [each for name in vocabulary.__all__ for each in getattr(vocabulary, name)],
    ids=lambda coded: f"{type(coded).__name__}.{coded.value}",
)
def test_every_coded_word_has_a_sentence(coded: StrEnum, language: str) -> None:
    assert re.fullmatch(r"[A-ZÄÅÖ].*[^.]\.", in_words(coded, language))


def test_the_language_is_the_second_argument_or_a_keyword() -> None:
    assert in_words(Grade.A, "sv") == in_words(Grade.A, language="sv")


def test_an_unknown_record_is_refused_with_a_list_of_what_can_be_said() -> None:
    with pytest.raises(TypeError, match=r"no words for dict.*Claim, .*Edge, .*Verdict"):
        in_words({})


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'en', 'nl', 'sv'"):
        in_words(Grade.A, "de")


@given(st.text(min_size=1, max_size=20), st.sampled_from([1, -1, 0]), st.sampled_from(LANGUAGES))
def test_any_id_of_a_hand_made_map_stands_in_the_sentence_as_it_was_given(
    name: str, sign: int, language: str
) -> None:
    (edge,) = Model.from_edges([(name, "other", sign)]).edges.values()
    assert name in in_words(edge, language)


def test_an_arrow_without_labels_is_said_with_readable_ids() -> None:
    edge = Edge("serum_mg.crh", "serum_mg", "crh", Effect.DECREASES)
    assert in_words(edge) == "A rise in serum mg lowers crh."


def test_a_contested_arrow_says_so() -> None:
    assert in_words(arrow(-1, contested=True)) == "A rise in qqq lowers vvv. This is contested."


def test_a_permissive_arrow_says_what_a_lack_does_and_a_surplus_does_not() -> None:
    assert in_words(arrow(1, permissive=True)) == (
        "A rise in qqq raises vvv. It only permits: a lack of qqq shows in vvv, "
        "more than enough does not."
    )


def test_an_arrow_of_a_group_names_the_group() -> None:
    said = in_words(arrow(1, gate="opening"))
    assert said.endswith("It acts only together with the other arrows of the group opening.")


def test_an_arrow_that_is_only_shown_says_so_and_says_why() -> None:
    edge = arrow(-1, layer=EvidenceLayer.CLINICAL_EVIDENCE, propagate=False)
    assert in_words(edge) == (
        "A rise in qqq lowers vvv. This is a result of studies in people. "
        "The arrow is only shown; questions do not reason over it."
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Serum magnesium", "serum magnesium"),
        ("Alpha-2 autoreceptor", "alpha-2 autoreceptor"),
        ("N-type calcium channel", "N-type calcium channel"),
        ("NMDA receptor", "NMDA receptor"),
        ("ATP- en energiemetabolisme", "ATP- en energiemetabolisme"),
        ("Mg-verschuiving de cel in", "Mg-verschuiving de cel in"),
        ("Alzheimer's disease", "Alzheimer's disease"),
        ("Ziekte van Alzheimer", "ziekte van Alzheimer"),
        ("Ångest", "ångest"),
        ("Kamp- och flyktreaktion", "kamp- och flyktreaktion"),
    ],
)
def test_a_label_inside_a_sentence_keeps_the_capitals_that_belong_to_it(
    label: str, expected: str
) -> None:
    assert expected == inside(label)


@every_language
def test_a_label_of_the_map_changes_in_its_first_letter_at_most(
    real_model: Model, language: str
) -> None:
    for node in real_model.nodes.values():
        assert node.label.in_language(language)[1:] == node_name(node, language)[1:]


# --- references -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "year", "expected"),
    [
        ("Shils ME", 1964, "Shils 1964"),
        ("Murck H, Steiger A", 1998, "Murck and Steiger 1998"),
        ("Held K, Antonijevic IA, Kunzel H", 2002, "Held et al. 2002"),
        ("Spencer H, et al", 1994, "Spencer et al. 1994"),
        ("de Baaij JHF, Hoenderop JGJ, Bindels RJM", 2015, "de Baaij et al. 2015"),
        ("Vink R, Nechifor M (eds)", 2011, "Vink and Nechifor 2011"),
        ("Moykkynen T, Uusi-Oukari M, Korpi ER", 2001, "Moykkynen et al. 2001"),
        ("Institute of Medicine, Food and Nutrition Board", 1997, "Institute of Medicine 1997"),
        ("USDA ARS", 2016, "USDA ARS 2016"),
        ("NIH Office of Dietary Supplements", 2022, "NIH Office of Dietary Supplements 2022"),
        ("Shils ME", None, "Shils n.d."),
        ("", None, "Divergence in magnesium, sodium … n.d."),
    ],
)
def test_a_reference_is_cited_by_author_and_year(
    authors: str, year: int | None, expected: str
) -> None:
    title = "Divergence in magnesium, sodium, and potassium excretion"
    assert expected == cite(Reference("x", authors, year, title))


def test_two_authors_are_joined_in_the_language_of_the_reader() -> None:
    reference = Reference("x", "Murck H, Steiger A", None, "Sleep")
    assert [cite(reference, language) for language in ("nl", "sv")] == [
        "Murck en Steiger z.j.",
        "Murck och Steiger u.å.",
    ]


def test_every_reference_of_the_map_has_a_short_name_with_its_year(real_model: Model) -> None:
    for reference in real_model.library.references.values():
        name = cite(reference)
        assert name.endswith(str(reference.year or "n.d."))
        assert len(name) < 60


def test_an_id_is_cited_as_far_as_it_tells() -> None:
    assert cite_id("al_shanableh_ray2024") == "Al Shanableh Ray 2024"


@pytest.mark.parametrize("level", list(VerificationLevel))
@every_language
def test_a_reference_says_how_it_was_checked(level: VerificationLevel, language: str) -> None:
    reference = Reference("x", "Shils ME", 1964, "Title", verification=level)
    assert in_words(level, language) in in_words(reference, language)


# --- claim cards ------------------------------------------------------------------------------


def _documented() -> Model:
    nodes = [Node("mg", Translated("Magnesium")), Node("ne", Translated("Norepinephrine"))]
    edge = Edge("mg.ne", "mg", "ne", Effect.DECREASES, mechanism="blocks", confidence=Grade.B)
    evidence = (
        Evidence("mg.ne", "null2001", Stance.CONTRADICTS, Population.HUMAN, "No change."),
        Evidence("mg.ne", "yes2000", Stance.SUPPORTS, Population.HUMAN, "Less release."),
        Evidence("mg.ne", "both2002", Stance.MIXED),
        Evidence("mg.ne", "gone2003", Stance.CITED),
    )
    references = {
        "yes2000": Reference(
            "yes2000",
            "Yes A",
            2000,
            "One",
            verified=True,
            verification=VerificationLevel.PRIMARY,
        ),
        "null2001": Reference("null2001", "Null B", 2001, "Two"),
        "both2002": Reference("both2002", "Both C", 2002, "Three"),
    }
    document = Document("page", "A page about it.", Language.NL, "web_page")
    claim = Claim(
        "c1",
        "page",
        "Opening",
        "mg",
        "lowers",
        "ne",
        None,
        "mechanism",
        "It calms.",
        edges=("mg.ne",),
    )
    library = Library(
        evidence=evidence,
        references=references,
        documents={"page": document},
        claims={"c1": claim},
    )
    return Model(nodes, [edge], library)


def test_a_card_lists_evidence_for_before_evidence_against() -> None:
    card = claim_card(_documented(), "mg.ne")
    assert [line.stance for line in card.evidence] == [
        Stance.SUPPORTS,
        Stance.MIXED,
        Stance.CONTRADICTS,
        Stance.CITED,
    ]


def test_a_card_counts_a_mixed_row_on_both_sides() -> None:
    card = claim_card(_documented(), "mg.ne")
    assert (card.supporting, card.opposing) == (2, 2)


def test_a_line_of_evidence_says_who_in_whom_and_how_that_was_checked() -> None:
    line = claim_card(_documented(), "mg.ne").evidence[0]
    assert str(line) == "Yes 2000 (in people; verified: checked at the source): Less release."


def test_what_a_document_describes_is_never_called_verified() -> None:
    (line,) = claim_card(_documented(), "mg.ne").documents
    assert str(line) == ("A page about it, section “Opening” (described in a document): It calms.")


def test_a_card_gives_the_computed_grade_beside_the_curated_one() -> None:
    sections = dict(claim_card(_documented(), "mg.ne").sections)
    assert sections["Grade given by the curators"] == (in_words(Grade.B),)
    assert "Grade computed from the rows of evidence" in sections


def test_an_arrow_without_evidence_or_documents_says_that_on_its_card() -> None:
    card = claim_card(Model.from_edges([("a", "b", 1)]), "a.b")
    sections = dict(card.sections)
    assert sections["Evidence"] == ("No row of evidence.",)
    assert sections["What the documents say"] == ("None of the documents says it.",)


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_a_card_in_another_language_says_that_the_data_are_in_english(language: str) -> None:
    english = len(claim_card(_documented(), "mg.ne").sections)
    assert english + 1 == len(claim_card(_documented(), "mg.ne", language).sections)


@every_language
def test_every_arrow_of_the_map_has_a_card_without_empty_lines(
    real_model: Model, language: str
) -> None:
    for edge_id in real_model.edges:
        for heading, lines in claim_card(real_model, edge_id, language).sections:
            assert heading, edge_id
            assert all(line.strip() for line in lines), edge_id


@every_language
def test_headings_of_a_card_come_once(real_model: Model, language: str) -> None:
    for edge_id in real_model.edges:
        headings = [heading for heading, _ in claim_card(real_model, edge_id, language).sections]
        assert len(set(headings)) == len(headings), edge_id


def test_neighbouring_words_are_never_doubled(real_model: Model) -> None:
    for edge in real_model.edges.values():
        spoken = re.findall(r"\w+", in_words(edge).lower())
        assert all(one != other for one, other in pairwise(spoken)), edge.id

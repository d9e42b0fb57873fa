"""Laws over the shipped references and evidence, and no curated fact about them lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from mgmodel.model import Model
from mgmodel.records import Edge, Evidence, Reference
from mgmodel.vocabulary import Population, Stance, StudyDesign

Pair = tuple[str, str]
DOCUMENTS = {
    "000": "norepinephrine_article",
    "001": "supplement_trade_summary",
    "002": "retailer_brain_article",
    "003": "brain_health_page",
    "004": "sleep_anxiety_article",
}
# References that the curated pages tie to an arrow in words, though its own list leaves them out.
ROWS_ADDED = {
    ("E001", "fine1991"),
    ("E002", "usda_sr28"),
    ("E073", "ichihara1993"),
    ("E077", "el_beheiry_puil1990"),
    ("E101", "ganong2012"),
    ("E127", "cepeda2025"),
    ("E142", "murck1998"),
    ("E154", "nowson_morgan1989"),
    ("E154", "sutoo2001"),
    ("E159", "schuster2025"),
    ("E180", "held2002"),
}
# What the curated pages name as evidence against an arrow.
AGAINST = [
    ("E017", "spencer1994_ca"),
    ("E019", "begley2016"),
    ("E025", "brewer2001"),
    ("E055", "joborn1985"),
    ("E055", "mocci2001"),
    ("E056", "ryzen1990"),
    ("E057", "lemann_cortisol_mg1970"),
    ("E058", "grases2006"),
    ("E070", "bohlhalter1997"),
    ("E070", "friess1994"),
    ("E072", "nowson_morgan1989"),
    ("E073", "ichihara1993"),
    ("E076", "aldo_mg_divergence"),
    ("E076", "lemann_cortisol_mg1970"),
    ("E101", "ganong2012"),
    ("E106", "murck1998"),
    ("E107", "buck1979"),
    ("E110", "murck1998"),
    ("E124", "hsu_rat_gsh"),
    ("E126", "cepeda2025"),
    ("E140", "murck1998"),
    ("E140", "schutten2021"),
    ("E141", "nowson_morgan1989"),
    ("E146", "murck1998"),
    ("E147", "botturi2020"),
    ("E147", "boyle2017"),
    ("E147", "gendle_ohara2015"),
    ("E148", "ryszewska_pokrasniewicz2018"),
    ("E148", "strodl2024"),
    ("E149", "macian2022"),
    ("E151", "peikert1996"),
    ("E151", "pfaffenrath1996"),
    ("E154", "sutoo2001"),
    ("E162", "liu2016"),
    ("E165", "pouteau2018"),
    ("E170", "mehdi2017"),
    ("E171", "rouse2008"),
    ("E175", "eby2010"),
    ("E176", "botturi2020"),
    ("E180", "held2002"),
]
BASES = {
    "counter_evidence",
    "dynamics",
    "edge_note",
    "foods",
    "forms",
    "reference_list",
    "reference_note",
    "study",
}


def curated(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "domain" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(key: str) -> str:
    """What is the same in a curated key and in the id made from it."""
    return key.replace("_", "").lower()


@pytest.fixture(scope="module")
def by_number(real_model: Model) -> dict[str, Edge]:
    return {edge.curated_id: edge for edge in real_model.edges.values()}


@pytest.fixture(scope="module")
def by_key(real_model: Model) -> dict[str, Reference]:
    return {plain(name): record for name, record in real_model.library.references.items()}


@pytest.fixture(scope="module")
def evidence(real_model: Model) -> tuple[Evidence, ...]:
    return real_model.library.evidence


@pytest.fixture(scope="module")
def attached(shared: Path, by_number: dict[str, Edge], by_key: dict[str, Reference]) -> set[Pair]:
    """Arrow and reference of every curated list of references."""
    return {
        (by_number[row["edge_id"]].id, by_key[plain(key)].id)
        for row in curated(shared, "edges.csv")
        for key in row["references"].split(";")
        if key
    }


# --- references


def test_an_id_is_the_curated_key_in_lower_case(by_key: dict[str, Reference], shared: Path) -> None:
    keys = [row["key"] for row in curated(shared, "references.csv")]
    assert sorted(set(map(plain, keys)) - by_key.keys()) == []


def test_a_reference_that_is_not_curated_measured_something_that_is_expected(
    real_model: Model, by_key: dict[str, Reference], shared: Path
) -> None:
    keys = {plain(row["key"]) for row in curated(shared, "references.csv")}
    added = {record.id for key, record in by_key.items() if key not in keys}
    named = {expectation.reference for expectation in real_model.library.expectations}
    assert added - named == set()


def test_every_curated_fact_of_a_reference_is_carried(
    by_key: dict[str, Reference], shared: Path
) -> None:
    rows = curated(shared, "references.csv")
    assert [r["key"] for r in rows if curated_facts(r) != facts(by_key[plain(r["key"])])] == []


def curated_facts(row: dict[str, str]) -> tuple[object, ...]:
    names = ("authors", "title", "journal", "doi", "pmid", "type", "n")
    how = (row["verified"] == "yes", row["verification_level"])
    return (*(row[name] for name in names), int(row["year"]) if row["year"] else None, how)


def facts(reference: Reference) -> tuple[object, ...]:
    return (
        reference.authors,
        reference.title,
        reference.container,
        reference.doi,
        reference.pmid,
        reference.design,
        reference.sample,
        reference.year,
        (reference.verified, reference.verification),
    )


def test_the_note_on_a_verification_is_carried(by_key: dict[str, Reference], shared: Path) -> None:
    changed = []
    for row in curated(shared, "references.csv"):
        said = re.sub(r"\bseed (?=machine|splits)", "the document ", row["verification_note"])
        if said != by_key[plain(row["key"])].verification_note:
            changed.append(row["key"])
    assert changed == []


def test_a_reference_says_which_documents_name_it(
    by_key: dict[str, Reference], shared: Path
) -> None:
    for row in curated(shared, "references.csv"):
        named = by_key[plain(row["key"])].documents
        for number, document in DOCUMENTS.items():
            assert (number in row["in_seeds"]) == (document in named)
        assert row["in_seeds"].count("(implicit)") == named.count("(implicit)")


def test_120_curated_references_are_verified_and_32_are_not(
    by_key: dict[str, Reference], shared: Path
) -> None:
    rows = [by_key[plain(row["key"])] for row in curated(shared, "references.csv")]
    assert Counter(reference.verified for reference in rows) == {True: 120, False: 32}


def test_a_reference_from_memory_carries_no_identifier(by_key: dict[str, Reference]) -> None:
    remembered = [r for r in by_key.values() if r.verification_note == "from memory"]
    assert [r.id for r in remembered if r.doi or r.pmid or r.verified] == []


# --- evidence


def test_every_arrow_has_evidence_or_a_stated_assumption(
    real_model: Model, evidence: tuple[Evidence, ...]
) -> None:
    assert {row.edge for row in evidence} == set(real_model.edges)


def test_every_curated_reference_of_an_arrow_has_a_row(
    attached: set[Pair], evidence: tuple[Evidence, ...]
) -> None:
    assert attached - {(row.edge, row.reference) for row in evidence} == set()


def test_a_row_beyond_the_curated_lists_is_one_that_the_pages_connect_in_words(
    attached: set[Pair], evidence: tuple[Evidence, ...], by_number: dict[str, Edge]
) -> None:
    rows = {(row.edge, row.reference) for row in evidence if row.reference}
    assert rows - attached == {(by_number[number].id, name) for number, name in ROWS_ADDED}


@pytest.mark.parametrize(("number", "reference"), AGAINST)
def test_evidence_against_an_arrow_is_recorded_as_such(
    real_model: Model, by_number: dict[str, Edge], number: str, reference: str
) -> None:
    rows = real_model.evidence_for(by_number[number].id)
    assert reference in {row.reference for row in rows if row.stance is Stance.CONTRADICTS}


def test_studies_that_disagree_stand_on_one_arrow(
    real_model: Model, by_number: dict[str, Edge]
) -> None:
    rows = real_model.evidence_for(by_number["E064"].id)
    stances = {row.reference: row.stance for row in rows}
    assert stances == {"murck1998": Stance.SUPPORTS, "held2002": Stance.MIXED}


def test_a_null_trial_supports_an_arrow_that_is_drawn_without_effect(
    real_model: Model, by_number: dict[str, Edge]
) -> None:
    rows = real_model.evidence_for(by_number["E172"].id)
    assert Stance.SUPPORTS in {row.stance for row in rows if row.reference == "saver2015"}


def test_an_assumption_has_a_reason_and_no_reference(evidence: tuple[Evidence, ...]) -> None:
    assumed = [row for row in evidence if row.stance is Stance.ASSUMPTION]
    assert [row for row in assumed if row.reference or not row.finding] == []


def test_an_arrow_without_a_reference_states_its_assumption(
    real_model: Model, evidence: tuple[Evidence, ...], attached: set[Pair]
) -> None:
    bare = set(real_model.edges) - {edge for edge, _ in attached}
    assumed = {row.edge for row in evidence if row.stance is Stance.ASSUMPTION}
    assert bare - assumed == set()


def test_only_a_row_that_merely_cites_has_no_finding(evidence: tuple[Evidence, ...]) -> None:
    assert [row for row in evidence if (row.stance is Stance.CITED) == bool(row.finding)] == []


def test_a_finding_fits_a_card(evidence: tuple[Evidence, ...]) -> None:
    assert [row for row in evidence if len(row.finding) > 200] == []


def test_a_row_says_which_curated_text_it_rests_on(evidence: tuple[Evidence, ...]) -> None:
    known = re.compile("|".join([*sorted(BASES), r"overclaim ([1-9]|[12]\d|3[01])"]))
    assert {row.basis for row in evidence if not known.fullmatch(row.basis)} == set()


def test_nothing_is_claimed_of_a_reference_whose_list_is_all_we_have(
    evidence: tuple[Evidence, ...],
) -> None:
    listed = {row.stance for row in evidence if row.basis == "reference_list"}
    assert listed == {Stance.CITED}


def test_a_population_is_one_that_the_design_can_see(
    real_model: Model, evidence: tuple[Evidence, ...]
) -> None:
    people = {Population.HUMAN}
    possible = {
        StudyDesign.ANIMAL: {Population.ANIMAL, Population.IN_VITRO},
        StudyDesign.IN_VITRO: {Population.IN_VITRO},
        StudyDesign.RCT: people,
        StudyDesign.OPEN_LABEL: people,
        StudyDesign.META_ANALYSIS: people,
    }
    references = real_model.library.references
    odd = [
        row
        for row in evidence
        if row.finding
        and row.reference
        and row.population not in possible.get(references[row.reference].design, set(Population))
    ]
    assert odd == []


def test_an_abstract_is_named_only_where_one_was_seen(
    real_model: Model, evidence: tuple[Evidence, ...]
) -> None:
    references = real_model.library.references
    located = [row for row in evidence if row.locator == "abstract"]
    assert located
    unseen = [
        row.reference
        for row in located
        if "abstract" not in references[row.reference].verification_note
    ]
    assert unseen == []


def test_no_finding_speaks_the_language_of_the_curators(evidence: tuple[Evidence, ...]) -> None:
    jargon = re.compile(r"\bthe seeds?\b|\bE\d{3}\b", re.IGNORECASE)
    assert [row for row in evidence if jargon.search(row.finding)] == []

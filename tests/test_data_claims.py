"""Laws over what the documents say and over the tables beside the map."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from mgmodel.datafiles import data_folder
from mgmodel.model import Model
from mgmodel.records import Claim, Edge
from mgmodel.vocabulary import Effect, NodeKind

DOCUMENTS = {
    "000": "norepinephrine_article",
    "001": "supplement_trade_summary",
    "002": "retailer_brain_article",
    "003": "brain_health_page",
    "004": "sleep_anxiety_article",
}
ATOMIC_WEIGHT = {
    "H": 1.008,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "Mg": 24.305,
    "S": 32.06,
    "Cl": 35.45,
}
# Loops that each pathway is there to show; nmda_and_glutamate has none of its own.
SHOWN_LOOPS = {
    "n_type_and_norepinephrine": {"R1", "B4"},
    "nmda_and_glutamate": set(),
    "gaba": {"R3"},
    "hpa_axis": {"R2", "B2", "B3"},
    "stress_depletion_circle": {"R1", "R2", "R3", "B1", "X1"},
}


def route_of(model: Model, claim: Claim) -> list[Edge]:
    return [model.edge(edge) for edge in claim.edges]


def claims_with_arrows(model: Model) -> list[Claim]:
    return [claim for claim in model.library.claims.values() if claim.edges]


# What the documents say


def test_every_claim_is_there(real_model: Model) -> None:
    counts = Counter(claim.document for claim in real_model.library.claims.values())
    assert dict(zip(DOCUMENTS.values(), (77, 25, 86, 46, 72), strict=True)) == counts


def test_every_claim_has_an_arrow_a_node_or_a_reason(real_model: Model) -> None:
    claims = real_model.library.claims.values()
    assert not [claim.id for claim in claims if not (claim.is_modelled or claim.reason)]


def test_a_claim_without_a_direct_arrow_gives_its_reason(real_model: Model) -> None:
    claims = real_model.library.claims.values()
    assert not [claim.id for claim in claims if len(claim.edges) != 1 and not claim.reason]


def test_a_claim_has_arrows_or_nodes_and_never_both(real_model: Model) -> None:
    claims = real_model.library.claims.values()
    assert not [claim.id for claim in claims if claim.edges and claim.nodes]


def test_the_arrows_of_a_claim_lead_from_its_source_to_its_target(real_model: Model) -> None:
    for claim in claims_with_arrows(real_model):
        route = route_of(real_model, claim)
        ends = [claim.source, *(edge.target for edge in route)]
        assert ends[:-1] == [edge.source for edge in route], claim.id
        assert claim.target == ends[-1], claim.id


def test_no_claim_hangs_on_arrows_of_the_opposite_sign(real_model: Model) -> None:
    for claim in claims_with_arrows(real_model):
        if claim.effect is not None:
            product = math.prod(edge.sign for edge in route_of(real_model, claim))
            assert product != -claim.effect.sign, claim.id


def test_a_claim_whose_arrows_do_not_have_its_sign_says_so(real_model: Model) -> None:
    for claim in claims_with_arrows(real_model):
        stated = 0 if claim.effect is None else claim.effect.sign
        if stated != math.prod(edge.sign for edge in route_of(real_model, claim)):
            words = r"\b(lowers|decreases|increases|unclear|no effect|exchange|null result)\b"
            assert re.search(words, claim.reason), claim.id


def test_a_route_through_an_arrow_that_is_only_shown_says_so(real_model: Model) -> None:
    for claim in claims_with_arrows(real_model):
        route = route_of(real_model, claim)
        if len(route) > 1 and not all(edge.reasons for edge in route):
            assert "shown only" in claim.reason, claim.id


def test_a_route_names_its_contested_arrows(real_model: Model) -> None:
    for claim in claims_with_arrows(real_model):
        route = route_of(real_model, claim)
        if len(route) > 1:
            for edge in route:
                if edge.contested and edge.reasons:
                    assert edge.id in claim.reason, claim.id


def test_the_reason_of_a_route_counts_its_arrows(real_model: Model) -> None:
    number = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
    for claim in claims_with_arrows(real_model):
        if len(claim.edges) > 1:
            assert f"a route of {number[len(claim.edges)]} arrows" in claim.reason, claim.id


def test_a_claim_that_is_not_modelled_speaks_of_something_outside_the_map(
    real_model: Model,
) -> None:
    for claim in real_model.library.claims.values():
        if not claim.is_modelled:
            assert not {claim.source, claim.target} <= set(real_model.nodes), claim.id


def test_ends_of_a_claim_are_nodes_or_free_words(real_model: Model) -> None:
    for claim in real_model.library.claims.values():
        for end in (claim.source, claim.target):
            assert end in real_model.nodes or not re.search(r"_|\bx ", end), claim.id


def test_every_id_that_a_reason_names_exists(real_model: Model) -> None:
    library = real_model.library
    for claim in library.claims.values():
        for name in re.findall(r"[a-z0-9_]+\.(?!csv)[a-z0-9_]+", claim.reason):
            assert name in real_model.edges, (claim.id, name)
        for name in re.findall(r"c00\d_\d{3}", claim.reason):
            assert name in library.claims, (claim.id, name)
        for name in re.findall(r"\w+\.csv", claim.reason):
            assert (data_folder() / name).is_file(), (claim.id, name)


def test_every_claim_says_in_a_few_words_where_it_stands(real_model: Model) -> None:
    for claim in real_model.library.claims.values():
        assert 1 <= len(claim.section.split()) <= 8, claim.id


# Overclaims


def test_twenty_nine_overclaims_errors_and_disagreements(real_model: Model) -> None:
    kinds = Counter(row.kind for row in real_model.library.overclaims)
    assert kinds.total() - kinds["omission"] - kinds["not_found"] == 29
    assert kinds.total() == 31


def test_an_overclaim_names_claims_of_its_own_documents_only(real_model: Model) -> None:
    for row in real_model.library.overclaims:
        for claim in row.claims:
            assert real_model.library.claims[claim].document in row.documents, row.id


def test_a_disagreement_is_between_two_documents_at_least(real_model: Model) -> None:
    rows = [row for row in real_model.library.overclaims if row.kind == "disagreement"]
    assert not [row.id for row in rows if len(row.documents) < 2]


# Pathways


def loop_closes(edges: list[Edge]) -> bool:
    """Whether taking away nodes that have no way in or no way out leaves anything."""
    while edges:
        inner = {edge.source for edge in edges} & {edge.target for edge in edges}
        kept = [edge for edge in edges if edge.source in inner and edge.target in inner]
        if len(kept) == len(edges):
            return True
        edges = kept
    return False


def in_one_piece(model: Model) -> bool:
    neighbours = defaultdict(set)
    for edge in model.edges.values():
        neighbours[edge.source].add(edge.target)
        neighbours[edge.target].add(edge.source)
    seen, waiting = set(), [next(iter(model.nodes))]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += neighbours[node]
    return seen == set(model.nodes)


@pytest.mark.parametrize("name", SHOWN_LOOPS)
def test_a_pathway_has_twelve_to_twenty_nodes(real_model: Model, name: str) -> None:
    assert 12 <= len(real_model.pathway(name).nodes) <= 20


@pytest.mark.parametrize("name", SHOWN_LOOPS)
def test_the_reasoning_arrows_of_a_pathway_join_all_its_nodes(real_model: Model, name: str) -> None:
    assert in_one_piece(real_model.pathway(name))


@pytest.mark.parametrize(
    ("name", "loop"), [(n, s) for n in SHOWN_LOOPS for s in sorted(SHOWN_LOOPS[n])]
)
def test_a_loop_closes_in_the_pathway_that_shows_it(
    real_model: Model, name: str, loop: str
) -> None:
    edges = [edge for edge in real_model.pathway(name).edges.values() if loop in edge.loops]
    assert loop_closes(edges)


def test_the_reason_of_a_member_names_loops_that_close_or_arrows_that_are_drawn(
    real_model: Model,
) -> None:
    for member in real_model.library.pathways:
        part = real_model.pathway(member.pathway)
        grounds = re.search(r"; (on the loops?|by the (core )?arrows?) (.+)\.$", member.reason)
        assert grounds, (member.pathway, member.node)
        for name in re.split(r", | and ", grounds[3]):
            if name in real_model.library.info.loops:
                edges = [edge for edge in part.edges.values() if name in edge.loops]
                assert loop_closes(edges), (member.pathway, member.node, name)
                assert any(member.node in (edge.source, edge.target) for edge in edges)
            else:
                assert member.node in (part.edge(name).source, part.edge(name).target)
                assert part.edge(name).core or not grounds[2]


def test_the_pathways_named_in_the_model_are_those_with_members(real_model: Model) -> None:
    members = {row.pathway for row in real_model.library.pathways}
    assert members == set(real_model.library.info.pathways) == set(SHOWN_LOOPS)


def test_every_system_and_every_loop_family_is_named_in_three_languages(real_model: Model) -> None:
    info = real_model.library.info
    assert {node.system for node in real_model.nodes.values()} == set(info.systems)
    assert {loop for edge in real_model.edges.values() for loop in edge.loops} == set(info.loops)
    for names in (info.systems, info.pathways, info.loops, {"title": info.title}):
        assert all(name.en and name.nl and name.sv for name in names.values())


def test_every_assumption_lies_within_its_own_range(real_model: Model) -> None:
    rows = real_model.library.assumptions.values()
    assert {"baseline", "likely", "press_alpha", "robust", "weightings"} <= {row.id for row in rows}
    assert not [row.id for row in rows if not row.low <= row.value <= row.high]


# Forms, compounds, foods, intakes, studies


def atoms(formula: str) -> Counter[str]:
    """Atoms of a formula such as Mg(C3H5O3)2.2H2O; a dot parts the water of crystals."""
    total: Counter[str] = Counter()
    for part in formula.split("."):
        times, rest = re.fullmatch(r"(\d*)(.+)", part).groups()
        flat = re.sub(r"\(([^)]+)\)(\d+)", lambda found: found[1] * int(found[2]), rest)
        for element, count in re.findall(r"([A-Z][a-z]?)(\d*)", flat):
            total[element] += int(count or 1) * int(times or 1)
    return total


def test_the_elemental_fraction_follows_from_the_formula(real_model: Model) -> None:
    for row in real_model.library.compounds:
        count = atoms(row.formula)
        mass = sum(ATOMIC_WEIGHT[element] * number for element, number in count.items())
        assert row.magnesium_atoms == count["Mg"], row.id
        assert row.molar_mass_g_mol == pytest.approx(mass, abs=1e-9), row.id
        fraction = count["Mg"] * ATOMIC_WEIGHT["Mg"] / mass
        assert row.elemental_fraction == pytest.approx(fraction, abs=5e-5), row.id


def test_every_form_of_the_map_has_its_row(real_model: Model) -> None:
    forms = {node.id for node in real_model.nodes.values() if node.kind is NodeKind.FORM}
    assert forms == {row.node for row in real_model.library.forms}


def test_a_compound_belongs_to_a_form_or_to_no_node(real_model: Model) -> None:
    forms = {row.node for row in real_model.library.forms}
    assert {row.node for row in real_model.library.compounds} - {""} == forms


def test_the_tables_beside_the_map_have_their_curated_sizes(real_model: Model) -> None:
    library = real_model.library
    sizes = {"compounds": 19, "foods": 34, "intakes": 21}
    assert sizes == {name: len(getattr(library, name)) for name in sizes}


def test_an_upper_level_counts_supplements_only(real_model: Model) -> None:
    for row in real_model.library.intakes:
        assert (row.quantity == "UL") == (row.covers == "supplements_only"), row.id


def test_a_body_gives_one_amount_for_each_quantity_and_group(real_model: Model) -> None:
    rows = Counter((row.body, row.quantity, row.group) for row in real_model.library.intakes)
    assert not [row for row, times in rows.items() if times > 1]


def test_a_study_has_one_row_and_a_caveat(real_model: Model) -> None:
    studies = real_model.library.studies
    assert len(studies) == len({row.reference for row in studies}) == 30
    assert not [row.reference for row in studies if not row.caveat]


# The curated facts beside the checkout

MENDED = {"c000_049", "c001_005", "c001_006", "c004_009", "c004_063"}
"""Claims whose statement data/CHANGELOG.md says was mended against the document."""


def curated(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "domain" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def markdown_rows(folder: Path, heading: str) -> list[list[str]]:
    text = (folder / "domain" / "forms_foods_studies.md").read_text(encoding="utf-8")
    section = text.split(heading, 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_claims_hold_the_curated_facts(real_model: Model, shared: Path) -> None:
    effects = {"1": Effect.INCREASES, "-1": Effect.DECREASES, "0": None}
    rows = curated(shared, "claims.csv")
    assert len(rows) == len(real_model.library.claims)
    for row in rows:
        claim = real_model.library.claims[row["claim_id"].lower().replace("-", "_")]
        assert DOCUMENTS[row["seed_file"][:3]] == claim.document
        assert row["kind"] == claim.kind, claim.id
        for end, name in ((row["source_node"], claim.source), (row["target_node"], claim.target)):
            assert name == end if end in real_model.nodes else name not in real_model.nodes
        if claim.id not in MENDED:
            said = row["paraphrase_en"].replace("in seed)", "in the document)")
            expected = (row["relation"], effects[row["sign"]], said)
            assert expected == (claim.relation, claim.effect, claim.paraphrase), claim.id


def test_a_claim_keeps_the_arrow_that_the_curators_gave_it(real_model: Model, shared: Path) -> None:
    numbers = {edge.curated_id: edge.id for edge in real_model.edges.values()}
    for row in curated(shared, "claims.csv"):
        if row["edge_id"]:
            claim = real_model.library.claims[row["claim_id"].lower().replace("-", "_")]
            assert (numbers[row["edge_id"]],) == claim.edges, claim.id


def test_compounds_agree_with_the_curated_table(real_model: Model, shared: Path) -> None:
    compounds = {row.formula: row for row in real_model.library.compounds}
    for _, formula, mass, percent, *_ in markdown_rows(shared, "## 2. Elemental"):
        row = compounds.pop(formula)
        assert float(mass) == pytest.approx(row.molar_mass_g_mol, abs=0.0051), row.id
        assert float(percent.rstrip("%")) == pytest.approx(100 * row.elemental_fraction, abs=0.051)
    assert not compounds


def test_foods_agree_with_the_curated_table(real_model: Model, shared: Path) -> None:
    foods = {row.ndb_number: row for row in real_model.library.foods}
    for name, number, per_100g, serving, grams, *_ in markdown_rows(shared, "## 3. Foods"):
        row = foods.pop(number)
        assert (name, serving) == (row.name, row.serving)
        assert (float(per_100g), float(grams)) == (row.magnesium_mg_100g, row.serving_g)
    assert not foods


def runs(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    found = re.findall(r"[^\W_]+", text.casefold())
    return (tuple(found[start : start + length]) for start in range(len(found) - length + 1))


def data_cells() -> Iterator[tuple[str, str]]:
    """Every cell that holds prose, and every line of the other files; names are nobody's prose."""
    names = {"title", "authors", "container", "doi"}
    for path in sorted(data_folder().rglob("*.*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.DictReader(file), start=2):
                    for column in row.keys() - names:
                        yield f"{path.name}:{number} {column}", row[column]
        else:
            yield path.name, path.read_text(encoding="utf-8")


def test_no_data_file_copies_eight_words_in_a_row_from_a_document(
    real_model: Model, shared: Path
) -> None:
    taken = {
        run
        for path in (shared / "seeds").glob("*.txt")
        for run in runs(path.read_text(encoding="utf-8"))
    }
    title = real_model.library.documents["norepinephrine_article"].title
    assert taken.intersection(runs(title)), "the search does not even find a title"
    assert not [where for where, text in data_cells() if taken.intersection(runs(text))]

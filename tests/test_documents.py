"""What the documents say beside the map: every claim has one place, and nothing is left over."""

from __future__ import annotations

import pytest

from mgmodel.documents import concordance
from mgmodel.errors import UnknownId
from mgmodel.evidence import is_described
from mgmodel.model import Model
from mgmodel.vocabulary import Placement
from mgmodel.wording import in_words

BLOCK = "serum_magnesium.n_type_calcium_channel"
FEEDBACK = "cortisol.crh"


def test_every_claim_has_one_place_and_they_add_up(real_model: Model) -> None:
    found = concordance(real_model)
    assert [each.claim.id for each in found.claims] == list(real_model.library.claims)
    assert sum(found.counts.values()) == len(found) == 306
    assert sum(len(found.of(placement)) for placement in Placement) == len(found)


def test_every_arrow_is_described_or_unsaid(real_model: Model) -> None:
    unsaid = set(concordance(real_model).unsaid)
    assert {e for e in real_model.edges if not is_described(real_model, e)} == unsaid
    said = {edge for claim in real_model.library.claims.values() for edge in claim.edges}
    assert unsaid.isdisjoint(said)


def test_a_claim_that_is_left_out_says_why(real_model: Model) -> None:
    left_out = concordance(real_model).of("left_out")
    assert [each.claim.id for each in left_out if not each.claim.reason] == []


def test_the_grade_is_that_of_the_weakest_arrow_and_none_without_one(real_model: Model) -> None:
    for each in concordance(real_model).claims:
        assert (each.grade is None) == (not each.edges)
    (route,) = concordance(real_model, "c000_031").claims
    assert (route.grade, route.contested, route.overclaims) == (
        "D",
        ("brain_magnesium.gaba_synthesis",),
        ("o12",),
    )


def test_arrows_nodes_claims_and_documents_can_be_asked_for(real_model: Model) -> None:
    by_arrow = concordance(real_model, BLOCK, FEEDBACK)
    assert all(BLOCK in each.claim.edges for each in by_arrow.claims)
    assert by_arrow.unsaid == (FEEDBACK,)
    document = "supplement_trade_summary"
    assert {each.claim.document for each in concordance(real_model, document).claims} == {document}
    by_node = concordance(real_model, "renin")
    ends = [{each.claim.source, each.claim.target} | {*each.claim.nodes} for each in by_node.claims]
    assert all("renin" in found for found in ends)
    assert len(concordance(real_model, "c000_001", "c000_002")) == 2


def test_an_unknown_id_is_named_with_a_near_one(real_model: Model) -> None:
    with pytest.raises(UnknownId, match=r"'c000_0001'.*'c000_001'"):
        concordance(real_model, "c000_0001")


def test_a_map_without_documents_states_nothing(chain: Model) -> None:
    found = concordance(chain)
    assert (len(found), found.unsaid) == (0, tuple(chain.edges))
    assert "0 claims" in str(found)


@pytest.mark.parametrize("language", ["en", "nl", "sv"])
def test_every_claim_stands_in_the_text_and_in_the_table(real_model: Model, language: str) -> None:
    found = concordance(real_model, "retailer_brain_article", language=language)
    text, shown = str(found), found._repr_markdown_()
    assert text == in_words(found, language)
    for each in found.claims:
        assert each.claim.id in text
        assert f"| {each.claim.id} |" in shown
    assert shown.count("Förstå magnesiums roll") == 1


def test_the_frame_has_a_claim_a_row(real_model: Model) -> None:
    found = concordance(real_model, "brain_health_page")
    frame = found.to_frame()
    assert frame["claim"].tolist() == [each.claim.id for each in found.claims]
    assert frame["contested"].sum() == len(found.contested)
    assert set(frame["placement"]) <= {each.value for each in Placement}

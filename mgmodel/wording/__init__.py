"""What is said to people, in three languages; rooms above register what they add."""

from mgmodel.wording.lines import tell
from mgmodel.wording.telling import (
    ClaimCard,
    arrow_name,
    arrows_in_words,
    citation,
    cite,
    claim_card,
    edge_sentence,
    in_words,
    intervention_in_words,
    loop_in_words,
    loop_word,
    node_name,
    path_count_in_words,
    verdict_in_words,
    word,
)

__all__ = [
    "ClaimCard",
    "arrow_name",
    "arrows_in_words",
    "claim_card",
    "citation",
    "cite",
    "edge_sentence",
    "in_words",
    "intervention_in_words",
    "loop_in_words",
    "loop_word",
    "node_name",
    "path_count_in_words",
    "tell",
    "verdict_in_words",
    "word",
]

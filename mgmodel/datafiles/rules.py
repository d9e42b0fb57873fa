"""What must hold across the rows of a map: one small generator of Problems for each rule.

To add a rule, write its function in `rules_rows`, `rules_links` or `rules_expectations`, list it
here, and add a folder that breaks it to `tests/broken_data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mgmodel.datafiles import rules_expectations as expectations
from mgmodel.datafiles import rules_links as links
from mgmodel.datafiles import rules_rows as rows
from mgmodel.datafiles.folders import Folder
from mgmodel.errors import Problem

__all__ = ["RULES", "WARNINGS", "Rule"]

Rule = Callable[[Folder], Iterator[Problem]]

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        rows.repeated_rows,
        rows.bad_ids,
        rows.arrow_ids,
        rows.label_length,
        rows.repeated_labels,
        rows.ontology_ids,
        rows.arrow_effects,
        rows.evidence_stance,
        rows.finding_length,
        rows.reference_year,
        rows.reference_identifiers,
        rows.shared_identifiers,
        rows.verification,
        rows.mass_fraction,
        rows.assumption_range,
        rows.parameter_range,
        rows.parameter_grounds,
        rows.shared_places,
        links.unknown_ids,
        links.unlisted_families,
        links.arrows_without_evidence,
        links.unplaced_claims,
        links.claim_routes,
        links.groundless_overclaims,
        links.pathway_members,
        links.unknown_views,
        links.view_places,
        links.curved_arrows,
        expectations.expectation_references,
        expectations.expectation_interventions,
        expectations.expectation_nodes,
    )
}
"""What keeps a map from being loaded, by name."""

WARNINGS: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        rows.cut_off_files,
        rows.self_loops,
        rows.rival_arrows,
        rows.lonely_gates,
        links.sketched_arrows,
        links.ambiguous_names,
        links.undisputed_contests,
    )
}
"""What a maintainer should look at."""

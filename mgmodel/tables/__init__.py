"""The map as pandas tables with stated columns."""

from mgmodel.tables.frames import (
    claims_table,
    edges_table,
    evidence_table,
    expectations_table,
    foods_table,
    forms_table,
    grades_table,
    nodes_table,
    overclaims_table,
    parameters_table,
    references_table,
    studies_table,
)

__all__ = [
    "claims_table",
    "edges_table",
    "evidence_table",
    "expectations_table",
    "foods_table",
    "forms_table",
    "grades_table",
    "nodes_table",
    "overclaims_table",
    "parameters_table",
    "references_table",
    "studies_table",
]

"""Which terms there are beside the nodes: those of the method, and the coded words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from mgmodel import vocabulary as coded

__all__ = ["CODES", "KINDS", "METHOD"]

KINDS = ("node", "method", "code")
"""A quantity of the map; a term of the method or of the subject; a coded word."""

METHOD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "map": (
            "causal_map",
            "node",
            "arrow",
            "source_node",
            "target_node",
            "sign",
            "signed_path",
            "feedback_loop",
            "reinforcing_loop",
            "balancing_loop",
            "vicious_circle",
            "exchange_loop",
            "loop_gain",
            "core_map",
            "pathway",
            "propagating_arrow",
            "contested",
            "permissive_arrow",
            "gate",
            "direct_effect",
            "indirect_effect",
            "net_effect",
        ),
        "question": (
            "intervention",
            "baseline",
            "press",
            "knock_out",
            "hold",
            "clamp",
            "cut",
            "flip",
            "verdict",
            "weighting",
            "fraction_of_weightings",
            "ensemble",
            "sensitivity",
            "deciding_arrow",
            "leverage",
            "dominator",
            "expectation",
            "total_agreement",
            "partial_agreement",
        ),
        "evidence": (
            "evidence",
            "grade",
            "evidence_bar",
            "reference",
            "document",
            "claim",
            "overclaim",
            "concordance",
            "verified",
            "rival_claim",
            "association",
            "effect_size",
        ),
        "trial": (
            "randomisation",
            "control_group",
            "placebo",
            "blinding",
            "open_label",
            "cohort_study",
            "confounding",
            "reverse_causation",
            "null_result",
            "primary_outcome",
            "sample_size",
            "dose_response",
            "physiological_concentration",
            "pharmacological_concentration",
        ),
        "magnesium": (
            "magnesium_pools",
            "depletion",
            "shift",
            "deficiency",
            "hypomagnesaemia",
            "elemental_magnesium",
            "bioavailability",
            "fractional_absorption",
            "rda",
            "ear",
            "ai",
            "ul",
            "nrv",
        ),
        "cell": (
            "hpa_axis",
            "raas",
            "catecholamines",
            "synapse",
            "autoreceptor",
            "depolarisation",
            "voltage_gated_channel",
            "voltage_dependent_block",
            "agonist",
            "antagonist",
            "potentiation",
            "cofactor",
            "fourth_power",
        ),
        "time": (
            "time_constant",
            "steady_state",
            "tipping_point",
            "hysteresis",
            "oscillation",
            "parameter",
            "band",
        ),
    }
)
"""The terms of the method and of the subject, by what they belong to; their words stand under the
topic `glossary` of the catalogues."""

CODES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "effect": coded.Effect,
        "evidence_layer": coded.EvidenceLayer,
        "evidence_bar": coded.EvidenceBar,
        "stance": coded.Stance,
        "placement": coded.Placement,
        "study_design": coded.StudyDesign,
        "population": coded.Population,
        "verification_level": coded.VerificationLevel,
        "grade": coded.Grade,
        "node_kind": coded.NodeKind,
        "onset": coded.Onset,
        "verdict": coded.Verdict,
        "strength": coded.Strength,
        "expectation_kind": coded.ExpectationKind,
        "outcome": coded.Outcome,
        "parameter_status": coded.ParameterStatus,
        "language": coded.Language,
    }
)
"""The closed lists of `mgmodel.vocabulary` by the name that stands before each of their words."""

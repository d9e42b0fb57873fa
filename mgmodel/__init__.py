"""A signed map of how magnesium acts on the stress response, and of how sure that is.

The names below are what a notebook needs; each is fetched from its room when it is first used, so
that `import mgmodel` costs nothing. Pictures, the explorer, small exact
systems and networks of rules are asked for by name: `from mgmodel import figures`,
`from mgmodel.explore import explore_map`, `from mgmodel import community, hill`.

Examples
--------
>>> import mgmodel as mg
>>> circle = mg.Model.from_edges([("stress", "cortisol", 1), ("cortisol", "stress", -1)])
>>> mg.feedback_loops(circle)
Routes(1 loop: 1 balancing)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for editors and type checkers; the same names stand in _ROOMS
    from mgmodel.bibliography import reading_list
    from mgmodel.datafiles import load_model
    from mgmodel.documents import Concordance, concordance
    from mgmodel.dynamics import (
        Hysteresis,
        SteadyState,
        Trajectory,
        simulate,
        steady_state,
        steady_states,
        tipping_point,
    )
    from mgmodel.errors import DataFileError, MgModelError, UnknownId
    from mgmodel.evidence import bar_of, grade, with_evidence
    from mgmodel.inquiry import (
        Changes,
        Comparison,
        DecidingEdges,
        Explanations,
        Findings,
        Levers,
        LoopEffects,
        MutationScore,
        Why,
        compare,
        deciding_edges,
        diff,
        dominators,
        examine,
        explain,
        leverage,
        loop_effects,
        loop_gain,
        mutation_score,
        why,
    )
    from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, KnockOut, Press
    from mgmodel.model import Model
    from mgmodel.reasoning import (
        Ensemble,
        Reach,
        Response,
        Route,
        Routes,
        feedback_loops,
        reach,
        respond,
        signed_paths,
    )
    from mgmodel.terms import Glossary, glossary
    from mgmodel.vocabulary import Effect, EvidenceBar, Grade, StudyDesign
    from mgmodel.wording import claim_card, in_words, tell

__version__ = "2026.1"

__all__ = [
    "load_model",
    "Model",
    "signed_paths",
    "feedback_loops",
    "Route",
    "Routes",
    "reach",
    "Reach",
    "respond",
    "Ensemble",
    "Response",
    "Press",
    "Clamp",
    "Block",
    "KnockOut",
    "CutEdge",
    "FlipEdge",
    "compare",
    "Comparison",
    "deciding_edges",
    "DecidingEdges",
    "why",
    "Why",
    "loop_effects",
    "LoopEffects",
    "loop_gain",
    "leverage",
    "Levers",
    "dominators",
    "explain",
    "Explanations",
    "examine",
    "Findings",
    "mutation_score",
    "MutationScore",
    "diff",
    "Changes",
    "simulate",
    "Trajectory",
    "steady_state",
    "steady_states",
    "SteadyState",
    "tipping_point",
    "Hysteresis",
    "grade",
    "bar_of",
    "with_evidence",
    "in_words",
    "tell",
    "claim_card",
    "reading_list",
    "concordance",
    "Concordance",
    "glossary",
    "Glossary",
    "Effect",
    "EvidenceBar",
    "Grade",
    "StudyDesign",
    "MgModelError",
    "DataFileError",
    "UnknownId",
]

_ROOMS = {
    "datafiles": ("load_model",),
    "dynamics": (
        "Hysteresis",
        "SteadyState",
        "Trajectory",
        "simulate",
        "steady_state",
        "steady_states",
        "tipping_point",
    ),
    "documents": ("Concordance", "concordance"),
    "errors": ("DataFileError", "MgModelError", "UnknownId"),
    "evidence": ("bar_of", "grade", "with_evidence"),
    "inquiry": (
        "Changes",
        "Comparison",
        "DecidingEdges",
        "Explanations",
        "Findings",
        "Levers",
        "LoopEffects",
        "MutationScore",
        "Why",
        "compare",
        "deciding_edges",
        "diff",
        "dominators",
        "examine",
        "explain",
        "leverage",
        "loop_effects",
        "loop_gain",
        "mutation_score",
        "why",
    ),
    "interventions": ("Block", "Clamp", "CutEdge", "FlipEdge", "KnockOut", "Press"),
    "model": ("Model",),
    "reasoning": (
        "Ensemble",
        "Reach",
        "Response",
        "Route",
        "Routes",
        "feedback_loops",
        "reach",
        "respond",
        "signed_paths",
    ),
    "terms": ("Glossary", "glossary"),
    "vocabulary": ("Effect", "EvidenceBar", "Grade", "StudyDesign"),
    "wording": ("claim_card", "in_words", "tell"),
    "bibliography": ("reading_list",),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for room, names in _ROOMS.items():
        if name in names:
            found: object = getattr(import_module(f"mgmodel.{room}"), name)
            globals()[name] = found
            return found
    msg = f"mgmodel has no {name!r}; the names it offers are in mgmodel.__all__."
    raise AttributeError(msg, name=name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])

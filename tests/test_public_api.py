"""The public names, and what importing and using them may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import mgmodel

NAMES = [
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
HEAVY = (
    "numpy",
    "pandas",
    "networkx",
    "scipy",
    "matplotlib",
    "IPython",
    "ipywidgets",
    "pydantic",
    "pyvis",
)


def run(code: str) -> str:
    """What a fresh Python prints; its errors end the test."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def test_the_public_names_are_these() -> None:
    assert mgmodel.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_the_one_of_its_room(name: str) -> None:
    room = next(room for room, names in mgmodel._ROOMS.items() if name in names)
    assert getattr(import_module(f"mgmodel.{room}"), name) is getattr(mgmodel, name)


def test_a_public_name_explains_itself() -> None:
    assert [name for name in NAMES if not (getattr(mgmodel, name).__doc__ or "").strip()] == []


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(mgmodel.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (str(node.module).removeprefix("mgmodel."), alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {(room, name) for room, names in mgmodel._ROOMS.items() for name in names}


def test_dir_lists_the_public_names() -> None:
    assert sorted([*NAMES, "__version__"]) == dir(mgmodel)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="mgmodel has no 'simulat'"):
        _ = mgmodel.simulat


def test_importing_loads_no_heavy_module() -> None:
    code = f"import sys, mgmodel; print([m for m in {HEAVY} if m in sys.modules])"
    assert run(code) == "[]"


def test_fetching_every_public_name_loads_no_heavy_module() -> None:
    code = f"import sys; from mgmodel import *; print([m for m in {HEAVY} if m in sys.modules])"
    assert run(code) == "[]"


BLOCKED = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {HEAVY}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
import mgmodel as mg
"""


def test_the_map_loads_without_the_heavy_libraries() -> None:
    assert run(BLOCKED + "print(mg.load_model())").startswith("Model(90 nodes, 182 arrows")


def test_tracing_works_without_the_heavy_libraries() -> None:
    code = """
model = mg.load_model()
path = mg.signed_paths(model, "serum_magnesium", "norepinephrine")[0]
print(path.nodes[1], path.sign, len(mg.reach(model, "serum_magnesium").plus))
print(mg.feedback_loops(model)[0].sign)
"""
    assert run(BLOCKED + code) == "n_type_calcium_channel -1 90\n-1"


def test_respond_and_words_work_without_the_heavy_libraries() -> None:
    code = """
model = mg.load_model()
answer = mg.respond(model, mg.Press("perceived_stress"), mg.Block("cortisol"), weightings=20)
print(answer.direction["norepinephrine"], answer.direction["cortisol"])
print(len({mg.in_words(model.node("cortisol"), language) for language in ("en", "nl", "sv")}))
"""
    assert run(BLOCKED + code) == "rises fixed\n3"

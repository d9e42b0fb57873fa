"""The house keeps its floors and its doors, and its rooms stay small enough to read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "mgmodel"

FLOORS = (
    ("vocabulary", "errors", "markup", "supply_records"),
    ("records",),
    ("model",),
    ("evidence", "interventions"),
    ("wording", "palettes"),
    ("reasoning", "bibliography", "documents", "terms"),
    ("inquiry", "dynamics", "community", "hill", "physiology"),
    ("teaching",),
    ("datafiles", "portrayal", "tables", "layout"),
    ("geometry", "health"),
    ("figures", "network_view"),
    ("explore",),
    ("commands",),
    ("__init__", "__main__"),
)
"""Lowest first. A room may import from lower floors only, never from its own."""

INSIDE = {
    "wording": (
        *("catalogues", "coded", "sentences", "row_sentences", "cards", "lines", "telling"),
    ),
    "terms": ("lists", "alphabet", "entries", "glossaries"),
    "reasoning": (
        *("adjacency", "walks", "routes", "reach_arrays", "tracing"),
        *("weightings", "iteration", "weighting_arrays", "conditions", "response", "ensemble"),
    ),
    "inquiry": (
        *("comparison", "deciding", "ways", "reason_words", "reasons"),
        *("loop_effects", "cuts", "levers", "fits"),
        "explanation",
        *("expectations", "mutations", "changes", "versions"),
    ),
    "physiology": (
        *("parameters", "quantities"),
        *("nmda", "release", "gaba_a", "absorption", "elemental", "servings", "intake"),
        *(
            "events",
            "event_words",
            "constants",
            "compartments",
            "solving",
            "schedule",
            "course",
            "body",
        ),
        *("samples", "bands", "sensitivity", "link"),
    ),
    "dynamics": ("logistic", "resting", "steady", "trajectories", "tipping"),
    "community": ("matrices", "feedback", "sampling"),
    "hill": ("rules", "system"),
    "teaching": (
        *("readings", "cases", "mistakes", "predictions", "pools", "hints", "posing", "quiz"),
        *("faults", "rivals", "hunting", "hunts"),
        *("draft_words", "draft_names", "draft_lines", "drafts"),
        *("overclaims", "courts"),
    ),
    "datafiles": (
        *("cells", "strict_csv", "shapes", "columns", "sheets", "folders"),
        *("rules_rows", "rules_links", "rules_expectations", "rules", "door", "starter"),
    ),
    "tables": ("table_rows", "frames", "reading"),
    "figures": (
        *("scene", "captions", "printing", "pictures", "slides"),
        *("plots", "plot_places", "curves", "bodies"),
    ),
    "explore": (
        *(
            "views",
            "view_digits",
            "state",
            "codes",
            "history",
            "asked",
            "said",
            "shown",
            "why_told",
            "frames",
            "scene_commands",
            "storyboards",
            "atlas",
            "book",
        ),
        "pages",
        "controls",
        *("sheet_drawing", "worksheets", "prediction_question", "predicting"),
        *("quizzing", "hunt_sheet", "drafting"),
        *("bindings", "widget_base", "map_widget", "explorers"),
        *("presenting", "slides", "handouts"),
        *("panel_widget", "closeups", "meals", "day", "closeup_widgets"),
        *("scenarios", "simulation_widget"),
        *("worksheet_widget", "worksheet_explorers"),
        "rehearsal",
    ),
    "commands": (
        *("answers", "classroom", "files", "glossary_page", "questions", "published", "upkeep"),
        "command_line",
    ),
}
"""The modules of each room that is a package, lowest first; its face `__init__` stands on top."""

FROM_THE_FRONT = {"commands.command_line": {"__version__"}}
"""Names that a module may take from `mgmodel` itself."""

FRAMES = {
    *("reasoning.routes", "reasoning.tracing", "reasoning.response"),
    *("inquiry.comparison", "inquiry.deciding", "inquiry.loop_effects", "inquiry.levers"),
    *("inquiry.explanation", "inquiry.expectations", "inquiry.mutations", "inquiry.changes"),
    *("dynamics.steady", "dynamics.trajectories", "dynamics.tipping"),
    *("physiology.intake", "physiology.course", "physiology.bands", "physiology.sensitivity"),
    *("physiology.link", "documents", "terms.entries"),
}
"""Where `.to_frame()` makes its table on demand."""
WIDGETS = {
    *("explore.map_widget", "explore.bindings", "explore.widget_base"),
    *("explore.panel_widget", "explore.closeup_widgets", "explore.simulation_widget"),
    *("explore.worksheet_widget", "explore.worksheet_explorers"),
}
PHYSIOLOGY = ("quantities", "solving", "course", "body", "samples", "bands", "link")
"""Numbers and arrays alike, which all formulas go through, and the body solved over time."""
DOORS = {
    "networkx": {"model"},
    "numpy": {
        "reasoning.reach_arrays",
        *(
            "reasoning.weighting_arrays",
            "reasoning.iteration",
            "figures.printing",
            "community.sampling",
            "hill.system",
        ),
        *("inquiry.fits", "dynamics.logistic", "dynamics.resting", "dynamics.steady"),
        "dynamics.trajectories",
        *(f"physiology.{module}" for module in PHYSIOLOGY),
        *("figures.curves", "teaching.rivals"),
    },
    "pandas": {"tables.frames", *FRAMES},
    "matplotlib": {"figures.printing", "figures.curves"},
    "PIL": {"figures.printing", "figures.curves"},
    "pyvis": {"network_view"},
    "anywidget": WIDGETS,
    "traitlets": WIDGETS,
    "scipy": {"physiology.solving", "dynamics.trajectories", "hill.system"},
}
"""Where each heavy library may be imported, always inside a function below `explore`."""

LONGEST_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS = 400, 40, 7


def modules(package: Path) -> dict[str, ast.Module]:
    """Every module of a package by its dotted name."""
    return {
        ".".join(path.relative_to(package).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8"), str(path)
        )
        for path in sorted(package.rglob("*.py"))
    }


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Module and name (or nothing) of each import that runs; those for type checkers do not."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{'.' * node.level}{node.module or ''}", n.name) for n in node.names)
        yield from imports(node)


def rooms_entered(tree: ast.AST, known: set[str]) -> Iterator[tuple[str, str]]:
    """Modules of ours that a module imports, and the name that it takes from the front."""
    for module, name in imports(tree):
        if module.startswith("."):
            yield "a relative import", name
        elif module == "mgmodel" or module.startswith("mgmodel."):
            room = module.removeprefix("mgmodel").removeprefix(".")
            deeper = f"{room}.{name}".removeprefix(".")
            if deeper in known or f"{deeper}.__init__" in known:
                yield (deeper if deeper in known else f"{deeper}.__init__"), ""
            elif room in known:
                yield room, ""
            else:
                yield f"{room}.__init__".removeprefix("."), name


def height(module: str) -> tuple[int, int] | None:
    """Floor of a module's room, and its step inside the room; None where it has no place."""
    room, _, inner = module.partition(".")
    floors = [number for number, rooms in enumerate(FLOORS) if room in rooms]
    steps = ("", *INSIDE.get(room, ()), "__init__" if room in INSIDE else "")
    return (floors[0], steps.index(inner)) if floors and inner in steps else None


def may_import(module: str, other: str) -> bool:
    """Whether `other` lies below: on a lower floor, or lower within the same room."""
    here, there = height(module), height(other)
    if here is None or there is None:
        return False
    same_room = module.partition(".")[0] == other.partition(".")[0]
    return there < here if same_room else there[0] < here[0]


def broken_floors(package: Path) -> list[str]:
    """Which module imports from a floor that is not below its own."""
    trees = modules(package)
    found = [f"{name} has no place in the house; give it one" for name in trees if not height(name)]
    for name in filter(height, trees):
        for other, taken in rooms_entered(trees[name], set(trees)):
            allowed = taken in FROM_THE_FRONT.get(name, ()) if other == "__init__" else False
            if not allowed and not may_import(name, other):
                found.append(f"{name} imports {other}, which is not below it")
    return sorted(found)


def broken_doors(package: Path) -> list[str]:
    """Which module imports a heavy library that is none of its business, or too early."""
    found = []
    for name, tree in modules(package).items():
        used = {module.split(".")[0] for module, _ in imports(tree)}
        for library in sorted(used & DOORS.keys()):
            if name not in DOORS[library]:
                allowed = ", ".join(sorted(DOORS[library])) or "no module"
                found.append(f"{name} imports {library}, which only {allowed} may")
        if not name.startswith("explore."):
            early = {module.split(".")[0] for module, _ in _imports_at_top(tree)}
            found += [f"{name} imports {lib} at its top" for lib in sorted(early & DOORS.keys())]
        strange = used - DOORS.keys() - sys.stdlib_module_names - {"mgmodel", ""}
        found += [f"{name} imports {library}, which has no door" for library in sorted(strange)]
    return found


def _imports_at_top(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from imports(ast.Module([node], []))


def oversized(package: Path) -> list[str]:
    """Modules, functions and signatures that are too long to be read in one go."""
    found = []
    for name, tree in modules(package).items():
        path = package.joinpath(*name.split(".")).with_suffix(".py")
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines >= LONGEST_MODULE:
            found.append(f"{name} has {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found += _oversized_function(name, node)
    return found


def _oversized_function(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    first, body = node.lineno, node.body
    end = node.end_lineno or first
    documented = ast.get_docstring(node) is not None
    docstring = (body[0].end_lineno or 0) - body[0].lineno + 1 if documented else 0
    if end - first + 1 - docstring >= LONGEST_FUNCTION:
        yield f"{name}.{node.name} has {end - first + 1 - docstring} lines"
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    if len(arguments) - 1 > MOST_PARAMETERS:
        yield f"{name}.{node.name} has {len(arguments) - 1} parameters beside its subject"


def test_every_module_imports_from_lower_floors_only() -> None:
    assert broken_floors(PACKAGE) == []


def test_heavy_libraries_come_in_by_their_doors() -> None:
    assert broken_doors(PACKAGE) == []


def test_modules_functions_and_signatures_stay_short() -> None:
    assert oversized(PACKAGE) == []


def test_every_room_stands_once() -> None:
    rooms = [room for floor in FLOORS for room in floor]
    assert sorted(set(rooms)) == sorted(rooms)
    assert set(INSIDE) <= set(rooms)


@pytest.mark.parametrize(
    ("module", "text", "check", "complaint"),
    [
        ("model", "from mgmodel.datafiles import load_model", broken_floors, "model imports data"),
        ("model", "import mgmodel.layout", broken_floors, "model imports layout"),
        ("model", "from mgmodel import layout", broken_floors, "model imports layout"),
        ("model", "from .records import Node", broken_floors, "model imports a relative import"),
        ("records", "from mgmodel.model import Model", broken_floors, "records imports model"),
        (
            "reasoning/walks",
            "from mgmodel.reasoning.tracing import reach",
            broken_floors,
            "reasoning.walks imports reasoning.tracing",
        ),
        ("layout", "from mgmodel.tables import frames", broken_floors, "layout imports tables"),
        ("shed", "", broken_floors, "shed has no place"),
        ("reasoning/shed", "", broken_floors, "reasoning.shed has no place"),
        ("layout", "def f():\n    import pandas", broken_doors, "layout imports pandas"),
        ("tables/frames", "import pandas", broken_doors, "tables.frames imports pandas at its top"),
        ("layout", "import pydantic", broken_doors, "layout imports pydantic, which has no door"),
        ("layout", "x = 1\n" * 400, oversized, "layout has 400 lines"),
        ("layout", "def f():\n" + "    x = 1\n" * 40, oversized, "layout.f has 41 lines"),
        ("layout", "def f(x, a, b, c, d, e, f, g, h): ...", oversized, "layout.f has 8 param"),
    ],
)
def test_a_planted_breach_is_named(
    tmp_path: Path, module: str, text: str, check: Callable[[Path], list[str]], complaint: str
) -> None:
    for name in ("model", "records", "layout", "reasoning/tracing", "tables/frames"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.py").touch()
    (tmp_path / "datafiles").mkdir()
    (tmp_path / "datafiles" / "__init__.py").touch()
    (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
    assert [complaint] == [found[: len(complaint)] for found in check(tmp_path)]


def test_an_import_for_type_checkers_is_no_breach(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd\n"
    (tmp_path / "layout.py").write_text(text, encoding="utf-8")
    assert broken_doors(tmp_path) == []

"""The house keeps its floors and its doors, and its rooms stay small enough to read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "mgmodel"

FLOORS = (
    ("vocabulary", "errors", "markup"),
    ("records",),
    ("model",),
    ("evidence", "interventions", "catalogues", "adjacency", "cells", "strict_csv"),
    ("columns", "walks", "sentences", "weightings"),
    ("sheets", "row_sentences", "weighting_arrays"),
    ("cards", "folders"),
    ("wording",),
    ("routes", "response", "rules_rows", "table_rows", "bibliography"),
    ("tracing", "rules_links"),
    ("rules",),
    ("datafiles", "portrayal", "tables", "layout", "starter"),
    ("drawing", "health"),
    ("scene",),
    ("captions",),
    ("figures", "network_view"),
    ("explore.state",),
    ("explore.shown",),
    ("explore.picture",),
    ("explore.bindings",),
    ("explore.map_widget",),
    ("explore.explorers", "explore.rehearsal"),
    ("__init__", "explore.__init__"),
    ("commands",),
    ("__main__",),
)
"""Lowest first. A module may import from lower floors only, never from its own."""

FROM_THE_FRONT = {"commands": {"__version__"}}
"""Names that a module may take from `mgmodel` itself."""

FRAMES = {"tables", "routes", "tracing", "response"}  # `.to_frame()` makes its table on demand
DOORS = {
    "networkx": {"model"},
    "numpy": {"weighting_arrays", "figures"},
    "pandas": FRAMES,
    "matplotlib": {"figures"},
    "PIL": {"figures"},
    "pyvis": {"network_view"},
    "anywidget": {"explore.map_widget", "explore.bindings"},
    "traitlets": {"explore.map_widget", "explore.bindings"},
    "ipywidgets": {"explore.map_widget", "explore.bindings", "explore.explorers"},
    "IPython": {"explore.map_widget", "explore.bindings", "explore.explorers"},
    "scipy": set(),
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


def broken_floors(package: Path) -> list[str]:
    """Which module imports from a floor that is not below its own."""
    floor = {module: number for number, names in enumerate(FLOORS) for module in names}
    trees = modules(package)
    found = [f"{name} stands on no floor; give it one" for name in trees if name not in floor]
    for name in trees.keys() & floor.keys():
        for room, taken in rooms_entered(trees[name], set(trees)):
            if room == "__init__" and taken in FROM_THE_FRONT.get(name, ()):
                continue
            if floor.get(room, len(FLOORS)) >= floor[name]:
                found.append(
                    f"{name} (floor {floor[name]}) imports {room} (floor {floor.get(room)})"
                )
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


def test_every_floor_names_modules_once() -> None:
    names = [name for floor in FLOORS for name in floor]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("module", "text", "check", "complaint"),
    [
        ("model", "from mgmodel.datafiles import load_model", broken_floors, "model (floor 2)"),
        ("model", "import mgmodel.rules", broken_floors, "model (floor 2) imports rules"),
        ("model", "from mgmodel import tracing", broken_floors, "model (floor 2) imports tracing"),
        ("walks", "from mgmodel.columns import Table", broken_floors, "walks (floor 4)"),
        ("model", "from .records import Node", broken_floors, "model (floor 2) imports a relative"),
        ("shed", "", broken_floors, "shed stands on no floor"),
        ("layout", "def f():\n    import pandas", broken_doors, "layout imports pandas"),
        ("tables", "import pandas", broken_doors, "tables imports pandas at its top"),
        ("cells", "import pydantic", broken_doors, "cells imports pydantic, which has no door"),
        ("cells", "x = 1\n" * 400, oversized, "cells has 400 lines"),
        ("cells", "def f():\n" + "    x = 1\n" * 40, oversized, "cells.f has 41 lines"),
        ("cells", "def f(x, a, b, c, d, e, f, g, h): ...", oversized, "cells.f has 8 parameters"),
    ],
)
def test_a_planted_breach_is_named(tmp_path: Path, module, text, check, complaint) -> None:
    for name in ("model", "datafiles", "records", "rules", "tracing", "columns", "walks"):
        (tmp_path / f"{name}.py").touch()
    (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
    assert [complaint] == [found[: len(complaint)] for found in check(tmp_path)]


def test_an_import_for_type_checkers_is_no_breach(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd\n"
    (tmp_path / "cells.py").write_text(text, encoding="utf-8")
    assert broken_doors(tmp_path) == []

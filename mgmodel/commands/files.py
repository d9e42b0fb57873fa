"""Commands about the files of a map and the environment: check, tidy, new, doctor."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from mgmodel.commands.answers import Answer, folder_of, plain, refusal
from mgmodel.datafiles import load_model, read_folder, tidy_folder
from mgmodel.datafiles.starter import write_starter
from mgmodel.health import examine
from mgmodel.model import Model
from mgmodel.vocabulary import ExpectationKind, Stance

__all__ = ["check", "doctor", "export", "new", "tidy"]


def check(options: argparse.Namespace) -> Answer:
    """Validate the tables of a map."""
    folder = folder_of(options)
    model, problems, warnings = read_folder(folder)
    data: dict[str, Any] = {"folder": str(folder), "warnings": [plain(w) for w in warnings]}
    cautions = tuple(f"warning: {warning}" for warning in warnings)
    if model is None:
        refused = refusal(problems, data)
        return Answer((), refused.data, (*cautions, *refused.complaints), 1)
    counts = _counts(model)
    lines = (str(folder), *(f"{count:6} {what}" for what, count in counts.items()), "0 problems")
    return Answer(lines, data | {"counts": counts, "problems": []}, cautions)


def _counts(model: Model) -> dict[str, int]:
    library = model.library
    edges, claims = model.edges.values(), library.claims.values()
    stances = Counter(row.stance for row in library.evidence)
    verified = sum(reference.verified for reference in library.references.values())
    expected = Counter(row.kind for row in library.expectations)
    by_arrow = sum(len(claim.edges) == 1 for claim in claims)
    by_route = sum(len(claim.edges) > 1 for claim in claims)
    by_node = sum(bool(claim.nodes and not claim.edges) for claim in claims)
    return {
        "nodes": len(model.nodes),
        "arrows": len(model.edges),
        "arrows that propagate": len(model.reasoning_edges),
        "arrows of the core map": sum(edge.core for edge in edges),
        "evidence rows": len(library.evidence),
        **{f"evidence rows, stance {stance}": stances[stance] for stance in Stance},
        "references": len(library.references),
        "references verified": verified,
        "references not verified": len(library.references) - verified,
        "claims": len(claims),
        "claims mapped by an arrow": by_arrow,
        "claims mapped by a route": by_route,
        "claims mapped by a node": by_node,
        "claims not modelled": len(claims) - by_arrow - by_route - by_node,
        "expectations": len(library.expectations),
        **{f"expectations, {kind}": expected[kind] for kind in ExpectationKind},
    }


def tidy(options: argparse.Namespace) -> Answer:
    """Write the tables of a map in canonical form."""
    changed = tidy_folder(folder_of(options))
    lines = tuple(f"{name}: written in canonical form" for name in changed)
    return Answer(lines or ("Nothing to tidy.",), {"changed": changed})


def new(options: argparse.Namespace) -> Answer:
    """Start a map of one's own."""
    written = write_starter(Path(options.folder))
    command = f"python -m mgmodel check {options.folder}"
    return Answer(
        (*map(str, written), f"Check it with: {command}"), {"written": list(map(str, written))}
    )


def export(options: argparse.Namespace) -> Answer:
    """Write a view of the map as a page that computes by itself, or as a picture."""
    from mgmodel.explore import explore_map, export_html  # widgets load slowly; one command asks

    explorer = explore_map(
        load_model(options.data), view="whole", code=options.code, language=options.language
    )
    file = Path(options.file)
    if file.suffix.lower() == ".html":
        export_html(explorer, file)
    else:
        explorer.save_picture(file)
    size = file.stat().st_size
    lines = (f"{file}: {size / 1000:.0f} kB", explorer.status)
    return Answer(lines, {"file": str(file), "bytes": size, "code": explorer.short_code})


def doctor(options: argparse.Namespace) -> Answer:
    """Look whether everything that mgmodel needs is in place."""
    findings = examine(folder_of(options))
    lines = tuple(
        f"{'ok  ' if found.good else 'note' if not found.vital else 'LACK'}  {found.what}"
        for found in findings
    )
    complaints = tuple(found.mend for found in findings if not found.good)
    data = [{"what": found.what, "good": found.good, "mend": found.mend} for found in findings]
    return Answer(lines, data, complaints, int(any(f.vital and not f.good for f in findings)))

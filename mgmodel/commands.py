"""What each command of `python -m mgmodel` answers; nothing is printed here."""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mgmodel.datafiles import data_folder, load_model, read_folder, tidy_folder
from mgmodel.datafiles.starter import write_starter
from mgmodel.errors import DataFileError, Problem, UnknownId
from mgmodel.health import examine
from mgmodel.interventions import Block, Clamp, CutEdge, Intervention, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning.routes import Route, Routes
from mgmodel.vocabulary import Stance, Verdict

__all__ = ["Answer", "answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say, and how it went."""

    lines: tuple[str, ...] = ()
    """For standard output."""
    data: object = None
    """The same for machines; what `--json` prints."""
    complaints: tuple[str, ...] = ()
    """For standard error."""
    status: int = 0
    """0 went well, 1 problems found, 2 asked wrongly."""


def answer(arguments: Sequence[str]) -> tuple[Answer, bool]:
    """The answer to a command line, and whether it is wanted as JSON.

    Whatever a user typed, a mistake of theirs comes back as an `Answer` in words.

    Raises
    ------
    SystemExit
        argparse has printed help, the version, or what was wrong with the command line.

    Examples
    --------
    >>> answer(["paths", "cortizol", "stress"])[0].complaints
    ("There is no node 'cortizol'. Did you mean 'cortisol'?",)
    """
    options = _parser().parse_args(arguments)
    wants_json = bool(getattr(options, "json", False))
    try:
        command: Callable[[argparse.Namespace], Answer] = options.command
        return command(options), wants_json
    except DataFileError as error:
        return _refusal(error.problems), wants_json
    except (UnknownId, ValueError) as error:
        return Answer(complaints=(str(error),), data={"error": str(error)}, status=2), wants_json
    except OSError as error:
        text = f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}"
        return Answer(complaints=(text,), data={"error": text}, status=1), wants_json


def _parser() -> argparse.ArgumentParser:
    from mgmodel import __version__

    parser = argparse.ArgumentParser(
        prog="python -m mgmodel",
        description="Check and question a signed causal map.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mgmodel {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, command: Callable[[argparse.Namespace], Answer], words: str, *more: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        sub.set_defaults(command=command)
        sub.add_argument("--json", action="store_true", help="answer as JSON")
        for positional in more:
            sub.add_argument(
                positional.strip("[]").lower(),
                metavar=positional.strip("[]"),
                nargs="?" if positional.startswith("[") else None,
            )
        return sub

    for sub in (
        add("check", _check, "validate the tables of a map; all problems at once", "[FOLDER]"),
        add("tidy", _tidy, "write the tables of a map in canonical form", "[FOLDER]"),
        _with_bounds(
            add("paths", _paths, "signed paths from SOURCE to TARGET", "SOURCE", "TARGET"), 8
        ),
        _with_bounds(add("loops", _loops, "feedback loops, reinforcing or balancing"), 6),
        _with_interventions(add("respond", _respond, "which nodes rise and fall")),
        add("doctor", _doctor, "whether everything that mgmodel needs is in place"),
    ):
        sub.add_argument("--data", metavar="FOLDER", help="a map of your own")
    add("new", _new, "start a map of your own in FOLDER", "FOLDER")
    return parser


def _with_bounds(parser: argparse.ArgumentParser, longest: int) -> argparse.ArgumentParser:
    parser.add_argument(
        "--max-length", type=int, default=longest, metavar="N", help="arrows in a route"
    )
    parser.add_argument("--limit", type=int, default=10_000, metavar="N", help="stop after so many")
    return parser


def _with_interventions(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    for name, metavar, words in (
        ("--press", "ID[=X]", "push a node; it goes on responding"),
        ("--clamp", "ID=X", "set a node to X and hold it there"),
        ("--block", "ID", "hold a node at baseline"),
        ("--knock-out", "ID", "take a node away"),
        ("--cut", "EDGE", "take an arrow away"),
    ):
        parser.add_argument(name, action="append", default=[], metavar=metavar, help=words)
    parser.add_argument("--alpha", type=float, default=0.9, metavar="X", help="coupling, 0 to 1")
    parser.add_argument("--weightings", type=int, default=500, metavar="N", help="how many to draw")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the weightings")
    return parser


def _refusal(problems: Iterable[Problem], data: dict[str, Any] | None = None) -> Answer:
    listed = tuple(problems)
    count = f"{len(listed)} problem{'s' * (len(listed) != 1)}"
    content = (data or {}) | {"problems": [_plain(problem) for problem in listed]}
    return Answer((), content, (*map(str, listed), count), 1)


def _plain(problem: Problem) -> dict[str, object]:
    return {name: getattr(problem, name) for name in ("file", "line", "what", "mend")}


def _folder(options: argparse.Namespace) -> Path:
    given = getattr(options, "folder", None) or getattr(options, "data", None)
    return Path(given) if given else data_folder()


def _check(options: argparse.Namespace) -> Answer:
    folder = _folder(options)
    model, problems, warnings = read_folder(folder)
    data: dict[str, Any] = {"folder": str(folder), "warnings": [_plain(w) for w in warnings]}
    cautions = tuple(f"warning: {warning}" for warning in warnings)
    if model is None:
        refusal = _refusal(problems, data)
        return Answer((), refusal.data, (*cautions, *refusal.complaints), 1)
    counts = _counts(model)
    lines = (str(folder), *(f"{count:6} {what}" for what, count in counts.items()), "0 problems")
    return Answer(lines, data | {"counts": counts, "problems": []}, cautions)


def _counts(model: Model) -> dict[str, int]:
    library = model.library
    edges, claims = model.edges.values(), library.claims.values()
    stances = Counter(row.stance for row in library.evidence)
    verified = sum(reference.verified for reference in library.references.values())
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
    }


def _tidy(options: argparse.Namespace) -> Answer:
    changed = tidy_folder(_folder(options))
    lines = tuple(f"{name}: written in canonical form" for name in changed)
    return Answer(lines or ("Nothing to tidy.",), {"changed": changed})


def _new(options: argparse.Namespace) -> Answer:
    written = write_starter(Path(options.folder))
    command = f"python -m mgmodel check {options.folder}"
    return Answer(
        (*map(str, written), f"Check it with: {command}"), {"written": list(map(str, written))}
    )


def _paths(options: argparse.Namespace) -> Answer:
    from mgmodel.reasoning.tracing import signed_paths

    found = signed_paths(
        load_model(options.data),
        options.source,
        options.target,
        max_length=options.max_length,
        limit=options.limit,
    )
    return _routes(found, {"source": options.source, "target": options.target})


def _loops(options: argparse.Namespace) -> Answer:
    from mgmodel.reasoning.tracing import feedback_loops

    found = feedback_loops(
        load_model(options.data), max_length=options.max_length, limit=options.limit
    )
    return _routes(found, {})


def _routes(found: Routes, asked: dict[str, Any]) -> Answer:
    routes = list(found)
    lines = [f"{_SIGNS[route.sign]} {route}" for route in routes]
    rest = {"truncated": found.truncated, "total": found.total}
    return Answer((repr(found), *lines), asked | rest | {"routes": list(map(_route, routes))})


_SIGNS = {1: "+", -1: "-", 0: "?"}


def _route(route: Route) -> dict[str, Any]:
    return {
        "nodes": route.nodes,
        "edges": route.edges,
        "sign": route.sign,
        "weakest": route.weakest,
        "sentence": str(route),
    }


def _respond(options: argparse.Namespace) -> Answer:
    from mgmodel.reasoning.ensemble import respond

    model = load_model(options.data)
    given = _interventions(options)
    response = respond(
        model, *given, alpha=options.alpha, weightings=options.weightings, seed=options.seed
    )
    rows = {
        node: {
            "direction": str(response.direction[node]),
            "strength": str(response.strength[node]),
            "rises": response.rises[node],
            "falls": response.falls[node],
            "median": response.median[node],
        }
        for node in model.nodes
    }
    width = max(map(len, rows), default=0)
    lines = [
        f"{node:{width}}  {row['direction']:9}  {row['strength']:8}"
        f"  rises {row['rises']:.2f}  falls {row['falls']:.2f}  median {row['median']:+.3f}"
        for node, row in rows.items()
        if row["direction"] != Verdict.NO_ROUTE
    ]
    unreached = len(rows) - len(lines)
    lines.append(f"{unreached} of {len(rows)} nodes: no route. Fractions are of weightings.")
    data = {
        "interventions": list(map(repr, given)),
        "weightings": options.weightings,
        "nodes": rows,
    }
    return Answer(tuple(lines), data)


def _interventions(options: argparse.Namespace) -> list[Intervention]:
    return [
        *(
            Press(node, 1.0 if amount is None else amount)
            for node, amount in map(_amount, options.press)
        ),
        *(_clamp(text) for text in options.clamp),
        *map(Block, options.block),
        *map(KnockOut, options.knock_out),
        *map(CutEdge, options.cut),
    ]


def _clamp(text: str) -> Clamp:
    node, value = _amount(text)
    if value is None:
        msg = f"--clamp {text}: say the value to hold it at, such as {text}=0.5."
        raise ValueError(msg)
    return Clamp(node, value)


def _amount(text: str) -> tuple[str, float | None]:
    node, sign, amount = text.rpartition("=")
    if not sign:
        return text, None
    try:
        value = float(amount)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"{text}: {amount!r} is not a number."
        raise ValueError(msg)
    return node, value


def _doctor(options: argparse.Namespace) -> Answer:
    findings = examine(_folder(options))
    lines = tuple(
        f"{'ok  ' if found.good else 'note' if not found.vital else 'LACK'}  {found.what}"
        for found in findings
    )
    complaints = tuple(found.mend for found in findings if not found.good)
    data = [{"what": found.what, "good": found.good, "mend": found.mend} for found in findings]
    return Answer(lines, data, complaints, int(any(f.vital and not f.good for f in findings)))

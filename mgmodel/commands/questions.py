"""Commands that ask a map: paths, loops, respond, glossary."""

from __future__ import annotations

import argparse
import math
from typing import Any

from mgmodel.commands.answers import Answer
from mgmodel.commands.glossary_page import glossary_page
from mgmodel.datafiles import load_model
from mgmodel.interventions import Block, Clamp, CutEdge, Intervention, KnockOut, Press
from mgmodel.reasoning.routes import Route, Routes
from mgmodel.terms import Term, glossary
from mgmodel.vocabulary import Language, Verdict

__all__ = ["loops", "paths", "respond", "terms"]


def paths(options: argparse.Namespace) -> Answer:
    """Signed paths from one node to another."""
    from mgmodel.reasoning.tracing import signed_paths

    found = signed_paths(
        load_model(options.data),
        options.source,
        options.target,
        max_length=options.max_length,
        limit=options.limit,
    )
    return _routes(found, {"source": options.source, "target": options.target})


def loops(options: argparse.Namespace) -> Answer:
    """Feedback loops."""
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


def respond(options: argparse.Namespace) -> Answer:
    """Which nodes rise and fall."""
    from mgmodel.reasoning import ensemble

    model = load_model(options.data)
    given = _interventions(options)
    response = ensemble.respond(
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


def terms(options: argparse.Namespace) -> Answer:
    """Every term of a map and of its method, or those of one name."""
    found = glossary(load_model(options.data), options.language)
    if options.term:
        found = found.find(options.term)
    data = {"language": options.language, "terms": list(map(_term, found))}
    if options.markdown:
        return Answer(tuple(glossary_page(found).splitlines()), data)
    return Answer((*str(found).splitlines(), repr(found)), data)


def _term(term: Term) -> dict[str, Any]:
    return {
        "key": term.key,
        "kind": term.kind,
        "names": {one.value: term.names.in_language(one) for one in Language},
        "meaning": {one.value: term.meaning.in_language(one) for one in Language},
        "synonyms": {one.value: term.synonyms.get(one, ()) for one in Language},
        "where": {one.value: term.where.in_language(one) for one in Language},
    }

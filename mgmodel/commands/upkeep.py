"""Commands for those who keep a map: expect and diff."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import Any

from mgmodel.commands.answers import Answer
from mgmodel.commands.published import counted, expectations_page
from mgmodel.datafiles import load_model
from mgmodel.inquiry.changes import Changes
from mgmodel.inquiry.expectations import Finding, Findings, examine
from mgmodel.inquiry.mutations import MutationScore, mutation_score
from mgmodel.inquiry.versions import diff
from mgmodel.vocabulary import ExpectationKind, Outcome, Verdict
from mgmodel.wording import in_words
from mgmodel.wording.catalogues import percent

__all__ = ["compare_versions", "expect"]

_MARKS = {Outcome.AGREE: " ", Outcome.DISAGREE: "x", Outcome.CANNOT_SAY: "?"}
_LISTED = 20
"""How many changes of a sort are listed unless all are asked for."""


def expect(options: argparse.Namespace) -> Answer:
    """Hold every expectation against the map; a wrong one is published and is no error."""
    model = load_model(options.data)
    if options.markdown:
        page = expectations_page(examine(model), mutation_score(model))
        return Answer(tuple(page.splitlines()), page)
    findings = examine(model, kind=options.kind)
    score = mutation_score(model) if options.mutations else None
    data: dict[str, Any] = {"counts": _counts(findings), "expectations": list(map(_row, findings))}
    lines = [*_findings_lines(findings)]
    if score is not None:
        data["mutations"] = _score_data(score)
        lines += _score_lines(score)
    return Answer(tuple(lines), data)


def _counts(findings: Findings) -> dict[str, dict[str, int]]:
    return {
        kind.value: {outcome.value: n for outcome, n in counts.items()}
        for kind, counts in findings.counts.items()
    }


def _row(finding: Finding) -> dict[str, Any]:
    asked = finding.expectation
    return {
        "id": asked.id,
        "kind": asked.kind.value,
        "manoeuvre": asked.manoeuvre,
        "interventions": asked.interventions,
        "before": asked.before,
        "node": asked.node,
        "expected": asked.expected.value,
        "reference": asked.reference,
        "said": finding.said.value,
        "fraction": finding.fraction,
        "strength": finding.strength.value,
        "outcome": finding.outcome.value,
    }


def _findings_lines(findings: Findings) -> Iterable[str]:
    if not findings:
        yield "This map holds no expectations of this kind. They stand in expectations.csv."
        return
    for kind in ExpectationKind:
        held = findings.of_kind(kind)
        if held:
            yield f"{kind.value} expectations (x wrong, ? the map cannot say)"
            rows = [("id", "what was done", "node", "expected", "the map says", "outcome")]
            yield from _aligned([*rows, *map(_cells, held)], [" ", *(_mark(f) for f in held)])
            yield ""
    for kind, held, told in counted(findings):
        counts = held.counts[kind]
        yield (
            f"{kind.value}, {told}: {counts[Outcome.AGREE]} of {len(held)} agree "
            f"({percent(held.share or 0)}), {counts[Outcome.DISAGREE]} disagree, "
            f"{counts[Outcome.CANNOT_SAY]} the map cannot say"
        )


def _mark(finding: Finding) -> str:
    return _MARKS[finding.outcome]


def _cells(finding: Finding) -> tuple[str, ...]:
    asked = finding.expectation
    said = finding.said.replace("_", " ")
    if finding.said in {Verdict.RISES, Verdict.FALLS}:
        said = f"{said} {percent(finding.fraction)}"
    elif finding.said is Verdict.DEPENDS:
        said = f"{said} +{percent(finding.rises)} -{percent(finding.falls)}"
    outcome = finding.outcome.replace("_", " ")
    return asked.id, asked.manoeuvre, asked.node, asked.expected.replace("_", " "), said, outcome


def _aligned(rows: Sequence[Sequence[str]], marks: Sequence[str]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row, mark in zip(rows, marks, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{mark} {'  '.join(cells)}".rstrip()


def _score_data(score: MutationScore) -> dict[str, Any]:
    return {
        "arrows": len(score.noticed_by),
        "noticed": len(score.noticed()),
        **{f"noticed_by_{kind.value}": len(score.noticed(kind)) for kind in ExpectationKind},
        "unnoticed": score.unnoticed,
        "noticed_by": dict(score.noticed_by),
    }


def _score_lines(score: MutationScore) -> Iterable[str]:
    parts = [f"{len(score.noticed(kind))} by {kind.value} ones" for kind in ExpectationKind]
    share = score.share()
    told = "" if share is None else f" ({percent(share)})"
    yield (
        f"{len(score.noticed_by)} arrows turned round one at a time: "
        f"{len(score.noticed())} noticed{told}, {' and '.join(parts)}"
    )
    yield from (f"  not noticed: {edge}" for edge in score.unnoticed)


def compare_versions(options: argparse.Namespace) -> Answer:
    """What differs between two versions of a map."""
    changes = diff(load_model(options.old), load_model(options.new), pressed=options.press or None)
    longest = None if options.full else _LISTED
    return Answer(tuple(_changes_lines(changes, longest)), _changes_data(changes))


def _changes_lines(changes: Changes, longest: int | None) -> Iterable[str]:
    yield in_words(changes)
    # those that turn round come first: a list that is cut short should lose the others
    conclusions = sorted(changes.conclusions, key=lambda each: not each.is_turned)
    for heading, sort in (
        ("new nodes", changes.nodes_added),
        ("nodes that are gone", changes.nodes_removed),
        ("new arrows", changes.edges_added),
        ("arrows that are gone", changes.edges_removed),
        ("arrows that say something else", _edge_lines(changes)),
        ("expectations with another outcome", _expectation_lines(changes)),
        ("new expectations", changes.expectations_added),
        ("expectations that are gone", changes.expectations_removed),
        ("loops that differ", tuple(map(str, changes.loops))),
        ("conclusions that differ", tuple(map(str, conclusions))),
    ):
        if sort:
            yield ""
            yield f"{heading} ({len(sort)})"
            yield from (f"  {line}" for line in sort[:longest])
            if len(sort) > len(sort[:longest]):
                yield f"  ... and {len(sort[longest:])} more; --full lists them all"


def _edge_lines(changes: Changes) -> tuple[str, ...]:
    return tuple(
        f"{each.edge}: {each.what} {each.old or '(empty)'} -> {each.new or '(empty)'}"
        for each in changes.edges_changed
    )


def _expectation_lines(changes: Changes) -> tuple[str, ...]:
    return tuple(
        f"{each.expectation}: {each.old.replace('_', ' ')} -> {each.new.replace('_', ' ')}"
        for each in changes.expectations
    )


def _changes_data(changes: Changes) -> dict[str, Any]:
    return {
        "nodes_added": changes.nodes_added,
        "nodes_removed": changes.nodes_removed,
        "edges_added": changes.edges_added,
        "edges_removed": changes.edges_removed,
        "edges_changed": [
            {"edge": each.edge, "what": each.what, "old": each.old, "new": each.new}
            for each in changes.edges_changed
        ],
        "conclusions": [
            {
                "pressed": each.pressed,
                "node": each.node,
                "old": {"direction": each.old.value, "strength": each.old_strength.value},
                "new": {"direction": each.new.value, "strength": each.new_strength.value},
            }
            for each in changes.conclusions
        ],
        "loops": [
            {"nodes": each.nodes, "edges": each.edges, "old": each.old, "new": each.new}
            for each in changes.loops
        ],
        "loops_truncated": changes.loops_truncated,
        "expectations": [
            {"id": each.expectation, "old": each.old.value, "new": each.new.value}
            for each in changes.expectations
        ],
        "expectations_added": changes.expectations_added,
        "expectations_removed": changes.expectations_removed,
    }

"""The page that publishes every expectation and what the map says of it; committed in docs/."""

from __future__ import annotations

from collections.abc import Iterable

from mgmodel.inquiry.expectations import Finding, Findings
from mgmodel.inquiry.mutations import MutationScore
from mgmodel.markup import as_markdown
from mgmodel.vocabulary import ExpectationKind, Outcome, Verdict
from mgmodel.wording import word
from mgmodel.wording.catalogues import percent

__all__ = ["counted", "expectations_page", "findings_page"]

_INTRODUCTION = """\
# Does the map say what is known from elsewhere?

Made by `python -m mgmodel expect --markdown` from `data/expectations.csv`; a test holds it equal.

Each row is a manoeuvre with a direction that does not come from the arrows that answer it. A
*measured* one was done by somebody, in people, animals or tissue; a *reasoned* one is the answer of
an exercise. The direction was written down before the map was asked. **disagrees** marks what the
map gets wrong, **cannot say** where it has no one direction or no route; both stay in and count in
the share. Percentages are fractions of weightings: they say how firmly the map holds its answer,
and nothing about a person. No change is a hard thing to ask of this map: it knows no sizes, so an
effect that was too small to be measured counts as wrong. In some questions two studies contradict
each other; then the map can agree with one of them only.
"""
_SHOWN = {
    Outcome.AGREE: "agrees",
    Outcome.DISAGREE: "**disagrees**",
    Outcome.CANNOT_SAY: "**cannot say**",
}


def expectations_page(findings: Findings, score: MutationScore) -> str:
    """The whole page, in Markdown: the findings, and which arrows they put to the test."""
    share = score.share()
    lines = [
        "",
        "## Which arrows they put to the test",
        "",
        "Each core arrow that propagates is turned round once, its weight kept. It is noticed when",
        "an expectation that agreed no longer does.",
        "",
        f"- turned round: {len(score.noticed_by)}",
        f"- noticed: {len(score.noticed())}" + ("" if share is None else f" ({percent(share)})"),
        *(f"- by {kind.value} ones: {len(score.noticed(kind))}" for kind in ExpectationKind),
        "",
        "These could have the wrong sign without any expectation telling:",
        "",
        *([f"- `{edge}`" for edge in score.unnoticed] or ["- none"]),
    ]
    return findings_page(findings) + "\n".join(lines) + "\n"


def findings_page(findings: Findings) -> str:
    """The page without its last section, which takes longer to make."""
    lines = [
        "",
        "| kind | expected | agree | disagree | cannot say | share that agrees |",
        "|---|---|---|---|---|---|",
    ]
    for kind, held, told in counted(findings):
        share = "" if held.share is None else percent(held.share)
        numbers = " | ".join(map(str, held.counts[kind].values()))
        lines.append(f"| {kind.value} | {told} | {numbers} | {share} |")
    if not findings:
        lines = ["", "This map holds no expectations."]
    for kind in ExpectationKind:
        lines += ["", f"## {word(kind).capitalize()}", "", *_table(findings.of_kind(kind))]
    return _INTRODUCTION + "\n".join(lines) + "\n"


def counted(findings: Findings) -> Iterable[tuple[ExpectationKind, Findings, str]]:
    """Each kind as a whole, and parted by what is expected, with that in words; empty ones not.

    A direction and the lack of one are parted, since a map without sizes can hardly say the latter.
    """
    for kind in ExpectationKind:
        held = findings.of_kind(kind)
        for expected, told in (((), "all"), *_EXPECTED):
            part = held.expecting(*expected) if expected else held
            if part:
                yield kind, part, told


_EXPECTED = (
    ((Verdict.RISES, Verdict.FALLS), "a rise or a fall"),
    ((Verdict.UNCHANGED, Verdict.NO_ROUTE), "no change"),
    ((Verdict.DEPENDS,), "it depends"),
)


def _table(findings: Iterable[Finding]) -> Iterable[str]:
    yield "| id | what was done | node | expected | the map says | outcome | reference |"
    yield "|---|---|---|---|---|---|---|"
    for each in findings:
        asked = each.expectation
        reference = f"`{asked.reference}`" if asked.reference else ""
        cells = (
            *(f"`{asked.id}`", as_markdown(asked.manoeuvre), f"`{asked.node}`"),
            *(word(asked.expected), _said(each), _SHOWN[each.outcome], reference),
        )
        yield f"| {' | '.join(cells)} |"


def _said(finding: Finding) -> str:
    said = word(finding.said)
    if finding.said is Verdict.DEPENDS:
        return f"{said}, up in {percent(finding.rises)}, down in {percent(finding.falls)}"
    return f"{said} {percent(finding.fraction)}" if finding.said in _MOVES else said


_MOVES = {Verdict.RISES, Verdict.FALLS}

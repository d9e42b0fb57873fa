"""Whether the map says what is known from elsewhere of the consequences of a manoeuvre.

An expectation is a direction after a manoeuvre that somebody measured, or that follows from an
argument. What the map gets wrong or cannot decide is told like everything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from mgmodel.errors import UnknownId
from mgmodel.inquiry.comparison import Comparison, compare_in
from mgmodel.interventions import Intervention, check, parse
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, ensemble_of
from mgmodel.records import Expectation
from mgmodel.vocabulary import ExpectationKind, Outcome, Strength, Verdict
from mgmodel.wording import in_words, word
from mgmodel.wording.catalogues import number, percent, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Finding",
    "Findings",
    "Question",
    "examine",
    "finding",
    "outcome_of",
    "questions",
]

_MOVES = (Verdict.RISES, Verdict.FALLS)


@dataclass(frozen=True)
class Finding:
    """One expectation beside what the map says."""

    expectation: Expectation
    said: Verdict
    """What the map says of the watched node; of the difference, where there is a before."""
    rises: float
    """Fraction of weightings in which the node lies higher."""
    falls: float
    """Fraction of weightings in which the node lies lower."""
    strength: Strength
    outcome: Outcome
    _model: Model = field(repr=False, compare=False)

    @property
    def fraction(self) -> float:
        """Fraction of weightings in the direction that the map says; of the larger, if it depends.

        It is 1 where all weightings leave the node where it is.
        """
        if self.said in {Verdict.RISES, Verdict.FALLS, Verdict.DEPENDS}:
            return max(self.rises, self.falls)
        return 1.0

    def sentence(self, language: str = "en") -> str:
        """What was done, what is expected, and what the map says."""
        asked = self.expectation
        said = word(self.said, language)
        if self.said in _MOVES:
            share = percent(self.fraction, language)
            said = say("expectation.share", language, verdict=said, percent=share)
        elif self.said is Verdict.DEPENDS:
            shares = percent(self.rises, language), percent(self.falls, language)
            said = say("expectation.shares", language, rises=shares[0], falls=shares[1])
        return say(
            "expectation.finding",
            language,
            manoeuvre=say("text.english", language, text=asked.manoeuvre),
            node=self._model.node(asked.node).label.in_language(language),
            expected=word(asked.expected, language),
            said=said,
            outcome=word(self.outcome, language),
        )

    def __str__(self) -> str:
        return self.sentence()


@dataclass(frozen=True)
class Findings(Sequence[Finding]):
    """All expectations of a map beside what it says, in the order of its table."""

    findings: tuple[Finding, ...]
    left_out: tuple[str, ...] = ()
    """Ids of expectations that were not asked: this map lacks a node or an arrow of theirs."""

    @cached_property
    def counts(self) -> Mapping[ExpectationKind, Mapping[Outcome, int]]:
        """How many of each kind agree, disagree, and cannot be said."""
        found = Counter((each.expectation.kind, each.outcome) for each in self.findings)
        return MappingProxyType(
            {
                kind: MappingProxyType({outcome: found[kind, outcome] for outcome in Outcome})
                for kind in ExpectationKind
            }
        )

    def of_kind(self, kind: ExpectationKind | str) -> Findings:
        """Those of one kind; `ValueError` for a kind that there is not."""
        wanted = ExpectationKind(kind)
        return Findings(tuple(each for each in self if each.expectation.kind is wanted))

    def expecting(self, *expected: Verdict | str) -> Findings:
        """Those that expect one of these directions; `ValueError` for one that there is not."""
        wanted = set(map(Verdict, expected))
        return Findings(tuple(each for each in self if each.expectation.expected in wanted))

    @property
    def share(self) -> float | None:
        """Fraction of all of them, undecided ones too, that agree; None where there is none."""
        agreed = sum(each.outcome is Outcome.AGREE for each in self)
        return agreed / len(self) if self else None

    def to_frame(self) -> pd.DataFrame:
        """A table with one expectation a row; `fraction` is that of weightings."""
        import pandas as pd  # frames are made on demand only

        rows = [
            (
                *(each.expectation.kind.value, each.expectation.manoeuvre, each.expectation.node),
                *(each.expectation.expected.value, each.said.value, each.fraction),
                *(each.strength.value, each.outcome.value),
                *(each.expectation.reference, each.expectation.finding),
            )
            for each in self
        ]
        columns = ["kind", "manoeuvre", "node", "expected", "said", "fraction", "strength"]
        index = pd.Index([each.expectation.id for each in self], name="id", dtype="str")
        return pd.DataFrame(
            rows, columns=[*columns, "outcome", "reference", "finding"], index=index
        )

    def __len__(self) -> int:
        return len(self.findings)

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, place: int | slice) -> Finding | tuple[Finding, ...]:
        return self.findings[place]

    def __repr__(self) -> str:
        kinds = [
            f"{kind.value}: {', '.join(f'{n} {_spaced(o)}' for o, n in counts.items())}"
            for kind, counts in self.counts.items()
        ]
        return f"Findings({'; '.join(kinds)})"

    def _repr_html_(self) -> str:
        header = ("id", "kind", "what was done", "node", "expected", "the map says", "outcome")
        rows = [
            (
                *(each.expectation.id, each.expectation.kind.value, each.expectation.manoeuvre),
                *(each.expectation.node, _spaced(each.expectation.expected)),
                f"{_spaced(each.said)} ({each.fraction:.0%})",
                _spaced(each.outcome),
            )
            for each in self
        ]
        return table(f"{self!r}; fractions are of weightings", header, rows)


def outcome_of(expected: Verdict, said: Verdict) -> Outcome:
    """What comes of an expectation when the map says this.

    "No route" is not "no effect", and "depends" is no answer where a direction was measured: both
    leave such an expectation open. A node that the question holds tells nothing.

    Examples
    --------
    >>> outcome_of(Verdict.RISES, Verdict.UNCHANGED).value
    'disagree'
    >>> outcome_of(Verdict.UNCHANGED, Verdict.NO_ROUTE).value
    'cannot_say'
    """
    if said is Verdict.FIXED:
        return Outcome.CANNOT_SAY
    if expected is said:
        return Outcome.AGREE
    if expected is Verdict.NO_ROUTE:
        return Outcome.DISAGREE
    undecided = {Verdict.NO_ROUTE} if expected is Verdict.DEPENDS else _UNDECIDED
    return Outcome.CANNOT_SAY if said in undecided else Outcome.DISAGREE


_UNDECIDED = {Verdict.DEPENDS, Verdict.NO_ROUTE}


def examine(
    model: Model, *, kind: ExpectationKind | str | None = None, ensemble: Ensemble | None = None
) -> Findings:
    """Every expectation of the map, held against what the map says.

    Parameters
    ----------
    model
        Its library holds the expectations. Those that name a node or an arrow which this map
        lacks, being a part of a larger one, are left out and listed.
    kind
        `measured` or `reasoned`; without it, both.
    ensemble
        Of this map, where another than the default one is to answer.

    Raises
    ------
    ValueError
        A kind that there is not, an ensemble of another map, or an expectation that cannot be
        read or contradicts itself.

    Examples
    --------
    >>> from mgmodel.records import Library
    >>> told = Expectation("one", ExpectationKind.REASONED, "a push", ("press a",), (), "b",
    ...                    Verdict.RISES)
    >>> bare = Model.from_edges([("a", "b", -1)])
    >>> model = Model(bare.nodes.values(), bare.edges.values(), Library(expectations=(told,)))
    >>> print(examine(model)[0])
    a push. b: expected is rises, the map says falls in 100% of weightings; disagrees.
    """
    wanted = set(ExpectationKind) if kind is None else {ExpectationKind(kind)}
    ensemble = ensemble_of(model) if ensemble is None else ensemble
    if ensemble.model is not model:
        msg = "The ensemble is that of another map; give Ensemble(model) of this one."
        raise ValueError(msg)
    asked, left_out = questions(model, wanted)
    return Findings(tuple(finding(ensemble, each) for each in asked), left_out)


@dataclass(frozen=True)
class Question:
    """An expectation whose interventions are read and known to make sense."""

    expectation: Expectation
    after: tuple[Intervention, ...]
    before: tuple[Intervention, ...] | None
    """None where the deviation from baseline is meant."""


def questions(
    model: Model, kinds: Iterable[ExpectationKind] = tuple(ExpectationKind)
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The expectations of these kinds that the map can be asked, and ids of those it cannot."""
    found, left_out = [], []
    for each in model.library.expectations:
        if each.kind not in kinds:
            continue
        try:
            found.append(_question(model, each))
        except UnknownId:
            left_out.append(each.id)
    return tuple(found), tuple(left_out)


def _question(model: Model, expectation: Expectation) -> Question:
    model.node(expectation.node)
    after = tuple(map(parse, expectation.interventions))
    before = tuple(map(parse, expectation.before))
    for asked in (after, before):
        check(model, asked)
    return Question(expectation, after, before or None)


def finding(ensemble: Ensemble, question: Question, *more: Intervention) -> Finding:
    """One expectation beside what the map says, with `more` done to the map on both sides."""
    node = question.expectation.node
    after = (*question.after, *more)
    if question.before is None:
        told: Response | Comparison = ensemble.respond(*after)
    else:
        told = compare_in(ensemble, (*question.before, *more), after)
    said = told.direction[node]
    outcome = outcome_of(question.expectation.expected, said)
    shares = told.rises[node], told.falls[node]
    return Finding(
        question.expectation, said, *shares, told.strength[node], outcome, ensemble.model
    )


def _spaced(coded: str) -> str:
    return str(coded).replace("_", " ")


@in_words.register
def _finding_in_words(finding: Finding, language: str = "en") -> str:
    return finding.sentence(language)


@in_words.register
def _findings_in_words(findings: Findings, language: str = "en") -> str:
    """How many of each kind agree, disagree and cannot be said."""
    said = [
        say(
            "expectation.counts",
            language,
            kind=word(kind, language).capitalize(),
            **{outcome.value: number(n, language) for outcome, n in counts.items()},
        )
        for kind, counts in findings.counts.items()
        if any(counts.values())
    ]
    if findings.left_out:
        said.append(say_count("expectation.left_out", len(findings.left_out), language))
    return " ".join(said) or say("expectation.none", language)

"""What could lie behind a pattern of rises and falls: abduction over pushes on one or two nodes.

A cause that fits is not a cause that is so. What is ranked is how many weightings of the arrows
let a push bring the whole pattern about; causes that fit equally well are shown as ties, together
with the measurement that would tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from mgmodel.inquiry.comparison import ensemble_for
from mgmodel.inquiry.fits import OBSERVABLE, fits_of, tied_fits
from mgmodel.interventions import Press
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble
from mgmodel.reasoning.response import LIKELY
from mgmodel.vocabulary import Verdict
from mgmodel.wording import in_words, node_name, word
from mgmodel.wording.catalogues import join, number, percent, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cause", "Explanations", "Measurement", "Prediction", "explain"]


@dataclass(frozen=True)
class Cause:
    """A push on one node, or a push on each of two, that would bring about what was observed."""

    presses: tuple[Press, ...]
    """By node id; each push has size 1."""
    score: float
    """Fraction of weightings in which the whole pattern holds at once."""
    matched: int
    """How many observations hold, each by itself, in at least 0.80 of weightings."""
    tied: bool
    """Whether another cause of as many pushes has this score, give or take one weighting."""
    _model: Model = field(repr=False, compare=False)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Prediction:
    """What one cause would make of the node to be measured."""

    presses: tuple[Press, ...]
    direction: Verdict
    rises: float
    """Fraction of weightings in which the node rises."""
    falls: float
    """Fraction of weightings in which it falls."""


@dataclass(frozen=True)
class Measurement:
    """The node on which the leading causes differ most, and what each of them predicts there."""

    node: str
    spread: float
    """Largest minus smallest of rises - falls over the predictions; at most 2."""
    predictions: tuple[Prediction, ...]
    """In the order of the causes."""
    _model: Model = field(repr=False, compare=False)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True, repr=False)
class Explanations(Sequence[Cause]):
    """Causes of an observed pattern: best score first, then fewer pushes, then by ids."""

    observed: Mapping[str, Verdict]
    """What was observed, in the map's order."""
    alpha: float
    weightings: int
    seed: int
    total: int
    """How many causes fit at least one observation; the limit may have left some out."""
    ties: int
    """How many causes tie with the first, that one included, listed or not."""
    all_pairs: bool
    """Whether every pair of candidates was tried."""
    measurement: Measurement | None
    """What to measure next; None where no two causes are listed, or nothing tells them apart."""
    _causes: tuple[Cause, ...]
    _model: Model = field(compare=False)

    @property
    def truncated(self) -> bool:
        """Whether the limit left causes out."""
        return self.total > len(self)

    @property
    def leaders(self) -> tuple[Cause, ...]:
        """The listed causes that tie with the first, and that one; without a tie, the first two."""
        if self.ties < 2:
            return self[:2]
        first = self[0]
        level = (cause for cause in self if len(cause.presses) == len(first.presses))
        return tuple(level)[: self.ties]

    def to_frame(self) -> pd.DataFrame:
        """A table with one cause a row: causes, score, matched, tied."""
        import pandas as pd  # the one use of pandas below `tables`: frames are made on demand only

        columns = ["causes", "score", "matched", "tied"]
        rows = [(_short(c.presses), c.score, c.matched, c.tied) for c in self]
        return pd.DataFrame(rows, columns=columns)

    def __len__(self) -> int:
        return len(self._causes)

    @overload
    def __getitem__(self, place: int) -> Cause: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Cause, ...]: ...
    def __getitem__(self, place: int | slice) -> Cause | tuple[Cause, ...]:
        return self._causes[place]

    def __repr__(self) -> str:
        pattern = ", ".join(f"{node} {way}" for node, way in self.observed.items())
        ties = f"; the first {self.ties} are tied" if self.ties > 1 else ""
        return f"Explanations({pattern}: {len(self)} of {self.total} causes{ties})"

    def _repr_html_(self) -> str:
        header = ("pushes", "whole pattern, of weightings", "observations that hold", "tied")
        rows = [
            (
                _short(c.presses),
                f"{c.score:.1%}",
                f"{c.matched} of {len(self.observed)}",
                "yes" if c.tied else "no",
            )
            for c in self
        ]
        return table(repr(self), header, rows)


def explain(
    model: Model,
    observed: Mapping[str, Verdict | str],
    *,
    candidates: Iterable[str] | None = None,
    limit: int = 10,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
) -> Explanations:
    """Which push on one node, or on two, would bring about what was observed.

    A single cause is listed when it reaches an observed node and at least one observation holds.
    A pair is listed only when its score beats that of each of its two pushes alone by more than
    one weighting. Where the map has permissive arrows or AND groups, two pushes do not simply add
    up: the hundred pairs that fit best as a sum are then asked one by one.

    The measurement is looked for among the nodes that were not observed. It is the one on which
    the leading causes (those listed that tie with the first; without a tie, the first two) differ
    most in rises - falls; of equals, the one that keeps all of them furthest apart, then one that
    none of them pushes, then the first id.

    Parameters
    ----------
    model
        Only its reasoning arrows carry anything.
    observed
        Node id and what was seen there: "rises", "falls" or "unchanged" (or the `Verdict`).
        Unchanged holds where the deviation is below a millionth of the push.
    candidates
        Ids of the nodes that may have been pushed; all that were not observed when it is left
        out. An observed node explains itself, which is no explanation, so it takes part only
        when it is named here.
    limit
        The largest number of causes.
    alpha, weightings, seed
        As in `respond`.

    Returns
    -------
    Explanations
        Best score first, then fewer pushes, then more observations that hold, then by ids.

    Raises
    ------
    UnknownId
        A node that the map does not have.
    ValueError
        Nothing observed, a direction that nobody can observe, no candidate, or a number out of
        range.
    TypeError
        `observed` is not a mapping.

    Examples
    --------
    >>> fork = Model.from_edges([("s", "y", 1), ("s", "t", -1), ("u", "t", 1), ("s", "z", 1)])
    >>> found = explain(fork, {"y": "rises", "t": "falls"})
    >>> found[0].presses, found[0].score, found[0].matched
    ((Press(node='s', amount=1.0),), 1.0, 2)
    """
    if limit < 1:
        msg = f"limit is {limit}; give 1 or more."
        raise ValueError(msg)
    pattern = _pattern(model, observed)
    suspects = _suspects(model, candidates, pattern)
    ensemble = ensemble_for(model, alpha=alpha, weightings=weightings, seed=seed)
    fits, all_pairs = fits_of(ensemble, suspects, pattern)
    tied = tied_fits(fits)
    level = [fit for fit in fits if len(fit.presses) == len(fits[0].presses)]
    ties = sum(fit.whole >= fits[0].whole - 1 for fit in level)
    causes = tuple(
        Cause(fit.presses, fit.whole / weightings, fit.matched, fit in tied, model)
        for fit in fits[:limit]
    )
    settings = (alpha, weightings, seed)
    found = Explanations(pattern, *settings, len(fits), ties, all_pairs, None, causes, model)
    return replace(found, measurement=_measurement(ensemble, found))


def _pattern(model: Model, observed: Mapping[str, Verdict | str]) -> Mapping[str, Verdict]:
    if not isinstance(observed, Mapping):
        msg = (
            f"observed is {observed!r}; give a mapping from node id to what was seen there, "
            "such as {'cortisol': 'rises'}."
        )
        raise TypeError(msg)
    if not observed:
        msg = "Nothing is observed; give at least one node id with 'rises', 'falls' or 'unchanged'."
        raise ValueError(msg)
    for node, seen in observed.items():
        model.node(node)
        if seen not in tuple(OBSERVABLE):
            msg = f"{node!r} is observed as {seen!r}; use 'rises', 'falls' or 'unchanged'."
            raise ValueError(msg)
    return MappingProxyType(
        {node: Verdict(observed[node]) for node in model.nodes if node in observed}
    )


def _suspects(
    model: Model, candidates: Iterable[str] | None, pattern: Mapping[str, Verdict]
) -> list[str]:
    """Ids of the nodes that may have been pushed, in order."""
    if candidates is None:
        return sorted(model.nodes.keys() - pattern.keys())
    named = (candidates,) if isinstance(candidates, str) else candidates
    suspects = sorted({model.node(node).id for node in named})
    if not suspects:
        msg = "There are no candidates; name at least one node, or leave candidates out."
        raise ValueError(msg)
    return suspects


def _measurement(ensemble: Ensemble, found: Explanations) -> Measurement | None:
    """The unobserved node on which the leaders differ most."""
    responses = [ensemble.respond(*cause.presses) for cause in found.leaders]
    pushed = {press.node for cause in found.leaders for press in cause.presses}
    ranked = []
    for node in sorted(ensemble.model.nodes.keys() - found.observed.keys()):
        net = sorted(response.rises[node] - response.falls[node] for response in responses)
        # of sorted numbers, the sum of all differences
        apart = sum((2 * place + 1 - len(net)) * level for place, level in enumerate(net))
        if net and net[-1] > net[0]:
            ranked.append((net[0] - net[-1], -round(apart, 9), node in pushed, node))
    if not ranked:
        return None
    spread, _, _, node = min(ranked)
    predictions = tuple(
        Prediction(
            cause.presses, response.direction[node], response.rises[node], response.falls[node]
        )
        for cause, response in zip(found.leaders, responses, strict=True)
    )
    return Measurement(node, -spread, predictions, ensemble.model)


# In words


def _short(presses: Iterable[Press]) -> str:
    return " + ".join(f"{press.node} {'up' if press.amount > 0 else 'down'}" for press in presses)


def _pushes(model: Model, presses: Iterable[Press], language: str) -> str:
    """The pushes as in the middle of a sentence."""
    said = []
    for press in presses:
        key = "up" if press.amount > 0 else "down"
        name = node_name(model.node(press.node), language)
        said.append(say(f"explanation.{key}", language, node=name))
    return join(said, language)


def _fit_in_words(cause: Cause, language: str) -> str:
    pushes = _pushes(cause._model, cause.presses, language)
    return say(
        "explanation.cause",
        language,
        causes=pushes[:1].upper() + pushes[1:],
        percent=percent(cause.score, language),
        matched=number(cause.matched, language),
        bar=percent(LIKELY, language),
    )


@in_words.register
def _cause_in_words(cause: Cause, language: str = "en") -> str:
    said = _fit_in_words(cause, language)
    return f"{said} {say('explanation.tied', language)}" if cause.tied else said


@in_words.register
def _measurement_in_words(measurement: Measurement, language: str = "en") -> str:
    """What to measure, with causes that predict the same there named together."""
    model = measurement._model
    alike: dict[tuple[Verdict, str, str], list[str]] = {}
    for each in measurement.predictions:
        shares = percent(each.rises, language), percent(each.falls, language)
        causes = alike.setdefault((each.direction, *shares), [])
        causes.append(_pushes(model, each.presses, language))
    predictions = [
        say(
            "explanation.prediction",
            language,
            verdict=word(direction, language),
            causes="; ".join(causes),
            rises=rises,
            falls=falls,
        )
        for (direction, rises, falls), causes in alike.items()
    ]
    name = node_name(model.node(measurement.node), language)
    return say("explanation.measure", language, node=name, predictions=" ".join(predictions))


@in_words.register
def _explanations_in_words(found: Explanations, language: str = "en") -> str:
    model = found._model
    seen = [
        f"{node_name(model.node(node), language)} ({word(way, language)})"
        for node, way in found.observed.items()
    ]
    said = [say("explanation.observed", language, pattern=join(seen, language))]
    if found.ties > 1:
        said.append(say("explanation.ties", language, n=number(found.ties, language)))
    said += [_fit_in_words(cause, language) for cause in found]
    if not found:
        said.append(say("explanation.none", language))
    if found.truncated:
        said.append(say_count("explanation.more", found.total - len(found), language))
    if not found.all_pairs:
        said.append(say("explanation.untried", language))
    if found.measurement is not None:
        said.append(in_words(found.measurement, language))
    return " ".join(said)

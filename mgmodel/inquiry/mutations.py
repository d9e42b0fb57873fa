"""Which arrows the expectations of a map put to the test, by turning each one round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mgmodel.inquiry.expectations import finding, questions
from mgmodel.interventions import FlipEdge
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import ensemble_of
from mgmodel.vocabulary import ExpectationKind, Outcome
from mgmodel.wording import arrow_name, in_words
from mgmodel.wording.catalogues import join, number, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MutationScore", "mutation_score"]


@dataclass(frozen=True)
class MutationScore:
    """Which arrows the expectations notice when one of them is turned round."""

    noticed_by: Mapping[str, tuple[str, ...]]
    """For each arrow that was turned round, ids of the expectations that no longer agree."""
    kinds: Mapping[str, ExpectationKind] = field(repr=False)
    """Kind of each expectation that agreed at first; only these can notice anything."""
    _model: Model = field(repr=False, compare=False)

    def noticed(self, kind: ExpectationKind | str | None = None) -> tuple[str, ...]:
        """Arrows that some expectation notices, of this kind or of any."""
        wanted = None if kind is None else ExpectationKind(kind)
        return tuple(
            edge
            for edge, ids in self.noticed_by.items()
            if any(wanted is None or self.kinds[each] is wanted for each in ids)
        )

    @property
    def unnoticed(self) -> tuple[str, ...]:
        """Arrows that could have the wrong sign without any expectation telling."""
        return tuple(edge for edge, ids in self.noticed_by.items() if not ids)

    def share(self, kind: ExpectationKind | str | None = None) -> float | None:
        """Fraction of the arrows that are noticed; None where there is no arrow to turn."""
        return len(self.noticed(kind)) / len(self.noticed_by) if self.noticed_by else None

    def to_frame(self) -> pd.DataFrame:
        """A table with one arrow a row: how many of each kind notice it, and which."""
        import pandas as pd  # frames are made on demand only

        rows = [
            (
                *(sum(self.kinds[each] is kind for each in ids) for kind in ExpectationKind),
                "; ".join(ids),
            )
            for ids in self.noticed_by.values()
        ]
        columns = [*(kind.value for kind in ExpectationKind), "noticed_by"]
        index = pd.Index(list(self.noticed_by), name="edge", dtype="str")
        return pd.DataFrame(rows, columns=columns, index=index)

    def __repr__(self) -> str:
        each = ", ".join(f"{len(self.noticed(kind))} by {kind.value}" for kind in ExpectationKind)
        return f"MutationScore({len(self.noticed())} of {len(self.noticed_by)} noticed; {each})"

    def _repr_html_(self) -> str:
        rows = [(edge, len(ids), "; ".join(ids)) for edge, ids in self.noticed_by.items()]
        return table(repr(self), ("arrow turned round", "noticed by", "which"), rows)


def mutation_score(model: Model, edges: Iterable[str] | None = None) -> MutationScore:
    """Which arrows some expectation notices when their sign is turned round, one at a time.

    An arrow is noticed when an expectation that agreed no longer does. What nobody notices could
    stand in the map with the wrong sign, as far as the expectations tell.

    Parameters
    ----------
    model
        Its library holds the expectations.
    edges
        The arrows to turn; by default all that are core, propagate and have a sign, or where none
        is marked core, all that propagate and have a sign.

    Raises
    ------
    UnknownId
        An arrow that the map does not have.

    Examples
    --------
    >>> mutation_score(Model.from_edges([("a", "b", 1)]))
    MutationScore(0 of 1 noticed; 0 by measured, 0 by reasoned)
    """
    signed = [edge for edge in model.reasoning_edges if edge.sign]
    core = [edge for edge in signed if edge.core] or signed
    turned = [edge.id for edge in core] if edges is None else [model.edge(e).id for e in edges]
    ensemble = ensemble_of(model)
    asked, _ = questions(model)
    agreed = [each for each in asked if finding(ensemble, each).outcome is Outcome.AGREE]
    noticed = {
        edge: tuple(
            question.expectation.id
            for question in agreed
            if finding(ensemble, question, FlipEdge(edge)).outcome is not Outcome.AGREE
        )
        for edge in turned
    }
    kinds = {each.expectation.id: each.expectation.kind for each in agreed}
    return MutationScore(MappingProxyType(noticed), MappingProxyType(kinds), model)


@in_words.register
def _score_in_words(score: MutationScore, language: str = "en") -> str:
    """How many arrows are noticed, and which are not."""
    turned = say_count("count.arrows", len(score.noticed_by), language)
    noticed = number(len(score.noticed()), language)
    said = say("expectation.noticed", language, arrows=turned, noticed=noticed)
    names = [arrow_name(score._model.edge(edge), language) for edge in score.unnoticed]
    if not names:
        return said
    unnoticed = say("expectation.unnoticed", language, arrows=join(names, language))
    return f"{said} {unnoticed}"

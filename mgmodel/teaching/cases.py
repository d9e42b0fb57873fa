"""One question about one node with what was answered, and what there is to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mgmodel.inquiry.comparison import Comparison, compare_in
from mgmodel.interventions import Intervention, Plan, check
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response
from mgmodel.teaching.readings import Reading, loop_closing, shortest_readings, starts_of
from mgmodel.vocabulary import Verdict

__all__ = ["Answer", "Case", "answer_for"]


class Answer(StrEnum):
    """What can be said of a node before the map is asked."""

    RISES = "rises"
    FALLS = "falls"
    DEPENDS = "depends"
    NO_ROUTE = "no_route"
    """Nothing reaches it, or what reaches it leaves it where it is."""

    @property
    def sign(self) -> int:
        """+1 or -1 for a direction, else 0."""
        return {Answer.RISES: 1, Answer.FALLS: -1}.get(self, 0)


def answer_for(verdict: Verdict) -> Answer:
    """The one answer that is right where the map says this.

    Raises
    ------
    ValueError
        The question itself holds the node, so that there is nothing to predict.

    Examples
    --------
    >>> answer_for(Verdict.UNCHANGED).value
    'no_route'
    """
    if verdict is Verdict.FIXED:
        msg = "The question itself holds this node, so there is nothing to predict; ask of another."
        raise ValueError(msg)
    return Answer.NO_ROUTE if verdict is Verdict.UNCHANGED else Answer(verdict.value)


@dataclass(frozen=True)
class Case:
    """One question about one node with what was answered, and what the rules need to know of it."""

    ensemble: Ensemble
    asked: tuple[Intervention, ...]
    before: tuple[Intervention, ...] | None
    node: str
    answer: Answer

    @property
    def model(self) -> Model:
        """The map."""
        return self.ensemble.model

    @cached_property
    def plan(self) -> Plan:
        """What the question comes to."""
        return check(self.model, self.asked)

    @cached_property
    def earlier(self) -> Plan | None:
        """What the question before it comes to, if there is one."""
        return None if self.before is None else check(self.model, self.before)

    @cached_property
    def told(self) -> Response | Comparison:
        """What the map says: of the node, or of the difference from before."""
        return self._told()

    @cached_property
    def truth(self) -> Verdict:
        """The verdict on the node; `fixed` where the question holds it on either side."""
        held = self.plan.fixed | (self.earlier.fixed if self.earlier else {})
        return Verdict.FIXED if self.node in held else self.told.direction[self.node]

    @cached_property
    def starts(self) -> dict[str, int]:
        """Where the question changes something, each with its direction."""
        return starts_of(self.ensemble, self.told, self.plan, self.earlier)

    @cached_property
    def ways(self) -> tuple[Reading, ...]:
        """The shortest ways to the node."""
        permissive = self.ensemble.permissive
        return shortest_readings(
            self.model, self.plan, self.starts, self.node, permissive=permissive
        )

    @cached_property
    def closing(self) -> tuple[str, ...]:
        """Arrows on which a change comes back, on either side of the question."""
        plans = [plan for plan in (self.plan, self.earlier) if plan]
        return loop_closing(self.model, self.node, self.starts, *plans)

    def right_with(self, *changes: Intervention) -> bool:
        """Whether the answer were right, were the map changed in this way on both sides."""
        return answer_for(self._told(*changes).direction[self.node]) is self.answer

    def _told(self, *changes: Intervention) -> Response | Comparison:
        after = (*self.asked, *changes)
        if self.before is None:
            return self.ensemble.respond(*after)
        return compare_in(self.ensemble, (*self.before, *changes), after)

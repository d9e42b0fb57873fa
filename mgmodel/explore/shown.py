"""What the screen says for a View: every verdict, sentence, path and card, as one record.

This is the whole reasoning of the explorer. It is a pure function of a map, its stored weightings
and a View; it always asks the whole map, whatever part is drawn. `static/answers.js` is its twin in
the page, and `told` is where the two are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from mgmodel.explore import asked, said
from mgmodel.explore.asked import (
    LISTED_PATHS,
    LONGEST_PATH,
    explorer_ensemble,
    question,
)
from mgmodel.explore.codes import encode
from mgmodel.explore.said import LoopRow, PathRow
from mgmodel.explore.views import Refused, View, as_code, checked
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.routes import Routes
from mgmodel.vocabulary import EvidenceBar, Strength, Verdict
from mgmodel.wording.cards import claim_card
from mgmodel.wording.catalogues import say

# fmt: off
__all__ = [
    "LISTED_PATHS", "LONGEST_PATH", "LoopRow", "PathRow", "Shown", "explorer_ensemble", "question",
    "shown", "told",
]
# fmt: on


@dataclass(frozen=True)
class Shown:
    """Everything that the explorer shows for one View; each part is found when it is asked for."""

    view: View
    _model: Model = field(repr=False, compare=False)
    _ensemble: Ensemble = field(repr=False, compare=False)

    @cached_property
    def response(self) -> Response:
        """What the question does to every node."""
        return self._ensemble.respond(*question(self._model, self.view))

    @property
    def is_asked(self) -> bool:
        """Whether anything is pushed, switched off or held, so that nodes have a verdict."""
        return asked.is_asked(self.view)

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Direction of every node; none while nothing is asked."""
        return self.response.direction if self.is_asked else {}

    @cached_property
    def strengths(self) -> Mapping[str, Strength]:
        """How firmly each direction holds; none while nothing is asked."""
        return self.response.strength if self.is_asked else {}

    @cached_property
    def routes(self) -> Routes:
        """All paths from source to target that meet no fixed node and no arrow taken away."""
        return asked.paths_asked(self._model, self.view)

    @cached_property
    def dim_nodes(self) -> frozenset[str]:
        """Nodes that the push does not reach, or away from the focus; never one that is fixed."""
        bright = self._near[0]
        if self.view.source is not None:
            bright &= self._reached
        return frozenset(self._model.nodes) - bright - set(self.view.fixed)

    @cached_property
    def dim_edges(self) -> frozenset[str]:
        """Arrows that do not carry the push, are away from the focus or of a kind left out."""
        edges = self._model.edges
        without = self.view.without_layers
        dim = {edge.id for edge in edges.values() if without and edge.layer in without}
        dim |= edges.keys() - self._near[1]
        if self.view.source is not None:
            dim |= edges.keys() - self._carrying
        return frozenset(dim)

    @cached_property
    def faded_edges(self) -> frozenset[str]:
        """Arrows that are cut or below the evidence bar, of every kind."""
        return frozenset(asked.faded_arrows(self._model, self.view))

    @cached_property
    def lit_nodes(self) -> frozenset[str]:
        """On the highlighted path or loop."""
        return frozenset(node for row in self._lit for node in row.nodes)

    @cached_property
    def lit_edges(self) -> frozenset[str]:
        """On the highlighted path or loop, and the arrow whose card is open."""
        on_way = (edge for row in self._lit for edge in row.edges)
        return frozenset((*on_way, *filter(None, (self.view.arrow,))))

    @cached_property
    def question(self) -> str:
        """What is done to the map, in sentences."""
        return said.question_said(self._model, self.view)

    @cached_property
    def answer(self) -> str:
        """What that does to the target, and whether a path is left; empty without a target."""
        found = (self.response, self._reached, self.routes)
        return said.answer_said(self._model, self.view, *found)

    @cached_property
    def status(self) -> str:
        """How far the push carries, and what is switched off, held or taken away."""
        return said.status_said(self._model, self.view, self._reached)

    @cached_property
    def count(self) -> str:
        """How many paths there are, by sign; what to choose without a source and a target."""
        return said.count_said(self._model, self.view, self._reached, self.routes)

    @cached_property
    def note(self) -> str:
        """What the list of paths leaves out."""
        return said.note_said(self.view, self.routes)

    @cached_property
    def paths(self) -> tuple[PathRow, ...]:
        """The listed paths."""
        return said.path_rows(self._model, self.view, self.routes)

    @cached_property
    def loops(self) -> tuple[LoopRow, ...]:
        """The feedback loops of the whole map, broken or not, up to a length."""
        return said.loop_rows(self._model, self.view)

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """What the evidence bar changes: a sentence for each node of another direction or strength.

        It is held against the same View with every arrow counted.
        """
        lowest = EvidenceBar.DOCUMENTS.value
        if self.view.evidence == lowest or not self.is_asked:
            return ()
        before = self._other(replace(self.view, evidence=lowest, route=None))
        return tuple(
            say(
                "answer.changed",
                self.view.language,
                label=self._label(node),
                before=before._outcome(node),
                after=self._outcome(node),
            )
            for node in self._differing(before)
        )

    @cached_property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """Nodes whose box says something else in the View beside this one, each with a sentence."""
        if self.view.beside is None:
            return ()
        beside = self._other(self.view.beside)
        if not (self.is_asked and beside.is_asked):
            return ()
        return tuple(
            (
                node,
                say(
                    "answer.differs",
                    self.view.language,
                    label=self._label(node),
                    here=self._outcome(node),
                    there=beside._outcome(node),
                ),
            )
            for node in self._differing(beside)
        )

    @cached_property
    def card(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Claim card of the chosen arrow: headings with their lines."""
        if self.view.arrow is None:
            return (("", (say("card.none", self.view.language),)),)
        return claim_card(self._model, self.view.arrow, self.view.language).sections

    @cached_property
    def short_code(self) -> str:
        """The code for the blackboard that gives this View back in any copy of the map."""
        return encode(self._model, self.view)

    @property
    def code(self) -> str:
        """The line of Python that opens this View again."""
        return as_code(self.view, self.short_code)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in the order in which a person reads them."""
        paths = (row.sentence for row in self.paths)
        texts = (self.answer, self.status, self.question, self.count, *paths, self.note)
        return tuple(filter(None, texts))

    @cached_property
    def _reached(self) -> frozenset[str]:
        return asked.reached(self._model, self.view)

    @cached_property
    def _near(self) -> tuple[frozenset[str], frozenset[str]]:
        return asked.near(self._model, self.view)

    @property
    def _carrying(self) -> set[str]:
        """Arrows that carry the push on."""
        return {
            edge.id
            for edge in self._model.reasoning_edges
            if {edge.source, edge.target} <= self._reached and edge.id not in self.faded_edges
        }

    @cached_property
    def _lit(self) -> tuple[Any, ...]:
        """The highlighted path and loop, as far as there are any."""
        view = self.view
        path = () if view.route is None else (self.routes[view.route],)
        loop = () if view.loop is None else (asked.listed_loops(self._model)[view.loop],)
        return (*path, *loop)

    def _other(self, view: View) -> Shown:
        return Shown(view, self._model, self._ensemble)

    def _differing(self, other: Shown) -> list[str]:
        return said.differing(((self.view, self.response), (other.view, other.response)))

    def _outcome(self, node: str) -> str:
        return said.outcome_said(self.view, self.response, node)

    def _label(self, node: str) -> str:
        return self._model.node(node).label.in_language(self.view.language)


def shown(model: Model, ensemble: Ensemble, view: View) -> Shown:
    """Everything that the explorer shows for this View.

    Parameters
    ----------
    model
        The whole map.
    ensemble
        The stored weightings of the same map, see `explorer_ensemble`.
    view
        What a person has chosen.

    Raises
    ------
    UnknownId, ValueError
        The View cannot be had on this map, see `checked`; or its `route` or `loop` is not in the
        list.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> shown(chain, Ensemble(chain), View(source="a", target="c")).answer
    'c: falls in all weightings. 1 path leads from a to c.'
    """
    now = Shown(checked(model, view), model, ensemble)
    if view.route is not None:
        _check_listed("path", view.route, min(len(now.routes), LISTED_PATHS))
    if view.loop is not None:
        _check_listed("loop", view.loop, len(asked.listed_loops(model)))
    return now


def _check_listed(kind: str, place: int, listed: int) -> None:
    if place >= listed:
        key = "answer.no_path" if kind == "path" else "answer.no_loop"
        raise Refused(key, n=str(place), listed=str(listed))


def told(now: Shown) -> dict[str, Any]:
    """What is shown, as the page holds it: plain data, nodes and arrows by their place in the map.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> found = told(shown(chain, explorer_ensemble(chain), View(source="b", target="c")))
    >>> found["answer"], found["dim_nodes"], found["nodes"][2]
    ('c: falls in all weightings. 1 path leads from b to c.', [0], ['falls', 'always', 0.0, 1.0])
    """
    answer = now.response
    node_at = {node: place for place, node in enumerate(now._model.nodes)}
    edge_at = {edge: place for place, edge in enumerate(now._model.edges)}
    texts = ("question", "answer", "status", "count", "note")
    return {
        **{name: getattr(now, name) for name in texts},
        "paths": [_path_told(row, node_at, edge_at) for row in now.paths],
        "asked": now.is_asked,
        "nodes": [
            [verdict.value, now.strengths[node].value, answer.rises[node], answer.falls[node]]
            for node, verdict in now.verdicts.items()
        ],
        "dim_nodes": _places(now.dim_nodes, node_at),
        "dim_edges": _places(now.dim_edges, edge_at),
        "faded_edges": _places(now.faded_edges, edge_at),
        "lit_nodes": _places(now.lit_nodes, node_at),
        "lit_edges": _places(now.lit_edges, edge_at),
        "loops": [
            {"sentence": row.sentence, "word": row.word, "broken": row.broken} for row in now.loops
        ],
        "changed": list(now.changed),
        "differences": [[node_at[node], sentence] for node, sentence in now.differences],
        "code": now.short_code,
        "python": now.code,
    }


def _places(ids: Iterable[str], place_of: Mapping[str, int]) -> list[int]:
    return sorted(place_of[one] for one in ids)


def _path_told(
    row: PathRow, node_at: Mapping[str, int], edge_at: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "sentence": row.sentence,
        "short": row.short,
        "sign": row.sign,
        "length": row.length,
        "grade": row.weakest.value,
        "outside": row.outside,
        "nodes": [node_at[node] for node in row.nodes],
        "edges": [edge_at[edge] for edge in row.edges],
    }

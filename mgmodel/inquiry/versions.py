"""What a change of the map changes: its arrows, and every conclusion that hangs on them.

Both versions are asked under shared weights, drawn once for the arrows of both. So a conclusion
that differs is the work of the change and not of other random numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mgmodel.inquiry.expectations import examine
from mgmodel.interventions import Press
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Response, feedback_loops
from mgmodel.reasoning.adjacency import adjacency, reachable
from mgmodel.records import Edge
from mgmodel.vocabulary import Outcome, Stance, Strength, Verdict
from mgmodel.wording import arrow_name, in_words, loop_word, node_name, word
from mgmodel.wording.catalogues import join, say, say_count
from mgmodel.wording.sentences import readable

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Changes",
    "ConclusionChange",
    "EdgeChange",
    "ExpectationChange",
    "LoopChange",
    "diff",
]

_FIELDS = (
    *("source", "target", "effect", "propagate", "core", "contested", "permissive", "gate"),
    *("layer", "confidence"),
)
"""What of an arrow is compared."""
_COUNTED = {"evidence_for": Stance.SUPPORTS, "evidence_against": Stance.CONTRADICTS}
"""Rows of evidence that are counted beside them; a mixed row counts on both sides."""


@dataclass(frozen=True)
class EdgeChange:
    """One thing that an arrow of both versions says differently."""

    edge: str
    what: str
    """A column of edges.csv, or `evidence_for` and `evidence_against` for numbers of rows."""
    old: str
    new: str

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class ConclusionChange:
    """What a lasting push on one node does to another, where the two versions differ."""

    pressed: str
    node: str
    old: Verdict
    old_strength: Strength
    new: Verdict
    new_strength: Strength
    _model: Model = field(repr=False, compare=False)

    @property
    def is_turned(self) -> bool:
        """Whether the direction differs, and not only how firmly it holds."""
        return self.old is not self.new

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class LoopChange:
    """A loop that only one version has, or that has another sign."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    old: int | None
    """Its sign; None where the old version does not have it."""
    new: int | None
    """Its sign; None where the new version does not have it."""
    _model: Model = field(repr=False, compare=False)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class ExpectationChange:
    """An expectation of both versions with another outcome."""

    expectation: str
    old: Outcome
    new: Outcome

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two versions of a map; each list in a stated order."""

    nodes_added: tuple[str, ...]
    """Ids, in the order of the new map. A node with a new id is one removed and one added."""
    nodes_removed: tuple[str, ...]
    edges_added: tuple[str, ...]
    edges_removed: tuple[str, ...]
    edges_changed: tuple[EdgeChange, ...]
    """By arrow in the order of the new map."""
    conclusions: tuple[ConclusionChange, ...]
    """By pressed node and then by node, both in the order of the new map."""
    loops: tuple[LoopChange, ...]
    """Shortest first, then by the ids of their arrows."""
    loops_truncated: bool
    """Whether a version has more loops than were listed, so that some may be missing here."""
    expectations: tuple[ExpectationChange, ...]
    expectations_added: tuple[str, ...]
    expectations_removed: tuple[str, ...]

    @property
    def changed_edges(self) -> tuple[str, ...]:
        """Ids of the arrows of both versions that say something differently, each once."""
        return tuple(dict.fromkeys(change.edge for change in self.edges_changed))

    def __bool__(self) -> bool:
        return any(self.parts().values())

    def parts(self) -> dict[str, int]:
        """How much there is of each sort."""
        return {
            "nodes_added": len(self.nodes_added),
            "nodes_removed": len(self.nodes_removed),
            "edges_added": len(self.edges_added),
            "edges_removed": len(self.edges_removed),
            "edges_changed": len(self.changed_edges),
            "conclusions": len(self.conclusions),
            "loops": len(self.loops),
            "expectations": len(self.expectations),
            "expectations_added": len(self.expectations_added),
            "expectations_removed": len(self.expectations_removed),
        }

    def to_frame(self) -> pd.DataFrame:
        """A table of the changed conclusions, one a row."""
        import pandas as pd  # frames are made on demand only

        rows = [
            (
                *(each.pressed, each.node, each.old.value, each.old_strength.value),
                *(each.new.value, each.new_strength.value),
            )
            for each in self.conclusions
        ]
        columns = ["pressed", "node", "old", "old_strength", "new", "new_strength"]
        return pd.DataFrame(rows, columns=columns).astype("str")

    def __repr__(self) -> str:
        parts = [f"{n} {what.replace('_', ' ')}" for what, n in self.parts().items() if n]
        return f"Changes({', '.join(parts) or 'none'})"

    def _repr_html_(self) -> str:
        rows = [(what.replace("_", " "), n) for what, n in self.parts().items()]
        return table("What differs between two versions of a map", ("what", "how many"), rows)


def diff(
    old: Model,
    new: Model,
    *,
    alpha: float = 0.9,
    weightings: int = 500,
    seed: int = 0,
    max_length: int = 6,
) -> Changes:
    """What the new version of a map says that the old one did not, and the other way round.

    Conclusions are those of a lasting push on each node that both versions have. Only pushes that
    arrive at a changed arrow are asked, since no other one can tell the difference.

    Parameters
    ----------
    old, new
        Arrows and nodes are the same where their ids are; labels do not count.
    alpha, weightings, seed
        As in `respond`. The weights are drawn for the arrows of both versions together.
    max_length
        The largest number of arrows of the loops that are compared.

    Raises
    ------
    ValueError
        `alpha`, `weightings` or `max_length` out of range, or an expectation that cannot be read.

    Examples
    --------
    >>> old = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> new = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> changes = diff(old, new)
    >>> changes
    Changes(1 edges changed, 2 conclusions)
    >>> [str(each) for each in changes.conclusions][0]
    'a, pushed up. c: before, rises (always); now, falls (always).'
    """
    union = _union(old, new)
    versions = tuple(
        Ensemble(model, alpha, weightings, seed, drawn_as=union) for model in (old, new)
    )
    loops, truncated = _loop_changes(old, new, max_length)
    outcomes = [
        {f.expectation.id: f.outcome for f in examine(each.model, ensemble=each)}
        for each in versions
    ]
    rows = [{each.id: None for each in model.library.expectations} for model in (old, new)]
    return Changes(
        nodes_added=_without(new.nodes, old.nodes),
        nodes_removed=_without(old.nodes, new.nodes),
        edges_added=_without(new.edges, old.edges),
        edges_removed=_without(old.edges, new.edges),
        edges_changed=tuple(_edge_changes(old, new)),
        conclusions=tuple(_conclusion_changes(*versions)),
        loops=loops,
        loops_truncated=truncated,
        expectations=tuple(
            ExpectationChange(name, outcomes[0][name], outcome)
            for name, outcome in outcomes[1].items()
            if outcomes[0].get(name, outcome) is not outcome
        ),
        expectations_added=_without(rows[1], rows[0]),
        expectations_removed=_without(rows[0], rows[1]),
    )


def _without(ids: Iterable[str], others: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each not in others)


def _union(old: Model, new: Model) -> Model:
    """A map with every arrow that either version reasons over, to draw the weights for."""
    reasoning = {edge.id: edge for model in (old, new) for edge in model.reasoning_edges}
    # in the order of ids, so that weights do not hang on how a file is sorted
    nodes = {**old.nodes, **new.nodes}
    return Model(nodes.values(), (reasoning[name] for name in sorted(reasoning)))


def _edge_changes(old: Model, new: Model) -> Iterator[EdgeChange]:
    for edge in new.edges:
        if edge in old.edges:
            before, after = _spoken(old, old.edges[edge]), _spoken(new, new.edges[edge])
            for what, was in before.items():
                if was != after[what]:
                    yield EdgeChange(edge, what, was, after[what])


def _spoken(model: Model, edge: Edge) -> dict[str, str]:
    """What is compared of an arrow, as text."""
    stances = [row.stance for row in model.evidence_for(edge.id)]
    found = {name: _text(getattr(edge, name)) for name in _FIELDS}
    for what, stance in _COUNTED.items():
        found[what] = str(stances.count(stance) + stances.count(Stance.MIXED))
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _conclusion_changes(old: Ensemble, new: Ensemble) -> Iterator[ConclusionChange]:
    """Pushes that arrive where an arrow changed, asked of both versions."""
    touched = _touched(old.model, new.model)
    telling = _upstream(old.model, touched) | _upstream(new.model, touched)
    shared = [node for node in new.model.nodes if node in old.model.nodes]
    for pressed in shared:
        if pressed in telling:
            before, after = old.respond(Press(pressed)), new.respond(Press(pressed))
            for node in shared:
                was, now = _told(before, node), _told(after, node)
                if was != now:
                    yield ConclusionChange(pressed, node, *was, *now, new.model)


def _touched(old: Model, new: Model) -> set[str]:
    """Targets of the arrows that the two versions do not reason over alike."""
    before, after = (
        {(edge.id, *_reasoned(edge)) for edge in model.reasoning_edges} for model in (old, new)
    )
    return {edge[2] for edge in before ^ after}


def _reasoned(edge: Edge) -> tuple[str, str, int, bool, str]:
    return edge.source, edge.target, edge.sign, edge.permissive, edge.gate


def _upstream(model: Model, ends: Iterable[str]) -> set[str]:
    here = adjacency(model)
    start = [here.number[end] for end in ends if end in here.number]
    return {here.nodes[number] for number in reachable(start, here.predecessors.__getitem__)}


def _told(response: Response, node: str) -> tuple[Verdict, Strength]:
    return response.direction[node], response.strength[node]


def _loop_changes(old: Model, new: Model, longest: int) -> tuple[tuple[LoopChange, ...], bool]:
    found = [feedback_loops(model, max_length=longest) for model in (old, new)]
    if not _touched(old, new):
        return (), False  # the same loops, listed or not
    before, after = ({loop.edges: loop for loop in each} for each in found)
    changes = []
    for edges in sorted(before.keys() | after.keys(), key=lambda edges: (len(edges), edges)):
        was, now = before.get(edges), after.get(edges)
        signs = was.sign if was else None, now.sign if now else None
        if signs[0] != signs[1]:
            nodes = (now or was or after[edges]).nodes
            changes.append(LoopChange(nodes, edges, *signs, new if now else old))
    return tuple(changes), any(each.truncated for each in found)


@in_words.register
def _edge_change_in_words(change: EdgeChange, language: str = "en") -> str:
    nothing = say("version.nothing", language)
    return say(
        "version.edge",
        language,
        arrow=arrow_name(change.edge, language),
        what=say(f"version.field.{change.what}", language),
        old=readable(change.old) or nothing,
        new=readable(change.new) or nothing,
    )


@in_words.register
def _conclusion_in_words(change: ConclusionChange, language: str = "en") -> str:
    nodes = change._model.nodes
    return say(
        "version.conclusion",
        language,
        pressed=nodes[change.pressed].label.in_language(language),
        node=nodes[change.node].label.in_language(language),
        old=_verdict_in_words(change.old, change.old_strength, language),
        new=_verdict_in_words(change.new, change.new_strength, language),
    )


def _verdict_in_words(verdict: Verdict, strength: Strength, language: str) -> str:
    said = word(verdict, language)
    if verdict in {Verdict.RISES, Verdict.FALLS}:
        return f"{said} ({word(strength, language)})"
    return said


@in_words.register
def _loop_in_words(change: LoopChange, language: str = "en") -> str:
    names = [node_name(change._model.nodes[node], language) for node in change.nodes]
    old, new = (
        say("version.no_loop", language) if sign is None else loop_word(sign, language)
        for sign in (change.old, change.new)
    )
    return say("version.loop", language, nodes=join(names, language), old=old, new=new)


@in_words.register
def _expectation_in_words(change: ExpectationChange, language: str = "en") -> str:
    return say(
        "version.expectation",
        language,
        name=readable(change.expectation),
        old=word(change.old, language),
        new=word(change.new, language),
    )


@in_words.register
def _changes_in_words(changes: Changes, language: str = "en") -> str:
    """How much of each sort differs."""
    said = [
        say_count(f"version.count.{what}", n, language) for what, n in changes.parts().items() if n
    ]
    if changes.loops_truncated:
        said.append(say("version.truncated", language))
    return " ".join(said) or say("version.none", language)

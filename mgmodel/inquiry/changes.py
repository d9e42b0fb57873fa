"""Records of what differs between two versions of a map, and how each is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.vocabulary import Outcome, Strength, Verdict
from mgmodel.wording import arrow_name, in_words, loop_word, node_name, word
from mgmodel.wording.catalogues import join, say, say_count
from mgmodel.wording.sentences import readable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Changes", "ConclusionChange", "EdgeChange", "ExpectationChange", "LoopChange"]


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
    """By pressed node and then by node, in the order of the new map or in that which was asked."""
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
        parts = [f"{what.replace('_', ' ')} {n}" for what, n in self.parts().items() if n]
        return f"Changes({', '.join(parts) or 'none'})"

    def _repr_html_(self) -> str:
        rows = [(what.replace("_", " "), n) for what, n in self.parts().items()]
        return table("What differs between two versions of a map", ("what", "how many"), rows)


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

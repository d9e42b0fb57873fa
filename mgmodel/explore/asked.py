"""What a View asks of a map: what is done to it, which arrows count, and what lies within reach.

Nothing here is said in words; that is for `mgmodel.explore.said`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from mgmodel.evidence import bar_of
from mgmodel.explore.views import View
from mgmodel.interventions import Block, CutEdge, FlipEdge, Intervention, KnockOut, Press
from mgmodel.model import Model
from mgmodel.reasoning.ensemble import Ensemble, ensemble_of
from mgmodel.reasoning.routes import Route, Routes
from mgmodel.reasoning.tracing import feedback_loops, reach, signed_paths
from mgmodel.records import Edge
from mgmodel.vocabulary import Effect, EvidenceBar

__all__ = [
    "LISTED_LOOPS",
    "LISTED_PATHS",
    "LONGEST_LOOP",
    "LONGEST_PATH",
    "PATH_LIMIT",
    "arrow_asked",
    "bars",
    "explorer_ensemble",
    "faded_arrows",
    "is_asked",
    "listed_loops",
    "near",
    "paths_asked",
    "question",
    "reached",
    "silent_arrows",
]

LONGEST_PATH = 8
"""Arrows in a listed path: the longest that a reader follows."""
LISTED_PATHS = 60
"""Paths in the list; the sentence above it counts all of them."""
PATH_LIMIT = 10_000
"""Paths that are looked for; where there are more, the list says so."""
LONGEST_LOOP = 6
"""Arrows in a listed loop."""
LISTED_LOOPS = 200
"""Loops in the list, shortest first."""

_LARGE_MAP = 1000
_FEWER_WEIGHTINGS = 60
_TURNED = {Effect.INCREASES: Effect.DECREASES, Effect.DECREASES: Effect.INCREASES}


def question(model: Model, view: View) -> tuple[Intervention, ...]:
    """What a View does to a map: presses, then what is fixed, cut and turned round.

    A source that is itself fixed is not pushed. An arrow below the evidence bar is cut, so that the
    other arrows keep their weights; one that is cut is not turned round besides.

    Examples
    --------
    >>> chain = Model.from_edges([("serum", "channel", -1), ("channel", "stress", 1)])
    >>> view = View(source="serum", push=-1, switched_off=("channel",), held=("stress",))
    >>> question(chain, view)
    (Press(node='serum', amount=-1.0), KnockOut(node='channel'), Block(node='stress'))
    >>> question(chain, View(cut=("serum.channel",), flipped=("channel.stress",)))
    (CutEdge(edge='serum.channel'), FlipEdge(edge='channel.stress'))
    """
    pushed = view.source is not None and view.source not in view.fixed
    press = (Press(view.source, float(view.push)),) if pushed and view.source else ()
    silent = silent_arrows(model, view)
    flips = (FlipEdge(arrow) for arrow in view.flipped if arrow not in silent)
    fixings = (*map(KnockOut, view.switched_off), *map(Block, view.held))
    cuts = (*view.cut, *(arrow for arrow in silent if arrow not in view.cut))
    return (*press, *fixings, *map(CutEdge, cuts), *flips)


def is_asked(view: View) -> bool:
    """Whether a View forces any node, so that there is something to answer.

    Examples
    --------
    >>> is_asked(View(cut=("a.b",))), is_asked(View(held=("a",)))
    (False, True)
    """
    return view.source is not None or bool(view.fixed)


def explorer_ensemble(model: Model) -> Ensemble:
    """The weightings that an explorer of this map asks, kept with the map.

    They are those of `respond`, or fewer on maps of more than 1000 arrows, where so many would keep
    a person waiting.

    Examples
    --------
    >>> explorer_ensemble(Model.from_edges([("a", "b", 1)])).weightings
    500
    """
    if len(model.edges) <= _LARGE_MAP:
        return ensemble_of(model)
    kept = vars(model).get("_explorer_ensemble")
    if isinstance(kept, Ensemble):
        return kept
    vars(model)["_explorer_ensemble"] = made = Ensemble(model, weightings=_FEWER_WEIGHTINGS)
    return made


def bars(model: Model) -> Mapping[str, EvidenceBar]:
    """The highest evidence bar that each arrow passes, found once for each map.

    Examples
    --------
    >>> bars(Model.from_edges([("a", "b", 1)]))["a.b"].value
    'documents'
    """
    # kept as the map's own cached properties are: a map never changes, so neither does this
    kept = vars(model).get("_bars")
    if isinstance(kept, MappingProxyType):
        return kept
    vars(model)["_bars"] = made = MappingProxyType(
        {edge: bar_of(model, edge) for edge in model.edges}
    )
    return made


def faded_arrows(model: Model, view: View) -> tuple[str, ...]:
    """Arrows of any kind that are cut or below the evidence bar, in the map's order.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1)])
    >>> faded_arrows(chain, View(cut=("b.c",))), faded_arrows(chain, View(evidence="sourced"))
    (('b.c',), ('a.b', 'b.c'))
    """
    bar, passed = EvidenceBar(view.evidence), bars(model)
    if bar is EvidenceBar.DOCUMENTS and not view.cut:
        return ()
    return tuple(edge for edge in model.edges if edge in view.cut or not passed[edge].reaches(bar))


def silent_arrows(model: Model, view: View) -> tuple[str, ...]:
    """The faded arrows that questions would reason over otherwise, in the map's order."""
    return tuple(edge for edge in faded_arrows(model, view) if model.edge(edge).reasons)


def arrow_asked(model: Model, view: View, arrow: str) -> Edge:
    """An arrow with the direction that the View asks about, and with the labels of its ends.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1)])
    >>> arrow_asked(chain, View(flipped=("a.b",)), "a.b").effect.value
    'decreases'
    """
    edge = model.edge(arrow)
    turned = _TURNED.get(edge.effect, edge.effect) if arrow in view.flipped else edge.effect
    if turned is edge.effect and edge.ends is not None:
        return edge
    ends = (model.node(edge.source).label, model.node(edge.target).label)
    return replace(edge, effect=turned, ends=edge.ends or ends)


def reached(model: Model, view: View) -> frozenset[str]:
    """The nodes to which a push of the source can get, itself among them; none without a source."""
    if view.source is None:
        return frozenset()
    gone = (*view.fixed, *silent_arrows(model, view))
    return frozenset(reach(model, view.source, removed=gone).reached)


def paths_asked(model: Model, view: View) -> Routes:
    """All paths from source to target that meet no fixed node and take no silent arrow."""
    fixed = set(view.fixed)
    if view.source is None or view.target is None or fixed & {view.source, view.target}:
        return Routes(model, [], {}, is_loops=False, truncated=False)
    return signed_paths(
        _map_asked(model, view), view.source, view.target, max_length=LONGEST_PATH, limit=PATH_LIMIT
    )


def _map_asked(model: Model, view: View) -> Model:
    gone = {*view.fixed, *silent_arrows(model, view)}
    if not gone and not view.flipped:
        return model
    return Model(
        (node for node in model.nodes.values() if node.id not in gone),
        (
            arrow_asked(model, view, edge.id)
            for edge in model.reasoning_edges
            if not gone & {edge.id, edge.source, edge.target}
        ),
        model.library,
    )


def listed_loops(model: Model) -> tuple[Route, ...]:
    """The loops that an explorer lists, found once for each map; signs are those of the map.

    Examples
    --------
    >>> circle = Model.from_edges([("a", "b", 1), ("b", "a", -1)])
    >>> [loop.nodes for loop in listed_loops(circle)]
    [('a', 'b')]
    """
    kept = vars(model).get("_listed_loops")
    if isinstance(kept, tuple):
        return kept
    made = tuple(feedback_loops(model, max_length=LONGEST_LOOP, limit=LISTED_LOOPS))
    vars(model)["_listed_loops"] = made
    return made


def near(model: Model, view: View) -> tuple[frozenset[str], frozenset[str]]:
    """The nodes, and the reasoning arrows, that the focus leaves bright; all without a focus.

    Down go walks from the focus along the arrows, up go walks against them; an arrow is near that
    such a walk of at most `View.steps` arrows takes. What is cut is walked along all the same: a
    focus looks at the map as it is drawn.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)])
    >>> [sorted(found) for found in near(chain, View(focus="b", way="down"))]
    [['b', 'c'], ['b.c']]
    """
    if view.focus is None:
        return frozenset(model.nodes), frozenset(model.edges)
    nodes, arrows = {view.focus}, set[str]()
    for way in ("up", "down") if view.way == "both" else (view.way,):
        front = {view.focus}
        for _ in range(view.steps):
            walked = [
                (edge.id, edge.target if way == "down" else edge.source)
                for edge in model.reasoning_edges
                if (edge.source if way == "down" else edge.target) in front
            ]
            arrows |= {arrow for arrow, _ in walked}
            front = {end for _, end in walked}
            nodes |= front
    return frozenset(nodes), frozenset(arrows)

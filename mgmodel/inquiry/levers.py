"""Where a few nodes hold everything: the smallest sets that cut all influence or break loops.

A set of nodes is a lever when holding them at baseline (`Block`) leaves no route from a source to
a target, or leaves none of some loops whole. It is a statement about the arrows of the map, true
in every weighting; only what else it changes depends on the weightings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, overload

from mgmodel.inquiry.cuts import Cut, Hindrance, LoopBreak, Task, dominators, smallest_sets
from mgmodel.interventions import Block, Press
from mgmodel.markup import table
from mgmodel.model import Model
from mgmodel.reasoning import Ensemble, Route, ensemble_of, feedback_loops
from mgmodel.reasoning.adjacency import Adjacency, adjacency
from mgmodel.wording import in_words, node_name
from mgmodel.wording.catalogues import join, say, say_count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Hindrance", "Lever", "Levers", "dominators", "leverage"]

_LARGE = 300
"""On maps of more nodes each question takes long, so that side effects are told on demand only."""
_SPOKEN = 10
"""Levers that are read out one by one."""


@dataclass(frozen=True)
class Lever:
    """Nodes that, held at baseline together, do what was asked, and none of which can be spared."""

    nodes: tuple[str, ...]
    """Ids in order."""
    side_effects: tuple[str, ...] | None
    """Other nodes whose verdict changes though nobody asked, in the map's order; None where they
    were not looked for."""
    _model: Model = field(repr=False, compare=False)

    @property
    def interventions(self) -> tuple[Block, ...]:
        """What to ask `respond` with."""
        return tuple(map(Block, self.nodes))

    def __str__(self) -> str:
        return in_words(self)

    def _repr_html_(self) -> str:
        rows = [("held at baseline", ", ".join(self.nodes))]
        if self.side_effects is not None:
            rows.append(("verdict changes", ", ".join(self.side_effects) or "nowhere else"))
        return table(str(self), ("what", "nodes"), rows)


@dataclass(frozen=True, repr=False)
class Levers(Sequence[Lever]):
    """The levers found: fewest nodes first, then fewest side effects, then by ids."""

    source: str | None
    target: str | None
    """The ends between which every route is cut; None where loops are broken instead."""
    loops: tuple[Route, ...]
    """The loops that are broken; empty where routes are cut."""
    max_size: int
    weightings: int
    """By how many weightings the side effects are told; 0 where they were not looked for."""
    truncated: bool
    """Whether there may be more: the limit was reached, the search was broken off, or more loops
    were there than had been listed."""
    hindrance: Hindrance
    """Why nothing was found; empty where something was."""
    _levers: tuple[Lever, ...]
    _model: Model = field(compare=False)

    def to_frame(self) -> pd.DataFrame:
        """A table with one lever a row: size, nodes, number of side effects, side effects."""
        import pandas as pd  # the one use of pandas below `tables`: frames are made on demand only

        columns = ["size", "nodes", "changes", "side_effects"]
        return pd.DataFrame([_row(lever, " ") for lever in self], columns=columns)

    def __len__(self) -> int:
        return len(self._levers)

    @overload
    def __getitem__(self, place: int) -> Lever: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Lever, ...]: ...
    def __getitem__(self, place: int | slice) -> Lever | tuple[Lever, ...]:
        return self._levers[place]

    def __repr__(self) -> str:
        asked = f"{self.source} to {self.target}" if self.source else f"{len(self.loops)} loops"
        sizes = Counter(len(lever.nodes) for lever in self)
        counts = [f"{count} of size {size}" for size, count in sorted(sizes.items())]
        found = ", ".join(counts) or f"none, {self.hindrance.replace('_', ' ')}"
        return f"Levers({asked}: {found}{', and perhaps more' if self.truncated else ''})"

    def _repr_html_(self) -> str:
        header = ("size", "hold at baseline", "verdicts that change", "of which nodes")
        return table(repr(self), header, [_row(lever, ", ") for lever in self])


def _row(lever: Lever, between: str) -> tuple[object, ...]:
    changed = lever.side_effects
    count = None if changed is None else len(changed)
    return len(lever.nodes), between.join(lever.nodes), count, between.join(changed or ())


def leverage(
    model: Model,
    source: str | None = None,
    target: str | None = None,
    *,
    loops: Route | Iterable[Route] | None = None,
    keep: Iterable[str] = (),
    max_size: int = 3,
    limit: int = 100,
    ensemble: Ensemble | None = None,
) -> Levers:
    """The smallest sets of nodes that, held at baseline, cut all influence or break loops.

    A set is listed when it does what is asked and no smaller set within it does. All sets of at
    most `max_size` nodes are found, unless `truncated` says otherwise.

    A side effect is a node whose verdict changes when the set is held. For routes, the source is
    pressed; set and target are left out, being what was asked for. A loop has no beginning, so
    for loops each node of the loops that is not held is pressed in turn, and a node counts when
    its verdict changes under any of these presses; the nodes of the loops are left out.

    Parameters
    ----------
    model
        Only its reasoning arrows are followed.
    source, target
        Cut every route from source to target. They themselves are never held.
    loops
        Break these loops instead. Without ends and loops: all reinforcing loops that
        `feedback_loops` lists, which are those of at most six arrows.
    keep
        Ids of nodes that must not be held.
    max_size
        The largest number of nodes in a set.
    limit
        The largest number of sets; of more, the smallest are kept.
    ensemble
        The weightings by which side effects are told; without it those of `respond`. On a map of
        more than 300 nodes that takes long, so side effects are told only where it is given.

    Returns
    -------
    Levers
        Fewest nodes first, then fewest side effects, then by ids. Where there is none,
        `hindrance` says why.

    Raises
    ------
    UnknownId
        An id that the map does not have.
    ValueError
        One end without the other, ends and loops together, a path among the loops, an ensemble of
        another map, or a bound below 1.

    Examples
    --------
    >>> fork = Model.from_edges([("s", "y", 1), ("s", "z", -1), ("y", "t", 1), ("z", "t", 1)])
    >>> leverage(fork, "s", "t")
    Levers(s to t: 1 of size 2)
    >>> leverage(fork, "s", "t")[0].nodes
    ('y', 'z')
    >>> leverage(fork, "s", "y").hindrance
    'direct_arrow'
    """
    _check_bounds(max_size, limit)
    here = adjacency(model)
    firm = frozenset(
        here.number[model.node(one).id] for one in ((keep,) if isinstance(keep, str) else keep)
    )
    if ensemble is not None and ensemble.model != model:
        msg = f"The ensemble is of another map, {ensemble.model!r}; make one of this map."
        raise ValueError(msg)
    ends = _ends(model, source, target, has_loops=loops is not None)
    listed, more = ((), False) if ends else _listed(model, loops)
    task = Cut(here, *ends, firm) if ends else _breaking(here, listed, firm)
    sets, stopped, hindrance = _searched(task, max_size, limit)
    held = [tuple(here.nodes[node] for node in each) for each in sets]
    if ensemble is None and len(model.nodes) <= _LARGE:
        ensemble = ensemble_of(model)
    around = dict.fromkeys(node for loop in listed for node in loop.nodes)
    pressed, asked_for = ([source], {target}) if source and target else (list(around), set(around))
    changes = _changes(ensemble, held, pressed, asked_for) if ensemble else repeat(None, len(held))
    found = [Lever(nodes, changed, model) for nodes, changed in zip(held, changes, strict=True)]
    found.sort(key=lambda lever: (len(lever.nodes), len(lever.side_effects or ()), lever.nodes))
    settings = (max_size, ensemble.weightings if ensemble else 0, stopped or more, hindrance)
    return Levers(source, target, listed, *settings, tuple(found), model)


def _check_bounds(max_size: int, limit: int) -> None:
    for name, bound in (("max_size", max_size), ("limit", limit)):
        if bound < 1:
            msg = f"{name} is {bound}; give 1 or more."
            raise ValueError(msg)


def _ends(
    model: Model, source: str | None, target: str | None, *, has_loops: bool
) -> tuple[int, int] | None:
    """The numbers of source and target, or None where loops are to be broken."""
    if source is None and target is None:
        return None
    if source is None or target is None:
        missing = "source" if source is None else "target"
        msg = f"The {missing} is missing: give source and target to cut what leads between them."
        raise ValueError(msg)
    if has_loops:
        msg = "Both ends and loops are given; ask for one of the two, and then for the other."
        raise ValueError(msg)
    number = adjacency(model).number
    return number[model.node(source).id], number[model.node(target).id]


def _listed(model: Model, loops: Route | Iterable[Route] | None) -> tuple[tuple[Route, ...], bool]:
    """The loops to be broken, and whether there were more than had been listed."""
    if loops is None:
        every = feedback_loops(model)
        return tuple(loop for loop in every if loop.sign > 0), every.truncated
    routes = (loops,) if isinstance(loops, Route) else tuple(loops)
    for route in routes:
        if not route.is_loop:
            msg = f"{route!r} is no loop. To cut what it carries, give its ends as source, target."
            raise ValueError(msg)
        for arrow in route.edges:
            model.edge(arrow)
    return routes, bool(getattr(loops, "truncated", False))


def _breaking(here: Adjacency, loops: Iterable[Route], firm: frozenset[int]) -> LoopBreak:
    return LoopBreak(((here.number[node] for node in loop.nodes) for loop in loops), firm)


def _searched(
    task: Task, max_size: int, limit: int
) -> tuple[list[tuple[int, ...]], bool, Hindrance]:
    """The sets, whether any may have been left out, and why there is none."""
    hindrance = task.hindrance()
    if hindrance:
        return [], False, hindrance
    sets, stopped = smallest_sets(task, max_size, limit)
    if sets:
        return sets, stopped, ""
    return sets, stopped, "broken_off" if stopped else "too_large"


def _changes(
    ensemble: Ensemble, sets: list[tuple[str, ...]], pressed: list[str], asked_for: set[str]
) -> Iterator[tuple[str, ...]]:
    """For each set, the nodes whose verdict under some press is another when the set is held."""
    before = {node: ensemble.respond(Press(node)).direction for node in pressed if sets}
    for held in sets:
        changed: set[str] = set()
        for source, verdicts in before.items():
            if source not in held:
                after = ensemble.respond(Press(source), *map(Block, held)).direction
                changed.update(node for node in after if after[node] is not verdicts[node])
        unasked = changed.difference(held, asked_for)
        yield tuple(node for node in ensemble.model.nodes if node in unasked)


@in_words.register
def _lever_in_words(lever: Lever, language: str = "en") -> str:
    said = say("lever.hold", language, nodes=_names(lever, lever.nodes, language))
    if lever.side_effects is None:
        return said
    if not lever.side_effects:
        none = say("lever.no_side_effect", language)
        return f"{said} {none}"
    names = _names(lever, lever.side_effects, language)
    other = say_count("lever.side_effects", len(lever.side_effects), language, nodes=names)
    return f"{said} {other}"


def _names(lever: Lever, nodes: Iterable[str], language: str) -> str:
    return join([node_name(lever._model.node(node), language) for node in nodes], language)


@in_words.register
def _levers_in_words(levers: Levers, language: str = "en") -> str:
    """How many levers there are, or why there is none, and then the first of them."""
    values: dict[str, object] = {"size": levers.max_size}
    values["loops"] = say_count("lever.loops", len(levers.loops), language)
    for end in ("source", "target"):
        node = getattr(levers, end)
        values[end] = node_name(levers._model.node(node), language) if node else ""
    if levers.hindrance:
        if levers.hindrance not in {"kept", "too_large", "broken_off"}:
            return say(f"lever.none.{levers.hindrance}", language, **values)
        kind = "routes" if levers.source else "loops"
        return say(f"lever.none.{levers.hindrance}_{kind}", language, **values)
    key = "lever.cut" if levers.source else "lever.break"
    said = [say_count(key, len(levers), language, **values)]
    if levers.truncated:
        said.append(say("lever.truncated", language))
    return " ".join([*said, *(in_words(lever, language) for lever in levers[:_SPOKEN])])

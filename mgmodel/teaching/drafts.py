"""A student's own map held against the map: what agrees, what differs, and what is disputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mgmodel.evidence import agreement
from mgmodel.markup import markdown_table
from mgmodel.model import Model
from mgmodel.reasoning import Route, signed_paths
from mgmodel.records import Edge
from mgmodel.teaching.draft_lines import Draft, DraftArrow, Unread, read_draft
from mgmodel.vocabulary import Effect
from mgmodel.wording import arrow_name, arrows_in_words, edge_sentence, in_words, node_name
from mgmodel.wording.catalogues import join, number, say, say_count

__all__ = [
    "DraftReport",
    "Judged",
    "Judgement",
    "compare_draft",
    "missing_in_words",
    "told_by_line",
]

_SHORTCUT = 3
"""Up to this many arrows, a path with the drawn sign makes a drawn arrow a shortcut."""
_LONGEST = 6
_ENOUGH = 2_000
"""Paths that are looked at for one that carries a drawn arrow."""
_PROPOSED = 5


class Judgement(StrEnum):
    """What the map says of one arrow that somebody drew."""

    RIGHT = "right"
    """The map has it, with this sign."""
    RIVAL = "rival"
    """The map has it with the other sign, or without a settled one, and what speaks for the map's
    is contested or contradicted: both are accepted."""
    UNSIGNED = "unsigned"
    """The map has it; the draft does not say its sign."""
    WRONG_SIGN = "wrong_sign"
    """The map has it with the other sign, and nothing recorded contradicts the map."""
    REVERSED = "reversed"
    """The map has it from its target to its source."""
    SHORTCUT = "shortcut"
    """The map has no such arrow; a path of it carries the same, with this sign."""
    NOT_FOUND = "not_found"
    """An effect of the one on the other was looked for and not found."""
    EXTRA = "extra"
    """The map has no such arrow, and no path of it carries the same."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One arrow of the draft, and what the map says of it."""

    arrow: DraftArrow
    judgement: Judgement
    edges: tuple[str, ...] = ()
    """Arrows of the map that it was held against."""
    path: tuple[str, ...] = ()
    """Arrows of a shortest path of the map that carries it; empty where it was not looked for, or
    none of at most six arrows does."""
    disputed: bool = False
    """Whether the map's arrow is contested, or evidence speaks against it."""


@dataclass(frozen=True)
class DraftReport:
    """A draft held against the map."""

    judged: tuple[Judged, ...]
    """Every arrow that was read, in the order of the lines; one that is drawn twice, once."""
    missing: tuple[str, ...]
    """Arrows of the map between nodes of the draft that it has neither way: core ones, or all
    where the map marks none as core."""
    unread: tuple[Unread, ...]
    draft: Draft = field(repr=False)
    _model: Model = field(repr=False, compare=False)

    def of(self, judgement: Judgement | str) -> tuple[Judged, ...]:
        """The arrows that were judged so."""
        wanted = Judgement(judgement)
        return tuple(each for each in self.judged if each.judgement is wanted)

    def __str__(self) -> str:
        return in_words(self)

    def __repr__(self) -> str:
        counts = [
            f"{len(self.of(each))} {each.value.replace('_', ' ')}"
            for each in Judgement
            if self.of(each)
        ]
        counts += [f"{len(self.missing)} missing"] if self.missing else []
        counts += [f"{len(self.unread)} unread"] if self.unread else []
        return f"DraftReport({', '.join(counts) or 'nothing drawn'})"

    def _repr_markdown_(self) -> str:
        rows = [(line, sentence) for line, _, sentence in told_by_line(self)]
        return markdown_table(("line", "what the map says"), rows, caption=repr(self))


def compare_draft(model: Model, draft: Draft | str) -> DraftReport:
    """What the map says of each arrow that somebody drew, and which arrows are not in the draft.

    An arrow that the map has with the other sign is accepted, as a rival claim, where the map's
    arrow is contested, has evidence against it or both ways, or has no settled direction. Where
    the map has no arrow that way, a path of at most three arrows with the drawn sign makes the
    drawn one a shortcut; else it counts as reversed, where the map has an arrow from its target to
    its source; else longer paths are looked at, of up to six arrows. Only paths over reasoning
    arrows carry anything.

    Parameters
    ----------
    model
        Arrows of every layer count, also those that are only shown.
    draft
        A text as `read_draft` takes it, or what it gave.

    Examples
    --------
    >>> model = Model.from_edges([("crh", "acth", 1), ("acth", "cortisol", 1)])
    >>> report = compare_draft(model, "crh -> acth; cortisol -> acth; crh -> cortisol")
    >>> report
    DraftReport(1 right, 1 reversed, 1 shortcut)
    >>> print(report)
    3 arrows were drawn; borne out by the map: 1. Line 1: crh → acth. The map has this arrow. Line
    1: cortisol → acth. In the map the arrow runs the other way. A rise in acth raises cortisol.
    Line 1: crh → cortisol. The map has no such arrow, but a path carries the same. A rise in crh
    leads to a rise in acth, hence to a rise in cortisol.
    """
    read = read_draft(model, draft) if isinstance(draft, str) else draft
    once = {(each.source, each.target, each.sign): each for each in reversed(read.arrows)}
    drawn = [each for each in read.arrows if once[each.source, each.target, each.sign] is each]
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in model.edges.values():
        between.setdefault((edge.source, edge.target), []).append(edge)
    judged = tuple(_judged(model, between, each) for each in drawn)
    return DraftReport(judged, _missing(model, judged), read.unread, read, model)


def _judged(model: Model, between: dict[tuple[str, str], list[Edge]], drawn: DraftArrow) -> Judged:
    here = between.get((drawn.source, drawn.target), [])
    absent = [edge for edge in here if edge.effect is Effect.NO_EFFECT]
    there = [edge for edge in here if edge.effect is not Effect.NO_EFFECT]
    if there:
        return _of_arrows(model, drawn, there)
    if absent:
        disputed = any(_is_disputed(model, edge) for edge in absent)
        return Judged(drawn, Judgement.NOT_FOUND, _ids(absent), disputed=disputed)
    short = _path(model, drawn, _SHORTCUT)
    back = [
        edge
        for edge in between.get((drawn.target, drawn.source), [])
        if drawn.sign in (0, edge.sign) and edge.effect is not Effect.NO_EFFECT
    ]
    if back and not short and drawn.source != drawn.target:
        return Judged(drawn, Judgement.REVERSED, _ids(back))
    path = short or _path(model, drawn, _LONGEST)
    return Judged(drawn, Judgement.SHORTCUT if path else Judgement.EXTRA, path=path)


def _of_arrows(model: Model, drawn: DraftArrow, there: Sequence[Edge]) -> Judged:
    """The judgement where the map has arrows between these nodes, this way."""
    same = [edge for edge in there if edge.sign == drawn.sign and drawn.sign]
    held = same or there
    disputed = any(_is_disputed(model, edge) for edge in held)
    if same:
        return Judged(drawn, Judgement.RIGHT, _ids(same), disputed=disputed)
    if not drawn.sign:
        unsettled = all(edge.effect is Effect.UNCLEAR for edge in there)
        judgement = Judgement.RIGHT if unsettled else Judgement.UNSIGNED
        return Judged(drawn, judgement, _ids(there), disputed=disputed)
    rival = disputed or any(edge.effect is Effect.UNCLEAR for edge in there)
    judgement = Judgement.RIVAL if rival else Judgement.WRONG_SIGN
    return Judged(drawn, judgement, _ids(there), disputed=disputed)


def _ids(edges: Sequence[Edge]) -> tuple[str, ...]:
    return tuple(edge.id for edge in edges)


def _is_disputed(model: Model, edge: Edge) -> bool:
    counts = agreement(model, edge.id)
    return edge.contested or bool(counts.contradicting or counts.mixed)


def _path(model: Model, drawn: DraftArrow, longest: int) -> tuple[str, ...]:
    """A shortest path with the drawn sign; with any settled sign where none is drawn."""
    for length in range(2, longest + 1):
        routes = signed_paths(model, drawn.source, drawn.target, max_length=length, limit=_ENOUGH)
        fitting: list[Route] = [
            route for route in routes if route.sign == drawn.sign or (route.sign and not drawn.sign)
        ]
        if fitting:
            return fitting[0].edges
    return ()


def _missing(model: Model, judged: Sequence[Judged]) -> tuple[str, ...]:
    """Arrows between the nodes of the draft that it has in neither direction."""
    nodes = {end for each in judged for end in (each.arrow.source, each.arrow.target)}
    drawn = {frozenset((each.arrow.source, each.arrow.target)) for each in judged}
    here = {(each.arrow.source, each.arrow.target) for each in judged}
    backwards = {
        edge for each in judged if each.judgement is Judgement.REVERSED for edge in each.edges
    }
    core = any(edge.core for edge in model.reasoning_edges)
    return tuple(
        edge.id
        for edge in model.reasoning_edges
        if (edge.core or not core)
        and {edge.source, edge.target} <= nodes
        and (edge.source, edge.target) not in here
        and not (edge.id in backwards and frozenset((edge.source, edge.target)) in drawn)
    )


# In words


_MARKS = {1: "→", -1: "⊣", 0: "~"}


def _drawn_in_words(model: Model, drawn: DraftArrow, language: str) -> str:
    """The arrow as it was read, with the names of the map."""
    source, target = (
        model.node(end).label.in_language(language) for end in (drawn.source, drawn.target)
    )
    return f"{source} {_MARKS[drawn.sign]} {target}"


def _judged_in_words(model: Model, judged: Judged, language: str) -> str:
    edges = [model.edge(each) for each in judged.edges]
    said = [
        say(
            "teaching.draft.line",
            language,
            n=number(judged.arrow.line, language),
            arrow=_drawn_in_words(model, judged.arrow, language),
        )
    ]
    for name, node in judged.arrow.taken:
        label = node_name(model.node(node), language)
        said.append(say("teaching.draft.taken", language, name=name, node=label))
    key = f"teaching.draft.judgement.{judged.judgement.value}"
    path = [model.edge(each) for each in judged.path]
    told = arrows_in_words(path, language) if path else ""
    sentences = " ".join(edge_sentence(edge, language) for edge in edges)
    said.append(say(key, language, path=told, edges=sentences).strip())
    if judged.disputed and judged.judgement in (Judgement.RIGHT, Judgement.UNSIGNED):
        said.append(say("teaching.draft.disputed", language))
    if any(not edge.reasons for edge in edges):
        said.append(say("edge.shown_only", language))
    return " ".join(said)


def _unread_in_words(model: Model, unread: Unread, language: str) -> str:
    said = [
        say(
            f"teaching.draft.unread.{unread.reason.value}",
            language,
            n=number(unread.line, language),
            text=unread.text,
            name=unread.name,
        )
    ]
    if unread.nodes:
        shown = unread.nodes[:_PROPOSED]
        labels = [model.node(node).label.in_language(language) for node in shown]
        key = f"teaching.draft.near.{unread.reason.value}"
        said.append(say(key, language, names=join(labels, language)))
    return " ".join(said)


def told_by_line(
    report: DraftReport, language: str = "en"
) -> tuple[tuple[int, Judgement | None, str], ...]:
    """Line, judgement and sentence for all that was judged or not read, in the order of the lines.

    The judgement is None for what was not read.

    Examples
    --------
    >>> report = compare_draft(Model.from_edges([("a", "b", 1)]), "b; a -> b")
    >>> [(line, judgement) for line, judgement, _ in told_by_line(report)]
    [(1, <Judgement.RIGHT: 'right'>), (1, None)]
    """
    model = report._model
    said: list[tuple[int, Judgement | None, str]] = [
        (each.arrow.line, each.judgement, _judged_in_words(model, each, language))
        for each in report.judged
    ]
    said += [(each.line, None, _unread_in_words(model, each, language)) for each in report.unread]
    return tuple(sorted(said, key=lambda each: each[0]))


def missing_in_words(report: DraftReport, language: str = "en") -> str:
    """Which arrows between the nodes of the draft are not drawn; empty where none is missing.

    Examples
    --------
    >>> ring = Model.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "a", 1)])
    >>> missing_in_words(compare_draft(ring, "a -> b; b -> c"))
    '1 arrow between these nodes is not drawn: from c to a.'
    """
    if not report.missing:
        return ""
    names = [arrow_name(report._model.edge(edge), language) for edge in report.missing]
    arrows = join(names, language)
    return say_count("teaching.draft.missing", len(names), language, arrows=arrows)


@in_words.register
def _report_in_words(report: DraftReport, language: str = "en") -> str:
    """How much agrees, then every line, then what is missing."""
    agreed = len(report.of(Judgement.RIGHT)) + len(report.of(Judgement.RIVAL))
    has = number(agreed, language)
    said = [say_count("teaching.draft.drawn", len(report.judged), language, agreed=has)]
    said += [sentence for *_, sentence in told_by_line(report, language)]
    return " ".join(filter(None, (*said, missing_in_words(report, language))))

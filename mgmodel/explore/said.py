"""What an explorer says in words: sentences about a question, its answer, its paths and loops.

Each function is given what was found and says it in the language of the View; nothing is reasoned
here. `static/answers.js` says the same in the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import prod

from mgmodel.explore.asked import (
    LISTED_PATHS,
    LONGEST_PATH,
    arrow_asked,
    faded_arrows,
    listed_loops,
    question,
    silent_arrows,
)
from mgmodel.explore.views import View
from mgmodel.inquiry.comparison import verdict_key
from mgmodel.interventions import ArrowIntervention, Intervention
from mgmodel.layout import view_model
from mgmodel.model import Model
from mgmodel.reasoning.response import Response
from mgmodel.reasoning.routes import Routes
from mgmodel.vocabulary import EvidenceBar, Grade, Verdict
from mgmodel.wording import (
    arrow_name,
    arrows_in_words,
    loop_in_words,
    loop_word,
    node_name,
    path_count_in_words,
    word,
)
from mgmodel.wording.catalogues import join, number, percent, say, say_count
from mgmodel.wording.sentences import intervention_sentence

__all__ = [
    "LoopRow",
    "PathRow",
    "answer_said",
    "count_said",
    "differing",
    "loop_rows",
    "note_said",
    "outcome_said",
    "path_rows",
    "question_said",
    "status_said",
]

_SIGN_MARKS = {1: "+", -1: "\N{MINUS SIGN}", 0: "?"}
_STEP_MARKS = {1: "→", -1: "⊣", 0: "⇢"}


@dataclass(frozen=True, slots=True)
class PathRow:
    """One path, as a line of the list and as a row of the table."""

    sentence: str
    """What a push of the source does at each step."""
    short: str
    """Labels joined by an arrow (raises), a T-bar (lowers) or a broken arrow (not settled)."""
    sign: str
    length: int
    weakest: Grade
    outside: bool
    """Whether part of it is not drawn just now."""
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoopRow:
    """One feedback loop, as a line of the list."""

    sentence: str
    """What a rise of its first node does, once round."""
    word: str
    """Reinforcing, balancing or undecided, with the arrows turned round that the View turns."""
    broken: bool
    """Whether a node of it is fixed, or an arrow of it cut or below the evidence bar."""
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


def question_said(model: Model, view: View) -> str:
    """What is done to the map, in sentences; what the bar takes away is counted, not listed."""
    language = view.language
    below = _below(model, view)
    told = [
        _intervention(model, view, one)
        for one in question(model, view)
        if not (isinstance(one, ArrowIntervention) and one.edge in below)
    ]
    if view.evidence != EvidenceBar.DOCUMENTS:
        bar = word(EvidenceBar(view.evidence), language)
        told.append(say_count("answer.below", len(below), language, bar=bar))
    return " ".join(told)


def _below(model: Model, view: View) -> frozenset[str]:
    """Reasoning arrows that the bar takes away and the person has not cut."""
    return frozenset(silent_arrows(model, view)).difference(view.cut)


def _intervention(model: Model, view: View, one: Intervention) -> str:
    if isinstance(one, ArrowIntervention):
        name = _arrow(model, view, one.edge)
    else:
        name = node_name(model.node(one.node), view.language)
    return intervention_sentence(one, name, view.language)


def _arrow(model: Model, view: View, arrow: str) -> str:
    return arrow_name(arrow_asked(model, view, arrow), view.language)


def answer_said(
    model: Model, view: View, response: Response, reached: Collection[str], routes: Routes
) -> str:
    """What becomes of the target, and whether a path leads there; empty without a target."""
    if view.target is None:
        return ""
    told = response.sentence(view.target, view.language)
    way = _way(model, view, response.direction[view.target], reached, routes)
    return " ".join(filter(None, (told, way)))


def _way(
    model: Model, view: View, verdict: Verdict, reached: Collection[str], routes: Routes
) -> str:
    """Whether a path is left, and where the change comes from when none is."""
    if view.source is None or view.target is None:
        return ""
    source, target = model.node(view.source), model.node(view.target)
    if routes:
        ends = {"source": source, "target": target}
        names = {end: node_name(node, view.language) for end, node in ends.items()}
        return say_count("path.count", len(routes), view.language, **names)
    if view.target in reached:  # by routes longer than any that is listed
        return path_count_in_words(source, target, [], view.language, max_length=LONGEST_PATH)
    removed = _is_thinned(model, view)
    told = path_count_in_words(source, target, [], view.language, removed=removed)
    if verdict in {Verdict.RISES, Verdict.FALLS, Verdict.DEPENDS} and view.switched_off:
        told += " " + say("explore.from_switching_off", view.language)
    return told


def _is_thinned(model: Model, view: View) -> bool:
    return bool(view.fixed or silent_arrows(model, view))


def status_said(model: Model, view: View, reached: Collection[str]) -> str:
    """How far the push carries, and what is switched off, held, cut, turned or below the bar."""
    told = [*_push_said(model, view, reached), *_nodes_said(model, view)]
    return " ".join(
        [*(told or [say("explore.nothing_asked", view.language)]), *_arrows_said(model, view)]
    )


def _push_said(model: Model, view: View, reached: Collection[str]) -> list[str]:
    if view.source is None:
        return []
    source = node_name(model.node(view.source), view.language)
    if view.source in view.fixed:
        return [say("explore.source_fixed", view.language, source=source)]
    carrying, total = (number(len(each), view.language) for each in (reached, model.nodes))
    return [
        say(
            "explore.status_carrying",
            view.language,
            carrying=carrying,
            total=total,
            source=source,
        )
    ]


def _nodes_said(model: Model, view: View) -> list[str]:
    return [
        say(f"explore.{key}", view.language, label=join(_labels(model, nodes, view), view.language))
        for key, nodes in (("now_off", view.switched_off), ("now_held", view.held))
        if nodes
    ]


def _arrows_said(model: Model, view: View) -> list[str]:
    language = view.language
    told = []
    for key, arrows in (("now_cut", view.cut), ("now_flipped", view.flipped)):
        if arrows:
            names = join([_arrow(model, view, arrow) for arrow in arrows], language)
            told.append(say(f"answer.{key}", language, arrows=names))
    if view.evidence != EvidenceBar.DOCUMENTS:
        total = len(model.reasoning_edges)
        told.append(
            say(
                "answer.now_bar",
                language,
                bar=word(EvidenceBar(view.evidence), language),
                counting=number(total - len(silent_arrows(model, view)), language),
                total=number(total, language),
            )
        )
    return told


def _labels(model: Model, nodes: Iterable[str], view: View) -> list[str]:
    return [model.node(node).label.in_language(view.language) for node in nodes]


def count_said(model: Model, view: View, reached: Collection[str], routes: Routes) -> str:
    """How many paths there are, by sign; without both ends, what to choose."""
    if view.source is None or view.target is None:
        return say("explore.choose_ends", view.language)
    signs = [sign for sign, count in routes.by_sign.items() for _ in range(count)]
    return path_count_in_words(
        model.node(view.source),
        model.node(view.target),
        signs,
        view.language,
        max_length=LONGEST_PATH if view.target in reached else None,
        removed=_is_thinned(model, view),
    )


def note_said(view: View, routes: Routes) -> str:
    """What the list of paths leaves out; empty where it leaves out nothing."""
    more = routes.truncated or len(routes) > LISTED_PATHS
    return say("path.truncated", view.language) if more else ""


def path_rows(model: Model, view: View, routes: Routes) -> tuple[PathRow, ...]:
    """The paths of the list, in the direction of the push."""
    drawn = view_model(model, view.drawing).edges
    rows = []
    for route in routes[:LISTED_PATHS]:
        arrows = [arrow_asked(model, view, edge) for edge in route.edges]
        first, *others = _labels(model, route.nodes, view)
        steps = zip((_STEP_MARKS[arrow.sign] for arrow in arrows), others, strict=True)
        rows.append(
            PathRow(
                sentence=arrows_in_words(arrows, view.language, rise=view.push > 0),
                short=" ".join((first, *(f"{mark} {label}" for mark, label in steps))),
                sign=_SIGN_MARKS[route.sign],
                length=len(route.edges),
                weakest=route.weakest_grade,
                outside=any(edge not in drawn for edge in route.edges),
                nodes=route.nodes,
                edges=route.edges,
            )
        )
    return tuple(rows)


def loop_rows(model: Model, view: View) -> tuple[LoopRow, ...]:
    """The loops of the map, and which of them what is chosen breaks."""
    fixed, faded = set(view.fixed), set(faded_arrows(model, view))
    rows = []
    for loop in listed_loops(model):
        arrows = [arrow_asked(model, view, edge) for edge in loop.edges]
        rows.append(
            LoopRow(
                sentence=loop_in_words(arrows, view.language),
                word=loop_word(prod(arrow.sign for arrow in arrows), view.language),
                broken=not fixed.isdisjoint(loop.nodes) or not faded.isdisjoint(loop.edges),
                nodes=loop.nodes,
                edges=loop.edges,
            )
        )
    return tuple(rows)


def outcome_said(view: View, response: Response, node: str) -> str:
    """What is said of one node within a sentence: "rises in 97% of weightings", "switched off"."""
    if node in view.switched_off:
        return say("answer.off", view.language)
    if node in view.held:
        return say("answer.held", view.language)
    verdict, strength = response.direction[node], response.strength[node]
    share = response.falls[node] if verdict is Verdict.FALLS else response.rises[node]
    key = f"deciding.{verdict_key(verdict, strength)}"
    return say(key, view.language, percent=percent(share, view.language))


def differing(sides: Sequence[tuple[View, Response]]) -> list[str]:
    """Ids of the nodes whose box says something else on the one side than on the other."""
    (one, here), (other, there) = sides
    return [node for node in here.direction if _box(one, here, node) != _box(other, there, node)]


def _box(view: View, response: Response, node: str) -> tuple[object, ...]:
    if node in view.fixed:
        return (node in view.held,)
    return response.direction[node], response.strength[node]

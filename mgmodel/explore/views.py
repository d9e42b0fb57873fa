"""The View: everything that a person has chosen in an explorer, as one frozen record.

Which Views a map can show is checked here; how one choice leads to the next is in `state`. Nothing
here knows a widget, and nothing here answers a question.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from mgmodel.errors import MgModelError, UnknownId
from mgmodel.model import Model
from mgmodel.records import Edge, Node
from mgmodel.vocabulary import EvidenceBar, EvidenceLayer, Language
from mgmodel.wording import arrow_name, node_name
from mgmodel.wording.catalogues import join, say

__all__ = [
    "BARS",
    "CLICKS",
    "WAYS",
    "Refused",
    "View",
    "as_code",
    "bare",
    "checked",
    "drawings",
    "with_preferences",
]

CLICKS = ("switch_off", "hold", "source", "target")
"""What a click on a node may mean."""
WAYS = ("both", "up", "down")
"""Which neighbours of the node in focus stay bright: all, its causes, or its effects."""
BARS = tuple(bar.value for bar in EvidenceBar)
"""The bars that an arrow may have to pass, lowest first."""


class Refused(MgModelError, ValueError):
    """What cannot be chosen, said in each language.

    Parameters
    ----------
    key
        Words of the catalogue.
    values
        What stands in their places; a node or an arrow is named as inside a sentence, and a tuple
        is listed.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def in_language(self, language: str = "en") -> str:
        """The sentence for a person."""
        named = {name: _named(value, language) for name, value in self.values.items()}
        return say(self.key, language, **named)

    def __str__(self) -> str:
        return self.in_language()


def _named(value: object, language: str) -> object:
    if isinstance(value, Node):
        return node_name(value, language)
    if isinstance(value, tuple):
        return join((str(_named(one, language)) for one in value), language)
    return arrow_name(value, language) if isinstance(value, Edge) else value


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, what is asked, and what is looked at.

    Examples
    --------
    >>> View(source="serum", switched_off=("channel",), held=("stress",)).fixed
    ('channel', 'stress')
    """

    drawing: str = "whole"
    """"core", "whole" or the id of a pathway. Answers always come from the whole map."""
    source: str | None = None
    target: str | None = None
    push: int = 1
    """+1: the source is raised; -1: it is lowered."""
    switched_off: tuple[str, ...] = ()
    """Nodes taken to be absent, in the order of choice."""
    held: tuple[str, ...] = ()
    """Nodes held at baseline, in the order of choice."""
    route: int | None = None
    """Number of the highlighted path in the list, counted from 0."""
    arrow: str | None = None
    """The arrow whose claim card is open."""
    click: str = "switch_off"
    """What a click on a node does; one of `CLICKS`. A preference, as the language is."""
    language: str = "en"
    cut: tuple[str, ...] = ()
    """Arrows taken away from the question, in the order of choice."""
    flipped: tuple[str, ...] = ()
    """Arrows whose sign is turned round in the question, in the order of choice."""
    evidence: str = "documents"
    """The bar that an arrow passes to be reasoned over; one of `BARS`."""
    focus: str | None = None
    """The node whose neighbours stay bright; the rest of the drawing is dimmed, never removed."""
    steps: int = 1
    """How many arrows away from the focus is still near: 1, 2 or 3."""
    way: str = "both"
    """Which neighbours of the focus; one of `WAYS`."""
    without_layers: tuple[str, ...] = ()
    """Kinds of statement whose arrows are dimmed."""
    hidden: tuple[str, ...] = ()
    """Nodes and arrows that are not painted; answers still come from the whole map."""
    loop: int | None = None
    """Number of the highlighted loop in the list, counted from 0."""
    why: str | None = None
    """The node whose reasons are open."""
    beside: View | None = None
    """Another View shown next to this one."""

    @property
    def fixed(self) -> tuple[str, ...]:
        """All nodes that pass nothing on: the switched off ones, then the held ones."""
        return (*self.switched_off, *self.held)


def drawings(model: Model) -> tuple[str, ...]:
    """The drawings that a map offers, in reading order; every map has "whole".

    Examples
    --------
    >>> drawings(Model.from_edges([("a", "b", 1)]))
    ('whole',)
    """
    kept = vars(model).get("_drawings")  # as the map's own cached properties are
    if isinstance(kept, tuple):
        return kept
    core = ("core",) if any(edge.core for edge in model.edges.values()) else ()
    drawn = {row.pathway for row in model.library.pathways if row.node in model.nodes}
    named = [name for name in model.library.info.pathways if name in drawn]
    vars(model)["_drawings"] = made = (*core, *named, *sorted(drawn - set(named)), "whole")
    return made


def checked(model: Model, view: View) -> View:
    """The same View, when every choice in it can be made on this map.

    Raises
    ------
    UnknownId
        A drawing, node, arrow or kind of statement that the map does not have.
    Refused
        Two choices that exclude each other.
    ValueError
        A choice outside its stated range.

    Examples
    --------
    >>> checked(Model.from_edges([("serum", "stress", -1)]), View(source="serun"))
    Traceback (most recent call last):
    mgmodel.errors.UnknownId: There is no node 'serun'. Did you mean 'serum'?
    """
    _check_ids(model, view)
    _check_ranges(view)
    _check_pairs(model, view)
    if view.beside is not None:
        if view.beside.beside is not None:
            key = "code.beside_beside"
            raise Refused(key)
        checked(model, view.beside)
    return view


def _check_ids(model: Model, view: View) -> None:
    if view.drawing not in drawings(model):
        raise UnknownId(view.drawing, drawings(model), kind="drawing")
    for node in (view.source, view.target, *view.fixed, view.focus, view.why):
        if node is not None:
            model.node(node)
    for arrow in (*view.cut, *view.flipped, view.arrow):
        if arrow is not None:
            model.edge(arrow)
    for part in view.hidden:
        if part not in model.nodes and part not in model.edges:
            raise UnknownId(part, (*model.nodes, *model.edges), kind="node or arrow")
    for layer in view.without_layers:
        if layer not in set(EvidenceLayer):
            raise UnknownId(layer, list(EvidenceLayer), kind="kind of statement")


def _check_ranges(view: View) -> None:
    for name, value, allowed in (
        ("push", view.push, (1, -1)),
        ("click", view.click, CLICKS),
        ("language", view.language, tuple(str(language) for language in Language)),
        ("evidence", view.evidence, BARS),
        ("steps", view.steps, (1, 2, 3)),
        ("way", view.way, WAYS),
    ):
        if isinstance(value, bool) or value not in allowed:
            msg = f"{name} is {value!r}; it must be one of {', '.join(map(repr, allowed))}."
            raise ValueError(msg)
    for name, what, number in (("route", "paths", view.route), ("loop", "loops", view.loop)):
        if number is not None and (type(number) is not int or number < 0):
            msg = f"{name} is {number!r}; {what} are counted from 0."
            raise ValueError(msg)


def _check_pairs(model: Model, view: View) -> None:
    if view.source is not None and view.source == view.target:
        key = "code.same_ends"
        raise Refused(key, node=model.node(view.source))
    for both in sorted(set(view.switched_off) & set(view.held)):
        key = "code.off_and_held"
        raise Refused(key, node=model.node(both))
    for both in sorted(set(view.cut) & set(view.flipped)):
        key = "code.cut_and_flipped"
        raise Refused(key, arrow=model.edge(both))


def with_preferences(view: View, *, click: str, language: str) -> View:
    """The View, and the one beside it, with these preferences."""
    beside = view.beside and with_preferences(view.beside, click=click, language=language)
    return replace(view, click=click, language=language, beside=beside)


def bare(view: View) -> View:
    """The View without the preferences of whoever looks at it: what a code and a history keep.

    Examples
    --------
    >>> bare(View(source="a", click="hold", language="sv")) == View(source="a")
    True
    """
    return with_preferences(view, click=CLICKS[0], language="en")


_IN_CODE = {
    "drawing": "view",
    **{name: name for name in ("source", "target", "push", "switched_off", "held")},
    **{name: name for name in ("cut", "flipped", "evidence", "language")},
}
"""Parts of a View that `explore_map` takes, and its names for them, in the order of writing."""


def as_code(view: View, code: str = "") -> str:
    """The line of Python that opens the explorer on this View, for a notebook or an e-mail.

    Parameters
    ----------
    view
        What is chosen.
    code
        Its short code, written where the arguments alone would lose a part of the View.

    Examples
    --------
    >>> print(as_code(View("core", source="serum", switched_off=("channel",))))
    explore_map(model, view='core', source='serum', switched_off=('channel',))
    """
    default = View()
    arguments = [
        f"{written}={getattr(view, name)!r}"
        for name, written in _IN_CODE.items()
        if name == "drawing" or getattr(view, name) != getattr(default, name)
    ]
    more = [item.name for item in fields(View) if item.name not in {*_IN_CODE, "click"}]
    if code and any(getattr(view, name) != getattr(default, name) for name in more):
        arguments.append(f"code={code!r}")
    return f"explore_map({', '.join(('model', *arguments))})"

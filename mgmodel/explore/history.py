"""The steps of an explorer: every View so far, undone and done again, each step named in words.

A history is a value, and every act makes another one, so undo needs to know nothing of what an act
did. `static/history.js` does the same in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from mgmodel.explore.codes import decode, encode, opened
from mgmodel.explore.state import acted as view_acted
from mgmodel.explore.state import reset
from mgmodel.explore.views import Refused, View, bare, checked, with_preferences
from mgmodel.figures.captions import view_label
from mgmodel.model import Model
from mgmodel.wording import arrow_name
from mgmodel.wording.catalogues import number, say

__all__ = [
    "MOST_STEPS",
    "History",
    "acted",
    "as_state",
    "begun",
    "step_label",
    "step_labels",
    "stepped",
]

MOST_STEPS = 100
"""Views that are kept: the opening, and the last ones."""
MOST_SIGNS = 1000
"""About as many characters may the codes of all steps have: they go to the page with each act, and
a toggle is to cost 3 kB at most, both ways together."""
_NAMED_PARTS = 3


@dataclass(frozen=True, slots=True)
class History:
    """All Views so far, and which of them is on the screen.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> history = acted(chain, begun(View(source="a")), "switch_off", "b")
    >>> acted(chain, history, "undo").view.switched_off
    ()
    """

    views: tuple[View, ...]
    """The opening first; all with the same language and the same meaning of a click."""
    at: int = 0
    scene: int | None = None
    """The scene of a talk that is on, counted from 0."""
    notes: tuple[Refused, ...] = field(default=(), compare=False)
    """What the last act had to leave out: parts of a file that the map has no place for."""

    @property
    def view(self) -> View:
        """What is on the screen."""
        return self.views[self.at]


def begun(view: View) -> History:
    """The history of an explorer that has just been opened."""
    return History((view,))


def acted(model: Model, history: History, action: str, value: Any = None) -> History:
    """The history after one act: one of `state.ACTIONS`, or one of these.

    ========  =======================================  ========
    action    value                                    what
    ========  =======================================  ========
    undo      None                                     one step back; at the first, nothing
    redo      None                                     one step on; at the last, nothing
    step      place in the history, from 0             that step
    reset     None                                     the opening question, in the present drawing
    code      a short code                             the View that has it
    file      the text of a file                       what the map has of the View in it
    scene     (number, View), or None for no scene     the View of that scene
    ========  =======================================  ========

    An act that changes nothing makes no step. A new step drops those that were undone. The
    language and the meaning of a click are no steps: they change in all Views at once.

    Raises
    ------
    MgModelError, ValueError
        The act leads to no View of this map; the history is as it was.
    """
    if action in _MOVES:
        return replace(history, at=_place(history, action, value), notes=())
    if action == "scene" and value is None:
        return replace(history, scene=None, notes=())
    scene, view = history.scene, history.view
    notes: tuple[Refused, ...] = ()
    if action == "reset":
        after = reset(view, history.views[0])
    elif action == "code":
        after = decode(model, value)
    elif action == "file":
        after, notes = opened(model, value)
    elif action == "scene":
        scene, after = value
    else:
        after = view_acted(view, action, value)
    if action in {"code", "file", "scene"}:
        after = with_preferences(after, click=view.click, language=view.language)
    checked(model, after)
    return replace(stepped(history, after), scene=scene, notes=notes)


_MOVES: Mapping[str, Callable[[History, Any], int]] = {
    "undo": lambda history, _: max(history.at - 1, 0),
    "redo": lambda history, _: min(history.at + 1, len(history.views) - 1),
    "step": lambda _, value: value,
}


def _place(history: History, action: str, value: Any) -> int:
    place = _MOVES[action](history, value)
    if type(place) is not int or not 0 <= place < len(history.views):
        key = "code.no_step"
        raise Refused(key, n=repr(value), last=str(len(history.views) - 1))
    return place


def stepped(history: History, after: View) -> History:
    """The history with one more View, unless it is the one that is on the screen already.

    Its language and its meaning of a click become those of all Views.

    Examples
    --------
    >>> history = begun(View())
    >>> len(stepped(history, View(source="a")).views), len(stepped(history, View()).views)
    (2, 1)
    """
    views = history.views
    if (after.click, after.language) != (history.view.click, history.view.language):
        taste = {"click": after.click, "language": after.language}
        views = tuple(with_preferences(view, **taste) for view in views)
    if after == views[history.at]:
        return replace(history, views=views)
    views = _bounded((*views[: history.at + 1], after))
    return replace(history, views=views, at=len(views) - 1)


def _bounded(views: tuple[View, ...]) -> tuple[View, ...]:
    """The steps without the oldest that are too many; the opening stays, for reset needs it."""
    sizes = [_size(view) for view in views]
    total, gone = sum(sizes), 0
    while len(views) - gone > MOST_STEPS or (total > MOST_SIGNS and len(views) - gone > 2):
        gone += 1
        total -= sizes[gone]
    return (views[0], *views[1 + gone :])


def _size(view: View) -> int:
    """About the characters of its code, without the mark of the map, which is sent once.

    A part of a talk that is hidden hardly counts.
    """
    chosen = sum(map(len, (view.switched_off, view.held, view.cut, view.flipped)))
    own = 5 + 2 * chosen + len(view.hidden) // 4
    return own + _size(view.beside) if view.beside else own


# --- as a value for the page ------------------------------------------------------------------


def as_state(
    model: Model, history: History, known: Mapping[View, str] = MappingProxyType({})
) -> dict[str, Any]:
    """The history as numbers and texts, for the page and for a file.

    Codes that are `known` already are not worked out again.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> as_state(chain, begun(View(source="a")))["codes"]
    ['WYJ2-Y']
    """
    view = history.view
    return {
        "codes": [known.get(each) or encode(model, each) for each in history.views],
        "at": history.at,
        "click": view.click,
        "language": view.language,
        "scene": history.scene,
        "notes": [note.in_language(view.language) for note in history.notes],
    }


# --- in words ---------------------------------------------------------------------------------


def step_labels(model: Model, history: History, language: str | None = None) -> tuple[str, ...]:
    """What each step of a history did, the first being the start.

    Examples
    --------
    >>> chain = Model.from_edges([("a", "b", 1), ("b", "c", -1)])
    >>> history = acted(chain, begun(View(source="a")), "switch_off", "b")
    >>> step_labels(chain, acted(chain, history, "evidence", "verified"))
    ('Start', 'Switched off: b', 'Evidence: supported and verified')
    """
    said = language or history.view.language
    pairs = zip((None, *history.views), history.views, strict=False)
    return tuple(step_label(model, before, after, said) for before, after in pairs)


def step_label(model: Model, before: View | None, after: View, language: str = "en") -> str:
    """What one step did, as a heading; without a View before it, it is the start."""
    if before is None:
        return say("history.start", language)
    parts = list(_Step(model, bare(before), bare(after), language).parts())
    if not parts:
        return say("history.other", language)
    told = "; ".join(parts[:_NAMED_PARTS])
    left = len(parts) - _NAMED_PARTS
    return (
        say("history.and_more", language, names=told, n=number(left, language))
        if left > 0
        else told
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Two Views, and how they differ in words."""

    model: Model
    before: View
    after: View
    language: str

    def parts(self) -> Iterator[str]:
        yield from self._question()
        yield from self._looking()
        if self.before.beside != self.after.beside:
            yield self._say("beside" if self.after.beside else "no_beside")

    def _question(self) -> Iterator[str]:
        """What is asked of the map."""
        after = self.after
        if self._differs("drawing"):
            yield self._say("drawing", name=view_label(self.model, after.drawing, self.language))
        yield from self._node("source")
        yield from self._node("target")
        if self._differs("push"):
            yield self._say("push_up" if after.push > 0 else "push_down")
        yield from self._names("switched_off", self._new("switched_off"))
        yield from self._names("held", self._new("held"))
        free = [node for node in self.before.fixed if node not in after.fixed]
        yield from self._names("restored", free)
        yield from self._names("cut", self._new("cut"))
        yield from self._names("flipped", self._new("flipped"))
        changed = (*self.before.cut, *self.before.flipped)
        mended = [one for one in changed if one not in (*after.cut, *after.flipped)]
        yield from self._names("mended", mended)
        if self._differs("evidence"):
            yield self._say(
                "evidence", name=say(f"evidence_bar.word.{after.evidence}", self.language)
            )

    def _looking(self) -> Iterator[str]:
        """What is looked at, while the question stays."""
        after, asked = self.after, self._differs(*_ASKED)
        yield from self._node("focus")
        if self._differs("steps"):
            yield self._say("steps", n=str(after.steps))
        if self._differs("way"):
            yield say(f"history.way.{after.way}", self.language)
        yield from self._layers("layers_off", self.before, after)
        yield from self._layers("layers_on", after, self.before)
        yield from self._names("hidden", self._new("hidden"))
        yield from self._names(
            "shown", [one for one in self.before.hidden if one not in after.hidden]
        )
        for name in ("route", "loop"):
            place = getattr(after, name)
            if place is not None and self._differs(name):
                yield self._say(name, n=number(place + 1, self.language))
            elif self._differs(name) and not asked and after.route is after.loop is None:
                yield self._say(_NONE[name])
        if self._differs("arrow"):
            yield from self._names(
                "arrow", [after.arrow] if after.arrow else [], none=_NONE["arrow"]
            )
        yield from self._node("why")

    def _layers(self, key: str, less: View, more: View) -> Iterator[str]:
        layers = [name for name in more.without_layers if name not in less.without_layers]
        if layers:
            named = (say(f"layer.word.{name}", self.language) for name in layers)
            yield self._say(key, names=", ".join(named))

    def _differs(self, *names: str) -> bool:
        return any(getattr(self.before, name) != getattr(self.after, name) for name in names)

    def _new(self, name: str) -> list[str]:
        had = getattr(self.before, name)
        return [each for each in getattr(self.after, name) if each not in had]

    def _node(self, name: str) -> Iterator[str]:
        if self._differs(name):
            node = getattr(self.after, name)
            yield from self._names(name, [node] if node else [], none=_NONE[name])

    def _names(self, key: str, ids: Iterable[str], *, none: str = "") -> Iterator[str]:
        """The parts of the map by name, at most three; without any, what `none` says."""
        names = [self._name(each) for each in ids]
        told = ", ".join(names[:_NAMED_PARTS])
        if len(names) > _NAMED_PARTS:
            left = number(len(names) - _NAMED_PARTS, self.language)
            told = say("history.and_more", self.language, names=told, n=left)
        if told:
            yield self._say(key, names=told)
        elif none:
            yield self._say(none)

    def _name(self, part: str) -> str:
        if part in self.model.nodes:
            return self.model.node(part).label.in_language(self.language)
        return arrow_name(self.model.edge(part), self.language)

    def _say(self, key: str, **values: str) -> str:
        return say(f"history.{key}", self.language, **values)


_NONE = {
    "source": "no_source",
    "target": "no_target",
    "focus": "no_focus",
    "route": "no_route",
    "loop": "no_loop",
    "arrow": "no_arrow",
    "why": "no_why",
}
_LOOKS = ("route", "loop", "arrow", "why", "focus", "steps", "way", "without_layers", "hidden")
_ASKED = tuple(item.name for item in fields(View) if item.name not in {*_LOOKS, "beside"})
"""Parts of a View that take the highlight away when they change, so that nothing is said of it."""

"""docs/classroom.md: the list of all callbacks, what was planted in them, and what was found."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import classroom_page
import lab_window
from classroom_faults import LEFT_OUT, Callback
from classroom_planting import (
    Found,
    listed,
    one_of_each,
    plant_callbacks,
    plant_shifts,
    survey,
)

import mgmodel

PAGE = Path(__file__).resolve().parent.parent / "docs" / "classroom.md"
SEED, SEEDS = 1, (1, 2, 3)
SHIFTS_EACH, SHIFTS_A_PAGE = 4, 40


def publish(*, planted: bool) -> int:
    """Write the lists, and the numbers of a full planted run, into the page."""
    text = PAGE.read_text(encoding="utf-8")
    python = listed(one_of_each())
    if planted:
        found = [*_python(), *_page()]
        text = _between(text, "numbers", numbers(found))
        pages = {one.name for one in found if one.group.startswith("page: ")}
        names = [(one.group, one.name) for one in found if one.name in pages]
        text = _between(text, "listeners", listeners(names))
    text = _between(text, "callbacks", callbacks(python))
    PAGE.write_text(text, encoding="utf-8")
    return 0


def _python() -> Iterator[Found]:
    known = survey()
    for found in plant_shifts(known, SHIFTS_EACH):
        yield _told(found)
    for found in plant_callbacks(known, known.callbacks):
        yield _told(found)


def _told(found: Found) -> Found:
    if found.missed:
        print(found, flush=True)
    return found


def _page() -> Iterator[Found]:
    """Every listener, broken on each page until one goes red; and shifts on every page."""
    model = mgmodel.load_model()
    red: dict[tuple[str, str], str] = {}
    with lab_window.browser() as chromium:
        for name, make in classroom_page.PAGES.items():
            clean = classroom_page.walk(chromium, make(model), SEED, 2)
            if clean.wrong:
                msg = f"{name}: {clean.wrong[0]}"
                raise RuntimeError(msg)
            groups = {listener: group for listener, group, _ in clean.listeners}
            woken = [one for one, _, fired in clean.listeners if fired]
            todo = [one for one in woken if not red.get((groups[one], one))]
            found = classroom_page.plant_listeners(
                chromium, lambda make=make: make(model), clean, todo, SEEDS
            )
            for listener, group in groups.items():
                place = name if found.get(listener) else ""
                red[group, listener] = red.get((group, listener), "") or place
            shifts = classroom_page.shifted_walk(chromium, make(model), SEED, SHIFTS_A_PAGE)
            for shift, seen in shifts.items():
                missed = "" if seen else "nothing shows it"
                yield _told(Found("shifts in the page", f"{name}: {shift}", name, missed))
    for (group, listener), place in red.items():
        yield _told(Found(f"page: {group}", listener, place, "" if place else "not red"))


# What stands on the page


def numbers(found: Sequence[Found], day: str = "") -> str:
    """A row for each group, and below it everything that was missed."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        groups[one.group].append(one)
    lines = [f"Planted on {day or datetime.datetime.now(datetime.UTC).date().isoformat()}.", ""]
    lines += ["| planted in | faults | found | missed |", "|---|---|---|---|"]
    for group, members in sorted(groups.items()):
        lines.append(_row(group, members))
    exceptions = [one for one in found if not one.group.startswith("shifts")]
    shifts = [one for one in found if one.group.startswith("shifts")]
    lines += [_row("**all exceptions**", exceptions), _row("**all shifts**", shifts), ""]
    missed = [one for one in found if one.missed]
    lines += [f"- `{one.name}`: {one.missed}." for one in missed] or ["Nothing was missed."]
    return "\n".join(lines)


def _row(name: str, members: Sequence[Found]) -> str:
    missed = sum(bool(one.missed) for one in members)
    return f"| {name} | {len(members)} | {len(members) - missed} | {missed} |"


def callbacks(found: Iterable[Callback]) -> str:
    """Every callback of Python, folded by group and by module."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in found:
        module, _, name = one.name.partition("." if one.code else ": ")
        groups[f"{one.group}: {module}" if name else one.group].append(name or module)
    left_out = ["Modules of `mgmodel.explore` that hold none:", ""]
    left_out += [f"- `{module}`: {reason}." for module, reason in LEFT_OUT.items()]
    return "\n".join([*_folded(groups), *left_out])


def listeners(found: Iterable[tuple[str, str]]) -> str:
    """Every listener of the page, folded by group."""
    groups: dict[str, list[str]] = defaultdict(list)
    for group, name in found:
        groups[group].append(name)
    return "\n".join(_folded({group: sorted(names) for group, names in groups.items()})).rstrip()


def _folded(groups: dict[str, list[str]]) -> Iterator[str]:
    for group, names in sorted(groups.items()):
        yield f"<details><summary>{group} ({len(names)})</summary>"
        yield ""
        yield from (f"- `` {name} ``" if "`" in name else f"- `{name}`" for name in names)
        yield ""
        yield "</details>"
        yield ""


def _between(text: str, name: str, new: str) -> str:
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    put = f"{start}\n\n{new}\n\n{end}"
    return pattern.sub(lambda _: put, text)


def published(name: str) -> str:
    """What stands on the page between the marks of a part."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- end of {name} -->")[0].strip()

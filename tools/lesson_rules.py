"""What is asked of a lesson, rule by rule; each names what is wrong and in which cell.

Whether a lesson runs, and gives what is stored in it, is asked by nbval.
"""

from __future__ import annotations

import ast
import itertools
import re
import statistics
from collections.abc import Iterator
from functools import cache

from lesson_copies import names_only_answers_give
from lesson_files import (
    ASKED,
    TAG,
    Course,
    Lesson,
    calls,
    code_lines,
    parsed,
    read_course,
    tags_of,
    told_by,
)
from nbformat import NotebookNode

import notebooks
from mgmodel.datafiles import load_model
from mgmodel.wording.lines import COLUMNS

CLOSING = ("What this does not show", "Exercises", "In one breath", "Next", "References")
PROMISES = ("**You will**", "| **You need** | how important | minutes |", "**Minutes:**")
WITHOUT_PICTURE = ("explore_quiz", "explore_hunt", "explore_draft")
LONGEST_CELL, USUAL_CELL, LONGEST_LINE, FEWEST_WORDS = 12, 6, 100, 8
LEAST_ALTERNATIVE = 6  # words that stand for a picture
POINTLESS = {"here", "this", "link", "this link", "click here", "lesson", "this lesson", "page"}
HTML_PICTURE = re.compile(r"<img (?![^>]*alt=\"[^\"]{20})")  # one without a text, or a short one
FOLD = "<details><summary>"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
TRACES = {
    "a folder of a machine": re.compile(
        r"(?<![\w.~/-])/(?:" + r"home|root|work|Users|mnt|tmp|usr|opt)/\w|\b[A-Z]:\\\w"
    ),
    "the address of an object": re.compile(r"\b0x[0-9a-fA-F]{6,}"),
    "a warning": re.compile(r"\w*Warning:"),
    "an object without words": re.compile(r"^<(?:Figure size|IPython\.|function )", re.MULTILINE),
}


def complaints(lesson: Lesson) -> Iterator[str]:
    """Give all that is wrong with a lesson."""
    for rule in RULES:
        yield from rule(lesson)


def opens_with_a_question_and_what_it_takes(lesson: Lesson) -> Iterator[str]:
    """The first cell asks, and says what is learnt, what is needed and how long it takes."""
    first = lesson.cells[0].source
    if not re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", lesson.path.name):
        yield "the name is not two digits and small letters, such as 07_forms.ipynb"
    if not re.match(r"# [^\n]+\?\n\n\S", first):
        yield "the first cell does not begin with a question as title and an introduction"
    yield from (f"the first cell lacks {each}" for each in PROMISES if each not in first)
    if lesson.minutes is None or not 10 <= lesson.minutes <= 25:
        yield f"a lesson takes 10 to 25 minutes, and this says {lesson.minutes}"


def headings_rise_by_one_and_close_in_order(lesson: Lesson) -> Iterator[str]:
    """One title, no level left out, and the closing sections at the end."""
    levels = [level for _, level, _ in lesson.headings]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield "there is not one title, as the first heading"
    for (_, before, _), (_, after, text) in itertools.pairwise(lesson.headings):
        if after > before + 1:
            yield f"the heading {text!r} leaves a level out"
    sections = tuple(text for _, level, text in lesson.headings if level == 2)
    if sections[-len(CLOSING) :] != CLOSING:
        yield f"the last sections are not {', '.join(CLOSING)}"


def asks_for_a_prediction(lesson: Lesson) -> Iterator[str]:
    """A reader predicts before the answer, which is folded, or held back by a worksheet."""
    asked = [place for place, _, text in lesson.headings if text.startswith("Predict first")]
    if not asked:
        yield "no section begins with Predict first"
    for place in asked:
        ends = (later for later, level, _ in lesson.headings if later > place and level <= 2)
        cells = lesson.cells[place : next(ends, len(lesson.cells))]
        code = [cell for cell in cells if cell.cell_type == "code"]
        if not any(FOLD in cell.source for cell in cells) and not any(
            calls(code, "explore_prediction")
        ):
            yield f"cell {place} asks for a prediction and neither folds the answer nor holds it"


def every_exercise_has_an_answer_that_runs(lesson: Lesson) -> Iterator[str]:
    """Exercises are counted from 1, one a cell, and the folded answer is the next cell."""
    places = lesson.section("Exercises")
    numbers = [int(n) for place in places for n in ASKED.findall(lesson.cells[place].source)]
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < 2:
        yield f"exercises are counted from 1, two at least; here they are {numbers}"
    answers = set()
    for place in places:
        found = ASKED.findall(lesson.cells[place].source)
        if len(found) > 1:
            yield f"cell {place} asks more than one exercise"
        if found:
            answers.add(place + 1)
            if "solution" not in tags_of(lesson.cells[place + 1]):
                yield f"exercise {found[0]} is not followed by its answer, tagged solution"
    for place, cell in enumerate(lesson.cells):
        if "solution" in tags_of(cell):
            hidden = cell.metadata.get("jupyter") == {"source_hidden": True, "outputs_hidden": True}
            if cell.cell_type != "code" or not hidden:
                yield f"cell {place} is an answer, and no folded code"
            if place not in answers:
                yield f"cell {place} is an answer without an exercise right before it"


def code_is_short_and_defines_nothing(lesson: Lesson) -> Iterator[str]:
    """Cells of a few lines that call the library; what is needed twice belongs in there."""
    code = lesson.of_kind("code")
    sizes = [len(code_lines(cell)) for cell in code]
    if sizes and statistics.median(sizes) > USUAL_CELL:
        yield f"half of the code cells are longer than {USUAL_CELL} lines"
    for count, (place, cell) in enumerate(_code(lesson)):
        if len(code_lines(cell)) > LONGEST_CELL:
            yield f"cell {place} is longer than {LONGEST_CELL} lines"
        if any(len(line) > LONGEST_LINE for line in cell.source.splitlines()):
            yield f"cell {place} has a line of more than {LONGEST_LINE} characters"
        yield from (f"cell {place} {what}" for what in _strange(cell.source))
        if count and any(isinstance(n, ast.Import | ast.ImportFrom) for n in _nodes(cell)):
            yield f"cell {place} imports; all imports stand in the first code cell"


def _strange(source: str) -> Iterator[str]:
    if source.strip() and not parsed(source).body:
        yield "is no plain Python"
    nodes = list(ast.walk(parsed(source)))
    if any(isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda) for n in nodes):
        yield "defines a function"
    if re.search(r"sys\.path|^\s*[!%]|\bsleep\(|\binput\(", source, re.MULTILINE):
        yield "does what a lesson must not: it changes paths, waits, or calls a shell"


def prose_outweighs_code(lesson: Lesson) -> Iterator[str]:
    """Some words for each line of code."""
    lines = sum(len(code_lines(cell)) for cell in lesson.of_kind("code"))
    if len(lesson.prose.split()) < FEWEST_WORDS * lines:
        yield f"there are fewer than {FEWEST_WORDS} words for a line of code"


def pictures_have_words(lesson: Lesson) -> Iterator[str]:
    """Whoever sees no picture reads what it shows, and a figure has its reading below it."""
    for place, cell in enumerate(lesson.cells):
        prose = cell.source if cell.cell_type == "markdown" else ""
        texts = [text for mark, text, _ in LINK.findall(prose) if mark]
        if HTML_PICTURE.search(prose) or any(len(t.split()) < LEAST_ALTERNATIVE for t in texts):
            yield f"cell {place} has a picture without a text that tells it"
        pictures = [output for output in cell.get("outputs", ()) if _has_picture(output)]
        for output in pictures:
            told = output.data.get("text/plain", "")
            if len(told.split()) < LEAST_ALTERNATIVE or told.startswith("<"):
                yield f"cell {place} stores a picture without a text that tells it"
        if pictures and not _shows_an_explorer(lesson, cell):
            after = lesson.cells[place + 1 : place + 2]
            if not after or after[0].cell_type != "markdown":
                yield f"cell {place} draws a figure that no prose reads"


def explorers_are_shown_and_rehearsed(lesson: Lesson) -> Iterator[str]:
    """Each explorer has a name, is shown with a picture, and has all its controls pressed."""
    if not any(calls(lesson.of_kind("code"), "explore_")):
        yield "there is no explorer"
    waiting: dict[str, int] = {}
    shown: set[str] = set()
    for place, cell in _code(lesson):
        named = explorers_named(cell)
        if len(named) != len(list(calls([cell], "explore_"))):
            yield f"cell {place} opens an explorer and gives it no name of its own"
        for name in named:
            if name in waiting:
                yield f"cell {waiting[name]} opens {name}, which is never rehearsed"
            waiting[name] = place
            shown.discard(name)
        last = cell.source.rstrip().rpartition("\n")[2]
        if last in waiting:
            shown.add(last)
            yield from _stored_without_kernel(place, cell, _maker(lesson, last))
        for name in re.findall(r"\brehearse\((\w+)", cell.source):
            if name not in shown:
                yield f"cell {place} rehearses {name}, which no cell has shown"
            waiting.pop(name, None)
    yield from (f"cell {p} opens {name}, which is never rehearsed" for name, p in waiting.items())


def _stored_without_kernel(place: int, cell: NotebookNode, maker: str) -> Iterator[str]:
    data = [output.data for output in cell.outputs if "data" in output]
    if len(data) != 1 or len(data[0].get("text/plain", "").split()) < LEAST_ALTERNATIVE:
        yield f"cell {place} shows an explorer and stores no words for those without a kernel"
    elif maker not in WITHOUT_PICTURE and "image/png" not in data[0]:
        yield f"cell {place} shows an explorer and stores no picture for those without a kernel"


def explorers_named(cell: NotebookNode) -> dict[str, str]:
    """Give the names to which a cell assigns an explorer, each with what opens it."""
    found = {}
    for node in _nodes(cell):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            maker = ast.unparse(node.value.func).rpartition(".")[2]
            if maker.startswith("explore_") and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = maker
    return found


def _maker(lesson: Lesson, name: str) -> str:
    makers = (explorers_named(cell).get(name) for cell in lesson.of_kind("code"))
    return next(filter(None, makers), "")


def _shows_an_explorer(lesson: Lesson, cell: NotebookNode) -> bool:
    return bool(_maker(lesson, cell.source.rstrip().rpartition("\n")[2]))


def links_say_where_they_go_and_lead_there(lesson: Lesson) -> Iterator[str]:
    """Each link leads to a file among the lessons, or to a heading, and its text says so."""
    anchors = {text.replace(" ", "-") for _, _, text in lesson.headings}
    for mark, text, target in LINK.findall(lesson.prose):
        name, _, anchor = target.partition("#")
        if name and not (lesson.path.parent / name).is_file():
            yield f"the link {text!r} leads to {target}, and there is no such file"
        if ".." in name.split("/"):
            yield f"the link {text!r} leads to {target}, out of what a working copy holds"
        if not name and anchor not in anchors:
            yield f"the link {text!r} leads to {target}, and there is no such heading"
        if not mark and (text.lower() in POINTLESS or not re.search(r"[^\W\d]{2}", text)):
            yield f"the link {text!r} to {target} does not say where it goes"
    if not LINK.search("".join(lesson.cells[p].source for p in lesson.section("Next"))):
        yield "the section Next leads nowhere"


def is_stored_small_clean_and_run_in_order(lesson: Lesson) -> Iterator[str]:
    """Our kernel and language, counts from 1, no widget, and not too large for a diff."""
    book = notebooks.read(lesson.path)
    if book.metadata != {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}:
        yield "the metadata is not that of our kernel and language alone"
    if lesson.path.stat().st_size >= notebooks.LARGEST:
        yield f"it is larger than {notebooks.LARGEST:,} bytes"
    counts = [cell.execution_count for cell in lesson.of_kind("code")]
    if counts != list(range(1, len(counts) + 1)):
        yield "the cells were not all run once, in their order"
    outputs = [output for cell in lesson.of_kind("code") for output in cell.outputs]
    if any(notebooks.WIDGET_VIEW in output.get("data", {}) for output in outputs):
        yield "it stores a view of a widget, which no reader without this kernel can open"


def outputs_hold_no_trace_of_a_machine_or_a_run(lesson: Lesson) -> Iterator[str]:
    """What is stored says the same everywhere, and nothing went wrong in it."""
    for place, cell in _code(lesson):
        told = told_by(cell)
        found = (what for what, sign in TRACES.items() if sign.search(told))
        yield from (f"cell {place} stores {what}" for what in found)
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"cell {place} stores an error or a complaint"


def printed_lines_end_between_words(lesson: Lesson) -> Iterator[str]:
    """No display has to break a printed sentence inside a word; `mg.tell` sees to it."""
    for place, cell in _code(lesson):
        printed = (output.get("text", "") for output in cell.outputs)
        lines = (line for text in printed for line in text.splitlines())
        if any(len(line) > COLUMNS and " " in line.strip() for line in lines):
            yield f"cell {place} prints a line of more than {COLUMNS} characters: use mg.tell"


def tags_are_known(lesson: Lesson) -> Iterator[str]:
    """Tags point to what course.toml and the claims hold."""
    course, every = _known()
    for place, cell in enumerate(lesson.cells):
        for tag in tags_of(cell):
            found = TAG.fullmatch(tag)
            if found and int(found[2]) not in course.of(found[1]):
                yield f"cell {place} is tagged {tag}, and course.toml has no such {found[1]}"
            if not found and tag not in ("claims", "solution", "index"):
                yield f"cell {place} has the tag {tag}, which nothing reads"
        if "claims" in tags_of(cell) and not Lesson(lesson.path, (cell,)).claims():
            yield f"cell {place} is tagged claims, and its stored output lists none"
    strange = sorted(lesson.claims() - every)
    yield from (f"the claim {claim} is listed, and data/claims.csv has none" for claim in strange)


@cache
def _known() -> tuple[Course, set[str]]:
    return read_course(), set(load_model().library.claims)


def ends_with_a_reading_list(lesson: Lesson) -> Iterator[str]:
    """The library prints the references of the arrows of the page."""
    cells = [lesson.cells[place] for place in lesson.section("References")]
    code = [cell for cell in cells if cell.cell_type == "code"]
    if not any(calls(code, "reading_list")):
        yield "no reading list is printed under References"
    elif not any(len(told_by(cell).split()) > LEAST_ALTERNATIVE for cell in code):
        yield "the reading list under References is empty"


def no_cell_needs_an_answer_of_an_exercise(lesson: Lesson) -> Iterator[str]:
    """The student's copy has no answers, and runs all the same."""
    return names_only_answers_give(lesson)


def _code(lesson: Lesson) -> Iterator[tuple[int, NotebookNode]]:
    """Number and cell of all code, numbers counted over all cells from 0."""
    return ((p, cell) for p, cell in enumerate(lesson.cells) if cell.cell_type == "code")


def _nodes(cell: NotebookNode) -> Iterator[ast.AST]:
    return ast.walk(parsed(cell.source))


def _has_picture(output: NotebookNode) -> bool:
    return any(kind.startswith("image/") for kind in output.get("data", {}))


RULES = (
    opens_with_a_question_and_what_it_takes,
    headings_rise_by_one_and_close_in_order,
    asks_for_a_prediction,
    every_exercise_has_an_answer_that_runs,
    code_is_short_and_defines_nothing,
    prose_outweighs_code,
    pictures_have_words,
    explorers_are_shown_and_rehearsed,
    links_say_where_they_go_and_lead_there,
    is_stored_small_clean_and_run_in_order,
    outputs_hold_no_trace_of_a_machine_or_a_run,
    printed_lines_end_between_words,
    tags_are_known,
    ends_with_a_reading_list,
    no_cell_needs_an_answer_of_an_exercise,
)

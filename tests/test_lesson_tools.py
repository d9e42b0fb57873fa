"""The tools around the lessons, on small notebooks made by hand: rules, tables, index, copies."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import lesson_copies
import lesson_files
import lesson_rules
import lesson_tables
import lessons
import nbformat
import pytest
from lesson_files import Course, Lesson, lesson_paths, read_course, read_lesson, tags_of
from nbformat import NotebookNode

import notebooks
from mgmodel.records import Claim

HIDDEN = {"source_hidden": True, "outputs_hidden": True}
PICTURE = "A map of two nodes: magnesium lowers stress, which is drawn with a bar."
OPENING = """\
# Does magnesium lower stress?

Three sentences say what this is about. They are short. They go on.

**You will** read an arrow.

| **You need** | how important | minutes |
|---|---|---|
| nothing | | |

**Minutes:** 10"""
ASKED = """\
## Predict first: more magnesium

Magnesium rises. **What does stress do?** Decide before you read on, and write it down somewhere.

<details><summary>Answer and reason</summary>

It falls.

</details>"""
FIRST = """\
## Exercises

**1.** Push stress. What does magnesium do?

<details><summary>Answer</summary>

Nothing: no route.

</details>"""


def prose(source: str, *tags: str) -> NotebookNode:
    metadata = {"tags": list(tags)} if tags else {}
    return nbformat.v4.new_markdown_cell(source, id="id", metadata=metadata)


def code(source: str, told: str = "", *tags: str, picture: bool = False) -> NotebookNode:
    """A cell of code with what it stores."""
    metadata = {"tags": list(tags)} if tags else {}
    cell = nbformat.v4.new_code_cell(source, id="id", metadata=metadata)
    if picture:
        data = {"image/png": "iVBORw0KGgo=", "text/plain": told}
        cell.outputs = [nbformat.v4.new_output("display_data", data)]
    elif told:
        cell.outputs = [nbformat.v4.new_output("stream", text=told)]
    return cell


def answer(source: str, told: str = "", *tags: str) -> NotebookNode:
    cell = code(source, told, "solution", *tags)
    cell.metadata["jupyter"] = dict(HIDDEN)
    return cell


def good_cells() -> list[NotebookNode]:
    """The cells of a lesson that breaks no rule."""
    return [
        prose(OPENING, "objective-1"),
        code("import mgmodel as mg\nfrom mgmodel.explore import explore_map, rehearse"),
        code('model = mg.Model.from_edges([("magnesium", "stress", -1)])'),
        prose("## A figure\n\nThis is the map."),
        code("mg.figures.map_figure(model)", PICTURE, picture=True),
        prose("*The map of two nodes.* It shows one arrow, and the arrow ends in a bar."),
        prose(ASKED),
        code('print(mg.respond(model, mg.Press("magnesium")))', "falls", "misconception-4"),
        prose("## See it\n\nNow with your own hands."),
        code("explorer = explore_map(model)\nexplorer", PICTURE, picture=True),
        code("rehearse(explorer)", "59 controls pressed, and each of them answered."),
        prose("## What this does not show\n\nHow much."),
        prose(FIRST),
        answer(
            'pushed = mg.respond(model, mg.Press("stress"))\nprint(pushed.sentence("magnesium"))',
            "no route",
            "exercise-9",
        ),
        prose("**2.** List the arrows."),
        answer("print(sorted(model.edges))", "['magnesium.stress']"),
        prose("## In one breath\n\nMagnesium lowers stress."),
        prose("## Next\n\n[02 the other way round](02_other.ipynb) turns the arrow."),
        prose("## References\n\nPrinted from the arrows."),
        code("mg.reading_list(model)", "Somebody, Another (2020). The title of it. A journal."),
    ]


def write(path: Path, cells: list[NotebookNode]) -> Path:
    """Store cells as a lesson in the normal form, each with an id and a count of its own."""
    counts = iter(range(1, len(cells) + 1))
    for place, cell in enumerate(cells):
        cell.id = f"{path.name[:2]}-{place}"
        if cell.cell_type == "code":
            cell.execution_count = next(counts)
            for output in cell.outputs:
                output.pop("execution_count", None)
    metadata = {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}
    book = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebooks.write(book), encoding="utf-8")
    return path


def course(folder: Path) -> Path:
    """A folder of two lessons and a talk."""
    index = [prose("## Next\n\nChoose.\n\n| lesson |\n|---|\n| old |\n\nThat is all.", "index")]
    write(folder / "00_start.ipynb", [prose(OPENING), *index])
    write(folder / "01_good.ipynb", good_cells())
    write(folder / "02_other.ipynb", [prose(OPENING.replace("10", "25"))])
    write(folder / "presenting" / "talk.ipynb", [prose("# A talk\n\nAbout it.")])
    (folder / "course.toml").write_text("# texts\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return course(tmp_path / "notebooks")


# Rules


def test_the_good_lesson_keeps_every_rule(folder: Path) -> None:
    assert list(lesson_rules.complaints(read_lesson(folder / "01_good.ipynb"))) == []


def place_of(cells: list[NotebookNode], start: str) -> int:
    return next(n for n, cell in enumerate(cells) if cell.source.startswith(start))


def changed(start: str, old: str, new: str) -> Callable[[list[NotebookNode]], None]:
    """In the cell that begins so, put one text for another."""

    def change(cells: list[NotebookNode]) -> None:
        cell = cells[place_of(cells, start)]
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def left_out(start: str) -> Callable[[list[NotebookNode]], None]:
    def change(cells: list[NotebookNode]) -> None:
        del cells[place_of(cells, start)]

    return change


def added(after: str, cell: NotebookNode) -> Callable[[list[NotebookNode]], None]:
    return lambda cells: cells.insert(place_of(cells, after) + 1, copy.deepcopy(cell))


def tagged(start: str, *tags: str) -> Callable[[list[NotebookNode]], None]:
    def change(cells: list[NotebookNode]) -> None:
        cells[place_of(cells, start)].metadata["tags"] = list(tags)

    return change


def told(start: str, text: str) -> Callable[[list[NotebookNode]], None]:
    def change(cells: list[NotebookNode]) -> None:
        (output,) = cells[place_of(cells, start)].outputs
        if "data" in output:
            output.data["text/plain"] = text
        else:
            output.text = text

    return change


def unfolded(cells: list[NotebookNode]) -> None:
    del cells[place_of(cells, "pushed")].metadata["jupyter"]


def complained(cells: list[NotebookNode]) -> None:
    cells[place_of(cells, "print(mg")].outputs[0].name = "stderr"


def without_explorer(cells: list[NotebookNode]) -> None:
    del cells[place_of(cells, "explorer =") : place_of(cells, "rehearse") + 1]


def without_picture(cells: list[NotebookNode]) -> None:
    del cells[place_of(cells, "explorer =")].outputs[0].data["image/png"]


def with_widget(cells: list[NotebookNode]) -> None:
    data = cells[place_of(cells, "explorer =")].outputs[0].data
    data[notebooks.WIDGET_VIEW] = {"model_id": "0"}


FAULTS: list[tuple[Callable[[list[NotebookNode]], None], str]] = [
    (changed("# Does", "stress?", "stress."), "does not begin with a question"),
    (changed("# Does", "**You will**", "You will"), "lacks **You will**"),
    (changed("# Does", "**Minutes:** 10", "**Minutes:** 40"), "this says 40"),
    (changed("# Does", "**Minutes:** 10", "soon"), "this says None"),
    (changed("## A figure", "## A", "### A"), "leaves a level out"),
    (changed("## A figure", "## A", "# A"), "not one title"),
    (changed("## In one", "## In one breath", "## Summary"), "the last sections are not"),
    (left_out("## What this"), "the last sections are not"),
    (changed("## Predict", "## Predict first", "## Guess"), "no section begins with Predict first"),
    (changed("## Predict", "<details><summary>", ""), "neither folds the answer nor holds it"),
    (changed("**2.**", "**2.**", "**3.**"), "here they are [1, 3]"),
    (changed("**2.**", "**2.**", "**2.** a\n\n**3.**"), "asks more than one exercise"),
    (left_out("print(sorted"), "exercise 2 is not followed by its answer"),
    (unfolded, "is an answer, and no folded code"),
    (added("## What", answer("1 + 1")), "is an answer without an exercise right before it"),
    (added("## A figure", code("\n".join("abcdefghijklm"))), "is longer than 12 lines"),
    (added("## A figure", code(f"x = '{'x' * 100}'")), "more than 100 characters"),
    (added("## A figure", code("f = lambda x: x")), "defines a function"),
    (added("## A figure", code("!ls")), "is no plain Python"),
    (added("## A figure", code("%matplotlib inline")), "is no plain Python"),
    (added("## A figure", code("import time\ntime.sleep(1)")), "it changes paths, waits"),
    (added("## A figure", code("import os")), "all imports stand in the first code cell"),
    (
        lambda cells: cells.extend(code("\n".join("abcdefghijkl")) for _ in range(9)),
        "half of the code cells are longer than 6 lines",
    ),
    (
        lambda cells: cells.extend(code("\n".join("abcdef")) for _ in range(9)),
        "fewer than 8 words for a line of code",
    ),
    (changed("## A figure", "This", "![map](02_other.ipynb) This"), "a picture without a text"),
    (changed("## A figure", "This", '<img src="a.png"> This'), "a picture without a text"),
    (told("mg.figures", "<Figure size 640x480 with 1 Axes>"), "stores a picture without a text"),
    (told("mg.figures", "map"), "stores a picture without a text"),
    (added("mg.figures", code("model")), "draws a figure that no prose reads"),
    (left_out("rehearse"), "opens explorer, which is never rehearsed"),
    (changed("rehearse", "explorer", "other"), "rehearses other, which no cell has shown"),
    (changed("explorer =", "(model)\nexplorer", "(model)"), "which no cell has shown"),
    (
        added("rehearse", code("explorer = explore_map(model)\nexplorer", PICTURE, picture=True)),
        "opens explorer, which is never rehearsed",
    ),
    (added("rehearse", code("explore_map(model)")), "gives it no name of its own"),
    (without_explorer, "there is no explorer"),
    (without_picture, "stores no picture for those without a kernel"),
    (told("explorer =", "map"), "stores no words for those without a kernel"),
    (changed("## Next", "02_other", "07_other"), "leads to 07_other.ipynb, and there is no such"),
    (changed("## Next", "02_other.ipynb", "../README.md"), "out of what a working copy holds"),
    (changed("## Next", "02_other.ipynb", "#Nowhere"), "there is no such heading"),
    (changed("## Next", "02 the other way round", "here"), "does not say where it goes"),
    (changed("## Next", "02 the other way round", "02"), "does not say where it goes"),
    (changed("## Next", "[02 the other way round](02_other.ipynb)", "02"), "Next leads nowhere"),
    (with_widget, "stores a view of a widget"),
    (told("print(mg", "/" + "home/somebody/x.py"), "stores a folder of a machine"),
    (told("print(mg", "<Thing at 0x7f0000abcdef>"), "stores the address of an object"),
    (told("print(mg", "DeprecationWarning: no"), "stores a warning"),
    (complained, "stores an error or a complaint"),
    (told("print(mg", "a long line " * 8), "prints a line of more than 92 characters"),
    (tagged("## A figure", "objective-13"), "course.toml has no such objective"),
    (tagged("## A figure", "objectives-1"), "which nothing reads"),
    (tagged("print(mg", "claims"), "its stored output lists none"),
    (
        added("## A figure", code("model", "c000_001 c999_999", "claims")),
        "the claim c999_999 is listed",
    ),
    (left_out("mg.reading"), "no reading list is printed"),
    (told("mg.reading", ""), "the reading list under References is empty"),
    (added("print(sorted", code("pushed")), "needs pushed, which the answer of an exercise gives"),
]


@pytest.mark.parametrize(("plant", "complaint"), FAULTS, ids=[said[:40] for _, said in FAULTS])
def test_a_planted_fault_is_named(
    folder: Path, plant: Callable[[list[NotebookNode]], None], complaint: str
) -> None:
    cells = good_cells()
    plant(cells)
    found = list(lesson_rules.complaints(read_lesson(write(folder / "01_good.ipynb", cells))))
    assert any(complaint in each for each in found), found


def test_every_rule_was_broken_by_a_planted_fault(folder: Path) -> None:
    heard = set()
    for plant, _ in FAULTS:
        cells = good_cells()
        plant(cells)
        lesson = read_lesson(write(folder / "01_good.ipynb", cells))
        heard |= {rule for rule in lesson_rules.RULES if list(rule(lesson))}
    assert set(lesson_rules.RULES) - heard == set()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda book: book.metadata.kernelspec.update(name="python2"), "not that of our kernel"),
        (lambda book: book.metadata.update(widgets={}), "not that of our kernel"),
        (lambda book: book.cells[1].update(execution_count=9), "not all run once"),
        (lambda book: book.cells[0].update(source="x" * 150_000), "larger than 150,000 bytes"),
    ],
)
def test_another_form_than_the_stored_one_is_named(
    folder: Path, change: Callable[[NotebookNode], None], complaint: str
) -> None:
    path = folder / "01_good.ipynb"
    book = notebooks.read(path)
    change(book)
    path.write_text(notebooks.write(book), encoding="utf-8")
    found = list(lesson_rules.is_stored_small_clean_and_run_in_order(read_lesson(path)))
    assert any(complaint in each for each in found), found


def test_a_prediction_may_be_held_by_a_worksheet_and_some_worksheets_need_no_picture(
    folder: Path,
) -> None:
    cells = good_cells()
    changed("## Predict", "<details><summary>", "")(cells)
    for maker in ("explore_prediction", "explore_quiz"):
        sheet = code(f"sheet = {maker}(model)\nsheet", PICTURE, picture=True)
        added("## Predict", code("rehearse(sheet)", "3 controls pressed."))(cells)
        added("## Predict", sheet)(cells)
    del cells[place_of(cells, "sheet = explore_quiz")].outputs[0].data["image/png"]
    lesson = read_lesson(write(folder / "01_good.ipynb", cells))
    assert list(lesson_rules.complaints(lesson)) == []
    held = lesson_tables.measures(lesson)
    assert (held.explorers, held.worksheets) == (1, 2)


def test_check_counts_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "01_good.ipynb"
    assert lessons.main(["check", str(path)]) == 0
    cells = good_cells()
    left_out("rehearse")(cells)
    write(path, cells)
    assert lessons.main(["check", str(path)]) == 1
    *_, said, counted = capsys.readouterr().out.splitlines()
    assert said.startswith("01_good.ipynb: cell 9 opens explorer")
    assert counted == "1 problems in 1 lessons"


# The course and its tables

SMALL = Course({1: "Read an arrow.", 2: "Doubt."}, {4: ("It runs.", "It stops.")}, {9: "Push."})


def claim(name: str, document: str) -> Claim:
    return Claim(name, document, "", "a", "raises", "b", None, "mechanism", "A raises b.")


CLAIMS = [claim(f"c00{d}_00{n}", f"document_{d}") for d in (1, 2) for n in (1, 2, 3)]


def listing(*ids: str) -> NotebookNode:
    return code("mg.concordance(model)", " ".join(ids), "claims")


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = page.partition(f"{heading}\n")[2].lstrip("\n").partition("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in part.splitlines()]


def test_a_table_marks_what_a_tag_points_to(folder: Path) -> None:
    both = [read_lesson(folder / name) for name in ("01_good.ipynb", "02_other.ipynb")]
    page = lesson_tables.page(both, SMALL, CLAIMS)
    assert rows(page, "## Objectives")[0] == ["", "objective", "01", "02"]
    assert rows(page, "## Objectives")[2:] == [
        ["1", "Read an arrow.", "taught", ""],
        ["2", "Doubt.", "", ""],
    ]
    assert rows(page, "## Misconceptions")[2:] == [["4", "It runs.", "corrected", ""]]
    assert rows(page, "## Exercises")[2:] == [["9", "Push.", "asked", ""]]


def test_what_no_lesson_meets_stands_at_the_top(folder: Path) -> None:
    cells = [*good_cells(), listing("c001_002")]
    lesson = read_lesson(write(folder / "01_good.ipynb", cells))
    page = lesson_tables.page([lesson], SMALL, CLAIMS)
    missing = page.partition("## Missing\n\n")[2].partition("\n\n")[0]
    assert missing.splitlines() == [
        "- objectives that no lesson meets (1): 2",
        "- claims that no lesson meets (5): c001_001, c001_003, c002_001 to c002_003",
    ]


def test_a_lesson_that_lists_all_claims_is_counted_apart(folder: Path) -> None:
    every = write(folder / "02_other.ipynb", [listing(*(each.id for each in CLAIMS))])
    some = write(folder / "01_good.ipynb", [*good_cells(), listing("c001_002", "c001_003")])
    page = lesson_tables.page([read_lesson(some), read_lesson(every)], SMALL, CLAIMS)
    assert "Lesson 02 lists all 6. The tables count the others." in page
    assert rows(page, "How many claims of each document a lesson lists:")[2:] == [
        ["`document_1`", "3", "2", "2"],
        ["`document_2`", "3", "", "0"],
    ]
    assert rows(page, "Which lessons list which claim:")[2:] == [
        ["c001_001", "02 only"],
        ["c001_002 to c001_003", "01"],
        ["c002_001 to c002_003", "02 only"],
    ]


def test_where_nothing_is_missing_the_page_says_so(folder: Path) -> None:
    lesson = read_lesson(write(folder / "01_good.ipynb", [*good_cells(), listing("c001_001")]))
    small = Course({1: "Read."}, {4: ("It runs.", "It stops.")}, {9: "Push."})
    page = lesson_tables.page([lesson], small, CLAIMS[:1])
    assert "Nothing: every objective, misconception, exercise and claim is met" in page


def test_claims_are_read_from_the_output_of_tagged_cells_alone(folder: Path) -> None:
    frame = code("mg.concordance(model)", "text", "claims", picture=True)
    frame.outputs[0].data["text/html"] = "<td>c001_001</td>"
    cells = [frame, code("other", "c002_002"), listing("c001_003x", "c001_002")]
    assert read_lesson(write(folder / "03_x.ipynb", cells)).claims() == {"c001_001", "c001_002"}


def test_measures_count_by_hand(folder: Path) -> None:
    cells = [
        prose("# A b c?\n\n**Minutes:** 10"),
        code("a = 1\n\nb = 2"),
        code("c"),
        prose("four words stand here"),
        code("explorer = explore_map(1)\nsheet = explore_hunt(1)\nd\n"),
    ]
    path = write(folder / "03_x.ipynb", cells)
    held = lesson_tables.measures(read_lesson(path))
    assert held == lesson_tables.Measures((2, 1, 3), 10, 2, 1, 1, 10, path.stat().st_size)
    assert held.words_per_line == pytest.approx(10 / 6)
    assert (held + held).lengths == (2, 1, 3, 2, 1, 3)
    assert (held + held).minutes == 20


def test_the_course_of_the_project_is_read() -> None:
    found = read_course()
    assert found.of("misconception")[2] == found.misconceptions[2][0]
    assert set(found.of("exercise")) == set(range(1, 17))


# The index


def test_the_index_lists_lessons_in_order_and_talks_and_keeps_the_words_around(
    folder: Path,
) -> None:
    first = folder / "00_start.ipynb"
    first.write_text(lessons.with_index(first), encoding="utf-8")
    (cell,) = (cell for cell in read_lesson(first).cells if "index" in tags_of(cell))
    question = "Does magnesium lower stress?"
    assert cell.source.splitlines() == [
        *("## Next", "", "Choose.", ""),
        *("| lesson | question | minutes |", "|---|---|---|"),
        f"| 01 | [{question}](01_good.ipynb) | 10 |",
        f"| 02 | [{question}](02_other.ipynb) | 25 |",
        "| talk | [A talk](presenting/talk.ipynb) |  |",
        *("", "That is all."),
    ]
    assert lessons.with_index(first) == first.read_text(encoding="utf-8")


def test_an_index_cell_without_a_table_gets_one_below_its_words(folder: Path) -> None:
    first = write(folder / "00_start.ipynb", [prose("## Next", "index")])
    (cell,) = nbformat.reads(lessons.with_index(first), as_version=4).cells
    assert cell.source.startswith("## Next\n\n| lesson | question | minutes |\n")


@pytest.mark.parametrize("count", [0, 2])
def test_no_cell_or_two_for_the_index_are_refused(folder: Path, count: int) -> None:
    cells = [prose("## Next", "index") for _ in range(count)]
    first = write(folder / "00_start.ipynb", [prose(OPENING), *cells])
    with pytest.raises(ValueError, match=f"tagged index; it has {count}"):
        lessons.with_index(first)


# Copies


def students(folder: Path, name: str = "01_good.ipynb") -> list[NotebookNode]:
    made = lesson_copies.copies(folder)[f"student/{name}"]
    book = nbformat.reads(made.decode("utf-8"), as_version=4)
    nbformat.validate(book)
    return list(book.cells)


def test_the_teachers_copy_is_the_file_as_it_is_stored(folder: Path) -> None:
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "old.ipynb").write_text("{}", encoding="utf-8")
    made = lesson_copies.copies(folder)
    names = {name.partition("/")[2] for name in made}
    assert names == {
        *("00_start.ipynb", "01_good.ipynb", "02_other.ipynb"),
        *("presenting/talk.ipynb", "course.toml"),
    }
    assert len(made) == 2 * len(names)
    for name in names:
        assert made[f"teacher/{name}"] == (folder / name).read_bytes()


def test_the_students_copy_has_a_stub_in_place_of_each_answer(folder: Path) -> None:
    first, second = (cell for cell in students(folder) if "stub" in tags_of(cell))
    assert first.source == (
        "# Exercise 1: write your answer below.\n"
        "# Useful: .sentence, mg.Press, mg.respond\n"
        "# Already there: model\n"
    )
    assert tags_of(first) == ("exercise-9", "stub")
    assert second.source == (
        "# Exercise 2: write your answer below.\n# Useful: .edges\n# Already there: model\n"
    )
    for cell in (first, second):
        assert (cell.outputs, "jupyter" in cell.metadata) == ([], False)


def test_the_students_copy_tells_no_answer(folder: Path) -> None:
    text = lesson_copies.copies(folder)["student/01_good.ipynb"].decode("utf-8")
    told_to_teachers = ("Nothing: no route", "It falls.", "no route", '\\"stress\\"))', "<details>")
    stored = (folder / "01_good.ipynb").read_text(encoding="utf-8")
    assert [each for each in told_to_teachers if each not in stored] == []
    assert [each for each in told_to_teachers if each in text] == []
    assert "solution" not in text


def test_the_students_copy_keeps_everything_else(folder: Path) -> None:
    there = {cell.id: cell for cell in students(folder)}
    for cell in read_lesson(folder / "01_good.ipynb").cells:
        if "solution" not in tags_of(cell) and "<details>" not in cell.source:
            assert there[cell.id] == cell
    kept = there["01-6"].source, there["01-12"].source
    assert kept[0].endswith("write it down somewhere.")
    assert kept[1] == "## Exercises\n\n**1.** Push stress. What does magnesium do?"


def test_a_fold_elsewhere_stays_and_a_cell_of_nothing_but_a_fold_goes(folder: Path) -> None:
    cells = good_cells()
    aside = "<details><summary>Aside</summary>\n\nMore.\n\n</details>"
    changed("## A figure", "This is the map.", aside)(cells)
    added("## Exercises", prose(aside))(cells)
    changed("## Exercises", "<details><summary>Answer", "See below.\n\n<details><summary>A")(cells)
    cells[place_of(cells, "<details>")], cells[place_of(cells, "pushed")] = (
        cells[place_of(cells, "pushed")],
        cells[place_of(cells, "<details>")],
    )
    write(folder / "01_good.ipynb", cells)
    made = students(folder)
    assert aside in made[3].source
    assert [cell for cell in made if not cell.source.strip()] == []
    assert len(made) == len(cells) - 1


def test_a_copy_that_would_not_run_is_not_made(folder: Path) -> None:
    cells = good_cells()
    added("print(sorted", code("print(pushed)", "x"))(cells)
    write(folder / "01_good.ipynb", cells)
    with pytest.raises(ValueError, match=r"01_good\.ipynb: Cell 01-16 needs pushed"):
        lesson_copies.copies(folder)


@pytest.mark.parametrize(
    ("later", "needed"),
    [
        ("print(x)", ["x"]),
        ("x = 2\nprint(x)", []),
        ("print([x for x in model])", []),
        ("print(y)", []),
    ],
)
def test_only_what_an_answer_gave_last_is_missed(later: str, needed: list[str]) -> None:
    lesson = Lesson(Path("x"), (code("y = 1"), answer("x = 1"), code(later)))
    said = " ".join(lesson_copies.names_only_answers_give(lesson))
    assert [name for name in ("x", "y") if f"needs {name}," in said] == needed


def test_a_stub_names_longer_names_of_the_library_by_their_start() -> None:
    source = "physiology.forms.x\nfigures.bars(mg.respond(model).rises)\nrehearse(a.b)\n','.join(z)"
    library = {"mg", "physiology", "figures", "rehearse"}
    made = lesson_copies.stub("3", source, library=library, there={"model", "a"})
    assert made.splitlines() == [
        "# Exercise 3: write your answer below.",
        "# Useful: .b, .rises, figures.bars, mg.respond, physiology.forms, rehearse",
        "# Already there: a, model",
    ]


def test_copies_are_the_same_bytes_twice_and_are_written_once(folder: Path, tmp_path: Path) -> None:
    assert lesson_copies.copies(folder) == lesson_copies.copies(folder)
    said = lesson_copies.write_copies(tmp_path / "out", folder)
    assert [line.rpartition(": ")[2] for line in said] == [
        "5 files, as stored",
        "5 files, answers taken out",
    ]
    assert lesson_copies.write_copies(tmp_path / "out", folder) == said


def test_what_a_student_wrote_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    lesson_copies.write_copies(tmp_path / "out", folder)
    mine = tmp_path / "out" / "student" / "01_good.ipynb"
    mine.write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "teacher" / "course.toml").unlink()
    with pytest.raises(ValueError, match=r"nothing was written: student/01_good\.ipynb"):
        lesson_copies.write_copies(tmp_path / "out", folder)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "out" / "teacher" / "course.toml").exists()


def test_copies_among_the_lessons_are_refused(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(ValueError, match="lies in the folder of the lessons"):
        lesson_copies.write_copies(folder / "copies", folder)
    assert before == sorted(folder.rglob("*"))


def test_a_problem_is_one_sentence_and_not_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    inside = lesson_files.FOLDER / "copies"
    assert lessons.main(["copies", str(inside)]) == 1
    assert capsys.readouterr().err.startswith(f"{inside} lies in the folder of the lessons")
    assert lessons.main(["nonsense"]) == 2
    assert not inside.exists()


SHORTEST = min(lesson_paths(), key=lambda path: read_lesson(path).minutes or 99)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both copies of the real lessons."""
    target = tmp_path_factory.mktemp("handed_out")
    lesson_copies.write_copies(target)
    return target


def all_answers(folder: Path) -> Iterator[NotebookNode]:
    for path in folder.rglob("*.ipynb"):
        yield from (cell for cell in read_lesson(path).cells if "solution" in tags_of(cell))


def test_copies_of_the_real_lessons_differ_in_the_answers(handed_out: Path) -> None:
    answers = list(all_answers(handed_out / "teacher"))
    assert len(answers) >= 2 * len(lesson_paths())
    assert list(all_answers(handed_out / "student")) == []
    told = "".join(p.read_text("utf-8") for p in (handed_out / "student").glob("*.ipynb"))
    assert [c.id for c in answers if json.dumps(c.source)[1:-1] in told] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["teacher", "student"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path == SHORTEST else pytest.mark.thorough, id=path.stem)
        for path in lesson_paths()
    ],
)
def test_a_copy_runs_from_top_to_bottom(handed_out: Path, path: Path, kind: str) -> None:
    copied = handed_out / kind / path.name
    assert notebooks.run(copied).startswith(f"{path.name}: runs")

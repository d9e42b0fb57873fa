"""The command line answers in words or JSON, with exit 0, 1 or 2, and never with a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mgmodel
from mgmodel.__main__ import main
from mgmodel.commands import answer
from mgmodel.datafiles import data_folder, load_model
from mgmodel.explore import explore_map
from mgmodel.health import Finding, examine
from mgmodel.reasoning import Ensemble
from mgmodel.teaching import Prediction, mark, pool, told_of
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words

GOOD = Path(__file__).resolve().parent / "broken_data" / "good"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small map that the broken ones are made from."""
    return Path(shutil.copytree(GOOD, tmp_path / "good"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of one command line."""
    capsys.readouterr()
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def counts(out: str) -> dict[str, int]:
    rows = [line.split(maxsplit=1) for line in out.splitlines()[1:-1]]
    return {what: int(number) for number, what in rows}


# -- check


def test_check_counts_the_shipped_map(capsys) -> None:
    status, out, err = run(capsys, "check")
    found = counts(out)
    assert (status, out.splitlines()[-1]) == (0, "0 problems")
    assert "problem" not in err.replace("warning", "")
    assert (found["nodes"], found["arrows"], found["arrows of the core map"]) == (90, 182, 51)
    library = load_model().library
    assert (found["references"], found["claims"]) == (len(library.references), 306)
    assert found["expectations"] == len(library.expectations)


def test_the_counts_of_check_add_up(capsys) -> None:
    found = counts(run(capsys, "check")[1])
    for what in ("evidence rows", "references", "expectations"):
        parts = [n for name, n in found.items() if name.startswith(f"{what}") and name != what]
        assert found[what] == sum(parts)
    ways = ("mapped by an arrow", "mapped by a route", "mapped by a node", "not modelled")
    assert found["claims"] == sum(found[f"claims {way}"] for way in ways)


def test_check_lists_problems_on_standard_error(capsys, good: Path) -> None:
    (good / "edges.csv").unlink()
    status, out, err = run(capsys, "check", good)
    assert (status, out) == (1, "")
    assert [f"edges.csv:1: the file is missing from {good}. "] == [
        line.partition("Every")[0] for line in err.splitlines()[:-1]
    ]
    assert err.splitlines()[-1] == "1 problem"


def test_check_names_problems_as_json(capsys, good: Path) -> None:
    (good / "edges.csv").unlink()
    status, out, _ = run(capsys, "check", good, "--json")
    assert status == 1
    assert [(p["file"], p["line"]) for p in json.loads(out)["problems"]] == [("edges.csv", 1)]


def test_warnings_do_not_fail_a_check(capsys, good: Path) -> None:
    (good / "evidence.csv").unlink()
    status, out, err = run(capsys, "check", good)
    assert (status, out.splitlines()[-1]) == (0, "0 problems")
    assert all(line.startswith("warning: edges.csv:") for line in err.splitlines())


def test_check_reads_the_folder_given_as_data_too(capsys, good: Path) -> None:
    assert run(capsys, "check", good)[1] == run(capsys, "check", "--data", good)[1]


# -- tidy and new


def test_tidy_says_what_it_wrote(capsys, good: Path) -> None:
    text = (good / "foods.csv").read_text(encoding="utf-8")
    (good / "foods.csv").write_text(text + "\n", encoding="utf-8")
    assert run(capsys, "tidy", good) == (0, "foods.csv: written in canonical form\n", "")
    assert run(capsys, "tidy", good) == (0, "Nothing to tidy.\n", "")


def test_tidy_refuses_a_broken_map(capsys, good: Path) -> None:
    (good / "foods.csv").write_bytes(b'id,"')
    status, _, err = run(capsys, "tidy", good)
    assert status == 1
    assert err.startswith("foods.csv:1: a quotation mark is opened and not closed")


def test_a_new_map_passes_check_without_warnings_and_is_tidy(capsys, tmp_path: Path) -> None:
    folder = tmp_path / "maps" / "own"
    assert run(capsys, "new", folder)[0] == 0
    assert run(capsys, "check", folder)[::2] == (0, "")
    assert run(capsys, "tidy", folder) == (0, "Nothing to tidy.\n", "")


def test_a_new_map_can_be_questioned(capsys, tmp_path: Path) -> None:
    run(capsys, "new", tmp_path / "own")
    status, out, _ = run(capsys, "loops", "--data", tmp_path / "own")
    assert (status, out.splitlines()[0]) == (0, "Routes(1 loop: 1 reinforcing)")


def test_a_new_map_overwrites_nothing(capsys, good: Path) -> None:
    before = sorted(path.name for path in good.iterdir())
    status, _, err = run(capsys, "new", good)
    assert (2, before) == (status, sorted(path.name for path in good.iterdir()))
    assert "is not an empty folder" in err


# -- questions


def test_paths_are_those_of_the_library(capsys) -> None:
    status, out, _ = run(capsys, "paths", "serum_magnesium", "norepinephrine", "--json")
    asked = json.loads(out)
    expected = mgmodel.signed_paths(load_model(), "serum_magnesium", "norepinephrine")
    assert (0, False, expected.total) == (status, asked["truncated"], asked["total"])
    assert [list(path.edges) for path in expected] == [path["edges"] for path in asked["routes"]]


def test_paths_are_sentences(capsys) -> None:
    _, out, _ = run(capsys, "paths", "stress", "magnesium", "--data", GOOD)
    route = mgmodel.signed_paths(load_model(GOOD), "stress", "magnesium")[0]
    assert f"- {route}" == out.splitlines()[1]


def test_no_path_is_an_answer(capsys) -> None:
    status, out, err = run(capsys, "paths", "cortisol", "magnesium_citrate", "--data", GOOD)
    assert (status, out, err) == (0, "Routes(0 paths)\n", "")


def test_loops_take_a_length(capsys) -> None:
    short, long = (
        json.loads(run(capsys, "loops", "--max-length", length, "--json")[1])["total"]
        for length in (2, 4)
    )
    assert short < long


def test_respond_says_what_the_library_says(capsys) -> None:
    arguments = ["--press", "stress=-1", "--block", "cortisol", "--weightings", "50", "--json"]
    status, out, _ = run(capsys, "respond", "--data", GOOD, *arguments)
    model = load_model(GOOD)
    given_ = (mgmodel.Press("stress", -1.0), mgmodel.Block("cortisol"))
    expected = mgmodel.respond(model, *given_, weightings=50)
    nodes = json.loads(out)["nodes"]
    assert status == 0
    assert {n: str(expected.direction[n]) for n in model.nodes} == {
        n: row["direction"] for n, row in nodes.items()
    }
    assert expected.median["magnesium"] == nodes["magnesium"]["median"]


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["--press", "stress"], "rises"),
        (["--press", "stress=-0.5"], "falls"),
        (["--clamp", "stress=1"], "rises"),
        (["--press", "stress", "--knock-out", "cortisol"], "fixed"),
        (["--press", "stress", "--block", "cortisol"], "fixed"),
        (["--press", "stress", "--cut", "stress.cortisol"], "no_route"),
        ([], "no_route"),
    ],
)
def test_every_intervention_can_be_asked_for(capsys, arguments, verdict) -> None:
    _, out, _ = run(capsys, "respond", "--data", GOOD, *arguments, "--json")
    found = json.loads(out)["nodes"]["cortisol"]["direction"]
    assert verdict == ("no_route" if found == "unchanged" else found)


def test_respond_is_a_table_of_the_nodes_that_are_reached(capsys) -> None:
    _, out, _ = run(capsys, "respond", "--press", "stress", "--data", GOOD)
    *rows, last = out.splitlines()
    assert [row.split()[0] for row in rows] == ["cortisol", "magnesium", "stress"]
    assert last == "1 of 4 nodes: no route. Fractions are of weightings."


# -- expectations and versions


def test_expect_prints_every_expectation_by_kind_and_marks_the_wrong_ones(capsys) -> None:
    status, out, err = run(capsys, "expect")
    found = mgmodel.examine(load_model())
    marks = {"agree": " ", "disagree": "x", "cannot_say": "?"}
    listed = re.findall(r"^([ x?]) (\w+) ", out, re.MULTILINE)
    rows = {name: mark for mark, name in listed if name != "id"}
    assert (status, err) == (0, "")
    assert {each.expectation.id: marks[each.outcome] for each in found} == rows
    heads = [line.split()[0] for line in out.splitlines() if "expectations (" in line]
    assert heads == ["measured", "reasoned"]


def test_expect_counts_what_it_lists(capsys) -> None:
    answered = json.loads(run(capsys, "expect", "--json")[1])
    for kind, counted in answered["counts"].items():
        told = [row["outcome"] for row in answered["expectations"] if row["kind"] == kind]
        assert counted == {outcome: told.count(outcome) for outcome in counted}


def test_a_wrong_expectation_is_published_and_no_error(capsys) -> None:
    status, out, err = run(capsys, "expect", "--data", GOOD)
    assert (status, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert [line[-1] for line in lines if line and line[0] == "less_stress"] == ["agree"]
    assert "measured, all: 1 of 1 agree (100%), 0 disagree, 0 the map cannot say" in out


def test_expect_parts_a_direction_from_the_lack_of_one(capsys) -> None:
    counts = re.findall(
        r"^measured, (.+): \d+ of (\d+) agree", run(capsys, "expect")[1], re.MULTILINE
    )
    parts = {told: int(number) for told, number in counts}
    assert parts["all"] == parts["a rise or a fall"] + parts["no change"]


def test_expect_can_keep_to_one_kind(capsys) -> None:
    answered = json.loads(run(capsys, "expect", "--kind", "reasoned", "--data", GOOD, "--json")[1])
    assert [row["id"] for row in answered["expectations"]] == ["cut_and_push"]


def test_expect_says_which_arrows_nothing_puts_to_the_test(capsys) -> None:
    status, out, _ = run(capsys, "expect", "--mutations", "--data", GOOD)
    score = mgmodel.mutation_score(load_model(GOOD))
    unnoticed = [line.split()[-1] for line in out.splitlines() if "not noticed:" in line]
    assert (status, tuple(unnoticed)) == (0, score.unnoticed)
    assert f"{len(score.noticed())} noticed" in out


@pytest.mark.parametrize("option", [[], ["--mutations"], ["--markdown"]])
def test_a_map_without_expectations_says_so(capsys, good: Path, option: list[str]) -> None:
    (good / "expectations.csv").unlink()
    status, out, err = run(capsys, "expect", *option, "--data", good)
    assert (status, err) == (0, "")
    assert "no expectations" in out


def test_a_folder_does_not_differ_from_itself(capsys) -> None:
    assert run(capsys, "diff", GOOD, GOOD) == (0, "Nothing differs between the two versions.\n", "")


def test_diff_says_how_much_and_then_what(capsys, good: Path) -> None:
    text = (good / "edges.csv").read_text(encoding="utf-8")
    turned = text.replace("stress,cortisol,increases", "stress,cortisol,decreases")
    (good / "edges.csv").write_text(turned, encoding="utf-8")
    status, out, err = run(capsys, "diff", GOOD, good)
    assert (status, err) == (0, "")
    assert out.startswith("1 arrow says something else.")
    assert "  stress.cortisol: effect increases -> decreases" in out.splitlines()
    assert "Stress, pushed up. Cortisol: before, rises" in out
    answered = json.loads(run(capsys, "diff", GOOD, good, "--json")[1])
    assert answered["loops"] == [
        {
            "nodes": ["cortisol", "magnesium", "stress"],
            "edges": ["cortisol.magnesium", "magnesium.stress", "stress.cortisol"],
            "old": 1,
            "new": -1,
        }
    ]


def test_a_long_list_is_cut_with_a_count_unless_all_is_asked_for(capsys) -> None:
    short, full = (run(capsys, "diff", GOOD, data_folder(), *o)[1] for o in ([], ["--full"]))
    assert "more; --full lists them all" in short
    assert "more;" not in full
    new = load_model().nodes.keys() - load_model(GOOD).nodes.keys()
    assert all(f"  {node}\n" in full for node in new)


def test_diff_can_keep_to_some_nodes(capsys, good: Path) -> None:
    text = (good / "edges.csv").read_text(encoding="utf-8")
    kept = "".join(
        row for row in text.splitlines(keepends=True) if "magnesium_citrate.mag" not in row
    )
    (good / "edges.csv").write_text(kept, encoding="utf-8")
    evidence = (good / "evidence.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [row for row in evidence if "magnesium_citrate.mag" not in row]
    (good / "evidence.csv").write_text("".join(rows), encoding="utf-8")
    pushed = "--press", "magnesium_citrate", "--json"
    answered = json.loads(run(capsys, "diff", GOOD, good, *pushed)[1])
    assert {each["pressed"] for each in answered["conclusions"]} == {"magnesium_citrate"}
    status, _, err = run(capsys, "diff", GOOD, good, "--press", "cortizol")
    assert (status, err) == (2, "There is no node 'cortizol'. Did you mean 'cortisol'?\n")


def test_diff_of_a_broken_map_lists_its_problems(capsys, good: Path) -> None:
    (good / "nodes.csv").unlink()
    status, out, err = run(capsys, "diff", GOOD, good)
    assert (status, out) == (1, "")
    assert err.startswith("nodes.csv:1: the file is missing")


# -- answers of a class


@pytest.fixture
def class_answers(tmp_path: Path) -> list[Path]:
    """The files of three students who were asked the same about the small map."""
    ensemble = Ensemble(load_model(GOOD))
    given = [("rises", 2), ("falls", 3), ("rises", 3)]
    for number, (answered, sure) in enumerate(given):
        marked = mark(ensemble, [mgmodel.Press("stress")], Prediction("cortisol", answered, sure))
        (tmp_path / f"{number}.json").write_text(pool([marked]).as_file(), encoding="utf-8")
    return sorted(tmp_path.glob("*.json"))


def test_answers_are_pooled_and_told_as_the_library_tells_them(capsys, class_answers) -> None:
    status, out, err = run(capsys, "answers", *class_answers, "--data", GOOD)
    model = load_model(GOOD)
    pools = [mgmodel.teaching.Pool.from_file(p.read_text("utf-8"), model) for p in class_answers]
    (told,) = told_of(Ensemble(model), sum(pools, pool([])))
    assert (status, err) == (0, "")
    first, second = out.splitlines()
    assert first == "Files read: 3 of 3. Answers: 3. Questions: 1."
    assert second == f"- {in_words(told)}"
    assert "Right: 2 of 3. Sure and not right: 1." in second


@pytest.mark.parametrize("language", list(Language))
def test_answers_are_told_in_every_language(capsys, class_answers, language: str) -> None:
    asked = ["answers", *class_answers, "--data", GOOD, "--language", language]
    model = load_model(GOOD)
    pools = [mgmodel.teaching.Pool.from_file(p.read_text("utf-8"), model) for p in class_answers]
    (told,) = told_of(Ensemble(model), sum(pools, pool([])))
    assert in_words(told, language) in run(capsys, *asked)[1]


def test_answers_say_how_often_each_was_given_as_json(capsys, class_answers) -> None:
    told = json.loads(run(capsys, "answers", *class_answers, "--data", GOOD, "--json")[1])
    (question,) = told["questions"]
    assert (told["files_read"], told["answers"], question["right"]) == (3, 3, 2)
    assert question["answers"] == {"rises": {"2": 1, "3": 1}, "falls": {"3": 1}}
    assert question["truth"] == "rises"
    assert sum(question["mistakes"].values()) == question["sure_and_wrong"] == 1


def test_files_that_hold_no_answers_are_all_named_and_the_others_counted(
    capsys, class_answers, tmp_path: Path
) -> None:
    first = class_answers[0]
    broken, other_map = tmp_path / "broken.json", tmp_path / "other.json"
    broken.write_bytes(b"\xff{")
    other_map.write_text(
        first.read_text("utf-8").replace(load_model(GOOD).fingerprint, "0"), encoding="utf-8"
    )
    missing = tmp_path / "missing.json"
    asked = [*class_answers, broken, other_map, missing, first, tmp_path]
    status, out, err = run(capsys, "answers", *asked, "--data", GOOD)
    assert status == 1
    assert out.startswith("Files read: 3 of 8. Answers: 3.")
    named = [line.partition(": ")[0] for line in err.splitlines()]
    assert named == [str(path) for path in (broken, other_map, missing, first, tmp_path)]
    assert "named twice" in err


def test_where_no_file_can_be_read_nothing_is_told(capsys, tmp_path: Path) -> None:
    status, out, err = run(capsys, "answers", tmp_path / "none.json", "--data", GOOD)
    assert (status, out) == (1, "")
    assert "cannot be read" in err


def test_no_file_is_a_wrong_call(capsys) -> None:
    assert run(capsys, "answers")[0] == 2


# -- what goes wrong


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["paths", "cortizol", "stress"], "There is no node 'cortizol'. Did you mean 'cortisol'?"),
        (["respond", "--press", "cortizol=2"], "There is no node 'cortizol'. Did you mean"),
        (["respond", "--cut", "stress.cortizol"], "There is no arrow 'stress.cortizol'. Did you"),
        (["respond", "--press", "cortisol=much"], "cortisol=much: 'much' is not a number."),
        (["respond", "--clamp", "cortisol"], "--clamp cortisol: say the value to hold it at"),
        (["respond", "--press", "stress", "--alpha", "7"], ""),
        (["loops", "--max-length", "-1"], ""),
    ],
)
def test_a_mistaken_question_is_explained(capsys, arguments, complaint: str) -> None:
    status, out, err = run(capsys, *arguments, "--data", GOOD)
    assert (status, out) == (2, "")
    assert err.startswith(complaint)
    assert err.strip()


def test_a_mistaken_question_is_explained_as_json(capsys) -> None:
    status, out, _ = run(capsys, "paths", "cortizol", "stress", "--json", "--data", GOOD)
    assert status == 2
    assert json.loads(out)["error"] == "There is no node 'cortizol'. Did you mean 'cortisol'?"


def test_a_question_to_a_broken_map_lists_its_problems(capsys, good: Path) -> None:
    (good / "nodes.csv").unlink()
    status, _, err = run(capsys, "loops", "--data", good)
    assert status == 1
    assert err.startswith("nodes.csv:1: the file is missing")


@pytest.mark.parametrize(
    "arguments", [[], ["frobnicate"], ["paths", "a"], ["check", "--jsn"], ["loops", "--limit", "x"]]
)
def test_a_mistaken_command_line_shows_usage(capsys, arguments: list[str]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: python -m mgmodel")


WORDS = st.sampled_from(
    [
        *("check", "tidy", "paths", "loops", "respond", "doctor", "new", "--json", "--data"),
        *("expect", "diff", "answers", "glossary", "--kind", "measured", "--mutations"),
        *("--markdown", "--full", "good", "--language", "sv"),
        *("--press", "--block", "--knock-out", "--clamp", "--cut", "--max-length", "--limit"),
        *("--alpha", "--weightings", "--seed", "cortisol", "stress=1", "stress=", "=", "", "-1"),
        *("0", "2", "1e400", "nan", "\x00", "stress.cortisol", "--version", "--help", "/dev/null"),
    ]
)


@given(st.lists(WORDS, max_size=7))
def test_no_command_line_ends_in_a_traceback(tmp_path_factory, words: list[str]) -> None:
    folder = tmp_path_factory.mktemp("cli")
    shutil.copytree(GOOD, folder / "good")
    data = [] if "new" in words else ["--data", "good"]
    with contextlib.chdir(folder):
        try:
            status = answer([*words, *data])[0].status
        except SystemExit as stop:
            status = int(stop.code or 0)
    assert status in (0, 1, 2)


def test_every_command_answers_in_json(
    capsys, good: Path, class_answers: list[Path], tmp_path: Path
) -> None:
    lines = {
        "check": [good],
        "tidy": [good],
        "paths": ["stress", "cortisol", "--data", good],
        "loops": ["--data", good],
        "respond": ["--data", good],
        "doctor": ["--data", good],
        "expect": ["--data", good],
        "diff": [good, good],
        "glossary": ["cortisol", "--data", good],
        "answers": [*class_answers, "--data", good],
        "new": [tmp_path / "own"],
    }
    for command, arguments in lines.items():
        json.loads(run(capsys, command, *arguments, "--json")[1])


# -- glossary


@pytest.mark.parametrize(("language", "said"), [("en", "norepinephrine"), ("sv", "noradrenalin")])
def test_glossary_finds_a_term_by_any_of_its_names(capsys, language: str, said: str) -> None:
    status, out, _ = run(capsys, "glossary", "noradrenaline", "--language", language)
    assert (status, len(out.splitlines())) == (0, 2)
    assert out.startswith(said)


def test_glossary_lists_what_the_library_says(capsys) -> None:
    terms = mgmodel.glossary(load_model(), "nl")
    out = run(capsys, "glossary", "--language", "nl")[1]
    assert out.splitlines() == [*str(terms).splitlines(), repr(terms)]


def test_glossary_as_json_holds_all_three_languages(capsys) -> None:
    (term,) = json.loads(run(capsys, "glossary", "crh", "--json")[1])["terms"]
    assert (term["key"], term["kind"]) == ("crh", "node")
    for part in ("names", "meaning", "synonyms", "where"):
        assert list(term[part]) == ["en", "nl", "sv"]


def test_glossary_as_a_page_begins_with_its_language(capsys) -> None:
    out = run(capsys, "glossary", "--markdown", "--language", "sv")[1]
    assert out.startswith("# Ordlista · Glossary · Woordenlijst\n")
    assert "| Svenska | English | Nederlands |" in out


def test_glossary_of_a_map_of_ones_own_holds_its_nodes(capsys, good: Path) -> None:
    out = run(capsys, "glossary", "--data", good, "--json")[1]
    keys = [term["key"] for term in json.loads(out)["terms"] if term["kind"] == "node"]
    assert sorted(keys) == sorted(load_model(good).nodes)


def test_glossary_suggests_near_names(capsys) -> None:
    status, out, err = run(capsys, "glossary", "cortizol")
    assert (status, out) == (2, "")
    assert err.startswith("There is no term 'cortizol'. Did you mean 'cortisol'")


# -- doctor, version, and the process itself


def test_doctor_finds_this_environment_in_order(capsys) -> None:
    status, out, _ = run(capsys, "doctor")
    assert status == 0
    assert f"map in {data_folder()}" in out


def test_doctor_says_what_to_do_about_a_broken_map(
    capsys, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "chromium"  # a machine without one is told so as well
    browser.write_text("", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (good / "nodes.csv").unlink()
    status, out, err = run(capsys, "doctor", "--data", good)
    assert (1, f"Run `python -m mgmodel check {good}`.") == (status, err.strip())
    assert "LACK  map in" in out


def test_everything_that_doctor_finds_lacking_has_a_mend(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    lacking = [found for found in examine(tmp_path) if not found.good]
    assert len(lacking) >= 2
    assert all(isinstance(found, Finding) and found.mend.endswith(".") for found in lacking)


def test_the_version_is_that_of_the_package(capsys) -> None:
    assert (0, f"mgmodel {mgmodel.__version__}\n", "") == run(capsys, "--version")


def test_a_stream_without_encoding_is_written_to(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["check"]) == 0


def test_the_module_runs_as_a_program(good: Path) -> None:
    (good / "nodes.csv").unlink()
    command = [sys.executable, "-m", "mgmodel", "check", str(good)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "mgmodel", "loops", "--max-length", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


# -- export


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("map.html", b"<!DOCTYPE html>"),
        ("map.png", b"\x89PNG"),
        ("map.pdf", b"%PDF"),
        ("m.svg", b"<svg"),
    ],
)
def test_export_writes_the_view_of_a_code(capsys, tmp_path: Path, name: str, begins: bytes) -> None:
    code = explore_map(load_model(), view="gaba", source="serum_magnesium").short_code
    status, out, _ = run(
        capsys, "export", tmp_path / name, "--code", code, "--language", "sv", "--json"
    )
    assert status == 0
    assert json.loads(out)["code"] == code
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_export_refuses_other_endings_and_wrong_codes(capsys, tmp_path: Path) -> None:
    status, _, err = run(capsys, "export", tmp_path / "map.docx")
    assert (status, "ends in none of .png, .svg and .pdf" in err) == (2, True)
    status, _, err = run(capsys, "export", tmp_path / "map.html", "--code", "0000-0000")
    assert (status, "code" in err.lower()) == (2, True)

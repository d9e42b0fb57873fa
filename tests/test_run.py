"""run.py: what it refuses, mends, keeps and says."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (ROOT / "run.py").read_text(encoding="utf-8")


def load(path: Path) -> ModuleType:
    """Import a copy of run.py by its path."""
    spec = importlib.util.spec_from_file_location("run_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load(ROOT / "run.py")


# What the file is


def test_it_imports_the_standard_library_alone() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert set() == imported - sys.stdlib_module_names


def test_an_old_python_can_read_it_as_far_as_the_refusal() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


def test_no_command_goes_through_a_shell() -> None:
    assert "shell=" not in SOURCE


def test_it_prints_nothing_that_a_windows_console_cannot_show() -> None:
    assert SOURCE.isascii()


def test_no_function_is_longer_than_forty_lines() -> None:
    functions = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.FunctionDef)]
    long = {f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40}
    assert set() == long


# Which Python


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9), (3, 14, 2)])
def test_a_supported_python_is_not_refused(version: tuple[int, ...]) -> None:
    assert run.refusal(version) == ""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 15, 0), (4, 0, 0)])
def test_another_python_is_refused_in_one_sentence(version: tuple[int, ...]) -> None:
    said = run.refusal(version)
    assert said.startswith("mgmodel needs Python 3.11, 3.12, 3.13 or 3.14, and this is")
    assert "\n" not in said


def test_other_environments_are_for_other_supported_pythons() -> None:
    own = run.own_environment()
    versions = [env.version for env in run.other_environments(own)]
    assert own.version not in versions
    assert not any(run.refusal(version) for version in versions)


# Setting up


@pytest.fixture
def checkout(tmp_path: Path) -> ModuleType:
    """A small checkout in which run.py can be loose: the real files, but no package to install."""
    for name in ("run.py", "pyproject.toml", "lab/overrides.json", "mgmodel/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    nothing = f"no-such-package-anywhere==1 --hash=sha256:{'0' * 64}\n"
    (tmp_path / "lock.txt").write_text(nothing, encoding="utf-8")
    return load(tmp_path / "run.py")


def finished(checkout: ModuleType) -> None:
    """Make the environment of a checkout as set-up would leave it, with our own packages."""
    env = checkout.own_environment()
    venv.create(env.folder, symlinks=os.name != "nt")
    base = {"base": str(env.folder), "platbase": str(env.folder)}
    packages = Path(sysconfig.get_path("purelib", vars=base))
    ours = [str(ROOT), sysconfig.get_path("purelib")]
    (packages / "ours.pth").write_text("\n".join(ours), encoding="utf-8")
    env.stamp.write_text(json.dumps(checkout.wanted(env, checkout.ROOT)), encoding="utf-8")


def command(checkout: ModuleType, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the run.py of a checkout, without any package index."""
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, str(checkout.ROOT / "run.py"), *arguments],
        env={**os.environ, **nowhere},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_second_set_up_does_no_work(checkout: ModuleType) -> None:
    finished(checkout)
    before = sorted(checkout.ROOT.rglob("*"))
    answer = command(checkout, "setup")
    assert (answer.returncode, answer.stdout) == (0, "mgmodel: everything is set up\n")
    assert before == sorted(checkout.ROOT.rglob("*"))


def test_an_environment_without_its_python_is_not_healthy(checkout: ModuleType) -> None:
    finished(checkout)
    env = checkout.own_environment()
    assert checkout.healthy(env)
    env.python.unlink()
    assert not checkout.healthy(env)


def test_an_environment_without_a_package_is_not_healthy(checkout: ModuleType) -> None:
    finished(checkout)
    assert not checkout.healthy(checkout.own_environment(), ("mgmodel", "no_such_package"))


@pytest.mark.parametrize("name", ["lock.txt", "pyproject.toml", "lab/overrides.json"])
def test_an_update_of_a_file_that_matters_changes_the_stamp(
    checkout: ModuleType, name: str
) -> None:
    env = checkout.own_environment()
    before = checkout.wanted(env, checkout.ROOT)
    with (checkout.ROOT / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert before != checkout.wanted(env, checkout.ROOT)


def test_only_new_packages_mean_a_new_environment(checkout: ModuleType) -> None:
    env = checkout.own_environment()
    before = checkout.wanted(env, checkout.ROOT)["packages"]
    (checkout.ROOT / "pyproject.toml").write_text("", encoding="utf-8")
    assert before == checkout.wanted(env, checkout.ROOT)["packages"]
    (checkout.ROOT / "lock.txt").write_text("", encoding="utf-8")
    assert before != checkout.wanted(env, checkout.ROOT)["packages"]


def test_another_python_or_another_place_means_a_new_environment(checkout: ModuleType) -> None:
    env = checkout.own_environment()
    others = [env._replace(version=(3, 99)), env._replace(folder=Path("elsewhere"))]
    packages = [checkout.wanted(each, checkout.ROOT)["packages"] for each in (env, *others)]
    assert len(set(packages)) == 3


@pytest.mark.slow
def test_a_half_made_environment_is_made_anew_and_a_failure_is_said(checkout: ModuleType) -> None:
    rubbish = checkout.ROOT / ".venv" / "half" / "made"
    rubbish.mkdir(parents=True)
    answer = command(checkout, "setup")
    assert not rubbish.exists()
    assert answer.returncode == 1
    first = answer.stderr.splitlines()[0]
    assert first == (
        "mgmodel: The packages could not be installed. "
        "A package of lock.txt is not to be had for this machine."
    )
    assert "Traceback" not in answer.stderr
    assert not checkout.own_environment().stamp.exists()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (b"OSError: [Errno 28] No space left on device", "The disk is full"),
        (b"THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one that lock.txt names"),
        (b"Retrying after NewConnectionError(...)\nCould not find a version", "a network?"),
        (b"something never seen", ""),
    ],
)
def test_a_known_cause_is_said_in_one_sentence(output: bytes, sentence: str) -> None:
    said = run.cause(output)
    assert sentence in said
    assert bool(sentence) == bool(said)


def test_a_command_that_succeeds_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    run.quietly([sys.executable, "-c", "print('noise')"], "It failed.")
    assert capfd.readouterr() == ("", "")


def test_a_command_that_fails_is_one_sentence_and_its_last_lines() -> None:
    noisy = "for n in range(100): print(n)\nraise SystemExit(3)"
    with pytest.raises(run.Stop) as caught:
        run.quietly([sys.executable, "-c", noisy], "It failed.")
    first, *rest = str(caught.value).splitlines()
    assert first == "It failed."
    assert rest == [f"    {n}" for n in range(85, 100)]


def test_another_pythons_traces_are_kept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    assert "elsewhere" not in run.child_variables(run.own_environment()).values()


def test_jupyters_places_are_all_apart(tmp_path: Path) -> None:
    places = run.apart(tmp_path).values()
    assert len(set(places)) == 6
    assert all(Path(place).parent == tmp_path for place in places)


# The working copy of the lessons


def lesson(folder: Path, *sources: str, name: str = run.START, output: str = "") -> Path:
    """Write a small notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": "code", "source": [s], "outputs": [output]} for s in sources]
    path = folder / name
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_the_first_copy_has_every_file(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    lesson(tmp_path / "notebooks" / "pictures", "2", name="a.png")
    lesson(tmp_path / "notebooks" / ".ipynb_checkpoints", "3", name="old.ipynb")
    assert run.copy_lessons(tmp_path / "notebooks", tmp_path / "work") == []
    copied = {p.relative_to(tmp_path / "work").as_posix() for p in (tmp_path / "work").rglob("*")}
    assert copied == {".originals.json", run.START, "pictures", "pictures/a.png"}


def test_the_students_changes_stay(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")
    mine = lesson(tmp_path / "work", "1", "my own cell")
    before = mine.read_bytes()
    assert run.copy_lessons(tmp_path / "notebooks", tmp_path / "work") == []
    assert before == mine.read_bytes()


def test_a_lesson_that_was_only_run_is_replaced_by_its_update(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")
    lesson(tmp_path / "work", "1", output="what running it left")
    new = lesson(tmp_path / "notebooks", "2")
    assert run.copy_lessons(tmp_path / "notebooks", tmp_path / "work") == []
    assert new.read_bytes() == (tmp_path / "work" / run.START).read_bytes()


def test_an_update_of_a_changed_lesson_is_put_beside_it_once(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")
    mine = lesson(tmp_path / "work", "my own cell")
    before = mine.read_bytes()
    new = lesson(tmp_path / "notebooks", "2")
    said = run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")
    beside = tmp_path / "work" / "00_start_here-new.ipynb"
    assert said == [f"{run.START} has an update; yours is kept, the new one is {beside.name}"]
    assert (before, new.read_bytes()) == (mine.read_bytes(), beside.read_bytes())
    assert run.copy_lessons(tmp_path / "notebooks", tmp_path / "work") == []


def test_a_file_of_the_students_own_making_is_never_overwritten(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    mine = lesson(tmp_path / "work", "made before the first copy")
    before = mine.read_bytes()
    assert len(run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")) == 1
    assert before == mine.read_bytes()


def test_a_lesson_that_is_no_notebook_any_more_is_kept(tmp_path: Path) -> None:
    lesson(tmp_path / "notebooks", "1")
    run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")
    (tmp_path / "work" / run.START).write_text("broken", encoding="utf-8")
    (tmp_path / "work" / ".originals.json").write_text("broken", encoding="utf-8")
    assert len(run.copy_lessons(tmp_path / "notebooks", tmp_path / "work")) == 1
    assert (tmp_path / "work" / run.START).read_text(encoding="utf-8") == "broken"


def test_a_fresh_start_keeps_every_earlier_copy(tmp_path: Path) -> None:
    for number in (1, 2):
        lesson(tmp_path / "work", str(number))
        assert run.set_aside(tmp_path / "work").name == f"work-{number}"
    kept = [run.content(tmp_path / f"work-{number}" / run.START) for number in (1, 2)]
    assert len(set(kept)) == 2


def test_a_checkout_without_lessons_says_so(tmp_path: Path) -> None:
    with pytest.raises(run.Stop, match=r"00_start_here\.ipynb is missing"):
        run.copy_lessons(tmp_path, tmp_path / "work")


@pytest.mark.parametrize("name", ["01", "01_a_path", "01_a_path.ipynb"])
def test_a_lesson_is_found_by_number_or_name(tmp_path: Path, name: str) -> None:
    lesson(tmp_path, "1", name="00_start_here.ipynb")
    path = lesson(tmp_path, "1", name="01_a_path.ipynb")
    assert path == run.find_lesson(tmp_path, name)


@pytest.mark.parametrize("name", ["0", "07", "nowhere.ipynb"])
def test_no_lesson_or_more_than_one_is_said(tmp_path: Path, name: str) -> None:
    lesson(tmp_path, "1", name="00_start_here.ipynb")
    lesson(tmp_path, "1", name="01_a_path.ipynb")
    with pytest.raises(run.Stop, match="no one lesson"):
        run.find_lesson(tmp_path, name)


# JupyterLab and the browser


def test_lab_opens_the_first_lesson_of_the_working_copy(tmp_path: Path) -> None:
    words = run.lab_command(run.own_environment(), tmp_path, port=9000, browser=True)
    assert f"--ServerApp.root_dir={tmp_path}" in words
    assert f"--LabApp.default_url=/lab/tree/{run.START}" in words
    assert "--ServerApp.port=9000" in words
    assert "--no-browser" not in words


def test_root_alone_is_let_in_as_root(tmp_path: Path) -> None:
    words = run.lab_command(run.own_environment(), tmp_path, port=9000, browser=False)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    assert is_root == ("--allow-root" in words)


@pytest.mark.slow
def test_a_busy_port_does_not_keep_lab_from_starting(tmp_path: Path) -> None:
    env = run.own_environment()._replace(folder=Path(sys.prefix))
    lesson(tmp_path / "lessons", "1")
    variables = run.child_variables(env, **run.apart(tmp_path), JUPYTER_TOKEN="t")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = run.start_lab(env, tmp_path, variables, port=taken.getsockname()[1])
        run.stop(server)
    assert server.returncode is not None


@pytest.mark.slow
def test_a_lab_that_does_not_start_is_said_with_its_last_words(tmp_path: Path) -> None:
    env = run.own_environment()._replace(folder=Path(sys.prefix))
    variables = run.child_variables(env, **run.apart(tmp_path), JUPYTER_TOKEN="t")
    with pytest.raises(run.Stop, match=r"(?s)JupyterLab did not start.*lessons"):
        run.start_lab(env, tmp_path, variables, port=run.free_port())


def test_a_browser_that_is_named_but_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MG_BROWSER", "no-such-browser")
    with pytest.raises(run.Stop, match="MG_BROWSER names 'no-such-browser'"):
        run.installed_browser()


def test_a_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MG_BROWSER", sys.executable)
    assert sys.executable == run.installed_browser()


# The command line


def test_what_pytest_understands_is_passed_on_to_it() -> None:
    options, rest = run.parser().parse_known_args(["test", "--quick", "-k", "loops", "-x"])
    assert (options.function, options.quick, rest) == (run.test, True, ["-k", "loops", "-x"])


def test_quick_and_deep_exclude_each_other() -> None:
    with pytest.raises(SystemExit):
        run.parser().parse_known_args(["test", "--quick", "--deep"])


def test_all_of_the_tests_run_the_lessons_and_a_quick_part_does_not() -> None:
    chosen = {
        words: run.selection(run.parser().parse_args(["test", *words]))
        for words in ((), ("--quick",), ("--deep",))
    }
    assert [words for words, part in chosen.items() if "--nbval" in part] == [(), ("--deep",)]
    assert [words for words, part in chosen.items() if "-m" in part] == [(), ("--quick",)]
    left_out = [words for words, part in chosen.items() if "not thorough" in " ".join(part)]
    assert left_out == [(), ("--quick",)]


@pytest.mark.slow
def test_the_other_pythons_compare_what_the_lessons_store_too() -> None:
    asked = [*run.OTHER_PYTHONS, "--collect-only", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *asked, "notebooks", "tests/test_run.py"]
    listed = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"{path.name}::Cell 0" in listed
    assert "test_run.py::test_an_old_python_can_read_it" in listed
    assert "--nbval-current-env" in run.OTHER_PYTHONS  # the kernel is of that Python, no other


@pytest.mark.parametrize("words", [[], ["nonsense"], ["check", "--nonsense"]])
def test_a_wrong_call_is_a_usage_error(words: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 2
    assert answer.stderr.startswith("usage: run.py")


def test_a_step_is_said_with_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with run.step("waiting"):
        pass
    assert re.fullmatch(r"mgmodel: waiting \.\.\. \d+\.\d s\n", capsys.readouterr().out)


def test_copies_want_a_folder() -> None:
    options = run.parser().parse_args(["copies", "handouts"])
    assert (options.function, options.folder) == (run.copies, "handouts")
    with pytest.raises(SystemExit):
        run.parser().parse_args(["copies"])


# A talk


def test_a_talk_is_shown_to_this_machine_alone_on_our_own_page(tmp_path: Path) -> None:
    env = run.Environment(tmp_path / ".venv", sys.executable, (3, 11))
    command = run.talk_command(env, tmp_path / "talk.ipynb", port=8866, browser=False)
    assert "--Voila.ip=127.0.0.1" in command
    assert "--template=mgmodel" in command
    assert command[-1] == "--no-browser"
    assert "--no-browser" not in run.talk_command(env, tmp_path / "t.ipynb", port=1, browser=True)


def test_our_page_of_a_talk_is_found_in_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    first, *others = run.stage_variables()["JUPYTER_PATH"].split(os.pathsep)
    assert (Path(first) / "voila" / "templates" / "mgmodel" / "index.html.j2").is_file()
    assert others == ["elsewhere"]


def test_a_talk_is_found_by_path_or_by_name_in_the_working_copy(tmp_path: Path) -> None:
    run.copy_lessons(ROOT / "notebooks", tmp_path)
    ours = tmp_path / "presenting" / "the_vicious_circle.ipynb"
    assert run.find_talk(tmp_path, run.TALK) == ours.resolve()
    assert run.find_talk(tmp_path, ours.name) == ours.resolve()
    assert run.find_talk(tmp_path, str(ours)) == ours.resolve()
    with pytest.raises(run.Stop, match="There is no notebook 'nothing'"):
        run.find_talk(tmp_path, "nothing")

"""Every command in README.md is run here, or says below why not and is held by another check."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

RUN = {
    "python3 run.py --help": ["run.py", "--help"],
    ".venv/bin/python -m mgmodel tidy": ["-m", "mgmodel", "tidy", "{data}"],
    ".venv/bin/python -m mgmodel check": ["-m", "mgmodel", "check", "{data}"],
    ".venv/bin/python -m mgmodel glossary noradrenaline": [
        *("-m", "mgmodel", "glossary", "noradrenaline", "--data", "{data}"),
    ],
    ".venv/bin/python -m mgmodel expect": ["-m", "mgmodel", "expect", "--data", "{data}"],
    ".venv/bin/python -m mgmodel diff OLD NEW": ["-m", "mgmodel", "diff", "{data}", "{data}"],
}
"""Command in the README: what is run in its place, with a copy of the data where it writes."""

NOT_RUN = {
    "python3 run.py lab": "does not return; `run.py check` is the same without a window",
    "python3 run.py lab --fresh": "does not return; the copying is tested in test_run.py",
    "python3 run.py present": "does not return; tests/browser/test_presenting.py opens the page",
    "python3 run.py copies FOLDER": "tests/test_lesson_tools.py makes the copies and runs them",
    "python3 run.py check": "run first by .ci/run",
    "python3 run.py test": "run by .ci/run: it is what runs this test",
    "python3 run.py test --quick": "would run this test again; a part of `run.py test`",
    "conda env create -f environment.yml": "no conda here; test_environment_yml.py reads the file",
    "conda activate mgmodel": "no conda here; the name is checked below",
    "jupyter lab notebooks/00_start_here.ipynb": "does not return; the file is checked below",
}


def commands() -> list[str]:
    """Give every command in the README, of blocks and of lines."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", README, flags=re.DOTALL | re.MULTILINE)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return sorted(
        {*lines, *re.findall(r"`((?:python3|py|conda|jupyter|\.venv/\S+) [^`]+)`", README)}
    )


def run_py() -> ModuleType:
    """Import run.py by its path."""
    spec = importlib.util.spec_from_file_location("run_for_readme", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_is_run_or_says_why_not() -> None:
    assert commands() == sorted({*RUN, *NOT_RUN})


@pytest.mark.parametrize("command", RUN)
def test_the_command_succeeds(command: str, tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    words = [word.format(data=data) for word in RUN[command]]
    answer = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("command", [c for c in NOT_RUN if c.startswith("python3 run.py")])
def test_a_command_that_is_not_run_is_understood(command: str) -> None:
    words = command.removeprefix("python3 run.py").split()
    options, rest = run_py().parser().parse_known_args(words)
    assert (options.function.__name__, rest) == (words[0], [])


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_the_links_of_a_page_lead_somewhere_and_its_commands_are_understood(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []
    known = {name for line in text.splitlines() for name in re.findall(r"run\.py (\w+)", line)}
    assert [name for name in known if not hasattr(run_py(), name)] == []


def test_what_ci_is_said_to_run_it_runs() -> None:
    said = [command for command, reason in NOT_RUN.items() if ".ci/run" in reason]
    assert said == ["python3 run.py check", "python3 run.py test"]
    assert said == [line for line in CI.splitlines() if line.startswith("python3")]


def test_the_conda_commands_name_what_is_there() -> None:
    file = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert f"conda activate {file['name']}" in NOT_RUN
    assert any(str(entry).startswith("jupyterlab ") for entry in file["dependencies"])
    assert (ROOT / "notebooks" / "00_start_here.ipynb").is_file()


def test_the_python_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.strip()


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)", README)
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (ROOT / target).exists()] == []


def test_there_is_one_picture_and_it_has_a_text_alternative() -> None:
    ((alternative, _),) = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)
    assert len(alternative.split()) >= 20


def test_it_says_that_it_is_no_medical_advice() -> None:
    assert "not medical advice" in README

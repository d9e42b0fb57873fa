"""What the repository may hold: no addresses of registries, no traces of a machine or a run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 600_000  # bytes of any file
LARGEST_LESSON = 150_000
BINARY = {".png"}
LINE_FEED = 10

# joined here, so that this file does not hold what it forbids
REGISTRIES = tuple(
    "".join(parts)
    for parts in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("py", "pi.python.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("conda.", "anaconda.org"),
        ("repo.", "anaconda.com"),
        ("deb.", "debian.org"),
        ("registry = ", "{"),
    )
)
INDEX_OPTION = re.compile(
    r"(?<!no-emit-)(?<!no-)(?:extra-)?index" + r"-url|(?<!no-emit-)find" + "-links"
)
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:" + r"home|root|work|Users|mnt|tmp)/\w")


def tracked() -> list[Path]:
    """Give every file of the repository; nothing where this is no repository."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return []
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT).decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


FILES = tracked()
BROKEN = ROOT / "tests" / "broken_data"  # files that are wrong on purpose
TEXTS = [p for p in FILES if p.suffix not in BINARY and not p.is_relative_to(BROKEN)]
LESSONS = [path for path in FILES if path.suffix == ".ipynb"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_repository_was_looked_at() -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("these files are no git repository, or there is no git to read it")
    assert ROOT / "run.py" in FILES


@pytest.mark.parametrize("address", REGISTRIES)
def test_no_file_names_a_registry(address: str) -> None:
    assert [name_of(path) for path in TEXTS if address in path.read_text(encoding="utf-8")] == []


def test_no_file_names_a_package_index() -> None:
    found = {name_of(p): INDEX_OPTION.findall(p.read_text(encoding="utf-8")) for p in TEXTS}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_file_names_a_folder_of_a_machine() -> None:
    found = {name_of(p): MACHINE_PATH.findall(p.read_text(encoding="utf-8")) for p in TEXTS}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_there_is_one_lock() -> None:
    others = [p for p in FILES if p.name == "uv.lock" or re.fullmatch(r"pylock.*\.toml", p.name)]
    assert others == []


def test_every_file_is_small() -> None:
    large = {name_of(path): path.stat().st_size for path in FILES if path.stat().st_size > LARGEST}
    assert large == {}


def test_every_text_is_utf8_with_plain_line_ends_and_a_last_one() -> None:
    bad = []
    for path in TEXTS:
        raw = path.read_bytes()
        raw.decode("utf-8")
        if b"\r" in raw or (raw and raw[-1] != LINE_FEED):
            bad.append(name_of(path))
    assert bad == []


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_a_lesson_is_stored_in_the_normal_form(path: Path) -> None:
    import notebooks

    text = path.read_text(encoding="utf-8")
    again = notebooks.write(notebooks.normal_form(notebooks.read(path)))
    assert again == text, f"run `python3 run.py refresh {path.name}`"


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_a_lesson_is_small_and_holds_no_widget_state(path: Path) -> None:
    assert path.stat().st_size <= LARGEST_LESSON
    book = json.loads(path.read_text(encoding="utf-8"))
    assert set(book["metadata"]) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_every_cell_of_a_lesson_was_run_in_order(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    counts = [c["execution_count"] for c in cells if c["cell_type"] == "code"]
    skipped = [c for c in cells if "nbval-skip" in c["metadata"].get("tags", ())]
    assert skipped or counts == list(range(1, len(counts) + 1))

"""What is built from the project: the same bytes each time, with the data, and it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import mgmodel

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("mgmodel", "data", "lab", "pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA")
SHIPPED = (".py", ".toml", ".csv", ".typed", ".js", ".css", ".svg", ".md")


def copy_of_the_sources(folder: Path, *, age: int) -> Path:
    """Copy what a wheel is built from, as files of a certain age."""
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(source, target, ignore=ignored)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for path in folder.rglob("*"):
        os.utime(path, (age, age))
    return folder


def build(sources: Path, target: str, out: Path) -> Path:
    """Build a wheel or an sdist with what is installed, without any network."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=sources,
        check=True,
        capture_output=True,
    )
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of these sources."""
    sources = copy_of_the_sources(tmp_path_factory.mktemp("sources"), age=1_700_000_000)
    return build(sources, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which that wheel, and nothing else, is installed."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(folder), str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder


def ask(installed: Path, code: str) -> str:
    """Run a line of Python that finds the installed wheel first, far from the checkout."""
    return subprocess.check_output(
        [sys.executable, "-c", code],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        encoding="utf-8",
    ).strip()


def test_the_wheel_holds_every_file_of_the_library_and_the_data(wheel: Path) -> None:
    wanted = {
        f"{prefix}{path.relative_to(ROOT).as_posix()}"
        for folder, prefix in (("mgmodel", ""), ("data", "mgmodel/"))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in SHIPPED and "__pycache__" not in path.parts
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("mgmodel/")}
    assert "mgmodel/py.typed" in held
    assert "mgmodel/data/edges.csv" in held
    assert "mgmodel/data/storyboards/the_vicious_circle.sv.md" in held
    assert wanted == held


def test_the_wheel_holds_the_licences_and_what_jupyter_is_to_find_and_nothing_more(
    wheel: Path,
) -> None:
    names = [n for n in zipfile.ZipFile(wheel).namelist() if not n.startswith("mgmodel/")]
    endings = sorted(name.split("/", 1)[1] for name in names)
    assert endings == [
        "METADATA",
        "RECORD",
        "WHEEL",
        "data/share/jupyter/lab/settings/overrides.d/mgmodel.json",
        "data/share/jupyter/voila/templates/mgmodel/conf.json",
        "data/share/jupyter/voila/templates/mgmodel/index.html.j2",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/LICENSE-DATA",
    ]


def test_sources_of_another_age_give_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    again = copy_of_the_sources(tmp_path / "sources", age=1_600_000_000)
    assert wheel.read_bytes() == build(again, "wheel", tmp_path / "wheel").read_bytes()


def test_the_sdist_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sources = copy_of_the_sources(tmp_path / "sources", age=1_700_000_000)
    with tarfile.open(build(sources, "sdist", tmp_path / "sdist")) as archive:
        if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on; 3.12 warns without it
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert wheel.read_bytes() == build(unpacked, "wheel", tmp_path / "wheel").read_bytes()


def test_the_installed_wheel_loads_the_map_from_its_own_data(installed: Path) -> None:
    here = "from mgmodel.datafiles import load_model; import mgmodel; print(mgmodel.__file__)"
    assert Path(ask(installed, here)).is_relative_to(installed)
    counts = "from mgmodel.datafiles import load_model as l; m = l(); print(m.fingerprint)"
    assert ask(installed, counts) == ask(ROOT, counts)


def test_the_installed_wheel_speaks_all_languages(installed: Path) -> None:
    code = "from mgmodel.wording.catalogues import words; print(*(len(words(x)) > 9 for x in {}))"
    assert ask(installed, code.format(("en", "nl", "sv"))) == "True True True"


def test_the_installed_wheel_has_its_command(installed: Path) -> None:
    (made,) = installed.glob("mgmodel-*.dist-info")
    assert "mgmodel = mgmodel.__main__:main" in (made / "entry_points.txt").read_text()


def test_the_citation_names_this_version_and_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == mgmodel.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["license"] in project["license"]
    assert citation["authors"] == project["authors"]


def test_lab_is_told_to_ask_nobody_for_news_and_to_show_pages_as_pages() -> None:
    settings = (ROOT / "lab" / "overrides.json").read_text(encoding="utf-8")
    assert yaml.safe_load(settings) == {
        "@jupyterlab/apputils-extension:notification": {
            "checkForUpdates": False,
            "fetchNews": "false",
        },
        # so that the glossary opens as a page to read, and not as its source
        "@jupyterlab/docmanager-extension:plugin": {
            "defaultViewers": {"markdown": "Markdown Preview"}
        },
    }

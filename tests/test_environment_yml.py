"""pyproject.toml, lock.txt and environment.yml ask for the same packages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "lock.txt").read_text(encoding="utf-8")
CONDA_NAME = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}
ONLY_FOR_MAINTAINERS = {
    *(
        "axe-playwright-python",
        "editables",
        "hatchling",
        "mypy",
        "nbstripout",
        "pandas-stubs",
        "ruff",
        "types-networkx",
    )
}
PYTHONS = ("3.11.7", "3.12.9", "3.13.2", "3.14.0")
SYSTEMS = (
    ("linux", "posix", "x86_64"),
    ("linux", "posix", "aarch64"),
    ("darwin", "posix", "arm64"),
    ("darwin", "posix", "x86_64"),
    ("win32", "nt", "AMD64"),
)


def group(name: str) -> Iterator[str]:
    """Give the requirements of a dependency group, with those it includes."""
    for entry in PROJECT["dependency-groups"][name]:
        yield from group(entry["include-group"]) if isinstance(entry, dict) else [entry]


DIRECT = [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *group("dev"))]
LOCKED = [Requirement(line.rstrip("\\ ")) for line in LOCK.splitlines() if not line.startswith(" ")]


def conda() -> tuple[dict[str, SpecifierSet], list[str]]:
    """Give what environment.yml asks for, and its pip section."""
    file = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert list(file) == ["name", "channels", "dependencies"]
    *entries, last = file["dependencies"]
    asked = {}
    for entry in entries:
        match = re.fullmatch(r"([a-z0-9._-]+)(?: ([<>=!~][^ ]*))?", entry)
        assert match, f"not `name` or `name bounds`: {entry!r}"
        asked[match[1]] = SpecifierSet(match[2] or "")
    return asked, last["pip"]


def locked_for(python: str, system: str, os_name: str, machine: str) -> dict[str, list[Version]]:
    """Give the locked versions of each package that a certain machine would get."""
    place = {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "sys_platform": system,
        "os_name": os_name,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    found: dict[str, list[Version]] = {}
    for each in LOCKED:
        if each.marker is None or each.marker.evaluate(place):
            version = Version(str(each.specifier).removeprefix("=="))
            found.setdefault(canonicalize_name(each.name), []).append(version)
    return found


def test_conda_asks_for_what_pip_asks_for() -> None:
    wanted = {
        CONDA_NAME.get(each.name, each.name): each.specifier
        for each in DIRECT
        if each.name not in ONLY_FOR_MAINTAINERS
    }
    wanted |= {"python": SpecifierSet(PROJECT["project"]["requires-python"])}
    wanted |= {"pip": SpecifierSet("")}
    assert wanted == conda()[0]


def test_conda_takes_conda_forge_alone_and_installs_this_folder() -> None:
    file = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert file["channels"] == ["conda-forge", "nodefaults"]
    assert conda()[1] == ["-e ."]


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_every_requirement_has_a_lower_bound(requirement: Requirement) -> None:
    assert any(each.operator in {">=", "=="} for each in requirement.specifier)


@pytest.mark.parametrize(("python", "system"), list(product(PYTHONS, SYSTEMS)), ids=str)
def test_the_lock_has_one_fitting_version_for_each_system_and_python(
    python: str, system: tuple[str, str, str]
) -> None:
    versions = locked_for(python, *system)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
    for requirement in DIRECT:
        (version,) = versions[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, requirement


@pytest.mark.parametrize("locked", LOCKED, ids=str)
def test_every_locked_package_is_pinned_to_one_version(locked: Requirement) -> None:
    assert [each.operator for each in locked.specifier] == ["=="]
    assert locked.url is None


def test_every_locked_package_has_hashes_and_no_address() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(LOCKED) == len(blocks)
    for block in blocks:
        _, *hashes = block.split("\n")
        assert hashes, block
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)


def test_every_supported_python_is_named_among_the_classifiers() -> None:
    prefix = "Programming Language :: Python :: 3."
    named = [each.removeprefix(prefix) for each in PROJECT["project"]["classifiers"]]
    assert [each for each in named if each.isdigit()] == ["11", "12", "13", "14"]

"""Whether everything that mgmodel needs stands on this machine; nothing is started or changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from mgmodel.datafiles import read_folder

__all__ = ["Finding", "examine"]

_PACKAGES = (
    "anywidget",
    "ipywidgets",
    "matplotlib",
    "networkx",
    "numpy",
    "pandas",
    "pillow",
    "pyvis",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "firefox")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for."""

    what: str
    good: bool = True
    mend: str = ""
    vital: bool = True
    """Whether mgmodel cannot do its work without it."""


def examine(data: Path) -> tuple[Finding, ...]:
    """Versions, map, JupyterLab extension, browser and write access, in this order.

    Parameters
    ----------
    data
        The folder of the map to look at.
    """
    return (
        *_versions(),
        _map(data),
        _extension(),
        _browser(),
        _write_access(Path.cwd()),
    )


def _versions() -> Iterator[Finding]:
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    yield Finding(f"Python {version} on {platform.system()}", good, "Use Python 3.11 or later.")
    for name in (*_PACKAGES, "jupyterlab"):
        try:
            yield Finding(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            mend = f"{name} is not installed: run `python3 run.py setup`."
            yield Finding(f"{name} is not installed", False, mend, vital=name != "jupyterlab")


def _map(folder: Path) -> Finding:
    model, problems, _ = read_folder(folder)
    if model is not None:
        return Finding(f"map in {folder}: {model!r}")
    mend = f"Run `python -m mgmodel check {folder}`."
    return Finding(f"map in {folder}: {len(problems)} problems", False, mend)


def _extension() -> Finding:
    """The part of anywidget that JupyterLab loads in the browser."""
    prefixes = (sys.prefix, sys.base_prefix, os.environ.get("JUPYTER_PATH", ""))
    for prefix in filter(None, prefixes):
        for share in ("share/jupyter", "."):
            if (Path(prefix) / share / "labextensions" / "anywidget").is_dir():
                return Finding(f"JupyterLab extension of anywidget in {prefix}")
    mend = "Install anywidget into the environment that runs JupyterLab."
    return Finding("JupyterLab extension of anywidget not found", False, mend)


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found or platform.system() != "Linux":
        return Finding(f"browser: {found or 'that of the system'}")
    mend = "No browser on the search path: open the address that JupyterLab prints by hand."
    return Finding("browser not found", False, mend, vital=False)


def _write_access(folder: Path) -> Finding:
    if os.access(folder, os.W_OK):
        return Finding(f"this folder can be written: {folder}")
    mend = "Start JupyterLab in a folder of your own, so that notebooks can be saved."
    return Finding(f"this folder cannot be written: {folder}", False, mend, vital=False)

"""What a command gives back: lines for people, the same for machines, complaints, and a status."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mgmodel.datafiles import data_folder
from mgmodel.errors import Problem

__all__ = ["Answer", "folder_of", "plain", "refusal"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say, and how it went."""

    lines: tuple[str, ...] = ()
    """For standard output."""
    data: object = None
    """The same for machines; what `--json` prints."""
    complaints: tuple[str, ...] = ()
    """For standard error."""
    status: int = 0
    """0 went well, 1 problems found, 2 asked wrongly."""


def refusal(problems: Iterable[Problem], data: dict[str, Any] | None = None) -> Answer:
    """The answer where tables hold mistakes: all of them, counted."""
    listed = tuple(problems)
    count = f"{len(listed)} problem{'s' * (len(listed) != 1)}"
    content = (data or {}) | {"problems": [plain(problem) for problem in listed]}
    return Answer((), content, (*map(str, listed), count), 1)


def plain(problem: Problem) -> dict[str, object]:
    """A problem for machines."""
    return {name: getattr(problem, name) for name in ("file", "line", "what", "mend")}


def folder_of(options: argparse.Namespace) -> Path:
    """The folder that a command is about; the shipped map where none is named."""
    given = getattr(options, "folder", None) or getattr(options, "data", None)
    return Path(given) if given else data_folder()

"""What must hold across the rows of a map: one small generator of Problems for each rule.

To add a rule, write its function, list it in `RULES` (or in `WARNINGS`, where it does not keep a
map from being loaded), and add a folder that breaks it to `tests/broken_data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mgmodel import rules_links
from mgmodel.errors import Problem
from mgmodel.folders import Folder

__all__ = ["RULES", "WARNINGS", "Rule"]

Rule = Callable[[Folder], Iterator[Problem]]

RULES: Mapping[str, Rule] = {
    "unknown_ids": rules_links.unknown_ids,
}
WARNINGS: Mapping[str, Rule] = {}

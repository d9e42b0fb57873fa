"""The networks that are measured on, each with the questions that are asked of it."""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIGNOR = ROOT.parent / "shared" / "cases" / "real_signor.tsv.gz"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # the checkout is measured, whether it is installed or not

Triple = tuple[str, str, int]


@dataclass(frozen=True)
class Network:
    """Signed arrows, no two with the same ends, and where to look for what in them."""

    name: str
    triples: list[Triple]
    path_ends: tuple[str, str]
    path_lengths: tuple[int, ...]
    loop_lengths: tuple[int, ...]

    @property
    def ids(self) -> list[str]:
        """Node ids in Python string order; a node's number is its place here."""
        return sorted({end for triple in self.triples for end in triple[:2]})

    def hubs(self, count: int) -> tuple[str, list[str]]:
        """The node that acts on most others, and of the rest those with most arrows."""
        leaving = Counter(source for source, _, _ in self.triples)
        touching = Counter(end for triple in self.triples for end in triple[:2])
        source = max(sorted(leaving), key=leaving.__getitem__)
        others = sorted(touching.keys() - {source}, key=lambda node: (-touching[node], node))
        return source, others[:count]


def available(name: str) -> bool:
    """Whether the data of a network are on this machine."""
    return name != "SIGNOR" or SIGNOR.is_file()


def network(name: str) -> Network:
    """The network of this name: `shipped`, `SIGNOR`, or a number of synthetic arrows."""
    if name == "shipped":
        return _shipped()
    if name == "SIGNOR":
        return _signor()
    return _synthetic(int(float(name)))


def _shipped() -> Network:
    from mgmodel import load_model

    edges = load_model().reasoning_edges
    unlike = {(edge.source, edge.target): edge.sign for edge in edges}
    triples = [(source, target, sign) for (source, target), sign in unlike.items()]
    return Network("shipped", triples, ("psychological_stressor", "cortisol"), (14,), (14,))


def _signor() -> Network:
    """The causal network of human proteins, a table that lies beside the checkout."""
    with gzip.open(SIGNOR, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    triples = [(row["source"], row["target"], int(row["sign"])) for row in rows]
    return Network("SIGNOR", triples, ("PRKACA", "TP53"), (6,), (4, 6))


def _synthetic(arrows: int) -> Network:
    """A scale-free network: each arrow joins two ends drawn by how many arrows they have."""
    rng = random.Random(arrows)
    ends = [f"n{number:06}" for number in range(2 * arrows // 5)]
    signs: dict[tuple[str, str], int] = {}
    while len(signs) < arrows:
        source, target = rng.choice(ends), rng.choice(ends)
        if source != target and (source, target) not in signs:
            signs[source, target] = -1 if rng.random() < 0.35 else 1
            ends += (source, target)
    triples = [(source, target, sign) for (source, target), sign in signs.items()]
    leaving = Counter(source for source, _, _ in triples)
    entering = Counter(target for _, target, _ in triples)
    start = max(sorted(leaving), key=leaving.__getitem__)
    end = max(sorted(entering.keys() - {start}), key=entering.__getitem__)
    length = 8 if arrows <= 10_000 else 6
    return Network(f"{arrows:.0e}".replace("+0", ""), triples, (start, end), (length,), (4,))

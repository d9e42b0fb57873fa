"""Rules about what one row, or the rows of one table, may say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from mgmodel.datafiles.folders import Folder
from mgmodel.datafiles.sheets import Row, propagates
from mgmodel.errors import Problem
from mgmodel.vocabulary import (
    Effect,
    EvidenceLayer,
    Language,
    ParameterStatus,
    Stance,
    VerificationLevel,
)

LONGEST_LABEL = 28
LONGEST_FINDING = 200
FIRST_YEAR = 1800
MAGNESIUM_G_MOL = 24.305
_SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_ONTOLOGY = re.compile(r"[A-Za-z][A-Za-z0-9_.]*:[A-Za-z0-9_.-]+")
_ID_COLUMNS = ("id", "view", "pathway")


def problem(row: Row, what: str, mend: str) -> Problem:
    """A problem at the line of this row."""
    return Problem(row.file, row.line, what, mend)


def repeated_rows(folder: Folder) -> Iterator[Problem]:
    """An id stands twice, or a row says nothing that an earlier one does not say."""
    for sheet in folder.sheets.values():
        unique = sheet.table.unique or sheet.table.names
        seen: dict[tuple[str, ...], int] = {}
        for row in sheet.rows:
            key = tuple(row.says(name).strip() for name in unique)
            if not any(key):
                continue  # blank cells are reported as such
            first = seen.setdefault(key, row.line)
            if first == row.line:
                continue
            if sheet.table.unique:
                stands = "already stands" if len(unique) == 1 else "already stand"
                named = " and ".join(map(repr, key))
                what = f"{' and '.join(unique)} {named} {stands} in line {first}"
            else:
                what = f"the row repeats line {first}"
            yield problem(row, what, "Keep one of the two rows.")


def bad_ids(folder: Folder) -> Iterator[Problem]:
    """An id cannot stand in a list, or (in a curated map) is not in snake_case."""
    for sheet in folder.sheets.values():
        for row in sheet.rows:
            for column in _ID_COLUMNS:
                name = row.says(column).strip()
                if ";" in name:
                    what = f"{column} {name!r} holds a semicolon, which parts the items of a list"
                    yield problem(row, what, "Choose another id.")
                elif (
                    name and folder.is_curated and not _is_snake(name, dots=row.file == "edges.csv")
                ):
                    what = f"{column} {name!r} is not in snake_case"
                    yield problem(row, what, "Use words of a-z and 0-9 joined by underscores.")


def _is_snake(name: str, *, dots: bool) -> bool:
    parts = name.split(".") if dots else [name]
    return all(_SNAKE.fullmatch(part) for part in parts)


def arrow_ids(folder: Folder) -> Iterator[Problem]:
    """In a curated map an arrow's id tells its ends: source.target or source.target.word."""
    for row in folder.rows("edges.csv") if folder.is_curated else ():
        ends = f"{row['source']}.{row['target']}"
        own, rest = row["id"][: len(ends)], row["id"][len(ends) :]
        right = own == ends and (not rest or (rest[0] == "." and len(rest.split(".")) == 2))
        if row["id"] and row["source"] and row["target"] and not right:
            mend = f"Write {ends} or {ends}.<word>."
            yield problem(row, f"id {row['id']!r} does not tell its ends", mend)


def label_length(folder: Folder) -> Iterator[Problem]:
    """A short label is longer than a drawing has room for, in any language."""
    for row in folder.rows("nodes.csv"):
        for code in Language:
            label = row[f"label_{code}"]
            if len(label) > LONGEST_LABEL:
                what = f"label_{code} has {len(label)} characters, more than {LONGEST_LABEL}"
                yield problem(row, what, f"Shorten it; the full term may stand in term_{code}.")


def repeated_labels(folder: Folder) -> Iterator[Problem]:
    """Two nodes have the same label in one language, so nobody can tell them apart."""
    for code in Language:
        seen: dict[str, Row] = {}
        for row in folder.rows("nodes.csv"):
            label = row[f"label_{code}"]
            first = seen.setdefault(label.casefold(), row)
            if label and first is not row:
                what = f"label_{code} {label!r} is also that of {first['id']!r}"
                yield problem(row, what, "Give each node a label of its own.")


def ontology_ids(folder: Folder) -> Iterator[Problem]:
    """An ontology identifier is not prefix:accession, or their labels do not match in number."""
    for row in folder.rows("nodes.csv"):
        for name in row["ontology_ids"]:
            if not _ONTOLOGY.fullmatch(name):
                what = f"ontology_ids {name!r} is not prefix:accession"
                yield problem(row, what, "Write it as in CHEBI:18420.")


def arrow_effects(folder: Folder) -> Iterator[Problem]:
    """What an arrow says of itself does not go together."""
    for row in folder.rows("edges.csv"):
        if row["propagate"] and row["effect"] is Effect.NO_EFFECT:
            yield problem(row, "an arrow without effect propagates", "Write propagate no.")
        if row["propagate"] and row["layer"] not in ("", EvidenceLayer.MECHANISM):
            what = f"an arrow of the layer {row['layer']} propagates"
            yield problem(row, what, "Only mechanisms do; write propagate no or mend the layer.")
        if row["core"] and not propagates(row):
            what = "a core arrow does not propagate"
            yield problem(row, what, "Write core no, or propagate yes.")


def evidence_stance(folder: Folder) -> Iterator[Problem]:
    """An assumption has no reason or has a reference; another stance has no reference."""
    for row in folder.rows("evidence.csv"):
        assumed = row["stance"] is Stance.ASSUMPTION
        if assumed and row["reference"]:
            mend = "Leave the reference blank, or choose another stance."
            yield problem(row, "an assumption names a reference", mend)
        if assumed and not row["finding"]:
            yield problem(row, "an assumption has no reason", "State it in the column finding.")
        if row["stance"] and not assumed and not row["reference"]:
            mend = "Name it, or write stance assumption and the reason."
            yield problem(row, f"the stance {row['stance']} has no reference", mend)
        if row["stance"] is Stance.CITED and row["finding"]:
            mend = "Leave finding blank, or choose the stance that it bears out."
            yield problem(row, "a row that only cites states a finding", mend)


def finding_length(folder: Folder) -> Iterator[Problem]:
    """A finding is too long to be read on a card."""
    for row in (*folder.rows("evidence.csv"), *folder.rows("expectations.csv")):
        length = len(row["finding"])
        if length > LONGEST_FINDING:
            what = f"finding has {length} characters, more than {LONGEST_FINDING}"
            yield problem(row, what, "Say it shorter, or in two rows.")


def reference_year(folder: Folder) -> Iterator[Problem]:
    """A year before printed science or after the next one."""
    last = date.today().year + 1
    for row in folder.rows("references.csv"):
        if row["year"] is not None and not FIRST_YEAR <= row["year"] <= last:
            what = f"year {row['year']} is out of range"
            yield problem(row, what, f"Give a year from {FIRST_YEAR} to now, or leave it blank.")


def reference_identifiers(folder: Folder) -> Iterator[Problem]:
    """A DOI or PMID is not of the right form."""
    for row in folder.rows("references.csv"):
        if row["doi"] and not _DOI.fullmatch(row["doi"]):
            mend = "Write it as in 10.1000/182, without address or spaces."
            yield problem(row, f"doi {row['doi']!r} is not a DOI", mend)
        if row["pmid"] and not _PMID.fullmatch(row["pmid"]):
            yield problem(row, f"pmid {row['pmid']!r} is not a PMID", "Write its digits only.")


def shared_identifiers(folder: Folder) -> Iterator[Problem]:
    """Two references share a DOI or PMID: one work twice, or one identifier mistaken."""
    for name in ("doi", "pmid"):
        holders: defaultdict[str, list[Row]] = defaultdict(list)
        for row in folder.rows("references.csv"):
            if row[name]:
                holders[row[name].casefold()].append(row)
        for first, *others in holders.values():
            for row in others:
                same = row["title"].casefold() == first["title"].casefold()
                what = (
                    f"{name} {row[name]} is already that of {first['id']!r}"
                    if same
                    else f"{name} {row[name]} stands with two titles, here and in line {first.line}"
                )
                mend = "Keep one row." if same else "Find out whose it is and blank the other."
                yield problem(row, what, mend)


def verification(folder: Folder) -> Iterator[Problem]:
    """A reference is called verified without a check, or the other way round."""
    checked = (VerificationLevel.PRIMARY, VerificationLevel.SECONDARY)
    for row in folder.rows("references.csv"):
        if row["verified"] and row["verification"] not in checked:
            mend = "Write verified no, or verification primary or secondary."
            yield problem(row, "a reference is verified but nobody says how", mend)


def mass_fraction(folder: Folder) -> Iterator[Problem]:
    """The magnesium in a compound does not follow from its formula's atoms and molar mass."""
    for row in folder.rows("compounds.csv"):
        atoms, mass, fraction = (
            row[name] for name in ("magnesium_atoms", "molar_mass_g_mol", "elemental_fraction")
        )
        if None in (atoms, mass, fraction):
            continue
        computed = atoms * MAGNESIUM_G_MOL / mass
        if abs(computed - fraction) >= 0.001:
            what = f"elemental_fraction {fraction:g} should be {computed:.4f}"
            mend = "Mend it, the number of magnesium atoms or the molar mass."
            yield problem(row, what, mend)


def assumption_range(folder: Folder) -> Iterator[Problem]:
    """An assumed value lies outside the range that is given for it."""
    for row in folder.rows("assumptions.toml"):
        low, value, high = (row[name] for name in ("low", "value", "high"))
        if None not in (low, value, high) and not low <= value <= high:
            what = f"{row['id']}: value {value:g} is not between low {low:g} and high {high:g}"
            yield problem(row, what, "Mend the value or its range.")


def parameter_range(folder: Folder) -> Iterator[Problem]:
    """The value of a parameter lies outside the range that is given for it."""
    for row in folder.rows("parameters.csv"):
        low, value, high = (row[name] for name in ("low", "value", "high"))
        if None not in (low, value, high) and not low <= value <= high:
            what = f"value {value:g} is not between low {low:g} and high {high:g}"
            yield problem(row, what, "Mend the value or its range.")


def parameter_grounds(folder: Folder) -> Iterator[Problem]:
    """A parameter is said to be read, and nobody says where; or it is not, and nobody says why."""
    read = (ParameterStatus.SEEN, ParameterStatus.SEEN_IN_COPIES)
    for row in folder.rows("parameters.csv"):
        status = row["status"]
        if status in read and not row["reference"]:
            mend = "Name it, or write remembered or assumption and the reason."
            yield problem(row, f"the status {status} has no reference", mend)
        elif status and status not in read and not row["note"]:
            mend = "Say in the column note why it has this value, or how it was computed."
            yield problem(row, f"the status {status} has no reason", mend)


def shared_places(folder: Folder) -> Iterator[Problem]:
    """Two nodes of a view stand on one spot."""
    seen: dict[tuple[str, float, float], Row] = {}
    for row in folder.rows("places.csv"):
        if row["x"] is None or row["y"] is None:
            continue
        first = seen.setdefault((row["view"], row["x"], row["y"]), row)
        if first is not row and first["node"] != row["node"]:
            what = f"{row['node']!r} stands where {first['node']!r} stands in view {row['view']!r}"
            yield problem(row, what, "Move one of them.")


def self_loops(folder: Folder) -> Iterator[Problem]:
    """An arrow starts and ends at one node: rarely meant, though a node may act on itself."""
    for row in folder.rows("edges.csv"):
        if row["source"] and row["source"] == row["target"]:
            yield problem(row, "the arrow ends where it starts", "Is that meant?")


def rival_arrows(folder: Folder) -> Iterator[Problem]:
    """One node is said both to raise and to lower another; both arrows count."""
    signs: dict[tuple[str, str], dict[str, Row]] = {}
    for row in folder.rows("edges.csv"):
        if propagates(row) and row["effect"] in {Effect.INCREASES, Effect.DECREASES}:
            signs.setdefault((row["source"], row["target"]), {}).setdefault(row["effect"], row)
    for (source, target), rows in signs.items():
        if len({row["id"] for row in rows.values()}) > 1:
            what = f"{source!r} both increases and decreases {target!r}"
            mend = "Both arrows count, each with its own weight. Is that meant?"
            yield problem(list(rows.values())[1], what, mend)


def lonely_gates(folder: Folder) -> Iterator[Problem]:
    """A group of one arrow does what a plain arrow does."""
    groups = Counter((row["target"], row.says("gate")) for row in folder.rows("edges.csv"))
    for row in folder.rows("edges.csv"):
        gate = row.says("gate")
        if gate and groups[row["target"], gate] == 1:
            what = f"no other arrow into {row['target']!r} has the gate {gate!r}"
            yield problem(row, what, "Name the arrows that it acts with alike, or leave it out.")


def cut_off_files(folder: Folder) -> Iterator[Problem]:
    """A file whose last line has no end may have lost its tail."""
    for file, sheet in folder.sheets.items():
        if sheet.last_line:
            what = "the last line has no line end, as in a file that was cut off"
            yield Problem(file, sheet.last_line, what, "Look whether it is whole, then run tidy.")

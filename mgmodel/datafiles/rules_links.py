"""Rules about rows that name each other, or a family that model.toml lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache, partial
from itertools import pairwise

from mgmodel.datafiles.cells import items
from mgmodel.datafiles.columns import MODEL_TOML
from mgmodel.datafiles.folders import Folder
from mgmodel.datafiles.rules_rows import problem
from mgmodel.datafiles.sheets import Row, propagates
from mgmodel.errors import Problem, did_you_mean
from mgmodel.vocabulary import Stance


def unknown_ids(folder: Folder) -> Iterator[Problem]:
    """A row names an id that the table of that kind does not have."""
    for sheet in folder.sheets.values():
        for column in sheet.table.columns:
            known = folder.sheets[column.refers].ids if column.refers else None
            if known is None:
                continue  # refers to nothing, or to a table whose ids cannot be read
            near = cache(partial(did_you_mean, known=known))  # one gone id is named by many rows
            for row in sheet.rows:
                for name in items(row.says(column.name)):
                    if name not in known:
                        what = f"{column.name} {name!r} is not in {column.refers}"
                        mend = f"Add it there or mend the spelling.{near(name)}"
                        yield problem(row, what, mend)


def unlisted_families(folder: Folder) -> Iterator[Problem]:
    """A system, loop or pathway that model.toml does not name."""
    if folder.info is None:
        return
    for file, column, family, known in (
        ("nodes.csv", "system", "systems", folder.info.systems),
        ("edges.csv", "loops", "loops", folder.info.loops),
        ("pathways.csv", "pathway", "pathways", folder.info.pathways),
    ):
        for row in folder.rows(file):
            for name in items(row.says(column)):
                if name not in known:
                    what = f"{column} {name!r} is not in {MODEL_TOML}"
                    mend = f"Add [{family}.{name}] there or mend the spelling."
                    yield problem(row, what, mend + did_you_mean(name, known))


def _arrows_without_evidence(folder: Folder) -> Iterator[Problem]:
    known = {row["edge"] for row in folder.rows("evidence.csv")}
    for row in folder.rows("edges.csv"):
        if propagates(row) and row["id"] and row["id"] not in known:
            what = f"the propagating arrow {row['id']!r} has no evidence"
            mend = "Add a row to evidence.csv; stance assumption with its reason is one."
            yield problem(row, what, mend)


def arrows_without_evidence(folder: Folder) -> Iterator[Problem]:
    """In a curated map a propagating arrow has neither evidence nor a stated assumption."""
    if folder.is_curated and folder.sheets["evidence.csv"].is_whole:
        yield from _arrows_without_evidence(folder)


def sketched_arrows(folder: Folder) -> Iterator[Problem]:
    """In a map of one's own, arrows without evidence are worth a look."""
    if not folder.is_curated:
        yield from _arrows_without_evidence(folder)


def unplaced_claims(folder: Folder) -> Iterator[Problem]:
    """A claim is tied to nothing, and nobody says why."""
    for row in folder.rows("claims.csv"):
        if not any(row.says(name).strip() for name in ("edges", "nodes", "reason")):
            mend = "Name them, or say in the column reason why it is not modelled."
            yield problem(row, "the claim names neither arrows nor nodes", mend)


def claim_routes(folder: Folder) -> Iterator[Problem]:
    """The arrows of a claim do not follow each other from its source to its target."""
    ends = {row["id"]: (row["source"], row["target"]) for row in folder.rows("edges.csv")}
    for row in folder.rows("claims.csv"):
        if not row["edges"] or not all(edge in ends for edge in row["edges"]):
            continue  # unknown arrows are reported as such
        gaps = [two for two in pairwise(row["edges"]) if ends[two[0]][1] != ends[two[1]][0]]
        for before, after in gaps:
            what = f"edges are no route: {after!r} does not start where {before!r} ends"
            yield problem(row, what, "List the arrows in order, or name nodes instead.")
        whole = (ends[row["edges"][0]][0], ends[row["edges"][-1]][1])
        if not gaps and whole != (row["source"], row["target"]):
            what = f"edges lead from {whole[0]!r} to {whole[1]!r}, unlike the claim"
            yield problem(row, what, f"It goes from {row['source']!r} to {row['target']!r}.")


def groundless_overclaims(folder: Folder) -> Iterator[Problem]:
    """An overclaim that names no document, though it was not marked as found in none."""
    for row in folder.rows("overclaims.csv"):
        if not row["documents"] and row["kind"] not in ("", "not_found"):
            mend = "Say which, or write kind not_found where none of them says it."
            yield problem(row, "the overclaim names no document", mend)


def pathway_members(folder: Folder) -> Iterator[Problem]:
    """A pathway has one node only, or model.toml names it and nothing belongs to it."""
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in folder.rows("pathways.csv"):
        members[row["pathway"]].append(row)
    for name, rows in members.items():
        if len(rows) == 1 and name:
            mend = "Add the nodes that it leads through."
            yield problem(rows[0], f"the pathway {name!r} has a single node", mend)
    if folder.has("pathways.csv") and folder.sheets["pathways.csv"].is_whole:
        for name in folder.info.pathways if folder.info else ():
            if name not in members:
                line = folder.info_lines.get(f"pathways.{name}", 1)
                what = f"the pathway {name!r} has no nodes in pathways.csv"
                yield Problem(MODEL_TOML, line, what, "Add them there or remove it here.")


def view_nodes(folder: Folder) -> dict[str, frozenset[str] | None]:
    """The nodes that each view draws (core, whole, every pathway); None where nobody can know."""
    nodes = folder.sheets["nodes.csv"]
    drawn: defaultdict[str, set[str]] = defaultdict(set)
    for row in folder.rows("edges.csv"):
        if row["core"]:
            drawn["core"] |= {row["source"], row["target"]}
    for row in folder.rows("pathways.csv"):
        drawn[row["pathway"]].add(row["node"])
    views = dict.fromkeys(("core", "whole", *drawn))
    return {
        view: frozenset(nodes.ids or () if view == "whole" else drawn[view])
        if folder.sheets[_MADE_FROM.get(view, "pathways.csv")].is_whole
        else None
        for view in views
    }


_MADE_FROM = {"core": "edges.csv", "whole": "nodes.csv"}


def unknown_views(folder: Folder) -> Iterator[Problem]:
    """A place or a curve in a view that the map does not have."""
    known = view_nodes(folder)
    for row in (*folder.rows("places.csv"), *folder.rows("curves.csv")):
        if row["view"] and row["view"] not in known:
            what = f"view {row['view']!r} is neither core nor whole nor a pathway"
            yield problem(row, what, f"Mend its name.{did_you_mean(row['view'], known)}")


def view_places(folder: Folder) -> Iterator[Problem]:
    """A view lacks the place of one of its nodes, or places a node that it does not draw."""
    views = view_nodes(folder)
    placed: defaultdict[str, list[Row]] = defaultdict(list)
    for row in folder.rows("places.csv"):
        placed[row["view"]].append(row)
    nodes = folder.sheets["nodes.csv"].ids or frozenset()
    for view, rows in placed.items():
        drawn = views.get(view)
        if drawn is None:
            continue  # reported as unknown, or as unreadable
        for node in sorted((drawn & nodes) - {row["node"] for row in rows}):
            yield problem(rows[0], f"view {view!r} has no place for {node!r}", "Add its row.")
        for row in rows:
            if row["node"] in nodes - drawn:
                what = f"view {view!r} does not draw the node {row['node']!r}"
                yield problem(row, what, "Remove the row.")


def curved_arrows(folder: Folder) -> Iterator[Problem]:
    """A curve for an arrow that the view does not draw."""
    views = view_nodes(folder)
    ends = {row["id"]: {row["source"], row["target"]} for row in folder.rows("edges.csv")}
    for row in folder.rows("curves.csv"):
        drawn = views.get(row["view"])
        if drawn is not None and row["edge"] in ends and not ends[row["edge"]] <= drawn:
            what = f"view {row['view']!r} does not draw the arrow {row['edge']!r}"
            yield problem(row, what, "Remove the row.")


def ambiguous_names(folder: Folder) -> Iterator[Problem]:
    """A synonym is also a name of another node, so that a search finds two."""
    labels: defaultdict[str, set[str]] = defaultdict(set)
    rows = folder.rows("nodes.csv")
    for row in rows:
        for name in _names(row, "label", "term"):
            labels[name].add(row["id"])
    for row in rows:
        for name in sorted(_names(row, "synonyms")):
            others = labels[name] - {row["id"]}
            if others:
                what = f"the synonym {name!r} is also a name of {' and '.join(sorted(others))}"
                yield problem(row, what, "Leave it to one of them.")


def _names(row: Row, *fields: str) -> Collection[str]:
    cells = (row.says(f"{field}_{code}") for field in fields for code in ("en", "nl", "sv"))
    return {name.casefold() for cell in cells for name in items(cell)}


def undisputed_contests(folder: Folder) -> Iterator[Problem]:
    """An arrow is marked contested, and neither a row nor a note says by what."""
    against = {
        row["edge"]
        for row in folder.rows("evidence.csv")
        if row["stance"] in (Stance.CONTRADICTS, Stance.MIXED)
    }
    for row in folder.rows("edges.csv"):
        if row["contested"] and row["id"] not in against and not row["note"]:
            what = "a contested arrow has neither a contradicting or mixed row nor a note"
            yield problem(row, what, "Add one, or write contested no.")

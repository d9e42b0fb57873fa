"""A tiny map to begin one's own with; it says in words what each of its files is for."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write_starter"]

_FILES = {
    "nodes.csv": """\
id,label_en,definition
cortisol,Cortisol,Replace these three by the quantities of your own question.
magnesium,Magnesium,"A node is a quantity that can rise and fall, such as a level or a dose."
stress,Stress,The label is short (28 characters); this column may say more.
""",
    "edges.csv": """\
id,source,target,effect,mechanism,note
cortisol.magnesium,cortisol,magnesium,decreases,drains,This arrow is an example and not a fact.
magnesium.stress,magnesium,stress,decreases,calms,Other effects are unclear and no_effect.
stress.cortisol,stress,cortisol,increases,releases,A rise of the source is what is meant.
""",
    "evidence.csv": """\
edge,reference,stance,finding
cortisol.magnesium,,assumption,Example. Say here why you assume it until you have a reference.
magnesium.stress,,assumption,Example. A reference is named by its id in references.csv.
stress.cortisol,,assumption,"Example. Other stances are supports, contradicts, mixed and cited."
""",
    "README.md": """\
# A map of my own

`nodes.csv` holds what can rise and fall, `edges.csv` what raises or lowers what, and
`evidence.csv` why one should believe it. Only the first two are needed. Edit them with any
program that saves CSV as UTF-8, then run, from the folder above this one:

    python -m mgmodel check FOLDER      all mistakes at once, each with its line
    python -m mgmodel tidy FOLDER       puts columns and rows in order
    python -m mgmodel loops --data FOLDER
    python -m mgmodel respond --press stress --data FOLDER

In Python: `mgmodel.load_model("FOLDER")`. The names of all tables and columns are explained in
`data/README.md` of mgmodel.
""",
}


def write_starter(folder: Path) -> list[Path]:
    """Write the starting files into a new or empty folder; the paths written.

    Raises
    ------
    ValueError
        The folder already holds something, or is a file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} already exists and is not an empty folder; choose another name."
        raise ValueError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _FILES.items():
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in _FILES]

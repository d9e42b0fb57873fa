"""A classroom without people: every control of every explorer of every lesson, in random order.

    python tools/classroom.py                        all lessons and talks
    python tools/classroom.py notebooks/05*.ipynb    some of them
    python tools/classroom.py --seed 7 --seed 8      other orders
    python tools/classroom.py --publish              plant every fault, and write docs/classroom.md
    python tools/classroom.py --publish lists        write the lists anew, plant nothing

What is pressed and asked stands in `classroom_driver.py`, and for the page in
`tests/browser/classroom_page.py`; what is planted in `classroom_faults.py`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent), str(ROOT / "tests" / "browser")]


from classroom_driver import SEEDS, lessons, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Visit the lessons, or plant all faults; exit 1 where anything is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="*", type=Path, help="all lessons without any")
    parser.add_argument("--seed", type=int, action="append", help=f"by default {SEEDS}")
    parser.add_argument("--publish", nargs="?", const="all", choices=("all", "lists"))
    options = parser.parse_args(arguments)
    if options.publish:
        # what plants faults in the page needs a browser, which the lessons do not
        published = importlib.import_module("classroom_published")
        return int(published.publish(planted=options.publish == "all"))
    faults = report(options.notebooks or lessons(), options.seed or SEEDS)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

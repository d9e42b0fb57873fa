"""The command line: `python -m mgmodel COMMAND`; it prints what `mgmodel.commands` answers."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence

from mgmodel.commands import answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; 0 went well, 1 problems found, 2 asked wrongly."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that somebody put in its place
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        given, wants_json = answer(sys.argv[1:] if arguments is None else arguments)
        for complaint in given.complaints:
            print(complaint, file=sys.stderr)
        if wants_json:
            print(json.dumps(given.data, indent=1, ensure_ascii=False))
        else:
            for line in given.lines:
                print(line)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return given.status


if __name__ == "__main__":
    raise SystemExit(main())

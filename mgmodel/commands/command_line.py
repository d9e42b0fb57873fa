"""The command line of mgmodel: which commands there are, and who answers each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial

from mgmodel.commands import classroom, files, questions, upkeep
from mgmodel.commands.answers import Answer, refusal
from mgmodel.errors import DataFileError, UnknownId
from mgmodel.vocabulary import ExpectationKind, Language

__all__ = ["answer"]


def answer(arguments: Sequence[str]) -> tuple[Answer, bool]:
    """The answer to a command line, and whether it is wanted as JSON.

    Whatever a user typed, a mistake of theirs comes back as an `Answer` in words.

    Raises
    ------
    SystemExit
        argparse has printed help, the version, or what was wrong with the command line.

    Examples
    --------
    >>> answer(["paths", "cortizol", "stress"])[0].complaints
    ("There is no node 'cortizol'. Did you mean 'cortisol'?",)
    """
    options = _parser().parse_args(arguments)
    wants_json = bool(getattr(options, "json", False))
    try:
        command: Callable[[argparse.Namespace], Answer] = options.command
        return command(options), wants_json
    except DataFileError as error:
        return refusal(error.problems), wants_json
    except (UnknownId, ValueError) as error:
        return Answer(complaints=(str(error),), data={"error": str(error)}, status=2), wants_json
    except OSError as error:
        text = f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}"
        return Answer(complaints=(text,), data={"error": text}, status=1), wants_json


def _parser() -> argparse.ArgumentParser:
    from mgmodel import __version__

    parser = argparse.ArgumentParser(
        prog="python -m mgmodel",
        description="Check and question a signed causal map.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mgmodel {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = partial(_add, commands)
    paths = add("paths", questions.paths, "signed paths from SOURCE to TARGET", "SOURCE", "TARGET")
    loops = add("loops", questions.loops, "feedback loops, reinforcing or balancing")
    for sub in (
        add("check", files.check, "validate the tables of a map; all problems at once", "[FOLDER]"),
        add("tidy", files.tidy, "write the tables of a map in canonical form", "[FOLDER]"),
        _with_bounds(paths, 8),
        _with_bounds(loops, 6),
        _with_interventions(add("respond", questions.respond, "which nodes rise and fall")),
        _with_expectations(add("expect", upkeep.expect, "whether the map says what is known")),
        _with_language(add("answers", classroom.answers, "answers of a class, pooled", "FILE...")),
        _with_view(add("export", files.export, "a view as .html, .png, .svg or .pdf", "FILE")),
        _with_page(add("glossary", questions.terms, "every term in three languages", "[TERM]")),
        add("doctor", files.doctor, "whether everything that mgmodel needs is in place"),
    ):
        sub.add_argument("--data", metavar="FOLDER", help="a map of your own")
    changes = add("diff", upkeep.compare_versions, "what differs between two maps", "OLD", "NEW")
    changes.add_argument("--press", action="append", metavar="ID", help="push these nodes only")
    changes.add_argument("--full", action="store_true", help="list every change")
    add("new", files.new, "start a map of your own in FOLDER", "FOLDER")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[argparse.Namespace], Answer],
    words: str,
    *more: str,
) -> argparse.ArgumentParser:
    """One more command; what stands in brackets may be left out, and dots stand for more."""
    sub = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    sub.set_defaults(command=command)
    sub.add_argument("--json", action="store_true", help="answer as JSON")
    for positional in more:
        name_of_it = positional.strip("[].")
        many = "+" if positional.endswith("...") else "?" if positional.startswith("[") else None
        sub.add_argument(name_of_it.lower(), metavar=name_of_it, nargs=many)
    return sub


def _with_bounds(parser: argparse.ArgumentParser, longest: int) -> argparse.ArgumentParser:
    parser.add_argument(
        "--max-length", type=int, default=longest, metavar="N", help="arrows in a route"
    )
    parser.add_argument("--limit", type=int, default=10_000, metavar="N", help="stop after so many")
    return parser


def _with_interventions(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    for name, metavar, words in (
        ("--press", "ID[=X]", "push a node; it goes on responding"),
        ("--clamp", "ID=X", "set a node to X and hold it there"),
        ("--block", "ID", "hold a node at baseline"),
        ("--knock-out", "ID", "take a node away"),
        ("--cut", "EDGE", "take an arrow away"),
    ):
        parser.add_argument(name, action="append", default=[], metavar=metavar, help=words)
    parser.add_argument("--alpha", type=float, default=0.9, metavar="X", help="coupling, 0 to 1")
    parser.add_argument("--weightings", type=int, default=500, metavar="N", help="how many to draw")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the weightings")
    return parser


def _with_view(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--code", metavar="CODE", help="the short code of a view")
    return _with_language(parser)


def _with_language(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    languages = [language.value for language in Language]
    parser.add_argument("--language", choices=languages, default="en", help="what it says it in")
    return parser


def _with_page(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--markdown", action="store_true", help="as a page, in Markdown")
    return _with_language(parser)


def _with_expectations(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    kinds = [kind.value for kind in ExpectationKind]
    parser.add_argument("--kind", choices=kinds, help="those of one kind only")
    parser.add_argument(
        "--mutations", action="store_true", help="turn each core arrow round: which are noticed?"
    )
    parser.add_argument("--markdown", action="store_true", help="the page in docs/, as Markdown")
    return parser

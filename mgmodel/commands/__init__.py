"""What each command of `python -m mgmodel` answers; nothing is printed here."""

from mgmodel.commands.answers import Answer
from mgmodel.commands.command_line import answer

__all__ = ["Answer", "answer"]

"""Teaching by computation: what a wrong answer tells, hints that hold back, and questions."""

from mgmodel.teaching.cases import Answer
from mgmodel.teaching.hints import hints_for
from mgmodel.teaching.mistakes import Ground, Mistake
from mgmodel.teaching.pools import Pool, Pooled, pool, told_of
from mgmodel.teaching.posing import Kind, Misreading
from mgmodel.teaching.predictions import Marked, Prediction, mark
from mgmodel.teaching.quiz import Item, Option, items

__all__ = [
    "Answer",
    "Ground",
    "Item",
    "Kind",
    "Marked",
    "Misreading",
    "Mistake",
    "Option",
    "Pool",
    "Pooled",
    "Prediction",
    "hints_for",
    "items",
    "mark",
    "pool",
    "told_of",
]

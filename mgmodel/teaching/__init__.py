"""Teaching by computation: what a wrong answer tells, hints that hold back, and questions."""

from mgmodel.teaching.cases import Answer
from mgmodel.teaching.courts import Card, Count, Court, court
from mgmodel.teaching.draft_lines import Draft, DraftArrow, Reason, Unread, read_draft
from mgmodel.teaching.drafts import DraftReport, Judged, Judgement, compare_draft
from mgmodel.teaching.faults import Fault, FaultKind
from mgmodel.teaching.hints import hints_for
from mgmodel.teaching.hunting import Experiment, Proof, Reading
from mgmodel.teaching.hunts import Checked, Hunt, check, hunt
from mgmodel.teaching.mistakes import Ground, Mistake
from mgmodel.teaching.overclaims import OverclaimCase, OverclaimCases, overclaim_cases
from mgmodel.teaching.pools import Pool, Pooled, pool, told_of
from mgmodel.teaching.posing import Kind, Misreading
from mgmodel.teaching.predictions import Marked, Prediction, mark
from mgmodel.teaching.quiz import Item, Option, items

__all__ = [
    "Answer",
    "Card",
    "Checked",
    "Count",
    "Court",
    "Draft",
    "DraftArrow",
    "DraftReport",
    "Experiment",
    "Fault",
    "FaultKind",
    "Ground",
    "Hunt",
    "Item",
    "Judged",
    "Judgement",
    "Kind",
    "Marked",
    "Misreading",
    "Mistake",
    "Option",
    "OverclaimCase",
    "OverclaimCases",
    "Pool",
    "Pooled",
    "Prediction",
    "Proof",
    "Reading",
    "Reason",
    "Unread",
    "check",
    "compare_draft",
    "court",
    "hints_for",
    "hunt",
    "items",
    "mark",
    "overclaim_cases",
    "pool",
    "read_draft",
    "told_of",
]

"""The quantitative side: how much and how fast, beside the map, which says which way.

A teaching device, not a clinical predictor. Every number comes from `data/parameters.csv` with its
range, its status and its source; what nobody measured is called an assumption.
"""

from __future__ import annotations

from mgmodel.physiology import absorption, elemental, gaba_a, intake, nmda, release
from mgmodel.physiology.bands import Band, FailedMember, band
from mgmodel.physiology.body import simulate_body
from mgmodel.physiology.course import BodyCourse
from mgmodel.physiology.event_words import event_name
from mgmodel.physiology.events import (
    AdrenalineInfusion,
    CutFeedback,
    DailyMeals,
    DailySupplement,
    Event,
    ExamWeek,
    Infusion,
    Meal,
    RenalFunction,
    Stressor,
    WithoutUrinaryConservation,
    check_events,
)
from mgmodel.physiology.intake import DayIntake, LabelledSupplement, Supplement, day_intake
from mgmodel.physiology.link import Agreement, Agreements, Manoeuvre, compare_with_map
from mgmodel.physiology.parameters import Parameters, parameters_of
from mgmodel.physiology.sensitivity import Swing, Tornado, tornado

__all__ = [
    "Parameters",
    "parameters_of",
    "nmda",
    "release",
    "gaba_a",
    "absorption",
    "elemental",
    "intake",
    "DayIntake",
    "LabelledSupplement",
    "Supplement",
    "day_intake",
    "AdrenalineInfusion",
    "CutFeedback",
    "DailyMeals",
    "DailySupplement",
    "Event",
    "ExamWeek",
    "Infusion",
    "Meal",
    "RenalFunction",
    "Stressor",
    "WithoutUrinaryConservation",
    "check_events",
    "event_name",
    "BodyCourse",
    "simulate_body",
    "Band",
    "FailedMember",
    "band",
    "Swing",
    "Tornado",
    "tornado",
    "Agreement",
    "Agreements",
    "Manoeuvre",
    "compare_with_map",
]

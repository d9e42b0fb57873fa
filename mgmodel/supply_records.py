"""Frozen records of what magnesium comes in, how much one needs, and who studied it.

They stand beside the map and bear on no answer; `mgmodel.records` is where to import them from.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Compound", "Food", "Form", "ReferenceIntake", "Study"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of magnesium as the documents present it, beside what the evidence supports."""

    node: str
    stated_benefit: str
    stated_bioavailability: str
    stated_best_for: str
    stated_downside: str
    evidence: str
    references: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compound:
    """A magnesium compound and its chemistry."""

    id: str
    name: str
    node: str
    """The node of the form that it belongs to; empty where the map has none."""
    formula: str
    magnesium_atoms: int
    molar_mass_g_mol: float
    elemental_fraction: float
    """Mass of magnesium in the compound's mass, 0 to 1."""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Food:
    """Magnesium in a food, from a public food table."""

    id: str
    name: str
    ndb_number: str
    magnesium_mg_100g: float
    serving: str
    serving_g: float
    documents: tuple[str, ...] = ()
    verified: bool = False
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceIntake:
    """A recommended, adequate or tolerable daily amount."""

    id: str
    body: str
    quantity: str
    group: str
    magnesium_mg_day: float
    covers: str
    """all_sources or supplements_only."""
    verification: str
    """How the value was checked, in words."""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A clinical study that the documents name or describe."""

    reference: str
    documents: tuple[str, ...]
    design: str
    participants: str
    dose: str
    duration: str
    comparator: str
    outcome: str
    caveat: str
    verification: str

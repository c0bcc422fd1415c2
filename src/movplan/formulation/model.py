"""The integer linear model as arrays: what formulation hands to the optimiser.

A **unit** is a family's outbound or return. A **pair** is a unit on an itinerary. A
pair has one journey template and, per appointment slot, a choice among appointment
templates. A **template** uses resources and has charges; every **charge** is paid by
one of its **choices**, each of which draws on budget rows. A **column** is a pair with
one template per slot and one choice per charge; its coefficients are the sums.

**Plant** columns are the departures' and escorts' own: running a departure, hiring
vehicles, sending missions, shortfalls of minimums. All levels are maximised here;
``Levels`` says how to read a value back.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.domain.scenario import Level
from movplan.domain.words import CostCategory, Part
from movplan.formulation.ragged import CodeArray
from movplan.formulation.rowbook import IntArray, Rows
from movplan.screening.result import AppointmentOption, Screening


@dataclass(frozen=True, slots=True)
class Units:
    """Families' parts: ``family`` indexes families, ``part`` is outbound or return."""

    family_ids: tuple[str, ...]
    family: IntArray
    parts: tuple[Part, ...]
    persons: IntArray
    must: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.family)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Units on itineraries, sorted by unit.

    ``slots`` of pair p are ``slot_ptr[p] .. slot_ptr[p + 1]``; slot s offers the
    templates ``slot_template[option_ptr[s] .. option_ptr[s + 1]]``.
    """

    unit: IntArray
    itinerary: IntArray
    template: IntArray
    unit_ptr: IntArray
    slot_ptr: IntArray
    option_ptr: IntArray
    slot_template: IntArray

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True, slots=True)
class ChargeTable:
    """Charges of templates: what, how much, when; for decoding and costing."""

    ptr: IntArray
    category: tuple[CostCategory, ...]
    item: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Journey and appointment templates with their charges and funding choices.

    ``resources`` [templates x rows]; charges of template t are ``charge_ptr[t] ..``;
    choices of charge c are ``choice_ptr[c] ..`` with their line and ``draws``
    [choices x rows]. ``cost`` and ``choice_cost`` are reporting cents. ``option`` is
    the appointment option behind a template (``None`` for journeys).
    """

    resources: csr_array
    cost: IntArray
    charge_ptr: IntArray
    charge_category: CodeArray
    charge_item: CodeArray
    choice_ptr: IntArray
    choice_line: CodeArray
    choice_cost: IntArray
    draws: csr_array
    option: tuple[AppointmentOption | None, ...]

    def __len__(self) -> int:
        return len(self.cost)


@dataclass(frozen=True, slots=True)
class PlantName:
    """A plant column: ``run``, ``hire``, ``mission``, ``idle`` or ``short``."""

    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plant:
    """Columns of departures, fleets, missions, shortfalls: 0 <= value <= ``upper``."""

    names: tuple[PlantName, ...]
    upper: IntArray
    matrix: csr_array
    cost: IntArray

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class LevelModel:
    """One level, maximised: pair values, plant values, and whether cost counts.

    external value = ``constant`` + ``sign`` x internal value.
    """

    level: Level
    pair_value: IntArray
    plant_value: IntArray
    counts_cost: bool
    constant: int
    sign: int

    def external(self, internal: int) -> int:
        """The level's value as people read it."""
        return self.constant + self.sign * internal


@dataclass(frozen=True, slots=True)
class Model:
    """The whole model; row and level arrays as described in this module."""

    screening: Screening
    rows: Rows
    units: Units
    pairs: Pairs
    templates: Templates
    plant: Plant
    levels: tuple[LevelModel, ...]
    lines: tuple[str, ...]
    items: tuple[str, ...]
    pair_departures: csr_array
    departure_ids: tuple[str, ...]
    run_column: dict[str, int]

    @property
    def has_pins(self) -> bool:
        """Whether the first level is that of pinned families."""
        return bool(self.units.must.any())

"""What every builder of the model looks things up in."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from movplan.costing.beneficiary import Beneficiary
from movplan.costing.tariffs import Tariffs
from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import SetOut
from movplan.domain.transport import (
    Departure,
    DepartureStop,
    VehicleType,
)
from movplan.domain.values import Values
from movplan.domain.windows import Files
from movplan.domain.words import Part
from movplan.formulation.charges import ChargeBook
from movplan.formulation.fleets import Fleets
from movplan.formulation.money_days import MoneyDays
from movplan.formulation.resources import ResourceBook
from movplan.formulation.rowbook import IntArray, RowBook
from movplan.formulation.split_costs import Splits
from movplan.screening.result import FamilyPart, Screening


@dataclass(frozen=True)
class Context:
    """Scenario, screening and tariffs with look-ups, and the books being filled.

    The rules in ``without`` are left out of the model.
    """

    scenario: Scenario
    screening: Screening
    tariffs: Tariffs
    without: frozenset[str] = frozenset()
    rows: RowBook = field(default_factory=RowBook)
    resources: ResourceBook = field(default_factory=ResourceBook)
    credits: ResourceBook = field(default_factory=ResourceBook)
    budget_row: dict[str, int] = field(default_factory=dict)

    def keeps(self, rule: str) -> bool:
        """Whether the model is to keep a rule."""
        return rule not in self.without

    @cached_property
    def charges(self) -> ChargeBook:
        """Charges of templates, filled while journeys and appointments are built."""
        return ChargeBook(self.money_days)

    @cached_property
    def money_days(self) -> MoneyDays:
        """Days that stand for all others where only money matters."""
        turning = self.tariffs.lines.turning_days()
        before = turning[0] - 1 if turning else self.scenario.as_of.toordinal()
        return MoneyDays((before, *turning))

    @cached_property
    def splits(self) -> Splits:
        """Prices over their payers."""
        return Splits(self.tariffs, self.budget_row, self.money_days)

    @cached_property
    def set_out(self) -> SetOut:
        """Whose journeys have set out."""
        return SetOut(self.scenario.assignments)

    @cached_property
    def files(self) -> Files:
        """Rows of the scenario by the ids others name."""
        return Files(self.scenario)

    @property
    def values(self) -> Values:
        """Rule parameters by whose value they are."""
        return self.files.values

    @cached_property
    def fleets(self) -> Fleets:
        """Fleets of convoys and what their vehicles take."""
        return Fleets(self.scenario, self.values)

    @cached_property
    def uncounted(self) -> frozenset[str]:
        """Families that place capacities neither stop nor count."""
        aside = Aside(self.scenario, "place_capacity")
        if not aside.names_families:
            return frozenset()
        families = self.scenario.families
        return frozenset(f.family_id for f in families if aside.family(f))

    @cached_property
    def families(self) -> dict[str, Family]:
        """Families by id."""
        return {family.family_id: family for family in self.scenario.families}

    @cached_property
    def departures(self) -> dict[str, Departure]:
        """Departures by id."""
        return {row.departure_id: row for row in self.scenario.departures}

    @cached_property
    def departure_ids(self) -> tuple[str, ...]:
        """All departures, in id order."""
        return tuple(sorted(self.departures))

    @cached_property
    def stops(self) -> dict[str, list[DepartureStop]]:
        """Intermediate stops of every departure, in order."""
        found: dict[str, list[DepartureStop]] = {}
        for stop in sorted(self.scenario.departure_stops, key=lambda s: s.sequence):
            found.setdefault(stop.departure_id, []).append(stop)
        return found

    @cached_property
    def vehicle_types(self) -> dict[str, VehicleType]:
        """Vehicle types by id."""
        return {row.vehicle_type_id: row for row in self.scenario.vehicle_types}

    @cached_property
    def carriers(self) -> tuple[str, ...]:
        """Carriers of departures, in order."""
        return tuple(sorted({row.carrier for row in self.scenario.departures}))

    def num_segments(self, departure_id: str) -> int:
        """How many consecutive pairs of served places a departure has."""
        return len(self.stops.get(departure_id, ())) + 1

    @cached_property
    def load_row(self) -> dict[str, int]:
        """Row of every family in the load arrays."""
        ids = self.screening.loads.family_ids
        return {family_id: k for k, family_id in enumerate(ids)}

    @cached_property
    def unit_family(self) -> IntArray:
        """Load row of every unit's family."""
        rows = [self.load_row[part.family_id] for part in self.screening.parts]
        return np.array(rows, np.int64)

    @cached_property
    def unit_is_outbound(self) -> IntArray:
        """1 for outbound units, 0 for returns."""
        parts = self.screening.parts
        return np.array([p.part is Part.OUTBOUND for p in parts], np.int64)

    @cached_property
    def line_ids(self) -> tuple[str, ...]:
        """Budget lines in id order."""
        return tuple(sorted(row.budget_line_id for row in self.scenario.budget_lines))

    @cached_property
    def beneficiaries(self) -> tuple[Beneficiary, ...]:
        """Families alike in which lines may pay, in order of first use by the units."""
        return tuple(dict.fromkeys(self._of_units))

    @cached_property
    def unit_payer(self) -> IntArray:
        """Position in ``beneficiaries`` of every unit."""
        index = {who: k for k, who in enumerate(self.beneficiaries)}
        return np.array([index[who] for who in self._of_units], np.int64)

    @cached_property
    def _of_units(self) -> list[Beneficiary]:
        return [self._beneficiary(part.family_id) for part in self.parts]

    @cached_property
    def units(self) -> dict[tuple[str, Part], int]:
        """Units by family and part."""
        return {(p.family_id, p.part): k for k, p in enumerate(self.parts)}

    @property
    def parts(self) -> tuple[FamilyPart, ...]:
        """Units: the parts screening found eligible."""
        return self.screening.parts

    def _beneficiary(self, family_id: str) -> Beneficiary:
        family = self.families[family_id]
        nationalities = {m.nationality for m in self.files.members[family_id]}
        withheld = self.tariffs.approvals.withheld(family)
        return Beneficiary.of(family, tuple(sorted(nationalities)), withheld)

"""The schedule of a finished solution, and which line pays for what."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

from movplan.costing.unpaid import ChargeKey
from movplan.domain.people import Family
from movplan.domain.plan import Leg
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part, SubjectKind
from movplan.formulation.charges import CATEGORIES
from movplan.formulation.escort_spans import segments_of
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary
from movplan.optimiser.columns import Pool
from movplan.planning.escorting import SentMission
from movplan.planning.finish import Finished
from movplan.planning.legs import Aboard, LegWriter
from movplan.screening.result import AppointmentOption


class Scheduler:
    """Writes the schedule of a finished solution, and says which line pays for what."""

    def __init__(
        self, scenario: Scenario, model: Model, pool: Pool, finished: Finished
    ) -> None:
        self.scenario, self.model, self.pool = scenario, model, pool
        self.finished, self.solution = finished, finished.solution
        self.families = {family.family_id: family for family in scenario.families}
        self.writer = LegWriter(scenario, model.screening.loads)
        self.vehicles = self._vehicles()
        self.escorts = escorts_aboard(finished.missions)

    def schedule(self) -> tuple[Leg, ...]:
        """All rows, by family, part and time."""
        legs: list[Leg] = []
        for unit in self._moved():
            legs += self._part(unit)
        return in_order(legs)

    def funding(self) -> dict[ChargeKey, str]:
        """The line that pays each charge of a family."""
        found: dict[ChargeKey, str] = {}
        seen: Counter[ChargeKey] = Counter()
        for unit in self._moved():
            family_id = self._family(unit).family_id
            for category, item, line in self._paid(unit):
                of_kind = CATEGORIES[category]
                key = ChargeKey(SubjectKind.FAMILY, family_id, of_kind, item)
                times = seen[key] = seen[key] + 1
                if times > 1:
                    key = key._replace(item=f"{item}#{times}")
                found[key] = line
        return found

    def _paid(self, unit: int) -> list[tuple[int, str, str]]:
        """(category, item, line) of every choice of a unit's column, slot by slot."""
        templates = self.model.templates
        choices = _row(self.pool.columns.choices, int(self.solution.column[unit]))
        charges = np.searchsorted(templates.choice_ptr, choices, side="right") - 1
        return [
            (
                int(templates.charge_category[charge]),
                self.model.items[templates.charge_item[charge]],
                self.model.lines[templates.choice_line[choice]],
            )
            for charge, choice in zip(charges.tolist(), choices.tolist(), strict=True)
        ]

    def _moved(self) -> list[int]:
        found: list[int] = np.flatnonzero(self.solution.column >= 0).tolist()
        return found

    def _family(self, unit: int) -> Family:
        units = self.model.units
        return self.families[units.family_ids[units.family[unit]]]

    def itinerary(self, unit: int) -> Itinerary:
        """The itinerary a unit takes."""
        pair = self.pool.columns.pair[self.solution.column[unit]]
        at = int(self.model.pairs.itinerary[pair])
        return self.model.screening.itineraries[at]

    def _options(self, unit: int) -> list[AppointmentOption]:
        """The sessions a unit attends, in slot order."""
        used = _row(self.pool.columns.templates, int(self.solution.column[unit]))
        options = (self.model.templates.option[t] for t in used.tolist())
        return [option for option in options if option is not None]

    def _part(self, unit: int) -> list[Leg]:
        family = self._family(unit)
        return self.writer.part(
            family,
            self.itinerary(unit),
            self._options(unit),
            self.vehicles[family.family_id],
            self.escorts[family.family_id],
        )

    def _vehicles(self) -> dict[str, dict[str, str]]:
        """Per family, the vehicle it rides in on every convoy."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for vehicle in self.finished.vehicles:
            for family_id in vehicle.family_ids:
                found[family_id][vehicle.departure_id] = vehicle.name
        return found


def in_order(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Rows by family, part and sequence."""
    order = {Part.OUTBOUND: 0, Part.RETURN: 1}
    return tuple(
        sorted(legs, key=lambda row: (row.family_id, order[row.part], row.sequence))
    )


def escorts_aboard(missions: Iterable[SentMission]) -> dict[str, list[Aboard]]:
    """Per family, the escorts serving it and the segments they ride."""
    found: dict[str, list[Aboard]] = defaultdict(list)
    for sent in missions:
        segments = segments_of(sent.mission.chain)
        for family_id in sent.family_ids:
            found[family_id].append(Aboard(sent.escort_id, segments))
    return found


def _row(matrix: csr_array, row: int) -> IntArray:
    """Column indices of one row, in order, each as often as it is used.

    Two groups of a family in one session may use the same template twice.
    """
    own = slice(matrix.indptr[row], matrix.indptr[row + 1])
    every = np.repeat(matrix.indices[own], matrix.data[own])
    return np.sort(every).astype(np.int64)

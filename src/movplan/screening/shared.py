"""What the rules of screening share: look-ups made once per scenario."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from movplan.domain.manifest import IN_FORCE
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.network import Network
from movplan.screening.need_classes import NeedSorter
from movplan.screening.needs import EscortNeeds
from movplan.screening.result import BoolArray
from movplan.screening.ride_facts import RideFacts


@dataclass(frozen=True, slots=True)
class Shared:
    """Scenario, files, network, rides as arrays, escort needs and manifests."""

    scenario: Scenario
    files: Files
    network: Network
    facts: RideFacts
    needs: EscortNeeds
    sorter: NeedSorter
    listed: dict[str, frozenset[str]]
    _masks: dict[frozenset[str], BoolArray] = field(
        default_factory=dict, init=False, repr=False
    )

    def on_manifest(self, family: Family) -> BoolArray | None:
        """Rides of departures on whose manifest the family is; absent: none."""
        names = self.listed.get(family.family_id)
        if not names:
            return None
        if names not in self._masks:
            self._masks[names] = self.facts.of_departures(
                [d.departure_id in names for d in self.facts.departures]
            )
        mask = self._masks[names]
        return mask if mask.any() else None

    def but_listed(self, rides: BoolArray, family: Family) -> BoolArray:
        """A mask of rides with those added on whose manifest the family is."""
        listed = self.on_manifest(family)
        return rides if listed is None else rides | listed


def share(scenario: Scenario, network: Network) -> Shared:
    """Look everything up."""
    files = Files(scenario)
    facts = RideFacts(scenario, network, files.values)
    needs = EscortNeeds(scenario, files)
    listed: dict[str, set[str]] = defaultdict(set)
    for row in scenario.assignments:
        if row.state in IN_FORCE:
            listed[row.family_id].add(row.departure_id)
    return Shared(
        scenario=scenario,
        files=files,
        network=network,
        facts=facts,
        needs=needs,
        sorter=NeedSorter(needs, facts),
        listed={name: frozenset(rows) for name, rows in listed.items()},
    )


def highest(scenario: Scenario, name: str) -> int:
    """The highest value a parameter has for anybody."""
    rule = scenario.rule(name)
    return max(int(rule.value), *(int(o.value) for o in rule.overrides), 0)


def all_true(count: int) -> BoolArray:
    """A mask that lets everything pass."""
    return np.ones(count, dtype=np.bool_)

"""Which families each rule binds in screening: what it alone keeps them off."""

from collections import defaultdict
from collections.abc import Iterable

from movplan.domain.scenario import Scenario
from movplan.network import Network
from movplan.screening.family_screen import FamilyScreen
from movplan.screening.no_way import BARRING
from movplan.screening.result import Screening
from movplan.screening.screen import screen


def families_bound(scenario: Scenario) -> dict[str, frozenset[str]]:
    """Per rule the families it refuses or bars from an itinerary *by itself*.

    Every other bar lets that itinerary pass. Rules the network keeps and ties are
    found by screening once more without each that drops something.
    """
    network = Network(scenario)
    desk = FamilyScreen(scenario, network)
    found: dict[str, set[str]] = defaultdict(set)
    for family in scenario.families:
        for rule in desk.binding_alone(family):
            found[rule].add(family.family_id)
    dropping = [rule for rule in sorted(BARRING) if _drops(scenario, network, rule)]
    ties = [] if not any(f.travels_with for f in scenario.families) else TIES
    if dropping or ties:
        before = _ways(screen(scenario, network))
        for rule in (*dropping, *ties):
            after = _ways(screen(scenario, without=frozenset({rule})))
            found[rule] |= {name for name in after if after[name] > before[name]}
    return {rule: frozenset(names) for rule, names in found.items()}


TIES = ["travels_with"]


def _drops(scenario: Scenario, network: Network, rule: str) -> bool:
    """Whether there are more rides without the rule."""
    without = Network(scenario, without=frozenset({rule}))
    return len(without.rides) > len(network.rides) or without.boarding_events.count(
        None
    ) < network.boarding_events.count(None)


def _ways(screening: Screening) -> dict[str, int]:
    """How many itineraries each family may take, over its parts."""
    return _summed((p.family_id, len(p.itineraries)) for p in screening.parts)


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for name, number in pairs:
        sums[name] += number
    return sums

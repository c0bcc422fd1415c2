"""Families that one rule alone keeps off some way, or at home."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties
from movplan.domain.words import Part, Trip
from movplan.network import Network
from movplan.screening import Screening, screen
from movplan.screening.bars import Bar
from movplan.screening.family_screen import FamilyScreen
from movplan.screening.found import FamilyFound
from movplan.screening.result import BoolArray
from movplan.screening.standing import Standing

Bound = dict[str, set[str]]

# What the network keeps for all: without the rule there may be more rides.
OF_DEPARTURES = (
    "daylight_driving",
    "driving_hours",
    "convoy_days",
    "place_open",
    "public_holidays",
    "departure_runs",
)
# What filters sessions.
OF_SESSIONS = ("appointments", "step_order")
# What waits between rides keep for all.
OF_CHANGES = "journey_chain"
TIES = "travels_with"


def bound_by_screening(scenario: Scenario, screening: Screening) -> Bound:
    """Families by rule, of all rules that screening and the network keep."""
    bound: Bound = defaultdict(set)
    network = Network(scenario)
    desk = FamilyScreen(scenario, network)
    base = {family.family_id: desk.screen(family) for family in scenario.families}
    standing = Standing(scenario, desk.files)
    for family in scenario.families:
        name = family.family_id
        if standing.why(family, without=frozenset()) is None:
            for rule in _barring_alone(desk, family):
                bound[rule].add(name)
        if desk.pins.held_to(name):
            bound["pins"].add(name)
    for rule, families in _left_out_again(scenario, network, base):
        more = _gaining(scenario, rule, families, base)
        bound[rule] |= more
    if find_ties(scenario):
        bound[TIES] |= _tied(scenario, screening)
    return bound


def _barring_alone(desk: FamilyScreen, family: Family) -> Iterable[str]:
    """Rules that forbid an itinerary which every other rule lets pass."""
    trip = desk.files.programmes[family.programme].trip
    for part in Part if trip is Trip.ROUND_TRIP else (Part.OUTBOUND,):
        table, bars = desk.barred(family, part)
        if not len(table):
            continue
        passes = _by_rule(bars)
        forbidding = np.sum([~each for each in passes.values()], axis=0)
        for rule, each in passes.items():
            if rule and (~each & (forbidding == 1)).any():
                yield rule


def _by_rule(bars: Iterable[Bar]) -> dict[str, BoolArray]:
    """What passes all bars of each rule."""
    passes: dict[str, BoolArray] = {}
    for bar in bars:
        known = passes.get(bar.rule)
        passes[bar.rule] = bar.passes if known is None else known & bar.passes
    return passes


def _left_out_again(
    scenario: Scenario, network: Network, base: dict[str, FamilyFound]
) -> Iterable[tuple[str, list[Family]]]:
    """Rules to leave out one at a time, and the families worth screening again."""
    for rule in OF_DEPARTURES:
        if _rides(Network(scenario, without=frozenset({rule}))) != _rides(network):
            yield rule, list(scenario.families)
    yield OF_CHANGES, list(scenario.families)
    programmes = {row.programme_id: row for row in scenario.programmes}
    attending = [
        family
        for family in scenario.families
        if set(programmes[family.programme].required_steps) - set(family.steps_done)
    ]
    for rule in OF_SESSIONS:
        yield rule, attending
    refusing: dict[str, list[Family]] = defaultdict(list)
    for family in scenario.families:
        refusal = base[family.family_id].refusal
        if refusal is not None and refusal.rule:
            refusing[refusal.rule].append(family)
    for rule in sorted(set(refusing) - {*OF_DEPARTURES, OF_CHANGES, *OF_SESSIONS}):
        yield rule, refusing[rule]


def _rides(network: Network) -> tuple[object, ...]:
    boarding = tuple(events is not None for events in network.boarding_events)
    return tuple(
        (ride.departure_id, ride.board, ride.alight) for ride in network.rides
    ), boarding


def _gaining(
    scenario: Scenario,
    rule: str,
    families: Iterable[Family],
    base: dict[str, FamilyFound],
) -> set[str]:
    """Families with more ways when a rule is not there."""
    without = frozenset({rule})
    desk = FamilyScreen(scenario, Network(scenario, without=without), without=without)
    return {
        family.family_id
        for family in families
        if _ways(desk.screen(family)) > _ways(base[family.family_id])
    }


def _ways(found: FamilyFound) -> int:
    if found.refusal is not None:
        return 0
    return sum(len(part.chosen) for part in found.parts)


def _tied(scenario: Scenario, screening: Screening) -> set[str]:
    """Families with more ways when nobody has to travel with anybody."""
    apart = _part_sizes(screen(scenario, without=frozenset({TIES})))
    tied = _part_sizes(screening)
    return {name for name, ways in apart.items() if ways > tied.get(name, 0)}


def _part_sizes(screening: Screening) -> dict[str, int]:
    sizes: dict[str, int] = defaultdict(int)
    for part in screening.parts:
        sizes[part.family_id] += len(part.itineraries)
    return sizes

"""Screening: every family's eligible itineraries, windows and refusals."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.words import Part, Reason
from movplan.network import Itinerary, Network
from movplan.screening.bars import Why
from movplan.screening.companions import companies, shared_departures
from movplan.screening.family_screen import FamilyScreen
from movplan.screening.found import FamilyFound, PartFound
from movplan.screening.result import FamilyPart, IntArray, Refusal, Screening
from movplan.screening.table import Table
from movplan.screening.telling import joined

Found = dict[str, FamilyFound]


def screen(
    scenario: Scenario,
    network: Network | None = None,
    *,
    without: frozenset[str] = frozenset(),
) -> Screening:
    """Screen all families of a scenario.

    Itineraries are found once per (start, end, part, wheelchair or not) and shared;
    the rules of each family are masks over them. Budgets are not looked at.
    The rules named in ``without`` are not there: for tests of what a rule does, and to
    say whom it binds. A plan that is handed over never leaves one out.
    """
    network = network or Network(scenario, without=without)
    desk = FamilyScreen(scenario, network, without=without)
    families = sorted(scenario.families, key=lambda family: family.family_id)
    found = {family.family_id: desk.screen(family) for family in families}
    together = companies(scenario, without=without)
    for company in together:
        _keep_together(company, found, desk)
    itineraries, offsets = _shared_itineraries(desk, found)
    return Screening(
        itineraries=itineraries,
        parts=tuple(_parts(found, offsets, desk)),
        windows={name: result.window for name, result in found.items()},
        refusals=tuple(r.refusal for r in found.values() if r.refusal is not None),
        loads=desk.loads,
        dropped=_dropped(desk),
        at=scenario.as_of,
        pin_conflicts=tuple(_pin_conflicts(found, desk)),
        companies=together,
    )


def _keep_together(company: tuple[str, ...], found: Found, desk: FamilyScreen) -> None:
    """Leave every family of a company only what all of them may ride, or nothing."""
    refused = [name for name in company if found[name].refusal is not None]
    if refused:
        for name in company:
            others = " and ".join(other for other in refused if other != name)
            if others:
                fact = f"it travels with {others}, who cannot"
                _leave_out(name, fact, found, desk)
        return
    for part in Part:
        parts = [p for name in company for p in found[name].parts if p.part is part]
        shared = shared_departures(
            (p.table.departures[i] for i in p.chosen.tolist()) for p in parts
        )
        if parts and not shared:
            others = " and ".join(company)
            fact = f"no departures that {others} may all take together"
            for name in company:
                _leave_out(name, fact, found, desk)
            return
        for name in company:
            found[name] = _narrowed(found[name], part, shared)


def _leave_out(name: str, fact: str, found: Found, desk: FamilyScreen) -> None:
    """Refuse a family for its company; what refuses it already comes first."""
    why = Why(Reason.COMPANION_LEFT_OUT, fact, rule="travels_with")
    own = found[name].refusal
    if own is not None:
        why = joined([Why(own.reason, own.fact, own.rule), why])
    refusal = desk.refuse(desk.files.family[name], why)
    found[name] = replace(found[name], parts=(), refusal=refusal)


def _narrowed(
    result: FamilyFound, part: Part, shared: set[frozenset[str]]
) -> FamilyFound:
    parts = tuple(_riding(p, shared) if p.part is part else p for p in result.parts)
    return replace(result, parts=parts)


def _riding(part: PartFound, shared: set[frozenset[str]]) -> PartFound:
    ridden = [part.table.departures[i] in shared for i in part.chosen.tolist()]
    return part.only(np.array(ridden, dtype=np.bool_))


def _shared_itineraries(
    desk: FamilyScreen, found: Found
) -> tuple[tuple[Itinerary, ...], dict[int, IntArray]]:
    """Itineraries somebody may take, and per table where its own have gone."""
    used = {id(table): np.zeros(len(table), bool) for _, table in desk.tables.classes()}
    for result in found.values():
        for part in result.parts:
            used[id(part.table)][part.chosen] = True
    itineraries: list[Itinerary] = []
    positions: dict[int, IntArray] = {}
    for _, table in desk.tables.classes():
        taken = used[id(table)]
        positions[id(table)] = len(itineraries) + np.cumsum(taken) - 1
        itineraries.extend(table.itineraries[i] for i in np.flatnonzero(taken))
    return tuple(itineraries), positions


def _parts(
    found: Found, positions: dict[int, IntArray], desk: FamilyScreen
) -> Iterable[FamilyPart]:
    for name, result in found.items():
        family = desk.files.family[name]
        for part in result.parts:
            yield FamilyPart(
                family_id=name,
                part=part.part,
                itineraries=_moved(part.table, part.chosen, positions),
                slots=part.attendance.slots,
                options=part.attendance.options,
                needs=desk.escort_needs(family, part),
            )


def _moved(table: Table, chosen: IntArray, positions: dict[int, IntArray]) -> IntArray:
    return positions[id(table)][chosen].astype(np.int64)


def _dropped(desk: FamilyScreen) -> dict[str, int]:
    """Nothing is dropped by dominance: ``network.find_itineraries`` says why."""
    return {
        f"{request.origin} > {request.destination}": 0
        for request, _ in desk.tables.classes()
    }


def _pin_conflicts(found: Found, desk: FamilyScreen) -> Iterable[Refusal]:
    for name, result in found.items():
        yield from result.pin_conflicts
        held = desk.pins.held_to(name)
        if result.refusal is not None and held:
            fact = f"pinned to {', '.join(held)}, but {result.refusal.fact}"
            yield replace(result.refusal, fact=fact)

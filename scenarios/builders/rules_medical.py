"""``rules-medical``: clearances, notice, pregnancy, companions, escorts, patients."""

from typing import Unpack

from movplan.domain.escorts import Escort
from movplan.domain.people import Family, Medical, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import EscortRole, EscortShare, MedicalStatus, Need
from scenarios.builders.columns import FlightColumns, MedicalColumns, MemberColumns
from scenarios.builders.days import day
from scenarios.builders.money import escort, line, paid, positioning
from scenarios.builders.people import adults, family, fit, members
from scenarios.builders.transport import fares, flight, place, transfer
from scenarios.builders.world import rule, scenario

WAY = "tehran>frankfurt"
NURSE, OWN = EscortRole.NURSE, EscortShare.OWN
CLEARED: MedicalColumns = {"airline_clearance_until": "05-31"}


def rules_medical() -> Scenario:
    """Eleven families with a patient each who fly from Tehran to Frankfurt."""
    every, people, clearances = _families()
    flights, nurses = _flights(), _nurses()
    return scenario(
        "rules-medical",
        "Health: who is fit, cleared, announced, accompanied",
        "05-10",
        programmes=[
            Programme(
                programme_id=name,
                name=f"Medical evacuation, {words}",
                medical_required=True,
                source="invented",
            )
            for name, words in (("direct", "direct"), ("hub", "any way"))
        ],
        families=every,
        members=people,
        medical=clearances,
        places=[place(p) for p in ("tehran", "ika", "ist", "fra", "frankfurt")],
        transfers=[
            transfer("tehran", "ika", 55, 30),
            transfer("fra", "frankfurt", 25, 40),
        ],
        departures=flights,
        fares=fares(flights, {"LH": 600, "TK": 250}),
        escorts=nurses,
        escort_travel=[
            positioning("tehran", "ika", 55, 30),
            positioning("fra", "tehran", 600, 500),
            positioning("ist", "tehran", 400, 300),
        ],
        payers=paid(escorts=nurses),
        budget_lines=[line()],
        rules=[
            rule("special_notice_hours", None, "the carrier asks four days", LH=96),
            rule("stretcher_attendants", None, "the carrier asks two nurses", LH=2),
        ],
    )


def _flights() -> list[Departure]:
    direct = [
        flight(f"LH-{on}", "ika>fra", "07:00", "11:00", wheelchair_limit=limit)
        for on, limit in (("0410", 4), ("0417", 4), ("0424", 1), ("0501", 4))
    ]
    hub: FlightColumns = {"programmes": ("hub",)}
    return [
        *direct,
        flight("LH-0418", "ika>fra", "07:00", "11:00", **hub),
        # Three hours each, and six and a half at the airport in between.
        flight("TK1-0413", "ika>ist", "06:00", "08:30", **hub),
        flight("TK2-0413", "ist>fra", "15:00", "17:00", **hub),
    ]


def _nurses() -> list[Escort]:
    return [
        escort(
            "nurse-1",
            NURSE,
            skills=("ventilation",),
            available_from="04-15",
        ),
        escort("nurse-2", NURSE),
        escort("nurse-3", NURSE, countries=("TR",)),
    ]


def _families() -> tuple[list[Family], list[Member], list[Medical]]:
    every = [
        _patient(
            "HOLD",
            "04-07",
            2,
            status=MedicalStatus.HOLD,
            hold_until="04-20",
            hold_released="04-15",
        ),
        _patient(
            "CLEARANCE", "04-11", 2, needs=(Need.MEDA,), airline_clearance_until="04-12"
        ),
        _patient("OXYGEN", "04-07", 2, needs=(Need.OXYG,), **CLEARED),
        _patient("TWINS", "04-18", 2),
        _patient("ALONE", "04-07", 1, programme="hub", needs=(Need.WCHC,)),
        _patient(
            "BETWEEN",
            "04-11",
            2,
            programme="hub",
            escort_role=NURSE,
            family_companion_allowed=True,
        ),
        _patient("STEPS", "04-18", 3, needs=(Need.WCHS,)),
        _patient("CHAIR", "04-18", 2, needs=(Need.WCHC,)),
        _patient(
            "BREATH",
            "04-07",
            2,
            escort_role=NURSE,
            escort_share=OWN,
            escort_skills=("ventilation",),
        ),
        _patient(
            "REST",
            "04-18",
            1,
            programme="hub",
            escort_role=NURSE,
            escort_share=OWN,
            escort_skills=("ventilation",),
        ),
        _patient("STRETCHER", "04-11", 3, needs=(Need.STCR,), **CLEARED),
    ]
    return (
        [row for row, _, _ in every],
        [member for _, people, _ in every for member in people],
        [clearance for _, _, rows in every for clearance in rows],
    )


def _patient(
    name: str,
    ready: str,
    persons: int,
    *,
    programme: str = "direct",
    needs: tuple[Need, ...] = (),
    latest: str | None = None,
    **clearance: Unpack[MedicalColumns],
) -> tuple[Family, list[Member], list[Medical]]:
    """A family of adults, the first of them the patient; all examined on 1 March."""
    row = family(name, programme, WAY, ready, persons=persons, latest=latest)
    first: MemberColumns = {"needs": needs}
    if name == "TWINS":
        first |= {
            "pregnancy_weeks": 30,
            "pregnancy_as_of": day("04-06"),
            "pregnancy_multiple": True,
        }
    people = members(name, *adults(persons), first=first)
    rows = [fit(m.member_id) for m in people[1:]]
    return row, people, [fit(f"{name}-1", **clearance), *rows]

"""Escorts: named ones with availability, an unnamed roster, and their own travel."""

from collections import Counter
from datetime import timedelta

import numpy as np

from movplan.domain.escorts import Escort, EscortTravel, Payer
from movplan.domain.people import Family, Medical, Member
from movplan.domain.words import EscortRole, Sex, SubjectKind
from movplan.generation.brief import FIRST, LAST, Brief
from movplan.generation.figures import whole

# Day rates (UE: doctor 250-400, nurse 150-250 a day; operational by mission).
DAY_RATE_CENTS = {
    EscortRole.DOCTOR: 32_500,
    EscortRole.NURSE: 20_000,
    EscortRole.OPERATIONAL: 11_000,
}
# Patients at a time (M24, CP): a doctor one, a nurse three; children three (F6, CP).
AT_A_TIME = {
    EscortRole.DOCTOR: 1,
    EscortRole.NURSE: 3,
    EscortRole.OPERATIONAL: 3,
}
# Families with a need of the role for each named escort, so that they are scarce.
FAMILIES_PER_ESCORT = {
    EscortRole.DOCTOR: 5,
    EscortRole.NURSE: 7,
    EscortRole.OPERATIONAL: 7,
}
ROSTER_LEAD_DAYS = 21
# Own travel of escorts: from, to, minutes, fare in US cents (UE).
TRAVEL = (
    ("tehran", "mashhad", 240, 6000),
    ("tehran", "herat-tc", 420, 14000),
    ("mashhad", "herat-tc", 420, 3000),
    ("tehran", "kabul", 330, 19000),
    ("mashhad", "kabul", 330, 17000),
    ("tehran", "mazar", 600, 24000),
    ("tehran", "zahedan", 300, 7000),
    ("tehran", "kerman", 270, 6000),
    ("tehran", "zaranj", 600, 10000),
    ("mashhad", "zaranj", 720, 9000),
    ("tehran", "ist", 390, 24000),
    ("tehran", "doh", 330, 22000),
    ("tehran", "dxb", 330, 21000),
    ("tehran", "fra", 660, 42000),
    ("tehran", "yyz", 1260, 85000),
    ("tehran", "mel", 1320, 105000),
    ("tehran", "syd", 1320, 105000),
    ("tehran", "osl", 720, 46000),
    ("tehran", "arn", 720, 45000),
    ("tehran", "lhr", 720, 44000),
)


def escort_travel() -> list[EscortTravel]:
    """What it takes an escort alone, between bases and the ends of missions."""
    return [
        EscortTravel(
            from_place=a, to_place=b, minutes=minutes, fare_cents=fare, currency="USD"
        )
        for a, b, minutes, fare in TRAVEL
    ]


def draw_escorts(
    brief: Brief,
    families: list[Family],
    members: list[Member],
    medical: list[Medical],
) -> tuple[list[Escort], list[Payer]]:
    """Named escorts and one unnamed roster per role, with who pays for them."""
    rng = brief.stream(9)
    patients = _patients(members, medical)
    airborne = _airborne(families)
    escorts: list[Escort] = []
    for role in EscortRole:
        count = max(1, len(patients[role]) // FAMILIES_PER_ESCORT[role])
        escorts += [_named(rng, role, k) for k in range(1, count + 1)]
        escorts.append(_roster(role, max(1, count // 3)))
    return escorts, [p for e in escorts for p in _payers(e, airborne)]


def _patients(
    members: list[Member], medical: list[Medical]
) -> dict[EscortRole, set[str]]:
    family_of = {member.member_id: member.family_id for member in members}
    patients: dict[EscortRole, set[str]] = {role: set() for role in EscortRole}
    for row in medical:
        if row.escort_role is not None:
            patients[row.escort_role].add(family_of[row.member_id])
    return patients


def _airborne(families: list[Family]) -> int:
    """Percent of the persons of programmes with escorts who are resettled."""
    persons = Counter[str]()
    for family in families:
        persons[family.programme] += family.persons
    both = persons["avrr"] + persons["resettlement"]
    return int(np.clip(100 * persons["resettlement"] // max(1, both), 10, 90))


def _named(rng: np.random.Generator, role: EscortRole, number: int) -> Escort:
    start = FIRST + timedelta(days=whole(rng, 0, 14))
    end = LAST - timedelta(days=whole(rng, 0, 14))
    return Escort(
        escort_id=f"{role.value}-{number}",
        role=role,
        skills=("paediatrics",) if rng.random() < 0.3 else (),
        sex=Sex.FEMALE if rng.random() < 0.5 else Sex.MALE,
        languages=("dari", "english") if rng.random() < 0.7 else ("dari", "pashto"),
        base="mashhad" if number % 3 == 2 else "tehran",
        available_from=start,
        available_until=end,
        documents_until=end + timedelta(days=whole(rng, -7, 120)),
        rest_hours=24,
        patients_at_a_time=AT_A_TIME[role],
        day_rate_cents=DAY_RATE_CENTS[role],
        currency="USD",
    )


def _roster(role: EscortRole, headcount: int) -> Escort:
    """Escorts still to be found: three weeks ahead, half as dear again."""
    return Escort(
        escort_id=f"{role.value}-roster",
        role=role,
        base="tehran",
        unnamed=True,
        headcount=headcount,
        lead_days=ROSTER_LEAD_DAYS,
        rest_hours=48,
        patients_at_a_time=AT_A_TIME[role],
        day_rate_cents=DAY_RATE_CENTS[role] * 3 // 2,
        currency="USD",
    )


def _payers(escort: Escort, airborne: int) -> list[Payer]:
    return [
        Payer(
            subject_kind=SubjectKind.ESCORT,
            subject_id=escort.escort_id,
            budget_line_id=line,
            share_percent=percent,
        )
        for line, percent in (
            ("eu-care", 100 - airborne),
            ("ircc-care", airborne),
        )
    ]

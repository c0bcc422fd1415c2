"""Sessions: pre-embarkation checks by place and day, orientation by language."""

from datetime import date, timedelta

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family, Member
from movplan.domain.words import SessionKind
from movplan.generation.brief import FIRST, LAST, Brief, horizon_dates, local
from movplan.generation.demand import Demand

SATURDAY_TO_THURSDAY = (6, 7, 1, 2, 3, 4)
# Days of checks: two or three days ahead of the departures each place serves.
CHECK_DAYS = {
    "tehran": SATURDAY_TO_THURSDAY,
    "mashhad": (6, 7, 2, 4),
    "kerman": (4, 1),
    "zahedan": (4, 1),
}
PLACES_PER_PERSON = {"tehran": 1.0, "mashhad": 1.15, "kerman": 1.3, "zahedan": 1.5}
# The largest family must fit.
SMALLEST_SESSION = 12
CHECK_PRICE_CENTS = 1200
ORIENTATION_PRICE_CENTS = 2500
# Orientations: (place, language, weekday, every so many weeks, share of the demand).
ORIENTATIONS = (
    ("tehran", "dari", 6, 1, 0.62),
    ("tehran", "pashto", 1, 2, 0.18),
    ("mashhad", None, 6, 2, 0.30),
)


def draw_sessions(
    brief: Brief, demand: Demand, families: list[Family], members: list[Member]
) -> list[Session]:
    """Every session of the horizon."""
    rng = brief.stream(8)
    sessions: list[Session] = []
    for place, weekdays in CHECK_DAYS.items():
        if demand.checks[place]:
            sessions += _checks(rng, place, weekdays, demand.checks[place])
    persons = _oriented(families, members)
    for course in ORIENTATIONS:
        sessions += _orientations(rng, course, persons)
    return sessions


def _checks(
    rng: np.random.Generator, place: str, weekdays: tuple[int, ...], persons: int
) -> list[Session]:
    days = horizon_dates(weekdays)
    mean = persons * PLACES_PER_PERSON[place] / len(days)
    return [_check(place, day, mean * rng.uniform(0.7, 1.3)) for day in days]


def _check(place: str, day: date, places: float) -> Session:
    return Session(
        session_id=f"PEC-{place}-{day:%m%d}",
        kind=SessionKind.PRE_EMBARKATION_CHECK,
        place_id=place,
        starts=local(day, "08:30", "Asia/Tehran"),
        ends=local(day, "12:00", "Asia/Tehran"),
        places=max(SMALLEST_SESSION, round(places)),
        price_per_person_cents=CHECK_PRICE_CENTS,
        currency="USD",
    )


def _oriented(families: list[Family], members: list[Member]) -> int:
    """Persons who still need the orientation: about six years or older."""
    need = {
        f.family_id
        for f in families
        if f.programme == "resettlement"
        and SessionKind.CULTURAL_ORIENTATION not in f.steps_done
    }
    old_enough = FIRST - timedelta(days=6 * 365)
    return sum(m.family_id in need and m.birth_date <= old_enough for m in members)


def _orientations(
    rng: np.random.Generator,
    course: tuple[str, str | None, int, int, float],
    persons: int,
) -> list[Session]:
    place, language, weekday, weeks, share = course
    days = horizon_dates((weekday,))[::weeks]
    days = [day for day in days if day <= LAST - timedelta(days=10)]
    mean = persons * share / len(days)
    return [
        _orientation(place, language, day, mean * rng.uniform(0.8, 1.2)) for day in days
    ]


def _orientation(place: str, language: str | None, day: date, places: float) -> Session:
    return Session(
        session_id=f"CO-{place}-{language or 'any'}-{day:%m%d}",
        kind=SessionKind.CULTURAL_ORIENTATION,
        place_id=place,
        starts=local(day, "09:00", "Asia/Tehran"),
        ends=local(day + timedelta(days=2), "15:00", "Asia/Tehran"),
        language=language,
        places=max(SMALLEST_SESSION, round(places)),
        programmes=("resettlement",),
        price_per_person_cents=ORIENTATION_PRICE_CENTS,
        currency="USD",
    )

"""Invented families: size, route, window, priority. No names, no real persons."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from movplan.domain.people import Family
from movplan.domain.words import Priority, SessionKind
from movplan.generation.brief import ARRIVE_BY, FIRST, LEAVE_FROM, TODAY, Brief
from movplan.generation.figures import distribution, happens, whole

SIZES = {
    "avrr": "land_family_size",
    "rqa": "rqa_family_size",
    "resettlement": "air_family_size",
    "self-payer": "air_family_size",
    "workshop": "small_party_size",
}
# Receiving countries take part in this order, one for so many families by air, so that
# every corridor has families enough to fill something.
COUNTRIES = ("CA", "DE", "AU", "NO", "GB", "SE")
FAMILIES_PER_COUNTRY = 20
FEWEST_COUNTRIES = 2


@dataclass(frozen=True, slots=True)
class Window:
    """From when, and until when at most, a family may travel."""

    ready_from: date
    latest: date | None


def draw_families(brief: Brief) -> list[Family]:
    """Every family of the mission, in id order, programmes interleaved."""
    rng = brief.stream(1)
    counts = brief.programme_counts()
    programmes = [p for p, count in counts.items() for _ in range(count)]
    rng.shuffle(programmes)
    airborne = counts["resettlement"] + counts["self-payer"]
    countries = COUNTRIES[: max(FEWEST_COUNTRIES, airborne // FAMILIES_PER_COUNTRY)]
    return [
        _family(rng, number, programme, countries=countries)
        for number, programme in enumerate(programmes, start=1)
    ]


def _family(
    rng: np.random.Generator, number: int, programme: str, *, countries: tuple[str, ...]
) -> Family:
    family_id = f"F{number:05d}"
    origin, destination = _route(rng, programme, countries=countries)
    size = int(distribution(SIZES[programme]).draw_one(rng))
    priority = _priority(rng, programme)
    window = _window(rng, programme, priority)
    workshop = programme == "workshop"
    signed = TODAY - timedelta(days=whole(rng, 1, 60))
    return Family(
        family_id=family_id,
        case_ids=_cases(rng, number, size),
        external_ref=f"M-{2_600_000 + number}",
        programme=programme,
        persons=size,
        origin=origin,
        current_place=_moved_to(rng, programme, origin),
        destination=destination,
        ready_from=window.ready_from,
        latest=window.latest,
        priority=priority,
        waiting_since=TODAY - timedelta(days=int(rng.exponential(120)) + 1),
        consent_signed=signed,
        consent_withdrawn=TODAY if happens(rng, "consent_withdrawn") else None,
        return_earliest=LEAVE_FROM if workshop else None,
        return_latest=LEAVE_FROM + timedelta(days=9) if workshop else None,
        beneficiary_type=_beneficiary(rng, programme),
        steps_done=_steps_done(rng, programme),
        luggage_kg=size * whole(rng, 15, 45),
    )


def _route(
    rng: np.random.Generator, programme: str, *, countries: tuple[str, ...]
) -> tuple[str, str]:
    if programme == "avrr":
        origin = distribution("land_origin").draw_one(rng)
        return origin, distribution("land_destination").draw_one(rng)
    origin = distribution("air_origin").draw_one(rng)
    if programme == "rqa":
        return origin, distribution("rqa_destination").draw_one(rng)
    if programme == "workshop":
        return origin, "istanbul"
    country = distribution("country").draw_one(rng)
    while country not in countries:
        country = distribution("country").draw_one(rng)
    return origin, distribution(f"town_{country}").draw_one(rng)


def _priority(rng: np.random.Generator, programme: str) -> Priority:
    if programme in ("workshop", "self-payer", "rqa"):
        return Priority.NORMAL
    return Priority(distribution("priority").draw_one(rng))


def _window(rng: np.random.Generator, programme: str, priority: Priority) -> Window:
    if programme == "workshop":
        return Window(ARRIVE_BY - timedelta(days=whole(rng, 7, 10)), None)
    if happens(rng, "ready_now") or priority is Priority.EMERGENCY:
        ready = TODAY - timedelta(days=whole(rng, 0, 30))
    else:
        ready = TODAY + timedelta(days=whole(rng, 3, 37))
    start = max(ready, FIRST)
    bounded = rng.random() < 0.6
    latest = start + timedelta(days=whole(rng, 14, 38)) if bounded else None
    return Window(ready, latest)


def _cases(rng: np.random.Generator, number: int, size: int) -> tuple[str, ...]:
    """A large family is sometimes two linked cases that travel as one."""
    first = f"IRN-{number:05d}"
    if size >= 6 and rng.random() < 0.2:
        return (first, f"{first}B")
    return (first,)


def _moved_to(rng: np.random.Generator, programme: str, origin: str) -> str | None:
    """Some returnees already stay with relatives in Tehran."""
    if programme == "avrr" and origin in ("isfahan", "qom") and rng.random() < 0.15:
        return "tehran"
    return None


def _beneficiary(rng: np.random.Generator, programme: str) -> str | None:
    if programme != "avrr":
        return None
    return "vulnerable" if happens(rng, "vulnerable") else "qualified"


def _steps_done(rng: np.random.Generator, programme: str) -> tuple[SessionKind, ...]:
    if programme == "resettlement" and rng.random() < 0.55:
        return (SessionKind.CULTURAL_ORIENTATION,)
    return ()

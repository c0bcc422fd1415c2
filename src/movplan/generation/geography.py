"""Places and transfers of a mission, from the carried tables."""

from datetime import time
from functools import cache

from movplan.domain.transport import Place, Transfer
from movplan.domain.words import EvidenceLabel, PlaceKind
from movplan.generation.figures import Record, records

RIALS_PER_USD = 1_000_000
# Iranian coach tickets are priced in rials, rounded to 10,000 rials.
RIAL_STEP_CENTS = 1_000_000


def _clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _place(row: Record) -> Place:
    night = row["night_price_usd_cents"]
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        kind=PlaceKind(row["kind"]),
        country=row["country"],
        province=row["province"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        timezone=row["timezone"],
        night_price_cents=int(night) if night else None,
        currency="USD" if night else None,
        opens=_clock(row["opens"]),
        closes=_clock(row["closes"]),
        handover=row["handover"] == "true",
        clinic=row["clinic"] == "true",
        source=row["source"],
        label=EvidenceLabel(row["label"]),
    )


@cache
def places() -> dict[str, Place]:
    """Every carried place by id."""
    return {row["place_id"]: _place(row) for row in records("places")}


def _transfer(row: Record) -> Transfer:
    coach = int(row["per_person_usd_cents"])
    rial = coach * RIALS_PER_USD // RIAL_STEP_CENTS * RIAL_STEP_CENTS
    return Transfer(
        from_place=row["from_place"],
        to_place=row["to_place"],
        minutes=int(row["minutes"]),
        distance_km=float(row["distance_km"]),
        price_per_person_cents=rial,
        price_per_family_cents=int(row["per_family_usd_cents"]),
        price_per_vehicle_cents=int(row["per_vehicle_usd_cents"]),
        vehicle_seats=int(row["vehicle_seats"]),
        currency="IRR" if coach else "USD",
        source=f"{row['source']} ({row['label']})",
    )


@cache
def transfers() -> tuple[Transfer, ...]:
    """Every carried transfer; coaches in rials, vans in dollars."""
    return tuple(_transfer(row) for row in records("transfers"))


def zone(place_id: str) -> str:
    """Time zone of a carried place."""
    return places()[place_id].timezone

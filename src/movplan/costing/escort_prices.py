"""What an escort's mission is made of: travel alone, fares, days away."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from movplan.costing.prices import Price, RideFare
from movplan.domain.escorts import Escort, EscortTravel


class Ridden(Protocol):
    """A ride somebody makes: a network ride, or a mission's."""

    @property
    def departure_id(self) -> str:
        """The departure ridden."""

    @property
    def from_place(self) -> str:
        """Where it boards."""

    @property
    def to_place(self) -> str:
        """Where it alights."""


def travel_price(row: EscortTravel) -> Price:
    """The fare of an escort travelling alone."""
    return Price(row.fare_cents, row.currency, row.basis, f"escort_travel/{row.key}")


def adult_price(fare: RideFare) -> Price:
    """The adult fare of a ride."""
    return Price(fare.adult_cents, fare.currency, fare.basis, fare.tariff)


def day_price(
    escort: Escort, leaves_base: datetime, back_at_base: datetime, zone: ZoneInfo
) -> Price:
    """Day rate x calendar days in the base's zone, both ends counted."""
    left = leaves_base.astimezone(zone).date()
    days = (back_at_base.astimezone(zone).date() - left).days + 1
    amount = days * escort.day_rate_cents
    return Price(amount, escort.currency, escort.basis, f"escorts/{escort.escort_id}")

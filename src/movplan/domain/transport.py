"""Places, transfers, departures with their stops, fleets and fares.

Times are zone-aware: local to the place, stored with offset.
"""

from datetime import date, time
from typing import ClassVar

from pydantic import AwareDatetime, NonNegativeFloat, NonNegativeInt, PositiveInt

from movplan.domain.money import Currency
from movplan.domain.rows import Row
from movplan.domain.words import (
    AgeClass,
    CapacityKind,
    ClosureState,
    DepartureKind,
    DepartureStatus,
    EscortRole,
    EvidenceLabel,
    Period,
    PlaceKind,
    PriceBasis,
    VehicleKind,
)


class Place(Row):
    """A town, transit centre, clinic, border crossing or airport.

    ``night_price_cents`` per person and night; absent means nobody can sleep there.
    ``opens``/``closes`` are local hours within which a border may be crossed: left by
    who rides through (absent: the rules ``border_opens_hour``, ``border_closes_hour``).
    ``handover`` says an escort may hand patients over to another one here, ``clinic``
    that patients can be examined here whatever its kind. ``subdivision`` (ISO 3166-2
    without the country) narrows public holidays; with ``holidays`` nothing departs,
    crosses or arrives on them. ``max_nights`` is the longest stay in transit,
    ``connection_min`` the minutes to be there before a flight, instead of the rule.
    """

    KEY: ClassVar[tuple[str, ...]] = ("place_id",)

    place_id: str
    name: str = ""
    kind: PlaceKind = PlaceKind.TOWN
    country: str
    province: str = ""
    latitude: float
    longitude: float
    timezone: str
    night_price_cents: NonNegativeInt | None = None
    currency: Currency | None = None
    night_basis: PriceBasis = PriceBasis.ESTIMATE
    opens: time | None = None
    closes: time | None = None
    handover: bool = False
    source: str = ""
    label: EvidenceLabel = EvidenceLabel.COMMON_PRACTICE
    subdivision: str = ""
    holidays: bool = False
    clinic: bool = False
    max_nights: NonNegativeInt | None = None
    connection_min: NonNegativeInt | None = None


class Transfer(Row):
    """A ride on demand between two places, at any time of day.

    Price of a family = persons x per person + per family
    + ceil(seats / vehicle_seats) x per vehicle; never shared with another family.
    """

    KEY: ClassVar[tuple[str, ...]] = ("from_place", "to_place")

    from_place: str
    to_place: str
    both_ways: bool = True
    minutes: PositiveInt
    distance_km: NonNegativeFloat | None = None
    price_per_person_cents: NonNegativeInt = 0
    price_per_family_cents: NonNegativeInt = 0
    price_per_vehicle_cents: NonNegativeInt = 0
    vehicle_seats: PositiveInt = 4
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE
    source: str = ""


class VehicleType(Row):
    """A type of vehicle: places by dimension."""

    KEY: ClassVar[tuple[str, ...]] = ("vehicle_type_id",)

    vehicle_type_id: str
    kind: VehicleKind = VehicleKind.BUS
    seats: NonNegativeInt
    wheelchair_places: NonNegativeInt = 0
    stretcher_places: NonNegativeInt = 0
    luggage_kg: NonNegativeInt | None = None


class Departure(Row):
    """One scheduled convoy or flight on a date.

    A flight sells ``seats``; a convoy is made of vehicles (``DepartureVehicle``).
    ``fixed_price_cents`` (a charter, a convoy's standing cost) is paid when it runs, or
    always when firm. Families pay fares by age class (``Fare``); a family whose
    programme none of the payers' lines serves pays ``seat_rate_cents`` per seat
    instead, credited to the payers. ``programmes`` empty: open to all.
    ``spare_percent`` of every vehicle's seats stay empty. An option lapses after
    ``option_until``. A convoy brings, in its price and on no seats, ``standing_staff``
    (a role per head), ``standing_ambulances`` and a truck for ``standing_luggage_kg``;
    ``drivers`` per vehicle (absent: two). Cancelling is free to ``free_cancel_until``.
    """

    KEY: ClassVar[tuple[str, ...]] = ("departure_id",)

    departure_id: str
    kind: DepartureKind
    carrier: str = ""
    number: str = ""
    from_place: str
    to_place: str
    departs: AwareDatetime
    arrives: AwareDatetime
    status: DepartureStatus = DepartureStatus.CANDIDATE
    option_until: date | None = None
    seats: NonNegativeInt | None = None
    spare_percent: NonNegativeInt | None = None
    min_persons: NonNegativeInt = 0
    wheelchair_limit: NonNegativeInt | None = None
    stretcher_limit: NonNegativeInt | None = None
    distance_km: NonNegativeFloat | None = None
    fixed_price_cents: NonNegativeInt = 0
    seat_rate_cents: NonNegativeInt | None = None
    cancellation_fee_cents: NonNegativeInt = 0
    committed_cents: NonNegativeInt = 0
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE
    programmes: tuple[str, ...] = ()
    names_due: date | None = None
    ticket_by: date | None = None
    source: str = ""
    drivers: PositiveInt | None = None
    standing_staff: tuple[EscortRole, ...] = ()
    standing_ambulances: NonNegativeInt = 0
    standing_luggage_kg: NonNegativeInt = 0
    free_cancel_until: date | None = None

    @property
    def is_firm(self) -> bool:
        """Contracted or ticketed: it costs even when empty."""
        return self.status in (DepartureStatus.CONTRACTED, DepartureStatus.TICKETED)

    @property
    def is_usable(self) -> bool:
        """Whether families may be put on it, options taken for living."""
        return self.status is not DepartureStatus.CANCELLED

    def has_lapsed(self, today: date) -> bool:
        """Whether it is an option whose last day is over: as cancelled, free."""
        ends = self.option_until
        is_option = self.status is DepartureStatus.OPTION
        return is_option and ends is not None and ends < today

    def why_gone(self, today: date) -> str | None:
        """Why nobody can ride it any more, in words; ``None``: it may still run."""
        if not self.is_usable:
            return f"{self.departure_id} is cancelled"
        if self.has_lapsed(today):
            return f"the option on {self.departure_id} lapsed on {self.option_until}"
        return None


class DepartureStop(Row):
    """An intermediate stop of a departure, between its first and last place.

    ``beds`` are those of a convoy that stays overnight, in the convoy's price; absent
    means nobody who rides through can sleep there.
    """

    KEY: ClassVar[tuple[str, ...]] = ("departure_id", "sequence")

    departure_id: str
    sequence: PositiveInt
    place_id: str
    arrives: AwareDatetime
    departs: AwareDatetime
    beds: NonNegativeInt | None = None


class DepartureVehicle(Row):
    """Vehicles a convoy may hire: price per vehicle plus price per km x distance."""

    KEY: ClassVar[tuple[str, ...]] = ("departure_id", "vehicle_type_id")

    departure_id: str
    vehicle_type_id: str
    max_vehicles: NonNegativeInt
    price_cents: NonNegativeInt = 0
    price_per_km_cents: NonNegativeInt = 0
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE


class Fare(Row):
    """Fare per person by age class; with places, for that stretch alone.

    Without a row for the class: a child pays the adult fare, an infant a tenth of it
    (half-even); without any row a seat costs the family nothing.
    """

    KEY: ClassVar[tuple[str, ...]] = (
        "departure_id",
        "age_class",
        "from_place",
        "to_place",
    )

    departure_id: str
    age_class: AgeClass = AgeClass.ADULT
    from_place: str | None = None
    to_place: str | None = None
    amount_cents: NonNegativeInt
    currency: Currency
    basis: PriceBasis = PriceBasis.ESTIMATE


class Capacity(Row):
    """A limit on persons (or beds) at a place per period.

    Applies to dates in ``date_from``..``date_to`` (open ends allowed). A week starts on
    Monday; a quota year is the whole date range, from which ``used_to_date`` is taken.
    Period ``departure`` counts each departure by itself. ``programme`` narrows whom it
    counts. ``notice_working_days`` is the notice to be given of an arrival. Kind
    ``appointment`` (per day only) is what a clinic or training room takes: everybody
    who attends some session there that day; one of several days counts on each.
    """

    KEY: ClassVar[tuple[str, ...]] = ("capacity_id",)

    capacity_id: str
    place_id: str
    kind: CapacityKind
    period: Period = Period.DAY
    limit: NonNegativeInt
    used_to_date: NonNegativeInt = 0
    date_from: date | None = None
    date_to: date | None = None
    programme: str | None = None
    notice_working_days: NonNegativeInt = 0
    source: str = ""
    label: EvidenceLabel = EvidenceLabel.COMMON_PRACTICE


class Closure(Row):
    """Dates on which nothing may cross, board or arrive at a place, or hours of them.

    Open ends are allowed. ``weekdays`` (1 Monday .. 7 Sunday) narrows the range to
    those days, ``programmes`` whom it stops, ``kinds`` what (departure, crossing,
    arrival); empty is all. With ``opens`` or ``closes`` (local, both inclusive) it is
    closed outside these hours only: weekdays 5, 08:00 to 11:00 are Friday hours. In
    state ``open`` its dates are no public holidays, whatever the calendar says.
    """

    KEY: ClassVar[tuple[str, ...]] = ("closure_id",)

    closure_id: str
    place_id: str
    date_from: date | None = None
    date_to: date | None = None
    weekdays: tuple[int, ...] = ()
    reason: str = ""
    state: ClosureState = ClosureState.CLOSED
    programmes: tuple[str, ...] = ()
    kinds: tuple[CapacityKind, ...] = ()
    opens: time | None = None
    closes: time | None = None

    @property
    def has_hours(self) -> bool:
        """Whether it leaves some hours of its dates open."""
        return self.opens is not None or self.closes is not None

    def covers(self, on: date) -> bool:
        """Whether a local date is one of its dates."""
        in_range = (self.date_from or date.min) <= on <= (self.date_to or date.max)
        return in_range and (not self.weekdays or on.isoweekday() in self.weekdays)

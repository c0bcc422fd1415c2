"""What screening hands on: per family and part its itineraries and appointments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from movplan.domain.words import Part, Reason, SessionKind
from movplan.network.itinerary import Itinerary, Move, Night
from movplan.screening.escort_need import EscortNeed

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """First and last date a family's first ride may board, each with what binds it."""

    first: date
    last: date
    first_because: str
    last_because: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a family cannot travel at all: reason code and the fact that binds.

    ``rule`` is the movement rule behind it, empty if none is (an assignment, no way).
    """

    family_id: str
    reason: Reason
    fact: str
    lapses_on: date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentOption:
    """One way for a group of a family to attend one session.

    ``persons`` attend (those old enough on the session's date). ``moves``, ``nights``
    are the travel and nights this takes for all ``travelling``, ``move_seats`` the
    seats of each move on the date it leaves. For a PEC away from the start,
    ``replaces_access`` says that they stand instead of the itinerary's access. Equal
    options are the same object.
    """

    session_id: str
    persons: int
    travelling: int
    moves: tuple[Move, ...]
    nights: tuple[Night, ...]
    replaces_access: bool = False
    move_seats: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AppointmentSlot:
    """A step a family has to attend: kind and, for CO, the language of the group.

    ``persons`` and ``seats`` as on the date of ``as_of``; an option has its own.
    """

    kind: SessionKind
    language: str | None
    persons: int
    seats: int


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """A family's outbound or return with the itineraries it may take.

    ``itineraries`` index ``Screening.itineraries``. ``options[s][k]`` are the options
    of appointment slot ``s`` for the ``k``-th itinerary; none of them is empty (an
    itinerary without an option in some slot is not eligible). Returns have no slots.
    ``needs[k]`` are the escorts its members need on the ``k``-th itinerary; all of it
    is empty where nobody ever needs one.
    """

    family_id: str
    part: Part
    itineraries: IntArray
    slots: tuple[AppointmentSlot, ...]
    options: tuple[tuple[tuple[AppointmentOption, ...], ...], ...]
    needs: tuple[tuple[EscortNeed, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Loads:
    """What families take on a date: int64 arrays of shape [families, days].

    Day 0 (``day0``) is the date of ``as_of``, or three days before the first ride if
    that is earlier. ``extra_infants`` need a seat and a child fare. ``flight_seats``
    and ``convoy_seats`` as in "Persons, seats, special places" of
    ``docs/semantics.md``. ``wheelchairs`` are those of convoys; on a flight
    ``flight_wheelchairs`` count against its limit (WCHS too). ``luggage_kg``
    ([families]) is the same on every date.

    These are the loads without a ride (transfers, nights, sessions); aboard a ride
    those ``of`` its carrier count, the same object where no value differs.
    """

    day0: date
    family_ids: tuple[str, ...]
    persons: IntArray
    adults: IntArray
    children: IntArray
    infants: IntArray
    extra_infants: IntArray
    wheelchairs: IntArray
    stretchers: IntArray
    flight_seats: IntArray
    convoy_seats: IntArray
    flight_wheelchairs: IntArray
    luggage_kg: IntArray
    by_carrier: Mapping[str, "Loads"] = field(default_factory=dict, repr=False)

    def of(self, carrier: str) -> "Loads":
        """Loads aboard a departure of a carrier (ride values)."""
        return self.by_carrier.get(carrier, self)


@dataclass(frozen=True, slots=True)
class Screening:
    """Everything screening found; families in id order, itineraries shared by parts.

    ``dropped`` counts, per class (origin, destination), what dominance dropped
    (nothing: see ``network.find_itineraries``). ``pin_conflicts`` are
    pinned, locked, departed or arrived families that cannot ride what they are pinned
    to, with the reason; their part then carries what they could ride without the pin.
    ``at`` is ``as_of``. ``companies`` are the families that travel together (two or
    more, ids in order), ties that are off not counted.
    """

    itineraries: tuple[Itinerary, ...]
    parts: tuple[FamilyPart, ...]
    windows: dict[str, Window]
    refusals: tuple[Refusal, ...]
    loads: Loads
    dropped: dict[str, int]
    at: datetime
    pin_conflicts: tuple[Refusal, ...] = ()
    companies: tuple[tuple[str, ...], ...] = ()

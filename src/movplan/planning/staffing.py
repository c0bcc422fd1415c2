"""What a convoy must bring along for so many persons: staff, ambulances."""

from collections import Counter
from dataclasses import dataclass

from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.domain.words import EscortRole


@dataclass(frozen=True, slots=True)
class Wanted:
    """Escorts a convoy lacks beside its standing staff.

    ``medical`` are nurses and doctors together, ``doctors`` of them doctors.
    """

    operational: int = 0
    medical: int = 0
    doctors: int = 0


def staff_wanted(values: Values, departure: Departure, persons: int) -> Wanted:
    """Rule ``convoy_staff`` for a convoy with so many persons."""
    if persons == 0:
        return Wanted()
    there = Counter(departure.standing_staff)
    each = values.departure("persons_per_operational_escort", departure)
    limit = values.departure("nurse_up_to_persons", departure)
    operational = -(-persons // each) if each else 0
    doctors = int(bool(limit) and persons > limit and not there[EscortRole.DOCTOR])
    medical = there[EscortRole.DOCTOR] + there[EscortRole.NURSE]
    return Wanted(
        operational=max(0, operational - there[EscortRole.OPERATIONAL]),
        medical=max(doctors, int(bool(limit) and medical == 0)),
        doctors=doctors,
    )


def ambulances_wanted(values: Values, departure: Departure, persons: int) -> int:
    """Rule ``convoy_ambulance``: ambulances to be hired."""
    each = values.departure("persons_per_ambulance", departure)
    asked = -(-persons // each) if each else 0
    return max(0, asked - departure.standing_ambulances)

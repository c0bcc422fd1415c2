"""The reasons for leaving a family out, as a catalogue for other systems."""

from dataclasses import dataclass
from enum import StrEnum

from movplan.domain.words import Reason
from movplan.reports.reasons import REASON_TEXT

R = Reason


class Remedy(StrEnum):
    """Who can do something about it."""

    DATA = "data"
    CASEWORK = "casework"
    CLINIC = "clinic"
    CAPACITY = "capacity"
    MONEY = "money"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A code, its words, what it means in a sentence, and who can do something."""

    code: Reason
    words: str
    sentence: str
    remedy: Remedy


def reason_codes() -> tuple[ReasonCode, ...]:
    """Every reason, in the order of the catalogue."""
    return tuple(
        ReasonCode(code, REASON_TEXT[code], sentence, remedy)
        for code, (sentence, remedy) in _CATALOGUE.items()
    )


_CATALOGUE: dict[Reason, tuple[str, Remedy]] = {
    R.DATA_ERROR: (
        "The family's data have errors; it was set aside and the rest was planned.",
        Remedy.DATA,
    ),
    R.WITHDRAWN: ("The family said that it does not want to travel.", Remedy.NOBODY),
    R.NO_SHOW: ("The family did not come to its departure.", Remedy.CASEWORK),
    R.CONSENT_MISSING: (
        "The programme asks for signed consent and none is on file.",
        Remedy.CASEWORK,
    ),
    R.CONSENT_WITHDRAWN: ("The family withdrew its consent.", Remedy.NOBODY),
    R.MEDICAL_HOLD: (
        "A member may not travel now for medical reasons.",
        Remedy.CLINIC,
    ),
    R.MEDICAL_EXPIRED: (
        "A member's medical clearance ends before the journey does.",
        Remedy.CLINIC,
    ),
    R.MEDICAL_MISSING: (
        "A member who needs a medical clearance has none.",
        Remedy.CLINIC,
    ),
    R.DOCUMENT_MISSING: (
        "A member has no document of a kind that the journey needs.",
        Remedy.CASEWORK,
    ),
    R.DOCUMENT_EXPIRED: (
        "A member's document ends before the moment at which it must be valid.",
        Remedy.CASEWORK,
    ),
    R.DOCUMENT_ORDER: (
        "A document that must be applied for would not be in hand in time.",
        Remedy.CASEWORK,
    ),
    R.BEST_INTERESTS_MISSING: (
        "Minors travel without an adult and their best interests were not assessed.",
        Remedy.CASEWORK,
    ),
    R.NEWBORN: ("A child is younger than the airline takes.", Remedy.NOBODY),
    R.PREGNANCY: ("A pregnancy is too far on for the flight.", Remedy.NOBODY),
    R.AIRLINE_CLEARANCE: (
        "The airline's clearance of a patient ends before the flight.",
        Remedy.CLINIC,
    ),
    R.NOTICE_TOO_SHORT: (
        "The airline or the receiving side needs longer notice than is left.",
        Remedy.NOBODY,
    ),
    R.NO_COMPANION: (
        "A member needs a companion able to help on a long flight; there is none.",
        Remedy.CASEWORK,
    ),
    R.NO_FITNESS_CHECK: (
        "A patient must be examined between two rides and nobody can do it there.",
        Remedy.CLINIC,
    ),
    R.HOUSEHOLD: (
        "A member is not of the household that the programme takes.",
        Remedy.CASEWORK,
    ),
    R.NOT_READY: ("The family is ready only after the horizon.", Remedy.NOBODY),
    R.WINDOW_CLOSED: (
        "No date within the family's travel window is left.",
        Remedy.CASEWORK,
    ),
    R.NO_ROUTE: (
        "No departures and transfers lead from where it is to where it goes in time.",
        Remedy.CAPACITY,
    ),
    R.PLACE_CLOSED: (
        "Every way passes a place on a date on which that is closed.",
        Remedy.NOBODY,
    ),
    R.NO_OVERNIGHT_TRANSIT: (
        "Every way needs a night in transit and the programme allows none.",
        Remedy.CASEWORK,
    ),
    R.LATE_ARRIVAL: (
        "Every way arrives too late in the day for the receiving side.",
        Remedy.CAPACITY,
    ),
    R.STAY_TOO_LONG: (
        "Every way means more nights at one place than that allows.",
        Remedy.CAPACITY,
    ),
    R.CONVOY_RULES: (
        "The convoys that would do may not drive as they are timetabled.",
        Remedy.CAPACITY,
    ),
    R.MANIFEST_CLOSED: (
        "The manifests of the departures that would do are closed.",
        Remedy.NOBODY,
    ),
    R.NO_SPECIAL_PLACE: (
        "No departure on its way has the wheelchair or stretcher places it needs.",
        Remedy.CAPACITY,
    ),
    R.NO_ESCORT: (
        "No escort of the kind that the family needs is available.",
        Remedy.CAPACITY,
    ),
    R.NO_APPOINTMENT: (
        "No session that it must attend fits before a departure.",
        Remedy.CAPACITY,
    ),
    R.NO_BUDGET_LINE: (
        "No budget line may pay for this family on these dates.",
        Remedy.MONEY,
    ),
    R.NOT_APPROVED: (
        "The line that would pay needs an approval that is not there.",
        Remedy.MONEY,
    ),
    R.FAMILY_CEILING: (
        "Its journey costs more than the line pays for one family.",
        Remedy.MONEY,
    ),
    R.COMPANION_LEFT_OUT: (
        "A family with which it travels stays, so it stays too.",
        Remedy.CASEWORK,
    ),
    R.FORBIDDEN: ("Assignments keep it off every departure.", Remedy.CASEWORK),
    R.SEATS_FULL: (
        "The departures that would do have no seats left for it.",
        Remedy.CAPACITY,
    ),
    R.VEHICLES_FULL: (
        "No vehicle has room for the whole family together.",
        Remedy.CAPACITY,
    ),
    R.SPECIAL_PLACES_FULL: (
        "The wheelchair or stretcher places that it needs are taken.",
        Remedy.CAPACITY,
    ),
    R.CONVOY_FULL: (
        "The convoy has as many persons as it may, or as its night stop has beds.",
        Remedy.CAPACITY,
    ),
    R.LUGGAGE_FULL: ("No vehicle has room for its luggage.", Remedy.CAPACITY),
    R.ESCORTS_BUSY: (
        "The escorts who could go with it are on other missions.",
        Remedy.CAPACITY,
    ),
    R.STAFF_BUSY: (
        "The staff or ambulances that a convoy needs are with other convoys.",
        Remedy.CAPACITY,
    ),
    R.APPOINTMENTS_FULL: (
        "The sessions that it could attend are full.",
        Remedy.CAPACITY,
    ),
    R.PLACE_FULL: (
        "A border, airport or reception on its way takes no more persons.",
        Remedy.CAPACITY,
    ),
    R.BEDS_FULL: ("The beds on its way are taken.", Remedy.CAPACITY),
    R.BUDGET_EXHAUSTED: (
        "The budget lines that may pay for it have too little left.",
        Remedy.MONEY,
    ),
    R.BELOW_MINIMUM: (
        "Its departure would have fewer persons than it needs to run.",
        Remedy.CAPACITY,
    ),
    R.OUTRANKED: (
        "It could travel, but others came first, or the search stopped before it.",
        Remedy.CAPACITY,
    ),
}

"""The field's words as enumerations: one word per thing, everywhere.

Every value is what appears in files, the API and reports. Codes of special needs are
IATA SSR codes; the glossary (``docs/glossary.md``) says each word in a sentence.
"""

from enum import StrEnum


class Trip(StrEnum):
    """Whether a programme moves people one way, or to an event and back."""

    ONE_WAY = "one_way"
    ROUND_TRIP = "round_trip"


class Part(StrEnum):
    """The part of a trip a leg belongs to."""

    OUTBOUND = "outbound"
    RETURN = "return"


class PlaceKind(StrEnum):
    """What a place is."""

    TOWN = "town"
    TRANSIT_CENTRE = "transit_centre"
    CLINIC = "clinic"
    BORDER = "border"
    AIRPORT = "airport"


class DepartureKind(StrEnum):
    """How a departure travels."""

    FLIGHT = "flight"
    CONVOY = "convoy"


class DepartureStatus(StrEnum):
    """How far a departure is bought. Contracted and ticketed ones are *firm*."""

    CANDIDATE = "candidate"
    OPTION = "option"
    CONTRACTED = "contracted"
    TICKETED = "ticketed"
    CANCELLED = "cancelled"


class VehicleKind(StrEnum):
    """What kind of vehicle a fleet has."""

    BUS = "bus"
    MINIBUS = "minibus"
    AMBULANCE = "ambulance"
    LUGGAGE_TRUCK = "luggage_truck"


class Sex(StrEnum):
    """Sex as the travel document states it."""

    FEMALE = "female"
    MALE = "male"
    UNSPECIFIED = "unspecified"


class DatePrecision(StrEnum):
    """How exactly a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class AgeClass(StrEnum):
    """Fare and seat class by age on the date of a leg."""

    ADULT = "adult"
    CHILD = "child"
    INFANT = "infant"


class Need(StrEnum):
    """Special needs of a member, as IATA SSR codes (WOMAN_AT_RISK is ours)."""

    WCHR = "WCHR"
    WCHS = "WCHS"
    WCHC = "WCHC"
    STCR = "STCR"
    OXYG = "OXYG"
    MEDA = "MEDA"
    UMNR = "UMNR"
    BLND = "BLND"
    DEAF = "DEAF"
    DPNA = "DPNA"
    WOMAN_AT_RISK = "AWR"


class Priority(StrEnum):
    """Protection priority in UNHCR's three levels."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class MedicalStatus(StrEnum):
    """Outcome of a medical examination: a status, never a diagnosis."""

    FIT = "fit"
    FIT_WITH_CONDITIONS = "fit_with_conditions"
    HOLD = "hold"
    NOT_FIT = "not_fit"


class EscortRole(StrEnum):
    """What an escort is."""

    DOCTOR = "doctor"
    NURSE = "nurse"
    OPERATIONAL = "operational"


class EscortShare(StrEnum):
    """Whether a patient has an escort alone or shares one.

    ``convoy`` is a mission's only: it goes with a convoy, not with patients.
    """

    OWN = "own"
    SHARED = "shared"
    CONVOY = "convoy"


class EscortLegs(StrEnum):
    """On which legs an escort is needed."""

    ALL = "all"
    AIR = "air"
    ROAD = "road"


class DocumentState(StrEnum):
    """Whether a document is in hand or still to be applied for."""

    HELD = "held"
    TO_OBTAIN = "to_obtain"


class Moment(StrEnum):
    """The moment of the journey at which a document must be valid."""

    DEPARTURE = "departure"
    BORDER = "border"
    TRANSIT = "transit"
    ARRIVAL = "arrival"
    JOURNEY = "journey"


class Holders(StrEnum):
    """Which members of a family need a document of a type.

    ``minors_one_parent``: minors with whom an adult, but not two parents, travel.
    """

    ALL = "all"
    ADULTS = "adults"
    MINORS = "minors"
    MINORS_ONE_PARENT = "minors_one_parent"


class Household(StrEnum):
    """Who may belong to a family that travels under a programme."""

    ANY = "any"
    FIRST_DEGREE = "first_degree"


class SessionKind(StrEnum):
    """A step before departure that a family attends at a place."""

    CULTURAL_ORIENTATION = "CO"
    PRE_EMBARKATION_CHECK = "PEC"
    DOCUMENT_STEP = "DOC"


class CapacityKind(StrEnum):
    """What a place's limit counts.

    ``departure`` persons boarding there, ``crossing`` persons passing a border,
    ``arrival`` persons alighting there or ending their journey there,
    ``beds`` persons sleeping there on a night,
    ``appointment`` persons attending sessions there, all of a day together.
    """

    DEPARTURE = "departure"
    CROSSING = "crossing"
    ARRIVAL = "arrival"
    BEDS = "beds"
    APPOINTMENT = "appointment"


class Period(StrEnum):
    """The period one limit covers; ``departure`` is each flight or convoy by itself."""

    DAY = "day"
    WEEK = "week"
    QUOTA_YEAR = "quota_year"
    DEPARTURE = "departure"


class ClosureState(StrEnum):
    """Whether a row closes its dates, or says they are no public holidays after all."""

    CLOSED = "closed"
    OPEN = "open"


class CostCategory(StrEnum):
    """What a charge is for."""

    FARE = "fare"
    CHARTER = "charter"
    VEHICLE = "vehicle"
    TRANSFER = "transfer"
    ACCOMMODATION = "accommodation"
    GRANT = "grant"
    SESSION = "session"
    ESCORT = "escort"
    CANCELLATION = "cancellation"
    OVERHEAD = "overhead"


class PriceBasis(StrEnum):
    """How firm a price is; the ledger shows the estimated share."""

    CONTRACT = "contract"
    QUOTE = "quote"
    ESTIMATE = "estimate"


class EvidenceLabel(StrEnum):
    """How well a figure is sourced (``docs/rules.md``, *label*)."""

    SOURCED = "S"
    SECOND_HAND = "S-2nd"
    OLD = "S-old"
    COMMON_PRACTICE = "CP"
    ESTIMATE = "UE"


class LineKind(StrEnum):
    """Whose money a budget line is."""

    DONOR = "donor"
    SELF_PAYER = "self_payer"
    LOAN = "loan"


class SubjectKind(StrEnum):
    """What a charge or a payer row is about."""

    FAMILY = "family"
    DEPARTURE = "departure"
    ESCORT = "escort"


class AssignmentState(StrEnum):
    """How firmly a family is assigned to a departure."""

    PINNED = "pinned"
    FORBIDDEN = "forbidden"
    PROPOSED = "proposed"
    APPROVED = "approved"
    NOTIFIED = "notified"
    LOCKED = "locked"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"


class RuleType(StrEnum):
    """H never, P an editable parameter, O overridable by a named authority."""

    HARD = "H"
    PARAMETER = "P"
    OVERRIDABLE = "O"


class Measure(StrEnum):
    """What an objective level counts."""

    LEFT_OUT_PERSONS = "left_out_persons"
    WEIGHTED_PERSONS = "weighted_persons"
    PERSONS = "persons"
    WAITING_DAYS = "waiting_days"
    COST = "cost"
    CHANGES = "changes"
    SHORTFALL = "shortfall"


class LegKind(StrEnum):
    """What one row of a family's schedule is."""

    RIDE = "ride"
    TRANSFER = "transfer"
    NIGHT = "night"
    APPOINTMENT = "appointment"


class Status(StrEnum):
    """Where a planning job stands."""

    CREATED = "CREATED"
    INVALID = "INVALID"
    QUEUED = "QUEUED"
    SOLVING = "SOLVING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        """Whether nothing will change it any more."""
        return self not in {Status.CREATED, Status.QUEUED, Status.SOLVING}


class Outcome(StrEnum):
    """What was found."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    NO_SOLUTION = "NO_SOLUTION"


class StopReason(StrEnum):
    """Why the search stopped."""

    PROVED = "PROVED"
    GAP_REACHED = "GAP_REACHED"
    TIME_LIMIT = "TIME_LIMIT"
    EFFORT_LIMIT = "EFFORT_LIMIT"
    NO_IMPROVEMENT = "NO_IMPROVEMENT"
    CANCELLED = "CANCELLED"


class Reason(StrEnum):
    """Why a family is left out: one catalogue for screening, plans and checks."""

    DATA_ERROR = "DATA_ERROR"
    WITHDRAWN = "WITHDRAWN"
    NO_SHOW = "NO_SHOW"
    CONSENT_MISSING = "CONSENT_MISSING"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    MEDICAL_HOLD = "MEDICAL_HOLD"
    MEDICAL_EXPIRED = "MEDICAL_EXPIRED"
    MEDICAL_MISSING = "MEDICAL_MISSING"
    DOCUMENT_MISSING = "DOCUMENT_MISSING"
    DOCUMENT_EXPIRED = "DOCUMENT_EXPIRED"
    DOCUMENT_ORDER = "DOCUMENT_ORDER"
    BEST_INTERESTS_MISSING = "BEST_INTERESTS_MISSING"
    NEWBORN = "NEWBORN"
    PREGNANCY = "PREGNANCY"
    AIRLINE_CLEARANCE = "AIRLINE_CLEARANCE"
    NOTICE_TOO_SHORT = "NOTICE_TOO_SHORT"
    NO_COMPANION = "NO_COMPANION"
    NO_FITNESS_CHECK = "NO_FITNESS_CHECK"
    HOUSEHOLD = "HOUSEHOLD"
    NOT_READY = "NOT_READY"
    WINDOW_CLOSED = "WINDOW_CLOSED"
    NO_ROUTE = "NO_ROUTE"
    PLACE_CLOSED = "PLACE_CLOSED"
    NO_OVERNIGHT_TRANSIT = "NO_OVERNIGHT_TRANSIT"
    LATE_ARRIVAL = "LATE_ARRIVAL"
    STAY_TOO_LONG = "STAY_TOO_LONG"
    CONVOY_RULES = "CONVOY_RULES"
    MANIFEST_CLOSED = "MANIFEST_CLOSED"
    NO_SPECIAL_PLACE = "NO_SPECIAL_PLACE"
    NO_ESCORT = "NO_ESCORT"
    NO_APPOINTMENT = "NO_APPOINTMENT"
    NO_BUDGET_LINE = "NO_BUDGET_LINE"
    NOT_APPROVED = "NOT_APPROVED"
    FAMILY_CEILING = "FAMILY_CEILING"
    COMPANION_LEFT_OUT = "COMPANION_LEFT_OUT"
    FORBIDDEN = "FORBIDDEN"
    SEATS_FULL = "SEATS_FULL"
    VEHICLES_FULL = "VEHICLES_FULL"
    SPECIAL_PLACES_FULL = "SPECIAL_PLACES_FULL"
    CONVOY_FULL = "CONVOY_FULL"
    LUGGAGE_FULL = "LUGGAGE_FULL"
    ESCORTS_BUSY = "ESCORTS_BUSY"
    STAFF_BUSY = "STAFF_BUSY"
    APPOINTMENTS_FULL = "APPOINTMENTS_FULL"
    PLACE_FULL = "PLACE_FULL"
    BEDS_FULL = "BEDS_FULL"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    OUTRANKED = "OUTRANKED"

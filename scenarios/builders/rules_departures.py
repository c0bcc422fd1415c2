"""``rules-departures``: deadlines, transit, households and whose money it is."""

from datetime import timedelta

from movplan.domain.assignments import Assignment
from movplan.domain.budgets import BudgetLine
from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, Fare
from movplan.domain.words import AssignmentState, Household, LineKind, Trip
from scenarios.builders.columns import FlightColumns
from scenarios.builders.days import day
from scenarios.builders.money import line
from scenarios.builders.people import adults, family, members
from scenarios.builders.transport import fares, flight, place, transfer
from scenarios.builders.world import scenario

KABUL, GERMANY = "tehran>kabul", "tehran>frankfurt"
# Flights to Kabul: two a week, and what is wrong with the first of the week.
TO_KABUL: dict[str, FlightColumns] = {
    "W5-0408": {},  # 49 hours from now: the manifest is locked
    "W5-0410": {},
    "W5-0414": {"names_due": day("04-04")},
    "W5-0417": {},
    "W5-0421": {"min_persons": 10},
    "W5-0424": {},
    "W5-0428": {"programmes": ("afghan",)},
    "W5-0501": {},
    "W5-0505": {},
    "W5-0508": {},
    "W5-0512": {},
    "W5-0515": {},
}


def rules_departures() -> Scenario:
    """Fifteen families to Kabul, Frankfurt and a workshop in Istanbul."""
    every = _families()
    flights = _flights()
    return scenario(
        "rules-departures",
        "Departures and money: what is closed, locked, too dear or not approved",
        "05-31",
        programmes=_programmes(),
        families=[row for row, _ in every],
        members=[m for _, people in every for m in people],
        places=[
            place("ist", night_price_cents=5500, max_nights=1, connection_min=240),
            *(place(p) for p in ("tehran", "ika", "kbl", "kabul")),
            *(place(p) for p in ("fra", "frankfurt", "istanbul")),
        ],
        transfers=[
            transfer("tehran", "ika", 55, 30),
            transfer("kbl", "kabul", 15, 20),
            transfer("fra", "frankfurt", 25, 40),
            transfer("ist", "istanbul", 45, 35),
        ],
        departures=flights,
        fares=_fares(flights),
        budget_lines=_lines(),
        assignments=[
            Assignment(
                family_id="PINNED",
                departure_id="W5-0515",
                state=AssignmentState.PINNED,
            )
        ],
    )


def _programmes() -> list[Programme]:
    rows: dict[str, dict[str, object]] = {
        "air": {},
        "household": {"household": Household.FIRST_DEGREE},
        "no-night": {"overnight_transit": False},
        "transit": {},
        "japan": {},
        "self": {},
        "forty": {},
        "afghan": {},
        "workshop": {
            "trip": Trip.ROUND_TRIP,
            "event_opens": day("05-25"),
            "event_closes": day("05-29"),
        },
    }
    return [
        Programme.model_validate(
            {"programme_id": name, "name": f"Movement ({name})", "source": "invented"}
            | columns
        )
        for name, columns in rows.items()
    ]


def _flights() -> list[Departure]:
    via: FlightColumns = {"programmes": ("no-night", "transit")}
    return [
        *(
            flight(name, "ika>kbl", "09:00", "12:30", **columns)
            for name, columns in TO_KABUL.items()
        ),
        # A night in Istanbul; the week after, six hours.
        flight("TK1-0420", "ika>ist", "18:00", "20:30", **via),
        flight("TK2-0421", "ist>fra", "09:00", "11:00", **via),
        flight("TK1-0427", "ika>ist", "06:00", "08:30", **via),
        flight("TK2-0427", "ist>fra", "14:30", "16:30", **via),
        # Two nights, or one.
        flight("TK1-0504", "ika>ist", "18:00", "20:30", **via),
        flight("TK2-0506", "ist>fra", "09:00", "11:00", **via),
        flight("TK1-0508", "ika>ist", "18:00", "20:30", **via),
        flight("TK2-0509", "ist>fra", "09:00", "11:00", **via),
        # Three and a half hours to change, or five.
        flight("TK1-0511", "ika>ist", "06:00", "08:30", **via),
        flight("TK2-0511", "ist>fra", "12:00", "14:00", **via),
        flight("TK1-0514", "ika>ist", "06:00", "08:30", **via),
        flight("TK2-0514", "ist>fra", "13:30", "15:30", **via),
        flight("LH-0519", "ika>fra", "07:00", "11:00", programmes=("self",)),
        flight("LH-0522", "ika>fra", "07:00", "11:00", programmes=("self",)),
        flight("PC-0523", "ika>ist", "06:00", "08:30", programmes=("workshop",)),
        flight("PC-0529", "ist>ika", "20:00", "00:30+1", programmes=("workshop",)),
        flight("PC-0530", "ist>ika", "20:00", "00:30+1", programmes=("workshop",)),
    ]


def _fares(flights: list[Departure]) -> list[Fare]:
    """By carrier; Frankfurt direct is dearer on 19 May, Istanbul back on 30 May."""
    usual = fares(flights, {"W5": 200, "TK": 250, "LH": 500, "PC": 150})
    dear = {"LH-0519": 70000, "PC-0530": 18000}
    return [
        fare.model_copy(
            update={"amount_cents": dear.get(fare.departure_id, fare.amount_cents)}
        )
        for fare in usual
    ]


def _lines() -> list[BudgetLine]:
    others = ("air", "household", "no-night", "transit", "workshop")
    return [
        line(programmes=others),
        line("japan", programmes=("japan",), needs_approval=True),
        line(
            "self-payers",
            kind=LineKind.SELF_PAYER,
            programmes=("self",),
            max_per_person_cents=55000,
        ),
        line("forty", programmes=("forty",), max_persons=3),
        line("afghan", programmes=("afghan",), nationalities=("AF",)),
    ]


def _families() -> list[tuple[Family, list[Member]]]:
    return [
        _family("LOCKED", "air", KABUL, "04-07"),
        _family("NAMES", "air", KABUL, "04-13"),
        _family("FEW", "air", KABUL, "04-20"),
        _family("CLOSED", "air", KABUL, "04-27"),
        _family("WINDOW", "air", KABUL, "05-06"),
        _family("PINNED", "air", KABUL, "05-11"),
        _household(),
        _family("NIGHT", "no-night", GERMANY, "04-20", days=10),
        _family("STAY", "transit", GERMANY, "05-04"),
        _family("CHANGE", "transit", GERMANY, "05-11"),
        _family("APPROVAL", "japan", KABUL, "05-11"),
        _family("CEILING", "self", GERMANY, "05-18"),
        _family("FORTY", "forty", KABUL, "05-11"),
        _family("NATION", "afghan", KABUL, "05-11", nation="IQ"),
        _workshop(),
    ]


def _family(
    name: str,
    programme: str,
    way: str,
    ready: str,
    *,
    days: int = 6,
    nation: str = "AF",
) -> tuple[Family, list[Member]]:
    """Four adults with a week from their first day."""
    latest = (day(ready) + timedelta(days=days)).isoformat()
    row = family(name, programme, way, ready, persons=4, latest=latest)
    return row, members(name, *adults(4), first={"nationality": nation})


def _household() -> tuple[Family, list[Member]]:
    """A qualified returnee who would bring a cousin."""
    row = family("COUSIN", "household", KABUL, "05-11", persons=3, latest="05-17")
    relations = ("principal", "spouse", "cousin")
    return row, members("COUSIN", *adults(3), relations=relations)


def _workshop() -> tuple[Family, list[Member]]:
    row = family(
        "WORKSHOP",
        "workshop",
        "tehran>istanbul",
        "05-20",
        persons=2,
        return_earliest="05-27",
        return_latest="06-02",
    )
    return row, members("WORKSHOP", *adults(2))

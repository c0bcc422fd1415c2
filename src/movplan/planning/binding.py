"""A binding row in an officer's words: what is full, what is left, what would do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from movplan.domain.assumed import Connections
from movplan.domain.money import money_text
from movplan.domain.scenario import Scenario
from movplan.domain.words import CapacityKind, EscortRole, Reason
from movplan.formulation.places import PERSONS_ABOARD
from movplan.formulation.rowbook import RowName

REASONS = {
    "seats": Reason.SEATS_FULL,
    "vehicle_load": Reason.VEHICLES_FULL,
    "fleet": Reason.VEHICLES_FULL,
    "special_places": Reason.SPECIAL_PLACES_FULL,
    "convoy_size": Reason.CONVOY_FULL,
    "overnight_stop": Reason.CONVOY_FULL,
    "convoy_staff": Reason.STAFF_BUSY,
    "convoy_ambulance": Reason.STAFF_BUSY,
    "luggage": Reason.LUGGAGE_FULL,
    "escort_cover": Reason.ESCORTS_BUSY,
    "escort_mission": Reason.ESCORTS_BUSY,
    "escort_roster": Reason.ESCORTS_BUSY,
    "session_places": Reason.APPOINTMENTS_FULL,
    "step_order": Reason.NO_APPOINTMENT,
    "stay_limit": Reason.STAY_TOO_LONG,
    "place_capacity": Reason.PLACE_FULL,
    "beds": Reason.BEDS_FULL,
    "budget_ceiling": Reason.BUDGET_EXHAUSTED,
    "family_ceiling": Reason.FAMILY_CEILING,
    "enrolment": Reason.BUDGET_EXHAUSTED,
}
NO_WAY = timedelta()
# Rows that are not named as the rule they keep.
_RULES = {"fleet": "vehicle_load"}


def rule_of(name: RowName) -> str:
    """The movement rule a row keeps."""
    return _RULES.get(name.rule, name.rule)


def binding_fact(scenario: Scenario, name: RowName, needs: int, left: int) -> str:
    """Say what a row ran out of, and how much more would have been enough.

    ``needs`` is what the family asks of the row, ``left`` what the plan leaves, both in
    the row's unit (seats, persons, kg, minor units of the line's currency).
    """
    if name.rule in ("budget_ceiling", "family_ceiling"):
        return _money(scenario, name, needs, left)
    if name.rule == "stay_limit":
        return _stay(scenario, name)
    if name.rule == "step_order":
        return _order(scenario, name)
    if name.detail == PERSONS_ABOARD:
        fact = f"flight {name.subject} may carry {left} of our people more"
        return f"{fact}, the family is {needs}; {needs - left} more would do"
    of_place = name.rule == "session_places" and name.detail
    if name.rule in ("beds", "place_capacity") or of_place:
        fact = _at_place(scenario, name, needs, left)
    elif name.rule in _FACTS:
        fact = _FACTS[name.rule](name, needs, left)
    else:
        return f"no {_role(name)} is free for {name.subject}; one more would do"
    return f"{fact}; {needs - left} more would do"


def _places(what: str, where: str) -> Callable[[RowName, int, int], str]:
    def fact(name: RowName, needs: int, left: int) -> str:
        named = name.detail.rstrip("0123456789") or what
        asked = named.removesuffix("s") if needs == 1 else named
        free = {0: "none is", 1: "1 is"}.get(left, f"{left} are")
        return f"needs {needs} {asked} {where} {name.subject}, {free} free"

    return fact


def _enrolment(name: RowName, needs: int, left: int) -> str:
    line, what = name.subject, name.detail
    return f"line {line} may enrol {left} more {what}, the family is {needs}"


def _fleet(name: RowName, needs: int, left: int) -> str:
    return f"convoy {name.subject} has {left} further {name.detail}, {needs} needed"


def _size(name: RowName, needs: int, left: int) -> str:
    return f"convoy {name.subject} may take {left} persons more, the family is {needs}"


def _overnight(name: RowName, needs: int, left: int) -> str:
    return (
        f"convoy {name.subject} has {left} beds left overnight at {name.detail}, "
        f"the family takes {needs}"
    )


def _staff(name: RowName, needs: int, left: int) -> str:
    return (
        f"the {name.detail or 'staff'} of convoy {name.subject} may take care of "
        f"{left} more, the family is {needs}"
    )


def _ambulance(name: RowName, needs: int, left: int) -> str:
    return (
        f"the ambulances of convoy {name.subject} suffice for {left} more, "
        f"the family is {needs}"
    )


def _luggage(name: RowName, needs: int, left: int) -> str:
    return (
        f"convoy {name.subject} has room for {left} kg of luggage, "
        f"the family brings {needs}"
    )


_FACTS: dict[str, Callable[[RowName, int, int], str]] = {
    "seats": _places("seats", "on flight"),
    "vehicle_load": _places("seats", "on convoy"),
    "special_places": _places("seats", "on flight"),
    "session_places": _places("places", "in session"),
    "enrolment": _enrolment,
    "fleet": _fleet,
    "convoy_size": _size,
    "overnight_stop": _overnight,
    "convoy_staff": _staff,
    "convoy_ambulance": _ambulance,
    "luggage": _luggage,
}


def _money(scenario: Scenario, name: RowName, needs: int, left: int) -> str:
    lines = {line.budget_line_id: line for line in scenario.budget_lines}
    currency = lines[name.subject].currency
    more = money_text(needs - left, currency)
    costs, has = money_text(needs, currency), money_text(left, currency)
    if name.rule == "family_ceiling":
        return (
            f"its journey would cost line {name.subject} {costs}, which pays up to "
            f"{has}; {more} more would do"
        )
    return (
        f"would cost line {name.subject} {costs}, {has} are left; {more} more would do"
    )


def _at_place(scenario: Scenario, name: RowName, needs: int, left: int) -> str:
    row = next(c for c in scenario.capacities if c.capacity_id == name.subject)
    what = "beds" if name.rule == "beds" else f"persons ({row.kind.value})"
    if row.kind is CapacityKind.APPOINTMENT:
        what = "persons attending sessions"
    period = {"day": "on", "week": "in the week of", "departure": "from"}.get(
        row.period.value, "in"
    )
    when = name.detail.replace("quota_year", "the quota year")
    return (
        f"{row.place_id} has room for {left} {what} {period} {when}, "
        f"the family takes {needs}"
    )


def _stay(scenario: Scenario, name: RowName) -> str:
    place_id, sessions, _ = name.detail.split("/")
    most = next(p.max_nights for p in scenario.places if p.place_id == place_id)
    return (
        f"sessions {' and '.join(sessions.split('+'))} on one journey mean more than"
        f" the {most} nights in a row that {place_id} allows; one session more would do"
    )


def _order(scenario: Scenario, name: RowName) -> str:
    """Two sessions, the ways there and back included, and which would do."""
    first, other = (
        next(s for s in scenario.sessions if s.session_id == session_id)
        for session_id in name.detail.split("/")
    )
    home = next(f for f in scenario.families if f.family_id == name.subject).starts_at
    roads = Connections(scenario)
    back = _way(roads, first.place_id, home)
    there = _way(roads, home, other.place_id)
    over = _local(roads, first.place_id, first.ends + (back or NO_WAY))
    begins = _local(roads, other.place_id, other.starts - (there or NO_WAY))
    ends = f"{'the way back from ' if back else ''}{first.session_id} ends {over}"
    starts = f"{'the way to ' if there else ''}{other.session_id} begins {begins}"
    leaving = "for which it leaves from" if there else "from"
    ending = "from which it is back by" if back else "that ends by"
    return (
        f"{first.kind} comes before {other.kind}, but {ends} and {starts}; room in a"
        f" {other.kind} session {leaving} {over} on or in a {first.kind} session"
        f" {ending} {begins} would do"
    )


def _way(roads: Connections, start: str, end: str) -> timedelta | None:
    """How long the transfer takes; ``None`` where none is needed."""
    transfer = roads.find_transfer(start, end) if start != end else None
    return timedelta(minutes=transfer.minutes) if transfer else None


def _local(roads: Connections, place_id: str, at: datetime) -> str:
    zone = ZoneInfo(roads.places[place_id].timezone)
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _role(name: RowName) -> str:
    """The escort role a cover row asks for."""
    if name.rule != "escort_cover":
        return "escort"
    role = name.detail.split("/")[0]
    return "operational escort" if role == EscortRole.OPERATIONAL else role

"""A binding row in an officer's words: what is full, what is left, what is needed."""

from movplan.domain.money import money_text
from movplan.domain.scenario import Scenario
from movplan.formulation.rowbook import RowName

_WHERE = {
    "seats": "on flight",
    "vehicle_load": "on convoy",
    "special_places": "on flight",
    "session_places": "in session",
}
_COUNTED = {"session_places": "places"}


def binding_fact(scenario: Scenario, name: RowName, needs: int, left: int) -> str:
    """Say what a row ran out of.

    ``needs`` is what the family asks of the row, ``left`` what the plan leaves, both in
    the row's unit (seats, persons, minor units of the line's currency).
    """
    if name.rule in _WHERE:
        what = name.detail.rstrip("0123456789") or _COUNTED.get(name.rule, "seats")
        return _places(needs, left, what, f"{_WHERE[name.rule]} {name.subject}")
    if name.rule == "budget_ceiling":
        return _money(scenario, name.subject, needs, left)
    if name.rule == "enrolment":
        line, what = name.subject, name.detail
        return f"line {line} may enrol {left} more {what}, the family is {needs}"
    if name.rule in ("beds", "place_capacity"):
        return _at_place(scenario, name, needs, left)
    if name.rule == "fleet":
        return f"convoy {name.subject} has no further {name.detail}"
    if name.rule == "departure_runs":
        return f"{name.subject} does not reach its minimum of persons"
    return f"no {_role(name)} is free for {name.subject}"


def _places(needs: int, left: int, what: str, where: str) -> str:
    free = "none is" if left == 0 else f"{left} are"
    return f"needs {needs} {what} {where}, {free} free"


def _money(scenario: Scenario, line_id: str, needs: int, left: int) -> str:
    line = next(x for x in scenario.budget_lines if x.budget_line_id == line_id)
    return (
        f"would cost line {line_id} {money_text(needs, line.currency)}, "
        f"{money_text(left, line.currency)} are left"
    )


def _at_place(scenario: Scenario, name: RowName, needs: int, left: int) -> str:
    row = next(c for c in scenario.capacities if c.capacity_id == name.subject)
    what = "beds" if name.rule == "beds" else f"persons ({row.kind.value})"
    period = {"day": "on", "week": "in the week of"}.get(row.period.value, "in")
    when = name.detail.replace("quota_year", "the quota year")
    return (
        f"{row.place_id} has room for {left} {what} {period} {when}, "
        f"the family takes {needs}"
    )


def _role(name: RowName) -> str:
    """The escort role a cover row asks for."""
    return name.detail.split("/")[0] if name.rule == "escort_cover" else "escort"

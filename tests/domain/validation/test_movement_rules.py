"""Validation of the columns the movement rules read: one change breaks each."""

from datetime import date, time, timedelta

import pytest

from movplan.domain.assignments import Override
from movplan.domain.programmes import DocumentType
from movplan.domain.rules import Rule, RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity, Closure
from movplan.domain.validation import find_issues
from movplan.domain.values import dimensions
from movplan.domain.words import (
    CapacityKind,
    ClosureState,
    EscortShare,
    Period,
    RuleType,
)
from tests.domain.mission import mission
from tests.domain.validation.test_each_rule import added, changed, only

TODAY = mission().as_of.date()


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("members", "pregnancy_weeks", 20, "MISSING"),
        ("medical", "escort_share", EscortShare.CONVOY, "BAD_VALUE"),
        ("departures", "drivers", 3, "BAD_VALUE"),
        ("document_types", "after", ("visum",), "UNKNOWN_ID"),
    ],
)
def test_errors_of_columns(table, column, value, code):
    issue = only(changed(table, 0, **{column: value}))

    assert (issue.code, issue.severity, issue.table) == (code, "error", table)


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("places", "subdivision", "QQ", "UNKNOWN_ID"),
        ("escorts", "countries", ("AX",), "UNKNOWN_ID"),
    ],
)
def test_warnings_of_columns(table, column, value, code):
    issue = only(changed(table, 0, **{column: value}))

    assert (issue.code, issue.severity, issue.column) == (code, "warning", column)


def test_a_grant_per_family_is_a_trap():
    scenario = changed(
        "programmes", 0, grant_per_family_cents=100, grant_currency="USD"
    )

    assert (only(scenario).code, only(scenario).severity) == (
        "PER_FAMILY_GRANT",
        "warning",
    )


def test_every_grant_has_a_currency():
    issue = only(
        changed("programmes", 0, grant_per_principal_cents=1, grant_currency=None)
    )

    assert (issue.code, issue.column) == ("MISSING", "grant_currency")


def test_consent_to_travel_apart_counts_from_its_date():
    assert find_issues(changed("families", 0, travel_apart_consent=TODAY)) == ()
    tomorrow = TODAY + timedelta(days=1)
    issue = only(changed("families", 0, travel_apart_consent=tomorrow))

    assert (issue.code, issue.severity, issue.column, issue.value) == (
        "NOT_YET",
        "warning",
        "travel_apart_consent",
        str(tomorrow),
    )


def test_documents_go_round_in_no_circle():
    ring = [
        DocumentType(document_type=name, after=(after,))
        for name, after in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    tail = DocumentType(document_type="d", after=("a",))

    issues = find_issues(added("document_types", *ring, tail))

    assert [(i.code, i.key) for i in issues] == [
        ("AFTER_CYCLE", name) for name in ("a", "b", "c")
    ]


def kind(name: str, *after: str, last: bool = False, **more: object) -> DocumentType:
    return DocumentType.model_validate(
        {"document_type": name, "after": after, "irreversible": last, **more}
    )


def required(*kinds: DocumentType, by: str = "AVRR") -> Scenario:
    """A programme requires all of these, in this order."""
    scenario = added("document_types", *kinds)
    names = tuple(each.document_type for each in kinds)
    rows = tuple(
        row.model_copy(update={"required_documents": names})
        if row.programme_id == by
        else row
        for row in scenario.programmes
    )
    return scenario.model_copy(update={"programmes": rows})


# The pass and the stamp are both last, but the form builds on the pass, the photo on
# the stamp: pass > photo > stamp > form > pass.
ENDLESS = (
    kind("pass", last=True),
    kind("stamp", last=True),
    kind("form", "pass"),
    kind("photo", "stamp"),
)


def test_irreversible_documents_do_not_wait_for_one_another():
    issue = only(required(*ENDLESS))

    assert (issue.code, issue.severity) == ("AFTER_CYCLE", "error")
    assert (issue.table, issue.key, issue.column) == (
        "document_types",
        "pass",
        "irreversible",
    )
    assert issue.value == "True"
    assert issue.problem == (
        "programme AVRR requires documents of which none can be the first:"
        " pass (irreversible: last) comes after photo comes after"
        " stamp (irreversible: last) comes after form comes after"
        " pass (irreversible: last)"
    )
    assert issue.expected.startswith("one of form, pass, photo, stamp not irreversible")


@pytest.mark.parametrize(
    "kinds",
    [
        ENDLESS[:3],
        (*ENDLESS[:3], kind("photo", "stamp", "pass")),
        (ENDLESS[0], kind("stamp"), *ENDLESS[2:]),
        # Nobody is an adult and a minor: pass and form of one, stamp and photo of other
        (
            kind("pass", last=True, holders="adults"),
            kind("stamp", last=True, holders="minors"),
            kind("form", "pass", holders="adults"),
            kind("photo", "stamp", holders="minors"),
        ),
    ],
)
def test_documents_that_some_order_satisfies(kinds):
    assert find_issues(required(*kinds)) == ()


# Exit builds on the photo, entry on the form, which both wait for firm transport, and
# that for both: photo > entry > form > exit > photo.
UNBOOKED = (
    kind("exit", "photo", needed_to_book=True),
    kind("entry", "form", needed_to_book=True),
    kind("photo"),
    kind("form"),
)


def test_what_is_needed_to_book_does_not_wait_for_the_transport():
    issue = only(required(*UNBOOKED))

    assert (issue.code, issue.key, issue.column) == (
        "AFTER_CYCLE",
        "exit",
        "needed_to_book",
    )
    assert issue.problem == (
        "programme AVRR requires documents of which none can be the first:"
        " exit (needed to book) comes after photo comes after entry (needed to book)"
        " comes after form comes after exit (needed to book)"
    )
    early = kind("form", before_booking=True)
    assert find_issues(required(*UNBOOKED[:3], early)) == ()


def test_a_circle_that_no_programme_requires_is_none():
    assert find_issues(added("document_types", *ENDLESS)) == ()


def quota(name: str, first: date | None, last: date | None) -> Capacity:
    return Capacity(
        capacity_id=name,
        place_id="KBL",
        kind=CapacityKind.ARRIVAL,
        period=Period.QUOTA_YEAR,
        limit=5,
        date_from=first,
        date_to=last,
    )


def test_quota_years_follow_one_another():
    old = quota("Q1", None, date(2026, 3, 20))

    overlapping = only(added("capacities", old, quota("Q2", date(2026, 3, 20), None)))
    assert (overlapping.code, overlapping.key) == ("OVERLAP", "Q2")
    assert not find_issues(
        added("capacities", old, quota("Q2", date(2026, 3, 21), None))
    )


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        (CapacityKind.ARRIVAL, True),
        (CapacityKind.DEPARTURE, True),
        (CapacityKind.CROSSING, False),
        (CapacityKind.BEDS, False),
    ],
)
def test_persons_per_departure_board_or_alight(kind, fits):
    row = quota("Q1", None, None).model_copy(
        update={"kind": kind, "period": Period.DEPARTURE}
    )

    assert (find_issues(added("capacities", row)) == ()) is fits


@pytest.mark.parametrize("period", list(Period))
def test_what_a_clinic_takes_is_by_day(period):
    row = quota("Q1", None, None).model_copy(
        update={"kind": CapacityKind.APPOINTMENT, "period": period}
    )
    found = find_issues(added("capacities", row))

    assert (found == ()) is (period is Period.DAY)
    assert all((issue.column, issue.code) == ("period", "BAD_VALUE") for issue in found)


def closure(**values: object) -> Closure:
    return Closure.model_validate(
        {
            "closure_id": "C1",
            "place_id": "KBL",
            "date_from": TODAY,
            "date_to": TODAY,
            **values,
        }
    )


def test_closures_stop_events_and_open_rows_are_for_all():
    right = closure(programmes=("AVRR",), kinds=(CapacityKind.ARRIVAL,))
    beds = closure(kinds=(CapacityKind.BEDS,))
    opened = closure(state=ClosureState.OPEN, programmes=("AVRR",))

    assert find_issues(added("closures", right)) == ()
    assert only(added("closures", beds)).column == "kinds"
    sessions = closure(kinds=(CapacityKind.APPOINTMENT,))
    assert only(added("closures", sessions)).column == "kinds"
    assert only(added("closures", opened)).column == "programmes"


def test_hours_of_a_closure_are_in_order_and_of_closed_rows():
    fridays = {"date_from": None, "date_to": None, "weekdays": (5,)}
    hours = closure(**fridays, opens=time(8), closes=time(11))
    backwards = closure(opens=time(11), closes=time(8))
    opened = closure(state=ClosureState.OPEN, closes=time(8))

    assert find_issues(added("closures", hours)) == ()
    assert only(added("closures", backwards)).column == "closes"
    assert only(added("closures", opened)).column == "closes"


def rule(name: str, *overrides: RuleOverride) -> Rule:
    """The shipped parameter with values of its own for some."""
    return default_rules()[name].model_copy(update={"overrides": overrides})


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("drive_until_hour", 24, True),
        ("drive_until_hour", 25, False),
        ("drive_from_hour", 19, False),
        ("newborn_min_days", 25, True),
        ("newborn_min_days", 3651, False),
        ("spare_percent", 99, True),
        ("spare_percent", 100, False),
        ("spare_percent", 150, False),
        ("pregnancy_refuse_week", 46, False),
        ("pregnancy_certificate_week", 36, False),
        ("adult_age_years", 11, False),
        ("assumed_transfer_kmh", 0, False),
        ("road_factor_percent", 99, False),
        ("wheelchair_connection_factor", 0, False),
        ("pec_hours_min", 73, False),
        ("convoy_days", "247", True),
        ("convoy_days", "208", False),
        ("convoy_days", "", False),
        ("convoy_days", 247, False),
    ],
)
def test_hours_and_weekdays(name, value, fits):
    row = rule(name).model_copy(update={"value": value})
    issues = find_issues(added("rules", row))

    assert [issue.code for issue in issues] == ([] if fits else ["BAD_VALUE"])
    assert all(name in issue.problem for issue in issues)


def test_values_of_an_override_make_sense_too():
    row = rule("spare_percent", RuleOverride(programme="AVRR", value=150))
    issue = only(added("rules", row))

    assert (issue.value, issue.problem) == (
        "150",
        "is no value that spare_percent can have",
    )
    assert issue.expected.startswith("a whole number from 0 to 99, in percent of")


@pytest.mark.parametrize(
    ("column", "value", "shipped"),
    [
        ("unit", "days before departure", "hours before departure"),
        ("type", RuleType.HARD, "P"),
    ],
)
def test_unit_and_type_are_the_shipped_ones(column, value, shipped):
    """24 "days" would be taken as 24 hours: no value is read in another unit."""
    row = rule("manifest_lock_hours_convoy").model_copy(update={column: value})
    issue = only(added("rules", row))

    assert (issue.severity, issue.column) == ("error", column)
    assert issue.problem == f"is not the {column} of manifest_lock_hours_convoy"
    assert issue.expected == f"{shipped}, or leave it out"


@pytest.mark.parametrize(
    ("value", "carrier", "warned"),
    [(2, None, ["2"]), (0, None, []), (1, None, []), (1, 3, ["3"]), (1, 0, [])],
)
def test_a_hard_value_laxer_than_the_shipped_one_is_a_warning(value, carrier, warned):
    """One infant to a lap is shipped: more are laxer, none is stricter."""
    given = () if carrier is None else (RuleOverride(carrier="W5", value=carrier),)
    row = rule("lap_infants_per_adult", *given).model_copy(update={"value": value})
    issues = [i for i in find_issues(added("rules", row)) if i.code == "LAXER"]

    assert [issue.value for issue in issues] == warned
    assert all(issue.severity == "warning" for issue in issues)
    assert all("shipped 1 of lap_infants_per_adult" in i.problem for i in issues)


def test_infants_of_three_years_are_laxer_editable_values_are_not():
    older = rule("infant_age_years").model_copy(update={"value": 3})
    assert [issue.code for issue in find_issues(added("rules", older))] == ["LAXER"]
    spare = rule("spare_percent").model_copy(update={"value": 0})
    assert find_issues(added("rules", spare)) == ()


@pytest.mark.parametrize(
    ("name", "scope", "hint"),
    [
        ("medical_validity_days", {"carrier": "W5"}, "programme or destination"),
        ("luggage_kg_per_person", {"carrier": "W5"}, "the column luggage_kg"),
        ("road_factor_percent", {"destination": "AF"}, "the column distance_km"),
        ("assumed_transfer_kmh", {"programme": "AVRR"}, "a row in transfers"),
    ],
)
def test_a_value_by_what_makes_no_sense_is_an_error(name, scope, hint):
    value = default_rules()[name].value
    issue = only(added("rules", rule(name, RuleOverride(value=value, **scope))))

    assert (issue.code, issue.severity) == ("NOT_READ", "error")
    assert hint in issue.expected
    assert issue.value == next(iter(scope.values()))


@pytest.mark.parametrize("name", sorted(set(default_rules()) - {"convoy_days"}))
def test_every_override_is_read_or_refused(name):
    """No parameter lets a value by programme, destination or carrier fall silently."""
    usual = default_rules()[name].value
    for column, value in (("programme", "AVRR"), ("destination", "AF")):
        row = rule(name, RuleOverride.model_validate({column: value, "value": usual}))
        codes = [issue.code for issue in find_issues(added("rules", row))]
        read = column in dimensions(name)
        assert codes == ([] if read else ["NOT_READ"])


@pytest.mark.parametrize(
    ("name", "scope", "days", "code"),
    [
        ("place_open", "KBL", 0, None),
        ("place_open", "F1", 0, None),
        ("place_open", "*", 0, None),
        ("line_approval", "L1", 0, None),
        ("place_open", "L1", 0, "UNKNOWN_ID"),
        ("place_open", "KBL", 1, "NOT_YET"),
    ],
)
def test_idle_overrides_are_warnings(name, scope, days, code):
    on = TODAY + timedelta(days=days)
    row = Override(rule=name, scope=scope, by="head", reference="1", date=on)
    issues = find_issues(added("overrides", row))

    assert [issue.code for issue in issues] == ([code] if code else [])
    assert all(issue.severity == "warning" for issue in issues)

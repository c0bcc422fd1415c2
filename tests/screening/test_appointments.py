"""Sessions before the journey: in time, suitable, reachable, slept at.

C12 leaves TOWN on 12 May 02:30 UTC, C05 on 5 May, C19 on 19 May. CLINIC is 55.6 km
north: x 1.37 = 76.2 km by road, at 60 km/h 77 minutes.
"""

from datetime import date, timedelta

from movplan.domain.assignments import Assignment
from movplan.domain.escorts import Session
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import AssignmentState, CapacityKind, Reason, SessionKind
from movplan.screening import AppointmentOption, screen
from tests.screening.mission import (
    BASE,
    MEMBERS,
    at,
    changed,
    eligible,
    may,
    place,
    refusal,
    with_programme,
)
from tests.screening.rules import ruled

CO, PEC = SessionKind.CULTURAL_ORIENTATION, SessionKind.PRE_EMBARKATION_CHECK
DRIVE = timedelta(minutes=77)


def session(kind: SessionKind, start: str, end: str, **columns: object) -> Session:
    """``session(CO, "08 02:30", "08 04:30")`` in TOWN with ten places."""
    return Session.model_validate(
        {
            "session_id": f"{kind}-{start[:2]}",
            "kind": kind,
            "place_id": "TOWN",
            "starts": at(int(start[:2]), start[3:]),
            "ends": at(int(end[:2]), end[3:]),
            "places": 10,
            "currency": "USD",
            **columns,
        }
    )


def needing(kind: SessionKind, *sessions: Session) -> Scenario:
    return with_programme(changed(sessions=sessions), required_steps=(kind,))


def options(scenario: Scenario, *, slot: int = 0) -> list[AppointmentOption]:
    (part,) = screen(scenario).parts
    return [option for some in part.options[slot] for option in some]


def test_orientation_ends_96_hours_before() -> None:
    # 8 May 02:30 is 96 hours before C12
    assert eligible(needing(CO, session(CO, "08 00:30", "08 02:30"))) == ["C12", "C19"]
    assert eligible(needing(CO, session(CO, "08 00:30", "08 02:31"))) == ["C19"]


def test_a_check_ends_24_to_72_hours_before() -> None:
    # C12: from 9 May 02:30 to 11 May 02:30
    for start, end, ways in (
        ("09 01:30", "09 02:30", 1),
        ("09 01:30", "09 02:29", 0),
        ("11 01:30", "11 02:30", 1),
        ("11 01:30", "11 02:31", 0),
    ):
        assert len(eligible(needing(PEC, session(PEC, start, end)))) == ways


def test_nothing_is_needed_that_is_done() -> None:
    family = BASE.families[0].model_copy(update={"steps_done": (CO,)})
    assert len(eligible(changed(base=needing(CO), families=(family,)))) == 3
    found = refusal(needing(CO))
    assert found.reason is Reason.NO_APPOINTMENT
    assert found.fact == (
        "no CO session for 2 in time; one that ends by 2026-05-15 06:00 would do, "
        "last departure otherwise possible 2026-05-19 (C19)"
    )


def test_sessions_past_full_or_for_others_do_not_count() -> None:
    ok = session(CO, "02 06:00", "02 08:00")
    assert eligible(needing(CO, ok)) == ["C12", "C19"]
    for columns in (
        {"places": 1},
        {"programmes": ("RQA",)},
        {"starts": at(1, "00:00")},
        {"kind": PEC},
    ):
        assert not eligible(needing(CO, ok.model_copy(update=columns)))


def test_what_the_place_takes_that_day_counts_too() -> None:
    """A session of the 2nd and 3rd for two, ten places; the place takes one or two."""
    scenario = needing(CO, session(CO, "02 06:00", "03 08:00"))

    def limited(limit: int, **columns: object) -> list[str]:
        row = Capacity.model_validate(
            {
                "capacity_id": "K",
                "place_id": "TOWN",
                "kind": CapacityKind.APPOINTMENT,
                "limit": limit,
                **columns,
            }
        )
        return eligible(changed(base=scenario, capacities=(row,)))

    every = ["C12", "C19"]
    assert limited(2) == every
    assert limited(1) == []
    assert limited(1, date_from=may(3)) == []
    assert limited(1, date_from=may(4)) == every
    assert limited(1, date_to=may(1)) == every
    assert limited(1, programme="RQA") == every
    assert limited(1, place_id="CLINIC") == every


def test_each_language_group_has_its_slot() -> None:
    dari, pashto = (
        m.model_copy(update={"language": language})
        for m, language in zip(MEMBERS, ("dari", "pashto"), strict=True)
    )
    both = session(CO, "02 06:00", "02 08:00")
    only = both.model_copy(update={"session_id": "CO-dari", "language": "dari"})
    scenario = changed(base=needing(CO, both, only), members=(dari, pashto))
    (part,) = screen(scenario).parts
    assert [(s.language, s.persons) for s in part.slots] == [("dari", 1), ("pashto", 1)]
    for slot, names in ((0, ["CO-02", "CO-dari"]), (1, ["CO-02"])):
        found = [option.session_id for option in part.options[slot][0]]
        assert found == names


def test_only_members_of_six_and_more_attend_and_by_the_sessions_date() -> None:
    # six on 3 May: attends on the 3rd, not on the 2nd
    child = MEMBERS[1].model_copy(update={"birth_date": date(2020, 5, 3)})
    sessions = (
        session(CO, "02 06:00", "02 08:00"),
        session(CO, "03 06:00", "03 08:00"),
    )
    scenario = changed(base=needing(CO, *sessions), members=(MEMBERS[0], child))
    found = {option.session_id: option.persons for option in options(scenario)}
    assert found == {"CO-02": 1, "CO-03": 2}


def test_a_course_elsewhere_is_there_and_back() -> None:
    away = session(CO, "02 06:00", "03 08:00", place_id="CLINIC")
    option = options(needing(CO, away))[0]
    go, back = option.moves
    assert (go.departs, go.arrives) == (at(2, "06:00") - DRIVE, at(2, "06:00"))
    assert (back.departs, back.arrives) == (at(3, "08:00"), at(3, "08:00") + DRIVE)
    assert [night.on for night in option.nights] == [may(2)]
    assert not option.replaces_access
    assert option.move_seats == (2, 2)


def test_a_check_elsewhere_replaces_the_access() -> None:
    away = session(PEC, "09 22:00", "10 00:00", place_id="CLINIC")
    (option,) = options(needing(PEC, away))
    go, on = option.moves
    # at C12 an hour before 02:30
    assert (go.arrives, on.arrives) == (at(9, "22:00"), at(12, "01:30"))
    assert on.departs == at(12, "01:30") - DRIVE
    # starts 10 May 01:30 in Tehran, leaves 12 May 03:43: two nights
    assert [night.on for night in option.nights] == [may(10), may(11)]
    assert option.replaces_access


def test_nights_need_a_bed() -> None:
    away = session(PEC, "10 06:00", "10 08:00", place_id="CLINIC")
    places = (place("TOWN", "IR"), place("CLINIC", "IR"), place("KABUL", "AF"))
    assert eligible(needing(PEC, away)) == ["C12"]
    assert not eligible(changed(base=needing(PEC, away), places=places))


def test_equal_options_are_one_object() -> None:
    sessions = (session(CO, "02 06:00", "02 08:00"),)
    two = BASE.families[0].model_copy(update={"family_id": "F2"})
    scenario = changed(base=needing(CO, *sessions), families=(*BASE.families, two))
    first, second = screen(changed(base=scenario, members=())).parts
    assert first.options[0][0] is first.options[0][1]
    assert first.options[0][0] is second.options[0][0]


def test_a_pinned_session_is_the_only_option() -> None:
    sessions = (
        session(CO, "02 06:00", "02 08:00"),
        session(CO, "03 06:00", "03 08:00"),
    )
    row = Assignment(
        family_id="F1",
        departure_id="C12",
        session_ids=("CO-03",),
        state=AssignmentState.PINNED,
    )
    scenario = changed(base=needing(CO, *sessions), assignments=(row,))
    assert [option.session_id for option in options(scenario)] == ["CO-03"]
    early = row.model_copy(update={"departure_id": "C05"})
    result = screen(changed(base=scenario, assignments=(early,)))
    (conflict,) = result.pin_conflicts
    assert conflict.reason is Reason.NO_APPOINTMENT


# CLINIC is 55.6 km off: 76.2 km by road, 77 minutes. C19 leaves at 02:30; the check of
# the 16th, an hour before the connection of an hour, ends 66.5 hours before.
CHECK = session(PEC, "16 06:00", "16 08:00", place_id="CLINIC")


def orientation_until(end: str) -> Scenario:
    """Orientation and check at the clinic, both with a way from TOWN."""
    co = session(CO, "15 06:00", end, place_id="CLINIC")
    both = with_programme(
        changed(sessions=(co, CHECK), departures=BASE.departures[2:]),
        required_steps=(CO, PEC),
    )
    return ruled(both, co_hours_min=24)


def test_a_family_is_home_from_one_step_before_it_leaves_for_the_next() -> None:
    """Away for the check at 06:00 - 77 minutes; home at 03:26 + 77 minutes = 04:43."""
    assert eligible(orientation_until("16 03:26")) == ["C19"]
    late = refusal(orientation_until("16 03:27"))
    assert (late.reason, late.rule) == (Reason.NO_APPOINTMENT, "step_order")
    assert late.fact == (
        "CO comes before PEC, but the way back from CO-15, the first CO session, ends "
        "2026-05-16 08:14 and the way to PEC-16, the last PEC session in time, begins "
        "2026-05-16 08:13; a PEC session for which it leaves from 2026-05-16 08:14 on "
        "or a CO session from which it is back by 2026-05-16 08:13 would do, last "
        "departure otherwise possible 2026-05-19 (C19)"
    )


def test_steps_where_the_family_is_need_no_way() -> None:
    """Both in TOWN: the check begins as orientation ends."""
    for end, ways in (("16 06:00", ["C19"]), ("16 06:01", [])):
        sessions = (session(CO, "15 06:00", end), session(PEC, "16 06:00", "16 08:00"))
        scenario = changed(base=orientation_until(end), sessions=sessions)
        assert eligible(scenario) == ways

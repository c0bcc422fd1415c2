"""Generated missions: repeatable, valid, every table in use, drawn as documented."""

import pytest

from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.domain.words import AssignmentState, DepartureKind, Need, SessionKind
from movplan.generation import Profile, generate


@pytest.fixture(scope="module")
def mission() -> Scenario:
    return generate(250, 1, "mixed")


def test_same_brief_same_bytes(mission: Scenario) -> None:
    assert generate(250, 1, Profile.MIXED).model_dump_json() == (
        mission.model_dump_json()
    )


def test_another_seed_is_another_mission(mission: Scenario) -> None:
    other = generate(250, 2, "mixed")
    assert other.families != mission.families
    assert other.programmes == mission.programmes


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("families", [60, 250])
def test_valid_and_every_table_in_use(profile: Profile, families: int) -> None:
    made = generate(families, 3, profile)
    assert find_issues(made) == ()
    assert [name for name in Scenario.TABLES if not getattr(made, name)] == []
    assert len(made.families) == families


@pytest.mark.parametrize("families", [1, 2, 7])
def test_tiny_missions_are_valid(families: int) -> None:
    assert find_issues(generate(families, 5, "mixed")) == ()


def test_programmes_by_largest_remainder(mission: Scenario) -> None:
    # 250 x 44, 9, 27, 12, 8 percent = 110, 22.5, 67.5, 30, 20; the tie goes first.
    counted = [
        sum(f.programme == programme for f in mission.families)
        for programme in ("avrr", "rqa", "resettlement", "self-payer", "workshop")
    ]
    assert counted == [110, 23, 67, 30, 20]


def test_nobody_and_unknown_profiles_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one family"):
        generate(0, 1, "mixed")
    with pytest.raises(ValueError, match="evacuation"):
        generate(5, 1, "evacuation")


def test_sizes_and_children_as_documented() -> None:
    made = generate(2000, 4, "returns")
    land = [f for f in made.families if f.programme == "avrr"]
    mean = sum(f.persons for f in land) / len(land)
    assert mean == pytest.approx(5.41, abs=0.25)
    ids = {f.family_id for f in land}
    members = [m for m in made.members if m.family_id in ids]
    minors = sum(m.birth_date.year > 2008 for m in members) / len(members)
    assert minors == pytest.approx(0.53, abs=0.06)


def test_families_sum_to_their_members_or_counts(mission: Scenario) -> None:
    listed: dict[str, int] = {}
    for member in mission.members:
        listed[member.family_id] = listed.get(member.family_id, 0) + 1
    counted = 0
    for family in mission.families:
        if family.adults is None:
            assert listed[family.family_id] == family.persons
        else:
            counted += 1
            children, infants = family.children or 0, family.infants or 0
            assert family.adults + children + infants == family.persons
    assert counted > 0


def test_money_in_five_currencies_and_nested_lines(mission: Scenario) -> None:
    lines = {line.budget_line_id: line for line in mission.budget_lines}
    assert {line.currency for line in lines.values()} == {
        *("USD", "EUR", "NOK", "CAD", "IRR")
    }
    children = [line for line in lines.values() if line.parent == "eu-return"]
    left = sum(line.available_cents or 0 for line in children)
    assert lines["eu-return"].available_cents == left
    assert {line.kind for line in lines.values()} == {"donor", "loan", "self_payer"}


def test_firm_charters_are_funded(mission: Scenario) -> None:
    firm = [d for d in mission.departures if d.is_firm and d.currency == "EUR"]
    owed = sum(d.fixed_price_cents for d in firm) * 80 // 100
    (line,) = [x for x in mission.budget_lines if x.budget_line_id == "de-admission"]
    assert owed > 0
    assert (line.available_cents or 0) >= owed


def test_every_session_kind_and_a_plan_in_force(mission: Scenario) -> None:
    assert {s.kind for s in mission.sessions} == {
        SessionKind.CULTURAL_ORIENTATION,
        SessionKind.PRE_EMBARKATION_CHECK,
    }
    states = {row.state for row in mission.assignments}
    assert {
        AssignmentState.PINNED,
        AssignmentState.FORBIDDEN,
        AssignmentState.NOTIFIED,
    } <= states


def test_minors_alone_are_assessed_and_loans_have_notes(mission: Scenario) -> None:
    alone = {m.family_id for m in mission.members if Need.UMNR in m.needs}
    country = {place.place_id: place.country for place in mission.places}
    assert alone
    for family in mission.families:
        assert (family.best_interests is not None) == (family.family_id in alone)
        borrows = family.programme == "resettlement" and (
            country[family.destination] == "CA"
        )
        assert (family.promissory_note is not None) == borrows


def test_convoys_bring_staff_ambulance_truck_and_beds(mission: Scenario) -> None:
    # 39 usable seats of a bus, 18 of a minibus, 8 of an ambulance; one escort per 50.
    usable = {"bus": 39, "minibus": 18, "ambulance": 8}
    seats: dict[str, int] = {}
    for row in mission.departure_vehicles:
        more = row.max_vehicles * usable[row.vehicle_type_id]
        seats[row.departure_id] = seats.get(row.departure_id, 0) + more
    convoys = [d for d in mission.departures if d.departure_id in seats]
    assert {d.kind for d in convoys} == {DepartureKind.CONVOY}
    for convoy in convoys:
        staff = convoy.standing_staff
        wanted = -(-seats[convoy.departure_id] // 50)
        assert staff == (*["operational"] * wanted, staff[-1])
        assert (convoy.standing_ambulances, convoy.standing_luggage_kg) == (1, 3000)
    nights = [s for s in mission.departure_stops if s.departs.date() > s.arrives.date()]
    assert {s.place_id for s in nights} >= {"mashhad", "zahedan", "maimana"}
    assert all((s.beds or 0) > seats[s.departure_id] for s in nights)


def test_lines_that_need_approval_have_it(mission: Scenario) -> None:
    asked = {x.budget_line_id for x in mission.budget_lines if x.needs_approval}
    given = {row.scope for row in mission.overrides if row.rule == "line_approval"}
    assert asked == given == {"jp-rqa"}


def test_a_line_aims_at_whom_it_may_enrol(mission: Scenario) -> None:
    aims = {x.budget_line_id: x.target_persons for x in mission.budget_lines}
    returning = [f.persons for f in mission.families if f.programme == "avrr"]
    assert aims["eu-grants"] == sum(returning)
    assert aims["eu-care"] is aims["ircc-care"] is None

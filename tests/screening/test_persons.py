"""Newborns, minors alone, households, ties: kept at the bound, broken beyond."""

from datetime import date, timedelta

from movplan.domain.escorts import Escort
from movplan.domain.people import Medical
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    DatePrecision,
    EscortRole,
    EscortShare,
    Household,
    MedicalStatus,
    Need,
    Reason,
)
from movplan.screening import screen
from movplan.screening.companions import companies
from movplan.screening.escort_need import Clause
from tests.screening.mission import (
    BASE,
    FAMILY,
    changed,
    eligible,
    may,
    refusal,
    with_family,
    with_programme,
)
from tests.screening.rules import CONVOYS, FLIGHTS, of, overridden, person, ruled

GUIDE = Escort(escort_id="O1", role=EscortRole.OPERATIONAL, base="TOWN", currency="USD")
NURSE = GUIDE.model_copy(update={"escort_id": "N1", "role": EscortRole.NURSE})


def test_newborns_fly_from_their_seventh_day() -> None:
    week = FLIGHTS.model_copy(update={"rules": ()})
    week = ruled(week, newborn_min_days=7, newborn_report_min_days=7)
    assert eligible(of(person(1), person(2, date(2026, 4, 28)), base=week)) == CONVOYS
    late = of(person(1), person(2, date(2026, 4, 29)), base=week)
    assert eligible(late) == CONVOYS[1:]
    assert eligible(changed(base=late, departures=BASE.departures)) == CONVOYS
    only = changed(base=late, departures=late.departures[:1])
    found = refusal(only)
    assert (found.reason, found.rule) == (Reason.NEWBORN, "newborn_age")
    assert "newborn member M2 may fly from 2026-05-06" in found.fact
    # born on 29 April, six days old on 5 May
    assert found.fact.endswith(
        "last departure otherwise possible 2026-05-05 (C05)"
        " with a carrier that takes newborns of 6 days"
    )
    assert screen(only, without=frozenset({"newborn_age"})).refusals == ()


def test_a_newborn_of_this_year_was_born_by_the_day_of_the_files() -> None:
    """Known by year only, in the files on 1 May: eleven days old on the 12th."""
    baby = person(2, date(2026, 1, 1), birth_precision=DatePrecision.YEAR)
    week = ruled(FLIGHTS, newborn_min_days=11)
    scenario = of(person(1), baby, base=week)
    assert eligible(scenario) == CONVOYS[1:]
    found = refusal(changed(base=scenario, departures=scenario.departures[:1]))
    assert found.fact.startswith(
        "newborn member M2 (day of birth not known) may fly from 2026-05-12,"
    )


def test_the_shipped_value_of_a_carrier() -> None:
    """Turkish takes newborns under seven days from the third on, with a report.

    Born on 2 May, three days old on the 5th: only if cleared for that day. Born on
    3 May, two days old, not even then.
    """
    for born, until, flights in (
        (2, None, CONVOYS[1:]),
        (2, may(4), []),  # and the clearance is over for the later flights
        (2, may(30), CONVOYS),
        (3, may(30), CONVOYS[1:]),
    ):
        scenario = of(person(1), person(2, may(born)))
        report = Medical(member_id="M2", airline_clearance_until=until)
        assert eligible(changed(base=scenario, medical=(report,))) == flights


def test_a_report_is_the_change_that_would_do() -> None:
    scenario = of(person(1), person(2, may(2)))
    found = refusal(changed(base=scenario, departures=scenario.departures[:1]))
    assert (found.reason, found.rule) == (Reason.NEWBORN, "newborn_age")
    assert found.fact.endswith(
        "last departure otherwise possible 2026-05-05 (C05) with the airline's"
        " clearance (medical report) valid to 2026-05-05"
    )


def alone(*, assessed: date | None, turns: date = date(2027, 1, 1)) -> Scenario:
    born = turns.replace(year=turns.year - 18)
    base = of(person(1, born), person(2, date(2015, 1, 1)), base=BASE)
    base = changed(base=base, escorts=(GUIDE,))
    return with_family(base, best_interests=assessed)


def test_minors_alone_need_an_assessment_by_the_day() -> None:
    assert eligible(alone(assessed=may(1))) == CONVOYS
    for assessed in (None, may(2)):
        found = refusal(alone(assessed=assessed))
        assert found.reason is Reason.BEST_INTERESTS_MISSING
        assert found.rule == "unaccompanied_minor"
        # an assessment lets them leave on the first day, however old they get
        assert found.fact.endswith(
            "first departure otherwise possible 2026-05-05 (C05)"
            " with an assessment by 2026-05-01"
        )


def test_an_assessment_is_wanted_for_minors_by_name() -> None:
    found = refusal(alone(assessed=None))
    who = "each of members M1 and M2"
    assert found.fact.startswith(
        f"with nobody in charge, {who} lacks a best interests assessment, "
    )
    late = refusal(alone(assessed=may(2)))
    assert late.fact.startswith(
        f"with nobody in charge, the best interests of {who} are assessed only on"
        " 2026-05-02, "
    )
    # the adult is a patient, no minor
    found = refusal(with_patient(assessed=None))
    assert found.fact.startswith("with nobody in charge, member M2 lacks ")


def test_who_comes_of_age_accompanies_the_others() -> None:
    assert eligible(alone(assessed=None, turns=may(12))) == CONVOYS[1:]
    # an adult family of the company does too
    base = alone(assessed=None).model_copy(
        update={
            "families": (
                FAMILY,
                FAMILY.model_copy(update={"family_id": "F2", "travels_with": ("F1",)}),
            )
        }
    )
    assert eligible(base) == CONVOYS


def counted(**columns: object) -> Scenario:
    """F1 as two children of whom nothing else is known."""
    counts = {"adults": 0, "children": 2, "infants": 0, **columns}
    return with_family(changed(members=()), **counts)


def test_children_by_the_counts_do_not_go_alone() -> None:
    found = refusal(counted(best_interests=may(1)))
    assert (found.reason, found.rule) == (Reason.NO_ESCORT, "unaccompanied_minor")
    assert found.fact.startswith(
        "by its counts all 2 are children without an adult, and escorts are found by "
        "member, "
    )
    assert "with its members listed, or an adult who travels with it" in found.fact
    both = refusal(counted())
    assert "each of its children lacks a best interests assessment" in both.fact
    assert "escorts are found by member" in both.fact
    # an authority lets them travel without; a count of one adult is in charge
    aside = overridden(counted(best_interests=may(1)), "escort_cover", "F1")
    assert eligible(aside) == CONVOYS
    assert eligible(counted(adults=1, children=1)) == CONVOYS


def with_patient(*, assessed: date | None, child: date = date(2015, 1, 1)) -> Scenario:
    """An adult with a nurse, and a child."""
    row = Medical(member_id="M1", escort_role=EscortRole.NURSE)
    base = of(person(1, date(1980, 1, 1)), person(2, child))
    base = changed(base=base, escorts=(NURSE, GUIDE), medical=(row,))
    return with_family(base, best_interests=assessed)


def test_a_patient_is_not_in_charge_of_minors() -> None:
    found = refusal(with_patient(assessed=None))
    assert found.reason is Reason.BEST_INTERESTS_MISSING
    (part,) = screen(with_patient(assessed=may(1))).parts
    needs = {(n.member_id, n.clause) for some in part.needs for n in some}
    assert needs == {("M1", Clause.MEDICAL), ("M2", Clause.MINOR)}
    # somebody else of the company is in charge: no assessment is asked for
    helper = FAMILY.model_copy(update={"family_id": "F2", "travels_with": ("F1",)})
    tied = with_patient(assessed=None)
    tied = tied.model_copy(update={"families": (*tied.families, helper)})
    assert eligible(tied) == CONVOYS


def test_adult_patients_by_themselves_are_no_minors() -> None:
    """Eighteen on 12 May: until then a minor with a patient, from then on an adult."""
    young = with_patient(assessed=None, child=date(2008, 5, 12))
    assert eligible(young) == CONVOYS[1:]


def test_minors_alone_need_an_escort_on_every_ride_until_of_age() -> None:
    (part,) = screen(alone(assessed=may(1), turns=may(12))).parts
    needs = [[(n.member_id, n.clause, n.at_once) for n in some] for some in part.needs]
    # once M1 is of age nobody of the family is alone
    both = [("M1", Clause.MINOR, (1,)), ("M2", Clause.MINOR, (1,))]
    assert needs == [both, [], []]
    without = changed(base=alone(assessed=may(1)), escorts=())
    assert "members M1 and M2 need an operational escort and there is none" in (
        refusal(without).fact
    )


def patient(*, companion: bool = False, stretcher: bool = False) -> Scenario:
    row = Medical(
        member_id="M1",
        escort_role=EscortRole.NURSE,
        family_companion_allowed=companion,
        airline_clearance_until=may(30),
    )
    needs = (Need.STCR,) if stretcher else ()
    members = of(person(1, needs=needs), person(2))
    return changed(base=members, medical=(row,), escorts=(NURSE,))


def test_a_family_companion_stands_in_for_an_escort() -> None:
    assert screen(patient(companion=True)).parts[0].needs == ()
    (need,) = screen(patient()).parts[0].needs[0]
    assert (need.clause, need.kind.role, need.at_once) == ("b", EscortRole.NURSE, (1,))
    hindered = of(
        person(1), person(2, needs=(Need.WCHR,)), base=patient(companion=True)
    )
    assert screen(hindered).parts[0].needs != ()


def test_a_stretcher_takes_its_attendants_on_flights() -> None:
    row = Medical(member_id="M1", airline_clearance_until=may(30))
    base = ruled(patient(stretcher=True), stretcher_attendants=2, stretcher_seats=9)
    (given,) = screen(base).parts[0].needs[0]
    assert (given.clause, given.kind.share, given.at_once) == (
        "b",
        EscortShare.SHARED,
        (2,),
    )
    derived = changed(base=base, medical=(row,))
    (need,) = screen(derived).parts[0].needs[0]
    assert (need.clause, need.kind.share, need.at_once) == ("d", EscortShare.OWN, (2,))
    none = ruled(derived, stretcher_attendants=0)
    assert screen(none).parts[0].needs == ()
    by_road = changed(base=derived, departures=BASE.departures)
    assert screen(by_road).parts[0].needs == ()
    excepted = overridden(derived, "escort_cover", "F1")
    assert screen(excepted).parts[0].needs == ()


def test_an_escort_has_all_skills_asked_for() -> None:
    base = patient()
    row = base.medical[0].model_copy(update={"escort_skills": ("paediatric", "ICU")})
    skilled = changed(base=base, medical=(row,))
    found = refusal(skilled)
    assert (found.reason, found.rule) == (Reason.NO_ESCORT, "escort_cover")
    assert "needs a nurse, ICU, paediatric and there is none" in found.fact
    nurse = NURSE.model_copy(update={"skills": ("ICU", "paediatric", "burns")})
    assert eligible(changed(base=skilled, escorts=(nurse,))) == CONVOYS


def test_an_escort_stays_in_countries_it_may_enter() -> None:
    for countries, ways in (((), CONVOYS), (("AF",), CONVOYS), (("TJ",), [])):
        nurse = NURSE.model_copy(update={"countries": countries})
        assert eligible(changed(base=patient(), escorts=(nurse,))) == ways


def test_households_of_the_first_degree() -> None:
    def family(*relations: str) -> Scenario:
        rows = tuple(person(i, relation=r) for i, r in enumerate(relations))
        base = of(*rows, base=BASE)
        return with_programme(base, household=Household.FIRST_DEGREE)

    assert eligible(family("Principal", "spouse", "CHILD", "parent")) == CONVOYS
    found = refusal(family("principal", "sibling"))
    assert (found.reason, found.rule) == (Reason.HOUSEHOLD, "household")
    assert found.fact == (
        "member M1 is sibling, and programme AVRR takes principal, spouse, child and"
        " parent only: the member needs a family of its own"
    )
    assert refusal(family("principal", "sibling", "child", "")).fact == (
        "member M1 is sibling, member M3 is of unknown relation, and programme AVRR"
        " takes principal, spouse, child and parent only: each of them needs a family"
        " of its own"
    )


def test_a_hold_ends_with_its_release() -> None:
    def held(**columns: object) -> Scenario:
        row = {"member_id": "M1", "status": MedicalStatus.HOLD, **columns}
        return changed(medical=(Medical.model_validate(row),))

    # released on the 12th: the hold's last day is the 11th
    assert eligible(held(hold_released=may(12))) == CONVOYS[1:]
    assert eligible(held(hold_released=may(13))) == CONVOYS[2:]
    earlier = held(hold_until=may(4), hold_released=may(13))
    assert eligible(earlier) == CONVOYS
    assert refusal(held()).rule == "medical_fitness"


def test_ties_are_off_when_both_consent_or_an_override_says_so() -> None:
    """As of 1 May: consent recorded that day counts, the next day's not yet."""

    def two(first: date | None, second: date | None) -> Scenario:
        other = {"family_id": "F2", "travel_apart_consent": second}
        tied = {"travels_with": ("F2",), "travel_apart_consent": first}
        rows = (FAMILY.model_copy(update=tied), FAMILY.model_copy(update=other))
        return changed(families=rows)

    assert companies(two(may(1), date(2026, 3, 1))) == ()
    assert companies(two(may(1), None)) == (("F1", "F2"),)
    assert companies(two(may(1), may(2))) == (("F1", "F2"),)
    loose = overridden(two(None, None), "travels_with", "F2")
    assert companies(loose) == ()
    late = loose.overrides[0].model_copy(update={"date": may(1) + timedelta(days=1)})
    assert companies(changed(base=loose, overrides=(late,))) == (("F1", "F2"),)
    assert screen(two(None, None)).companies == (("F1", "F2"),)

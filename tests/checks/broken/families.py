"""Plans broken on purpose: rules of families and minors."""

from datetime import date

from movplan.domain.words import DatePrecision, Holders
from tests.checks.broken.scenes import alone, without_document, without_ra2
from tests.checks.broken.tools import Break, both, leg, override, row, rule_value
from tests.checks.world import may

VEHICLE = frozenset({"vehicle_load"})
MONTH = DatePrecision.MONTH
CHILD = row("members", "RA3-2", birth_date=date(2015, 1, 1))
AUTHORISED = both(
    row("document_types", "transit_pass", holders=Holders.MINORS_ONE_PARENT),
    without_document("RS1-3/transit_pass"),
)
BREAKS: tuple[Break, ...] = (
    Break(
        "family_whole",
        "a seat too many",
        leg("RS1", 11, seats=4),
        "4 seats on F1, it takes 3",
    ),
    Break(
        "family_whole",
        "one left behind",
        leg("RA1", 2, persons=2),
        "2 of 3 persons on row 2",
    ),
    Break(
        "family_whole",
        "no vehicle",
        leg("RA1", 3, vehicle=None),
        "has no vehicle on convoy C2",
        VEHICLE,
    ),
    Break(
        "family_whole",
        "another's cases",
        leg("RA3", 1, case_ids=("RA1-A",)),
        "names cases RA1-A",
    ),
    Break(
        "travels_with",
        "a third that goes elsewhere",
        row("families", "RA3", travels_with=("RA2",)),
        "RA1 and RA2 and RA3 travel together",
    ),
    Break("travels_with", "one stays", without_ra2, "RA2 none"),
    Break(
        "consent", "unsigned", row("families", "RA1", consent_signed=None), "not signed"
    ),
    Break(
        "consent",
        "withdrawn",
        row("families", "RA1", consent_withdrawn=may(30)),
        "withdrew consent on 2026-05-30",
    ),
    Break(
        "travels_with",
        "only one consents to travel apart",
        both(without_ra2, row("families", "RA1", travel_apart_consent=may(1))),
        "RA2 none",
    ),
    # As of 1 May.
    Break(
        "travels_with",
        "one consents to travel apart tomorrow",
        both(
            without_ra2,
            row("families", "RA1", travel_apart_consent=may(1)),
            row("families", "RA2", travel_apart_consent=may(2)),
        ),
        "RA2 none",
    ),
    Break(
        "newborn_age",
        "445 days old, 446 asked for",
        rule_value("newborn_min_days", 446),
        "RS1-4, born 2025-03-01, is 445 days old on F1 on 2026-05-20",
    ),
    # Cleared by the airline, but it takes nobody under 446 days then either.
    Break(
        "newborn_age",
        "445 days old, 446 asked for with a report",
        both(
            rule_value("newborn_report_min_days", 446),
            row("medical", "RS1-4", airline_clearance_until=may(20)),
        ),
        "RS1-4, born 2025-03-01, is 445 days old on F1 on 2026-05-20",
    ),
    # Born in May, and in the files on the 1st: 19 days old on the 20th.
    Break(
        "newborn_age",
        "born this month",
        both(
            rule_value("newborn_min_days", 20),
            row(
                "members",
                "RS1-4",
                birth_date=may(1),
                birth_precision=DatePrecision.MONTH,
            ),
        ),
        "RS1-4, born 2026-05-01, is 19 days old on F1",
    ),
    Break(
        "unaccompanied_minor",
        "not assessed",
        both(alone, override("escort_cover", "WS1")),
        "no adult in charge travels with it on 2026-05-11, and there is no best-int",
    ),
    Break(
        "unaccompanied_minor",
        "assessed tomorrow",
        both(
            alone,
            override("escort_cover", "WS1"),
            row("families", "WS1", best_interests=may(2)),
        ),
        "its best interests are assessed on 2026-05-02 only",
    ),
    # RA3-1 lies on a stretcher, and has a nurse of its own on the convoy.
    Break(
        "unaccompanied_minor",
        "a child with a patient",
        both(CHILD, override("escort_cover", "RA3")),
        "RA3 outbound: no adult in charge travels with it on 2026-05-14",
    ),
    Break(
        "escort_cover",
        "a child with a patient",
        both(CHILD, row("families", "RA3", best_interests=may(1))),
        "RA3-2 has no operational (shared) with room on C1",
    ),
    # Without RS1-3's paper, which whoever travels without both parents needs.
    Break(
        "document_validity",
        "a grandmother is no second parent",
        both(AUTHORISED, row("members", "RS1-2", relation="parent")),
        "there is no transit_pass of RS1-3",
    ),
    Break(
        "document_validity",
        "principals of one case: whose child?",
        both(AUTHORISED, row("members", "RS1-2", relation="principal")),
        "there is no transit_pass of RS1-3",
    ),
    Break(
        "document_validity",
        "the other parent is of another case",
        both(
            AUTHORISED,
            row("members", "RS1-2", case_id="RS1-A"),
            row("members", "RS1-4", relation="principal", case_id="RS1-A"),
        ),
        "there is no transit_pass of RS1-3",
    ),
    Break(
        "household",
        "a cousin",
        row("members", "RS1-3", relation="cousin"),
        "RS1: RS1-3 is cousin; RESETTLE takes principal",
    ),
)

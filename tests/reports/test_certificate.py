"""What a certificate holds with."""

from movplan.domain.plan import CheckResult, DefaultUsed
from movplan.reports.certificate import reservations
from movplan.reports.summary import summary
from tests.reports.by_hand import PLAN


def test_nothing_to_say() -> None:
    clean = PLAN.certificate.model_copy(update={"checks": (), "overrides": ()})
    assert reservations(PLAN.model_copy(update={"certificate": clean})) == ()


def test_unchecked_overrides_and_estimated_holidays() -> None:
    certificate = PLAN.certificate.model_copy(
        update={
            "checks": (
                CheckResult(rule="newborn_age", checked=9, violations=0, unchecked=2),
                CheckResult(rule="place_open", checked=9, violations=0, overridden=1),
                CheckResult(rule="seats", checked=9, violations=0),
            ),
            "overrides": ("place_open for F1 by head of mission (note 3, 2026-05-01)",),
            "defaults": (
                DefaultUsed(
                    what="holiday at kabul on 2026-05-27",
                    value="Eid al-Adha (estimated)",
                    source="public holidays of AF, date estimated",
                    label="UE",
                ),
                DefaultUsed(what="seats", value="9", source="x", label="S"),
            ),
        }
    )
    plan = PLAN.model_copy(update={"certificate": certificate})
    (table,) = reservations(plan)
    assert table.rows == (
        ("UNCHECKED", "newborn_age", "2 cases given as counts, without members"),
        ("overridden", "place_open", "1 violation set aside by an authority"),
        ("override", "place_open", "for F1 by head of mission (note 3, 2026-05-01)"),
        ("estimated date", "kabul on 2026-05-27", "Eid al-Adha (estimated)"),
    )
    assert table in summary(plan)

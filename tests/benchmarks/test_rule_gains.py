"""What rules take: the table, and the names of what stays when all else is left out."""

from benchmarks.rule_gains import ALL_OTHERS, FRAME, RuleGains, Size, as_rows
from movplan.domain.rulebook import RULEBOOK


def test_the_frame_is_made_of_rules() -> None:
    assert {rule.name for rule in RULEBOOK} > FRAME


def test_what_is_gained_most_comes_first() -> None:
    """2 000 persons at most; 2 100 without beds: 100 / 2 000 = 5 % more."""
    whole = Size(families=10, ways=40, lp=2000.0, seconds=1.0)
    beds = Size(families=10, ways=40, lp=2100.0, seconds=1.1)
    others = Size(families=12, ways=90, lp=3000.0, seconds=1.4)
    found = RuleGains(
        size=10,
        seed=1,
        mission="m",
        load=0.0,
        whole=whole,
        without={"beds": beds, ALL_OTHERS: others},
    )
    head, *rows = as_rows(found)
    assert head[0] == "left out"
    assert rows == [
        ["nothing", "10", "40", "2000", "0.00 %", "1.0"],
        [ALL_OTHERS, "12", "90", "3000", "50.00 %", "1.4"],
        ["beds", "10", "40", "2100", "5.00 %", "1.1"],
    ]

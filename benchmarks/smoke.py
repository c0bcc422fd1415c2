"""Does the measuring itself work? A small mission, a few methods, under a minute."""

from benchmarks.child import ENDS_NOT, FAILED, FITS_NOT
from benchmarks.missions import mission_folder
from benchmarks.root_gap import root_gaps
from benchmarks.runs import run, with_held
from benchmarks.specs import AGGREGATED, FULL, GREEDY, OURS, Record, Spec

SIZE, SEED, SECONDS = 60, 1, 5.0
TRIED = (
    (OURS, ""),
    (GREEDY, ""),
    ("highs", AGGREGATED),
    ("cpsat8+hint", AGGREGATED),
    ("cpsat2", FULL),
)
MUST_ANSWER = (OURS, GREEDY, "cpsat8+hint")


def smoke() -> int:
    """Run every kind of method once; 0 when all answered and none contradict."""
    folder = str(mission_folder(SIZE, SEED))
    specs = [Spec(SIZE, SEED, method, form, SECONDS, folder) for method, form in TRIED]
    rows = [run(with_held(spec)) for spec in specs]
    for row in rows:
        told = f"{row['value']} of at most {row['bound']} in {row['wall_s']} s"
        print(f"{row['method']}: {told}")
    found = root_gaps(SIZE, SEED)
    print(f"LP bound {found['lp']:.1f}, {len(found['without'])} rules dropped in turn")
    wrong = contradictions(rows)
    print("\n".join(wrong) or "all methods answered, no bound is broken")
    return 1 if wrong else 0


def contradictions(rows: list[Record]) -> list[str]:
    """Methods that failed, and values above another's bound.

    A peer may find nothing in so few seconds. First come is held to no earlier level,
    so no bound counts against it.
    """
    wrong = [
        f"{row['method']} did not answer: {row.get('error', row['status'])}"
        for row in rows
        if row["status"] in (FAILED, FITS_NOT, ENDS_NOT)
        or (row["method"] in MUST_ANSWER and row["value"] is None)
    ]
    for one in rows:
        for other in rows:
            value, bound = one["value"], other["bound"]
            if GREEDY in (one["method"], other["method"]):
                continue
            if value is not None and bound is not None and value > bound:
                wrong.append(
                    f"{one['method']} reached {value}, "
                    f"above the bound {bound} of {other['method']}"
                )
    return wrong

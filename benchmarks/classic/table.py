"""``benchmarks/CLASSIC.md`` from the records: every instance, proved or not."""

from pathlib import Path

from benchmarks.classic.problems import NAMES
from benchmarks.classic.runs import records
from benchmarks.render import as_table, machine
from benchmarks.specs import ROOT, Record

PAGE = ROOT / "benchmarks" / "CLASSIC.md"


def render() -> Path:
    """Write the page; returns where."""
    last = {row["instance"]: row for row in records()}
    rows = list(last.values())
    parts = [
        "# Classic cases",
        "",
        "Written by `make bench-classic`; what stands behind it is in",
        "[docs/benchmarks.md](../docs/benchmarks.md), *Classic cases*.",
        "",
        f"Machine: {machine()}. HiGHS alone on its own model, movplan through `plan`.",
        "",
        *as_table(_summary(rows)),
    ]
    for problem in NAMES.values():
        of_problem = [row for row in rows if row["problem"] == problem]
        if of_problem:
            parts += [
                "",
                f"## {problem.capitalize()}",
                "",
                *as_table(_each(of_problem)),
            ]
    PAGE.write_text("\n".join(parts) + "\n", "utf-8")
    return PAGE


def disagreements(rows: list[Record]) -> list[str]:
    """Instances on which movplan and HiGHS contradict each other."""
    wrong = []
    for row in rows:
        best, value, bound = row["optimum"], row["value"], row["bound"]
        ends = sorted((value, bound))
        if best is not None and not ends[0] <= best <= ends[1]:
            wrong.append(
                f"{row['instance']}: {value} with bound {bound}, HiGHS proves {best}"
            )
    return wrong


def _summary(rows: list[Record]) -> list[list[str]]:
    found = [
        ["class", "instances", "optimum by HiGHS", "proved, gap 0", "worst s of these"]
    ]
    for problem in NAMES.values():
        mine = [row for row in rows if row["problem"] == problem]
        proved = [row for row in mine if row["proved"]]
        known = [row for row in mine if row["optimum"] is not None]
        worst = max((row["wall_s"] for row in proved), default=0.0)
        found.append(
            [problem, str(len(mine)), str(len(known)), str(len(proved)), f"{worst:.1f}"]
        )
    return found


def _each(rows: list[Record]) -> list[list[str]]:
    head = ["instance", "items", "charters", "optimum", "HiGHS s"]
    head += ["value", "bound", "proved", "s", "CPU s", "of at most"]
    return [
        head,
        *[
            [
                row["instance"],
                str(row["items"]),
                str(row["charters"]),
                "not proved" if row["optimum"] is None else str(row["optimum"]),
                f"{row['highs_s']:.1f}",
                str(row["value"]),
                str(row["bound"]),
                "yes" if row["proved"] else "**no**",
                f"{row['wall_s']:.1f}",
                f"{row['cpu_s']:.1f}",
                f"{row['limit_s']:g}",
            ]
            for row in sorted(rows, key=lambda row: str(row["instance"])[-2:])
        ],
    ]

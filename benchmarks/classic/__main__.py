"""``python -m benchmarks.classic``: plan every case, write ``CLASSIC.md``."""

import argparse
import sys

from benchmarks.classic.problems import NAMES
from benchmarks.classic.runs import LIMIT_S, run_all
from benchmarks.classic.table import disagreements, render
from benchmarks.specs import Record


def main() -> None:
    """Run what is asked for; fails if a bound contradicts HiGHS."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.classic", description=__doc__
    )
    parser.add_argument("--class", dest="names", type=_names, default=tuple(NAMES))
    parser.add_argument("--limit", type=float, default=LIMIT_S, help="seconds each")
    parser.add_argument("--repeat", action="store_true", help="run again what was run")
    parser.add_argument("--render", action="store_true", help="only write the page")
    asked = parser.parse_args()
    rows: list[Record] = []
    if not asked.render:
        for row in run_all(asked.names, asked.limit, repeat=asked.repeat):
            rows.append(row)
            print(_said(row), flush=True)
    print(f"written to {render()}")
    wrong = disagreements(rows)
    if wrong:
        sys.exit("\n".join(wrong))


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    for name in names:
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"{name}: not one of {', '.join(NAMES)}")
    return names


def _said(row: Record) -> str:
    proved = "proved" if row["proved"] else f"not proved, bound {row['bound']}"
    return (
        f"{row['instance']}: {row['value']} {proved} in {row['wall_s']} s; "
        f"HiGHS {row['optimum']} in {row['highs_s']} s"
    )


if __name__ == "__main__":
    main()

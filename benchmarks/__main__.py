"""``python -m benchmarks``: measure, then write ``benchmarks/RESULTS.md``."""

import argparse
import sys

from benchmarks import root_gap, rule_gains
from benchmarks.render import render
from benchmarks.runs import mission_folder, run_all
from benchmarks.smoke import smoke
from benchmarks.specs import METHODS, SEEDS, SIZES, Record, Spec, forms_of, limit_of


def main() -> None:
    """Run what is asked for and render everything measured so far."""
    asked = _arguments()
    if asked.smoke:
        sys.exit(smoke())
    if not asked.render:
        for record in run_all(_specs(asked), repeat=asked.repeat):
            print(_said(record), flush=True)
        if asked.root_gap:
            for size in asked.size:
                root_gap.keep(root_gap.root_gaps(size, asked.seeds[0]))
        if asked.rules:
            for size in asked.size:
                rule_gains.keep(rule_gains.rule_gains(size, asked.seeds[0]))
    print(f"written to {render()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=_numbers, default=SIZES)
    parser.add_argument("--seeds", type=_numbers, default=SEEDS)
    parser.add_argument("--method", type=_methods, default=METHODS)
    parser.add_argument("--limit", type=float, help="seconds of the whole command")
    parser.add_argument("--times", type=float, default=1.0, help="multiplies the limit")
    parser.add_argument("--repeat", action="store_true", help="run again what was run")
    parser.add_argument("--root-gap", action="store_true", help="measure the LP too")
    parser.add_argument("--rules", action="store_true", help="measure rules left out")
    parser.add_argument("--render", action="store_true", help="only write RESULTS.md")
    parser.add_argument("--smoke", action="store_true", help="a minute, for CI")
    return parser.parse_args()


def _specs(asked: argparse.Namespace) -> list[Spec]:
    """Ours first: the peers are held to the levels it reached."""
    return [
        Spec(
            size=size,
            seed=seed,
            method=method,
            form=form,
            limit_s=(asked.limit or limit_of(size)) * asked.times,
            folder=str(mission_folder(size, seed)),
        )
        for size in asked.size
        for seed in asked.seeds
        for method in sorted(asked.method, key=METHODS.index)
        for form in forms_of(method)
    ]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _methods(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    for name in names:
        if name not in METHODS:
            raise argparse.ArgumentTypeError(f"{name}: not one of {', '.join(METHODS)}")
    return names


def _said(record: Record) -> str:
    name = f"{record['method']} {record['form']}".strip()
    return (
        f"{record['size']}/{record['seed']} {name}: {record['value']} of at most "
        f"{record.get('bound')} in {record['wall_s']} s ({record['status']})"
    )


if __name__ == "__main__":
    main()

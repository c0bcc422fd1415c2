"""``python -m benchmarks``: measure, then write ``benchmarks/RESULTS.md``."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from benchmarks import cancel, engines, replan, root_gap, rule_gains
from benchmarks.missions import mission_folder
from benchmarks.render import render
from benchmarks.runs import run_all
from benchmarks.seeds import commit_of, seeds_of_commit, seen_by_peers
from benchmarks.smoke import smoke
from benchmarks.specs import (
    FRACTIONS,
    GREEDY,
    METHODS,
    PEER_NAMES,
    SEEDS,
    SIZES,
    Record,
    Spec,
    forms_of,
    limits_of,
)


def main() -> None:
    """Run what is asked for and render everything measured so far."""
    asked = arguments(sys.argv[1:])
    if asked.smoke:
        sys.exit(smoke())
    if not asked.render:
        _measure(asked)
    print(f"written to {render()}")


def _measure(asked: argparse.Namespace) -> None:
    """The special measurements that are asked for; without any, the methods."""
    special: tuple[tuple[bool, Callable[[int], None]], ...] = (
        (asked.root_gap, lambda size: _root_gap(size, _seeds(asked, size)[0])),
        (asked.rules, lambda size: _rules(size, _seeds(asked, size)[0])),
        (asked.engines, lambda s: engines.run([s], _seeds(asked, s), asked.limit)),
        (asked.cancel, lambda s: cancel.run([s], _seeds(asked, s), asked.limit)),
        (asked.replan, lambda s: replan.run([s], _seeds(asked, s), asked.limit)),
    )
    chosen = [measure for wanted, measure in special if wanted]
    for size in asked.size:
        for measure in chosen:
            measure(size)
    if not chosen:
        for record in run_all(specs(asked), repeat=asked.repeat):
            print(_said(record), flush=True)


def _root_gap(size: int, seed: int) -> None:
    root_gap.keep(root_gap.root_gaps(size, seed))


def _rules(size: int, seed: int) -> None:
    rule_gains.keep(rule_gains.rule_gains(size, seed))


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--size", type=_numbers, default=SIZES)
    add("--seeds", default=SEEDS, type=_given_seeds, help="1,2,3, commit, commit:NAME")
    add("--method", type=_methods, default=METHODS)
    add(
        "--limit", type=float, help="seconds of the whole command, instead of a table's"
    )
    add("--times", type=float, default=1.0, help="multiplies the limit")
    add("--fraction", type=_parts, help="parts of the limit to run at, 0.25,0.5,1")
    add("--repeat", action="store_true", help="run again what was run")
    add("--root-gap", action="store_true", help="the LP, and without each rule")
    add("--rules", action="store_true", help="ways and LP with rules left out")
    add("--engines", action="store_true", help="LP engines on the root LP")
    add("--cancel", action="store_true", help="Ctrl-C at several moments")
    add("--replan", action="store_true", help="plan again after a cancelled departure")
    add("--render", action="store_true", help="only write RESULTS.md and figures")
    add("--smoke", action="store_true", help="a minute, for CI")
    return parser.parse_args(words)


def specs(asked: argparse.Namespace) -> Iterator[Spec]:
    """Ours first: the peers are held to the levels it reached.

    First come knows no limit: it runs once. Missions are made when their turn comes.
    """
    for size in asked.size:
        for seed in _seeds(asked, size):
            for method in sorted(asked.method, key=METHODS.index):
                if method in PEER_NAMES and not _peers_see(asked, size, seed):
                    continue
                for form in forms_of(method):
                    for limit in _limits(asked, size)[
                        : 1 if method == GREEDY else None
                    ]:
                        yield Spec(
                            size=size,
                            seed=seed,
                            method=method,
                            form=form,
                            limit_s=limit,
                            folder=str(mission_folder(size, seed)),
                            commit=asked.seeds if isinstance(asked.seeds, str) else "",
                        )


def _peers_see(asked: argparse.Namespace, size: int, seed: int) -> bool:
    return seed in seen_by_peers(_seeds(asked, size), size)


def _limits(asked: argparse.Namespace, size: int) -> list[float]:
    """Limits of a size, longest first: the longest of ours proves what peers keep."""
    whole = (asked.limit,) if asked.limit else limits_of(size)
    usual = FRACTIONS if asked.limit is None and asked.times == 1 else (1.0,)
    parts = [part * asked.times for part in asked.fraction or usual]
    return sorted({limit * part for limit in whole for part in parts}, reverse=True)


def _seeds(asked: argparse.Namespace, size: int) -> tuple[int, ...]:
    seeds: tuple[int, ...] | str = asked.seeds
    return seeds_of_commit(seeds, size) if isinstance(seeds, str) else seeds


def _given_seeds(text: str) -> tuple[int, ...] | str:
    """Seeds, or the commit they are derived from."""
    return commit_of(text) or _numbers(text)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _parts(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def _methods(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    for name in names:
        if name not in METHODS:
            raise argparse.ArgumentTypeError(f"{name}: not one of {', '.join(METHODS)}")
    return names


def _said(record: Record) -> str:
    name = f"{record['method']} {record['form']}".strip()
    return (
        f"{record['size']}/{record['seed']} {name}, {record['limit_s']:g} s: "
        f"{record['value']} of at most {record.get('bound')} in {record['wall_s']} s "
        f"({record['status']})"
    )


if __name__ == "__main__":
    main()

"""Seeds of missions: given, or derived from a commit so that nobody picks them.

Seed k of a commit is the number its hash writes in the four hexadecimal digits from
4 k on: ``53ddf38a42f4...`` gives 21469, 62346, 17140 and so on.
"""

import subprocess

from benchmarks.specs import ROOT

DIGITS, COUNT = 4, 5
# The largest size has fewer missions, and its peers see the first only.
FEWER, PEERS_SEE = {100_000: 3}, {100_000: 1}
WORD = "commit"


def commit_of(text: str) -> str:
    """The commit that ``commit`` or ``commit:NAME`` stands for; "" for plain seeds."""
    word, _, name = text.partition(":")
    if word != WORD:
        return ""
    command = ["git", "rev-parse", "--verify", f"{name or 'HEAD'}^{{commit}}"]
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def seeds_of_commit(commit: str, size: int) -> tuple[int, ...]:
    """Seeds of the missions of a size."""
    count = FEWER.get(size, COUNT)
    starts = range(0, DIGITS * count, DIGITS)
    return tuple(int(commit[start : start + DIGITS], 16) for start in starts)


def seen_by_peers(seeds: tuple[int, ...], size: int) -> tuple[int, ...]:
    """Seeds of the missions that peers are given."""
    return seeds[: PEERS_SEE.get(size, len(seeds))]

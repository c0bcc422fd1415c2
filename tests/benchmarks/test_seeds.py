"""Seeds that come from a commit: nobody picks them, everybody can work them out."""

from benchmarks.seeds import commit_of, seeds_of_commit, seen_by_peers

COMMIT = "53ddf38a42f4f3f1c3345f73912c935ddc7e94f3"


def test_four_digits_of_the_hash_are_a_seed() -> None:
    # 53dd f38a 42f4 f3f1 c334 as numbers.
    assert seeds_of_commit(COMMIT, 1000) == (21469, 62346, 17140, 62449, 49972)


def test_the_largest_size_has_three_and_peers_see_one() -> None:
    seeds = seeds_of_commit(COMMIT, 100_000)
    assert seeds == (21469, 62346, 17140)
    assert seen_by_peers(seeds, 100_000) == (21469,)
    assert seen_by_peers(seeds, 1000) == seeds


def test_plain_numbers_are_no_commit() -> None:
    assert commit_of("1,2,3") == ""


def test_head_stands_for_its_hash() -> None:
    commit = commit_of("commit")
    assert len(commit) == 40
    assert commit_of("commit:HEAD") == commit

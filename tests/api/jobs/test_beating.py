"""Who is dead, as far as a watcher can see by its own clock."""

import os

from movplan_api.jobs.beating import Heart, Watcher, home_of_this_process
from movplan_api.store.workers import Pulse, Workers

HERE = home_of_this_process()


class HandClock:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """The time it is set to."""
        return self.at


def pulse(beats: int, *, home: str = "elsewhere", pid: int = 1, stopped: bool = False):
    return Pulse("w", home, pid, beats, lost=False, stopped=stopped)


def test_a_worker_is_dead_when_its_beats_stand_still():
    """Looked at every 5 s; after 20 s it may be alive, after 25 s it is held dead."""
    clock = HandClock()
    watcher = Watcher(HERE, lost_after_s=20, clock=clock)
    for clock.at in (0, 5, 10, 15, 20):
        assert watcher.dead([pulse(1)]) == []
    clock.at = 25
    assert watcher.dead([pulse(1)]) == ["w"]
    assert watcher.dead([pulse(2)]) == [], "it was only slow"


def test_nobody_dies_of_a_database_that_is_away():
    """Away for a minute, so nobody beat and nobody could look; of that time no more
    than half of 20 s count, and the others have a beat to show that they live.
    """
    clock = HandClock()
    watcher = Watcher(HERE, lost_after_s=20, clock=clock)
    for clock.at in (0, 5):
        assert watcher.dead([pulse(1)]) == []
    clock.at = 65
    assert watcher.dead([pulse(1)]) == []
    clock.at = 70
    assert watcher.dead([pulse(1)]) == []
    assert watcher.dead([pulse(2)]) == []


def test_one_that_does_not_come_back_with_the_database_is_dead():
    """5 s before, 10 s of the minute away, then 5 s and 5 s: more than 20 s."""
    clock = HandClock()
    watcher = Watcher(HERE, lost_after_s=20, clock=clock)
    for clock.at in (0, 5, 65, 70):
        assert watcher.dead([pulse(1)]) == []
    clock.at = 75
    assert watcher.dead([pulse(1)]) == ["w"]


def test_a_process_gone_from_this_machine_is_dead_at_once():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    watcher = Watcher(HERE, lost_after_s=20)
    assert watcher.dead([pulse(1, home=HERE, pid=child)]) == ["w"]
    assert watcher.dead([pulse(1, home=HERE, pid=os.getpid())]) == []


def test_one_that_said_good_bye_is_dead_at_once():
    assert Watcher(HERE, lost_after_s=20).dead([pulse(1, stopped=True)]) == ["w"]


def test_a_heart_beats_and_has_the_dead_taken_up(store):
    with store.transaction() as session:
        workers = Workers(session)
        workers.enrol("me", home=HERE, pid=os.getpid(), version="1")
        workers.enrol("gone", home="elsewhere", pid=1, version="1")
        workers.stop("gone")
    taken: list[str] = []
    heart = Heart(
        store, "me", Watcher(HERE, 20), lambda d: len(taken.extend(d) or d), 5
    )
    heart.once()
    assert taken == ["gone"]
    with store.transaction() as session:
        beats = {p.worker_id: p.beats for p in Workers(session).pulses()}
    assert beats == {"me": 2, "gone": 1}

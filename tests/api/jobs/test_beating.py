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
    clock = HandClock()
    watcher = Watcher(HERE, lost_after_s=20, clock=clock)
    assert watcher.dead([pulse(1)]) == []
    clock.at = 19
    assert watcher.dead([pulse(1)]) == []
    clock.at = 21
    assert watcher.dead([pulse(1)]) == ["w"]
    assert watcher.dead([pulse(2)]) == [], "it was only slow"


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

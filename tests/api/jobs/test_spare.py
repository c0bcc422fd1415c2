"""A solver process made ahead does as one started for the errand."""

import os
import signal

from movplan.application.documents import plan_of_text
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import LAST, Kind
from movplan_api.solving.process import Spare
from tests.api.solving.test_process import runs, wait_until_gone


def last_word(process):
    while True:
        message = process.next_message(120)
        assert message is not None, "silent for two minutes"
        if message.kind in LAST:
            return message


def errand_in(folder, scenario, **limits):
    folder.mkdir()
    errand = Errand(folder)
    errand.write(scenario=scenario, limits=limits)
    return errand


def test_it_goes_where_it_is_told_and_plans(tmp_path, first_convoy_text):
    """Two of them are copies of one process; each plans as if it were the first."""
    spare = Spare(1)
    for name in ("1", "2"):
        errand = errand_in(tmp_path / name, first_convoy_text, effort=1, seed=1)
        spare.prepare()
        with spare.take(errand) as process:
            assert last_word(process).kind is Kind.RESULT
        assert errand.log_path.exists()
    texts = [(tmp_path / n / "plan.json").read_text() for n in ("1", "2")]
    assert texts[0] == texts[1]
    assert plan_of_text(texts[0]).certificate.ledger_balanced
    spare.close()


def test_it_is_stopped_and_is_gone(tmp_path, first_convoy_text):
    spare = Spare(1)
    spare.prepare()
    errand = errand_in(tmp_path / "1", first_convoy_text, time_limit_s=600, gap="0")
    with spare.take(errand) as process:
        pid = process._process.pid
        process.ask_to_stop()
        assert last_word(process).kind in (Kind.RESULT, Kind.STOPPED)
    wait_until_gone(pid)
    spare.close()


def test_one_that_died_meanwhile_is_not_sent(tmp_path):
    spare = Spare(1)
    assert spare.take(Errand(tmp_path)) is None, "none was made"
    spare.prepare()
    waiting = spare._take()
    spare._ways = (waiting.stdin, waiting.stdout)
    spare._template.copy = lambda _: waiting
    os.kill(waiting.pid, signal.SIGKILL)
    wait_until_gone(waiting.pid)
    assert spare.take(Errand(tmp_path)) is None
    spare.close()


def test_a_template_that_died_is_made_again(tmp_path, first_convoy_text):
    """Nothing is made ahead for once; the next one is."""
    spare = Spare(1)
    spare.prepare()
    spare._template._process.kill()
    assert spare.take(Errand(tmp_path)) is None
    spare.prepare()
    errand = errand_in(tmp_path / "1", first_convoy_text, effort=1, seed=1)
    with spare.take(errand) as process:
        assert last_word(process).kind is Kind.RESULT
    spare.close()


def test_it_ends_when_nobody_is_there_to_send_it():
    spare = Spare(1)
    spare.prepare()
    waiting = spare._take()
    template = spare._template._process.pid
    assert runs(waiting.pid)
    waiting.stdin.close()
    wait_until_gone(waiting.pid)
    waiting.stdout.close()
    assert runs(template)
    spare.close()
    assert not runs(template)

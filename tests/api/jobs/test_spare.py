"""A solver process started ahead does as one started for the errand."""

import time

from movplan.application.documents import plan_of_text
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import LAST, Kind
from movplan_api.solving.process import Spare


def last_word(process):
    while True:
        message = process.next_message(60)
        assert message is not None, "silent for a minute"
        if message.kind in LAST:
            return message


def test_it_goes_where_it_is_told_and_plans(tmp_path, first_convoy_text):
    spare = Spare(1)
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        errand = Errand(folder)
        errand.write(scenario=first_convoy_text, limits={"effort": 1, "seed": 1})
        spare.prepare()
        with spare.take(errand) as process:
            assert last_word(process).kind is Kind.RESULT
        assert errand.log_path.exists()
    texts = [(tmp_path / n / "plan.json").read_text() for n in ("1", "2")]
    assert texts[0] == texts[1]
    assert plan_of_text(texts[0]).certificate.ledger_balanced


def test_one_that_died_meanwhile_is_not_sent(tmp_path):
    spare = Spare(1)
    assert spare.take(Errand(tmp_path)) is None, "none was started"
    spare.prepare()
    spare._waiting.kill()
    spare._waiting.wait()
    assert spare.take(Errand(tmp_path)) is None


def test_it_ends_when_nobody_is_there_to_send_it():
    spare = Spare(1)
    spare.prepare()
    process = spare._waiting
    process.stdin.close()
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert process.poll() == 70
    process.stdout.close()

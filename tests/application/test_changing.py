"""Changes applied and validated as one call; nothing half done."""

from datetime import date, datetime, timezone

import pytest

from movplan.application.changing import Clock, changed
from movplan.application.loading import Loaded
from movplan.domain.changes import Change, Verb
from movplan.domain.errors import InputError
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Horizon
from movplan.domain.words import Reason
from movplan.files import canonical
from tests.reports.by_hand import SCENARIO

LOADED = Loaded(SCENARIO, ())


def families(loaded):
    return {row.family_id: row for row in loaded.scenario.families}


def test_texts_and_objects_change_alike():
    text = changed(LOADED, ["family F1: weight = 7"])
    spoken = changed(
        LOADED,
        [Change(verb=Verb.UPDATE, table="families", key="F1", values={"weight": 7})],
    )
    assert families(text)["F1"].weight == 7
    assert text == spoken
    assert text.scenario == canonical(text.scenario)


def test_every_change_that_cannot_be_is_named_by_its_number():
    with pytest.raises(InputError) as caught:
        changed(LOADED, ["family F1: weight = 7", "make it better", "what: no"])
    assert [issue.row for issue in caught.value.issues] == [2, 3]
    with pytest.raises(InputError) as caught:
        changed(
            LOADED,
            ["family F9: withdraw", "family F1: weight = 7", "family F2: weigth = 1"],
        )
    assert [issue.row for issue in caught.value.issues] == [1, 3]
    assert "weight" in caught.value.issues[1].expected


def test_what_no_longer_fits_together_is_refused():
    with pytest.raises(InputError) as caught:
        changed(LOADED, ["family F1: destination = NOWHERE"])
    assert caught.value.issues[0].table == "families"


def test_the_clock_moves_and_must_fit():
    tehran = SCENARIO.as_of.tzinfo
    later = datetime(2026, 4, 22, 9, tzinfo=tehran)
    horizon = Horizon(first=date(2026, 4, 23), last=date(2026, 6, 30))
    after = changed(LOADED, [], Clock(as_of=later, horizon=horizon)).scenario
    assert (after.as_of, after.horizon) == (later, horizon)
    late = datetime(2027, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
    with pytest.raises(InputError):
        changed(LOADED, [], Clock(as_of=late))


def test_a_family_set_aside_comes_back_when_it_is_added_whole():
    aside = LeftOut(family_id="F9", persons=2, reason=Reason.DATA_ERROR, fact="x")
    loaded = Loaded(SCENARIO, (), (aside,))
    assert changed(loaded, ["family F1: weight = 7"]).set_aside == (aside,)
    like = families(LOADED)["F4"]
    back = changed(
        loaded,
        [
            Change(
                verb=Verb.ADD,
                table="families",
                key="F9",
                values=like.model_dump(exclude={"family_id"}, exclude_unset=True),
            )
        ],
    )
    assert back.set_aside == ()
    assert "F9" in families(back)

"""Keys open their own workspace, within their role, and nothing else."""

from datetime import timedelta

import pytest

from movplan_api.auth.caller import caller_of
from movplan_api.auth.keys import make_key
from movplan_api.cli.giving_keys import give_first_key, give_key
from movplan_api.clock import now
from movplan_api.problems import ForbiddenError, UnauthorisedError
from movplan_api.store.access import Access
from movplan_api.store.tables import ApiKey
from movplan_api.words import Role, Scope


def test_a_key_says_who_calls(store):
    text = give_key(store, "mission", "officer", Role.PLANNER, (Scope.NAMES,))
    caller = caller_of(store, text, "req_1")
    assert (caller.role, caller.scopes) == (Role.PLANNER, {Scope.NAMES})
    caller.must_be(Role.VIEWER)
    caller.must_be(Role.PLANNER)
    caller.must_see(Scope.NAMES)
    with pytest.raises(ForbiddenError):
        caller.must_be(Role.ADMIN)
    with pytest.raises(ForbiddenError):
        caller.must_see(Scope.MEDICAL)


def test_the_secret_is_nowhere_in_the_database(store):
    text = give_key(store, "mission", "officer", Role.VIEWER, ())
    secret = text.rsplit(".", 1)[1]
    with store.transaction() as session:
        key = Access(session).key(text.split(".")[1])
        kept = [getattr(key, column.key) for column in ApiKey.__table__.columns]
    assert secret not in str(kept)


@pytest.mark.parametrize("text", [None, "", "mvp", "mvp.x.y", "mvp.a.b.c", "é.é.é"])
def test_no_key_is_no_way_in(store, text):
    with pytest.raises(UnauthorisedError):
        caller_of(store, text, None)


def test_a_wrong_secret_a_revoked_and_an_expired_key_are_refused_alike(store):
    text = give_key(store, "mission", "officer", Role.VIEWER, ())
    key_id = text.split(".")[1]
    refusals = [_refusal(store, f"mvp.{key_id}.{make_key().text.split('.')[2]}")]
    for column in ("revoked_at", "expires_at"):
        with store.transaction() as session:
            key = Access(session).key(key_id)
            key.revoked_at, key.expires_at = None, None
            setattr(key, column, now() - timedelta(seconds=1))
        refusals.append(_refusal(store, text))
    assert len(set(refusals)) == 1


def _refusal(store, text):
    with pytest.raises(UnauthorisedError) as refused:
        caller_of(store, text, None)
    return str(refused.value)


def test_the_first_key_is_printed_once(store, capsys):
    give_first_key(store)
    give_first_key(store)
    printed = capsys.readouterr().out.split()
    keys = [word for word in printed if word.startswith("mvp.")]
    assert len(keys) == 1
    assert caller_of(store, keys[0], None).role is Role.ADMIN

"""Each key has a bucket of its own; who comes too often is told when to come again."""

import pytest
from starlette.testclient import TestClient

from movplan_api.auth.rate import Rates
from movplan_api.http.app import create_app
from movplan_api.problems import TooManyError
from movplan_api.settings import Settings
from tests.api.views.conftest import key


def test_a_burst_then_so_many_a_second():
    """Three at once; half a second later one more at two a second, and no other."""
    rates = Rates(burst=3, per_s=2)
    for _ in range(3):
        rates.take("a", at=10.0)
    with pytest.raises(TooManyError) as refused:
        rates.take("a", at=10.0)
    assert refused.value.headers["Retry-After"] == "1"
    rates.take("b", at=10.0)
    rates.take("a", at=10.5)
    with pytest.raises(TooManyError):
        rates.take("a", at=10.5)
    # However long it stays away, no more than the burst is saved up.
    for _ in range(3):
        rates.take("a", at=1000.0)
    with pytest.raises(TooManyError):
        rates.take("a", at=1000.0)


def test_a_slow_refill_says_how_long():
    rates = Rates(burst=1, per_s=0.1)
    rates.take("a", at=0.0)
    with pytest.raises(TooManyError) as refused:
        rates.take("a", at=1.0)
    assert 9 <= int(refused.value.headers["Retry-After"]) <= 10


def test_many_keys_do_not_pile_up():
    rates = Rates(burst=1, per_s=1)
    for number in range(25_000):
        rates.take(f"key_{number}", at=float(number))
    assert len(rates._buckets) <= 10_000


def test_over_http(tmp_path):
    settings = Settings(data_dir=tmp_path, rate_burst=3, rate_per_s=0.01)
    with TestClient(create_app(settings)) as client:
        me, other = key(client), key(client)
        found = [client.get("/v1/me", headers=me).status_code for _ in range(4)]
        assert found == [200, 200, 200, 429]
        refused = client.get("/v1/plans", headers=me)
        assert (refused.status_code, refused.json()["code"]) == (429, "RATE_LIMITED")
        assert int(refused.headers["Retry-After"]) >= 1
        assert client.get("/v1/me", headers=other).status_code == 200
        # Who has no key, and who asks for health, is not counted.
        assert client.get("/health/live").status_code == 200

"""Schemathesis over the whole OpenAPI: no server error, and answers as described."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from movplan_api.words import Role
from tests.api.jobs.running import workers
from tests.api.serving import served, settings_in

pytestmark = pytest.mark.slow

_TRIES = 20
_TIMEOUT_S = 60
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service with a worker: nothing has a reason to be unavailable."""
    house = settings_in(
        tmp_path_factory.mktemp("fuzzing"), rate_burst=1_000_000, rate_per_s=100_000
    )
    with served(house) as running, workers(house, 1):
        yield running


def test_no_operation_fails_whatever_is_sent(service):
    """Every operation, good and bad requests, as an admin with all scopes."""
    document = requests.get(f"{service.url}/v1/openapi.json", timeout=10).json()
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=service.url)
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        _try(operation, {"Authorization": f"Bearer {service.key(Role.ADMIN)}"})
        tried.append(operation.label)
    assert len(tried) == sum(map(len, document["paths"].values()))


def _try(operation, headers):
    good = operation.as_strategy(GenerationMode.POSITIVE)
    bad = operation.as_strategy(GenerationMode.NEGATIVE)

    @settings(
        max_examples=_TRIES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(good if _takes_nothing(operation) else good | bad)
    def once(case):
        case.call_and_validate(headers=headers, checks=_CHECKS, timeout=_TIMEOUT_S)

    once()


def _takes_nothing(operation):
    """There is no bad request of what takes nothing but a key."""
    taken = {one.name for one in operation.iter_parameters()}
    return not taken - {"authorization"} and not operation.body

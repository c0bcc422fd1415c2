"""The committed document is that of the code, and describes every operation."""

import json
import re

import pytest
from typer.testing import CliRunner

from movplan_api.cli.commands import app
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from tests.api.conftest import ROOT

HOW = "Make it again: movplan-server openapi > docs/openapi.json"


@pytest.fixture(scope="module")
def document():
    return create_app(Settings()).openapi()


def test_the_committed_document_is_that_of_the_code(document):
    committed = json.loads((ROOT / "docs/openapi.json").read_text())
    assert committed == json.loads(json.dumps(document)), HOW


def test_the_command_prints_what_is_committed():
    printed = CliRunner().invoke(app, ["openapi"])
    assert printed.exit_code == 0
    assert printed.stdout == (ROOT / "docs/openapi.json").read_text(), HOW


def operations(document):
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            yield f"{method.upper()} {path}", said


def test_every_operation_says_what_it_does_and_how_it_refuses(document):
    assert document["openapi"].startswith("3.1")
    for name, said in operations(document):
        assert said["description"], name
        answers = said["responses"]
        if name.split()[1].startswith("/v1/"):
            assert "401" in answers, name
        for status, answer in answers.items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"], name


def test_operations_have_ids_that_are_all_different(document):
    ids = [said["operationId"] for _, said in operations(document)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\w+", one) for one in ids)


def test_every_reference_leads_somewhere(document):
    known = document["components"]["schemas"]
    text = json.dumps(document)
    found = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert found <= set(known)
    assert len(found) > 20

"""Logs are JSON, one object a line, and quote nobody's data."""

import json
import logging
import threading

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from movplan_api.logs import configure_logs


@pytest.fixture
def lines(capsys):
    """What is logged, read back."""
    before = structlog.get_config()
    root, engine = logging.getLogger(), logging.getLogger("dbos")
    handlers = (root.handlers, engine.handlers, engine.propagate)
    configure_logs("test")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    structlog.configure(**before)
    structlog.contextvars.clear_contextvars()
    root.handlers, engine.handlers, engine.propagate = handlers


class Member(BaseModel):
    """Someone."""

    age: int


def test_a_line_says_what_when_and_who_logs(lines):
    log = structlog.get_logger()
    log.info("solve begun", plan_id="pln_1")
    threading.Thread(target=lambda: log.warning("in a thread")).start()
    first, second = lines()
    assert (first["event"], first["plan_id"]) == ("solve begun", "pln_1")
    assert (first["level"], second["level"]) == ("info", "warning")
    assert {row["process"] for row in (first, second)} == {"test"}
    assert first["timestamp"].endswith("Z")


def test_a_fault_is_told_without_the_values_it_stumbled_over(lines):
    try:
        Member(age="secret name")
    except ValidationError:
        structlog.get_logger().exception("defect")
    said = lines()[0]
    assert "secret" not in json.dumps(said)
    assert said["faults"][0]["kind"].endswith("ValidationError")
    assert "test_logs.py" in said["faults"][0]["lines"][0]


def test_a_fault_of_the_machine_speaks_and_names_its_cause(lines):
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise ConnectionRefusedError(111, "refused") from error
    except OSError as error:
        structlog.get_logger().error("away", exc_info=error)
    said = lines()[0]
    assert "refused" in said["faults"][0]["message"]
    assert [fault["kind"] for fault in said["faults"]] == [
        "builtins.ConnectionRefusedError",
        "builtins.KeyError",
    ]
    assert "secret" not in json.dumps(said)


def test_other_libraries_log_in_the_same_form(lines):
    try:
        raise ValueError("secret")
    except ValueError:
        logging.getLogger("dbos").exception("job engine trips")
    logging.getLogger("some.library").warning("careful %s", "now")
    first, second = lines()
    assert (first["event"], first["logger"]) == ("job engine trips", "dbos")
    assert (second["event"], second["process"]) == ("careful now", "test")
    assert "secret" not in json.dumps(first)

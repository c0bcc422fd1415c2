"""Expected errors end with their exit code and readable words."""

import json

import pytest
import typer

from movplan.cli.failures import failures
from movplan.domain.errors import (
    ConflictError,
    InputError,
    InternalError,
    Issue,
    StoppedError,
)

ISSUE = Issue(code="X", table="families", problem="is wrong", file="f.csv", row=3)
EXPECTED = [
    (InputError([ISSUE]), 2, "is wrong"),
    (ConflictError(["F1 on CV-1", "F1 on CV-2"]), 2, "F1 on CV-2"),
    (StoppedError("no plan yet"), 3, "no plan yet"),
    (InternalError("one cent off"), 4, "one cent off"),
    (PermissionError(13, "Permission denied", "/plan.json"), 2, "/plan.json"),
]


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(("error", "code", "words"), EXPECTED)
def test_an_expected_error(error, code, words, as_json, capsys):
    with pytest.raises(typer.Exit) as ended, failures(as_json=as_json):
        raise error
    assert ended.value.exit_code == code
    printed = capsys.readouterr()
    assert words in printed.out + printed.err
    if as_json:
        assert json.loads(printed.out)["error"] in {type(error).__name__, "OSError"}


def test_a_defect_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError), failures(as_json=False):
        raise ZeroDivisionError

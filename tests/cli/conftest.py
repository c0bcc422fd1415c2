"""The mission made by hand on disk, and a way to run commands."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from movplan.cli.app import app
from movplan.files import write_folder, write_plan
from tests.reports.by_hand import PLAN, SCENARIO


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as the one JSON document it has to be."""
        return json.loads(self.out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The scenario made by hand."""
    write_folder(SCENARIO, tmp_path / "scenario")
    return tmp_path / "scenario"


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    """The plan made by hand."""
    write_plan(PLAN, tmp_path / "plan.json")
    return tmp_path / "plan.json"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run ``movplan`` with arguments on a wide screen."""
    monkeypatch.setenv("COLUMNS", "200")

    def command(*arguments: object) -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in arguments])
        unexpected = result.exception
        if unexpected is not None and not isinstance(unexpected, SystemExit):
            raise unexpected
        return Ran(result.exit_code, result.stdout, result.stderr)

    return command

"""The documentation names what there is."""

import re
from pathlib import Path

import pytest
import typer.main

from movplan.cli.app import app
from movplan.domain.words import AssignmentState, LegKind, Need, Reason, SessionKind

ROOT = Path(__file__).parents[2]
CLI = (ROOT / "docs/cli.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
COMMANDS = typer.main.get_command(app).commands
LINK = re.compile(r"\]\(([^)#]+)")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_with_its_options(name):
    assert f"## movplan {name}" in CLI
    options = [word for param in COMMANDS[name].params for word in param.opts]
    missing = [word for word in options if word.startswith("-") and word not in CLI]
    assert missing == []


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_is_in_the_glossary(reason):
    assert f"`{reason.value}`" in GLOSSARY


@pytest.mark.parametrize("words", [AssignmentState, LegKind, Need, SessionKind])
def test_the_fields_words_are_in_the_glossary(words):
    spelled = [word.value.replace("_", "-") for word in words]
    assert [word for word in spelled if word not in GLOSSARY] == []


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").glob("*.md")),
    ],
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(path):
    targets = LINK.findall(path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [name for name in local if not (path.parent / name).exists()] == []


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150

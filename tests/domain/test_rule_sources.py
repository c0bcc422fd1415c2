"""Sources of rules: those of docs/rules.md."""

import re
from pathlib import Path

from movplan.domain.rule_sources import RULE_SOURCES
from movplan.domain.rulebook import BY_NAME

TABLE = Path(__file__).parents[2] / "docs" / "rules.md"
LABEL = re.compile(r" \(([^)]*)\)")


def test_every_rule_has_the_source_the_table_gives() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in TABLE.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    told = {row[0].strip("` "): row[4] for row in rows}
    assert {name: LABEL.sub("", text) for name, text in told.items()} == {
        name: row.source for name, row in RULE_SOURCES.items()
    }
    for name, text in told.items():
        first = LABEL.findall(text)[0].split(",")[0]
        assert RULE_SOURCES[name].label_text == first, name


def test_what_is_so_by_definition_claims_no_evidence() -> None:
    """Definitions and contracts are labelled with a dash, and nothing else is."""
    unlabelled = {row.source for row in RULE_SOURCES.values() if row.label is None}
    assert unlabelled == {
        "definition",
        "contract",
        "donor agreement",
        "self-payer contracts",
    }
    assert all(
        row.label is None for row in RULE_SOURCES.values() if row.source in unlabelled
    )


def test_rules_and_sources_have_the_same_names() -> None:
    assert list(RULE_SOURCES) == list(BY_NAME)

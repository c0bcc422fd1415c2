"""Every code of a source leads to a row of docs/sources.md, and every row is used."""

import re
from pathlib import Path

import pytest

from movplan.domain.rule_sources import NO_LABEL, RULE_SOURCES
from movplan.domain.rules import default_rules

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\b[FMDACPQ][1-9][0-9]?\b")
LABELS = {"S", "S-2nd", "S-old", "CP", "derived"}
# What rests on no publication: who agreed on it, or that none was found.
UNPUBLISHED = {
    "border hours not found",
    "centre capacity",
    "clinic and trainer capacity",
    "contract",
    "definition",
    "donor agreement",
    "self-payer contracts",
}


def rows() -> dict[str, list[str]]:
    """Cells of docs/sources.md by code: what it says, who says it, where, label."""
    lines = (ROOT / "docs/sources.md").read_text("utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split(" | ")] for line in lines]
    return {row[0]: row[1:] for row in cells if CODE.fullmatch(row[0])}


def written() -> dict[str, str]:
    """What speaks of sources: by name, its text."""
    files = [ROOT / "docs/rules.md", ROOT / "docs/generation.md"]
    files += sorted((ROOT / "src/movplan/generation").rglob("*.py"))
    texts = {path.name: path.read_text("utf-8") for path in files}
    texts |= {name: rule.source for name, rule in default_rules().items()}
    return texts | {name: row.source for name, row in RULE_SOURCES.items()}


def test_every_code_leads_to_a_row() -> None:
    known = rows()
    lost = {
        name: sorted({*CODE.findall(text)} - {*known})
        for name, text in written().items()
    }
    assert {name: codes for name, codes in lost.items() if codes} == {}


def test_every_row_is_used_once() -> None:
    used = {code for text in written().values() for code in CODE.findall(text)}
    lines = (ROOT / "docs/sources.md").read_text("utf-8").splitlines()
    assert sorted(set(rows()) - used) == []
    assert len(rows()) == sum(bool(CODE.match(x[2:])) for x in lines if x[:1] == "|")


@pytest.mark.parametrize("rule", RULE_SOURCES)
def test_a_rule_names_codes_or_who_agreed_on_it(rule: str) -> None:
    source = RULE_SOURCES[rule].source
    assert source in UNPUBLISHED or all(map(CODE.fullmatch, source.split(", ")))


@pytest.mark.parametrize("code", rows())
def test_a_row_says_what_who_where_and_how_well(code: str) -> None:
    says, publisher, address, label = rows()[code]
    known = re.split(r"[;,] ?", label.rstrip(" |"))[0]
    assert says.endswith(".")
    assert known in LABELS
    found = publisher.startswith("none found")
    assert found == (address == NO_LABEL) == (known == "CP")
    assert found or "`" in address or address.startswith("as ")

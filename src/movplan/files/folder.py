"""A scenario as a folder: ``scenario.yaml``, ``rules.yaml`` and one CSV per table."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from movplan.domain.errors import Issue
from movplan.files.columns import CSV_TABLES, REQUIRED_TABLES
from movplan.files.header import rule_rows
from movplan.files.raw import RawScenario
from movplan.files.sheets import parse_csv, sheet_rows
from movplan.files.yaml_text import load_yaml

HEADER_FILE = "scenario.yaml"
RULES_FILE = "rules.yaml"
YAML_HINT = "lines such as name: value, groups indented by blanks, dates that exist"
# Names and document numbers: read only when manifests are printed, never here.
NOT_OURS = frozenset({"identities.csv"})


def read_folder(folder: Path) -> RawScenario:
    """Read every file of a scenario folder; what cannot be read becomes issues."""
    issues = _unknown_files(folder)
    header = _read_yaml(folder / HEADER_FILE, issues, required=True)
    raw = RawScenario(header=header, header_file=HEADER_FILE, issues=issues)
    for table in CSV_TABLES:
        raw.tables[table] = []
        path = folder / f"{table}.csv"
        text = _read_text(path, issues, required=table in REQUIRED_TABLES)
        if text is not None:
            sheet = parse_csv(text, table=table, file=path.name)
            raw.tables[table], found = sheet_rows(sheet)
            issues += found
    rules = _read_yaml(folder / RULES_FILE, issues, required=False)
    raw.tables["rules"] = rule_rows(rules, RULES_FILE)
    return raw


def _unknown_files(folder: Path) -> list[Issue]:
    known = {f"{table}.csv" for table in CSV_TABLES} | NOT_OURS
    return [
        _file_issue(path.name, "UNKNOWN_FILE", "unknown table", _hint(path.stem))
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known
    ]


def _hint(stem: str) -> str:
    close = get_close_matches(stem, CSV_TABLES, n=1)
    if close:
        return f"did you mean {close[0]}.csv?"
    return "one of: " + ", ".join(f"{table}.csv" for table in CSV_TABLES)


def _read_text(path: Path, issues: list[Issue], *, required: bool) -> str | None:
    if not path.is_file():
        if required:
            problem = "the file is missing"
            expected = f"a file {path.name} in this folder"
            issues.append(_file_issue(path.name, "MISSING_FILE", problem, expected))
        return None
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        expected = 'UTF-8; spreadsheets call it "CSV UTF-8"'
        problem = f"is not UTF-8 text (byte {error.start})"
        issues.append(_file_issue(path.name, "BAD_ENCODING", problem, expected))
        return None


def _read_yaml(path: Path, issues: list[Issue], *, required: bool) -> dict[str, Any]:
    text = _read_text(path, issues, required=required)
    if text is None:
        return {}
    try:
        found, twice = load_yaml(text)
    except (yaml.YAMLError, ValueError) as error:
        problem = f"is not YAML: {error}"
        issues.append(_file_issue(path.name, "BAD_YAML", problem, YAML_HINT))
        return {}
    issues += [_named_twice(path.name, line, name) for line, name in twice]
    if found is None or isinstance(found, dict):
        return found or {}
    problem = "is not a mapping of names"
    issues.append(_file_issue(path.name, "BAD_YAML", problem, YAML_HINT))
    return {}


def _named_twice(file: str, line: int, name: str) -> Issue:
    return Issue(
        code="DUPLICATE",
        table=Path(file).stem,
        key=name,
        value=name,
        problem="appears more than once in its group; the last would win",
        expected="keep one of them",
        file=file,
        row=line,
    )


def _file_issue(file: str, code: str, problem: str, expected: str = "") -> Issue:
    table = Path(file).stem
    return Issue(code=code, table=table, problem=problem, expected=expected, file=file)

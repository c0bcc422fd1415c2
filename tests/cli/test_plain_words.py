"""Bad input of every kind: told in movplan's words, each with what would do.

Models speak of inputs, fields and value errors; none of that may reach the user.
"""

import json

import pytest
import yaml

from movplan.domain.errors import InputError
from movplan.files import read_scenario, write_folder, write_json
from movplan.files.columns import CSV_TABLES, HEADER_FIELDS, table_columns
from movplan.files.plans import parsed_plan, plan_text
from movplan.files.sheets import parse_csv
from tests.domain.mission import mission
from tests.reports.by_hand import PLAN

PHRASES = (
    "value error",
    "input should",
    "field required",
    "should be a valid",
    "extra inputs",
    "validation error",
    "unable to parse",
    "type=",
)
# What a cell or field could hold by mistake.
NONSENSE = ("", "nonsense", "-7", "12.5", "2026-02-30", "a b;;")
WRONG_TYPES = (
    None,
    -7,
    12.5,
    True,
    "nonsense",
    [],
    [1],
    {},
    {"a": 1},
    "2026-02-30",
    10**30,
)


def assert_plain(text):
    found = [phrase for phrase in PHRASES if phrase in text.lower()]
    assert not found, f"{found} in {text}"


def told(read, *arguments):
    """The issues of what cannot be read, in plain words and with hints."""
    try:
        read(*arguments)
    except InputError as error:
        for issue in error.issues:
            assert_plain(str(issue))
            assert issue.expected or issue.severity == "warning", str(issue)
        return error.issues
    return ()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with a row in every table, and its texts."""
    folder = tmp_path_factory.mktemp("mission") / "mission"
    write_folder(mission(), folder)
    return folder, {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.fixture
def folder(kept):
    """The folder; what a test wrote into it is undone."""
    path, texts = kept
    yield path
    for file in path.iterdir():
        file.unlink()
    for name, text in texts.items():
        (path / name).write_text(text, "utf-8")


@pytest.mark.parametrize("table", CSV_TABLES)
def test_every_column_of_every_table(folder, table):
    """One cell at a time of the first row, missing columns added."""
    path = folder / f"{table}.csv"
    columns = table_columns(table)
    needed = ",".join(name for name, column in columns.items() if column.required)
    text = path.read_text("utf-8") if path.exists() else needed + "\n" + needed + "\n"
    lines = parse_csv(text, table=table, file=path.name).lines
    found = 0
    for column in columns:
        header = list(lines[0])
        row = list(lines[1])
        if column not in header:
            header.append(column)
            row.append("")
        for nonsense in NONSENSE:
            row[header.index(column)] = nonsense
            path.write_text(",".join(header) + "\n" + ",".join(row) + "\n", "utf-8")
            found += len(told(read_scenario, folder))
    assert found


def test_every_field_of_the_header(folder):
    path = folder / "scenario.yaml"
    header = yaml.safe_load(path.read_text("utf-8"))
    found = set()
    for name in (*HEADER_FIELDS, "nonsense"):
        for wrong in WRONG_TYPES:
            path.write_text(yaml.safe_dump({**header, name: wrong}), "utf-8")
            found |= {issue.column for issue in told(read_scenario, folder)}
    assert found >= {*HEADER_FIELDS, "nonsense"} - {"title"}


LEVEL = {"name": "moved", "measure": "weighted_persons"}
NESTED = [
    ({"levels": [LEVEL, {**LEVEL, "measure": "happiness"}]}, "levels.1.measure"),
    ({"levels": [{**LEVEL, "tolerance": 7}]}, "levels.0.tolerance"),
    ({"levels": [{"name": "moved"}]}, "levels.0.measure"),
    ({"levels": [{**LEVEL, "mesure": 1}]}, "levels.0.mesure"),
    ({"levels": [{**LEVEL, "where": {"priorities": ["x"]}}]}, "priorities.0"),
    ({"minimums": [{"name": "few", "persons": -1}]}, "minimums.0.persons"),
    ({"limits": {"max_rides": 0}}, "limits.max_rides"),
    ({"horizon": {"first": "2026-05-31", "last": "2026-05-01"}}, "horizon"),
    ({"horizon": {"first": "2026-02-30", "last": "2026-05-01"}}, "horizon.first"),
    ({"horizon": {"first": "2026-05-01"}}, "horizon.last"),
    ({"as_of": "2026-04-20T08:00:00"}, "as_of"),
]


@pytest.mark.parametrize(("wrong", "column"), NESTED, ids=[c for _, c in NESTED])
def test_what_is_nested_in_the_header(folder, wrong, column):
    path = folder / "scenario.yaml"
    header = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**header, **wrong}), "utf-8")
    issues = told(read_scenario, folder)
    assert any(issue.column.endswith(column) for issue in issues)


def test_words_of_a_level_are_listed(folder):
    path = folder / "scenario.yaml"
    header = yaml.safe_load(path.read_text("utf-8"))
    levels = {"levels": [{**LEVEL, "measure": "happiness"}]}
    path.write_text(yaml.safe_dump({**header, **levels}), "utf-8")
    (issue,) = told(read_scenario, folder)
    assert "weighted_persons" in issue.expected


RULES = [
    {"spare_percent": wrong} for wrong in (*WRONG_TYPES, {"value": [1]}, {"value": {}})
] + [
    {"spare_percent": {"value": 5, "source": "x", "label": "CP", **wrong}}
    for wrong in (
        {"type": "X"},
        {"label": 3},
        {"overrides": [{"value": None}]},
        {"overrides": [{"programme": 3, "value": 1}]},
        {"overrides": "AVRR"},
        {"colour": "red"},
    )
]


@pytest.mark.parametrize("rules", RULES, ids=json.dumps)
def test_rules(folder, rules):
    (folder / "rules.yaml").write_text(yaml.safe_dump(rules), "utf-8")
    assert told(read_scenario, folder)


@pytest.mark.parametrize(
    "text", ["a: [", "- a", "a: 2026-02-30", "{1: 2}", "a: {[1]: 2}"]
)
@pytest.mark.parametrize("file", ["scenario.yaml", "rules.yaml"])
def test_yaml_that_does_not_do(folder, file, text):
    (folder / file).write_text(text, "utf-8")
    assert told(read_scenario, folder)


def test_every_column_of_a_document(tmp_path):
    path = tmp_path / "mission.json"
    write_json(mission(), path)
    whole = json.loads(path.read_text("utf-8"))
    for table in CSV_TABLES:
        given, *others = whole[table] or [{}]
        for column in table_columns(table):
            for wrong in (None, [1], {"a": 1}, 10**30):
                rows = [{**given, column: wrong}, *others]
                path.write_text(json.dumps({**whole, table: rows}), "utf-8")
                told(read_scenario, path)
        for wrong in ({}, [1], "rows"):
            path.write_text(json.dumps({**whole, table: wrong}), "utf-8")
            assert told(read_scenario, path)


def _places(value, place=()):
    """Every place in a document, of lists the first item only."""
    yield place
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _places(item, (*place, name))
    elif isinstance(value, list) and value:
        yield from _places(value[0], (*place, 0))


def _with(value, place, wrong):
    if not place:
        return wrong
    first, *rest = place
    if isinstance(value, dict):
        return {**value, first: _with(value[first], rest, wrong)}
    return [_with(value[0], rest, wrong), *value[1:]]


def test_every_place_of_a_plan():
    whole = json.loads(plan_text(PLAN))
    places = list(_places(whole))
    assert len(places) > 100
    for place in places:
        for wrong in ("nonsense", [1], {"a": 1}):
            told(parsed_plan, _with(whole, place, wrong))


def test_an_empty_plan_is_one_issue():
    (issue,) = told(parsed_plan, {})
    assert issue.problem.startswith("is not a plan: it has no scenario_id, ")
    assert "certificate" in issue.problem


def test_a_value_that_is_missing_shows_no_other(run, folder):
    """F1 without a programme: the value is empty, not the family's id."""
    path = folder / "families.csv"
    path.write_text(path.read_text("utf-8").replace("F1,AVRR,", "F1,,"), "utf-8")
    (issue,) = told(read_scenario, folder)
    assert (issue.column, issue.value, issue.problem) == (
        "programme",
        "",
        "is required",
    )
    ran = run("validate", folder)
    (line,) = [line for line in ran.out.splitlines() if "families.csv" in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[:5] == ["families.csv", "2", "programme", "", "is required"]


def test_a_date_that_does_not_exist_names_those_that_do(folder):
    path = folder / "families.csv"
    path.write_text(
        path.read_text("utf-8").replace("2026-05-01", "2026-02-30"), "utf-8"
    )
    issue = told(read_scenario, folder)[0]
    assert (issue.problem, issue.expected) == (
        "the date does not exist",
        "2026-02-01 to 2026-02-28",
    )


def test_from_where_it_comes_to_where_it_is_from(folder):
    path = folder / "families.csv"
    path.write_text(path.read_text("utf-8").replace("MHD,KBL", "MHD,MHD", 1), "utf-8")
    (issue,) = told(read_scenario, folder)
    assert (issue.row, issue.column, issue.value) == (2, "destination", "MHD")
    assert issue.expected == "another place than MHD"


OPTIONS = [
    ("plan", "--seed", "-5"),
    ("plan", "--seed", "x"),
    ("plan", "--effort", "0"),
    ("plan", "--effort", "1.5"),
    ("plan", "--time-limit", "soon"),
    ("plan", "--time-limit", "nan"),
    ("plan", "--gap", "x"),
    ("plan", "--gap", "7"),
    ("generate", "--profile", "foo"),
    ("generate", "--families", "0"),
    ("generate", "--families", "many"),
    ("generate", "--seed", "-1"),
    ("replan", "--from", "nowhere.json"),
    ("replan", "--seed", "2026-02-30"),
]


@pytest.mark.parametrize("words", OPTIONS, ids=" ".join)
def test_options(run, folder, tmp_path, words):
    name, *option = words
    where = ("-o", tmp_path / "x") if name == "generate" else (folder,)
    ran = run(name, *where, *option)
    assert ran.code == 2
    said = " ".join(ran.err.replace("│", " ").split())
    assert_plain(said)
    assert option[-1] in said or option[0] in said


CHANGES = [
    f"{table} *: {column} = {nonsense}"
    for table in CSV_TABLES
    for column in (*table_columns(table), "colour")
    for nonsense in ("none", "nonsense", "-7", "2026-02-30")
]


def test_changes(run, folder, tmp_path, plan_path):
    """Every column of every table, each with several kinds of nonsense."""
    plan = PLAN.model_copy(update={"scenario_id": "small"})
    plan_path.write_text(plan_text(plan), "utf-8")
    given = [word for change in CHANGES for word in ("--change", change)]
    ran = run(
        "replan", folder, "--from", plan_path, *given, "-o", tmp_path / "p", "--json"
    )
    assert ran.code == 2
    assert_plain(ran.out)
    issues = ran.document["issues"]
    assert len(issues) > len(CHANGES) / 3
    assert not [issue for issue in issues if not issue["expected"]]

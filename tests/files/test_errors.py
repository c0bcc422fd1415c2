"""Everything wrong with a folder in one report: file, row, column, value, a hint."""

from pathlib import Path

import pytest

from movplan.domain.errors import InputError, Issue
from movplan.files import read_scenario, read_with_warnings, write_folder, write_json
from movplan.files.sheets import parse_csv
from tests.domain.mission import mission


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(mission(), tmp_path / "mission")
    return tmp_path / "mission"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def issues_of(path: Path) -> tuple[Issue, ...]:
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    return caught.value.issues


def only(path: Path) -> Issue:
    (issue,) = issues_of(path)
    return issue


def test_every_error_comes_at_once_and_says_where(folder):
    """Rows are counted as editors show them: 1 is the header line."""
    edit(folder / "families.csv", "F1,AVRR,2", "F1,AVR,two")
    edit(folder / "fares.csv", "21000", "-21000")
    edit(folder / "escorts.csv", "nurse", "nurze")
    edit(folder / "transfers.csv", "AFN", "toman")
    edit(folder / "budget_lines.csv", "L2,D,L1", "L2,D,L11")
    found = {(i.file, i.row, i.column, i.value): i for i in issues_of(folder)}

    assert set(found) == {
        ("families.csv", 2, "persons", "two"),
        ("families.csv", 2, "programme", "AVR"),
        ("fares.csv", 2, "amount_cents", "-21000"),
        ("escorts.csv", 2, "role", "nurze"),
        ("transfers.csv", 2, "currency", "toman"),
        ("budget_lines.csv", 3, "parent", "L11"),
    }
    lines = "\n".join(str(issue) for issue in found.values())
    assert "fares.csv, row 2, column amount_cents: '-21000': is negative" in lines
    assert "did you mean nurse?" in lines
    assert "1 toman = 10 IRR" in lines
    assert "did you mean L1?" in lines


def test_errors_come_file_by_file_and_row_by_row(folder):
    """As they will be mended, whatever found them: a word, a reference, a rate."""
    edit(folder / "fares.csv", "21000", "-21000")
    edit(folder / "transfers.csv", "AFN", "toman")
    edit(folder / "families.csv", "F2,", "F1,")
    edit(folder / "families.csv", "F1,AVRR,2", "F1,AVR,two")
    places = [(i.file, i.row) for i in issues_of(folder)]

    files = [name for name, _ in places]
    assert files == sorted(files, key=files.index)
    assert places == sorted(places, key=lambda at: (files.index(at[0]), at[1]))


@pytest.mark.parametrize("amount", ["210.00", "210.50", "-210.00"])
def test_whole_units_are_not_taken_for_cents(folder, amount):
    """A fare of 210 euros and no cents would otherwise be one of two euros ten."""
    edit(folder / "fares.csv", "21000", amount)
    issue = only(folder)
    assert (issue.file, issue.column, issue.value) == (
        "fares.csv",
        "amount_cents",
        amount,
    )
    assert issue.expected.startswith("no decimal point: ")
    assert amount.replace(".", "") in issue.expected


def test_a_spreadsheets_whole_number_is_let_pass(folder):
    edit(folder / "fares.csv", "21000", "21000.0")
    assert read_scenario(folder).fares[0].amount_cents == 21_000


def test_blank_lines_do_not_shift_rows(folder):
    edit(folder / "families.csv", "\nF1,", "\n\n,,,,\nF1,")
    edit(folder / "families.csv", "F2,AVRR", "F2,AVRRX")

    assert (only(folder).row, only(folder).value) == (5, "AVRRX")


def test_a_broken_row_is_not_reported_again_by_those_that_name_it(folder):
    edit(folder / "places.csv", "KBL,town,AF", "KBL,town,")

    assert (only(folder).file, only(folder).column) == ("places.csv", "country")


@pytest.mark.parametrize(
    ("header", "code", "hint"),
    [
        ("family_id,programe", "UNKNOWN_COLUMN", "did you mean programme?"),
        ("family_id,family_id", "DUPLICATE_COLUMN", "each column once"),
    ],
)
def test_headers(folder, header, code, hint):
    edit(folder / "families.csv", "family_id,programme", header)
    found = {i.code: i for i in issues_of(folder)}

    assert (found[code].row, found[code].expected) == (1, hint)


def test_semicolons_between_columns_are_pointed_out(folder):
    path = folder / "rates.csv"
    path.write_text(path.read_text().replace(",", ";"), "utf-8")

    assert "separate columns with commas" in str(issues_of(folder)[0])


def test_rows_longer_than_the_header(folder):
    edit(folder / "rates.csv", "1.1", "1,1")

    assert only(folder).code == "TOO_MANY_CELLS"
    assert only(folder).row == 3


@pytest.mark.parametrize("rest", ["", "USD,2026-05-01,1.0,x\n", "x" * 200_000])
def test_a_quote_that_nothing_closes(folder, rest):
    """All that comes after it would be one text; a very long one is not read at all."""
    path = folder / "rates.csv"
    row = len(path.read_text("utf-8").splitlines()) + 1
    path.write_text(path.read_text("utf-8") + '"EUR,' + rest, "utf-8")

    issue = next(i for i in issues_of(folder) if i.code == "BAD_CSV")
    assert (issue.file, issue.row) == ("rates.csv", row)


def test_the_first_line_names_the_columns(folder):
    path = folder / "rates.csv"
    path.write_text("\n" + path.read_text("utf-8"), "utf-8")

    assert [(i.code, i.row) for i in issues_of(folder)][:1] == [("BAD_CSV", 1)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_as_any_machine_ends_them(end):
    lines = parse_csv(f'a,b{end}1{end}"x, y",2', table="rates", file="r.csv").lines

    assert lines == [["a", "b"], ["1", ""], ["x, y", "2"]]


def test_files_that_are_no_table(folder):
    (folder / "family.csv").write_text("family_id\n")
    (folder / "identities.csv").write_text("member_id,passport\n")
    (folder / "places.csv").unlink()
    found = {i.code: i for i in issues_of(folder)}

    assert found["UNKNOWN_FILE"].expected == "did you mean families.csv?"
    assert found["MISSING_FILE"].file == "places.csv"
    assert not any(i.file == "identities.csv" for i in found.values())


def test_what_is_not_utf8(folder):
    (folder / "programmes.csv").write_bytes(b"programme_id,name\nAVRR,R\xfcckkehr\n")

    assert "CSV UTF-8" in str(issues_of(folder)[0])


def test_local_times_are_read_on_the_clock_of_their_place(folder):
    """Without offsets: 09:00 in Mashhad, 12:00 in Kabul."""
    edit(folder / "departures.csv", "2026-05-04T09:00+03:30", "2026-05-04T09:00")
    edit(folder / "departures.csv", "2026-05-04T12:00+04:30", "2026-05-04 12:00")

    assert read_scenario(folder) == read_with_warnings(folder)[0]
    flight = read_scenario(folder).departures[1]
    assert flight.departs == mission().departures[0].departs
    assert flight.arrives == mission().departures[0].arrives


def test_declared_and_undeclared_solar_hijri(folder):
    """11 Ordibehesht 1405 is 1 May 2026."""
    path = folder / "families.csv"
    path.write_text(path.read_text().replace("2026-05-01", "1405-02-11"), "utf-8")
    hints = [i.expected for i in issues_of(folder)]
    assert (
        hints == ["declare Solar Hijri dates in the column's header: name[jalali]"] * 2
    )

    edit(path, "ready_from", "ready_from[jalali]")
    assert (
        read_scenario(folder).families[0].ready_from == mission().families[0].ready_from
    )


def test_the_header_is_reported_too(folder):
    edit(folder / "scenario.yaml", "as_of: '2026-04-20T08:00:00+04:30'", "as_off: 1")
    edit(
        folder / "scenario.yaml", "reporting_currency: USD", "reporting_currency: TOMAN"
    )
    found = {i.column: i for i in issues_of(folder)}

    assert set(found) == {"as_of", "as_off", "reporting_currency"}
    assert all(i.file == "scenario.yaml" for i in found.values())


def test_a_horizon_in_the_wrong_calendar(folder):
    edit(folder / "scenario.yaml", "first: '2026-05-01'", "first: 1405-02-11")

    assert only(folder).column == "horizon.first"


def test_rules_by_name_inherit_unit_and_type(folder):
    text = "spare_percent: {value: 15, source: fleet, label: CP}\n"
    (folder / "rules.yaml").write_text(text)
    assert read_scenario(folder).rule_int("spare_percent") == 15

    (folder / "rules.yaml").write_text(text.replace("spare", "spair"))
    assert "did you mean spare_percent?" in str(issues_of(folder)[-1])


@pytest.mark.parametrize("given", ["5", "{value: 5}", "{source: fleet}"])
def test_a_rule_that_nothing_reads_is_told_as_that(folder, given):
    (folder / "rules.yaml").write_text(f"nonsense_rule: {given}\n")
    codes = [issue.code for issue in issues_of(folder)]

    assert codes == ["UNKNOWN_RULE"]
    assert "nonsense_rule" in str(issues_of(folder)[0])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("5", "spare_percent: is required"),
        ("{value: 150, source: fleet, label: CP}", "is no value that spare_percent"),
        ("{value: 9, source: fleet, label: XX}", "spare_percent: is not a known word"),
    ],
)
def test_what_is_wrong_with_a_rule_names_it(folder, given, said):
    (folder / "rules.yaml").write_text(f"spare_percent: {given}\n")

    assert any(said in str(issue) for issue in issues_of(folder))


def test_a_rule_named_twice_is_an_error_at_its_line(folder):
    """YAML itself would take the last and say nothing."""
    text = "spare_percent: {value: 15, source: fleet, label: CP}\n"
    (folder / "rules.yaml").write_text(text + text.replace("15", "0"))
    issue = only(folder)

    assert (issue.code, issue.file, issue.row) == ("DUPLICATE", "rules.yaml", 2)
    assert issue.value == "spare_percent"


def test_names_twice_are_found_at_any_depth_of_any_yaml(folder):
    text = "spare_percent: {value: 15, value: 0, source: fleet, label: CP}\n"
    (folder / "rules.yaml").write_text(text)
    edit(folder / "scenario.yaml", "  last:", "  last: 2026-05-02\n  last:")
    found = {(issue.file, issue.value) for issue in issues_of(folder)}

    assert found == {("rules.yaml", "value"), ("scenario.yaml", "last")}


def test_a_json_document_says_table_and_place(tmp_path):
    family = mission().families[1].model_copy(update={"programme": "AVR"})
    families = (mission().families[0], family)
    path = tmp_path / "mission.json"
    write_json(mission().model_copy(update={"families": families}), path)
    issue = only(path)

    assert (issue.file, issue.row) == ("mission.json: families", 2)


@pytest.mark.parametrize("text", ["{", "[]", '{"families": 3}', '{"families": [3]}'])
def test_what_is_no_document(tmp_path, text):
    path = tmp_path / "mission.json"
    path.write_text(text)

    assert issues_of(path)[0].code == "BAD_JSON"


def test_nothing_there(tmp_path):
    assert only(tmp_path / "nowhere").code == "NO_SCENARIO"


def test_warnings_do_not_stop(folder):
    (folder / "departure_vehicles.csv").unlink()
    _, issues = read_with_warnings(folder)

    assert [(i.severity, i.file, i.row) for i in issues] == [
        ("warning", "departures.csv", 2)
    ]

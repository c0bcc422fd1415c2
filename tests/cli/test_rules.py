"""``movplan rules``."""

FIELDS = ["name", "value", "unit", "type", "source", "label", "families_bound"]


def test_a_list_with_the_fields_of_each(run, folder):
    ran = run("rules", folder, "--json")
    assert ran.code == 0
    rows = {row["name"]: row for row in ran.document}
    assert all(list(row)[: len(FIELDS)] == FIELDS for row in ran.document)
    # All five families, 14 persons, may want the four seats of the flight
    assert rows["seats"]["families_bound"] == 5
    spare = rows["spare_percent"]
    assert (spare["value"], spare["type"], spare["rule"]) == (10, "P", "vehicle_load")
    assert rows["travels_with"]["value"] is None


def test_a_table(run, folder):
    ran = run("rules", folder)
    assert ran.code == 0
    assert "Families bound" in ran.out
    assert "drive_until_hour" in ran.out


def test_only_parameters_are_set_in_under_their_rule(run, folder):
    """``convoy_days`` is rule and value in one, and does not stand under another."""
    named = {
        row["name"]: row["rule"] for row in run("rules", folder, "--json").document
    }
    lines = run("rules", folder).out.splitlines()
    starts = [line.lstrip("│┃| ").split(" ")[0] for line in lines]
    indents = {
        name: len(line) - len(line.lstrip("│┃| "))
        for name, line in zip(starts, lines, strict=True)
        if name in named
    }
    assert named["convoy_days"] == "convoy_days"
    assert indents["convoy_days"] == indents["overnight_stop"]
    assert indents["drive_until_hour"] == indents["daylight_driving"] + 2


def test_what_cannot_be_planned_is_reported(run, folder):
    (folder / "places.csv").unlink()
    assert run("rules", folder).code == 2

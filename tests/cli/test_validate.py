"""``movplan validate``."""


def spoil(folder, file, good, bad):
    path = folder / file
    text = path.read_text("utf-8")
    assert good in text
    path.write_text(text.replace(good, bad), "utf-8")


def test_a_good_scenario(run, folder):
    ran = run("validate", folder)
    assert ran.code == 0
    assert "by-hand: 5 families (14 persons) and 4 departures" in ran.out


def test_as_json(run, folder):
    document = run("validate", folder, "--json").document
    assert document["tables"]["families"] == 5
    assert document["issues"] == []


def test_every_error_in_one_table(run, folder):
    spoil(folder, "families.csv", "F4,C-F4,AVRR", "F4,C-F4,NOPE")
    spoil(folder, "departures.csv", "2026-05-09T10:00", "2026-05-49T10:00")
    ran = run("validate", folder)
    assert ran.code == 2
    assert "2 errors" in ran.out
    assert "NOPE" in ran.out
    assert "2026-05-49" in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_errors_as_json(run, folder):
    spoil(folder, "families.csv", "F4,C-F4,AVRR", "F4,C-F4,NOPE")
    ran = run("validate", folder, "--json")
    (issue,) = ran.document["issues"]
    assert ran.code == 2
    assert (issue["file"], issue["row"], issue["column"]) == (
        "families.csv",
        5,
        "programme",
    )


def test_a_folder_that_is_not_there(run, tmp_path):
    ran = run("validate", tmp_path / "nowhere")
    assert ran.code == 2
    assert "does not exist" in ran.err


def test_a_folder_that_is_no_scenario(run, tmp_path):
    ran = run("validate", tmp_path)
    assert ran.code == 2
    assert "scenario.yaml" in ran.out

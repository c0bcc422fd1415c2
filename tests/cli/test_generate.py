"""``movplan generate``."""

import json


def test_a_generated_mission_can_be_planned(run, tmp_path):
    target = tmp_path / "mission"
    ran = run("generate", "--families", 20, "--seed", 7, "-o", target)
    assert ran.code == 0
    hardness = json.loads((target / "hardness.json").read_text("utf-8"))
    assert hardness["families"] == 20
    assert run("validate", target, "--json").document["tables"]["families"] == 20


def test_the_same_seed_gives_the_same_files(run, tmp_path):
    for name in ("a", "b"):
        run("generate", "--families", 20, "--seed", 7, "-o", tmp_path / name, "--json")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_an_unknown_profile(run, tmp_path):
    ran = run("generate", "--profile", "holidays", "-o", tmp_path)
    assert ran.code == 2
    assert "holidays" in ran.err


def test_a_folder_with_files_is_left_alone(run, folder):
    """Exit 2 and not a byte changed; with --force the 12 families are there."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ran = run("generate", "--families", 12, "-o", folder)
    assert ran.code == 2
    assert "has files already" in " ".join(ran.err.split())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run("generate", "--families", 12, "-o", folder, "--force").code == 0
    assert run("validate", folder, "--json").document["tables"]["families"] == 12


def test_an_empty_folder_will_do(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("generate", "--families", 12, "-o", tmp_path / "empty").code == 0


def test_a_file_is_no_folder(run, tmp_path):
    (tmp_path / "file").write_text("mine")
    ran = run("generate", "--families", 12, "-o", tmp_path / "file", "--json")
    assert ran.code == 2
    assert "is a file; name a folder" in ran.document["message"]
    assert (tmp_path / "file").read_text() == "mine"

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

"""Where results go is looked at before anything is read."""

import json
import os

import pytest

from movplan.cli.targets import refuse_bad_files, refuse_bad_folder

SEARCHES = ("plan", "replan")


@pytest.fixture
def broken(folder):
    """A scenario that cannot be read: who complains about it has begun to read."""
    (folder / "departures.csv").unlink()
    return folder


@pytest.fixture
def refused(run, broken, plan_path):
    """What the command says of a target; fails if the scenario was read before."""

    def command(name, *options):
        given = ("replan", "--from", plan_path) if name == "replan" else (name,)
        ran = run(*given, broken, *options, "--json")
        assert ran.code == 2
        assert ran.document["error"] == "OSError"
        return ran.document["message"]

    return command


@pytest.mark.parametrize("name", SEARCHES)
def test_a_folder(refused, name, tmp_path):
    assert "is a folder; name a file" in refused(name, "-o", tmp_path)


@pytest.mark.parametrize("name", SEARCHES)
def test_below_a_file(refused, name, tmp_path):
    (tmp_path / "file").write_text("mine")
    said = refused(name, "-o", tmp_path / "file" / "plan.json")
    assert said == f"{tmp_path / 'file'}: is a file, so nothing can be below it"


@pytest.mark.parametrize("name", SEARCHES)
def test_the_run_record_is_a_folder(refused, name, tmp_path):
    (tmp_path / "may.run.json").mkdir()
    said = refused(name, "-o", tmp_path / "may.json")
    assert said == f"{tmp_path / 'may.run.json'}: is a folder; name a file"


@pytest.mark.parametrize("name", SEARCHES)
def test_the_picture_is_a_folder(refused, name, tmp_path):
    options = ("-o", tmp_path / "p.json", "--picture", tmp_path)
    assert "is a folder; name a file" in refused(name, *options)


@pytest.mark.parametrize("name", SEARCHES)
def test_plan_and_picture_in_one_file(refused, name, tmp_path):
    options = ("-o", tmp_path / "p.json", "--picture", tmp_path / "p.json")
    assert "two results would go there" in refused(name, *options)


@pytest.mark.parametrize("name", SEARCHES)
def test_the_picture_over_the_run_record(refused, name, tmp_path):
    options = ("-o", tmp_path / "p.json", "--picture", tmp_path / "p.run.json")
    assert "two results would go there" in refused(name, *options)


@pytest.mark.parametrize("name", SEARCHES)
def test_a_device_is_never_replaced(refused, name):
    assert "is no file to write" in refused(name, "-o", os.devnull)


def test_the_picture_over_the_plan_in_force(refused, tmp_path, plan_path):
    options = ("-o", tmp_path / "new.json", "--picture", plan_path)
    assert "the result would replace what is read" in refused("replan", *options)


def test_the_plan_over_its_scenario(run, tmp_path):
    document = tmp_path / "scenario.json"
    document.write_text(json.dumps({"scenario_id": "mine"}))
    ran = run("plan", document, "-o", document, "--json")
    assert "the result would replace what is read" in ran.document["message"]


def test_a_picture_of_a_shown_plan(run, broken, plan_path, tmp_path):
    for target, said in ((tmp_path, "is a folder"), (plan_path, "what is read")):
        options = ("--scenario", broken, "--picture", target, "--json")
        ran = run("show", plan_path, *options)
        assert ran.code == 2
        assert said in ran.document["message"]


def test_folders_that_are_missing_will_be_made(tmp_path):
    refuse_bad_files([tmp_path / "a" / "b" / "p.json"], read=[])
    refuse_bad_folder(tmp_path / "a" / "b", force=False)
    assert not (tmp_path / "a").exists()


def test_a_folder_that_may_not_be_written(tmp_path, monkeypatch):
    # Whoever runs tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(PermissionError, match="nothing may be written"):
        refuse_bad_files([tmp_path / "p.json"], read=[])

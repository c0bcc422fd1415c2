"""Reading strictly, or setting families with errors aside."""

import pytest

from movplan.application.loading import load, load_setting_aside
from movplan.domain.errors import InputError
from movplan.domain.words import Reason
from movplan.files import write_folder
from tests.reports.by_hand import SCENARIO


@pytest.fixture
def folder(tmp_path):
    """The mission made by hand, as a folder."""
    write_folder(SCENARIO, tmp_path)
    return tmp_path


def spoil(folder, family_id, good, bad):
    """Write something wrong into a family's row."""
    path = folder / "families.csv"
    lines = path.read_text("utf-8").splitlines()
    spoilt = [
        line.replace(good, bad) if line.startswith(f"{family_id},") else line
        for line in lines
    ]
    assert spoilt != lines
    path.write_text("\n".join(spoilt) + "\n", "utf-8")


def test_a_good_folder_is_read(folder):
    loaded = load(folder)
    assert loaded.persons == 14
    assert loaded.set_aside == ()


def test_strictly_one_error_refuses_everything(folder):
    spoil(folder, "F4", "herat", "narnia")
    with pytest.raises(InputError) as raised:
        load(folder)
    assert any("narnia" in str(issue) for issue in raised.value.issues)


def test_a_family_with_an_error_is_set_aside(folder):
    spoil(folder, "F4", "herat", "narnia")
    loaded = load_setting_aside(folder)
    (aside,) = loaded.set_aside
    assert (aside.family_id, aside.reason) == ("F4", Reason.DATA_ERROR)
    assert aside.persons == 4
    assert "narnia" in aside.fact
    assert loaded.persons == 10

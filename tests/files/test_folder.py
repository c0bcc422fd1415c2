"""What a folder looks like after writing over another."""

import pytest

from movplan.domain.errors import InputError
from movplan.files import canonical, read_scenario, write_folder
from tests.domain.mission import mission


def test_tables_without_rows_go_and_other_files_stay(tmp_path):
    write_folder(mission(), tmp_path)
    (tmp_path / "README.md").write_text("our mission")
    smaller = mission().model_copy(update={"fares": (), "sessions": ()})
    write_folder(smaller, tmp_path)

    assert read_scenario(tmp_path) == canonical(smaller)
    assert not (tmp_path / "fares.csv").exists()
    assert (tmp_path / "README.md").read_text() == "our mission"


def test_columns_that_say_nothing_are_left_out(tmp_path):
    write_folder(mission(), tmp_path)

    header, first, *_ = (tmp_path / "escorts.csv").read_text().splitlines()
    assert (header, first) == ("escort_id,role,base,currency", "E1,nurse,MHD,USD")


def test_lists_stand_in_one_cell(tmp_path):
    family = mission().families[0].model_copy(update={"case_ids": ("C1", "C2")})
    families = (family, mission().families[1])
    write_folder(mission().model_copy(update={"families": families}), tmp_path)

    assert "F1,C1;C2,AVRR" in (tmp_path / "families.csv").read_text()


def test_a_list_item_with_a_semicolon_is_refused(tmp_path):
    family = mission().families[0].model_copy(update={"case_ids": ("C1;C2",)})
    scenario = mission().model_copy(update={"families": (family,)})

    with pytest.raises(InputError, match="contains ';'"):
        write_folder(scenario, tmp_path / "new")
    assert not (tmp_path / "new").exists()

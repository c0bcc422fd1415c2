"""What a scenario read from files keeps once instead of once a row."""

from movplan.files import read_scenario, write_folder
from tests.domain.mission import mission


def test_rows_that_give_the_same_cells_share_the_set_of_them(tmp_path):
    write_folder(mission(), tmp_path)
    one, other = read_scenario(tmp_path).members[:2]

    assert {"member_id", "family_id"} <= one.model_fields_set
    assert one.model_fields_set is other.model_fields_set


def test_what_is_changed_of_a_row_leaves_its_like_alone(tmp_path):
    write_folder(mission(), tmp_path)
    one, other = read_scenario(tmp_path).members[:2]

    changed = one.model_copy(update={"case_id": "C9"})
    assert "case_id" in changed.model_fields_set
    assert "case_id" not in other.model_fields_set


def test_an_id_is_the_same_text_wherever_it_stands(tmp_path):
    write_folder(mission(), tmp_path)
    scenario = read_scenario(tmp_path)

    ids = {family.family_id: family.family_id for family in scenario.families}
    assert all(member.family_id is ids[member.family_id] for member in scenario.members)

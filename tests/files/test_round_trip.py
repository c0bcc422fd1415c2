"""Folder and JSON hold exactly the same scenarios."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from movplan.domain.scenario import Scenario
from movplan.files import (
    canonical,
    digest,
    read_scenario,
    write_folder,
    write_json,
)
from movplan.files.assemble import assemble
from movplan.files.reading import read_raw
from tests.domain.mission import mission
from tests.files.any_scenario import scenarios


def reread(path: Path) -> Scenario:
    """What is read back, whether or not its rows fit together."""
    found = assemble(read_raw(path))
    broken = {t: p.broken for t, p in found.tables.items() if p.broken}
    assert broken == {}
    assert found.scenario is not None
    return canonical(found.scenario)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios())
def test_nothing_is_lost(scenario):
    with TemporaryDirectory() as folder:
        write_folder(scenario, Path(folder) / "mission")
        write_json(scenario, Path(folder) / "mission.json")
        from_folder = reread(Path(folder) / "mission")
        from_json = reread(Path(folder) / "mission.json")

    assert from_folder == from_json == canonical(scenario)
    assert digest(from_folder) == digest(from_json) == digest(scenario)


def test_the_canonical_form_is_its_own():
    assert canonical(canonical(mission())) == canonical(mission())


def test_a_mission_survives_both_ways(tmp_path):
    write_folder(mission(), tmp_path / "a")
    write_json(read_scenario(tmp_path / "a"), tmp_path / "b.json")
    write_folder(read_scenario(tmp_path / "b.json"), tmp_path / "c")

    assert read_scenario(tmp_path / "c") == canonical(mission())
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "c").iterdir())
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (
            tmp_path / "c" / name
        ).read_bytes()


def shuffled(scenario: Scenario, seed: int) -> Scenario:
    order = random.Random(seed)
    tables = {}
    for table in Scenario.TABLES:
        rows = list(getattr(scenario, table))
        order.shuffle(rows)
        tables[table] = tuple(rows)
    return scenario.model_copy(update=tables)


@pytest.mark.parametrize("seed", range(5))
def test_row_order_means_nothing(seed):
    assert digest(shuffled(mission(), seed)) == digest(mission())
    assert canonical(shuffled(mission(), seed)) == canonical(mission())


def test_any_difference_has_another_digest():
    family = mission().families[0].model_copy(update={"must_travel": True})
    other = mission().model_copy(update={"families": (family, mission().families[1])})

    assert digest(other) != digest(mission())


def test_stops_are_in_order_of_their_numbers():
    """10 comes after 2 (as text it would not)."""
    stop = mission().departure_stops[0]
    stops = tuple(stop.model_copy(update={"sequence": k}) for k in (10, 2))
    scenario = mission().model_copy(update={"departure_stops": stops})

    assert [s.sequence for s in canonical(scenario).departure_stops] == [2, 10]

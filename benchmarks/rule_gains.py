"""What each rule takes: ways and the LP bound without it, and without all of a kind.

Left out of screening and model one at a time, everything else as it is. Columns of the
full model alone say little: what a rule costs is ways that are gone, or a lower bound.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import numpy as np

from benchmarks.full_model import full_model
from benchmarks.held import held_values
from benchmarks.mission import Mission
from benchmarks.missions import mission_digest, mission_folder
from benchmarks.records import keep as append
from benchmarks.records import records
from benchmarks.root_gap import lp_bound
from benchmarks.specs import OUT
from benchmarks.tables import as_table
from movplan.application.loading import load
from movplan.costing.tariffs import Tariffs
from movplan.domain.rulebook import RULEBOOK
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.screening import screen

FILE = OUT / "rule_gains.jsonl"
# What stays when all is left out: what makes a plan one at all, and the money.
FRAME = frozenset(
    {
        "conservation",
        "family_whole",
        "round_trip",
        "journey_chain",
        "travel_window",
        "departure_runs",
        "seats",
        "vehicle_load",
        "appointments",
        "session_places",
        "escort_cover",
        "escort_mission",
        "escort_roster",
        "place_capacity",
        "beds",
        "budget_ceiling",
        "budget_eligibility",
        "payers",
        "ledger",
        "objective",
        "pins",
    }
)
ALL_OTHERS = "all but the frame"


class Size(TypedDict):
    """Families with a way, ways of all, the LP bound, seconds to screen and build."""

    families: int
    ways: int
    lp: float
    seconds: float


class RuleGains(TypedDict):
    """``whole`` with all rules, and ``without`` each that changes anything."""

    size: int
    seed: int
    mission: str
    load: float
    whole: Size
    without: dict[str, Size]


def rule_gains(size: int, seed: int) -> RuleGains:
    """Measure one mission."""
    folder = Path(mission_folder(size, seed))
    scenario = load(folder).scenario
    held = held_values(folder, mission_digest(folder), records())
    whole = _size(scenario, held, frozenset())
    return RuleGains(
        size=size,
        seed=seed,
        mission=mission_digest(folder),
        load=round(os.getloadavg()[0], 2),
        whole=whole,
        without={
            name: found
            for name, left_out in _variants()
            if _differs(found := _size(scenario, held, left_out), whole)
        },
    )


def _variants() -> Iterator[tuple[str, frozenset[str]]]:
    every = [rule.name for rule in RULEBOOK]
    yield ALL_OTHERS, frozenset(every) - FRAME
    for name in every:
        yield name, frozenset({name})


def _size(
    scenario: Scenario, held: tuple[tuple[str, int], ...], without: frozenset[str]
) -> Size:
    started = time.process_time()
    screening = screen(scenario, without=without)
    built = build_model(scenario, screening, Tariffs(scenario), without=without)
    seconds = time.process_time() - started
    mission = Mission(scenario, built)
    full = full_model(mission.model, mission.held(held), aggregated=True)
    units = mission.model.units
    return Size(
        families=len(np.unique(units.family[np.unique(mission.model.pairs.unit)])),
        ways=len(mission.model.pairs),
        lp=round(lp_bound(mission, full, None), 2),
        seconds=round(seconds, 2),
    )


def _differs(found: Size, whole: Size) -> bool:
    far = abs(found["lp"] - whole["lp"]) > 1e-5 * abs(whole["lp"])
    return found["ways"] != whole["ways"] or far


def keep(found: RuleGains) -> None:
    """Append to the file."""
    append(dict(found), FILE)


def as_rows(found: RuleGains) -> list[list[str]]:
    """The table of one mission, what is gained most first."""
    whole = found["whole"]
    head = ["left out", "families with a way", "ways", "LP bound", "more", "CPU s"]

    def row(name: str, size: Size) -> list[str]:
        more = (size["lp"] / whole["lp"] - 1) * 100
        counts = [str(size["families"]), str(size["ways"])]
        return [
            name,
            *counts,
            f"{size['lp']:.0f}",
            f"{more:.2f} %",
            f"{size['seconds']}",
        ]

    gains = sorted(found["without"].items(), key=lambda item: -item[1]["lp"])
    return [head, row("nothing", whole), *(row(*gain) for gain in gains)]


def page() -> str:
    """What RESULTS.md says of it, the last of every mission."""
    last = {(r["size"], r["seed"]): r for r in records(FILE)}
    text = ["## What the rules take"] if last else []
    for (size, seed), row in sorted(last.items()):
        text += ["", f"Mission {size}/{seed}, each left out of screening and model:"]
        text += ["", *as_table(as_rows(row))]
    return "\n".join(text)

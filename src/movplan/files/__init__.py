"""All file I/O: a folder of CSV and YAML or one JSON document <-> Scenario, Plan."""

from movplan.files.canonical import canonical, digest
from movplan.files.plans import plan_text, read_plan, write_plan
from movplan.files.reading import (
    read_scenario,
    read_scenario_setting_aside,
    read_with_warnings,
)
from movplan.files.set_aside import SetAside
from movplan.files.writing import write_folder, write_json

__all__ = [
    "SetAside",
    "canonical",
    "digest",
    "plan_text",
    "read_plan",
    "read_scenario",
    "read_scenario_setting_aside",
    "read_with_warnings",
    "write_folder",
    "write_json",
    "write_plan",
]

"""Say everything that is wrong with a scenario; nothing is stored."""

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import ValidationAsked
from movplan_api.solving.intake import (
    Body,
    Upload,
    Validation,
    Verdict,
    read_head,
    validate,
    validate_zip,
)
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import stored_scenario
from movplan_api.words import Role


def look_at(desk: Desk, caller: Caller, body: bytes) -> Verdict:
    """Look at a scenario sent along, or at one sent before with overrides."""
    caller.must_be(Role.PLANNER)
    asked = desk.readers.do(read_head, Body(ValidationAsked, body))
    stored = None
    if asked.scenario_id is not None:
        stored = stored_scenario(desk, caller, asked.scenario_id)
    return desk.readers.do(validate, Validation(body, stored))


def look_at_zip(desk: Desk, caller: Caller, body: bytes, *, set_aside: bool) -> Verdict:
    """Look at a folder sent as a zip; names in it are not looked at."""
    caller.must_be(Role.PLANNER)
    return desk.readers.do(validate_zip, Upload(body, set_aside))

"""Take scenarios in: folders as zips, JSON, and what changes make of them."""

from sqlalchemy.exc import IntegrityError

from movplan_api.auth.caller import Caller
from movplan_api.contract.orders import VersionAsked
from movplan_api.problems import UnavailableError
from movplan_api.solving.intake import (
    Revision,
    Upload,
    read_scenario,
    read_zip,
    revise,
)
from movplan_api.store.audit import record
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.store.tables import StoredScenario
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.fetching import read_small, stored_scenario
from movplan_api.usecases.handing_in import TRIES
from movplan_api.usecases.identities import put_identities
from movplan_api.words import Role


def upload(desk: Desk, caller: Caller, body: bytes) -> tuple[StoredScenario, bool]:
    """Keep a scenario of JSON; the same content is kept once. Whether it is new."""
    caller.must_be(Role.PLANNER)
    found = desk.readers.do(read_scenario, body)
    return keep(desk, caller, found.draft, None)


def upload_zip(
    desk: Desk, caller: Caller, body: bytes, *, set_aside: bool
) -> tuple[StoredScenario, bool]:
    """Keep a scenario folder; names in it are sealed, by who may keep names."""
    caller.must_be(Role.PLANNER)
    found = desk.readers.do(read_zip, Upload(body, set_aside))
    if found.names is not None:
        put_identities(desk, caller, found.names, "text/csv")
    return keep(desk, caller, found.draft, None)


def add_version(
    desk: Desk, caller: Caller, scenario_id: str, body: bytes
) -> tuple[StoredScenario, bool]:
    """Keep what changes make of a scenario, as the next version of its name."""
    caller.must_be(Role.PLANNER)
    asked = read_small(desk, VersionAsked, body)
    stored = stored_scenario(desk, caller, scenario_id)
    draft = desk.readers.do(revise, Revision(stored, asked))
    return keep(desk, caller, draft, scenario_id)


def keep(
    desk: Desk, caller: Caller, draft: ScenarioDraft, parent_id: str | None
) -> tuple[StoredScenario, bool]:
    """Store a draft unless it is stored already; others may do so at once."""
    for _ in range(TRIES):
        try:
            with desk.store.transaction() as session:
                scenarios = Scenarios(session, caller.workspace_id)
                known = scenarios.same(draft)
                if known is not None:
                    return known, False
                new = scenarios.keep(draft, by=caller.key_id, parent_id=parent_id)
                record(session, caller.actor, "scenario.stored", new.id)
                return new, True
        except IntegrityError:
            continue
    raise UnavailableError("BUSY", "Others store the same at once; try again.")

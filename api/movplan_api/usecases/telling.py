"""Where a plan stands, as one caller may hear it."""

from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import masked
from movplan_api.contract.answers import PlanMetadata
from movplan_api.store.tables import StoredPlan


def told(plan: StoredPlan, caller: Caller) -> PlanMetadata:
    """Metadata; without ``medical`` failures and approvals say nothing of health."""
    said = PlanMetadata.of(plan)
    hidden = {
        "failure": masked(said.failure, caller.scopes),
        "approval": masked(said.approval, caller.scopes),
    }
    return said.model_copy(update=hidden)

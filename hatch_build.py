"""The small scenarios go along in a wheel, to try things with.

Not when installed for editing: they lie in the checkout, once, and copies beside the
installed packages would only grow old (see ``movplan.application.demos``).
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_DEMOS = (
    "first-convoy",
    "avrr-herat",
    "resettlement-transit",
    "rqa-kabul",
    "self-payers",
    "workshop",
)


class Demos(BuildHookInterface[Any]):
    """Adds the scenarios to what a wheel holds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """``version`` is ``standard`` for a wheel, ``editable`` for a checkout."""
        if version == "editable":
            return
        for name in _DEMOS:
            build_data["force_include"][f"scenarios/{name}"] = (
                f"movplan/demo_scenarios/{name}"
            )

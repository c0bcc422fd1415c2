"""Which of several values of a departure's parameter keeps all of them.

A departure may be open to several programmes with values of their own: it has the
strictest of them (``docs/semantics.md``, *Values and overrides*).
"""

from collections.abc import Iterable

# The largest value is the strictest; of all others the least.
LARGEST = frozenset(
    {
        "connection_flight_min",
        "connection_regional_min",
        "connection_convoy_min",
        "wheelchair_connection_factor",
        "spare_percent",
        "drive_from_hour",
        "rest_minutes",
        "driver_rest_hours",
        "manifest_lock_hours_flight",
        "manifest_lock_hours_convoy",
    }
)
# 0 asks for nothing.
NONE_AT_ZERO = frozenset(
    {
        "flight_max_persons",
        "persons_per_operational_escort",
        "nurse_up_to_persons",
        "persons_per_ambulance",
        "rest_after_hours",
    }
)


def strictest(parameter: str, values: Iterable[int]) -> int:
    """The strictest of one or more values of a parameter."""
    found = set(values)
    if parameter in LARGEST:
        return max(found)
    asking = found - {0} if parameter in NONE_AT_ZERO else found
    return min(asking, default=0)


def common_weekdays(values: Iterable[str]) -> str:
    """ISO weekday digits that all of the texts have, in order."""
    first, *others = (set(value) for value in values)
    return "".join(sorted(first.intersection(*others)))

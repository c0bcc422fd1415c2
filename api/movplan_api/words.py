"""The service's own words as enumerations; those of plans are the library's."""

from enum import StrEnum


class Role(StrEnum):
    """What a key may do; each role may all that the ones before it may."""

    VIEWER = "viewer"
    PLANNER = "planner"
    ADMIN = "admin"

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what the needed one may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Scope(StrEnum):
    """What a key may see beside its role."""

    NAMES = "names"
    MEDICAL = "medical"

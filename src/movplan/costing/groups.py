"""What costs are broken down by, and the two views of them."""

from enum import StrEnum


class By(StrEnum):
    """What a breakdown is by."""

    FAMILY = "family"
    DEPARTURE = "departure"
    PROGRAMME = "programme"
    CATEGORY = "category"
    BUDGET_LINE = "budget_line"
    DONOR = "donor"


class View(StrEnum):
    """Whether a departure's or escort's charge stays whole or goes to those aboard."""

    PAYMENT = "payment"
    ATTRIBUTION = "attribution"


def usual_view(by: By) -> View:
    """By family and programme a fixed cost goes to those aboard; else to its payers."""
    return View.ATTRIBUTION if by in (By.FAMILY, By.PROGRAMME) else View.PAYMENT

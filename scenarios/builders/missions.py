"""The mission of 250 families and the five small ones, from the generator."""

from datetime import date

from movplan.domain.scenario import Scenario
from movplan.generation import generate
from scenarios.builders.narrow import narrow

LAST_SMALL = date(2026, 5, 10)


def iran_2026() -> Scenario:
    """About 250 families, eight weeks, all five programmes."""
    return _titled(
        generate(250, 2026, "mixed"),
        "iran-2026",
        "Iran, April and May 2026: 250 families, five programmes",
    )


def avrr_herat() -> Scenario:
    """Assisted returns by convoy to Herat and on to Kabul, Kandahar and Mazar."""
    made = narrow(generate(26, 11, "returns"), "avrr", families=18, last=LAST_SMALL)
    return _titled(made, "avrr-herat", "Assisted return by convoy, five weeks")


def rqa_kabul() -> Scenario:
    """Qualified Afghans flying to Kabul without a night in transit."""
    made = narrow(generate(140, 12, "returns"), "rqa", families=12, last=LAST_SMALL)
    return _titled(made, "rqa-kabul", "Return of qualified Afghans to Kabul")


def resettlement_transit() -> Scenario:
    """Resettlement by Istanbul, Doha and Dubai, with nights in transit."""
    made = narrow(
        generate(30, 13, "resettlement"),
        "resettlement",
        families=16,
        last=date(2026, 5, 24),
    )
    return _titled(made, "resettlement-transit", "Resettlement through transit hubs")


def self_payers() -> Scenario:
    """Families who pay for themselves, in dollars and rials."""
    made = narrow(
        generate(100, 14, "mixed"), "self-payer", families=12, last=date(2026, 5, 24)
    )
    return _titled(made, "self-payers", "Facilitated movement of self-payers")


def workshop() -> Scenario:
    """Professionals to a workshop in Istanbul and back."""
    made = narrow(
        generate(125, 15, "mixed"), "workshop", families=10, last=date(2026, 5, 17)
    )
    return _titled(made, "workshop", "A workshop in Istanbul, there and back")


def _titled(scenario: Scenario, name: str, title: str) -> Scenario:
    return scenario.model_copy(update={"scenario_id": name, "title": title})

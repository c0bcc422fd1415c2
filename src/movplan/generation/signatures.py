"""How alike the families of a mission are: size, needs, window, programme, route."""

from collections import Counter
from collections.abc import Hashable

from movplan.domain.scenario import Scenario
from movplan.domain.words import Need
from movplan.screening import Screening


def distinct_share(scenario: Scenario, screening: Screening) -> float:
    """Distinct family signatures per family."""
    signatures = family_signatures(scenario, screening)
    return len(set(signatures.values())) / max(1, len(signatures))


def family_signatures(
    scenario: Scenario, screening: Screening
) -> dict[str, tuple[Hashable, ...]]:
    """Size, needs, travel window, programme and route of every family.

    The window is what screening found; of a refused family, what its row says.
    """
    needs: dict[str, Counter[Need]] = {}
    for member in scenario.members:
        needs.setdefault(member.family_id, Counter()).update(member.needs)
    signatures: dict[str, tuple[Hashable, ...]] = {}
    for family in scenario.families:
        window = screening.windows.get(family.family_id)
        dates = (family.ready_from, family.latest)
        if window is not None:
            dates = (window.first, window.last)
        counted = needs.get(family.family_id, Counter[Need]())
        signatures[family.family_id] = (
            family.persons,
            tuple(sorted((need.value, n) for need, n in counted.items())),
            dates,
            family.programme,
            (family.starts_at, family.destination),
        )
    return signatures

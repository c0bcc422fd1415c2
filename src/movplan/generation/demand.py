"""How many persons ask for each corridor: what capacities are made scarce against."""

from collections import Counter
from dataclasses import dataclass, field

from movplan.domain.people import Family
from movplan.generation.figures import Record, records
from movplan.generation.geography import places

SOUTH = ("kerman", "bam", "zahedan", "bandar-abbas")
KANDAHAR_SIDE = ("kandahar", "lashkar-gah")
KABUL_SIDE = ("kabul", "ghazni", "bamyan", "jalalabad")
MAZAR_SIDE = ("mazar", "kunduz")
HERAT_SIDE = ("herat", "farah")
# Persons out of a hundred for whom seats on scheduled flights are sought; charters
# take the others.
SCHEDULED_PERCENT = {"DE": 60}
MASHHAD_SIDE = ("mashhad",)


@dataclass
class Demand:
    """Persons by convoy corridor, by air route, by place of the check and of nights."""

    corridors: Counter[str] = field(default_factory=Counter)
    routes: Counter[tuple[str, str]] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    nights: Counter[str] = field(default_factory=Counter)
    workshop: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


def is_south(family: Family) -> bool:
    """Whether the family leaves by Zahedan and Milak rather than by Dogharoun."""
    through = (*KANDAHAR_SIDE, *KABUL_SIDE, "zaranj")
    return family.starts_at in SOUTH and family.destination in through


def check_place(family: Family) -> str:
    """Where the family is likely to attend its pre-embarkation check."""
    if is_south(family):
        return "zahedan" if family.starts_at == "zahedan" else "kerman"
    near = (*MASHHAD_SIDE, *SOUTH)
    return "mashhad" if family.starts_at in near else "tehran"


def home_airport(family: Family) -> str:
    """Mashhad families mostly fly from Mashhad, everyone else from Tehran."""
    return "mhd" if family.starts_at == "mashhad" else "ika"


def airport_of(town: str) -> str:
    """The airport a town abroad is reached by: the one listed with it as a transfer."""
    for row in records("transfers"):
        from_airport = places()[row["from_place"]].kind.value == "airport"
        if row["to_place"] == town and from_airport:
            return row["from_place"]
    raise KeyError(f"no airport listed for {town}")


def flights_to(airport: str) -> list[Record]:
    """Last flights into an airport."""
    rows = records("flights")
    return [r for r in rows if r["to_place"] == airport and r["role"] == "last"]


def measure(families: list[Family]) -> Demand:
    """Count persons of every family along the ways it is likely to take."""
    demand = Demand()
    for family in families:
        if family.programme == "avrr":
            _by_land(demand, family)
        elif family.programme == "rqa":
            demand.routes[home_airport(family), "kbl"] += family.persons
        elif family.programme == "workshop":
            demand.workshop[home_airport(family)] += family.persons
        else:
            _by_air(demand, family)
    return demand


def _by_land(demand: Demand, family: Family) -> None:
    persons, place = family.persons, check_place(family)
    west = not is_south(family)
    demand.corridors["west" if west else "south"] += persons
    demand.checks[place] += persons
    if family.starts_at != place:
        demand.nights[place] += persons
    if family.destination in MAZAR_SIDE:
        demand.corridors["herat-mazar"] += persons
    elif family.destination in (*KANDAHAR_SIDE, *KABUL_SIDE):
        demand.corridors["herat-kabul" if west else "zaranj-kabul"] += persons


def _by_air(demand: Demand, family: Family) -> None:
    airport = airport_of(family.destination)
    demand.countries[places()[airport].country] += family.persons
    if family.programme == "resettlement":
        place = "mashhad" if home_airport(family) == "mhd" else "tehran"
        demand.checks[place] += family.persons
        if family.starts_at != place:
            demand.nights[place] += family.persons
    last = flights_to(airport)
    weights = [len(row["weekdays"].split()) for row in last]
    home = home_airport(family)
    scheduled = SCHEDULED_PERCENT.get(places()[airport].country, 100)
    for row, weight in zip(last, weights, strict=True):
        part = family.persons * weight * scheduled // sum(weights)
        hub = row["from_place"]
        served = home == "ika" or hub != "doh"
        demand.routes[hub, airport] += part
        demand.routes[home if served else "ika", hub] += part

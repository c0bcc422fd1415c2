"""Places by the names officers use."""

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Place
from movplan.domain.words import PlaceKind

LONGEST_NAME = 20


class PlaceNames:
    """The name of every place; without the scenario its id."""

    def __init__(self, scenario: Scenario | None) -> None:
        places = scenario.places if scenario is not None else ()
        self._names = {place.place_id: _label(place) for place in places}

    def __getitem__(self, place_id: str) -> str:
        return self._names.get(place_id, place_id)

    def way(self, place_ids: tuple[str, ...]) -> str:
        """Places in the order they are passed, e.g. ``Tehran > IKA > Kabul``."""
        return " > ".join(self[place_id] for place_id in place_ids)


def _label(place: Place) -> str:
    """The place's name, or its id (an airport's code) where the name is too long."""
    if place.name and len(place.name) <= LONGEST_NAME:
        return place.name
    airport = place.kind is PlaceKind.AIRPORT
    return place.place_id.upper() if airport else place.place_id

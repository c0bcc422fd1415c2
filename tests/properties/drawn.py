"""Families as they are drawn: who they are, their rides, how tight their dates are."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from movplan.domain.words import EscortRole, EscortShare, Need, Priority
from scenarios.builders.days import date_of, day

# The rides of each way; the journey ends on the local date of the last.
WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "tehran>kabul": (("W5-0415",), ("W5-0418",), ("W5-0422",), ("W5-0424",)),
    "tehran>frankfurt": (("TK1-0416", "TK2-0416"), ("TK1-0423", "TK2-0424")),
    "mashhad>herat-tc": (("MH-0414",), ("MH-0421",)),
    "tehran>ist": (("TK1-0416",),),
}
AIR, HUB, ROAD, EVENT = "to-kabul", "to-frankfurt", "to-herat", "to-an-event"
PROGRAMME = {
    "tehran>kabul": AIR,
    "tehran>frankfurt": HUB,
    "mashhad>herat-tc": ROAD,
    "tehran>ist": EVENT,
}
# Home from an event of 17 to 20 April.
BACK = ("TB-0421", "TB-0424")
BY_AIR = ("tehran>kabul", "tehran>frankfurt")
FLOWN = sorted({ride for way in BY_AIR for rides in WAYS[way] for ride in rides})
# Lands on a Friday, on which Kabul takes nobody but for urgent protection.
ON_FRIDAY = "W5-0424"
# Whom the first member needs, on every ride: nobody, mostly.
OWN_NURSE = (EscortRole.NURSE, EscortShare.OWN)
SHARED_NURSE = (EscortRole.NURSE, EscortShare.SHARED)
DOCTOR = (EscortRole.DOCTOR, EscortShare.SHARED)
CARES = (OWN_NURSE, SHARED_NURSE, DOCTOR)
NOBODY = (None,) * 9
NEEDS = {
    AIR: (None, Need.WCHC, Need.WCHR, Need.BLND, Need.OXYG),
    HUB: (None, Need.WCHC, Need.DPNA, Need.MEDA),
    ROAD: (None, Need.WCHC, Need.STCR),
    EVENT: (None, Need.WCHR),
}
TO_EXAMINE = (Need.OXYG, Need.MEDA)
LOOKED_AFTER = (Need.STCR, Need.MEDA)


@dataclass(frozen=True)
class Drawn:
    """A family before it has an id; its minors are alone if no adult is in charge.

    ``back``: the ride home of a round trip. ``counted``: it is given as counts.
    """

    way: str
    rides: tuple[str, ...]
    back: tuple[str, ...]
    adults: int
    children: int
    infants: int
    priority: Priority
    need: Need | None
    care: tuple[EscortRole, EscortShare] | None
    language: str
    to_obtain: bool
    counted: bool
    pinned: bool
    early: int
    late: int

    @property
    def programme(self) -> str:
        """The programme of its way."""
        return PROGRAMME[self.way]

    @property
    def persons(self) -> int:
        """Everybody."""
        return self.adults + self.children + self.infants

    @property
    def in_charge(self) -> int:
        """Adults but the first one, if that is a patient."""
        is_patient = self.care is not None or self.need in LOOKED_AFTER
        return self.adults - is_patient

    @property
    def is_unaccompanied(self) -> bool:
        """Whether nobody is in charge of its minors."""
        return not self.in_charge and self.children + self.infants > 0

    @property
    def escort_roles(self) -> list[EscortRole]:
        """Who has to go with it."""
        minors = [EscortRole.OPERATIONAL] if self.is_unaccompanied else []
        return minors + ([self.care[0]] if self.care else [])

    @property
    def seats(self) -> int:
        """Seats at most, whatever the ride; those of escorts included."""
        laps = min(self.infants, self.in_charge)
        return self.persons - laps + len(self.escort_roles)

    @property
    def is_urgent(self) -> bool:
        """Whether an authority let it arrive on a day that is closed."""
        return ON_FRIDAY in self.rides

    @property
    def first(self) -> date:
        """The date of the first ride."""
        return day(date_of(self.rides[0]))

    @property
    def arrives(self) -> date:
        """The date of the last ride, on which it arrives."""
        return day(date_of(self.rides[-1]))

    @property
    def ends(self) -> date:
        """The date of the last ride of all, home again of a round trip."""
        return day(date_of((*self.rides, *self.back)[-1]))


@st.composite
def families_drawn(
    draw: st.DrawFn,
    ways: tuple[str, ...] = tuple(sorted(WAYS)),
    *,
    cared: bool = False,
    urgent: bool = False,
) -> Drawn:
    """One family with its rides, on one of these ways.

    ``cared``: with an escort; ``urgent``: on a day closed to others.
    """
    way = "tehran>kabul" if urgent else draw(st.sampled_from(ways))
    rides = [ride for ride in WAYS[way] if not urgent or ON_FRIDAY in ride]
    programme = PROGRAMME[way]
    alike = not cared and programme != HUB
    counted = alike and draw(st.integers(0, 5)) == 0
    plain = counted or programme == EVENT
    minors = not cared and not plain and draw(st.integers(0, 9)) == 0
    adults = 0 if minors else draw(st.integers(1, 3))
    cares = CARES if cared else NOBODY + CARES
    care = None if minors or plain else draw(st.sampled_from(cares))
    # An escort of minors has three: two children and an infant of a lone patient.
    infants = 1 if adults == 1 and care else 2
    return Drawn(
        way=way,
        rides=draw(st.sampled_from(rides)),
        back=(draw(st.sampled_from(BACK)),) if programme == EVENT else (),
        adults=adults,
        children=draw(st.integers(int(minors), 2)),
        infants=0 if minors else draw(st.integers(0, infants)),
        priority=draw(st.sampled_from(list(Priority))),
        need=None if counted or adults < 2 else draw(st.sampled_from(NEEDS[programme])),
        care=care,
        language=draw(st.sampled_from(["fa", "ps"])),
        to_obtain=draw(st.booleans()),
        counted=counted,
        pinned=draw(st.integers(0, 5)) == 0,
        early=draw(st.integers(0, 10)),
        late=draw(st.integers(0, 10)),
    )

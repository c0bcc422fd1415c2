"""Escort missions: who needs whom on which ride, and which missions could serve."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from movplan.domain.escorts import Escort
from movplan.domain.people import Medical
from movplan.domain.windows import Files
from movplan.domain.words import (
    DepartureKind,
    EscortLegs,
    EscortRole,
    EscortShare,
    Sex,
)
from movplan.formulation.context import Context
from movplan.formulation.journeys import RawPairs
from movplan.formulation.rowbook import RowName
from movplan.network.itinerary import Ride


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """What kind of escort a patient asks for."""

    role: EscortRole
    share: EscortShare
    legs: EscortLegs
    sex: Sex | None
    language: str | None

    def applies(self, ride: Ride) -> bool:
        """Whether the need applies on a ride."""
        wanted = {
            EscortLegs.ALL: True,
            EscortLegs.AIR: ride.kind is DepartureKind.FLIGHT,
            EscortLegs.ROAD: ride.kind is DepartureKind.CONVOY,
        }
        return wanted[self.legs]

    def met_by(self, escort: Escort) -> bool:
        """Whether an escort's role, sex and languages are what is asked for."""
        return (
            escort.role is self.role
            and self.sex in (None, escort.sex)
            and (self.language is None or self.language in escort.languages)
        )


Chain = tuple[Ride, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """Kind of mission: rides, and how an escort is shared on them."""

    chain: Chain
    share: EscortShare


def member_needs(files: Files, family_id: str) -> Iterator[tuple[str, Need]]:
    """Members of a family who need an escort, and what they need."""
    for member in files.members[family_id]:
        medical = files.medical.get(member.member_id)
        if medical is not None and medical.escort_role is not None:
            yield member.member_id, _need(medical, medical.escort_role)


def family_needs(context: Context, family_id: str) -> dict[Need, int]:
    """Patients of a family by what they need."""
    return dict(Counter(need for _, need in member_needs(context.files, family_id)))


def _need(medical: Medical, role: EscortRole) -> Need:
    return Need(
        role=role,
        share=medical.escort_share,
        legs=medical.escort_legs,
        sex=medical.escort_sex,
        language=medical.escort_language,
    )


def chains_needing(need: Need, rides: Chain) -> list[Chain]:
    """Maximal runs of consecutive rides on which the need applies."""
    runs: list[list[Ride]] = [[]]
    for ride in rides:
        if need.applies(ride):
            runs[-1].append(ride)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


def serving_chains(context: Context, run: Chain) -> Iterator[Chain]:
    """Contiguous parts of a run that begin and end where an escort may change."""
    cuts = [0]
    for k in range(1, len(run)):
        place = context.files.places[run[k - 1].to_place]
        if place.handover:
            cuts.append(k)
    cuts.append(len(run))
    for i in range(len(cuts) - 1):
        for j in range(i + 1, len(cuts)):
            yield run[cuts[i] : cuts[j]]


class Cover:
    """Rows asking for escorts: per departure segment, role, share and wish."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.needs: dict[tuple[EscortRole, EscortShare, str, int], set[Need]] = {}

    def rows(self, need: Need, ride: Ride) -> list[int]:
        """Rows a patient counts in on a ride: everybody's, and that of its own wish."""
        rows = []
        for segment in range(ride.board, ride.alight):
            key = (need.role, need.share, ride.departure_id, segment)
            self.needs.setdefault(key, set()).add(need)
            rows.append(self._context.rows.row(cover_name(need, key, wish=False)))
            if need.sex is not None or need.language is not None:
                rows.append(self._context.rows.row(cover_name(need, key, wish=True)))
        return rows


def cover_name(
    need: Need, key: tuple[EscortRole, EscortShare, str, int], *, wish: bool
) -> RowName:
    """Name of a cover row; with ``wish``, of those asking for this sex and language."""
    role, share, departure_id, segment = key
    detail = f"{role.value}/{share.value}/{segment}"
    if wish:
        detail += f"/{need.sex or ''}/{need.language or ''}"
    return RowName("escort_cover", departure_id, detail)


def add_needs(
    context: Context, pairs: RawPairs
) -> tuple[Cover, set[tuple[Need, Chain]]]:
    """Fill cover rows of every pair with patients; returns the runs to be served."""
    cover = Cover(context)
    runs: set[tuple[Need, Chain]] = set()
    needs = [family_needs(context, part.family_id) for part in context.parts]
    with_needs = np.array([bool(need) for need in needs], np.bool_)
    column, row, value = [], [], []
    for pair in np.flatnonzero(with_needs[pairs.unit]).tolist():
        rides = context.screening.itineraries[pairs.itinerary[pair]].rides
        for need, patients in needs[pairs.unit[pair]].items():
            for run in chains_needing(need, rides):
                runs.add((need, run))
                for ride in run:
                    for index in cover.rows(need, ride):
                        column.append(pair)
                        row.append(index)
                        value.append(patients)
    context.resources.add(np.array(column), np.array(row), np.array(value))
    return cover, runs

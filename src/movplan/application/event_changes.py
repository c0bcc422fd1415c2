"""What happened on the ground since a plan was made, as changes to its scenario."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from movplan.application.happenings import Event, Happening, rides
from movplan.application.replanning import rides_as_assignments
from movplan.domain.assignments import Assignment
from movplan.domain.changes import Change, Verb
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, Part
from movplan.reports.journeys import Journey, journeys

State = AssignmentState

# What holds a family to a departure and gives way to what really happened.
_HELD = frozenset({State.PINNED, State.LOCKED, State.NOTIFIED})


def event_changes(
    scenario: Scenario, plan: Plan, events: Iterable[Event]
) -> tuple[Change, ...]:
    """What the events, in the order in which they happened, change in the scenario.

    Whoever departed keeps the departures boarded, and later ones of that part as
    locked. Whoever stays, and whoever was to ride a cancelled departure, is held to no
    pinned or locked departure any more. Medical stops become holds; a family without
    members is then ready the day after.
    """
    work = _Work(scenario, plan)
    for event in events:
        work.take(event)
    return work.changes()


@dataclass(slots=True)
class _Work:
    """The assignments while events are taken, and the changes to other tables."""

    scenario: Scenario
    plan: Plan
    _rows: dict[str, Assignment] = field(default_factory=dict)
    _others: dict[tuple[str, str], Change] = field(default_factory=dict)
    _cancelled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._rows = {row.key: row for row in self.scenario.assignments}

    def take(self, event: Event) -> None:
        match event.kind:
            case Happening.DEPARTED | Happening.NO_SHOW:
                self._board_or_miss(event)
            case Happening.CANCELLED if event.departure_id is not None:
                self._cancel(event.departure_id)
            case Happening.CANCELLED:
                self._stay(event.family_id or "", event.on)
            case Happening.MEDICAL_STOP:
                self._hold(event)
            case Happening.CONSENT_WITHDRAWN:
                family_id = event.family_id or ""
                self._let_go(family_id)
                self._update("families", family_id, consent_withdrawn=event.on)

    def changes(self) -> tuple[Change, ...]:
        """Everything that is different now, assignments last."""
        given = {row.key: row for row in self.scenario.assignments}
        gone = [
            Change(verb=Verb.WITHDRAW, table="assignments", key=key)
            for key in sorted(given.keys() - self._rows.keys())
        ]
        different = [
            Change(
                verb=Verb.UPDATE if key in given else Verb.ADD,
                table="assignments",
                key=key,
                values=row.model_dump(mode="json", exclude_none=True),
            )
            for key, row in sorted(self._rows.items())
            if given.get(key) != row
        ]
        return (*self._others.values(), *gone, *different)

    def _board_or_miss(self, event: Event) -> None:
        departure_id = event.departure_id or ""
        for journey in self._journeys(event):
            if event.kind is Happening.DEPARTED:
                self._depart(journey, departure_id)
            else:
                self._miss(journey, departure_id)

    def _journeys(self, event: Event) -> Sequence[Journey]:
        return [
            journey
            for journey in journeys(self.plan)
            if event.family_id in (None, journey.family_id)
            and any(rides(ride, event) for ride in journey.rides)
        ]

    def _depart(self, journey: Journey, departure_id: str) -> None:
        self._forget(journey.family_id, journey.part)
        boarded = True
        for row in rides_as_assignments(journey, State.DEPARTED):
            if boarded:
                self._put(row)
            elif row.departure_id not in self._cancelled:
                self._put(row.model_copy(update={"state": State.LOCKED}))
            boarded = boarded and row.departure_id != departure_id

    def _miss(self, journey: Journey, departure_id: str) -> None:
        """It stays; on the way already, only what comes next is open again."""
        on_the_way = any(
            row.state is State.DEPARTED and row.departure_id != departure_id
            for row in self._of(journey.family_id)
        )
        self._let_go(journey.family_id)
        for row in rides_as_assignments(journey, State.NO_SHOW):
            if row.departure_id == departure_id:
                self._rows.pop(row.key, None)
                if not on_the_way:
                    self._put(row)

    def _cancel(self, departure_id: str) -> None:
        self._cancelled.add(departure_id)
        self._others["departures", departure_id] = Change(
            verb=Verb.WITHDRAW, table="departures", key=departure_id
        )
        hit = [r for r in self._rows.values() if r.departure_id == departure_id]
        for row in hit:
            if row.state in _HELD:
                self._let_go(row.family_id, row.part)

    def _stay(self, family_id: str, on: date) -> None:
        """The family cancels; journeys that have begun go on."""
        self._let_go(family_id)
        for journey in journeys(self.plan):
            if journey.family_id == family_id and not self._boarded(journey):
                for row in rides_as_assignments(journey, State.WITHDRAWN):
                    self._put(row)
        if not self._of(family_id):
            # It has no ride to give up: its consent is what it takes back.
            self._update("families", family_id, consent_withdrawn=on)

    def _hold(self, event: Event) -> None:
        members = [
            row
            for row in self.scenario.members
            if row.member_id == event.member_id
            or (event.member_id is None and row.family_id == event.family_id)
        ]
        family_id = event.family_id or members[0].family_id
        self._let_go(family_id)
        known = {row.member_id for row in self.scenario.medical}
        for member in members:
            values = {"status": "hold", "hold_until": event.hold_until}
            verb = Verb.UPDATE if member.member_id in known else Verb.ADD
            released = {"hold_released": None} if verb is Verb.UPDATE else {}
            self._others["medical", member.member_id] = Change(
                verb=verb,
                table="medical",
                key=member.member_id,
                values={**values, **released},
            )
        if not members:
            until = event.hold_until or self.scenario.horizon.last
            self._update("families", family_id, ready_from=until + timedelta(days=1))

    def _update(self, table: str, key: str, **values: object) -> None:
        before = self._others.get((table, key))
        merged = {**(before.values if before is not None else {}), **values}
        self._others[table, key] = Change(
            verb=Verb.UPDATE, table=table, key=key, values=merged
        )

    def _put(self, row: Assignment) -> None:
        self._rows[row.key] = row

    def _of(self, family_id: str) -> list[Assignment]:
        return [row for row in self._rows.values() if row.family_id == family_id]

    def _boarded(self, journey: Journey) -> bool:
        return any(
            row.part is journey.part and row.state is State.DEPARTED
            for row in self._of(journey.family_id)
        )

    def _let_go(self, family_id: str, part: Part | None = None) -> None:
        """Nothing pinned, locked or notified holds it any more."""
        for row in self._of(family_id):
            if row.state in _HELD and part in (None, row.part):
                del self._rows[row.key]

    def _forget(self, family_id: str, part: Part) -> None:
        """What was said of this part, except which departures it is kept off."""
        for row in self._of(family_id):
            if row.part is part and row.state is not State.FORBIDDEN:
                del self._rows[row.key]

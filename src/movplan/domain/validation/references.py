"""Every id names a row that exists, and every row has an id of its own."""

from collections.abc import Iterator, Mapping

from movplan.domain.errors import Issue
from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.domain.validation.lookup import Lookup, closest
from movplan.domain.words import SubjectKind

# (table, column, table it names); list columns name several rows.
REFERENCES = (
    ("programmes", "required_documents", "document_types"),
    ("document_types", "after", "document_types"),
    ("families", "programme", "programmes"),
    ("families", "origin", "places"),
    ("families", "current_place", "places"),
    ("families", "destination", "places"),
    ("families", "travels_with", "families"),
    ("members", "family_id", "families"),
    ("members", "guardian_id", "members"),
    ("medical", "member_id", "members"),
    ("documents", "member_id", "members"),
    ("documents", "document_type", "document_types"),
    ("transfers", "from_place", "places"),
    ("transfers", "to_place", "places"),
    ("departures", "from_place", "places"),
    ("departures", "to_place", "places"),
    ("departures", "programmes", "programmes"),
    ("departure_stops", "departure_id", "departures"),
    ("departure_stops", "place_id", "places"),
    ("departure_vehicles", "departure_id", "departures"),
    ("departure_vehicles", "vehicle_type_id", "vehicle_types"),
    ("fares", "departure_id", "departures"),
    ("fares", "from_place", "places"),
    ("fares", "to_place", "places"),
    ("payers", "budget_line_id", "budget_lines"),
    ("escorts", "base", "places"),
    ("escort_travel", "from_place", "places"),
    ("escort_travel", "to_place", "places"),
    ("sessions", "place_id", "places"),
    ("sessions", "programmes", "programmes"),
    ("capacities", "place_id", "places"),
    ("capacities", "programme", "programmes"),
    ("closures", "place_id", "places"),
    ("closures", "programmes", "programmes"),
    ("budget_lines", "parent", "budget_lines"),
    ("budget_lines", "programmes", "programmes"),
    ("assignments", "family_id", "families"),
    ("assignments", "departure_id", "departures"),
    ("assignments", "from_place", "places"),
    ("assignments", "to_place", "places"),
    ("assignments", "escort_id", "escorts"),
    ("assignments", "session_ids", "sessions"),
)
NOT_AN_ID = "is not an id that exists"
PAID_FOR = {SubjectKind.DEPARTURE: "departures", SubjectKind.ESCORT: "escorts"}


def dangling_references(lookup: Lookup) -> Iterator[Issue]:
    """Every id in a column of ``REFERENCES`` is the id of a row."""
    for table, column, target in REFERENCES:
        known = lookup.ids(target)
        for row in getattr(lookup.scenario, table):
            value = getattr(row, column)
            wanted = value if isinstance(value, tuple) else (value,)
            for name in wanted:
                if name is not None and name not in known:
                    yield _unknown(lookup, table, row, column, name, target)


def unknown_names(
    lookup: Lookup, table: str, cells: Mapping[str, object]
) -> Iterator[tuple[str, str, str]]:
    """What the raw cells of a broken row name in vain: column, name, hint."""
    for owner, column, target in REFERENCES:
        cell = cells.get(column)
        if owner != table or not isinstance(cell, str | list | tuple):
            continue
        names = cell.split(";") if isinstance(cell, str) else cell
        known = lookup.ids(target)
        for name in (str(each).strip() for each in names):
            if name and name not in known:
                yield column, name, lookup.closest_id(name, target)


def unknown_payer_subjects(lookup: Lookup) -> Iterator[Issue]:
    """A payer pays for a departure or an escort that exists."""
    for payer in lookup.scenario.payers:
        target = PAID_FOR.get(payer.subject_kind)
        if target is None:
            yield lookup.error(
                "payers",
                payer,
                "subject_kind",
                "families have no payers: their line is chosen by the plan",
                code="BAD_PAYER",
                expected="departure or escort",
            )
        elif payer.subject_id not in lookup.ids(target):
            yield _unknown(
                lookup, "payers", payer, "subject_id", payer.subject_id, target
            )


def unknown_destinations(lookup: Lookup) -> Iterator[Issue]:
    """A budget line's destinations are places or countries of places."""
    known = lookup.ids("places") | {p.country for p in lookup.scenario.places}
    for line in lookup.scenario.budget_lines:
        for name in line.destinations:
            if name not in known:
                yield lookup.error(
                    "budget_lines",
                    line,
                    "destinations",
                    f"{name!r} is neither a place nor a country of one",
                    code="UNKNOWN_ID",
                    expected=closest(name, known, what="places and countries"),
                )


def unknown_countries(lookup: Lookup) -> Iterator[Issue]:
    """An escort's countries are countries of places."""
    known = {place.country for place in lookup.scenario.places}
    for escort in lookup.scenario.escorts:
        for name in escort.countries:
            if name not in known:
                yield lookup.warning(
                    "escorts",
                    escort,
                    "countries",
                    f"no place is in {name!r}",
                    code="UNKNOWN_ID",
                    expected=closest(name, known, what="countries"),
                )


def unknown_groups(lookup: Lookup) -> Iterator[Issue]:
    """Levels and minimums look at programmes and origins that exist."""
    scenario = lookup.scenario
    for column in ("levels", "minimums"):
        for item in getattr(scenario, column):
            named = (
                ("programmes", item.where.programmes),
                ("places", item.where.origins),
            )
            for target, names in named:
                for name in names:
                    if name not in lookup.ids(target):
                        yield Issue(
                            code="UNKNOWN_ID",
                            table="scenario",
                            key=item.name,
                            column=column,
                            value=name,
                            problem=f"{item.name!r} names an unknown row of {target}",
                            expected=closest(name, lookup.ids(target), what=target),
                        )


def duplicate_keys(lookup: Lookup) -> Iterator[Issue]:
    """No two rows of a table have the same key."""
    for table, model in Scenario.TABLES.items():
        seen: set[str] = set()
        for row in getattr(lookup.scenario, table):
            key = row.key
            if key in seen:
                yield lookup.error(
                    table,
                    row,
                    model.KEY[-1],
                    f"{' + '.join(model.KEY)} {key!r} appears more than once",
                    code="DUPLICATE_KEY",
                    expected="one row for each",
                )
            seen.add(key)


def _unknown(
    lookup: Lookup, table: str, row: Row, column: str, name: str, target: str
) -> Issue:
    issue = lookup.error(
        table,
        row,
        column,
        NOT_AN_ID,
        code="UNKNOWN_ID",
        expected=lookup.closest_id(name, target),
    )
    return issue.model_copy(update={"value": name})

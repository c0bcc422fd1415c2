"""How the rows of a scenario fit together: one small function per rule."""

from collections.abc import Callable, Iterator

from movplan.domain.errors import Issue
from movplan.domain.scenario import Scenario
from movplan.domain.validation import (
    dates,
    document_order,
    families,
    group_size,
    money,
    receiving,
    references,
    rule_values,
    rules,
    transport,
)
from movplan.domain.validation.lookup import BrokenRows, Lookup

RULES: tuple[Callable[[Lookup], Iterator[Issue]], ...] = (
    references.duplicate_keys,
    references.dangling_references,
    references.unknown_payer_subjects,
    references.unknown_destinations,
    references.unknown_countries,
    references.unknown_groups,
    dates.past_horizon,
    dates.reversed_dates,
    dates.reversed_times,
    dates.future_births,
    dates.missing_events,
    dates.bad_weekdays,
    families.wrong_persons,
    families.going_nowhere,
    families.unknown_relations,
    families.one_sided_companions,
    families.consents_to_come,
    group_size.too_big_groups,
    families.bad_legs,
    transport.bad_places,
    transport.bad_departures,
    transport.too_many_drivers,
    transport.stop_times,
    transport.places_served_twice,
    transport.bad_fare_stretches,
    transport.twin_sessions,
    receiving.unknown_subdivisions,
    receiving.bad_periods,
    receiving.overlapping_quotas,
    receiving.bad_closures,
    document_order.document_circles,
    document_order.irreversible_circles,
    receiving.bad_patients,
    money.missing_currencies,
    money.grants_per_family,
    money.missing_rates,
    money.bad_rates,
    money.wrong_shares,
    money.missing_payers,
    money.parent_cycles,
    money.overspent_lines,
    rules.unknown_rules,
    rule_values.bad_rule_values,
    rule_values.changed_units,
    rule_values.values_out_of_order,
    rule_values.laxer_than_shipped,
    rules.unread_rule_scopes,
    rules.unknown_rule_scopes,
    rules.bad_overrides,
    rules.bad_levels,
)


def find_issues(
    scenario: Scenario, *, broken: BrokenRows | None = None
) -> tuple[Issue, ...]:
    """Everything wrong, or worth a warning, with how the rows fit together.

    ``broken`` holds, by table, the raw cells of rows that exist but could not be read;
    nothing that hangs on them is reported.
    """
    lookup = Lookup(scenario, broken)
    return tuple(issue for rule in RULES for issue in rule(lookup))

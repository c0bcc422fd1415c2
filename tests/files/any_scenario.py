"""Hypothesis strategies: any scenario, every table and column filled at random."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AwareDatetime

from movplan.domain.rows import Row
from movplan.domain.rules import Rule, RuleOverride
from movplan.domain.scenario import Group, Horizon, Level, Limits, Scenario
from movplan.domain.transport import Place
from movplan.domain.words import EvidenceLabel, Measure, Need, Priority, RuleType

ZONES = ("Asia/Tehran", "Asia/Kabul", "Europe/Berlin", "UTC", "America/New_York")
PLACES = tuple(f"P{k}" for k in range(len(ZONES)))
SIGNS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n;,"\t ')

texts = st.text(SIGNS, min_size=1, max_size=6).filter(str.strip)
items = st.text(SIGNS.filter(lambda c: c != ";"), min_size=1, max_size=4).filter(
    str.strip
)
currencies = st.sampled_from(["USD", "IRR", "EUR", "KWD"])
dates = st.dates(date(1900, 1, 1), date(2199, 12, 31))
instants = st.integers(3 * 10**8, 38 * 10**8).map(
    lambda seconds: datetime.fromtimestamp(seconds, tz=UTC)
)
amounts = st.integers(1, 10**12)
OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    date: dates,
    AwareDatetime: instants,
    time: st.times(),
    bool: st.booleans(),
    int: amounts,
    float: st.floats(0, 90),
    Decimal: st.decimals(0, 10**6, places=6),
}


def of_annotation(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a column's type."""
    if get_origin(annotation) is Annotated:
        return of_annotation(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not NoneType]
        return st.none() | of_annotation(inner[0])
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        one = items if item is str else of_annotation(item)
        return st.lists(one, max_size=3).map(tuple)
    return OF_TYPE[annotation] if annotation in OF_TYPE else st.sampled_from(annotation)


def rows(model: type[Row]) -> st.SearchStrategy[tuple[Row, ...]]:
    """Any rows of a table; places are those that have a clock."""
    columns = {}
    for name, field in model.model_fields.items():
        columns[name] = of_annotation(field.annotation)
        if name.endswith("currency"):
            optional = not field.is_required()
            columns[name] = st.none() | currencies if optional else currencies
        if name in ("from_place", "to_place", "place_id"):
            columns[name] = st.sampled_from(PLACES)
    return st.lists(st.builds(model, **columns), max_size=3).map(tuple)


def clocks() -> st.SearchStrategy[tuple[Place, ...]]:
    """Places with the zones every time needs, the other columns at random."""
    columns = {
        name: of_annotation(field.annotation)
        for name, field in Place.model_fields.items()
    }
    columns["currency"] = st.none() | currencies
    places = [
        st.builds(
            Place, **{**columns, "place_id": st.just(name), "timezone": st.just(zone)}
        )
        for name, zone in zip(PLACES, ZONES, strict=True)
    ]
    return st.tuples(*places)


values = st.integers() | st.booleans() | texts
rules = st.lists(
    st.builds(
        Rule,
        name=texts,
        value=values,
        unit=texts,
        type=st.sampled_from(RuleType),
        source=texts,
        label=st.sampled_from(EvidenceLabel),
        overrides=st.lists(
            st.builds(RuleOverride, programme=st.none() | items, value=values),
            max_size=2,
        ).map(tuple),
    ),
    max_size=3,
    unique_by=lambda rule: rule.name.strip(),
).map(tuple)

levels = st.lists(
    st.builds(
        Level,
        name=texts,
        measure=st.sampled_from(Measure),
        where=st.builds(
            Group,
            priorities=st.lists(st.sampled_from(Priority), max_size=2).map(tuple),
            needs=st.lists(st.sampled_from(Need), max_size=2).map(tuple),
            min_size=st.integers(0, 9),
            must_travel=st.none() | st.booleans(),
        ),
        tolerance=st.decimals(0, 1, places=4),
    ),
    max_size=3,
).map(tuple)


def scenarios() -> st.SearchStrategy[Scenario]:
    """Any scenario that can be held; its rows need not fit together."""
    own = ("places", "rules")
    tables = {t: rows(m) for t, m in Scenario.TABLES.items() if t not in own}
    tables |= {"places": clocks(), "rules": rules}
    days = st.tuples(dates, dates).map(sorted)
    return st.builds(
        Scenario,
        scenario_id=texts,
        title=texts,
        as_of=instants,
        horizon=days.map(lambda two: Horizon(first=two[0], last=two[1])),
        reporting_currency=currencies,
        limits=st.builds(Limits, max_rides=st.integers(1, 9)),
        levels=levels,
        assumptions=st.lists(texts, max_size=2).map(tuple),
        **tables,
    )

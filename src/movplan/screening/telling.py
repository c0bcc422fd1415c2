"""Why a family stays, in an officer's words: every bar, the nearest first.

    fact, nearest date that would have passed [with what change]; also by rule R: ...

What follows "also" has to go as well, "other ways" are barred by something else
instead. Clauses end at "; ": who may not read of health is shown the others only.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np

from movplan.domain.words import Reason
from movplan.screening.bars import Bar, Side, Why, passing
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.table import Table
from movplan.screening.windows import Closed

OF_MEMBER = re.compile(r" of member (\S+) ")


def most_telling(bars: list[Bar], table: Table) -> Why:
    """Why no itinerary passes: what keeps the family off those that come nearest.

    Nearest are the itineraries that the fewest facts forbid, of those after the family
    is ready if there are any. Of their bars, the one that forbids most of them comes
    first, then what forbids its nearest itinerary too, then by rule what forbids the
    others, and those before it is ready that no more facts forbid.
    """
    forbidden = np.stack([~bar.passes for bar in bars])
    fewest = _facts_against(bars, forbidden)
    nearest = _nearest_ways(bars, forbidden, fewest)
    near: BoolArray = nearest | (fewest == fewest.min())
    counts = (forbidden & nearest).sum(axis=1)
    order = np.argsort(-counts, kind="stable").tolist()
    best = _nearest(bars[order[0]], nearest & forbidden[order[0]])

    def said(numbers: list[int]) -> list[Why]:
        return [
            Why(bar.reason, f"{bar.fact}{tail(bar, table, among)}", bar.rule, told)
            for i in numbers
            for bar, ways in [(bars[i], nearest if counts[i] else near)]
            for among, told in [(ways & forbidden[i], (bar.fact,))]
        ]

    why = joined(_as_one(said([i for i in order if forbidden[i, best]])))
    others = [i for i in order if (forbidden[i] & near).any()]
    elsewhere = said([i for i in others if not forbidden[i, best]])
    return _with_other_ways(why, elsewhere)


def _facts_against(bars: list[Bar], forbidden: BoolArray) -> IntArray:
    """How many facts forbid each itinerary; one of several members counts once."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for i, bar in enumerate(bars):
        key = (bar.rule, *OF_MEMBER.split(bar.fact)[::2])
        alike.setdefault(key, []).append(i)
    told = [forbidden[some].any(axis=0) for some in alike.values()]
    facts: IntArray = np.stack(told).sum(axis=0, dtype=np.int64)
    return facts


def _nearest_ways(bars: list[Bar], forbidden: BoolArray, facts: IntArray) -> BoolArray:
    """Of the ways after the family is ready, if any, those that fewest facts forbid.

    A paper can be renewed, and is what an officer can act on; a family that is not
    ready cannot be sent by a flight before.
    """
    early = [i for i, bar in enumerate(bars) if bar.reason is Reason.NOT_READY]
    too_early = np.asarray(forbidden[early].any(axis=0), dtype=np.bool_)
    among = np.ones_like(too_early) if too_early.all() else ~too_early
    nearest: BoolArray = among & (facts == facts[among].min())
    return nearest


def tail(bar: Bar, table: Table, among: BoolArray) -> str:
    """The date among some itineraries that nearly passes, and what would let it."""
    itinerary = _nearest(bar, among)
    day = date.fromordinal(int(bar.dates[itinerary]))
    departure = table.itineraries[itinerary].rides[0].departure_id
    change = f" with {bar.change(itinerary)}" if bar.change is not None else ""
    return f", {bar.nearest} {bar.noun} otherwise possible {day} ({departure}){change}"


def beyond_window(closed: Closed, bars: list[Bar], table: Table) -> Why:
    """Why the window is closed, and what keeps the family off whatever its window.

    If nothing else does: the nearest date that would have passed; of each of the two
    dates, if no departure lies between them.
    """
    why = closed.why
    bars = untold(bars, why.told)
    allowed = passing(bars, table)
    if not allowed.any():
        return joined([why, most_telling(bars, table)])
    tells, other = closed.tells.bar(table), closed.other.bar(table)
    among = allowed & other.passes & ~tells.passes
    if not among.any():
        near = [each for each in (tells, other) if not each.passes.all()]
        return most_telling([*near, *bars], table) if near else why
    return replace(why, fact=f"{why.fact}{tail(tells, table, among)}")


def with_changes(whys: list[Why], first: str) -> list[Why]:
    """What refuses a family on whatever itinerary, with what would do.

    ``first`` is the first departure that nothing else forbids, in words; if there is
    one, and only one thing in its way.
    """
    found = f"first departure otherwise possible {first}" if first else "possible"
    return [
        replace(
            why,
            fact=f"{why.fact}, {found} with {why.change}",
            told=why.told or (why.fact,),
        )
        if why.change
        else why
        for why in whys
    ]


def untold(bars: list[Bar], told: Collection[str]) -> list[Bar]:
    """The bars whose fact is not said already, if those told were gone."""
    return [bar for bar in bars if not _is_told(bar.fact, told)] if told else bars


def joined(whys: list[Why]) -> Why:
    """Several reasons as one: the first tells, the others are said after it once."""
    first, *more = whys
    fact, told, rule = first.fact, [*(first.told or (first.fact,))], first.rule
    for why in more:
        facts = why.told or (why.fact,)
        if _is_told(facts[0], told):
            continue
        named = f"by rule {why.rule}: " if why.rule not in ("", rule) else ""
        fact, rule = f"{fact}; also {named}{why.fact}", why.rule
        told.extend(facts)
    return replace(first, fact=fact, told=tuple(told))


def _as_one(whys: list[Why]) -> list[Why]:
    """Reasons that are the same but for the member, as one of all these members."""
    alike: dict[tuple[str, ...], list[Why]] = {}
    for why in whys:
        alike.setdefault((why.rule, *OF_MEMBER.split(why.fact)[::2]), []).append(why)
    return [_of_all(some) for some in alike.values()]


def _of_all(whys: list[Why]) -> Why:
    names = list(dict.fromkeys(n for why in whys for n in OF_MEMBER.findall(why.fact)))
    if len(names) < 2:
        return whys[0]
    members = f" of members {', '.join(names[:-1])} and {names[-1]} "
    fact = OF_MEMBER.sub(lambda _: members, whys[0].fact)
    return replace(
        whys[0], fact=fact, told=tuple(fact for why in whys for fact in why.told)
    )


def _with_other_ways(why: Why, elsewhere: list[Why]) -> Why:
    """By rule what bars other ways as near, and how many more bars of it there are."""
    by_rule: dict[str, list[Why]] = {}
    for other in elsewhere:
        if not _is_told(other.told[0], why.told):
            by_rule.setdefault(other.rule, []).append(other)
    clauses = [why.fact]
    for rule, some in by_rule.items():
        named = f"by rule {rule}: " if rule else ""
        more = f", and {len(some) - 1} more of it" if len(some) > 1 else ""
        clauses.append(f"other ways {named}{some[0].fact}{more}")
    told = (*why.told, *(fact for other in elsewhere for fact in other.told))
    return replace(why, fact="; ".join(clauses), told=told)


def _nearest(bar: Bar, among: BoolArray) -> int:
    rows = np.flatnonzero(among)
    dates = bar.dates[rows]
    last = bar.nearest is Side.LAST
    return int(rows[dates.argmax() if last else dates.argmin()])


def _is_told(fact: str, told: Collection[str]) -> bool:
    """Whether it is said already: some facts are bounds and bars, one in more words."""
    return any(fact.startswith(said) or said.startswith(fact) for said in told)

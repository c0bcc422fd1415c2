"""What a document says to a caller without the scope ``medical``: a hold and a date.

One function, ``masked``, for everything that goes out: answers, diffs, notices, events.
It is given plain JSON (dicts, lists, texts) and knows three things in it: codes of
reasons and rules that speak of health, keys that hold health data, and sentences with
words of health. What is hidden looks the same whatever it was: ``MEDICAL_HOLD`` and the
first date that the sentence named.

Escorts of families are hidden too (a nurse says what a need does not), the seats of
their rides (a stretcher takes many), and how many wheelchairs and stretchers a
departure or vehicle takes (it names its families). Figures about the whole mission
stay: how many were checked, which levels were wanted, which parameters held.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from movplan.domain.rulebook import RULEBOOK, Section
from movplan.domain.words import Need, Reason
from movplan_api.words import Scope

HOLD = Reason.MEDICAL_HOLD.value

HEALTH_REASONS = frozenset(
    {
        Reason.MEDICAL_HOLD,
        Reason.MEDICAL_EXPIRED,
        Reason.MEDICAL_MISSING,
        Reason.NEWBORN,
        Reason.PREGNANCY,
        Reason.AIRLINE_CLEARANCE,
        Reason.NOTICE_TOO_SHORT,
        Reason.NO_COMPANION,
        Reason.NO_FITNESS_CHECK,
        Reason.NO_SPECIAL_PLACE,
        Reason.SPECIAL_PLACES_FULL,
        Reason.NO_ESCORT,
        Reason.ESCORTS_BUSY,
    }
)
HEALTH_RULES = frozenset(
    {rule.name for rule in RULEBOOK if rule.section is Section.HEALTH}
    | {"newborn_age", "special_places", "escort_cover"}
)
_CODES = frozenset(
    {reason.value for reason in HEALTH_REASONS}
    | HEALTH_RULES
    | {"medical", "medical_stop", "MEDICAL_STOP"}
)
# Too little notice may be the airline's rule for patients, or this one for all.
_NOTICE_TO_HOSTS = "arrival_notice"
# Where a row says by a code what it is about, and where in words.
_CODE_ORDER = ("reason", "rule", "code", "kind", "table", "column")
_CODE_KEYS = frozenset(_CODE_ORDER)
_DATED = ("fact", "detail", "problem")
_PROSE_KEYS = frozenset(
    {"fact", "detail", "problem", "hint", "value", "values", "what"}
    | {"expected", "note", "subject", "path", "factor", "date_from", "date_until"}
)
# Whom a row is about stays, else nobody could look for the officer in charge.
_KEPT_OF_PROSE = frozenset({"subject"})
# About the mission, not about anybody: handed on as they are.
_OF_ALL = frozenset(
    {"levels", "minimums", "checks", "defaults", "versions", "scope", "rules"}
    | {"assumptions", "limits"}
)
_NAMES = frozenset({"name", "title", "donor", "project", "source", "tags"})
_EMPTY: dict[str, Any] = {
    "needs": [],
    "pregnancy_weeks": None,
    "pregnancy_as_of": None,
    "pregnancy_multiple": False,
    "pregnancy_first": False,
    "medical": [],
    "escort_ids": [],
    "peak_wheelchairs": None,
    "peak_stretchers": None,
}
_OF_A_FAMILY: dict[str, Any] = {"escort_id": None}
_OF_A_RIDE: dict[str, Any] = {"seats": None}
_OF_A_MISSION: dict[str, Any] = {"role": None, "share": None, "family_ids": []}

_SPEAKS = re.compile(
    r"medic|clearance|pregnan|wheelchair|stretcher|oxygen|patient|nurse|doctor|ambulanc"
    r"|\bfit\b|unfit|fitness|\bon hold\b|newborn|too young|days old|examin|disab|escort"
    r"|companion|able adult|needs help|hospital|diagnos|\bclinic\b|\bblind\b|\bdeaf\b"
    r"|weeks? of pregnancy|\bneeds\s*=|special place|health|handover|handed over"
    r"|\b(?:" + "|".join([*Need, *sorted(HEALTH_RULES)]) + r")\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_REMEDY = " would do"
_SEATS = re.compile(r"needs (\d+) seats")
_CLAUSES = re.compile(r"; |, but ")


def masked(document: Any, scopes: Collection[Scope]) -> Any:  # noqa: ANN401
    """The document as a caller with these scopes may see it; it is not changed."""
    return document if Scope.MEDICAL in scopes else _masked(document)


def _masked(value: Any) -> Any:  # noqa: ANN401
    kind = type(value)
    if kind is str:
        if " " not in value or not _speaks_of_health(value):
            return value
        return f"{HOLD} {_date_in(value)}".strip()
    if kind is dict:
        value = _without_clauses(value)
        return _held(value) if _about_health(value) else _without_health(value)
    if kind is list or kind is tuple:
        return [_masked(part) for part in value]
    return value


def _about_health(row: dict[str, Any]) -> bool:
    """Whether a row tells why of somebody, and health is why."""
    if row.get("rule") == _NOTICE_TO_HOSTS:
        return False
    for key in _CODE_KEYS & row.keys():
        if _is_health_code(row[key]):
            return True
    path = row.get("path")
    if isinstance(path, str) and not _CODES.isdisjoint(path.split("/")):
        return True
    if _takes_more_seats(row):
        return True
    texts = [row[key] for key in _PROSE_KEYS & row.keys()]
    return any(isinstance(text, str) and _speaks_of_health(text) for text in texts)


def _takes_more_seats(row: dict[str, Any]) -> bool:
    """Whether a fact counts more seats than persons: a stretcher is among them."""
    fact, persons = row.get("fact"), row.get("persons")
    if not isinstance(fact, str) or not isinstance(persons, int):
        return False
    return any(int(seats) > persons for seats in _SEATS.findall(fact))


def _without_clauses(row: dict[str, Any]) -> dict[str, Any]:
    """A reason that is another's, without what its fact adds about health."""
    fact = row.get("fact")
    if not isinstance(fact, str) or _is_health_code(row.get("reason")):
        return row
    told: list[str] = []
    hidden = False
    for clause in fact.split("; "):
        # What would do belongs to the clause before it. The first is the reason.
        hidden = bool(told) and (
            _speaks_of_health(clause) or (hidden and _REMEDY in clause)
        )
        if not hidden:
            told.append(clause)
    return {**row, "fact": "; ".join(told)}


def _is_health_code(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return value in _CODES or value in _EMPTY


@lru_cache(maxsize=20_000)
def _speaks_of_health(text: str) -> bool:
    """Whether a sentence does; ids and codes are no sentences. Asked twice of each."""
    return " " in text and _SPEAKS.search(text) is not None


def _held(row: dict[str, Any]) -> dict[str, Any]:
    """A row about health: the hold, its date, and whom it is about."""
    date = _date_in(" ".join(_texts_of(row)))
    plain = _without_health(
        {k: v for k, v in row.items() if k not in _PROSE_KEYS or k in _KEPT_OF_PROSE}
    )
    return {key: _said(key, row, plain, date) for key in row}


def _said(key: str, row: dict[str, Any], plain: dict[str, Any], date: str) -> Any:  # noqa: ANN401
    """What a held row says under one key: the same, whatever is held."""
    value = row[key]
    if key in _CODE_KEYS and isinstance(value, str):
        # One code is enough, and two would tell apart what hides behind the first.
        return HOLD if key == next(k for k in _CODE_ORDER if k in row) else ""
    if key in plain:
        return plain[key]
    if isinstance(value, str):
        return date if key in _DATED else HOLD if key == "what" else ""
    return {} if isinstance(value, dict) else None


def _texts_of(row: dict[str, Any]) -> list[str]:
    return [str(value) for key, value in row.items() if key in _PROSE_KEYS]


def _without_health(row: dict[str, Any]) -> dict[str, Any]:
    """Any other row: its keys of health are empty, its sentences looked through."""
    empty = _EMPTY
    if "family_id" in row:
        empty = _EMPTY | _OF_A_FAMILY | (_OF_A_RIDE if "sequence" in row else {})
    elif "mission_id" in row:
        empty = _EMPTY | _OF_A_MISSION
    return {
        key: empty[key]
        if key in empty
        else value
        if key in _OF_ALL or key in _NAMES
        else _masked(value)
        for key, value in row.items()
    }


def _date_in(text: str) -> str:
    """The first date that what speaks of health names, else the first of all."""
    clauses = _CLAUSES.split(text)
    telling = [clause for clause in clauses if _SPEAKS.search(clause)]
    for clause in (*telling, text):
        if found := _DATE.search(clause):
            return found[0]
    return ""

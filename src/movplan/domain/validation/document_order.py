"""Documents that would have to be in hand before themselves."""

from collections.abc import Iterator

from movplan.domain.errors import Issue
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import Holders

Types = dict[str, DocumentType]
Circle = tuple[str, ...]


def document_circles(lookup: Lookup) -> Iterator[Issue]:
    """No type of document comes after itself."""
    types = _types(lookup)
    for row in lookup.scenario.document_types:
        if row.document_type in _all_before(row.document_type, types):
            yield lookup.error(
                "document_types",
                row,
                "after",
                "the document comes after itself",
                code="AFTER_CYCLE",
                expected="types that can be had before it",
            )


def irreversible_circles(lookup: Lookup) -> Iterator[Issue]:
    """Irreversible documents come last, and what comes after one is not needed by one.

    Two irreversible types, each with a type that comes after it, each wait for what
    comes after the other; so do two needed to book the transport, each after one that
    waits for the transport. Told once, whatever the programmes that require them.
    """
    types, told = _types(lookup), set[frozenset[str]]()
    for programme in lookup.scenario.programmes:
        circle = _circle(programme, types)
        if circle is None or frozenset(circle) in told:
            continue
        told.add(frozenset(circle))
        said = [_said(types[name]) for name in (*circle, circle[0])]
        culprit = max(circle, key=lambda name: _blamed(types[name]))
        yield lookup.error(
            "document_types",
            types[culprit],
            "irreversible" if types[culprit].irreversible else "needed_to_book",
            f"programme {programme.programme_id} requires documents of which none can"
            f" be the first: {' comes after '.join(said)}",
            code="AFTER_CYCLE",
            expected=f"one of {', '.join(sorted(circle))} not irreversible or needed to"
            " book, without its after, or not required",
        )


def _types(lookup: Lookup) -> Types:
    return {row.document_type: row for row in lookup.scenario.document_types}


def _said(row: DocumentType) -> str:
    last = " (irreversible: last)" if row.irreversible else ""
    books = " (needed to book)" if row.needed_to_book else ""
    return f"{row.document_type}{last}{books}"


def _blamed(row: DocumentType) -> tuple[bool, bool]:
    return row.irreversible, row.needed_to_book


def _circle(programme: Programme, types: Types) -> Circle | None:
    """The shortest circle among the types one member may need, if there is any.

    A type that comes after itself by ``after`` alone is ``document_circles``'.
    """
    required = [
        name
        for name in dict.fromkeys(programme.required_documents)
        if name in types and name not in _all_before(name, types)
    ]
    circles = (
        _shortest(name, _before(needed, types))
        for needed in _of_one_member(required, types)
        for name in needed
    )
    return min((c for c in circles if c is not None), key=len, default=None)


def _of_one_member(required: list[str], types: Types) -> Iterator[list[str]]:
    """What an adult may need, and what a minor may."""
    for others in ({Holders.MINORS, Holders.MINORS_ONE_PARENT}, {Holders.ADULTS}):
        yield [name for name in required if types[name].holders not in others]


def _before(needed: list[str], types: Types) -> dict[str, set[str]]:
    """The needed types that each comes after, by ``after`` or as irreversible.

    And those needed to book that one waits for, if it waits for firm transport.
    """
    stated = {name: _all_before(name, types) for name in needed}
    before = {
        name: {
            other
            for other in needed
            if other in stated[name]
            or (
                types[name].irreversible
                and not types[other].irreversible
                and name not in stated[other]
            )
        }
        for name in needed
    }
    return {
        name: earlier
        | {
            other
            for other in needed
            if types[other].needed_to_book
            and types[name].waits_for_transport
            and name not in before[other]
        }
        for name, earlier in before.items()
    }


def _shortest(start: str, before: dict[str, set[str]]) -> Circle | None:
    """The shortest way from a type through those before it back to it."""
    ways: list[Circle] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is read: breadth first
        for name in sorted(before[way[-1]] - seen):
            if name == start:
                return way
            seen.add(name)
            ways.append((*way, name))
    return None


def _all_before(name: str, types: Types) -> set[str]:
    found: set[str] = set()
    left = list(types[name].after)
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left.extend(types[each].after if each in types else ())
    return found

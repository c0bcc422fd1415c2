"""Entity tags: what a caller would get, known before it is made."""

import hashlib
import re
from collections.abc import Iterable

from movplan import __version__

_TAG = re.compile(r'(?:W/)?"[^"]*"')


def tag_of(material: Iterable[str]) -> str:
    """A weak tag (packing does not change it) of all that the answer depends on."""
    digest = hashlib.sha256()
    for part in (__version__, *material):
        digest.update(part.encode())
        digest.update(b"\0")
    return f'W/"{digest.hexdigest()[:32]}"'


def known_already(if_none_match: str | None, tag: str) -> bool:
    """Whether the caller has it: weak comparison, as RFC 9110 wants."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    bare = tag.removeprefix("W/")
    shown = _TAG.findall(if_none_match)
    return any(one.removeprefix("W/") == bare for one in shown)

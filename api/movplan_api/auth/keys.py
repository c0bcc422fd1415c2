"""API keys: ``mvp.<id>.<secret>``; only a hash of the secret is stored.

The secret is 256 bits of chance, so a plain SHA-256 keeps it: slow hashes are for what
people can remember, and would cost every request a tenth of a second.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from movplan_api.ids import new_id

_SCHEME = "mvp"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: ``text`` is shown once, ``secret_sha256`` is stored."""

    key_id: str
    text: str
    secret_sha256: str


def make_key() -> NewKey:
    """A new key."""
    key_id, secret = new_id("key"), secrets.token_urlsafe(32)
    return NewKey(key_id, f"{_SCHEME}.{key_id}.{secret}", _sha256(secret))


def split_key(text: str) -> tuple[str, str] | None:
    """Id and secret of a key, or ``None`` for what is no key."""
    parts = text.split(".")
    if len(parts) != 3 or parts[0] != _SCHEME:
        return None
    return parts[1], parts[2]


def secret_fits(secret: str, secret_sha256: str) -> bool:
    """Whether it is the secret of that hash; takes as long whether or not it is."""
    return hmac.compare_digest(_sha256(secret), secret_sha256)


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

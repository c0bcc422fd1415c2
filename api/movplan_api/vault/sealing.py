"""Sealing: AES-256-GCM under numbered keys, each text bound to where it belongs.

Binding (the cipher's associated data) keeps sealed texts from being swapped: what was
sealed for one place does not open at another.
"""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, _NONCE_BYTES = 32, 12
_NUMBERED = re.compile(r"(?:([1-9]\d{0,5}):)?([\w+/=-]+)")


# Base64 for addresses is read as well.
_PLAIN = str.maketrans("-_", "+/")


class KeyFault(ValueError):  # noqa: N818  (a fault of the installation, not an error)
    """The keys of this installation cannot be used; the text never says them."""


class UnopenableError(Exception):
    """A sealed text was changed, moved, or sealed with a key that is not here."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text and the number of the key that opens it."""

    key_number: int
    blob: bytes


class Sealer:
    """Seals with the newest key, opens with any."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise KeyFault("Expected one key at least.")
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self.newest = max(keys)

    @classmethod
    def of_text(cls, text: str) -> "Sealer":
        """From ``KEY`` or ``1:KEY,2:KEY``: base64 of 32 bytes each, highest seals."""
        keys: dict[int, bytes] = {}
        for part in text.split(","):
            found = _NUMBERED.fullmatch(part.strip())
            if found is None:
                raise KeyFault("Expected keys as BASE64, or as 1:BASE64,2:BASE64.")
            number = int(found[1] or 1)
            if number in keys:
                raise KeyFault(f"There are two keys of number {number}.")
            keys[number] = _key_of(number, found[2])
        return cls(keys)

    def seal(self, plain: bytes, *, bound_to: str) -> Sealed:
        """Sealed for one place."""
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self.newest]
        return Sealed(
            self.newest, nonce + cipher.encrypt(nonce, plain, bound_to.encode())
        )

    def open(self, sealed: Sealed, *, bound_to: str) -> bytes:
        """As it was before; raises ``UnopenableError``."""
        cipher = self._ciphers.get(sealed.key_number)
        if cipher is None:
            raise UnopenableError(f"There is no key of number {sealed.key_number}.")
        nonce, text = sealed.blob[:_NONCE_BYTES], sealed.blob[_NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, text, bound_to.encode())
        except (InvalidTag, ValueError):
            raise UnopenableError("A sealed text does not open.") from None


def new_key_text() -> str:
    """A new key as settings take it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _key_of(number: int, text: str) -> bytes:
    try:
        key = base64.b64decode(text.translate(_PLAIN), validate=True)
    except (binascii.Error, ValueError):
        raise KeyFault(f"Key {number} is no base64.") from None
    if len(key) != KEY_BYTES:
        raise KeyFault(f"Key {number} has {len(key)} bytes, not {KEY_BYTES}.")
    return key

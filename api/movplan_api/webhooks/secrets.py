"""Signing secrets: shown to who made the endpoint, sealed where they are stored.

The key that seals is ``MOVPLAN_SECRETS_KEY``; without one it is made once, in the data
folder, readable for its owner alone. Several machines need the same.
"""

import base64
import os
import secrets
from pathlib import Path

from movplan_api.settings import Settings
from movplan_api.vault.sealing import Sealed, Sealer, new_key_text

_NUMBER_BYTES, _SECRET_BYTES = 4, 32
KEY_FILE = "secrets.key"


class Secrets:
    """Makes, seals and opens signing secrets (``whsec_...``)."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    @classmethod
    def of(cls, settings: Settings) -> "Secrets":
        """By the installation's key."""
        given = settings.secrets_key
        text = given.get_secret_value() if given else _kept_key(settings.data_dir)
        return cls(Sealer.of_text(text))

    def seal(self, endpoint_id: str, secret: str) -> bytes:
        """As it is stored; it opens for this endpoint only."""
        sealed = self._sealer.seal(secret.encode(), bound_to=endpoint_id)
        return sealed.key_number.to_bytes(_NUMBER_BYTES) + sealed.blob

    def open(self, endpoint_id: str, stored: bytes) -> str:
        """The secret; raises ``UnopenableError``."""
        number = int.from_bytes(stored[:_NUMBER_BYTES])
        sealed = Sealed(number, stored[_NUMBER_BYTES:])
        return self._sealer.open(sealed, bound_to=endpoint_id).decode()


def new_secret() -> str:
    """256 bits of chance, as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _kept_key(folder: Path) -> str:
    """The key in the data folder; whoever comes first makes it."""
    path = folder / KEY_FILE
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{KEY_FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(new_key_text())
        try:
            # A link is made whole or not at all, and never over one that is there.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()

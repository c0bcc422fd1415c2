"""The names vault: seals what comes in, opens what a manifest needs, or is closed."""

import json

from movplan_api.contract.identities import IdentityRow
from movplan_api.problems import UnavailableError
from movplan_api.settings import Settings
from movplan_api.store.identities import SealedIdentity
from movplan_api.vault.sealing import Sealed, Sealer, UnopenableError


class Vault:
    """Opens and seals names of members; closed without a key."""

    def __init__(self, sealer: Sealer | None) -> None:
        self._sealer = sealer

    @classmethod
    def of(cls, settings: Settings) -> "Vault":
        """By the installation's keys (``MOVPLAN_NAMES_KEY``)."""
        key = settings.names_key
        return cls(None if key is None else Sealer.of_text(key.get_secret_value()))

    @property
    def closed(self) -> bool:
        """Whether there is no key."""
        return self._sealer is None

    @property
    def key_number(self) -> int:
        """The number of the key that seals."""
        return self._open_sealer.newest

    def seal(self, workspace_id: str, row: IdentityRow) -> SealedIdentity:
        """A name as it is stored."""
        plain = row.model_dump_json(exclude={"member_id"}).encode()
        sealed = self._open_sealer.seal(
            plain, bound_to=_place(workspace_id, row.member_id)
        )
        return SealedIdentity(row.member_id, sealed.key_number, sealed.blob)

    def open(self, workspace_id: str, stored: SealedIdentity) -> IdentityRow:
        """The name; refuses what was changed, or needs a key that is not here."""
        place = _place(workspace_id, stored.member_id)
        try:
            plain = self._open_sealer.open(
                Sealed(stored.key_number, stored.sealed), bound_to=place
            )
        except UnopenableError as error:
            raise UnavailableError("NAMES_UNREADABLE", str(error)) from None
        said = {**json.loads(plain), "member_id": stored.member_id}
        return IdentityRow.model_validate(said)

    @property
    def _open_sealer(self) -> Sealer:
        if self._sealer is None:
            words = "There is no key for names (MOVPLAN_NAMES_KEY)."
            raise UnavailableError("NAMES_VAULT_CLOSED", words)
        return self._sealer


def _place(workspace_id: str, member_id: str) -> str:
    """What a sealed name is bound to; ids of workspaces have no slash."""
    return f"{workspace_id}/{member_id}"

"""Sealed texts open where they belong and nowhere else, old keys open on."""

import pytest

from movplan_api.contract.identities import IdentityRow
from movplan_api.problems import UnavailableError
from movplan_api.settings import Settings
from movplan_api.vault.sealing import (
    KeyFault,
    Sealed,
    Sealer,
    UnopenableError,
    new_key_text,
)
from movplan_api.vault.vault import Vault

ROW = IdentityRow(member_id="M1", name="Example Person", document_number="P000")


def test_what_is_sealed_opens_again_and_never_looks_the_same():
    sealer = Sealer.of_text(new_key_text())
    one, two = (sealer.seal(b"name", bound_to="w/M1") for _ in range(2))
    assert one.blob != two.blob
    assert b"name" not in one.blob
    assert sealer.open(one, bound_to="w/M1") == b"name"


def test_rows_cannot_be_swapped_changed_or_cut():
    sealer = Sealer.of_text(new_key_text())
    sealed = sealer.seal(b"name", bound_to="w/M1")
    flipped = bytes([sealed.blob[-1] ^ 1])
    wrong = [
        (sealed, "w/M2"),
        (sealed, "v/M1"),
        (Sealed(1, sealed.blob[:-1] + flipped), "w/M1"),
        (Sealed(1, sealed.blob[:5]), "w/M1"),
        (Sealed(1, b""), "w/M1"),
        (Sealed(2, sealed.blob), "w/M1"),
    ]
    for found, place in wrong:
        with pytest.raises(UnopenableError):
            sealer.open(found, bound_to=place)


def test_a_new_key_seals_and_the_old_one_still_opens():
    old, new = new_key_text(), new_key_text()
    sealed = Sealer.of_text(old).seal(b"name", bound_to="p")
    both = Sealer.of_text(f"1:{old}, 2:{new}")
    assert both.open(sealed, bound_to="p") == b"name"
    again = both.seal(b"name", bound_to="p")
    assert (sealed.key_number, again.key_number) == (1, 2)
    assert Sealer.of_text(f"2:{new}").open(again, bound_to="p") == b"name"


@pytest.mark.parametrize(
    "text", ["", "short", "c2hvcnQ=", "x:y", "é", "1:{k},1:{k}", "0:{k}", "{k},"]
)
def test_keys_that_are_none_are_refused_and_not_repeated(text):
    key = new_key_text()
    with pytest.raises(KeyFault) as refused:
        Sealer.of_text(text.format(k=key))
    assert key not in str(refused.value)
    assert "c2hvcnQ" not in str(refused.value)


def test_the_vault_opens_its_own_names():
    vault = Vault.of(Settings(names_key=new_key_text()))
    stored = vault.seal("wsp_1", ROW)
    assert vault.open("wsp_1", stored) == ROW
    assert b"Example" not in stored.sealed
    with pytest.raises(UnavailableError) as refused:
        vault.open("wsp_2", stored)
    assert refused.value.code == "NAMES_UNREADABLE"


def test_without_a_key_the_vault_is_closed_and_says_so():
    vault = Vault.of(Settings())
    assert vault.closed
    with pytest.raises(UnavailableError) as refused:
        vault.seal("wsp_1", ROW)
    assert refused.value.code == "NAMES_VAULT_CLOSED"

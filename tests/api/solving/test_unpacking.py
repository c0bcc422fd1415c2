"""Scenario folders as zips: unpacked with care; bombs and tricks are refused."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from movplan_api.problems import BadRequestError, InvalidError, TooLargeError
from movplan_api.solving.intake import Upload, read_zip, validate_zip
from movplan_api.solving.unpacking import MOST_ENTRIES, unpack

FOLDER = Path(__file__).parents[3] / "scenarios/first-convoy"


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def folder_files(under: str = "") -> dict[str, bytes]:
    return {under + path.name: path.read_bytes() for path in FOLDER.iterdir()}


@pytest.mark.parametrize("under", ["", "first-convoy/", "a/b/first-convoy/"])
def test_a_folder_is_read_wherever_it_lies_in_the_zip(first_convoy, under):
    found = read_zip(Upload(zipped(folder_files(under)), set_aside=False))
    assert (found.draft.digest, found.names) == (first_convoy.digest, None)


def test_a_document_in_a_zip_is_read_too(first_convoy, first_convoy_text):
    sent = zipped({"scenario.json": first_convoy_text.encode()})
    assert read_zip(Upload(sent, set_aside=False)).draft.digest == first_convoy.digest


def test_names_are_kept_apart(first_convoy, tmp_path):
    names = b"member_id,name\nM1,Nobody\n"
    sent = zipped({**folder_files(), "identities.csv": names})
    found = read_zip(Upload(sent, set_aside=False))
    assert (found.names, found.draft.digest) == (names, first_convoy.digest)
    assert "Nobody" not in found.draft.document
    unpack(sent, tmp_path)
    assert not (tmp_path / "identities.csv").exists()


def test_issues_name_file_row_and_column():
    files = folder_files()
    files["families.csv"] = files["families.csv"].replace(b"F1,", b"F2,", 1)
    del files["places.csv"]
    files["fare.csv"] = b"x\n1\n"
    with pytest.raises(InvalidError) as caught:
        read_zip(Upload(zipped(files), set_aside=False))
    paths = {issue.path for issue in caught.value.issues}
    assert {"/places.csv", "/fare.csv"} <= paths
    verdict = validate_zip(Upload(zipped(files), set_aside=False))
    assert not verdict.valid
    assert verdict.issues_total == caught.value.issues_total


def test_only_a_scenarios_files_are_unpacked(tmp_path):
    files = {**folder_files(), "../evil.csv": b"x", "/abs.csv": b"x", "big.bin": b"x"}
    unpack(zipped(files), tmp_path / "in") if (tmp_path / "in").mkdir() else None
    unpack(zipped(files), tmp_path / "in")
    assert not (tmp_path / "evil.csv").exists()
    assert not (tmp_path / "in/big.bin").exists()
    assert (tmp_path / "in/families.csv").exists()


def _encrypted() -> bytes:
    sent = bytearray(zipped(folder_files()))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := sent.find(mark, place + 1)) >= 0:
            struct.pack_into("<H", sent, place + at, 1)
    return bytes(sent)


def _twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("scenario.yaml", b"a: 1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("scenario.yaml", b"a: 2")
    return buffer.getvalue()


LAUGHS = b"a: &a [lol]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c]\n" % (k + 1, k + 1, k, k, k) for k in range(97, 121)
)


@pytest.mark.parametrize(
    ("make", "error", "code"),
    [
        (lambda: b"", BadRequestError, "NOT_A_ZIP"),
        (lambda: b"PK\x03\x04 no zip", BadRequestError, "NOT_A_ZIP"),
        (lambda: zipped(folder_files())[:-400], BadRequestError, "NOT_A_ZIP"),
        (lambda: zipped({"readme.txt": b"x"}), BadRequestError, "NO_SCENARIO"),
        (_encrypted, BadRequestError, "NOT_A_ZIP"),
        (_twice, BadRequestError, "NOT_A_ZIP"),
        (
            lambda: zipped({**folder_files(), "families.csv": b"a\0b\n"}),
            BadRequestError,
            "NOT_TEXT",
        ),
        (lambda: zipped({"scenario.yaml": LAUGHS}), BadRequestError, "BAD_YAML"),
        (
            lambda: zipped({"scenario.yaml": b"a: [" * 30_000}),
            TooLargeError,
            "TOO_LARGE_UNPACKED",
        ),
        (
            lambda: zipped({f"{k}.csv": b"" for k in range(MOST_ENTRIES + 1)}),
            TooLargeError,
            "TOO_MANY_FILES",
        ),
        (
            lambda: zipped({**folder_files(), "families.csv": b"0" * 80_000_000}),
            TooLargeError,
            "ZIP_BOMB",
        ),
    ],
)
def test_what_is_no_honest_zip_is_refused_in_a_moment(make, error, code):
    sent = make()
    began = time.monotonic()
    with pytest.raises(error) as caught:
        read_zip(Upload(sent, set_aside=False))
    assert caught.value.code == code
    assert time.monotonic() - began < 2


def test_what_is_unpacked_is_counted_over_all_files(monkeypatch):
    monkeypatch.setattr("movplan_api.solving.unpacking.MOST_BYTES", 10_000)
    files = {**folder_files(), "notes.csv": b"".join(b"%d," % k for k in range(4000))}
    with pytest.raises(TooLargeError, match="TOO_LARGE_UNPACKED"):
        read_zip(Upload(zipped(files), set_aside=False))


def test_deep_yaml_is_an_issue_and_no_crash():
    sent = zipped({**folder_files(), "scenario.yaml": b"a: " + b"[" * 20_000})
    with pytest.raises((InvalidError, BadRequestError)):
        read_zip(Upload(sent, set_aside=False))

"""A scenario folder sent as a zip: unpacked with care, only what a scenario has."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

import yaml

from movplan_api.problems import BadRequestError, TooLargeError

MOST_ENTRIES = 500
MOST_BYTES = 100_000_000
MOST_YAML_BYTES = 100_000
MOST_RATIO = 200
# Small files pack well without being bombs.
_RATIO_FROM_BYTES = 1_000_000
_PART = 1_000_000

NAMES_FILE = "identities.csv"
DOCUMENT_FILE = "scenario.json"
_YAML = frozenset({"scenario.yaml", "rules.yaml"})
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Where the scenario is, and the names that came with it."""

    path: Path
    names: bytes | None


def unpack(body: bytes, folder: Path) -> Unpacked:
    """Unpack the scenario's files into the folder; everything else is left packed.

    A folder within the zip is looked into if it is the only one. What is unpacked is
    counted while it is, whatever the zip says of itself.
    """
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            found = dict(_wanted(archive))
            left = MOST_BYTES
            for name, entry in found.items():
                content = _read(archive, entry, name, left)
                left -= len(content)
                _refuse_hostile_text(name, content)
                (folder / name).write_bytes(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise BadRequestError("NOT_A_ZIP", f"The zip is broken: {error}.") from None
    except NotImplementedError:
        words = "The zip is packed in a way that is not read here; use deflate."
        raise BadRequestError("NOT_A_ZIP", words) from None
    return _unpacked(folder, found)


def _unpacked(folder: Path, found: dict[str, zipfile.ZipInfo]) -> Unpacked:
    names = None
    if NAMES_FILE in found:
        names = (folder / NAMES_FILE).read_bytes()
        (folder / NAMES_FILE).unlink()
    if DOCUMENT_FILE in found and "scenario.yaml" not in found:
        return Unpacked(folder / DOCUMENT_FILE, names)
    return Unpacked(folder, names)


def _wanted(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The scenario's files by their plain names."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        words = f"A zip may have {MOST_ENTRIES} files at most."
        raise TooLargeError("TOO_MANY_FILES", words)
    place = _place([PurePosixPath(entry.filename) for entry in entries])
    seen: set[str] = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.parent != place or not _is_ours(path.name):
            continue
        if path.name in seen:
            raise BadRequestError("NOT_A_ZIP", f"{path.name} is in the zip twice.")
        if entry.flag_bits & _ENCRYPTED:
            raise BadRequestError("NOT_A_ZIP", f"{path.name} is encrypted.")
        seen.add(path.name)
        yield path.name, entry
    if not seen:
        words = "There is neither a scenario.yaml nor a scenario.json in the zip."
        raise BadRequestError("NO_SCENARIO", words)


def _place(paths: list[PurePosixPath]) -> PurePosixPath:
    """The folder within the zip that holds the scenario: the highest one."""
    homes = [p.parent for p in paths if p.name in ("scenario.yaml", DOCUMENT_FILE)]
    return min(homes, key=lambda home: (len(home.parts), home), default=PurePosixPath())


def _is_ours(name: str) -> bool:
    """Tables (misspelt ones too, to say so), the two YAML files, one document."""
    return name in _YAML or name == DOCUMENT_FILE or name.endswith(".csv")


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int
) -> bytes:
    most = MOST_YAML_BYTES if name in _YAML else left
    parts, size = [], 0
    with archive.open(entry) as stream:
        while part := stream.read(_PART):
            size += len(part)
            if size > most:
                words = f"{name} is too big unpacked: {most} bytes are left for it."
                raise TooLargeError("TOO_LARGE_UNPACKED", words)
            if size > _RATIO_FROM_BYTES and size > MOST_RATIO * entry.compress_size:
                words = f"{name} unpacks to more than {MOST_RATIO} times its size."
                raise TooLargeError("ZIP_BOMB", words)
            parts.append(part)
    return b"".join(parts)


def _refuse_hostile_text(name: str, content: bytes) -> None:
    if b"\0" in content:
        raise BadRequestError("NOT_TEXT", f"{name} is no text: it contains NUL.")
    if name in _YAML and (b"&" in content or b"*" in content):
        _refuse_aliases(name, content)


def _refuse_aliases(name: str, content: bytes) -> None:
    """A few lines of YAML that name each other can stand for terabytes."""
    try:
        tokens = yaml.scan(content, Loader=yaml.SafeLoader)
        if any(isinstance(token, yaml.AliasToken) for token in tokens):
            raise BadRequestError("BAD_YAML", f"{name} has aliases; write rows out.")
    except yaml.YAMLError:
        return  # the library says what is wrong with it

"""Where results go, looked at before anything is read: no search for nothing.

Folders that are missing are made when results are written; here it is asked whether
they could be.
"""

import errno
import os
from collections.abc import Sequence
from pathlib import Path


def refuse_bad_files(paths: Sequence[Path], *, read: Sequence[Path]) -> None:
    """Raise ``OSError`` for the first path at which no file of its own can be.

    ``read`` are files that the command reads and must not write over.
    """
    for path in paths:
        if path.is_dir():
            raise _refusal(errno.EISDIR, path, "is a folder; name a file")
        if path.exists() and not path.is_file():
            raise _refusal(errno.EINVAL, path, "is no file to write; name one")
        _refuse_unwritable(path.parent)
    places = [path.resolve() for path in paths]
    sources = {path.resolve() for path in read}
    for path, place in zip(paths, places, strict=True):
        if place in sources:
            words = "the result would replace what is read; name another file"
            raise _refusal(errno.EEXIST, path, words)
        if places.count(place) > 1:
            words = "two results would go there; name another file for one"
            raise _refusal(errno.EEXIST, path, words)


def refuse_bad_folder(path: Path, *, force: bool) -> None:
    """Raise ``OSError`` if a new folder cannot be here, or one with files is."""
    if path.exists() and not path.is_dir():
        raise _refusal(errno.ENOTDIR, path, "is a file; name a folder")
    _refuse_unwritable(path)
    if not force and path.is_dir() and any(path.iterdir()):
        words = "has files already; name a new folder, or replace them with --force"
        raise _refusal(errno.ENOTEMPTY, path, words)


def _refuse_unwritable(folder: Path) -> None:
    """Look at the folder, or at the nearest one above it that there is."""
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        raise _refusal(errno.ENOTDIR, there, "is a file, so nothing can be below it")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _refusal(errno.EACCES, there, "nothing may be written into this folder")


def _refusal(number: int, path: Path, words: str) -> OSError:
    return OSError(number, words, str(path))

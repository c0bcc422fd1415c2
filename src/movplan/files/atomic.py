"""Files that are either whole or not there: written beside, then renamed."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that nobody ever sees half of it."""
    write_all(path.parent, {path.name: text})


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write several files of a folder; the first appears only when all are on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".movplan-", dir=folder) as beside:
        for name, text in texts.items():
            with (Path(beside) / name).open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for name in texts:
            (Path(beside) / name).replace(folder / name)

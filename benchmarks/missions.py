"""Generated missions on disk; ``python -m benchmarks.missions SIZE SEED FOLDER`` makes
one, in a process of its own, so that nobody who measures holds what it took.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from benchmarks.specs import OUT, ROOT


def mission_folder(size: int, seed: int) -> Path:
    """The generated mission of a size and seed, written on first use."""
    folder = OUT / "missions" / f"mixed-{size}-{seed}"
    code = ROOT / "src" / "movplan" / "generation"
    newest = max(path.stat().st_mtime for path in code.rglob("*") if path.is_file())
    made = folder / "scenario.yaml"
    if not made.exists() or made.stat().st_mtime < newest:
        command = [sys.executable, "-m", "benchmarks.missions"]
        subprocess.run(
            [*command, str(size), str(seed), str(folder)], cwd=ROOT, check=True
        )
    return folder


def mission_digest(folder: Path) -> str:
    """Digest of a mission's tables."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*.csv"), *folder.glob("*.yaml")]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _write(size: int, seed: int, folder: Path) -> None:
    from movplan.files import canonical, write_folder
    from movplan.generation import generate

    write_folder(canonical(generate(size, seed, "mixed")), folder)


if __name__ == "__main__":
    _write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

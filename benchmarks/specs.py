"""What to run, and what a run leaves behind."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]

ROOT = Path(__file__).parents[1]
OUT = ROOT / "benchmarks" / "out"
SIZES = (250, 1000, 3000)
SEEDS = (1, 2, 3)
LIMITS_S = {60: 5.0, 250: 10.0, 1000: 30.0, 3000: 60.0}
OURS, GREEDY = "movplan", "first_come"
PEER_NAMES = ("highs", "cpsat8", "cpsat2", "scip")
METHODS = (OURS, GREEDY, *PEER_NAMES)
FORMS = ("full", "aggregated")
MODEL_CODE = ("domain", "network", "screening", "costing", "formulation")


@dataclass(frozen=True, slots=True)
class Spec:
    """One run: a mission, a method, a form of the model (peers) and seconds in all.

    ``held`` are the external values of the levels before the one measured (peers).
    """

    size: int
    seed: int
    method: str
    form: str
    limit_s: float
    folder: str
    held: tuple[tuple[str, int], ...] = ()

    def record(self) -> dict[str, object]:
        """As a JSON record."""
        return asdict(self)


def forms_of(method: str) -> tuple[str, ...]:
    """Forms of the model a method is tried on."""
    return FORMS if method in PEER_NAMES else ("",)


def limit_of(size: int) -> float:
    """Seconds a command has for a mission of a size."""
    return LIMITS_S.get(size, max(5.0, size / 30))


def code_digest(method: str) -> str:
    """Digest of the code a method's result depends on."""
    source = ROOT / "src" / "movplan"
    folders = [source] if method not in PEER_NAMES else [source / d for d in MODEL_CODE]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    if method in PEER_NAMES:
        files += (ROOT / "benchmarks").glob("*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

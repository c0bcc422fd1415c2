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
# Seconds a command has; where there are several, each is a table of its own.
LIMITS_S = {
    60: (5.0,),
    250: (10.0,),
    1000: (10.0, 30.0),
    3000: (60.0,),
    10_000: (60.0, 180.0),
    100_000: (900.0,),
}
# Everybody is measured at these parts of the time, too.
FRACTIONS = (0.25, 0.5, 1.0)
OURS, GREEDY = "movplan", "first_come"
HINT = "+hint"
PEER_NAMES = ("highs", "highs+hint", "cpsat8", "cpsat8+hint", "cpsat2", "scip")
METHODS = (OURS, GREEDY, *PEER_NAMES)
FULL, AGGREGATED = "full", "aggregated"
FORMS = (FULL, AGGREGATED)
MODEL_CODE = ("domain", "network", "screening", "costing", "formulation")
PEER_CODE = ("alike", "asked", "decode", "first_plan", "full_model", "mission", "one")


@dataclass(frozen=True, slots=True)
class Spec:
    """One run: a mission, a method, a form of the model (peers) and seconds in all.

    ``held`` are the external values of the levels before the one measured (peers);
    ``commit`` is where the seed comes from, if from one.
    """

    size: int
    seed: int
    method: str
    form: str
    limit_s: float
    folder: str
    held: tuple[tuple[str, int], ...] = ()
    commit: str = ""

    def record(self) -> dict[str, object]:
        """As a JSON record."""
        return asdict(self)


def forms_of(method: str) -> tuple[str, ...]:
    """Forms of the model a method is tried on; a start is counted, so aggregated."""
    if method not in PEER_NAMES:
        return ("",)
    return (AGGREGATED,) if method.endswith(HINT) else FORMS


def limits_of(size: int) -> tuple[float, ...]:
    """Seconds a command has for a mission of a size."""
    return LIMITS_S.get(size, (max(5.0, size / 30),))


def code_digest(method: str) -> str:
    """Digest of the code a method's result depends on."""
    source, here = ROOT / "src" / "movplan", ROOT / "benchmarks"
    peer = method in PEER_NAMES
    # A start comes out of the planner itself.
    part = peer and not method.endswith(HINT)
    folders = [source / name for name in MODEL_CODE] if part else [source]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    if peer:
        files += [here / f"{name}.py" for name in PEER_CODE]
        files += (here / "peers").glob("*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

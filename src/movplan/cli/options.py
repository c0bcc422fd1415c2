"""Arguments and options that several commands share."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

ScenarioPath = Annotated[
    Path,
    typer.Argument(help="Folder (or .json document) of the scenario.", exists=True),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document instead of tables.")
]
PlanOutput = Annotated[
    Path,
    typer.Option(
        "-o", "--output", help="Where the plan goes; run.json is written beside it."
    ),
]


def time_limit_over_zero(seconds: float | None) -> float | None:
    """Refuse a limit in which nothing can be searched; ``nan`` is not > 0 either."""
    if seconds is not None and not seconds > 0:
        raise typer.BadParameter("a search takes more than 0 seconds: give one > 0")
    return seconds


TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        callback=time_limit_over_zero,
        help="Seconds for the search, more than 0 (60 without --effort).",
    ),
]
Effort = Annotated[
    int | None,
    typer.Option(
        "--effort",
        min=1,
        help="Rounds of search instead of seconds: the same plan, byte for byte, "
        "every time.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the search.")]


def parse_gap(text: str | Fraction) -> Fraction:
    """Read a share: ``0.001``, ``1/1000`` or ``0.1%``."""
    if isinstance(text, Fraction):
        return text
    try:
        if text.endswith("%"):
            gap = Fraction(text.removesuffix("%").strip()) / 100
        else:
            gap = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise typer.BadParameter("not a share such as 0.1% or 0.001") from None
    if not 0 <= gap <= 1:
        raise typer.BadParameter("a gap lies between 0 and 100%")
    return gap


Gap = Annotated[
    Fraction | None,
    typer.Option(
        "--gap",
        parser=parse_gap,
        metavar="SHARE",
        help="Be content with this gap at every level, e.g. 0.1%.",
    ),
]
SetAsideFamilies = Annotated[
    bool,
    typer.Option(
        "--set-aside",
        help="Plan the rest when some families have errors in their data.",
    ),
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", help="Draw the plan as an SVG picture into this file."),
]
DEFAULT_TIME_LIMIT_S = 60.0

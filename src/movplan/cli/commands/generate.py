"""``movplan generate``: a mission of any size."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from movplan.cli.failures import failures
from movplan.cli.options import AsJson
from movplan.cli.output import print_json, say
from movplan.cli.targets import refuse_bad_folder


class Profile(StrEnum):
    """What kind of mission."""

    RETURNS = "returns"
    RESETTLEMENT = "resettlement"
    MIXED = "mixed"


def generate(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder to write the scenario to.")
    ],
    families: Annotated[
        int, typer.Option("--families", min=1, help="How many families.")
    ] = 250,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed, the same mission.")
    ] = 0,
    profile: Annotated[
        Profile, typer.Option("--profile", help="Which programmes prevail.")
    ] = Profile.MIXED,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a scenario that the folder holds."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a mission of invented people from published distributions."""
    with failures(as_json=as_json):
        refuse_bad_folder(output, force=force)
        from movplan.application.generating import generate_folder

        made = generate_folder(
            output, families=families, seed=seed, profile=profile.value
        )
    if as_json:
        print_json({"scenario": str(output), "hardness": made})
        return
    say(
        f"{families:,} families ({made['persons']:,} persons) written to {output}; "
        "how hard they are to plan stands in hardness.json."
    )
    say(f"Next: movplan plan {output} -o plan.json")

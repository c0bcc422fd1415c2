"""Write every shipped scenario's tables anew; READMEs stay."""

from pathlib import Path

from movplan.files import write_folder
from scenarios.builders.catalogue import BUILDERS

for name, build in BUILDERS.items():
    write_folder(build(), Path(__file__).parents[1] / name)

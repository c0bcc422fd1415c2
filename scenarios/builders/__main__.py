"""Write every built scenario's tables anew, or those named; READMEs stay."""

import sys
from pathlib import Path

from movplan.files import write_folder
from scenarios.builders.catalogue import BUILDERS

for name in sys.argv[1:] or BUILDERS:
    write_folder(BUILDERS[name](), Path(__file__).parents[1] / name)

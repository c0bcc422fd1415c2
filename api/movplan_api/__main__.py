"""``python -m movplan_api`` is ``movplan-server``."""

from movplan_api.cli import main

main()

"""One module per command.

Use cases are imported inside the commands: OR-Tools and pandas take a second to load,
and ``movplan --help`` needs neither.
"""

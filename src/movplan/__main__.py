"""``python -m movplan`` is the command ``movplan``."""

from movplan.cli import main

if __name__ == "__main__":
    main()

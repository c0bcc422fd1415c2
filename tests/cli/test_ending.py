"""A command ends at once: what it has is not given back object by object."""

import subprocess
import sys

import pytest

SCRIPT = """
import atexit, sys
from movplan import cli
class Tidied:
    def __del__(self):
        print("tidied up")
kept = Tidied()
atexit.register(print, "told of the end")
sys.argv = ["movplan", *sys.argv[1:]]
cli.main()
"""


@pytest.mark.parametrize(
    ("words", "code"), [(("--version",), 0), (("check", "/no/such", "/none"), 2)]
)
def test_whoever_asked_is_told_and_nothing_is_tidied_up(words, code):
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == code
    assert ended.stdout.endswith("told of the end\n")
    assert "tidied up" not in ended.stdout

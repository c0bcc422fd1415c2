"""Ctrl-C asks for the best plan so far; a second one gives up."""

import os
import signal
import subprocess
import sys

import pytest

from movplan.cli.interrupt import StopSwitch, ctrl_c_presses


def test_ctrl_c_presses_the_switch(capsys):
    switch = StopSwitch()
    with ctrl_c_presses(switch):
        os.kill(os.getpid(), signal.SIGINT)
        assert switch()
    assert "best plan so far" in capsys.readouterr().err


def test_afterwards_ctrl_c_is_what_it_was():
    before = signal.getsignal(signal.SIGINT)
    with ctrl_c_presses(StopSwitch()):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_gives_up():
    stubborn = (
        "import os, signal\n"
        "from movplan.cli.interrupt import StopSwitch, ctrl_c_presses\n"
        "with ctrl_c_presses(StopSwitch()):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    raise SystemExit(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", stubborn], check=False)
    assert ended.returncode == 130


# A command in a process of its own that is interrupted at a moment of our choice.
AT_A_MOMENT = """
import os, signal, sys
import {module} as place
from movplan import cli
def interrupt(*given, **named):
    os.kill(os.getpid(), signal.SIGINT)
    raise AssertionError("not reached")
place.{name} = interrupt
sys.argv = ["movplan", *{arguments}]
cli.main()
"""


def interrupted(module: str, name: str, *arguments: object):
    """How a command ends with Ctrl-C pressed when it calls ``module.name``."""
    words = [str(word) for word in arguments]
    script = AT_A_MOMENT.format(module=module, name=name, arguments=words)
    return subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )


READING = ("movplan.application.loading", "read_with_warnings")


@pytest.mark.parametrize(("json", "where"), [([], "stderr"), (["--json"], "stdout")])
@pytest.mark.parametrize("command", ["plan", "validate", "rules"])
def test_ctrl_c_before_there_is_a_plan_is_3_with_one_line(folder, command, json, where):
    ended = interrupted(*READING, command, folder, *json)
    assert ended.returncode == 3
    printed = ended.stdout + ended.stderr
    assert "Stopped before there was any plan." in getattr(ended, where)
    assert "Traceback" not in printed
    assert json or len(printed.splitlines()) == 1


def test_ctrl_c_while_options_are_read(folder):
    ended = interrupted("movplan.cli.commands.plan", "Wanted", "plan", folder)
    assert ended.returncode == 3
    assert ended.stderr == "Stopped before there was any plan.\n"


def test_ctrl_c_twice_before_there_is_a_plan():
    """The first is on its way up when the second comes."""
    script = (
        "import os, signal\n"
        "from movplan.cli.interrupt import ended_by_ctrl_c\n"
        "with ended_by_ctrl_c():\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    finally:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == 130


def test_a_module_that_makes_another_error_of_it():
    script = (
        "import os, signal\n"
        "from movplan.cli.interrupt import ended_by_ctrl_c\n"
        "with ended_by_ctrl_c():\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except BaseException:\n"
        "        raise ImportError('half a module') from None\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == 3


def test_ctrl_c_while_the_plan_is_written_still_writes_it(folder, tmp_path):
    script = (
        "import os, signal, sys\n"
        "from movplan.application import planning\n"
        "from movplan import cli\n"
        "save = planning.save\n"
        "def pressed(*given):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return save(*given)\n"
        "planning.save = pressed\n"
        f"sys.argv = ['movplan', 'plan', {str(folder)!r}, '--effort', '1',"
        f" '-o', {str(tmp_path / 'p.json')!r}]\n"
        "cli.main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == 0
    assert (tmp_path / "p.json").is_file()

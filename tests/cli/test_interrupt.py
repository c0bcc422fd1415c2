"""Ctrl-C asks for the best plan so far; a second one gives up."""

import os
import signal
import subprocess
import sys

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

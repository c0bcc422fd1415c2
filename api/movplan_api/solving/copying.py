"""A process that has loaded all a solver needs, and copies itself when asked to.

``python -m movplan_api.solving.copying NICENESS``, its input a socket. Loading is most
of a small solve; a copy has it done. With each byte on the socket come two pipe ends:
what a copy reads from and what it writes to. The answer is the copy's process number, a
line. This process runs nothing else and has no threads of its own, so that copies find
every lock free; it ends when the socket does.
"""

import gc
import os
import signal
import socket
import sys

from movplan_api.solving.child import serve
from movplan_api.solving.messages import WAITING

_ENDS = 2


def main() -> None:
    """Copy this process until nobody asks any more."""
    niceness = int(sys.argv[1])
    # Copies are collected by the system: whoever ordered them watches them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as asked:
        while True:
            byte, ends, _, _ = socket.recv_fds(asked, 1, _ENDS)
            if not byte:
                return
            pid = os.fork()
            if not pid:
                asked.close()
                _be_a_solver(ends, niceness)
            os.setpgid(pid, pid)
            for end in ends:
                os.close(end)
            asked.sendall(f"{pid}\n".encode("ascii"))


def _be_a_solver(ends: list[int], niceness: int) -> None:
    """What ``child`` does when it is started; never comes back."""
    code = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, end in enumerate(ends):
            os.dup2(end, number)
            os.close(end)
        serve(WAITING, niceness)
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()

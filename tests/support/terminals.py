"""Terminals: one in memory, and pseudo-terminals for processes."""

import io
import os
import subprocess


class Terminal(io.StringIO):
    """A terminal that records its output."""

    def isatty(self):
        """Return `True`."""
        return True


class Clock:
    """A clock that shows the seconds of `now`, which can be set."""

    now = 0.0

    def __call__(self):
        """Return the seconds."""
        return self.now


def shown_lines(terminal):
    """Return the lines of progress that were shown."""
    return [each for each in terminal.getvalue().split("\r\x1b[K") if each]


def on_terminal(words, folder, variables):
    """Return what a process prints on a terminal of its own, standard error included."""
    own, others = os.openpty()
    process = subprocess.Popen(
        words, cwd=folder, env=variables, stdin=others, stdout=others, stderr=others
    )
    os.close(others)
    shown = b""
    # At the end of the process, Linux reports an error.
    try:
        while octets := os.read(own, 65536):
            shown += octets
    except OSError:
        pass
    process.wait()
    os.close(own)
    return shown.decode().replace("\r\n", "\n")

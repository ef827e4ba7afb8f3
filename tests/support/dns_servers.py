"""Name servers on loopback addresses, each a process of its own: NSD, Knot, BIND, Unbound.

A server in Python (`dns_liar`) does what those refuse to do: it responds late, wrongly, or never.
Everything is in a temporary folder, on port 53 of addresses that no other process has.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.support.dns_programs import PROGRAMS, prepare

PORT = 53
SECONDS = 15
"""How long to wait for the first response, and for the end of a process."""

BIND_ADDRESS = "127.0.0.1"
"""BIND listens on addresses of interfaces only, and no other of a loopback network is one."""

HERE = Path(__file__).parent


class Server(NamedTuple):
    """A name server: its address, its program, and the texts of its zones by origin.

    NSD responds with SERVFAIL for a zone whose text is empty. `rules` are those of `dns_liar`. A
    resolver has `hints`, the servers of the root, and `anchor`, its keys.
    """

    address: str
    program: str = "nsd"
    zones: dict = {}  # noqa: RUF012  (never changed)
    rules: dict = {}  # noqa: RUF012

    @property
    def probe(self):
        """A zone that it has, empty if it has none."""
        return min((origin for origin, text in self.zones.items() if text), default="")


class Servers:
    """Servers that run until the block ends, whatever happens in it."""

    def __init__(self, servers):
        self._servers = dict(servers)
        self._processes = {}

    def __enter__(self):
        # The path of a socket of Knot has at most 107 bytes, so a folder of pytest is too deep.
        self._folder = Path(tempfile.mkdtemp(prefix="acmrules-dns-"))
        try:
            self._start_all(self._servers)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._stop(list(self._processes))
        finally:
            shutil.rmtree(self._folder)

    def reload(self, servers, *, forget=True):
        """Run the servers with other zones; with `forget`, resolvers forget what they know."""
        changed = {
            name: server
            for name, server in servers.items()
            if server != self._servers.get(name) or (forget and server.program == "unbound")
        }
        self._stop(changed)
        self._servers = dict(servers)
        self._start_all(changed)

    def queries(self, name):
        """Return the queries that a server in Python received, as pairs of name and type."""
        text = (self._folder / name / "queries").read_text()
        return [tuple(line.split()) for line in text.splitlines()]

    def _start_all(self, names):
        # A resolver remembers for some seconds that servers did not respond.
        resolvers = [name for name in names if self._servers[name].program == "unbound"]
        self._start([name for name in names if name not in resolvers])
        self._start(resolvers)

    def _start(self, names):
        for name in names:
            folder = self._folder / name
            folder.mkdir(exist_ok=True)
            words = prepare(self._servers[name], folder)
            with open(folder / "log", "wb") as log:
                self._processes[name] = subprocess.Popen(
                    [*_ends_with_parent(), *words], stdout=log, stderr=log, process_group=0
                )
        probes = {
            self._servers[name].address: self._servers[name].probe
            for name in names
            if not self._servers[name].rules.get("mute")
        }
        silent = _silent(probes)
        if silent:
            logs = [(self._folder / name / "log").read_text() for name in names]
            raise RuntimeError(f"no response from {silent}:\n{''.join(logs)}")

    def _stop(self, names):
        stopped = [process for name in names if (process := self._processes.pop(name, None))]
        for process in stopped:
            process.terminate()
        for process in stopped:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS)
            # Those that are left of its group, and itself if it did not end.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _ends_with_parent():
    """Return the words that let a process end if the tests are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _silent(probes):
    """Return the addresses that do not respond in time; tests may not open connections."""
    done = subprocess.run(
        [sys.executable, "-I", str(HERE / "dns_ready.py"), str(SECONDS), json.dumps(probes)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def reason_to_skip(*programs):
    """Return why these servers cannot run here, empty if they can."""
    missing = [program for program in programs if not os.access(PROGRAMS[program], os.X_OK)]
    if missing:
        return f"{', '.join(missing)} not installed"
    address = BIND_ADDRESS if "bind" in programs else "127.83.0.1"
    return "" if _is_free(address) else f"port {PORT} of {address} cannot be bound"


def free_addresses():
    """Yield loopback addresses whose port 53 is free, of a network that no other process uses."""
    first = os.getpid() % 250 + 1
    for number in (*range(first, 251), *range(1, first)):
        network = f"127.83.{number}"
        if _is_free(f"{network}.1"):
            yield from (f"{network}.{host}" for host in range(1, 255))
            return


def _is_free(address):
    """Return whether this process can bind port 53 of an address."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream,
    ):
        try:
            datagrams.bind((address, PORT))
            stream.bind((address, PORT))
        except OSError:
            return False
    return True

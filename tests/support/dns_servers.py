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

PORT = 53
SECONDS = 15
"""How long to wait for the first response, and for the end of a process."""

PROGRAMS = {
    "nsd": "/usr/sbin/nsd",
    "knot": "/usr/sbin/knotd",
    "bind": "/usr/sbin/named",
    "unbound": "/usr/sbin/unbound",
    "liar": sys.executable,
}
BIND_ADDRESS = "127.0.0.1"
"""BIND listens on addresses of interfaces only, and no other of a loopback network is one."""

CONFINED = ("bind", "unbound")
"""Programs that AppArmor confines to the folders of the system, where it is in use; no copy is."""

HERE = Path(__file__).parent

NSD = """\
server:
  ip-address: {address}@53
  server-count: 1
  do-ip6: no
  username: ""
  database: ""
  zonesdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  pidfile: "{folder}/pid"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
"""
NSD_ZONE = """\
zone:
  name: "{origin}"
  zonefile: "{file}"
"""
KNOT = """\
server:
  rundir: "{folder}"
  listen: {address}@53
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
control:
  listen: "{folder}/control"
database:
  storage: "{folder}/database"
log:
  - target: stderr
    any: warning
zone:
"""
KNOT_ZONE = """\
  - domain: "{origin}"
    storage: "{folder}"
    file: "{file}"
    zonefile-load: whole
    journal-content: none
    semantic-checks: off
"""
BIND = """\
options {{
  directory "{folder}";
  listen-on port 53 {{ {address}; }};
  listen-on-v6 {{ none; }};
  pid-file "{folder}/pid";
  session-keyfile "{folder}/session.key";
  managed-keys-directory "{folder}";
  lock-file none;
  recursion no;
  notify no;
  dnssec-validation no;
  empty-zones-enable no;
  check-names primary ignore;
}};
controls {{ }};
"""
BIND_ZONE = """\
zone "{origin}" {{ type primary; file "{file}"; }};
"""
UNBOUND = """\
server:
  interface: {address}
  port: 53
  outgoing-interface: {address}
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  do-ip6: no
  num-threads: 1
  chroot: ""
  username: ""
  directory: "{folder}"
  pidfile: "{folder}/pid"
  use-syslog: no
  module-config: "validator iterator"
  root-hints: "{folder}/hints"
  trust-anchor-file: "{folder}/anchor"
  trust-anchor-signaling: no
  root-key-sentinel: no
  val-log-level: 1
  # A server on loopback responds soon, or never.
  unknown-server-time-limit: 400
  infra-cache-min-rtt: 400
  infra-cache-max-rtt: 800
  outbound-msg-retry: 2
remote-control:
  control-enable: no
"""


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
            words = _prepare(self._servers[name], folder)
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


def _prepare(server, folder):
    """Write the files of a server; return the command that runs it."""
    files = {}
    for number, (origin, text) in enumerate(sorted(server.zones.items())):
        files[origin] = f"{number}.zone"
        (folder / files[origin]).write_text(text)
    config = folder / "config"
    program = PROGRAMS[server.program]
    if server.program in CONFINED:
        program = shutil.copy(program, folder)
    if server.program == "liar":
        rules = {"address": server.address, "zones": files, **server.rules}
        config.write_text(json.dumps(rules))
        return [program, str(HERE / "dns_liar.py"), str(config)]
    if server.program == "unbound":
        config.write_text(UNBOUND.format(address=server.address, folder=folder))
        for name in ("hints", "anchor"):
            (folder / name).write_text(server.rules[name])
        return [program, "-d", "-c", str(config)]
    head, zone, options = {
        "nsd": (NSD, NSD_ZONE, ("-d", "-c")),
        "knot": (KNOT, KNOT_ZONE, ("-c",)),
        "bind": (BIND, BIND_ZONE, ("-g", "-n", "1", "-c")),
    }[server.program]
    text = head.format(address=server.address, folder=folder)
    for origin, file in files.items():
        text += zone.format(origin=origin or ".", folder=folder, file=file)
    config.write_text(text)
    return [program, *options, str(config)]


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

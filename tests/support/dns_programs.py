"""The name servers that tests run: their configuration, and the commands that start them."""

import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent

PROGRAMS = {
    "nsd": "/usr/sbin/nsd",
    "knot": "/usr/sbin/knotd",
    "bind": "/usr/sbin/named",
    "unbound": "/usr/sbin/unbound",
    "liar": sys.executable,
}
CONFINED = ("bind", "unbound")
"""Programs that AppArmor confines to the folders of the system, where it is in use; no copy is."""

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


def prepare(server, folder):
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

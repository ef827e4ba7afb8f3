"""No command reaches for the network, unless an option says so."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.account import described, validation
from tests.support.commands import SERVERS
from tests.support.modules import all_modules

import acmrules
from acmrules.cli.table import COMMANDS

PACKAGE = Path(acmrules.__file__).parent
PENDING = {
    "Status": "PENDING_VALIDATION",
    "DomainValidationOptions": [validation("www.brightharbor.io", "PENDING_VALIDATION")],
}
FILES = {
    "certificate.json": json.dumps({"Certificate": described("www.brightharbor.io", **PENDING)}),
    "brightharbor.io.zone": "@ SOA ns1 hostmaster 1 2 3 4 5\n@ NS ns1.dnshost.example.\n",
    "request.json": '{"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}',
    "hosts.txt": "www.brightharbor.io\n",
    "answers.dig": "$ dig +short NS brightharbor.io\nns1.dnshost.example.\n",
}
WORDS = {
    "check": ["."],
    "baseline": ["."],
    "explain": ["ACM401"],
    "rules": [],
    "coverage": ["."],
    "validation": ["."],
    "compare": ["request.json", "certificate.json"],
    "plan": ["www.brightharbor.io"],
    "diagnose": ["."],
    "inventory": ["--from", "certificate.json"],
    "calendar": ["."],
    "contacts": ["www.brightharbor.io"],
    "facts": [],
    "settings": ["."],
    "schema": ["report"],
    "lsp": [],
    "mcp": [],
    "completion": ["bash"],
    "bulk": ["hosts.txt", "out.csv"],
}
"""Arguments with which no command asks others."""

PROGRAM = """\
import sys
OPENING = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
           "socket.gethostbyname", "socket.bind")
reached = []
sys.addaudithook(lambda event, _: reached.append(event) if event in OPENING else None)
from acmrules.cli.main import main
code = main(sys.argv[1:])
network = [name for name in sys.modules if name.startswith("acmrules.network.")]
print(code, *reached, *network, file=sys.stderr)
"""


@pytest.fixture
def files(tmp_path):
    """Write a certificate that waits, and what is known of its zone."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_every_command_is_among_them():
    """A new command has its words here."""
    assert WORDS.keys() == {"check", *(command.name for command in COMMANDS)}


@pytest.mark.parametrize("command", WORDS)
def test_no_command_reaches_for_the_network(files, command):
    """A command on files opens no connection, looks no address up, and loads nothing that would."""
    if command in SERVERS:
        pytest.importorskip(SERVERS[command])
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, command, *WORDS[command]],
        cwd=files,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    *_, report = run.stderr.splitlines()
    code, *reached = report.split()
    assert not reached
    assert code in {"0", "1", "4"}, run.stderr


def test_the_audit_sees_connections():
    """A connection is reported, so that the test above can fail."""
    program = PROGRAM.replace(
        "from acmrules.cli.main import main\ncode = main(sys.argv[1:])",
        "import socket\ncode = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
        ".connect_ex(('127.0.0.1', 9))",
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stderr.split()[1:] == ["socket.connect"]


def importers(package):
    """Return the modules of acmrules that import a package, wherever in the module."""
    words = (f"import {package}", f"from {package}")
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(tuple(f"{each}{end}" for each in words for end in (" ", ".")))
        or line.strip() in words
    }


def test_only_the_network_and_the_readers_of_dns_import_dnspython():
    """Only zone files, the output of dig, and queries need dnspython."""
    found = {path for path in importers("dns") if not path.startswith("network/dns/")}
    assert found == {
        "readers/account/dig.py",
        "readers/account/dig_commands.py",
        "readers/account/records.py",
        "readers/account/zone_files.py",
    }


def test_only_commands_that_ask_import_the_network():
    """The code that asks others is loaded by `diagnose` and `inventory` alone."""
    found = {path for path in importers("acmrules.network") if not path.startswith("network/")}
    assert found == {
        "cli/collecting.py",
        "cli/commands/diagnose.py",
        "cli/commands/inventory.py",
    }


def test_dnspython_is_loaded_only_by_those_who_need_it():
    """Importing every module of the readers and the commands loads no dnspython."""
    needing = ("readers.account.dig_", "readers.account.records", "network.dns.")
    lazy = ("network.dns.ask", "network.dns.errors")
    names = [
        module.__name__
        for module in all_modules()
        if (name := module.__name__.removeprefix("acmrules.")).startswith(
            ("readers", "cli", "network")
        )
        and (name in lazy or not name.startswith(needing))
    ]
    assert {"acmrules.readers.account.zone_files", "acmrules.network.dns.ask"} < {*names}
    program = f"import sys\nfor name in {names}: __import__(name)\nprint('dns' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"

"""The command `diagnose` asks real name servers about certificates and zones as AWS prints them."""

import json
import subprocess
import sys

import pytest
from tests.support.dns_cases import CASES, RULES, domain_of, mended
from tests.support.dns_responses import described, hosted_zone, inventory, record_sets
from tests.support.dns_servers import Servers
from tests.support.dns_zone_files import merged

from acmrules.cli.parser import FOUND, WAITING
from acmrules.reports.diagnosis.causes import zone_lines

pytestmark = pytest.mark.slow

TITLES = {
    "absent": "missing record",
    "doubled-domain": "doubled domain in the record name",
    "dnssec-broken": "broken DNSSEC",
    "other-name-servers": "delegation to other name servers",
    "child-zone": "record in the wrong zone",
    "private-zone": "record in a private zone",
    "flattened": "flattened or proxied CNAME",
    "caa-at-parent": "CAA records without Amazon",
    "correct-hours-ago": "correct record",
}
"""The title of the cause in the output, by case."""

SOME = tuple(case for case in CASES if case.id in TITLES)


def write_all(folder):
    """Write the description of each certificate, and the hosted zones of its owner."""
    for case in SOME:
        contents = [described(case.certificate)]
        if any(zone.is_private for zone in case.hosted):
            # A list of records alone does not show which of two zones of a name it is of.
            contents.append(inventory(case.hosted))
        else:
            contents += [make(zone) for zone in case.hosted for make in (hosted_zone, record_sets)]
        for number, content in enumerate(contents):
            (folder / f"{case.id}-{number}.json").write_text(json.dumps(content))


def diagnose(folder, resolver):
    """Return the exit code, and the blocks of the output by domain of the certificate."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "acmrules", "diagnose", str(folder), "--as-of", "2026-12-01"),
            *("--dns", "--resolver", resolver),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    _, *blocks = f"\n{done.stdout}".split("\nwaiting for ")
    found = {
        case.id: block
        for case in SOME
        for block in blocks
        if f"www.{domain_of(case)}" in block.partition("\n")[0]
    }
    return done.returncode, found


def test_the_command_shows_the_cause_and_the_record_until_it_is_published(network, tmp_path):
    """The input is what the AWS CLI prints; after the remedy, only AWS has to act."""
    write_all(tmp_path)
    world = merged(case.world for case in SOME)
    with Servers(network.servers(world, RULES)) as servers:
        code, before = diagnose(tmp_path, network.resolver)
        for case in SOME:
            world = mended(case, world, case.changes)
        servers.reload(network.servers(world, RULES))
        code_after, after = diagnose(tmp_path, network.resolver)
    assert code == FOUND
    for case in SOME:
        block = before[case.id]
        assert f"\n  {TITLES[case.id]}: www.{domain_of(case)}\n" in block
        for line in (line for change in case.changes for line in zone_lines(change)):
            assert line in block
    assert code_after == WAITING
    assert after.keys() == TITLES.keys()
    assert all(block.startswith("AWS: ") for block in after.values())

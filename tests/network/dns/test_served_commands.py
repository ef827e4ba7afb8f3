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
from acmrules.diagnosis import RecordAction, RecordChange
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

ACTIONS = {"UPSERT": RecordAction.CHANGE, "DELETE": RecordAction.REMOVE}
TTL = 300

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


def diagnose(folder, network, form="text"):
    """Return the exit code, the output and the errors of the command about a folder."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "acmrules", "diagnose", str(folder), "--as-of", "2026-12-01"),
            *("--dns", "--resolver", network.resolver, "--format", form),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def blocks(text):
    """Return the blocks of output by the case of the certificate, each without its first words."""
    _, *parts = f"\n{text}".split("\nwaiting for ")
    return {
        case.id: part
        for case in SOME
        for part in parts
        if f"www.{domain_of(case)}" in part.partition("\n")[0]
    }


def applied(world, text):
    """Return a world after the changes that are the input of Route 53."""
    for batch in json.loads(text):
        zone = batch["ChangeBatch"]["Comment"].rpartition(" ")[2]
        id_ = batch["HostedZoneId"] if batch["HostedZoneId"].startswith("Z") else ""
        for each in batch["ChangeBatch"]["Changes"]:
            own = each["ResourceRecordSet"]
            assert own["TTL"] == TTL
            values = tuple(record["Value"].removesuffix(".") for record in own["ResourceRecords"])
            name = own["Name"].removesuffix(".")
            action = ACTIONS[each["Action"]]
            world = world.apply(RecordChange(action, name, own["Type"], values, zone, id_))
    return world


def test_the_command_shows_the_cause_and_the_record_until_it_is_published(network, tmp_path):
    """The input is what the AWS CLI prints; after its change batch, only AWS has to act."""
    write_all(tmp_path)
    world = merged(case.world for case in SOME)
    with Servers(network.servers(world, RULES)) as servers:
        code, before, problems = diagnose(tmp_path, network)
        _, changes, at_registrar = diagnose(tmp_path, network, "changes")
        world = applied(world, changes)
        for case in SOME:
            # What no zone contains: the name servers at the registrar, and signatures.
            world = mended(case, world, [each for each in case.changes if each.type == "NS"])
        servers.reload(network.servers(world, RULES))
        code_after, after, problems_after = diagnose(tmp_path, network)
    assert (code, problems) == (FOUND, "")
    assert "brightharbor-other-name-servers.io` at its registrar" in at_registrar
    for case in SOME:
        block = blocks(before)[case.id]
        assert f"\n  {TITLES[case.id]}: www.{domain_of(case)}\n" in block
        for line in (line for change in case.changes for line in zone_lines(change)):
            assert line in block
    assert (code_after, problems_after) == (WAITING, "")
    assert blocks(after).keys() == TITLES.keys()
    assert all(block.startswith("AWS: ") for block in blocks(after).values())

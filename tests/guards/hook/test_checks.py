"""What the hook finds: about edits, in accounts, and in change sets."""

import contextlib
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from tests.support.guards.hook import resource_event, stack_event

from acmrules.cli import main
from acmrules.guards.hook import checks
from acmrules.guards.hook.configuration import HookConfiguration
from acmrules.guards.hook.events import Invocation
from acmrules.guards.hook.faults import HookFault

KIND = "AWS::CertificateManager::Certificate"
EMPTY = '{"Resources": {"Store": {"Type": "AWS::S3::Bucket"}}}'
DAY = date(2026, 11, 30)
TEMPLATE = """\
Parameters:
  Host: {Type: String}
  Large: {Type: String}
Conditions:
  IsLarge: !Equals [!Ref Large, yes]
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: !Ref Host
      SubjectAlternativeNames: !If [IsLarge, ['*.co.uk'], !Ref AWS::NoValue]
      ValidationMethod: DNS
  Other:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: !Ref Host
      SubjectAlternativeNames: ['*.com']
      ValidationMethod: DNS
"""


def check(sent, content=None, settings=None):
    """Return the report about an event, whose payload is some data."""
    data = json.dumps(content).encode()
    return checks.check(Invocation.of(sent), HookConfiguration(settings), lambda _: data, DAY)


def change_set_event():
    """Return the event of a change set."""
    sent = stack_event()
    sent["requestData"] |= {"targetName": "CHANGE_SET", "targetType": "CHANGE_SET"}
    return sent


def change(name="Site", before=None, after=None):
    """Return a changed resource of a payload."""
    contexts = {
        member: json.dumps({"Properties": each}) if each else None
        for member, each in (("beforeContext", before), ("afterContext", after))
    }
    return {"logicalResourceId": name, "resourceType": KIND, "action": "UPDATE", **contexts}


def found(report):
    """Return the rules of findings with their resource, line and condition."""
    return {(each.rule.id, each.address, each.line, each.condition) for each in report.findings}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("host.brightharbor.io", "shop.brightharbor.io"),
        ("*.brightharbor.io", "brightharbor.io"),
        ("brightharbor.io", "BRIGHTHARBOR.io"),
        ("localhost", "brightharbor.io"),
        ("brightharbor.io", "brightharbor.io"),
    ],
)
def test_an_edit_has_the_findings_of_compare(old, new, tmp_path, monkeypatch):
    """For a stack they have the lines of `acmrules compare`, and for a resource the same rules."""
    monkeypatch.chdir(tmp_path)
    sides = {
        name: {"DomainName": value, "ValidationMethod": method}
        for name, value, method in (("old", old, "EMAIL"), ("new", new, "DNS"))
    }
    texts = {
        name: json.dumps({"Resources": {"Site": {"Type": KIND, "Properties": each}}})
        for name, each in sides.items()
    }
    for name, text in texts.items():
        Path(f"{name}.json").write_text(text, "utf-8")
    out = io.StringIO()
    words = ["compare", "old.json", "new.json", "--as-of", str(DAY), "--region", "us-east-1"]
    with contextlib.redirect_stdout(out):
        main.main([*words, "--format", "concise"])
    line = re.compile(r"new\.json:(\d+):\d+: \w+\[(ACM\d+)\] ", re.MULTILINE)
    expected = {(rule, int(number)) for number, rule in line.findall(out.getvalue())}
    report = check(stack_event(), {"template": texts["new"], "previousTemplate": texts["old"]})
    edits = {(e.rule.id, e.line) for e in report.findings if e.rule.id.startswith("ACM60")}
    assert edits == expected
    alone = check(resource_event(KIND, sides["new"], sides["old"]))
    assert {e.rule.id for e in alone.findings if e.rule.id.startswith("ACM60")} == {
        rule for rule, _ in expected
    }


def test_the_account_of_the_event_selects_the_quotas(tmp_path):
    """So does its Region."""
    settings = tmp_path / "acm.toml"
    settings.write_text(
        "[quotas]\nnames = 2\n111122223333.names = 50\n111122223333.eu-west-1.names = 3\n", "utf-8"
    )
    names = [f"h{number}.brightharbor.io" for number in range(3)]
    properties = {"DomainName": "brightharbor.io", "SubjectAlternativeNames": names}
    for account, region, fails in (
        ("111122223333", "us-east-1", False),
        ("111122223333", "eu-west-1", True),
        ("444455556666", "us-east-1", True),
        ("", "us-east-1", True),
    ):
        sent = resource_event(KIND, properties, region=region) | {"awsAccountId": account}
        report = check(sent, settings=str(settings))
        assert ("ACM302" in {each.rule.id for each in report.findings}) is fails


def test_the_region_of_the_stack_is_that_of_the_check():
    """CloudFront requires one Region."""
    properties = {
        "DistributionConfig": {
            "Aliases": ["www.brightharbor.io"],
            "ViewerCertificate": {
                "AcmCertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/1"
            },
        }
    }
    report = check(resource_event("AWS::CloudFront::Distribution", properties))
    assert "ACM508" in {each.rule.id for each in report.findings}


def test_a_deletion_fetches_nothing():
    """Its templates are empty."""
    sent = stack_event() | {"actionInvocationPoint": "DELETE_PRE_PROVISION"}
    report = checks.check(Invocation.of(sent), HookConfiguration(), lambda _: 1 / 0, DAY)
    assert report.is_empty
    assert report.exit_code == 0


def test_a_change_set_decides_parameters_and_conditions():
    """The final values replace those of the template, which stay for other resources."""
    stack = check(stack_event(), {"template": TEMPLATE})
    assert {each.address for each in stack.skips} == {"Site", "Other"}
    assert ("ACM202", "Site", 11, "when `IsLarge` is true") in found(stack)
    after = {"DomainName": "shop.brightharbor.io", "ValidationMethod": "DNS"}
    report = check(
        change_set_event(), {"template": TEMPLATE, "changedResources": [change(after=after)]}
    )
    assert {each.address for each in report.skips} == {"Other"}
    assert {each for each in found(report) if each[0] == "ACM202"} == {("ACM202", "Other", 17, "")}
    assert ("ACM407", "Site", None, "") in found(report)
    assert report.not_checked
    both = [change(name, after=after) for name in ("Site", "Other")]
    resolved = check(change_set_event(), {"template": TEMPLATE, "changedResources": both})
    assert not resolved.skips
    assert not resolved.not_checked


def test_a_value_that_is_known_later_is_undecided():
    """CloudFormation writes a placeholder for it."""
    later = {"DomainName": "{{changeSet:KNOWN_AFTER_APPLY}}", "ValidationMethod": "DNS"}
    changes = [change(after=later)]
    report = check(change_set_event(), {"template": TEMPLATE, "changedResources": changes})
    assert "Site" in {each.address for each in report.skips}


def test_a_change_set_has_the_previous_properties():
    """So a replacement is found."""
    before, after = ({"DomainName": f"{name}.brightharbor.io"} for name in "ab")
    report = check(
        change_set_event(), {"template": EMPTY, "changedResources": [change("A", before, after)]}
    )
    assert ("ACM601", "A", None, "") in found(report)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selekt = []", "acm.toml:1:1: unknown setting `selekt`; did you mean `select`?"),
        ("fail-on = 1", "acm.toml:1:1: `fail-on` must be a string, not a number"),
    ],
)
def test_wrong_settings_are_a_fault(text, message, tmp_path, monkeypatch):
    """With the position of each mistake."""
    monkeypatch.chdir(tmp_path)
    Path("acm.toml").write_text(text, "utf-8")
    with pytest.raises(HookFault) as caught:
        check(resource_event(KIND, {"DomainName": "a.io"}), settings="acm.toml")
    assert str(caught.value) == message


def test_a_misspelled_region_is_a_fault():
    """No event of AWS has one."""
    with pytest.raises(HookFault, match="unknown Region `us-eat-1`"):
        check(resource_event(KIND, {"DomainName": "a.io"}, region="us-eat-1"))

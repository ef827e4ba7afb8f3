"""Answers of the hook: their status, and their lengths."""

import json
from datetime import date

import pytest
from tests.support.guards.hook import resource_event, stack_event

from acmrules.guards import hook

KIND = "AWS::CertificateManager::Certificate"
DAY = date(2026, 11, 30)
GOOD = {
    "DomainName": "www.brightharbor.io",
    "ValidationMethod": "DNS",
    "DomainValidationOptions": [{"DomainName": "www.brightharbor.io", "HostedZoneId": "Z2ABCDEF"}],
}
EMPTY = '{"Resources": {"Store": {"Type": "AWS::S3::Bucket"}}}'
MAIL = {"DomainName": "www.brightharbor.io", "ValidationMethod": "EMAIL"}


def respond(sent, template="", settings="", tmp_path=None, **environ):
    """Return the answer to an event."""
    if settings:
        (tmp_path / "acm.toml").write_text(settings, "utf-8")
        environ["ACMRULES_CONFIG"] = str(tmp_path / "acm.toml")
    data = json.dumps({"template": template}).encode()
    return hook.respond(sent, fetch=lambda _: data, environ=environ, today=DAY)


def template(count, name="localhost"):
    """Return a template with some certificates."""
    properties = {"DomainName": name, "ValidationMethod": "DNS"}
    each = {"Type": KIND, "Properties": properties}
    return json.dumps({"Resources": {f"Site{number}": each for number in range(count)}})


@pytest.mark.parametrize(
    ("settings", "bar", "status"),
    [
        ("", "", "SUCCESS"),
        ('fail-on = "warning"', "", "FAILED"),
        ("", "warning", "FAILED"),
        ('fail-on = "note"', "error", "SUCCESS"),
        ('severity = {ACM402 = "error"}', "", "FAILED"),
    ],
)
def test_the_bar_is_that_of_the_settings_or_of_a_variable(settings, bar, status, tmp_path):
    """A finding below it is an annotation that passed, with its severity."""
    answer = respond(
        resource_event(KIND, MAIL), settings=settings, tmp_path=tmp_path, ACMRULES_FAIL_ON=bar
    )
    assert answer["hookStatus"] == status
    (finding,) = answer["annotations"]
    assert finding["annotationName"] == "ACM402"
    assert finding["status"] == {"SUCCESS": "PASSED", "FAILED": "FAILED"}[status]


def test_a_finding_has_its_help_and_a_link():
    """And the line of a template, which the user has."""
    answer = respond(stack_event(), template(1))
    first = answer["annotations"][0]
    assert first["statusMessage"] == (
        "line 1, column 104, `Site0`: `localhost` is a single label; at least two are needed"
    )
    assert first["remediationMessage"].startswith("request the full domain name")
    assert first["remediationLink"].startswith("https://docs.aws.amazon.com/")
    assert answer["message"].startswith(
        "acmrules: 1 error, 1 warning in 1 certificate request. error ACM101 `Site0`: `localhost`"
    )


def test_there_are_at_most_100_annotations_the_worst_first():
    """The last one has the number of the others."""
    answer = respond(stack_event(), template(150))
    found = answer["annotations"]
    assert len(found) == 100
    assert all(each["status"] == "FAILED" for each in found[:-1])
    assert found[-1]["statusMessage"].startswith("201 annotations left out")
    assert len(answer["message"]) == 4096
    assert answer["message"].endswith("…")
    assert len(respond(stack_event(), template(50))["annotations"]) == 100


def test_messages_to_the_cloud_control_api_are_shorter():
    """It shows 1024 characters."""
    names = [f"a_{number}.io" for number in range(60)]
    sent = resource_event(KIND, {**MAIL, "SubjectAlternativeNames": names})
    assert len(respond(sent)["message"]) == 4096
    assert len(respond(sent | {"stackId": None})["message"]) == 1024


def test_a_long_text_is_cut():
    """A name may be as long as an event."""
    sent = resource_event(KIND, {**MAIL, "DomainName": "a" * 50_000})
    answer = respond(sent)
    assert all(len(each["statusMessage"]) <= 4096 for each in answer["annotations"])


def test_a_clean_operation_passes_in_one_annotation():
    """An operation without certificates has none, because nothing was checked."""
    answer = respond(resource_event(KIND, GOOD))
    assert answer["message"] == "acmrules: no findings in 1 certificate request"
    assert [each["status"] for each in answer["annotations"]] == ["PASSED"]
    other = respond(resource_event("AWS::S3::Bucket", {"BucketName": "a"}))
    assert other == {
        "hookStatus": "SUCCESS",
        "message": "acmrules: nothing to check here",
        "clientRequestToken": "f8da6d11",
    }


def test_what_the_settings_accept_or_exclude_is_said(tmp_path, monkeypatch):
    """A suppression is counted, and an excluded stack is not called clean."""
    monkeypatch.chdir(tmp_path)
    answer = respond(
        stack_event(),
        settings='exclude = ["site.template"]',
        tmp_path=tmp_path,
        template=template(1),
    )
    assert answer["message"] == "acmrules: the settings exclude `site.template`"
    text = "Resources:\n  Site:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
    comment = "  # acmrules: ignore[ACM402]: agreed"
    lines = "".join(f"      {name}: {value}\n" for name, value in MAIL.items())
    accepted = respond(stack_event(), f"{text}{lines.rstrip()}{comment}\n")
    assert accepted["message"] == "acmrules: 1 suppressed finding in 1 certificate request"


def test_what_is_not_checked_fails_if_the_settings_are_strict(tmp_path):
    """A nested stack is in another template."""
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://a/acm"}}
    text = json.dumps({"Resources": {"Site": {"Type": KIND, "Properties": GOOD}, "In": nested}})
    text = text.replace("https://a/acm", "https://s3.amazonaws.com/a/certificate.yaml")
    usual = respond(stack_event(), text)
    assert usual["hookStatus"] == "SUCCESS"
    assert [each["status"] for each in usual["annotations"]] == ["PASSED", "SKIPPED"]
    assert usual["annotations"][1]["remediationMessage"]
    strict = respond(stack_event(), text, settings="strict = true", tmp_path=tmp_path)
    assert (strict["hookStatus"], strict["errorCode"]) == ("FAILED", "InternalFailure")


def test_a_stack_without_certificates_never_fails(tmp_path):
    """Most stacks have none."""
    answer = respond(stack_event(), EMPTY, settings="fail-on-nothing = true", tmp_path=tmp_path)
    assert answer["hookStatus"] == "SUCCESS"


def test_an_unknown_parameter_is_skipped_once():
    """With what to do about it."""
    text = template(3, "X").replace('"X"', '{"Ref": "Host"}')
    text = text.replace('{"Resources"', '{"Parameters": {"Host": {"Type": "String"}}, "Resources"')
    skipped = [
        each for each in respond(stack_event(), text)["annotations"] if each["status"] == "SKIPPED"
    ]
    (one,) = skipped
    assert one["statusMessage"].startswith("`Host` is unknown, so these rules are undecided: ACM1")
    assert "`RESOURCE` or `CHANGE_SET`" in one["remediationMessage"]

"""The Lambda Hook: its contract with CloudFormation, and answers to anything."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.guards.hook import event, resource_event, stack_event

from acmrules.guards import hook
from acmrules.guards.hook import checks
from acmrules.guards.hook.faults import HookFault

CONTRACT = sorted((Path(__file__).parent / "hook").glob("*.json"))
DAY = date(2026, 11, 30)
CERTIFICATE = "AWS::CertificateManager::Certificate"
WRONG = {"DomainName": "localhost", "ValidationMethod": "DNS"}
SECRET = "X-Amz-Signature=secret"
MEMBERS = {
    "hookStatus": str,
    "errorCode": str,
    "message": str,
    "clientRequestToken": str,
    "callbackContext": str,
    "callbackDelaySeconds": int,
    "annotations": list,
}
LENGTHS = {
    "annotationName": 1024,
    "statusMessage": 16384,
    "remediationMessage": 16384,
    "remediationLink": 5120,
}


def require_documented(answer):
    """Assert that an answer has the documented form, and that Lambda can send it."""
    assert answer.keys() <= MEMBERS.keys()
    assert all(type(value) is MEMBERS[name] for name, value in answer.items())
    assert {"hookStatus", "message", "clientRequestToken"} <= answer.keys()
    status = answer["hookStatus"]
    assert status in {"SUCCESS", "FAILED", "IN_PROGRESS"}
    assert ("errorCode" in answer) is (status == "FAILED")
    assert answer.get("errorCode", "NonCompliant") in {"NonCompliant", "InternalFailure"}
    assert ("callbackDelaySeconds" in answer) is (status == "IN_PROGRESS")
    assert 0 < len(answer["message"]) <= 4096
    for each in answer.get("annotations", ()):
        assert each["status"] in {"PASSED", "FAILED", "SKIPPED"}
        assert each["severityLevel"] in {"INFORMATIONAL", "LOW", "MEDIUM", "HIGH"}
        texts = each.keys() - {"status", "severityLevel"}
        assert all(0 < len(each[name]) <= LENGTHS[name] for name in texts)
        assert each.get("remediationLink", "https://").startswith("https://")
    assert any(each["status"] == "FAILED" for each in answer.get("annotations", ())) is (
        answer.get("errorCode") == "NonCompliant"
    )
    assert len(json.dumps(answer)) < 6_000_000


def respond(sent, content=None, environ=None):
    """Return the answer to an event, whose payload is some data."""
    data = json.dumps(content).encode()
    return hook.respond(sent, fetch=lambda _: data, environ=environ or {}, today=DAY)


@pytest.mark.parametrize("path", CONTRACT, ids=lambda path: path.stem)
def test_the_documented_events_have_the_documented_answers(path, tmp_path, monkeypatch):
    """Each case names the page of the documentation, and the day on which it was read."""
    monkeypatch.chdir(tmp_path)
    case = json.loads(path.read_text("utf-8"))
    assert case["source"].startswith("https://docs.aws.amazon.com/cloudformation-cli/")
    assert date.fromisoformat(case["read"]) <= DAY
    answer = respond(case["event"], case.get("payload"))
    require_documented(answer)
    found = answer.pop("annotations", [])
    del answer["message"]
    assert answer == case["answer"]
    names = "annotationName", "status", "severityLevel"
    assert [{name: each[name] for name in names} for each in found] == case["annotations"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)
NAMES = st.sampled_from(
    (
        *("clientRequestToken", "stackId", "stackID", "hookModel", "awsAccountId"),
        *("requestData", "requestContext", "actionInvocationPoint"),
    )
)
DATA = st.dictionaries(
    st.sampled_from(("targetName", "targetType", "targetLogicalId", "payload", "targetModel")),
    JSON
    | st.sampled_from(("STACK", "CHANGE_SET", CERTIFICATE, f"https://s3/?{SECRET}"))
    | st.fixed_dictionaries({"resourceProperties": JSON, "previousResourceProperties": JSON}),
)
PROPERTIES = st.dictionaries(
    st.sampled_from(("DomainName", "ValidationMethod", "SubjectAlternativeNames", "Tags", "X")),
    JSON | st.sampled_from(("localhost", "*.co.uk", "brightharbor.io", ["a.brightharbor.io"])),
)
EVENTS = (
    JSON
    | st.dictionaries(NAMES, JSON | DATA)
    | DATA.map(lambda data: event("eu-west-1", **data))
    | st.builds(resource_event, st.just(CERTIFICATE), PROPERTIES, PROPERTIES | st.none())
)
TEMPLATES = (
    st.text()
    | st.sampled_from(("Resources: [", "{", '{"Resources": {}}'))
    | PROPERTIES.map(
        lambda found: json.dumps({"Resources": {"A": {"Type": CERTIFICATE, "Properties": found}}})
    )
)
CONTENTS = JSON | st.fixed_dictionaries(
    {"template": TEMPLATES | JSON},
    optional={
        "previousTemplate": TEMPLATES | JSON,
        "changedResources": JSON
        | st.lists(
            st.fixed_dictionaries(
                {
                    "logicalResourceId": st.sampled_from(("A", "B")),
                    "resourceType": st.just(CERTIFICATE),
                    "action": st.sampled_from(("CREATE", "UPDATE", "DELETE", "MOVE")),
                    "beforeContext": JSON | PROPERTIES.map(lambda p: json.dumps({"Properties": p})),
                    "afterContext": JSON | PROPERTIES.map(lambda p: json.dumps({"Properties": p})),
                }
            ),
            max_size=3,
        ),
    },
)


@given(EVENTS, CONTENTS, st.sampled_from(("fail", "allow")))
def test_every_event_has_an_answer_of_the_documented_form(sent, content, on_failure):
    """Nothing in an event or a payload is a bug, and the answer repeats the token."""
    answer = respond(sent, content, {"ACMRULES_ON_FAILURE": on_failure})
    require_documented(answer)
    assert "a bug in acmrules" not in answer["message"]
    if isinstance(sent, dict) and isinstance(sent.get("clientRequestToken"), str):
        assert answer["clientRequestToken"] == sent["clientRequestToken"]


@given(st.binary(max_size=50) | CONTENTS.map(lambda data: json.dumps(data).encode()))
def test_every_payload_has_an_answer_without_its_url(data):
    """The URL is a secret."""
    answer = hook.respond(stack_event(), fetch=lambda _: data, environ={}, today=DAY)
    require_documented(answer)
    assert SECRET not in json.dumps(answer)


def test_an_event_may_be_nested_deeply():
    """JSON allows any depth."""
    value = "a"
    for _ in range(100_000):
        value = [value]
    answer = respond(resource_event(CERTIFICATE, {"DomainName": value}))
    assert answer["message"] == "acmrules cannot check this: the event is nested too deeply"
    assert answer["errorCode"] == "InternalFailure"
    while isinstance(value, list):
        (value,) = value  # Release it without recursion.


def test_a_bug_is_one_sentence_without_secrets(monkeypatch, capsys):
    """Neither the answer nor the log has the message of an exception."""

    def broken(*_):
        raise ZeroDivisionError(f"https://s3/?{SECRET}")

    monkeypatch.setattr(checks, "check", broken)
    answer = hook.respond(stack_event(), environ={})
    assert answer["errorCode"] == "InternalFailure"
    start = "acmrules cannot check this: a bug in acmrules, please report it: ZeroDivisionError at"
    assert answer["message"].startswith(f"{start} test_hook.py:")
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert SECRET not in err


@pytest.mark.parametrize(
    ("attempt", "status"), [(1, "IN_PROGRESS"), (2, "IN_PROGRESS"), (3, "FAILED")]
)
def test_a_temporary_fault_is_tried_three_times(attempt, status):
    """CloudFormation invokes the hook again two times at most."""

    def unavailable(_):
        raise HookFault("the templates cannot be fetched from S3: TimeoutError", retried=True)

    sent = stack_event() | {"requestContext": {"invocation": attempt, "callbackContext": None}}
    answer = hook.respond(sent, fetch=unavailable, environ={})
    require_documented(answer)
    assert answer["hookStatus"] == status
    assert answer["message"].endswith("cannot be fetched from S3: TimeoutError")


@pytest.mark.parametrize(
    ("on_failure", "status"), [("", "FAILED"), ("fail", "FAILED"), ("allow", "SUCCESS")]
)
@pytest.mark.parametrize("content", [[], {"template": "Resources: ["}])
def test_a_variable_decides_about_what_cannot_be_checked(content, on_failure, status):
    """A payload that is broken, and a template that is broken."""
    answer = respond(stack_event(), content, {"ACMRULES_ON_FAILURE": on_failure})
    require_documented(answer)
    assert answer["hookStatus"] == status
    assert answer.get("errorCode", "InternalFailure") == "InternalFailure"
    assert answer["annotations"][0]["status"] == "SKIPPED"
    assert answer["message"].startswith("acmrules cannot check this: ")


@pytest.mark.parametrize(("on_failure", "status"), [("fail", "FAILED"), ("allow", "SUCCESS")])
def test_a_wrong_variable_is_also_something_that_cannot_be_checked(on_failure, status):
    """The answer to it is the one that the other variable selects."""
    environ = {"ACMRULES_FAIL_ON": "never", "ACMRULES_ON_FAILURE": on_failure}
    answer = respond(stack_event(), {"template": "Resources: {}"}, environ)
    require_documented(answer)
    assert answer["hookStatus"] == status
    assert "`ACMRULES_FAIL_ON` is `never`" in answer["message"]


def test_the_region_is_that_of_the_stack_then_of_the_function(monkeypatch):
    """The Cloud Control API has no stack, and the last resort is the Region of Lambda."""
    seen = []

    def check(invocation, *_):
        seen.append(invocation.region)
        raise HookFault("seen")

    class Context:
        invoked_function_arn = "arn:aws:lambda:eu-south-1:111122223333:function:acmrules"

    monkeypatch.setattr(checks, "check", check)
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    sent = resource_event(CERTIFICATE, WRONG, region="eu-west-2")
    hook.handler(sent, Context())
    sent["stackId"] = None
    sent["hookModel"]["LambdaFunction"] = "arn:aws-cn:lambda:cn-north-1:1:function:acmrules"
    hook.handler(sent, Context())
    sent["hookModel"] = {}
    hook.handler(sent, Context())
    hook.handler(sent, None)
    assert seen == ["eu-west-2", "cn-north-1", "eu-south-1", "eu-north-1"]


def test_a_resource_needs_no_yaml():
    """Events are JSON, so a package without PyYAML checks resources."""
    code = (
        "import sys, json; sys.modules['yaml'] = None\n"
        "from acmrules.guards.hook import handler\n"
        "print(json.dumps(handler(json.load(sys.stdin), None)))\n"
        "assert not {'urllib.request', 'ssl', 'http.client', 'boto3'} & sys.modules.keys()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(resource_event(CERTIFICATE, WRONG)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["annotations"][0]["annotationName"] == "ACM101"


def test_this_module_can_fail():
    """The checks of the form reject other forms."""
    with pytest.raises(AssertionError):
        require_documented({"hookStatus": "FAILED", "message": "a", "clientRequestToken": ""})

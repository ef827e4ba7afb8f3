"""Events of Lambda Hooks as invocations."""

import json

import pytest
from tests.support.guards.hook import event, resource_event, stack_event

from acmrules.guards.hook.events import HookOperation, Invocation, token_of
from acmrules.guards.hook.faults import HookFault

KIND = "AWS::CertificateManager::Certificate"


def test_a_stack_has_a_name_a_region_an_account_and_a_payload():
    """The name is that of a file, so that globs of the settings apply to it."""
    found = Invocation.of(stack_event("eu-west-1"))
    assert found.operation is HookOperation.STACK
    assert (found.name, found.region, found.account) == (
        *("site.template", "eu-west-1", "111122223333"),
    )
    assert found.payload.startswith("https://")
    assert (found.template, found.previous, found.attempt) == ("", "", 1)
    assert found.is_of_stack
    assert not found.is_deletion


def test_a_resource_is_a_template_with_this_resource():
    """So is the previous one, which is empty if the resource is created."""
    found = Invocation.of(resource_event(KIND, {"DomainName": "a.io"}, {"DomainName": "b.io"}))
    sides = [json.loads(each)["Resources"]["Site"] for each in (found.template, found.previous)]
    assert sides == [
        {"Type": KIND, "Properties": {"DomainName": name}} for name in ("a.io", "b.io")
    ]
    for empty in (None, {}):
        assert Invocation.of(resource_event(KIND, {}, empty)).previous == ""


def test_a_deletion_needs_no_properties():
    """Its properties are empty."""
    sent = resource_event(KIND, None, {"DomainName": "a.io"})
    sent["actionInvocationPoint"] = "DELETE_PRE_PROVISION"
    assert Invocation.of(sent).is_deletion


@pytest.mark.parametrize(
    ("stack", "logical_id", "name"),
    [
        ("arn:aws:cloudformation:eu-west-1:1:stack/My-Stack/1", "x", "My-Stack.template"),
        ("", "My-Stack", "My-Stack.template"),
        ("", "../../etc/passwd", "stack.template"),
        ("arn:aws:cloudformation:eu-west-1:1:stack/é/1", "x", "stack.template"),
        ("", "", "stack.template"),
    ],
)
def test_no_name_in_an_event_is_a_path(stack, logical_id, name):
    """Only the characters of stack names are part of a file name."""
    data = {"targetName": "STACK", "targetLogicalId": logical_id}
    assert Invocation.of(event("eu-west-1", **data) | {"stackId": stack}).name == name


def test_the_cloud_control_api_has_no_stack():
    """Its messages are shorter."""
    sent = resource_event(KIND, {}) | {"stackId": ""}
    found = Invocation.of(sent)
    assert (found.name, found.is_of_stack) == ("cloud-control.template", False)


@pytest.mark.parametrize("account", [None, "", "1", "11112222333x", "1111222233334", 111122223333])
def test_an_account_has_twelve_digits(account):
    """Another one selects no quotas."""
    assert Invocation.of(stack_event() | {"awsAccountId": account}).account is None


@pytest.mark.parametrize("sent", [None, [], "a", {}, {"requestData": []}, {"requestData": {}}])
def test_another_event_is_a_fault(sent):
    """It says which member is missing."""
    with pytest.raises(HookFault, match=r"`requestData\.targetName` is missing"):
        Invocation.of(sent)
    with pytest.raises(HookFault, match="resourceProperties` is missing"):
        Invocation.of({"requestData": {"targetName": KIND}})


def test_the_case_of_members_does_not_matter():
    """The documentation has two spellings of the token."""
    assert token_of({"clientRequesttoken": "a"}) == token_of({"clientRequestToken": "a"}) == "a"
    assert token_of({"clientRequestToken": 1}) == token_of(None) == ""

"""Calls of clients of AWS: which are checked, where they are, how findings about them are shown."""

import os

import pytest

from acmrules import client_calls, lint
from acmrules.readers.api_calls import OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operations_with_rules_are_checked(operation):
    """The operation is the last part of the event."""
    assert client_calls.checked_operation(f"before-parameter-build.acm.{operation}") == operation


@pytest.mark.parametrize(
    "event",
    [
        "before-parameter-build.acm.ListCertificates",
        "before-parameter-build.acm-pca.RequestCertificate",
        "before-parameter-build.s3.RequestCertificate",
        "before-call.acm.RequestCertificate",
        "before-parameter-build.acm",
        "",
    ],
)
def test_other_events_are_not_checked(event):
    """Other services, other operations and other moments of a call."""
    assert client_calls.checked_operation(event) is None


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (["shop", "boto3", "botocore.client", "acmrules.guards.boto3"], "shop"),
        (["shop", "aiobotocore.client", "botocore.hooks", "acmrules.pytest_plugin"], "shop"),
        (["shop", "aioboto3.session", "boto3.session", "botocore.client"], "shop"),
        (["shop", "helper", "botocore.client"], "helper"),
        (["shop", "boto3_helper", "boto3"], "boto3_helper"),
    ],
)
def test_the_caller_is_the_first_frame_of_the_program(modules, expected):
    """Clients and acmrules are between the program and the check."""
    call = client_calls.caller
    for module in reversed(modules):
        values = {"__name__": module, "following": call}
        exec("def call(): return following()", values)
        call = values["call"]
    assert call().f_globals["__name__"] == expected


def test_a_location_is_relative_if_that_is_shorter(tmp_path, monkeypatch):
    """As tools print files of a project."""
    path = tmp_path / "shop.py"
    values = {"client_calls": client_calls, "__name__": "shop"}
    exec(compile("\n\nplace = client_calls.location(client_calls.caller())", path, "exec"), values)
    assert values["place"] == min(f"{path}:3", f"{os.path.relpath(path)}:3", key=len)
    monkeypatch.chdir(tmp_path)
    exec(compile("\n\nplace = client_calls.location(client_calls.caller())", path, "exec"), values)
    assert values["place"] == "shop.py:3"


def test_findings_have_the_place_of_their_call():
    """Each block names it, and inputs that cannot be read are first."""
    report = lint.check_params({"DomainName": "localhost"}, settings={})
    shown = client_calls.rendered(report, report.findings[:1], "shop.py:3")
    assert shown.startswith("error[ACM101]: `localhost` is a single label")
    assert "\n --> shop.py:3\n" in shown
    assert "ACM401" not in shown
    unread = lint.check_params({"DomainName": 5}, settings={})
    assert client_calls.rendered(unread, (), "shop.py:3").startswith(
        "error: RequestCertificate: `DomainName` must be a string, not a number\n"
    )


@pytest.mark.parametrize("region", ["eu-west-1", "xx-new-7", None])
def test_a_region_of_a_client_is_usable(region):
    """A client may be for a Region that is newer than acmrules."""
    assert client_calls.usable_region(region) == (region, "")


def test_a_region_that_is_wrong_has_a_fault():
    """The call is checked without it."""
    region, fault = client_calls.usable_region("no Region")
    assert region is None
    assert "no Region" in fault

"""The steps of an edit by tool, method and consumers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.edits import consumer

from acmrules.analysis import migration
from acmrules.changes import ApproveAgain, Change, Reason, Verdict, compare
from acmrules.facts import acm
from acmrules.names import parse_name
from acmrules.request import CertificateRequest, Tool, ValidationOption

CLOUDFORMATION, TERRAFORM = Tool.CLOUDFORMATION, Tool.TERRAFORM
HOURS = str(acm.VALIDATION_HOURS.value)


def request(*names, **fields):
    return CertificateRequest.of(names, **({"validation_method": "DNS"} | fields))


def steps(tool, old, new, users=(), was="", lost=()):
    """Return the steps from one request to another."""
    extra = (Reason("address", Verdict.REPLACEMENT, "is another", None),) if was else ()
    change = compare(old, new, tool=tool, extra_reasons=extra)
    return migration.change_steps(tool, change, new, "B", users, was, lost)


def find(lines, *words):
    """Return the index of the only step with some words."""
    [place] = [n for n, line in enumerate(lines) if all(word in line for word in words)]
    return place


@given(
    st.sampled_from([*{*Tool} - {Tool.KUBERNETES}]),
    st.booleans(),
    st.sampled_from(["DNS", "EMAIL"]),
)
def test_names_are_validated_before_anything_is_deleted(tool, is_used, method):
    """With every tool but ACK, the names are validated before anything is deleted."""
    old = request("a.io", validation_method=method)
    new = request("a.io", "b.io", validation_method=method)
    lines = steps(tool, old, new, [consumer()] if is_used else [])
    validated = find(lines, HOURS)
    assert validated < len(lines) - 1
    assert "delete" in lines[-1] or "destroy" in lines[-1]


def test_cloudformation():
    """The old certificate is kept until its consumers use the new one."""
    lines = steps(CLOUDFORMATION, request("a.io"), request("a.io", "b.io"), [consumer("Site")])
    locations = [
        find(lines, "under another logical ID"),
        find(lines, "keep the validation record of `a.io`"),
        find(lines, "publish the CNAME", "`b.io`", HOURS),
        find(lines, "use it in `Site` (CloudFront)"),
        find(lines, "delete the old certificate"),
    ]
    assert locations == [*range(5)]


def test_records_that_the_files_create():
    """The files create records with a zone, and others are published by hand."""
    options = (ValidationOption(parse_name("b.io"), None, "Z1"),)
    new = request("a.io", "*.b.io", "c.io", validation_options=options)
    lines = steps(CLOUDFORMATION, request("a.io"), new)
    assert find(lines, "create the validation record of `*.b.io`") == 2
    assert find(lines, "publish the CNAME for `c.io`") == 3


def test_terraform():
    """Terraform creates the new certificate first, and switches after it is issued."""
    old, new = request("a.io"), request("a.io", "b.io")
    lines = steps(TERRAFORM, old, new, [consumer("aws_x.site")])
    assert find(lines, "`create_before_destroy = true`", "`B`") == 0
    assert find(lines, "`aws_x.site`", "`aws_acm_certificate_validation`") == len(lines) - 2
    ordered = new.__replace__(create_before_destroy=True)
    assert not any("create_before_destroy" in line for line in steps(TERRAFORM, old, ordered))
    assert "outside of these files" in steps(TERRAFORM, old, new)[-1]


def test_other_addresses():
    """Terraform needs a `moved` block, and CloudFormation the old logical ID."""
    same = request("a.io")
    assert "`moved` block from `A` to `B`" in steps(TERRAFORM, same, same, was="A")[0]
    assert steps(CLOUDFORMATION, same, same, was="A")[0].startswith("keep the name `A`")


def test_other_tools():
    """ACK needs an object with another name, and the API another request."""
    old, new = request("a.io"), request("b.io")
    first, last = steps(Tool.KUBERNETES, old, new)
    assert first == "undo the edit, and add an object with another name and the new values"
    assert last.endswith("then delete the old object")
    refused = request("a.io", key_algorithm="EC_prime256v1")
    assert steps(Tool.KUBERNETES, old, refused) == (first, last)
    assert steps(Tool.API, old, new)[0].startswith("request the new certificate, and keep")


def test_cosmetic_changes():
    """The step for a cosmetic change is to avoid it."""
    old, new = request("a.io", "b.io", "c.io"), request("a.io", "c.io", "b.io")
    assert steps(CLOUDFORMATION, old, new) == (
        "keep the old spelling of the names: ACM sees no change, and nothing is replaced",
    )
    assert steps(TERRAFORM, old, new) == ()


def test_impossible():
    """An impossible request has one step."""
    [line] = steps(CLOUDFORMATION, request("a.io"), request("a_.io"))
    assert line.startswith("fix the request first")


def test_in_place():
    """An edit in place has no steps, except records for a change to DNS."""
    old = request("a.io", validation_method="EMAIL")
    assert steps(CLOUDFORMATION, old, request("a.io", validation_method="EMAIL", export=None)) == ()
    [line] = steps(CLOUDFORMATION, old, request("a.io"))
    assert str(acm.METHOD_CHANGE_HOURS.value) in line
    assert "publish the CNAME" in line


@pytest.mark.parametrize(
    ("method", "how"), [("HTTP", "through CloudFront"), ("CNAME", "with the method")]
)
def test_other_methods(method, how):
    """Names with another method have a general step."""
    again = ApproveAgain(undecided=(parse_name("a.io"),))
    change = Change(Verdict.REPLACEMENT, (), (), (), again)
    new = request("a.io", validation_method=method)
    lines = migration.change_steps(
        CLOUDFORMATION, change.__replace__(reasons=(REASON,)), new, "B", []
    )
    assert find(lines, "validate ", how) == 1


REASON = Reason("names", Verdict.REPLACEMENT, "adds", None)


def test_an_unknown_request():
    """Without a request, there are general steps."""
    change = Change(Verdict.REPLACEMENT, (REASON,))
    for tool in Tool:
        assert migration.change_steps(tool, change, None, "B", [])


def test_lost_hosts():
    """The first step keeps names that are still served."""
    lines = steps(TERRAFORM, request("a.io"), request("b.io"), lost=[parse_name("a.io")])
    assert lines[0] == "keep `a.io` on the certificate while it is served"


def test_many_users():
    """Some of many consumers are listed once, and the others counted."""
    users = [consumer(f"Site{n}") for n in range(8)] + [
        consumer("Site0"),
        consumer("X", service="?"),
    ]
    lines = steps(CLOUDFORMATION, request("a.io"), request("b.io"), users)
    assert "`Site4` (CloudFront) and 4 more" in lines[find(lines, "Site0")]
    assert lines[find(lines, "Site0")].count("Site0") == 1


def test_removal():
    """Consumers switch before the certificate is removed."""
    assert len(migration.removal_steps([])) == 1
    first, second = migration.removal_steps([consumer("Site"), consumer("Y", service="?")])
    assert "`Site` (CloudFront), `Y` (?)" in first
    assert "remove the certificate" in second

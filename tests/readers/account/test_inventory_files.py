"""Inventory files: the responses of many calls."""

import json

import pytest
from tests.support.account import arn_of
from tests.support.account_files import account, inventory, notes, read, saved

from acmrules.model.account import Refusal
from acmrules.syntax.source import InputError


def test_an_inventory_is_everything_in_it():
    """All responses of an inventory are read, and joined."""
    found = account(saved("inventory"))
    assert [each.arn for each in found.certificates] == [arn_of(1), arn_of(90)]
    assert [each.described for each in found.certificates] == [True, False]
    assert found.certificates[0].update is not None
    assert found.ids == ("123456789012",)
    assert len(found.quotas) == 3
    [listed] = found.listed
    assert (listed.region, listed.hides) == ("eu-west-1", ())
    assert listed.at.isoformat() == "2026-11-30T09:00:00+00:00"
    zone = found.dns.zones[0]
    assert (zone.id, zone.is_complete, zone.is_private) == ("Z0EXAMPLE1", True, False)
    assert not notes(saved("inventory"))


def test_a_failed_call_is_a_refusal():
    """What AWS refused is data, so that a report can say what is missing."""
    assert account(saved("inventory")).refusals == (
        Refusal(
            "ListCertificates",
            "AccessDeniedException",
            "explicit deny in a service control policy",
            "123456789012",
            "me-south-1",
        ),
    )


def test_an_inventory_is_one_with_other_files():
    """An inventory is joined with a response of its own file."""
    found = inventory(saved("inventory"), saved("issued"))
    assert len(found.account.certificates) == 2
    assert len(found.declarations) == 2


def test_an_inventory_of_another_version_is_an_error():
    """A newer version may have another form, so it is not guessed."""
    with pytest.raises(InputError) as error:
        read(saved("inventory") | {"inventory": 2}, "all.json")
    assert str(error.value).startswith("all.json:1:")
    assert "is an inventory of version `2`, and acmrules reads 1: update acmrules" in str(
        error.value
    )


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (1, "must be an object, not"),
        ({}, "the member `operation` is missing"),
        ({"operation": "ListCertificates"}, "has neither a response nor an error"),
        ({"operation": "ListCertificates", "response": []}, "must be an object"),
        ({"operation": "ListCertificates", "error": {}}, "the member `code` is missing"),
        ({"operation": "ListStacks", "response": {}}, "the response of `ListStacks` is not read"),
    ],
)
def test_a_wrong_entry_is_reported_and_the_others_are_read(entry, fault):
    """One wrong entry is one line."""
    data = saved("inventory")
    data["responses"].insert(1, entry)
    [note] = notes(data)
    assert fault in note
    assert len(account(data).certificates) == 2


def test_pages_of_a_zone_are_joined():
    """Later pages of a zone have no SOA record, but the call has the id of the zone."""
    data = saved("inventory")
    records = next(e for e in data["responses"] if e["operation"] == "ListResourceRecordSets")
    page = json.loads(json.dumps(records))
    sets = records["response"]["ResourceRecordSets"]
    page["response"]["ResourceRecordSets"] = [sets.pop()]
    data["responses"].append(page)
    zone = account(data).dns.zones[0]
    assert zone.records[-1].name == "www.brightharbor.io"

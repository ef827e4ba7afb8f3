"""Events about certificates."""

import pytest
from tests.support.account import arn_of
from tests.support.account_files import account, notes, saved

KINDS = {
    "event-approaching-expiration": "ACM Certificate Approaching Expiration",
    "event-renewal-action-required": "ACM Certificate Renewal Action Required",
    "event-available": "ACM Certificate Available",
    "event-health": "AWS_ACM_RENEWAL_STATE_CHANGE",
    "describe-affected-entities": "AWS_ACM_RENEWAL_STATE_CHANGE",
}


@pytest.mark.parametrize("name", KINDS)
def test_an_event_is_about_its_certificate(name):
    """An event names the certificates, the time and the account."""
    [event] = account(saved(name)).events
    assert (event.type, event.arns) == (KINDS[name], (arn_of(1),))
    assert (event.account, event.region) == ("123456789012", "eu-west-1")
    assert event.at.isoformat() == "2026-11-30T06:51:08+00:00"


def test_what_an_event_says_is_kept():
    """The days to the expiry, the reason and the action are those of the event."""
    assert account(saved("event-approaching-expiration")).events[0].days == 31
    [event] = account(saved("event-renewal-action-required")).events
    assert (event.reason, event.days) == ("PENDING_DOMAIN_VALIDATION", 30)
    assert account(saved("event-available")).events[0].action == "RENEWAL"


@pytest.mark.parametrize("name", ["describe-events", "describe-event-details"])
def test_events_of_health_have_no_certificates(name):
    """Health lists events without the certificates that they affect."""
    [event] = account(saved(name)).events
    assert (event.type, event.arns) == ("AWS_ACM_RENEWAL_STATE_CHANGE", ())


def test_events_of_a_certificate_are_its_own():
    """Events of a certificate in the files are in order of time, and no others are left."""
    later = saved("event-available") | {"time": "2026-12-01T00:00:00Z"}
    found = account(later, saved("issued"), saved("event-approaching-expiration"))
    [certificate] = found.certificates
    assert [each.days for each in certificate.events] == [31, 198]
    assert not found.events


def test_events_of_other_services_do_not_matter():
    """Health has events of all services."""
    data = saved("event-health")
    data["detail"]["service"] = "EC2"
    assert not account(data).events
    data = saved("describe-events")
    data["events"][0]["service"] = "EC2"
    assert not account(data).events
    data = saved("describe-affected-entities")
    data["entities"][0]["entityValue"] = "i-0123456789"
    assert not account(data).events


@pytest.mark.parametrize("name", [*KINDS, "describe-events"])
def test_a_wrong_event_is_reported(name):
    """An event with a wrong type is one line."""
    data = saved(name)
    inner = data.get("events") or data.get("entities") or [data]
    for member in ("time", "startTime", "lastUpdatedTime"):
        if member in inner[0]:
            inner[0][member] = ["now"]
    [note] = notes(data)
    assert "an event is not valid: " in note

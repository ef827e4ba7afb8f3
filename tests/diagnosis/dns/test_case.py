"""One name with everything that is known, and the zone to edit."""

from datetime import timedelta

import pytest
from tests.support.dns_certificates import NOW, VALUE, answer, case, certificate, validation

from acmrules.diagnosis import (
    CertificateStatus,
    HostedZone,
    RenewalStatus,
    RenewalSummary,
)
from acmrules.diagnosis.dns.case import serves
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.evidence import Delegation

NAME = "www.brightharbor.io"
ZONE = "brightharbor.io"
SERVERS = ("ns1.dnshost.example",)
SEEN = answer(f"_x1.{NAME}", "CNAME", zone=ZONE, zone_servers=SERVERS)
WAITING = certificate(validation(NAME))


def edited(answers, *zones):
    """Return the zone that a record of the name is to be written to."""
    change = case(WAITING, answers, zones).publication(f"_x1.{NAME}", "CNAME", VALUE)
    return change.zone_name, change.zone_id


def test_the_zone_to_edit_is_the_one_that_is_delegated():
    """A hosted zone with other servers, or a private one, is another zone."""
    other = HostedZone(ZONE, "Z0OTHER", False, ("ns1.oldhost.example",))
    private = HostedZone(ZONE, "Z0PRIVATE", True)
    own = HostedZone(ZONE, "Z0OWN", False, SERVERS)
    assert edited([SEEN]) == (ZONE, "")
    assert edited([SEEN], other, private) == (ZONE, "")
    assert edited([SEEN], other, private, own) == (ZONE, "Z0OWN")


def test_without_a_delegation_it_is_the_most_specific_hosted_zone():
    """The delegation is unknown."""
    assert edited([]) == ("", "")
    assert edited([], HostedZone("io"), HostedZone(ZONE, "Z0OWN")) == (ZONE, "Z0OWN")


def test_a_top_level_domain_is_not_to_edit():
    """Its servers answer for a domain that is not registered."""
    assert edited([SEEN.__replace__(zone="io")]) == ("", "")


@pytest.mark.parametrize(("minutes", "is_late"), [(30, False), (31, True)])
def test_acm_has_30_minutes(minutes, is_late):
    """From the request on, or from the last change of a renewal."""
    at = NOW - timedelta(minutes=minutes)
    assert case(certificate(validation(NAME), created_at=at)).is_late is is_late
    renewal = RenewalSummary(RenewalStatus.PENDING_VALIDATION, updated_at=at)
    issued = certificate(validation(NAME), status=CertificateStatus.ISSUED, renewal=renewal)
    assert case(issued).is_late is is_late


def test_an_unknown_time_is_not_late():
    """There is nothing to compare with."""
    assert case(certificate(validation(NAME), created_at=None)).is_late is False


def test_a_zone_whose_servers_are_unknown_may_be_the_delegated_one():
    """Other servers, or another name, exclude it."""
    delegated = Delegation(ZONE, SERVERS)
    assert serves(ZoneContent(HostedZone(ZONE)), delegated)
    assert serves(ZoneContent(HostedZone(ZONE, name_servers=SERVERS)), delegated)
    assert not serves(ZoneContent(HostedZone(ZONE, name_servers=("ns.x.example",))), delegated)
    assert not serves(ZoneContent(HostedZone("io")), delegated)


def test_a_validation_may_be_that_of_a_renewal():
    """The first validation of a certificate is not, even if there is a renewal."""
    first, again = validation("a.io"), validation("b.io")
    summary = RenewalSummary(RenewalStatus.PENDING_VALIDATION, validations=(again,))
    assert not case(certificate(first)).is_of_renewal
    assert not case(certificate(first, renewal=summary)).is_of_renewal
    assert case(certificate(again, renewal=summary)).is_of_renewal

"""The hosts that need no new certificate, because one that exists covers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import NOW, detail

from acmrules.analysis.existing_demands import without_covered
from acmrules.diagnosis.certificate import CertificateStatus, CertificateType, KeyPairOrigin
from acmrules.planner.demands import Demand
from acmrules.request import CertificateUsage, KeyAlgorithm

TODAY = NOW.date()
API, WWW = "api.brightharbor.io", "www.brightharbor.io"


def rest(demand, *details, as_of=TODAY):
    """Return the hosts that are left, and those that are covered."""
    left, covered = without_covered([demand], details, as_of)
    return (
        [str(host) for each in left for host in each.hosts],
        [str(host) for each in covered for host in each.hosts],
    )


def demand(*hosts, service="alb", region="eu-west-1"):
    return Demand(hosts or (API,), service, region, "Listener")


def test_a_host_that_is_covered_needs_no_certificate():
    """The answer has the certificate and the consumer."""
    left, [covered] = without_covered([demand()], [detail("*.brightharbor.io")], TODAY)
    assert left == []
    assert (covered.address, covered.certificate) == ("Listener", detail("*.brightharbor.io"))
    assert rest(demand(), detail("brightharbor.io")) == ([API], [])


@pytest.mark.parametrize(
    "fields",
    [
        {"status": CertificateStatus.PENDING_VALIDATION},
        {"status": CertificateStatus.EXPIRED},
        {"type": CertificateType.PRIVATE},
        {"key_pair_origin": KeyPairOrigin.ACME},
        {"usage": CertificateUsage.CLIENT_AUTH_ONLY},
        {"region": "us-east-1"},
    ],
)
def test_a_certificate_that_the_consumer_cannot_use_does_not_count(fields):
    """It has to be issued, public, and in the Region of the consumer."""
    assert rest(demand(), detail("*.brightharbor.io", **fields)) == ([API], [])


def test_a_region_that_is_unknown_decides_nothing():
    """The certificate may be in another one."""
    assert rest(demand(region=None, service=None), detail(API)) == ([API], [])


def test_the_service_has_to_accept_the_key():
    """A Classic Load Balancer accepts no elliptic curves."""
    curve = detail(API, key_algorithm=KeyAlgorithm("EC_prime256v1"))
    assert rest(demand(service="clb"), curve) == ([API], [])
    assert rest(demand(), curve) == ([], [API])


def test_a_consumer_with_one_certificate_needs_all_its_hosts_on_it():
    """A load balancer may have several, CloudFront has one."""
    assert rest(demand(API, WWW), detail(API)) == ([WWW], [API])
    cloudfront = demand(API, WWW, service="cloudfront")
    assert rest(cloudfront, detail(API, region="us-east-1")) == ([API, WWW], [])
    assert rest(cloudfront, detail(API, WWW, region="us-east-1")) == ([], [API, WWW])


def test_an_expired_certificate_covers_nothing():
    """Its description may be older than its end."""
    assert rest(demand(), detail(API), as_of=detail().not_after.date()) == ([], [API])
    assert rest(demand(), detail(API), as_of=detail().not_after.date().replace(year=2028)) == (
        [API],
        [],
    )


@given(st.sets(st.sampled_from([API, WWW, "shop.brightharbor.io"]), min_size=1), st.data())
def test_each_host_is_left_or_covered(hosts, data):
    """No host is lost, and more certificates leave no more hosts."""
    names = data.draw(st.lists(st.sampled_from(sorted(hosts)), max_size=3))
    details = [detail(name, number=number) for number, name in enumerate(names)]
    left, covered = rest(demand(*hosts), *details)
    assert sorted(left + covered) == sorted(hosts)
    assert {*covered} == {*names}

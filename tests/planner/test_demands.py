"""Demands, the policy for plans, and demands that no certificate can satisfy."""

from datetime import date

import pytest

from acmrules import Demand, InvalidName, PlanPolicy, PublicSuffixes, Unplannable, parse_name
from acmrules.errors import InvalidArgument, UnknownService
from acmrules.facts.fact import CHECKED
from acmrules.planner.demands import demand_refusal, host_refusal, split_plannable
from acmrules.services import SERVICES

SUFFIXES = PublicSuffixes("com\nio\narpa\nuk\nco.uk\n// ===BEGIN PRIVATE DOMAINS===\npages.io\n")


def test_demand_reads_strings():
    """Hosts become names, without duplicates."""
    demand = Demand(["WWW.example.com", "www.example.com"], "alb", "eu-west-1", "It")
    assert demand.hosts == (parse_name("www.example.com"),)
    assert demand.__replace__(region=None) == Demand(["www.example.com"], "alb", None, "It")


def test_invalid_arguments():
    """Invalid names, services and limits raise errors."""
    with pytest.raises(InvalidName):
        Demand(["no name"])
    with pytest.raises(UnknownService, match="unknown service `clodfront`"):
        Demand(["a.com"], "clodfront")
    with pytest.raises(InvalidArgument, match="at least 1, not 0"):
        PlanPolicy(max_names=0)
    with pytest.raises(InvalidName):
        PlanPolicy(apart=[["*.example.com"]])


@pytest.mark.parametrize("key", [None, *sorted(SERVICES)])
def test_divisible(key):
    """Only load balancers and unknown services support several certificates."""
    assert Demand(["a.com"], key).is_divisible == (key in {None, "alb", "nlb"})


@pytest.mark.parametrize(
    ("service", "region", "where"),
    [
        (None, None, None),
        (None, "eu-west-1", "eu-west-1"),
        ("cloudfront", "eu-west-1", "us-east-1"),
        ("alb", "eu-west-1", "eu-west-1"),
        ("alb", None, None),
        ("cloudfront-origin", "eu-west-1", "eu-west-1"),
        ("cognito", "us-gov-west-1", None),
    ],
)
def test_certificate_region(service, region, where):
    """The certificate is in the Region that the service requires, or else in the consumer's."""
    assert Demand(["a.com"], service, region).certificate_region == where


@pytest.mark.parametrize(
    ("service", "region", "message"),
    [
        (None, None, None),
        ("alb", "eu-west-9", None),
        ("alb", "europe", "unknown Region"),
        ("cloudfront", "cn-north-1", "IAM certificate store"),
        ("s3-website", "eu-west-1", "does not accept ACM certificates"),
        ("site-to-site-vpn", "eu-west-1", "the certificate is private"),
        ("network-firewall-outbound", "eu-west-1", "imported CA certificate"),
        ("verified-access", "eu-west-1", None),
    ],
)
def test_demand_refusal(service, region, message):
    """Consumers that need another kind of certificate are refused."""
    reason = demand_refusal(Demand(["a.com"], service, region), CHECKED)
    assert reason is None if message is None else message in reason


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("www.example.com", None),
        ("example.com", None),
        ("*.example.com", None),
        ("a.example", None),
        ("x.onion", None),
        ("pages.io", None),
        ("co.uk", "a public suffix"),
        ("*.co.uk", "`co.uk` is a public suffix"),
        ("*.pages.io", "private section"),
        ("*.b.com", "the policy allows no wildcard below `b.com`"),
        ("x.amazonaws.com", "belongs to Amazon"),
        ("1.in-addr.arpa", "reverse DNS name"),
        ("a.local", "`.local` is not a public"),
        ("a.nowhere", "`.nowhere` is not a public"),
        ("l" * 63 + ".a.com", "must be the primary name, but is 69 characters long"),
    ],
)
def test_host_refusal(host, message):
    """Hosts that no certificate can have are refused."""
    policy = PlanPolicy(["example.com", "co.uk", "pages.io"], first=["l" * 63 + ".a.com"])
    reason = host_refusal(parse_name(host), policy, SUFFIXES, CHECKED)
    assert reason is None if message is None else message in reason


def test_private_suffixes_can_be_allowed():
    """The policy decides whether wildcards are allowed under private suffixes."""
    policy = PlanPolicy(private_suffixes=True)
    assert host_refusal(parse_name("*.pages.io"), policy, SUFFIXES, CHECKED) is None


def test_reverse_zones_were_allowed():
    """A rule refuses nothing before it is in force."""
    host = parse_name("1.in-addr.arpa")
    assert host_refusal(host, PlanPolicy(), SUFFIXES, date(2026, 1, 1)) is None


def test_sifted():
    """Only consumers with several certificates are served in part."""
    good, bad = parse_name("a.com"), parse_name("co.uk")
    faults = {good: None, bad: "no"}
    balancer = Demand([good, bad], "alb", "eu-west-1", "LB")
    assert split_plannable(balancer, faults, CHECKED) == (
        balancer.__replace__(hosts=(good,)),
        [Unplannable((bad,), "no", "eu-west-1", "LB")],
    )
    site = Demand([good, bad], "cloudfront", None, "Site")
    assert split_plannable(site, faults, CHECKED) == (
        None,
        [Unplannable((good, bad), "`co.uk`: no", "us-east-1", "Site")],
    )
    assert split_plannable(Demand([bad]), faults, CHECKED) == (None, [Unplannable((bad,), "no")])
    assert split_plannable(Demand([good]), faults, CHECKED) == (Demand([good]), [])


def test_too_long_for_the_primary_name():
    """Verified Access is refused if its application domain is too long for the primary name."""
    long = "l" * 63 + ".a.com"
    assert "must be the primary name" in demand_refusal(Demand([long], "verified-access"), CHECKED)

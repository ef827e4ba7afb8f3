"""What a plan is asked for, and what of it no certificate can serve."""

from datetime import date

import pytest

from acmrules import Demand, InvalidName, PlanPolicy, PublicSuffixes, Unplannable, parse_name
from acmrules.facts.fact import CHECKED
from acmrules.planner.demands import demand_refusal, host_refusal, split_plannable
from acmrules.services import SERVICES

SUFFIXES = PublicSuffixes("com\nio\narpa\nuk\nco.uk\n// ===BEGIN PRIVATE DOMAINS===\npages.io\n")


def test_demand_reads_texts():
    """Hosts are read as names, each once."""
    demand = Demand(["WWW.example.com", "www.example.com"], "alb", "eu-west-1", "It")
    assert demand.hosts == (parse_name("www.example.com"),)
    assert demand.__replace__(region=None) == Demand(["www.example.com"], "alb", None, "It")


def test_nonsense_is_refused():
    """What is no name, no service and no bound raises."""
    with pytest.raises(InvalidName):
        Demand(["no name"])
    with pytest.raises(ValueError, match="unknown service `clodfront`"):
        Demand(["a.com"], "clodfront")
    with pytest.raises(ValueError, match="at least one name, not 0"):
        PlanPolicy(max_names=0)
    with pytest.raises(InvalidName):
        PlanPolicy(apart=[["*.example.com"]])


@pytest.mark.parametrize("key", [None, *sorted(SERVICES)])
def test_divisible(key):
    """Load balancers take several certificates, and so may who is not known; nobody else does."""
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
    """The certificate is where the service requires it, or else where the consumer is."""
    assert Demand(["a.com"], service, region).certificate_region == where


@pytest.mark.parametrize(
    ("service", "region", "said"),
    [
        (None, None, None),
        ("alb", "eu-west-9", None),
        ("alb", "europe", "no Region known"),
        ("cloudfront", "cn-north-1", "IAM certificate store"),
        ("s3-website", "eu-west-1", "takes no certificate of ACM"),
        ("site-to-site-vpn", "eu-west-1", "the certificate is private"),
        ("network-firewall-outbound", "eu-west-1", "imported CA certificate"),
        ("verified-access", "eu-west-1", None),
    ],
)
def test_demand_refusal(service, region, said):
    """A consumer is refused that takes no certificate that can be requested."""
    reason = demand_refusal(Demand(["a.com"], service, region), CHECKED)
    assert reason is None if said is None else said in reason


@pytest.mark.parametrize(
    ("host", "said"),
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
        ("x.amazonaws.com", "Amazon's"),
        ("1.in-addr.arpa", "reverse zone"),
        ("a.local", "`local`, which is not public"),
        ("a.nowhere", "`nowhere`, which is no public"),
        ("l" * 63 + ".a.com", "must come first and has 69 octets"),
    ],
)
def test_host_refusal(host, said):
    """A host is refused that no certificate lists."""
    policy = PlanPolicy(["example.com", "co.uk", "pages.io"], first=["l" * 63 + ".a.com"])
    reason = host_refusal(parse_name(host), policy, SUFFIXES, CHECKED)
    assert reason is None if said is None else said in reason


def test_private_suffixes_can_be_allowed():
    """Left of a private suffix a wildcard stands if the policy says so."""
    policy = PlanPolicy(private_suffixes=True)
    assert host_refusal(parse_name("*.pages.io"), policy, SUFFIXES, CHECKED) is None


def test_reverse_zones_were_allowed():
    """Before its day, a rule refuses nothing."""
    host = parse_name("1.in-addr.arpa")
    assert host_refusal(host, PlanPolicy(), SUFFIXES, date(2026, 1, 1)) is None


def test_sifted():
    """Who takes several certificates is served in part; who takes one, with all hosts or not."""
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


def test_too_long_to_lead():
    """A name that Verified Access wants first and that cannot come first is refused."""
    long = "l" * 63 + ".a.com"
    assert "must come first" in demand_refusal(Demand([long], "verified-access"), CHECKED)

"""Certificates that another one replaces, and those that fewer could replace."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from acmrules.analysis.inventory.overlaps import mergers, redundancies
from acmrules.coverage import CoverageIndex
from acmrules.diagnosis import CertificateDetail, CertificateStatus, CertificateType, KeyPairOrigin
from acmrules.limits import Quotas
from acmrules.names import parse_name
from acmrules.request import KeyAlgorithm
from acmrules.suffixes import PublicSuffixes

SUFFIXES = PublicSuffixes("io\ndev\n")
DAY = date(2026, 11, 30)
BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/{}"
NAMES = ["a.io", "b.io", "x.a.io", "y.a.io", "*.a.io", "*.x.a.io", "z.x.a.io"]


def held(number, *names, used=(), days=100, **fields):
    """Return an issued certificate."""
    return CertificateDetail(
        f"arn:aws:acm:eu-west-1:123456789012:certificate/{number}",
        tuple(map(parse_name, names)),
        **{
            "names_known": True,
            "described": True,
            "type": CertificateType.AMAZON_ISSUED,
            "status": CertificateStatus.ISSUED,
            "key_algorithm": KeyAlgorithm.RSA_2048,
            "not_after": datetime(2027, 1, 1 + days % 28, tzinfo=UTC),
            "in_use_by": tuple(used),
            **fields,
        },
    )


def pairs(*certificates):
    """Return the numbers of redundant certificates, and of those that cover them."""
    return [
        (each.certificate.arn[-1], each.covered_by.arn[-1]) for each in redundancies(certificates)
    ]


@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=6))
def test_the_certificates_that_are_kept_cover_all_names_and_none_covers_another(lists):
    """Whatever the names: what is redundant is covered by one that is kept."""
    known = [held(number, *sorted(names)) for number, names in enumerate(lists)]
    found = {each.certificate.arn: each.covered_by for each in redundancies(known)}
    kept = [each for each in known if each.arn not in found]
    for each in known:
        if each.arn in found:
            assert found[each.arn] in kept
            assert all(map(CoverageIndex(found[each.arn].names).covers, each.names))
    for each in kept:
        others = [CoverageIndex(other.names) for other in kept if other is not each]
        assert not any(all(map(index.covers, each.names)) for index in others)


def test_the_one_that_is_used_replaces_the_others():
    """Of the same names; then the one that ACM renews, and that expires later."""
    names = ("a.io", "www.a.io")
    assert pairs(held(1, *names), held(2, *names, used=["x"])) == [("1", "2")]
    assert pairs(held(1, *names), held(2, *names, is_renewable=True)) == [("1", "2")]
    assert pairs(held(1, *names, days=1), held(2, *names, days=9)) == [("1", "2")]


def test_a_wildcard_replaces_the_names_below_it():
    """The same name of a wildcard and a plain name counts once."""
    assert pairs(held(1, "a.io", "*.a.io"), held(2, "x.a.io", "a.io")) == [("2", "1")]
    assert pairs(held(1, "*.a.io"), held(2, "*.a.io", "x.a.io")) == [("2", "1")]
    assert pairs(held(1, "*.a.io"), held(2, "x.y.a.io")) == []


def test_other_kinds_of_certificates_replace_none():
    """The key, the export option, the issuer, the Region and the state must be the same."""
    wide = held(1, "*.a.io")
    for fields in (
        {"key_algorithm": KeyAlgorithm.EC_PRIME256V1},
        {"can_export": True},
        {"type": CertificateType.PRIVATE},
        {"status": CertificateStatus.PENDING_VALIDATION},
        {"key_pair_origin": KeyPairOrigin.ACME},
        {"managed_by": "CLOUDFRONT"},
        {"names_known": False},
        {"arn": "arn:aws:acm:us-east-1:123456789012:certificate/2"},
        {"arn": "arn:aws:acm:eu-west-1:210987654321:certificate/2"},
    ):
        assert pairs(wide, held(2, "x.a.io").__replace__(**fields)) == []
    assert pairs(wide, held(2, "x.a.io")) == [("2", "1")]


def merged(*certificates, names=10):
    """Return the numbers of certificates today and planned, and the planned names."""
    found = mergers(certificates, lambda *_: Quotas(names=names), SUFFIXES, DAY)
    return [(len(each.certificates), [sorted(map(str, p)) for p in each.planned]) for each in found]


def test_certificates_of_one_load_balancer_can_be_merged():
    """Even if their domains have nothing in common."""
    used = [BALANCER.format("app/web/1")]
    known = [held(1, "a.io", used=used), held(2, "b.dev", used=used)]
    assert merged(*known) == [(2, [["a.io", "b.dev"]])]
    assert merged(*known, names=1) == []


def test_certificates_of_one_domain_can_be_merged():
    """With a wildcard, if that saves names."""
    known = [held(n, f"h{n}.a.io", used=[BALANCER.format(f"app/w{n}/1")]) for n in range(12)]
    assert merged(*known) == [(12, [["*.a.io"]])]
    assert merged(known[0], held(1, "b.dev", used=[BALANCER.format("app/v/1")])) == []


def test_only_certificates_in_use_are_planned():
    """The others are unused, or their use is unknown."""
    used = [BALANCER.format("app/web/1")]
    assert merged(held(1, "x.a.io", used=used), held(2, "y.a.io")) == []
    assert merged(held(1, "x.a.io", used=used), held(2, "y.a.io", in_use_by=None)) == []


def test_a_resource_with_one_certificate_keeps_one():
    """All its names stay on one certificate, which has to be in the quota."""
    api = "arn:aws:apigateway:eu-west-1::/domainnames/api"
    foreign = "arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/x/1"
    for used in (api, foreign):
        known = [held(1, "a.io", "b.io", used=[used]), held(2, "c.dev", used=[used])]
        assert merged(*known, names=2) == []
        assert merged(*known, names=3) == [(2, [["a.io", "b.io", "c.dev"]])]

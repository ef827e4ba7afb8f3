"""Zones, CAA records, records that point to consumers, and the zones of validated names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_plans import OPEN, SHOWN, fields, unknown

from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.readers.terraform.resources.consumers import attachments
from acmrules.readers.terraform.resources.dns import (
    dns_resources,
    endpoint,
    endpoints,
    with_zones,
    zone_of,
)
from acmrules.request import CertificateRequest, ValidationMethod, ValidationOption
from acmrules.resources import CaaRecordSet, Zone, ZoneRecord
from acmrules.strategies import domain_names, names
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames

DNS = ValidationMethod.DNS


@given(st.lists(names(), min_size=1, max_size=5), domain_names())
def test_zones_of_all_names(listed, zone):
    """Each validation record has one option with its zone, and no name is omitted."""
    request = CertificateRequest.of(map(str, listed), validation_method="DNS")
    pointers = {}
    found = with_zones(request, {"": (str(zone), ("zone_id",), None)}, pointers).validation_options
    stems = [option.domain_name for option in found]
    assert set(stems) == {wildcard_parent(name) or name for name in request.names}
    assert len(stems) == len(set(stems))
    assert {option.hosted_zone_id for option in found} == {str(zone)}
    for index in range(len(found)):
        assert pointers["validation_options", index, "hosted_zone_id"] == (("zone_id",), None)


def dns(*resources):
    """Return the DNS resources among some resources."""
    return dns_resources((kind, address, fields(data)) for kind, address, data in resources)


def zone(data, address="aws_route53_zone.x"):
    """Return a zone as a resource."""
    return "aws_route53_zone", address, data


def caa(name, zone_id="Z1", **more):
    """Return a record set as a resource."""
    data = {"name": name, "zone_id": zone_id, "type": "CAA", "records": ['0 issue "a"'], **more}
    return "aws_route53_record", "aws_route53_record.caa", data


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"name": "a.io."}, Zone(DomainName("a.io"), unknown("aws_route53_zone.x.zone_id"), "")),
        ({"name": "a.io", "zone_id": "Z1", "vpc": []}, Zone(DomainName("a.io"), "Z1", "")),
        (
            {"name": "a.io", "zone_id": "Z1", "vpc": [{"vpc_id": "x"}]},
            Zone(DomainName("a.io"), "Z1", "", private=True),
        ),
        (
            {"name": "a.io", "zone_id": "/hostedzone/Z1", "private_zone": True},
            Zone(DomainName("a.io"), "Z1", "", private=True),
        ),
        ({"name": OPEN, "zone_id": "Z1"}, Zone(Unresolved((SHOWN,)), "Z1", "")),
    ],
)
def test_zones(data, found):
    """A zone has its name without the trailing dot, and a reference to itself as its id."""
    resources = dns(zone(data))
    assert resources.zones == (found.__replace__(address="aws_route53_zone.x"),)
    assert resources.pointers == {("zones", 0): (("resource", KEY), None)}


@pytest.mark.parametrize("data", [{}, {"name": ""}, {"name": ["a"]}, {"name": OPEN, "zone_id": {}}])
def test_invalid_zones(data):
    """A zone without a valid name is omitted."""
    assert dns(zone(data)).zones == ()


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ("aws_route53_zone.x.zone_id", "aws_route53_zone.x.zone_id"),
        ("aws_route53_zone.x[0].id", "aws_route53_zone.x[0].zone_id"),
        ("module.m.data.aws_route53_zone.x.id", "module.m.data.aws_route53_zone.x.zone_id"),
        ("aws_route53_zone.x[each.key].id", "aws_route53_zone.x[each.key].id"),
        ("aws_route53_zone.x.name", "aws_route53_zone.x.name"),
        ("var.zone", "var.zone"),
    ],
)
def test_zone_ids_are_comparable(label, same):
    """The id of a zone is the same string for each attribute that refers to it."""
    assert zone_of(fields({"zone_id": Unknown(label)}))[0] == unknown(same)
    assert zone_of(fields({})) is None


@pytest.mark.parametrize(
    ("name", "more", "full"),
    [
        ("b.a.io", {}, DomainName("b.a.io")),
        ("a.io", {}, DomainName("a.io")),
        ("B.", {}, DomainName("b.a.io")),
        ("", {}, DomainName("a.io")),
        ("nota.io", {}, DomainName("nota.io.a.io")),
        ("b", {"fqdn": "c.a.io"}, DomainName("c.a.io")),
        (OPEN, {}, Unresolved((SHOWN,))),
        ("b.c.io", {"zone_id": "Z2"}, DomainName("b.c.io")),
        ("b", {"zone_id": "Z2"}, Unresolved(("b", Unknown("the zone's name")))),
        ("", {"zone_id": OPEN}, Unresolved((Unknown("the zone's name"),))),
        ("a b.io", {"zone_id": "Z2"}, Malformed("a b.io")),
    ],
)
def test_caa(name, more, full):
    """The name of a CAA record includes the zone's name, even if the resource omits it."""
    resources = dns(caa(name, **more), zone({"name": "a.io", "zone_id": "Z1"}))
    assert resources.caa == (CaaRecordSet(full, ('0 issue "a"',), "aws_route53_record.caa"),)
    assert resources.pointers["caa", 0] == (("resource", KEY), None)


@pytest.mark.parametrize(
    ("name", "more"),
    [("a.io", {"type": "A"}), (None, {}), ("a.io", {"zone_id": None}), ("a.io", {"records": "x"})],
)
def test_other_records(name, more):
    """Records of other types, and invalid ones, are omitted."""
    assert dns(caa(name, **more)).caa == ()


def test_zones_of_names():
    """Each name is validated in the zone of its record, a wildcard in that of its parent."""
    zones = {
        "a.io": ("Z1", ("a",), None),
        "b.io": None,
        "": (unknown("aws_route53_zone.x.zone_id"), ("rest",), None),
    }
    request = CertificateRequest.of(
        ["a.io", "*.a.io", "b.io", "c_.io", Unresolved(("*.", OPEN)), UnresolvedNames(OPEN)],
        validation_method="DNS",
        validation_options=(ValidationOption(DomainName("a.io")),),
    )
    pointers = {}
    found = with_zones(request, zones, pointers)
    rest = unknown("aws_route53_zone.x.zone_id")
    assert found.validation_options == (
        ValidationOption(DomainName("a.io")),
        ValidationOption(DomainName("a.io"), None, "Z1"),
        ValidationOption(DomainName("b.io"), None, rest),
        ValidationOption(Unresolved((OPEN,)), None, rest),
    )
    assert pointers["validation_options", 1] == (("a",), None)
    assert with_zones(request, {}, {}) == request


@pytest.mark.parametrize(
    "fields_",
    [
        {"validation_method": "EMAIL"},
        {"validation_method": "DNS", "certificate_authority_arn": "arn:x"},
        {},
    ],
)
def test_zones_of_other_requests(fields_):
    """A request without DNS validation has no zones."""
    request = CertificateRequest.of(["a.io"], **fields_)
    assert with_zones(request, {"": ("Z1", (), None)}, {}) == request


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("${aws_lb.b.dns_name}", "aws_lb.b"),
        ('${module.x[0].module.y.aws_lb.b["k"].dns_name}', 'module.x[0].module.y.aws_lb.b["k"]'),
        ("${aws_apigatewayv2_domain_name.d.c[0].name}", "aws_apigatewayv2_domain_name.d"),
        ("${data.aws_lb.b.dns_name}", ""),
        ("${var.name}", ""),
        ("${aws_lb.b.dns_name} and more", ""),
        ("each.value", ""),
    ],
)
def test_endpoint_of_a_reference(target, leads_to):
    """A reference to any attribute of a resource is an endpoint, and other labels are not."""
    assert endpoint(Unresolved((Unknown(target),))) == leads_to


def test_endpoint_of_a_name():
    """A DNS name is an endpoint, and an empty string is not."""
    assert endpoint("dualstack.X.elb.amazonaws.com") == "x.elb.amazonaws.com."
    assert endpoint("") == ""


def endpoints_of(kind, data, *attached, balancers=None):
    """Return the endpoints of a consumer, given other resources."""
    others = attachments((of, where, fields(given)) for of, where, given in attached)
    known = {arn: (where, fields(given)) for arn, (where, given) in (balancers or {}).items()}
    return endpoints(kind, f"{kind}.x", fields(data), others, known)


def test_endpoints():
    """A consumer has its address and names as endpoints, a listener those of its load balancer."""
    cloudfront = "aws_cloudfront_distribution"
    assert endpoints_of(cloudfront, {"domain_name": "d1.cloudfront.net"}) == (
        f"{cloudfront}.x",
        "d1.cloudfront.net.",
    )
    assert endpoints_of(cloudfront, {"domain_name": Unknown("x")}) == (f"{cloudfront}.x",)
    arn = {"load_balancer_arn": Unknown("aws_lb.b.arn")}
    assert endpoints_of("aws_lb_listener", arn) == ("aws_lb.b",)
    assert endpoints_of("aws_alb_listener", {"load_balancer_arn": "arn:x"}) == ()
    assert endpoints_of("aws_lb_listener", {}) == ()
    known = {"arn:x": ("aws_lb.b", {"dns_name": "b.elb.amazonaws.com"})}
    assert endpoints_of("aws_lb_listener", {"load_balancer_arn": "arn:x"}, balancers=known) == (
        "aws_lb.b",
        "b.elb.amazonaws.com.",
    )
    more = {"listener_arn": Unknown("aws_lb_listener.l.arn")}
    listened = ("aws_lb_listener", "aws_lb_listener.l", arn)
    assert endpoints_of("aws_lb_listener_certificate", more, listened) == ("aws_lb.b",)
    assert endpoints_of("aws_lb_listener_certificate", more) == ()
    assert endpoints_of("aws_lb_listener_certificate", {}) == ()


def test_records():
    """Alias records and CNAMEs are read with their full names, and invalid ones are omitted."""
    zone = {"name": "b.io", "zone_id": "Z1"}
    alias = [{"name": Unknown("aws_lb.b.dns_name")}]
    records = [
        {"name": "www", "type": "A", "zone_id": "Z1", "alias": alias},
        {"name": "c.b.io", "type": "CNAME", "zone_id": "Z1", "records": ["x.example.net"]},
        {"name": "ip", "type": "A", "zone_id": "Z1", "records": ["192.0.2.1"]},
        {"name": "mx", "type": "MX", "zone_id": "Z1", "records": ["10 x.example.net"]},
        {"name": "_x", "type": "CNAME", "zone_id": "Z1", "records": ["_y.acm-validations.aws"]},
        {"name": "many", "type": "CNAME", "zone_id": "Z1", "records": Unknown("var.records")},
        {"type": "CNAME", "zone_id": "Z1", "records": ["x.example.net"]},
        {"name": "nowhere", "type": "CNAME", "records": ["x.example.net"]},
        {"name": ["odd"], "type": "CNAME", "zone_id": "Z1", "records": ["x.example.net"]},
    ]
    found = dns_resources(
        [("aws_route53_zone", "aws_route53_zone.z", fields(zone))],
        [(f"r{number}", fields(data)) for number, data in enumerate(records)],
    )
    assert [(str(r.name), r.endpoint, r.address) for r in found.records] == [
        ("www.b.io", "aws_lb.b", "r0"),
        ("c.b.io", "x.example.net.", "r1"),
    ]
    assert found.pointers["records", 1] == (("resource", "name"), None)
    assert found
    assert not dns_resources([])


def record(**data):
    """Return a record as a resource."""
    return "aws_route53_record", "aws_route53_record.r", data


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"name": "a.io.", "zone_id": "Z1"}, ("a.io", "Z1", None, True)),
        ({"name": "a.io", "zone_id": "Z1"}, ("a.io", "Z1", None, False)),
        ({"name": "a", "fqdn": "a.b.io", "zone_id": "Z1"}, ("a.b.io", "Z1", None, True)),
        (
            {"name": "sub", "zone_id": "Z9", "type": "NS", "records": ["x"]},
            ("sub.b.io", "Z9", ("x",), True),
        ),
        ({"name": "a.io", "zone_id": OPEN}, None),
        ({"name": "a.io"}, None),
        ({"zone_id": "Z1"}, None),
    ],
)
def test_records_of_known_zones_and_delegations(data, found):
    """Without a dot at the end, the provider may append the name of the zone."""
    records = dns(zone({"name": "b.io", "zone_id": "Z9"}), record(**data)).zone_records
    placed = [(str(r.name), r.zone_id, r.name_servers, r.complete) for r in records]
    assert placed == [found] * (found is not None)
    assert all(isinstance(each, ZoneRecord) for each in records)

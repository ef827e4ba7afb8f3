"""The coverage of hosts by certificates in the same or in other files."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.linked_stacks import (
    EXPORTED,
    IMPORT,
    alias,
    apart,
    certificate,
    distribution,
    export,
    listener,
    listings,
    read,
    stack,
    together,
)
from tests.support.rules import consumer, request
from tests.support.x509 import certificate as x509_certificate
from tests.support.x509 import imported as x509_imported
from tests.support.x509 import text

from acmrules.analysis.coverage import HostStatus, coverage_of_files, coverage_of_hosts
from acmrules.coverage import Miss
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import take_inventory
from acmrules.names import WildcardDomainName, parse_name
from acmrules.readers.options import ReadScope
from acmrules.request import Tool
from acmrules.x509 import ImportedCertificate

SITES = st.lists(listings(), min_size=1, max_size=3)


def of(files):
    return coverage_of_files(take_inventory(read(files, scope=ReadScope.EVERYTHING)))


def results(found):
    """Return each host with its status and the name that covers it."""
    return [(str(s.host), s.status, s.covered_by and str(s.covered_by)) for s in found.hosts]


def covers(presented, reference):
    """Return whether a name covers a host, by a second implementation of fact 1.23."""
    presented, reference = presented.split("."), reference.split(".")
    if presented == reference:
        return True
    return (
        presented[0] == "*"
        and reference[0] != "*"
        and len(presented) == len(reference)
        and all(a == b for a, b in zip(presented[1:], reference[1:], strict=True))
    )


@given(listings(), SITES, st.booleans())
def test_a_host_is_covered_if_a_name_of_its_certificate_covers_it(names, sites, split):
    """The results match a second implementation, in one file and in several."""
    found = of(apart(names, sites) if split else together(names, sites))
    assert len(found.hosts) == sum(map(len, sites))
    for served in found.hosts:
        assert (served.status is HostStatus.COVERED) is any(
            covers(name, str(served.host)) for name in names
        )
        assert served.status in {HostStatus.COVERED, HostStatus.UNCOVERED}
        if served.covered_by is not None:
            assert covers(str(served.covered_by), str(served.host))
        if served.nearest is not None:
            assert covers(str(served.nearest.name_to_add), str(served.host))


@given(listings(), SITES)
def test_a_name_is_needed_if_a_host_is_covered_by_it(names, sites):
    """Unneeded names are certain only if the certificate is not exported."""
    for files, sure in ((apart(names, sites), False), (together(names, sites), True)):
        found = of(files)
        hosts = [host for site in sites for host in site]
        # A wildcard among the hosts serves the names right below its parent.
        expected = {
            name
            for name in names
            if not any(covers(name, host) or covers(host, name) for host in hosts)
        }
        assert {str(each.name) for each in found.unneeded} == expected
        assert all(each.is_sure is sure for each in found.unneeded)


@given(listings(), SITES, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(names, sites, random):
    """The order of the files does not matter."""
    files = [*apart(names, sites).items()]
    expected = results(of(dict(files)))
    random.shuffle(files)
    assert results(of(dict(files))) == expected


@given(listings(), SITES)
def test_a_record_is_checked_like_an_alias(names, sites):
    """Records that point to a load balancer are its hosts; a wildcard record is undecided."""
    hosts = dict.fromkeys(host for site in sites for host in site)
    resources = {"Certificate": certificate(*names), "Listener": listener({"Ref": "Certificate"})}
    resources["Balancer"] = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"}
    target = {"Fn::GetAtt": ["Balancer", "DNSName"]}
    for number, host in enumerate(hosts):
        resources[f"R{number}"] = alias(host, target)
    for served in of({"a.json": stack(resources)}).hosts:
        is_covered = any(covers(name, str(served.host)) for name in names)
        is_open = isinstance(served.host, WildcardDomainName)
        assert served.status is (
            HostStatus.COVERED
            if is_covered
            else HostStatus.UNDECIDED
            if is_open
            else HostStatus.UNCOVERED
        )


def test_a_host_has_its_consumer_and_certificate():
    """A host has its location, consumer, certificate, and nearest name."""
    found = of(apart(["*.b.io"], [["b.io", "www.b.io"]]))
    uncovered, covered = found.hosts
    assert (uncovered.consumer, uncovered.service) == ("Site0", "cloudfront")
    assert uncovered.certificates == (("certificate.json", "Certificate"),)
    assert (uncovered.nearest.reason, uncovered.file) == (
        Miss.PARENT_OF_WILDCARD,
        "site-0.json",
    )
    assert (covered.status, covered.covered_by) == (HostStatus.COVERED, parse_name("*.b.io"))
    assert found.with_status(HostStatus.UNCOVERED) == [uncovered]


def test_unknown_hosts_and_names_are_undecided():
    """Unknown hosts, invalid hosts and unknown names are undecided."""
    site = distribution({"Ref": "Host"}, "bad_.io", "c.io", arn={"Ref": "Certificate"})
    resources = {"Certificate": certificate("b.io", {"Ref": "Name"}), "Site": site}
    found = of({"a.json": stack(resources, Parameters={"Host": {}, "Name": {}})})
    assert [(s.status, s.reason) for s in found.hosts] == [
        (HostStatus.UNDECIDED, "`${Host}` and `${Name}` are unknown"),
        (HostStatus.UNDECIDED, "it is not a valid domain name"),
        (HostStatus.UNDECIDED, "`${Name}` is unknown"),
    ]


def test_a_certificate_outside_of_the_files_is_elsewhere():
    """Missing exports, external records and imported certificates are elsewhere."""
    found = of(
        {
            "a.json": stack(
                {"Site": distribution("b.io"), "Mail": alias("m.b.io", "x.example.net")}
            ),
            "b.json": stack({"Out": alias("b.io", "y.example.net")}),
        }
    )
    assert [(str(s.host), s.status, s.reason) for s in found.hosts] == [
        ("b.io", HostStatus.ELSEWHERE, "certificate !ImportValue site-certificate"),
        ("m.b.io", HostStatus.ELSEWHERE, "a record points to x.example.net"),
        ("b.io", HostStatus.ELSEWHERE, "a record points to y.example.net"),
    ]
    terraform = (
        'resource "aws_acm_certificate" "a" {\n  certificate_body = "x"\n  private_key = "y"\n}\n'
        'resource "aws_cloudfront_distribution" "d" {\n  aliases = ["b.io"]\n'
        "  viewer_certificate {\n"
        "    acm_certificate_arn = aws_acm_certificate.a.arn\n  }\n}\n"
    )
    [served] = of({"main.tf": terraform}).hosts
    assert served.reason == "aws_acm_certificate.a is imported"


def test_a_host_with_a_record_is_listed_once():
    """A served host is not elsewhere, and two records of one name are one host."""
    site = {
        "Site": distribution("b.io", arn={"Ref": "Certificate"}),
        "Certificate": certificate("b.io"),
    }
    records = {
        "Same": alias("b.io", "d111.cloudfront.net"),
        "Four": alias("c.io", "x.example.net"),
        "Six": alias("c.io", "x.example.net", "AAAA"),
    }
    found = of({"a.json": stack(site | records)})
    assert [(str(s.host), s.status) for s in found.hosts] == [
        ("b.io", HostStatus.COVERED),
        ("c.io", HostStatus.ELSEWHERE),
    ]


def test_one_of_several_certificates_of_a_balancer_is_enough():
    """A host with several certificates needs only one that covers it."""
    target = {"Fn::GetAtt": ["Balancer", "DNSName"]}
    resources = {
        "One": certificate("one.io"),
        "Two": certificate("two.io"),
        "Listener": listener({"Ref": "One"}, {"Ref": "Two"}),
        "R1": alias("one.io", target),
        "R2": alias("two.io", target),
        "R3": alias("three.io", target),
        "R4": alias("*.two.io", target),
    }
    files = {"a.json": stack(resources)}
    found = of(files)
    by = {str(s.host): (s.status, [a for _, a in s.certificates]) for s in found.hosts}
    assert by == {
        "one.io": (HostStatus.COVERED, ["One"]),
        "two.io": (HostStatus.COVERED, ["Two"]),
        "three.io": (HostStatus.UNCOVERED, ["One", "Two"]),
        "*.two.io": (HostStatus.UNDECIDED, ["One"]),
    }
    assert len(found.covered_elsewhere) == 6
    resources["Listener"] = listener({"Ref": "One"}, {"Ref": "Two"}, {"Ref": "Else"})
    found = of({"a.json": stack(resources, Parameters={"Else": {}})})
    assert {s.status for s in found.hosts if str(s.host) == "three.io"} == {HostStatus.ELSEWHERE}


def test_a_listener_without_hosts_has_no_uncovered_host():
    """A listener without hosts has no uncovered host."""
    resources = {
        "Certificate": certificate("b.io", "*.c.io"),
        "Listener": listener({"Ref": "Certificate"}),
        "Open": alias("*.b.io", {"Fn::GetAtt": ["Balancer", "DNSName"]}),
        "Same": alias("*.c.io", {"Fn::GetAtt": ["Balancer", "DNSName"]}),
        "Missed": alias("d.io", {"Fn::GetAtt": ["Balancer", "DNSName"]}),
    }
    found = of({"a.json": stack(resources)})
    assert [str(host) for _, host in found.covered_elsewhere] == ["*.b.io"]


def test_conditions_are_listed_where_they_make_a_difference():
    """A host that is covered under one condition only is listed with both conditions."""
    section = {
        "Parameters": {"Stage": {"Type": "String", "Default": "prod"}},
        "Conditions": {"Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    resources = {
        "Certificate": certificate({"Fn::If": ["Prod", "www.b.io", "dev.b.io"]}, "a.b.io"),
        "Site": distribution("www.b.io", "a.b.io", arn={"Ref": "Certificate"}),
    }
    found = of({"a.json": stack(resources, **section)})
    assert [(str(s.host), s.status, s.condition) for s in found.hosts] == [
        ("www.b.io", HostStatus.COVERED, "when `Prod` is true"),
        ("www.b.io", HostStatus.UNCOVERED, "when `Prod` is false"),
        ("a.b.io", HostStatus.COVERED, ""),
    ]
    assert [(str(n.name), n.condition) for n in found.unneeded] == [
        ("dev.b.io", "when `Prod` is false")
    ]


def test_unneeded_names_are_listed_if_the_hosts_are_known():
    """A certificate without consumers is listed once, and names only if hosts are known."""
    found = of({"a.json": stack({"Certificate": certificate("b.io", "c.io")})})
    assert [(n.name, n.certificate, n.is_sure) for n in found.unneeded] == [
        (None, "Certificate", False)
    ]
    open_ended = {"Certificate": certificate("b.io"), "Listener": listener({"Ref": "Certificate"})}
    assert of({"a.json": stack(open_ended)}).unneeded == ()
    assert of({"request.json": '{"DomainName": "b.io", "ValidationMethod": "DNS"}'}).unneeded == ()
    partly = {
        "Certificate": certificate({"Fn::Sub": "www.${X}"}, "b_.io", "c.io", "d.io"),
        "Site": distribution("c.io", {"Fn::Sub": "${X}"}, arn={"Ref": "Certificate"}),
    }
    found = of({"a.json": stack(partly, Parameters={"X": {}})})
    assert [str(n.name) for n in found.unneeded] == ["www.${X}"]


def test_the_number_of_comparisons_is_limited():
    """The number of comparisons is limited."""
    hosts = [{"Fn::Sub": f"h{number}.${{X}}"} for number in range(101)]
    resources = {
        "Certificate": certificate("b.io"),
        "Site": distribution(*hosts, arn={"Ref": "Certificate"}),
    }
    assert of({"a.json": stack(resources, Parameters={"X": {}})}).unneeded == ()


def test_given_hosts_are_checked_against_all_certificates():
    """Any certificate may cover a host; if none does, the result has the nearest name."""
    files = {
        "a.json": stack({"Certificate": certificate("*.b.io")}, EXPORTED),
        "b.json": stack({"Other": certificate("c.io"), "Site": distribution("x.io", arn=IMPORT)}),
    }
    found = coverage_of_hosts(
        take_inventory(read(files)), map(parse_name, ["www.b.io", "c.io", "d.io"])
    )
    assert results(found) == [
        ("www.b.io", HostStatus.COVERED, "*.b.io"),
        ("c.io", HostStatus.COVERED, "c.io"),
        ("d.io", HostStatus.UNCOVERED, None),
    ]
    assert [address for _, address in found.hosts[2].certificates] == ["Certificate", "Other"]
    assert coverage_of_hosts(take_inventory([]), [parse_name("a.io")]).hosts == ()


def test_a_record_of_another_stack_is_checked():
    """The record may be in a third file."""
    domain = {"Fn::GetAtt": ["Site", "DomainName"]}
    files = apart(["b.io"], [["b.io"]])
    files["site-0.json"] = stack({"Site": distribution("b.io")}, {"Name": export(domain, "site")})
    files["dns.json"] = stack({"Www": alias("www.b.io", {"Fn::ImportValue": "site"})})
    missed = of(files).with_status(HostStatus.UNCOVERED)
    assert [(str(s.host), s.file, s.consumer) for s in missed] == [("www.b.io", "dns.json", "Site")]


def test_a_declaration_without_a_source_is_checked():
    """A declaration without a source is checked."""
    variant = Variant(request("b.io"), (consumer("cloudfront", "b.io"),), {})
    [served] = coverage_of_files(
        take_inventory([Declaration(None, Tool.API, "", (variant,))])
    ).hosts
    assert (served.status, served.location) == (HostStatus.COVERED, None)


def test_the_names_of_an_import_cover_hosts():
    """The names of an imported certificate count; an unknown import is elsewhere."""
    users = (consumer("cloudfront", "www.a.io", "www.b.io"),)
    leaf = x509_imported(text(x509_certificate("a.io", "CA", names=["*.a.io"]))).leaf
    statuses = []
    for imported in (ImportedCertificate(leaf=leaf), ImportedCertificate()):
        variant = Variant(None, users, {}, imported=imported)
        declaration = Declaration(None, Tool.TERRAFORM, "Certificate", (variant,))
        inventory = take_inventory([declaration])
        statuses.append([each.status for each in coverage_of_files(inventory).hosts])
        named = coverage_of_hosts(inventory, [parse_name("x.a.io")])
        statuses[-1] += [each.status for each in named.hosts]
    covered, uncovered, elsewhere = (
        HostStatus.COVERED,
        HostStatus.UNCOVERED,
        HostStatus.ELSEWHERE,
    )
    assert statuses == [[covered, uncovered, covered], [elsewhere, elsewhere]]

"""Resources of the AWS provider, in configurations and in plans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import request_of, requests
from tests.support.strategies import domain_names, names
from tests.support.terraform_plans import ARN, attributes, fields, placed, unknown

from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.readers.terraform.resources.certificates import IMPORT_FIELDS, read_certificate
from acmrules.readers.terraform.resources.consumers import CONSUMERS, TYPES, attachments, uses
from acmrules.readers.terraform.resources.dns import (
    dns_resources,
    endpoint,
    endpoints,
    with_zones,
    zone_of,
)
from acmrules.readers.terraform.resources.references import (
    CertificateAddress,
    instance_key,
    referenced_certificate,
    steps,
    validated_certificates,
)
from acmrules.request import CertificateRequest, Tag, ValidationMethod, ValidationOption
from acmrules.resources import CaaRecordSet, Zone
from acmrules.services import SERVICES
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames
from acmrules.x509 import ImportedCertificate

OPEN = Unknown("var.x")
SHOWN = Unknown("${var.x}")
"""The unknown value as it appears in a string."""
VALIDATED = "aws_acm_certificate_validation"
DNS = ValidationMethod.DNS


# Laws ---------------------------------------------------------------------------------------------


@given(requests())
def test_requests_come_back(members):
    """A request written as attributes is read back unchanged, from nodes and from plain data."""
    data = attributes(members)
    wanted = request_of(members)
    # A map has each key once.
    tags = {tag.key: tag for tag in wanted.tags}
    wanted = wanted.__replace__(tags=tuple(tags[key] for key in data["tags"]))
    assert read_certificate(fields(data), {}) == wanted
    assert read_certificate(fields(placed(data)), {}) == wanted


@given(requests())
def test_pointers_point_to_their_values(members):
    """Each pointer of a request points to its value in the data."""
    data = attributes(members)
    pointers = {}
    read_certificate(fields(data, ()), pointers)
    for index, name in enumerate(request_of(members).spellings):
        assert pointers["names", index][0][0] in {"domain_name", "subject_alternative_names"}
        assert at(data, pointers["names", index][0]) == name
    for index, key in enumerate(data["tags"]):
        assert pointers["tags", index, "key"][0] == ("tags", key, KEY)
        assert at(data, pointers["tags", index, "value"][0]) == data["tags"][key]


def at(data, pointer):
    """Return the value at a pointer."""
    for step in pointer:
        data = data[step]
    return data


MODULES = st.lists(st.sampled_from(["m", 'm["a.b"]', "m[0]", 'n["]"]', 'n["\\"["]']), max_size=2)
KEYS = st.sampled_from(["", "0", '"a"', '"*.a.io"', '"a]"', '"a[0].arn"', '"\\"].b"'])


@given(MODULES, KEYS, st.sampled_from(["arn", "id"]))
def test_references(modules, key, attribute):
    """A reference has the address that it was made from, and fits only that instance."""
    module = "".join(f"module.{name}." for name in modules)
    address = f"{module}aws_acm_certificate.y"
    found = referenced_certificate(unknown(f"{address}{f'[{key}]' * bool(key)}.{attribute}"))
    assert found == CertificateAddress(address, key)
    assert str(found) == f"{address}[{key}]" if key else address
    assert found.fits(str(found))
    assert found.fits(f'{address}["other"]') is not bool(key)
    assert not found.fits(f"{address}z")
    assert not found.fits(f"module.other.{address}")


@given(st.text(alphabet='a.[]"\\0', max_size=12))
def test_any_label(label):
    """Any label is a reference to a certificate or is rejected."""
    assert referenced_certificate(unknown(label)) is None
    assert referenced_certificate(unknown(f"{label}.aws_acm_certificate.y.domain_name")) is None
    assert "".join(name for name, _ in steps(label)).count(".") == 0
    assert instance_key(label) in label


@given(st.lists(names(), min_size=1, max_size=5), domain_names())
def test_zones_of_all_names(listed, zone):
    """Each validation record has one option with its zone, and no name is omitted."""
    request = CertificateRequest.of(*map(str, listed), validation_method="DNS")
    pointers = {}
    found = with_zones(request, {"": (str(zone), ("zone_id",), None)}, pointers).validation_options
    stems = [option.domain_name for option in found]
    assert set(stems) == {wildcard_parent(name) or name for name in request.names}
    assert len(stems) == len(set(stems))
    assert {option.hosted_zone_id for option in found} == {str(zone)}
    for index in range(len(found)):
        assert pointers["validation_options", index, "hosted_zone_id"] == (("zone_id",), None)


# Certificates -------------------------------------------------------------------------------------


def test_every_attribute():
    """Every attribute of a certificate is read, including partly known ones."""
    data = {
        "domain_name": "a.io",
        "subject_alternative_names": ["b.io", OPEN, UnresolvedNames(OPEN)],
        "validation_method": Unresolved((OPEN,)),
        "validation_option": {"domain_name": "a.io", "validation_domain": OPEN},
        "key_algorithm": "EC_prime256v1",
        "certificate_authority_arn": OPEN,
        "options": [
            {"certificate_transparency_logging_preference": "DISABLED", "export": "ENABLED"}
        ],
        "tags": {"Name": "x", "Number": 7, "None": None},
        "region": "eu-west-1",
    }
    pointers = {}
    found = read_certificate(fields(data), pointers, "us-east-1", create_before_destroy=True)
    assert found == CertificateRequest.of(
        "a.io",
        "b.io",
        Unresolved((SHOWN,)),
        UnresolvedNames(SHOWN),
        validation_method=Unresolved((SHOWN,)),
        validation_options=(ValidationOption(DomainName("a.io"), Unresolved((SHOWN,))),),
        key_algorithm="EC_prime256v1",
        certificate_authority_arn=Unresolved((SHOWN,)),
        export="ENABLED",
        transparency_logging="DISABLED",
        tags=(Tag("Name", "x"), Tag("Number", "7"), Tag("None", "")),
        region="eu-west-1",
        create_before_destroy=True,
    )
    assert pointers["export",] == (("resource", "options", 0, "export"), None)
    assert pointers["tags", 1] == (("resource", "tags", "Number"), None)
    assert pointers["region",] == (("resource", "region"), None)


@pytest.mark.parametrize("region", ["eu-west-1", unknown("var.region"), None])
def test_regions_of_providers(region):
    """A resource without a Region has its provider's Region."""
    assert read_certificate(fields({"domain_name": "a.io"}), {}, region).region == region


@pytest.mark.parametrize("member", ["certificate_body", "private_key"])
@pytest.mark.parametrize("value", ["-----BEGIN", OPEN])
def test_imports(member, value):
    """A certificate with a key is imported, and one with a name as well is both."""
    data = {member: value}
    found = read_certificate(fields(data), {}, create_before_destroy=False)
    assert found == ImportedCertificate(create_before_destroy=False)
    pointers = {}
    mixed = read_certificate(fields(data | {"domain_name": "a.io"}), pointers)
    assert mixed.import_fields == (member,)
    # Never locate the value, which may be a private key.
    assert pointers["import_fields", 0] == (("resource", member, KEY), None)
    assert member in IMPORT_FIELDS


def test_imported_before():
    """A certificate with the method `NONE` is imported, unless a private CA issued it."""
    data = {"domain_name": "a.io", "validation_method": "NONE"}
    assert read_certificate(fields(data), {}) == ImportedCertificate()
    private = read_certificate(fields(data | {"certificate_authority_arn": "arn:x"}), {})
    assert (private.is_private, private.validation_method) == (True, None)


def test_empty_strings():
    """An empty string is absent, as for the provider."""
    members = ("validation_method", "key_algorithm", "certificate_authority_arn")
    data = dict.fromkeys(("domain_name", *members, *IMPORT_FIELDS, "region"), "")
    found = read_certificate(fields(data), {}, "eu-west-1")
    assert [getattr(found, member) for member in members] == [None] * 3
    assert (found.import_fields, found.region) == ((), "eu-west-1")


def test_tags():
    """Unknown tags are one unknown tag, and tags of the provider are included."""
    pointers = {}
    found = read_certificate(fields({"domain_name": "a.io", "tags": OPEN}), pointers)
    assert found.tags == (Unresolved((SHOWN,)),)
    assert pointers["tags", 0] == (("resource", "tags"), None)
    data = {"domain_name": "a.io", "tags": {"a": "b"}, "tags_all": {"a": "b", "c": "d"}}
    assert read_certificate(fields(data), {}).tags == (Tag("a", "b"), Tag("c", "d"))
    data["tags_all"] = OPEN
    assert read_certificate(fields(data), {}).tags == (Tag("a", "b"),)
    assert read_certificate(fields(data | {"tags": None}), {}).tags == ()


def test_unknown_options():
    """The members of an unknown block are unknown."""
    pointers = {}
    found = read_certificate(fields({"domain_name": "a.io", "options": OPEN}), pointers)
    assert found.export == found.transparency_logging == Unresolved((SHOWN,))
    assert pointers["export",] == (("resource", "options"), None)
    assert read_certificate(fields({"domain_name": "a.io", "options": []}), {}).export is None


@pytest.mark.parametrize(
    "data",
    [{}, {"tags": {}}, {"domain_name": ["a.io"]}, {"domain_name": "a.io", "tags": ["a"]}],
)
def test_type_mismatches(data):
    """A value of the wrong type raises `TypeMismatchError`."""
    with pytest.raises(TypeMismatchError):
        read_certificate(fields(data), {})


# References ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("aws_acm_certificate.x.arn", "aws_acm_certificate.x"),
        ("aws_acm_certificate.x[each.key].arn", "aws_acm_certificate.x"),
        ("aws_acm_certificate.x[*].arn", "aws_acm_certificate.x"),
        ("data.aws_acm_certificate.x.arn", None),
        ("module.m.data.aws_acm_certificate.x.arn", None),
        ("aws_acm_certificate.x.domain_name", None),
        ("aws_acm_certificate.arn", None),
        ("aws_acm_certificate_validation.v.id", None),
        ("one(aws_acm_certificate.x[*].arn)", None),
        ("var.arn", None),
    ],
)
def test_labels(label, address):
    """A label is a reference to a certificate if it refers to its ARN."""
    found = referenced_certificate(unknown(label))
    assert (found and str(found)) == address


@pytest.mark.parametrize("text", [ARN, Unresolved((Unknown("aws_acm_certificate.x.arn"), "x"))])
def test_strings_that_are_not_references(text):
    """A known string, or one with more than a reference, is not a reference."""
    assert referenced_certificate(text) is None


def test_validations():
    """A reference to a validation means its certificate."""

    def validation(address, arn):
        return VALIDATED, f"{VALIDATED}.{address}", fields({"certificate_arn": arn})

    certificate = "aws_acm_certificate.x"
    validated = validated_certificates(
        [
            validation("one", Unknown(f"{certificate}.arn")),
            validation('several["a"]', Unknown(f'{certificate}["a"].arn')),
            validation('several["b"]', Unknown(f'{certificate}["b"].arn')),
            validation("literal", ARN),
            validation("odd", [ARN]),
            validation("without", None),
            ("aws_acm_certificate", certificate, fields({})),
        ]
    )

    def through(label):
        found = referenced_certificate(unknown(f"{VALIDATED}.{label}.certificate_arn"), validated)
        return found and str(found)

    assert through("one") == certificate
    assert through("one[0]") == certificate
    assert through('several["b"]') == f'{certificate}["b"]'
    assert through("several[each.key]") == certificate
    assert [through(name) for name in ("literal", "odd", "without", "other")] == [None] * 4


# Consumers ----------------------------------------------------------------------------------------

CERTIFICATE = Unknown("aws_acm_certificate.x.arn")


def used(kind, data, *others):
    """Return how a resource uses certificates, given other resources."""
    resources = [(kind, f"{kind}.x", fields(data)), *others]
    attached = attachments(resources)
    return list(uses(kind, f"{kind}.x", fields(data), attached))


BLOCK = {"certificate_arn": CERTIFICATE}
BALANCED = {"namespace": "aws:elbv2:listener:443", "name": "SSLCertificateArns"}


@pytest.mark.parametrize(
    ("kind", "data", "service", "served"),
    [
        (
            "cloudfront_distribution",
            {
                "aliases": ["a.io", "*.b.io"],
                "viewer_certificate": [{"acm_certificate_arn": CERTIFICATE}],
            },
            "cloudfront",
            ["a.io", "*.b.io"],
        ),
        (
            "cloudfront_distribution_tenant",
            {
                "domain": [{"domain": "a.io"}, {"domain": "b.io"}],
                "customizations": [{"certificate": [{"arn": CERTIFICATE}]}],
            },
            "cloudfront-tenant",
            ["a.io", "b.io"],
        ),
        (
            "cloudfront_multitenant_distribution",
            {"viewer_certificate": {"acm_certificate_arn": CERTIFICATE}},
            "cloudfront",
            [],
        ),
        ("lb_listener", {"protocol": "HTTPS", **BLOCK}, "alb", []),
        ("alb_listener", {"protocol": "HTTPS", **BLOCK}, "alb", []),
        ("lb_listener", {"protocol": "TLS", **BLOCK}, "nlb", []),
        ("lb_listener_certificate", {"listener_arn": "x", **BLOCK}, "alb", []),
        ("alb_listener_certificate", BLOCK, "alb", []),
        (
            "elb",
            {"listener": [{"lb_port": 80}, {"ssl_certificate_id": CERTIFICATE}]},
            "clb",
            [],
        ),
        ("api_gateway_domain_name", {"domain_name": "a.io", **BLOCK}, "apigateway-edge", ["a.io"]),
        (
            "api_gateway_domain_name",
            {"domain_name": "a.io", "endpoint_configuration": [{"types": ["PRIVATE"]}], **BLOCK},
            "apigateway-private",
            ["a.io"],
        ),
        (
            "api_gateway_domain_name",
            {"domain_name": "a.io", "regional_certificate_arn": CERTIFICATE},
            "apigateway-regional",
            ["a.io"],
        ),
        (
            "apigatewayv2_domain_name",
            {"domain_name": "a.io", "domain_name_configuration": [BLOCK]},
            "apigateway-regional",
            ["a.io"],
        ),
        ("cognito_user_pool_domain", {"domain": "a.io", **BLOCK}, "cognito", ["a.io"]),
        ("appsync_domain_name", {"domain_name": "a.io", **BLOCK}, "appsync", ["a.io"]),
        (
            "amplify_domain_association",
            {
                "domain_name": "a.io",
                "enable_auto_sub_domain": False,
                "certificate_settings": [{"custom_certificate_arn": CERTIFICATE}],
                "sub_domain": [{"prefix": ""}, {"prefix": "www"}],
            },
            "amplify",
            ["a.io", "www.a.io"],
        ),
        (
            "opensearch_domain",
            {
                "domain_endpoint_options": [
                    {"custom_endpoint": "a.io", "custom_endpoint_certificate_arn": CERTIFICATE}
                ]
            },
            "opensearch",
            ["a.io"],
        ),
        (
            "elasticsearch_domain",
            {"domain_endpoint_options": {"custom_endpoint_certificate_arn": CERTIFICATE}},
            "opensearch",
            [],
        ),
        ("vpclattice_service", {"custom_domain_name": "a.io", **BLOCK}, "vpc-lattice", ["a.io"]),
        ("transfer_server", {"certificate": CERTIFICATE}, "transfer", []),
        (
            "iot_domain_configuration",
            {"domain_name": "a.io", "server_certificate_arns": [CERTIFICATE]},
            "iot",
            ["a.io"],
        ),
        ("ec2_client_vpn_endpoint", {"server_certificate_arn": CERTIFICATE}, "client-vpn", []),
        ("customer_gateway", BLOCK, "site-to-site-vpn", []),
        (
            "verifiedaccess_endpoint",
            {"application_domain": "a.io", "domain_certificate_arn": CERTIFICATE},
            "verified-access",
            ["a.io"],
        ),
        (
            "networkfirewall_tls_inspection_configuration",
            {
                "tls_inspection_configuration": [
                    {
                        "server_certificate_configuration": [
                            {"server_certificate": [{"resource_arn": CERTIFICATE}]}
                        ]
                    }
                ]
            },
            "network-firewall",
            [],
        ),
        (
            "networkfirewall_tls_inspection_configuration",
            {
                "tls_inspection_configuration": [
                    {"server_certificate_configuration": {"certificate_authority_arn": CERTIFICATE}}
                ]
            },
            "network-firewall-outbound",
            [],
        ),
        (
            "elastic_beanstalk_environment",
            {"setting": [{"name": "x"}, {**BALANCED, "value": CERTIFICATE}]},
            "elastic-beanstalk",
            [],
        ),
        (
            "elastic_beanstalk_configuration_template",
            {"setting": {**BALANCED, "value": CERTIFICATE}},
            "elastic-beanstalk",
            [],
        ),
    ],
)
def test_kinds(kind, data, service, served):
    """Each type of resource uses certificates for its service, with the hosts it serves."""
    (use,) = used(f"aws_{kind}", data)
    assert use.service == service
    assert service in SERVICES
    assert use.certificate[0] == unknown(CERTIFICATE.label)
    assert [host for host, _, _ in use.hosts] == served
    assert use.hosts_known is bool(served)
    assert use.traits == frozenset()
    (in_nodes,) = uses(f"aws_{kind}", "x", fields(placed(data)), {})
    assert (in_nodes.service, in_nodes.hosts) == (use.service, use.hosts)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_kinds_without_certificates(kind):
    """A resource without a certificate, or with an empty string, uses none."""
    members = ("certificate_arn", "certificate", "regional_certificate_arn", "domain_name")
    assert used(kind, {}) == []
    assert used(kind, dict.fromkeys(members, "")) == []
    assert kind in CONSUMERS or used(kind, BLOCK) == []


def test_locations():
    """Certificates and hosts are located where they are written, also inside blocks."""
    data = {"aliases": ["a.io"], "viewer_certificate": [{"acm_certificate_arn": ARN}]}
    (use,) = used("aws_cloudfront_distribution", data)
    assert use.certificate[1] == (
        "resource",
        "viewer_certificate",
        0,
        "acm_certificate_arn",
    )
    assert use.hosts[0][1] == ("resource", "aliases", 0)


@pytest.mark.parametrize("blocks", [[{}, {}], "x", ["x"]])
def test_invalid_blocks(blocks):
    """A value that cannot be a block raises `TypeMismatchError`."""
    with pytest.raises(TypeMismatchError):
        used("aws_cloudfront_distribution", {"viewer_certificate": blocks})


def test_certificates_of_iam():
    """A server certificate of IAM is not an ACM certificate."""
    iam = "arn:aws:iam::111122223333:server-certificate/x"
    listeners = [{"ssl_certificate_id": iam}, {"ssl_certificate_id": ARN}]
    (use,) = used("aws_elb", {"listener": listeners})
    assert use.certificate[0] == ARN


@pytest.mark.parametrize(
    ("data", "traits"),
    [
        ({"mutual_tls_authentication": [{"truststore_uri": "s3"}]}, {"mutual-tls"}),
        ({"mutual_tls_authentication": []}, set()),
        ({"ownership_verification_certificate_arn": ARN}, {"ownership-certificate"}),
        ({"ownership_verification_certificate_arn": ""}, set()),
    ],
)
def test_traits(data, traits):
    """Mutual TLS and ownership certificates are reported as traits."""
    (use,) = used("aws_api_gateway_domain_name", {"regional_certificate_arn": ARN, **data})
    assert use.traits == traits
    configuration = [{"certificate_arn": ARN, **data}]
    (use,) = used("aws_apigatewayv2_domain_name", {"domain_name_configuration": configuration})
    assert use.traits == traits


@pytest.mark.parametrize(
    ("hosts", "read"),
    [
        (OPEN, (UnresolvedNames(SHOWN),)),
        (["a.io", Unresolved(("www.", OPEN))], ("a.io", Unresolved(("www.", SHOWN)))),
        ("", ()),
    ],
)
def test_unknown_hosts(hosts, read):
    """A host or a list of hosts may be unknown."""
    data = {"aliases": hosts, "viewer_certificate": {"acm_certificate_arn": ARN}}
    (use,) = used("aws_cloudfront_distribution", data)
    assert tuple(host for host, _, _ in use.hosts) == read
    assert use.hosts_known is (len(read) > 1)


@pytest.mark.parametrize(
    ("prefix", "domain", "host"),
    [
        (OPEN, "a.io", Unresolved((SHOWN, ".a.io"))),
        ("www", OPEN, Unresolved(("www.", SHOWN))),
        (
            Unresolved(("a-", OPEN)),
            Unresolved((OPEN, ".io")),
            Unresolved(("a-", SHOWN, ".", SHOWN, ".io")),
        ),
    ],
)
def test_amplify_subdomains(prefix, domain, host):
    """A subdomain may be unknown, and automatic subdomains always are."""
    data = {
        "domain_name": domain,
        "enable_auto_sub_domain": True,
        "certificate_settings": [{"custom_certificate_arn": ARN}],
        "sub_domain": [{"prefix": prefix}],
    }
    (use,) = used("aws_amplify_domain_association", data)
    assert use.hosts[0][0] == host
    assert not use.hosts_known


def test_unknown_certificates_of_a_list():
    """An unknown list of certificates is ignored."""
    assert used("aws_iot_domain_configuration", {"server_certificate_arns": OPEN}) == []


# Listeners ----------------------------------------------------------------------------------------

LISTENER = {"protocol": "HTTPS", "certificate_arn": ARN, "arn": "arn:listener"}


def rule(*conditions, listener="arn:listener", kind="aws_lb_listener_rule"):
    """Return a listener rule."""
    data = {"listener_arn": listener, "condition": list(conditions)}
    return kind, f"{kind}.r", fields(data)


def header(*values):
    """Return a host condition as a plan represents it."""
    return {"host_header": [{"values": list(values)}], "path_pattern": []}


PATH = {"host_header": [], "path_pattern": [{"values": ["/"]}]}
BY_ADDRESS = Unknown("aws_lb_listener.x.arn")
BY_OTHER_NAME = Unknown("aws_alb_listener.x.arn")


@pytest.mark.parametrize(
    ("rules", "served", "known"),
    [
        ([], [], False),
        ([rule(header("a.io", "b.io"))], ["a.io", "b.io"], True),
        ([rule(PATH, header("a.io"), listener=BY_ADDRESS)], ["a.io"], True),
        ([rule(header("a.io"), listener=BY_OTHER_NAME)], ["a.io"], True),
        ([rule(header("a.io"), kind="aws_alb_listener_rule")], ["a.io"], True),
        ([rule({"field": "host-header", "values": ["a.io"]})], ["a.io"], True),
        ([rule({"field": "path-pattern", "values": ["/"]}, header("a.io"))], ["a.io"], True),
        ([rule(header("a.io")), rule(PATH)], ["a.io"], False),
        ([rule(header("a.io", "*.b.io"))], ["a.io"], False),
        ([rule({"host_header": [{"regex_values": ["a"], "values": None}]})], [], False),
        ([rule(header("a.io"), listener="arn:other")], [], False),
        ([rule(header("a.io"), listener=Unknown("aws_lb_listener.y.arn"))], [], False),
        ([rule(header("a.io"), listener=Unknown("aws_lb_listener.x[each.key].arn"))], [], False),
        ([rule(header("a.io"), listener=None)], [], False),
        ([rule(header("a.io"), listener=["x"])], [], False),
    ],
)
def test_hosts_of_a_listener(rules, served, known):
    """A listener serves the hosts of its rules, and unknown others if a rule has no hosts."""
    (use,) = used("aws_lb_listener", LISTENER, *rules)
    assert ([host for host, _, _ in use.hosts], use.hosts_known) == (served, known)


@pytest.mark.parametrize("arn", ["arn:listener", BY_ADDRESS])
def test_several_certificates_of_a_listener(arn):
    """With several certificates, the hosts of a listener are unknown, but its protocol is not."""
    kind = "aws_lb_listener_certificate"
    data = {"listener_arn": arn, "certificate_arn": ARN}
    listener = LISTENER | {"protocol": "TLS"}
    others = [(kind, f"{kind}.x", fields(data)), rule(header("a.io"))]
    (use,) = used("aws_lb_listener", listener, *others)
    assert (use.service, use.hosts, use.hosts_known) == ("nlb", (), False)
    (use,) = used(kind, data, ("aws_lb_listener", "aws_lb_listener.x", fields(listener)))
    assert use.service == "nlb"


# Zones and records --------------------------------------------------------------------------------


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
        "a.io",
        "*.a.io",
        "b.io",
        "c_.io",
        Unresolved(("*.", OPEN)),
        UnresolvedNames(OPEN),
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
    request = CertificateRequest.of("a.io", **fields_)
    assert with_zones(request, {"": ("Z1", (), None)}, {}) == request


# Endpoints and records ----------------------------------------------------------------------------


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


def led_to(kind, data, *attached, balancers=None):
    """Return the endpoints of a consumer, given other resources."""
    others = attachments((of, where, fields(given)) for of, where, given in attached)
    known = {arn: (where, fields(given)) for arn, (where, given) in (balancers or {}).items()}
    return endpoints(kind, f"{kind}.x", fields(data), others, known)


def test_endpoints():
    """A consumer has its address and names as endpoints, a listener those of its load balancer."""
    cloudfront = "aws_cloudfront_distribution"
    assert led_to(cloudfront, {"domain_name": "d1.cloudfront.net"}) == (
        f"{cloudfront}.x",
        "d1.cloudfront.net.",
    )
    assert led_to(cloudfront, {"domain_name": Unknown("x")}) == (f"{cloudfront}.x",)
    arn = {"load_balancer_arn": Unknown("aws_lb.b.arn")}
    assert led_to("aws_lb_listener", arn) == ("aws_lb.b",)
    assert led_to("aws_alb_listener", {"load_balancer_arn": "arn:x"}) == ()
    assert led_to("aws_lb_listener", {}) == ()
    known = {"arn:x": ("aws_lb.b", {"dns_name": "b.elb.amazonaws.com"})}
    assert led_to("aws_lb_listener", {"load_balancer_arn": "arn:x"}, balancers=known) == (
        "aws_lb.b",
        "b.elb.amazonaws.com.",
    )
    more = {"listener_arn": Unknown("aws_lb_listener.l.arn")}
    listened = ("aws_lb_listener", "aws_lb_listener.l", arn)
    assert led_to("aws_lb_listener_certificate", more, listened) == ("aws_lb.b",)
    assert led_to("aws_lb_listener_certificate", more) == ()
    assert led_to("aws_lb_listener_certificate", {}) == ()


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

"""Resources of the AWS provider, in configurations and in plans."""

import pytest
from tests.support.terraform_plans import ARN, OPEN, SHOWN, fields, placed, unknown

from acmrules.readers.terraform.resources.consumers import CONSUMERS, TYPES, attachments, uses
from acmrules.services import SERVICES
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

# Consumers ----------------------------------------------------------------------------------------

CERTIFICATE = Unknown("aws_acm_certificate.x.arn")


def used(kind, data, *others):
    """Return how a resource uses certificates, given other resources."""
    resources = [(kind, f"{kind}.x", fields(data)), *others]
    attached = attachments(resources)
    return list(uses(kind, f"{kind}.x", fields(data), attached))


BLOCK = {"certificate_arn": CERTIFICATE}
LISTENER = {"tls": [{"certificate": [{"acm": [BLOCK]}]}]}
MESH = {"spec": [{"listener": [{"port_mapping": [{"port": 1}]}, LISTENER]}]}
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
        ("appmesh_virtual_node", MESH, "app-mesh", []),
        ("appmesh_virtual_gateway", MESH, "app-mesh", []),
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
    assert use.traits == frozenset({"http-version=http2"} if service == "cloudfront" else ())
    (in_nodes,) = uses(f"aws_{kind}", "x", fields(placed(data)), {})
    assert (in_nodes.service, in_nodes.hosts) == (use.service, use.hosts)


@pytest.mark.parametrize(
    ("version", "traits"),
    [
        ({}, {"http-version=http2"}),
        ({"http_version": None}, {"http-version=http2"}),
        ({"http_version": "http2and3"}, {"http-version=http2and3"}),
        ({"http_version": unknown("var.version")}, set()),
    ],
)
def test_the_http_version_of_a_distribution(version, traits):
    """The HTTP version is a trait if it is known."""
    viewer = {"viewer_certificate": [{"acm_certificate_arn": CERTIFICATE}]}
    (use,) = used("aws_cloudfront_distribution", viewer | version)
    assert use.traits == traits


def test_the_client_certificate_of_an_origin():
    """A distribution may present another certificate to each origin."""
    mutual = {"origin_mtls_config": [{"client_certificate_arn": CERTIFICATE}]}
    origins = [{"origin_id": "a"}, {"custom_origin_config": [mutual]}]
    (use,) = used("aws_cloudfront_distribution", {"origin": origins})
    assert (use.service, use.hosts) == ("cloudfront-origin-client", ())


def test_a_listener_with_an_acme_endpoint():
    """A resource that uses an ACME endpoint as its certificate is marked."""
    endpoint = unknown("aws_acm_acme_endpoint.x.arn")
    (use,) = used("aws_lb_listener", {"certificate_arn": endpoint})
    assert use.traits == {"acme-endpoint"}


def test_the_validation_certificate_of_an_iot_domain():
    """A validation certificate is a trait of an IoT domain, unless it is empty."""
    data = {"server_certificate_arns": [ARN]}
    for validation, traits in (("x", {"validation-certificate"}), ("", set()), (None, set())):
        validated = data | {"validation_certificate_arn": validation}
        (use,) = used("aws_iot_domain_configuration", validated)
        assert use.traits == traits


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

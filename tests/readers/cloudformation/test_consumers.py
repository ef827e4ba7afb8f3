"""The resources that use certificates, and their hosts."""

import pytest
from tests.support.cloudformation import at, only, read, template
from tests.support.linked_stacks import distribution, export, listener, stack
from tests.support.linked_stacks import read as read_stacks

from acmrules.names import DomainName, WildcardDomainName
from acmrules.readers.cloudformation.consumers import CONSUMERS, KINDS
from acmrules.readers.options import ReadScope
from acmrules.resources import CertificateReference
from acmrules.services import SERVICES
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"


def consumers(kind, properties, rest="", **known):
    """Return the consumers of a certificate in a template with one resource."""
    resource = f"  User: {{Type: 'AWS::{kind}', Properties: {properties}}}\n"
    (declaration, *_) = read(template("DomainName: x.io") + resource + rest, **known)
    return declaration.variants[0].consumers


@pytest.mark.parametrize(
    ("kind", "properties", "service", "names"),
    [
        (
            "CloudFront::Distribution",
            (
                "{DistributionConfig: {Aliases: [a.io, '*.b.io'],"
                " ViewerCertificate: {AcmCertificateArn: !Ref Certificate}}}"
            ),
            "cloudfront",
            ["a.io", "*.b.io"],
        ),
        (
            "AppMesh::VirtualNode",
            (
                "{Spec: {Listeners: [{PortMapping: {Port: 1}},"
                " {TLS: {Certificate: {ACM: {CertificateArn: !Ref Certificate}}}}]}}"
            ),
            "app-mesh",
            [],
        ),
        (
            "AppMesh::VirtualGateway",
            (
                "{Spec: {Listeners: [{TLS: {Certificate:"
                " {ACM: {CertificateArn: !Ref Certificate}}}}]}}"
            ),
            "app-mesh",
            [],
        ),
        (
            "MediaPackageV2::OriginEndpoint",
            "{Segment: {Encryption: {SpekeKeyProvider: {CertificateArn: !Ref Certificate}}}}",
            "mediapackage-v2",
            [],
        ),
        (
            "NetworkFirewall::Firewall",
            "{ProxySettings: {CertificateArn: !Ref Certificate, DomainName: a.io}}",
            "network-firewall-proxy",
            ["a.io"],
        ),
        ("RTBFabric::ResponderGateway", "{AcmCertificateArn: !Ref Certificate}", "rtb-fabric", []),
        ("SES::EmailIdentityCertificate", "{CertificateArn: !Ref Certificate}", "ses", []),
        (
            "CloudFront::DistributionTenant",
            "{Domains: [a.io], Customizations: {Certificate: {Arn: !Ref Certificate}}}",
            "cloudfront-tenant",
            ["a.io"],
        ),
        (
            "ElasticLoadBalancingV2::Listener",
            "{Protocol: HTTPS, Certificates: [{CertificateArn: !Ref Certificate}]}",
            "alb",
            [],
        ),
        (
            "ElasticLoadBalancingV2::Listener",
            "{Protocol: TLS, Certificates: [{CertificateArn: !Ref Certificate}]}",
            "nlb",
            [],
        ),
        (
            "ElasticLoadBalancingV2::ListenerCertificate",
            "{ListenerArn: x, Certificates: [{CertificateArn: !Ref Certificate}]}",
            "alb",
            [],
        ),
        (
            "ElasticLoadBalancing::LoadBalancer",
            "{Listeners: [{Protocol: HTTP}, {SSLCertificateId: !Ref Certificate}]}",
            "clb",
            [],
        ),
        (
            "ApiGateway::DomainName",
            "{DomainName: a.io, CertificateArn: !Ref Certificate}",
            "apigateway-edge",
            ["a.io"],
        ),
        (
            "ApiGateway::DomainName",
            "{DomainName: a.io, RegionalCertificateArn: !Ref Certificate}",
            "apigateway-regional",
            ["a.io"],
        ),
        (
            "ApiGateway::DomainNameV2",
            "{DomainName: a.io, CertificateArn: !Ref Certificate}",
            "apigateway-private",
            ["a.io"],
        ),
        (
            "ApiGatewayV2::DomainName",
            "{DomainName: a.io, DomainNameConfigurations: [{CertificateArn: !Ref Certificate}]}",
            "apigateway-regional",
            ["a.io"],
        ),
        (
            "Serverless::Api",
            (
                "{Domain: {DomainName: a.io, EndpointConfiguration: EDGE,"
                " CertificateArn: !Ref Certificate}}"
            ),
            "apigateway-edge",
            ["a.io"],
        ),
        (
            "Serverless::Api",
            (
                "{Domain: {DomainName: a.io, EndpointConfiguration: PRIVATE,"
                " CertificateArn: !Ref Certificate}}"
            ),
            "apigateway-private",
            ["a.io"],
        ),
        (
            "Serverless::HttpApi",
            "{Domain: {DomainName: a.io, CertificateArn: !Ref Certificate}}",
            "apigateway-regional",
            ["a.io"],
        ),
        (
            "Cognito::UserPoolDomain",
            "{Domain: a.io, CustomDomainConfig: {CertificateArn: !Ref Certificate}}",
            "cognito",
            ["a.io"],
        ),
        (
            "AppSync::DomainName",
            "{DomainName: a.io, CertificateArn: !Ref Certificate}",
            "appsync",
            ["a.io"],
        ),
        (
            "Amplify::Domain",
            (
                "{DomainName: a.io, SubDomainSettings: [{Prefix: ''}, {Prefix: www}, {}],"
                " CertificateSettings: {CustomCertificateArn: !Ref Certificate}}"
            ),
            "amplify",
            ["a.io", "www.a.io", "a.io"],
        ),
        (
            "OpenSearchService::Domain",
            (
                "{DomainEndpointOptions: {CustomEndpoint: a.io,"
                " CustomEndpointCertificateArn: !Ref Certificate}}"
            ),
            "opensearch",
            ["a.io"],
        ),
        (
            "Elasticsearch::Domain",
            (
                "{DomainEndpointOptions: {CustomEndpoint: a.io,"
                " CustomEndpointCertificateArn: !Ref Certificate}}"
            ),
            "opensearch",
            ["a.io"],
        ),
        (
            "VpcLattice::Service",
            "{CustomDomainName: a.io, CertificateArn: !Ref Certificate}",
            "vpc-lattice",
            ["a.io"],
        ),
        (
            "EC2::VerifiedAccessEndpoint",
            "{ApplicationDomain: a.io, DomainCertificateArn: !Ref Certificate}",
            "verified-access",
            ["a.io"],
        ),
        ("EC2::ClientVpnEndpoint", "{ServerCertificateArn: !Ref Certificate}", "client-vpn", []),
        ("EC2::CustomerGateway", "{CertificateArn: !Ref Certificate}", "site-to-site-vpn", []),
        (
            "EC2::EnclaveCertificateIamRoleAssociation",
            "{CertificateArn: !Ref Certificate}",
            "nitro-enclaves",
            [],
        ),
        ("Transfer::Server", "{Certificate: !Ref Certificate}", "transfer", []),
        (
            "IoT::DomainConfiguration",
            "{DomainName: a.io, ServerCertificateArns: [!Ref Certificate]}",
            "iot",
            ["a.io"],
        ),
        (
            "NetworkFirewall::TLSInspectionConfiguration",
            (
                "{TLSInspectionConfiguration: {ServerCertificateConfigurations:"
                " [{ServerCertificates: [{ResourceArn: !Ref Certificate}]}]}}"
            ),
            "network-firewall",
            [],
        ),
        (
            "NetworkFirewall::TLSInspectionConfiguration",
            (
                "{TLSInspectionConfiguration: {ServerCertificateConfigurations:"
                " [{CertificateAuthorityArn: !Ref Certificate}]}}"
            ),
            "network-firewall-outbound",
            [],
        ),
        (
            "ElasticBeanstalk::Environment",
            (
                "{OptionSettings: [{Namespace: 'aws:x', OptionName: Y, Value: z},"
                " {Namespace: 'aws:elbv2:listener:443', OptionName: SSLCertificateArns,"
                " Value: !Ref Certificate}, {Namespace: 'x', OptionName: SSLCertificateArns}]}"
            ),
            "elastic-beanstalk",
            [],
        ),
        (
            "ElasticBeanstalk::ConfigurationTemplate",
            (
                "{OptionSettings: [{Namespace: 'aws:elb:loadbalancer',"
                " OptionName: SSLCertificateId, Value: !Ref Certificate}]}"
            ),
            "elastic-beanstalk",
            [],
        ),
    ],
)
def test_kinds(kind, properties, service, names):
    """Each resource type is read as its service, with its hosts."""
    (consumer,) = consumers(kind, properties, region="us-east-1")
    assert consumer.service == service
    assert consumer.service in SERVICES
    assert consumer.address == "User"
    assert consumer.certificate == CertificateReference("Certificate")
    assert list(map(str, consumer.hosts)) == names
    assert consumer.hosts_known is bool(names)
    assert consumer.region == "us-east-1"
    assert consumer.traits == frozenset({"http-version=http1.1"} if service == "cloudfront" else ())


@pytest.mark.parametrize(
    ("version", "traits"),
    [
        ("", {"http-version=http1.1"}),
        (", HttpVersion: HTTP2", {"http-version=http2"}),
        (", HttpVersion: !Sub http2and3", {"http-version=http2and3"}),
        (", HttpVersion: !Ref Version", set()),
        (", HttpVersion: !If [New, http3, http2]", set()),
        (", HttpVersion: [2]", set()),
    ],
)
def test_the_http_version_of_a_distribution(version, traits):
    """The HTTP version is a trait if it is known; a condition on it creates no variant."""
    properties = "{DistributionConfig: {ViewerCertificate: {AcmCertificateArn: !Ref Certificate}"
    rest = "Parameters: {Version: {Type: String}}\n"
    rest += "Conditions: {New: !Equals [!Ref Version, http3]}\n"
    (consumer,) = consumers("CloudFront::Distribution", f"{properties}{version}}}}}", rest)
    assert consumer.traits == traits


def test_the_client_certificate_of_an_origin():
    """A distribution may present another certificate to each origin."""
    origin = "{CustomOriginConfig: {OriginMtlsConfig: {ClientCertificateArn: !Ref Certificate}}}"
    properties = f"{{DistributionConfig: {{Origins: [{{Id: a}}, {origin}]}}}}"
    (consumer,) = consumers("CloudFront::Distribution", properties)
    assert consumer.service == "cloudfront-origin-client"
    assert consumer.certificate == CertificateReference("Certificate")
    assert (consumer.hosts, consumer.hosts_known) == ((), False)


def test_origins_without_a_client_certificate_are_not_read():
    """Conditions and faults in origins create neither variants nor errors."""
    viewer = "ViewerCertificate: {AcmCertificateArn: !Ref Certificate}"
    origins = "Origins: [!If [New, {Id: a}, {Id: b}], 7]"
    properties = f"{{DistributionConfig: {{{viewer}, {origins}}}}}"
    rest = "Parameters: {Version: {Type: String}}\n"
    rest += "Conditions: {New: !Equals [!Ref Version, x]}\n"
    (consumer,) = consumers("CloudFront::Distribution", properties, rest)
    assert consumer.service == "cloudfront"


def test_the_validation_certificate_of_an_iot_domain():
    """A validation certificate is a trait of an IoT domain."""
    properties = "{ServerCertificateArns: [!Ref Certificate], ValidationCertificateArn: x}"
    (consumer,) = consumers("IoT::DomainConfiguration", properties)
    assert consumer.traits == {"validation-certificate"}


@pytest.mark.parametrize("kind", sorted(CONSUMERS))
def test_kinds_that_are_not_as_they_should_be(kind):
    """A resource without properties, or with invalid ones, uses no certificate."""
    assert consumers(kind.removeprefix("AWS::"), "{}") == ()
    assert consumers(kind.removeprefix("AWS::"), "[!Ref Certificate]") == ()
    assert kind in KINDS or kind.startswith("AWS::ElasticLoadBalancingV2::Listener")


def test_regional_and_edge():
    """An API Gateway domain may have a certificate for each endpoint type."""
    properties = "{DomainName: a.io, CertificateArn: !Ref Certificate,"
    properties += " RegionalCertificateArn: !Ref Certificate}"
    found = consumers("ApiGateway::DomainName", properties)
    assert [consumer.service for consumer in found] == ["apigateway-edge", "apigateway-regional"]


@pytest.mark.parametrize(
    ("kind", "properties", "traits"),
    [
        (
            "ApiGateway::DomainName",
            (
                "{DomainName: a.io, RegionalCertificateArn: !Ref Certificate,"
                " MutualTlsAuthentication: {TruststoreUri: s3}}"
            ),
            {"mutual-tls"},
        ),
        (
            "ApiGatewayV2::DomainName",
            (
                "{DomainName: a.io, MutualTlsAuthentication: {TruststoreUri: s3},"
                " DomainNameConfigurations: [{CertificateArn: !Ref Certificate,"
                " OwnershipVerificationCertificateArn: x}]}"
            ),
            {"mutual-tls", "ownership-certificate"},
        ),
        (
            "Serverless::HttpApi",
            (
                "{Domain: {DomainName: a.io, CertificateArn: !Ref Certificate,"
                " OwnershipVerificationCertificateArn: x,"
                " MutualTlsAuthentication: !Ref AWS::NoValue}}"
            ),
            {"ownership-certificate"},
        ),
    ],
)
def test_traits(kind, properties, traits):
    """Mutual TLS and ownership certificates are traits of a consumer."""
    (consumer,) = consumers(kind, properties)
    assert consumer.traits == traits


def test_what_hosts_are():
    """A host is a name, malformed, or unknown; with an unknown list, there may be others."""
    config = "{DistributionConfig: {Aliases: %s, ViewerCertificate: {AcmCertificateArn: %s}}}"
    listed = config % ("['*.a.io', 'b_.io', !Sub 'www.${Name}']", "!Ref Certificate")
    (consumer,) = consumers("CloudFront::Distribution", listed)
    assert consumer.hosts == (
        WildcardDomainName(DomainName("a.io")),
        Malformed("b_.io"),
        Unresolved(("www.", Unknown("${Name}"))),
    )
    assert consumer.hosts_known
    (consumer,) = consumers(
        "CloudFront::Distribution", config % ("!GetAtt A.B", "!GetAtt Certificate.Id")
    )
    assert consumer.hosts == (UnresolvedNames(Unknown("${A.B}")),)
    assert not consumer.hosts_known


def test_amplify_subdomains():
    """Automatic subdomains are unknown hosts, and a prefix may be unknown."""
    properties = (
        "{DomainName: a.io, EnableAutoSubDomain: true, SubDomainSettings: [{Prefix: !Ref P}],"
        " CertificateSettings: {CustomCertificateArn: !Ref Certificate}}"
    )
    (consumer,) = consumers("Amplify::Domain", properties)
    assert consumer.hosts == (Unresolved((Unknown("${P}"), ".a.io")),)
    assert not consumer.hosts_known
    long = properties.replace("!Ref P", "a" * 70_000)
    assert consumers("Amplify::Domain", long)[0].hosts == ()


HOST_RULE = (
    "Properties: {ListenerArn: !Ref User, Conditions:"
    " [{Field: path-pattern, Values: [/]}, {Field: host-header, Values: [%s]}]}"
)
HOST_RULE_IN_FULL = (
    "Properties: {ListenerArn: !Ref User, Conditions:"
    " [{Field: host-header, HostHeaderConfig: {Values: [%s]}}]}"
)
PATH_RULE = "Properties: {ListenerArn: !Ref User, Conditions: [{Field: path-pattern, Values: [/]}]}"


@pytest.mark.parametrize(
    ("rules", "served", "known"),
    [
        ([], [], False),
        ([HOST_RULE % "a.io, b.io"], ["a.io", "b.io"], True),
        ([HOST_RULE_IN_FULL % "a.io", HOST_RULE % "!Ref P"], ["a.io", "${P}"], True),
        ([HOST_RULE % "a.io", PATH_RULE], ["a.io"], False),
        ([HOST_RULE % "a.io, '*.b.io', 'c?.io'"], ["a.io"], False),
        ([HOST_RULE.replace("User", "Other") % "a.io"], [], False),
        (["Properties: x"], [], False),
        ([f"Condition: Never, {HOST_RULE}" % "a.io", HOST_RULE % "b.io"], ["b.io"], True),
    ],
)
def test_hosts_of_a_listener(rules, served, known):
    """A listener serves the hosts in its rules, and others if a rule has none."""
    conditions = "Conditions: {Never: !Equals [a, b]}\n"
    rest = "".join(
        f"  R{index}: {{Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', {rule}}}\n"
        for index, rule in enumerate(rules)
    )
    properties = "{Protocol: HTTPS, Certificates: [{CertificateArn: !Ref Certificate}]}"
    (consumer,) = consumers("ElasticLoadBalancingV2::Listener", properties, rest + conditions)
    assert (list(map(str, consumer.hosts)), consumer.hosts_known) == (served, known)


def test_several_certificates_of_a_listener():
    """With several certificates, the certificate of a host is unknown."""
    rule = f"  R: {{Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', {HOST_RULE % 'a.io'}}}\n"
    kind = "ElasticLoadBalancingV2::Listener"
    several = "{Certificates: [{CertificateArn: !Ref Certificate}, {CertificateArn: x}]}"
    (consumer,) = consumers(kind, several, rule)
    assert (consumer.hosts, consumer.hosts_known) == ((), False)
    listed = "Certificates: [{CertificateArn: !Ref Certificate}]"
    more = (
        "  More: {Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',"
        f" Properties: {{ListenerArn: !Ref User, {listed}}}}}\n"
    )
    one = "{Protocol: TLS, Certificates: [{CertificateArn: !Ref Certificate}]}"
    found = consumers(kind, one, rule + more)
    assert [(each.address, each.service, each.hosts) for each in found] == [
        ("User", "nlb", ()),
        ("More", "nlb", ()),
    ]


@pytest.mark.parametrize("properties", ["{ListenerArn: !Ref X}", "{}", "x"])
def test_loose_ends_of_a_listener(properties):
    """A certificate for a missing listener is read without an error."""
    consumers("ElasticLoadBalancingV2::ListenerCertificate", properties)


def test_certificates_of_iam():
    """A server certificate of IAM is not an ACM certificate."""
    iam = "arn:aws:iam::111122223333:server-certificate/x"
    listed = f"[{{CertificateArn: '{ARN}'}}, {{CertificateArn: '{iam}'}}]"
    kind = "AWS::ElasticLoadBalancingV2::Listener"
    text = f"Resources:\n  User: {{Type: '{kind}', Properties: {{Certificates: {listed}}}}}\n"
    (consumer,) = only(text).variants[0].consumers
    assert consumer.certificate == ARN


def test_unknown_certificates_of_a_list():
    """An unknown list of certificates has no known use."""
    assert consumers("IoT::DomainConfiguration", "{ServerCertificateArns: !GetAtt A.B}") == ()


def test_places():
    """Consumers, certificates and hosts have their locations in the file."""
    text = template("DomainName: x.io") + (
        "  User:\n    Type: AWS::AppSync::DomainName\n    Properties:\n"
        "      DomainName: a.io\n      CertificateArn: !Ref Certificate\n"
    )
    declaration = only(text)
    assert at(declaration, "consumers", 0) == "User"
    assert at(declaration, "consumers", 0, "certificate") == "!Ref Certificate"
    assert at(declaration, "consumers", 0, "hosts", 0) == "a.io"
    assert at(declaration, "consumers", 0, "region") == "User"


# What records lead to them by


def endpoints(resources, outputs=None, **sections):
    """Return the endpoints of each consumer in a template."""
    return {
        consumer.address: consumer.endpoints
        for declaration in read_stacks(
            {"a.json": stack(resources, outputs, **sections)}, scope=ReadScope.EVERYTHING
        )
        for variant in declaration.variants
        for consumer in variant.consumers
    }


def test_endpoints_of_a_consumer():
    """Endpoints are the consumer or its load balancer, and their exports."""
    attached = {
        "Type": "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        "Properties": {
            "ListenerArn": {"Ref": "Listener"},
            "Certificates": [{"CertificateArn": {"Ref": "Other"}}],
        },
    }
    lost = {**attached, "Properties": {**attached["Properties"], "ListenerArn": {"Ref": "Site"}}}
    resources = {
        "Site": distribution("a.io"),
        "Listener": listener({"Ref": "Other"}),
        "Attached": attached,
        "Lost": lost,
        "Given": listener({"Ref": "Other"}, balancer="Given"),
        "Odd": listener({"Ref": "Other"}),
    }
    resources["Given"]["Properties"]["LoadBalancerArn"] = "arn:x"
    resources["Odd"]["Properties"]["LoadBalancerArn"] = ["x"]
    name = {"Fn::GetAtt": ["Balancer", "DNSName"]}
    found = endpoints(resources, {"Name": export(name, "balancer")}, Parameters={"Other": {}})
    assert found == {
        "Site": ("Site",),
        "Listener": ("Balancer", "!ImportValue balancer"),
        "Attached": ("Balancer", "!ImportValue balancer"),
        "Lost": (),
        "Given": (),
        "Odd": (),
    }


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        ("arn:aws:elasticloadbalancing:eu-west-1:210987654320:x/y", "210987654320"),
        ("!Sub 'arn:aws:elasticloadbalancing:eu-west-1:${AWS::AccountId}:x/y'", None),
        ("!Sub 'arn:aws:elasticloadbalancing:${AWS::Region}:210987654320:x/y'", None),
        ("!Ref Balancer", None),
        ("[x]", None),
    ],
)
def test_the_account_of_a_listener(arn, account):
    """Its load balancer, or the listener of its certificate, may reveal it."""
    certificates = "Certificates: [{CertificateArn: !Ref Certificate}]"
    kind = "ElasticLoadBalancingV2::Listener"
    [consumer] = consumers(kind, f"{{LoadBalancerArn: {arn}, {certificates}}}")
    assert consumer.account == account
    found = consumers(f"{kind}Certificate", f"{{ListenerArn: {arn}, {certificates}}}")
    assert [each.account for each in found] == [account] * (arn != "[x]")

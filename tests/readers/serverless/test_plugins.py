"""Certificates and custom domains of plugins of the Serverless Framework."""

import pytest
import yaml

from acmrules.names import DomainName, WildcardDomainName
from acmrules.readers.fields import Fields
from acmrules.readers.serverless import plugins
from acmrules.readers.serverless.variables import Variables
from acmrules.readers.substituted import SubstitutedReader
from acmrules.request import Tag, UnknownMember, ValidationMethod
from acmrules.unresolved import Unknown, Unresolved

APEX, WWW = DomainName("brightharbor.io"), DomainName("www.brightharbor.io")
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"


def read(text):
    """Return the data of a configuration and its variables."""
    data = yaml.load(text, yaml.BaseLoader)
    return data, Variables(data, {})


def certificate(members, rest=""):
    """Return the request of the certificate plugin with some members."""
    found = plugins.certificate(*read(f"custom:\n  customCertificate: {members}\n{rest}"))
    return found and found.request


def uses(text):
    """Return the service, the hosts, the certificate and the traits of each custom domain."""
    found = [(each.address, plugins.use(each)) for each in plugins.domains(*read(text))]
    return {
        address: (use.service, str(use.hosts[0][0]), str(use.certificate[0]), set(use.traits))
        for address, use in found
    }


def test_a_certificate_of_the_plugin():
    """It has DNS validation, and is requested in `us-east-1` unless it states a Region."""
    request = certificate(
        "{certificateName: brightharbor.io, subjectAlternativeNames: ['*.brightharbor.io'],"
        " idempotencyToken: abc, tags: {Owner: web}, hostedZoneIds: Z0123456789ABC}"
    )
    assert request.names == (APEX, WildcardDomainName(APEX))
    assert (request.region, request.validation_method) == ("us-east-1", ValidationMethod.DNS)
    assert (request.tags, request.idempotency_token) == ((Tag("Owner", "web"),), "abc")
    (option,) = request.validation_options
    assert (option.domain_name, option.hosted_zone_id) == (APEX, "Z0123456789ABC")
    assert certificate("{certificateName: a.io, region: eu-west-1}").region == "eu-west-1"


def test_several_zones_are_not_assigned_to_names():
    """Which record is in which zone is up to the plugin."""
    members = "{certificateName: a.io, hostedZoneIds: [Z0123456789ABC, Z0123456789ABD]}"
    assert certificate(members).validation_options == ()


def test_a_misspelled_member_is_unknown():
    """What it may mean is unknown."""
    request = certificate("{certificateName: a.io, subjectAlternateNames: [b.io]}")
    (unknown,) = request.unknown_members
    assert isinstance(unknown, UnknownMember)
    assert unknown.name == "subjectAlternateNames"
    assert len(request.names) == 2


@pytest.mark.parametrize("members", ["{}", "{certificateName: a.io, enabled: 'false'}", "text"])
def test_no_certificate(members):
    """A disabled one is not requested."""
    assert certificate(members) is None


def test_a_certificate_may_be_defined_elsewhere():
    """All members may be the value of a variable."""
    request = certificate(
        "${self:custom.it}", "  it: {certificateName: '${self:custom.name}'}\n  name: a.io"
    )
    assert request.names == (DomainName("a.io"),)


@pytest.mark.parametrize(
    ("members", "service"),
    [
        ("", "apigateway-edge"),
        ("endpointType: EDGE", "apigateway-edge"),
        ("endpointType: regional", "apigateway-regional"),
        ("endpointType: Private", "apigateway-private"),
        ("endpointType: '${opt:type}'", "apigateway-regional"),
        ("apiType: HTTP", "apigateway-regional"),
        ("apiType: rest", "apigateway-edge"),
    ],
)
def test_the_type_of_a_custom_domain(members, service):
    """The plugin creates edge-optimized domains by default."""
    text = f"custom: {{customDomain: {{domainName: a.io, certificateArn: '{ARN}', {members}}}}}"
    assert uses(text)["custom.customDomain"] == (service, "a.io", ARN, set())


def test_the_region_is_unknown_with_an_unknown_type():
    """An edge-optimized domain needs its certificate in another Region."""
    text = "custom: {customDomain: {domainName: a.io, endpointType: '${opt:type}'}}"
    (domain,) = plugins.domains(*read(text))
    assert plugins.region_of(domain, "eu-west-1") is None
    (domain,) = plugins.domains(*read("custom: {customDomain: {domainName: a.io}}"))
    assert plugins.region_of(domain, "eu-west-1") == "eu-west-1"


def test_the_arn_of_a_resource_is_unknown():
    """A function of CloudFormation has no value in the options of a plugin."""
    text = "custom: {customDomain: {domainName: a.io, certificateArn: {Ref: Certificate}}}"
    assert uses(text)["custom.customDomain"][2] == "certificateArn"


def test_invalid_domains_are_left_out():
    """The framework itself reports a value of the wrong type."""
    assert not list(plugins.used_domains(*read("custom: {customDomain: {domainName: [a.io]}}")))


def test_domains_are_anywhere():
    """A domain may be one, a list, one by type of API, of the framework itself, or of AppSync."""
    text = """
custom:
  customDomain:
    http: {domainName: h.a.io, certificateName: a.io, tlsTruststoreUri: s3://b/c}
    websocket: {domainName: w.a.io}
  customDomains:
    - {domainName: b.io, endpointType: regional}
    - rest: {domainName: c.io}
    - {domainName: d.io, enabled: 'false'}
    - 7
provider:
  domain: e.io
  domains: [{name: f.io, endpointType: edge}, g.io]
appSync: {domain: {name: h.io, certificateArn: x}}
"""
    assert uses(text) == {
        "custom.customDomain.http": (
            *("apigateway-regional", "h.a.io", "certificate a.io"),
            {"mutual-tls"},
        ),
        "custom.customDomain.websocket": (
            *("apigateway-regional", "w.a.io", "certificate of w.a.io"),
            set(),
        ),
        "custom.customDomains[0]": (
            *("apigateway-regional", "b.io", "certificate of b.io"),
            set(),
        ),
        "custom.customDomains[1].rest": (
            *("apigateway-edge", "c.io", "certificate of c.io"),
            set(),
        ),
        "provider.domain": ("apigateway-regional", "e.io", "certificate of e.io", set()),
        "provider.domains[0]": ("apigateway-edge", "f.io", "certificate of f.io", set()),
        "provider.domains[1]": ("apigateway-regional", "g.io", "certificate of g.io", set()),
        "appSync.domain": ("appsync", "h.io", "x", set()),
    }


@pytest.mark.parametrize(
    ("members", "is_selected"),
    [
        ("certificateName: brightharbor.io", True),
        ("certificateName: '*.brightharbor.io'", False),
        ("certificateArn: '${certificate(brightharbor.io):CertificateArn}'", True),
        (f"certificateArn: '{ARN}'", False),
        ("", False),
    ],
)
def test_which_domain_uses_the_certificate_of_the_file(members, is_selected):
    """The plugin selects a certificate by its primary name."""
    text = f"custom: {{customDomain: {{domainName: www.brightharbor.io, {members}}}}}"
    (domain,) = plugins.domains(*read(text))
    for member in ("certificateName", "certifciateName"):
        fields = Fields(SubstitutedReader(), {member: "brightharbor.io"}, ())
        assert plugins.selects(domain, plugins.use(domain), fields) is is_selected


def test_without_a_name_the_plugin_selects_by_the_host():
    """A certificate with exactly that name is the closest match."""
    (domain,) = plugins.domains(*read("custom: {customDomain: {domainName: a.io}}"))
    fields = Fields(SubstitutedReader(), {"certificateName": "a.io"}, ())
    assert plugins.selects(domain, plugins.use(domain), fields)


def test_the_framework_creates_a_certificate_unless_one_is_selected():
    """It does so since version 4, in the Region of the endpoint."""
    text = f"""
provider:
  domains: [a.io, {{name: b.io, endpointType: edge}}, {{name: c.io, certificateName: x}}]
custom: {{customDomain: {{domainName: d.io}}}}
appSync: {{domain: {{name: e.io, certificateArn: '{ARN}'}}}}
"""
    created = [plugins.created(each, "eu-west-1", {}) for each in plugins.domains(*read(text))]
    requests = {str(each.names[0]): each.region for each in created if each}
    assert requests == {"a.io": "eu-west-1", "b.io": "us-east-1"}


def test_what_is_open():
    """A certificate or a domain may come from another file."""
    text = "custom: {customDomain: '${file(a.yml):b}', customDomains: ['${file(b.yml)}']}"
    data, variables = read(text)
    assert plugins.is_open(data, ("custom", "customDomain"), variables)
    assert plugins.is_open(data, ("custom", "customDomains"), variables)
    assert not plugins.is_open(data, ("custom", "customCertificate"), variables)


def test_the_region_of_a_service():
    """It may depend on an option."""
    assert plugins.region(*read("provider: {region: eu-west-1}")) == "eu-west-1"
    assert (
        plugins.region(*read("provider: {region: \"${opt:region, 'eu-west-1'}\"}")) == "eu-west-1"
    )
    assert plugins.region(*read("provider: {name: aws}")) is None
    unknown = Unresolved((Unknown("${env:REGION}"),))
    assert plugins.region(*read("provider: {region: '${env:REGION}'}")) == unknown

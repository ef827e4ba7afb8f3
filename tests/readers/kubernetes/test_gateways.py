"""The listeners of the AWS Load Balancer Controller for Gateways."""

from textwrap import dedent

import pytest
from tests.support.cloudformation import at, read

from acmrules.unresolved import Unknown, Unresolved

CONFIGURATION = """\
    apiVersion: gateway.k8s.aws/v1beta1
    kind: LoadBalancerConfiguration
    metadata: {name: tls, namespace: shop}
    spec:
      listenerConfigurations:
        - protocolPort: HTTPS:443
          defaultCertificate: arn:one
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: front, namespace: shop}
    spec:
      gatewayClassName: alb
      infrastructure:
        parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: tls}
      listeners:
        - {name: http, protocol: HTTP, port: 80}
        - {name: https, protocol: HTTPS, port: 443, hostname: HOSTNAME}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: site, namespace: shop}
    spec:
      parentRefs: [{name: front, sectionName: https}]
      hostnames: [www.brightharbor.io, "*.brightharbor.io", example.com]
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GRPCRoute
    metadata: {name: api, namespace: other}
    spec:
      parentRefs: [{name: front, namespace: shop}, {name: front}]
      hostnames: [api.brightharbor.io]
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: plain, namespace: shop}
    spec:
      parentRefs: [{name: front, sectionName: http}]
      hostnames: [plain.brightharbor.io]
    """


def gateway(hostname, **changes):
    """Return the only declaration of a Gateway whose listener has a hostname."""
    text = dedent(CONFIGURATION).replace("HOSTNAME", hostname)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    [declaration] = read(text, region="eu-west-1")
    return declaration


@pytest.mark.parametrize(
    ("hostname", "hosts"),
    [
        ("~", ["www.brightharbor.io", "example.com", "api.brightharbor.io"]),
        ("'*.brightharbor.io'", ["www.brightharbor.io", "api.brightharbor.io"]),
        ("app.brightharbor.io", ["app.brightharbor.io"]),
        ("$HOST", ["$HOST"]),
    ],
)
def test_hosts_of_a_listener(hostname, hosts):
    """A listener serves its hostname, or the hosts of its routes within it."""
    declaration = gateway(hostname)
    [consumer] = declaration.variants[0].consumers
    assert (consumer.service, consumer.address) == ("alb", "shop/tls")
    assert (consumer.certificate, consumer.region) == ("arn:one", "eu-west-1")
    assert list(map(str, consumer.hosts)) == hosts
    assert not consumer.hosts_known
    assert at(declaration, "consumers", 0, "certificate") == "arn:one"
    assert at(declaration, "consumers", 0, "hosts", 0) == hosts[0]


def test_several_certificates_at_a_listener():
    """All certificates of a listener are used, but their hosts are unknown."""
    declaration = gateway("~", **{"arn:one": "arn:one\n      certificates: [arn:two, $THREE]"})
    found = declaration.variants[0].consumers
    assert [each.certificate for each in found] == [
        *("arn:one", "arn:two", Unresolved((Unknown("$THREE"),))),
    ]
    assert {each.hosts for each in found} == {()}


@pytest.mark.parametrize("protocol", ["TLS:443", "$PORT"])
def test_other_protocols(protocol):
    """Other protocols than HTTPS use a Network Load Balancer, with the hosts of the port."""
    declaration = gateway("~", **{"protocolPort: HTTPS:443": f"protocolPort: {protocol}"})
    [consumer] = declaration.variants[0].consumers
    assert (consumer.service, consumer.hosts) == ("nlb", ())


def test_listeners_that_are_not_known():
    """Unknown listeners have no hosts and cause no error."""
    plain, open_ = (
        gateway("~"),
        gateway("~", **{"- {name: http, protocol: HTTP, port: 80}": "- $L"}),
    )
    assert open_.variants[0].consumers == plain.variants[0].consumers


def test_a_configuration_without_certificates():
    """A listener without a certificate is not a consumer."""
    text = dedent(CONFIGURATION).replace("      defaultCertificate: arn:one\n", "")
    assert read(text) == ()

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
    text = dedent(CONFIGURATION).replace("protocolPort: HTTPS:443", f"protocolPort: {protocol}")
    [consumer] = read(text)[0].variants[0].consumers
    assert (consumer.service, consumer.hosts) == ("nlb", ())


def test_listeners_that_are_not_known():
    """Unknown listeners have no hosts and cause no error."""
    plain, open_ = (
        gateway("~"),
        gateway("~", **{"- {name: http, protocol: HTTP, port: 80}": "- $L"}),
    )
    assert open_.variants[0].consumers == plain.variants[0].consumers


BARE = dedent(CONFIGURATION).replace("      defaultCertificate: arn:one\n", "")
CLASS = """\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
"""
FOUND = Unresolved((Unknown("certificate that the controller finds"),))


def searched(text):
    """Return the only consumer of a file."""
    [declaration] = read(text)
    [consumer] = declaration.variants[0].consumers
    return consumer


def test_a_configuration_without_certificates():
    """The controller searches ACM for the hosts of a listener and of its routes."""
    consumer = searched(BARE.replace("HOSTNAME", "app.brightharbor.io"))
    assert (consumer.service, consumer.certificate) == ("alb", FOUND)
    hosts = ["app", "www", "api"]
    assert {f"{host}.brightharbor.io" for host in hosts} < {*map(str, consumer.hosts)}
    assert (consumer.listener.searches, consumer.listener.has_host) == (True, True)
    [declaration] = read(BARE)
    assert at(declaration, "consumers", 0, "certificate") == "HTTPS"


def without_hosts(text=BARE):
    """Return a file whose listener and routes have no host."""
    lines = text.replace("hostname: HOSTNAME", "").splitlines(keepends=True)
    return "".join(line for line in lines if "hostnames" not in line)


def test_what_may_have_the_certificate_of_a_gateway():
    """A class, a configuration or a route outside the file may provide a certificate."""
    alone = without_hosts(CLASS + "---\n" + BARE)
    assert searched(alone).listener.elsewhere == ""
    without_class = searched(without_hosts()).listener
    assert (without_class.has_host, without_class.elsewhere) == (False, "the GatewayClass `alb`")
    other = searched(alone.replace("name: tls}", "name: more}")).listener
    assert other.elsewhere == "the LoadBalancerConfiguration `more`"
    head, _, _ = alone.partition("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute")
    assert searched(head).listener.elsewhere == "a route in another file"
    reference = "alb, parametersRef: {group: gateway.k8s.aws, name: tls, namespace: shop}}"
    of_class = alone.replace("gateway.k8s.aws/alb}", f"gateway.k8s.aws/{reference}")
    assert searched(of_class).listener.elsewhere == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("controllerName: gateway.k8s.aws/alb", "controllerName: example.com/envoy"),
        ("protocol: HTTPS, port: 443", "protocol: HTTPS, port: 443, tls: {mode: Passthrough}"),
        ("protocol: HTTPS", "protocol: HTTP"),
        ("protocol: HTTPS", "protocol: $PROTOCOL"),
    ],
)
def test_listeners_that_need_no_certificate(old, new):
    """Listeners of other controllers, without TLS, or that pass it through are not checked."""
    text = without_hosts(CLASS + "---\n" + BARE)
    assert old in text
    assert read(text.replace(old, new)) == ()


def test_an_unknown_listener_may_have_the_certificate():
    """A configuration with an unknown listener may contain the certificate of any port."""
    text = without_hosts(BARE).replace("- protocolPort: HTTPS:443", "- $LISTENER")
    assert read(text) == ()


def test_secrets_of_a_listener():
    """The first secret of a listener has its own location."""
    tls = "port: 443, tls: {certificateRefs: [{name: site-tls}, {name: other}]}"
    [declaration] = read(BARE.replace("port: 443", tls))
    [consumer] = declaration.variants[0].consumers
    assert consumer.listener.secret == "site-tls"
    assert at(declaration, "consumers", 0, "listener", "secret") == "site-tls"


@pytest.mark.parametrize(
    ("old", "new", "plain"),
    [
        ("protocol: HTTPS", "protocol: HTTPS", ""),
        ("protocol: HTTPS", "protocol: TCP", "TCP:443"),
        ("protocol: HTTPS", "protocol: $PROTOCOL", ""),
        ("protocol: HTTPS, port: 443", "protocol: TCP, port: 8443", ""),
        ("protocol: HTTPS, port: 443", "protocol: TLS, port: 443, tls: {mode: Passthrough}", ""),
    ],
)
def test_a_listener_without_tls_ignores_its_certificate(old, new, plain):
    """The protocol is that of the Gateway, whatever the configuration of the port says."""
    [declaration] = read(dedent(CONFIGURATION).replace(old + ",", new + ","))
    [consumer] = declaration.variants[0].consumers
    assert (consumer.listener.plain if consumer.listener else "") == plain


def test_a_configuration_of_several_gateways():
    """A certificate that one of the Gateways uses has an effect; other controllers do not count."""
    plain = dedent(CONFIGURATION).replace("protocol: HTTPS,", "protocol: TCP,")
    _, *gateway_and_routes = dedent(CONFIGURATION).split("---\n")
    other = gateway_and_routes[0].replace("name: front", "name: back")
    for text in (f"{plain}---\n{other}", f"{CLASS.replace('k8s.aws', 'envoy')}---\n{plain}"):
        [declaration] = read(text)
        assert [each.listener for each in declaration.variants[0].consumers] == [None]


PENDING = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: alb
  infrastructure: {parametersRef: {group: gateway.k8s.aws, name: x}}
  listeners:
    - {name: https, protocol: HTTPS, port: 443, hostname: shop.a.io}
---
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {name: shop}
spec: {domainName: shop.a.io}
"""


@pytest.mark.parametrize(
    ("old", "new", "awaited"),
    [
        ("", "", "shop.a.io"),
        ("domainName: shop.a.io}", "domainName: shop.a.io}\nstatus: {status: ISSUED}", ""),
        ("spec: {domainName", "spec: {certificateAuthorityRef: {from: {name: x}}, domainName", ""),
        ("{domainName: shop.a.io}", "{domainName: other.a.io}", ""),
        ("{name: shop}", '{name: shop, annotations: {services.k8s.aws/region: "us-east-1"}}', ""),
    ],
)
def test_a_gateway_may_wait_for_a_certificate_of_its_file(old, new, awaited):
    """ACM has not issued a certificate that the same file only requests."""
    assert old in PENDING
    found = [
        consumer.listener.awaited
        for declaration in read(PENDING.replace(old, new) if old else PENDING)
        for consumer in declaration.variants[0].consumers
    ]
    assert found == [awaited]

"""The load balancers of the AWS Load Balancer Controller for Ingresses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import at, only, read, spellings

from acmrules.lint.linter import Linter
from acmrules.names import DomainName
from acmrules.readers import registry
from acmrules.readers.cluster.ingresses import created_records
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import CertificateReference
from acmrules.strategies import names
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_name

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
OTHER = "arn:aws:acm:eu-west-1:111122223333:certificate/77aa"
SERVER = "arn:aws:iam::111122223333:server-certificate/old"
HTTPS = '[{"HTTP": 80}, {"HTTPS": 443}]'
ALB = "alb.ingress.kubernetes.io/"
UNKNOWN = Unresolved((Unknown("certificate that the controller finds"),))


def ingress(spec, version="networking.k8s.io/v1", **annotations):
    """Return the manifest of an Ingress as JSON; underscores in annotations become hyphens."""
    written = {ALB + key.replace("_", "-"): value for key, value in annotations.items()}
    metadata = {"name": "site", "annotations": written}
    return json.dumps(
        {"apiVersion": version, "kind": "Ingress", "metadata": metadata, "spec": spec}
    )


def rules(*hosts):
    """Return the spec of an Ingress with a rule for each host."""
    return {"rules": [{"host": host} for host in hosts]}


def consumers(text, **known):
    """Return the consumers in the only declaration of a file."""
    return only(text, "site.json", **known).variants[0].consumers


@given(st.lists(names(), min_size=1, max_size=5), st.lists(names(), max_size=3))
def test_an_ordered_certificate_is_for_all_hosts(of_rules, of_tls):
    """A certificate that the controller creates has every host once, in order."""
    spec = rules(*map(str, of_rules)) | {"tls": [{"hosts": list(map(str, of_tls))}]}
    declaration = only(ingress(spec, create_acm_cert="true"), "site.json")
    assert declaration.request.names == tuple(sorted({*of_rules, *of_tls}, key=str))
    for index, name in enumerate(declaration.request.names):
        assert at(declaration, "names", index) == str(name)


@given(st.lists(names(), max_size=5))
def test_hosts_of_a_consumer(hosts):
    """An Ingress with one certificate serves its exact hosts with it, each of them once."""
    [consumer] = consumers(ingress(rules(*map(str, hosts)), certificate_arn=ARN))
    exact = [host for host in hosts if "*" not in str(host)]
    assert list(consumer.hosts) == [*dict.fromkeys(exact)]
    assert consumer.hosts_known == (bool(hosts) and exact == hosts)


def test_an_ingress_with_a_certificate():
    """An Ingress with a certificate ARN is an Application Load Balancer."""
    text = ingress(rules("a.io") | {"tls": [{"hosts": ["b.io"]}]}, certificate_arn=ARN)
    declaration = only(text, "site.json", region="eu-west-1")
    [consumer] = declaration.variants[0].consumers
    assert (consumer.service, consumer.address) == ("alb", "site")
    assert (consumer.certificate, consumer.region) == (ARN, "eu-west-1")
    assert list(map(str, consumer.hosts)) == ["a.io", "b.io"]
    assert at(declaration, "consumers", 0, "certificate") == ARN
    assert at(declaration, "consumers", 0, "hosts", 1) == "b.io"
    assert declaration.request is None


@pytest.mark.parametrize(
    ("spec", "annotations"),
    [
        (rules("a.io", None), {}),
        (rules("a.io", ""), {}),
        (rules("a.io") | {"defaultBackend": {}}, {}),
        (rules("a.io") | {"backend": {}}, {}),
        (rules("a.io", "*.io"), {}),
        ({}, {}),
    ],
)
def test_hosts_that_are_not_all(spec, annotations):
    """A rule without a host, a default backend or a pattern may serve other hosts."""
    [consumer] = consumers(ingress(spec, certificate_arn=ARN, **annotations))
    assert not consumer.hosts_known


@pytest.mark.parametrize(
    "annotations",
    [{"certificate_arn": f"{ARN}, {OTHER}"}, {"certificate_arn": ARN, "group.name": "shared"}],
)
def test_several_certificates_at_a_balancer(annotations):
    """With several certificates, the certificate of a host is unknown."""
    found = consumers(ingress(rules("a.io"), **annotations))
    assert [each.certificate for each in found] == [ARN, OTHER][: len(found)]
    assert {(each.hosts, each.hosts_known) for each in found} == {((), False)}


def test_each_certificate_has_its_own_location():
    """Each of several certificates in an annotation has its own location."""
    declaration = only(ingress(rules("a.io"), certificate_arn=f"{ARN}, {OTHER}"), "site.json")
    assert at(declaration, "consumers", 1, "certificate") == OTHER


def test_certificates_of_iam_are_not_checked():
    """A server certificate of IAM is not an ACM certificate."""
    assert read(ingress(rules("a.io"), certificate_arn=SERVER), "site.json") == ()
    [consumer] = consumers(ingress(rules("a.io"), certificate_arn=f"{SERVER},{ARN}"))
    assert (consumer.certificate, consumer.hosts) == (ARN, ())


@pytest.mark.parametrize(
    ("annotations", "certificates"),
    [
        ({"listen_ports": HTTPS}, [UNKNOWN]),
        ({"listen_ports": "$PORTS"}, [UNKNOWN]),
        ({"listen_ports": '[{"HTTP": 80}]', "certificate_arn": ARN}, []),
        ({"scheme": "internal"}, []),
        ({"listen_ports": HTTPS, "certificate_arn": ARN}, [ARN]),
        ({"certificate_arn": "$ARN"}, [Unresolved((Unknown("$ARN"),))]),
        ({"create_acm_cert": "false", "listen_ports": HTTPS}, [UNKNOWN]),
        ({"create_acm_cert": "$FLAG", "listen_ports": HTTPS}, [UNKNOWN]),
        ({"create_acm_cert": "true", "certificate_arn": ARN}, [ARN]),
    ],
)
def test_what_an_ingress_serves_tls_with(annotations, certificates):
    """An Ingress names its certificate, or discovers one if it listens for HTTPS."""
    declarations = read(ingress(rules("a.io"), **annotations), "site.json")
    found = [
        each.certificate
        for declaration in declarations
        for each in declaration.variants[0].consumers
    ]
    assert found == certificates
    assert [declaration.request for declaration in declarations] == [None] * len(declarations)


def test_a_certificate_that_is_looked_for():
    """Only the hosts of a discovered certificate are known."""
    declaration = only(ingress(rules("a.io"), listen_ports=HTTPS), "site.json")
    [consumer] = declaration.variants[0].consumers
    assert (list(map(str, consumer.hosts)), consumer.hosts_known) == (["a.io"], True)


def test_an_order_with_a_private_ca():
    """A certificate that the controller creates may come from a private CA."""
    text = ingress(rules("a.io"), create_acm_cert="true", acm_pca_arn="arn:ca", listen_ports=HTTPS)
    declaration = only(text, "site.json", region="eu-west-1")
    assert declaration.request.certificate_authority_arn == "arn:ca"
    assert declaration.request.validation_method is None
    assert at(declaration, "certificate_authority_arn") == "arn:ca"
    [consumer] = declaration.variants[0].consumers
    assert consumer.certificate == CertificateReference("site")


def test_the_controller_replaces_its_certificate():
    """After an edit, the controller requests a new certificate, unlike ACK."""
    old, new = (
        only(ingress(rules(*hosts), create_acm_cert="true"), "site.json")
        for hosts in (["a.io"], ["a.io", "b.io"])
    )
    assert (new.tool, new.edited_with) == (Tool.KUBERNETES, Tool.API)
    linter = Linter(issued=old.request)
    [found] = [f for f in linter.check(new)[0] if f.rule.id == "ACM601"]
    assert found.message.startswith("this edit needs a new certificate (adds `b.io`)")


def test_a_request_without_hosts():
    """Without a host, the controller requests no certificate, and its listener has none."""
    declaration = only(ingress({"rules": [{}]}, create_acm_cert="true"), "site.json")
    assert declaration.request is None
    [consumer] = declaration.variants[0].consumers
    assert (consumer.listener.creates, consumer.listener.has_host) == (True, False)
    assert consumer.listener.searches
    [consumer] = consumers(ingress(rules("a.io"), create_acm_cert="true"))
    assert (consumer.listener.creates, consumer.listener.searches) == (True, False)
    [consumer] = consumers(ingress(rules("$HOST"), create_acm_cert="true"))
    assert not consumer.listener.searches
    assert at(declaration, "consumers", 0, "certificate") == "true"


def test_a_host_that_is_not_known_may_be_the_first():
    """An unknown host may be the primary name."""
    declaration = only(ingress(rules("a.io", "$HOST"), create_acm_cert="true"), "site.json")
    assert spellings(declaration) == ["$HOST", "a.io"]
    text = ingress(rules("1.io", "<HOST>"), create_acm_cert="true")
    assert spellings(only(text, "site.json")) == ["<HOST>", "1.io"]


def test_rules_that_are_not_known():
    """Unknown rules may have any number of hosts."""
    text = ingress({"rules": "$RULES", "tls": [{"hosts": ["a.io"]}]}, create_acm_cert="true")
    assert only(text, "site.json").request.names == (
        UnresolvedNames(Unknown("$RULES")),
        DomainName("a.io"),
    )
    [consumer] = consumers(ingress({"rules": ["$RULE"]}, certificate_arn=ARN))
    assert consumer.hosts == (UnresolvedNames(Unknown("$RULE")),)
    assert not consumer.hosts_known


def test_hosts_of_rules_are_not_a_list_of_names():
    """The hosts of rules are not a list to which a fix can add names."""
    declaration = only(ingress(rules("a.io"), create_acm_cert="true"), "site.json")
    assert ("names",) not in declaration.variants[0].locations


def test_the_old_group():
    """Ingresses of the first API group are read, but not those of unrelated groups."""
    assert consumers(ingress(rules("a.io"), "extensions/v1beta1", certificate_arn=ARN))
    assert read(ingress(rules("a.io"), "example.com/v1", certificate_arn=ARN), "site.json") == ()


def described(spec, **annotations):
    """Return the listener of the only consumer."""
    [consumer] = consumers(ingress(spec, **annotations))
    return consumer.listener


NO_HOST = {"rules": [{"http": {}}]}


@pytest.mark.parametrize(
    ("spec", "has_host"),
    [
        ({}, False),
        (NO_HOST, False),
        (rules(""), False),
        ({"defaultBackend": {}}, False),
        (rules("a.io"), True),
        ({"tls": [{"hosts": ["a.io"]}]}, True),
        (rules("$HOST"), None),
        ({"rules": "$RULES"}, None),
    ],
)
def test_hosts_that_the_controller_searches_for(spec, has_host):
    """The controller searches ACM by the hosts of the rules and of TLS."""
    listener = described(spec, listen_ports=HTTPS)
    assert (listener.searches, listener.has_host) == (True, has_host)


def test_unknown_ports():
    """It is unknown whether a listener of unknown ports needs a certificate."""
    assert described({}, listen_ports="$PORTS").has_host is None


def test_a_group_may_have_the_certificate():
    """Another Ingress of the group may have a certificate for the listener."""
    listener = described({}, listen_ports=HTTPS, **{"group.name": "shop"})
    assert listener.elsewhere.endswith("another Ingress of the group `shop`")
    creating = described({}, create_acm_cert="true", **{"group.name": "shop"})
    assert "group" not in creating.elsewhere


def test_a_listener_with_a_certificate_is_not_searched():
    """With an ARN, the controller searches for nothing."""
    assert described({}, listen_ports=HTTPS, certificate_arn=ARN) is None


SECRET = rules("a.io") | {"tls": [{"hosts": ["a.io"], "secretName": "site-tls"}]}


@pytest.mark.parametrize(
    "annotations", [{}, {"listen_ports": HTTPS}, {"listen_ports": '[{"HTTP": 80}]'}]
)
def test_a_secret_has_its_own_location(annotations):
    """A TLS secret is found with and without an HTTPS listener."""
    declaration = only(ingress(SECRET, scheme="internal", **annotations), "site.json")
    [consumer] = declaration.variants[0].consumers
    assert (consumer.listener.secret, consumer.listener.has_arn) == ("site-tls", False)
    assert at(declaration, "consumers", 0, "listener", "secret") == "site-tls"
    assert consumer.listener.searches == ("HTTPS" in str(annotations))
    if not consumer.listener.searches:
        assert at(declaration, "consumers", 0, "certificate") == "site-tls"


def test_only_one_consumer_has_the_secret():
    """With several certificates, the secret is that of the first consumer."""
    found = consumers(ingress(SECRET, certificate_arn=f"{ARN},{OTHER}"))
    first, second = (each.listener for each in found)
    assert (first.secret, first.has_arn, second) == ("site-tls", True, None)


@pytest.mark.parametrize("class_", ["nginx", "internal-nginx", "traefik", "gce"])
def test_ingresses_of_other_controllers(class_):
    """An Ingress of another controller is not checked, even with annotations for this one."""
    text = ingress(SECRET | {"ingressClassName": class_}, listen_ports=HTTPS)
    assert read(text, "site.json") == ()


def test_an_ingress_without_annotations_of_the_controller():
    """Without a class and annotations, an Ingress may belong to any controller."""
    assert read(f"# {ALB}\n{ingress(SECRET)}") == ()
    assert read(f"# {ALB}\n{ingress(SECRET | {'ingressClassName': 'alb'})}") != ()


def test_the_controller_creates_records():
    """The controller creates one record for a name and its wildcard, unless it exists."""
    request = CertificateRequest.of(["*.a.io", "a.io", "b.io"], validation_method="DNS")
    records = created_records(request, "site")
    assert [(str(each.name), each.zone_id, each.overwrites) for each in records] == [
        ("a.io", None, True),
        ("b.io", None, True),
    ]
    assert {each.address for each in records} == {"site"}
    assert created_records(request.__replace__(validation_method=None), "site") == ()
    unclear = (UnresolvedNames(Unknown("$HOSTS")), read_name("a..io"), *request.names)
    assert created_records(request.__replace__(names=unclear), "site") == records


def test_records_are_part_of_the_inventory():
    """Records are read for reports about validation, not for checks."""
    text = ingress(rules("a.io"), create_acm_cert="true")
    assert only(text, "site.json").variants[0].created is None
    [declaration] = registry.read(
        Source("site.json", text), Parameters({}, scope=ReadScope.EVERYTHING)
    )
    [variant] = declaration.variants
    assert [str(record.name) for record in variant.created] == ["a.io"]


def test_the_first_secret_counts():
    """An entry of TLS without a secret is skipped."""
    spec = rules("a.io") | {"tls": [{"hosts": ["a.io"]}, {"secretName": "b"}, {"secretName": "c"}]}
    [consumer] = consumers(ingress(spec, listen_ports=HTTPS))
    assert consumer.listener.secret == "b"

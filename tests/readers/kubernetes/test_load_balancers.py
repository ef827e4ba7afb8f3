"""The load balancers of the AWS Load Balancer Controller for Ingresses and Services."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import at, only, read, spellings
from tests.support.strategies import names

from acmrules.lint.linter import Linter
from acmrules.names import DomainName
from acmrules.request import Tool
from acmrules.resources import CertificateReference
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
OTHER = "arn:aws:acm:eu-west-1:111122223333:certificate/77aa"
SERVER = "arn:aws:iam::111122223333:server-certificate/old"
HTTPS = '[{"HTTP": 80}, {"HTTPS": 443}]'
ALB = "alb.ingress.kubernetes.io/"
ELB = "service.beta.kubernetes.io/aws-load-balancer-"
DNS = "external-dns.alpha.kubernetes.io/hostname"
UNKNOWN = Unresolved((Unknown("certificate found for its hosts"),))


def ingress(spec, version="networking.k8s.io/v1", **annotations):
    """Return the manifest of an Ingress as JSON; underscores in annotations become hyphens."""
    written = {ALB + key.replace("_", "-"): value for key, value in annotations.items()}
    metadata = {"name": "site", "annotations": written}
    return json.dumps(
        {"apiVersion": version, "kind": "Ingress", "metadata": metadata, "spec": spec}
    )


def service(type_="LoadBalancer", class_=None, dns=None, **annotations):
    """Return the manifest of a Service as JSON."""
    written = {ELB + key.replace("_", "-"): value for key, value in annotations.items()}
    metadata = {"name": "site", "annotations": written | ({DNS: dns} if dns else {})}
    spec = {"type": type_, "loadBalancerClass": class_}
    return json.dumps({"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec})


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
    """An Ingress with one certificate serves its exact hosts with it."""
    [consumer] = consumers(ingress(rules(*map(str, hosts)), certificate_arn=ARN))
    exact = [host for host in hosts if "*" not in str(host)]
    assert list(consumer.hosts) == exact
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
    assert {each.hosts for each in found} == {()}


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
    """Without a host, the controller requests no certificate."""
    assert read(ingress({"rules": [{}]}, create_acm_cert="true"), "site.json") == ()


def test_a_host_that_is_not_known_may_be_the_first():
    """An unknown host may be the primary name."""
    declaration = only(ingress(rules("a.io", "$HOST"), create_acm_cert="true"), "site.json")
    assert spellings(declaration) == ["$HOST", "a.io"]


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


def test_parameters_of_an_ingress_class():
    """The certificates of an Ingress class apply to all of its Ingresses."""
    data = {
        "apiVersion": "elbv2.k8s.aws/v1beta1",
        "kind": "IngressClassParams",
        "metadata": {"name": "alb"},
        "spec": {"certificateArn": [ARN, "$ARN"]},
    }
    text = f"# alb.ingress.kubernetes.io/\n{json.dumps(data)}"
    assert [each.certificate for each in only(text).variants[0].consumers] == [
        ARN,
        Unresolved((Unknown("$ARN"),)),
    ]
    unknown = text.replace(json.dumps([ARN, "$ARN"]), '"$ARNS"')
    assert [each.certificate for each in only(unknown).variants[0].consumers] == [
        Unresolved((Unknown("$ARNS"),))
    ]


@pytest.mark.parametrize(
    ("given_", "kind"),
    [
        ({}, "clb"),
        ({"type": "nlb"}, "nlb"),
        ({"type": "nlb-ip"}, "nlb"),
        ({"type": "external"}, "nlb"),
        ({"type": "$TYPE"}, "clb"),
        ({"class_": "service.k8s.aws/nlb"}, "nlb"),
        ({"class_": "eks.amazonaws.com/nlb"}, "nlb"),
        ({"class_": "other"}, "clb"),
    ],
)
def test_kinds_of_balancers(given_, kind):
    """A Service is a Classic Load Balancer unless it requests a Network Load Balancer."""
    [consumer] = consumers(service(ssl_cert=ARN, **given_))
    assert (consumer.service, consumer.certificate, consumer.hosts) == (kind, ARN, ())


def test_hosts_of_a_service():
    """The ExternalDNS names of a Service are served, possibly among others."""
    [consumer] = consumers(service(ssl_cert=ARN, dns="a.io, *.b.io, c.io"))
    assert list(map(str, consumer.hosts)) == ["a.io", "c.io"]
    assert not consumer.hosts_known
    several = consumers(service(ssl_cert=f"{ARN},{OTHER}", dns="a.io"))
    assert [each.hosts for each in several] == [(), ()]


def test_services_that_are_no_balancers():
    """Annotations only count for Services of the type `LoadBalancer`."""
    assert read(service("ClusterIP", ssl_cert=ARN), "site.json") == ()

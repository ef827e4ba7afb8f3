"""The load balancers of Services and of classes of Ingresses."""

import json

import pytest
from tests.support.cloudformation import only, read

from acmrules.unresolved import Unknown, Unresolved

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
OTHER = "arn:aws:acm:eu-west-1:111122223333:certificate/77aa"
ELB = "service.beta.kubernetes.io/aws-load-balancer-"
DNS = "external-dns.alpha.kubernetes.io/hostname"


def service(type_="LoadBalancer", class_=None, dns=None, **annotations):
    """Return the manifest of a Service as JSON."""
    written = {ELB + key.replace("_", "-"): value for key, value in annotations.items()}
    metadata = {"name": "site", "annotations": written | ({DNS: dns} if dns else {})}
    spec = {"type": type_, "loadBalancerClass": class_}
    return json.dumps({"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec})


def consumers(text, **known):
    """Return the consumers in the only declaration of a file."""
    return only(text, "site.json", **known).variants[0].consumers


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

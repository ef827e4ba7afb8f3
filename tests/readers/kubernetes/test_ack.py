"""The consumers of certificates among the resources of ACK."""

import json

import pytest
from tests.support.cloudformation import at, read

from acmrules.resources import CertificateReference

CERTIFICATE = {
    "apiVersion": "acm.services.k8s.aws/v1alpha1",
    "kind": "Certificate",
    "metadata": {"name": "web"},
    "spec": {"domainName": "brightharbor.io"},
}
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/2f1c"


def used_by(group, kind, spec):
    """Return the declaration of a certificate, and that of another consumer, if any."""
    version = f"{group}.services.k8s.aws/v1alpha1"
    user = {"apiVersion": version, "kind": kind, "metadata": {"name": "user"}, "spec": spec}
    declarations = read(f"{json.dumps(CERTIFICATE)}\n{json.dumps(user)}", "all.json")
    return declarations[0], (declarations[1] if len(declarations) > 1 else None)


def distribution(viewer):
    """Return the spec of a distribution."""
    hosts = {"items": ["www.brightharbor.io"], "quantity": 1}
    return {"distributionConfig": {"viewerCertificate": viewer, "aliases": hosts}}


def domain(**configuration):
    """Return the spec of an API Gateway domain."""
    return {"domainName": "api.brightharbor.io", "domainNameConfigurations": [configuration]}


NAMED = {"from": {"name": "web"}}


@pytest.mark.parametrize(
    ("group", "kind", "spec", "service"),
    [
        ("cloudfront", "Distribution", distribution({"acmCertificateRef": NAMED}), "cloudfront"),
        ("elbv2", "Listener", {"certificates": [{"certificateRef": NAMED}]}, "alb"),
        (
            "elbv2",
            "Listener",
            {"protocol": "TLS", "certificates": [{"certificateRef": NAMED}]},
            "nlb",
        ),
    ],
)
def test_a_certificate_is_named_as_an_object(group, kind, spec, service):
    """A reference to a certificate in the file makes the object its consumer."""
    certificate, other = used_by(group, kind, spec)
    [consumer] = certificate.variants[0].consumers
    assert consumer.certificate == CertificateReference("web")
    assert (consumer.service, consumer.address) == (service, "user")
    assert at(certificate, "consumers", 0, "certificate") == "web"
    assert other is None


@pytest.mark.parametrize(
    ("group", "kind", "spec", "service", "hosts"),
    [
        (
            *("cloudfront", "Distribution", distribution({"acmCertificateARN": ARN})),
            *("cloudfront", ["www.brightharbor.io"]),
        ),
        ("elbv2", "Listener", {"certificates": [{"certificateARN": ARN}, {}]}, "alb", []),
        (
            *("apigatewayv2", "DomainName", domain(certificateARN=ARN, endpointType="EDGE")),
            *("apigateway-edge", ["api.brightharbor.io"]),
        ),
        (
            *("apigatewayv2", "DomainName", domain(certificateARN=ARN)),
            *("apigateway-regional", ["api.brightharbor.io"]),
        ),
        (
            *("apigatewayv2", "DomainName", domain(certificateARN=ARN) | {"domainName": None}),
            *("apigateway-regional", []),
        ),
    ],
)
def test_a_certificate_is_named_by_its_arn(group, kind, spec, service, hosts):
    """A consumer of a certificate in another file is a declaration of its own."""
    certificate, other = used_by(group, kind, spec)
    [consumer] = other.variants[0].consumers
    assert (consumer.service, consumer.certificate) == (service, ARN)
    assert list(map(str, consumer.hosts)) == hosts
    assert consumer.hosts_known == bool(hosts)
    assert certificate.variants[0].consumers == ()


def test_no_certificate_at_all():
    """A distribution with CloudFront's default certificate uses none of ACM."""
    _, other = used_by("cloudfront", "Distribution", distribution({"acmCertificateRef": None}))
    assert other is None


ZONES = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, annotations: {alb.ingress.kubernetes.io/create-acm-cert: "true"}}
spec: {rules: [{host: app.in.a.io}]}
---
apiVersion: route53.services.k8s.aws/v1alpha1
kind: HostedZone
metadata: {name: public}
spec: {name: a.io.}
---
apiVersion: route53.services.k8s.aws/v1alpha1
kind: HostedZone
metadata: {name: private}
spec: {name: in.a.io, hostedZoneConfig: {privateZone: true}}
---
apiVersion: route53.services.k8s.aws/v1alpha1
kind: HostedZone
metadata: {name: network}
spec: {name: vpc.a.io, vpc: {vpcID: vpc-1}}
---
apiVersion: route53.services.k8s.aws/v1alpha1
kind: HostedZone
metadata: {name: unnamed}
"""


def test_hosted_zones():
    """Hosted zones of ACK are those of all declarations of the file."""
    [declaration] = read(ZONES)
    [variant] = declaration.variants
    zones = {zone.address: (str(zone.name), zone.private) for zone in variant.zones}
    expected = {"public": ("a.io", False), "private": ("in.a.io", True)}
    assert zones == expected | {"network": ("vpc.a.io", True)}
    assert variant.location(("zones", 1)).line == 12

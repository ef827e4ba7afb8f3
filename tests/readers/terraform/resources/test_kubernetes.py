"""Resources of the providers for Kubernetes and Helm, in configurations and in plans."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import consumers, declarations, only, text_at
from tests.support.terraform_plans import ARN, OPEN, change, fields, plan, read_plan, wild_data

from acmrules.readers.options import ReadScope
from acmrules.readers.terraform.resources.consumers import CONSUMERS, KUBERNETES, TYPES, uses
from acmrules.readers.terraform.resources.kubernetes import controller_version
from acmrules.request import Tool
from acmrules.resources import CertificateReference
from acmrules.syntax.errors import TypeMismatchError

ALB = "alb.ingress.kubernetes.io/"
SSL = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert"
TYPE = "service.beta.kubernetes.io/aws-load-balancer-type"
HTTPS = '[{"HTTPS": 443}]'


def used(kind, data):
    """Return the services, certificates and hosts of a resource's uses."""
    found = uses(kind, f"{kind}.x", fields(data), {})
    return [
        (use.service, use.certificate[0], [str(text) for text, _, _ in use.hosts]) for use in found
    ]


def ingress(annotations, *hosts, **spec):
    """Return the attributes of an Ingress as plans have them."""
    rules = [{"host": host, "http": []} for host in hosts]
    whole = {"default_backend": [], "ingress_class_name": "alb", "rule": rules, "tls": []} | spec
    return {"metadata": [{"annotations": annotations, "name": "x"}], "spec": [whole]}


def service(annotations, **spec):
    """Return the attributes of a Service."""
    whole = {"type": "LoadBalancer", "load_balancer_class": None} | spec
    return {"metadata": [{"annotations": annotations, "name": "x"}], "spec": [whole]}


MANIFEST = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {"name": "x", "annotations": {f"{ALB}certificate-arn": ARN}},
    "spec": {"rules": [{"host": "a.io"}]},
}
VALUES = {"controller": {"service": {"annotations": {SSL: ARN, TYPE: "nlb"}}}}
SETTING = "controller.service.annotations.service\\.beta\\.kubernetes\\.io/aws-load-balancer-"


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        *(
            (
                kind,
                ingress({f"{ALB}certificate-arn": ARN}, "a.io", tls=[{"hosts": ["b.io"]}]),
                [("alb", ARN, ["a.io", "b.io"])],
            )
            for kind in ("kubernetes_ingress", "kubernetes_ingress_v1")
        ),
        *(
            (kind, service({SSL: ARN}), [("clb", ARN, [])])
            for kind in ("kubernetes_service", "kubernetes_service_v1")
        ),
        (
            "kubernetes_service",
            service({SSL: ARN}, load_balancer_class="service.k8s.aws/nlb"),
            [("nlb", ARN, [])],
        ),
        ("kubernetes_service", service({SSL: ARN}, type="ClusterIP"), []),
        ("kubernetes_manifest", {"manifest": MANIFEST}, [("alb", ARN, ["a.io"])]),
        ("kubectl_manifest", {"yaml_body": json.dumps(MANIFEST)}, [("alb", ARN, ["a.io"])]),
        ("kubectl_manifest", {"yaml_body": "kind: {"}, []),
        ("kubectl_manifest", {"yaml_body": "words"}, []),
        ("kubectl_manifest", {}, []),
        (
            "kubernetes_manifest",
            {
                "manifest": {
                    "apiVersion": "elbv2.k8s.aws/v1beta1",
                    "kind": "IngressClassParams",
                    "spec": {"certificateArn": [ARN]},
                }
            },
            [("alb", ARN, [])],
        ),
        (
            "kubernetes_manifest",
            {
                "manifest": {
                    "apiVersion": "gateway.k8s.aws/v1beta1",
                    "kind": "LoadBalancerConfiguration",
                    "spec": {
                        "listenerConfigurations": [
                            {"protocolPort": "HTTPS:443", "defaultCertificate": ARN}
                        ]
                    },
                }
            },
            [("alb", ARN, [])],
        ),
        ("kubernetes_manifest", {"manifest": {"apiVersion": "v1", "kind": "ConfigMap"}}, []),
        ("helm_release", {"values": [json.dumps(VALUES)]}, [("nlb", ARN, [])]),
        (
            "helm_release",
            {"values": [json.dumps({"ingress": {"annotations": {f"{ALB}certificate-arn": ARN}}})]},
            [("alb", ARN, [])],
        ),
        ("helm_release", {"values": [json.dumps({"list": [{SSL: ARN}]})]}, [("clb", ARN, [])]),
        ("helm_release", {"values": ["replicas: 2"], "set": []}, []),
        (
            "helm_release",
            {
                "values": [json.dumps({"service": {"annotations": {TYPE: "nlb"}}})],
                "set": [{"name": f"{SETTING}ssl-cert", "value": ARN}],
            },
            [("nlb", ARN, [])],
        ),
        (
            "helm_release",
            {"values": [OPEN], "set": [{"name": f"{SETTING}ssl-cert", "value": ARN}]},
            [("nlb", ARN, [])],
        ),
        (
            "helm_release",
            {"set": [{"name": f"{SETTING}ssl-cert", "value": ARN}]},
            [("clb", ARN, [])],
        ),
        (
            "helm_release",
            {
                "set": [
                    {"name": f"{SETTING}type", "value": "external"},
                    {"name": f"{SETTING}ssl-cert", "value": ARN},
                    {"name": "replicas", "value": None},
                ]
            },
            [("nlb", ARN, [])],
        ),
    ],
)
def test_uses_of_certificates(kind, data, expected):
    """Objects of a cluster use certificates, whatever the resource that contains them."""
    assert used(kind, data) == expected


def test_the_types_are_consumers():
    """All types of a cluster are consumers."""
    assert KUBERNETES <= CONSUMERS <= TYPES


MODULE = """
    resource "aws_acm_certificate" "site" {
      domain_name = "a.io"
    }
"""


def in_module(text, **known):
    """Return the declarations of a module with a certificate."""
    return declarations(MODULE + text, **known)


@pytest.mark.parametrize(
    ("resource", "written"),
    [
        (
            """
            resource "kubernetes_ingress_v1" "x" {
              metadata {
                annotations = {
                  "alb.ingress.kubernetes.io/certificate-arn" = aws_acm_certificate.site.arn
                }
              }
              spec {
                rule { host = "a.io" }
              }
            }
            """,
            "aws_acm_certificate.site.arn",
        ),
        (
            """
            resource "kubernetes_manifest" "x" {
              manifest = {
                apiVersion = "networking.k8s.io/v1"
                kind       = "Ingress"
                metadata = {
                  annotations = {
                    "alb.ingress.kubernetes.io/certificate-arn" = aws_acm_certificate.site.arn
                  }
                }
                spec = { rules = [{ host = "a.io" }] }
              }
            }
            """,
            "aws_acm_certificate.site.arn",
        ),
        (
            """
            resource "kubectl_manifest" "x" {
              yaml_body = <<-YAML
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  annotations:
                    alb.ingress.kubernetes.io/certificate-arn: ${aws_acm_certificate.site.arn}
                spec:
                  rules:
                    - host: a.io
              YAML
            }
            """,
            "${aws_acm_certificate.site.arn}",
        ),
        (
            """
            resource "kubernetes_manifest" "x" {
              manifest = yamldecode(<<YAML
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              annotations:
                alb.ingress.kubernetes.io/certificate-arn: "${aws_acm_certificate.site.arn}"
            spec:
              rules: [{host: a.io}]
            YAML
              )
            }
            """,
            "${aws_acm_certificate.site.arn}",
        ),
    ],
)
def test_positions_in_a_configuration(resource, written):
    """A consumer is that of the certificate, and located at the annotation."""
    [declaration] = in_module(resource)
    [variant] = declaration.variants
    [consumer] = variant.consumers
    assert consumer.certificate == CertificateReference("aws_acm_certificate.site")
    assert [*map(str, consumer.hosts)] == ["a.io"]
    assert text_at(declaration, "consumers", 0, "certificate")[0] == written
    assert text_at(declaration, "consumers", 0, "hosts", 0)[0] == "a.io"


REF = "aws_acm_certificate.site.arn"


@pytest.mark.parametrize(
    "values",
    [
        f'[yamlencode({{ service = {{ annotations = {{ "{SSL}" = {REF} }} }} }})]',
        f'[jsonencode({{ list = [{{ "{SSL}" = {REF} }}] }})]',
        f'["service: {{annotations: {{{SSL}: ${{{REF}}}}}}}"]',
        f'["a: 1", <<YAML\nservice:\n  annotations:\n    {SSL}: ${{{REF}}}\nYAML\n]',
        f'[yamlencode(merge({{ a = 1 }}, {{ b = {{ "{SSL}" = {REF} }} }}))]',
        f'[local.a]\n}}\nlocals {{\na = yamlencode({{ b = local.c }})\nc = {{ "{SSL}" = {REF} }}',
        f'local.values\n}}\nlocals {{\nvalues = [yamlencode({{ "{SSL}" = {REF} }})]',
        f'[local.values]\n}}\nlocals {{\nvalues = "a: {{{SSL}: ${{{REF}}}}}"',
    ],
)
def test_values_of_a_chart(values):
    """Annotations of load balancers are found at any depth of the values."""
    text = f'{MODULE}\nresource "helm_release" "x" {{\n  values = {values}\n}}\n'
    [declaration] = declarations(text)
    [consumer] = declaration.variants[0].consumers
    assert (consumer.service, consumer.address) == ("clb", "helm_release.x")
    assert consumer.certificate == CertificateReference("aws_acm_certificate.site")
    assert not consumer.hosts_known


@pytest.mark.parametrize(
    "values", ["[var.values]", '[file("values.yaml")]', "var.values", "null", "[]"]
)
def test_values_that_are_not_known(values):
    """Unknown values of a chart use no known certificate."""
    [declaration] = in_module(
        f'resource "helm_release" "x" {{\n  values = {values}\n}}\nvariable "values" {{}}\n'
    )
    assert declaration.variants[0].consumers == ()


CREATED = """
    resource "kubernetes_ingress_v1" "x" {
      metadata {
        annotations = { "alb.ingress.kubernetes.io/create-acm-cert" = "true" }
      }
      spec {
        rule { host = "*.b.io" }
        rule { host = "a.b.io" }
      }
    }
    resource "helm_release" "controller" {
      chart   = "aws-load-balancer-controller"
      version = "3.4.0"
    }
    resource "aws_route53_zone" "b" {
      name = "b.io"
    }
"""


def test_a_certificate_that_the_controller_requests():
    """An Ingress may request a certificate, which Kubernetes edits, not Terraform."""
    declaration = only(CREATED)
    assert (declaration.tool, declaration.edited_with) == (Tool.KUBERNETES, Tool.API)
    assert declaration.request.spellings == ("*.b.io", "a.b.io")
    [variant] = declaration.variants
    [consumer] = variant.consumers
    assert consumer.certificate == CertificateReference("kubernetes_ingress_v1.x")
    assert (consumer.listener.creates, consumer.listener.version) == (True, "3.4.0")
    assert [str(zone.name) for zone in variant.zones] == ["b.io"]
    assert text_at(declaration, "names", 0)[0] == "*.b.io"
    [inventoried] = [
        each for each in declarations(CREATED, scope=ReadScope.EVERYTHING) if each.request
    ]
    assert [str(record.name) for record in inventoried.variants[0].created] == ["b.io", "a.b.io"]


@pytest.mark.parametrize(
    ("release", "version"),
    [
        ({"chart": "aws-load-balancer-controller", "version": "3.4.0"}, "3.4.0"),
        ({"chart": "eks/aws-load-balancer-controller", "version": "v3.4.0"}, "3.4.0"),
        ({"chart": "aws-load-balancer-controller", "version": "~> 3.4"}, ""),
        ({"chart": "aws-load-balancer-controller"}, ""),
        ({"chart": "ingress-nginx", "version": "4.1.0"}, ""),
    ],
)
def test_the_version_of_the_controller(release, version):
    """The chart of the controller has its version, unless that is a constraint."""
    assert controller_version([fields(release)]) == version


def planned(address, after, **more):
    """Return the declarations of a plan with one resource."""
    return read_plan(plan(change(address, after, **more)))


def test_an_ingress_in_a_plan():
    """Plans have the same attributes, with blocks as lists."""
    after = ingress({f"{ALB}listen-ports": HTTPS}) | {"wait_for_load_balancer": None}
    [declaration] = planned("kubernetes_ingress_v1.x", after)
    [consumer] = declaration.variants[0].consumers
    assert (consumer.listener.searches, consumer.listener.has_host) == (True, False)
    location = declaration.variants[0].location(("consumers", 0, "certificate"))
    assert "HTTPS" in location.text


def test_a_requested_certificate_in_a_plan():
    """The certificate that the controller requests for an Ingress is a request of the plan."""
    after = ingress({f"{ALB}create-acm-cert": "true"}, "*.b.io")
    release = {"chart": "aws-load-balancer-controller", "version": "3.3.0"}
    text = plan(change("kubernetes_ingress_v1.x", after), change("helm_release.x", release))
    [declaration] = read_plan(text)
    assert declaration.request.spellings == ("*.b.io",)
    assert (declaration.tool, declaration.edited_with) == (Tool.KUBERNETES, Tool.API)
    [consumer] = declaration.variants[0].consumers
    assert consumer.listener.version == "3.3.0"
    [inventoried] = read_plan(text, scope=ReadScope.EVERYTHING)
    assert [str(record.name) for record in inventoried.variants[0].created] == ["b.io"]


def test_a_manifest_in_a_plan_is_located_as_a_whole():
    """A value in a string of a plan is located at the string."""
    [declaration] = planned("kubectl_manifest.x", {"yaml_body": json.dumps(MANIFEST)})
    location = declaration.variants[0].location(("consumers", 0, "certificate"))
    assert "certificate-arn" in location.text


def test_the_controller_finds_a_certificate_of_the_module():
    """A certificate of the module that covers all hosts is the one that the controller finds."""
    text = """
        resource "kubernetes_ingress_v1" "x" {
          metadata {
            annotations = { "alb.ingress.kubernetes.io/listen-ports" = "[{\\"HTTPS\\": 443}]" }
          }
          spec {
            rule { host = "HOST" }
          }
        }
    """
    found = consumers(MODULE + text.replace("HOST", "a.io"))
    assert found == {("kubernetes_ingress_v1.x", "aws_acm_certificate.site"): "a.io"}
    found = consumers(MODULE + text.replace("HOST", "b.io"))
    assert found == {("kubernetes_ingress_v1.x", "certificate that the controller finds"): "b.io"}


BOTH = """
    resource "aws_acm_certificate" "public" {
      domain_name = "a.io"
    }
    resource "aws_acm_certificate" "private" {
      domain_name               = "a.io"
      certificate_authority_arn = aws_acmpca_certificate_authority.x.arn
    }
    resource "kubernetes_ingress_v1" "x" {
      metadata {
        annotations = { "alb.ingress.kubernetes.io/listen-ports" = "[{\\"HTTPS\\": 443}]" }
      }
      spec {
        rule { host = "a.io" }
      }
    }
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "east"
      region = "us-east-1"
    }
"""
PRIVATE = 'domain_name               = "a.io"'


@pytest.mark.parametrize(
    ("old", "new", "is_mixed"),
    [
        ("", "", True),
        ("aws_acmpca_certificate_authority.x.arn", "var.authority", False),
        (PRIVATE, PRIVATE.replace("a.io", "b.io"), False),
        (PRIVATE, f"provider = aws.east\n{PRIVATE}", False),
        ('provider "aws" {', 'data "aws_eks_cluster" "x" {}\nprovider "aws" {', True),
        (
            'provider "aws" {',
            'data "aws_eks_cluster" "x" { region = "x-1" }\nprovider "aws" {',
            False,
        ),
    ],
)
def test_the_controller_finds_public_and_private_certificates(old, new, is_mixed):
    """Both are found only in one Region, that of the cluster, and only if their CAs are known."""
    assert old in BOTH
    text = BOTH.replace(old, new, 1) if old else BOTH
    mixed = {
        consumer.listener.mixed
        for declaration in declarations(text)
        for consumer in declaration.variants[0].consumers
    }
    names = ("a.io", "aws_acm_certificate.public", "aws_acm_certificate.private")
    assert mixed == {names if is_mixed else ()}


@pytest.mark.parametrize("authority", [None, "arn:aws:acm-pca:eu-west-1:1:certificate-authority/x"])
def test_public_and_private_certificates_in_a_plan(authority):
    """A plan has the same certificates."""
    first = change("aws_acm_certificate.a", {"domain_name": "a.io"})
    second = {"domain_name": "a.io", "certificate_authority_arn": authority}
    after = ingress({f"{ALB}listen-ports": HTTPS}, "a.io")
    text = plan(
        first, change("aws_acm_certificate.b", second), change("kubernetes_ingress_v1.x", after)
    )
    [consumer] = [c for each in read_plan(text) for c in each.variants[0].consumers]
    names = ("a.io", "aws_acm_certificate.a", "aws_acm_certificate.b")
    assert consumer.listener.mixed == (names if authority else ())


WHOLE = {
    "metadata": [{"annotations": {f"{ALB}listen-ports": HTTPS, SSL: ARN}}],
    "spec": [{"rule": [{"host": "a.io"}], "tls": [{"hosts": ["a.io"], "secret_name": "x"}]}],
    "manifest": MANIFEST,
    "yaml_body": json.dumps(MANIFEST),
    "values": [json.dumps(VALUES)],
    "set": [{"name": f"{SETTING}ssl-cert", "value": ARN}],
}
PLACES = [
    *([name] for name in WHOLE),
    *(["metadata", 0], ["metadata", 0, "annotations"], ["spec", 0], ["spec", 0, "rule", 0]),
    *(["spec", 0, "tls", 0, "hosts"], ["manifest", "metadata"], ["manifest", "spec", "rules"]),
    *(["set", 0, "name"], ["values", 0], ["manifest", "metadata", "annotations"]),
]


@given(st.sampled_from(sorted(KUBERNETES)), st.sampled_from(PLACES), wild_data())
def test_wild_attributes(kind, place, value):
    """Any attributes have uses, or a member of the wrong type."""
    data = json.loads(json.dumps(WHOLE))
    *above, last = place
    holder = data
    for step in above:
        holder = holder[step]
    holder[last] = value
    try:
        found = list(uses(kind, f"{kind}.x", fields(data), {}))
    except TypeMismatchError:
        return
    assert all(use.service in {"alb", "clb", "nlb"} for use in found)

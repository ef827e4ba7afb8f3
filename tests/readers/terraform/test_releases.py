"""Helm releases whose values cannot be read."""

import pytest

from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import Source


def not_checked(values, folder="", **files):
    """Return what is not checked in the values of a release."""
    source = Source("main.tf", f'resource "helm_release" "web" {{\n  values = {values}\n}}\n')
    files = {name.replace("_", "."): content for name, content in files.items()}
    tree = ModuleTree(lambda path: [source] if path == folder else [], Parameters({}), files.get)
    return [*tree.not_checked([folder])]


@pytest.mark.parametrize(
    "values",
    [
        "[var.certificate_values]",
        "var.certificate_values",
        "[module.certificate.values]",
        '[templatefile("missing.yaml", { certificate_arn = var.arn })]',
        '[templatefile("loop.yaml", { ssl_cert = var.arn })]',
        '[file("cert-${var.name}.yaml")]',
        '[var.is_acm ? "a: 1" : "b: 1"]',
        "[yamldecode(var.certificates)]",
        "[local.certificate_values]",
        "[local.certificate_values]\n}\nlocals {\ncertificate_values = merge()",
    ],
)
def test_values_that_cannot_be_read(values):
    """Values that mention certificates and cannot be read are listed, with their expression."""
    [found] = not_checked(values, loop_yaml="%{ for a in b }")
    assert str(found).startswith("release `web` has values from `")
    assert found.location.text in values


@pytest.mark.parametrize(
    "values",
    [
        "[]",
        "[var.values]",
        '[file("cert.yaml")]',
        '[file("${path.module}/cert.yaml")]',
        '[templatefile("cert.yaml", {})]',
        "[yamlencode({ certificate = var.arn })]",
        '["certificate: 1"]',
        "[local.certificate_values]\n}\nlocals {\ncertificate_values = yamlencode({})",
        "[local.certificate_values]\n}\nlocals {\ncertificate_values = local.other",
        '[file("missing.yaml")]',
    ],
)
def test_values_that_are_read(values):
    """Values that are read, and those that mention no certificate, are not listed."""
    assert not_checked(values, cert_yaml="a: ${b}") == []


def test_files_are_relative_to_the_folder_of_the_module():
    """The files of a module in a folder are in that folder."""
    values = '[file("cert.yaml")]'
    assert not_checked(values, "infra", **{"infra/cert_yaml": "a: 1"}) == []
    assert len(not_checked(values, "infra", cert_yaml="a: 1")) == 1


def test_a_long_expression_is_shortened():
    """The line of a long expression ends with an ellipsis."""
    [found] = not_checked(f'[templatefile("missing.yaml", {{ cert = "{"x" * 99}" }})]')
    assert "…`" in str(found)


def test_a_release_without_values():
    """A release needs no values, and an invalid one is reported elsewhere."""
    source = Source("main.tf", 'resource "helm_release" "web" {}\n')
    tree = ModuleTree(lambda path: [] if path else [source], Parameters({}))
    assert [*tree.not_checked([""])] == []


ACK = 'apiVersion = "acm.services.k8s.aws/v1alpha1", kind = "Certificate"'
CM = 'apiVersion = "cert-manager.io/v1", kind = "Certificate"'


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f'"kubernetes_manifest" "c" {{\n  manifest = {{ {ACK} }}\n}}', ["c"]),
        (
            '"kubectl_manifest" "c" {\n  yaml_body = "apiVersion: acm.services.k8s.aws/v1"\n}',
            ["c"],
        ),
        (f'"kubernetes_manifest" "c" {{\n  manifest = {{ {CM} }}\n}}', []),
        (f'"kubernetes_manifest" "c" {{\n  manifest = {{ {CM} }}\n}}\n# acm.services.k8s.aws', []),
        ('"null_resource" "acm.services.k8s.aws" {\n}', []),
        ('"kubernetes_manifest" "acm.services.k8s.aws" {\n}', []),
    ],
)
def test_certificates_of_the_ack_controller(resource, expected):
    """They are only read in YAML, so manifests in Terraform are listed."""
    source = Source("main.tf", f"resource {resource}\n")
    tree = ModuleTree(lambda path: [source] if path == "" else [], Parameters({}))
    found = [*tree.not_checked([""])]
    reason = "contains a certificate of the ACK controller: check the object as YAML"
    assert [str(each) for each in found] == [f"manifest `{name}` {reason}" for name in expected]

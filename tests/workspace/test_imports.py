"""The certificate files that modules import."""

import pytest

from acmrules.syntax.source import InputError, Source
from acmrules.workspace.imports import imported_files

IMPORT = 'resource "aws_acm_certificate" "c" {{\n  certificate_body = {}\n}}\n'


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ('file("a.pem")', "infra/a.pem"),
        ('file("${path.module}/certs/a.pem")', "infra/certs/a.pem"),
        ('filebase64( "../a.der" )', "a.der"),
        ('file("${path.root}/a.pem")', "infra/a.pem"),
        ('file(local.path)\n}\nlocals {\n  path = "${path.module}/a.pem"', "infra/a.pem"),
        ('file(var.path)\n}\nvariable "path" {\n  default = "../a.crt"', "a.crt"),
        ('file("${var.dir}/a.pem")', None),
        ("tls_self_signed_cert.c.cert_pem", None),
    ],
)
def test_paths_are_relative_to_the_folder(written, path):
    """A path that depends on a variable is unknown."""
    sources = [Source("infra/main.tf", IMPORT.format(written)), InputError("infra/x.tf", "x")]
    assert list(imported_files("infra", sources)) == [path] * (path is not None)


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_iam_server_certificate" "c" {\n  certificate_body = file("a.pem")\n}\n',
        'resource "aws_acm_certificate" "c" {}\nlocals {\n  ca = file("a.pem")\n}\n',
    ],
)
def test_other_files_are_not_imported(text):
    """IAM is not ACM, and a requested certificate has no body."""
    assert list(imported_files("", [Source("main.tf", text)])) == []


def test_the_files_of_a_module_count_together():
    """A local in one file may be the certificate of another."""
    sources = [
        Source("a.tf", IMPORT.format("local.pem")),
        Source("b.tf", 'locals {\n  pem = file("a.pem")\n}\n'),
    ]
    assert list(imported_files("", sources)) == ["a.pem"]

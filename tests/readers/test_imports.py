"""The content of imported certificates in strings."""

import sys
from itertools import count

import pytest
from tests.support.terraform import declarations, text_at
from tests.support.x509 import certificate, chain, csr, key_text, text

LEAF, MIDDLE, ROOT = chain(3)
SUBJECT = "CN=www.brightharbor.io"
OLD_KEY = """\
-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,00

AAAA
-----END RSA PRIVATE KEY-----
"""


def only(**arguments):
    """Return the declaration of an import with strings as arguments."""
    lines = [f"  {name} = <<EOF\n{value}EOF" for name, value in arguments.items()]
    body = "\n".join(lines)
    [declaration] = declarations(f'resource "aws_acm_certificate" "c" {{\n{body}\n}}\n')
    return declaration


def imported(**arguments):
    """Return the content of such an import."""
    return only(**arguments).variants[0].imported


@pytest.mark.parametrize(
    ("body", "chain_", "subject", "labels", "others"),
    [
        (text(LEAF), None, SUBJECT, ("CERTIFICATE",), 0),
        (text(LEAF), text(MIDDLE, ROOT), SUBJECT, ("CERTIFICATE",), 2),
        (text(LEAF, MIDDLE), text(ROOT), SUBJECT, ("CERTIFICATE",) * 2, 2),
        (key_text() + text(LEAF), None, SUBJECT, ("PRIVATE KEY", "CERTIFICATE"), 0),
        (text(csr("a.io")), None, "None", ("CERTIFICATE REQUEST",), 0),
        ("-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n", None, "None", None, 0),
    ],
    ids=count(),
)
def test_the_content_of_an_import(body, chain_, subject, labels, others):
    """The first certificate of the body is the leaf, and the others are its chain."""
    chained = {} if chain_ is None else {"certificate_chain": chain_}
    found = imported(private_key=key_text(), certificate_body=body, **chained)
    assert str(found.leaf) == subject
    assert found.body == labels or labels is None
    assert len(found.chain) == others
    assert (found.key, found.key_label) == (("PRIVATE KEY",), "PRIVATE KEY")


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (key_text(password=b"x"), "ENCRYPTED PRIVATE KEY"),
        (OLD_KEY, "ENCRYPTED RSA PRIVATE KEY"),
        (OLD_KEY.replace("Proc", "Other"), "RSA PRIVATE KEY"),
        (key_text(password=b"x") + key_text(), "ENCRYPTED PRIVATE KEY"),
        (text(LEAF), None),
    ],
    ids=count(),
)
def test_of_a_key_only_the_label_is_read(key, label):
    """Both forms of encrypted keys are recognized."""
    assert imported(certificate_body=text(LEAF), private_key=key).key_label == label


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("plain text", "not PEM"),
        ("0a" * 20, "PEM"),
        ("0a" * 19, "not PEM"),
        ("0x" * 20, "not PEM"),
        ("", "PEM"),
    ],
)
def test_a_body_that_is_not_pem(body, encoding):
    """A body needs a label; the digest in an old state is not a body."""
    source = f'resource "aws_acm_certificate" "c" {{\n  certificate_body = "{body}"\n'
    [found] = declarations(source + '  private_key = "x"\n}\n')
    assert found.variants[0].imported.encoding == encoding
    if encoding != "PEM":
        assert text_at(found, "imported", "encoding") == ["certificate_body"]


def test_each_part_is_located_at_its_argument():
    """A value may contain a key, so the location is the name of its argument."""
    found = only(
        certificate_body=text(LEAF, MIDDLE), certificate_chain=text(ROOT), private_key=key_text()
    )
    assert text_at(found, "imported", "leaf") == ["certificate_body"]
    assert text_at(found, "imported", "chain", 0) == ["certificate_body"]
    assert text_at(found, "imported", "chain", 1) == ["certificate_chain"]
    assert text_at(found, "imported", "key_label") == ["private_key"]
    assert text_at(found, "imported", "body") == ["certificate_body"]
    assert text_at(found, "imported", "chain") == ["certificate_chain"]
    alone = only(certificate_body=text(LEAF, MIDDLE), private_key=key_text())
    assert text_at(alone, "imported", "chain") == ["certificate_body"]


def test_unknown_arguments_of_an_import():
    """Without the body nothing is known, and without the chain only the leaf."""
    variables = 'variable "x" {}\nresource "aws_acm_certificate" "c" {\n'
    leaf = f"  certificate_body = <<EOF\n{text(LEAF, MIDDLE)}EOF\n"
    for rest, unknown, is_known, others in (
        ("  certificate_body = var.x\n", "`${var.x}`", True, 0),
        (leaf, "", True, 1),
        (leaf + "  certificate_chain = var.x\n", "", False, 0),
    ):
        [declaration] = declarations(variables + rest + "}\n")
        found = declaration.variants[0].imported
        assert (found.unknown, found.is_chain_known, len(found.chain)) == (
            unknown,
            is_known,
            others,
        )
        places = declaration.variants[0].locations
        assert (("imported", "chain", 0) in places) is bool(others)


def test_the_names_of_an_import():
    """The names are the alternative names; only without any, the common name."""
    listed = certificate("a.io", "CA", names=["b.io", "*.c.io"])
    found = imported(certificate_body=text(listed)).leaf
    assert (*map(str, found.names), found.unlisted) == ("b.io", "*.c.io", "a.io")
    alone = imported(certificate_body=text(certificate("a.io", "CA", names=[]))).leaf
    assert (*map(str, alone.names), alone.unlisted) == ("a.io", "a.io")


def test_without_the_library(monkeypatch):
    """If the package that reads certificates is missing, their content is unknown."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    found = imported(certificate_body=text(LEAF), private_key=key_text())
    assert (found.leaf, found.unknown) == (None, "the content of `certificate_body`")
    assert found.body == ("CERTIFICATE",)

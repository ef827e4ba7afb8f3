"""Certificates and imports as values."""

from datetime import date

from acmrules.x509 import Certificate, ImportedCertificate


def certificate(subject, issuer="CN=Harbor CA"):
    """Return a certificate that is valid for half a year."""
    days = date(2026, 10, 1), date(2027, 3, 1)
    return Certificate(subject, issuer, 1, 3, "EC_prime256v1", "EC", *days, 700)


def test_a_certificate_prints_as_its_subject():
    """Messages need no other string."""
    assert str(certificate("CN=www.brightharbor.io")) == "CN=www.brightharbor.io"


def test_a_root_is_self_issued():
    """A certificate is self-issued if its subject is its issuer."""
    assert certificate("CN=Harbor CA").is_self_issued
    assert not certificate("CN=www.brightharbor.io").is_self_issued


def test_a_certificate_is_an_authority_only_by_its_own_claim():
    """A certificate without basic constraints is not a CA, and signs no other."""
    plain = certificate("CN=www.brightharbor.io")
    assert (plain.is_authority, plain.signer, plain.ocsp_addresses) == (False, None, ())


def test_an_import_contains_the_leaf_and_the_chain():
    """The leaf comes first, and without it only the chain is known."""
    leaf, root = certificate("CN=www.brightharbor.io"), certificate("CN=Harbor CA")
    assert ImportedCertificate(leaf=leaf, chain=(root,)).certificates == (leaf, root)
    assert ImportedCertificate(chain=(root,)).certificates == (root,)
    assert ImportedCertificate().certificates == ()

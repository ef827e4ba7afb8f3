"""ACM705, ACM708 and ACM709: imported certificates and signing requests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import RULES, check_rule, consumer, outcomes
from tests.support.x509 import certificate, chain, imported, text

from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import parse_name
from acmrules.request import Tool
from acmrules.x509 import Certificate, ImportedCertificate, SigningRequest

LEAF = Certificate(
    subject="CN=www.brightharbor.io",
    issuer="CN=Harbor CA",
    serial_number=7,
    version=3,
    key_algorithm="RSA_2048",
    signed_with="RSA",
    first_day=date(2026, 10, 1),
    last_day=date(2027, 3, 1),
    octets=700,
    signer=1,
)
AUTHORITY_OF_LEAF = LEAF.__replace__(
    subject="CN=Harbor CA", serial_number=8, signer=1, is_authority=True
)
CHAIN = chain(4)


def results(leaf=LEAF, behind=(AUTHORITY_OF_LEAF,), as_of=date(2026, 11, 23), **fields):
    """Return the results of ACM705 for an import: paths with severities and messages."""
    certificate_and_chain = ImportedCertificate(leaf=leaf, chain=behind, **fields)
    findings, skips = check_rule("ACM705", imported=certificate_and_chain, as_of=as_of)
    assert all(finding.help for finding in findings)
    found = [f"{' '.join(map(str, f.path[1:]))}: {f.severity}: {f.message}" for f in findings]
    return found + [f"{' '.join(map(str, s.path[1:]))}: skipped: {s.detail}" for s in skips]


def test_certificates_that_acm_imports_are_not_reported():
    """ACM705 accepts a leaf with its chain, a chain alone, and an unknown certificate."""
    assert results() == []
    assert results(leaf=None) == []
    assert results(leaf=None, behind=()) == []
    assert results(key_label="RSA PRIVATE KEY") == []
    assert results(behind=(AUTHORITY_OF_LEAF.__replace__(octets=2_097_152),)) == []
    assert outcomes("ACM705", "a.io") == set()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"version": 1}, "certificate is X.509 version 1; ACM only imports X.509 version 3"),
        ({"key_algorithm": "RSA_1536"}, "the key is `RSA_1536`; ACM only imports `RSA_1024`, "),
        (
            {"last_day": date(2026, 11, 22)},
            "is valid from 2026-10-01 to 2026-11-22; ACM only imports it in",
        ),
        (
            {"first_day": date(2026, 11, 24)},
            "is valid from 2026-11-24 to 2027-03-01; ACM only imports it in",
        ),
        ({"issuer": ""}, "the certificate has no issuer, which ACM requires"),
        ({"octets": 32_769}, "the certificate has 32,769 bytes; the limit is 32,768"),
        ({"ocsp_addresses": ("", "a" * 1001)}, "the OCSP URL has 1,001 characters"),
    ],
)
def test_a_leaf_that_acm_rejects_is_reported(fields, expected):
    """ACM705 reports the value of the leaf and what ACM requires."""
    [found] = results(LEAF.__replace__(**fields))
    assert found.startswith("leaf: error: ")
    assert expected in found


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 23)},
        {"octets": 32_768, "ocsp_addresses": ("a" * 1000,)},
        {"key_algorithm": "EC_secp521r1", "signed_with": "EC"},
        {"signed_with": None},
    ],
)
def test_a_leaf_at_a_limit_is_not_reported(fields):
    """ACM705 includes both days of the validity, and the limits themselves."""
    assert results(LEAF.__replace__(**fields)) == []


def test_the_keys_that_acm_imported_before_july_2021_are_unknown():
    """ACM705 is undecided on dates for which no list is recorded."""
    early = LEAF.__replace__(first_day=date(2020, 1, 1))
    assert results(early, (), as_of=date(2021, 7, 14)) == []
    [found] = results(early, as_of=date(2021, 7, 13), behind=())
    assert found == "leaf: skipped: it is unknown which keys ACM imported before 2021-07-14"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"encoding": "DER"}, "encoding: error: the certificate is DER; ACM only imports PEM"),
        (
            {"key_label": "ENCRYPTED PRIVATE KEY"},
            "key_label: error: the private key is encrypted; ACM only imports unencrypted keys",
        ),
        (
            {"leaf": LEAF.__replace__(signed_with="EC")},
            "leaf: note: the key is RSA, but that of the CA is EC; AWS's pages disagree on whether",
        ),
        (
            {"leaf": LEAF.__replace__(signer=None), "behind": ()},
            "chain: note: the certificate is not self-signed and has no chain;",
        ),
        (
            {"behind": (AUTHORITY_OF_LEAF.__replace__(last_day=date(2026, 11, 22)),)},
            "chain 0: note: this certificate of the chain is valid from 2026-10-01 to 2026-11-22;",
        ),
        (
            {"behind": (AUTHORITY_OF_LEAF.__replace__(octets=2_097_153),)},
            "chain: error: the chain has 2,097,153 bytes; the limit is 2,097,152",
        ),
        (
            {"leaf": LEAF.__replace__(signer=None)},
            "chain 0: error: `CN=Harbor CA` did not sign `CN=www.brightharbor.io`, which is",
        ),
        (
            {"behind": (LEAF, AUTHORITY_OF_LEAF), "leaf": LEAF.__replace__(signer=2)},
            "chain 0: error: `CN=www.brightharbor.io` is the leaf again; the chain must start",
        ),
        (
            {"leaf": LEAF.__replace__(signer=0)},
            "chain 0: error: `CN=Harbor CA` follows `CN=www.brightharbor.io`, which is self-signed",
        ),
    ],
)
def test_an_import_that_acm_rejects_is_reported(fields, expected):
    """ACM705 checks the whole import; if AWS's pages disagree, the finding is a note."""
    found = results(**fields)
    assert found[0].startswith(expected)


@given(st.permutations(range(4)), st.integers(1, 4))
def test_a_chain_has_one_order(order, length):
    """ACM705 reports each certificate that did not sign the one before it."""
    order = order[:length]
    got = imported(text(*(CHAIN[place] for place in order)))
    findings, _ = check_rule("ACM705", imported=got)
    broken = {f.path for f in findings if f.path[1] == "chain" and len(f.path) == 3}
    begin = 1 if 0 in order else 0
    wrong = [n for n in range(1, length) if order[n - 1] + 1 != order[n]]
    assert broken == {("imported", "chain", place - begin) for place in wrong}
    for finding in findings:
        if finding.path in broken and " of the file did" in finding.message:
            number = int(finding.message.partition("; certificate ")[2].split()[0])
            before = finding.path[2] + begin - 1
            assert order[number - 1] == min(order[before] + 1, 3)


def test_a_new_chain_is_not_reported():
    """ACM705 accepts the certificates that the `cryptography` library signs."""
    assert check_rule("ACM705", imported=imported(text(*CHAIN))) == ([], [])
    alone = imported(text(certificate("a.io", "a.io")))
    assert check_rule("ACM705", imported=alone) == ([], [])


# The fields of an import


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"body": ("CERTIFICATE",) * 3},
            ["body: error: the body contains 3 certificates; ACM imports only 1, and the"],
        ),
        ({"body": ("CERTIFICATE",), "key": ("RSA PRIVATE KEY",)}, []),
        ({"body": ("EC PARAMETERS", "CERTIFICATE")}, []),
        (
            {"body": ("CERTIFICATE REQUEST",), "leaf": None, "behind": ()},
            ["body: error: the body contains `CERTIFICATE REQUEST`; ACM imports only"],
        ),
        (
            {"body": ("PRIVATE KEY",), "leaf": None, "behind": (), "key": ("CERTIFICATE",)},
            [
                "body: error: the body contains `PRIVATE KEY`; ACM imports only `CERTIFICATE`",
                "key_label: error: the private key is a certificate; ACM only imports a key in",
            ],
        ),
        (
            {"body": ("PRIVATE KEY", "CERTIFICATE")},
            ["body: note: the body contains a private key, which Terraform shows in plans; it is"],
        ),
        (
            {"key": ("CERTIFICATE",)},
            ["key_label: error: the private key is a certificate; ACM only imports a key in PEM"],
        ),
        ({"key": ("PRIVATE KEY", "CERTIFICATE"), "key_label": "PRIVATE KEY"}, []),
        (
            {"encoding": "not PEM", "leaf": None, "behind": ()},
            ["encoding: error: the certificate is not PEM; ACM only imports PEM"],
        ),
        (
            {"unknown": "`${var.body}`", "leaf": None, "behind": ()},
            ["leaf: skipped: `${var.body}` is unknown"],
        ),
        ({"behind": (), "leaf": LEAF.__replace__(signer=None), "is_chain_known": False}, []),
    ],
)
def test_each_field_of_an_import_has_its_own_content(fields, expected):
    """ACM705 reports what is in the wrong field, and what is unknown."""
    found = results(**fields)
    assert [line[: len(begin)] for line, begin in zip(found, expected, strict=True)] == expected


def test_several_certificates_in_the_body_have_one_finding():
    """Their order is checked when they are in the chain."""
    found = results(behind=(LEAF, LEAF), body=("CERTIFICATE",) * 3)
    assert len(found) == 1


def test_what_acm_has_imported_is_not_reported():
    """A certificate in a state may have expired since."""
    expired = LEAF.__replace__(last_day=date(2026, 11, 1))
    assert results(expired, exists=True) == []
    assert results(expired) != []


# Services and hosts


@pytest.mark.parametrize(
    ("algorithm", "service", "expected"),
    [
        ("RSA_4096", "cloudfront", set()),
        ("RSA_4096", "clb", {"consumers 0 certificate: error"}),
        ("EC_secp521r1", "cloudfront", {"consumers 0 certificate: error"}),
        ("EC_secp384r1", "cloudfront", {"consumers 0 certificate: note"}),
        ("EC_secp521r1", "alb", set()),
        ("RSA_1536", "cloudfront", set()),
    ],
)
def test_the_service_accepts_the_key_of_an_import(algorithm, service, expected):
    """ACM505 reads the key of an imported certificate; ACM705 reports unknown ones."""
    leaf = LEAF.__replace__(key_algorithm=algorithm)
    used = (consumer(service),)
    got = outcomes("ACM505", imported=ImportedCertificate(leaf=leaf), consumers=used)
    assert got == expected
    assert outcomes("ACM505", imported=ImportedCertificate(), consumers=used) == set()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["www.a.io"], set()),
        (["*.a.io"], set()),
        (["a.io"], {"consumers 0 hosts 0: error"}),
        ([], {"consumers 0 hosts 0: error"}),
    ],
)
def test_an_import_covers_the_hosts_of_its_consumers(names, expected):
    """ACM205 reads the names of an imported certificate, and ignores an unknown one."""
    used = (consumer("cloudfront", "www.a.io"),)
    leaf = LEAF.__replace__(names=tuple(map(parse_name, names)))
    known = ImportedCertificate(leaf=leaf)
    assert outcomes("ACM205", imported=known, consumers=used) == expected
    assert outcomes("ACM205", imported=ImportedCertificate(), consumers=used) == set()
    for finding in check_rule("ACM205", imported=known, consumers=used)[0]:
        assert finding.help == "import a certificate for `www.a.io`"
        assert finding.fix is None


# Common names and signatures


def of_import(rule, *certificates):
    """Return what a rule finds for the certificates of an import."""
    leaf, *others = certificates
    whole = ImportedCertificate(leaf=leaf, chain=tuple(others))
    return outcomes(rule, imported=whole, signed=whole.certificates)


def test_a_common_name_is_an_alternative_name():
    """ACM708 ignores certificates of CAs, whose common names are not domain names of servers."""
    other = LEAF.__replace__(unlisted="b.io")
    assert of_import("ACM708", LEAF) == set()
    assert of_import("ACM708", other) == {"imported leaf: warning"}
    assert of_import("ACM708", LEAF, other.__replace__(is_authority=True)) == set()
    assert outcomes("ACM708", "b.io", "a.io", signed=(SigningRequest("b.io"),)) == {": warning"}
    assert outcomes("ACM708", "a.io", signed=(SigningRequest(),)) == set()
    assert outcomes("ACM708", "a.io") == set()


@pytest.mark.parametrize(
    ("host", "expected"),
    [("b.io", {"ACM205"}), ("a.io", {"ACM708"}), ("c.io", {"ACM205", "ACM708"})],
)
def test_a_missing_name_is_reported_once(host, expected):
    """If a resource serves the common name, ACM205 reports it at the resource."""
    leaf = LEAF.__replace__(names=(parse_name("a.io"),), unlisted="B.io", signer=0)
    whole = ImportedCertificate(leaf=leaf)
    variant = Variant(None, (consumer("alb", host),), {}, imported=whole, signed=(leaf,))
    rules = [RULES[rule] for rule in ("ACM205", "ACM708")]
    declaration = Declaration(None, Tool.TERRAFORM, "Certificate", (variant,))
    findings, _ = Linter(rules=rules).check(declaration)
    assert {finding.rule.id for finding in findings} == expected


def test_a_signature_uses_a_good_hash():
    """ACM709 ignores the signature of a root, and is a note for a signing request."""
    weak = LEAF.__replace__(weak_hash="MD5", signer=1)
    root = AUTHORITY_OF_LEAF.__replace__(weak_hash="SHA-1", issuer="CN=Harbor CA")
    middle = AUTHORITY_OF_LEAF.__replace__(weak_hash="SHA-1", issuer="CN=Root", signer=None)
    assert of_import("ACM709", LEAF) == set()
    assert of_import("ACM709", weak) == {"imported leaf: warning"}
    assert of_import("ACM709", LEAF, root) == set()
    assert of_import("ACM709", LEAF, middle) == {"imported chain 0: warning"}
    assert outcomes("ACM709", "a.io", signed=(SigningRequest("", "SHA-1"),)) == {": note"}
    assert outcomes("ACM709", "a.io", signed=(SigningRequest(),)) == set()

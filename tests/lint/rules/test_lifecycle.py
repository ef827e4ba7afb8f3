"""ACM7xx: transparency logging, export, import, private CAs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import RULES, check_rule, option, outcomes, part
from tests.support.x509 import certificate, chain, imported, text

from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Authority
from acmrules.x509 import Certificate, ImportedCertificate

X = part("$X")
STACK = Tool.CLOUDFORMATION
DAY = date(2026, 11, 23)
AUTHORITY = {"certificate_authority_arn": "arn:aws:acm-pca:x"}


@pytest.mark.parametrize(
    ("preference", "day", "expected"),
    [
        ("DISABLED", date(2026, 6, 1), {"transparency_logging: warning"}),
        ("DISABLED", date(2026, 5, 31), {": skipped"}),
        ("ENABLED", date(2026, 6, 1), set()),
        (None, date(2026, 6, 1), set()),
        (X, date(2026, 6, 1), {"transparency_logging: skipped"}),
    ],
)
def test_opting_out_of_transparency_logs_no_longer_has_an_effect(preference, day, expected):
    """ACM701 is in force from the date on which AWS ended the opt-out."""
    got = outcomes("ACM701", "a.io", transparency_logging=preference, as_of=day)
    assert got == expected


@pytest.mark.parametrize(
    ("names", "day", "expected"),
    [
        (["a.io"], date(2026, 11, 23), ": about $7 for 1 name (unofficial source)"),
        (["a.io", "*.a.io", "A.io"], date(2026, 11, 23), ": about $86 for 2 names ("),
        (["a.io", "*.a.io"], date(2025, 6, 17), ": about $164 for 2 names ("),
        (["a.io", X], date(2026, 11, 23), "cost extra for each name"),
    ],
)
def test_an_exportable_certificate_is_reported_with_its_price(names, day, expected):
    """ACM702 adds up the price if every name is known."""
    [finding], _ = check_rule("ACM702", *names, export="ENABLED", as_of=day)
    assert expected in finding.message
    assert ("$" in finding.message) == (X not in names)


def test_export_did_not_exist_before_june_2025():
    """ACM702 is in force from the launch of the option, and only for public certificates."""
    assert outcomes("ACM702", "a.io", export="ENABLED", as_of=date(2025, 6, 16)) == {": skipped"}
    assert outcomes("ACM702", "a.io", export="DISABLED") == set()
    assert outcomes("ACM702", "a.io", export=X) == {"export: skipped"}
    assert outcomes("ACM702", "a.io", export="ENABLED", **AUTHORITY) == set()


@pytest.mark.parametrize(
    ("tool", "expected"),
    [(Tool.TERRAFORM, {"import_fields 0: error"}), (Tool.API, {"import_fields 0: note"})],
)
def test_a_resource_requests_or_imports_a_certificate(tool, expected):
    """ACM703 is an error in Terraform and a note elsewhere."""
    got = outcomes("ACM703", "a.io", import_fields=("private_key", "x"), tool=tool)
    assert got == expected
    assert outcomes("ACM703", X, tool=tool) == set()


def test_an_import_alone_is_not_reported():
    """A resource without names does not request a certificate."""
    imported = CertificateRequest((), import_fields=("private_key",))
    variant = Variant(imported, (), {})
    linter = Linter(rules=[RULES["ACM703"]])
    assert linter.check(Declaration(None, Tool.TERRAFORM, "", (variant,))) == ([], [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"validation_method": "DNS"}, {"validation_method: error"}),
        ({"validation_options": (option("a.io", "a.io"),)}, {"validation_options: error"}),
        ({"export": "ENABLED"}, {"export: error"}),
        ({"key_algorithm": "RSA_2048"}, {"key_algorithm: skipped"}),
        ({"key_algorithm": X}, {"key_algorithm: skipped"}),
    ],
)
def test_settings_for_public_certificates_do_not_apply_to_a_private_ca(fields, expected):
    """ACM704 reports them only if the request has a private CA."""
    assert outcomes("ACM704", "a.io", **AUTHORITY, **fields) == expected
    without = {key: value for key, value in fields.items() if value is not X}
    assert outcomes("ACM704", "a.io", **without) == set()


@pytest.mark.parametrize(("algorithm", "family"), [("RSA_2048", "RSA"), ("EC_prime256v1", "ECDSA")])
def test_the_family_of_the_key_must_be_that_of_the_ca(algorithm, family):
    """If the files do not contain the CA, ACM704 reports what is unknown."""
    _, [skip] = check_rule("ACM704", "a.io", **AUTHORITY, key_algorithm=algorithm)
    assert skip.detail == f"it is unknown whether the private CA has an {family} key"


CA = Authority((X,), "CA", may_renew=True)


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        (CA, set()),
        (CA.__replace__(is_short_lived=True), {"error"}),
        (CA.__replace__(is_short_lived=True, may_renew=False, days=30), {"error"}),
        (CA.__replace__(is_short_lived=None), {"skipped"}),
        (CA.__replace__(may_renew=False), {"warning"}),
        (CA.__replace__(may_renew=None), {"skipped"}),
        (CA.__replace__(days=395), {"error"}),
        (CA.__replace__(days=396), set()),
        (CA.__replace__(last_day=DAY + timedelta(395)), {"error"}),
        (CA.__replace__(last_day=DAY + timedelta(396)), set()),
        (CA.__replace__(arns=("arn:aws:acm-pca:x",), is_short_lived=True), set()),
    ],
)
def test_a_private_ca_of_the_files(authority, expected):
    """ACM704 checks the mode, the permission and the end of a CA in the same files."""
    fields = {"certificate_authority_arn": X, "authorities": (authority,), "tool": STACK}
    found = outcomes("ACM704", "a.io", as_of=DAY, **fields)
    assert found == {f"certificate_authority_arn: {each}" for each in expected}


def test_a_private_ca_is_related():
    """The finding refers to the CA, and says which permission is missing."""
    lacking = CA.__replace__(may_renew=False)
    fields = {"certificate_authority_arn": X, "authorities": (lacking,), "tool": STACK}
    [finding], _ = check_rule("ACM704", "a.io", **fields)
    assert finding.help == (
        "add a permission for `acm.amazonaws.com` with `IssueCertificate`, `GetCertificate`,"
        " `ListPermissions`"
    )
    before = check_rule("ACM704", "a.io", as_of=date(2018, 4, 3), **fields)
    assert before == ([], [])


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


@pytest.mark.parametrize(
    ("usages", "day", "expected"),
    [
        (("clientAuth",), date(2025, 6, 11), {"extended_key_usages 0: warning"}),
        (("serverAuth", "clientAuth"), date(2026, 11, 23), {"extended_key_usages 1: warning"}),
        (("clientAuth",), date(2025, 6, 10), {": skipped"}),
        (("serverAuth",), date(2026, 11, 23), set()),
        ((), date(2026, 11, 23), set()),
    ],
)
def test_public_certificates_are_for_servers(usages, day, expected):
    """ACM706 is in force from the date on which ACM removed the usage, except for private CAs."""
    assert outcomes("ACM706", "a.io", extended_key_usages=usages, as_of=day) == expected
    if day == date(2026, 11, 23):
        assert outcomes("ACM706", "a.io", extended_key_usages=usages, **AUTHORITY) == set()

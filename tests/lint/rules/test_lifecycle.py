"""ACM7xx: transparency logging, export, import, private CAs."""

from datetime import date, timedelta

import pytest
from tests.support.rules import RULES, check_rule, option, outcomes, part

from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Authority

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

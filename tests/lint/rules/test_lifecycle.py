"""ACM7xx: transparency, export, import, private CAs."""

from datetime import date

import pytest

from acmrules.lint.engine import Bench
from acmrules.lint.source import Document, Variant
from acmrules.request import CertificateRequest, Tool
from judging import RULES, judge, option, part, verdict

X = part("$X")
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
def test_opting_out_of_transparency_has_no_effect_any_more(preference, day, expected):
    """701 is in force from the day AWS ended the opt-out."""
    got = verdict("ACM701", "a.io", transparency_logging=preference, as_of=day)
    assert got == expected


@pytest.mark.parametrize(
    ("names", "day", "said"),
    [
        (["a.io"], date(2026, 11, 23), ": $7 for its 1 name, by secondary sources"),
        (["a.io", "*.a.io", "A.io"], date(2026, 11, 23), ": $86 for its 2 names, by"),
        (["a.io", "*.a.io"], date(2025, 6, 17), ": $164 for its 2 names, by"),
        (["a.io", X], date(2026, 11, 23), "which ACM charges for by name"),
    ],
)
def test_export_is_told_with_its_price(names, day, said):
    """702 adds the price up where every name is known."""
    [finding], _ = judge("ACM702", *names, export="ENABLED", as_of=day)
    assert said in finding.message
    assert ("$" in finding.message) == (X not in names)


def test_export_was_not_for_sale_before_june_2025():
    """702 begins with the offer; a private certificate is another matter."""
    assert verdict("ACM702", "a.io", export="ENABLED", as_of=date(2025, 6, 16)) == {": skipped"}
    assert verdict("ACM702", "a.io", export="DISABLED") == set()
    assert verdict("ACM702", "a.io", export=X) == {"export: skipped"}
    assert verdict("ACM702", "a.io", export="ENABLED", **AUTHORITY) == set()


@pytest.mark.parametrize(
    ("tool", "expected"),
    [(Tool.TERRAFORM, {"import_fields 0: error"}), (Tool.API, {"import_fields 0: note"})],
)
def test_a_certificate_is_requested_or_imported(tool, expected):
    """703 is an error in Terraform, a note elsewhere."""
    got = verdict("ACM703", "a.io", import_fields=("private_key", "x"), tool=tool)
    assert got == expected
    assert verdict("ACM703", X, tool=tool) == set()


def test_an_import_alone_is_no_mixture():
    """Without names there is nothing requested."""
    imported = CertificateRequest((), import_fields=("private_key",))
    variant = Variant(imported, (), {})
    bench = Bench(rules=[RULES["ACM703"]])
    assert bench.judge(Document(None, Tool.TERRAFORM, "", (variant,))) == ([], [])


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
def test_a_private_ca_takes_no_settings_of_the_public_one(fields, expected):
    """704 applies only where a CA is named."""
    assert verdict("ACM704", "a.io", **AUTHORITY, **fields) == expected
    without = {key: value for key, value in fields.items() if value is not X}
    assert verdict("ACM704", "a.io", **without) == set()


@pytest.mark.parametrize(("algorithm", "family"), [("RSA_2048", "RSA"), ("EC_prime256v1", "ECDSA")])
def test_the_family_of_the_key_must_be_that_of_the_ca(algorithm, family):
    """The CA's own key is never in the files, so 704 says what would have to be known."""
    _, [skip] = judge("ACM704", "a.io", **AUTHORITY, key_algorithm=algorithm)
    assert f"is {family} is not known" in skip.detail
